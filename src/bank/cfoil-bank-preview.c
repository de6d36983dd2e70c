/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-private.h"
#include "cfoil-bank-value.h"
#include "cfoil-csv-reader.h"
#include "cfoil-error.h"

#include <string.h>

/* How a CSV file begins: its separator is the one that makes most rows alike.  Entries begin
 * with the first row that has a date and more than half of its cells filled; of the rows
 * before it the one with most cells filled is the line of names. */
#define MAX_ROWS 200
#define MAX_HEAD (256 * 1024)

typedef struct
{
  GPtrArray *rows;  /* (element-type GStrv) */
  GArray *lines;    /* (element-type guint) */
} Head;

void
cfoil_bank_preview_free (CfoilBankPreview *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->header);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_array_unref);
  g_free (self);
}

static void
head_clear (Head *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_array_unref);
}

static gboolean
take_row (const CfoilCsvField *fields,
          guint                n_fields,
          guint64              row_number,
          guint64              line_number,
          gpointer             data,
          GError             **error)
{
  Head *self = data;
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  guint line = (guint) line_number;

  for (guint i = 0; i < n_fields; i++)
    {
      g_autofree char *text = g_strstrip (g_strdup (fields[i].text));

      g_strv_builder_add (cells, text);
    }
  g_ptr_array_add (self->rows, g_strv_builder_end (cells));
  g_array_append_val (self->lines, line);
  return self->rows->len < MAX_ROWS;
}

/* Rows that cannot be read are for the import to complain of. */
static gboolean
pass_over (const char *text,
           const char *message,
           guint64     row_number,
           guint64     line_number,
           gpointer    data,
           GError    **error)
{
  return TRUE;
}

/* FALSE: a quotation mark is open at the end. */
static gboolean
head_read (Head       *self,
           const char *text,
           char        separator)
{
  g_autoptr (CfoilCsvReader) reader = cfoil_csv_reader_new (take_row, pass_over, self);
  g_autoptr (GError) error = NULL;

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  self->lines = g_array_new (FALSE, FALSE, sizeof (guint));
  cfoil_csv_reader_set_delimiter (reader, separator);
  return !cfoil_csv_reader_push (reader, text, strlen (text), &error) || !cfoil_csv_reader_push (reader, "\n", 1, &error) ||
         cfoil_csv_reader_finish (reader, NULL);
}

/* How many rows have the number of cells that most rows have. */
static guint
count_alike (const Head *self,
             guint      *n_cells)
{
  guint most = 0;

  *n_cells = 0;
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint n = g_strv_length (g_ptr_array_index (self->rows, i)), n_alike = 0;

      for (guint k = 0; k < self->rows->len; k++)
        n_alike += g_strv_length (g_ptr_array_index (self->rows, k)) == n;
      if (n > 1 && n_alike > most)
        {
          most = n_alike;
          *n_cells = n;
        }
    }
  return most;
}

static char
find_separator (const char *text)
{
  static const char candidates[] = { ';', ',', '\t', '|' };
  guint best = 0;
  char separator = ',';

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      Head head = { NULL };
      guint n_cells, score;

      /* What a quotation mark that is never closed takes in must not speak for another separator. */
      if (!head_read (&head, text, candidates[i]))
        {
          g_autofree char *plain = g_strdelimit (g_strdup (text), "\"", ' ');

          head_clear (&head);
          head_read (&head, plain, candidates[i]);
        }
      score = count_alike (&head, &n_cells) * MIN (n_cells, 30);
      head_clear (&head);
      if (score > best)
        {
          best = score;
          separator = candidates[i];
        }
    }
  return separator;
}

static gboolean
has_date (char **cells)
{
  for (guint i = 0; cells[i] != NULL; i++)
    if (cfoil_bank_guess_dates (cells[i]) != 0)
      return TRUE;
  return FALSE;
}

/* 0: another number of cells. */
static guint
count_filled (char **cells,
              guint  n_cells)
{
  guint n = 0;

  if (g_strv_length (cells) != n_cells)
    return 0;
  for (guint i = 0; i < n_cells; i++)
    n += *cells[i] != '\0';
  return n;
}

/* NAMES gets the row of the names, G_MAXUINT: there is none. */
static guint
find_first_entry (const Head *head,
                  guint       n_cells,
                  guint      *names)
{
  guint most = n_cells / 2, i;

  *names = G_MAXUINT;
  for (i = 0; i < head->rows->len; i++)
    {
      char **cells = g_ptr_array_index (head->rows, i);
      guint n_filled = count_filled (cells, n_cells);

      if (has_date (cells))
        {
          if (n_filled > n_cells / 2)
            return i;
        }
      else if (n_filled > most)
        {
          most = n_filled;
          *names = i;
        }
    }
  return *names != G_MAXUINT ? *names + 1 : i;
}

static void
take_head (CfoilBankPreview *self,
           Head             *head)
{
  guint n_cells, names, first;

  count_alike (head, &n_cells);
  first = find_first_entry (head, n_cells, &names);
  if (names != G_MAXUINT)
    {
      self->header = g_strdupv (g_ptr_array_index (head->rows, names));
      self->header_row = g_array_index (head->lines, guint, names);
      first = names + 1;
    }
  else
    {
      g_autoptr (GStrvBuilder) empty = g_strv_builder_new ();

      for (guint i = 0; i < n_cells; i++)
        g_strv_builder_add (empty, "");
      self->header = g_strv_builder_end (empty);
      self->header_row = first < head->lines->len ? g_array_index (head->lines, guint, first) - 1 : 0;
    }
  for (; first < head->rows->len; first++)
    {
      g_ptr_array_add (self->rows, g_strdupv (g_ptr_array_index (head->rows, first)));
      g_array_append_val (self->lines, g_array_index (head->lines, guint, first));
    }
}

/* The start as UTF-8, without a character that was cut. */
static char *
read_start (CfoilBankStream *stream,
            GError         **error)
{
  GString *text = g_string_new (NULL);
  const char *bytes;
  char *valid;
  gssize n = 1;

  while (text->len < MAX_HEAD && (n = _cfoil_bank_stream_read (stream, &bytes, error)) > 0)
    g_string_append_len (text, bytes, n);
  if (n < 0)
    {
      g_string_free (text, TRUE);
      return NULL;
    }
  /* What was cut in the middle of a row is no row. */
  if (n > 0 && strrchr (text->str, '\n') != NULL)
    g_string_truncate (text, (gsize) (strrchr (text->str, '\n') - text->str));
  valid = g_utf8_make_valid (text->str, -1);
  g_string_free (text, TRUE);
  return valid;
}

CfoilBankPreview *
cfoil_bank_preview_sync (const char             *path,
                         const CfoilBankMapping *mapping,
                         GCancellable           *cancellable,
                         GError                **error)
{
  g_autoptr (CfoilBankPreview) self = g_new0 (CfoilBankPreview, 1);
  g_autoptr (CfoilBankStream) stream = NULL;
  g_autofree char *start = NULL;
  Head head = { NULL };

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  self->lines = g_array_new (FALSE, FALSE, sizeof (guint));
  stream = _cfoil_bank_stream_open (path, mapping != NULL ? mapping->encoding : CFOIL_BANK_ENCODING_AUTO, cancellable, error);
  if (stream == NULL || (start = read_start (stream, error)) == NULL || !_cfoil_bank_find_format (start, &self->format, error))
    return NULL;
  self->encoding = _cfoil_bank_stream_get_encoding (stream);
  if (self->format != CFOIL_BANK_CSV)
    return g_steal_pointer (&self);
  self->separator = mapping != NULL && mapping->separator != 0 ? mapping->separator : find_separator (start);
  head_read (&head, start, self->separator);
  take_head (self, &head);
  head_clear (&head);
  return g_steal_pointer (&self);
}
