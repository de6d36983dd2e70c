/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-library-picker.h"

#include "cfoil-answer-step-page.h"
#include "cfoil-library-window.h"
#include "cfoil-library-words.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

#define ITEM_KEY "cfoil-library-item"

struct _CfoilLibraryPicker
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkPopover *popover;
  GtkLabel *note;
  GtkWidget *scrolled;
  GtkListBox *list;

  CfoilWorkspace *workspace; /* (owned) (nullable) */
  gboolean is_for_templates;
  CfoilReason reason;
};

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilLibraryPicker, cfoil_library_picker, ADW_TYPE_BIN)

/* --- the list --- */

static gboolean
is_wanted (CfoilLibraryPicker     *self,
           const CfoilLibraryItem *item)
{
  gboolean is_template = g_strcmp0 (item->kind, "template") == 0;

  if (g_strcmp0 (item->kind, "shop") == 0 || is_template != self->is_for_templates)
    return FALSE;
  return !is_template || item->reason == CFOIL_REASON_UNKNOWN || self->reason == CFOIL_REASON_UNKNOWN ||
         item->reason == self->reason;
}

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_row (CfoilLibraryPicker     *self,
         const CfoilLibraryItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *name = cfoil_library_words_name (item);
  g_autofree char *about = cfoil_library_words_about (item);
  g_autofree char *excerpt = cfoil_library_words_excerpt (item);
  g_autofree char *label = g_strdup_printf ("%s, %s", name, about);

  gtk_box_append (GTK_BOX (box), make_label (name, NULL));
  gtk_box_append (GTK_BOX (box), make_label (about, "caption"));
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, excerpt);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (row), ITEM_KEY, cfoil_library_item_copy (item), (GDestroyNotify) cfoil_library_item_free);
  gtk_list_box_append (self->list, row);
}

static void
show_note (CfoilLibraryPicker *self,
           const char         *note)
{
  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  gtk_widget_set_visible (self->scrolled, note == NULL);
}

static void
show_items (CfoilLibraryPicker *self,
            GPtrArray          *items)
{
  GtkWidget *row;
  guint n = 0;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < items->len; i++)
    if (is_wanted (self, items->pdata[i]))
      {
        add_row (self, items->pdata[i]);
        n++;
      }
  if (n > 0)
    show_note (self, NULL);
  else
    show_note (self, self->is_for_templates ? _("There are no templates for this reason yet.")
                                            : _("There are no policies and files yet."));
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
  g_autoptr (CfoilLibraryPicker) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = cfoil_reader_run_finish (result, &error);

  if (self->workspace == NULL || self->list == NULL)
    return;
  if (items != NULL)
    show_items (self, items);
  else
    show_note (self, cfoil_words_error (error));
}

static void
shown_cb (CfoilLibraryPicker *self)
{
  if (self->workspace == NULL)
    return;
  show_note (self, _("Reading the library…"));
  cfoil_reader_run_async (cfoil_workspace_get_reader (self->workspace), CFOIL_READER_QUERY, read_list, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, NULL, list_read_cb, g_object_ref (self));
}

/* --- what is done --- */

static void
row_cb (CfoilLibraryPicker *self,
        GtkListBoxRow      *row)
{
  g_autoptr (CfoilLibraryItem) item = cfoil_library_item_copy (g_object_get_data (G_OBJECT (row), ITEM_KEY));

  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[PICKED], 0, item);
}

static void
open_cb (CfoilLibraryPicker *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_popover_popdown (self->popover);
  if (GTK_IS_WINDOW (root) && self->workspace != NULL)
    cfoil_library_window_open (gtk_window_get_application (GTK_WINDOW (root)), self->workspace);
}

/* --- GObject --- */

static void
cfoil_library_picker_dispose (GObject *object)
{
  CfoilLibraryPicker *self = CFOIL_LIBRARY_PICKER (object);

  g_clear_object (&self->workspace);
  self->list = NULL;

  G_OBJECT_CLASS (cfoil_library_picker_parent_class)->dispose (object);
}

static void
cfoil_library_picker_class_init (CfoilLibraryPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_library_picker_dispose;
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static GtkWidget *
make_content (CfoilLibraryPicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *open = gtk_button_new_with_label (_("Open Library"));

  self->note = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->note, TRUE);
  gtk_label_set_max_width_chars (self->note, 30);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Library"), -1);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scrolled), 320);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->list));
  gtk_widget_add_css_class (open, "flat");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->note));
  gtk_box_append (GTK_BOX (box), self->scrolled);
  gtk_box_append (GTK_BOX (box), open);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_cb), self);
  g_signal_connect_swapped (open, "clicked", G_CALLBACK (open_cb), self);
  return box;
}

static void
cfoil_library_picker_init (CfoilLibraryPicker *self)
{
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  self->popover = GTK_POPOVER (gtk_popover_new ());
  gtk_popover_set_child (self->popover, make_content (self));
  gtk_menu_button_set_popover (self->button, GTK_WIDGET (self->popover));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  g_signal_connect_swapped (self->popover, "show", G_CALLBACK (shown_cb), self);
}

CfoilLibraryPicker *
cfoil_library_picker_new (const char *label,
                          gboolean    is_for_templates)
{
  CfoilLibraryPicker *self = g_object_new (CFOIL_TYPE_LIBRARY_PICKER, NULL);

  self->is_for_templates = is_for_templates;
  gtk_menu_button_set_label (self->button, label);
  gtk_menu_button_set_use_underline (self->button, TRUE);
  return self;
}

void
cfoil_library_picker_set_workspace (CfoilLibraryPicker *self,
                                    CfoilWorkspace     *workspace)
{
  g_return_if_fail (CFOIL_IS_LIBRARY_PICKER (self));

  g_set_object (&self->workspace, workspace);
}

void
cfoil_library_picker_set_reason (CfoilLibraryPicker *self,
                                 CfoilReason         reason)
{
  g_return_if_fail (CFOIL_IS_LIBRARY_PICKER (self));

  self->reason = reason;
}
