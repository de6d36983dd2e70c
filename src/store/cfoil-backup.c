/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-backup.h"

#include "cfoil-backup-evidence.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
fail (const char *what,
      const char *path,
      GError    **error)
{
  int saved = errno;

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

/* The mirror itself is not to be replaced by its copy while it is open. */
static gboolean
check_is_other (CfoilMirror *mirror,
                const char  *path,
                GError     **error)
{
  struct stat source, target;

  if (g_stat (cfoil_mirror_get_path (mirror), &source) != 0 || g_stat (path, &target) != 0 ||
      source.st_dev != target.st_dev || source.st_ino != target.st_ino)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s is the mirror itself", path);
  return FALSE;
}

/* SQLite fills an empty file; ours has its mode from the beginning. */
static char *
make_temporary (const char *path,
                GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *temporary = g_build_filename (folder, ".counterfoil-XXXXXX", NULL);
  int fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      fail ("write to", folder, error);
      return NULL;
    }
  close (fd);
  return g_steal_pointer (&temporary);
}

/* "table=rows" line by line, of all tables; NULL: an error. */
static char *
count_rows (CfoilDatabase     *database,
            CfoilBackupResult *result,
            GError           **error)
{
  g_autoptr (CfoilStatement) tables = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  CfoilStep step;

  tables = cfoil_database_prepare (database,
                                   "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^' "
                                   "ORDER BY name",
                                   error);
  if (tables == NULL)
    return NULL;
  result->n_tables = result->n_rows = 0;
  while ((step = cfoil_statement_step (tables, error)) == CFOIL_STEP_ROW)
    {
      const char *name = cfoil_statement_column_text (tables, 0);
      g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM \"%s\"", name);
      gint64 n = 0;

      if (!cfoil_database_get_int64 (database, sql, &n, error))
        return NULL;
      g_string_append_printf (text, "%s=%" G_GINT64_FORMAT "\n", name, n);
      result->n_tables++;
      result->n_rows += (guint64) n;
    }
  return step == CFOIL_STEP_DONE ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static gboolean
vacuum_into (CfoilDatabase *writer,
             const char    *temporary,
             GError       **error)
{
  g_autoptr (CfoilStatement) statement = cfoil_database_prepare (writer, "VACUUM INTO ?1", error);

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_text (statement, 1, temporary);
  return cfoil_statement_run (statement, error);
}

static gboolean
check_integrity (CfoilDatabase *copy,
                 GError       **error)
{
  g_autoptr (CfoilStatement) lines = cfoil_database_prepare (copy, "PRAGMA integrity_check (1)", error);
  CfoilStep step = lines != NULL ? cfoil_statement_step (lines, error) : CFOIL_STEP_ERROR;

  if (step == CFOIL_STEP_ROW && g_strcmp0 (cfoil_statement_column_text (lines, 0), "ok") == 0)
    return TRUE;
  if (step == CFOIL_STEP_ROW)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The mirror: its copy is damaged: %s",
                 cfoil_statement_column_text (lines, 0));
  return FALSE;
}

/* *IS_SAME FALSE: the copy is sound, but has other rows than COUNTS says. */
static gboolean
check_copy (const char        *temporary,
            const char        *counts,
            GCancellable      *cancellable,
            CfoilBackupResult *result,
            gboolean          *is_same,
            GError           **error)
{
  g_autoptr (CfoilDatabase) copy = cfoil_database_open (temporary, CFOIL_DATABASE_READ_ONLY, error);
  g_autofree char *counts_of_copy = NULL;

  if (copy == NULL)
    return FALSE;
  cfoil_database_set_cancellable (copy, cancellable);
  if (!check_integrity (copy, error) || (counts_of_copy = count_rows (copy, result, error)) == NULL)
    return FALSE;
  *is_same = g_str_equal (counts_of_copy, counts);
  return TRUE;
}

/* Once.  READER counts; where WAITS, nobody writes until it is done. */
static gboolean
copy_once (CfoilDatabase     *reader,
           CfoilDatabase     *writer,
           const char        *temporary,
           gboolean           waits,
           GCancellable      *cancellable,
           CfoilBackupResult *result,
           gboolean          *is_same,
           GError           **error)
{
  g_autofree char *counts = NULL;
  gboolean ok;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (truncate (temporary, 0) != 0)
    return fail ("write", temporary, error);
  if (!cfoil_database_exec (reader, waits ? "BEGIN IMMEDIATE" : "BEGIN", error))
    return FALSE;
  counts = count_rows (reader, result, error);
  ok = counts != NULL && vacuum_into (writer, temporary, error) &&
       check_copy (temporary, counts, cancellable, result, is_same, error);
  if (cfoil_database_in_transaction (reader))
    cfoil_database_exec (reader, "ROLLBACK", NULL);
  return ok;
}

static gboolean
copy (CfoilMirror       *mirror,
      const char        *temporary,
      GCancellable      *cancellable,
      CfoilBackupResult *result,
      GError           **error)
{
  /* Both may write: SQLite lets only such a connection copy, or keep others waiting. */
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_writer (mirror, error);
  g_autoptr (CfoilDatabase) writer = reader != NULL ? cfoil_mirror_open_writer (mirror, error) : NULL;
  gboolean is_same = FALSE;

  if (writer == NULL)
    return FALSE;
  cfoil_database_set_cancellable (reader, cancellable);
  cfoil_database_set_cancellable (writer, cancellable);
  for (guint waits = 0; waits < 2 && !is_same; waits++)
    if (!copy_once (reader, writer, temporary, waits, cancellable, result, &is_same, error))
      return FALSE;
  if (!is_same)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The mirror: its copy does not have the same rows");
  return is_same;
}

static gboolean
sync_path (const char *path,
           int         flags,
           GError    **error)
{
  int fd = g_open (path, flags | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    fail ("write", path, error);
  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
give_name (const char *temporary,
           const char *path,
           gboolean    overwrite,
           GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int code;

  /* link () fails where rename () would replace what came up meanwhile. */
  code = overwrite ? g_rename (temporary, path) : link (temporary, path);
  if (code != 0 && !overwrite && errno != EEXIST)
    code = g_rename (temporary, path); /* a file system without links */
  else if (code == 0 && !overwrite)
    g_unlink (temporary);
  if (code != 0)
    return fail ("write", path, error);
  return sync_path (folder, O_RDONLY | O_DIRECTORY, error);
}

static gboolean
finish (const char        *temporary,
        const char        *path,
        gboolean           overwrite,
        CfoilBackupResult *result,
        GError           **error)
{
  struct stat info;

  if (!sync_path (temporary, O_RDWR, error))
    return FALSE;
  if (g_stat (temporary, &info) != 0)
    return fail ("read", temporary, error);
  result->n_bytes = (guint64) info.st_size;
  return give_name (temporary, path, overwrite, error);
}

gboolean
cfoil_backup_sync (CfoilMirror       *mirror,
                   const char        *path,
                   gboolean           overwrite,
                   GCancellable      *cancellable,
                   CfoilBackupResult *result,
                   GError           **error)
{
  g_autoptr (CfoilBackupEvidence) evidence = NULL;
  g_autofree char *target = NULL;
  g_autofree char *temporary = NULL;
  gboolean ok;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  *result = (CfoilBackupResult){ 0 };
  target = g_canonicalize_filename (path, NULL);
  if (!check_target (target, overwrite, error) || !check_is_other (mirror, target, error) ||
      (temporary = make_temporary (target, error)) == NULL)
    return FALSE;
  evidence = cfoil_backup_evidence_new (mirror, target);
  ok = copy (mirror, temporary, cancellable, result, error) &&
       cfoil_backup_evidence_copy (evidence, temporary, cancellable, result, error) &&
       finish (temporary, target, overwrite, result, error);
  if (!ok)
    {
      cfoil_backup_evidence_undo (evidence);
      g_unlink (temporary);
    }
  return ok;
}
