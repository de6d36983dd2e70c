/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-csv-reader.h"
#include "cfoil-currency.h"
#include "cfoil-export.h"
#include "cfoil-migrate.h"
#include "cfoil-money.h"
#include "cfoil-time.h"

#include <json-glib/json-glib.h>
#include <locale.h>
#include <string.h>

#define GOLDEN_DIR "golden"

static gint64
time_of (const char *iso)
{
  gint64 us = 0;

  g_assert_true (cfoil_time_parse (iso, -1, &us, NULL));
  return us;
}

/* Small, fixed, and unfriendly. */
static TestMirror *
fixed_mirror (void)
{
  TestMirror *mirror = test_mirror_new ();
  CfoilWriter *writer = mirror->writer;
  CfoilSettlement settlement = { "S1", "M", time_of ("2021-03-20T00:00:00Z"), time_of ("2021-03-28T01:00:00Z") };
  CfoilDisbursement disbursement = { "S1", NULL, "=BANK,1", "USD", 41218, 6, "{}" };
  CfoilObservation said = test_observation (CFOIL_OBJECT_CHARGE, "P01-1-1-C1", time_of ("2021-03-28T00:59:59.5Z"));
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, "P01-1-1-C1", 42000);

  said.state = CFOIL_STATE_CAPTURED;
  said.provider_state = "Captured";
  said.currency = "USD";
  said.amount_minor = 42000;
  said.created_us = time_of ("2021-03-28T00:59:59Z");
  said.permission_id = "P01-1-1";
  said.merchant_reference = "=1+1";
  said.order_reference = "-12.30";
  said.store = "Caf\xc3\xa9 \"Ol\xc3\xa9\", K\xc3\xb6ln";
  said.description = "two\nlines";
  said.buyer_name = "+Tom & <b>Jerry</b>";
  said.buyer_email = "@evil";
  said.buyer_id = " =2";
  said.channel = "\xef\xbc\x9dwide";
  said.reason = "a;b";
  test_put_observation (writer, &said);

  said = test_observation (CFOIL_OBJECT_CHARGE, "P01-2-2-C2", time_of ("2021-03-28T01:00:00Z"));
  said.currency = "JPY";
  said.amount_minor = 1234567;
  said.state = CFOIL_STATE_AUTHORIZED;
  said.created_us = time_of ("2021-03-28T01:00:00Z");
  said.store = "RTL \xe2\x80\xaeoof";
  test_put_observation (writer, &said);

  said.object_id = "P01-3-3-C3";
  said.currency = "KWD";
  said.amount_minor = 1234;
  said.created_us = time_of ("1969-12-31T23:59:59Z");
  said.store = NULL;
  test_put_observation (writer, &said);

  said = test_observation (CFOIL_OBJECT_REFUND, "P01-1-1-R1", time_of ("2021-10-31T01:30:00Z"));
  said.state = CFOIL_STATE_PENDING;
  said.charge_id = "P01-1-1-C1";
  said.currency = "USD";
  said.amount_minor = 100;
  said.created_us = time_of ("2021-10-31T01:30:00.000001Z");
  said.description = "\tnote";
  test_put_observation (writer, &said);

  said = test_observation (CFOIL_OBJECT_DISPUTE, "P01-1-1-B1", time_of ("2021-04-01T00:00:00Z"));
  said.state = CFOIL_STATE_NEEDS_RESPONSE;
  said.charge_id = "P01-1-1-C1";
  said.reason = "ItemNotReceived";
  said.currency = "USD";
  said.amount_minor = 42000;
  said.created_us = time_of ("2021-03-31T12:00:00Z");
  said.deadline_us = time_of ("2021-04-11T00:00:00Z");
  test_put_observation (writer, &said);

  g_assert_true (cfoil_writer_put_settlement (writer, &settlement, NULL));
  line.posted_us = time_of ("2021-03-28T00:30:00Z");
  line.currency = "USD";
  line.fee_percentage_minor = -752;
  line.fee_fixed_minor = -30;
  line.fee_minor = -782;
  line.net_minor = 41218;
  test_put_line (writer, &line);
  line = test_line ("S1", CFOIL_TYPE_TRANSFER, NULL, -41218);
  line.posted_us = time_of ("2021-03-28T00:45:00Z");
  line.row_number = 2;
  line.net_minor = -41218;
  line.description = "-a transfer";
  test_put_line (writer, &line);
  line = test_line ("S2", CFOIL_TYPE_OTHER, NULL, 5);
  line.provider_type = "@New";
  line.currency = "XYZ";
  line.net_minor = 5;
  test_put_line (writer, &line);
  g_assert_true (cfoil_writer_put_disbursement (writer, &disbursement, NULL));
  g_assert_true (cfoil_writer_add_coverage (writer, mirror->feed_id, time_of ("2021-01-01T00:00:00Z"), time_of ("2021-02-01T00:00:00Z"), NULL));
  g_assert_true (cfoil_writer_add_coverage (writer, mirror->feed_id, time_of ("2021-03-01T00:00:00Z"), time_of ("2021-04-01T00:00:00Z"), NULL));
  test_commit (writer);
  /* The one value that is never the same. */
  test_exec (mirror->mirror, "UPDATE txn SET first_seen_us = 1616895000000000");
  return mirror;
}

static char *
export (TestMirror        *mirror,
        CfoilExportTable   table,
        CfoilExportProfile profile,
        const char        *zone,
        char             **manifest)
{
  g_autofree char *path = test_folder_file (mirror->folder, "out.csv");
  g_autofree char *manifest_path = g_strconcat (path, ".manifest.json", NULL);
  CfoilExportOptions options = { table, profile, path, zone, TRUE };
  CfoilExportResult result;
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = NULL;
  char *text;

  cfoil_export_sync (mirror->mirror, &options, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  text = test_read_text (path);
  g_assert_cmpuint (result.n_bytes, ==, strlen (text));
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_assert_cmpstr (result.sha256, ==, hash);
  if (manifest != NULL)
    *manifest = test_read_text (manifest_path);
  return text;
}

static void
compare_golden (const char *name,
                const char *text)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, name, NULL);

  if (g_getenv ("TEST_WRITE_GOLDEN") != NULL)
    test_write_text (path, text);
  {
    g_autofree char *golden = test_read_text (path);

    g_assert_cmpstr (text, ==, golden);
  }
}

static const char *const table_names[] = { "transactions", "refunds", "disputes", "settlements" };

static void
test_golden (void)
{
  g_autoptr (TestMirror) mirror = fixed_mirror ();

  for (guint i = 0; i < G_N_ELEMENTS (table_names); i++)
    for (guint profile = 0; profile < 2; profile++)
      {
        CfoilExportTable table;
        g_autofree char *name = g_strdup_printf (GOLDEN_DIR "/%s-%s.csv", table_names[i], profile == 0 ? "plain" : "excel");
        g_autofree char *manifest_name = g_strconcat (name, ".manifest.json", NULL);
        g_autofree char *manifest = NULL;
        g_autofree char *text = NULL;

        g_assert_true (cfoil_export_table_from_string (table_names[i], &table));
        g_assert_cmpstr (cfoil_export_table_to_string (table), ==, table_names[i]);
        text = export (mirror, table, (CfoilExportProfile) profile, "Europe/Berlin", &manifest);
        compare_golden (name, text);
        compare_golden (manifest_name, manifest);
      }
}

static void
test_table_names (void)
{
  static const char *const names[] = { "", "Transactions", "transactions ", "txn", "exceptions" };
  CfoilExportTable table;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_false (cfoil_export_table_from_string (names[i], &table));
  g_assert_false (cfoil_export_table_from_string (NULL, &table));
}

static void
test_same_twice (void)
{
  g_autoptr (TestMirror) one = fixed_mirror ();
  g_autoptr (TestMirror) other = fixed_mirror ();
  g_autofree char *manifests[3] = { NULL, NULL, NULL };
  g_autofree char *first = export (one, CFOIL_EXPORT_TRANSACTIONS, CFOIL_EXPORT_PLAIN, "UTC", &manifests[0]);
  g_autofree char *second = export (one, CFOIL_EXPORT_TRANSACTIONS, CFOIL_EXPORT_PLAIN, "UTC", &manifests[1]);
  g_autofree char *third = export (other, CFOIL_EXPORT_TRANSACTIONS, CFOIL_EXPORT_PLAIN, "UTC", &manifests[2]);

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, ==, third);
  g_assert_cmpstr (manifests[0], ==, manifests[1]);
  g_assert_cmpstr (manifests[0], ==, manifests[2]);
  for (guint i = 1; i < 3; i++)
    g_clear_pointer (&manifests[i], g_free);
}

static void
test_manifest (void)
{
  g_autoptr (TestMirror) mirror = fixed_mirror ();
  g_autofree char *manifest = NULL;
  g_autofree char *text = export (mirror, CFOIL_EXPORT_TRANSACTIONS, CFOIL_EXPORT_PLAIN, "UTC", &manifest);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root, *total, *gap;
  g_auto (GStrv) header = NULL;

  g_assert_true (json_parser_load_from_data (parser, manifest, -1, NULL));
  root = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (root, "table"), ==, "transactions");
  g_assert_cmpstr (json_object_get_string_member (root, "profile"), ==, "plain");
  g_assert_cmpstr (json_object_get_string_member (root, "time_zone"), ==, "UTC");
  g_assert_cmpint (json_object_get_int_member (root, "schema_version"), ==, CFOIL_SCHEMA_VERSION);
  g_assert_cmpint (json_object_get_int_member (root, "rows"), ==, 6);
  g_assert_cmpint (json_object_get_int_member (root, "bytes"), ==, strlen (text));
  g_assert_cmpstr (json_object_get_string_member (root, "sha256"), ==, hash);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "totals")), ==, 4);
  total = json_array_get_object_element (json_object_get_array_member (root, "totals"), 2);
  g_assert_cmpstr (json_object_get_string_member (total, "currency"), ==, "USD");
  g_assert_cmpstr (json_object_get_string_member (total, "gross"), ==, "7.82");
  g_assert_cmpint (json_object_get_int_member (total, "rows"), ==, 3);
  gap = json_array_get_object_element (json_object_get_array_member (root, "coverage_gaps"), 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "coverage_gaps")), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (gap, "from"), ==, "2021-02-01T00:00:00Z");
  g_assert_cmpstr (json_object_get_string_member (gap, "until"), ==, "2021-03-01T00:00:00Z");

  header = g_strsplit (text, "\n", 2);
  {
    g_auto (GStrv) names = g_strsplit (header[0], ",", -1);

    g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "columns")), ==, g_strv_length (names));
    for (guint i = 0; names[i] != NULL; i++)
      g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (root, "columns"), i), ==, names[i]);
  }
}

static void
test_zones (void)
{
  static const struct
  {
    const char *zone;
    const char *texts[4];
  } zones[] = {
    { "UTC", { ",2021-03-28T00:59:59+00:00,", ",2021-03-28T01:00:00+00:00,", ",2021-10-31T01:30:00.000001+00:00,", ",1969-12-31T23:59:59+00:00," } },
    /* an hour is left out, another comes twice */
    { "Europe/Berlin", { ",2021-03-28T01:59:59+01:00,", ",2021-03-28T03:00:00+02:00,", ",2021-10-31T02:30:00.000001+01:00,", ",1970-01-01T00:59:59+01:00," } },
    { "America/St_Johns", { ",2021-03-27T22:29:59-02:30,", ",2021-03-27T22:30:00-02:30,", ",2021-10-30T23:00:00.000001-02:30,", ",1969-12-31T20:29:59-03:30," } },
    { "Asia/Kathmandu", { ",2021-03-28T06:44:59+05:45,", ",2021-03-28T06:45:00+05:45,", ",2021-10-31T07:15:00.000001+05:45,", ",1970-01-01T05:29:59+05:30," } },
    { "Pacific/Kiritimati", { ",2021-03-28T14:59:59+14:00,", ",2021-03-28T15:00:00+14:00,", ",2021-10-31T15:30:00.000001+14:00,", ",1969-12-31T13:19:59-10:40," } },
  };
  g_autoptr (TestMirror) mirror = fixed_mirror ();

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autofree char *manifest = NULL;
      g_autofree char *text = export (mirror, CFOIL_EXPORT_TRANSACTIONS, CFOIL_EXPORT_PLAIN, zones[i].zone, &manifest);

      for (guint t = 0; t < G_N_ELEMENTS (zones[i].texts); t++)
        test_assert_contains (text, zones[i].texts[t]);
      test_assert_contains (manifest, zones[i].zone);
      /* the other times stay in UTC */
      test_assert_contains (text, ",2021-03-28T00:30:00Z,");
    }
}

static void
test_unknown_zone (void)
{
  static const char *const zones[] = { "Europe/Atlantis", "berlin", "../../etc/passwd", "/etc/hostname", "leapseconds", "zone.tab", "Europe/../Europe/Berlin", "Europe" };
  g_autoptr (TestMirror) mirror = fixed_mirror ();
  g_autofree char *path = test_folder_file (mirror->folder, "out.csv");

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      CfoilExportOptions options = { CFOIL_EXPORT_TRANSACTIONS, CFOIL_EXPORT_PLAIN, path, zones[i], FALSE };
      CfoilExportResult result;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", zones[i]);
      g_assert_false (cfoil_export_sync (mirror->mirror, &options, NULL, NULL, NULL, &result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

/* A locale of our own, since the machine may have none. */
static void
test_comma_locale (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *locale = test_folder_file (folder, "de_DE.UTF-8");

  if (g_test_subprocess ())
    {
      g_autoptr (TestMirror) mirror = fixed_mirror ();
      g_autofree char *before = export (mirror, CFOIL_EXPORT_TRANSACTIONS, CFOIL_EXPORT_PLAIN, "Europe/Berlin", NULL);
      g_autofree char *plain = NULL;
      g_autofree char *excel = NULL;

      g_assert_nonnull (setlocale (LC_ALL, "de_DE.UTF-8"));
      g_assert_cmpstr (localeconv ()->decimal_point, ==, ",");
      plain = export (mirror, CFOIL_EXPORT_TRANSACTIONS, CFOIL_EXPORT_PLAIN, "Europe/Berlin", NULL);
      g_assert_cmpstr (plain, ==, before);
      excel = export (mirror, CFOIL_EXPORT_TRANSACTIONS, CFOIL_EXPORT_EXCEL, "Europe/Berlin", NULL);
      compare_golden (GOLDEN_DIR "/transactions-excel-comma.csv", excel);
      return;
    }

  {
    g_autoptr (GSubprocess) compile = NULL;
    g_autoptr (GError) error = NULL;

    compile = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "localedef", "-i", "de_DE", "-f", "UTF-8", "--no-archive", locale, NULL);
    g_assert_no_error (error);
    g_subprocess_wait (compile, NULL, NULL);
    g_assert_true (g_file_test (locale, G_FILE_TEST_IS_DIR));
  }
  g_setenv ("LOCPATH", folder->path, TRUE);
  /* glibc leaks the way to a locale of one's own. */
  g_setenv ("ASAN_OPTIONS", "detect_leaks=0", TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  g_unsetenv ("LOCPATH");
}

typedef struct
{
  GPtrArray *rows; /* GStrv */
} Table;

static gboolean
take_row (const CfoilCsvField *fields,
          guint                n_fields,
          guint64              row_number,
          guint64              line_number,
          gpointer             user_data,
          GError             **error)
{
  char **row = g_new0 (char *, n_fields + 1);

  for (guint i = 0; i < n_fields; i++)
    row[i] = g_strdup (fields[i].text);
  g_ptr_array_add (user_data, row);
  return TRUE;
}

static GPtrArray *
read_csv (const char *text)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (CfoilCsvReader) reader = cfoil_csv_reader_new (take_row, NULL, rows);
  g_autoptr (GError) error = NULL;

  cfoil_csv_reader_push (reader, text, strlen (text), &error);
  g_assert_no_error (error);
  cfoil_csv_reader_finish (reader, &error);
  g_assert_no_error (error);
  return rows;
}

static guint
find_column (GPtrArray  *rows,
             const char *name)
{
  char **header = g_ptr_array_index (rows, 0);

  for (guint i = 0; header[i] != NULL; i++)
    if (g_str_equal (header[i], name))
      return i;
  g_error ("There is no column %s", name);
}

/* What is read back is what the mirror has, to the last unit and letter. */
static void
test_read_back (void)
{
  static const struct
  {
    const char *column, *sql;
    char kind; /* m: money, u: time, t: text */
  } cells[] = {
    { "transaction_id", "transaction_id", 't' },
    { "currency", "currency", 't' },
    { "amount", "amount_minor", 'm' },
    { "gross", "gross_minor", 'm' },
    { "fee_total", "fee_minor", 'm' },
    { "net", "net_minor", 'm' },
    { "created_at_utc", "created_at_us", 'u' },
    { "created_at_local", "created_at_us", 'u' },
    { "posted_at_utc", "posted_at_us", 'u' },
    { "merchant_reference", "merchant_reference", 't' },
    { "order_reference", "order_reference", 't' },
    { "store", "store", 't' },
    { "buyer_name", "buyer_name", 't' },
    { "buyer_id", "buyer_id", 't' },
    { "channel", "channel", 't' },
    { "provider_type", "provider_type", 't' },
  };
  g_autoptr (TestMirror) mirror = fixed_mirror ();
  g_autofree char *text = export (mirror, CFOIL_EXPORT_TRANSACTIONS, CFOIL_EXPORT_PLAIN, "America/St_Johns", NULL);
  g_autoptr (GPtrArray) rows = read_csv (text);

  g_assert_cmpuint (rows->len, ==, 7);
  for (guint r = 1; r < rows->len; r++)
    for (guint c = 0; c < G_N_ELEMENTS (cells); c++)
      {
        char **row = g_ptr_array_index (rows, r);
        const char *cell = row[find_column (rows, cells[c].column)];
        int exponent = MAX (cfoil_currency_exponent (row[find_column (rows, "currency")]), 0);
        g_autofree char *sql = g_strdup_printf ("SELECT coalesce (%s, '') FROM transactions WHERE transaction_id = '%s'",
                                                cells[c].sql, row[find_column (rows, "transaction_id")]);
        g_autofree char *value = test_dump (mirror->mirror, sql);
        g_autofree char *read = NULL;
        gint64 number = 0;

        value[strlen (value) - 1] = '\0';
        if (*cell == '\0' || cells[c].kind == 't')
          read = g_strdup (*cell == '\'' ? cell + 1 : cell);
        else
          {
            g_assert_true (cells[c].kind == 'm' ? cfoil_money_parse (cell, -1, exponent, &number, NULL)
                                                : cfoil_time_parse (cell, -1, &number, NULL));
            read = g_strdup_printf ("%" G_GINT64_FORMAT, number);
          }
        g_assert_cmpstr (read, ==, value);
      }
}

static void
test_empty_mirror (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();

  for (guint table = 0; table < 4; table++)
    {
      g_autofree char *manifest = NULL;
      g_autofree char *text = export (mirror, (CfoilExportTable) table, CFOIL_EXPORT_PLAIN, NULL, &manifest);
      g_autoptr (GPtrArray) rows = read_csv (text);

      g_assert_cmpuint (rows->len, ==, 1);
      test_assert_contains (manifest, "\"rows\" : 0");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/export/golden", test_golden);
  g_test_add_func ("/export/table-names", test_table_names);
  g_test_add_func ("/export/same-twice", test_same_twice);
  g_test_add_func ("/export/manifest", test_manifest);
  g_test_add_func ("/export/zones", test_zones);
  g_test_add_func ("/export/unknown-zone", test_unknown_zone);
  g_test_add_func ("/export/comma-locale", test_comma_locale);
  g_test_add_func ("/export/read-back", test_read_back);
  g_test_add_func ("/export/empty-mirror", test_empty_mirror);

  return g_test_run ();
}
