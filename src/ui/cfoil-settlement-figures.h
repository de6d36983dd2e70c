/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-settlement-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Fills BOX with the figures of the proof, one below the other, so that they add up. */
void cfoil_settlement_figures_fill (GtkBox              *box,
                                    CfoilSettlementItem *item,
                                    GTimeZone           *zone);

G_END_DECLS
