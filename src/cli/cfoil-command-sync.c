/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-cli.h"
#include "cfoil-error.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

static int
exit_code_of (CfoilOutcome outcome)
{
  switch (outcome)
    {
    case CFOIL_OUTCOME_DONE:
      return CFOIL_EXIT_DONE;
    case CFOIL_OUTCOME_PARTIAL:
      return CFOIL_EXIT_PARTIAL;
    case CFOIL_OUTCOME_FAILED:
    default:
      return CFOIL_EXIT_FAILED;
    }
}

static char *
format_failure (const CfoilSyncFailure *failure)
{
  GString *out = g_string_new ("{");

  /* Beside the feeds, and like them: an account as a whole has no feed. */
  cfoil_json_append_member (out, "account", failure->account);
  cfoil_json_append_member (out, "feed", NULL);
  cfoil_json_append_error (out, "error_message", failure->error);
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

static gboolean
print_feeds_json (CfoilCli      *cli,
                  CfoilDatabase *reader,
                  GPtrArray     *failures,
                  GError       **error)
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CfoilStatement) rows = NULL;

  for (guint i = 0; i < failures->len; i++)
    g_ptr_array_add (objects, format_failure (g_ptr_array_index (failures, i)));
  rows = cfoil_database_prepare (reader, "SELECT * FROM feeds ORDER BY account, feed", error);
  return rows != NULL && cfoil_print_json (cli, objects, rows, error);
}

/* SUBJECT is an account, or one and its feed. */
static void
print_failure (const char *subject,
               const char *message,
               const char *error_name)
{
  g_autofree char *clean = cfoil_cli_clean (message, 0);

  g_printerr ("%s: %s\n  %s\n", subject, clean, gettext (cfoil_error_advice (error_name)));
}

static void
print_failures (GPtrArray *failures)
{
  for (guint i = 0; i < failures->len; i++)
    {
      const CfoilSyncFailure *failure = g_ptr_array_index (failures, i);

      print_failure (failure->account, failure->error->message, cfoil_error_to_name (failure->error));
    }
}

/* Which feeds failed, why, and what to do. */
static gboolean
print_feeds (CfoilCli     *cli,
             CfoilContext *context,
             GPtrArray    *failures,
             GError      **error)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (cfoil_context_get_mirror (context), error);
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  if (reader == NULL)
    return FALSE;
  if (cli->json)
    return print_feeds_json (cli, reader, failures, error);
  rows = cfoil_database_prepare (reader,
                                 "SELECT account || ', ' || feed, error, error_message FROM feeds "
                                 "WHERE error IS NOT NULL ORDER BY account, feed",
                                 error);
  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    print_failure (cfoil_statement_column_text (rows, 0), cfoil_statement_column_text (rows, 2),
                   cfoil_statement_column_text (rows, 1));
  return step == CFOIL_STEP_DONE;
}

static int
print_outcome (CfoilCli    *cli,
               CfoilOutcome outcome)
{
  if (outcome == CFOIL_OUTCOME_FAILED)
    g_printerr ("%s\n", _ ("Nothing could be brought up to date. What is in the mirror stays usable."));
  else if (!cli->json)
    g_print ("%s\n", outcome == CFOIL_OUTCOME_DONE ? _ ("Everything is up to date.")
                                                   : _ ("Some feeds failed; the others are up to date."));
  return exit_code_of (outcome);
}

int
cfoil_command_sync (CfoilCli *cli,
                    char    **argv)
{
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (GPtrArray) failures = NULL;
  g_autoptr (GError) error = NULL;
  CfoilProgressLine *line;
  CfoilOutcome outcome;
  gboolean ok;
  int exit_code;

  if (!cfoil_cli_parse (cli, &argv, "sync [NAME…]",
                        N_ ("Brings accounts up to date, all if none is named. Can be stopped and run again at any time."),
                        NULL, &exit_code))
    return exit_code;
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;

  line = cfoil_progress_line_new (cli);
  ok = cfoil_context_sync_accounts_sync (context, (const char *const *) argv, cfoil_progress_line_show, line,
                                         cli->cancellable, &failures, &outcome, &error);
  cfoil_progress_line_free (line);
  print_failures (failures);
  if (!ok || !print_feeds (cli, context, failures, &error))
    return cfoil_cli_fail (cli, error);
  return print_outcome (cli, outcome);
}

static void
print_result (const CfoilImportResult *result)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, result->n_rows);

  if (result->error != NULL)
    print_failure (result->path, result->error->message, cfoil_error_to_name (result->error));
  else if (result->was_known)
    g_print (_ ("%s: already in the mirror, nothing changed\n"), result->path);
  else
    /* Translators: a file's name, the report's type, how many rows. */
    g_print (ngettext ("%s: %s, %s row\n", "%s: %s, %s rows\n", result->n_rows), result->path, result->type, number);
}

static void
print_results_json (GPtrArray *results)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < results->len; i++)
    {
      const CfoilImportResult *result = g_ptr_array_index (results, i);
      g_autofree char *path = g_filename_display_name (result->path);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "path");
      json_builder_add_string_value (builder, path);
      json_builder_set_member_name (builder, "type");
      if (result->type != NULL)
        json_builder_add_string_value (builder, result->type);
      else
        json_builder_add_null_value (builder);
      json_builder_set_member_name (builder, "rows");
      json_builder_add_int_value (builder, (gint64) result->n_rows);
      json_builder_set_member_name (builder, "alreadyKnown");
      json_builder_add_boolean_value (builder, result->was_known);
      json_builder_set_member_name (builder, "error");
      if (result->error != NULL)
        json_builder_add_string_value (builder, result->error->message);
      else
        json_builder_add_null_value (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  g_print ("%s\n", text);
}

int
cfoil_command_import (CfoilCli *cli,
                      char    **argv)
{
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *account = NULL;
  CfoilProgressLine *line;
  CfoilOutcome outcome;
  gboolean ok;
  int exit_code;
  guint n_failed = 0;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &account, N_ ("The account that the files belong to"), N_ ("NAME") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "import --account NAME FILE…",
                        N_ ("Reads settlement, refund, capture, authorization, order reference and billing agreement reports, "
                            "and notifications. A file that was read before changes nothing."),
                        entries, &exit_code))
    return exit_code;
  if (account == NULL || argv[0] == NULL)
    return cfoil_cli_usage (_ ("Name an account (--account) and at least one file."));
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;

  line = cfoil_progress_line_new (cli);
  ok = cfoil_context_import_sync (context, account, (const char *const *) argv, cfoil_progress_line_show, line,
                                  cli->cancellable, &results, &outcome, &error);
  cfoil_progress_line_free (line);
  if (!ok)
    return cfoil_cli_fail (cli, error);

  for (guint i = 0; i < results->len; i++)
    {
      const CfoilImportResult *result = g_ptr_array_index (results, i);

      if (!cli->json)
        print_result (result);
      if (result->error != NULL)
        n_failed++;
    }
  if (cli->json)
    print_results_json (results);
  return n_failed == results->len ? CFOIL_EXIT_FAILED : exit_code_of (outcome);
}

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

int
cfoil_command_export (CfoilCli *cli,
                      char    **argv)
{
  CfoilExportOptions options = { 0 };
  CfoilExportResult result;
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  g_autofree char *zone = NULL;
  g_autofree char *profile = NULL;
  gboolean overwrite = FALSE, ok;
  CfoilProgressLine *line;
  int exit_code;
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("The file to write"), N_ ("FILE") },
    { "time-zone", 0, 0, G_OPTION_ARG_STRING, &zone, N_ ("Zone of local times, such as Europe/Berlin"), N_ ("ZONE") },
    { "profile", 0, 0, G_OPTION_ARG_STRING, &profile, N_ ("plain or excel"), N_ ("PROFILE") },
    { "overwrite", 0, 0, G_OPTION_ARG_NONE, &overwrite, N_ ("Replace the file if it exists"), NULL },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "export transactions|refunds|disputes|settlements --output FILE",
                        N_ ("Writes a table as CSV, with a manifest beside it."), entries, &exit_code))
    return exit_code;
  if (g_strv_length (argv) != 1 || !cfoil_export_table_from_string (argv[0], &options.table))
    return cfoil_cli_usage (_ ("Export transactions, refunds, disputes or settlements?"));
  if (output == NULL)
    return cfoil_cli_usage (_ ("Where to? Give --output FILE."));
  if (!read_profile (profile, &options.profile))
    return cfoil_cli_usage (_ ("--profile is plain or excel."));

  options.path = output;
  options.time_zone = zone;
  options.overwrite = overwrite;
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  line = cfoil_progress_line_new (cli);
  ok = cfoil_context_export_sync (context, &options, cfoil_progress_line_show, line, cli->cancellable, &result, &error);
  cfoil_progress_line_free (line);
  if (!ok)
    return cfoil_cli_fail (cli, error);
  if (cli->json)
    g_print ("{\"rows\": %" G_GUINT64_FORMAT ", \"bytes\": %" G_GUINT64_FORMAT ", \"sha256\": \"%s\"}\n",
             result.n_rows, result.n_bytes, result.sha256);
  else
    {
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, result.n_rows);

      /* Translators: a file's name, how many rows were written. */
      g_print (ngettext ("%s: %s row\n", "%s: %s rows\n", result.n_rows), output, number);
    }
  return CFOIL_EXIT_DONE;
}
