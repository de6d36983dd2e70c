/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What can be chosen above the settlements.  SHOWN is in the order of CfoilSettlementsShown. */
void cfoil_settlement_filters_fill (GtkDropDown *period,
                                    GtkDropDown *shown);
/* For cfoil_period_parse (). */
const char *cfoil_settlement_filters_get_period (GtkDropDown *period);
G_END_DECLS
