/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The figures of the program.  Each has one definition: here.  All are per currency
 * (but counts and rates of accounts without amounts), over a period of days in the
 * mirror's zone.  Formulas: product notes 6.5.  Pure, any thread.
 *
 * When a thing happened is txn.sort_us, as in the list of transactions: a charge when it
 * was made, a refund when it was asked for, other movements when they were posted. */
typedef enum
{
  CFOIL_METRIC_GROSS,           /* captured payments */
  CFOIL_METRIC_NET,             /* gross − refunds − fees − dispute losses ± adjustments */
  CFOIL_METRIC_FEES,            /* processing fees less what of them was given back; a cost is positive */
  CFOIL_METRIC_REFUNDS,         /* positive */
  CFOIL_METRIC_DISPUTE_LOSSES,  /* withdrawn − reinstated + dispute fees; positive is a loss */
  CFOIL_METRIC_ADJUSTMENTS,     /* signed; movements of unknown types, too */
  CFOIL_METRIC_PAYMENTS,        /* how many captured */
  CFOIL_METRIC_AVERAGE,         /* gross / payments, rounded half up to a minor unit */
  CFOIL_METRIC_MEDIAN,          /* of two middle ones the mean, rounded half up */
  CFOIL_METRIC_SUCCESS_RATE,    /* captured / (captured + declined) */
  CFOIL_METRIC_FEE_RATE,        /* fees / gross of settled payments: those whose fee is known */
  CFOIL_METRIC_REFUND_RATE,     /* refunds / gross */
  CFOIL_METRIC_DISPUTE_ACTIVITY,/* cases opened / payments */
  CFOIL_METRIC_DISPUTE_RATE,    /* payments of the period that were ever disputed / those payments */
  CFOIL_METRIC_WIN_RATE,        /* won / (won + lost), contested and decided in the period */
  CFOIL_METRIC_RECOVERY_RATE,   /* won back / disputed, of cases decided; not answered counts as lost */
  CFOIL_METRIC_PAID_OUT,        /* payouts by their day */
  CFOIL_METRIC_DAYS_TO_MONEY,   /* median of the day of the payout − that of the payment, of the period's payments that were paid out;
                                 * in microseconds, as it may lie between two days */
  CFOIL_N_METRICS
} CfoilMetric;

typedef enum
{
  CFOIL_UNIT_MONEY, /* minor units */
  CFOIL_UNIT_COUNT,
  CFOIL_UNIT_RATIO, /* parts per million */
  CFOIL_UNIT_SPAN,  /* microseconds */
} CfoilUnit;

typedef struct
{
  const char *name;    /* stable: "gross" */
  const char *title;   /* marked for translation: "Gross Volume" */
  const char *formula; /* marked for translation: the answer to "How is this computed?", in plain words */
  const char *query;   /* (nullable): the rows behind it without date, currency and account: "type:charge state:captured" */
  CfoilUnit unit;
  int good;            /* 1: more is better, -1: less is, 0: neither */
  const char *page;    /* where its rows are shown: "transactions", "disputes" (then QUERY is in the language of
                        * cfoil-case-query.h), "settlements" */
} CfoilMetricInfo;

/* What the movements of one type come to, as the mirror keeps them by day. */
typedef struct
{
  gint64 n_done;     /* captured, refunded or posted */
  gint64 n_declined;
  gint64 n_unsettled; /* done, fee not known yet */
  gint64 gross_minor;
  gint64 fee_minor;  /* of those whose fee is known; a cost is negative */
  gint64 unsettled_minor; /* the part of the gross whose fee is not known yet */
  gboolean is_overflown; /* more than can be counted: amounts are void */
} CfoilMetricSums;

/* The figure METRIC of what SUMS (CFOIL_N_TYPES, by type) came to.  Of ratios and averages
 * NUMERATOR and DENOMINATOR (both nullable) are what is divided, of others the value and
 * CFOIL_UNKNOWN.  *VALUE is CFOIL_UNKNOWN where nothing is there to be divided by, or a sum is
 * more than can be counted.  FALSE: METRIC does not follow from such sums. */
gboolean cfoil_metric_compute (CfoilMetric            metric,
                               const CfoilMetricSums *sums,
                               gint64                *value,
                               gint64                *numerator,
                               gint64                *denominator);
/* SUMS += what is in OTHER, type by type. */
void cfoil_metric_sums_add (CfoilMetricSums       *sums,
                            const CfoilMetricSums *other);

const CfoilMetricInfo *cfoil_metric_get_info (CfoilMetric metric);
gboolean cfoil_metric_from_string (const char  *name,
                                   CfoilMetric *metric);

/* "1,234.50 €", "12.3 %", "3.5 days", in the user's language; CFOIL_UNKNOWN: "–".
 * CURRENCY (nullable) for money.  Free it. */
char *cfoil_unit_format (CfoilUnit   unit,
                         gint64      value,
                         const char *currency);

G_END_DECLS
