/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-credentials.h"

#include "cfoil-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_KEY_FILE (64 * 1024)

static char *
refuse (int         fd,
        const char *path,
        const char *why,
        GError    **error)
{
  g_set_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_KEY, "The key file %s %s", path, why);
  if (fd >= 0)
    close (fd);
  return NULL;
}

char *
cfoil_credentials_read_file (const char *path,
                             gboolean    is_kept_there,
                             GError    **error)
{
  /* Not blocking: the name may be a pipe's. */
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  struct stat info;
  char *text;
  gssize n;

  if (fd < 0 || fstat (fd, &info) != 0)
    return refuse (fd, path, g_strerror (errno), error);
  if (!S_ISREG (info.st_mode))
    return refuse (fd, path, "is not a regular file", error);
  if (info.st_size > MAX_KEY_FILE)
    return refuse (fd, path, "is too large to be a key", error);
  if (is_kept_there && (info.st_mode & 077) != 0)
    return refuse (fd, path, "can be read by others: make it 0600 (chmod 600) first", error);

  text = g_malloc0 (MAX_KEY_FILE + 1);
  n = read (fd, text, MAX_KEY_FILE);
  close (fd);
  if (n < 0 || memchr (text, '\0', n) != NULL)
    {
      cfoil_credentials_wipe (text);
      return refuse (-1, path, "is not text", error);
    }
  return text;
}

void
cfoil_credentials_wipe (char *pem)
{
  if (pem == NULL)
    return;
  explicit_bzero (pem, strlen (pem));
  g_free (pem);
}
