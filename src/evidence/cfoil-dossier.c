/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-dossier-private.h"

#include "cfoil-time.h"

#include <gio/gio.h>

G_DEFINE_BOXED_TYPE (CfoilDossier, cfoil_dossier, cfoil_dossier_ref, cfoil_dossier_unref)

CfoilDossier *
cfoil_dossier_ref (CfoilDossier *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
_cfoil_dossier_payment_free (gpointer data)
{
  CfoilDossierPayment *payment = data;

  if (payment == NULL)
    return;
  g_free (payment->transaction_id);
  g_free (payment->currency);
  g_free (payment->merchant_reference);
  g_free (payment->description);
  g_free (payment);
}

static void
dossier_clear (gpointer data)
{
  CfoilDossier *self = data;

  g_clear_pointer (&self->record, cfoil_case_unref);
  g_clear_pointer (&self->facts, g_ptr_array_unref);
  g_clear_pointer (&self->charge, _cfoil_dossier_payment_free);
  g_clear_pointer (&self->refunds, g_ptr_array_unref);
  g_clear_pointer (&self->earlier, g_ptr_array_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->submissions, g_ptr_array_unref);
  g_free (self->raw);
}

void
cfoil_dossier_unref (CfoilDossier *self)
{
  g_atomic_rc_box_release_full (self, dossier_clear);
}

static void
reading_clear (CfoilDossierReading *reading)
{
  g_free (reading->buyer_id);
  g_free (reading->buyer_email);
  g_free (reading->buyer_country);
  g_free (reading->descriptor);
  g_clear_pointer (&reading->undisputed, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CfoilDossierReading, reading_clear)

CfoilStatement *
_cfoil_dossier_prepare (const CfoilDossierReading *reading,
                        const char                *sql,
                        const char                *id,
                        GError                   **error)
{
  CfoilStatement *statement = cfoil_database_prepare (reading->database, sql, error);

  if (statement != NULL)
    {
      cfoil_statement_bind_int64 (statement, 1, reading->dossier->record->account_id);
      cfoil_statement_bind_text (statement, 2, id);
    }
  return statement;
}

char *
_cfoil_dossier_dup_text (CfoilStatement *row,
                         int             column)
{
  const char *text = cfoil_statement_column_text (row, column);

  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

/* --- the provider's words --- */

static gboolean
read_raw (CfoilDossierReading *reading,
          GError             **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  row = _cfoil_dossier_prepare (reading,
                                "SELECT raw FROM observation WHERE account_id = ?1 AND kind = 4 AND object_id = ?2 "
                                "ORDER BY said_us DESC LIMIT 1",
                                reading->dossier->record->dispute_id, error);
  if (row == NULL)
    return FALSE;
  step = cfoil_statement_step (row, error);
  if (step == CFOIL_STEP_ROW)
    reading->dossier->raw = _cfoil_dossier_dup_text (row, 0);
  return step != CFOIL_STEP_ERROR;
}

/* The case says when we first heard of it where nobody says more: that is no fact. */
static gboolean
read_opened (CfoilDossierReading *reading,
             GError             **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  row = cfoil_database_prepare (reading->database,
                                "SELECT coalesce (iif (d.state <> 1 OR d.provider_state IS NOT NULL, d.opened_us, NULL), c.said_opened_us) "
                                "FROM dispute_case AS c LEFT JOIN dispute AS d ON d.account_id = c.account_id "
                                "AND d.dispute_id = c.dispute_id WHERE c.case_id = ?1",
                                error);
  if (row == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (row, 1, reading->dossier->record->case_id);
  step = cfoil_statement_step (row, error);
  if (step == CFOIL_STEP_ROW)
    reading->opened_us = cfoil_statement_column_int64 (row, 0);
  return step != CFOIL_STEP_ERROR;
}

/* --- how it went before --- */

static void
count (CfoilTrackRecord *record,
       CfoilCaseOutcome  outcome)
{
  switch (outcome)
    {
    case CFOIL_CASE_OUTCOME_WON:
      record->n_won++;
      break;
    case CFOIL_CASE_OUTCOME_LOST:
      record->n_lost++;
      break;
    case CFOIL_CASE_OUTCOME_ACCEPTED:
    case CFOIL_CASE_OUTCOME_EXPIRED:
      record->n_unanswered++;
      break;
    case CFOIL_CASE_OUTCOME_NONE:
    case CFOIL_CASE_OUTCOME_NEUTRAL:
    default:
      break;
    }
}

/* Other cases of this provider and environment.  One that the buyer took back says
 * nothing about answers. */
static gboolean
count_cases (CfoilDossier  *self,
             CfoilDatabase *database,
             GError       **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  rows = cfoil_database_prepare (database,
                                 "SELECT c.kind, coalesce (nullif (d.neutral_reason, 0), c.said_reason, 0), "
                                 "iif (d.state <> 1 OR d.provider_state IS NOT NULL, d.outcome, c.said_outcome) AS o "
                                 "FROM dispute_case AS c LEFT JOIN dispute AS d ON d.account_id = c.account_id AND d.dispute_id = c.dispute_id "
                                 "WHERE c.provider = ?1 AND c.environment = ?2 AND c.case_id <> ?3 AND o > 0 "
                                 "AND d.state_code IS NOT 'BuyerCancelled'",
                                 error);
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_text (rows, 1, self->record->provider);
  cfoil_statement_bind_text (rows, 2, self->record->environment);
  cfoil_statement_bind_int64 (rows, 3, self->record->case_id);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      gboolean same_kind = cfoil_statement_column_int64 (rows, 0) == (gint64) self->record->kind;
      gboolean same_reason = cfoil_statement_column_int64 (rows, 1) == (gint64) self->record->reason;
      CfoilCaseOutcome outcome = (CfoilCaseOutcome) cfoil_statement_column_int64 (rows, 2);

      count (&self->provider, outcome);
      if (same_reason)
        count (&self->reason, outcome);
      if (same_reason && same_kind)
        count (&self->same, outcome);
    }
  return step == CFOIL_STEP_DONE;
}

/* --- refunds --- */

static gboolean
is_open (const CfoilCase *record)
{
  return record->kind == CFOIL_CASE_CHARGEBACK && record->outcome == CFOIL_CASE_OUTCOME_NONE &&
         record->state != CFOIL_STATE_WON && record->state != CFOIL_STATE_LOST && record->state != CFOIL_STATE_CLOSED_NEUTRAL;
}

/* Also of a claim, while there is a chargeback on the same charge. */
static gboolean
look_for_chargebacks (CfoilDossier  *self,
                      CfoilDatabase *database,
                      GError       **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step = CFOIL_STEP_DONE;

  self->refund_is_blocked = is_open (self->record);
  rows = cfoil_database_prepare (database, "SELECT case_id FROM dispute_case WHERE charge_id = ?1 AND kind = 1", error);
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_text (rows, 1, self->record->charge_id);
  while (!self->refund_is_blocked && (step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      g_autoptr (CfoilCase) other = cfoil_case_read (database, cfoil_statement_column_int64 (rows, 0), error);

      if (other == NULL)
        return FALSE;
      self->refund_is_blocked = is_open (other);
    }
  return step != CFOIL_STEP_ERROR;
}

/* --- all of it --- */

static gboolean
read_history (CfoilDossier  *self,
              CfoilDatabase *database,
              GError       **error)
{
  gint64 case_id = self->record->case_id;

  return (self->sources = cfoil_case_list_sources (database, case_id, error)) != NULL &&
         (self->events = cfoil_case_list_events (database, case_id, error)) != NULL &&
         (self->submissions = cfoil_submission_list (database, case_id, error)) != NULL;
}

static CfoilDossier *
read_all (CfoilDatabase *database,
          gint64         case_id,
          GError       **error)
{
  g_autoptr (CfoilDossier) self = g_atomic_rc_box_new0 (CfoilDossier);
  g_auto (CfoilDossierReading) reading = {
    .database = database, .dossier = self, .paid_us = CFOIL_UNKNOWN, .sort_us = CFOIL_UNKNOWN, .opened_us = CFOIL_UNKNOWN
  };

  reading.undisputed = g_ptr_array_new_with_free_func (_cfoil_dossier_payment_free);
  self->last_fee_minor = CFOIL_UNKNOWN;
  self->record = cfoil_case_read (database, case_id, error);
  if (self->record == NULL || !read_history (self, database, error) || !read_raw (&reading, error) || !read_opened (&reading, error) ||
      !_cfoil_dossier_read_payments (&reading, error) || !count_cases (self, database, error) ||
      !look_for_chargebacks (self, database, error) || !_cfoil_dossier_make_facts (&reading, error))
    return NULL;
  return g_steal_pointer (&self);
}

CfoilDossier *
cfoil_dossier_read (CfoilDatabase *database,
                    gint64         case_id,
                    GError       **error)
{
  CfoilDossier *self;
  gboolean began;

  g_return_val_if_fail (database != NULL, NULL);

  /* All of one moment: somebody may be writing. */
  began = !cfoil_database_in_transaction (database);
  if (began && !cfoil_database_exec (database, "BEGIN", error))
    return NULL;
  self = read_all (database, case_id, error);
  if (began)
    cfoil_database_exec (database, "ROLLBACK", NULL);
  return self;
}

char *
cfoil_dossier_dup_sale_day (const CfoilDossier *self)
{
  int year, month, day, hour, minute, second;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->charge == NULL || !cfoil_time_is_in_calendar (self->charge->time_us))
    return NULL;
  cfoil_time_to_civil (self->charge->time_us, &year, &month, &day, &hour, &minute, &second);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}
