/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-evidence.h"

#include <string.h>

/* What the service understands, whatever we call it. */
static const char *const known[] = {
  "ProductDescription", "Receipt", "CancellationPolicy", "CustomerSignature", "TrackingNumber", "CarrierName",
  "DeviceId", "DeviceName", "DownloadDateTime", "Other", NULL
};

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  return json_node_dup_object (node);
}

/* Every type has a word of the service, and what has no word of its own says in its text
 * what it is. */
static void
test_types (void)
{
  for (guint type = 0; type < CFOIL_N_EVIDENCE_TYPES; type++)
    {
      const CfoilAnswerItem item = { .type = (CfoilEvidenceType) type, .path = "/file", .sha256 = "0", .file_type = "pdf", .n_bytes = 1 };
      const CfoilAnswer answer = { .dispute_id = "B", .answer_id = "A", .items = &item, .n_items = 1 };
      char *ids[] = { (char *) "file_1", NULL };
      g_autofree char *body = cfoil_amazon_evidence_build_contest (&answer, ids);
      g_autoptr (JsonObject) json = parse (body);
      JsonObject *evidence = json_array_get_object_element (json_object_get_array_member (json, "merchantEvidences"), 0);
      const char *word = json_object_get_string_member (evidence, "evidenceType");

      g_assert_true (g_strv_contains (known, word));
      g_assert_cmpstr (json_object_get_string_member (evidence, "fileId"), ==, "file_1");
      if (g_str_equal (word, "Other"))
        g_assert_cmpuint (strlen (json_object_get_string_member (evidence, "evidenceText")), >, 3);
    }
}

static void
test_bodies (void)
{
  const CfoilAnswerItem items[] = {
    { .type = CFOIL_EVIDENCE_TRACKING_NUMBER, .text = "1Z \"9\"\n<b>" },
    { .type = CFOIL_EVIDENCE_RECEIPT, .path = "/file", .sha256 = "0", .file_type = "jpg", .n_bytes = 1 },
  };
  const CfoilAnswer answer = { .dispute_id = "B", .answer_id = "A", .items = items, .n_items = 2 };
  char *ids[] = { NULL, (char *) "file_1", NULL };
  g_autofree char *contest = cfoil_amazon_evidence_build_contest (&answer, ids);
  g_autofree char *again = cfoil_amazon_evidence_build_contest (&answer, ids);
  g_autofree char *file = cfoil_amazon_evidence_build_file ("jpg");
  g_autofree char *acceptance = cfoil_amazon_evidence_build_acceptance ();

  g_assert_cmpstr (contest, ==, "{\"merchantEvidences\":["
                                "{\"evidenceType\":\"TrackingNumber\",\"evidenceText\":\"1Z \\\"9\\\"\\n<b>\"},"
                                "{\"evidenceType\":\"Receipt\",\"fileId\":\"file_1\"}]}");
  g_assert_cmpstr (again, ==, contest); /* the key stands for these bytes */
  g_assert_cmpstr (file, ==, "{\"type\":\"jpg\",\"purpose\":\"disputeEvidence\"}");
  g_assert_cmpstr (acceptance, ==, "{\"statusDetails\":{\"state\":\"Resolved\",\"reasonCode\":\"MerchantAcceptedDispute\","
                                   "\"resolution\":\"BuyerWon\"}}");
}

static void
test_content_types (void)
{
  static const char *const taken[] = { "csv", "pdf", "xls", "xlsx", "doc", "docx", "ods", "jpg", "png" };

  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    g_assert_nonnull (cfoil_amazon_evidence_content_type (taken[i]));
  g_assert_cmpstr (cfoil_amazon_evidence_content_type ("jpg"), ==, "image/jpeg");
  g_assert_null (cfoil_amazon_evidence_content_type ("other"));
  g_assert_null (cfoil_amazon_evidence_content_type ("PDF"));
  g_assert_null (cfoil_amazon_evidence_content_type (NULL));
}

/* A dispute holds an answer when it holds all of it. */
static void
test_held (void)
{
  static const struct
  {
    const char *dispute;
    gboolean is_held;
  } table[] = {
    { "{}", FALSE },
    { "{\"merchantEvidences\":null}", FALSE },
    { "{\"merchantEvidences\":\"file_1\"}", FALSE },
    { "{\"merchantEvidences\":[]}", FALSE },
    { "{\"merchantEvidences\":[null,7,\"file_1\",[],{\"fileId\":1}]}", FALSE },
    { "{\"merchantEvidences\":[{\"fileId\":\"file_1\"}]}", FALSE },
    { "{\"merchantEvidences\":[{\"evidenceType\":\"CarrierName\",\"evidenceText\":\"UPS\"}]}", FALSE },
    { "{\"merchantEvidences\":[{\"fileId\":\"file_2\"},{\"evidenceType\":\"CarrierName\",\"evidenceText\":\"UPS\"}]}", FALSE },
    { "{\"merchantEvidences\":[{\"fileId\":\"file_1\"},{\"evidenceType\":\"Other\",\"evidenceText\":\"UPS\"}]}", FALSE },
    { "{\"merchantEvidences\":[{\"fileId\":\"file_1\"},{\"evidenceType\":\"CarrierName\",\"evidenceText\":\"ups\"}]}", FALSE },
    { "{\"merchantEvidences\":[{\"evidenceType\":\"CarrierName\",\"fileId\":null,\"evidenceText\":\"UPS\"},null,{\"fileId\":\"file_1\"},"
      "{\"fileId\":\"file_0\"}]}", TRUE },
  };
  const CfoilAnswerItem items[] = {
    { .type = CFOIL_EVIDENCE_PACKET, .path = "/file", .sha256 = "0", .file_type = "pdf", .n_bytes = 1 },
    { .type = CFOIL_EVIDENCE_CARRIER_NAME, .text = "UPS" },
  };
  const CfoilAnswer answer = { .dispute_id = "B", .answer_id = "A", .items = items, .n_items = 2 };
  const CfoilAnswer empty = { .dispute_id = "B", .answer_id = "A", .accepts = TRUE };
  char *ids[] = { (char *) "file_1", NULL, NULL };
  char *unknown[] = { NULL, NULL, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (JsonObject) dispute = parse (table[i].dispute);

      g_test_message ("%s", table[i].dispute);
      g_assert_cmpint (cfoil_amazon_evidence_is_held (dispute, &answer, ids), ==, table[i].is_held);
      /* A file without an id was never there; nothing is not held by anything. */
      g_assert_false (cfoil_amazon_evidence_is_held (dispute, &answer, unknown));
      g_assert_false (cfoil_amazon_evidence_is_held (dispute, &empty, ids));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/amazon/evidence/types", test_types);
  g_test_add_func ("/amazon/evidence/bodies", test_bodies);
  g_test_add_func ("/amazon/evidence/content-types", test_content_types);
  g_test_add_func ("/amazon/evidence/held", test_held);
  return g_test_run ();
}
