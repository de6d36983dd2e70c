/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-private.h"
#include "cfoil-bank-value.h"

#include <string.h>

static void
sample_free (gpointer data)
{
  CfoilBankSample *self = data;

  g_free (self->reference);
  g_free (self->text);
  g_free (self->message);
  g_free (self);
}

static CfoilBankSample *
read_sample (const CfoilBankMapping *mapping,
             char                  **cells,
             guint                   line,
             CfoilBankRowBuffer     *buffer)
{
  CfoilBankSample *self = g_new0 (CfoilBankSample, 1);
  g_autoptr (GArray) fields = g_array_new (FALSE, TRUE, sizeof (CfoilCsvField));
  g_autoptr (GError) error = NULL;
  CfoilBankEntry entry = { 0 };

  self->line = line;
  for (guint i = 0; cells[i] != NULL; i++)
    {
      CfoilCsvField field = { cells[i], strlen (cells[i]) };

      g_array_append_val (fields, field);
    }
  /* Cells of a preview have no blanks around them. */
  self->is_skipped = mapping->date > fields->len || !_cfoil_bank_may_be_date (cells[mapping->date - 1]);
  if (self->is_skipped)
    return self;
  if (!_cfoil_bank_read_row (mapping, (const CfoilCsvField *) (gpointer) fields->data, fields->len, buffer, &entry, &error))
    {
      self->message = g_strdup (error->message);
      return self;
    }
  self->day = entry.day;
  self->amount_minor = entry.amount_minor;
  g_strlcpy (self->currency, entry.currency, sizeof self->currency);
  self->reference = g_strdup (entry.reference);
  self->text = g_strdup (entry.text);
  return self;
}

GPtrArray *
cfoil_bank_preview_read (const CfoilBankPreview *self,
                         const CfoilBankMapping *mapping,
                         guint                   n_rows,
                         GError                **error)
{
  g_autoptr (CfoilBankMapping) resolved = _cfoil_bank_resolve (mapping, self, error);
  g_autoptr (GString) reference = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  CfoilBankRowBuffer buffer = { .reference = reference, .text = text };
  GPtrArray *samples;

  if (resolved == NULL)
    return NULL;
  samples = g_ptr_array_new_with_free_func (sample_free);
  for (guint i = 0; i < MIN (n_rows, self->rows->len); i++)
    g_ptr_array_add (samples, read_sample (resolved, g_ptr_array_index (self->rows, i), g_array_index (self->lines, guint, i), &buffer));
  return samples;
}
