/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-table.h"

#include "cfoil-report-table.h"

#define MIN_HEIGHT 160
/* Of what its rows are about; what is longer is cut. */
#define MIN_CHARS 4
#define MAX_CHARS 28
#define MEASURED_ROWS 200

/* --- rows: an object for each that is looked at, and no more --- */

#define CFOIL_TYPE_CHART_ROWS (cfoil_chart_rows_get_type ())
G_DECLARE_FINAL_TYPE (CfoilChartRows, cfoil_chart_rows, CFOIL, CHART_ROWS, GObject)

struct _CfoilChartRows
{
  GObject parent_instance;

  guint n_rows;
};

static GType
get_item_type (GListModel *model)
{
  return GTK_TYPE_STRING_OBJECT;
}

static guint
get_n_items (GListModel *model)
{
  return CFOIL_CHART_ROWS (model)->n_rows;
}

/* Cells are found by the row's position; the item only has to be there. */
static gpointer
get_item (GListModel *model,
          guint       position)
{
  return position < CFOIL_CHART_ROWS (model)->n_rows ? gtk_string_object_new ("") : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CfoilChartRows, cfoil_chart_rows, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
cfoil_chart_rows_class_init (CfoilChartRowsClass *klass)
{
}

static void
cfoil_chart_rows_init (CfoilChartRows *self)
{
}

/* --- the table --- */

struct _CfoilChartTable
{
  GtkWidget parent_instance;

  GtkWidget *scroller;  /* (owned) */
  GtkColumnView *view;
  CfoilTable *table;    /* (owned) (nullable) */
  GTimeZone *zone;      /* (owned) */
};

enum { ACTIVATE_QUERY, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilChartTable, cfoil_chart_table, GTK_TYPE_WIDGET)

char *
cfoil_chart_table_dup_cell (CfoilChartTable *self,
                            guint            row,
                            guint            column)
{
  if (self->table == NULL || row >= cfoil_table_get_n_rows (self->table))
    return g_strdup ("");
  return cfoil_table_format (self->table, row, column, self->zone);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  GtkWidget *label = gtk_label_new (NULL);
  gboolean is_number = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column")) > 0;

  gtk_label_set_xalign (GTK_LABEL (label), is_number ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), is_number ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  if (is_number)
    gtk_widget_add_css_class (label, "numeric");
  else
    gtk_label_set_width_chars (GTK_LABEL (label), GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), "chars")));
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  CfoilChartTable *self = user_data;
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
  g_autofree char *text = cfoil_chart_table_dup_cell (self, gtk_list_item_get_position (item), column);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

/* So that it is not cut where many numbers want the room. */
static int
measure_titles (CfoilChartTable *self)
{
  glong chars = MIN_CHARS;

  for (guint row = 0; row < MIN (cfoil_table_get_n_rows (self->table), MEASURED_ROWS); row++)
    chars = MAX (chars, g_utf8_strlen (cfoil_table_get_text (self->table, row, 0), -1));
  return (int) MIN (chars, MAX_CHARS);
}

static void
add_column (CfoilChartTable *self,
            guint            column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) added = NULL;

  g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (column));
  if (column == 0)
    g_object_set_data (G_OBJECT (factory), "chars", GINT_TO_POINTER (measure_titles (self)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  added = gtk_column_view_column_new (cfoil_table_get_column (self->table, column)->title, factory);
  gtk_column_view_column_set_resizable (added, TRUE);
  gtk_column_view_column_set_expand (added, TRUE);
  gtk_column_view_append_column (self->view, added);
}

static void
activate_cb (CfoilChartTable *self,
             guint            position)
{
  const char *query = self->table != NULL ? cfoil_table_get_query (self->table, position) : NULL;

  if (query != NULL)
    g_signal_emit (self, signals[ACTIVATE_QUERY], 0, query);
}

static void
remove_columns (CfoilChartTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
}

void
cfoil_chart_table_set_data (CfoilChartTable *self,
                            CfoilChartData  *data)
{
  CfoilChartRows *rows = g_object_new (CFOIL_TYPE_CHART_ROWS, NULL);
  g_autoptr (GtkSelectionModel) selection = NULL;

  gtk_column_view_set_model (self->view, NULL);
  remove_columns (self);
  g_clear_pointer (&self->table, cfoil_table_unref);
  if (data != NULL)
    {
      self->table = cfoil_chart_data_to_table (data);
      for (guint column = 0; column < cfoil_table_get_n_columns (self->table); column++)
        add_column (self, column);
      cfoil_report_table_align_titles (self->view, self->table);
      rows->n_rows = cfoil_table_get_n_rows (self->table);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      cfoil_chart_data_get_title (data), -1);
    }
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (rows)));
  gtk_column_view_set_model (self->view, selection);
}

GtkColumnView *
cfoil_chart_table_get_view (CfoilChartTable *self)
{
  return self->view;
}

static gboolean
cfoil_chart_table_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CFOIL_CHART_TABLE (widget)->view));
}

static void
cfoil_chart_table_dispose (GObject *object)
{
  CfoilChartTable *self = CFOIL_CHART_TABLE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (cfoil_chart_table_parent_class)->dispose (object);
}

static void
cfoil_chart_table_finalize (GObject *object)
{
  CfoilChartTable *self = CFOIL_CHART_TABLE (object);

  g_clear_pointer (&self->table, cfoil_table_unref);
  g_time_zone_unref (self->zone);

  G_OBJECT_CLASS (cfoil_chart_table_parent_class)->finalize (object);
}

static void
cfoil_chart_table_class_init (CfoilChartTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_chart_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_chart_table_finalize;
  widget_class->grab_focus = cfoil_chart_table_grab_focus;
  signals[ACTIVATE_QUERY] = g_signal_new ("activate-query", CFOIL_TYPE_CHART_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "charttable");
}

static void
cfoil_chart_table_init (CfoilChartTable *self)
{
  self->zone = g_time_zone_new_utc ();
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activate_cb), self);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroller), MIN_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
cfoil_chart_table_new (void)
{
  return g_object_new (CFOIL_TYPE_CHART_TABLE, NULL);
}
