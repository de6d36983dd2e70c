/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-plot.h"
#include "cfoil-chart-words.h"

#include <glib/gi18n.h>
#include <math.h>

#define PADDING 9
#define GAP 8
#define SWATCH 10
#define COLUMN_GAP 15
#define RADIUS 9

/* --- the mark --- */

static void
paint_band (const CfoilChartPlot *self,
            guint                 point,
            GtkSnapshot          *snapshot)
{
  guint group = cfoil_chart_bands_group_of (&self->bands, point);
  float width = cfoil_chart_bands_get_width (&self->bands);
  graphene_rect_t band = GRAPHENE_RECT_INIT (cfoil_chart_bands_get_left (&self->bands, group), self->area.origin.y,
                                             MAX (width, 2), self->area.size.height);
  GskRoundedRect outline;
  GdkRGBA color = self->style.text;

  color.alpha *= 0.08f;
  gsk_rounded_rect_init_from_rect (&outline, &band, MIN (3, width / 2));
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &color, &band);
  gtk_snapshot_pop (snapshot);
}

static void
paint_mark (const CfoilChartPlot *self,
            guint                 series,
            guint                 point,
            GtkSnapshot          *snapshot)
{
  graphene_rect_t place;
  GskRoundedRect outline;

  if (!self->layer->locate (self, series, point, &place))
    return;
  graphene_rect_inset (&place, -2, -2);
  gsk_rounded_rect_init_from_rect (&outline, &place, self->kind == CFOIL_CHART_LINES ? place.size.width / 2 : 3);
  gtk_snapshot_append_border (snapshot, &outline, (float[]){ 2, 2, 2, 2 },
                              (GdkRGBA[]){ self->style.text, self->style.text, self->style.text, self->style.text });
}

/* --- what is said there --- */

typedef struct
{
  PangoLayout *title; /* (owned) */
  PangoLayout *value; /* (owned) */
  guint series;
} Line;

static void
clear_line (gpointer data)
{
  Line *line = data;

  g_object_unref (line->title);
  g_object_unref (line->value);
}

static void
add_line (GArray               *lines,
          const CfoilChartPlot *self,
          guint                 series,
          guint                 point,
          gboolean              is_bold)
{
  g_autofree char *value = cfoil_chart_words_value (self->data, series, point);
  Line line = { .series = series };

  line.title = cfoil_chart_style_create_layout (&self->style, cfoil_chart_data_get_series_title (self->data, series),
                                                CFOIL_CHART_SMALL, is_bold);
  line.value = cfoil_chart_style_create_number (&self->style, value, CFOIL_CHART_SMALL, is_bold);
  pango_layout_set_ellipsize (line.title, PANGO_ELLIPSIZE_END);
  g_array_append_val (lines, line);
}

/* All series of the point, or as many as there is room for, always the one that is meant; of a map the one cell. */
static GArray *
create_lines (const CfoilChartPlot *self,
              guint                 series,
              guint                 point,
              guint                 room)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  gboolean is_single = self->kind == CFOIL_CHART_HEAT_MAP || self->kind == CFOIL_CHART_GAUGE;
  guint first = series >= room ? series - room + 1 : 0;

  g_array_set_clear_func (lines, clear_line);
  for (guint i = is_single ? series : first; i < self->n_series && lines->len < (is_single ? 1 : room); i++)
    add_line (lines, self, i, point, i == series && self->n_series > 1 && !is_single);
  return lines;
}

typedef struct
{
  PangoLayout *title; /* (owned) (nullable) */
  PangoLayout *note;  /* (owned) (nullable) */
  GArray *lines;      /* (owned) */
  float line_height;
  float width;
  float height;
} Callout;

static float
measure_lines (GArray *lines,
               float   max_width)
{
  float titles = 0, values = 0;

  for (guint i = 0; i < lines->len; i++)
    values = MAX (values, cfoil_chart_layout_get_width (g_array_index (lines, Line, i).value));
  for (guint i = 0; i < lines->len; i++)
    {
      PangoLayout *title = g_array_index (lines, Line, i).title;
      float room = MAX (max_width - values - SWATCH - 6 - COLUMN_GAP, 20);

      if (cfoil_chart_layout_get_width (title) > room)
        pango_layout_set_width (title, (int) room * PANGO_SCALE);
      titles = MAX (titles, cfoil_chart_layout_get_width (title));
    }
  return SWATCH + 6 + titles + COLUMN_GAP + values;
}

static void
fit (PangoLayout *layout,
     float        max_width)
{
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  if (cfoil_chart_layout_get_width (layout) > max_width)
    pango_layout_set_width (layout, (int) max_width * PANGO_SCALE);
}

static void
callout_init (Callout              *callout,
              const CfoilChartPlot *self,
              guint                 series,
              guint                 point)
{
  float max_width = MAX (self->width - 2 * PADDING - 8, 40);
  guint room;

  callout->line_height = cfoil_chart_plot_get_line_height (self) + 2;
  room = (guint) MAX ((self->height - 2 * PADDING) / callout->line_height - 2, 1);
  callout->title = callout->note = NULL;
  if (self->kind != CFOIL_CHART_GAUGE)
    callout->title = cfoil_chart_style_create_layout (&self->style, cfoil_chart_data_get_point_title (self->data, point),
                                                      CFOIL_CHART_SMALL, TRUE);
  if (cfoil_chart_plot_is_immature (self, series, point))
    callout->note = cfoil_chart_style_create_layout (&self->style, _("May still change"), CFOIL_CHART_SMALL, FALSE);
  callout->lines = create_lines (self, series, point, room);
  callout->width = measure_lines (callout->lines, max_width);
  callout->height = (float) callout->lines->len * callout->line_height;
  if (callout->title != NULL)
    {
      fit (callout->title, max_width);
      callout->width = MAX (callout->width, cfoil_chart_layout_get_width (callout->title));
      callout->height += callout->line_height;
    }
  if (callout->note != NULL)
    {
      fit (callout->note, max_width);
      callout->width = MAX (callout->width, cfoil_chart_layout_get_width (callout->note));
      callout->height += callout->line_height;
    }
  callout->width = ceilf (callout->width + 2 * PADDING);
  callout->height = ceilf (callout->height + 2 * PADDING - 2);
}

static void
callout_clear (Callout *callout)
{
  g_clear_object (&callout->title);
  g_clear_object (&callout->note);
  g_array_unref (callout->lines);
}

/* Beside the point, on the side that has room, and never beyond the picture. */
static graphene_rect_t
place_callout (const CfoilChartPlot *self,
               const Callout        *callout,
               guint                 series,
               guint                 point)
{
  float band = cfoil_chart_bands_get_width (&self->bands);
  float left = cfoil_chart_bands_get_left (&self->bands, cfoil_chart_bands_group_of (&self->bands, point));
  graphene_rect_t place = self->area;
  float x, y;

  self->layer->locate (self, series, point, &place);
  if (self->kind == CFOIL_CHART_GAUGE)
    {
      left = place.origin.x + place.size.width / 2;
      band = 0;
    }
  x = left + band + GAP;
  if (x + callout->width > self->width)
    x = left - GAP - callout->width;
  y = place.origin.y - callout->height / 2;
  /* No room on either side: above or below it. */
  if (x < 0)
    {
      x = left + (band - callout->width) / 2;
      y = place.origin.y - callout->height - GAP >= 0 ? place.origin.y - callout->height - GAP
                                                      : place.origin.y + place.size.height + GAP;
    }
  x = MAX (MIN (x, self->width - callout->width - 2), 2);
  y = MAX (MIN (y, self->height - callout->height - 2), 2);
  return GRAPHENE_RECT_INIT (roundf (x), roundf (y), callout->width, callout->height);
}

static void
paint_ground (const CfoilChartPlot  *self,
              const graphene_rect_t *place,
              GtkSnapshot           *snapshot)
{
  GskRoundedRect outline;
  GdkRGBA shadow = { 0, 0, 0, 0.25f }, border = self->style.text, ground = self->style.popover;

  border.alpha *= self->style.is_high_contrast ? 1.0f : 0.15f;
  ground.alpha = 1;
  gsk_rounded_rect_init_from_rect (&outline, place, RADIUS);
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &shadow, 0, 1, 0, 5);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &ground, place);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, (float[]){ 1, 1, 1, 1 }, (GdkRGBA[]){ border, border, border, border });
}

static void
paint_swatch (const CfoilChartPlot *self,
              guint                 series,
              float                 x,
              float                 y,
              GtkSnapshot          *snapshot)
{
  graphene_rect_t place = GRAPHENE_RECT_INIT (x, y, SWATCH, SWATCH), bounds = place;
  GdkRGBA color;
  cairo_t *cr;

  cfoil_chart_style_get_color (&self->style, self->kind == CFOIL_CHART_HEAT_MAP || self->kind == CFOIL_CHART_GAUGE ? 0 : series,
                               &color);
  if (self->kind != CFOIL_CHART_LINES)
    {
      gtk_snapshot_append_color (snapshot, &color, &place);
      return;
    }
  graphene_rect_inset (&bounds, -3, -3);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  gdk_cairo_set_source_rgba (cr, &color);
  cfoil_chart_trace_mark (cr, series, x + SWATCH / 2.0, y + SWATCH / 2.0, SWATCH / 2.0 - 0.5);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
append_text (GtkSnapshot           *snapshot,
             PangoLayout           *layout,
             float                  x,
             float                  y,
             const CfoilChartStyle *style)
{
  CfoilChartCanvas canvas = { snapshot, NULL };

  cfoil_chart_canvas_write (&canvas, layout, x, y, &style->popover_text);
}

static void
paint_line (const CfoilChartPlot  *self,
            const Callout         *callout,
            const Line            *line,
            const graphene_rect_t *place,
            float                  y,
            GtkSnapshot           *snapshot)
{
  float start = place->origin.x + PADDING, end = place->origin.x + place->size.width - PADDING;
  float title_width = cfoil_chart_layout_get_width (line->title), value_width = cfoil_chart_layout_get_width (line->value);
  gboolean is_rtl = self->style.is_rtl;

  paint_swatch (self, line->series, is_rtl ? end - SWATCH : start, y + roundf ((callout->line_height - SWATCH) / 2), snapshot);
  append_text (snapshot, line->title, is_rtl ? end - SWATCH - 6 - title_width : start + SWATCH + 6, y, &self->style);
  append_text (snapshot, line->value, is_rtl ? start : end - value_width, y, &self->style);
}

static void
paint_heading (const CfoilChartPlot  *self,
               PangoLayout           *layout,
               const graphene_rect_t *place,
               float                  y,
               GtkSnapshot           *snapshot)
{
  float x = place->origin.x + PADDING;

  if (self->style.is_rtl)
    x = place->origin.x + place->size.width - PADDING - cfoil_chart_layout_get_width (layout);
  append_text (snapshot, layout, x, y, &self->style);
}

static void
paint_callout (const CfoilChartPlot *self,
               guint                 series,
               guint                 point,
               GtkSnapshot          *snapshot)
{
  Callout callout;
  graphene_rect_t place;
  float y;

  callout_init (&callout, self, series, point);
  place = place_callout (self, &callout, series, point);
  paint_ground (self, &place, snapshot);
  y = place.origin.y + PADDING - 1;
  if (callout.title != NULL)
    {
      paint_heading (self, callout.title, &place, y, snapshot);
      y += callout.line_height;
    }
  for (guint i = 0; i < callout.lines->len; i++, y += callout.line_height)
    paint_line (self, &callout, &g_array_index (callout.lines, Line, i), &place, y, snapshot);
  if (callout.note != NULL)
    paint_heading (self, callout.note, &place, y, snapshot);
  callout_clear (&callout);
}

void
cfoil_chart_plot_paint_cursor (const CfoilChartPlot *self,
                               guint                 series,
                               guint                 point,
                               gboolean              is_focused,
                               GtkSnapshot          *snapshot)
{
  if (self->kind != CFOIL_CHART_HEAT_MAP && self->kind != CFOIL_CHART_GAUGE)
    paint_band (self, point, snapshot);
  if (is_focused || self->kind == CFOIL_CHART_LINES || self->kind == CFOIL_CHART_HEAT_MAP)
    paint_mark (self, series, point, snapshot);
  paint_callout (self, series, point, snapshot);
}

/* --- what is being chosen --- */

void
cfoil_chart_plot_get_range (const CfoilChartPlot *self,
                            guint                 from,
                            guint                 to,
                            guint                *first,
                            guint                *last)
{
  guint end;

  cfoil_chart_bands_get_points (&self->bands, cfoil_chart_bands_group_of (&self->bands, MIN (from, to)), first, &end);
  cfoil_chart_bands_get_points (&self->bands, cfoil_chart_bands_group_of (&self->bands, MAX (from, to)), &end, last);
  *last -= 1;
}

/* Which days they are: between the labels of the axis nobody could tell. */
static void
paint_range_words (const CfoilChartPlot *self,
                   guint                 first,
                   guint                 last,
                   float                 middle,
                   GtkSnapshot          *snapshot)
{
  g_autofree char *text = cfoil_chart_words_range (self->data, first, last);
  g_autoptr (PangoLayout) layout = cfoil_chart_style_create_layout (&self->style, text, CFOIL_CHART_SMALL, TRUE);
  graphene_rect_t place;
  float width;

  fit (layout, MAX (self->width - 2 * PADDING - 8, 40));
  width = ceilf (cfoil_chart_layout_get_width (layout) + 2 * PADDING);
  graphene_rect_init (&place, roundf (MAX (MIN (middle - width / 2, self->width - width - 2), 2)), self->area.origin.y + GAP, width,
                      ceilf (cfoil_chart_layout_get_height (layout) + 2 * PADDING - 2));
  paint_ground (self, &place, snapshot);
  append_text (snapshot, layout, place.origin.x + PADDING, place.origin.y + PADDING - 1, &self->style);
}

void
cfoil_chart_plot_paint_range (const CfoilChartPlot *self,
                              guint                 from,
                              guint                 to,
                              GtkSnapshot          *snapshot)
{
  float width = cfoil_chart_bands_get_width (&self->bands);
  float a = cfoil_chart_bands_get_left (&self->bands, cfoil_chart_bands_group_of (&self->bands, from));
  float b = cfoil_chart_bands_get_left (&self->bands, cfoil_chart_bands_group_of (&self->bands, to));
  float left = roundf (MIN (a, b)), right = roundf (MAX (a, b) + width);
  GdkRGBA color = self->style.accent;
  guint first, last;

  color.alpha = 0.2f;
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (left, self->area.origin.y, right - left, self->area.size.height));
  color.alpha = 1;
  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (left, self->area.origin.y, 1, self->area.size.height));
  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (right - 1, self->area.origin.y, 1, self->area.size.height));
  cfoil_chart_plot_get_range (self, from, to, &first, &last);
  paint_range_words (self, first, last, (left + right) / 2, snapshot);
}
