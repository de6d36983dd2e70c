/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <string.h>

static const struct
{
  const char *words;
  const char *options;
} helps[] = {
  { "account add", "--provider --region --environment --public-key-id --key-file --merchant-id --endpoint --ca-file --key-storage --history-days --request-rate" },
  { "account list", "" },
  { "account test", "" },
  { "account remove", "" },
  { "sync", "" },
  { "import", "--account --replace" },
  { "list", "--limit --format --query --view --columns --sort --time-zone" },
  { "totals", "--format --query --view --time-zone" },
  { "views", "--format" },
  { "annotate", "--note --tags --reviewed --account" },
  { "export", "--output --time-zone --profile --overwrite --query --view --columns --sort" },
  { "backup", "--overwrite" },
  { "status", "" },
  { "sql", "--format" },
  { "check", "" },
  { "rebuild", "" },
  { "provider-reports list", "--format" },
  { "provider-reports types", "--account --format" },
  { "provider-reports request", "--account --period --wait" },
  { "provider-reports download", "--account --output --overwrite --wait" },
  { "provider-reports schedules", "--account --refresh --format" },
  { "provider-reports schedule", "--account --every --first --replace" },
  { "provider-reports unschedule", "--account --even-of-others" },
};

static void
test_help (void)
{
  g_autoptr (Cli) cli = cli_new ();

  for (guint i = 0; i < G_N_ELEMENTS (helps); i++)
    for (guint is_short = 0; is_short < 2; is_short++)
      {
        g_autofree char *line = g_strdup_printf ("%s %s", helps[i].words, is_short ? "-h" : "--help");
        g_auto (GStrv) words = g_strsplit (line, " ", -1);
        g_auto (GStrv) options = g_strsplit (helps[i].options, " ", -1);
        g_autoptr (CliResult) result = cli_run_strv (cli, (const char *const *) words);

        g_test_message ("%s", line);
        g_assert_cmpint (result->exit_code, ==, 0);
        g_assert_cmpstr (result->err, ==, "");
        test_assert_contains (result->out, helps[i].words);
        test_assert_contains (result->out, "--data-dir");
        test_assert_contains (result->out, "--json");
        for (char **option = options; *option != NULL; option++)
          test_assert_contains (result->out, *option);
      }
  /* asking for help makes nothing */
  g_assert_false (g_file_test (cli->data_dir, G_FILE_TEST_EXISTS));
}

static void
test_general (void)
{
  g_autoptr (Cli) cli = cli_new ();
  g_autoptr (CliResult) help = cli_expect (cli, 0, "--help", NULL);
  g_autoptr (CliResult) account = cli_expect (cli, 0, "account", "--help", NULL);
  g_autoptr (CliResult) version = cli_expect (cli, 0, "--version", NULL);
  g_autoptr (CliResult) nothing = cli_expect (cli, 2, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (helps); i++)
    {
      g_auto (GStrv) words = g_strsplit (helps[i].words, " ", -1);

      test_assert_contains (help->out, words[0]);
      if (g_str_equal (words[0], "account"))
        test_assert_contains (account->out, helps[i].words);
    }
  test_assert_contains (help->out, "Exit codes");
  test_assert_contains (nothing->err, "sync");
  g_assert_cmpstr (nothing->out, ==, "");
  g_assert_true (g_str_has_prefix (version->out, "counterfoil-cli "));
}

static const char *const wrong[] = {
  "nonsense",
  "--nonsense",
  "--nonsense sync",
  "sync --nonsense",
  "account",
  "account nonsense",
  "account add",
  "account add a b --provider amazon-pay --region na --environment live --public-key-id X --key-file /k",
  "account add a",
  "account add a --provider amazon-pay",
  "account add a --provider amazon-pay --region na --environment live --public-key-id X --key-file /k --key-storage pocket",
  "account add a --provider amazon-pay --region na --environment live --public-key-id X --key-file /k --history-days many",
  "account test",
  "account test a b",
  "account remove",
  "import",
  "import file",
  "import --account shop",
  "list",
  "list nonsense",
  "list transactions refunds",
  "list transactions --limit x",
  "list transactions --limit -5",
  "list transactions --format xml",
  "export",
  "export transactions",
  "export nonsense --output /tmp/x",
  "export transactions --output",
  "export transactions --output /tmp/x --profile fancy",
  "list refunds --query state:refunded",
  "list transactions --columns nonsense",
  "list transactions --columns time,,type",
  "list transactions --columns time,time",
  "list transactions --columns",
  "list transactions --sort nonsense",
  "list transactions --sort --",
  "list transactions --query nonsense:x",
  "list transactions --query date:2026-13",
  "list transactions --query amount:>abc",
  "list transactions --time-zone Europe/Atlantis",
  "list transactions --query",
  "totals now",
  "totals --query amount:>abc",
  "totals --format xml",
  "views now",
  "views --format xml",
  "annotate",
  "annotate a b",
  "annotate a --reviewed maybe",
  "export transactions --output /tmp/x --query date:2026-13",
  "export transactions --output /tmp/x --columns nonsense",
  "export transactions --output /tmp/x --sort nonsense",
  "export refunds --output /tmp/x --query state:refunded",
  "export settlements --output /tmp/x --columns all",
  "provider-reports",
  "provider-reports nonsense",
  "provider-reports list now",
  "provider-reports types --format xml",
  "provider-reports request",
  "provider-reports request refund capture",
  "provider-reports request refund --period 2026-13",
  "provider-reports request refund --period all",
  "provider-reports download",
  "provider-reports schedule refund",
  "provider-reports schedule --every P1D",
  "provider-reports schedule refund --every P1D --first tomorrow",
  "provider-reports unschedule",
  "backup",
  "backup a b",
  "status now",
  "sql",
  "sql SELECT 1",
  "sql 1 --format xml",
};

static void
test_wrong (void)
{
  g_autoptr (Cli) cli = cli_new ();

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto (GStrv) words = g_strsplit (wrong[i], " ", -1);
      g_autoptr (CliResult) result = cli_run_strv (cli, (const char *const *) words);

      g_test_message ("%s: %s", wrong[i], result->err);
      g_assert_cmpint (result->exit_code, ==, 2);
      g_assert_cmpstr (result->out, ==, "");
      g_assert_cmpuint (strlen (result->err), >, 5);
    }
  g_assert_false (g_file_test (cli->data_dir, G_FILE_TEST_EXISTS));
}

/* Words that could be taken for options or formats. */
static void
test_odd_words (void)
{
  g_autoptr (Cli) cli = cli_new ();
  g_autoptr (CliResult) format = cli_run (cli, "%s%n%s", NULL);
  g_autoptr (CliResult) empty = cli_run (cli, "", NULL);
  g_autoptr (CliResult) text = cli_run (cli, "sync", "\xff\xfe", NULL);
  g_autoptr (CliResult) twice = cli_run (cli, "--json", "list", "transactions", "--json", NULL);

  g_assert_cmpint (format->exit_code, ==, 2);
  test_assert_contains (format->err, "%s%n%s");
  g_assert_cmpint (empty->exit_code, ==, 2);
  g_assert_cmpint (text->exit_code, ==, 1);
  g_assert_cmpint (twice->exit_code, ==, 0);
}

static void
test_unknown_account (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autofree char *sample = cli_sample ("amazon-pay-2015-10-06-REFUND_DATA_414749300022222.csv");
  g_autoptr (CliResult) sync = cli_expect (cli, 1, "sync", "nobody", NULL);
  g_autoptr (CliResult) test = cli_expect (cli, 1, "account", "test", "nobody", NULL);
  g_autoptr (CliResult) remove = cli_expect (cli, 1, "account", "remove", "nobody", NULL);
  g_autoptr (CliResult) import = cli_expect (cli, 1, "import", "--account", "nobody", sample, NULL);

  test_assert_contains (sync->err, "nobody");
  test_assert_contains (test->err, "nobody");
  test_assert_contains (remove->err, "nobody");
  test_assert_contains (import->err, "nobody");
}

/* On an empty mirror everything answers, and says what to do. */
static void
test_empty (void)
{
  g_autoptr (Cli) cli = cli_new ();
  g_autoptr (CliResult) sync = cli_expect (cli, 1, "sync", NULL);
  g_autoptr (CliResult) status = cli_expect (cli, 0, "status", NULL);
  g_autoptr (CliResult) check = cli_expect (cli, 0, "check", NULL);
  g_autoptr (CliResult) accounts = cli_expect (cli, 0, "account", "list", NULL);
  g_autoptr (CliResult) rebuild = cli_expect (cli, 0, "rebuild", NULL);
  static const char *const tables[] = { "transactions", "refunds", "disputes", "settlements", "reports", "exceptions" };

  test_assert_contains (sync->err, "account");
  test_assert_contains (status->out, "account add");
  test_assert_contains (check->out, "sound");
  test_assert_contains (rebuild->out, "mirror.sqlite.replaced-");
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (CliResult) list = cli_expect (cli, 0, "list", tables[i], NULL);
      g_autoptr (CliResult) json = cli_expect (cli, 0, "--json", "list", tables[i], NULL);
      g_autoptr (JsonNode) node = cli_parse_json (json->out);

      g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 0);
    }
}

/* A folder that cannot be one. */
static void
test_bad_folder (void)
{
  g_autoptr (Cli) cli = cli_new ();

  test_write_text (cli->data_dir, "a file");
  {
    g_autoptr (CliResult) status = cli_expect (cli, 1, "status", NULL);
    g_autofree char *kept = test_read_text (cli->data_dir);

    test_assert_contains (status->err, cli->data_dir);
    g_assert_cmpstr (kept, ==, "a file");
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/usage/help", test_help);
  g_test_add_func ("/cli/usage/general", test_general);
  g_test_add_func ("/cli/usage/wrong", test_wrong);
  g_test_add_func ("/cli/usage/odd-words", test_odd_words);
  g_test_add_func ("/cli/usage/unknown-account", test_unknown_account);
  g_test_add_func ("/cli/usage/empty", test_empty);
  g_test_add_func ("/cli/usage/bad-folder", test_bad_folder);

  return g_test_run ();
}
