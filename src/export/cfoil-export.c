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
#include "cfoil-types.h"

#include <locale.h>
#include <string.h>

#define FLUSH_AT (1024 * 1024)
#define PROGRESS_EVERY 20000

typedef struct
{
  const CfoilExportDefinition *definition;
  CfoilExportProfile profile;
  CfoilAtomicFile *file;
  CfoilAtomicFile *manifest_file;
  CfoilDigest *digest;
  GString *buffer;
  GTimeZone *zone;
  const char *zone_name;
  CfoilExportTotals *totals;
  char separator;
  char decimal_mark;
  gboolean is_special[256]; /* bytes for which a cell may need quotes */
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

/* Room for N bytes more; where to write them.  end_write () says where they end. */
static char *
begin_write (Export *self,
             gsize   n)
{
  gsize length = self->buffer->len;

  if (self->buffer->allocated_len - length <= n)
    {
      g_string_set_size (self->buffer, length + n);
      self->buffer->len = length;
    }
  return self->buffer->str + length;
}

static void
end_write (Export *self,
           char   *end)
{
  self->buffer->len = (gsize) (end - self->buffer->str);
}

static void
append_money (Export *self,
              gint64  minor,
              int     exponent)
{
  char *text = begin_write (self, CFOIL_MONEY_BUFFER);
  gsize length = cfoil_money_format (text, minor, exponent);

  if (self->decimal_mark != '.')
    {
      char *point = memchr (text, '.', length);

      if (point != NULL)
        *point = self->decimal_mark;
    }
  end_write (self, text + length);
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
append_time_utc (Export *self,
                 gint64  us)
{
  char *text = begin_write (self, CFOIL_TIME_BUFFER);

  end_write (self, text + cfoil_time_format_iso (text, us));
}

static void
append_time_local (Export *self,
                   gint64  us)
{
  int offset = cfoil_time_is_in_calendar (us) ? find_offset (self, us) : 0;
  gint64 local_us;
  char *at;

  /* No time of this calendar here or there: as it is, without a zone. */
  if (__builtin_add_overflow (us, (gint64) offset * G_USEC_PER_SEC, &local_us) ||
      !cfoil_time_is_in_calendar (us) || !cfoil_time_is_in_calendar (local_us))
    {
      append_time_utc (self, us);
      return;
    }
  at = begin_write (self, CFOIL_TIME_BUFFER + 8);
  at += cfoil_time_format_iso (at, local_us) - 1; /* without its Z */
  *at++ = offset < 0 ? '-' : '+';
  offset = ABS (offset) / 60;
  *at++ = '0' + offset / 600;
  *at++ = '0' + offset / 60 % 10;
  *at++ = ':';
  *at++ = '0' + offset % 60 / 10;
  *at++ = '0' + offset % 10;
  end_write (self, at);
}

/* Most cells begin with a letter or digit and hold nothing to be quoted. */
static gboolean
is_plain (const Export *self,
          const char   *text,
          gsize         length)
{
  if (length == 0 || !g_ascii_isalnum (text[0]) || text[length - 1] == ' ')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (self->is_special[(guchar) text[i]])
      return FALSE;
  return TRUE;
}

static void
append_text (Export     *self,
             const char *text,
             gsize       length,
             gboolean    is_guarded)
{
  char *at;

  if (!is_plain (self, text, length))
    {
      cfoil_csv_append_text (self->buffer, text, length, self->separator, is_guarded);
      return;
    }
  at = begin_write (self, length);
  memcpy (at, text, length);
  end_write (self, at + length);
}

static void
append_cell (Export         *self,
             CfoilColumnKind kind,
             CfoilStatement *row,
             int             i,
             int             exponent)
{
  const char *text;
  gint64 value;

  switch (kind)
    {
    case CFOIL_COLUMN_MONEY:
      value = cfoil_statement_column_int64 (row, i);
      if (value != CFOIL_UNKNOWN)
        append_money (self, value, exponent);
      break;
    case CFOIL_COLUMN_TIME_UTC:
      value = cfoil_statement_column_int64 (row, i);
      if (value != CFOIL_UNKNOWN)
        append_time_utc (self, value);
      break;
    case CFOIL_COLUMN_TIME_LOCAL:
      value = cfoil_statement_column_int64 (row, i);
      if (value != CFOIL_UNKNOWN)
        append_time_local (self, value);
      break;
    case CFOIL_COLUMN_ZONE:
      append_text (self, self->zone_name, strlen (self->zone_name), FALSE);
      break;
    case CFOIL_COLUMN_INTEGER:
    case CFOIL_COLUMN_TEXT:
    case CFOIL_COLUMN_CODE:
    default:
      text = cfoil_statement_column_text (row, i);
      if (text != NULL)
        append_text (self, text, cfoil_statement_column_length (row, i), kind == CFOIL_COLUMN_TEXT);
      break;
    }
}

/* The first columns of the statement are for all rows. */
enum
{
  PLACE_CURRENCY,
  PLACE_SUM,
};

static gboolean
append_row (Export         *self,
            CfoilStatement *row,
            const int      *places,
            GError        **error)
{
  const char *currency = cfoil_statement_column_text (row, PLACE_CURRENCY);
  /* A currency that we do not know: the whole minor units, never a guess. */
  int exponent = currency != NULL ? MAX (cfoil_currency_exponent (currency), 0) : 0;

  for (guint i = 0; i < self->definition->n_columns; i++)
    {
      if (i > 0)
        {
          char *at = begin_write (self, 1);

          *at++ = self->separator;
          end_write (self, at);
        }
      append_cell (self, self->definition->columns[i].kind, row, places[i], exponent);
    }
  end_line (self);
  self->n_rows++;
  return cfoil_export_totals_add (self->totals, currency, cfoil_statement_column_int64 (row, PLACE_SUM), error);
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
write_rows (Export                 *self,
            CfoilDatabase          *reader,
            CfoilExportProgressFunc progress,
            gpointer                user_data,
            GCancellable           *cancellable,
            GError                **error)
{
  g_autofree int *places = g_new0 (int, self->definition->n_columns);
  g_autofree char *sql = build_sql (self->definition, places);
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
      ok = append_row (self, rows, places, error) &&
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

  self->is_special['"'] = self->is_special['\n'] = self->is_special['\r'] = TRUE;
  self->is_special[(guchar) self->separator] = TRUE;

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
  return cfoil_atomic_file_write (self->manifest_file, manifest, strlen (manifest), error) &&
         cfoil_atomic_file_write (self->manifest_file, "\n", 1, error) &&
         cfoil_atomic_file_commit (self->file, error) &&
         cfoil_atomic_file_commit (self->manifest_file, error);
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
           (self.manifest_file = cfoil_export_manifest_open (options->path, options->overwrite, error)) != NULL &&
           run (&self, reader, options, progress, user_data, cancellable, result, error);
    }

  g_clear_pointer (&self.file, cfoil_atomic_file_free);
  g_clear_pointer (&self.manifest_file, cfoil_atomic_file_free);
  cfoil_export_totals_free (self.totals);
  g_string_free (self.buffer, TRUE);
  cfoil_digest_free (self.digest);
  g_time_zone_unref (self.zone);
  return ok;
}
