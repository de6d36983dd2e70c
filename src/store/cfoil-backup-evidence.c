/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-backup-evidence.h"

#include "cfoil-evidence-copy.h"
#include "cfoil-evidence-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* The same file may be kept once more while it is read. */
#define MAX_TRIES 3

struct _CfoilBackupEvidence
{
  CfoilMirror *mirror; /* (owned) */
  char *folder;        /* (owned) */
  gboolean is_made;    /* the folder, by us */
  GPtrArray *brought;  /* (owned): char *, paths of files */
};

/* A copy that is called as the mirror is has its evidence beside it as the mirror has. */
static char *
dup_folder (const char *target)
{
  g_autofree char *parent = g_path_get_dirname (target);
  g_autofree char *name = g_path_get_basename (target);
  g_autofree char *folder = NULL;

  if (g_str_equal (name, "mirror.sqlite"))
    return g_build_filename (parent, "evidence", NULL);
  folder = g_strconcat (name, ".evidence", NULL);
  return g_build_filename (parent, folder, NULL);
}

CfoilBackupEvidence *
cfoil_backup_evidence_new (CfoilMirror *mirror,
                           const char  *target)
{
  CfoilBackupEvidence *self = g_new0 (CfoilBackupEvidence, 1);

  self->mirror = g_object_ref (mirror);
  self->folder = dup_folder (target);
  self->brought = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
cfoil_backup_evidence_free (CfoilBackupEvidence *self)
{
  g_object_unref (self->mirror);
  g_free (self->folder);
  g_ptr_array_unref (self->brought);
  g_free (self);
}

void
cfoil_backup_evidence_undo (CfoilBackupEvidence *self)
{
  for (guint i = 0; i < self->brought->len; i++)
    g_unlink (g_ptr_array_index (self->brought, i));
  if (self->is_made)
    g_rmdir (self->folder);
}

static GPtrArray *
list_files (const char *copy,
            GError    **error)
{
  g_autoptr (CfoilDatabase) database = cfoil_database_open (copy, CFOIL_DATABASE_READ_ONLY, error);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  rows = database != NULL ? cfoil_database_prepare (database, "SELECT sha256 FROM evidence_file ORDER BY sha256", error) : NULL;
  if (rows == NULL)
    return NULL;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    g_ptr_array_add (files, g_strdup (cfoil_statement_column_text (rows, 0)));
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&files) : NULL;
}

static gboolean
make_folder (CfoilBackupEvidence *self,
             GError             **error)
{
  self->is_made = g_mkdir (self->folder, 0700) == 0;
  if (self->is_made || (errno == EEXIST && g_file_test (self->folder, G_FILE_TEST_IS_DIR)))
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Cannot make the folder %s: %s", self->folder, g_strerror (errno));
  return FALSE;
}

/* The file as it should be, or a mistake that is no reason to have no copy at all. */
static gboolean
is_lost (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE) ||
         (error->domain != G_IO_ERROR);
}

static gboolean
bring_file (CfoilBackupEvidence *self,
            const char          *sha256,
            GCancellable        *cancellable,
            CfoilBackupResult   *result,
            GError             **error)
{
  g_autofree char *source = cfoil_evidence_file_dup_path (self->mirror, sha256);
  g_autofree char *path = g_build_filename (self->folder, sha256, NULL);
  g_autoptr (CfoilEvidenceCopy) copy = NULL;
  g_autoptr (GError) local = NULL;
  gboolean is_new;

  /* One of an earlier copy. */
  if (cfoil_evidence_path_is_intact (path, sha256, cancellable))
    {
      result->n_files++;
      return TRUE;
    }
  for (guint i = 0; i < MAX_TRIES && copy == NULL && (i == 0 || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_FAILED)); i++)
    {
      g_clear_error (&local);
      copy = cfoil_evidence_copy_file (self->folder, source, cancellable, &local);
    }
  if (copy == NULL ? is_lost (local) : !g_str_equal (copy->sha256, sha256))
    {
      g_message ("The file %s is damaged or lost and not in the copy", source);
      result->n_missing++;
      return TRUE;
    }
  if (copy == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!cfoil_evidence_copy_give_name (copy, path, &is_new, error))
    return FALSE;
  if (is_new)
    g_ptr_array_add (self->brought, g_steal_pointer (&path));
  result->n_files++;
  return TRUE;
}

gboolean
cfoil_backup_evidence_copy (CfoilBackupEvidence *self,
                            const char          *copy,
                            GCancellable        *cancellable,
                            CfoilBackupResult   *result,
                            GError             **error)
{
  g_autoptr (GPtrArray) files = list_files (copy, error);

  if (files == NULL || (files->len > 0 && !make_folder (self, error)))
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !bring_file (self, g_ptr_array_index (files, i), cancellable, result, error))
      return FALSE;
  return TRUE;
}
