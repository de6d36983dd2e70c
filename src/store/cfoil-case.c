/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-private.h"

#include <gio/gio.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (CfoilCase, cfoil_case, cfoil_case_ref, cfoil_case_unref)

CfoilCase *
cfoil_case_ref (CfoilCase *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
case_clear (gpointer data)
{
  CfoilCase *self = data;

  g_free (self->uid);
  g_free (self->provider);
  g_free (self->environment);
  g_free (self->account);
  g_free (self->region);
  g_free (self->dispute_id);
  g_free (self->charge_id);
  g_free (self->permission_id);
  g_free (self->provider_state);
  g_free (self->state_reason);
  g_free (self->provider_reason);
  g_free (self->resolution);
  g_free (self->currency);
  g_free (self->claim_text);
  g_free (self->buyer_name);
  g_free (self->buyer_email);
  g_free (self->merchant_reference);
  g_free (self->order_reference);
  g_free (self->description);
  g_free (self->handler);
}

void
cfoil_case_unref (CfoilCase *self)
{
  g_atomic_rc_box_release_full (self, case_clear);
}

/* --- reading --- */

/* One case in the middle: what stands before it is the same for one and for all.  o: whether
 * the provider itself has told of the dispute, so that its word counts.  s: whether a person
 * said the amount, so that what a settlement took does not.  n: answers that were delivered;
 * l: the last of them. */
#define ROWS \
  "WITH b AS (SELECT c.*, d.dispute_pk, d.state AS d_state, d.provider_state, coalesce (d.state_code, d.description) AS state_reason, " \
  "d.reason AS provider_reason, d.neutral_reason, d.outcome AS d_outcome, d.resolution, d.currency AS d_currency, " \
  "d.amount_minor AS d_amount_minor, d.opened_us AS d_opened_us, d.updated_us, d.deadline_us, " \
  "d.dispute_pk IS NOT NULL AND (d.state <> 1 OR d.provider_state IS NOT NULL) AS o, " \
  "(c.said_currency IS NOT NULL AND c.said_amount_minor IS NOT NULL) OR c.told_currency IS NULL AS s, " \
  "(SELECT count (*) FROM submission AS s WHERE s.case_id = c.case_id AND s.state = 3 AND s.accepts = 0) AS n, " \
  "(SELECT max (s.submission_id) FROM submission AS s WHERE s.case_id = c.case_id AND s.state = 3 AND s.accepts = 0) AS l " \
  "FROM dispute_case AS c LEFT JOIN dispute AS d ON d.account_id = c.account_id AND d.dispute_id = c.dispute_id %s) " \
  "SELECT b.case_id, b.uid, b.provider, b.environment, b.account_id, coalesce (a.name, b.account_name), a.region, b.kind, " \
  "b.dispute_id, b.charge_id, coalesce (b.permission_id, t.permission_id), t.txn_id, b.o, b.d_state, b.said_state, " \
  "b.provider_state, b.state_reason, b.neutral_reason, b.said_reason, b.provider_reason, b.d_outcome, b.said_outcome, b.resolution, " \
  "b.d_currency, b.d_amount_minor, iif (b.s, b.said_currency, b.told_currency), iif (b.s, b.said_amount_minor, b.told_amount_minor), b.d_opened_us, b.said_opened_us, b.notice_us, " \
  "b.created_us, b.updated_us, b.changed_us, b.deadline_us, b.said_due_us, b.estimated_due_us, b.is_by_hand, b.claim_text, " \
  "b.said_buyer, coalesce (t.buyer_name, p.buyer_name), coalesce (t.buyer_email, p.buyer_email), " \
  "b.said_reference, coalesce (t.merchant_reference, p.merchant_reference, (SELECT x.merchant_reference FROM txn AS x " \
  "WHERE x.charge_id = b.charge_id AND x.account_id = b.account_id AND x.merchant_reference IS NOT NULL LIMIT 1)), " \
  "t.order_reference, coalesce (t.description, p.description), b.handler, b.product, b.seen_us, b.n, s.ended_us, s.due_us, " \
  "b.dispute_pk IS NOT NULL OR EXISTS (SELECT 1 FROM case_source AS k WHERE k.case_id = b.case_id AND k.route = 'object') " \
  "FROM b LEFT JOIN account AS a ON a.account_id = b.account_id " \
  "LEFT JOIN txn AS t ON t.account_id = b.account_id AND t.transaction_id = b.charge_id " \
  "LEFT JOIN charge_permission AS p ON p.account_id = b.account_id AND p.permission_id = coalesce (b.permission_id, t.permission_id) " \
  "LEFT JOIN submission AS s ON s.submission_id = b.l"

/* Columns of ROWS. */
enum
{
  CASE_ID,
  UID,
  PROVIDER,
  ENVIRONMENT,
  ACCOUNT_ID,
  ACCOUNT,
  REGION,
  KIND,
  DISPUTE_ID,
  CHARGE_ID,
  PERMISSION_ID,
  TXN_ID,
  IS_TOLD,
  STATE,
  SAID_STATE,
  PROVIDER_STATE,
  STATE_REASON,
  REASON,
  SAID_REASON,
  PROVIDER_REASON,
  OUTCOME,
  SAID_OUTCOME,
  RESOLUTION,
  CURRENCY,
  AMOUNT,
  SAID_CURRENCY,
  SAID_AMOUNT,
  OPENED,
  SAID_OPENED,
  NOTICE,
  CREATED,
  UPDATED,
  CHANGED,
  DEADLINE,
  SAID_DUE,
  ESTIMATED_DUE,
  IS_BY_HAND,
  CLAIM_TEXT,
  SAID_BUYER,
  BUYER_NAME,
  BUYER_EMAIL,
  SAID_REFERENCE,
  MERCHANT_REFERENCE,
  ORDER_REFERENCE,
  DESCRIPTION,
  HANDLER,
  PRODUCT,
  SEEN,
  N_DELIVERED,
  LAST_ENDED,
  LAST_DUE,
  IS_CONFIRMED,
};

static char *
dup_text (CfoilStatement *row,
          int             column)
{
  const char *text = cfoil_statement_column_text (row, column);

  /* Whatever a foreign hand wrote there. */
  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

static gint64
number_or (CfoilStatement *row,
           int             column,
           gint64          other)
{
  gint64 value = cfoil_statement_column_int64 (row, column);

  return value != CFOIL_UNKNOWN ? value : other;
}

/* What the provider says counts, also when a person said something else before. */
static gint64
first_number (CfoilStatement *row,
              int             column,
              int             said_column)
{
  return number_or (row, column, cfoil_statement_column_int64 (row, said_column));
}

static char *
first_text (CfoilStatement *row,
            int             column,
            int             said_column)
{
  char *text = dup_text (row, column);

  return text != NULL ? text : dup_text (row, said_column);
}

static CfoilState
read_state (CfoilStatement *row,
            gboolean        is_told)
{
  if (is_told)
    return (CfoilState) cfoil_statement_column_int64 (row, STATE);
  if (cfoil_statement_column_int64 (row, SAID_STATE) != CFOIL_UNKNOWN)
    return (CfoilState) cfoil_statement_column_int64 (row, SAID_STATE);
  /* Nobody has said.  One that was heard of in time is not to be missed; a settlement of
   * last year does not call for an answer. */
  return number_or (row, ESTIMATED_DUE, G_MININT64) > cfoil_statement_column_int64 (row, CREATED) ? CFOIL_STATE_NEEDS_RESPONSE
                                                                                                   : CFOIL_STATE_OTHER;
}

static void
read_due (CfoilCase      *self,
          CfoilStatement *row,
          gboolean        is_told)
{
  gint64 deadline_us = is_told ? cfoil_statement_column_int64 (row, DEADLINE) : CFOIL_UNKNOWN;

  self->due_us = CFOIL_UNKNOWN;
  if (self->state != CFOIL_STATE_NEEDS_RESPONSE)
    return;
  if (deadline_us == CFOIL_UNKNOWN)
    deadline_us = cfoil_statement_column_int64 (row, SAID_DUE);
  self->due_is_estimate = deadline_us == CFOIL_UNKNOWN;
  self->due_us = self->due_is_estimate ? cfoil_statement_column_int64 (row, ESTIMATED_DUE) : deadline_us;
}

/* An answer was given and no other is wanted yet: its round stays.  The provider wants
 * another one when its word changed since, by our clock, or when it gave a later deadline;
 * a deadline that a person corrects wants nothing. */
static void
read_round (CfoilCase      *self,
            CfoilStatement *row)
{
  gint64 last_due_us = cfoil_statement_column_int64 (row, LAST_DUE);
  gint64 seen_us = cfoil_statement_column_int64 (row, SEEN);
  gint64 deadline_us = cfoil_statement_column_int64 (row, IS_TOLD) == 1 ? cfoil_statement_column_int64 (row, DEADLINE) : CFOIL_UNKNOWN;
  guint n_delivered = (guint) cfoil_statement_column_int64 (row, N_DELIVERED);
  gboolean is_wanted = self->state == CFOIL_STATE_NEEDS_RESPONSE &&
                       ((seen_us != CFOIL_UNKNOWN && seen_us > cfoil_statement_column_int64 (row, LAST_ENDED)) ||
                        (deadline_us != CFOIL_UNKNOWN && last_due_us != CFOIL_UNKNOWN && deadline_us > last_due_us));

  self->sent_us = n_delivered > 0 ? cfoil_statement_column_int64 (row, LAST_ENDED) : CFOIL_UNKNOWN;
  self->round = n_delivered == 0 || is_wanted ? n_delivered + 1 : n_delivered;
}

static void
read_ids (CfoilCase      *self,
          CfoilStatement *row)
{
  self->case_id = cfoil_statement_column_int64 (row, CASE_ID);
  self->uid = dup_text (row, UID);
  self->provider = dup_text (row, PROVIDER);
  self->environment = dup_text (row, ENVIRONMENT);
  self->account_id = number_or (row, ACCOUNT_ID, 0);
  self->account = dup_text (row, ACCOUNT);
  self->region = dup_text (row, REGION);
  self->kind = (CfoilCaseKind) cfoil_statement_column_int64 (row, KIND);
  self->dispute_id = dup_text (row, DISPUTE_ID);
  self->charge_id = dup_text (row, CHARGE_ID);
  self->permission_id = dup_text (row, PERMISSION_ID);
  self->txn_id = number_or (row, TXN_ID, 0);
}

static void
read_words (CfoilCase      *self,
            CfoilStatement *row)
{
  gboolean is_told = cfoil_statement_column_int64 (row, IS_TOLD) == 1;

  self->is_confirmed = cfoil_statement_column_int64 (row, IS_CONFIRMED) == 1;
  self->is_by_hand = !is_told && cfoil_statement_column_int64 (row, IS_BY_HAND) == 1;
  self->state = read_state (row, is_told);
  self->provider_state = dup_text (row, PROVIDER_STATE);
  self->state_reason = dup_text (row, STATE_REASON);
  self->reason = (CfoilReason) number_or (row, REASON, 0);
  if (self->reason == CFOIL_REASON_UNKNOWN)
    self->reason = (CfoilReason) number_or (row, SAID_REASON, 0);
  self->provider_reason = dup_text (row, PROVIDER_REASON);
  self->outcome = (CfoilCaseOutcome) number_or (row, is_told ? OUTCOME : SAID_OUTCOME, 0);
  self->resolution = dup_text (row, RESOLUTION);
  self->currency = first_text (row, CURRENCY, SAID_CURRENCY);
  self->amount_minor = cfoil_statement_column_int64 (row, cfoil_statement_column_text (row, CURRENCY) != NULL ? AMOUNT : SAID_AMOUNT);
  self->opened_us = first_number (row, OPENED, SAID_OPENED);
  if (self->opened_us == CFOIL_UNKNOWN)
    self->opened_us = first_number (row, NOTICE, CREATED);
  self->updated_us = first_number (row, UPDATED, CHANGED);
  read_due (self, row, is_told);
}

static void
read_people (CfoilCase      *self,
             CfoilStatement *row)
{
  self->claim_text = dup_text (row, CLAIM_TEXT);
  self->buyer_name = first_text (row, BUYER_NAME, SAID_BUYER);
  self->buyer_email = dup_text (row, BUYER_EMAIL);
  self->merchant_reference = first_text (row, MERCHANT_REFERENCE, SAID_REFERENCE);
  self->order_reference = dup_text (row, ORDER_REFERENCE);
  self->description = dup_text (row, DESCRIPTION);
  self->handler = dup_text (row, HANDLER);
  self->product = (CfoilProduct) number_or (row, PRODUCT, 0);
}

/* --- the answer of its round --- */

static gboolean
read_draft (CfoilCase      *self,
            CfoilStatement *draft,
            GError        **error)
{
  CfoilStep step;

  cfoil_statement_bind_int64 (draft, 1, self->case_id);
  cfoil_statement_bind_int64 (draft, 2, self->round);
  step = cfoil_statement_step (draft, error);
  self->draft_changed_us = CFOIL_UNKNOWN;
  if (step == CFOIL_STEP_ROW)
    {
      self->has_draft = TRUE;
      self->draft_done = (guint) cfoil_statement_column_int64 (draft, 0);
      self->draft_wanted = (guint) cfoil_statement_column_int64 (draft, 1);
      self->draft_changed_us = cfoil_statement_column_int64 (draft, 2);
    }
  cfoil_statement_reset (draft);
  return step != CFOIL_STEP_ERROR;
}

static gboolean
read_submission (CfoilCase      *self,
                 CfoilStatement *submission,
                 GError        **error)
{
  CfoilStep step;

  cfoil_statement_bind_int64 (submission, 1, self->case_id);
  cfoil_statement_bind_int64 (submission, 2, self->round);
  step = cfoil_statement_step (submission, error);
  if (step == CFOIL_STEP_ROW)
    {
      self->submission = (CfoilSubmissionState) cfoil_statement_column_int64 (submission, 0);
      self->accepts = cfoil_statement_column_int64 (submission, 2) != 0;
      if (self->submission == CFOIL_SUBMISSION_DELIVERED)
        {
          self->sent_us = cfoil_statement_column_int64 (submission, 1);
          /* Nothing is awaited, although the provider may not have said so yet. */
          self->due_us = CFOIL_UNKNOWN;
          self->due_is_estimate = FALSE;
        }
    }
  cfoil_statement_reset (submission);
  return step != CFOIL_STEP_ERROR;
}

static GPtrArray *
read_rows (CfoilDatabase *database,
           CfoilStatement *rows,
           GError        **error)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_case_unref);
  g_autoptr (CfoilStatement) draft = NULL;
  g_autoptr (CfoilStatement) submission = NULL;
  CfoilStep step;

  draft = cfoil_database_prepare (database, "SELECT n_done, n_wanted, changed_us FROM draft WHERE case_id = ?1 AND round = ?2", error);
  submission = draft == NULL ? NULL
                             : cfoil_database_prepare (database,
                                                       "SELECT state, ended_us, accepts FROM submission WHERE case_id = ?1 AND round = ?2 "
                                                       "ORDER BY submission_id DESC LIMIT 1",
                                                       error);
  if (submission == NULL)
    return NULL;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      CfoilCase *self = g_atomic_rc_box_new0 (CfoilCase);

      g_ptr_array_add (cases, self);
      read_ids (self, rows);
      read_words (self, rows);
      read_people (self, rows);
      read_round (self, rows);
      if (!read_draft (self, draft, error) || !read_submission (self, submission, error))
        return NULL;
    }
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&cases) : NULL;
}

static CfoilStatement *
prepare_rows (CfoilDatabase *database,
              const char    *condition,
              GError       **error)
{
  g_autofree char *sql = g_strdup_printf (ROWS, condition);

  return cfoil_database_prepare (database, sql, error);
}

GPtrArray *
cfoil_case_list (CfoilDatabase *database,
                 GError       **error)
{
  g_autoptr (CfoilStatement) rows = NULL;

  g_return_val_if_fail (database != NULL, NULL);

  rows = prepare_rows (database, "", error);
  return rows != NULL ? read_rows (database, rows, error) : NULL;
}

CfoilCase *
cfoil_case_read (CfoilDatabase *database,
                 gint64         case_id,
                 GError       **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  g_autoptr (GPtrArray) cases = NULL;

  g_return_val_if_fail (database != NULL, NULL);

  rows = prepare_rows (database, "WHERE c.case_id = ?1", error);
  if (rows == NULL)
    return NULL;
  cfoil_statement_bind_int64 (rows, 1, case_id);
  cases = read_rows (database, rows, error);
  if (cases == NULL)
    return NULL;
  if (cases->len == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "This case is not in the mirror any more");
      return NULL;
    }
  return cfoil_case_ref (g_ptr_array_index (cases, 0));
}

/* --- finding --- */

#define MIN_UID 8

/* *CASE_ID: 0 for none; G_IO_ERROR_NOT_FOUND when the beginning of a uid is that of two. */
static gboolean
find_one (CfoilDatabase *database,
          const char    *sql,
          const char    *id,
          gboolean       must_be_one,
          gint64        *case_id,
          GError       **error)
{
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (database, sql, error);
  CfoilStep step;

  *case_id = 0;
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_text (rows, 1, id);
  step = cfoil_statement_step (rows, error);
  if (step == CFOIL_STEP_ROW)
    {
      *case_id = cfoil_statement_column_int64 (rows, 0);
      step = must_be_one ? cfoil_statement_step (rows, error) : CFOIL_STEP_DONE;
    }
  if (step == CFOIL_STEP_ROW)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "Several cases begin with “%s”: write more of it", id);
  return step == CFOIL_STEP_DONE;
}

static gboolean
may_be_uid (const char *id)
{
  gsize length = strlen (id);

  return length >= MIN_UID && length <= 32 && strspn (id, "0123456789abcdefABCDEF") == length;
}

CfoilCase *
cfoil_case_find (CfoilDatabase *database,
                 const char    *id,
                 GError       **error)
{
  gint64 case_id = 0;

  g_return_val_if_fail (database != NULL && id != NULL, NULL);

  if (may_be_uid (id))
    {
      g_autofree char *uid = g_ascii_strdown (id, -1);

      /* by the index of uid */
      if (!find_one (database, "SELECT case_id FROM dispute_case WHERE uid >= ?1 AND uid < ?1 || 'g' LIMIT 2", uid, TRUE, &case_id, error))
        return NULL;
    }
  if ((case_id == 0 && !find_one (database, "SELECT case_id FROM dispute_case WHERE dispute_id = ?1 ORDER BY 1 DESC LIMIT 1",
                                  id, FALSE, &case_id, error)) ||
      /* of several on one charge the newest */
      (case_id == 0 && !find_one (database, "SELECT case_id FROM dispute_case WHERE charge_id = ?1 ORDER BY 1 DESC LIMIT 1",
                                  id, FALSE, &case_id, error)))
    return NULL;
  if (case_id != 0)
    return cfoil_case_read (database, case_id, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no case “%.80s”", id);
  return NULL;
}
