/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-reader.h"

#define N_WORKERS 2
/* The worker that also looks for changes made by others, and takes any job. */
#define GENERAL_WORKER 1
#define POLL_INTERVAL_US (2 * G_USEC_PER_SEC)

typedef struct
{
  CfoilReaderPriority priority;
  gboolean is_marker; /* notes the version of the mirror: for the general worker */
  CfoilReaderFunc func;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  GCancellable *own;    /* (owned) */
  GCancellable *theirs; /* (owned) (nullable) */
  gulong theirs_id;
} Job;

/* What the threads and the object share. */
typedef struct
{
  gatomicrefcount n_refs;
  CfoilMirror *mirror; /* (owned) */
  GMutex mutex;
  GCond cond;
  GQueue jobs;        /* GTask, by priority, (mutex mutex) */
  GPtrArray *running; /* Job, borrowed, (mutex mutex) */
  gboolean is_closed; /* (mutex mutex) */
} Shared;

typedef struct
{
  Shared *shared;          /* (owned) */
  CfoilDatabase *database; /* (owned) (nullable): opened at the first job */
  gboolean is_general;
  gint64 version;   /* of the mirror when it was last noted */
  gint64 poll_time; /* monotonic */
} Worker;

struct _CfoilReader
{
  GObject parent_instance;

  Shared *shared;             /* (owned) */
  CfoilScanCache *scan_cache; /* (owned) */
  GThread *threads[N_WORKERS];
  gboolean is_marking;
  gboolean mark_again;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void version_noted_cb (GObject      *source,
                              GAsyncResult *result,
                              gpointer      user_data);

G_DEFINE_FINAL_TYPE (CfoilReader, cfoil_reader, G_TYPE_OBJECT)

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->theirs != NULL)
    g_cancellable_disconnect (job->theirs, job->theirs_id);
  if (job->free_data != NULL)
    job->free_data (job->data);
  g_clear_object (&job->theirs);
  g_clear_object (&job->own);
  g_free (job);
}

static void
shared_unref (Shared *shared)
{
  if (!g_atomic_ref_count_dec (&shared->n_refs))
    return;
  g_clear_object (&shared->mirror);
  g_mutex_clear (&shared->mutex);
  g_cond_clear (&shared->cond);
  g_ptr_array_unref (shared->running);
  g_free (shared);
}

static Shared *
shared_new (CfoilMirror *mirror)
{
  Shared *shared = g_new0 (Shared, 1);

  g_atomic_ref_count_init (&shared->n_refs);
  shared->mirror = g_object_ref (mirror);
  g_mutex_init (&shared->mutex);
  g_cond_init (&shared->cond);
  g_queue_init (&shared->jobs);
  shared->running = g_ptr_array_new ();
  return shared;
}

/* --- on a worker thread --- */

static gboolean
worker_ensure_database (Worker  *worker,
                        GError **error)
{
  if (worker->database == NULL)
    worker->database = cfoil_mirror_open_reader (worker->shared->mirror, error);
  return worker->database != NULL;
}

static gboolean
worker_read_version (Worker *worker,
                     gint64 *version)
{
  g_autoptr (GError) error = NULL;

  if (worker_ensure_database (worker, &error) &&
      cfoil_database_get_int64 (worker->database, "PRAGMA data_version", version, &error))
    return TRUE;
  g_debug ("Cannot look for changes: %s", error->message);
  return FALSE;
}

static void
worker_poll (Worker *worker)
{
  gint64 version;

  worker->poll_time = g_get_monotonic_time () + POLL_INTERVAL_US;
  if (!worker_read_version (worker, &version) || version == worker->version)
    return;
  worker->version = version;
  cfoil_mirror_notify_changed (worker->shared->mirror);
}

static void
worker_run (Worker *worker,
            GTask  *task)
{
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer result;

  if (g_cancellable_set_error_if_cancelled (job->own, &error) ||
      !worker_ensure_database (worker, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (job->is_marker)
    {
      worker_read_version (worker, &worker->version);
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  cfoil_database_set_cancellable (worker->database, job->own);
  result = job->func (worker->database, job->data, job->own, &error);
  cfoil_database_set_cancellable (worker->database, NULL);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, job->free_result);
}

/* Called with the mutex held. */
static GTask *
worker_take (Worker *worker)
{
  for (GList *link = worker->shared->jobs.head; link != NULL; link = link->next)
    {
      GTask *task = link->data;
      Job *job = g_task_get_task_data (task);

      if (worker->is_general || (job->priority == CFOIL_READER_ROWS && !job->is_marker))
        {
          g_queue_delete_link (&worker->shared->jobs, link);
          return task;
        }
    }
  return NULL;
}

/* The next job, or NULL when it is time to look for changes. */
static GTask *
worker_wait (Worker *worker)
{
  Shared *shared = worker->shared;
  GTask *task = NULL;

  while (!shared->is_closed && (task = worker_take (worker)) == NULL)
    {
      if (!worker->is_general)
        g_cond_wait (&shared->cond, &shared->mutex);
      else if (!g_cond_wait_until (&shared->cond, &shared->mutex, worker->poll_time))
        break;
    }
  return task;
}

static gpointer
worker_main (gpointer data)
{
  Worker *worker = data;
  Shared *shared = worker->shared;

  if (worker->is_general)
    worker_read_version (worker, &worker->version);
  worker->poll_time = g_get_monotonic_time () + POLL_INTERVAL_US;

  g_mutex_lock (&shared->mutex);
  while (!shared->is_closed)
    {
      GTask *task = worker_wait (worker);
      Job *job = task != NULL ? g_task_get_task_data (task) : NULL;

      if (shared->is_closed && task == NULL)
        break;
      if (job != NULL)
        g_ptr_array_add (shared->running, job);
      g_mutex_unlock (&shared->mutex);

      if (task != NULL)
        worker_run (worker, task);
      else
        worker_poll (worker);

      g_mutex_lock (&shared->mutex);
      if (job != NULL)
        g_ptr_array_remove_fast (shared->running, job);
      g_mutex_unlock (&shared->mutex);
      g_clear_object (&task);
      g_mutex_lock (&shared->mutex);
    }
  g_mutex_unlock (&shared->mutex);

  cfoil_database_close (worker->database);
  shared_unref (shared);
  g_free (worker);
  return NULL;
}

/* --- on the main thread --- */

static void
theirs_cancelled_cb (GCancellable *cancellable,
                     gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static int
compare_tasks (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const Job *first = g_task_get_task_data ((GTask *) a);
  const Job *second = g_task_get_task_data ((GTask *) b);

  if (first->is_marker != second->is_marker)
    return first->is_marker ? -1 : 1;
  return (int) first->priority - (int) second->priority;
}

static void
enqueue (CfoilReader *self,
         GTask       *task) /* (transfer full) */
{
  Shared *shared = self->shared;
  gboolean is_closed;

  g_mutex_lock (&shared->mutex);
  is_closed = shared->is_closed;
  if (!is_closed)
    {
      GList *link = shared->jobs.head;

      /* After those of the same priority. */
      while (link != NULL && compare_tasks (link->data, task, NULL) <= 0)
        link = link->next;
      g_queue_insert_before (&shared->jobs, link, task);
      g_cond_broadcast (&shared->cond);
    }
  g_mutex_unlock (&shared->mutex);

  if (is_closed)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The reader was closed");
      g_object_unref (task);
    }
}

static void
note_version (CfoilReader *self)
{
  GTask *task;
  Job *job;

  if (self->is_marking)
    {
      self->mark_again = TRUE;
      return;
    }
  self->is_marking = TRUE;
  self->mark_again = FALSE;

  job = g_new0 (Job, 1);
  job->is_marker = TRUE;
  job->own = g_cancellable_new ();
  task = g_task_new (NULL, NULL, version_noted_cb, g_object_ref (self));
  g_task_set_task_data (task, job, job_free);
  enqueue (self, task);
}

/* Whatever is read from now on is at least as new as the noted version, so a
 * later difference means a later change. */
static void
version_noted_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (CfoilReader) self = user_data;
  g_autoptr (GError) error = NULL;

  g_task_propagate_pointer (G_TASK (result), &error);
  self->is_marking = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->mark_again)
    note_version (self);
}

static void
cfoil_reader_dispose (GObject *object)
{
  cfoil_reader_close (CFOIL_READER (object));

  G_OBJECT_CLASS (cfoil_reader_parent_class)->dispose (object);
}

static void
cfoil_reader_finalize (GObject *object)
{
  CfoilReader *self = CFOIL_READER (object);

  shared_unref (self->shared);
  cfoil_scan_cache_unref (self->scan_cache);

  G_OBJECT_CLASS (cfoil_reader_parent_class)->finalize (object);
}

static void
cfoil_reader_class_init (CfoilReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cfoil_reader_dispose;
  object_class->finalize = cfoil_reader_finalize;

  signals[CHANGED] = g_signal_new ("changed", CFOIL_TYPE_READER, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfoil_reader_init (CfoilReader *self)
{
}

CfoilReader *
cfoil_reader_new (CfoilMirror *mirror)
{
  CfoilReader *self;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), NULL);

  self = g_object_new (CFOIL_TYPE_READER, NULL);
  self->shared = shared_new (mirror);
  self->scan_cache = cfoil_scan_cache_new (mirror);
  for (guint i = 0; i < N_WORKERS; i++)
    {
      Worker *worker = g_new0 (Worker, 1);

      g_atomic_ref_count_inc (&self->shared->n_refs);
      worker->shared = self->shared;
      worker->is_general = i == GENERAL_WORKER;
      self->threads[i] = g_thread_new ("cfoil-read", worker_main, worker);
    }
  g_signal_connect_object (mirror, "changed", G_CALLBACK (note_version), self, G_CONNECT_SWAPPED);
  return self;
}

CfoilMirror *
cfoil_reader_get_mirror (CfoilReader *self)
{
  g_return_val_if_fail (CFOIL_IS_READER (self), NULL);

  return self->shared->mirror;
}

CfoilScanCache *
cfoil_reader_get_scan_cache (CfoilReader *self)
{
  g_return_val_if_fail (CFOIL_IS_READER (self), NULL);

  return self->scan_cache;
}

void
cfoil_reader_run_async (CfoilReader         *self,
                        CfoilReaderPriority  priority,
                        CfoilReaderFunc      func,
                        gpointer             data,
                        GDestroyNotify       free_data,
                        GDestroyNotify       free_result,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task;
  Job *job;

  g_return_if_fail (CFOIL_IS_READER (self));
  g_return_if_fail (func != NULL);

  job = g_new0 (Job, 1);
  job->priority = priority;
  job->func = func;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  job->own = g_cancellable_new ();

  /* Without a source object: a job must not keep the reader alive, whose last
   * reference could then be dropped on its own thread. */
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, cfoil_reader_run_async);
  g_task_set_task_data (task, job, job_free);
  if (cancellable != NULL)
    {
      job->theirs = g_object_ref (cancellable);
      job->theirs_id = g_cancellable_connect (cancellable, G_CALLBACK (theirs_cancelled_cb),
                                              g_object_ref (job->own), g_object_unref);
    }
  enqueue (self, task);
}

gpointer
cfoil_reader_run_finish (GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cfoil_reader_close (CfoilReader *self)
{
  Shared *shared;
  GTask *task;

  g_return_if_fail (CFOIL_IS_READER (self));

  shared = self->shared;
  g_mutex_lock (&shared->mutex);
  shared->is_closed = TRUE;
  for (guint i = 0; i < shared->running->len; i++)
    g_cancellable_cancel (((Job *) shared->running->pdata[i])->own);
  g_cond_broadcast (&shared->cond);
  g_mutex_unlock (&shared->mutex);

  for (guint i = 0; i < N_WORKERS; i++)
    g_clear_pointer (&self->threads[i], g_thread_join);

  while ((task = g_queue_pop_head (&shared->jobs)) != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The reader was closed");
      g_object_unref (task);
    }
}
