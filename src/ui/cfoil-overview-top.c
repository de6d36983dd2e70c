/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-top.h"

#include "cfoil-overview-choice.h"
#include "cfoil-overview-popover.h"
#include "cfoil-overview-section.h"
#include "cfoil-report-table.h"
#include "cfoil-shown-text.h"

#include <glib/gi18n.h>

/* Narrower than that: only who, and how much in the end. */
#define NARROW 560
#define MAX_COLUMNS 8

struct _CfoilOverviewTop
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkColumnView *view;
  GtkColumnViewColumn *columns[MAX_COLUMNS]; /* (borrowed): of the view */
  guint n_columns;
  CfoilTable *table;                         /* (owned) (nullable) */
  guint idle_id;
  gboolean is_narrow;
  GtkAdjustment *width;                      /* (borrowed): of the scroller */
};

G_DEFINE_FINAL_TYPE (CfoilOverviewTop, cfoil_overview_top, ADW_TYPE_BIN)

static const CfoilChoice bys[] = {
  { "customer", N_ ("Customers") },
  { "product", N_ ("Products") },
  { "store", N_ ("Stores") },
  { "country", N_ ("Countries") },
};

/* --- cells --- */

static guint
find_column (CfoilOverviewTop   *self,
             GtkListItemFactory *factory)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item,
          CfoilOverviewTop   *self)
{
  guint column = find_column (self, factory);
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, column == 0 ? 0.0f : 1.0f);
  if (column == 0)
    gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  else
    gtk_widget_add_css_class (GTK_WIDGET (label), "numeric");
  gtk_list_item_set_child (item, GTK_WIDGET (label));
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         CfoilOverviewTop   *self)
{
  guint column = find_column (self, factory);
  guint row = gtk_list_item_get_position (item);
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *text = NULL, *shown = NULL, *isolated = NULL;

  if (self->table == NULL || row >= cfoil_table_get_n_rows (self->table) || column >= cfoil_table_get_n_columns (self->table))
    return;
  text = cfoil_table_format (self->table, row, column, NULL);
  shown = cfoil_shown_text (text);
  /* The sign of an amount stays before it where texts run the other way. */
  if (column > 0 && shown != NULL && gtk_widget_get_direction (label) == GTK_TEXT_DIR_RTL)
    isolated = g_strdup_printf ("\u2066%s\u2069", shown);
  gtk_label_set_text (GTK_LABEL (label), isolated != NULL ? isolated : shown != NULL ? shown : "");
  if (column == 0)
    gtk_widget_set_tooltip_text (label, shown);
}

static void
activate_cb (CfoilOverviewTop *self,
             guint             position)
{
  const char *query = self->table != NULL ? cfoil_table_get_query (self->table, position) : NULL;

  if (query != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-rows", "s", query);
}

/* --- columns --- */

static void
make_columns (CfoilOverviewTop *self)
{
  guint n = MIN (MAX_COLUMNS, cfoil_table_get_n_columns (self->table));

  for (guint column = self->n_columns; column < n; column++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

      g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (column));
      g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
      g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
      self->columns[column] = gtk_column_view_column_new (NULL, factory);
      gtk_column_view_column_set_expand (self->columns[column], column == 0);
      gtk_column_view_append_column (self->view, self->columns[column]);
      g_object_unref (self->columns[column]);
    }
  self->n_columns = n;
  cfoil_report_table_align_titles (self->view, self->table);
}

static void
show_columns (CfoilOverviewTop *self)
{
  for (guint column = 0; column < self->n_columns; column++)
    gtk_column_view_column_set_visible (self->columns[column],
                                        !self->is_narrow || column == 0 || column == self->n_columns - 1);
}

static gboolean
layout_cb (gpointer user_data)
{
  CfoilOverviewTop *self = user_data;

  self->idle_id = 0;
  self->is_narrow = gtk_adjustment_get_page_size (self->width) < NARROW;
  show_columns (self);
  return G_SOURCE_REMOVE;
}

/* Not while sizes are being given out. */
static void
width_cb (CfoilOverviewTop *self)
{
  if ((gtk_adjustment_get_page_size (self->width) < NARROW) != self->is_narrow && self->idle_id == 0)
    self->idle_id = g_idle_add (layout_cb, self);
}

/* --- how it is computed --- */

static void
explain (GtkBox     *box,
         const char *title,
         const char *formula)
{
  GtkBox *texts = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));

  gtk_label_set_text (cfoil_overview_info_add_text (texts, "caption-heading"), title);
  gtk_label_set_text (cfoil_overview_info_add_text (texts, "body"), formula);
  gtk_box_append (box, GTK_WIDGET (texts));
}

/* The columns count and add up what the figures of the same name do. */
static GtkWidget *
make_info (void)
{
  static const CfoilMetric metrics[] = { CFOIL_METRIC_PAYMENTS, CFOIL_METRIC_GROSS, CFOIL_METRIC_REFUNDS, CFOIL_METRIC_DISPUTE_LOSSES };
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));
  GtkMenuButton *info;

  for (guint i = 0; i < G_N_ELEMENTS (metrics); i++)
    explain (box, _(cfoil_metric_get_info (metrics[i])->title), _(cfoil_metric_get_info (metrics[i])->formula));
  explain (box, _("Net"), _("Gross volume less refunds and dispute losses. Fees of payments are not taken off. The list begins with "
                            "the largest."));
  info = cfoil_overview_info_new (box);
  cfoil_overview_info_set_subject (info, _("Who and What"));
  return GTK_WIDGET (info);
}

/* --- GObject --- */

static void
cfoil_overview_top_dispose (GObject *object)
{
  CfoilOverviewTop *self = CFOIL_OVERVIEW_TOP (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_pointer (&self->table, cfoil_table_unref);

  G_OBJECT_CLASS (cfoil_overview_top_parent_class)->dispose (object);
}

static void
cfoil_overview_top_class_init (CfoilOverviewTopClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_overview_top_dispose;
}

/* The wheel is the page's: all rows are there, and what is wider can be moved by its bar and by keys. */
static void
leave_wheel (GtkWidget *scroller)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (scroller);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

static void
cfoil_overview_top_init (CfoilOverviewTop *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *nothing = gtk_label_new (_("There is nothing of this kind in the period."));
  GtkWidget *card = adw_bin_new ();

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Who and What"), -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  leave_wheel (scroller);
  self->width = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller));
  g_signal_connect_object (self->width, "notify::page-size", G_CALLBACK (width_cb), self, G_CONNECT_SWAPPED);

  gtk_widget_add_css_class (nothing, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (nothing), TRUE);
  gtk_widget_set_margin_top (nothing, 24);
  gtk_widget_set_margin_bottom (nothing, 24);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_stack_add_named (self->stack, nothing, "nothing");
  gtk_stack_add_named (self->stack, scroller, "list");
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "overview-table");
  gtk_widget_set_overflow (card, GTK_OVERFLOW_HIDDEN);
  adw_bin_set_child (ADW_BIN (card), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), card);
}

/* --- public --- */

GtkWidget *
cfoil_overview_top_new (GSettings *settings)
{
  CfoilOverviewTop *self = g_object_new (CFOIL_TYPE_OVERVIEW_TOP, NULL);
  CfoilOverviewSection *section = cfoil_overview_section_new (_("Who and What"));
  g_autoptr (GtkWidget) card = g_object_ref (adw_bin_get_child (ADW_BIN (self)));

  adw_bin_set_child (ADW_BIN (self), NULL);
  cfoil_overview_section_add_suffix (section, make_info ());
  gtk_box_append (GTK_BOX (section),
                  cfoil_choice_new_tabs (settings, "overview-by", bys, G_N_ELEMENTS (bys), _("Who and What")));
  gtk_box_append (GTK_BOX (section), card);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (section));
  return GTK_WIDGET (self);
}

void
cfoil_overview_top_set_answer (CfoilOverviewTop          *self,
                               const CfoilOverviewAnswer *answer)
{
  guint n_rows = answer->top != NULL ? cfoil_table_get_n_rows (answer->top) : 0;
  GtkStringList *rows;
  GtkSelectionModel *selection;

  g_return_if_fail (CFOIL_IS_OVERVIEW_TOP (self));

  if (self->table == answer->top)
    return;
  g_clear_pointer (&self->table, cfoil_table_unref);
  gtk_stack_set_visible_child_name (self->stack, n_rows > 0 ? "list" : "nothing");
  if (answer->top == NULL)
    return;
  self->table = cfoil_table_ref (answer->top);
  make_columns (self);
  show_columns (self);
  for (guint column = 0; column < self->n_columns; column++)
    gtk_column_view_column_set_title (self->columns[column], cfoil_table_get_column (self->table, column)->title);
  /* A row is its place in the table. */
  rows = gtk_string_list_new (NULL);
  for (guint row = 0; row < n_rows; row++)
    gtk_string_list_append (rows, "");
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (rows)));
  gtk_single_selection_set_autoselect (GTK_SINGLE_SELECTION (selection), FALSE);
  gtk_single_selection_set_can_unselect (GTK_SINGLE_SELECTION (selection), TRUE);
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (selection), GTK_INVALID_LIST_POSITION);
  gtk_column_view_set_model (self->view, selection);
  g_object_unref (selection);
}
