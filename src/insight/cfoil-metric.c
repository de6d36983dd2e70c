/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-metric.h"

#include "cfoil-currency.h"
#include "cfoil-ratio.h"
#include "cfoil-types.h"

#include <glib/gi18n.h>
#include <langinfo.h>

/* Each query names the rows that the figure counts or adds up, in the language of the
 * transactions page; of dispute figures in that of the disputes page. */
static const CfoilMetricInfo infos[CFOIL_N_METRICS] = {
  [CFOIL_METRIC_GROSS] = { "gross", N_ ("Gross Volume"),
    N_ ("All payments that were captured, before refunds and fees, by the day on which they were made."),
    "type:charge state:captured,posted", CFOIL_UNIT_MONEY, 1, "transactions" },
  [CFOIL_METRIC_NET] = { "net", N_ ("Net Volume"),
    N_ ("Gross volume less refunds, fees and dispute losses, with adjustments added or taken off. Payouts and reserves "
        "only move money and do not count. Fees that are not known yet are not in it."),
    "type:charge,refund,chargeback,claim,dispute_fee,adjustment,authorization_fee,other", CFOIL_UNIT_MONEY, 1, "transactions" },
  [CFOIL_METRIC_FEES] = { "fees", N_ ("Fees"),
    N_ ("What the provider charged for payments and authorizations, less what it gave back on refunds. Dispute fees stand "
        "with dispute losses. Fees become known when a payment is settled."),
    "type:charge,refund,authorization_fee", CFOIL_UNIT_MONEY, -1, "transactions" },
  [CFOIL_METRIC_REFUNDS] = { "refunds", N_ ("Refunds"),
    N_ ("All refunds that were made, by the day on which they were asked for."),
    "type:refund state:refunded,posted", CFOIL_UNIT_MONEY, -1, "transactions" },
  [CFOIL_METRIC_DISPUTE_LOSSES] = { "dispute-losses", N_ ("Dispute Losses"),
    N_ ("Money taken for chargebacks and claims, less money given back, with the fees for them, by the day on which it was "
        "moved."),
    "type:chargeback,claim,dispute_fee", CFOIL_UNIT_MONEY, -1, "transactions" },
  [CFOIL_METRIC_ADJUSTMENTS] = { "adjustments", N_ ("Adjustments"),
    N_ ("Corrections by the provider, and movements of kinds that are not known here."),
    "type:adjustment,other", CFOIL_UNIT_MONEY, 0, "transactions" },
  [CFOIL_METRIC_PAYMENTS] = { "payments", N_ ("Payments"),
    N_ ("How many payments were captured, by the day on which they were made."),
    "type:charge state:captured,posted", CFOIL_UNIT_COUNT, 1, "transactions" },
  [CFOIL_METRIC_AVERAGE] = { "average", N_ ("Average Payment"),
    N_ ("Gross volume divided by the number of captured payments."),
    "type:charge state:captured,posted", CFOIL_UNIT_MONEY, 1, "transactions" },
  [CFOIL_METRIC_MEDIAN] = { "median", N_ ("Median Payment"),
    N_ ("Half of the captured payments are larger than this, half are smaller. A few very large payments do not move it."),
    "type:charge state:captured,posted", CFOIL_UNIT_MONEY, 1, "transactions" },
  [CFOIL_METRIC_SUCCESS_RATE] = { "success-rate", N_ ("Success Rate"),
    N_ ("Captured payments as a part of all that were captured or declined."),
    "type:charge state:captured,posted,declined", CFOIL_UNIT_RATIO, 1, "transactions" },
  [CFOIL_METRIC_FEE_RATE] = { "fee-rate", N_ ("Effective Fee Rate"),
    N_ ("Fees of captured payments as a part of their gross volume; only payments whose fee is known."),
    "type:charge state:captured,posted has:fee", CFOIL_UNIT_RATIO, -1, "transactions" },
  [CFOIL_METRIC_REFUND_RATE] = { "refund-rate", N_ ("Refund Rate"),
    N_ ("Refunds that were made as a part of gross volume, by value."),
    "type:refund state:refunded,posted", CFOIL_UNIT_RATIO, -1, "transactions" },
  [CFOIL_METRIC_DISPUTE_ACTIVITY] = { "dispute-activity", N_ ("Dispute Activity"),
    N_ ("Disputes opened in the period as a part of the payments of the period. This is what card networks look at."),
    "", CFOIL_UNIT_RATIO, -1, "disputes" },
  [CFOIL_METRIC_DISPUTE_RATE] = { "dispute-rate", N_ ("Dispute Rate"),
    N_ ("Payments of the period that were disputed at any time, as a part of all payments of the period. It may still rise "
        "for payments of the last 120 days."),
    "type:charge state:captured,posted is:disputed", CFOIL_UNIT_RATIO, -1, "transactions" },
  [CFOIL_METRIC_WIN_RATE] = { "win-rate", N_ ("Win Rate"),
    N_ ("Won disputes as a part of those won or lost, of disputes that were answered and decided in the period. The range "
        "holds the true chance in 8 of 10 cases."),
    "outcome:won,lost", CFOIL_UNIT_RATIO, 1, "disputes" },
  [CFOIL_METRIC_RECOVERY_RATE] = { "recovery-rate", N_ ("Recovery Rate"),
    N_ ("The value of won disputes as a part of the value of all disputes decided in the period. Those that were accepted or "
        "not answered count as lost."),
    "outcome:won,lost,accepted,expired", CFOIL_UNIT_RATIO, 1, "disputes" },
  [CFOIL_METRIC_PAID_OUT] = { "paid-out", N_ ("Paid Out"),
    N_ ("Payouts to the bank, by the day on which the provider made them."),
    NULL, CFOIL_UNIT_MONEY, 1, "settlements" },
  [CFOIL_METRIC_DAYS_TO_MONEY] = { "days-to-money", N_ ("Days to Money"),
    N_ ("From the day of a payment to the day of its payout; half of the period's paid-out payments took longer, half less."),
    "type:charge state:captured,posted has:payout", CFOIL_UNIT_SPAN, -1, "transactions" },
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

/* --- definitions --- */

/* A sum on its way; void once it is more than can be counted. */
typedef struct
{
  gint64 minor;
  gboolean is_void;
} Sum;

static void
add (Sum   *sum,
     gint64 minor)
{
  if (__builtin_add_overflow (sum->minor, minor, &sum->minor))
    sum->is_void = TRUE;
}

static void
add_gross (Sum                   *sum,
           const CfoilMetricSums *sums,
           CfoilType              type)
{
  sum->is_void |= sums[type].is_overflown;
  add (sum, sums[type].gross_minor);
}

static void
add_fee (Sum                   *sum,
         const CfoilMetricSums *sums,
         CfoilType              type)
{
  sum->is_void |= sums[type].is_overflown;
  add (sum, sums[type].fee_minor);
}

static void
add_both (Sum                   *sum,
          const CfoilMetricSums *sums,
          CfoilType              type)
{
  add_gross (sum, sums, type);
  add_fee (sum, sums, type);
}

/* What processing costs, as it moved the balance: fees of payments and refunds, and what was
 * charged for authorisations, which is an amount by itself. */
static void
add_fees (Sum                   *sum,
          const CfoilMetricSums *sums)
{
  add_fee (sum, sums, CFOIL_TYPE_CHARGE);
  add_fee (sum, sums, CFOIL_TYPE_REFUND);
  add_both (sum, sums, CFOIL_TYPE_AUTHORIZATION_FEE);
}

static void
add_disputes (Sum                   *sum,
              const CfoilMetricSums *sums)
{
  add_both (sum, sums, CFOIL_TYPE_CHARGEBACK);
  add_both (sum, sums, CFOIL_TYPE_CLAIM);
  add_both (sum, sums, CFOIL_TYPE_DISPUTE_FEE);
}

static void
add_adjustments (Sum                   *sum,
                 const CfoilMetricSums *sums)
{
  add_both (sum, sums, CFOIL_TYPE_ADJUSTMENT);
  add_both (sum, sums, CFOIL_TYPE_OTHER);
}

/* Of the merchant's balance: the same sign for what comes in and goes out. */
static gint64
get_amount (CfoilMetric            metric,
            const CfoilMetricSums *sums)
{
  gboolean is_all = metric == CFOIL_METRIC_NET, is_cost = FALSE;
  Sum sum = { 0 };

  if (is_all || metric == CFOIL_METRIC_GROSS)
    add_gross (&sum, sums, CFOIL_TYPE_CHARGE);
  if (is_all || metric == CFOIL_METRIC_ADJUSTMENTS)
    add_adjustments (&sum, sums);
  if (is_all || metric == CFOIL_METRIC_REFUNDS)
    add_gross (&sum, sums, CFOIL_TYPE_REFUND);
  if (is_all || metric == CFOIL_METRIC_FEES)
    add_fees (&sum, sums);
  if (is_all || metric == CFOIL_METRIC_DISPUTE_LOSSES)
    add_disputes (&sum, sums);
  if (sum.is_void || sum.minor == G_MININT64)
    return CFOIL_UNKNOWN;
  is_cost = metric == CFOIL_METRIC_REFUNDS || metric == CFOIL_METRIC_FEES || metric == CFOIL_METRIC_DISPUTE_LOSSES;
  return is_cost ? -sum.minor : sum.minor;
}

/* The gross of those whose fee is known. */
static gint64
get_settled (const CfoilMetricSums *sums)
{
  gint64 settled;

  if (sums->is_overflown || __builtin_sub_overflow (sums->gross_minor, sums->unsettled_minor, &settled))
    return CFOIL_UNKNOWN;
  return settled;
}

/* What METRIC divides; FALSE: it does not divide. */
static gboolean
get_parts (CfoilMetric            metric,
           const CfoilMetricSums *sums,
           gint64                *numerator,
           gint64                *denominator)
{
  const CfoilMetricSums *charges = &sums[CFOIL_TYPE_CHARGE];

  switch (metric)
    {
    case CFOIL_METRIC_AVERAGE:
      *numerator = get_amount (CFOIL_METRIC_GROSS, sums);
      *denominator = charges->n_done;
      return TRUE;
    case CFOIL_METRIC_SUCCESS_RATE:
      *numerator = charges->n_done;
      *denominator = charges->n_done + charges->n_declined;
      return TRUE;
    case CFOIL_METRIC_FEE_RATE:
      *numerator = charges->is_overflown || charges->fee_minor == G_MININT64 ? CFOIL_UNKNOWN : -charges->fee_minor;
      *denominator = get_settled (charges);
      return TRUE;
    case CFOIL_METRIC_REFUND_RATE:
      *numerator = get_amount (CFOIL_METRIC_REFUNDS, sums);
      *denominator = get_amount (CFOIL_METRIC_GROSS, sums);
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
cfoil_metric_compute (CfoilMetric            metric,
                      const CfoilMetricSums *sums,
                      gint64                *value,
                      gint64                *numerator,
                      gint64                *denominator)
{
  gint64 over = CFOIL_UNKNOWN, under = CFOIL_UNKNOWN;

  if (get_parts (metric, sums, &over, &under))
    *value = metric == CFOIL_METRIC_AVERAGE ? cfoil_divide (over, under) : cfoil_ratio (over, under);
  else if (metric == CFOIL_METRIC_PAYMENTS)
    *value = over = sums[CFOIL_TYPE_CHARGE].n_done;
  else if (metric <= CFOIL_METRIC_ADJUSTMENTS)
    *value = over = get_amount (metric, sums);
  else
    return FALSE;
  if (numerator != NULL)
    *numerator = over;
  if (denominator != NULL)
    *denominator = under;
  return TRUE;
}

void
cfoil_metric_sums_add (CfoilMetricSums       *sums,
                       const CfoilMetricSums *other)
{
  for (guint i = 0; i < CFOIL_N_TYPES; i++)
    {
      sums[i].n_done += other[i].n_done;
      sums[i].n_declined += other[i].n_declined;
      sums[i].n_unsettled += other[i].n_unsettled;
      sums[i].is_overflown |= other[i].is_overflown |
                              __builtin_add_overflow (sums[i].gross_minor, other[i].gross_minor, &sums[i].gross_minor) |
                              __builtin_add_overflow (sums[i].fee_minor, other[i].fee_minor, &sums[i].fee_minor) |
                              __builtin_add_overflow (sums[i].unsettled_minor, other[i].unsettled_minor,
                                                      &sums[i].unsettled_minor);
    }
}

/* --- for people --- */

/* TENTHS or hundredths as the user's language writes them. */
static char *
format_decimal (gint64 digits,
                int    scale)
{
  gint64 unit = 1;
  guint64 size = digits < 0 ? 0 - (guint64) digits : (guint64) digits;

  for (int i = 0; i < scale; i++)
    unit *= 10;
  return g_strdup_printf ("%s%'" G_GUINT64_FORMAT "%s%0*" G_GUINT64_FORMAT, digits < 0 ? "−" : "", size / (guint64) unit,
                          nl_langinfo (RADIXCHAR), scale, size % (guint64) unit);
}

static char *
format_count (gint64 count)
{
  guint64 size = count < 0 ? 0 - (guint64) count : (guint64) count;

  return g_strdup_printf ("%s%'" G_GUINT64_FORMAT, count < 0 ? "−" : "", size);
}

/* Small rates are what limits are about: they get a decimal more. */
static char *
format_ratio (gint64 ppm)
{
  gboolean is_small = ppm > -100000 && ppm < 100000;
  g_autofree char *number = is_small ? format_decimal (cfoil_divide (ppm, 100), 2) : format_decimal (cfoil_divide (ppm, 1000), 1);

  /* Translators: a percentage; the blank is one at which no line is broken */
  return g_strdup_printf (_ ("%s %%"), number);
}

static char *
format_span (gint64 us)
{
  g_autofree char *days = NULL;
  gint64 n;

  if (ABS (us) < G_TIME_SPAN_HOUR)
    {
      n = cfoil_divide (us, G_TIME_SPAN_MINUTE);
      return g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) ABS (n)), (int) n);
    }
  if (ABS (us) < 2 * G_TIME_SPAN_DAY)
    {
      n = cfoil_divide (us, G_TIME_SPAN_HOUR);
      return g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong) ABS (n)), (int) n);
    }
  days = format_decimal (cfoil_divide (us, G_TIME_SPAN_DAY / 10), 1);
  /* Translators: a number with a decimal, always 2 or more */
  return g_strdup_printf (_ ("%s days"), days);
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
    case CFOIL_UNIT_RATIO:
      return format_ratio (value);
    case CFOIL_UNIT_SPAN:
      return format_span (value);
    case CFOIL_UNIT_COUNT:
    default:
      return format_count (value);
    }
}
