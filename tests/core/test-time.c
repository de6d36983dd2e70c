/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-error.h"
#include "cfoil-time.h"

#include <string.h>

#define OK (-1)
#define SYNTAX CFOIL_INPUT_ERROR_SYNTAX
#define RANGE CFOIL_INPUT_ERROR_RANGE

static const struct
{
  const char *text;
  int code;
  const char *iso; /* as cfoil_time_format_iso () writes it */
} times[] = {
  /* the provider's spellings */
  { "20190714T155300Z", OK, "2019-07-14T15:53:00Z" },
  { "2022-12-07T17:08:26.717Z", OK, "2022-12-07T17:08:26.717000Z" },
  { "2015-10-01T07:06:47 -0700", OK, "2015-10-01T14:06:47Z" },
  { "2015-10-01T07:06:47-07:00", OK, "2015-10-01T14:06:47Z" },
  { "2021-03-28T02:30:00+09:00", OK, "2021-03-27T17:30:00Z" },
  { "2021-03-28T02:30:00 +0900", OK, "2021-03-27T17:30:00Z" },
  { "20190714T155300.5Z", OK, "2019-07-14T15:53:00.500000Z" },
  { "20190714T155300+0530", OK, "2019-07-14T10:23:00Z" },
  { "2022-12-07T17:08:26.7Z", OK, "2022-12-07T17:08:26.700000Z" },
  { "2022-12-07T17:08:26.000001Z", OK, "2022-12-07T17:08:26.000001Z" },
  { "2022-12-07T17:08:26.1234567899999999999999999999Z", OK, "2022-12-07T17:08:26.123456Z" },
  { "2022-12-07T17:08:26.0000000000Z", OK, "2022-12-07T17:08:26Z" },
  /* zones */
  { "2020-01-01T00:00:00+14:00", OK, "2019-12-31T10:00:00Z" },
  { "2020-01-01T00:00:00-12:00", OK, "2020-01-01T12:00:00Z" },
  { "2020-01-01T00:00:00-00:00", OK, "2020-01-01T00:00:00Z" },
  { "2020-01-01T00:00:00+18:59", OK, "2019-12-31T05:01:00Z" },
  { "2020-01-01T00:00:00+19:00", SYNTAX, NULL },
  { "2020-01-01T00:00:00+05:60", SYNTAX, NULL },
  { "2020-01-01T00:00:00+5", SYNTAX, NULL },
  { "2020-01-01T00:00:00+05", SYNTAX, NULL },
  { "2020-01-01T00:00:00 Z", SYNTAX, NULL },
  { "2020-01-01T00:00:00 PST", SYNTAX, NULL },
  { "2020-01-01T00:00:00z", SYNTAX, NULL },
  /* without a zone */
  { "2020-01-01T00:00:00", SYNTAX, NULL },
  { "20200101T000000", SYNTAX, NULL },
  { "2020-01-01", SYNTAX, NULL },
  { "2020-01-01T00:00:00.5", SYNTAX, NULL },
  /* edges of the calendar */
  { "1969-12-31T23:59:59Z", OK, "1969-12-31T23:59:59Z" },
  { "1969-12-31T23:59:59.999999Z", OK, "1969-12-31T23:59:59.999999Z" },
  { "1970-01-01T00:00:00Z", OK, "1970-01-01T00:00:00Z" },
  { "2038-01-19T03:14:08Z", OK, "2038-01-19T03:14:08Z" },
  { "0001-01-01T00:00:00Z", OK, "0001-01-01T00:00:00Z" },
  { "9999-12-31T23:59:59.999999Z", OK, "9999-12-31T23:59:59.999999Z" },
  { "0000-01-01T00:00:00Z", RANGE, NULL },
  { "0000-12-31T23:59:59Z", RANGE, NULL },
  /* a year that only the zone pushes over the edge */
  { "0001-01-01T00:00:00+00:01", RANGE, NULL },
  { "9999-12-31T23:59:59-00:01", RANGE, NULL },
  { "0001-01-01T00:00:00-12:00", OK, "0001-01-01T12:00:00Z" },
  { "9999-12-31T23:59:59+14:00", OK, "9999-12-31T09:59:59Z" },
  { "2000-02-29T00:00:00Z", OK, "2000-02-29T00:00:00Z" },
  { "2004-02-29T00:00:00Z", OK, "2004-02-29T00:00:00Z" },
  { "1900-02-29T00:00:00Z", RANGE, NULL },
  { "2001-02-29T00:00:00Z", RANGE, NULL },
  { "2000-02-30T00:00:00Z", RANGE, NULL },
  { "2000-04-31T00:00:00Z", RANGE, NULL },
  { "2000-13-01T00:00:00Z", RANGE, NULL },
  { "2000-00-01T00:00:00Z", RANGE, NULL },
  { "2000-01-00T00:00:00Z", RANGE, NULL },
  { "2000-01-32T00:00:00Z", RANGE, NULL },
  { "2000-01-01T24:00:00Z", RANGE, NULL },
  { "2000-01-01T00:60:00Z", RANGE, NULL },
  { "2000-01-01T00:00:61Z", RANGE, NULL },
  /* leap seconds */
  { "2016-12-31T23:59:60Z", OK, "2016-12-31T23:59:59Z" },
  { "2016-12-31T15:59:60 -0800", OK, "2016-12-31T23:59:59Z" },
  /* what spreadsheets, people and other programs write */
  { "", SYNTAX, NULL },
  { "0", SYNTAX, NULL },
  { "1577836800", SYNTAX, NULL },
  { "1/2/2020 3:04", SYNTAX, NULL },
  { "01.02.2020", SYNTAX, NULL },
  { "2020-1-1T00:00:00Z", SYNTAX, NULL },
  { "2020-01-01 00:00:00Z", SYNTAX, NULL },
  { "2020-01-01t00:00:00Z", SYNTAX, NULL },
  { "2020-01-01T0:00:00Z", SYNTAX, NULL },
  { "2020-01-01T00:00Z", SYNTAX, NULL },
  { "2020-01-01T000000Z", SYNTAX, NULL },
  { "20200101T00:00:00Z", SYNTAX, NULL },
  { "2020-01-01T00:00:00,5Z", SYNTAX, NULL },
  { "2020-01-01T00:00:00.Z", SYNTAX, NULL },
  { " 2020-01-01T00:00:00Z", SYNTAX, NULL },
  { "2020-01-01T00:00:00Z ", SYNTAX, NULL },
  { "2020-01-01T00:00:00ZZ", SYNTAX, NULL },
  { "+2020-01-01T00:00:00Z", SYNTAX, NULL },
  { "-001-01-01T00:00:00Z", SYNTAX, NULL },
  { "12020-01-01T00:00:00Z", SYNTAX, NULL },
  { "2020-W01-1T00:00:00Z", SYNTAX, NULL },
  { "\xd9\xa2\xd9\xa0" "20-01-01T00:00:00Z", SYNTAX, NULL },
  { "\xff\xfe", SYNTAX, NULL },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (GError) error = NULL;
      char text[CFOIL_TIME_BUFFER];
      gint64 us = 0;
      gboolean ok = cfoil_time_parse (times[i].text, -1, &us, &error);

      g_test_message ("“%s”", times[i].text);
      if (times[i].code != OK)
        {
          g_assert_false (ok);
          g_assert_error (error, CFOIL_INPUT_ERROR, times[i].code);
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
          continue;
        }
      g_assert_no_error (error);
      g_assert_true (ok);
      g_assert_cmpuint (cfoil_time_format_iso (text, us), ==, strlen (times[i].iso));
      g_assert_cmpstr (text, ==, times[i].iso);
    }
}

static void
test_length (void)
{
  gint64 us;

  g_assert_true (cfoil_time_parse ("2020-01-01T00:00:00Z|", 20, &us, NULL));
  g_assert_false (cfoil_time_parse ("2020-01-01T00:00:00Z|", 21, &us, NULL));
  g_assert_false (cfoil_time_parse ("2020-01-01T00:00:00Z", 19, &us, NULL));
  g_assert_false (cfoil_time_parse ("2020-01-01T00:00:00\0Z", 21, &us, NULL));
  g_assert_false (cfoil_time_parse ("2020-01-01T00:00:00Z", 0, &us, NULL));
}

/* Every way to cut a good time is refused. */
static void
test_cut (void)
{
  static const char *const good[] = { "2015-10-01T07:06:47 -0700", "20190714T155300Z", "2022-12-07T17:08:26.717Z" };
  gint64 us;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    for (gsize n = 0; n < strlen (good[i]); n++)
      g_assert_false (cfoil_time_parse (good[i], (gssize) n, &us, NULL));
}

static gint64
random_time (gint64 first_us,
             gint64 last_us)
{
  guint64 bits = ((guint64) (guint32) g_test_rand_int () << 32) | (guint32) g_test_rand_int ();

  return first_us + (gint64) (bits % (guint64) (last_us - first_us + 1));
}

static void
test_against_glib (void)
{
  gint64 first_us = 0, last_us = 0;

  g_assert_true (cfoil_time_from_civil (1, 1, 1, 0, 0, 0, &first_us));
  g_assert_true (cfoil_time_from_civil (9999, 12, 31, 23, 59, 59, &last_us));
  for (guint i = 0; i < 50000; i++)
    {
      gint64 us = random_time (first_us, last_us + 999999), back = 0;
      g_autoptr (GDateTime) whole = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC - (us % G_USEC_PER_SEC < 0));
      int year, month, day, hour, minute, second;
      char text[CFOIL_TIME_BUFFER];

      g_assert_nonnull (whole);
      cfoil_time_to_civil (us, &year, &month, &day, &hour, &minute, &second);
      g_assert_cmpint (year, ==, g_date_time_get_year (whole));
      g_assert_cmpint (month, ==, g_date_time_get_month (whole));
      g_assert_cmpint (day, ==, g_date_time_get_day_of_month (whole));
      g_assert_cmpint (hour, ==, g_date_time_get_hour (whole));
      g_assert_cmpint (minute, ==, g_date_time_get_minute (whole));
      g_assert_cmpint (second, ==, g_date_time_get_second (whole));

      cfoil_time_format_iso (text, us);
      g_assert_true (cfoil_time_parse (text, -1, &back, NULL));
      g_assert_cmpint (back, ==, us);

      us -= ((us % G_USEC_PER_SEC) + G_USEC_PER_SEC) % G_USEC_PER_SEC;
      g_assert_cmpuint (cfoil_time_format_basic (text, us), ==, 16);
      g_assert_true (cfoil_time_parse (text, -1, &back, NULL));
      g_assert_cmpint (back, ==, us);
    }
}

/* Each day from 1600 to 2400, so each century rule, follows on the one before. */
static void
test_every_day (void)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gint64 expected, us;

  g_assert_true (cfoil_time_from_civil (1600, 1, 1, 0, 0, 0, &expected));
  for (int year = 1600; year <= 2400; year++)
    for (int month = 1; month <= 12; month++)
      {
        int n = days[month - 1] + (month == 2 && g_date_is_leap_year ((GDateYear) year));

        for (int day = 1; day <= n; day++, expected += G_TIME_SPAN_DAY)
          {
            g_assert_true (cfoil_time_from_civil (year, month, day, 0, 0, 0, &us));
            g_assert_cmpint (us, ==, expected);
          }
        g_assert_false (cfoil_time_from_civil (year, month, n + 1, 0, 0, 0, &us));
      }
}

static void
test_civil_range (void)
{
  gint64 us;

  g_assert_true (cfoil_time_from_civil (2016, 12, 31, 23, 59, 60, &us));
  g_assert_false (cfoil_time_from_civil (2016, 12, 31, 23, 59, 61, &us));
  g_assert_false (cfoil_time_from_civil (2016, 12, 31, 23, 60, 0, &us));
  g_assert_false (cfoil_time_from_civil (2016, 12, 31, 24, 0, 0, &us));
  g_assert_false (cfoil_time_from_civil (2016, 12, 31, -1, 0, 0, &us));
  g_assert_false (cfoil_time_from_civil (2016, 12, 31, 0, -1, 0, &us));
  g_assert_false (cfoil_time_from_civil (2016, 12, 31, 0, 0, -1, &us));
  g_assert_false (cfoil_time_from_civil (2016, 12, -1, 0, 0, 0, &us));
  g_assert_false (cfoil_time_from_civil (0, 12, 31, 0, 0, 0, &us));
  g_assert_false (cfoil_time_from_civil (10000, 1, 1, 0, 0, 0, &us));
}

/* Neither the zone of the machine nor its daylight saving time has a say. */
static void
test_zone_of_machine (void)
{
  static const char *const zones[] = { "UTC", "America/Los_Angeles", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia" };

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      char text[CFOIL_TIME_BUFFER];
      gint64 us = 0;

      g_setenv ("TZ", zones[i], TRUE);
      g_assert_true (cfoil_time_parse ("2021-03-28T02:30:00 +0100", -1, &us, NULL));
      g_assert_cmpint (us, ==, G_GINT64_CONSTANT (1616895000000000));
      cfoil_time_format_iso (text, us);
      g_assert_cmpstr (text, ==, "2021-03-28T01:30:00Z");
      cfoil_time_format_basic (text, us);
      g_assert_cmpstr (text, ==, "20210328T013000Z");
    }
  g_setenv ("TZ", "UTC", TRUE);
}

static void
test_now (void)
{
  gint64 before = g_get_real_time ();
  gint64 now = cfoil_time_now_us ();

  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, g_get_real_time ());
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/time/parse", test_parse);
  g_test_add_func ("/time/length", test_length);
  g_test_add_func ("/time/cut", test_cut);
  g_test_add_func ("/time/against-glib", test_against_glib);
  g_test_add_func ("/time/every-day", test_every_day);
  g_test_add_func ("/time/civil-range", test_civil_range);
  g_test_add_func ("/time/zone-of-machine", test_zone_of_machine);
  g_test_add_func ("/time/now", test_now);

  return g_test_run ();
}
