/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter-fixture.h"

#include <locale.h>
#include <string.h>

#include "cfoil-checklist.h"
#include "test-support.h"

/* --- each fact taken away in turn --- */

static gboolean
asserts (const CfoilSentence *sentence,
         CfoilFactKey         key)
{
  for (guint i = 0; i < sentence->n_facts; i++)
    if (sentence->facts[i] == key)
      return TRUE;
  return FALSE;
}

/* How a letter writes a fact; of a time also the day alone, which sentences tell that do
 * not tell the time. */
static char **
forms_of (CfoilFactKey key,
          const char  *value)
{
  g_autofree char *letter_form = cfoil_fact_to_letter (key, value);
  char **forms = g_new0 (char *, 3);

  g_assert_nonnull (letter_form);
  forms[0] = g_strdup (letter_form);
  if (cfoil_fact_get_info (key)->kind == CFOIL_FACT_KIND_TIME)
    forms[1] = g_strndup (letter_form, strcspn (letter_form, ","));
  return forms;
}

/* Without asking the sentence: does its text give the fact away? */
static gboolean
tells (const CfoilSentence *sentence,
       char               **forms)
{
  for (guint i = 0; forms[i] != NULL; i++)
    if (letter_has_words (sentence->text, forms[i]))
      return TRUE;
  return FALSE;
}

typedef struct
{
  guint n_letters;
  gboolean was_told[CFOIL_N_FACTS];
} Walk;

static CfoilLetter *
compose (const CfoilDraft *draft,
         guint             n)
{
  static const CfoilCaseKind kinds[] = { CFOIL_CASE_CHARGEBACK, CFOIL_CASE_CLAIM, CFOIL_CASE_INQUIRY, (CfoilCaseKind) 0 };

  return cfoil_letter_compose (draft, draft->reason, kinds[n % G_N_ELEMENTS (kinds)], n % 3 == 0 ? NULL : "Amazon Pay");
}

static void
remove_one (CfoilDraft  *draft,
            CfoilFactKey key,
            Walk        *walk)
{
  const CfoilFact *fact = cfoil_draft_get_fact (draft, key);
  CfoilFactSource source = fact->source;
  g_autofree char *value = g_strdup (fact->value);
  g_auto (GStrv) forms = forms_of (key, value);
  g_autoptr (CfoilLetter) letter = NULL;

  cfoil_draft_set_fact (draft, key, "", source, NULL);
  letter = compose (draft, walk->n_letters++);
  letter_check_forms (letter);
  for (guint i = 0; i < letter->sentences->len; i++)
    {
      const CfoilSentence *sentence = g_ptr_array_index (letter->sentences, i);

      if (asserts (sentence, key) || tells (sentence, forms))
        g_error ("%s is not known, but “%s” says: %s", cfoil_fact_get_info (key)->name, sentence->id, sentence->text);
    }
  cfoil_draft_set_fact (draft, key, value, source, NULL);
}

/* What a sentence tells it must also claim to assert. */
static void
check_claims (const CfoilDraft  *draft,
              const CfoilLetter *letter,
              Walk              *walk)
{
  for (guint i = 0; i < draft->facts->len; i++)
    {
      const CfoilFact *fact = g_ptr_array_index (draft->facts, i);
      g_auto (GStrv) forms = forms_of (fact->key, fact->value);

      for (guint j = 0; j < letter->sentences->len; j++)
        {
          const CfoilSentence *sentence = g_ptr_array_index (letter->sentences, j);

          if (!tells (sentence, forms))
            continue;
          walk->was_told[fact->key] = TRUE;
          if (!asserts (sentence, fact->key))
            g_error ("“%s” tells %s without asserting it", sentence->id, cfoil_fact_get_info (fact->key)->name);
        }
    }
}

/* The letter is the same without a fact that no sentence of it asserts. */
static gboolean
is_asserted (const CfoilLetter *letter,
             CfoilFactKey       key)
{
  for (guint i = 0; i < letter->sentences->len; i++)
    if (asserts (g_ptr_array_index (letter->sentences, i), key))
      return TRUE;
  return FALSE;
}

static void
remove_each (CfoilReason  reason,
             CfoilProduct product,
             const char  *argument,
             gpointer     user_data)
{
  Walk *walk = user_data;
  g_autoptr (CfoilDraft) draft = letter_draft_new (reason, product, argument);
  g_autoptr (CfoilLetter) letter = compose (draft, walk->n_letters++);

  letter_check_forms (letter);
  check_claims (draft, letter, walk);
  if (*argument == '\0')
    return; /* the same letter as with the usual argument */
  for (guint i = 0; i < CFOIL_N_FACTS; i++)
    if (is_asserted (letter, (CfoilFactKey) i))
      remove_one (draft, (CfoilFactKey) i, walk);
}

static void
test_removed_facts (void)
{
  Walk walk = { 0 };
  gint64 begun_us = g_get_monotonic_time ();

  letter_foreach_kind (remove_each, &walk);
  for (guint i = 0; i < CFOIL_N_FACTS; i++)
    if (i != CFOIL_FACT_AGREED_TOTAL && !walk.was_told[i])
      g_error ("no letter ever tells %s", cfoil_fact_get_info ((CfoilFactKey) i)->name);
  g_test_message ("%u letters, %.0f us each with the checks", walk.n_letters,
                  (double) (g_get_monotonic_time () - begun_us) / walk.n_letters);
}

/* --- thousands of drafts with some facts, some of them nonsense --- */

/* Of which it matters whether it is the same as another. */
static CfoilFactKey
twin_of (CfoilFactKey key)
{
  switch (key)
    {
    case CFOIL_FACT_AGREED_TOTAL:
    case CFOIL_FACT_REFUND_AMOUNT:
    case CFOIL_FACT_DISPUTE_AMOUNT:
    case CFOIL_FACT_OTHER_AMOUNT:
      return CFOIL_FACT_PAYMENT_AMOUNT;
    case CFOIL_FACT_BILLING_ADDRESS:
      return CFOIL_FACT_SHIPPING_ADDRESS;
    case CFOIL_FACT_OTHER_CHARGE_ID:
      return CFOIL_FACT_CHARGE_ID;
    case CFOIL_FACT_OTHER_ORDER:
      return CFOIL_FACT_ORDER_REFERENCE;
    default:
      return key;
    }
}

static char *
random_value (GRand       *dice,
              CfoilFactKey key)
{
  int days = g_rand_int_range (dice, 0, 60);
  CfoilFactKind kind = cfoil_fact_get_info (key)->kind;

  if (kind != CFOIL_FACT_KIND_DATE && kind != CFOIL_FACT_KIND_TIME)
    return g_strdup (letter_value (key == CFOIL_FACT_AGREED_TOTAL || g_rand_boolean (dice) ? twin_of (key) : key));
  return g_strdup_printf ("2026-%02d-%02d%s", 3 + days / 30, 1 + days % 30, kind == CFOIL_FACT_KIND_TIME ? "T12:00:00Z" : "");
}

static CfoilDraft *
random_draft (GRand *dice)
{
  CfoilDraft *draft = cfoil_draft_new ();
  double density = g_rand_double (dice);
  const CfoilArgument *arguments;
  guint n_arguments;

  draft->reason = (CfoilReason) g_rand_int_range (dice, 0, CFOIL_N_REASONS);
  draft->product = (CfoilProduct) g_rand_int_range (dice, 0, CFOIL_N_PRODUCTS);
  arguments = cfoil_arguments_for (draft->reason, &n_arguments);
  g_free (draft->argument);
  draft->argument = g_strdup (arguments[g_rand_int_range (dice, 0, (int) n_arguments)].id);
  draft->letter_us = G_GINT64_CONSTANT (1776643200) * G_USEC_PER_SEC;
  for (guint i = 0; i < CFOIL_N_FACTS; i++)
    if (g_rand_double (dice) < density)
      {
        g_autofree char *value = random_value (dice, (CfoilFactKey) i);

        cfoil_draft_set_fact (draft, (CfoilFactKey) i, value, CFOIL_FACT_SOURCE_TYPED, NULL);
      }
  for (guint i = 0; i < CFOIL_N_EVIDENCE_TYPES; i++)
    if (g_rand_double (dice) < density)
      letter_add_exhibit (draft, (CfoilEvidenceType) i, "");
  return draft;
}

/* Every day, amount and text that a sentence tells is of one of the facts it asserts. */
static void
check_tokens (const CfoilDraft    *draft,
              const CfoilSentence *sentence,
              const GRegex        *tokens)
{
  g_autoptr (GMatchInfo) match = NULL;

  for (g_regex_match (tokens, sentence->text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *token = g_match_info_fetch (match, 0);
      gboolean is_known = FALSE;

      for (guint i = 0; i < sentence->n_facts && !is_known; i++)
        {
          const CfoilFact *fact = cfoil_draft_get_fact (draft, sentence->facts[i]);
          g_autofree char *letter_form = NULL;

          g_assert_nonnull (fact);
          letter_form = cfoil_fact_to_letter (fact->key, fact->value);
          is_known = letter_has_words (letter_form, token);
        }
      if (!is_known)
        g_error ("“%s” is of no fact that “%s” asserts: %s", token, sentence->id, sentence->text);
    }
}

/* What stands after these words is of this fact, whatever the sentence says it asserts:
 * D is a day, M an amount. */
static const struct
{
  const char *words;
  CfoilFactKey key;
} meanings[] = {
  { "[Tt]he payment (?:Zq05x value )?(?:of M )?was made on D", CFOIL_FACT_PAYMENT_TIME },
  { "the payment of D", CFOIL_FACT_PAYMENT_TIME },
  { "[Tt]he payment (?:Zq05x value )?(?:was )?of M", CFOIL_FACT_PAYMENT_AMOUNT },
  { "[Tt]he amount paid was M", CFOIL_FACT_PAYMENT_AMOUNT },
  { "amount paid, M\\.$", CFOIL_FACT_PAYMENT_AMOUNT },
  { "the amount that was paid, M", CFOIL_FACT_PAYMENT_AMOUNT },
  { "two payments: Zq05x value of M", CFOIL_FACT_PAYMENT_AMOUNT },
  { "[Tt]he amount in dispute is M", CFOIL_FACT_DISPUTE_AMOUNT },
  { "was opened on D", CFOIL_FACT_DISPUTE_OPENED },
  { "was placed on D", CFOIL_FACT_ORDER_DATE },
  { "took the parcel on D", CFOIL_FACT_SHIPPED_DATE },
  { "was shipped on D", CFOIL_FACT_SHIPPED_DATE },
  { "delivered on D", CFOIL_FACT_DELIVERED_DATE },
  { "the delivery on D", CFOIL_FACT_DELIVERED_DATE },
  { "promised by D", CFOIL_FACT_PROMISED_DATE },
  { "had been promised, D", CFOIL_FACT_PROMISED_DATE },
  { "downloaded on D", CFOIL_FACT_DOWNLOAD_TIME },
  { "[Tt]he download on D", CFOIL_FACT_DOWNLOAD_TIME },
  { "that it was used on D", CFOIL_FACT_ACCESS_TIME },
  { "(?:was given on|took place on|a booking for) D", CFOIL_FACT_SERVICE_DATE },
  { "subscribed on D", CFOIL_FACT_SIGNUP_DATE },
  { "renewal was sent on D", CFOIL_FACT_RENEWAL_NOTICE },
  { "cancellation on D", CFOIL_FACT_CANCELLED_DATE },
  { "subscription was (?:last )?used on D", CFOIL_FACT_USED_AFTER },
  { "[Rr]efund (?:Zq15x value )?(?:of M )?was made on D", CFOIL_FACT_REFUND_TIME },
  { "[Tt]he refund of D", CFOIL_FACT_REFUND_TIME },
  { "[Rr]efund (?:Zq15x value )?(?:was )?of M", CFOIL_FACT_REFUND_AMOUNT },
  { "amount refunded, M", CFOIL_FACT_REFUND_AMOUNT },
  { "other payment, of M", CFOIL_FACT_OTHER_AMOUNT },
  { "other payment(?:, of M,)? was made on D", CFOIL_FACT_OTHER_DATE },
  { "had been since D", CFOIL_FACT_POLICY_DATE },
  { "contact with the buyer on D", CFOIL_FACT_CONTACT_DATE },
  { "was offered on D", CFOIL_FACT_RETURN_OFFERED },
  { "that on D the buyer stated", CFOIL_FACT_WITHDRAWN },
};

/* The last D or M of WORDS is what is captured. */
static GRegex *
make_meaning (const char *words)
{
  g_autofree char *last = g_strdup (strrchr (words, 'D') != NULL ? strrchr (words, 'D') : strrchr (words, 'M'));
  g_autoptr (GString) pattern = g_string_new (words);

  g_string_truncate (pattern, pattern->len - strlen (last));
  g_string_replace (pattern, " M ", " [A-Z]{3} [\\d,.]*\\d ", 0);
  g_string_replace (pattern, " M,", " [A-Z]{3} [\\d,.]*\\d,", 0);
  g_string_append (pattern, *last == 'D' ? "(\\d+ [A-Z][a-z]+ \\d{4})" : "([A-Z]{3} [\\d,.]*\\d)");
  g_string_append (pattern, last + 1);
  return g_regex_new (pattern->str, G_REGEX_OPTIMIZE, 0, NULL);
}

static void
check_meaning (const CfoilDraft    *draft,
               const CfoilSentence *sentence,
               GRegex             **regexes,
               guint               *n_seen)
{
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *told = NULL;
      const CfoilFact *fact = cfoil_draft_get_fact (draft, meanings[i].key);
      g_auto (GStrv) forms = NULL;

      if (!g_regex_match (regexes[i], sentence->text, 0, &match))
        continue;
      n_seen[i]++;
      told = g_match_info_fetch (match, 1);
      g_assert_nonnull (fact);
      forms = forms_of (fact->key, fact->value);
      if (!g_str_equal (told, forms[forms[1] != NULL ? 1 : 0]))
        g_error ("%s is not %s: %s", told, cfoil_fact_get_info (fact->key)->name, sentence->text);
    }
}

static const char *
day_of (const CfoilDraft *draft,
        CfoilFactKey      key)
{
  const CfoilFact *fact = cfoil_draft_get_fact (draft, key);

  g_assert_nonnull (fact);
  return fact->value;
}

/* What a sentence says about the order of two days is so: ISO days compare as texts. */
static void
check_order (const CfoilDraft    *draft,
             const CfoilSentence *sentence)
{
  static const struct
  {
    const char *id;
    const char *words;
    CfoilFactKey first;
    CfoilFactKey second;
    gboolean may_be_same;
  } orders[] = {
    { "delivery.in-time", "was not later", CFOIL_FACT_DELIVERED_DATE, CFOIL_FACT_PROMISED_DATE, TRUE },
    { "delivery.before-dispute", "was before", CFOIL_FACT_DELIVERED_DATE, CFOIL_FACT_DISPUTE_OPENED, FALSE },
    { "delivery.not-yet-due", "had not come", CFOIL_FACT_DISPUTE_OPENED, CFOIL_FACT_PROMISED_DATE, FALSE },
    { "access.used", "after the payment", CFOIL_FACT_PAYMENT_TIME, CFOIL_FACT_ACCESS_TIME, FALSE },
    { "access.before-dispute", "was before", CFOIL_FACT_DOWNLOAD_TIME, CFOIL_FACT_DISPUTE_OPENED, FALSE },
    { "policy.clause", "in force", CFOIL_FACT_POLICY_DATE, CFOIL_FACT_PAYMENT_TIME, TRUE },
    { "policy.shown", "this clause", CFOIL_FACT_POLICY_DATE, CFOIL_FACT_PAYMENT_TIME, TRUE },
    { "subscription.notice", "before the payment", CFOIL_FACT_RENEWAL_NOTICE, CFOIL_FACT_PAYMENT_TIME, FALSE },
    { "subscription.cancelled", "after the payment", CFOIL_FACT_PAYMENT_TIME, CFOIL_FACT_CANCELLED_DATE, FALSE },
    { "subscription.used", "after the cancellation", CFOIL_FACT_CANCELLED_DATE, CFOIL_FACT_USED_AFTER, FALSE },
    { "subscription.used", "after the payment", CFOIL_FACT_PAYMENT_TIME, CFOIL_FACT_USED_AFTER, FALSE },
    { "return.late", "after the delivery", CFOIL_FACT_DELIVERED_DATE, CFOIL_FACT_CONTACT_DATE, FALSE },
    { "refund.before-dispute", "made before", CFOIL_FACT_REFUND_TIME, CFOIL_FACT_DISPUTE_OPENED, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (g_str_equal (sentence->id, orders[i].id) && strstr (sentence->text, orders[i].words) != NULL)
      {
        int order = strncmp (day_of (draft, orders[i].first), day_of (draft, orders[i].second), strlen ("2026-03-01"));

        if (order > 0 || (order == 0 && !orders[i].may_be_same))
          g_error ("not so: %s", sentence->text);
      }
}

static gboolean
are_same (const CfoilDraft *draft,
          CfoilFactKey      first,
          CfoilFactKey      second)
{
  return g_str_equal (day_of (draft, first), day_of (draft, second));
}

/* What a sentence says of two things being one, or two, or past, is so. */
static void
check_truth (const CfoilDraft    *draft,
             const CfoilSentence *sentence)
{
  static const struct
  {
    const char *words;
    CfoilFactKey first;
    CfoilFactKey second;
    gboolean are_same;
  } truths[] = {
    { "is the whole amount that was paid", CFOIL_FACT_REFUND_AMOUNT, CFOIL_FACT_PAYMENT_AMOUNT, TRUE },
    { "is the whole amount paid", CFOIL_FACT_DISPUTE_AMOUNT, CFOIL_FACT_PAYMENT_AMOUNT, TRUE },
    { "it differs from the amount paid", CFOIL_FACT_DISPUTE_AMOUNT, CFOIL_FACT_PAYMENT_AMOUNT, FALSE },
    { "is the amount that was paid", CFOIL_FACT_AGREED_TOTAL, CFOIL_FACT_PAYMENT_AMOUNT, TRUE },
    { "this is the billing address", CFOIL_FACT_SHIPPING_ADDRESS, CFOIL_FACT_BILLING_ADDRESS, TRUE },
    { "show two payments", CFOIL_FACT_CHARGE_ID, CFOIL_FACT_OTHER_CHARGE_ID, FALSE },
    { "show two orders", CFOIL_FACT_ORDER_REFERENCE, CFOIL_FACT_OTHER_ORDER, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (truths); i++)
    if (strstr (sentence->text, truths[i].words) != NULL &&
        are_same (draft, truths[i].first, truths[i].second) != truths[i].are_same)
      g_error ("not so: %s", sentence->text);
  if (strstr (sentence->text, "was given on") != NULL || strstr (sentence->text, "took place on") != NULL)
    g_assert_cmpstr (day_of (draft, CFOIL_FACT_SERVICE_DATE), <=, "2026-04-20");
}

/* Of two that cannot be both, neither is told. */
static void
check_impossible (const CfoilDraft    *draft,
                  const CfoilSentence *sentence)
{
  static const CfoilFactKey pairs[][2] = {
    { CFOIL_FACT_SHIPPED_DATE, CFOIL_FACT_DELIVERED_DATE }, { CFOIL_FACT_ORDER_DATE, CFOIL_FACT_SHIPPED_DATE },
    { CFOIL_FACT_ORDER_DATE, CFOIL_FACT_DELIVERED_DATE }, { CFOIL_FACT_SIGNUP_DATE, CFOIL_FACT_CANCELLED_DATE },
    { CFOIL_FACT_PAYMENT_TIME, CFOIL_FACT_DISPUTE_OPENED }, { CFOIL_FACT_PAYMENT_TIME, CFOIL_FACT_REFUND_TIME },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      const CfoilFact *first = cfoil_draft_get_fact (draft, pairs[i][0]);
      const CfoilFact *second = cfoil_draft_get_fact (draft, pairs[i][1]);

      if (first != NULL && first->key == CFOIL_FACT_SHIPPED_DATE && asserts (sentence, first->key))
        g_assert_cmpstr (first->value, <=, "2026-04-21"); /* the day after the letter's */
      if (first != NULL && second != NULL && strcmp (first->value, second->value) > 0 &&
          (asserts (sentence, first->key) || asserts (sentence, second->key)))
        g_error ("%s is after %s, but: %s", first->value, second->value, sentence->text);
    }
}

/* Letters that a sentence names are those of its exhibits. */
static void
check_references (const CfoilDraft    *draft,
                  const CfoilSentence *sentence)
{
  if (strstr (sentence->text, "Exhibit") == NULL)
    {
      g_assert_cmpuint (g_strv_length (sentence->exhibits), ==, 0);
      return;
    }
  g_assert_false (sentence->wants_proof);
  for (guint i = 0; i < draft->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = g_ptr_array_index (draft->exhibits, i);
      g_autofree char *letter = cfoil_exhibit_letter (i);
      const char *from = strstr (sentence->text, "Exhibit");

      g_assert_true (letter_has_words (from, letter) ==
                     g_strv_contains ((const char *const *) sentence->exhibits, exhibit->id));
    }
}

static void
test_random_facts (void)
{
  g_autoptr (GRegex) tokens = g_regex_new ("\\b\\d{1,2} (January|February|March|April|May|June|July|August|September|"
                                           "October|November|December) \\d{4}|\\b[A-Z]{3} \\d[\\d,.]*\\d|Zq\\d\\dx",
                                           G_REGEX_OPTIMIZE, 0, NULL);
  GRegex *regexes[G_N_ELEMENTS (meanings)];
  guint n_seen[G_N_ELEMENTS (meanings)] = { 0 };
  guint n_sentences = 0;

  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    regexes[i] = make_meaning (meanings[i].words);
  for (guint n = 0; n < 3000; n++)
    {
      g_autoptr (GRand) dice = g_rand_new_with_seed (n);
      g_autoptr (CfoilDraft) draft = random_draft (dice);
      g_autoptr (CfoilLetter) letter = compose (draft, n);

      letter_check_forms (letter);
      for (guint i = 0; i < letter->sentences->len; i++)
        {
          const CfoilSentence *sentence = g_ptr_array_index (letter->sentences, i);

          n_sentences++;
          if (g_str_equal (sentence->id, "address.date"))
            continue;
          check_tokens (draft, sentence, tokens);
          check_meaning (draft, sentence, regexes, n_seen);
          check_order (draft, sentence);
          check_truth (draft, sentence);
          check_impossible (draft, sentence);
          check_references (draft, sentence);
        }
    }
  g_assert_cmpuint (n_sentences, >, 20000);
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      if (n_seen[i] == 0)
        g_error ("nothing ever says “%s”", meanings[i].words);
      g_regex_unref (regexes[i]);
    }
}

/* --- what people typed is the shop's record --- */

static void
check_records (CfoilReason  reason,
               CfoilProduct product,
               const char  *argument,
               gpointer     user_data)
{
  static const char *const bodies[] = { "opening", "payment", "argument", "history", "policy", "contact", NULL };
  g_autoptr (CfoilDraft) draft = letter_draft_new (reason, product, argument);
  g_autoptr (CfoilLetter) letter = NULL;

  for (guint i = 0; i < CFOIL_N_FACTS; i++)
    if (*letter_value ((CfoilFactKey) i) != '\0')
      cfoil_draft_set_fact (draft, (CfoilFactKey) i, letter_value ((CfoilFactKey) i), CFOIL_FACT_SOURCE_TYPED, NULL);
  letter = compose (draft, 0);
  for (guint i = 0; i < letter->sentences->len; i++)
    {
      const CfoilSentence *sentence = g_ptr_array_index (letter->sentences, i);
      g_autofree char *lower = g_ascii_strdown (sentence->text, -1);

      if (g_strv_contains (bodies, sentence->section) && sentence->n_facts > 0)
        test_assert_contains (lower, "our record");
    }
}

static void
test_records (void)
{
  g_autoptr (CfoilDraft) draft = letter_draft_new (CFOIL_REASON_NOT_RECEIVED, CFOIL_PRODUCT_PHYSICAL, "");
  g_autoptr (CfoilLetter) letter = compose (draft, 1);

  letter_foreach_kind (check_records, NULL);
  /* The provider's own statement needs no such words. */
  g_assert_cmpstr (letter_find (letter, "payment.made")->text, ==,
                   "The payment Zq05x value of USD 25.54 was made on 10 March 2026, 08:09 UTC (Exhibit B).");
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter/removed-facts", test_removed_facts);
  g_test_add_func ("/letter/random-facts", test_random_facts);
  g_test_add_func ("/letter/records", test_records);
  return g_test_run ();
}
