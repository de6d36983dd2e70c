/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-packet.h"
#include "cfoil-answer-versions.h"
#include "cfoil-answer-window-private.h"
#include "cfoil-library-window.h"
#include "cfoil-window.h"

#include <glib/gi18n.h>

static void
undo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  cfoil_draft_session_undo (((CfoilAnswerWindow *) user_data)->session);
}

static void
redo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  cfoil_draft_session_redo (((CfoilAnswerWindow *) user_data)->session);
}

static void
save_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  _cfoil_answer_window_save (user_data);
}

static void
step_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  const char *step, *subject;

  g_variant_get (parameter, "(&s&s)", &step, &subject);
  _cfoil_answer_window_go (user_data, step, *subject != '\0' ? subject : NULL);
}

static void
show_sent_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  _cfoil_answer_window_go (user_data, "send", NULL);
}

static void
next_step_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  _cfoil_answer_window_move (user_data, 1);
}

static void
previous_step_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  _cfoil_answer_window_move (user_data, -1);
}

static void
build_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  _cfoil_answer_window_want_build (user_data);
}

static void
preview_cb (GSimpleAction *action,
            GVariant      *state,
            gpointer       user_data)
{
  g_simple_action_set_state (action, state);
  _cfoil_answer_window_set_shows_preview (user_data, g_variant_get_boolean (state));
}

static void
versions_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  CfoilAnswerWindow *self = user_data;

  cfoil_answer_versions_show (GTK_WINDOW (self), self->workspace, self->session);
}

static void
library_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  CfoilAnswerWindow *self = user_data;

  cfoil_library_window_open (gtk_window_get_application (GTK_WINDOW (self)), self->workspace);
}

static void
save_packet_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  CfoilAnswerWindow *self = user_data;

  cfoil_answer_save_packet (GTK_WIDGET (self->toasts), self->workspace, self->session);
}

/* Shows the case in the main window that works on the same mirror. */
static void
open_case_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  CfoilAnswerWindow *self = user_data;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  for (GList *link = gtk_application_get_windows (application); link != NULL; link = link->next)
    if (CFOIL_IS_WINDOW (link->data) && cfoil_window_get_workspace (link->data) == self->workspace)
      {
        g_action_group_activate_action (G_ACTION_GROUP (link->data), "show-case", g_variant_new_int64 (self->case_id));
        gtk_window_present (link->data);
        return;
      }
}

static const GActionEntry entries[] = {
  { "undo", undo_cb },
  { "redo", redo_cb },
  { "save", save_cb },
  { "step", step_cb, "(ss)" },
  { "show-sent", show_sent_cb },
  { "next-step", next_step_cb },
  { "previous-step", previous_step_cb },
  { "build", build_cb },
  { "preview", NULL, NULL, "true", preview_cb },
  { "versions", versions_cb },
  { "library", library_cb },
  { "save-packet", save_packet_cb },
  { "open-case", open_case_cb },
};

/* --- keys --- */

static gboolean
action_key_cb (GtkWidget *widget,
               GVariant  *args,
               gpointer   user_data)
{
  gtk_widget_activate_action_variant (widget, user_data, args);
  return GDK_EVENT_STOP;
}

static gboolean
paste_key_cb (GtkWidget *widget,
              GVariant  *args,
              gpointer   user_data)
{
  return _cfoil_answer_window_paste (CFOIL_ANSWER_WINDOW (widget));
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  gtk_menu_button_popup (user_data);
  return GDK_EVENT_STOP;
}

static void
add_key (GtkEventController  *controller,
         const char          *trigger,
         GtkShortcutFunc      func,
         gpointer             data)
{
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                                          gtk_callback_action_new (func, data, NULL)));
}

/* Before the fields see them, whose own undo knows nothing of the rest of the draft. */
static void
add_keys (CfoilAnswerWindow *self)
{
  static const struct { const char *trigger, *action; } keys[] = {
    { "<Control>z", "answer.undo" },
    { "<Control><Shift>z", "answer.redo" },
    { "<Control>y", "answer.redo" },
    { "<Control>s", "answer.save" },
    { "<Control>Page_Down", "answer.next-step" },
    { "<Control>Page_Up", "answer.previous-step" },
    { "F9", "answer.preview" },
    { "<Control>w", "window.close" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();
  guint n = 0;

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    add_key (controller, keys[i].trigger, action_key_cb, (gpointer) keys[i].action);
  add_key (controller, "<Control>v", paste_key_cb, NULL);
  add_key (controller, "F10", menu_key_cb, gtk_widget_get_template_child (GTK_WIDGET (self), CFOIL_TYPE_ANSWER_WINDOW, "menu_button"));
  for (GtkWidget *step = gtk_widget_get_first_child (GTK_WIDGET (self->steps)); step != NULL; step = gtk_widget_get_next_sibling (step))
    {
      g_autofree char *trigger = g_strdup_printf ("<Alt>%u", ++n);
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                                gtk_callback_action_new (action_key_cb, (gpointer) "answer.step", NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new ("(ss)", cfoil_answer_step_get_name (CFOIL_ANSWER_STEP (step)), ""));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
set_enabled (CfoilAnswerWindow *self,
             const char        *name,
             gboolean           is_enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), is_enabled);
}

void
_cfoil_answer_window_update_actions (CfoilAnswerWindow *self)
{
  gboolean can_undo, can_redo;
  gboolean is_loaded = cfoil_draft_session_get_loaded (self->session);
  gboolean is_sealed = cfoil_draft_session_get_is_sealed (self->session);

  g_object_get (self->session, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  set_enabled (self, "undo", can_undo && !is_sealed);
  set_enabled (self, "redo", can_redo && !is_sealed);
  set_enabled (self, "save", is_loaded && !is_sealed);
  set_enabled (self, "versions", is_loaded);
  set_enabled (self, "save-packet", is_loaded);
}

void
_cfoil_answer_window_add_actions (CfoilAnswerWindow *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "answer", G_ACTION_GROUP (self->actions));
  add_keys (self);
}
