/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-job.h"

#include "cfoil-error.h"

#include <glib/gi18n.h>

CfoilBankJob *
cfoil_bank_job_new (CfoilContext *context)
{
  CfoilBankJob *self = g_new0 (CfoilBankJob, 1);

  self->context = g_object_ref (context);
  return self;
}

void
cfoil_bank_job_free (gpointer job)
{
  CfoilBankJob *self = job;

  g_object_unref (self->context);
  g_free (self->path);
  g_free (self->text);
  g_clear_pointer (&self->mapping, cfoil_bank_mapping_free);
  g_clear_pointer (&self->preview, cfoil_bank_preview_free);
  g_clear_pointer (&self->suggestion, cfoil_bank_mapping_free);
  g_free (self);
}

/* --- importing --- */

static void
report_bytes (guint64  done,
              guint64  total,
              gpointer operation)
{
  CfoilProgress progress = { .done = done, .total = total };

  cfoil_operation_report (&progress, operation);
}

/* The saved columns of a file like this one, as far as it has them. */
static CfoilBankMapping *
find_suggestion (CfoilMirror *mirror,
                 char       **header)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, NULL);
  g_autoptr (GPtrArray) mappings = reader != NULL ? cfoil_bank_mapping_list (reader, NULL) : NULL;
  CfoilBankMapping *found, *similar = NULL;

  if (mappings == NULL)
    return NULL;
  found = cfoil_bank_mapping_find (mappings, header, &similar);
  if (found == NULL)
    found = similar;
  return found != NULL ? cfoil_bank_mapping_adapt (found, header) : NULL;
}

static void
prepare_columns (CfoilBankJob *self,
                 CfoilMirror  *mirror,
                 GCancellable *cancellable)
{
  self->preview = cfoil_bank_preview_sync (self->path, self->mapping, cancellable, NULL);
  if (self->preview != NULL && self->preview->format != CFOIL_BANK_CSV)
    g_clear_pointer (&self->preview, cfoil_bank_preview_free);
  if (self->preview != NULL)
    self->suggestion = find_suggestion (mirror, self->preview->header);
}

gboolean
cfoil_bank_job_import (CfoilOperation *operation,
                       gpointer        data,
                       GCancellable   *cancellable,
                       GError        **error)
{
  CfoilBankJob *self = data;
  CfoilMirror *mirror = cfoil_context_get_mirror (self->context);
  GError *own = NULL;

  if (cfoil_bank_import_sync (mirror, self->path, self->mapping, report_bytes, operation, cancellable, &self->result, &own))
    return self->mapping == NULL || self->result.format != CFOIL_BANK_CSV || cfoil_bank_mapping_save_sync (mirror, self->mapping, error);
  if (self->mapping == NULL && own->domain == CFOIL_INPUT_ERROR)
    {
      prepare_columns (self, mirror, cancellable);
      self->asks_for_columns = g_error_matches (own, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_COLUMNS);
    }
  g_propagate_error (error, own);
  return FALSE;
}

gboolean
cfoil_bank_job_preview (CfoilOperation *operation,
                        gpointer        data,
                        GCancellable   *cancellable,
                        GError        **error)
{
  CfoilBankJob *self = data;

  self->preview = cfoil_bank_preview_sync (self->path, self->mapping, cancellable, error);
  if (self->preview == NULL || self->preview->format == CFOIL_BANK_CSV)
    return self->preview != NULL;
  g_clear_pointer (&self->preview, cfoil_bank_preview_free);
  g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ENCODING, _("In this encoding the file is no table; choose another one"));
  return FALSE;
}

/* --- the others --- */

gboolean
cfoil_bank_job_match (CfoilOperation *operation,
                      gpointer        data,
                      GCancellable   *cancellable,
                      GError        **error)
{
  CfoilBankJob *self = data;
  CfoilMirror *mirror = cfoil_context_get_mirror (self->context);

  if (self->id == 0)
    return cfoil_bank_match_sync (mirror, NULL, error);
  return cfoil_bank_match_set_sync (mirror, self->id, *self->text != '\0' ? self->text : NULL, error);
}

gboolean
cfoil_bank_job_remove (CfoilOperation *operation,
                       gpointer        data,
                       GCancellable   *cancellable,
                       GError        **error)
{
  CfoilBankJob *self = data;

  return cfoil_bank_statement_remove_sync (cfoil_context_get_mirror (self->context), self->id, error);
}

gboolean
cfoil_bank_job_forget (CfoilOperation *operation,
                       gpointer        data,
                       GCancellable   *cancellable,
                       GError        **error)
{
  CfoilBankJob *self = data;

  return cfoil_bank_mapping_remove_sync (cfoil_context_get_mirror (self->context), self->text, error);
}

/* --- the lists --- */

void
cfoil_bank_lists_free (CfoilBankLists *self)
{
  g_clear_pointer (&self->pairs, g_ptr_array_unref);
  g_clear_pointer (&self->statements, g_ptr_array_unref);
  g_clear_pointer (&self->mappings, g_ptr_array_unref);
  g_free (self);
}

gpointer
cfoil_bank_lists_read (CfoilDatabase *database,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  guint limit = GPOINTER_TO_UINT (data);
  CfoilBankLists *self = g_new0 (CfoilBankLists, 1);

  if ((self->pairs = cfoil_bank_match_list (database, CFOIL_BANK_ALL, limit, error)) != NULL &&
      (self->statements = cfoil_bank_statement_list (database, limit, error)) != NULL &&
      (self->mappings = cfoil_bank_mapping_list (database, error)) != NULL)
    return self;
  cfoil_bank_lists_free (self);
  return NULL;
}
