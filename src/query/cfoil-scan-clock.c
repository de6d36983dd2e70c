/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scan-clock.h"


#define US_PER_HOUR G_TIME_SPAN_HOUR

/* Clocks that were put back over midnight have shown the next day already; two days later nothing is left of that. */
#define SETTLED_SECONDS (2 * 86400)

void
_cfoil_clock_init (CfoilClock *self,
                   GTimeZone  *zone)
{
  *self = (CfoilClock){ .zone = zone };
  cfoil_civil_days_init (&self->days, zone);
}

void
_cfoil_clock_clear (CfoilClock *self)
{
  cfoil_civil_days_clear (&self->days);
}

/* A span of US in which clocks are as far from UTC: the longest of some that are tried.  FALSE: they were changed just then. */
static gboolean
find_steady (CfoilClock *self,
             gint64      us)
{
  static const gint64 days[] = { 160, 80, 40, 20, 10, 5, 3 };
  gint64 second = us / G_USEC_PER_SEC;
  int interval = g_time_zone_find_interval (self->zone, G_TIME_TYPE_UNIVERSAL, second);

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      gint64 span = days[i] * 86400;

      if (g_time_zone_find_interval (self->zone, G_TIME_TYPE_UNIVERSAL, second - span - SETTLED_SECONDS) != interval ||
          g_time_zone_find_interval (self->zone, G_TIME_TYPE_UNIVERSAL, second + span) != interval)
        continue;
      self->offset_us = (interval < 0 ? 0 : (gint64) g_time_zone_get_offset (self->zone, interval)) * G_USEC_PER_SEC;
      self->steady_from_us = us - span * G_USEC_PER_SEC;
      self->steady_until_us = us + span * G_USEC_PER_SEC;
      return TRUE;
    }
  return FALSE;
}

static gint64
floor_divide (gint64 a,
              gint64 b)
{
  return a / b - (a % b < 0 ? 1 : 0);
}

void
_cfoil_clock_read (CfoilClock *self,
                   gint64      us,
                   guint      *weekday,
                   guint      *hour)
{
  gint64 day, shown;

  if ((us >= self->steady_from_us && us < self->steady_until_us) || (ABS (us) < G_MAXINT64 / 2 && find_steady (self, us)))
    {
      shown = floor_divide (us + self->offset_us, US_PER_HOUR);
      day = floor_divide (shown, 24);
      *hour = (guint) (shown - 24 * day);
    }
  else
    {
      day = cfoil_civil_days_find (&self->days, us);
      *hour = (guint) cfoil_civil_days_get_hour (&self->days, us);
    }
  /* 1 January 1970 was a Thursday. */
  *weekday = (guint) (day + 3 - 7 * floor_divide (day + 3, 7));
}
