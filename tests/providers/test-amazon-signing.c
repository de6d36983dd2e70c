/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-canonical.h"
#include "cfoil-amazon-id.h"
#include "cfoil-amazon-signer.h"
#include "cfoil-error.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* The published and recomputed vectors; see tests/data. */
static JsonObject *
load_vectors (JsonParser *parser)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "amazon-pay-signing.json", NULL);
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static const char *
string (JsonObject *object,
        const char *name)
{
  return json_object_get_string_member (object, name);
}

static char *
canonical_query (JsonObject *query)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (CfoilAmazonPair));
  g_autoptr (GList) names = json_object_get_members (query);

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonArray *values = json_object_get_array_member (query, l->data);

      for (guint i = 0; i < json_array_get_length (values); i++)
        {
          CfoilAmazonPair pair = { l->data, json_array_get_string_element (values, i) };

          g_array_append_val (pairs, pair);
        }
    }
  return cfoil_amazon_canonical_query ((CfoilAmazonPair *) (gpointer) pairs->data, pairs->len);
}

static void
test_canonicalisation (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *cases = json_object_get_array_member (json_object_get_object_member (load_vectors (parser), "canonicalisation"), "cases");

  g_assert_cmpuint (json_array_get_length (cases), ==, 17);
  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *vector = json_array_get_object_element (cases, i);
      g_autofree char *uri = cfoil_amazon_canonical_uri (string (vector, "path"));
      g_autofree char *query = canonical_query (json_object_get_object_member (vector, "query"));

      g_test_message ("%s", string (vector, "name"));
      g_assert_cmpstr (uri, ==, string (vector, "canonicalUri"));
      g_assert_cmpstr (query, ==, string (vector, "canonicalQuery"));
      for (guint upper = 0; upper < 2; upper++)
        {
          const CfoilAmazonPair headers[] = {
            { "accept", "application/json" },
            { "content-type", "application/json" },
            { "x-amz-pay-date", string (vector, "date") },
            { "x-amz-pay-host", string (vector, "host") },
            { "x-amz-pay-region", upper ? "EU" : "eu" },
          };
          const char *payload = string (vector, "payload");
          g_autofree char *request = cfoil_amazon_canonical_request (string (vector, "method"), string (vector, "path"), query,
                                                                     headers, G_N_ELEMENTS (headers), payload, strlen (payload));
          g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, request, -1);

          g_assert_cmpstr (hash, ==, string (vector, upper ? "canonicalRequestSha256_regionHeader_EU" : "canonicalRequestSha256_regionHeader_eu"));
        }
    }
}

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  return strcmp (((const CfoilAmazonPair *) a)->name, ((const CfoilAmazonPair *) b)->name);
}

static GArray *
read_headers (JsonObject *request)
{
  JsonObject *values = json_object_get_object_member (request, "signedHeaderValues");
  g_autoptr (GList) names = json_object_get_members (values);
  GArray *headers = g_array_new (FALSE, FALSE, sizeof (CfoilAmazonPair));

  for (GList *l = names; l != NULL; l = l->next)
    {
      CfoilAmazonPair pair = { l->data, string (values, l->data) };

      g_array_append_val (headers, pair);
    }
  g_array_sort (headers, compare_pairs);
  return headers;
}

/* By another road than the one that signs: the public key, through the library. */
static gboolean
verify (const char *public_key_pem,
        const char *string_to_sign,
        const char *signature)
{
  gnutls_datum_t pem = { (unsigned char *) public_key_pem, strlen (public_key_pem) };
  gnutls_datum_t data = { (unsigned char *) string_to_sign, strlen (string_to_sign) };
  gsize length;
  g_autofree guchar *bytes = g_base64_decode (signature, &length);
  gnutls_datum_t datum = { bytes, length };
  gnutls_pubkey_t key;
  int result;

  g_assert_cmpint (gnutls_pubkey_init (&key), ==, 0);
  g_assert_cmpint (gnutls_pubkey_import (key, &pem, GNUTLS_X509_FMT_PEM), ==, 0);
  result = gnutls_pubkey_verify_data2 (key, GNUTLS_SIGN_RSA_PSS_SHA256, 0, &data, &datum);
  gnutls_pubkey_deinit (key);
  return result >= 0;
}

static void
test_requests (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *vectors = load_vectors (parser);
  JsonObject *keys = json_object_get_object_member (vectors, "testKeys");
  JsonArray *requests = json_object_get_array_member (vectors, "requests");
  g_autoptr (CfoilAmazonSigner) signer = cfoil_amazon_signer_new (string (keys, "privateKeyPkcs8Pem"), NULL);

  g_assert_nonnull (signer);
  g_assert_cmpuint (json_array_get_length (requests), ==, 11);
  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *vector = json_array_get_object_element (requests, i);
      g_autoptr (GArray) headers = read_headers (vector);
      const CfoilAmazonPair *pairs = (const CfoilAmazonPair *) (gpointer) headers->data;
      const char *payload = string (vector, "payload");
      g_autofree char *query = canonical_query (json_object_get_object_member (vector, "query"));
      g_autofree char *names = cfoil_amazon_signed_headers (pairs, headers->len);
      g_autofree char *request = cfoil_amazon_canonical_request (string (vector, "method"), string (vector, "path"), query,
                                                                 pairs, headers->len, payload, strlen (payload));
      g_autofree char *to_sign = cfoil_amazon_string_to_sign (request);
      g_autofree char *signature = cfoil_amazon_signer_sign (signer, to_sign, NULL);

      g_test_message ("%s", string (vector, "name"));
      g_assert_cmpstr (names, ==, string (vector, "signedHeaders"));
      g_assert_cmpstr (request, ==, string (vector, "canonicalRequest"));
      g_assert_true (verify (string (keys, "publicKeyPem"), to_sign, signature));
      if (!g_str_equal (string (vector, "algorithm"), CFOIL_AMAZON_ALGORITHM))
        continue;
      g_assert_cmpstr (to_sign, ==, string (vector, "stringToSign"));
      g_assert_true (verify (string (keys, "publicKeyPem"), to_sign, string (vector, "exampleSignature")));
    }
}

static void
test_negative (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *vectors = load_vectors (parser);
  const char *public_key = string (json_object_get_object_member (vectors, "testKeys"), "publicKeyPem");
  JsonArray *negative = json_object_get_array_member (vectors, "negative");
  g_autoptr (CfoilAmazonSigner) signer = cfoil_amazon_signer_new (string (json_object_get_object_member (vectors, "testKeys"), "privateKeyPkcs1Pem"), NULL);
  g_autofree char *signature = cfoil_amazon_signer_sign (signer, "text", NULL);

  for (guint i = 0; i < json_array_get_length (negative); i++)
    {
      JsonObject *vector = json_array_get_object_element (negative, i);

      if (g_str_equal (string (vector, "verifyWithAlgorithm"), CFOIL_AMAZON_ALGORITHM))
        g_assert_false (verify (public_key, string (vector, "stringToSign"), string (vector, "signature")));
    }

  g_assert_true (verify (public_key, "text", signature));
  g_assert_false (verify (public_key, "texT", signature));
}

static void
assert_refused (const char *pem,
                const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (cfoil_amazon_signer_new (pem, &error));
  g_assert_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_KEY);
  g_test_message ("%s", error->message);
  g_assert_nonnull (g_strstr_len (error->message, -1, word));
}

static char *
generate_pem (gnutls_pk_algorithm_t algorithm,
              unsigned int          bits)
{
  gnutls_x509_privkey_t key;
  gnutls_datum_t out;
  char *pem;

  g_assert_cmpint (gnutls_x509_privkey_init (&key), ==, 0);
  g_assert_cmpint (gnutls_x509_privkey_generate (key, algorithm, bits, 0), ==, 0);
  g_assert_cmpint (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &out), ==, 0);
  pem = g_strndup ((char *) out.data, out.size);
  gnutls_free (out.data);
  gnutls_x509_privkey_deinit (key);
  return pem;
}

static void
test_bad_keys (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *keys = json_object_get_object_member (load_vectors (parser), "testKeys");
  const char *good = string (keys, "privateKeyPkcs8Pem");
  g_autofree char *cut = g_strndup (good, strlen (good) / 2);
  g_autofree char *small = generate_pem (GNUTLS_PK_RSA, 1024);
  g_autofree char *curve = generate_pem (GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1));
  g_autofree char *long_text = g_strnfill (1024 * 1024, 'A');
  g_autofree char *damaged = g_strdup (good);

  memcpy (damaged + 100, "AAAAAAAAAAAAAAAAAAAAAAAA", 24);
  assert_refused ("", "empty");
  assert_refused ("hello, world", "characters");
  assert_refused (string (keys, "publicKeyPem"), "public key");
  assert_refused (cut, "last line");
  assert_refused (damaged, "damaged");
  assert_refused (small, "1024 bits");
  assert_refused (curve, "RSA");
  assert_refused (long_text, "too long");
  assert_refused ("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n", "pass phrase");
  assert_refused ("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n", "pass phrase");
  assert_refused ("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n", "elliptic");
  assert_refused ("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n", "OpenSSH");
  assert_refused ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "certificate");
}

/* What happens to a key on its way through mails and text fields. */
static void
test_pasted_keys (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *keys = json_object_get_object_member (load_vectors (parser), "testKeys");
  const char *good = string (keys, "privateKeyPkcs8Pem");
  g_auto (GStrv) lines = g_strsplit (good, "\n", -1);
  g_autofree char *crlf = g_strjoinv ("\r\n", lines);
  g_autofree char *indented = g_strjoinv ("\n   ", lines);
  g_autofree char *one_line = g_strjoinv (" ", lines);
  g_autofree char *bom = g_strconcat ("\xef\xbb\xbf", good, NULL);
  g_autofree char *framed = g_strconcat ("Here it is:\n\n", good, "\nRegards\n", NULL);
  g_autofree char *headless = g_strdup (strchr (good, '\n'));
  const char *variants[] = { good, string (keys, "privateKeyPkcs1Pem"), crlf, indented, one_line, bom, framed, headless };

  *strstr (headless, "-----END") = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CfoilAmazonSigner) signer = cfoil_amazon_signer_new (variants[i], &error);
      g_autofree char *signature = NULL;

      g_assert_no_error (error);
      signature = cfoil_amazon_signer_sign (signer, "text", &error);
      g_assert_no_error (error);
      g_assert_true (verify (string (keys, "publicKeyPem"), "text", signature));
    }
}

static void
test_ids (void)
{
  char buffer[CFOIL_AMAZON_ID_MAX + 1];
  g_autofree char *long_id = g_strnfill (CFOIL_AMAZON_ID_MAX + 1, 'A');

  g_assert_cmpstr (cfoil_amazon_id_to_charge ("S01-5105180-3221187-A056351", buffer), ==, "S01-5105180-3221187-C056351");
  g_assert_cmpstr (cfoil_amazon_id_to_charge ("S01-5105180-3221187-C056351", buffer), ==, "S01-5105180-3221187-C056351");
  g_assert_cmpstr (cfoil_amazon_id_to_charge ("P21-1-2-A1", buffer), ==, "P21-1-2-C1");
  g_assert_cmpstr (cfoil_amazon_id_to_charge ("S01-5105180-A221187", buffer), ==, "S01-5105180-A221187");
  g_assert_cmpint (cfoil_amazon_id_kind ("S01-5105180-3221187-B000000"), ==, 'B');
  g_assert_cmpint (cfoil_amazon_id_kind ("S01-5105180-3221187"), ==, 0);
  g_assert_true (cfoil_amazon_id_is_safe ("file_sdcjscbjckndjhckj"));
  g_assert_false (cfoil_amazon_id_is_safe (""));
  g_assert_false (cfoil_amazon_id_is_safe (".."));
  g_assert_false (cfoil_amazon_id_is_safe ("a/b"));
  g_assert_false (cfoil_amazon_id_is_safe ("a?b"));
  g_assert_false (cfoil_amazon_id_is_safe ("a\nb"));
  g_assert_false (cfoil_amazon_id_is_safe ("\xd0\xb0"));
  g_assert_false (cfoil_amazon_id_is_safe (long_id));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/amazon-pay/signing/canonicalisation", test_canonicalisation);
  g_test_add_func ("/amazon-pay/signing/requests", test_requests);
  g_test_add_func ("/amazon-pay/signing/negative", test_negative);
  g_test_add_func ("/amazon-pay/signing/bad-keys", test_bad_keys);
  g_test_add_func ("/amazon-pay/signing/pasted-keys", test_pasted_keys);
  g_test_add_func ("/amazon-pay/ids", test_ids);

  return g_test_run ();
}
