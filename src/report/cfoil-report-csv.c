/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-file.h"

#include "cfoil-cell-writer.h"
#include "cfoil-currency.h"
#include "cfoil-report-private.h"

#include <locale.h>
#include <string.h>

guint
cfoil_report_currency_place (const CfoilTable *table)
{
  guint place = G_MAXUINT;

  for (guint i = 0; i < cfoil_table_get_n_columns (table); i++)
    {
      const CfoilTableColumn *column = cfoil_table_get_column (table, i);

      if (g_str_equal (column->name, "currency"))
        return G_MAXUINT;
      if (column->kind == CFOIL_COLUMN_MONEY && place == G_MAXUINT)
        place = i;
    }
  return place;
}

const char *
cfoil_report_row_currency (const CfoilTable *table,
                           guint             row)
{
  for (guint i = 0; i < cfoil_table_get_n_columns (table); i++)
    {
      const char *currency = cfoil_table_get_currency (table, row, i);

      if (currency != NULL)
        return currency;
    }
  return NULL;
}

static CfoilCellWriter *
open_cells (GString           *buffer,
            CfoilExportProfile profile,
            GTimeZone         *zone)
{
  gboolean is_comma = profile == CFOIL_EXPORT_EXCEL && strcmp (localeconv ()->decimal_point, ",") == 0;

  if (profile == CFOIL_EXPORT_EXCEL)
    g_string_append (buffer, "\xef\xbb\xbf");
  /* Where the comma divides decimals, spreadsheets divide cells by ';'. */
  return cfoil_cell_writer_new (buffer, profile, is_comma ? ';' : ',', is_comma ? ',' : '.', zone);
}

static void
append_text (CfoilCellWriter *cells,
             const char      *text)
{
  const CfoilExportColumn column = { .kind = CFOIL_EXPORT_COLUMN_TEXT };
  const CfoilRowValue value = { CFOIL_UNKNOWN, text, text != NULL ? strlen (text) : 0 };

  cfoil_cell_writer_append (cells, &column, &value, 0);
}

/* What the exporter has no kind for: texts by the names that machines know, and days. */
static void
append_word (CfoilCellWriter  *cells,
             const CfoilTable *table,
             guint             row,
             guint             i)
{
  g_autofree char *plain = cfoil_table_format_plain (table, row, i);

  append_text (cells, *plain != '\0' ? plain : NULL);
}

static void
append_cell (CfoilCellWriter  *cells,
             const CfoilTable *table,
             guint             row,
             guint             i)
{
  CfoilExportColumn column = { .kind = CFOIL_EXPORT_COLUMN_INTEGER };
  const CfoilRowValue value = { cfoil_table_get_number (table, row, i), NULL, 0 };
  const char *currency = cfoil_table_get_currency (table, row, i);
  int exponent = currency != NULL ? MAX (cfoil_currency_exponent (currency), 0) : 0;

  switch (cfoil_table_get_column (table, i)->kind)
    {
    case CFOIL_COLUMN_MONEY:
      column.kind = CFOIL_EXPORT_COLUMN_MONEY;
      break;
    case CFOIL_COLUMN_RATIO:
    case CFOIL_COLUMN_SPAN:
      column.kind = CFOIL_EXPORT_COLUMN_RATE;
      break;
    case CFOIL_COLUMN_TIME:
      column.kind = CFOIL_EXPORT_COLUMN_TIME_UTC;
      break;
    case CFOIL_COLUMN_TEXT:
    case CFOIL_COLUMN_DAY:
      append_word (cells, table, row, i);
      return;
    case CFOIL_COLUMN_COUNT:
    default:
      break;
    }
  cfoil_cell_writer_append (cells, &column, &value, exponent);
}

GBytes *
cfoil_report_write_csv (const CfoilTable  *table,
                        CfoilExportProfile profile,
                        GTimeZone         *zone)
{
  GString *buffer = g_string_new (NULL);
  g_autoptr (CfoilCellWriter) cells = open_cells (buffer, profile, zone);
  guint n_columns = cfoil_table_get_n_columns (table);
  guint place = cfoil_report_currency_place (table);

  for (guint i = 0; i < n_columns; i++)
    {
      if (i == place)
        cfoil_cell_writer_append_header (cells, "currency");
      cfoil_cell_writer_append_header (cells, cfoil_table_get_column (table, i)->name);
    }
  cfoil_cell_writer_end_line (cells);
  for (guint row = 0; row < cfoil_table_get_n_rows (table); row++)
    {
      /* A sum among the rows would be added up with them. */
      if (cfoil_table_get_row_kind (table, row) != CFOIL_ROW_PLAIN)
        continue;
      for (guint i = 0; i < n_columns; i++)
        {
          if (i == place)
            append_text (cells, cfoil_report_row_currency (table, row));
          append_cell (cells, table, row, i);
        }
      cfoil_cell_writer_end_line (cells);
    }
  return g_string_free_to_bytes (buffer);
}
