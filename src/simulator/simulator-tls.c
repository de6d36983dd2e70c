/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-tls.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <string.h>
#include <unistd.h>

#define CA_FILE "ca.pem"
#define SERVER_FILE "server.pem"
#define PRIVATE_KEY_FILE "merchant-private-key.pem"
#define PUBLIC_KEY_FILE "merchant-public-key.pem"
#define KEY_ID_FILE "merchant-key-id"
#define LIFETIME (10 * 365 * 24 * 3600)

typedef struct {
  gnutls_x509_privkey_t key;
  gnutls_x509_crt_t certificate;
} Pair;

static void
pair_clear (Pair *pair)
{
  g_clear_pointer (&pair->certificate, gnutls_x509_crt_deinit);
  g_clear_pointer (&pair->key, gnutls_x509_privkey_deinit);
}

static gboolean
check (int       code,
       GError  **error)
{
  if (code >= 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "certificate: %s", gnutls_strerror (code));
  return FALSE;
}

/* Private from its first byte on: created 0600, never widened. */
static gboolean
write_private (const char *path,
               const char *data,
               gsize       length,
               GError    **error)
{
  return g_file_set_contents_full (path, data, (gssize) length,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static gboolean
init_pair (Pair       *pair,
           const char *name,
           GError    **error)
{
  guchar serial[8];
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  gnutls_rnd (GNUTLS_RND_NONCE, serial, sizeof serial);
  serial[0] = (guchar) ((serial[0] & 0x7f) | 0x40);
  return check (gnutls_x509_privkey_init (&pair->key), error) &&
         check (gnutls_x509_crt_init (&pair->certificate), error) &&
         check (gnutls_x509_privkey_generate (pair->key, GNUTLS_PK_ECDSA,
                                              GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0), error) &&
         check (gnutls_x509_crt_set_version (pair->certificate, 3), error) &&
         check (gnutls_x509_crt_set_serial (pair->certificate, serial, sizeof serial), error) &&
         check (gnutls_x509_crt_set_activation_time (pair->certificate, now - 24 * 3600), error) &&
         check (gnutls_x509_crt_set_expiration_time (pair->certificate, now + LIFETIME), error) &&
         check (gnutls_x509_crt_set_dn_by_oid (pair->certificate, GNUTLS_OID_X520_COMMON_NAME, 0,
                                               name, (guint) strlen (name)), error) &&
         check (gnutls_x509_crt_set_key (pair->certificate, pair->key), error);
}

static gboolean
set_key_ids (Pair    *pair,
             Pair    *issuer,
             GError **error)
{
  guchar id[64];
  gsize size = sizeof id;

  if (!check (gnutls_x509_crt_get_key_id (pair->certificate, 0, id, &size), error) ||
      !check (gnutls_x509_crt_set_subject_key_id (pair->certificate, id, size), error))
    return FALSE;
  size = sizeof id;
  return check (gnutls_x509_crt_get_key_id (issuer->certificate, 0, id, &size), error) &&
         check (gnutls_x509_crt_set_authority_key_id (pair->certificate, id, size), error);
}

static gboolean
make_ca (Pair    *ca,
         GError **error)
{
  return init_pair (ca, "Counterfoil simulator CA", error) &&
         check (gnutls_x509_crt_set_basic_constraints (ca->certificate, 1, 0), error) &&
         check (gnutls_x509_crt_set_key_usage (ca->certificate,
                                               GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN), error) &&
         set_key_ids (ca, ca, error) &&
         check (gnutls_x509_crt_sign2 (ca->certificate, ca->certificate, ca->key, GNUTLS_DIG_SHA256, 0), error);
}

static gboolean
make_server (Pair    *server,
             Pair    *ca,
             GError **error)
{
  static const guchar loopback[] = { 127, 0, 0, 1 };
  static const char host[] = "localhost";

  return init_pair (server, host, error) &&
         check (gnutls_x509_crt_set_basic_constraints (server->certificate, 0, -1), error) &&
         check (gnutls_x509_crt_set_key_usage (server->certificate, GNUTLS_KEY_DIGITAL_SIGNATURE), error) &&
         check (gnutls_x509_crt_set_key_purpose_oid (server->certificate, GNUTLS_KP_TLS_WWW_SERVER, 0), error) &&
         check (gnutls_x509_crt_set_subject_alt_name (server->certificate, GNUTLS_SAN_DNSNAME,
                                                      host, strlen (host), GNUTLS_FSAN_SET), error) &&
         check (gnutls_x509_crt_set_subject_alt_name (server->certificate, GNUTLS_SAN_IPADDRESS,
                                                      loopback, sizeof loopback, GNUTLS_FSAN_APPEND), error) &&
         set_key_ids (server, ca, error) &&
         check (gnutls_x509_crt_sign2 (server->certificate, ca->certificate, ca->key, GNUTLS_DIG_SHA256, 0), error);
}

static gboolean
export_pair (Pair       *pair,
             const char *path,
             gboolean    with_key,
             GError    **error)
{
  gnutls_datum_t certificate = { NULL, 0 };
  gnutls_datum_t key = { NULL, 0 };
  gboolean ok;

  ok = check (gnutls_x509_crt_export2 (pair->certificate, GNUTLS_X509_FMT_PEM, &certificate), error) &&
       (!with_key || check (gnutls_x509_privkey_export2_pkcs8 (pair->key, GNUTLS_X509_FMT_PEM, NULL,
                                                               GNUTLS_PKCS_PLAIN, &key), error));
  if (ok)
    {
      g_autofree char *text = g_strdup_printf ("%.*s%.*s", (int) key.size, key.data != NULL ? (char *) key.data : "",
                                               (int) certificate.size, (char *) certificate.data);

      ok = write_private (path, text, strlen (text), error);
    }
  gnutls_free (certificate.data);
  gnutls_free (key.data);
  return ok;
}

/* The CA's key is thrown away: nothing else will ever be signed by it. */
static gboolean
make_certificates (const char *ca_file,
                   const char *server_file,
                   GError    **error)
{
  Pair ca = { NULL, NULL };
  Pair server = { NULL, NULL };
  gboolean ok;

  ok = make_ca (&ca, error) && make_server (&server, &ca, error) &&
       export_pair (&ca, ca_file, FALSE, error) && export_pair (&server, server_file, TRUE, error);
  pair_clear (&server);
  pair_clear (&ca);
  return ok;
}

static gboolean
make_merchant_key (const char *private_file,
                   const char *public_file,
                   GError    **error)
{
  gnutls_x509_privkey_t key = NULL;
  gnutls_privkey_t abstract = NULL;
  gnutls_pubkey_t pubkey = NULL;
  gnutls_datum_t private_pem = { NULL, 0 };
  gnutls_datum_t public_pem = { NULL, 0 };
  gboolean ok;

  ok = check (gnutls_x509_privkey_init (&key), error) &&
       check (gnutls_x509_privkey_generate (key, GNUTLS_PK_RSA, 2048, 0), error) &&
       check (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &private_pem), error) &&
       check (gnutls_privkey_init (&abstract), error) &&
       check (gnutls_privkey_import_x509 (abstract, key, 0), error) &&
       check (gnutls_pubkey_init (&pubkey), error) &&
       check (gnutls_pubkey_import_privkey (pubkey, abstract, 0, 0), error) &&
       check (gnutls_pubkey_export2 (pubkey, GNUTLS_X509_FMT_PEM, &public_pem), error) &&
       write_private (public_file, (char *) public_pem.data, public_pem.size, error) &&
       write_private (private_file, (char *) private_pem.data, private_pem.size, error);
  gnutls_free (private_pem.data);
  gnutls_free (public_pem.data);
  g_clear_pointer (&pubkey, gnutls_pubkey_deinit);
  g_clear_pointer (&abstract, gnutls_privkey_deinit);
  g_clear_pointer (&key, gnutls_x509_privkey_deinit);
  return ok;
}

static gboolean
make_key_id (const char *path,
             GError    **error)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  guchar random[24];
  char id[25];

  gnutls_rnd (GNUTLS_RND_NONCE, random, sizeof random);
  for (guint i = 0; i < sizeof random; i++)
    id[i] = alphabet[random[i] % 32];
  /* A bare id must not look like one with an environment. */
  id[0] = 'A';
  id[24] = '\0';
  return write_private (path, id, 24, error);
}

static gboolean
load (CfoilSimState *state,
      GError       **error)
{
  g_autofree char *server_file = g_build_filename (state->directory, SERVER_FILE, NULL);
  g_autofree char *public_file = g_build_filename (state->directory, PUBLIC_KEY_FILE, NULL);
  g_autofree char *id_file = g_build_filename (state->directory, KEY_ID_FILE, NULL);

  if (!g_file_test (server_file, G_FILE_TEST_EXISTS) &&
      !make_certificates (state->ca_file, server_file, error))
    return FALSE;
  if (!g_file_test (state->private_key_file, G_FILE_TEST_EXISTS) &&
      !make_merchant_key (state->private_key_file, public_file, error))
    return FALSE;
  if (!g_file_test (id_file, G_FILE_TEST_EXISTS) && !make_key_id (id_file, error))
    return FALSE;
  state->certificate = g_tls_certificate_new_from_file (server_file, error);
  return state->certificate != NULL &&
         g_file_get_contents (public_file, &state->public_key_pem, NULL, error) &&
         g_file_get_contents (id_file, &state->key_suffix, NULL, error);
}

/* @directory: (nullable): kept and used again; without one a private folder
 * is made and removed with the state */
CfoilSimState *
cfoil_sim_state_open (const char *directory,
                      GError    **error)
{
  g_autoptr (CfoilSimState) state = g_new0 (CfoilSimState, 1);

  if (directory == NULL)
    {
      state->directory = g_dir_make_tmp ("counterfoil-simulator-XXXXXX", error);
      state->temporary = TRUE;
      if (state->directory == NULL)
        return NULL;
    }
  else
    {
      state->directory = g_canonicalize_filename (directory, NULL);
      if (g_mkdir_with_parents (state->directory, 0700) != 0)
        {
          g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno),
                       "%s: %s", state->directory, g_strerror (errno));
          return NULL;
        }
    }
  state->ca_file = g_build_filename (state->directory, CA_FILE, NULL);
  state->private_key_file = g_build_filename (state->directory, PRIVATE_KEY_FILE, NULL);
  if (!load (state, error))
    return NULL;
  return g_steal_pointer (&state);
}

static void
remove_directory (const char *directory)
{
  static const char *const files[] = { CA_FILE, SERVER_FILE, PRIVATE_KEY_FILE, PUBLIC_KEY_FILE, KEY_ID_FILE };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (directory, files[i], NULL);

      g_unlink (path);
    }
  g_rmdir (directory);
}

void
cfoil_sim_state_free (CfoilSimState *state)
{
  if (state->temporary && state->directory != NULL)
    remove_directory (state->directory);
  g_clear_object (&state->certificate);
  g_free (state->directory);
  g_free (state->ca_file);
  g_free (state->private_key_file);
  g_free (state->public_key_pem);
  g_free (state->key_suffix);
  g_free (state);
}
