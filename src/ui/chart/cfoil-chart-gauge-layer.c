/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-plot.h"
#include "cfoil-chart-words.h"

#include <math.h>

#define BAR_HEIGHT 14.0f
#define LABEL_GAP 6.0f
#define MARK_OVER 4.0f

/* --- layout --- */

/* The name at one end, the value at the other, or one below the other. */
static void
add_titles (CfoilChartPlot *plot,
            guint           series,
            float           top)
{
  g_autofree char *value = cfoil_chart_words_value (plot->data, series, 0);
  PangoLayout *value_layout = cfoil_chart_style_create_number (&plot->style, value, CFOIL_CHART_PLAIN, TRUE);
  PangoLayout *title = cfoil_chart_style_create_layout (&plot->style, cfoil_chart_data_get_series_title (plot->data, series),
                                                        CFOIL_CHART_PLAIN, FALSE);
  float value_width = cfoil_chart_layout_get_width (value_layout), room = MAX (plot->width - value_width - 2 * LABEL_GAP, 1);

  if (cfoil_chart_layout_get_width (title) > room)
    {
      pango_layout_set_width (title, (int) room * PANGO_SCALE);
      pango_layout_set_ellipsize (title, PANGO_ELLIPSIZE_END);
    }
  cfoil_chart_plot_take_text (plot, title, plot->style.is_rtl ? plot->width - cfoil_chart_layout_get_width (title) : 0, top,
                              CFOIL_CHART_TEXT_PLAIN);
  cfoil_chart_plot_take_text (plot, value_layout, plot->style.is_rtl ? 0 : plot->width - value_width, top,
                              CFOIL_CHART_TEXT_PLAIN);
}

static gboolean
overlaps (const CfoilChartPlot  *plot,
          guint                  from,
          const graphene_rect_t *place)
{
  graphene_rect_t wide = *place;

  graphene_rect_inset (&wide, -LABEL_GAP, 0);
  for (guint i = from; i < plot->texts->len; i++)
    if (graphene_rect_intersection (&g_array_index (plot->texts, CfoilChartText, i).place, &wide, NULL))
      return TRUE;
  return FALSE;
}

/* Under their marks; where they would overlap, each in the next row that is free. */
static void
add_limit_labels (CfoilChartPlot *plot,
                  float           top)
{
  guint from = plot->texts->len;

  for (guint limit = 0; limit < cfoil_chart_data_get_n_limits (plot->data); limit++)
    {
      PangoLayout *layout = cfoil_chart_style_create_layout (&plot->style, cfoil_chart_data_get_limit_title (plot->data, limit),
                                                             CFOIL_CHART_SMALL, FALSE);
      float x = cfoil_chart_scale_place (&plot->scale, cfoil_chart_data_get_limit_value (plot->data, limit));
      graphene_rect_t place;

      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      if (cfoil_chart_layout_get_width (layout) > plot->width)
        pango_layout_set_width (layout, (int) plot->width * PANGO_SCALE);
      graphene_rect_init (&place, 0, roundf (top), cfoil_chart_layout_get_width (layout), cfoil_chart_layout_get_height (layout));
      place.origin.x = cfoil_chart_label_place (x, place.size.width, 0, plot->width);
      while (overlaps (plot, from, &place))
        place.origin.y += roundf (place.size.height);
      cfoil_chart_plot_take_text (plot, layout, place.origin.x, place.origin.y, CFOIL_CHART_TEXT_DIM);
    }
}

/* Some room beyond the last mark shows that there is something beyond it. */
static gint64
get_end (const CfoilChartPlot *plot)
{
  gint64 high = CLAMP (plot->high, 0, CFOIL_CHART_MAX_VALUE);

  if (cfoil_chart_data_get_unit (plot->data) == CFOIL_UNIT_RATIO && cfoil_chart_data_get_n_limits (plot->data) == 0)
    return MAX (high, 1000000);
  return high + MAX (high / 5, 1);
}

static float
get_line_height (const CfoilChartPlot *plot)
{
  g_autoptr (PangoLayout) layout = cfoil_chart_style_create_layout (&plot->style, "0", CFOIL_CHART_PLAIN, FALSE);

  return cfoil_chart_layout_get_height (layout);
}

/* One below the other, each a row of words and a bar; what is left of the height goes between them. */
static float
get_row_height (const CfoilChartPlot *plot)
{
  float marks = cfoil_chart_data_get_n_limits (plot->data) > 0 ? 2 * cfoil_chart_plot_get_line_height (plot) : 0;
  float least = get_line_height (plot) + LABEL_GAP + BAR_HEIGHT + LABEL_GAP;
  float room = (plot->area.size.height - marks) / (float) MAX (plot->n_series, 1);

  return CLAMP (room, least, 2 * least);
}

static void
arrange (CfoilChartPlot *plot)
{
  float legend = cfoil_chart_plot_add_legend (plot, 0), top = legend > 0 ? legend + LABEL_GAP : 0, line = get_line_height (plot), row;
  gint64 low = CLAMP (plot->low, -CFOIL_CHART_MAX_VALUE, 0);

  graphene_rect_init (&plot->area, 0, top, plot->width, MAX (plot->height - top, 1));
  row = get_row_height (plot);
  plot->scale = (CfoilChartScale){ low, get_end (plot), plot->style.is_rtl ? plot->width : 0, plot->style.is_rtl ? 0 : plot->width };
  cfoil_chart_bands_init (&plot->bands, 0, 1, 0, plot->width, 1, plot->style.is_rtl);
  for (guint series = 0; series < plot->n_series; series++)
    add_titles (plot, series, plot->area.origin.y + (float) series * row);
  if (plot->n_series > 0)
    add_limit_labels (plot, plot->area.origin.y + (float) (plot->n_series - 1) * row + line + LABEL_GAP + BAR_HEIGHT + MARK_OVER + 2);
}

/* --- painting --- */

static void
get_bar (const CfoilChartPlot *plot,
         guint                 series,
         graphene_rect_t      *bar)
{
  float y = plot->area.origin.y + (float) series * get_row_height (plot) + get_line_height (plot) + LABEL_GAP;

  graphene_rect_init (bar, 0, roundf (y), plot->width, BAR_HEIGHT);
}

static gboolean
get_place (const CfoilChartPlot *plot,
           guint                 series,
           graphene_rect_t      *place)
{
  gint64 value = cfoil_chart_data_get_value (plot->data, series, 0);
  float from, to;

  get_bar (plot, series, place);
  if (value == CFOIL_UNKNOWN)
    return FALSE;
  from = roundf (cfoil_chart_scale_place (&plot->scale, 0));
  to = roundf (cfoil_chart_scale_place (&plot->scale, value));
  place->origin.x = MIN (from, to);
  place->size.width = fabsf (to - from);
  return TRUE;
}

static void
paint_marks (const CfoilChartPlot  *plot,
             CfoilChartCanvas      *canvas,
             const graphene_rect_t *bar)
{
  for (guint limit = 0; limit < cfoil_chart_data_get_n_limits (plot->data); limit++)
    {
      float x = roundf (cfoil_chart_scale_place (&plot->scale, cfoil_chart_data_get_limit_value (plot->data, limit)));

      cfoil_chart_canvas_fill (canvas, &plot->style.text,
                               &GRAPHENE_RECT_INIT (CLAMP (x - 1, 0, plot->width - 2), bar->origin.y - MARK_OVER, 2,
                                                    bar->size.height + 2 * MARK_OVER));
    }
}

static void
paint_series (const CfoilChartPlot *plot,
              CfoilChartCanvas     *canvas,
              guint                 series)
{
  graphene_rect_t bar, place;
  GskRoundedRect outline;
  GdkRGBA color, ground = plot->style.text;

  ground.alpha *= plot->style.is_high_contrast ? 0.25f : 0.1f;
  cfoil_chart_style_get_color (&plot->style, 0, &color);
  get_bar (plot, series, &bar);
  gsk_rounded_rect_init_from_rect (&outline, &bar, BAR_HEIGHT / 2);
  cfoil_chart_canvas_push_clip (canvas, &outline);
  cfoil_chart_canvas_fill (canvas, &ground, &bar);
  if (get_place (plot, series, &place) && place.size.width > 0)
    {
      if (cfoil_chart_plot_is_immature (plot, series, 0))
        cfoil_chart_append_hatching (canvas, &color, &place, 1);
      else
        cfoil_chart_canvas_fill (canvas, &color, &place);
    }
  cfoil_chart_canvas_pop (canvas);
  paint_marks (plot, canvas, &bar);
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
  float row = floorf ((y - plot->area.origin.y) / get_row_height (plot));

  *series = row <= 0 ? 0 : MIN ((guint) row, plot->n_series - 1);
  *point = 0;
}

static gboolean
locate (const CfoilChartPlot *plot,
        guint                 series,
        guint                 point,
        graphene_rect_t      *place)
{
  return get_place (plot, series, place);
}

const CfoilChartLayer cfoil_chart_gauge_layer = { arrange, paint, find, locate };
