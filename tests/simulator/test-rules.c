/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-fixture.h"

#include <string.h>

#define DOCUMENT(report) json_object_get_string_member ((report), "reportDocumentId")

static CfoilSimCharge *
find_charge (SimFixture *fixture,
             guint       state)
{
  CfoilSimMerchant *merchant = fixture->service->merchant;

  for (guint i = 0; i < merchant->charges->len; i++)
    {
      CfoilSimCharge *charge = g_ptr_array_index (merchant->charges, i);

      if (cfoil_sim_history_at (&charge->history, merchant->options.until)->state == state &&
          !charge->disputed && charge->refunds == NULL)
        return charge;
    }
  g_assert_not_reached ();
}

static char *
refund_body (const CfoilSimCharge *charge,
             const char           *amount,
             const char           *more)
{
  return g_strdup_printf ("{\"chargeId\":\"%s\",\"refundAmount\":{\"amount\":\"%s\",\"currencyCode\":\"USD\"}%s}",
                          charge->id, amount, more);
}

static void
test_idempotency (void)
{
  const CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_NA, FALSE, 7, 200, 60);
  g_autoptr (SimFixture) fixture = sim_fixture_new (&options);
  const CfoilSimCharge *charge = find_charge (fixture, CFOIL_SIM_STATE_Captured);
  g_autofree char *body = refund_body (charge, "1.00", "");
  g_autofree char *other = refund_body (charge, "1.01", "");
  g_autoptr (SimReply) missing = sim_call (fixture, "POST", "refunds", NULL, body, NULL);
  g_autoptr (SimReply) invalid = sim_call (fixture, "POST", "refunds", NULL, body, "no spaces please");
  g_autoptr (SimReply) overlong = sim_call (fixture, "POST", "refunds", NULL, body, "123456789012345678901234567890123");
  g_autoptr (SimReply) first = sim_call (fixture, "POST", "refunds", NULL, body, "one");
  g_autoptr (SimReply) second = sim_call (fixture, "POST", "refunds", NULL, body, "one");
  g_autoptr (SimReply) changed = sim_call (fixture, "POST", "refunds", NULL, other, "one");
  g_autoptr (SimReply) third = sim_call (fixture, "POST", "refunds", NULL, body, "two");

  sim_assert_failure (missing, 400, "MissingHeader");
  sim_assert_failure (invalid, 400, "InvalidHeaderValue");
  sim_assert_failure (overlong, 400, "InvalidHeaderValue");
  g_assert_cmpuint (first->status, ==, 201);
  g_assert_cmpstr (first->text, ==, second->text);
  g_assert_cmpuint (second->status, ==, 201);
  sim_assert_failure (changed, 400, "DuplicateIdempotencyKey");
  g_assert_cmpstr (sim_reply_string (first, "refundId"), !=, sim_reply_string (third, "refundId"));
}

static void
test_bodies (void)
{
  const CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_NA, FALSE, 7, 200, 60);
  g_autoptr (SimFixture) fixture = sim_fixture_new (&options);
  const CfoilSimCharge *charge = find_charge (fixture, CFOIL_SIM_STATE_Captured);
  const struct {
    const char *amount;
    const char *more;
    guint status;
    const char *reason;
  } tests[] = {
    { "1.00", ",\"note\":\"x\"", 400, "UnrecognizedField" },
    { "1.001", "", 400, "InvalidParameterValue" },
    { "-1.00", "", 400, "InvalidParameterValue" },
    { "1e2", "", 400, "InvalidParameterValue" },
    { "0.00", "", 400, "InvalidParameterValue" },
    { "140000.00", "", 400, "TransactionAmountExceeded" },
    { "1.00", ",", 400, "InvalidRequestFormat" },
    { "1.00", ",\"softDescriptor\":\"seventeen letters\"", 400, "InvalidParameterValue" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *body = refund_body (charge, tests[i].amount, tests[i].more);
      g_autofree char *key = sim_unique_key (fixture);
      g_autoptr (SimReply) reply = sim_call (fixture, "POST", "refunds", NULL, body, key);

      sim_assert_failure (reply, tests[i].status, tests[i].reason);
    }
  {
    g_autoptr (SimReply) nested = sim_call (fixture, "POST", "refunds", NULL,
                                            "{\"chargeId\":\"x\",\"refundAmount\":{\"amount\":\"1\",\"currencyCode\":\"USD\",\"x\":1}}", "n");
    g_autoptr (SimReply) absent = sim_call (fixture, "POST", "refunds", NULL, "{\"chargeId\":\"x\"}", "m");

    sim_assert_failure (nested, 400, "UnrecognizedField");
    sim_assert_failure (absent, 400, "MissingParameterValue");
  }
}

static void
test_throttle (void)
{
  CfoilSimThrottle *throttle = cfoil_sim_throttle_new (FALSE, 1);
  CfoilSimThrottle *sandbox = cfoil_sim_throttle_new (TRUE, 1);
  CfoilSimThrottle *off = cfoil_sim_throttle_new (FALSE, 0);
  gint64 now = G_USEC_PER_SEC;
  guint n = 0;

  while (cfoil_sim_throttle_admit (throttle, "getCharge", now))
    n++;
  g_assert_cmpuint (n, ==, 20);
  g_assert_true (cfoil_sim_throttle_admit (throttle, "getRefund", now));
  for (n = 0; cfoil_sim_throttle_admit (throttle, "getCharge", now + G_USEC_PER_SEC); n++)
    ;
  g_assert_cmpuint (n, ==, 4);
  for (n = 0; cfoil_sim_throttle_admit (sandbox, "createRefund", now); n++)
    ;
  g_assert_cmpuint (n, ==, 2);
  for (n = 0; cfoil_sim_throttle_admit (throttle, "getReports", now); n++)
    ;
  g_assert_cmpuint (n, ==, 100);
  for (n = 0; n < 1000; n++)
    g_assert_true (cfoil_sim_throttle_admit (off, "getCharge", now));
  cfoil_sim_throttle_free (throttle);
  cfoil_sim_throttle_free (sandbox);
  cfoil_sim_throttle_free (off);
}

static void
test_too_many_requests (void)
{
  const CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_NA, TRUE, 7, 60, 30);
  g_autoptr (SimFixture) fixture = sim_fixture_new (&options);

  cfoil_sim_throttle_free (fixture->service->throttle);
  fixture->service->throttle = cfoil_sim_throttle_new (TRUE, 0.2);
  {
    g_autoptr (SimReply) first = sim_call (fixture, "GET", "charges/x", NULL, NULL, NULL);
    g_autoptr (SimReply) second = sim_call (fixture, "GET", "charges/x", NULL, NULL, NULL);

    sim_assert_failure (first, 404, "ResourceNotFound");
    sim_assert_failure (second, 429, "TooManyRequests");
  }
}

static void
test_pages (void)
{
  const CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_NA, FALSE, 7, 300, 60);
  g_autoptr (SimFixture) fixture = sim_fixture_new (&options);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *query = g_strdup ("pageSize=7");
  guint pages = 0;

  while (query != NULL)
    {
      g_autoptr (SimReply) reply = sim_call (fixture, "GET", "reports", query, NULL, NULL);
      JsonArray *reports = json_object_get_array_member (json_node_get_object (reply->json), "reports");
      const char *token = sim_reply_string (reply, "nextToken");
      g_autofree char *encoded = token != NULL ? g_uri_escape_string (token, NULL, FALSE) : NULL;

      g_assert_cmpuint (reply->status, ==, 200);
      g_assert_cmpuint (json_array_get_length (reports), <=, 7);
      for (guint i = 0; i < json_array_get_length (reports); i++)
        g_assert_true (g_hash_table_add (seen, g_strdup (json_object_get_string_member (json_array_get_object_element (reports, i), "reportId"))));
      pages++;
      g_free (query);
      query = encoded != NULL ? g_strconcat ("nextToken=", encoded, NULL) : NULL;
      if (pages == 1)
        {
          g_autofree char *both = g_strconcat (query, "&pageSize=7", NULL);
          g_autoptr (SimReply) mixed = sim_call (fixture, "GET", "reports", both, NULL, NULL);
          g_autoptr (SimReply) foreign = sim_call (fixture, "GET", "disbursements", query, NULL, NULL);

          sim_assert_failure (mixed, 400, "InvalidParameterCombination");
          sim_assert_failure (foreign, 400, "InvalidParameterValue");
        }
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, fixture->service->reports->reports->len);
  g_assert_cmpuint (pages, >, 5);
}

static void
test_document_url (void)
{
  const CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_NA, FALSE, 7, 300, 60);
  g_autoptr (SimFixture) fixture = sim_fixture_new (&options);
  g_autoptr (SimReply) list = sim_call (fixture, "GET", "reports", "pageSize=1", NULL, NULL);
  JsonObject *report = json_array_get_object_element (json_object_get_array_member (json_node_get_object (list->json), "reports"), 0);
  g_autofree char *path = g_strconcat ("report-documents/", DOCUMENT (report), NULL);
  g_autoptr (SimReply) document = NULL;
  g_autoptr (SimReply) good = NULL;
  g_autoptr (SimReply) late = NULL;
  g_autoptr (SimReply) forged = NULL;
  g_autofree char *other = NULL;

  fixture->service->url_lifetime = 50 * 1000;
  document = sim_call (fixture, "GET", path, NULL, NULL, NULL);
  g_assert_cmpstr (sim_reply_string (document, "compressionAlgorithm"), ==, "N/A");
  good = sim_download (fixture, sim_reply_string (document, "url"));
  g_assert_cmpuint (good->status, ==, 200);
  other = g_strconcat (sim_reply_string (document, "url"), "x", NULL);
  forged = sim_download (fixture, other);
  g_assert_cmpuint (forged->status, ==, 403);
  g_usleep (60 * 1000);
  late = sim_download (fixture, sim_reply_string (document, "url"));
  g_assert_cmpuint (late->status, ==, 403);
  g_assert_nonnull (strstr (late->text, "<Code>AccessDenied</Code><Message>Request has expired</Message>"));
}

static guint
count_reports (SimFixture *fixture)
{
  g_autoptr (SimReply) reply = sim_call (fixture, "GET", "reports", "createdSince=20200101T000000Z&pageSize=100", NULL, NULL);

  return json_array_get_length (json_object_get_array_member (json_node_get_object (reply->json), "reports"));
}

static void
test_retention (void)
{
  CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_JP, FALSE, 7, 300, 300);
  g_autoptr (SimFixture) fixture = NULL;
  g_autoptr (SimFixture) all = NULL;
  const CfoilSimReport *oldest;
  g_autofree char *path = NULL;
  g_autoptr (SimReply) gone = NULL;

  fixture = sim_fixture_new (&options);
  options.retention_days = 0;
  all = sim_fixture_new (&options);
  g_assert_cmpuint (count_reports (fixture), <, count_reports (all));
  oldest = g_ptr_array_index (fixture->service->reports->reports, 0);
  path = g_strconcat ("reports/", oldest->id, NULL);
  gone = sim_call (fixture, "GET", path, NULL, NULL, NULL);
  sim_assert_failure (gone, 404, "ResourceNotFound");
}

static SimReply *
create_report (SimFixture *fixture,
               const char *type,
               const char *start,
               const char *end)
{
  g_autofree char *body = g_strdup_printf ("{\"reportType\":\"%s\",\"startTime\":\"%s\",\"endTime\":\"%s\"}", type, start, end);
  g_autofree char *key = sim_unique_key (fixture);

  return sim_call (fixture, "POST", "reports", NULL, body, key);
}

static void
test_create_report (void)
{
  CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_NA, FALSE, 7, 300, 60);
  g_autoptr (SimFixture) fixture = NULL;
  g_autoptr (SimReply) created = NULL, state = NULL, done = NULL, empty = NULL, nothing = NULL;
  g_autoptr (SimReply) settlement = NULL, capture = NULL;
  g_autofree char *path = NULL, *empty_path = NULL;

  options.processing_ms = 600;
  options.capture_report = FALSE;
  fixture = sim_fixture_new (&options);
  created = create_report (fixture, "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_", "20260301T000000Z", "20260401T000000Z");
  empty = create_report (fixture, "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_", "20200301T000000Z", "20200401T000000Z");
  settlement = create_report (fixture, "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_", "20260301T000000Z", "20260401T000000Z");
  capture = create_report (fixture, "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_CAPTURE_DATA_", "20260301T000000Z", "20260401T000000Z");
  g_assert_cmpuint (created->status, ==, 201);
  sim_assert_failure (settlement, 400, "InvalidParameterValue");
  sim_assert_failure (capture, 400, "InvalidParameterValue");
  path = g_strconcat ("reports/", sim_reply_string (created, "reportId"), NULL);
  empty_path = g_strconcat ("reports/", sim_reply_string (empty, "reportId"), NULL);
  state = sim_call (fixture, "GET", path, NULL, NULL, NULL);
  g_assert_cmpstr (sim_reply_string (state, "processingStatus"), ==, "IN_PROGRESS");
  g_assert_null (sim_reply_string (state, "reportDocumentId"));
  g_usleep (650 * 1000);
  done = sim_call (fixture, "GET", path, NULL, NULL, NULL);
  nothing = sim_call (fixture, "GET", empty_path, NULL, NULL, NULL);
  g_assert_cmpstr (sim_reply_string (done, "processingStatus"), ==, "COMPLETED");
  g_assert_nonnull (sim_reply_string (done, "reportDocumentId"));
  g_assert_cmpstr (sim_reply_string (nothing, "processingStatus"), ==, "CANCELLED");
}

#define REFUND "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_"

static SimReply *
create_schedule (SimFixture *fixture,
                 const char *frequency,
                 const char *next,
                 const char *more)
{
  g_autofree char *body = g_strdup_printf ("{\"reportType\":\"" REFUND "\",\"scheduleFrequency\":\"%s\",\"nextReportCreationTime\":\"%s\"%s}",
                                           frequency, next, more);
  g_autofree char *key = sim_unique_key (fixture);

  return sim_call (fixture, "POST", "report-schedules", NULL, body, key);
}

static JsonArray *
list_of (SimReply   *reply,
         const char *member)
{
  g_assert_cmpuint (reply->status, ==, 200);
  return json_object_get_array_member (json_node_get_object (reply->json), member);
}

/* One of each type; what is due by now was made. */
static void
test_schedule (void)
{
  CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_NA, FALSE, 7, 100, 60);
  g_autoptr (SimFixture) fixture = sim_fixture_new (&options);
  g_autoptr (SimReply) odd = create_schedule (fixture, "P5D", "20270101T000000Z", "");
  g_autoptr (SimReply) refused = create_schedule (fixture, "P1D", "20270101T000000Z", "");
  g_autoptr (SimReply) made = create_schedule (fixture, "P1D", "20260329T000000Z", ",\"deleteExistingSchedule\":true");
  g_autoptr (SimReply) reports = sim_call (fixture, "GET", "reports", "pageSize=100&reportTypes=" REFUND, NULL, NULL);
  g_autoptr (SimReply) schedules = sim_call (fixture, "GET", "report-schedules", "reportTypes=" REFUND, NULL, NULL);
  g_autoptr (SimReply) one = NULL, gone = NULL, twice = NULL;
  g_autofree char *path = NULL;
  JsonArray *list;
  guint n_days = 0;

  sim_assert_failure (odd, 400, "InvalidParameterValue");
  sim_assert_failure (refused, 400, "InvalidRequest");
  g_assert_cmpuint (made->status, ==, 201);
  list = list_of (reports, "reports");
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      const char *start = json_object_get_string_member (json_array_get_object_element (list, i), "startTime");

      n_days += g_str_equal (start, "20260328T000000Z") || g_str_equal (start, "20260329T000000Z") || g_str_equal (start, "20260330T000000Z");
    }
  g_assert_cmpuint (n_days, ==, 3);
  list = list_of (schedules, "reportSchedules");
  g_assert_cmpuint (json_array_get_length (list), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (list, 0), "nextReportCreationTime"), ==, "20260401T000000Z");

  path = g_strconcat ("report-schedules/", sim_reply_string (made, "reportScheduleId"), NULL);
  one = sim_call (fixture, "GET", path, NULL, NULL, NULL);
  g_assert_cmpstr (sim_reply_string (one, "scheduleFrequency"), ==, "P1D");
  gone = sim_call (fixture, "DELETE", path, NULL, NULL, NULL);
  twice = sim_call (fixture, "DELETE", path, NULL, NULL, NULL);
  g_assert_cmpuint (gone->status, ==, 200);
  sim_assert_failure (twice, 404, "ResourceNotFound");
}

static void
test_dispute (void)
{
  const CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_NA, FALSE, 7, 300, 60);
  g_autoptr (SimFixture) fixture = sim_fixture_new (&options);
  g_autoptr (SimReply) filed = sim_control (fixture, "POST", "chargeback", "{\"filingReason\":\"DuplicateCharge\"}");
  g_autofree char *id = g_strdup (sim_reply_string (filed, "disputeId"));
  g_autofree char *contest = g_strdup_printf ("disputes/%s/contest", id);
  g_autofree char *named = g_strdup_printf ("{\"disputeId\":\"%s\",\"resolution\":\"MerchantWon\"}", id);
  const char *evidence = "{\"merchantEvidences\":[{\"evidenceType\":\"Receipt\",\"evidenceText\":\"x\"}]}";
  g_autoptr (SimReply) missing = sim_call (fixture, "POST", contest, NULL,
                                           "{\"merchantEvidences\":[{\"evidenceType\":\"Receipt\",\"fileId\":\"file_x\"}]}", NULL);
  g_autoptr (SimReply) contested = sim_call (fixture, "POST", contest, NULL, evidence, NULL);
  g_autoptr (SimReply) again = sim_call (fixture, "POST", contest, NULL, evidence, NULL);
  g_autoptr (SimReply) more = sim_control (fixture, "POST", "more-evidence", named);
  g_autoptr (SimReply) second = sim_call (fixture, "POST", contest, NULL, evidence, NULL);
  g_autoptr (SimReply) won = sim_control (fixture, "POST", "resolve", named);
  g_autoptr (SimReply) expired = sim_control (fixture, "POST", "expire-deadline", named);

  g_assert_cmpuint (filed->status, ==, 201);
  g_assert_nonnull (json_object_get_object_member (json_node_get_object (filed->json), "ipn"));
  sim_assert_failure (missing, 400, "InvalidParameterValue");
  g_assert_cmpuint (contested->status, ==, 200);
  sim_assert_failure (again, 422, "InvalidDisputeStatus");
  g_assert_nonnull (strstr (more->text, "MerchantAdditionalEvidencesRequired"));
  g_assert_cmpuint (second->status, ==, 200);
  g_assert_nonnull (strstr (won->text, "MerchantWon"));
  sim_assert_failure (expired, 422, "InvalidDisputeStatus");
}

static void
test_charge_life (void)
{
  const CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_NA, FALSE, 7, 300, 60);
  g_autoptr (SimFixture) fixture = sim_fixture_new (&options);
  const CfoilSimCharge *charge = find_charge (fixture, CFOIL_SIM_STATE_Authorized);
  g_autofree char *capture = g_strdup_printf ("charges/%s/capture", charge->id);
  g_autofree char *cancel = g_strdup_printf ("charges/%s/cancel", charge->id);
  const char *body = "{\"captureAmount\":{\"amount\":\"0.50\",\"currencyCode\":\"USD\"}}";
  const char *euros = "{\"captureAmount\":{\"amount\":\"0.50\",\"currencyCode\":\"EUR\"}}";
  g_autoptr (SimReply) wrong = sim_call (fixture, "POST", capture, NULL, euros, "a");
  g_autoptr (SimReply) done = sim_call (fixture, "POST", capture, NULL, body, "b");
  g_autoptr (SimReply) twice = sim_call (fixture, "POST", capture, NULL, body, "c");
  g_autoptr (SimReply) late = sim_call (fixture, "DELETE", cancel, NULL, "{\"cancellationReason\":\"x\"}", NULL);
  g_autoptr (SimReply) settled = NULL;

  sim_assert_failure (wrong, 400, "CurrencyMismatch");
  g_assert_cmpuint (done->status / 100, ==, 2);
  sim_assert_failure (twice, 422, "InvalidChargeStatus");
  sim_assert_failure (late, 422, "InvalidChargeStatus");
  settled = sim_control (fixture, "POST", "settle", NULL);
  g_assert_cmpuint (settled->status, ==, 200);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/rules/idempotency", test_idempotency);
  g_test_add_func ("/simulator/rules/bodies", test_bodies);
  g_test_add_func ("/simulator/rules/throttle", test_throttle);
  g_test_add_func ("/simulator/rules/too-many-requests", test_too_many_requests);
  g_test_add_func ("/simulator/rules/pages", test_pages);
  g_test_add_func ("/simulator/rules/document-url", test_document_url);
  g_test_add_func ("/simulator/rules/retention", test_retention);
  g_test_add_func ("/simulator/rules/create-report", test_create_report);
  g_test_add_func ("/simulator/rules/schedule", test_schedule);
  g_test_add_func ("/simulator/rules/dispute", test_dispute);
  g_test_add_func ("/simulator/rules/charge", test_charge_life);
  return g_test_run ();
}
