/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-submission.h"

/* What was begun stands in the outbox: the files by "ANSWER/ORDINAL", what was said of the
 * dispute by "ANSWER".  2xx: it was confirmed; nothing: it may have arrived. */
#define IS_SAID \
  "EXISTS (SELECT 1 FROM outbox AS o WHERE o.subject = s.answer_id AND (o.http_status IS NULL OR o.http_status < 300))"

/* The provider's word on the uploads of an item; after a refusal, which may mean that a file was
 * lost, the last one says that it has to be uploaded again. */
#define UPLOADS \
  "FROM outbox AS o WHERE o.kind = 'file' AND o.subject = ?2 || '/' || i.ordinal AND o.answered_us IS NOT NULL "

#define SELECT \
  "SELECT s.submission_id, s.case_id, s.round, s.answer_id, s.accepts, s.by_hand, coalesce (s.dispute_id, c.dispute_id), " \
  "s.account_name, s.environment, s.currency, s.amount_minor, s.due_us, s.who, s.created_us, s.state, s.tried_us, " \
  "s.ended_us, s.error_name, s.error_message, s.answer, s.draft, " IS_SAID " " \
  "FROM submission AS s JOIN dispute_case AS c USING (case_id) "

#define SOONEST_FIRST "ORDER BY s.due_us IS NULL, s.due_us, s.submission_id"

CfoilSubmission *
cfoil_submission_new (void)
{
  CfoilSubmission *self = g_new0 (CfoilSubmission, 1);

  self->amount_minor = CFOIL_UNKNOWN;
  self->due_us = CFOIL_UNKNOWN;
  self->tried_us = CFOIL_UNKNOWN;
  self->ended_us = CFOIL_UNKNOWN;
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_submission_item_free);
  return self;
}

void
cfoil_submission_item_free (CfoilSubmissionItem *item)
{
  if (item == NULL)
    return;
  g_free (item->text);
  g_free (item->sha256);
  g_free (item->file_type);
  g_free (item->file_name);
  g_free (item);
}

void
cfoil_submission_free (CfoilSubmission *self)
{
  if (self == NULL)
    return;
  g_free (self->answer_id);
  g_free (self->dispute_id);
  g_free (self->account);
  g_free (self->environment);
  g_free (self->currency);
  g_free (self->who);
  g_free (self->error_name);
  g_free (self->error_message);
  g_free (self->answer);
  g_free (self->draft);
  g_ptr_array_unref (self->items);
  g_free (self);
}

static char *
dup_text (CfoilStatement *row,
          int            *column)
{
  return g_strdup (cfoil_statement_column_text (row, (*column)++));
}

static gint64
get_number (CfoilStatement *row,
            int            *column)
{
  return cfoil_statement_column_int64 (row, (*column)++);
}

static CfoilSubmission *
submission_from_row (CfoilStatement *row)
{
  CfoilSubmission *self = cfoil_submission_new ();
  int column = 0;

  self->submission_id = get_number (row, &column);
  self->case_id = get_number (row, &column);
  self->round = (guint) get_number (row, &column);
  self->answer_id = dup_text (row, &column);
  self->accepts = get_number (row, &column) != 0;
  self->by_hand = get_number (row, &column) != 0;
  self->dispute_id = dup_text (row, &column);
  self->account = dup_text (row, &column);
  self->environment = dup_text (row, &column);
  self->currency = dup_text (row, &column);
  self->amount_minor = get_number (row, &column);
  self->due_us = get_number (row, &column);
  self->who = dup_text (row, &column);
  self->created_us = get_number (row, &column);
  self->state = (CfoilSubmissionState) get_number (row, &column);
  self->tried_us = get_number (row, &column);
  self->ended_us = get_number (row, &column);
  self->error_name = dup_text (row, &column);
  self->error_message = dup_text (row, &column);
  self->answer = dup_text (row, &column);
  self->draft = dup_text (row, &column);
  self->is_said = get_number (row, &column) != 0;
  self->is_begun = self->is_said;
  return self;
}

static gboolean
read_items (CfoilDatabase   *database,
            CfoilSubmission *self,
            GError         **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  rows = cfoil_database_prepare (database,
                                 "SELECT type, text, sha256, file_type, file_name, n_bytes, coalesce (("
                                 "SELECT max (o.http_status < 300) " UPLOADS "), 0), coalesce (("
                                 "SELECT o.http_status < 300 " UPLOADS "ORDER BY o.action_id DESC LIMIT 1), 0) "
                                 "FROM submission_item AS i WHERE submission_id = ?1 ORDER BY ordinal",
                                 error);
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (rows, 1, self->submission_id);
  cfoil_statement_bind_text (rows, 2, self->answer_id);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      CfoilSubmissionItem *item = g_new0 (CfoilSubmissionItem, 1);
      int column = 0;

      item->type = (CfoilEvidenceType) get_number (rows, &column);
      item->text = dup_text (rows, &column);
      item->sha256 = dup_text (rows, &column);
      item->file_type = dup_text (rows, &column);
      item->file_name = dup_text (rows, &column);
      item->n_bytes = get_number (rows, &column);
      item->is_delivered = get_number (rows, &column) != 0 || self->state == CFOIL_SUBMISSION_DELIVERED;
      self->is_begun = self->is_begun || get_number (rows, &column) != 0 || self->state == CFOIL_SUBMISSION_DELIVERED;
      g_ptr_array_add (self->items, item);
    }
  return step == CFOIL_STEP_DONE;
}

/* WHERE has at most one parameter, NUMBER. */
static GPtrArray *
list (CfoilDatabase *database,
      const char    *query,
      gint64         number,
      GError       **error)
{
  g_autoptr (GPtrArray) submissions = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_submission_free);
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (database, query, error);
  CfoilStep step;

  if (rows == NULL)
    return NULL;
  if (number != 0)
    cfoil_statement_bind_int64 (rows, 1, number);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    g_ptr_array_add (submissions, submission_from_row (rows));
  if (step != CFOIL_STEP_DONE)
    return NULL;
  for (guint i = 0; i < submissions->len; i++)
    if (!read_items (database, g_ptr_array_index (submissions, i), error))
      return NULL;
  return g_steal_pointer (&submissions);
}

CfoilSubmission *
cfoil_submission_read (CfoilDatabase *database,
                       gint64         submission_id,
                       GError       **error)
{
  g_autoptr (GPtrArray) found = list (database, SELECT "WHERE s.submission_id = ?1", submission_id, error);

  if (found == NULL)
    return NULL;
  if (found->len == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no such answer in the mirror");
      return NULL;
    }
  return g_ptr_array_steal_index (found, 0);
}

GPtrArray *
cfoil_submission_list (CfoilDatabase *database,
                       gint64         case_id,
                       GError       **error)
{
  if (case_id != 0)
    return list (database, SELECT "WHERE s.case_id = ?1 ORDER BY s.submission_id", case_id, error);
  return list (database, SELECT "WHERE s.state < 3 ORDER BY s.submission_id", 0, error);
}

GPtrArray *
cfoil_submission_list_open (CfoilDatabase *database,
                            gint64         account_id,
                            GError       **error)
{
  if (account_id != 0)
    return list (database, SELECT "WHERE s.state < 3 AND c.account_id = ?1 " SOONEST_FIRST, account_id, error);
  return list (database, SELECT "WHERE s.state < 3 AND c.account_id IS NULL " SOONEST_FIRST, 0, error);
}
