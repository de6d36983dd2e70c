/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-writer-private.h"

/* Which cases need their row of case_payment anew (cfoil-case-payment.h).  Nearly all
 * payments have no case: which have one is kept in memory, and a few too many of them do no
 * harm, as the mirror is asked before anything is written. */

void
_cfoil_writer_mark_case (CfoilWriter *self,
                         gint64       case_id,
                         const char  *charge_id)
{
  g_hash_table_add (self->stale_cases, g_memdup2 (&case_id, sizeof case_id));
  if (charge_id != NULL && self->case_charges != NULL)
    g_hash_table_add (self->case_charges, g_strdup (charge_id));
}

static gboolean
read_case_charges (CfoilWriter *self,
                   GError     **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  g_clear_pointer (&self->case_charges, g_hash_table_unref);
  rows = cfoil_database_prepare (self->database, "SELECT charge_id FROM dispute_case WHERE charge_id IS NOT NULL", error);
  if (rows == NULL)
    return FALSE;
  self->case_charges = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    g_hash_table_add (self->case_charges, g_strdup (cfoil_statement_column_text (rows, 0)));
  return step == CFOIL_STEP_DONE;
}

/* Between two transactions somebody else may have made a case: once in each. */
static gboolean
know_case_charges (CfoilWriter *self,
                   GError     **error)
{
  gint64 version;

  if (self->knows_case_charges)
    return TRUE;
  if (!cfoil_database_get_int64 (self->database, "PRAGMA data_version", &version, error))
    return FALSE;
  if ((self->case_charges == NULL || version != self->data_version) && !read_case_charges (self, error))
    return FALSE;
  self->data_version = version;
  self->knows_case_charges = TRUE;
  return TRUE;
}

/* The cases that ID lists, whose parameters are the account and OBJECT_ID. */
static gboolean
mark_listed (CfoilWriter *self,
             SqlId        id,
             const char  *object_id,
             GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, id, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_text (statement, 2, object_id);
  while ((step = cfoil_statement_step (statement, error)) == CFOIL_STEP_ROW)
    _cfoil_writer_mark_case (self, cfoil_statement_column_int64 (statement, 0), NULL);
  cfoil_statement_reset (statement);
  return step == CFOIL_STEP_DONE;
}

gboolean
_cfoil_writer_mark_cases_of_payment (CfoilWriter *self,
                                     const char  *transaction_id,
                                     GError     **error)
{
  if (!know_case_charges (self, error))
    return FALSE;
  return !g_hash_table_contains (self->case_charges, transaction_id) ||
         mark_listed (self, SQL_LIST_CASES_OF_CHARGE, transaction_id, error);
}

gboolean
_cfoil_writer_mark_cases_of_dispute (CfoilWriter *self,
                                     const char  *dispute_id,
                                     GError     **error)
{
  return mark_listed (self, SQL_LIST_CASES_OF_DISPUTE, dispute_id, error);
}

static gboolean
refresh (CfoilWriter *self,
         SqlId        id,
         gint64       case_id,
         GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, id, error);

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, case_id);
  return cfoil_statement_run (statement, error);
}

gboolean
_cfoil_writer_flush_case_payments (CfoilWriter *self,
                                   GError     **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->stale_cases);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!refresh (self, SQL_DROP_CASE_PAYMENT, *(const gint64 *) key, error) ||
        !refresh (self, SQL_ADD_CASE_PAYMENT, *(const gint64 *) key, error))
      return FALSE;
  return TRUE;
}

void
_cfoil_writer_forget_case_payments (CfoilWriter *self)
{
  g_hash_table_remove_all (self->stale_cases);
  self->knows_case_charges = FALSE;
}
