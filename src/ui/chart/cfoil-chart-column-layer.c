/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-plot.h"

#include <math.h>

/* A single column is not a wall. */
#define MAX_COLUMN 56.0f
#define RADIUS 3.0f

static gboolean
is_histogram (const CfoilChartPlot *plot)
{
  return plot->kind == CFOIL_CHART_HISTOGRAM;
}

static float
get_gap (const CfoilChartPlot *plot,
         float                 band)
{
  if (is_histogram (plot))
    return band >= 4 ? 1 : 0;
  return band >= 8 ? roundf (band * 0.22f) : band >= 3 ? 1 : 0;
}

/* From one whole pixel to another, or else neighbours would differ. */
static void
get_column (const CfoilChartPlot *plot,
            guint                 series,
            guint                 group,
            float                *x,
            float                *width)
{
  float band = cfoil_chart_bands_get_width (&plot->bands), left = cfoil_chart_bands_get_left (&plot->bands, group);
  float all = band - get_gap (plot, band), one;
  guint place = plot->style.is_rtl ? plot->n_series - 1 - series : series;

  if (!is_histogram (plot))
    all = MIN (all, MAX_COLUMN * (float) plot->n_series);
  one = all / (float) plot->n_series;
  left += (band - all) / 2 + (float) place * one;
  *x = roundf (left);
  *width = MAX (roundf (left + one) - *x, 1);
  if (plot->n_series > 1 && *width > 5)
    *width -= 1;
}

static gboolean
get_place (const CfoilChartPlot *plot,
           guint                 series,
           guint                 group,
           guint                 point,
           graphene_rect_t      *place)
{
  gint64 value = cfoil_chart_data_get_value (plot->data, series, point);
  float zero = roundf (cfoil_chart_scale_place (&plot->scale, 0)), y, x, width;

  if (value == CFOIL_UNKNOWN)
    return FALSE;
  get_column (plot, series, group, &x, &width);
  y = roundf (cfoil_chart_scale_place (&plot->scale, value));
  /* What is not nothing is seen. */
  if (y == zero && value != 0)
    y += value > 0 ? -1 : 1;
  graphene_rect_init (place, x, MIN (y, zero), width, fabsf (zero - y));
  return TRUE;
}

static void
append_column (CfoilChartCanvas      *canvas,
               const graphene_rect_t *place,
               const GdkRGBA         *color,
               gboolean               is_below,
               gboolean               is_round)
{
  GskRoundedRect outline;
  graphene_size_t corner = GRAPHENE_SIZE_INIT (MIN (RADIUS, place->size.width / 2), MIN (RADIUS, place->size.height));
  graphene_size_t none = GRAPHENE_SIZE_INIT (0, 0);

  if (!is_round || place->size.width < 8)
    {
      cfoil_chart_canvas_fill (canvas, color, place);
      return;
    }
  gsk_rounded_rect_init (&outline, place, is_below ? &none : &corner, is_below ? &none : &corner,
                         is_below ? &corner : &none, is_below ? &corner : &none);
  cfoil_chart_canvas_fill_rounded (canvas, color, &outline);
}

static void
paint_series (const CfoilChartPlot *plot,
              CfoilChartCanvas     *canvas,
              guint                 series)
{
  g_autoptr (GArray) mature = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  g_autoptr (GArray) immature = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  GdkRGBA color;

  cfoil_chart_style_get_color (&plot->style, series, &color);
  for (guint group = 0; group < cfoil_chart_bands_get_n_groups (&plot->bands); group++)
    {
      graphene_rect_t place;
      guint point;

      if (!cfoil_chart_plot_pick (plot, series, group, &point) || !get_place (plot, series, group, point, &place)
          || place.size.height < 1)
        continue;
      if (cfoil_chart_plot_is_immature (plot, series, point))
        {
          g_array_append_val (immature, place);
          continue;
        }
      g_array_append_val (mature, place);
      append_column (canvas, &place, &color, cfoil_chart_data_get_value (plot->data, series, point) < 0, !is_histogram (plot));
    }
  if (mature->len > 0 && g_array_index (mature, graphene_rect_t, 0).size.width >= 6)
    cfoil_chart_append_texture (canvas, &plot->style, series, (graphene_rect_t *) mature->data, mature->len);
  cfoil_chart_append_hatching (canvas, &color, (graphene_rect_t *) immature->data, immature->len);
}

static void
paint (const CfoilChartPlot *plot,
       CfoilChartCanvas     *canvas)
{
  for (guint series = 0; series < plot->n_series; series++)
    paint_series (plot, canvas, series);
}

static void
find (const CfoilChartPlot *plot,
      float                 x,
      float                 y,
      guint                *series,
      guint                *point)
{
  guint group = cfoil_chart_bands_find (&plot->bands, x);
  float nearest = G_MAXFLOAT;

  *series = 0;
  for (guint i = 0; i < plot->n_series; i++)
    {
      float left, width, distance;

      get_column (plot, i, group, &left, &width);
      distance = fabsf (x - (left + width / 2));
      if (distance < nearest)
        {
          nearest = distance;
          *series = i;
        }
    }
  cfoil_chart_plot_pick (plot, *series, group, point);
}

static gboolean
locate (const CfoilChartPlot *plot,
        guint                 series,
        guint                 point,
        graphene_rect_t      *place)
{
  return get_place (plot, series, cfoil_chart_bands_group_of (&plot->bands, point), point, place);
}

const CfoilChartLayer cfoil_chart_column_layer = { cfoil_chart_plot_arrange_axes, paint, find, locate };
