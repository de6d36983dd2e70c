/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-disputes.h"

#include "cfoil-submission.h"

#include <glib/gi18n.h>

/* Opens the mirror and finds the one case that ARGV names. */
static CfoilCase *
open_case (CfoilCli      *cli,
           char         **argv,
           CfoilContext **context,
           int           *exit_code)
{
  if (g_strv_length (argv) != 1)
    {
      *exit_code = cfoil_cli_usage (_ ("Name one case, by its own id, that of the dispute or that of the charge."));
      return NULL;
    }
  *context = cfoil_cli_open (cli);
  *exit_code = CFOIL_EXIT_FAILED;
  return *context != NULL ? cfoil_disputes_find (cli, *context, argv[0], exit_code) : NULL;
}

int
cfoil_disputes_add (CfoilCli *cli,
                    char    **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilContext) context = NULL;
  g_autofree char *account = NULL;
  gint64 case_id;
  int exit_code;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &account, N_ ("The account whose dispute it is"), N_ ("NAME") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "disputes add --account NAME ID",
                        N_ ("Makes a case of a dispute whose id you know, and asks the provider for it."), entries, &exit_code))
    return exit_code;
  if (g_strv_length (argv) != 1 || account == NULL)
    return cfoil_cli_usage (_ ("Name the account and one id."));
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  if (cfoil_context_look_up_dispute_sync (context, account, argv[0], "typed", "", cli->cancellable, &case_id, &error))
    {
      if (cli->json)
        cfoil_json_print_done ("dispute", argv[0], "added");
      else
        g_print (_ ("Added “%s”.\n"), argv[0]);
      return CFOIL_EXIT_DONE;
    }
  if (case_id == 0)
    return cfoil_cli_fail (cli, error);
  cfoil_cli_fail (cli, error);
  g_printerr ("%s\n", _ ("The case is there; the provider is asked for it again at the next sync."));
  return CFOIL_EXIT_PARTIAL;
}

int
cfoil_disputes_packet (CfoilCli *cli,
                       char    **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (CfoilCase) record = NULL;
  g_autoptr (CfoilPacketResult) result = NULL;
  g_autoptr (GVariant) limits = cfoil_disputes_dup_limits ();
  g_autofree char *output = NULL;
  g_autofree char *path = NULL;
  gboolean overwrite = FALSE;
  int exit_code, round = 0;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("The file to write"), N_ ("FILE") },
    { "overwrite", 0, 0, G_OPTION_ARG_NONE, &overwrite, N_ ("Replace the file if it exists"), NULL },
    { "round", 0, 0, G_OPTION_ARG_INT, &round, N_ ("Of which answer; the latest if not given"), N_ ("N") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "disputes packet ID --output FILE",
                        N_ ("Writes the packet of a draft: the same bytes as the window would send."), entries, &exit_code))
    return exit_code;
  if (output == NULL || round < 0)
    return cfoil_cli_usage (_ ("Say where to with --output."));
  /* Another process writes it, in a folder of its own. */
  path = g_canonicalize_filename (output, NULL);
  if (!overwrite && g_file_test (path, G_FILE_TEST_EXISTS))
    return cfoil_cli_usage (_ ("“%s” exists; use --overwrite to replace it."), output);
  record = open_case (cli, argv, &context, &exit_code);
  if (record == NULL)
    return exit_code;
  if (!cfoil_context_build_packet_sync (context, record->case_id, (guint) round, limits, path, cli->cancellable, &result, &error))
    return cfoil_cli_fail (cli, error);
  if (cli->json)
    {
      g_autofree char *text = g_strdup_printf ("{\"sha256\": \"%s\", \"bytes\": %" G_GINT64_FORMAT ", \"pages\": %u, \"image_level\": %u}\n",
                                               result->sha256, result->n_bytes, result->n_pages, result->image_level);

      cfoil_cli_print (text);
    }
  else
    g_print (ngettext ("%s: %u page, SHA-256 %s\n", "%s: %u pages, SHA-256 %s\n", result->n_pages), output, result->n_pages, result->sha256);
  return CFOIL_EXIT_DONE;
}

/* Sends what is stored, and says what became of SUBMISSION_ID. */
static int
deliver (CfoilCli     *cli,
         CfoilContext *context,
         gint64        submission_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (CfoilSubmission) submission = NULL;
  guint n_delivered, n_waiting;

  /* Whether it fails or not: the mirror says how far it got. */
  cfoil_context_send_answers_sync (context, NULL, NULL, cli->cancellable, &n_delivered, &n_waiting, &error);
  reader = cfoil_mirror_open_reader (cfoil_context_get_mirror (context), error == NULL ? &error : NULL);
  submission = reader != NULL ? cfoil_submission_read (reader, submission_id, NULL) : NULL;
  if (submission == NULL)
    return cfoil_cli_fail (cli, error);
  if (submission->state == CFOIL_SUBMISSION_DELIVERED)
    {
      if (cli->json)
        cfoil_json_print_done ("answer", submission->answer_id, "delivered");
      else
        g_print ("%s\n", submission->by_hand ? _ ("Recorded.") : _ ("Delivered: the provider has confirmed it."));
      return CFOIL_EXIT_DONE;
    }
  if (submission->state == CFOIL_SUBMISSION_WAITING || submission->state == CFOIL_SUBMISSION_SENDING)
    {
      g_printerr ("%s\n", _ ("Not yet delivered: it is kept, and sent with the next sync."));
      if (submission->error_message != NULL)
        cfoil_cli_print_failure (submission->account, submission->error_message, submission->error_name);
      return CFOIL_EXIT_PARTIAL;
    }
  cfoil_cli_print_failure (submission->account, submission->error_message, submission->error_name);
  return CFOIL_EXIT_FAILED;
}

int
cfoil_disputes_contest (CfoilCli *cli,
                        char    **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (CfoilCase) record = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GVariant) limits = cfoil_disputes_dup_limits ();
  g_autofree char *packet = NULL;
  gboolean ok;
  gint64 submission_id;
  int exit_code;
  const GOptionEntry entries[] = {
    { "packet", 0, 0, G_OPTION_ARG_FILENAME, &packet,
      N_ ("A folder as “disputes export” writes it, or one with the files of the evidence; without it the draft is sent as it is"), N_ ("DIR") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "disputes contest ID [--packet DIR]",
                        N_ ("Checks the answer and sends it. It cannot be changed afterwards."), entries, &exit_code))
    return exit_code;
  record = open_case (cli, argv, &context, &exit_code);
  if (record == NULL)
    return exit_code;
  if (packet != NULL && !cfoil_disputes_take_folder (context, record, packet, cli->cancellable, &error))
    return cfoil_cli_fail (cli, error);
  ok = cfoil_context_submit_draft_sync (context, record->case_id, record->round, limits, cli->cancellable, &submission_id,
                                        &findings, &error);
  cfoil_disputes_print_findings (findings);
  return ok ? deliver (cli, context, submission_id) : cfoil_cli_fail (cli, error);
}

int
cfoil_disputes_accept (CfoilCli *cli,
                       char    **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (CfoilCase) record = NULL;
  gboolean is_sure = FALSE, by_hand = FALSE;
  gint64 submission_id;
  int exit_code;
  const GOptionEntry entries[] = {
    { "yes", 0, 0, G_OPTION_ARG_NONE, &is_sure, N_ ("You mean it: this is final"), NULL },
    { "by-hand", 0, 0, G_OPTION_ARG_NONE, &by_hand, N_ ("You have done it on the provider’s page; only record it"), NULL },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "disputes accept ID --yes [--by-hand]",
                        N_ ("Gives in: the buyer keeps the money. This is final and cannot be undone."), entries, &exit_code))
    return exit_code;
  if (!is_sure)
    return cfoil_cli_usage (_ ("Accepting is final: the buyer keeps the money. Add --yes if you mean it."));
  record = open_case (cli, argv, &context, &exit_code);
  if (record == NULL)
    return exit_code;
  if (!cfoil_context_accept_case_sync (context, record->case_id, by_hand, &submission_id, &error))
    return cfoil_cli_fail (cli, error);
  return deliver (cli, context, submission_id);
}

static int
export_deadlines (CfoilCli     *cli,
                  CfoilContext *context,
                  const char   *path,
                  gboolean      overwrite)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  if (!cfoil_context_export_deadlines_sync (context, path, overwrite, &n, &error))
    return cfoil_cli_fail (cli, error);
  if (!cli->json)
    g_print (ngettext ("%s: %u deadline\n", "%s: %u deadlines\n", n), path, n);
  return CFOIL_EXIT_DONE;
}

int
cfoil_disputes_export (CfoilCli *cli,
                       char    **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (CfoilCase) record = NULL;
  g_autofree char *output = NULL;
  g_autofree char *ics = NULL;
  g_autofree char *folder = NULL;
  gboolean overwrite = FALSE;
  int exit_code;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("The folder to make"), N_ ("DIR") },
    { "ics", 0, 0, G_OPTION_ARG_FILENAME, &ics, N_ ("Instead, write all deadlines as a calendar"), N_ ("FILE") },
    { "overwrite", 0, 0, G_OPTION_ARG_NONE, &overwrite, N_ ("Replace the calendar if it exists"), NULL },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "disputes export ID --output DIR | --ics FILE",
                        N_ ("Writes a case with its draft, files, packet and history into a new folder; or the deadlines of all "
                            "cases as a calendar."), entries, &exit_code))
    return exit_code;
  if ((ics != NULL) == (output != NULL) || (ics != NULL && g_strv_length (argv) != 0))
    return cfoil_cli_usage (_ ("Either a case and --output, or --ics alone."));
  if (ics != NULL)
    {
      context = cfoil_cli_open (cli);
      return context != NULL ? export_deadlines (cli, context, ics, overwrite) : CFOIL_EXIT_FAILED;
    }
  record = open_case (cli, argv, &context, &exit_code);
  if (record == NULL)
    return exit_code;
  folder = g_canonicalize_filename (output, NULL);
  if (!cfoil_disputes_write_folder (context, record, folder, cli->cancellable, &error))
    return cfoil_cli_fail (cli, error);
  if (!cli->json)
    g_print ("%s\n", output);
  return CFOIL_EXIT_DONE;
}
