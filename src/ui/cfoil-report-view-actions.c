/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-view-private.h"

#include "cfoil-compat.h"
#include "cfoil-report-name.h"
#include "cfoil-report-print.h"
#include "cfoil-report-store.h"
#include "cfoil-shown-text.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

CfoilReportPage
cfoil_report_view_get_page (CfoilReportView *self)
{
  g_autofree char *paper = g_settings_get_string (self->settings, "report-paper");
  CfoilReportPage page = { cfoil_report_usual_paper (), g_settings_get_boolean (self->settings, "report-landscape") };

  cfoil_report_paper_from_string (paper, &page.paper);
  return page;
}

static GtkWindow *
get_window (CfoilReportView *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
print_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  CfoilReportView *self = user_data;
  CfoilReportPage page = cfoil_report_view_get_page (self);

  if (self->table != NULL)
    cfoil_report_print (get_window (self), self->table, &page, self->zone);
}

static void
save_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  CfoilReportView *self = user_data;
  CfoilReportPage page = cfoil_report_view_get_page (self);
  CfoilReportFormat format;

  if (self->table != NULL && cfoil_report_format_from_string (g_variant_get_string (parameter, NULL), &format))
    cfoil_report_save_as (GTK_WIDGET (self), self->table, format, &page, self->zone);
}

/* For scripts and tests: no dialog. */
static void
save_to_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  CfoilReportView *self = user_data;
  const char *path = g_variant_get_string (parameter, NULL);
  CfoilReportPage page = cfoil_report_view_get_page (self);
  CfoilReportFormat format;

  if (self->table != NULL && cfoil_report_format_from_path (path, &format))
    cfoil_report_save_to (GTK_WIDGET (self), self->table, format, &page, self->zone, path);
}

static void
back_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  CfoilReportView *self = user_data;

  if (gtk_widget_get_visible (self->back_button))
    g_signal_emit_by_name (self, "back");
}

/* --- under a name --- */

typedef struct
{
  CfoilReportView *self;             /* (owned) */
  CfoilMirror *mirror;               /* (owned) */
  CfoilReportDefinition *definition; /* (owned): as it is, with its former name */
  char *new_name;                    /* (owned) (nullable): NULL, it is removed */
  gboolean is_rename;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_object_unref (change->self);
  g_object_unref (change->mirror);
  cfoil_report_definition_free (change->definition);
  g_free (change->new_name);
  g_free (change);
}

static gboolean
apply (Change  *change,
       GError **error)
{
  g_autoptr (CfoilReportDefinition) kept = NULL;

  if (change->new_name == NULL)
    return cfoil_report_store_remove (change->mirror, change->definition->name, error);
  if (change->is_rename)
    return cfoil_report_store_rename (change->mirror, change->definition->name, change->new_name, error);
  kept = cfoil_report_definition_copy (change->definition);
  g_free (kept->name);
  kept->name = g_strdup (change->new_name);
  return cfoil_report_store_put (change->mirror, kept, g_strcmp0 (change->new_name, change->definition->name) == 0, error);
}

static void
change_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  GError *error = NULL;

  if (apply (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void start_put (CfoilReportView             *self,
                       const CfoilReportDefinition *definition);

static void
undo_cb (gpointer user_data)
{
  Change *change = user_data;

  start_put (change->self, change->definition);
}

static void
tell_removed (Change *change)
{
  Change *former = g_new0 (Change, 1);
  g_autofree char *name = cfoil_shown_text (change->definition->name);
  g_autofree char *text = NULL;

  former->self = g_object_ref (change->self);
  former->mirror = g_object_ref (change->mirror);
  former->definition = cfoil_report_definition_copy (change->definition);
  /* Translators: the name of a saved report */
  text = g_strdup_printf (_("“%s” was removed"), name != NULL ? name : "");
  cfoil_toast_show_undo (GTK_WIDGET (change->self), text, undo_cb, former, change_free);
}

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Change *change = g_task_get_task_data (G_TASK (result));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (change->self));
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (root == NULL)
        return;
      cfoil_compat_tell (GTK_WINDOW (root), _("The Report Cannot Be Saved"),
                         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS) ? _("Another report has this name. Choose another one.")
                                                                                : cfoil_words_error (error));
      return;
    }
  if (change->new_name == NULL)
    {
      tell_removed (change);
      g_signal_emit_by_name (change->self, "removed");
    }
  else
    g_signal_emit_by_name (change->self, "kept", change->new_name);
}

/* Takes NEW_NAME. */
static void
start (CfoilReportView             *self,
       const CfoilReportDefinition *definition,
       char                        *new_name,
       gboolean                     is_rename)
{
  Change *change = g_new0 (Change, 1);
  g_autoptr (GTask) task = NULL;

  change->self = g_object_ref (self);
  change->mirror = g_object_ref (cfoil_reader_get_mirror (cfoil_workspace_get_reader (self->workspace)));
  change->definition = cfoil_report_definition_copy (definition);
  change->new_name = new_name;
  change->is_rename = is_rename;
  task = g_task_new (NULL, NULL, changed_cb, NULL);
  g_task_set_task_data (task, change, change_free);
  g_task_run_in_thread (task, change_thread);
}

static void
start_put (CfoilReportView             *self,
           const CfoilReportDefinition *definition)
{
  if (self->workspace != NULL)
    start (self, definition, g_strdup (definition->name), FALSE);
}

static void
start_change (CfoilReportView *self,
              char            *new_name,
              gboolean         is_rename)
{
  start (self, self->definition, new_name, is_rename);
}

static void
named_cb (const char *name,
          gpointer    user_data)
{
  CfoilReportView *self = user_data;

  if (self->workspace != NULL && self->definition != NULL)
    start_change (self, g_strdup (name), FALSE);
}

static void
renamed_cb (const char *name,
            gpointer    user_data)
{
  CfoilReportView *self = user_data;

  if (self->workspace != NULL && self->definition != NULL && self->definition->name != NULL)
    start_change (self, g_strdup (name), TRUE);
}

/* A period that goes with time is called so, others by their days. */
static char *
dup_suggestion (CfoilReportView *self)
{
  const char *period = cfoil_period_picker_find_name (self->definition->period);

  if (period != NULL)
    return g_strdup_printf ("%s: %s", gtk_label_get_text (self->title), period);
  return cfoil_report_definition_to_title (self->definition, 0);
}

static void
keep_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  CfoilReportView *self = user_data;
  g_autofree char *title = NULL;

  if (self->workspace == NULL || self->definition == NULL)
    return;
  if (self->definition->name != NULL)
    {
      start_change (self, g_strdup (self->definition->name), FALSE);
      return;
    }
  title = dup_suggestion (self);
  cfoil_report_name_ask (get_window (self), title, FALSE, named_cb, g_object_ref (self), g_object_unref);
}

static void
rename_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  CfoilReportView *self = user_data;

  if (self->definition != NULL && self->definition->name != NULL)
    cfoil_report_name_ask (get_window (self), self->definition->name, TRUE, renamed_cb, g_object_ref (self), g_object_unref);
}

static void
remove_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  CfoilReportView *self = user_data;

  if (self->workspace != NULL && self->definition != NULL && self->definition->name != NULL)
    start_change (self, NULL, FALSE);
}

/* --- the group of actions --- */

void
cfoil_report_view_update_actions (CfoilReportView *self)
{
  gboolean is_saved = self->definition != NULL && self->definition->name != NULL;
  const struct
  {
    const char *name;
    gboolean is_enabled;
  } states[] = {
    { "print", self->table != NULL }, { "save", self->table != NULL }, { "save-to", self->table != NULL },
    { "keep", self->definition != NULL },
    { "rename", is_saved },           { "remove", is_saved },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), states[i].name)),
                                 states[i].is_enabled);
}

void
cfoil_report_view_add_actions (CfoilReportView *self)
{
  const GActionEntry entries[] = {
    { "print", print_cb, NULL, NULL, NULL, { 0 } },   { "save", save_cb, "s", NULL, NULL, { 0 } },
    { "keep", keep_cb, NULL, NULL, NULL, { 0 } },     { "rename", rename_cb, NULL, NULL, NULL, { 0 } },
    { "remove", remove_cb, NULL, NULL, NULL, { 0 } }, { "save-to", save_to_cb, "s", NULL, NULL, { 0 } },
    { "back", back_cb, NULL, NULL, NULL, { 0 } },
  };
  g_autofree char *chosen = g_settings_get_string (self->settings, "report-paper");
  g_autoptr (GAction) landscape = g_settings_create_action (self->settings, "report-landscape");
  g_autoptr (GAction) paper = g_settings_create_action (self->settings, "report-paper");

  /* The menu shows what it is. */
  if (*chosen == '\0')
    g_settings_set_string (self->settings, "report-paper", cfoil_report_usual_paper () == CFOIL_PAPER_LETTER ? "letter" : "a4");
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action (G_ACTION_MAP (self->actions), landscape);
  g_action_map_add_action (G_ACTION_MAP (self->actions), paper);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "report", G_ACTION_GROUP (self->actions));
  cfoil_report_view_update_actions (self);
}
