/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-mail.h"
#include "cfoil-error.h"

#include <string.h>

#define DISPUTE "P01-1234567-7654321-B012345"
#define CHARGE "P01-1234567-7654321-C012345"
#define ORDER "P01-1234567-7654321"

#define HEADERS \
  "From: \"Amazon Payments\" <payments-messages@amazon.com>\r\n" \
  "To: shop@example.com\r\n" \
  "Date: Tue, 10 Nov 2026 09:15:00 -0800\r\n" \
  "Subject: Chargeback notification for order " ORDER "\r\n" \
  "Authentication-Results: mx.example.com; dkim=pass header.d=amazon.com; spf=pass; dmarc=pass\r\n"
#define PLAIN "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
#define WORDS \
  "A chargeback was filed. Dispute " DISPUTE " on the charge " CHARGE ".\r\n" \
  "Reason: ProductNotReceived. Amount: USD 25.54.\r\n" \
  "Answer it in https://sellercentral.amazon.com/disputes within 11 days.\r\n"

static CfoilMail *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  CfoilMail *mail = cfoil_amazon_mail_parse (bytes, &error);

  g_assert_no_error (error);
  g_assert_nonnull (mail);
  return mail;
}

static gboolean
doubts (const CfoilMail *mail,
        const char      *words)
{
  for (guint i = 0; mail->doubts[i] != NULL; i++)
    if (strstr (mail->doubts[i], words) != NULL)
      return TRUE;
  return FALSE;
}

static void
assert_named (const CfoilMail *mail)
{
  g_assert_cmpuint (g_strv_length (mail->dispute_ids), ==, 1);
  g_assert_cmpstr (mail->dispute_ids[0], ==, DISPUTE);
  g_assert_true (g_strv_contains ((const char *const *) mail->charge_ids, CHARGE));
  g_assert_cmpint (mail->reason, ==, CFOIL_REASON_NOT_RECEIVED);
  g_assert_cmpstr (mail->currency, ==, "USD");
  g_assert_cmpint (mail->amount_minor, ==, 2554);
}

static void
test_genuine (void)
{
  g_autoptr (CfoilMail) mail = parse (HEADERS PLAIN WORDS);

  assert_named (mail);
  g_assert_cmpstr (mail->sender, ==, "payments-messages@amazon.com");
  g_assert_cmpstr (mail->subject, ==, "Chargeback notification for order " ORDER);
  g_assert_cmpstr (mail->order_ids[0], ==, ORDER);
  g_assert_cmpint (mail->kind, ==, CFOIL_CASE_CHARGEBACK);
  g_assert_cmpint (mail->sent_us, ==, G_GINT64_CONSTANT (1794330900) * G_USEC_PER_SEC);
  g_assert_cmpuint (g_strv_length (mail->doubts), ==, 0);
}

/* Base64, HTML beside plain text, an A-to-z claim, yen. */
static void
test_parts (void)
{
  g_autofree char *coded = g_base64_encode ((const guchar *) WORDS, strlen (WORDS));
  g_autofree char *text = g_strconcat (
    HEADERS "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n"
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n", coded,
    "\r\n--b\r\nContent-Type: text/html\r\n\r\n<html><head><title>P09-0000000-0000000-B000009</title></head>"
    "<p>A-to-z <b>claim</b> " DISPUTE "&nbsp;</p></html>\r\n--b--\r\n", NULL);
  g_autoptr (CfoilMail) mail = parse (text);
  g_autoptr (CfoilMail) yen = parse (HEADERS PLAIN "JPY 2554 and not EUR 3.456\r\n");
  g_autoptr (CfoilMail) sign = parse (HEADERS PLAIN "$25.54 and ABC 12.00 and USD 1,234.00\r\n");

  assert_named (mail);
  g_assert_cmpint (mail->kind, ==, CFOIL_CASE_CLAIM);
  g_assert_cmpstr (yen->currency, ==, "JPY");
  g_assert_cmpint (yen->amount_minor, ==, 2554);
  g_assert_null (sign->currency);
  g_assert_cmpint (sign->amount_minor, ==, CFOIL_UNKNOWN);
}

static void
test_forged (void)
{
  static const struct
  {
    const char *text;
    const char *doubt;
  } forged[] = {
    { "From: Amazon <help@amazon-payments.example>\r\nSubject: Chargeback\r\n" PLAIN WORDS, "no address of Amazon" },
    { "From: \"help@amazon.com\" <thief@notamazon.com>\r\nSubject: Chargeback\r\n" PLAIN WORDS, "thief@notamazon.com" },
    { "From: Amazon <help@amazon.com.example.org>\r\nSubject: Chargeback\r\n" PLAIN WORDS, "no address of Amazon" },
    { "From: Amazon <help@amazon.com>\r\nReply-To: <x@evil.example>\r\nSubject: S\r\n" PLAIN WORDS, "Answers to it" },
    { "From: Amazon <help@amazon.com>\r\nAuthentication-Results: mx; dmarc=fail\r\nSubject: S\r\n" PLAIN WORDS, "dmarc" },
    { HEADERS PLAIN WORDS "https://amazon.com.evil.example/login\r\n", "amazon.com.evil.example" },
    { HEADERS PLAIN WORDS "https://sellercentral.amazon.com@evil.example/\r\n", "evil.example" },
    { HEADERS "MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<a href=\"http://evil.example/x\">https://amazon.com</a> " DISPUTE, "evil.example" },
    { HEADERS "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n" WORDS
      "--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"invoice.pdf.exe\"\r\n\r\nMZ\r\n--b--\r\n", "run a program" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forged); i++)
    {
      g_autoptr (CfoilMail) mail = parse (forged[i].text);

      if (!doubts (mail, forged[i].doubt))
        g_error ("Nothing is doubted in number %u", i);
    }
}

/* Only whole ids are ids. */
static void
test_ids (void)
{
  g_autoptr (CfoilMail) mail = parse (HEADERS PLAIN
                                      "XP01-1234567-7654321-B012345 P01-1234567-7654321-B0123456 P01-1234567-7654321-B012345-1 "
                                      "p01-1234567-7654321-b012345 P01-1234567-765432-B012345\r\n");

  g_assert_cmpuint (g_strv_length (mail->dispute_ids), ==, 0);
}

static void
test_hostile (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) none = g_bytes_new_static ("just words\n", 11);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autofree char *many = g_malloc0 (CFOIL_AMAZON_MAIL_MAX + 1);
  g_autoptr (GBytes) large = g_bytes_new_static (many, CFOIL_AMAZON_MAIL_MAX + 1);
  g_autoptr (CfoilMail) controls = parse ("From: <a@amazon.com>\r\nSubject: =?utf-8?Q?A=1B[31m=E2=80=AEB=00?=\r\n" PLAIN "\xff\xfe\r\n");
  g_autoptr (GString) deep = g_string_new (HEADERS "MIME-Version: 1.0\r\n");

  g_assert_null (cfoil_amazon_mail_parse (none, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_null (cfoil_amazon_mail_parse (empty, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_null (cfoil_amazon_mail_parse (large, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT);
  g_assert_true (g_str_has_prefix (controls->subject, "A[31mB"));
  g_assert_null (strpbrk (controls->subject, "\033\n"));

  for (guint i = 0; i < 300; i++)
    g_string_append_printf (deep, "Content-Type: multipart/mixed; boundary=b%u\r\n\r\n--b%u\r\n", i, i);
  cfoil_mail_free (parse (deep->str));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/genuine", test_genuine);
  g_test_add_func ("/mail/parts", test_parts);
  g_test_add_func ("/mail/forged", test_forged);
  g_test_add_func ("/mail/ids", test_ids);
  g_test_add_func ("/mail/hostile", test_hostile);
  return g_test_run ();
}
