/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-document-file.h"

#include "cfoil-digest.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gfiledescriptorbased.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define CHUNK (256 * 1024)
/* Reports are all quotes and digits: the fastest level saves nine tenths. */
#define COMPRESSION_LEVEL 1

static gboolean
copy_hashed (GInputStream  *input,
             GOutputStream *output,
             char           sha256[65],
             gint64        *n_bytes,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (CfoilDigest) digest = cfoil_digest_new ();
  g_autofree guchar *buffer = g_malloc (CHUNK);
  gssize n;

  *n_bytes = 0;
  while ((n = g_input_stream_read (input, buffer, CHUNK, cancellable, error)) > 0)
    {
      cfoil_digest_update (digest, buffer, (gsize) n);
      *n_bytes += n;
      if (!g_output_stream_write_all (output, buffer, n, NULL, cancellable, error))
        return FALSE;
    }
  cfoil_digest_finish (digest, sha256);
  return n == 0;
}

static gboolean
sync_folder_of (const char *path,
                GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                 "Cannot store in %s: %s", folder, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
write_compressed (GInputStream *input,
                  const char   *path,
                  char          sha256[65],
                  gint64       *n_bytes,
                  GCancellable *cancellable,
                  GError      **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) raw = NULL;
  g_autoptr (GConverter) compressor = NULL;
  g_autoptr (GOutputStream) output = NULL;

  raw = g_file_create (file, G_FILE_CREATE_PRIVATE, cancellable, error);
  if (raw == NULL)
    return FALSE;
  compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, COMPRESSION_LEVEL));
  output = g_converter_output_stream_new (G_OUTPUT_STREAM (raw), compressor);
  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (output), FALSE);

  if (!copy_hashed (input, output, sha256, n_bytes, cancellable, error) ||
      !g_output_stream_close (output, cancellable, error))
    return FALSE;
  if (fsync (g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (raw))) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   "Cannot store %s: %s", path, g_strerror (errno));
      return FALSE;
    }
  return g_output_stream_close (G_OUTPUT_STREAM (raw), cancellable, error);
}

gboolean
cfoil_document_file_keep (CfoilMirror  *mirror,
                          GFile        *source,
                          char          sha256[65],
                          gint64       *n_bytes,
                          GCancellable *cancellable,
                          GError      **error)
{
  g_autoptr (GFileInputStream) input = g_file_read (source, cancellable, error);
  g_autofree char *temporary = NULL;
  g_autofree char *path = NULL;

  if (input == NULL)
    return FALSE;
  temporary = cfoil_mirror_dup_incoming_path (mirror);
  if (!write_compressed (G_INPUT_STREAM (input), temporary, sha256, n_bytes, cancellable, error))
    {
      g_unlink (temporary);
      return FALSE;
    }

  path = cfoil_mirror_dup_document_path (mirror, sha256);
  if (g_rename (temporary, path) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   "Cannot store %s: %s", path, g_strerror (errno));
      g_unlink (temporary);
      return FALSE;
    }
  return sync_folder_of (path, error);
}

GInputStream *
cfoil_document_file_read (CfoilMirror *mirror,
                          const char  *sha256,
                          GError     **error)
{
  g_autofree char *path = cfoil_mirror_dup_document_path (mirror, sha256);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) raw = g_file_read (file, NULL, error);
  g_autoptr (GConverter) decompressor = NULL;

  if (raw == NULL)
    return NULL;
  decompressor = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  return g_converter_input_stream_new (G_INPUT_STREAM (raw), decompressor);
}

gboolean
cfoil_document_file_seems_whole (CfoilMirror *mirror,
                                 const char  *sha256,
                                 gint64       n_bytes)
{
  g_autofree char *path = cfoil_mirror_dup_document_path (mirror, sha256);
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  guint32 length = 0;
  gboolean ok;

  if (fd < 0)
    return FALSE;
  /* A gzip file ends with the length of what it holds. */
  ok = lseek (fd, -(off_t) sizeof length, SEEK_END) > 0 && read (fd, &length, sizeof length) == sizeof length;
  close (fd);
  return ok && GUINT32_FROM_LE (length) == (guint32) n_bytes;
}

gboolean
cfoil_document_file_is_intact (CfoilMirror  *mirror,
                               const char   *sha256,
                               GCancellable *cancellable)
{
  g_autoptr (GInputStream) stream = cfoil_document_file_read (mirror, sha256, NULL);
  g_autoptr (CfoilDigest) digest = cfoil_digest_new ();
  g_autofree guchar *buffer = g_malloc (256 * 1024);
  char text[CFOIL_DIGEST_TEXT];
  gssize n;

  if (stream == NULL)
    return FALSE;
  while ((n = g_input_stream_read (stream, buffer, 256 * 1024, cancellable, NULL)) > 0)
    cfoil_digest_update (digest, buffer, (gsize) n);
  cfoil_digest_finish (digest, text);
  return n == 0 && g_str_equal (text, sha256);
}
