/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-window-private.h"

#include "cfoil-toast.h"

#include <glib/gi18n.h>

static gboolean
takes_files (CfoilAnswerWindow *self)
{
  return cfoil_draft_session_get_loaded (self->session) && !cfoil_draft_session_get_is_sealed (self->session);
}

static void
add_files (CfoilAnswerWindow *self,
           GdkFileList       *list)
{
  g_autoptr (GSList) links = gdk_file_list_get_files (list);
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  for (GSList *link = links; link != NULL; link = link->next)
    g_ptr_array_add (files, link->data);
  if (files->len == 0)
    return;
  cfoil_draft_session_add_files (self->session, (GFile **) files->pdata, files->len, CFOIL_EVIDENCE_OTHER, NULL);
  _cfoil_answer_window_go (self, "evidence", NULL);
}

/* --- dropping --- */

static GdkDragAction
drop_enter_cb (CfoilAnswerWindow *self)
{
  gboolean has_targets;

  if (!takes_files (self))
    return 0;
  /* The evidence step has places of its own to drop on: they stay in sight. */
  has_targets = g_str_equal (cfoil_answer_step_get_name (_cfoil_answer_window_get_step (self)), "evidence");
  gtk_widget_set_visible (gtk_widget_get_first_child (self->drop_highlight), !has_targets);
  if (has_targets)
    gtk_widget_add_css_class (self->drop_highlight, "frame-only");
  else
    gtk_widget_remove_css_class (self->drop_highlight, "frame-only");
  gtk_widget_set_visible (self->drop_highlight, TRUE);
  return GDK_ACTION_COPY;
}

/* What is dropped on a place within the window never leaves the window. */
static gboolean
event_cb (CfoilAnswerWindow *self,
          GdkEvent          *event)
{
  if (gdk_event_get_event_type (event) == GDK_DROP_START)
    gtk_widget_set_visible (self->drop_highlight, FALSE);
  return GDK_EVENT_PROPAGATE;
}

static void
drop_leave_cb (CfoilAnswerWindow *self)
{
  gtk_widget_set_visible (self->drop_highlight, FALSE);
}

static gboolean
drop_cb (CfoilAnswerWindow *self,
         const GValue      *value)
{
  gtk_widget_set_visible (self->drop_highlight, FALSE);
  if (!takes_files (self))
    return FALSE;
  add_files (self, g_value_get_boxed (value));
  return TRUE;
}

void
_cfoil_answer_window_add_drop_target (CfoilAnswerWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  GtkEventController *events = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (events, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->toasts), events);
  g_signal_connect_swapped (target, "enter", G_CALLBACK (drop_enter_cb), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (drop_leave_cb), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->toasts), GTK_EVENT_CONTROLLER (target));
}

/* --- pasting --- */

static void
files_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (CfoilAnswerWindow) self = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value != NULL && self->session != NULL && takes_files (self))
    add_files (self, g_value_get_boxed (value));
}

static void
png_thread (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  g_task_return_pointer (task, gdk_texture_save_to_png_bytes (task_data), (GDestroyNotify) g_bytes_unref);
}

static void
png_made_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  CfoilAnswerWindow *self = CFOIL_ANSWER_WINDOW (source);
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);

  if (bytes == NULL || self->session == NULL || !takes_files (self))
    return;
  /* Translators: the name of a file made of a picture that was pasted. */
  cfoil_draft_session_add_bytes (self->session, bytes, _("Pasted picture.png"), CFOIL_EVIDENCE_OTHER, NULL);
  _cfoil_answer_window_go (self, "evidence", NULL);
}

static void
picture_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (CfoilAnswerWindow) self = user_data;
  GdkTexture *texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GTask) task = NULL;

  if (texture == NULL)
    {
      cfoil_toast_show (GTK_WIDGET (self->toasts), _("The picture in the clipboard cannot be read. Save it as a file and drop that here."));
      return;
    }
  /* A large picture takes a while to become a PNG. */
  task = g_task_new (self, NULL, png_made_cb, NULL);
  g_task_set_source_tag (task, picture_read_cb);
  g_task_set_task_data (task, texture, g_object_unref);
  g_task_run_in_thread (task, png_thread);
}

gboolean
_cfoil_answer_window_paste (CfoilAnswerWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  if (GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus) || !takes_files (self))
    return FALSE;
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST) ||
      gdk_content_formats_contain_mime_type (formats, "text/uri-list"))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, files_read_cb, g_object_ref (self));
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) ||
           gdk_content_formats_contain_mime_type (formats, "image/png"))
    gdk_clipboard_read_texture_async (clipboard, NULL, picture_read_cb, g_object_ref (self));
  else
    return FALSE;
  return TRUE;
}
