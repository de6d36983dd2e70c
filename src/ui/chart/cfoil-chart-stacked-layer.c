/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-plot.h"

#include <math.h>

#define MAX_COLUMN 56.0f

/* What a point has above and below 0, in numbers that cannot overflow. */
static double
get_sum (const CfoilChartPlot *plot,
         guint                 point,
         guint                 until_series,
         gboolean              is_below)
{
  double sum = 0;

  for (guint series = 0; series < until_series; series++)
    {
      gint64 value = cfoil_chart_data_get_value (plot->data, series, point);

      if (value != CFOIL_UNKNOWN && (value < 0) == is_below)
        sum += (double) value;
    }
  return sum;
}

/* Of points that share a band the tallest is seen. */
static guint
pick (const CfoilChartPlot *plot,
      guint                 group)
{
  guint first, end, best;
  double most = -1;

  cfoil_chart_bands_get_points (&plot->bands, group, &first, &end);
  best = first;
  for (guint point = first; end - first > 1 && point < end; point++)
    {
      double extent = get_sum (plot, point, plot->n_series, FALSE) - get_sum (plot, point, plot->n_series, TRUE);

      if (extent > most)
        {
          most = extent;
          best = point;
        }
    }
  return best;
}

static float
place_sum (const CfoilChartPlot *plot,
           double                sum)
{
  double limit = (double) CFOIL_CHART_MAX_VALUE;

  return roundf (cfoil_chart_scale_place (&plot->scale, (gint64) CLAMP (sum, -limit, limit)));
}

/* PARTS begins below what comes over it, so that the line between them is seen. */
static gboolean
get_place (const CfoilChartPlot *plot,
           guint                 series,
           guint                 group,
           guint                 point,
           graphene_rect_t      *place)
{
  gint64 value = cfoil_chart_data_get_value (plot->data, series, point);
  float band = cfoil_chart_bands_get_width (&plot->bands), left = cfoil_chart_bands_get_left (&plot->bands, group);
  float gap = band >= 8 ? roundf (band * 0.22f) : band >= 3 ? 1 : 0;
  float width = MIN (band - gap, MAX_COLUMN), x = roundf (left + (band - width) / 2), from, to;
  double before;

  if (value == CFOIL_UNKNOWN)
    return FALSE;
  before = get_sum (plot, point, series, value < 0);
  from = place_sum (plot, before);
  to = place_sum (plot, before + (double) value);
  if (before != 0 && fabsf (to - from) > 3)
    from += value < 0 ? 1 : -1;
  graphene_rect_init (place, x, MIN (from, to), MAX (roundf (left + (band + width) / 2) - x, 1), fabsf (from - to));
  return TRUE;
}

static void
paint_series (const CfoilChartPlot *plot,
              CfoilChartCanvas     *canvas,
              guint                 series,
              const guint          *points)
{
  g_autoptr (GArray) mature = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  g_autoptr (GArray) immature = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  GdkRGBA color;

  cfoil_chart_style_get_color (&plot->style, series, &color);
  for (guint group = 0; group < cfoil_chart_bands_get_n_groups (&plot->bands); group++)
    {
      graphene_rect_t place;

      if (!get_place (plot, series, group, points[group], &place) || place.size.height < 1)
        continue;
      if (cfoil_chart_plot_is_immature (plot, series, points[group]))
        {
          g_array_append_val (immature, place);
          continue;
        }
      g_array_append_val (mature, place);
      cfoil_chart_canvas_fill (canvas, &color, &place);
    }
  if (mature->len > 0 && g_array_index (mature, graphene_rect_t, 0).size.width >= 6)
    cfoil_chart_append_texture (canvas, &plot->style, series, (graphene_rect_t *) mature->data, mature->len);
  cfoil_chart_append_hatching (canvas, &color, (graphene_rect_t *) immature->data, immature->len);
}

static void
paint (const CfoilChartPlot *plot,
       CfoilChartCanvas     *canvas)
{
  guint n_groups = cfoil_chart_bands_get_n_groups (&plot->bands);
  g_autofree guint *points = g_new (guint, n_groups);

  for (guint group = 0; group < n_groups; group++)
    points[group] = pick (plot, group);
  for (guint series = 0; series < plot->n_series; series++)
    paint_series (plot, canvas, series, points);
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
  *point = pick (plot, group);
  for (guint i = 0; i < plot->n_series; i++)
    {
      graphene_rect_t place;
      float distance;

      if (!get_place (plot, i, group, *point, &place))
        continue;
      distance = MAX (MAX (place.origin.y - y, y - place.origin.y - place.size.height), 0);
      if (distance < nearest)
        {
          nearest = distance;
          *series = i;
        }
    }
}

static gboolean
locate (const CfoilChartPlot *plot,
        guint                 series,
        guint                 point,
        graphene_rect_t      *place)
{
  return get_place (plot, series, cfoil_chart_bands_group_of (&plot->bands, point), point, place);
}

const CfoilChartLayer cfoil_chart_stacked_layer = { cfoil_chart_plot_arrange_axes, paint, find, locate };
