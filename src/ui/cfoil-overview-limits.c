/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-limits.h"

#include "cfoil-chart.h"
#include "cfoil-overview-grid.h"
#include "cfoil-overview-popover.h"
#include "cfoil-overview-reports.h"
#include "cfoil-overview-section.h"
#include "cfoil-ratio.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget *card;
  CfoilChart *gauge;
  GtkLabel *value;
  GtkLabel *distance;
} Limit;

struct _CfoilOverviewLimits
{
  AdwBin parent_instance;

  CfoilOverviewSection *section;
  Limit limits[CFOIL_N_THRESHOLDS];
  CfoilOverviewReports *reports;
};

enum
{
  FRAUD_REPORTS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilOverviewLimits, cfoil_overview_limits, ADW_TYPE_BIN)

static GtkLabel *
append_label (GtkBox     *box,
              const char *css_class)
{
  GtkLabel *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  gtk_box_append (box, GTK_WIDGET (label));
  return label;
}

static void
append_text (GtkBox     *box,
             const char *css_class,
             const char *text)
{
  GtkLabel *label = append_label (box, css_class);

  gtk_label_set_text (label, text);
  gtk_label_set_max_width_chars (label, 40);
}

static GtkWidget *
make_info (const CfoilThresholdInfo *info)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));
  /* Translators: who says so, and as of which day. */
  g_autofree char *source = g_strdup_printf (_("Source: %s, %s"), info->source, info->as_of);
  g_autofree char *name = g_strdup_printf (_("How is this computed: %s"), _(info->title));

  append_text (box, "heading", _("How Is This Computed?"));
  append_text (box, "body", _(info->formula));
  append_text (box, "body", _(info->consequence));
  append_text (box, "caption", source);
  gtk_widget_add_css_class (GTK_WIDGET (box), "overview-popover");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), cfoil_overview_popover_new (GTK_WIDGET (box)));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "help-about-symbolic");
  gtk_widget_set_tooltip_text (button, _("How is this computed?"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "overview-info");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  return button;
}

static void
make_limit (Limit                    *limit,
            const CfoilThresholdInfo *info)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  GtkBox *line = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  GtkBox *words = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));

  limit->gauge = CFOIL_CHART (cfoil_chart_new ());
  gtk_widget_set_size_request (GTK_WIDGET (limit->gauge), 180, 96);
  gtk_box_append (box, GTK_WIDGET (limit->gauge));
  limit->value = append_label (words, "body");
  limit->distance = append_label (words, "caption");
  gtk_widget_set_hexpand (GTK_WIDGET (words), TRUE);
  gtk_box_append (line, GTK_WIDGET (words));
  gtk_box_append (line, make_info (info));
  gtk_box_append (box, GTK_WIDGET (line));
  gtk_widget_add_css_class (GTK_WIDGET (box), "card");
  gtk_widget_add_css_class (GTK_WIDGET (box), "overview-limit");
  limit->card = GTK_WIDGET (box);
}

static void
said_cb (CfoilOverviewLimits *self,
         const char          *account,
         const char          *currency,
         int                  month,
         gint64               n_reports)
{
  g_signal_emit (self, signals[FRAUD_REPORTS], 0, account, currency, month, n_reports);
}

static void
cfoil_overview_limits_class_init (CfoilOverviewLimitsClass *klass)
{
  signals[FRAUD_REPORTS] = g_signal_new ("fraud-reports", CFOIL_TYPE_OVERVIEW_LIMITS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_INT, G_TYPE_INT64);
}

static void
cfoil_overview_limits_init (CfoilOverviewLimits *self)
{
  CfoilOverviewGrid *grid = CFOIL_OVERVIEW_GRID (cfoil_overview_grid_new (3));

  self->section = cfoil_overview_section_new (_("Limits of Networks and Providers"));
  for (guint i = 0; i < CFOIL_N_THRESHOLDS; i++)
    {
      make_limit (&self->limits[i], cfoil_threshold_get_info ((CfoilThresholdKind) i));
      cfoil_overview_grid_append (grid, self->limits[i].card);
    }
  self->reports = CFOIL_OVERVIEW_REPORTS (cfoil_overview_reports_new ());
  g_signal_connect_object (self->reports, "said", G_CALLBACK (said_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->limits[CFOIL_THRESHOLD_VISA_VAMP].card), GTK_WIDGET (self->reports));
  gtk_box_append (GTK_BOX (self->section), GTK_WIDGET (grid));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->section));
}

GtkWidget *
cfoil_overview_limits_new (void)
{
  return g_object_new (CFOIL_TYPE_OVERVIEW_LIMITS, NULL);
}

/* A number alone reads from left to right, wherever it stands. */
static void
show_value (GtkLabel   *label,
            const char *text)
{
  gboolean turns = gtk_widget_get_direction (GTK_WIDGET (label)) == GTK_TEXT_DIR_RTL && g_ascii_isdigit (text[0]);
  g_autofree char *shown = g_strconcat (turns ? "\u200e" : "", text, NULL);

  gtk_label_set_text (label, shown);
}

static void
show_limit (Limit                *limit,
            const CfoilThreshold *threshold)
{
  const CfoilThresholdInfo *info = cfoil_threshold_get_info (threshold->kind);
  g_autoptr (CfoilChartData) data = cfoil_chart_data_new (CFOIL_CHART_GAUGE, _(info->title), CFOIL_UNIT_RATIO, NULL);
  g_autofree char *text = cfoil_unit_format (CFOIL_UNIT_RATIO, info->limit_ppm, NULL);
  /* Translators: %s is a percentage: a limit of a card network. */
  g_autofree char *mark = g_strdup_printf (_("Limit: %s"), text);

  cfoil_chart_data_add_point (data, _(info->title), NULL, NULL);
  cfoil_chart_data_add_series (data, _("At Present"), &threshold->value_ppm, G_MAXUINT);
  if (threshold->counts.has_reports)
    {
      gint64 disputes_ppm = cfoil_ratio (threshold->counts.events - threshold->counts.n_reports, threshold->counts.base);

      cfoil_chart_data_add_series (data, _("Without Fraud Reports"), &disputes_ppm, G_MAXUINT);
    }
  cfoil_chart_data_add_limit (data, mark, info->limit_ppm);
  cfoil_chart_set_data (limit->gauge, data);
  show_value (limit->value, threshold->value_text);
  if (threshold->n_accounts > 1)
    {
      /* Translators: an account's name, and what is said of it: "Shop: 12 more disputes until the limit of 1.5 %". */
      g_autofree char *distance = g_strdup_printf (_("%s: %s"), threshold->account, threshold->distance_text);

      gtk_label_set_text (limit->distance, distance);
    }
  else
    gtk_label_set_text (limit->distance, threshold->distance_text);
  gtk_widget_remove_css_class (GTK_WIDGET (limit->distance), "dim-label");
  gtk_widget_remove_css_class (GTK_WIDGET (limit->distance), "error");
  gtk_widget_add_css_class (GTK_WIDGET (limit->distance), threshold->is_reached ? "error" : "dim-label");
}

void
cfoil_overview_limits_set_answer (CfoilOverviewLimits       *self,
                                  const CfoilOverviewAnswer *answer)
{
  const char *note = NULL;

  g_return_if_fail (CFOIL_IS_OVERVIEW_LIMITS (self));

  for (guint i = 0; i < CFOIL_N_THRESHOLDS; i++)
    gtk_widget_set_visible (self->limits[i].card, FALSE);
  for (guint i = 0; answer->thresholds != NULL && i < answer->thresholds->len; i++)
    {
      const CfoilThreshold *threshold = answer->thresholds->pdata[i];

      show_limit (&self->limits[threshold->kind], threshold);
      if (threshold->kind == CFOIL_THRESHOLD_VISA_VAMP)
        cfoil_overview_reports_set_threshold (self->reports, threshold, answer->block->currency);
      gtk_widget_set_visible (self->limits[threshold->kind].card, TRUE);
      /* That of the networks; the last one is nobody's rule and says so itself. */
      if (note == NULL)
        note = threshold->note;
    }
  cfoil_overview_section_set_note (self->section, note);
  gtk_widget_set_visible (GTK_WIDGET (self), answer->thresholds != NULL && answer->thresholds->len > 0);
}
