/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-shell.h"

#include "cfoil-banner.h"
#include "cfoil-sidebar-row.h"
#include "cfoil-view-row.h"

#include <glib/gi18n.h>

struct _CfoilShell
{
  AdwBin parent_instance;

  AdwLeaflet *leaflet;
  GtkListBox *sidebar;
  GtkStack *stack;
  AdwWindowTitle *title;
  GtkWidget *back_button;
  GtkLabel *badge;
  GtkLabel *sidebar_badge;
  GtkMenuButton *menu_button;
  CfoilBanner *banner;
  GtkWidget *busy_box;
  GtkLabel *busy_label;
  GtkProgressBar *busy_bar;

  GBindingGroup *bindings; /* (owned): of the visible page */
  GPtrArray *pages;        /* (borrowed elements) */

  CfoilPage *views_page;   /* (borrowed) (nullable): shows the saved views */
  GListModel *views;       /* (owned) (nullable) */
  CfoilViewItem *view;     /* (owned) (nullable): the current one */
};

enum
{
  PROP_0,
  PROP_VISIBLE_PAGE,
  N_PROPS
};

enum
{
  VIEW_ACTIVATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilShell, cfoil_shell, ADW_TYPE_BIN)

static GtkListBoxRow *
row_of_page (CfoilShell *self,
             CfoilPage  *page)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sidebar, i)) != NULL; i++)
    if (CFOIL_IS_SIDEBAR_ROW (row) && cfoil_sidebar_row_get_page (CFOIL_SIDEBAR_ROW (row)) == page)
      return row;
  return NULL;
}

static GtkListBoxRow *
row_of_view (CfoilShell    *self,
             CfoilViewItem *item)
{
  GtkListBoxRow *row;

  for (int i = (int) self->pages->len; (row = gtk_list_box_get_row_at_index (self->sidebar, i)) != NULL; i++)
    if (cfoil_view_row_get_item (CFOIL_VIEW_ROW (row)) == item)
      return row;
  return NULL;
}

/* Of the page that shows views, the view. */
static void
select_row (CfoilShell *self)
{
  CfoilPage *page = cfoil_shell_get_visible_page (self);
  GtkListBoxRow *row = NULL;

  if (page == NULL)
    return;
  if (page == self->views_page && self->view != NULL)
    row = row_of_view (self, self->view);
  gtk_list_box_select_row (self->sidebar, row != NULL ? row : row_of_page (self, page));
}

static void
visible_page_changed_cb (CfoilShell *self)
{
  CfoilPage *page = cfoil_shell_get_visible_page (self);

  if (page == NULL)
    return;
  g_binding_group_set_source (self->bindings, page);
  select_row (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VISIBLE_PAGE]);
}

static void
row_activated_cb (CfoilShell    *self,
                  GtkListBoxRow *row)
{
  if (CFOIL_IS_SIDEBAR_ROW (row))
    {
      cfoil_shell_set_visible_page (self, cfoil_sidebar_row_get_page (CFOIL_SIDEBAR_ROW (row)));
      return;
    }
  g_signal_emit (self, signals[VIEW_ACTIVATED], 0, cfoil_view_row_get_item (CFOIL_VIEW_ROW (row)));
  cfoil_shell_set_visible_page (self, self->views_page);
}

/* --- saved views --- */

static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           gpointer       user_data)
{
  GtkWidget *header;

  if (!CFOIL_IS_VIEW_ROW (row) || (before != NULL && CFOIL_IS_VIEW_ROW (before)))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (gtk_list_box_row_get_header (row) != NULL)
    return;
  header = gtk_label_new (_("Views"));
  gtk_label_set_xalign (GTK_LABEL (header), 0);
  gtk_widget_add_css_class (header, "heading");
  gtk_widget_add_css_class (header, "sidebar-heading");
  gtk_list_box_row_set_header (row, header);
}

static gboolean
has_focus (GtkListBoxRow *row)
{
  return row != NULL && (gtk_widget_get_state_flags (GTK_WIDGET (row)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* The row of a view that stays is the same row.  The one with the focus is not taken
 * out either, not for an instant: it would lose it. */
static GtkListBoxRow *
place_row (CfoilShell    *self,
           CfoilViewItem *item,
           int            position)
{
  GtkListBoxRow *row = row_of_view (self, item);
  GtkListBoxRow *there;

  while (has_focus (row) && (there = gtk_list_box_get_row_at_index (self->sidebar, position)) != row)
    gtk_list_box_remove (self->sidebar, GTK_WIDGET (there));
  if (row != NULL && gtk_list_box_row_get_index (row) == position)
    return row;
  if (row == NULL)
    row = GTK_LIST_BOX_ROW (cfoil_view_row_new (item));
  g_object_ref_sink (row);
  if (gtk_widget_get_parent (GTK_WIDGET (row)) != NULL)
    gtk_list_box_remove (self->sidebar, GTK_WIDGET (row));
  gtk_list_box_insert (self->sidebar, GTK_WIDGET (row), position);
  g_object_unref (row);
  return row;
}

static gboolean
has_view (CfoilShell    *self,
          CfoilViewItem *item)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->views); i++)
    {
      g_autoptr (CfoilViewItem) other = g_list_model_get_item (self->views, i);

      if (other == item)
        return TRUE;
    }
  return FALSE;
}

/* When the row with the focus goes, the one behind it is next, else the one before. */
static void
save_focus (CfoilShell *self)
{
  GtkListBoxRow *row, *next = NULL;

  for (int i = (int) self->pages->len; (row = gtk_list_box_get_row_at_index (self->sidebar, i)) != NULL; i++)
    if (has_focus (row) && !has_view (self, cfoil_view_row_get_item (CFOIL_VIEW_ROW (row))))
      {
        next = gtk_list_box_get_row_at_index (self->sidebar, i + 1);
        if (next == NULL && i > 0)
          next = gtk_list_box_get_row_at_index (self->sidebar, i - 1);
      }
  if (next != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (next));
}

static void
views_changed_cb (CfoilShell *self)
{
  guint n = g_list_model_get_n_items (self->views);
  GtkListBoxRow *extra;
  gboolean was_own = FALSE;

  save_focus (self);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CfoilViewItem) item = g_list_model_get_item (self->views, i);
      GtkListBoxRow *row = place_row (self, item, (int) (self->pages->len + i));
      gboolean is_own = cfoil_view_item_is_own (item);

      cfoil_view_row_set_movable (CFOIL_VIEW_ROW (row), is_own && was_own, is_own && i + 1 < n);
      was_own = is_own;
    }
  while ((extra = gtk_list_box_get_row_at_index (self->sidebar, (int) (self->pages->len + n))) != NULL)
    gtk_list_box_remove (self->sidebar, GTK_WIDGET (extra));
  select_row (self);
}

/* --- pages --- */

/* A page that is no longer offered cannot stay in view. */
static void
page_available_cb (CfoilShell *self,
                   GParamSpec *pspec,
                   CfoilPage  *page)
{
  if (!cfoil_page_get_available (page) && page == cfoil_shell_get_visible_page (self))
    cfoil_shell_set_visible_page (self, self->pages->pdata[0]);
}

static void
back_cb (CfoilShell *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

/* Beside the title where there is room, else in the sidebar. */
static void
show_badge (CfoilShell *self)
{
  gboolean has_badge = *gtk_label_get_text (self->badge) != '\0';
  gboolean is_folded = adw_leaflet_get_folded (self->leaflet);

  gtk_widget_set_visible (GTK_WIDGET (self->badge), has_badge && !is_folded);
  gtk_widget_set_visible (GTK_WIDGET (self->sidebar_badge), has_badge && is_folded);
}

static void
folded_cb (CfoilShell *self)
{
  show_badge (self);
  gtk_list_box_set_selection_mode (self->sidebar,
                                   adw_leaflet_get_folded (self->leaflet) ? GTK_SELECTION_NONE : GTK_SELECTION_SINGLE);
  visible_page_changed_cb (self);
}

/* --- GObject --- */

static void
cfoil_shell_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_VISIBLE_PAGE:
      g_value_set_object (value, cfoil_shell_get_visible_page (CFOIL_SHELL (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cfoil_shell_dispose (GObject *object)
{
  CfoilShell *self = CFOIL_SHELL (object);

  if (self->bindings != NULL)
    g_binding_group_set_source (self->bindings, NULL);
  g_clear_object (&self->bindings);
  g_clear_object (&self->views);
  g_clear_object (&self->view);
  /* The pages go, one after the other, and the stack tells of each. */
  g_ptr_array_set_size (self->pages, 0);
  /* First out of the bin, which would look for it in vain. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_SHELL);

  G_OBJECT_CLASS (cfoil_shell_parent_class)->dispose (object);
}

static void
cfoil_shell_finalize (GObject *object)
{
  CfoilShell *self = CFOIL_SHELL (object);

  g_ptr_array_unref (self->pages);

  G_OBJECT_CLASS (cfoil_shell_parent_class)->finalize (object);
}

static void
cfoil_shell_class_init (CfoilShellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cfoil_shell_get_property;
  object_class->dispose = cfoil_shell_dispose;
  object_class->finalize = cfoil_shell_finalize;

  properties[PROP_VISIBLE_PAGE] =
    g_param_spec_object ("visible-page", NULL, NULL, CFOIL_TYPE_PAGE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[VIEW_ACTIVATED] = g_signal_new ("view-activated", CFOIL_TYPE_SHELL, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, CFOIL_TYPE_VIEW_ITEM);

  g_type_ensure (CFOIL_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-shell.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilShell, leaflet);
  gtk_widget_class_bind_template_child (widget_class, CfoilShell, sidebar);
  gtk_widget_class_bind_template_child (widget_class, CfoilShell, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilShell, title);
  gtk_widget_class_bind_template_child (widget_class, CfoilShell, back_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilShell, badge);
  gtk_widget_class_bind_template_child (widget_class, CfoilShell, sidebar_badge);
  gtk_widget_class_bind_template_child (widget_class, CfoilShell, menu_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilShell, banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilShell, busy_box);
  gtk_widget_class_bind_template_child (widget_class, CfoilShell, busy_label);
  gtk_widget_class_bind_template_child (widget_class, CfoilShell, busy_bar);
  gtk_widget_class_bind_template_callback (widget_class, visible_page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
}

static void hide_from_readers (CfoilShell *self);

static void
cfoil_shell_init (CfoilShell *self)
{
  self->pages = g_ptr_array_new ();
  self->bindings = g_binding_group_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (hide_from_readers), self, G_CONNECT_SWAPPED);
  gtk_list_box_set_header_func (self->sidebar, header_cb, NULL, NULL);
  /* Arrows move the focus alone: what is selected is what is in view. */
  g_signal_connect_object (self->sidebar, "row-selected", G_CALLBACK (select_row), self, G_CONNECT_SWAPPED);
  cfoil_banner_set_button (self->banner, _("_Leave Demo"), "win.leave-demo");
  g_binding_group_bind (self->bindings, "title", self->title, "title", G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->bindings, "subtitle", self->title, "subtitle", G_BINDING_SYNC_CREATE);
}

/* Pages behind the one in front have thousands of cells: nobody reads them out. */
static void
hide_from_readers (CfoilShell *self)
{
  GtkWidget *front = gtk_stack_get_visible_child (self->stack);

  for (guint i = 0; i < self->pages->len; i++)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self->pages->pdata[i]), GTK_ACCESSIBLE_STATE_HIDDEN,
                                 (gpointer) self->pages->pdata[i] != (gpointer) front, -1);
}

void
cfoil_shell_add_page (CfoilShell *self,
                      CfoilPage  *page)
{
  g_return_if_fail (CFOIL_IS_SHELL (self));
  g_return_if_fail (CFOIL_IS_PAGE (page));

  gtk_list_box_insert (self->sidebar, GTK_WIDGET (cfoil_sidebar_row_new (page)), (int) self->pages->len);
  g_ptr_array_add (self->pages, page);
  g_signal_connect_object (page, "notify::available", G_CALLBACK (page_available_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->stack, GTK_WIDGET (page), cfoil_page_get_name (page));
  hide_from_readers (self);
}

CfoilPage *
cfoil_shell_find_page (CfoilShell *self,
                       const char *name)
{
  g_return_val_if_fail (CFOIL_IS_SHELL (self), NULL);

  for (guint i = 0; i < self->pages->len; i++)
    if (g_strcmp0 (cfoil_page_get_name (self->pages->pdata[i]), name) == 0)
      return self->pages->pdata[i];
  return NULL;
}

CfoilPage *
cfoil_shell_get_page (CfoilShell *self,
                      guint       n)
{
  g_return_val_if_fail (CFOIL_IS_SHELL (self), NULL);

  return n < self->pages->len ? self->pages->pdata[n] : NULL;
}

CfoilPage *
cfoil_shell_get_nth_page (CfoilShell *self,
                          guint       n)
{
  g_return_val_if_fail (CFOIL_IS_SHELL (self), NULL);

  for (guint i = 0; i < self->pages->len; i++)
    if (cfoil_page_get_available (self->pages->pdata[i]) && n-- == 0)
      return self->pages->pdata[i];
  return NULL;
}

CfoilPage *
cfoil_shell_get_visible_page (CfoilShell *self)
{
  GtkWidget *child;

  g_return_val_if_fail (CFOIL_IS_SHELL (self), NULL);

  child = self->stack != NULL ? gtk_stack_get_visible_child (self->stack) : NULL;
  return child != NULL ? CFOIL_PAGE (child) : NULL;
}

void
cfoil_shell_set_visible_page (CfoilShell *self,
                              CfoilPage  *page)
{
  g_return_if_fail (CFOIL_IS_SHELL (self));
  g_return_if_fail (CFOIL_IS_PAGE (page));

  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (page));
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

void
cfoil_shell_set_views (CfoilShell *self,
                       CfoilPage  *page,
                       GListModel *views)
{
  g_return_if_fail (CFOIL_IS_SHELL (self) && self->views == NULL);
  g_return_if_fail (CFOIL_IS_PAGE (page));

  self->views_page = page;
  self->views = g_object_ref (views);
  g_signal_connect_object (views, "items-changed", G_CALLBACK (views_changed_cb), self, G_CONNECT_SWAPPED);
  views_changed_cb (self);
}

void
cfoil_shell_set_current_view (CfoilShell    *self,
                              CfoilViewItem *item)
{
  g_return_if_fail (CFOIL_IS_SHELL (self));

  g_set_object (&self->view, item);
  select_row (self);
}

void
cfoil_shell_set_badge (CfoilShell *self,
                       const char *badge)
{
  g_return_if_fail (CFOIL_IS_SHELL (self));

  gtk_label_set_text (self->badge, badge != NULL ? badge : "");
  gtk_label_set_text (self->sidebar_badge, badge != NULL ? badge : "");
  show_badge (self);
}

void
cfoil_shell_set_demo (CfoilShell *self,
                      gboolean    is_demo)
{
  g_return_if_fail (CFOIL_IS_SHELL (self));

  cfoil_banner_set_text (self->banner, is_demo ? _("Demo: an invented merchant with invented payments") : NULL);
}

void
cfoil_shell_open_menu (CfoilShell *self)
{
  g_return_if_fail (CFOIL_IS_SHELL (self));

  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
  gtk_menu_button_popup (self->menu_button);
}

void
cfoil_shell_set_busy (CfoilShell *self,
                      const char *text,
                      double      fraction)
{
  g_return_if_fail (CFOIL_IS_SHELL (self));

  gtk_widget_set_visible (self->busy_box, text != NULL);
  if (text == NULL)
    return;
  gtk_label_set_text (self->busy_label, text);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->busy_bar, fraction);
  else
    gtk_progress_bar_pulse (self->busy_bar);
}
