/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-export.h"

#include "cfoil-atomic-file.h"
#include "cfoil-currency.h"
#include "cfoil-digest.h"
#include "cfoil-error.h"
#include "cfoil-export-columns.h"
#include "cfoil-export-manifest.h"
#include "cfoil-row-writer.h"
#include "cfoil-time.h"

#include <locale.h>
#include <string.h>

#define FLUSH_AT (1024 * 1024)
#define PROGRESS_EVERY 20000

typedef struct
{
  const CfoilExportOptions *options;
  CfoilDatabase *reader; /* (owned) */
  CfoilAtomicFile *file;
  CfoilAtomicFile *manifest_file;
  CfoilDigest *digest;
  GString *buffer;
  GTimeZone *zone;
  CfoilCellWriter *cells;
  GArray *columns; /* (element-type CfoilExportColumn) */
  CfoilExportManifest manifest;
  CfoilExportProgressFunc progress;
  gpointer user_data;
  GCancellable *cancellable;
  guint64 n_rows;
  guint64 n_rows_expected;
  guint64 n_bytes;
} Export;

static gboolean
flush (Export  *self,
       GError **error)
{
  if (self->buffer->len == 0)
    return TRUE;
  cfoil_digest_update (self->digest, self->buffer->str, self->buffer->len);
  if (!cfoil_atomic_file_write (self->file, self->buffer->str, self->buffer->len, error))
    return FALSE;
  self->n_bytes += self->buffer->len;
  g_string_truncate (self->buffer, 0);
  cfoil_cell_writer_restart (self->cells);
  return TRUE;
}

static void
append_header (Export *self)
{
  if (self->options->profile == CFOIL_EXPORT_EXCEL)
    g_string_append (self->buffer, "\xef\xbb\xbf");
  cfoil_row_writer_append_header (self->cells, self->columns);
}

static gboolean
end_row (Export  *self,
         GError **error)
{
  self->n_rows++;
  if (self->n_rows % PROGRESS_EVERY == 0)
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (self->progress != NULL)
        self->progress (self->n_rows, self->n_rows_expected, self->user_data);
    }
  return self->buffer->len < FLUSH_AT || flush (self, error);
}

/* --- transactions --- */

static gboolean
append_transaction (Export         *self,
                    CfoilRowReader *rows,
                    GError        **error)
{
  cfoil_row_writer_append (self->cells, self->columns, rows);
  return end_row (self, error);
}

static gboolean
write_all (Export         *self,
           CfoilRowReader *rows,
           GError        **error)
{
  CfoilStep step;

  while ((step = cfoil_row_reader_next (rows, error)) == CFOIL_STEP_ROW)
    if (!append_transaction (self, rows, error))
      return FALSE;
  return step == CFOIL_STEP_DONE;
}

static gboolean
write_ids (Export         *self,
           CfoilRowReader *rows,
           const GArray   *ids,
           GError        **error)
{
  for (guint i = 0; i < ids->len; i++)
    if (!cfoil_row_writer_find (rows, g_array_index (ids, gint64, i), error) || !append_transaction (self, rows, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_totals (const GArray *totals,
              GError      **error)
{
  for (guint i = 0; i < totals->len; i++)
    {
      const CfoilTotal *total = &g_array_index (totals, CfoilTotal, i);

      if (total->is_overflown)
        {
          g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_RANGE,
                       "The total in %s is larger than can be counted", total->currency);
          return FALSE;
        }
    }
  return TRUE;
}

/* Which rows, and what they add up to.  *IDS NULL: all. */
static gboolean
find_rows (Export  *self,
           GArray **ids,
           GError **error)
{
  static const CfoilSort oldest_first = { CFOIL_FIELD_TIME, TRUE };
  const CfoilExportOptions *options = self->options;
  CfoilScanTime time = { self->zone, options->now_us != 0 ? options->now_us : cfoil_time_now_us () };
  g_autoptr (CfoilScanResult) result = NULL;

  *ids = NULL;
  self->manifest.query = cfoil_query_parse (options->query);
  self->manifest.now_us = time.now_us;
  if (options->ids != NULL)
    {
      *ids = g_array_ref ((GArray *) options->ids);
      self->manifest.totals = cfoil_scan_totals_of (self->reader, (const gint64 *) (gpointer) options->ids->data,
                                                    options->ids->len, self->cancellable, error);
      self->n_rows_expected = options->ids->len;
      return self->manifest.totals != NULL;
    }
  result = cfoil_scan (self->reader, NULL, self->manifest.query, options->sort != NULL ? options->sort : &oldest_first, &time,
                       self->cancellable, error);
  if (result == NULL)
    return FALSE;
  self->n_rows_expected = result->ids->len;
  self->manifest.totals = g_steal_pointer (&result->totals);
  /* The table itself gives all rows faster, and those of one moment by their names. */
  if (options->sort != NULL || cfoil_query_get_n_terms (self->manifest.query) > 0)
    *ids = g_steal_pointer (&result->ids);
  return TRUE;
}

static gboolean
write_transactions (Export  *self,
                    GError **error)
{
  g_autoptr (CfoilRowReader) rows = NULL;
  g_autoptr (GArray) ids = NULL;

  if (!find_rows (self, &ids, error) || !check_totals (self->manifest.totals, error) ||
      (rows = cfoil_row_writer_open_rows (self->reader, self->columns, error)) == NULL)
    return FALSE;
  append_header (self);
  if (!(ids != NULL ? write_ids (self, rows, ids, error) : write_all (self, rows, error)))
    return FALSE;
  if (self->n_rows == self->n_rows_expected)
    return flush (self, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "The mirror: the columns that are kept for searching do not fit its rows");
  return FALSE;
}

/* --- the other tables --- */

/* The first columns of the statement are for all rows. */
enum
{
  PLACE_CURRENCY,
  PLACE_SUM,
};

static void
take_value (CfoilRowValue           *value,
            const CfoilExportColumn *column,
            CfoilStatement          *row,
            int                      place)
{
  *value = (CfoilRowValue){ .number = CFOIL_UNKNOWN };
  if (column->sql == NULL)
    return;
  if (column->kind == CFOIL_EXPORT_COLUMN_TEXT || column->kind == CFOIL_EXPORT_COLUMN_WORD)
    {
      value->text = cfoil_statement_column_text (row, place);
      value->length = value->text != NULL ? cfoil_statement_column_length (row, place) : 0;
    }
  else
    value->number = cfoil_statement_column_int64 (row, place);
}

/* A currency that we do not know: the whole minor units, never a guess. */
static int
exponent_of (const char *currency)
{
  return currency != NULL ? MAX (cfoil_currency_exponent (currency), 0) : 0;
}

static gboolean
append_row (Export         *self,
            CfoilStatement *row,
            const int      *places,
            GError        **error)
{
  const char *currency = cfoil_statement_column_text (row, PLACE_CURRENCY);
  int exponent = exponent_of (currency);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const CfoilExportColumn *column = &g_array_index (self->columns, CfoilExportColumn, i);
      CfoilRowValue value;

      take_value (&value, column, row, places[i]);
      cfoil_cell_writer_append (self->cells, column, &value, exponent);
    }
  cfoil_cell_writer_end_line (self->cells);
  return cfoil_export_sums_add (self->manifest.sums, currency, cfoil_statement_column_int64 (row, PLACE_SUM), error) &&
         end_row (self, error);
}

/* Tells in PLACES where the statement has each column.  What the definition names
 * twice is asked for once. */
static char *
build_sql (const CfoilExportDefinition *definition,
           int                         *places)
{
  g_autoptr (GPtrArray) terms = g_ptr_array_new ();
  g_autofree char *list = NULL;

  g_ptr_array_add (terms, (gpointer) definition->currency);
  g_ptr_array_add (terms, (gpointer) definition->sum);
  for (guint i = 0; i < definition->n_columns; i++)
    {
      const char *sql = definition->columns[i].sql;
      guint place;

      if (sql == NULL)
        places[i] = -1;
      else
        {
          if (!g_ptr_array_find_with_equal_func (terms, sql, g_str_equal, &place))
            {
              place = terms->len;
              g_ptr_array_add (terms, (gpointer) sql);
            }
          places[i] = (int) place;
        }
    }
  g_ptr_array_add (terms, NULL);
  list = g_strjoinv (", ", (char **) terms->pdata);
  return g_strdup_printf ("SELECT %s %s", list, definition->from);
}

static gboolean
write_table (Export  *self,
             GError **error)
{
  const CfoilExportDefinition *definition = cfoil_export_definition (self->options->table);
  g_autofree int *places = g_new0 (int, definition->n_columns);
  g_autofree char *sql = build_sql (definition, places);
  g_autoptr (CfoilStatement) rows = NULL;
  gint64 total = 0;
  CfoilStep step;

  if (!cfoil_database_get_int64 (self->reader, definition->count, &total, error) ||
      (rows = cfoil_database_prepare (self->reader, sql, error)) == NULL)
    return FALSE;
  self->n_rows_expected = (guint64) total;
  self->manifest.sums = cfoil_export_sums_new ();
  self->manifest.sum_name = definition->sum_name;
  append_header (self);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    if (!append_row (self, rows, places, error))
      return FALSE;
  return step == CFOIL_STEP_DONE && flush (self, error);
}

/* --- all of them --- */

/* GLib would take any path for a zone's file. */
static gboolean
may_be_zone (const char *name)
{
  return strchr ("/.", *name) == NULL && !g_ascii_islower (*name) &&
         strspn (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-:/") == strlen (name);
}

GTimeZone *
cfoil_export_open_zone (const char *name,
                        GError    **error)
{
  GTimeZone *zone = NULL;

  if (name == NULL || *name == '\0')
    return g_time_zone_new_local ();
  if (may_be_zone (name))
    zone = g_time_zone_new_identifier (name);
  if (zone == NULL)
    {
      g_autofree char *valid = g_utf8_make_valid (name, -1);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "There is no time zone “%s”; use a name such as Europe/Berlin or UTC", valid);
    }
  return zone;
}

static void
choose_format (Export *self)
{
  const struct lconv *locale = localeconv ();
  char separator = ',', decimal_mark = '.';

  /* Where the comma divides decimals, spreadsheets divide cells by ';'. */
  if (self->options->profile == CFOIL_EXPORT_EXCEL && strcmp (locale->decimal_point, ",") == 0)
    {
      decimal_mark = ',';
      separator = ';';
    }
  self->cells = cfoil_cell_writer_new (self->buffer, self->options->profile, separator, decimal_mark, self->zone);
}

static gboolean
choose_columns (Export  *self,
                GError **error)
{
  g_autoptr (GArray) fields = NULL;

  if (self->options->table != CFOIL_EXPORT_TRANSACTIONS)
    {
      const CfoilExportDefinition *definition = cfoil_export_definition (self->options->table);

      self->columns = g_array_new (FALSE, FALSE, sizeof (CfoilExportColumn));
      g_array_append_vals (self->columns, definition->columns, definition->n_columns);
      return TRUE;
    }
  if (self->options->columns != NULL && (fields = cfoil_export_columns_parse (self->options->columns, error)) == NULL)
    return FALSE;
  self->columns = cfoil_export_columns_of_fields (fields);
  return TRUE;
}

static gboolean
write_rows (Export  *self,
            GError **error)
{
  return self->options->table == CFOIL_EXPORT_TRANSACTIONS ? write_transactions (self, error) : write_table (self, error);
}

static gboolean
run (Export            *self,
     CfoilExportResult *result,
     GError           **error)
{
  g_autofree char *manifest = NULL;

  /* One snapshot for rows, sums and manifest. */
  if (!cfoil_database_exec (self->reader, "BEGIN", error) || !write_rows (self, error))
    return FALSE;
  result->n_rows = self->n_rows;
  result->n_bytes = self->n_bytes;
  cfoil_digest_finish (self->digest, result->sha256);

  self->manifest.columns = self->columns;
  self->manifest.zone = self->zone;
  manifest = cfoil_export_manifest_build (&self->manifest, self->reader, self->options, result, error);
  if (manifest == NULL || !cfoil_database_exec (self->reader, "COMMIT", error))
    return FALSE;
  /* Whenever it ends, no table stands beside a manifest of another. */
  return cfoil_atomic_file_write (self->manifest_file, manifest, strlen (manifest), error) &&
         cfoil_atomic_file_write (self->manifest_file, "\n", 1, error) &&
         cfoil_atomic_file_remove_old (self->manifest_file, error) &&
         cfoil_atomic_file_commit (self->file, error) &&
         cfoil_atomic_file_commit (self->manifest_file, error);
}

static gboolean
open_files (Export  *self,
            GError **error)
{
  self->file = cfoil_atomic_file_new (self->options->path, self->options->overwrite, error);
  if (self->file != NULL)
    self->manifest_file = cfoil_export_manifest_open (self->options->path, self->options->overwrite, error);
  return self->manifest_file != NULL;
}

static void
clear (Export *self)
{
  g_clear_pointer (&self->file, cfoil_atomic_file_free);
  g_clear_pointer (&self->manifest_file, cfoil_atomic_file_free);
  cfoil_export_manifest_clear (&self->manifest);
  g_clear_pointer (&self->cells, cfoil_cell_writer_free);
  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_string_free (self->buffer, TRUE);
  cfoil_digest_free (self->digest);
  g_clear_pointer (&self->reader, cfoil_database_close);
}

gboolean
cfoil_export_sync (CfoilMirror              *mirror,
                   const CfoilExportOptions *options,
                   CfoilExportProgressFunc   progress,
                   gpointer                  user_data,
                   GCancellable             *cancellable,
                   CfoilExportResult        *result,
                   GError                  **error)
{
  Export self = { .options = options, .progress = progress, .user_data = user_data, .cancellable = cancellable };
  gboolean ok;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);

  *result = (CfoilExportResult){ 0 };
  self.digest = cfoil_digest_new ();
  self.buffer = g_string_sized_new (FLUSH_AT + 64 * 1024);
  ok = (self.zone = cfoil_export_open_zone (options->time_zone, error)) != NULL && choose_columns (&self, error) &&
       (self.reader = cfoil_mirror_open_reader (mirror, error)) != NULL;
  if (ok)
    {
      choose_format (&self);
      cfoil_database_set_cancellable (self.reader, cancellable);
      ok = open_files (&self, error) && run (&self, result, error);
    }
  clear (&self);
  return ok;
}
