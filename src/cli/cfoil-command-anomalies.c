/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-anomaly.h"
#include "cfoil-cli.h"
#include "cfoil-print-source.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>

/* "anomalies list|acknowledge|rules" */

static const char *const columns[] = { "anomaly", "account", "rule", "currency", "from_us", "until_us", "found_us", "sentence", "query", NULL };
#define CURRENCY_COLUMN 3

static void
add_anomaly (CfoilPrintTable    *table,
             const CfoilAnomaly *anomaly)
{
  g_autofree char *sentence = cfoil_cli_clean (anomaly->sentence, 0);

  cfoil_print_table_add_number (table, anomaly->anomaly_id);
  cfoil_print_table_add_text (table, anomaly->account);
  cfoil_print_table_add_text (table, anomaly->rule);
  cfoil_print_table_add_text (table, anomaly->currency);
  cfoil_print_table_add_number (table, anomaly->from_us);
  cfoil_print_table_add_number (table, anomaly->until_us);
  cfoil_print_table_add_number (table, anomaly->found_us);
  cfoil_print_table_add_text (table, sentence);
  cfoil_print_table_add_text (table, anomaly->query);
}

static int
print_list (CfoilCli   *cli,
            gboolean    all,
            const char *format)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilContext) context = cfoil_cli_open (cli);
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (CfoilPrintTable) table = cfoil_print_table_new (columns, CURRENCY_COLUMN);

  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  reader = cfoil_mirror_open_reader (cfoil_context_get_mirror (context), &error);
  if (reader == NULL || (list = cfoil_anomaly_list (reader, NULL, all, &error)) == NULL)
    return cfoil_cli_fail (cli, error);
  for (guint i = 0; i < list->len; i++)
    add_anomaly (table, g_ptr_array_index (list, i));
  if (!cfoil_print_source (cli, cfoil_print_table_get_source (table), format, &error))
    return cfoil_cli_fail (cli, error);
  return CFOIL_EXIT_DONE;
}

static int
list_anomalies (CfoilCli *cli,
                char    **argv)
{
  g_autofree char *format = NULL;
  gboolean all = FALSE;
  int exit_code;
  const GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_ ("Also what was acknowledged"), NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("table, csv or json"), N_ ("FORMAT") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "anomalies list", N_ ("Prints what looks unusual, newest first."), entries, &exit_code))
    return exit_code;
  if (g_strv_length (argv) != 0)
    return cfoil_cli_usage (_ ("Nothing can stand there: %s"), argv[0]);
  if (!cfoil_cli_read_format (cli, &format))
    return CFOIL_EXIT_USAGE;
  return print_list (cli, all, format);
}

static int
acknowledge (CfoilCli *cli,
             char    **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilContext) context = NULL;
  gint64 anomaly_id;
  int exit_code;
  const GOptionEntry entries[] = { { NULL } };

  if (!cfoil_cli_parse (cli, &argv, "anomalies acknowledge NUMBER",
                        N_ ("Marks one as seen: the rule keeps quiet about it for a week."), entries, &exit_code))
    return exit_code;
  if (g_strv_length (argv) != 1 || !g_ascii_string_to_signed (argv[0], 10, 1, G_MAXINT64, &anomaly_id, NULL))
    return cfoil_cli_usage (_ ("Give the number that the list shows."));
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  if (!cfoil_anomaly_acknowledge (cfoil_context_get_mirror (context), anomaly_id, cfoil_time_now_us (), &error))
    return cfoil_cli_fail (cli, error);
  return CFOIL_EXIT_DONE;
}

static int
print_rules (CfoilCli *cli,
             char    **argv)
{
  guint n_rules;
  const CfoilAnomalyRule *rules = cfoil_anomaly_get_rules (&n_rules);
  int exit_code;
  const GOptionEntry entries[] = { { NULL } };

  if (!cfoil_cli_parse (cli, &argv, "anomalies rules", N_ ("Prints what is looked for, and from when on it is told."), entries, &exit_code))
    return exit_code;
  if (g_strv_length (argv) != 0)
    return cfoil_cli_usage (_ ("Nothing can stand there: %s"), argv[0]);
  for (guint i = 0; i < n_rules; i++)
    g_print ("%s: %s\n  %s\n", rules[i].name, _ (rules[i].title), _ (rules[i].explanation));
  return CFOIL_EXIT_DONE;
}

static const CfoilCommand words[] = {
  { "list", list_anomalies, "anomalies list", N_ ("Print what looks unusual") },
  { "acknowledge", acknowledge, "anomalies acknowledge NUMBER", N_ ("Mark one as seen") },
  { "rules", print_rules, "anomalies rules", N_ ("Print what is looked for") },
  { NULL }
};

int
cfoil_command_anomalies (CfoilCli *cli,
                         char    **argv)
{
  return cfoil_cli_run_word (cli, argv, words);
}
