/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a chart is painted on: the nodes of a window or, in files and on paper, Cairo itself.
 * The nodes would do for both, if a GskCairoNode were not a recording, which Cairo puts into
 * an SVG as a picture.  Lives on the stack; one of the two is set, and neither is owned. */
typedef struct
{
  GtkSnapshot *snapshot; /* (nullable) */
  cairo_t *cr;           /* (nullable) */
} CfoilChartCanvas;

void cfoil_chart_canvas_fill (CfoilChartCanvas      *self,
                              const GdkRGBA         *color,
                              const graphene_rect_t *place);
void cfoil_chart_canvas_fill_rounded (CfoilChartCanvas     *self,
                                      const GdkRGBA        *color,
                                      const GskRoundedRect *outline);
void cfoil_chart_canvas_fill_gradient (CfoilChartCanvas       *self,
                                       const graphene_rect_t  *place,
                                       const graphene_point_t *from,
                                       const graphene_point_t *to,
                                       const GskColorStop     *stops,
                                       guint                   n_stops);
/* What is painted until cfoil_chart_canvas_pop () is seen within OUTLINE only. */
void cfoil_chart_canvas_push_clip (CfoilChartCanvas     *self,
                                   const GskRoundedRect *outline);
void cfoil_chart_canvas_pop (CfoilChartCanvas *self);
/* To draw lines with, all of them within BOUNDS; give it back with cfoil_chart_canvas_end ().  It may be
 * that of the page: never reset its clip. */
cairo_t *cfoil_chart_canvas_begin (CfoilChartCanvas      *self,
                                   const graphene_rect_t *bounds);
void cfoil_chart_canvas_end (CfoilChartCanvas *self,
                             cairo_t          *cr);
/* X is where the ink begins, also in a layout that was given a width and is read from the right. */
void cfoil_chart_canvas_write (CfoilChartCanvas *self,
                               PangoLayout      *layout,
                               float             x,
                               float             y,
                               const GdkRGBA    *color);

G_END_DECLS
