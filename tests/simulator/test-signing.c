/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-fixture.h"

#include <string.h>

static void
fill_headers (GHashTable *headers,
              JsonObject *values,
              const char *region)
{
  g_autoptr (GList) names = json_object_get_members (values);

  for (GList *l = names; l != NULL; l = l->next)
    g_hash_table_insert (headers, g_strdup (l->data), g_strdup (json_object_get_string_member (values, l->data)));
  if (region != NULL)
    g_hash_table_insert (headers, g_strdup ("x-amz-pay-region"), g_strdup (region));
}

static void
append_encoded (GString    *query,
                const char *name,
                const char *value)
{
  g_autofree char *n = g_uri_escape_string (name, NULL, FALSE);
  g_autofree char *v = g_uri_escape_string (value, NULL, FALSE);

  g_string_append_printf (query, "%s%s=%s", query->len > 0 ? "&" : "", n, v);
}

/* The query as a client might send it: in the order of the vectors. */
static char *
wire_query (JsonObject *query)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GList) names = json_object_get_members (query);

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonArray *values = json_object_get_array_member (query, l->data);

      for (guint i = 0; i < json_array_get_length (values); i++)
        append_encoded (text, l->data, json_array_get_string_element (values, i));
    }
  return g_string_free (text, FALSE);
}

static void
check_hash (JsonObject *test,
            JsonObject *fixed,
            const char *signed_headers,
            const char *region,
            const char *member)
{
  g_autoptr (GHashTable) headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *payload = json_object_get_string_member (test, "payload");
  g_autoptr (GBytes) body = g_bytes_new (payload, strlen (payload));
  g_autofree char *query = wire_query (json_object_get_object_member (test, "query"));
  CfoilSimRequest request = { json_object_get_string_member (test, "method"), json_object_get_string_member (test, "path"),
                              query, headers, body };
  g_autofree char *canonical = NULL;
  g_autofree char *hash = NULL;

  fill_headers (headers, fixed, region);
  g_hash_table_insert (headers, g_strdup ("x-amz-pay-date"), g_strdup (json_object_get_string_member (test, "date")));
  g_hash_table_insert (headers, g_strdup ("x-amz-pay-host"), g_strdup (json_object_get_string_member (test, "host")));
  canonical = cfoil_sim_canonical_request (&request, signed_headers);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
  g_assert_cmpstr (hash, ==, json_object_get_string_member (test, member));
}

static void
test_canonicalisation (void)
{
  g_autoptr (JsonNode) vectors = sim_vectors ();
  JsonObject *part = json_object_get_object_member (json_node_get_object (vectors), "canonicalisation");
  JsonObject *fixed = json_object_get_object_member (part, "fixedHeaders");
  const char *list = json_object_get_string_member (part, "signedHeaders");
  JsonArray *cases = json_object_get_array_member (part, "cases");

  g_assert_cmpuint (json_array_get_length (cases), ==, 17);
  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *test = json_array_get_object_element (cases, i);

      g_test_message ("%s", json_object_get_string_member (test, "name"));
      check_hash (test, fixed, list, "EU", "canonicalRequestSha256_regionHeader_EU");
      check_hash (test, fixed, list, "eu", "canonicalRequestSha256_regionHeader_eu");
    }
}

static void
test_requests (void)
{
  g_autoptr (JsonNode) vectors = sim_vectors ();
  JsonObject *root = json_node_get_object (vectors);
  JsonArray *requests = json_object_get_array_member (root, "requests");
  g_autoptr (CfoilSimKey) key = cfoil_sim_key_new_from_pem (
    json_object_get_string_member (json_object_get_object_member (root, "testKeys"), "publicKeyPem"), NULL);

  g_assert_cmpuint (json_array_get_length (requests), ==, 11);
  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *test = json_array_get_object_element (requests, i);
      const char *payload = json_object_get_string_member (test, "payload");
      const char *algorithm = json_object_get_string_member (test, "algorithm");
      g_autoptr (GHashTable) headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_autoptr (GBytes) body = g_bytes_new (payload, strlen (payload));
      g_autofree char *query = wire_query (json_object_get_object_member (test, "query"));
      CfoilSimRequest request = { json_object_get_string_member (test, "method"),
                                  json_object_get_string_member (test, "path"), query, headers, body };
      g_autofree char *canonical = NULL;
      g_autofree char *to_sign = NULL;

      g_test_message ("%s", json_object_get_string_member (test, "name"));
      fill_headers (headers, json_object_get_object_member (test, "signedHeaderValues"), NULL);
      canonical = cfoil_sim_canonical_request (&request, json_object_get_string_member (test, "signedHeaders"));
      g_assert_cmpstr (canonical, ==, json_object_get_string_member (test, "canonicalRequest"));
      to_sign = cfoil_sim_string_to_sign (algorithm, canonical);
      g_assert_cmpstr (to_sign, ==, json_object_get_string_member (test, "stringToSign"));
      g_assert_true (cfoil_sim_key_verify (key, algorithm, to_sign, json_object_get_string_member (test, "exampleSignature")));
    }
}

static void
test_negative (void)
{
  g_autoptr (JsonNode) vectors = sim_vectors ();
  JsonObject *root = json_node_get_object (vectors);
  JsonArray *cases = json_object_get_array_member (root, "negative");
  g_autoptr (CfoilSimKey) key = cfoil_sim_key_new_from_pem (
    json_object_get_string_member (json_object_get_object_member (root, "testKeys"), "publicKeyPem"), NULL);

  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *test = json_array_get_object_element (cases, i);

      g_assert_false (cfoil_sim_key_verify (key, json_object_get_string_member (test, "verifyWithAlgorithm"),
                                            json_object_get_string_member (test, "stringToSign"),
                                            json_object_get_string_member (test, "signature")));
    }
}

static void
test_bad_key (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (cfoil_sim_key_new_from_pem ("not a key", &error));
  g_assert_nonnull (error);
}

static void
expect (SimFixture *fixture,
        GHashTable *headers,
        guint       status,
        const char *reason)
{
  g_autoptr (SimReply) reply = sim_call_with_headers (fixture, "GET", "/v2/reports", NULL, NULL, headers);

  if (reason == NULL)
    g_assert_cmpuint (reply->status, ==, status);
  else
    sim_assert_failure (reply, status, reason);
}

static void
replace (GHashTable *headers,
         const char *name,
         char       *value)
{
  g_hash_table_replace (headers, g_strdup (name), value);
}

static void
test_authentication (void)
{
  const CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_NA, FALSE, 7, 60, 30);
  g_autoptr (SimFixture) fixture = sim_fixture_new (&options);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GHashTable) headers = sim_signed_headers (fixture, "GET", "/v2/reports", NULL, NULL, NULL, now);
  g_autofree char *good = g_strdup (g_hash_table_lookup (headers, "authorization"));
  g_auto (GStrv) parts = g_strsplit (good, "LIVE-", 2);

  expect (fixture, headers, 200, NULL);
  replace (headers, "authorization", g_strconcat (parts[0], "LIVE-X", parts[1], NULL));
  expect (fixture, headers, 403, "InvalidAuthentication");
  /* The same key without prefix is known, but then the path is wrong. */
  replace (headers, "authorization", g_strconcat (parts[0], parts[1], NULL));
  expect (fixture, headers, 404, "ResourceNotFound");
  replace (headers, "authorization", g_strdup ("nonsense"));
  expect (fixture, headers, 403, "InvalidAuthentication");
  replace (headers, "authorization", g_strdup (good));
  replace (headers, "accept", g_strdup ("text/plain"));
  expect (fixture, headers, 403, "InvalidRequestSignature");
  replace (headers, "accept", g_strdup ("application/json"));
  replace (headers, "x-amz-pay-idempotency-key", g_strdup ("unsigned"));
  expect (fixture, headers, 403, "InvalidRequestSignature");
  g_hash_table_remove (headers, "x-amz-pay-idempotency-key");
  expect (fixture, headers, 200, NULL);
  fixture->service->auth.region = "eu";
  expect (fixture, headers, 400, "InvalidHeaderValue");
  fixture->service->auth.region = "na";
  fixture->service->merchant->clock.skew = 16 * 60;
  expect (fixture, headers, 403, "InvalidRequestSignature");
  fixture->service->merchant->clock.skew = 14 * 60;
  expect (fixture, headers, 200, NULL);
  fixture->service->auth.revoked = TRUE;
  expect (fixture, headers, 403, "InvalidAuthentication");
}

static void
test_paths (void)
{
  const CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_NA, FALSE, 7, 60, 30);
  g_autoptr (SimFixture) fixture = sim_fixture_new (&options);
  static const struct {
    const char *path;
    guint status;
    const char *reason;
  } tests[] = {
    { "/live/v2/reports", 404, "ResourceNotFound" },
    { "/v1/reports", 400, "InvalidAPIVersion" },
    { "/v2/nothing", 404, "ResourceNotFound" },
    { "/", 404, "ResourceNotFound" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autoptr (GHashTable) headers = sim_signed_headers (fixture, "GET", tests[i].path, NULL, NULL, NULL,
                                                           g_get_real_time () / G_USEC_PER_SEC);
      g_autoptr (SimReply) reply = sim_call_with_headers (fixture, "GET", tests[i].path, NULL, NULL, headers);

      sim_assert_failure (reply, tests[i].status, tests[i].reason);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/signing/canonicalisation", test_canonicalisation);
  g_test_add_func ("/simulator/signing/requests", test_requests);
  g_test_add_func ("/simulator/signing/negative", test_negative);
  g_test_add_func ("/simulator/signing/bad-key", test_bad_key);
  g_test_add_func ("/simulator/signing/authentication", test_authentication);
  g_test_add_func ("/simulator/signing/paths", test_paths);
  return g_test_run ();
}
