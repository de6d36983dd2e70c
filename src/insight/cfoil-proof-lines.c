/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-proof-private.h"

#include "cfoil-query.h"

#include <glib/gi18n.h>

static void
add_columns (CfoilTable *table)
{
  cfoil_table_add_column (table, "row", _ ("Row"), CFOIL_COLUMN_COUNT);
  cfoil_table_add_column (table, "posted_at_utc", _ ("Posted"), CFOIL_COLUMN_TIME);
  cfoil_table_add_column (table, "type", _ ("Type"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "provider_type", _ ("Provider’s Type"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "transaction_id", _ ("Transaction ID"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "merchant_reference", _ ("Reference"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "description", _ ("Description"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "amount", _ ("Amount"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "fee_total", _ ("Fee"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "net", _ ("Net"), CFOIL_COLUMN_MONEY);
}

/* Lines without an id of their own are found by what the mirror calls them. */
char *
_cfoil_proof_query_of_id (const char *transaction_id)
{
  if (transaction_id == NULL || *transaction_id == '\0')
    return NULL;
  return cfoil_term_text_of_value (CFOIL_FIELD_TRANSACTION_ID, transaction_id, FALSE);
}

static void
add_line (CfoilTable     *table,
          CfoilStatement *row,
          const char     *currency)
{
  g_autofree char *query = _cfoil_proof_query_of_id (cfoil_statement_column_text (row, 10));

  cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, query);
  cfoil_table_add_number (table, cfoil_statement_column_int64 (row, 0));
  cfoil_table_add_number (table, cfoil_statement_column_int64 (row, 1));
  for (int column = 2; column <= 6; column++)
    cfoil_table_add_text (table, cfoil_statement_column_text (row, column));
  for (int column = 7; column <= 9; column++)
    cfoil_table_add_money (table, cfoil_statement_column_int64 (row, column), currency);
}

CfoilTable *
cfoil_proof_read_lines (CfoilDatabase *database,
                        gint64         settlement_pk,
                        const char    *currency,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autoptr (CfoilTable) table = cfoil_table_new ("settlement-lines", _ ("Lines of a Settlement"));
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  cfoil_database_set_cancellable (database, cancellable);
  rows = cfoil_database_prepare (database,
                                 "SELECT l.row_number, l.posted_us, n.name, w.text, nullif (l.provider_id, ''), l.merchant_reference, "
                                 "l.description, l.amount_minor, l.fee_minor, l.net_minor, t.transaction_id "
                                 "FROM settlement_line AS l JOIN type_name AS n ON n.type = l.type "
                                 "JOIN word AS w ON w.word_id = l.provider_type_id JOIN txn AS t USING (txn_id) "
                                 "WHERE l.settlement_id = ?1 AND l.currency = ?2 ORDER BY l.document_id, l.row_number, l.posted_us, l.ordinal",
                                 error);
  if (rows != NULL)
    {
      add_columns (table);
      cfoil_statement_bind_int64 (rows, 1, settlement_pk);
      cfoil_statement_bind_text (rows, 2, currency);
      while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
        add_line (table, rows, currency);
      if (step == CFOIL_STEP_ERROR)
        g_clear_pointer (&table, cfoil_table_unref);
    }
  cfoil_database_set_cancellable (database, NULL);
  return rows != NULL ? g_steal_pointer (&table) : NULL;
}
