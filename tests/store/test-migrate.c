/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-block-writer.h"
#include "cfoil-dispute.h"
#include "cfoil-migrate.h"
#include "cfoil-records.h"
#include "cfoil-summary.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#define N_PROGRAMS 6

static void
test_fresh (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder->path, "deep", "er", NULL);
  g_autoptr (CfoilMirror) mirror = cfoil_mirror_open (path, NULL);
  g_autoptr (CfoilMirror) again = NULL;

  g_assert_nonnull (mirror);
  g_assert_cmpint (test_count (mirror, "PRAGMA user_version"), ==, CFOIL_SCHEMA_VERSION);
  g_assert_cmpint (test_count (mirror, "PRAGMA application_id"), ==, CFOIL_MIRROR_APPLICATION_ID);
  g_assert_cmpint (test_count (mirror, "SELECT count (*) FROM pragma_foreign_key_check"), ==, 0);
  {
    g_autofree char *mode = test_dump (mirror, "PRAGMA journal_mode");

    g_assert_cmpstr (mode, ==, "wal\n");
  }
  again = cfoil_mirror_open (path, NULL);
  g_assert_nonnull (again);
}

/* An empty file is what a program leaves that is killed at once. */
static void
test_empty_file (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "mirror.sqlite");
  g_autoptr (CfoilMirror) mirror = NULL;

  test_write_text (path, "");
  mirror = cfoil_mirror_open (folder->path, NULL);
  g_assert_nonnull (mirror);
  g_assert_cmpint (test_count (mirror, "PRAGMA user_version"), ==, CFOIL_SCHEMA_VERSION);
}

static void
check_refused (const char *folder,
               int         code)
{
  g_autofree char *path = g_build_filename (folder, "mirror.sqlite", NULL);
  g_autoptr (GBytes) before = test_read_bytes (path);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilMirror) mirror = cfoil_mirror_open (folder, &error);

  g_assert_null (mirror);
  g_assert_error (error, G_IO_ERROR, code);
  test_assert_contains (error->message, code == G_IO_ERROR_NOT_SUPPORTED ? "newer" : "");
  after = test_read_bytes (path);
  g_assert_true (g_bytes_equal (before, after));
}

static void
exec_file (const char *folder,
           const char *sql)
{
  g_autofree char *path = g_build_filename (folder, "mirror.sqlite", NULL);
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

static void
test_newer (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (CfoilMirror) mirror = cfoil_mirror_open (folder->path, NULL);
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %d; PRAGMA wal_checkpoint (TRUNCATE)", CFOIL_SCHEMA_VERSION + 1);

  test_add_account (mirror, "shop");
  g_clear_object (&mirror);
  exec_file (folder->path, sql);
  check_refused (folder->path, G_IO_ERROR_NOT_SUPPORTED);
}

static void
test_foreign (void)
{
  static const char *const others[] = {
    "CREATE TABLE account (x); INSERT INTO account VALUES (1)",
    "PRAGMA application_id = 5",
    "PRAGMA application_id = 5; CREATE TABLE t (x)",
    "PRAGMA user_version = 1; CREATE TABLE t (x)",
    "CREATE VIEW transactions AS SELECT 1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (TestFolder) folder = test_folder_new ();

      exec_file (folder->path, others[i]);
      check_refused (folder->path, G_IO_ERROR_INVALID_DATA);
    }
}

static void
test_no_database (void)
{
  g_autofree char *jpeg = g_strnfill (5000, 'j');
  g_autofree char *text = g_strnfill (5000, ' ');
  g_autofree char *head = g_strnfill (5000, 'h');
  const struct
  {
    const char *bytes;
    gsize length;
  } files[] = { { jpeg, 5000 }, { jpeg, 600 }, { text, 5000 }, { head, 5000 } };

  memcpy (head, "SQLite format 3", 16);
  memcpy (jpeg, "\xff\xd8\xff\xe0\0\x10JFIF", 10);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (TestFolder) folder = test_folder_new ();
      g_autofree char *path = test_folder_file (folder, "mirror.sqlite");

      g_test_message ("file %u", i);
      test_write_bytes (path, files[i].bytes, files[i].length);
      check_refused (folder->path, G_IO_ERROR_INVALID_DATA);
    }
}

static void
test_folder_in_place (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "mirror.sqlite");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_null (cfoil_mirror_open (folder->path, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (cfoil_mirror_open ("/proc/version/mirror", &error));
  g_assert_nonnull (error);
}

static void
check_modes (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  struct stat info;

  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0700);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_test_message ("%s", name);
      g_assert_cmpint (g_stat (path, &info), ==, 0);
      if (S_ISDIR (info.st_mode))
        check_modes (path);
      else
        g_assert_cmpint (info.st_mode & 07777, ==, 0600);
    }
}

static void
test_modes (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "mirror");
  mode_t before = umask (0);
  g_autoptr (CfoilMirror) mirror = cfoil_mirror_open (path, NULL);
  g_autoptr (CfoilWriter) writer = test_writer_new (mirror, test_add_account (mirror, "shop"));
  int lock = cfoil_mirror_lock (mirror, NULL);

  test_open_feed (writer, "feed", 1);
  g_assert_cmpint (lock, >=, 0);
  check_modes (path);
  cfoil_mirror_unlock (mirror, lock);
  g_clear_pointer (&writer, cfoil_writer_free);
  test_exec (mirror, "VACUUM");
  check_modes (path);
  umask (before);
}

static void
test_names (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  const struct
  {
    const char *sql;
    int first, n;
    const char *(*name_of) (int value);
  } tables[] = {
    { "SELECT type, name FROM type_name ORDER BY 1", 0, CFOIL_N_TYPES, (gpointer) cfoil_type_to_string },
    { "SELECT state, name FROM state_name ORDER BY 1", 0, CFOIL_N_STATES, (gpointer) cfoil_state_to_string },
    { "SELECT kind, name FROM kind_name ORDER BY 1", 1, CFOIL_N_OBJECT_KINDS, (gpointer) cfoil_object_kind_to_string },
    { "SELECT kind, name FROM exception_name ORDER BY 1", 1, CFOIL_N_EXCEPTION_KINDS, (gpointer) cfoil_exception_kind_to_string },
    { "SELECT status, name FROM report_status_name ORDER BY 1", 1, CFOIL_REPORT_UNKNOWN + 1, (gpointer) cfoil_report_status_to_string },
    { "SELECT kind, name FROM case_kind_name ORDER BY 1", 1, CFOIL_N_CASE_KINDS, (gpointer) cfoil_case_kind_to_string },
    { "SELECT reason, name FROM reason_name ORDER BY 1", 0, CFOIL_N_REASONS, (gpointer) cfoil_reason_to_string },
    { "SELECT product, name FROM product_name ORDER BY 1", 0, CFOIL_N_PRODUCTS, (gpointer) cfoil_product_to_string },
    { "SELECT outcome, name FROM outcome_name ORDER BY 1", 0, CFOIL_N_CASE_OUTCOMES, (gpointer) cfoil_case_outcome_to_string },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (GString) expected = g_string_new (NULL);
      g_autofree char *names = test_dump (mirror->mirror, tables[i].sql);

      for (int value = tables[i].first; value < tables[i].n; value++)
        g_string_append_printf (expected, "%d|%s\n", value, tables[i].name_of (value));
      g_assert_cmpstr (names, ==, expected->str);
    }
}

/* A mirror that is half made: the mark is set, the tables are not there yet. */
static void
test_killed_before_first_step (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (CfoilMirror) mirror = NULL;

  exec_file (folder->path, "PRAGMA application_id = " G_STRINGIFY (CFOIL_MIRROR_APPLICATION_ID));
  mirror = cfoil_mirror_open (folder->path, NULL);
  g_assert_nonnull (mirror);
  g_assert_cmpint (test_count (mirror, "PRAGMA user_version"), ==, CFOIL_SCHEMA_VERSION);
}

/* A mirror that was released: its rows stay, and what this version adds is right. */
static void
test_from_1 (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "mirror-1.sql", NULL);
  g_autofree char *sql = NULL;
  g_autofree char *rows = NULL;
  g_autoptr (CfoilMirror) mirror = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_wrong = -1;

  g_assert_true (g_file_get_contents (path, &sql, NULL, NULL));
  exec_file (folder->path, sql);
  mirror = cfoil_mirror_open (folder->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_count (mirror, "PRAGMA user_version"), ==, CFOIL_SCHEMA_VERSION);
  g_assert_cmpint (test_count (mirror, "SELECT count (*) FROM pragma_foreign_key_check"), ==, 0);

  rows = test_dump (mirror, "SELECT type, currency, gross_minor, net_minor FROM transactions ORDER BY transaction_id");
  g_assert_cmpstr (rows, ==,
                   "reserve|USD|2400|2400\n"
                   "transfer|USD|-2554|-2554\n"
                   "charge|USD|1000|941\n"
                   "refund|USD|-100|~\n"
                   "refund|USD|-100|~\n"
                   "charge|USD|500|459\n");
  reader = cfoil_mirror_open_reader (mirror, NULL);
  g_assert_true (cfoil_blocks_check (reader, NULL, &n_wrong, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_wrong, ==, 0);
  g_assert_cmpint (test_count (mirror, "SELECT count (*) FROM txn_column"), >, 10);
}

/* One that has disputes already: each has its case, with what it says of it. */
static void
test_from_2 (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "mirror-2.sql", NULL);
  g_autofree char *sql = NULL;
  g_autofree char *disputes = NULL;
  g_autofree char *cases = NULL;
  g_autofree char *sources = NULL;
  g_autofree char *notes = NULL;
  g_autoptr (CfoilMirror) mirror = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_wrong = -1;

  g_assert_true (g_file_get_contents (path, &sql, NULL, NULL));
  exec_file (folder->path, sql);
  mirror = cfoil_mirror_open (folder->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_count (mirror, "PRAGMA user_version"), ==, CFOIL_SCHEMA_VERSION);
  g_assert_cmpint (test_count (mirror, "SELECT count (*) FROM pragma_foreign_key_check"), ==, 0);

  disputes = test_dump (mirror, "SELECT dispute_id, reason, outcome, state_code FROM disputes ORDER BY 1");
  g_assert_cmpstr (disputes, ==,
                   "P01-1111111-1111111-B000001|not_received|accepted|MerchantAcceptedDispute\n"
                   "P01-4444444-4444444-B000004|unknown|~|~\n");
  cases = test_dump (mirror, "SELECT kind, dispute_id, charge_id, state, outcome, amount_minor, due_at_us FROM cases ORDER BY 1, 3, 2");
  g_assert_cmpstr (cases, ==,
                   "chargeback|P01-4444444-4444444-B000004|~|other|~|900|~\n"
                   "chargeback|P01-1111111-1111111-B000001|P01-1111111-1111111-C000001|lost|accepted|3000|~\n"
                   "chargeback|~|P01-2222222-2222222-C000002|other|~|1200|~\n"
                   "claim|~|P01-3333333-3333333-C000003|other|~|750|~\n"
                   "claim|~|P01-4968629-2345678-C070794|other|~|100|~\n");
  sources = test_dump (mirror, "SELECT c.charge_id, s.route, s.detail FROM case_source AS s JOIN dispute_case AS c USING (case_id) ORDER BY 1, 2");
  g_assert_cmpstr (sources, ==,
                   "~|settlement|settlement-reports\n"
                   "P01-1111111-1111111-C000001|object|objects\n"
                   "P01-1111111-1111111-C000001|settlement|settlement-reports\n"
                   "P01-2222222-2222222-C000002|settlement|settlement-reports\n"
                   "P01-3333333-3333333-C000003|settlement|settlement-reports\n"
                   "P01-4968629-2345678-C070794|refund_report|refund-reports\n");
  notes = test_dump (mirror, "SELECT note, tags FROM transactions WHERE note IS NOT NULL");
  g_assert_cmpstr (notes, ==, "called the buyer|vip\n");
  reader = cfoil_mirror_open_reader (mirror, NULL);
  g_assert_true (cfoil_blocks_check (reader, NULL, &n_wrong, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_wrong, ==, 0);
}

/* One that has rows already: each has its sums, and nobody had to ask for them. */
static void
test_from_3 (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "mirror-3.sql", NULL);
  g_autofree char *sql = NULL;
  g_autofree char *daily = NULL;
  g_autofree char *settlements = NULL;
  g_autofree char *zone = NULL;
  g_autoptr (CfoilMirror) mirror = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_wrong = -1;

  g_assert_true (g_file_get_contents (path, &sql, NULL, NULL));
  exec_file (folder->path, sql);
  mirror = cfoil_mirror_open (folder->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_count (mirror, "PRAGMA user_version"), ==, CFOIL_SCHEMA_VERSION);
  g_assert_cmpint (test_count (mirror, "SELECT count (*) FROM pragma_foreign_key_check"), ==, 0);

  zone = test_dump (mirror, "SELECT zone, is_complete FROM summary_zone");
  g_assert_cmpstr (zone, ==, "UTC|1\n");
  daily = test_dump (mirror, "SELECT type, sum (n_rows), sum (n_done), sum (gross_minor), sum (fee_minor), sum (net_minor), "
                             "sum (unsettled_minor) FROM daily GROUP BY 1 ORDER BY 1");
  g_assert_cmpstr (daily, ==,
                   "1|3|3|4500|-190|4310|0\n"
                   "2|2|2|-200|0|0|-200\n"
                   "3|3|3|-5100|0|-5100|0\n"
                   "4|1|1|-750|0|-750|0\n"
                   "5|1|1|0|-2000|-2000|0\n"
                   "6|1|1|-2554|0|-2554|0\n"
                   "7|1|1|2400|0|2400|0\n");
  settlements = test_dump (mirror, "SELECT s.provider_id, m.type, n_lines, amount_minor, fee_minor, net_minor FROM settlement_sum AS m "
                                   "JOIN settlement AS s USING (settlement_id) ORDER BY 1, 2");
  g_assert_cmpstr (settlements, ==,
                   "5984862222|1|2|1500|-100|1400\n"
                   "5984862222|6|1|-2554|0|-2554\n"
                   "5984862222|7|1|2400|0|2400\n"
                   "7000000001|1|1|3000|-90|2910\n"
                   "7000000001|3|3|-5100|0|-5100\n"
                   "7000000001|4|1|-750|0|-750\n"
                   "7000000001|5|1|0|-2000|-2000\n");
  reader = cfoil_mirror_open_reader (mirror, NULL);
  g_assert_true (cfoil_summary_check (reader, NULL, &n_wrong, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_wrong, ==, 0);
}

/* One whose days begin elsewhere and of which a month is closed: the zone stays, what the
 * overview needs by day is made, and the closed month is what it was. */
static void
test_from_4 (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "mirror-4.sql", NULL);
  g_autofree char *sql = NULL;
  g_autofree char *zone = NULL;
  g_autofree char *days = NULL;
  g_autofree char *settled = NULL;
  g_autofree char *payments = NULL;
  g_autoptr (CfoilMirror) mirror = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_wrong = -1;

  g_assert_true (g_file_get_contents (path, &sql, NULL, NULL));
  exec_file (folder->path, sql);
  mirror = cfoil_mirror_open (folder->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_count (mirror, "PRAGMA user_version"), ==, CFOIL_SCHEMA_VERSION);
  g_assert_cmpint (test_count (mirror, "SELECT count (*) FROM pragma_foreign_key_check"), ==, 0);

  zone = test_dump (mirror, "SELECT zone, is_complete, rules <> '' FROM summary_zone");
  g_assert_cmpstr (zone, ==, "Europe/Berlin|1|1\n");
  /* 1 October 2015: 10.00; 12 September 2018: 5.00 and 30.00. */
  days = test_dump (mirror, "SELECT currency, day, hex (amounts) FROM daily_amount ORDER BY 2");
  g_assert_cmpstr (days, ==, "USD|16709|D00F\nUSD|17786|E807C413\n");
  settled = test_dump (mirror, "SELECT s.provider_id, d.day, d.n_done FROM daily_settled AS d JOIN settlement AS s USING (settlement_id) ORDER BY 2, 1");
  g_assert_cmpstr (settled, ==, "5984862222|16709|1\n5984862222|17786|1\n7000000001|17786|1\n");
  payments = test_dump (mirror, "SELECT c.charge_id, p.currency, p.is_flagged FROM case_payment AS p JOIN dispute_case AS c USING (case_id)");
  g_assert_cmpstr (payments, ==, "P01-1111111-1111111-C000001|USD|1\n");
  reader = cfoil_mirror_open_reader (mirror, NULL);
  g_assert_true (cfoil_summary_check (reader, NULL, &n_wrong, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_wrong, ==, 0);
}

/* Several programs that start at once on a new folder. */
static void
test_at_once (void)
{
  if (g_test_subprocess ())
    {
      const char *folder = g_getenv ("TEST_FOLDER");
      const char *go = g_getenv ("TEST_GO");
      g_autoptr (GError) error = NULL;
      g_autoptr (CfoilMirror) mirror = NULL;

      while (!g_file_test (go, G_FILE_TEST_EXISTS))
        g_usleep (200);
      mirror = cfoil_mirror_open (folder, &error);
      g_assert_no_error (error);
      g_assert_cmpint (test_count (mirror, "SELECT count (*) FROM transactions"), ==, 0);
      return;
    }

  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (TestFolder) folder = test_folder_new ();
      g_autofree char *mirror = test_folder_file (folder, "mirror");
      g_autofree char *go = test_folder_file (folder, "go");
      GSubprocess *programs[N_PROGRAMS];
      g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);

      g_subprocess_launcher_setenv (launcher, "TEST_FOLDER", mirror, TRUE);
      g_subprocess_launcher_setenv (launcher, "TEST_GO", go, TRUE);
      for (guint i = 0; i < N_PROGRAMS; i++)
        {
          g_autoptr (GError) error = NULL;

          programs[i] = g_subprocess_launcher_spawn (launcher, &error, "/proc/self/exe", "-p", "/migrate/at-once", "--GTestSubprocess", NULL);
          g_assert_no_error (error);
        }
      g_usleep (60000);
      test_write_text (go, "");
      for (guint i = 0; i < N_PROGRAMS; i++)
        {
          g_assert_true (g_subprocess_wait_check (programs[i], NULL, NULL));
          g_object_unref (programs[i]);
        }
    }
}

static void
test_lock (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilMirror) other = cfoil_mirror_open (mirror->folder->path, NULL);
  g_autofree char *left = cfoil_mirror_dup_incoming_path (mirror->mirror);
  g_autoptr (GError) error = NULL;
  int lock = cfoil_mirror_lock (mirror->mirror, NULL);

  g_assert_cmpint (lock, >=, 0);
  test_write_text (left, "half a file");
  g_assert_cmpint (cfoil_mirror_lock (other, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_true (g_file_test (left, G_FILE_TEST_EXISTS));
  cfoil_mirror_unlock (mirror->mirror, lock);
  lock = cfoil_mirror_lock (other, NULL);
  g_assert_cmpint (lock, >=, 0);
  /* what a killed run left is gone */
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  cfoil_mirror_unlock (other, lock);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/migrate/fresh", test_fresh);
  g_test_add_func ("/migrate/empty-file", test_empty_file);
  g_test_add_func ("/migrate/newer", test_newer);
  g_test_add_func ("/migrate/foreign", test_foreign);
  g_test_add_func ("/migrate/no-database", test_no_database);
  g_test_add_func ("/migrate/folder-in-place", test_folder_in_place);
  g_test_add_func ("/migrate/modes", test_modes);
  g_test_add_func ("/migrate/names", test_names);
  g_test_add_func ("/migrate/killed-before-first-step", test_killed_before_first_step);
  g_test_add_func ("/migrate/from-1", test_from_1);
  g_test_add_func ("/migrate/from-2", test_from_2);
  g_test_add_func ("/migrate/from-3", test_from_3);
  g_test_add_func ("/migrate/from-4", test_from_4);
  g_test_add_func ("/migrate/at-once", test_at_once);
  g_test_add_func ("/migrate/lock", test_lock);

  return g_test_run ();
}
