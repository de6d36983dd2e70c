/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync-fixture.h"

#include <string.h>

#ifdef __SANITIZE_ADDRESS__
#define MERCHANT_SIZE "--transactions 100 --days 16"
#else
#define MERCHANT_SIZE "--transactions 400 --days 30"
#endif
#define MERCHANT "--seed 5 " MERCHANT_SIZE " --until " FIXTURE_UNTIL " --retention-days 0 --throttle off --processing-ms 20 --pending-seconds 100000"

/* A fault plan, what the first sync says of it, and what is then in the mirror. */
typedef struct
{
  const char *name;
  const char *faults;
  int exit_code;          /* of the sync with the fault */
  const char *error_name; /* (nullable): of a feed */
  const char *says;       /* (nullable): a person is told this */
} Case;

static const Case cases[] = {
  { "drop-once", "[{\"operation\":\"getReports\",\"kind\":\"drop\",\"count\":1}]", 0, NULL, NULL },
  { "drop-documents", "[{\"operation\":\"documentDownload\",\"kind\":\"drop\",\"every\":3,\"count\":6}]", 0, NULL, NULL },
  { "cut", "[{\"operation\":\"documentDownload\",\"kind\":\"cut\",\"bytes\":900,\"every\":4,\"count\":5}]", 0, NULL, NULL },
  { "chunk-end", "[{\"operation\":\"documentDownload\",\"kind\":\"chunk-end\",\"bytes\":1500,\"every\":4,\"count\":5}]", 0, NULL, NULL },
  { "chunk-end-json", "[{\"operation\":\"getReports\",\"kind\":\"chunk-end\",\"bytes\":300,\"count\":1}]", 0, NULL, NULL },
  { "wrong-length", "[{\"operation\":\"documentDownload\",\"kind\":\"wrong-length\",\"count\":2}]", 0, NULL, NULL },
  { "half-lines", "[{\"operation\":\"documentDownload\",\"kind\":\"half-lines\",\"count\":2}]", 0, NULL, NULL },
  { "cut-rows", "[{\"operation\":\"documentDownload\",\"kind\":\"cut-rows\",\"count\":2}]", 0, NULL, NULL },
  { "half-lines-always", "[{\"operation\":\"documentDownload\",\"kind\":\"half-lines\"}]", 3, "incomplete", "did not arrive whole" },
  { "throttled-a-while", "[{\"kind\":\"throttle\",\"every\":7,\"count\":8,\"retryAfter\":0}]", 0, NULL, NULL },
  { "throttled-always", "[{\"operation\":\"getDisbursements\",\"kind\":\"throttle\",\"retryAfter\":0}]", 3, "throttled", "slow down" },
  { "server-fault-a-while", "[{\"kind\":\"status\",\"code\":500,\"every\":9,\"count\":6}]", 0, NULL, NULL },
  { "server-fault-always", "[{\"operation\":\"getDisbursements\",\"kind\":\"status\",\"code\":503,\"body\":\"none\"}]", 3, "server", "has a fault" },
  { "expired-address", "[{\"operation\":\"documentDownload\",\"kind\":\"expire-url\",\"every\":5,\"count\":4}]", 0, NULL, NULL },
  { "slow-server", "[{\"operation\":\"getReportDocument\",\"kind\":\"delay\",\"ms\":400,\"count\":6}]", 0, NULL, NULL },
  { "garbage", "[{\"operation\":\"documentDownload\",\"kind\":\"garbage-csv\"}]", 3, NULL, NULL },
  { "log-in-page", "[{\"operation\":\"getDisbursements\",\"kind\":\"html\"}]", 3, "malformed", "log-in page" },
  { "gzip-bomb", "[{\"operation\":\"documentDownload\",\"kind\":\"gzip-bomb\",\"count\":1}]", 3, "too-large", "larger than anything reasonable" },
  { "answer-lost", "[{\"operation\":\"createReport\",\"kind\":\"drop\",\"every\":2,\"count\":3}]", 0, NULL, NULL },
};

static Fixture *fixture;
static char *reference;

static void
set_faults (const char *faults)
{
  g_autofree char *body = g_strdup_printf ("{\"faults\":%s}", faults);
  g_autoptr (JsonNode) answer = fixture_control (fixture, "POST", "/faults", body);
}

static void
clear_faults (void)
{
  g_autoptr (JsonNode) answer = fixture_control (fixture, "DELETE", "/faults", NULL);
}

static void
assert_feed_error (const char *mirror,
                   const char *error_name)
{
  g_autofree char *errors = fixture_dump (mirror, "SELECT DISTINCT error FROM feeds WHERE error IS NOT NULL");
  g_autofree char *line = g_strdup_printf ("%s|\n", error_name);

  g_assert_nonnull (strstr (errors, line));
}

static void
test_fault (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *mirror = fixture_new_mirror (fixture, c->name);
  g_autofree char *errors = NULL;
  g_autofree char *again = NULL;
  int code;

  set_faults (c->faults);
  code = fixture_cli (fixture, mirror, 0, NULL, &errors, "sync", NULL);
  clear_faults ();
  if (code != c->exit_code)
    g_test_message ("%s", errors);
  g_assert_cmpint (code, ==, c->exit_code);
  if (c->error_name != NULL)
    assert_feed_error (mirror, c->error_name);
  if (c->says != NULL)
    g_assert_nonnull (strstr (errors, c->says));
  /* Whatever is there is right. */
  code = fixture_cli (fixture, mirror, 0, NULL, NULL, "check", NULL);
  g_assert_true (code == 0 || code == 3);

  code = fixture_cli (fixture, mirror, 0, NULL, &again, "sync", NULL);
  g_assert_cmpstr (again, ==, "");
  g_assert_cmpint (code, ==, 0);
  fixture_assert_equal_views (mirror, reference);
  fixture_assert_totals (fixture, mirror);
  fixture_assert_sound (fixture, mirror);
}

/* Nothing works any more: said at once, in words, and nothing is lost. */
static void
assert_refused (const char *mirror,
                const char *says)
{
  g_autofree char *before = fixture_dump (mirror, "SELECT * FROM transactions");
  g_autofree char *errors = NULL;
  g_autofree char *after = NULL;
  gint64 start_us = g_get_monotonic_time ();

  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, &errors, "sync", NULL), ==, 1);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 20 * G_USEC_PER_SEC);
  if (strstr (errors, says) == NULL)
    g_error ("“%s” is not in: %s", says, errors);
  after = fixture_dump (mirror, "SELECT * FROM transactions");
  g_assert_cmpstr (before, ==, after);
}

static void
test_clock (void)
{
  g_autofree char *mirror = fixture_new_mirror (fixture, "clock");
  g_autofree char *errors = NULL;

  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "sync", NULL), ==, 0);
  json_node_free (fixture_control (fixture, "POST", "/clock", "{\"skewSeconds\":7200}"));
  assert_refused (mirror, "clock of this computer is wrong");
  json_node_free (fixture_control (fixture, "POST", "/clock", "{\"skewSeconds\":0}"));
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, &errors, "sync", NULL), ==, 0);
  g_assert_cmpstr (errors, ==, "");
  fixture_assert_equal_views (mirror, reference);
}

static void
test_revoked (void)
{
  g_autofree char *mirror = fixture_new_mirror (fixture, "revoked");

  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "sync", NULL), ==, 0);
  json_node_free (fixture_control (fixture, "POST", "/revoke-key", "{}"));
  assert_refused (mirror, "key was refused");
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *path = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  fixture = fixture_new (MERCHANT);
  reference = fixture_new_mirror (fixture, "reference");
  g_assert_cmpint (fixture_cli (fixture, reference, 0, NULL, NULL, "sync", NULL), ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_free (path);
      path = g_strconcat ("/faults/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_fault);
    }
  g_test_add_func ("/faults/clock", test_clock);
  g_test_add_func ("/faults/revoked", test_revoked); /* the last one: the key stays so */
  result = g_test_run ();
  g_free (reference);
  fixture_free (fixture);
  return result;
}
