/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-fixture.h"

#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <nettle/rsa.h>
#include <nettle/sha2.h>
#include <string.h>

#define KEY_ID "TESTKEY00000000000000001"

JsonNode *
sim_vectors (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "amazon-pay-signing.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

CfoilSimOptions
sim_options (CfoilSimRegion region,
             gboolean       sandbox,
             guint64        seed,
             guint          transactions,
             guint          days)
{
  CfoilSimOptions options = { 0 };

  options.region = region;
  options.sandbox = sandbox;
  options.seed = seed;
  options.transactions = transactions;
  options.days = days;
  options.until = cfoil_sim_days_from_date (2026, 3, 31) * CFOIL_SIM_DAY;
  options.capture_report = TRUE;
  options.retention_days = 90;
  return options;
}

SimFixture *
sim_fixture_new (const CfoilSimOptions *options)
{
  SimFixture *fixture = g_new0 (SimFixture, 1);
  g_autoptr (JsonNode) vectors = sim_vectors ();
  JsonObject *keys = json_object_get_object_member (json_node_get_object (vectors), "testKeys");
  g_autoptr (GError) error = NULL;

  fixture->private_pem = g_strdup (json_object_get_string_member (keys, "privateKeyPkcs8Pem"));
  fixture->service = cfoil_sim_service_new (cfoil_sim_merchant_new (options), json_object_get_string_member (keys, "publicKeyPem"),
                                            options->sandbox ? "SANDBOX-" KEY_ID : "LIVE-" KEY_ID, &error);
  g_assert_no_error (error);
  fixture->service->base_url = g_strdup ("https://localhost:1");
  cfoil_sim_throttle_free (fixture->service->throttle);
  fixture->service->throttle = cfoil_sim_throttle_new (options->sandbox, 0);
  return fixture;
}

void
sim_fixture_free (SimFixture *fixture)
{
  cfoil_sim_service_free (fixture->service);
  g_free (fixture->private_pem);
  g_free (fixture);
}

static void
take (mpz_t          number,
      gnutls_datum_t datum)
{
  mpz_import (number, datum.size, 1, 1, 1, 0, datum.data);
  gnutls_free (datum.data);
}

static void
load_key (const char             *pem,
          struct rsa_public_key  *public,
          struct rsa_private_key *private)
{
  gnutls_x509_privkey_t key;
  gnutls_datum_t data = { (guchar *) pem, (guint) strlen (pem) };
  gnutls_datum_t m, e, d, p, q, u, e1, e2;

  gnutls_x509_privkey_init (&key);
  g_assert_cmpint (gnutls_x509_privkey_import (key, &data, GNUTLS_X509_FMT_PEM), ==, 0);
  g_assert_cmpint (gnutls_x509_privkey_export_rsa_raw2 (key, &m, &e, &d, &p, &q, &u, &e1, &e2), ==, 0);
  rsa_public_key_init (public);
  rsa_private_key_init (private);
  take (public->n, m);
  take (public->e, e);
  take (private->d, d);
  take (private->p, p);
  take (private->q, q);
  take (private->c, u);
  take (private->a, e1);
  take (private->b, e2);
  g_assert_true (rsa_public_key_prepare (public));
  g_assert_true (rsa_private_key_prepare (private));
  gnutls_x509_privkey_deinit (key);
}

static void
random_bytes (void   *unused,
              size_t  length,
              uint8_t *to)
{
  gnutls_rnd (GNUTLS_RND_NONCE, to, length);
}

/* Returns: the signature in base64 */
char *
sim_sign (const char *private_pem,
          const char *algorithm,
          const char *string_to_sign)
{
  struct rsa_public_key public;
  struct rsa_private_key private;
  struct sha256_ctx context;
  guint8 digest[SHA256_DIGEST_SIZE];
  guint8 salt[32];
  g_autofree guint8 *bytes = NULL;
  gsize count;
  mpz_t signature;
  char *text;

  load_key (private_pem, &public, &private);
  sha256_init (&context);
  sha256_update (&context, strlen (string_to_sign), (const guint8 *) string_to_sign);
  sha256_digest (&context, sizeof digest, digest);
  gnutls_rnd (GNUTLS_RND_NONCE, salt, sizeof salt);
  mpz_init (signature);
  g_assert_true (rsa_pss_sha256_sign_digest_tr (&public, &private, NULL, random_bytes,
                                                g_str_has_suffix (algorithm, "-V2") ? 32 : 20, salt, digest, signature));
  bytes = g_malloc0 (public.size);
  count = (mpz_sizeinbase (signature, 2) + 7) / 8;
  mpz_export (bytes + public.size - count, NULL, 1, 1, 1, 0, signature);
  text = g_base64_encode (bytes, public.size);
  mpz_clear (signature);
  rsa_private_key_clear (&private);
  rsa_public_key_clear (&public);
  return text;
}

static void
put (GHashTable *headers,
     const char *name,
     const char *value)
{
  g_hash_table_insert (headers, g_strdup (name), g_strdup (value));
}

GHashTable *
sim_signed_headers (SimFixture *fixture,
                    const char *method,
                    const char *path,
                    const char *query,
                    const char *body,
                    const char *idempotency_key,
                    gint64      time)
{
  static const char *const algorithm = "AMZN-PAY-RSASSA-PSS-V2";
  GHashTable *headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *date = cfoil_sim_format_basic (time);
  g_autoptr (GBytes) bytes = g_bytes_new (body != NULL ? body : "", body != NULL ? strlen (body) : 0);
  const char *list = idempotency_key != NULL
                       ? "accept;content-type;x-amz-pay-date;x-amz-pay-host;x-amz-pay-idempotency-key;x-amz-pay-region"
                       : "accept;content-type;x-amz-pay-date;x-amz-pay-host;x-amz-pay-region";
  CfoilSimRequest request = { method, path, query, headers, bytes };
  g_autofree char *canonical = NULL;
  g_autofree char *to_sign = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *authorization = NULL;

  put (headers, "accept", "application/json");
  put (headers, "content-type", "application/json");
  put (headers, "x-amz-pay-date", date);
  put (headers, "x-amz-pay-host", "pay-api.amazon.com");
  put (headers, "x-amz-pay-region", fixture->service->auth.region);
  if (idempotency_key != NULL)
    put (headers, "x-amz-pay-idempotency-key", idempotency_key);
  canonical = cfoil_sim_canonical_request (&request, list);
  to_sign = cfoil_sim_string_to_sign (algorithm, canonical);
  signature = sim_sign (fixture->private_pem, algorithm, to_sign);
  authorization = g_strdup_printf ("%s PublicKeyId=%s, SignedHeaders=%s, Signature=%s", algorithm,
                                   fixture->service->auth.key_id, list, signature);
  put (headers, "authorization", authorization);
  return headers;
}

static SimReply *
reply_from (CfoilSimAnswer *answer)
{
  SimReply *reply = g_new0 (SimReply, 1);
  const char *data = g_bytes_get_data (answer->body, &reply->length);
  g_autoptr (JsonParser) parser = json_parser_new ();

  reply->status = answer->status;
  reply->text = g_memdup2 (data != NULL ? data : "", reply->length + (data == NULL));
  reply->text = g_realloc (reply->text, reply->length + 1);
  reply->text[reply->length] = '\0';
  if (g_strcmp0 (answer->content_type, "application/json") == 0 &&
      json_parser_load_from_data (parser, reply->text, (gssize) reply->length, NULL))
    reply->json = json_parser_steal_root (parser);
  g_bytes_unref (answer->body);
  return reply;
}

SimReply *
sim_call_with_headers (SimFixture *fixture,
                       const char *method,
                       const char *path,
                       const char *query,
                       const char *body,
                       GHashTable *headers)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body != NULL ? body : "", body != NULL ? strlen (body) : 0);
  CfoilSimRequest request = { method, path, query, headers, bytes };
  CfoilSimAnswer answer = { 0 };

  cfoil_sim_service_api (fixture->service, &request, &answer);
  return reply_from (&answer);
}

/* @path: below /v2/ */
SimReply *
sim_call (SimFixture *fixture,
          const char *method,
          const char *path,
          const char *query,
          const char *body,
          const char *idempotency_key)
{
  g_autofree char *full = g_strconcat ("/v2/", path, NULL);
  gint64 now = cfoil_sim_clock_real (&fixture->service->merchant->clock);
  g_autoptr (GHashTable) headers = sim_signed_headers (fixture, method, full, query, body, idempotency_key, now);

  return sim_call_with_headers (fixture, method, full, query, body, headers);
}

SimReply *
sim_control (SimFixture *fixture,
             const char *method,
             const char *path,
             const char *body)
{
  g_autofree char *full = g_strconcat ("/_sim/", path, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (body != NULL ? body : "", body != NULL ? strlen (body) : 0);
  g_autoptr (GHashTable) headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  CfoilSimRequest request = { method, full, NULL, headers, bytes };
  CfoilSimAnswer answer = { 0 };
  g_autofree char *bearer = g_strconcat ("Bearer ", fixture->service->control_token, NULL);

  put (headers, "authorization", bearer);
  cfoil_sim_service_control (fixture->service, &request, &answer);
  return reply_from (&answer);
}

SimReply *
sim_download (SimFixture *fixture,
              const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GHashTable) headers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GBytes) bytes = g_bytes_new ("", 0);
  CfoilSimRequest request = { "GET", g_uri_get_path (uri), g_uri_get_query (uri), headers, bytes };
  CfoilSimAnswer answer = { 0 };

  cfoil_sim_service_document (fixture->service, &request, &answer);
  return reply_from (&answer);
}

void
sim_reply_free (SimReply *reply)
{
  g_clear_pointer (&reply->json, json_node_unref);
  g_free (reply->text);
  g_free (reply);
}

const char *
sim_reply_string (SimReply   *reply,
                  const char *name)
{
  g_assert_nonnull (reply->json);
  return cfoil_sim_json_get (json_node_get_object (reply->json), name);
}

void
sim_assert_failure (SimReply   *reply,
                    guint       status,
                    const char *reason)
{
  g_assert_cmpstr (sim_reply_string (reply, "reasonCode"), ==, reason);
  g_assert_cmpuint (reply->status, ==, status);
  g_assert_nonnull (sim_reply_string (reply, "message"));
}

char *
sim_unique_key (SimFixture *fixture)
{
  return g_strdup_printf ("key-%u", fixture->keys++);
}
