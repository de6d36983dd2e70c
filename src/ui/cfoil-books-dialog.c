/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-books-dialog.h"

#include "cfoil-banner.h"
#include "cfoil-books-names.h"
#include "cfoil-books.h"
#include "cfoil-compat.h"
#include "cfoil-shown-text.h"
#include "cfoil-time.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

#define PREVIEW_ENTRIES 5
#define MAX_SHOWN_TEXT 6000
/* Who types is not shown each letter's books. */
#define PREVIEW_DELAY_MS 300

struct _CfoilBooksDialog
{
  AdwWindow parent_instance;

  CfoilBanner *banner;
  AdwComboRow *format;
  AdwComboRow *period;
  AdwEntryRow *days;
  AdwComboRow *dates;
  AdwComboRow *account;
  CfoilBooksNames *names;
  GtkLabel *preview;
  GtkStack *stack;
  GtkLabel *progress_label;
  GtkProgressBar *progress_bar;
  GtkWidget *export_button;

  CfoilWindow *window;             /* (owned) */
  GSettings *settings;             /* (owned) */
  CfoilOperation *operation;       /* (owned) (nullable) */
  GCancellable *cancellable;       /* (owned): of reading the names */
  CfoilOperation *preview_operation; /* (owned) (nullable) */
  guint preview_source;
  gboolean is_loaded;
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
  char **accounts;    /* (nullable) */
  char *text;         /* of a preview */
  guint n_found;      /* how many entries are in it */
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
  g_strfreev (export->accounts);
  g_free (export->text);
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

static void
prepare_options (Export *export)
{
  export->options.time_zone = export->time_zone;
  export->options.accounts = export->accounts;
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
  prepare_options (export);
  return cfoil_books_export_sync (mirror, &export->options, export->path, TRUE, report_entries, export, cancellable,
                                  &export->result, error);
}

/* The names that were changed count here, though they are not saved yet. */
static gboolean
preview_thread (CfoilOperation *operation,
                gpointer        data,
                GCancellable   *cancellable,
                GError        **error)
{
  Export *export = data;
  CfoilMirror *mirror = cfoil_context_get_mirror (export->context);
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, error);
  g_autoptr (CfoilBooksAccounts) accounts = reader != NULL ? cfoil_books_accounts_load (reader, error) : NULL;

  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i + 1 < export->changed->len; i += 2)
    if (!cfoil_books_accounts_set (accounts, g_ptr_array_index (export->changed, i), g_ptr_array_index (export->changed, i + 1), error))
      return FALSE;
  prepare_options (export);
  export->options.mapping = accounts;
  export->text = cfoil_books_preview_sync (mirror, &export->options, PREVIEW_ENTRIES, &export->n_found, cancellable, error);
  return export->text != NULL;
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

static char **
dup_accounts (CfoilBooksDialog *self)
{
  GtkStringObject *name = adw_combo_row_get_selected_item (self->account);

  if (name == NULL || adw_combo_row_get_selected (self->account) == 0)
    return NULL;
  return g_strdupv ((char *[]) { (char *) gtk_string_object_get_string (name), NULL });
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
  export->changed = cfoil_books_names_list_changed (self->names);
  export->accounts = dup_accounts (self);
  export->options.format = get_format (self);
  export->options.dates = adw_combo_row_get_selected (self->dates) == 1 ? CFOIL_BOOKS_BY_POSTING : CFOIL_BOOKS_BY_SALE;
  read_period (self, &export->options.period, NULL);
  return export;
}

/* --- the first entries --- */

static void
preview_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (CfoilBooksDialog) self = user_data;
  const Export *export = cfoil_operation_get_data (CFOIL_OPERATION (source));
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;
  gboolean ok = cfoil_operation_run_finish (CFOIL_OPERATION (source), result, &error);

  /* Of several choices in a row the last one counts. */
  if (self->stack == NULL || G_OBJECT (self->preview_operation) != source)
    return;
  if (!ok)
    shown = g_strdup (cfoil_words_error (error));
  else if (export->n_found > 0)
    shown = cfoil_shown_lines (export->text, MAX_SHOWN_TEXT);
  else
    shown = g_strdup (_("There are no entries in this period."));
  gtk_label_set_text (self->preview, shown);
}

static gboolean
preview_soon_cb (gpointer user_data)
{
  CfoilBooksDialog *self = user_data;

  self->preview_source = 0;
  if (self->preview_operation != NULL)
    cfoil_operation_cancel (self->preview_operation);
  g_clear_object (&self->preview_operation);
  if (cfoil_window_get_workspace (self->window) == NULL)
    return G_SOURCE_REMOVE;
  self->preview_operation = cfoil_operation_new (_("First Lines of the File"));
  cfoil_workspace_run (cfoil_window_get_workspace (self->window), self->preview_operation, FALSE, preview_thread, export_new (self, NULL),
                       export_free, preview_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* --- choices --- */

static void
update (CfoilBooksDialog *self)
{
  CfoilPeriod period;
  gboolean has_period = read_period (self, &period, NULL);
  gboolean is_ready = self->is_loaded && has_period && cfoil_books_names_are_valid (self->names);

  if (has_period || *gtk_editable_get_text (GTK_EDITABLE (self->days)) == '\0')
    gtk_widget_remove_css_class (GTK_WIDGET (self->days), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->days), "error");
  gtk_widget_set_sensitive (self->export_button, is_ready);
  g_clear_handle_id (&self->preview_source, g_source_remove);
  if (is_ready)
    self->preview_source = g_timeout_add (PREVIEW_DELAY_MS, preview_soon_cb, self);
}

static void
choice_changed_cb (CfoilBooksDialog *self)
{
  if (!self->is_loaded)
    return;
  /* Registers hold what the provider settled, and nothing else. */
  gtk_widget_set_visible (GTK_WIDGET (self->dates), !cfoil_books_format_is_register (get_format (self)));
  gtk_widget_set_visible (GTK_WIDGET (self->days), adw_combo_row_get_selected (self->period) == G_N_ELEMENTS (periods) - 1);
  update (self);
}

static void
format_changed_cb (CfoilBooksDialog *self)
{
  if (self->is_loaded)
    cfoil_books_names_set_format (self->names, get_format (self));
  choice_changed_cb (self);
}

/* --- what there is to choose from --- */

typedef struct
{
  CfoilBooksAccounts *accounts; /* (owned) */
  GtkStringList *names;         /* (owned): of the provider's accounts, after all of them */
} Choices;

static void
choices_free (Choices *choices)
{
  g_clear_pointer (&choices->accounts, cfoil_books_accounts_unref);
  g_clear_object (&choices->names);
  g_free (choices);
}

static gpointer
read_choices (CfoilDatabase *database,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Choices *choices = g_new0 (Choices, 1);
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (database, "SELECT name FROM account ORDER BY name", error);
  CfoilStep step = CFOIL_STEP_ERROR;

  choices->names = gtk_string_list_new (NULL);
  gtk_string_list_append (choices->names, _("All Accounts"));
  while (row != NULL && (step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    gtk_string_list_append (choices->names, cfoil_statement_column_text (row, 0));
  if (step == CFOIL_STEP_DONE)
    choices->accounts = cfoil_books_accounts_load (database, error);
  if (choices->accounts != NULL)
    return choices;
  choices_free (choices);
  return NULL;
}

static void
choices_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (CfoilBooksDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  Choices *choices = cfoil_reader_run_finish (result, &error);

  if (self->stack != NULL && choices == NULL)
    cfoil_banner_set_text (self->banner, cfoil_words_error (error));
  if (self->stack != NULL && choices != NULL)
    {
      adw_combo_row_set_model (self->account, G_LIST_MODEL (choices->names));
      gtk_widget_set_visible (GTK_WIDGET (self->account), g_list_model_get_n_items (G_LIST_MODEL (choices->names)) > 2);
      self->is_loaded = TRUE;
      cfoil_books_names_set_accounts (self->names, choices->accounts);
      format_changed_cb (self);
    }
  g_clear_pointer (&choices, choices_free);
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
  if (self->preview_operation != NULL)
    cfoil_operation_cancel (self->preview_operation);
  g_clear_handle_id (&self->preview_source, g_source_remove);
  g_clear_object (&self->preview_operation);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_BOOKS_DIALOG);
  g_clear_object (&self->operation);
  g_clear_object (&self->window);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (cfoil_books_dialog_parent_class)->dispose (object);
}

static void
cfoil_books_dialog_class_init (CfoilBooksDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_books_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = cfoil_books_dialog_close_request;
  g_type_ensure (CFOIL_TYPE_BANNER);
  g_type_ensure (CFOIL_TYPE_BOOKS_NAMES);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-books-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, format);
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, period);
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, days);
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, dates);
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, account);
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, names);
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, progress_label);
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, CfoilBooksDialog, export_button);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, choice_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cfoil_books_dialog_init (CfoilBooksDialog *self)
{
  g_autoptr (GtkStringList) formats = gtk_string_list_new (NULL), period_titles = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->settings = g_settings_new (CFOIL_APPLICATION_ID);
  /* A file for programs: it does not follow the language. */
  gtk_widget_set_direction (GTK_WIDGET (self->preview), GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (gtk_widget_get_parent (GTK_WIDGET (self->preview)), GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (gtk_widget_get_ancestor (GTK_WIDGET (self->preview), GTK_TYPE_SCROLLED_WINDOW), GTK_TEXT_DIR_LTR);
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
  cfoil_reader_run_async (cfoil_workspace_get_reader (cfoil_window_get_workspace (window)), CFOIL_READER_STATUS,
                          read_choices, NULL, NULL, (GDestroyNotify) choices_free, self->cancellable,
                          choices_read_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
