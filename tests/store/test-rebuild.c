/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-rebuild.h"

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
  g_test_add_func ("/rebuild/killed", test_killed);
  g_test_add_func ("/rebuild/cancelled", test_cancelled);

  return g_test_run ();
}
