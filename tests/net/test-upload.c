/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-error.h"
#include "cfoil-http.h"
#include "faulty-server.h"

#include <string.h>

static CfoilHttp *
new_http (void)
{
  g_autoptr (GError) error = NULL;
  CfoilHttp *http = cfoil_http_new (NULL, &error);
  CfoilHttpLimits limits = cfoil_http_default_limits;

  g_assert_no_error (error);
  limits.document_deadline_us = 900 * 1000;
  limits.speed_window_us = 300 * 1000;
  cfoil_http_set_limits (http, &limits);
  return http;
}

typedef struct
{
  guint64 done;
  guint64 total;
} Sent;

static void
sent_cb (guint64  done,
         guint64  total,
         gpointer user_data)
{
  Sent *sent = user_data;

  g_assert_cmpuint (done, >, sent->done);
  g_assert_cmpuint (done, <=, total);
  *sent = (Sent) { done, total };
}

static CfoilHttpResponse *
upload (FaultyServer *server,
        const char   *path,
        gsize         n_bytes,
        Sent         *sent,
        GError      **error)
{
  g_autoptr (CfoilHttp) http = new_http ();
  g_autofree char *url = faulty_server_dup_url (server, path);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (n_bytes), n_bytes);

  return cfoil_http_upload (http, url, "application/pdf", bytes, sent_cb, sent, NULL, error);
}

/* What is sent, and that nothing of ours goes along. */
static void
test_request (void)
{
  g_autoptr (FaultyServer) server = faulty_server_start (NULL);
  g_autoptr (GError) error = NULL;
  Sent sent = { 0 };
  g_autoptr (CfoilHttpResponse) response = upload (server, "/ok", 1000, &sent, &error);
  g_autofree char *request = faulty_server_dup_last_request (server);
  g_autofree char *lower = g_ascii_strdown (request, -1);

  g_assert_no_error (error);
  g_assert_cmpuint (response->status, ==, 200);
  g_assert_cmpuint (sent.done, ==, 1000);
  g_assert_cmpuint (sent.total, ==, 1000);
  g_assert_true (g_str_has_prefix (request, "PUT /ok HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (lower, "content-type: application/pdf\r\n"));
  g_assert_nonnull (strstr (lower, "content-length: 1000\r\n"));
  g_assert_null (strstr (lower, "authorization"));
  g_assert_null (strstr (lower, "x-amz"));
  g_assert_null (strstr (lower, "cookie"));
}

/* Any answer is told as it is, and no other address is opened. */
static void
test_answers (void)
{
  static const struct
  {
    const char *path;
    guint status;
  } table[] = { { "/redir", 302 }, { "/status?c=403", 403 }, { "/status?c=500", 500 }, { "/html", 200 } };
  g_autoptr (FaultyServer) server = faulty_server_start (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;
      Sent sent = { 0 };
      g_autoptr (CfoilHttpResponse) response = upload (server, table[i].path, 10, &sent, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (response->status, ==, table[i].status);
      g_assert_cmpuint (faulty_server_get_n_requests (server), ==, i + 1);
    }
}

/* Nobody reads, or nobody answers: it ends. */
static void
test_silence (void)
{
  static const gsize sizes[] = { 64 * 1024 * 1024, 10 };
  static const char *const words[] = { "taken too slowly", "no whole answer in time" };
  g_autoptr (FaultyServer) server = faulty_server_start (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 start_us = g_get_monotonic_time ();
      Sent sent = { 0 };
      g_autoptr (CfoilHttpResponse) response = upload (server, "/stall", sizes[i], &sent, &error);

      g_assert_null (response);
      g_assert_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_TIMEOUT);
      g_assert_nonnull (strstr (error->message, words[i]));
      g_assert_cmpint (g_get_monotonic_time () - start_us, <, 3 * G_USEC_PER_SEC);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/upload/request", test_request);
  g_test_add_func ("/net/upload/answers", test_answers);
  g_test_add_func ("/net/upload/silence", test_silence);
  return g_test_run ();
}
