/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-cli.h"
#include "cfoil-error.h"

#include <glib/gi18n.h>

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

static void
print_failures (GPtrArray *failures)
{
  for (guint i = 0; i < failures->len; i++)
    {
      const CfoilSyncFailure *failure = g_ptr_array_index (failures, i);

      cfoil_cli_print_failure (failure->account, failure->error->message, cfoil_error_to_name (failure->error));
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
    cfoil_cli_print_failure (cfoil_statement_column_text (rows, 0), cfoil_statement_column_text (rows, 2),
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
  return cfoil_cli_exit_code_of (outcome);
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
