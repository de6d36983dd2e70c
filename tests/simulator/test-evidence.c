/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-fixture.h"

#include <string.h>

/* Files, contests and acceptances, as an independent reading of the protocol has them. */

#define FILE_BODY "{\"type\":\"png\",\"purpose\":\"disputeEvidence\"}"

static SimReply *
upload (SimFixture *fixture,
        const char *url,
        const char *content_type,
        const char *body,
        const char *header)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GHashTable) headers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  CfoilSimRequest request = { "PUT", g_uri_get_path (uri), g_uri_get_query (uri), headers, bytes };
  CfoilSimAnswer answer = { 0 };
  SimReply *reply = g_new0 (SimReply, 1);

  g_hash_table_insert (headers, (gpointer) "content-type", (gpointer) content_type);
  if (header != NULL)
    g_hash_table_insert (headers, (gpointer) header, (gpointer) "x");
  cfoil_sim_service_upload (fixture->service, &request, &answer);
  reply->status = answer.status;
  g_bytes_unref (answer.body);
  return reply;
}

static guint
upload_status (SimFixture *fixture,
               const char *url,
               const char *content_type,
               const char *body,
               const char *header)
{
  g_autoptr (SimReply) reply = upload (fixture, url, content_type, body, header);

  return reply->status;
}

static void
test_files (void)
{
  const CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_NA, FALSE, 7, 200, 60);
  g_autoptr (SimFixture) fixture = sim_fixture_new (&options);
  g_autoptr (SimReply) keyless = sim_call (fixture, "POST", "files", NULL, FILE_BODY, NULL);
  g_autoptr (SimReply) wrong = sim_call (fixture, "POST", "files", NULL, "{\"type\":\"exe\",\"purpose\":\"disputeEvidence\"}", "wrong");
  g_autoptr (SimReply) first = sim_call (fixture, "POST", "files", NULL, FILE_BODY, "one");
  g_autoptr (SimReply) again = sim_call (fixture, "POST", "files", NULL, FILE_BODY, "one");
  g_autoptr (SimReply) other = sim_call (fixture, "POST", "files", NULL, FILE_BODY, "two");
  g_autoptr (SimReply) fault = NULL;
  const char *url = sim_reply_string (first, "url");

  sim_assert_failure (keyless, 400, "MissingHeader");
  sim_assert_failure (wrong, 400, "InvalidParameterValue");
  g_assert_cmpuint (first->status, ==, 201);
  g_assert_cmpstr (first->text, ==, again->text); /* the same address, for ever */
  g_assert_cmpstr (url, !=, sim_reply_string (other, "url"));

  g_assert_cmpuint (upload_status (fixture, url, "application/pdf", "bytes", NULL), ==, 400);
  g_assert_cmpuint (upload_status (fixture, url, "image/png", "", NULL), ==, 400);
  g_assert_cmpuint (upload_status (fixture, url, "image/png", "bytes", "authorization"), ==, 400);
  g_assert_cmpuint (upload_status (fixture, url, "image/png", "bytes", NULL), ==, 200);
  g_assert_cmpuint (upload_status (fixture, url, "image/png", "bytes", NULL), ==, 200);

  fault = sim_control (fixture, "POST", "faults", "{\"faults\":[{\"operation\":\"fileUpload\",\"kind\":\"expire-url\",\"count\":1}]}");
  g_assert_cmpuint (upload_status (fixture, url, "image/png", "bytes", NULL), ==, 403);
  g_assert_cmpuint (upload_status (fixture, url, "image/png", "bytes", NULL), ==, 403); /* for good */
}

static void
test_contest (void)
{
  const CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_NA, FALSE, 7, 300, 60);
  g_autoptr (SimFixture) fixture = sim_fixture_new (&options);
  g_autoptr (SimReply) filed = sim_control (fixture, "POST", "chargeback", "{}");
  const char *id = sim_reply_string (filed, "disputeId");
  g_autoptr (SimReply) file = sim_call (fixture, "POST", "files", NULL, FILE_BODY, "file");
  g_autofree char *contest = g_strdup_printf ("disputes/%s/contest", id);
  g_autofree char *insight = g_strdup_printf ("evidence/%s", id);
  g_autofree char *body = g_strdup_printf ("{\"merchantEvidences\":[{\"evidenceType\":\"Receipt\",\"fileId\":\"%s\"},"
                                           "{\"evidenceType\":\"CarrierName\",\"evidenceText\":\"UPS\"}]}", sim_reply_string (file, "id"));
  g_autoptr (SimReply) early = sim_call (fixture, "POST", contest, NULL, body, "early");
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "bytes", -1);
  g_autoptr (SimReply) said = NULL;
  g_autoptr (SimReply) again = NULL;
  g_autoptr (SimReply) changed = NULL;
  g_autoptr (SimReply) seen = NULL;
  JsonObject *object;

  sim_assert_failure (early, 400, "InvalidParameterValue"); /* no bytes as yet */
  g_assert_cmpuint (upload_status (fixture, sim_reply_string (file, "url"), "image/png", "bytes", NULL), ==, 200);
  said = sim_call (fixture, "POST", contest, NULL, body, "said");
  again = sim_call (fixture, "POST", contest, NULL, body, "said");
  changed = sim_call (fixture, "POST", contest, NULL, "{\"merchantEvidences\":[]}", "said");
  seen = sim_control (fixture, "GET", insight, NULL);

  g_assert_cmpuint (said->status, ==, 200);
  g_assert_cmpstr (again->text, ==, said->text);
  sim_assert_failure (changed, 400, "DuplicateIdempotencyKey");
  g_assert_nonnull (strstr (said->text, sim_reply_string (file, "id"))); /* merchantEvidences of the dispute */
  object = json_node_get_object (seen->json);
  g_assert_cmpint (json_object_get_int_member (object, "contests"), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "evidences")), ==, 2);
  g_assert_nonnull (strstr (seen->text, hash));
}

static void
test_acceptance (void)
{
  CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_NA, FALSE, 7, 300, 60);
  const char *body = "{\"statusDetails\":{\"state\":\"Resolved\",\"reasonCode\":\"MerchantAcceptedDispute\",\"resolution\":\"BuyerWon\"}}";

  for (guint by_hand = 0; by_hand < 2; by_hand++)
    {
      g_autoptr (SimFixture) fixture = NULL;
      g_autoptr (SimReply) filed = NULL;
      g_autoptr (SimReply) accepted = NULL;
      g_autofree char *path = NULL;

      options.accepts_by_hand = by_hand;
      fixture = sim_fixture_new (&options);
      filed = sim_control (fixture, "POST", "chargeback", "{}");
      path = g_strdup_printf ("disputes/%s", sim_reply_string (filed, "disputeId"));
      accepted = sim_call (fixture, "PATCH", path, NULL, body, NULL);
      if (by_hand)
        sim_assert_failure (accepted, 401, "UnauthorizedAccess");
      else
        g_assert_nonnull (strstr (accepted->text, "BuyerWon"));
    }
}

/* A deadline that is set passes by the merchant's clock. */
static void
test_deadline (void)
{
  const CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_NA, FALSE, 7, 300, 60);
  g_autoptr (SimFixture) fixture = sim_fixture_new (&options);
  g_autoptr (SimReply) filed = sim_control (fixture, "POST", "chargeback", "{}");
  const char *id = sim_reply_string (filed, "disputeId");
  g_autofree char *path = g_strdup_printf ("disputes/%s", id);
  g_autofree char *body = g_strdup_printf ("{\"disputeId\":\"%s\",\"seconds\":1}", id);
  g_autoptr (SimReply) set = sim_control (fixture, "POST", "deadline", body);
  g_autoptr (SimReply) before = sim_call (fixture, "GET", path, NULL, NULL, NULL);
  g_autoptr (SimReply) after = NULL;

  g_assert_cmpuint (set->status, ==, 200);
  g_assert_nonnull (strstr (before->text, "ActionRequired"));
  fixture->service->merchant->clock.started -= 2 * G_USEC_PER_SEC; /* two seconds pass */
  after = sim_call (fixture, "GET", path, NULL, NULL, NULL);
  g_assert_nonnull (strstr (after->text, "MerchantResponseDeadlineExpired"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/evidence/files", test_files);
  g_test_add_func ("/simulator/evidence/contest", test_contest);
  g_test_add_func ("/simulator/evidence/acceptance", test_acceptance);
  g_test_add_func ("/simulator/evidence/deadline", test_deadline);
  return g_test_run ();
}
