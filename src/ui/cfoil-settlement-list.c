/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-settlement-list.h"

#include "cfoil-settlement-columns.h"

#include <glib/gi18n.h>

/* Below it, in pixels of usual text, the columns say too little. */
#define NARROW 640

struct _CfoilSettlementList
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkColumnView *wide;
  GtkListView *narrow;
  GListStore *store;             /* (owned) */
  GtkCustomFilter *filter;
  GtkSingleSelection *selection; /* (owned) */
  CfoilSettlementsShown shown;
  GTimeZone *zone;               /* (owned) (nullable) */
  gboolean is_setting;
  gboolean has_view;    /* the room is known */
  gboolean is_at_start; /* the wide one was scrolled to its first column */
  gboolean wants_focus; /* and it was to have it before */
  guint width_id;
  guint focus_id;
  gboolean is_chosen;   /* by a person: what is selected stays so */
};

enum
{
  SELECTED,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilSettlementList, cfoil_settlement_list, ADW_TYPE_BIN)

static gboolean
match_cb (gpointer object,
          gpointer user_data)
{
  CfoilSettlementList *self = user_data;
  CfoilProofState state = cfoil_settlement_item_get_proof (object)->state;

  switch (self->shown)
    {
    case CFOIL_SETTLEMENTS_WRONG:
      return state == CFOIL_PROOF_DIFFERS || state == CFOIL_PROOF_EXPLAINED;
    case CFOIL_SETTLEMENTS_OPEN:
      return state == CFOIL_PROOF_OPEN;
    case CFOIL_SETTLEMENTS_BANK:
      return cfoil_settlement_item_get_bank (object) == CFOIL_SETTLEMENT_BANK_DIFFERS ||
             cfoil_settlement_item_get_bank (object) == CFOIL_SETTLEMENT_BANK_MISSING;
    case CFOIL_SETTLEMENTS_ALL:
    default:
      return TRUE;
    }
}

static void
tell_selected (CfoilSettlementList *self)
{
  g_signal_emit (self, signals[SELECTED], 0, gtk_single_selection_get_selected_item (self->selection));
}

static void
selected_cb (CfoilSettlementList *self)
{
  if (self->is_setting)
    return;
  self->is_chosen = TRUE;
  tell_selected (self);
}

static void
activated_cb (CfoilSettlementList *self,
              guint                position)
{
  g_autoptr (CfoilSettlementItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item == NULL)
    return;
  gtk_single_selection_set_selected (self->selection, position);
  g_signal_emit (self, signals[ACTIVATED], 0, item);
}

/* --- room --- */

static gboolean
focus_cb (gpointer user_data)
{
  CfoilSettlementList *self = user_data;

  self->focus_id = 0;
  cfoil_settlement_list_focus (self);
  return G_SOURCE_REMOVE;
}

/* A view makes some two hundred rows whether they are in sight or not: the other one gets none. */
static void
show_view (CfoilSettlementList *self,
           gboolean             is_narrow)
{
  GtkWidget *view = is_narrow ? GTK_WIDGET (self->narrow) : GTK_WIDGET (self->wide);
  GtkWidget *scroller = gtk_widget_get_ancestor (view, GTK_TYPE_SCROLLED_WINDOW);
  gboolean has_focus = self->wants_focus || gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  guint selected = gtk_single_selection_get_selected (self->selection);

  if (self->has_view && scroller == gtk_stack_get_visible_child (self->stack))
    return;
  self->has_view = TRUE;
  self->wants_focus = FALSE;
  gtk_list_view_set_model (self->narrow, is_narrow ? GTK_SELECTION_MODEL (self->selection) : NULL);
  gtk_column_view_set_model (self->wide, is_narrow ? NULL : GTK_SELECTION_MODEL (self->selection));
  gtk_stack_set_visible_child (self->stack, scroller);
  if (selected != GTK_INVALID_LIST_POSITION && selected > 0)
    cfoil_settlement_columns_scroll_to (view, selected);
  /* Rows are there only after the next layout. */
  if (has_focus && self->focus_id == 0)
    self->focus_id = g_timeout_add (100, focus_cb, self);
}

static gboolean
apply_width_cb (gpointer user_data)
{
  CfoilSettlementList *self = user_data;
  int dpi = 0;
  double scale;

  self->width_id = 0;
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  scale = dpi > 0 ? dpi / (96.0 * 1024.0) : 1;
  show_view (self, gtk_widget_get_width (GTK_WIDGET (self)) < NARROW * scale);
  return G_SOURCE_REMOVE;
}

static void
cfoil_settlement_list_measure (GtkWidget     *widget,
                               GtkOrientation orientation,
                               int            for_size,
                               int           *minimum,
                               int           *natural,
                               int           *minimum_baseline,
                               int           *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

/* Not at once: this is the middle of the layout. */
static void
cfoil_settlement_list_size_allocate (GtkWidget *widget,
                                     int        width,
                                     int        height,
                                     int        baseline)
{
  CfoilSettlementList *self = CFOIL_SETTLEMENT_LIST (widget);

  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);
  if (self->width_id == 0)
    self->width_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, apply_width_cb, self, NULL);
}

static void
cfoil_settlement_list_dispose (GObject *object)
{
  CfoilSettlementList *self = CFOIL_SETTLEMENT_LIST (object);

  g_clear_handle_id (&self->width_id, g_source_remove);
  g_clear_handle_id (&self->focus_id, g_source_remove);
  if (self->wide != NULL)
    {
      gtk_column_view_set_model (self->wide, NULL);
      gtk_list_view_set_model (self->narrow, NULL);
    }
  self->wide = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->store);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (cfoil_settlement_list_parent_class)->dispose (object);
}

static void
cfoil_settlement_list_class_init (CfoilSettlementListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_settlement_list_dispose;
  GTK_WIDGET_CLASS (klass)->measure = cfoil_settlement_list_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = cfoil_settlement_list_size_allocate;
  signals[SELECTED] = g_signal_new ("selected", CFOIL_TYPE_SETTLEMENT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, CFOIL_TYPE_SETTLEMENT_ITEM);
  signals[ACTIVATED] = g_signal_new ("activated", CFOIL_TYPE_SETTLEMENT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, CFOIL_TYPE_SETTLEMENT_ITEM);
}

/* Where text runs the other way the first columns are at the other end, and a scrolled window does not know. */
static void
extent_cb (CfoilSettlementList *self,
           GtkAdjustment       *adjustment)
{
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  if (self->is_at_start || end <= 0)
    return;
  self->is_at_start = TRUE;
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    gtk_adjustment_set_value (adjustment, end);
}

static void
add_view (CfoilSettlementList *self,
          GtkWidget           *view)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect_swapped (view, "activate", G_CALLBACK (activated_cb), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Settlements"), -1);
  if (GTK_IS_LIST_VIEW (view))
    gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  else
    {
      g_signal_connect_object (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller)), "changed", G_CALLBACK (extent_cb), self,
                               G_CONNECT_SWAPPED);
      cfoil_settlement_columns_add_keys (view, GTK_SCROLLED_WINDOW (scroller));
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_stack_add_child (self->stack, scroller);
}

static void
cfoil_settlement_list_init (CfoilSettlementList *self)
{
  GtkFilterListModel *filtered;

  /* The one of the parent class allocates past our function. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  self->store = g_list_store_new (CFOIL_TYPE_SETTLEMENT_ITEM);
  self->filter = gtk_custom_filter_new (match_cb, self, NULL);
  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->store)), GTK_FILTER (self->filter));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (filtered));
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  self->wide = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_show_row_separators (self->wide, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->wide), "data-table");
  self->narrow = GTK_LIST_VIEW (gtk_list_view_new (NULL, NULL));
  gtk_list_view_set_show_separators (self->narrow, TRUE);
  add_view (self, GTK_WIDGET (self->narrow));
  add_view (self, GTK_WIDGET (self->wide));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

static void
set_zone (CfoilSettlementList *self,
          GTimeZone           *zone)
{
  g_autoptr (GtkListItemFactory) factory = NULL;

  if (self->zone == zone)
    return;
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (zone);
  factory = cfoil_settlement_rows_new (zone);
  gtk_list_view_set_factory (self->narrow, factory);
  cfoil_settlement_columns_add (self->wide, zone);
}

gboolean
cfoil_settlement_list_select (CfoilSettlementList *self,
                              const char          *settlement_id)
{
  gboolean is_narrow = gtk_list_view_get_model (self->narrow) != NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      g_autoptr (CfoilSettlementItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (!g_str_equal (cfoil_settlement_item_get_proof (item)->settlement_id, settlement_id))
        continue;
      gtk_single_selection_set_selected (self->selection, i);
      self->is_chosen = TRUE;
      cfoil_settlement_columns_scroll_to (is_narrow ? GTK_WIDGET (self->narrow) : GTK_WIDGET (self->wide), i);
      return TRUE;
    }
  return FALSE;
}

/* --- what is in it --- */

static guint
item_hash (gconstpointer item)
{
  return g_int64_hash (&cfoil_settlement_item_get_proof ((gpointer) item)->settlement_pk);
}

static gboolean
item_equal (gconstpointer a,
            gconstpointer b)
{
  return cfoil_settlement_item_is_same ((gpointer) a, (gpointer) b);
}

static void
remove_gone (CfoilSettlementList *self,
             GPtrArray           *items)
{
  g_autoptr (GHashTable) here = g_hash_table_new (item_hash, item_equal);

  for (guint i = 0; i < items->len; i++)
    g_hash_table_add (here, g_ptr_array_index (items, i));
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->store)); i > 0; i--)
    {
      g_autoptr (CfoilSettlementItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), i - 1);

      if (!g_hash_table_contains (here, item))
        g_list_store_remove (self->store, i - 1);
    }
}

/* How many of ITEMS from POSITION on are not among the OLD ones. */
static guint
count_new (GHashTable *old,
           GPtrArray  *items,
           guint       position)
{
  guint n = 0;

  while (position + n < items->len && !g_hash_table_contains (old, g_ptr_array_index (items, position + n)))
    n++;
  return n;
}

/* What is before POSITION is in its place: it can only come from further down. */
static void
move_item (CfoilSettlementList *self,
           CfoilSettlementItem *item,
           guint                position)
{
  guint old;

  if (!g_list_store_find (self->store, item, &old))
    return;
  g_list_store_remove (self->store, old);
  g_list_store_insert (self->store, position, item);
}

/* Rows and cells take long to make and to lay out, and a sync changes the list every other second: a
 * settlement stays the item that it was, and only what is new is put in.  Whether any changed. */
static gboolean
put_items (CfoilSettlementList *self,
           GPtrArray           *items)
{
  g_autoptr (GHashTable) old = g_hash_table_new_full (item_hash, item_equal, g_object_unref, NULL);
  gboolean is_changed = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->store)); i++)
    g_hash_table_add (old, g_list_model_get_item (G_LIST_MODEL (self->store), i));
  for (guint i = 0; i < items->len; i++)
    {
      CfoilSettlementItem *same = g_hash_table_lookup (old, g_ptr_array_index (items, i));
      g_autoptr (CfoilSettlementItem) here = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (same == NULL)
        {
          guint n = count_new (old, items, i);

          g_list_store_splice (self->store, i, 0, items->pdata + i, n);
          i += n - 1;
          continue;
        }
      is_changed = cfoil_settlement_item_update (same, g_ptr_array_index (items, i)) || is_changed;
      if (here != same)
        move_item (self, same, i);
    }
  return is_changed;
}

/* Until somebody chooses one, the newest is shown. */
static void
follow_newest (CfoilSettlementList *self)
{
  GtkWidget *view = gtk_list_view_get_model (self->narrow) != NULL ? GTK_WIDGET (self->narrow) : GTK_WIDGET (self->wide);

  if (self->is_chosen || gtk_single_selection_get_selected (self->selection) == 0 || cfoil_settlement_list_get_n_items (self) == 0)
    return;
  gtk_single_selection_set_selected (self->selection, 0);
  cfoil_settlement_columns_scroll_to (view, 0);
  if (gtk_widget_get_focus_child (view) != NULL && self->focus_id == 0)
    self->focus_id = g_timeout_add (100, focus_cb, self);
}

void
cfoil_settlement_list_set_items (CfoilSettlementList *self,
                                 GPtrArray           *items,
                                 GTimeZone           *zone)
{
  g_autoptr (CfoilSettlementItem) selected = NULL;

  g_return_if_fail (CFOIL_IS_SETTLEMENT_LIST (self));

  g_set_object (&selected, gtk_single_selection_get_selected_item (self->selection));
  self->is_setting = TRUE;
  set_zone (self, zone);
  cfoil_settlement_columns_fit (self->wide, items);
  remove_gone (self, items);
  if (put_items (self, items) && self->shown != CFOIL_SETTLEMENTS_ALL)
    gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  if (items->len == 0)
    self->is_chosen = FALSE;
  follow_newest (self);
  self->is_setting = FALSE;
  if (selected != gtk_single_selection_get_selected_item (self->selection))
    tell_selected (self);
}

void
cfoil_settlement_list_set_shown (CfoilSettlementList  *self,
                                 CfoilSettlementsShown shown)
{
  g_return_if_fail (CFOIL_IS_SETTLEMENT_LIST (self));

  self->shown = shown;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  self->is_chosen = FALSE;
}

const char *
cfoil_settlement_list_describe_nothing (CfoilSettlementList *self,
                                        const char         **title)
{
  g_return_val_if_fail (CFOIL_IS_SETTLEMENT_LIST (self), NULL);

  *title = self->shown == CFOIL_SETTLEMENTS_WRONG ? _ ("All of Them Add Up") : _ ("No Such Settlement");
  if (self->shown == CFOIL_SETTLEMENTS_WRONG)
    return _ ("No settlement of this period differs from its payout.");
  if (self->shown == CFOIL_SETTLEMENTS_BANK)
    return _ ("Every payout of this period that is on a bank statement arrived as it was paid out.");
  return _ ("There is none of this kind in this period.");
}

guint
cfoil_settlement_list_get_n_items (CfoilSettlementList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->selection));
}

GPtrArray *
cfoil_settlement_list_get_proofs (CfoilSettlementList *self)
{
  GPtrArray *proofs = g_ptr_array_new ();

  for (guint i = 0; i < cfoil_settlement_list_get_n_items (self); i++)
    {
      /* The store holds it. */
      g_autoptr (CfoilSettlementItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      g_ptr_array_add (proofs, (gpointer) cfoil_settlement_item_get_proof (item));
    }
  return proofs;
}

void
cfoil_settlement_list_set_opens_at_once (CfoilSettlementList *self,
                                         gboolean             opens_at_once)
{
  gtk_list_view_set_single_click_activate (self->narrow, opens_at_once);
}

void
cfoil_settlement_list_focus (CfoilSettlementList *self)
{
  GtkWidget *scroller = gtk_stack_get_visible_child (self->stack);

  self->wants_focus = !self->has_view;
  /* Where a row has it, it would go to the next one. */
  if (self->has_view && !cfoil_settlement_columns_focus_selected (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller))) &&
      gtk_widget_get_focus_child (scroller) == NULL)
    gtk_widget_child_focus (scroller, GTK_DIR_TAB_FORWARD);
}
