/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-figures.h"
#include "bench-merchant.h"
#include "scan-mirror.h"

#include "cfoil-overview.h"
#include "cfoil-proof.h"
#include "cfoil-report-file.h"
#include "cfoil-threshold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* bench-overview [--count N] FOLDER: how long the overview, the tables of its charts, the proof
 * of all settlements and a report on paper take over the mirror in FOLDER, which is only read.
 *   --make N FOLDER   makes a mirror of N rows there first (bench-merchant.h)
 *   --only TEXT       measures only figures with TEXT in their names
 *   --smoke           over a small mirror of its own */

#define OVERVIEW_GOAL_MS 100
#define CHART_GOAL_MS 50
#define PROOF_GOAL_MS 500
#define PDF_GOAL_MS 1000
#define PDF_ROWS 1000
#define MEMORY_GOAL_MIB 60

static const char *const periods[] = { "today", "last7d", "last28d", "last90d", "lastmonth", "thisyear", "all" };
static const char *const chart_periods[] = { "last28d", "thisyear", "all" };

typedef struct
{
  CfoilMirror *mirror;     /* (owned) */
  CfoilDatabase *database; /* (owned) */
  CfoilScanCache *cache;   /* (owned) */
  GTimeZone *zone;         /* (owned) */
  gint64 newest_us;        /* "today" */
  char *currency;          /* (owned): the commonest */
} Reader;

typedef CfoilTable *(*ChartFunc) (Reader                     *reader,
                                  const CfoilOverviewRequest *request,
                                  GError                    **error);

static void
die (const GError *error)
{
  if (error == NULL)
    return;
  fprintf (stderr, "bench-overview: %s\n", error->message);
  exit (1);
}

/* --- what is measured --- */

static CfoilTable *
read_series (Reader                     *reader,
             const CfoilOverviewRequest *request,
             GError                    **error)
{
  static const CfoilMetric metrics[] = { CFOIL_METRIC_GROSS, CFOIL_METRIC_NET, CFOIL_METRIC_REFUNDS };

  return cfoil_overview_read_series (reader->database, request, metrics, G_N_ELEMENTS (metrics), reader->currency, CFOIL_BUCKET_DAY,
                                     NULL, error);
}

static CfoilTable *
read_hours (Reader                     *reader,
            const CfoilOverviewRequest *request,
            GError                    **error)
{
  return cfoil_overview_read_hours (reader->database, request, reader->currency, FALSE, NULL, error);
}

static CfoilTable *
read_histogram (Reader                     *reader,
                const CfoilOverviewRequest *request,
                GError                    **error)
{
  return cfoil_overview_read_histogram (reader->database, request, reader->currency, NULL, error);
}

static CfoilTable *
read_customers (Reader                     *reader,
                const CfoilOverviewRequest *request,
                GError                    **error)
{
  return cfoil_overview_read_top (reader->database, reader->cache, request, "customer", reader->currency, 10, NULL, error);
}

static CfoilTable *
read_products (Reader                     *reader,
               const CfoilOverviewRequest *request,
               GError                    **error)
{
  return cfoil_overview_read_top (reader->database, reader->cache, request, "product", reader->currency, 10, NULL, error);
}

static CfoilTable *
read_stores (Reader                     *reader,
             const CfoilOverviewRequest *request,
             GError                    **error)
{
  return cfoil_overview_read_top (reader->database, reader->cache, request, "store", reader->currency, 10, NULL, error);
}

static CfoilTable *
read_countries (Reader                     *reader,
                const CfoilOverviewRequest *request,
                GError                    **error)
{
  return cfoil_overview_read_top (reader->database, reader->cache, request, "country", reader->currency, 10, NULL, error);
}

static CfoilOverviewRequest
ask (Reader     *reader,
     const char *period)
{
  CfoilOverviewRequest request = { NULL, { 0 }, CFOIL_COMPARE_PREVIOUS, reader->zone, reader->newest_us };
  g_autoptr (GError) error = NULL;

  cfoil_period_parse (period, cfoil_day_of_time (reader->newest_us, reader->zone), &request.period, &error);
  die (error);
  return request;
}

static char *only; /* (nullable) */

static gboolean
is_wanted (const char *name)
{
  return only == NULL || strstr (name, only) != NULL;
}

static void
measure_overview (Reader *reader,
                  guint   count)
{
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      CfoilOverviewRequest request = ask (reader, periods[i]);
      g_autoptr (BenchFigure) figure = bench_figure_new ();
      g_autofree char *name = g_strdup_printf ("overview, %s", periods[i]);

      if (!is_wanted (name))
        continue;
      for (guint j = 0; j < count; j++)
        {
          BenchClock start = bench_clock_now (), took;
          g_autoptr (GError) error = NULL;
          g_autoptr (CfoilOverview) overview = cfoil_overview_read (reader->database, reader->cache, &request, NULL, &error);
          g_autoptr (GPtrArray) thresholds = NULL;

          die (error);
          thresholds = cfoil_threshold_read (reader->database, &request, reader->currency, NULL, &error);
          die (error);
          took = bench_clock_since (&start);
          bench_figure_add (figure, took.wall_ms, took.cpu_ms);
        }
      bench_print_figure (name, figure, NULL, OVERVIEW_GOAL_MS);
    }
}

static void
measure_chart (Reader     *reader,
               const char *name,
               ChartFunc   func,
               guint       count)
{
  for (guint i = 0; i < G_N_ELEMENTS (chart_periods); i++)
    {
      CfoilOverviewRequest request = ask (reader, chart_periods[i]);
      g_autoptr (BenchFigure) figure = bench_figure_new ();
      g_autofree char *title = g_strdup_printf ("%s, %s", name, chart_periods[i]);

      if (!is_wanted (title))
        continue;
      for (guint j = 0; j < count; j++)
        {
          BenchClock start = bench_clock_now (), took;
          g_autoptr (GError) error = NULL;
          g_autoptr (CfoilTable) table = func (reader, &request, &error);

          die (error);
          took = bench_clock_since (&start);
          bench_figure_add (figure, took.wall_ms, took.cpu_ms);
        }
      bench_print_figure (title, figure, NULL, CHART_GOAL_MS);
    }
}

/* Of all settlements there are. */
static void
measure_proof (Reader *reader,
               guint   count)
{
  const char *name = "proof of all settlements";
  g_autoptr (BenchFigure) figure = bench_figure_new ();
  g_autofree char *note = NULL;

  if (!is_wanted (name))
    return;
  for (guint i = 0; i < count; i++)
    {
      BenchClock start = bench_clock_now (), took;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) proofs = cfoil_proof_list (reader->database, NULL, NULL, reader->zone, NULL, &error);

      die (error);
      took = bench_clock_since (&start);
      bench_figure_add (figure, took.wall_ms, took.cpu_ms);
      g_free (note);
      note = g_strdup_printf ("%u proofs", proofs->len);
    }
  bench_print_figure (name, figure, note, PROOF_GOAL_MS);
}

/* Pages of the mirror's file that are mapped count as resident, but the system may have them
 * back at any time. */
static void
measure_memory (const BenchMemory *before)
{
  BenchMemory after = bench_memory_now ();

  bench_print_line ("  resident at its highest, over the beginning", after.highest - before->resident, 0, "MiB", 0);
  bench_print_line ("  anonymous, what stays", after.anonymous - before->anonymous, 0, "MiB", MEMORY_GOAL_MIB);
}

static CfoilTable *
make_long_table (void)
{
  CfoilTable *table = cfoil_table_new ("sales-summary", "Sales Summary");

  cfoil_table_add_column (table, "name", "Name", CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "payments", "Payments", CFOIL_COLUMN_COUNT);
  for (guint i = 0; i < 4; i++)
    {
      char name[] = { 'a', (char) ('0' + i), '\0' };

      cfoil_table_add_column (table, name, "Gross Volume", CFOIL_COLUMN_MONEY);
    }
  for (guint row = 0; row < PDF_ROWS; row++)
    {
      g_autofree char *name = g_strdup_printf ("Larkspur Outdoor Supply %u", row);

      cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, NULL);
      cfoil_table_add_text (table, name);
      cfoil_table_add_number (table, row * 7);
      for (guint i = 0; i < 4; i++)
        cfoil_table_add_money (table, row * 7919 * (i + 1), "USD");
    }
  return table;
}

static void
measure_pdf (Reader *reader,
             guint   count)
{
  const char *name = "a PDF of 1,000 rows";
  const CfoilReportPage page = { CFOIL_PAPER_A4, FALSE };
  g_autoptr (CfoilTable) table = make_long_table ();
  g_autoptr (BenchFigure) figure = bench_figure_new ();

  if (!is_wanted (name))
    return;
  for (guint i = 0; i < count; i++)
    {
      BenchClock start = bench_clock_now (), took;
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = cfoil_report_write_pdf (table, &page, reader->zone, &error);

      die (error);
      took = bench_clock_since (&start);
      bench_figure_add (figure, took.wall_ms, took.cpu_ms);
    }
  bench_print_figure (name, figure, NULL, PDF_GOAL_MS);
}

/* --- the mirror --- */

static char *
find_currency (Reader *reader)
{
  CfoilOverviewRequest request = ask (reader, "all");
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilOverview) overview = cfoil_overview_read (reader->database, reader->cache, &request, NULL, &error);

  die (error);
  return g_strdup (overview->blocks->len > 0 ? ((CfoilOverviewBlock *) overview->blocks->pdata[0])->currency : "USD");
}

static Reader *
reader_open (const char *folder)
{
  Reader *reader = g_new0 (Reader, 1);
  GError *error = NULL;

  reader->mirror = cfoil_mirror_open (folder, &error);
  die (error);
  reader->database = cfoil_mirror_open_reader (reader->mirror, &error);
  die (error);
  reader->cache = cfoil_scan_cache_new (reader->mirror);
  reader->zone = g_time_zone_new_utc ();
  cfoil_database_get_int64 (reader->database, "SELECT coalesce (max (sort_us), 0) FROM txn", &reader->newest_us, &error);
  die (error);
  reader->currency = find_currency (reader);
  return reader;
}

static void
reader_close (Reader *reader)
{
  cfoil_scan_cache_unref (reader->cache);
  cfoil_database_close (reader->database);
  g_object_unref (reader->mirror);
  g_time_zone_unref (reader->zone);
  g_free (reader->currency);
  g_free (reader);
}

static void
measure (const char *folder,
         guint       count)
{
  BenchMemory before = bench_memory_now ();
  Reader *reader = reader_open (folder);
  gint64 n_rows = 0;

  cfoil_database_get_int64 (reader->database, "SELECT count (*) FROM txn", &n_rows, NULL);
  printf ("The overview over %" G_GINT64_FORMAT " rows.\n", n_rows);
  bench_print_head ("overview and charts", "");
  measure_overview (reader, count);
  measure_chart (reader, "series", read_series, count);
  measure_chart (reader, "weekday by hour", read_hours, count);
  measure_chart (reader, "histogram", read_histogram, count);
  measure_chart (reader, "customers", read_customers, count);
  measure_chart (reader, "products", read_products, count);
  measure_chart (reader, "stores", read_stores, count);
  measure_chart (reader, "countries", read_countries, count);
  measure_proof (reader, count);
  if (only == NULL)
    measure_memory (&before);
  measure_pdf (reader, count);
  reader_close (reader);
}

static void
make (const char *folder,
      int         n_rows)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GError) error = NULL;

  if (!bench_merchant_make (folder, (guint64) n_rows, g_date_time_to_unix (now) * G_USEC_PER_SEC, &error))
    die (error);
}

static void
run_smoke (void)
{
  char *words[] = { (char *) "bench-overview", NULL }, **argv = words;
  int argc = 1;
  TestMirror *mirror;

  g_test_init (&argc, &argv, NULL); /* the random numbers of tests */
  mirror = scan_mirror_new (300);
  measure (cfoil_mirror_get_folder (mirror->mirror), 1);
  test_mirror_free (mirror);
}

int
main (int    argc,
      char **argv)
{
  int count = 10, n_rows = 0;
  gboolean is_smoke = FALSE;
  const GOptionEntry entries[] = {
    { "count", 0, 0, G_OPTION_ARG_INT, &count, "Samples of each kind (0: only make)", "N" },
    { "make", 0, 0, G_OPTION_ARG_INT, &n_rows, "Make a mirror of N rows in FOLDER first", "N" },
    { "only", 0, 0, G_OPTION_ARG_STRING, &only, "Only figures with TEXT in their names", "TEXT" },
    { "smoke", 0, 0, G_OPTION_ARG_NONE, &is_smoke, "A small mirror, one sample of each kind", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("[FOLDER]");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    die (error);
  if (is_smoke)
    run_smoke ();
  else if (argc == 2 && count >= 0 && n_rows >= 0)
    {
      if (n_rows > 0)
        make (argv[1], n_rows);
      if (count > 0)
        measure (argv[1], (guint) count);
    }
  else
    {
      g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

      fputs (help, stderr);
      return 2;
    }
  g_free (only);
  return 0;
}
