/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-annotation.h"
#include "cfoil-backup.h"
#include "cfoil-check.h"
#include "cfoil-draft-store.h"
#include "cfoil-evidence-file.h"
#include "cfoil-saved-view.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static TestMirror *
mirror_with (guint n)
{
  TestMirror *mirror = test_mirror_new ();
  g_autoptr (CfoilAnnotation) annotation = cfoil_annotation_new ();
  g_autoptr (CfoilSavedView) view = cfoil_saved_view_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("C%u", i);
      CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, id, 100);

      line.row_number = i + 1;
      test_put_line (mirror->writer, &line);
    }
  test_commit (mirror->writer);

  g_free (annotation->note);
  annotation->note = g_strdup ("mine \xf0\x9f\x92\xb6");
  g_strfreev (annotation->tags);
  annotation->tags = g_strsplit ("a,b", ",", -1);
  annotation->reviewed_us = 5;
  cfoil_annotation_write (mirror->mirror, 1, annotation, CFOIL_ANNOTATION_ALL, NULL, &error);
  g_assert_no_error (error);
  view->name = g_strdup ("my view");
  view->query = g_strdup ("type:charge");
  cfoil_saved_view_put (mirror->mirror, view, &error);
  g_assert_no_error (error);
  return mirror;
}

/* A folder with the copy as its mirror is a mirror, and everything is in it. */
static void
test_copy (void)
{
  g_autoptr (TestMirror) mirror = mirror_with (300);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "mirror.sqlite");
  g_autofree char *before = test_dump_views (mirror->mirror);
  g_autofree char *own = test_dump (mirror->mirror, "SELECT * FROM annotation ORDER BY 3");
  g_autofree char *views = test_dump (mirror->mirror, "SELECT * FROM saved_view ORDER BY 1");
  g_autofree char *columns = test_dump (mirror->mirror, "SELECT place, hex (data) FROM txn_column");
  g_autoptr (CfoilMirror) copy = NULL;
  CfoilBackupResult result;
  g_autoptr (GError) error = NULL;
  struct stat info;

  cfoil_backup_sync (mirror->mirror, path, FALSE, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (test_count_entries (folder->path), ==, 1);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);
  g_assert_cmpuint (result.n_bytes, ==, info.st_size);
  g_assert_cmpuint (result.n_rows, >, 600);
  test_assert_contains (own, "mine \xf0\x9f\x92\xb6|,a,b,|5");
  test_assert_contains (views, "my view");

  copy = cfoil_mirror_open (folder->path, &error);
  g_assert_no_error (error);
  {
    g_autofree char *after = test_dump_views (copy);
    g_autofree char *own_after = test_dump (copy, "SELECT * FROM annotation ORDER BY 3");
    g_autofree char *views_after = test_dump (copy, "SELECT * FROM saved_view ORDER BY 1");
    g_autofree char *columns_after = test_dump (copy, "SELECT place, hex (data) FROM txn_column");

    g_assert_cmpstr (after, ==, before);
    g_assert_cmpstr (own_after, ==, own);
    g_assert_cmpstr (views_after, ==, views);
    g_assert_cmpstr (columns_after, ==, columns);
  }
}

static void
test_existing (void)
{
  g_autoptr (TestMirror) mirror = mirror_with (3);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "copy");
  g_autofree char *kept = NULL;
  CfoilBackupResult result;
  g_autoptr (GError) error = NULL;

  test_write_text (path, "mine");
  g_assert_false (cfoil_backup_sync (mirror->mirror, path, FALSE, NULL, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  kept = test_read_text (path);
  g_assert_cmpstr (kept, ==, "mine");
  g_clear_error (&error);
  cfoil_backup_sync (mirror->mirror, path, TRUE, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (test_count_entries (folder->path), ==, 1);

  g_assert_false (cfoil_backup_sync (mirror->mirror, cfoil_mirror_get_path (mirror->mirror), TRUE, NULL, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM txn"), ==, 3);
}

static void
test_odd_targets (void)
{
  g_autoptr (TestMirror) mirror = mirror_with (3);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *nowhere = g_build_filename (folder->path, "no", "copy", NULL);
  g_autofree char *quoted = test_folder_file (folder, "it's \"odd\" %s \xff");
  const char *const targets[] = { folder->path, nowhere, "/dev/null", "/proc/copy", "/sys/copy" };
  CfoilBackupResult result;
  g_autoptr (GError) fine = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", targets[i]);
      g_assert_false (cfoil_backup_sync (mirror->mirror, targets[i], TRUE, NULL, &result, &error));
      g_assert_true (error->domain == G_IO_ERROR);
      g_assert_cmpuint (test_count_entries (folder->path), ==, 0);
    }
  cfoil_backup_sync (mirror->mirror, quoted, FALSE, NULL, &result, &fine);
  g_assert_no_error (fine);
  g_assert_true (g_file_test (quoted, G_FILE_TEST_IS_REGULAR));
}

static void
test_cancelled (void)
{
  g_autoptr (TestMirror) mirror = mirror_with (3);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "copy");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  CfoilBackupResult result;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (cfoil_backup_sync (mirror->mirror, path, FALSE, cancellable, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (test_count_entries (folder->path), ==, 0);
}

static void
test_disk_full (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (TestMirror) mirror = mirror_with (2000);
      g_autoptr (TestFolder) folder = test_folder_new ();
      g_autofree char *path = test_folder_file (folder, "copy");
      CfoilBackupResult result;
      g_autoptr (GError) error = NULL;
      struct rlimit limit = { 200000, 200000 };

      signal (SIGXFSZ, SIG_IGN);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
      g_assert_false (cfoil_backup_sync (mirror->mirror, path, FALSE, NULL, &result, &error));
      g_assert_true (error->domain == G_IO_ERROR);
      g_assert_cmpuint (test_count_entries (folder->path), ==, 0);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* What is damaged is not passed off as a copy. */
static void
test_damaged (void)
{
  g_autoptr (TestMirror) mirror = mirror_with (300);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "copy");
  char junk[512] = "no page of ours";
  CfoilBackupResult result;
  g_autoptr (GError) error = NULL;
  gint64 page, size;
  int fd;

  /* The first page of txn, overwritten. */
  page = test_count (mirror->mirror, "SELECT rootpage FROM sqlite_schema WHERE name = 'txn'");
  size = test_count (mirror->mirror, "PRAGMA page_size");
  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  test_exec (mirror->mirror, "PRAGMA wal_checkpoint (TRUNCATE)");
  fd = g_open (cfoil_mirror_get_path (mirror->mirror), O_WRONLY | O_CLOEXEC, 0);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, junk, sizeof junk, (page - 1) * size), ==, sizeof junk);
  close (fd);
  g_assert_false (cfoil_backup_sync (mirror->mirror, path, FALSE, NULL, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_cmpuint (test_count_entries (folder->path), ==, 0);
}

/* --- evidence --- */

/* A draft with one file, and one more file. */
static TestMirror *
mirror_with_evidence (char **sha256)
{
  TestMirror *mirror = mirror_with (3);
  g_autofree char *content = g_strnfill (1000000, 'x');
  g_autoptr (GBytes) large = g_bytes_new (content, 1000000);
  g_autoptr (GBytes) small = g_bytes_new_static ("small", 5);
  g_autoptr (CfoilEvidenceFile) first = NULL;
  g_autoptr (CfoilEvidenceFile) second = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  CfoilDraftRow row = { 1, 1, NULL, 0, 0, 1 };

  first = cfoil_evidence_file_keep_bytes (mirror->mirror, large, &error);
  g_assert_no_error (error);
  second = cfoil_evidence_file_keep_bytes (mirror->mirror, small, &error);
  g_assert_no_error (error);
  test_exec (mirror->mirror,
             "INSERT INTO dispute_case (case_id, uid, provider, environment, account_name, kind, created_us, changed_us) "
             "VALUES (1, 'u', 'amazon-pay', 'live', 'shop', 1, 1, 1)");
  row.text = text = g_strdup_printf ("{\"exhibits\":[{\"files\":[{\"sha256\":\"%s\"}]}]}", first->sha256);
  cfoil_draft_row_write (mirror->mirror, &row, &error);
  g_assert_no_error (error);
  *sha256 = g_strdup (first->sha256);
  return mirror;
}

/* The file of a draft is there again, wherever the copy lies and whatever it is called. */
static void
test_evidence (void)
{
  g_autofree char *sha256 = NULL;
  g_autoptr (TestMirror) mirror = mirror_with_evidence (&sha256);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (TestFolder) direct = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "copy");
  g_autofree char *as_mirror = test_folder_file (folder, "mirror.sqlite");
  g_autofree char *files = test_folder_file (folder, "copy.evidence");
  g_autofree char *as_evidence = test_folder_file (folder, "evidence");
  g_autofree char *at_once = test_folder_file (direct, "mirror.sqlite");
  g_autofree char *one = g_build_filename (files, sha256, NULL);
  g_autoptr (CfoilMirror) restored = NULL;
  g_autoptr (CfoilMirror) second = NULL;
  g_autofree char *drafts = test_dump (mirror->mirror, "SELECT * FROM draft");
  CfoilBackupResult result;
  g_autoptr (GError) error = NULL;
  struct stat before, after;

  cfoil_backup_sync (mirror->mirror, path, FALSE, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.n_files, ==, 2);
  g_assert_cmpuint (result.n_missing, ==, 0);
  g_assert_cmpuint (test_count_entries (folder->path), ==, 2);
  g_assert_cmpint (g_stat (files, &before), ==, 0);
  g_assert_cmpint (before.st_mode & 07777, ==, 0700);

  /* Once more: what is there is not copied, but for one that is damaged. */
  g_assert_cmpint (g_stat (one, &before), ==, 0);
  cfoil_backup_sync (mirror->mirror, path, TRUE, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.n_files, ==, 2);
  g_assert_cmpint (g_stat (one, &after), ==, 0);
  g_assert_cmpuint (before.st_ino, ==, after.st_ino);
  test_write_text (one, "damaged");
  cfoil_backup_sync (mirror->mirror, path, TRUE, NULL, &result, &error);
  g_assert_no_error (error);

  g_assert_cmpint (g_rename (path, as_mirror), ==, 0);
  g_assert_cmpint (g_rename (files, as_evidence), ==, 0);
  restored = cfoil_mirror_open (folder->path, &error);
  g_assert_no_error (error);
  g_assert_true (cfoil_evidence_file_is_intact (restored, sha256, NULL));
  {
    g_autofree char *drafts_after = test_dump (restored, "SELECT * FROM draft");

    g_assert_cmpstr (drafts_after, ==, drafts);
  }

  /* Called as a mirror it is one already. */
  cfoil_backup_sync (mirror->mirror, at_once, FALSE, NULL, &result, &error);
  g_assert_no_error (error);
  second = cfoil_mirror_open (direct->path, &error);
  g_assert_no_error (error);
  g_assert_true (cfoil_evidence_file_is_intact (second, sha256, NULL));
}

/* What is lost already is counted, and no reason to have no copy of the rest. */
static void
test_evidence_missing (void)
{
  g_autofree char *sha256 = NULL;
  g_autoptr (TestMirror) mirror = mirror_with_evidence (&sha256);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "copy");
  g_autofree char *files = test_folder_file (folder, "copy.evidence");
  g_autofree char *source = cfoil_evidence_file_dup_path (mirror->mirror, sha256);
  CfoilBackupResult result;
  g_autoptr (GError) error = NULL;

  test_write_text (source, "damaged");
  for (guint i = 0; i < 3; i++)
    {
      cfoil_backup_sync (mirror->mirror, path, TRUE, NULL, &result, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (result.n_files, ==, 1);
      g_assert_cmpuint (result.n_missing, ==, 1);
      g_assert_cmpuint (test_count_entries (files), ==, 1);
      if (i == 0)
        test_write_text (source, "");
      else
        g_unlink (source);
    }
}

/* The files have no room: nothing is left of any of it. */
static void
test_evidence_disk_full (void)
{
  if (g_test_subprocess ())
    {
      g_autofree char *sha256 = NULL;
      g_autoptr (TestMirror) mirror = mirror_with_evidence (&sha256);
      g_autoptr (TestFolder) folder = test_folder_new ();
      g_autofree char *path = test_folder_file (folder, "copy");
      CfoilBackupResult result;
      g_autoptr (GError) error = NULL;
      struct rlimit limit = { 900000, 900000 }; /* room for the mirror itself */

      signal (SIGXFSZ, SIG_IGN);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
      g_assert_false (cfoil_backup_sync (mirror->mirror, path, FALSE, NULL, &result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
      g_assert_cmpuint (test_count_entries (folder->path), ==, 0);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static gint stop;

static gpointer
write_on (gpointer data)
{
  CfoilMirror *mirror = data;
  g_autoptr (CfoilAnnotation) annotation = cfoil_annotation_new ();

  for (guint i = 0; g_atomic_int_get (&stop) == 0; i++)
    {
      g_free (annotation->note);
      annotation->note = g_strdup_printf ("%u", i);
      g_assert_true (cfoil_annotation_write (mirror, 1 + i % 300, annotation, CFOIL_ANNOTATION_ALL, NULL, NULL));
      g_usleep (500);
    }
  return NULL;
}

/* Rows come up while it is made. */
static void
test_while_writing (void)
{
  g_autoptr (TestMirror) mirror = mirror_with (300);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "copy");
  GThread *thread = g_thread_new ("writer", write_on, mirror->mirror);

  for (guint i = 0; i < 10; i++)
    {
      CfoilBackupResult result;
      g_autoptr (GError) error = NULL;

      cfoil_backup_sync (mirror->mirror, path, TRUE, NULL, &result, &error);
      g_assert_no_error (error);
    }
  g_atomic_int_set (&stop, 1);
  g_thread_join (thread);
  g_assert_cmpuint (test_count_entries (folder->path), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/backup/copy", test_copy);
  g_test_add_func ("/backup/existing", test_existing);
  g_test_add_func ("/backup/odd-targets", test_odd_targets);
  g_test_add_func ("/backup/cancelled", test_cancelled);
  g_test_add_func ("/backup/disk-full", test_disk_full);
  g_test_add_func ("/backup/damaged", test_damaged);
  g_test_add_func ("/backup/evidence", test_evidence);
  g_test_add_func ("/backup/evidence-missing", test_evidence_missing);
  g_test_add_func ("/backup/evidence-disk-full", test_evidence_disk_full);
  g_test_add_func ("/backup/while-writing", test_while_writing);

  return g_test_run ();
}
