/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <gio/gio.h>
#include <string.h>

/* The real Secret Service, on a bus of its own. */
typedef struct
{
  Cli *cli;
  GTestDBus *bus;      /* (nullable) */
  GSubprocess *daemon; /* (nullable) */
} Keyring;

typedef enum
{
  NO_BUS,
  NO_SERVICE,
  LOCKED,
  UNLOCKED,
} KeyringState;

static void
wait_for_service (GDBusConnection *connection)
{
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GVariant) reply =
        g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner",
                                     g_variant_new ("(s)", "org.freedesktop.secrets"), NULL,
                                     G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
      gboolean has_owner = FALSE;

      if (reply != NULL)
        g_variant_get (reply, "(b)", &has_owner);
      if (has_owner)
        return;
      g_usleep (50000);
    }
  g_error ("The keyring's service did not start");
}

static void
start_daemon (Keyring *self,
              gboolean is_unlocked)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_set_environ (launcher, self->cli->environment);
  self->daemon = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon", "--foreground", "--components=secrets",
                                              is_unlocked ? "--unlock" : NULL, NULL);
  g_assert_no_error (error);
  if (is_unlocked)
    {
      GOutputStream *input = g_subprocess_get_stdin_pipe (self->daemon);

      g_assert_true (g_output_stream_write_all (input, "test", 4, NULL, NULL, NULL));
      g_assert_true (g_output_stream_close (input, NULL, NULL));
    }
  connection = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (self->bus),
                                                       G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                         G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                       NULL, NULL, &error);
  g_assert_no_error (error);
  wait_for_service (connection);
}

static Keyring *
keyring_new (KeyringState state)
{
  Keyring *self = g_new0 (Keyring, 1);
  g_autofree char *runtime = NULL;

  self->cli = cli_new ();
  runtime = test_folder_file (self->cli->folder, "runtime");
  g_assert_cmpint (g_mkdir_with_parents (runtime, 0700), ==, 0);
  self->cli->environment = g_environ_setenv (self->cli->environment, "XDG_RUNTIME_DIR", runtime, TRUE);
  /* libsecret leaks when there is no keyring. */
  self->cli->environment = g_environ_setenv (self->cli->environment, "ASAN_OPTIONS", "detect_leaks=0", TRUE);
  if (state == NO_BUS)
    return self;
  self->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (self->bus);
  self->cli->environment = g_environ_setenv (self->cli->environment, "DBUS_SESSION_BUS_ADDRESS", g_test_dbus_get_bus_address (self->bus), TRUE);
  if (state != NO_SERVICE)
    start_daemon (self, state == UNLOCKED);
  return self;
}

static void
keyring_free (Keyring *self)
{
  if (self->daemon != NULL)
    {
      g_subprocess_force_exit (self->daemon);
      g_subprocess_wait (self->daemon, NULL, NULL);
      g_object_unref (self->daemon);
    }
  if (self->bus != NULL)
    {
      g_test_dbus_stop (self->bus);
      g_object_unref (self->bus);
    }
  cli_free (self->cli);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Keyring, keyring_free)

static CliResult *
add (Keyring    *self,
     const char *endpoint)
{
  if (endpoint != NULL)
    return cli_run (self->cli, "account", "add", "shop", "--provider", "amazon-pay", "--region", "na", "--environment", "live",
                    "--public-key-id", "LIVE-X", "--key-file", self->cli->key_file, "--endpoint", endpoint,
                    "--ca-file", self->cli->ca_file, NULL);
  return cli_run (self->cli, "account", "add", "shop", "--provider", "amazon-pay", "--region", "na", "--environment", "live",
                  "--public-key-id", "LIVE-X", "--key-file", self->cli->key_file, NULL);
}

static char *
read_proc (const char *pid,
           const char *name)
{
  g_autofree char *path = g_build_filename ("/proc", pid, name, NULL);
  g_autoptr (GBytes) bytes = test_read_bytes (path);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  char *text = g_strndup (length > 0 ? data : "", length);

  for (gsize i = 0; i < length; i++)
    if (data[i] != '\0')
      text[i] = data[i];
    else
      text[i] = ' ';
  return text;
}

/* While it waits for an answer with the key in memory, the key is in none of the
 * places that other programs see. */
static void
check_running (Keyring    *self,
               char      **secret_lines,
               guint16     port)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSocket) listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocket) connection = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  g_autoptr (GError) error = NULL;
  g_autofree char *cmdline = NULL;
  g_autofree char *environment = NULL;
  const char *pid;

  g_socket_set_timeout (listener, 30);
  g_assert_true (g_socket_bind (listener, address, TRUE, &error) && g_socket_listen (listener, &error));
  g_subprocess_launcher_set_environ (launcher, self->cli->environment);
  process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("COUNTERFOIL_CLI"), "--data-dir", self->cli->data_dir,
                                         "account", "test", "shop", NULL);
  g_assert_no_error (error);
  connection = g_socket_accept (listener, NULL, &error);
  g_assert_no_error (error);

  pid = g_subprocess_get_identifier (process);
  cmdline = read_proc (pid, "cmdline");
  environment = read_proc (pid, "environ");
  test_assert_contains (cmdline, "account test shop");
  test_assert_contains (environment, "XDG_RUNTIME_DIR");
  for (char **line = secret_lines; *line != NULL; line++)
    {
      test_assert_lacks (cmdline, *line);
      test_assert_lacks (environment, *line);
    }
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
}

/* The lines of a PEM file between head and foot. */
static char **
secret_lines_of (const char *path)
{
  g_autofree char *pem = test_read_text (path);
  g_auto (GStrv) lines = g_strsplit (pem, "\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (char **line = lines; *line != NULL; line++)
    if (strlen (*line) > 20 && !g_str_has_prefix (*line, "-----"))
      g_strv_builder_add (builder, *line);
  return g_strv_builder_end (builder);
}

static guint16
free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

static void
test_unlocked (void)
{
  g_autoptr (Keyring) keyring = keyring_new (UNLOCKED);
  g_auto (GStrv) secret = secret_lines_of (keyring->cli->key_file);
  guint16 port = free_port ();
  g_autofree char *endpoint = g_strdup_printf ("https://127.0.0.1:%u", port);
  g_autofree char *sample = cli_sample ("amazon-pay-2015-10-06-REFUND_DATA_414749300022222.csv");
  g_autoptr (CliResult) added = add (keyring, endpoint);
  g_autoptr (CliResult) import = NULL;

  g_assert_cmpstr (added->err, ==, "");
  g_assert_cmpint (added->exit_code, ==, 0);
  g_assert_cmpuint (g_strv_length (secret), >, 10);
  import = cli_expect (keyring->cli, 0, "import", "--account", "shop", sample, NULL);
  for (char **line = secret; *line != NULL; line++)
    {
      g_autofree char *found = test_find_bytes (keyring->cli->data_dir, *line);

      g_assert_cmpstr (found, ==, NULL);
    }
  check_running (keyring, secret, port);

}

/* Removing an account takes the key out of the keyring. */
static void
test_removed (void)
{
  g_autoptr (Keyring) keyring = keyring_new (UNLOCKED);
  g_autoptr (CliResult) added = add (keyring, NULL);
  g_autofree char *path = g_build_filename (keyring->cli->data_dir, "mirror.sqlite", NULL);
  g_autoptr (GBytes) row = NULL;

  g_assert_cmpint (added->exit_code, ==, 0);
  /* the mirror with the account, put back after the account was removed */
  {
    g_autofree char *status = cli_sql (keyring->cli, "SELECT name FROM account");

    g_assert_cmpstr (status, ==, "shop\n");
  }
  row = test_read_bytes (path);
  {
    g_autoptr (CliResult) removed = cli_expect (keyring->cli, 0, "account", "remove", "shop", NULL);
    gsize length;
    const char *data = g_bytes_get_data (row, &length);

    test_write_bytes (path, data, length);
  }
  {
    g_autoptr (CliResult) test = cli_expect (keyring->cli, 1, "account", "test", "shop", NULL);

    test_assert_contains (test->err, "no private key for");
  }
}

static void
check_unavailable (KeyringState state)
{
  g_autoptr (Keyring) keyring = keyring_new (state);
  g_autoptr (CliResult) added = add (keyring, NULL);
  g_autofree char *accounts = cli_sql (keyring->cli, "SELECT count (*) FROM account");
  g_auto (GStrv) secret = secret_lines_of (keyring->cli->key_file);

  g_test_message ("%s", added->err);
  g_assert_cmpint (added->exit_code, ==, 1);
  test_assert_contains (added->err, "keyring");
  g_assert_cmpstr (accounts, ==, "0\n");
  /* never into a file instead */
  for (char **line = secret; *line != NULL; line++)
    {
      g_autofree char *found = test_find_bytes (keyring->cli->data_dir, *line);

      g_assert_cmpstr (found, ==, NULL);
    }
}

static void
test_no_bus (void)
{
  check_unavailable (NO_BUS);
}

static void
test_no_service (void)
{
  check_unavailable (NO_SERVICE);
}

static void
test_locked (void)
{
  check_unavailable (LOCKED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/keyring/unlocked", test_unlocked);
  g_test_add_func ("/cli/keyring/removed", test_removed);
  g_test_add_func ("/cli/keyring/no-bus", test_no_bus);
  g_test_add_func ("/cli/keyring/no-service", test_no_service);
  g_test_add_func ("/cli/keyring/locked", test_locked);

  return g_test_run ();
}
