/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-trend.h"

#include "cfoil-chart.h"
#include "cfoil-overview-choice.h"
#include "cfoil-overview-section.h"

#include <glib/gi18n.h>

struct _CfoilOverviewTrend
{
  AdwBin parent_instance;

  GSettings *settings; /* (owned) */
  CfoilChart *chart;
};

G_DEFINE_FINAL_TYPE (CfoilOverviewTrend, cfoil_overview_trend, ADW_TYPE_BIN)

/* Those that make sense day by day; the first: several at a time. */
static const CfoilChoice metrics[] = {
  { "all", N_ ("Gross, Refunds, Fees and Net") },
  { "gross", N_ ("Gross Volume") },
  { "net", N_ ("Net Volume") },
  { "refunds", N_ ("Refunds") },
  { "fees", N_ ("Fees") },
  { "dispute-losses", N_ ("Dispute Losses") },
  { "payments", N_ ("Payments") },
  { "average", N_ ("Average Payment") },
  { "success-rate", N_ ("Success Rate") },
  { "fee-rate", N_ ("Effective Fee Rate") },
  { "refund-rate", N_ ("Refund Rate") },
};

static const CfoilChoice charts[] = {
  { "columns", N_ ("Columns") },
  { "stacked", N_ ("Stacked Columns") },
  { "lines", N_ ("Lines") },
};

static const CfoilChoice buckets[] = {
  { "auto", N_ ("As Fits") },
  { "day", N_ ("By Day") },
  { "week", N_ ("By Week") },
  { "month", N_ ("By Month") },
  { "quarter", N_ ("By Quarter") },
  { "year", N_ ("By Year") },
};

static CfoilChartKind
get_kind (GSettings *settings)
{
  g_autofree char *name = g_settings_get_string (settings, "overview-chart");

  if (g_str_equal (name, "stacked"))
    return CFOIL_CHART_STACKED;
  return g_str_equal (name, "lines") ? CFOIL_CHART_LINES : CFOIL_CHART_COLUMNS;
}

static void
wish_for_all (GSettings         *settings,
              CfoilOverviewWish *wish)
{
  static const CfoilMetric beside[] = { CFOIL_METRIC_GROSS, CFOIL_METRIC_REFUNDS, CFOIL_METRIC_FEES, CFOIL_METRIC_NET };
  /* What gross is made of: only that can stand on each other. */
  static const CfoilMetric stacked[] = { CFOIL_METRIC_NET, CFOIL_METRIC_FEES, CFOIL_METRIC_REFUNDS,
                                         CFOIL_METRIC_DISPUTE_LOSSES };
  const CfoilMetric *chosen = get_kind (settings) == CFOIL_CHART_STACKED ? stacked : beside;

  wish->n_metrics = G_N_ELEMENTS (beside);
  for (guint i = 0; i < wish->n_metrics; i++)
    wish->metrics[i] = chosen[i];
}

void
cfoil_overview_trend_wish (GSettings         *settings,
                           CfoilOverviewWish *wish)
{
  g_autofree char *metric = g_settings_get_string (settings, "overview-metric");
  g_autofree char *bucket = g_settings_get_string (settings, "overview-bucket");
  CfoilBucket chosen;

  wish_for_all (settings, wish);
  if (!g_str_equal (metric, "all") && cfoil_metric_from_string (metric, &wish->metrics[0]))
    wish->n_metrics = 1;
  wish->bucket = cfoil_bucket_from_string (bucket, &chosen) ? (int) chosen : -1;
}

static void
cfoil_overview_trend_dispose (GObject *object)
{
  g_clear_object (&CFOIL_OVERVIEW_TREND (object)->settings);

  G_OBJECT_CLASS (cfoil_overview_trend_parent_class)->dispose (object);
}

static void
cfoil_overview_trend_class_init (CfoilOverviewTrendClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_overview_trend_dispose;
}

static void
cfoil_overview_trend_init (CfoilOverviewTrend *self)
{
}

static void
activate_query_cb (CfoilOverviewTrend *self,
                   const char         *query)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-rows", "s", query);
}

GtkWidget *
cfoil_overview_trend_new (GSettings *settings)
{
  CfoilOverviewTrend *self = g_object_new (CFOIL_TYPE_OVERVIEW_TREND, NULL);
  CfoilOverviewSection *section = cfoil_overview_section_new (_("How It Went"));
  GtkWidget *card = adw_bin_new ();

  self->settings = g_object_ref (settings);
  cfoil_overview_section_add_control (section, cfoil_choice_new_drop_down (settings, "overview-metric", metrics,
                                                                           G_N_ELEMENTS (metrics), _("What the chart shows")));
  cfoil_overview_section_add_control (section, cfoil_choice_new_drop_down (settings, "overview-chart", charts,
                                                                           G_N_ELEMENTS (charts), _("Kind of chart")));
  cfoil_overview_section_add_control (section, cfoil_choice_new_drop_down (settings, "overview-bucket", buckets,
                                                                           G_N_ELEMENTS (buckets), _("Steps of the chart")));
  self->chart = CFOIL_CHART (cfoil_chart_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->chart), -1, 300);
  g_signal_connect_object (self->chart, "activate-query", G_CALLBACK (activate_query_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "overview-card");
  adw_bin_set_child (ADW_BIN (card), GTK_WIDGET (self->chart));
  gtk_box_append (GTK_BOX (section), card);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (section));
  return GTK_WIDGET (self);
}

void
cfoil_overview_trend_set_answer (CfoilOverviewTrend        *self,
                                 const CfoilOverviewAnswer *answer)
{
  CfoilChartKind kind;
  g_autoptr (CfoilChartData) data = NULL;

  g_return_if_fail (CFOIL_IS_OVERVIEW_TREND (self));

  /* The answer may be to an older wish. */
  kind = get_kind (self->settings);
  if (kind == CFOIL_CHART_STACKED && answer->wish->n_metrics > 1 && answer->wish->metrics[0] == CFOIL_METRIC_GROSS)
    kind = CFOIL_CHART_COLUMNS;
  if (answer->series != NULL)
    data = cfoil_chart_data_new_from_table (kind, answer->series, answer->bucket);
  cfoil_chart_set_data (self->chart, data);
}
