/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Takes down a claim that no interface tells of: an A-to-z claim, an inquiry.  Its state
 * is then what the merchant says.
 *
 * ::added (gint64 case_id) */
#define CFOIL_TYPE_CASE_CLAIM_DIALOG (cfoil_case_claim_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CfoilCaseClaimDialog, cfoil_case_claim_dialog, CFOIL, CASE_CLAIM_DIALOG, AdwWindow)

CfoilCaseClaimDialog *cfoil_case_claim_dialog_new (GtkWindow      *parent,
                                                   CfoilWorkspace *workspace);

G_END_DECLS
