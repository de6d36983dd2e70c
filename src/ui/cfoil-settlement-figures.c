/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-settlement-figures.h"

#include "cfoil-shown-text.h"
#include "cfoil-types.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

typedef enum
{
  LOOK_PLAIN,
  LOOK_PART, /* of the figure above */
  LOOK_SUM,
} Look;

static GtkWidget *
add_figure (GtkBox              *box,
            CfoilSettlementItem *item,
            const char          *title,
            gint64               minor,
            Look                 look)
{
  g_autofree char *amount = cfoil_settlement_item_dup_amount (item, minor);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (title);
  GtkWidget *value = gtk_label_new (amount);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", title, amount);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (name), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_widget_set_valign (value, GTK_ALIGN_END);
  gtk_widget_add_css_class (value, "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  if (look == LOOK_PART)
    {
      gtk_widget_add_css_class (row, "part");
      gtk_widget_add_css_class (row, "dim-label");
    }
  else if (look == LOOK_SUM)
    gtk_widget_add_css_class (row, "sum");
  else if (minor == 0)
    gtk_widget_add_css_class (value, "dim-label");
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), value);
  gtk_box_append (box, row);
  return value;
}

static void
add_opening (GtkBox              *box,
             CfoilSettlementItem *item)
{
  const CfoilProof *proof = cfoil_settlement_item_get_proof (item);
  gint64 carried = proof->opening_minor - proof->opening_reserve_minor;

  add_figure (box, item, _ ("Opening Balance"), proof->opening_minor, LOOK_PLAIN);
  if (proof->opening_reserve_minor != 0 && carried != 0)
    {
      add_figure (box, item, _ ("of it reserve"), proof->opening_reserve_minor, LOOK_PART);
      add_figure (box, item, _ ("of it brought forward"), carried, LOOK_PART);
    }
}

static void
add_closing (GtkBox              *box,
             CfoilSettlementItem *item)
{
  const CfoilProof *proof = cfoil_settlement_item_get_proof (item);
  gint64 carried = -proof->closing_minor - proof->reserve_minor;

  add_figure (box, item, _ ("Reserve Held Back"), proof->reserve_minor, LOOK_PLAIN);
  add_figure (box, item, _ ("Carried On"), carried, LOOK_PLAIN);
}

static void
add_payout (GtkBox              *box,
            CfoilSettlementItem *item,
            GTimeZone           *zone)
{
  const CfoilProof *proof = cfoil_settlement_item_get_proof (item);
  g_autofree char *day = proof->disbursed_us != CFOIL_UNKNOWN ? cfoil_words_date (proof->disbursed_us, zone) : NULL;
  g_autofree char *reference = cfoil_shown_text (proof->bank_reference);
  g_autofree char *about = NULL;
  GtkWidget *value, *label;

  add_figure (box, item, _ ("To Be Paid Out"), proof->computed_minor, LOOK_SUM);
  add_figure (box, item, _ ("Paid Out"), proof->disbursed_minor, LOOK_PLAIN);
  if (day != NULL || reference != NULL)
    {
      about = g_strjoin (" · ", day != NULL ? day : reference, day != NULL ? reference : NULL, NULL);
      label = gtk_label_new (about);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_widget_set_focusable (label, FALSE);
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "part");
      gtk_box_append (box, label);
    }
  if (proof->transfer_minor != 0 && proof->transfer_minor != -proof->disbursed_minor)
    add_figure (box, item, _ ("Transfer in the File"), proof->transfer_minor, LOOK_PLAIN);
  value = add_figure (box, item, _ ("Difference"), proof->state == CFOIL_PROOF_OPEN ? CFOIL_UNKNOWN : proof->remainder_minor, LOOK_SUM);
  if (proof->state != CFOIL_PROOF_OPEN)
    gtk_widget_add_css_class (value, cfoil_settlement_item_get_css_class (item));
}

void
cfoil_settlement_figures_fill (GtkBox              *box,
                               CfoilSettlementItem *item,
                               GTimeZone           *zone)
{
  const CfoilProof *proof = cfoil_settlement_item_get_proof (item);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  add_opening (box, item);
  add_figure (box, item, _ ("Captures"), proof->captures_minor, LOOK_PLAIN);
  add_figure (box, item, _ ("Refunds"), proof->refunds_minor, LOOK_PLAIN);
  add_figure (box, item, _ ("Fees"), proof->fees_minor, LOOK_PLAIN);
  add_figure (box, item, _ ("Chargebacks"), proof->chargebacks_minor, LOOK_PLAIN);
  add_figure (box, item, _ ("Claims"), proof->claims_minor, LOOK_PLAIN);
  add_figure (box, item, _ ("Adjustments"), proof->adjustments_minor, LOOK_PLAIN);
  if (proof->other_minor != 0)
    add_figure (box, item, _ ("Unknown Types"), proof->other_minor, LOOK_PLAIN);
  if (proof->rounding_minor != 0)
    add_figure (box, item, _ ("Rounding"), proof->rounding_minor, LOOK_PLAIN);
  add_closing (box, item);
  add_payout (box, item, zone);
}
