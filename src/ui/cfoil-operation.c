/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-operation.h"

/* A rate is shown once it has been measured for so long. */
#define MEASURE_US (G_USEC_PER_SEC / 2)
#define SMOOTHING 0.3

struct _CfoilOperation
{
  GObject parent_instance;

  char *title;               /* (owned) */
  GCancellable *cancellable; /* (owned) */
  gpointer data;             /* (owned) (nullable) */
  GDestroyNotify free_data;
  gboolean is_running;

  /* As last told in the main context */
  char *account; /* (owned) (nullable) */
  char *what;    /* (owned) (nullable) */
  guint64 done;
  guint64 total;
  double rate;
  gint64 measured_at; /* monotonic, 0: not yet */
  guint64 measured_done;

  /* As last told on the thread */
  GMutex mutex;
  char *next_account; /* (owned) (nullable) (mutex mutex) */
  char *next_what;    /* (owned) (nullable) (mutex mutex) */
  guint64 next_done;  /* (mutex mutex) */
  guint64 next_total; /* (mutex mutex) */
  gboolean is_told;   /* an idle is on its way, (mutex mutex) */
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_RUNNING,
  PROP_ACCOUNT,
  PROP_WHAT,
  PROP_DONE,
  PROP_TOTAL,
  PROP_FRACTION,
  PROP_RATE,
  PROP_TIME_LEFT,
  N_PROPS
};

enum
{
  PROGRESS,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilOperation, cfoil_operation, G_TYPE_OBJECT)

static void
measure (CfoilOperation *self)
{
  gint64 now = g_get_monotonic_time ();
  double rate;

  if (self->measured_at == 0 || self->done < self->measured_done)
    {
      self->measured_at = now;
      self->measured_done = self->done;
      self->rate = 0;
      return;
    }
  if (now - self->measured_at < MEASURE_US)
    return;

  rate = (double) (self->done - self->measured_done) * G_USEC_PER_SEC / (double) (now - self->measured_at);
  self->rate = self->rate == 0 ? rate : (1 - SMOOTHING) * self->rate + SMOOTHING * rate;
  self->measured_at = now;
  self->measured_done = self->done;
}

static void
notify_all (CfoilOperation *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_ACCOUNT; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit (self, signals[PROGRESS], 0);
}

static gboolean
tell_cb (gpointer user_data)
{
  CfoilOperation *self = user_data;
  g_autofree char *account = NULL;
  g_autofree char *what = NULL;

  g_mutex_lock (&self->mutex);
  account = g_steal_pointer (&self->next_account);
  what = g_steal_pointer (&self->next_what);
  self->done = self->next_done;
  self->total = self->next_total;
  self->is_told = FALSE;
  g_mutex_unlock (&self->mutex);

  if (g_strcmp0 (self->what, what) != 0 || g_strcmp0 (self->account, account) != 0)
    {
      self->measured_at = 0;
      g_free (self->account);
      g_free (self->what);
      self->account = g_steal_pointer (&account);
      self->what = g_steal_pointer (&what);
    }
  measure (self);
  notify_all (self);
  return G_SOURCE_REMOVE;
}

void
cfoil_operation_report (const CfoilProgress *progress,
                        gpointer             operation)
{
  CfoilOperation *self = operation;

  g_mutex_lock (&self->mutex);
  g_free (self->next_account);
  g_free (self->next_what);
  self->next_account = g_strdup (progress->account);
  self->next_what = g_strdup (progress->what);
  self->next_done = progress->done;
  self->next_total = progress->total;
  if (!self->is_told)
    {
      self->is_told = TRUE;
      g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, tell_cb, g_object_ref (self), g_object_unref);
    }
  g_mutex_unlock (&self->mutex);
}

typedef struct
{
  CfoilOperationFunc func;
} Run;

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  CfoilOperation *self = source;
  Run *run = task_data;
  g_autoptr (GError) error = NULL;

  if (run->func (self, self->data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "It failed without saying why");
}

static void
completed_cb (GObject    *task,
              GParamSpec *pspec,
              gpointer    user_data)
{
  CfoilOperation *self = user_data;

  self->is_running = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

void
cfoil_operation_run_async (CfoilOperation      *self,
                           CfoilOperationFunc   func,
                           gpointer             data,
                           GDestroyNotify       free_data,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Run *run;

  g_return_if_fail (CFOIL_IS_OPERATION (self));
  g_return_if_fail (func != NULL && !self->is_running);

  self->data = data;
  self->free_data = free_data;
  self->is_running = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);

  run = g_new0 (Run, 1);
  run->func = func;
  task = g_task_new (self, self->cancellable, callback, user_data);
  /* What is in the mirror or on the disk counts, even if it came too late to be stopped. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, run, g_free);
  g_signal_connect_object (task, "notify::completed", G_CALLBACK (completed_cb), self, 0);
  g_task_run_in_thread (task, run_thread);
}

gboolean
cfoil_operation_run_finish (CfoilOperation *self,
                            GAsyncResult   *result,
                            GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
cfoil_operation_cancel (CfoilOperation *self)
{
  g_return_if_fail (CFOIL_IS_OPERATION (self));

  g_cancellable_cancel (self->cancellable);
}

static void
cfoil_operation_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  CfoilOperation *self = CFOIL_OPERATION (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, self->is_running);
      break;
    case PROP_ACCOUNT:
      g_value_set_string (value, self->account);
      break;
    case PROP_WHAT:
      g_value_set_string (value, self->what);
      break;
    case PROP_DONE:
      g_value_set_uint64 (value, self->done);
      break;
    case PROP_TOTAL:
      g_value_set_uint64 (value, self->total);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, cfoil_operation_get_fraction (self));
      break;
    case PROP_RATE:
      g_value_set_double (value, self->rate);
      break;
    case PROP_TIME_LEFT:
      g_value_set_int (value, cfoil_operation_get_time_left (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cfoil_operation_finalize (GObject *object)
{
  CfoilOperation *self = CFOIL_OPERATION (object);

  if (self->free_data != NULL)
    self->free_data (self->data);
  g_free (self->title);
  g_free (self->account);
  g_free (self->what);
  g_free (self->next_account);
  g_free (self->next_what);
  g_mutex_clear (&self->mutex);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (cfoil_operation_parent_class)->finalize (object);
}

static void
cfoil_operation_class_init (CfoilOperationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = cfoil_operation_get_property;
  object_class->finalize = cfoil_operation_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  properties[PROP_ACCOUNT] = g_param_spec_string ("account", NULL, NULL, NULL, flags);
  properties[PROP_WHAT] = g_param_spec_string ("what", NULL, NULL, NULL, flags);
  properties[PROP_DONE] = g_param_spec_uint64 ("done", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_TOTAL] = g_param_spec_uint64 ("total", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, flags);
  properties[PROP_RATE] = g_param_spec_double ("rate", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  properties[PROP_TIME_LEFT] = g_param_spec_int ("time-left", NULL, NULL, -1, G_MAXINT, -1, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* All of the numbers, once. */
  signals[PROGRESS] = g_signal_new ("progress", CFOIL_TYPE_OPERATION, G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfoil_operation_init (CfoilOperation *self)
{
  self->cancellable = g_cancellable_new ();
  g_mutex_init (&self->mutex);
}

CfoilOperation *
cfoil_operation_new (const char *title)
{
  CfoilOperation *self = g_object_new (CFOIL_TYPE_OPERATION, NULL);

  self->title = g_strdup (title);
  return self;
}

gpointer
cfoil_operation_get_data (CfoilOperation *self)
{
  return self->data;
}

const char *
cfoil_operation_get_title (CfoilOperation *self)
{
  return self->title;
}

const char *
cfoil_operation_get_account (CfoilOperation *self)
{
  return self->account;
}

const char *
cfoil_operation_get_what (CfoilOperation *self)
{
  return self->what;
}

guint64
cfoil_operation_get_done (CfoilOperation *self)
{
  return self->done;
}

guint64
cfoil_operation_get_total (CfoilOperation *self)
{
  return self->total;
}

double
cfoil_operation_get_fraction (CfoilOperation *self)
{
  if (self->total == 0)
    return -1;
  return MIN (1.0, (double) self->done / (double) self->total);
}

double
cfoil_operation_get_rate (CfoilOperation *self)
{
  return self->rate;
}

int
cfoil_operation_get_time_left (CfoilOperation *self)
{
  double seconds;

  if (self->total == 0 || self->rate <= 0 || self->done >= self->total)
    return -1;
  seconds = (double) (self->total - self->done) / self->rate;
  return seconds > 7 * 24 * 3600 ? -1 : (int) seconds + 1;
}

gboolean
cfoil_operation_is_running (CfoilOperation *self)
{
  return self->is_running;
}

gboolean
cfoil_operation_is_cancelled (CfoilOperation *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}
