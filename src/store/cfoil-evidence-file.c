/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-evidence-file.h"

#include "cfoil-evidence-copy.h"
#include "cfoil-time.h"
#include "cfoil-types.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

void
cfoil_evidence_file_free (CfoilEvidenceFile *self)
{
  if (self == NULL)
    return;
  g_free (self->sha256);
  g_free (self->file_type);
  g_free (self->problem);
  g_free (self->findings);
  g_free (self);
}

/* What becomes part of a path is a hash and nothing else. */
static gboolean
is_hash (const char *sha256)
{
  return sha256 != NULL && strlen (sha256) == 64 && strspn (sha256, "0123456789abcdef") == 64;
}

char *
cfoil_evidence_file_dup_path (CfoilMirror *mirror,
                              const char  *sha256)
{
  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), NULL);
  g_return_val_if_fail (is_hash (sha256), NULL);

  return g_build_filename (cfoil_mirror_get_folder (mirror), "evidence", sha256, NULL);
}

CfoilEvidenceFile *
cfoil_evidence_file_read (CfoilDatabase *database,
                          const char    *sha256,
                          GError       **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  CfoilEvidenceFile *self;
  CfoilStep step;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (sha256 != NULL, NULL);

  row = cfoil_database_prepare (database,
                                "SELECT n_bytes, file_type, n_pages, width, height, inspected_us, problem, findings "
                                "FROM evidence_file WHERE sha256 = ?1",
                                error);
  if (row == NULL)
    return NULL;
  cfoil_statement_bind_text (row, 1, sha256);
  step = cfoil_statement_step (row, error);
  if (step == CFOIL_STEP_DONE)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "This file is not in the mirror: add it again");
  if (step != CFOIL_STEP_ROW)
    return NULL;
  self = g_new0 (CfoilEvidenceFile, 1);
  self->sha256 = g_strdup (sha256);
  self->n_bytes = cfoil_statement_column_int64 (row, 0);
  self->file_type = g_strdup (cfoil_statement_column_text (row, 1));
  self->n_pages = cfoil_statement_column_int64 (row, 2);
  self->width = cfoil_statement_column_int64 (row, 3);
  self->height = cfoil_statement_column_int64 (row, 4);
  self->inspected_us = cfoil_statement_column_int64 (row, 5);
  self->problem = g_strdup (cfoil_statement_column_text (row, 6));
  self->findings = g_strdup (cfoil_statement_column_text (row, 7));
  return self;
}

/* --- keeping --- */

/* Kept again, it is as if new to whoever sweeps.  What was nothing in particular may be a
 * table by another name, and is looked at again as such. */
static gboolean
put_row (CfoilDatabase           *writer,
         const CfoilEvidenceCopy *copy,
         GError                 **error)
{
  g_autoptr (CfoilStatement) statement = NULL;

  statement = cfoil_database_prepare (writer,
                                      "INSERT INTO evidence_file (sha256, n_bytes, file_type, added_us) VALUES (?1, ?2, ?3, ?4) "
                                      "ON CONFLICT DO UPDATE SET added_us = excluded.added_us, "
                                      "file_type = iif (file_type = 'other', excluded.file_type, file_type), "
                                      "inspected_us = iif (file_type = 'other' AND excluded.file_type <> 'other', NULL, inspected_us)",
                                      error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_text (statement, 1, copy->sha256);
  cfoil_statement_bind_int64 (statement, 2, copy->n_bytes);
  cfoil_statement_bind_text (statement, 3, copy->file_type);
  cfoil_statement_bind_int64 (statement, 4, cfoil_time_now_us ());
  return cfoil_statement_run (statement, error);
}

/* File and row come within one transaction: a sweep cannot take away one of them in between. */
static CfoilEvidenceFile *
keep (CfoilMirror       *mirror,
      CfoilEvidenceCopy *copy,
      GError           **error)
{
  g_autofree char *path = cfoil_evidence_file_dup_path (mirror, copy->sha256);
  g_autoptr (CfoilDatabase) writer = cfoil_mirror_open_writer (mirror, error);
  g_autoptr (CfoilEvidenceFile) self = NULL;
  gboolean is_new = FALSE;

  if (writer == NULL || !cfoil_database_begin_between (writer, error))
    return NULL;
  if (cfoil_evidence_copy_give_name (copy, path, &is_new, error) && put_row (writer, copy, error) &&
      (self = cfoil_evidence_file_read (writer, copy->sha256, error)) != NULL && cfoil_database_exec (writer, "COMMIT", error))
    {
      cfoil_mirror_notify_changed (mirror);
      return g_steal_pointer (&self);
    }
  if (is_new)
    g_unlink (path);
  if (cfoil_database_in_transaction (writer))
    cfoil_database_exec (writer, "ROLLBACK", NULL);
  return NULL;
}

CfoilEvidenceFile *
cfoil_evidence_file_keep (CfoilMirror  *mirror,
                          GFile        *source,
                          GCancellable *cancellable,
                          GError      **error)
{
  g_autoptr (CfoilEvidenceCopy) copy = NULL;
  g_autofree char *folder = NULL;
  const char *path;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), NULL);
  g_return_val_if_fail (G_IS_FILE (source), NULL);

  path = g_file_peek_path (source);
  if (path == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "This file is not on this computer: save it in a folder first");
      return NULL;
    }
  folder = cfoil_evidence_dup_folder (mirror, error);
  copy = folder != NULL ? cfoil_evidence_copy_file (folder, path, cancellable, error) : NULL;
  return copy != NULL ? keep (mirror, copy, error) : NULL;
}

CfoilEvidenceFile *
cfoil_evidence_file_keep_bytes (CfoilMirror *mirror,
                                GBytes      *bytes,
                                GError     **error)
{
  g_autoptr (CfoilEvidenceCopy) copy = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  folder = cfoil_evidence_dup_folder (mirror, error);
  copy = folder != NULL ? cfoil_evidence_copy_bytes (folder, bytes, error) : NULL;
  return copy != NULL ? keep (mirror, copy, error) : NULL;
}

/* A machine that was busy, or a renderer that was killed, says little about the file: it is to be
 * looked at again. */
static gboolean
is_passing (const char *problem) /* (nullable) */
{
  return g_strcmp0 (problem, "timeout") == 0 || g_strcmp0 (problem, "crashed") == 0;
}

gboolean
cfoil_evidence_file_set_inspected (CfoilMirror             *mirror,
                                   const CfoilEvidenceFile *file,
                                   GError                 **error)
{
  g_autoptr (CfoilDatabase) writer = NULL;
  g_autoptr (CfoilStatement) statement = NULL;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);
  g_return_val_if_fail (file != NULL, FALSE);

  writer = cfoil_mirror_open_writer (mirror, error);
  if (writer == NULL || !cfoil_database_begin_between (writer, error))
    return FALSE;
  statement = cfoil_database_prepare (writer,
                                      "UPDATE evidence_file SET n_pages = ?2, width = ?3, height = ?4, inspected_us = ?5, "
                                      "problem = ?6, findings = ?7 WHERE sha256 = ?1",
                                      error);
  if (statement != NULL)
    {
      cfoil_statement_bind_text (statement, 1, file->sha256);
      cfoil_statement_bind_int64 (statement, 2, file->n_pages);
      cfoil_statement_bind_int64 (statement, 3, file->width);
      cfoil_statement_bind_int64 (statement, 4, file->height);
      cfoil_statement_bind_int64 (statement, 5, is_passing (file->problem) ? CFOIL_UNKNOWN : cfoil_time_now_us ());
      cfoil_statement_bind_text (statement, 6, file->problem);
      cfoil_statement_bind_text (statement, 7, file->findings);
    }
  if (statement != NULL && cfoil_statement_run (statement, error) && cfoil_database_exec (writer, "COMMIT", error))
    {
      cfoil_mirror_notify_changed (mirror);
      return TRUE;
    }
  if (cfoil_database_in_transaction (writer))
    cfoil_database_exec (writer, "ROLLBACK", NULL);
  return FALSE;
}

gboolean
cfoil_evidence_file_is_intact (CfoilMirror  *mirror,
                               const char   *sha256,
                               GCancellable *cancellable)
{
  g_autofree char *path = cfoil_evidence_file_dup_path (mirror, sha256);

  return path != NULL && cfoil_evidence_path_is_intact (path, sha256, cancellable);
}
