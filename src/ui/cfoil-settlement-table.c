/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-settlement-table.h"

#include "cfoil-settlement-columns.h"
#include "cfoil-settlement-item.h"
#include "cfoil-shown-text.h"
#include "cfoil-types.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilSettlementTable
{
  AdwBin parent_instance;

  GtkColumnView *view;
  GtkSingleSelection *selection; /* (owned) */
  CfoilTable *table;             /* (owned) (nullable) */
  GTimeZone *zone;               /* (owned) (nullable) */
};

enum
{
  SHOW_ROWS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilSettlementTable, cfoil_settlement_table, ADW_TYPE_BIN)

static gboolean
is_text (const CfoilTableColumn *column)
{
  return column->kind == CFOIL_COLUMN_TEXT || column->kind == CFOIL_COLUMN_TIME || column->kind == CFOIL_COLUMN_DAY;
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *list_item,
          gpointer            user_data)
{
  const CfoilTableColumn *column = user_data;
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), is_text (column) ? 0 : 1);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  if (column->kind == CFOIL_COLUMN_TEXT)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      /* Columns that do not fit any more are reached with the arrow keys. */
      gtk_label_set_width_chars (GTK_LABEL (label), 10);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
    }
  else
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (list_item, label);
}

static guint
column_index (CfoilSettlementTable   *self,
              const CfoilTableColumn *column)
{
  guint i = 0;

  while (i < cfoil_table_get_n_columns (self->table) && cfoil_table_get_column (self->table, i) != column)
    i++;
  return i;
}

/* Files have the stable name of a type, people its word. */
static char *
dup_cell (CfoilSettlementTable *self,
          guint                 row,
          guint                 column)
{
  char *text = cfoil_table_format (self->table, row, column, self->zone);
  const char *name = cfoil_table_get_column (self->table, column)->name;

  for (guint type = 0; g_str_equal (name, "type") && type < CFOIL_N_TYPES; type++)
    if (g_strcmp0 (text, cfoil_type_to_string ((CfoilType) type)) == 0)
      {
        g_free (text);
        return g_strdup (cfoil_words_type_of (type, NULL));
      }
  return text;
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *list_item,
         gpointer            user_data)
{
  const CfoilTableColumn *column = user_data;
  CfoilSettlementTable *self = g_object_get_data (G_OBJECT (factory), "table");
  g_autofree char *text = dup_cell (self, gtk_list_item_get_position (list_item), column_index (self, column));
  gboolean is_amount = text != NULL && column->kind == CFOIL_COLUMN_MONEY;
  g_autofree char *shown = is_amount ? cfoil_settlement_item_isolate (text) : cfoil_shown_text (text);
  GtkWidget *label = gtk_list_item_get_child (list_item);

  gtk_label_set_text (GTK_LABEL (label), shown != NULL ? shown : "");
  gtk_widget_set_tooltip_text (label, column->kind == CFOIL_COLUMN_TEXT ? shown : NULL);
}

static void
remove_columns (CfoilSettlementTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
}

static void
add_column (CfoilSettlementTable   *self,
            const CfoilTableColumn *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) added = NULL;

  g_object_set_data (G_OBJECT (factory), "table", self);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer) column);
  added = gtk_column_view_column_new (column->title, factory);
  gtk_column_view_column_set_resizable (added, TRUE);
  gtk_column_view_append_column (self->view, added);
}

/* Cells are found by position; the items only have to be there. */
static GListModel *
make_rows (guint n)
{
  g_autoptr (GListStore) rows = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_autoptr (GtkStringObject) row = gtk_string_object_new ("");
  g_autofree gpointer *all = g_new (gpointer, n + 1);

  for (guint i = 0; i < n; i++)
    all[i] = row;
  g_list_store_splice (rows, 0, 0, all, n);
  return G_LIST_MODEL (g_steal_pointer (&rows));
}

static void
activate_cb (CfoilSettlementTable *self,
             guint                 position)
{
  const char *query = self->table != NULL ? cfoil_table_get_query (self->table, position) : NULL;

  if (query != NULL)
    g_signal_emit (self, signals[SHOW_ROWS], 0, query);
}

static gboolean
cfoil_settlement_table_grab_focus (GtkWidget *widget)
{
  CfoilSettlementTable *self = CFOIL_SETTLEMENT_TABLE (widget);

  return cfoil_settlement_columns_focus_selected (GTK_WIDGET (self->view)) || gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
cfoil_settlement_table_dispose (GObject *object)
{
  CfoilSettlementTable *self = CFOIL_SETTLEMENT_TABLE (object);

  if (self->view != NULL)
    cfoil_settlement_table_set_table (self, NULL, NULL);
  self->view = NULL;
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (cfoil_settlement_table_parent_class)->dispose (object);
}

static void
cfoil_settlement_table_class_init (CfoilSettlementTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_settlement_table_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = cfoil_settlement_table_grab_focus;
  signals[SHOW_ROWS] = g_signal_new ("show-rows", CFOIL_TYPE_SETTLEMENT_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cfoil_settlement_table_init (CfoilSettlementTable *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->selection = gtk_single_selection_new (NULL);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activate_cb), self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  cfoil_settlement_columns_add_keys (GTK_WIDGET (self->view), GTK_SCROLLED_WINDOW (scroller));
  gtk_widget_set_vexpand (scroller, TRUE);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

GtkWidget *
cfoil_settlement_table_new (void)
{
  return g_object_new (CFOIL_TYPE_SETTLEMENT_TABLE, NULL);
}

void
cfoil_settlement_table_set_table (CfoilSettlementTable *self,
                                  CfoilTable           *table,
                                  GTimeZone            *zone)
{
  g_autoptr (GListModel) rows = NULL;

  g_return_if_fail (CFOIL_IS_SETTLEMENT_TABLE (self));

  gtk_column_view_set_model (self->view, NULL);
  remove_columns (self);
  g_clear_pointer (&self->table, cfoil_table_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  if (table == NULL)
    return;
  self->table = cfoil_table_ref (table);
  self->zone = g_time_zone_ref (zone);
  for (guint i = 0; i < cfoil_table_get_n_columns (table); i++)
    add_column (self, cfoil_table_get_column (table, i));
  rows = make_rows (cfoil_table_get_n_rows (table));
  gtk_single_selection_set_model (self->selection, rows);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, cfoil_table_get_title (table), -1);
}

void
cfoil_settlement_table_select (CfoilSettlementTable *self,
                               guint                 row)
{
  g_return_if_fail (CFOIL_IS_SETTLEMENT_TABLE (self));

  gtk_single_selection_set_selected (self->selection, row);
  cfoil_settlement_columns_scroll_to (GTK_WIDGET (self->view), row);
}
