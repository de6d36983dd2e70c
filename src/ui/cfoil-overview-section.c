/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-section.h"

#include "cfoil-search-flow.h"

struct _CfoilOverviewSection
{
  GtkBox parent_instance;

  GtkBox *top;
  CfoilSearchFlow *controls;
  GtkLabel *title;
  GtkLabel *note;
};

G_DEFINE_FINAL_TYPE (CfoilOverviewSection, cfoil_overview_section, GTK_TYPE_BOX)

static void
cfoil_overview_section_class_init (CfoilOverviewSectionClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cfoil_overview_section_init (CfoilOverviewSection *self)
{
  GtkBox *words = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);

  self->title = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "xalign", 0.0f,
                              "wrap", TRUE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "title-4");
  self->note = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "visible", FALSE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "dim-label");
  gtk_box_append (words, GTK_WIDGET (self->title));
  gtk_box_append (words, GTK_WIDGET (self->note));
  gtk_widget_set_hexpand (GTK_WIDGET (words), TRUE);
  self->top = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  gtk_box_append (self->top, GTK_WIDGET (words));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->top));
  self->controls = g_object_new (CFOIL_TYPE_SEARCH_FLOW, "visible", FALSE, NULL);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->controls));
}

CfoilOverviewSection *
cfoil_overview_section_new (const char *title)
{
  CfoilOverviewSection *self = g_object_new (CFOIL_TYPE_OVERVIEW_SECTION, NULL);

  gtk_label_set_text (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return self;
}

void
cfoil_overview_section_set_note (CfoilOverviewSection *self,
                                 const char           *note)
{
  g_return_if_fail (CFOIL_IS_OVERVIEW_SECTION (self));

  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
}

void
cfoil_overview_section_add_suffix (CfoilOverviewSection *self,
                                   GtkWidget            *control)
{
  g_return_if_fail (CFOIL_IS_OVERVIEW_SECTION (self));

  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_box_append (self->top, control);
}

void
cfoil_overview_section_add_control (CfoilOverviewSection *self,
                                    GtkWidget            *control)
{
  g_return_if_fail (CFOIL_IS_OVERVIEW_SECTION (self));

  cfoil_search_flow_append (self->controls, control);
  gtk_widget_set_visible (GTK_WIDGET (self->controls), TRUE);
}
