/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-dispute.h"

#include "cfoil-time.h"

#include <string.h>

static gint64
at (const char *text)
{
  gint64 us = 0;

  g_assert_true (cfoil_time_parse (text, -1, &us, NULL));
  return us;
}

/* --- words --- */

typedef const char *(*WordFunc) (guint value);
typedef gboolean (*ParseFunc) (const char *name, guint *value);

static gboolean
is_stable_name (const char *name)
{
  return *name != '\0' && strspn (name, "abcdefghijklmnopqrstuvwxyz_") == strlen (name);
}

static void
check_words (WordFunc  to_string,
             WordFunc  get_title,
             ParseFunc from_string,
             guint     first,
             guint     n)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint value = first; value < n; value++)
    {
      const char *name = to_string (value);
      guint back = 999;

      g_assert_true (is_stable_name (name));
      g_assert_true (g_hash_table_add (seen, (gpointer) name));
      g_assert_true (from_string (name, &back));
      g_assert_cmpuint (back, ==, value);
      g_assert_true (g_ascii_isupper (*get_title (value)));
    }
  for (guint value = n; value < n + 3; value++)
    {
      g_assert_nonnull (to_string (value));
      g_assert_nonnull (get_title (value));
    }
  {
    static const char *const strangers[] = { "", "Fraud", "nothing", " fraud", NULL };

    for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
      {
        guint value = 77;

        g_assert_false (from_string (strangers[i], &value));
        g_assert_cmpuint (value, ==, 77);
      }
  }
}

static void
test_words (void)
{
  check_words ((WordFunc) cfoil_case_kind_to_string, (WordFunc) cfoil_case_kind_get_title,
               (ParseFunc) cfoil_case_kind_from_string, 1, CFOIL_N_CASE_KINDS);
  check_words ((WordFunc) cfoil_reason_to_string, (WordFunc) cfoil_reason_get_title,
               (ParseFunc) cfoil_reason_from_string, 0, CFOIL_N_REASONS);
  check_words ((WordFunc) cfoil_product_to_string, (WordFunc) cfoil_product_get_title,
               (ParseFunc) cfoil_product_from_string, 0, CFOIL_N_PRODUCTS);
  check_words ((WordFunc) cfoil_case_outcome_to_string, (WordFunc) cfoil_case_outcome_get_title,
               (ParseFunc) cfoil_case_outcome_from_string, 0, CFOIL_N_CASE_OUTCOMES);
  check_words ((WordFunc) cfoil_evidence_type_to_string, (WordFunc) cfoil_evidence_type_get_title,
               (ParseFunc) cfoil_evidence_type_from_string, 0, CFOIL_N_EVIDENCE_TYPES);
  for (guint i = 0; i < CFOIL_N_REASONS + 2; i++)
    g_assert_cmpuint (strlen (cfoil_reason_get_claim ((CfoilReason) i)), >, 20);
}

/* --- reasons --- */

static void
test_reasons (void)
{
  static const struct
  {
    const char *word;
    CfoilReason reason;
  } table[] = {
    { "Fraudulent", CFOIL_REASON_FRAUD },
    { "fraudulent", CFOIL_REASON_FRAUD },
    { "UNAUTHORISED", CFOIL_REASON_FRAUD },
    { "Unrecognized", CFOIL_REASON_UNRECOGNIZED },
    { "unrecognized", CFOIL_REASON_UNRECOGNIZED },
    { "ProductNotReceived", CFOIL_REASON_NOT_RECEIVED },
    { "product_not_received", CFOIL_REASON_NOT_RECEIVED },
    { "MERCHANDISE_OR_SERVICE_NOT_RECEIVED", CFOIL_REASON_NOT_RECEIVED },
    { "ProductUnacceptable", CFOIL_REASON_NOT_AS_DESCRIBED },
    { "product_unacceptable", CFOIL_REASON_NOT_AS_DESCRIBED },
    { "MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED", CFOIL_REASON_NOT_AS_DESCRIBED },
    { "ProductNoLongerNeeded", CFOIL_REASON_NO_LONGER_WANTED },
    { "CreditNotProcessed", CFOIL_REASON_CREDIT_NOT_PROCESSED },
    { "credit_not_processed", CFOIL_REASON_CREDIT_NOT_PROCESSED },
    { "Overcharged", CFOIL_REASON_OVERCHARGED },
    { "INCORRECT_AMOUNT", CFOIL_REASON_OVERCHARGED },
    { "DuplicateCharge", CFOIL_REASON_DUPLICATE },
    { "duplicate", CFOIL_REASON_DUPLICATE },
    { "DUPLICATE_TRANSACTION", CFOIL_REASON_DUPLICATE },
    { "PAYMENT_BY_OTHER_MEANS", CFOIL_REASON_PAID_OTHERWISE },
    { "SubscriptionCancelled", CFOIL_REASON_SUBSCRIPTION_CANCELLED },
    { "subscription_canceled", CFOIL_REASON_SUBSCRIPTION_CANCELLED },
    { "CANCELED_RECURRING_BILLING", CFOIL_REASON_SUBSCRIPTION_CANCELLED },
    { "Other", CFOIL_REASON_GENERAL },
    { "general", CFOIL_REASON_GENERAL },
    { "noncompliant", CFOIL_REASON_GENERAL },
    { "PROBLEM_WITH_REMITTANCE", CFOIL_REASON_GENERAL },
    { NULL, CFOIL_REASON_UNKNOWN },
    { "", CFOIL_REASON_UNKNOWN },
    { "ProductNotReceivedYet", CFOIL_REASON_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (cfoil_reason_from_provider (table[i].word), ==, table[i].reason);
}

/* --- deadlines --- */

/* The rule itself, day by day: whatever zone the notice was read in, the end of the day
 * that this zone would count is not before the estimate; and no later time is safe. */
static void
check_estimate (CfoilCaseKind kind,
                int           days,
                gint64        notice_us)
{
  gint64 estimate_us = cfoil_deadline_estimate_us (kind, notice_us);
  gint64 earliest_us = G_MAXINT64;
  gint64 local_us = notice_us - 12 * G_TIME_SPAN_HOUR;
  gint64 day_us = local_us - ((local_us % G_TIME_SPAN_DAY) + G_TIME_SPAN_DAY) % G_TIME_SPAN_DAY;

  for (int quarters = -12 * 4; quarters <= 14 * 4; quarters++)
    earliest_us = MIN (earliest_us, day_us + (days + 1) * G_TIME_SPAN_DAY - quarters * 15 * G_TIME_SPAN_MINUTE);
  g_assert_cmpint (estimate_us, ==, earliest_us);
}

static void
test_estimate (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  g_assert_cmpint (cfoil_deadline_estimate_us (CFOIL_CASE_CHARGEBACK, at ("2026-11-01T12:00:00Z")), ==, at ("2026-11-12T10:00:00Z"));
  g_assert_cmpint (cfoil_deadline_estimate_us (CFOIL_CASE_CHARGEBACK, at ("2026-11-01T11:59:59Z")), ==, at ("2026-11-11T10:00:00Z"));
  g_assert_cmpint (cfoil_deadline_estimate_us (CFOIL_CASE_CLAIM, at ("2026-11-01T12:00:00Z")), ==, at ("2026-11-08T10:00:00Z"));
  g_assert_cmpint (cfoil_deadline_estimate_us (CFOIL_CASE_INQUIRY, at ("2026-11-01T12:00:00Z")), ==, at ("2026-11-08T10:00:00Z"));
  /* over the end of a year, a leap day and a change of summer time */
  g_assert_cmpint (cfoil_deadline_estimate_us (CFOIL_CASE_CHARGEBACK, at ("2027-12-25T18:00:00Z")), ==, at ("2028-01-05T10:00:00Z"));
  g_assert_cmpint (cfoil_deadline_estimate_us (CFOIL_CASE_CHARGEBACK, at ("2028-02-25T18:00:00Z")), ==, at ("2028-03-07T10:00:00Z"));
  g_assert_cmpint (cfoil_deadline_estimate_us (CFOIL_CASE_CHARGEBACK, at ("2026-03-20T18:00:00Z")), ==, at ("2026-03-31T10:00:00Z"));
  g_assert_cmpint (cfoil_deadline_estimate_us (CFOIL_CASE_CHARGEBACK, CFOIL_UNKNOWN), ==, CFOIL_UNKNOWN);
  for (guint i = 0; i < 3000; i++)
    {
      gint64 notice_us = (gint64) g_rand_int_range (rand, -200000, 4000000) * 1000003 * 997 / 7;

      check_estimate (CFOIL_CASE_CHARGEBACK, 11, notice_us);
      check_estimate (CFOIL_CASE_CLAIM, 7, notice_us);
    }
}

/* No setting of this machine moves it. */
static void
test_estimate_in_zones (void)
{
  static const char *const zones[] = { "UTC", "Pacific/Kiritimati", "Etc/GMT+12", "America/New_York", "Europe/Berlin", "Asia/Tokyo" };
  gint64 notice_us = at ("2026-10-25T00:30:00Z"), first_us = 0;

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      gint64 due_us;

      g_setenv ("TZ", zones[i], TRUE);
      due_us = cfoil_deadline_estimate_us (CFOIL_CASE_CHARGEBACK, notice_us);
      if (i == 0)
        first_us = due_us;
      g_assert_cmpint (due_us, ==, first_us);
    }
  g_setenv ("TZ", "UTC", TRUE);
}

static void
test_urgency (void)
{
  const gint64 now_us = at ("2026-11-22T12:00:00Z"), hour = G_TIME_SPAN_HOUR;
  const struct
  {
    gint64 due_us;
    CfoilUrgency urgency;
  } table[] = {
    { now_us + 72 * hour, CFOIL_URGENCY_NORMAL },
    { now_us + 72 * hour - 1, CFOIL_URGENCY_URGENT },
    { now_us + 24 * hour, CFOIL_URGENCY_URGENT },
    { now_us + 24 * hour - 1, CFOIL_URGENCY_CRITICAL },
    { now_us + 1, CFOIL_URGENCY_CRITICAL },
    { now_us, CFOIL_URGENCY_OVERDUE },
    { now_us - 1000 * hour, CFOIL_URGENCY_OVERDUE },
    { CFOIL_UNKNOWN, CFOIL_URGENCY_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_assert_cmpint (cfoil_urgency_of (CFOIL_STATE_NEEDS_RESPONSE, table[i].due_us, now_us), ==, table[i].urgency);
      g_assert_cmpint (cfoil_urgency_of (CFOIL_STATE_UNDER_REVIEW, table[i].due_us, now_us), ==, CFOIL_URGENCY_NONE);
      g_assert_cmpint (cfoil_urgency_of (CFOIL_STATE_WON, table[i].due_us, now_us), ==, CFOIL_URGENCY_NONE);
    }
}

static void
test_outcome (void)
{
  static const struct
  {
    CfoilState state;
    const char *reason;
    CfoilCaseOutcome outcome;
  } table[] = {
    { CFOIL_STATE_WON, NULL, CFOIL_CASE_OUTCOME_WON },
    { CFOIL_STATE_WON, "BuyerCancelled", CFOIL_CASE_OUTCOME_WON },
    { CFOIL_STATE_LOST, NULL, CFOIL_CASE_OUTCOME_LOST },
    { CFOIL_STATE_LOST, "InvestigatorResolved", CFOIL_CASE_OUTCOME_LOST },
    { CFOIL_STATE_LOST, "MerchantAcceptedDispute", CFOIL_CASE_OUTCOME_ACCEPTED },
    { CFOIL_STATE_LOST, "MerchantResponseDeadlineExpired", CFOIL_CASE_OUTCOME_EXPIRED },
    { CFOIL_STATE_CLOSED_NEUTRAL, "ChargebackFiled", CFOIL_CASE_OUTCOME_NEUTRAL },
    { CFOIL_STATE_NEEDS_RESPONSE, "MerchantAcceptedDispute", CFOIL_CASE_OUTCOME_NONE },
    { CFOIL_STATE_UNDER_REVIEW, NULL, CFOIL_CASE_OUTCOME_NONE },
    { CFOIL_STATE_OTHER, NULL, CFOIL_CASE_OUTCOME_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (cfoil_case_outcome_of (table[i].state, table[i].reason), ==, table[i].outcome);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dispute/words", test_words);
  g_test_add_func ("/dispute/reasons", test_reasons);
  g_test_add_func ("/dispute/estimate", test_estimate);
  g_test_add_func ("/dispute/estimate-in-zones", test_estimate_in_zones);
  g_test_add_func ("/dispute/urgency", test_urgency);
  g_test_add_func ("/dispute/outcome", test_outcome);

  return g_test_run ();
}
