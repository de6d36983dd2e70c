/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-send-job.h"

#include "cfoil-answer-packet.h"
#include "cfoil-error.h"
#include "cfoil-submission.h"

#include <glib/gi18n.h>

typedef struct
{
  CfoilAnswerJob job;
  CfoilWorkspace *workspace;   /* (owned): released in the main context */
  CfoilDraftSession *session;  /* (owned) */
  CfoilContext *context;       /* (owned) */
  gint64 case_id;
  guint round;
  gint64 submission_id;
  GVariant *limits;            /* (owned) */
  CfoilSubmission *submission; /* (owned) (nullable): that was sent by hand */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->workspace);
  g_object_unref (job->session);
  g_object_unref (job->context);
  g_variant_unref (job->limits);
  g_clear_pointer (&job->submission, cfoil_submission_free);
  g_free (job);
}

static gboolean
job_thread (CfoilOperation *operation,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  Job *job = data;
  CfoilMirror *mirror = cfoil_context_get_mirror (job->context);

  switch (job->job)
    {
    case CFOIL_ANSWER_JOB_SUBMIT:
      return cfoil_context_submit_draft_sync (job->context, job->case_id, job->round, job->limits, cancellable,
                                              &job->submission_id, NULL, error);
    case CFOIL_ANSWER_JOB_SUBMIT_BY_HAND:
      return cfoil_submission_add (mirror, job->submission, error);
    case CFOIL_ANSWER_JOB_ACCEPT:
      return cfoil_context_accept_case_sync (job->context, job->case_id, FALSE, &job->submission_id, error);
    case CFOIL_ANSWER_JOB_ACCEPT_BY_HAND:
      return cfoil_context_accept_case_sync (job->context, job->case_id, TRUE, &job->submission_id, error);
    case CFOIL_ANSWER_JOB_WITHDRAW:
      return cfoil_submission_withdraw (mirror, job->submission_id, error);
    case CFOIL_ANSWER_JOB_RETRY:
    default:
      return cfoil_submission_retry (mirror, job->submission_id, error);
    }
}

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  if (cfoil_operation_run_finish (CFOIL_OPERATION (source), result, &error))
    {
      cfoil_mirror_notify_changed (cfoil_context_get_mirror (job->context));
      g_task_return_boolean (task, TRUE);
    }
  else
    g_task_return_error (task, error);
}

static const char *
get_title (CfoilAnswerJob job)
{
  if (job == CFOIL_ANSWER_JOB_SUBMIT)
    return _("Making the packet");
  return _("Saving");
}

static void
flushed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (CfoilOperation) operation = NULL;
  GError *error = NULL;

  if (!cfoil_draft_session_flush_finish (job->session, result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (job->job == CFOIL_ANSWER_JOB_SUBMIT_BY_HAND)
    job->submission = cfoil_answer_make_submission (job->session, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  operation = cfoil_operation_new (get_title (job->job));
  /* The task, which owns the job, lives until it has been answered. */
  cfoil_workspace_run (job->workspace, operation, FALSE, job_thread, job, NULL, ran_cb, g_steal_pointer (&task));
}

void
cfoil_answer_job_run_async (CfoilAnswerJob       what,
                            CfoilWorkspace      *workspace,
                            CfoilDraftSession   *session,
                            gint64               submission_id,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, cfoil_answer_job_run_async);
  job->job = what;
  job->workspace = g_object_ref (workspace);
  job->session = g_object_ref (session);
  job->context = g_object_ref (cfoil_workspace_get_context (workspace));
  job->case_id = cfoil_draft_session_get_case_id (session);
  job->round = cfoil_draft_session_get_round (session);
  job->submission_id = submission_id;
  job->limits = cfoil_answer_dup_limits ();
  g_task_set_task_data (task, job, job_free);
  cfoil_draft_session_flush_async (session, flushed_cb, task);
}

gboolean
cfoil_answer_job_run_finish (GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
