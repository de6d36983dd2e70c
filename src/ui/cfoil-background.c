/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-background.h"

#include "cfoil-window.h"

#define FIRST_SYNC_SECONDS 60
#define SYNC_SECONDS 3600

struct _CfoilBackground
{
  GObject parent_instance;

  GtkApplication *application; /* (unowned): it owns us */
  GSettings *settings;         /* (owned) */
  GHashTable *of_windows;      /* (owned): CfoilWindow to the CfoilReminders of its workspace */
  gboolean stays;

  /* While there is no window. */
  GCancellable *opening;       /* (owned) (nullable) */
  CfoilWorkspace *workspace;   /* (owned) (nullable) */
  CfoilReminders *reminders;   /* (owned) (nullable) */
  guint sync_timer;
  gboolean is_held;
};

G_DEFINE_FINAL_TYPE (CfoilBackground, cfoil_background, G_TYPE_OBJECT)

/* --- without a window --- */

static gboolean
sync_cb (gpointer user_data)
{
  CfoilBackground *self = user_data;
  CfoilMirrorStatus *status = cfoil_workspace_get_status (self->workspace);

  self->sync_timer = g_timeout_add_seconds (SYNC_SECONDS, sync_cb, self);
  if (status != NULL && status->accounts->len > 0 && g_settings_get_boolean (self->settings, "background-sync"))
    cfoil_workspace_sync (self->workspace, NULL);
  return G_SOURCE_REMOVE;
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (CfoilBackground) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilWorkspace) workspace = cfoil_workspace_open_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->opening == NULL)
    {
      if (workspace != NULL)
        cfoil_workspace_close (workspace);
      return;
    }
  g_clear_object (&self->opening);
  if (workspace == NULL)
    {
      g_warning ("The mirror cannot be opened: %s", error->message);
      return;
    }
  self->workspace = g_steal_pointer (&workspace);
  self->reminders = cfoil_reminders_new (G_APPLICATION (self->application), self->workspace);
  self->sync_timer = g_timeout_add_seconds (FIRST_SYNC_SECONDS, sync_cb, self);
}

static void
open_own (CfoilBackground *self)
{
  if (self->workspace != NULL || self->opening != NULL)
    return;
  self->opening = g_cancellable_new ();
  cfoil_workspace_open_async (NULL, FALSE, self->opening, opened_cb, g_object_ref (self));
}

/* What is still looking must not show anything any more. */
static void
end_reminders (CfoilReminders *reminders)
{
  g_object_run_dispose (G_OBJECT (reminders));
  g_object_unref (reminders);
}

static void
close_own (CfoilBackground *self)
{
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_clear_handle_id (&self->sync_timer, g_source_remove);
  g_clear_pointer (&self->reminders, end_reminders);
  if (self->workspace != NULL)
    cfoil_workspace_close (self->workspace);
  g_clear_object (&self->workspace);
}

static gboolean
has_window (CfoilBackground *self)
{
  return g_hash_table_size (self->of_windows) > 0;
}

static void
update (CfoilBackground *self)
{
  if (self->stays != self->is_held)
    {
      if (self->stays)
        g_application_hold (G_APPLICATION (self->application));
      else
        g_application_release (G_APPLICATION (self->application));
      self->is_held = self->stays;
    }
  if (self->stays && !has_window (self))
    open_own (self);
  else
    close_own (self);
}

/* --- with one --- */

static void
set_reminders (CfoilBackground *self,
               CfoilWindow     *window,
               CfoilReminders  *reminders)
{
  CfoilReminders *old = g_hash_table_lookup (self->of_windows, window);

  if (old != NULL)
    end_reminders (old);
  g_hash_table_insert (self->of_windows, window, reminders);
}

/* Nobody has to answer what the demo merchant's buyers claim. */
static void
window_opened_cb (CfoilWindow     *window,
                  CfoilBackground *self)
{
  CfoilWorkspace *workspace = cfoil_window_get_workspace (window);
  gboolean is_real = workspace != NULL && !cfoil_workspace_get_is_demo (workspace);

  set_reminders (self, window, is_real ? cfoil_reminders_new (G_APPLICATION (self->application), workspace) : NULL);
}

static void
window_added_cb (CfoilBackground *self,
                 GtkWindow       *window)
{
  if (!CFOIL_IS_WINDOW (window))
    return;
  g_hash_table_insert (self->of_windows, window, NULL);
  g_signal_connect_object (window, "opened", G_CALLBACK (window_opened_cb), self, 0);
  update (self);
}

static void
window_removed_cb (CfoilBackground *self,
                   GtkWindow       *window)
{
  if (!g_hash_table_contains (self->of_windows, window))
    return;
  set_reminders (self, CFOIL_WINDOW (window), NULL);
  g_hash_table_remove (self->of_windows, window);
  update (self);
}

/* --- the object --- */

void
cfoil_background_set_stays (CfoilBackground *self,
                            gboolean         stays)
{
  g_return_if_fail (CFOIL_IS_BACKGROUND (self));

  self->stays = stays;
  update (self);
}

void
cfoil_background_stop (CfoilBackground *self)
{
  cfoil_background_set_stays (self, FALSE);
}

void
cfoil_background_snooze (CfoilBackground *self,
                         gint64           case_id)
{
  GHashTableIter iter;
  gpointer reminders;

  g_return_if_fail (CFOIL_IS_BACKGROUND (self));

  if (self->reminders != NULL)
    cfoil_reminders_snooze (self->reminders, case_id);
  g_hash_table_iter_init (&iter, self->of_windows);
  while (g_hash_table_iter_next (&iter, NULL, &reminders))
    if (reminders != NULL)
      cfoil_reminders_snooze (reminders, case_id);
}

static void
setting_cb (CfoilBackground *self)
{
  cfoil_background_set_stays (self, g_settings_get_boolean (self->settings, "background"));
}

static void
cfoil_background_dispose (GObject *object)
{
  CfoilBackground *self = CFOIL_BACKGROUND (object);
  GHashTableIter iter;
  gpointer reminders;

  close_own (self);
  g_hash_table_iter_init (&iter, self->of_windows);
  while (g_hash_table_iter_next (&iter, NULL, &reminders))
    if (reminders != NULL)
      end_reminders (reminders);
  g_hash_table_remove_all (self->of_windows);

  G_OBJECT_CLASS (cfoil_background_parent_class)->dispose (object);
}

static void
cfoil_background_finalize (GObject *object)
{
  CfoilBackground *self = CFOIL_BACKGROUND (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->of_windows, g_hash_table_unref);

  G_OBJECT_CLASS (cfoil_background_parent_class)->finalize (object);
}

static void
cfoil_background_class_init (CfoilBackgroundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_background_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_background_finalize;
}

static void
cfoil_background_init (CfoilBackground *self)
{
  self->settings = g_settings_new (CFOIL_APPLICATION_ID);
  self->of_windows = g_hash_table_new (NULL, NULL);
  g_signal_connect_object (self->settings, "changed::background", G_CALLBACK (setting_cb), self, G_CONNECT_SWAPPED);
}

CfoilBackground *
cfoil_background_new (GtkApplication *application)
{
  CfoilBackground *self = g_object_new (CFOIL_TYPE_BACKGROUND, NULL);

  self->application = application;
  /* One that looks at another folder, or at the demo, has nothing to go on with. */
  if ((g_application_get_flags (G_APPLICATION (application)) & G_APPLICATION_NON_UNIQUE) == 0)
    setting_cb (self);
  g_signal_connect_object (application, "window-added", G_CALLBACK (window_added_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "window-removed", G_CALLBACK (window_removed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
