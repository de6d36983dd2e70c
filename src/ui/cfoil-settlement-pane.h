/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-settlement-item.h"
#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* How one settlement adds up: its figures in a column, what does not add up and why, and
 * ways to its lines and payments.
 *
 * Actions: settlement.show-lines, settlement.show-payments. */
#define CFOIL_TYPE_SETTLEMENT_PANE (cfoil_settlement_pane_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSettlementPane, cfoil_settlement_pane, CFOIL, SETTLEMENT_PANE, AdwBin)

/* ITEM NULL: none is chosen. */
void cfoil_settlement_pane_set_item (CfoilSettlementPane *self,
                                     CfoilWorkspace      *workspace,
                                     CfoilSettlementItem *item);

G_END_DECLS
