/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-fixture.h"

#include "simulator-sanitizer.h"
#include "simulator-server.h"
#include "simulator-tls.h"

#include "simulator-wire.h"

#include <glib/gstdio.h>
#include <string.h>

/* A real server on a real socket, and a client that trusts its CA. */
typedef struct {
  SimFixture *fixture;
  CfoilSimState *state;
  SoupServer *server;
  SoupSession *session;
} Running;

static void
start (Running *running)
{
  const CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_NA, FALSE, 7, 400, 60);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = NULL;

  running->fixture = sim_fixture_new (&options);
  running->state = cfoil_sim_state_open (NULL, &error);
  g_assert_no_error (error);
  running->server = cfoil_sim_server_new (running->fixture->service, running->state->certificate, 0, TRUE, &error);
  g_assert_no_error (error);
  database = g_tls_file_database_new (running->state->ca_file, &error);
  g_assert_no_error (error);
  running->session = soup_session_new_with_options ("tls-database", database, "timeout", 10, NULL);
}

static void
stop (Running *running)
{
  soup_session_abort (running->session);
  g_clear_object (&running->session);
  soup_server_disconnect (running->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&running->server);
  cfoil_sim_state_free (running->state);
  sim_fixture_free (running->fixture);
}

typedef struct {
  GBytes *body;
  GError *error;
  gboolean done;
} Result;

static void
on_answer (GObject      *source,
           GAsyncResult *answer,
           gpointer      data)
{
  Result *result = data;

  result->body = soup_session_send_and_read_finish (SOUP_SESSION (source), answer, &result->error);
  result->done = TRUE;
}

/* Returns: (nullable): the body; the status is left in @message */
static GBytes *
fetch (Running      *running,
       SoupMessage  *message,
       GError      **error)
{
  Result result = { NULL, NULL, FALSE };

  soup_session_send_and_read_async (running->session, message, G_PRIORITY_DEFAULT, NULL, on_answer, &result);
  while (!result.done)
    g_main_context_iteration (NULL, TRUE);
  if (result.error != NULL)
    g_propagate_error (error, result.error);
  return result.body;
}

static SoupMessage *
signed_message (Running    *running,
                const char *path)
{
  g_autofree char *url = g_strconcat (running->fixture->service->base_url, path, NULL);
  SoupMessage *message = soup_message_new ("GET", url);
  g_autoptr (GHashTable) headers = sim_signed_headers (running->fixture, "GET", path, NULL, NULL, NULL,
                                                       g_get_real_time () / G_USEC_PER_SEC);
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    soup_message_headers_replace (soup_message_get_request_headers (message), name, value);
  return message;
}

static char *
document_url (Running *running)
{
  const CfoilSimReport *report = g_ptr_array_index (running->fixture->service->reports->reports, 0);
  g_autofree char *path = g_strconcat ("report-documents/", report->document_id, NULL);
  g_autoptr (SimReply) reply = sim_call (running->fixture, "GET", path, NULL, NULL, NULL);

  return g_strdup (sim_reply_string (reply, "url"));
}

static void
set_fault (Running    *running,
           const char *fault)
{
  g_autofree char *text = g_strdup_printf ("{\"faults\":[%s]}", fault);
  g_autoptr (SimReply) reply = sim_control (running->fixture, "POST", "faults", text);

  g_assert_cmpuint (reply->status, ==, 200);
}

static void
test_common (void)
{
  Running running;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  SoupMessageHeaders *headers;

  start (&running);
  message = signed_message (&running, "/v2/reports");
  body = fetch (&running, message, &error);
  g_assert_no_error (error);
  headers = soup_message_get_response_headers (message);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  g_assert_nonnull (soup_message_headers_get_one (headers, "x-amz-pay-request-id"));
  g_assert_nonnull (soup_message_headers_get_one (headers, "date"));
  g_assert_cmpint (soup_message_get_http_version (message), ==, SOUP_HTTP_1_1);
  stop (&running);
}

/* An unsigned request is refused, with a request id as well. */
static void
test_unsigned (void)
{
  Running running;
  g_autofree char *url = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) body = NULL;

  start (&running);
  url = g_strconcat (running.fixture->service->base_url, "/v2/reports", NULL);
  message = soup_message_new ("GET", url);
  body = fetch (&running, message, NULL);
  g_assert_cmpuint (soup_message_get_status (message), ==, 403);
  g_assert_nonnull (soup_message_headers_get_one (soup_message_get_response_headers (message), "x-amz-pay-request-id"));
  stop (&running);
}

static GBytes *
download (Running     *running,
          const char  *fault,
          guint       *status,
          GError     **error)
{
  g_autofree char *url = NULL;
  g_autoptr (SoupMessage) message = NULL;
  GBytes *body;

  set_fault (running, "");
  url = document_url (running);
  message = soup_message_new ("GET", url);
  set_fault (running, fault);
  body = fetch (running, message, error);
  *status = soup_message_get_status (message);
  return body;
}

static void
test_broken_wires (void)
{
  static const char *const kinds[] = { "drop", "cut", "chunk-end" };
  Running running;

  start (&running);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *fault = g_strdup_printf ("{\"operation\":\"documentDownload\",\"kind\":\"%s\"}", kinds[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) good = NULL;
      g_autoptr (GBytes) body = NULL;
      guint status;

      good = download (&running, "", &status, NULL);
      g_assert_cmpuint (status, ==, 200);
      body = download (&running, fault, &status, &error);
      g_test_message ("%s: %s", kinds[i], error != NULL ? error->message : "no error");
      /* A client sees an error or, at the very least, not the whole document. */
      g_assert_true (error != NULL || g_bytes_get_size (body) < g_bytes_get_size (good));
    }
  stop (&running);
}

static void
test_spoilt_documents (void)
{
  Running running;
  g_autoptr (GBytes) good = NULL, half = NULL, rows = NULL, html = NULL, garbage = NULL, late = NULL, slow = NULL;
  guint status;
  gint64 begin;
  gsize length;
  const char *text;

  start (&running);
  good = download (&running, "", &status, NULL);
  half = download (&running, "{\"kind\":\"half-lines\"}", &status, NULL);
  text = g_bytes_get_data (half, &length);
  g_assert_cmpuint (length, <, g_bytes_get_size (good));
  g_assert_cmpint (text[length - 1], !=, '\n');
  rows = download (&running, "{\"kind\":\"cut-rows\"}", &status, NULL);
  text = g_bytes_get_data (rows, &length);
  g_assert_cmpuint (length, <, g_bytes_get_size (good));
  g_assert_cmpint (text[length - 1], ==, '\n');
  html = download (&running, "{\"kind\":\"html\"}", &status, NULL);
  g_assert_cmpuint (status, ==, 200);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (html, NULL), "<!DOCTYPE html>"));
  garbage = download (&running, "{\"kind\":\"garbage-csv\"}", &status, NULL);
  g_assert_cmpuint (g_bytes_get_size (garbage), <, 200);
  begin = g_get_monotonic_time ();
  late = download (&running, "{\"kind\":\"delay\",\"ms\":150}", &status, NULL);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 150000);
  g_assert_true (g_bytes_equal (late, good));
  slow = download (&running, "{\"kind\":\"slow\",\"bytesPerSecond\":40000}", &status, NULL);
  g_assert_true (g_bytes_equal (slow, good));
  stop (&running);
}

static guint
status_of (Running *running)
{
  g_autoptr (SoupMessage) message = signed_message (running, "/v2/reports");
  g_autoptr (GBytes) body = fetch (running, message, NULL);

  return soup_message_get_status (message);
}

static void
test_matching (void)
{
  Running running;

  start (&running);
  set_fault (&running, "{\"operation\":\"getReports\",\"kind\":\"status\",\"code\":503,\"body\":\"none\",\"match\":{\"nth\":2}}");
  g_assert_cmpuint (status_of (&running), ==, 200);
  g_assert_cmpuint (status_of (&running), ==, 503);
  g_assert_cmpuint (status_of (&running), ==, 200);
  set_fault (&running, "{\"kind\":\"throttle\",\"count\":2,\"retryAfter\":1}");
  g_assert_cmpuint (status_of (&running), ==, 429);
  g_assert_cmpuint (status_of (&running), ==, 429);
  g_assert_cmpuint (status_of (&running), ==, 200);
  set_fault (&running, "{\"kind\":\"status\",\"every\":2}");
  g_assert_cmpuint (status_of (&running), ==, 200);
  g_assert_cmpuint (status_of (&running), ==, 503);
  stop (&running);
}

static void
test_bad_faults (void)
{
  static const char *const bad[] = { "{}", "nonsense", "{\"faults\":[{\"kind\":\"x\"}]}", "{\"faults\":[1]}", "{\"faults\":1}" };
  const CfoilSimOptions options = sim_options (CFOIL_SIM_REGION_NA, FALSE, 7, 10, 30);
  g_autoptr (SimFixture) fixture = sim_fixture_new (&options);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (SimReply) reply = sim_control (fixture, "POST", "faults", bad[i]);

      sim_assert_failure (reply, 400, "InvalidRequest");
    }
}

/* The bomb is small and goes off: it unpacks to what it promises. */
static void
test_gzip_bomb (void)
{
  g_autoptr (GBytes) bomb = cfoil_sim_gzip_bomb (3);
  g_autoptr (GInputStream) packed = g_memory_input_stream_new_from_bytes (bomb);
  g_autoptr (GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GInputStream) plain = g_converter_input_stream_new (packed, G_CONVERTER (decompressor));
  g_autoptr (GError) error = NULL;
  gssize n;
  gsize total = 0;

  do
    {
      char buffer[8192];

      n = g_input_stream_read (plain, buffer, sizeof buffer, NULL, &error);
      g_assert_no_error (error);
      total += (gsize) n;
    }
  while (n > 0);
  g_assert_cmpuint (total, ==, 3 * 1024 * 1024);
  g_assert_cmpuint (g_bytes_get_size (bomb), <, 8192);
}

/* Keys are private and used again. */
static void
test_state_directory (void)
{
  g_autofree char *parent = g_dir_make_tmp ("simulator-test-XXXXXX", NULL);
  g_autofree char *directory = g_build_filename (parent, "state", NULL);
  g_autoptr (CfoilSimState) first = cfoil_sim_state_open (directory, NULL);
  g_autoptr (CfoilSimState) second = cfoil_sim_state_open (directory, NULL);
  GStatBuf info;

  g_assert_cmpstr (first->public_key_pem, ==, second->public_key_pem);
  g_assert_cmpstr (first->key_suffix, ==, second->key_suffix);
  g_stat (first->private_key_file, &info);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_stat (directory, &info);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  first->temporary = TRUE;
  g_clear_pointer (&second, cfoil_sim_state_free);
  g_clear_pointer (&first, cfoil_sim_state_free);
  g_assert_cmpint (g_rmdir (parent), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/server/common", test_common);
  g_test_add_func ("/simulator/server/unsigned", test_unsigned);
  g_test_add_func ("/simulator/server/broken-wires", test_broken_wires);
  g_test_add_func ("/simulator/server/spoilt-documents", test_spoilt_documents);
  g_test_add_func ("/simulator/server/matching", test_matching);
  g_test_add_func ("/simulator/server/bad-faults", test_bad_faults);
  g_test_add_func ("/simulator/server/gzip-bomb", test_gzip_bomb);
  g_test_add_func ("/simulator/server/state-directory", test_state_directory);
  return g_test_run ();
}
