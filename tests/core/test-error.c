/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-error.h"

#include <gio/gio.h>
#include <string.h>

static void
test_detail (void)
{
  g_autoptr (GError) error = cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_THROTTLED, 429, "TooManyRequests", "req-1",
                                                       "HTTP %d", 429);
  const CfoilProviderErrorDetail *detail = cfoil_provider_error_get_detail (error);

  g_assert_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_THROTTLED);
  g_assert_cmpstr (error->message, ==, "HTTP 429");
  g_assert_cmpuint (detail->http_status, ==, 429);
  g_assert_cmpstr (detail->reason_code, ==, "TooManyRequests");
  g_assert_cmpstr (detail->request_id, ==, "req-1");
  g_assert_cmpint (detail->retry_after_us, ==, 0);
  cfoil_provider_error_set_retry_after (error, 5 * G_USEC_PER_SEC);
  g_assert_cmpint (detail->retry_after_us, ==, 5 * G_USEC_PER_SEC);
}

static void
test_copy (void)
{
  g_autoptr (GError) error = cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_SERVER, 503, "Down", "req-2", "down");
  g_autoptr (GError) copy = NULL;
  const CfoilProviderErrorDetail *detail;

  cfoil_provider_error_set_retry_after (error, 7);
  copy = g_error_copy (error);
  g_clear_error (&error);
  g_prefix_error (&copy, "Feed: ");
  detail = cfoil_provider_error_get_detail (copy);
  g_assert_cmpstr (copy->message, ==, "Feed: down");
  g_assert_cmpuint (detail->http_status, ==, 503);
  g_assert_cmpstr (detail->reason_code, ==, "Down");
  g_assert_cmpstr (detail->request_id, ==, "req-2");
  g_assert_cmpint (detail->retry_after_us, ==, 7);
}

static void
test_without_detail (void)
{
  g_autoptr (GError) plain = g_error_new_literal (CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_NETWORK, "no route");
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "other");
  g_autoptr (GError) empty = cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_NETWORK, 0, NULL, NULL, "none");

  g_assert_nonnull (cfoil_provider_error_get_detail (plain));
  g_assert_cmpuint (cfoil_provider_error_get_detail (plain)->http_status, ==, 0);
  g_assert_null (cfoil_provider_error_get_detail (plain)->request_id);
  g_assert_null (cfoil_provider_error_get_detail (other));
  g_assert_null (cfoil_provider_error_get_detail (NULL));
  g_assert_null (cfoil_provider_error_get_detail (empty)->reason_code);
}

static const struct
{
  GQuark (*domain) (void);
  int code;
  const char *name;
} names[] = {
  { cfoil_provider_error_quark, CFOIL_PROVIDER_ERROR_FAILED, "failed" },
  { cfoil_provider_error_quark, CFOIL_PROVIDER_ERROR_NETWORK, "network" },
  { cfoil_provider_error_quark, CFOIL_PROVIDER_ERROR_TIMEOUT, "timeout" },
  { cfoil_provider_error_quark, CFOIL_PROVIDER_ERROR_TLS, "tls" },
  { cfoil_provider_error_quark, CFOIL_PROVIDER_ERROR_AUTHENTICATION, "authentication" },
  { cfoil_provider_error_quark, CFOIL_PROVIDER_ERROR_SIGNATURE, "signature" },
  { cfoil_provider_error_quark, CFOIL_PROVIDER_ERROR_CLOCK, "clock" },
  { cfoil_provider_error_quark, CFOIL_PROVIDER_ERROR_THROTTLED, "throttled" },
  { cfoil_provider_error_quark, CFOIL_PROVIDER_ERROR_NOT_FOUND, "not-found" },
  { cfoil_provider_error_quark, CFOIL_PROVIDER_ERROR_REJECTED, "rejected" },
  { cfoil_provider_error_quark, CFOIL_PROVIDER_ERROR_SERVER, "server" },
  { cfoil_provider_error_quark, CFOIL_PROVIDER_ERROR_MALFORMED, "malformed" },
  { cfoil_provider_error_quark, CFOIL_PROVIDER_ERROR_INCOMPLETE, "incomplete" },
  { cfoil_provider_error_quark, CFOIL_PROVIDER_ERROR_EXPIRED, "expired" },
  { cfoil_provider_error_quark, CFOIL_PROVIDER_ERROR_TOO_LARGE, "too-large" },
  { cfoil_provider_error_quark, CFOIL_PROVIDER_ERROR_FORBIDDEN_URL, "forbidden-url" },
  { cfoil_provider_error_quark, CFOIL_PROVIDER_ERROR_KEY, "key" },
  { cfoil_provider_error_quark, CFOIL_PROVIDER_ERROR_UNSUPPORTED, "unsupported" },
  { cfoil_provider_error_quark, CFOIL_PROVIDER_ERROR_HAND_OFF, "hand-off" },
  { cfoil_provider_error_quark, CFOIL_PROVIDER_ERROR_DEADLINE, "deadline-passed" },
  { cfoil_input_error_quark, CFOIL_INPUT_ERROR_SYNTAX, "syntax" },
  { cfoil_input_error_quark, CFOIL_INPUT_ERROR_ENCODING, "encoding" },
  { cfoil_input_error_quark, CFOIL_INPUT_ERROR_LIMIT, "limit" },
  { cfoil_input_error_quark, CFOIL_INPUT_ERROR_MISSING, "missing" },
  { cfoil_input_error_quark, CFOIL_INPUT_ERROR_RANGE, "range" },
  { cfoil_input_error_quark, CFOIL_INPUT_ERROR_CURRENCY, "currency" },
  { cfoil_input_error_quark, CFOIL_INPUT_ERROR_UNKNOWN, "unknown-file" },
  { cfoil_input_error_quark, CFOIL_INPUT_ERROR_TRUNCATED, "truncated" },
  { cfoil_input_error_quark, CFOIL_INPUT_ERROR_CHANGED, "file-changed" },
  { cfoil_input_error_quark, CFOIL_INPUT_ERROR_BLOCKED, "blocked" },
  { cfoil_input_error_quark, CFOIL_INPUT_ERROR_ANSWERED, "answered" },
  { cfoil_input_error_quark, CFOIL_INPUT_ERROR_TAKEN, "taken" },
  { g_io_error_quark, G_IO_ERROR_NO_SPACE, "disk-full" },
  { g_io_error_quark, G_IO_ERROR_PERMISSION_DENIED, "permission" },
  { g_io_error_quark, G_IO_ERROR_READ_ONLY, "permission" },
  { g_io_error_quark, G_IO_ERROR_CANCELLED, "cancelled" },
  { g_io_error_quark, G_IO_ERROR_BUSY, "busy" },
  { g_io_error_quark, G_IO_ERROR_INVALID_DATA, "damaged" },
  { g_io_error_quark, G_IO_ERROR_NOT_FOUND, "no-file" },
  { g_io_error_quark, G_IO_ERROR_FAILED, "failed" },
  { g_file_error_quark, G_FILE_ERROR_NOENT, "failed" },
  /* codes that nobody has given out */
  { cfoil_provider_error_quark, 9999, "failed" },
  { cfoil_provider_error_quark, -1, "failed" },
  { cfoil_input_error_quark, 9999, "failed" },
  { cfoil_input_error_quark, -1, "failed" },
};

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (names[i].domain (), names[i].code, "x");

      g_assert_cmpstr (cfoil_error_to_name (error), ==, names[i].name);
    }
}

/* Every name has advice of its own; a name from elsewhere has the general one. */
static void
test_advice (void)
{
  const char *general = cfoil_error_advice ("failed");

  g_assert_nonnull (general);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *advice = cfoil_error_advice (names[i].name);

      g_assert_nonnull (advice);
      g_assert_cmpuint (strlen (advice), >, 10);
      g_assert_true (g_str_has_suffix (advice, "."));
      if (!g_str_equal (names[i].name, "failed"))
        g_assert_cmpstr (advice, !=, general);
    }
  g_assert_cmpstr (cfoil_error_advice (NULL), ==, general);
  g_assert_cmpstr (cfoil_error_advice (""), ==, general);
  g_assert_cmpstr (cfoil_error_advice ("of a later version"), ==, general);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/error/detail", test_detail);
  g_test_add_func ("/error/copy", test_copy);
  g_test_add_func ("/error/without-detail", test_without_detail);
  g_test_add_func ("/error/names", test_names);
  g_test_add_func ("/error/advice", test_advice);

  return g_test_run ();
}
