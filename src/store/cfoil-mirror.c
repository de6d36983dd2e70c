/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-mirror.h"

#include "cfoil-block-writer.h"
#include "cfoil-migrate.h"
#include "cfoil-summary.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Views are drawn from this at most so often while a sync runs. */
#define CHANGED_INTERVAL_MS 250

struct _CfoilMirror
{
  GObject parent_instance;

  char *folder; /* (owned) */
  char *path;   /* (owned) */
  gint changed_is_pending; /* (atomic) */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilMirror, cfoil_mirror, G_TYPE_OBJECT)

static gboolean
make_folder (const char *path,
             GError    **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               "Cannot make the folder %s: %s", path, g_strerror (errno));
  return FALSE;
}

/* SQLite gives -wal and -shm the mode of the database, so it is enough to make
 * the file with the right mode before SQLite does, whatever the umask. */
static gboolean
make_private_file (const char *path,
                   GError    **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd >= 0)
    {
      fchmod (fd, 0600);
      close (fd);
      return TRUE;
    }
  /* One that is there must not be opened here: closing it again would drop the
   * locks of every connection that this process has to it. */
  if (errno == EEXIST)
    {
      g_chmod (path, 0600);
      return TRUE;
    }
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               "Cannot open %s: %s", path, g_strerror (errno));
  return FALSE;
}

/* A folder that was there may be open to others: what is in it is not for them. */
static gboolean
close_folder (const char *path,
              GError    **error)
{
  struct stat info;

  if (g_stat (path, &info) == 0 && ((info.st_mode & 077) == 0 || info.st_uid != getuid () || g_chmod (path, 0700) == 0))
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               "Cannot make %s a private folder: %s", path, g_strerror (errno));
  return FALSE;
}

static CfoilDatabase *
open_connection (CfoilMirror      *self,
                 CfoilDatabaseMode mode,
                 const char       *pragmas,
                 GError          **error)
{
  g_autoptr (CfoilDatabase) database = cfoil_database_open (self->path, mode, error);

  if (database == NULL || !cfoil_database_exec (database, pragmas, error))
    return NULL;
  return g_steal_pointer (&database);
}

CfoilDatabase *
cfoil_mirror_open_reader (CfoilMirror *self,
                          GError     **error)
{
  g_return_val_if_fail (CFOIL_IS_MIRROR (self), NULL);

  /* Nothing is mapped: what a search goes through would count as ours for as long
   * as the connection lives. */
  return open_connection (self, CFOIL_DATABASE_READ_ONLY,
                          "PRAGMA query_only = 1;"
                          "PRAGMA temp_store = MEMORY;"
                          "PRAGMA cache_size = -2048;",
                          error);
}

CfoilDatabase *
cfoil_mirror_open_writer (CfoilMirror *self,
                          GError     **error)
{
  g_return_val_if_fail (CFOIL_IS_MIRROR (self), NULL);

  /* A checkpoint each 32,000 pages: with the default of 1,000 a first sync takes
   * three times as long.  FULL: a commit that was reported is on the disk. */
  return open_connection (self, CFOIL_DATABASE_CREATE,
                          "PRAGMA foreign_keys = 1;"
                          "PRAGMA synchronous = FULL;"
                          "PRAGMA temp_store = MEMORY;"
                          "PRAGMA cache_size = -65536;"
                          "PRAGMA cell_size_check = 1;"
                          "PRAGMA journal_size_limit = 16777216;"
                          "PRAGMA wal_autocheckpoint = 32000;",
                          error);
}

void
cfoil_mirror_remove_replaced (CfoilMirror *self,
                              const char  *keep)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_return_if_fail (CFOIL_IS_MIRROR (self));

  dir = g_dir_open (self->folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      if (strstr (name, CFOIL_MIRROR_REPLACED_INFIX) != NULL && g_strcmp0 (path, keep) != 0)
        g_unlink (path);
    }
}

/* Nobody is at work while we hold the lock, so what lies in incoming/ is what a
 * killed run left. */
static void
empty_incoming (CfoilMirror *self)
{
  g_autofree char *folder = g_build_filename (self->folder, "incoming", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
}

int
cfoil_mirror_lock (CfoilMirror *self,
                   GError     **error)
{
  g_autofree char *path = NULL;
  int fd;

  g_return_val_if_fail (CFOIL_IS_MIRROR (self), -1);

  path = g_build_filename (self->folder, "mirror.lock", NULL);
  fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    {
      empty_incoming (self);
      return fd;
    }

  if (fd >= 0 && errno == EWOULDBLOCK)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                 "A sync or an import is already at work on %s", self->folder);
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                 "Cannot lock %s: %s", path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

void
cfoil_mirror_unlock (CfoilMirror *self,
                     int          lock)
{
  g_return_if_fail (CFOIL_IS_MIRROR (self));

  if (lock >= 0)
    close (lock);
}

CfoilMirror *
cfoil_mirror_open (const char *folder,
                   GError    **error)
{
  return cfoil_mirror_open_named (folder, "mirror.sqlite", error);
}

CfoilMirror *
cfoil_mirror_open_named (const char *folder,
                         const char *name,
                         GError    **error)
{
  g_autoptr (CfoilMirror) self = NULL;
  g_autofree char *reports = NULL;
  g_autofree char *incoming = NULL;
  g_autofree char *evidence = NULL;
  g_autoptr (CfoilDatabase) writer = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  self = g_object_new (CFOIL_TYPE_MIRROR, NULL);
  self->folder = g_canonicalize_filename (folder, NULL);
  self->path = g_build_filename (self->folder, name, NULL);
  reports = g_build_filename (self->folder, "reports", NULL);
  incoming = g_build_filename (self->folder, "incoming", NULL);
  evidence = g_build_filename (self->folder, "evidence", NULL);

  if (!make_folder (self->folder, error) || !close_folder (self->folder, error) || !make_folder (reports, error) ||
      !make_folder (incoming, error) || !make_folder (evidence, error) || !close_folder (evidence, error) ||
      !make_private_file (self->path, error))
    return NULL;

  writer = cfoil_mirror_open_writer (self, error);
  if (writer == NULL || !cfoil_migrate (writer, self->path, error) || !cfoil_blocks_ensure (writer, error) ||
      !cfoil_summary_ensure (writer, error))
    return NULL;
  return g_steal_pointer (&self);
}

const char *
cfoil_mirror_get_folder (CfoilMirror *self)
{
  g_return_val_if_fail (CFOIL_IS_MIRROR (self), NULL);

  return self->folder;
}

const char *
cfoil_mirror_get_path (CfoilMirror *self)
{
  g_return_val_if_fail (CFOIL_IS_MIRROR (self), NULL);

  return self->path;
}

char *
cfoil_mirror_dup_document_path (CfoilMirror *self,
                                const char  *sha256)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (CFOIL_IS_MIRROR (self), NULL);

  name = g_strconcat (sha256, ".gz", NULL);
  return g_build_filename (self->folder, "reports", name, NULL);
}

char *
cfoil_mirror_dup_incoming_path (CfoilMirror *self)
{
  g_autofree char *name = g_uuid_string_random ();

  g_return_val_if_fail (CFOIL_IS_MIRROR (self), NULL);

  return g_build_filename (self->folder, "incoming", name, NULL);
}

static gboolean
emit_changed_cb (gpointer user_data)
{
  CfoilMirror *self = user_data;

  g_atomic_int_set (&self->changed_is_pending, 0);
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

void
cfoil_mirror_notify_changed (CfoilMirror *self)
{
  g_autoptr (GSource) source = NULL;

  g_return_if_fail (CFOIL_IS_MIRROR (self));

  if (!g_atomic_int_compare_and_exchange (&self->changed_is_pending, 0, 1))
    return;
  source = g_timeout_source_new (CHANGED_INTERVAL_MS);
  g_source_set_callback (source, emit_changed_cb, g_object_ref (self), g_object_unref);
  g_source_attach (source, NULL);
}

static void
cfoil_mirror_finalize (GObject *object)
{
  CfoilMirror *self = CFOIL_MIRROR (object);

  g_free (self->folder);
  g_free (self->path);

  G_OBJECT_CLASS (cfoil_mirror_parent_class)->finalize (object);
}

static void
cfoil_mirror_class_init (CfoilMirrorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_mirror_finalize;

  signals[CHANGED] = g_signal_new ("changed", CFOIL_TYPE_MIRROR, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfoil_mirror_init (CfoilMirror *self)
{
}
