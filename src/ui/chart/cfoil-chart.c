/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart.h"

struct _CfoilChart
{
  GtkWidget parent_instance;

  CfoilChartData *data; /* (owned) (nullable) */
};

enum { ACTIVATE_QUERY, ZOOM, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilChart, cfoil_chart, GTK_TYPE_WIDGET)

static void
cfoil_chart_finalize (GObject *object)
{
  g_clear_pointer (&CFOIL_CHART (object)->data, cfoil_chart_data_unref);

  G_OBJECT_CLASS (cfoil_chart_parent_class)->finalize (object);
}

static void
cfoil_chart_class_init (CfoilChartClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_chart_finalize;
  signals[ACTIVATE_QUERY] = g_signal_new ("activate-query", CFOIL_TYPE_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ZOOM] = g_signal_new ("zoom", CFOIL_TYPE_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "cfoilchart");
}

static void
cfoil_chart_init (CfoilChart *self)
{
}

GtkWidget *
cfoil_chart_new (void)
{
  return g_object_new (CFOIL_TYPE_CHART, NULL);
}

void
cfoil_chart_set_data (CfoilChart     *self,
                      CfoilChartData *data)
{
  g_return_if_fail (CFOIL_IS_CHART (self));

  if (data != NULL)
    cfoil_chart_data_ref (data);
  g_clear_pointer (&self->data, cfoil_chart_data_unref);
  self->data = data;
}

CfoilChartData *
cfoil_chart_get_data (CfoilChart *self)
{
  return self->data;
}
