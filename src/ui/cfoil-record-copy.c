/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-record-copy.h"

#include "cfoil-record-text.h"
#include "cfoil-row-writer.h"

#define BATCH 1000

typedef struct
{
  CfoilRecordCopyFormat format;
  GArray *ids;     /* (owned): gint64 */
  GArray *fields;  /* (owned): CfoilField */
  GTimeZone *zone; /* (owned) */
} Copy;

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  g_array_unref (copy->ids);
  g_array_unref (copy->fields);
  g_time_zone_unref (copy->zone);
  g_free (copy);
}

static CfoilField
field_at (const Copy *copy,
          guint       i)
{
  return g_array_index (copy->fields, CfoilField, i);
}

static void
append_end (const Copy *copy,
            guint       i,
            GString    *text)
{
  g_string_append_c (text, i + 1 < copy->fields->len ? '\t' : '\n');
}

static void
append_titles (const Copy *copy,
               GString    *text)
{
  for (guint i = 0; i < copy->fields->len; i++)
    {
      g_string_append (text, cfoil_field_get_title (field_at (copy, i)));
      append_end (copy, i, text);
    }
}

static void
append_record (const Copy        *copy,
               const CfoilRecord *record,
               GString           *text)
{
  for (guint i = 0; i < copy->fields->len; i++)
    {
      g_autofree char *cell = cfoil_record_dup_plain (record, field_at (copy, i), copy->zone);

      g_string_append (text, cell);
      append_end (copy, i, text);
    }
}

static CfoilFieldSet
get_fields (const Copy *copy)
{
  CfoilFieldSet fields = 0;

  for (guint i = 0; i < copy->fields->len; i++)
    fields |= CFOIL_FIELD_BIT (field_at (copy, i));
  return cfoil_field_set_complete (fields);
}

static gpointer
copy_thread (CfoilDatabase *database,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Copy *copy = data;
  g_autoptr (GString) text = NULL;

  if (copy->format == CFOIL_RECORD_COPY_CSV)
    return cfoil_row_writer_to_text (database, copy->ids, copy->fields, copy->zone, cancellable, error);
  text = g_string_new (NULL);
  append_titles (copy, text);
  for (guint first = 0; first < copy->ids->len; first += BATCH)
    {
      g_autoptr (GPtrArray) records = NULL;

      records = cfoil_record_read (database, get_fields (copy), &g_array_index (copy->ids, gint64, first),
                                   MIN (BATCH, copy->ids->len - first), error);
      if (records == NULL)
        return NULL;
      for (guint i = 0; i < records->len; i++)
        append_record (copy, records->pdata[i], text);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
cfoil_record_copy_async (CfoilReader           *reader,
                         CfoilRecordCopyFormat  format,
                         GArray                *ids,
                         GArray                *fields,
                         GTimeZone             *zone,
                         GCancellable          *cancellable,
                         GAsyncReadyCallback    callback,
                         gpointer               user_data)
{
  Copy *copy = g_new0 (Copy, 1);

  copy->format = format;
  copy->ids = ids;
  copy->fields = fields;
  copy->zone = g_time_zone_ref (zone);
  cfoil_reader_run_async (reader, CFOIL_READER_QUERY, copy_thread, copy, copy_free, g_free,
                          cancellable, callback, user_data);
}

char *
cfoil_record_copy_finish (GAsyncResult *result,
                          GError      **error)
{
  return cfoil_reader_run_finish (result, error);
}
