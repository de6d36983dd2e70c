/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-private.h"

#include <glib/gi18n.h>

/* Sales, fees and refunds out of the daily sums; definitions as in cfoil-metric.h. */

#define KEYS_BY_TIME "SELECT d.currency, d.day, NULL, "
#define KEYS_BY_STORE "SELECT d.currency, w.text, w.text, "
#define FROM_DAILY \
  " FROM daily AS d LEFT JOIN word AS w ON w.word_id = d.store_id " \
  "WHERE d.account_id IN (%ACCOUNTS%) AND d.day >= ?1 AND d.day < ?2 AND d.currency <> '' AND (?3 IS NULL OR d.currency = ?3) "
#define ORDER_BY_TIME " GROUP BY d.currency, d.day ORDER BY d.currency, d.day"
#define ORDER_BY_STORE " GROUP BY d.currency, d.store_id ORDER BY d.currency, total (d.gross_minor) FILTER (WHERE d.type = 1) DESC, w.text"

#define SUM(what, types) "coalesce (sum (" what ") FILTER (WHERE d.type IN (" types ")), 0)"
#define PAYMENTS SUM ("d.n_done", "1")
#define GROSS SUM ("d.gross_minor", "1")
#define REFUNDS SUM ("-d.gross_minor", "2")
#define FEES SUM ("-d.fee_minor - iif (d.type = 10, d.gross_minor, 0)", "1, 2, 10")
#define LOSSES SUM ("-d.gross_minor - d.fee_minor", "3, 4, 5")
#define ADJUSTMENTS SUM ("d.gross_minor + d.fee_minor", "0, 9")

static const ReportKey time_key[] = { { "day", N_ ("Day") } };
static const ReportKey store_key[] = { { "store", N_ ("Store") } };

/* By time or by store. */
static CfoilTable *
read_daily (CfoilReportRun *run,
            const char     *values_sql,
            ReportShape    *shape,
            GError        **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (CfoilStatement) rows = NULL;

  shape->keys = run->is_by_time ? time_key : store_key;
  shape->n_keys = 1;
  shape->query_field = run->is_by_time ? CFOIL_N_FIELDS : CFOIL_FIELD_STORE;
  sql = g_strconcat (run->is_by_time ? KEYS_BY_TIME : KEYS_BY_STORE, values_sql, FROM_DAILY,
                     run->is_by_time ? ORDER_BY_TIME : ORDER_BY_STORE, NULL);
  rows = _cfoil_report_run_prepare_days (run, sql, error);
  return rows != NULL ? _report_sums_read (run, shape, rows, error) : NULL;
}

/* Fees become known with the settlement; until then sums are "so far". */
static gboolean
note_unsettled (CfoilReportRun *run,
                GError        **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  row = _cfoil_report_run_prepare_days (run,
                                        "SELECT d.currency, sum (d.n_unsettled) FROM daily AS d WHERE d.account_id IN (%ACCOUNTS%) "
                                        "AND d.day >= ?1 AND d.day < ?2 AND d.currency <> '' AND (?3 IS NULL OR d.currency = ?3) "
                                        "AND d.type IN (1, 2) GROUP BY d.currency HAVING sum (d.n_unsettled) > 0 ORDER BY d.currency LIMIT 12",
                                        error);
  if (row == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    {
      gint64 n = cfoil_statement_column_int64 (row, 1);
      /* Translators: how many, and a currency ("EUR") */
      char *note = g_strdup_printf (
        ngettext ("The fee of %ld transaction in %s is not known yet and not in it.",
                  "The fees of %ld transactions in %s are not known yet and not in it.", (gulong) n),
        (glong) n, cfoil_statement_column_text (row, 0));

      _cfoil_report_run_note (run, note);
    }
  return step == CFOIL_STEP_DONE;
}

static CfoilTable *
with_unsettled (CfoilReportRun *run,
                CfoilTable     *table,
                GError        **error)
{
  if (table == NULL || note_unsettled (run, error))
    return table;
  cfoil_table_unref (table);
  return NULL;
}

CfoilTable *
_cfoil_report_sales (CfoilReportRun *run,
                     GError        **error)
{
  static const ReportColumn columns[] = {
    { "payments", N_ ("Payments"), CFOIL_COLUMN_COUNT, 0, 0 },
    { "gross", N_ ("Gross"), CFOIL_COLUMN_MONEY, 1, 0 },
    { "refunds", N_ ("Refunds"), CFOIL_COLUMN_MONEY, 2, 0 },
    { "fees", N_ ("Fees"), CFOIL_COLUMN_MONEY, 3, 0 },
    { "dispute_losses", N_ ("Dispute Losses"), CFOIL_COLUMN_MONEY, 4, 0 },
    { "adjustments", N_ ("Adjustments"), CFOIL_COLUMN_MONEY, 5, 0 },
    { "net", N_ ("Net"), CFOIL_COLUMN_MONEY, 6, 0 },
  };
  ReportShape shape = { .columns = columns, .n_columns = G_N_ELEMENTS (columns), .n_values = 7,
                        .query = "type:charge,refund,chargeback,claim,dispute_fee,adjustment,authorization_fee,other" };

  return with_unsettled (run,
                         read_daily (run,
                                     PAYMENTS ", " GROSS ", " REFUNDS ", " FEES ", " LOSSES ", " ADJUSTMENTS ", " GROSS " - " REFUNDS
                                              " - " FEES " - " LOSSES " + " ADJUSTMENTS,
                                     &shape, error),
                         error);
}

CfoilTable *
_cfoil_report_fees (CfoilReportRun *run,
                    GError        **error)
{
  static const ReportColumn columns[] = {
    { "settled_payments", N_ ("Payments with Known Fee"), CFOIL_COLUMN_COUNT, 0, 0 },
    { "settled_gross", N_ ("Their Gross"), CFOIL_COLUMN_MONEY, 1, 0 },
    { "payment_fees", N_ ("Payment Fees"), CFOIL_COLUMN_MONEY, 2, 0 },
    { "fee_rate", N_ ("Fee Rate"), CFOIL_COLUMN_RATIO, 2, 1 },
    { "returned_fees", N_ ("Given Back on Refunds"), CFOIL_COLUMN_MONEY, 3, 0 },
    { "authorization_fees", N_ ("Authorization Fees"), CFOIL_COLUMN_MONEY, 4, 0 },
    { "fees", N_ ("Fees"), CFOIL_COLUMN_MONEY, 5, 0 },
    { "dispute_fees", N_ ("Dispute Fees"), CFOIL_COLUMN_MONEY, 6, 0 },
  };
  ReportShape shape = { .columns = columns, .n_columns = G_N_ELEMENTS (columns), .n_values = 7,
                        .query = "type:charge,refund,authorization_fee,dispute_fee" };

  return with_unsettled (run,
                         read_daily (run,
                                     SUM ("d.n_done - d.n_unsettled", "1") ", " SUM ("d.gross_minor - d.unsettled_minor", "1") ", "
                                     SUM ("-d.fee_minor", "1") ", " SUM ("d.fee_minor", "2") ", "
                                     SUM ("-d.gross_minor - d.fee_minor", "10") ", " FEES ", "
                                     SUM ("-d.gross_minor - d.fee_minor", "5"),
                                     &shape, error),
                         error);
}

/* Reasons stand in the refunds themselves. */
static CfoilTable *
read_reasons (CfoilReportRun *run,
              ReportShape    *shape,
              GError        **error)
{
  static const ReportKey key[] = { { "reason", N_ ("Reason") } };
  g_autoptr (CfoilStatement) rows = NULL;

  shape->keys = key;
  shape->n_keys = 1;
  shape->query_field = CFOIL_FIELD_REASON;
  rows = _cfoil_report_run_prepare_times (
    run,
    "SELECT t.currency, t.reason, t.reason, count (*) FILTER (WHERE t.state IN (0, 8)), "
    "coalesce (sum (-t.gross_minor) FILTER (WHERE t.state IN (0, 8)), 0), coalesce (sum (t.fee_minor) FILTER (WHERE t.state IN (0, 8)), 0), "
    "count (*) FILTER (WHERE t.state = 6), NULL "
    "FROM txn AS t WHERE t.sort_us >= ?1 AND t.sort_us < ?2 AND t.type = 2 AND t.account_id IN (%ACCOUNTS%) "
    "AND t.currency IS NOT NULL AND (?3 IS NULL OR t.currency = ?3) GROUP BY t.currency, t.reason ORDER BY t.currency, 5 DESC, t.reason",
    error);
  return rows != NULL ? _report_sums_read (run, shape, rows, error) : NULL;
}

CfoilTable *
_cfoil_report_refunds (CfoilReportRun *run,
                       GError        **error)
{
  static const ReportColumn columns[] = {
    { "refunds", N_ ("Refunds"), CFOIL_COLUMN_COUNT, 0, 0 },
    { "refunded", N_ ("Refunded"), CFOIL_COLUMN_MONEY, 1, 0 },
    { "returned_fees", N_ ("Fees Given Back"), CFOIL_COLUMN_MONEY, 2, 0 },
    { "declined", N_ ("Declined"), CFOIL_COLUMN_COUNT, 3, 0 },
    { "gross", N_ ("Sales"), CFOIL_COLUMN_MONEY, 4, 0 },
    { "refund_rate", N_ ("Refund Rate"), CFOIL_COLUMN_RATIO, 1, 4 },
  };
  ReportShape shape = { .columns = columns, .n_columns = G_N_ELEMENTS (columns), .n_values = 5, .query = "type:refund" };

  if (g_str_equal (run->group, "reason"))
    return read_reasons (run, &shape, error);
  return read_daily (run,
                     SUM ("d.n_done", "2") ", " REFUNDS ", " SUM ("d.fee_minor", "2") ", " SUM ("d.n_declined", "2") ", " GROSS,
                     &shape, error);
}
