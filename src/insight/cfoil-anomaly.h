/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* What looks unusual: rules over the mirror, each explained by a sentence with its numbers.
 * Robust statistics (median and median absolute deviation), aware of weekdays.  Rules:
 * product notes 6.7. */
typedef struct
{
  const char *name;  /* stable: "card-testing" */
  const char *title; /* N_() */
  const char *explanation; /* N_(): what it looks for, and from when on it tells */
} CfoilAnomalyRule;

/* NULL-terminated by name. */
const CfoilAnomalyRule *cfoil_anomaly_get_rules (guint *n_rules);

typedef struct
{
  gint64 anomaly_id;
  char *account, *rule, *currency;
  char *title;    /* translated */
  char *sentence; /* translated: "14 attempts of at most 1.00 USD in 9 minutes; the usual maximum is 2" */
  char *query;    /* the rows */
  gint64 from_us, until_us, found_us;
  gboolean is_acknowledged;
} CfoilAnomaly;

void cfoil_anomaly_free (CfoilAnomaly *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilAnomaly, cfoil_anomaly_free)

/* Newest first; with_acknowledged FALSE: what nobody has acknowledged.  Reader's thread. */
GPtrArray *cfoil_anomaly_list (CfoilDatabase *database,
                               char         **accounts,
                               gboolean       with_acknowledged,
                               GError       **error);

/* Looks at what came since the last time, after a sync or import.  Blocks, for the job's
 * thread, which holds the mirror's lock; one transaction per account. */
gboolean cfoil_anomaly_look (CfoilMirror  *mirror,
                             gint64        now_us,
                             GCancellable *cancellable,
                             GError      **error);

/* Blocks (short).  The rule keeps quiet about the same subject for a week. */
gboolean cfoil_anomaly_acknowledge (CfoilMirror *mirror,
                                    gint64       anomaly_id,
                                    gint64       now_us,
                                    GError     **error);

G_END_DECLS
