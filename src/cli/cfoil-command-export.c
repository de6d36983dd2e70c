/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-cli-query.h"

#include <glib/gi18n.h>

static gboolean
read_profile (const char         *name,
              CfoilExportProfile *profile)
{
  if (name == NULL || g_str_equal (name, "plain"))
    *profile = CFOIL_EXPORT_PLAIN;
  else if (g_str_equal (name, "excel"))
    *profile = CFOIL_EXPORT_EXCEL;
  else
    return FALSE;
  return TRUE;
}

/* What the view says needs the mirror. */
static int
resolve (CfoilCli      *cli,
         CfoilContext  *context,
         CfoilCliQuery *query)
{
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GError) error = NULL;

  reader = cfoil_mirror_open_reader (cfoil_context_get_mirror (context), &error);
  return reader != NULL ? cfoil_cli_query_resolve (query, cli, reader) : cfoil_cli_fail (cli, error);
}

static void
print_result (CfoilCli                *cli,
              const char              *output,
              const CfoilExportResult *result)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, result->n_rows);

  if (cli->json)
    g_print ("{\"rows\": %" G_GUINT64_FORMAT ", \"bytes\": %" G_GUINT64_FORMAT ", \"sha256\": \"%s\"}\n",
             result->n_rows, result->n_bytes, result->sha256);
  else
    /* Translators: a file's name, how many rows were written. */
    g_print (ngettext ("%s: %s row\n", "%s: %s rows\n", result->n_rows), output, number);
}

static int
run (CfoilCli           *cli,
     CfoilExportOptions *options,
     CfoilCliQuery      *query)
{
  g_autoptr (CfoilContext) context = cfoil_cli_open (cli);
  g_autoptr (GError) error = NULL;
  CfoilExportResult result;
  CfoilProgressLine *line;
  gboolean ok;
  int exit_code;

  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  exit_code = resolve (cli, context, query);
  if (exit_code != CFOIL_EXIT_DONE)
    return exit_code;
  options->time_zone = query->zone_name;
  options->query = cfoil_query_get_text (query->query);
  options->sort = query->has_sort ? &query->sort : NULL;
  options->columns = query->columns;

  line = cfoil_progress_line_new (cli);
  ok = cfoil_context_export_sync (context, options, cfoil_progress_line_show, line, cli->cancellable, &result, &error);
  cfoil_progress_line_free (line);
  if (!ok)
    return cfoil_cli_fail (cli, error);
  print_result (cli, options->path, &result);
  return CFOIL_EXIT_DONE;
}

int
cfoil_command_export (CfoilCli *cli,
                      char    **argv)
{
  g_auto (CfoilCliQuery) query = { NULL };
  CfoilExportOptions options = { 0 };
  g_autofree char *output = NULL;
  g_autofree char *profile = NULL;
  gboolean overwrite = FALSE;
  int exit_code;
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("The file to write"), N_ ("FILE") },
    CFOIL_CLI_QUERY_ENTRY (query),
    CFOIL_CLI_COLUMNS_ENTRY (query),
    CFOIL_CLI_ZONE_ENTRY (query),
    { "profile", 0, 0, G_OPTION_ARG_STRING, &profile, N_ ("plain or excel"), N_ ("PROFILE") },
    { "overwrite", 0, 0, G_OPTION_ARG_NONE, &overwrite, N_ ("Replace the file if it exists"), NULL },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "export transactions|refunds|disputes|settlements --output FILE",
                        N_ ("Writes a table as CSV, with a manifest beside it. Of transactions a query or a saved view says "
                            "which; without a view the columns are all."),
                        entries, &exit_code))
    return exit_code;
  if (g_strv_length (argv) != 1 || !cfoil_export_table_from_string (argv[0], &options.table))
    return cfoil_cli_usage (_ ("Export transactions, refunds, disputes or settlements?"));
  if (output == NULL)
    return cfoil_cli_usage (_ ("Where to? Give --output FILE."));
  if (!read_profile (profile, &options.profile))
    return cfoil_cli_usage (_ ("--profile is plain or excel."));

  if (options.table != CFOIL_EXPORT_TRANSACTIONS && cfoil_cli_query_is_given (&query))
    return cfoil_cli_usage (_ ("--query, --view, --columns and --sort are for transactions."));
  if (!cfoil_cli_query_parse (&query))
    return CFOIL_EXIT_USAGE;
  options.path = output;
  options.overwrite = overwrite;
  return run (cli, &options, &query);
}
