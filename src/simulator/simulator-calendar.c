/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-calendar.h"

#include <stdio.h>
#include <string.h>

/* Days since 1970-01-01 in the proleptic Gregorian calendar; years start in
 * March so that the leap day comes last. */
gint64
cfoil_sim_days_from_date (int year,
                          int month,
                          int day)
{
  gint64 y = month <= 2 ? year - 1 : year;
  gint64 era = (y >= 0 ? y : y - 399) / 400;
  gint64 year_of_era = y - era * 400;
  gint64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * 146097 + day_of_era - 719468;
}

CfoilSimDate
cfoil_sim_date_from_days (gint64 days)
{
  gint64 z = days + 719468;
  gint64 era = (z >= 0 ? z : z - 146096) / 146097;
  gint64 doe = z - era * 146097;
  gint64 yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  gint64 doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  gint64 mp = (5 * doy + 2) / 153;
  CfoilSimDate date;

  date.day = (int) (doy - (153 * mp + 2) / 5 + 1);
  date.month = (int) (mp < 10 ? mp + 3 : mp - 9);
  date.year = (int) (yoe + era * 400 + (date.month <= 2));
  return date;
}

/* 0 is Monday. */
int
cfoil_sim_weekday (gint64 days)
{
  return (int) (((days + 3) % 7 + 7) % 7);
}

static gint64
nth_sunday (int year,
            int month,
            int nth)
{
  gint64 first = cfoil_sim_days_from_date (year, month, 1);

  return first + (6 - cfoil_sim_weekday (first)) + 7 * (nth - 1);
}

static gint64
last_sunday (int year,
             int month)
{
  gint64 last = cfoil_sim_days_from_date (year, month, 31);

  return last - (cfoil_sim_weekday (last) + 1) % 7;
}

/* Both rules as instants: the United States switch at two o'clock local
 * time, the European Union at one o'clock universal time. */
static void
summer_bounds (CfoilSimZone zone,
               int          year,
               gint64      *start,
               gint64      *end)
{
  if (zone == CFOIL_SIM_ZONE_PACIFIC)
    {
      *start = nth_sunday (year, 3, 2) * CFOIL_SIM_DAY + 10 * CFOIL_SIM_HOUR;
      *end = nth_sunday (year, 11, 1) * CFOIL_SIM_DAY + 9 * CFOIL_SIM_HOUR;
    }
  else
    {
      *start = last_sunday (year, 3) * CFOIL_SIM_DAY + CFOIL_SIM_HOUR;
      *end = last_sunday (year, 10) * CFOIL_SIM_DAY + CFOIL_SIM_HOUR;
    }
}

static int
standard_offset (CfoilSimZone zone)
{
  switch (zone)
    {
    case CFOIL_SIM_ZONE_PACIFIC:
      return -8 * 3600;
    case CFOIL_SIM_ZONE_BERLIN:
      return 3600;
    case CFOIL_SIM_ZONE_TOKYO:
      return 9 * 3600;
    case CFOIL_SIM_ZONE_UTC:
    case CFOIL_SIM_ZONE_LONDON:
    default:
      return 0;
    }
}

/* The offset in seconds at @time; it holds at least until @valid_until. */
int
cfoil_sim_zone_offset (CfoilSimZone zone,
                       gint64       time,
                       gint64      *valid_until)
{
  int offset = standard_offset (zone);
  gint64 days = (time >= 0 ? time : time - CFOIL_SIM_DAY + 1) / CFOIL_SIM_DAY;
  int year = cfoil_sim_date_from_days (days).year;
  gint64 start;
  gint64 end;

  *valid_until = cfoil_sim_days_from_date (year + 1, 1, 1) * CFOIL_SIM_DAY;
  if (zone == CFOIL_SIM_ZONE_UTC || zone == CFOIL_SIM_ZONE_TOKYO)
    return offset;

  summer_bounds (zone, year, &start, &end);
  if (time < start)
    *valid_until = start;
  else if (time < end)
    {
      *valid_until = end;
      offset += 3600;
    }
  return offset;
}

char *
cfoil_sim_format_basic (gint64 time)
{
  gint64 days = time / CFOIL_SIM_DAY;
  int seconds = (int) (time % CFOIL_SIM_DAY);
  CfoilSimDate date = cfoil_sim_date_from_days (days);

  return g_strdup_printf ("%04d%02d%02dT%02d%02d%02dZ", date.year, date.month, date.day,
                          seconds / 3600, seconds / 60 % 60, seconds % 60);
}

char *
cfoil_sim_format_millis (gint64 milliseconds)
{
  gint64 time = milliseconds / 1000;
  int seconds = (int) (time % CFOIL_SIM_DAY);
  CfoilSimDate date = cfoil_sim_date_from_days (time / CFOIL_SIM_DAY);

  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", date.year, date.month, date.day,
                          seconds / 3600, seconds / 60 % 60, seconds % 60,
                          (int) (milliseconds % 1000));
}

static gboolean
valid_date (int year,
            int month,
            int day)
{
  CfoilSimDate back;

  if (year < 1971 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31)
    return FALSE;
  back = cfoil_sim_date_from_days (cfoil_sim_days_from_date (year, month, day));
  return back.month == month && back.day == day;
}

/* ISO 8601 UTC in the spellings that clients use: 20190714T155300Z,
 * 2019-07-14T15:53:00Z (also with a fraction) and 2019-07-14T15-53-00Z. */
gboolean
cfoil_sim_parse_time (const char *text,
                      gint64     *time)
{
  char digits[15];
  guint n = 0;
  const char *p;
  int year, month, day, hour, minute, second;

  if (text == NULL)
    return FALSE;
  for (p = text; *p != '\0' && *p != 'Z' && *p != '.'; p++)
    {
      if (g_ascii_isdigit (*p) && n < 14)
        digits[n++] = *p;
      else if (!(*p == 'T' && n == 8) && !((*p == '-' || *p == ':') && n >= 4))
        return FALSE;
    }
  if (*p == '.')
    for (p++; g_ascii_isdigit (*p); p++)
      ;
  if (n != 14 || *p != 'Z' || p[1] != '\0' || strchr (text, 'T') == NULL)
    return FALSE;
  digits[14] = '\0';
  if (sscanf (digits, "%4d%2d%2d%2d%2d%2d", &year, &month, &day, &hour, &minute, &second) != 6 ||
      !valid_date (year, month, day) || hour > 23 || minute > 59 || second > 60)
    return FALSE;
  *time = cfoil_sim_days_from_date (year, month, day) * CFOIL_SIM_DAY +
          hour * 3600 + minute * 60 + second;
  return TRUE;
}

gboolean
cfoil_sim_parse_date (const char *text,
                      gint64     *time)
{
  int year, month, day;
  int used = 0;

  if (text == NULL || sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 ||
      text[used] != '\0' || used != 10 || !valid_date (year, month, day))
    return FALSE;
  *time = cfoil_sim_days_from_date (year, month, day) * CFOIL_SIM_DAY;
  return TRUE;
}
