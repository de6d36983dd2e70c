/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-log.h"
#include "test-support.h"

#include <string.h>

/* What must not be left of a text, and what must. */
static const struct
{
  const char *text;
  const char *canary;
  const char *left; /* (nullable) */
} secrets[] = {
  { "-----BEGIN PRIVATE KEY-----\nCANARYx\nabc=\n-----END PRIVATE KEY-----\nafter", "CANARY", "after" },
  { "-----BEGIN RSA PRIVATE KEY-----\nCANARY\n-----END RSA PRIVATE KEY-----", "CANARY", NULL },
  { "-----BEGIN EC PRIVATE KEY-----\nCANARY\n-----END EC PRIVATE KEY-----", "CANARY", NULL },
  { "-----BEGIN ENCRYPTED PRIVATE KEY-----\nCANARY\n-----END ENCRYPTED PRIVATE KEY-----", "CANARY", NULL },
  { "before -----BEGIN PRIVATE KEY-----\nCANARY and then cut off", "CANARY", "before" },
  { "-----BEGIN PRIVATE KEY-----\\nCANARY\\n-----END PRIVATE KEY-----", "CANARY", NULL },
  { "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n-----BEGIN PRIVATE KEY-----\nCANARY\n-----END PRIVATE KEY-----", "CANARY", NULL },
  { "Authorization: AMZN-PAY-RSASSA-PSS-V2 PublicKeyId=SANDBOX-X, SignedHeaders=accept;host, Signature=CANARYabc/+==", "CANARY", "PublicKeyId=SANDBOX-X" },
  { "signature = CANARY rest", "CANARY", "rest" },
  { "SIGNATURE:CANARY", "CANARY", NULL },
  { "{\"signature\":\"CANARY\",\"x\":1}", "CANARY", "\"x\":1" },
  { "{\"signature\": \"CANARY\"}", "CANARY", NULL },
  { "Authorization: Bearer CANARY.abc.def", "CANARY", "Authorization" },
  { "bearer CANARY", "CANARY", NULL },
  { "x-amz-security-token: CANARY", "CANARY", NULL },
  { "X-Amz-Credential=CANARY&X-Amz-Date=2020", "CANARY", "X-Amz-Date=2020" },
  { "X-Amz-Signature=CANARY", "CANARY", NULL },
  { "AWSAccessKeyId=CANARY&Expires=1", "CANARY", NULL },
  { "GET https://bucket.s3.amazonaws.com/report.csv?X-Amz-Signature=CANARY&x=CANARY failed", "CANARY", "https://bucket.s3.amazonaws.com/report.csv" },
  { "https://h/p?CANARY\nnext line", "CANARY", "next line" },
  { "\"https://h/p?a=CANARY\", 200", "CANARY", "200" },
  { "http://h/p?token=CANARY", "CANARY", "http://h/p" },
  { "mail to canary.name+tag@shop.example.com please", "canary.name", "please" },
  { "<canary@example.co.uk>", "canary@", NULL },
  { "buyer=CANARY_99@a-b.example", "CANARY", NULL },
  { "m\xc3\xbcller.canary@example.de", "m\xc3\xbcller", NULL },
};

static void
test_redact (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_autofree char *text = cfoil_log_redact (secrets[i].text);

      g_test_message ("%s", secrets[i].text);
      test_assert_lacks (text, secrets[i].canary);
      if (secrets[i].left != NULL)
        test_assert_contains (text, secrets[i].left);
    }
}

static void
test_harmless (void)
{
  static const char *const texts[] = {
    "", "Fetched 17 rows", "2020-01-01T00:00:00Z", "https://example.com/a/b", "P01-1234567-1234567-C123456",
    "a @ b", "signing", "\xe2\x82\xac 5"
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = cfoil_log_redact (texts[i]);

      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_hostile (void)
{
  g_autofree char *at_signs = g_strnfill (200000, '@');
  g_autofree char *letters = g_strnfill (200000, 'a');
  g_autofree char *invalid = cfoil_log_redact ("\xff\xfe canary@example.com \xc3");
  g_autofree char *masked_at = cfoil_log_redact (at_signs);
  g_autofree char *masked_letters = cfoil_log_redact (letters);

  g_assert_true (g_utf8_validate (invalid, -1, NULL));
  test_assert_lacks (invalid, "canary");
  g_assert_nonnull (masked_at);
  g_assert_nonnull (masked_letters);
}

/* The writer masks before anything is kept. */
static void
test_recent (void)
{
  if (g_test_subprocess ())
    {
      g_autofree char *recent = NULL;

      cfoil_log_init ();
      for (guint i = 0; i < 2500; i++)
        g_info ("line %u with canary%u@example.com", i, i);
      g_debug ("not kept");
      recent = cfoil_log_dup_recent ();
      test_assert_contains (recent, "line 2499 with [e-mail]\n");
      test_assert_contains (recent, "line 500 with");
      test_assert_lacks (recent, "line 499 with");
      test_assert_lacks (recent, "canary");
      test_assert_lacks (recent, "not kept");
      g_message ("bearer canary-token");
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr_unmatched ("*canary*");
  g_test_trap_assert_stdout_unmatched ("*canary*");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/log/redact", test_redact);
  g_test_add_func ("/log/harmless", test_harmless);
  g_test_add_func ("/log/hostile", test_hostile);
  g_test_add_func ("/log/recent", test_recent);

  return g_test_run ();
}
