/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-books-source.h"

#include "cfoil-currency.h"
#include "cfoil-error.h"

struct _CfoilBooksSource
{
  CfoilDatabase *reader;
  const CfoilBooksOptions *options;
  GTimeZone *zone;
  char *account_ids; /* "1, 4" */
  gint64 start_us;
  gint64 end_us;
  CfoilStatement *rows; /* (nullable) */
};

/* Columns of both halves. */
enum
{
  AT,
  ACCOUNT_NAME,
  TRANSACTION,
  IS_LINE,
  SETTLEMENT,
  ACCOUNT_ID,
  PROVIDER,
  TYPE,
  TXN_TYPE,
  PROVIDER_TYPE,
  CURRENCY,
  AMOUNT,
  FEE,
  NET,
  NTH,
  STORE_ID,
  STORE,
  MERCHANT_REFERENCE,
  ORDER_REFERENCE,
  CHARGE,
  DISPUTE,
  DESCRIPTION,
  ORDINAL,
};

/* What was sold and given back on the day it was, settled or not: money that moved, or will.
 * By the index of time: that of accounts and ids leads all over the table. */
#define SQL_SALES \
  "SELECT t.sort_us AS at, a.name AS account, t.transaction_id AS transaction_id, 0 AS is_line, NULL AS settlement, t.account_id, " \
  "  a.provider, t.type, t.type, w.text, t.currency AS currency, t.gross_minor AS amount, 0, 0, 0, " \
  "  coalesce (t.store_id, p.store_id, 0), st.text, " \
  "  coalesce (t.merchant_reference, p.merchant_reference), t.order_reference, t.charge_id, t.dispute_id, t.description, 0 AS ordinal " \
  "FROM txn AS t JOIN account AS a USING (account_id) " \
  "LEFT JOIN charge_permission AS p ON p.account_id = t.account_id AND p.permission_id = t.permission_id " \
  "LEFT JOIN word AS w ON w.word_id = t.provider_type_id " \
  "LEFT JOIN word AS st ON st.word_id = coalesce (t.store_id, p.store_id) " \
  "WHERE t.type IN (1, 2) AND t.gross_minor <> 0 AND t.currency IS NOT NULL AND t.sort_us >= ?1 AND t.sort_us < ?2 " \
  "  AND +t.account_id IN (%s) "

#define SQL_LINES \
  "SELECT l.posted_us AS at, a.name AS account, t.transaction_id AS transaction_id, 1 AS is_line, s.provider_id AS settlement, " \
  "  s.account_id, a.provider, l.type, t.type, w.text, l.currency AS currency, l.amount_minor AS amount, l.fee_minor, l.net_minor, " \
  "  %s, " \
  "  coalesce (t.store_id, p.store_id, 0), st.text, " \
  "  coalesce (t.merchant_reference, p.merchant_reference), t.order_reference, t.charge_id, t.dispute_id, l.description, " \
  "  l.ordinal AS ordinal " \
  "FROM settlement_line AS l JOIN settlement AS s USING (settlement_id) JOIN account AS a USING (account_id) " \
  "JOIN txn AS t USING (txn_id) JOIN word AS w ON w.word_id = l.provider_type_id " \
  "LEFT JOIN charge_permission AS p ON p.account_id = t.account_id AND p.permission_id = t.permission_id " \
  "LEFT JOIN word AS st ON st.word_id = coalesce (t.store_id, p.store_id) " \
  "WHERE l.posted_us >= ?1 AND l.posted_us < ?2 AND s.account_id IN (%s) "

/* Which line of its transaction it is: only ids of registers need it. */
#define SQL_NTH \
  "(SELECT count (*) FROM settlement_line AS o WHERE o.txn_id = l.txn_id AND " \
  "  (o.posted_us, o.settlement_id, o.provider_type_id, o.provider_id, o.amount_minor, o.ordinal) < " \
  "  (l.posted_us, l.settlement_id, l.provider_type_id, l.provider_id, l.amount_minor, l.ordinal))"

#define SQL_ORDER "ORDER BY at, account, transaction_id, is_line, settlement, currency, amount, ordinal"
#define SQL_ORDER_OF_REGISTERS "ORDER BY account, currency, at, transaction_id, settlement, amount, ordinal"

static gboolean
is_wanted (const CfoilBooksOptions *options,
           const char              *name,
           gboolean                 is_live,
           gboolean                 has_live)
{
  if (options->accounts == NULL)
    return is_live || !has_live;
  for (guint i = 0; options->accounts[i] != NULL; i++)
    if (g_ascii_strcasecmp (options->accounts[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* Sandbox money never mixes with real money by itself. */
static gboolean
find_accounts (CfoilBooksSource *self,
               GError          **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  g_autoptr (GString) ids = g_string_new (NULL);
  gint64 n_live = 0;
  guint n_found = 0;
  CfoilStep step;

  if (!cfoil_database_get_int64 (self->reader, "SELECT count (*) FROM account WHERE environment = 'live'", &n_live, error) ||
      (row = cfoil_database_prepare (self->reader, "SELECT account_id, name, environment = 'live' FROM account ORDER BY 1", error)) == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    if (is_wanted (self->options, cfoil_statement_column_text (row, 1), cfoil_statement_column_int64 (row, 2) != 0, n_live > 0))
      g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, n_found++ > 0 ? ", " : "", cfoil_statement_column_int64 (row, 0));
  if (step == CFOIL_STEP_ERROR)
    return FALSE;
  if (self->options->accounts != NULL && n_found < g_strv_length (self->options->accounts))
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ACCOUNT,
                           n_found == 0 ? "There is no account of that name" : "One of these accounts is not there");
      return FALSE;
    }
  self->account_ids = g_strdup (ids->str);
  return TRUE;
}

CfoilBooksSource *
cfoil_books_source_new (CfoilDatabase           *reader,
                        const CfoilBooksOptions *options,
                        GTimeZone               *zone,
                        GError                 **error)
{
  g_autoptr (CfoilBooksSource) self = g_new0 (CfoilBooksSource, 1);

  self->reader = reader;
  self->options = options;
  self->zone = zone;
  self->start_us = G_MININT64 + 1;
  self->end_us = G_MAXINT64;
  if (options->period.kind != CFOIL_PERIOD_ALL)
    {
      self->start_us = cfoil_day_to_time (options->period.first_day, zone);
      self->end_us = cfoil_day_to_time (options->period.end_day, zone);
    }
  return find_accounts (self, error) ? g_steal_pointer (&self) : NULL;
}

void
cfoil_books_source_free (CfoilBooksSource *self)
{
  g_clear_pointer (&self->rows, cfoil_statement_free);
  g_free (self->account_ids);
  g_free (self);
}

static char *
build_sql (CfoilBooksSource *self,
           gboolean          ordered)
{
  gboolean is_register = cfoil_books_format_is_register (self->options->format);
  GString *sql = g_string_new (NULL);

  if (self->options->dates == CFOIL_BOOKS_BY_SALE && !is_register)
    {
      g_string_append_printf (sql, SQL_SALES, self->account_ids);
      g_string_append (sql, "UNION ALL ");
    }
  g_string_append_printf (sql, SQL_LINES, is_register ? SQL_NTH : "0", self->account_ids);
  if (ordered)
    g_string_append (sql, is_register ? SQL_ORDER_OF_REGISTERS : SQL_ORDER);
  return g_string_free (sql, FALSE);
}

gboolean
cfoil_books_source_start (CfoilBooksSource *self,
                          gboolean          ordered,
                          GError          **error)
{
  g_autofree char *sql = build_sql (self, ordered);

  g_clear_pointer (&self->rows, cfoil_statement_free);
  self->rows = cfoil_database_prepare (self->reader, sql, error);
  if (self->rows == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (self->rows, 1, self->start_us);
  cfoil_statement_bind_int64 (self->rows, 2, self->end_us);
  return TRUE;
}

/* In sales of their own day, a line of a payment or refund settles what was booked then. */
static gboolean
was_sold (CfoilBooksSource *self,
          CfoilType         txn_type)
{
  return self->options->dates == CFOIL_BOOKS_BY_SALE && !cfoil_books_format_is_register (self->options->format) &&
         (txn_type == CFOIL_TYPE_CHARGE || txn_type == CFOIL_TYPE_REFUND);
}

static void
read_row (CfoilBooksSource *self,
          CfoilBooksEntry  *entry)
{
  CfoilStatement *row = self->rows;

  *entry = (CfoilBooksEntry){
    .at_us = cfoil_statement_column_int64 (row, AT),
    .is_line = cfoil_statement_column_int64 (row, IS_LINE) != 0,
    .type = (CfoilType) cfoil_statement_column_int64 (row, TYPE),
    .account_id = cfoil_statement_column_int64 (row, ACCOUNT_ID),
    .store_id = cfoil_statement_column_int64 (row, STORE_ID),
    .amount_minor = cfoil_statement_column_int64 (row, AMOUNT),
    .fee_minor = cfoil_statement_column_int64 (row, FEE),
    .net_minor = cfoil_statement_column_int64 (row, NET),
    .nth_line = (guint) cfoil_statement_column_int64 (row, NTH),
    .currency = cfoil_statement_column_text (row, CURRENCY),
    .provider = cfoil_statement_column_text (row, PROVIDER),
    .account = cfoil_statement_column_text (row, ACCOUNT_NAME),
    .transaction_id = cfoil_statement_column_text (row, TRANSACTION),
    .provider_type = cfoil_statement_column_text (row, PROVIDER_TYPE),
    .settlement_id = cfoil_statement_column_text (row, SETTLEMENT),
    .merchant_reference = cfoil_statement_column_text (row, MERCHANT_REFERENCE),
    .order_reference = cfoil_statement_column_text (row, ORDER_REFERENCE),
    .charge_id = cfoil_statement_column_text (row, CHARGE),
    .dispute_id = cfoil_statement_column_text (row, DISPUTE),
    .store = cfoil_statement_column_text (row, STORE),
    .description = cfoil_statement_column_text (row, DESCRIPTION),
  };
  entry->day = cfoil_day_of_time (entry->at_us, self->zone);
  entry->exponent = MAX (cfoil_currency_exponent (entry->currency), 0);
  entry->was_sold = entry->is_line && was_sold (self, (CfoilType) cfoil_statement_column_int64 (row, TXN_TYPE));
}

CfoilStep
cfoil_books_source_next (CfoilBooksSource *self,
                         CfoilBooksEntry  *entry,
                         GError          **error)
{
  CfoilStep step;

  while ((step = cfoil_statement_step (self->rows, error)) == CFOIL_STEP_ROW)
    {
      read_row (self, entry);
      if (!cfoil_books_entry_balance (entry))
        {
          g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_RANGE,
                       "The amounts of %s are larger than can be counted", entry->transaction_id);
          return CFOIL_STEP_ERROR;
        }
      if (entry->n_postings > 0)
        return step;
    }
  return step;
}

gboolean
cfoil_books_source_get_opening (CfoilBooksSource *self,
                                gint64            account_id,
                                const char       *currency,
                                gint64           *minor,
                                GError          **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  *minor = 0;
  if (self->options->period.kind == CFOIL_PERIOD_ALL)
    return TRUE;
  row = cfoil_database_prepare (self->reader, "SELECT sum (l.net_minor) FROM settlement AS s JOIN settlement_line AS l USING (settlement_id) "
                                "WHERE s.account_id = ?1 AND l.currency = ?2 AND l.posted_us < ?3", error);
  if (row == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (row, 1, account_id);
  cfoil_statement_bind_text (row, 2, currency);
  cfoil_statement_bind_int64 (row, 3, self->start_us);
  step = cfoil_statement_step (row, error);
  if (step == CFOIL_STEP_ROW && cfoil_statement_column_int64 (row, 0) != CFOIL_UNKNOWN)
    *minor = cfoil_statement_column_int64 (row, 0);
  return step != CFOIL_STEP_ERROR;
}
