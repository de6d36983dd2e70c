/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-export-reader.h"

#include "cfoil-cell-writer.h"
#include "cfoil-csv-reader.h"
#include "cfoil-error.h"
#include "cfoil-time.h"

#include <string.h>

#define CHUNK (256 * 1024)
/* All names that there are, twice. */
#define MAX_HEADER 8192
#define RATE_EXPONENT 6

struct _CfoilExportReader
{
  GInputStream *stream; /* (owned) */
  GArray *columns;      /* (owned) (element-type CfoilExportColumn) */
  char separator;
  char decimal_mark;
  GByteArray *head;     /* (owned): what of the file was read for its header */

  /* of the present row */
  const CfoilCsvField *fields; /* (borrowed) */
  GPtrArray *texts;            /* (owned) (element-type utf8): without guards */

  CfoilExportRowFunc func;
  gpointer user_data;
  gboolean is_past_header;
};

/* --- the header --- */

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN,
                       "This is not an export of transactions with their ids");
  return FALSE;
}

static gboolean
read_head (CfoilExportReader *self,
           GError           **error)
{
  gsize n_read;

  g_byte_array_set_size (self->head, MAX_HEADER);
  if (!g_input_stream_read_all (self->stream, self->head->data, MAX_HEADER, &n_read, NULL, error))
    return FALSE;
  g_byte_array_set_size (self->head, (guint) n_read);
  return TRUE;
}

/* The first line, without BOM and line end; NULL: there is none. */
static char *
dup_header (CfoilExportReader *self)
{
  const char *start = (const char *) self->head->data;
  gsize length = self->head->len;
  const char *end;

  if (length >= 3 && memcmp (start, "\xef\xbb\xbf", 3) == 0)
    {
      start += 3;
      length -= 3;
    }
  end = length > 0 ? memchr (start, '\n', length) : NULL;
  if (end == NULL || memchr (start, '\0', (gsize) (end - start)) != NULL)
    return NULL;
  if (end > start && end[-1] == '\r')
    end--;
  return g_strndup (start, (gsize) (end - start));
}

static gboolean
add_column (CfoilExportReader *self,
            const char        *name)
{
  CfoilExportColumn column;

  if (!cfoil_export_column_find (name, &column))
    return FALSE;
  for (guint i = 0; i < self->columns->len; i++)
    if (g_str_equal (g_array_index (self->columns, CfoilExportColumn, i).name, name))
      return FALSE;
  g_array_append_val (self->columns, column);
  return TRUE;
}

/* Names are of letters and lines below: what stands behind the first is the
 * separator, and by it the profile is known. */
static gboolean
parse_header (CfoilExportReader *self,
              GError           **error)
{
  g_autofree char *header = dup_header (self);
  const char separators[] = { ',', ';' };
  g_auto (GStrv) names = NULL;
  char separator[2] = ",";

  if (header == NULL)
    return refuse (error);
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    if (strchr (header, separators[i]) != NULL)
      separator[0] = separators[i];
  self->separator = separator[0];
  self->decimal_mark = self->separator == ';' ? ',' : '.';
  names = g_strsplit (header, separator, -1);
  for (guint i = 0; names[i] != NULL; i++)
    if (!add_column (self, names[i]))
      return refuse (error);
  return cfoil_export_reader_find_column (self, CFOIL_FIELD_TRANSACTION_ID) >= 0 || refuse (error);
}

CfoilExportReader *
cfoil_export_reader_open (const char *path,
                          GError    **error)
{
  g_autoptr (CfoilExportReader) self = g_new0 (CfoilExportReader, 1);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  self->columns = g_array_new (FALSE, FALSE, sizeof (CfoilExportColumn));
  self->head = g_byte_array_new ();
  self->texts = g_ptr_array_new_with_free_func (g_free);
  /* A pipe could be looked into only once. */
  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      refuse (error);
      return NULL;
    }
  self->stream = G_INPUT_STREAM (g_file_read (file, NULL, error));
  if (self->stream == NULL || !read_head (self, error) || !parse_header (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
cfoil_export_reader_free (CfoilExportReader *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->stream);
  g_array_unref (self->columns);
  g_byte_array_unref (self->head);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

gboolean
cfoil_export_reader_is_ours (const char *path)
{
  g_autoptr (CfoilExportReader) self = cfoil_export_reader_open (path, NULL);

  return self != NULL;
}

const GArray *
cfoil_export_reader_get_columns (CfoilExportReader *self)
{
  return self->columns;
}

int
cfoil_export_reader_find_column (CfoilExportReader *self,
                                 CfoilField         field)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (g_array_index (self->columns, CfoilExportColumn, i).field == field)
      return (int) i;
  return -1;
}

/* --- rows --- */

static gboolean
take_row (const CfoilCsvField *fields,
          guint                n_fields,
          guint64              row_number,
          guint64              line_number,
          gpointer             user_data,
          GError             **error)
{
  CfoilExportReader *self = user_data;

  if (!self->is_past_header)
    {
      self->is_past_header = TRUE;
      return TRUE;
    }
  if (n_fields != self->columns->len)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX,
                   "Line %" G_GUINT64_FORMAT " has %u cells where %u columns are", line_number, n_fields, self->columns->len);
      return FALSE;
    }
  self->fields = fields;
  g_ptr_array_set_size (self->texts, 0);
  return self->func (self, line_number, self->user_data, error);
}

static gboolean
push_all (CfoilExportReader *self,
          CfoilCsvReader    *csv,
          GCancellable      *cancellable,
          GError           **error)
{
  g_autofree char *chunk = g_malloc (CHUNK);
  gssize n;

  if (!cfoil_csv_reader_push (csv, (const char *) self->head->data, self->head->len, error))
    return FALSE;
  while ((n = g_input_stream_read (self->stream, chunk, CHUNK, cancellable, error)) > 0)
    if (!cfoil_csv_reader_push (csv, chunk, (gsize) n, error))
      return FALSE;
  return n == 0 && cfoil_csv_reader_finish (csv, error);
}

gboolean
cfoil_export_reader_run (CfoilExportReader *self,
                         CfoilExportRowFunc func,
                         gpointer           user_data,
                         GCancellable      *cancellable,
                         GError           **error)
{
  g_autoptr (CfoilCsvReader) csv = cfoil_csv_reader_new (take_row, NULL, self);

  self->func = func;
  self->user_data = user_data;
  cfoil_csv_reader_set_delimiter (csv, self->separator);
  return push_all (self, csv, cancellable, error);
}

const char *
cfoil_export_reader_get_cell (CfoilExportReader *self,
                              guint              i)
{
  g_return_val_if_fail (i < self->columns->len, NULL);

  return self->fields[i].text;
}

/* --- values --- */

/* A decimal with exactly EXPONENT digits behind the mark, as we write them. */
static gboolean
parse_decimal (const char *text,
               char        mark,
               int         exponent,
               gint64     *number)
{
  gboolean is_negative = *text == '-';
  const char *at = text + is_negative;
  const char *decimals = strchr (at, mark);
  gint64 value = 0;

  if ((exponent > 0) != (decimals != NULL) || decimals == at || *at == '\0' ||
      (decimals != NULL && strlen (decimals + 1) != (gsize) exponent))
    return FALSE;
  for (; *at != '\0'; at++)
    {
      if (at == decimals)
        continue;
      if (!g_ascii_isdigit (*at) || __builtin_mul_overflow (value, 10, &value) ||
          __builtin_sub_overflow (value, *at - '0', &value))
        return FALSE;
    }
  /* Counted downwards, for there is one number more below zero than above. */
  if (!is_negative && value == G_MININT64)
    return FALSE;
  *number = is_negative ? value : -value;
  return TRUE;
}

/* What is outside the calendar was written as the number that it is. */
static gboolean
parse_time (const char *text,
            gint64     *us)
{
  return cfoil_time_parse (text, -1, us, NULL) || parse_decimal (text, '.', 0, us);
}

static gboolean
parse_code (CfoilField  field,
            const char *text,
            gint64     *number)
{
  for (guint i = 0; i < cfoil_field_n_codes (field); i++)
    if (g_str_equal (cfoil_field_code_name (field, i), text))
      {
        *number = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_flags (const char *text,
             gint64     *number)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  gint64 flags = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint bit = 0;

      while (bit < cfoil_export_n_flags () && !g_str_equal (cfoil_export_flag_word (bit), words[i]))
        bit++;
      if (bit == cfoil_export_n_flags ())
        return FALSE;
      flags |= G_GINT64_CONSTANT (1) << bit;
    }
  *number = flags;
  return TRUE;
}

gboolean
cfoil_export_reader_get_value (CfoilExportReader *self,
                               guint              i,
                               int                exponent,
                               CfoilRowValue     *value)
{
  const CfoilExportColumn *column = &g_array_index (self->columns, CfoilExportColumn, i);
  const char *text = cfoil_export_reader_get_cell (self, i);

  *value = (CfoilRowValue){ .number = CFOIL_UNKNOWN };
  if (*text == '\0')
    {
      if (column->kind == CFOIL_EXPORT_COLUMN_FLAGS)
        value->number = 0;
      return TRUE;
    }
  switch (column->kind)
    {
    case CFOIL_EXPORT_COLUMN_MONEY:
      return parse_decimal (text, self->decimal_mark, exponent, &value->number);
    case CFOIL_EXPORT_COLUMN_RATE:
      return parse_decimal (text, self->decimal_mark, RATE_EXPONENT, &value->number);
    case CFOIL_EXPORT_COLUMN_INTEGER:
      return parse_decimal (text, self->decimal_mark, 0, &value->number);
    case CFOIL_EXPORT_COLUMN_TIME_UTC:
    case CFOIL_EXPORT_COLUMN_TIME_LOCAL:
      return parse_time (text, &value->number);
    case CFOIL_EXPORT_COLUMN_CODE:
      return parse_code (column->field, text, &value->number);
    case CFOIL_EXPORT_COLUMN_FLAGS:
      return parse_flags (text, &value->number);
    case CFOIL_EXPORT_COLUMN_TEXT:
    case CFOIL_EXPORT_COLUMN_WORD:
    case CFOIL_EXPORT_COLUMN_ZONE:
    default:
      value->text = cfoil_cell_unguard (g_strdup (text));
      value->length = strlen (value->text);
      g_ptr_array_add (self->texts, (gpointer) value->text);
      return TRUE;
    }
}

gboolean
cfoil_row_value_equal (const CfoilRowValue *a,
                       const CfoilRowValue *b)
{
  return a->number == b->number &&
         g_str_equal (a->text != NULL ? a->text : "", b->text != NULL ? b->text : "");
}
