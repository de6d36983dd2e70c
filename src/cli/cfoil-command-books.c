/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-books.h"
#include "cfoil-cli.h"
#include "cfoil-export.h"
#include "cfoil-print-source.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  char *format;
  char *period;
  char *output;
  char *dates;
  char *zone;
  char **accounts;
  gboolean overwrite;
} Words;

static void
words_clear (Words *words)
{
  g_free (words->format);
  g_free (words->period);
  g_free (words->output);
  g_free (words->dates);
  g_free (words->zone);
  g_strfreev (words->accounts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static gboolean
read_options (const Words       *words,
              CfoilBooksOptions *options,
              GError           **error)
{
  g_autoptr (GTimeZone) zone = cfoil_export_open_zone (words->zone, error);

  if (zone == NULL)
    return FALSE;
  options->accounts = words->accounts;
  options->time_zone = words->zone;
  return cfoil_period_parse (words->period != NULL ? words->period : "all", cfoil_day_of_time (cfoil_time_now_us (), zone),
                             &options->period, error);
}

static void
print_result (CfoilCli               *cli,
              const char             *output,
              const CfoilBooksResult *result)
{
  g_autofree char *name = g_filename_display_name (output);
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, result->n_entries);

  if (cli->json)
    g_print ("{\"entries\": %" G_GUINT64_FORMAT ", \"bytes\": %" G_GUINT64_FORMAT ", \"sha256\": \"%s\"}\n",
             result->n_entries, result->n_bytes, result->sha256);
  else
    /* Translators: a file's name, how many entries of the books were written. */
    g_print (ngettext ("%s: %s entry\n", "%s: %s entries\n", result->n_entries), name, number);
}

static int
export_books (CfoilCli    *cli,
              const Words *words)
{
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (GError) error = NULL;
  CfoilBooksOptions options = { 0 };
  CfoilBooksResult result;

  if (words->format == NULL || !cfoil_books_format_from_string (words->format, &options.format))
    return cfoil_cli_usage (_ ("--format is ledger, hledger, beancount, qif, ofx, ofx1 or journal."));
  if (words->dates != NULL && !cfoil_books_dates_from_string (words->dates, &options.dates))
    return cfoil_cli_usage (_ ("--dates is sale or posting."));
  if (words->output == NULL)
    return cfoil_cli_usage (_ ("Where to? Give --output FILE."));
  if (!read_options (words, &options, &error))
    return cfoil_cli_usage ("%s", error->message);
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  if (!cfoil_books_export_sync (cfoil_context_get_mirror (context), &options, words->output, words->overwrite, NULL, NULL,
                                cli->cancellable, &result, &error))
    return cfoil_cli_fail (cli, error);
  print_result (cli, words->output, &result);
  return CFOIL_EXIT_DONE;
}

/* --- accounts --- */

static void
add_account (CfoilPrintTable *table,
             const char      *key,
             const char      *name,
             CfoilPurpose     purpose,
             gboolean         is_own)
{
  cfoil_print_table_add_text (table, key);
  cfoil_print_table_add_text (table, name);
  cfoil_print_table_add_text (table, is_own ? "own" : "default");
  cfoil_print_table_add_text (table, cfoil_purpose_get_title (purpose));
}

static gboolean
print_accounts (CfoilCli    *cli,
                CfoilMirror *mirror,
                GError     **error)
{
  static const char *const names[] = { "purpose", "name", "chosen", "meaning", NULL };
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, error);
  g_autoptr (CfoilBooksAccounts) accounts = reader != NULL ? cfoil_books_accounts_load (reader, error) : NULL;
  g_autoptr (CfoilPrintTable) table = cfoil_print_table_new (names, -1);
  g_autoptr (GPtrArray) keys = NULL;

  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < CFOIL_N_PURPOSES; i++)
    {
      const char *key = cfoil_purpose_to_string ((CfoilPurpose) i);
      const char *own = cfoil_books_accounts_get (accounts, key);

      add_account (table, key, own != NULL ? own : cfoil_purpose_get_default ((CfoilPurpose) i), (CfoilPurpose) i, own != NULL);
    }
  keys = cfoil_books_accounts_list_keys (accounts);
  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      CfoilPurpose purpose;

      if (strchr (key, ':') != NULL && cfoil_books_key_parse (key, &purpose, NULL))
        add_account (table, key, cfoil_books_accounts_get (accounts, key), purpose, TRUE);
    }
  return cfoil_print_source (cli, cfoil_print_table_get_source (table), cli->json ? "json" : "table", error);
}

static int
run_accounts (CfoilCli *cli,
              char    **words)
{
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (GError) error = NULL;
  guint n = g_strv_length (words);
  CfoilMirror *mirror;

  if (n != 0 && (n != 3 || !g_str_equal (words[0], "set")))
    return cfoil_cli_usage (_ ("books accounts prints them; books accounts set PURPOSE NAME changes one, and an empty NAME takes it back."));
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  mirror = cfoil_context_get_mirror (context);
  if ((n == 3 && !cfoil_books_accounts_save_sync (mirror, words[1], words[2], &error)) || !print_accounts (cli, mirror, &error))
    return cfoil_cli_fail (cli, error);
  return CFOIL_EXIT_DONE;
}

int
cfoil_command_books (CfoilCli *cli,
                     char    **argv)
{
  g_auto (Words) words = { NULL };
  int exit_code;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &words.format, N_ ("ledger, hledger, beancount, qif, ofx, ofx1 or journal (CSV)"), N_ ("FORMAT") },
    { "period", 0, 0, G_OPTION_ARG_STRING, &words.period, N_ ("2026-10, 2026-Q3, 2026, 2026-10-03..2026-11-01, lastmonth or all"), N_ ("PERIOD") },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &words.output, N_ ("The file to write"), N_ ("FILE") },
    { "overwrite", 0, 0, G_OPTION_ARG_NONE, &words.overwrite, N_ ("Replace the file if it exists"), NULL },
    { "account", 0, 0, G_OPTION_ARG_STRING_ARRAY, &words.accounts, N_ ("Only this account; may be given several times"), N_ ("NAME") },
    { "dates", 0, 0, G_OPTION_ARG_STRING, &words.dates,
      N_ ("sale: sales on the day they were made; posting: all on the day of the settlement’s line"), N_ ("RULE") },
    { "time-zone", 0, 0, G_OPTION_ARG_STRING, &words.zone, N_ ("Zone in which days begin, such as Europe/Berlin"), N_ ("ZONE") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "books --format FORMAT --output FILE | books accounts [set PURPOSE NAME]",
                        N_ ("Writes the records as double-entry books for another program. “books accounts” prints which account is for "
                            "what; names may have {provider}, {account} and {store} in them."),
                        entries, &exit_code))
    return exit_code;
  if (argv[0] != NULL && g_str_equal (argv[0], "accounts"))
    return run_accounts (cli, argv + 1);
  if (argv[0] != NULL)
    return cfoil_cli_usage (_ ("books takes no further words but accounts."));
  return export_books (cli, &words);
}
