/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-plot.h"

#include <math.h>

static gboolean
has_axes (const CfoilChartPlot *self)
{
  return self->kind != CFOIL_CHART_HEAT_MAP && self->kind != CFOIL_CHART_GAUGE;
}

static void
paint_grid (const CfoilChartPlot *self,
            CfoilChartCanvas     *canvas)
{
  for (guint i = 0; i < self->axis.n_ticks; i++)
    {
      float y = roundf (cfoil_chart_scale_place (&self->scale, self->axis.ticks[i]));

      cfoil_chart_canvas_fill (canvas, self->axis.ticks[i] == 0 ? &self->style.dim : &self->style.grid,
                               &GRAPHENE_RECT_INIT (self->area.origin.x, y, self->area.size.width, 1));
    }
}

/* --- legend --- */

static void
paint_line_swatch (const CfoilChartPlot   *self,
                   CfoilChartCanvas       *canvas,
                   const CfoilChartSwatch *swatch,
                   const GdkRGBA          *color)
{
  const graphene_rect_t *place = &swatch->place;
  graphene_rect_t bounds = *place;
  cairo_t *cr;

  graphene_rect_inset (&bounds, -2, -2);
  cr = cfoil_chart_canvas_begin (canvas, &bounds);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, place->origin.x, place->origin.y + place->size.height / 2);
  cairo_rel_line_to (cr, place->size.width, 0);
  cairo_stroke (cr);
  cfoil_chart_trace_mark (cr, swatch->series, place->origin.x + place->size.width / 2, place->origin.y + place->size.height / 2,
                          place->size.width * 0.36);
  cairo_fill (cr);
  cfoil_chart_canvas_end (canvas, cr);
}

static void
paint_shades (const CfoilChartPlot  *self,
              CfoilChartCanvas      *canvas,
              const graphene_rect_t *place)
{
  GskColorStop stops[5];
  float from = self->style.is_rtl ? place->origin.x + place->size.width : place->origin.x;
  float to = self->style.is_rtl ? place->origin.x : place->origin.x + place->size.width;

  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    {
      stops[i].offset = (float) i / (G_N_ELEMENTS (stops) - 1);
      cfoil_chart_style_get_shade (&self->style, stops[i].offset, &stops[i].color);
    }
  cfoil_chart_canvas_fill_gradient (canvas, place, &GRAPHENE_POINT_INIT (from, place->origin.y),
                                    &GRAPHENE_POINT_INIT (to, place->origin.y), stops, G_N_ELEMENTS (stops));
}

static void
paint_swatch (const CfoilChartPlot   *self,
              CfoilChartCanvas       *canvas,
              const CfoilChartSwatch *swatch)
{
  GdkRGBA color;
  GskRoundedRect outline;

  if (swatch->kind == CFOIL_CHART_SWATCH_SHADES)
    {
      paint_shades (self, canvas, &swatch->place);
      return;
    }
  cfoil_chart_style_get_color (&self->style, swatch->series, &color);
  if (swatch->kind == CFOIL_CHART_SWATCH_IMMATURE)
    {
      cfoil_chart_append_hatching (canvas, self->n_series > 1 ? &self->style.dim : &color, &swatch->place, 1);
      return;
    }
  if (self->kind == CFOIL_CHART_LINES)
    {
      paint_line_swatch (self, canvas, swatch, &color);
      return;
    }
  gsk_rounded_rect_init_from_rect (&outline, &swatch->place, 2);
  cfoil_chart_canvas_push_clip (canvas, &outline);
  cfoil_chart_canvas_fill (canvas, &color, &swatch->place);
  cfoil_chart_append_texture (canvas, &self->style, swatch->series, &swatch->place, 1);
  cfoil_chart_canvas_pop (canvas);
}

/* --- words --- */

/* On what is behind it in a window: values may lie there. */
static void
paint_text (const CfoilChartPlot *self,
            CfoilChartCanvas     *canvas,
            const CfoilChartText *text)
{
  if (text->kind == CFOIL_CHART_TEXT_BACKED)
    {
      graphene_rect_t back = text->place;
      GskRoundedRect outline;
      GdkRGBA color = self->style.popover;

      color.alpha = 0.85f;
      graphene_rect_inset (&back, -3, 0);
      gsk_rounded_rect_init_from_rect (&outline, &back, 3);
      cfoil_chart_canvas_fill_rounded (canvas, &color, &outline);
    }
  cfoil_chart_canvas_write (canvas, text->layout, text->place.origin.x, text->place.origin.y,
                            text->kind == CFOIL_CHART_TEXT_DIM ? &self->style.dim : &self->style.text);
}

static void
paint_texts (const CfoilChartPlot *self,
             CfoilChartCanvas     *canvas,
             gboolean              is_backed)
{
  for (guint i = 0; i < self->texts->len; i++)
    {
      const CfoilChartText *text = &g_array_index (self->texts, CfoilChartText, i);

      if ((text->kind == CFOIL_CHART_TEXT_BACKED) == is_backed)
        paint_text (self, canvas, text);
    }
}

void
cfoil_chart_plot_paint_frame (const CfoilChartPlot *self,
                              CfoilChartCanvas     *canvas)
{
  if (has_axes (self))
    paint_grid (self, canvas);
  for (guint i = 0; i < self->swatches->len; i++)
    paint_swatch (self, canvas, &g_array_index (self->swatches, CfoilChartSwatch, i));
  paint_texts (self, canvas, FALSE);
}

void
cfoil_chart_plot_paint_limits (const CfoilChartPlot *self,
                               CfoilChartCanvas     *canvas)
{
  static const double dash[] = { 6, 4 };
  graphene_rect_t bounds = self->area;
  cairo_t *cr;

  if (!has_axes (self) || cfoil_chart_data_get_n_limits (self->data) == 0)
    return;
  graphene_rect_inset (&bounds, 0, -2);
  cr = cfoil_chart_canvas_begin (canvas, &bounds);
  gdk_cairo_set_source_rgba (cr, &self->style.text);
  cairo_set_line_width (cr, 1.5);
  cairo_set_dash (cr, dash, 2, 0);
  for (guint limit = 0; limit < cfoil_chart_data_get_n_limits (self->data); limit++)
    {
      float y = roundf (cfoil_chart_scale_place (&self->scale, cfoil_chart_data_get_limit_value (self->data, limit)));

      cairo_move_to (cr, self->area.origin.x, y + 0.5);
      cairo_rel_line_to (cr, self->area.size.width, 0);
    }
  cairo_stroke (cr);
  cfoil_chart_canvas_end (canvas, cr);
  paint_texts (self, canvas, TRUE);
}
