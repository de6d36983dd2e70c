/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-settlement-figures.h"

#include "cfoil-shown-text.h"
#include "cfoil-types.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilSettlementFigures
{
  AdwBin parent_instance;

  GtkListBox *rows;
  GtkPopover *popover;   /* one for all rows */
  GtkLabel *formula;
  GtkButton *show;
  CfoilSettlementItem *item; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (CfoilSettlementFigures, cfoil_settlement_figures, ADW_TYPE_BIN)

/* --- how a figure is computed --- */

static CfoilProofFigure
figure_of (GtkListBoxRow *row)
{
  return (CfoilProofFigure) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "figure"));
}

static void
show_cb (CfoilSettlementFigures *self)
{
  const char *query = g_object_get_data (G_OBJECT (self->show), "query");

  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-rows", "s", query);
}

static void
activated_cb (CfoilSettlementFigures *self,
              GtkListBoxRow          *row)
{
  const CfoilProofFigureInfo *info = cfoil_proof_figure_get_info (figure_of (row));
  char *query = cfoil_proof_figure_dup_query (figure_of (row), cfoil_settlement_item_get_proof (self->item));
  graphene_rect_t bounds;

  gtk_label_set_text (self->formula, gettext (info->formula));
  g_object_set_data_full (G_OBJECT (self->show), "query", query, g_free);
  gtk_widget_set_visible (GTK_WIDGET (self->show), query != NULL);
  if (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self), &bounds))
    gtk_popover_set_pointing_to (self->popover, &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y,
                                                                 (int) bounds.size.width, (int) bounds.size.height });
  gtk_popover_popup (self->popover);
}

static GtkPopover *
make_popover (CfoilSettlementFigures *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (_ ("How is this computed?"));
  GtkPopover *popover = GTK_POPOVER (gtk_popover_new ());

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  self->formula = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->formula, 0);
  gtk_label_set_wrap (self->formula, TRUE);
  gtk_label_set_max_width_chars (self->formula, 36);
  self->show = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("Show _Transactions")));
  gtk_widget_set_halign (GTK_WIDGET (self->show), GTK_ALIGN_START);
  g_signal_connect_swapped (self->show, "clicked", G_CALLBACK (show_cb), self);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->formula));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->show));
  gtk_widget_add_css_class (box, "settlement-formula");
  gtk_popover_set_child (popover, box);
  gtk_popover_set_position (popover, GTK_POS_BOTTOM);
  gtk_widget_set_parent (GTK_WIDGET (popover), GTK_WIDGET (self));
  return popover;
}

/* --- GObject --- */

static void
cfoil_settlement_figures_dispose (GObject *object)
{
  CfoilSettlementFigures *self = CFOIL_SETTLEMENT_FIGURES (object);

  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->popover = NULL;
  g_clear_object (&self->item);

  G_OBJECT_CLASS (cfoil_settlement_figures_parent_class)->dispose (object);
}

static void
cfoil_settlement_figures_class_init (CfoilSettlementFiguresClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_settlement_figures_dispose;
}

static void
cfoil_settlement_figures_init (CfoilSettlementFigures *self)
{
  self->rows = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->rows, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->rows), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self->rows), "settlement-figures");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("How It Adds Up"), -1);
  g_signal_connect_swapped (self->rows, "row-activated", G_CALLBACK (activated_cb), self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->rows));
  self->popover = make_popover (self);
}

/* --- rows --- */

static GtkWidget *
new_value (const char *amount)
{
  GtkWidget *value = gtk_label_new (amount);

  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_widget_set_valign (value, GTK_ALIGN_BASELINE);
  gtk_widget_add_css_class (value, "numeric");
  return value;
}

static GtkWidget *
new_name (const char *title)
{
  GtkWidget *name = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (name), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_set_valign (name, GTK_ALIGN_BASELINE);
  return name;
}

static void
set_look (GtkWidget                  *row,
          GtkWidget                  *value,
          const CfoilProofFigureInfo *info,
          gint64                      minor)
{
  if (info->is_part)
    {
      gtk_widget_add_css_class (row, "part");
      gtk_widget_add_css_class (row, "dim-label");
    }
  else if (info->is_sum)
    gtk_widget_add_css_class (row, "sum");
  else if (minor == 0)
    gtk_widget_add_css_class (value, "dim-label");
}

/* When, with which reference, and whether it arrived. */
static char *
describe_payout (CfoilSettlementItem *item,
                 GTimeZone           *zone)
{
  const CfoilProof *proof = cfoil_settlement_item_get_proof (item);
  g_autofree char *day = proof->disbursed_us != CFOIL_UNKNOWN ? cfoil_words_date (proof->disbursed_us, zone) : NULL;
  g_autofree char *reference = cfoil_shown_text (proof->bank_reference);

  if (day == NULL && reference == NULL)
    return NULL;
  return g_strjoin (" · ", day != NULL ? day : reference, day != NULL ? reference : NULL, NULL);
}

static void
add_note (GtkWidget  *box,
          const char *text,
          const char *css_class)
{
  GtkWidget *label;

  if (text == NULL)
    return;
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
}

static void
add_figure (CfoilSettlementFigures *self,
            CfoilProofFigure        figure,
            GTimeZone              *zone)
{
  const CfoilProofFigureInfo *info = cfoil_proof_figure_get_info (figure);
  const CfoilProof *proof = cfoil_settlement_item_get_proof (self->item);
  gint64 minor = cfoil_proof_figure_get_minor (figure, proof);
  g_autofree char *amount = cfoil_settlement_item_dup_amount (self->item, minor);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", gettext (info->title), amount);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *value = new_value (amount);

  gtk_box_append (GTK_BOX (line), new_name (gettext (info->title)));
  gtk_box_append (GTK_BOX (line), value);
  gtk_box_append (GTK_BOX (box), line);
  set_look (row, value, info, minor);
  if (figure == CFOIL_PROOF_DIFFERENCE && minor != CFOIL_UNKNOWN)
    gtk_widget_add_css_class (value, cfoil_settlement_item_get_css_class (self->item));
  if (figure == CFOIL_PROOF_DISBURSED)
    {
      g_autofree char *payout = describe_payout (self->item, zone);
      g_autofree char *bank = cfoil_settlement_item_dup_bank (self->item);
      /* Translators: %s is "Arrived" or "Not on the Statement", for example. */
      g_autofree char *at_bank = bank != NULL ? g_strdup_printf (_ ("At the bank: %s"), bank) : NULL;

      add_note (box, payout, "dim-label");
      add_note (box, at_bank, cfoil_settlement_item_get_bank_css_class (self->item));
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, _ ("How is this computed?"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data (G_OBJECT (row), "figure", GUINT_TO_POINTER (figure));
  gtk_list_box_append (self->rows, row);
}

void
cfoil_settlement_figures_show (CfoilSettlementFigures *self,
                               CfoilSettlementItem    *item,
                               GTimeZone              *zone)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self->rows));
  guint focused = child != NULL ? figure_of (GTK_LIST_BOX_ROW (child)) : CFOIL_N_PROOF_FIGURES;

  g_return_if_fail (CFOIL_IS_SETTLEMENT_FIGURES (self));

  if (self->item == NULL || !cfoil_settlement_item_is_same (self->item, item))
    gtk_popover_popdown (self->popover);
  g_set_object (&self->item, item);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_list_box_remove (self->rows, child);
  for (guint i = 0; i < CFOIL_N_PROOF_FIGURES; i++)
    if (cfoil_proof_figure_is_shown ((CfoilProofFigure) i, cfoil_settlement_item_get_proof (item)))
      add_figure (self, (CfoilProofFigure) i, zone);
  /* Whoever goes through them by keys stays there. */
  for (child = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (figure_of (GTK_LIST_BOX_ROW (child)) == focused)
      gtk_widget_grab_focus (child);
}
