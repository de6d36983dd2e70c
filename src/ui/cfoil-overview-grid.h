/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Children of one width in as many columns as there is room for, at most so many, and
 * without a last row that is nearly empty where that can be had. */
#define CFOIL_TYPE_OVERVIEW_GRID (cfoil_overview_grid_get_type ())
G_DECLARE_FINAL_TYPE (CfoilOverviewGrid, cfoil_overview_grid, CFOIL, OVERVIEW_GRID, GtkWidget)

GtkWidget *cfoil_overview_grid_new (guint max_columns);

void cfoil_overview_grid_append (CfoilOverviewGrid *self,
                                 GtkWidget         *child);

G_END_DECLS
