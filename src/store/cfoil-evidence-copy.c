/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-evidence-copy.h"

#include "cfoil-error.h"
#include "cfoil-evidence-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK (256 * 1024)
#define HEAD 4096
/* Of the list at the end of a zip, and of the one within an OLE file. */
#define LIST (256 * 1024)

static gboolean
fail (const char *what,
      const char *path,
      GError    **error)
{
  int saved = errno;
  g_autofree char *name = g_filename_display_name (path);

  if (saved == ENOSPC || saved == EDQUOT || saved == EFBIG)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "There is no room left on the disk for a copy of the file");
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "Cannot %s %s: %s", what, name, g_strerror (saved));
  return FALSE;
}

char *
cfoil_evidence_dup_folder (CfoilMirror *mirror,
                           GError     **error)
{
  g_autofree char *folder = g_build_filename (cfoil_mirror_get_folder (mirror), "evidence", NULL);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return g_steal_pointer (&folder);
  fail ("make the folder", folder, error);
  return NULL;
}

void
cfoil_evidence_copy_free (CfoilEvidenceCopy *self)
{
  if (self == NULL)
    return;
  if (self->path != NULL)
    g_unlink (self->path);
  g_free (self->path);
  g_free (self);
}

/* --- the source --- */

/* What could block or never end is not even opened. */
static int
open_source (const char  *source,
             struct stat *info,
             GError     **error)
{
  g_autofree char *name = g_filename_display_basename (source);
  int fd = -1;

  if (g_stat (source, info) != 0)
    {
      fail ("read", source, error);
      return -1;
    }
  if (S_ISREG (info->st_mode))
    {
      fd = g_open (source, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0);
      if (fd < 0 || fstat (fd, info) != 0)
        {
          fail ("read", source, error);
          if (fd >= 0)
            close (fd);
          return -1;
        }
    }
  if (fd >= 0 && S_ISREG (info->st_mode) && info->st_size > 0 && info->st_size <= CFOIL_EVIDENCE_FILE_MAX)
    return fd;
  if (!S_ISREG (info->st_mode))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "“%s” is no file: choose a document or a picture", name);
  else if (info->st_size == 0)
    g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TRUNCATED, "“%s” is empty", name);
  else
    g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT, "“%s” is larger than %d MiB", name,
                 (int) (CFOIL_EVIDENCE_FILE_MAX >> 20));
  if (fd >= 0)
    close (fd);
  return -1;
}

/* Looked at as it is open and as it is found by its name: what replaces a file does not
 * change the one that we have. */
static gboolean
is_unchanged (int                fd,
              const char        *source,
              const struct stat *before,
              gint64             n_read)
{
  struct stat after, named;

  return fstat (fd, &after) == 0 && g_stat (source, &named) == 0 && n_read == before->st_size &&
         after.st_size == before->st_size && named.st_ino == before->st_ino && named.st_dev == before->st_dev &&
         after.st_mtim.tv_sec == before->st_mtim.tv_sec && after.st_mtim.tv_nsec == before->st_mtim.tv_nsec &&
         after.st_ctim.tv_sec == before->st_ctim.tv_sec && after.st_ctim.tv_nsec == before->st_ctim.tv_nsec;
}

/* --- copying --- */

static gboolean
write_all (int           fd,
           const guchar *bytes,
           gsize         length)
{
  while (length > 0)
    {
      gssize n = write (fd, bytes, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      bytes += n;
      length -= (gsize) n;
    }
  return TRUE;
}

static gssize
read_some (int     fd,
           guchar *buffer)
{
  gssize n;

  do
    n = read (fd, buffer, CHUNK);
  while (n < 0 && errno == EINTR);
  return n;
}

/* Never more than EXPECTED and one chunk, whatever the file grows to. */
static gboolean
copy_bytes (int           from,
            const char   *source,
            gint64        expected,
            int           to,
            CfoilDigest  *digest,
            gint64       *n_bytes,
            GCancellable *cancellable,
            GError      **error)
{
  g_autofree guchar *buffer = g_malloc (CHUNK);
  gssize n = 0;

  while (*n_bytes <= expected)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      n = read_some (from, buffer);
      if (n <= 0)
        break;
      cfoil_digest_update (digest, buffer, (gsize) n);
      if (!write_all (to, buffer, (gsize) n))
        return fail ("store", source, error);
      *n_bytes += n;
    }
  return n >= 0 || fail ("read", source, error);
}

/* --- its type --- */

static void
append_part (GByteArray *sample,
             int         fd,
             gint64      offset,
             gsize       length)
{
  g_autofree guchar *buffer = g_malloc (length);
  gssize n = offset >= 0 ? pread (fd, buffer, length, offset) : -1;

  if (n > 0)
    g_byte_array_append (sample, buffer, (guint) n);
}

static guint32
get_uint32 (const guint8 *bytes)
{
  return (guint32) bytes[0] | (guint32) bytes[1] << 8 | (guint32) bytes[2] << 16 | (guint32) bytes[3] << 24;
}

/* The first 4 KiB, and where a container has its list of contents, that, too. */
static const char *
find_type (int         fd,
           gint64      n_bytes,
           const char *name)
{
  g_autoptr (GByteArray) sample = g_byte_array_new ();

  append_part (sample, fd, 0, HEAD);
  if (sample->len > 4 && memcmp (sample->data, "PK\x03\x04", 4) == 0)
    append_part (sample, fd, MAX (n_bytes - LIST, HEAD), LIST);
  else if (sample->len > 52 && memcmp (sample->data, "\xd0\xcf\x11\xe0", 4) == 0)
    append_part (sample, fd, ((gint64) get_uint32 (sample->data + 48) + 1) << (sample->data[30] == 12 ? 12 : 9), HEAD);
  return sample->len > 0 ? cfoil_evidence_type_of ((const char *) sample->data, sample->len, name) : "other";
}

static int
open_copy (CfoilEvidenceCopy *self,
           const char        *folder,
           GError           **error)
{
  int fd;

  self->path = g_build_filename (folder, CFOIL_EVIDENCE_COPY_PREFIX "XXXXXX", NULL);
  fd = g_mkstemp_full (self->path, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      fail ("write to", folder, error);
      g_clear_pointer (&self->path, g_free);
    }
  return fd;
}

static gboolean
finish (CfoilEvidenceCopy *self,
        int                fd,
        CfoilDigest       *digest,
        const char        *name,
        GError           **error)
{
  cfoil_digest_finish (digest, self->sha256);
  self->file_type = find_type (fd, self->n_bytes, name);
  return fsync (fd) == 0 || fail ("store", name, error);
}

static gboolean
fill_from_file (CfoilEvidenceCopy *self,
                int                to,
                const char        *source,
                GCancellable      *cancellable,
                GError           **error)
{
  g_autoptr (CfoilDigest) digest = cfoil_digest_new ();
  g_autofree char *name = g_filename_display_basename (source);
  struct stat before;
  int from = open_source (source, &before, error);
  gboolean ok;

  if (from < 0)
    return FALSE;
  ok = copy_bytes (from, source, before.st_size, to, digest, &self->n_bytes, cancellable, error);
  if (ok && !is_unchanged (from, source, &before, self->n_bytes))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   "“%s” was changed or removed while it was being read: add it again when nothing writes to it any more", name);
      ok = FALSE;
    }
  close (from);
  return ok && finish (self, to, digest, name, error);
}

CfoilEvidenceCopy *
cfoil_evidence_copy_file (const char   *folder,
                          const char   *source,
                          GCancellable *cancellable,
                          GError      **error)
{
  g_autoptr (CfoilEvidenceCopy) self = g_new0 (CfoilEvidenceCopy, 1);
  int fd = open_copy (self, folder, error);
  gboolean ok = fd >= 0 && fill_from_file (self, fd, source, cancellable, error);

  if (fd >= 0)
    close (fd);
  return ok ? g_steal_pointer (&self) : NULL;
}

static gboolean
fill_from_bytes (CfoilEvidenceCopy *self,
                 int                to,
                 GBytes            *bytes,
                 GError           **error)
{
  g_autoptr (CfoilDigest) digest = cfoil_digest_new ();
  gsize length;
  const guchar *data = g_bytes_get_data (bytes, &length);

  if (length == 0)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TRUNCATED, "What was pasted is empty");
      return FALSE;
    }
  if (length > CFOIL_EVIDENCE_FILE_MAX)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT, "What was pasted is larger than %d MiB",
                   (int) (CFOIL_EVIDENCE_FILE_MAX >> 20));
      return FALSE;
    }
  cfoil_digest_update (digest, data, length);
  self->n_bytes = (gint64) length;
  if (!write_all (to, data, length))
    return fail ("write", self->path, error);
  return finish (self, to, digest, "", error);
}

CfoilEvidenceCopy *
cfoil_evidence_copy_bytes (const char *folder,
                           GBytes     *bytes,
                           GError    **error)
{
  g_autoptr (CfoilEvidenceCopy) self = g_new0 (CfoilEvidenceCopy, 1);
  int fd = open_copy (self, folder, error);
  gboolean ok = fd >= 0 && fill_from_bytes (self, fd, bytes, error);

  if (fd >= 0)
    close (fd);
  return ok ? g_steal_pointer (&self) : NULL;
}

static gboolean
sync_folder_of (const char *path,
                GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean ok = (fd >= 0 && fsync (fd) == 0) || fail ("write to", folder, error);

  if (fd >= 0)
    close (fd);
  return ok;
}

gboolean
cfoil_evidence_copy_give_name (CfoilEvidenceCopy *self,
                               const char        *path,
                               gboolean          *is_new,
                               GError           **error)
{
  g_return_val_if_fail (self != NULL && self->path != NULL, FALSE);

  /* What was there is replaced: it may have been damaged. */
  *is_new = access (path, F_OK) != 0;
  if (g_rename (self->path, path) != 0)
    return fail ("write", path, error);
  g_clear_pointer (&self->path, g_free);
  return sync_folder_of (path, error);
}

gboolean
cfoil_evidence_path_is_intact (const char   *path,
                               const char   *sha256,
                               GCancellable *cancellable)
{
  g_autoptr (CfoilDigest) digest = cfoil_digest_new ();
  g_autofree guchar *buffer = g_malloc (CHUNK);
  char text[CFOIL_DIGEST_TEXT];
  int fd = g_open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0);
  gssize n = -1;

  while (fd >= 0 && !g_cancellable_is_cancelled (cancellable) && (n = read_some (fd, buffer)) > 0)
    cfoil_digest_update (digest, buffer, (gsize) n);
  if (fd >= 0)
    close (fd);
  cfoil_digest_finish (digest, text);
  return n == 0 && g_str_equal (text, sha256);
}
