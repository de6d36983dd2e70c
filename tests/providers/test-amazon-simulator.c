/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-provider.h"
#include "cfoil-error.h"
#include "recording-intake.h"
#include "simulator-fixture.h"

#include <string.h>

/* The client against an independent reading of the protocol. */
#define HISTORY "--seed=11", "--transactions=400", "--days=80", "--throttle=off", "--processing-ms=50"

static RecordingIntake *
pull (CfoilProvider *provider)
{
  RecordingIntake *intake = recording_intake_new (provider);
  g_autoptr (GError) error = NULL;

  intake->list_due_limit = 40;
  cfoil_provider_pull (provider, CFOIL_INTAKE (intake), NULL, &error);
  g_assert_no_error (error);
  return intake;
}

static void
assert_no_failures (RecordingIntake *intake)
{
  GHashTableIter iter;
  gpointer feed, error;

  g_hash_table_iter_init (&iter, intake->failures);
  while (g_hash_table_iter_next (&iter, &feed, &error))
    {
      g_test_message ("%s: %s", (char *) feed, ((GError *) error)->message);
      g_test_fail ();
    }
}

/* The sums of all settlement lines are those of the simulator, to the cent. */
static void
assert_totals (Simulator       *simulator,
               RecordingIntake *intake)
{
  g_autoptr (JsonNode) node = simulator_control (simulator, "totals", NULL);
  JsonArray *totals = json_node_get_array (node);
  gint64 count = 0;

  g_assert_cmpuint (json_array_get_length (totals), >, 0);
  g_assert_cmpuint (json_array_get_length (totals), ==, g_hash_table_size (intake->net_minor));
  for (guint i = 0; i < json_array_get_length (totals); i++)
    {
      JsonObject *total = json_array_get_object_element (totals, i);
      g_autofree char *key = g_strdup_printf ("%s|%s", json_object_get_string_member (total, "currency"), json_object_get_string_member (total, "type"));
      gint64 *sum = g_hash_table_lookup (intake->net_minor, key);

      g_test_message ("%s", key);
      g_assert_nonnull (sum);
      g_assert_cmpint (*sum, ==, json_object_get_int_member (total, "netMinor"));
      count += json_object_get_int_member (total, "count");
    }
  g_assert_cmpint (g_hash_table_size (intake->lines), ==, count);
}

static guint
count_observations (RecordingIntake *intake,
                    const char      *prefix)
{
  GHashTableIter iter;
  gpointer key;
  guint n = 0;

  g_hash_table_iter_init (&iter, intake->observations);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    n += g_str_has_prefix (key, prefix);
  return n;
}

static void
test_live (void)
{
  g_autoptr (Simulator) simulator = simulator_start (NULL, HISTORY, NULL);
  g_autoptr (CfoilProvider) provider = simulator_new_provider (simulator);
  g_autoptr (RecordingIntake) intake = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;
  guint n_created;

  g_assert_true (cfoil_provider_test (provider, NULL, &error));
  g_assert_no_error (error);

  intake = pull (provider);
  assert_no_failures (intake);
  assert_totals (simulator, intake);
  g_assert_cmpuint (count_observations (intake, "authorization-reports|"), >, 100);
  g_assert_cmpuint (count_observations (intake, "capture-reports|"), >, 100);
  g_assert_cmpuint (count_observations (intake, "order-reference-reports|"), >, 100);
  g_assert_cmpuint (count_observations (intake, "refund-reports|"), >, 1);
  g_assert_cmpuint (count_observations (intake, "objects|"), >, 20);
  g_assert_cmpuint (g_hash_table_size (intake->disbursements), >, 1);
  g_assert_cmpuint (recording_intake_count_exceptions (intake, "bad_row"), ==, 0);
  g_assert_cmpuint (recording_intake_count_exceptions (intake, "bad_object"), ==, 0);
  g_assert_cmpuint (recording_intake_count_exceptions (intake, "unknown"), ==, 0);
  g_assert_cmpuint (recording_intake_count_exceptions (intake, "arithmetic"), ==, 0);
  g_assert_cmpuint (intake->n_unproven, ==, 0);
  g_assert_cmpuint (intake->actions->len, ==, 0);

  /* Again: one more window for each type, and nothing that is not known. */
  intake->list_due_limit = 0;
  before = recording_intake_dump (intake);
  n_created = simulator_count_requests (simulator, "createReport", 201);
  cfoil_provider_pull (provider, CFOIL_INTAKE (intake), NULL, &error);
  g_assert_no_error (error);
  assert_no_failures (intake);
  after = recording_intake_dump (intake);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (simulator_count_requests (simulator, "createReport", 201), <=, n_created + 5);
}

static void
test_sandbox (void)
{
  g_autoptr (Simulator) simulator = simulator_start (NULL, HISTORY, "--environment=sandbox", NULL);
  g_autoptr (CfoilProvider) provider = simulator_new_provider (simulator);
  g_autoptr (RecordingIntake) intake = pull (provider);

  assert_no_failures (intake);
  g_assert_cmpuint (g_hash_table_size (intake->lines), >, 100);
  g_assert_cmpuint (recording_intake_count_exceptions (intake, "bad"), ==, 0);
  g_assert_cmpuint (count_observations (intake, "objects|"), >, 20);
}

/* Most of the time goes into connections, and their number follows from the days. */
#ifdef __SANITIZE_ADDRESS__
#define SMALL_DAYS "--days=20"
#else
#define SMALL_DAYS "--days=45"
#endif
#define SMALL "--seed=5", "--transactions=120", SMALL_DAYS, "--until=2026-06-01", "--retention-days=0", "--throttle=off", "--processing-ms=20"

static RecordingIntake *
try_pull (CfoilProvider   *provider,
          RecordingIntake *intake,
          GError         **error)
{
  if (intake == NULL)
    intake = recording_intake_new (provider);
  intake->list_due_limit = 1000;
  g_hash_table_remove_all (intake->failures);
  cfoil_provider_pull (provider, CFOIL_INTAKE (intake), NULL, error);
  g_clear_pointer (&intake->feed, g_free);
  return intake;
}

static char *
dump_without_faults (void)
{
  g_autoptr (Simulator) simulator = simulator_start (NULL, SMALL, NULL);
  g_autoptr (CfoilProvider) provider = simulator_new_provider (simulator);
  g_autoptr (GError) error = NULL;
  g_autoptr (RecordingIntake) intake = try_pull (provider, NULL, &error);

  g_assert_no_error (error);
  assert_no_failures (intake);
  return recording_intake_dump (intake);
}

static const struct
{
  const char *name;
  const char *plan;
  gboolean heals;    /* within the same run */
  const char *feed;  /* otherwise: a feed that must say so, ... */
  int code;          /* ... and how */
} plans[] = {
  { "throttled", "{\"faults\":[{\"kind\":\"throttle\",\"match\":{\"every\":5},\"count\":40}]}", TRUE },
  { "unavailable", "{\"faults\":[{\"kind\":\"status\",\"code\":503,\"body\":\"none\",\"match\":{\"every\":6},\"count\":30}]}", TRUE },
  { "gateway page", "{\"faults\":[{\"kind\":\"status\",\"code\":502,\"body\":\"html\",\"match\":{\"every\":7},\"count\":20}]}", TRUE },
  { "dropped", "{\"faults\":[{\"kind\":\"drop\",\"match\":{\"every\":9},\"count\":20}]}", TRUE },
  { "cut pages", "{\"faults\":[{\"operation\":\"getReports\",\"kind\":\"cut\",\"match\":{\"every\":2},\"count\":10}]}", TRUE },
  { "chunked pages that end early", "{\"faults\":[{\"operation\":\"getReports\",\"kind\":\"chunk-end\",\"match\":{\"every\":2},\"count\":10}]}", TRUE },
  { "cut objects", "{\"faults\":[{\"operation\":\"getCharge\",\"kind\":\"chunk-end\",\"match\":{\"every\":3},\"count\":10}]}", TRUE },
  { "cut documents", "{\"faults\":[{\"operation\":\"documentDownload\",\"kind\":\"cut\",\"match\":{\"every\":2},\"count\":10}]}", TRUE },
  { "documents that end early", "{\"faults\":[{\"operation\":\"documentDownload\",\"kind\":\"chunk-end\",\"match\":{\"every\":2},\"count\":10}]}", TRUE },
  { "wrong length", "{\"faults\":[{\"operation\":\"documentDownload\",\"kind\":\"wrong-length\",\"match\":{\"every\":2},\"count\":10}]}", TRUE },
  { "half lines", "{\"faults\":[{\"operation\":\"documentDownload\",\"kind\":\"half-lines\",\"match\":{\"every\":2},\"count\":10}]}", TRUE },
  { "expired addresses", "{\"faults\":[{\"operation\":\"documentDownload\",\"kind\":\"expire-url\",\"match\":{\"every\":2},\"count\":10}]}", TRUE },
  { "dropped documents", "{\"faults\":[{\"operation\":\"documentDownload\",\"kind\":\"drop\",\"match\":{\"every\":3},\"count\":10}]}", TRUE },
  { "log-in page instead of a document", "{\"faults\":[{\"operation\":\"documentDownload\",\"kind\":\"html\",\"match\":{\"every\":2},\"count\":10}]}", TRUE },
  { "reports made, answer lost", "{\"faults\":[{\"operation\":\"createReport\",\"kind\":\"drop\",\"match\":{\"every\":2},\"count\":10}]}", TRUE },
  { "reports made, answer 500", "{\"faults\":[{\"operation\":\"createReport\",\"kind\":\"status\",\"code\":500,\"when\":\"after\",\"match\":{\"every\":2},\"count\":10}]}", TRUE },
  { "log-in page", "{\"faults\":[{\"operation\":\"getReports\",\"kind\":\"html\"}]}", FALSE, "settlement-reports", CFOIL_PROVIDER_ERROR_MALFORMED },
  { "always down", "{\"faults\":[{\"kind\":\"status\",\"code\":503}]}", FALSE, "settlement-reports", CFOIL_PROVIDER_ERROR_SERVER },
  { "always throttled", "{\"faults\":[{\"operation\":\"getReports\",\"kind\":\"throttle\"}]}", FALSE, "settlement-reports", CFOIL_PROVIDER_ERROR_THROTTLED },
  { "documents always half", "{\"faults\":[{\"operation\":\"documentDownload\",\"kind\":\"half-lines\"}]}", FALSE, "settlement-reports", CFOIL_PROVIDER_ERROR_INCOMPLETE },
  { "a bomb", "{\"faults\":[{\"operation\":\"documentDownload\",\"kind\":\"gzip-bomb\",\"count\":1}]}", FALSE, "settlement-reports", CFOIL_PROVIDER_ERROR_TOO_LARGE },
  { "garbage", "{\"faults\":[{\"operation\":\"documentDownload\",\"kind\":\"garbage-csv\",\"count\":4}]}", FALSE, NULL, 0 },
};

/* Whatever happens: what is there afterwards is right, and a run without faults
 * makes it whole. */
static void
test_faults (void)
{
  g_autofree char *expected = dump_without_faults ();

  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      g_autoptr (Simulator) simulator = simulator_start (plans[i].plan, SMALL, NULL);
      g_autoptr (CfoilProvider) provider = simulator_new_provider (simulator);
      g_autoptr (RecordingIntake) intake = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *dump = NULL;
      g_autoptr (JsonNode) answer = NULL;
      gint64 start = g_get_monotonic_time ();

      intake = try_pull (provider, NULL, &error);
      g_test_message ("%s: %.1f s, %u reports asked for", plans[i].name, (g_get_monotonic_time () - start) / 1e6,
                      simulator_count_requests (simulator, "createReport", 201));
      g_assert_no_error (error);
      if (plans[i].heals)
        assert_no_failures (intake);
      else if (plans[i].feed != NULL)
        g_assert_error (recording_intake_get_failure (intake, plans[i].feed), CFOIL_PROVIDER_ERROR, plans[i].code);

      answer = simulator_control (simulator, "faults", "{\"faults\":[]}");
      intake = try_pull (provider, intake, &error);
      g_assert_no_error (error);
      assert_no_failures (intake);
      dump = recording_intake_dump (intake);
      g_assert_cmpstr (dump, ==, expected);
      g_assert_cmpuint (intake->actions->len, ==, 0);
    }
}

/* A list whose next page is the same page again. */
static void
test_circle (void)
{
  g_autoptr (Simulator) simulator = simulator_start ("{\"faults\":[{\"operation\":\"getReports\",\"kind\":\"repeat-token\"}]}",
                                                     "--seed=5", "--transactions=500", "--days=250", "--retention-days=0", "--throttle=off", NULL);
  g_autoptr (CfoilProvider) provider = simulator_new_provider (simulator);
  g_autoptr (GError) error = NULL;
  g_autoptr (RecordingIntake) intake = try_pull (provider, NULL, &error);

  g_assert_no_error (error);
  g_assert_error (recording_intake_get_failure (intake, "settlement-reports"), CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_MALFORMED);
  g_assert_cmpuint (simulator_count_requests (simulator, "getReports", 200), <, 30);
}

static void
test_wrong_key (void)
{
  g_autoptr (Simulator) simulator = simulator_start (NULL, SMALL, NULL);
  g_autoptr (Simulator) other = simulator_start (NULL, "--seed=6", "--transactions=10", NULL);
  g_autoptr (CfoilAccountConfig) config = simulator_dup_config (simulator);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilProvider) provider = cfoil_amazon_provider_new (config, other->private_key, &error);
  g_autoptr (RecordingIntake) intake = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (simulator->private_key, !=, other->private_key);

  g_assert_false (cfoil_provider_test (provider, NULL, &error));
  g_assert_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_SIGNATURE);
  g_assert_cmpuint (cfoil_provider_error_get_detail (error)->http_status, ==, 403);
  g_assert_nonnull (cfoil_provider_error_get_detail (error)->request_id);
  g_clear_error (&error);

  intake = try_pull (provider, NULL, &error);
  g_assert_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_SIGNATURE);
  g_assert_cmpuint (simulator_count_requests (simulator, NULL, 403), ==, 2);
}

static void
test_unknown_key (void)
{
  g_autoptr (Simulator) simulator = simulator_start (NULL, SMALL, NULL);
  g_autoptr (CfoilAccountConfig) config = simulator_dup_config (simulator);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilProvider) provider = NULL;
  char *last;

  last = &config->public_key_id[strlen (config->public_key_id) - 1];
  *last = *last == 'A' ? 'B' : 'A';
  provider = cfoil_amazon_provider_new (config, simulator->private_key, &error);
  g_assert_no_error (error);
  g_assert_false (cfoil_provider_test (provider, NULL, &error));
  g_assert_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_AUTHENTICATION);
}

static void
test_revoked_key (void)
{
  g_autoptr (Simulator) simulator = simulator_start (NULL, SMALL, NULL);
  g_autoptr (CfoilProvider) provider = simulator_new_provider (simulator);
  g_autoptr (GError) error = NULL;
  g_autoptr (RecordingIntake) intake = try_pull (provider, NULL, &error);
  g_autofree char *before = recording_intake_dump (intake);
  g_autofree char *after = NULL;
  g_autoptr (JsonNode) answer = NULL;

  g_assert_no_error (error);
  answer = simulator_control (simulator, "revoke-key", "{}");
  intake = try_pull (provider, intake, &error);
  g_assert_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_AUTHENTICATION);
  after = recording_intake_dump (intake);
  g_assert_cmpstr (before, ==, after);
}

static void
test_clock (void)
{
  g_autoptr (Simulator) simulator = simulator_start (NULL, SMALL, NULL);
  g_autoptr (CfoilProvider) provider = simulator_new_provider (simulator);
  g_autoptr (JsonNode) answer = simulator_control (simulator, "clock", "{\"skewSeconds\":7200}");
  g_autoptr (GError) error = NULL;
  g_autoptr (RecordingIntake) intake = try_pull (provider, NULL, &error);

  g_assert_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_CLOCK);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "minutes behind"));
}

/* The service does not make capture reports: other feeds tell what they would,
 * and it is not an error. */
static void
test_no_capture_report (void)
{
  g_autoptr (Simulator) simulator = simulator_start (NULL, SMALL, "--capture-report=off", NULL);
  g_autoptr (CfoilProvider) provider = simulator_new_provider (simulator);
  g_autoptr (GError) error = NULL;
  g_autoptr (RecordingIntake) intake = try_pull (provider, NULL, &error);
  guint n_refused;

  g_assert_no_error (error);
  assert_no_failures (intake);
  g_assert_nonnull (strstr (g_hash_table_lookup (intake->cursors, "capture-reports"), "refused="));
  n_refused = simulator_count_requests (simulator, "createReport", 400);
  g_assert_cmpuint (n_refused, >, 0);
  g_assert_cmpuint (n_refused, <, 10);

  intake = try_pull (provider, intake, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (simulator_count_requests (simulator, "createReport", 400), ==, n_refused);
}

/* The disk fills up between sending a request and keeping its answer.  The next
 * run sends the same request with the same key, so there is one report. */
static void
test_lost_answer (void)
{
  g_autoptr (Simulator) simulator = simulator_start (NULL, SMALL, NULL);
  g_autoptr (CfoilProvider) provider = simulator_new_provider (simulator);
  g_autoptr (RecordingIntake) intake = recording_intake_new (provider);
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = dump_without_faults ();
  g_autofree char *dump = NULL;
  guint n_reports;

  intake->die_at_end_action = TRUE;
  intake = try_pull (provider, g_steal_pointer (&intake), &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_clear_error (&error);
  g_assert_cmpuint (intake->actions->len, ==, 1);
  g_assert_cmpuint (simulator_count_requests (simulator, "createReport", 201), ==, 1);

  intake->die_at_end_action = FALSE;
  n_reports = g_hash_table_size (intake->reports);
  intake = try_pull (provider, g_steal_pointer (&intake), &error);
  g_assert_no_error (error);
  assert_no_failures (intake);
  g_assert_cmpuint (intake->actions->len, ==, 0);
  g_assert_cmpuint (g_hash_table_size (intake->reports), >, n_reports);
  dump = recording_intake_dump (intake);
  g_assert_cmpstr (dump, ==, expected);
}

static gpointer
cancel_after (gpointer data)
{
  g_usleep (g_test_rand_int_range (1, 400) * 1000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_cancel (void)
{
  g_autofree char *expected = dump_without_faults ();
  g_autoptr (Simulator) simulator = simulator_start (NULL, SMALL, NULL);
  g_autoptr (CfoilProvider) provider = simulator_new_provider (simulator);
  g_autoptr (RecordingIntake) intake = recording_intake_new (provider);
  g_autoptr (GError) error = NULL;
  g_autofree char *dump = NULL;

  intake->list_due_limit = 1000;
  for (guint i = 0; i < 15; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      GThread *thread = g_thread_new ("cancel", cancel_after, cancellable);
      gboolean ok = cfoil_provider_pull (provider, CFOIL_INTAKE (intake), cancellable, &error);

      if (!ok)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      g_clear_pointer (&intake->feed, g_free);
      g_thread_join (thread);
    }

  intake = try_pull (provider, g_steal_pointer (&intake), &error);
  g_assert_no_error (error);
  assert_no_failures (intake);
  dump = recording_intake_dump (intake);
  g_assert_cmpstr (dump, ==, expected);
}

/* Known to the simulator only through a notification: fetched by its id. */
static void
test_fetch (void)
{
  g_autoptr (Simulator) simulator = simulator_start (NULL, SMALL, NULL);
  g_autoptr (CfoilProvider) provider = simulator_new_provider (simulator);
  g_autoptr (JsonNode) answer = simulator_control (simulator, "chargeback", "{}");
  JsonObject *chargeback = json_node_get_object (answer);
  g_autofree char *ipn = json_to_string (json_object_get_member (chargeback, "ipn"), FALSE);
  g_autoptr (RecordingIntake) intake = recording_intake_new (provider);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL, *message_id = NULL;
  CfoilObjectKind kind;

  g_assert_true (cfoil_provider_parse_notification (provider, ipn, strlen (ipn), &kind, &id, &message_id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (kind, ==, CFOIL_OBJECT_DISPUTE);
  g_assert_cmpstr (id, ==, json_object_get_string_member (chargeback, "disputeId"));

  g_assert_true (cfoil_provider_fetch (provider, CFOIL_INTAKE (intake), kind, id, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (intake->events->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (intake->events, 0), "state=needs_response/ActionRequired"));

  g_assert_false (cfoil_provider_fetch (provider, CFOIL_INTAKE (intake), CFOIL_OBJECT_CHARGE, "S01-0000000-0000000-C000000", NULL, &error));
  g_assert_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_NOT_FOUND);
}

/* Once: what was put, and an answer that knows that it was given. */
static void
test_answer (void)
{
  g_autoptr (Simulator) simulator = simulator_start (NULL, SMALL, "--until=now", NULL);
  g_autoptr (CfoilProvider) provider = simulator_new_provider (simulator);
  g_autoptr (JsonNode) filed = simulator_control (simulator, "chargeback", "{}");
  const char *id = json_object_get_string_member (json_node_get_object (filed), "disputeId");
  const CfoilAnswerItem item = { .type = CFOIL_EVIDENCE_TRACKING_NUMBER, .text = "1Z999" };
  const CfoilAnswer answer = { .dispute_id = id, .answer_id = "0123456789abcdef0123456789abcdef", .items = &item, .n_items = 1 };
  const CfoilAnswer unknown = { .dispute_id = "S01-0000000-0000000-B000000", .answer_id = answer.answer_id, .items = &item, .n_items = 1 };
  const CfoilAnswer foreign = { .dispute_id = "../charges", .answer_id = answer.answer_id, .items = &item, .n_items = 1 };
  g_autoptr (RecordingIntake) intake = recording_intake_new (provider);
  g_autoptr (GError) error = NULL;

  g_assert_true (cfoil_provider_is_dispute_id (provider, id));
  g_assert_false (cfoil_provider_is_dispute_id (provider, "S01-0000000-0000000-C000000"));
  g_assert_false (cfoil_provider_is_dispute_id (provider, "S01-0000000-0000000-B00/00"));
  g_assert_false (cfoil_provider_is_dispute_id (provider, ""));

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (cfoil_provider_answer_dispute (provider, CFOIL_INTAKE (intake), &answer, NULL, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpuint (simulator_count_requests (simulator, "contestDispute", 200), ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (intake->events, 0), "state=needs_response/ActionRequired"));
  g_assert_nonnull (strstr (g_ptr_array_index (intake->events, 1), "state=under_review/UnderReview"));
  g_assert_cmpuint (intake->actions->len, ==, 0); /* nothing is left unanswered */

  g_assert_false (cfoil_provider_answer_dispute (provider, CFOIL_INTAKE (intake), &unknown, NULL, &error));
  g_assert_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (cfoil_provider_answer_dispute (provider, CFOIL_INTAKE (intake), &foreign, NULL, &error));
  g_assert_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_REJECTED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("COUNTERFOIL_SIMULATOR") == NULL)
    {
      g_print ("1..0 # SKIP there is no simulator\n");
      return 0;
    }

  g_test_add_func ("/amazon-pay/simulator/live", test_live);
  g_test_add_func ("/amazon-pay/simulator/sandbox", test_sandbox);
  g_test_add_func ("/amazon-pay/simulator/circle", test_circle);
  g_test_add_func ("/amazon-pay/simulator/wrong-key", test_wrong_key);
  g_test_add_func ("/amazon-pay/simulator/unknown-key", test_unknown_key);
  g_test_add_func ("/amazon-pay/simulator/revoked-key", test_revoked_key);
  g_test_add_func ("/amazon-pay/simulator/clock", test_clock);
  g_test_add_func ("/amazon-pay/simulator/no-capture-report", test_no_capture_report);
  g_test_add_func ("/amazon-pay/simulator/lost-answer", test_lost_answer);
  g_test_add_func ("/amazon-pay/simulator/cancel", test_cancel);
  g_test_add_func ("/amazon-pay/simulator/fetch", test_fetch);
  g_test_add_func ("/amazon-pay/simulator/answer", test_answer);
  g_test_add_func ("/amazon-pay/simulator/faults", test_faults);

  return g_test_run ();
}
