/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-popover.h"

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
