/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cfoil-chart-data.h"

G_BEGIN_DECLS

/* The numbers of a chart as a table.  Signal: activate-query (const char *query). */
#define CFOIL_TYPE_CHART_TABLE (cfoil_chart_table_get_type ())
G_DECLARE_FINAL_TYPE (CfoilChartTable, cfoil_chart_table, CFOIL, CHART_TABLE, GtkWidget)

GtkWidget *cfoil_chart_table_new (void);
void cfoil_chart_table_set_data (CfoilChartTable *self,
                                 CfoilChartData  *data); /* (nullable) */
GtkColumnView *cfoil_chart_table_get_view (CfoilChartTable *self);
/* What a cell shows.  Free it. */
char *cfoil_chart_table_dup_cell (CfoilChartTable *self,
                                  guint            row,
                                  guint            column);

G_END_DECLS
