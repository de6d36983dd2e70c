/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-civil-day.h"

G_BEGIN_DECLS

/* Weekday and hour of many moments, as the sums by hour have them, quickly also when they
 * come in no order.  For one thread. */
typedef struct
{
  GTimeZone *zone; /* (borrowed) */
  CfoilCivilDays days;
  gint64 steady_from_us, steady_until_us; /* half-open: clocks are not changed then */
  gint64 offset_us;
} CfoilClock;

void _cfoil_clock_init (CfoilClock *self,
                        GTimeZone  *zone);
void _cfoil_clock_clear (CfoilClock *self);
/* WEEKDAY: 0 is Monday. */
void _cfoil_clock_read (CfoilClock *self,
                        gint64      us,
                        guint      *weekday,
                        guint      *hour);

G_END_DECLS
