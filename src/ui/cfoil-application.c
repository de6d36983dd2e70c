/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-application.h"

#include "cfoil-about.h"
#include "cfoil-background.h"
#include "cfoil-screenshots.h"
#include "cfoil-window.h"

#include <glib/gi18n.h>

struct _CfoilApplication
{
  AdwApplication parent_instance;

  char *folder;            /* (owned) (nullable): --data-dir */
  char *screenshot_folder; /* (owned) (nullable) */
  CfoilBackground *background; /* (owned) (nullable): of the program that others talk to */
  gboolean is_demo;
  gboolean starts_hidden;
  gint64 wanted_case;          /* to be shown as soon as the window is there; 0: none, -1: all that wait for an answer */
  gboolean exits_after_startup;
  gboolean has_failed;
};

G_DEFINE_FINAL_TYPE (CfoilApplication, cfoil_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
  { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Work on the mirror in this folder"), N_ ("DIR") },
  { "background", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Only remind of deadlines, without a window"), NULL },
  { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open the demo merchant"), NULL },
  { "screenshot-dir", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, NULL, NULL, NULL },
  { "exit-after-startup", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  { NULL },
};

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  /* By way of the windows, which end what they are doing. */
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *link = windows; link != NULL; link = link->next)
    if (CFOIL_IS_WINDOW (link->data))
      gtk_window_close (link->data);
  cfoil_background_stop (CFOIL_APPLICATION (user_data)->background);
}

static CfoilWindow *
find_window (CfoilApplication *self)
{
  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (self)); link != NULL; link = link->next)
    if (CFOIL_IS_WINDOW (link->data))
      return link->data;
  return NULL;
}

static void
show_wanted_case_cb (CfoilWindow *window,
                     gpointer     user_data)
{
  CfoilApplication *self = user_data;

  if (self->wanted_case < 0 && cfoil_window_get_workspace (window) != NULL)
    g_action_group_activate_action (G_ACTION_GROUP (window), "show-disputes", g_variant_new_string ("state:needs_response -is:answered"));
  else if (self->wanted_case != 0 && cfoil_window_get_workspace (window) != NULL)
    g_action_group_activate_action (G_ACTION_GROUP (window), "show-case", g_variant_new_int64 (self->wanted_case));
  self->wanted_case = 0;
}

/* In a window that is only being opened, once it is. */
static void
open_case (CfoilApplication *self,
           gint64            case_id)
{
  CfoilWindow *window;

  self->wanted_case = case_id;
  g_application_activate (G_APPLICATION (self));
  window = find_window (self);
  if (window != NULL && cfoil_window_get_workspace (window) != NULL)
    show_wanted_case_cb (window, self);
}

static void
open_case_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  open_case (user_data, g_variant_get_int64 (parameter));
}

static void
open_cases_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  open_case (user_data, -1);
}

static void
snooze_cases_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  GVariantIter iter;
  gint64 case_id;

  g_variant_iter_init (&iter, parameter);
  while (g_variant_iter_next (&iter, "x", &case_id))
    cfoil_background_snooze (CFOIL_APPLICATION (user_data)->background, case_id);
}

static void
snooze_case_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  cfoil_background_snooze (CFOIL_APPLICATION (user_data)->background, g_variant_get_int64 (parameter));
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  /* In front may be a dialog. */
  while (window != NULL && !CFOIL_IS_WINDOW (window))
    window = gtk_window_get_transient_for (window);
  cfoil_about_show (window != NULL ? CFOIL_WINDOW (window) : NULL);
}

static const GActionEntry actions[] = {
  { "quit", quit_cb },
  { "about", about_cb },
  { "open-case", open_case_cb, "x" },
  { "open-cases", open_cases_cb },
  { "snooze-case", snooze_case_cb, "x" },
  { "snooze-cases", snooze_cases_cb, "ax" },
};

static const struct
{
  const char *action;
  const char *keys[4];
} accelerators[] = {
  { "app.quit", { "<Control>q", NULL } },
  { "win.close", { "<Control>w", NULL } },
  { "win.sync", { "F5", "<Control>r", NULL } },
  { "win.export", { "<Control>e", NULL } },
  { "win.import", { "<Control>o", NULL } },
  { "win.preferences", { "<Control>comma", NULL } },
  { "win.menu", { "F10", NULL } },
  { "win.save-view", { "<Control>s", NULL } },
  { "win.update-view", { "<Control><Shift>s", NULL } },
};

static void
cfoil_application_startup (GApplication *application)
{
  GtkApplication *gtk_application = GTK_APPLICATION (application);

  G_APPLICATION_CLASS (cfoil_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (CFOIL_APPLICATION_ID);
  CFOIL_APPLICATION (application)->background = cfoil_background_new (gtk_application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (gtk_application, accelerators[i].action, accelerators[i].keys);
  for (int i = 1; i <= 9; i++)
    {
      g_autofree char *action = g_strdup_printf ("win.show-nth-page(%d)", i);
      g_autofree char *key = g_strdup_printf ("<Control>%d", i);

      gtk_application_set_accels_for_action (gtk_application, action, (const char *[]) { key, NULL });
    }
}

static gboolean
quit_idle_cb (gpointer user_data)
{
  g_action_group_activate_action (G_ACTION_GROUP (user_data), "quit", NULL);
  return G_SOURCE_REMOVE;
}

static void
opened_cb (CfoilApplication *self)
{
  if (self->exits_after_startup)
    g_idle_add (quit_idle_cb, self);
}

static void
screenshots_taken_cb (gboolean ok,
                      gpointer user_data)
{
  CfoilApplication *self = user_data;

  self->has_failed = !ok;
  g_idle_add (quit_idle_cb, self);
}

static void
cfoil_application_activate (GApplication *application)
{
  CfoilApplication *self = CFOIL_APPLICATION (application);
  GtkWindow *window = (GtkWindow *) find_window (self);

  if (self->starts_hidden)
    {
      self->starts_hidden = FALSE;
      return;
    }
  if (window == NULL)
    {
      window = GTK_WINDOW (cfoil_window_new (ADW_APPLICATION (self), self->folder, self->is_demo));
      g_signal_connect_object (window, "opened", G_CALLBACK (show_wanted_case_cb), self, 0);
      g_signal_connect_object (window, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
      if (self->screenshot_folder != NULL)
        cfoil_screenshots_take (CFOIL_WINDOW (window), self->screenshot_folder, screenshots_taken_cb, self);
    }
  gtk_window_present (window);
}

/* FALSE: there is nothing to do; another one runs already, or nobody wants it. */
static gboolean
start_hidden (CfoilApplication *self)
{
  g_autoptr (GSettings) settings = g_settings_new (CFOIL_APPLICATION_ID);
  g_autoptr (GError) error = NULL;

  if (!g_settings_get_boolean (settings, "background"))
    {
      g_printerr ("%s\n", _("Reminders without a window are switched off; the preferences have a switch for them."));
      return FALSE;
    }
  if (!g_application_register (G_APPLICATION (self), NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }
  self->starts_hidden = !g_application_get_is_remote (G_APPLICATION (self));
  return self->starts_hidden;
}

static int
cfoil_application_handle_local_options (GApplication *application,
                                        GVariantDict *dict)
{
  CfoilApplication *self = CFOIL_APPLICATION (application);
  gboolean is_private;

  if (g_variant_dict_contains (dict, "version"))
    {
      g_print ("Counterfoil %s\n", CFOIL_VERSION);
      return 0;
    }
  g_variant_dict_lookup (dict, "data-dir", "^ay", &self->folder);
  g_variant_dict_lookup (dict, "screenshot-dir", "^ay", &self->screenshot_folder);
  self->is_demo = g_variant_dict_contains (dict, "demo");
  if (g_variant_dict_contains (dict, "background") && !start_hidden (self))
    return 0;
  self->exits_after_startup = g_variant_dict_contains (dict, "exit-after-startup");
  /* What is open already shows something else. */
  is_private = self->folder != NULL || self->screenshot_folder != NULL || self->is_demo || self->exits_after_startup;
  if (is_private)
    g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return -1;
}

static void
cfoil_application_finalize (GObject *object)
{
  CfoilApplication *self = CFOIL_APPLICATION (object);

  g_free (self->folder);
  g_free (self->screenshot_folder);
  g_clear_object (&self->background);

  G_OBJECT_CLASS (cfoil_application_parent_class)->finalize (object);
}

static void
cfoil_application_class_init (CfoilApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cfoil_application_finalize;
  application_class->startup = cfoil_application_startup;
  application_class->activate = cfoil_application_activate;
  application_class->handle_local_options = cfoil_application_handle_local_options;
}

static void
cfoil_application_init (CfoilApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

CfoilApplication *
cfoil_application_new (void)
{
  return g_object_new (CFOIL_TYPE_APPLICATION,
                       "application-id", CFOIL_APPLICATION_ID,
                       "resource-base-path", "/io/github/counterfoil/Counterfoil",
                       NULL);
}

gboolean
cfoil_application_has_failed (CfoilApplication *self)
{
  g_return_val_if_fail (CFOIL_IS_APPLICATION (self), TRUE);

  return self->has_failed;
}
