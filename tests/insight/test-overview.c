/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "overview-naive.h"
#include "sync-fixture.h"
#include "test-support.h"

#include "cfoil-case-query.h"
#include "cfoil-summary.h"
#include "cfoil-time.h"

#include <string.h>

/* The overview of merchants that were synced from the real simulator, and of the real sample
 * files, number by number against SQL that was written for this test. */

/* A day after the last of the simulated merchants. */
#define NOW_US (G_GINT64_CONSTANT (1782864000000000) + 9 * G_TIME_SPAN_HOUR)
#define MERCHANT \
  "--transactions 220 --days 130 --until " FIXTURE_UNTIL " --retention-days 0 --throttle off --processing-ms 20 " \
  "--pending-seconds 100000 --returned-payouts "

typedef struct
{
  Fixture *fixtures[3];
  char *folder;  /* of the mirror with all three */
  CfoilMirror *mirror;
  CfoilDatabase *database;
  CfoilScanCache *cache;
  GTimeZone *zone;
} Shops;

static const char *const regions[] = { "na", "eu", "jp" };

static const char *
get_ready (Fixture    *fixture,
           const char *name)
{
  return json_object_get_string_member (fixture->ready, name);
}

static void
add_account (Shops *self,
             guint  i)
{
  Fixture *fixture = self->fixtures[i];
  g_autofree char *errors = NULL;
  int code = fixture_cli (fixture, self->folder, 0, NULL, &errors, "account", "add", regions[i], "--provider", "amazon-pay", "--region",
                          get_ready (fixture, "region"), "--environment", get_ready (fixture, "environment"), "--public-key-id",
                          get_ready (fixture, "publicKeyId"), "--key-file", get_ready (fixture, "privateKeyFile"), "--key-storage",
                          "file", "--endpoint", get_ready (fixture, "baseUrl"), "--ca-file", get_ready (fixture, "caFile"),
                          "--merchant-id", get_ready (fixture, "merchantId"), NULL);

  if (code != 0)
    g_error ("account add: %s", errors);
}

static void
open_mirror (Shops *self)
{
  g_autoptr (GError) error = NULL;

  self->mirror = cfoil_mirror_open (self->folder, &error);
  g_assert_no_error (error);
  cfoil_summary_set_zone_sync (self->mirror, "Europe/Berlin", &error);
  g_assert_no_error (error);
  self->database = cfoil_mirror_open_reader (self->mirror, &error);
  g_assert_no_error (error);
  self->zone = cfoil_summary_get_zone (self->database, &error);
  g_assert_no_error (error);
  self->cache = cfoil_scan_cache_new (self->mirror);
}

static Shops *
shops_new (void)
{
  Shops *self = g_new0 (Shops, 1);
  g_autofree char *errors = NULL;
  int code;

  for (guint i = 0; i < G_N_ELEMENTS (regions); i++)
    {
      g_autofree char *arguments = g_strdup_printf (MERCHANT "--seed %u --region %s", 21 + i, regions[i]);

      self->fixtures[i] = fixture_new (arguments);
      if (i == 0)
        self->folder = g_build_filename (self->fixtures[0]->folder, "all", NULL);
      add_account (self, i);
    }
  code = fixture_cli (self->fixtures[0], self->folder, 0, NULL, &errors, "sync", NULL);
  if (code != 0)
    g_error ("sync: %s", errors);
  open_mirror (self);
  return self;
}

static void
shops_free (Shops *self)
{
  cfoil_scan_cache_unref (self->cache);
  cfoil_database_close (self->database);
  g_object_unref (self->mirror);
  g_time_zone_unref (self->zone);
  for (guint i = 0; i < G_N_ELEMENTS (regions); i++)
    fixture_free (self->fixtures[i]);
  g_free (self->folder);
  g_free (self);
}

static CfoilOverviewRequest
ask (Shops             *self,
     const char *const *accounts,
     const char        *period,
     CfoilComparison    comparison)
{
  CfoilOverviewRequest request = { (char **) accounts, { 0 }, comparison, self->zone, NOW_US };
  g_autoptr (GError) error = NULL;

  cfoil_period_parse (period, cfoil_day_of_time (NOW_US, self->zone), &request.period, &error);
  g_assert_no_error (error);
  return request;
}

static void
compare (Shops             *self,
         const char *const *accounts,
         const char        *sql_accounts,
         const char        *period,
         CfoilComparison    comparison,
         guint              n_blocks)
{
  CfoilOverviewRequest request = ask (self, accounts, period, comparison);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilOverview) overview = cfoil_overview_read (self->database, self->cache, &request, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (overview->blocks->len, ==, n_blocks);
  g_test_message ("%s, %u blocks", period, overview->blocks->len);
  naive_compare (self->database, &request, sql_accounts, overview);
}

/* --- the figures --- */

static void
test_merchants (gconstpointer data)
{
  Shops *self = (Shops *) data;
  static const char *const na[] = { "na", NULL }, *const eu[] = { "EU", NULL }, *const two[] = { "jp", "na", NULL };

  compare (self, NULL, "'na', 'eu', 'jp'", "all", CFOIL_COMPARE_PREVIOUS, 4);
  compare (self, NULL, "'na', 'eu', 'jp'", "2026-05", CFOIL_COMPARE_PREVIOUS, 4);
  compare (self, NULL, "'na', 'eu', 'jp'", "last28d", CFOIL_COMPARE_PREVIOUS, 4);
  compare (self, na, "'na'", "2026-Q2", CFOIL_COMPARE_PREVIOUS, 1);
  compare (self, na, "'na'", "2026-06-01", CFOIL_COMPARE_NONE, 1);
  compare (self, eu, "'eu'", "last90d", CFOIL_COMPARE_YEAR_AGO, 2);
  compare (self, two, "'na', 'jp'", "2026-03-28..2026-04-02", CFOIL_COMPARE_PREVIOUS, 2);
  compare (self, two, "'na', 'jp'", "2026", CFOIL_COMPARE_YEAR_AGO, 2);
}

/* The middle payment of each bucket is that of its days. */
static void
check_medians (Shops                    *self,
               const CfoilOverview      *overview,
               const CfoilOverviewBlock *block)
{
  Naive naive = { self->database, self->zone, "'na', 'eu', 'jp'", 0, 0 };

  for (guint i = 0; i < overview->n_buckets; i++)
    {
      CfoilPeriod part = overview->period;

      part.first_day = MAX (overview->buckets[i], overview->period.first_day);
      part.end_day = i + 1 < overview->n_buckets ? overview->buckets[i + 1] : overview->period.end_day;
      naive_set_period (&naive, &part);
      g_assert_cmpint (block->spark[CFOIL_METRIC_MEDIAN][i], ==, naive_figure (&naive, CFOIL_METRIC_MEDIAN, block->currency));
    }
}

/* Without these the comparison would say little. */
static void
test_substance (gconstpointer data)
{
  Shops *self = (Shops *) data;
  CfoilOverviewRequest request = ask (self, NULL, "all", CFOIL_COMPARE_NONE);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilOverview) overview = cfoil_overview_read (self->database, NULL, &request, NULL, &error);
  static const CfoilMetric wanted[] = {
    CFOIL_METRIC_GROSS,     CFOIL_METRIC_FEES,           CFOIL_METRIC_REFUNDS,  CFOIL_METRIC_DISPUTE_LOSSES, CFOIL_METRIC_MEDIAN,
    CFOIL_METRIC_WIN_RATE, CFOIL_METRIC_DISPUTE_ACTIVITY, CFOIL_METRIC_DISPUTE_RATE, CFOIL_METRIC_PAID_OUT, CFOIL_METRIC_DAYS_TO_MONEY,
  };
  guint n_foreseen = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      gint64 most = 0;

      for (guint j = 0; j < overview->blocks->len; j++)
        most = MAX (most, ((CfoilOverviewBlock *) overview->blocks->pdata[j])->figures[wanted[i]].value);
      if (most <= 0)
        g_error ("Nothing to compare %s with", cfoil_metric_get_info (wanted[i])->name);
    }
  for (guint j = 0; j < overview->blocks->len; j++)
    {
      const CfoilOverviewBlock *block = overview->blocks->pdata[j];
      const CfoilFigure *win = &block->figures[CFOIL_METRIC_WIN_RATE];

      g_assert_cmpint (block->figures[CFOIL_METRIC_NET].value, ==,
                       block->figures[CFOIL_METRIC_GROSS].value - block->figures[CFOIL_METRIC_REFUNDS].value -
                       block->figures[CFOIL_METRIC_FEES].value - block->figures[CFOIL_METRIC_DISPUTE_LOSSES].value +
                       block->figures[CFOIL_METRIC_ADJUSTMENTS].value);
      n_foreseen += block->next_payout_us != CFOIL_UNKNOWN;
      g_assert_true (block->next_payout_us == CFOIL_UNKNOWN || block->next_payout_us > block->last_payout_us);
      g_assert_true ((block->next_payout_us == CFOIL_UNKNOWN) == (block->next_payout_minor == CFOIL_UNKNOWN));
      g_assert_cmpint (block->reserve_minor, >=, 0);
      if (win->value != CFOIL_UNKNOWN)
        {
          g_assert_cmpint (win->low, <=, win->value);
          g_assert_cmpint (win->high, >=, win->value);
        }
      /* Sparklines come to the figure. */
      for (CfoilMetric metric = CFOIL_METRIC_GROSS; metric <= CFOIL_METRIC_PAYMENTS; metric++)
        {
          gint64 sum = 0;

          for (guint i = 0; i < overview->n_buckets; i++)
            sum += block->spark[metric][i];
          g_assert_cmpint (sum, ==, block->figures[metric].value);
        }
      check_medians (self, overview, block);
    }
  g_assert_cmpuint (n_foreseen, >, 0);
  g_assert_cmpint (overview->as_of_us, !=, CFOIL_UNKNOWN);
}

/* --- tables --- */

static void
test_series (gconstpointer data)
{
  Shops *self = (Shops *) data;
  CfoilOverviewRequest request = ask (self, NULL, "2026-02-15..2026-06-17", CFOIL_COMPARE_NONE);
  static const CfoilMetric metrics[] = { CFOIL_METRIC_NET, CFOIL_METRIC_PAYMENTS, CFOIL_METRIC_AVERAGE, CFOIL_METRIC_SUCCESS_RATE,
                                         CFOIL_METRIC_FEE_RATE };
  static const CfoilMetric no_metric = CFOIL_METRIC_MEDIAN;
  Naive naive = { self->database, self->zone, "'na', 'eu', 'jp'", 0, 0 };
  g_autoptr (GError) error = NULL;

  for (CfoilBucket bucket = CFOIL_BUCKET_DAY; bucket <= CFOIL_BUCKET_YEAR; bucket++)
    {
      g_autoptr (CfoilTable) table = cfoil_overview_read_series (self->database, &request, metrics, G_N_ELEMENTS (metrics), "EUR",
                                                                 bucket, NULL, &error);

      g_assert_no_error (error);
      for (guint row = 0; row < cfoil_table_get_n_rows (table); row++)
        {
          gint32 day = (gint32) cfoil_table_get_number (table, row, 0);
          CfoilPeriod period = { CFOIL_PERIOD_DAYS, MAX (day, request.period.first_day),
                                 MIN (cfoil_bucket_next (bucket, day), request.period.end_day) };

          naive_set_period (&naive, &period);
          for (guint i = 0; i < G_N_ELEMENTS (metrics); i++)
            g_assert_cmpint (cfoil_table_get_number (table, row, i + 1), ==, naive_figure (&naive, metrics[i], "EUR"));
        }
    }
  g_assert_null (cfoil_overview_read_series (self->database, &request, &no_metric, 1, "EUR", CFOIL_BUCKET_DAY, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

static void
check_hours (Shops      *self,
             CfoilTable *counts,
             CfoilTable *gross,
             gint64      from_us,
             gint64      until_us)
{
  gint64 n[7][24] = { { 0 } }, minor[7][24] = { { 0 } };
  g_autofree char *sql = g_strdup_printf ("SELECT sort_us, gross_minor FROM txn WHERE currency = 'GBP' AND type = 1 AND state IN (0, 5) "
                                          "AND sort_us >= %" G_GINT64_FORMAT " AND sort_us < %" G_GINT64_FORMAT, from_us, until_us);
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (self->database, sql, NULL);
  guint n_rows = 0;

  while (cfoil_statement_step (rows, NULL) == CFOIL_STEP_ROW)
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (cfoil_statement_column_int64 (rows, 0) / G_USEC_PER_SEC);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->zone);
      int weekday = g_date_time_get_day_of_week (local) - 1, hour = g_date_time_get_hour (local);

      n[weekday][hour]++;
      minor[weekday][hour] += cfoil_statement_column_int64 (rows, 1);
      n_rows++;
    }
  g_assert_cmpuint (n_rows, >, 50);
  for (guint weekday = 0; weekday < 7; weekday++)
    for (guint hour = 0; hour < 24; hour++)
      {
        g_assert_cmpint (cfoil_table_get_number (counts, weekday, hour + 1), ==, n[weekday][hour]);
        g_assert_cmpint (cfoil_table_get_number (gross, weekday, hour + 1), ==, minor[weekday][hour]);
      }
}

/* A cell opens the payments that it counts. */
static void
check_cells (Shops                      *self,
             const CfoilOverviewRequest *request,
             CfoilTable                 *counts,
             CfoilTable                 *gross)
{
  CfoilScanTime time = { self->zone, NOW_US };
  g_autoptr (CfoilOverview) overview = cfoil_overview_read (self->database, self->cache, request, NULL, NULL);
  const CfoilOverviewBlock *block = NULL;

  for (guint i = 0; i < overview->blocks->len; i++)
    if (g_str_equal (((CfoilOverviewBlock *) overview->blocks->pdata[i])->currency, "GBP"))
      block = overview->blocks->pdata[i];
  for (guint weekday = 0; weekday < 7; weekday++)
    for (guint hour = 0; hour < 24; hour++)
      {
        g_autofree char *text = g_strdup_printf ("%s hour:%u weekday:%s", block->figures[CFOIL_METRIC_PAYMENTS].query, hour,
                                                 cfoil_weekday_name (weekday));
        g_autoptr (CfoilQuery) query = cfoil_query_parse (text);
        g_autoptr (GArray) totals = cfoil_scan_totals (self->database, self->cache, query, &time, NULL, NULL);
        const CfoilTotal none = { { 0 } }, *total = totals->len > 0 ? &g_array_index (totals, CfoilTotal, 0) : &none;

        g_assert_cmpuint (cfoil_query_get_n_mistakes (query), ==, 0);
        g_assert_cmpint ((gint64) total->n_rows, ==, cfoil_table_get_number (counts, weekday, hour + 1));
        g_assert_cmpint (total->gross_minor, ==, cfoil_table_get_number (gross, weekday, hour + 1));
      }
}

static void
test_hours (gconstpointer data)
{
  Shops *self = (Shops *) data;
  CfoilOverviewRequest request = ask (self, NULL, "2026-02-15..2026-06-17", CFOIL_COMPARE_NONE);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilTable) counts = cfoil_overview_read_hours (self->database, &request, "GBP", TRUE, NULL, &error);
  g_autoptr (CfoilTable) gross = cfoil_overview_read_hours (self->database, &request, "GBP", FALSE, NULL, &error);
  Naive naive = { self->database, self->zone, "'na', 'eu', 'jp'", 0, 0 };

  g_assert_no_error (error);
  g_assert_cmpuint (cfoil_table_get_n_rows (counts), ==, 7);
  g_assert_cmpuint (cfoil_table_get_n_columns (counts), ==, 25);
  naive_set_period (&naive, &request.period);
  check_hours (self, counts, gross, naive.from_us, naive.until_us);
  check_cells (self, &request, counts, gross);
}

static void
test_histogram (gconstpointer data)
{
  Shops *self = (Shops *) data;
  CfoilOverviewRequest request = ask (self, NULL, "2026", CFOIL_COMPARE_NONE);
  static const char *const currencies[] = { "USD", "EUR", "GBP", "JPY" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    {
      g_autoptr (CfoilTable) table = cfoil_overview_read_histogram (self->database, &request, currencies[i], NULL, &error);
      Naive naive = { self->database, self->zone, "'na', 'eu', 'jp'", 0, 0 };
      gint64 sum = 0, until = CFOIL_UNKNOWN;

      g_assert_no_error (error);
      g_assert_cmpuint (cfoil_table_get_n_rows (table), >, 3);
      g_assert_cmpuint (cfoil_table_get_n_rows (table), <=, 24);
      for (guint row = 0; row < cfoil_table_get_n_rows (table); row++)
        {
          g_autoptr (CfoilQuery) query = cfoil_query_parse (cfoil_table_get_query (table, row));
          CfoilScanTime time = { self->zone, NOW_US };
          g_autoptr (GArray) totals = cfoil_scan_totals (self->database, self->cache, query, &time, NULL, &error);
          gint64 n = cfoil_table_get_number (table, row, 2);

          g_assert_no_error (error);
          g_assert_cmpuint (cfoil_query_get_n_mistakes (query), ==, 0);
          g_assert_cmpint (totals->len > 0 ? (gint64) g_array_index (totals, CfoilTotal, 0).n_rows : 0, ==, n);
          g_assert_true (until == CFOIL_UNKNOWN || until == cfoil_table_get_number (table, row, 0));
          until = cfoil_table_get_number (table, row, 1);
          sum += n;
        }
      naive_set_period (&naive, &request.period);
      g_assert_cmpint (sum, ==, naive_figure (&naive, CFOIL_METRIC_PAYMENTS, currencies[i]));
    }
}

/* The same lists by GROUP BY. */
static void
check_top (Shops      *self,
           const char *by,
           const char *key_sql,
           const char *currency)
{
  CfoilOverviewRequest request = ask (self, NULL, "2026-03..2026-06", CFOIL_COMPARE_NONE);
  Naive naive = { self->database, self->zone, "'na', 'eu', 'jp'", 0, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilTable) table = cfoil_overview_read_top (self->database, self->cache, &request, by, currency, 1000, NULL, &error);
  g_autoptr (CfoilStatement) rows = NULL;
  g_autofree char *sql = NULL;
  guint row = 0;

  g_assert_no_error (error);
  naive_set_period (&naive, &request.period);
  sql = g_strdup_printf ("SELECT sum (t.type = 1), sum (iif (t.type = 1, t.gross_minor, 0)), -sum (iif (t.type = 2, t.gross_minor, 0)), "
                         "-sum (iif (t.type > 2, t.gross_minor + coalesce (t.fee_minor, 0), 0)), "
                         "sum (t.gross_minor + iif (t.type > 2, coalesce (t.fee_minor, 0), 0)) AS net FROM " CFOIL_FIELD_FROM
                         "WHERE t.currency = '%s' AND t.sort_us >= %" G_GINT64_FORMAT " AND t.sort_us < %" G_GINT64_FORMAT
                         " AND (t.type IN (3, 4, 5) OR (t.type = 1 AND t.state IN (0, 5)) OR (t.type = 2 AND t.state IN (0, 8))) "
                         "AND coalesce (%s, '') <> '' GROUP BY %s ORDER BY net DESC, max (t.txn_id) DESC LIMIT 1000",
                         currency, naive.from_us, naive.until_us, key_sql, key_sql);
  rows = cfoil_database_prepare (self->database, sql, &error);
  g_assert_no_error (error);
  for (; cfoil_statement_step (rows, NULL) == CFOIL_STEP_ROW; row++)
    {
      g_autoptr (CfoilQuery) query = cfoil_query_parse (cfoil_table_get_query (table, row));
      CfoilScanTime time = { self->zone, NOW_US };
      g_autoptr (GArray) totals = cfoil_scan_totals (self->database, NULL, query, &time, NULL, NULL);

      for (int i = 0; i < 5; i++)
        g_assert_cmpint (cfoil_table_get_number (table, row, (guint) i + 1), ==, cfoil_statement_column_int64 (rows, i));
      g_assert_cmpuint (cfoil_query_get_n_mistakes (query), ==, 0);
      g_assert_cmpuint (totals->len, ==, 1);
      g_assert_nonnull (cfoil_table_get_text (table, row, 0));
    }
  g_assert_cmpuint (cfoil_table_get_n_rows (table), ==, row);
  g_assert_cmpuint (row, >, 0);
}

static void
test_top (gconstpointer data)
{
  Shops *self = (Shops *) data;
  CfoilOverviewRequest request = ask (self, NULL, "2026", CFOIL_COMPARE_NONE);
  g_autoptr (GError) error = NULL;

  check_top (self, "customer", "coalesce (nullif (coalesce (t.buyer_id, p.buyer_id), ''), coalesce (t.buyer_email, p.buyer_email))",
             "EUR");
  check_top (self, "product", "coalesce (t.merchant_reference, p.merchant_reference)", "USD");
  check_top (self, "store", "coalesce (t.store_id, p.store_id)", "JPY");
  check_top (self, "country", "coalesce (t.buyer_country, p.buyer_country)", "GBP");
  g_assert_null (cfoil_overview_read_top (self->database, NULL, &request, "moon", "EUR", 5, NULL, &error));
  g_assert_nonnull (error);
}

/* --- what needs attention --- */

static const CfoilAttention *
find_attention (const CfoilOverview *overview,
                CfoilAttentionKind   kind)
{
  for (guint i = 0; i < overview->attention->len; i++)
    if (((CfoilAttention *) overview->attention->pdata[i])->kind == kind)
      return overview->attention->pdata[i];
  return NULL;
}

static void
test_attention (gconstpointer data)
{
  Shops *self = (Shops *) data;
  CfoilOverviewRequest request = ask (self, NULL, "last28d", CFOIL_COMPARE_NONE);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilOverview) overview = cfoil_overview_read (self->database, self->cache, &request, NULL, &error);
  g_autoptr (GPtrArray) cases = cfoil_case_list (self->database, &error);
  const CfoilAttention *item;
  gint64 due_us = CFOIL_UNKNOWN;
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < cases->len; i++)
    if (cfoil_case_needs_answer (cases->pdata[i]))
      {
        const CfoilCase *record = cases->pdata[i];

        n++;
        if (record->due_us != CFOIL_UNKNOWN && (due_us == CFOIL_UNKNOWN || record->due_us < due_us))
          due_us = record->due_us;
      }
  g_assert_cmpuint (n, >, 0);
  item = find_attention (overview, CFOIL_ATTENTION_DISPUTE);
  g_assert_nonnull (item);
  g_assert_cmpint (item->n, ==, n);
  g_assert_cmpint (item->due_us, ==, due_us);
  g_assert_cmpstr (item->page, ==, "disputes");
  for (guint i = 0; i < overview->attention->len; i++)
    {
      item = overview->attention->pdata[i];
      g_test_message ("%s — %s [%s %s]", item->title, item->detail, item->page, item->argument);
      g_assert_nonnull (item->title);
      g_assert_nonnull (item->detail);
      g_assert_nonnull (item->page);
    }
}

/* --- the real files --- */

static void
test_samples (gconstpointer data)
{
  static const char *const names[] = {
    "amazon-pay-2015-10-01-SETTLEMENT_DATA_371273040777777.csv", "amazon-pay-2015-10-06-REFUND_DATA_414749300022222.csv",
    "amazon-pay-2015-10-06-REFUND_DATA_414749300033333.csv", "amazon-pay-2018-09-18-SETTLEMENT_DATA_11308757837017792.csv",
  };
  static const char *const periods[] = { "all", "2015", "2015-09", "2018-Q3", "2018-09-17", "2015-09-24..2015-10-02" };
  Shops *shops = (Shops *) data;
  Shops self = { .fixtures = { shops->fixtures[0] } };

  self.folder = g_build_filename (shops->fixtures[0]->folder, "samples", NULL);
  g_assert_cmpint (fixture_cli (self.fixtures[0], self.folder, 0, NULL, NULL, "account", "add", "real", "--provider", "amazon-pay",
                                "--region", "na", "--environment", "live", "--public-key-id", "LIVE-AAAAAAAAAAAAAAAAAAAAAAAA", "--key-file",
                                get_ready (self.fixtures[0], "privateKeyFile"), "--key-storage", "file", NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "samples", names[i], NULL);

      /* 3: rows that do not fit are told. */
      g_assert_cmpint (fixture_cli (self.fixtures[0], self.folder, 0, NULL, NULL, "import", "--account", "real", path, NULL) % 3, ==, 0);
    }
  open_mirror (&self);
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      CfoilOverviewRequest request = ask (&self, NULL, periods[i], CFOIL_COMPARE_YEAR_AGO);
      g_autoptr (GError) error = NULL;
      g_autoptr (CfoilOverview) overview = cfoil_overview_read (self.database, self.cache, &request, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (overview->blocks->len, >, 0);
      naive_compare (self.database, &request, "'real'", overview);
    }
  cfoil_scan_cache_unref (self.cache);
  cfoil_database_close (self.database);
  g_object_unref (self.mirror);
  g_time_zone_unref (self.zone);
  g_free (self.folder);
}

/* --- the command line --- */

static void
test_cli (gconstpointer data)
{
  Shops *self = (Shops *) data;
  CfoilOverviewRequest request = ask (self, NULL, "2026-05", CFOIL_COMPARE_PREVIOUS);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilOverview) overview = cfoil_overview_read (self->database, NULL, &request, NULL, &error);
  const CfoilOverviewBlock *block = overview->blocks->pdata[0];
  g_autofree char *csv = NULL;
  g_autofree char *json = NULL;
  g_autofree char *people = NULL;
  g_autofree char *errors = NULL;
  g_autofree char *rates = NULL;
  g_autofree char *row = g_strdup_printf ("%s,payments,count,%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",", block->currency,
                                          block->figures[CFOIL_METRIC_PAYMENTS].value, block->figures[CFOIL_METRIC_PAYMENTS].former);
  g_autofree char *path = g_build_filename (self->fixtures[0]->folder, "rates.csv", NULL);
  Fixture *fixture = self->fixtures[0];

  g_assert_no_error (error);
  g_assert_cmpint (fixture_cli (fixture, self->folder, 0, &csv, NULL, "overview", "--period", "2026-05", "--format", "csv", NULL), ==, 0);
  test_assert_contains (csv, "currency,figure,unit,value,former,low,high,page,query");
  test_assert_contains (csv, row);
  g_assert_cmpint (fixture_cli (fixture, self->folder, 0, &json, NULL, "overview", "--period", "2026-05", "--format", "json", NULL), ==, 0);
  json_node_unref (json_from_string (json, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fixture_cli (fixture, self->folder, 0, &people, NULL, "overview", "--period", "2026-05", "--account", "jp", NULL), ==, 0);
  test_assert_contains (people, "May 2026, compared with April 2026");
  test_assert_contains (people, "JPY\n");
  test_assert_lacks (people, "USD\n");
  g_assert_cmpint (fixture_cli (fixture, self->folder, 0, NULL, &errors, "overview", "--period", "nonsense", NULL), ==, 1);
  g_assert_cmpint (fixture_cli (fixture, self->folder, 0, NULL, NULL, "overview", "--compare", "nonsense", NULL), ==, 2);

  test_write_text (path, "base,quote,date,rate,source\nEUR,USD,2026-05-31,1.0842,ECB\n");
  g_assert_cmpint (fixture_cli (fixture, self->folder, 0, NULL, NULL, "rates", "import", path, NULL), ==, 0);
  g_assert_cmpint (fixture_cli (fixture, self->folder, 0, &rates, NULL, "rates", "list", NULL), ==, 0);
  test_assert_contains (rates, "2026-05-31  1 EUR = 1.0842 USD  ECB");
  test_write_text (path, "base,quote,date,rate\nEUR,USD,2026-05-31,many\n");
  g_clear_pointer (&errors, g_free);
  g_assert_cmpint (fixture_cli (fixture, self->folder, 0, NULL, &errors, "rates", "import", path, NULL), ==, 1);
  test_assert_contains (errors, "Line 2:");
}

int
main (int    argc,
      char **argv)
{
  Shops *shops;
  int result;

  g_setenv ("TZ", "Europe/Berlin", TRUE); /* for DAY () of overview-naive.c */
  g_test_init (&argc, &argv, NULL);
  shops = shops_new ();
  g_test_add_data_func ("/overview/substance", shops, test_substance);
  g_test_add_data_func ("/overview/merchants", shops, test_merchants);
  g_test_add_data_func ("/overview/series", shops, test_series);
  g_test_add_data_func ("/overview/hours", shops, test_hours);
  g_test_add_data_func ("/overview/histogram", shops, test_histogram);
  g_test_add_data_func ("/overview/top", shops, test_top);
  g_test_add_data_func ("/overview/attention", shops, test_attention);
  g_test_add_data_func ("/overview/cli", shops, test_cli);
  g_test_add_data_func ("/overview/samples", shops, test_samples);
  result = g_test_run ();
  shops_free (shops);
  return result;
}
