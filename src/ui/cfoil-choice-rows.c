/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-choice-rows.h"

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), check);
  gtk_list_item_set_child (item, box);
}

static void
show_selected (AdwComboRow *row,
               GParamSpec  *pspec,
               GtkListItem *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);

  /* Its place is kept, so that no other row moves. */
  if (box != NULL)
    gtk_widget_set_opacity (gtk_widget_get_last_child (box),
                            adw_combo_row_get_selected_item (row) == gtk_list_item_get_item (item) ? 1 : 0);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         AdwComboRow        *row)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));
  GtkWidget *parent = gtk_widget_get_parent (box);

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), text);
  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  show_selected (row, NULL, item);
  g_signal_connect (row, "notify::selected-item", G_CALLBACK (show_selected), item);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *item,
           AdwComboRow        *row)
{
  g_signal_handlers_disconnect_by_func (row, show_selected, item);
}

void
cfoil_choice_rows_name (AdwComboRow *row)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_return_if_fail (ADW_IS_COMBO_ROW (row));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), row, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), row, 0);
  adw_combo_row_set_list_factory (row, factory);
}
