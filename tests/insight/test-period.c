/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-period.h"

#include "cfoil-civil-day.h"
#include "cfoil-error.h"
#include "cfoil-query-day.h"
#include "cfoil-time.h"

#include "test-support.h"

#include <stdio.h>
#include <string.h>

/* NULL: this machine does not know it. */
static GTimeZone *
find_zone (const char *name)
{
  GTimeZone *zone = g_time_zone_new_identifier (name);

  if (zone == NULL)
    g_test_message ("No zone %s on this machine", name);
  return zone;
}

static gint32
day_from_text (const char *text)
{
  int year, month, day;
  gint32 result = 0;

  g_assert_cmpint (sscanf (text, "%4d-%2d-%2d", &year, &month, &day), ==, 3);
  g_assert_true (cfoil_day_from_date (year, month, day, &result));
  return result;
}

static char *
day_to_text (gint32 day)
{
  int year, month, in_month;

  cfoil_day_to_date (day, &year, &month, &in_month);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, in_month);
}

/* "kind first last" */
static char *
describe (const CfoilPeriod *period)
{
  g_autofree char *first = day_to_text (period->first_day);
  g_autofree char *last = day_to_text (period->end_day - 1);

  return g_strdup_printf ("%d %s %s", period->kind, first, last);
}

static CfoilPeriod
period_from_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  CfoilPeriod period;

  cfoil_period_parse (text, day_from_text ("2026-11-22"), &period, &error);
  g_assert_no_error (error);
  return period;
}

/* Against the calendar of GLib, which was written by others. */
static void
test_calendar (void)
{
  GDate date;
  gint32 day = CFOIL_DAY_MIN;
  int year, month, in_month;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, G_DATE_JANUARY, 1);
  for (; day <= CFOIL_DAY_MAX; day++, g_date_add_days (&date, 1))
    {
      gint32 back;

      cfoil_day_to_date (day, &year, &month, &in_month);
      if (year != g_date_get_year (&date) || month != (int) g_date_get_month (&date) || in_month != g_date_get_day (&date) ||
          cfoil_day_get_weekday (day) != (int) g_date_get_weekday (&date) ||
          !cfoil_day_from_date (year, month, in_month, &back) || back != day)
        g_error ("Day %d is %04d-%02d-%02d", day, year, month, in_month);
      if (year == 2100 && month == 3) /* all kinds of year are seen by now, and the last years are looked at below */
        break;
    }
  cfoil_day_to_date (CFOIL_DAY_MAX, &year, &month, &in_month);
  g_assert_cmpint (year * 10000 + month * 100 + in_month, ==, 99991231);
  g_assert_cmpint (day_from_text ("0001-01-01"), ==, CFOIL_DAY_MIN);
  g_assert_cmpint (day_from_text ("1970-01-01"), ==, 0);
  g_assert_false (cfoil_day_from_date (2026, 2, 29, &day));
  g_assert_false (cfoil_day_from_date (2026, 13, 1, &day));
  g_assert_false (cfoil_day_from_date (2026, 0, 1, &day));
  g_assert_false (cfoil_day_from_date (2026, 4, 31, &day));
  g_assert_false (cfoil_day_from_date (2026, 4, 0, &day));
  g_assert_false (cfoil_day_from_date (0, 1, 1, &day));
  g_assert_false (cfoil_day_from_date (10000, 1, 1, &day));
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *period;
  } cases[] = {
    { "2026", "6 2026-01-01 2026-12-31" },
    { "2024", "6 2024-01-01 2024-12-31" },
    { "2026-Q3", "5 2026-07-01 2026-09-30" },
    { "2026-q1", "5 2026-01-01 2026-03-31" },
    { "2026-10", "4 2026-10-01 2026-10-31" },
    { "2024-02", "4 2024-02-01 2024-02-29" },
    { "2026-10-03", "7 2026-10-03 2026-10-03" },
    { "2026-10-03..2026-11-01", "7 2026-10-03 2026-11-01" },
    { "2026-10-03..2026-10-03", "7 2026-10-03 2026-10-03" },
    { "2026-01..2026-Q2", "7 2026-01-01 2026-06-30" },
    { "today", "0 2026-11-22 2026-11-22" },
    { "last7d", "1 2026-11-16 2026-11-22" },
    { "last28d", "2 2026-10-26 2026-11-22" },
    { "last90d", "3 2026-08-25 2026-11-22" },
    { "thismonth", "4 2026-11-01 2026-11-30" },
    { "lastmonth", "4 2026-10-01 2026-10-31" },
    { "LastMonth", "4 2026-10-01 2026-10-31" },
    { "thisquarter", "5 2026-10-01 2026-12-31" },
    { "lastquarter", "5 2026-07-01 2026-09-30" },
    { "thisyear", "6 2026-01-01 2026-12-31" },
    { "lastyear", "6 2025-01-01 2025-12-31" },
    { "all", "8 0001-01-01 9999-12-31" },
    { "0001", "6 0001-01-01 0001-12-31" },
    { "9999-12", "4 9999-12-01 9999-12-31" },
  };
  static const char *const wrong[] = {
    "", " ", "2026 ", "26", "20261", "2026-", "2026-13", "2026-00", "2026-1", "2026-Q0", "2026-Q5", "2026-Q", "2026-Q11", "2026-02-29",
    "2026-10-3", "2026-10-03..", "..2026-10-03", "2026-10-03..2026-10-02", "2026-10-03...2026-10-04", "last8d", "yesterday", "0000",
    "-2026", "2026-10-03..today", "\xff\xfe", "2026-10-03..2026-11-01..2026-12-01",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CfoilPeriod period = period_from_text (cases[i].text);
      g_autofree char *found = describe (&period);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (found, ==, cases[i].period);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      CfoilPeriod period;

      g_test_message ("%s", wrong[i]);
      g_assert_false (cfoil_period_parse (wrong[i], 0, &period, &error));
      g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

static void
check_shift (const char *text,
             int         n,
             const char *expected)
{
  CfoilPeriod period = period_from_text (text);
  g_autofree char *shown = NULL;

  cfoil_period_shift (&period, n);
  shown = cfoil_period_to_text (&period);
  g_assert_cmpstr (shown, ==, expected);
}

static void
test_shift (void)
{
  CfoilPeriod week = period_from_text ("last7d");

  check_shift ("2026-01", -1, "2025-12");
  check_shift ("2026-03", -13, "2025-02");
  check_shift ("2026-Q4", 1, "2027-Q1");
  check_shift ("2024", -1, "2023");
  check_shift ("today", -1, "2026-11-21");
  check_shift ("last7d", -1, "2026-11-09..2026-11-15");
  check_shift ("2026-10-03..2026-10-05", 2, "2026-10-09..2026-10-11");
  check_shift ("all", 5, "all");
  /* at the ends of the calendar nothing moves */
  check_shift ("0001", -1, "0001");
  check_shift ("0001-01", -1, "0001-01");
  check_shift ("9999-Q4", 1, "9999-Q4");
  check_shift ("9999-12", G_MAXINT, "9999-12");
  check_shift ("9999-12", G_MININT, "9999-12");
  check_shift ("9999-12-30..9999-12-31", 1, "9999-12-30..9999-12-31");
  check_shift ("0001-01-02..0001-01-03", -1, "0001-01-02..0001-01-03");

  cfoil_period_shift (&week, 0);
  g_assert_cmpint (week.kind, ==, CFOIL_PERIOD_7_DAYS);
  cfoil_period_shift (&week, -1);
  g_assert_cmpint (week.kind, ==, CFOIL_PERIOD_DAYS);
}

static void
test_compare (void)
{
  static const struct
  {
    const char *text;
    const char *previous, *year_ago; /* NULL: none */
  } cases[] = {
    { "2026-10", "2026-09", "2025-10" },
    { "2025-02", "2025-01", "2024-02" },
    { "2024-02", "2024-01", "2023-02" },
    { "2026-Q1", "2025-Q4", "2025-Q1" },
    { "2026", "2025", "2025" },
    { "2024-02-29", "2024-02-28", "2023-02-28" },
    { "2024-02-28..2024-02-29", "2024-02-26..2024-02-27", "2023-02-28" },
    { "2024-02-29..2024-03-01", "2024-02-27..2024-02-28", "2023-02-28..2023-03-01" },
    { "2025-02-27..2025-03-01", "2025-02-24..2025-02-26", "2024-02-27..2024-03-01" },
    { "last7d", "2026-11-09..2026-11-15", "2025-11-16..2025-11-22" },
    { "today", "2026-11-21", "2025-11-22" },
    { "0001", NULL, NULL },
    { "0001-06-05", "0001-06-04", NULL },
    { "0001-01-01", NULL, NULL },
    { "all", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (CfoilComparison comparison = CFOIL_COMPARE_PREVIOUS; comparison <= CFOIL_COMPARE_YEAR_AGO; comparison++)
      {
        const char *expected = comparison == CFOIL_COMPARE_PREVIOUS ? cases[i].previous : cases[i].year_ago;
        CfoilPeriod period = period_from_text (cases[i].text), other;
        g_autofree char *found = NULL;

        g_test_message ("%s %d", cases[i].text, comparison);
        g_assert_cmpint (cfoil_period_compare_to (&period, comparison, &other), ==, expected != NULL);
        if (expected == NULL)
          continue;
        found = cfoil_period_to_text (&other);
        g_assert_cmpstr (found, ==, expected);
        g_assert_false (cfoil_period_compare_to (&period, CFOIL_COMPARE_NONE, &other));
      }
}

static void
test_titles (void)
{
  static const struct
  {
    const char *text;
    const char *title, *query;
  } cases[] = {
    { "2026", "2026", "date:2026-01-01..2026-12-31" },
    { "2026-Q3", "Q3 2026", "date:2026-07-01..2026-09-30" },
    { "2026-10", "October 2026", "date:2026-10-01..2026-10-31" },
    { "2026-10-03", "3 October 2026", "date:2026-10-03" },
    { "2026-10-03..2026-10-09", "3 \xe2\x80\x93 9 October 2026", "date:2026-10-03..2026-10-09" },
    { "2026-09-28..2026-10-04", "28 September \xe2\x80\x93 4 October 2026", "date:2026-09-28..2026-10-04" },
    { "2025-12-28..2026-01-03", "28 December 2025 \xe2\x80\x93 3 January 2026", "date:2025-12-28..2026-01-03" },
    { "2025-10-28..2026-10-29", "28 October 2025 \xe2\x80\x93 29 October 2026", "date:2025-10-28..2026-10-29" },
    { "all", "All Time", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CfoilPeriod period = period_from_text (cases[i].text);
      g_autofree char *title = cfoil_period_to_title (&period);
      g_autofree char *query = cfoil_period_to_query (&period);

      g_assert_cmpstr (title, ==, cases[i].title);
      g_assert_cmpstr (query, ==, cases[i].query);
    }
}

/* What is written reads the same again, whatever the days. */
static void
test_round_trip (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      gint32 first = g_test_rand_int_range (CFOIL_DAY_MIN, CFOIL_DAY_MAX + 1);
      gint32 room = CFOIL_DAY_MAX + 1 - first;
      gint32 length = g_test_rand_int_range (1, MIN (room, i % 2 == 0 ? 400 : 100000) + 1);
      CfoilPeriod period = { CFOIL_PERIOD_DAYS, first, first + length }, again;
      g_autofree char *text = NULL;
      g_autofree char *title = NULL;
      g_autofree char *query = NULL;
      g_autoptr (CfoilQuery) parsed = NULL;
      g_autoptr (GError) error = NULL;

      if (i % 3 == 0)
        cfoil_period_init (&period, (CfoilPeriodKind) g_test_rand_int_range (0, CFOIL_PERIOD_DAYS), first);
      text = cfoil_period_to_text (&period);
      cfoil_period_parse (text, 0, &again, &error);
      g_assert_no_error (error);
      g_assert_cmpint (again.first_day, ==, period.first_day);
      g_assert_cmpint (again.end_day, ==, period.end_day);
      title = cfoil_period_to_title (&period);
      g_assert_cmpuint (strlen (title), >, 0);
      /* and the search entry understands it */
      query = cfoil_period_to_query (&period);
      parsed = cfoil_query_parse (query);
      g_assert_cmpuint (cfoil_query_get_n_terms (parsed), ==, 1);
    }
}

/* --- days of zones --- */

static gint64
time_from_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 us;

  cfoil_time_parse (text, -1, &us, &error);
  g_assert_no_error (error);
  return us;
}

static void
test_starts (void)
{
  static const struct
  {
    const char *zone;
    const char *day;
    const char *start;
  } cases[] = {
    { "UTC", "1970-01-01", "1970-01-01T00:00:00Z" },
    { "UTC", "0001-01-01", "0001-01-01T00:00:00Z" },
    { "UTC", "9999-12-31", "9999-12-31T00:00:00Z" },
    { "Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z" },
    { "Europe/Berlin", "2026-03-30", "2026-03-29T22:00:00Z" },
    { "Asia/Kolkata", "2026-10-03", "2026-10-02T18:30:00Z" },
    { "Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00Z" },
    { "Australia/Lord_Howe", "2026-04-06", "2026-04-05T13:30:00Z" },
    /* clocks put back from 00:01 to 23:01: the day has begun already */
    { "America/St_Johns", "2010-11-07", "2010-11-07T02:30:00Z" },
    { "America/St_Johns", "2010-11-08", "2010-11-08T03:30:00Z" },
    /* put on from midnight to 01:00 */
    { "America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z" },
    /* a day that never was */
    { "Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z" },
    { "Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z" },
    { "Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z" },
    { "Pacific/Apia", "2012-01-01", "2011-12-31T10:00:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = find_zone (cases[i].zone);
      gint64 start;

      if (zone == NULL)
        continue;
      g_test_message ("%s %s", cases[i].zone, cases[i].day);
      start = cfoil_day_to_time (day_from_text (cases[i].day), zone);
      g_assert_cmpint (start, ==, time_from_text (cases[i].start));
    }
}

static const char *const zones[] = {
  "UTC", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia", "America/Sao_Paulo",
  "Pacific/Kiritimati", "Africa/Casablanca", "America/Los_Angeles",
};

/* Every moment lies in the day that began last, and the search means the same days. */
static void
test_days_of_times (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (GTimeZone) zone = find_zone (zones[i]);
      gint32 first = day_from_text ("2009-12-25"), last = day_from_text ("2013-02-01");
      CfoilCivilDays days;

      if (zone == NULL)
        continue;
      cfoil_civil_days_init (&days, zone);
      for (gint32 day = first; day < last; day++)
        {
          gint64 start = cfoil_day_to_time (day, zone), end = cfoil_day_to_time (day + 1, zone), start_of_query = 0;
          CfoilDay asked = { .kind = CFOIL_DAY_DATE };

          g_assert_cmpint (start, <=, end);
          cfoil_day_to_date (day, &asked.year, &asked.month, &asked.day);
          g_assert_true (cfoil_day_resolve (&asked, FALSE, zone, 0, &start_of_query));
          g_assert_cmpint (start_of_query, ==, start);
          if (start == end)
            continue;
          g_assert_cmpint (cfoil_day_of_time (start, zone), ==, day);
          g_assert_cmpint (cfoil_day_of_time (end - 1, zone), ==, day);
          for (guint n = 0; n < 5; n++)
            {
              gint64 us = start + (gint64) (g_test_rand_double () * (double) (end - start));
              g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
              g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

              g_assert_cmpint (cfoil_civil_days_find (&days, us), ==, day);
              g_assert_cmpint (cfoil_civil_days_get_hour (&days, us), ==, g_date_time_get_hour (local));
            }
        }
      cfoil_civil_days_clear (&days);
    }
}

/* Also what no calendar has. */
static void
test_far_times (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  g_assert_cmpint (cfoil_day_of_time (0, zone), ==, 0);
  g_assert_cmpint (cfoil_day_of_time (-1, zone), ==, -1);
  g_assert_cmpint (cfoil_day_of_time (G_MAXINT64, zone), ==, CFOIL_DAY_MAX);
  g_assert_cmpint (cfoil_day_of_time (G_MININT64 + 1, zone), ==, CFOIL_DAY_MIN);
  g_assert_cmpint (cfoil_day_of_time (time_from_text ("0001-01-01T00:00:00Z"), zone), ==, CFOIL_DAY_MIN);
  g_assert_cmpint (cfoil_day_of_time (time_from_text ("9999-12-31T23:59:59Z"), zone), ==, CFOIL_DAY_MAX);
}

/* --- buckets --- */

static void
check_bucket (CfoilBucket bucket,
              const char *day,
              const char *floor,
              const char *next,
              const char *title)
{
  gint32 first = cfoil_bucket_floor (bucket, day_from_text (day));
  g_autofree char *found = day_to_text (first);
  g_autofree char *after = day_to_text (cfoil_bucket_next (bucket, first));
  g_autofree char *shown = cfoil_bucket_to_title (bucket, first);

  g_assert_cmpstr (found, ==, floor);
  g_assert_cmpstr (after, ==, next);
  g_assert_cmpstr (shown, ==, title);
}

static void
test_buckets (void)
{
  CfoilBucket bucket;

  check_bucket (CFOIL_BUCKET_DAY, "2026-10-03", "2026-10-03", "2026-10-04", "3 Oct");
  check_bucket (CFOIL_BUCKET_WEEK, "2026-11-22", "2026-11-16", "2026-11-23", "16 Nov");
  check_bucket (CFOIL_BUCKET_WEEK, "2026-11-16", "2026-11-16", "2026-11-23", "16 Nov");
  check_bucket (CFOIL_BUCKET_WEEK, "2027-01-01", "2026-12-28", "2027-01-04", "28 Dec"); /* week 53 of 2026 */
  check_bucket (CFOIL_BUCKET_WEEK, "1969-12-31", "1969-12-29", "1970-01-05", "29 Dec");
  check_bucket (CFOIL_BUCKET_WEEK, "0001-01-01", "0001-01-01", "0001-01-08", "1 Jan");
  check_bucket (CFOIL_BUCKET_MONTH, "2024-02-29", "2024-02-01", "2024-03-01", "Feb 2024");
  check_bucket (CFOIL_BUCKET_MONTH, "2026-12-31", "2026-12-01", "2027-01-01", "Dec 2026");
  check_bucket (CFOIL_BUCKET_QUARTER, "2026-11-22", "2026-10-01", "2027-01-01", "Q4 2026");
  check_bucket (CFOIL_BUCKET_YEAR, "2024-12-31", "2024-01-01", "2025-01-01", "2024");
  g_assert_cmpint (cfoil_bucket_next (CFOIL_BUCKET_YEAR, day_from_text ("9999-01-01")), ==, CFOIL_DAY_MAX + 1);
  g_assert_cmpint (cfoil_bucket_next (CFOIL_BUCKET_MONTH, day_from_text ("9999-12-01")), ==, CFOIL_DAY_MAX + 1);

  for (bucket = CFOIL_BUCKET_DAY; bucket <= CFOIL_BUCKET_YEAR; bucket++)
    {
      CfoilBucket again;

      g_assert_true (cfoil_bucket_from_string (cfoil_bucket_to_string (bucket), &again));
      g_assert_cmpint (again, ==, bucket);
      /* They cover the days, each once. */
      for (guint i = 0; i < 2000; i++)
        {
          gint32 day = g_test_rand_int_range (CFOIL_DAY_MIN, CFOIL_DAY_MAX - 400);
          gint32 first = cfoil_bucket_floor (bucket, day);

          g_assert_cmpint (first, <=, day);
          g_assert_cmpint (cfoil_bucket_next (bucket, first), >, day);
          g_assert_cmpint (cfoil_bucket_floor (bucket, cfoil_bucket_next (bucket, first)), ==, cfoil_bucket_next (bucket, first));
        }
    }
  g_assert_false (cfoil_bucket_from_string ("hour", &bucket));
  g_assert_false (cfoil_bucket_from_string (NULL, &bucket));
}

static void
test_suggest (void)
{
  static const struct
  {
    const char *period;
    CfoilBucket bucket;
  } cases[] = {
    { "today", CFOIL_BUCKET_DAY }, { "last7d", CFOIL_BUCKET_DAY }, { "last90d", CFOIL_BUCKET_DAY }, { "2026-Q3", CFOIL_BUCKET_DAY },
    { "2026-01-01..2026-06-30", CFOIL_BUCKET_WEEK }, { "2026", CFOIL_BUCKET_MONTH }, { "2017..2023", CFOIL_BUCKET_MONTH },
    { "2016..2026", CFOIL_BUCKET_QUARTER }, { "1970..2026", CFOIL_BUCKET_YEAR }, { "all", CFOIL_BUCKET_YEAR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CfoilPeriod period = period_from_text (cases[i].period);

      g_test_message ("%s", cases[i].period);
      g_assert_cmpint (cfoil_period_suggest_bucket (&period), ==, cases[i].bucket);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/period/calendar", test_calendar);
  g_test_add_func ("/period/parse", test_parse);
  g_test_add_func ("/period/shift", test_shift);
  g_test_add_func ("/period/compare", test_compare);
  g_test_add_func ("/period/titles", test_titles);
  g_test_add_func ("/period/round-trip", test_round_trip);
  g_test_add_func ("/period/starts", test_starts);
  g_test_add_func ("/period/days-of-times", test_days_of_times);
  g_test_add_func ("/period/far-times", test_far_times);
  g_test_add_func ("/period/buckets", test_buckets);
  g_test_add_func ("/period/suggest", test_suggest);

  return g_test_run ();
}
