/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-evidence-file.h"

#include "cfoil-evidence-copy.h"
#include "cfoil-time.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* What may still come back by an undo, or has not been put into a draft as yet. */
#define MIN_AGE_US (7 * G_TIME_SPAN_DAY)
#define HASH 64

/* Adds every hash that stands in TEXT. */
static void
add_hashes (GHashTable *named,
            const char *text)
{
  while (*text != '\0')
    {
      gsize run = strspn (text, "0123456789abcdef");

      if (run == HASH)
        g_hash_table_add (named, g_strndup (text, HASH));
      text += run > 0 ? run : 1;
    }
}

static gboolean
collect (CfoilDatabase *database,
         const char    *sql,
         GCancellable  *cancellable,
         GHashTable    *named,
         GError       **error)
{
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (database, sql, error);
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    else
      add_hashes (named, cfoil_statement_column_text (rows, 0));
  return step == CFOIL_STEP_DONE;
}

static GHashTable *
list_named (CfoilDatabase *database,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GHashTable) named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!collect (database,
                "SELECT text FROM draft UNION ALL SELECT text FROM draft_version UNION ALL SELECT draft FROM submission "
                "UNION ALL SELECT sha256 FROM submission_item WHERE sha256 IS NOT NULL "
                "UNION ALL SELECT sha256 FROM library_item WHERE sha256 IS NOT NULL",
                cancellable, named, error))
    return NULL;
  return g_steal_pointer (&named);
}

/* Rows that nobody names; NULL: an error. */
static GPtrArray *
list_unnamed (CfoilDatabase *database,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GHashTable) named = list_named (database, cancellable, error);
  g_autoptr (GPtrArray) unnamed = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  rows = named != NULL ? cfoil_database_prepare (database, "SELECT sha256 FROM evidence_file WHERE added_us < ?1", error) : NULL;
  if (rows == NULL)
    return NULL;
  cfoil_statement_bind_int64 (rows, 1, cfoil_time_now_us () - MIN_AGE_US);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    if (!g_hash_table_contains (named, cfoil_statement_column_text (rows, 0)))
      g_ptr_array_add (unnamed, g_strdup (cfoil_statement_column_text (rows, 0)));
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&unnamed) : NULL;
}

static gboolean
remove_file (const char *path,
             GError    **error)
{
  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Cannot remove %s: %s", path, g_strerror (errno));
  return FALSE;
}

static gboolean
remove_unnamed (CfoilMirror   *mirror,
                CfoilDatabase *writer,
                GPtrArray     *unnamed,
                GError       **error)
{
  g_autoptr (CfoilStatement) statement = cfoil_database_prepare (writer, "DELETE FROM evidence_file WHERE sha256 = ?1", error);

  for (guint i = 0; statement != NULL && i < unnamed->len; i++)
    {
      const char *sha256 = g_ptr_array_index (unnamed, i);
      g_autofree char *path = cfoil_evidence_file_dup_path (mirror, sha256);

      cfoil_statement_bind_text (statement, 1, sha256);
      if (!cfoil_statement_run (statement, error) || !remove_file (path, error))
        return FALSE;
    }
  return statement != NULL;
}

/* Files that a program left that was killed while it copied, or before its row was there. */
static void
remove_leftovers (CfoilMirror   *mirror,
                  CfoilDatabase *database)
{
  g_autofree char *folder = g_build_filename (cfoil_mirror_get_folder (mirror), "evidence", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      gboolean is_copy = g_str_has_prefix (name, CFOIL_EVIDENCE_COPY_PREFIX);
      gboolean is_file = strlen (name) == HASH && strspn (name, "0123456789abcdef") == HASH;
      g_autoptr (GError) error = NULL;
      g_autoptr (CfoilEvidenceFile) row = is_file ? cfoil_evidence_file_read (database, name, &error) : NULL;
      struct stat info;

      if ((is_copy || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)) && g_lstat (path, &info) == 0 &&
          (gint64) info.st_mtime * G_USEC_PER_SEC < cfoil_time_now_us () - MIN_AGE_US)
        remove_file (path, NULL);
    }
}

gboolean
cfoil_evidence_file_sweep (CfoilMirror  *mirror,
                           GCancellable *cancellable,
                           GError      **error)
{
  g_autoptr (CfoilDatabase) writer = NULL;
  g_autoptr (GPtrArray) unnamed = NULL;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);

  writer = cfoil_mirror_open_writer (mirror, error);
  if (writer == NULL)
    return FALSE;
  /* Mostly there is nothing, and nobody need wait for that. */
  unnamed = list_unnamed (writer, cancellable, error);
  if (unnamed == NULL)
    return FALSE;
  if (unnamed->len == 0)
    {
      remove_leftovers (mirror, writer);
      return TRUE;
    }
  g_clear_pointer (&unnamed, g_ptr_array_unref);
  if (!cfoil_database_begin_between (writer, error))
    return FALSE;
  unnamed = list_unnamed (writer, cancellable, error);
  if (unnamed != NULL && remove_unnamed (mirror, writer, unnamed, error) && cfoil_database_exec (writer, "COMMIT", error))
    {
      remove_leftovers (mirror, writer);
      return TRUE;
    }
  if (cfoil_database_in_transaction (writer))
    cfoil_database_exec (writer, "ROLLBACK", NULL);
  return FALSE;
}
