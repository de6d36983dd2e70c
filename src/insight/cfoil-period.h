/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Periods of whole civil days in a zone.  A day is a number of days since 1970-01-01
 * there; a period is half-open.  Pure, any thread. */
typedef enum
{
  CFOIL_PERIOD_TODAY,
  CFOIL_PERIOD_7_DAYS, /* the last 7, today included */
  CFOIL_PERIOD_28_DAYS,
  CFOIL_PERIOD_90_DAYS,
  CFOIL_PERIOD_MONTH,   /* calendar months, quarters and years */
  CFOIL_PERIOD_QUARTER,
  CFOIL_PERIOD_YEAR,
  CFOIL_PERIOD_DAYS,    /* any range */
  CFOIL_PERIOD_ALL,     /* from the first row to the last: first_day and end_day are filled in by who knows them */
} CfoilPeriodKind;

typedef struct
{
  CfoilPeriodKind kind;
  gint32 first_day;
  gint32 end_day; /* the first day that no longer belongs to it */
} CfoilPeriod;

typedef enum
{
  CFOIL_COMPARE_NONE,
  CFOIL_COMPARE_PREVIOUS, /* the period before, as long; of months, quarters and years the one before */
  CFOIL_COMPARE_YEAR_AGO, /* the same days a year before; 29 February becomes 28.  Of
                           * months, quarters and years that of the year before, whole */
} CfoilComparison;

typedef enum
{
  CFOIL_BUCKET_DAY,
  CFOIL_BUCKET_WEEK, /* from Monday, ISO 8601 */
  CFOIL_BUCKET_MONTH,
  CFOIL_BUCKET_QUARTER,
  CFOIL_BUCKET_YEAR,
} CfoilBucket;

/* Years 1 to 9999; outside of them nothing is a day. */
#define CFOIL_DAY_MIN -719162
#define CFOIL_DAY_MAX 2932896

/* Of the moment US in ZONE; days come in order even where clocks are put back over
 * midnight (store/cfoil-civil-day.h, which is quicker for many). */
gint32 cfoil_day_of_time (gint64     us,
                          GTimeZone *zone);
/* When DAY begins there; as cfoil_day_resolve () in query/cfoil-query-day.h. */
gint64 cfoil_day_to_time (gint32     day,
                          GTimeZone *zone);
void cfoil_day_to_date (gint32 day,
                        int   *year,
                        int   *month,
                        int   *day_of_month);
/* FALSE: no such day. */
gboolean cfoil_day_from_date (int     year,
                              int     month,
                              int     day_of_month,
                              gint32 *day);
/* 1 is Monday, 7 Sunday. */
int cfoil_day_get_weekday (gint32 day);

/* The period of KIND that TODAY lies in (of days: ends with).  Not for DAYS and ALL. */
void cfoil_period_init (CfoilPeriod    *self,
                        CfoilPeriodKind kind,
                        gint32          today);
/* What comes N periods later (N < 0: earlier): pages through months and so on.  Days that
 * no longer end with today become DAYS; what would leave the years 1 to 9999, and ALL,
 * stays as it is. */
void cfoil_period_shift (CfoilPeriod *self,
                         int          n);
gboolean cfoil_period_compare_to (const CfoilPeriod *self,
                                  CfoilComparison    comparison,
                                  CfoilPeriod       *other); /* FALSE: nothing to compare with */

/* "2026", "2026-Q3", "2026-10", "2026-10-03", "2026-10-03..2026-11-01" (inclusive),
 * "today", "last7d", "last28d", "last90d", "lastmonth", "thismonth", "lastquarter",
 * "thisquarter", "lastyear", "thisyear", "all" (from CFOIL_DAY_MIN to CFOIL_DAY_MAX until
 * somebody knows better); ranges also of months and so on.  Errors: CFOIL_INPUT_ERROR_SYNTAX. */
gboolean cfoil_period_parse (const char  *text,
                             gint32       today,
                             CfoilPeriod *self,
                             GError     **error);
/* The canonical text of its days ("2026-10", "2026-10-03..2026-11-01"; ALL: "all"). */
char *cfoil_period_to_text (const CfoilPeriod *self);
/* For people: "October 2026", "3 – 9 October 2026". */
char *cfoil_period_to_title (const CfoilPeriod *self);
/* "date:2026-10-01..2026-10-31": the rows of it, in the language of the search entry; of
 * ALL "". */
char *cfoil_period_to_query (const CfoilPeriod *self);

/* What fits a chart of it: some 7 to 92 buckets where possible. */
CfoilBucket cfoil_period_suggest_bucket (const CfoilPeriod *self);
/* The first day of the bucket that DAY lies in, and of the next one. */
gint32 cfoil_bucket_floor (CfoilBucket bucket,
                           gint32      day);
gint32 cfoil_bucket_next (CfoilBucket bucket,
                          gint32      first_day);
const char *cfoil_bucket_to_string (CfoilBucket bucket); /* "day", "week" … */
gboolean cfoil_bucket_from_string (const char  *text,
                                   CfoilBucket *bucket);
/* For an axis or a table: "3 Oct", "Oct 2026", "2026". */
char *cfoil_bucket_to_title (CfoilBucket bucket,
                             gint32      first_day);

G_END_DECLS
