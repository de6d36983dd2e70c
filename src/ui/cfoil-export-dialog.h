/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-export.h"
#include "cfoil-window.h"

G_BEGIN_DECLS

/* What to export and how; where to, is asked next; then its progress. */
#define CFOIL_TYPE_EXPORT_DIALOG (cfoil_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CfoilExportDialog, cfoil_export_dialog, CFOIL, EXPORT_DIALOG, AdwWindow)

CfoilExportDialog *cfoil_export_dialog_new (CfoilWindow *window);

/* Exports to PATH, replacing what is there, without asking anything. */
void cfoil_export_to (CfoilWindow        *window,
                      CfoilExportTable    table,
                      CfoilExportProfile  profile,
                      const char         *path);

G_END_DECLS
