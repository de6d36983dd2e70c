/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-auth.h"

#include "simulator-calendar.h"

#include <gio/gio.h>
#include <gnutls/abstract.h>
#include <gnutls/x509.h>
#include <nettle/rsa.h>
#include <nettle/sha2.h>
#include <string.h>

struct _CfoilSimKey {
  struct rsa_public_key rsa;
};

typedef struct {
  char *algorithm;
  char *key_id;
  char *signed_headers;
  char *signature;
} Authorization;

static void
authorization_free (Authorization *authorization)
{
  g_free (authorization->algorithm);
  g_free (authorization->key_id);
  g_free (authorization->signed_headers);
  g_free (authorization->signature);
  g_free (authorization);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Authorization, authorization_free)

static gboolean
export_public_numbers (const char     *pem,
                       gnutls_datum_t *modulus,
                       gnutls_datum_t *exponent)
{
  gnutls_datum_t data = { (guchar *) pem, (guint) strlen (pem) };
  gnutls_pubkey_t pubkey;
  gboolean ok;

  gnutls_pubkey_init (&pubkey);
  ok = gnutls_pubkey_import (pubkey, &data, GNUTLS_X509_FMT_PEM) == 0 &&
       gnutls_pubkey_export_rsa_raw2 (pubkey, modulus, exponent, 0) == 0;
  gnutls_pubkey_deinit (pubkey);
  return ok;
}

/* @pem: an RSA public key ("BEGIN PUBLIC KEY") */
CfoilSimKey *
cfoil_sim_key_new_from_pem (const char *pem,
                            GError    **error)
{
  g_autoptr (CfoilSimKey) key = g_new0 (CfoilSimKey, 1);
  gnutls_datum_t modulus;
  gnutls_datum_t exponent;

  rsa_public_key_init (&key->rsa);
  if (!export_public_numbers (pem, &modulus, &exponent))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "not an RSA public key");
      return NULL;
    }
  mpz_import (key->rsa.n, modulus.size, 1, 1, 1, 0, modulus.data);
  mpz_import (key->rsa.e, exponent.size, 1, 1, 1, 0, exponent.data);
  gnutls_free (modulus.data);
  gnutls_free (exponent.data);
  if (!rsa_public_key_prepare (&key->rsa))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "unusable RSA public key");
      return NULL;
    }
  return g_steal_pointer (&key);
}

void
cfoil_sim_key_free (CfoilSimKey *key)
{
  rsa_public_key_clear (&key->rsa);
  g_free (key);
}

static gsize
salt_length (const char *algorithm)
{
  if (strcmp (algorithm, "AMZN-PAY-RSASSA-PSS-V2") == 0)
    return 32;
  if (strcmp (algorithm, "AMZN-PAY-RSASSA-PSS") == 0)
    return 20;
  return 0;
}

/* @signature: base64.  The salt length is part of the check. */
gboolean
cfoil_sim_key_verify (const CfoilSimKey *key,
                      const char        *algorithm,
                      const char        *string_to_sign,
                      const char        *signature)
{
  struct sha256_ctx context;
  guint8 digest[SHA256_DIGEST_SIZE];
  gsize salt = salt_length (algorithm);
  gsize size = 0;
  g_autofree guchar *bytes = g_base64_decode (signature, &size);
  gboolean ok;
  mpz_t number;

  if (salt == 0 || size != key->rsa.size)
    return FALSE;
  sha256_init (&context);
  sha256_update (&context, strlen (string_to_sign), (const guint8 *) string_to_sign);
  sha256_digest (&context, sizeof digest, digest);
  mpz_init (number);
  mpz_import (number, size, 1, 1, 1, 0, bytes);
  ok = rsa_pss_sha256_verify_digest (&key->rsa, salt, digest, number) != 0;
  mpz_clear (number);
  return ok;
}

static Authorization *
parse_authorization (const char *header)
{
  g_autoptr (Authorization) result = g_new0 (Authorization, 1);
  const char *space = header != NULL ? strchr (header, ' ') : NULL;
  g_auto (GStrv) parts = NULL;

  if (space == NULL)
    return NULL;
  result->algorithm = g_strndup (header, (gsize) (space - header));
  parts = g_strsplit (space + 1, ",", -1);
  for (char **part = parts; *part != NULL; part++)
    {
      const char *text = g_strstrip (*part);

      if (g_str_has_prefix (text, "PublicKeyId=") && result->key_id == NULL)
        result->key_id = g_strdup (text + strlen ("PublicKeyId="));
      else if (g_str_has_prefix (text, "SignedHeaders=") && result->signed_headers == NULL)
        result->signed_headers = g_strdup (text + strlen ("SignedHeaders="));
      else if (g_str_has_prefix (text, "Signature=") && result->signature == NULL)
        result->signature = g_strdup (text + strlen ("Signature="));
      else
        return NULL;
    }
  if (result->key_id == NULL || result->signed_headers == NULL || result->signature == NULL)
    return NULL;
  return g_steal_pointer (&result);
}

/* The same key may be used with its environment prefix and without. */
static gboolean
key_id_matches (const CfoilSimAuth *auth,
                const char         *key_id,
                gboolean           *prefixed)
{
  const char *bare = strchr (auth->key_id, '-');

  *prefixed = g_ascii_strcasecmp (key_id, auth->key_id) == 0;
  return *prefixed || (bare != NULL && strcmp (key_id, bare + 1) == 0);
}

static gboolean
check_signed_list (const CfoilSimRequest *request,
                   const char            *list,
                   CfoilSimFailure       *failure)
{
  static const char *const required[] = {
    "accept", "content-type", "x-amz-pay-date", "x-amz-pay-host", "x-amz-pay-region"
  };
  g_auto (GStrv) names = g_strsplit (list, ";", -1);

  for (char **name = names; *name != NULL && name[1] != NULL; name++)
    if (strcmp (name[0], name[1]) >= 0)
      return cfoil_sim_fail (failure, 403, "InvalidRequestSignature", "SignedHeaders must be sorted.");
  for (char **name = names; *name != NULL; name++)
    if (g_hash_table_lookup (request->headers, *name) == NULL)
      return cfoil_sim_fail (failure, 403, "InvalidRequestSignature",
                             "The signed header %s was not sent.", *name);
  for (guint i = 0; i < G_N_ELEMENTS (required); i++)
    if (!g_strv_contains ((const char *const *) names, required[i]))
      return cfoil_sim_fail (failure, 403, "InvalidRequestSignature",
                             "The header %s must be signed.", required[i]);
  if (g_hash_table_contains (request->headers, "x-amz-pay-idempotency-key") &&
      !g_strv_contains ((const char *const *) names, "x-amz-pay-idempotency-key"))
    return cfoil_sim_fail (failure, 403, "InvalidRequestSignature",
                           "The header x-amz-pay-idempotency-key must be signed.");
  return TRUE;
}

static gboolean
check_date (const CfoilSimAuth    *auth,
            const CfoilSimRequest *request,
            CfoilSimFailure       *failure)
{
  const char *date = g_hash_table_lookup (request->headers, "x-amz-pay-date");
  gint64 now = cfoil_sim_clock_real (auth->clock);
  gint64 time;

  if (!cfoil_sim_parse_time (date, &time))
    return cfoil_sim_fail (failure, 400, "InvalidHeaderValue",
                           "The value of the header x-amz-pay-date is invalid.");
  if (ABS (time - now) > auth->tolerance)
    return cfoil_sim_fail (failure, 403, "InvalidRequestSignature",
                           "The request date %s is too far from the time of the server.", date);
  return TRUE;
}

static gboolean
check_host (const CfoilSimAuth    *auth,
            const CfoilSimRequest *request,
            CfoilSimFailure       *failure)
{
  static const char *const hosts[] = {
    "pay-api.amazon.com", "pay-api.amazon.eu", "pay-api.amazon.jp", "localhost", "127.0.0.1", NULL
  };
  const char *host = g_hash_table_lookup (request->headers, "x-amz-pay-host");
  g_autofree char *port = g_strdup_printf (":%u", auth->port);
  g_autofree char *bare = g_strdup (host);

  /* The SDKs sign an overriding service address with its port. */
  if (g_str_has_suffix (bare, port))
    bare[strlen (bare) - strlen (port)] = '\0';
  if (!g_strv_contains (hosts, bare))
    return cfoil_sim_fail (failure, 403, "InvalidRequestSignature",
                           "The host %s is not served here.", host);
  return TRUE;
}

static gboolean
check_region (const CfoilSimAuth    *auth,
              const CfoilSimRequest *request,
              CfoilSimFailure       *failure)
{
  static const char *const aliases[][2] = { { "us", "na" }, { "de", "eu" }, { "uk", "eu" } };
  const char *sent = g_hash_table_lookup (request->headers, "x-amz-pay-region");
  const char *region = sent;

  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (g_ascii_strcasecmp (sent, aliases[i][0]) == 0)
      region = aliases[i][1];
  if (g_ascii_strcasecmp (region, auth->region) != 0)
    return cfoil_sim_fail (failure, 400, "InvalidHeaderValue",
                           "The account is not in the region %s (x-amz-pay-region).", sent);
  return TRUE;
}

/* Checks who sent @request and that nothing in it was changed.
 * @prefixed_key: (out): the key id carried its environment */
gboolean
cfoil_sim_auth_check (const CfoilSimAuth    *auth,
                      const CfoilSimRequest *request,
                      gboolean              *prefixed_key,
                      CfoilSimFailure       *failure)
{
  const char *header = g_hash_table_lookup (request->headers, "authorization");
  g_autoptr (Authorization) given = parse_authorization (header);
  g_autofree char *canonical = NULL;
  g_autofree char *to_sign = NULL;

  if (header == NULL)
    return cfoil_sim_fail (failure, 403, "InvalidAuthentication", "The authorization header is missing.");
  if (given == NULL || salt_length (given->algorithm) == 0)
    return cfoil_sim_fail (failure, 403, "InvalidAuthentication", "The authorization header is malformed.");
  if (!key_id_matches (auth, given->key_id, prefixed_key) || auth->revoked)
    return cfoil_sim_fail (failure, 403, "InvalidAuthentication", "The public key id is not known.");
  if (!check_signed_list (request, given->signed_headers, failure))
    return FALSE;
  canonical = cfoil_sim_canonical_request (request, given->signed_headers);
  to_sign = cfoil_sim_string_to_sign (given->algorithm, canonical);
  if (!cfoil_sim_key_verify (auth->key, given->algorithm, to_sign, given->signature))
    return cfoil_sim_fail (failure, 403, "InvalidRequestSignature",
                           "The signature does not match the request.");
  return check_date (auth, request, failure) && check_host (auth, request, failure) &&
         check_region (auth, request, failure);
}
