/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-export.h"

#include "cfoil-atomic-file.h"
#include "cfoil-csv-writer.h"
#include "cfoil-currency.h"
#include "cfoil-digest.h"
#include "cfoil-export-columns.h"
#include "cfoil-export-manifest.h"
#include "cfoil-money.h"
#include "cfoil-time.h"

#include <locale.h>
#include <string.h>

#define FLUSH_AT (1024 * 1024)
#define PROGRESS_EVERY 20000

typedef struct
{
  const CfoilExportDefinition *definition;
  CfoilExportProfile profile;
  CfoilAtomicFile *file;
  CfoilDigest *digest;
  GString *buffer;
  GTimeZone *zone;
  const char *zone_name;
  CfoilExportTotals *totals;
  char separator;
  char decimal_mark;
  guint64 n_rows;
  guint64 n_bytes;
  /* the UTC offset found last, and how long it holds */
  gint64 offset_from_us;
  gint64 offset_until_us;
  int offset_seconds;
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
  return TRUE;
}

static void
end_line (Export *self)
{
  g_string_append (self->buffer, self->profile == CFOIL_EXPORT_EXCEL ? "\r\n" : "\n");
}

static void
append_header (Export *self)
{
  if (self->profile == CFOIL_EXPORT_EXCEL)
    g_string_append (self->buffer, "\xef\xbb\xbf");
  for (guint i = 0; i < self->definition->n_columns; i++)
    {
      if (i > 0)
        g_string_append_c (self->buffer, self->separator);
      g_string_append (self->buffer, self->definition->columns[i].name);
    }
  end_line (self);
}

static void
append_money (Export     *self,
              gint64      minor,
              const char *currency)
{
  char text[CFOIL_MONEY_BUFFER];
  int exponent = currency != NULL ? cfoil_currency_exponent (currency) : -1;
  gsize length;

  /* A currency that we do not know: the whole minor units, never a guess. */
  length = cfoil_money_format (text, minor, MAX (exponent, 0));
  if (self->decimal_mark != '.')
    {
      char *point = memchr (text, '.', length);

      if (point != NULL)
        *point = self->decimal_mark;
    }
  g_string_append_len (self->buffer, text, length);
}

/* GTimeZone thinks in seconds of an interval; a million rows lie in a few. */
static int
find_offset (Export *self,
             gint64  us)
{
  if (us < self->offset_from_us || us >= self->offset_until_us)
    {
      gint64 seconds = us / G_USEC_PER_SEC;
      gint64 hour_us = seconds / 900 * 900 * G_USEC_PER_SEC;
      int interval = g_time_zone_find_interval (self->zone, G_TIME_TYPE_UNIVERSAL, seconds);

      self->offset_seconds = g_time_zone_get_offset (self->zone, interval);
      /* Zones change on quarter hours. */
      self->offset_from_us = hour_us;
      self->offset_until_us = hour_us + 900 * G_USEC_PER_SEC;
    }
  return self->offset_seconds;
}

static void
append_time (Export  *self,
             gint64   us,
             gboolean is_local)
{
  char text[CFOIL_TIME_BUFFER];
  int offset = is_local ? find_offset (self, us) : 0;
  gsize length = cfoil_time_format_iso (text, us + (gint64) offset * G_USEC_PER_SEC);

  if (!is_local)
    {
      g_string_append_len (self->buffer, text, length);
      return;
    }
  g_string_append_len (self->buffer, text, length - 1); /* without its Z */
  g_string_append_c (self->buffer, offset < 0 ? '-' : '+');
  offset = ABS (offset) / 60;
  g_string_append_c (self->buffer, '0' + offset / 600);
  g_string_append_c (self->buffer, '0' + offset / 60 % 10);
  g_string_append_c (self->buffer, ':');
  g_string_append_c (self->buffer, '0' + offset % 60 / 10);
  g_string_append_c (self->buffer, '0' + offset % 10);
}

static void
append_cell (Export                  *self,
             const CfoilExportColumn *column,
             CfoilStatement          *row,
             int                      i,
             const char              *currency)
{
  if (column->kind == CFOIL_COLUMN_ZONE)
    {
      cfoil_csv_append_text (self->buffer, self->zone_name, strlen (self->zone_name), self->separator, FALSE);
      return;
    }
  if (cfoil_statement_column_type (row, i) == CFOIL_VALUE_NULL)
    return;

  switch (column->kind)
    {
    case CFOIL_COLUMN_MONEY:
      append_money (self, cfoil_statement_column_int64 (row, i), currency);
      break;
    case CFOIL_COLUMN_TIME_UTC:
      append_time (self, cfoil_statement_column_int64 (row, i), FALSE);
      break;
    case CFOIL_COLUMN_TIME_LOCAL:
      append_time (self, cfoil_statement_column_int64 (row, i), TRUE);
      break;
    case CFOIL_COLUMN_INTEGER:
      g_string_append (self->buffer, cfoil_statement_column_text (row, i));
      break;
    case CFOIL_COLUMN_TEXT:
    case CFOIL_COLUMN_CODE:
    case CFOIL_COLUMN_ZONE:
    default:
      {
        const char *text = cfoil_statement_column_text (row, i);

        cfoil_csv_append_text (self->buffer, text, cfoil_statement_column_length (row, i),
                               self->separator, column->kind == CFOIL_COLUMN_TEXT);
      }
      break;
    }
}

/* Columns of the statement: currency, sum, then those of the definition. */
#define FIRST_COLUMN 2

static gboolean
append_row (Export         *self,
            CfoilStatement *row,
            GError        **error)
{
  const char *currency = cfoil_statement_column_text (row, 0);

  for (guint i = 0; i < self->definition->n_columns; i++)
    {
      if (i > 0)
        g_string_append_c (self->buffer, self->separator);
      append_cell (self, &self->definition->columns[i], row, FIRST_COLUMN + (int) i, currency);
    }
  end_line (self);
  self->n_rows++;
  return cfoil_export_totals_add (self->totals, currency, cfoil_statement_column_int64 (row, 1), error);
}

static char *
build_sql (const CfoilExportDefinition *definition)
{
  GString *sql = g_string_new ("SELECT ");

  g_string_append_printf (sql, "%s, %s", definition->currency, definition->sum);
  for (guint i = 0; i < definition->n_columns; i++)
    g_string_append_printf (sql, ", %s", definition->columns[i].sql != NULL ? definition->columns[i].sql : "NULL");
  g_string_append_printf (sql, " %s", definition->from);
  return g_string_free (sql, FALSE);
}

static gboolean
write_rows (Export                 *self,
            CfoilDatabase          *reader,
            CfoilExportProgressFunc progress,
            gpointer                user_data,
            GCancellable           *cancellable,
            GError                **error)
{
  g_autofree char *sql = build_sql (self->definition);
  g_autoptr (CfoilStatement) rows = NULL;
  gint64 total = 0;
  CfoilStep step = CFOIL_STEP_DONE;
  gboolean ok = TRUE;

  if (!cfoil_database_get_int64 (reader, self->definition->count, &total, error) ||
      (rows = cfoil_database_prepare (reader, sql, error)) == NULL)
    return FALSE;
  append_header (self);
  while (ok && (step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      ok = append_row (self, rows, error) &&
           (self->buffer->len < FLUSH_AT || flush (self, error));
      if (ok && self->n_rows % PROGRESS_EVERY == 0)
        {
          ok = !g_cancellable_set_error_if_cancelled (cancellable, error);
          if (progress != NULL)
            progress (self->n_rows, (guint64) total, user_data);
        }
    }
  g_clear_pointer (&rows, cfoil_statement_free);
  return ok && step == CFOIL_STEP_DONE && flush (self, error);
}

/* GLib would take any path for a zone's file. */
static gboolean
may_be_zone (const char *name)
{
  return strchr ("/.", *name) == NULL && !g_ascii_islower (*name) &&
         strspn (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-:/") == strlen (name);
}

static gboolean
choose_format (Export                   *self,
               const CfoilExportOptions *options,
               GError                  **error)
{
  self->separator = ',';
  self->decimal_mark = '.';
  if (options->profile == CFOIL_EXPORT_EXCEL)
    {
      const struct lconv *locale = localeconv ();

      /* Where the comma divides decimals, spreadsheets divide cells by ';'. */
      if (strcmp (locale->decimal_point, ",") == 0)
        {
          self->decimal_mark = ',';
          self->separator = ';';
        }
    }

  if (options->time_zone == NULL || *options->time_zone == '\0')
    self->zone = g_time_zone_new_local ();
  else if (may_be_zone (options->time_zone))
    self->zone = g_time_zone_new_identifier (options->time_zone);
  if (self->zone == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "There is no time zone “%s”; use a name such as Europe/Berlin or UTC", options->time_zone);
      return FALSE;
    }
  self->zone_name = g_time_zone_get_identifier (self->zone);
  return TRUE;
}

static gboolean
run (Export                   *self,
     CfoilDatabase            *reader,
     const CfoilExportOptions *options,
     CfoilExportProgressFunc   progress,
     gpointer                  user_data,
     GCancellable             *cancellable,
     CfoilExportResult        *result,
     GError                  **error)
{
  g_autofree char *manifest = NULL;

  /* One snapshot for rows, count and manifest. */
  if (!cfoil_database_exec (reader, "BEGIN", error) ||
      !write_rows (self, reader, progress, user_data, cancellable, error))
    return FALSE;
  result->n_rows = self->n_rows;
  result->n_bytes = self->n_bytes;
  cfoil_digest_finish (self->digest, result->sha256);

  manifest = cfoil_export_manifest_build (reader, options, self->definition, self->zone_name, self->totals, result, error);
  if (manifest == NULL || !cfoil_database_exec (reader, "COMMIT", error))
    return FALSE;
  return cfoil_atomic_file_commit (self->file, error) &&
         cfoil_export_manifest_write (options->path, manifest, error);
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
  g_autoptr (CfoilDatabase) reader = NULL;
  Export self = { .definition = cfoil_export_definition (options->table), .profile = options->profile };
  gboolean ok;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);

  *result = (CfoilExportResult){ 0 };
  if (!choose_format (&self, options, error))
    return FALSE;
  self.digest = cfoil_digest_new ();
  self.buffer = g_string_sized_new (FLUSH_AT + 64 * 1024);
  self.totals = cfoil_export_totals_new ();

  reader = cfoil_mirror_open_reader (mirror, error);
  ok = reader != NULL;
  if (ok)
    {
      cfoil_database_set_cancellable (reader, cancellable);
      self.file = cfoil_atomic_file_new (options->path, options->overwrite, error);
      ok = self.file != NULL &&
           run (&self, reader, options, progress, user_data, cancellable, result, error);
    }

  g_clear_pointer (&self.file, cfoil_atomic_file_free);
  cfoil_export_totals_free (self.totals);
  g_string_free (self.buffer, TRUE);
  cfoil_digest_free (self.digest);
  g_time_zone_unref (self.zone);
  return ok;
}
