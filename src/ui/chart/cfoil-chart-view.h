/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cfoil-chart-plot.h"

G_BEGIN_DECLS

/* The picture of a chart, with pointer and keys.  Signals: activate-query (const char *query),
 * zoom (guint first, guint last), menu. */
#define CFOIL_TYPE_CHART_VIEW (cfoil_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (CfoilChartView, cfoil_chart_view, CFOIL, CHART_VIEW, GtkWidget)

GtkWidget *cfoil_chart_view_new (void);
void cfoil_chart_view_set_data (CfoilChartView *self,
                                CfoilChartData *data); /* (nullable) */

/* NULL: there is nothing to draw. */
const CfoilChartPlot *cfoil_chart_view_get_plot (CfoilChartView *self);

/* The points that are shown; N_POINTS 0: all.  Emits ::zoom when they are others than before. */
void cfoil_chart_view_zoom (CfoilChartView *self,
                            guint           first,
                            guint           n_points);
void cfoil_chart_view_zoom_by (CfoilChartView *self,
                               gboolean        is_in);
void cfoil_chart_view_get_zoom (CfoilChartView *self,
                                guint          *first,
                                guint          *n_points);
gboolean cfoil_chart_view_is_zoomed (CfoilChartView *self);

/* Moves the cursor as arrow keys do: X to the right, Y down; the first move puts it on the
 * first or last point.  FALSE: there is nothing in that direction, whatever the place. */
gboolean cfoil_chart_view_move (CfoilChartView *self,
                                int             x,
                                int             y);
void cfoil_chart_view_move_to (CfoilChartView *self,
                               guint           series,
                               guint           point);
/* FALSE: there is none yet. */
gboolean cfoil_chart_view_get_cursor (CfoilChartView *self,
                                      guint          *series,
                                      guint          *point);
/* What was read out last, or the title. */
const char *cfoil_chart_view_get_reading (CfoilChartView *self);
/* FALSE: nothing to open there. */
gboolean cfoil_chart_view_activate (CfoilChartView *self);

G_END_DECLS
