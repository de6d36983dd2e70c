/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-error.h"
#include "cfoil-http.h"
#include "faulty-server.h"

#include <glib/gstdio.h>
#include <string.h>

/* A misbehaving server: what may be believed, and that all of it ends in time. */
#define CODE(name) CFOIL_PROVIDER_ERROR_##name
#define ANY_ERROR -2
#define SUCCESS -1

static CfoilHttp *
new_http (void)
{
  g_autoptr (GError) error = NULL;
  CfoilHttp *http = cfoil_http_new (NULL, &error);
  CfoilHttpLimits limits = cfoil_http_default_limits;

  g_assert_no_error (error);
  limits.page_deadline_us = 1000 * 1000;
  limits.document_deadline_us = 5000 * 1000;
  limits.speed_window_us = 700 * 1000;
  limits.page_max_bytes = 1024 * 1024;
  limits.document_max_bytes = 2 * 1024 * 1024;
  cfoil_http_set_limits (http, &limits);
  return http;
}

static CfoilHttpResponse *
get (CfoilHttp    *http,
     const char   *url,
     GCancellable *cancellable,
     GError      **error)
{
  CfoilHttpRequest request = { .method = "GET", .url = url };

  return cfoil_http_send (http, &request, cancellable, error);
}

static void
test_pages (void)
{
  static const struct
  {
    const char *path;
    int code;
    guint status;
    gboolean proven;
  } table[] = {
    { "/ok", SUCCESS, 200, TRUE },
    { "/short", CODE (INCOMPLETE) },
    { "/chunkcut", CODE (INCOMPLETE) },
    { "/chunkend", SUCCESS, 200, FALSE },
    { "/nolen", SUCCESS, 200, FALSE },
    { "/drip", CODE (TIMEOUT) },
    { "/stall", CODE (TIMEOUT) },
    { "/slowhead", CODE (TIMEOUT) },
    { "/bomb", CODE (TOO_LARGE) },
    { "/badgzip", CODE (MALFORMED) },
    { "/cutgzip", CODE (INCOMPLETE) },
    { "/junkgzip", CODE (MALFORMED) },
    { "/twogzip", CODE (MALFORMED) },
    { "/crcgzip", CODE (MALFORMED) },
    { "/goodgzip", SUCCESS, 200, TRUE },
    { "/brotli", CODE (MALFORMED) },
    { "/redir", SUCCESS, 302, TRUE },
    { "/loop", SUCCESS, 302, TRUE },
    { "/html", SUCCESS, 200, TRUE },
    { "/status?c=503", SUCCESS, 503, TRUE },
    { "/rst", ANY_ERROR },
    { "/garbage", ANY_ERROR },
    { "/null", ANY_ERROR },
    { "/hdrs", ANY_ERROR },
    { "/hdr", ANY_ERROR },
    { "/endless", ANY_ERROR },
    { "/twolengths", ANY_ERROR },
    { "/minus", ANY_ERROR },
    { "/big?n=1048576", SUCCESS, 200, TRUE },
    { "/big?n=1048577", CODE (TOO_LARGE) },
  };
  g_autoptr (FaultyServer) server = faulty_server_start (NULL);
  g_autoptr (CfoilHttp) http = new_http ();

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *url = faulty_server_dup_url (server, table[i].path);
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();
      g_autoptr (CfoilHttpResponse) response = get (http, url, NULL, &error);

      g_test_message ("%s: %s", table[i].path, error != NULL ? error->message : "no error");
      g_assert_cmpint (g_get_monotonic_time () - start, <, 3 * G_USEC_PER_SEC);
      if (table[i].code == SUCCESS)
        {
          g_assert_no_error (error);
          g_assert_cmpuint (response->status, ==, table[i].status);
          g_assert_cmpint (response->length_proven, ==, table[i].proven);
        }
      else
        {
          g_assert_null (response);
          g_assert_nonnull (error);
          g_assert_true (error->domain == CFOIL_PROVIDER_ERROR);
          if (table[i].code >= 0)
            g_assert_cmpint (error->code, ==, table[i].code);
        }
    }
}

static void
test_content (void)
{
  g_autoptr (FaultyServer) server = faulty_server_start (NULL);
  g_autoptr (CfoilHttp) http = new_http ();
  g_autofree char *plain = faulty_server_dup_url (server, "/goodgzip");
  g_autofree char *html = faulty_server_dup_url (server, "/html");
  g_autofree char *request = NULL;
  g_autoptr (CfoilHttpResponse) response = get (http, plain, NULL, NULL);
  g_autoptr (CfoilHttpResponse) page = get (http, html, NULL, NULL);

  g_assert_cmpstr (response->body, ==, FAULTY_BODY);
  g_assert_true (cfoil_http_response_is_json (response));
  g_assert_false (cfoil_http_response_is_json (page));
  g_assert_cmpstr (cfoil_http_response_get_header (page, "content-type"), ==, "text/html");
  request = faulty_server_dup_last_request (server);
  g_assert_nonnull (strstr (request, "Accept-Encoding: identity\r\n"));
  g_assert_null (strstr (request, "gzip"));
}

static void
test_downloads (void)
{
  static const struct
  {
    const char *path;
    int code;
    guint status;
    gboolean proven;
  } table[] = {
    { "/ok", SUCCESS, 200, TRUE },
    { "/big?n=2000000", SUCCESS, 200, TRUE },
    { "/big?n=2097153", CODE (TOO_LARGE) },
    { "/goodgzip", SUCCESS, 200, TRUE },
    { "/chunkend", SUCCESS, 200, FALSE },
    { "/nolen", SUCCESS, 200, FALSE },
    { "/short", CODE (INCOMPLETE) },
    { "/chunkcut", CODE (INCOMPLETE) },
    { "/cutgzip", CODE (INCOMPLETE) },
    { "/badgzip", CODE (MALFORMED) },
    { "/bomb", CODE (TOO_LARGE) },
    { "/drip", CODE (TIMEOUT) },
    { "/stall", CODE (TIMEOUT) },
    { "/slowhead", CODE (TIMEOUT) },
    { "/status?c=403", SUCCESS, 403, TRUE },
    { "/redir", SUCCESS, 302, TRUE },
  };
  g_autoptr (FaultyServer) server = faulty_server_start (NULL);
  g_autoptr (CfoilHttp) http = new_http ();
  g_autofree char *folder = g_dir_make_tmp ("counterfoil-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "document", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *url = faulty_server_dup_url (server, table[i].path);
      g_autoptr (GError) error = NULL;
      CfoilHttpDownload download;
      gboolean ok = cfoil_http_download (http, url, FALSE, file, &download, NULL, &error);

      g_test_message ("%s: %s", table[i].path, error != NULL ? error->message : "no error");
      if (table[i].code == SUCCESS)
        {
          g_assert_no_error (error);
          g_assert_true (ok);
          g_assert_cmpuint (download.status, ==, table[i].status);
          g_assert_cmpint (download.length_proven, ==, table[i].proven);
        }
      else
        g_assert_error (error, CFOIL_PROVIDER_ERROR, table[i].code);

      if (ok && table[i].status == 200)
        {
          g_autofree char *bytes = NULL;
          g_autofree char *sha256 = NULL;
          gsize length;

          g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
          g_assert_cmpuint (length, ==, download.n_bytes);
          sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) bytes, length);
          g_assert_cmpstr (sha256, ==, download.sha256);
          g_remove (path);
        }
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
  g_rmdir (folder);
}

static void
test_tls (void)
{
  static const struct
  {
    const char *certificate;
    gboolean own_authority;
    gboolean ok;
  } table[] = {
    { "server.pem", TRUE, TRUE },
    { "server.pem", FALSE, FALSE },
    { "self-signed.pem", TRUE, FALSE },
    { "self-signed.pem", FALSE, FALSE },
    { "other-host.pem", TRUE, FALSE },
    { "expired.pem", TRUE, FALSE },
  };
  g_autofree char *authority = g_test_build_filename (G_TEST_DIST, "tls", "authority.pem", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *certificate = g_test_build_filename (G_TEST_DIST, "tls", table[i].certificate, NULL);
      g_autoptr (FaultyServer) server = faulty_server_start (certificate);
      g_autofree char *url = faulty_server_dup_url (server, "/ok");
      g_autoptr (GError) error = NULL;
      g_autoptr (CfoilHttp) http = cfoil_http_new (table[i].own_authority ? authority : NULL, &error);
      g_autoptr (CfoilHttpResponse) response = NULL;

      g_assert_no_error (error);
      response = get (http, url, NULL, &error);
      if (table[i].ok)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (response->body, ==, FAULTY_BODY);
          continue;
        }
      g_test_message ("%s: %s", table[i].certificate, error->message);
      g_assert_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_TLS);
      g_assert_cmpuint (faulty_server_get_n_requests (server), ==, 0);
    }
}

/* The end of a TLS stream without its goodbye is a cut, whatever came before. */
static void
test_tls_cut (void)
{
  g_autofree char *authority = g_test_build_filename (G_TEST_DIST, "tls", "authority.pem", NULL);
  g_autofree char *certificate = g_test_build_filename (G_TEST_DIST, "tls", "server.pem", NULL);
  g_autoptr (FaultyServer) server = faulty_server_start (certificate);
  g_autoptr (CfoilHttp) http = cfoil_http_new (authority, NULL);
  static const char *const paths[] = { "/chunkend", "/nolen", "/short" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *url = faulty_server_dup_url (server, paths[i]);
      g_autoptr (CfoilHttpResponse) response = get (http, url, NULL, NULL);

      g_assert_true (response == NULL || !response->length_proven);
    }
}

static void
test_bad_authority (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (cfoil_http_new ("relative.pem", &error));
  g_assert_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_TLS);
  g_clear_error (&error);
  g_assert_null (cfoil_http_new ("/nonexistent/authority.pem", &error));
  g_assert_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_TLS);
}

static void
test_nobody_there (void)
{
  g_autoptr (CfoilHttp) http = new_http ();
  g_autoptr (FaultyServer) server = faulty_server_start (NULL);
  g_autofree char *url = faulty_server_dup_url (server, "/ok");
  g_autoptr (GError) error = NULL;

  faulty_server_stop (g_steal_pointer (&server));
  g_assert_null (get (http, url, NULL, &error));
  g_assert_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_NETWORK);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (100 * 1000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_cancel (void)
{
  static const char *const paths[] = { "/stall", "/drip", "/slowhead" };
  g_autoptr (FaultyServer) server = faulty_server_start (NULL);
  g_autoptr (CfoilHttp) http = cfoil_http_new (NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *url = faulty_server_dup_url (server, paths[i]);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GThread) thread = g_thread_new ("cancel", cancel_soon, cancellable);
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();

      g_assert_null (get (http, url, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
      g_thread_join (g_steal_pointer (&thread));
      g_clear_error (&error);

      /* Before it begins: nothing is sent. */
      g_assert_null (get (http, url, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      g_assert_false (cfoil_http_sleep (http, 60 * (gint64) G_USEC_PER_SEC, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  g_assert_cmpuint (faulty_server_get_n_requests (server), ==, G_N_ELEMENTS (paths));
}

static gpointer
cancel_about_now (gpointer data)
{
  gint64 end = g_get_monotonic_time () + g_test_rand_int_range (0, 2500);

  while (g_get_monotonic_time () < end)
    ;
  g_cancellable_cancel (data);
  return NULL;
}

/* At any moment around the answer's headers, also when libsoup has them and
 * we have not. */
static void
test_cancel_at_headers (void)
{
  g_autoptr (FaultyServer) server = faulty_server_start (NULL);
  g_autoptr (CfoilHttp) http = cfoil_http_new (NULL, NULL);
  g_autofree char *url = faulty_server_dup_url (server, "/ok");

  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      GThread *thread = g_thread_new ("cancel", cancel_about_now, cancellable);
      g_autoptr (GError) error = NULL;
      g_autoptr (CfoilHttpResponse) response = get (http, url, cancellable, &error);

      if (response == NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_thread_join (thread);
    }
}

static gpointer
get_in_thread (gpointer data)
{
  gpointer *both = data;

  return get (both[0], both[1], NULL, NULL);
}

/* A client made in one thread works in another, and in the next. */
static void
test_threads (void)
{
  g_autoptr (FaultyServer) server = faulty_server_start (NULL);
  g_autoptr (CfoilHttp) http = new_http ();
  g_autofree char *url = faulty_server_dup_url (server, "/ok");
  gpointer both[] = { http, url };

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (CfoilHttpResponse) here = get (http, url, NULL, NULL);
      g_autoptr (CfoilHttpResponse) there = g_thread_join (g_thread_new ("get", get_in_thread, both));

      g_assert_cmpstr (here->body, ==, FAULTY_BODY);
      g_assert_cmpstr (there->body, ==, FAULTY_BODY);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* The HTTP library itself warns when it meets a negative length. */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);

  g_test_add_func ("/net/http/pages", test_pages);
  g_test_add_func ("/net/http/content", test_content);
  g_test_add_func ("/net/http/downloads", test_downloads);
  g_test_add_func ("/net/http/tls", test_tls);
  g_test_add_func ("/net/http/tls-cut", test_tls_cut);
  g_test_add_func ("/net/http/bad-authority", test_bad_authority);
  g_test_add_func ("/net/http/nobody-there", test_nobody_there);
  g_test_add_func ("/net/http/cancel", test_cancel);
  g_test_add_func ("/net/http/cancel-at-headers", test_cancel_at_headers);
  g_test_add_func ("/net/http/threads", test_threads);

  return g_test_run ();
}
