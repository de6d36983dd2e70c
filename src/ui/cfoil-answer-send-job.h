/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-session.h"
#include "cfoil-workspace.h"

G_BEGIN_DECLS

/* What can be done with an answer, each on a thread of its own after the draft was saved. */
typedef enum
{
  CFOIL_ANSWER_JOB_SUBMIT,         /* it is stored, and sent from then on */
  CFOIL_ANSWER_JOB_SUBMIT_BY_HAND, /* somebody has sent it, outside of this program */
  CFOIL_ANSWER_JOB_ACCEPT,
  CFOIL_ANSWER_JOB_ACCEPT_BY_HAND,
  CFOIL_ANSWER_JOB_WITHDRAW,
  CFOIL_ANSWER_JOB_RETRY,
} CfoilAnswerJob;

/* SUBMISSION_ID: of what is taken back or tried again.  CFOIL_ANSWER_JOB_SUBMIT_BY_HAND wants
 * the packet to be there: CFOIL_INPUT_ERROR_MISSING. */
void cfoil_answer_job_run_async (CfoilAnswerJob       job,
                                 CfoilWorkspace      *workspace,
                                 CfoilDraftSession   *session,
                                 gint64               submission_id,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
gboolean cfoil_answer_job_run_finish (GAsyncResult *result,
                                      GError      **error);

G_END_DECLS
