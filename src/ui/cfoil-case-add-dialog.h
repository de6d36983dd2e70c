/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Takes a dispute's ID that somebody knows; it is looked up at the provider at once.
 *
 * ::added (gint64 case_id) */
#define CFOIL_TYPE_CASE_ADD_DIALOG (cfoil_case_add_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CfoilCaseAddDialog, cfoil_case_add_dialog, CFOIL, CASE_ADD_DIALOG, AdwWindow)

CfoilCaseAddDialog *cfoil_case_add_dialog_new (GtkWindow      *parent,
                                               CfoilWorkspace *workspace);

G_END_DECLS
