/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-search-bar-private.h"

#include <string.h>

/* --- in the entry --- */

static gboolean
escape (CfoilSearchBar *self)
{
  if (*gtk_editable_get_text (cfoil_search_bar_get_editable (self)) != '\0')
    cfoil_search_bar_rewrite (self, "");
  else
    g_signal_emit_by_name (self, "leave");
  return GDK_EVENT_STOP;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                CfoilSearchBar        *self)
{
  if (self->is_composing)
    return GDK_EVENT_PROPAGATE;
  state &= gtk_accelerator_get_default_mod_mask ();
  if (state == GDK_CONTROL_MASK && (keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space))
    {
      cfoil_search_completion_update (self->completion, TRUE);
      return GDK_EVENT_STOP;
    }
  if (state != 0)
    return GDK_EVENT_PROPAGATE;
  if (cfoil_search_completion_press (self->completion, keyval))
    return GDK_EVENT_STOP;
  switch (keyval)
    {
    case GDK_KEY_Escape:
      return escape (self);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      cfoil_search_bar_close_completion (self);
      cfoil_search_bar_show_all_mistakes (self);
      if (cfoil_query_get_n_mistakes (self->query) == 0)
        g_signal_emit_by_name (self, "entered");
      return GDK_EVENT_PROPAGATE;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* --- elsewhere --- */

/* The question mark asks for help. */
static gboolean
is_letter (guint           keyval,
           GdkModifierType state)
{
  gunichar c = gdk_keyval_to_unicode (keyval);

  return keyval != GDK_KEY_question && c != 0 && g_unichar_isgraph (c) &&
         (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) == 0;
}

/* Keys of popovers and dialogs come by here, too. */
static gboolean
is_ours (CfoilSearchBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return gtk_widget_get_mapped (GTK_WIDGET (self)) &&
         (focus == NULL || gtk_widget_get_native (focus) == gtk_widget_get_native (GTK_WIDGET (self)));
}

static gboolean
capture_key_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                CfoilSearchBar        *self)
{
  GtkEditable *editable = cfoil_search_bar_get_editable (self);
  const char *text = gtk_editable_get_text (editable);
  int end;

  if (!is_letter (keyval, state) || !is_ours (self) || cfoil_search_bar_has_focus (self))
    return GDK_EVENT_PROPAGATE;

  /* A new word, whatever stands there. */
  gtk_entry_grab_focus_without_selecting (self->entry);
  if (*text != '\0' && !g_str_has_suffix (text, " ") && !g_str_has_suffix (text, ":"))
    {
      g_autofree char *longer = g_strconcat (text, " ", NULL);

      cfoil_search_bar_rewrite (self, longer);
    }
  end = (int) g_utf8_strlen (gtk_editable_get_text (editable), -1);
  gtk_editable_set_position (editable, end);
  return gtk_event_controller_key_forward (controller, GTK_WIDGET (gtk_editable_get_delegate (editable)));
}

void
cfoil_search_bar_drop_capture (CfoilSearchBar *self)
{
  if (self->captured != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->capture, self);
      gtk_widget_remove_controller (self->captured, self->capture);
    }
  g_clear_weak_pointer (&self->captured);
  self->capture = NULL;
}

void
cfoil_search_bar_set_key_capture_widget (CfoilSearchBar *self,
                                         GtkWidget      *widget)
{
  g_return_if_fail (CFOIL_IS_SEARCH_BAR (self));
  g_return_if_fail (widget == NULL || GTK_IS_WIDGET (widget));

  cfoil_search_bar_drop_capture (self);
  if (widget == NULL)
    return;
  g_set_weak_pointer (&self->captured, widget);
  self->capture = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->capture, GTK_PHASE_BUBBLE);
  g_signal_connect (self->capture, "key-pressed", G_CALLBACK (capture_key_cb), self);
  gtk_widget_add_controller (widget, self->capture);
}

void
cfoil_search_bar_bind_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}
