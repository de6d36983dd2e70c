/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-atomic-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct _CfoilAtomicFile
{
  char *path;      /* (owned) */
  char *temporary; /* (owned) (nullable): NULL once renamed */
  int fd;
  gboolean overwrite;
};

static gboolean
fail (const char *what,
      const char *path,
      GError    **error)
{
  int saved = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "Cannot %s %s: %s", what, path, g_strerror (saved));
  return FALSE;
}

static gboolean
check_target (const char *path,
              gboolean    overwrite,
              GError    **error)
{
  struct stat info;

  /* Not following a link: it is replaced, never written through. */
  if (lstat (path, &info) != 0)
    return TRUE;
  if (!S_ISREG (info.st_mode) && !S_ISLNK (info.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "%s is not a regular file", path);
      return FALSE;
    }
  if (!overwrite)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "%s exists already", path);
      return FALSE;
    }
  return TRUE;
}

CfoilAtomicFile *
cfoil_atomic_file_new (const char *path,
                       gboolean    overwrite,
                       GError    **error)
{
  g_autoptr (CfoilAtomicFile) self = g_new0 (CfoilAtomicFile, 1);
  g_autofree char *folder = NULL;

  self->fd = -1;
  self->overwrite = overwrite;
  self->path = g_canonicalize_filename (path, NULL);
  if (!check_target (self->path, overwrite, error))
    return NULL;

  /* Not derived from the target's name, which may be as long as names get. */
  folder = g_path_get_dirname (self->path);
  self->temporary = g_build_filename (folder, ".counterfoil-XXXXXX", NULL);
  self->fd = g_mkstemp_full (self->temporary, O_WRONLY | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      g_clear_pointer (&self->temporary, g_free);
      fail ("write to", folder, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
cfoil_atomic_file_free (CfoilAtomicFile *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}

gboolean
cfoil_atomic_file_write (CfoilAtomicFile *self,
                         const char      *bytes,
                         gsize            length,
                         GError         **error)
{
  while (length > 0)
    {
      gssize n = write (self->fd, bytes, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail ("write", self->path, error);
      bytes += n;
      length -= (gsize) n;
    }
  return TRUE;
}

gboolean
cfoil_atomic_file_commit (CfoilAtomicFile *self,
                          GError         **error)
{
  int fd = self->fd;
  int code;

  if (fsync (fd) != 0)
    return fail ("write", self->path, error);
  self->fd = -1;
  if (close (fd) != 0)
    return fail ("write", self->path, error);

  /* link () fails where rename () would replace what came up meanwhile. */
  code = self->overwrite ? g_rename (self->temporary, self->path) : link (self->temporary, self->path);
  if (code != 0 && !self->overwrite && errno != EEXIST)
    code = g_rename (self->temporary, self->path); /* a file system without links */
  else if (code == 0 && !self->overwrite)
    g_unlink (self->temporary);
  if (code != 0)
    return fail ("write", self->path, error);
  g_clear_pointer (&self->temporary, g_free);
  return TRUE;
}
