/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-cli.h"

#include <json-glib/json-glib.h>

static char *
run (const UiCli *cli,
     GPtrArray   *arguments)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  g_ptr_array_insert (arguments, 0, g_strdup (cli->program));
  g_ptr_array_add (arguments, g_strdup ("--data-dir"));
  g_ptr_array_add (arguments, g_strdup (cli->folder));
  g_ptr_array_add (arguments, NULL);
  process = g_subprocess_newv ((const char *const *) arguments->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  if (process != NULL && g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error) &&
      g_subprocess_get_successful (process))
    return output;
  g_print ("# %s fails: %s\n", (const char *) arguments->pdata[1], error != NULL ? error->message : "");
  g_free (output);
  return NULL;
}

char *
ui_cli_run (const UiCli *cli,
            ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  const char *argument;
  va_list list;

  va_start (list, cli);
  while ((argument = va_arg (list, const char *)) != NULL)
    g_ptr_array_add (arguments, g_strdup (argument));
  va_end (list);
  return run (cli, arguments);
}

GPtrArray *
ui_cli_list (const UiCli *cli,
             const char  *query,
             const char  *sort,
             const char  *columns)
{
  g_autofree char *sort_option = g_strdup_printf ("--sort=%s", sort != NULL ? sort : "-time");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  text = ui_cli_run (cli, "list", "transactions", "--query", query, sort_option, "--columns", columns,
                     "--limit", "0", "--format", "csv", NULL);
  lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    if (*g_strchomp (lines[i]) != '\0')
      g_ptr_array_add (rows, g_strsplit (lines[i], ",", -1));
  return rows;
}

char *
ui_cli_dup_amount (const char *minor)
{
  gint64 value = g_ascii_strtoll (minor, NULL, 10);
  g_autofree char *units = g_strdup_printf ("%" G_GINT64_FORMAT, ABS (value) / 100);
  g_autoptr (GString) text = g_string_new (units);

  if (*minor == '\0')
    return g_strdup ("\u2014");
  for (gssize at = (gssize) text->len - 3; at > 0; at -= 3)
    g_string_insert_c (text, at, ',');
  g_string_append_printf (text, ".%02d", (int) (ABS (value) % 100));
  if (value < 0)
    g_string_prepend (text, "\u2212");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
ui_cli_dup_time (const char *us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (g_ascii_strtoll (us, NULL, 10) / G_USEC_PER_SEC);

  return g_date_time_format (time, "%-e %b %Y, %H:%M");
}

static void
append_sum (GString    *text,
            JsonObject *total,
            const char *title,
            const char *member)
{
  g_autofree char *minor = g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (total, member));
  g_autofree char *amount = ui_cli_dup_amount (minor);

  g_string_append_printf (text, "|%s|%s", title, amount);
}

char *
ui_cli_dup_totals (const UiCli *cli,
                   const char  *query,
                   const char  *count_words)
{
  g_autofree char *output = ui_cli_run (cli, "totals", "--query", query, "--json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GString) text = g_string_new (count_words);
  JsonArray *totals;

  if (output == NULL || !json_parser_load_from_data (parser, output, -1, NULL))
    return NULL;
  totals = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (totals); i++)
    {
      JsonObject *total = json_array_get_object_element (totals, i);

      g_string_append_printf (text, "|%s", json_object_get_string_member (total, "currency"));
      append_sum (text, total, "Gross", "gross_minor");
      append_sum (text, total, "Fees", "fee_minor");
      append_sum (text, total, "Net", "net_minor");
      append_sum (text, total, "Refunded", "refunded_minor");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
