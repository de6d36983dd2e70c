/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync-fixture.h"

#include <signal.h>

/* The sanitized round looks at memory: a few kills of something small show that. */
#ifdef __SANITIZE_ADDRESS__
#define N_KILLS 6
#define MERCHANT_SIZE "--transactions 1000 --days 60"
#define FILE_SIZE "--transactions 15000 --days 100"
#else
#define N_KILLS 20
#define MERCHANT_SIZE "--transactions 4000 --days 150"
#define FILE_SIZE "--transactions 100000 --days 300"
#endif
#define MERCHANT "--seed 11 " MERCHANT_SIZE " --until " FIXTURE_UNTIL " --retention-days 0 --throttle off --processing-ms 20 --pending-seconds 100000"

static gint64
timed_sync (Fixture    *fixture,
            const char *mirror)
{
  gint64 start_us = g_get_monotonic_time ();
  g_autofree char *errors = NULL;
  int code = fixture_cli (fixture, mirror, 0, NULL, &errors, "sync", NULL);

  g_assert_cmpstr (errors, ==, "");
  g_assert_cmpint (code, ==, 0);
  return g_get_monotonic_time () - start_us;
}

/* Killed at twenty random moments, then left alone: the same mirror as one that
 * was never disturbed, and what the merchant's own books say. */
static void
test_sync (void)
{
  Fixture *fixture = fixture_new (MERCHANT);
  g_autofree char *reference = fixture_new_mirror (fixture, "reference");
  g_autofree char *killed = fixture_new_mirror (fixture, "killed");
  guint whole_ms = (guint) (timed_sync (fixture, reference) / 1000);
  guint n_killed = 0;

  fixture_assert_totals (fixture, reference);
  fixture_assert_sound (fixture, reference);
  for (guint i = 0; i < N_KILLS; i++)
    {
      guint after_ms = (guint) g_test_rand_int_range (1, (int) MAX (whole_ms / 7, 2));
      int code = fixture_cli (fixture, killed, after_ms, NULL, NULL, "sync", NULL);

      g_assert_true (code == -SIGKILL || code == 0);
      n_killed += code == -SIGKILL;
    }
  g_test_message ("%u of %u syncs were killed; a whole one takes %u ms", n_killed, N_KILLS, whole_ms);
  g_assert_cmpuint (n_killed, >=, N_KILLS / 4);

  timed_sync (fixture, killed);
  fixture_assert_equal_views (killed, reference);
  fixture_assert_totals (fixture, killed);
  fixture_assert_sound (fixture, killed);

  /* A second run fetches nothing twice. */
  timed_sync (fixture, killed);
  fixture_assert_equal_views (killed, reference);
  fixture_free (fixture);
}

/* The same for a large file that the user brings. */
static void
test_import (void)
{
  Fixture *fixture = fixture_new ("--transactions 10 --days 5");
  g_autofree char *reference = fixture_new_mirror (fixture, "reference");
  g_autofree char *killed = fixture_new_mirror (fixture, "killed");
  g_autofree char *file = g_build_filename (fixture->folder, "large.csv", NULL);
  g_autofree char *line = g_strdup_printf ("%s report --type settlement " FILE_SIZE " --until 2026-06-30 --output %s",
                                           g_getenv ("COUNTERFOIL_SIMULATOR"), file);
  gint64 start_us;
  guint whole_ms;
  int code;

  g_assert_true (g_spawn_command_line_sync (line, NULL, NULL, &code, NULL));
  g_assert_cmpint (code, ==, 0);
  start_us = g_get_monotonic_time ();
  g_assert_cmpint (fixture_cli (fixture, reference, 0, NULL, NULL, "import", "--account", "shop", file, NULL), ==, 0);
  whole_ms = (guint) ((g_get_monotonic_time () - start_us) / 1000);

  for (guint i = 0; i < N_KILLS / 2; i++)
    {
      guint after_ms = (guint) g_test_rand_int_range (1, (int) whole_ms / 2);

      fixture_cli (fixture, killed, after_ms, NULL, NULL, "import", "--account", "shop", file, NULL);
    }
  g_assert_cmpint (fixture_cli (fixture, killed, 0, NULL, NULL, "import", "--account", "shop", file, NULL), ==, 0);
  fixture_assert_equal_views (killed, reference);
  fixture_assert_sound (fixture, killed);
  fixture_free (fixture);
}

/* A mirror whose database is lost is read back from its raw files as they are. */
static void
test_raw_files (void)
{
  Fixture *fixture = fixture_new ("--transactions 10 --days 5");
  g_autofree char *lost = fixture_new_mirror (fixture, "lost");
  g_autofree char *back = fixture_new_mirror (fixture, "back");
  g_autofree char *file = g_build_filename (fixture->folder, "settlement.csv", NULL);
  g_autofree char *reports = g_build_filename (lost, "reports", NULL);
  g_autofree char *line = g_strdup_printf ("%s report --type settlement --transactions 500 --until 2026-06-30 --output %s",
                                           g_getenv ("COUNTERFOIL_SIMULATOR"), file);
  g_autofree char *raw = NULL;
  g_autoptr (GDir) dir = NULL;
  int code;

  g_assert_true (g_spawn_command_line_sync (line, NULL, NULL, &code, NULL));
  g_assert_cmpint (fixture_cli (fixture, lost, 0, NULL, NULL, "import", "--account", "shop", file, NULL), ==, 0);
  dir = g_dir_open (reports, 0, NULL);
  raw = g_build_filename (reports, g_dir_read_name (dir), NULL);
  g_assert_true (g_str_has_suffix (raw, ".gz"));
  g_assert_cmpint (fixture_cli (fixture, back, 0, NULL, NULL, "import", "--account", "shop", raw, NULL), ==, 0);
  fixture_assert_equal_views (back, lost);
  fixture_assert_sound (fixture, back);
  fixture_free (fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kill/sync", test_sync);
  g_test_add_func ("/kill/import", test_import);
  g_test_add_func ("/kill/raw-files", test_raw_files);
  return g_test_run ();
}
