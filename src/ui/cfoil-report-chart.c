/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-chart.h"

/* What can be told apart, and what has room. */
#define MAX_SERIES 4
#define MAX_COLUMNS_POINTS 16
#define MAX_TEXT_POINTS 24

GPtrArray *
cfoil_report_chart_list_currencies (const CfoilTable *table)
{
  GPtrArray *currencies = g_ptr_array_new_with_free_func (g_free);

  for (guint row = 0; row < cfoil_table_get_n_rows (table); row++)
    for (guint i = 0; cfoil_table_get_row_kind (table, row) == CFOIL_ROW_PLAIN && i < cfoil_table_get_n_columns (table); i++)
      {
        const char *currency = cfoil_table_get_currency (table, row, i);

        if (currency == NULL)
          continue;
        if (currencies->len == 0 || !g_str_equal (currencies->pdata[currencies->len - 1], currency))
          g_ptr_array_add (currencies, g_strdup (currency));
        break;
      }
  return currencies;
}

static gboolean
is_of (const CfoilTable *table,
       guint             row,
       guint             column,
       const char       *currency)
{
  return cfoil_table_get_row_kind (table, row) == CFOIL_ROW_PLAIN &&
         g_strcmp0 (cfoil_table_get_currency (table, row, column), currency) == 0;
}

static gboolean
has_amounts (const CfoilTable *table,
             guint             column,
             const char       *currency)
{
  for (guint row = 0; row < cfoil_table_get_n_rows (table); row++)
    if (is_of (table, row, column, currency) && cfoil_table_get_number (table, row, column) != 0 &&
        cfoil_table_get_number (table, row, column) != CFOIL_UNKNOWN)
      return TRUE;
  return FALSE;
}

/* The first and the last amounts say most: what came in, and what remains. */
static GArray *
choose_columns (const CfoilTable *table,
                const char       *currency)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < cfoil_table_get_n_columns (table); i++)
    if (cfoil_table_get_column (table, i)->kind == CFOIL_COLUMN_MONEY && has_amounts (table, i, currency))
      g_array_append_val (columns, i);
  if (columns->len > MAX_SERIES)
    g_array_remove_range (columns, MAX_SERIES - 1, columns->len - MAX_SERIES);
  return columns;
}

CfoilChartData *
cfoil_report_chart_make (const CfoilTable *table,
                         const char       *currency)
{
  g_autoptr (GArray) columns = choose_columns (table, currency);
  g_autoptr (CfoilTable) chosen = cfoil_table_new (cfoil_table_get_name (table), cfoil_table_get_title (table));
  const CfoilTableColumn *key = cfoil_table_get_column (table, 0);
  gboolean is_day = key->kind == CFOIL_COLUMN_DAY;
  guint n_points = 0;

  if (columns->len == 0)
    return NULL;
  cfoil_table_add_column (chosen, key->name, key->title, key->kind);
  for (guint i = 0; i < columns->len; i++)
    {
      const CfoilTableColumn *column = cfoil_table_get_column (table, g_array_index (columns, guint, i));

      cfoil_table_add_column (chosen, column->name, column->title, column->kind);
    }
  for (guint row = 0; row < cfoil_table_get_n_rows (table); row++)
    {
      if (!is_of (table, row, g_array_index (columns, guint, 0), currency) || (!is_day && n_points >= MAX_TEXT_POINTS))
        continue;
      n_points++;
      cfoil_table_begin_row (chosen, CFOIL_ROW_PLAIN, cfoil_table_get_query (table, row));
      if (is_day)
        cfoil_table_add_number (chosen, cfoil_table_get_number (table, row, 0));
      else
        cfoil_table_add_text (chosen, cfoil_table_get_text (table, row, 0));
      for (guint i = 0; i < columns->len; i++)
        cfoil_table_add_money (chosen, cfoil_table_get_number (table, row, g_array_index (columns, guint, i)), currency);
    }
  return cfoil_chart_data_new_from_table (is_day && n_points > MAX_COLUMNS_POINTS ? CFOIL_CHART_LINES : CFOIL_CHART_COLUMNS, chosen,
                                          cfoil_table_get_bucket (table));
}
