/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-plot.h"

#include <math.h>

#define LABEL_GAP 6
/* Lines of text between two marks of the axis. */
#define LINES_PER_TICK 2.0f
/* More are only more to look at. */
#define MAX_TICKS 11
#define MIN_COLUMN 2.0f

/* --- the axis of values --- */

static gboolean
starts_at_zero (const CfoilChartPlot *self)
{
  return self->kind != CFOIL_CHART_LINES;
}

/* Bands must have room for a column of each series beside each other. */
static float
get_min_band (const CfoilChartPlot *self)
{
  if (self->kind == CFOIL_CHART_STACKED || self->kind == CFOIL_CHART_LINES)
    return MIN_COLUMN;
  return MIN_COLUMN * (float) MAX (self->n_series, 1);
}

static void
take_tick_labels (CfoilChartPlot *self,
                  GPtrArray      *layouts)
{
  float line = cfoil_chart_plot_get_line_height (self), last = G_MAXFLOAT;

  for (guint i = 0; i < layouts->len; i++)
    {
      PangoLayout *layout = g_ptr_array_index (layouts, i);
      float width = cfoil_chart_layout_get_width (layout);
      float y = cfoil_chart_scale_place (&self->scale, self->axis.ticks[i]) - line / 2;
      float x = self->style.is_rtl ? self->area.origin.x + self->area.size.width + LABEL_GAP
                                   : self->area.origin.x - LABEL_GAP - width;

      /* In a picture that is very low, some marks have no label. */
      if (y + line > last)
        continue;
      last = y;
      cfoil_chart_plot_take_text (self, g_object_ref (layout), x, y, CFOIL_CHART_TEXT_DIM);
    }
}

static GPtrArray *
create_tick_labels (CfoilChartPlot *self,
                    float          *widest)
{
  GPtrArray *layouts = g_ptr_array_new_with_free_func (g_object_unref);

  *widest = 0;
  for (guint i = 0; i < self->axis.n_ticks; i++)
    {
      g_autofree char *label = cfoil_chart_axis_dup_label (&self->axis, self->axis.ticks[i]);
      PangoLayout *layout = cfoil_chart_style_create_number (&self->style, label, CFOIL_CHART_SMALL, FALSE);

      *widest = MAX (*widest, cfoil_chart_layout_get_width (layout));
      g_ptr_array_add (layouts, layout);
    }
  return layouts;
}

static float
add_caption (CfoilChartPlot *self,
             float           top)
{
  g_autofree char *caption = cfoil_chart_axis_dup_caption (&self->axis);
  PangoLayout *layout;

  if (caption == NULL)
    return top;
  layout = cfoil_chart_style_create_layout (&self->style, caption, CFOIL_CHART_SMALL, FALSE);
  cfoil_chart_plot_take_text (self, layout, self->style.is_rtl ? self->width - cfoil_chart_layout_get_width (layout) : 0, top,
                              CFOIL_CHART_TEXT_DIM);
  return top + cfoil_chart_layout_get_height (layout);
}

/* --- limits --- */

static gboolean
is_free (const CfoilChartPlot  *self,
         const graphene_rect_t *place)
{
  for (guint i = 0; i < self->texts->len; i++)
    {
      const CfoilChartText *text = &g_array_index (self->texts, CfoilChartText, i);

      if (text->kind == CFOIL_CHART_TEXT_BACKED && graphene_rect_intersection (&text->place, place, NULL))
        return FALSE;
    }
  /* There is half a line above the area, for the highest label of the axis. */
  return place->origin.y >= self->area.origin.y - place->size.height / 2
         && place->origin.y + place->size.height <= self->area.origin.y + self->area.size.height
         && place->origin.x >= self->area.origin.x;
}

/* Above its line, at one of the ends or in the middle, or below it. */
static void
add_limit_label (CfoilChartPlot *self,
                 guint           limit)
{
  PangoLayout *layout = cfoil_chart_style_create_layout (&self->style, cfoil_chart_data_get_limit_title (self->data, limit),
                                                         CFOIL_CHART_SMALL, FALSE);
  float y = cfoil_chart_scale_place (&self->scale, cfoil_chart_data_get_limit_value (self->data, limit));
  float width, height;

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  if (cfoil_chart_layout_get_width (layout) > self->area.size.width - 8)
    pango_layout_set_width (layout, (int) MAX (self->area.size.width - 8, 1) * PANGO_SCALE);
  width = cfoil_chart_layout_get_width (layout);
  height = cfoil_chart_layout_get_height (layout);
  for (guint i = 0; i < 6; i++)
    {
      float part = i % 3 == 0 ? 0 : i % 3 == 1 ? 1 : 0.5f;
      float x = self->area.origin.x + 4 + (self->style.is_rtl ? 1 - part : part) * (self->area.size.width - width - 8);
      graphene_rect_t place = GRAPHENE_RECT_INIT (x, i < 3 ? y - height - 2 : y + 2, width, height);

      if (is_free (self, &place))
        {
          cfoil_chart_plot_take_text (self, layout, place.origin.x, place.origin.y, CFOIL_CHART_TEXT_BACKED);
          return;
        }
    }
  g_object_unref (layout);
}

/* --- all --- */

void
cfoil_chart_plot_arrange_axes (CfoilChartPlot *self)
{
  float line = cfoil_chart_plot_get_line_height (self);
  float top = cfoil_chart_plot_add_legend (self, 0);
  /* The lowest label of the axis reaches half a line below it. */
  float below = ceilf (line / 2) + 1, bottom = MAX (self->height - line - below, top + line), height, widest;
  g_autoptr (GPtrArray) labels = NULL;

  /* Once for what stands above it, once to place it. */
  height = bottom - top - line * 1.5f;
  cfoil_chart_axis_init (&self->axis, cfoil_chart_data_get_unit (self->data), cfoil_chart_data_get_currency (self->data),
                         self->low, self->high, starts_at_zero (self), (guint) CLAMP (height / (line * LINES_PER_TICK) + 1, 2, MAX_TICKS));
  top = add_caption (self, top) + line / 2 + 2;
  labels = create_tick_labels (self, &widest);
  widest = MIN (widest + LABEL_GAP, self->width / 2);
  graphene_rect_init (&self->area, self->style.is_rtl ? 0 : widest, top, MAX (self->width - widest, 1), MAX (bottom - top, 1));
  self->scale = (CfoilChartScale){ cfoil_chart_axis_get_low (&self->axis), cfoil_chart_axis_get_high (&self->axis), bottom, top };
  cfoil_chart_bands_init (&self->bands, self->first, self->n_points, self->area.origin.x, self->area.size.width,
                          get_min_band (self), self->style.is_rtl);
  take_tick_labels (self, labels);
  cfoil_chart_plot_add_point_labels (self, bottom + below, self->kind == CFOIL_CHART_HISTOGRAM);
  for (guint limit = 0; limit < cfoil_chart_data_get_n_limits (self->data); limit++)
    add_limit_label (self, limit);
}
