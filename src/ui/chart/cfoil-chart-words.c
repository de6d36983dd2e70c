/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-words.h"

#include "cfoil-words.h"

#include <glib/gi18n.h>

/* Of a chart with many series the first are told: nobody listens to more. */
#define MAX_SERIES_IN_WORDS 6

static char *
dup_unit (const CfoilChartData *data,
          gint64                value)
{
  return cfoil_unit_format (cfoil_chart_data_get_unit (data), value, cfoil_chart_data_get_currency (data));
}

char *
cfoil_chart_words_value (const CfoilChartData *data,
                         guint                 series,
                         guint                 point)
{
  return dup_unit (data, cfoil_chart_data_get_value (data, series, point));
}

static gboolean
is_gauge (const CfoilChartData *data)
{
  return cfoil_chart_data_get_kind (data) == CFOIL_CHART_GAUGE;
}

char *
cfoil_chart_words_reading (const CfoilChartData *data,
                           guint                 series,
                           guint                 point)
{
  g_autofree char *value = cfoil_chart_words_value (data, series, point);
  gboolean is_immature = point >= cfoil_chart_data_get_immature_from (data, series);
  const char *series_title = cfoil_chart_data_get_series_title (data, series);
  g_autofree char *text = NULL;

  if (is_gauge (data))
    /* Translators: a name and its value, read out: "Dispute Rate: 0.3 %". */
    text = g_strdup_printf (C_ ("reading", "%s: %s"), series_title, value);
  else if (cfoil_chart_data_get_n_series (data) == 1)
    /* Translators: a day (or month …) and its value, read out: "3 October 2026: 12.00 €". */
    text = g_strdup_printf (C_ ("reading", "%s: %s"), cfoil_chart_data_get_point_title (data, point), value);
  else
    /* Translators: a name, a day (or month …) and a value, read out: "Refunds, 3 October 2026: 12.00 €". */
    text = g_strdup_printf (C_ ("reading", "%s, %s: %s"), series_title, cfoil_chart_data_get_point_title (data, point), value);
  if (is_immature && cfoil_chart_data_get_value (data, series, point) != CFOIL_UNKNOWN)
    /* Translators: %s is a day and its value, read out. */
    return g_strdup_printf (_("%s, may still change"), text);
  return g_steal_pointer (&text);
}

/* --- the whole --- */

typedef struct
{
  guint n_known;
  guint lowest;
  guint highest;
} Extent;

static Extent
find_extent (const CfoilChartData *data,
             guint                 series)
{
  guint n_points = MAX (cfoil_chart_data_get_n_points (data), 1);
  Extent extent = { 0 };

  for (guint point = 0; point < n_points; point++)
    {
      gint64 value = cfoil_chart_data_get_value (data, series, point);

      if (value == CFOIL_UNKNOWN)
        continue;
      if (extent.n_known == 0 || value < cfoil_chart_data_get_value (data, series, extent.lowest))
        extent.lowest = point;
      if (extent.n_known == 0 || value > cfoil_chart_data_get_value (data, series, extent.highest))
        extent.highest = point;
      extent.n_known++;
    }
  return extent;
}

gboolean
cfoil_chart_words_is_empty (const CfoilChartData *data)
{
  for (guint series = 0; series < cfoil_chart_data_get_n_series (data); series++)
    if (find_extent (data, series).n_known > 0)
      return FALSE;
  return TRUE;
}

static char *
dup_series (const CfoilChartData *data,
            guint                 series)
{
  Extent extent = find_extent (data, series);
  g_autofree char *low = NULL, *high = NULL;

  if (extent.n_known == 0)
    return g_strdup (_("nothing known"));
  low = cfoil_chart_words_value (data, series, extent.lowest);
  high = cfoil_chart_words_value (data, series, extent.highest);
  if (is_gauge (data))
    return g_steal_pointer (&high);
  if (extent.n_known == 1 || g_str_equal (low, high))
    /* Translators: all values of a chart are this one. */
    return g_strdup_printf (_("always %s"), high);
  /* Translators: the first two are values, then days or months: "from 12.00 € to 1,204.00 €, highest 3 October, lowest 1
   * October". */
  return g_strdup_printf (_("from %s to %s, highest %s, lowest %s"), low, high,
                          cfoil_chart_data_get_point_title (data, extent.highest),
                          cfoil_chart_data_get_point_title (data, extent.lowest));
}

static void
append_sentence (GString    *text,
                 const char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append_printf (text, "%s.", sentence);
}

static void
append_points (GString              *text,
               const CfoilChartData *data)
{
  guint n = cfoil_chart_data_get_n_points (data);
  g_autofree char *number = cfoil_words_number (n);
  g_autofree char *sentence = NULL;

  if (n == 0 || is_gauge (data))
    return;
  if (n == 1)
    sentence = g_strdup (cfoil_chart_data_get_point_title (data, 0));
  else
    /* Translators: how many values a chart has, and which are the first and the last: "28 values, 3 October to 30 October". */
    sentence = g_strdup_printf (ngettext ("%s value, %s to %s", "%s values, %s to %s", n), number,
                                cfoil_chart_data_get_point_title (data, 0), cfoil_chart_data_get_point_title (data, n - 1));
  append_sentence (text, sentence);
}

static void
append_series (GString              *text,
               const CfoilChartData *data)
{
  guint n = cfoil_chart_data_get_n_series (data);

  for (guint series = 0; series < MIN (n, MAX_SERIES_IN_WORDS); series++)
    {
      g_autofree char *words = dup_series (data, series);
      g_autofree char *sentence = NULL;

      sentence = g_strdup_printf (C_ ("reading", "%s: %s"), cfoil_chart_data_get_series_title (data, series), words);
      append_sentence (text, sentence);
      if (cfoil_chart_data_get_immature_from (data, series) < cfoil_chart_data_get_n_points (data) && !is_gauge (data))
        {
          g_autofree char *change = NULL;

          /* Translators: %s is a day or month. */
          change = g_strdup_printf (_("From %s on it may still change"),
                                    cfoil_chart_data_get_point_title (data, cfoil_chart_data_get_immature_from (data, series)));
          append_sentence (text, change);
        }
    }
  if (n > MAX_SERIES_IN_WORDS)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", n - MAX_SERIES_IN_WORDS),
                                               n - MAX_SERIES_IN_WORDS);

      append_sentence (text, more);
    }
}

char *
cfoil_chart_words_description (const CfoilChartData *data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (cfoil_chart_words_is_empty (data))
    return g_strdup (_("Nothing to show yet."));
  append_points (text, data);
  append_series (text, data);
  for (guint limit = 0; limit < cfoil_chart_data_get_n_limits (data); limit++)
    {
      g_autofree char *value = dup_unit (data, cfoil_chart_data_get_limit_value (data, limit));
      g_autofree char *sentence = NULL;

      sentence = g_strdup_printf (C_ ("reading", "%s: %s"), cfoil_chart_data_get_limit_title (data, limit), value);
      append_sentence (text, sentence);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
cfoil_chart_words_range (const CfoilChartData *data,
                         guint                 first,
                         guint                 last)
{
  const char *from = cfoil_chart_data_get_point_title (data, first);

  /* Translators: two dates. */
  return first == last ? g_strdup (from) : g_strdup_printf (_("%s – %s"), from, cfoil_chart_data_get_point_title (data, last));
}

/* A week is called by its first day: what it ends with is not known here. */
static gboolean
is_of_time (const CfoilChartData *data)
{
  const char *name = cfoil_chart_data_get_points_name (data);
  CfoilBucket bucket;

  return name != NULL && cfoil_bucket_from_string (name, &bucket) && bucket != CFOIL_BUCKET_WEEK;
}

char *
cfoil_chart_words_subtitle (const CfoilChartData *data,
                            guint                 first,
                            guint                 n_points)
{
  gboolean has_time = n_points > 0 && is_of_time (data);
  g_autofree char *range = has_time ? cfoil_chart_words_range (data, first, first + n_points - 1) : NULL;
  const char *currency = cfoil_chart_data_get_unit (data) == CFOIL_UNIT_MONEY ? cfoil_chart_data_get_currency (data) : NULL;

  if (range != NULL && currency != NULL)
    return g_strdup_printf ("%s · %s", range, currency);
  return range != NULL ? g_steal_pointer (&range) : g_strdup (currency);
}
