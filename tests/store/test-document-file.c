/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-document-file.h"

#include <glib/gstdio.h>
#include <string.h>

static void
keep (TestMirror *mirror,
      const char *bytes,
      gsize       length,
      char        sha256[65])
{
  g_autofree char *path = test_folder_file (mirror->folder, "source");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
  g_autoptr (GError) error = NULL;
  gint64 n_bytes = -1;

  test_write_bytes (path, bytes, length);
  cfoil_document_file_keep (mirror->mirror, file, sha256, &n_bytes, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sha256, ==, expected);
  g_assert_cmpint (n_bytes, ==, length);
}

/* All of a document, or NULL and ERROR. */
static GByteArray *
read_all (TestMirror *mirror,
          const char *sha256,
          GError    **error)
{
  g_autoptr (GInputStream) stream = cfoil_document_file_read (mirror->mirror, sha256, error);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[1000];
  gssize n;

  if (stream == NULL)
    return NULL;
  while ((n = g_input_stream_read (stream, buffer, sizeof buffer, NULL, error)) > 0)
    g_byte_array_append (bytes, buffer, (guint) n);
  return n == 0 ? g_steal_pointer (&bytes) : NULL;
}

static void
test_round_trip (void)
{
  static const gsize sizes[] = { 0, 1, 999, 1000, 262143, 262144, 262145, 1000000 };
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *incoming = g_build_filename (mirror->folder->path, "incoming", NULL);
  g_autofree char *reports = g_build_filename (mirror->folder->path, "reports", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *bytes = g_malloc (sizes[i] + 1);
      g_autoptr (GByteArray) back = NULL;
      g_autoptr (GError) error = NULL;
      char sha256[65];

      for (gsize j = 0; j < sizes[i]; j++)
        bytes[j] = (char) (j * 31 >> 3);
      keep (mirror, bytes, sizes[i], sha256);
      /* twice is once */
      keep (mirror, bytes, sizes[i], sha256);
      g_assert_cmpuint (test_count_entries (reports), ==, i + 1);
      g_assert_cmpuint (test_count_entries (incoming), ==, 0);
      back = read_all (mirror, sha256, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (back->data, back->len, bytes, sizes[i]);
    }
}

/* Cut at every byte, or with a bit turned at every byte, it is never read to a
 * quiet end as something else. */
static void
test_damage (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *path = NULL;
  g_autofree char *whole = NULL;
  gsize length;
  char sha256[65];

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text, "\"%u\",\"%u\"\r\n", i * 7919, i);
  keep (mirror, text->str, text->len, sha256);
  path = cfoil_mirror_dup_document_path (mirror->mirror, sha256);
  g_assert_true (g_file_get_contents (path, &whole, &length, NULL));

  for (gsize cut = 0; cut < length; cut++)
    {
      g_autoptr (GByteArray) back = NULL;
      g_autoptr (GError) error = NULL;

      g_unlink (path);
      test_write_bytes (path, whole, cut);
      back = read_all (mirror, sha256, &error);
      g_test_message ("cut at %d of %d", (int) cut, (int) length);
      g_assert_null (back);
      g_assert_nonnull (error);
    }
  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *turned = g_memdup2 (whole, length);
      g_autoptr (GByteArray) back = NULL;

      turned[i] ^= 1 << (i % 8);
      g_unlink (path);
      test_write_bytes (path, turned, length);
      back = read_all (mirror, sha256, NULL);
      /* names and flags in the head of the file are no part of the bytes */
      if (back != NULL)
        g_assert_cmpmem (back->data, back->len, text->str, text->len);
    }
}

static void
test_missing (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *path = test_folder_file (mirror->folder, "is not there");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *incoming = g_build_filename (mirror->folder->path, "incoming", NULL);
  g_autoptr (GError) error = NULL;
  char sha256[65];
  gint64 n_bytes;

  g_assert_null (cfoil_document_file_read (mirror->mirror, "0000", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (cfoil_document_file_keep (mirror->mirror, file, sha256, &n_bytes, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpuint (test_count_entries (incoming), ==, 0);
}

static void
test_cancelled (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *path = test_folder_file (mirror->folder, "source");
  g_autofree char *incoming = g_build_filename (mirror->folder->path, "incoming", NULL);
  g_autofree char *reports = g_build_filename (mirror->folder->path, "reports", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  char sha256[65];
  gint64 n_bytes;

  test_write_text (path, "x");
  g_cancellable_cancel (cancellable);
  g_assert_false (cfoil_document_file_keep (mirror->mirror, file, sha256, &n_bytes, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (test_count_entries (incoming), ==, 0);
  g_assert_cmpuint (test_count_entries (reports), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/document-file/round-trip", test_round_trip);
  g_test_add_func ("/document-file/damage", test_damage);
  g_test_add_func ("/document-file/missing", test_missing);
  g_test_add_func ("/document-file/cancelled", test_cancelled);

  return g_test_run ();
}
