/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-case-reading.h"
#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Gives in: says what that costs and that it cannot be taken back.  Through the provider's
 * interface where it takes that; for claims, without an ID, and where it was refused, by
 * hand, step by step. */
#define CFOIL_TYPE_CASE_ACCEPT_DIALOG (cfoil_case_accept_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CfoilCaseAcceptDialog, cfoil_case_accept_dialog, CFOIL, CASE_ACCEPT_DIALOG, AdwWindow)

CfoilCaseAcceptDialog *cfoil_case_accept_dialog_new (GtkWindow              *parent,
                                                     CfoilWorkspace         *workspace,
                                                     const CfoilCaseReading *reading);

G_END_DECLS
