/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-export.h"
#include "cfoil-window.h"

G_BEGIN_DECLS

/* What to export and how; where to, is asked next; then its progress. */
#define CFOIL_TYPE_EXPORT_DIALOG (cfoil_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CfoilExportDialog, cfoil_export_dialog, CFOIL, EXPORT_DIALOG, AdwWindow)

CfoilExportDialog *cfoil_export_dialog_new (CfoilWindow *window);

/* Offers what a list of transactions shows: the rows of QUERY (nullable: all)
 * in the order SORT (nullable: the usual), with COLUMNS as a saved view has them
 * (nullable: the usual ones); and of all its IDS (element-type gint64) those at the
 * positions SELECTED.  Of IDS a reference is kept, all else is copied.  Before the
 * dialog is presented. */
void cfoil_export_dialog_set_list (CfoilExportDialog *self,
                                   const char        *query,
                                   const CfoilSort   *sort,
                                   const char        *columns,
                                   GArray            *ids,
                                   const GtkBitset   *selected);
/* Has the selected rows chosen, if there are any. */
void cfoil_export_dialog_choose_selection (CfoilExportDialog *self);

/* Exports to PATH, replacing what is there, without asking anything. */
void cfoil_export_to (CfoilWindow        *window,
                      CfoilExportTable    table,
                      CfoilExportProfile  profile,
                      const char         *path);

G_END_DECLS
