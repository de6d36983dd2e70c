/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-cli.h"
#include "cfoil-print-source.h"

#include "cfoil-csv-writer.h"
#include "cfoil-currency.h"
#include "cfoil-money.h"
#include "cfoil-time.h"

#include <string.h>

/* A cell of a table for a terminal is cut here. */
#define MAX_CELL 60
/* So many rows of a table are held before they are printed. */
#define BLOCK 1000

/* --- the rows of a statement --- */

typedef struct
{
  CfoilPrintSource source;
  CfoilStatement *statement;
  int currency_column;
} StatementSource;

static const char *
statement_get_name (CfoilPrintSource *source,
                    guint             i)
{
  return cfoil_statement_column_name (((StatementSource *) source)->statement, (int) i);
}

static CfoilStep
statement_step (CfoilPrintSource *source,
                GError          **error)
{
  return cfoil_statement_step (((StatementSource *) source)->statement, error);
}

static CfoilValueType
statement_get_type (CfoilPrintSource *source,
                    guint             i)
{
  return cfoil_statement_column_type (((StatementSource *) source)->statement, (int) i);
}

static const char *
statement_get_text (CfoilPrintSource *source,
                    guint             i)
{
  return cfoil_statement_column_text (((StatementSource *) source)->statement, (int) i);
}

static gint64
statement_get_int64 (CfoilPrintSource *source,
                     guint             i)
{
  return cfoil_statement_column_int64 (((StatementSource *) source)->statement, (int) i);
}

static const char *
statement_get_currency (CfoilPrintSource *source,
                        guint             i)
{
  StatementSource *self = (StatementSource *) source;

  return cfoil_statement_column_text (self->statement, self->currency_column);
}

static void
statement_source_init (StatementSource *self,
                       CfoilStatement  *statement)
{
  int n = cfoil_statement_n_columns (statement);

  *self = (StatementSource){
    .source = {
      .n_columns = (guint) n,
      .get_name = statement_get_name,
      .step = statement_step,
      .get_type = statement_get_type,
      .get_text = statement_get_text,
      .get_int64 = statement_get_int64,
    },
    .statement = statement,
    .currency_column = -1,
  };
  for (int i = 0; i < n; i++)
    if (g_str_equal (cfoil_statement_column_name (statement, i), "currency"))
      self->currency_column = i;
  if (self->currency_column >= 0)
    self->source.get_currency = statement_get_currency;
}

/* --- JSON --- */

static void
append_json_value (GString          *out,
                   CfoilPrintSource *rows,
                   guint             i)
{
  const char *text;

  switch (rows->get_type (rows, i))
    {
    case CFOIL_VALUE_NULL:
      g_string_append (out, "null");
      break;
    case CFOIL_VALUE_INTEGER:
      g_string_append (out, rows->get_text (rows, i));
      break;
    case CFOIL_VALUE_REAL:
      /* JSON has no word for infinity. */
      text = rows->get_text (rows, i);
      g_string_append (out, g_ascii_isdigit (text[*text == '-']) ? text : "null");
      break;
    case CFOIL_VALUE_TEXT:
    case CFOIL_VALUE_BLOB:
    default:
      cfoil_json_append_string (out, rows->get_text (rows, i));
      break;
    }
}

static void
append_json_row (GString          *out,
                 CfoilPrintSource *rows)
{
  g_string_append_c (out, '{');
  for (guint i = 0; i < rows->n_columns; i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      cfoil_json_append_string (out, rows->get_name (rows, i));
      g_string_append (out, ": ");
      append_json_value (out, rows, i);
    }
  g_string_append_c (out, '}');
}

static gboolean
print_json (CfoilCli         *cli,
            GPtrArray        *objects,
            CfoilPrintSource *rows,
            GError          **error)
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
  while (ok && (step = rows->step (rows, error)) == CFOIL_STEP_ROW)
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

gboolean
cfoil_print_json (CfoilCli       *cli,
                  GPtrArray      *objects,
                  CfoilStatement *statement,
                  GError        **error)
{
  StatementSource rows;

  statement_source_init (&rows, statement);
  return print_json (cli, objects, &rows.source, error);
}

/* --- CSV --- */

static gboolean
print_csv (CfoilPrintSource *rows,
           GError          **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  CfoilStep step;
  gboolean ok;

  for (guint i = 0; i < rows->n_columns; i++)
    {
      const char *name = rows->get_name (rows, i);

      if (i > 0)
        g_string_append_c (out, ',');
      cfoil_csv_append_text (out, name, strlen (name), ',', TRUE);
    }
  g_string_append_c (out, '\n');
  ok = cfoil_cli_print (out->str);
  while (ok && (step = rows->step (rows, error)) == CFOIL_STEP_ROW)
    {
      g_string_truncate (out, 0);
      for (guint i = 0; i < rows->n_columns; i++)
        {
          CfoilValueType type = rows->get_type (rows, i);

          if (i > 0)
            g_string_append_c (out, ',');
          if (type != CFOIL_VALUE_NULL)
            {
              const char *text = rows->get_text (rows, i);

              cfoil_csv_append_text (out, text, strlen (text), ',', type == CFOIL_VALUE_TEXT);
            }
        }
      g_string_append_c (out, '\n');
      ok = cfoil_cli_print (out->str);
    }
  return !ok || step == CFOIL_STEP_DONE;
}

/* --- tables for people --- */

static char *
format_decimal (gint64 number,
                int    exponent)
{
  char text[CFOIL_MONEY_BUFFER];

  cfoil_money_format (text, number, exponent);
  return g_strdup (text);
}

static char *
format_cell (CfoilPrintSource *rows,
             guint             i)
{
  const char *name = rows->get_name (rows, i);
  CfoilValueType type = rows->get_type (rows, i);

  if (type == CFOIL_VALUE_NULL)
    return g_strdup ("");
  if (type == CFOIL_VALUE_INTEGER && g_str_has_suffix (name, "_us"))
    {
      char text[CFOIL_TIME_BUFFER];

      cfoil_time_format_iso (text, rows->get_int64 (rows, i));
      return g_strdup (text);
    }
  if (type == CFOIL_VALUE_INTEGER && g_str_has_suffix (name, "_ppm"))
    return format_decimal (rows->get_int64 (rows, i), 6);
  if (type == CFOIL_VALUE_INTEGER && g_str_has_suffix (name, "_minor") && rows->get_currency != NULL)
    {
      const char *currency = rows->get_currency (rows, i);
      int exponent = currency != NULL ? cfoil_currency_exponent (currency) : -1;

      return format_decimal (rows->get_int64 (rows, i), MAX (exponent, 0));
    }
  return cfoil_cli_clean (rows->get_text (rows, i), MAX_CELL);
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
  if (g_str_has_suffix (name, "_ppm"))
    return g_strndup (name, strlen (name) - 4);
  return g_strdup (name);
}

static gboolean
is_number_column (const char *name)
{
  return g_str_has_suffix (name, "_minor") || g_str_has_suffix (name, "_count") || g_str_has_suffix (name, "_ppm");
}

/* A table under way: its widths are those of the first block. */
typedef struct
{
  guint n;
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
add_titles (Table            *table,
            CfoilPrintSource *rows)
{
  for (guint i = 0; i < table->n; i++)
    {
      const char *name = rows->get_name (rows, i);

      table->right[i] = is_number_column (name);
      g_ptr_array_add (table->cells, format_title (name, rows->get_currency != NULL));
    }
}

static gboolean
print_table (CfoilPrintSource *rows,
             GError          **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) line = g_string_new (NULL);
  guint n = rows->n_columns;
  g_autofree guint *widths = g_new0 (guint, n);
  g_autofree gboolean *right = g_new0 (gboolean, n);
  Table table = { n, widths, right, cells, line };
  gboolean ok = TRUE;
  CfoilStep step;

  add_titles (&table, rows);
  while (ok && (step = rows->step (rows, error)) == CFOIL_STEP_ROW)
    {
      for (guint i = 0; i < n; i++)
        g_ptr_array_add (cells, format_cell (rows, i));
      if (cells->len >= BLOCK * n)
        ok = print_block (&table);
    }
  if (ok && step == CFOIL_STEP_ERROR)
    return FALSE;
  print_block (&table);
  return TRUE;
}

gboolean
cfoil_print_source (CfoilCli         *cli,
                    CfoilPrintSource *source,
                    const char       *format,
                    GError          **error)
{
  if (g_str_equal (format, "json"))
    return print_json (cli, NULL, source, error);
  if (g_str_equal (format, "csv"))
    return print_csv (source, error);
  return print_table (source, error);
}

gboolean
cfoil_print_rows (CfoilCli       *cli,
                  CfoilStatement *statement,
                  const char     *format,
                  GError        **error)
{
  StatementSource rows;

  statement_source_init (&rows, statement);
  return cfoil_print_source (cli, &rows.source, format, error);
}
