/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chart-fixture.h"

/* The title as it may come in. */
#define HOSTILE_RAW "Gross\n<script>alert\x01(1)</script> & \"more\""

const CfoilChartKind chart_kinds[CHART_N_KINDS] = {
  CFOIL_CHART_COLUMNS, CFOIL_CHART_STACKED, CFOIL_CHART_LINES, CFOIL_CHART_HEAT_MAP, CFOIL_CHART_HISTOGRAM, CFOIL_CHART_GAUGE,
};

static void
zoom_cb (CfoilChart *chart,
         guint       first,
         guint       last,
         gpointer    user_data)
{
  g_string_append_printf (((ChartFixture *) user_data)->log, "zoom %u %u;", first, last);
}

static void
activate_cb (CfoilChart *chart,
             const char *query,
             gpointer    user_data)
{
  g_string_append_printf (((ChartFixture *) user_data)->log, "open %s;", query);
}

void
chart_spin (guint ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

void
chart_set_up (ChartFixture  *fixture,
              gconstpointer  user_data)
{
  gint64 end = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;

  fixture->log = g_string_new (NULL);
  fixture->chart = CFOIL_CHART (cfoil_chart_new ());
  fixture->view = cfoil_chart_get_view (fixture->chart);
  fixture->window = gtk_window_new ();
  g_signal_connect (fixture->chart, "zoom", G_CALLBACK (zoom_cb), fixture);
  g_signal_connect (fixture->chart, "activate-query", G_CALLBACK (activate_cb), fixture);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 640, 420);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->chart));
  gtk_window_present (GTK_WINDOW (fixture->window));
  while (gtk_widget_get_width (GTK_WIDGET (fixture->view)) < 1 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->view)), >, 100);
}

void
chart_tear_down (ChartFixture  *fixture,
                 gconstpointer  user_data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  chart_spin (5);
  g_string_free (fixture->log, TRUE);
}

void
chart_assert_log (ChartFixture *fixture,
                  const char   *expected)
{
  g_assert_cmpstr (fixture->log->str, ==, expected);
  g_string_truncate (fixture->log, 0);
}

static gint64
value_of (guint series,
          guint point)
{
  gint64 value = (gint64) ((series * 7919 + point * 104729) % 9000) + 500;

  return (series + point) % 11 == 5 ? -value : value;
}

CfoilChartData *
chart_new_data (CfoilChartKind kind,
                guint          n_points,
                guint          n_series)
{
  CfoilChartData *data = cfoil_chart_data_new (kind, HOSTILE_RAW, CFOIL_UNIT_MONEY, "EUR");
  g_autofree gint64 *values = g_new (gint64, MAX (n_points, 1));

  for (guint i = 0; i < n_points; i++)
    {
      g_autofree char *label = g_strdup_printf ("%u Oct", i + 1);
      g_autofree char *title = g_strdup_printf ("Day %u", i + 1);
      g_autofree char *query = g_strdup_printf ("date:%u", i + 1);

      cfoil_chart_data_add_point (data, label, title, query);
    }
  for (guint series = 0; series < n_series; series++)
    {
      g_autofree char *title = g_strdup_printf ("Series %u", series + 1);

      for (guint i = 0; i < MAX (n_points, 1); i++)
        values[i] = value_of (series, i);
      cfoil_chart_data_add_series (data, title, values, series == 1 ? n_points - 1 : G_MAXUINT);
    }
  return data;
}

void
chart_show (ChartFixture   *fixture,
            CfoilChartData *data) /* (transfer full) */
{
  cfoil_chart_set_data (fixture->chart, data);
  cfoil_chart_data_unref (data);
}

guint
chart_n_points_of (CfoilChartKind kind)
{
  return kind == CFOIL_CHART_GAUGE ? 1 : 9;
}

CfoilChartPlot *
chart_lay_out (ChartFixture   *fixture,
               CfoilChartData *data,
               float           width,
               float           height,
               gboolean        is_rtl)
{
  CfoilChartStyle style;
  CfoilChartPlot *plot;

  cfoil_chart_style_init (&style, GTK_WIDGET (fixture->view));
  style.is_rtl = is_rtl;
  plot = cfoil_chart_plot_new (data, &style, width, height, 0, cfoil_chart_data_get_n_points (data));
  cfoil_chart_style_clear (&style);
  return plot;
}
