/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-time.h"

#include "cfoil-error.h"

#include <string.h>

#define SECONDS_PER_DAY G_GINT64_CONSTANT (86400)

/* 0001-01-01T00:00:00Z, and 10000-01-01T00:00:00Z. */
#define FIRST_US (G_GINT64_CONSTANT (-62135596800) * G_USEC_PER_SEC)
#define END_US (G_GINT64_CONSTANT (253402300800) * G_USEC_PER_SEC)

gint64
cfoil_time_now_us (void)
{
  return g_get_real_time ();
}

/* Days since 1970-01-01, and back: the calendar repeats every 400 years
 * (146,097 days); a year that begins in March keeps the leap day at its end. */
static gint64
days_from_civil (int year,
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

static void
civil_from_days (gint64 days,
                 int   *year,
                 int   *month,
                 int   *day)
{
  gint64 z = days + 719468;
  gint64 era = (z >= 0 ? z : z - 146096) / 146097;
  gint64 day_of_era = z - era * 146097;
  gint64 year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint64 shifted_month = (5 * day_of_year + 2) / 153;

  *day = (int) (day_of_year - (153 * shifted_month + 2) / 5 + 1);
  *month = (int) (shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  *year = (int) (year_of_era + era * 400 + (*month <= 2));
}

gboolean
cfoil_time_from_civil (int     year,
                       int     month,
                       int     day,
                       int     hour,
                       int     minute,
                       int     second,
                       gint64 *us)
{
  static const int month_days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
      day > month_days[month - 1] + (month == 2 && is_leap))
    return FALSE;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
    return FALSE;

  *us = (days_from_civil (year, month, day) * SECONDS_PER_DAY +
         hour * 3600 + minute * 60 + MIN (second, 59)) *
        G_USEC_PER_SEC;
  return TRUE;
}

void
cfoil_time_to_civil (gint64 us,
                     int   *year,
                     int   *month,
                     int   *day,
                     int   *hour,
                     int   *minute,
                     int   *second)
{
  gint64 seconds = us / G_USEC_PER_SEC - (us % G_USEC_PER_SEC < 0);
  gint64 days = seconds / SECONDS_PER_DAY - (seconds % SECONDS_PER_DAY < 0);
  int rest = (int) (seconds - days * SECONDS_PER_DAY);

  civil_from_days (days, year, month, day);
  *hour = rest / 3600;
  *minute = rest / 60 % 60;
  *second = rest % 60;
}

typedef struct
{
  const char *at;
  const char *end;
} Cursor;

static gboolean
read_digits (Cursor *cursor,
             int     n,
             int    *value)
{
  *value = 0;
  if (cursor->end - cursor->at < n)
    return FALSE;
  for (int i = 0; i < n; i++, cursor->at++)
    {
      if (!g_ascii_isdigit (*cursor->at))
        return FALSE;
      *value = *value * 10 + (*cursor->at - '0');
    }
  return TRUE;
}

static gboolean
skip (Cursor *cursor,
      char    c)
{
  if (cursor->at == cursor->end || *cursor->at != c)
    return FALSE;
  cursor->at++;
  return TRUE;
}

/* Microseconds of a fraction; what is finer is cut off. */
static gboolean
read_fraction (Cursor *cursor,
               int    *fraction)
{
  int scale = 100000;

  *fraction = 0;
  if (!skip (cursor, '.'))
    return TRUE;
  if (cursor->at == cursor->end || !g_ascii_isdigit (*cursor->at))
    return FALSE;
  for (; cursor->at < cursor->end && g_ascii_isdigit (*cursor->at); cursor->at++, scale /= 10)
    *fraction += (*cursor->at - '0') * scale;
  return TRUE;
}

static gboolean
read_zone (Cursor *cursor,
           int    *offset_seconds)
{
  int sign, hours, minutes;

  *offset_seconds = 0;
  if (skip (cursor, 'Z'))
    return TRUE;
  skip (cursor, ' ');
  if (skip (cursor, '+'))
    sign = 1;
  else if (skip (cursor, '-'))
    sign = -1;
  else
    return FALSE;
  if (!read_digits (cursor, 2, &hours))
    return FALSE;
  skip (cursor, ':');
  if (!read_digits (cursor, 2, &minutes) || hours > 18 || minutes > 59)
    return FALSE;
  *offset_seconds = sign * (hours * 3600 + minutes * 60);
  return TRUE;
}

gboolean
cfoil_time_parse (const char *text,
                  gssize      length,
                  gint64     *us,
                  GError    **error)
{
  gsize n;
  Cursor cursor;
  int year, month, day, hour, minute, second, fraction, offset;
  gboolean is_extended;
  gint64 value;

  g_return_val_if_fail (text != NULL && us != NULL, FALSE);

  n = length < 0 ? strlen (text) : (gsize) length;
  cursor = (Cursor){ text, text + n };

  if (!read_digits (&cursor, 4, &year))
    goto bad;
  is_extended = skip (&cursor, '-');
  if (!read_digits (&cursor, 2, &month) || (is_extended && !skip (&cursor, '-')) ||
      !read_digits (&cursor, 2, &day) || !skip (&cursor, 'T') ||
      !read_digits (&cursor, 2, &hour) || (is_extended && !skip (&cursor, ':')) ||
      !read_digits (&cursor, 2, &minute) || (is_extended && !skip (&cursor, ':')) ||
      !read_digits (&cursor, 2, &second) || !read_fraction (&cursor, &fraction) ||
      !read_zone (&cursor, &offset) || cursor.at != cursor.end)
    goto bad;

  /* The zone may push the time out of the calendar. */
  if (!cfoil_time_from_civil (year, month, day, hour, minute, second, &value) ||
      (value += fraction - (gint64) offset * G_USEC_PER_SEC) < FIRST_US || value >= END_US)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_RANGE,
                   "There is no such time as “%.*s”", (int) n, text);
      return FALSE;
    }
  *us = value;
  return TRUE;

bad:
  {
    g_autofree char *shown = g_utf8_make_valid (text, MIN (n, 40));

    g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX,
                 "“%s” is not a time with its zone", shown);
  }
  return FALSE;
}

gboolean
cfoil_time_is_in_calendar (gint64 us)
{
  return us >= FIRST_US && us < END_US;
}

static char *
put_digits (char *at,
            int   value,
            int   n)
{
  for (int i = n - 1; i >= 0; i--, value /= 10)
    at[i] = '0' + value % 10;
  return at + n;
}

static gsize
format (char    *buffer,
        gint64   us,
        gboolean is_extended)
{
  int year, month, day, hour, minute, second;
  int fraction = (int) (us % G_USEC_PER_SEC);
  char *at = buffer;

  if (!cfoil_time_is_in_calendar (us))
    return (gsize) g_snprintf (buffer, CFOIL_TIME_BUFFER, "%" G_GINT64_FORMAT, us);
  if (fraction < 0)
    fraction += G_USEC_PER_SEC;
  cfoil_time_to_civil (us, &year, &month, &day, &hour, &minute, &second);

  at = put_digits (at, year, 4);
  if (is_extended)
    *at++ = '-';
  at = put_digits (at, month, 2);
  if (is_extended)
    *at++ = '-';
  at = put_digits (at, day, 2);
  *at++ = 'T';
  at = put_digits (at, hour, 2);
  if (is_extended)
    *at++ = ':';
  at = put_digits (at, minute, 2);
  if (is_extended)
    *at++ = ':';
  at = put_digits (at, second, 2);
  if (is_extended && fraction != 0)
    {
      *at++ = '.';
      at = put_digits (at, fraction, 6);
    }
  *at++ = 'Z';
  *at = '\0';
  return (gsize) (at - buffer);
}

gsize
cfoil_time_format_iso (char   buffer[CFOIL_TIME_BUFFER],
                       gint64 us)
{
  return format (buffer, us, TRUE);
}

gsize
cfoil_time_format_basic (char   buffer[CFOIL_TIME_BUFFER],
                         gint64 us)
{
  return format (buffer, us, FALSE);
}
