/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-plot.h"

#include <math.h>

#define LABEL_GAP 6
#define KEY_WIDTH 96
#define RADIUS 2.0f
#define MIN_CELL 3.0f

/* --- layout --- */

static float
add_row_labels (CfoilChartPlot *plot,
                float           top,
                float           bottom)
{
  float row = (bottom - top) / (float) MAX (plot->n_series, 1), widest = 0, line = cfoil_chart_plot_get_line_height (plot);
  guint stride = (guint) MAX (ceilf (line / row), 1);
  g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint series = 0; series < plot->n_series; series += stride)
    {
      PangoLayout *layout = cfoil_chart_style_create_layout (&plot->style, cfoil_chart_data_get_series_title (plot->data, series),
                                                             CFOIL_CHART_SMALL, FALSE);

      if (cfoil_chart_layout_get_width (layout) > plot->width * 0.35f)
        {
          pango_layout_set_width (layout, (int) (plot->width * 0.35f) * PANGO_SCALE);
          pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
        }
      widest = MAX (widest, cfoil_chart_layout_get_width (layout));
      g_ptr_array_add (layouts, layout);
    }
  for (guint i = 0; i < layouts->len; i++)
    {
      PangoLayout *layout = g_ptr_array_index (layouts, i);
      float y = top + ((float) (i * stride) + 0.5f) * row - line / 2;
      float width = cfoil_chart_layout_get_width (layout);

      cfoil_chart_plot_take_text (plot, g_object_ref (layout), plot->style.is_rtl ? plot->width - width : 0, y,
                                  CFOIL_CHART_TEXT_DIM);
    }
  return widest + LABEL_GAP;
}

/* What pale and deep mean. */
static void
add_key (CfoilChartPlot *plot)
{
  CfoilUnit unit = cfoil_chart_data_get_unit (plot->data);
  const char *currency = cfoil_chart_data_get_currency (plot->data);
  g_autofree char *low = cfoil_unit_format (unit, plot->low, currency);
  g_autofree char *high = cfoil_unit_format (unit, plot->high, currency);
  PangoLayout *low_layout = cfoil_chart_style_create_number (&plot->style, low, CFOIL_CHART_SMALL, FALSE);
  PangoLayout *high_layout = cfoil_chart_style_create_number (&plot->style, high, CFOIL_CHART_SMALL, FALSE);
  float low_width = cfoil_chart_layout_get_width (low_layout), high_width = cfoil_chart_layout_get_width (high_layout);
  float key = CLAMP (plot->width - low_width - high_width - 2 * LABEL_GAP, 12, KEY_WIDTH);
  float line = cfoil_chart_plot_get_line_height (plot);
  CfoilChartSwatch swatch = { .kind = CFOIL_CHART_SWATCH_SHADES };
  float x = low_width + LABEL_GAP;

  graphene_rect_init (&swatch.place, plot->style.is_rtl ? plot->width - x - key : x, roundf ((line - 10) / 2), key, 10);
  g_array_append_val (plot->swatches, swatch);
  cfoil_chart_plot_take_text (plot, low_layout, plot->style.is_rtl ? plot->width - low_width : 0, 0, CFOIL_CHART_TEXT_DIM);
  x += key + LABEL_GAP;
  cfoil_chart_plot_take_text (plot, high_layout, plot->style.is_rtl ? plot->width - x - high_width : x, 0, CFOIL_CHART_TEXT_DIM);
}

static void
arrange (CfoilChartPlot *plot)
{
  float line = cfoil_chart_plot_get_line_height (plot);
  float top = line + 8, bottom = MAX (plot->height - line - LABEL_GAP, top + line), labels;

  /* Nothing is as pale as 0, unless less than 0 is paler. */
  plot->low = MIN (plot->low, 0);
  add_key (plot);
  labels = add_row_labels (plot, top, bottom);
  graphene_rect_init (&plot->area, plot->style.is_rtl ? 0 : labels, top, MAX (plot->width - labels, 1), bottom - top);
  cfoil_chart_bands_init (&plot->bands, plot->first, plot->n_points, plot->area.origin.x, plot->area.size.width, MIN_CELL,
                          plot->style.is_rtl);
  cfoil_chart_plot_add_point_labels (plot, bottom + LABEL_GAP, FALSE);
}

/* --- painting --- */

static void
get_cell (const CfoilChartPlot *plot,
          guint                 series,
          guint                 group,
          graphene_rect_t      *place)
{
  float band = cfoil_chart_bands_get_width (&plot->bands), row = plot->area.size.height / (float) plot->n_series;
  float x = roundf (cfoil_chart_bands_get_left (&plot->bands, group));
  float end = roundf (cfoil_chart_bands_get_left (&plot->bands, group) + band);
  float y = roundf (plot->area.origin.y + (float) series * row), bottom = roundf (plot->area.origin.y + (float) (series + 1) * row);
  float gap_x = band >= 6 ? 2 : band >= 3 ? 1 : 0, gap_y = row >= 6 ? 2 : row >= 3 ? 1 : 0;

  graphene_rect_init (place, x, y, MAX (end - x - gap_x, 1), MAX (bottom - y - gap_y, 1));
}

static double
get_part (const CfoilChartPlot *plot,
          gint64                value)
{
  if (plot->high <= plot->low)
    return 0;
  return ((double) value - (double) plot->low) / ((double) plot->high - (double) plot->low);
}

/* Where contrast is wanted, size says it, too. */
static void
append_size (CfoilChartCanvas      *canvas,
             const CfoilChartPlot  *plot,
             const graphene_rect_t *place,
             double                 part)
{
  float side = (float) sqrt (part) * 0.6f;
  graphene_rect_t mark = *place;
  GdkRGBA ink = { 0, 0, 0, 1 };

  if ((part > 0.5) != plot->style.is_dark)
    ink = (GdkRGBA){ 1, 1, 1, 1 };
  graphene_rect_inset (&mark, place->size.width * (1 - side) / 2, place->size.height * (1 - side) / 2);
  cfoil_chart_canvas_fill (canvas, &ink, &mark);
}

static void
append_cell (CfoilChartCanvas      *canvas,
             const CfoilChartPlot  *plot,
             const graphene_rect_t *place,
             gint64                 value)
{
  double part = get_part (plot, value);
  GskRoundedRect outline;
  GdkRGBA color;

  cfoil_chart_style_get_shade (&plot->style, part, &color);
  gsk_rounded_rect_init_from_rect (&outline, place, place->size.width >= 6 ? RADIUS : 0);
  cfoil_chart_canvas_fill_rounded (canvas, &color, &outline);
  if (plot->style.is_high_contrast && value > 0 && place->size.width >= 8)
    append_size (canvas, plot, place, part);
}

/* Nobody knows: a dot, which is not the same as pale. */
static void
append_unknown (CfoilChartCanvas      *canvas,
                const CfoilChartPlot  *plot,
                const graphene_rect_t *place)
{
  graphene_rect_t dot = GRAPHENE_RECT_INIT (roundf (place->origin.x + place->size.width / 2 - 1),
                                            roundf (place->origin.y + place->size.height / 2 - 1), 2, 2);

  cfoil_chart_canvas_fill (canvas, &plot->style.dim, &dot);
}

static void
paint (const CfoilChartPlot *plot,
       CfoilChartCanvas     *canvas)
{
  for (guint series = 0; series < plot->n_series; series++)
    for (guint group = 0; group < cfoil_chart_bands_get_n_groups (&plot->bands); group++)
      {
        graphene_rect_t place;
        guint point;

        get_cell (plot, series, group, &place);
        if (cfoil_chart_plot_pick (plot, series, group, &point))
          append_cell (canvas, plot, &place, cfoil_chart_data_get_value (plot->data, series, point));
        else
          append_unknown (canvas, plot, &place);
      }
}

static void
find (const CfoilChartPlot *plot,
      float                 x,
      float                 y,
      guint                *series,
      guint                *point)
{
  float row = floorf ((y - plot->area.origin.y) / plot->area.size.height * (float) plot->n_series);

  *series = row <= 0 ? 0 : MIN ((guint) row, plot->n_series - 1);
  cfoil_chart_plot_pick (plot, *series, cfoil_chart_bands_find (&plot->bands, x), point);
}

static gboolean
locate (const CfoilChartPlot *plot,
        guint                 series,
        guint                 point,
        graphene_rect_t      *place)
{
  get_cell (plot, series, cfoil_chart_bands_group_of (&plot->bands, point), place);
  return TRUE;
}

const CfoilChartLayer cfoil_chart_heat_layer = { arrange, paint, find, locate };
