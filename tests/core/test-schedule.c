/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-schedule.h"
#include "cfoil-types.h"

static void
test_subject (void)
{
  static const gint64 windows[][2] = { { 0, 1 }, { 1782777600000000, 1785369600000000 }, { -5, 5 }, { CFOIL_UNKNOWN, CFOIL_UNKNOWN } };

  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      g_autofree char *subject = cfoil_request_subject_new ("_GET_X_", windows[i][0], windows[i][1]);
      g_autofree char *type = NULL;
      gint64 start_us, end_us;

      cfoil_request_subject_parse (subject, &type, &start_us, &end_us);
      g_assert_cmpstr (type, ==, "_GET_X_");
      g_assert_cmpint (start_us, ==, windows[i][0]);
      g_assert_cmpint (end_us, ==, windows[i][1]);
    }
}

static void
test_frequency (void)
{
  static const struct
  {
    const char *text;
    guint n;
    gint64 unit_us; /* 0: it is none */
  } cases[] = {
    { "PT5M", 5, G_TIME_SPAN_MINUTE }, { "PT84H", 84, G_TIME_SPAN_HOUR }, { "P1D", 1, G_TIME_SPAN_DAY }, { "P30D", 30, G_TIME_SPAN_DAY },
    { "", 0, 0 }, { "P", 0, 0 }, { "PT", 0, 0 }, { "P1", 0, 0 }, { "P0D", 0, 0 }, { "P1M", 0, 0 }, { "PT1D", 0, 0 }, { "P1H", 0, 0 },
    { "P1DT1H", 0, 0 }, { "P-1D", 0, 0 }, { "P99999999999999999999D", 0, 0 }, { "1D", 0, 0 }, { "daily", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 unit_us = 0;
      guint n = 0;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (cfoil_frequency_parse (cases[i].text, &n, &unit_us), ==, cases[i].unit_us != 0);
      g_assert_cmpuint (n, ==, cases[i].n);
      g_assert_cmpint (unit_us, ==, cases[i].unit_us);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/subject", test_subject);
  g_test_add_func ("/schedule/frequency", test_frequency);
  return g_test_run ();
}
