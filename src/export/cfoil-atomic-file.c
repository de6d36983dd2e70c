/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* O_TMPFILE */

#include "config.h"

#include "cfoil-atomic-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct _CfoilAtomicFile
{
  char *path;      /* (owned) */
  char *temporary; /* (owned) (nullable): NULL while the file has no name, and once renamed */
  int fd;
  gboolean overwrite;
};

static gboolean
fail (const char *what,
      const char *path,
      GError    **error)
{
  int saved = errno;

  /* A file that may not grow is as good as a full disk. */
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved == EFBIG ? ENOSPC : saved),
               "Cannot %s %s: %s", what, path, g_strerror (saved));
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

/* Not derived from the target's name, which may be as long as names get. */
static char *
dup_template (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_build_filename (folder, ".counterfoil-XXXXXX", NULL);
}

/* A file without a name, of which a killed program leaves nothing.  -1 where the
 * file system has no such thing, or nobody could give it a name later. */
static int
open_nameless (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  char link_path[32];

  if (fd < 0)
    return -1;
  g_snprintf (link_path, sizeof link_path, "/proc/self/fd/%d", fd);
  if (access (link_path, F_OK) == 0)
    return fd;
  close (fd);
  return -1;
}

CfoilAtomicFile *
cfoil_atomic_file_new (const char *path,
                       gboolean    overwrite,
                       GError    **error)
{
  g_autoptr (CfoilAtomicFile) self = g_new0 (CfoilAtomicFile, 1);

  self->fd = -1;
  self->overwrite = overwrite;
  self->path = g_canonicalize_filename (path, NULL);
  if (!check_target (self->path, overwrite, error))
    return NULL;

  self->fd = open_nameless (self->path);
  if (self->fd >= 0)
    return g_steal_pointer (&self);

  self->temporary = dup_template (self->path);
  self->fd = g_mkstemp_full (self->temporary, O_WRONLY | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      g_autofree char *folder = g_path_get_dirname (self->path);

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

static gboolean
link_nameless (int         fd,
               const char *path)
{
  char link_path[32];

  g_snprintf (link_path, sizeof link_path, "/proc/self/fd/%d", fd);
  return linkat (AT_FDCWD, link_path, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0;
}

/* Only a name can be renamed over another. */
static gboolean
give_temporary_name (CfoilAtomicFile *self)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";

  for (guint n = 0; n < 100; n++)
    {
      g_autofree char *name = dup_template (self->path);

      for (char *at = name + strlen (name) - 6; *at != '\0'; at++)
        *at = letters[g_random_int_range (0, (gint32) strlen (letters))];
      if (link_nameless (self->fd, name))
        {
          self->temporary = g_steal_pointer (&name);
          return TRUE;
        }
      if (errno != EEXIST)
        return FALSE;
    }
  return FALSE;
}

gboolean
cfoil_atomic_file_remove_old (CfoilAtomicFile *self,
                              GError         **error)
{
  if (self->overwrite && g_unlink (self->path) != 0 && errno != ENOENT)
    return fail ("replace", self->path, error);
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
  if (self->temporary == NULL)
    {
      if (!(self->overwrite ? give_temporary_name (self) : link_nameless (fd, self->path)))
        return fail ("write", self->path, error);
      if (!self->overwrite)
        return TRUE;
    }
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
