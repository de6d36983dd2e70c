/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Closes months, shows what they came to and what the provider changed of them later. */
#define CFOIL_TYPE_SETTLEMENT_CLOSE_DIALOG (cfoil_settlement_close_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSettlementCloseDialog, cfoil_settlement_close_dialog, CFOIL, SETTLEMENT_CLOSE_DIALOG, AdwWindow)

CfoilSettlementCloseDialog *cfoil_settlement_close_dialog_new (GtkWindow      *parent,
                                                               CfoilWorkspace *workspace);

G_END_DECLS
