/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-inbox.h"

#include "cfoil-banner.h"
#include "cfoil-case-row.h"
#include "cfoil-case-words.h"
#include "cfoil-search-bar.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* Below these, in pixels of usual text. */
#define NARROW_ROWS 680
#define NARROW_VIEWS 620

struct _CfoilCaseInbox
{
  AdwBin parent_instance;

  CfoilSearchBar *search;
  GtkBox *views;
  GtkDropDown *narrow_views;
  CfoilBanner *error_banner;
  GtkStack *stack;
  AdwStatusPage *empty;
  AdwStatusPage *error;
  GtkScrolledWindow *scroller;
  GtkListView *view;

  GtkToggleButton *toggles[CFOIL_N_CASE_VIEWS];
  GtkStringList *titles;           /* (owned): of the drop-down */
  CfoilWorkspace *workspace;       /* (owned) (nullable) */
  GSignalGroup *workspace_signals; /* (owned) */
  CfoilCaseList *list;             /* (owned) (nullable) */
  CfoilCaseView shown_view;
  gboolean is_narrow;
  gboolean is_updating;
  GdkSurface *surface;             /* (owned) (nullable): while it is in view */
  gulong layout_id;
  guint width_id;
  guint focus_id;
  gboolean awaits_focus; /* it came into view, and its rows have not as yet */
};

enum
{
  ACTIVATED,
  UPDATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const view_names[CFOIL_N_CASE_VIEWS] = {
  [CFOIL_CASES_NEED_ANSWER] = "need-answer", [CFOIL_CASES_DRAFTS] = "drafts", [CFOIL_CASES_SUBMITTED] = "submitted",
  [CFOIL_CASES_WON] = "won",                 [CFOIL_CASES_LOST] = "lost",     [CFOIL_CASES_ALL] = "all",
};

G_DEFINE_FINAL_TYPE (CfoilCaseInbox, cfoil_case_inbox, ADW_TYPE_BIN)

/* --- rows --- */

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *list_item,
          CfoilCaseInbox     *self)
{
  gtk_list_item_set_child (list_item, GTK_WIDGET (cfoil_case_row_new ()));
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *list_item,
         CfoilCaseInbox     *self)
{
  CfoilCaseRow *row = CFOIL_CASE_ROW (gtk_list_item_get_child (list_item));

  cfoil_case_row_set_narrow (row, self->is_narrow);
  cfoil_case_row_set_item (row, gtk_list_item_get_item (list_item), cfoil_workspace_get_time_zone (self->workspace));
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *list_item,
           CfoilCaseInbox     *self)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  cfoil_case_row_set_item (CFOIL_CASE_ROW (gtk_list_item_get_child (list_item)), NULL, utc);
}

/* The rows that there are: what a list makes of its items it does not tell. */
static void
update_rows (CfoilCaseInbox *self)
{
  for (GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (self->view)); item != NULL; item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);

      if (!CFOIL_IS_CASE_ROW (row))
        continue;
      cfoil_case_row_set_narrow (CFOIL_CASE_ROW (row), self->is_narrow);
      if (self->workspace != NULL)
        cfoil_case_row_set_zone (CFOIL_CASE_ROW (row), cfoil_workspace_get_time_zone (self->workspace));
    }
}

static void
activated_cb (CfoilCaseInbox *self,
              guint           position)
{
  g_autoptr (CfoilCaseItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (item != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, cfoil_case_item_get_record (item)->case_id);
}

/* --- views --- */

static void
set_view (CfoilCaseInbox *self,
          CfoilCaseView   view)
{
  self->shown_view = view;
  if (self->list != NULL)
    cfoil_case_list_set_view (self->list, view);
  for (guint i = 0; i < CFOIL_N_CASE_VIEWS; i++)
    gtk_toggle_button_set_active (self->toggles[i], i == view);
  self->is_updating = TRUE;
  gtk_drop_down_set_selected (self->narrow_views, view);
  self->is_updating = FALSE;
}

static void
toggled_cb (CfoilCaseInbox  *self,
            GtkToggleButton *toggle)
{
  for (guint i = 0; i < CFOIL_N_CASE_VIEWS; i++)
    if (self->toggles[i] == toggle && gtk_toggle_button_get_active (toggle) && self->shown_view != (CfoilCaseView) i)
      set_view (self, (CfoilCaseView) i);
}

static void
view_selected_cb (CfoilCaseInbox *self)
{
  guint view = gtk_drop_down_get_selected (self->narrow_views);

  if (!self->is_updating && view < CFOIL_N_CASE_VIEWS && view != self->shown_view)
    set_view (self, (CfoilCaseView) view);
}

static void
view_action_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  const char *wanted = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < CFOIL_N_CASE_VIEWS; i++)
    if (g_str_equal (view_names[i], wanted))
      set_view (CFOIL_CASE_INBOX (widget), (CfoilCaseView) i);
}

static char *
title_with_count (CfoilCaseInbox *self,
                  CfoilCaseView   view)
{
  guint count = self->list != NULL ? cfoil_case_list_get_count (self->list, view) : 0;
  g_autofree char *number = cfoil_words_number (count);

  if (count == 0)
    return g_strdup (cfoil_case_view_get_title (view));
  /* Translators: the name of a view, and how many are in it. */
  return g_strdup_printf (C_ ("a view", "%s (%s)"), cfoil_case_view_get_title (view), number);
}

static void
update_counts (CfoilCaseInbox *self)
{
  self->is_updating = TRUE;
  for (guint i = 0; i < CFOIL_N_CASE_VIEWS; i++)
    {
      g_autofree char *title = title_with_count (self, (CfoilCaseView) i);
      const char *titles[] = { title, NULL };

      if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->toggles[i])), title) == 0)
        continue;
      gtk_button_set_label (GTK_BUTTON (self->toggles[i]), title);
      gtk_string_list_splice (self->titles, i, 1, titles);
    }
  gtk_drop_down_set_selected (self->narrow_views, self->shown_view);
  self->is_updating = FALSE;
}

static void
make_views (CfoilCaseInbox *self)
{
  self->titles = gtk_string_list_new (NULL);
  for (guint i = 0; i < CFOIL_N_CASE_VIEWS; i++)
    {
      const char *title = cfoil_case_view_get_title ((CfoilCaseView) i);

      self->toggles[i] = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (title));
      gtk_toggle_button_set_active (self->toggles[i], i == self->shown_view);
      if (i > 0)
        gtk_toggle_button_set_group (self->toggles[i], self->toggles[0]);
      gtk_box_append (self->views, GTK_WIDGET (self->toggles[i]));
      g_signal_connect_object (self->toggles[i], "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
      gtk_string_list_append (self->titles, title);
    }
  gtk_drop_down_set_model (self->narrow_views, G_LIST_MODEL (self->titles));
}

/* --- what is to be seen --- */

static void
describe_empty (CfoilCaseInbox *self)
{
  static const struct
  {
    const char *icon;
    const char *title;
    const char *description;
  } words[CFOIL_N_CASE_VIEWS] = {
    [CFOIL_CASES_NEED_ANSWER] = { "emblem-ok-symbolic", N_ ("Nothing Needs an Answer"),
                                  N_ ("When a buyer disputes a payment, it appears here with its deadline.") },
    [CFOIL_CASES_DRAFTS] = { "document-edit-symbolic", N_ ("No Drafts"),
                             N_ ("Answers that you have begun and not sent are kept here.") },
    [CFOIL_CASES_SUBMITTED] = { "mail-send-symbolic", N_ ("Nothing Under Way"),
                                N_ ("Disputes that you have answered stand here until they are decided.") },
    [CFOIL_CASES_WON] = { "emblem-ok-symbolic", N_ ("No Won Disputes"), N_ ("Disputes that were decided for you stand here.") },
    [CFOIL_CASES_LOST] = { "dialog-information-symbolic", N_ ("No Lost Disputes"),
                           N_ ("Disputes that were lost, accepted or not answered in time stand here.") },
    [CFOIL_CASES_ALL] = { "emblem-ok-symbolic", N_ ("No Disputes"),
                          N_ ("Disputes are found by each sync, in reports and notifications. "
                              "You can also add one by its ID, or record a claim.") },
  };

  adw_status_page_set_icon_name (self->empty, words[self->shown_view].icon);
  adw_status_page_set_title (self->empty, _(words[self->shown_view].title));
  adw_status_page_set_description (self->empty, _(words[self->shown_view].description));
}

static const char *
get_state (CfoilCaseInbox *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    return "list";
  if (cfoil_case_list_get_error (self->list) != NULL)
    return "error";
  if (cfoil_case_list_get_loading (self->list))
    return "loading";
  return cfoil_query_get_n_terms (cfoil_search_bar_get_query (self->search)) > 0 ? "nothing" : "empty";
}

static void take_focus_soon (CfoilCaseInbox *self);

static void
updated_cb (CfoilCaseInbox *self)
{
  const GError *error = cfoil_case_list_get_error (self->list);
  const char *state = get_state (self);

  update_counts (self);
  if (error != NULL)
    {
      g_autofree char *advice = g_markup_escape_text (cfoil_words_error (error), -1);

      adw_status_page_set_description (self->error, advice);
    }
  if (g_str_equal (state, "empty"))
    describe_empty (self);
  gtk_stack_set_visible_child_name (self->stack, state);
  cfoil_banner_set_text (self->error_banner, error != NULL && g_str_equal (state, "list") ? cfoil_words_error (error) : NULL);
  cfoil_banner_set_tooltip (self->error_banner, error != NULL ? error->message : NULL);
  if (self->awaits_focus)
    take_focus_soon (self);
  g_signal_emit (self, signals[UPDATED], 0);
}

static void
query_changed_cb (CfoilCaseInbox *self)
{
  if (self->list != NULL)
    cfoil_case_list_set_query (self->list, cfoil_search_bar_get_query (self->search));
}

/* --- keys --- */

static void
focus_list_cb (CfoilCaseInbox *self)
{
  if (self->list != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Whoever comes to the page uses the arrows at once. */
static gboolean
take_focus_cb (gpointer user_data)
{
  CfoilCaseInbox *self = user_data;

  self->focus_id = 0;
  if (self->list == NULL || cfoil_case_list_get_loading (self->list) || gtk_stack_get_visible_child (self->stack) == NULL)
    return G_SOURCE_REMOVE;
  self->awaits_focus = FALSE;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    focus_list_cb (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
  return G_SOURCE_REMOVE;
}

/* Not at once: what brought it into view takes the focus after that. */
static void
take_focus_soon (CfoilCaseInbox *self)
{
  if (self->focus_id == 0)
    self->focus_id = g_idle_add (take_focus_cb, self);
}

static gboolean
search_key_pressed_cb (CfoilCaseInbox *self,
                       guint           key,
                       guint           code,
                       GdkModifierType modifiers)
{
  if (key != GDK_KEY_Down || (modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  focus_list_cb (self);
  return GDK_EVENT_STOP;
}

static void
search_action_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (CFOIL_CASE_INBOX (widget)->search));
}

static void
clear_search_action_cb (GtkWidget  *widget,
                        const char *name,
                        GVariant   *parameter)
{
  cfoil_search_bar_set_text (CFOIL_CASE_INBOX (widget)->search, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (CFOIL_CASE_INBOX (widget)->search));
}

/* --- room --- */

static double
get_text_scale (CfoilCaseInbox *self)
{
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? dpi / (96.0 * 1024.0) : 1;
}

static gboolean
apply_width_cb (gpointer user_data)
{
  CfoilCaseInbox *self = user_data;
  int width = (int) (gtk_widget_get_width (GTK_WIDGET (self)) / get_text_scale (self));

  self->width_id = 0;
  if (width <= 0)
    return G_SOURCE_REMOVE;
  gtk_widget_set_visible (GTK_WIDGET (self->views), width >= NARROW_VIEWS);
  gtk_widget_set_visible (GTK_WIDGET (self->narrow_views), width < NARROW_VIEWS);
  if (self->is_narrow == (width < NARROW_ROWS))
    return G_SOURCE_REMOVE;
  self->is_narrow = !self->is_narrow;
  update_rows (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: this is told in the middle of the layout. */
static void
apply_width_soon (CfoilCaseInbox *self)
{
  if (self->width_id == 0)
    self->width_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, apply_width_cb, self, NULL);
}

/* The page must be able to become narrow before it knows that it is: what is too wide
 * is cut until then. */
static void
cfoil_case_inbox_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));
  int least;

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    {
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      for_size = MAX (for_size, least);
    }
  gtk_widget_measure (child, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, 320);
}

static void
cfoil_case_inbox_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));
  int least;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_allocate (child, MAX (width, least), height, baseline, NULL);
}

static void
cfoil_case_inbox_map (GtkWidget *widget)
{
  CfoilCaseInbox *self = CFOIL_CASE_INBOX (widget);

  GTK_WIDGET_CLASS (cfoil_case_inbox_parent_class)->map (widget);
  self->surface = g_object_ref (gtk_native_get_surface (gtk_widget_get_native (widget)));
  self->layout_id = g_signal_connect_object (self->surface, "layout", G_CALLBACK (apply_width_soon), self,
                                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  apply_width_soon (self);
  cfoil_search_bar_set_key_capture_widget (self->search, GTK_WIDGET (gtk_widget_get_root (widget)));
  self->awaits_focus = TRUE;
  take_focus_soon (self);
}

static void
cfoil_case_inbox_unmap (GtkWidget *widget)
{
  CfoilCaseInbox *self = CFOIL_CASE_INBOX (widget);

  self->awaits_focus = FALSE;
  g_clear_handle_id (&self->focus_id, g_source_remove);
  cfoil_search_bar_set_key_capture_widget (self->search, NULL);
  g_clear_signal_handler (&self->layout_id, self->surface);
  g_clear_object (&self->surface);
  GTK_WIDGET_CLASS (cfoil_case_inbox_parent_class)->unmap (widget);
}

/* --- GObject --- */

static void
time_zone_cb (CfoilCaseInbox *self)
{
  GTimeZone *zone = cfoil_workspace_get_time_zone (self->workspace);

  if (self->list == NULL)
    return;
  update_rows (self);
  cfoil_case_list_set_zone (self->list, zone);
}

static void
cfoil_case_inbox_dispose (GObject *object)
{
  CfoilCaseInbox *self = CFOIL_CASE_INBOX (object);

  if (self->workspace_signals != NULL)
    cfoil_case_inbox_set_workspace (self, NULL);
  g_clear_object (&self->workspace_signals);
  g_clear_handle_id (&self->width_id, g_source_remove);
  g_clear_handle_id (&self->focus_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_CASE_INBOX);
  g_clear_object (&self->titles);

  G_OBJECT_CLASS (cfoil_case_inbox_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-case-inbox.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseInbox, search);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseInbox, views);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseInbox, narrow_views);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseInbox, error_banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseInbox, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseInbox, empty);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseInbox, error);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseInbox, scroller);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseInbox, view);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_list_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_selected_cb);
}

static void
cfoil_case_inbox_class_init (CfoilCaseInboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cfoil_case_inbox_dispose;
  widget_class->measure = cfoil_case_inbox_measure;
  widget_class->size_allocate = cfoil_case_inbox_size_allocate;
  widget_class->map = cfoil_case_inbox_map;
  widget_class->unmap = cfoil_case_inbox_unmap;

  signals[ACTIVATED] = g_signal_new ("activated", CFOIL_TYPE_CASE_INBOX, G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[UPDATED] = g_signal_new ("updated", CFOIL_TYPE_CASE_INBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (CFOIL_TYPE_BANNER);
  g_type_ensure (CFOIL_TYPE_SEARCH_BAR);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "inbox.search", NULL, search_action_cb);
  gtk_widget_class_install_action (widget_class, "inbox.clear-search", NULL, clear_search_action_cb);
  gtk_widget_class_install_action (widget_class, "inbox.view", "s", view_action_cb);
}

static void
cfoil_case_inbox_init (CfoilCaseInbox *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  /* The one of the parent class knows no child that is wider than its place. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  cfoil_search_bar_set_vocabulary (self->search, cfoil_case_vocabulary (), _("Search disputes"));
  make_views (self);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  gtk_list_view_set_factory (self->view, factory);
  self->workspace_signals = g_signal_group_new (CFOIL_TYPE_WORKSPACE);
  g_signal_group_connect_swapped (self->workspace_signals, "notify::time-zone", G_CALLBACK (time_zone_cb), self);
}

/* --- public --- */

void
cfoil_case_inbox_set_workspace (CfoilCaseInbox *self,
                                CfoilWorkspace *workspace)
{
  g_return_if_fail (CFOIL_IS_CASE_INBOX (self));

  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
  g_set_object (&self->workspace, workspace);
  g_signal_group_set_target (self->workspace_signals, workspace);
  if (workspace == NULL)
    return;
  self->list = cfoil_case_list_new (cfoil_workspace_get_reader (workspace), cfoil_workspace_get_time_zone (workspace));
  cfoil_case_list_set_view (self->list, self->shown_view);
  cfoil_case_list_set_query (self->list, cfoil_search_bar_get_query (self->search));
  g_signal_connect_object (self->list, "updated", G_CALLBACK (updated_cb), self, G_CONNECT_SWAPPED);
  {
    g_autoptr (GtkSingleSelection) selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->list)));

    gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  }
  updated_cb (self);
}

CfoilCaseList *
cfoil_case_inbox_get_list (CfoilCaseInbox *self)
{
  g_return_val_if_fail (CFOIL_IS_CASE_INBOX (self), NULL);

  return self->list;
}

void
cfoil_case_inbox_show_query (CfoilCaseInbox *self,
                             const char     *query)
{
  g_return_if_fail (CFOIL_IS_CASE_INBOX (self));
  g_return_if_fail (query != NULL);

  gtk_widget_activate_action (GTK_WIDGET (self), "inbox.view", "s", view_names[CFOIL_CASES_ALL]);
  cfoil_search_bar_set_text (self->search, query);
}

void
cfoil_case_inbox_focus (CfoilCaseInbox *self,
                        gint64          case_id)
{
  guint position;

  g_return_if_fail (CFOIL_IS_CASE_INBOX (self));

  if (self->list != NULL && case_id != 0 && cfoil_case_list_find (self->list, case_id, &position))
    {
      gtk_selection_model_select_item (gtk_list_view_get_model (self->view), position, TRUE);
      gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);
    }
  focus_list_cb (self);
}
