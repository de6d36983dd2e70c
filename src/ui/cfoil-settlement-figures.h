/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-proof-figure.h"
#include "cfoil-settlement-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The figures of a settlement, in the order in which they add up: a list whose rows answer how
 * they are computed. */
#define CFOIL_TYPE_SETTLEMENT_FIGURES (cfoil_settlement_figures_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSettlementFigures, cfoil_settlement_figures, CFOIL, SETTLEMENT_FIGURES, AdwBin)

void cfoil_settlement_figures_show (CfoilSettlementFigures *self,
                                    CfoilSettlementItem    *item,
                                    GTimeZone              *zone);

G_END_DECLS
