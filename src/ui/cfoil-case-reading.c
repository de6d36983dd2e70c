/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-reading.h"

#define TEMPLATE_KIND "template"

void
cfoil_case_reading_free (CfoilCaseReading *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->dossier, cfoil_dossier_unref);
  g_clear_pointer (&self->details, cfoil_details_unref);
  g_clear_pointer (&self->lessons, g_ptr_array_unref);
  g_clear_pointer (&self->templates, g_ptr_array_unref);
  g_free (self);
}

/* --- on the reader's thread --- */

static void
keep_templates (CfoilCaseReading *self,
                GPtrArray        *items,
                gboolean          of_any_reason)
{
  CfoilReason wanted = of_any_reason ? CFOIL_REASON_UNKNOWN : self->dossier->record->reason;

  if (!of_any_reason && wanted == CFOIL_REASON_UNKNOWN)
    return;
  for (guint i = 0; i < items->len; i++)
    {
      const CfoilLibraryItem *item = items->pdata[i];

      if (g_str_equal (item->kind, TEMPLATE_KIND) && item->reason == wanted)
        g_ptr_array_add (self->templates, cfoil_library_item_copy (item));
    }
}

static gboolean
read_lessons (CfoilCaseReading *self,
              CfoilDatabase    *database,
              GError          **error)
{
  const CfoilCase *record = self->dossier->record;
  GPtrArray *lessons;

  self->lessons = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_lesson_free);
  if (record->outcome == CFOIL_CASE_OUTCOME_NONE)
    return TRUE;
  lessons = cfoil_lessons_read (database, record->case_id, error);
  if (lessons == NULL)
    return FALSE;
  g_ptr_array_unref (self->lessons);
  self->lessons = lessons;
  return TRUE;
}

static gpointer
read_job (CfoilDatabase *database,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (CfoilCaseReading) self = g_new0 (CfoilCaseReading, 1);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) local = NULL;

  self->dossier = cfoil_dossier_read (database, *(gint64 *) data, error);
  if (self->dossier == NULL)
    return NULL;
  if (self->dossier->record->txn_id != 0)
    self->details = cfoil_details_read (database, self->dossier->record->txn_id, &local);
  if (local != NULL && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (!read_lessons (self, database, error))
    return NULL;
  items = cfoil_library_list (database, error);
  if (items == NULL)
    return NULL;
  self->templates = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_library_item_free);
  keep_templates (self, items, FALSE);
  keep_templates (self, items, TRUE);
  return g_steal_pointer (&self);
}

static gpointer
find_job (CfoilDatabase *database,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (CfoilCase) record = cfoil_case_find (database, data, error);

  return record != NULL ? g_memdup2 (&record->case_id, sizeof record->case_id) : NULL;
}

/* --- main thread --- */

void
cfoil_case_reading_read_async (CfoilReader         *reader,
                               gint64               case_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (CFOIL_IS_READER (reader));

  cfoil_reader_run_async (reader, CFOIL_READER_ROWS, read_job, g_memdup2 (&case_id, sizeof case_id), g_free,
                          (GDestroyNotify) cfoil_case_reading_free, cancellable, callback, user_data);
}

CfoilCaseReading *
cfoil_case_reading_read_finish (GAsyncResult *result,
                                GError      **error)
{
  return cfoil_reader_run_finish (result, error);
}

void
cfoil_case_find_async (CfoilReader         *reader,
                       const char          *id,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (CFOIL_IS_READER (reader));
  g_return_if_fail (id != NULL);

  cfoil_reader_run_async (reader, CFOIL_READER_ROWS, find_job, g_strdup (id), g_free, g_free, cancellable, callback, user_data);
}

gint64 *
cfoil_case_find_finish (GAsyncResult *result,
                        GError      **error)
{
  return cfoil_reader_run_finish (result, error);
}
