/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-query-day.h"

#include "cfoil-time.h"

/* NULL: this machine does not know it. */
static GTimeZone *
find_zone (const char *name)
{
  GTimeZone *zone = g_time_zone_new_identifier (name);

  if (zone == NULL)
    g_test_message ("No zone %s on this machine", name);
  return zone;
}

static CfoilDay
day_from_text (const char *text)
{
  g_autofree char *typed = g_strconcat ("date:", text, NULL);
  g_autoptr (CfoilQuery) query = cfoil_query_parse (typed);

  g_assert_cmpuint (cfoil_query_get_n_terms (query), ==, 1);
  return cfoil_query_get_term (query, 0)->from;
}

static gint64
time_from_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 us;

  cfoil_time_parse (text, -1, &us, &error);
  g_assert_no_error (error);
  return us;
}

typedef struct
{
  const char *zone;
  const char *now;
  const char *day;
  const char *start;
  const char *end;
} Case;

static const Case cases[] = {
  { "UTC", "2026-11-21T12:00:00Z", "2026-03-05", "2026-03-05T00:00:00Z", "2026-03-06T00:00:00Z" },
  { "UTC", "2026-11-21T12:00:00Z", "2026-03", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z" },
  { "UTC", "2026-11-21T12:00:00Z", "2026-12", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z" },
  { "UTC", "2026-11-21T12:00:00Z", "2024-02", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z" },
  { "UTC", "2026-11-21T12:00:00Z", "2026", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z" },
  { "UTC", "2026-11-21T12:00:00Z", "today", "2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z" },
  { "UTC", "2026-11-21T00:00:00Z", "today", "2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z" },
  { "UTC", "2026-11-20T23:59:59.999999Z", "today", "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z" },
  { "UTC", "1969-12-31T23:59:59.999999Z", "today", "1969-12-31T00:00:00Z", "1970-01-01T00:00:00Z" },
  { "UTC", "2024-03-01T12:00:00Z", "yesterday", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z" },
  { "UTC", "2026-11-21T12:00:00Z", "last30d", "2026-10-23T00:00:00Z", "2026-10-24T00:00:00Z" },
  { "UTC", "2026-01-31T12:00:00Z", "lastmonth", "2025-12-01T00:00:00Z", "2026-01-01T00:00:00Z" },
  { "UTC", "2026-01-31T12:00:00Z", "nextmonth", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z" },
  { "UTC", "2026-11-21T12:00:00Z", "thismonth-23", "2024-12-01T00:00:00Z", "2025-01-01T00:00:00Z" },
  { "UTC", "2024-02-29T12:00:00Z", "lastyear", "2023-01-01T00:00:00Z", "2024-01-01T00:00:00Z" },
  { "UTC", "2025-02-28T12:00:00Z", "lastyear", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z" },
  { "UTC", "2026-11-21T12:00:00Z", "0001", "0001-01-01T00:00:00Z", "0002-01-01T00:00:00Z" },
  { "UTC", "2026-11-21T12:00:00Z", "9998", "9998-01-01T00:00:00Z", "9999-01-01T00:00:00Z" },
  /* summer and winter */
  { "Europe/Berlin", "2026-11-21T12:00:00Z", "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z" },
  { "Europe/Berlin", "2026-11-21T12:00:00Z", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z" },
  { "Europe/Berlin", "2026-11-21T12:00:00Z", "2026-07", "2026-06-30T22:00:00Z", "2026-07-31T22:00:00Z" },
  { "Europe/Berlin", "2026-11-21T12:00:00Z", "2026", "2025-12-31T23:00:00Z", "2026-12-31T23:00:00Z" },
  /* another day than in UTC */
  { "Europe/Berlin", "2026-11-20T23:30:00Z", "today", "2026-11-20T23:00:00Z", "2026-11-21T23:00:00Z" },
  { "Europe/Berlin", "2026-12-31T23:30:00Z", "thisyear", "2026-12-31T23:00:00Z", "2027-12-31T23:00:00Z" },
  { "Asia/Tokyo", "2026-11-21T12:00:00Z", "2026-03-05", "2026-03-04T15:00:00Z", "2026-03-05T15:00:00Z" },
  { "America/Los_Angeles", "2026-11-21T03:00:00Z", "today", "2026-11-20T08:00:00Z", "2026-11-21T08:00:00Z" },
  { "Asia/Kathmandu", "2026-11-21T12:00:00Z", "2026-03-05", "2026-03-04T18:15:00Z", "2026-03-05T18:15:00Z" },
  { "Pacific/Kiritimati", "2026-11-21T12:00:00Z", "today", "2026-11-21T10:00:00Z", "2026-11-22T10:00:00Z" },
  /* two midnights: the first counts */
  { "America/St_Johns", "2026-11-21T12:00:00Z", "2010-11-07", "2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z" },
  /* without a midnight */
  { "America/Sao_Paulo", "2026-11-21T12:00:00Z", "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z" },
  { "America/Sao_Paulo", "2018-11-04T12:00:00Z", "yesterday", "2018-11-03T03:00:00Z", "2018-11-04T03:00:00Z" },
  /* with two of them */
  { "America/Havana", "2026-11-21T12:00:00Z", "2018-11-04", "2018-11-04T04:00:00Z", "2018-11-05T05:00:00Z" },
  /* without the day */
  { "Pacific/Apia", "2026-11-21T12:00:00Z", "2011-12-29", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z" },
  { "Pacific/Apia", "2026-11-21T12:00:00Z", "2011-12-30", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z" },
  { "Pacific/Apia", "2026-11-21T12:00:00Z", "2011-12-31", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z" },
};

static void
test_days (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = find_zone (cases[i].zone);
      CfoilDay day = day_from_text (cases[i].day);
      gint64 now = time_from_text (cases[i].now);
      char buffer[CFOIL_TIME_BUFFER];
      gint64 us = 0;

      if (zone == NULL)
        continue;
      g_test_message ("%s in %s", cases[i].day, cases[i].zone);
      g_assert_true (cfoil_day_resolve (&day, FALSE, zone, now, &us));
      cfoil_time_format_iso (buffer, us);
      g_assert_cmpstr (buffer, ==, cases[i].start);
      g_assert_true (cfoil_day_resolve (&day, TRUE, zone, now, &us));
      cfoil_time_format_iso (buffer, us);
      g_assert_cmpstr (buffer, ==, cases[i].end);
    }
}

/* Days follow each other without gap or overlap, and what lies in one has its date. */
static void
test_all_days (void)
{
  static const char *const zones[] = {
    "UTC", "Europe/Berlin", "America/Sao_Paulo", "America/Havana", "Africa/Cairo", "Asia/Beirut", "Australia/Lord_Howe",
    "Pacific/Apia", "Atlantic/Azores", "America/Santiago", "Asia/Tehran",
  };

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (GTimeZone) zone = find_zone (zones[i]);
      gint64 previous = 0;
      GDate date;

      if (zone == NULL)
        continue;
      g_date_clear (&date, 1);
      g_date_set_dmy (&date, 1, G_DATE_JANUARY, 2010);
      for (; g_date_get_year (&date) < 2027; g_date_add_days (&date, 1))
        {
          CfoilDay day = { .kind = CFOIL_DAY_DATE, .year = g_date_get_year (&date), .month = (int) g_date_get_month (&date),
                           .day = g_date_get_day (&date) };
          gint64 start = 0, end = 0;

          g_assert_true (cfoil_day_resolve (&day, FALSE, zone, 0, &start));
          g_assert_true (cfoil_day_resolve (&day, TRUE, zone, 0, &end));
          if (previous != 0)
            g_assert_cmpint (start, ==, previous);
          previous = end;
          for (int last = 0; last < 2 && end > start; last++)
            {
              g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc ((last ? end - G_USEC_PER_SEC : start) / G_USEC_PER_SEC);
              g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

              g_assert_cmpint (g_date_time_get_year (local), ==, day.year);
              g_assert_cmpint (g_date_time_get_month (local), ==, day.month);
              g_assert_cmpint (g_date_time_get_day_of_month (local), ==, day.day);
            }
        }
    }
}

static void
test_refused (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  const CfoilDay none = { 0 };
  const CfoilDay far = { .kind = CFOIL_DAY_RELATIVE_YEAR, .years = 9000 };
  const CfoilDay early = { .kind = CFOIL_DAY_RELATIVE_MONTH, .months = -12 * 3000 };
  const CfoilDay before = { .kind = CFOIL_DAY_RELATIVE, .days = -1000000 };
  const CfoilDay wrong = { .kind = CFOIL_DAY_DATE, .year = 2026, .month = 2, .day = 30 };
  const CfoilDay last = { .kind = CFOIL_DAY_DATE, .year = 9999 };
  gint64 now = time_from_text ("2026-11-21T12:00:00Z");
  gint64 us = 7;

  g_assert_false (cfoil_day_resolve (&none, FALSE, zone, now, &us));
  g_assert_false (cfoil_day_resolve (&far, FALSE, zone, now, &us));
  g_assert_false (cfoil_day_resolve (&early, FALSE, zone, now, &us));
  g_assert_false (cfoil_day_resolve (&before, FALSE, zone, now, &us));
  g_assert_false (cfoil_day_resolve (&wrong, FALSE, zone, now, &us));
  g_assert_cmpint (us, ==, 7);
  g_assert_true (cfoil_day_resolve (&last, TRUE, zone, now, &us));
  g_assert_cmpint (us - CFOIL_USEC_PER_DAY, ==, time_from_text ("9999-12-31T00:00:00Z"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query-day/days", test_days);
  g_test_add_func ("/query-day/all-days", test_all_days);
  g_test_add_func ("/query-day/refused", test_refused);
  return g_test_run ();
}
