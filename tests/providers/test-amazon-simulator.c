/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-provider.h"
#include "cfoil-error.h"
#include "recording-intake.h"
#include "simulator-fixture.h"

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

  return g_test_run ();
}
