/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-cli.h"
#include "cfoil-command-transactions.h"
#include "cfoil-error.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>

/* What a person sees of each view; machines get all of it.  Transactions are in a file
 * of their own. */
static const struct
{
  const char *name;
  const char *table_columns;
  const char *order;
} tables[] = {
  { "refunds", "created_at_us, state, refund_id, charge_id, currency, amount_minor, fee_minor, posted_at_us, account",
    "coalesce (created_at_us, posted_at_us) DESC, refund_id" },
  { "disputes", "due_at_us, state, filing_reason, dispute_id, charge_id, currency, amount_minor, opened_at_us, account",
    "state <> 'needs_response', due_at_us, dispute_id" },
  { "settlements", "end_at_us, settlement_id, currency, line_count, amount_minor, fee_minor, net_minor, disbursed_minor, bank_reference, account",
    "end_at_us DESC, settlement_id, currency" },
  { "reports", "created_at_us, feed, status, start_at_us, end_at_us, row_count, report_id, account",
    "created_at_us DESC, report_id" },
  { "exceptions", "kind, subject, message, feed, row_number, account", "account, kind, document_sha256, row_number, subject" },
};

static char *
build_sql (guint    table,
           gboolean for_people,
           int      limit)
{
  return g_strdup_printf ("SELECT %s FROM %s ORDER BY %s LIMIT %d",
                          for_people ? tables[table].table_columns : "*", tables[table].name, tables[table].order, limit);
}

/* Prepares SQL on a new reader and prints what it gives. */
static int
print_query (CfoilCli   *cli,
             const char *sql,
             const char *format)
{
  g_autoptr (CfoilContext) context = cfoil_cli_open (cli);
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (CfoilStatement) rows = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  reader = cfoil_mirror_open_reader (cfoil_context_get_mirror (context), &error);
  if (reader == NULL)
    return cfoil_cli_fail (cli, error);
  cfoil_database_set_cancellable (reader, cli->cancellable);
  rows = cfoil_database_prepare (reader, sql, &error);
  if (rows != NULL && !cfoil_statement_is_read_only (rows))
    {
      g_clear_pointer (&rows, cfoil_statement_free);
      g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           _ ("This connection only reads; nothing was changed. Use SELECT."));
      return cfoil_cli_fail (cli, error);
    }
  ok = rows != NULL && cfoil_print_rows (cli, rows, format, &error);
  g_clear_pointer (&rows, cfoil_statement_free);
  return ok ? CFOIL_EXIT_DONE : cfoil_cli_fail (cli, error);
}

int
cfoil_command_list (CfoilCli *cli,
                    char    **argv)
{
  g_auto (CfoilCliQuery) query = { NULL };
  g_autofree char *format = NULL;
  g_autofree char *sql = NULL;
  int limit = 50, exit_code;
  guint table;
  const GOptionEntry entries[] = {
    CFOIL_CLI_QUERY_ENTRY (query),
    CFOIL_CLI_COLUMNS_ENTRY (query),
    CFOIL_CLI_ZONE_ENTRY (query),
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_ ("At most so many rows (50); 0: all"), "N" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("table, csv or json"), N_ ("FORMAT") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "list transactions|refunds|disputes|settlements|reports|exceptions",
                        N_ ("Prints rows of the mirror, newest first. Of transactions a query or a saved view says which."),
                        entries, &exit_code))
    return exit_code;
  if (!cfoil_cli_read_format (cli, &format))
    return CFOIL_EXIT_USAGE;
  if (limit < 0)
    return cfoil_cli_usage (_ ("--limit is a number of rows."));
  if (g_strcmp0 (argv[0], "transactions") == 0 && argv[1] == NULL)
    return cfoil_list_transactions (cli, &query, format, limit);
  for (table = 0; table < G_N_ELEMENTS (tables); table++)
    if (g_strcmp0 (tables[table].name, argv[0]) == 0)
      break;
  if (table == G_N_ELEMENTS (tables) || argv[1] != NULL)
    return cfoil_cli_usage (_ ("List transactions, refunds, disputes, settlements, reports or exceptions?"));
  if (cfoil_cli_query_is_given (&query))
    return cfoil_cli_usage (_ ("--query, --view, --columns and --sort are for transactions."));

  sql = build_sql (table, g_str_equal (format, "table"), limit == 0 ? -1 : limit);
  return print_query (cli, sql, format);
}

int
cfoil_command_sql (CfoilCli *cli,
                   char    **argv)
{
  g_autofree char *format = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("table, csv or json"), N_ ("FORMAT") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "sql 'SELECT …'",
                        N_ ("Asks the mirror in SQL, on a connection that cannot write. The views and their columns are described in views.md."),
                        entries, &exit_code))
    return exit_code;
  if (g_strv_length (argv) != 1)
    return cfoil_cli_usage (_ ("Give one SQL statement, in quotes."));
  if (!cfoil_cli_read_format (cli, &format))
    return CFOIL_EXIT_USAGE;
  return print_query (cli, argv[0], format);
}

static void
print_status_row (CfoilStatement *row)
{
  char fresh[CFOIL_TIME_BUFFER] = "", from[CFOIL_TIME_BUFFER] = "", until[CFOIL_TIME_BUFFER] = "";
  gint64 fresh_us = cfoil_statement_column_int64 (row, 2);
  gint64 from_us = cfoil_statement_column_int64 (row, 3);
  gint64 n_gaps = cfoil_statement_column_int64 (row, 5);
  const char *error_name = cfoil_statement_column_text (row, 7);

  g_print ("  %-26s ", cfoil_statement_column_text (row, 1));
  if (fresh_us != CFOIL_UNKNOWN)
    {
      cfoil_time_format_iso (fresh, fresh_us / G_USEC_PER_SEC * G_USEC_PER_SEC);
      g_print (_ ("fresh as of %s"), fresh);
    }
  else
    g_print ("%s", _ ("never fetched"));
  g_print (_ (", %s rows"), cfoil_statement_column_text (row, 6));
  if (from_us != CFOIL_UNKNOWN)
    {
      cfoil_time_format_iso (from, from_us);
      cfoil_time_format_iso (until, cfoil_statement_column_int64 (row, 4));
      g_print (_ (", covers %.10s to %.10s"), from, until);
      if (n_gaps > 0)
        g_print (ngettext (" with %d gap", " with %d gaps", (gulong) n_gaps), (int) n_gaps);
    }
  g_print ("\n");
  if (error_name != NULL)
    g_print ("    %s\n    %s\n", cfoil_statement_column_text (row, 8), gettext (cfoil_error_advice (error_name)));
}

static gboolean
print_status (CfoilMirror *mirror,
              GError     **error)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, error);
  g_autoptr (CfoilStatement) rows = NULL;
  g_autofree char *account = NULL;
  CfoilStep step;

  if (reader == NULL)
    return FALSE;
  rows = cfoil_database_prepare (reader,
                                 "SELECT a.name, v.feed, v.fresh_at_us, v.covered_from_us, v.covered_until_us, "
                                 "v.gap_count, v.row_count, v.error, v.error_message "
                                 "FROM account AS a LEFT JOIN feeds AS v ON v.account = a.name ORDER BY a.name, v.feed",
                                 error);
  if (rows == NULL)
    return FALSE;
  g_print (_ ("Mirror: %s\n"), cfoil_mirror_get_path (mirror));
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      const char *name = cfoil_statement_column_text (rows, 0);

      if (g_strcmp0 (account, name) != 0)
        {
          g_print ("%s\n", name);
          g_free (account);
          account = g_strdup (name);
        }
      if (cfoil_statement_column_text (rows, 1) == NULL)
        g_print ("  %s\n", _ ("nothing fetched or imported yet"));
      else
        print_status_row (rows);
    }
  if (account == NULL && step == CFOIL_STEP_DONE)
    g_print ("%s\n", _ ("No account yet: counterfoil-cli account add --help"));
  return step == CFOIL_STEP_DONE;
}

int
cfoil_command_status (CfoilCli *cli,
                      char    **argv)
{
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (GError) error = NULL;
  int exit_code;

  if (!cfoil_cli_parse (cli, &argv, "status", N_ ("Says how fresh and complete each feed is, and what went wrong."), NULL, &exit_code))
    return exit_code;
  if (argv[0] != NULL)
    return cfoil_cli_usage (_ ("status takes no further words."));
  if (cli->json)
    return print_query (cli, "SELECT * FROM feeds ORDER BY account, feed", "json");
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  return print_status (cfoil_context_get_mirror (context), &error) ? CFOIL_EXIT_DONE : cfoil_cli_fail (cli, error);
}
