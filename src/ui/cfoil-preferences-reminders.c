/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-preferences-reminders.h"

#include "cfoil-portal.h"

#include <glib/gi18n.h>

struct _CfoilPreferencesReminders
{
  AdwPreferencesGroup parent_instance;

  GtkSwitch *reminders;
  GtkSwitch *background;
  GtkSwitch *fetches;
  GtkSwitch *details;
  AdwActionRow *background_row;

  GSettings *settings;       /* (owned) */
  GCancellable *cancellable; /* (owned) */
};

G_DEFINE_FINAL_TYPE (CfoilPreferencesReminders, cfoil_preferences_reminders, ADW_TYPE_PREFERENCES_GROUP)

/* The switch stands where the setting does; the session has the last word on it. */
static void
show_background (CfoilPreferencesReminders *self)
{
  gboolean is_on = g_settings_get_boolean (self->settings, "background");

  gtk_switch_set_active (self->background, is_on);
  gtk_switch_set_state (self->background, is_on);
  gtk_widget_set_sensitive (GTK_WIDGET (self->background), TRUE);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (CfoilPreferencesReminders) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = cfoil_portal_set_autostart_finish (result, &error);

  if (self->background == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (ok)
    g_settings_set_boolean (self->settings, "background", TRUE);
  adw_action_row_set_subtitle (self->background_row, ok ? _("Counterfoil starts with your session, without a window") : error->message);
  show_background (self);
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* Started all the same it sees the setting, and ends. */
  if (!cfoil_portal_set_autostart_finish (result, &error))
    g_debug ("Autostart: %s", error->message);
}

static gboolean
background_set_cb (CfoilPreferencesReminders *self,
                   gboolean                   is_on)
{
  if (is_on == g_settings_get_boolean (self->settings, "background"))
    return GDK_EVENT_PROPAGATE;
  if (is_on)
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self->background), FALSE);
      cfoil_portal_set_autostart_async (TRUE, self->cancellable, asked_cb, g_object_ref (self));
    }
  else
    {
      g_settings_set_boolean (self->settings, "background", FALSE);
      cfoil_portal_set_autostart_async (FALSE, NULL, ended_cb, NULL);
      gtk_switch_set_state (self->background, FALSE);
    }
  return GDK_EVENT_STOP;
}

static void
cfoil_preferences_reminders_dispose (GObject *object)
{
  CfoilPreferencesReminders *self = CFOIL_PREFERENCES_REMINDERS (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_PREFERENCES_REMINDERS);

  G_OBJECT_CLASS (cfoil_preferences_reminders_parent_class)->dispose (object);
}

static void
cfoil_preferences_reminders_finalize (GObject *object)
{
  CfoilPreferencesReminders *self = CFOIL_PREFERENCES_REMINDERS (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (cfoil_preferences_reminders_parent_class)->finalize (object);
}

static void
cfoil_preferences_reminders_class_init (CfoilPreferencesRemindersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_preferences_reminders_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_preferences_reminders_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-preferences-reminders.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilPreferencesReminders, reminders);
  gtk_widget_class_bind_template_child (widget_class, CfoilPreferencesReminders, background);
  gtk_widget_class_bind_template_child (widget_class, CfoilPreferencesReminders, fetches);
  gtk_widget_class_bind_template_child (widget_class, CfoilPreferencesReminders, details);
  gtk_widget_class_bind_template_child (widget_class, CfoilPreferencesReminders, background_row);
  gtk_widget_class_bind_template_callback (widget_class, background_set_cb);
}

static void
cfoil_preferences_reminders_init (CfoilPreferencesReminders *self)
{
  self->settings = g_settings_new (CFOIL_APPLICATION_ID);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_settings_bind (self->settings, "reminders", self->reminders, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "background-sync", self->fetches, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "notification-details", self->details, "active", G_SETTINGS_BIND_DEFAULT);
  show_background (self);
}
