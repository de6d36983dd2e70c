/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include <string.h>

/* Not by its own word: even with query_only off the file cannot be written. */
static void
test_reader_cannot_write (void)
{
  static const char *const attempts[] = {
    "INSERT INTO word (text) VALUES ('x')", "UPDATE account SET name = 'x'", "DELETE FROM account",
    "CREATE TABLE t (x)", "PRAGMA user_version = 9", "VACUUM",
  };
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror->mirror, NULL);

  g_assert_true (cfoil_database_exec (reader, "PRAGMA query_only = 0; PRAGMA writable_schema = 1", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", attempts[i]);
      g_assert_false (cfoil_database_exec (reader, attempts[i], &error));
      g_assert_true (error->domain == G_IO_ERROR);
    }
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM account WHERE name = 'shop'"), ==, 1);
}

static void
test_prepare (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  static const char *const wrong[] = { "", "  ", ";", "SELECT 1; SELECT 2", "SELECT 1; x", "SELEKT 1", "SELECT * FROM nowhere" };
  static const char *const right[] = { "SELECT 1", "SELECT 1;", " SELECT 1 ; \n ; " };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (cfoil_database_prepare (reader, wrong[i], &error));
      g_assert_nonnull (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autoptr (CfoilStatement) statement = cfoil_database_prepare (reader, right[i], NULL);

      g_assert_nonnull (statement);
      g_assert_true (cfoil_statement_is_read_only (statement));
    }
}

/* What nobody said is NULL on the way in and out, and 0 is not NULL. */
static void
test_null (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  g_autoptr (CfoilStatement) statement = NULL;

  statement = cfoil_database_prepare (reader, "SELECT ?1 IS NULL, ?2 IS NULL, ?3 IS NULL, ?4 IS NULL, ?1, ?3", NULL);
  cfoil_statement_bind_int64 (statement, 1, CFOIL_UNKNOWN);
  cfoil_statement_bind_text (statement, 2, NULL);
  cfoil_statement_bind_int64 (statement, 3, 0);
  cfoil_statement_bind_text (statement, 4, "");
  g_assert_cmpint (cfoil_statement_step (statement, NULL), ==, CFOIL_STEP_ROW);
  for (int i = 0; i < 4; i++)
    g_assert_cmpint (cfoil_statement_column_int64 (statement, i), ==, i < 2);
  g_assert_true (cfoil_statement_column_int64 (statement, 4) == CFOIL_UNKNOWN);
  g_assert_null (cfoil_statement_column_text (statement, 4));
  g_assert_cmpint (cfoil_statement_column_int64 (statement, 5), ==, 0);
  g_assert_cmpint (cfoil_statement_step (statement, NULL), ==, CFOIL_STEP_DONE);
}

static gpointer
cancel_soon (gpointer user_data)
{
  g_usleep (50000);
  g_cancellable_cancel (user_data);
  return NULL;
}

static const char endless[] = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count (*) FROM n";

static void
test_cancel (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_autoptr (GError) error = NULL;
  gint64 value;

  cfoil_database_set_cancellable (reader, cancellable);
  g_assert_false (cfoil_database_get_int64 (reader, endless, &value, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  /* and then without it again */
  cfoil_database_set_cancellable (reader, NULL);
  g_assert_true (cfoil_database_get_int64 (reader, "SELECT 5", &value, NULL));
  g_assert_cmpint (value, ==, 5);
}

/* Triggers that somebody planted in the file do not run. */
static void
test_planted_trigger (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, "C1", 1);

  test_exec (mirror->mirror, "CREATE TRIGGER planted AFTER INSERT ON txn BEGIN DELETE FROM account; END");
  test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM account"), ==, 1);
}

static void
test_no_row (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  g_autoptr (GError) error = NULL;
  gint64 value = 7;

  g_assert_false (cfoil_database_get_int64 (reader, "SELECT 1 WHERE 0", &value, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpint (value, ==, 7);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/database/reader-cannot-write", test_reader_cannot_write);
  g_test_add_func ("/database/prepare", test_prepare);
  g_test_add_func ("/database/null", test_null);
  g_test_add_func ("/database/cancel", test_cancel);
  g_test_add_func ("/database/planted-trigger", test_planted_trigger);
  g_test_add_func ("/database/no-row", test_no_row);

  return g_test_run ();
}
