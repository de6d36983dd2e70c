/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync-fixture.h"

#include <sqlite3.h>
#include <string.h>

/* Reports on demand and schedules: the real command line against the real simulator.  What
 * is asked for happens once, whatever gets lost on the way. */

#define MERCHANT "--seed 6 --transactions 60 --days 30 --until " FIXTURE_UNTIL " --retention-days 0 --throttle off --processing-ms 20 --pending-seconds 100000"
#define TYPE(name) "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_" name "_DATA_"

static Fixture *fixture;
static char *mirror; /* of most tests, which therefore ask for different things */

/* --- what the other side has --- */

static JsonArray *
get_list (const char *path,
          const char *member,
          JsonNode  **node)
{
  *node = fixture_control (fixture, "GET", path, NULL);
  return json_object_get_array_member (json_node_get_object (*node), member);
}

/* Reports of TYPE whose window begins at START ("20260601T000000Z"). */
static guint
count_reports (const char *type,
               const char *start)
{
  g_autoptr (JsonNode) node = NULL;
  JsonArray *reports = get_list ("/reports", "reports", &node);
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (reports); i++)
    {
      JsonObject *report = json_array_get_object_element (reports, i);

      n += g_str_equal (json_object_get_string_member (report, "reportType"), type) &&
           g_str_equal (json_object_get_string_member (report, "startTime"), start);
    }
  return n;
}

/* "ID FREQUENCY" of the schedule for TYPE, of which there is one at most; "" if none. */
static char *
dup_schedule (const char *type)
{
  g_autoptr (JsonNode) node = NULL;
  JsonArray *schedules = get_list ("/schedules", "reportSchedules", &node);
  char *found = g_strdup ("");

  for (guint i = 0; i < json_array_get_length (schedules); i++)
    {
      JsonObject *schedule = json_array_get_object_element (schedules, i);

      if (!g_str_equal (json_object_get_string_member (schedule, "reportType"), type))
        continue;
      g_assert_cmpstr (found, ==, "");
      g_free (found);
      found = g_strdup_printf ("%s %s", json_object_get_string_member (schedule, "reportScheduleId"),
                               json_object_get_string_member (schedule, "scheduleFrequency"));
    }
  return found;
}

static void
assert_schedule (const char *type,
                 const char *wanted)
{
  g_autofree char *there = dup_schedule (type);

  g_assert_cmpstr (there, ==, wanted);
}

static void
control (const char *path,
         const char *body)
{
  g_autoptr (JsonNode) answer = fixture_control (fixture, "POST", path, body);

  g_assert_nonnull (answer);
}

static void
clear_faults (void)
{
  g_autoptr (JsonNode) answer = fixture_control (fixture, "DELETE", "/faults", NULL);

  g_assert_nonnull (answer);
}

/* Another program's schedule; its id. */
static char *
schedule_of_others (const char *type,
                    const char *frequency)
{
  g_autofree char *body = g_strdup_printf ("{\"reportType\":\"%s\",\"scheduleFrequency\":\"%s\"}", type, frequency);
  g_autoptr (JsonNode) answer = fixture_control (fixture, "POST", "/schedule", body);

  return g_strdup (json_object_get_string_member (json_node_get_object (answer), "reportScheduleId"));
}

/* --- what this side says --- */

/* Runs "provider-reports LINE" with --json; the member NAME of the object that it prints. */
static char *
run (const char *folder,
     int         exit_code,
     const char *name,
     const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;
  int code;

  g_assert_cmpuint (g_strv_length (words), <=, 8);
  code = fixture_cli (fixture, folder, 0, &output, &errors, "--json", "provider-reports", words[0], words[1],
                      words[1] != NULL ? words[2] : NULL, words[1] != NULL && words[2] != NULL ? words[3] : NULL,
                      g_strv_length (words) > 4 ? words[4] : NULL, g_strv_length (words) > 5 ? words[5] : NULL,
                      g_strv_length (words) > 6 ? words[6] : NULL, g_strv_length (words) > 7 ? words[7] : NULL, NULL);
  if (code != exit_code)
    g_test_message ("%s: %s%s", line, output, errors);
  g_assert_cmpint (code, ==, exit_code);
  node = json_from_string (output, NULL);
  g_assert_true (node != NULL && JSON_NODE_HOLDS_OBJECT (node));
  object = json_node_get_object (node);
  return json_object_has_member (object, name) && !json_object_get_null_member (object, name)
           ? g_strdup (json_object_get_string_member (object, name))
           : NULL;
}

static char *run_format (const char *folder, int exit_code, const char *name, const char *format, ...) G_GNUC_PRINTF (4, 5);

static char *
run_format (const char *folder,
            int         exit_code,
            const char *name,
            const char *format,
            ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  return run (folder, exit_code, name, line);
}

static void
sync_mirror (void)
{
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "sync", NULL), ==, 0);
}

static void
assert_row (const char *folder,
            const char *query,
            const char *wanted)
{
  g_autofree char *dump = fixture_dump (folder, query);

  g_assert_cmpstr (dump, ==, wanted);
}

static void
assert_nothing_waits (const char *folder)
{
  assert_row (folder, "SELECT count (*) FROM outbox WHERE answered_us IS NULL", "0|\n");
}

/* --- reports --- */

static void
test_made (void)
{
  g_autofree char *own = fixture_new_mirror (fixture, "made");
  g_autofree char *importer = fixture_new_mirror (fixture, "made-import");
  g_autofree char *file = g_build_filename (fixture->folder, "refunds.csv", NULL);
  g_autofree char *id = NULL;
  g_autofree char *state = NULL;
  g_autofree char *completed = NULL;
  g_autofree char *sha256 = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *rows = NULL;
  gsize length;
  guint n_lines = 0;

  control ("/report", "{\"processingStatus\":\"IN_PROGRESS\"}");
  id = run (own, 0, "id", "request refund --period 2026-06-01..2026-06-29");
  state = run_format (own, 3, "state", "download %s", id);
  g_assert_cmpstr (state, ==, "in_progress");
  assert_row (own, "SELECT status, is_ours FROM reports", "in_progress|1|\n");
  completed = g_strdup_printf ("{\"reportId\":\"%s\",\"processingStatus\":\"COMPLETED\"}", id);
  control ("/report", completed);
  sha256 = run_format (own, 0, "sha256", "download %s --wait --output %s", id, file);
  g_assert_true (g_file_get_contents (file, &bytes, &length, NULL));
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
  g_assert_cmpstr (sha256, ==, hash);
  for (const char *p = bytes; *p != '\0'; p++)
    n_lines += *p == '\n';
  g_assert_cmpuint (n_lines, >, 5);
  rows = g_strdup_printf ("completed|1|%u|done|\n", n_lines - 1);
  assert_row (own, "SELECT status, is_ours, row_count, document_state FROM reports", rows);
  assert_nothing_waits (own);

  /* The same rows as from the file by hand. */
  g_assert_cmpint (fixture_cli (fixture, importer, 0, NULL, NULL, "import", "--account", "shop", file, NULL), ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      const char *query = i == 0 ? "SELECT * FROM transactions" : "SELECT * FROM refunds";
      g_autofree char *ours = fixture_dump (own, query);
      g_autofree char *theirs = fixture_dump (importer, query);

      g_assert_cmpuint (strlen (ours), >, 100);
      g_assert_cmpstr (ours, ==, theirs);
    }
  /* What is here is not fetched again. */
  control ("/faults", "{\"faults\":[{\"kind\":\"status\",\"code\":404}]}");
  g_free (run_format (own, 0, "sha256", "download %s", id));
  clear_faults ();
  fixture_assert_sound (fixture, own);
}

static void
test_not_made (void)
{
  g_autofree char *own = fixture_new_mirror (fixture, "not-made");
  g_autofree char *failed = NULL;
  g_autofree char *empty = NULL;
  g_autofree char *state = NULL;
  g_autofree char *words = NULL;
  g_autofree char *missing = NULL;
  g_autofree char *impossible = NULL;

  control ("/report", "{\"processingStatus\":\"FAILED\"}");
  failed = run (own, 0, "id", "request capture --period 2026-06-01..2026-06-29");
  words = run_format (own, 1, "message", "download %s --wait", failed);
  g_assert_nonnull (strstr (words, "could not make the report"));
  assert_row (own, "SELECT status FROM reports", "failed|\n");

  empty = run (own, 0, "id", "request refund --period 2020-06");
  state = run_format (own, 0, "state", "download %s --wait", empty);
  g_assert_cmpstr (state, ==, "cancelled");

  missing = run (own, 1, "message", "download A000000000000000000XX");
  g_assert_nonnull (strstr (missing, "has no report"));
  impossible = run (own, 1, "message", "request settlement --period 2026-06");
  g_assert_nonnull (strstr (impossible, "cannot be asked for"));
  assert_nothing_waits (own);
}

/* A refusal is told, then and later, and is the end of it. */
static void
test_refused (void)
{
  g_autofree char *words = NULL;
  g_autofree char *output = NULL;

  control ("/faults", "{\"faults\":[{\"operation\":\"createReport\",\"kind\":\"status\",\"code\":400}]}");
  words = run (mirror, 1, "message", "request refund --period 2019-06");
  clear_faults ();
  g_assert_nonnull (words);
  /* A key that may not do that may do all else. */
  control ("/faults", "{\"faults\":[{\"operation\":\"getReportSchedules\",\"kind\":\"status\",\"code\":401}]}");
  sync_mirror ();
  clear_faults ();
  assert_nothing_waits (mirror);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, &output, NULL, "provider-reports", "list", "--format", "csv", NULL), ==, 0);
  g_assert_nonnull (strstr (output, "refused"));
  g_assert_cmpuint (count_reports (TYPE ("REFUND"), "20190601T000000Z"), ==, 0);
}

/* --- schedules --- */

static void
test_schedules (void)
{
  g_autofree char *id = run (mirror, 0, "id", "schedule capture --every P1D --first 2027-01-01T00:00:00Z");
  g_autofree char *same = run (mirror, 0, "id", "schedule capture --every P1D");
  g_autofree char *other = NULL;
  g_autofree char *wanted = NULL;
  g_autofree char *row = g_strdup_printf ("%s|P1D|1798761600000000|1|\n", id);
  g_autofree char *words = NULL;

  g_assert_cmpstr (same, ==, id);
  assert_row (mirror, "SELECT schedule_id, frequency, next_us, is_ours FROM report_schedule WHERE provider_type LIKE '%CAPTURE%'", row);
  /* One of our own is replaced without a question. */
  other = run (mirror, 0, "id", "schedule capture --every P7D");
  g_assert_cmpstr (other, !=, id);
  wanted = g_strdup_printf ("%s P7D", other);
  assert_schedule (TYPE ("CAPTURE"), wanted);
  sync_mirror ();
  assert_row (mirror, "SELECT frequency, is_ours FROM report_schedule WHERE provider_type LIKE '%CAPTURE%'", "P7D|1|\n");

  g_free (run_format (mirror, 0, "state", "unschedule %s", other));
  assert_schedule (TYPE ("CAPTURE"), "");
  words = run_format (mirror, 1, "message", "unschedule %s", other);
  g_assert_nonnull (strstr (words, "There is no schedule"));
  g_free (words);
  words = run (mirror, 1, "message", "schedule settlement --every P1D");
  g_assert_nonnull (strstr (words, "cannot be scheduled"));
  g_free (words);
  words = run (mirror, 1, "message", "schedule capture --every P5D");
  g_assert_nonnull (strstr (words, "knows no schedule"));
  assert_nothing_waits (mirror);
}

/* The first answer gets lost; then no request arrives at all. */
static void
test_lost_cancellation (void)
{
  g_autofree char *first = run (mirror, 0, "id", "schedule capture --every P3D");
  g_autofree char *second = NULL;
  g_autofree char *waiting = NULL;
  g_autofree char *output = NULL;

  control ("/faults", "{\"faults\":[{\"operation\":\"cancelReportSchedule\",\"kind\":\"drop\",\"count\":1}]}");
  g_free (run_format (mirror, 0, "state", "unschedule %s", first));
  assert_schedule (TYPE ("CAPTURE"), "");

  second = run (mirror, 0, "id", "schedule capture --every P3D");
  control ("/faults", "{\"faults\":[{\"operation\":\"cancelReportSchedule\",\"kind\":\"drop\",\"when\":\"before\"}]}");
  waiting = run_format (mirror, 3, "waiting", "unschedule %s", second);
  g_assert_nonnull (waiting);
  clear_faults ();
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, &output, NULL, "provider-reports", "schedules", NULL), ==, 0);
  g_assert_nonnull (strstr (output, "canceling"));
  sync_mirror ();
  assert_schedule (TYPE ("CAPTURE"), "");
  assert_row (mirror, "SELECT count (*) FROM report_schedule WHERE provider_type LIKE '%CAPTURE%'", "0|\n");
  assert_nothing_waits (mirror);
}

static void
test_others (void)
{
  g_autofree char *first = schedule_of_others (TYPE ("REFUND"), "P7D");
  g_autofree char *existing = run (mirror, 1, "existing_id", "schedule refund --every P14D");
  g_autofree char *same_frequency = run (mirror, 1, "existing_id", "schedule refund --every P7D");
  g_autofree char *there = g_strdup_printf ("%s P7D", first);
  g_autofree char *second = NULL;
  g_autofree char *meanwhile = NULL;
  g_autofree char *words = NULL;
  g_autofree char *ours = NULL;

  g_assert_cmpstr (existing, ==, first);
  g_assert_cmpstr (same_frequency, ==, first);
  assert_schedule (TYPE ("REFUND"), there);
  assert_row (mirror, "SELECT is_ours FROM report_schedule WHERE provider_type LIKE '%REFUND%'", "0|\n");

  /* The answer was about another one. */
  second = schedule_of_others (TYPE ("REFUND"), "P2D");
  meanwhile = run_format (mirror, 1, "existing_id", "schedule refund --every P14D --replace %s", first);
  g_assert_cmpstr (meanwhile, ==, second);
  g_free (there);
  there = g_strdup_printf ("%s P2D", second);
  assert_schedule (TYPE ("REFUND"), there);

  words = run_format (mirror, 1, "message", "unschedule %s", second);
  g_assert_nonnull (strstr (words, "not made by this program"));
  assert_schedule (TYPE ("REFUND"), there);
  ours = run_format (mirror, 0, "id", "schedule refund --every P14D --replace %s", second);
  g_free (there);
  there = g_strdup_printf ("%s P14D", ours);
  assert_schedule (TYPE ("REFUND"), there);

  /* Another program replaces ours: it is its own from then on. */
  g_free (second);
  second = schedule_of_others (TYPE ("REFUND"), "P14D");
  sync_mirror ();
  assert_row (mirror, "SELECT is_ours FROM report_schedule WHERE provider_type LIKE '%REFUND%'", "0|\n");
  g_free (existing);
  existing = run (mirror, 1, "existing_id", "schedule refund --every P30D");
  g_assert_cmpstr (existing, ==, second);
  g_free (run_format (mirror, 0, "state", "unschedule %s --even-of-others", second));
  assert_schedule (TYPE ("REFUND"), "");
  assert_nothing_waits (mirror);
}

/* What a schedule makes comes with a sync, first as being made. */
static void
test_scheduled_report (void)
{
  g_autofree char *id = run (mirror, 0, "id", "schedule order-reference --every P7D --first 2026-06-28T00:00:00Z");

  sync_mirror ();
  assert_row (mirror,
              "SELECT status, is_ours, row_count > 0 FROM reports WHERE provider_type LIKE '%ORDER_REFERENCE%' "
              "AND start_at_us = 1782000000000000 AND end_at_us = 1782604800000000",
              "completed|0|1|\n");
  assert_row (mirror, "SELECT next_us FROM report_schedule WHERE provider_type LIKE '%ORDER_REFERENCE%'", "1783209600000000|\n");
  g_free (run_format (mirror, 0, "state", "unschedule %s", id));
}

/* --- what gets lost --- */

typedef struct
{
  const char *name;
  const char *fault;      /* of the operation */
  guint kill_after_ms;    /* 0: it is left alone */
  gboolean is_sync;       /* a sync sends it again, else the same command */
  gboolean of_request, of_schedule;
} Loss;

static const Loss losses[] = {
  { "one-answer", "\"kind\":\"drop\",\"count\":1", 0, FALSE, TRUE, TRUE },
  { "answers", "\"kind\":\"drop\"", 0, FALSE, TRUE, FALSE },
  { "answers-sync", "\"kind\":\"drop\"", 0, TRUE, FALSE, TRUE },
  { "requests", "\"kind\":\"drop\",\"when\":\"before\"", 0, FALSE, FALSE, TRUE },
  { "server", "\"kind\":\"status\",\"code\":503,\"when\":\"after\"", 0, TRUE, TRUE, FALSE },
  { "kill", "\"kind\":\"delay\",\"ms\":3000", 1000, FALSE, FALSE, TRUE },
  { "kill-sync", "\"kind\":\"delay\",\"ms\":3000", 1000, TRUE, TRUE, FALSE },
};

static void
lose (const char *folder,
      const Loss *loss,
      const char *operation,
      const char *line)
{
  g_autofree char *body = g_strdup_printf ("{\"faults\":[{\"operation\":\"%s\",%s}]}", operation, loss->fault);
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  gboolean is_request = words[0][0] == 'r';

  control ("/faults", body);
  if (loss->kill_after_ms > 0)
    g_assert_cmpint (fixture_cli (fixture, folder, loss->kill_after_ms, NULL, NULL, "provider-reports", words[0], words[1], words[2], words[3], NULL),
                     ==, -9);
  else if (strstr (loss->fault, "count") == NULL)
    {
      g_autofree char *waiting = run (folder, 3, "waiting", line);
      g_autofree char *output = NULL;

      g_assert_nonnull (waiting);
      g_assert_cmpint (fixture_cli (fixture, folder, 0, &output, NULL, "provider-reports", is_request ? "list" : "schedules",
                                    is_request ? NULL : "--refresh", NULL), ==, 0);
      /* What is there may be what was asked for. */
      if (!is_request && strstr (loss->fault, "before") == NULL)
        g_assert_nonnull (strstr (output, "unknown"));
      g_assert_nonnull (strstr (output, "waiting"));
    }
  clear_faults ();
  if (loss->is_sync)
    sync_mirror ();
  else
    g_free (run (folder, 0, "id", line));
  assert_nothing_waits (folder);
}

static void
test_lost_request (gconstpointer data)
{
  const Loss *loss = data;
  guint i = (guint) (loss - losses);
  g_autofree char *line = g_strdup_printf ("request refund --period 2018-%02u", i + 1);
  g_autofree char *start = g_strdup_printf ("2018%02u01T000000Z", i + 1);
  g_autofree char *query = g_strdup_printf ("SELECT count (*), sum (is_ours) FROM reports WHERE start_at_us = unixepoch ('2018-%02u-01') * 1000000", i + 1);

  lose (mirror, loss, "createReport", line);
  g_assert_cmpuint (count_reports (TYPE ("REFUND"), start), ==, 1);
  assert_row (mirror, query, "1|1|\n");
}

static void
test_lost_schedule (gconstpointer data)
{
  const Loss *loss = data;
  g_autofree char *there = NULL;
  g_autofree char *known = NULL;
  g_autofree char *wanted = NULL;
  g_auto (GStrv) parts = NULL;

  lose (mirror, loss, "createReportSchedule", "schedule authorization --every P3D");
  there = dup_schedule (TYPE ("AUTHORIZATION"));
  parts = g_strsplit (there, " ", 2);
  g_assert_cmpstr (parts[1], ==, "P3D");
  /* It is known as ours, though nobody heard so at first. */
  wanted = g_strdup_printf ("%s|1|\n", parts[0]);
  assert_row (mirror, "SELECT schedule_id, is_ours FROM report_schedule WHERE provider_type LIKE '%AUTHORIZATION%'", wanted);

  g_free (run_format (mirror, 0, "state", "unschedule %s", parts[0]));
  assert_schedule (TYPE ("AUTHORIZATION"), "");
}

/* Meanwhile another program has made one: it is not replaced by what waits. */
static void
test_lost_and_others (void)
{
  static const char fault[] = "{\"faults\":[{\"operation\":\"createReportSchedule\",\"kind\":\"drop\",\"when\":\"before\"}]}";
  g_autofree char *agreed = schedule_of_others (TYPE ("ORDER_REFERENCE"), "P7D");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *first_there = NULL;
  g_autofree char *second_there = NULL;

  control ("/faults", fault);
  g_free (run (mirror, 3, "waiting", "schedule billing-agreement --every P3D"));
  /* This one has leave to replace, but not the one that is there then. */
  g_free (run_format (mirror, 3, "waiting", "schedule order-reference --every P3D --replace %s", agreed));
  clear_faults ();
  first = schedule_of_others (TYPE ("BILLING_AGREEMENT"), "P1D");
  second = schedule_of_others (TYPE ("ORDER_REFERENCE"), "P1D");
  sync_mirror ();
  assert_nothing_waits (mirror);
  first_there = g_strdup_printf ("%s P1D", first);
  assert_schedule (TYPE ("BILLING_AGREEMENT"), first_there);
  second_there = g_strdup_printf ("%s P1D", second);
  assert_schedule (TYPE ("ORDER_REFERENCE"), second_there);
  assert_row (mirror, "SELECT sum (is_ours), count (*) FROM report_schedule WHERE provider_type LIKE '%BILLING%' OR provider_type LIKE '%ORDER%'", "0|2|\n");
}

static void
set_endpoint (const char *folder,
              const char *endpoint)
{
  g_autofree char *path = g_build_filename (folder, "mirror.sqlite", NULL);
  g_autofree char *sql = g_strdup_printf ("UPDATE account SET endpoint = '%s'", endpoint);
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
}

/* Nobody answers at all. */
static void
test_offline (void)
{
  g_autofree char *report = NULL;
  g_autofree char *schedule = NULL;
  g_autofree char *words = NULL;
  g_autofree char *there = NULL;

  set_endpoint (mirror, "https://localhost:9");
  report = run (mirror, 3, "waiting", "request capture --period 2017-06");
  schedule = run (mirror, 3, "waiting", "schedule capture --every P2D");
  words = run (mirror, 1, "message", "download A000000000000000000XX");
  g_assert_true (report != NULL && schedule != NULL && words != NULL);

  set_endpoint (mirror, json_object_get_string_member (fixture->ready, "baseUrl"));
  sync_mirror ();
  g_assert_cmpuint (count_reports (TYPE ("CAPTURE"), "20170601T000000Z"), ==, 1);
  there = dup_schedule (TYPE ("CAPTURE"));
  g_assert_true (g_str_has_suffix (there, " P2D"));
  assert_nothing_waits (mirror);
}

static gpointer
sync_slowly (gpointer data)
{
  sync_mirror ();
  return NULL;
}

/* A sync that goes on is waited for. */
static void
test_busy (void)
{
  GThread *thread;

  control ("/faults", "{\"faults\":[{\"operation\":\"getReports\",\"kind\":\"delay\",\"ms\":2000,\"count\":1}]}");
  thread = g_thread_new ("sync", sync_slowly, NULL);
  g_usleep (G_USEC_PER_SEC);
  g_free (run (mirror, 0, "id", "request capture --period 2016-06"));
  g_thread_join (thread);
  clear_faults ();
  g_assert_cmpuint (count_reports (TYPE ("CAPTURE"), "20160601T000000Z"), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  int code;

  g_test_init (&argc, &argv, NULL);
  fixture = fixture_new (MERCHANT);
  mirror = fixture_new_mirror (fixture, "mirror");
  g_test_add_func ("/provider-reports/made", test_made);
  g_test_add_func ("/provider-reports/not-made", test_not_made);
  g_test_add_func ("/provider-reports/refused", test_refused);
  g_test_add_func ("/provider-reports/schedules", test_schedules);
  g_test_add_func ("/provider-reports/lost-cancellation", test_lost_cancellation);
  g_test_add_func ("/provider-reports/others", test_others);
  g_test_add_func ("/provider-reports/scheduled-report", test_scheduled_report);
  for (guint i = 0; i < G_N_ELEMENTS (losses); i++)
    {
      g_autofree char *request = g_strconcat ("/provider-reports/lost-request/", losses[i].name, NULL);
      g_autofree char *schedule = g_strconcat ("/provider-reports/lost-schedule/", losses[i].name, NULL);

      if (losses[i].of_request)
        g_test_add_data_func (request, &losses[i], test_lost_request);
      if (losses[i].of_schedule)
        g_test_add_data_func (schedule, &losses[i], test_lost_schedule);
    }
  g_test_add_func ("/provider-reports/lost-and-others", test_lost_and_others);
  g_test_add_func ("/provider-reports/offline", test_offline);
  g_test_add_func ("/provider-reports/busy", test_busy);
  code = g_test_run ();
  g_free (mirror);
  fixture_free (fixture);
  return code;
}
