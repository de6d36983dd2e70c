/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-cli.h"
#include "cfoil-csv-writer.h"
#include "cfoil-currency.h"
#include "cfoil-money.h"
#include "cfoil-time.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* A cell of a table for a terminal is cut here. */
#define MAX_CELL 60

static void
print_json_string (GString    *out,
                   const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);
  g_autofree char *valid = NULL;
  g_autofree char *json = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    {
      valid = g_utf8_make_valid (text, -1);
      json_node_set_string (node, valid);
    }
  json = json_to_string (node, FALSE);
  g_string_append (out, json);
}

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
      g_string_append (out, g_str_has_suffix (text, "Inf") ? "null" : text);
      break;
    case CFOIL_VALUE_TEXT:
    case CFOIL_VALUE_BLOB:
    default:
      print_json_string (out, cfoil_statement_column_text (row, i));
      break;
    }
}

static gboolean
print_json (CfoilStatement *rows,
            GError        **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean is_first = TRUE;
  CfoilStep step;

  g_print ("[");
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      g_string_assign (out, is_first ? "\n  {" : ",\n  {");
      is_first = FALSE;
      for (int i = 0; i < cfoil_statement_n_columns (rows); i++)
        {
          if (i > 0)
            g_string_append (out, ", ");
          print_json_string (out, cfoil_statement_column_name (rows, i));
          g_string_append (out, ": ");
          append_json_value (out, rows, i);
        }
      g_string_append_c (out, '}');
      g_print ("%s", out->str);
    }
  g_print ("%s]\n", is_first ? "" : "\n");
  return step == CFOIL_STEP_DONE;
}

static gboolean
print_csv (CfoilStatement *rows,
           GError        **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  int n = cfoil_statement_n_columns (rows);
  CfoilStep step;

  for (int i = 0; i < n; i++)
    {
      const char *name = cfoil_statement_column_name (rows, i);

      if (i > 0)
        g_string_append_c (out, ',');
      cfoil_csv_append_text (out, name, strlen (name), ',', TRUE);
    }
  g_print ("%s\n", out->str);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
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
      g_print ("%s\n", out->str);
    }
  return step == CFOIL_STEP_DONE;
}

/* Text from outside, made harmless for a terminal: one line, no controls. */
static char *
clean_cell (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);
  guint n = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (n++ == MAX_CELL)
        {
          g_string_append (out, "…");
          break;
        }
      g_string_append_unichar (out, g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT ? 0xFFFD : c);
    }
  return g_string_free (out, FALSE);
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
  return clean_cell (cfoil_statement_column_text (row, i));
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

static void
print_table_row (GPtrArray  *cells,
                 guint       first,
                 guint       n,
                 const guint *widths,
                 const gboolean *right)
{
  for (guint i = 0; i < n; i++)
    {
      const char *cell = g_ptr_array_index (cells, first + i);
      int pad = (int) widths[i] - (int) g_utf8_strlen (cell, -1);

      if (i > 0)
        g_print ("  ");
      if (right[i])
        g_print ("%*s%s", pad, "", cell);
      else
        g_print ("%s%*s", cell, i + 1 < n ? pad : 0, "");
    }
  g_print ("\n");
}

static gboolean
print_table (CfoilStatement *rows,
             GError        **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  guint n = (guint) cfoil_statement_n_columns (rows);
  g_autofree guint *widths = g_new0 (guint, n);
  g_autofree gboolean *right = g_new0 (gboolean, n);
  int currency_column = -1;
  CfoilStep step;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (cfoil_statement_column_name (rows, (int) i), "currency"))
      currency_column = (int) i;
  for (guint i = 0; i < n; i++)
    {
      const char *name = cfoil_statement_column_name (rows, (int) i);

      right[i] = is_number_column (name);
      g_ptr_array_add (cells, format_title (name, currency_column >= 0));
    }
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    for (guint i = 0; i < n; i++)
      g_ptr_array_add (cells, format_cell (rows, (int) i, currency_column));
  if (step == CFOIL_STEP_ERROR)
    return FALSE;

  for (guint i = 0; i < cells->len; i++)
    widths[i % n] = MAX (widths[i % n], (guint) g_utf8_strlen (g_ptr_array_index (cells, i), -1));
  for (guint first = 0; first < cells->len; first += n)
    print_table_row (cells, first, n, widths, right);
  return TRUE;
}

gboolean
cfoil_print_rows (CfoilStatement *statement,
                  const char     *format,
                  GError        **error)
{
  if (g_str_equal (format, "json"))
    return print_json (statement, error);
  if (g_str_equal (format, "csv"))
    return print_csv (statement, error);
  return print_table (statement, error);
}
