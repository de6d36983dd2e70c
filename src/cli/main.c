/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-cli.h"
#include "cfoil-log.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const CfoilCommand cfoil_commands[] = {
  { "account", cfoil_command_account, "account add|list|test|remove …", N_ ("Accounts at payment providers") },
  { "sync", cfoil_command_sync, "sync [NAME…]", N_ ("Bring the mirror up to date") },
  { "import", cfoil_command_import, "import [--account NAME] FILE…", N_ ("Read report files, notifications and exports of ours") },
  { "overview", cfoil_command_overview, "overview [--period P]", N_ ("What a period came to, and what needs attention") },
  { "rates", cfoil_command_rates, "rates list|import FILE", N_ ("Exchange rates for an overview in one currency") },
  { "list", cfoil_command_list, "list TABLE", N_ ("Print rows of the mirror") },
  { "totals", cfoil_command_totals, "totals", N_ ("Print what transactions add up to") },
  { "views", cfoil_command_views, "views", N_ ("Print the saved views of transactions") },
  { "disputes", cfoil_command_disputes, "disputes list|due|show|…", N_ ("Chargebacks and claims, and answers to them") },
  { "anomalies", cfoil_command_anomalies, "anomalies list|acknowledge|rules", N_ ("What looks unusual, and why") },
  { "settlements", cfoil_command_settlements, "settlements list|show|…", N_ ("Settlements and whether they add up") },
  { "annotate", cfoil_command_annotate, "annotate TRANSACTION_ID", N_ ("Write a note, tags or a mark on a transaction") },
  { "export", cfoil_command_export, "export TABLE --output FILE", N_ ("Write a table as CSV") },
  { "bank", cfoil_command_bank, "bank import|list|match|…", N_ ("Bank statements, compared with payouts") },
  { "books", cfoil_command_books, "books --format F --output FILE", N_ ("Write double-entry books for accounting programs") },
  { "report", cfoil_command_report, "report NAME --output FILE", N_ ("Make a report as CSV, PDF or JSON") },
  { "provider-reports", cfoil_command_provider_reports, "provider-reports list|request|…", N_ ("Reports and schedules of the provider") },
  { "status", cfoil_command_status, "status", N_ ("How fresh and complete the mirror is") },
  { "sql", cfoil_command_sql, "sql 'SELECT …'", N_ ("Ask the mirror in SQL; nothing can be changed") },
  { "check", cfoil_command_check, "check", N_ ("Verify the mirror") },
  { "backup", cfoil_command_backup, "backup FILE", N_ ("Write a checked copy of the mirror’s database") },
  { "rebuild", cfoil_command_rebuild, "rebuild", N_ ("Make the mirror anew from the raw report files") },
  { NULL }
};

static int
print_help (int exit_code)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n  counterfoil-cli [--data-dir DIR] [--json] COMMAND …\n\n%s\n",
                          _ ("Usage:"), _ ("Commands:"));
  for (const CfoilCommand *command = cfoil_commands; command->name != NULL; command++)
    g_string_append_printf (text, "  %s%*s %s\n", command->usage,
                            32 - (int) g_utf8_strlen (command->usage, -1), "", gettext (command->summary));
  g_string_append_printf (text, "\n%s\n%s\n",
                          _ ("Every command has --help, --data-dir and --json."),
                          _ ("Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done in part, 4 something is due."));
  if (exit_code == CFOIL_EXIT_DONE)
    g_print ("%s", text->str);
  else
    g_printerr ("%s", text->str);
  g_string_free (text, TRUE);
  return exit_code;
}

static void
set_folder (CfoilCli   *cli,
            const char *folder)
{
  g_free (cli->folder);
  cli->folder = g_strdup (folder);
}

/* Options before the command: those that every command has. */
static int
take_common_options (CfoilCli *cli,
                     char    **argv,
                     int      *exit_code)
{
  int i = 1;

  *exit_code = -1;
  for (; argv[i] != NULL && argv[i][0] == '-'; i++)
    {
      if (g_str_equal (argv[i], "--help") || g_str_equal (argv[i], "-h"))
        *exit_code = print_help (CFOIL_EXIT_DONE);
      else if (g_str_equal (argv[i], "--version"))
        {
          g_print ("counterfoil-cli %s\n", CFOIL_VERSION);
          *exit_code = CFOIL_EXIT_DONE;
        }
      else if (g_str_equal (argv[i], "--json"))
        cli->json = TRUE;
      else if (g_str_equal (argv[i], "--data-dir") && argv[i + 1] != NULL)
        set_folder (cli, argv[++i]);
      else if (g_str_has_prefix (argv[i], "--data-dir="))
        set_folder (cli, argv[i] + strlen ("--data-dir="));
      else
        *exit_code = cfoil_cli_usage (_ ("Unknown option %s"), argv[i]);
      if (*exit_code >= 0)
        break;
    }
  return i;
}

/* The first Ctrl+C ends the job at the next safe place; the second at once. */
static gpointer
wait_for_signals (gpointer user_data)
{
  GCancellable *cancellable = user_data;
  sigset_t set;
  int number;

  sigemptyset (&set);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGTERM);
  sigwait (&set, &number);
  g_cancellable_cancel (cancellable);
  sigwait (&set, &number);
  _exit (128 + number);
  return NULL;
}

static void
catch_signals (GCancellable *cancellable)
{
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGTERM);
  pthread_sigmask (SIG_BLOCK, &set, NULL);
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN);
  g_thread_unref (g_thread_new ("signals", wait_for_signals, cancellable));
}

static int
run_command (CfoilCli   *cli,
             const char *name,
             char      **argv)
{
  for (const CfoilCommand *command = cfoil_commands; command->name != NULL; command++)
    if (g_str_equal (command->name, name))
      return command->func (cli, argv);
  return cfoil_cli_usage (_ ("There is no command “%s”."), name);
}

/* What was said must have arrived: a full disk is no success. */
static int
finish_output (int exit_code)
{
  int number;

  errno = 0;
  if (fflush (stdout) == 0 && !ferror (stdout))
    return exit_code;
  number = errno;
  /* A reader that went away knows. */
  if (number != EPIPE)
    g_printerr (_ ("The output could not be written: %s\n"),
                number != 0 ? g_strerror (number) : _ ("it is not complete"));
  return exit_code == CFOIL_EXIT_USAGE ? exit_code : CFOIL_EXIT_FAILED;
}

int
main (int    argc,
      char **argv)
{
  CfoilCli cli = { 0 };
  int exit_code, i;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, CFOIL_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  cfoil_log_init ();

  cli.is_terminal = isatty (STDERR_FILENO);
  cli.cancellable = g_cancellable_new ();
  i = take_common_options (&cli, argv, &exit_code);
  if (exit_code < 0 && argv[i] == NULL)
    exit_code = print_help (CFOIL_EXIT_USAGE);
  if (exit_code >= 0)
    {
      g_object_unref (cli.cancellable);
      g_free (cli.folder);
      return finish_output (exit_code);
    }

  catch_signals (cli.cancellable);
  exit_code = run_command (&cli, argv[i], argv + i + 1);
  g_strfreev (cli.words);
  g_free (cli.folder);
  return finish_output (exit_code);
}
