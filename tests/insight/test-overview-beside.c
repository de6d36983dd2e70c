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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/overview/fraud-reports", test_fraud_reports);
  g_test_add_func ("/overview/never", test_never);
  g_test_add_func ("/overview/expiring", test_expiring);
  return g_test_run ();
}
