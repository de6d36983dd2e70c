/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const samples[] = {
  "amazon-pay-2015-10-01-SETTLEMENT_DATA_371273040777777.csv",
  "amazon-pay-2015-10-06-REFUND_DATA_414749300022222.csv",
  "amazon-pay-2015-10-06-REFUND_DATA_414749300033333.csv",
  "amazon-pay-2018-09-18-SETTLEMENT_DATA_11308757837017792.csv",
};

static CliResult *
import_samples (Cli *cli)
{
  g_autofree char *a = cli_sample (samples[0]);
  g_autofree char *b = cli_sample (samples[1]);
  g_autofree char *c = cli_sample (samples[2]);
  g_autofree char *d = cli_sample (samples[3]);

  return cli_expect (cli, 0, "import", "--account", "shop", a, b, c, d, NULL);
}

static void
test_samples (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autoptr (CliResult) first = import_samples (cli);
  g_autoptr (CliResult) list = cli_expect (cli, 0, "list", "transactions", NULL);
  g_autoptr (CliResult) check = cli_expect (cli, 0, "check", NULL);
  g_autofree char *exceptions = cli_sql (cli, "SELECT * FROM exceptions");
  g_autofree char *rows = cli_sql (cli, "SELECT type, state, transaction_id, currency, amount_minor, gross_minor, fee_percentage_minor, "
                                        "fee_fixed_minor, fee_minor, net_minor FROM transactions ORDER BY type, transaction_id");
  g_autofree char *refunds = cli_sql (cli, "SELECT refund_id, state, charge_id, amount_minor, created_at_us FROM refunds ORDER BY 1");
  g_autofree char *settlements = cli_sql (cli, "SELECT settlement_id, currency, line_count, amount_minor, fee_minor, net_minor, transfer_minor FROM settlements");
  g_autofree char *lines = cli_sql (cli, "SELECT posted_at_us, provider_type, amount_minor, net_minor, row_number FROM settlement_lines ORDER BY 1");
  g_autofree char *stores = cli_sql (cli, "SELECT store, charge_permission_id, merchant_reference FROM transactions WHERE type = 'charge' ORDER BY store");

  g_assert_cmpstr (exceptions, ==, "");
  g_assert_cmpstr (rows, ==,
                   "charge,captured,P01-1488694-1234567-C034811,USD,1000,1000,-29,-30,-59,941\n"
                   "charge,captured,P01-5551212-4903176-C039376,USD,500,500,-11,-30,-41,459\n"
                   "refund,refunded,P01-4968629-2345678-R017571,USD,100,-100,,,,\n"
                   "refund,refunded,P01-4968629-7654321-R017571,USD,100,-100,,,,\n"
                   "reserve,posted,5984862222/Reserve//20180911T071953Z/2400/USD/1,USD,2400,2400,0,0,0,2400\n"
                   "transfer,posted,5984862222/Transfer//20151001T140647Z/-2554/USD/1,USD,2554,-2554,0,0,0,-2554\n");
  g_assert_cmpstr (refunds, ==,
                   "P01-4968629-2345678-R017571,refunded,P01-4968629-2345678-C070794,100,1444081398000000\n"
                   "P01-4968629-7654321-R017571,refunded,P01-4968629-7654321-C070794,100,1444081398000000\n");
  g_assert_cmpstr (settlements, ==, "5984862222,USD,4,1346,-100,1246,-2554\n");
  g_assert_cmpstr (lines, ==,
                   "1443708407000000,Transfer,-2554,-2554,1\n"
                   "1443723034000000,Capture,1000,941,2\n"
                   "1536650393000000,Reserve,2400,2400,1\n"
                   "1536786608000000,Capture,500,459,2\n");
  test_assert_contains (stores, "SmashPig Foundation - Alexa Donations,P01-5551212-4903176,8032276654432210046\n");
  test_assert_contains (stores, ",P01-1234567-2138100,87654321-0\n");
  test_assert_contains (list->out, "P01-5551212-4903176-C039376");
  test_assert_contains (list->out, "4.59");
}

static void
test_twice (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autoptr (CliResult) first = import_samples (cli);
  g_autofree char *before = cli_dump (cli);
  g_autoptr (CliResult) second = import_samples (cli);
  g_autofree char *after = cli_dump (cli);

  g_assert_cmpstr (after, ==, before);
  test_assert_contains (second->out, "already in the mirror");
}

/* The same rows in a file that is not the same to the byte. */
static void
test_other_bytes (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autoptr (CliResult) first = import_samples (cli);
  static const char views[] = "SELECT * FROM transactions UNION ALL SELECT * FROM transactions ORDER BY 4";
  g_autofree char *before = cli_sql (cli, views);
  g_autofree char *totals = cli_sql (cli, "SELECT * FROM settlements");

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = cli_sample (samples[i]);
      g_autofree char *text = test_read_text (path);
      g_autofree char *changed = g_strconcat (text, "\r\n", NULL);
      g_autofree char *copy = cli_write_file (cli, "copy.csv", changed, -1);
      g_autoptr (CliResult) again = cli_expect (cli, 0, "import", "--account", "shop", copy, NULL);
    }
  {
    g_autofree char *after = cli_sql (cli, views);
    g_autofree char *totals_after = cli_sql (cli, "SELECT * FROM settlements");
    g_autofree char *exceptions = cli_sql (cli, "SELECT * FROM exceptions");

    g_assert_cmpstr (after, ==, before);
    g_assert_cmpstr (totals_after, ==, totals);
    g_assert_cmpstr (exceptions, ==, "");
  }
}

static void
test_rebuild (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autoptr (CliResult) first = import_samples (cli);
  g_autofree char *hostile = cli_write_file (cli, "bad.csv",
                                             "TransactionPostedDate,SettlementId,AmazonTransactionId,TransactionType,CurrencyCode,TransactionAmount,"
                                             "TotalTransactionFee,NetTransactionAmount,Extra\n"
                                             "2020-01-01T00:00:00Z,S9,,Mystery,USD,1.00,0,1.00,x\n"
                                             "nonsense,S9,,Transfer,USD,1.00,0,1.00,x\n",
                                             -1);
  g_autoptr (CliResult) second = cli_expect (cli, 0, "import", "--account", "shop", hostile, NULL);
  g_autofree char *before = cli_dump (cli);
  g_autoptr (CliResult) rebuild = cli_expect (cli, 0, "rebuild", NULL);
  g_autofree char *after = cli_dump (cli);
  g_autoptr (CliResult) check = cli_expect (cli, 0, "check", NULL);

  test_assert_contains (before, "unknown_type");
  test_assert_contains (before, "unknown_column");
  test_assert_contains (before, "bad_row");
  g_assert_cmpstr (after, ==, before);
}

/* A raw file is gone: what it said is taken over from the old mirror. */
static void
test_rebuild_without_file (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autoptr (CliResult) first = import_samples (cli);
  g_autofree char *before = cli_dump (cli);
  g_autofree char *sha256 = g_strchomp (cli_sql (cli, "SELECT sha256 FROM documents LIMIT 1"));
  g_autofree char *name = g_strconcat (sha256, ".gz", NULL);
  g_autofree char *path = g_build_filename (cli->data_dir, "reports", name, NULL);

  g_assert_cmpint (g_unlink (path), ==, 0);
  {
    g_autoptr (CliResult) rebuild = cli_expect (cli, 0, "rebuild", NULL);
    g_autofree char *after = cli_dump (cli);
    g_autoptr (CliResult) check = cli_expect (cli, 3, "check", NULL);

    g_assert_cmpstr (after, ==, before);
    test_assert_contains (check->out, "raw_files");
  }
}

static void
exec_mirror (Cli        *cli,
             const char *sql)
{
  g_autofree char *path = g_build_filename (cli->data_dir, "mirror.sqlite", NULL);
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

static JsonObject *
find_finding (JsonNode   *root,
              const char *check)
{
  JsonArray *findings = json_node_get_array (root);

  for (guint i = 0; i < json_array_get_length (findings); i++)
    if (g_str_equal (json_object_get_string_member (json_array_get_object_element (findings, i), "check"), check))
      return json_array_get_object_element (findings, i);
  g_error ("There is no finding %s", check);
}

static void
test_check (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autoptr (CliResult) import = import_samples (cli);
  g_autoptr (CliResult) sound = cli_expect (cli, 0, "check", "--json", NULL);
  g_autoptr (JsonNode) nothing = cli_parse_json (sound->out);

  g_assert_cmpuint (json_array_get_length (json_node_get_array (nothing)), ==, 0);
  exec_mirror (cli, "UPDATE txn SET net_minor = net_minor + 1 WHERE type = 1");
  {
    g_autoptr (CliResult) damaged = cli_expect (cli, 1, "check", NULL);
    g_autoptr (CliResult) json = cli_expect (cli, 1, "--json", "check", NULL);
    g_autoptr (JsonNode) root = cli_parse_json (json->out);
    JsonObject *finding = find_finding (root, "net");

    test_assert_contains (damaged->out, "rebuild");
    g_assert_cmpstr (json_object_get_string_member (finding, "kind"), ==, "damage");
    g_assert_cmpint (json_object_get_int_member (finding, "count"), ==, 2);
    /* What is kept for searching does not fit the rows any more either. */
    g_assert_cmpstr (json_object_get_string_member (find_finding (root, "search_columns"), "kind"), ==, "damage");
  }
  {
    g_autoptr (CliResult) rebuild = cli_expect (cli, 0, "rebuild", NULL);
    g_autoptr (CliResult) again = cli_expect (cli, 0, "check", NULL);
  }
}

/* What SQLite says of a damaged file may hold any letter. */
static void
test_check_words (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autoptr (CliResult) import = import_samples (cli);

  exec_mirror (cli, "CREATE INDEX \"\xc3\xbc \"\"x\\\" ON word (text); PRAGMA writable_schema = 1;"
                    "UPDATE sqlite_schema SET sql = replace (sql, '(text)', '(lower (text))') WHERE type = 'index'");
  {
    g_autoptr (CliResult) json = cli_expect (cli, 1, "--json", "check", NULL);
    g_autoptr (JsonNode) root = cli_parse_json (json->out);
    JsonObject *finding = json_array_get_object_element (json_node_get_array (root), 0);

    g_assert_cmpstr (json_object_get_string_member (finding, "check"), ==, "integrity");
    test_assert_contains (json_object_get_string_member (finding, "message"), "\xc3\xbc \"x\\");
  }
}

/* A file of a line that is cut: whole rows are kept, and it is said what to do. */
static void
test_truncated (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autofree char *path = cli_sample (samples[3]);
  g_autofree char *text = test_read_text (path);
  g_autofree char *cut = cli_write_file (cli, "cut.csv", text, (gssize) strlen (text) - 10);
  g_autoptr (CliResult) import = cli_expect (cli, 1, "import", "--account", "shop", cut, NULL);
  g_autofree char *rows = cli_sql (cli, "SELECT provider_type, net_minor FROM settlement_lines");
  g_autofree char *documents = cli_sql (cli, "SELECT state FROM documents");

  test_assert_contains (import->err, "download it again");
  g_assert_cmpstr (rows, ==, "Reserve,2400\n");
  g_assert_cmpstr (documents, ==, "refused\n");
  {
    /* beside a good one: done in part; then the whole file brings the rest */
    g_autofree char *sample = cli_sample (samples[0]);
    g_autofree char *shorter = cli_write_file (cli, "shorter.csv", text, (gssize) strlen (text) - 20);
    g_autoptr (CliResult) both = cli_expect (cli, 3, "import", "--account", "shop", shorter, sample, NULL);
    g_autoptr (CliResult) whole = cli_expect (cli, 0, "import", "--account", "shop", path, NULL);
    g_autofree char *all = cli_sql (cli, "SELECT count (*), sum (net_minor) FROM settlement_lines");

    g_assert_cmpstr (all, ==, "4,1246\n");
  }
}

/* Cut at every byte, a report is never taken for more than its whole rows. */
static void
test_cuts (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autofree char *path = cli_sample (samples[0]);
  g_autofree char *text = test_read_text (path);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  gsize length = strlen (text);

  g_ptr_array_add (words, g_strdup ("import"));
  g_ptr_array_add (words, g_strdup ("--account"));
  g_ptr_array_add (words, g_strdup ("shop"));
  g_ptr_array_add (words, g_strdup ("--json"));
  for (gsize n = 0; n < length; n += 1)
    {
      g_autofree char *name = g_strdup_printf ("cut%04d.csv", (int) n);

      g_ptr_array_add (words, cli_write_file (cli, name, text, (gssize) n));
    }
  g_ptr_array_add (words, NULL);
  {
    g_autoptr (CliResult) result = cli_run_strv (cli, (const char *const *) words->pdata);
    g_autoptr (JsonNode) root = cli_parse_json (result->out);
    JsonArray *files = json_node_get_array (root);
    g_autofree char *rows = cli_sql (cli, "SELECT transaction_id, net_minor FROM transactions ORDER BY 2");

    g_assert_cmpint (result->exit_code, ==, 3);
    g_assert_cmpuint (json_array_get_length (files), ==, length);
    for (guint n = 0; n < length; n++)
      {
        JsonObject *file = json_array_get_object_element (files, n);
        gboolean is_whole = json_object_get_null_member (file, "error");

        /* only an end that the format cannot tell from a good one */
        if (is_whole)
          g_assert_true (n > 0 && text[n - 1] == '\n');
      }
    g_assert_cmpstr (rows, ==, "5984862222/Transfer//20151001T140647Z/-2554/USD/1,-2554\n");
  }
}

static void
test_garbage (void)
{
  static const struct
  {
    const char *name, *bytes;
    gssize length;
  } files[] = {
    { "empty.csv", "", 0 },
    { "space.csv", "   \n\n", -1 },
    { "text.csv", "Dear Sir or Madam,\nplease find attached\n", -1 },
    { "html.csv", "<!DOCTYPE html><html><body>Sign in</body></html>\n", -1 },
    { "zip.zip", "PK\3\4\24\0\0\0\10\0abcdefgh", 18 },
    { "gzip.gz", "\x1f\x8b\x08\0\0\0\0\0\0\3", 10 },
    { "random.bin", "\x80\xff\x00\x01\xfe", 5 },
    { "json.json", "{", 1 },
    { "object.json", "{\"a\":1}", -1 },
    { "deep.json", "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", -1 },
    { "array.json", "[]", -1 },
    { "header.csv", "TransactionPostedDate,SettlementId\n", -1 },
    { "twice.csv", "TransactionPostedDate,SettlementId,SettlementId,TransactionType,CurrencyCode,TransactionAmount,TotalTransactionFee,NetTransactionAmount\n", -1 },
    { "quote.csv", "\"TransactionPostedDate,SettlementId\n", -1 },
  };
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autofree char *before = cli_sql (cli, "SELECT count (*) FROM transactions");

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = cli_write_file (cli, files[i].name, files[i].bytes, files[i].length);
      g_autoptr (CliResult) result = cli_run (cli, "import", "--account", "shop", path, NULL);

      g_test_message ("%s: %s", files[i].name, result->err);
      g_assert_cmpint (result->exit_code, ==, 1);
      test_assert_contains (result->err, files[i].name);
      /* what is wrong, and what to do */
      g_assert_nonnull (strstr (result->err, "\n  "));
    }
  {
    g_autofree char *after = cli_sql (cli, "SELECT count (*) FROM transactions");
    g_autofree char *missing = test_folder_file (cli->folder, "is-not-there.csv");
    g_autoptr (CliResult) no_file = cli_expect (cli, 1, "import", "--account", "shop", missing, NULL);
    g_autoptr (CliResult) directory = cli_expect (cli, 1, "import", "--account", "shop", cli->folder->path, NULL);

    g_assert_cmpstr (after, ==, before);
    test_assert_contains (no_file->err, "is-not-there.csv");
    test_assert_contains (no_file->err, "name of the file");
    test_assert_contains (directory->err, "irectory");
  }
}

/* Other encodings: refused, or kept apart, never stored as something else. */
static void
test_encodings (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autofree char *path = cli_sample (samples[0]);
  g_autofree char *text = test_read_text (path);
  g_autofree char *utf16 = NULL;
  g_autofree char *file = NULL;
  gsize length;

  utf16 = g_convert (text, -1, "UTF-16", "UTF-8", NULL, &length, NULL);
  file = cli_write_file (cli, "utf16.csv", utf16, (gssize) length);
  {
    g_autoptr (CliResult) result = cli_expect (cli, 1, "import", "--account", "shop", file, NULL);
    g_autofree char *rows = cli_sql (cli, "SELECT count (*) FROM settlement_lines");

    g_assert_cmpstr (rows, ==, "0\n");
  }
  {
    g_autofree char *latin = cli_write_file (cli, "latin.csv",
                                             "TransactionPostedDate,SettlementId,AmazonTransactionId,StoreName,TransactionType,CurrencyCode,"
                                             "TransactionAmount,TotalTransactionFee,NetTransactionAmount\n"
                                             "2020-01-01T00:00:00Z,S1,P01-1-1-C1,M\xfcller,Capture,EUR,1.00,0,1.00\n"
                                             "2020-01-01T00:00:00Z,S1,P01-1-1-C2,Good,Capture,EUR,1.00,0,1.00\n",
                                             -1);
    g_autoptr (CliResult) result = cli_run (cli, "import", "--account", "shop", latin, NULL);
    g_autofree char *stores = cli_sql (cli, "SELECT store FROM transactions");
    g_autofree char *exceptions = cli_sql (cli, "SELECT kind, row_number FROM exceptions");

    g_assert_cmpstr (stores, ==, "Good\n");
    g_assert_cmpstr (exceptions, ==, "bad_row,1\n");
  }
}

/* What buyers and stores may call themselves. */
static void
test_hostile_text (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autoptr (GString) text = g_string_new ("TransactionPostedDate,SettlementId,AmazonTransactionId,StoreName,TransactionDescription,TransactionType,"
                                           "CurrencyCode,TransactionAmount,TotalTransactionFee,NetTransactionAmount\n");
  static const char *const names[] = {
    "<b>bold</b> & <a href='file:///etc/passwd'>", "=1+1", "@SUM(A1)", "\xe2\x80\xaeoof.exe", "%s%n%x", "'; DROP TABLE txn; --",
    "\x1b[31mred\x07", "\xf0\x9f\x98\x80", "-2+3", "a\tb", "../../etc/passwd", "\xef\xbb\xbf", "NULL", "\xcc\xb6\xcc\xb6\xcc\xb6",
  };
  g_autofree char *path = NULL;
  g_autofree char *output = test_folder_file (cli->folder, "out.csv");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_string_append_printf (text, "2020-01-01T00:00:00Z,S1,P01-1-1-C%u,\"%s\",\"two\nlines\",Capture,EUR,1.00,0,1.00\n", i, names[i]);
  path = cli_write_file (cli, "hostile.csv", text->str, -1);
  {
    g_autoptr (CliResult) import = cli_expect (cli, 0, "import", "--account", "shop", path, NULL);
    g_autofree char *count = cli_sql (cli, "SELECT count (*) FROM transactions");
    g_autoptr (CliResult) list = cli_expect (cli, 0, "sql", "SELECT transaction_id, store, description FROM transactions", NULL);
    g_autoptr (CliResult) json = cli_expect (cli, 0, "list", "transactions", "--json", NULL);
    g_autoptr (JsonNode) root = cli_parse_json (json->out);
    g_autoptr (CliResult) export = cli_expect (cli, 0, "export", "transactions", "--output", output, "--time-zone", "UTC", NULL);
    g_autofree char *csv = test_read_text (output);

    g_assert_cmpstr (count, ==, "14\n");
    g_assert_cmpuint (json_array_get_length (json_node_get_array (root)), ==, 14);
    test_assert_lacks (list->out, "\x1b");
    test_assert_lacks (list->out, "\x07");
    test_assert_lacks (list->out, "\xe2\x80\xae");
    test_assert_lacks (list->out, "two\nlines");
    test_assert_contains (csv, ",'=1+1,");
    test_assert_contains (csv, ",'@SUM(A1),");
    test_assert_contains (csv, ",'-2+3,");
    test_assert_contains (csv, "<b>bold</b> & <a href='file:///etc/passwd'>");
    for (guint i = 0; i < json_array_get_length (json_node_get_array (root)); i++)
      {
        JsonObject *row = json_array_get_object_element (json_node_get_array (root), i);
        const char *id = json_object_get_string_member (row, "transaction_id");

        g_assert_cmpstr (json_object_get_string_member (row, "store"), ==, names[atoi (strrchr (id, 'C') + 1)]);
      }
  }
}

/* An optional column that is empty does not stop a report. */
static void
test_optional_fee (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autofree char *path = cli_write_file (cli, "fee.csv",
                                          "TransactionPostedDate,SettlementId,AmazonTransactionId,TransactionType,CurrencyCode,TransactionAmount,"
                                          "TransactionPercentageFee,TransactionFixedFee,TotalTransactionFee,NetTransactionAmount\n"
                                          "2020-01-01T00:00:00Z,S1,P01-1-1-C1,Capture,EUR,10.00,,,-0.50,9.50\n",
                                          -1);
  g_autoptr (CliResult) import = cli_expect (cli, 0, "import", "--account", "shop", path, NULL);
  g_autofree char *row = cli_sql (cli, "SELECT fee_percentage_minor, fee_fixed_minor, fee_minor, net_minor FROM transactions");
  g_autoptr (CliResult) check = cli_expect (cli, 0, "check", NULL);

  g_assert_cmpstr (row, ==, ",,-50,950\n");
}

/* A settlement whose numbers do not add up: kept as it is, and named. */
static void
test_arithmetic (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autofree char *path = cli_sample (samples[0]);
  g_autofree char *text = test_read_text (path);
  g_auto (GStrv) parts = g_strsplit (text, "\"9.41\"", 2);
  g_autofree char *changed = g_strjoin ("\"9.42\"", parts[0], parts[1], NULL);
  g_autofree char *file = cli_write_file (cli, "changed.csv", changed, -1);
  g_autoptr (CliResult) import = cli_expect (cli, 0, "import", "--account", "shop", file, NULL);
  g_autofree char *net = cli_sql (cli, "SELECT net_minor FROM transactions WHERE type = 'charge'");
  g_autofree char *exceptions = cli_sql (cli, "SELECT kind, subject FROM exceptions");
  g_autoptr (CliResult) check = cli_expect (cli, 3, "check", NULL);

  g_assert_cmpstr (net, ==, "942\n");
  g_assert_cmpstr (exceptions, ==, "arithmetic,P01-1488694-1234567-C034811\n");
  test_assert_contains (check->out, "provider_net");
}

static void
test_json (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autofree char *sample = cli_sample (samples[1]);
  g_autofree char *odd = cli_write_file (cli, "odd \" name.csv", "x", -1);
  g_autoptr (CliResult) import = cli_expect (cli, 3, "import", "--json", "--account", "shop", sample, odd, NULL);
  g_autoptr (JsonNode) results = cli_parse_json (import->out);
  JsonArray *list = json_node_get_array (results);
  JsonObject *good = json_array_get_object_element (list, 0), *bad = json_array_get_object_element (list, 1);
  g_autofree char *output = test_folder_file (cli->folder, "out.csv");
  static const char *const commands[] = { "status", "account list", "list transactions", "list refunds", "list disputes", "list settlements",
                                          "list reports", "list exceptions", "check" };

  g_assert_cmpstr (json_object_get_string_member (good, "type"), ==, "refund");
  g_assert_cmpint (json_object_get_int_member (good, "rows"), ==, 2);
  g_assert_false (json_object_get_boolean_member (good, "alreadyKnown"));
  g_assert_true (json_object_get_null_member (good, "error"));
  g_assert_false (json_object_get_null_member (bad, "error"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (GStrv) words = g_strsplit (commands[i], " ", -1);
      g_autoptr (GPtrArray) line = g_ptr_array_new ();

      g_ptr_array_add (line, (gpointer) "--json");
      for (char **word = words; *word != NULL; word++)
        g_ptr_array_add (line, *word);
      g_ptr_array_add (line, NULL);
      {
        g_autoptr (CliResult) result = cli_run_strv (cli, (const char *const *) line->pdata);
        g_autoptr (JsonNode) node = cli_parse_json (result->out);

        g_assert_true (JSON_NODE_HOLDS_ARRAY (node));
        g_assert_cmpint (result->exit_code, ==, 0);
      }
    }
  {
    g_autoptr (CliResult) export = cli_expect (cli, 0, "--json", "export", "refunds", "--output", output, NULL);
    g_autoptr (JsonNode) node = cli_parse_json (export->out);

    g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "rows"), ==, 1);
  }
}

static void
test_list (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autoptr (CliResult) import = import_samples (cli);
  g_autoptr (CliResult) one = cli_expect (cli, 0, "list", "transactions", "--limit", "1", "--format", "csv", NULL);
  g_autoptr (CliResult) all = cli_expect (cli, 0, "list", "transactions", "--limit", "0", "--format", "csv", NULL);
  g_auto (GStrv) lines = g_strsplit (all->out, "\n", -1);

  test_assert_contains (one->out, "P01-5551212-4903176-C039376");
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 6 + 1);
  test_assert_contains (lines[1], "P01-5551212-4903176-C039376");
  test_assert_contains (lines[2], "Reserve");
  test_assert_contains (lines[6], "Transfer");
}

static void
test_export (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autoptr (CliResult) import = import_samples (cli);
  g_autofree char *output = test_folder_file (cli->folder, "out.csv");
  g_autoptr (CliResult) first = cli_expect (cli, 0, "export", "transactions", "--output", output, "--time-zone", "UTC", NULL);
  g_autofree char *before = test_read_text (output);
  g_autoptr (CliResult) refused = cli_expect (cli, 1, "export", "refunds", "--output", output, NULL);
  g_autoptr (CliResult) zone = cli_expect (cli, 2, "export", "refunds", "--overwrite", "--output", output, "--time-zone", "Mars/Olympus", NULL);
  g_autofree char *kept = test_read_text (output);
  g_autoptr (CliResult) replaced = cli_expect (cli, 0, "export", "refunds", "--overwrite", "--output", output, NULL);
  g_autofree char *after = test_read_text (output);

  test_assert_contains (refused->err, "exists");
  test_assert_contains (zone->err, "Mars/Olympus");
  g_assert_cmpstr (kept, ==, before);
  g_assert_cmpstr (after, !=, before);
}

/* A notification names an object to ask for, once. */
static void
test_notification (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autofree char *path = cli_write_file (cli, "n.json",
                                          "{\"Type\":\"Notification\",\"MessageId\":\"m-1\",\"TopicArn\":\"arn:aws:sns:us-east-1:1:x\","
                                          "\"Message\":\"{\\\"MerchantID\\\":\\\"M\\\",\\\"ObjectType\\\":\\\"REFUND\\\",\\\"ObjectId\\\":\\\"P01-1-1-R1\\\","
                                          "\\\"NotificationType\\\":\\\"STATE_CHANGE\\\",\\\"NotificationId\\\":\\\"n-1\\\",\\\"NotificationVersion\\\":\\\"V2\\\"}\"}",
                                          -1);
  g_autoptr (CliResult) first = cli_expect (cli, 0, "import", "--account", "shop", path, NULL);
  g_autoptr (CliResult) second = cli_expect (cli, 0, "import", "--account", "shop", path, NULL);
  g_autofree char *due = cli_sql (cli, "SELECT object_id FROM pursuit");
  g_autofree char *count = cli_sql (cli, "SELECT count (*) FROM notification");

  g_assert_cmpstr (due, ==, "P01-1-1-R1\n");
  g_assert_cmpstr (count, ==, "1\n");
  test_assert_contains (second->out, "already in the mirror");
}

/* Pipes and devices are told apart before somebody waits for them or empties them. */
static void
test_not_files (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autofree char *fifo = test_folder_file (cli->folder, "fifo");
  g_autofree char *link = test_folder_file (cli->folder, "link.csv");
  g_autofree char *sample = cli_sample (samples[0]);
  const char *const paths[] = { fifo, link, "/dev/zero", "/dev/null" };
  g_autofree char *documents = NULL;

  /* Nobody ever writes into it. */
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (symlink (fifo, link), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (CliResult) refused = cli_expect (cli, 1, "import", "--account", "shop", paths[i], NULL);

      test_assert_contains (refused->err, "not a regular file");
    }
  documents = cli_sql (cli, "SELECT count (*) FROM documents");
  g_assert_cmpstr (documents, ==, "0\n");

  /* The others are read all the same. */
  {
    g_autoptr (CliResult) partial = cli_expect (cli, 3, "import", "--account", "shop", fifo, sample, NULL);

    test_assert_contains (partial->err, "not a regular file");
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/import/samples", test_samples);
  g_test_add_func ("/cli/import/twice", test_twice);
  g_test_add_func ("/cli/import/other-bytes", test_other_bytes);
  g_test_add_func ("/cli/import/rebuild", test_rebuild);
  g_test_add_func ("/cli/import/rebuild-without-file", test_rebuild_without_file);
  g_test_add_func ("/cli/import/check", test_check);
  g_test_add_func ("/cli/import/check-words", test_check_words);
  g_test_add_func ("/cli/import/truncated", test_truncated);
  g_test_add_func ("/cli/import/cuts", test_cuts);
  g_test_add_func ("/cli/import/garbage", test_garbage);
  g_test_add_func ("/cli/import/encodings", test_encodings);
  g_test_add_func ("/cli/import/hostile-text", test_hostile_text);
  g_test_add_func ("/cli/import/optional-fee", test_optional_fee);
  g_test_add_func ("/cli/import/arithmetic", test_arithmetic);
  g_test_add_func ("/cli/import/json", test_json);
  g_test_add_func ("/cli/import/list", test_list);
  g_test_add_func ("/cli/import/export", test_export);
  g_test_add_func ("/cli/import/notification", test_notification);
  g_test_add_func ("/cli/import/not-files", test_not_files);

  return g_test_run ();
}
