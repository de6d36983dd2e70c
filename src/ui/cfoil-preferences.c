/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-preferences.h"

#include "cfoil-preferences-limits.h"
#include "cfoil-preferences-reminders.h"

#include <glib/gi18n.h>
#include <string.h>

#define ZONES_FILE "/usr/share/zoneinfo/zone1970.tab"

struct _CfoilPreferences
{
  AdwPreferencesWindow parent_instance;

  GtkDropDown *zone;

  GSettings *settings;       /* (owned) */
  GtkStringList *names;      /* (owned): as shown */
  GCancellable *cancellable; /* (owned) */
  gboolean is_filling;
};

static void zones_read_cb (GObject      *source,
                           GAsyncResult *result,
                           gpointer      user_data);

G_DEFINE_FINAL_TYPE (CfoilPreferences, cfoil_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* The first entry is the system's zone, kept as an empty name. */
static void
fill (CfoilPreferences *self,
      GPtrArray        *zones)
{
  g_autofree char *current = g_settings_get_string (self->settings, "time-zone");
  guint selected = 0;

  self->is_filling = TRUE;
  gtk_string_list_splice (self->names, 0, g_list_model_get_n_items (G_LIST_MODEL (self->names)), NULL);
  gtk_string_list_append (self->names, _("System Time Zone"));
  if (*current != '\0' && !g_ptr_array_find_with_equal_func (zones, current, g_str_equal, NULL))
    g_ptr_array_insert (zones, 0, g_strdup (current));
  for (guint i = 0; i < zones->len; i++)
    {
      gtk_string_list_append (self->names, zones->pdata[i]);
      if (g_str_equal (zones->pdata[i], current))
        selected = i + 1;
    }
  gtk_drop_down_set_selected (self->zone, selected);
  self->is_filling = FALSE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
zones_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (CfoilPreferences) self = user_data;
  g_autoptr (GPtrArray) zones = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_load_contents_finish (G_FILE (source), result, &contents, NULL, NULL, &error))
    {
      g_debug ("No list of time zones: %s", error->message);
      contents = g_strdup ("");
    }
  if (self->zone == NULL)
    return;
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = *lines[i] != '#' ? g_strsplit (lines[i], "\t", 4) : NULL;

      if (fields != NULL && g_strv_length (fields) >= 3)
        g_ptr_array_add (zones, g_strdup (fields[2]));
    }
  g_ptr_array_sort (zones, compare_names);
  g_ptr_array_insert (zones, 0, g_strdup ("UTC"));
  fill (self, zones);
}

static void
zone_selected_cb (CfoilPreferences *self)
{
  guint selected = gtk_drop_down_get_selected (self->zone);

  if (self->is_filling || selected == GTK_INVALID_LIST_POSITION)
    return;
  g_settings_set_string (self->settings, "time-zone",
                         selected == 0 ? "" : gtk_string_list_get_string (self->names, selected));
}

static void
cfoil_preferences_dispose (GObject *object)
{
  CfoilPreferences *self = CFOIL_PREFERENCES (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_PREFERENCES);

  G_OBJECT_CLASS (cfoil_preferences_parent_class)->dispose (object);
}

static void
cfoil_preferences_finalize (GObject *object)
{
  CfoilPreferences *self = CFOIL_PREFERENCES (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->names);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (cfoil_preferences_parent_class)->finalize (object);
}

static void
cfoil_preferences_class_init (CfoilPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_preferences_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_preferences_finalize;
  g_type_ensure (CFOIL_TYPE_PREFERENCES_LIMITS);
  g_type_ensure (CFOIL_TYPE_PREFERENCES_REMINDERS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilPreferences, zone);
  gtk_widget_class_bind_template_callback (widget_class, zone_selected_cb);
}

static void
cfoil_preferences_init (CfoilPreferences *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (ZONES_FILE);
  g_autoptr (GPtrArray) none = g_ptr_array_new_with_free_func (g_free);

  self->settings = g_settings_new (CFOIL_APPLICATION_ID);
  self->names = gtk_string_list_new (NULL);
  self->cancellable = g_cancellable_new ();
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_down_set_expression (self->zone, gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_drop_down_set_model (self->zone, G_LIST_MODEL (self->names));
  fill (self, none);
  g_file_load_contents_async (file, self->cancellable, zones_read_cb, g_object_ref (self));
}

CfoilPreferences *
cfoil_preferences_new (void)
{
  return g_object_new (CFOIL_TYPE_PREFERENCES, NULL);
}
