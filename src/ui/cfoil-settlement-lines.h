/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-settlement-item.h"
#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A window with the lines of a settlement, as in the provider's file. */
#define CFOIL_TYPE_SETTLEMENT_LINES (cfoil_settlement_lines_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSettlementLines, cfoil_settlement_lines, CFOIL, SETTLEMENT_LINES, AdwWindow)

/* ROW: of the file, selected once the lines are there; 0: none. */
void cfoil_settlement_lines_present (GtkWindow           *parent,
                                     CfoilWorkspace      *workspace,
                                     CfoilSettlementItem *item,
                                     guint                row);

G_END_DECLS
