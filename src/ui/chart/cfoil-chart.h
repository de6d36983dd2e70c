/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cfoil-chart-data.h"

G_BEGIN_DECLS

/* A chart: axes, layers and what makes them readable to everybody.  Hover and arrow keys
 * read out values (tooltip, cursor, accessibility bus); click or Enter emits ::activate-query
 * with the rows behind a point; dragging zooms (::zoom with two indices; Escape takes it
 * back); Ctrl+T or the menu shows the table in its place; the menu and Ctrl+Shift+E export
 * SVG, PNG and CSV; Ctrl+P prints.  Animation respects gtk-enable-animations.
 *
 * Signals: activate-query (const char *query), zoom (guint first, guint last). */
#define CFOIL_TYPE_CHART (cfoil_chart_get_type ())
G_DECLARE_FINAL_TYPE (CfoilChart, cfoil_chart, CFOIL, CHART, GtkWidget)

GtkWidget *cfoil_chart_new (void);

/* DATA (nullable): NULL shows that nothing is there yet (loading).  Taken by reference. */
void cfoil_chart_set_data (CfoilChart     *self,
                           CfoilChartData *data);
CfoilChartData *cfoil_chart_get_data (CfoilChart *self);

/* A small one without axes and keys, for a tile. */
#define CFOIL_TYPE_SPARKLINE (cfoil_sparkline_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSparkline, cfoil_sparkline, CFOIL, SPARKLINE, GtkWidget)

GtkWidget *cfoil_sparkline_new (void);
/* CFOIL_UNKNOWN: a gap.  DESCRIPTION (translated): for who cannot see it. */
void cfoil_sparkline_set_values (CfoilSparkline *self,
                                 const gint64   *values,
                                 guint           n_values,
                                 const char     *description);

G_END_DECLS
