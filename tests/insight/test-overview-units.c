/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test-mirror.h"

#include "cfoil-fx.h"
#include "cfoil-ratio.h"
#include "cfoil-threshold.h"
#include "cfoil-time.h"

#include <string.h>

/* --- divisions --- */

static void
test_ratios (void)
{
  int low, high, wide_low, wide_high;

  g_assert_cmpint (cfoil_divide (5, 2), ==, 3);
  g_assert_cmpint (cfoil_divide (-5, 2), ==, -2);
  g_assert_cmpint (cfoil_divide (5, -2), ==, -2);
  g_assert_cmpint (cfoil_divide (-7, 2), ==, -3);
  g_assert_cmpint (cfoil_divide (1, 0), ==, CFOIL_UNKNOWN);
  g_assert_cmpint (cfoil_divide (CFOIL_UNKNOWN, 1), ==, CFOIL_UNKNOWN);
  g_assert_cmpint (cfoil_ratio (1, 3), ==, 333333);
  g_assert_cmpint (cfoil_ratio (2, 3), ==, 666667);
  g_assert_cmpint (cfoil_ratio (1, 2000000), ==, 1);
  g_assert_cmpint (cfoil_ratio (1, 2000001), ==, 0);
  /* Beyond 64 bits on the way, not at the end. */
  g_assert_cmpint (cfoil_ratio (G_MAXINT64, G_MAXINT64), ==, CFOIL_PPM);
  g_assert_cmpint (cfoil_ratio (G_MAXINT64, 1), ==, CFOIL_UNKNOWN);
  g_assert_cmpint (cfoil_divide (G_MAXINT64, 1), ==, G_MAXINT64);

  cfoil_ratio_interval (0, 0, &low, &high);
  g_assert_cmpint (low, ==, 0);
  g_assert_cmpint (high, ==, CFOIL_PPM);
  /* By hand: 7 of 12, z = 1.2816. */
  cfoil_ratio_interval (7, 5, &low, &high);
  g_assert_cmpint (ABS (low - 401000), <, 1500);
  g_assert_cmpint (ABS (high - 746000), <, 1500);
  cfoil_ratio_interval (1, 1, &wide_low, &wide_high);
  g_assert_cmpint (wide_high - wide_low, >, high - low);
}

static void
test_formats (void)
{
  const struct
  {
    CfoilUnit unit;
    gint64 value;
    const char *text;
  } cases[] = {
    { CFOIL_UNIT_RATIO, 12345, "1.23 %" },        { CFOIL_UNIT_RATIO, 99996, "10.00 %" },   { CFOIL_UNIT_RATIO, 123456, "12.3 %" },
    { CFOIL_UNIT_RATIO, -7550, "−0.75 %" },       { CFOIL_UNIT_RATIO, 0, "0.00 %" },        { CFOIL_UNIT_COUNT, 12, "12" },
    { CFOIL_UNIT_COUNT, -3, "−3" },               { CFOIL_UNIT_RATIO, 1000000, "100.0 %" }, { CFOIL_UNIT_RATIO, CFOIL_UNKNOWN, "–" },
    { CFOIL_UNIT_SPAN, 3 * G_TIME_SPAN_DAY + 12 * G_TIME_SPAN_HOUR, "3.5 days" },
    { CFOIL_UNIT_SPAN, 31 * G_TIME_SPAN_HOUR, "31 hours" },
    { CFOIL_UNIT_SPAN, G_TIME_SPAN_MINUTE, "1 minute" },
  };
  g_autofree char *money = cfoil_unit_format (CFOIL_UNIT_MONEY, 123450, "USD");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cfoil_unit_format (cases[i].unit, cases[i].value, NULL);
      g_auto (GStrv) parts = g_strsplit (text, "\u00a0", -1);
      g_autofree char *plain = g_strjoinv (" ", parts);

      g_assert_cmpstr (plain, ==, cases[i].text);
    }
  test_assert_contains (money, "1,234.50");
}

static void
test_metrics (void)
{
  for (CfoilMetric i = 0; i < CFOIL_N_METRICS; i++)
    {
      const CfoilMetricInfo *info = cfoil_metric_get_info (i);
      CfoilMetric found;

      g_assert_true (cfoil_metric_from_string (info->name, &found));
      g_assert_cmpint (found, ==, i);
      g_assert_nonnull (info->title);
      g_assert_nonnull (info->formula);
      g_assert_nonnull (info->page);
      if (g_str_equal (info->page, "transactions"))
        {
          g_autoptr (CfoilQuery) query = cfoil_query_parse (info->query);

          g_assert_cmpuint (cfoil_query_get_n_mistakes (query), ==, 0);
        }
    }
  g_assert_false (cfoil_metric_from_string ("moon", NULL));
}

/* --- thresholds --- */

static void
check_threshold (CfoilThresholdKind kind,
                 gint64             events,
                 gint64             base,
                 gboolean           is_reached,
                 gint64             distance,
                 const char        *words)
{
  CfoilThresholdCounts counts = { events, base, base, CFOIL_UNKNOWN };
  g_autoptr (CfoilThreshold) self = cfoil_threshold_evaluate (kind, &counts, "USD");

  g_test_message ("%s: %s; %s", cfoil_threshold_get_info (kind)->name, self->value_text, self->distance_text);
  g_assert_cmpint (self->is_reached, ==, is_reached);
  g_assert_cmpint (self->distance, ==, distance);
  test_assert_contains (self->distance_text, words);
  test_assert_contains (self->note, "Informative");
}

static void
test_thresholds (void)
{
  /* 149.99 and 150 basis points, with enough events. */
  check_threshold (CFOIL_THRESHOLD_VISA_VAMP, 1499, 100000, FALSE, 1, "1 more dispute until");
  check_threshold (CFOIL_THRESHOLD_VISA_VAMP, 1500, 100000, TRUE, 0, "is reached");
  check_threshold (CFOIL_THRESHOLD_VISA_VAMP, 1500, 100001, FALSE, 1, "1 more dispute until");
  check_threshold (CFOIL_THRESHOLD_VISA_VAMP, 2980, 200000, FALSE, 20, "20 more disputes until");
  /* The rate alone does not do. */
  check_threshold (CFOIL_THRESHOLD_VISA_VAMP, 1499, 1000, FALSE, 1, "is reached; 1 more dispute until the 1500");
  check_threshold (CFOIL_THRESHOLD_VISA_VAMP, 0, 10, FALSE, 1500, "1500 more disputes until");
  check_threshold (CFOIL_THRESHOLD_VISA_VAMP, 5, 0, FALSE, CFOIL_UNKNOWN, "no payments");
  check_threshold (CFOIL_THRESHOLD_MASTERCARD_ECM, 99, 6600, FALSE, 1, "1 more dispute");
  check_threshold (CFOIL_THRESHOLD_MASTERCARD_ECM, 100, 6666, TRUE, 0, "is reached");
  check_threshold (CFOIL_THRESHOLD_MASTERCARD_ECM, 100, 6667, FALSE, 1, "1 more dispute");
  check_threshold (CFOIL_THRESHOLD_MASTERCARD_HECM, 299, 9000, FALSE, 1, "1 more dispute");
  check_threshold (CFOIL_THRESHOLD_MASTERCARD_HECM, 300, 10000, TRUE, 0, "is reached");
  check_threshold (CFOIL_THRESHOLD_HOUSE, 7, 1000, FALSE, 1, "0.75");
  check_threshold (CFOIL_THRESHOLD_HOUSE, 8, 1000, TRUE, 0, "is reached");
  check_threshold (CFOIL_THRESHOLD_PAYPAL, 149, 10000, FALSE, 1, "until the limit of 1.50");
  check_threshold (CFOIL_THRESHOLD_PAYPAL, 150, 10000, TRUE, 0, "is reached");
  check_threshold (CFOIL_THRESHOLD_PAYPAL, 90, 100, FALSE, CFOIL_UNKNOWN, "101 payments or more");
}

static void
test_threshold_money (void)
{
  CfoilThresholdCounts little = { 20, 2000, 2000, 4999999 }, enough = { 20, 2000, 2000, 5000000 }, few = { 9, 999, 999, 9000000 };
  g_autoptr (CfoilThreshold) a = cfoil_threshold_evaluate (CFOIL_THRESHOLD_MASTERCARD_EFM, &little, "USD");
  g_autoptr (CfoilThreshold) b = cfoil_threshold_evaluate (CFOIL_THRESHOLD_MASTERCARD_EFM, &enough, "USD");
  g_autoptr (CfoilThreshold) c = cfoil_threshold_evaluate (CFOIL_THRESHOLD_MASTERCARD_EFM, &few, "USD");
  CfoilThresholdCounts vamp = { 3, 1000, 1000, CFOIL_UNKNOWN };
  g_autoptr (CfoilThreshold) d = cfoil_threshold_evaluate (CFOIL_THRESHOLD_VISA_VAMP, &vamp, "USD");

  g_assert_false (a->is_reached);
  g_assert_true (b->is_reached);
  g_assert_false (c->is_reached);
  test_assert_contains (c->distance_text, "1000 payments or more");
  test_assert_contains (d->value_text, "at least 0.30");
  test_assert_contains (d->value_text, "fraud reports unknown");
  for (guint i = 0; i < CFOIL_N_THRESHOLDS; i++)
    {
      const CfoilThresholdInfo *info = cfoil_threshold_get_info ((CfoilThresholdKind) i);

      g_assert_true (info->name != NULL && info->title != NULL && info->formula != NULL && info->consequence != NULL);
      g_assert_true (info->source != NULL && strlen (info->as_of) == 10 && info->limit_ppm > 0);
    }
}

/* --- rates --- */

static gint64
convert (const char *base,
         const char *quote,
         const char *text,
         gint64      minor,
         const char *from,
         const char *to)
{
  CfoilFxRate rate = { .rate = (char *) text };
  gint64 converted = CFOIL_UNKNOWN;

  g_strlcpy (rate.base, base, sizeof rate.base);
  g_strlcpy (rate.quote, quote, sizeof rate.quote);
  return cfoil_fx_convert (&rate, minor, from, to, &converted) ? converted : CFOIL_UNKNOWN;
}

static void
test_convert (void)
{
  g_assert_cmpint (convert ("EUR", "USD", "1.0842", 10000, "EUR", "USD"), ==, 10842);
  g_assert_cmpint (convert ("EUR", "USD", "1.0845", 1000, "EUR", "USD"), ==, 1085); /* 1084.5 */
  g_assert_cmpint (convert ("EUR", "USD", "1.0845", -1000, "EUR", "USD"), ==, -1085);
  g_assert_cmpint (convert ("EUR", "USD", "1.0844", 1000, "EUR", "USD"), ==, 1084);
  g_assert_cmpint (convert ("EUR", "USD", "1.25", 10000, "USD", "EUR"), ==, 8000);
  g_assert_cmpint (convert ("EUR", "JPY", "163.5", 10000, "EUR", "JPY"), ==, 16350);
  g_assert_cmpint (convert ("EUR", "JPY", "163.5", 16350, "JPY", "EUR"), ==, 10000);
  g_assert_cmpint (convert ("JPY", "KWD", "0.002", 5, "JPY", "KWD"), ==, 10);
  g_assert_cmpint (convert ("EUR", "USD", "1.00000000000", CFOIL_UNKNOWN, "EUR", "USD"), ==, CFOIL_UNKNOWN);
  g_assert_cmpint (convert ("EUR", "USD", "1", G_MAXINT64, "EUR", "USD"), ==, G_MAXINT64);
  g_assert_cmpint (convert ("EUR", "USD", "2", G_MAXINT64, "EUR", "USD"), ==, CFOIL_UNKNOWN);
  g_assert_cmpint (convert ("EUR", "USD", "999999999999.999999", G_MAXINT64, "EUR", "USD"), ==, CFOIL_UNKNOWN);
  g_assert_cmpint (convert ("EUR", "USD", "0.000000000001", G_MAXINT64, "EUR", "USD"), ==, 9223372);
}

static CfoilFxImport *
import (TestMirror *test,
        const char *text,
        GError    **error)
{
  g_autofree char *path = test_folder_file (test->folder, "rates.csv");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  test_write_text (path, text);
  return cfoil_fx_import_file (test->mirror, file, NULL, error);
}

static void
test_import (void)
{
  g_autoptr (TestMirror) test = test_mirror_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilFxImport) good = import (test, "date,base,rate,quote,source\n2026-10-30,EUR,1.0842,USD,ECB\n"
                                                 "2026-10-31,EUR,1.0900,USD,\"ECB, fixed\"\n2026-10-31,GBP,1.2,EUR,", &error);
  g_autoptr (CfoilFxImport) again = import (test, "base,quote,date,rate\nGBP,EUR,2026-10-31,1.2\nGBP,EUR,2026-11-01,1.21\n", &error);
  g_autoptr (CfoilFxImport) bad = import (test, "base,quote,date,rate\nEUR,USD,2026-11-02,1.1\nEUR,EUR,2026-10-31,1\nXX,EUR,2026-10-31,1\n"
                                                "EUR,USD,2026-02-30,1\nEUR,USD,2026-10-31,\"1,08\"\nEUR,USD,2026-10-31,0\n"
                                                "EUR,USD,2026-10-31,-1\nEUR,USD,2026-10-31,1e3\nEUR,USD\n", &error);
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (test->mirror, NULL);
  g_autoptr (CfoilTable) table = NULL;
  g_autoptr (CfoilFxRate) rate = NULL;
  gint32 day;

  g_assert_no_error (error);
  g_assert_cmpuint (good->n_rates, ==, 3);
  g_assert_cmpuint (again->n_rates, ==, 1);
  g_assert_cmpuint (again->n_same, ==, 1);
  g_assert_cmpuint (bad->n_mistakes, ==, 8);
  g_assert_cmpuint (bad->n_rates, ==, 0);
  test_assert_contains ((char *) bad->mistakes->pdata[0], "Line 3:");
  test_assert_contains ((char *) bad->mistakes->pdata[3], "rate must be");
  /* All or nothing: the good line of the bad file is not there. */
  table = cfoil_fx_list (reader, &error);
  g_assert_cmpuint (cfoil_table_get_n_rows (table), ==, 4);

  cfoil_day_from_date (2026, 11, 5, &day);
  rate = cfoil_fx_find (reader, "USD", "EUR", day, &error);
  g_assert_cmpstr (rate->rate, ==, "1.0900");
  g_assert_cmpstr (rate->source, ==, "ECB, fixed");
  g_clear_pointer (&rate, cfoil_fx_rate_free);
  cfoil_day_from_date (2026, 10, 30, &day);
  rate = cfoil_fx_find (reader, "EUR", "USD", day, &error);
  g_assert_cmpstr (rate->rate, ==, "1.0842");
  g_assert_null (cfoil_fx_find (reader, "EUR", "USD", day - 1, &error));
  g_assert_null (cfoil_fx_find (reader, "EUR", "JPY", day, &error));
  g_assert_no_error (error);

  g_assert_null (import (test, "base,quote,rate\nEUR,USD,1\n", &error));
  g_assert_nonnull (error);
  test_assert_contains (error->message, "“date”");
  g_clear_error (&error);
  g_assert_null (import (test, "", &error));
  g_assert_nonnull (error);
}

/* --- mirrors of odd contents --- */

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
  gint32 today;

  cfoil_day_from_date (2026, 11, 22, &today);
  request.now_us = cfoil_day_to_time (today, zone) + 8 * G_TIME_SPAN_HOUR;
  cfoil_period_parse (period, today, &request.period, &error);
  g_assert_no_error (error);
  overview = cfoil_overview_read (reader, NULL, &request, NULL, &error);
  g_assert_no_error (error);
  return overview;
}

static void
test_empty (void)
{
  static const char *const periods[] = { "all", "today", "2026-10", "1970", "0001..9999" };
  g_autoptr (TestMirror) test = test_mirror_new ();

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      g_autoptr (CfoilOverview) overview = read_overview (test, periods[i], CFOIL_COMPARE_PREVIOUS);

      g_assert_cmpuint (overview->blocks->len, ==, 0);
      g_assert_cmpuint (overview->n_buckets, >, 0);
    }
}

static gint64
figure_of (const CfoilOverview *overview,
           CfoilMetric          metric)
{
  g_assert_cmpuint (overview->blocks->len, ==, 1);
  return ((CfoilOverviewBlock *) overview->blocks->pdata[0])->figures[metric].value;
}

static void
test_one_row (void)
{
  g_autoptr (TestMirror) test = test_mirror_new ();
  g_autoptr (CfoilOverview) day = NULL;
  g_autoptr (CfoilOverview) before = NULL;
  g_autoptr (CfoilOverview) all = NULL;

  put_charge (test, "C-1", "EUR", 1999, G_GINT64_CONSTANT (1790000000000000)); /* 2026-09-21 */
  test_commit (test->writer);
  day = read_overview (test, "2026-09-21", CFOIL_COMPARE_PREVIOUS);
  g_assert_cmpint (figure_of (day, CFOIL_METRIC_GROSS), ==, 1999);
  g_assert_cmpint (figure_of (day, CFOIL_METRIC_MEDIAN), ==, 1999);
  g_assert_cmpint (figure_of (day, CFOIL_METRIC_AVERAGE), ==, 1999);
  g_assert_cmpint (figure_of (day, CFOIL_METRIC_SUCCESS_RATE), ==, CFOIL_PPM);
  g_assert_cmpint (figure_of (day, CFOIL_METRIC_FEE_RATE), ==, CFOIL_UNKNOWN);
  g_assert_cmpint (figure_of (day, CFOIL_METRIC_WIN_RATE), ==, CFOIL_UNKNOWN);
  g_assert_cmpint (figure_of (day, CFOIL_METRIC_DISPUTE_RATE), ==, 0);
  g_assert_cmpint (((CfoilOverviewBlock *) day->blocks->pdata[0])->unsettled_minor, ==, 1999);
  g_assert_cmpint (((CfoilOverviewBlock *) day->blocks->pdata[0])->immature_ppm, ==, CFOIL_PPM);
  g_assert_cmpuint (day->n_buckets, ==, 1);
  /* Nothing is said, but of the right currency. */
  before = read_overview (test, "2019-05", CFOIL_COMPARE_YEAR_AGO);
  g_assert_cmpint (figure_of (before, CFOIL_METRIC_GROSS), ==, 0);
  g_assert_cmpint (figure_of (before, CFOIL_METRIC_AVERAGE), ==, CFOIL_UNKNOWN);
  g_assert_cmpint (figure_of (before, CFOIL_METRIC_MEDIAN), ==, CFOIL_UNKNOWN);
  all = read_overview (test, "all", CFOIL_COMPARE_PREVIOUS);
  g_assert_cmpint (figure_of (all, CFOIL_METRIC_GROSS), ==, 1999);
  g_assert_cmpint (all->period.first_day, <, all->period.end_day);
}

static void
test_1970 (void)
{
  g_autoptr (TestMirror) test = test_mirror_new ();
  g_autoptr (CfoilOverview) all = NULL;
  g_autoptr (CfoilOverview) year = NULL;

  put_charge (test, "C-1", "EUR", 100, 1);
  put_charge (test, "C-2", "EUR", 250, G_GINT64_CONSTANT (1790000000000000));
  test_commit (test->writer);
  all = read_overview (test, "all", CFOIL_COMPARE_NONE);
  g_assert_cmpint (figure_of (all, CFOIL_METRIC_GROSS), ==, 350);
  g_assert_cmpint (figure_of (all, CFOIL_METRIC_MEDIAN), ==, 175);
  g_assert_cmpint (all->period.first_day, ==, 0);
  year = read_overview (test, "1970", CFOIL_COMPARE_YEAR_AGO);
  g_assert_cmpint (figure_of (year, CFOIL_METRIC_GROSS), ==, 100);
}

/* Each by itself, in order, and never one sum. */
static void
test_currencies (void)
{
  g_autoptr (TestMirror) test = test_mirror_new ();
  g_autoptr (CfoilOverview) overview = NULL;
  g_autoptr (CfoilOverviewConverted) converted = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = g_strdup_printf ("C-%u", i);
      char currency[4] = { (char) ('A' + i / 100), (char) ('A' + i / 10 % 10), (char) ('A' + i % 10), '\0' };

      put_charge (test, id, currency, i + 1, G_GINT64_CONSTANT (1790000000000000) + i);
    }
  test_commit (test->writer);
  overview = read_overview (test, "2026", CFOIL_COMPARE_PREVIOUS);
  g_assert_cmpuint (overview->blocks->len, ==, 1000);
  for (guint i = 0; i < 1000; i++)
    {
      const CfoilOverviewBlock *block = overview->blocks->pdata[i];

      g_assert_cmpint (block->figures[CFOIL_METRIC_GROSS].value, ==, i + 1);
      g_assert_cmpint (block->figures[CFOIL_METRIC_MEDIAN].value, ==, i + 1);
    }
  reader = cfoil_mirror_open_reader (test->mirror, NULL);
  converted = cfoil_overview_convert (reader, overview, &overview->period, "EUR", &error);
  g_assert_no_error (error);
  g_assert_false (converted->is_complete);
  g_assert_cmpint (converted->values[CFOIL_METRIC_GROSS], ==, CFOIL_UNKNOWN);
  g_assert_cmpint (converted->values[CFOIL_METRIC_PAYMENTS], ==, 1000);
}

static void
test_one_currency (void)
{
  g_autoptr (TestMirror) test = test_mirror_new ();
  g_autoptr (CfoilOverview) overview = NULL;
  g_autoptr (CfoilOverviewConverted) converted = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilFxImport) rates = import (test, "base,quote,date,rate,source\nEUR,USD,2026-09-30,1.0845,ECB\n"
                                                  "JPY,EUR,2026-09-29,0.0061,ECB\n", &error);

  g_assert_no_error (error);
  put_charge (test, "C-1", "EUR", 1000, G_GINT64_CONSTANT (1790000000000000));
  put_charge (test, "C-2", "USD", 5, G_GINT64_CONSTANT (1790000000000000));
  put_charge (test, "C-3", "JPY", 5000, G_GINT64_CONSTANT (1790000000000000));
  test_commit (test->writer);
  overview = read_overview (test, "2026-09", CFOIL_COMPARE_NONE);
  reader = cfoil_mirror_open_reader (test->mirror, NULL);
  converted = cfoil_overview_convert (reader, overview, &overview->period, "EUR", &error);
  g_assert_no_error (error);
  g_assert_true (converted->is_complete);
  /* 10.00 + round (0.05 / 1.0845) + round (5000 × 0.0061) */
  g_assert_cmpint (converted->values[CFOIL_METRIC_GROSS], ==, 1000 + 5 + 3050);
  g_assert_cmpuint (converted->notes->len, ==, 2);
  test_assert_contains ((char *) converted->notes->pdata[0], "ECB");
}

/* More than can be counted is told. */
static void
test_overflow (void)
{
  CfoilMetricSums sums[CFOIL_N_TYPES] = { 0 }, more[CFOIL_N_TYPES] = { 0 };
  gint64 value;

  sums[CFOIL_TYPE_CHARGE] = (CfoilMetricSums){ .n_done = 1, .gross_minor = G_MAXINT64 };
  g_assert_true (cfoil_metric_compute (CFOIL_METRIC_GROSS, sums, &value, NULL, NULL));
  g_assert_cmpint (value, ==, G_MAXINT64);
  sums[CFOIL_TYPE_ADJUSTMENT].gross_minor = 1;
  cfoil_metric_compute (CFOIL_METRIC_NET, sums, &value, NULL, NULL);
  g_assert_cmpint (value, ==, CFOIL_UNKNOWN);
  more[CFOIL_TYPE_CHARGE].gross_minor = 1;
  cfoil_metric_sums_add (sums, more);
  g_assert_true (sums[CFOIL_TYPE_CHARGE].is_overflown);
  cfoil_metric_compute (CFOIL_METRIC_GROSS, sums, &value, NULL, NULL);
  g_assert_cmpint (value, ==, CFOIL_UNKNOWN);
  cfoil_metric_compute (CFOIL_METRIC_PAYMENTS, sums, &value, NULL, NULL);
  g_assert_cmpint (value, ==, 1);
  g_assert_false (cfoil_metric_compute (CFOIL_METRIC_MEDIAN, sums, &value, NULL, NULL));
}

/* What a mirror says in its own words must not find another account's rows. */
static void
test_accounts (void)
{
  g_autoptr (TestMirror) test = test_mirror_new ();
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilOverview) overview = NULL;
  g_autoptr (CfoilQuery) query = NULL;
  g_autoptr (GArray) totals = NULL;
  const char *accounts[] = { "shop", NULL }, *nobody[] = { "nobody", NULL };
  CfoilOverviewRequest request = { (char **) accounts, { 0 }, CFOIL_COMPARE_NONE, zone, G_GINT64_CONSTANT (1790100000000000) };
  CfoilScanTime time = { zone, request.now_us };
  gint64 other_id = test_add_account (test->mirror, "Shop two");
  CfoilWriter *other;
  gint64 feed_id;

  put_charge (test, "C-1", "EUR", 100, G_GINT64_CONSTANT (1790000000000000));
  test_commit (test->writer);
  g_clear_pointer (&test->writer, cfoil_writer_free);
  other = test->writer = test_writer_new (test->mirror, other_id);
  feed_id = test_open_feed (other, "settlement-reports", 10);
  cfoil_writer_set_source (other, feed_id, test_open_document (other, feed_id, "other"), FALSE);
  put_charge (test, "C-2", "EUR", 50, G_GINT64_CONSTANT (1790000000000000));
  test_commit (other);

  reader = cfoil_mirror_open_reader (test->mirror, NULL);
  cfoil_period_parse ("2026-09", 0, &request.period, NULL);
  overview = cfoil_overview_read (reader, NULL, &request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (figure_of (overview, CFOIL_METRIC_GROSS), ==, 100);
  g_assert_cmpint (figure_of (overview, CFOIL_METRIC_MEDIAN), ==, 100);
  query = cfoil_query_parse (((CfoilOverviewBlock *) overview->blocks->pdata[0])->figures[CFOIL_METRIC_GROSS].query);
  totals = cfoil_scan_totals (reader, NULL, query, &time, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_array_index (totals, CfoilTotal, 0).gross_minor, ==, 100);
  request.accounts = (char **) nobody;
  g_assert_null (cfoil_overview_read (reader, NULL, &request, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/overview/ratios", test_ratios);
  g_test_add_func ("/overview/formats", test_formats);
  g_test_add_func ("/overview/metrics", test_metrics);
  g_test_add_func ("/overview/thresholds", test_thresholds);
  g_test_add_func ("/overview/threshold-money", test_threshold_money);
  g_test_add_func ("/overview/convert", test_convert);
  g_test_add_func ("/overview/import", test_import);
  g_test_add_func ("/overview/empty", test_empty);
  g_test_add_func ("/overview/one-row", test_one_row);
  g_test_add_func ("/overview/1970", test_1970);
  g_test_add_func ("/overview/currencies", test_currencies);
  g_test_add_func ("/overview/one-currency", test_one_currency);
  g_test_add_func ("/overview/overflow", test_overflow);
  g_test_add_func ("/overview/accounts", test_accounts);
  return g_test_run ();
}
