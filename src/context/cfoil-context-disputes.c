/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-context.h"

#include "cfoil-case.h"
#include "cfoil-context-private.h"
#include "cfoil-error.h"
#include "cfoil-submission.h"
#include "cfoil-sync-answers.h"

/* Sending what was decided. */

static gboolean
has_open (CfoilMirror *mirror,
          gint64       account_id,
          gboolean    *has,
          GError     **error)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, error);
  g_autoptr (GPtrArray) open = reader != NULL ? cfoil_submission_list_open (reader, account_id, error) : NULL;

  *has = open != NULL && open->len > 0;
  return open != NULL;
}

static gboolean
send_of_account (CfoilContext       *self,
                 const CfoilAccount *account,
                 CfoilReporter      *reporter,
                 CfoilAnswerTally   *tally,
                 GCancellable       *cancellable,
                 GError            **error)
{
  CfoilMirror *mirror = cfoil_context_get_mirror (self);
  g_autoptr (CfoilProvider) provider = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean has;

  /* Nobody is asked for a key that nothing is sent with. */
  if (!has_open (mirror, account->account_id, &has, error))
    return FALSE;
  if (!has)
    return TRUE;
  provider = _cfoil_context_open_provider (self, account, cancellable, &failure);
  if (provider == NULL)
    return cfoil_sync_answers_fail (mirror, account->account_id, failure, tally, error);
  return cfoil_sync_answers (mirror, provider, account->account_id, _cfoil_context_report, reporter, tally, cancellable, error);
}

static gboolean
send_all (CfoilContext     *self,
          CfoilProgressFunc progress,
          gpointer          user_data,
          CfoilAnswerTally *tally,
          GCancellable     *cancellable,
          GError          **error)
{
  CfoilMirror *mirror = cfoil_context_get_mirror (self);
  g_autoptr (GPtrArray) accounts = cfoil_account_list (mirror, error);

  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    {
      const CfoilAccount *account = g_ptr_array_index (accounts, i);
      CfoilReporter reporter = { account->name, progress, user_data, NULL, 0 };
      gboolean ok = send_of_account (self, account, &reporter, tally, cancellable, error);

      g_free (reporter.last_what);
      if (!ok)
        return FALSE;
    }
  return cfoil_sync_answers_of_nobody (mirror, tally, error);
}

gboolean
cfoil_context_send_answers_sync (CfoilContext     *self,
                                 CfoilProgressFunc progress,
                                 gpointer          user_data,
                                 GCancellable     *cancellable,
                                 guint            *n_delivered,
                                 guint            *n_waiting,
                                 GError          **error)
{
  CfoilMirror *mirror = cfoil_context_get_mirror (self);
  CfoilAnswerTally tally = { 0 };
  gboolean ok;
  int lock;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  *n_delivered = 0;
  *n_waiting = 0;
  lock = cfoil_mirror_lock (mirror, error);
  if (lock < 0)
    return FALSE;
  ok = send_all (self, progress, user_data, &tally, cancellable, error);
  cfoil_mirror_unlock (mirror, lock);
  *n_delivered = tally.n_delivered;
  *n_waiting = tally.n_waiting;
  return ok;
}

CfoilSubmission *
_cfoil_context_new_submission (const CfoilCase *record,
                               guint            round)
{
  CfoilSubmission *submission = cfoil_submission_new ();

  submission->case_id = record->case_id;
  submission->round = round;
  submission->dispute_id = g_strdup (record->dispute_id);
  submission->account = g_strdup (record->account);
  submission->environment = g_strdup (record->environment);
  submission->currency = g_strdup (record->currency);
  submission->amount_minor = record->amount_minor;
  submission->due_us = record->due_us;
  submission->who = g_strdup (cfoil_case_who ());
  return submission;
}

/* By hand everything can be done; by the API only what the API knows. */
gboolean
_cfoil_context_check_sendable (const CfoilCase *record,
                               GError         **error)
{
  if (record->account_id == 0)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ACCOUNT,
                   "The account “%s” of this case was removed; add it again to send something", record->account);
      return FALSE;
    }
  if (record->dispute_id != NULL)
    return TRUE;
  if (record->kind == CFOIL_CASE_CHARGEBACK)
    g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_BLOCKED,
                         "The provider’s id of the dispute is not known; without it nothing can be sent");
  else
    g_propagate_error (error, cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_HAND_OFF, 0, NULL, NULL,
                                                        "Cases of this kind are answered on the provider’s page only"));
  return FALSE;
}

gboolean
cfoil_context_check_answer_sync (CfoilContext *self,
                                 gint64        case_id,
                                 guint         round,
                                 GError      **error)
{
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (CfoilCase) record = NULL;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  reader = cfoil_mirror_open_reader (cfoil_context_get_mirror (self), error);
  record = reader != NULL ? cfoil_case_read (reader, case_id, error) : NULL;
  if (record == NULL || !_cfoil_context_check_sendable (record, error) ||
      !cfoil_submission_check_round (reader, case_id, round, error))
    return FALSE;
  if (record->state == CFOIL_STATE_NEEDS_RESPONSE || record->state == CFOIL_STATE_OTHER)
    return TRUE;
  g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_BLOCKED,
                       "The provider does not wait for an answer to this case; sync to see what has become of it");
  return FALSE;
}

gboolean
cfoil_context_accept_case_sync (CfoilContext *self,
                                gint64        case_id,
                                gboolean      by_hand,
                                gint64       *submission_id,
                                GError      **error)
{
  CfoilMirror *mirror = cfoil_context_get_mirror (self);
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (CfoilCase) record = NULL;
  g_autoptr (CfoilSubmission) submission = NULL;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  reader = cfoil_mirror_open_reader (mirror, error);
  record = reader != NULL ? cfoil_case_read (reader, case_id, error) : NULL;
  if (record == NULL || (!by_hand && !_cfoil_context_check_sendable (record, error)))
    return FALSE;
  submission = _cfoil_context_new_submission (record, record->round);
  submission->accepts = TRUE;
  submission->by_hand = by_hand;
  if (!cfoil_submission_add (mirror, submission, error))
    return FALSE;
  *submission_id = submission->submission_id;
  return TRUE;
}
