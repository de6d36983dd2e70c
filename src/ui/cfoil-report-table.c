/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-table.h"

#include "cfoil-shown-text.h"

#include <glib/gi18n.h>

#define MAX_TEXT_CHARS 34
#define USUAL_TEXT_CHARS 28
#define MEASURED_ROWS 200

struct _CfoilReportTable
{
  AdwBin parent_instance;

  GtkColumnView *view;
  CfoilTable *table; /* (owned) (nullable) */
  GTimeZone *zone;   /* (owned) (nullable) */
  gboolean is_fresh; /* nobody has scrolled it to the side yet */
  gboolean is_moving;
  guint start_id;    /* of start_cb () */
};

enum
{
  ROW_ACTIVATED,
  ROW_SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilReportTable, cfoil_report_table, ADW_TYPE_BIN)

static guint
get_column (GtkListItemFactory *factory)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
}

static void
setup_cb (CfoilReportTable   *self,
          GtkListItem        *list_item,
          GtkListItemFactory *factory)
{
  CfoilColumnKind kind = cfoil_table_get_column (self->table, get_column (factory))->kind;
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), cfoil_table_is_number (self->table, get_column (factory)) ? 1 : 0);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  if (kind == CFOIL_COLUMN_TEXT)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), "chars")));
      gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_TEXT_CHARS);
    }
  else
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (list_item, label);
}

/* Perhaps: it is longer than what its column was made for. */
static gboolean
is_cut (const char *text,
        int         width_chars)
{
  return text != NULL && width_chars > 0 && g_utf8_strlen (text, -1) > width_chars;
}

static void
bind_cb (CfoilReportTable   *self,
         GtkListItem        *list_item,
         GtkListItemFactory *factory)
{
  guint row = gtk_list_item_get_position (list_item), column = get_column (factory);
  g_autofree char *text = cfoil_table_format (self->table, row, column, self->zone);
  g_autofree char *shown = cfoil_shown_text (text);
  g_autofree char *isolated = NULL;
  GtkWidget *label = gtk_list_item_get_child (list_item);

  /* The sign of an amount stays before it where texts run the other way. */
  if (shown != NULL && cfoil_table_is_number (self->table, column) && gtk_widget_get_direction (label) == GTK_TEXT_DIR_RTL)
    isolated = g_strdup_printf ("\u2066%s\u2069", shown);
  gtk_label_set_text (GTK_LABEL (label), isolated != NULL ? isolated : shown != NULL ? shown : "");
  gtk_widget_set_tooltip_text (label, is_cut (shown, gtk_label_get_width_chars (GTK_LABEL (label))) ? shown : NULL);
  if (cfoil_table_get_row_kind (self->table, row) == CFOIL_ROW_PLAIN)
    gtk_widget_remove_css_class (label, "heading");
  else
    gtk_widget_add_css_class (label, "heading");
  gtk_list_item_set_activatable (list_item, cfoil_table_get_query (self->table, row) != NULL ||
                                              g_signal_has_handler_pending (self, signals[ROW_ACTIVATED], 0, FALSE));
}

static void
activate_cb (CfoilReportTable *self,
             guint             row)
{
  const char *query = cfoil_table_get_query (self->table, row);
  gboolean is_of_cases = cfoil_table_get_subject (self->table) == CFOIL_TABLE_OF_DISPUTES;

  if (query != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), is_of_cases ? "win.show-disputes" : "win.show-rows", "s", query);
  g_signal_emit (self, signals[ROW_ACTIVATED], 0, row);
}

/* --- titles --- */

static GtkWidget *
find_label (GtkWidget *title)
{
  GtkWidget *box = gtk_widget_get_first_child (title);
  GtkWidget *child = box != NULL ? gtk_widget_get_first_child (box) : NULL;

  while (child != NULL && !GTK_IS_LABEL (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* A title ends where its numbers end; the arrow beside it takes its room also where it is
 * not drawn, so it goes first.  Where a title is made in another way, it stays as it is. */
void
cfoil_report_table_align_titles (GtkColumnView    *view,
                                 const CfoilTable *table)
{
  GtkWidget *titles = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget *title = titles != NULL ? gtk_widget_get_first_child (titles) : NULL;

  for (guint i = 0; title != NULL && i < cfoil_table_get_n_columns (table); i++, title = gtk_widget_get_next_sibling (title))
    {
      GtkWidget *label = find_label (title), *arrow = label != NULL ? gtk_widget_get_next_sibling (label) : NULL;

      if (label == NULL || !cfoil_table_is_number (table, i))
        continue;
      gtk_widget_set_hexpand (label, TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 1);
      if (arrow != NULL)
        gtk_widget_insert_after (arrow, gtk_widget_get_parent (label), NULL);
    }
}

static void
remove_columns (CfoilReportTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
}

/* How wide a text likes to be; what is longer can be made so, or is read in the tooltip. */
static int
measure_text (CfoilReportTable *self,
              guint             column)
{
  glong chars = 4;

  for (guint row = 0; row < MIN (cfoil_table_get_n_rows (self->table), MEASURED_ROWS); row++)
    {
      const char *text = cfoil_table_get_row_kind (self->table, row) == CFOIL_ROW_PLAIN ? cfoil_table_get_text (self->table, row, column)
                                                                                        : NULL;

      if (text != NULL)
        chars = MAX (chars, g_utf8_strlen (text, -1));
    }
  return (int) MIN (chars, USUAL_TEXT_CHARS);
}

static void
add_columns (CfoilReportTable *self)
{
  for (guint i = 0; i < cfoil_table_get_n_columns (self->table); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;

      g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (i));
      g_object_set_data (G_OBJECT (factory), "chars", GINT_TO_POINTER (measure_text (self, i)));
      g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
      column = gtk_column_view_column_new (cfoil_table_get_column (self->table, i)->title, factory);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_expand (column, i + 1 == cfoil_table_get_n_columns (self->table));
      gtk_column_view_append_column (self->view, column);
    }
  cfoil_report_table_align_titles (self->view, self->table);
}

/* Cells are found by position; the items only have to be there. */
static void
fill_rows (GListStore *rows,
           guint       n)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  /* The same object in several rows would be taken for a row that moved. */
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (all, gtk_string_object_new (""));
  g_list_store_splice (rows, 0, g_list_model_get_n_items (G_LIST_MODEL (rows)), all->pdata, n);
}

static GtkSelectionModel *
make_rows (guint n)
{
  GListStore *rows = g_list_store_new (GTK_TYPE_STRING_OBJECT);

  fill_rows (rows, n);
  return GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (rows)));
}

/* Where reading begins at the right a table begins there, too: GTK would show its end. */
static gboolean
start_cb (gpointer user_data)
{
  CfoilReportTable *self = user_data;
  GtkAdjustment *adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->view));

  self->start_id = 0;
  self->is_moving = TRUE;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment));
  self->is_moving = FALSE;
  return G_SOURCE_REMOVE;
}

/* Not while it is given its place: what is set then is not drawn. */
static void
width_cb (CfoilReportTable *self)
{
  if (self->is_fresh && self->start_id == 0 && gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    self->start_id = g_idle_add (start_cb, self);
}

static void
scrolled_cb (CfoilReportTable *self)
{
  self->is_fresh &= self->is_moving;
}

static void
selected_cb (CfoilReportTable *self)
{
  g_signal_emit (self, signals[ROW_SELECTED], 0);
}

guint
cfoil_report_table_get_selected (CfoilReportTable *self)
{
  GtkSelectionModel *rows;

  g_return_val_if_fail (CFOIL_IS_REPORT_TABLE (self), GTK_INVALID_LIST_POSITION);

  rows = gtk_column_view_get_model (self->view);
  return rows != NULL ? gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (rows)) : GTK_INVALID_LIST_POSITION;
}

void
cfoil_report_table_select (CfoilReportTable *self,
                           guint             row)
{
  GtkSelectionModel *rows;

  g_return_if_fail (CFOIL_IS_REPORT_TABLE (self));

  rows = gtk_column_view_get_model (self->view);
  if (rows != NULL)
    gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (rows), row);
}

static gboolean
is_like (const CfoilTable *a,
         const CfoilTable *b)
{
  if (!g_str_equal (cfoil_table_get_name (a), cfoil_table_get_name (b)) || cfoil_table_get_n_rows (a) != cfoil_table_get_n_rows (b) ||
      cfoil_table_get_n_columns (a) != cfoil_table_get_n_columns (b))
    return FALSE;
  for (guint i = 0; i < cfoil_table_get_n_columns (a); i++)
    {
      const CfoilTableColumn *one = cfoil_table_get_column (a, i), *other = cfoil_table_get_column (b, i);

      if (one->kind != other->kind || !g_str_equal (one->name, other->name) || !g_str_equal (one->title, other->title))
        return FALSE;
    }
  return TRUE;
}

/* The cells are bound again, and nothing moves. */
static void
replace_rows (CfoilReportTable *self,
              CfoilTable       *table,
              GTimeZone        *zone)
{
  GtkSelectionModel *rows = gtk_column_view_get_model (self->view);
  guint selected = cfoil_report_table_get_selected (self), n = cfoil_table_get_n_rows (table);
  GtkAdjustment *height = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));
  double at = gtk_adjustment_get_value (height);

  cfoil_table_ref (table);
  cfoil_table_unref (self->table);
  self->table = table;
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = zone != NULL ? g_time_zone_ref (zone) : NULL;
  if (rows == NULL || n == 0)
    return;
  fill_rows (G_LIST_STORE (gtk_single_selection_get_model (GTK_SINGLE_SELECTION (rows))), n);
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (rows), selected);
  gtk_adjustment_set_value (height, at);
}

void
cfoil_report_table_set_table (CfoilReportTable *self,
                              CfoilTable       *table,
                              GTimeZone        *zone)
{
  g_autoptr (GtkSelectionModel) rows = NULL;

  g_return_if_fail (CFOIL_IS_REPORT_TABLE (self));

  /* What is made anew while somebody reads it stays where it is. */
  if (self->table != NULL && table != NULL && is_like (self->table, table))
    {
      replace_rows (self, table, zone);
      return;
    }
  gtk_column_view_set_model (self->view, NULL);
  remove_columns (self);
  g_clear_pointer (&self->table, cfoil_table_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  if (table == NULL)
    return;
  self->table = cfoil_table_ref (table);
  self->is_fresh = TRUE;
  self->zone = zone != NULL ? g_time_zone_ref (zone) : NULL;
  add_columns (self);
  rows = make_rows (cfoil_table_get_n_rows (table));
  g_signal_connect_object (rows, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, rows);
}

static gboolean
cfoil_report_table_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CFOIL_REPORT_TABLE (widget)->view));
}

static void
cfoil_report_table_dispose (GObject *object)
{
  g_clear_handle_id (&CFOIL_REPORT_TABLE (object)->start_id, g_source_remove);

  G_OBJECT_CLASS (cfoil_report_table_parent_class)->dispose (object);
}

static void
cfoil_report_table_finalize (GObject *object)
{
  CfoilReportTable *self = CFOIL_REPORT_TABLE (object);

  g_clear_pointer (&self->table, cfoil_table_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (cfoil_report_table_parent_class)->finalize (object);
}

static void
cfoil_report_table_class_init (CfoilReportTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_report_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_report_table_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = cfoil_report_table_grab_focus;
  signals[ROW_ACTIVATED] =
    g_signal_new ("row-activated", CFOIL_TYPE_REPORT_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[ROW_SELECTED] = g_signal_new ("row-selected", CFOIL_TYPE_REPORT_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfoil_report_table_init (CfoilReportTable *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkAdjustment *adjustment;

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_reorderable (self->view, FALSE);
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Report"), -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  adw_bin_set_child (ADW_BIN (self), scroller);
  adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller));
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (width_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}
