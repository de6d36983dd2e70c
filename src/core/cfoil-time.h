/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Time is gint64 microseconds UTC.  These functions use the proleptic Gregorian
 * calendar from year 1 to 9999 and no locale, no TZ, no floating point. */

gint64 cfoil_time_now_us (void);

/* Microseconds of a civil UTC date and time; FALSE when a part is out of range
 * (month 13, 30 February, second 60 is taken as 59). */
gboolean cfoil_time_from_civil (int     year,
                                int     month,
                                int     day,
                                int     hour,
                                int     minute,
                                int     second,
                                gint64 *us);
void cfoil_time_to_civil (gint64 us,
                          int   *year,
                          int   *month,
                          int   *day,
                          int   *hour,
                          int   *minute,
                          int   *second);

/* Reads what providers write: 20190714T155300Z, 2022-12-07T17:08:26.717Z,
 * 2015-10-01T07:06:47 -0700, ...+09:00, fractions of any length.  A time without
 * zone is refused.  Error: CFOIL_INPUT_ERROR_SYNTAX / _RANGE. */
gboolean cfoil_time_parse (const char *text,
                           gssize      length,
                           gint64     *us,
                           GError    **error);

/* Whether US lies in the years 1 to 9999. */
gboolean cfoil_time_is_in_calendar (gint64 us);

#define CFOIL_TIME_BUFFER 32
/* 2015-10-01T14:06:47Z, with .ffffff only when not zero; returns the length.  What
 * is outside the calendar is written as the number that it is. */
gsize cfoil_time_format_iso (char   buffer[CFOIL_TIME_BUFFER],
                             gint64 us);
/* 20151001T140647Z */
gsize cfoil_time_format_basic (char   buffer[CFOIL_TIME_BUFFER],
                               gint64 us);

G_END_DECLS
