/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-cli.h"

#include <glib/gi18n.h>

static const char add_usage[] =
  "account add NAME --provider amazon-pay --region R --environment E --public-key-id ID --key-file PEM";

#define MAX_NAME 100

/* Names are shown in lists and typed in commands. */
static gboolean
is_name (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL) || g_utf8_strlen (text, -1) > MAX_NAME)
    return FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_iscntrl (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

static int
add (CfoilCli *cli,
     char    **argv)
{
  g_autoptr (CfoilAccount) account = cfoil_account_new ();
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *key_file = NULL;
  g_autofree char *ca_file = NULL;
  int history_days = 0, request_rate = 0, exit_code;
  const GOptionEntry entries[] = {
    { "provider", 0, 0, G_OPTION_ARG_STRING, &account->provider, N_ ("The provider: amazon-pay"), N_ ("NAME") },
    { "region", 0, 0, G_OPTION_ARG_STRING, &account->region, N_ ("na, eu or jp"), N_ ("REGION") },
    { "environment", 0, 0, G_OPTION_ARG_STRING, &account->environment, N_ ("live or sandbox"), N_ ("ENVIRONMENT") },
    { "public-key-id", 0, 0, G_OPTION_ARG_STRING, &account->public_key_id, N_ ("The public key ID"), N_ ("ID") },
    { "key-file", 0, 0, G_OPTION_ARG_FILENAME, &key_file, N_ ("The private key, a PEM file"), N_ ("PEM") },
    { "merchant-id", 0, 0, G_OPTION_ARG_STRING, &account->merchant_id, N_ ("The merchant ID"), N_ ("ID") },
    { "endpoint", 0, 0, G_OPTION_ARG_STRING, &account->endpoint, N_ ("Another server, on this machine only"), N_ ("URL") },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &ca_file, N_ ("The certificate authority of that server"), N_ ("PEM") },
    { "key-storage", 0, 0, G_OPTION_ARG_STRING, &account->key_storage, N_ ("Where the key is kept: keyring or file"), N_ ("WHERE") },
    { "history-days", 0, 0, G_OPTION_ARG_INT, &history_days, N_ ("How far back to ask for reports"), N_ ("DAYS") },
    { "request-rate", 0, 0, G_OPTION_ARG_INT, &request_rate, N_ ("Per cent of the usual request budget"), N_ ("PERCENT") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, add_usage, N_ ("Adds an account."), entries, &exit_code))
    return exit_code;
  if (g_strv_length (argv) != 1)
    return cfoil_cli_usage (_ ("An account has one name."));
  if (key_file == NULL || account->public_key_id == NULL || account->region == NULL ||
      account->environment == NULL || account->provider == NULL)
    return cfoil_cli_usage (_ ("Needed: --provider, --region, --environment, --public-key-id and --key-file."));
  if (account->key_storage != NULL && !g_str_equal (account->key_storage, "keyring") &&
      !g_str_equal (account->key_storage, "file"))
    return cfoil_cli_usage (_ ("--key-storage is keyring or file."));

  if (!is_name (argv[0]))
    return cfoil_cli_usage (_ ("An account's name is one line of at most %d characters."), MAX_NAME);
  if (history_days < 0 || request_rate < 0)
    return cfoil_cli_usage (_ ("--history-days and --request-rate are not negative."));

  account->name = g_strdup (argv[0]);
  account->ca_file = ca_file != NULL ? g_canonicalize_filename (ca_file, NULL) : NULL;
  account->history_days = (guint) history_days;
  account->request_rate = (guint) request_rate;
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  if (!cfoil_context_add_account_sync (context, account, key_file, cli->cancellable, &error))
    return cfoil_cli_fail (cli, error);
  if (cli->json)
    cfoil_json_print_done ("account", account->name, "added");
  else
    g_print (_ ("Added “%s”. Next: counterfoil-cli sync\n"), account->name);
  return CFOIL_EXIT_DONE;
}

static int
list (CfoilCli *cli,
      char    **argv)
{
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (CfoilStatement) rows = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok;
  int exit_code;

  if (!cfoil_cli_parse (cli, &argv, "account list", N_ ("Lists the accounts."), NULL, &exit_code))
    return exit_code;
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  reader = cfoil_mirror_open_reader (cfoil_context_get_mirror (context), &error);
  ok = reader != NULL &&
       (rows = cfoil_database_prepare (reader,
                                       "SELECT name, provider, region, environment, public_key_id, merchant_id, "
                                       "endpoint, key_storage FROM account ORDER BY name",
                                       &error)) != NULL &&
       cfoil_print_rows (cli, rows, cli->json ? "json" : "table", &error);
  g_clear_pointer (&rows, cfoil_statement_free);
  return ok ? CFOIL_EXIT_DONE : cfoil_cli_fail (cli, error);
}

typedef gboolean (*AccountFunc) (CfoilContext *context,
                                 const char   *name,
                                 GCancellable *cancellable,
                                 GError      **error);

/* A command on one account by name. */
static int
on_one (CfoilCli   *cli,
        char      **argv,
        const char *usage,
        const char *summary,
        AccountFunc func,
        const char *done_json,
        const char *done)
{
  g_autoptr (CfoilAccount) account = NULL;
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (GError) error = NULL;
  int exit_code;

  if (!cfoil_cli_parse (cli, &argv, usage, summary, NULL, &exit_code))
    return exit_code;
  if (g_strv_length (argv) != 1)
    return cfoil_cli_usage (_ ("Name one account."));
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  account = cfoil_context_find_account_sync (context, argv[0], &error);
  if (account == NULL || !func (context, argv[0], cli->cancellable, &error))
    return cfoil_cli_fail (cli, error);
  if (cli->json)
    cfoil_json_print_done ("account", argv[0], done_json);
  else
    g_print ("%s\n", done);
  return CFOIL_EXIT_DONE;
}

int
cfoil_command_account (CfoilCli *cli,
                       char    **argv)
{
  const char *what = argv[0];

  if (g_strcmp0 (what, "add") == 0)
    return add (cli, argv + 1);
  if (g_strcmp0 (what, "list") == 0)
    return list (cli, argv + 1);
  if (g_strcmp0 (what, "test") == 0)
    return on_one (cli, argv + 1, "account test NAME", N_ ("Asks the provider whether the key works."),
                   cfoil_context_test_account_sync, "works", _ ("The key works."));
  if (g_strcmp0 (what, "remove") == 0)
    return on_one (cli, argv + 1, "account remove NAME",
                   N_ ("Removes an account, its key and all that the mirror holds of it."),
                   cfoil_context_remove_account_sync, "removed", _ ("Removed."));
  if (g_strcmp0 (what, "--help") == 0 || g_strcmp0 (what, "-h") == 0)
    {
      g_print ("%s\n  counterfoil-cli %s\n"
               "      [--merchant-id ID] [--endpoint URL --ca-file PEM] [--key-storage keyring|file]\n"
               "  counterfoil-cli account list\n"
               "  counterfoil-cli account test NAME\n"
               "  counterfoil-cli account remove NAME\n",
               _ ("Usage:"), add_usage);
      return CFOIL_EXIT_DONE;
    }
  return cfoil_cli_usage (_ ("account add, list, test or remove?"));
}
