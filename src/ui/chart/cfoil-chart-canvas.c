/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-canvas.h"

/* How far the handles of a curve are for it to be a quarter of an ellipse. */
#define ARC 0.5522847498

static void
trace_rect (cairo_t               *cr,
            const graphene_rect_t *place)
{
  cairo_rectangle (cr, place->origin.x, place->origin.y, place->size.width, place->size.height);
}

static void
trace_rounded (cairo_t              *cr,
               const GskRoundedRect *outline)
{
  const graphene_size_t *corner = outline->corner;
  double left = outline->bounds.origin.x, right = left + outline->bounds.size.width;
  double top = outline->bounds.origin.y, bottom = top + outline->bounds.size.height;
  double w, h, k = 1 - ARC;

  cairo_new_sub_path (cr);
  w = corner[GSK_CORNER_TOP_LEFT].width, h = corner[GSK_CORNER_TOP_LEFT].height;
  cairo_move_to (cr, left, top + h);
  cairo_curve_to (cr, left, top + k * h, left + k * w, top, left + w, top);
  w = corner[GSK_CORNER_TOP_RIGHT].width, h = corner[GSK_CORNER_TOP_RIGHT].height;
  cairo_line_to (cr, right - w, top);
  cairo_curve_to (cr, right - k * w, top, right, top + k * h, right, top + h);
  w = corner[GSK_CORNER_BOTTOM_RIGHT].width, h = corner[GSK_CORNER_BOTTOM_RIGHT].height;
  cairo_line_to (cr, right, bottom - h);
  cairo_curve_to (cr, right, bottom - k * h, right - k * w, bottom, right - w, bottom);
  w = corner[GSK_CORNER_BOTTOM_LEFT].width, h = corner[GSK_CORNER_BOTTOM_LEFT].height;
  cairo_line_to (cr, left + w, bottom);
  cairo_curve_to (cr, left + k * w, bottom, left, bottom - k * h, left, bottom - h);
  cairo_close_path (cr);
}

void
cfoil_chart_canvas_fill (CfoilChartCanvas      *self,
                         const GdkRGBA         *color,
                         const graphene_rect_t *place)
{
  if (self->snapshot != NULL)
    {
      gtk_snapshot_append_color (self->snapshot, color, place);
      return;
    }
  gdk_cairo_set_source_rgba (self->cr, color);
  trace_rect (self->cr, place);
  cairo_fill (self->cr);
}

void
cfoil_chart_canvas_fill_rounded (CfoilChartCanvas     *self,
                                 const GdkRGBA        *color,
                                 const GskRoundedRect *outline)
{
  if (self->snapshot != NULL)
    {
      gtk_snapshot_push_rounded_clip (self->snapshot, outline);
      gtk_snapshot_append_color (self->snapshot, color, &outline->bounds);
      gtk_snapshot_pop (self->snapshot);
      return;
    }
  gdk_cairo_set_source_rgba (self->cr, color);
  trace_rounded (self->cr, outline);
  cairo_fill (self->cr);
}

void
cfoil_chart_canvas_fill_gradient (CfoilChartCanvas       *self,
                                  const graphene_rect_t  *place,
                                  const graphene_point_t *from,
                                  const graphene_point_t *to,
                                  const GskColorStop     *stops,
                                  guint                   n_stops)
{
  cairo_pattern_t *pattern;

  if (self->snapshot != NULL)
    {
      gtk_snapshot_append_linear_gradient (self->snapshot, place, from, to, stops, n_stops);
      return;
    }
  pattern = cairo_pattern_create_linear (from->x, from->y, to->x, to->y);
  for (guint i = 0; i < n_stops; i++)
    cairo_pattern_add_color_stop_rgba (pattern, stops[i].offset, stops[i].color.red, stops[i].color.green, stops[i].color.blue,
                                       stops[i].color.alpha);
  cairo_set_source (self->cr, pattern);
  trace_rect (self->cr, place);
  cairo_fill (self->cr);
  cairo_pattern_destroy (pattern);
}

void
cfoil_chart_canvas_push_clip (CfoilChartCanvas     *self,
                              const GskRoundedRect *outline)
{
  if (self->snapshot != NULL)
    {
      gtk_snapshot_push_rounded_clip (self->snapshot, outline);
      return;
    }
  cairo_save (self->cr);
  trace_rounded (self->cr, outline);
  cairo_clip (self->cr);
}

void
cfoil_chart_canvas_pop (CfoilChartCanvas *self)
{
  if (self->snapshot != NULL)
    gtk_snapshot_pop (self->snapshot);
  else
    cairo_restore (self->cr);
}

cairo_t *
cfoil_chart_canvas_begin (CfoilChartCanvas      *self,
                          const graphene_rect_t *bounds)
{
  if (self->snapshot != NULL)
    return gtk_snapshot_append_cairo (self->snapshot, bounds);
  cairo_save (self->cr);
  return self->cr;
}

void
cfoil_chart_canvas_end (CfoilChartCanvas *self,
                        cairo_t          *cr)
{
  if (self->snapshot != NULL)
    cairo_destroy (cr);
  else
    cairo_restore (cr);
}

void
cfoil_chart_canvas_write (CfoilChartCanvas *self,
                          PangoLayout      *layout,
                          float             x,
                          float             y,
                          const GdkRGBA    *color)
{
  PangoRectangle logical;

  pango_layout_get_pixel_extents (layout, NULL, &logical);
  x -= (float) logical.x;
  y -= (float) logical.y;
  if (self->snapshot != NULL)
    {
      gtk_snapshot_save (self->snapshot);
      gtk_snapshot_translate (self->snapshot, &GRAPHENE_POINT_INIT (x, y));
      gtk_snapshot_append_layout (self->snapshot, layout, color);
      gtk_snapshot_restore (self->snapshot);
      return;
    }
  gdk_cairo_set_source_rgba (self->cr, color);
  cairo_move_to (self->cr, x, y);
  pango_cairo_show_layout (self->cr, layout);
  cairo_new_path (self->cr);
}
