/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-view-private.h"

/* Page Up and Page Down go through what is shown in so many steps. */
#define PAGES 10

/* --- the cursor --- */

static void
follow_cursor (CfoilChartView *self)
{
  if (self->cursor.point < self->first)
    cfoil_chart_view_zoom (self, self->cursor.point, self->n_points);
  else if (self->cursor.point >= self->first + self->n_points)
    cfoil_chart_view_zoom (self, self->cursor.point - self->n_points + 1, self->n_points);
}

void
cfoil_chart_view_move_to (CfoilChartView *self,
                          guint           series,
                          guint           point)
{
  guint n_points;

  if (self->data == NULL || self->is_empty)
    return;
  n_points = MAX (cfoil_chart_data_get_n_points (self->data), 1);
  self->cursor.is_set = TRUE;
  self->cursor.series = MIN (series, cfoil_chart_data_get_n_series (self->data) - 1);
  self->cursor.point = MIN (point, n_points - 1);
  self->hover.is_set = FALSE;
  follow_cursor (self);
  cfoil_chart_view_say (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
cfoil_chart_view_get_cursor (CfoilChartView *self,
                             guint          *series,
                             guint          *point)
{
  *series = self->cursor.series;
  *point = self->cursor.point;
  return self->cursor.is_set;
}

static gboolean
is_rtl (CfoilChartView *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static guint
step (guint value,
      int   by,
      guint n)
{
  gint64 to = (gint64) value + by;

  return (guint) CLAMP (to, 0, (gint64) n - 1);
}

/* Stacked series lie on each other: up is the next one.  In maps, gauges and words the first is on top. */
static int
series_direction (CfoilChartView *self)
{
  return cfoil_chart_data_get_kind (self->data) == CFOIL_CHART_STACKED ? -1 : 1;
}

gboolean
cfoil_chart_view_move (CfoilChartView *self,
                       int             x,
                       int             y)
{
  guint n_points, n_series;

  if (self->data == NULL || self->is_empty)
    return FALSE;
  n_points = MAX (cfoil_chart_data_get_n_points (self->data), 1);
  n_series = cfoil_chart_data_get_n_series (self->data);
  if ((x != 0 && n_points < 2 && self->cursor.is_set) || (y != 0 && n_series < 2))
    return FALSE;
  if (is_rtl (self))
    x = -x;
  if (!self->cursor.is_set)
    cfoil_chart_view_move_to (self, 0, x < 0 ? self->first + self->n_points - 1 : self->first);
  else
    cfoil_chart_view_move_to (self, step (self->cursor.series, y * series_direction (self), n_series),
                              step (self->cursor.point, x, n_points));
  return TRUE;
}

gboolean
cfoil_chart_view_activate (CfoilChartView *self)
{
  g_autofree char *query = NULL;

  if (self->data == NULL || !self->cursor.is_set || self->cursor.point >= cfoil_chart_data_get_n_points (self->data))
    return FALSE;
  query = cfoil_chart_data_dup_query (self->data, self->cursor.series, self->cursor.point);
  if (query == NULL)
    return FALSE;
  cfoil_chart_view_emit_activate (self, query);
  return TRUE;
}

/* --- keys --- */

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  int x, y;

  g_variant_get (arguments, "(ii)", &x, &y);
  return cfoil_chart_view_move (CFOIL_CHART_VIEW (widget), x, y);
}

static gboolean
move_page_cb (GtkWidget *widget,
              GVariant  *arguments,
              gpointer   user_data)
{
  CfoilChartView *self = CFOIL_CHART_VIEW (widget);
  int by = (int) MAX (self->n_points / PAGES, 1) * g_variant_get_int32 (arguments);

  /* Later is later, wherever it lies. */
  return cfoil_chart_view_move (self, is_rtl (self) ? -by : by, 0);
}

static gboolean
move_to_end_cb (GtkWidget *widget,
                GVariant  *arguments,
                gpointer   user_data)
{
  CfoilChartView *self = CFOIL_CHART_VIEW (widget);

  if (self->data == NULL || self->is_empty)
    return FALSE;
  cfoil_chart_view_move_to (self, self->cursor.is_set ? self->cursor.series : 0,
                            g_variant_get_boolean (arguments) ? G_MAXUINT : 0);
  return TRUE;
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  return cfoil_chart_view_activate (CFOIL_CHART_VIEW (widget));
}

static gboolean
zoom_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  cfoil_chart_view_zoom_by (CFOIL_CHART_VIEW (widget), g_variant_get_boolean (arguments));
  return TRUE;
}

/* Takes back the last thing first. */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  CfoilChartView *self = CFOIL_CHART_VIEW (widget);

  if (self->is_dragging)
    self->is_dragging = self->is_pressed = FALSE;
  else if (cfoil_chart_view_is_zoomed (self))
    cfoil_chart_view_zoom (self, 0, 0);
  else if (self->cursor.is_set)
    {
      self->cursor.is_set = FALSE;
      cfoil_chart_view_say (self);
    }
  else
    return FALSE;
  gtk_widget_queue_draw (widget);
  return TRUE;
}

static gboolean
menu_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  cfoil_chart_view_emit_menu (CFOIL_CHART_VIEW (widget));
  return TRUE;
}

void
cfoil_chart_view_add_keys (GtkWidgetClass *widget_class)
{
  static const struct { guint key, pad; int x, y; } arrows[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0 },
    { GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0 },
    { GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1 },
    { GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1 },
  };
  static const guint enter[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter, GDK_KEY_space };
  static const guint in[] = { GDK_KEY_plus, GDK_KEY_KP_Add, GDK_KEY_equal };
  static const guint out[] = { GDK_KEY_minus, GDK_KEY_KP_Subtract };

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      gtk_widget_class_add_binding (widget_class, arrows[i].key, 0, move_cb, "(ii)", arrows[i].x, arrows[i].y);
      gtk_widget_class_add_binding (widget_class, arrows[i].pad, 0, move_cb, "(ii)", arrows[i].x, arrows[i].y);
    }
  for (guint i = 0; i < G_N_ELEMENTS (enter); i++)
    gtk_widget_class_add_binding (widget_class, enter[i], 0, activate_cb, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (in); i++)
    gtk_widget_class_add_binding (widget_class, in[i], 0, zoom_cb, "b", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (out); i++)
    gtk_widget_class_add_binding (widget_class, out[i], 0, zoom_cb, "b", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_plus, GDK_SHIFT_MASK, zoom_cb, "b", TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, move_to_end_cb, "b", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, move_to_end_cb, "b", TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Up, 0, move_page_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Down, 0, move_page_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_cb, NULL);
}

/* --- the pointer --- */

static void
set_hover (CfoilChartView *self,
           double          x,
           double          y)
{
  CfoilChartPlace before = self->hover;
  const CfoilChartPlot *plot = cfoil_chart_view_get_plot (self);
  gboolean can_open;

  self->hover.is_set = plot != NULL && cfoil_chart_plot_contains (plot, (float) x, (float) y);
  if (self->hover.is_set)
    plot->layer->find (plot, (float) x, (float) y, &self->hover.series, &self->hover.point);
  if (before.is_set == self->hover.is_set && before.series == self->hover.series && before.point == self->hover.point)
    return;
  can_open = self->hover.is_set && self->hover.point < cfoil_chart_data_get_n_points (self->data)
             && cfoil_chart_data_get_query (self->data, self->hover.point) != NULL;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), can_open ? "pointer" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
leave_cb (CfoilChartView *self)
{
  self->hover.is_set = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (CfoilChartView *self,
           double          x,
           double          y)
{
  if (!self->is_pressed)
    set_hover (self, x, y);
}

static void
drag_begin_cb (CfoilChartView *self,
               double          x,
               double          y,
               GtkGesture     *gesture)
{
  set_hover (self, x, y);
  self->is_pressed = self->hover.is_set;
  self->is_dragging = FALSE;
  self->drag_from = self->drag_to = self->hover.point;
  if (!self->is_pressed)
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
  else if (gtk_widget_get_focus_on_click (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
drag_update_cb (CfoilChartView *self,
                double          offset_x,
                double          offset_y,
                GtkGesture     *gesture)
{
  const CfoilChartPlot *plot = cfoil_chart_view_get_plot (self);
  double x, y;
  guint series;

  if (!self->is_pressed || plot == NULL || plot->kind == CFOIL_CHART_GAUGE
      || (!self->is_dragging && !gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) offset_x, 0)))
    return;
  gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (gesture), &x, &y);
  plot->layer->find (plot, (float) (x + offset_x), (float) y, &series, &self->drag_to);
  self->is_dragging = TRUE;
  self->hover.is_set = FALSE;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end_cb (CfoilChartView *self,
             double          offset_x,
             double          offset_y,
             GtkGesture     *gesture)
{
  gboolean was_pressed = self->is_pressed, was_dragging = self->is_dragging;
  const CfoilChartPlot *plot = cfoil_chart_view_get_plot (self);
  guint first, last;

  self->is_pressed = self->is_dragging = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (was_dragging && plot != NULL)
    {
      cfoil_chart_plot_get_range (plot, self->drag_from, self->drag_to, &first, &last);
      if (last > first)
        cfoil_chart_view_zoom (self, first, last - first + 1);
    }
  else if (was_pressed && !was_dragging && self->hover.is_set)
    {
      CfoilChartPlace place = self->hover;

      cfoil_chart_view_move_to (self, place.series, place.point);
      self->hover = place;
      cfoil_chart_view_activate (self);
    }
}

static void
cancel_cb (CfoilChartView *self)
{
  self->is_pressed = self->is_dragging = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
secondary_cb (CfoilChartView *self)
{
  cfoil_chart_view_emit_menu (self);
}

static void
focus_leave_cb (CfoilChartView *self)
{
  self->cursor.is_set = FALSE;
  cfoil_chart_view_say (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
cfoil_chart_view_add_pointer (CfoilChartView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *secondary = gtk_gesture_click_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (cancel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (secondary, "pressed", G_CALLBACK (secondary_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (secondary));
}
