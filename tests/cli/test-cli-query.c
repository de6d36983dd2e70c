/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <sqlite3.h>
#include <string.h>

/* Charges, a refund, two currencies, names from everywhere. */
static const char report[] =
  "TransactionPostedDate,SettlementId,AmazonTransactionId,StoreName,TransactionDescription,TransactionType,CurrencyCode,"
  "TransactionAmount,TotalTransactionFee,NetTransactionAmount\n"
  "2026-03-01T23:30:00Z,S1,P01-1-1-C1,Alpha,\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d,Capture,EUR,100.00,-3.00,97.00\n"
  "2026-03-02T10:00:00Z,S1,P01-1-1-C2,Beta,e\xcc\x81t\xc3\xa9,Capture,EUR,50.00,-2.00,48.00\n"
  "2026-03-03T10:00:00Z,S1,P01-1-1-C3,\"a b\",=1+1,Capture,JPY,700,-20,680\n"
  "2026-03-04T10:00:00Z,S1,P01-1-1-R1,Beta,back,Refund,EUR,-20.00,0.00,-20.00\n";

static Cli *
cli_new_with_rows (void)
{
  Cli *cli = cli_new_with_account ();
  g_autofree char *path = cli_write_file (cli, "report.csv", report, -1);
  g_autoptr (CliResult) import = cli_expect (cli, 0, "import", "--account", "shop", path, NULL);

  return cli;
}

/* The ids that a list prints, with blanks between. */
static char *
ids_of (const CliResult *result)
{
  g_auto (GStrv) lines = g_strsplit (result->out, "\n", -1);
  guint n = g_strv_length (lines);

  g_assert_cmpuint (n, >=, 2);
  g_assert_cmpstr (lines[0], ==, "transaction_id");
  g_assert_cmpstr (lines[n - 1], ==, "");
  g_free (g_steal_pointer (&lines[n - 1]));
  return g_strjoinv (" ", lines + 1);
}

static void
test_list (void)
{
  static const struct
  {
    const char *query, *sort, *ids;
  } cases[] = {
    { NULL, NULL, "P01-1-1-R1 P01-1-1-C3 P01-1-1-C2 P01-1-1-C1" },
    { "", "time", "P01-1-1-C1 P01-1-1-C2 P01-1-1-C3 P01-1-1-R1" },
    { "type:charge", "-gross", "P01-1-1-C1 P01-1-1-C2 P01-1-1-C3" },
    { "-type:charge", NULL, "P01-1-1-R1" },
    { "currency:EUR gross:>=50", "date", "P01-1-1-C1 P01-1-1-C2" },
    { "store:\"a b\"", NULL, "P01-1-1-C3" },
    { "date:2026-03-02..2026-03-03", "time", "P01-1-1-C2 P01-1-1-C3" },
    { "\xd7\xa9\xd7\x9c", NULL, "P01-1-1-C1" },
    { "ete", NULL, "P01-1-1-C2" },
    { "C3", NULL, "P01-1-1-C3" },
  };
  g_autoptr (Cli) cli = cli_new_with_rows ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) words = g_ptr_array_new ();
      g_autoptr (CliResult) result = NULL;
      g_autofree char *ids = NULL;
      const char *const common[] = { "list", "transactions", "--format", "csv", "--columns", "transaction_id", "--time-zone", "UTC" };

      for (guint w = 0; w < G_N_ELEMENTS (common); w++)
        g_ptr_array_add (words, (gpointer) common[w]);
      if (cases[i].query != NULL)
        {
          g_ptr_array_add (words, (gpointer) "--query");
          g_ptr_array_add (words, (gpointer) cases[i].query);
        }
      if (cases[i].sort != NULL)
        {
          g_ptr_array_add (words, (gpointer) "--sort");
          g_ptr_array_add (words, (gpointer) cases[i].sort);
        }
      g_ptr_array_add (words, NULL);
      result = cli_run_strv (cli, (const char *const *) words->pdata);
      g_test_message ("%s by %s: %s", cases[i].query, cases[i].sort, result->err);
      g_assert_cmpint (result->exit_code, ==, 0);
      ids = ids_of (result);
      g_assert_cmpstr (ids, ==, cases[i].ids);
    }
}

/* Where a day begins. */
static void
test_time_zone (void)
{
  g_autoptr (Cli) cli = cli_new_with_rows ();
  g_autoptr (CliResult) utc = cli_expect (cli, 0, "list", "transactions", "--query", "date:2026-03-02", "--columns", "transaction_id",
                                          "--format", "csv", "--time-zone", "UTC", NULL);
  g_autoptr (CliResult) berlin = cli_expect (cli, 0, "list", "transactions", "--query", "date:2026-03-02", "--columns", "transaction_id",
                                             "--format", "csv", "--time-zone", "Europe/Berlin", NULL);

  g_assert_cmpstr (utc->out, ==, "transaction_id\nP01-1-1-C2\n");
  g_assert_cmpstr (berlin->out, ==, "transaction_id\nP01-1-1-C2\nP01-1-1-C1\n");
}

static void
test_formats (void)
{
  g_autoptr (Cli) cli = cli_new_with_rows ();
  g_autoptr (CliResult) csv = cli_expect (cli, 0, "list", "transactions", "--format", "csv", "--sort=-gross", "--limit", "1",
                                          "--columns", "time,gross,fee,type,state,flags,description,currency,fee_rate,channel", NULL);
  g_autoptr (CliResult) table = cli_expect (cli, 0, "list", "transactions", "--sort", "gross", "--columns", "gross,fee_rate,time", NULL);
  g_autoptr (CliResult) json = cli_expect (cli, 0, "--json", "list", "transactions", "--query", "C2", NULL);
  g_autoptr (CliResult) guarded = cli_expect (cli, 0, "list", "transactions", "--query", "C3", "--columns", "description", "--format", "csv", NULL);
  g_autoptr (JsonNode) root = cli_parse_json (json->out);
  JsonObject *row = json_array_get_object_element (json_node_get_array (root), 0);

  g_assert_cmpstr (csv->out, ==,
                   "time_us,gross_minor,fee_minor,type,state,flags,description,currency,fee_rate_ppm,channel\n"
                   "1772407800000000,10000,-300,charge,captured,,\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d,EUR,30000,\n");
  /* The currency is not there, and the decimals are right all the same. */
  test_assert_contains (table->out, "-20.00");
  test_assert_contains (table->out, "   700");
  test_assert_contains (table->out, "0.030000");
  test_assert_contains (table->out, "2026-03-01T23:30:00Z");
  g_assert_cmpstr (guarded->out, ==, "description\n'=1+1\n");
  g_assert_cmpint (json_object_get_int_member (row, "gross_minor"), ==, 5000);
  g_assert_cmpint (json_object_get_int_member (row, "fee_minor"), ==, -200);
  g_assert_cmpstr (json_object_get_string_member (row, "source_feed"), ==, "settlement-reports");
  g_assert_true (json_object_get_null_member (row, "buyer_name"));
  g_assert_true (json_object_has_member (row, "updated_at_us"));
}

static void
test_totals (void)
{
  g_autoptr (Cli) cli = cli_new_with_rows ();
  g_autoptr (CliResult) all = cli_expect (cli, 0, "totals", "--format", "csv", NULL);
  g_autoptr (CliResult) refunds = cli_expect (cli, 0, "totals", "--query", "type:refund", NULL);
  g_autoptr (CliResult) nothing = cli_expect (cli, 0, "totals", "--json", "--query", "nothingatall", NULL);
  g_autoptr (CliResult) view = cli_expect (cli, 0, "totals", "--view", "all", "--query", "currency:JPY", "--format", "csv", NULL);

  g_assert_cmpstr (all->out, ==,
                   "currency,row_count,gross_minor,fee_minor,net_minor,refunded_minor,unknown_fee_count\n"
                   "EUR,3,13000,-500,12500,2000,0\n"
                   "JPY,1,700,-20,680,0,0\n");
  test_assert_contains (refunds->out, "-20.00");
  test_assert_contains (refunds->out, " 20.00");
  g_assert_cmpstr (nothing->out, ==, "[]\n");
  test_assert_contains (view->out, "\nJPY,1,700,");
  test_assert_lacks (view->out, "EUR");
}

/* The same answers everywhere. */
static void
test_export (void)
{
  g_autoptr (Cli) cli = cli_new_with_rows ();
  g_autofree char *path = test_folder_file (cli->folder, "out.csv");
  g_autofree char *manifest_path = g_strconcat (path, ".manifest.json", NULL);
  g_autoptr (CliResult) some = cli_expect (cli, 0, "export", "transactions", "--query", "currency:EUR", "--sort=-gross", "--columns",
                                           "date,transaction_id,gross", "--time-zone", "Europe/Berlin", "--output", path, NULL);
  g_autofree char *text = test_read_text (path);
  g_autofree char *manifest = test_read_text (manifest_path);
  g_autoptr (CliResult) view = cli_expect (cli, 0, "export", "transactions", "--view", "All Transactions", "--time-zone", "UTC",
                                           "--overwrite", "--output", path, NULL);
  g_autofree char *shown = test_read_text (path);
  g_autoptr (CliResult) all = cli_expect (cli, 0, "export", "transactions", "--view", "all", "--columns", "all", "--overwrite", "--output", path, NULL);
  g_autofree char *wide = test_read_text (path);

  g_assert_cmpstr (text, ==,
                   "time_utc,time_local,transaction_id,gross\n"
                   "2026-03-01T23:30:00Z,2026-03-02T00:30:00+01:00,P01-1-1-C1,100.00\n"
                   "2026-03-02T10:00:00Z,2026-03-02T11:00:00+01:00,P01-1-1-C2,50.00\n"
                   "2026-03-04T10:00:00Z,2026-03-04T11:00:00+01:00,P01-1-1-R1,-20.00\n");
  test_assert_contains (manifest, "\"query\" : \"currency:EUR\"");
  test_assert_contains (manifest, "\"refunded\" : \"20.00\"");
  g_assert_true (g_str_has_prefix (shown, "time_utc,time_local,type,state,"));
  test_assert_contains (shown, "+00:00,refund,");
  g_assert_true (g_str_has_prefix (wide, "provider,account,environment,transaction_id,"));
  /* A view's order is that of the window: the newest first. */
  g_assert_cmpint (strstr (wide, "P01-1-1-R1") - wide, <, strstr (wide, "P01-1-1-C1") - wide);
}

/* A script never gets what it did not ask for. */
static void
test_mistakes (void)
{
  static const struct
  {
    const char *query, *shown;
  } cases[] = {
    { "nonsense:x", "nonsense" },
    { "date:2026-13", "2026-13" },
    { "date:yesteryear", "yesteryear" },
    { "amount:>abc", ">abc" },
    { "amount:", "amount" },
    { "store:\"open", "open" },
    { "is:nothing", "nothing" },
    { "state:nothing", "nothing" },
    { "type:charge amount:>abc", "character 20" },
    { "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d amount:>\xd7\xa9", "character 13" },
  };
  g_autoptr (Cli) cli = cli_new_with_rows ();
  g_autofree char *path = test_folder_file (cli->folder, "out.csv");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CliResult) list = cli_expect (cli, 2, "list", "transactions", "--query", cases[i].query, NULL);
      g_autoptr (CliResult) totals = cli_expect (cli, 2, "--json", "totals", "--query", cases[i].query, NULL);
      g_autoptr (CliResult) export = cli_expect (cli, 2, "export", "transactions", "--output", path, "--query", cases[i].query, NULL);

      g_test_message ("%s: %s", cases[i].query, list->err);
      g_assert_cmpstr (list->out, ==, "");
      g_assert_cmpstr (totals->out, ==, "");
      g_assert_cmpstr (export->out, ==, "");
      test_assert_contains (list->err, cases[i].shown);
      g_assert_cmpstr (list->err, ==, totals->err);
      g_assert_cmpstr (list->err, ==, export->err);
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

static void
test_odd_texts (void)
{
  g_autofree char *much = g_strnfill (100 * 1024, 'x');
  g_autofree char *many = NULL;
  static const char *const harmless[] = {
    "%s%n", "'; DROP TABLE txn; --", "<b>&amp;</b>", "\xe2\x80\xae" "rtl", "a\xcc\x81\xcc\x81\xcc\x81", "\xf0\x9f\x92\xb6", "*", "(", "\\", "--", "\t\n ",
  };
  g_autoptr (Cli) cli = cli_new_with_rows ();
  g_autoptr (CliResult) long_word = cli_expect (cli, 2, "list", "transactions", "--query", much, NULL);
  g_autoptr (CliResult) not_text = cli_expect (cli, 2, "list", "transactions", "--query", "\xff\xfe", NULL);
  g_autoptr (CliResult) view = cli_expect (cli, 2, "list", "transactions", "--view", "\xff\xfe", NULL);
  g_autoptr (CliResult) no_view = cli_expect (cli, 1, "list", "transactions", "--view", "nobody's \x1b[31m", NULL);
  GString *terms = g_string_new (NULL);

  g_assert_cmpstr (long_word->out, ==, "");
  g_assert_cmpuint (strlen (long_word->err), <, 2000);
  test_assert_contains (not_text->err, "UTF-8");
  test_assert_contains (no_view->err, "nobody");
  test_assert_lacks (no_view->err, "\x1b");
  for (guint i = 0; i < G_N_ELEMENTS (harmless); i++)
    {
      g_autoptr (CliResult) result = cli_run (cli, "list", "transactions", "--query", harmless[i], NULL);

      g_test_message ("%s: %d", harmless[i], result->exit_code);
      g_assert_true (result->exit_code == 0 || (result->exit_code == 2 && *result->out == '\0'));
      test_assert_lacks (result->err, "\xe2\x80\xae");
    }
  for (guint i = 0; i < 500; i++)
    g_string_append (terms, "a ");
  many = g_string_free (terms, FALSE);
  {
    g_autoptr (CliResult) result = cli_run (cli, "list", "transactions", "--query", many, NULL);

    g_assert_cmpint (result->exit_code, ==, 2);
  }
}

static void
test_views (void)
{
  g_autoptr (Cli) cli = cli_new ();
  g_autoptr (CliResult) table = cli_expect (cli, 0, "views", NULL);
  g_autoptr (CliResult) json = cli_expect (cli, 0, "--json", "views", NULL);
  g_autoptr (JsonNode) root = cli_parse_json (json->out);
  JsonArray *views = json_node_get_array (root);

  test_assert_contains (table->out, "awaiting-capture");
  test_assert_contains (table->out, "is:uncaptured");
  g_assert_cmpuint (json_array_get_length (views), ==, 8);
  /* Each of them is a good query. */
  for (guint i = 0; i < json_array_get_length (views); i++)
    {
      const char *key = json_object_get_string_member (json_array_get_object_element (views, i), "key");
      g_autoptr (CliResult) list = cli_expect (cli, 0, "list", "transactions", "--view", key, NULL);
    }
}

static void
test_annotate (void)
{
  g_autoptr (Cli) cli = cli_new_with_rows ();
  g_autoptr (CliResult) nothing = cli_expect (cli, 0, "annotate", "P01-1-1-C1", "--json", NULL);
  g_autoptr (CliResult) written = cli_expect (cli, 0, "annotate", "P01-1-1-C1", "--note", "call \xf0\x9f\x93\x9e", "--tags", "vip, a b", "--reviewed", "yes", NULL);
  g_autoptr (CliResult) found = cli_expect (cli, 0, "list", "transactions", "--query", "tag:vip has:note is:reviewed", "--columns",
                                            "transaction_id,note,tags,flags", "--format", "csv", NULL);
  g_autoptr (CliResult) less = cli_expect (cli, 0, "annotate", "P01-1-1-C1", "--tags", "", "--reviewed", "no", "--json", NULL);
  g_autoptr (CliResult) gone = cli_expect (cli, 1, "annotate", "nobody", "--note", "x", NULL);
  g_autoptr (CliResult) account = cli_expect (cli, 1, "annotate", "P01-1-1-C1", "--account", "other", NULL);
  g_autoptr (JsonNode) root = cli_parse_json (less->out);
  JsonObject *row = json_array_get_object_element (json_node_get_array (root), 0);

  test_assert_contains (nothing->out, "\"note\": \"\"");
  test_assert_contains (written->out, "a b, vip");
  g_assert_cmpstr (found->out, ==, "transaction_id,note,tags,flags\nP01-1-1-C1,call \xf0\x9f\x93\x9e,\"a b, vip\",note tags reviewed\n");
  g_assert_cmpstr (json_object_get_string_member (row, "note"), ==, "call \xf0\x9f\x93\x9e");
  g_assert_cmpstr (json_object_get_string_member (row, "tags"), ==, "");
  g_assert_true (json_object_get_null_member (row, "reviewed_at_us"));
  test_assert_contains (gone->err, "nobody");
  g_assert_cmpstr (gone->out, ==, "");
  g_assert_cmpstr (account->out, ==, "");
}

/* Out, and back: without an account to be named. */
static void
test_own_export (void)
{
  g_autoptr (Cli) cli = cli_new_with_rows ();
  g_autoptr (CliResult) noted = cli_expect (cli, 0, "annotate", "P01-1-1-C1", "--note", "=mine", "--tags", "vip", NULL);
  g_autofree char *path = test_folder_file (cli->folder, "out.csv");
  g_autoptr (CliResult) export = cli_expect (cli, 0, "export", "transactions", "--profile", "excel", "--output", path, NULL);
  g_autofree char *text = test_read_text (path);
  g_autoptr (CliResult) same = cli_expect (cli, 0, "import", path, NULL);
  g_autofree char *before = cli_dump (cli);
  g_autoptr (CliResult) removed = cli_expect (cli, 0, "annotate", "P01-1-1-C1", "--note", "", "--tags", "", NULL);
  g_autoptr (CliResult) restored = cli_expect (cli, 0, "import", "--json", path, NULL);
  g_autofree char *after = cli_dump (cli);
  g_autoptr (JsonNode) root = cli_parse_json (restored->out);
  JsonObject *result = json_array_get_object_element (json_node_get_array (root), 0);

  test_assert_contains (same->out, "4");
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpstr (json_object_get_string_member (result, "type"), ==, "export");
  g_assert_cmpint (json_object_get_int_member (result, "equal"), ==, 4);
  g_assert_cmpint (json_object_get_int_member (result, "restored"), ==, 1);
  {
    g_auto (GStrv) parts = g_strsplit (text, "100.00", -1);
    g_autofree char *changed = g_strjoinv ("100.01", parts);
    g_autofree char *wrong = cli_write_file (cli, "wrong.csv", changed, -1);
    g_autofree char *foreign = cli_write_file (cli, "foreign.csv", "a,b\n1,2\n", -1);
    g_autofree char *cut = cli_write_file (cli, "cut.csv", text, (gssize) strlen (text) - 5);
    g_autoptr (CliResult) differs = cli_expect (cli, 3, "import", wrong, NULL);
    g_autoptr (CliResult) differs_json = cli_expect (cli, 3, "--json", "import", wrong, NULL);
    g_autoptr (CliResult) needs_account = cli_expect (cli, 2, "import", path, foreign, NULL);
    g_autoptr (CliResult) mixed = cli_expect (cli, 3, "import", "--account", "shop", path, foreign, NULL);
    g_autoptr (CliResult) is_cut = cli_expect (cli, 1, "import", cut, NULL);
    g_autoptr (CliResult) nobody = cli_expect (cli, 1, "import", "--account", "nobody", path, NULL);
    g_autoptr (JsonNode) differences = cli_parse_json (differs_json->out);

    test_assert_contains (differs->out, "P01-1-1-C1, gross");
    test_assert_contains (differs->out, "100.01");
    g_assert_cmpuint (json_array_get_length (json_object_get_array_member (
                        json_array_get_object_element (json_node_get_array (differences), 0), "differences")), ==, 2);
    test_assert_contains (needs_account->err, "--account");
    test_assert_contains (mixed->out, "out.csv");
    test_assert_contains (is_cut->err, "cut.csv");
  }
  {
    g_autoptr (Cli) other = cli_new ();
    g_autoptr (CliResult) missing = cli_expect (other, 3, "import", path, NULL);
    g_autofree char *notes = cli_sql (other, "SELECT note FROM annotation");

    g_assert_cmpstr (notes, ==, "'=mine\n");
  }
}

/* Two files that belong to disputes, of which one is there. */
static void
add_evidence (Cli *cli)
{
  static const char *const texts[] = { "kept", "gone" };
  g_autofree char *database = g_build_filename (cli->data_dir, "mirror.sqlite", NULL);
  g_autofree char *folder = g_build_filename (cli->data_dir, "evidence", NULL);
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (database, &handle), ==, SQLITE_OK);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, texts[i], -1);
      g_autofree char *path = g_build_filename (folder, sha256, NULL);
      g_autofree char *sql = g_strdup_printf ("INSERT INTO evidence_file (sha256, n_bytes, file_type, added_us) "
                                              "VALUES ('%s', 4, 'txt', 1)", sha256);

      g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
      g_assert_true (i == 1 || g_file_set_contents (path, texts[i], -1, NULL));
    }
  sqlite3_close (handle);
}

static void
test_backup (void)
{
  g_autoptr (Cli) cli = cli_new_with_rows ();
  g_autoptr (CliResult) noted = cli_expect (cli, 0, "annotate", "P01-1-1-C1", "--note", "mine", NULL);
  g_autofree char *before = cli_dump (cli);
  g_autofree char *folder = test_folder_file (cli->folder, "copy");
  g_autofree char *path = g_build_filename (folder, "mirror.sqlite", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  add_evidence (cli);
  {
    g_autoptr (CliResult) first = cli_expect (cli, 0, "backup", path, NULL);
    g_autoptr (CliResult) refused = cli_expect (cli, 1, "backup", path, NULL);
    g_autoptr (CliResult) again = cli_expect (cli, 0, "--json", "backup", "--overwrite", path, NULL);
    g_autoptr (JsonNode) root = cli_parse_json (again->out);

    test_assert_contains (first->out, path);
    test_assert_contains (refused->err, "exists");
    g_assert_cmpint (json_object_get_int_member (json_node_get_object (root), "rows"), >, 4);
    g_assert_cmpint (json_object_get_int_member (json_node_get_object (root), "evidence_files"), ==, 1);
    g_assert_cmpint (json_object_get_int_member (json_node_get_object (root), "evidence_files_missing"), ==, 1);
    test_assert_contains (first->out, "1 evidence file was copied");
    test_assert_contains (first->err, "1 evidence file is missing");
  }
  g_free (cli->data_dir);
  cli->data_dir = g_steal_pointer (&folder);
  {
    g_autofree char *after = cli_dump (cli);
    g_autofree char *note = cli_sql (cli, "SELECT note FROM annotation");

    g_assert_cmpstr (after, ==, before);
    g_assert_cmpstr (note, ==, "mine\n");
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/query/list", test_list);
  g_test_add_func ("/cli/query/time-zone", test_time_zone);
  g_test_add_func ("/cli/query/formats", test_formats);
  g_test_add_func ("/cli/query/totals", test_totals);
  g_test_add_func ("/cli/query/export", test_export);
  g_test_add_func ("/cli/query/mistakes", test_mistakes);
  g_test_add_func ("/cli/query/odd-texts", test_odd_texts);
  g_test_add_func ("/cli/query/views", test_views);
  g_test_add_func ("/cli/query/annotate", test_annotate);
  g_test_add_func ("/cli/query/own-export", test_own_export);
  g_test_add_func ("/cli/query/backup", test_backup);

  return g_test_run ();
}
