/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cfoil-chart-axis.h"
#include "cfoil-chart-data.h"
#include "cfoil-chart-scale.h"
#include "cfoil-chart-style.h"

G_BEGIN_DECLS

/* A chart laid out in a size: everything that is known before anything is painted, so
 * that painting, pointing and reading out cannot differ. */
typedef struct _CfoilChartPlot CfoilChartPlot;

/* What a kind of chart does its own way. */
typedef struct
{
  /* Fills in area, axis, scale, bands and texts. */
  void (*arrange) (CfoilChartPlot *plot);
  void (*paint) (const CfoilChartPlot *plot,
                 CfoilChartCanvas     *canvas);
  /* The value at X, Y of the area. */
  void (*find) (const CfoilChartPlot *plot,
                float                 x,
                float                 y,
                guint                *series,
                guint                *point);
  /* Where a value is painted; FALSE: it is not. */
  gboolean (*locate) (const CfoilChartPlot *plot,
                      guint                 series,
                      guint                 point,
                      graphene_rect_t      *place);
} CfoilChartLayer;

extern const CfoilChartLayer cfoil_chart_column_layer;
extern const CfoilChartLayer cfoil_chart_stacked_layer;
extern const CfoilChartLayer cfoil_chart_line_layer;
extern const CfoilChartLayer cfoil_chart_heat_layer;
extern const CfoilChartLayer cfoil_chart_gauge_layer;

typedef enum { CFOIL_CHART_TEXT_PLAIN, CFOIL_CHART_TEXT_DIM, CFOIL_CHART_TEXT_BACKED } CfoilChartTextKind;

typedef struct
{
  PangoLayout *layout; /* (owned) */
  graphene_rect_t place;
  CfoilChartTextKind kind;
} CfoilChartText;

typedef enum { CFOIL_CHART_SWATCH_SERIES, CFOIL_CHART_SWATCH_IMMATURE, CFOIL_CHART_SWATCH_SHADES } CfoilChartSwatchKind;

typedef struct
{
  CfoilChartSwatchKind kind;
  guint series;
  graphene_rect_t place;
} CfoilChartSwatch;

struct _CfoilChartPlot
{
  CfoilChartData *data; /* (owned) */
  CfoilChartKind kind;
  const CfoilChartLayer *layer;
  CfoilChartStyle style; /* (owned) */
  float width;
  float height;
  guint first; /* of the points that are shown */
  guint n_points;
  guint n_series;
  gint64 low; /* of the values that are shown */
  gint64 high;

  graphene_rect_t area; /* where values are */
  CfoilChartAxis axis;
  CfoilChartScale scale;
  CfoilChartBands bands;
  GArray *texts;    /* (owned): CfoilChartText */
  GArray *swatches; /* (owned): CfoilChartSwatch */
};

/* N_POINTS from FIRST on.  DATA has something to show.  Free it. */
CfoilChartPlot *cfoil_chart_plot_new (CfoilChartData        *data,
                                      const CfoilChartStyle *style,
                                      float                  width,
                                      float                  height,
                                      guint                  first,
                                      guint                  n_points);
void cfoil_chart_plot_free (CfoilChartPlot *self);

/* For layers. */
/* Takes LAYOUT; X and Y are where its ink begins. */
void cfoil_chart_plot_take_text (CfoilChartPlot     *self,
                                 PangoLayout        *layout,
                                 float               x,
                                 float               y,
                                 CfoilChartTextKind  kind);
float cfoil_chart_plot_get_line_height (const CfoilChartPlot *self); /* of small letters */
gboolean cfoil_chart_plot_is_immature (const CfoilChartPlot *self,
                                       guint                 series,
                                       guint                 point);
/* Lays out the legend from TOP on; returns where it ends. */
float cfoil_chart_plot_add_legend (CfoilChartPlot *self,
                                   float           top);
/* Labels of points in bands, as many as fit; AT_EDGE: at their first edge, as bounds are. */
void cfoil_chart_plot_add_point_labels (CfoilChartPlot *self,
                                        float           top,
                                        gboolean        at_edge);
/* Axis of values beside, labels of points below, marks of limits across. */
void cfoil_chart_plot_arrange_axes (CfoilChartPlot *self);
/* Of points that share a band the one that is seen: the one farthest from 0.  FALSE: none is known. */
gboolean cfoil_chart_plot_pick (const CfoilChartPlot *self,
                                guint                 series,
                                guint                 group,
                                guint                *point);

/* All but the layer: grid, labels, legend, limits. */
void cfoil_chart_plot_paint_frame (const CfoilChartPlot *self,
                                   CfoilChartCanvas     *canvas);
/* Limits are over the values. */
void cfoil_chart_plot_paint_limits (const CfoilChartPlot *self,
                                    CfoilChartCanvas     *canvas);
/* The place of a value, and what is said there. */
void cfoil_chart_plot_paint_cursor (const CfoilChartPlot *self,
                                    guint                 series,
                                    guint                 point,
                                    gboolean              is_focused,
                                    GtkSnapshot          *snapshot);
/* All points of the bands between those of two of them, which are in any order. */
void cfoil_chart_plot_get_range (const CfoilChartPlot *self,
                                 guint                 from,
                                 guint                 to,
                                 guint                *first,
                                 guint                *last);
/* They, while they are being chosen. */
void cfoil_chart_plot_paint_range (const CfoilChartPlot *self,
                                   guint                 from,
                                   guint                 to,
                                   GtkSnapshot          *snapshot);
gboolean cfoil_chart_plot_contains (const CfoilChartPlot *self,
                                    float                 x,
                                    float                 y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilChartPlot, cfoil_chart_plot_free)

G_END_DECLS
