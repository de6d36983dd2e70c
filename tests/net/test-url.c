/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-error.h"
#include "cfoil-url.h"

static const char *const domains[] = { "amazonaws.com", "amazon.com", "amazon.co.jp", NULL };
static const char *const hosts[] = { "pay-api.amazon.eu", NULL };

static void
check (const char           *url,
       const CfoilUrlPolicy *policy,
       gboolean              expected)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = cfoil_url_check (url, policy, &error);

  g_test_message ("%.100s: %s", url, ok ? "allowed" : error->message);
  g_assert_cmpint (ok, ==, expected);
  if (!ok)
    g_assert_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_FORBIDDEN_URL);
}

static void
test_documents (void)
{
  static const char *const good[] = {
    "https://bucket.s3.amazonaws.com/report?X-Amz-Signature=abc%2Fdef&X-Amz-Expires=30",
    "https://s3-eu-west-1.amazonaws.com/a/b.csv",
    "https://BUCKET.S3.AMAZONAWS.COM/r",
    "HTTPS://amazonaws.com/",
    "https://a.amazonaws.com:443/",
    "https://reports.amazon.co.jp/x",
  };
  static const char *const bad[] = {
    "",
    "http://bucket.s3.amazonaws.com/r",
    "file:///etc/passwd",
    "smb://amazonaws.com/share",
    "ftp://amazonaws.com/",
    "data:text/csv,a",
    "//bucket.s3.amazonaws.com/r",
    "bucket.s3.amazonaws.com/r",
    "https:bucket.s3.amazonaws.com/r",
    "https:///r",
    "https://user@amazonaws.com/",
    "https://user:pass@amazonaws.com/",
    "https://amazonaws.com@evil.test/",
    "https://amazonaws.com:22/",
    "https://amazonaws.com:0/",
    "https://amazonaws.com:4430/",
    "https://amazonaws.com:99999/",
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://127.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://169.254.169.254/latest/",
    "https://localhost/",
    "https://amazonaws.com.evil.test/",
    "https://evil-amazonaws.com/",
    "https://amazonaws.com./",
    "https://amazonaws.co/",
    "https://xamazon.com/",
    "https://amazon.com.br/",
    "https://amazon.de/",
    "https://.amazonaws.com/",
    "https://a..amazonaws.com/",
    "https://am\xd0\xb0zonaws.com/",
    "https://xn--mazonaws-2fg.com/",
    "https://evil.test%2eamazonaws.com/",
    "https://evil.test%00.amazonaws.com/",
    "https://evil.test\\.amazonaws.com/",
    "https://evil.test#.amazonaws.com/",
    "https://evil.test?.amazonaws.com/",
    "https://evil.test/.amazonaws.com/",
    "https://amazonaws.com/a b",
    "https://amazonaws.com/a\nb",
    "https://amazonaws.com/a\tb",
    "https://amazonaws.com/\x7f",
    "https://amazonaws.com/#fragment",
    " https://amazonaws.com/",
    "https://amazonaws.com/ ",
  };
  CfoilUrlPolicy policy = { .domains = domains };
  g_autofree char *fill = g_strnfill (CFOIL_URL_MAX_LENGTH - 22, 'a');
  g_autofree char *longest = g_strconcat ("https://amazonaws.com/", fill, NULL);
  g_autofree char *too_long = g_strconcat (longest, "a", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    check (good[i], &policy, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    check (bad[i], &policy, FALSE);
  check (longest, &policy, TRUE);
  check (too_long, &policy, FALSE);
}

static void
test_hosts (void)
{
  CfoilUrlPolicy policy = { .hosts = hosts };

  check ("https://pay-api.amazon.eu/v2", &policy, TRUE);
  check ("https://pay-api.amazon.eu", &policy, TRUE);
  check ("https://x.pay-api.amazon.eu/", &policy, FALSE);
  check ("https://amazon.eu/", &policy, FALSE);
  check ("http://pay-api.amazon.eu/", &policy, FALSE);
}

static void
test_custom (void)
{
  CfoilUrlPolicy policy = { .hosts = hosts, .domains = domains, .custom_endpoint = "https://127.0.0.1:8443" };

  check ("https://127.0.0.1:8443/doc", &policy, TRUE);
  check ("https://127.0.0.1:9000/doc", &policy, TRUE);
  check ("http://127.0.0.1:8443/doc", &policy, FALSE);
  check ("https://localhost:8443/doc", &policy, FALSE);
  check ("https://bucket.amazonaws.com/doc", &policy, FALSE);
  policy.custom_endpoint = "https://example.com";
  check ("https://example.com/doc", &policy, FALSE);
}

static void
test_endpoints (void)
{
  static const char *const good[] = {
    "https://127.0.0.1:8443",
    "https://127.0.0.1:8443/",
    "https://localhost:1",
    "https://[::1]:8443",
  };
  static const char *const bad[] = {
    "http://127.0.0.1:8443",
    "https://192.168.0.1:8443",
    "https://example.com",
    "https://localhost.evil.test",
    "https://localhost./",
    "https://user@127.0.0.1",
    "https://127.0.0.1/path",
    "https://127.0.0.1?query",
    "https://0x7f.0.0.1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (cfoil_url_check_endpoint (good[i], NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_false (cfoil_url_check_endpoint (bad[i], &error));
      g_assert_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_FORBIDDEN_URL);
    }
}

/* A signature in a query must not get into a log by way of a message. */
static void
test_silence (void)
{
  CfoilUrlPolicy policy = { .domains = domains };
  g_autoptr (GError) error = NULL;

  g_assert_false (cfoil_url_check ("https://evil.test/r?X-Amz-Signature=canary", &policy, &error));
  g_assert_null (g_strstr_len (error->message, -1, "canary"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/net/url/documents", test_documents);
  g_test_add_func ("/net/url/hosts", test_hosts);
  g_test_add_func ("/net/url/custom", test_custom);
  g_test_add_func ("/net/url/endpoints", test_endpoints);
  g_test_add_func ("/net/url/silence", test_silence);

  return g_test_run ();
}
