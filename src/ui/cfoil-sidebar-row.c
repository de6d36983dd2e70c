/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-sidebar-row.h"

#include "cfoil-words.h"

struct _CfoilSidebarRow
{
  GtkListBoxRow parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *badge;

  CfoilPage *page; /* (borrowed): lives as long as the shell */
};

G_DEFINE_FINAL_TYPE (CfoilSidebarRow, cfoil_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static void
badge_cb (CfoilSidebarRow *self)
{
  g_autofree char *text = NULL;
  guint badge;

  g_object_get (self->page, "badge", &badge, NULL);
  text = cfoil_words_number (badge);
  gtk_label_set_text (self->badge, text);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), badge > 0);
}

static void
cfoil_sidebar_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CFOIL_TYPE_SIDEBAR_ROW);

  G_OBJECT_CLASS (cfoil_sidebar_row_parent_class)->dispose (object);
}

static void
cfoil_sidebar_row_class_init (CfoilSidebarRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_sidebar_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-sidebar-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilSidebarRow, icon);
  gtk_widget_class_bind_template_child (widget_class, CfoilSidebarRow, title);
  gtk_widget_class_bind_template_child (widget_class, CfoilSidebarRow, badge);
}

static void
cfoil_sidebar_row_init (CfoilSidebarRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

CfoilSidebarRow *
cfoil_sidebar_row_new (CfoilPage *page)
{
  CfoilSidebarRow *self = g_object_new (CFOIL_TYPE_SIDEBAR_ROW, NULL);

  self->page = page;
  gtk_image_set_from_icon_name (self->icon, cfoil_page_get_icon_name (page));
  gtk_label_set_text (self->title, cfoil_page_get_title (page));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, cfoil_page_get_title (page), -1);
  g_object_bind_property (page, "available", self, "visible", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (page, "notify::badge", G_CALLBACK (badge_cb), self, G_CONNECT_SWAPPED);
  badge_cb (self);
  return self;
}

CfoilPage *
cfoil_sidebar_row_get_page (CfoilSidebarRow *self)
{
  g_return_val_if_fail (CFOIL_IS_SIDEBAR_ROW (self), NULL);

  return self->page;
}
