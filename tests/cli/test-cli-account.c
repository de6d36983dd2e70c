/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static CliResult *
add (Cli        *cli,
     const char *name,
     const char *value)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  const char *options[][2] = {
    { "--provider", "amazon-pay" }, { "--region", "na" }, { "--environment", "live" },
    { "--public-key-id", "LIVE-AAAAAAAAAAAAAAAAAAAAAAAA" }, { "--key-file", cli->key_file }, { "--key-storage", "file" },
  };
  gboolean is_known = FALSE;

  g_ptr_array_add (words, (gpointer) "account");
  g_ptr_array_add (words, (gpointer) "add");
  g_ptr_array_add (words, (gpointer) "shop");
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      gboolean is_this = g_strcmp0 (options[i][0], name) == 0;

      is_known = is_known || is_this;
      g_ptr_array_add (words, (gpointer) options[i][0]);
      g_ptr_array_add (words, (gpointer) (is_this ? value : options[i][1]));
    }
  if (name != NULL && !is_known)
    {
      g_ptr_array_add (words, (gpointer) name);
      g_ptr_array_add (words, (gpointer) value);
    }
  g_ptr_array_add (words, NULL);
  return cli_run_strv (cli, (const char *const *) words->pdata);
}

static void
check_refused (Cli        *cli,
               const char *name,
               const char *value,
               const char *says)
{
  g_autoptr (CliResult) result = add (cli, name, value);
  g_autofree char *accounts = NULL;

  g_test_message ("%s %s: %s", name, value, result->err);
  g_assert_cmpint (result->exit_code, ==, 1);
  test_assert_contains (result->err, says);
  accounts = cli_sql (cli, "SELECT name FROM account");
  g_assert_cmpstr (accounts, ==, "");
}

static void
test_keys (void)
{
  g_autoptr (Cli) cli = cli_new ();
  g_autofree char *open_key = test_folder_file (cli->folder, "open.pem");
  g_autofree char *group_key = test_folder_file (cli->folder, "group.pem");
  g_autofree char *ec_key = test_folder_file (cli->folder, "ec.pem");
  g_autofree char *missing = test_folder_file (cli->folder, "missing.pem");
  g_autofree char *fill = g_strnfill (1024 * 1024, 'A');
  g_autofree char *large = cli_write_file (cli, "large.pem", fill, -1);
  g_autofree char *text = cli_write_file (cli, "text.pem", "hello\n", -1);
  g_autofree char *empty = cli_write_file (cli, "empty.pem", "", 0);
  g_autofree char *binary = cli_write_file (cli, "binary.pem", "\0\1\2\3", 4);
  g_autofree char *head = cli_write_file (cli, "head.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", -1);
  g_autofree char *encrypted =
    cli_write_file (cli, "encrypted.pem", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIC\n-----END ENCRYPTED PRIVATE KEY-----\n", -1);
  const char *const not_keys[] = { text, empty, binary, head, encrypted };

  cli_write_key (open_key, TRUE, 0644);
  cli_write_key (group_key, TRUE, 0640);
  cli_write_key (ec_key, FALSE, 0600);
  g_chmod (large, 0600);
  check_refused (cli, "--key-file", open_key, "0600");
  check_refused (cli, "--key-file", group_key, "0600");
  check_refused (cli, "--key-file", ec_key, "RSA");
  check_refused (cli, "--key-file", missing, "missing.pem");
  check_refused (cli, "--key-file", large, "too large");
  check_refused (cli, "--key-file", cli->folder->path, "regular file");
  check_refused (cli, "--key-file", "/dev/zero", "regular file");
  for (guint i = 0; i < G_N_ELEMENTS (not_keys); i++)
    {
      g_chmod (not_keys[i], 0600);
      check_refused (cli, "--key-file", not_keys[i], "key");
    }
}

static void
test_fifo (void)
{
  g_autoptr (Cli) cli = cli_new ();
  g_autofree char *fifo = test_folder_file (cli->folder, "fifo");

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  check_refused (cli, "--key-file", fifo, "regular file");
}

static void
test_settings (void)
{
  g_autoptr (Cli) cli = cli_new ();

  check_refused (cli, "--provider", "paypal", "paypal");
  check_refused (cli, "--provider", "", "provider");
  check_refused (cli, "--region", "xx", "region");
  check_refused (cli, "--region", "", "region");
  check_refused (cli, "--environment", "test", "sandbox");
  check_refused (cli, "--environment", "", "sandbox");
  check_refused (cli, "--public-key-id", "", "public key ID");
  check_refused (cli, "--endpoint", "https://localhost:1", "CA");
  check_refused (cli, "--ca-file", cli->ca_file, "endpoint");
}

/* An endpoint of one's own is on this machine, over TLS. */
static void
test_endpoints (void)
{
  static const char *const endpoints[] = {
    "http://localhost:1", "https://example.com", "https://pay-api.amazon.com", "https://127.0.0.1.example.com", "https://localhost.example.com",
    "https://user@localhost:1", "https://0x7f000001.example", "ftp://localhost", "localhost", "", "https://", "https://[2001:db8::1]", "file:///etc/passwd",
    "https://10.0.0.1", "https://169.254.169.254",
  };
  g_autoptr (Cli) cli = cli_new ();

  for (guint i = 0; i < G_N_ELEMENTS (endpoints); i++)
    {
      g_autoptr (CliResult) result =
        cli_run (cli, "account", "add", "shop", "--provider", "amazon-pay", "--region", "na", "--environment", "live", "--public-key-id", "LIVE-X",
                 "--key-file", cli->key_file, "--key-storage", "file", "--endpoint", endpoints[i], "--ca-file", cli->ca_file, NULL);

      g_test_message ("%s: %s", endpoints[i], result->err);
      g_assert_cmpint (result->exit_code, ==, 1);
      g_assert_cmpuint (strlen (result->err), >, 10);
    }
  {
    g_autofree char *accounts = cli_sql (cli, "SELECT name FROM account");

    g_assert_cmpstr (accounts, ==, "");
  }
}

static void
test_add_and_remove (void)
{
  g_autoptr (Cli) cli = cli_new ();
  g_autoptr (CliResult) result = add (cli, NULL, NULL);
  g_autoptr (CliResult) again = add (cli, NULL, NULL);
  g_autoptr (CliResult) list = cli_expect (cli, 0, "--json", "account", "list", NULL);
  g_autoptr (JsonNode) root = cli_parse_json (list->out);
  JsonObject *account = json_array_get_object_element (json_node_get_array (root), 0);
  g_autofree char *sample = cli_sample ("amazon-pay-2015-10-06-REFUND_DATA_414749300022222.csv");
  g_autoptr (CliResult) import = cli_expect (cli, 0, "import", "--account", "SHOP", sample, NULL);
  g_autofree char *found = test_find_bytes (cli->data_dir, "R017571");
  g_autoptr (CliResult) remove = cli_expect (cli, 0, "account", "remove", "shop", NULL);
  g_autofree char *left = test_find_bytes (cli->data_dir, "R017571");
  g_autofree char *reports = g_build_filename (cli->data_dir, "reports", NULL);

  g_assert_cmpint (result->exit_code, ==, 0);
  g_assert_cmpint (again->exit_code, ==, 1);
  test_assert_contains (again->err, "already");
  g_assert_cmpstr (json_object_get_string_member (account, "name"), ==, "shop");
  g_assert_nonnull (found);
  g_assert_cmpstr (left, ==, NULL);
  g_assert_cmpuint (test_count_entries (reports), ==, 0);
  /* the key belongs to its owner */
  g_assert_true (g_file_test (cli->key_file, G_FILE_TEST_EXISTS));
}

/* A key file that was opened to others later is refused when it is used. */
static void
test_key_opened_later (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();

  g_assert_cmpint (g_chmod (cli->key_file, 0644), ==, 0);
  {
    g_autoptr (CliResult) test = cli_expect (cli, 1, "account", "test", "shop", NULL);
    g_autoptr (CliResult) sync = cli_expect (cli, 1, "sync", NULL);

    test_assert_contains (test->err, "0600");
    test_assert_contains (sync->err, "0600");
  }
}

/* Neither the key nor what is in it stands in any file of ours. */
static void
test_key_stays_away (void)
{
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autofree char *pem = test_read_text (cli->key_file);
  g_auto (GStrv) lines = g_strsplit (pem, "\n", -1);

  for (char **line = lines + 1; *line != NULL && !g_str_has_prefix (*line, "-----"); line++)
    {
      g_autofree char *found = test_find_bytes (cli->data_dir, *line);

      g_assert_cmpstr (found, ==, NULL);
    }
  {
    g_autofree char *found = test_find_bytes (cli->data_dir, "PRIVATE KEY");

    g_assert_cmpstr (found, ==, NULL);
  }
}

/* The umask of the user does not open the mirror to others. */
static void
check_private (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  struct stat info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_test_message ("%s %o", path, info.st_mode);
  g_assert_cmpint (info.st_mode & 077, ==, 0);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      check_private (child);
    }
}

static void
test_modes (void)
{
  mode_t before = umask (0);
  g_autoptr (Cli) cli = cli_new_with_account ();
  g_autofree char *sample = cli_sample ("amazon-pay-2015-10-06-REFUND_DATA_414749300022222.csv");
  g_autoptr (CliResult) import = cli_expect (cli, 0, "import", "--account", "shop", sample, NULL);
  g_autoptr (CliResult) rebuild = cli_expect (cli, 0, "rebuild", NULL);

  check_private (cli->data_dir);
  umask (before);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/account/keys", test_keys);
  g_test_add_func ("/cli/account/fifo", test_fifo);
  g_test_add_func ("/cli/account/settings", test_settings);
  g_test_add_func ("/cli/account/endpoints", test_endpoints);
  g_test_add_func ("/cli/account/add-and-remove", test_add_and_remove);
  g_test_add_func ("/cli/account/key-opened-later", test_key_opened_later);
  g_test_add_func ("/cli/account/key-stays-away", test_key_stays_away);
  g_test_add_func ("/cli/account/modes", test_modes);

  return g_test_run ();
}
