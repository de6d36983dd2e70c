/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "overview-naive.h"

#include "cfoil-case-query.h"

#include <string.h>

/* --- numbers --- */

static gint64
start_of_day (const Naive *self,
              gint32       day)
{
  g_autoptr (GDateTime) epoch = g_date_time_new_utc (1970, 1, 1, 0, 0, 0);
  g_autoptr (GDateTime) civil = g_date_time_add_days (epoch, day);
  g_autoptr (GDateTime) start = g_date_time_new (self->zone, g_date_time_get_year (civil), g_date_time_get_month (civil),
                                                 g_date_time_get_day_of_month (civil), 0, 0, 0);

  return g_date_time_to_unix (start) * G_USEC_PER_SEC;
}

void
naive_set_period (Naive             *self,
                  const CfoilPeriod *period)
{
  self->from_us = start_of_day (self, period->first_day);
  self->until_us = start_of_day (self, period->end_day);
}

gint64
naive_get (const Naive *self,
           const char  *currency,
           const char  *sql)
{
  g_auto (GStrv) parts = g_strsplit (sql, "{A}", -1);
  g_autofree char *accounts = g_strdup_printf ("(SELECT account_id FROM account WHERE name IN (%s))", self->accounts);
  g_autofree char *full = g_strjoinv (accounts, parts);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (self->database, full, &error);
  CfoilStep step;

  g_assert_no_error (error);
  cfoil_statement_bind_text (row, 1, currency);
  if (strstr (sql, "?2") != NULL)
    {
      cfoil_statement_bind_int64 (row, 2, self->from_us);
      cfoil_statement_bind_int64 (row, 3, self->until_us);
    }
  step = cfoil_statement_step (row, &error);
  g_assert_no_error (error);
  return step == CFOIL_STEP_ROW ? cfoil_statement_column_int64 (row, 0) : CFOIL_UNKNOWN;
}

#define ROWS(what) "SELECT " what " FROM txn WHERE account_id IN {A} AND coalesce (currency, '') = ?1 AND sort_us >= ?2 AND sort_us < ?3 "
#define SUM(what) ROWS ("coalesce (sum (" what "), 0)")
#define PAYMENTS "AND type = 1 AND state IN (0, 5) "
#define REFUNDS "AND type = 2 AND state IN (0, 8) "
/* With the words of the view: it was not written for this. */
#define CASES(what) \
  "SELECT " what " FROM cases AS c LEFT JOIN disputes AS d ON d.account = c.account AND d.dispute_id = c.dispute_id " \
  "LEFT JOIN dispute_case AS k ON k.uid = c.uid JOIN account AS a ON a.name = c.account WHERE a.account_id IN {A} AND c.currency = ?1 "
#define OPENED "AND c.opened_at_us >= ?2 AND c.opened_at_us < ?3"
#define DECIDED "AND coalesce (d.updated_at_us, k.changed_us) >= ?2 AND coalesce (d.updated_at_us, k.changed_us) < ?3 "
/* From payment to payout, of payments that were paid out. */
#define WAITS \
  "FROM (SELECT t.sort_us, (SELECT max (b.transaction_us) FROM disbursement AS b JOIN settlement AS s ON s.account_id = b.account_id " \
  "AND s.provider_id = b.settlement_provider_id WHERE s.settlement_id = t.settlement_id AND b.currency = t.currency) AS paid " \
  "FROM txn AS t WHERE t.account_id IN {A} AND t.currency = ?1 AND t.sort_us >= ?2 AND t.sort_us < ?3 " PAYMENTS ") WHERE paid IS NOT NULL "

/* The civil day, by the C library and not by GLib: the test runs in the zone of the mirror. */
#define DAY(us) "julianday (date (" us " / 1000000, 'unixepoch', 'localtime'))"

static gint64
get_middle (const Naive *self,
            const char  *currency,
            const char  *value,
            const char  *from,
            gint64       n)
{
  g_autofree char *one = g_strdup_printf ("SELECT %s %s ORDER BY 1 LIMIT 1 OFFSET %" G_GINT64_FORMAT, value, from, (n - 1) / 2);
  g_autofree char *two = g_strdup_printf ("SELECT %s %s ORDER BY 1 LIMIT 1 OFFSET %" G_GINT64_FORMAT, value, from, n / 2);
  gint64 sum;

  if (n == 0)
    return CFOIL_UNKNOWN;
  sum = naive_get (self, currency, one) + naive_get (self, currency, two);
  /* No sum here is negative. */
  return (sum + 1) / 2;
}

void
naive_parts (const Naive *self,
             CfoilMetric  metric,
             const char  *currency,
             gint64      *numerator,
             gint64      *denominator)
{
  gint64 n_payments = naive_get (self, currency, SUM ("1") PAYMENTS);

  switch (metric)
    {
    case CFOIL_METRIC_AVERAGE:
      *numerator = naive_get (self, currency, SUM ("gross_minor") PAYMENTS);
      *denominator = n_payments;
      return;
    case CFOIL_METRIC_SUCCESS_RATE:
      *numerator = n_payments;
      *denominator = n_payments + naive_get (self, currency, SUM ("1") "AND type = 1 AND state = 6");
      return;
    case CFOIL_METRIC_FEE_RATE:
      *numerator = -naive_get (self, currency, SUM ("fee_minor") PAYMENTS "AND fee_minor IS NOT NULL");
      *denominator = naive_get (self, currency, SUM ("gross_minor") PAYMENTS "AND fee_minor IS NOT NULL");
      return;
    case CFOIL_METRIC_REFUND_RATE:
      *numerator = -naive_get (self, currency, SUM ("gross_minor") REFUNDS);
      *denominator = naive_get (self, currency, SUM ("gross_minor") PAYMENTS);
      return;
    case CFOIL_METRIC_DISPUTE_ACTIVITY:
      *numerator = naive_get (self, currency, CASES ("count (*)") OPENED);
      *denominator = n_payments;
      return;
    case CFOIL_METRIC_DISPUTE_RATE:
      *numerator = naive_get (self, currency, SUM ("1") PAYMENTS "AND (account_id, transaction_id) IN "
                              "(SELECT account_id, charge_id FROM dispute_case WHERE charge_id IS NOT NULL AND account_id IS NOT NULL)");
      *denominator = n_payments;
      return;
    case CFOIL_METRIC_WIN_RATE:
      *numerator = naive_get (self, currency, CASES ("count (*)") DECIDED "AND c.outcome = 'won'");
      *denominator = naive_get (self, currency, CASES ("count (*)") DECIDED "AND c.outcome IN ('won', 'lost')");
      return;
    case CFOIL_METRIC_RECOVERY_RATE:
      *numerator = naive_get (self, currency, CASES ("coalesce (sum (c.amount_minor), 0)") DECIDED "AND c.outcome = 'won'");
      *denominator = naive_get (self, currency, CASES ("coalesce (sum (c.amount_minor), 0)") DECIDED
                                "AND c.outcome IN ('won', 'lost', 'accepted', 'expired')");
      return;
    default:
      *numerator = *denominator = CFOIL_UNKNOWN;
      return;
    }
}

gint64
naive_figure (const Naive *self,
              CfoilMetric  metric,
              const char  *currency)
{
  gint64 numerator, denominator, n;

  switch (metric)
    {
    case CFOIL_METRIC_GROSS:
      return naive_get (self, currency, SUM ("gross_minor") PAYMENTS);
    case CFOIL_METRIC_NET:
      return naive_get (self, currency, SUM ("gross_minor + coalesce (fee_minor, 0)")
                        "AND (type NOT IN (1, 2, 6, 7, 8) OR (type = 1 AND state IN (0, 5)) OR (type = 2 AND state IN (0, 8)))");
    case CFOIL_METRIC_FEES:
      return -naive_get (self, currency, SUM ("iif (type = 10, gross_minor, 0) + coalesce (fee_minor, 0)") "AND type IN (1, 2, 10)");
    case CFOIL_METRIC_REFUNDS:
      return -naive_get (self, currency, SUM ("gross_minor") REFUNDS);
    case CFOIL_METRIC_DISPUTE_LOSSES:
      return -naive_get (self, currency, SUM ("gross_minor + coalesce (fee_minor, 0)") "AND type IN (3, 4, 5)");
    case CFOIL_METRIC_ADJUSTMENTS:
      return naive_get (self, currency, SUM ("gross_minor + coalesce (fee_minor, 0)") "AND type IN (0, 9)");
    case CFOIL_METRIC_PAYMENTS:
      return naive_get (self, currency, SUM ("1") PAYMENTS);
    case CFOIL_METRIC_MEDIAN:
      n = naive_get (self, currency, SUM ("1") PAYMENTS);
      return get_middle (self, currency, "gross_minor", ROWS ("gross_minor") PAYMENTS + strlen ("SELECT gross_minor"), n);
    case CFOIL_METRIC_DAYS_TO_MONEY:
      n = naive_get (self, currency, "SELECT count (*) " WAITS);
      return get_middle (self, currency, "CAST (" DAY ("paid") " - " DAY ("sort_us") " AS INTEGER) * 86400000000", WAITS, n);
    case CFOIL_METRIC_PAID_OUT:
      n = naive_get (self, currency, "SELECT count (*) FROM disbursement WHERE account_id IN {A} AND currency = ?1");
      return n == 0 ? CFOIL_UNKNOWN
                    : naive_get (self, currency, "SELECT coalesce (sum (amount_minor), 0) FROM disbursement WHERE account_id IN {A} "
                                                 "AND currency = ?1 AND transaction_us >= ?2 AND transaction_us < ?3");
    default:
      break;
    }
  naive_parts (self, metric, currency, &numerator, &denominator);
  if (denominator == 0)
    return CFOIL_UNKNOWN;
  /* Nothing here is negative but a fee that was given back. */
  n = metric == CFOIL_METRIC_AVERAGE ? 1 : 1000000;
  return (numerator * n * 2 + denominator) / (2 * denominator);
}

/* --- what queries find --- */

static CfoilTotal
find_rows (CfoilDatabase              *database,
           const CfoilOverviewRequest *request,
           const char                 *text)
{
  g_autoptr (CfoilQuery) query = cfoil_query_parse (text);
  CfoilScanTime time = { request->zone, request->now_us };
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilScanResult) result = NULL;
  CfoilTotal none = { { 0 } };

  if (cfoil_query_get_n_mistakes (query) > 0)
    g_error ("%s: %s", text, cfoil_query_get_mistake (query, 0)->message);
  result = cfoil_scan (database, NULL, query, &cfoil_sort_default, &time, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->totals->len, <=, 1);
  return result->totals->len == 1 ? g_array_index (result->totals, CfoilTotal, 0) : none;
}

static void
check_transactions (CfoilDatabase              *database,
                    const CfoilOverviewRequest *request,
                    const Naive                *naive,
                    CfoilMetric                 metric,
                    const CfoilFigure          *figure,
                    const char                 *currency)
{
  CfoilTotal rows = find_rows (database, request, figure->query);
  gint64 both = rows.gross_minor + rows.fee_minor;

  switch (metric)
    {
    case CFOIL_METRIC_GROSS:
      g_assert_cmpint (rows.gross_minor, ==, figure->value);
      break;
    case CFOIL_METRIC_NET:
    case CFOIL_METRIC_ADJUSTMENTS:
      g_assert_cmpint (both, ==, figure->value);
      break;
    case CFOIL_METRIC_DISPUTE_LOSSES:
      g_assert_cmpint (-both, ==, figure->value);
      break;
    case CFOIL_METRIC_FEES:
      g_assert_cmpint (-rows.fee_minor - naive_get (naive, currency, SUM ("gross_minor") "AND type = 10"), ==, figure->value);
      break;
    case CFOIL_METRIC_REFUNDS:
      g_assert_cmpint (-rows.gross_minor, ==, figure->value);
      break;
    case CFOIL_METRIC_REFUND_RATE:
      g_assert_cmpint (-rows.gross_minor, ==, figure->numerator);
      break;
    case CFOIL_METRIC_PAYMENTS:
      g_assert_cmpint (rows.n_rows, ==, figure->value);
      break;
    case CFOIL_METRIC_AVERAGE:
      g_assert_cmpint (rows.gross_minor, ==, figure->numerator);
      g_assert_cmpint (rows.n_rows, ==, figure->denominator);
      break;
    case CFOIL_METRIC_MEDIAN:
      g_assert_cmpint (rows.n_rows, ==, naive_figure (naive, CFOIL_METRIC_PAYMENTS, currency));
      break;
    case CFOIL_METRIC_SUCCESS_RATE:
      g_assert_cmpint (rows.n_rows, ==, figure->denominator);
      break;
    case CFOIL_METRIC_FEE_RATE:
      g_assert_cmpint (-rows.fee_minor, ==, figure->numerator);
      g_assert_cmpint (rows.gross_minor, ==, figure->denominator);
      break;
    case CFOIL_METRIC_DISPUTE_RATE:
      g_assert_cmpint (rows.n_rows, ==, figure->numerator);
      break;
    case CFOIL_METRIC_DAYS_TO_MONEY:
      g_assert_cmpint (rows.n_rows, ==, naive_get (naive, currency, "SELECT count (*) " WAITS));
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
check_cases (CfoilDatabase              *database,
             const CfoilOverviewRequest *request,
             CfoilMetric                 metric,
             const CfoilFigure          *figure)
{
  g_autoptr (CfoilQuery) query = cfoil_query_parse_with (figure->query, cfoil_case_vocabulary ());
  g_autoptr (CfoilCaseMatcher) matcher = cfoil_case_matcher_new (query, request->zone, request->now_us);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) cases = cfoil_case_list (database, &error);
  gint64 n = 0, minor = 0;

  g_assert_no_error (error);
  if (cfoil_query_get_n_mistakes (query) > 0)
    g_error ("%s: %s", figure->query, cfoil_query_get_mistake (query, 0)->message);
  for (guint i = 0; i < cases->len; i++)
    if (cfoil_case_matcher_matches (matcher, cases->pdata[i]))
      {
        const CfoilCase *record = cases->pdata[i];

        n++;
        minor += record->amount_minor != CFOIL_UNKNOWN ? record->amount_minor : 0;
      }
  if (metric == CFOIL_METRIC_DISPUTE_ACTIVITY)
    g_assert_cmpint (n, ==, figure->numerator);
  else if (metric == CFOIL_METRIC_WIN_RATE)
    g_assert_cmpint (n, ==, figure->denominator);
  else
    g_assert_cmpint (minor, ==, figure->denominator);
}

/* Of payouts: which settlement told of the last one, and whose money it is that has not come. */
static void
check_payouts (CfoilDatabase              *database,
               const CfoilOverviewRequest *request,
               const Naive                *naive,
               const CfoilOverviewBlock   *block)
{
  gint64 refunds = naive_get (naive, block->currency, "SELECT coalesce (sum (gross_minor), 0) FROM txn WHERE account_id IN {A} "
                                                      "AND currency = ?1 AND type = 2 AND state = 8 AND settlement_id IS NULL");

  g_assert_cmpint (find_rows (database, request, block->unsettled_query).gross_minor, ==, block->unsettled_minor);
  g_assert_cmpint (find_rows (database, request, block->next_query).gross_minor, ==, block->unsettled_minor + refunds);
  g_assert_true ((block->last_payout_settlement == NULL) == (block->last_payout_us == CFOIL_UNKNOWN));
  if (block->last_payout_settlement != NULL)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT max (transaction_us) FROM disbursement WHERE account_id IN {A} AND currency = ?1 "
                                              "AND settlement_provider_id = '%s'", block->last_payout_settlement);

      g_assert_cmpint (naive_get (naive, block->currency, sql), ==, block->last_payout_us);
    }
  g_assert_true ((block->reserve_settlement == NULL) == (block->reserve_minor == CFOIL_UNKNOWN));
  /* What was withheld and not given back; the real files begin by giving back what was withheld before them. */
  if (block->reserve_minor != CFOIL_UNKNOWN)
    g_assert_cmpint (block->reserve_minor, ==,
                     naive_get (naive, block->currency, "SELECT max (-sum (l.amount_minor), 0) FROM settlement_line AS l JOIN settlement AS s "
                                                        "USING (settlement_id) WHERE s.account_id IN {A} AND l.currency = ?1 AND l.type = 7"));
}

/* --- all of it --- */

/* What is added up is no zero where the history had not begun. */
static gint64
naive_former (Naive               *naive,
              const CfoilOverview *overview,
              CfoilMetric          metric,
              const char          *currency)
{
  gboolean is_sum = metric <= CFOIL_METRIC_PAYMENTS || metric == CFOIL_METRIC_PAID_OUT;
  gint64 n;

  naive_set_period (naive, &overview->former);
  n = naive_get (naive, "", "SELECT (SELECT count (*) FROM txn WHERE account_id IN {A} AND sort_us < max (?2, ?3)) + "
                            "(SELECT count (*) FROM disbursement WHERE account_id IN {A} AND transaction_us < ?3)");
  return is_sum && n == 0 ? CFOIL_UNKNOWN : naive_figure (naive, metric, currency);
}

static void
compare_block (CfoilDatabase              *database,
               const CfoilOverviewRequest *request,
               const CfoilOverview        *overview,
               Naive                      *naive,
               const CfoilOverviewBlock   *block)
{
  for (CfoilMetric metric = 0; metric < CFOIL_N_METRICS; metric++)
    {
      const CfoilFigure *figure = &block->figures[metric];
      const CfoilMetricInfo *info = cfoil_metric_get_info (metric);
      gint64 numerator, denominator;

      naive_set_period (naive, &overview->period);
      g_test_message ("%s %s: %" G_GINT64_FORMAT " by “%s”", block->currency, info->name, figure->value, figure->query);
      naive_parts (naive, metric, block->currency, &numerator, &denominator);
      g_assert_cmpint (figure->value, ==, naive_figure (naive, metric, block->currency));
      g_assert_cmpint (figure->numerator, ==, numerator);
      g_assert_cmpint (figure->denominator, ==, denominator);
      if (info->page != NULL && g_str_equal (info->page, "transactions"))
        check_transactions (database, request, naive, metric, figure, block->currency);
      else if (g_str_equal (info->page, "disputes"))
        check_cases (database, request, metric, figure);
      if (!overview->has_former)
        continue;
      g_assert_cmpint (figure->former, ==, naive_former (naive, overview, metric, block->currency));
    }
  naive_set_period (naive, &overview->period);
  g_assert_cmpint (block->n_unknown_fees, ==, naive_get (naive, block->currency, SUM ("1") PAYMENTS "AND fee_minor IS NULL"));
  g_assert_cmpint (block->unsettled_minor, ==,
                   naive_get (naive, block->currency, "SELECT coalesce (sum (gross_minor), 0) FROM txn WHERE account_id IN {A} "
                                                      "AND currency = ?1 AND type = 1 AND state = 5 AND settlement_id IS NULL"));
  g_assert_cmpint (block->last_payout_us, ==,
                   naive_get (naive, block->currency, "SELECT max (transaction_us) FROM disbursement WHERE account_id IN {A} AND currency = ?1"));
  g_assert_cmpint (block->last_payout_minor, ==,
                   naive_get (naive, block->currency, "SELECT amount_minor FROM disbursement WHERE account_id IN {A} AND currency = ?1 "
                                                      "ORDER BY transaction_us DESC LIMIT 1"));
  check_payouts (database, request, naive, block);
}

void
naive_compare (CfoilDatabase              *database,
               const CfoilOverviewRequest *request,
               const char                 *accounts,
               const CfoilOverview        *overview)
{
  Naive naive = { database, request->zone, accounts, 0, 0 };

  naive_set_period (&naive, &overview->period);
  for (guint i = 0; i < overview->blocks->len; i++)
    compare_block (database, request, overview, &naive, overview->blocks->pdata[i]);
}
