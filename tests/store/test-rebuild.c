/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-period-lock.h"
#include "cfoil-rebuild.h"
#include "cfoil-summary.h"

#include <glib/gstdio.h>

static void
put_document (CfoilWriter *writer,
              gint64       feed,
              gint64       document)
{
  cfoil_writer_set_source (writer, feed, document, FALSE);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *id = g_strdup_printf ("C%u", i % 7);
      CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, id, 100 * i);
      CfoilObservation said = test_observation (CFOIL_OBJECT_CHARGE, id, i + 1);

      line.row_number = said.row_number = i + 1;
      line.posted_us += i;
      line.store = i % 2 ? "red" : "blue";
      said.description = "from the report";
      test_put_line (writer, &line);
      test_put_observation (writer, &said);
    }
  g_assert_true (cfoil_writer_end_document (writer, document, 10, NULL, NULL));
  test_commit (writer);
}

static void
put_answers (CfoilWriter *writer)
{
  gint64 objects = test_open_feed (writer, "objects", 50);
  CfoilObservation said = test_observation (CFOIL_OBJECT_PERMISSION, "P1", 5);
  CfoilDisbursement disbursement = { "S1", NULL, "B", "USD", 5, 6, "{}" };
  CfoilException exception = { CFOIL_EXCEPTION_BAD_OBJECT, "C1", "bad", "raw", 0 };
  gboolean is_new;
  gint64 action;

  cfoil_writer_set_source (writer, objects, 0, TRUE);
  said.buyer_name = "Buyer";
  test_put_observation (writer, &said);
  said.kind = CFOIL_OBJECT_CHARGE;
  said.object_id = "C1";
  said.permission_id = "P1";
  said.store = "green";
  test_put_observation (writer, &said);
  said.object_id = "C77";
  test_put_observation (writer, &said);
  said.kind = CFOIL_OBJECT_DISPUTE;
  said.object_id = "D1";
  test_put_observation (writer, &said);
  g_assert_true (cfoil_writer_put_disbursement (writer, &disbursement, NULL));
  g_assert_true (cfoil_writer_put_exception (writer, &exception, NULL));
  g_assert_true (cfoil_writer_set_cursor (writer, objects, "cursor", NULL));
  g_assert_true (cfoil_writer_add_coverage (writer, objects, 1, 5, NULL));
  g_assert_true (cfoil_writer_put_notification (writer, "m", CFOIL_OBJECT_CHARGE, "C1", "{}", &is_new, NULL));
  g_assert_true (cfoil_writer_add_action (writer, "create", "x", "key", "{}", &action, NULL));
  test_commit (writer);
}

static char *
dump_all (CfoilMirror *mirror)
{
  g_autofree char *views = test_dump_views (mirror);
  g_autofree char *rest = test_dump (mirror, "SELECT 'outbox', kind, subject, idempotency_key FROM outbox UNION ALL "
                                             "SELECT 'notification', message_id, object_id, raw FROM notification UNION ALL "
                                             "SELECT 'pursuit', kind, object_id, due_us FROM pursuit UNION ALL "
                                             "SELECT 'feed', name, cursor, rank FROM feed UNION ALL "
                                             "SELECT 'permission', permission_id, buyer_name, state FROM charge_permission ORDER BY 1, 2, 3");

  return g_strconcat (views, rest, NULL);
}

static void
test_equal (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 other_account = test_add_account (mirror->mirror, "other");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (CfoilRebuild) rebuild = NULL;
  g_autoptr (CfoilMirror) opened = NULL;
  g_autoptr (CfoilWriter) other = test_writer_new (mirror->mirror, other_account);
  g_autoptr (GError) error = NULL;

  put_document (mirror->writer, mirror->feed_id, mirror->document_id);
  put_answers (mirror->writer);
  put_document (other, test_open_feed (other, "settlement-reports", 1), test_open_document (other, mirror->feed_id, "other"));
  g_clear_pointer (&other, cfoil_writer_free);
  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  before = dump_all (mirror->mirror);

  /* What is computed is wrong: the rebuilt one must not take it over.  The raw
   * files are gone, so their rows come from the old mirror. */
  test_exec (mirror->mirror, "UPDATE txn SET gross_minor = 12345, description = 'wrong'");
  rebuild = cfoil_rebuild_begin (mirror->mirror, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_count (cfoil_rebuild_get_mirror (rebuild), "SELECT count (*) FROM document WHERE state = 'reading'"), ==, 0);
  cfoil_rebuild_finish (rebuild, &kept, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  g_clear_pointer (&rebuild, cfoil_rebuild_free);

  opened = cfoil_mirror_open (mirror->folder->path, &error);
  g_assert_no_error (error);
  after = dump_all (opened);
  g_assert_cmpstr (after, ==, before);
}

/* What a person said or imported, and what follows from the rows: all there again. */
/* Several within a second: each keeps the one before it. */
static void
test_again (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();

  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CfoilMirror) opened = cfoil_mirror_open (mirror->folder->path, &error);
      g_autoptr (CfoilRebuild) rebuild = NULL;
      g_autofree char *kept = NULL;

      g_assert_no_error (error);
      rebuild = cfoil_rebuild_begin (opened, NULL, &error);
      g_assert_no_error (error);
      cfoil_rebuild_finish (rebuild, &kept, &error);
      g_assert_no_error (error);
      g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
    }
}

static const char *const kept_tables[] = {
  "summary_zone", "daily", "hourly", "settlement_sum", "period_lock", "period_lock_sum", "period_adjustment", "bank_mapping",
  "bank_statement", "bank_entry", "bank_repeat", "bank_match", "anomaly", "anomaly_state", "report_definition", "ledger_account", "fx_rate",
  "report_schedule", "fraud_report",
};

static char *
dump_kept_tables (CfoilMirror *mirror)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kept_tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s ORDER BY 1, 2", kept_tables[i]);
      g_autofree char *rows = test_dump (mirror, sql);

      g_string_append_printf (text, "== %s\n%s", kept_tables[i], rows);
      g_assert_cmpstr (rows, !=, "");
    }
  return g_string_free (text, FALSE);
}

static void
test_kept_tables (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilRebuild) rebuild = NULL;
  g_autoptr (CfoilMirror) opened = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL, *kept = NULL, *sound = NULL;

  g_assert_true (cfoil_summary_set_zone_sync (mirror->mirror, "Asia/Kolkata", &error));
  put_document (mirror->writer, mirror->feed_id, mirror->document_id);
  put_answers (mirror->writer);
  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  g_assert_true (cfoil_period_lock_add_sync (mirror->mirror, -1000, 1000, "a", "b", G_MAXINT64 / 2, NULL, &error));
  g_assert_no_error (error);
  test_exec (mirror->mirror,
             "INSERT INTO period_adjustment VALUES (7, 1, 'shop', 'C0', 1, 'USD', 0, 1, -1, 0, 5, 6);"
             "UPDATE period_lock_sum SET gross_minor = gross_minor - 1, fee_minor = fee_minor + 1;"
             "INSERT INTO bank_mapping VALUES (3, 'My Bank', '[]', '{}');"
             "INSERT INTO bank_statement VALUES (4, 'abc', 'june.csv', 'csv', 'DE1', 5);"
             "INSERT INTO bank_entry VALUES (9, 4, 'DE1', 20000, 'EUR', 5, 'ref', 'text', 1, 2);"
             "INSERT INTO bank_statement VALUES (5, 'abd', 'july.csv', 'csv', 'DE1', 6);"
             "INSERT INTO bank_repeat VALUES (9, 5, 7);"
             "INSERT INTO bank_match VALUES (9, 'amazon-pay', 'live', 'S1', 'EUR', 'hand', 8);"
             "INSERT INTO anomaly VALUES (5, 1, 'r', 's', 'USD', 1, 2, '{}', 'q', 3, NULL);"
             "INSERT INTO anomaly_state VALUES (1, 'r', 1, 2, '{}');"
             "INSERT INTO report_definition VALUES (6, 'Monthly', '{}');"
             "INSERT INTO ledger_account VALUES ('fees', 'Expenses:Fees');"
             "INSERT INTO fx_rate VALUES ('EUR', 'USD', 20000, '1.0812', 'ecb.csv');"
             "INSERT INTO fraud_report VALUES (1, 'USD', 20361, 12, 3);"
             "INSERT INTO report_schedule VALUES (1, 'x', 't', 'P1D', NULL, 1, 2);");
  before = dump_kept_tables (mirror->mirror);
  rebuild = cfoil_rebuild_begin (mirror->mirror, NULL, &error);
  g_assert_no_error (error);
  cfoil_rebuild_finish (rebuild, &kept, &error);
  g_assert_no_error (error);
  g_clear_pointer (&rebuild, cfoil_rebuild_free);

  opened = cfoil_mirror_open (mirror->folder->path, &error);
  g_assert_no_error (error);
  after = dump_kept_tables (opened);
  g_assert_cmpstr (after, ==, before);
  sound = test_dump (opened, "SELECT * FROM pragma_foreign_key_check");
  g_assert_cmpstr (sound, ==, "");
}

/* A rebuild that was killed leaves the mirror as it was, and the next one starts
 * anew. */
static void
test_killed (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  put_document (mirror->writer, mirror->feed_id, mirror->document_id);
  put_answers (mirror->writer);
  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  before = dump_all (mirror->mirror);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (CfoilRebuild) rebuild = cfoil_rebuild_begin (mirror->mirror, NULL, NULL);

      g_assert_nonnull (rebuild);
    }
  after = dump_all (mirror->mirror);
  g_assert_cmpstr (after, ==, before);
}

static void
test_cancelled (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *left = NULL;

  for (guint round = 0; round < 200; round++)
    put_document (mirror->writer, mirror->feed_id, mirror->document_id);
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *id = g_strdup_printf ("M%u", i);
      gboolean is_new;

      g_assert_true (cfoil_writer_put_notification (mirror->writer, id, CFOIL_OBJECT_CHARGE, "C1", "{}", &is_new, NULL));
    }
  test_commit (mirror->writer);

  /* Nobody may write what the new file would not have. */
  g_assert_null (cfoil_rebuild_begin (mirror->mirror, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);
  g_clear_pointer (&mirror->writer, cfoil_writer_free);

  g_assert_null (cfoil_rebuild_begin (mirror->mirror, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  left = g_build_filename (mirror->folder->path, "mirror.rebuild.sqlite", NULL);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rebuild/equal", test_equal);
  g_test_add_func ("/rebuild/again", test_again);
  g_test_add_func ("/rebuild/kept-tables", test_kept_tables);
  g_test_add_func ("/rebuild/killed", test_killed);
  g_test_add_func ("/rebuild/cancelled", test_cancelled);

  return g_test_run ();
}
