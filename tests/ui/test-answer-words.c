/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-letter-template.h"
#include "cfoil-answer-words.h"
#include "cfoil-case-mail.h"
#include "cfoil-fit-words.h"

#include <locale.h>
#include <string.h>

/* Templates filled with facts, and sizes as people write them. */

static void
assert_filled (const char *text,
               const char *expected,
               const char *missing_title)
{
  g_autoptr (CfoilDraft) draft = cfoil_draft_new ();
  g_autoptr (GPtrArray) missing = NULL;
  g_autofree char *filled = NULL;

  cfoil_draft_set_fact (draft, CFOIL_FACT_TRACKING_NUMBER, "PP{carrier}1", CFOIL_FACT_SOURCE_TYPED, NULL);
  cfoil_draft_set_fact (draft, CFOIL_FACT_DELIVERED_DATE, "2026-07-14", CFOIL_FACT_SOURCE_TYPED, NULL);
  filled = cfoil_answer_letter_template_fill (text, draft, &missing);
  g_assert_cmpstr (filled, ==, expected);
  g_assert_cmpuint (missing->len, ==, missing_title != NULL);
  if (missing_title != NULL)
    g_assert_cmpstr (missing->pdata[0], ==, missing_title);
}

static void
test_template (void)
{
  assert_filled ("", "", NULL);
  assert_filled ("Nothing to fill. Twice.", "Nothing to fill. Twice.", NULL);
  assert_filled ("It came on {delivered_date}.", "It came on 14 July 2026.", NULL);
  /* A value is never read again. */
  assert_filled ("Number { tracking_number }.", "Number PP{carrier}1.", NULL);
  assert_filled ("One. By {carrier}. Three.", "One. Three.", "Carrier");
  assert_filled ("One.\nBy {carrier}\nThree.", "One.\n\nThree.", "Carrier");
  /* Rather too much goes than half a sentence stays. */
  assert_filled ("It has the No. {carrier} here. Yes.", "Yes.", "Carrier");
  assert_filled ("{no_such_fact} is it. Yes.", "Yes.", "no_such_fact");
  assert_filled ("Half { a brace. Yes.", "Yes.", "{");
  assert_filled ("Half } a brace. Yes.", "Yes.", "{");
}

static void
assert_bytes (const char *text,
              gint64      expected)
{
  gint64 bytes = -1;
  gboolean ok = cfoil_fit_words_parse_bytes (text, &bytes);

  g_assert_cmpint (ok, ==, expected > 0);
  if (expected > 0)
    g_assert_cmpint (bytes, ==, expected);
}

static void
test_bytes (void)
{
  static const gint64 sizes[] = { 1, 17, 999, 1000, 1001, 4500000, 5000000, 9999999, 200000000 };

  assert_bytes ("5 MB", 5000000);
  assert_bytes ("4.5MB", 4500000);
  assert_bytes (" 4,5 mb ", 4500000);
  assert_bytes ("4,500 kB", 4500000);
  assert_bytes ("9.999.999 bytes", 9999999);
  assert_bytes ("9\u202f999\u202f999", 9999999);
  assert_bytes ("0.25 MB", 250000);
  assert_bytes ("", 0);
  assert_bytes ("0", 0);
  assert_bytes ("-5 MB", 0);
  assert_bytes ("5 GB", 0);
  assert_bytes ("1.5", 0);
  assert_bytes ("99999999999999999999999", 0);
  assert_bytes ("1,,000", 0);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *text = cfoil_fit_words_exact_bytes (sizes[i]);

      assert_bytes (text, sizes[i]);
    }
}

static void
test_rounding (void)
{
  g_autofree char *used = cfoil_fit_words_bytes (4500001, TRUE);
  g_autofree char *limit = cfoil_fit_words_bytes (9999999, FALSE);

  g_assert_cmpstr (used, ==, "4.6 MB");
  g_assert_cmpstr (limit, ==, "9.9 MB");
}

/* What must be reached is never shown smaller than it is. */
static void
test_percent (void)
{
  g_autofree char *chance = cfoil_answer_words_percent (552300, FALSE);
  g_autofree char *needed = cfoil_answer_words_percent (552300, TRUE);
  g_autofree char *even = cfoil_answer_words_percent (560000, TRUE);

  g_assert_cmpstr (chance, ==, "55 %");
  g_assert_cmpstr (needed, ==, "56 %");
  g_assert_cmpstr (even, ==, "56 %");
}

/* Of a template nothing between braces of ours leaves, whether a mail knows it or not. */
static void
test_mail (void)
{
  CfoilCase record = { .buyer_email = (char *) "a@example.com", .buyer_name = (char *) "Ann & Co", .amount_minor = CFOIL_UNKNOWN };
  CfoilLibraryItem template = { .text = (char *) "About {reference}\n\nHello {buyer}, sent as {tracking_number}, {stay}." };
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *subject = NULL;
  g_autofree char *uri = cfoil_case_mail_compose (&record, &template, CFOIL_UNKNOWN, zone, &subject);
  g_autofree char *words = g_uri_unescape_string (uri, NULL);

  g_assert_cmpstr (subject, ==, "About …");
  g_assert_cmpstr (words, ==, "mailto:a@example.com?subject=About …&body=Hello Ann & Co, sent as …, {stay}.");
  g_assert_nonnull (strstr (uri, "%26"));
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/answer-words/template", test_template);
  g_test_add_func ("/answer-words/bytes", test_bytes);
  g_test_add_func ("/answer-words/rounding", test_rounding);
  g_test_add_func ("/answer-words/percent", test_percent);
  g_test_add_func ("/answer-words/mail", test_mail);
  return g_test_run ();
}
