/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-window-private.h"

#include "cfoil-answer-check-step.h"
#include "cfoil-answer-decide-step.h"
#include "cfoil-answer-evidence-step.h"
#include "cfoil-answer-facts-step.h"
#include "cfoil-answer-letter-step.h"
#include "cfoil-answer-send-step.h"
#include "cfoil-answer-words.h"
#include "cfoil-compat.h"
#include "cfoil-toast.h"
#include "cfoil-window.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* Narrower than this (with text of the usual size), steps and packet take turns. */
#define NARROW_WIDTH 800
#define TICK_SECONDS 20
/* gtk-xft-dpi of text of the usual size. */
#define USUAL_DPI (96 * 1024)

G_DEFINE_FINAL_TYPE (CfoilAnswerWindow, cfoil_answer_window, ADW_TYPE_WINDOW)

/* --- steps --- */

CfoilAnswerStep *
_cfoil_answer_window_get_step (CfoilAnswerWindow *self)
{
  return CFOIL_ANSWER_STEP (gtk_stack_get_visible_child (self->steps));
}

static CfoilAnswerStep *
get_neighbour (CfoilAnswerWindow *self,
               int                by)
{
  GtkWidget *step = GTK_WIDGET (_cfoil_answer_window_get_step (self));

  step = by > 0 ? gtk_widget_get_next_sibling (step) : gtk_widget_get_prev_sibling (step);
  return step != NULL ? CFOIL_ANSWER_STEP (step) : NULL;
}

static void
show_way (CfoilAnswerWindow *self)
{
  CfoilAnswerStep *next = get_neighbour (self, 1);

  gtk_widget_set_visible (self->back, get_neighbour (self, -1) != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->next), next != NULL);
  if (next != NULL)
    {
      /* Translators: a button; %s is the step that comes next, such as "Evidence". */
      g_autofree char *label = g_strdup_printf (_("_Next: %s"), cfoil_answer_step_get_title (next));

      gtk_button_set_label (self->next, label);
    }
}

static gboolean
is_within (GtkWidget *step,
           GtkWidget *focus)
{
  return focus != NULL && gtk_widget_is_ancestor (focus, step);
}

void
_cfoil_answer_window_go (CfoilAnswerWindow *self,
                         const char        *step,
                         const char        *subject)
{
  GtkWidget *child = gtk_stack_get_child_by_name (self->steps, step);

  if (child == NULL)
    return;
  if (self->is_narrow && self->shows_preview)
    g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "preview", g_variant_new_boolean (FALSE));
  gtk_stack_set_visible_child (self->steps, child);
  cfoil_answer_stepper_select (self->stepper, step);
  show_way (self);
  _cfoil_answer_window_want_build (self);
  if (subject != NULL)
    cfoil_answer_step_show_subject (CFOIL_ANSWER_STEP (child), subject);
  else if (!is_within (child, gtk_root_get_focus (GTK_ROOT (self))))
    /* The heading, so that it is read out. */
    gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD);
}

void
_cfoil_answer_window_move (CfoilAnswerWindow *self,
                           int                by)
{
  CfoilAnswerStep *step = get_neighbour (self, by);

  if (step != NULL)
    _cfoil_answer_window_go (self, cfoil_answer_step_get_name (step), NULL);
}

static void
add_step (CfoilAnswerWindow *self,
          CfoilAnswerStep   *step)
{
  gtk_stack_add_named (self->steps, GTK_WIDGET (step), cfoil_answer_step_get_name (step));
  cfoil_answer_stepper_add (self->stepper, step);
}

/* --- width --- */

static void
show_panes (CfoilAnswerWindow *self)
{
  cfoil_answer_stepper_set_narrow (self->stepper, self->is_narrow);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->left), self->is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_visible (GTK_WIDGET (self->left), !self->is_narrow || !self->shows_preview);
  gtk_widget_set_visible (GTK_WIDGET (self->preview), self->shows_preview);
}

void
_cfoil_answer_window_set_shows_preview (CfoilAnswerWindow *self,
                                        gboolean           shows_preview)
{
  self->shows_preview = shows_preview;
  show_panes (self);
}

static gboolean
narrow_cb (gpointer user_data)
{
  CfoilAnswerWindow *self = user_data;

  self->narrow_id = 0;
  self->is_narrow = !self->is_narrow;
  /* The steps come first where there is no room for both. */
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "preview", g_variant_new_boolean (!self->is_narrow));
  show_panes (self);
  return G_SOURCE_REMOVE;
}

static int
get_narrow_width (GtkWidget *widget)
{
  int dpi = USUAL_DPI;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > USUAL_DPI ? (int) ((gint64) NARROW_WIDTH * dpi / USUAL_DPI) : NARROW_WIDTH;
}

static void
cfoil_answer_window_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  CfoilAnswerWindow *self = CFOIL_ANSWER_WINDOW (widget);

  GTK_WIDGET_CLASS (cfoil_answer_window_parent_class)->size_allocate (widget, width, height, baseline);
  if ((width < get_narrow_width (widget)) != self->is_narrow && self->narrow_id == 0)
    self->narrow_id = g_idle_add (narrow_cb, self);
}

/* --- the session --- */

static void
loaded_cb (CfoilAnswerWindow *self)
{
  if (!cfoil_draft_session_get_loaded (self->session))
    return;
  gtk_stack_set_visible_child_name (self->views, "editor");
  _cfoil_answer_window_show_case (self);
  _cfoil_answer_window_show_state (self);
  _cfoil_answer_window_show_progress (self);
  _cfoil_answer_window_update_actions (self);
  if (self->wanted_step == NULL && cfoil_draft_session_get_is_sealed (self->session))
    self->wanted_step = g_strdup ("send");
  _cfoil_answer_window_go (self, self->wanted_step != NULL ? self->wanted_step : "decide", NULL);
  g_clear_pointer (&self->wanted_step, g_free);
}

static void
changed_cb (CfoilAnswerWindow *self,
            CfoilSessionParts  parts)
{
  if (!cfoil_draft_session_get_loaded (self->session))
    return;
  if (parts & CFOIL_SESSION_DOSSIER)
    {
      _cfoil_answer_window_show_case (self);
      _cfoil_answer_window_show_state (self);
      _cfoil_answer_window_update_actions (self);
    }
  if (parts & (CFOIL_SESSION_DRAFT | CFOIL_SESSION_REVIEW | CFOIL_SESSION_PACKET | CFOIL_SESSION_DOSSIER))
    _cfoil_answer_window_show_progress (self);
  if (parts & (CFOIL_SESSION_DRAFT | CFOIL_SESSION_FILES))
    _cfoil_answer_window_want_build (self);
}

static void
failed_cb (CfoilAnswerWindow *self,
           const GError      *error)
{
  g_autofree char *escaped = NULL;

  if (cfoil_draft_session_get_loaded (self->session))
    {
      cfoil_toast_show (GTK_WIDGET (self->toasts), cfoil_words_error (error));
      return;
    }
  escaped = g_markup_escape_text (cfoil_words_error (error), -1);
  adw_status_page_set_description (self->failed_page, escaped);
  gtk_stack_set_visible_child_name (self->views, "failed");
}

/* Several in a message that stays until it was read. */
static void
files_failed_cb (CfoilAnswerWindow *self,
                 GPtrArray         *failures)
{
  g_autofree char *text = cfoil_answer_words_failures (failures);
  g_autofree char *heading = NULL;

  if (failures->len == 1)
    {
      const CfoilFileFailure *failure = failures->pdata[0];
      g_autofree char *toast = failure->is_added ? g_strdup (text) : g_strdup_printf (_("Not added: %s"), text);

      cfoil_toast_show (GTK_WIDGET (self->toasts), toast);
      return;
    }
  heading = g_strdup_printf (ngettext ("%u File Was Not Added", "%u Files Were Not Added", failures->len), failures->len);
  cfoil_compat_tell (GTK_WINDOW (self), heading, text);
}

static gboolean
tick_cb (gpointer user_data)
{
  CfoilAnswerWindow *self = user_data;

  if (cfoil_draft_session_get_loaded (self->session))
    _cfoil_answer_window_show_case (self);
  return G_SOURCE_CONTINUE;
}

static void
set_session (CfoilAnswerWindow *self,
             CfoilWorkspace    *workspace,
             gint64             case_id)
{
  self->workspace = g_object_ref (workspace);
  self->case_id = case_id;
  self->session = cfoil_draft_session_new (cfoil_workspace_get_reader (workspace), case_id, 0);
  for (GtkWidget *step = gtk_widget_get_first_child (GTK_WIDGET (self->steps)); step != NULL; step = gtk_widget_get_next_sibling (step))
    cfoil_answer_step_set_session (CFOIL_ANSWER_STEP (step), workspace, self->session);
  cfoil_answer_preview_set_session (self->preview, self->session);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "files-failed", G_CALLBACK (files_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::state", G_CALLBACK (_cfoil_answer_window_show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::can-undo", G_CALLBACK (_cfoil_answer_window_update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::can-redo", G_CALLBACK (_cfoil_answer_window_update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::is-sealed", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::building", G_CALLBACK (_cfoil_answer_window_build), self, G_CONNECT_SWAPPED);
  self->tick_id = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);
  _cfoil_answer_window_update_actions (self);
  loaded_cb (self);
}

/* --- closing --- */

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (CfoilAnswerWindow) self = user_data;

  /* How it went is what the state says. */
  cfoil_draft_session_flush_finish (CFOIL_DRAFT_SESSION (source), result, NULL);
}

void
_cfoil_answer_window_save (CfoilAnswerWindow *self)
{
  cfoil_draft_session_flush_async (self->session, saved_cb, g_object_ref (self));
}

static void
close_now (CfoilAnswerWindow *self)
{
  self->may_close = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
close_asked_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (CfoilAnswerWindow) self = user_data;

  if (cfoil_compat_ask_finish (result))
    close_now (self);
}

static void
flushed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (CfoilAnswerWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;

  self->is_flushing = FALSE;
  if (cfoil_draft_session_flush_finish (CFOIL_DRAFT_SESSION (source), result, &error))
    {
      close_now (self);
      return;
    }
  /* Translators: %s is a sentence: what to do about it. */
  body = g_strdup_printf (_("What you wrote last could not be saved. %s If you close now, it is lost."), cfoil_words_error (error));
  cfoil_compat_ask_async (GTK_WINDOW (self), _("Close Without Saving?"), body, _("_Close Without Saving"), TRUE,
                          close_asked_cb, g_object_ref (self));
}

static void
save_size (CfoilAnswerWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (width > 0 && height > 0)
    g_settings_set (self->settings, "answer-size", "(ii)", width, height);
  if (!self->is_narrow && self->shows_preview)
    g_settings_set_int (self->settings, "answer-split", gtk_paned_get_position (self->paned));
}

static gboolean
cfoil_answer_window_close_request (GtkWindow *window)
{
  CfoilAnswerWindow *self = CFOIL_ANSWER_WINDOW (window);

  if (self->may_close || !cfoil_draft_session_get_loaded (self->session) || cfoil_draft_session_get_is_sealed (self->session))
    {
      save_size (self);
      return GTK_WINDOW_CLASS (cfoil_answer_window_parent_class)->close_request (window);
    }
  if (!self->is_flushing)
    {
      self->is_flushing = TRUE;
      cfoil_draft_session_flush_async (self->session, flushed_cb, g_object_ref (self));
    }
  return GDK_EVENT_STOP;
}

/* Without the window whose mirror this is, there is nothing to work on. */
static void
window_removed_cb (CfoilAnswerWindow *self,
                   GtkWindow         *window,
                   GtkApplication    *application)
{
  if (!CFOIL_IS_WINDOW (window))
    return;
  for (GList *link = gtk_application_get_windows (application); link != NULL; link = link->next)
    if (CFOIL_IS_WINDOW (link->data) && cfoil_window_get_workspace (link->data) == self->workspace)
      return;
  gtk_window_close (GTK_WINDOW (self));
}

/* --- GObject --- */

static void
cfoil_answer_window_dispose (GObject *object)
{
  CfoilAnswerWindow *self = CFOIL_ANSWER_WINDOW (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->narrow_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_ANSWER_WINDOW);
  g_clear_object (&self->session);
  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (cfoil_answer_window_parent_class)->dispose (object);
}

static void
cfoil_answer_window_finalize (GObject *object)
{
  g_free (CFOIL_ANSWER_WINDOW (object)->wanted_step);

  G_OBJECT_CLASS (cfoil_answer_window_parent_class)->finalize (object);
}

static void
cfoil_answer_window_class_init (CfoilAnswerWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cfoil_answer_window_dispose;
  object_class->finalize = cfoil_answer_window_finalize;
  widget_class->size_allocate = cfoil_answer_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = cfoil_answer_window_close_request;

  g_type_ensure (CFOIL_TYPE_BANNER);
  g_type_ensure (CFOIL_TYPE_ANSWER_STEPPER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-answer-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerWindow, drop_highlight);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerWindow, status_bar);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerWindow, deadline);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerWindow, saved);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerWindow, retry);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerWindow, views);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerWindow, failed_page);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerWindow, paned);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerWindow, left);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerWindow, stepper);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerWindow, steps);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerWindow, back);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerWindow, next);
  gtk_widget_class_bind_template_child_full (widget_class, "menu_button", FALSE, 0);
}

static void
cfoil_answer_window_init (CfoilAnswerWindow *self)
{
  int width, height;

  self->settings = g_settings_new (CFOIL_APPLICATION_ID);
  self->is_narrow = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->preview = cfoil_answer_preview_new ();
  gtk_paned_set_end_child (self->paned, GTK_WIDGET (self->preview));
  add_step (self, cfoil_answer_decide_step_new ());
  add_step (self, cfoil_answer_facts_step_new ());
  add_step (self, cfoil_answer_evidence_step_new ());
  add_step (self, cfoil_answer_letter_step_new ());
  add_step (self, cfoil_answer_check_step_new ());
  add_step (self, cfoil_answer_send_step_new ());
  _cfoil_answer_window_add_actions (self);
  _cfoil_answer_window_add_drop_target (self);
  /* Until the width is known: small enough for every screen. */
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "preview", g_variant_new_boolean (FALSE));
  gtk_paned_set_position (self->paned, g_settings_get_int (self->settings, "answer-split"));
  g_settings_get (self->settings, "answer-size", "(ii)", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
}

/* --- public --- */

CfoilAnswerWindow *
cfoil_answer_window_open (GtkApplication *application,
                          CfoilWorkspace *workspace,
                          gint64          case_id,
                          const char     *step)
{
  CfoilAnswerWindow *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (CFOIL_IS_WORKSPACE (workspace), NULL);

  for (GList *link = gtk_application_get_windows (application); link != NULL; link = link->next)
    if (CFOIL_IS_ANSWER_WINDOW (link->data))
      {
        self = link->data;
        if (self->case_id != case_id || self->workspace != workspace)
          continue;
        if (step != NULL)
          _cfoil_answer_window_go (self, step, NULL);
        gtk_window_present (GTK_WINDOW (self));
        return self;
      }

  self = g_object_new (CFOIL_TYPE_ANSWER_WINDOW, "application", application, NULL);
  self->wanted_step = g_strdup (step);
  set_session (self, workspace, case_id);
  g_signal_connect_object (application, "window-removed", G_CALLBACK (window_removed_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
