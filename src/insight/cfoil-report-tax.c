/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-private.h"

#include <glib/gi18n.h>

/* By time and the customer's country: that of the payment, or of its order; a refund is of the
 * country of what it gives back.  The list cannot ask for that: a row opens its payments. */
#define COUNTRIES_SQL \
  "SELECT x.currency, x.day, x.country, x.country, " \
  "coalesce (sum (x.n_done) FILTER (WHERE x.type = 1), 0), coalesce (sum (x.gross) FILTER (WHERE x.type = 1), 0), " \
  "coalesce (sum (x.n_done) FILTER (WHERE x.type = 2), 0), coalesce (-sum (x.gross) FILTER (WHERE x.type = 2), 0), sum (x.gross), " \
  "-sum (x.fee), -sum (x.tax) " \
  "FROM (SELECT t.currency, t.type, t.sort_us AS day, 1 AS n_done, t.gross_minor AS gross, t.fee_minor AS fee, t.tax_minor AS tax, " \
  "coalesce (t.buyer_country, p.buyer_country, c.buyer_country, '') AS country " \
  "FROM txn AS t LEFT JOIN txn AS c ON t.type = 2 AND c.account_id = t.account_id AND c.transaction_id = t.charge_id " \
  "LEFT JOIN charge_permission AS p ON p.account_id = t.account_id AND p.permission_id = coalesce (t.permission_id, c.permission_id) " \
  "WHERE t.sort_us >= ?1 AND t.sort_us < ?2 AND t.account_id IN (%ACCOUNTS%) AND t.currency IS NOT NULL " \
  "AND (?3 IS NULL OR t.currency = ?3) AND ((t.type = 1 AND t.state IN (0, 5)) OR (t.type = 2 AND t.state IN (0, 8)))) AS x "

static const ReportKey keys[] = { { "month", N_ ("Month") }, { "country", N_ ("Country") } };

static const ReportColumn columns[] = {
  { "payments", N_ ("Payments"), CFOIL_COLUMN_COUNT, 0, 0 },
  { "gross", N_ ("Gross Sales"), CFOIL_COLUMN_MONEY, 1, 0 },
  { "refunds", N_ ("Refunds"), CFOIL_COLUMN_COUNT, 2, 0 },
  { "refunded", N_ ("Refunded"), CFOIL_COLUMN_MONEY, 3, 0 },
  { "sales", N_ ("Sales Less Refunds"), CFOIL_COLUMN_MONEY, 4, 0 },
  { "fees", N_ ("Fees"), CFOIL_COLUMN_MONEY, 5, 0 },
  { "fee_tax", N_ ("Tax in Fees"), CFOIL_COLUMN_MONEY, 6, 0 },
};

/* A CASE of the moments at which the buckets begin: SQL does not know the zone. */
static char *
bucket_sql (CfoilReportRun *run)
{
  GString *sql = g_string_new ("CASE ");
  gint32 first = cfoil_bucket_floor (run->bucket, run->period.first_day);

  while (first < run->period.end_day)
    {
      gint32 next = cfoil_bucket_next (run->bucket, first);

      g_string_append_printf (sql, "WHEN t.sort_us < %" G_GINT64_FORMAT " THEN %d ", cfoil_day_to_time (next, run->zone), first);
      first = next;
    }
  g_string_append_printf (sql, "ELSE %d END AS day", first);
  return g_string_free (sql, FALSE);
}

/* The years of a whole history are few; what is longer than this is cut into years. */
static void
limit_buckets (CfoilReportRun *run)
{
  if (run->bucket == CFOIL_BUCKET_MONTH && run->period.end_day - run->period.first_day > 366 * 25)
    {
      run->bucket = CFOIL_BUCKET_YEAR;
      run->group = cfoil_bucket_to_string (run->bucket);
    }
}

CfoilTable *
_cfoil_report_tax (CfoilReportRun *run,
                   GError        **error)
{
  const ReportShape shape = { .keys = keys, .n_keys = 2, .columns = columns, .n_columns = G_N_ELEMENTS (columns), .n_values = 7,
                              .query = "type:charge state:captured,posted", .query_field = CFOIL_FIELD_BUYER_COUNTRY };
  g_autofree char *bucket = NULL;
  g_autoptr (CfoilStatement) rows = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *sql = NULL;

  limit_buckets (run);
  bucket = bucket_sql (run);
  parts = g_strsplit (COUNTRIES_SQL "GROUP BY 1, 2, 4 ORDER BY 1, 2, 4", "t.sort_us AS day", 2);
  sql = g_strjoinv (bucket, parts);
  rows = _cfoil_report_run_prepare_times (run, sql, error);
  _cfoil_report_run_note (run, g_strdup (_ ("How much tax is in a payment is not known: sales contain it. Fees and their tax are known "
                                            "once a payment is settled.")));
  return rows != NULL ? _report_sums_read (run, &shape, rows, error) : NULL;
}
