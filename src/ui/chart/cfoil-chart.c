/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-private.h"

#include "cfoil-chart-menu.h"
#include "cfoil-chart-print.h"
#include "cfoil-chart-words.h"

#include <glib/gi18n.h>

struct _CfoilChart
{
  GtkWidget parent_instance;

  CfoilChartData *data; /* (owned) (nullable) */

  GtkWidget *box; /* (owned) */
  GtkLabel *title;
  GtkWidget *show_all;
  GtkToggleButton *table_button;
  GtkMenuButton *menu_button;
  GtkStack *stack;
  CfoilChartView *view;
  CfoilChartTable *table; /* (nullable): not looked at yet */

  gboolean is_table;
  gboolean is_table_filled;
};

enum { PROP_SHOW_AS_TABLE = 1, N_PROPS };
static GParamSpec *props[N_PROPS];

enum { ACTIVATE_QUERY, ZOOM, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilChart, cfoil_chart, GTK_TYPE_WIDGET)

/* --- state --- */

static void
update_actions (CfoilChart *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean has_data = self->data != NULL && !cfoil_chart_words_is_empty (self->data);
  gboolean is_zoomed = cfoil_chart_view_is_zoomed (self->view);
  gboolean can_zoom = has_data && !self->is_table && cfoil_chart_data_get_n_points (self->data) > 2;

  gtk_widget_action_set_enabled (widget, "chart.zoom-in", can_zoom);
  gtk_widget_action_set_enabled (widget, "chart.zoom-out", can_zoom && is_zoomed);
  gtk_widget_action_set_enabled (widget, "chart.show-all", is_zoomed);
  gtk_widget_action_set_enabled (widget, "chart.show-as-table", self->data != NULL);
  gtk_widget_action_set_enabled (widget, "chart.export-svg", has_data);
  gtk_widget_action_set_enabled (widget, "chart.export-png", has_data);
  gtk_widget_action_set_enabled (widget, "chart.export-csv", has_data);
  gtk_widget_action_set_enabled (widget, "chart.print", has_data);
  gtk_widget_set_visible (self->show_all, is_zoomed && !self->is_table);
}

static void
activated_cb (CfoilChart *self,
              const char *query)
{
  g_signal_emit (self, signals[ACTIVATE_QUERY], 0, query);
}

static void
make_table (CfoilChart *self)
{
  self->table = CFOIL_CHART_TABLE (cfoil_chart_table_new ());
  gtk_stack_add_titled (self->stack, GTK_WIDGET (self->table), "table", _("Table"));
  g_signal_connect_swapped (self->table, "activate-query", G_CALLBACK (activated_cb), self);
}

/* Only made when it is looked at. */
static void
fill_table (CfoilChart *self)
{
  if (!self->is_table || self->is_table_filled)
    return;
  if (self->table == NULL)
    make_table (self);
  cfoil_chart_table_set_data (self->table, self->data);
  self->is_table_filled = TRUE;
}

static void
set_table (CfoilChart *self,
           gboolean    is_table)
{
  GtkWidget *focus = gtk_widget_get_root (GTK_WIDGET (self)) != NULL
                     ? gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))) : NULL;
  gboolean had_focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack));

  if (self->is_table == is_table)
    return;
  self->is_table = is_table;
  fill_table (self);
  gtk_stack_set_visible_child (self->stack, is_table ? GTK_WIDGET (self->table) : GTK_WIDGET (self->view));
  if (had_focus)
    gtk_widget_grab_focus (is_table ? GTK_WIDGET (self->table) : GTK_WIDGET (self->view));
  update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_AS_TABLE]);
}

/* Several charts stand below each other: each of their buttons says whose it is. */
static void
name_button (GtkWidget  *button,
             const char *words,
             const char *title)
{
  /* Translators: what a button does, and what with. */
  g_autofree char *name = g_strdup_printf (_("%s: %s"), words, title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
cfoil_chart_set_data (CfoilChart     *self,
                      CfoilChartData *data)
{
  const char *title = data != NULL ? cfoil_chart_data_get_title (data) : "";

  g_return_if_fail (CFOIL_IS_CHART (self));

  if (data != NULL)
    cfoil_chart_data_ref (data);
  g_clear_pointer (&self->data, cfoil_chart_data_unref);
  self->data = data;
  self->is_table_filled = FALSE;
  gtk_label_set_text (self->title, title);
  /* A gauge is as high as what it says; other pictures stay where they are while they are a table. */
  gtk_stack_set_vhomogeneous (self->stack, data == NULL || cfoil_chart_data_get_kind (data) != CFOIL_CHART_GAUGE);
  cfoil_chart_view_set_data (self->view, data);
  fill_table (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  name_button (self->show_all, _("Show All"), title);
  name_button (GTK_WIDGET (self->table_button), _("Show as Table"), title);
  name_button (GTK_WIDGET (self->menu_button), _("Chart Menu"), title);
  update_actions (self);
}

CfoilChartData *
cfoil_chart_get_data (CfoilChart *self)
{
  g_return_val_if_fail (CFOIL_IS_CHART (self), NULL);

  return self->data;
}

CfoilChartView *
cfoil_chart_get_view (CfoilChart *self)
{
  return self->view;
}

CfoilChartTable *
cfoil_chart_get_table (CfoilChart *self)
{
  if (self->table == NULL)
    make_table (self);
  return self->table;
}

/* --- actions --- */

static void
init_picture (CfoilChart        *self,
              CfoilChartPicture *picture)
{
  picture->data = self->data;
  picture->context = gtk_widget_create_pango_context (GTK_WIDGET (self->view));
  picture->is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  cfoil_chart_view_get_zoom (self->view, &picture->first, &picture->n_points);
}

static void
export_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  CfoilChart *self = CFOIL_CHART (widget);
  CfoilChartPicture picture;

  init_picture (self, &picture);
  cfoil_chart_menu_export (self, &picture,
                           g_str_has_suffix (action, "svg") ? CFOIL_CHART_FORMAT_SVG
                           : g_str_has_suffix (action, "png") ? CFOIL_CHART_FORMAT_PNG : CFOIL_CHART_FORMAT_CSV);
  g_object_unref (picture.context);
}

static void
print_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  CfoilChart *self = CFOIL_CHART (widget);
  CfoilChartPicture picture;

  init_picture (self, &picture);
  cfoil_chart_print_run (&picture, widget);
  g_object_unref (picture.context);
}

static void
zoom_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  CfoilChart *self = CFOIL_CHART (widget);

  if (g_str_equal (action, "chart.show-all"))
    cfoil_chart_view_zoom (self->view, 0, 0);
  else
    cfoil_chart_view_zoom_by (self->view, g_str_equal (action, "chart.zoom-in"));
}

/* --- signals of the parts --- */

static void
zoomed_cb (CfoilChart *self,
           guint       first,
           guint       last)
{
  /* The button that is about to go had the focus: it must not leave the chart. */
  if (gtk_widget_has_focus (self->show_all))
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  update_actions (self);
  g_signal_emit (self, signals[ZOOM], 0, first, last);
}

static void
menu_cb (CfoilChart *self)
{
  gtk_menu_button_popup (self->menu_button);
}

/* --- GObject --- */

static void
cfoil_chart_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  if (prop_id == PROP_SHOW_AS_TABLE)
    g_value_set_boolean (value, CFOIL_CHART (object)->is_table);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cfoil_chart_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  if (prop_id == PROP_SHOW_AS_TABLE)
    set_table (CFOIL_CHART (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static gboolean
cfoil_chart_grab_focus (GtkWidget *widget)
{
  CfoilChart *self = CFOIL_CHART (widget);

  return gtk_widget_grab_focus (self->is_table ? GTK_WIDGET (self->table) : GTK_WIDGET (self->view));
}

/* Tab goes through what is in it and on: left to itself, GTK would take hold of the picture again at the end. */
static gboolean
cfoil_chart_focus (GtkWidget       *widget,
                   GtkDirectionType direction)
{
  return gtk_widget_child_focus (CFOIL_CHART (widget)->box, direction);
}

static void
cfoil_chart_dispose (GObject *object)
{
  g_clear_pointer (&CFOIL_CHART (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cfoil_chart_parent_class)->dispose (object);
}

static void
cfoil_chart_finalize (GObject *object)
{
  g_clear_pointer (&CFOIL_CHART (object)->data, cfoil_chart_data_unref);

  G_OBJECT_CLASS (cfoil_chart_parent_class)->finalize (object);
}

static void
add_actions (GtkWidgetClass *widget_class)
{
  static const char *const exports[] = { "chart.export-svg", "chart.export-png", "chart.export-csv" };
  static const char *const zooms[] = { "chart.zoom-in", "chart.zoom-out", "chart.show-all" };

  for (guint i = 0; i < G_N_ELEMENTS (exports); i++)
    gtk_widget_class_install_action (widget_class, exports[i], NULL, export_action);
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    gtk_widget_class_install_action (widget_class, zooms[i], NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "chart.print", NULL, print_action);
  gtk_widget_class_install_property_action (widget_class, "chart.show-as-table", "show-as-table");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, GDK_CONTROL_MASK, "chart.show-as-table", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "chart.export-svg", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "chart.print", NULL);
}

static void
cfoil_chart_class_init (CfoilChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = cfoil_chart_get_property;
  G_OBJECT_CLASS (klass)->set_property = cfoil_chart_set_property;
  G_OBJECT_CLASS (klass)->dispose = cfoil_chart_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_chart_finalize;
  widget_class->focus = cfoil_chart_focus;
  widget_class->grab_focus = cfoil_chart_grab_focus;
  props[PROP_SHOW_AS_TABLE] = g_param_spec_boolean ("show-as-table", NULL, NULL, FALSE,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  signals[ACTIVATE_QUERY] = g_signal_new ("activate-query", CFOIL_TYPE_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ZOOM] = g_signal_new ("zoom", CFOIL_TYPE_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "cfoilchart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  add_actions (widget_class);
}

/* What a button does, and with which key. */
static void
set_tip (GtkWidget       *button,
         const char      *words,
         guint            key,
         GdkModifierType  modifiers)
{
  g_autofree char *label = gtk_accelerator_get_label (key, modifiers);
  g_autofree char *tip = g_strdup_printf (_("%s (%s)"), words, label);

  gtk_widget_set_tooltip_text (button, tip);
}

/* There are many charts, and few of their menus are opened. */
static void
make_menu_cb (GtkMenuButton *button,
              gpointer       unused)
{
  g_autoptr (GMenuModel) menu = NULL;

  if (gtk_menu_button_get_menu_model (button) != NULL)
    return;
  menu = cfoil_chart_menu_new ();
  gtk_menu_button_set_menu_model (button, menu);
}

static void
build_header (CfoilChart *self,
              GtkBox     *header)
{
  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (self->title, TRUE);
  gtk_label_set_lines (self->title, 3);
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  self->show_all = gtk_button_new_from_icon_name ("zoom-fit-best-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->show_all), "chart.show-all");
  set_tip (self->show_all, _("Show All"), GDK_KEY_Escape, 0);
  self->table_button = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  gtk_button_set_icon_name (GTK_BUTTON (self->table_button), "view-list-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->table_button), "chart.show-as-table");
  set_tip (GTK_WIDGET (self->table_button), _("Show as Table"), GDK_KEY_t, GDK_CONTROL_MASK);
  self->menu_button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->menu_button, "view-more-symbolic");
  gtk_menu_button_set_create_popup_func (self->menu_button, make_menu_cb, NULL, NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu_button), _("Chart Menu"));
  gtk_widget_add_css_class (self->show_all, "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->table_button), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->menu_button), "flat");
  gtk_box_append (header, GTK_WIDGET (self->title));
  gtk_box_append (header, self->show_all);
  gtk_box_append (header, GTK_WIDGET (self->table_button));
  gtk_box_append (header, GTK_WIDGET (self->menu_button));
}

static void
cfoil_chart_init (CfoilChart *self)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->stack = GTK_STACK (gtk_stack_new ());
  self->view = CFOIL_CHART_VIEW (cfoil_chart_view_new ());
  build_header (self, GTK_BOX (header));
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  /* The pages are on the accessibility bus, too, and need names there. */
  gtk_stack_add_titled (self->stack, GTK_WIDGET (self->view), "chart", _("Chart"));
  g_signal_connect_swapped (self->view, "activate-query", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (self->view, "zoom", G_CALLBACK (zoomed_cb), self);
  g_signal_connect_swapped (self->view, "menu", G_CALLBACK (menu_cb), self);
  gtk_box_append (GTK_BOX (self->box), header);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->stack));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  update_actions (self);
}

GtkWidget *
cfoil_chart_new (void)
{
  return g_object_new (CFOIL_TYPE_CHART, NULL);
}
