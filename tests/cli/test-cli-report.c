/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <string.h>

static const char report[] =
  "TransactionPostedDate,SettlementId,AmazonTransactionId,StoreName,TransactionDescription,TransactionType,CurrencyCode,"
  "TransactionAmount,TotalTransactionFee,NetTransactionAmount\n"
  "2026-03-01T23:30:00Z,S1,P01-1-1-C1,Alpha,a,Capture,EUR,100.00,-3.00,97.00\n"
  "2026-03-02T10:00:00Z,S1,P01-1-1-C2,\"=Beta, \",b,Capture,EUR,50.00,-2.00,48.00\n"
  "2026-03-03T10:00:00Z,S1,P01-1-1-C3,Alpha,c,Capture,JPY,700,-20,680\n"
  "2026-03-04T10:00:00Z,S1,P01-1-1-R1,Alpha,back,Refund,EUR,-20.00,0.00,-20.00\n";

static Cli *
cli_new_with_rows (void)
{
  Cli *cli = cli_new_with_account ();
  g_autofree char *path = cli_write_file (cli, "report.csv", report, -1);
  g_autoptr (CliResult) import = cli_expect (cli, 0, "import", "--account", "shop", path, NULL);

  return cli;
}

static void
test_csv (void)
{
  g_autoptr (Cli) cli = cli_new_with_rows ();
  g_autoptr (CliResult) month = cli_expect (cli, 0, "report", "sales", "--period", "2026-03", "--group", "month", "--output", "-",
                                            "--format", "csv", NULL);
  g_autoptr (CliResult) stores = cli_expect (cli, 0, "report", "sales", "--period", "2026-03", "--group", "store", "--currency", "EUR",
                                             "--output", "-", "--format", "csv", NULL);

  g_assert_cmpstr (month->out, ==,
                   "month,payments,currency,gross,refunds,fees,dispute_losses,adjustments,net\n"
                   "2026-03,2,EUR,150.00,20.00,5.00,0.00,0.00,125.00\n"
                   "2026-03,1,JPY,700,0,20,0,0,680\n");
  g_assert_cmpstr (stores->out, ==,
                   "store,payments,currency,gross,refunds,fees,dispute_losses,adjustments,net\n"
                   "Alpha,1,EUR,100.00,20.00,3.00,0.00,0.00,77.00\n"
                   "\"'=Beta, \",1,EUR,50.00,0.00,2.00,0.00,0.00,48.00\n");
}

/* The same words twice are the same bytes, by whatever name the format is said. */
static void
test_files (void)
{
  static const char *const formats[] = { "csv", "json", "pdf" };
  g_autoptr (Cli) cli = cli_new_with_rows ();

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *name = g_strconcat ("out.", formats[i], NULL);
      g_autofree char *path = test_folder_file (cli->folder, name);
      g_autoptr (CliResult) first = cli_expect (cli, 0, "report", "fees", "--period", "2026", "--output", path, NULL);
      g_autoptr (CliResult) exists = cli_expect (cli, 1, "report", "fees", "--period", "2026", "--output", path, NULL);
      g_autoptr (GBytes) before = test_read_bytes (path);
      g_autoptr (GBytes) after = NULL;
      g_autoptr (CliResult) again = NULL;

      again = cli_expect (cli, 0, "report", "fees", "--period", "2026", "--overwrite", "--output", path, NULL);
      after = test_read_bytes (path);
      g_assert_cmpuint (g_bytes_get_size (before), >, 50);
      g_assert_true (g_bytes_equal (before, after));
    }
}

static void
test_saved (void)
{
  g_autoptr (Cli) cli = cli_new_with_rows ();
  g_autoptr (CliResult) save = cli_expect (cli, 0, "report", "save", "In March", "sales", "--period", "2026-03", "--group", "month",
                                           "--currency", "JPY", NULL);
  g_autoptr (CliResult) run = cli_expect (cli, 0, "report", "in march", "--output", "-", "--format", "csv", NULL);
  g_autoptr (CliResult) taken = cli_expect (cli, 1, "report", "save", "IN MARCH", "fees", NULL);
  g_autoptr (CliResult) own = cli_expect (cli, 1, "report", "save", "fees", "fees", NULL);
  g_autoptr (CliResult) rename = cli_expect (cli, 0, "report", "rename", "In March", "March", NULL);
  g_autoptr (CliResult) list = cli_expect (cli, 0, "--json", "report", "list", NULL);
  g_autoptr (CliResult) remove = cli_expect (cli, 0, "report", "remove", "March", NULL);
  g_autoptr (CliResult) gone = cli_expect (cli, 1, "report", "March", "--output", "-", "--format", "csv", NULL);
  g_autoptr (JsonNode) node = cli_parse_json (list->out);
  JsonArray *array = json_node_get_array (node);

  g_assert_nonnull (strstr (run->out, "2026-03,1,JPY,700,0,20,0,0,680\n"));
  g_assert_null (strstr (run->out, "EUR"));
  g_assert_cmpuint (json_array_get_length (array), ==, 9);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (array, 8), "name"), ==, "March");
}

static void
test_usage (void)
{
  g_autoptr (Cli) cli = cli_new_with_rows ();
  g_autoptr (CliResult) nothing = cli_expect (cli, 2, "report", NULL);
  g_autoptr (CliResult) nowhere = cli_expect (cli, 2, "report", "sales", NULL);
  g_autoptr (CliResult) no_format = cli_expect (cli, 2, "report", "sales", "--output", "-", NULL);
  g_autoptr (CliResult) other = cli_expect (cli, 2, "report", "sales", "--output", "x.xls", NULL);
  g_autoptr (CliResult) paper = cli_expect (cli, 2, "report", "sales", "--paper", "b5", "--output", "x.pdf", NULL);
  g_autoptr (CliResult) period = cli_expect (cli, 1, "report", "sales", "--period", "soon", "--output", "-", "--format", "csv", NULL);
  g_autoptr (CliResult) group = cli_expect (cli, 1, "report", "sales", "--group", "moon", "--output", "-", "--format", "csv", NULL);
  g_autoptr (CliResult) account = cli_expect (cli, 1, "report", "sales", "--account", "x", "--output", "-", "--format", "csv", NULL);
  g_autoptr (CliResult) unknown = cli_expect (cli, 1, "report", "moon", "--output", "-", "--format", "csv", NULL);

  g_autoptr (CliResult) currency = cli_expect (cli, 2, "report", "sales", "--currency", "moon", "--output", "-", "--format", "csv", NULL);

  g_assert_cmpstr (unknown->out, ==, "");
  g_assert_nonnull (strstr (group->err, "moon"));
  g_assert_nonnull (strstr (currency->err, "--currency"));
  /* The advice is about words, not about files. */
  g_assert_nonnull (strstr (unknown->err, "report list"));
  g_assert_null (strstr (unknown->err, "file"));
  g_assert_null (strstr (group->err, "Choose"));
  g_assert_null (strstr (period->err, "file"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/report/csv", test_csv);
  g_test_add_func ("/cli/report/files", test_files);
  g_test_add_func ("/cli/report/saved", test_saved);
  g_test_add_func ("/cli/report/usage", test_usage);
  return g_test_run ();
}
