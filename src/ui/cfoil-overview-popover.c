/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-popover.h"

#include <glib/gi18n.h>

static gboolean
activate (GtkPopover *popover,
          const char *detailed_action)
{
  GtkWidget *button = gtk_widget_get_parent (GTK_WIDGET (popover));
  g_autofree char *name = NULL;
  GVariant *parsed = NULL;
  g_autoptr (GVariant) target = NULL;

  if (button == NULL || !g_action_parse_detailed_name (detailed_action, &name, &parsed, NULL))
    return FALSE;
  target = parsed;
  gtk_popover_popdown (popover);
  return gtk_widget_activate_action_variant (button, name, target);
}

/* A popover keeps all keys to itself, also those that it knows nothing of. */
static gboolean
key_cb (GtkEventController *controller,
        guint               key,
        guint               code,
        GdkModifierType     modifiers)
{
  GtkPopover *popover = GTK_POPOVER (gtk_event_controller_get_widget (controller));
  g_autofree char *accelerator =
    gtk_accelerator_name (gdk_keyval_to_lower (key), modifiers & gtk_accelerator_get_default_mod_mask ());
  GApplication *application = g_application_get_default ();
  g_auto (GStrv) actions = NULL;

  if (!GTK_IS_APPLICATION (application))
    return GDK_EVENT_PROPAGATE;
  actions = gtk_application_get_actions_for_accel (GTK_APPLICATION (application), accelerator);
  for (guint i = 0; actions[i] != NULL; i++)
    if (activate (popover, actions[i]))
      return GDK_EVENT_STOP;
  return GDK_EVENT_PROPAGATE;
}

GtkWidget *
cfoil_overview_popover_new (GtkWidget *child)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), NULL);
  gtk_widget_add_controller (popover, keys);
  gtk_popover_set_child (GTK_POPOVER (popover), child);
  return popover;
}

GtkMenuButton *
cfoil_overview_info_new (GtkBox *content)
{
  GtkMenuButton *button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  GtkWidget *heading = gtk_label_new (_ ("How Is This Computed?"));

  gtk_label_set_xalign (GTK_LABEL (heading), 0.0f);
  gtk_widget_add_css_class (heading, "heading");
  gtk_box_prepend (content, heading);
  gtk_widget_set_margin_top (GTK_WIDGET (content), 9);
  gtk_widget_set_margin_bottom (GTK_WIDGET (content), 9);
  gtk_widget_set_margin_start (GTK_WIDGET (content), 9);
  gtk_widget_set_margin_end (GTK_WIDGET (content), 9);
  gtk_menu_button_set_icon_name (button, "help-about-symbolic");
  gtk_menu_button_set_popover (button, cfoil_overview_popover_new (GTK_WIDGET (content)));
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), _ ("How is this computed?"));
  gtk_widget_add_css_class (GTK_WIDGET (button), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (button), "circular");
  gtk_widget_add_css_class (GTK_WIDGET (button), "overview-info");
  return button;
}

void
cfoil_overview_info_set_subject (GtkMenuButton *info,
                                 const char    *subject)
{
  /* Translators: %s is a figure, for example "Net Volume". */
  g_autofree char *name = g_strdup_printf (_ ("How is this computed: %s"), subject);

  gtk_accessible_update_property (GTK_ACCESSIBLE (info), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

GtkLabel *
cfoil_overview_info_add_text (GtkBox     *content,
                              const char *css_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0.0f);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_max_width_chars (label, 40);
  gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  gtk_box_append (content, GTK_WIDGET (label));
  return label;
}
