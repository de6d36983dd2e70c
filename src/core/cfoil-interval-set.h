/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A set of half-open time intervals [start, end), kept sorted and merged. */
typedef struct _CfoilIntervalSet CfoilIntervalSet;

typedef struct
{
  gint64 start_us;
  gint64 end_us;
} CfoilInterval;

CfoilIntervalSet *cfoil_interval_set_new (void);
void cfoil_interval_set_free (CfoilIntervalSet *self);

/* Adds [start, end); an empty or reversed interval adds nothing. */
void cfoil_interval_set_add (CfoilIntervalSet *self,
                             gint64            start_us,
                             gint64            end_us);
const CfoilInterval *cfoil_interval_set_peek (CfoilIntervalSet *self,
                                              guint            *n_intervals);
gboolean cfoil_interval_set_contains (CfoilIntervalSet *self,
                                      gint64            start_us,
                                      gint64            end_us);

/* What of [start, end) is not in the set.  Free the result. */
CfoilIntervalSet *cfoil_interval_set_gaps (CfoilIntervalSet *self,
                                           gint64            start_us,
                                           gint64            end_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilIntervalSet, cfoil_interval_set_free)

G_END_DECLS
