/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-transactions-page.h"

#include "cfoil-banner.h"
#include "cfoil-record-columns.h"
#include "cfoil-record-copy.h"
#include "cfoil-record-model.h"
#include "cfoil-record-selection.h"
#include "cfoil-scroll-keeper.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* Below these widths, for text of the usual size, only the essential columns are
 * shown, still fewer, or all but the settlement. */
#define NARROW_WIDTH 720
#define TINY_WIDTH 480
#define MEDIUM_WIDTH 1060
#define ACCOUNT_WIDTH 120
#define COPY_MAX 50000

struct _CfoilTransactionsPage
{
  CfoilPage parent_instance;

  GtkWidget *filters;
  GtkDropDown *account_filter;
  CfoilBanner *error_banner;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkColumnView *view;
  GtkPopoverMenu *menu;

  GtkColumnViewColumn *columns[CFOIL_N_COLUMNS]; /* (borrowed): the view's */
  CfoilRecordModel *model;                       /* (owned) (nullable) */
  CfoilRecordSelection *selection;               /* (owned) (nullable) */
  CfoilScrollKeeper *keeper;                     /* (owned) (nullable) */
  GSignalGroup *workspace_signals;               /* (owned) */
  GTimeZone *zone;                               /* (owned) */
  GPtrArray *currencies;                         /* (owned) (nullable) */
  GCancellable *cancellable;                     /* (owned): of what is read for this workspace */
  GArray *account_ids;                           /* (owned): gint64, as in the filter */
  int compared;                                  /* column asked by its sorter, -1: none */
  gboolean is_filling;                           /* the filter is being made */
  int width;                                     /* for which the columns are chosen */
  gboolean reading_currencies;
  CfoilSavedView *applied; /* (owned): the view that was applied last */
};

enum
{
  VIEW_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void currencies_read_cb (GObject      *source,
                                GAsyncResult *result,
                                gpointer      user_data);
static void copied_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data);

G_DEFINE_FINAL_TYPE (CfoilTransactionsPage, cfoil_transactions_page, CFOIL_TYPE_PAGE)

/* --- how many --- */

static void
append_currencies (CfoilTransactionsPage *self,
                   GString               *text)
{
  if (self->currencies == NULL || self->currencies->len < 2)
    return;
  for (guint i = 0; i < self->currencies->len; i++)
    {
      const CfoilCurrencyStatus *currency = self->currencies->pdata[i];
      g_autofree char *number = cfoil_words_number (currency->n_rows);

      if (currency->currency != NULL)
        g_string_append_printf (text, " · %s %s", currency->currency, number);
    }
}

static void
update_subtitle (CfoilTransactionsPage *self)
{
  guint n = self->model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->model)) : 0;
  guint n_selected = self->selection != NULL ? cfoil_record_selection_get_n_selected (self->selection) : 0;
  g_autofree char *n_text = cfoil_words_number (n);
  g_autofree char *n_selected_text = cfoil_words_number (n_selected);
  g_autoptr (GString) text = g_string_new (NULL);
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));

  if (self->model == NULL || (n == 0 && cfoil_record_model_get_loading (self->model)))
    {
      cfoil_page_set_subtitle (CFOIL_PAGE (self), "");
      return;
    }
  if (n_selected > 0)
    /* Translators: so many of so many transactions are selected. */
    g_string_printf (text, ngettext ("%s of %s selected", "%s of %s selected", n_selected), n_selected_text, n_text);
  else
    {
      /* Translators: %s is a number. */
      g_string_printf (text, ngettext ("%s transaction", "%s transactions", n), n_text);
      append_currencies (self, text);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
  if (workspace != NULL && n_selected == 0)
    g_string_append_printf (text, " · %s", cfoil_workspace_get_time_zone_name (workspace));
  cfoil_page_set_subtitle (CFOIL_PAGE (self), text->str);
}

static void
read_currencies (CfoilTransactionsPage *self)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));

  if (workspace == NULL || self->model == NULL || self->reading_currencies)
    return;
  self->reading_currencies = TRUE;
  cfoil_currencies_read_async (cfoil_workspace_get_reader (workspace),
                               cfoil_record_model_get_query (self->model)->account_id,
                               self->cancellable, currencies_read_cb, g_object_ref (self));
}

static void
currencies_read_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (CfoilTransactionsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *currencies = cfoil_currencies_read_finish (result, &error);

  self->reading_currencies = FALSE;
  if (currencies == NULL)
    return;
  g_clear_pointer (&self->currencies, g_ptr_array_unref);
  self->currencies = currencies;
  update_subtitle (self);
}

static void
update_state (CfoilTransactionsPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  const GError *error = cfoil_record_model_get_error (self->model);
  const char *name = "list";

  if (n == 0)
    name = cfoil_record_model_get_loading (self->model) && error == NULL ? "loading" : "empty";
  gtk_stack_set_visible_child_name (self->stack, name);
  cfoil_banner_set_text (self->error_banner, error != NULL ? cfoil_words_error (error) : NULL);
  cfoil_banner_set_tooltip (self->error_banner, error != NULL ? error->message : NULL);
  update_subtitle (self);
}

static void
ids_changed_cb (CfoilTransactionsPage *self)
{
  update_state (self);
  read_currencies (self);
}

/* --- which --- */

static void
account_selected_cb (CfoilTransactionsPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->account_filter);
  g_autoptr (CfoilRecordQuery) query = NULL;

  if (self->is_filling || self->model == NULL || selected >= self->account_ids->len)
    return;
  query = cfoil_record_query_copy (cfoil_record_model_get_query (self->model));
  query->account_id = g_array_index (self->account_ids, gint64, selected);
  cfoil_record_model_set_query (self->model, query);
}

static gboolean
filter_is_current (CfoilTransactionsPage   *self,
                   const CfoilMirrorStatus *status)
{
  if (self->account_ids->len != status->accounts->len + 1)
    return FALSE;
  for (guint i = 0; i < status->accounts->len; i++)
    {
      const CfoilAccountStatus *account = status->accounts->pdata[i];

      if (g_array_index (self->account_ids, gint64, i + 1) != account->account_id)
        return FALSE;
    }
  return TRUE;
}

static void
fill_filter (CfoilTransactionsPage   *self,
             const CfoilMirrorStatus *status)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gint64 chosen = self->model != NULL ? cfoil_record_model_get_query (self->model)->account_id : 0;
  guint selected = 0;
  gint64 all = 0;

  g_array_set_size (self->account_ids, 0);
  g_array_append_val (self->account_ids, all);
  gtk_string_list_append (names, _("All Accounts"));
  for (guint i = 0; i < status->accounts->len; i++)
    {
      const CfoilAccountStatus *account = status->accounts->pdata[i];

      if (account->account_id == chosen)
        selected = i + 1;
      g_array_append_val (self->account_ids, account->account_id);
      gtk_string_list_append (names, account->name);
    }
  self->is_filling = TRUE;
  gtk_drop_down_set_model (self->account_filter, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->account_filter, selected);
  self->is_filling = FALSE;
  account_selected_cb (self);
}

static gboolean
column_fits (CfoilTransactionsPage *self,
             CfoilColumn            column)
{
  gboolean has_accounts = self->account_ids->len > 2;

  if (self->width < NARROW_WIDTH && !cfoil_column_is_essential (column))
    return FALSE;
  switch (column)
    {
    case CFOIL_COLUMN_ACCOUNT:
      return has_accounts;
    case CFOIL_COLUMN_TYPE:
      return self->width >= TINY_WIDTH;
    case CFOIL_COLUMN_SETTLEMENT:
      return self->width >= MEDIUM_WIDTH + (has_accounts ? ACCOUNT_WIDTH : 0);
    default:
      return TRUE;
    }
}

static void
update_columns (CfoilTransactionsPage *self)
{
  for (guint i = 0; i < CFOIL_N_COLUMNS; i++)
    {
      gboolean fits = column_fits (self, i);

      if (gtk_column_view_column_get_visible (self->columns[i]) != fits)
        gtk_column_view_column_set_visible (self->columns[i], fits);
    }
}

static void
status_cb (CfoilTransactionsPage *self)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));
  CfoilMirrorStatus *status = workspace != NULL ? cfoil_workspace_get_status (workspace) : NULL;

  if (status == NULL || filter_is_current (self, status))
    return;
  fill_filter (self, status);
  gtk_widget_set_visible (self->filters, status->accounts->len > 1);
  update_columns (self);
}

/* --- sorting --- */

typedef struct
{
  CfoilTransactionsPage *page; /* (borrowed) */
  CfoilColumn column;
} SorterData;

/* The view's sorter asks that of the first column first: how we learn which it
 * is, and by the sign in which direction.  No rows are ever compared. */
static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  SorterData *data = user_data;

  if (data->page->compared < 0)
    data->page->compared = (int) data->column;
  return -1;
}

static void
sorter_changed_cb (CfoilTransactionsPage *self)
{
  g_autoptr (CfoilRecordItem) a = cfoil_record_item_new (0);
  g_autoptr (CfoilRecordItem) b = cfoil_record_item_new (0);
  g_autoptr (CfoilRecordQuery) query = NULL;
  GtkOrdering ordering;

  if (self->model == NULL)
    return;
  self->compared = -1;
  ordering = gtk_sorter_compare (gtk_column_view_get_sorter (self->view), a, b);
  query = cfoil_record_query_copy (cfoil_record_model_get_query (self->model));
  query->sort = CFOIL_RECORD_SORT_TIME;
  query->is_ascending = FALSE;
  if (self->compared >= 0 && cfoil_column_get_sort ((CfoilColumn) self->compared, &query->sort))
    query->is_ascending = ordering == GTK_ORDERING_SMALLER;
  cfoil_record_model_set_query (self->model, query);
}

static GtkSorter *
new_sorter (CfoilTransactionsPage *self,
            CfoilColumn            column)
{
  CfoilRecordSort sort;
  SorterData *data;

  if (!cfoil_column_get_sort (column, &sort))
    return NULL;
  data = g_new (SorterData, 1);
  data->page = self;
  data->column = column;
  return GTK_SORTER (gtk_custom_sorter_new (compare_cb, data, g_free));
}

static void
add_columns (CfoilTransactionsPage *self)
{
  for (guint i = 0; i < CFOIL_N_COLUMNS; i++)
    {
      g_autoptr (GtkSorter) sorter = new_sorter (self, i);
      g_autoptr (GtkColumnViewColumn) column = cfoil_column_new (i, &self->zone, sorter);

      gtk_column_view_append_column (self->view, column);
      self->columns[i] = column;
    }
  cfoil_columns_align_titles (self->view);
  gtk_column_view_sort_by_column (self->view, self->columns[CFOIL_COLUMN_TIME], GTK_SORT_DESCENDING);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (sorter_changed_cb), self, G_CONNECT_SWAPPED);
}

/* --- model --- */

static void
drop_model (CfoilTransactionsPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  g_clear_object (&self->keeper);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_pointer (&self->currencies, g_ptr_array_unref);
}

static void
make_model (CfoilTransactionsPage *self)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));
  g_autoptr (CfoilRecordQuery) query = cfoil_record_query_new ();

  self->model = cfoil_record_model_new (cfoil_workspace_get_reader (workspace), query);
  self->selection = cfoil_record_selection_new (self->model);
  self->keeper = cfoil_scroll_keeper_new (self->view, self->model, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->model, "ids-changed", G_CALLBACK (ids_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::error", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (update_subtitle), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  sorter_changed_cb (self);
  update_state (self);
}

static void
time_zone_cb (CfoilTransactionsPage *self)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));

  g_time_zone_unref (self->zone);
  self->zone = g_time_zone_ref (cfoil_workspace_get_time_zone (workspace));
  if (self->model != NULL)
    cfoil_record_model_refresh (self->model);
  update_subtitle (self);
}

static void
cfoil_transactions_page_workspace_changed (CfoilPage *page)
{
  CfoilTransactionsPage *self = CFOIL_TRANSACTIONS_PAGE (page);
  CfoilWorkspace *workspace = cfoil_page_get_workspace (page);

  drop_model (self);
  g_array_set_size (self->account_ids, 0);
  g_signal_group_set_target (self->workspace_signals, workspace);
  if (workspace == NULL)
    return;
  make_model (self);
  time_zone_cb (self);
  status_cb (self);
}

/* --- actions --- */

static void
select_all_cb (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  CfoilTransactionsPage *self = CFOIL_TRANSACTIONS_PAGE (widget);

  if (self->selection != NULL)
    gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->selection));
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
copy_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  CfoilTransactionsPage *self = CFOIL_TRANSACTIONS_PAGE (widget);
  guint n_selected;

  if (self->selection == NULL)
    return;
  n_selected = cfoil_record_selection_get_n_selected (self->selection);
  if (n_selected == 0)
    return;
  if (n_selected > COPY_MAX)
    {
      gtk_widget_activate_action (widget, "win.toast", "s",
                                  _("That is too much to copy. Export it as a file instead."));
      return;
    }
  cfoil_record_copy_async (cfoil_workspace_get_reader (cfoil_page_get_workspace (CFOIL_PAGE (self))),
                           cfoil_record_selection_get_ids (self->selection, COPY_MAX), self->zone,
                           self->account_ids->len > 2, self->cancellable, copied_cb, g_object_ref (self));
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
pop_up (CfoilTransactionsPage *self,
        double                 x,
        double                 y)
{
  GtkWidget *box = gtk_widget_get_parent (GTK_WIDGET (self->menu));
  graphene_point_t point;

  if (!gtk_widget_compute_point (GTK_WIDGET (self->view), box, &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { (int) point.x, (int) point.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* What is under the pointer is chosen first, unless it is already. */
static void
secondary_pressed_cb (CfoilTransactionsPage *self,
                      int                    n_press,
                      double                 x,
                      double                 y)
{
  guint position;

  if (cfoil_scroll_keeper_find_position (self->keeper, x, y, &position) &&
      !gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  pop_up (self, x, y);
}

static void
menu_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  CfoilTransactionsPage *self = CFOIL_TRANSACTIONS_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  graphene_rect_t bounds;

  if (focus != NULL && gtk_widget_compute_bounds (focus, GTK_WIDGET (self->view), &bounds))
    pop_up (self, bounds.origin.x + 48, bounds.origin.y + bounds.size.height);
}

/* --- GObject and GtkWidget --- */

static gboolean
apply_width_cb (gpointer user_data)
{
  CfoilTransactionsPage *self = user_data;

  if (self->view != NULL)
    update_columns (self);
  return G_SOURCE_REMOVE;
}

static double
get_text_scale (CfoilTransactionsPage *self)
{
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? dpi / (96.0 * 1024.0) : 1;
}

/* Not at once: this is told in the middle of the layout. */
static void
width_cb (CfoilTransactionsPage *self,
          GParamSpec            *pspec,
          GtkAdjustment         *adjustment)
{
  int width = (int) (gtk_adjustment_get_page_size (adjustment) / get_text_scale (self));

  if (width == self->width || width == 0)
    return;
  self->width = width;
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, apply_width_cb, g_object_ref (self), g_object_unref);
}

static void
cfoil_transactions_page_dispose (GObject *object)
{
  CfoilTransactionsPage *self = CFOIL_TRANSACTIONS_PAGE (object);

  if (self->workspace_signals != NULL)
    g_signal_group_set_target (self->workspace_signals, NULL);
  g_clear_object (&self->workspace_signals);
  drop_model (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_TRANSACTIONS_PAGE);

  G_OBJECT_CLASS (cfoil_transactions_page_parent_class)->dispose (object);
}

static void
cfoil_transactions_page_finalize (GObject *object)
{
  CfoilTransactionsPage *self = CFOIL_TRANSACTIONS_PAGE (object);

  g_clear_object (&self->cancellable);
  g_array_unref (self->account_ids);
  g_time_zone_unref (self->zone);
  cfoil_saved_view_free (self->applied);

  G_OBJECT_CLASS (cfoil_transactions_page_parent_class)->finalize (object);
}

static void
cfoil_transactions_page_class_init (CfoilTransactionsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cfoil_transactions_page_dispose;
  object_class->finalize = cfoil_transactions_page_finalize;
  CFOIL_PAGE_CLASS (klass)->workspace_changed = cfoil_transactions_page_workspace_changed;

  signals[VIEW_CHANGED] = g_signal_new ("view-changed", CFOIL_TYPE_TRANSACTIONS_PAGE, G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (CFOIL_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-transactions-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilTransactionsPage, filters);
  gtk_widget_class_bind_template_child (widget_class, CfoilTransactionsPage, account_filter);
  gtk_widget_class_bind_template_child (widget_class, CfoilTransactionsPage, error_banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilTransactionsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilTransactionsPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, CfoilTransactionsPage, view);
  gtk_widget_class_bind_template_child (widget_class, CfoilTransactionsPage, menu);
  gtk_widget_class_bind_template_callback (widget_class, account_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, secondary_pressed_cb);
  gtk_widget_class_install_action (widget_class, "page.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "page.select-all", NULL, select_all_cb);
  gtk_widget_class_install_action (widget_class, "page.scroll-to", "u", scroll_to_cb);
  gtk_widget_class_install_action (widget_class, "page.menu", NULL, menu_cb);
}

static void
cfoil_transactions_page_init (CfoilTransactionsPage *self)
{
  self->account_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->cancellable = g_cancellable_new ();
  self->zone = g_time_zone_new_local ();
  self->compared = -1;
  self->width = G_MAXINT;
  self->applied = cfoil_saved_view_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  add_columns (self);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->scroller), "notify::page-size",
                           G_CALLBACK (width_cb), self, G_CONNECT_SWAPPED);
  self->workspace_signals = g_signal_group_new (CFOIL_TYPE_WORKSPACE);
  g_signal_group_connect_swapped (self->workspace_signals, "notify::status", G_CALLBACK (status_cb), self);
  g_signal_group_connect_swapped (self->workspace_signals, "notify::time-zone", G_CALLBACK (time_zone_cb), self);
}

/* --- public --- */

void
cfoil_transactions_page_apply_view (CfoilTransactionsPage *self,
                                    const CfoilSavedView  *view)
{
  g_return_if_fail (CFOIL_IS_TRANSACTIONS_PAGE (self));
  g_return_if_fail (view != NULL);

  cfoil_saved_view_free (self->applied);
  self->applied = cfoil_saved_view_copy (view);
}

CfoilSavedView *
cfoil_transactions_page_dup_view (CfoilTransactionsPage *self)
{
  g_return_val_if_fail (CFOIL_IS_TRANSACTIONS_PAGE (self), NULL);

  return cfoil_saved_view_copy (self->applied);
}
