/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-reports.h"

#include "cfoil-overview-popover.h"
#include "cfoil-overview-words.h"

#include <glib/gi18n.h>

#define MOST_REPORTS 1000000

struct _CfoilOverviewReports
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkPopover *popover;
  GtkLabel *question;
  GtkSpinButton *number;
  GtkWidget *forget;

  char *account, *currency; /* (owned) */
  gint32 month;
};

enum
{
  SAID,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilOverviewReports, cfoil_overview_reports, ADW_TYPE_BIN)

static void
say (CfoilOverviewReports *self,
     gint64                n_reports)
{
  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[SAID], 0, self->account, self->currency, (int) self->month, n_reports);
}

static void
save_cb (CfoilOverviewReports *self)
{
  gtk_spin_button_update (self->number);
  say (self, gtk_spin_button_get_value_as_int (self->number));
}

static void
forget_cb (CfoilOverviewReports *self)
{
  say (self, -1);
}

static void
cfoil_overview_reports_finalize (GObject *object)
{
  CfoilOverviewReports *self = CFOIL_OVERVIEW_REPORTS (object);

  g_free (self->account);
  g_free (self->currency);

  G_OBJECT_CLASS (cfoil_overview_reports_parent_class)->finalize (object);
}

static void
cfoil_overview_reports_class_init (CfoilOverviewReportsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_overview_reports_finalize;
  signals[SAID] = g_signal_new ("said", CFOIL_TYPE_OVERVIEW_REPORTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 4,
                                G_TYPE_STRING, G_TYPE_STRING, G_TYPE_INT, G_TYPE_INT64);
}

static GtkWidget *
make_buttons (CfoilOverviewReports *self)
{
  GtkBox *buttons = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  GtkWidget *save = gtk_button_new_with_mnemonic (_("_Save"));

  self->forget = gtk_button_new_with_mnemonic (_("Not _Known"));
  gtk_widget_add_css_class (save, "suggested-action");
  g_signal_connect_object (save, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->forget, "clicked", G_CALLBACK (forget_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_halign (GTK_WIDGET (buttons), GTK_ALIGN_END);
  gtk_box_append (buttons, self->forget);
  gtk_box_append (buttons, save);
  return GTK_WIDGET (buttons);
}

static void
cfoil_overview_reports_init (CfoilOverviewReports *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));

  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  self->question = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "max-width-chars", 36, NULL);
  self->number = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (0, MOST_REPORTS, 1));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->number), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->question, NULL, -1);
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self->number)), "activate", G_CALLBACK (save_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (box, GTK_WIDGET (self->question));
  gtk_box_append (box, GTK_WIDGET (self->number));
  gtk_box_append (box, make_buttons (self));
  gtk_widget_add_css_class (GTK_WIDGET (box), "overview-popover");
  self->popover = GTK_POPOVER (cfoil_overview_popover_new (GTK_WIDGET (box)));
  gtk_menu_button_set_popover (self->button, GTK_WIDGET (self->popover));
  gtk_menu_button_set_label (self->button, _("Fraud Reports"));
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_set_halign (GTK_WIDGET (self->button), GTK_ALIGN_START);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
}

GtkWidget *
cfoil_overview_reports_new (void)
{
  return g_object_new (CFOIL_TYPE_OVERVIEW_REPORTS, NULL);
}

void
cfoil_overview_reports_set_threshold (CfoilOverviewReports *self,
                                      const CfoilThreshold *threshold,
                                      const char           *currency)
{
  CfoilPeriod month = { CFOIL_PERIOD_MONTH, threshold->first_day, threshold->end_day };
  g_autofree char *when = NULL, *question = NULL;

  g_return_if_fail (CFOIL_IS_OVERVIEW_REPORTS (self));

  /* What is being typed is not taken away. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self->popover)))
    return;
  g_free (self->account);
  g_free (self->currency);
  self->account = g_strdup (threshold->account);
  self->currency = g_strdup (currency);
  self->month = threshold->first_day;
  when = cfoil_overview_words_period (&month);
  /* Translators: a currency, an account's name, a month. */
  question = g_strdup_printf (_("How many %s payments of “%s” were reported as fraud to Visa (TC40) in %s? Your provider can tell."),
                              currency, threshold->account, when);
  gtk_label_set_text (self->question, question);
  gtk_spin_button_set_value (self->number, (double) threshold->counts.n_reports);
  gtk_widget_set_sensitive (self->forget, threshold->counts.has_reports);
}
