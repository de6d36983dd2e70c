/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-file.h"
#include "cfoil-report-pages.h"
#include "test-support.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <locale.h>
#include <string.h>

#define DAY_1 20727 /* 2026-10-01 */

/* --- tables --- */

static CfoilTable *
make_table (void)
{
  CfoilTable *table = cfoil_table_new ("sales", "Sales Summary");

  cfoil_table_add_column (table, "day", "Day", CFOIL_COLUMN_DAY);
  cfoil_table_add_column (table, "store", "Store", CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "payments", "Payments", CFOIL_COLUMN_COUNT);
  cfoil_table_add_column (table, "gross", "Gross", CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "rate", "Rate", CFOIL_COLUMN_RATIO);
  cfoil_table_add_column (table, "last_utc", "Last", CFOIL_COLUMN_TIME);
  cfoil_table_add_column (table, "span", "Span", CFOIL_COLUMN_SPAN);
  cfoil_table_add_note (table, "Period: October 2026");
  cfoil_table_set_as_of (table, G_GINT64_CONSTANT (1793000000000000));
  return table;
}

static void
add_row (CfoilTable *table,
         gint64      day,
         const char *store,
         gint64      gross,
         const char *currency)
{
  cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, "type:charge");
  cfoil_table_add_number (table, day);
  cfoil_table_add_text (table, store);
  cfoil_table_add_number (table, 3);
  cfoil_table_add_money (table, gross, currency);
  cfoil_table_add_number (table, 12345);
  cfoil_table_add_number (table, G_GINT64_CONSTANT (1790812800000000));
  cfoil_table_add_number (table, 1500000);
}

static void
add_group (CfoilTable *table,
           const char *title)
{
  cfoil_table_begin_row (table, CFOIL_ROW_GROUP, NULL);
  cfoil_table_add_text (table, title);
}

static void
add_total (CfoilTable *table,
           gint64      gross,
           const char *currency)
{
  cfoil_table_begin_row (table, CFOIL_ROW_TOTAL, NULL);
  cfoil_table_add_text (table, "Total");
  cfoil_table_add_text (table, NULL);
  cfoil_table_add_number (table, 6);
  cfoil_table_add_money (table, gross, currency);
}

static CfoilTable *
make_long_table (guint n)
{
  CfoilTable *table = make_table ();

  add_group (table, "EUR");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *store = g_strdup_printf ("Store number %u", i);

      add_row (table, DAY_1 + i, store, 100 * (gint64) i, "EUR");
    }
  add_total (table, 4711, "EUR");
  return table;
}

/* --- bytes --- */

static char *
to_text (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  char *text = g_strndup (data, size);

  g_bytes_unref (bytes);
  return text;
}

static char *
to_csv (const CfoilTable *table)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  return to_text (cfoil_report_write_csv (table, CFOIL_EXPORT_PLAIN, zone));
}

static GBytes *
to_pdf (const CfoilTable *table,
        gboolean          is_landscape)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;
  const CfoilReportPage page = { CFOIL_PAPER_A4, is_landscape };
  GBytes *bytes = cfoil_report_write_pdf (table, &page, zone, &error);

  g_assert_no_error (error);
  return bytes;
}

/* The pages of a PDF as a reader of it understands them. */
static char **
read_pages (TestFolder *folder,
            GBytes     *pdf)
{
  g_autofree char *path = g_build_filename (folder->path, "report.pdf", NULL);
  const char *argv[] = { "pdftotext", "-layout", path, "-", NULL };
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  /* Each page ends in a form feed. */
  g_assert_true (g_str_has_suffix (out, "\f"));
  out[strlen (out) - 1] = '\0';
  return g_strsplit (out, "\f", -1);
}

/* --- tests --- */

/* Rows without sums, in the exporter's words; the currency stands beside its amounts. */
static void
test_csv (void)
{
  g_autoptr (CfoilTable) table = make_table ();
  g_autofree char *csv = NULL;

  add_group (table, "EUR");
  add_row (table, DAY_1, "Main", 123456, "EUR");
  add_row (table, DAY_1 + 1, NULL, -5, "EUR");
  add_total (table, 123451, "EUR");
  add_row (table, DAY_1, "Main", 700, "JPY");
  add_row (table, CFOIL_UNKNOWN, "Main", 1, "KWD");
  add_row (table, DAY_1, "Main", CFOIL_UNKNOWN, "EUR");
  csv = to_csv (table);
  g_assert_cmpstr (csv, ==,
                   "day,store,payments,currency,gross,rate,last_utc,span\n"
                   "2026-10-01,Main,3,EUR,1234.56,0.012345,2026-10-01T00:00:00Z,1.500000\n"
                   "2026-10-02,,3,EUR,-0.05,0.012345,2026-10-01T00:00:00Z,1.500000\n"
                   "2026-10-01,Main,3,JPY,700,0.012345,2026-10-01T00:00:00Z,1.500000\n"
                   ",Main,3,KWD,0.001,0.012345,2026-10-01T00:00:00Z,1.500000\n"
                   "2026-10-01,Main,3,EUR,,0.012345,2026-10-01T00:00:00Z,1.500000\n");
}

/* What a spreadsheet would run is guarded, numbers never are; quotes only where they must be. */
static void
test_csv_hostile (void)
{
  static const struct
  {
    const char *text;
    const char *cell;
  } cases[] = {
    { "=1+1", "'=1+1" },          { "+A1", "'+A1" },         { "-2+3", "'-2+3" },       { "@SUM(A1)", "'@SUM(A1)" },
    { "-12.50", "-12.50" },       { "a,b", "\"a,b\"" },      { "say \"x\"", "\"say \"\"x\"\"\"" },
    { "two\nlines", "\"two\nlines\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CfoilTable) table = make_table ();
      g_autofree char *csv = NULL;
      g_autofree char *line = g_strdup_printf ("2026-10-01,%s,3,EUR,-1.00,", cases[i].cell);

      add_row (table, DAY_1, cases[i].text, -100, "EUR");
      csv = to_csv (table);
      g_assert_nonnull (strstr (csv, line));
    }
}

/* A column of that name is the table's own. */
static void
test_csv_currency (void)
{
  g_autoptr (CfoilTable) table = cfoil_table_new ("proof", "Proof");
  g_autofree char *csv = NULL;

  cfoil_table_add_column (table, "gross", "Gross", CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "currency", "Currency", CFOIL_COLUMN_TEXT);
  cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, NULL);
  cfoil_table_add_money (table, 5, "USD");
  cfoil_table_add_text (table, "USD");
  csv = to_csv (table);
  g_assert_cmpstr (csv, ==, "gross,currency\n0.05,USD\n");
}

static void
test_csv_buckets (void)
{
  static const struct
  {
    CfoilBucket bucket;
    const char *cell;
  } cases[] = {
    { CFOIL_BUCKET_DAY, "2026-10-01," },  { CFOIL_BUCKET_WEEK, "2026-10-01," },    { CFOIL_BUCKET_MONTH, "2026-10," },
    { CFOIL_BUCKET_YEAR, "2026," },       { CFOIL_BUCKET_QUARTER, "2026-Q4," },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CfoilTable) table = make_table ();
      g_autofree char *csv = NULL;

      cfoil_table_set_bucket (table, cases[i].bucket);
      add_row (table, DAY_1, "Main", 1, "EUR");
      csv = to_csv (table);
      g_assert_true (g_str_has_prefix (strchr (csv, '\n') + 1, cases[i].cell));
    }
}

static void
test_json (void)
{
  g_autoptr (CfoilTable) table = make_table ();
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *row, *cells;
  JsonArray *rows;

  add_group (table, "EUR");
  add_row (table, DAY_1, "\"<b>\\ \x01 \xf0\x9f\x92\xb6", G_GINT64_CONSTANT (900719925474099301), "EUR");
  add_total (table, 1, "EUR");
  text = to_text (cfoil_report_write_json (table));
  root = json_from_string (text, NULL);
  g_assert_nonnull (root);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (root), "report"), ==, "sales");
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (root), "asOf"), ==, "2026-10-26T07:33:20Z");
  rows = json_object_get_array_member (json_node_get_object (root), "rows");
  g_assert_cmpuint (json_array_get_length (rows), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (rows, 0), "kind"), ==, "group");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (rows, 2), "kind"), ==, "total");
  row = json_array_get_object_element (rows, 1);
  cells = json_object_get_object_member (row, "cells");
  g_assert_cmpstr (json_object_get_string_member (row, "query"), ==, "type:charge");
  /* More digits than a double has. */
  g_assert_cmpstr (json_object_get_string_member (cells, "gross"), ==, "9007199254740993.01");
  g_assert_cmpstr (json_object_get_string_member (cells, "currency"), ==, "EUR");
  g_assert_cmpstr (json_object_get_string_member (cells, "store"), ==, "\"<b>\\ \x01 \xf0\x9f\x92\xb6");
  g_assert_cmpint (json_object_get_int_member (cells, "payments"), ==, 3);
}

/* Each page has the titles of the columns and its number; a group that goes on is named
 * again; no row is lost, and the sum stands with a row. */
static void
test_pdf_pages (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (CfoilTable) table = make_long_table (100);
  g_autoptr (GBytes) pdf = to_pdf (table, FALSE);
  g_auto (GStrv) pages = read_pages (folder, pdf);
  guint n = g_strv_length (pages), n_rows = 0;

  g_assert_cmpuint (n, >=, 2);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("Page %u of %u", i + 1, n);

      g_assert_nonnull (strstr (pages[i], "Payments"));
      g_assert_nonnull (strstr (pages[i], number));
      g_assert_true ((strstr (pages[i], "EUR (continued)") != NULL) == (i > 0));
      for (const char *at = pages[i]; (at = strstr (at, "Store number")) != NULL; at++)
        n_rows++;
    }
  g_assert_cmpuint (n_rows, ==, 100);
  g_assert_nonnull (strstr (pages[0], "Period: October 2026"));
  g_assert_null (strstr (pages[1], "Period: October 2026"));
  g_assert_nonnull (strstr (pages[n - 1], "Total"));
  g_assert_nonnull (strstr (pages[n - 1], "Store number 99"));
}

static void
test_pdf_same_bytes (void)
{
  g_autoptr (CfoilTable) table = make_long_table (60);
  g_autoptr (GBytes) first = to_pdf (table, FALSE);
  g_autoptr (GBytes) second = NULL;
  g_autoptr (GBytes) landscape = to_pdf (table, TRUE);

  /* A date of now would be another one. */
  g_usleep (1100000);
  second = to_pdf (table, FALSE);
  g_assert_true (g_bytes_equal (first, second));
  g_assert_false (g_bytes_equal (first, landscape));
}

static void
test_pdf_fast (void)
{
  g_autoptr (CfoilTable) table = make_long_table (1000);
  gint64 before = g_get_monotonic_time ();
  g_autoptr (GBytes) pdf = to_pdf (table, FALSE);
  double seconds = (double) (g_get_monotonic_time () - before) / G_USEC_PER_SEC;

  g_assert_cmpuint (g_bytes_get_size (pdf), >, 10000);
  g_test_message ("a PDF of 1,000 rows takes %.3f s", seconds);
  /* The goal is one second; machines of tests are busy, and slower under sanitizers. */
  g_assert_cmpfloat (seconds, <, 5);
}

static void
test_pdf_few (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();

  for (guint n = 0; n < 2; n++)
    {
      g_autoptr (CfoilTable) table = make_table ();
      g_autoptr (GBytes) pdf = NULL;
      g_auto (GStrv) pages = NULL;
      g_autofree char *csv = NULL;

      if (n == 1)
        add_row (table, DAY_1, "Only", 1, "EUR");
      pdf = to_pdf (table, FALSE);
      pages = read_pages (folder, pdf);
      g_assert_cmpuint (g_strv_length (pages), ==, 1);
      g_assert_nonnull (strstr (pages[0], n == 0 ? "There is nothing to show." : "Only"));
      csv = to_csv (table);
      g_assert_cmpuint (strlen (csv) > 60, ==, n == 1);
    }
}

static void
test_thousand_currencies (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (CfoilTable) table = make_table ();
  g_autoptr (GBytes) pdf = NULL;
  g_auto (GStrv) pages = NULL;
  g_autofree char *csv = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_totals = 0;

  for (guint i = 0; i < 1000; i++)
    {
      char code[] = { 'X', (char) ('A' + i / 26 % 26), (char) ('A' + i % 26), (char) ('A' + i / 676), '\0' };

      add_group (table, code);
      add_row (table, DAY_1, "Main", 7, code);
      add_total (table, 7, code);
    }
  pdf = to_pdf (table, FALSE);
  pages = read_pages (folder, pdf);
  g_assert_cmpuint (g_strv_length (pages), >, 30);
  for (guint i = 0; pages[i] != NULL; i++)
    for (const char *at = pages[i]; (at = strstr (at, "Total")) != NULL; at++)
      n_totals++;
  g_assert_cmpuint (n_totals, ==, 1000);
  csv = to_csv (table);
  lines = g_strsplit (csv, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1002);
  /* Nobody knows its decimals: whole units as they were said. */
  g_assert_nonnull (strstr (lines[1], "XAAA,7,"));
}

/* Text that would turn the line, draw boxes, fill the page or is none. */
static void
test_pdf_hostile (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (CfoilTable) table = make_table ();
  g_autofree char *endless = g_strnfill (100000, 'x');
  g_autoptr (GBytes) pdf = NULL;
  g_auto (GStrv) pages = NULL;

  add_row (table, DAY_1, endless, 1, "EUR");
  add_row (table, DAY_1, "one\ntwo\r\n\x01\x7f three", 1, "EUR");
  add_row (table, DAY_1, "<b>bold</b> &amp; \xe2\x80\xae turned", 1, "EUR");
  add_row (table, DAY_1, "broken \xff\xfe bytes", 1, "EUR");
  add_row (table, G_MAXINT64, "far", G_MAXINT64, "EUR");
  pdf = to_pdf (table, FALSE);
  pages = read_pages (folder, pdf);
  g_assert_cmpuint (g_strv_length (pages), ==, 1);
  g_assert_nonnull (strstr (pages[0], "<b>bold</b>"));
  g_assert_null (strstr (pages[0], "\xe2\x80\xae"));
  g_assert_nonnull (strstr (pages[0], "far"));
}

/* However many columns there are, the last one is on the sheet. */
static void
test_pdf_wide (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (CfoilTable) table = cfoil_table_new ("wide", "Wide");
  g_autoptr (GBytes) pdf = NULL;
  g_auto (GStrv) pages = NULL;

  for (guint i = 0; i < 24; i++)
    {
      g_autofree char *name = g_strdup_printf ("column%u", i);

      cfoil_table_add_column (table, name, i == 23 ? "Last of All" : "Amount", i % 4 == 0 ? CFOIL_COLUMN_TEXT : CFOIL_COLUMN_MONEY);
    }
  cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, NULL);
  for (guint i = 0; i < 24; i++)
    if (i % 4 == 0)
      cfoil_table_add_text (table, "some words that can break");
    else
      cfoil_table_add_money (table, 123456789, "EUR");
  pdf = to_pdf (table, TRUE);
  pages = read_pages (folder, pdf);
  g_assert_cmpuint (g_strv_length (pages), ==, 1);
  g_assert_nonnull (strstr (pages[0], "Last"));
  for (guint i = 0; i < 18; i++)
    {
      char *at = strstr (pages[0], "1,234,567.89");

      /* Not one digit of an amount is left out. */
      g_assert_nonnull (at);
      *at = ' ';
    }
}

/* The painter of files is that of printers: it draws on any surface, also page 2 alone. */
static void
test_printer (void)
{
  g_autoptr (CfoilTable) table = make_long_table (100);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (CfoilReportPages) pages = cfoil_report_pages_new (table, 595, 842, zone);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 595, 842);
  cairo_t *cr = cairo_create (surface);
  const guchar *pixels;
  gsize n_inked = 0;

  g_assert_cmpuint (cfoil_report_pages_get_n_pages (pages), >=, 2);
  cfoil_report_pages_draw (pages, 1, cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_flush (surface);
  pixels = cairo_image_surface_get_data (surface);
  for (int y = 0; y < 842; y++)
    for (int x = 0; x < 595; x++)
      {
        gboolean is_inked = pixels[(gsize) y * (gsize) cairo_image_surface_get_stride (surface) + (gsize) x] > 0;

        n_inked += is_inked;
        /* Nothing in the margins that printers cannot reach. */
        if (x < 30 || x > 565 || y < 30 || y > 812)
          g_assert_false (is_inked);
      }
  g_assert_cmpuint (n_inked, >, 1000);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_save (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (CfoilTable) table = make_long_table (3);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  const CfoilReportPage page = { CFOIL_PAPER_LETTER, FALSE };
  g_autofree char *path = g_build_filename (folder->path, "a.csv", NULL);
  g_autofree char *csv = to_csv (table);
  g_autofree char *saved = NULL;
  g_autoptr (GError) error = NULL;
  CfoilReportFormat format;

  g_assert_true (cfoil_report_save (table, CFOIL_REPORT_CSV, &page, zone, path, FALSE, &error));
  g_assert_no_error (error);
  g_file_get_contents (path, &saved, NULL, &error);
  g_assert_cmpstr (saved, ==, csv);
  g_assert_false (cfoil_report_save (table, CFOIL_REPORT_JSON, &page, zone, path, FALSE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (cfoil_report_save (table, CFOIL_REPORT_JSON, &page, zone, path, TRUE, &error));

  g_assert_true (cfoil_report_format_from_path ("/x/Report.PDF", &format));
  g_assert_cmpint (format, ==, CFOIL_REPORT_PDF);
  g_assert_false (cfoil_report_format_from_path ("/x.csv/report", &format));
  g_assert_false (cfoil_report_format_from_path (".csv", &format));
  g_assert_false (cfoil_report_format_from_path ("a.xls", &format));
}

/* The screen's words for the same cells. */
static void
test_format (void)
{
  g_autoptr (CfoilTable) table = make_table ();
  g_autofree char *day = NULL, *money = NULL, *empty = NULL, *time = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Tokyo");

  add_row (table, DAY_1, "Main", -123456, "EUR");
  cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, NULL);
  cfoil_table_add_number (table, CFOIL_UNKNOWN);
  day = cfoil_table_format (table, 0, 0, zone);
  money = cfoil_table_format (table, 0, 3, zone);
  time = cfoil_table_format (table, 0, 5, zone);
  empty = cfoil_table_format (table, 1, 0, zone);
  g_assert_cmpstr (day, ==, "1 Oct 2026");
  g_assert_cmpstr (money, ==, "\xe2\x88\x92\xe2\x82\xac" "1,234.56");
  g_assert_cmpstr (time, ==, "1 Oct 2026, 09:00");
  g_assert_cmpstr (empty, ==, "");
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report/table", test_format);
  g_test_add_func ("/report/csv", test_csv);
  g_test_add_func ("/report/csv/hostile", test_csv_hostile);
  g_test_add_func ("/report/csv/currency", test_csv_currency);
  g_test_add_func ("/report/csv/buckets", test_csv_buckets);
  g_test_add_func ("/report/json", test_json);
  g_test_add_func ("/report/pdf/pages", test_pdf_pages);
  g_test_add_func ("/report/pdf/same-bytes", test_pdf_same_bytes);
  g_test_add_func ("/report/pdf/fast", test_pdf_fast);
  g_test_add_func ("/report/pdf/few", test_pdf_few);
  g_test_add_func ("/report/pdf/hostile", test_pdf_hostile);
  g_test_add_func ("/report/pdf/wide", test_pdf_wide);
  g_test_add_func ("/report/currencies", test_thousand_currencies);
  g_test_add_func ("/report/printer", test_printer);
  g_test_add_func ("/report/save", test_save);
  return g_test_run ();
}
