/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-record-copy.h"

#include "cfoil-record-columns.h"

#define BATCH 1000

typedef struct
{
  GArray *ids;     /* (owned): gint64 */
  GTimeZone *zone; /* (owned) */
  guint n_columns;
} Copy;

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  g_array_unref (copy->ids);
  g_time_zone_unref (copy->zone);
  g_free (copy);
}

static void
append_record (Copy              *copy,
               const CfoilRecord *record,
               GString           *text)
{
  for (guint i = 0; i < copy->n_columns; i++)
    {
      g_autofree char *cell = cfoil_column_dup_text (i, record, copy->zone, TRUE);

      g_string_append (text, cell);
      g_string_append_c (text, i + 1 < copy->n_columns ? '\t' : '\n');
    }
}

static gpointer
copy_thread (CfoilDatabase *database,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Copy *copy = data;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < copy->n_columns; i++)
    g_string_append_printf (text, "%s%c", cfoil_column_get_title (i), i + 1 < copy->n_columns ? '\t' : '\n');
  for (guint first = 0; first < copy->ids->len; first += BATCH)
    {
      g_autoptr (GPtrArray) records = NULL;

      records = cfoil_record_read (database, &g_array_index (copy->ids, gint64, first),
                                   MIN (BATCH, copy->ids->len - first), error);
      if (records == NULL)
        return NULL;
      for (guint i = 0; i < records->len; i++)
        append_record (copy, records->pdata[i], text);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
cfoil_record_copy_async (CfoilReader         *reader,
                         GArray              *ids,
                         GTimeZone           *zone,
                         gboolean             with_account,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Copy *copy = g_new0 (Copy, 1);

  copy->ids = ids;
  copy->zone = g_time_zone_ref (zone);
  copy->n_columns = with_account ? CFOIL_N_COLUMNS : CFOIL_COLUMN_ACCOUNT;
  cfoil_reader_run_async (reader, CFOIL_READER_QUERY, copy_thread, copy, copy_free, g_free,
                          cancellable, callback, user_data);
}

char *
cfoil_record_copy_finish (GAsyncResult *result,
                          GError      **error)
{
  return cfoil_reader_run_finish (result, error);
}
