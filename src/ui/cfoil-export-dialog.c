/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-export-dialog.h"

#include "cfoil-banner.h"
#include "cfoil-compat.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilExportDialog
{
  AdwWindow parent_instance;

  CfoilBanner *banner;
  AdwComboRow *table;
  AdwComboRow *profile;
  GtkStack *stack;
  GtkLabel *progress_label;
  GtkProgressBar *progress_bar;
  GtkWidget *export_button;

  CfoilWindow *window;       /* (owned) */
  GSettings *settings;       /* (owned) */
  CfoilOperation *operation; /* (owned) (nullable) */
};

typedef struct
{
  CfoilContext *context; /* (owned) */
  char *path;            /* (owned) */
  char *time_zone;       /* (owned) (nullable) */
  CfoilExportTable table;
  CfoilExportProfile profile;
  CfoilExportResult result;
} Export;

static void path_chosen_cb (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data);
static void exported_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data);

G_DEFINE_FINAL_TYPE (CfoilExportDialog, cfoil_export_dialog, ADW_TYPE_WINDOW)

static void
export_free (gpointer data)
{
  Export *export = data;

  g_object_unref (export->context);
  g_free (export->path);
  g_free (export->time_zone);
  g_free (export);
}

static gboolean
export_thread (CfoilOperation *operation,
               gpointer        data,
               GCancellable   *cancellable,
               GError        **error)
{
  Export *export = data;
  CfoilExportOptions options = {
    .table = export->table,
    .profile = export->profile,
    .path = export->path,
    .time_zone = export->time_zone,
    .overwrite = TRUE,
  };

  return cfoil_context_export_sync (export->context, &options, cfoil_operation_report, operation,
                                    cancellable, &export->result, error);
}

static CfoilOperation *
start (CfoilWindow        *window,
       CfoilExportTable    table,
       CfoilExportProfile  profile,
       const char         *path,
       GAsyncReadyCallback callback,
       gpointer            user_data)
{
  CfoilWorkspace *workspace = cfoil_window_get_workspace (window);
  g_autoptr (GSettings) settings = g_settings_new (CFOIL_APPLICATION_ID);
  g_autofree char *zone = g_settings_get_string (settings, "time-zone");
  CfoilOperation *operation = cfoil_operation_new (_("Exporting"));
  Export *export = g_new0 (Export, 1);

  export->context = g_object_ref (cfoil_workspace_get_context (workspace));
  export->path = g_strdup (path);
  export->time_zone = *zone != '\0' ? g_steal_pointer (&zone) : NULL;
  export->table = table;
  export->profile = profile;
  cfoil_workspace_run (workspace, operation, FALSE, export_thread, export, export_free, callback, user_data);
  return operation;
}

static void
tell_success (CfoilWindow  *window,
              const Export *export)
{
  g_autofree char *number = cfoil_words_number ((gint64) export->result.n_rows);
  g_autofree char *name = g_filename_display_name (export->path);
  g_autofree char *text = NULL;

  /* Translators: the first %s is a number of rows, the second a file with its folder. */
  text = g_strdup_printf (ngettext ("%s row exported to %s", "%s rows exported to %s", (gulong) export->result.n_rows),
                          number, name);
  cfoil_window_toast (window, text);
}

/* --- without a dialog --- */

static void
exported_to_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (CfoilWindow) window = user_data;
  g_autoptr (GError) error = NULL;

  if (cfoil_operation_run_finish (CFOIL_OPERATION (source), result, &error))
    tell_success (window, cfoil_operation_get_data (CFOIL_OPERATION (source)));
  else
    cfoil_window_toast (window, cfoil_words_error (error));
}

void
cfoil_export_to (CfoilWindow        *window,
                 CfoilExportTable    table,
                 CfoilExportProfile  profile,
                 const char         *path)
{
  g_autoptr (CfoilOperation) operation = NULL;

  operation = start (window, table, profile, path, exported_to_cb, g_object_ref (window));
}

/* --- the dialog --- */

static void
choose_cb (CfoilExportDialog *self)
{
  g_autofree char *folder = g_settings_get_string (self->settings, "export-directory");
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = NULL;

  name = g_strdup_printf ("counterfoil-%s-%s.csv",
                          cfoil_export_table_to_string ((CfoilExportTable) adw_combo_row_get_selected (self->table)), day);
  if (*folder == '\0')
    {
      g_free (folder);
      folder = g_strdup (g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS));
    }
  cfoil_banner_set_text (self->banner, NULL);
  cfoil_compat_save_file_async (GTK_WINDOW (self), _("Export"), folder, name, path_chosen_cb, g_object_ref (self));
}

static void
progress_cb (CfoilExportDialog *self)
{
  g_autofree char *text = cfoil_words_progress (self->operation, NULL);
  double fraction = cfoil_operation_get_fraction (self->operation);

  gtk_label_set_text (self->progress_label, text);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress_bar, fraction);
  else
    gtk_progress_bar_pulse (self->progress_bar);
}

static void
save_choices (CfoilExportDialog *self,
              const char        *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_settings_set_string (self->settings, "export-directory", folder);
  g_settings_set_string (self->settings, "export-profile", adw_combo_row_get_selected (self->profile) == 1 ? "excel" : "plain");
}

static void
path_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (CfoilExportDialog) self = user_data;
  g_autofree char *path = cfoil_compat_save_file_finish (result, NULL);

  if (path == NULL || self->stack == NULL || cfoil_window_get_workspace (self->window) == NULL)
    return;
  save_choices (self, path);
  g_clear_object (&self->operation);
  self->operation = start (self->window,
                           (CfoilExportTable) adw_combo_row_get_selected (self->table),
                           adw_combo_row_get_selected (self->profile) == 1 ? CFOIL_EXPORT_EXCEL : CFOIL_EXPORT_PLAIN,
                           path, exported_cb, g_object_ref (self));
  g_signal_connect_object (self->operation, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  progress_cb (self);
  gtk_stack_set_visible_child_name (self->stack, "progress");
  gtk_widget_set_visible (self->export_button, FALSE);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (CfoilExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (cfoil_operation_run_finish (CFOIL_OPERATION (source), result, &error))
    {
      tell_success (self->window, cfoil_operation_get_data (CFOIL_OPERATION (source)));
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (self->stack == NULL)
    return;
  gtk_stack_set_visible_child_name (self->stack, "choices");
  gtk_widget_set_visible (self->export_button, TRUE);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      cfoil_banner_set_text (self->banner, cfoil_words_error (error));
      cfoil_banner_set_tooltip (self->banner, error->message);
    }
}

static gboolean
cfoil_export_dialog_close_request (GtkWindow *window)
{
  CfoilExportDialog *self = CFOIL_EXPORT_DIALOG (window);

  if (self->operation != NULL)
    cfoil_operation_cancel (self->operation);
  return GTK_WINDOW_CLASS (cfoil_export_dialog_parent_class)->close_request (window);
}

static void
cfoil_export_dialog_dispose (GObject *object)
{
  CfoilExportDialog *self = CFOIL_EXPORT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_EXPORT_DIALOG);
  g_clear_object (&self->operation);
  g_clear_object (&self->window);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (cfoil_export_dialog_parent_class)->dispose (object);
}

static void
cfoil_export_dialog_class_init (CfoilExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_export_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = cfoil_export_dialog_close_request;
  g_type_ensure (CFOIL_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilExportDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilExportDialog, table);
  gtk_widget_class_bind_template_child (widget_class, CfoilExportDialog, profile);
  gtk_widget_class_bind_template_child (widget_class, CfoilExportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilExportDialog, progress_label);
  gtk_widget_class_bind_template_child (widget_class, CfoilExportDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, CfoilExportDialog, export_button);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cfoil_export_dialog_init (CfoilExportDialog *self)
{
  g_autofree char *profile = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new (CFOIL_APPLICATION_ID);
  profile = g_settings_get_string (self->settings, "export-profile");
  adw_combo_row_set_selected (self->profile, g_str_equal (profile, "excel") ? 1 : 0);
}

CfoilExportDialog *
cfoil_export_dialog_new (CfoilWindow *window)
{
  CfoilExportDialog *self = g_object_new (CFOIL_TYPE_EXPORT_DIALOG, "transient-for", window, NULL);

  self->window = g_object_ref (window);
  return self;
}
