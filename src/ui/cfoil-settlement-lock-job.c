/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-settlement-lock-job.h"

#include "cfoil-time.h"

static void
lock_free (gpointer data)
{
  CfoilSettlementLock *self = data;

  g_clear_pointer (&self->lock, cfoil_period_lock_free);
  g_clear_pointer (&self->sums, g_ptr_array_unref);
  g_clear_pointer (&self->adjustments, g_ptr_array_unref);
  g_free (self);
}

static gpointer
read_locks (CfoilDatabase *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GPtrArray) locks = cfoil_period_lock_list (database, error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (lock_free);

  while (locks != NULL && locks->len > 0)
    {
      CfoilSettlementLock *lock = g_new0 (CfoilSettlementLock, 1);

      lock->lock = g_ptr_array_steal_index (locks, 0);
      g_ptr_array_add (all, lock);
      lock->sums = cfoil_period_lock_list_sums (database, lock->lock->lock_id, error);
      if (lock->sums != NULL)
        lock->adjustments = cfoil_period_lock_list_adjustments (database, lock->lock->lock_id, TRUE, error);
      if (lock->adjustments == NULL)
        return NULL;
    }
  if (locks == NULL)
    return NULL;
  return g_steal_pointer (&all);
}

void
cfoil_settlement_locks_read_async (CfoilWorkspace      *workspace,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  cfoil_reader_run_async (cfoil_workspace_get_reader (workspace), CFOIL_READER_QUERY, read_locks, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
cfoil_settlement_locks_read_finish (GAsyncResult *result,
                                    GError      **error)
{
  return cfoil_reader_run_finish (result, error);
}

/* --- jobs --- */

typedef struct
{
  CfoilLockJob *job;
  CfoilMirror *mirror;
} Running;

static void
running_free (gpointer data)
{
  Running *self = data;

  g_free (self->job->who);
  g_free (self->job->note);
  g_free (self->job);
  g_object_unref (self->mirror);
  g_free (self);
}

static void
job_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  const Running *self = data;
  const CfoilLockJob *job = self->job;
  gint64 now_us = cfoil_time_now_us ();
  GError *error = NULL;
  gboolean ok;

  if (job->kind == CFOIL_LOCK_JOB_CLOSE)
    ok = cfoil_period_lock_add_sync (self->mirror, job->first_day, job->end_day, job->who, job->note, now_us, NULL, &error);
  else if (job->kind == CFOIL_LOCK_JOB_OPEN)
    ok = cfoil_period_lock_open_sync (self->mirror, job->lock_id, now_us, &error);
  else
    ok = cfoil_period_lock_acknowledge (self->mirror, job->lock_id, job->adjustment_id, now_us, &error);
  if (ok)
    cfoil_mirror_notify_changed (self->mirror);
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
cfoil_lock_job_run_async (CfoilLockJob        *job,
                          CfoilWorkspace      *workspace,
                          gpointer             source,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (source, NULL, callback, user_data);
  Running *running = g_new0 (Running, 1);

  running->job = job;
  running->mirror = g_object_ref (cfoil_context_get_mirror (cfoil_workspace_get_context (workspace)));
  g_task_set_task_data (task, running, running_free);
  g_task_run_in_thread (task, job_thread);
}

gboolean
cfoil_lock_job_run_finish (GAsyncResult *result,
                           GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
