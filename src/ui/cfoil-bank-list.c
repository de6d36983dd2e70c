/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-list.h"

#include "cfoil-currency.h"
#include "cfoil-period.h"
#include "cfoil-shown-text.h"
#include "cfoil-types.h"

#include <glib/gi18n.h>

#define MAX_OFFERED 30

struct _CfoilBankList
{
  AdwBin parent_instance;

  GtkStack *stack;
  AdwStatusPage *empty;
  GtkScrolledWindow *scroller;
  GtkBox *groups;
  GPtrArray *pairs; /* (owned) (nullable) (element-type CfoilBankPair) */
  GPtrArray *rows;  /* (owned) (element-type GtkWidget): of all groups, not owned */
};

static const struct
{
  CfoilBankKinds kind;
  const char *title;
  const char *description; /* (nullable) */
} kinds_words[] = {
  { CFOIL_BANK_DIFFERENT, N_ ("Differences"), NULL },
  { CFOIL_BANK_MISSING, N_ ("Payouts Not on a Statement"),
    N_ ("Of the days that the statements are of. Import newer statements, or ask your bank.") },
  { CFOIL_BANK_MATCHED, N_ ("Payouts That Arrived"), NULL },
  { CFOIL_BANK_OTHER, N_ ("Other Entries"), N_ ("No known payout. If one of them is, its menu says which.") },
};

G_DEFINE_FINAL_TYPE (CfoilBankList, cfoil_bank_list, ADW_TYPE_BIN)

/* --- rows --- */

static char *
day_text (gint32 day)
{
  CfoilPeriod period = { CFOIL_PERIOD_DAYS, day, day + 1 };

  return cfoil_period_to_title (&period);
}

/* A sign stays in front also where people read from the right. */
static char *
amount_text (gint64      minor,
             const char *currency)
{
  g_autofree char *text = cfoil_currency_format (minor, currency);

  return gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? g_strdup_printf ("\u2066%s\u2069", text) : g_steal_pointer (&text);
}

/* What is to be seen at once: which side is missing, or by how much they differ. */
static char *
pair_title (const CfoilBankPair *pair,
            CfoilBankKinds       kind)
{
  g_autofree char *amount = amount_text (pair->entry_id > 0 ? pair->entry_minor : pair->payout_minor, pair->currency);
  g_autofree char *difference = NULL;

  if (kind == CFOIL_BANK_MISSING)
    /* Translators: an amount. */
    return g_strdup_printf (_("Payout of %s is not on a statement"), amount);
  if (kind != CFOIL_BANK_DIFFERENT)
    return g_steal_pointer (&amount);
  if (pair->payout_minor == CFOIL_UNKNOWN)
    /* Translators: an amount. */
    return g_strdup_printf (_("The payout of %s is not known any more"), amount);
  difference = amount_text (pair->difference_minor, pair->currency);
  /* Translators: two amounts. */
  return g_strdup_printf (_("%s differs from its payout by %s"), amount, difference);
}

static const char *
how_words (const char *how)
{
  if (g_strcmp0 (how, "reference") == 0)
    return _("found by its reference");
  return g_strcmp0 (how, "amount") == 0 ? _("found by its amount") : _("said by hand");
}

static void
append_part (GString    *out,
             const char *text)
{
  g_autofree char *shown = cfoil_shown_text (text);

  if (shown != NULL)
    g_string_append_printf (out, "%s%s", out->len > 0 ? " · " : "", shown);
}

/* The bank's own words come last: they are long, and may be cut. */
static char *
pair_subtitle (const CfoilBankPair *pair)
{
  g_autofree char *day = day_text (pair->entry_id > 0 ? pair->day : pair->payout_day);
  GString *out = g_string_new (day);

  if (pair->settlement_id != NULL)
    {
      /* Translators: a settlement's number. */
      g_autofree char *settlement = g_strdup_printf (_("Settlement %s"), pair->settlement_id);

      append_part (out, settlement);
    }
  if (pair->entry_id > 0 && pair->settlement_id != NULL)
    append_part (out, how_words (pair->how));
  append_part (out, pair->reference);
  append_part (out, pair->text);
  return g_string_free (out, FALSE);
}

/* Payouts that no entry is, in the currency of PAIR: one of them may be it. */
static void
append_payouts (CfoilBankList       *self,
                const CfoilBankPair *pair,
                GMenu               *menu)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < self->pairs->len && g_menu_model_get_n_items (G_MENU_MODEL (section)) < MAX_OFFERED; i++)
    {
      const CfoilBankPair *payout = g_ptr_array_index (self->pairs, i);
      g_autoptr (GMenuItem) item = NULL;
      g_autofree char *day = NULL;
      g_autofree char *amount = NULL;
      g_autofree char *title = NULL;

      if (payout->entry_id > 0 || !g_str_equal (payout->currency, pair->currency))
        continue;
      day = day_text (payout->payout_day);
      amount = amount_text (payout->payout_minor, payout->currency);
      /* Translators: a payout: its amount and its day. */
      title = g_strdup_printf (_("%s of %s"), amount, day);
      item = g_menu_item_new (title, NULL);
      g_menu_item_set_action_and_target (item, "bank.match", "(xs)", pair->entry_id, payout->settlement_id);
      g_menu_append_item (section, item);
    }
  g_menu_append_section (menu, _("Is the Payout"), G_MENU_MODEL (section));
}

/* Made when it is opened: of most rows it never is. */
static void
make_menu_cb (GtkMenuButton *button,
              gpointer       user_data)
{
  const CfoilBankPair *pair = g_object_get_data (G_OBJECT (button), "pair");
  CfoilBankList *self = CFOIL_BANK_LIST (gtk_widget_get_ancestor (GTK_WIDGET (button), CFOIL_TYPE_BANK_LIST));
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenuItem) item = NULL;

  if (pair->settlement_id == NULL)
    append_payouts (self, pair, menu);
  else
    {
      item = g_menu_item_new (_("Is Not This Payout"), NULL);
      g_menu_item_set_action_and_target (item, "bank.match", "(xs)", pair->entry_id, "");
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static gboolean
has_payout_of (GPtrArray           *pairs,
               const CfoilBankPair *pair)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      const CfoilBankPair *payout = g_ptr_array_index (pairs, i);

      if (payout->entry_id == 0 && g_str_equal (payout->currency, pair->currency))
        return TRUE;
    }
  return FALSE;
}

static void
add_menu (CfoilBankList       *self,
          AdwActionRow        *row,
          const CfoilBankPair *pair,
          const char          *title)
{
  GtkWidget *button;
  g_autofree char *label = NULL;

  if (pair->entry_id == 0 || (pair->settlement_id == NULL && !has_payout_of (self->pairs, pair)))
    return;
  button = g_object_new (GTK_TYPE_MENU_BUTTON, "icon-name", "view-more-symbolic", "valign", GTK_ALIGN_CENTER, "tooltip-text",
                         _("Which Payout It Is"), NULL);
  /* Translators: of a button; %s is what the row says. */
  label = g_strdup_printf (_("Which payout it is: %s"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data (G_OBJECT (button), "pair", (gpointer) pair);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), make_menu_cb, NULL, NULL);
  adw_action_row_add_suffix (row, button);
  adw_action_row_set_activatable_widget (row, button);
}

static GtkWidget *
make_row (CfoilBankList       *self,
          const CfoilBankPair *pair,
          CfoilBankKinds       kind)
{
  g_autofree char *title = pair_title (pair, kind);
  g_autofree char *subtitle = pair_subtitle (pair);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title-lines", 0, "subtitle-lines", 4, NULL);

  /* Not while it is made: then they would be taken for markup. */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  add_menu (self, ADW_ACTION_ROW (row), pair, title);
  return row;
}

/* --- groups --- */

static void
add_more_button (CfoilBankList *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("Show _More"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "bank.more");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_box_append (self->groups, button);
}

static guint
add_group (CfoilBankList *self,
           guint          k,
           guint          limit)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  guint n = 0;

  adw_preferences_group_set_title (group, gettext (kinds_words[k].title));
  if (kinds_words[k].description != NULL)
    adw_preferences_group_set_description (group, gettext (kinds_words[k].description));
  for (guint i = 0; i < self->pairs->len; i++)
    {
      const CfoilBankPair *pair = g_ptr_array_index (self->pairs, i);
      GtkWidget *row;

      if (cfoil_bank_pair_get_kind (pair) != kinds_words[k].kind)
        continue;
      row = make_row (self, pair, kinds_words[k].kind);
      adw_preferences_group_add (group, row);
      g_ptr_array_add (self->rows, row);
      n++;
    }
  g_object_ref_sink (group);
  if (n > 0)
    gtk_box_append (self->groups, GTK_WIDGET (group));
  if (n >= limit)
    add_more_button (self);
  g_object_unref (group);
  return n;
}

static void
set_empty_words (CfoilBankList *self,
                 CfoilBankKinds kinds)
{
  gboolean is_open = (kinds & CFOIL_BANK_OPEN) != 0;

  adw_status_page_set_icon_name (self->empty, is_open ? "emblem-ok-symbolic" : "edit-find-symbolic");
  if (is_open)
    {
      adw_status_page_set_title (self->empty, _("No Differences"));
      adw_status_page_set_description (self->empty, _("Every payout of these days arrived as it was announced."));
    }
  else if (kinds == CFOIL_BANK_MATCHED)
    {
      adw_status_page_set_title (self->empty, _("No Payouts Found"));
      adw_status_page_set_description (self->empty, _("No entry of the statements has the reference or the amount of a payout."));
    }
  else
    {
      adw_status_page_set_title (self->empty, _("No Other Entries"));
      adw_status_page_set_description (self->empty, _("Every entry of the statements is a payout."));
    }
}

/* The row that has the focus, which is taken from it: a widget that goes with the focus leaves the way to it closed
 * for Tab.  -1: none. */
static int
take_focus (CfoilBankList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  int place = -1;

  for (guint i = 0; focus != NULL && place < 0 && i < self->rows->len; i++)
    if (gtk_widget_is_ancestor (focus, g_ptr_array_index (self->rows, i)) || focus == g_ptr_array_index (self->rows, i))
      place = (int) i;
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_root_set_focus (root, NULL);
  return place;
}

void
cfoil_bank_list_set_pairs (CfoilBankList *self,
                           GPtrArray     *pairs,
                           CfoilBankKinds kinds,
                           guint          limit)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double value = gtk_adjustment_get_value (adjustment);
  int focus = take_focus (self);
  GtkWidget *child;
  guint n = 0;

  g_ptr_array_set_size (self->rows, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
  g_ptr_array_ref (pairs);
  g_clear_pointer (&self->pairs, g_ptr_array_unref);
  self->pairs = pairs;
  for (guint k = 0; k < G_N_ELEMENTS (kinds_words); k++)
    if ((kinds & kinds_words[k].kind) != 0)
      n += add_group (self, k, limit);
  set_empty_words (self, kinds);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
  /* Who says something of one row goes on with the next one. */
  gtk_adjustment_set_value (adjustment, value);
  if (focus >= 0 && self->rows->len > 0)
    gtk_widget_grab_focus (g_ptr_array_index (self->rows, MIN ((guint) focus, self->rows->len - 1)));
}

/* --- the widget --- */

static void
cfoil_bank_list_finalize (GObject *object)
{
  g_clear_pointer (&CFOIL_BANK_LIST (object)->pairs, g_ptr_array_unref);
  g_ptr_array_unref (CFOIL_BANK_LIST (object)->rows);
  G_OBJECT_CLASS (cfoil_bank_list_parent_class)->finalize (object);
}

static void
cfoil_bank_list_class_init (CfoilBankListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_bank_list_finalize;
}

static void
cfoil_bank_list_init (CfoilBankList *self)
{
  GtkWidget *clamp;

  self->rows = g_ptr_array_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  self->empty = ADW_STATUS_PAGE (adw_status_page_new ());
  self->groups = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  clamp = g_object_new (ADW_TYPE_CLAMP, "child", self->groups, "margin-top", 18, "margin-bottom", 24, "margin-start", 12,
                        "margin-end", 12, NULL);
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "child", clamp, NULL);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->scroller), "list");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->empty), "empty");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}
