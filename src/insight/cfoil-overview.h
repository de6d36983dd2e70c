/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-metric.h"
#include "cfoil-mirror.h"
#include "cfoil-period.h"
#include "cfoil-scan.h"
#include "cfoil-table.h"

G_BEGIN_DECLS

/* What the overview shows, read in one go from the daily sums (store/cfoil-summary.h)
 * and the few tables beside them.  Blocks, for a reader's thread; all of it one
 * snapshot. */
typedef struct
{
  char **accounts;            /* (nullable): names; NULL: all live ones, or if there are none the sandbox ones */
  CfoilPeriod period;
  CfoilComparison comparison;
  GTimeZone *zone;            /* that of the mirror's days */
  gint64 now_us;
} CfoilOverviewRequest;

typedef struct
{
  gint64 value;    /* in the metric's unit; CFOIL_UNKNOWN: nobody can know, or more than can be counted */
  gint64 former;   /* in the period that it is compared with; CFOIL_UNKNOWN also without one, and where no row and no
                    * payout of the accounts is as old as it */
  gint64 numerator, denominator; /* of ratios and averages: "3 of 12"; else CFOIL_UNKNOWN */
  gint64 low, high; /* of the win rate: 80 % interval, parts per million; else CFOIL_UNKNOWN */
  char *query;     /* (nullable): the exact rows of the period, with currency and account, for the metric's page */
} CfoilFigure;

/* Of one currency. */
typedef struct
{
  char currency[16];
  CfoilFigure figures[CFOIL_N_METRICS];
  gint64 *spark[CFOIL_N_METRICS];  /* (nullable): n_buckets values, CFOIL_UNKNOWN where there is none */
  gboolean is_overflown;           /* a sum is more than can be counted: it is CFOIL_UNKNOWN */
  gint64 unsettled_minor;          /* captured, in no settlement yet, whenever that was */
  char *unsettled_query;           /* the rows of that, for the transactions page */
  char *next_query;                /* those that the next payout is expected to be of */
  gint64 n_unknown_fees;           /* of the period: payments whose fee nobody has said yet: then net and fees are "so far" */
  gint64 reserve_minor;            /* withheld at the end of the last settlement; CFOIL_UNKNOWN: there is none */
  gint64 last_payout_minor, last_payout_us; /* CFOIL_UNKNOWN: none is known */
  char *last_payout_settlement, *reserve_settlement; /* (nullable): which settlement says so, by its id at the provider */
  gint64 next_payout_minor, next_payout_us; /* expected: what is unsettled, by the usual rhythm; CFOIL_UNKNOWN: not foreseeable */
  gint64 immature_ppm;             /* part of the payments younger than 120 days: their dispute rate may rise */
} CfoilOverviewBlock;

typedef enum
{
  CFOIL_ATTENTION_DISPUTE,     /* must be answered; due_us */
  CFOIL_ATTENTION_REFUND,      /* failed or pending for long */
  CFOIL_ATTENTION_EXPIRING,    /* authorisations about to expire */
  CFOIL_ATTENTION_SETTLEMENT,  /* does not add up */
  CFOIL_ATTENTION_FEED,        /* stale or failing */
  CFOIL_ATTENTION_EXCEPTION,
  CFOIL_ATTENTION_ANOMALY,
  CFOIL_ATTENTION_ADJUSTMENT,  /* a closed period would be different now */
} CfoilAttentionKind;

typedef struct
{
  CfoilAttentionKind kind;
  char *title;    /* translated: "3 disputes must be answered" */
  char *detail;   /* translated: "The first is due Tuesday, 24 November, 18:00 CET" */
  char *page;     /* where its action leads: "disputes", "transactions", "settlements", "sync", "exceptions" */
  char *argument; /* (nullable): of "transactions" and "disputes" a query, of "settlements" its id at the provider, of
                   * "sync" the account's name */
  gint64 n;
  gint64 due_us;  /* or CFOIL_UNKNOWN */
} CfoilAttention;

typedef struct
{
  GPtrArray *blocks;     /* CfoilOverviewBlock, the currency with most payments first */
  GPtrArray *attention;  /* CfoilAttention, most urgent first */
  gint32 *buckets;       /* n_buckets first days of the sparklines */
  guint n_buckets;
  CfoilBucket bucket;
  CfoilPeriod period;    /* as asked for; of ALL with the days that there are */
  CfoilPeriod former;    /* what figures are compared with */
  gboolean has_former;
  gboolean knows_former; /* a row or a payout is as old as it: else there is nothing to compare with */
  gint64 as_of_us;       /* the oldest feed that these figures depend on; CFOIL_UNKNOWN: never */
  char *gap;             /* (nullable), translated: which feed was never fetched or lacks which days of the period */
} CfoilOverview;

CfoilOverview *cfoil_overview_read (CfoilDatabase              *database,
                                    CfoilScanCache             *cache, /* (nullable) */
                                    const CfoilOverviewRequest *request,
                                    GCancellable               *cancellable,
                                    GError                    **error);
void cfoil_overview_free (CfoilOverview *self);

/* Who and what: the best of a period by net, with how much; columns name, payments, gross,
 * refunds, disputes (what was lost by them), net (gross − refunds − disputes).  BY:
 * "customer" (the buyer of the charge permission), "product" (the merchant's reference, as
 * it is), "store", "country".  Rows about which nobody said a name are none of them. */
CfoilTable *cfoil_overview_read_top (CfoilDatabase              *database,
                                     CfoilScanCache             *cache,
                                     const CfoilOverviewRequest *request,
                                     const char                 *by,
                                     const char                 *currency,
                                     guint                       limit,
                                     GCancellable               *cancellable,
                                     GError                    **error);

/* One or several metrics of a currency by BUCKET: columns day and one per metric.  Metrics
 * that cannot be summed by day (median, days to money, dispute figures) are refused with
 * G_IO_ERROR_NOT_SUPPORTED. */
CfoilTable *cfoil_overview_read_series (CfoilDatabase              *database,
                                        const CfoilOverviewRequest *request,
                                        const CfoilMetric          *metrics,
                                        guint                       n_metrics,
                                        const char                 *currency,
                                        CfoilBucket                 bucket,
                                        GCancellable               *cancellable,
                                        GError                    **error);

/* Captured payments of a currency by weekday (rows, Monday first) and hour (24 columns). */
CfoilTable *cfoil_overview_read_hours (CfoilDatabase              *database,
                                       const CfoilOverviewRequest *request,
                                       const char                 *currency,
                                       gboolean                    counts, /* FALSE: gross */
                                       GCancellable               *cancellable,
                                       GError                    **error);

/* How large payments are: columns from, until (money) and payments; round bounds. */
CfoilTable *cfoil_overview_read_histogram (CfoilDatabase              *database,
                                           const CfoilOverviewRequest *request,
                                           const char                 *currency,
                                           GCancellable               *cancellable,
                                           GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilOverview, cfoil_overview_free)

G_END_DECLS
