/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-compat.h"

#include <glib/gi18n.h>

static GStrv
dup_paths (GtkFileChooser *chooser)
{
  g_autoptr (GListModel) files = gtk_file_chooser_get_files (chooser);
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char *path = g_file_get_path (file);

      if (path != NULL)
        g_strv_builder_add (paths, path);
    }
  return g_strv_builder_end (paths);
}

static void
chooser_response_cb (GtkNativeDialog *dialog,
                     int              response,
                     gpointer         user_data)
{
  g_autoptr (GTask) task = user_data;
  g_auto (GStrv) paths = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    paths = dup_paths (GTK_FILE_CHOOSER (dialog));
  if (paths != NULL && paths[0] != NULL)
    g_task_return_pointer (task, g_steal_pointer (&paths), (GDestroyNotify) g_strfreev);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nothing was chosen");
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
show_chooser (GtkFileChooserNative *chooser, /* (transfer full) */
              GAsyncReadyCallback   callback,
              gpointer              user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (chooser_response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
add_filter (GtkFileChooser    *chooser,
            const char *const *patterns,
            const char        *name)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; patterns != NULL && patterns[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

void
cfoil_compat_open_files_async (GtkWindow           *parent,
                               const char          *title,
                               gboolean             multiple,
                               const char *const   *patterns,
                               const char          *patterns_name,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  static const char *const all[] = { "*", NULL };
  GtkFileChooserNative *chooser;

  chooser = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), multiple);
  if (patterns != NULL)
    {
      add_filter (GTK_FILE_CHOOSER (chooser), patterns, patterns_name);
      add_filter (GTK_FILE_CHOOSER (chooser), all, _("All Files"));
    }
  show_chooser (chooser, callback, user_data);
}

GStrv
cfoil_compat_open_files_finish (GAsyncResult *result,
                                GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cfoil_compat_save_file_async (GtkWindow           *parent,
                              const char          *title,
                              const char          *folder,
                              const char          *name,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GtkFileChooserNative *chooser;

  chooser = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  if (folder != NULL && *folder != '\0')
    {
      g_autoptr (GFile) file = g_file_new_for_path (folder);

      gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), file, NULL);
    }
  show_chooser (chooser, callback, user_data);
}

char *
cfoil_compat_save_file_finish (GAsyncResult *result,
                               GError      **error)
{
  g_auto (GStrv) paths = g_task_propagate_pointer (G_TASK (result), error);

  return paths != NULL ? g_strdup (paths[0]) : NULL;
}

static void
asked_cb (AdwMessageDialog *dialog,
          const char       *response,
          gpointer          user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_boolean (task, g_str_equal (response, "action"));
}

void
cfoil_compat_ask_async (GtkWindow           *parent,
                        const char          *heading,
                        const char          *body,
                        const char          *action,
                        gboolean             is_destructive,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));

  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "action", action, NULL);
  adw_message_dialog_set_response_appearance (dialog, "action",
                                              is_destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_default_response (dialog, is_destructive ? "cancel" : "action");
  g_signal_connect (dialog, "response", G_CALLBACK (asked_cb), g_task_new (NULL, NULL, callback, user_data));
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
cfoil_compat_ask_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

void
cfoil_compat_let_shrink (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_END);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    cfoil_compat_let_shrink (child);
}

void
cfoil_compat_tell (GtkWindow  *parent,
                   const char *heading,
                   const char *body)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));

  adw_message_dialog_add_response (dialog, "close", _("_Close"));
  adw_message_dialog_set_close_response (dialog, "close");
  gtk_window_present (GTK_WINDOW (dialog));
}
