/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-proof-private.h"

#include "cfoil-query.h"

#include <glib/gi18n.h>

/* Captured and in no settlement.  What is usual is learnt from the newest settled payments
 * of each account and currency: nine of ten of them were settled within so many days. */

/* So many say what is usual; fewer than the least say nothing, and then it is this long. */
#define N_LEARNT 1000
#define N_LEAST 20
#define USUAL_US (20 * G_TIME_SPAN_DAY)

#define GROUPS_SQL \
  "SELECT t.account_id, a.name, t.currency, count (*) FROM txn AS t INDEXED BY txn_unsettled JOIN account AS a USING (account_id) " \
  "WHERE t.type = 1 AND t.state = 5 AND t.settlement_id IS NULL GROUP BY t.account_id, t.currency ORDER BY a.name, t.currency"

/* From the newest settlements back, so that few rows are read. */
#define USUAL_SQL \
  "SELECT max (s.end_us, t.sort_us) - t.sort_us FROM (SELECT s.settlement_id, s.end_us FROM settlement AS s " \
  "JOIN settlement_sum AS u ON u.settlement_id = s.settlement_id AND u.currency = ?2 AND u.type = 1 " \
  "WHERE s.account_id = ?1 AND s.end_us IS NOT NULL ORDER BY s.end_us DESC LIMIT 60) AS s " \
  "CROSS JOIN txn AS t ON t.settlement_id = s.settlement_id WHERE t.type = 1 AND t.currency = ?2 LIMIT ?3"

#define ROWS_SQL \
  "SELECT t.transaction_id, t.sort_us, t.gross_minor, t.merchant_reference FROM txn AS t INDEXED BY txn_unsettled " \
  "WHERE t.type = 1 AND t.state = 5 AND t.settlement_id IS NULL AND t.account_id = ?1 AND t.currency = ?2 AND t.sort_us < ?3 ORDER BY t.sort_us"

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

/* How long it takes for nine of ten. */
static gboolean
learn_usual (CfoilDatabase *database,
             gint64         account_id,
             const char    *currency,
             gint64        *usual_us,
             GError       **error)
{
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (database, USUAL_SQL, error);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (gint64));
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (rows, 1, account_id);
  cfoil_statement_bind_text (rows, 2, currency);
  cfoil_statement_bind_int64 (rows, 3, N_LEARNT);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      gint64 span = cfoil_statement_column_int64 (rows, 0);

      g_array_append_val (spans, span);
    }
  g_array_sort (spans, compare_spans);
  *usual_us = spans->len >= N_LEAST ? g_array_index (spans, gint64, (spans->len * 9 + 9) / 10 - 1) : USUAL_US;
  return step == CFOIL_STEP_DONE;
}

static void
add_columns (CfoilTable *table)
{
  cfoil_table_add_column (table, "transaction_id", _ ("Transaction ID"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "captured_at_utc", _ ("Captured"), CFOIL_COLUMN_TIME);
  cfoil_table_add_column (table, "amount", _ ("Amount"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "currency", _ ("Currency"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "age", _ ("Age"), CFOIL_COLUMN_SPAN);
  cfoil_table_add_column (table, "usual", _ ("Usually Settled Within"), CFOIL_COLUMN_SPAN);
  cfoil_table_add_column (table, "merchant_reference", _ ("Reference"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "account", _ ("Account"), CFOIL_COLUMN_TEXT);
}

static gboolean
add_rows (CfoilDatabase *database,
          CfoilTable    *table,
          gint64         account_id,
          const char    *account,
          const char    *currency,
          gint64         now_us,
          GError       **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  gint64 usual_us;
  CfoilStep step;

  if (!learn_usual (database, account_id, currency, &usual_us, error))
    return FALSE;
  rows = cfoil_database_prepare (database, ROWS_SQL, error);
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (rows, 1, account_id);
  cfoil_statement_bind_text (rows, 2, currency);
  cfoil_statement_bind_int64 (rows, 3, now_us - usual_us);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      const char *id = cfoil_statement_column_text (rows, 0);
      gint64 captured_us = cfoil_statement_column_int64 (rows, 1);
      g_autofree char *query = cfoil_term_text_of_value (CFOIL_FIELD_TRANSACTION_ID, id, FALSE);

      cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, query);
      cfoil_table_add_text (table, id);
      cfoil_table_add_number (table, captured_us);
      cfoil_table_add_money (table, cfoil_statement_column_int64 (rows, 2), currency);
      cfoil_table_add_text (table, currency);
      cfoil_table_add_number (table, now_us - captured_us);
      cfoil_table_add_number (table, usual_us);
      cfoil_table_add_text (table, cfoil_statement_column_text (rows, 3));
      cfoil_table_add_text (table, account);
    }
  return step == CFOIL_STEP_DONE;
}

static gboolean
add_groups (CfoilDatabase *database,
            CfoilTable    *table,
            char         **accounts,
            gint64         now_us,
            GError       **error)
{
  g_autoptr (CfoilStatement) groups = cfoil_database_prepare (database, GROUPS_SQL, error);
  CfoilStep step;

  if (groups == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (groups, error)) == CFOIL_STEP_ROW)
    {
      const char *account = cfoil_statement_column_text (groups, 1);
      const char *currency = cfoil_statement_column_text (groups, 2);

      if (currency == NULL || (accounts != NULL && !g_strv_contains ((const char *const *) accounts, account)))
        continue;
      if (!add_rows (database, table, cfoil_statement_column_int64 (groups, 0), account, currency, now_us, error))
        return FALSE;
    }
  return step == CFOIL_STEP_DONE;
}

CfoilTable *
cfoil_proof_read_unsettled (CfoilDatabase *database,
                            char         **accounts,
                            gint64         now_us,
                            GCancellable  *cancellable,
                            GError       **error)
{
  g_autoptr (CfoilTable) table = cfoil_table_new ("unsettled", _ ("Captured, Not Settled"));
  gboolean ok;

  add_columns (table);
  cfoil_database_set_cancellable (database, cancellable);
  ok = add_groups (database, table, accounts, now_us, error);
  cfoil_database_set_cancellable (database, NULL);
  return ok ? g_steal_pointer (&table) : NULL;
}
