/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-library-change.h"

#include "cfoil-evidence-file.h"

typedef struct
{
  CfoilMirror *mirror;    /* (owned) */
  CfoilLibraryItem *item; /* (owned) */
  GFile *file;            /* (owned) (nullable) */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_object_unref (change->mirror);
  cfoil_library_item_free (change->item);
  g_clear_object (&change->file);
  g_free (change);
}

static GTask *
make_task (CfoilMirror            *mirror,
           const CfoilLibraryItem *item,
           GFile                  *file,
           GAsyncReadyCallback     callback,
           gpointer                user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Change *change = g_new0 (Change, 1);

  change->mirror = g_object_ref (mirror);
  change->item = cfoil_library_item_copy (item);
  g_set_object (&change->file, file);
  g_task_set_task_data (task, change, change_free);
  return task;
}

static gboolean
keep_file (Change        *change,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (CfoilEvidenceFile) kept = NULL;
  g_autofree char *name = NULL;

  if (change->file == NULL)
    return TRUE;
  kept = cfoil_evidence_file_keep (change->mirror, change->file, cancellable, error);
  if (kept == NULL)
    return FALSE;
  name = g_file_get_basename (change->file);
  g_free (change->item->sha256);
  change->item->sha256 = g_strdup (kept->sha256);
  g_free (change->item->file_name);
  change->item->file_name = cfoil_evidence_clean_name (name != NULL ? name : "");
  return TRUE;
}

static void
put_in_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Change *change = task_data;
  GError *error = NULL;

  if (!keep_file (change, cancellable, &error) || !cfoil_library_put (change->mirror, change->item, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, cfoil_library_item_copy (change->item), (GDestroyNotify) cfoil_library_item_free);
}

void
cfoil_library_change_put_async (CfoilMirror            *mirror,
                                const CfoilLibraryItem *item,
                                GFile                  *file,
                                GAsyncReadyCallback     callback,
                                gpointer                user_data)
{
  g_autoptr (GTask) task = make_task (mirror, item, file, callback, user_data);

  g_task_set_source_tag (task, cfoil_library_change_put_async);
  g_task_run_in_thread (task, put_in_thread);
}

CfoilLibraryItem *
cfoil_library_change_put_finish (GAsyncResult *result,
                                 GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
remove_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  Change *change = task_data;
  GError *error = NULL;

  if (cfoil_library_remove (change->mirror, change->item->item_id, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
cfoil_library_change_remove_async (CfoilMirror         *mirror,
                                   gint64               item_id,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (CfoilLibraryItem) item = cfoil_library_item_new ();
  g_autoptr (GTask) task = NULL;

  item->item_id = item_id;
  task = make_task (mirror, item, NULL, callback, user_data);
  g_task_set_source_tag (task, cfoil_library_change_remove_async);
  g_task_run_in_thread (task, remove_in_thread);
}

gboolean
cfoil_library_change_remove_finish (GAsyncResult *result,
                                    GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
