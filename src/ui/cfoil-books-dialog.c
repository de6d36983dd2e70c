/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-books-dialog.h"

#include "cfoil-banner.h"
#include "cfoil-books.h"
#include "cfoil-compat.h"
#include "cfoil-time.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilBooksDialog
{
  AdwWindow parent_instance;

  CfoilBanner *banner;
  AdwComboRow *format;
  AdwComboRow *period;
  AdwEntryRow *days;
  AdwComboRow *dates;
  AdwPreferencesGroup *names;
  GtkStack *stack;
  GtkLabel *progress_label;
  GtkProgressBar *progress_bar;
  GtkWidget *export_button;

  CfoilWindow *window;             /* (owned) */
  GSettings *settings;             /* (owned) */
  CfoilOperation *operation;       /* (owned) (nullable) */
  GCancellable *cancellable;       /* (owned): of reading the names */
  CfoilBooksAccounts *accounts;    /* (owned) (nullable): as they are saved */
  GtkWidget *rows[CFOIL_N_PURPOSES]; /* AdwEntryRow */
};

/* Those that one asks for at the end of a month or a year; "": any days. */
static const struct
{
  const char *text;
  const char *title;
} periods[] = {
  { "lastmonth", N_ ("Last Month") },
  { "thismonth", N_ ("This Month") },
  { "lastquarter", N_ ("Last Quarter") },
  { "thisquarter", N_ ("This Quarter") },
  { "lastyear", N_ ("Last Year") },
  { "thisyear", N_ ("This Year") },
  { "all", N_ ("Everything") },
  { "", N_ ("Other Days") },
};

/* One export under way, with the names that were changed; all of it is (owned). */
typedef struct
{
  CfoilContext *context;
  char *path;
  char *time_zone;
  CfoilBooksOptions options;
  GPtrArray *changed; /* (element-type utf8): keys and names in turn */
  CfoilBooksResult result;
  CfoilOperation *operation; /* (unowned): while it runs */
} Export;

G_DEFINE_FINAL_TYPE (CfoilBooksDialog, cfoil_books_dialog, ADW_TYPE_WINDOW)

static void
export_free (gpointer data)
{
  Export *export = data;

  g_object_unref (export->context);
  g_free (export->path);
  g_free (export->time_zone);
  g_ptr_array_unref (export->changed);
  g_free (export);
}

static void
report_entries (guint64  n_entries,
                gpointer data)
{
  Export *export = data;
  CfoilProgress progress = { .done = n_entries };

  cfoil_operation_report (&progress, export->operation);
}

static gboolean
export_thread (CfoilOperation *operation,
               gpointer        data,
               GCancellable   *cancellable,
               GError        **error)
{
  Export *export = data;
  CfoilMirror *mirror = cfoil_context_get_mirror (export->context);

  for (guint i = 0; i + 1 < export->changed->len; i += 2)
    if (!cfoil_books_accounts_save_sync (mirror, g_ptr_array_index (export->changed, i), g_ptr_array_index (export->changed, i + 1), error))
      return FALSE;
  export->operation = operation;
  export->options.time_zone = export->time_zone;
  return cfoil_books_export_sync (mirror, &export->options, export->path, TRUE, report_entries, export, cancellable,
                                  &export->result, error);
}

/* --- what is chosen --- */

static CfoilBooksFormat
get_format (CfoilBooksDialog *self)
{
  return (CfoilBooksFormat) MIN (adw_combo_row_get_selected (self->format), CFOIL_N_BOOKS_FORMATS - 1);
}

static gboolean
read_period (CfoilBooksDialog *self,
             CfoilPeriod      *period,
             GError          **error)
{
  guint selected = MIN (adw_combo_row_get_selected (self->period), G_N_ELEMENTS (periods) - 1);
  GTimeZone *zone = cfoil_workspace_get_time_zone (cfoil_window_get_workspace (self->window));
  const char *text = periods[selected].text;

  if (*text == '\0')
    text = gtk_editable_get_text (GTK_EDITABLE (self->days));
  return cfoil_period_parse (text, cfoil_day_of_time (cfoil_time_now_us (), zone), period, error);
}

static gboolean
are_names_valid (CfoilBooksDialog *self)
{
  gboolean are_valid = TRUE;

  for (guint i = 0; i < CFOIL_N_PURPOSES; i++)
    {
      const char *name = gtk_editable_get_text (GTK_EDITABLE (self->rows[i]));
      gboolean is_valid = *name == '\0' || cfoil_books_name_check (name, NULL);

      if (is_valid)
        gtk_widget_remove_css_class (self->rows[i], "error");
      else
        gtk_widget_add_css_class (self->rows[i], "error");
      are_valid = are_valid && is_valid;
    }
  return are_valid;
}

static void
update (CfoilBooksDialog *self)
{
  CfoilPeriod period;
  gboolean has_period = read_period (self, &period, NULL);
  gboolean has_names = are_names_valid (self);

  if (has_period || *gtk_editable_get_text (GTK_EDITABLE (self->days)) == '\0')
    gtk_widget_remove_css_class (GTK_WIDGET (self->days), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->days), "error");
  gtk_widget_set_sensitive (self->export_button, has_period && has_names && self->accounts != NULL);
}

static void
format_changed_cb (CfoilBooksDialog *self)
{
  /* Registers hold what the provider settled, and nothing else. */
  if (self->dates != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->dates), !cfoil_books_format_is_register (get_format (self)));
}

static void
period_changed_cb (CfoilBooksDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->period);

  if (self->accounts == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->days), selected == G_N_ELEMENTS (periods) - 1);
  update (self);
}

static void
days_changed_cb (CfoilBooksDialog *self)
{
  update (self);
}

/* --- names of accounts --- */

/* Each entry holds the name that counts. */
static void
fill_names (CfoilBooksDialog *self)
{
  for (guint i = 0; i < CFOIL_N_PURPOSES; i++)
    {
      const char *own = cfoil_books_accounts_get (self->accounts, cfoil_purpose_to_string ((CfoilPurpose) i));

      gtk_editable_set_text (GTK_EDITABLE (self->rows[i]), own != NULL ? own : cfoil_purpose_get_default ((CfoilPurpose) i));
    }
}

static gpointer
read_accounts (CfoilDatabase *database,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return cfoil_books_accounts_load (database, error);
}

static void
accounts_read_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (CfoilBooksDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  CfoilBooksAccounts *accounts = cfoil_reader_run_finish (result, &error);

  if (self->stack == NULL)
    {
      g_clear_pointer (&accounts, cfoil_books_accounts_unref);
      return;
    }
  if (accounts == NULL)
    {
      cfoil_banner_set_text (self->banner, cfoil_words_error (error));
      return;
    }
  self->accounts = accounts;
  fill_names (self);
  period_changed_cb (self);
}

/* Keys and names that are others than those that are saved. */
static GPtrArray *
list_changed_names (CfoilBooksDialog *self)
{
  GPtrArray *changed = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < CFOIL_N_PURPOSES; i++)
    {
      const char *key = cfoil_purpose_to_string ((CfoilPurpose) i);
      const char *name = gtk_editable_get_text (GTK_EDITABLE (self->rows[i]));
      const char *own = cfoil_books_accounts_get (self->accounts, key);

      if (g_str_equal (name, cfoil_purpose_get_default ((CfoilPurpose) i)))
        name = "";
      if (g_str_equal (name, own != NULL ? own : ""))
        continue;
      g_ptr_array_add (changed, g_strdup (key));
      g_ptr_array_add (changed, g_strdup (name));
    }
  return changed;
}

static void
add_name_rows (CfoilBooksDialog *self)
{
  for (guint i = 0; i < CFOIL_N_PURPOSES; i++)
    {
      GtkWidget *row = g_object_new (ADW_TYPE_ENTRY_ROW, "title", cfoil_purpose_get_title ((CfoilPurpose) i),
                                     "input-hints", GTK_INPUT_HINT_NO_SPELLCHECK | GTK_INPUT_HINT_NO_EMOJI, NULL);

      self->rows[i] = row;
      adw_preferences_group_add (self->names, row);
      g_signal_connect_object (row, "changed", G_CALLBACK (days_changed_cb), self, G_CONNECT_SWAPPED);
    }
}

/* --- writing --- */

static void
progress_cb (CfoilBooksDialog *self)
{
  g_autofree char *text = cfoil_words_progress (self->operation, NULL);

  gtk_label_set_text (self->progress_label, text);
  gtk_progress_bar_pulse (self->progress_bar);
}

static void
tell_success (CfoilWindow  *window,
              const Export *export)
{
  g_autofree char *number = cfoil_words_number ((gint64) export->result.n_entries);
  g_autofree char *name = g_filename_display_name (export->path);
  g_autofree char *text = NULL;

  /* Translators: the first %s is a number of entries of books, the second a file with its folder. */
  text = g_strdup_printf (ngettext ("%s entry exported to %s", "%s entries exported to %s", (gulong) export->result.n_entries),
                          number, name);
  cfoil_window_toast (window, text);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (CfoilBooksDialog) self = user_data;
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

static Export *
export_new (CfoilBooksDialog *self,
            char             *path)
{
  CfoilWorkspace *workspace = cfoil_window_get_workspace (self->window);
  Export *export = g_new0 (Export, 1);

  export->context = g_object_ref (cfoil_workspace_get_context (workspace));
  export->path = path;
  export->time_zone = g_strdup (cfoil_workspace_get_time_zone_name (workspace));
  export->changed = list_changed_names (self);
  export->options.format = get_format (self);
  export->options.dates = adw_combo_row_get_selected (self->dates) == 1 ? CFOIL_BOOKS_BY_POSTING : CFOIL_BOOKS_BY_SALE;
  read_period (self, &export->options.period, NULL);
  return export;
}

static void
save_choices (CfoilBooksDialog *self,
              const char       *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_settings_set_string (self->settings, "export-directory", folder);
}

static void
path_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (CfoilBooksDialog) self = user_data;
  char *path = cfoil_compat_save_file_finish (result, NULL);

  if (path == NULL || self->stack == NULL || cfoil_window_get_workspace (self->window) == NULL)
    {
      g_free (path);
      return;
    }
  save_choices (self, path);
  g_clear_object (&self->operation);
  self->operation = cfoil_operation_new (_("Exporting"));
  cfoil_workspace_run (cfoil_window_get_workspace (self->window), self->operation, FALSE, export_thread, export_new (self, path),
                       export_free, exported_cb, g_object_ref (self));
  g_signal_connect_object (self->operation, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  progress_cb (self);
  gtk_stack_set_visible_child_name (self->stack, "progress");
  gtk_widget_set_visible (self->export_button, FALSE);
}

static void
choose_cb (CfoilBooksDialog *self)
{
  g_autofree char *folder = g_settings_get_string (self->settings, "export-directory");
  g_autofree char *days = NULL;
  g_autofree char *name = NULL;
  CfoilPeriod period;

  if (!read_period (self, &period, NULL))
    return;
  days = cfoil_period_to_text (&period);
  name = g_strdup_printf ("counterfoil-%s%s", days, cfoil_books_format_get_suffix (get_format (self)));
  if (*folder == '\0')
    {
      g_free (folder);
      folder = g_strdup (g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS));
    }
  cfoil_banner_set_text (self->banner, NULL);
  cfoil_compat_save_file_async (GTK_WINDOW (self), _("Export for Accounting"), folder, name, path_chosen_cb, g_object_ref (self));
}

/* --- the dialog --- */

static gboolean
cfoil_books_dialog_close_request (GtkWindow *window)
{
  CfoilBooksDialog *self = CFOIL_BOOKS_DIALOG (window);

  if (self->operation != NULL)
    cfoil_operation_cancel (self->operation);
  return GTK_WINDOW_CLASS (cfoil_books_dialog_parent_class)->close_request (window);
}

static void
cfoil_books_dialog_dispose (GObject *object)
{
  CfoilBooksDialog *self = CFOIL_BOOKS_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_BOOKS_DIALOG);
  g_clear_object (&self->operation);
  g_clear_object (&self->window);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->accounts, cfoil_books_accounts_unref);

  G_OBJECT_CLASS (cfoil_books_dialog_parent_class)->dispose (object);
}

static void
cfoil_books_dialog_class_init (CfoilBooksDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_books_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = cfoil_books_dialog_close_request;
  g_type_ensure (CFOIL_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-books-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, format);
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, period);
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, days);
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, dates);
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, names);
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, progress_label);
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, export_button);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, period_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, days_changed_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cfoil_books_dialog_init (CfoilBooksDialog *self)
{
  g_autoptr (GtkStringList) formats = gtk_string_list_new (NULL), period_titles = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->settings = g_settings_new (CFOIL_APPLICATION_ID);
  for (guint i = 0; i < CFOIL_N_BOOKS_FORMATS; i++)
    gtk_string_list_append (formats, cfoil_books_format_get_title ((CfoilBooksFormat) i));
  adw_combo_row_set_model (self->format, G_LIST_MODEL (formats));
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    gtk_string_list_append (period_titles, gettext (periods[i].title));
  adw_combo_row_set_model (self->period, G_LIST_MODEL (period_titles));
  gtk_widget_set_sensitive (self->export_button, FALSE);
}

GtkWidget *
cfoil_books_dialog_new (CfoilWindow *window)
{
  CfoilBooksDialog *self = g_object_new (CFOIL_TYPE_BOOKS_DIALOG, "transient-for", window, NULL);

  self->window = g_object_ref (window);
  add_name_rows (self);
  cfoil_reader_run_async (cfoil_workspace_get_reader (cfoil_window_get_workspace (window)), CFOIL_READER_STATUS,
                          read_accounts, NULL, NULL, (GDestroyNotify) cfoil_books_accounts_unref, self->cancellable,
                          accounts_read_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
