/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-period-lock.h"

#include "cfoil-period-lock-private.h"
#include "cfoil-period-watch.h"

#include <string.h>

void
cfoil_period_lock_free (CfoilPeriodLock *self)
{
  if (self == NULL)
    return;
  g_free (self->zone);
  g_free (self->who);
  g_free (self->note);
  g_free (self->sha256);
  g_free (self);
}

void
cfoil_period_amount_free (CfoilPeriodAmount *self)
{
  if (self == NULL)
    return;
  g_free (self->account);
  g_free (self->transaction_id);
  g_free (self->currency);
  g_free (self);
}

static CfoilPeriodLock *
read_lock (CfoilStatement *row)
{
  CfoilPeriodLock *lock = g_new0 (CfoilPeriodLock, 1);
  int i = 0;

  lock->lock_id = cfoil_statement_column_int64 (row, i++);
  lock->zone = g_strdup (cfoil_statement_column_text (row, i++));
  lock->first_day = (gint32) cfoil_statement_column_int64 (row, i++);
  lock->end_day = (gint32) cfoil_statement_column_int64 (row, i++);
  lock->start_us = cfoil_statement_column_int64 (row, i++);
  lock->end_us = cfoil_statement_column_int64 (row, i++);
  lock->who = g_strdup (cfoil_statement_column_text (row, i++));
  lock->note = g_strdup (cfoil_statement_column_text (row, i++));
  lock->locked_us = cfoil_statement_column_int64 (row, i++);
  lock->opened_us = cfoil_statement_column_int64 (row, i++);
  lock->n_adjustments = cfoil_statement_column_int64 (row, i++);
  lock->n_unacknowledged = cfoil_statement_column_int64 (row, i++);
  lock->sha256 = g_strdup (cfoil_statement_column_text (row, i++));
  lock->n_returning = cfoil_statement_column_int64 (row, i++);
  return lock;
}

GPtrArray *
cfoil_period_lock_list (CfoilDatabase *database,
                        GError       **error)
{
  g_autoptr (GPtrArray) locks = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_period_lock_free);
  g_autoptr (CfoilStatement) rows = NULL;
  g_autofree char *returning = _cfoil_period_watch_returning_sql ();
  g_autofree char *sql = NULL;
  CfoilStep step;

  sql = g_strdup_printf ("SELECT l.lock_id, l.zone, l.first_day, l.end_day, l.start_us, l.end_us, l.who, l.note, l.locked_us, "
                         "l.opened_us, count (p.adjustment_id), count (p.adjustment_id) - count (p.acknowledged_us), l.sha256, (%s) "
                         "FROM period_lock AS l LEFT JOIN period_adjustment AS p USING (lock_id) "
                         "GROUP BY l.lock_id ORDER BY l.lock_id DESC", returning);
  rows = cfoil_database_prepare (database, sql, error);
  if (rows == NULL)
    return NULL;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    g_ptr_array_add (locks, read_lock (rows));
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&locks) : NULL;
}

static CfoilPeriodAmount *
read_amount (CfoilStatement *row)
{
  CfoilPeriodAmount *amount = g_new0 (CfoilPeriodAmount, 1);
  int i = 0;

  amount->adjustment_id = cfoil_statement_column_int64 (row, i++);
  amount->lock_id = cfoil_statement_column_int64 (row, i++);
  amount->account = g_strdup (cfoil_statement_column_text (row, i++));
  amount->transaction_id = g_strdup (cfoil_statement_column_text (row, i++));
  amount->currency = g_strdup (cfoil_statement_column_text (row, i++));
  amount->type = (int) cfoil_statement_column_int64 (row, i++);
  amount->n_done = cfoil_statement_column_int64 (row, i++);
  amount->gross_minor = cfoil_statement_column_int64 (row, i++);
  amount->fee_minor = cfoil_statement_column_int64 (row, i++);
  amount->net_minor = cfoil_statement_column_int64 (row, i++);
  amount->seen_us = cfoil_statement_column_int64 (row, i++);
  amount->acknowledged_us = cfoil_statement_column_int64 (row, i++);
  return amount;
}

/* ?1 is LOCK_ID, ?2 FLAG. */
static GPtrArray *
list_amounts (CfoilDatabase *database,
              const char    *sql,
              gint64         lock_id,
              gboolean       flag,
              GError       **error)
{
  g_autoptr (GPtrArray) amounts = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_period_amount_free);
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (database, sql, error);
  CfoilStep step;

  if (rows == NULL)
    return NULL;
  cfoil_statement_bind_int64 (rows, 1, lock_id);
  cfoil_statement_bind_int64 (rows, 2, flag);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    g_ptr_array_add (amounts, read_amount (rows));
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&amounts) : NULL;
}

GPtrArray *
cfoil_period_lock_list_sums (CfoilDatabase *database,
                             gint64         lock_id,
                             GError       **error)
{
  return list_amounts (database,
                       "SELECT 0, lock_id, account_name, NULL, currency, type, n_done, gross_minor, fee_minor, net_minor, NULL, NULL "
                       "FROM period_lock_sum WHERE lock_id = ?1 AND ?2 = 0 ORDER BY account_name, currency, type",
                       lock_id, FALSE, error);
}

GPtrArray *
cfoil_period_lock_list_adjustments (CfoilDatabase *database,
                                    gint64         lock_id,
                                    gboolean       with_acknowledged,
                                    GError       **error)
{
  return list_amounts (database,
                       "SELECT adjustment_id, lock_id, account_name, transaction_id, currency, type, n_done, gross_minor, fee_minor, "
                       "net_minor, seen_us, acknowledged_us FROM period_adjustment "
                       "WHERE ?1 IN (0, lock_id) AND (?2 OR acknowledged_us IS NULL) ORDER BY seen_us DESC, adjustment_id DESC",
                       lock_id, with_acknowledged, error);
}

/* --- the chain --- */

gboolean
_cfoil_period_lock_read_former_hash (CfoilDatabase *database,
                                     gint64         lock_id,
                                     char         **hash,
                                     GError       **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  row = cfoil_database_prepare (database, "SELECT sha256 FROM period_lock WHERE lock_id < ?1 ORDER BY lock_id DESC LIMIT 1", error);
  if (row == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (row, 1, lock_id);
  step = cfoil_statement_step (row, error);
  *hash = g_strdup (step == CFOIL_STEP_ROW ? cfoil_statement_column_text (row, 0) : "");
  return step != CFOIL_STEP_ERROR;
}

/* Each cell with its length before it: no two different rows read the same. */
static gboolean
append_rows (CfoilDatabase *database,
             const char    *sql,
             gint64         lock_id,
             GString       *text,
             GError       **error)
{
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (database, sql, error);
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (rows, 1, lock_id);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      for (int i = 0; i < cfoil_statement_n_columns (rows); i++)
        {
          const char *cell = cfoil_statement_column_text (rows, i);

          g_string_append_printf (text, "%" G_GSIZE_FORMAT ":%s,", cell != NULL ? strlen (cell) : 0, cell != NULL ? cell : "");
        }
      g_string_append_c (text, '\n');
    }
  return step == CFOIL_STEP_DONE;
}

char *
_cfoil_period_lock_compute_hash (CfoilDatabase *database,
                                 gint64         lock_id,
                                 const char    *before,
                                 GError       **error)
{
  g_autoptr (GString) text = g_string_new ("period lock 1\n");

  g_string_append_printf (text, "%s\n", before);
  if (!append_rows (database,
                    "SELECT lock_id, zone, first_day, end_day, start_us, end_us, who, note, locked_us FROM period_lock WHERE lock_id = ?1",
                    lock_id, text, error) ||
      !append_rows (database,
                    "SELECT account_name, currency, type, n_done, gross_minor, fee_minor, net_minor FROM period_lock_sum "
                    "WHERE lock_id = ?1 ORDER BY account_name, currency, type",
                    lock_id, text, error))
    return NULL;
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);
}

gboolean
cfoil_period_lock_check (CfoilDatabase *database,
                         gint64        *n_wrong,
                         GError       **error)
{
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (database, "SELECT lock_id, sha256 FROM period_lock ORDER BY lock_id", error);
  g_autofree char *before = g_strdup ("");
  CfoilStep step;

  *n_wrong = 0;
  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      char *hash = _cfoil_period_lock_compute_hash (database, cfoil_statement_column_int64 (rows, 0), before, error);

      if (hash == NULL)
        return FALSE;
      g_free (before);
      before = hash;
      if (g_strcmp0 (hash, cfoil_statement_column_text (rows, 1)) != 0)
        (*n_wrong)++;
    }
  return step == CFOIL_STEP_DONE;
}
