/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-fx-private.h"

#include "cfoil-csv-reader.h"
#include "cfoil-currency.h"
#include "cfoil-error.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#define MAX_MISTAKES 100
#define MAX_SOURCE 200
#define CHUNK (64 * 1024)

enum
{
  BASE,
  QUOTE,
  DATE,
  RATE,
  SOURCE,
  N_COLUMNS
};

static const char *const names[N_COLUMNS] = { "base", "quote", "date", "rate", "source" };

typedef struct
{
  CfoilFxImport *import;
  CfoilStatement *put; /* (owned) */
  CfoilDatabase *writer;
  int columns[N_COLUMNS]; /* -1: not there */
  gboolean has_header;
} Import;

void
cfoil_fx_import_free (CfoilFxImport *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->mistakes, g_ptr_array_unref);
  g_free (self);
}

/* --- rows --- */

static gboolean
read_header (Import              *self,
             const CfoilCsvField *fields,
             guint                n_fields,
             GError             **error)
{
  for (guint column = 0; column < N_COLUMNS; column++)
    {
      self->columns[column] = -1;
      for (guint i = 0; i < n_fields; i++)
        {
          g_autofree char *name = g_strstrip (g_strdup (fields[i].text));

          if (g_ascii_strcasecmp (name, names[column]) == 0)
            self->columns[column] = (int) i;
        }
      if (self->columns[column] >= 0 || column == SOURCE)
        continue;
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_MISSING,
                   _ ("There is no column “%s”. The first line must name the columns: base,quote,date,rate and, if you like, source."),
                   names[column]);
      return FALSE;
    }
  self->has_header = TRUE;
  return TRUE;
}

static void
tell_mistake (Import     *self,
              guint64     line_number,
              const char *message)
{
  self->import->n_mistakes++;
  if (self->import->mistakes->len < MAX_MISTAKES)
    /* Translators: the number of a line, what is wrong with it */
    g_ptr_array_add (self->import->mistakes, g_strdup_printf (_ ("Line %lu: %s"), (gulong) line_number, message));
}

static char *
get_value (const Import        *self,
           const CfoilCsvField *fields,
           guint                n_fields,
           guint                column)
{
  int i = self->columns[column];

  return g_strstrip (g_strdup (i >= 0 && (guint) i < n_fields ? fields[i].text : ""));
}

static gboolean
read_day (const char *text,
          gint32     *day)
{
  int year, month, day_of_month, n = 0;

  return sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day_of_month, &n) == 3 && n == 10 && text[n] == '\0' &&
         cfoil_day_from_date (year, month, day_of_month, day);
}

/* NULL: nothing is wrong. */
static const char *
find_mistake (char *const *values,
              gint32      *day)
{
  if (cfoil_currency_exponent (values[BASE]) < 0 || cfoil_currency_exponent (values[QUOTE]) < 0)
    return _ ("base and quote must be currencies in three capital letters, such as EUR and USD.");
  if (g_str_equal (values[BASE], values[QUOTE]))
    return _ ("base and quote must be two different currencies.");
  if (!read_day (values[DATE], day))
    return _ ("date must be a day such as 2026-10-31.");
  if (!_cfoil_fx_is_rate (values[RATE]))
    return _ ("rate must be a number above 0 with a decimal point, such as 1.0842.");
  if (strlen (values[SOURCE]) > MAX_SOURCE)
    return _ ("source is too long.");
  return NULL;
}

static gboolean
put_rate (Import      *self,
          char *const *values,
          gint32       day,
          GError     **error)
{
  cfoil_statement_bind_text (self->put, 1, values[BASE]);
  cfoil_statement_bind_text (self->put, 2, values[QUOTE]);
  cfoil_statement_bind_int64 (self->put, 3, day);
  cfoil_statement_bind_text (self->put, 4, values[RATE]);
  cfoil_statement_bind_text (self->put, 5, values[SOURCE]);
  if (!cfoil_statement_run (self->put, error))
    return FALSE;
  if (cfoil_database_changes (self->writer) > 0)
    self->import->n_rates++;
  else
    self->import->n_same++;
  return TRUE;
}

static gboolean
row_cb (const CfoilCsvField *fields,
        guint                n_fields,
        guint64              row_number,
        guint64              line_number,
        gpointer             user_data,
        GError             **error)
{
  Import *self = user_data;
  char *values[N_COLUMNS + 1] = { NULL };
  const char *mistake;
  gboolean ok = TRUE;
  gint32 day = 0;

  if (!self->has_header)
    return read_header (self, fields, n_fields, error);
  for (guint i = 0; i < N_COLUMNS; i++)
    values[i] = get_value (self, fields, n_fields, i);
  mistake = find_mistake (values, &day);
  if (mistake != NULL)
    tell_mistake (self, line_number, mistake);
  else
    ok = put_rate (self, values, day, error);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (values[i]);
  return ok;
}

static gboolean
bad_row_cb (const char *text,
            const char *message,
            guint64     row_number,
            guint64     line_number,
            gpointer    user_data,
            GError    **error)
{
  tell_mistake (user_data, line_number, _ ("this is not text in UTF-8."));
  return TRUE;
}

/* --- the file --- */

static gboolean
read_stream (Import       *self,
             GInputStream *stream,
             GCancellable *cancellable,
             GError      **error)
{
  g_autoptr (CfoilCsvReader) csv = cfoil_csv_reader_new (row_cb, bad_row_cb, self);
  g_autofree char *chunk = g_malloc (CHUNK);
  gssize n;

  while ((n = g_input_stream_read (stream, chunk, CHUNK, cancellable, error)) > 0)
    if (!cfoil_csv_reader_push (csv, chunk, (gsize) n, error))
      return FALSE;
  /* Files that people write often lack the last end of line. */
  if (n < 0 || !cfoil_csv_reader_push (csv, "\n", 1, error) || !cfoil_csv_reader_finish (csv, error))
    return FALSE;
  if (self->has_header)
    return TRUE;
  g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN, _ ("The file is empty."));
  return FALSE;
}

/* A rate that is the same already is not written. */
static const char put_sql[] =
  "INSERT INTO fx_rate (base, quote, day, rate, source) VALUES (?1, ?2, ?3, ?4, ?5) "
  "ON CONFLICT (base, quote, day) DO UPDATE SET rate = excluded.rate, source = excluded.source "
  "WHERE rate <> excluded.rate OR source <> excluded.source";

static gboolean
import_stream (Import       *self,
               GInputStream *stream,
               GCancellable *cancellable,
               GError      **error)
{
  gboolean ok;

  self->put = cfoil_database_prepare (self->writer, put_sql, error);
  if (self->put == NULL)
    return FALSE;
  ok = read_stream (self, stream, cancellable, error);
  g_clear_pointer (&self->put, cfoil_statement_free);
  return ok;
}

CfoilFxImport *
cfoil_fx_import_file (CfoilMirror  *mirror,
                      GFile        *file,
                      GCancellable *cancellable,
                      GError      **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (CfoilDatabase) writer = stream != NULL ? cfoil_mirror_open_writer (mirror, error) : NULL;
  g_autoptr (CfoilFxImport) import = NULL;
  Import self = { 0 };
  gboolean ok;

  if (writer == NULL || !cfoil_database_begin_between (writer, error))
    return NULL;
  import = g_new0 (CfoilFxImport, 1);
  import->mistakes = g_ptr_array_new_with_free_func (g_free);
  self.import = import;
  self.writer = writer;
  ok = import_stream (&self, G_INPUT_STREAM (stream), cancellable, error);
  if (ok && import->n_mistakes == 0)
    ok = cfoil_database_exec (writer, "COMMIT", error);
  if (cfoil_database_in_transaction (writer))
    cfoil_database_exec (writer, "ROLLBACK", NULL);
  if (!ok)
    return NULL;
  if (import->n_mistakes > 0)
    import->n_rates = import->n_same = 0;
  else
    cfoil_mirror_notify_changed (mirror);
  return g_steal_pointer (&import);
}
