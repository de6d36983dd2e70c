/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-annotation-saver.h"
#include "cfoil-error.h"

static gint64
put_charge (TestMirror *mirror,
            const char *id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT txn_id FROM txn WHERE transaction_id = '%s'", id);
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, id, 100);

  cfoil_writer_set_source (mirror->writer, mirror->feed_id, mirror->document_id, FALSE);
  test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  return test_count (mirror->mirror, sql);
}

static void
put (CfoilAnnotationSaver *saver,
     gint64                txn_id,
     const char           *note)
{
  g_autoptr (CfoilAnnotation) said = cfoil_annotation_new ();

  g_free (said->note);
  said->note = g_strdup (note);
  cfoil_annotation_saver_put (saver, txn_id, said, CFOIL_ANNOTATION_NOTE);
}

/* What is shown where "as read" was read at SERIAL. */
static void
assert_note (CfoilAnnotationSaver *saver,
             gint64                txn_id,
             guint                 serial,
             const char           *note)
{
  g_autoptr (CfoilAnnotation) said = cfoil_annotation_new ();

  g_free (said->note);
  said->note = g_strdup ("as read");
  cfoil_annotation_saver_overlay (saver, txn_id, serial, said);
  g_assert_cmpstr (said->note, ==, note);
}

static void
wait_until_idle (CfoilAnnotationSaver *saver)
{
  while (cfoil_annotation_saver_is_busy (saver))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_last_counts (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 first = put_charge (mirror, "C1"), second = put_charge (mirror, "C2");
  g_autoptr (CfoilAnnotationSaver) saver = cfoil_annotation_saver_new (mirror->mirror);
  guint serial = cfoil_annotation_saver_get_serial (saver);
  g_autofree char *rows = NULL;

  assert_note (saver, first, 0, "as read");
  g_assert_cmpint (cfoil_annotation_saver_get_state (saver, first, NULL), ==, CFOIL_SAVER_NOTHING);
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *note = g_strdup_printf ("note %u", i);

      put (saver, first, note);
      put (saver, second, note);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_cmpint (cfoil_annotation_saver_get_state (saver, first, NULL), ==, CFOIL_SAVER_SAVING);
  assert_note (saver, second, G_MAXUINT, "note 49");
  wait_until_idle (saver);
  assert_note (saver, second, G_MAXUINT, "as read");
  assert_note (saver, second, serial, "note 49");
  g_assert_cmpint (cfoil_annotation_saver_get_state (saver, first, NULL), ==, CFOIL_SAVER_SAVED);
  g_assert_cmpint (cfoil_annotation_saver_get_state (saver, second, NULL), ==, CFOIL_SAVER_SAVED);
  g_assert_cmpuint (cfoil_annotation_saver_get_serial (saver), >, serial);
  rows = test_dump (mirror->mirror, "SELECT transaction_id, note FROM annotation ORDER BY 1");
  g_assert_cmpstr (rows, ==, "C1|note 49\nC2|note 49\n");
}

static void
test_failed_stays (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 first = put_charge (mirror, "C1"), second = put_charge (mirror, "C2");
  g_autoptr (CfoilAnnotationSaver) saver = cfoil_annotation_saver_new (mirror->mirror);
  const GError *error = NULL;

  test_exec (mirror->mirror, "ALTER TABLE annotation RENAME TO away");
  put (saver, first, "kept");
  wait_until_idle (saver);
  g_assert_cmpint (cfoil_annotation_saver_get_state (saver, first, &error), ==, CFOIL_SAVER_FAILED);
  g_assert_nonnull (error);
  g_assert_cmpint (cfoil_annotation_saver_find_failed (saver, 0), ==, first);
  g_assert_cmpint (cfoil_annotation_saver_find_failed (saver, first), ==, 0);
  assert_note (saver, first, G_MAXUINT, "kept");

  /* One that fails does not keep the others. */
  test_exec (mirror->mirror, "ALTER TABLE away RENAME TO annotation");
  put (saver, second, "other");
  wait_until_idle (saver);
  g_assert_cmpint (cfoil_annotation_saver_get_state (saver, second, NULL), ==, CFOIL_SAVER_SAVED);
  g_assert_cmpint (cfoil_annotation_saver_get_state (saver, first, NULL), ==, CFOIL_SAVER_FAILED);
  cfoil_annotation_saver_retry (saver);
  wait_until_idle (saver);
  g_assert_cmpint (cfoil_annotation_saver_get_state (saver, first, &error), ==, CFOIL_SAVER_SAVED);
  g_assert_null (error);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM annotation"), ==, 2);
}

/* Of what was put for one part nothing is said of the others, failed or not. */
static void
test_parts (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 txn_id = put_charge (mirror, "C1");
  g_autoptr (CfoilAnnotationSaver) saver = cfoil_annotation_saver_new (mirror->mirror);
  g_autoptr (CfoilAnnotation) reviewed = cfoil_annotation_new ();
  g_autofree char *row = NULL;

  put (saver, txn_id, "first");
  wait_until_idle (saver);
  test_exec (mirror->mirror, "UPDATE annotation SET note = 'theirs', tags = ',theirs,'");
  test_exec (mirror->mirror, "ALTER TABLE annotation RENAME TO away");
  reviewed->reviewed_us = 5;
  cfoil_annotation_saver_put (saver, txn_id, reviewed, CFOIL_ANNOTATION_REVIEWED);
  wait_until_idle (saver);
  g_assert_cmpint (cfoil_annotation_saver_get_state (saver, txn_id, NULL), ==, CFOIL_SAVER_FAILED);
  assert_note (saver, txn_id, G_MAXUINT, "as read");
  test_exec (mirror->mirror, "ALTER TABLE away RENAME TO annotation");
  cfoil_annotation_saver_retry (saver);
  wait_until_idle (saver);
  row = test_dump (mirror->mirror, "SELECT note, tags, reviewed_us FROM annotation");
  g_assert_cmpstr (row, ==, "theirs|,theirs,|5\n");
}

static void
activate_cb (GApplication *application,
             gpointer      user_data)
{
  TestMirror *mirror = user_data;
  gint64 txn_id = test_count (mirror->mirror, "SELECT txn_id FROM txn");
  g_autoptr (CfoilAnnotationSaver) saver = cfoil_annotation_saver_new (mirror->mirror);

  /* Nothing else keeps the program, nor the saver. */
  put (saver, txn_id, "last word");
}

static void
test_outlives_windows (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GApplication) application = g_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  put_charge (mirror, "C1");
  g_application_set_default (application);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), mirror);
  g_assert_cmpint (g_application_run (application, 0, NULL), ==, 0);
  g_application_set_default (NULL);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM annotation WHERE note = 'last word'"), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/annotation-saver/last-counts", test_last_counts);
  g_test_add_func ("/annotation-saver/failed-stays", test_failed_stays);
  g_test_add_func ("/annotation-saver/parts", test_parts);
  g_test_add_func ("/annotation-saver/outlives-windows", test_outlives_windows);

  return g_test_run ();
}
