/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-metric.h"

#include "cfoil-currency.h"
#include "cfoil-types.h"

#include <glib/gi18n.h>

#define PPM 1000000

/* Each query names the rows that the figure counts or adds up, in the language of the
 * transactions page; of dispute figures in that of the disputes page. */
static const CfoilMetricInfo infos[CFOIL_N_METRICS] = {
  [CFOIL_METRIC_GROSS] = { "gross", N_ ("Gross Volume"),
    N_ ("All payments that were captured, before refunds and fees, by the day on which they were made."),
    "type:charge state:captured", CFOIL_UNIT_MONEY, 1 },
  [CFOIL_METRIC_NET] = { "net", N_ ("Net Volume"),
    N_ ("Gross volume less refunds, fees and dispute losses, with adjustments added or taken off. Payouts and reserves "
        "only move money and do not count. Fees that are not known yet are not in it."),
    "type:charge,refund,chargeback,claim,dispute_fee,adjustment,authorization_fee,other", CFOIL_UNIT_MONEY, 1 },
  [CFOIL_METRIC_FEES] = { "fees", N_ ("Fees"),
    N_ ("What the provider charged for payments and authorizations, less what it gave back on refunds. Dispute fees stand "
        "with dispute losses. Fees become known when a payment is settled."),
    "type:charge,refund,authorization_fee", CFOIL_UNIT_MONEY, -1 },
  [CFOIL_METRIC_REFUNDS] = { "refunds", N_ ("Refunds"),
    N_ ("All refunds that were made, by the day on which they were asked for."),
    "type:refund state:refunded,none", CFOIL_UNIT_MONEY, -1 },
  [CFOIL_METRIC_DISPUTE_LOSSES] = { "dispute-losses", N_ ("Dispute Losses"),
    N_ ("Money taken for chargebacks and claims, less money given back, with the fees for them, by the day on which it was "
        "moved."),
    "type:chargeback,claim,dispute_fee", CFOIL_UNIT_MONEY, -1 },
  [CFOIL_METRIC_ADJUSTMENTS] = { "adjustments", N_ ("Adjustments"),
    N_ ("Corrections by the provider, and movements of kinds that are not known here."),
    "type:adjustment,other", CFOIL_UNIT_MONEY, 0 },
  [CFOIL_METRIC_PAYMENTS] = { "payments", N_ ("Payments"),
    N_ ("How many payments were captured, by the day on which they were made."),
    "type:charge state:captured", CFOIL_UNIT_COUNT, 1 },
  [CFOIL_METRIC_AVERAGE] = { "average", N_ ("Average Payment"),
    N_ ("Gross volume divided by the number of captured payments."),
    "type:charge state:captured", CFOIL_UNIT_MONEY, 1 },
  [CFOIL_METRIC_MEDIAN] = { "median", N_ ("Median Payment"),
    N_ ("Half of the captured payments are larger than this, half are smaller. A few very large payments do not move it."),
    "type:charge state:captured", CFOIL_UNIT_MONEY, 1 },
  [CFOIL_METRIC_SUCCESS_RATE] = { "success-rate", N_ ("Success Rate"),
    N_ ("Captured payments as a part of all that were captured or declined."),
    "type:charge state:captured,declined", CFOIL_UNIT_RATIO, 1 },
  [CFOIL_METRIC_FEE_RATE] = { "fee-rate", N_ ("Effective Fee Rate"),
    N_ ("Fees of captured payments as a part of their gross volume; only payments whose fee is known."),
    "type:charge state:captured has:fee", CFOIL_UNIT_RATIO, -1 },
  [CFOIL_METRIC_REFUND_RATE] = { "refund-rate", N_ ("Refund Rate"),
    N_ ("Refunds that were made as a part of gross volume, by value."),
    "type:refund state:refunded,none", CFOIL_UNIT_RATIO, -1 },
  [CFOIL_METRIC_DISPUTE_ACTIVITY] = { "dispute-activity", N_ ("Dispute Activity"),
    N_ ("Disputes opened in the period as a part of the payments of the period. This is what card networks look at."),
    NULL, CFOIL_UNIT_RATIO, -1 },
  [CFOIL_METRIC_DISPUTE_RATE] = { "dispute-rate", N_ ("Dispute Rate"),
    N_ ("Payments of the period that were disputed at any time, as a part of all payments of the period. It may still rise "
        "for payments of the last 120 days."),
    NULL, CFOIL_UNIT_RATIO, -1 },
  [CFOIL_METRIC_WIN_RATE] = { "win-rate", N_ ("Win Rate"),
    N_ ("Won disputes as a part of those won or lost, of disputes that were answered and decided in the period. The range "
        "holds the true chance in 8 of 10 cases."),
    NULL, CFOIL_UNIT_RATIO, 1 },
  [CFOIL_METRIC_RECOVERY_RATE] = { "recovery-rate", N_ ("Recovery Rate"),
    N_ ("The value of won disputes as a part of the value of all disputes decided in the period. Those that were accepted or "
        "not answered count as lost."),
    NULL, CFOIL_UNIT_RATIO, 1 },
  [CFOIL_METRIC_PAID_OUT] = { "paid-out", N_ ("Paid Out"),
    N_ ("Payouts to the bank, by the day on which the provider made them."),
    NULL, CFOIL_UNIT_MONEY, 1 },
  [CFOIL_METRIC_DAYS_TO_MONEY] = { "days-to-money", N_ ("Days to Money"),
    N_ ("How long it took from a payment to its payout; half of the period's paid-out payments took longer, half less."),
    NULL, CFOIL_UNIT_SPAN, -1 },
};

const CfoilMetricInfo *
cfoil_metric_get_info (CfoilMetric metric)
{
  g_return_val_if_fail ((int) metric >= 0 && metric < CFOIL_N_METRICS, NULL);

  return &infos[metric];
}

gboolean
cfoil_metric_from_string (const char  *name,
                          CfoilMetric *metric)
{
  for (guint i = 0; name != NULL && i < CFOIL_N_METRICS; i++)
    if (g_str_equal (infos[i].name, name))
      {
        *metric = (CfoilMetric) i;
        return TRUE;
      }
  return FALSE;
}

char *
cfoil_unit_format (CfoilUnit   unit,
                   gint64      value,
                   const char *currency)
{
  if (value == CFOIL_UNKNOWN)
    return g_strdup ("–");
  switch (unit)
    {
    case CFOIL_UNIT_MONEY:
      return cfoil_currency_format (value, currency != NULL ? currency : "");
    case CFOIL_UNIT_COUNT:
    case CFOIL_UNIT_RATIO:
    case CFOIL_UNIT_SPAN:
    default:
      return g_strdup_printf ("%'" G_GINT64_FORMAT, value);
    }
}
