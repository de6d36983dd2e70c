/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-overview.h"

G_BEGIN_DECLS

/* The figures once more, straight from the records: other code, other SQL, no daily sums. */
typedef struct
{
  CfoilDatabase *database; /* (borrowed) */
  GTimeZone *zone;         /* (borrowed) */
  const char *accounts;    /* names in SQL: "'a', 'b'" */
  gint64 from_us, until_us;
} Naive;

/* Of the days of PERIOD. */
void naive_set_period (Naive             *self,
                       const CfoilPeriod *period);
/* One number; CURRENCY is ?1, the period ?2 and ?3; {A} the accounts. */
gint64 naive_get (const Naive *self,
                  const char  *currency,
                  const char  *sql);
/* The value of METRIC. */
gint64 naive_figure (const Naive *self,
                     CfoilMetric  metric,
                     const char  *currency);
/* How many rows METRIC is about, and how many of them it counts. */
void naive_parts (const Naive *self,
                  CfoilMetric  metric,
                  const char  *currency,
                  gint64      *numerator,
                  gint64      *denominator);

/* All figures of OVERVIEW, and what their queries find. */
void naive_compare (CfoilDatabase              *database,
                    const CfoilOverviewRequest *request,
                    const char                 *accounts,
                    const CfoilOverview        *overview);

G_END_DECLS
