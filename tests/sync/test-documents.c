/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* Documents that were cut, refused, lost or damaged. */

#define MERCHANT "--seed 6 --transactions 200 --days 30 --until " FIXTURE_UNTIL " --retention-days 0 --throttle off --processing-ms 20 --pending-seconds 100000"

static Fixture *fixture;
static char *reference;

static void
exec (const char *mirror,
      const char *sql)
{
  g_autofree char *path = g_build_filename (mirror, "mirror.sqlite", NULL);
  char *message = NULL;
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_exec (database, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (database);
}

/* The path of the raw file of the first settlement report. */
static char *
first_file (const char *mirror)
{
  g_autofree char *name = fixture_dump (mirror, "SELECT 'reports/' || sha256 || '.gz' FROM documents WHERE type = 'settlement' ORDER BY sha256 LIMIT 1");

  g_strdelimit (name, "|\n", '\0');
  return g_build_filename (mirror, name, NULL);
}

static char *
synced_mirror (const char *name)
{
  char *mirror = fixture_new_mirror (fixture, name);

  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "sync", NULL), ==, 0);
  return mirror;
}

static void
assert_whole (const char *mirror)
{
  fixture_assert_equal_views (mirror, reference);
  fixture_assert_totals (fixture, mirror);
  fixture_assert_sound (fixture, mirror);
}

/* A cut file is not taken for an imported one the second time. */
static void
test_cut_import (void)
{
  g_autofree char *mirror = fixture_new_mirror (fixture, "cut-import");
  g_autofree char *file = g_build_filename (fixture->folder, "settlement.csv", NULL);
  g_autofree char *cut = g_build_filename (fixture->folder, "cut.csv", NULL);
  g_autofree char *line = g_strdup_printf ("%s report --type settlement --transactions 300 --days 20 --until 2026-06-30 --output %s",
                                           g_getenv ("COUNTERFOIL_SIMULATOR"), file);
  g_autofree char *bytes = NULL;
  g_autofree char *output = NULL;
  g_autofree char *lines = NULL;
  g_autofree char *messages = NULL;
  gsize length;
  int code;

  g_assert_true (g_spawn_command_line_sync (line, NULL, NULL, &code, NULL));
  g_assert_true (g_file_get_contents (file, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (cut, bytes, (gssize) (length * 2 / 3), NULL));

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *errors = NULL;
      g_autofree char *now = NULL;
      g_autofree char *said = NULL;

      g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, &errors, "import", "--account", "shop", cut, NULL), ==, 1);
      now = fixture_dump (mirror, "SELECT * FROM settlement_lines");
      said = fixture_dump (mirror, "SELECT state, row_count, error_message FROM documents");
      g_assert_nonnull (strstr (said, "refused"));
      g_assert_true (lines == NULL || g_str_equal (lines, now));
      g_assert_true (messages == NULL || g_str_equal (messages, said));
      g_free (lines);
      lines = g_steal_pointer (&now);
      g_free (messages);
      messages = g_steal_pointer (&said);
    }
  g_assert_cmpuint (strlen (lines), >, 1000);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, &output, NULL, "check", NULL), ==, 3);
  g_assert_nonnull (strstr (output, "refused"));

  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "import", "--account", "shop", file, NULL), ==, 0);
  fixture_assert_sound (fixture, mirror);
}

/* A raw file that is gone, or no longer whole, comes again. */
static void
test_lost (gconstpointer data)
{
  gboolean is_damaged = GPOINTER_TO_INT (data);
  g_autofree char *mirror = synced_mirror (is_damaged ? "damaged" : "lost");
  g_autofree char *path = first_file (mirror);

  if (is_damaged)
    g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  else
    g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "check", NULL), ==, 3);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "sync", NULL), ==, 0);
  assert_whole (mirror);
}

/* The same of a document that was not read to its end: the run goes on, says so,
 * and has it all. */
static void
test_lost_half_read (gconstpointer data)
{
  gboolean is_damaged = GPOINTER_TO_INT (data);
  g_autofree char *mirror = synced_mirror (is_damaged ? "half-damaged" : "half-lost");
  g_autofree char *path = first_file (mirror);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *sql = g_strdup_printf ("UPDATE document SET state = 'reading', n_rows_done = 3 WHERE sha256 || '.gz' = '%s'", base);
  g_autofree char *bytes = NULL;
  gsize length;

  exec (mirror, sql);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  if (is_damaged)
    bytes[length / 2] ^= 0x55;
  if (is_damaged)
    g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  else
    g_assert_cmpint (g_unlink (path), ==, 0);

  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "sync", NULL), ==, 3);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "sync", NULL), ==, 0);
  assert_whole (mirror);
}

/* Where the provider itself differs from its payouts, that is said and kept; it is
 * asked once more, not in every run. */
static void
test_always_cut (void)
{
  static const char query[] = "SELECT 'exception', kind, subject, message, 0 FROM exceptions WHERE kind = 'arithmetic' UNION ALL "
                              "SELECT 'document', sha256, state, row_count, received_at_us FROM documents WHERE type = 'settlement'";
  g_autofree char *mirror = fixture_new_mirror (fixture, "always-cut");
  g_autofree char *output = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  json_node_free (fixture_control (fixture, "POST", "/faults", "{\"faults\":[{\"operation\":\"documentDownload\",\"kind\":\"cut-rows\"}]}"));
  /* of some reports nothing is left at all, which is an error of their feeds */
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "sync", NULL), ==, 3);
  first = fixture_dump (mirror, query);
  g_assert_nonnull (strstr (first, "exception|arithmetic|"));
  g_assert_nonnull (strstr (first, "the payout was"));
  json_node_free (fixture_control (fixture, "DELETE", "/faults", NULL));
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "sync", NULL), ==, 0);
  second = fixture_dump (mirror, query);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, &output, NULL, "check", NULL), ==, 3);
  g_assert_nonnull (strstr (output, "payouts: "));
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  fixture = fixture_new (MERCHANT);
  reference = synced_mirror ("reference");
  g_test_add_func ("/documents/cut-import", test_cut_import);
  g_test_add_data_func ("/documents/lost", GINT_TO_POINTER (FALSE), test_lost);
  g_test_add_data_func ("/documents/damaged", GINT_TO_POINTER (TRUE), test_lost);
  g_test_add_data_func ("/documents/half-read-lost", GINT_TO_POINTER (FALSE), test_lost_half_read);
  g_test_add_data_func ("/documents/half-read-damaged", GINT_TO_POINTER (TRUE), test_lost_half_read);
  g_test_add_func ("/documents/always-cut", test_always_cut);
  result = g_test_run ();
  g_free (reference);
  fixture_free (fixture);
  return result;
}
