/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-view-row.h"

#include <glib/gi18n.h>

struct _CfoilViewRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *title;
  GtkWidget *mark;
  GMenuModel *menu;

  GtkWidget *popover;  /* (borrowed) (nullable): a child of the row, once it was asked for */
  CfoilViewItem *item; /* (owned) */
};

G_DEFINE_FINAL_TYPE (CfoilViewRow, cfoil_view_row, GTK_TYPE_LIST_BOX_ROW)

static void
item_cb (CfoilViewRow *self)
{
  const char *title = cfoil_view_item_get_title (self->item);
  gboolean is_edited = cfoil_view_item_get_edited (self->item);

  gtk_label_set_text (self->title, title);
  /* For what does not fit. */
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), cfoil_view_item_is_own (self->item) ? title : NULL);
  gtk_widget_set_visible (self->mark, is_edited);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, is_edited ? _("Edited") : "", -1);
}

static void
show_menu (CfoilViewRow *self,
           double        x,
           double        y)
{
  if (!cfoil_view_item_is_own (self->item))
    return;
  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (self->menu);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
pressed_cb (CfoilViewRow    *self,
            int              n_press,
            double           x,
            double           y,
            GtkGestureClick *gesture)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, x, y);
}

static void
long_pressed_cb (CfoilViewRow        *self,
                 double               x,
                 double               y,
                 GtkGestureLongPress *gesture)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, x, y);
}

static void
menu_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  show_menu (CFOIL_VIEW_ROW (widget), 12, gtk_widget_get_height (widget) - 6);
}

static void
rename_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CfoilViewRow *self = CFOIL_VIEW_ROW (widget);

  gtk_widget_activate_action (widget, "win.rename-view", "s", cfoil_view_item_get_title (self->item));
}

static void
delete_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CfoilViewRow *self = CFOIL_VIEW_ROW (widget);

  gtk_widget_activate_action (widget, "win.delete-view", "s", cfoil_view_item_get_title (self->item));
}

static void
move_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  CfoilViewRow *self = CFOIL_VIEW_ROW (widget);
  int delta = g_str_equal (action, "view.move-up") ? -1 : 1;

  gtk_widget_activate_action (widget, "win.move-view", "(si)", cfoil_view_item_get_title (self->item), delta);
}

/* --- dragging --- */

static GdkContentProvider *
prepare_drag_cb (CfoilViewRow  *self,
                 double         x,
                 double         y,
                 GtkDragSource *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);
  return gdk_content_provider_new_typed (CFOIL_TYPE_VIEW_ITEM, self->item);
}

static gboolean
drop_cb (CfoilViewRow *self,
         const GValue *value)
{
  CfoilViewItem *item = g_value_get_object (value);

  if (item == NULL || item == self->item)
    return FALSE;
  return gtk_widget_activate_action (GTK_WIDGET (self), "win.move-view-to", "(ss)",
                                     cfoil_view_item_get_title (item), cfoil_view_item_get_title (self->item));
}

static void
add_dragging (CfoilViewRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (CFOIL_TYPE_VIEW_ITEM, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_swapped (source, "prepare", G_CALLBACK (prepare_drag_cb), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* --- GObject --- */

static void
cfoil_view_row_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  CfoilViewRow *self = CFOIL_VIEW_ROW (widget);

  GTK_WIDGET_CLASS (cfoil_view_row_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
cfoil_view_row_dispose (GObject *object)
{
  CfoilViewRow *self = CFOIL_VIEW_ROW (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->item);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_VIEW_ROW);

  G_OBJECT_CLASS (cfoil_view_row_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "view.menu", NULL, menu_cb);
  gtk_widget_class_install_action (klass, "view.rename", NULL, rename_cb);
  gtk_widget_class_install_action (klass, "view.delete", NULL, delete_cb);
  gtk_widget_class_install_action (klass, "view.move-up", NULL, move_cb);
  gtk_widget_class_install_action (klass, "view.move-down", NULL, move_cb);

  gtk_widget_class_add_binding_action (klass, GDK_KEY_Menu, 0, "view.menu", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F10, GDK_SHIFT_MASK, "view.menu", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F2, 0, "view.rename", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Delete, 0, "view.delete", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_KP_Delete, 0, "view.delete", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Up, GDK_ALT_MASK, "view.move-up", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_KP_Up, GDK_ALT_MASK, "view.move-up", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Down, GDK_ALT_MASK, "view.move-down", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_KP_Down, GDK_ALT_MASK, "view.move-down", NULL);
}

static void
cfoil_view_row_class_init (CfoilViewRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_view_row_dispose;
  widget_class->size_allocate = cfoil_view_row_size_allocate;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-view-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilViewRow, title);
  gtk_widget_class_bind_template_child (widget_class, CfoilViewRow, mark);
  gtk_widget_class_bind_template_child (widget_class, CfoilViewRow, menu);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, long_pressed_cb);
  install_actions (widget_class);
}

static void
cfoil_view_row_init (CfoilViewRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

CfoilViewRow *
cfoil_view_row_new (CfoilViewItem *item)
{
  CfoilViewRow *self = g_object_new (CFOIL_TYPE_VIEW_ROW, NULL);
  gboolean is_own = cfoil_view_item_is_own (item);

  self->item = g_object_ref (item);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.menu", is_own);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.rename", is_own);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.delete", is_own);
  if (is_own)
    add_dragging (self);
  g_signal_connect_object (item, "notify", G_CALLBACK (item_cb), self, G_CONNECT_SWAPPED);
  item_cb (self);
  return self;
}

CfoilViewItem *
cfoil_view_row_get_item (CfoilViewRow *self)
{
  g_return_val_if_fail (CFOIL_IS_VIEW_ROW (self), NULL);

  return self->item;
}

void
cfoil_view_row_set_movable (CfoilViewRow *self,
                            gboolean      up,
                            gboolean      down)
{
  g_return_if_fail (CFOIL_IS_VIEW_ROW (self));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.move-up", up);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.move-down", down);
}
