/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history.h"

#include "cfoil-block.h"

#include <string.h>

/* The packed columns after any history are those that are made from nothing: whatever
 * is said, taken back, annotated, removed or interrupted.  GLib prints the seed, and
 * --seed repeats a run. */

#ifdef __SANITIZE_ADDRESS__
#define N_HISTORIES 2
#define N_STEPS 25
#else
#define N_HISTORIES 4
#define N_STEPS 30
#endif

/* --- comparing --- */

static char *
dump_columns (CfoilMirror *mirror)
{
  return test_dump (mirror, "SELECT place >> 32, place & 0xffffffff, hex (data) FROM txn_column ORDER BY place");
}

static gint64
get_generation (CfoilMirror *mirror)
{
  return test_count (mirror, "SELECT generation FROM txn_generation");
}

/* "" when they are the same, else which columns are not. */
static char *
list_differences (const char *kept,
                  const char *made)
{
  g_auto (GStrv) old_lines = g_strsplit (kept, "\n", -1), new_lines = g_strsplit (made, "\n", -1);
  GString *text = g_string_new (NULL);

  for (guint way = 0; way < 2; way++)
    for (char **line = way == 0 ? old_lines : new_lines; *line != NULL; line++)
      if (!g_strv_contains ((const char *const *) (way == 0 ? new_lines : old_lines), *line))
        {
          guint column = (guint) g_ascii_strtoull (*line, NULL, 10);

          g_string_append_printf (text, "%s %s: %.200s\n", way == 0 ? "kept" : "made anew",
                                  column < CFOIL_N_FIELDS ? cfoil_field_get_info (column)->name : "(ids)", *line);
        }
  return g_string_free (text, FALSE);
}

static void
check_columns (TestMirror *mirror)
{
  g_autofree char *kept = dump_columns (mirror->mirror);
  g_autofree char *made = NULL;
  g_autofree char *differences = NULL;

  test_remake_columns (mirror->mirror);
  made = dump_columns (mirror->mirror);
  if (strcmp (kept, made) == 0)
    return;
  differences = list_differences (kept, made);
  g_error ("The columns that were kept are not those of the rows:\n%s", differences);
}

static void
check_history (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  History run = { .mirror = mirror, .environment = "live" }, other = { .mirror = mirror, .environment = "sandbox" };

  history_open_account (&run);
  cfoil_writer_free (run.writer);
  history_open_account (&other);
  cfoil_writer_free (other.writer);
  for (guint step = 0; step < N_STEPS; step++)
    {
      History *now = g_test_rand_int_range (0, 3) == 0 ? &other : &run;
      g_autofree char *before = dump_columns (mirror->mirror);
      g_autofree char *after = NULL;
      gint64 generation = get_generation (mirror->mirror);

      history_open_writer (now);
      for (gint32 n = g_test_rand_int_range (1, 20); n > 0; n--)
        history_happen (now);
      test_commit (now->writer);
      cfoil_writer_free (now->writer);
      after = dump_columns (mirror->mirror);
      g_assert_cmpint (get_generation (mirror->mirror), >=, generation);
      if (strcmp (before, after) != 0)
        g_assert_cmpint (get_generation (mirror->mirror), >, generation);
      check_columns (mirror);
    }
  g_free (run.name);
  g_free (other.name);
}

static void
test_histories (void)
{
  for (guint i = 0; i < N_HISTORIES; i++)
    check_history ();
}

/* --- what is not to happen --- */

static void
put_rows (TestMirror *mirror,
          guint       n,
          gint64      amount_minor)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("C%06u", i);
      CfoilObservation said = test_observation (CFOIL_OBJECT_CHARGE, id, amount_minor);

      said.amount_minor = amount_minor;
      test_put_observation (mirror->writer, &said);
    }
}

/* What is said again changes no column, and lists need not ask again. */
static void
test_said_again (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 generation;

  put_rows (mirror, 1500, 5);
  test_commit (mirror->writer);
  generation = get_generation (mirror->mirror);
  put_rows (mirror, 1500, 5);
  test_commit (mirror->writer);
  g_assert_cmpint (get_generation (mirror->mirror), ==, generation);
}

/* A change of one row writes the columns that it changes, of its block. */
static void
test_one_row (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *before = NULL, *after = NULL, *differences = NULL;
  g_auto (GStrv) lines = NULL;

  put_rows (mirror, 2 * CFOIL_BLOCK_ROWS + 100, 5);
  test_commit (mirror->writer);
  before = dump_columns (mirror->mirror);
  put_rows (mirror, 1, 6);
  test_commit (mirror->writer);
  after = dump_columns (mirror->mirror);
  differences = list_differences (before, after);
  /* amount, time and last_changed, each as it was and as it is */
  lines = g_strsplit (differences, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 6 + 1);
  for (guint i = 0; i < 6; i++)
    {
      g_assert_true (strstr (lines[i], " amount: ") != NULL || strstr (lines[i], " time: ") != NULL ||
                     strstr (lines[i], " last_changed: ") != NULL);
      test_assert_contains (lines[i], "|0|");
    }
}

/* Nothing of a transaction that was taken back is left, also not for the next one. */
static void
test_rollback (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *before = NULL, *after = NULL;

  put_rows (mirror, 10, 5);
  test_commit (mirror->writer);
  before = dump_columns (mirror->mirror);
  put_rows (mirror, 2 * CFOIL_BLOCK_ROWS, 6);
  cfoil_writer_rollback (mirror->writer);
  test_commit (mirror->writer);
  after = dump_columns (mirror->mirror);
  g_assert_cmpstr (before, ==, after);
}

/* Blocks without rows have no columns. */
static void
test_removed (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GError) error = NULL;

  put_rows (mirror, 2 * CFOIL_BLOCK_ROWS + 100, 5);
  test_commit (mirror->writer);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (DISTINCT place & 0xffffffff) FROM txn_column"), ==, 3);
  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  cfoil_account_remove (mirror->mirror, "shop", &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM txn_column"), ==, 0);
}

/* Columns of a format that is not ours are made anew when the mirror is opened. */
static void
test_other_format (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilMirror) again = NULL;
  g_autofree char *before = NULL, *after = NULL;

  put_rows (mirror, CFOIL_BLOCK_ROWS + 100, 5);
  test_commit (mirror->writer);
  before = dump_columns (mirror->mirror);
  test_exec (mirror->mirror, "UPDATE txn_generation SET format = 999; DELETE FROM txn_column WHERE place > 7 << 32; "
                             "INSERT INTO txn_column VALUES ((1000 << 32) | 5, x'00')");
  again = cfoil_mirror_open (cfoil_mirror_get_folder (mirror->mirror), &error);
  g_assert_no_error (error);
  after = dump_columns (again);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (test_count (again, "SELECT format FROM txn_generation"), ==, CFOIL_BLOCK_FORMAT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/block-writer/histories", test_histories);
  g_test_add_func ("/block-writer/said-again", test_said_again);
  g_test_add_func ("/block-writer/one-row", test_one_row);
  g_test_add_func ("/block-writer/rollback", test_rollback);
  g_test_add_func ("/block-writer/removed", test_removed);
  g_test_add_func ("/block-writer/other-format", test_other_format);

  return g_test_run ();
}
