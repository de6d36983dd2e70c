/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-plot.h"

#include <math.h>

#define LINE_WIDTH 2.0
#define MARK_RADIUS 3.5f
/* With more points a mark at each would hide the line. */
#define MIN_BAND_OF_MARKS 14.0f
#define PIECE 16
#define MARK_DISTANCE 90.0f

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

/* From FIRST until before END. */
static void
trace_line (const CfoilChartPlot *plot,
            cairo_t              *cr,
            guint                 series,
            guint                 first,
            guint                 end)
{
  gboolean is_open = FALSE;

  for (guint point = first; point < end; point++)
    {
      if (!is_known (plot, series, point))
        is_open = FALSE;
      else if (is_open)
        cairo_line_to (cr, cfoil_chart_bands_get_middle (&plot->bands, point), place_value (plot, series, point));
      else
        {
          cairo_move_to (cr, cfoil_chart_bands_get_middle (&plot->bands, point), place_value (plot, series, point));
          is_open = TRUE;
        }
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

/* Piece by piece: the price of a stroke grows faster than the number of lines that may cross each other in it. */
static void
stroke_line (const CfoilChartPlot *plot,
             cairo_t              *cr,
             guint                 series,
             guint                 first,
             guint                 end)
{
  for (guint point = first; point < end; point += PIECE)
    {
      trace_line (plot, cr, series, point, MIN (point + PIECE + 1, end));
      cairo_stroke (cr);
    }
}

static void
paint_line (const CfoilChartPlot *plot,
            CfoilChartCanvas     *canvas,
            guint                 series,
            const GdkRGBA        *color)
{
  const double immature_dash[] = { 1, 4 };
  guint end = plot->first + plot->n_points;
  guint immature = MAX (cfoil_chart_data_get_immature_from (plot->data, series), plot->first);
  graphene_rect_t bounds = plot->area;
  cairo_t *cr;

  graphene_rect_inset (&bounds, -6, -6);
  cr = cfoil_chart_canvas_begin (canvas, &bounds);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  stroke_line (plot, cr, series, plot->first, MIN (immature, end));
  if (immature < end)
    {
      cairo_set_dash (cr, immature_dash, 2, 0);
      stroke_line (plot, cr, series, immature > plot->first ? immature - 1 : immature, end);
    }
  cairo_set_dash (cr, NULL, 0, 0);
  trace_marks (plot, cr, series);
  cairo_fill (cr);
  cfoil_chart_canvas_end (canvas, cr);
}

/* --- many points: of those that share a band the way from the lowest to the highest is seen --- */

typedef struct
{
  float top; /* of all that is known; below BOTTOM: nothing is */
  float bottom;
} Reach;

static Reach
get_reach (const CfoilChartPlot *plot,
           guint                 series,
           guint                 group)
{
  Reach reach = { G_MAXFLOAT, -G_MAXFLOAT };
  guint first, end;

  cfoil_chart_bands_get_points (&plot->bands, group, &first, &end);
  for (guint point = first; point < end; point++)
    if (is_known (plot, series, point))
      {
        reach.top = MIN (reach.top, place_value (plot, series, point));
        reach.bottom = MAX (reach.bottom, place_value (plot, series, point));
      }
  return reach;
}

/* Up to where the one before it ends, so that it is one line. */
static void
join (Reach       *reach,
      const Reach *before)
{
  if (before->top > before->bottom || reach->top > reach->bottom)
    return;
  if (reach->top > before->bottom)
    reach->top = before->bottom;
  else if (reach->bottom < before->top)
    reach->bottom = before->top;
}

/* Areas instead of strokes: thousands of lines that cross each other take a renderer tenths of a second. */
static void
paint_areas (const CfoilChartPlot *plot,
             CfoilChartCanvas     *canvas,
             guint                 series,
             const GdkRGBA        *color)
{
  Reach before = { G_MAXFLOAT, -G_MAXFLOAT };
  float half = (float) LINE_WIDTH / 2;
  GdkRGBA pale = *color;

  pale.alpha *= 0.5f;
  for (guint group = 0; group < cfoil_chart_bands_get_n_groups (&plot->bands); group++)
    {
      Reach reach = get_reach (plot, series, group), joined = reach;
      float left = cfoil_chart_bands_get_left (&plot->bands, group);
      float x = roundf (left), width = roundf (left + cfoil_chart_bands_get_width (&plot->bands)) - x;
      guint first, end;

      join (&joined, &before);
      before = reach;
      if (reach.top > reach.bottom)
        continue;
      cfoil_chart_bands_get_points (&plot->bands, group, &first, &end);
      cfoil_chart_canvas_fill (canvas, cfoil_chart_plot_is_immature (plot, series, first) ? &pale : color,
                               &GRAPHENE_RECT_INIT (x, roundf (joined.top - half), MAX (width, 1),
                                                    MAX (roundf (joined.bottom + half) - roundf (joined.top - half), 2)));
    }
}

/* Here and there its mark, with an edge, or else colour alone would tell lines apart. */
static void
paint_sparse_marks (const CfoilChartPlot *plot,
                    CfoilChartCanvas     *canvas,
                    guint                 series,
                    const GdkRGBA        *color)
{
  guint n_groups = cfoil_chart_bands_get_n_groups (&plot->bands);
  guint step = (guint) MAX (MARK_DISTANCE / cfoil_chart_bands_get_width (&plot->bands), 1);
  float half = cfoil_chart_bands_get_width (&plot->bands) / 2;
  graphene_rect_t bounds = plot->area;
  cairo_t *cr;

  graphene_rect_inset (&bounds, -8, -8);
  cr = cfoil_chart_canvas_begin (canvas, &bounds);
  cairo_set_line_width (cr, 1.5);
  for (guint group = step / 2 + series * step / 4 % step; group < n_groups; group += step)
    {
      Reach reach = get_reach (plot, series, group);

      if (reach.top > reach.bottom)
        continue;
      cfoil_chart_trace_mark (cr, series, cfoil_chart_bands_get_left (&plot->bands, group) + half, (reach.top + reach.bottom) / 2,
                              MARK_RADIUS + 1);
    }
  gdk_cairo_set_source_rgba (cr, color);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &plot->style.popover);
  cairo_stroke (cr);
  cfoil_chart_canvas_end (canvas, cr);
}

static void
paint_series (const CfoilChartPlot *plot,
              CfoilChartCanvas     *canvas,
              guint                 series)
{
  GdkRGBA color;

  cfoil_chart_style_get_color (&plot->style, series, &color);
  if (plot->bands.group == 1)
    paint_line (plot, canvas, series, &color);
  else
    paint_areas (plot, canvas, series, &color);
  if (plot->n_series > 1 && cfoil_chart_bands_get_width (&plot->bands) < MIN_BAND_OF_MARKS)
    paint_sparse_marks (plot, canvas, series, &color);
}

/* Dashes alone are too little to be seen at once. */
static void
paint_immature (const CfoilChartPlot *plot,
                CfoilChartCanvas     *canvas)
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
  cfoil_chart_append_hatching (canvas, &color, &area, 1);
}

static void
paint (const CfoilChartPlot *plot,
       CfoilChartCanvas     *canvas)
{
  paint_immature (plot, canvas);
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
