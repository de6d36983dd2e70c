/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-csv-reader.h"

#include "cfoil-error.h"

#include <string.h>

typedef enum
{
  STATE_FIELD_START,
  STATE_UNQUOTED,
  STATE_QUOTED,
  STATE_QUOTE_IN_QUOTED, /* the end of the field, or the first of two quotes */
  STATE_CR,              /* a CR outside quotes: a line end only before LF */
  STATE_CR_AFTER_QUOTE,  /* the same after the end of a quoted field */
} State;

struct _CfoilCsvReader
{
  CfoilCsvRowFunc row_func;
  CfoilCsvBadRowFunc bad_row_func; /* (nullable) */
  gpointer user_data;              /* (borrowed) */
  GString *row;                    /* decoded fields, each followed by a NUL */
  GArray *starts;                  /* gsize: offsets of the fields in row */
  GArray *fields;                  /* CfoilCsvField, filled when the row is whole */
  State state;
  char delimiter;
  const char *fault; /* (nullable): what is wrong with the row so far; static */
  guint bom_matched; /* bytes of a BOM seen at the very start */
  gboolean is_past_start;
  guint64 row_number;
  guint64 line_number;
  guint64 row_line;
};

CfoilCsvReader *
cfoil_csv_reader_new (CfoilCsvRowFunc    row_func,
                      CfoilCsvBadRowFunc bad_row_func,
                      gpointer           user_data)
{
  CfoilCsvReader *self = g_new0 (CfoilCsvReader, 1);

  self->row_func = row_func;
  self->bad_row_func = bad_row_func;
  self->user_data = user_data;
  self->row = g_string_sized_new (1024);
  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->fields = g_array_new (FALSE, FALSE, sizeof (CfoilCsvField));
  self->delimiter = ',';
  self->line_number = 1;
  self->row_line = 1;
  return self;
}

void
cfoil_csv_reader_free (CfoilCsvReader *self)
{
  if (self == NULL)
    return;
  g_string_free (self->row, TRUE);
  g_array_unref (self->starts);
  g_array_unref (self->fields);
  g_free (self);
}

void
cfoil_csv_reader_set_delimiter (CfoilCsvReader *self,
                                char            delimiter)
{
  g_return_if_fail (self != NULL && !self->is_past_start);

  self->delimiter = delimiter;
}

static gboolean
check_limits (CfoilCsvReader *self,
              GError        **error)
{
  const char *what = NULL;
  gsize field_start = self->starts->len > 0
                        ? g_array_index (self->starts, gsize, self->starts->len - 1)
                        : 0;

  /* Between two fields the one before was measured when it ended. */
  if (self->state != STATE_FIELD_START && self->row->len - field_start > CFOIL_CSV_MAX_FIELD)
    what = "a field";
  else if (self->row->len > CFOIL_CSV_MAX_ROW)
    what = "a row";
  else if (self->starts->len > CFOIL_CSV_MAX_FIELDS)
    what = "the number of fields";
  if (what == NULL)
    return TRUE;

  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT,
               "Line %" G_GUINT64_FORMAT ": %s is larger than any report has (an unclosed quote?)",
               self->row_line, what);
  return FALSE;
}

static void
begin_field (CfoilCsvReader *self)
{
  g_array_append_val (self->starts, self->row->len);
}

static gboolean
end_field (CfoilCsvReader *self,
           GError        **error)
{
  if (!check_limits (self, error))
    return FALSE;
  g_string_append_c (self->row, '\0');
  self->state = STATE_FIELD_START;
  return TRUE;
}

/* The row as text again, for a person to look at. */
static char *
join_row (CfoilCsvReader *self)
{
  GString *text = g_string_sized_new (self->row->len);
  guint next = 1; /* the next field to begin */

  for (gsize i = 0; i + 1 < self->row->len; i++)
    {
      char c = self->row->str[i];

      if (next < self->starts->len && g_array_index (self->starts, gsize, next) == i + 1)
        {
          c = self->delimiter;
          next++;
        }
      g_string_append_c (text, c != '\0' ? c : '\xff');
    }
  {
    char *valid = g_utf8_make_valid (text->str, text->len);

    g_string_free (text, TRUE);
    return valid;
  }
}

static const char *
collect_fields (CfoilCsvReader *self)
{
  const char *fault = self->fault;

  g_array_set_size (self->fields, self->starts->len);
  for (guint i = 0; i < self->starts->len; i++)
    {
      CfoilCsvField *field = &g_array_index (self->fields, CfoilCsvField, i);
      gsize start = g_array_index (self->starts, gsize, i);
      gsize end = i + 1 < self->starts->len
                    ? g_array_index (self->starts, gsize, i + 1)
                    : self->row->len;

      field->text = self->row->str + start;
      field->length = end - start - 1;
      if (fault == NULL && !g_utf8_validate_len (field->text, field->length, NULL))
        fault = memchr (field->text, '\0', field->length) != NULL
                  ? "holds a NUL byte"
                  : "is not UTF-8 text";
    }
  return fault;
}

static gboolean
deliver_row (CfoilCsvReader *self,
             GError        **error)
{
  const char *fault = collect_fields (self);

  if (fault == NULL)
    return self->row_func ((const CfoilCsvField *) (gpointer) self->fields->data, self->fields->len,
                           self->row_number, self->row_line, self->user_data, error);

  if (self->bad_row_func != NULL)
    {
      g_autofree char *text = join_row (self);

      return self->bad_row_func (text, fault, self->row_number, self->row_line,
                                 self->user_data, error);
    }

  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX,
               "Line %" G_GUINT64_FORMAT " %s", self->row_line, fault);
  return FALSE;
}

static gboolean
end_row (CfoilCsvReader *self,
         GError        **error)
{
  gboolean is_blank, ok = TRUE;

  if (!end_field (self, error))
    return FALSE;
  is_blank = self->starts->len == 1 && self->row->len == 1 && self->fault == NULL;
  if (!is_blank)
    {
      self->row_number++;
      ok = deliver_row (self, error);
    }

  g_string_truncate (self->row, 0);
  g_array_set_size (self->starts, 0);
  self->fault = NULL;
  self->line_number++;
  self->row_line = self->line_number;
  return ok;
}

/* Takes as much of a quoted field as there is in [at, end). */
static const char *
take_quoted (CfoilCsvReader *self,
             const char     *at,
             const char     *end)
{
  const char *quote = memchr (at, '"', end - at);
  const char *stop = quote != NULL ? quote : end;

  for (const char *nl = at; (nl = memchr (nl, '\n', stop - nl)) != NULL; nl++)
    self->line_number++;
  g_string_append_len (self->row, at, stop - at);
  if (quote == NULL)
    return end;
  self->state = STATE_QUOTE_IN_QUOTED;
  return quote + 1;
}

/* Takes one byte outside quotes. */
static gboolean
take_byte (CfoilCsvReader *self,
           char            c,
           GError        **error)
{
  gboolean is_closed = self->state == STATE_QUOTE_IN_QUOTED;

  if (self->state == STATE_FIELD_START && c != '\n')
    {
      begin_field (self);
      self->state = STATE_UNQUOTED;
      if (c == '"')
        {
          self->state = STATE_QUOTED;
          return TRUE;
        }
    }
  else if (self->state == STATE_FIELD_START)
    begin_field (self);
  else if (self->state == STATE_QUOTE_IN_QUOTED)
    {
      if (c == '"')
        {
          g_string_append_c (self->row, '"');
          self->state = STATE_QUOTED;
          return TRUE;
        }
      if (c != self->delimiter && c != '\n' && c != '\r')
        self->fault = "has text after a closing quote";
      self->state = STATE_UNQUOTED;
    }
  else if ((self->state == STATE_CR || self->state == STATE_CR_AFTER_QUOTE) && c != '\n')
    {
      if (self->state == STATE_CR_AFTER_QUOTE)
        self->fault = "has text after a closing quote";
      g_string_append_c (self->row, '\r');
      self->state = STATE_UNQUOTED;
    }

  if (c == '\n')
    return end_row (self, error);
  /* An empty last field has no byte of its own to begin it. */
  if (c == self->delimiter)
    return end_field (self, error);
  if (c == '\r')
    {
      self->state = is_closed ? STATE_CR_AFTER_QUOTE : STATE_CR;
      return TRUE;
    }
  if (c == '"')
    self->fault = "has a quote inside a field that is not quoted";
  g_string_append_c (self->row, c);
  return TRUE;
}

/* Skips a BOM at the very start, however the bytes arrive. */
static const char *
skip_bom (CfoilCsvReader *self,
          const char     *at,
          const char     *end)
{
  static const char bom[] = "\xef\xbb\xbf";

  while (!self->is_past_start && at < end)
    {
      if (*at == bom[self->bom_matched])
        {
          at++;
          if (++self->bom_matched == 3)
            self->is_past_start = TRUE;
          continue;
        }
      self->is_past_start = TRUE;
      if (self->bom_matched > 0)
        {
          begin_field (self);
          self->state = STATE_UNQUOTED;
          g_string_append_len (self->row, bom, self->bom_matched);
        }
    }
  return at;
}

gboolean
cfoil_csv_reader_push (CfoilCsvReader *self,
                       const char     *bytes,
                       gsize           length,
                       GError        **error)
{
  const char *at = bytes;
  const char *end = bytes + length;

  g_return_val_if_fail (self != NULL, FALSE);

  at = skip_bom (self, at, end);
  while (at < end)
    {
      if (self->state == STATE_QUOTED)
        at = take_quoted (self, at, end);
      else if (!take_byte (self, *at++, error))
        return FALSE;
    }
  return check_limits (self, error);
}

gboolean
cfoil_csv_reader_finish (CfoilCsvReader *self,
                         GError        **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  /* Part of a BOM is the start of something too. */
  if (self->starts->len == 0 && self->state == STATE_FIELD_START &&
      (self->is_past_start || self->bom_matched == 0))
    return TRUE;

  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TRUNCATED,
               "The file ends in line %" G_GUINT64_FORMAT " without a line end, so the row may have been cut",
               self->row_line);
  return FALSE;
}
