/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-axis.h"
#include "cfoil-chart-scale.h"
#include "cfoil-chart-style.h"
#include "cfoil-chart-words.h"

#include <math.h>

/* What charts compute, without a display. */

/* --- the axis --- */

/* Less than 2^62 either side of 0, so that two of them can be added; small ones as often as large ones. */
static gint64
random_value (void)
{
  gint64 value = (gint64) ((guint64) (guint32) g_test_rand_int () << 32 | (guint32) g_test_rand_int ());

  return value >> g_test_rand_int_range (1, 62);
}

/* 1, 2 or 5 with zeros. */
static gboolean
is_round (gint64 step)
{
  while (step % 10 == 0)
    step /= 10;
  return step == 1 || step == 2 || step == 5;
}

static void
test_axis_random (void)
{
  static const CfoilUnit units[] = { CFOIL_UNIT_MONEY, CFOIL_UNIT_COUNT, CFOIL_UNIT_RATIO, CFOIL_UNIT_SPAN };
  static const char *const currencies[] = { "EUR", "JPY", "KWD", "USD", NULL };

  for (guint round = 0; round < 20000; round++)
    {
      gint64 a = random_value (), b = random_value (), low = MIN (a, b), high = MAX (a, b);
      gboolean from_zero = g_test_rand_bit ();
      guint max_ticks = (guint) g_test_rand_int_range (0, 30);
      CfoilChartAxis axis;

      cfoil_chart_axis_init (&axis, units[round % 4], currencies[round % 5], low, high, from_zero, max_ticks);
      g_assert_cmpuint (axis.n_ticks, >=, 2);
      g_assert_cmpuint (axis.n_ticks, <=, MAX (max_ticks, 4));
      g_assert_cmpint (axis.step, >, 0);
      g_assert_true (units[round % 4] == CFOIL_UNIT_SPAN || is_round (axis.step));
      for (guint i = 0; i < axis.n_ticks; i++)
        {
          g_assert_cmpint (axis.ticks[i] % axis.step, ==, 0);
          if (i > 0)
            g_assert_cmpint (axis.ticks[i] - axis.ticks[i - 1], ==, axis.step);
        }
      /* What is drawn lies on it, and it is not more than a step too long. */
      g_assert_cmpint (cfoil_chart_axis_get_low (&axis), <=, CLAMP (low, -CFOIL_CHART_MAX_VALUE, CFOIL_CHART_MAX_VALUE));
      g_assert_cmpint (cfoil_chart_axis_get_high (&axis), >=, CLAMP (high, -CFOIL_CHART_MAX_VALUE, CFOIL_CHART_MAX_VALUE));
      if (from_zero)
        {
          g_assert_cmpint (cfoil_chart_axis_get_low (&axis), <=, 0);
          g_assert_cmpint (cfoil_chart_axis_get_high (&axis), >=, 0);
        }
    }
}

/* No two marks have the same label, or else they would tell a lie. */
static void
test_axis_labels_differ (void)
{
  for (guint round = 0; round < 3000; round++)
    {
      gint64 low = random_value (), high = low + ABS (random_value () / 4);
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      CfoilChartAxis axis;

      cfoil_chart_axis_init (&axis, (CfoilUnit) (round % 4), round % 3 == 0 ? "JPY" : round % 3 == 1 ? "USD" : "KWD", low, high,
                             FALSE, 8);
      for (guint i = 0; i < axis.n_ticks; i++)
        g_assert_true (g_hash_table_add (seen, cfoil_chart_axis_dup_label (&axis, axis.ticks[i])));
    }
}

static void
test_axis_words (void)
{
  static const struct
  {
    CfoilUnit unit;
    const char *currency;
    gint64 low, high;
    guint max_ticks;
    const char *labels, *caption;
  } cases[] = {
    { CFOIL_UNIT_MONEY, "EUR", 0, 120400, 5, "0|500|1,000|1,500", "EUR" },
    { CFOIL_UNIT_MONEY, "EUR", 0, 99, 6, "0.00|0.20|0.40|0.60|0.80|1.00", "EUR" },
    { CFOIL_UNIT_MONEY, "JPY", 0, 3, 5, "0|1|2|3", "JPY" },
    { CFOIL_UNIT_MONEY, "KWD", -1500, 1500, 5, "−2|−1|0|1|2", "KWD" },
    { CFOIL_UNIT_MONEY, "KWD", 0, 4, 5, "0.000|0.001|0.002|0.003|0.004", "KWD" },
    { CFOIL_UNIT_MONEY, "JPY", 0, 450000000, 6, "0|100|200|300|400|500", "JPY, in millions" },
    { CFOIL_UNIT_MONEY, "EUR", 0, 0, 5, "0.00|0.50|1.00", "EUR" },
    { CFOIL_UNIT_MONEY, NULL, 0, 10, 5, "0|5|10", NULL },
    { CFOIL_UNIT_COUNT, NULL, 0, 0, 5, "0|1", NULL },
    { CFOIL_UNIT_COUNT, NULL, 7, 7, 5, "0|2|4|6|8", NULL },
    { CFOIL_UNIT_COUNT, NULL, -7, -7, 5, "−8|−6|−4|−2|0", NULL },
    { CFOIL_UNIT_RATIO, NULL, 0, 7500, 5, "0.0 %|0.2 %|0.4 %|0.6 %|0.8 %", NULL },
    { CFOIL_UNIT_RATIO, NULL, 960000, 990000, 5, "96 %|97 %|98 %|99 %", NULL },
    { CFOIL_UNIT_RATIO, NULL, 0, 40, 5, "0.000 %|0.001 %|0.002 %|0.003 %|0.004 %", NULL },
    { CFOIL_UNIT_SPAN, NULL, 0, 9 * G_TIME_SPAN_DAY, 6, "0|2|4|6|8|10", "Days" },
    { CFOIL_UNIT_SPAN, NULL, 0, 9 * G_TIME_SPAN_HOUR, 6, "0|2|4|6|8|10", "Hours" },
    { CFOIL_UNIT_SPAN, NULL, 0, 50 * G_TIME_SPAN_MINUTE, 6, "0|10|20|30|40|50", "Minutes" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) labels = g_string_new (NULL);
      g_autofree char *caption = NULL;
      CfoilChartAxis axis;

      cfoil_chart_axis_init (&axis, cases[i].unit, cases[i].currency, cases[i].low, cases[i].high, cases[i].low < 900000,
                             cases[i].max_ticks);
      for (guint j = 0; j < axis.n_ticks; j++)
        {
          g_autofree char *label = cfoil_chart_axis_dup_label (&axis, axis.ticks[j]);

          g_string_append_printf (labels, "%s%s", j > 0 ? "|" : "", label);
        }
      caption = cfoil_chart_axis_dup_caption (&axis);
      g_assert_cmpstr (labels->str, ==, cases[i].labels);
      g_assert_cmpstr (caption, ==, cases[i].caption);
    }
}

/* Far from 0, small changes are seen; near it, they do not look large. */
static void
test_axis_zero (void)
{
  CfoilChartAxis axis;

  cfoil_chart_axis_init (&axis, CFOIL_UNIT_RATIO, NULL, 960000, 990000, FALSE, 5);
  g_assert_cmpint (cfoil_chart_axis_get_low (&axis), ==, 960000);
  cfoil_chart_axis_init (&axis, CFOIL_UNIT_RATIO, NULL, 400000, 990000, FALSE, 5);
  g_assert_cmpint (cfoil_chart_axis_get_low (&axis), ==, 0);
  cfoil_chart_axis_init (&axis, CFOIL_UNIT_COUNT, NULL, -990, -960, FALSE, 5);
  g_assert_cmpint (cfoil_chart_axis_get_high (&axis), ==, -960);
}

/* --- places --- */

static void
test_scale (void)
{
  CfoilChartScale scale = { -100, 100, 200, 0 };
  CfoilChartScale huge = { -CFOIL_CHART_MAX_VALUE, CFOIL_CHART_MAX_VALUE, 0, 100 };

  g_assert_cmpfloat (cfoil_chart_scale_place (&scale, -100), ==, 200);
  g_assert_cmpfloat (cfoil_chart_scale_place (&scale, 0), ==, 100);
  g_assert_cmpfloat (cfoil_chart_scale_place (&scale, 100), ==, 0);
  g_assert_cmpfloat (cfoil_chart_scale_place (&scale, G_MAXINT64), ==, 0);
  g_assert_cmpfloat (cfoil_chart_scale_place (&huge, 0), ==, 50);
}

/* Every point has a band that leads back to it, and bands cover the whole width, in both directions. */
static void
test_bands (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      guint n = (guint) g_test_rand_int_range (1, 4000), first = (guint) g_test_rand_int_range (0, 50), covered = 0;
      float width = (float) g_test_rand_int_range (40, 2000), min = (float) g_test_rand_int_range (1, 8);
      CfoilChartBands bands;

      cfoil_chart_bands_init (&bands, first, n, 30, width, min, round % 2 == 1);
      if (cfoil_chart_bands_get_n_groups (&bands) > 1)
        g_assert_cmpfloat (cfoil_chart_bands_get_width (&bands), >=, MIN (min, width) * 0.999f);
      for (guint group = 0; group < cfoil_chart_bands_get_n_groups (&bands); group++)
        {
          float left = cfoil_chart_bands_get_left (&bands, group), band = cfoil_chart_bands_get_width (&bands);
          guint from, end;

          cfoil_chart_bands_get_points (&bands, group, &from, &end);
          g_assert_cmpuint (from, ==, first + covered);
          g_assert_cmpuint (end, >, from);
          covered += end - from;
          g_assert_cmpuint (cfoil_chart_bands_group_of (&bands, from), ==, group);
          g_assert_cmpuint (cfoil_chart_bands_group_of (&bands, end - 1), ==, group);
          g_assert_cmpuint (cfoil_chart_bands_find (&bands, left + band / 2), ==, group);
          g_assert_cmpfloat (left, >=, 29.5f);
          g_assert_cmpfloat (left + band, <=, 30.5f + width);
        }
      g_assert_cmpuint (covered, ==, n);
      g_assert_cmpuint (cfoil_chart_bands_find (&bands, -1000), ==, round % 2 == 1 ? cfoil_chart_bands_get_n_groups (&bands) - 1 : 0);
    }
}

static void
test_labels (void)
{
  const float middles[] = { 10, 50, 90 };
  const float widths[] = { 30, 30, 30 };
  const float wide[] = { 30, 42, 30 };

  g_assert_true (cfoil_chart_labels_fit (middles, widths, 3, 4, 0, 100));
  /* The first is moved to begin at 0, so that the second may not be wide. */
  g_assert_false (cfoil_chart_labels_fit (middles, wide, 3, 4, 0, 100));
  g_assert_cmpfloat (cfoil_chart_label_place (10, 30, 0, 100), ==, 0);
  g_assert_cmpfloat (cfoil_chart_label_place (90, 30, 0, 100), ==, 70);
  g_assert_cmpfloat (cfoil_chart_label_place (50, 300, 0, 100), ==, 0);
}

/* --- colours --- */

static double
linear (double part)
{
  return part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4);
}

static double
luminance (const GdkRGBA *color)
{
  return 0.2126 * linear (color->red) + 0.7152 * linear (color->green) + 0.0722 * linear (color->blue);
}

static double
contrast (const GdkRGBA *a,
          const GdkRGBA *b)
{
  double x = luminance (a) + 0.05, y = luminance (b) + 0.05;

  return x > y ? x / y : y / x;
}

/* Machado, Oliveira and Fernandes 2009, severity 1: no red cones, no green cones. */
static const double deficiencies[2][3][3] = {
  { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } },
  { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } },
};

static void
to_lab (const double rgb[3],
        double       lab[3])
{
  const double white[3] = { 0.95047, 1, 1.08883 };
  const double xyz[3] = { 0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2], 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2],
                          0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2] };
  double f[3];

  for (guint i = 0; i < 3; i++)
    f[i] = xyz[i] / white[i] > 0.008856 ? cbrt (xyz[i] / white[i]) : 7.787 * xyz[i] / white[i] + 16.0 / 116;
  lab[0] = 116 * f[1] - 16;
  lab[1] = 500 * (f[0] - f[1]);
  lab[2] = 200 * (f[1] - f[2]);
}

static double
distance_for (const GdkRGBA *a,
              const GdkRGBA *b,
              guint          deficiency)
{
  const GdkRGBA *colors[2] = { a, b };
  double lab[2][3], sum = 0;

  for (guint i = 0; i < 2; i++)
    {
      const double rgb[3] = { linear (colors[i]->red), linear (colors[i]->green), linear (colors[i]->blue) };
      double seen[3];

      for (guint j = 0; j < 3; j++)
        seen[j] = CLAMP (deficiencies[deficiency][j][0] * rgb[0] + deficiencies[deficiency][j][1] * rgb[1]
                         + deficiencies[deficiency][j][2] * rgb[2], 0, 1);
      to_lab (seen, lab[i]);
    }
  for (guint i = 0; i < 3; i++)
    sum += pow (lab[0][i] - lab[1][i], 2);
  return sqrt (sum);
}

static void
test_colors (void)
{
  for (guint dark = 0; dark < 2; dark++)
    {
      CfoilChartStyle style = { .is_dark = dark == 1 };
      GdkRGBA ground, a, b;

      gdk_rgba_parse (&ground, dark == 1 ? "#363636" : "#ffffff");
      for (guint i = 0; i < CFOIL_CHART_N_COLORS; i++)
        {
          cfoil_chart_style_get_color (&style, i, &a);
          g_assert_cmpfloat (contrast (&a, &ground), >=, 3.0);
          for (guint j = 0; j < i; j++)
            {
              cfoil_chart_style_get_color (&style, j, &b);
              g_test_message ("%s %u %u: %.1f %.1f", dark == 1 ? "dark" : "light", i, j, distance_for (&a, &b, 0),
                              distance_for (&a, &b, 1));
              g_assert_cmpfloat (distance_for (&a, &b, 0), >=, 17);
              g_assert_cmpfloat (distance_for (&a, &b, 1), >=, 17);
            }
        }
    }
}

/* More is always deeper on light ground, and brighter on dark: grey paper and every eye read it. */
static void
test_shades (void)
{
  for (guint dark = 0; dark < 2; dark++)
    {
      CfoilChartStyle style = { .is_dark = dark == 1 };
      double last = dark == 1 ? -1 : 2;

      for (guint i = 0; i <= 20; i++)
        {
          GdkRGBA color;

          cfoil_chart_style_get_shade (&style, i / 20.0, &color);
          if (dark == 1)
            g_assert_cmpfloat (luminance (&color), >, last);
          else
            g_assert_cmpfloat (luminance (&color), <, last);
          last = luminance (&color);
        }
    }
}

/* --- data and words --- */

static CfoilChartData *
new_data (CfoilChartKind kind)
{
  static const gint64 values[] = { 1200, CFOIL_UNKNOWN, 120400, -500 };
  CfoilChartData *data = cfoil_chart_data_new (kind, "Gross Volume", CFOIL_UNIT_MONEY, "EUR");

  cfoil_chart_data_add_point (data, "1 Oct", "1 October 2026", "date:2026-10-01");
  cfoil_chart_data_add_point (data, "2 Oct", NULL, NULL);
  cfoil_chart_data_add_point (data, "3 Oct", "3 October 2026", "date:2026-10-03");
  cfoil_chart_data_add_point (data, "4 Oct", "4 October 2026", "date:2026-10-04");
  cfoil_chart_data_add_series (data, "Gross", values, 2);
  return data;
}

static void
test_words (void)
{
  g_autoptr (CfoilChartData) data = new_data (CFOIL_CHART_COLUMNS);
  g_autoptr (CfoilChartData) empty = cfoil_chart_data_new (CFOIL_CHART_LINES, "Nothing", CFOIL_UNIT_COUNT, NULL);
  g_autofree char *description = cfoil_chart_words_description (data);
  g_autofree char *reading = cfoil_chart_words_reading (data, 0, 2);
  g_autofree char *unknown = cfoil_chart_words_reading (data, 0, 1);
  g_autofree char *none = cfoil_chart_words_description (empty);

  g_assert_nonnull (strstr (description, "4 values, 1 October 2026 to 4 October 2026."));
  g_assert_nonnull (strstr (description, "highest 3 October 2026, lowest 4 October 2026."));
  g_assert_nonnull (strstr (description, "1,204.00"));
  g_assert_nonnull (strstr (description, "From 3 October 2026 on it may still change."));
  g_assert_true (g_str_has_prefix (reading, "3 October 2026: "));
  g_assert_true (g_str_has_suffix (reading, ", may still change"));
  g_assert_cmpstr (unknown, ==, "2 Oct: –");
  g_assert_cmpstr (none, ==, "Nothing to show yet.");
  g_assert_true (cfoil_chart_words_is_empty (empty));
  g_assert_false (cfoil_chart_words_is_empty (data));
}

/* There and back: the same numbers, and sums are no points. */
static void
test_tables (void)
{
  g_autoptr (CfoilChartData) data = new_data (CFOIL_CHART_COLUMNS);
  g_autoptr (CfoilTable) table = cfoil_chart_data_to_table (data);
  g_autoptr (CfoilTable) days = cfoil_table_new ("days", "Sales");
  g_autoptr (CfoilChartData) sales = NULL;

  g_assert_cmpuint (cfoil_table_get_n_rows (table), ==, 4);
  g_assert_cmpuint (cfoil_table_get_n_columns (table), ==, 2);
  g_assert_cmpuint (cfoil_table_get_n_notes (table), ==, 1);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpint (cfoil_table_get_number (table, i, 1), ==, cfoil_chart_data_get_value (data, 0, i));
      g_assert_cmpstr (cfoil_table_get_query (table, i), ==, cfoil_chart_data_get_query (data, i));
      g_assert_cmpstr (cfoil_table_get_text (table, i, 0), ==, cfoil_chart_data_get_point_title (data, i));
    }
  g_assert_cmpstr (cfoil_table_get_currency (table, 0, 1), ==, "EUR");

  cfoil_table_add_column (days, "day", "Day", CFOIL_COLUMN_DAY);
  cfoil_table_add_column (days, "payments", "Payments", CFOIL_COLUMN_COUNT);
  cfoil_table_add_column (days, "gross", "Gross", CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (days, "refused", "Refused", CFOIL_COLUMN_COUNT);
  for (gint32 i = 0; i < 3; i++)
    {
      cfoil_table_begin_row (days, i == 2 ? CFOIL_ROW_TOTAL : CFOIL_ROW_PLAIN, "type:charge");
      cfoil_table_add_number (days, 20818 + i * 365);
      cfoil_table_add_number (days, 10 + i);
      cfoil_table_add_money (days, 100, "EUR");
      cfoil_table_add_number (days, i);
    }
  sales = cfoil_chart_data_new_from_table (CFOIL_CHART_LINES, days, CFOIL_BUCKET_DAY);
  g_assert_cmpuint (cfoil_chart_data_get_n_points (sales), ==, 2);
  g_assert_cmpuint (cfoil_chart_data_get_n_series (sales), ==, 2);
  g_assert_cmpint (cfoil_chart_data_get_unit (sales), ==, CFOIL_UNIT_COUNT);
  g_assert_cmpstr (cfoil_chart_data_get_series_title (sales, 1), ==, "Refused");
  g_assert_cmpint (cfoil_chart_data_get_value (sales, 0, 1), ==, 11);
  g_assert_cmpstr (cfoil_chart_data_get_points_title (sales), ==, "Day");
  /* Two years: the labels say which. */
  g_assert_nonnull (strstr (cfoil_chart_data_get_label (sales, 0), "2026"));
  g_assert_nonnull (strstr (cfoil_chart_data_get_label (sales, 1), "2027"));
}

/* Amounts of another currency than the first have no place on its axis. */
static void
test_table_currencies (void)
{
  g_autoptr (CfoilTable) table = cfoil_table_new ("t", "T");
  g_autoptr (CfoilChartData) data = NULL;

  cfoil_table_add_column (table, "country", "Country", CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "gross", "Gross", CFOIL_COLUMN_MONEY);
  for (guint i = 0; i < 2; i++)
    {
      cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, NULL);
      cfoil_table_add_text (table, i == 0 ? "Japan" : "France");
      cfoil_table_add_money (table, 100, i == 0 ? "JPY" : "EUR");
    }
  data = cfoil_chart_data_new_from_table (CFOIL_CHART_COLUMNS, table, CFOIL_BUCKET_DAY);
  g_assert_cmpstr (cfoil_chart_data_get_currency (data), ==, "JPY");
  g_assert_cmpint (cfoil_chart_data_get_value (data, 0, 0), ==, 100);
  g_assert_cmpint (cfoil_chart_data_get_value (data, 0, 1), ==, CFOIL_UNKNOWN);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chart/axis/random", test_axis_random);
  g_test_add_func ("/chart/axis/labels-differ", test_axis_labels_differ);
  g_test_add_func ("/chart/axis/words", test_axis_words);
  g_test_add_func ("/chart/axis/zero", test_axis_zero);
  g_test_add_func ("/chart/scale", test_scale);
  g_test_add_func ("/chart/bands", test_bands);
  g_test_add_func ("/chart/labels", test_labels);
  g_test_add_func ("/chart/colors", test_colors);
  g_test_add_func ("/chart/shades", test_shades);
  g_test_add_func ("/chart/data/words", test_words);
  g_test_add_func ("/chart/data/tables", test_tables);
  g_test_add_func ("/chart/data/currencies", test_table_currencies);
  return g_test_run ();
}
