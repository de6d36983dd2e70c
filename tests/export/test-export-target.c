/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-atomic-file.h"
#include "cfoil-export.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define N_LINES 41000

static TestMirror *
mirror_with (guint n_lines)
{
  TestMirror *mirror = test_mirror_new ();

  for (guint i = 0; i < n_lines; i++)
    {
      g_autofree char *id = g_strdup_printf ("C%u", i);
      CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, id, 100);

      line.row_number = i + 1;
      test_put_line (mirror->writer, &line);
    }
  test_commit (mirror->writer);
  return mirror;
}

/* Whether what follows is the export of a query or of everything. */
static gboolean is_query;

static gboolean
export_to (TestMirror             *mirror,
           const char             *path,
           gboolean                overwrite,
           CfoilExportProgressFunc progress,
           GCancellable           *cancellable,
           GError                **error)
{
  CfoilExportOptions options = { CFOIL_EXPORT_TRANSACTIONS, CFOIL_EXPORT_PLAIN, path, "UTC", overwrite };
  CfoilExportResult result;
  static const CfoilSort sort = { CFOIL_FIELD_GROSS, FALSE };

  if (is_query)
    {
      options.query = "type:charge";
      options.sort = &sort;
      options.columns = "time,transaction_id,gross";
    }

  return cfoil_export_sync (mirror->mirror, &options, progress, cancellable, cancellable, &result, error);
}

static void
test_existing (void)
{
  g_autoptr (TestMirror) mirror = mirror_with (3);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "out.csv");
  g_autofree char *kept = NULL;
  g_autofree char *replaced = NULL;
  g_autoptr (GError) error = NULL;

  test_write_text (path, "mine");
  g_assert_false (export_to (mirror, path, FALSE, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  kept = test_read_text (path);
  g_assert_cmpstr (kept, ==, "mine");
  g_assert_cmpuint (test_count_entries (folder->path), ==, 1);
  g_clear_error (&error);

  export_to (mirror, path, TRUE, NULL, NULL, &error);
  g_assert_no_error (error);
  replaced = test_read_text (path);
  test_assert_contains (replaced, "C2");
  g_assert_cmpuint (test_count_entries (folder->path), ==, 2);
}

/* A new file is the owner's alone: it is full of names and amounts. */
static void
test_mode (void)
{
  g_autoptr (TestMirror) mirror = mirror_with (3);
  g_autofree char *path = test_folder_file (mirror->folder, "out.csv");
  g_autofree char *manifest = g_strconcat (path, ".manifest.json", NULL);
  mode_t before = umask (0);
  struct stat info;

  g_assert_true (export_to (mirror, path, FALSE, NULL, NULL, NULL));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);
  g_assert_cmpint (g_stat (manifest, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);
  umask (before);
}

static void
test_odd_targets (void)
{
  g_autoptr (TestMirror) mirror = mirror_with (3);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *directory = test_folder_file (folder, "directory");
  g_autofree char *fifo = test_folder_file (folder, "fifo");
  g_autofree char *file = test_folder_file (folder, "file");
  g_autofree char *below_file = g_build_filename (file, "out.csv", NULL);
  g_autofree char *nowhere = g_build_filename (folder->path, "no", "out.csv", NULL);
  const char *const targets[] = { directory, fifo, "/dev/null", "/dev/full", below_file, nowhere, "/proc/out.csv", "/proc/self/out.csv" };

  g_assert_cmpint (g_mkdir (directory, 0700), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  test_write_text (file, "mine");
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    for (guint overwrite = 0; overwrite < 2; overwrite++)
      {
        g_autoptr (GError) error = NULL;

        g_test_message ("%s", targets[i]);
        g_assert_false (export_to (mirror, targets[i], overwrite, NULL, NULL, &error));
        g_assert_true (error->domain == G_IO_ERROR);
        g_assert_cmpuint (strlen (error->message), >, 5);
      }
  g_assert_cmpuint (test_count_entries (folder->path), ==, 3);
  g_assert_cmpuint (test_count_entries (directory), ==, 0);
}

/* A link is replaced, what it points to is not written. */
static void
test_links (void)
{
  g_autoptr (TestMirror) mirror = mirror_with (3);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *file = test_folder_file (folder, "file");
  g_autofree char *link_path = test_folder_file (folder, "link");
  g_autofree char *dangling = test_folder_file (folder, "dangling");
  g_autofree char *nowhere = test_folder_file (folder, "nowhere");
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  test_write_text (file, "mine");
  g_assert_cmpint (symlink (file, link_path), ==, 0);
  g_assert_cmpint (symlink (nowhere, dangling), ==, 0);
  g_assert_false (export_to (mirror, link_path, FALSE, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (export_to (mirror, dangling, FALSE, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (export_to (mirror, link_path, TRUE, NULL, NULL, NULL));
  g_assert_true (export_to (mirror, dangling, TRUE, NULL, NULL, NULL));
  kept = test_read_text (file);
  g_assert_cmpstr (kept, ==, "mine");
  g_assert_false (g_file_test (link_path, G_FILE_TEST_IS_SYMLINK));
  g_assert_false (g_file_test (nowhere, G_FILE_TEST_EXISTS));
}

/* A name as long as names get, and one that is no text. */
static void
test_names (void)
{
  g_autoptr (TestMirror) mirror = mirror_with (3);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *longest = g_strnfill (255 - strlen (".manifest.json"), 'x');
  const char *const names[] = { longest, "\xff\xfe.csv", "-rf", "a\nb", "%s%n", "\xe2\x80\xae" "csv" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = test_folder_file (folder, names[i]);
      g_autoptr (GError) error = NULL;

      export_to (mirror, path, FALSE, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
    }
  g_assert_cmpuint (test_count_entries (folder->path), ==, 2 * G_N_ELEMENTS (names));
}

/* The file system takes no more: the old file stands, nothing else does. */
static void
test_disk_full (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (TestMirror) mirror = mirror_with (5000);
      g_autoptr (TestFolder) folder = test_folder_new ();
      g_autofree char *path = test_folder_file (folder, "out.csv");
      g_autofree char *kept = NULL;
      g_autoptr (GError) error = NULL;
      struct rlimit limit = { 100000, 100000 };

      test_write_text (path, "mine");
      signal (SIGXFSZ, SIG_IGN);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
      for (is_query = FALSE; is_query <= TRUE; is_query++)
        {
          g_assert_false (export_to (mirror, path, TRUE, NULL, NULL, &error));
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
          g_clear_error (&error);
          g_clear_pointer (&kept, g_free);
          kept = test_read_text (path);
          g_assert_cmpstr (kept, ==, "mine");
          g_assert_cmpuint (test_count_entries (folder->path), ==, 1);
        }
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
cancel_half (guint64  done,
             guint64  total,
             gpointer user_data)
{
  g_assert_cmpuint (total, ==, N_LINES);
  g_assert_cmpuint (done, <=, total);
  if (done >= total / 3)
    g_cancellable_cancel (user_data);
}

static void
check_cancel (void)
{
  g_autoptr (TestMirror) mirror = mirror_with (N_LINES);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "out.csv");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (export_to (mirror, path, FALSE, cancel_half, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (test_count_entries (folder->path), ==, 0);
  g_clear_error (&error);

  test_write_text (path, "mine");
  g_cancellable_reset (cancellable);
  g_assert_false (export_to (mirror, path, TRUE, cancel_half, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  kept = test_read_text (path);
  g_assert_cmpstr (kept, ==, "mine");
  g_assert_cmpuint (test_count_entries (folder->path), ==, 1);
}

static void
test_cancel (void)
{
  check_cancel ();
  is_query = TRUE;
  check_cancel ();
  is_query = FALSE;
}

/* A folder in which nothing can be made; root may do so in any but that of the
 * kernel. */
static void
test_read_only_folder (void)
{
  g_autoptr (TestMirror) mirror = mirror_with (3);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "out.csv");

  g_assert_cmpint (g_chmod (folder->path, 0500), ==, 0);
  for (is_query = FALSE; is_query <= TRUE; is_query++)
    {
      g_autoptr (GError) error = NULL;
      const char *target = geteuid () == 0 ? "/sys/out.csv" : path;

      g_assert_false (export_to (mirror, target, FALSE, NULL, NULL, &error));
      g_assert_true (error->domain == G_IO_ERROR);
      g_assert_cmpuint (test_count_entries (folder->path), ==, 0);
    }
  is_query = FALSE;
  g_assert_cmpint (g_chmod (folder->path, 0700), ==, 0);
}

/* What came up under the name while we were writing is not replaced. */
static void
test_came_up (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "out");
  g_autoptr (CfoilAtomicFile) file = cfoil_atomic_file_new (path, FALSE, NULL);
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (cfoil_atomic_file_write (file, "ours", 4, NULL));
  test_write_text (path, "theirs");
  g_assert_false (cfoil_atomic_file_commit (file, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_pointer (&file, cfoil_atomic_file_free);
  kept = test_read_text (path);
  g_assert_cmpstr (kept, ==, "theirs");
  g_assert_cmpuint (test_count_entries (folder->path), ==, 1);
}

/* FILE gives way to a folder, over which nothing can be renamed. */
static void
put_folder (const char *file)
{
  if (!g_file_test (file, G_FILE_TEST_IS_REGULAR))
    return;
  g_assert_cmpint (g_unlink (file), ==, 0);
  g_assert_cmpint (g_mkdir (file, 0700), ==, 0);
}

static void
replace_table (guint64  done,
               guint64  total,
               gpointer user_data)
{
  put_folder (user_data);
}

/* However far it comes, no table is beside the manifest of another. */
static void
test_manifest_of_another (void)
{
  g_autoptr (TestMirror) mirror = mirror_with (N_LINES);
  g_autoptr (TestFolder) folder = test_folder_new ();
  CfoilExportResult result;

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = test_folder_file (folder, i == 0 ? "a.csv" : "b.csv");
      g_autofree char *manifest = g_strconcat (path, ".manifest.json", NULL);
      CfoilExportOptions options = { CFOIL_EXPORT_TRANSACTIONS, CFOIL_EXPORT_PLAIN, path, "UTC", TRUE };
      g_autofree char *kept = NULL;
      g_autoptr (GError) error = NULL;

      test_write_text (path, "older");
      test_write_text (manifest, "of the older one");
      g_assert_false (cfoil_export_sync (mirror->mirror, &options, replace_table, i == 0 ? path : manifest, NULL, &result, &error));
      g_assert_nonnull (error);
      if (i == 0)
        {
          g_assert_false (g_file_test (manifest, G_FILE_TEST_EXISTS));
          continue;
        }
      /* One that stays keeps the table from being another. */
      kept = test_read_text (path);
      g_assert_cmpstr (kept, ==, "older");
    }
  g_assert_cmpuint (test_count_entries (folder->path), ==, 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/export-target/existing", test_existing);
  g_test_add_func ("/export-target/mode", test_mode);
  g_test_add_func ("/export-target/odd-targets", test_odd_targets);
  g_test_add_func ("/export-target/links", test_links);
  g_test_add_func ("/export-target/names", test_names);
  g_test_add_func ("/export-target/disk-full", test_disk_full);
  g_test_add_func ("/export-target/cancel", test_cancel);
  g_test_add_func ("/export-target/read-only-folder", test_read_only_folder);
  g_test_add_func ("/export-target/came-up", test_came_up);
  g_test_add_func ("/export-target/manifest-of-another", test_manifest_of_another);

  return g_test_run ();
}
