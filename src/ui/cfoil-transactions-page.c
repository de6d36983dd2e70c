/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-transactions-page-private.h"

#include "cfoil-record-cells.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

#define USUAL_DENSITY "normal"
static const char *const densities[] = { "compact", USUAL_DENSITY, "spacious" };

enum
{
  PROP_0,
  PROP_DENSITY,
  N_PROPS
};

enum
{
  VIEW_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void summed_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data);

G_DEFINE_FINAL_TYPE (CfoilTransactionsPage, cfoil_transactions_page, CFOIL_TYPE_PAGE)

static guint
get_n_rows (CfoilTransactionsPage *self)
{
  return self->model != NULL ? cfoil_record_model_get_n_rows (self->model) : 0;
}

static guint
get_n_selected (CfoilTransactionsPage *self)
{
  return self->selection != NULL ? cfoil_record_selection_get_n_selected (self->selection) : 0;
}

static CfoilReader *
get_reader (CfoilTransactionsPage *self)
{
  return cfoil_workspace_get_reader (cfoil_page_get_workspace (CFOIL_PAGE (self)));
}

static void
tell_view_changed (CfoilTransactionsPage *self)
{
  if (!self->is_applying)
    g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

/* --- how many, and how much --- */

static void
update_subtitle (CfoilTransactionsPage *self)
{
  guint n = get_n_rows (self), n_selected = get_n_selected (self);
  g_autofree char *n_text = cfoil_words_number (n);
  g_autofree char *n_selected_text = cfoil_words_number (n_selected);
  g_autofree char *text = NULL;
  g_autofree char *subtitle = NULL;
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));

  if (self->model == NULL || workspace == NULL || (n == 0 && cfoil_record_model_get_loading (self->model)))
    {
      cfoil_page_set_subtitle (CFOIL_PAGE (self), "");
      return;
    }
  if (n_selected > 0)
    /* Translators: so many of so many transactions are selected. */
    text = g_strdup_printf (ngettext ("%s of %s selected", "%s of %s selected", n_selected), n_selected_text, n_text);
  else
    /* Translators: %s is a number. */
    text = g_strdup_printf (ngettext ("%s transaction", "%s transactions", n), n_text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  /* The zone first: in a narrow window the end is cut, and the number stands below the list, too. */
  subtitle = g_strdup_printf ("%s · %s", cfoil_workspace_get_time_zone_name (workspace), text);
  cfoil_page_set_subtitle (CFOIL_PAGE (self), subtitle);
}

static void
cancel_sum (CfoilTransactionsPage *self)
{
  if (self->sum_cancellable != NULL)
    g_cancellable_cancel (self->sum_cancellable);
  g_clear_object (&self->sum_cancellable);
}

/* Of the selection, or else of all rows: those are known already. */
static void
update_totals (CfoilTransactionsPage *self)
{
  guint n = get_n_rows (self), n_selected = get_n_selected (self);

  cancel_sum (self);
  if (self->model == NULL)
    return;
  if (n_selected == 0 || n_selected == n)
    {
      cfoil_totals_bar_set_totals (self->totals, n_selected, n, cfoil_record_model_get_totals (self->model));
      return;
    }
  cfoil_totals_bar_set_totals (self->totals, n_selected, n, NULL);
  self->sum_cancellable = g_cancellable_new ();
  cfoil_record_selection_sum_async (self->selection, get_reader (self), self->sum_cancellable, summed_cb, g_object_ref (self));
}

static void
summed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (CfoilTransactionsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) totals = cfoil_record_selection_sum_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->sum_cancellable == NULL ||
      g_task_get_cancellable (G_TASK (result)) != self->sum_cancellable)
    return;
  g_clear_object (&self->sum_cancellable);
  if (totals != NULL)
    cfoil_totals_bar_set_totals (self->totals, get_n_selected (self), get_n_rows (self), totals);
  else
    g_warning ("Cannot add up the selection: %s", error->message);
}

/* --- what is to be seen --- */

static const char *
get_state (CfoilTransactionsPage *self,
           const GError          *error)
{
  if (get_n_rows (self) > 0)
    return "list";
  if (error != NULL)
    return "error";
  if (cfoil_record_model_get_loading (self->model))
    return "loading";
  return cfoil_query_get_n_terms (cfoil_record_model_get_query (self->model)->query) > 0 ? "nothing" : "empty";
}

void
_cfoil_transactions_page_focus_list (CfoilTransactionsPage *self)
{
  if (self->keeper != NULL)
    cfoil_scroll_keeper_grab_focus (self->keeper);
}

gboolean
_cfoil_transactions_page_find_row (CfoilTransactionsPage *self,
                                   guint                 *position)
{
  g_autoptr (GtkBitset) selected = NULL;

  if (self->keeper == NULL)
    return FALSE;
  if (cfoil_scroll_keeper_find_focus (self->keeper, position))
    return TRUE;
  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  if (gtk_bitset_is_empty (selected))
    return FALSE;
  *position = gtk_bitset_get_minimum (selected);
  return TRUE;
}

/* So that keys do something from the beginning. */
static void
focus_if_none (CfoilTransactionsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL && gtk_root_get_focus (root) == NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    _cfoil_transactions_page_focus_list (self);
}

static void
update_state (CfoilTransactionsPage *self)
{
  const GError *error = cfoil_record_model_get_error (self->model);
  const char *state = get_state (self, error);
  const char *now = gtk_stack_get_visible_child_name (self->stack);

  /* Until there is an answer, what stands there is nearer to it than a spinner. */
  if (!g_str_equal (state, "loading") || g_strcmp0 (now, "nothing") != 0)
    gtk_stack_set_visible_child_name (self->stack, state);
  if (g_str_equal (state, "list"))
    focus_if_none (self);
  if (error != NULL)
    {
      g_autofree char *advice = g_markup_escape_text (cfoil_words_error (error), -1);

      adw_status_page_set_description (ADW_STATUS_PAGE (gtk_stack_get_child_by_name (self->stack, "error")), advice);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->totals), g_str_equal (state, "list"));
  cfoil_banner_set_text (self->error_banner, error != NULL && get_n_rows (self) > 0 ? cfoil_words_error (error) : NULL);
  cfoil_banner_set_tooltip (self->error_banner, error != NULL ? error->message : NULL);
  update_subtitle (self);
}

static void
answered_cb (CfoilTransactionsPage *self)
{
  guint n_outside = cfoil_record_model_get_n_outside (self->model);
  g_autofree char *number = cfoil_words_number (n_outside);
  g_autofree char *notice = NULL;

  if (n_outside > 0)
    notice = g_strdup_printf (ngettext ("%s row has the ID that you look for and is shown although it is outside your filter",
                                        "%s rows have the ID that you look for and are shown although they are outside your filter",
                                        n_outside),
                              number);
  cfoil_search_bar_set_notice (self->search, notice);
  update_state (self);
  update_totals (self);
}

/* --- the selected row --- */

static void
activated_cb (CfoilTransactionsPage *self,
              guint                  position)
{
  _cfoil_transactions_page_show_details (self, position);
}

static void
selection_changed_cb (CfoilTransactionsPage *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  update_subtitle (self);
  update_totals (self);
  if (_cfoil_transactions_page_details_are_open (self) && gtk_bitset_get_size (selected) == 1)
    _cfoil_transactions_page_show_details (self, gtk_bitset_get_minimum (selected));
}

/* --- which rows --- */

static void
update_query (CfoilTransactionsPage *self)
{
  g_autoptr (CfoilRecordQuery) query = NULL;

  if (self->model == NULL)
    return;
  query = cfoil_record_query_new (cfoil_search_bar_get_query (self->search),
                                  cfoil_record_columns_get_sort (self->columns), self->zone);
  cfoil_record_model_set_query (self->model, query);
}

static void
query_changed_cb (CfoilTransactionsPage *self)
{
  update_query (self);
  tell_view_changed (self);
}

static void
fields_changed_cb (CfoilTransactionsPage *self)
{
  if (self->model != NULL)
    cfoil_record_model_set_fields (self->model, cfoil_record_columns_get_fields (self->columns));
}

/* --- model --- */

static void
drop_model (CfoilTransactionsPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  cancel_sum (self);
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  g_clear_object (&self->keeper);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
}

static void
make_model (CfoilTransactionsPage *self)
{
  g_autoptr (CfoilRecordQuery) query = cfoil_record_query_new (cfoil_search_bar_get_query (self->search),
                                                               cfoil_record_columns_get_sort (self->columns), self->zone);

  self->model = cfoil_record_model_new (get_reader (self), query, cfoil_record_columns_get_fields (self->columns));
  self->selection = cfoil_record_selection_new (self->model);
  self->keeper = cfoil_scroll_keeper_new (self->view, self->model, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->model, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::error", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  cfoil_record_model_set_resting (self->model, !gtk_widget_get_mapped (GTK_WIDGET (self)));
  update_state (self);
}

static void
time_zone_cb (CfoilTransactionsPage *self)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));

  g_time_zone_unref (self->zone);
  self->zone = g_time_zone_ref (cfoil_workspace_get_time_zone (workspace));
  cfoil_record_columns_set_zone (self->columns, self->zone);
  if (self->model != NULL)
    {
      update_query (self);
      cfoil_record_model_redraw (self->model);
    }
  update_subtitle (self);
}

static void
cfoil_transactions_page_workspace_changed (CfoilPage *page)
{
  CfoilTransactionsPage *self = CFOIL_TRANSACTIONS_PAGE (page);
  CfoilWorkspace *workspace = cfoil_page_get_workspace (page);

  drop_model (self);
  _cfoil_transactions_page_hide_details (self);
  cfoil_details_pane_set_workspace (self->details, workspace);
  cfoil_search_bar_set_reader (self->search, workspace != NULL ? cfoil_workspace_get_reader (workspace) : NULL);
  g_signal_group_set_target (self->workspace_signals, workspace);
  if (workspace == NULL)
    return;
  time_zone_cb (self);
  make_model (self);
}

/* --- pointer and keys --- */

static void
pressed_cb (CfoilTransactionsPage *self,
            int                    n_press,
            double                 x,
            double                 y)
{
  cfoil_record_cells_find_field (gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT), &self->field);
}

static void
secondary_pressed_cb (CfoilTransactionsPage *self,
                      int                    n_press,
                      double                 x,
                      double                 y)
{
  _cfoil_transactions_page_pop_up_at (self, x, y);
}

/* Escape closes what is open last. */
static gboolean
key_pressed_cb (CfoilTransactionsPage *self,
                guint                  key,
                guint                  code,
                GdkModifierType        modifiers)
{
  if (key != GDK_KEY_Escape || (modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (_cfoil_transactions_page_details_are_open (self))
    _cfoil_transactions_page_hide_details (self);
  else if (get_n_selected (self) > 0)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* By itself a list takes Tab for the next row: whoever has no pointer would come out
 * of a million of them only at their end. */
static gboolean
list_key_captured_cb (CfoilTransactionsPage *self,
                      guint                  key,
                      guint                  code,
                      GdkModifierType        modifiers)
{
  if ((key != GDK_KEY_Tab && key != GDK_KEY_KP_Tab && key != GDK_KEY_ISO_Left_Tab) ||
      (modifiers & gtk_accelerator_get_default_mod_mask () & ~GDK_SHIFT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit_by_name (self->scroller, "move-focus-out",
                         (modifiers & GDK_SHIFT_MASK) != 0 ? GTK_DIR_TAB_BACKWARD : GTK_DIR_TAB_FORWARD);
  return GDK_EVENT_STOP;
}

static gboolean
search_key_pressed_cb (CfoilTransactionsPage *self,
                       guint                  key,
                       guint                  code,
                       GdkModifierType        modifiers)
{
  guint position;

  if (key != GDK_KEY_Down || (modifiers & gtk_accelerator_get_default_mod_mask ()) != 0 || get_n_rows (self) == 0)
    return GDK_EVENT_PROPAGATE;
  _cfoil_transactions_page_focus_list (self);
  if (get_n_selected (self) == 0 && cfoil_scroll_keeper_find_focus (self->keeper, &position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  return GDK_EVENT_STOP;
}

/* --- room --- */

double
_cfoil_transactions_page_get_text_scale (CfoilTransactionsPage *self)
{
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? dpi / (96.0 * 1024.0) : 1;
}

static gboolean
apply_width_cb (gpointer user_data)
{
  CfoilTransactionsPage *self = user_data;
  int list_width = gtk_widget_get_width (GTK_WIDGET (self->scroller));

  self->width_id = 0;
  /* Out of sight it has none. */
  if (list_width > 0)
    {
      cfoil_record_columns_set_room (self->columns, (int) (list_width / _cfoil_transactions_page_get_text_scale (self)));
      cfoil_totals_bar_set_room (self->totals, list_width);
    }
  _cfoil_transactions_page_layout_details (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: this is told in the middle of the layout. */
static void
apply_width_soon (CfoilTransactionsPage *self)
{
  if (self->width_id == 0)
    self->width_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, apply_width_cb, self, NULL);
}

/* While the page is in view, whatever is typed in the window, and nobody else wants,
 * goes to the entry; behind another page the list rests, for a sync changes the mirror
 * four times a second. */
static void
cfoil_transactions_page_map (GtkWidget *widget)
{
  CfoilTransactionsPage *self = CFOIL_TRANSACTIONS_PAGE (widget);

  GTK_WIDGET_CLASS (cfoil_transactions_page_parent_class)->map (widget);
  self->surface = g_object_ref (gtk_native_get_surface (gtk_widget_get_native (widget)));
  self->layout_id = g_signal_connect_object (self->surface, "layout", G_CALLBACK (apply_width_soon), self,
                                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  cfoil_search_bar_set_key_capture_widget (self->search, GTK_WIDGET (gtk_widget_get_root (widget)));
  if (self->model != NULL)
    cfoil_record_model_set_resting (self->model, FALSE);
}

static void
cfoil_transactions_page_unmap (GtkWidget *widget)
{
  CfoilTransactionsPage *self = CFOIL_TRANSACTIONS_PAGE (widget);

  cfoil_search_bar_set_key_capture_widget (self->search, NULL);
  g_clear_signal_handler (&self->layout_id, self->surface);
  g_clear_object (&self->surface);
  if (self->model != NULL)
    cfoil_record_model_set_resting (self->model, TRUE);
  GTK_WIDGET_CLASS (cfoil_transactions_page_parent_class)->unmap (widget);
}

/* --- density --- */

static void
set_density (CfoilTransactionsPage *self,
             const char            *density)
{
  if (!g_strv_contains ((const char *const[]) { densities[0], densities[1], densities[2], NULL }, density))
    density = USUAL_DENSITY;
  if (g_strcmp0 (self->density, density) == 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (densities); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->view), densities[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), density);
  g_free (self->density);
  self->density = g_strdup (density);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DENSITY]);
  tell_view_changed (self);
}

/* --- GObject and GtkWidget --- */

static void
cfoil_transactions_page_get_property (GObject    *object,
                                      guint       prop_id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  if (prop_id == PROP_DENSITY)
    g_value_set_string (value, CFOIL_TRANSACTIONS_PAGE (object)->density);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cfoil_transactions_page_set_property (GObject      *object,
                                      guint         prop_id,
                                      const GValue *value,
                                      GParamSpec   *pspec)
{
  if (prop_id == PROP_DENSITY)
    set_density (CFOIL_TRANSACTIONS_PAGE (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cfoil_transactions_page_dispose (GObject *object)
{
  CfoilTransactionsPage *self = CFOIL_TRANSACTIONS_PAGE (object);

  if (self->workspace_signals != NULL)
    g_signal_group_set_target (self->workspace_signals, NULL);
  g_clear_object (&self->workspace_signals);
  g_clear_handle_id (&self->width_id, g_source_remove);
  drop_model (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_TRANSACTIONS_PAGE);

  G_OBJECT_CLASS (cfoil_transactions_page_parent_class)->dispose (object);
}

static void
cfoil_transactions_page_finalize (GObject *object)
{
  CfoilTransactionsPage *self = CFOIL_TRANSACTIONS_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->columns);
  g_time_zone_unref (self->zone);
  g_free (self->density);
  cfoil_saved_view_free (self->applied);

  G_OBJECT_CLASS (cfoil_transactions_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-transactions-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilTransactionsPage, search);
  gtk_widget_class_bind_template_child (widget_class, CfoilTransactionsPage, error_banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilTransactionsPage, list_side);
  gtk_widget_class_bind_template_child (widget_class, CfoilTransactionsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilTransactionsPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, CfoilTransactionsPage, view);
  gtk_widget_class_bind_template_child (widget_class, CfoilTransactionsPage, menu);
  gtk_widget_class_bind_template_child (widget_class, CfoilTransactionsPage, totals);
  gtk_widget_class_bind_template_child (widget_class, CfoilTransactionsPage, details);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, _cfoil_transactions_page_focus_list);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_key_captured_cb);
  gtk_widget_class_bind_template_callback (widget_class, _cfoil_transactions_page_open_transaction);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, secondary_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, _cfoil_transactions_page_hide_details);
}

static void
cfoil_transactions_page_class_init (CfoilTransactionsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cfoil_transactions_page_get_property;
  object_class->set_property = cfoil_transactions_page_set_property;
  object_class->dispose = cfoil_transactions_page_dispose;
  object_class->finalize = cfoil_transactions_page_finalize;
  widget_class->map = cfoil_transactions_page_map;
  widget_class->unmap = cfoil_transactions_page_unmap;
  CFOIL_PAGE_CLASS (klass)->workspace_changed = cfoil_transactions_page_workspace_changed;

  properties[PROP_DENSITY] = g_param_spec_string ("density", NULL, NULL, USUAL_DENSITY,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[VIEW_CHANGED] = g_signal_new ("view-changed", CFOIL_TYPE_TRANSACTIONS_PAGE, G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (CFOIL_TYPE_BANNER);
  g_type_ensure (CFOIL_TYPE_DETAILS_PANE);
  g_type_ensure (CFOIL_TYPE_SEARCH_BAR);
  g_type_ensure (CFOIL_TYPE_TOTALS_BAR);
  bind_template (widget_class);
  _cfoil_transactions_page_install_actions (klass);
  gtk_widget_class_install_property_action (widget_class, "page.density", "density");
}

static void
cfoil_transactions_page_init (CfoilTransactionsPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->zone = g_time_zone_new_local ();
  self->applied = cfoil_saved_view_new ();
  self->field = CFOIL_FIELD_TYPE;
  self->is_applying = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  set_density (self, USUAL_DENSITY);
  self->is_applying = FALSE;

  self->columns = cfoil_record_columns_new (self->view);
  g_signal_connect_object (self->columns, "changed", G_CALLBACK (tell_view_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->columns, "fields-changed", G_CALLBACK (fields_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->columns, "sort-changed", G_CALLBACK (query_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->scroller), "notify::page-size",
                           G_CALLBACK (apply_width_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details, "filter", G_CALLBACK (cfoil_search_bar_set_text), self->search, G_CONNECT_SWAPPED);
  self->workspace_signals = g_signal_group_new (CFOIL_TYPE_WORKSPACE);
  g_signal_group_connect_swapped (self->workspace_signals, "notify::time-zone", G_CALLBACK (time_zone_cb), self);
}

/* --- public --- */

void
cfoil_transactions_page_open_transaction (CfoilTransactionsPage *self,
                                          gint64                 txn_id)
{
  g_return_if_fail (CFOIL_IS_TRANSACTIONS_PAGE (self));

  if (cfoil_page_get_workspace (CFOIL_PAGE (self)) == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->details), TRUE);
  _cfoil_transactions_page_layout_details (self);
  _cfoil_transactions_page_open_transaction (self, txn_id);
}

void
cfoil_transactions_page_apply_view (CfoilTransactionsPage *self,
                                    const CfoilSavedView  *view)
{
  g_autoptr (GArray) choices = NULL;
  CfoilSort sort = cfoil_sort_default;

  g_return_if_fail (CFOIL_IS_TRANSACTIONS_PAGE (self));
  g_return_if_fail (view != NULL);

  cfoil_saved_view_free (self->applied);
  self->applied = cfoil_saved_view_copy (view);
  if (view->sort != NULL && !cfoil_sort_from_string (view->sort, &sort))
    sort = cfoil_sort_default;
  choices = cfoil_column_choices_parse (view->columns);

  self->is_applying = TRUE;
  cfoil_record_columns_set_sort (self->columns, &sort);
  cfoil_record_columns_set_choices (self->columns, choices);
  set_density (self, view->density != NULL ? view->density : USUAL_DENSITY);
  cfoil_search_bar_set_text (self->search, view->query);
  update_query (self);
  self->is_applying = FALSE;
}

CfoilSavedView *
cfoil_transactions_page_dup_view (CfoilTransactionsPage *self)
{
  const CfoilSort *sort;
  CfoilSavedView *view;

  g_return_val_if_fail (CFOIL_IS_TRANSACTIONS_PAGE (self), NULL);

  view = cfoil_saved_view_copy (self->applied);
  g_free (view->query);
  view->query = g_strdup (cfoil_search_bar_get_text (self->search));
  sort = cfoil_record_columns_get_sort (self->columns);
  g_free (view->sort);
  view->sort = sort->field == cfoil_sort_default.field && sort->is_ascending == cfoil_sort_default.is_ascending
                 ? NULL
                 : cfoil_sort_to_string (sort);
  g_free (view->columns);
  view->columns = cfoil_column_choices_to_text (cfoil_record_columns_get_choices (self->columns));
  g_free (view->density);
  view->density = g_str_equal (self->density, USUAL_DENSITY) ? NULL : g_strdup (self->density);
  return view;
}
