/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-plot.h"

#include <glib/gi18n.h>
#include <math.h>

#define SWATCH 12
#define SWATCH_GAP 6
#define ITEM_GAP 15
/* Of the whole height. */
#define MAX_LEGEND_PART 0.34f

/* --- range --- */

static gint64
add_clamped (gint64 a,
             gint64 b)
{
  gint64 sum;

  if (__builtin_add_overflow (a, b, &sum))
    return a > 0 ? CFOIL_CHART_MAX_VALUE : -CFOIL_CHART_MAX_VALUE;
  return CLAMP (sum, -CFOIL_CHART_MAX_VALUE, CFOIL_CHART_MAX_VALUE);
}

static void
include (CfoilChartPlot *self,
         gint64          value,
         gboolean       *is_first)
{
  self->low = *is_first ? value : MIN (self->low, value);
  self->high = *is_first ? value : MAX (self->high, value);
  *is_first = FALSE;
}

static void
find_range (CfoilChartPlot *self)
{
  gboolean is_first = TRUE;

  for (guint point = self->first; point < self->first + self->n_points; point++)
    {
      gint64 above = 0, below = 0;

      for (guint series = 0; series < self->n_series; series++)
        {
          gint64 value = cfoil_chart_data_get_value (self->data, series, point);

          if (value == CFOIL_UNKNOWN)
            continue;
          if (value > 0)
            above = add_clamped (above, value);
          else
            below = add_clamped (below, value);
          if (self->kind != CFOIL_CHART_STACKED)
            include (self, value, &is_first);
        }
      if (self->kind == CFOIL_CHART_STACKED)
        {
          include (self, above, &is_first);
          include (self, below, &is_first);
        }
    }
  for (guint limit = 0; self->kind != CFOIL_CHART_HEAT_MAP && limit < cfoil_chart_data_get_n_limits (self->data); limit++)
    include (self, cfoil_chart_data_get_limit_value (self->data, limit), &is_first);
}

/* --- texts --- */

static void
clear_text (gpointer data)
{
  g_object_unref (((CfoilChartText *) data)->layout);
}

void
cfoil_chart_plot_take_text (CfoilChartPlot     *self,
                            PangoLayout        *layout,
                            float               x,
                            float               y,
                            CfoilChartTextKind  kind)
{
  CfoilChartText text = { .layout = layout, .kind = kind };

  graphene_rect_init (&text.place, roundf (x), roundf (y), cfoil_chart_layout_get_width (layout),
                      cfoil_chart_layout_get_height (layout));
  g_array_append_val (self->texts, text);
}

float
cfoil_chart_plot_get_line_height (const CfoilChartPlot *self)
{
  g_autoptr (PangoLayout) layout = cfoil_chart_style_create_layout (&self->style, "0", CFOIL_CHART_SMALL, FALSE);

  return cfoil_chart_layout_get_height (layout);
}

gboolean
cfoil_chart_plot_is_immature (const CfoilChartPlot *self,
                              guint                 series,
                              guint                 point)
{
  return point >= cfoil_chart_data_get_immature_from (self->data, series);
}

gboolean
cfoil_chart_plot_pick (const CfoilChartPlot *self,
                       guint                 series,
                       guint                 group,
                       guint                *point)
{
  gint64 best = CFOIL_UNKNOWN;
  guint first, end;

  cfoil_chart_bands_get_points (&self->bands, group, &first, &end);
  *point = first;
  for (guint i = first; i < end; i++)
    {
      gint64 value = cfoil_chart_data_get_value (self->data, series, i);

      if (value == CFOIL_UNKNOWN || (best != CFOIL_UNKNOWN && ABS (value) <= ABS (best)))
        continue;
      best = value;
      *point = i;
    }
  return best != CFOIL_UNKNOWN;
}

/* --- legend --- */

static gboolean
has_immature (const CfoilChartPlot *self)
{
  for (guint series = 0; series < self->n_series; series++)
    if (cfoil_chart_plot_is_immature (self, series, self->first + self->n_points - 1))
      return TRUE;
  return FALSE;
}

typedef struct
{
  float x; /* from the side where people begin to read */
  float y;
  float height;
  float limit; /* no row begins below it */
} Flow;

static gboolean
add_item (CfoilChartPlot       *self,
          Flow                 *flow,
          CfoilChartSwatchKind  kind,
          guint                 series,
          const char           *title)
{
  PangoLayout *layout = cfoil_chart_style_create_layout (&self->style, title, CFOIL_CHART_SMALL, FALSE);
  float room = self->width - SWATCH - SWATCH_GAP;
  float width;
  CfoilChartSwatch swatch = { kind, series, { { 0 } } };

  if (cfoil_chart_layout_get_width (layout) > room)
    {
      pango_layout_set_width (layout, (int) MAX (room, 1) * PANGO_SCALE);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  width = SWATCH + SWATCH_GAP + cfoil_chart_layout_get_width (layout);
  if (flow->x > 0 && flow->x + width > self->width)
    {
      flow->x = 0;
      flow->y += flow->height + 2;
    }
  if (flow->y + flow->height > flow->limit)
    {
      g_object_unref (layout);
      return FALSE;
    }
  graphene_rect_init (&swatch.place, self->style.is_rtl ? self->width - flow->x - SWATCH : flow->x,
                      roundf (flow->y + (flow->height - SWATCH) / 2), SWATCH, SWATCH);
  g_array_append_val (self->swatches, swatch);
  cfoil_chart_plot_take_text (self, layout, self->style.is_rtl ? self->width - flow->x - width : flow->x + SWATCH + SWATCH_GAP,
                              flow->y, CFOIL_CHART_TEXT_PLAIN);
  flow->x += width + ITEM_GAP;
  return TRUE;
}

float
cfoil_chart_plot_add_legend (CfoilChartPlot *self,
                             float           top)
{
  Flow flow = { 0, top, cfoil_chart_plot_get_line_height (self), top + self->height * MAX_LEGEND_PART };
  gboolean is_told = FALSE;

  /* Gauges have their names beside them. */
  if (self->n_series > 1 && self->kind != CFOIL_CHART_GAUGE)
    for (guint series = 0; series < self->n_series; series++)
      is_told |= add_item (self, &flow, CFOIL_CHART_SWATCH_SERIES, series,
                           cfoil_chart_data_get_series_title (self->data, series));
  if (has_immature (self))
    is_told |= add_item (self, &flow, CFOIL_CHART_SWATCH_IMMATURE, 0, _("May still change"));
  return is_told ? MIN (flow.y, flow.limit) + flow.height + 6 : top;
}

/* --- points --- */

static float
label_middle (const CfoilChartPlot *self,
              guint                 point,
              gboolean              at_edge)
{
  float half = cfoil_chart_bands_get_width (&self->bands) / (float) self->bands.group / 2;

  if (!at_edge)
    half = 0;
  return cfoil_chart_bands_get_middle (&self->bands, point) + (self->style.is_rtl ? half : -half);
}

/* The widths of a few say where to begin to look. */
static guint
guess_stride (const CfoilChartPlot *self,
              float                 gap)
{
  const guint samples[] = { 0, self->n_points / 2, self->n_points - 1 };
  float band = self->area.size.width / (float) self->n_points, widest = 1;

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (PangoLayout) layout = cfoil_chart_style_create_layout (&self->style,
                                                                        cfoil_chart_data_get_label (self->data, self->first + samples[i]),
                                                                        CFOIL_CHART_SMALL, FALSE);

      widest = MAX (widest, cfoil_chart_layout_get_width (layout));
    }
  return (guint) MAX (ceilf (MIN (widest * 0.8f + gap, self->area.size.width) / band), 1);
}

/* The labels of every STRIDE-th point, or nothing when they do not fit. */
static gboolean
try_labels (CfoilChartPlot *self,
            guint           stride,
            float           gap,
            float           top,
            gboolean        at_edge)
{
  guint n = (self->n_points + stride - 1) / stride;
  g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree float *middles = g_new (float, n);
  g_autofree float *widths = g_new (float, n);

  for (guint i = 0; i < n; i++)
    {
      /* In the order of x, so that from the right they come last first. */
      guint point = self->first + (self->style.is_rtl ? n - 1 - i : i) * stride;
      PangoLayout *layout = cfoil_chart_style_create_layout (&self->style, cfoil_chart_data_get_label (self->data, point),
                                                             CFOIL_CHART_SMALL, FALSE);

      if (n == 1 && cfoil_chart_layout_get_width (layout) > self->width)
        {
          pango_layout_set_width (layout, (int) self->width * PANGO_SCALE);
          pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
        }
      g_ptr_array_add (layouts, layout);
      middles[i] = label_middle (self, point, at_edge);
      widths[i] = cfoil_chart_layout_get_width (layout);
    }
  if (!cfoil_chart_labels_fit (middles, widths, n, gap, 0, self->width))
    return FALSE;
  for (guint i = 0; i < n; i++)
    cfoil_chart_plot_take_text (self, g_object_ref (g_ptr_array_index (layouts, i)),
                                cfoil_chart_label_place (middles[i], widths[i], 0, self->width), top, CFOIL_CHART_TEXT_DIM);
  return TRUE;
}

void
cfoil_chart_plot_add_point_labels (CfoilChartPlot *self,
                                   float           top,
                                   gboolean        at_edge)
{
  float gap = cfoil_chart_plot_get_line_height (self) * 0.6f;
  guint stride = guess_stride (self, gap);

  while (stride < self->n_points && !try_labels (self, stride, gap, top, at_edge))
    stride += MAX (stride / 8, 1);
  if (stride >= self->n_points)
    try_labels (self, self->n_points, gap, top, at_edge);
}

/* --- all --- */

static const CfoilChartLayer *
get_layer (CfoilChartKind kind)
{
  switch (kind)
    {
    case CFOIL_CHART_STACKED:
      return &cfoil_chart_stacked_layer;
    case CFOIL_CHART_LINES:
      return &cfoil_chart_line_layer;
    case CFOIL_CHART_HEAT_MAP:
      return &cfoil_chart_heat_layer;
    case CFOIL_CHART_GAUGE:
      return &cfoil_chart_gauge_layer;
    default:
      return &cfoil_chart_column_layer;
    }
}

CfoilChartPlot *
cfoil_chart_plot_new (CfoilChartData        *data,
                      const CfoilChartStyle *style,
                      float                  width,
                      float                  height,
                      guint                  first,
                      guint                  n_points)
{
  CfoilChartPlot *self = g_new0 (CfoilChartPlot, 1);
  guint n_all = MAX (cfoil_chart_data_get_n_points (data), 1);

  self->data = cfoil_chart_data_ref (data);
  self->kind = cfoil_chart_data_get_kind (data);
  self->layer = get_layer (self->kind);
  cfoil_chart_style_copy (&self->style, style);
  self->width = MAX (width, 1);
  self->height = MAX (height, 1);
  self->first = MIN (first, n_all - 1);
  self->n_points = CLAMP (n_points, 1, n_all - self->first);
  self->n_series = cfoil_chart_data_get_n_series (data);
  self->texts = g_array_new (FALSE, FALSE, sizeof (CfoilChartText));
  g_array_set_clear_func (self->texts, clear_text);
  self->swatches = g_array_new (FALSE, FALSE, sizeof (CfoilChartSwatch));
  find_range (self);
  self->layer->arrange (self);
  return self;
}

void
cfoil_chart_plot_free (CfoilChartPlot *self)
{
  cfoil_chart_data_unref (self->data);
  cfoil_chart_style_clear (&self->style);
  g_array_unref (self->texts);
  g_array_unref (self->swatches);
  g_free (self);
}

gboolean
cfoil_chart_plot_contains (const CfoilChartPlot *self,
                           float                 x,
                           float                 y)
{
  return graphene_rect_contains_point (&self->area, &GRAPHENE_POINT_INIT (x, y));
}
