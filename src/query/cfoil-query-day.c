/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-query-day.h"

#include "cfoil-civil-day.h"
#include "cfoil-time.h"

static gint64
offset_at (GTimeZone *zone,
           gint64     seconds)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);

  return interval < 0 ? 0 : g_time_zone_get_offset (zone, interval);
}

static gint64
floor_seconds (gint64 us)
{
  return us / G_USEC_PER_SEC - (us % G_USEC_PER_SEC < 0 ? 1 : 0);
}

/* The date on which DAY, its month or its year begins.  FALSE: outside the calendar. */
static gboolean
find_first (const CfoilDay *day,
            GTimeZone      *zone,
            gint64          now_us,
            GDate          *first)
{
  gint64 now = floor_seconds (now_us);
  gint64 today_us = (now + offset_at (zone, now)) * G_USEC_PER_SEC;
  int year, month, in_month, hour, minute, second;
  gint64 months, julian;

  if (day->kind == CFOIL_DAY_DATE)
    {
      if (!g_date_valid_dmy ((GDateDay) MAX (day->day, 1), (GDateMonth) MAX (day->month, 1), (GDateYear) day->year))
        return FALSE;
      g_date_set_dmy (first, (GDateDay) MAX (day->day, 1), (GDateMonth) MAX (day->month, 1), (GDateYear) day->year);
      return day->year <= 9999;
    }

  if (!cfoil_time_is_in_calendar (today_us))
    return FALSE;
  cfoil_time_to_civil (today_us, &year, &month, &in_month, &hour, &minute, &second);
  g_date_set_dmy (first, (GDateDay) in_month, (GDateMonth) month, (GDateYear) year);
  if (day->kind == CFOIL_DAY_RELATIVE)
    {
      julian = (gint64) g_date_get_julian (first) + day->days;
      if (julian < 1 || julian > G_MAXINT32)
        return FALSE;
      g_date_set_julian (first, (guint32) julian);
      return g_date_get_year (first) <= 9999;
    }
  if (day->kind == CFOIL_DAY_RELATIVE_YEAR)
    months = ((gint64) year + day->years) * 12;
  else
    months = (gint64) year * 12 + month - 1 + day->months;
  if (months < 12 || months >= 10000 * 12)
    return FALSE;
  g_date_set_dmy (first, 1, (GDateMonth) (months % 12 + 1), (GDateYear) (months / 12));
  return TRUE;
}

/* How many days there are from FIRST to what follows DAY. */
static guint
count_days (const CfoilDay *day,
            const GDate    *first)
{
  gboolean is_date = day->kind == CFOIL_DAY_DATE;

  if (day->kind == CFOIL_DAY_RELATIVE_YEAR || (is_date && day->month == 0))
    return g_date_is_leap_year (g_date_get_year (first)) ? 366 : 365;
  if (day->kind == CFOIL_DAY_RELATIVE_MONTH || (is_date && day->day == 0))
    return g_date_get_days_in_month (g_date_get_month (first), g_date_get_year (first));
  return 1;
}

gboolean
cfoil_day_resolve (const CfoilDay *day,
                   gboolean        end,
                   GTimeZone      *zone,
                   gint64          now_us,
                   gint64         *us)
{
  gint64 midnight;
  GDate first;

  g_return_val_if_fail (day != NULL && zone != NULL && us != NULL, FALSE);

  if (day->kind == CFOIL_DAY_RELATIVE_HOURS)
    {
      *us = now_us + day->days * G_TIME_SPAN_DAY + day->hours * G_TIME_SPAN_HOUR;
      return TRUE;
    }
  g_date_clear (&first, 1);
  if (day->kind == CFOIL_DAY_NONE || !find_first (day, zone, now_us, &first))
    return FALSE;
  if (!cfoil_time_from_civil (g_date_get_year (&first), (int) g_date_get_month (&first), g_date_get_day (&first), 0, 0, 0, &midnight))
    return FALSE;
  if (end)
    midnight += count_days (day, &first) * CFOIL_USEC_PER_DAY;
  *us = cfoil_civil_day_start (zone, (gint32) (midnight / CFOIL_USEC_PER_DAY));
  return TRUE;
}
