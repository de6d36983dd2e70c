/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cfoil-chart-view.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean is_set;
  guint series;
  guint point;
} CfoilChartPlace;

struct _CfoilChartView
{
  GtkWidget parent_instance;

  CfoilChartData *data; /* (owned) (nullable) */
  gboolean is_empty;    /* data has no value at all */
  guint first;          /* of the points that are shown */
  guint n_points;

  /* What was laid out and painted, until something changes. */
  CfoilChartPlot *plot;      /* (owned) (nullable) */
  GskRenderNode *frame_node; /* (owned) (nullable) */
  GskRenderNode *layer_node; /* (owned) (nullable) */
  GskRenderNode *limit_node; /* (owned) (nullable) */

  CfoilChartPlace cursor;
  CfoilChartPlace hover;
  char *reading; /* (owned) (nullable) */

  gboolean is_pressed;
  gboolean is_dragging;
  guint drag_from;
  guint drag_to;

  AdwAnimation *animation; /* (owned) */
  double progress;
};

/* Throws away what was laid out. */
void cfoil_chart_view_invalidate (CfoilChartView *self);
/* Signals of the widget. */
void cfoil_chart_view_emit_activate (CfoilChartView *self,
                                     const char     *query);
void cfoil_chart_view_emit_menu (CfoilChartView *self);
void cfoil_chart_view_say (CfoilChartView *self);

/* cfoil-chart-view-input.c */
void cfoil_chart_view_add_keys (GtkWidgetClass *widget_class);
void cfoil_chart_view_add_pointer (CfoilChartView *self);

G_END_DECLS
