/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <glib/gstdio.h>
#include <gnutls/abstract.h>
#include <gnutls/x509.h>
#include <string.h>
#include <time.h>

static gnutls_x509_privkey_t
make_key (gboolean is_rsa)
{
  gnutls_x509_privkey_t key;
  int code;

  gnutls_x509_privkey_init (&key);
  code = gnutls_x509_privkey_generate (key, is_rsa ? GNUTLS_PK_RSA : GNUTLS_PK_ECDSA,
                                       is_rsa ? 2048 : GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0);
  g_assert_cmpint (code, ==, 0);
  return key;
}

void
cli_write_key (const char *path,
               gboolean    is_rsa,
               int         mode)
{
  gnutls_x509_privkey_t key = make_key (is_rsa);
  gnutls_datum_t pem;

  g_assert_cmpint (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &pem), ==, 0);
  test_write_bytes (path, (const char *) pem.data, pem.size);
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
  gnutls_free (pem.data);
  gnutls_x509_privkey_deinit (key);
}

static void
write_certificate (const char *path)
{
  gnutls_x509_privkey_t key = make_key (FALSE);
  gnutls_x509_crt_t certificate;
  gnutls_datum_t pem;

  gnutls_x509_crt_init (&certificate);
  gnutls_x509_crt_set_version (certificate, 3);
  gnutls_x509_crt_set_serial (certificate, "\1", 1);
  gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0, "nobody", 6);
  gnutls_x509_crt_set_activation_time (certificate, time (NULL) - 3600);
  gnutls_x509_crt_set_expiration_time (certificate, time (NULL) + 3600);
  gnutls_x509_crt_set_ca_status (certificate, 1);
  gnutls_x509_crt_set_key (certificate, key);
  g_assert_cmpint (gnutls_x509_crt_sign2 (certificate, certificate, key, GNUTLS_DIG_SHA256, 0), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &pem), ==, 0);
  test_write_bytes (path, (const char *) pem.data, pem.size);
  gnutls_free (pem.data);
  gnutls_x509_crt_deinit (certificate);
  gnutls_x509_privkey_deinit (key);
}

Cli *
cli_new (void)
{
  Cli *self = g_new0 (Cli, 1);
  g_autofree char *home = NULL;

  g_assert_nonnull (g_getenv ("COUNTERFOIL_CLI"));
  self->folder = test_folder_new ();
  home = test_folder_file (self->folder, "home");
  self->data_dir = test_folder_file (self->folder, "data");
  self->key_file = test_folder_file (self->folder, "key.pem");
  self->ca_file = test_folder_file (self->folder, "ca.pem");
  cli_write_key (self->key_file, TRUE, 0600);
  write_certificate (self->ca_file);
  self->environment = g_get_environ ();
  self->environment = g_environ_setenv (self->environment, "HOME", home, TRUE);
  self->environment = g_environ_setenv (self->environment, "XDG_DATA_HOME", home, TRUE);
  self->environment = g_environ_unsetenv (self->environment, "DBUS_SESSION_BUS_ADDRESS");
  self->environment = g_environ_unsetenv (self->environment, "DISPLAY");
  return self;
}

Cli *
cli_new_with_account (void)
{
  Cli *self = cli_new ();
  g_autoptr (CliResult) result =
    cli_expect (self, 0, "account", "add", "shop", "--provider", "amazon-pay", "--region", "na", "--environment", "live",
                "--public-key-id", "LIVE-AAAAAAAAAAAAAAAAAAAAAAAA", "--key-file", self->key_file, "--key-storage", "file", NULL);

  return self;
}

void
cli_free (Cli *self)
{
  if (self == NULL)
    return;
  test_folder_free (self->folder);
  g_free (self->data_dir);
  g_free (self->key_file);
  g_free (self->ca_file);
  g_strfreev (self->environment);
  g_free (self);
}

static char *
text_of (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return length > 0 ? g_strndup (data, length) : g_strdup ("");
}

CliResult *
cli_run_strv (Cli               *self,
              const char *const *words)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GBytes) err = NULL;
  g_autoptr (GError) error = NULL;
  CliResult *result = g_new0 (CliResult, 1);

  g_ptr_array_add (argv, (gpointer) g_getenv ("COUNTERFOIL_CLI"));
  g_ptr_array_add (argv, (gpointer) "--data-dir");
  g_ptr_array_add (argv, self->data_dir);
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) words[i]);
  g_ptr_array_add (argv, NULL);
  g_subprocess_launcher_set_environ (launcher, self->environment);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate (process, NULL, NULL, &out, &err, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_if_exited (process))
    g_error ("counterfoil-cli %s ended with signal %d: %s", words[0], g_subprocess_get_term_sig (process),
             text_of (err));
  result->exit_code = g_subprocess_get_exit_status (process);
  result->out = text_of (out);
  result->err = text_of (err);
  test_assert_lacks (result->err, "CRITICAL");
  test_assert_lacks (result->err, "AddressSanitizer");
  test_assert_lacks (result->err, "runtime error");
  return result;
}

static CliResult *
run_valist (Cli    *self,
            va_list args)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  const char *word;

  while ((word = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (words, (gpointer) word);
  g_ptr_array_add (words, NULL);
  return cli_run_strv (self, (const char *const *) words->pdata);
}

CliResult *
cli_run (Cli *self,
         ...)
{
  CliResult *result;
  va_list args;

  va_start (args, self);
  result = run_valist (self, args);
  va_end (args);
  return result;
}

CliResult *
cli_expect (Cli *self,
            int  exit_code,
            ...)
{
  CliResult *result;
  va_list args;

  va_start (args, exit_code);
  result = run_valist (self, args);
  va_end (args);
  if (result->exit_code != exit_code)
    g_error ("exit code %d, not %d\n%s\n%s", result->exit_code, exit_code, result->out, result->err);
  return result;
}

void
cli_result_free (CliResult *result)
{
  if (result == NULL)
    return;
  g_free (result->out);
  g_free (result->err);
  g_free (result);
}

char *
cli_sql (Cli        *self,
         const char *sql)
{
  g_autoptr (CliResult) result = cli_expect (self, 0, "sql", "--format", "csv", sql, NULL);
  char *rows = strchr (result->out, '\n');

  return g_strdup (rows + 1);
}

char *
cli_dump (Cli *self)
{
  static const char *const queries[] = {
    "SELECT * FROM transactions ORDER BY 1, 4",
    "SELECT * FROM refunds ORDER BY 1, 2",
    "SELECT * FROM disputes ORDER BY 1, 2",
    "SELECT * FROM settlement_lines ORDER BY 1, 2, document_sha256, row_number",
    "SELECT * FROM settlements ORDER BY 1, 2, currency",
    "SELECT * FROM disbursements ORDER BY 1, 2",
    "SELECT * FROM reports ORDER BY 1, 2",
    "SELECT account, feed, sha256, type, source, shown_name, byte_count, is_proven_whole, row_count, state, error_message FROM documents ORDER BY 1, 3",
    "SELECT * FROM exceptions ORDER BY account, document_sha256, row_number, kind, subject",
    "SELECT * FROM provenance ORDER BY 1, 2, 3, 4, 6, 7, 8, 9",
    "SELECT account, feed, row_count, covered_from_us, covered_until_us, gap_count, error FROM feeds ORDER BY 1, 2",
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *rows = cli_sql (self, queries[i]);

      g_string_append_printf (text, "== %u\n%s", i, rows);
    }
  return g_string_free (text, FALSE);
}

char *
cli_write_file (Cli        *self,
                const char *name,
                const char *bytes,
                gssize      length)
{
  char *path = test_folder_file (self->folder, name);

  test_write_bytes (path, bytes, length < 0 ? strlen (bytes) : (gsize) length);
  return path;
}

char *
cli_sample (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "..", "data", "samples", name, NULL);
}

JsonNode *
cli_parse_json (const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  if (!json_parser_load_from_data (parser, text, -1, &error))
    g_error ("%s in: %s", error->message, text);
  return json_parser_steal_root (parser);
}
