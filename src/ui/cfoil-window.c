/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-disputes-page.h"
#include "cfoil-exceptions-page.h"
#include "cfoil-import.h"
#include "cfoil-overview-page.h"
#include "cfoil-reports-page.h"
#include "cfoil-sender.h"
#include "cfoil-settlements-page.h"
#include "cfoil-sync-page.h"
#include "cfoil-toast.h"
#include "cfoil-transactions-page.h"
#include "cfoil-welcome.h"
#include "cfoil-window-private.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* How long a window that was closed waits for what it cancelled. */
#define CLOSE_TIMEOUT_MS 1500

enum
{
  OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void opened_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data);

G_DEFINE_FINAL_TYPE (CfoilWindow, cfoil_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- what is running --- */

static void
progress_cb (CfoilWindow *self)
{
  const char *what = cfoil_operation_get_what (self->operation);
  const char *title = cfoil_operation_get_title (self->operation);

  if (what != NULL)
    title = cfoil_workspace_get_feed_title (self->workspace, what);
  cfoil_shell_set_busy (self->shell, title, cfoil_operation_get_fraction (self->operation));
}

static void
operation_cb (CfoilWindow *self)
{
  CfoilOperation *operation = self->workspace != NULL ? cfoil_workspace_get_operation (self->workspace) : NULL;

  if (self->operation != NULL)
    g_clear_signal_handler (&self->progress_id, self->operation);
  g_set_object (&self->operation, operation);
  if (operation != NULL)
    {
      self->progress_id = g_signal_connect_swapped (operation, "progress", G_CALLBACK (progress_cb), self);
      progress_cb (self);
    }
  else
    cfoil_shell_set_busy (self->shell, NULL, -1);
  _cfoil_window_update_actions (self);
}

static void
sync_ended_cb (CfoilWindow *self,
               gboolean     is_partial,
               GError      *error)
{
  if (error == NULL && !is_partial)
    cfoil_window_toast (self, _("Everything is up to date"));
  else if (error == NULL)
    cfoil_window_toast (self, _("Synced, but not everything could be fetched. The Sync page says what."));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    cfoil_window_toast (self, _("Sync cancelled. What was fetched is kept."));
  else
    cfoil_window_toast (self, cfoil_words_error (error));
}

/* --- what is open --- */

static const char *
environment_badge (const CfoilMirrorStatus *status)
{
  guint n_sandbox = 0;

  for (guint i = 0; i < status->accounts->len; i++)
    n_sandbox += ((CfoilAccountStatus *) status->accounts->pdata[i])->is_sandbox;
  if (n_sandbox == 0)
    return NULL;
  /* Translators: the environment for trying things out, opposite of "live". */
  return n_sandbox == status->accounts->len ? _("Sandbox") : _("Live and Sandbox");
}

static void
status_cb (CfoilWindow *self)
{
  CfoilMirrorStatus *status = self->workspace != NULL ? cfoil_workspace_get_status (self->workspace) : NULL;
  gboolean was_opened = g_str_equal (gtk_stack_get_visible_child_name (self->views), "shell");

  if (status == NULL)
    return;
  cfoil_shell_set_badge (self->shell, environment_badge (status));
  if (status->accounts->len > 0)
    gtk_stack_set_visible_child_name (self->views, "shell");
  else
    gtk_stack_set_visible_child_name (self->views, "welcome");
  _cfoil_window_update_actions (self);
  if (!was_opened)
    g_signal_emit (self, signals[OPENED], 0);
}

static void
time_zone_cb (CfoilWindow *self)
{
  g_autofree char *name = g_settings_get_string (self->settings, "time-zone");

  if (self->workspace != NULL)
    cfoil_workspace_set_time_zone_name (self->workspace, name);
}

static void
set_workspace (CfoilWindow    *self,
               CfoilWorkspace *workspace)
{
  CfoilPage *page;

  if (self->workspace != NULL)
    cfoil_workspace_close (self->workspace);
  g_set_object (&self->workspace, workspace);
  /* What an earlier session left waiting goes out now. */
  if (workspace != NULL)
    cfoil_sender_get (workspace);
  time_zone_cb (self);
  for (guint i = 0; (page = cfoil_shell_get_page (self->shell, i)) != NULL; i++)
    cfoil_page_set_workspace (page, workspace);
  _cfoil_window_set_views_workspace (self, workspace);
  g_signal_group_set_target (self->workspace_signals, workspace);
  cfoil_shell_set_demo (self->shell, workspace != NULL && cfoil_workspace_get_is_demo (workspace));
  operation_cb (self);
}

static void
show_open_error (CfoilWindow  *self,
                 const GError *error)
{
  g_autofree char *advice = g_markup_escape_text (cfoil_words_error (error), -1);

  adw_status_page_set_title (self->error_page, self->wants_demo ? _("Cannot Start the Demo") : _("Cannot Open the Mirror"));
  adw_status_page_set_description (self->error_page, advice);
  gtk_label_set_text (self->error_details, error->message);
  gtk_widget_set_visible (self->leave_button, self->wants_demo);
  gtk_stack_set_visible_child_name (self->views, "error");
  _cfoil_window_update_actions (self);
  g_signal_emit (self, signals[OPENED], 0);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (CfoilWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilWorkspace) workspace = cfoil_workspace_open_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->is_closing)
    return;
  g_clear_object (&self->opening);
  if (workspace == NULL)
    {
      show_open_error (self, error);
      return;
    }
  set_workspace (self, workspace);
  status_cb (self);
  if (cfoil_workspace_get_is_demo (workspace))
    cfoil_workspace_sync (workspace, NULL);
}

void
_cfoil_window_open (CfoilWindow *self,
                    gboolean     is_demo)
{
  set_workspace (self, NULL);
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  self->opening = g_cancellable_new ();
  self->wants_demo = is_demo;
  gtk_label_set_text (self->loading_label, is_demo ? _("Starting the demo merchant…") : _("Opening the mirror…"));
  gtk_stack_set_visible_child_name (self->views, "loading");
  _cfoil_window_update_actions (self);
  cfoil_workspace_open_async (self->folder, is_demo, self->opening, opened_cb, g_object_ref (self));
}

/* --- dropping files --- */

static GdkDragAction
drop_enter_cb (CfoilWindow *self)
{
  if (self->workspace == NULL || cfoil_import_find_account (self->workspace) == NULL)
    return 0;
  gtk_widget_set_visible (self->drop_highlight, TRUE);
  return GDK_ACTION_COPY;
}

static void
drop_leave_cb (CfoilWindow *self)
{
  gtk_widget_set_visible (self->drop_highlight, FALSE);
}

static gboolean
drop_cb (CfoilWindow  *self,
         const GValue *value)
{
  GdkFileList *list = g_value_get_boxed (value);
  g_autoptr (GSList) files = gdk_file_list_get_files (list);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  gtk_widget_set_visible (self->drop_highlight, FALSE);
  for (GSList *link = files; link != NULL; link = link->next)
    {
      char *path = g_file_get_path (link->data);

      if (path != NULL)
        g_ptr_array_add (paths, path);
    }
  if (paths->len == 0)
    return FALSE;
  g_ptr_array_add (paths, NULL);
  cfoil_import_paths (self, (const char *const *) paths->pdata);
  return TRUE;
}

static void
add_drop_target (CfoilWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_swapped (target, "enter", G_CALLBACK (drop_enter_cb), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (drop_leave_cb), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->toasts), GTK_EVENT_CONTROLLER (target));
}

/* --- closing --- */

static gboolean
close_now_cb (gpointer user_data)
{
  CfoilWindow *self = user_data;

  self->close_id = 0;
  gtk_window_destroy (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

static void
wait_cb (gpointer user_data)
{
  CfoilWindow *self = user_data;

  if (self->close_id != 0 && (self->workspace == NULL || !cfoil_workspace_is_busy (self->workspace)))
    {
      g_source_remove (self->close_id);
      close_now_cb (self);
    }
}

static void
save_state (CfoilWindow *self)
{
  CfoilPage *page = cfoil_shell_get_visible_page (self->shell);
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (width > 0 && height > 0)
    {
      g_settings_set_int (self->settings, "window-width", width);
      g_settings_set_int (self->settings, "window-height", height);
    }
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  if (page != NULL)
    g_settings_set_string (self->settings, "last-page", cfoil_page_get_name (page));
}

/* Out of sight at once; gone when what was cancelled has ended, or soon. */
static gboolean
cfoil_window_close_request (GtkWindow *window)
{
  CfoilWindow *self = CFOIL_WINDOW (window);

  if (self->is_closing)
    return GDK_EVENT_STOP;
  self->is_closing = TRUE;
  save_state (self);
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  if (self->workspace == NULL || !cfoil_workspace_is_busy (self->workspace))
    return GTK_WINDOW_CLASS (cfoil_window_parent_class)->close_request (window);

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->close_id = g_timeout_add (CLOSE_TIMEOUT_MS, close_now_cb, self);
  g_signal_connect_object (self->workspace, "idle", G_CALLBACK (wait_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  cfoil_workspace_close (self->workspace);
  return GDK_EVENT_STOP;
}

/* --- GObject --- */

static void
cfoil_window_dispose (GObject *object)
{
  CfoilWindow *self = CFOIL_WINDOW (object);

  g_clear_handle_id (&self->close_id, g_source_remove);
  if (self->workspace_signals != NULL)
    set_workspace (self, NULL);
  _cfoil_window_remove_views (self);
  g_clear_object (&self->workspace_signals);
  g_clear_object (&self->opening);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_WINDOW);

  G_OBJECT_CLASS (cfoil_window_parent_class)->dispose (object);
}

static void
cfoil_window_finalize (GObject *object)
{
  g_free (CFOIL_WINDOW (object)->folder);

  G_OBJECT_CLASS (cfoil_window_parent_class)->finalize (object);
}

static void
cfoil_window_class_init (CfoilWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cfoil_window_dispose;
  object_class->finalize = cfoil_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = cfoil_window_close_request;

  signals[OPENED] = g_signal_new ("opened", CFOIL_TYPE_WINDOW, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (CFOIL_TYPE_SHELL);
  g_type_ensure (CFOIL_TYPE_WELCOME);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, CfoilWindow, views);
  gtk_widget_class_bind_template_child (widget_class, CfoilWindow, shell);
  gtk_widget_class_bind_template_child (widget_class, CfoilWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, CfoilWindow, error_details);
  gtk_widget_class_bind_template_child (widget_class, CfoilWindow, leave_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilWindow, drop_highlight);
  gtk_widget_class_bind_template_child (widget_class, CfoilWindow, loading_label);
  _cfoil_window_install_actions (klass);
}

static void
cfoil_window_init (CfoilWindow *self)
{
  g_autofree char *last_page = NULL;
  CfoilPage *transactions, *page;

  self->settings = g_settings_new (CFOIL_APPLICATION_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_drop_target (self);
  _cfoil_window_add_actions (self);

  transactions = g_object_new (CFOIL_TYPE_TRANSACTIONS_PAGE, NULL);
  cfoil_shell_add_page (self->shell, g_object_new (CFOIL_TYPE_OVERVIEW_PAGE, NULL));
  cfoil_shell_add_page (self->shell, transactions);
  cfoil_shell_add_page (self->shell, g_object_new (CFOIL_TYPE_DISPUTES_PAGE, NULL));
  cfoil_shell_add_page (self->shell, g_object_new (CFOIL_TYPE_SETTLEMENTS_PAGE, NULL));
  cfoil_shell_add_page (self->shell, g_object_new (CFOIL_TYPE_REPORTS_PAGE, NULL));
  cfoil_shell_add_page (self->shell, g_object_new (CFOIL_TYPE_SYNC_PAGE, NULL));
  cfoil_shell_add_page (self->shell, g_object_new (CFOIL_TYPE_EXCEPTIONS_PAGE, NULL));
  _cfoil_window_add_views (self, CFOIL_TRANSACTIONS_PAGE (transactions));
  last_page = g_settings_get_string (self->settings, "last-page");
  page = cfoil_shell_find_page (self->shell, last_page);
  if (page != NULL && cfoil_page_get_available (page))
    cfoil_shell_set_visible_page (self->shell, page);

  self->workspace_signals = g_signal_group_new (CFOIL_TYPE_WORKSPACE);
  g_signal_group_connect_swapped (self->workspace_signals, "notify::status", G_CALLBACK (status_cb), self);
  g_signal_group_connect_swapped (self->workspace_signals, "notify::operation", G_CALLBACK (operation_cb), self);
  g_signal_group_connect_swapped (self->workspace_signals, "sync-ended", G_CALLBACK (sync_ended_cb), self);
  g_signal_connect_object (self->settings, "changed::time-zone", G_CALLBACK (time_zone_cb), self, G_CONNECT_SWAPPED);

  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

/* --- public --- */

CfoilWindow *
cfoil_window_new (AdwApplication *application,
                  const char     *folder,
                  gboolean        is_demo)
{
  CfoilWindow *self = g_object_new (CFOIL_TYPE_WINDOW, "application", application, NULL);

  self->folder = g_strdup (folder);
  _cfoil_window_open (self, is_demo);
  return self;
}

CfoilWorkspace *
cfoil_window_get_workspace (CfoilWindow *self)
{
  g_return_val_if_fail (CFOIL_IS_WINDOW (self), NULL);

  return self->workspace;
}

void
cfoil_window_show_view (CfoilWindow *self,
                        const char  *name)
{
  CfoilPage *page;

  g_return_if_fail (CFOIL_IS_WINDOW (self));

  page = cfoil_shell_find_page (self->shell, name);
  if (page != NULL)
    cfoil_shell_set_visible_page (self->shell, page);
  gtk_stack_set_visible_child_name (self->views, page != NULL ? "shell" : name);
}

void
cfoil_window_toast (CfoilWindow *self,
                    const char  *text)
{
  g_return_if_fail (CFOIL_IS_WINDOW (self));

  cfoil_toast_show (GTK_WIDGET (self), text);
}
