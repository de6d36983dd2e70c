/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-query.h"

G_BEGIN_DECLS

/* When DAY (or its month, or its year) begins in ZONE, in microseconds UTC; with END,
 * when the next one does: the moment that no longer belongs to it.  NOW_US tells what
 * "today" is.  A day whose midnight the clocks leave out begins when they are put on;
 * one whose midnight comes twice begins with the first.  Hours from now are one moment,
 * whatever END is.  FALSE without touching US:
 * DAY is no bound (CFOIL_DAY_NONE), or lies outside the years 1 to 9999. */
gboolean cfoil_day_resolve (const CfoilDay *day,
                            gboolean        end,
                            GTimeZone      *zone,
                            gint64          now_us,
                            gint64         *us);

G_END_DECLS
