/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-decide-costs.h"

#include "cfoil-answer-step-page.h"
#include "cfoil-currency.h"
#include "cfoil-money.h"

#include <glib/gi18n.h>

#define USUAL_MINUTES 30
#define MAX_MINUTES 6000
#define FORMAT "(xbbux)"

struct _CfoilAnswerDecideCosts
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;
  GtkSpinButton *minutes;
  GtkEntry *hourly;
  GtkEntry *contest_fee;
  GtkSwitch *contest_fee_returned;
  GtkSwitch *fee_returned;
  GtkEntry *goods;

  GSettings *settings; /* (owned) */
  char *currency;      /* (owned) (nullable) */
  gboolean is_showing; /* what is kept, so nothing goes back to it */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilAnswerDecideCosts, cfoil_answer_decide_costs, ADW_TYPE_BIN)

/* --- amounts in fields --- */

static void
set_amount (CfoilAnswerDecideCosts *self,
            GtkEntry               *entry,
            gint64                  minor)
{
  char text[CFOIL_MONEY_BUFFER] = "";
  int exponent = cfoil_currency_exponent (self->currency);

  if (minor >= 0)
    cfoil_money_format (text, minor, MAX (exponent, 0));
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

/* What is empty, or no amount, is WITHOUT. */
static gint64
get_amount (CfoilAnswerDecideCosts *self,
            GtkEntry               *entry,
            gint64                  without)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  int exponent = self->currency != NULL ? cfoil_currency_exponent (self->currency) : -1;
  gint64 minor = without;
  gboolean is_amount;

  g_strdelimit (text, ",", '.');
  is_amount = *text == '\0' || (exponent >= 0 && cfoil_money_parse (text, -1, exponent, &minor, NULL) && minor >= 0);
  if (is_amount)
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               is_amount ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
  return is_amount ? minor : without;
}

void
cfoil_answer_decide_costs_get (CfoilAnswerDecideCosts *self,
                               CfoilDecisionCosts     *costs)
{
  g_return_if_fail (CFOIL_IS_ANSWER_DECIDE_COSTS (self));

  costs->contest_fee_minor = get_amount (self, self->contest_fee, CFOIL_UNKNOWN);
  costs->contest_fee_returned = gtk_switch_get_active (self->contest_fee_returned);
  costs->fee_returned = gtk_switch_get_active (self->fee_returned);
  costs->labour_minutes = (guint) gtk_spin_button_get_value_as_int (self->minutes);
  costs->hourly_minor = get_amount (self, self->hourly, 0);
  costs->goods_minor = get_amount (self, self->goods, 0);
}

/* --- keeping --- */

static void
keep (CfoilAnswerDecideCosts *self)
{
  g_autoptr (GVariant) kept = g_settings_get_value (self->settings, "dispute-costs");
  GVariantBuilder builder;
  GVariantIter iter;
  CfoilDecisionCosts costs;
  const char *currency;
  GVariant *value;

  cfoil_answer_decide_costs_get (self, &costs);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{s" FORMAT "}"));
  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_next (&iter, "{&s@" FORMAT "}", &currency, &value))
    {
      if (g_strcmp0 (currency, self->currency) != 0)
        g_variant_builder_add (&builder, "{s@" FORMAT "}", currency, value);
      g_variant_unref (value);
    }
  g_variant_builder_add (&builder, "{s" FORMAT "}", self->currency,
                         costs.contest_fee_minor == CFOIL_UNKNOWN ? (gint64) -1 : costs.contest_fee_minor,
                         costs.contest_fee_returned, costs.fee_returned, costs.labour_minutes, costs.hourly_minor);
  g_settings_set_value (self->settings, "dispute-costs", g_variant_builder_end (&builder));
}

static void
changed_cb (CfoilAnswerDecideCosts *self)
{
  if (self->is_showing || self->currency == NULL)
    return;
  keep (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
show (CfoilAnswerDecideCosts *self,
      gint64                  last_fee_minor)
{
  g_autoptr (GVariant) kept = g_settings_get_value (self->settings, "dispute-costs");
  gint64 contest_fee = -1, hourly = 0;
  gboolean contest_fee_returned = FALSE, fee_returned = FALSE;
  guint32 minutes = USUAL_MINUTES;
  g_autofree char *last_fee = NULL;
  g_autofree char *title = NULL;

  g_variant_lookup (kept, self->currency, FORMAT, &contest_fee, &contest_fee_returned, &fee_returned, &minutes, &hourly);
  self->is_showing = TRUE;
  gtk_spin_button_set_value (self->minutes, minutes);
  set_amount (self, self->hourly, hourly > 0 ? hourly : -1);
  set_amount (self, self->contest_fee, contest_fee);
  gtk_switch_set_active (self->contest_fee_returned, contest_fee_returned);
  gtk_switch_set_active (self->fee_returned, fee_returned);
  set_amount (self, self->goods, -1);
  self->is_showing = FALSE;
  if (last_fee_minor != CFOIL_UNKNOWN)
    last_fee = cfoil_currency_format_plain (last_fee_minor, self->currency);
  gtk_entry_set_placeholder_text (self->contest_fee, last_fee != NULL ? last_fee : "0");
  /* Translators: %s is a currency's code, such as "USD". */
  title = g_strdup_printf (_("What It Costs You (%s)"), self->currency);
  adw_preferences_group_set_title (self->group, title);
}

void
cfoil_answer_decide_costs_set_currency (CfoilAnswerDecideCosts *self,
                                        const char             *currency,
                                        gint64                  last_fee_minor)
{
  g_return_if_fail (CFOIL_IS_ANSWER_DECIDE_COSTS (self));

  gtk_widget_set_visible (GTK_WIDGET (self), currency != NULL);
  if (g_strcmp0 (self->currency, currency) == 0)
    return;
  g_free (self->currency);
  self->currency = g_strdup (currency);
  if (currency != NULL)
    show (self, last_fee_minor);
}

/* --- making --- */

static void
add_row (CfoilAnswerDecideCosts *self,
         const char             *title,
         const char             *subtitle,
         GtkWidget              *field,
         const char             *signal_name)
{
  AdwActionRow *row = cfoil_answer_row_new (title, subtitle);

  gtk_widget_set_valign (field, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (row, field);
  adw_action_row_set_activatable_widget (row, field);
  adw_preferences_group_add (self->group, GTK_WIDGET (row));
  g_signal_connect_object (field, signal_name, G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static GtkEntry *
add_amount (CfoilAnswerDecideCosts *self,
            const char             *title,
            const char             *subtitle)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 7);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 9);
  gtk_editable_set_alignment (GTK_EDITABLE (entry), 1);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "0");
  add_row (self, title, subtitle, entry, "changed");
  return GTK_ENTRY (entry);
}

static GtkSwitch *
add_switch (CfoilAnswerDecideCosts *self,
            const char             *title)
{
  GtkWidget *widget = gtk_switch_new ();

  add_row (self, title, NULL, widget, "notify::active");
  return GTK_SWITCH (widget);
}

static void
cfoil_answer_decide_costs_dispose (GObject *object)
{
  CfoilAnswerDecideCosts *self = CFOIL_ANSWER_DECIDE_COSTS (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->currency, g_free);

  G_OBJECT_CLASS (cfoil_answer_decide_costs_parent_class)->dispose (object);
}

static void
cfoil_answer_decide_costs_class_init (CfoilAnswerDecideCostsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_answer_decide_costs_dispose;

  signals[CHANGED] = g_signal_new ("changed", CFOIL_TYPE_ANSWER_DECIDE_COSTS, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfoil_answer_decide_costs_init (CfoilAnswerDecideCosts *self)
{
  self->settings = g_settings_new (CFOIL_APPLICATION_ID);
  self->group = cfoil_answer_group_new ("", _("Kept for the next case in this currency."));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
  self->minutes = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (0, MAX_MINUTES, 5));
  add_row (self, _("Minutes of Work"), NULL, GTK_WIDGET (self->minutes), "value-changed");
  self->hourly = add_amount (self, _("Cost of an Hour"), NULL);
  self->contest_fee = add_amount (self, _("Fee for Contesting"), _("Empty: the last one in your records"));
  self->contest_fee_returned = add_switch (self, _("That Fee Comes Back if You Win"));
  self->fee_returned = add_switch (self, _("The Dispute’s Fee Comes Back if You Win"));
  self->goods = add_amount (self, _("Goods That Come Back With a Refund"), _("What they are then worth; for this case only"));
}

CfoilAnswerDecideCosts *
cfoil_answer_decide_costs_new (void)
{
  return g_object_new (CFOIL_TYPE_ANSWER_DECIDE_COSTS, NULL);
}
