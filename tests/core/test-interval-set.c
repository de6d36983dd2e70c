/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-interval-set.h"

#include <string.h>

#define N_SLOTS 120

static char *
to_text (CfoilIntervalSet *set)
{
  GString *text = g_string_new (NULL);
  const CfoilInterval *intervals;
  guint n;

  intervals = cfoil_interval_set_peek (set, &n);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "[%d,%d)", (int) intervals[i].start_us, (int) intervals[i].end_us);
  return g_string_free (text, FALSE);
}

static void
test_merging (void)
{
  static const struct
  {
    gint64 start, end;
    const char *after;
  } steps[] = {
    { 10, 20, "[10,20)" },
    { 20, 10, "[10,20)" },
    { 15, 15, "[10,20)" },
    { 12, 18, "[10,20)" },
    { 30, 40, "[10,20)[30,40)" },
    { 0, 5, "[0,5)[10,20)[30,40)" },
    { 5, 6, "[0,6)[10,20)[30,40)" },
    { 20, 25, "[0,6)[10,25)[30,40)" },
    { 24, 31, "[0,6)[10,40)" },
    { -5, 100, "[-5,100)" },
  };
  g_autoptr (CfoilIntervalSet) set = cfoil_interval_set_new ();

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *text = NULL;

      cfoil_interval_set_add (set, steps[i].start, steps[i].end);
      text = to_text (set);
      g_assert_cmpstr (text, ==, steps[i].after);
    }
}

static void
test_extremes (void)
{
  g_autoptr (CfoilIntervalSet) set = cfoil_interval_set_new ();
  g_autoptr (CfoilIntervalSet) gaps = NULL;
  guint n;

  g_assert_true (cfoil_interval_set_contains (set, 5, 5));
  g_assert_false (cfoil_interval_set_contains (set, 5, 6));
  cfoil_interval_set_add (set, G_MININT64, 0);
  cfoil_interval_set_add (set, 1, G_MAXINT64);
  gaps = cfoil_interval_set_gaps (set, G_MININT64, G_MAXINT64);
  g_assert_cmpint (cfoil_interval_set_peek (gaps, &n)[0].start_us, ==, 0);
  g_assert_cmpuint (n, ==, 1);
  cfoil_interval_set_add (set, 0, 1);
  g_assert_true (cfoil_interval_set_contains (set, G_MININT64, G_MAXINT64));
}

static void
check_form (CfoilIntervalSet *set,
            const gboolean   *slots,
            gint64            start,
            gint64            end,
            gboolean          wanted)
{
  const CfoilInterval *intervals;
  gboolean found[N_SLOTS] = { FALSE };
  guint n;

  intervals = cfoil_interval_set_peek (set, &n);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (intervals[i].start_us, <, intervals[i].end_us);
      if (i > 0)
        g_assert_cmpint (intervals[i - 1].end_us, <, intervals[i].start_us);
      for (gint64 slot = intervals[i].start_us; slot < intervals[i].end_us; slot++)
        found[slot] = TRUE;
    }
  for (gint64 slot = 0; slot < N_SLOTS; slot++)
    g_assert_cmpint (found[slot], ==, slot >= start && slot < end && slots[slot] == wanted);
}

static void
test_against_bitmap (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (CfoilIntervalSet) set = cfoil_interval_set_new ();
      gboolean slots[N_SLOTS] = { FALSE };

      for (gint32 i = g_test_rand_int_range (0, 15); i > 0; i--)
        {
          gint64 start = g_test_rand_int_range (0, N_SLOTS), end = g_test_rand_int_range (0, N_SLOTS + 1);

          if (g_test_rand_bit ())
            end = start + g_test_rand_int_range (0, 6);
          end = MIN (end, N_SLOTS);
          cfoil_interval_set_add (set, start, end);
          for (gint64 slot = start; slot < end; slot++)
            slots[slot] = TRUE;
        }
      check_form (set, slots, 0, N_SLOTS, TRUE);

      for (guint question = 0; question < 5; question++)
        {
          gint64 start = g_test_rand_int_range (0, N_SLOTS), end = g_test_rand_int_range (0, N_SLOTS + 1);
          g_autoptr (CfoilIntervalSet) gaps = cfoil_interval_set_gaps (set, start, end);
          gboolean all = TRUE;

          for (gint64 slot = start; slot < end; slot++)
            all = all && slots[slot];
          g_assert_cmpint (cfoil_interval_set_contains (set, start, end), ==, all);
          check_form (gaps, slots, start, end, FALSE);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/interval-set/merging", test_merging);
  g_test_add_func ("/interval-set/extremes", test_extremes);
  g_test_add_func ("/interval-set/against-bitmap", test_against_bitmap);

  return g_test_run ();
}
