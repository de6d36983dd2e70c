/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-atomic-file.h"
#include "cfoil-document-file.h"
#include "cfoil-error.h"
#include "cfoil-period.h"
#include "cfoil-print-source.h"
#include "cfoil-provider-reports.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>

#define CHUNK (64 * 1024)

CfoilAccount *
cfoil_provider_find_account (CfoilContext *context,
                             const char   *name,
                             GError      **error)
{
  g_autoptr (GPtrArray) accounts = NULL;

  if (name != NULL)
    return cfoil_context_find_account_sync (context, name, error);
  accounts = cfoil_account_list (cfoil_context_get_mirror (context), error);
  if (accounts == NULL)
    return NULL;
  if (accounts->len == 1)
    return cfoil_account_copy (g_ptr_array_index (accounts, 0));
  g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ACCOUNT,
                       accounts->len == 0 ? "There is no account yet; add one first"
                                          : "There are several accounts; say which one with --account NAME");
  return NULL;
}

int
cfoil_provider_print_asked (CfoilCli         *cli,
                            const CfoilAsked *asked,
                            const char       *state,
                            const char       *done)
{
  if (cli->json)
    {
      g_autoptr (GString) out = g_string_new ("{");

      cfoil_json_append_member (out, "id", asked->id);
      cfoil_json_append_member (out, "state", asked->waiting != NULL ? "waiting" : state);
      cfoil_json_append_member (out, "waiting", asked->waiting != NULL ? asked->waiting->message : NULL);
      g_print ("%s}\n", out->str);
    }
  else if (asked->waiting == NULL)
    g_print ("%s\n", done);
  if (asked->waiting == NULL)
    return CFOIL_EXIT_DONE;
  cfoil_cli_print_failure (_ ("Not answered yet"), asked->waiting->message, cfoil_error_to_name (asked->waiting));
  g_printerr ("%s\n", _ ("It is kept and goes out again with each sync, until the provider has answered; it is done once."));
  return CFOIL_EXIT_PARTIAL;
}

/* --- types --- */

static const char *const type_columns[] = { "name", "title", "on_request", "schedules", "provider_type", NULL };

static void
add_type (CfoilPrintTable       *table,
          const CfoilReportType *type)
{
  g_autofree char *frequencies = type->frequencies != NULL ? g_strjoinv (" ", (char **) type->frequencies) : NULL;

  cfoil_print_table_add_text (table, type->name);
  cfoil_print_table_add_text (table, gettext (type->title));
  cfoil_print_table_add_text (table, type->can_request ? "yes" : "no");
  cfoil_print_table_add_text (table, frequencies);
  cfoil_print_table_add_text (table, type->type);
}

static int
print_types (CfoilCli *cli,
             char    **argv)
{
  g_autofree char *name = NULL;
  g_autofree char *format = NULL;
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (CfoilAccount) account = NULL;
  g_autoptr (GPtrArray) types = NULL;
  g_autoptr (CfoilPrintTable) table = cfoil_print_table_new (type_columns, -1);
  g_autoptr (GError) error = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("The account, if there are several"), N_ ("NAME") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("table, csv or json"), N_ ("FORMAT") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "provider-reports types", N_ ("Prints the types of report that the provider makes."), entries, &exit_code))
    return exit_code;
  if (argv[0] != NULL)
    return cfoil_cli_usage (_ ("Nothing can stand there: %s"), argv[0]);
  if (!cfoil_cli_read_format (cli, &format))
    return CFOIL_EXIT_USAGE;
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  account = cfoil_provider_find_account (context, name, &error);
  types = account != NULL ? cfoil_context_list_report_types_sync (context, account->name, cli->cancellable, &error) : NULL;
  if (types == NULL)
    return cfoil_cli_fail (cli, error);
  for (guint i = 0; i < types->len; i++)
    add_type (table, g_ptr_array_index (types, i));
  return cfoil_print_source (cli, cfoil_print_table_get_source (table), format, &error) ? CFOIL_EXIT_DONE : cfoil_cli_fail (cli, error);
}

/* --- list --- */

static const char *const list_columns[] = {
  "created_at_us", "status", "provider_type", "start_at_us", "end_at_us", "row_count", "asked_by", "report_id", "answer", "account", NULL
};

static void
add_requests (CfoilPrintTable *table,
              GPtrArray       *requests)
{
  for (guint i = 0; i < requests->len; i++)
    {
      const CfoilReportRequest *request = g_ptr_array_index (requests, i);

      cfoil_print_table_add_number (table, request->asked_us);
      cfoil_print_table_add_text (table, request->is_refused ? "refused" : "waiting");
      cfoil_print_table_add_text (table, request->provider_type);
      cfoil_print_table_add_number (table, request->start_us);
      cfoil_print_table_add_number (table, request->end_us);
      cfoil_print_table_add_number (table, CFOIL_UNKNOWN);
      cfoil_print_table_add_text (table, "us");
      cfoil_print_table_add_text (table, NULL);
      cfoil_print_table_add_text (table, request->answer);
      cfoil_print_table_add_text (table, request->account);
    }
}

static gboolean
add_reports (CfoilPrintTable *table,
             CfoilDatabase   *reader,
             GError         **error)
{
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (reader,
                                                           "SELECT created_at_us, status, provider_type, start_at_us, end_at_us, row_count, is_ours, "
                                                           "report_id, account FROM reports ORDER BY created_at_us DESC, report_id", error);
  CfoilStep step;

  if (row == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    {
      cfoil_print_table_add_number (table, cfoil_statement_column_int64 (row, 0));
      cfoil_print_table_add_text (table, cfoil_statement_column_text (row, 1));
      cfoil_print_table_add_text (table, cfoil_statement_column_text (row, 2));
      cfoil_print_table_add_number (table, cfoil_statement_column_int64 (row, 3));
      cfoil_print_table_add_number (table, cfoil_statement_column_int64 (row, 4));
      cfoil_print_table_add_number (table, cfoil_statement_column_int64 (row, 5));
      cfoil_print_table_add_text (table, cfoil_statement_column_int64 (row, 6) != 0 ? "us" : "others");
      cfoil_print_table_add_text (table, cfoil_statement_column_text (row, 7));
      cfoil_print_table_add_text (table, NULL);
      cfoil_print_table_add_text (table, cfoil_statement_column_text (row, 8));
    }
  return step == CFOIL_STEP_DONE;
}

static int
print_list (CfoilCli *cli,
            char    **argv)
{
  g_autofree char *format = NULL;
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (CfoilPrintTable) table = cfoil_print_table_new (list_columns, -1);
  g_autoptr (GError) error = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("table, csv or json"), N_ ("FORMAT") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "provider-reports list",
                        N_ ("Prints the provider’s reports: requests that wait or were refused, then all reports, newest first."), entries, &exit_code))
    return exit_code;
  if (argv[0] != NULL)
    return cfoil_cli_usage (_ ("Nothing can stand there: %s"), argv[0]);
  if (!cfoil_cli_read_format (cli, &format))
    return CFOIL_EXIT_USAGE;
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  reader = cfoil_mirror_open_reader (cfoil_context_get_mirror (context), &error);
  requests = reader != NULL ? cfoil_report_request_list (reader, &error) : NULL;
  if (requests == NULL)
    return cfoil_cli_fail (cli, error);
  add_requests (table, requests);
  if (!add_reports (table, reader, &error) || !cfoil_print_source (cli, cfoil_print_table_get_source (table), format, &error))
    return cfoil_cli_fail (cli, error);
  return CFOIL_EXIT_DONE;
}

/* --- download --- */

static gboolean
save_file (CfoilMirror *mirror,
           const char  *sha256,
           const char  *path,
           gboolean     overwrite,
           GError     **error)
{
  g_autoptr (GInputStream) stream = cfoil_document_file_read (mirror, sha256, error);
  g_autoptr (CfoilAtomicFile) file = stream != NULL ? cfoil_atomic_file_new (path, overwrite, error) : NULL;
  g_autofree char *buffer = g_malloc (CHUNK);
  gssize n;

  if (file == NULL)
    return FALSE;
  while ((n = g_input_stream_read (stream, buffer, CHUNK, NULL, error)) > 0)
    if (!cfoil_atomic_file_write (file, buffer, (gsize) n, error))
      return FALSE;
  return n == 0 && cfoil_atomic_file_commit (file, error);
}

static const char *
words_of_status (CfoilReportStatus status)
{
  return status == CFOIL_REPORT_CANCELLED ? _ ("There is nothing in the report’s period; the provider made no file.")
                                          : _ ("The provider is still making the report. Try again in a few minutes.");
}

static int
bring_in (CfoilCli     *cli,
          CfoilContext *context,
          const char   *account,
          const char   *report_id,
          gboolean      wait,
          const char   *output,
          gboolean      overwrite)
{
  CfoilProgressLine *line = cfoil_progress_line_new (cli);
  g_autofree char *sha256 = NULL;
  g_autoptr (GError) error = NULL;
  CfoilReportStatus status;
  gboolean ok;

  ok = cfoil_context_download_report_sync (context, account, report_id, wait, cfoil_progress_line_show, line, cli->cancellable,
                                           &status, &sha256, &error);
  cfoil_progress_line_free (line);
  if (!ok || (sha256 != NULL && output != NULL && !save_file (cfoil_context_get_mirror (context), sha256, output, overwrite, &error)))
    return cfoil_cli_fail (cli, error);
  if (cli->json)
    {
      g_autoptr (GString) out = g_string_new ("{");

      cfoil_json_append_member (out, "id", report_id);
      cfoil_json_append_member (out, "state", cfoil_report_status_to_string (status));
      cfoil_json_append_member (out, "sha256", sha256);
      g_print ("%s}\n", out->str);
    }
  else if (sha256 != NULL)
    /* Translators: a report's id. */
    g_print (_ ("The report %s is in the mirror.\n"), report_id);
  else
    g_print ("%s\n", words_of_status (status));
  return status == CFOIL_REPORT_IN_PROGRESS ? CFOIL_EXIT_PARTIAL : CFOIL_EXIT_DONE;
}

static int
download (CfoilCli *cli,
          char    **argv)
{
  g_autofree char *name = NULL;
  g_autofree char *output = NULL;
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (CfoilAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  gboolean wait = FALSE, overwrite = FALSE;
  int exit_code;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("The account, if there are several"), N_ ("NAME") },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("Write the provider’s file there, too, as it came"), N_ ("FILE") },
    { "overwrite", 0, 0, G_OPTION_ARG_NONE, &overwrite, N_ ("Replace the file if it exists"), NULL },
    { "wait", 0, 0, G_OPTION_ARG_NONE, &wait, N_ ("Wait until it is made, half an hour at most"), NULL },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "provider-reports download ID [--output FILE]",
                        N_ ("Brings one report of the provider into the mirror. Exit code 3: it is not made yet."), entries, &exit_code))
    return exit_code;
  if (g_strv_length (argv) != 1)
    return cfoil_cli_usage (_ ("Name one report by its id; “provider-reports list” prints them."));
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  account = cfoil_provider_find_account (context, name, &error);
  if (account == NULL)
    return cfoil_cli_fail (cli, error);
  return bring_in (cli, context, account->name, argv[0], wait, output, overwrite);
}

/* --- request --- */

static gboolean
read_window (const char *text,
             gint64     *start_us,
             gint64     *end_us,
             GError    **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  CfoilPeriod period;

  if (!cfoil_period_parse (text, cfoil_day_of_time (cfoil_time_now_us (), zone), &period, error))
    return FALSE;
  if (period.kind == CFOIL_PERIOD_ALL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "A report needs a period that begins and ends");
      return FALSE;
    }
  *start_us = cfoil_day_to_time (period.first_day, zone);
  *end_us = cfoil_day_to_time (period.end_day, zone);
  return TRUE;
}

static int
request (CfoilCli *cli,
         char    **argv)
{
  g_autofree char *name = NULL;
  g_autofree char *period = NULL;
  g_autofree char *done = NULL;
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (CfoilAccount) account = NULL;
  g_auto (CfoilAsked) asked = { NULL, NULL };
  g_autoptr (GError) error = NULL;
  gint64 start_us = CFOIL_UNKNOWN, end_us = CFOIL_UNKNOWN;
  gboolean wait = FALSE;
  int exit_code;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("The account, if there are several"), N_ ("NAME") },
    { "period", 0, 0, G_OPTION_ARG_STRING, &period, N_ ("2026-10, 2026-Q3, 2026, 2026-10-03..2026-11-01 or lastmonth; days in UTC"), N_ ("PERIOD") },
    { "wait", 0, 0, G_OPTION_ARG_NONE, &wait, N_ ("Wait until it is made, and bring it in"), NULL },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "provider-reports request TYPE --period PERIOD",
                        N_ ("Asks the provider to make a report. What cannot be sent now is kept and goes out with the next sync (exit code 3)."),
                        entries, &exit_code))
    return exit_code;
  if (g_strv_length (argv) != 1)
    return cfoil_cli_usage (_ ("Name one type of report; “provider-reports types” prints them."));
  if (period != NULL && !read_window (period, &start_us, &end_us, &error))
    return cfoil_cli_usage ("%s", error->message);
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  account = cfoil_provider_find_account (context, name, &error);
  if (account == NULL ||
      !cfoil_context_request_report_sync (context, account->name, argv[0], start_us, end_us, cli->cancellable, &asked, &error))
    return cfoil_cli_fail (cli, error);
  if (wait && asked.id != NULL)
    return bring_in (cli, context, account->name, asked.id, TRUE, NULL, FALSE);
  if (asked.id != NULL)
    /* Translators: a report's id. */
    done = g_strdup_printf (_ ("Requested: %s. Next: counterfoil-cli provider-reports download %s"), asked.id, asked.id);
  return cfoil_provider_print_asked (cli, &asked, "in_progress", done);
}

static const CfoilCommand words[] = {
  { "list", print_list, "provider-reports list", N_ ("Print the provider’s reports: made, in progress, failed, waiting") },
  { "types", print_types, "provider-reports types", N_ ("Print what types there are") },
  { "request", request, "provider-reports request TYPE --period P", N_ ("Ask for one") },
  { "download", download, "provider-reports download ID", N_ ("Bring one into the mirror, and save its file") },
  { "schedules", cfoil_provider_schedules, "provider-reports schedules", N_ ("Print by what schedules the provider makes reports") },
  { "schedule", cfoil_provider_schedule, "provider-reports schedule TYPE --every P14D", N_ ("Have reports made regularly") },
  { "unschedule", cfoil_provider_unschedule, "provider-reports unschedule ID", N_ ("Cancel a schedule") },
  { NULL }
};

int
cfoil_command_provider_reports (CfoilCli *cli,
                                char    **argv)
{
  return cfoil_cli_run_word (cli, argv, words);
}
