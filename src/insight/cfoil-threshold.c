/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-threshold.h"

#include "cfoil-currency.h"
#include "cfoil-ratio.h"
#include "cfoil-types.h"

#include <glib/gi18n.h>

/* Basis points in parts per million. */
#define BPS(n) ((n) * 100)

static const CfoilThresholdInfo infos[CFOIL_N_THRESHOLDS] = {
  [CFOIL_THRESHOLD_VISA_VAMP] = {
    .name = "visa-vamp",
    .title = N_ ("Visa Acquirer Monitoring Program, Excessive Merchant"),
    .formula = N_ ("Chargebacks and fraud reports of a calendar month, divided by the payments of the same month. The limit is "
                   "1.5 % together with 1,500 events in the month. Fraud reports (TC40) are not known here unless you enter them: "
                   "without them the true figure is at least what is shown."),
    .consequence = N_ ("About 8 US dollars for each event."),
    .source = "Visa Acquirer Monitoring Program; merchantcostconsulting.com (May 2026), docs.antom.com/ac/merchant_service/card_monitor",
    .as_of = "2026-04-01",
    .limit_ppm = BPS (150),
    .limit_count = 1500,
    .is_at_least = TRUE,
  },
  [CFOIL_THRESHOLD_MASTERCARD_ECM] = {
    .name = "mastercard-ecm",
    .title = N_ ("Mastercard Excessive Chargeback Merchant"),
    .formula = N_ ("Chargebacks of a calendar month, divided by the payments of the month before. The limit is 1.5 % together "
                   "with 100 chargebacks."),
    .consequence = N_ ("Fines from the second month on."),
    .source = "Braintree, Excessive Chargeback Program",
    .as_of = "2026-06-30",
    .limit_ppm = BPS (150),
    .limit_count = 100,
  },
  [CFOIL_THRESHOLD_MASTERCARD_HECM] = {
    .name = "mastercard-hecm",
    .title = N_ ("Mastercard High Excessive Chargeback Merchant"),
    .formula = N_ ("Chargebacks of a calendar month, divided by the payments of the month before. The limit is 3 % together "
                   "with 300 chargebacks."),
    .consequence = N_ ("Higher fines."),
    .source = "Braintree, Excessive Chargeback Program",
    .as_of = "2026-06-30",
    .limit_ppm = BPS (300),
    .limit_count = 300,
  },
  [CFOIL_THRESHOLD_MASTERCARD_EFM] = {
    .name = "mastercard-efm",
    .title = N_ ("Mastercard Excessive Fraud Merchant"),
    .formula = N_ ("Chargebacks for fraud of a calendar month, divided by the payments of the month before. The limit is 0.5 % "
                   "together with 1,000 payments in the month before and 50,000 US dollars of fraud; only for merchants that "
                   "hardly use 3-D Secure, which is not known here."),
    .consequence = N_ ("Fines; three months below the limit end them."),
    .source = "paymentspedia.com, Excessive Fraud Merchant",
    .as_of = "2026-06-30",
    .limit_ppm = BPS (50),
    .limit_base = 1000,
    .limit_minor = 5000000,
    .limit_currency = "USD",
    .is_at_least = TRUE,
  },
  [CFOIL_THRESHOLD_PAYPAL] = {
    .name = "paypal-high-volume",
    .title = N_ ("PayPal High Volume Dispute Fee"),
    .formula = N_ ("The value of claims about goods that did not come or were not as described, divided by the value of sales, "
                   "both of the three calendar months before. The limit is 1.5 % together with more than 100 sales."),
    .consequence = N_ ("A higher fee for each dispute."),
    .source = "paypal.com, help350, faq4381 and faq4382",
    .as_of = "2026-06-30",
    .limit_ppm = BPS (150),
    .limit_base = 101,
    .is_by_value = TRUE,
  },
  [CFOIL_THRESHOLD_HOUSE] = {
    .name = "house",
    .title = N_ ("Comfort Line"),
    .formula = N_ ("Disputes opened in a calendar month, divided by the payments of the same month. The limit is 0.75 %: a "
                   "common line of processors, not a rule of a network."),
    .consequence = N_ ("None by itself. Beyond it processors begin to ask questions."),
    .source = "paycanary.io/resources/disputes",
    .as_of = "2026-06-30",
    .limit_ppm = BPS (75),
  },
};

const CfoilThresholdInfo *
cfoil_threshold_get_info (CfoilThresholdKind kind)
{
  g_return_val_if_fail ((int) kind >= 0 && kind < CFOIL_N_THRESHOLDS, NULL);

  return &infos[kind];
}

void
cfoil_threshold_free (CfoilThreshold *self)
{
  if (self == NULL)
    return;
  g_free (self->account);
  g_free (self->value_text);
  g_free (self->distance_text);
  g_free (self->note);
  g_free (self);
}

/* --- where one stands --- */

/* Whether what no further dispute changes is as much as the limit asks for. */
static gboolean
base_is_enough (const CfoilThresholdInfo   *info,
                const CfoilThresholdCounts *counts)
{
  return counts->base > 0 && counts->events != CFOIL_UNKNOWN && counts->n_base >= info->limit_base;
}

/* LIMIT_PPM of the base, rounded up; nothing at all reaches no limit. */
static gint64
get_part (const CfoilThresholdInfo   *info,
          const CfoilThresholdCounts *counts)
{
  __int128 part = ((__int128) info->limit_ppm * counts->base + CFOIL_PPM - 1) / CFOIL_PPM;

  return (gint64) MAX (part, 1);
}

/* The fewest events that reach the limit with this base. */
static gint64
get_needed (const CfoilThresholdInfo   *info,
            const CfoilThresholdCounts *counts)
{
  return MAX (get_part (info, counts), info->limit_count);
}

static gboolean
money_is_enough (const CfoilThresholdInfo   *info,
                 const CfoilThresholdCounts *counts)
{
  return info->limit_minor == 0 || (counts->minor != CFOIL_UNKNOWN && counts->minor >= info->limit_minor);
}

/* --- in words --- */

/* Within a sentence: not torn apart at the end of a line. */
static char *
format_part (gint64 ppm)
{
  g_autofree char *text = cfoil_unit_format (CFOIL_UNIT_RATIO, ppm, NULL);
  GString *whole = g_string_new (text);

  g_string_replace (whole, " ", "\u00a0", 0);
  return g_string_free (whole, FALSE);
}

static char *
format_value (const CfoilThresholdInfo *info,
              const CfoilThreshold     *self)
{
  g_autofree char *value = format_part (self->value_ppm);

  if (self->value_ppm == CFOIL_UNKNOWN)
    return g_strdup (_ ("No payments to compare with"));
  if (self->counts.has_reports)
    /* Translators: a percentage, how many */
    return g_strdup_printf (ngettext ("%s, with %d fraud report", "%s, with %d fraud reports", (gulong) self->counts.n_reports), value,
                            (int) MIN (self->counts.n_reports, G_MAXINT));
  if (self->kind == CFOIL_THRESHOLD_VISA_VAMP)
    /* Translators: a percentage */
    return g_strdup_printf (_ ("at least %s (fraud reports unknown)"), value);
  if (info->is_at_least)
    /* Translators: a percentage */
    return g_strdup_printf (_ ("at least %s"), value);
  return g_steal_pointer (&value);
}

static char *
format_events (const CfoilThresholdInfo *info,
               const CfoilThreshold     *self,
               const char               *limit,
               const char               *currency)
{
  g_autofree char *amount = NULL;

  if (self->counts.events >= get_part (info, &self->counts))
    /* Translators: a percentage, how many more, how many in all; such limits need a rate and a number of disputes */
    return g_strdup_printf (ngettext ("%s is reached; %d more dispute until the %d that the limit also asks for",
                                      "%s is reached; %d more disputes until the %d that the limit also asks for", (gulong) self->distance),
                            limit, (int) MIN (self->distance, G_MAXINT), (int) info->limit_count);
  if (!info->is_by_value)
    /* Translators: how many, a percentage */
    return g_strdup_printf (ngettext ("%d more dispute until the limit of %s", "%d more disputes until the limit of %s",
                                      (gulong) self->distance), (int) MIN (self->distance, G_MAXINT), limit);
  amount = cfoil_currency_format (self->distance, currency);
  /* Translators: an amount of money, a percentage */
  return g_strdup_printf (_ ("%s more in disputes until the limit of %s"), amount, limit);
}

static char *
format_distance (const CfoilThresholdInfo *info,
                 const CfoilThreshold     *self,
                 const char               *currency)
{
  g_autofree char *limit = format_part (info->limit_ppm);

  if (self->is_reached)
    /* Translators: a percentage */
    return g_strdup_printf (_ ("The limit of %s is reached"), limit);
  if (self->distance == CFOIL_UNKNOWN && self->counts.base <= 0)
    return g_strdup (_ ("There are no payments that disputes could be compared with"));
  if (self->distance == CFOIL_UNKNOWN && self->counts.n_base < info->limit_base)
    /* Translators: how many */
    return g_strdup_printf (ngettext ("The limit is for merchants with %d payment or more",
                                      "The limit is for merchants with %d payments or more", (gulong) info->limit_base),
                            (int) info->limit_base);
  if (self->distance == CFOIL_UNKNOWN)
    return g_strdup (_ ("The limit is not reached"));
  return format_events (info, self, limit, currency);
}

CfoilThreshold *
cfoil_threshold_evaluate (CfoilThresholdKind          kind,
                          const CfoilThresholdCounts *counts,
                          const char                 *currency)
{
  const CfoilThresholdInfo *info = cfoil_threshold_get_info (kind);
  CfoilThreshold *self = g_new0 (CfoilThreshold, 1);
  gint64 needed;

  self->kind = kind;
  self->counts = *counts;
  self->value_ppm = cfoil_ratio (counts->events, counts->base);
  self->distance = CFOIL_UNKNOWN;
  if (base_is_enough (info, counts))
    {
      needed = get_needed (info, counts);
      self->is_reached = counts->events >= needed && money_is_enough (info, counts);
      /* How much money further disputes are about nobody can say. */
      if (counts->events < needed)
        self->distance = needed - counts->events;
      else if (self->is_reached)
        self->distance = 0;
    }
  self->value_text = format_value (info, self);
  self->distance_text = format_distance (info, self, currency);
  self->note = g_strdup (kind == CFOIL_THRESHOLD_HOUSE
                           ? _ ("Informative: counted are all disputes of these accounts.")
                           : _ ("Informative: under Amazon Pay networks look at the provider’s account, not at yours."));
  return self;
}
