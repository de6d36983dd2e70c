/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-settlement-columns.h"

#include "cfoil-shown-text.h"
#include "cfoil-types.h"

#include <glib/gi18n.h>

/* --- wide --- */

typedef enum
{
  COLUMN_STATE,
  COLUMN_PERIOD,
  COLUMN_ID,
  COLUMN_CURRENCY,
  COLUMN_OPENING,
  COLUMN_CAPTURES,
  COLUMN_REFUNDS,
  COLUMN_FEES,
  COLUMN_CHARGEBACKS,
  COLUMN_CLAIMS,
  COLUMN_ADJUSTMENTS,
  COLUMN_RESERVE,
  COLUMN_CLOSING,
  COLUMN_TRANSFER,
  COLUMN_DISBURSED,
  COLUMN_DIFFERENCE,
  COLUMN_BANK,
  COLUMN_REFERENCE,
  COLUMN_ACCOUNT,
  N_COLUMNS
} Column;

static const char *const titles[N_COLUMNS] = {
  N_ ("Proof"),   N_ ("Period"),      N_ ("Settlement"), N_ ("Currency"),    N_ ("Opening"), N_ ("Captures"), N_ ("Refunds"),  N_ ("Fees"),
  N_ ("Chargebacks"), N_ ("Claims"),  N_ ("Adjustments"), N_ ("Reserve"),    N_ ("Closing"), N_ ("Transfer"), N_ ("Paid Out"), N_ ("Difference"),
  N_ ("At the Bank"), N_ ("Bank Reference"), N_ ("Account"),
};

static gboolean
is_amount (Column column)
{
  return column >= COLUMN_OPENING && column <= COLUMN_DIFFERENCE;
}

static gint64
amount_of (const CfoilProof *proof,
           Column            column)
{
  const gint64 amounts[] = {
    proof->opening_minor, proof->captures_minor, proof->refunds_minor, proof->fees_minor, proof->chargebacks_minor, proof->claims_minor,
    proof->adjustments_minor, proof->reserve_minor, proof->closing_minor, proof->transfer_minor, proof->disbursed_minor,
    proof->state != CFOIL_PROOF_OPEN ? proof->remainder_minor : CFOIL_UNKNOWN,
  };

  return amounts[column - COLUMN_OPENING];
}

static char *
dup_text (CfoilSettlementItem *item,
          Column               column,
          GTimeZone           *zone)
{
  const CfoilProof *proof = cfoil_settlement_item_get_proof (item);

  switch (column)
    {
    case COLUMN_PERIOD:
      return cfoil_settlement_item_dup_period (item, zone);
    case COLUMN_ID:
      return cfoil_shown_text (proof->settlement_id);
    case COLUMN_CURRENCY:
      return cfoil_shown_text (proof->currency);
    case COLUMN_BANK:
      return cfoil_settlement_item_dup_bank (item);
    case COLUMN_REFERENCE:
      return cfoil_shown_text (proof->bank_reference);
    case COLUMN_ACCOUNT:
      return cfoil_shown_text (proof->account);
    case COLUMN_STATE:
    case COLUMN_OPENING:
    case COLUMN_CAPTURES:
    case COLUMN_REFUNDS:
    case COLUMN_FEES:
    case COLUMN_CHARGEBACKS:
    case COLUMN_CLAIMS:
    case COLUMN_ADJUSTMENTS:
    case COLUMN_RESERVE:
    case COLUMN_CLOSING:
    case COLUMN_TRANSFER:
    case COLUMN_DISBURSED:
    case COLUMN_DIFFERENCE:
    case N_COLUMNS:
    default:
      return cfoil_settlement_item_dup_amount (item, amount_of (proof, column));
    }
}

/* CSS_CLASS (nullable) is one of ours, which are constants.  A class that is taken away and put
 * back makes the widget's style anew, and a refresh asks this of thousands of cells. */
static void
set_look (GtkWidget  *widget,
          const char *css_class)
{
  const char *old = g_object_get_data (G_OBJECT (widget), "look");

  if (old == css_class)
    return;
  if (old != NULL)
    gtk_widget_remove_css_class (widget, old);
  if (css_class != NULL)
    gtk_widget_add_css_class (widget, css_class);
  g_object_set_data (G_OBJECT (widget), "look", (gpointer) css_class);
}

static GtkWidget *
new_badge (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
set_badge (GtkWidget           *box,
           CfoilSettlementItem *item)
{
  GtkWidget *icon = gtk_widget_get_first_child (box);

  if (g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (icon)), cfoil_settlement_item_get_icon_name (item)) != 0)
    gtk_image_set_from_icon_name (GTK_IMAGE (icon), cfoil_settlement_item_get_icon_name (item));
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (icon)), cfoil_settlement_item_get_state_title (item));
  set_look (box, cfoil_settlement_item_get_css_class (item));
}

static void
setup_cell_cb (GtkListItemFactory *factory,
               GtkListItem        *list_item,
               gpointer            user_data)
{
  Column column = GPOINTER_TO_UINT (user_data);
  GtkWidget *cell = column == COLUMN_STATE ? new_badge () : gtk_label_new (NULL);

  if (column != COLUMN_STATE)
    {
      gtk_label_set_xalign (GTK_LABEL (cell), is_amount (column) ? 1 : 0);
      gtk_label_set_single_line_mode (GTK_LABEL (cell), TRUE);
      gtk_widget_add_css_class (cell, "numeric");
    }
  gtk_list_item_set_child (list_item, cell);
}

static const char *
look_of (CfoilSettlementItem *item,
         Column               column)
{
  const CfoilProof *proof = cfoil_settlement_item_get_proof (item);

  if (column == COLUMN_DIFFERENCE && proof->remainder_minor != 0)
    return cfoil_settlement_item_get_css_class (item);
  if (column == COLUMN_BANK && cfoil_settlement_item_get_bank (item) != CFOIL_SETTLEMENT_BANK_UNKNOWN)
    return cfoil_settlement_item_get_bank_css_class (item);
  return is_amount (column) && amount_of (proof, column) == 0 ? "dim-label" : NULL;
}

static void
show_cell (GtkListItem *list_item,
           Column       column,
           GTimeZone   *zone)
{
  CfoilSettlementItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *cell = gtk_list_item_get_child (list_item);
  g_autofree char *text = NULL;

  if (column == COLUMN_STATE)
    {
      set_badge (cell, item);
      return;
    }
  text = dup_text (item, column, zone);
  gtk_label_set_text (GTK_LABEL (cell), text != NULL ? text : "");
  set_look (cell, look_of (item, column));
}

static void
cell_changed_cb (GtkListItem         *list_item,
                 CfoilSettlementItem *item)
{
  GtkWidget *cell = gtk_list_item_get_child (list_item);

  if (gtk_list_item_get_item (list_item) == item)
    show_cell (list_item, (Column) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (cell), "column")), g_object_get_data (G_OBJECT (cell), "zone"));
}

static void
bind_cell_cb (GtkListItemFactory *factory,
              GtkListItem        *list_item,
              gpointer            user_data)
{
  GtkWidget *cell = gtk_list_item_get_child (list_item);
  GTimeZone *zone = g_object_get_data (G_OBJECT (factory), "zone");

  g_object_set_data (G_OBJECT (cell), "column", user_data);
  g_object_set_data_full (G_OBJECT (cell), "zone", g_time_zone_ref (zone), (GDestroyNotify) g_time_zone_unref);
  g_signal_connect_object (gtk_list_item_get_item (list_item), "changed", G_CALLBACK (cell_changed_cb), list_item, G_CONNECT_SWAPPED);
  show_cell (list_item, (Column) GPOINTER_TO_UINT (user_data), zone);
}

/* Of cells and of rows. */
static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *list_item)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (list_item), list_item);
}

void
cfoil_settlement_columns_add (GtkColumnView *view,
                              GTimeZone     *zone)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) old = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (view, old);
    }
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;

      g_object_set_data_full (G_OBJECT (factory), "zone", g_time_zone_ref (zone), (GDestroyNotify) g_time_zone_unref);
      g_signal_connect (factory, "setup", G_CALLBACK (setup_cell_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
      column = gtk_column_view_column_new (gettext (titles[i]), factory);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_append_column (view, column);
    }
}

static gboolean
is_told (CfoilSettlementItem *item,
         const CfoilProof    *first,
         Column               column)
{
  const CfoilProof *proof = cfoil_settlement_item_get_proof (item);

  if (column == COLUMN_BANK)
    return cfoil_settlement_item_get_bank (item) != CFOIL_SETTLEMENT_BANK_UNKNOWN;
  if (column == COLUMN_CURRENCY)
    return g_strcmp0 (proof->currency, first->currency) != 0;
  return g_strcmp0 (proof->account, first->account) != 0;
}

void
cfoil_settlement_columns_fit (GtkColumnView *view,
                              GPtrArray     *items)
{
  static const Column seldom[] = { COLUMN_CURRENCY, COLUMN_BANK, COLUMN_ACCOUNT };

  for (guint i = 0; i < G_N_ELEMENTS (seldom) && items->len > 0; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (gtk_column_view_get_columns (view), seldom[i]);
      const CfoilProof *first = cfoil_settlement_item_get_proof (g_ptr_array_index (items, 0));
      gboolean is_of_use = FALSE;

      for (guint k = 0; k < items->len && !is_of_use; k++)
        is_of_use = is_told (g_ptr_array_index (items, k), first, seldom[i]);
      gtk_column_view_column_set_visible (column, is_of_use);
    }
}

/* Of a column view the list is a child. */
static GtkWidget *
find_list (GtkWidget *view)
{
  GtkWidget *list = GTK_IS_LIST_VIEW (view) ? view : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL && list == NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      list = child;
  return list;
}

void
cfoil_settlement_columns_scroll_to (GtkWidget *view,
                                    guint      row)
{
  GtkWidget *list = find_list (view);

  /* Column views of GTK 4.8 have no function for it, their lists have an action. */
  if (list != NULL)
    gtk_widget_activate_action (list, "list.scroll-to-item", "u", row);
}

gboolean
cfoil_settlement_columns_focus_selected (GtkWidget *view)
{
  GtkWidget *list = find_list (view);

  for (GtkWidget *row = list != NULL ? gtk_widget_get_first_child (list) : NULL; row != NULL; row = gtk_widget_get_next_sibling (row))
    if ((gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED) != 0)
      return gtk_widget_grab_focus (row);
  return FALSE;
}

/* A third of what is in sight. */
static gboolean
sideways_cb (GtkAdjustment  *adjustment,
             guint           keyval,
             guint           keycode,
             GdkModifierType state)
{
  double step = gtk_adjustment_get_page_size (adjustment) / 3;
  gboolean is_left = keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left;

  if ((!is_left && keyval != GDK_KEY_Right && keyval != GDK_KEY_KP_Right) || (state & (GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return FALSE;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + (is_left ? -step : step));
  return TRUE;
}

void
cfoil_settlement_columns_add_keys (GtkWidget         *view,
                                   GtkScrolledWindow *scroller)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (sideways_cb), gtk_scrolled_window_get_hadjustment (scroller), G_CONNECT_SWAPPED);
  gtk_widget_add_controller (view, keys);
}

/* --- narrow --- */

static GtkWidget *
new_label (float       xalign,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Period and what was paid out; below them the proof and the number. */
static void
setup_row_cb (GtkListItemFactory *factory,
              GtkListItem        *list_item,
              gpointer            user_data)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *period = new_label (0, NULL), *amount = new_label (1, "numeric");
  GtkWidget *badge = new_badge (), *about = new_label (1, "caption");

  gtk_label_set_ellipsize (GTK_LABEL (period), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (period, TRUE);
  gtk_widget_add_css_class (about, "dim-label");
  gtk_label_set_ellipsize (GTK_LABEL (about), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (badge, "caption");
  gtk_label_set_ellipsize (GTK_LABEL (gtk_widget_get_last_child (badge)), PANGO_ELLIPSIZE_END);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  gtk_grid_attach (GTK_GRID (grid), period, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), amount, 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), badge, 0, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), about, 1, 1, 1, 1);
  gtk_widget_add_css_class (grid, "settlement-row");
  gtk_list_item_set_child (list_item, grid);
}

static void
show_row (GtkListItem *list_item,
          GTimeZone   *zone)
{
  CfoilSettlementItem *item = gtk_list_item_get_item (list_item);
  GtkGrid *grid = GTK_GRID (gtk_list_item_get_child (list_item));
  const CfoilProof *proof = cfoil_settlement_item_get_proof (item);
  gint64 paid = proof->disbursed_minor != CFOIL_UNKNOWN ? proof->disbursed_minor : proof->computed_minor;
  g_autofree char *period = cfoil_settlement_item_dup_period (item, zone);
  g_autofree char *amount = cfoil_settlement_item_dup_amount (item, paid);
  g_autofree char *id = cfoil_shown_text (proof->settlement_id);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s, %s", period, amount, cfoil_settlement_item_get_state_title (item), id);

  gtk_label_set_text (GTK_LABEL (gtk_grid_get_child_at (grid, 0, 0)), period);
  gtk_label_set_text (GTK_LABEL (gtk_grid_get_child_at (grid, 1, 0)), amount);
  gtk_label_set_text (GTK_LABEL (gtk_grid_get_child_at (grid, 1, 1)), id);
  set_badge (gtk_grid_get_child_at (grid, 0, 1), item);
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
row_changed_cb (GtkListItem         *list_item,
                CfoilSettlementItem *item)
{
  if (gtk_list_item_get_item (list_item) == item)
    show_row (list_item, g_object_get_data (G_OBJECT (gtk_list_item_get_child (list_item)), "zone"));
}

static void
bind_row_cb (GtkListItemFactory *factory,
             GtkListItem        *list_item,
             gpointer            user_data)
{
  GTimeZone *zone = user_data;

  g_object_set_data_full (G_OBJECT (gtk_list_item_get_child (list_item)), "zone", g_time_zone_ref (zone), (GDestroyNotify) g_time_zone_unref);
  g_signal_connect_object (gtk_list_item_get_item (list_item), "changed", G_CALLBACK (row_changed_cb), list_item, G_CONNECT_SWAPPED);
  show_row (list_item, zone);
}

GtkListItemFactory *
cfoil_settlement_rows_new (GTimeZone *zone)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect_data (factory, "bind", G_CALLBACK (bind_row_cb), g_time_zone_ref (zone),
                         (GClosureNotify) (void (*) (void)) g_time_zone_unref, 0);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return factory;
}
