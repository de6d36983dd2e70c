/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-about.h"

#include "cfoil-log.h"

#include <glib/gi18n.h>

static void
append_setting (GSettings  *settings,
                const char *key,
                GString    *text)
{
  g_autoptr (GVariant) value = g_settings_get_value (settings, key);
  g_autofree char *printed = g_variant_print (value, FALSE);

  g_string_append_printf (text, "  %s: %s\n", key, printed);
}

static void
append_settings (GString *text)
{
  g_autoptr (GSettings) settings = g_settings_new (CFOIL_APPLICATION_ID);
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i] != NULL; i++)
    append_setting (settings, keys[i], text);
}

static char *
make_debug_info (CfoilWindow *window)
{
  g_autofree char *recent = cfoil_log_dup_recent ();
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  CfoilWorkspace *workspace = window != NULL ? cfoil_window_get_workspace (window) : NULL;
  CfoilMirrorStatus *status = workspace != NULL ? cfoil_workspace_get_status (workspace) : NULL;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "Counterfoil %s\n", CFOIL_VERSION);
  g_string_append_printf (text, "%s\n", os != NULL ? os : "");
  g_string_append_printf (text, "GTK %u.%u.%u\n", gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version ());
  g_string_append_printf (text, "libadwaita %u.%u.%u\n", adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version ());
  g_string_append_printf (text, "GLib %u.%u.%u\n", glib_major_version, glib_minor_version, glib_micro_version);
  if (status != NULL)
    g_string_append_printf (text, "SQLite %s\n", status->sqlite_version);
  g_string_append_printf (text, "Language %s\n\nSettings\n", g_get_language_names ()[0]);
  append_settings (text);
  g_string_append_printf (text, "\nLog\n%s", recent);
  return g_string_free (text, FALSE);
}

void
cfoil_about_show (CfoilWindow *parent)
{
  g_autofree char *debug_info = make_debug_info (parent);
  GtkWidget *about = adw_about_window_new ();

  g_object_set (about,
                "transient-for", parent,
                "modal", TRUE,
                "application-name", "Counterfoil",
                "application-icon", CFOIL_APPLICATION_ID,
                "version", CFOIL_VERSION,
                "developer-name", _("The Counterfoil Developers"),
                "license-type", GTK_LICENSE_GPL_3_0,
                "comments", _("Keeps a merchant’s payment history on the merchant’s own computer."),
                "website", "https://counterfoil.github.io/",
                "debug-info", debug_info,
                "debug-info-filename", "counterfoil-debug.txt",
                /* Translators: your names, one in a line. */
                "translator-credits", _("translator-credits"),
                NULL);
  gtk_window_present (GTK_WINDOW (about));
}
