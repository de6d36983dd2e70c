/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-annotation.h"
#include "cfoil-block-writer.h"
#include "cfoil-error.h"
#include "cfoil-field.h"
#include "cfoil-rebuild.h"

#include <string.h>

/* Everything is said of C1; C2 is beside it. */
static gint64
put_charges (TestMirror *mirror)
{
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, "C1", 500);
  CfoilObservation said = test_observation (CFOIL_OBJECT_CHARGE, "C1", 5);

  cfoil_writer_set_source (mirror->writer, mirror->feed_id, mirror->document_id, FALSE);
  test_put_line (mirror->writer, &line);
  said.state = CFOIL_STATE_CAPTURED;
  test_put_observation (mirror->writer, &said);
  line.object_id = line.provider_id = "C2";
  line.row_number = 2;
  test_put_line (mirror->writer, &line);
  g_assert_true (cfoil_writer_end_document (mirror->writer, mirror->document_id, 2, NULL, NULL));
  test_commit (mirror->writer);
  return test_count (mirror->mirror, "SELECT txn_id FROM txn WHERE transaction_id = 'C1'");
}

static CfoilAnnotation *
make (const char *note,
      const char *tags,
      gint64      reviewed_us)
{
  CfoilAnnotation *annotation = cfoil_annotation_new ();
  g_autoptr (GError) error = NULL;

  g_free (annotation->note);
  annotation->note = g_strdup (note);
  g_strfreev (annotation->tags);
  annotation->tags = cfoil_tags_parse (tags, &error);
  g_assert_no_error (error);
  annotation->reviewed_us = reviewed_us;
  return annotation;
}

static void
write_said (CfoilMirror *mirror,
            gint64       txn_id,
            const char  *note,
            const char  *tags,
            gint64       reviewed_us)
{
  g_autoptr (CfoilAnnotation) annotation = make (note, tags, reviewed_us);
  g_autoptr (GError) error = NULL;
  gboolean ok = cfoil_annotation_write (mirror, txn_id, annotation, CFOIL_ANNOTATION_ALL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

static CfoilAnnotation *
read_said (CfoilMirror *mirror,
           gint64       txn_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, &error);
  CfoilAnnotation *annotation = cfoil_annotation_read (reader, txn_id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (annotation);
  return annotation;
}

static void
assert_said (CfoilMirror *mirror,
             gint64       txn_id,
             const char  *note,
             const char  *tags,
             gint64       reviewed_us)
{
  g_autoptr (CfoilAnnotation) said = read_said (mirror, txn_id);
  g_autofree char *text = cfoil_tags_to_text (said->tags);

  g_assert_cmpstr (said->note, ==, note);
  g_assert_cmpstr (text, ==, tags);
  g_assert_cmpint (said->reviewed_us, ==, reviewed_us);
}

/* What lists and searches see: the packed columns say the same as the rows. */
static void
assert_packed (CfoilMirror *mirror)
{
  g_autofree char *before = test_dump (mirror, "SELECT place, hex (data) FROM txn_column ORDER BY place");
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) writer = cfoil_mirror_open_writer (mirror, &error);

  g_assert_no_error (error);
  /* Any other format makes all of them anew. */
  test_exec (mirror, "UPDATE txn_generation SET format = format + 1");
  cfoil_blocks_ensure (writer, &error);
  g_assert_no_error (error);
  after = test_dump (mirror, "SELECT place, hex (data) FROM txn_column ORDER BY place");
  g_assert_cmpstr (before, ==, after);
}

static void
test_write (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 txn_id = put_charges (mirror);
  gint64 generation = test_count (mirror->mirror, "SELECT generation FROM txn_generation");
  g_autoptr (CfoilAnnotation) second = make ("two\nlines ", "b", CFOIL_UNKNOWN);
  g_autoptr (CfoilAnnotation) previous = NULL;
  g_autoptr (GError) error = NULL;

  assert_said (mirror->mirror, txn_id, "", "", CFOIL_UNKNOWN);
  write_said (mirror->mirror, txn_id, "first", "z, b, a, b, B", 77);
  assert_said (mirror->mirror, txn_id, "first", "a, b, z", 77);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT generation FROM txn_generation"), >, generation);
  assert_packed (mirror->mirror);

  g_assert_true (cfoil_annotation_write (mirror->mirror, txn_id, second, CFOIL_ANNOTATION_ALL, &previous, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (previous->note, ==, "first");
  g_assert_cmpuint (g_strv_length (previous->tags), ==, 3);
  g_assert_cmpint (previous->reviewed_us, ==, 77);
  assert_said (mirror->mirror, txn_id, "two\nlines ", "b", CFOIL_UNKNOWN);

  {
    g_autofree char *row = test_dump (mirror->mirror, "SELECT provider, environment, transaction_id, note, tags, reviewed_at_us, "
                                                      "changed_at_us > 0 FROM annotations");
    g_autofree char *view = test_dump (mirror->mirror, "SELECT transaction_id, note, tags, reviewed_at_us, dispute_state "
                                                       "FROM transactions ORDER BY 1");

    g_assert_cmpstr (row, ==, "amazon-pay|live|C1|two\nlines |b|~|1\n");
    g_assert_cmpstr (view, ==, "C1|two\nlines |b|~|~\nC2|~|~|~|~\n");
  }
  assert_packed (mirror->mirror);

  /* Nothing said is no row. */
  write_said (mirror->mirror, txn_id, " \n", " , ,", CFOIL_UNKNOWN);
  assert_said (mirror->mirror, txn_id, "", "", CFOIL_UNKNOWN);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM annotation"), ==, 0);
  assert_packed (mirror->mirror);
}

/* Two that write at the same moment, each what the user changed there. */
static void
test_parts (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 txn_id = put_charges (mirror);
  g_autoptr (CfoilAnnotation) nothing = make ("", "", CFOIL_UNKNOWN);
  g_autoptr (CfoilAnnotation) tags = make ("older", "b", CFOIL_UNKNOWN);
  g_autoptr (CfoilAnnotation) reviewed = make ("\xff", "older", 8);
  g_autoptr (CfoilAnnotation) previous = NULL;
  g_autoptr (GError) error = NULL;

  write_said (mirror->mirror, txn_id, "note", "a", CFOIL_UNKNOWN);
  g_assert_true (cfoil_annotation_write (mirror->mirror, txn_id, tags, CFOIL_ANNOTATION_TAGS, NULL, &error));
  assert_said (mirror->mirror, txn_id, "note", "b", CFOIL_UNKNOWN);
  /* What is not written need not even be valid. */
  g_assert_true (cfoil_annotation_write (mirror->mirror, txn_id, reviewed, CFOIL_ANNOTATION_REVIEWED, &previous, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (previous->note, ==, "note");
  assert_said (mirror->mirror, txn_id, "note", "b", 8);
  assert_packed (mirror->mirror);

  g_assert_true (cfoil_annotation_write (mirror->mirror, txn_id, nothing, CFOIL_ANNOTATION_NOTE, NULL, &error));
  assert_said (mirror->mirror, txn_id, "", "b", 8);
  g_assert_true (cfoil_annotation_write (mirror->mirror, txn_id, nothing, CFOIL_ANNOTATION_TAGS | CFOIL_ANNOTATION_REVIEWED, NULL,
                                         &error));
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM annotation"), ==, 0);
  assert_packed (mirror->mirror);
}

static void
test_tags_of_all (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 txn_id = put_charges (mirror);
  gint64 other = test_count (mirror->mirror, "SELECT txn_id FROM txn WHERE transaction_id = 'C2'");
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GPtrArray) tags = NULL;
  g_autoptr (GError) error = NULL;

  write_said (mirror->mirror, txn_id, "", "later, vip", CFOIL_UNKNOWN);
  write_said (mirror->mirror, other, "", "VIP, accounting", CFOIL_UNKNOWN);
  reader = cfoil_mirror_open_reader (mirror->mirror, &error);
  tags = cfoil_annotation_list_tags (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tags->len, ==, 3);
  g_assert_cmpstr (tags->pdata[0], ==, "vip");
  g_assert_cmpstr (tags->pdata[1], ==, "accounting");
  g_assert_cmpstr (tags->pdata[2], ==, "later");
}

static void
test_limits (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 txn_id = put_charges (mirror);
  g_autofree char *longest = g_strnfill (CFOIL_NOTE_MAX_LENGTH, 'x');
  g_autofree char *too_long = g_strnfill (CFOIL_NOTE_MAX_LENGTH + 1, 'x');
  g_autofree char *tag = g_strnfill (CFOIL_TAG_MAX_LENGTH + 1, 't');
  g_autoptr (GString) many = g_string_new (NULL);
  static char *bad_tags[] = { (char *) "a\nb", NULL };
  g_autoptr (CfoilAnnotation) annotation = cfoil_annotation_new ();
  g_autoptr (GError) error = NULL;

  write_said (mirror->mirror, txn_id, longest, "kept", CFOIL_UNKNOWN);
  g_free (annotation->note);
  annotation->note = g_strdup (too_long);
  g_assert_false (cfoil_annotation_write (mirror->mirror, txn_id, annotation, CFOIL_ANNOTATION_ALL, NULL, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT);
  g_clear_error (&error);

  g_free (annotation->note);
  annotation->note = g_strdup ("\xff");
  g_assert_false (cfoil_annotation_write (mirror->mirror, txn_id, annotation, CFOIL_ANNOTATION_ALL, NULL, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ENCODING);
  g_clear_error (&error);

  g_free (annotation->note);
  annotation->note = g_strdup ("");
  g_strfreev (annotation->tags);
  annotation->tags = g_strdupv (bad_tags);
  g_assert_false (cfoil_annotation_write (mirror->mirror, txn_id, annotation, CFOIL_ANNOTATION_ALL, NULL, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX);
  g_clear_error (&error);

  g_assert_null (cfoil_tags_parse (tag, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT);
  g_clear_error (&error);
  for (guint i = 0; i < CFOIL_MAX_TAGS + 1; i++)
    g_string_append_printf (many, "tag%u,", i);
  g_assert_null (cfoil_tags_parse (many->str, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT);
  g_clear_error (&error);

  /* A row that is gone. */
  g_strfreev (annotation->tags);
  annotation->tags = g_new0 (char *, 1);
  g_assert_false (cfoil_annotation_write (mirror->mirror, 999, annotation, CFOIL_ANNOTATION_ALL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  assert_said (mirror->mirror, txn_id, longest, "kept", CFOIL_UNKNOWN);
}

static void
test_odd_tags (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) tags = cfoil_tags_parse (" \xc3\x84pfel ,\xd7\xa9,<b>,,'x'  y", &error);
  g_autofree char *text = cfoil_tags_to_text (tags);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "'x'  y, <b>, \xc3\x84pfel, \xd7\xa9");
}

/* The same things said again change nothing of what the merchant said. */
static void
test_resync (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 txn_id = put_charges (mirror);
  g_autoptr (CfoilWriter) again = NULL;
  CfoilObservation said = test_observation (CFOIL_OBJECT_CHARGE, "C1", 50);

  write_said (mirror->mirror, txn_id, "note", "tag", 5);
  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  mirror->writer = test_writer_new (mirror->mirror, mirror->account_id);
  put_charges (mirror);
  said.state = CFOIL_STATE_DECLINED;
  test_put_observation (mirror->writer, &said);
  test_commit (mirror->writer);
  assert_said (mirror->mirror, txn_id, "note", "tag", 5);
  assert_packed (mirror->mirror);
}

static void
test_account_removed (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 txn_id = put_charges (mirror);
  g_autoptr (GError) error = NULL;

  write_said (mirror->mirror, txn_id, "note", "tag", 5);
  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  cfoil_account_remove (mirror->mirror, "shop", &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM txn"), ==, 0);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM annotations"), ==, 1);

  /* Under another name and with other numbers, but the same provider. */
  mirror->account_id = test_add_account (mirror->mirror, "first");
  mirror->account_id = test_add_account (mirror->mirror, "shop again");
  mirror->writer = test_writer_new (mirror->mirror, mirror->account_id);
  mirror->feed_id = test_open_feed (mirror->writer, "settlement-reports", 10);
  mirror->document_id = test_open_document (mirror->writer, mirror->feed_id, "document");
  txn_id = put_charges (mirror);
  assert_said (mirror->mirror, txn_id, "note", "tag", 5);
  assert_packed (mirror->mirror);
}

/* One transaction that two accounts have: what is said of one is said of both. */
static void
test_two_accounts (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 txn_id = put_charges (mirror);
  gint64 other;

  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  mirror->account_id = test_add_account (mirror->mirror, "other key");
  mirror->writer = test_writer_new (mirror->mirror, mirror->account_id);
  mirror->feed_id = test_open_feed (mirror->writer, "settlement-reports", 10);
  mirror->document_id = test_open_document (mirror->writer, mirror->feed_id, "document");
  put_charges (mirror);
  other = test_count (mirror->mirror, "SELECT max (txn_id) FROM txn WHERE transaction_id = 'C1'");
  g_assert_cmpint (other, !=, txn_id);
  write_said (mirror->mirror, other, "of both", "", CFOIL_UNKNOWN);
  assert_said (mirror->mirror, txn_id, "of both", "", CFOIL_UNKNOWN);
  assert_packed (mirror->mirror);
}

static void
test_rebuild (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 txn_id = put_charges (mirror);
  g_autoptr (CfoilRebuild) rebuild = NULL;
  g_autoptr (CfoilMirror) opened = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  static const char rows_sql[] =
    "SELECT 'a', transaction_id, note, tags, reviewed_us, changed_us FROM annotation "
    "UNION ALL SELECT 'v', name, query, position, columns, density FROM saved_view "
    "UNION ALL SELECT 't', transaction_id, first_seen_us, NULL, NULL, NULL FROM txn ORDER BY 1, 2";

  write_said (mirror->mirror, txn_id, "note", "tag", 5);
  test_exec (mirror->mirror,
             "INSERT INTO saved_view (name, position, query, columns) VALUES ('Mine', 0, 'tag:x', 'time:150');"
             "INSERT INTO saved_view (shipped_key, name, position, query, density) VALUES ('all', 'All', 0, '', 'compact');"
             "UPDATE txn SET first_seen_us = 1234 WHERE transaction_id = 'C1';"
             /* from the time before this was noted */
             "UPDATE txn SET first_seen_us = NULL WHERE transaction_id = 'C2'");
  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  before = test_dump (mirror->mirror, rows_sql);

  rebuild = cfoil_rebuild_begin (mirror->mirror, NULL, &error);
  g_assert_no_error (error);
  cfoil_rebuild_finish (rebuild, &kept, &error);
  g_assert_no_error (error);
  g_clear_pointer (&rebuild, cfoil_rebuild_free);

  opened = cfoil_mirror_open (mirror->folder->path, &error);
  g_assert_no_error (error);
  after = test_dump (opened, rows_sql);
  g_assert_cmpstr (after, ==, before);
  test_assert_contains (after, "t|C1|1234");
  test_assert_contains (after, "t|C2|~");
  assert_packed (opened);
}

typedef struct
{
  TestMirror *mirror;
  gint is_over; /* (atomic) */
  guint n_batches;
} Import;

/* Like a large import: one batch after the other, always in a transaction. */
static gpointer
import_thread (gpointer data)
{
  Import *import = data;
  gint64 said_us = 100;

  while (!g_atomic_int_get (&import->is_over))
    {
      for (guint i = 0; i < 2000; i++)
        {
          g_autofree char *id = g_strdup_printf ("I%u", i);
          CfoilObservation said = test_observation (CFOIL_OBJECT_CHARGE, id, said_us);

          test_put_observation (import->mirror->writer, &said);
        }
      said_us++;
      test_commit (import->mirror->writer);
      import->n_batches++;
    }
  return NULL;
}

static void
test_while_syncing (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 txn_id = put_charges (mirror);
  Import import = { .mirror = mirror };
  GThread *thread = g_thread_new ("import", import_thread, &import);

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *note = g_strdup_printf ("note %u", i);

      write_said (mirror->mirror, txn_id, note, "", CFOIL_UNKNOWN);
      assert_said (mirror->mirror, txn_id, note, "", CFOIL_UNKNOWN);
    }
  g_atomic_int_set (&import.is_over, 1);
  g_thread_join (thread);
  g_test_message ("%u batches meanwhile", import.n_batches);
  assert_packed (mirror->mirror);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/annotation/write", test_write);
  g_test_add_func ("/annotation/parts", test_parts);
  g_test_add_func ("/annotation/tags-of-all", test_tags_of_all);
  g_test_add_func ("/annotation/limits", test_limits);
  g_test_add_func ("/annotation/odd-tags", test_odd_tags);
  g_test_add_func ("/annotation/resync", test_resync);
  g_test_add_func ("/annotation/account-removed", test_account_removed);
  g_test_add_func ("/annotation/two-accounts", test_two_accounts);
  g_test_add_func ("/annotation/rebuild", test_rebuild);
  g_test_add_func ("/annotation/while-syncing", test_while_syncing);

  return g_test_run ();
}
