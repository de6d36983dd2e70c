/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-period.h"

#include "cfoil-civil-day.h"

G_STATIC_ASSERT (CFOIL_DAY_MIN == CFOIL_CIVIL_DAY_MIN && CFOIL_DAY_MAX == CFOIL_CIVIL_DAY_MAX);

/* Days before 1 March of the year 0, in the calendar that is used for all years. */
#define DAYS_TO_1970 719468
#define DAYS_PER_400_YEARS 146097

#define MONTH_MIN (1 * 12)           /* January of the year 1, in months since year 0 */
#define MONTH_END (10000 * 12)       /* one more than the last */

gint32
cfoil_day_of_time (gint64     us,
                   GTimeZone *zone)
{
  CfoilCivilDays days;
  gint32 day;

  g_return_val_if_fail (zone != NULL, 0);

  cfoil_civil_days_init (&days, zone);
  day = cfoil_civil_days_find (&days, us);
  cfoil_civil_days_clear (&days);
  return day;
}

gint64
cfoil_day_to_time (gint32     day,
                   GTimeZone *zone)
{
  return cfoil_civil_day_start (zone, day);
}

static gint32
floor_divide (gint32 a,
              gint32 b)
{
  return a / b - (a % b < 0 ? 1 : 0);
}

/* Years begin in March here, so that the day that not all have is their last. */
static gint32
day_of (int year,
        int month,
        int day_of_month)
{
  gint32 shifted = month <= 2 ? year - 1 : year;
  gint32 era = floor_divide (shifted, 400);
  gint32 in_era = shifted - era * 400;
  gint32 in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day_of_month - 1;

  return era * DAYS_PER_400_YEARS + in_era * 365 + in_era / 4 - in_era / 100 + in_year - DAYS_TO_1970;
}

void
cfoil_day_to_date (gint32 day,
                   int   *year,
                   int   *month,
                   int   *day_of_month)
{
  gint32 shifted = day + DAYS_TO_1970;
  gint32 era = floor_divide (shifted, DAYS_PER_400_YEARS);
  gint32 in_era = shifted - era * DAYS_PER_400_YEARS;
  gint32 years = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
  gint32 in_year = in_era - (365 * years + years / 4 - years / 100);
  gint32 from_march = (5 * in_year + 2) / 153;

  *day_of_month = in_year - (153 * from_march + 2) / 5 + 1;
  *month = from_march < 10 ? from_march + 3 : from_march - 9;
  *year = years + era * 400 + (*month <= 2 ? 1 : 0);
}

gboolean
cfoil_day_from_date (int     year,
                     int     month,
                     int     day_of_month,
                     gint32 *day)
{
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day_of_month < 1 ||
      day_of_month > g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year))
    return FALSE;
  *day = day_of (year, month, day_of_month);
  return TRUE;
}

int
cfoil_day_get_weekday (gint32 day)
{
  gint32 from_thursday = day % 7; /* 1970-01-01 was one */

  return (from_thursday + 7 + 3) % 7 + 1;
}

/* --- months --- */

/* Months since January of the year 0. */
static gint32
month_of (gint32 day)
{
  int year, month, day_of_month;

  cfoil_day_to_date (day, &year, &month, &day_of_month);
  return year * 12 + month - 1;
}

static gint32
first_day_of (gint32 month)
{
  return day_of (month / 12, month % 12 + 1, 1);
}

/* Of calendar periods; 0: the others. */
static gint32
months_in (CfoilPeriodKind kind)
{
  switch (kind)
    {
    case CFOIL_PERIOD_MONTH:
      return 1;
    case CFOIL_PERIOD_QUARTER:
      return 3;
    case CFOIL_PERIOD_YEAR:
      return 12;
    default:
      return 0;
    }
}

/* Of those that end with today; 0: the others. */
static gint32
days_in (CfoilPeriodKind kind)
{
  switch (kind)
    {
    case CFOIL_PERIOD_TODAY:
      return 1;
    case CFOIL_PERIOD_7_DAYS:
      return 7;
    case CFOIL_PERIOD_28_DAYS:
      return 28;
    case CFOIL_PERIOD_90_DAYS:
      return 90;
    default:
      return 0;
    }
}

static void
set_days (CfoilPeriod    *self,
          CfoilPeriodKind kind,
          gint64          first_day,
          gint64          end_day)
{
  self->kind = kind;
  self->first_day = (gint32) CLAMP (first_day, CFOIL_DAY_MIN, CFOIL_DAY_MAX);
  self->end_day = (gint32) CLAMP (end_day, self->first_day + 1, CFOIL_DAY_MAX + 1);
}

static void
set_months (CfoilPeriod    *self,
            CfoilPeriodKind kind,
            gint32          month)
{
  set_days (self, kind, first_day_of (month), first_day_of (month + months_in (kind)));
}

void
cfoil_period_init (CfoilPeriod    *self,
                   CfoilPeriodKind kind,
                   gint32          today)
{
  gint32 n_months = months_in (kind), month;

  g_return_if_fail (self != NULL && kind < CFOIL_PERIOD_DAYS);

  today = CLAMP (today, CFOIL_DAY_MIN, CFOIL_DAY_MAX);
  month = month_of (today);
  if (n_months > 0)
    set_months (self, kind, month - month % n_months);
  else
    set_days (self, kind, (gint64) today - days_in (kind) + 1, (gint64) today + 1);
}

/* FALSE, and nothing changed: not wholly in the years 1 to 9999. */
static gboolean
shift_months (CfoilPeriod *self,
              gint64       n_months)
{
  gint64 month = month_of (self->first_day) + n_months;

  if (month < MONTH_MIN || month + months_in (self->kind) > MONTH_END)
    return FALSE;
  set_months (self, self->kind, (gint32) month);
  return TRUE;
}

static gboolean
shift_days (CfoilPeriod *self,
            gint64       n_days)
{
  if (self->first_day + n_days < CFOIL_DAY_MIN || self->end_day + n_days > CFOIL_DAY_MAX + 1)
    return FALSE;
  /* It no longer ends with today, whenever that is. */
  set_days (self, n_days != 0 ? CFOIL_PERIOD_DAYS : self->kind, self->first_day + n_days, self->end_day + n_days);
  return TRUE;
}

static gboolean
shift (CfoilPeriod *self,
       int          n)
{
  if (self->kind == CFOIL_PERIOD_ALL)
    return FALSE;
  if (months_in (self->kind) > 0)
    return shift_months (self, (gint64) n * months_in (self->kind));
  return shift_days (self, (gint64) n * (self->end_day - self->first_day));
}

void
cfoil_period_shift (CfoilPeriod *self,
                    int          n)
{
  g_return_if_fail (self != NULL);

  shift (self, n);
}

static gboolean
find_day_year_ago (gint32  day,
                   gint32 *year_ago)
{
  int year, month, day_of_month;

  cfoil_day_to_date (day, &year, &month, &day_of_month);
  return cfoil_day_from_date (year - 1, month, day_of_month, year_ago) ||
         (month == 2 && day_of_month == 29 && cfoil_day_from_date (year - 1, 2, 28, year_ago));
}

gboolean
cfoil_period_compare_to (const CfoilPeriod *self,
                         CfoilComparison    comparison,
                         CfoilPeriod       *other)
{
  gint32 first, last;

  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  if (comparison == CFOIL_COMPARE_NONE || self->kind == CFOIL_PERIOD_ALL)
    return FALSE;
  *other = *self;
  if (comparison == CFOIL_COMPARE_PREVIOUS)
    return shift (other, -1);
  if (months_in (self->kind) > 0)
    return shift_months (other, -12);
  if (!find_day_year_ago (self->first_day, &first) || !find_day_year_ago (self->end_day - 1, &last))
    return FALSE;
  set_days (other, CFOIL_PERIOD_DAYS, first, (gint64) last + 1);
  return TRUE;
}

/* --- buckets --- */

static const struct
{
  CfoilBucket bucket;
  const char *name;
  gint32 n_months; /* 0: of days */
} buckets[] = {
  { CFOIL_BUCKET_DAY, "day", 0 },
  { CFOIL_BUCKET_WEEK, "week", 0 },
  { CFOIL_BUCKET_MONTH, "month", 1 },
  { CFOIL_BUCKET_QUARTER, "quarter", 3 },
  { CFOIL_BUCKET_YEAR, "year", 12 },
};

/* More columns than these are no longer told apart; less than these say little. */
#define MOST_BUCKETS 92
#define LEAST_BUCKETS 7

CfoilBucket
cfoil_period_suggest_bucket (const CfoilPeriod *self)
{
  gint32 n_months;

  g_return_val_if_fail (self != NULL, CFOIL_BUCKET_DAY);

  if (self->end_day - self->first_day <= MOST_BUCKETS)
    return CFOIL_BUCKET_DAY;
  n_months = month_of (self->end_day - 1) - month_of (self->first_day) + 1;
  if (n_months <= LEAST_BUCKETS)
    return CFOIL_BUCKET_WEEK;
  if (n_months <= MOST_BUCKETS)
    return CFOIL_BUCKET_MONTH;
  return n_months <= MOST_BUCKETS * 3 ? CFOIL_BUCKET_QUARTER : CFOIL_BUCKET_YEAR;
}

gint32
cfoil_bucket_floor (CfoilBucket bucket,
                    gint32      day)
{
  gint32 n_months, month;

  g_return_val_if_fail (bucket < G_N_ELEMENTS (buckets), day);

  if (bucket == CFOIL_BUCKET_DAY)
    return day;
  if (bucket == CFOIL_BUCKET_WEEK)
    return day - cfoil_day_get_weekday (day) + 1;
  n_months = buckets[bucket].n_months;
  month = month_of (day);
  return first_day_of (month - month % n_months);
}

gint32
cfoil_bucket_next (CfoilBucket bucket,
                   gint32      first_day)
{
  g_return_val_if_fail (bucket < G_N_ELEMENTS (buckets), first_day + 1);

  if (bucket == CFOIL_BUCKET_DAY)
    return first_day + 1;
  if (bucket == CFOIL_BUCKET_WEEK)
    return first_day + 7;
  return first_day_of (month_of (first_day) + buckets[bucket].n_months);
}

const char *
cfoil_bucket_to_string (CfoilBucket bucket)
{
  g_return_val_if_fail (bucket < G_N_ELEMENTS (buckets), NULL);

  return buckets[bucket].name;
}

gboolean
cfoil_bucket_from_string (const char  *text,
                          CfoilBucket *bucket)
{
  for (guint i = 0; i < G_N_ELEMENTS (buckets); i++)
    if (g_strcmp0 (text, buckets[i].name) == 0)
      {
        *bucket = buckets[i].bucket;
        return TRUE;
      }
  return FALSE;
}
