/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What can be chosen above the settlements.  SHOWN is in the order of CfoilSettlementsShown. */
void cfoil_settlement_filters_fill (GtkDropDown *period,
                                    GtkDropDown *shown);
/* For cfoil_period_parse (). */
const char *cfoil_settlement_filters_get_period (GtkDropDown *period);
/* Text in WIDGET may be cut off where there is little room: with large text a window of a phone's width has
 * none for two choices beside each other.  A drop-down makes its text when it comes into view. */
void cfoil_settlement_filters_let_shrink (GtkWidget *widget);

G_END_DECLS
