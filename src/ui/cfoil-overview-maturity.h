/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A bar: of how many payments it is settled whether they will be disputed, and, hatched,
 * of how many it is too early to tell. */
#define CFOIL_TYPE_OVERVIEW_MATURITY (cfoil_overview_maturity_get_type ())
G_DECLARE_FINAL_TYPE (CfoilOverviewMaturity, cfoil_overview_maturity, CFOIL, OVERVIEW_MATURITY, GtkWidget)

GtkWidget *cfoil_overview_maturity_new (void);

/* The part that is too early to tell, parts per million; CFOIL_UNKNOWN or 0: out of sight. */
void cfoil_overview_maturity_set_ppm (CfoilOverviewMaturity *self,
                                      gint64                 immature_ppm);

G_END_DECLS
