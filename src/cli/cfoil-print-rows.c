/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-cli.h"
#include "cfoil-csv-writer.h"
#include "cfoil-currency.h"
#include "cfoil-money.h"
#include "cfoil-time.h"

#include <string.h>

/* A cell of a table for a terminal is cut here. */
#define MAX_CELL 60
/* So many rows of a table are held before they are printed. */
#define BLOCK 1000

static void
append_json_value (GString        *out,
                   CfoilStatement *row,
                   int             i)
{
  const char *text;

  switch (cfoil_statement_column_type (row, i))
    {
    case CFOIL_VALUE_NULL:
      g_string_append (out, "null");
      break;
    case CFOIL_VALUE_INTEGER:
      g_string_append (out, cfoil_statement_column_text (row, i));
      break;
    case CFOIL_VALUE_REAL:
      /* JSON has no word for infinity. */
      text = cfoil_statement_column_text (row, i);
      g_string_append (out, g_ascii_isdigit (text[*text == '-']) ? text : "null");
      break;
    case CFOIL_VALUE_TEXT:
    case CFOIL_VALUE_BLOB:
    default:
      cfoil_json_append_string (out, cfoil_statement_column_text (row, i));
      break;
    }
}

static void
append_json_row (GString        *out,
                 CfoilStatement *row)
{
  g_string_append_c (out, '{');
  for (int i = 0; i < cfoil_statement_n_columns (row); i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      cfoil_json_append_string (out, cfoil_statement_column_name (row, i));
      g_string_append (out, ": ");
      append_json_value (out, row, i);
    }
  g_string_append_c (out, '}');
}

gboolean
cfoil_print_json (CfoilCli       *cli,
                  GPtrArray      *objects,
                  CfoilStatement *rows,
                  GError        **error)
{
  g_autoptr (GString) out = g_string_new ("[");
  const char *before = "\n  ";
  CfoilStep step;
  gboolean ok = TRUE;

  for (guint i = 0; objects != NULL && i < objects->len; i++)
    {
      g_string_append_printf (out, "%s%s", before, (const char *) g_ptr_array_index (objects, i));
      before = ",\n  ";
    }
  /* Nothing is printed before the first row: a query that fails at once leaves
   * room for the error. */
  while (ok && (step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      g_string_append (out, before);
      append_json_row (out, rows);
      ok = cfoil_cli_print (out->str);
      cli->has_printed = TRUE;
      g_string_truncate (out, 0);
      before = ",\n  ";
    }
  if (ok && step == CFOIL_STEP_ERROR && !cli->has_printed)
    return FALSE;
  cli->has_printed = TRUE;
  g_string_append_printf (out, "%s]\n", before[0] == ',' ? "\n" : "");
  cfoil_cli_print (out->str);
  return !ok || step == CFOIL_STEP_DONE;
}

static gboolean
print_csv (CfoilStatement *rows,
           GError        **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  int n = cfoil_statement_n_columns (rows);
  CfoilStep step;
  gboolean ok;

  for (int i = 0; i < n; i++)
    {
      const char *name = cfoil_statement_column_name (rows, i);

      if (i > 0)
        g_string_append_c (out, ',');
      cfoil_csv_append_text (out, name, strlen (name), ',', TRUE);
    }
  g_string_append_c (out, '\n');
  ok = cfoil_cli_print (out->str);
  while (ok && (step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      g_string_truncate (out, 0);
      for (int i = 0; i < n; i++)
        {
          CfoilValueType type = cfoil_statement_column_type (rows, i);

          if (i > 0)
            g_string_append_c (out, ',');
          if (type != CFOIL_VALUE_NULL)
            {
              const char *text = cfoil_statement_column_text (rows, i);

              cfoil_csv_append_text (out, text, strlen (text), ',', type == CFOIL_VALUE_TEXT);
            }
        }
      g_string_append_c (out, '\n');
      ok = cfoil_cli_print (out->str);
    }
  return !ok || step == CFOIL_STEP_DONE;
}

static char *
format_cell (CfoilStatement *row,
             int             i,
             int             currency_column)
{
  const char *name = cfoil_statement_column_name (row, i);
  CfoilValueType type = cfoil_statement_column_type (row, i);

  if (type == CFOIL_VALUE_NULL)
    return g_strdup ("");
  if (type == CFOIL_VALUE_INTEGER && g_str_has_suffix (name, "_us"))
    {
      char text[CFOIL_TIME_BUFFER];

      cfoil_time_format_iso (text, cfoil_statement_column_int64 (row, i));
      return g_strdup (text);
    }
  if (type == CFOIL_VALUE_INTEGER && g_str_has_suffix (name, "_minor") && currency_column >= 0)
    {
      const char *currency = cfoil_statement_column_text (row, currency_column);
      int exponent = currency != NULL ? cfoil_currency_exponent (currency) : -1;
      char text[CFOIL_MONEY_BUFFER];

      cfoil_money_format (text, cfoil_statement_column_int64 (row, i), MAX (exponent, 0));
      return g_strdup (text);
    }
  return cfoil_cli_clean (cfoil_statement_column_text (row, i), MAX_CELL);
}

/* "created_at_us" is a time and "gross_minor" an amount once they are shown. */
static char *
format_title (const char *name,
              gboolean    has_currency)
{
  if (g_str_has_suffix (name, "_us"))
    return g_strndup (name, strlen (name) - 3);
  if (has_currency && g_str_has_suffix (name, "_minor"))
    return g_strndup (name, strlen (name) - 6);
  return g_strdup (name);
}

static gboolean
is_number_column (const char *name)
{
  return g_str_has_suffix (name, "_minor") || g_str_has_suffix (name, "_count");
}

/* A table under way: its widths are those of the first block. */
typedef struct
{
  guint n;
  int currency_column;
  guint *widths;
  gboolean *right;
  GPtrArray *cells; /* of the current block, row by row */
  GString *line;
} Table;

static gboolean
print_table_row (Table *table,
                 guint  first)
{
  g_string_truncate (table->line, 0);
  for (guint i = 0; i < table->n; i++)
    {
      const char *cell = g_ptr_array_index (table->cells, first + i);
      int pad = MAX ((int) table->widths[i] - (int) g_utf8_strlen (cell, -1), 0);

      if (i > 0)
        g_string_append (table->line, "  ");
      if (table->right[i])
        g_string_append_printf (table->line, "%*s%s", pad, "", cell);
      else
        g_string_append_printf (table->line, "%s%*s", cell, i + 1 < table->n ? pad : 0, "");
    }
  g_string_append_c (table->line, '\n');
  return cfoil_cli_print (table->line->str);
}

static gboolean
print_block (Table *table)
{
  gboolean ok = TRUE;

  for (guint i = 0; i < table->cells->len; i++)
    table->widths[i % table->n] = MAX (table->widths[i % table->n],
                                       (guint) g_utf8_strlen (g_ptr_array_index (table->cells, i), -1));
  for (guint first = 0; ok && first < table->cells->len; first += table->n)
    ok = print_table_row (table, first);
  g_ptr_array_set_size (table->cells, 0);
  return ok;
}

static void
add_titles (Table          *table,
            CfoilStatement *rows)
{
  for (guint i = 0; i < table->n; i++)
    if (g_str_equal (cfoil_statement_column_name (rows, (int) i), "currency"))
      table->currency_column = (int) i;
  for (guint i = 0; i < table->n; i++)
    {
      const char *name = cfoil_statement_column_name (rows, (int) i);

      table->right[i] = is_number_column (name);
      g_ptr_array_add (table->cells, format_title (name, table->currency_column >= 0));
    }
}

static gboolean
print_table (CfoilStatement *rows,
             GError        **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) line = g_string_new (NULL);
  guint n = (guint) cfoil_statement_n_columns (rows);
  g_autofree guint *widths = g_new0 (guint, n);
  g_autofree gboolean *right = g_new0 (gboolean, n);
  Table table = { n, -1, widths, right, cells, line };
  gboolean ok = TRUE;
  CfoilStep step;

  add_titles (&table, rows);
  while (ok && (step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      for (guint i = 0; i < n; i++)
        g_ptr_array_add (cells, format_cell (rows, (int) i, table.currency_column));
      if (cells->len >= BLOCK * n)
        ok = print_block (&table);
    }
  if (ok && step == CFOIL_STEP_ERROR)
    return FALSE;
  print_block (&table);
  return TRUE;
}

gboolean
cfoil_print_rows (CfoilCli       *cli,
                  CfoilStatement *statement,
                  const char     *format,
                  GError        **error)
{
  if (g_str_equal (format, "json"))
    return cfoil_print_json (cli, NULL, statement, error);
  if (g_str_equal (format, "csv"))
    return print_csv (statement, error);
  return print_table (statement, error);
}
