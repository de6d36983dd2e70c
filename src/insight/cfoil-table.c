/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-table.h"

#include "cfoil-currency.h"
#include "cfoil-metric.h"
#include "cfoil-money.h"
#include "cfoil-period.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>

/* Ratios are millionths, spans are microseconds. */
#define MILLIONTHS 6

typedef struct
{
  gint64 number;
  const char *text; /* (borrowed): of ->strings; of money its currency */
  const char *name; /* (nullable) (borrowed): of ->strings; of a text what machines read instead */
} Cell;

typedef struct
{
  CfoilRowKind kind;
  const char *query; /* (nullable) (borrowed): of ->strings */
  guint first_cell;
  guint n_cells;
} Row;

struct _CfoilTable
{
  gatomicrefcount ref_count;
  char *name;            /* (owned) */
  char *title;           /* (owned) */
  gint64 as_of_us;
  CfoilBucket bucket;
  CfoilTableSubject subject;
  GPtrArray *notes;      /* (element-type utf8) */
  GArray *columns;       /* CfoilTableColumn */
  GArray *rows;          /* Row */
  GArray *cells;         /* Cell */
  GStringChunk *strings; /* every text once */
};

static void
clear_column (gpointer data)
{
  CfoilTableColumn *column = data;

  g_free ((char *) column->name);
  g_free ((char *) column->title);
}

CfoilTable *
cfoil_table_new (const char *name,
                 const char *title)
{
  CfoilTable *self = g_new0 (CfoilTable, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->name = g_strdup (name);
  self->title = g_strdup (title);
  self->as_of_us = CFOIL_UNKNOWN;
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->columns = g_array_new (FALSE, FALSE, sizeof (CfoilTableColumn));
  g_array_set_clear_func (self->columns, clear_column);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  self->strings = g_string_chunk_new (4096);
  return self;
}

CfoilTable *
cfoil_table_ref (CfoilTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cfoil_table_unref (CfoilTable *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_string_chunk_free (self->strings);
  g_array_unref (self->cells);
  g_array_unref (self->rows);
  g_array_unref (self->columns);
  g_ptr_array_unref (self->notes);
  g_free (self->title);
  g_free (self->name);
  g_free (self);
}

void
cfoil_table_add_column (CfoilTable     *self,
                        const char     *name,
                        const char     *title,
                        CfoilColumnKind kind)
{
  CfoilTableColumn column = { g_strdup (name), g_strdup (title), kind };

  /* The cells that are there would belong to other columns. */
  g_return_if_fail (self->rows->len == 0);

  g_array_append_val (self->columns, column);
}

void
cfoil_table_add_note (CfoilTable *self,
                      const char *text)
{
  g_ptr_array_add (self->notes, g_strdup (text));
}

void
cfoil_table_set_as_of (CfoilTable *self,
                       gint64      us)
{
  self->as_of_us = us;
}

gint64
cfoil_table_get_as_of (const CfoilTable *self)
{
  return self->as_of_us;
}

void
cfoil_table_set_bucket (CfoilTable *self,
                        CfoilBucket bucket)
{
  self->bucket = bucket;
}

CfoilBucket
cfoil_table_get_bucket (const CfoilTable *self)
{
  return self->bucket;
}

void
cfoil_table_set_subject (CfoilTable       *self,
                         CfoilTableSubject subject)
{
  self->subject = subject;
}

CfoilTableSubject
cfoil_table_get_subject (const CfoilTable *self)
{
  return self->subject;
}

static const char *
keep_text (CfoilTable *self,
           const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (self->strings, text) : NULL;
}

void
cfoil_table_begin_row (CfoilTable  *self,
                       CfoilRowKind kind,
                       const char  *query)
{
  Row row = { kind, keep_text (self, query), self->cells->len, 0 };

  g_array_append_val (self->rows, row);
}

static void
add_cell (CfoilTable *self,
          gint64      number,
          const char *text,
          const char *name)
{
  Cell cell = { number, keep_text (self, text), keep_text (self, name) };
  Row *row;

  g_return_if_fail (self->rows->len > 0);
  row = &g_array_index (self->rows, Row, self->rows->len - 1);
  g_return_if_fail (row->n_cells < self->columns->len);

  g_array_append_val (self->cells, cell);
  row->n_cells++;
}

void
cfoil_table_add_text (CfoilTable *self,
                      const char *text)
{
  add_cell (self, CFOIL_UNKNOWN, text, NULL);
}

void
cfoil_table_add_named (CfoilTable *self,
                       const char *text,
                       const char *name)
{
  add_cell (self, CFOIL_UNKNOWN, text, name);
}

void
cfoil_table_add_number (CfoilTable *self,
                        gint64      number)
{
  add_cell (self, number, NULL, NULL);
}

void
cfoil_table_add_money (CfoilTable *self,
                       gint64      minor,
                       const char *currency)
{
  add_cell (self, minor, currency, NULL);
}

const char *
cfoil_table_get_name (const CfoilTable *self)
{
  return self->name;
}

const char *
cfoil_table_get_title (const CfoilTable *self)
{
  return self->title;
}

guint
cfoil_table_get_n_notes (const CfoilTable *self)
{
  return self->notes->len;
}

const char *
cfoil_table_get_note (const CfoilTable *self,
                      guint             i)
{
  g_return_val_if_fail (i < self->notes->len, NULL);

  return g_ptr_array_index (self->notes, i);
}

guint
cfoil_table_get_n_columns (const CfoilTable *self)
{
  return self->columns->len;
}

const CfoilTableColumn *
cfoil_table_get_column (const CfoilTable *self,
                        guint             column)
{
  g_return_val_if_fail (column < self->columns->len, NULL);

  return &g_array_index (self->columns, CfoilTableColumn, column);
}

gboolean
cfoil_table_is_number (const CfoilTable *self,
                       guint             column)
{
  CfoilColumnKind kind = cfoil_table_get_column (self, column)->kind;

  return kind != CFOIL_COLUMN_TEXT && kind != CFOIL_COLUMN_DAY && kind != CFOIL_COLUMN_TIME;
}

guint
cfoil_table_get_n_rows (const CfoilTable *self)
{
  return self->rows->len;
}

static const Row *
get_row (const CfoilTable *self,
         guint             row)
{
  g_return_val_if_fail (row < self->rows->len, NULL);

  return &g_array_index (self->rows, Row, row);
}

CfoilRowKind
cfoil_table_get_row_kind (const CfoilTable *self,
                          guint             row)
{
  const Row *found = get_row (self, row);

  return found != NULL ? found->kind : CFOIL_ROW_PLAIN;
}

const char *
cfoil_table_get_query (const CfoilTable *self,
                       guint             row)
{
  const Row *found = get_row (self, row);

  return found != NULL ? found->query : NULL;
}

/* A row may end early: a group's title has one cell. */
static Cell
get_cell (const CfoilTable *self,
          guint             row,
          guint             column)
{
  const Row *found = get_row (self, row);

  if (found == NULL || column >= found->n_cells)
    return (Cell){ CFOIL_UNKNOWN, NULL, NULL };
  return g_array_index (self->cells, Cell, found->first_cell + column);
}

const char *
cfoil_table_get_text (const CfoilTable *self,
                      guint             row,
                      guint             column)
{
  const CfoilTableColumn *info = cfoil_table_get_column (self, column);

  /* The text of a money cell is its currency. */
  return info != NULL && info->kind != CFOIL_COLUMN_MONEY ? get_cell (self, row, column).text : NULL;
}

gint64
cfoil_table_get_number (const CfoilTable *self,
                        guint             row,
                        guint             column)
{
  return get_cell (self, row, column).number;
}

const char *
cfoil_table_get_currency (const CfoilTable *self,
                          guint             row,
                          guint             column)
{
  const CfoilTableColumn *info = cfoil_table_get_column (self, column);

  return info != NULL && info->kind == CFOIL_COLUMN_MONEY ? get_cell (self, row, column).text : NULL;
}

static char *
format_time (gint64      us,
             GTimeZone  *zone,
             const char *pattern)
{
  g_autoptr (GDateTime) utc = cfoil_time_is_in_calendar (us) ? g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC) : NULL;
  g_autoptr (GDateTime) local = utc != NULL && zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  char iso[CFOIL_TIME_BUFFER];

  if (utc != NULL)
    return g_date_time_format (local != NULL ? local : utc, pattern);
  cfoil_time_format_iso (iso, us);
  return g_strdup (iso);
}

static char *
format_day (gint64      day,
            CfoilBucket bucket)
{
  if (day < CFOIL_DAY_MIN || day > CFOIL_DAY_MAX)
    return g_strdup_printf ("%" G_GINT64_FORMAT, day);
  if (bucket != CFOIL_BUCKET_DAY && bucket != CFOIL_BUCKET_WEEK)
    return cfoil_bucket_to_title (bucket, (gint32) day);
  /* Translators: a date, for example "21 Nov 2026"; see g_date_time_format (). */
  return format_time (day * CFOIL_USEC_PER_DAY, NULL, C_ ("date", "%-e %b %Y"));
}

char *
cfoil_table_format (const CfoilTable *self,
                    guint             row,
                    guint             column,
                    GTimeZone        *zone)
{
  const CfoilTableColumn *info = cfoil_table_get_column (self, column);
  Cell cell = get_cell (self, row, column);

  /* The title of a group stands in its first column, whatever that one holds. */
  if (info == NULL || info->kind == CFOIL_COLUMN_TEXT || (cell.number == CFOIL_UNKNOWN && info->kind != CFOIL_COLUMN_MONEY))
    return g_strdup (cell.text != NULL ? cell.text : "");
  if (cell.number == CFOIL_UNKNOWN)
    return g_strdup ("");
  switch (info->kind)
    {
    case CFOIL_COLUMN_MONEY:
      return cfoil_currency_format (cell.number, cell.text != NULL ? cell.text : "");
    case CFOIL_COLUMN_RATIO:
      return cfoil_unit_format (CFOIL_UNIT_RATIO, cell.number, NULL);
    case CFOIL_COLUMN_SPAN:
      return cfoil_unit_format (CFOIL_UNIT_SPAN, cell.number, NULL);
    case CFOIL_COLUMN_DAY:
      return format_day (cell.number, self->bucket);
    case CFOIL_COLUMN_TIME:
      /* Translators: a date and a time, for example "21 Nov 2026, 20:16"; see g_date_time_format (). */
      return format_time (cell.number, zone, C_ ("date and time", "%-e %b %Y, %H:%M"));
    case CFOIL_COLUMN_COUNT:
    case CFOIL_COLUMN_TEXT:
    default:
      return cfoil_unit_format (CFOIL_UNIT_COUNT, cell.number, NULL);
    }
}

static char *
format_decimal (gint64 number,
                int    exponent)
{
  char buffer[CFOIL_MONEY_BUFFER];

  cfoil_money_format (buffer, number, exponent);
  return g_strdup (buffer);
}

static char *
format_plain_day (gint64      day,
                  CfoilBucket bucket)
{
  int year, month, day_of_month;

  if (day < CFOIL_DAY_MIN || day > CFOIL_DAY_MAX)
    return format_decimal (day, 0);
  cfoil_day_to_date ((gint32) day, &year, &month, &day_of_month);
  switch (bucket)
    {
    case CFOIL_BUCKET_YEAR:
      return g_strdup_printf ("%04d", year);
    case CFOIL_BUCKET_QUARTER:
      return g_strdup_printf ("%04d-Q%d", year, (month + 2) / 3);
    case CFOIL_BUCKET_MONTH:
      return g_strdup_printf ("%04d-%02d", year, month);
    case CFOIL_BUCKET_DAY:
    case CFOIL_BUCKET_WEEK:
    default:
      return g_strdup_printf ("%04d-%02d-%02d", year, month, day_of_month);
    }
}

char *
cfoil_table_format_plain (const CfoilTable *self,
                          guint             row,
                          guint             column)
{
  const CfoilTableColumn *info = cfoil_table_get_column (self, column);
  Cell cell = get_cell (self, row, column);
  char buffer[CFOIL_TIME_BUFFER];

  if (info == NULL || info->kind == CFOIL_COLUMN_TEXT || (cell.number == CFOIL_UNKNOWN && info->kind != CFOIL_COLUMN_MONEY))
    return g_strdup (cell.name != NULL ? cell.name : cell.text != NULL ? cell.text : "");
  if (cell.number == CFOIL_UNKNOWN)
    return g_strdup ("");
  switch (info->kind)
    {
    case CFOIL_COLUMN_MONEY:
      return format_decimal (cell.number, cell.text != NULL ? MAX (cfoil_currency_exponent (cell.text), 0) : 0);
    case CFOIL_COLUMN_RATIO:
    case CFOIL_COLUMN_SPAN:
      return format_decimal (cell.number, MILLIONTHS);
    case CFOIL_COLUMN_DAY:
      return format_plain_day (cell.number, self->bucket);
    case CFOIL_COLUMN_TIME:
      cfoil_time_format_iso (buffer, cell.number);
      return g_strdup (buffer);
    case CFOIL_COLUMN_COUNT:
    case CFOIL_COLUMN_TEXT:
    default:
      return format_decimal (cell.number, 0);
    }
}
