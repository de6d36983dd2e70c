/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-library-window-private.h"

#include "cfoil-compat.h"
#include "cfoil-fact.h"
#include "cfoil-library-dialog.h"
#include "cfoil-library-words.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define WINDOW_KEY "cfoil-library-window"
#define ITEM_KEY "cfoil-library-item"
#define WORDS_KEY "cfoil-library-words"

static const CfoilFactKey shop_facts[] = {
  CFOIL_FACT_MERCHANT, CFOIL_FACT_MERCHANT_ADDRESS, CFOIL_FACT_MERCHANT_CONTACT, CFOIL_FACT_SHOP_DESCRIPTION,
};

static void file_chosen_cb (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data);

G_DEFINE_FINAL_TYPE (CfoilLibraryWindow, cfoil_library_window, ADW_TYPE_WINDOW)

/* --- editing --- */

static void
saved_cb (CfoilLibraryWindow *self,
          gpointer            data,
          CfoilLibraryDialog *dialog)
{
  const CfoilLibraryItem *item = data;
  const CfoilLibraryItem *before = g_object_get_data (G_OBJECT (dialog), ITEM_KEY);

  if (self->workspace == NULL)
    return;
  if (g_str_equal (item->kind, "shop") && *item->text == '\0')
    {
      if (before->item_id != 0)
        _cfoil_library_window_remove (self, before);
    }
  else
    _cfoil_library_window_put (self, item, NULL, before->item_id != 0 ? before : NULL);
}

static void
edit (CfoilLibraryWindow     *self,
      const CfoilLibraryItem *item)
{
  CfoilLibraryDialog *dialog = cfoil_library_dialog_new (GTK_WINDOW (self), item);

  g_object_set_data_full (G_OBJECT (dialog), ITEM_KEY, cfoil_library_item_copy (item), (GDestroyNotify) cfoil_library_item_free);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
add_cb (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  g_autoptr (CfoilLibraryItem) item = cfoil_library_item_new ();

  g_free (item->kind);
  item->kind = g_variant_dup_string (parameter, NULL);
  edit (CFOIL_LIBRARY_WINDOW (widget), item);
}

static void
add_file_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  cfoil_compat_open_files_async (GTK_WINDOW (widget), _("Add Files to the Library"), TRUE, NULL, NULL,
                                 file_chosen_cb, g_object_ref (widget));
}

static void
file_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (CfoilLibraryWindow) self = user_data;
  g_auto (GStrv) paths = cfoil_compat_open_files_finish (result, NULL);

  for (guint i = 0; paths != NULL && paths[i] != NULL && self->workspace != NULL; i++)
    {
      g_autoptr (CfoilLibraryItem) item = cfoil_library_item_new ();
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);

      g_free (item->kind);
      item->kind = g_strdup ("file");
      g_free (item->name);
      item->name = g_filename_display_basename (paths[i]);
      _cfoil_library_window_put (self, item, file, NULL);
    }
}

static void
activated_cb (AdwActionRow       *row,
              CfoilLibraryWindow *self)
{
  edit (self, g_object_get_data (G_OBJECT (row), ITEM_KEY));
}

static void
remove_clicked_cb (GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW);
  CfoilLibraryWindow *self = CFOIL_LIBRARY_WINDOW (gtk_widget_get_root (button));

  gtk_widget_grab_focus (self->add_button);
  _cfoil_library_window_remove (self, g_object_get_data (G_OBJECT (row), ITEM_KEY));
}

static gboolean
delete_key_cb (GtkWidget *widget,
               GVariant  *arguments,
               gpointer   user_data)
{
  const CfoilLibraryItem *item = g_object_get_data (G_OBJECT (widget), ITEM_KEY);
  CfoilLibraryWindow *self = CFOIL_LIBRARY_WINDOW (gtk_widget_get_root (widget));

  if (item->item_id == 0)
    return FALSE;
  gtk_widget_grab_focus (self->add_button);
  _cfoil_library_window_remove (self, item);
  return TRUE;
}

/* --- rows --- */

static AdwPreferencesGroup *
get_group (CfoilLibraryWindow *self,
           CfoilLibraryGroup   group)
{
  AdwPreferencesGroup *const groups[N_GROUPS] = { self->shop, self->policies, self->templates, self->files };

  return groups[group];
}

static CfoilLibraryGroup
group_of (const CfoilLibraryItem *item)
{
  if (g_strcmp0 (item->kind, "shop") == 0)
    return SHOP;
  if (g_strcmp0 (item->kind, "template") == 0)
    return TEMPLATES;
  return g_strcmp0 (item->kind, "file") == 0 ? FILES : POLICIES;
}

static char *
dup_subtitle (const CfoilLibraryItem *item,
              CfoilLibraryGroup       group)
{
  g_autofree char *excerpt = cfoil_library_words_excerpt (item);
  g_autofree char *about = cfoil_library_words_about (item);

  if (group == SHOP)
    return excerpt != NULL ? g_steal_pointer (&excerpt) : g_strdup (_("Not given yet"));
  return excerpt != NULL && group != FILES ? g_strdup_printf ("%s\n%s", about, excerpt)
                                           : g_strdup (excerpt != NULL ? excerpt : about);
}

static GtkWidget *
make_remove_button (const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: %s is the name of an item of the library. */
  g_autofree char *label = g_strdup_printf (_("Remove %s"), name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_clicked_cb), NULL);
  return button;
}

static void
add_delete_key (GtkWidget *row)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Delete|KP_Delete"),
                                                          gtk_callback_action_new (delete_key_cb, NULL, NULL)));
  gtk_widget_add_controller (row, controller);
}

static void
add_row (CfoilLibraryWindow     *self,
         const CfoilLibraryItem *item)
{
  CfoilLibraryGroup group = group_of (item);
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  g_autofree char *name = cfoil_library_words_name (item);
  g_autofree char *subtitle = dup_subtitle (item, group);
  g_autofree char *words = g_strdup_printf ("%s\n%s\n%s", name, subtitle, item->text != NULL ? item->text : "");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (row, subtitle);
  adw_action_row_set_subtitle_lines (row, 3);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), ITEM_KEY, cfoil_library_item_copy (item), (GDestroyNotify) cfoil_library_item_free);
  g_object_set_data_full (G_OBJECT (row), WORDS_KEY, g_utf8_casefold (words, -1), g_free);
  if (item->item_id != 0)
    adw_action_row_add_suffix (row, make_remove_button (name));
  add_delete_key (GTK_WIDGET (row));
  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, 0);
  adw_preferences_group_add (get_group (self, group), GTK_WIDGET (row));
  g_ptr_array_add (self->rows[group], row);
  if (item->item_id != 0 && item->item_id == self->focus_id)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static const CfoilLibraryItem *
find_shop_item (GPtrArray  *items,
                const char *name)
{
  for (guint i = 0; i < items->len; i++)
    {
      const CfoilLibraryItem *item = items->pdata[i];

      if (g_strcmp0 (item->kind, "shop") == 0 && g_strcmp0 (item->name, name) == 0)
        return item;
    }
  return NULL;
}

/* All four are there, said or not. */
static void
add_shop_rows (CfoilLibraryWindow *self,
               GPtrArray          *items)
{
  for (guint i = 0; i < G_N_ELEMENTS (shop_facts); i++)
    {
      const char *name = cfoil_fact_get_info (shop_facts[i])->name;
      const CfoilLibraryItem *item = find_shop_item (items, name);
      g_autoptr (CfoilLibraryItem) empty = cfoil_library_item_new ();

      g_free (empty->kind);
      empty->kind = g_strdup ("shop");
      g_free (empty->name);
      empty->name = g_strdup (name);
      add_row (self, item != NULL ? item : empty);
    }
}

/* --- searching --- */

static gboolean
matches (GtkWidget         *row,
         const char *const *words)
{
  const char *text = g_object_get_data (G_OBJECT (row), WORDS_KEY);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static void
search_cb (CfoilLibraryWindow *self)
{
  g_autofree char *folded = g_utf8_casefold (gtk_editable_get_text (self->search), -1);
  g_auto (GStrv) words = g_strsplit_set (g_strstrip (folded), " \t", -1);
  gboolean is_searching = *folded != '\0';
  guint n_all = 0;

  for (guint i = 0; i < N_GROUPS; i++)
    {
      guint n = 0;

      for (guint j = 0; j < self->rows[i]->len; j++)
        {
          gboolean is_shown = matches (self->rows[i]->pdata[j], (const char *const *) words);

          gtk_widget_set_visible (self->rows[i]->pdata[j], is_shown);
          n += is_shown;
        }
      gtk_widget_set_visible (GTK_WIDGET (get_group (self, i)), n > 0 || !is_searching);
      n_all += n;
    }
  gtk_stack_set_visible_child_name (self->stack, n_all > 0 || !is_searching ? "items" : "nothing");
}

/* --- reading --- */

static void
show_items (CfoilLibraryWindow *self,
            GPtrArray          *items)
{
  for (guint i = 0; i < N_GROUPS; i++)
    {
      for (guint j = 0; j < self->rows[i]->len; j++)
        adw_preferences_group_remove (get_group (self, i), self->rows[i]->pdata[j]);
      g_ptr_array_set_size (self->rows[i], 0);
    }
  add_shop_rows (self, items);
  for (guint i = 0; i < items->len; i++)
    if (group_of (items->pdata[i]) != SHOP)
      add_row (self, items->pdata[i]);
  self->focus_id = 0;
  search_cb (self);
}

/* The mirror changes often, the library seldom: rows that stay keep the focus. */
static gboolean
is_shown_already (CfoilLibraryWindow *self,
                  GPtrArray          *items)
{
  GString *string = g_string_new ("items");
  gboolean is_same;

  for (guint i = 0; i < items->len; i++)
    {
      const CfoilLibraryItem *item = items->pdata[i];

      g_string_append_printf (string, " %" G_GINT64_FORMAT "@%" G_GINT64_FORMAT, item->item_id, item->changed_us);
    }
  is_same = g_strcmp0 (self->shown, string->str) == 0;
  g_free (self->shown);
  self->shown = g_string_free (string, FALSE);
  return is_same;
}

static gpointer
read_list (CfoilDatabase *database,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return cfoil_library_list (database, error);
}

static void
list_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (CfoilLibraryWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = cfoil_reader_run_finish (result, &error);

  if (self->workspace == NULL || self->stack == NULL)
    return;
  if (items != NULL)
    {
      if (!is_shown_already (self, items))
        show_items (self, items);
    }
  else
    {
      adw_status_page_set_description (self->failed_page, cfoil_words_error (error));
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
}

void
_cfoil_library_window_reload (CfoilLibraryWindow *self)
{
  if (self->workspace != NULL)
    cfoil_reader_run_async (cfoil_workspace_get_reader (self->workspace), CFOIL_READER_QUERY, read_list, NULL, NULL,
                            (GDestroyNotify) g_ptr_array_unref, NULL, list_read_cb, g_object_ref (self));
}

/* --- GObject --- */

static void
search_action_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  CfoilLibraryWindow *self = CFOIL_LIBRARY_WINDOW (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
cfoil_library_window_dispose (GObject *object)
{
  CfoilLibraryWindow *self = CFOIL_LIBRARY_WINDOW (object);

  if (self->workspace != NULL)
    g_object_set_data (G_OBJECT (self->workspace), WINDOW_KEY, NULL);
  g_clear_object (&self->workspace);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_LIBRARY_WINDOW);

  G_OBJECT_CLASS (cfoil_library_window_parent_class)->dispose (object);
}

static void
cfoil_library_window_finalize (GObject *object)
{
  CfoilLibraryWindow *self = CFOIL_LIBRARY_WINDOW (object);

  for (guint i = 0; i < N_GROUPS; i++)
    g_ptr_array_unref (self->rows[i]);
  g_free (self->shown);

  G_OBJECT_CLASS (cfoil_library_window_parent_class)->finalize (object);
}

static void
cfoil_library_window_class_init (CfoilLibraryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_library_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_library_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-library-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryWindow, failed_page);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryWindow, add_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryWindow, search_bar);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryWindow, search);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryWindow, shop);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryWindow, policies);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryWindow, templates);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryWindow, files);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_install_action (widget_class, "library.add", "s", add_cb);
  gtk_widget_class_install_action (widget_class, "library.add-file", NULL, add_file_cb);
  gtk_widget_class_install_action (widget_class, "library.search", NULL, search_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "library.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
cfoil_library_window_init (CfoilLibraryWindow *self)
{
  for (guint i = 0; i < N_GROUPS; i++)
    self->rows[i] = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, self->search);
}

static GtkWindow *
find_top (GtkApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (application);

  while (window != NULL && gtk_window_get_transient_for (window) != NULL)
    window = gtk_window_get_transient_for (window);
  return window;
}

CfoilLibraryWindow *
cfoil_library_window_open (GtkApplication *application,
                           CfoilWorkspace *workspace)
{
  CfoilLibraryWindow *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (CFOIL_IS_WORKSPACE (workspace), NULL);

  self = g_object_get_data (G_OBJECT (workspace), WINDOW_KEY);
  if (self == NULL)
    {
      /* It goes with the window that it was opened from: the program ends with that. */
      self = g_object_new (CFOIL_TYPE_LIBRARY_WINDOW, "application", application, "transient-for", find_top (application),
                           "destroy-with-parent", TRUE, NULL);
      self->workspace = g_object_ref (workspace);
      g_object_set_data (G_OBJECT (workspace), WINDOW_KEY, self);
      g_signal_connect_object (cfoil_workspace_get_reader (workspace), "changed", G_CALLBACK (_cfoil_library_window_reload), self,
                               G_CONNECT_SWAPPED);
      _cfoil_library_window_reload (self);
    }
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
