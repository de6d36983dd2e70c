/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-anomaly.h"
#include "cfoil-fx.h"
#include "cfoil-overview.h"
#include "cfoil-reader.h"
#include "cfoil-threshold.h"

G_BEGIN_DECLS

#define CFOIL_OVERVIEW_MAX_METRICS 4

/* What somebody wants to see. */
typedef struct
{
  char *period;               /* as for cfoil_period_parse (): "last28d" goes with the days */
  CfoilComparison comparison;
  char **accounts;            /* (nullable): names; NULL: all */
  char *currency;             /* (nullable): NULL, or one that is not there: the one with most payments */
  char *converted;            /* (nullable): sums of all currencies in this one, too */
  CfoilMetric metrics[CFOIL_OVERVIEW_MAX_METRICS]; /* of the series */
  guint n_metrics;
  int bucket;                 /* a CfoilBucket, -1: what fits the period */
  char *by;                   /* "customer", "product", "store", "country" */
  gboolean hours_are_counts;  /* FALSE: gross */
  guint limit;                /* rows of the best */
} CfoilOverviewWish;

CfoilOverviewWish *cfoil_overview_wish_copy (const CfoilOverviewWish *self);
void cfoil_overview_wish_free (CfoilOverviewWish *self);

/* What there is to be seen; parts of one currency are NULL where there is none. */
typedef struct
{
  CfoilOverviewWish *wish;  /* it answers */
  CfoilPeriod period;       /* that it came to */
  CfoilBucket bucket;       /* of the series */
  gint64 read_us;
  CfoilOverview *overview;
  const CfoilOverviewBlock *block; /* (nullable): of the currency, in OVERVIEW */
  CfoilTable *series;       /* (nullable) */
  CfoilTable *top;          /* (nullable) */
  CfoilTable *hours;        /* (nullable) */
  CfoilTable *histogram;    /* (nullable) */
  GPtrArray *thresholds;    /* (nullable): CfoilThreshold */
  GPtrArray *anomalies;     /* CfoilAnomaly */
  CfoilOverviewConverted *converted; /* (nullable) */
} CfoilOverviewAnswer;

/* Reads the overview again whenever the mirror or the wish changes, one read at a time,
 * while it is active.  The former answer stays until the next one is there.  Main
 * thread.  ::updated: answer, error or loading may be others. */
#define CFOIL_TYPE_OVERVIEW_MODEL (cfoil_overview_model_get_type ())
G_DECLARE_FINAL_TYPE (CfoilOverviewModel, cfoil_overview_model, CFOIL, OVERVIEW_MODEL, GObject)

CfoilOverviewModel *cfoil_overview_model_new (CfoilReader *reader,
                                              GTimeZone   *zone);

/* WISH is copied. */
void cfoil_overview_model_set_wish (CfoilOverviewModel      *self,
                                    const CfoilOverviewWish *wish);
void cfoil_overview_model_set_zone (CfoilOverviewModel *self,
                                    GTimeZone          *zone);
/* FALSE, as at first: nobody looks, nothing is read. */
void cfoil_overview_model_set_active (CfoilOverviewModel *self,
                                      gboolean            is_active);

const CfoilOverviewAnswer *cfoil_overview_model_get_answer (CfoilOverviewModel *self); /* (nullable) */
const GError *cfoil_overview_model_get_error (CfoilOverviewModel *self);               /* (nullable): of the last read */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilOverviewWish, cfoil_overview_wish_free)

G_END_DECLS
