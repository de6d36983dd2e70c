/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All kinds of charts with made-up numbers, for looking at them: chart-gallery [--rtl] [--page N]. */
#include "config.h"

#include "cfoil-chart.h"
#include "cfoil-ui-resources.h"

#include <adwaita.h>
#include <math.h>
#include <stdlib.h>

static gboolean is_rtl;
static int page;

static const GOptionEntry options[] = {
  { "rtl", 0, 0, G_OPTION_ARG_NONE, &is_rtl, "From right to left", NULL },
  { "page", 0, 0, G_OPTION_ARG_INT, &page, "Which charts", "N" },
  { NULL },
};

static guint32
next_number (void)
{
  static guint32 state = 12345;

  state = state * 1664525 + 1013904223;
  return state >> 8;
}

static void
add_days (CfoilChartData *data,
          guint           n,
          gboolean        has_year)
{
  g_autoptr (GDateTime) start = g_date_time_new_utc (2026, 10, 1, 0, 0, 0);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (start, (int) i - (n > 100 ? (int) n : 0));
      g_autofree char *label = g_date_time_format (day, has_year ? "%-d %b %Y" : "%-d %b");
      g_autofree char *title = g_date_time_format (day, "%A, %-d %B %Y");

      cfoil_chart_data_add_point (data, label, title, "type:charge");
    }
  cfoil_chart_data_set_points_title (data, "Day");
}

static void
add_wave (CfoilChartData *data,
          const char     *title,
          gint64          middle,
          gint64          height,
          guint           immature_from)
{
  guint n = MAX (cfoil_chart_data_get_n_points (data), 1);
  g_autofree gint64 *values = g_new (gint64, n);

  for (guint i = 0; i < n; i++)
    values[i] = middle + (gint64) (sin (i * 0.9 + (double) (middle % 7)) * (double) height * 0.6)
                + (gint64) (next_number () % (guint32) MAX (height / 2, 1));
  if (n > 20 && n < 100)
    values[9] = CFOIL_UNKNOWN;
  cfoil_chart_data_add_series (data, title, values, immature_from);
}

static CfoilChartData *
new_columns (void)
{
  CfoilChartData *data = cfoil_chart_data_new (CFOIL_CHART_COLUMNS, "Gross Volume", CFOIL_UNIT_MONEY, "EUR");

  add_days (data, 28, FALSE);
  add_wave (data, "Gross Volume", 320000, 250000, 24);
  return data;
}

static CfoilChartData *
new_net (void)
{
  CfoilChartData *data = cfoil_chart_data_new (CFOIL_CHART_COLUMNS, "Net Volume, this and last month", CFOIL_UNIT_MONEY, "JPY");

  add_days (data, 7, FALSE);
  add_wave (data, "October", 20000, 90000, G_MAXUINT);
  add_wave (data, "September", 10000, 70000, G_MAXUINT);
  return data;
}

static CfoilChartData *
new_stacked (void)
{
  CfoilChartData *data = cfoil_chart_data_new (CFOIL_CHART_STACKED, "Where It Went", CFOIL_UNIT_MONEY, "USD");

  add_days (data, 14, FALSE);
  add_wave (data, "Net", 400000, 100000, 12);
  add_wave (data, "Fees", 60000, 20000, 12);
  add_wave (data, "Refunds", 90000, 60000, 12);
  add_wave (data, "Dispute Losses", 40000, 30000, 12);
  add_wave (data, "Adjustments", -30000, 20000, 12);
  return data;
}

static CfoilChartData *
new_lines (void)
{
  CfoilChartData *data = cfoil_chart_data_new (CFOIL_CHART_LINES, "Dispute Rate", CFOIL_UNIT_RATIO, NULL);

  add_days (data, 28, FALSE);
  add_wave (data, "Activity", 3000, 2000, G_MAXUINT);
  add_wave (data, "Rate", 5000, 1500, 20);
  cfoil_chart_data_add_limit (data, "House limit, 0.75 %", 7500);
  cfoil_chart_data_add_limit (data, "Early warning, 0.65 %", 6500);
  return data;
}

static CfoilChartData *
new_heat (void)
{
  static const char *const days[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
  CfoilChartData *data = cfoil_chart_data_new (CFOIL_CHART_HEAT_MAP, "Payments by Weekday and Hour", CFOIL_UNIT_COUNT, NULL);

  for (guint hour = 0; hour < 24; hour++)
    {
      g_autofree char *label = g_strdup_printf ("%02u:00", hour);

      cfoil_chart_data_add_point (data, label, NULL, "type:charge");
    }
  for (guint day = 0; day < 7; day++)
    {
      gint64 values[24];

      for (guint hour = 0; hour < 24; hour++)
        values[hour] = day == 2 && hour == 4 ? CFOIL_UNKNOWN
                       : (gint64) (exp (-pow (((double) hour - 19 + (day > 4 ? 3 : 0)) / 5, 2)) * 120 + next_number () % 12);
      cfoil_chart_data_add_series (data, days[day], values, G_MAXUINT);
    }
  return data;
}

static CfoilChartData *
new_histogram (void)
{
  CfoilChartData *data = cfoil_chart_data_new (CFOIL_CHART_HISTOGRAM, "Order Values", CFOIL_UNIT_COUNT, NULL);
  gint64 values[20];

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *label = g_strdup_printf ("%u", i * 10);
      g_autofree char *title = g_strdup_printf ("%u to %u €", i * 10, i * 10 + 10);

      cfoil_chart_data_add_point (data, label, title, "type:charge");
      values[i] = (gint64) (1400 * exp (-pow ((i - 5.0) / 4, 2))) + next_number () % 60;
    }
  cfoil_chart_data_add_series (data, "Orders", values, G_MAXUINT);
  return data;
}

static CfoilChartData *
new_gauge (void)
{
  CfoilChartData *data = cfoil_chart_data_new (CFOIL_CHART_GAUGE, "Distance to Thresholds", CFOIL_UNIT_RATIO, NULL);
  gint64 activity = 4200, rate = 6100;

  cfoil_chart_data_add_point (data, "", NULL, "is:disputed");
  cfoil_chart_data_add_series (data, "Dispute Activity", &activity, G_MAXUINT);
  cfoil_chart_data_add_series (data, "Dispute Rate", &rate, 0);
  cfoil_chart_data_add_limit (data, "Early warning, 0.65 %", 6500);
  cfoil_chart_data_add_limit (data, "House limit, 0.75 %", 7500);
  cfoil_chart_data_add_limit (data, "Excessive, 1.5 %", 15000);
  return data;
}

static CfoilChartData *
new_years (CfoilChartKind kind)
{
  CfoilChartData *data = cfoil_chart_data_new (kind, "Ten Years of Days", CFOIL_UNIT_MONEY, "EUR");

  add_days (data, 3650, TRUE);
  add_wave (data, "Gross Volume", 52000000, 40000000, 3560);
  return data;
}

static CfoilChartData *
new_one (void)
{
  CfoilChartData *data = cfoil_chart_data_new (CFOIL_CHART_COLUMNS, "One Day", CFOIL_UNIT_MONEY, "KWD");

  add_days (data, 1, FALSE);
  add_wave (data, "Gross Volume", 12345, 1000, G_MAXUINT);
  return data;
}

static CfoilChartData *
new_many (void)
{
  static const char *const names[] = { "Germany", "France", "Italy", "Spain", "Netherlands", "Austria", "Belgium", "Poland" };
  CfoilChartData *data = cfoil_chart_data_new (CFOIL_CHART_LINES, "Countries", CFOIL_UNIT_COUNT, NULL);

  add_days (data, 12, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    add_wave (data, names[i], 200 + 90 * (gint64) i, 60, G_MAXUINT);
  return data;
}

static CfoilChartData *
new_span (void)
{
  CfoilChartData *data = cfoil_chart_data_new (CFOIL_CHART_LINES, "Days to Money", CFOIL_UNIT_SPAN, NULL);

  add_days (data, 400, TRUE);
  add_wave (data, "Median", 9 * G_TIME_SPAN_DAY, 3 * G_TIME_SPAN_DAY, G_MAXUINT);
  return data;
}

static CfoilChartData *
new_empty (void)
{
  CfoilChartData *data = cfoil_chart_data_new (CFOIL_CHART_COLUMNS, "Refunds", CFOIL_UNIT_MONEY, "EUR");

  add_days (data, 28, FALSE);
  return data;
}

static void
zoomed_cb (CfoilChart *chart,
           guint       first,
           guint       last)
{
  g_print ("zoom %u %u\n", first, last);
}

static void
activated_cb (CfoilChart *chart,
              const char *query)
{
  g_print ("activate %s\n", query);
}

static void
add (GtkFlowBox     *box,
     CfoilChartData *data)
{
  GtkWidget *chart = cfoil_chart_new (), *card = adw_bin_new (), *child = gtk_flow_box_child_new ();

  cfoil_chart_set_data (CFOIL_CHART (chart), data);
  g_clear_pointer (&data, cfoil_chart_data_unref);
  g_signal_connect (chart, "zoom", G_CALLBACK (zoomed_cb), NULL);
  g_signal_connect (chart, "activate-query", G_CALLBACK (activated_cb), NULL);
  gtk_widget_set_margin_top (chart, 9);
  gtk_widget_set_margin_bottom (chart, 12);
  gtk_widget_set_margin_start (chart, 15);
  gtk_widget_set_margin_end (chart, 12);
  gtk_widget_add_css_class (card, "card");
  adw_bin_set_child (ADW_BIN (card), chart);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), card);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_append (box, child);
}

static GtkWidget *
new_sparkline (void)
{
  GtkWidget *line = cfoil_sparkline_new ();
  gint64 values[28];

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = i == 12 ? CFOIL_UNKNOWN : 100 + (gint64) (next_number () % 300);
  cfoil_sparkline_set_values (CFOIL_SPARKLINE (line), values, G_N_ELEMENTS (values), "28 days, rising");
  gtk_widget_set_halign (line, GTK_ALIGN_CENTER);
  return line;
}

static void
activate_cb (GtkApplication *application,
             gpointer        user_data)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_flow_box_new ();
  const char *width = g_getenv ("GALLERY_WIDTH"), *height = g_getenv ("GALLERY_HEIGHT");

  g_resources_register (cfoil_ui_get_resource ());
  if (g_getenv ("GALLERY_FONT") != NULL)
    g_object_set (gtk_settings_get_default (), "gtk-font-name", g_getenv ("GALLERY_FONT"), NULL);
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (box), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (box), 2);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (box), FALSE);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (box), 12);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (box), 12);
  g_object_set (box, "margin-top", 12, "margin-bottom", 12, "margin-start", 12, "margin-end", 12, NULL);
  if (page == 0)
    {
      add (GTK_FLOW_BOX (box), new_columns ());
      add (GTK_FLOW_BOX (box), new_stacked ());
      add (GTK_FLOW_BOX (box), new_lines ());
      add (GTK_FLOW_BOX (box), new_heat ());
      add (GTK_FLOW_BOX (box), new_histogram ());
      add (GTK_FLOW_BOX (box), new_gauge ());
    }
  else
    {
      add (GTK_FLOW_BOX (box), new_years (CFOIL_CHART_COLUMNS));
      add (GTK_FLOW_BOX (box), new_years (CFOIL_CHART_LINES));
      add (GTK_FLOW_BOX (box), new_net ());
      add (GTK_FLOW_BOX (box), new_many ());
      add (GTK_FLOW_BOX (box), new_span ());
      add (GTK_FLOW_BOX (box), new_one ());
      add (GTK_FLOW_BOX (box), new_empty ());
      add (GTK_FLOW_BOX (box), NULL);
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (content), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (content), new_sparkline ());
  gtk_box_append (GTK_BOX (content), scroller);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), content);
  gtk_window_set_default_size (GTK_WINDOW (window), width != NULL ? atoi (width) : 1200, height != NULL ? atoi (height) : 1000);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (AdwApplication) application = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL))
    return 2;
  application = adw_application_new ("io.github.counterfoil.Counterfoil", G_APPLICATION_NON_UNIQUE);
  adw_init ();
  if (is_rtl)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
