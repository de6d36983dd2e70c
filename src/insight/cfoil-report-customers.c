/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-private.h"

#include "cfoil-query.h"

#include <glib/gi18n.h>

/* The best customers have lines of their own, all others one together. */
#define N_CUSTOMERS "1000"

/* A movement is of the customer of its payment, or of the order.  Who is a customer is the
 * provider's id, else the mail address, else the name. */
#define CUSTOMERS_SQL \
  "WITH movement AS MATERIALIZED (SELECT t.currency, t.type, t.sort_us, t.gross_minor AS gross, coalesce (t.fee_minor, 0) AS fee, " \
  "coalesce (t.buyer_id, p.buyer_id, c.buyer_id, t.buyer_email, p.buyer_email, t.buyer_name, p.buyer_name, c.buyer_email, " \
  "c.buyer_name, '') AS key, coalesce (t.buyer_name, p.buyer_name, c.buyer_name) AS name, " \
  "coalesce (t.buyer_email, p.buyer_email, c.buyer_email) AS email, CASE WHEN coalesce (t.buyer_id, p.buyer_id, c.buyer_id) IS NOT NULL " \
  "THEN 0 WHEN coalesce (t.buyer_email, p.buyer_email) IS NOT NULL THEN 1 WHEN coalesce (t.buyer_name, p.buyer_name) IS NULL " \
  "AND c.buyer_email IS NOT NULL THEN 1 ELSE 2 END AS found_by " \
  "FROM txn AS t LEFT JOIN txn AS c ON t.type <> 1 AND c.account_id = t.account_id AND c.transaction_id = t.charge_id " \
  "LEFT JOIN charge_permission AS p ON p.account_id = t.account_id AND p.permission_id = coalesce (t.permission_id, c.permission_id) " \
  "WHERE t.sort_us >= ?1 AND t.sort_us < ?2 AND t.account_id IN (%ACCOUNTS%) AND t.currency IS NOT NULL " \
  "AND (?3 IS NULL OR t.currency = ?3) AND ((t.type = 1 AND t.state IN (0, 5)) OR (t.type = 2 AND t.state IN (0, 8)) " \
  "OR t.type IN (3, 4, 5))), " \
  "customer AS (SELECT currency, key, max (name) AS name, max (email) AS email, min (found_by) AS found_by, count (*) FILTER (WHERE type = 1) AS n, " \
  "coalesce (sum (gross) FILTER (WHERE type = 1), 0) AS gross, coalesce (-sum (gross) FILTER (WHERE type = 2), 0) AS refunds, " \
  "coalesce (-sum (gross + fee) FILTER (WHERE type IN (3, 4, 5)), 0) AS losses, count (*) FILTER (WHERE type IN (3, 4)) AS n_disputes, " \
  "max (sort_us) FILTER (WHERE type = 1) AS last_us FROM movement GROUP BY currency, key), " \
  "ranked AS (SELECT *, key <> '' AND row_number () OVER (PARTITION BY currency, key = '' ORDER BY gross - refunds - losses DESC, key) " \
  "<= " N_CUSTOMERS " AS is_own FROM customer) " \
  "SELECT currency, iif (is_own, coalesce (name, email, key), NULL) AS shown, iif (is_own, key, NULL), iif (is_own, email, NULL), " \
  "count (*), key = '', sum (n), sum (gross), sum (refunds), sum (losses), sum (gross - refunds - losses), sum (n_disputes), max (last_us), min (found_by) " \
  "FROM ranked GROUP BY currency, is_own, iif (is_own, key, ''), key = '' " \
  "ORDER BY currency, is_own DESC, key = '', 11 DESC, key"

static const ReportKey keys[] = {
  { "customer", N_ ("Customer") },
  { "email", N_ ("Email") },
  { "last_payment", N_ ("Last Payment"), CFOIL_COLUMN_DAY },
};

static const ReportColumn columns[] = {
  { "payments", N_ ("Payments"), CFOIL_COLUMN_COUNT, 0, 0 },
  { "gross", N_ ("Gross"), CFOIL_COLUMN_MONEY, 1, 0 },
  { "refunds", N_ ("Refunds"), CFOIL_COLUMN_MONEY, 2, 0 },
  { "dispute_losses", N_ ("Dispute Losses"), CFOIL_COLUMN_MONEY, 3, 0 },
  { "net", N_ ("Net"), CFOIL_COLUMN_MONEY, 4, 0 },
  { "disputes", N_ ("Chargebacks and Claims"), CFOIL_COLUMN_COUNT, 5, 0 },
};

/* The list cannot ask for whose payment a refund gives back: a row opens its payments. */
static char *
dup_query (CfoilReportRun *run,
           CfoilStatement *row)
{
  static const CfoilField fields[] = { CFOIL_FIELD_BUYER_ID, CFOIL_FIELD_BUYER_EMAIL, CFOIL_FIELD_BUYER_NAME };
  g_autoptr (GString) what = g_string_new ("type:charge state:captured,posted");
  const char *key = cfoil_statement_column_text (row, 2);
  gboolean is_nobody = cfoil_statement_column_int64 (row, 5) != 0;
  gint64 found_by = cfoil_statement_column_int64 (row, 13);

  if (!is_nobody && key == NULL)
    return NULL;
  /* Who is known by a mail address alone has no id, and so on. */
  for (guint i = 0; i < G_N_ELEMENTS (fields) && (is_nobody || (gint64) i <= found_by); i++)
    {
      g_autofree char *term = cfoil_term_text_of_value (fields[i], !is_nobody && (gint64) i == found_by ? key : NULL, FALSE);

      g_string_append_printf (what, " %s", term);
    }
  return _cfoil_report_run_to_query (run, what->str, "date", cfoil_statement_column_text (row, 0), run->period.first_day,
                                     run->period.end_day);
}

static void
add_customer (CfoilReportRun *run,
              ReportSums     *sums,
              CfoilStatement *row)
{
  gboolean is_own = cfoil_statement_column_text (row, 2) != NULL;
  gint64 n = cfoil_statement_column_int64 (row, 4), last_us = cfoil_statement_column_int64 (row, 12);
  g_autofree char *query = dup_query (run, row);
  ReportLine line = { .day = CFOIL_UNKNOWN, .query = query };
  g_autofree char *others = NULL;

  /* For machines those whom nobody knows have no name, and the rest is called the same in every language. */
  if (cfoil_statement_column_int64 (row, 5) != 0)
    line.keys[0] = _ ("Customers whom nobody knows");
  else if (is_own)
    line.keys[0] = cfoil_statement_column_text (row, 1);
  else
    line.keys[0] = others = g_strdup_printf (ngettext ("%ld other customer", "%ld other customers", (gulong) n), (glong) n);
  line.names[0] = cfoil_statement_column_int64 (row, 5) != 0 ? "" : is_own ? NULL : "others";
  line.keys[1] = cfoil_statement_column_text (row, 3);
  line.key_numbers[2] = last_us != CFOIL_UNKNOWN ? cfoil_day_of_time (last_us, run->zone) : CFOIL_UNKNOWN;
  for (guint i = 0; i < 6; i++)
    line.values[i] = cfoil_statement_column_int64 (row, 6 + (int) i);
  _report_sums_add (sums, cfoil_statement_column_text (row, 0), &line);
}

CfoilTable *
_cfoil_report_customers (CfoilReportRun *run,
                         GError        **error)
{
  const ReportShape shape = { .keys = keys, .n_keys = 3, .columns = columns, .n_columns = G_N_ELEMENTS (columns), .n_values = 6,
                              .query_field = CFOIL_N_FIELDS };
  g_autoptr (ReportSums) sums = _report_sums_new (run, &shape);
  g_autoptr (CfoilStatement) row = _cfoil_report_run_prepare_times (run, CUSTOMERS_SQL, error);
  CfoilStep step;

  if (row == NULL)
    return NULL;
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    add_customer (run, sums, row);
  if (step != CFOIL_STEP_DONE)
    return NULL;
  _cfoil_report_run_note (run, g_strdup (_ ("The provider shows names and addresses of customers for 30 days only.")));
  return _report_sums_end (sums);
}
