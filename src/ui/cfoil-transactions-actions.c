/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-column-chooser.h"
#include "cfoil-export-dialog.h"
#include "cfoil-list-menu.h"
#include "cfoil-record-cells.h"
#include "cfoil-record-copy.h"
#include "cfoil-record-text.h"
#include "cfoil-transactions-page-private.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

#define COPY_MAX 50000

/* What can be done with the rows of the list: the actions of its menu and keys. */

static void copied_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data);

/* --- copying --- */

/* Those that are seen, in their order. */
static GArray *
get_shown_fields (CfoilTransactionsPage *self)
{
  const GArray *choices = cfoil_record_columns_get_choices (self->columns);
  GArray *fields = g_array_new (FALSE, FALSE, sizeof (CfoilField));

  for (guint i = 0; i < choices->len; i++)
    {
      const CfoilColumnChoice *choice = &g_array_index (choices, CfoilColumnChoice, i);

      if (choice->is_visible)
        g_array_append_val (fields, choice->field);
    }
  return fields;
}

static void
copy (CfoilTransactionsPage *self,
      CfoilRecordCopyFormat  format)
{
  guint n_selected = self->selection != NULL ? cfoil_record_selection_get_n_selected (self->selection) : 0;

  if (n_selected == 0)
    return;
  if (n_selected > COPY_MAX)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                                  _("That is too much to copy. Export it as a file instead."));
      return;
    }
  cfoil_record_copy_async (cfoil_workspace_get_reader (cfoil_page_get_workspace (CFOIL_PAGE (self))), format,
                           cfoil_record_selection_get_ids (self->selection, COPY_MAX), get_shown_fields (self),
                           self->zone, self->cancellable, copied_cb, g_object_ref (self));
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (CfoilTransactionsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = cfoil_record_copy_finish (result, &error);

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", cfoil_words_error (error));
}

static void
copy_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  copy (CFOIL_TRANSACTIONS_PAGE (widget), CFOIL_RECORD_COPY_TEXT);
}

static void
copy_csv_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  copy (CFOIL_TRANSACTIONS_PAGE (widget), CFOIL_RECORD_COPY_CSV);
}

static void
select_all_cb (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  CfoilTransactionsPage *self = CFOIL_TRANSACTIONS_PAGE (widget);

  if (self->selection != NULL)
    gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->selection));
}

/* --- exporting --- */

static void
export_list (CfoilTransactionsPage *self,
             gboolean               only_selected)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *columns = cfoil_column_choices_to_text (cfoil_record_columns_get_choices (self->columns));
  g_autoptr (GtkBitset) selected = NULL;
  CfoilExportDialog *dialog;

  if (self->model == NULL || !CFOIL_IS_WINDOW (root))
    return;
  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  dialog = cfoil_export_dialog_new (CFOIL_WINDOW (root));
  cfoil_export_dialog_set_list (dialog, cfoil_search_bar_get_text (self->search),
                                cfoil_record_columns_get_sort (self->columns), columns,
                                cfoil_record_model_get_ids (self->model), selected);
  if (only_selected)
    cfoil_export_dialog_choose_selection (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
export_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  export_list (CFOIL_TRANSACTIONS_PAGE (widget), FALSE);
}

static void
export_selected_cb (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  export_list (CFOIL_TRANSACTIONS_PAGE (widget), TRUE);
}

/* --- filtering by a value --- */

static void
add_term_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  cfoil_search_bar_add_term (CFOIL_TRANSACTIONS_PAGE (widget)->search, g_variant_get_string (parameter, NULL));
}

static CfoilRecordItem *
get_item (CfoilTransactionsPage *self,
          guint                  position)
{
  return self->model != NULL ? g_list_model_get_item (G_LIST_MODEL (self->model), position) : NULL;
}

/* By the value of the row with the focus, in the column that was pointed at last. */
static void
filter (CfoilTransactionsPage *self,
        gboolean               is_negated)
{
  g_autoptr (CfoilRecordItem) item = NULL;
  const CfoilRecord *record;
  g_autofree char *term = NULL;
  guint position;

  if (!_cfoil_transactions_page_find_row (self, &position))
    return;
  item = get_item (self, position);
  record = item != NULL ? cfoil_record_item_get_record (item) : NULL;
  term = record != NULL ? cfoil_record_dup_term (record, self->field, self->zone, is_negated) : NULL;
  if (term != NULL)
    cfoil_search_bar_add_term (self->search, term);
}

static void
filter_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  filter (CFOIL_TRANSACTIONS_PAGE (widget), FALSE);
}

static void
exclude_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  filter (CFOIL_TRANSACTIONS_PAGE (widget), TRUE);
}

/* --- the menu --- */

static void
pop_up (CfoilTransactionsPage *self,
        guint                  position,
        double                 x,
        double                 y)
{
  GtkWidget *box = gtk_widget_get_parent (GTK_WIDGET (self->menu));
  g_autoptr (CfoilRecordItem) item = get_item (self, position);
  g_autoptr (GMenuModel) model = NULL;
  graphene_point_t point;

  if (!gtk_widget_compute_point (GTK_WIDGET (self->view), box, &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    return;
  model = cfoil_list_menu_new (item != NULL ? cfoil_record_item_get_record (item) : NULL, self->field,
                               cfoil_record_columns_get_fields (self->columns), self->zone,
                               cfoil_record_selection_get_n_selected (self->selection) > 0);
  gtk_popover_menu_set_menu_model (self->menu, model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { (int) point.x, (int) point.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* What is under the pointer is chosen first, unless it is already. */
void
_cfoil_transactions_page_pop_up_at (CfoilTransactionsPage *self,
                                    double                 x,
                                    double                 y)
{
  guint position = GTK_INVALID_LIST_POSITION;

  if (cfoil_scroll_keeper_find_position (self->keeper, x, y, &position) &&
      !gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  cfoil_record_cells_find_field (gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT), &self->field);
  pop_up (self, position, x, y);
}

static void
menu_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  CfoilTransactionsPage *self = CFOIL_TRANSACTIONS_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  guint position = GTK_INVALID_LIST_POSITION;
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_compute_bounds (focus, GTK_WIDGET (self->view), &bounds))
    return;
  _cfoil_transactions_page_find_row (self, &position);
  pop_up (self, position, bounds.origin.x + 48, bounds.origin.y + bounds.size.height);
}

/* --- the rest --- */

/* The titles of the columns do not take the focus. */
static void
sort_by_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  CfoilField field;

  if (cfoil_field_from_name (g_variant_get_string (parameter, NULL), &field))
    cfoil_record_columns_sort_by (CFOIL_TRANSACTIONS_PAGE (widget)->columns, field);
}

static void
scroll_to_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  CfoilTransactionsPage *self = CFOIL_TRANSACTIONS_PAGE (widget);

  gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)),
                              "list.scroll-to-item", "u", g_variant_get_uint32 (parameter));
}

static void
search_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  CfoilTransactionsPage *self = CFOIL_TRANSACTIONS_PAGE (widget);

  if (gtk_widget_get_mapped (widget))
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
clear_search_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  CfoilTransactionsPage *self = CFOIL_TRANSACTIONS_PAGE (widget);

  cfoil_search_bar_set_text (self->search, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
refresh_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  CfoilTransactionsPage *self = CFOIL_TRANSACTIONS_PAGE (widget);

  if (self->model != NULL)
    cfoil_record_model_refresh (self->model);
}

static void
details_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  CfoilTransactionsPage *self = CFOIL_TRANSACTIONS_PAGE (widget);
  guint position;

  if (_cfoil_transactions_page_find_row (self, &position))
    _cfoil_transactions_page_show_details (self, position);
}

static void
columns_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  CfoilTransactionsPage *self = CFOIL_TRANSACTIONS_PAGE (widget);
  GtkWindow *chooser = cfoil_column_chooser_new (self->columns);

  gtk_window_set_transient_for (chooser, GTK_WINDOW (gtk_widget_get_root (widget)));
  gtk_window_present (chooser);
}

void
_cfoil_transactions_page_install_actions (CfoilTransactionsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "page.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "page.copy-csv", NULL, copy_csv_cb);
  gtk_widget_class_install_action (widget_class, "page.select-all", NULL, select_all_cb);
  gtk_widget_class_install_action (widget_class, "page.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "page.export-selected", NULL, export_selected_cb);
  gtk_widget_class_install_action (widget_class, "page.add-term", "s", add_term_cb);
  gtk_widget_class_install_action (widget_class, "page.filter", NULL, filter_cb);
  gtk_widget_class_install_action (widget_class, "page.exclude", NULL, exclude_cb);
  gtk_widget_class_install_action (widget_class, "page.menu", NULL, menu_cb);
  gtk_widget_class_install_action (widget_class, "page.sort-by", "s", sort_by_cb);
  gtk_widget_class_install_action (widget_class, "page.scroll-to", "u", scroll_to_cb);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "page.clear-search", NULL, clear_search_cb);
  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_cb);
  gtk_widget_class_install_action (widget_class, "page.details", NULL, details_cb);
  gtk_widget_class_install_action (widget_class, "page.columns", NULL, columns_cb);
}
