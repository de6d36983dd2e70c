/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-patterns.h"

#include "cfoil-chart.h"
#include "cfoil-overview-choice.h"
#include "cfoil-overview-grid.h"
#include "cfoil-overview-section.h"
#include "cfoil-query.h"

#include <glib/gi18n.h>

#define N_HOURS 24
#define N_WEEKDAYS 7

struct _CfoilOverviewPatterns
{
  AdwBin parent_instance;

  CfoilChart *hours;
  CfoilChart *sizes;
};

G_DEFINE_FINAL_TYPE (CfoilOverviewPatterns, cfoil_overview_patterns, ADW_TYPE_BIN)

static const CfoilChoice counts[] = {
  { "payments", N_ ("Payments") },
  { "gross", N_ ("Gross Volume") },
};

/* Rows of the table are series of the map, its columns are points. */
static CfoilChartData *
make_hours (const CfoilOverviewAnswer *answer)
{
  gboolean are_counts = answer->wish->hours_are_counts;
  CfoilChartData *data = cfoil_chart_data_new (CFOIL_CHART_HEAT_MAP, cfoil_table_get_title (answer->hours),
                                               are_counts ? CFOIL_UNIT_COUNT : CFOIL_UNIT_MONEY,
                                               are_counts ? NULL : answer->block->currency);
  const char *rows = answer->block != NULL ? answer->block->figures[CFOIL_METRIC_PAYMENTS].query : NULL;
  guint n_hours = MIN (N_HOURS, cfoil_table_get_n_columns (answer->hours) - 1);

  cfoil_chart_data_set_points_title (data, _("Hour"));
  cfoil_chart_data_set_points_name (data, "hour");
  for (guint hour = 0; hour < n_hours; hour++)
    {
      g_autofree char *label = g_strdup_printf ("%u", hour);
      /* Translators: hours of a day, from and until: "14:00 to 15:00". */
      g_autofree char *title = g_strdup_printf (_("%u:00 to %u:00"), hour, hour + 1);
      g_autofree char *query = rows != NULL ? g_strdup_printf ("%s hour:%u", rows, hour) : NULL;

      cfoil_chart_data_add_point (data, label, title, query);
      cfoil_chart_data_set_point_name (data, hour, label);
    }
  for (guint row = 0; row < cfoil_table_get_n_rows (answer->hours); row++)
    {
      g_autofree char *weekday = cfoil_table_format (answer->hours, row, 0, NULL);
      gint64 values[N_HOURS];
      guint series;

      for (guint hour = 0; hour < n_hours; hour++)
        values[hour] = cfoil_table_get_number (answer->hours, row, hour + 1);
      series = cfoil_chart_data_add_series (data, weekday, values, G_MAXUINT);
      if (row < N_WEEKDAYS)
        {
          g_autofree char *terms = g_strconcat ("weekday:", cfoil_weekday_name (row), NULL);

          cfoil_chart_data_set_series_terms (data, series, terms);
        }
    }
  return data;
}

static CfoilChartData *
make_sizes (const CfoilOverviewAnswer *answer)
{
  CfoilTable *table = answer->histogram;
  CfoilChartData *data = cfoil_chart_data_new (CFOIL_CHART_HISTOGRAM, cfoil_table_get_title (table), CFOIL_UNIT_COUNT, NULL);
  guint n_rows = cfoil_table_get_n_rows (table);
  g_autofree gint64 *values = g_new (gint64, MAX (n_rows, 1));

  cfoil_chart_data_set_points_title (data, _("Amount"));
  cfoil_chart_data_set_points_name (data, "amount");
  for (guint row = 0; row < n_rows; row++)
    {
      g_autofree char *from = cfoil_table_format (table, row, 0, NULL);
      g_autofree char *until = cfoil_table_format (table, row, 1, NULL);
      /* Translators: two amounts. */
      g_autofree char *title = g_strdup_printf (_("%s to less than %s"), from, until);

      cfoil_chart_data_add_point (data, from, title, cfoil_table_get_query (table, row));
      values[row] = cfoil_table_get_number (table, row, 2);
    }
  cfoil_chart_data_set_series_name (data, cfoil_chart_data_add_series (data, _("Payments"), values, G_MAXUINT), "payments");
  return data;
}

static void
activate_query_cb (CfoilOverviewPatterns *self,
                   const char            *query)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-rows", "s", query);
}

static CfoilChart *
add_chart (CfoilOverviewPatterns *self,
           CfoilOverviewSection  *section)
{
  CfoilChart *chart = CFOIL_CHART (cfoil_chart_new ());
  GtkWidget *card = adw_bin_new ();

  gtk_widget_set_size_request (GTK_WIDGET (chart), -1, 260);
  gtk_widget_set_vexpand (card, TRUE);
  g_signal_connect_object (chart, "activate-query", G_CALLBACK (activate_query_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "overview-card");
  adw_bin_set_child (ADW_BIN (card), GTK_WIDGET (chart));
  gtk_box_append (GTK_BOX (section), card);
  return chart;
}

/* As high as a drop-down, nothing to be seen. */
static GtkWidget *
make_strut (void)
{
  GtkWidget *strut = g_object_new (GTK_TYPE_BUTTON, "label", "", "can-focus", FALSE, "can-target", FALSE, "opacity", 0.0,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_set_focusable (strut, FALSE);
  return strut;
}

static void
cfoil_overview_patterns_class_init (CfoilOverviewPatternsClass *klass)
{
}

static void
cfoil_overview_patterns_init (CfoilOverviewPatterns *self)
{
}

GtkWidget *
cfoil_overview_patterns_new (GSettings *settings)
{
  CfoilOverviewPatterns *self = g_object_new (CFOIL_TYPE_OVERVIEW_PATTERNS, NULL);
  CfoilOverviewGrid *grid = CFOIL_OVERVIEW_GRID (cfoil_overview_grid_new (2));
  CfoilOverviewSection *when = cfoil_overview_section_new (_("When"));
  CfoilOverviewSection *how_large = cfoil_overview_section_new (_("How Large"));

  cfoil_overview_section_add_suffix (when, cfoil_choice_new_drop_down (settings, "overview-hours", counts,
                                                                       G_N_ELEMENTS (counts), _("What is counted by hour")));
  /* So that both charts begin at one height. */
  cfoil_overview_section_add_suffix (how_large, make_strut ());
  self->hours = add_chart (self, when);
  self->sizes = add_chart (self, how_large);
  /* So narrow a chart can still be read; two of them need a wide window. */
  gtk_widget_set_size_request (GTK_WIDGET (when), 340, -1);
  cfoil_overview_grid_append (grid, GTK_WIDGET (when));
  cfoil_overview_grid_append (grid, GTK_WIDGET (how_large));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (grid));
  return GTK_WIDGET (self);
}

void
cfoil_overview_patterns_set_answer (CfoilOverviewPatterns     *self,
                                    const CfoilOverviewAnswer *answer)
{
  g_autoptr (CfoilChartData) hours = NULL, sizes = NULL;

  g_return_if_fail (CFOIL_IS_OVERVIEW_PATTERNS (self));

  if (answer->hours != NULL)
    hours = make_hours (answer);
  if (answer->histogram != NULL)
    sizes = make_sizes (answer);
  cfoil_chart_set_data (self->hours, hours);
  cfoil_chart_set_data (self->sizes, sizes);
}
