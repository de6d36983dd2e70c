/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-error.h"
#include "cfoil-print-source.h"
#include "cfoil-provider-reports.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- list --- */

static const char *const columns[] = {
  "schedule_id", "provider_type", "frequency", "meaning", "next_at_us", "made_by", "state", "seen_at_us", "account", NULL
};

static const char *
maker_to_string (CfoilScheduleMaker maker)
{
  switch (maker)
    {
    case CFOIL_SCHEDULE_MAKER_US:
      return "us";
    case CFOIL_SCHEDULE_MAKER_OTHER:
      return "others";
    case CFOIL_SCHEDULE_MAKER_UNKNOWN:
    default:
      return "unknown";
    }
}

static void
add_schedule (CfoilPrintTable           *table,
              const CfoilReportSchedule *schedule)
{
  g_autofree char *meaning = cfoil_context_dup_frequency_title (schedule->frequency);

  cfoil_print_table_add_text (table, schedule->schedule_id);
  cfoil_print_table_add_text (table, schedule->provider_type);
  cfoil_print_table_add_text (table, schedule->frequency);
  cfoil_print_table_add_text (table, meaning);
  cfoil_print_table_add_number (table, schedule->next_us);
  cfoil_print_table_add_text (table, maker_to_string (schedule->maker));
  cfoil_print_table_add_text (table, schedule->schedule_id == NULL ? "waiting" : schedule->is_being_cancelled ? "canceling" : "active");
  cfoil_print_table_add_number (table, schedule->seen_us);
  cfoil_print_table_add_text (table, schedule->account);
}

int
cfoil_provider_schedules (CfoilCli *cli,
                          char    **argv)
{
  g_autofree char *name = NULL;
  g_autofree char *format = NULL;
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GPtrArray) schedules = NULL;
  g_autoptr (CfoilPrintTable) table = cfoil_print_table_new (columns, -1);
  g_autoptr (GError) error = NULL;
  gboolean refresh = FALSE;
  int exit_code;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("Only those of this account"), N_ ("NAME") },
    { "refresh", 0, 0, G_OPTION_ARG_NONE, &refresh, N_ ("Ask the provider first; else they are as of the last sync"), NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("table, csv or json"), N_ ("FORMAT") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "provider-reports schedules", N_ ("Prints by what schedules the provider makes reports, and who made them."),
                        entries, &exit_code))
    return exit_code;
  if (argv[0] != NULL)
    return cfoil_cli_usage (_ ("Nothing can stand there: %s"), argv[0]);
  if (!cfoil_cli_read_format (cli, &format))
    return CFOIL_EXIT_USAGE;
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  if (refresh && !cfoil_context_refresh_schedules_sync (context, name, cli->cancellable, &error))
    return cfoil_cli_fail (cli, error);
  reader = cfoil_mirror_open_reader (cfoil_context_get_mirror (context), &error);
  schedules = reader != NULL ? cfoil_report_schedule_list (reader, &error) : NULL;
  if (schedules == NULL)
    return cfoil_cli_fail (cli, error);
  for (guint i = 0; i < schedules->len; i++)
    {
      const CfoilReportSchedule *schedule = g_ptr_array_index (schedules, i);

      if (name == NULL || g_ascii_strcasecmp (schedule->account, name) == 0)
        add_schedule (table, schedule);
    }
  return cfoil_print_source (cli, cfoil_print_table_get_source (table), format, &error) ? CFOIL_EXIT_DONE : cfoil_cli_fail (cli, error);
}

/* --- make one --- */

static gboolean
read_first (const char *text,
            gint64     *next_us,
            GError    **error)
{
  if (text == NULL)
    return TRUE;
  if (!cfoil_time_parse (text, -1, next_us, error))
    return FALSE;
  *next_us = *next_us / G_USEC_PER_SEC * G_USEC_PER_SEC;
  return TRUE;
}

/* The advice that errors have of themselves is about files.  HINT, EXISTING_ID (nullable). */
static int
fail_with_hint (CfoilCli     *cli,
                const char   *existing_id,
                const char   *hint,
                const GError *error)
{
  g_autofree char *clean = cfoil_cli_clean (error->message, 0);

  if (cli->json)
    {
      g_autoptr (GString) out = g_string_new ("{");

      cfoil_json_append_error (out, "message", error);
      cfoil_json_append_member (out, "existing_id", existing_id);
      g_print ("%s}\n", out->str);
    }
  g_printerr ("%s\n", clean);
  if (hint != NULL)
    g_printerr ("%s\n", hint);
  return CFOIL_EXIT_FAILED;
}

/* With an account goes what was known of its own schedules. */
static char *
add_whose (const char *hint)
{
  return g_strdup_printf ("%s\n%s", hint, _ ("If you made it here before the account was removed and added again, it is your own."));
}

static int
fail_existing (CfoilCli     *cli,
               const char   *existing_id,
               const GError *error)
{
  g_autofree char *id = cfoil_cli_clean (existing_id, 0);
  /* Translators: a schedule's id. */
  g_autofree char *how = g_strdup_printf (_ ("To replace it all the same, add --replace %s"), id);
  g_autofree char *hint = add_whose (how);

  return fail_with_hint (cli, existing_id, hint, error);
}

int
cfoil_provider_schedule (CfoilCli *cli,
                         char    **argv)
{
  g_autofree char *name = NULL;
  g_autofree char *every = NULL;
  g_autofree char *first = NULL;
  g_autofree char *replaced_id = NULL;
  g_autofree char *existing_id = NULL;
  g_autofree char *done = NULL;
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (CfoilAccount) account = NULL;
  g_auto (CfoilAsked) asked = { NULL, NULL };
  g_autoptr (GError) error = NULL;
  gint64 next_us = CFOIL_UNKNOWN;
  int exit_code;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("The account, if there are several"), N_ ("NAME") },
    { "every", 0, 0, G_OPTION_ARG_STRING, &every, N_ ("How often: P1D, P7D, P14D … as “provider-reports types” prints"), N_ ("FREQUENCY") },
    { "first", 0, 0, G_OPTION_ARG_STRING, &first, N_ ("When the first one is made, such as 2026-12-01T00:00:00Z; else at the next midnight UTC"), N_ ("TIME") },
    { "replace", 0, 0, G_OPTION_ARG_STRING, &replaced_id, N_ ("Replace the schedule with this id, which another program may rely on"), N_ ("ID") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "provider-reports schedule TYPE --every FREQUENCY",
                        N_ ("Has the provider make reports of a type regularly. A schedule that another program made is not replaced without --replace."),
                        entries, &exit_code))
    return exit_code;
  if (g_strv_length (argv) != 1 || every == NULL)
    return cfoil_cli_usage (_ ("Name one type of report and how often: refund --every P14D"));
  if (!read_first (first, &next_us, &error))
    return cfoil_cli_usage ("%s", error->message);
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  account = cfoil_provider_find_account (context, name, &error);
  if (account == NULL)
    return cfoil_cli_fail (cli, error);
  if (!cfoil_context_create_schedule_sync (context, account->name, argv[0], every, next_us, replaced_id, cli->cancellable,
                                           &asked, &existing_id, &error))
    return existing_id != NULL ? fail_existing (cli, existing_id, error) : cfoil_cli_fail (cli, error);
  if (asked.id != NULL)
    /* Translators: a schedule's id. */
    done = g_strdup_printf (_ ("Scheduled: %s"), asked.id);
  return cfoil_provider_print_asked (cli, &asked, "active", done);
}

/* --- cancel one --- */

int
cfoil_provider_unschedule (CfoilCli *cli,
                           char    **argv)
{
  g_autofree char *name = NULL;
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (CfoilAccount) account = NULL;
  g_auto (CfoilAsked) asked = { NULL, NULL };
  g_autoptr (GError) error = NULL;
  gboolean of_others = FALSE;
  int exit_code;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("The account, if there are several"), N_ ("NAME") },
    { "even-of-others", 0, 0, G_OPTION_ARG_NONE, &of_others, N_ ("Also one that this program did not make"), NULL },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "provider-reports unschedule ID", N_ ("Cancels a schedule. Reports that it made stay."), entries, &exit_code))
    return exit_code;
  if (g_strv_length (argv) != 1)
    return cfoil_cli_usage (_ ("Name one schedule by its id; “provider-reports schedules” prints them."));
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  account = cfoil_provider_find_account (context, name, &error);
  if (account == NULL ||
      !cfoil_context_cancel_schedule_sync (context, account->name, argv[0], of_others, cli->cancellable, &asked, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
        {
          g_autofree char *hint = add_whose (_ ("To cancel it all the same, add --even-of-others"));

          return fail_with_hint (cli, argv[0], hint, error);
        }
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        return fail_with_hint (cli, NULL, _ ("“provider-reports schedules --refresh” asks for those that there are."), error);
      return cfoil_cli_fail (cli, error);
    }
  return cfoil_provider_print_asked (cli, &asked, "canceled", _ ("Canceled."));
}
