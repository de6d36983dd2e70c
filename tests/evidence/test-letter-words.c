/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter-fixture.h"

#include <locale.h>
#include <string.h>
#include <time.h>

#include "test-support.h"

/* --- whole letters --- */

static void
check_golden (const CfoilDraft *draft,
              CfoilReason       reason,
              CfoilCaseKind     kind,
              const char       *provider,
              const char       *name)
{
  g_autofree char *relative = g_strconcat ("letters/", name, ".txt", NULL);
  g_autofree char *path = test_data_file (relative);
  g_autofree char *expected = NULL;
  g_autoptr (CfoilLetter) letter = cfoil_letter_compose (draft, reason, kind, provider);
  g_autofree char *text = cfoil_letter_to_text (letter);

  letter_check_forms (letter);
  expected = test_read_text (path);
  if (g_strcmp0 (text, expected) != 0)
    g_error ("%s is not as expected. It is:\n%s", name, text);
}

static CfoilDraft *
sale (CfoilReason  reason,
      CfoilProduct product,
      const char  *currency)
{
  CfoilDraft *draft = cfoil_draft_new ();
  gint64 minor = g_str_equal (currency, "JPY") ? 2554 : g_str_equal (currency, "KWD") ? 25540 : 123456;
  g_autofree char *amount = cfoil_fact_money (currency, minor);
  const struct
  {
    CfoilFactKey key;
    const char *value;
  } facts[] = {
    { CFOIL_FACT_MERCHANT, "Meadow & Sons" },
    { CFOIL_FACT_MERCHANT_ADDRESS, "1 Mill Lane\nLeeds LS1 4AB" },
    { CFOIL_FACT_MERCHANT_CONTACT, "help@meadow.example" },
    { CFOIL_FACT_CHARGE_ID, "S01-1234567-7654321-C000001" },
    { CFOIL_FACT_PAYMENT_TIME, "2026-07-14T15:53:07Z" },
    { CFOIL_FACT_PAYMENT_AMOUNT, amount },
    { CFOIL_FACT_DISPUTE_ID, "S01-1234567-7654321-B000001" },
    { CFOIL_FACT_DISPUTE_OPENED, "2026-08-20T10:00:00Z" },
    { CFOIL_FACT_DISPUTE_AMOUNT, amount },
    { CFOIL_FACT_ORDER_REFERENCE, "A-1001" },
    { CFOIL_FACT_BUYER_NAME, "Ida Larsen" },
  };

  draft->reason = reason;
  draft->product = product;
  draft->letter_us = G_GINT64_CONSTANT (1787313600) * G_USEC_PER_SEC; /* 21 August 2026, noon */
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    cfoil_draft_set_fact (draft, facts[i].key, facts[i].value, CFOIL_FACT_SOURCE_MIRROR, NULL);
  return draft;
}

static void
test_golden_usd (void)
{
  g_autoptr (CfoilDraft) draft = sale (CFOIL_REASON_NOT_RECEIVED, CFOIL_PRODUCT_PHYSICAL, "USD");

  letter_type (draft, CFOIL_FACT_ITEMS, "2 × Lamp “Fjord”\n1 × Bulb");
  letter_type (draft, CFOIL_FACT_CARRIER, "UPS");
  letter_type (draft, CFOIL_FACT_TRACKING_NUMBER, "1Z999AA10123456784");
  letter_type (draft, CFOIL_FACT_SHIPPED_DATE, "2026-07-15");
  letter_type (draft, CFOIL_FACT_PROMISED_DATE, "2026-07-20");
  letter_type (draft, CFOIL_FACT_DELIVERED_DATE, "2026-07-18");
  letter_type (draft, CFOIL_FACT_SHIPPING_ADDRESS, "Ida Larsen\n5 Quay St.\nBristol BS1 4DJ");
  letter_type (draft, CFOIL_FACT_BILLING_ADDRESS, "Ida Larsen\n5 Quay St.\nBristol BS1 4DJ");
  letter_type (draft, CFOIL_FACT_CONTACT_SUMMARY, "The buyer asked for an invoice. We sent one.");
  letter_add_exhibit (draft, CFOIL_EVIDENCE_RECEIPT, "The receipt that the buyer was sent");
  letter_add_exhibit (draft, CFOIL_EVIDENCE_DELIVERY, "UPS: delivered to Bristol");
  letter_add_exhibit (draft, CFOIL_EVIDENCE_SIGNATURE, "");
  letter_add_exhibit (draft, CFOIL_EVIDENCE_OTHER, "A photograph of the door");
  g_free (draft->why);
  draft->why = g_strdup ("The parcel was delivered a month before the dispute.");
  cfoil_draft_set_own_words (draft, "argument", "The door in Exhibit D is the buyer’s.");
  check_golden (draft, CFOIL_REASON_NOT_RECEIVED, CFOIL_CASE_CHARGEBACK, "Amazon Pay", "not-received-usd");
}

static void
test_golden_jpy (void)
{
  g_autoptr (CfoilDraft) draft = sale (CFOIL_REASON_DUPLICATE, CFOIL_PRODUCT_PHYSICAL, "JPY");

  cfoil_draft_set_fact (draft, CFOIL_FACT_DISPUTE_AMOUNT, "JPY 1200", CFOIL_FACT_SOURCE_MIRROR, NULL);
  letter_type (draft, CFOIL_FACT_OTHER_ORDER, "A-1002");
  letter_type (draft, CFOIL_FACT_OTHER_CHARGE_ID, "S01-1234567-7654321-C000002");
  letter_type (draft, CFOIL_FACT_OTHER_AMOUNT, "JPY 2554");
  letter_type (draft, CFOIL_FACT_OTHER_DATE, "2026-07-15");
  letter_type (draft, CFOIL_FACT_DIFFERENCE, "The first was for a lamp, the other for a chair");
  letter_add_exhibit (draft, CFOIL_EVIDENCE_OTHER_PAYMENT, "Both receipts");
  check_golden (draft, CFOIL_REASON_DUPLICATE, CFOIL_CASE_CLAIM, "Amazon Pay", "duplicate-jpy");
}

static void
test_golden_kwd (void)
{
  g_autoptr (CfoilDraft) draft = sale (CFOIL_REASON_CREDIT_NOT_PROCESSED, CFOIL_PRODUCT_DIGITAL, "KWD");

  cfoil_draft_set_fact (draft, CFOIL_FACT_REFUND_ID, "S01-1234567-7654321-R000001", CFOIL_FACT_SOURCE_MIRROR, NULL);
  cfoil_draft_set_fact (draft, CFOIL_FACT_REFUND_TIME, "2026-08-01T09:30:00Z", CFOIL_FACT_SOURCE_MIRROR, NULL);
  cfoil_draft_set_fact (draft, CFOIL_FACT_REFUND_AMOUNT, "KWD 25.540", CFOIL_FACT_SOURCE_MIRROR, NULL);
  letter_type (draft, CFOIL_FACT_POLICY_TEXT, "Downloads are refunded within 14 days.");
  letter_type (draft, CFOIL_FACT_POLICY_DATE, "2025-01-01");
  letter_type (draft, CFOIL_FACT_POLICY_SHOWN, "a box to tick at the checkout");
  letter_add_exhibit (draft, CFOIL_EVIDENCE_REFUND, "Confirmation of the refund");
  check_golden (draft, CFOIL_REASON_CREDIT_NOT_PROCESSED, CFOIL_CASE_CHARGEBACK, NULL, "refunded-kwd");
}

/* The same letter wherever it is written. */
static void
test_golden_elsewhere (void)
{
  g_autofree char *zone = g_strdup (g_getenv ("TZ"));

  g_setenv ("TZ", "Pacific/Kiritimati", TRUE);
  tzset ();
  setlocale (LC_ALL, "de_DE.UTF-8");
  test_golden_usd ();
  test_golden_jpy ();
  test_golden_kwd ();
  setlocale (LC_ALL, "C.UTF-8");
  if (zone != NULL)
    g_setenv ("TZ", zone, TRUE);
  else
    g_unsetenv ("TZ");
  tzset ();
}

/* --- what the letter never does --- */

static CfoilLetter *
answer (const CfoilDraft *draft)
{
  return cfoil_letter_compose (draft, draft->reason, CFOIL_CASE_CHARGEBACK, "Amazon Pay");
}

static void
test_late_delivery (void)
{
  g_autoptr (CfoilDraft) draft = sale (CFOIL_REASON_NOT_RECEIVED, CFOIL_PRODUCT_PHYSICAL, "USD");
  g_autoptr (CfoilLetter) shipped = NULL;
  g_autoptr (CfoilLetter) late = NULL;
  g_autoptr (CfoilLetter) same_day = NULL;
  g_autofree char *text = NULL;

  letter_type (draft, CFOIL_FACT_SHIPPED_DATE, "2026-07-15");
  shipped = answer (draft);
  text = cfoil_letter_to_text (shipped);
  test_assert_contains (text, "15 July 2026");
  test_assert_lacks (text, "deliver");

  letter_type (draft, CFOIL_FACT_PROMISED_DATE, "2026-07-20");
  letter_type (draft, CFOIL_FACT_DELIVERED_DATE, "2026-07-21");
  late = answer (draft);
  g_assert_nonnull (letter_find (late, "delivery.delivered"));
  g_assert_null (letter_find (late, "delivery.in-time"));
  g_assert_nonnull (letter_find (late, "delivery.before-dispute"));

  /* The dispute was opened at 10:00 UTC that day; the buyer may live in Samoa. */
  letter_type (draft, CFOIL_FACT_DELIVERED_DATE, "2026-08-19");
  same_day = answer (draft);
  g_assert_nonnull (letter_find (same_day, "delivery.delivered"));
  g_assert_null (letter_find (same_day, "delivery.before-dispute"));
}

static void
test_dispute_is_no_payment (void)
{
  g_autoptr (CfoilDraft) draft = sale (CFOIL_REASON_FRAUD, CFOIL_PRODUCT_PHYSICAL, "USD");
  g_autoptr (CfoilLetter) letter = NULL;

  cfoil_draft_set_fact (draft, CFOIL_FACT_PAYMENT_TIME, "", CFOIL_FACT_SOURCE_MIRROR, NULL);
  cfoil_draft_set_fact (draft, CFOIL_FACT_PAYMENT_AMOUNT, "", CFOIL_FACT_SOURCE_MIRROR, NULL);
  letter = answer (draft);
  g_assert_cmpstr (letter_find (letter, "payment.made")->text, ==, "The payment has the ID S01-1234567-7654321-C000001.");
  g_assert_cmpstr (letter_find (letter, "payment.disputed")->text, ==, "The amount in dispute is USD 1,234.56.");
}

static void
test_amounts (void)
{
  g_autoptr (CfoilDraft) draft = sale (CFOIL_REASON_OVERCHARGED, CFOIL_PRODUCT_PHYSICAL, "USD");
  g_autoptr (CfoilLetter) same = answer (draft);
  g_autoptr (CfoilLetter) different = NULL;
  g_autoptr (CfoilLetter) agreed = NULL;
  g_autoptr (CfoilLetter) alone = NULL;
  g_autoptr (GPtrArray) contradictions = NULL;
  g_autoptr (CfoilLetter) wrong = NULL;

  g_assert_cmpstr (letter_find (same, "payment.disputed")->text, ==, "The amount in dispute is the whole amount paid, USD 1,234.56.");
  cfoil_draft_set_fact (draft, CFOIL_FACT_DISPUTE_AMOUNT, "EUR 1234.56", CFOIL_FACT_SOURCE_MIRROR, NULL);
  letter_type (draft, CFOIL_FACT_AGREED_TOTAL, "usd 1234.56");
  different = answer (draft);
  g_assert_cmpstr (letter_find (different, "payment.disputed")->text, ==,
                   "The amount in dispute is EUR 1,234.56; it differs from the amount paid, USD 1,234.56.");
  g_assert_cmpstr (letter_find (different, "price.agreed")->text, ==,
                   "According to our records, the total that the buyer agreed to, USD 1,234.56, is the amount that was paid, "
                   "USD 1,234.56.");
  g_assert_true (letter_find (different, "price.agreed")->wants_proof);

  letter_type (draft, CFOIL_FACT_AGREED_TOTAL, "USD 1234.50");
  wrong = answer (draft);
  g_assert_null (letter_find (wrong, "price.agreed"));
  g_assert_nonnull (letter_find (wrong, "payment.made"));
  contradictions = cfoil_letter_find_contradictions (draft);
  g_assert_cmpuint (contradictions->len, ==, 1);

  cfoil_draft_set_fact (draft, CFOIL_FACT_PAYMENT_AMOUNT, "", CFOIL_FACT_SOURCE_MIRROR, NULL);
  alone = answer (draft);
  g_assert_cmpstr (letter_find (alone, "price.agreed")->text, ==,
                   "Our records show USD 1,234.50 as the total that the buyer agreed to.");
}

static void
test_policy (void)
{
  static const struct
  {
    const char *since;
    gboolean stands;
  } cases[] = { { "2026-07-13", TRUE }, { "2026-07-14", TRUE }, { "2026-07-15", FALSE }, { "", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CfoilDraft) draft = sale (CFOIL_REASON_NO_LONGER_WANTED, CFOIL_PRODUCT_PHYSICAL, "USD");
      g_autoptr (CfoilLetter) letter = NULL;
      g_autoptr (GPtrArray) contradictions = NULL;
      g_autofree char *text = NULL;

      letter_type (draft, CFOIL_FACT_POLICY_TEXT, "No returns of lamps.");
      letter_type (draft, CFOIL_FACT_POLICY_SHOWN, "on the page of the lamp");
      letter_type (draft, CFOIL_FACT_POLICY_DATE, cases[i].since);
      letter = answer (draft);
      text = cfoil_letter_to_text (letter);
      g_assert_true ((letter_find (letter, "policy.clause") != NULL) == cases[i].stands);
      g_assert_true ((letter_find (letter, "policy.shown") != NULL) == cases[i].stands);
      g_assert_true ((strstr (text, "No returns") != NULL) == cases[i].stands);
      contradictions = cfoil_letter_find_contradictions (draft);
      g_assert_cmpuint (contradictions->len, ==, g_str_equal (cases[i].since, "2026-07-15") ? 1 : 0);
    }
}

static void
test_contradictions (void)
{
  g_autoptr (CfoilDraft) draft = sale (CFOIL_REASON_NOT_RECEIVED, CFOIL_PRODUCT_PHYSICAL, "USD");
  g_autoptr (CfoilLetter) letter = NULL;
  g_autoptr (GPtrArray) none = cfoil_letter_find_contradictions (draft);
  g_autoptr (GPtrArray) one = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  letter_type (draft, CFOIL_FACT_CARRIER, "UPS");
  letter_type (draft, CFOIL_FACT_SHIPPED_DATE, "2026-07-18");
  letter_type (draft, CFOIL_FACT_DELIVERED_DATE, "2026-07-15");
  one = cfoil_letter_find_contradictions (draft);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (one, 0), ==,
                   "“Delivered On” (2026-07-15) is before “Shipped On” (2026-07-18): both cannot be true.");
  letter = answer (draft);
  g_assert_null (letter_find (letter, "delivery.delivered"));
  g_assert_cmpstr (letter_find (letter, "delivery.shipped")->text, ==, "Our records show UPS as the carrier of the parcel.");

  /* What is yet to come has not happened. */
  letter_type (draft, CFOIL_FACT_DELIVERED_DATE, "2026-08-22");
  {
    g_autoptr (CfoilLetter) today = answer (draft);

    g_assert_nonnull (letter_find (today, "delivery.delivered"));
  }
  letter_type (draft, CFOIL_FACT_DELIVERED_DATE, "2062-07-21");
  {
    g_autoptr (CfoilLetter) future = answer (draft);
    g_autoptr (GPtrArray) texts = cfoil_letter_find_contradictions (draft);

    g_assert_null (letter_find (future, "delivery.delivered"));
    g_assert_nonnull (letter_find (future, "delivery.shipped"));
    g_assert_cmpuint (texts->len, ==, 1);
    test_assert_contains (g_ptr_array_index (texts, 0), "later than the date of the letter");
  }

  /* What was typed is doubted, not what the provider says. */
  letter_type (draft, CFOIL_FACT_OTHER_CHARGE_ID, "S01-1234567-7654321-C000001");
  draft->reason = CFOIL_REASON_DUPLICATE;
  {
    g_autoptr (CfoilLetter) twice = answer (draft);

    g_assert_null (letter_find (twice, "distinct.payments"));
    test_assert_contains (letter_find (twice, "payment.made")->text, "C000001");
  }
}

static void
test_history (void)
{
  static const struct
  {
    const char *count;
    const char *text;
  } cases[] = {
    { "0", NULL },
    { "1", "Our records show 1 earlier payment of the same buyer that was not disputed (Exhibit A)." },
    { "1200", "Our records show 1,200 earlier payments of the same buyer that were not disputed (Exhibit A)." },
  };
  g_autoptr (CfoilDraft) draft = sale (CFOIL_REASON_FRAUD, CFOIL_PRODUCT_PHYSICAL, "USD");

  letter_add_exhibit (draft, CFOIL_EVIDENCE_PRIOR_ORDERS, "");
  cfoil_draft_set_fact (draft, CFOIL_FACT_PRIOR_LIST, "5 May 2026, USD 3.00, S01-1:\n6 May 2026, JPY 30, S01-2",
                        CFOIL_FACT_SOURCE_MIRROR, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CfoilLetter) letter = NULL;
      const CfoilSentence *count;

      cfoil_draft_set_fact (draft, CFOIL_FACT_PRIOR_COUNT, cases[i].count, CFOIL_FACT_SOURCE_MIRROR, NULL);
      letter = answer (draft);
      count = letter_find (letter, "history.count");
      g_assert_cmpstr (count != NULL ? count->text : NULL, ==, cases[i].text);
      g_assert_cmpstr (letter_find (letter, "history.list")->text, ==,
                       "Earlier payments of the same buyer that were not disputed, from our records (Exhibit A):\n"
                       "5 May 2026, USD 3.00, S01-1:\n6 May 2026, JPY 30, S01-2");
    }
}

/* What decides it comes first. */
static void
test_argument (void)
{
  g_autoptr (CfoilDraft) draft = letter_draft_new (CFOIL_REASON_NOT_AS_DESCRIBED, CFOIL_PRODUCT_PHYSICAL, "refunded");
  g_autoptr (CfoilLetter) refunded = answer (draft);
  g_autoptr (CfoilLetter) described = NULL;

  g_assert_null (letter_find (refunded, "return.refused"));
  for (guint i = 0; i < refunded->sentences->len; i++)
    {
      const CfoilSentence *sentence = g_ptr_array_index (refunded->sentences, i);

      if (g_str_equal (sentence->section, "argument"))
        {
          g_assert_cmpstr (sentence->id, ==, "refund.made");
          break;
        }
    }
  g_free (draft->argument);
  draft->argument = g_strdup ("no-such-argument");
  described = answer (draft);
  g_assert_nonnull (letter_find (described, "return.refused"));
  g_assert_nonnull (letter_find (described, "refund.made"));
}

/* A keystroke composes the letter anew. */
static void
test_speed (void)
{
  g_autoptr (CfoilDraft) draft = letter_draft_new (CFOIL_REASON_NOT_RECEIVED, CFOIL_PRODUCT_UNKNOWN, "");
  gint64 begun_us, best_us = G_MAXINT64;

  while (draft->exhibits->len < CFOIL_DRAFT_MAX_EXHIBITS)
    letter_add_exhibit (draft, CFOIL_EVIDENCE_DELIVERY, "One more");
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (CfoilLetter) letter = NULL;

      begun_us = g_get_monotonic_time ();
      letter = answer (draft);
      best_us = MIN (best_us, g_get_monotonic_time () - begun_us);
      g_assert_cmpuint (letter->sentences->len, >, CFOIL_DRAFT_MAX_EXHIBITS);
    }
  g_test_message ("100 exhibits, all facts: %" G_GINT64_FORMAT " us", best_us);
  g_assert_cmpint (best_us, <, 20000);
}

/* --- hostile values --- */

static void
test_hostile (void)
{
  static const char *const values[] = {
    "<b>bold</b> &amp; {tracking_number} %s%n {case}", "line one\nline two\r\x1b[31mred\x07\t\x7f",
    "\u202eevil\u202c \u200f\u061c\u2066x\u2069", "שלום 12", "\u202e", "a.", "a?", "...",
  };
  g_autofree char *long_value = g_strnfill (4000, 'w');

  for (guint i = 0; i <= G_N_ELEMENTS (values); i++)
    for (guint reason = 0; reason < CFOIL_N_REASONS; reason++)
      {
        g_autoptr (CfoilDraft) draft = letter_draft_new ((CfoilReason) reason, CFOIL_PRODUCT_UNKNOWN, "");
        g_autoptr (CfoilLetter) letter = NULL;

        for (guint key = 0; key < CFOIL_N_FACTS; key++)
          {
            CfoilFactKind kind = cfoil_fact_get_info ((CfoilFactKey) key)->kind;

            /* As an old or a damaged draft could hold them: not cleaned. */
            if (kind <= CFOIL_FACT_KIND_TEXT || kind == CFOIL_FACT_KIND_ID || reason % 2 == 0)
              cfoil_draft_set_fact (draft, (CfoilFactKey) key, i < G_N_ELEMENTS (values) ? values[i] : long_value,
                                    CFOIL_FACT_SOURCE_MIRROR, NULL);
          }
        letter = cfoil_letter_compose (draft, draft->reason, (CfoilCaseKind) (i % 4), "<i>Amazon\x1b Pay</i>");
        for (guint j = 0; j < letter->sentences->len; j++)
          {
            const CfoilSentence *sentence = g_ptr_array_index (letter->sentences, j);

            g_assert_true (g_utf8_validate (sentence->text, -1, NULL));
            g_assert_null (strpbrk (sentence->text, "\x1b\x07\x7f\r\t"));
            test_assert_lacks (sentence->text, "\u202e");
            test_assert_lacks (sentence->text, "\u200f");
            test_assert_lacks (sentence->text, "\u2066");
            if (i == 0 && sentence->n_facts > 0)
              test_assert_lacks (sentence->text, "chargeback {case} claim");
          }
      }
}

static void
test_hostile_words (void)
{
  g_autoptr (CfoilDraft) draft = sale (CFOIL_REASON_GENERAL, CFOIL_PRODUCT_PHYSICAL, "USD");
  g_autoptr (CfoilLetter) letter = NULL;

  letter_type (draft, CFOIL_FACT_ITEMS, "<b>{tracking_number}</b>\n%s שלום");
  letter = answer (draft);
  g_assert_cmpstr (letter_find (letter, "payment.items")->text, ==,
                   "Our records show that the order was for: <b>{tracking_number}</b>, \u2068%s שלום\u2069.");
}

/* --- the user's part --- */

static guint
position (const CfoilLetter *letter,
          const char        *id)
{
  for (guint i = 0; i < letter->sentences->len; i++)
    if (g_str_equal (((CfoilSentence *) g_ptr_array_index (letter->sentences, i))->id, id))
      return i;
  g_error ("no sentence %s", id);
}

static void
test_own_words (void)
{
  const char *words = "First,  <b>mine</b>.\n\n  See Exhibits A and B, {not a marker}.";
  g_autoptr (CfoilDraft) draft = sale (CFOIL_REASON_NOT_RECEIVED, CFOIL_PRODUCT_PHYSICAL, "USD");
  g_autoptr (CfoilLetter) letter = NULL;
  const CfoilSentence *own;

  letter_add_exhibit (draft, CFOIL_EVIDENCE_OTHER, "One");
  letter_add_exhibit (draft, CFOIL_EVIDENCE_OTHER, "Two");
  letter_add_exhibit (draft, CFOIL_EVIDENCE_OTHER, "Three");
  for (guint i = 0; cfoil_letter_sections[i] != NULL; i++)
    cfoil_draft_set_own_words (draft, cfoil_letter_sections[i], words);
  g_free (draft->why);
  draft->why = g_strdup ("Because.");
  letter = answer (draft);
  for (guint i = 0; cfoil_letter_sections[i] != NULL; i++)
    {
      g_autofree char *id = g_strconcat ("own.", cfoil_letter_sections[i], NULL);
      guint at = position (letter, id);

      own = g_ptr_array_index (letter->sentences, at);
      g_assert_cmpstr (own->text, ==, words);
      g_assert_true (own->is_own);
      g_assert_cmpuint (own->n_facts, ==, 0);
      g_assert_cmpuint (g_strv_length (own->exhibits), ==, 2);
      g_assert_true (at == 0 || g_strcmp0 (((CfoilSentence *) g_ptr_array_index (letter->sentences, at - 1))->section,
                                           own->section) != 0);
    }
  g_assert_cmpuint (position (letter, "own.why"), ==, position (letter, "own.opening") + 1);
  g_assert_true (letter_find (letter, "own.why")->is_own);
}

static void
test_left_out (void)
{
  g_autoptr (CfoilDraft) draft = letter_draft_new (CFOIL_REASON_NOT_RECEIVED, CFOIL_PRODUCT_PHYSICAL, "");
  g_autoptr (CfoilLetter) letter = NULL;
  g_autoptr (CfoilLetter) less = NULL;
  const CfoilSentence *sentence;

  g_ptr_array_add (draft->left_out, g_strdup ("delivery.delivered"));
  letter = answer (draft);
  g_assert_null (letter_find (letter, "delivery.delivered"));
  g_assert_cmpuint (letter->available->len, ==, 1);
  sentence = g_ptr_array_index (letter->available, 0);
  g_assert_cmpstr (sentence->id, ==, "delivery.delivered");
  test_assert_contains (sentence->text, "15 March 2026");

  /* What cannot stand any more cannot be put back. */
  cfoil_draft_set_fact (draft, CFOIL_FACT_DELIVERED_DATE, "", CFOIL_FACT_SOURCE_TYPED, NULL);
  cfoil_draft_set_fact (draft, CFOIL_FACT_DELIVERED_TO, "", CFOIL_FACT_SOURCE_TYPED, NULL);
  less = answer (draft);
  g_assert_cmpuint (less->available->len, ==, 0);
}

static void
test_proof (void)
{
  g_autoptr (CfoilDraft) draft = letter_draft_new (CFOIL_REASON_NOT_RECEIVED, CFOIL_PRODUCT_PHYSICAL, "");
  g_autoptr (CfoilLetter) none = NULL;
  g_autoptr (CfoilLetter) one = NULL;
  g_autoptr (CfoilLetter) empty = NULL;
  CfoilExhibit *exhibit;

  g_ptr_array_set_size (draft->exhibits, 0);
  none = answer (draft);
  g_assert_true (letter_find (none, "delivery.delivered")->wants_proof);
  g_assert_cmpint (letter_find (none, "delivery.delivered")->proof, ==, CFOIL_EVIDENCE_DELIVERY);
  test_assert_lacks (letter_find (none, "delivery.delivered")->text, "Exhibit");

  letter_add_exhibit (draft, CFOIL_EVIDENCE_OTHER, "One");
  letter_add_exhibit (draft, CFOIL_EVIDENCE_DELIVERY, "The carrier’s page");
  exhibit = g_ptr_array_index (draft->exhibits, 1);
  one = answer (draft);
  g_assert_false (letter_find (one, "delivery.delivered")->wants_proof);
  g_assert_true (g_str_has_suffix (letter_find (one, "delivery.delivered")->text, " (Exhibit B)."));
  g_assert_cmpstr (letter_find (one, "delivery.delivered")->exhibits[0], ==, exhibit->id);
  {
    g_autofree char *id = g_strconcat ("exhibit.", exhibit->id, NULL);

    g_assert_cmpstr (letter_find (one, id)->text, ==, "Exhibit B: The carrier’s page (Proof of Delivery)");
  }

  /* A letter without a file behind it is no proof. */
  g_ptr_array_set_size (exhibit->files, 0);
  empty = answer (draft);
  g_assert_true (letter_find (empty, "delivery.delivered")->wants_proof);
}

static void
test_recipient (void)
{
  g_autoptr (CfoilDraft) draft = sale (CFOIL_REASON_NOT_RECEIVED, CFOIL_PRODUCT_PHYSICAL, "USD");
  g_autoptr (CfoilLetter) chargeback = cfoil_letter_compose (draft, CFOIL_REASON_UNKNOWN, CFOIL_CASE_CHARGEBACK, "Amazon Pay");
  g_autoptr (CfoilLetter) claim = cfoil_letter_compose (draft, CFOIL_REASON_NOT_RECEIVED, CFOIL_CASE_CLAIM, "Amazon Pay");
  g_autoptr (CfoilLetter) other = NULL;

  g_assert_cmpstr (letter_find (chargeback, "address.recipient")->text, ==,
                   "To the bank that decides this chargeback, through Amazon Pay");
  g_assert_cmpstr (letter_find (claim, "address.recipient")->text, ==, "To Amazon Pay");
  g_assert_cmpstr (letter_find (claim, "closing.request")->text, ==, "We ask Amazon Pay to decide this claim in our favour.");
  /* Nobody said why; the reason that is argued against is not put into the buyer's mouth. */
  g_assert_cmpstr (letter_find (chargeback, "opening.reason")->text, ==, "The chargeback was opened on 20 August 2026.");
  test_assert_contains (letter_find (claim, "opening.reason")->text, "what was bought was not received");

  g_free (draft->recipient);
  draft->recipient = g_strdup ("Bank of Bristol\nDisputes");
  other = answer (draft);
  g_assert_cmpstr (letter_find (other, "address.recipient")->text, ==, "Bank of Bristol\nDisputes");
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter-words/golden/usd", test_golden_usd);
  g_test_add_func ("/letter-words/golden/jpy", test_golden_jpy);
  g_test_add_func ("/letter-words/golden/kwd", test_golden_kwd);
  g_test_add_func ("/letter-words/golden/elsewhere", test_golden_elsewhere);
  g_test_add_func ("/letter-words/late-delivery", test_late_delivery);
  g_test_add_func ("/letter-words/dispute-is-no-payment", test_dispute_is_no_payment);
  g_test_add_func ("/letter-words/amounts", test_amounts);
  g_test_add_func ("/letter-words/policy", test_policy);
  g_test_add_func ("/letter-words/contradictions", test_contradictions);
  g_test_add_func ("/letter-words/history", test_history);
  g_test_add_func ("/letter-words/argument", test_argument);
  g_test_add_func ("/letter-words/speed", test_speed);
  g_test_add_func ("/letter-words/hostile", test_hostile);
  g_test_add_func ("/letter-words/hostile-words", test_hostile_words);
  g_test_add_func ("/letter-words/own-words", test_own_words);
  g_test_add_func ("/letter-words/left-out", test_left_out);
  g_test_add_func ("/letter-words/proof", test_proof);
  g_test_add_func ("/letter-words/recipient", test_recipient);
  return g_test_run ();
}
