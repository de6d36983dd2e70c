/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-view-private.h"

#include "cfoil-chart-words.h"

#include <glib/gi18n.h>

#define MIN_WIDTH 160
#define NATURAL_WIDTH 420
/* In lines of text. */
#define MIN_LINES 6
#define NATURAL_LINES 12
#define ANIMATION_MS 200

enum { ACTIVATE_QUERY, ZOOM, MENU, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilChartView, cfoil_chart_view, GTK_TYPE_WIDGET)

/* --- what is laid out and painted --- */

void
cfoil_chart_view_invalidate (CfoilChartView *self)
{
  g_clear_pointer (&self->plot, cfoil_chart_plot_free);
  g_clear_pointer (&self->frame_node, gsk_render_node_unref);
  g_clear_pointer (&self->layer_node, gsk_render_node_unref);
  g_clear_pointer (&self->limit_node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static GskRenderNode *
paint_node (const CfoilChartPlot *plot,
            void                (*paint) (const CfoilChartPlot *plot,
                                          CfoilChartCanvas     *canvas))
{
  CfoilChartCanvas canvas = { gtk_snapshot_new (), NULL };

  paint (plot, &canvas);
  return gtk_snapshot_free_to_node (canvas.snapshot);
}

const CfoilChartPlot *
cfoil_chart_view_get_plot (CfoilChartView *self)
{
  CfoilChartStyle style;

  if (self->plot != NULL || self->data == NULL || self->is_empty || gtk_widget_get_width (GTK_WIDGET (self)) < 1)
    return self->plot;
  cfoil_chart_style_init (&style, GTK_WIDGET (self));
  self->plot = cfoil_chart_plot_new (self->data, &style, (float) gtk_widget_get_width (GTK_WIDGET (self)),
                                     (float) gtk_widget_get_height (GTK_WIDGET (self)), self->first, self->n_points);
  cfoil_chart_style_clear (&style);
  self->frame_node = paint_node (self->plot, cfoil_chart_plot_paint_frame);
  self->layer_node = paint_node (self->plot, self->plot->layer->paint);
  self->limit_node = paint_node (self->plot, cfoil_chart_plot_paint_limits);
  return self->plot;
}

/* --- painting --- */

static void
paint_message (CfoilChartView *self,
               GtkSnapshot    *snapshot)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self)), height = (float) gtk_widget_get_height (GTK_WIDGET (self));
  const char *text = self->data == NULL ? _("Loading…") : _("Nothing to show yet");
  CfoilChartCanvas canvas = { snapshot, NULL };
  CfoilChartStyle style;
  PangoLayout *layout;

  cfoil_chart_style_init (&style, GTK_WIDGET (self));
  layout = cfoil_chart_style_create_layout (&style, text, CFOIL_CHART_PLAIN, FALSE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  if (cfoil_chart_layout_get_width (layout) > width)
    pango_layout_set_width (layout, (int) width * PANGO_SCALE);
  cfoil_chart_canvas_write (&canvas, layout, (width - cfoil_chart_layout_get_width (layout)) / 2,
                            (height - cfoil_chart_layout_get_height (layout)) / 2, &style.dim);
  g_object_unref (layout);
  cfoil_chart_style_clear (&style);
}

/* Values grow from their 0; the labels are there from the beginning. */
static void
append_layer (CfoilChartView *self,
              GtkSnapshot    *snapshot)
{
  const CfoilChartPlot *plot = self->plot;
  float progress = (float) self->progress, zero;

  if (self->layer_node == NULL)
    return;
  if (progress >= 1)
    {
      gtk_snapshot_append_node (snapshot, self->layer_node);
      return;
    }
  if (plot->kind == CFOIL_CHART_HEAT_MAP || plot->kind == CFOIL_CHART_GAUGE)
    {
      gtk_snapshot_push_opacity (snapshot, progress);
      gtk_snapshot_append_node (snapshot, self->layer_node);
      gtk_snapshot_pop (snapshot);
      return;
    }
  zero = cfoil_chart_scale_place (&plot->scale, 0);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, zero));
  gtk_snapshot_scale (snapshot, 1, MAX (progress, 0.01f));
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, -zero));
  gtk_snapshot_append_node (snapshot, self->layer_node);
  gtk_snapshot_restore (snapshot);
}

static void
cfoil_chart_view_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  CfoilChartView *self = CFOIL_CHART_VIEW (widget);
  gboolean has_focus = gtk_widget_has_focus (widget);

  if (cfoil_chart_view_get_plot (self) == NULL)
    {
      paint_message (self, snapshot);
      return;
    }
  if (self->frame_node != NULL)
    gtk_snapshot_append_node (snapshot, self->frame_node);
  append_layer (self, snapshot);
  if (self->limit_node != NULL)
    gtk_snapshot_append_node (snapshot, self->limit_node);
  if (self->is_dragging)
    cfoil_chart_plot_paint_range (self->plot, self->drag_from, self->drag_to, snapshot);
  else if (self->hover.is_set)
    cfoil_chart_plot_paint_cursor (self->plot, self->hover.series, self->hover.point, FALSE, snapshot);
  else if (self->cursor.is_set && has_focus)
    cfoil_chart_plot_paint_cursor (self->plot, self->cursor.series, self->cursor.point, TRUE, snapshot);
}

static void
cfoil_chart_view_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  CfoilChartView *self = CFOIL_CHART_VIEW (widget);

  if (self->plot == NULL || (int) self->plot->width != width || (int) self->plot->height != height)
    cfoil_chart_view_invalidate (self);
}

/* As high as its letters need: a gauge by what it has to say, the others as pictures. */
static void
cfoil_chart_view_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  CfoilChartView *self = CFOIL_CHART_VIEW (widget);
  g_autoptr (PangoLayout) layout = NULL;
  int line, lines;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = NATURAL_WIDTH;
      return;
    }
  layout = gtk_widget_create_pango_layout (widget, "0");
  pango_layout_get_pixel_size (layout, NULL, &line);
  *minimum = MIN_LINES * line;
  *natural = NATURAL_LINES * line;
  if (self->data != NULL && cfoil_chart_data_get_kind (self->data) == CFOIL_CHART_GAUGE)
    {
      lines = (int) (2 * cfoil_chart_data_get_n_series (self->data) + MIN (cfoil_chart_data_get_n_limits (self->data), 4)) + 1;
      *minimum = *natural = MAX (lines, 3) * line + 24;
    }
}

/* --- words --- */

/* The name of what has the focus is what is read out when it changes. */
void
cfoil_chart_view_say (CfoilChartView *self)
{
  g_clear_pointer (&self->reading, g_free);
  if (self->data == NULL)
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Loading…"), -1);
      return;
    }
  self->reading = self->cursor.is_set ? cfoil_chart_words_reading (self->data, self->cursor.series, self->cursor.point)
                                      : g_strdup (cfoil_chart_data_get_title (self->data));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->reading, -1);
  if (self->cursor.is_set)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, self->reading, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT);
}

const char *
cfoil_chart_view_get_reading (CfoilChartView *self)
{
  return self->reading;
}

/* --- the data --- */

/* Newer numbers of the same days leave zoom and cursor where they are, and nothing moves. */
static gboolean
has_same_points (CfoilChartData *a,
                 CfoilChartData *b)
{
  guint n;

  if (a == NULL || b == NULL)
    return FALSE;
  n = cfoil_chart_data_get_n_points (a);
  if (n != cfoil_chart_data_get_n_points (b) || cfoil_chart_data_get_n_series (a) != cfoil_chart_data_get_n_series (b)
      || cfoil_chart_data_get_kind (a) != cfoil_chart_data_get_kind (b))
    return FALSE;
  return n == 0
         || (g_str_equal (cfoil_chart_data_get_point_title (a, 0), cfoil_chart_data_get_point_title (b, 0))
             && g_str_equal (cfoil_chart_data_get_point_title (a, n - 1), cfoil_chart_data_get_point_title (b, n - 1)));
}

static void
progress_cb (double   value,
             gpointer user_data)
{
  CfoilChartView *self = user_data;

  self->progress = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
cfoil_chart_view_set_data (CfoilChartView *self,
                           CfoilChartData *data)
{
  gboolean is_same = has_same_points (self->data, data);

  if (data != NULL)
    cfoil_chart_data_ref (data);
  g_clear_pointer (&self->data, cfoil_chart_data_unref);
  self->data = data;
  self->is_empty = data != NULL && cfoil_chart_words_is_empty (data);
  if (!is_same)
    {
      self->is_dragging = self->is_pressed = FALSE;
      self->first = 0;
      self->n_points = data != NULL ? cfoil_chart_data_get_n_points (data) : 0;
      self->cursor.is_set = self->hover.is_set = FALSE;
      if (data != NULL && !self->is_empty)
        adw_animation_play (self->animation);
    }
  cfoil_chart_view_invalidate (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  if (data != NULL)
    {
      g_autofree char *description = cfoil_chart_words_description (data);

      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
    }
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, data == NULL, -1);
  cfoil_chart_view_say (self);
}

/* --- zoom --- */

void
cfoil_chart_view_zoom (CfoilChartView *self,
                       guint           first,
                       guint           n_points)
{
  guint n_all = self->data != NULL ? cfoil_chart_data_get_n_points (self->data) : 0;

  if (n_points == 0 || n_points > n_all)
    n_points = n_all;
  first = MIN (first, n_all - n_points);
  if (n_all == 0 || (first == self->first && n_points == self->n_points))
    return;
  self->first = first;
  self->n_points = n_points;
  self->hover.is_set = FALSE;
  cfoil_chart_view_invalidate (self);
  g_signal_emit (self, signals[ZOOM], 0, first, first + n_points - 1);
}

/* Around the cursor, or the middle; fewer than two points would not be a picture. */
void
cfoil_chart_view_zoom_by (CfoilChartView *self,
                          gboolean        is_in)
{
  guint centre = self->cursor.is_set ? self->cursor.point : self->first + self->n_points / 2;
  guint n_points = is_in ? MAX (self->n_points / 2, 2) : self->n_points * 2;

  if (self->n_points < 2 || (self->data != NULL && cfoil_chart_data_get_kind (self->data) == CFOIL_CHART_GAUGE))
    return;
  cfoil_chart_view_zoom (self, centre > n_points / 2 ? centre - n_points / 2 : 0, n_points);
}

void
cfoil_chart_view_get_zoom (CfoilChartView *self,
                           guint          *first,
                           guint          *n_points)
{
  *first = self->first;
  *n_points = self->n_points;
}

gboolean
cfoil_chart_view_is_zoomed (CfoilChartView *self)
{
  return self->data != NULL && self->n_points < cfoil_chart_data_get_n_points (self->data);
}

/* --- GObject --- */

void
cfoil_chart_view_emit_activate (CfoilChartView *self,
                                const char     *query)
{
  g_signal_emit (self, signals[ACTIVATE_QUERY], 0, query);
}

void
cfoil_chart_view_emit_menu (CfoilChartView *self)
{
  g_signal_emit (self, signals[MENU], 0);
}

static void
cfoil_chart_view_css_changed (GtkWidget         *widget,
                              GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (cfoil_chart_view_parent_class)->css_changed (widget, change);
  cfoil_chart_view_invalidate (CFOIL_CHART_VIEW (widget));
}

static void
cfoil_chart_view_direction_changed (GtkWidget        *widget,
                                    GtkTextDirection  previous)
{
  GTK_WIDGET_CLASS (cfoil_chart_view_parent_class)->direction_changed (widget, previous);
  cfoil_chart_view_invalidate (CFOIL_CHART_VIEW (widget));
}

static void
cfoil_chart_view_dispose (GObject *object)
{
  CfoilChartView *self = CFOIL_CHART_VIEW (object);

  if (self->animation != NULL)
    adw_animation_reset (self->animation);
  g_clear_object (&self->animation);

  G_OBJECT_CLASS (cfoil_chart_view_parent_class)->dispose (object);
}

static void
cfoil_chart_view_finalize (GObject *object)
{
  CfoilChartView *self = CFOIL_CHART_VIEW (object);

  g_clear_pointer (&self->data, cfoil_chart_data_unref);
  g_clear_pointer (&self->plot, cfoil_chart_plot_free);
  g_clear_pointer (&self->frame_node, gsk_render_node_unref);
  g_clear_pointer (&self->layer_node, gsk_render_node_unref);
  g_clear_pointer (&self->limit_node, gsk_render_node_unref);
  g_free (self->reading);

  G_OBJECT_CLASS (cfoil_chart_view_parent_class)->finalize (object);
}

static void
cfoil_chart_view_class_init (CfoilChartViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_chart_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_chart_view_finalize;
  widget_class->snapshot = cfoil_chart_view_snapshot;
  widget_class->size_allocate = cfoil_chart_view_size_allocate;
  widget_class->measure = cfoil_chart_view_measure;
  widget_class->css_changed = cfoil_chart_view_css_changed;
  widget_class->direction_changed = cfoil_chart_view_direction_changed;
  signals[ACTIVATE_QUERY] = g_signal_new ("activate-query", CFOIL_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ZOOM] = g_signal_new ("zoom", CFOIL_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[MENU] = g_signal_new ("menu", CFOIL_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "chartview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  cfoil_chart_view_add_keys (widget_class);
}

static void
cfoil_chart_view_init (CfoilChartView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  self->progress = 1;
  self->animation = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, ANIMATION_MS,
                                             adw_callback_animation_target_new (progress_cb, self, NULL));
  g_object_ref_sink (self->animation);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (cfoil_chart_view_invalidate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (cfoil_chart_view_invalidate), self, G_CONNECT_SWAPPED);
  cfoil_chart_view_add_pointer (self);
}

GtkWidget *
cfoil_chart_view_new (void)
{
  return g_object_new (CFOIL_TYPE_CHART_VIEW, NULL);
}
