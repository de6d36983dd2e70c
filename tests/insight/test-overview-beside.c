/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test-mirror.h"

#include "cfoil-threshold.h"

/* What the overview says beside its figures: limits, what is about to expire, feeds that never came. */

/* 22 November 2026, 8:00. */
#define TEST_NOW_US G_GINT64_CONSTANT (1795334400000000)

static void
put_charge (TestMirror *test,
            const char *id,
            const char *currency,
            gint64      minor,
            gint64      us)
{
  CfoilObservation charge = test_observation (CFOIL_OBJECT_CHARGE, id, us);

  charge.state = CFOIL_STATE_CAPTURED;
  charge.currency = currency;
  charge.amount_minor = charge.moved_minor = minor;
  charge.created_us = us;
  test_put_observation (test->writer, &charge);
}

static CfoilOverview *
read_overview (TestMirror     *test,
               const char     *period,
               CfoilComparison comparison)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (test->mirror, NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;
  CfoilOverviewRequest request = { NULL, { 0 }, comparison, zone, 0 };
  CfoilOverview *overview;

  request.now_us = TEST_NOW_US;
  cfoil_period_parse (period, cfoil_day_of_time (TEST_NOW_US, zone), &request.period, &error);
  g_assert_no_error (error);
  overview = cfoil_overview_read (reader, NULL, &request, NULL, &error);
  g_assert_no_error (error);
  return overview;
}

static CfoilThreshold *
read_vamp (TestMirror *test,
           const char *currency)
{
  g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (test->mirror, NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  CfoilOverviewRequest request = { NULL, { 0 }, CFOIL_COMPARE_NONE, zone, G_GINT64_CONSTANT (1790000000000000) + G_TIME_SPAN_DAY };
  g_autoptr (GPtrArray) thresholds = NULL;
  g_autoptr (GError) error = NULL;

  cfoil_period_parse ("2026-09", cfoil_day_of_time (request.now_us, zone), &request.period, &error);
  thresholds = cfoil_threshold_read (database, &request, currency, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (thresholds->len, ==, CFOIL_N_THRESHOLDS);
  return g_ptr_array_steal_index (thresholds, CFOIL_THRESHOLD_VISA_VAMP);
}

/* What the merchant was told of fraud counts, of the month and currency that it is about. */
static void
test_fraud_reports (void)
{
  g_autoptr (TestMirror) test = test_mirror_new ();
  g_autoptr (CfoilThreshold) unknown = NULL;
  g_autoptr (CfoilThreshold) known = NULL;
  g_autoptr (CfoilThreshold) other = NULL;
  g_autoptr (CfoilThreshold) forgotten = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *id = g_strdup_printf ("C-%u", i);

      put_charge (test, id, i % 2 == 0 ? "EUR" : "GBP", 1999, G_GINT64_CONSTANT (1790000000000000)); /* 2026-09-21 */
    }
  test_commit (test->writer);
  unknown = read_vamp (test, "EUR");
  g_assert_cmpint (unknown->counts.base, ==, 50);
  g_assert_cmpint (unknown->value_ppm, ==, 0);
  test_assert_contains (unknown->value_text, "fraud reports unknown");
  g_assert_true (cfoil_threshold_say_reports (test->mirror, unknown->account, "EUR", unknown->first_day, 7, 1, &error));
  g_assert_true (cfoil_threshold_say_reports (test->mirror, unknown->account, "EUR", unknown->first_day, 2, 2, &error));
  g_assert_true (cfoil_threshold_say_reports (test->mirror, unknown->account, "EUR", unknown->first_day - 31, 9, 2, &error));
  known = read_vamp (test, "EUR");
  g_assert_cmpint (known->counts.n_reports, ==, 2);
  g_assert_cmpint (known->value_ppm, ==, 40000);
  g_assert_cmpint (known->distance, ==, 1498);
  test_assert_contains (known->value_text, "with 2 fraud reports");
  other = read_vamp (test, "GBP");
  g_assert_false (other->counts.has_reports);
  g_assert_true (cfoil_threshold_say_reports (test->mirror, unknown->account, "EUR", unknown->first_day, CFOIL_UNKNOWN, 3, &error));
  g_assert_no_error (error);
  forgotten = read_vamp (test, "EUR");
  g_assert_cmpstr (forgotten->value_text, ==, unknown->value_text);
}

/* A feed that was asked and never answered is told, not passed over. */
static void
test_never (void)
{
  g_autoptr (TestMirror) test = test_mirror_new ();
  g_autoptr (CfoilOverview) before = NULL;
  g_autoptr (CfoilOverview) after = NULL;

  put_charge (test, "C-1", "EUR", 1999, G_GINT64_CONSTANT (1790000000000000));
  test_commit (test->writer);
  before = read_overview (test, "2026-09", CFOIL_COMPARE_NONE);
  g_assert_null (before->gap);
  test_exec (test->mirror, "UPDATE account SET public_key_id = 'k'; INSERT INTO feed (account_id, name, rank, tried_us) "
                           "SELECT account_id, 'settlements', 1, 5 FROM account LIMIT 1");
  after = read_overview (test, "2026-09", CFOIL_COMPARE_NONE);
  test_assert_contains (after->gap, "were never fetched completely.");
}

static gint64
get_former (TestMirror     *test,
            const char     *period,
            CfoilComparison comparison,
            CfoilMetric     metric)
{
  g_autoptr (CfoilOverview) overview = read_overview (test, period, comparison);

  g_assert_true (overview->has_former);
  g_assert_cmpuint (overview->blocks->len, ==, 1);
  return ((CfoilOverviewBlock *) overview->blocks->pdata[0])->figures[metric].former;
}

/* Days before the first row of an account are not days on which it took nothing. */
static void
test_before_history (void)
{
  g_autoptr (TestMirror) test = test_mirror_new ();
  static const CfoilMetric sums[] = { CFOIL_METRIC_GROSS, CFOIL_METRIC_NET, CFOIL_METRIC_FEES, CFOIL_METRIC_REFUNDS,
                                      CFOIL_METRIC_DISPUTE_LOSSES, CFOIL_METRIC_ADJUSTMENTS, CFOIL_METRIC_PAYMENTS };

  put_charge (test, "C-1", "EUR", 1999, G_GINT64_CONSTANT (1790000000000000)); /* 2026-09-21 */
  test_commit (test->writer);
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      g_assert_cmpint (get_former (test, "2026-09", CFOIL_COMPARE_PREVIOUS, sums[i]), ==, CFOIL_UNKNOWN);
      g_assert_cmpint (get_former (test, "2026-09", CFOIL_COMPARE_YEAR_AGO, sums[i]), ==, CFOIL_UNKNOWN);
      /* The history begins with the last day of the former period: a day of it is known. */
      g_assert_cmpint (get_former (test, "2026-09-22", CFOIL_COMPARE_PREVIOUS, sums[i]), !=, CFOIL_UNKNOWN);
      g_assert_cmpint (get_former (test, "2026-09-21", CFOIL_COMPARE_PREVIOUS, sums[i]), ==, CFOIL_UNKNOWN);
    }
  g_assert_cmpint (get_former (test, "2026-11", CFOIL_COMPARE_PREVIOUS, CFOIL_METRIC_GROSS), ==, 0);
  g_assert_cmpint (get_former (test, "2026-10", CFOIL_COMPARE_PREVIOUS, CFOIL_METRIC_GROSS), ==, 1999);
  g_assert_cmpint (get_former (test, "2026-10", CFOIL_COMPARE_PREVIOUS, CFOIL_METRIC_PAYMENTS), ==, 1);
}

/* The first of the authorizations that end says until when. */
static void
test_expiring (void)
{
  g_autoptr (TestMirror) test = test_mirror_new ();
  g_autoptr (CfoilOverview) overview = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  const CfoilAttention *item = NULL;

  put_charge (test, "C-0", "EUR", 1999, TEST_NOW_US - 20 * G_TIME_SPAN_DAY);
  for (guint i = 1; i < 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("C-%u", i);
      CfoilObservation charge = test_observation (CFOIL_OBJECT_CHARGE, id, TEST_NOW_US);

      charge.created_us = TEST_NOW_US - 27 * G_TIME_SPAN_DAY;
      charge.expires_us = TEST_NOW_US + (gint64) (i * 3) * G_TIME_SPAN_DAY;
      charge.state = CFOIL_STATE_AUTHORIZED;
      charge.currency = "EUR";
      charge.amount_minor = 500;
      test_put_observation (test->writer, &charge);
    }
  test_commit (test->writer);
  overview = read_overview (test, "2026-09", CFOIL_COMPARE_NONE);
  for (guint i = 0; i < overview->attention->len; i++)
    if (((CfoilAttention *) overview->attention->pdata[i])->kind == CFOIL_ATTENTION_EXPIRING)
      item = overview->attention->pdata[i];
  g_assert_nonnull (item);
  g_assert_cmpint (item->n, ==, 2);
  g_assert_cmpint (item->due_us, ==, TEST_NOW_US + 3 * G_TIME_SPAN_DAY);
  test_assert_contains (item->detail, "The first expires ");
}

static gint64
count_query (TestMirror *test,
             const char *text)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (test->mirror, NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (CfoilQuery) query = cfoil_query_parse (text);
  CfoilScanTime time = { zone, TEST_NOW_US };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) totals = cfoil_scan_totals (reader, NULL, query, &time, NULL, &error);
  gint64 n = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (cfoil_query_get_n_mistakes (query), ==, 0);
  for (guint i = 0; i < totals->len; i++)
    n += (gint64) g_array_index (totals, CfoilTotal, i).n_rows;
  return n;
}

static void
put_open_row (TestMirror     *test,
              CfoilObjectKind kind,
              const char     *id,
              CfoilState      state,
              gint64          age_us)
{
  CfoilObservation row = test_observation (kind, id, TEST_NOW_US);

  row.state = state;
  row.currency = "EUR";
  row.amount_minor = 500;
  row.created_us = TEST_NOW_US - age_us;
  row.expires_us = row.created_us + 30 * G_TIME_SPAN_DAY;
  test_put_observation (test->writer, &row);
}

/* Refunds and authorizations of the last hundred days, in all states, some of them reviewed;
 * of each kind that matters there is one, whatever chance brings. */
static void
put_open_rows (TestMirror *test)
{
  static const CfoilState states[] = { CFOIL_STATE_DECLINED, CFOIL_STATE_PENDING, CFOIL_STATE_CAPTURING, CFOIL_STATE_REFUNDED,
                                       CFOIL_STATE_AUTHORIZED, CFOIL_STATE_OTHER };

  for (guint i = 0; i < 600; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%u", i % 2 == 0 ? "R" : "C", i);

      put_open_row (test, i % 2 == 0 ? CFOIL_OBJECT_REFUND : CFOIL_OBJECT_CHARGE, id,
                    states[g_test_rand_int_range (0, G_N_ELEMENTS (states))],
                    (gint64) (g_test_rand_double () * 100 * G_TIME_SPAN_DAY));
    }
  put_open_row (test, CFOIL_OBJECT_REFUND, "R-failed", CFOIL_STATE_DECLINED, 2 * G_TIME_SPAN_DAY);
  put_open_row (test, CFOIL_OBJECT_REFUND, "R-reviewed", CFOIL_STATE_DECLINED, 3 * G_TIME_SPAN_DAY);
  put_open_row (test, CFOIL_OBJECT_REFUND, "R-slow", CFOIL_STATE_PENDING, 20 * G_TIME_SPAN_DAY);
  put_open_row (test, CFOIL_OBJECT_CHARGE, "C-expires", CFOIL_STATE_AUTHORIZED, 25 * G_TIME_SPAN_DAY);
  test_commit (test->writer);
  test_exec (test->mirror, "INSERT INTO annotation SELECT a.provider, a.environment, t.transaction_id, '', '', 5, 5 "
                           "FROM txn AS t JOIN account AS a USING (account_id) "
                           "WHERE t.transaction_id = 'R-reviewed' OR (t.txn_id % 5 = 0 AND t.transaction_id <> 'R-failed')");
  test_exec (test->mirror, "UPDATE txn_generation SET format = 0");
}

/* What needs attention is counted by indexes, and opened by a query: both mean the same rows. */
static void
test_open_rows (void)
{
  g_autoptr (TestMirror) test = test_mirror_new ();
  g_autoptr (CfoilOverview) overview = NULL;
  g_autoptr (CfoilMirror) again = NULL;
  guint n_items = 0;

  put_open_rows (test);
  again = cfoil_mirror_open (cfoil_mirror_get_folder (test->mirror), NULL); /* its columns are made anew, with who was reviewed */
  g_assert_nonnull (again);
  overview = read_overview (test, "2026-09", CFOIL_COMPARE_NONE);
  for (guint i = 0; i < overview->attention->len; i++)
    {
      const CfoilAttention *item = overview->attention->pdata[i];

      if (!g_str_equal (item->page, "transactions"))
        continue;
      g_assert_cmpint (item->n, ==, count_query (test, item->argument));
      n_items++;
    }
  g_assert_cmpuint (n_items, ==, 3);
  g_assert_cmpint (count_query (test, "type:refund state:declined is:reviewed date:last30d"), >, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/overview/fraud-reports", test_fraud_reports);
  g_test_add_func ("/overview/never", test_never);
  g_test_add_func ("/overview/before-history", test_before_history);
  g_test_add_func ("/overview/expiring", test_expiring);
  g_test_add_func ("/overview/open-rows", test_open_rows);
  return g_test_run ();
}
