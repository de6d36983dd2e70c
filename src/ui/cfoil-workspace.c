/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-workspace.h"

#include "cfoil-demo.h"

#include <glib/gi18n.h>

/* Between two looks at the state of the mirror. */
#define STATUS_REST_MS 400

struct _CfoilWorkspace
{
  GObject parent_instance;

  CfoilContext *context; /* (owned) */
  CfoilReader *reader;   /* (owned) */
  CfoilDemo *demo;       /* (owned) (nullable) */
  GAsyncQueue *demo_end; /* (owned) (nullable): ends the thread that started the demo */

  CfoilMirrorStatus *status;        /* (owned) (nullable) */
  GCancellable *status_cancellable; /* (owned) (nullable): while it is being read */
  gboolean status_again;
  guint status_id;
  GCancellable *cancellable; /* (owned) */

  GPtrArray *operations;     /* (owned): those that run */
  CfoilOperation *operation; /* (owned) (nullable): the one that writes */

  char *time_zone_name; /* (owned) */
  GTimeZone *time_zone; /* (owned) */
};

enum
{
  PROP_0,
  PROP_STATUS,
  PROP_OPERATION,
  PROP_TIME_ZONE,
  N_PROPS
};

enum
{
  SYNC_ENDED,
  IDLE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void read_status (CfoilWorkspace *self);
static void status_read_cb (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data);

G_DEFINE_FINAL_TYPE (CfoilWorkspace, cfoil_workspace, G_TYPE_OBJECT)

/* --- status --- */

static gboolean
read_status_cb (gpointer user_data)
{
  CfoilWorkspace *self = user_data;

  self->status_id = 0;
  read_status (self);
  return G_SOURCE_REMOVE;
}

static void
read_status (CfoilWorkspace *self)
{
  if (self->status_cancellable != NULL || self->status_id != 0)
    {
      self->status_again = TRUE;
      return;
    }
  self->status_again = FALSE;
  self->status_cancellable = g_cancellable_new ();
  cfoil_mirror_status_read_async (self->reader, self->status_cancellable, status_read_cb, g_object_ref (self));
}

static void
status_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (CfoilWorkspace) self = user_data;
  g_autoptr (GError) error = NULL;
  CfoilMirrorStatus *status = cfoil_mirror_status_read_finish (result, &error);

  g_clear_object (&self->status_cancellable);
  if (status == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Cannot read the state of the mirror: %s", error->message);
      return;
    }
  g_clear_pointer (&self->status, cfoil_mirror_status_unref);
  self->status = status;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
  if (self->status_again)
    self->status_id = g_timeout_add (STATUS_REST_MS, read_status_cb, self);
}

/* --- operations --- */

static void
operation_running_cb (CfoilWorkspace *self,
                      GParamSpec     *pspec,
                      CfoilOperation *operation)
{
  g_autoptr (CfoilOperation) held = g_object_ref (operation);

  if (cfoil_operation_is_running (operation))
    return;
  g_ptr_array_remove (self->operations, operation);
  if (self->operation == operation)
    {
      g_clear_object (&self->operation);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OPERATION]);
    }
  if (self->operations->len == 0)
    g_signal_emit (self, signals[IDLE], 0);
}

void
cfoil_workspace_run (CfoilWorkspace      *self,
                     CfoilOperation      *operation,
                     gboolean             is_writer,
                     CfoilOperationFunc   func,
                     gpointer             data,
                     GDestroyNotify       free_data,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_return_if_fail (CFOIL_IS_WORKSPACE (self));
  g_return_if_fail (CFOIL_IS_OPERATION (operation));
  g_return_if_fail (!is_writer || self->operation == NULL);

  g_ptr_array_add (self->operations, g_object_ref (operation));
  g_signal_connect_object (operation, "notify::running", G_CALLBACK (operation_running_cb), self, G_CONNECT_SWAPPED);
  if (is_writer)
    self->operation = g_object_ref (operation);
  cfoil_operation_run_async (operation, func, data, free_data, callback, user_data);
  if (is_writer)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OPERATION]);
}

typedef struct
{
  CfoilContext *context; /* (owned) */
  char *account;         /* (owned) (nullable) */
  CfoilOutcome outcome;
} Sync;

static void
sync_free (gpointer data)
{
  Sync *sync = data;

  g_object_unref (sync->context);
  g_free (sync->account);
  g_free (sync);
}

static gboolean
sync_thread (CfoilOperation *operation,
             gpointer        data,
             GCancellable   *cancellable,
             GError        **error)
{
  Sync *sync = data;
  const char *names[] = { sync->account, NULL };

  return cfoil_context_sync_sync (sync->context, sync->account != NULL ? names : NULL,
                                  cfoil_operation_report, operation, cancellable, &sync->outcome, error);
}

static void
synced_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  CfoilOperation *operation = CFOIL_OPERATION (source);
  g_autoptr (CfoilWorkspace) self = user_data;
  g_autoptr (GError) error = NULL;
  Sync *sync = cfoil_operation_get_data (operation);

  cfoil_operation_run_finish (operation, result, &error);
  cfoil_mirror_notify_changed (cfoil_context_get_mirror (self->context));
  g_signal_emit (self, signals[SYNC_ENDED], 0, sync->outcome == CFOIL_OUTCOME_PARTIAL, error);
}

void
cfoil_workspace_sync (CfoilWorkspace *self,
                      const char     *account)
{
  g_autoptr (CfoilOperation) operation = NULL;
  Sync *sync;

  g_return_if_fail (CFOIL_IS_WORKSPACE (self));

  if (self->operation != NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  sync = g_new0 (Sync, 1);
  sync->context = g_object_ref (self->context);
  sync->account = g_strdup (account);
  operation = cfoil_operation_new (_("Syncing"));
  cfoil_workspace_run (self, operation, TRUE, sync_thread, sync, sync_free, synced_cb, g_object_ref (self));
}

/* --- GObject --- */

static void
end_thread (GAsyncQueue *end)
{
  g_async_queue_push (end, end);
  g_async_queue_unref (end);
}

static void
cfoil_workspace_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  CfoilWorkspace *self = CFOIL_WORKSPACE (object);

  switch (prop_id)
    {
    case PROP_STATUS:
      g_value_set_boxed (value, self->status);
      break;
    case PROP_OPERATION:
      g_value_set_object (value, self->operation);
      break;
    case PROP_TIME_ZONE:
      g_value_set_boxed (value, self->time_zone);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cfoil_workspace_finalize (GObject *object)
{
  CfoilWorkspace *self = CFOIL_WORKSPACE (object);

  g_clear_handle_id (&self->status_id, g_source_remove);
  g_clear_object (&self->reader);
  g_clear_object (&self->context);
  g_clear_object (&self->operation);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->status_cancellable);
  g_clear_pointer (&self->demo, cfoil_demo_free);
  g_clear_pointer (&self->demo_end, end_thread);
  g_clear_pointer (&self->status, cfoil_mirror_status_unref);
  g_ptr_array_unref (self->operations);
  g_free (self->time_zone_name);
  g_time_zone_unref (self->time_zone);

  G_OBJECT_CLASS (cfoil_workspace_parent_class)->finalize (object);
}

static void
cfoil_workspace_class_init (CfoilWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = cfoil_workspace_get_property;
  object_class->finalize = cfoil_workspace_finalize;

  properties[PROP_STATUS] = g_param_spec_boxed ("status", NULL, NULL, CFOIL_TYPE_MIRROR_STATUS, flags);
  properties[PROP_OPERATION] = g_param_spec_object ("operation", NULL, NULL, CFOIL_TYPE_OPERATION, flags);
  properties[PROP_TIME_ZONE] = g_param_spec_boxed ("time-zone", NULL, NULL, G_TYPE_TIME_ZONE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SYNC_ENDED] = g_signal_new ("sync-ended", CFOIL_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_ERROR);
  signals[IDLE] = g_signal_new ("idle", CFOIL_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfoil_workspace_init (CfoilWorkspace *self)
{
  self->operations = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  self->time_zone_name = g_strdup ("");
  self->time_zone = g_time_zone_new_local ();
}

/* --- opening and closing --- */

typedef struct
{
  char *folder; /* (owned) (nullable) */
  gboolean is_demo;
  CfoilContext *context; /* (owned) (nullable) */
  CfoilDemo *demo;       /* (owned) (nullable) */
  GAsyncQueue *demo_end; /* (owned) (nullable) */
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_free (opening->folder);
  g_clear_object (&opening->context);
  g_clear_pointer (&opening->demo, cfoil_demo_free);
  g_clear_pointer (&opening->demo_end, end_thread);
  g_free (opening);
}

static void
open_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Opening *opening = task_data;
  g_autofree char *folder = opening->is_demo ? cfoil_demo_dup_folder () : g_strdup (opening->folder);
  GError *error = NULL;

  opening->context = cfoil_context_new_sync (folder, &error);
  if (opening->context != NULL && opening->is_demo)
    opening->demo = cfoil_demo_start_sync (opening->context, cancellable, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* The kernel ends the demo merchant when the thread ends that started it: one of
 * a pool would not live long enough. */
static gpointer
demo_thread (gpointer user_data)
{
  GTask *task = user_data;
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GAsyncQueue) end = g_async_queue_ref (opening->demo_end);

  open_thread (task, NULL, opening, g_task_get_cancellable (task));
  g_object_unref (task);
  g_async_queue_pop (end);
  return NULL;
}

void
cfoil_workspace_open_async (const char          *folder,
                            gboolean             is_demo,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  opening->folder = g_strdup (folder);
  opening->is_demo = is_demo;
  g_task_set_task_data (task, opening, opening_free);
  if (is_demo)
    {
      opening->demo_end = g_async_queue_new ();
      g_thread_unref (g_thread_new ("cfoil-demo", demo_thread, g_steal_pointer (&task)));
    }
  else
    g_task_run_in_thread (task, open_thread);
}

CfoilWorkspace *
cfoil_workspace_open_finish (GAsyncResult *result,
                             GError      **error)
{
  CfoilWorkspace *self;
  Opening *opening;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  opening = g_task_get_task_data (G_TASK (result));
  self = g_object_new (CFOIL_TYPE_WORKSPACE, NULL);
  self->context = g_steal_pointer (&opening->context);
  self->demo = g_steal_pointer (&opening->demo);
  self->demo_end = g_steal_pointer (&opening->demo_end);
  self->reader = cfoil_reader_new (cfoil_context_get_mirror (self->context));
  g_signal_connect_object (self->reader, "changed", G_CALLBACK (read_status), self, G_CONNECT_SWAPPED);
  read_status (self);
  return self;
}

void
cfoil_workspace_close (CfoilWorkspace *self)
{
  g_return_if_fail (CFOIL_IS_WORKSPACE (self));

  g_cancellable_cancel (self->cancellable);
  for (guint i = 0; i < self->operations->len; i++)
    cfoil_operation_cancel (self->operations->pdata[i]);
  g_clear_handle_id (&self->status_id, g_source_remove);
  if (self->status_cancellable != NULL)
    g_cancellable_cancel (self->status_cancellable);
  cfoil_reader_close (self->reader);
}

gboolean
cfoil_workspace_is_busy (CfoilWorkspace *self)
{
  g_return_val_if_fail (CFOIL_IS_WORKSPACE (self), FALSE);

  return self->operations->len > 0;
}

/* --- getters --- */

CfoilContext *
cfoil_workspace_get_context (CfoilWorkspace *self)
{
  g_return_val_if_fail (CFOIL_IS_WORKSPACE (self), NULL);

  return self->context;
}

CfoilReader *
cfoil_workspace_get_reader (CfoilWorkspace *self)
{
  g_return_val_if_fail (CFOIL_IS_WORKSPACE (self), NULL);

  return self->reader;
}

gboolean
cfoil_workspace_get_is_demo (CfoilWorkspace *self)
{
  g_return_val_if_fail (CFOIL_IS_WORKSPACE (self), FALSE);

  return self->demo != NULL;
}

CfoilMirrorStatus *
cfoil_workspace_get_status (CfoilWorkspace *self)
{
  g_return_val_if_fail (CFOIL_IS_WORKSPACE (self), NULL);

  return self->status;
}

CfoilOperation *
cfoil_workspace_get_operation (CfoilWorkspace *self)
{
  g_return_val_if_fail (CFOIL_IS_WORKSPACE (self), NULL);

  return self->operation;
}

GTimeZone *
cfoil_workspace_get_time_zone (CfoilWorkspace *self)
{
  g_return_val_if_fail (CFOIL_IS_WORKSPACE (self), NULL);

  return self->time_zone;
}

const char *
cfoil_workspace_get_time_zone_name (CfoilWorkspace *self)
{
  g_return_val_if_fail (CFOIL_IS_WORKSPACE (self), NULL);

  return *self->time_zone_name != '\0' ? self->time_zone_name : g_time_zone_get_identifier (self->time_zone);
}

void
cfoil_workspace_set_time_zone_name (CfoilWorkspace *self,
                                    const char     *name)
{
  GTimeZone *zone = NULL;

  g_return_if_fail (CFOIL_IS_WORKSPACE (self));

  if (name != NULL && *name != '\0')
    zone = g_time_zone_new_identifier (name);
  g_free (self->time_zone_name);
  self->time_zone_name = g_strdup (zone != NULL ? name : "");
  g_time_zone_unref (self->time_zone);
  self->time_zone = zone != NULL ? zone : g_time_zone_new_local ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TIME_ZONE]);
}

const char *
cfoil_workspace_get_feed_title (CfoilWorkspace *self,
                                const char     *feed)
{
  guint n_feeds = 0;
  const CfoilFeedInfo *feeds;

  g_return_val_if_fail (CFOIL_IS_WORKSPACE (self), NULL);

  feeds = cfoil_context_get_feeds (self->context, "amazon-pay", &n_feeds);
  for (guint i = 0; i < n_feeds; i++)
    if (g_strcmp0 (feeds[i].name, feed) == 0)
      return g_dgettext (GETTEXT_PACKAGE, feeds[i].title);
  return feed;
}
