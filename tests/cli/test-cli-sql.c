/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* Nothing that is asked may change anything, in this file or in another. */
static const char *const attempts[] = {
  "INSERT INTO word (text) VALUES ('x')",
  "UPDATE account SET name = 'x'",
  "DELETE FROM txn",
  "REPLACE INTO account SELECT * FROM account",
  "WITH x AS (SELECT 1) DELETE FROM txn",
  "DROP TABLE txn",
  "DROP VIEW transactions",
  "CREATE TABLE t (x)",
  "CREATE INDEX i ON txn (state)",
  "CREATE TRIGGER t AFTER INSERT ON txn BEGIN DELETE FROM account; END",
  "CREATE VIRTUAL TABLE f USING fts5 (x)",
  "ALTER TABLE txn RENAME TO t",
  "REINDEX",
  "ANALYZE",
  "VACUUM",
  "VACUUM INTO '%s'",
  "ATTACH '%s' AS other",
  "ATTACH ':memory:' AS m",
  "DETACH main",
  "PRAGMA user_version = 5",
  "PRAGMA application_id = 5",
  "PRAGMA writable_schema = 1",
  "PRAGMA query_only = 0",
  "PRAGMA journal_mode = DELETE",
  "PRAGMA schema_version = 77",
  "PRAGMA auto_vacuum = 1",
  "PRAGMA encoding = 'UTF-16'",
  "PRAGMA secure_delete = 0",
  "PRAGMA foreign_keys = 0",
  "PRAGMA locking_mode = EXCLUSIVE",
  "PRAGMA temp_store_directory = '/tmp'",
  "PRAGMA data_store_directory = '/tmp'",
  "PRAGMA incremental_vacuum",
  "PRAGMA optimize",
  "PRAGMA wal_checkpoint (TRUNCATE)",
  "BEGIN IMMEDIATE",
  "BEGIN EXCLUSIVE",
  "SAVEPOINT s",
  "COMMIT",
  "SELECT load_extension ('/tmp/x.so')",
  "SELECT writefile ('%s', 'x')",
  "SELECT readfile ('/etc/passwd')",
  "SELECT edit ('x')",
  "SELECT fts3_tokenizer ('simple')",
  "SELECT 1; DELETE FROM txn",
  "SELECT 1; SELECT 2",
  "EXPLAIN DELETE FROM txn",
};

static void
test_cannot_write (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autofree char *sample = cli_sample ("amazon-pay-2018-09-18-SETTLEMENT_DATA_11308757837017792.csv");
  g_autoptr (CliResult) import = cli_expect (cli, 0, "import", "--account", "shop", sample, NULL);
  g_autofree char *other = test_folder_file (cli->folder, "other.sqlite");
  g_autofree char *before = cli_dump (cli);
  g_autofree char *schema = cli_sql (cli, "SELECT * FROM sqlite_schema");
  g_autofree char *pragmas = cli_sql (cli, "SELECT * FROM pragma_user_version, pragma_application_id, pragma_journal_mode");

  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_autofree char *sql = strstr (attempts[i], "%s") != NULL ? g_strdup_printf (attempts[i], other) : g_strdup (attempts[i]);
      g_autoptr (CliResult) result = cli_run (cli, "sql", sql, NULL);
      g_autofree char *account = cli_sql (cli, "SELECT name FROM account");

      g_test_message ("%s: %d %s", sql, result->exit_code, result->err);
      g_assert_cmpint (result->exit_code, <=, 1);
      g_assert_cmpint (result->exit_code == 0 ? 0 : (int) strlen (result->err), >=, result->exit_code);
      g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
      g_assert_cmpstr (account, ==, "shop\n");
      if (g_str_has_prefix (sql, "INSERT") || g_str_has_prefix (sql, "UPDATE") || g_str_has_prefix (sql, "DELETE") ||
          g_str_has_prefix (sql, "ATTACH") || g_str_has_prefix (sql, "VACUUM") || strchr (sql, ';') != NULL)
        g_assert_cmpint (result->exit_code, ==, 1);
      if (g_str_has_prefix (sql, "INSERT") || g_str_has_prefix (sql, "UPDATE") || g_str_has_prefix (sql, "CREATE TABLE"))
        test_assert_contains (result->err, "only reads");
    }
  {
    g_autofree char *after = cli_dump (cli);
    g_autofree char *schema_after = cli_sql (cli, "SELECT * FROM sqlite_schema");
    g_autofree char *pragmas_after = cli_sql (cli, "SELECT * FROM pragma_user_version, pragma_application_id, pragma_journal_mode");
    g_autoptr (CliResult) check = cli_expect (cli, 0, "check", NULL);

    g_assert_cmpstr (after, ==, before);
    g_assert_cmpstr (schema_after, ==, schema);
    g_assert_cmpstr (pragmas_after, ==, pragmas);
  }
}

static void
test_errors (void)
{
  g_autoptr (Cli) cli = cli_new ();
  static const char *const wrong[] = { "", " ", "/* nothing */", "SELEC 1", "SELECT", "SELECT * FROM nowhere", "SELECT '", "SELECT abs ('x', 1)" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (CliResult) result = cli_expect (cli, 1, "sql", wrong[i], NULL);

      g_assert_cmpuint (strlen (result->err), >, 5);
      g_assert_cmpstr (result->out, ==, "");
    }
}

/* Values of every kind, in every format; JSON stays JSON. */
static void
test_values (void)
{
  static const char *const values[] = {
    "NULL", "1", "-9223372036854775808", "1.5", "0.1", "9e999", "-9e999", "'text'", "''", "'a\"b\\c'", "x''", "x'00'", "x'ff00fe'",
    "zeroblob (5)", "'line' || char (10) || 'line'", "char (0)", "'a' || char (0) || 'b'", "char (1, 27, 127)", "char (8238) || 'rtl'",
    "'<b>&amp;'", "'=1+1'", "char (128512)", "CAST (x'ff' AS TEXT)", "'%s%n'", "1e308 * 10", "9e999 - 9e999",
  };
  static const char *const formats[] = { "table", "csv", "json" };
  g_autoptr (Cli) cli = cli_new ();

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    for (guint f = 0; f < G_N_ELEMENTS (formats); f++)
      {
        g_autofree char *sql = g_strdup_printf ("SELECT %s AS value, 7 AS seven", values[i]);
        g_autoptr (CliResult) result = cli_expect (cli, 0, "sql", "--format", formats[f], sql, NULL);

        g_test_message ("%s: %s", sql, result->out);
        test_assert_contains (result->out, "seven");
        if (f != 1)
          test_assert_lacks (result->out, "\x1b");
        if (f == 2)
          {
            g_autoptr (JsonNode) root = cli_parse_json (result->out);
            JsonObject *row = json_array_get_object_element (json_node_get_array (root), 0);

            g_assert_cmpuint (json_object_get_size (row), ==, 2);
            g_assert_cmpint (json_object_get_int_member (row, "seven"), ==, 7);
          }
      }
}

/* Money and times are shown as such where there is a currency. */
static void
test_table (void)
{
  g_autoptr (Cli) cli = cli_new ();
  g_autoptr (CliResult) result =
    cli_expect (cli, 0, "sql", "SELECT 123456 AS net_minor, 'USD' AS currency, 1616895000000000 AS at_us UNION ALL SELECT 5, 'JPY', NULL "
                               "UNION ALL SELECT -7, 'KWD', 0 UNION ALL SELECT 9, 'XYZ', 0 UNION ALL SELECT 9, NULL, 0", NULL);

  test_assert_contains (result->out, "1234.56  USD");
  test_assert_contains (result->out, "2021-03-28T01:30:00Z");
  test_assert_contains (result->out, "      5  JPY");
  test_assert_contains (result->out, " -0.007  KWD");
  test_assert_contains (result->out, "      9  XYZ");
  test_assert_lacks (result->out, "_minor");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/sql/cannot-write", test_cannot_write);
  g_test_add_func ("/cli/sql/errors", test_errors);
  g_test_add_func ("/cli/sql/values", test_values);
  g_test_add_func ("/cli/sql/table", test_table);

  return g_test_run ();
}
