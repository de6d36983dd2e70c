/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-draft-store.h"
#include "cfoil-error.h"
#include "cfoil-evidence-file.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char *
evidence_folder (TestMirror *mirror)
{
  return g_build_filename (cfoil_mirror_get_folder (mirror->mirror), "evidence", NULL);
}

static CfoilEvidenceFile *
keep_path (TestMirror *mirror,
           const char *path,
           GError    **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return cfoil_evidence_file_keep (mirror->mirror, file, NULL, error);
}

static CfoilEvidenceFile *
keep_text (TestMirror *mirror,
           const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  CfoilEvidenceFile *file = cfoil_evidence_file_keep_bytes (mirror->mirror, bytes, &error);

  g_assert_no_error (error);
  return file;
}

/* The bytes are there under their hash, private, and stay when the original goes. */
static void
test_keep (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *source = test_folder_file (folder, "a b.pdf");
  g_autofree char *link_path = test_folder_file (folder, "link");
  g_autoptr (GString) content = g_string_new ("%PDF-1.4\n");
  g_autoptr (CfoilEvidenceFile) file = NULL;
  g_autoptr (CfoilEvidenceFile) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *evidence = evidence_folder (mirror);
  struct stat info;

  for (guint i = 0; i < 200000; i++)
    g_string_append_printf (content, "%u\n", i);
  test_write_text (source, content->str);
  file = keep_path (mirror, source, &error);
  g_assert_no_error (error);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, content->str, -1);
  g_assert_cmpstr (file->sha256, ==, sum);
  g_assert_cmpint (file->n_bytes, ==, content->len);
  g_assert_cmpstr (file->file_type, ==, "pdf");
  g_assert_cmpint (file->n_pages, ==, CFOIL_UNKNOWN);
  g_assert_cmpint (file->inspected_us, ==, CFOIL_UNKNOWN);
  g_assert_null (file->problem);

  path = cfoil_evidence_file_dup_path (mirror->mirror, file->sha256);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);
  kept = test_read_text (path);
  g_assert_cmpstr (kept, ==, content->str);
  g_assert_true (cfoil_evidence_file_is_intact (mirror->mirror, file->sha256, NULL));

  /* By a link and from memory: the same file, once. */
  g_assert_cmpint (symlink (source, link_path), ==, 0);
  again = keep_path (mirror, link_path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->sha256, ==, sum);
  g_clear_pointer (&again, cfoil_evidence_file_free);
  again = keep_text (mirror, content->str);
  g_assert_cmpstr (again->sha256, ==, sum);
  g_assert_cmpuint (test_count_entries (evidence), ==, 1);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM evidence_file"), ==, 1);
  g_unlink (source);
  g_assert_true (cfoil_evidence_file_is_intact (mirror->mirror, file->sha256, NULL));

  /* Damaged, and made good by keeping it once more. */
  test_write_text (path, "other");
  g_assert_false (cfoil_evidence_file_is_intact (mirror->mirror, file->sha256, NULL));
  g_clear_pointer (&again, cfoil_evidence_file_free);
  again = keep_text (mirror, content->str);
  g_assert_true (cfoil_evidence_file_is_intact (mirror->mirror, file->sha256, NULL));
  g_unlink (path);
  g_assert_false (cfoil_evidence_file_is_intact (mirror->mirror, file->sha256, NULL));
}

static void
assert_refused (TestMirror *mirror,
                const char *path,
                GQuark      domain,
                int         code)
{
  g_autofree char *evidence = evidence_folder (mirror);
  g_autoptr (GError) error = NULL;
  gint64 start_us = g_get_monotonic_time ();
  CfoilEvidenceFile *file = keep_path (mirror, path, &error);

  g_test_message ("%s: %s", path, error != NULL ? error->message : "taken");
  g_assert_null (file);
  g_assert_error (error, domain, code);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, G_USEC_PER_SEC);
  g_assert_cmpuint (g_file_test (evidence, G_FILE_TEST_IS_DIR) ? test_count_entries (evidence) : 0, ==, 0);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM evidence_file"), ==, 0);
}

static void
test_refused (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *pipe_path = test_folder_file (folder, "pipe");
  g_autofree char *empty = test_folder_file (folder, "empty");
  g_autofree char *large = test_folder_file (folder, "large");
  g_autofree char *loop = test_folder_file (folder, "loop");
  g_autofree char *nothing = test_folder_file (folder, "nothing");
  g_autoptr (GFile) remote = g_file_new_for_uri ("sftp://example.com/file.pdf");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  test_write_text (empty, "");
  test_write_text (large, "x");
  g_assert_cmpint (truncate (large, CFOIL_EVIDENCE_FILE_MAX + 1), ==, 0);
  g_assert_cmpint (symlink (loop, loop), ==, 0);
  assert_refused (mirror, pipe_path, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  assert_refused (mirror, folder->path, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  assert_refused (mirror, "/dev/zero", G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  assert_refused (mirror, "/dev/tty", G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  assert_refused (mirror, empty, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TRUNCATED);
  /* Says that it has no bytes and never ends. */
  assert_refused (mirror, "/proc/self/maps", CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TRUNCATED);
  assert_refused (mirror, large, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT);
  assert_refused (mirror, nothing, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  assert_refused (mirror, loop, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS);
  g_assert_null (cfoil_evidence_file_keep (mirror->mirror, remote, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

#define LARGE (16 * 1024 * 1024)

/* --- a file that does not hold still --- */

typedef struct
{
  char *path;
  char *other;
  char *evidence;
  guint how; /* append, overwrite, replace, remove, shorten */
  gint is_over;
} Meddler;

static void
meddle_once (Meddler *meddler,
             guint    i)
{
  int fd;

  switch (meddler->how)
    {
    case 0:
      fd = g_open (meddler->path, O_WRONLY | O_APPEND, 0);
      g_assert_cmpint (write (fd, "x", 1), ==, 1);
      close (fd);
      break;
    case 1:
      fd = g_open (meddler->path, O_WRONLY, 0);
      g_assert_cmpint (pwrite (fd, &i, 1, 1000), ==, 1);
      close (fd);
      break;
    case 2:
      g_assert_cmpint (g_rename (meddler->other, meddler->path), ==, 0);
      break;
    case 3:
      g_assert_cmpint (g_unlink (meddler->path), ==, 0);
      break;
    default:
      g_assert_cmpint (truncate (meddler->path, 1000), ==, 0);
    }
}

/* Some of it was copied. */
static gboolean
has_begun (const char *evidence)
{
  g_autoptr (GDir) dir = g_dir_open (evidence, 0, NULL);
  const char *name = dir != NULL ? g_dir_read_name (dir) : NULL;
  g_autofree char *path = name != NULL ? g_build_filename (evidence, name, NULL) : NULL;
  struct stat info;

  return path != NULL && g_stat (path, &info) == 0 && info.st_size > 0;
}

static gpointer
meddle (gpointer data)
{
  Meddler *meddler = data;

  while (g_atomic_int_get (&meddler->is_over) == 0 && !has_begun (meddler->evidence))
    g_usleep (50);
  for (guint i = 0; g_atomic_int_get (&meddler->is_over) == 0; i++)
    {
      meddle_once (meddler, i);
      if (meddler->how >= 2)
        break;
      g_usleep (500);
    }
  return NULL;
}

/* TRUE: refused. */
static gboolean
keep_while_meddled (guint       how,
                    const char *content)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *evidence = evidence_folder (mirror);
  g_autofree char *path = test_folder_file (folder, "file");
  g_autofree char *other = test_folder_file (folder, "other");
  Meddler meddler = { path, other, evidence, how, 0 };
  g_autoptr (CfoilEvidenceFile) file = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread;

  test_write_bytes (path, content, LARGE);
  test_write_text (other, "other");
  thread = g_thread_new ("meddler", meddle, &meddler);
  file = keep_path (mirror, path, &error);
  g_atomic_int_set (&meddler.is_over, 1);
  g_thread_join (thread);
  if (file != NULL)
    {
      g_assert_true (cfoil_evidence_file_is_intact (mirror->mirror, file->sha256, NULL));
      return FALSE;
    }
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  test_assert_contains (error->message, "while it was being read");
  g_assert_cmpuint (test_count_entries (evidence), ==, 0);
  return TRUE;
}

/* Either refused, or taken as it was before or after, if the other was too late. */
static void
test_changing (void)
{
  static const char *const ways[] = { "append", "overwrite", "replace", "remove", "shorten" };
  g_autofree char *content = g_malloc0 (LARGE);

  for (guint how = 0; how < G_N_ELEMENTS (ways); how++)
    {
      guint n_tries = 1;

      while (!keep_while_meddled (how, content))
        g_assert_cmpuint (++n_tries, <, 20);
      g_test_message ("%s: refused at try %u", ways[how], n_tries);
    }
}

/* --- no room --- */

static void
keep_without_room (gsize limit)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *source = test_folder_file (folder, "file");
  g_autofree char *content = g_malloc0 (limit * 2);
  g_autofree char *evidence = evidence_folder (mirror);
  struct rlimit limits = { limit, limit };
  g_autoptr (GBytes) bytes = g_bytes_new_static (content, limit * 2);
  g_autoptr (GError) error = NULL;

  test_write_bytes (source, content, limit * 2);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limits), ==, 0);
  g_assert_null (keep_path (mirror, source, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  test_assert_contains (error->message, "no room");
  g_clear_error (&error);
  g_assert_null (cfoil_evidence_file_keep_bytes (mirror->mirror, bytes, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpuint (test_count_entries (evidence), ==, 0);
}

static void
test_disk_full (void)
{
  if (g_test_subprocess ())
    {
      keep_without_room (1024 * 1024);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* The file has room, the row that tells of it has none. */
static void
test_row_fails (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autofree char *evidence = evidence_folder (mirror);
  g_autoptr (GError) error = NULL;

  test_exec (mirror->mirror, "ALTER TABLE evidence_file RENAME TO away");
  g_assert_null (cfoil_evidence_file_keep_bytes (mirror->mirror, bytes, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (test_count_entries (evidence), ==, 0);
}

/* --- names and types --- */

static void
test_names (void)
{
  static const struct
  {
    const char *name, *clean;
  } cases[] = {
    { "invoice.pdf", "invoice.pdf" },
    { "../../x", "x" },
    { "..\\..\\x.pdf", "x.pdf" },
    { "/etc/passwd", "passwd" },
    { "C:\\Users\\me\\scan.jpg", "scan.jpg" },
    { "", "file" },
    { "..", "file" },
    { "a/", "file" },
    { "\x01\x1f\x7f", "file" },
    { "a\nb\tc\x07.pdf", "abc.pdf" },
    /* Read from right to left it would seem to be a picture. */
    { "invoice\u202egpj.pdf", "invoicegpj.pdf" },
    { "\u200b\u2066zero\u2069\ufeff.png", "zero.png" },
    { "  spaces .pdf ", "spaces .pdf" },
    { "Lieferschein f\u00fcr Stra\u00dfe.pdf", "Lieferschein f\u00fcr Stra\u00dfe.pdf" },
    { "\u9886\u53d6.pdf", "\u9886\u53d6.pdf" },
    { "caf\xe9.pdf", "caf\ufffd.pdf" },
    { "<b>&amp;.pdf", "<b>&amp;.pdf" },
  };
  g_autofree char *none = cfoil_evidence_clean_name (NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_cmpstr (none, ==, "file");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *clean = cfoil_evidence_clean_name (cases[i].name);

      g_assert_cmpstr (clean, ==, cases[i].clean);
    }
  for (guint i = 0; i < 4000; i++)
    g_string_append (text, i % 2 == 0 ? "\u00e4" : "x");
  g_string_append (text, ".jpeg");
  {
    g_autofree char *clean = cfoil_evidence_clean_name (text->str);
    g_autofree char *twice = cfoil_evidence_clean_name (clean);

    g_assert_cmpint (g_utf8_strlen (clean, -1), ==, CFOIL_EVIDENCE_NAME_MAX);
    g_assert_true (g_str_has_suffix (clean, "\u2026.jpeg"));
    g_assert_cmpstr (twice, ==, clean);
  }
}

/* Whatever bytes a name has: valid, short, one line, no folder, and clean already. */
static void
test_random_names (void)
{
  for (guint i = 0; i < 3000; i++)
    {
      guint length = (guint) g_test_rand_int_range (0, i % 10 == 0 ? 1000 : 40);
      g_autofree char *name = g_malloc0 (length + 1);
      g_autofree char *clean = NULL;
      g_autofree char *twice = NULL;

      for (guint j = 0; j < length; j++)
        name[j] = (char) g_test_rand_int_range (1, 256);
      clean = cfoil_evidence_clean_name (name);
      twice = cfoil_evidence_clean_name (clean);
      g_assert_true (g_utf8_validate (clean, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (clean, -1), >, 0);
      g_assert_cmpint (g_utf8_strlen (clean, -1), <=, CFOIL_EVIDENCE_NAME_MAX);
      g_assert_null (strpbrk (clean, "/\\\n\r\t"));
      g_assert_cmpstr (twice, ==, clean);
    }
}

#define OLE "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

/* Literals with their length. */
#define BYTES(text) text, sizeof (text) - 1

static void
test_types (void)
{
  static const struct
  {
    const char *head;
    gsize length;
    const char *name, *type;
  } cases[] = {
    { BYTES ("%PDF-1.7\n"), "x.jpg", "pdf" },
    { BYTES ("\xef\xbb\xbf%PDF-1.7\n"), "x", "pdf" },
    { BYTES ("\x89PNG\r\n\x1a\n...."), "x.pdf", "png" },
    { BYTES ("\xff\xd8\xff\xe0"), "x.png", "jpg" },
    { BYTES ("GIF89a"), "x.png", "other" },
    { BYTES ("PK\x03\x04 [Content_Types].xml word/document.xml"), "x.zip", "docx" },
    { BYTES ("PK\x03\x04 [Content_Types].xml xl/workbook.xml"), "x.zip", "xlsx" },
    { BYTES ("PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), "x", "ods" },
    { BYTES ("PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.text"), "x.ods", "other" },
    { BYTES ("PK\x03\x04 holiday.jpg"), "x.docx", "other" },
    { BYTES (OLE " W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"), "x", "doc" },
    { BYTES (OLE " W\0o\0r\0k\0b\0o\0o\0k\0"), "x", "xls" },
    { BYTES (OLE " something"), "x.doc", "other" },
    { BYTES ("a,b\r\n1,2\n"), "x.CSV", "csv" },
    { BYTES ("a;b\nf\xfcr;2\n"), "x.csv", "csv" },
    { BYTES ("a,b\n"), "x.txt", "other" },
    { BYTES ("a,\0b\n"), "x.csv", "other" },
    { BYTES ("MZ\x90\0\x03"), "x.csv", "other" },
    { BYTES (""), "x.csv", "other" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%u %s", i, cases[i].name);
      g_assert_cmpstr (cfoil_evidence_type_of (cases[i].head, cases[i].length, cases[i].name), ==, cases[i].type);
    }
}

/* The names within a container stand at its end, beyond what is read first. */
static void
test_large_containers (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GByteArray) zip = g_byte_array_new ();
  g_autoptr (GByteArray) ole = g_byte_array_new ();
  guint8 filler[8192] = { 0 };
  g_autoptr (CfoilEvidenceFile) first = NULL;
  g_autoptr (CfoilEvidenceFile) second = NULL;
  g_autoptr (GBytes) zip_bytes = NULL;
  g_autoptr (GBytes) ole_bytes = NULL;
  guint8 header[512] = { 0 };

  g_byte_array_append (zip, (const guint8 *) "PK\x03\x04", 4);
  for (guint i = 0; i < 100; i++)
    g_byte_array_append (zip, filler, sizeof filler);
  g_byte_array_append (zip, (const guint8 *) "PK\x01\x02 xl/workbook.xml", 19);
  zip_bytes = g_bytes_new (zip->data, zip->len);
  first = cfoil_evidence_file_keep_bytes (mirror->mirror, zip_bytes, NULL);
  g_assert_cmpstr (first->file_type, ==, "xlsx");

  memcpy (header, OLE, 8);
  header[30] = 9;
  header[48] = 100; /* the sector of the directory */
  g_byte_array_append (ole, header, sizeof header);
  for (guint i = 0; i < 100; i++)
    g_byte_array_append (ole, filler, 512);
  g_byte_array_append (ole, (const guint8 *) "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", 24);
  ole_bytes = g_bytes_new (ole->data, ole->len);
  second = cfoil_evidence_file_keep_bytes (mirror->mirror, ole_bytes, NULL);
  g_assert_cmpstr (second->file_type, ==, "doc");
}

/* --- inspection, sweep --- */

static void
test_inspected (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilEvidenceFile) file = keep_text (mirror, "%PDF-1.4");
  g_autoptr (CfoilEvidenceFile) read = NULL;
  g_autoptr (CfoilDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  file->n_pages = 3;
  file->width = 595;
  file->problem = g_strdup ("encrypted");
  file->findings = g_strdup ("{\"links\":true}");
  cfoil_evidence_file_set_inspected (mirror->mirror, file, &error);
  g_assert_no_error (error);
  database = cfoil_mirror_open_reader (mirror->mirror, &error);
  read = cfoil_evidence_file_read (database, file->sha256, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read->n_pages, ==, 3);
  g_assert_cmpint (read->width, ==, 595);
  g_assert_cmpint (read->height, ==, CFOIL_UNKNOWN);
  g_assert_cmpint (read->inspected_us, !=, CFOIL_UNKNOWN);
  g_assert_cmpstr (read->problem, ==, "encrypted");
  g_assert_cmpstr (read->findings, ==, "{\"links\":true}");
  g_clear_pointer (&read, cfoil_evidence_file_free);

  /* Not for ever. */
  g_free (file->problem);
  file->problem = g_strdup ("timeout");
  cfoil_evidence_file_set_inspected (mirror->mirror, file, &error);
  g_assert_no_error (error);
  read = cfoil_evidence_file_read (database, file->sha256, &error);
  g_assert_cmpint (read->inspected_us, ==, CFOIL_UNKNOWN);
  g_assert_cmpstr (read->problem, ==, "timeout");
  g_clear_pointer (&read, cfoil_evidence_file_free);
  read = cfoil_evidence_file_read (database, "0", &error);
  g_assert_null (read);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
make_old (TestMirror *mirror)
{
  test_exec (mirror->mirror, "UPDATE evidence_file SET added_us = 1");
}

static guint
count_files (TestMirror *mirror)
{
  g_autofree char *evidence = evidence_folder (mirror);

  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM evidence_file"), <=, test_count_entries (evidence));
  return test_count_entries (evidence);
}

static void
sweep (TestMirror *mirror)
{
  g_autoptr (GError) error = NULL;

  cfoil_evidence_file_sweep (mirror->mirror, NULL, &error);
  g_assert_no_error (error);
}

static void
test_sweep (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilEvidenceFile) in_draft = keep_text (mirror, "draft");
  g_autoptr (CfoilEvidenceFile) in_version = keep_text (mirror, "version");
  g_autoptr (CfoilEvidenceFile) in_library = keep_text (mirror, "library");
  g_autoptr (CfoilEvidenceFile) unnamed = keep_text (mirror, "nobody's");
  g_autoptr (CfoilLibraryItem) item = cfoil_library_item_new ();
  g_autofree char *evidence = evidence_folder (mirror);
  g_autofree char *left = g_build_filename (evidence, ".copy-left", NULL);
  g_autofree char *foreign = g_build_filename (evidence, "README", NULL);
  g_autofree char *text = g_strdup_printf ("{\"exhibits\":[{\"files\":[{\"sha256\":\"%s\"}]}]}", in_draft->sha256);
  g_autofree char *older = g_strdup_printf ("{\"sha256\":\"%s\"}", in_version->sha256);
  const CfoilDraftRow row = { 1, 1, text, 0, 0, 1 };
  struct timespec old[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };
  g_autoptr (GError) error = NULL;

  test_exec (mirror->mirror,
             "INSERT INTO dispute_case (case_id, uid, provider, environment, account_name, kind, created_us, changed_us) "
             "VALUES (1, 'u', 'amazon-pay', 'live', 'shop', 1, 1, 1)");
  cfoil_draft_row_write (mirror->mirror, &row, &error);
  g_assert_no_error (error);
  cfoil_draft_version_add (mirror->mirror, 1, 1, "opened", older, &error);
  g_assert_no_error (error);
  item->name = (g_free (item->name), g_strdup ("Policy"));
  item->sha256 = g_strdup (in_library->sha256);
  cfoil_library_put (mirror->mirror, item, &error);
  g_assert_no_error (error);

  /* Young ones may be on their way into a draft. */
  sweep (mirror);
  g_assert_cmpuint (count_files (mirror), ==, 4);

  make_old (mirror);
  test_write_text (left, "half");
  test_write_text (foreign, "somebody's");
  sweep (mirror);
  g_assert_cmpuint (count_files (mirror), ==, 5);
  g_assert_false (cfoil_evidence_file_is_intact (mirror->mirror, unnamed->sha256, NULL));
  g_assert_true (cfoil_evidence_file_is_intact (mirror->mirror, in_draft->sha256, NULL));
  g_assert_true (cfoil_evidence_file_is_intact (mirror->mirror, in_version->sha256, NULL));
  g_assert_true (cfoil_evidence_file_is_intact (mirror->mirror, in_library->sha256, NULL));

  g_assert_cmpint (utimensat (AT_FDCWD, left, old, 0), ==, 0);
  g_assert_cmpint (utimensat (AT_FDCWD, foreign, old, 0), ==, 0);
  sweep (mirror);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));

  test_exec (mirror->mirror, "DELETE FROM dispute_case; DELETE FROM draft; DELETE FROM draft_version");
  sweep (mirror);
  g_assert_cmpuint (count_files (mirror), ==, 2);
  g_assert_true (cfoil_evidence_file_is_intact (mirror->mirror, in_library->sha256, NULL));
}

/* Kept and swept at the same time: whatever has a row has its file. */
static gint is_over;

static gpointer
sweep_on (gpointer data)
{
  while (g_atomic_int_get (&is_over) == 0)
    {
      make_old (data);
      sweep (data);
    }
  return NULL;
}

static void
test_sweep_while_keeping (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  GThread *thread;
  gint64 end_us = g_get_monotonic_time () + G_USEC_PER_SEC / 2;
  guint n = 0;

  thread = g_thread_new ("sweep", sweep_on, mirror);
  for (; g_get_monotonic_time () < end_us; n++)
    cfoil_evidence_file_free (keep_text (mirror, n % 2 == 0 ? "one" : "two"));
  g_atomic_int_set (&is_over, 1);
  g_thread_join (thread);
  g_test_message ("kept %u times", n);
  {
    g_autofree char *dump = test_dump (mirror->mirror, "SELECT sha256 FROM evidence_file");
    g_auto (GStrv) rows = g_strsplit (dump, "\n", -1);

    for (guint i = 0; rows[i] != NULL && *rows[i] != '\0'; i++)
      g_assert_true (cfoil_evidence_file_is_intact (mirror->mirror, rows[i], NULL));
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/evidence-file/keep", test_keep);
  g_test_add_func ("/evidence-file/refused", test_refused);
  g_test_add_func ("/evidence-file/changing", test_changing);
  g_test_add_func ("/evidence-file/disk-full", test_disk_full);
  g_test_add_func ("/evidence-file/row-fails", test_row_fails);
  g_test_add_func ("/evidence-file/names", test_names);
  g_test_add_func ("/evidence-file/random-names", test_random_names);
  g_test_add_func ("/evidence-file/types", test_types);
  g_test_add_func ("/evidence-file/large-containers", test_large_containers);
  g_test_add_func ("/evidence-file/inspected", test_inspected);
  g_test_add_func ("/evidence-file/sweep", test_sweep);
  g_test_add_func ("/evidence-file/sweep-while-keeping", test_sweep_while_keeping);

  return g_test_run ();
}
