/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-reports-page.h"

#include "cfoil-report-files-view.h"
#include "cfoil-report-store.h"
#include "cfoil-report-view.h"
#include "cfoil-shown-text.h"

#include <glib/gi18n.h>

#define USUAL_PERIOD "lastmonth"

struct _CfoilReportsPage
{
  CfoilPage parent_instance;

  AdwLeaflet *leaflet;
  GtkListBox *list;
  GtkStack *stack;
  CfoilReportView *view;
  CfoilReportFilesView *files;

  GSignalGroup *reader_signals; /* (owned) */
  GCancellable *cancellable;    /* (owned) (nullable): of the list that is read */
  char *opened;                 /* (owned) (nullable): the key of the row that is shown */
  char *wanted;                 /* (owned) (nullable): the key of one that is about to be there */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (CfoilReportsPage, cfoil_reports_page, CFOIL_TYPE_PAGE)

/* --- rows --- */

static const CfoilReportDefinition *
get_definition (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "definition");
}

static const char *
get_key (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "key");
}

/* DEFINITION NULL: the provider's. */
static void
add_row (CfoilReportsPage            *self,
         const char                  *section,
         const char                  *key,
         const char                  *title,
         const CfoilReportDefinition *definition)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data (G_OBJECT (row), "section", (gpointer) section);
  g_object_set_data_full (G_OBJECT (row), "key", g_strdup (key), g_free);
  if (definition != NULL)
    g_object_set_data_full (G_OBJECT (row), "definition", cfoil_report_definition_copy (definition),
                            (GDestroyNotify) cfoil_report_definition_free);
  gtk_list_box_append (self->list, row);
}

static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           gpointer       user_data)
{
  const char *section = g_object_get_data (G_OBJECT (row), "section");
  GtkWidget *label;

  if (before != NULL && section == g_object_get_data (G_OBJECT (before), "section"))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (_(section));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_top (label, before != NULL ? 12 : 6);
  gtk_widget_set_margin_start (label, 6);
  gtk_list_box_row_set_header (row, label);
}

static void
open_row (CfoilReportsPage *self,
          GtkListBoxRow    *row)
{
  const CfoilReportDefinition *definition = get_definition (row);

  if (g_strcmp0 (self->opened, get_key (row)) == 0)
    return;
  g_free (self->opened);
  self->opened = g_strdup (get_key (row));
  if (definition != NULL)
    cfoil_report_view_open (self->view, definition);
  gtk_stack_set_visible_child_name (self->stack, definition != NULL ? "own" : "provider");
}

static void
selected_cb (CfoilReportsPage *self,
             GtkListBoxRow    *row)
{
  if (!self->is_filling && row != NULL)
    open_row (self, row);
}

static void
activated_cb (CfoilReportsPage *self,
              GtkListBoxRow    *row)
{
  open_row (self, row);
  adw_leaflet_set_visible_child_name (self->leaflet, "report");
}

/* The row that was shown, or was just saved; else the first. */
static void
select_row (CfoilReportsPage *self)
{
  const char *key = self->wanted != NULL ? self->wanted : self->opened;
  GtkListBoxRow *found = gtk_list_box_get_row_at_index (self->list, 0);

  for (int i = 0; gtk_list_box_get_row_at_index (self->list, i) != NULL; i++)
    if (g_strcmp0 (get_key (gtk_list_box_get_row_at_index (self->list, i)), key) == 0)
      found = gtk_list_box_get_row_at_index (self->list, i);
  gtk_list_box_select_row (self->list, found);
  open_row (self, found);
  g_clear_pointer (&self->wanted, g_free);
}

static void
fill (CfoilReportsPage *self,
      GPtrArray        *saved)
{
  GtkListBoxRow *row;

  self->is_filling = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < CFOIL_N_REPORTS; i++)
    {
      const CfoilReportInfo *info = cfoil_report_get_info ((CfoilReportKind) i);
      const CfoilReportDefinition definition = { .kind = (CfoilReportKind) i, .period = (char *) USUAL_PERIOD };

      add_row (self, N_("Reports"), info->name, _(info->title), &definition);
    }
  for (guint i = 0; saved != NULL && i < saved->len; i++)
    {
      const CfoilReportDefinition *definition = g_ptr_array_index (saved, i);
      g_autofree char *shown = cfoil_shown_text (definition->name);
      g_autofree char *key = g_strconcat ("saved:", definition->name, NULL);

      add_row (self, N_("Saved"), key, shown != NULL ? shown : "", definition);
    }
  add_row (self, N_("From the Provider"), "provider", _("Report Files"), NULL);
  self->is_filling = FALSE;
  select_row (self);
}

/* --- what is saved --- */

static gpointer
read_saved (CfoilDatabase *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  return cfoil_report_store_list (database, error);
}

static gboolean
is_same (CfoilReportsPage *self,
         GPtrArray        *saved)
{
  guint n = 0;

  for (int i = 0; gtk_list_box_get_row_at_index (self->list, i) != NULL; i++)
    {
      const CfoilReportDefinition *definition = get_definition (gtk_list_box_get_row_at_index (self->list, i));
      g_autofree char *shown = NULL;
      g_autofree char *read = NULL;

      if (definition == NULL || definition->name == NULL)
        continue;
      if (n >= saved->len)
        return FALSE;
      shown = cfoil_report_definition_to_json (definition);
      read = cfoil_report_definition_to_json (g_ptr_array_index (saved, n));
      if (!g_str_equal (shown, read) || g_strcmp0 (definition->name, ((CfoilReportDefinition *) saved->pdata[n])->name) != 0)
        return FALSE;
      n++;
    }
  return n == saved->len && gtk_list_box_get_row_at_index (self->list, 0) != NULL;
}

static void
saved_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (CfoilReportsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) saved = cfoil_reader_run_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* Without them there are still the others. */
  if (saved == NULL || !is_same (self, saved))
    fill (self, saved);
}

static void
read_list (CfoilReportsPage *self)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (workspace == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  cfoil_reader_run_async (cfoil_workspace_get_reader (workspace), CFOIL_READER_STATUS, read_saved, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, self->cancellable, saved_read_cb, g_object_ref (self));
}

static void
kept_cb (CfoilReportsPage *self,
         const char       *name)
{
  g_free (self->wanted);
  self->wanted = g_strconcat ("saved:", name, NULL);
  /* What was saved is opened as it was saved. */
  g_clear_pointer (&self->opened, g_free);
  read_list (self);
}

static void
removed_cb (CfoilReportsPage *self)
{
  g_clear_pointer (&self->opened, g_free);
  read_list (self);
}

/* --- the page --- */

static void
back_cb (CfoilReportsPage *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
folded_cb (CfoilReportsPage *self)
{
  gboolean is_folded = adw_leaflet_get_folded (self->leaflet);

  cfoil_report_view_set_can_go_back (self->view, is_folded);
  cfoil_report_files_view_set_can_go_back (self->files, is_folded);
}

/* --- keys --- */

/* Only what was saved has a name to change, and can go. */
static gboolean
key_cb (GtkWidget *list,
        GVariant  *action,
        gpointer   user_data)
{
  CfoilReportsPage *self = user_data;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  const CfoilReportDefinition *definition = row != NULL ? get_definition (row) : NULL;

  if (definition == NULL || definition->name == NULL)
    return FALSE;
  return gtk_widget_activate_action (GTK_WIDGET (self->view), g_variant_get_string (action, NULL), NULL);
}

/* GTK would go from row to row. */
static gboolean
leave_cb (GtkWidget *list,
          GVariant  *arguments,
          gpointer   user_data)
{
  CfoilReportsPage *self = user_data;

  return !adw_leaflet_get_folded (self->leaflet) && gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
add_key (CfoilReportsPage      *self,
         GtkShortcutController *keys,
         guint                  keyval,
         const char            *action)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keyval, 0), gtk_callback_action_new (key_cb, self, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_string (action));
  gtk_shortcut_controller_add_shortcut (keys, shortcut);
}

static void
add_keys (CfoilReportsPage *self)
{
  GtkShortcutController *keys = GTK_SHORTCUT_CONTROLLER (gtk_shortcut_controller_new ());

  add_key (self, keys, GDK_KEY_F2, "report.rename");
  add_key (self, keys, GDK_KEY_Delete, "report.remove");
  add_key (self, keys, GDK_KEY_KP_Delete, "report.remove");
  gtk_shortcut_controller_add_shortcut (
    keys, gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Tab, 0), gtk_callback_action_new (leave_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (keys));
}

/* As CSV, whichever it is. */
static void
export_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  CfoilReportsPage *self = CFOIL_REPORTS_PAGE (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "own") == 0)
    gtk_widget_activate_action (GTK_WIDGET (self->view), "report.save", "s", "csv");
  else
    gtk_widget_activate_action (GTK_WIDGET (self->files), "files.save", NULL);
}

/* Whoever comes by the keyboard goes on with it in the list; who is going through the sidebar stays there. */
static void
mapped_cb (CfoilReportsPage *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL && (focus == NULL || !GTK_IS_LIST_BOX_ROW (focus)))
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
cfoil_reports_page_workspace_changed (CfoilPage *page)
{
  CfoilReportsPage *self = CFOIL_REPORTS_PAGE (page);
  CfoilWorkspace *workspace = cfoil_page_get_workspace (page);

  g_signal_group_set_target (self->reader_signals, workspace != NULL ? cfoil_workspace_get_reader (workspace) : NULL);
  cfoil_report_view_set_workspace (self->view, workspace);
  cfoil_report_files_view_set_workspace (self->files, workspace);
  g_clear_pointer (&self->opened, g_free);
  read_list (self);
}

static void
cfoil_reports_page_dispose (GObject *object)
{
  CfoilReportsPage *self = CFOIL_REPORTS_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->reader_signals);
  g_clear_pointer (&self->opened, g_free);
  g_clear_pointer (&self->wanted, g_free);

  G_OBJECT_CLASS (cfoil_reports_page_parent_class)->dispose (object);
}

static void
cfoil_reports_page_class_init (CfoilReportsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_reports_page_dispose;
  CFOIL_PAGE_CLASS (klass)->workspace_changed = cfoil_reports_page_workspace_changed;

  gtk_widget_class_install_action (widget_class, "page.export", NULL, export_cb);

  g_type_ensure (CFOIL_TYPE_REPORT_VIEW);
  g_type_ensure (CFOIL_TYPE_REPORT_FILES_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-reports-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilReportsPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportsPage, list);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportsPage, view);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportsPage, files);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, kept_cb);
  gtk_widget_class_bind_template_callback (widget_class, removed_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
cfoil_reports_page_init (CfoilReportsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
  self->reader_signals = g_signal_group_new (CFOIL_TYPE_READER);
  g_signal_group_connect_object (self->reader_signals, "changed", G_CALLBACK (read_list), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  add_keys (self);
  folded_cb (self);
}
