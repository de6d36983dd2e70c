/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-submission.h"

#include "cfoil-error.h"
#include "cfoil-evidence-file.h"
#include "cfoil-time.h"

#include <glib/gstdio.h>

/* Each is one short transaction beside whatever else writes. */
static CfoilDatabase *
begin (CfoilMirror *mirror,
       GError     **error)
{
  g_autoptr (CfoilDatabase) writer = cfoil_mirror_open_writer (mirror, error);

  if (writer == NULL || !cfoil_database_begin_between (writer, error))
    return NULL;
  return g_steal_pointer (&writer);
}

static gboolean
finish (CfoilMirror   *mirror,
        CfoilDatabase *writer,
        gboolean       ok,
        GError       **error)
{
  if (ok && cfoil_database_exec (writer, "COMMIT", error))
    {
      cfoil_mirror_notify_changed (mirror);
      return TRUE;
    }
  if (cfoil_database_in_transaction (writer))
    cfoil_database_exec (writer, "ROLLBACK", NULL);
  return FALSE;
}

/* WHO NULL: this program. */
static gboolean
add_event (CfoilDatabase *writer,
           gint64         case_id,
           const char    *who,
           const char    *kind,
           const char    *text,
           GError       **error)
{
  g_autoptr (CfoilStatement) statement = NULL;

  statement = cfoil_database_prepare (writer,
                                      "INSERT INTO case_event (case_id, at_us, who, kind, text) VALUES (?1, ?2, ?3, ?4, ?5)",
                                      error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, case_id);
  cfoil_statement_bind_int64 (statement, 2, cfoil_time_now_us ());
  cfoil_statement_bind_text (statement, 3, who);
  cfoil_statement_bind_text (statement, 4, kind);
  cfoil_statement_bind_text (statement, 5, text);
  return cfoil_statement_run (statement, error);
}

/* --- adding --- */

static char *
make_answer_id (void)
{
  char *uuid = g_uuid_string_random ();
  char *to = uuid;

  for (const char *from = uuid; *from != '\0'; from++)
    if (*from != '-')
      *to++ = *from;
  *to = '\0';
  return uuid;
}

static gboolean
check_files (CfoilMirror           *mirror,
             const CfoilSubmission *self,
             GError               **error)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const CfoilSubmissionItem *item = g_ptr_array_index (self->items, i);
      g_autofree char *path = item->sha256 != NULL ? cfoil_evidence_file_dup_path (mirror, item->sha256) : NULL;
      GStatBuf info;

      if (item->sha256 == NULL || (path != NULL && g_stat (path, &info) == 0 && info.st_size == item->n_bytes))
        continue;
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_CHANGED, "The file “%s” is not in the mirror as it was added",
                   item->file_name != NULL ? item->file_name : item->sha256);
      return FALSE;
    }
  return TRUE;
}

gboolean
cfoil_submission_check_round (CfoilDatabase *database,
                              gint64         case_id,
                              guint          round,
                              GError       **error)
{
  g_autoptr (CfoilStatement) statement = NULL;
  CfoilStep step;

  statement = cfoil_database_prepare (database,
                                      "SELECT 1 FROM submission WHERE case_id = ?1 AND round = ?2 AND state NOT IN (4, 5)", error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, case_id);
  cfoil_statement_bind_int64 (statement, 2, round);
  step = cfoil_statement_step (statement, error);
  if (step == CFOIL_STEP_ROW)
    g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ANSWERED,
                         "This was answered already, or the answer is on its way");
  return step == CFOIL_STEP_DONE;
}

static gboolean
insert (CfoilDatabase   *writer,
        CfoilSubmission *self,
        GError         **error)
{
  g_autoptr (CfoilStatement) statement = NULL;
  int i = 1;

  statement = cfoil_database_prepare (writer,
                                      "INSERT INTO submission (case_id, round, answer_id, accepts, by_hand, dispute_id, account_name, "
                                      "environment, currency, amount_minor, due_us, who, created_us, state, ended_us, draft) "
                                      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
                                      error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, i++, self->case_id);
  cfoil_statement_bind_int64 (statement, i++, self->round);
  cfoil_statement_bind_text (statement, i++, self->answer_id);
  cfoil_statement_bind_int64 (statement, i++, self->accepts ? 1 : 0);
  cfoil_statement_bind_int64 (statement, i++, self->by_hand ? 1 : 0);
  cfoil_statement_bind_text (statement, i++, self->dispute_id);
  cfoil_statement_bind_text (statement, i++, self->account);
  cfoil_statement_bind_text (statement, i++, self->environment);
  cfoil_statement_bind_text (statement, i++, self->currency);
  cfoil_statement_bind_int64 (statement, i++, self->amount_minor);
  cfoil_statement_bind_int64 (statement, i++, self->due_us);
  cfoil_statement_bind_text (statement, i++, self->who);
  cfoil_statement_bind_int64 (statement, i++, self->created_us);
  cfoil_statement_bind_int64 (statement, i++, self->state);
  cfoil_statement_bind_int64 (statement, i++, self->ended_us);
  cfoil_statement_bind_text (statement, i++, self->draft != NULL ? self->draft : "");
  if (!cfoil_statement_run (statement, error))
    return FALSE;
  self->submission_id = cfoil_database_last_insert_id (writer);
  return TRUE;
}

static gboolean
insert_items (CfoilDatabase         *writer,
              const CfoilSubmission *self,
              GError               **error)
{
  g_autoptr (CfoilStatement) statement = NULL;

  statement = cfoil_database_prepare (writer,
                                      "INSERT INTO submission_item (submission_id, ordinal, type, text, sha256, file_type, file_name, n_bytes) "
                                      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                                      error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < self->items->len; i++)
    {
      const CfoilSubmissionItem *item = g_ptr_array_index (self->items, i);

      cfoil_statement_bind_int64 (statement, 1, self->submission_id);
      cfoil_statement_bind_int64 (statement, 2, i + 1);
      cfoil_statement_bind_int64 (statement, 3, item->type);
      cfoil_statement_bind_text (statement, 4, item->text);
      cfoil_statement_bind_text (statement, 5, item->sha256);
      cfoil_statement_bind_text (statement, 6, item->file_type);
      cfoil_statement_bind_text (statement, 7, item->file_name);
      cfoil_statement_bind_int64 (statement, 8, item->sha256 != NULL ? item->n_bytes : CFOIL_UNKNOWN);
      if (!cfoil_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_sent_event (CfoilDatabase         *writer,
                const CfoilSubmission *self,
                GError               **error)
{
  guint n_files = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->items->len; i++)
    if (((const CfoilSubmissionItem *) g_ptr_array_index (self->items, i))->sha256 != NULL)
      n_files++;
  if (self->accepts)
    return add_event (writer, self->case_id, self->who, self->by_hand ? "accepted" : "sent",
                      self->by_hand ? "Accepted by hand, outside of this program" : "The dispute is to be accepted", error);
  text = g_strdup_printf (self->by_hand ? "Answered by hand, outside of this program; files: %u, texts: %u"
                                        : "The answer is to be sent; files: %u, texts: %u",
                          n_files, self->items->len - n_files);
  return add_event (writer, self->case_id, self->who, self->by_hand ? "delivered" : "sent", text, error);
}

/* For people who look back among the versions; always, since to find it there is the point. */
static gboolean
keep_version (CfoilDatabase         *writer,
              const CfoilSubmission *self,
              GError               **error)
{
  g_autoptr (CfoilStatement) statement = NULL;

  if (self->draft == NULL || *self->draft == '\0')
    return TRUE;
  statement = cfoil_database_prepare (writer,
                                      "INSERT INTO draft_version (case_id, round, at_us, who, why, text) "
                                      "VALUES (?1, ?2, ?3, ?4, 'sent', ?5)",
                                      error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->case_id);
  cfoil_statement_bind_int64 (statement, 2, self->round);
  cfoil_statement_bind_int64 (statement, 3, self->created_us);
  cfoil_statement_bind_text (statement, 4, self->who);
  cfoil_statement_bind_text (statement, 5, self->draft);
  return cfoil_statement_run (statement, error);
}

gboolean
cfoil_submission_add (CfoilMirror     *mirror,
                      CfoilSubmission *self,
                      GError         **error)
{
  g_autoptr (CfoilDatabase) writer = NULL;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);
  g_return_val_if_fail (self->case_id != 0 && self->round > 0, FALSE);
  g_return_val_if_fail (self->account != NULL && self->environment != NULL, FALSE);

  if (!check_files (mirror, self, error) || (writer = begin (mirror, error)) == NULL)
    return FALSE;
  g_free (self->answer_id);
  self->answer_id = make_answer_id ();
  self->created_us = cfoil_time_now_us ();
  self->state = self->by_hand ? CFOIL_SUBMISSION_DELIVERED : CFOIL_SUBMISSION_WAITING;
  self->ended_us = self->by_hand ? self->created_us : CFOIL_UNKNOWN;
  return finish (mirror, writer,
                 cfoil_submission_check_round (writer, self->case_id, self->round, error) &&
                   insert (writer, self, error) &&
                   insert_items (writer, self, error) &&
                   keep_version (writer, self, error) &&
                   add_sent_event (writer, self, error),
                 error);
}

/* --- what becomes of it --- */

/* Answers that are over stay as they are. */
static gboolean
set_state (CfoilDatabase          *writer,
           const CfoilSubmission  *self,
           CfoilSubmissionState    state,
           const char             *answer,
           const GError           *failure,
           GError                **error)
{
  g_autofree char *message = failure != NULL ? g_utf8_make_valid (failure->message, -1) : NULL;
  g_autoptr (CfoilStatement) statement = NULL;
  gint64 now_us = cfoil_time_now_us ();

  statement = cfoil_database_prepare (writer,
                                      "UPDATE submission SET state = ?2, tried_us = ?3, ended_us = ?4, error_name = ?5, "
                                      "error_message = ?6, answer = coalesce (?7, answer) WHERE submission_id = ?1",
                                      error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->submission_id);
  cfoil_statement_bind_int64 (statement, 2, state);
  cfoil_statement_bind_int64 (statement, 3, state == CFOIL_SUBMISSION_WITHDRAWN ? self->tried_us : now_us);
  cfoil_statement_bind_int64 (statement, 4, state > CFOIL_SUBMISSION_SENDING ? now_us : CFOIL_UNKNOWN);
  cfoil_statement_bind_text (statement, 5, failure != NULL ? cfoil_error_to_name (failure) : NULL);
  cfoil_statement_bind_text (statement, 6, message);
  cfoil_statement_bind_text (statement, 7, answer);
  return cfoil_statement_run (statement, error);
}

static gboolean
add_state_event (CfoilDatabase         *writer,
                 const CfoilSubmission *self,
                 CfoilSubmissionState   state,
                 const GError          *failure,
                 GError               **error)
{
  g_autofree char *text = NULL;

  switch (state)
    {
    case CFOIL_SUBMISSION_DELIVERED:
      return add_event (writer, self->case_id, NULL, self->accepts ? "accepted" : "delivered",
                        self->accepts ? "The provider has confirmed that the dispute is accepted"
                                      : "The provider has confirmed the answer",
                        error);
    case CFOIL_SUBMISSION_FAILED:
      text = failure != NULL ? g_utf8_make_valid (failure->message, -1) : g_strdup ("The answer could not be delivered");
      return add_event (writer, self->case_id, NULL, "failed", text, error);
    case CFOIL_SUBMISSION_WITHDRAWN:
      return add_event (writer, self->case_id, cfoil_case_who (), "withdrawn", "The answer was taken back before it was sent", error);
    case CFOIL_SUBMISSION_NONE:
    case CFOIL_SUBMISSION_WAITING:
    case CFOIL_SUBMISSION_SENDING:
    default:
      return TRUE;
    }
}

/* Of one that is being sent only nobody is at work on it: the program that was died before
 * the first byte.  Who sends next has to ask for the state first, which waits for us. */
static gboolean
check_takes_back (CfoilMirror           *mirror,
                  const CfoilSubmission *self,
                  GError               **error)
{
  int lock;

  if (self->is_begun)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                           "This answer is being sent, and some of it may have arrived: it cannot be taken back");
      return FALSE;
    }
  if (self->state == CFOIL_SUBMISSION_WAITING)
    return TRUE;
  lock = cfoil_mirror_lock (mirror, NULL);
  if (lock < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                           "This answer is about to be sent; if that does not succeed, it can be taken back afterwards");
      return FALSE;
    }
  cfoil_mirror_unlock (mirror, lock);
  return TRUE;
}

static gboolean
change (CfoilMirror         *mirror,
        CfoilDatabase       *writer,
        gint64               submission_id,
        CfoilSubmissionState state,
        const char          *answer,
        const GError        *failure,
        GError             **error)
{
  g_autoptr (CfoilSubmission) self = cfoil_submission_read (writer, submission_id, error);

  if (self == NULL)
    return FALSE;
  if (self->state > CFOIL_SUBMISSION_SENDING)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, "This answer was delivered, given up or taken back already");
      return FALSE;
    }
  return (state != CFOIL_SUBMISSION_WITHDRAWN || check_takes_back (mirror, self, error)) &&
         set_state (writer, self, state, answer, failure, error) &&
         add_state_event (writer, self, state, failure, error);
}

gboolean
cfoil_submission_set_state (CfoilMirror         *mirror,
                            gint64               submission_id,
                            CfoilSubmissionState state,
                            const char          *answer,
                            const GError        *failure,
                            GError             **error)
{
  g_autoptr (CfoilDatabase) writer = NULL;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);
  g_return_val_if_fail (state != CFOIL_SUBMISSION_NONE, FALSE);

  writer = begin (mirror, error);
  return writer != NULL &&
         finish (mirror, writer, change (mirror, writer, submission_id, state, answer, failure, error), error);
}

gboolean
cfoil_submission_withdraw (CfoilMirror *mirror,
                           gint64       submission_id,
                           GError     **error)
{
  return cfoil_submission_set_state (mirror, submission_id, CFOIL_SUBMISSION_WITHDRAWN, NULL, NULL, error);
}

static gboolean
wait_again (CfoilDatabase *writer,
            gint64         submission_id,
            GError       **error)
{
  g_autoptr (CfoilSubmission) self = cfoil_submission_read (writer, submission_id, error);
  g_autoptr (CfoilStatement) statement = NULL;

  if (self == NULL)
    return FALSE;
  if (self->state != CFOIL_SUBMISSION_FAILED)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, "Only an answer that could not be delivered can be tried again");
      return FALSE;
    }
  statement = cfoil_database_prepare (writer, "UPDATE submission SET state = 1, ended_us = NULL WHERE submission_id = ?1", error);
  if (statement == NULL || !cfoil_submission_check_round (writer, self->case_id, self->round, error))
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, submission_id);
  return cfoil_statement_run (statement, error) &&
         add_event (writer, self->case_id, cfoil_case_who (), "sent", "The answer is to be sent again", error);
}

gboolean
cfoil_submission_retry (CfoilMirror *mirror,
                        gint64       submission_id,
                        GError     **error)
{
  g_autoptr (CfoilDatabase) writer = NULL;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);

  writer = begin (mirror, error);
  return writer != NULL && finish (mirror, writer, wait_again (writer, submission_id, error), error);
}
