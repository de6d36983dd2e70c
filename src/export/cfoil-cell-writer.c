/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-cell-writer.h"

#include "cfoil-csv-writer.h"
#include "cfoil-currency.h"
#include "cfoil-money.h"
#include "cfoil-time.h"

#include <string.h>

/* The rate of parts per million, and integers. */
#define RATE_EXPONENT 6
#define INTEGER_EXPONENT 0

struct _CfoilCellWriter
{
  GString *buffer; /* (borrowed) */
  GTimeZone *zone; /* (owned) */
  const char *zone_name;
  const char *line_end;
  char separator;
  char decimal_mark;
  gboolean is_special[256]; /* bytes for which a cell may need quotes */
  guint n_cells;            /* of the line so far */
  gsize line_start;
  /* the UTC offset found last, and how long it holds */
  gint64 offset_from_us;
  gint64 offset_until_us;
  int offset_seconds;
};

CfoilCellWriter *
cfoil_cell_writer_new (GString           *buffer,
                       CfoilExportProfile profile,
                       char               separator,
                       char               decimal_mark,
                       GTimeZone         *zone)
{
  CfoilCellWriter *self = g_new0 (CfoilCellWriter, 1);

  self->buffer = buffer;
  self->zone = g_time_zone_ref (zone);
  self->zone_name = g_time_zone_get_identifier (zone);
  self->line_end = profile == CFOIL_EXPORT_EXCEL ? "\r\n" : "\n";
  self->separator = separator;
  self->decimal_mark = decimal_mark;
  self->is_special['"'] = self->is_special['\n'] = self->is_special['\r'] = TRUE;
  self->is_special[(guchar) separator] = TRUE;
  self->line_start = buffer->len;
  return self;
}

void
cfoil_cell_writer_free (CfoilCellWriter *self)
{
  if (self == NULL)
    return;
  g_time_zone_unref (self->zone);
  g_free (self);
}

/* Room for N bytes more; where to write them.  end_write () says where they end. */
static char *
begin_write (CfoilCellWriter *self,
             gsize            n)
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
end_write (CfoilCellWriter *self,
           char            *end)
{
  self->buffer->len = (gsize) (end - self->buffer->str);
}

static void
append_decimal (CfoilCellWriter *self,
                gint64           minor,
                int              exponent)
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
find_offset (CfoilCellWriter *self,
             gint64           us)
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
append_time_utc (CfoilCellWriter *self,
                 gint64           us)
{
  char *text = begin_write (self, CFOIL_TIME_BUFFER);

  end_write (self, text + cfoil_time_format_iso (text, us));
}

static void
append_time_local (CfoilCellWriter *self,
                   gint64           us)
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
is_plain (const CfoilCellWriter *self,
          const char            *text,
          gsize                  length)
{
  if (length == 0 || !g_ascii_isalnum (text[0]) || text[length - 1] == ' ')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (self->is_special[(guchar) text[i]])
      return FALSE;
  return TRUE;
}

/* A text that begins with apostrophes of its own before what would be guarded gets
 * one more: what is read back is then what was there, whatever it was. */
static gboolean
needs_guard (const char *text,
             gsize       length)
{
  gsize n = 0;

  while (n < length && text[n] == '\'')
    n++;
  return cfoil_csv_needs_guard (text + n, length - n);
}

static void
append_guarded (CfoilCellWriter *self,
                const char      *text,
                gsize            length)
{
  g_autofree char *guarded = NULL;

  if (text[0] != '\'' || !needs_guard (text, length))
    {
      cfoil_csv_append_text (self->buffer, text, length, self->separator, TRUE);
      return;
    }
  guarded = g_strconcat ("'", text, NULL);
  cfoil_csv_append_text (self->buffer, guarded, length + 1, self->separator, FALSE);
}

char *
cfoil_cell_unguard (char *text)
{
  gsize length = strlen (text);

  if (text[0] == '\'' && needs_guard (text, length))
    memmove (text, text + 1, length);
  return text;
}

static void
append_text (CfoilCellWriter *self,
             const char      *text,
             gsize            length)
{
  char *at;

  if (!is_plain (self, text, length))
    {
      append_guarded (self, text, length);
      return;
    }
  at = begin_write (self, length);
  memcpy (at, text, length);
  end_write (self, at + length);
}

static void
append_flags (CfoilCellWriter *self,
              gint64           flags)
{
  const char *before = "";

  for (guint bit = 0; bit < cfoil_export_n_flags (); bit++)
    if ((flags >> bit & 1) != 0)
      {
        g_string_append_printf (self->buffer, "%s%s", before, cfoil_export_flag_word (bit));
        before = " ";
      }
}

static void
append_number (CfoilCellWriter         *self,
               const CfoilExportColumn *column,
               gint64                   number,
               int                      exponent)
{
  switch (column->kind)
    {
    case CFOIL_EXPORT_COLUMN_MONEY:
      append_decimal (self, number, exponent);
      break;
    case CFOIL_EXPORT_COLUMN_RATE:
      append_decimal (self, number, RATE_EXPONENT);
      break;
    case CFOIL_EXPORT_COLUMN_TIME_UTC:
      append_time_utc (self, number);
      break;
    case CFOIL_EXPORT_COLUMN_TIME_LOCAL:
      append_time_local (self, number);
      break;
    case CFOIL_EXPORT_COLUMN_CODE:
      g_string_append (self->buffer, cfoil_field_code_name (column->field, number));
      break;
    case CFOIL_EXPORT_COLUMN_FLAGS:
      append_flags (self, number);
      break;
    case CFOIL_EXPORT_COLUMN_INTEGER:
    case CFOIL_EXPORT_COLUMN_TEXT:
    case CFOIL_EXPORT_COLUMN_WORD:
    case CFOIL_EXPORT_COLUMN_ZONE:
    default:
      append_decimal (self, number, INTEGER_EXPONENT);
      break;
    }
}

void
cfoil_cell_writer_append (CfoilCellWriter         *self,
                          const CfoilExportColumn *column,
                          const CfoilRowValue     *value,
                          int                      exponent)
{
  if (self->n_cells++ > 0)
    {
      char *at = begin_write (self, 1);

      *at++ = self->separator;
      end_write (self, at);
    }
  if (column->kind == CFOIL_EXPORT_COLUMN_ZONE)
    cfoil_csv_append_text (self->buffer, self->zone_name, strlen (self->zone_name), self->separator, FALSE);
  else if (value->text != NULL)
    append_text (self, value->text, value->length);
  else if (value->number != CFOIL_UNKNOWN)
    append_number (self, column, value->number, exponent);
}

void
cfoil_cell_writer_end_line (CfoilCellWriter *self)
{
  /* A line without anything in it is none to most readers. */
  if (self->n_cells == 1 && self->buffer->len == self->line_start)
    g_string_append (self->buffer, "\"\"");
  g_string_append (self->buffer, self->line_end);
  self->n_cells = 0;
  self->line_start = self->buffer->len;
}

void
cfoil_cell_writer_restart (CfoilCellWriter *self)
{
  self->line_start = self->buffer->len;
}

void
cfoil_cell_writer_append_header (CfoilCellWriter *self,
                                 const char      *name)
{
  if (self->n_cells++ > 0)
    g_string_append_c (self->buffer, self->separator);
  g_string_append (self->buffer, name);
}
