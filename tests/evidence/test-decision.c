/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-decision.h"
#include "cfoil-ratio.h"

#include <locale.h>
#include <string.h>

static const CfoilDecisionCosts no_costs = { .contest_fee_minor = 0 };

typedef struct
{
  CfoilCase record;
  CfoilDossier dossier;
} Fixture;

static void
set_up (Fixture    *self,
        const char *currency,
        gint64      amount)
{
  memset (self, 0, sizeof *self);
  self->record.provider = (char *) "amazon-pay";
  self->record.kind = CFOIL_CASE_CHARGEBACK;
  self->record.reason = CFOIL_REASON_NOT_RECEIVED;
  self->record.currency = (char *) currency;
  self->record.amount_minor = amount;
  self->dossier.record = &self->record;
  self->dossier.last_fee_minor = CFOIL_UNKNOWN;
}

/* Seven of twelve: (7 + 1) / (12 + 3), fee 20.00 charged on contesting, 30 minutes at
 * 40.00, 100.00 disputed: 0.533333 * 100.00 - 20.00 - 20.00 = 13.33. */
static void
test_arithmetic (void)
{
  Fixture f;
  CfoilDecisionCosts costs = { .contest_fee_minor = 2000, .labour_minutes = 30, .hourly_minor = 4000 };
  g_autoptr (CfoilDecision) decision = NULL;

  set_up (&f, "USD", 10000);
  f.dossier.same = (CfoilTrackRecord) { 7, 5, 3 };
  decision = cfoil_decision_make (&f.dossier, CFOIL_PRODUCT_PHYSICAL, &costs);
  g_assert_cmpint (decision->chance_ppm, ==, 533333);
  g_assert_cmpint (decision->accept_minor, ==, -10000);
  g_assert_cmpint (decision->contest_minor, ==, -10000 + 5333 - 4000);
  g_assert_cmpint (decision->break_even_ppm, ==, 400000);
  g_assert_cmpuint (decision->n_won, ==, 7);
  g_assert_cmpuint (decision->n_lost, ==, 5);
  g_assert_cmpint (decision->low_ppm, <, decision->chance_ppm);
  g_assert_cmpint (decision->high_ppm, >, decision->chance_ppm);
  g_assert_false (decision->is_published);
  g_assert_nonnull (strstr (decision->text, "7 of 12"));
  g_assert_nonnull (strstr (decision->text, "40 %"));
}

/* Fees that come back count with the chance of a win: both ways of the formula. */
static void
test_returned_fees (void)
{
  Fixture f;
  CfoilDecisionCosts costs = { .contest_fee_minor = 1500, .contest_fee_returned = TRUE, .fee_returned = TRUE };
  g_autoptr (CfoilDecision) decision = NULL;

  set_up (&f, "USD", 5000);
  f.dossier.fee_charged_minor = 1500;
  f.dossier.same = (CfoilTrackRecord) { 1, 1, 0 };
  f.dossier.reason = (CfoilTrackRecord) { 2, 3, 0 };
  decision = cfoil_decision_make (&f.dossier, CFOIL_PRODUCT_DIGITAL, &costs);
  /* two cases are not enough: the five of the reason count; p = 3/8 */
  g_assert_cmpint (decision->chance_ppm, ==, 375000);
  /* p (5000 + 1500) - (1 - p) 1500 = 2437.5 - 937.5 */
  g_assert_cmpint (decision->contest_minor - decision->accept_minor, ==, 1500);
  /* 1500 / 8000 */
  g_assert_cmpint (decision->break_even_ppm, ==, 187500);
  g_assert_cmpint (decision->accept_minor, ==, -6500);
}

static void
test_advice (void)
{
  Fixture f;
  CfoilDecisionCosts dear = { .contest_fee_minor = 6000 };
  g_autoptr (CfoilDecision) published = NULL, never = NULL, sure = NULL, hopeless = NULL, guarded = NULL, unknown = NULL;

  set_up (&f, "JPY", 5000);
  published = cfoil_decision_make (&f.dossier, CFOIL_PRODUCT_SERVICE, &no_costs);
  g_assert_true (published->is_published);
  g_assert_cmpint (published->low_ppm, ==, 300000);
  g_assert_cmpint (published->high_ppm, ==, 540000);
  g_assert_cmpint (published->advice, ==, CFOIL_ADVICE_CONTEST);

  never = cfoil_decision_make (&f.dossier, CFOIL_PRODUCT_SERVICE, &dear);
  g_assert_cmpint (never->break_even_ppm, >, 1000000);
  g_assert_cmpint (never->advice, ==, CFOIL_ADVICE_ACCEPT);

  f.dossier.last_fee_minor = 1000; /* not known otherwise: the last one seen */
  f.dossier.same = (CfoilTrackRecord) { 30, 2, 0 };
  sure = cfoil_decision_make (&f.dossier, CFOIL_PRODUCT_SERVICE,
                              &(CfoilDecisionCosts) { .contest_fee_minor = CFOIL_UNKNOWN });
  g_assert_cmpint (sure->break_even_ppm, ==, 200000);
  g_assert_cmpint (sure->advice, ==, CFOIL_ADVICE_CONTEST);
  f.dossier.same = (CfoilTrackRecord) { 0, 40, 0 };
  hopeless = cfoil_decision_make (&f.dossier, CFOIL_PRODUCT_SERVICE,
                                  &(CfoilDecisionCosts) { .contest_fee_minor = CFOIL_UNKNOWN });
  g_assert_cmpint (hopeless->advice, ==, CFOIL_ADVICE_ACCEPT);

  f.record.reason = CFOIL_REASON_FRAUD;
  guarded = cfoil_decision_make (&f.dossier, CFOIL_PRODUCT_PHYSICAL, &no_costs);
  g_assert_cmpint (guarded->advice, ==, CFOIL_ADVICE_PROTECTION);

  f.record.amount_minor = CFOIL_UNKNOWN;
  unknown = cfoil_decision_make (&f.dossier, CFOIL_PRODUCT_PHYSICAL, &no_costs);
  g_assert_null (unknown);
}

/* The break-even is one: just below it contesting loses, at it no longer. */
static void
test_break_even (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      Fixture f;
      CfoilDecisionCosts costs = {
        .contest_fee_minor = g_test_rand_int_range (0, 5000), .contest_fee_returned = g_test_rand_int_range (0, 2),
        .fee_returned = g_test_rand_int_range (0, 2), .labour_minutes = (guint) g_test_rand_int_range (0, 200),
        .hourly_minor = g_test_rand_int_range (0, 10000),
      };
      g_autoptr (CfoilDecision) decision = NULL;
      gint64 difference;

      set_up (&f, "KWD", g_test_rand_int_range (1, 100000000));
      f.dossier.fee_charged_minor = g_test_rand_int_range (0, 5000);
      f.dossier.same = (CfoilTrackRecord) { (guint) g_test_rand_int_range (3, 40), (guint) g_test_rand_int_range (0, 40), 0 };
      decision = cfoil_decision_make (&f.dossier, CFOIL_PRODUCT_OTHER, &costs);
      difference = decision->contest_minor - decision->accept_minor;
      if (decision->chance_ppm >= decision->break_even_ppm)
        g_assert_cmpint (difference, >=, -1);
      else
        g_assert_cmpint (difference, <=, 1);
      g_assert_cmpint (decision->contest_low_minor, <=, decision->contest_minor);
      g_assert_cmpint (decision->contest_high_minor, >=, decision->contest_minor);
    }
}

static void
test_interval (void)
{
  int low, high, wide_low, wide_high;

  cfoil_ratio_interval (0, 0, &low, &high);
  g_assert_cmpint (low, ==, 0);
  g_assert_cmpint (high, ==, 1000000);
  cfoil_ratio_interval (7, 5, &low, &high);
  /* Wilson, z = 1.28155, by hand: 0.4018 to 0.7456 */
  g_assert_cmpint (ABS (low - 401800), <, 1500);
  g_assert_cmpint (ABS (high - 745600), <, 3500);
  cfoil_ratio_interval (1, 1, &wide_low, &wide_high);
  g_assert_cmpint (wide_high - wide_low, >, high - low);
  cfoil_ratio_interval (0, 9, &low, &high);
  g_assert_cmpint (low, ==, 0);
  g_assert_cmpint (high, >, 0);
}

/* Amounts at the edge do not overflow. */
static void
test_large (void)
{
  Fixture f;
  CfoilDecisionCosts costs = { .contest_fee_minor = G_GINT64_CONSTANT (1000000000000000), .labour_minutes = 10000,
                               .hourly_minor = G_GINT64_CONSTANT (1000000000000000) / 1000 };
  g_autoptr (CfoilDecision) decision = NULL;

  set_up (&f, "USD", G_GINT64_CONSTANT (1000000000000000));
  decision = cfoil_decision_make (&f.dossier, CFOIL_PRODUCT_OTHER, &costs);
  g_assert_cmpint (decision->break_even_ppm, ==, 1000001);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decision/arithmetic", test_arithmetic);
  g_test_add_func ("/decision/returned-fees", test_returned_fees);
  g_test_add_func ("/decision/advice", test_advice);
  g_test_add_func ("/decision/break-even", test_break_even);
  g_test_add_func ("/decision/interval", test_interval);
  g_test_add_func ("/decision/large", test_large);
  return g_test_run ();
}
