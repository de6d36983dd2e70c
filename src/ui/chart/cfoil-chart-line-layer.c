/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-plot.h"

#include <math.h>

#define LINE_WIDTH 2.0
#define MARK_RADIUS 3.5f
/* With more points a mark at each would hide the line. */
#define MIN_BAND_OF_MARKS 14.0f

static float
place_value (const CfoilChartPlot *plot,
             guint                 series,
             guint                 point)
{
  return cfoil_chart_scale_place (&plot->scale, cfoil_chart_data_get_value (plot->data, series, point));
}

static gboolean
is_known (const CfoilChartPlot *plot,
          guint                 series,
          guint                 point)
{
  return cfoil_chart_data_get_value (plot->data, series, point) != CFOIL_UNKNOWN;
}

/* Of the points of a pixel the line goes through the first, the lowest, the highest and the last. */
static void
trace_group (const CfoilChartPlot *plot,
             cairo_t              *cr,
             guint                 series,
             guint                 first,
             guint                 end,
             gboolean             *is_open)
{
  float top = G_MAXFLOAT, bottom = -G_MAXFLOAT, x = 0;
  guint last = G_MAXUINT;

  for (guint point = first; point < end; point++)
    {
      float y;

      if (!is_known (plot, series, point))
        {
          *is_open = FALSE;
          continue;
        }
      x = cfoil_chart_bands_get_middle (&plot->bands, point);
      y = place_value (plot, series, point);
      if (last == G_MAXUINT)
        {
          if (*is_open)
            cairo_line_to (cr, x, y);
          else
            cairo_move_to (cr, x, y);
        }
      else if (!*is_open)
        cairo_move_to (cr, x, y);
      *is_open = TRUE;
      top = MIN (top, y);
      bottom = MAX (bottom, y);
      last = point;
    }
  if (last == G_MAXUINT || end - first < 2)
    return;
  cairo_line_to (cr, x, top);
  cairo_line_to (cr, x, bottom);
  cairo_line_to (cr, x, place_value (plot, series, last));
}

/* From FIRST until before END.  What comes before FIRST is where the line goes on from. */
static void
trace_line (const CfoilChartPlot *plot,
            cairo_t              *cr,
            guint                 series,
            guint                 first,
            guint                 end)
{
  gboolean is_open = FALSE;
  guint point = first;

  while (point < end)
    {
      guint group_first, group_end;

      cfoil_chart_bands_get_points (&plot->bands, cfoil_chart_bands_group_of (&plot->bands, point), &group_first, &group_end);
      trace_group (plot, cr, series, MAX (group_first, first), MIN (group_end, end), &is_open);
      point = MAX (group_end, point + 1);
    }
}

/* One that has no neighbour would not be seen as a line. */
static gboolean
is_lonely (const CfoilChartPlot *plot,
           guint                 series,
           guint                 point)
{
  gboolean before = point > plot->first && is_known (plot, series, point - 1);
  gboolean after = point + 1 < plot->first + plot->n_points && is_known (plot, series, point + 1);

  return !before && !after;
}

static void
trace_marks (const CfoilChartPlot *plot,
             cairo_t              *cr,
             guint                 series)
{
  gboolean all = cfoil_chart_bands_get_width (&plot->bands) >= MIN_BAND_OF_MARKS;

  for (guint point = plot->first; point < plot->first + plot->n_points; point++)
    if (is_known (plot, series, point) && (all || is_lonely (plot, series, point)))
      cfoil_chart_trace_mark (cr, series, cfoil_chart_bands_get_middle (&plot->bands, point), place_value (plot, series, point),
                              MARK_RADIUS);
}

static void
paint_series (const CfoilChartPlot *plot,
              GtkSnapshot          *snapshot,
              guint                 series)
{
  static const double dashes[][2] = { { 0, 0 }, { 9, 4 }, { 3, 3 }, { 14, 4 } };
  const double *dash = dashes[series % G_N_ELEMENTS (dashes)];
  const double immature_dash[] = { 2, 4 };
  guint end = plot->first + plot->n_points;
  guint immature = MAX (cfoil_chart_data_get_immature_from (plot->data, series), plot->first);
  graphene_rect_t bounds = plot->area;
  GdkRGBA color;
  cairo_t *cr;

  graphene_rect_inset (&bounds, -6, -6);
  cfoil_chart_style_get_color (&plot->style, series, &color);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  /* Marks tell lines apart where there are some; dashes where there are none. */
  if (dash[0] > 0 && cfoil_chart_bands_get_width (&plot->bands) < MIN_BAND_OF_MARKS)
    cairo_set_dash (cr, dash, 2, 0);
  trace_line (plot, cr, series, plot->first, MIN (immature, end));
  cairo_stroke (cr);
  if (immature < end)
    {
      cairo_set_dash (cr, immature_dash, 2, 0);
      trace_line (plot, cr, series, immature > plot->first ? immature - 1 : immature, end);
      cairo_stroke (cr);
    }
  cairo_set_dash (cr, NULL, 0, 0);
  trace_marks (plot, cr, series);
  cairo_fill (cr);
  cairo_destroy (cr);
}

/* Dashes alone are too little to be seen at once. */
static void
paint_immature (const CfoilChartPlot *plot,
                GtkSnapshot          *snapshot)
{
  guint from = G_MAXUINT, end = plot->first + plot->n_points;
  graphene_rect_t area = plot->area;
  GdkRGBA color = plot->style.text;
  float half = cfoil_chart_bands_get_width (&plot->bands) / (float) plot->bands.group / 2, x;

  for (guint series = 0; series < plot->n_series; series++)
    from = MIN (from, cfoil_chart_data_get_immature_from (plot->data, series));
  if (from >= end)
    return;
  color.alpha *= 0.1f;
  x = cfoil_chart_bands_get_middle (&plot->bands, MAX (from, plot->first));
  if (plot->style.is_rtl)
    area.size.width = roundf (x + half) - area.origin.x;
  else
    {
      area.size.width -= roundf (x - half) - area.origin.x;
      area.origin.x = roundf (x - half);
    }
  cfoil_chart_append_hatching (snapshot, &color, &area, 1);
}

static void
paint (const CfoilChartPlot *plot,
       GtkSnapshot          *snapshot)
{
  paint_immature (plot, snapshot);
  for (guint series = 0; series < plot->n_series; series++)
    paint_series (plot, snapshot, series);
}

static void
find (const CfoilChartPlot *plot,
      float                 x,
      float                 y,
      guint                *series,
      guint                *point)
{
  guint group = cfoil_chart_bands_find (&plot->bands, x), first, end;
  float nearest = G_MAXFLOAT;

  cfoil_chart_bands_get_points (&plot->bands, group, &first, &end);
  *series = 0;
  *point = first;
  for (guint i = 0; i < plot->n_series; i++)
    for (guint j = first; j < end; j++)
      {
        float distance;

        if (!is_known (plot, i, j))
          continue;
        distance = fabsf (place_value (plot, i, j) - y) + fabsf (cfoil_chart_bands_get_middle (&plot->bands, j) - x);
        if (distance < nearest)
          {
            nearest = distance;
            *series = i;
            *point = j;
          }
      }
}

static gboolean
locate (const CfoilChartPlot *plot,
        guint                 series,
        guint                 point,
        graphene_rect_t      *place)
{
  if (!is_known (plot, series, point))
    return FALSE;
  graphene_rect_init (place, cfoil_chart_bands_get_middle (&plot->bands, point) - MARK_RADIUS,
                      place_value (plot, series, point) - MARK_RADIUS, 2 * MARK_RADIUS, 2 * MARK_RADIUS);
  return TRUE;
}

const CfoilChartLayer cfoil_chart_line_layer = { cfoil_chart_plot_arrange_axes, paint, find, locate };
