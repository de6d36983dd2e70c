/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cfoil-scan.h"

G_BEGIN_DECLS

/* What the rows above it add up to: their number and, for each currency, gross,
 * fees, net and refunded.  Currencies are never added together. */
#define CFOIL_TYPE_TOTALS_BAR (cfoil_totals_bar_get_type ())
G_DECLARE_FINAL_TYPE (CfoilTotalsBar, cfoil_totals_bar, CFOIL, TOTALS_BAR, AdwBin)

/* N_SELECTED of N_ROWS rows, 0: it is about all of them.  TOTALS (CfoilTotal), NULL
 * (transfer none): being worked out. */
void cfoil_totals_bar_set_totals (CfoilTotalsBar *self,
                                  guint           n_selected,
                                  guint           n_rows,
                                  const GArray   *totals);

/* It will be WIDTH pixels wide: below each other goes what does not fit beside each
 * other. */
void cfoil_totals_bar_set_room (CfoilTotalsBar *self,
                                int             width);

G_END_DECLS
