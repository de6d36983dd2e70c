/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-export-dialog.h"

#include "cfoil-banner.h"
#include "cfoil-compat.h"
#include "cfoil-record-selection.h"
#include "cfoil-saved-view.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* What a list shows; all of it is (owned). */
typedef struct
{
  gboolean has_list;
  gboolean has_sort;
  CfoilSort sort;
  char *query;         /* (nullable) */
  char *columns;       /* as a saved view has them */
  GArray *ids;         /* (element-type gint64): of all rows */
  GtkBitset *selected; /* where those stand that are selected */
} List;

struct _CfoilExportDialog
{
  AdwWindow parent_instance;

  CfoilBanner *banner;
  AdwComboRow *what;
  AdwComboRow *columns;
  AdwComboRow *profile;
  GtkStack *stack;
  GtkLabel *progress_label;
  GtkProgressBar *progress_bar;
  GtkWidget *export_button;

  CfoilWindow *window;       /* (owned) */
  GSettings *settings;       /* (owned) */
  CfoilOperation *operation; /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned): of reading the views */
  List list;
  GArray *choices;           /* (owned) (element-type guint): of the row "what" */
  GPtrArray *column_sets;    /* (owned) (element-type utf8): of the row "columns"; "": all */
};

/* What can be exported. */
typedef enum
{
  CHOICE_LIST,
  CHOICE_SELECTION,
  CHOICE_TABLE, /* and behind it one for each further table */
} Choice;

/* One export under way; all of it is (owned). */
typedef struct
{
  CfoilContext *context;
  char *path;
  char *time_zone;     /* (nullable) */
  char *query;         /* (nullable) */
  char *columns;       /* (nullable) */
  GArray *ids;         /* (nullable) (element-type gint64): of all rows of the list */
  GtkBitset *selected; /* (nullable): where those stand that are exported */
  gboolean has_sort;
  CfoilSort sort;
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
  g_free (export->query);
  g_free (export->columns);
  g_clear_pointer (&export->ids, g_array_unref);
  g_clear_pointer (&export->selected, gtk_bitset_unref);
  g_free (export);
}

static gboolean
export_thread (CfoilOperation *operation,
               gpointer        data,
               GCancellable   *cancellable,
               GError        **error)
{
  Export *export = data;
  g_autoptr (GArray) ids = NULL;
  CfoilExportOptions options = {
    .table = export->table,
    .profile = export->profile,
    .path = export->path,
    .time_zone = export->time_zone,
    .overwrite = TRUE,
    .query = export->query,
    .sort = export->has_sort ? &export->sort : NULL,
    .columns = export->columns,
  };

  if (export->selected != NULL)
    ids = cfoil_record_selection_ids_at (export->ids, export->selected, G_MAXUINT);
  options.ids = ids;
  return cfoil_context_export_sync (export->context, &options, cfoil_operation_report, operation,
                                    cancellable, &export->result, error);
}

static Export *
export_new (CfoilWindow        *window,
            CfoilExportTable    table,
            CfoilExportProfile  profile,
            const char         *path)
{
  g_autoptr (GSettings) settings = g_settings_new (CFOIL_APPLICATION_ID);
  g_autofree char *zone = g_settings_get_string (settings, "time-zone");
  Export *export = g_new0 (Export, 1);

  export->context = g_object_ref (cfoil_workspace_get_context (cfoil_window_get_workspace (window)));
  export->path = g_strdup (path);
  export->time_zone = *zone != '\0' ? g_steal_pointer (&zone) : NULL;
  export->table = table;
  export->profile = profile;
  return export;
}

/* The rows of a list, without an order in its usual one, which is not that of a file. */
static void
export_set_list (Export     *export,
                 const List *list,
                 gboolean    only_selected)
{
  export->query = g_strdup (list->query);
  export->has_sort = TRUE;
  export->sort = list->has_sort ? list->sort : cfoil_sort_default;
  if (!only_selected)
    return;
  export->ids = g_array_ref (list->ids);
  export->selected = gtk_bitset_copy (list->selected);
}

/* Takes EXPORT. */
static CfoilOperation *
start (CfoilWindow        *window,
       Export             *export,
       GAsyncReadyCallback callback,
       gpointer            user_data)
{
  CfoilOperation *operation = cfoil_operation_new (_("Exporting"));

  cfoil_workspace_run (cfoil_window_get_workspace (window), operation, FALSE, export_thread, export, export_free,
                       callback, user_data);
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

  operation = start (window, export_new (window, table, profile, path), exported_to_cb, g_object_ref (window));
}

/* --- the dialog --- */

/* TABLE gets what the choice is of. */
static Choice
get_choice (CfoilExportDialog *self,
            CfoilExportTable  *table)
{
  guint selected = adw_combo_row_get_selected (self->what);
  guint choice = selected < self->choices->len ? g_array_index (self->choices, guint, selected) : CHOICE_TABLE;

  *table = choice >= CHOICE_TABLE ? (CfoilExportTable) (choice - CHOICE_TABLE) : CFOIL_EXPORT_TRANSACTIONS;
  return MIN (choice, CHOICE_TABLE);
}

static void
add_choice (CfoilExportDialog *self,
            GtkStringList     *titles,
            guint              choice,
            const char        *title)
{
  gtk_string_list_append (titles, title);
  g_array_append_val (self->choices, choice);
}

/* Translators: what can be exported; %s is a number of rows. */
static char *
list_title (guint n_rows)
{
  g_autofree char *number = cfoil_words_number (n_rows);

  return g_strdup_printf (ngettext ("What the list shows (%s row)", "What the list shows (%s rows)", n_rows), number);
}

/* Translators: what can be exported; %s is a number of rows. */
static char *
selection_title (guint n_rows)
{
  g_autofree char *number = cfoil_words_number (n_rows);

  return g_strdup_printf (ngettext ("Selected row (%s)", "Selected rows (%s)", n_rows), number);
}

static void
fill_choices (CfoilExportDialog *self)
{
  static const char *const tables[] = { N_("All Transactions"), N_("Refunds"), N_("Disputes"), N_("Settlements") };
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  g_array_set_size (self->choices, 0);
  if (self->list.has_list)
    {
      g_autofree char *title = list_title (self->list.ids->len);

      add_choice (self, titles, CHOICE_LIST, title);
    }
  if (self->list.has_list && !gtk_bitset_is_empty (self->list.selected))
    {
      g_autofree char *title = selection_title ((guint) gtk_bitset_get_size (self->list.selected));

      add_choice (self, titles, CHOICE_SELECTION, title);
    }
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    add_choice (self, titles, CHOICE_TABLE + i, gettext (tables[i]));
  adw_combo_row_set_model (self->what, G_LIST_MODEL (titles));
}

static void
add_column_set (CfoilExportDialog *self,
                GtkStringList     *titles,
                const char        *title,
                const char        *columns)
{
  gtk_string_list_append (titles, title);
  g_ptr_array_add (self->column_sets, g_strdup (columns));
}

/* VIEWS (nullable) (element-type CfoilSavedView): those with columns of their own are
 * offered, too. */
static void
fill_columns (CfoilExportDialog *self,
              GPtrArray         *views)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  guint selected = adw_combo_row_get_selected (self->columns);

  g_ptr_array_set_size (self->column_sets, 0);
  if (self->list.has_list)
    /* Translators: which columns are exported: those that the list shows. */
    add_column_set (self, titles, _("As Shown"), self->list.columns);
  /* Translators: which columns are exported. */
  add_column_set (self, titles, _("All"), "");
  for (guint i = 0; views != NULL && i < views->len; i++)
    {
      const CfoilSavedView *view = g_ptr_array_index (views, i);
      g_autofree char *title = NULL;

      if (view->columns == NULL)
        continue;
      /* Translators: which columns are exported; %s is the name of a saved view. */
      title = g_strdup_printf (_("As in “%s”"), cfoil_saved_view_get_title (view));
      add_column_set (self, titles, title, view->columns);
    }
  adw_combo_row_set_model (self->columns, G_LIST_MODEL (titles));
  if (selected < self->column_sets->len)
    adw_combo_row_set_selected (self->columns, selected);
}

static gpointer
read_views (CfoilDatabase *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  return cfoil_saved_view_list (database, error);
}

static void
views_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (CfoilExportDialog) self = user_data;
  g_autoptr (GPtrArray) views = cfoil_reader_run_finish (result, NULL);

  /* Without them there is still enough to choose from. */
  if (views != NULL && self->stack != NULL)
    fill_columns (self, views);
}

static void
what_changed_cb (CfoilExportDialog *self)
{
  CfoilExportTable table;

  get_choice (self, &table);
  gtk_widget_set_sensitive (GTK_WIDGET (self->columns), table == CFOIL_EXPORT_TRANSACTIONS);
}

void
cfoil_export_dialog_set_list (CfoilExportDialog *self,
                              const char        *query,
                              const CfoilSort   *sort,
                              const char        *columns,
                              GArray            *ids,
                              const GtkBitset   *selected)
{
  List *list = &self->list;

  g_return_if_fail (CFOIL_IS_EXPORT_DIALOG (self) && !list->has_list);

  list->has_list = TRUE;
  list->query = g_strdup (query);
  list->has_sort = sort != NULL;
  if (sort != NULL)
    list->sort = *sort;
  list->columns = g_strdup (columns != NULL ? columns : CFOIL_EXPORT_USUAL_COLUMNS);
  list->ids = g_array_ref (ids);
  list->selected = gtk_bitset_copy (selected);
  fill_choices (self);
  fill_columns (self, NULL);
}

void
cfoil_export_dialog_choose_selection (CfoilExportDialog *self)
{
  g_return_if_fail (CFOIL_IS_EXPORT_DIALOG (self));

  for (guint i = 0; i < self->choices->len; i++)
    if (g_array_index (self->choices, guint, i) == CHOICE_SELECTION)
      adw_combo_row_set_selected (self->what, i);
}

static void
choose_cb (CfoilExportDialog *self)
{
  g_autofree char *folder = g_settings_get_string (self->settings, "export-directory");
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = NULL;
  CfoilExportTable table;

  get_choice (self, &table);
  name = g_strdup_printf ("counterfoil-%s-%s.csv", cfoil_export_table_to_string (table), day);
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

/* What the dialog says. */
static Export *
export_new_chosen (CfoilExportDialog *self,
                   const char        *path)
{
  CfoilExportProfile profile = adw_combo_row_get_selected (self->profile) == 1 ? CFOIL_EXPORT_EXCEL : CFOIL_EXPORT_PLAIN;
  guint column_set = adw_combo_row_get_selected (self->columns);
  const List *list = &self->list;
  CfoilExportTable table;
  Choice choice = get_choice (self, &table);
  Export *export = export_new (self->window, table, profile, path);

  if (choice != CHOICE_TABLE)
    export_set_list (export, list, choice == CHOICE_SELECTION);
  if (table == CFOIL_EXPORT_TRANSACTIONS && column_set < self->column_sets->len)
    {
      const char *columns = g_ptr_array_index (self->column_sets, column_set);

      export->columns = *columns != '\0' ? g_strdup (columns) : NULL;
    }
  return export;
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
  self->operation = start (self->window, export_new_chosen (self, path), exported_cb, g_object_ref (self));
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

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_EXPORT_DIALOG);
  g_clear_object (&self->operation);
  g_clear_object (&self->window);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (cfoil_export_dialog_parent_class)->dispose (object);
}

static void
cfoil_export_dialog_finalize (GObject *object)
{
  CfoilExportDialog *self = CFOIL_EXPORT_DIALOG (object);

  g_free (self->list.query);
  g_free (self->list.columns);
  g_clear_pointer (&self->list.ids, g_array_unref);
  g_clear_pointer (&self->list.selected, gtk_bitset_unref);
  g_array_unref (self->choices);
  g_ptr_array_unref (self->column_sets);

  G_OBJECT_CLASS (cfoil_export_dialog_parent_class)->finalize (object);
}

static void
cfoil_export_dialog_class_init (CfoilExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_export_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_export_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = cfoil_export_dialog_close_request;
  g_type_ensure (CFOIL_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilExportDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilExportDialog, what);
  gtk_widget_class_bind_template_child (widget_class, CfoilExportDialog, columns);
  gtk_widget_class_bind_template_child (widget_class, CfoilExportDialog, profile);
  gtk_widget_class_bind_template_child (widget_class, CfoilExportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilExportDialog, progress_label);
  gtk_widget_class_bind_template_child (widget_class, CfoilExportDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, CfoilExportDialog, export_button);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, what_changed_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cfoil_export_dialog_init (CfoilExportDialog *self)
{
  g_autofree char *profile = NULL;

  self->choices = g_array_new (FALSE, FALSE, sizeof (guint));
  self->column_sets = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  fill_choices (self);
  fill_columns (self, NULL);
  self->settings = g_settings_new (CFOIL_APPLICATION_ID);
  profile = g_settings_get_string (self->settings, "export-profile");
  adw_combo_row_set_selected (self->profile, g_str_equal (profile, "excel") ? 1 : 0);
}

CfoilExportDialog *
cfoil_export_dialog_new (CfoilWindow *window)
{
  CfoilExportDialog *self = g_object_new (CFOIL_TYPE_EXPORT_DIALOG, "transient-for", window, NULL);

  self->window = g_object_ref (window);
  cfoil_reader_run_async (cfoil_workspace_get_reader (cfoil_window_get_workspace (window)), CFOIL_READER_STATUS,
                          read_views, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, self->cancellable,
                          views_read_cb, g_object_ref (self));
  return self;
}
