/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Civil days of a zone, as days since 1970-01-01.  Every moment belongs to exactly one
 * day, and days come in order: a day whose midnight the clocks leave out begins when
 * they are put on, one whose midnight comes twice with the first.  Years 1 to 9999;
 * what lies outside belongs to the first or the last day.  Any thread. */
#define CFOIL_CIVIL_DAY_MIN -719162
#define CFOIL_CIVIL_DAY_MAX 2932896

/* The first moment at which clocks show DAY or later, in microseconds UTC. */
gint64 cfoil_civil_day_start (GTimeZone *zone,
                              gint32     day);

/* The rules of ZONE from 1970 to 2100, as a hash: those of one name change with the tz
 * database.  Free it. */
char *cfoil_civil_day_hash_rules (GTimeZone *zone);

/* The day of many moments, quickly when they come in some order.  For one thread. */
typedef struct
{
  GTimeZone *zone; /* (owned) */
  gint64 start_us, end_us; /* of day, half-open */
  gint32 day;
} CfoilCivilDays;

void cfoil_civil_days_init (CfoilCivilDays *self,
                            GTimeZone      *zone);
void cfoil_civil_days_clear (CfoilCivilDays *self);
gint32 cfoil_civil_days_find (CfoilCivilDays *self,
                              gint64          us);
/* What clocks show then: 0 to 23. */
int cfoil_civil_days_get_hour (CfoilCivilDays *self,
                               gint64          us);

G_END_DECLS
