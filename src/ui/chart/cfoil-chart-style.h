/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cfoil-chart-canvas.h"

G_BEGIN_DECLS

/* How a chart looks where it is painted: colours, letters, direction. */
#define CFOIL_CHART_N_COLORS 8

typedef struct
{
  PangoContext *context; /* (owned) */
  GdkRGBA text;
  GdkRGBA dim;    /* labels of axes */
  GdkRGBA grid;
  GdkRGBA accent; /* of the cursor */
  GdkRGBA popover;      /* behind the words at the cursor */
  GdkRGBA popover_text;
  gboolean is_dark;
  gboolean is_high_contrast;
  gboolean is_rtl;
} CfoilChartStyle;

/* As WIDGET looks now. */
void cfoil_chart_style_init (CfoilChartStyle *self,
                             GtkWidget       *widget);
/* For white paper. */
void cfoil_chart_style_init_paper (CfoilChartStyle *self,
                                   PangoContext    *context,
                                   gboolean         is_rtl);
void cfoil_chart_style_copy (CfoilChartStyle       *self,
                             const CfoilChartStyle *other);
void cfoil_chart_style_clear (CfoilChartStyle *self);

/* Colours that people who see fewer of them can tell apart, after Okabe and Ito, each
 * with a contrast of 3:1 or more to what is behind it. */
void cfoil_chart_style_get_color (const CfoilChartStyle *self,
                                  guint                  series,
                                  GdkRGBA               *color);
/* One colour from pale to deep; PART from 0 to 1. */
void cfoil_chart_style_get_shade (const CfoilChartStyle *self,
                                  double                 part,
                                  GdkRGBA               *color);

/* Letters of SCALE times the widget's size, figures of one width.  Free it. */
PangoLayout *cfoil_chart_style_create_layout (const CfoilChartStyle *self,
                                              const char            *text,
                                              double                 scale,
                                              gboolean               is_bold);
/* The same for a number or an amount, which keeps its own order whatever surrounds it. */
PangoLayout *cfoil_chart_style_create_number (const CfoilChartStyle *self,
                                              const char            *text,
                                              double                 scale,
                                              gboolean               is_bold);
/* Sizes of labels. */
#define CFOIL_CHART_SMALL 0.84
#define CFOIL_CHART_PLAIN 1.0

float cfoil_chart_layout_get_width (PangoLayout *layout);
float cfoil_chart_layout_get_height (PangoLayout *layout);

/* What tells series apart beside colour: texture of an area, form of a mark, dashes.
 * AREAS: whole pixels, painted in one go. */
void cfoil_chart_append_texture (CfoilChartCanvas      *canvas,
                                 const CfoilChartStyle *style,
                                 guint                  series,
                                 const graphene_rect_t *areas,
                                 guint                  n_areas);
/* The part that may still change: pale, with slanting lines of COLOR. */
void cfoil_chart_append_hatching (CfoilChartCanvas      *canvas,
                                  const GdkRGBA         *color,
                                  const graphene_rect_t *areas,
                                  guint                  n_areas);
/* Circle, square, triangle, diamond … around X, Y, on a Cairo context whose source is set. */
void cfoil_chart_trace_mark (cairo_t *cr,
                             guint    series,
                             double   x,
                             double   y,
                             double   radius);

G_END_DECLS
