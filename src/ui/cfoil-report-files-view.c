/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-files-view.h"

#include "cfoil-atomic-file.h"
#include "cfoil-banner.h"
#include "cfoil-compat.h"
#include "cfoil-document-file.h"
#include "cfoil-import.h"
#include "cfoil-report-files.h"
#include "cfoil-report-table.h"
#include "cfoil-search-flow.h"
#include "cfoil-shown-text.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

#define CHUNK 65536

struct _CfoilReportFilesView
{
  AdwBin parent_instance;

  GtkWidget *back_button;
  GtkLabel *title;
  GtkLabel *explanation;
  CfoilSearchFlow *flow;
  CfoilBanner *banner;
  GtkStack *stack;
  CfoilReportTable *list;
  CfoilReportTable *content;
  GtkWidget *open_button;
  GtkWidget *search;

  CfoilWorkspace *workspace;    /* (owned) (nullable) */
  GSignalGroup *reader_signals; /* (owned) */
  GSimpleActionGroup *actions;  /* (owned) */
  GPtrArray *files;             /* (owned) (nullable): CfoilReportFile, as listed */
  char *opened;                 /* (owned) (nullable): the hash of the file that is shown */
  GCancellable *cancellable;    /* (owned) (nullable) */
  gboolean can_leave;           /* to the list of reports */
  gboolean is_stale;
};

enum
{
  BACK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilReportFilesView, cfoil_report_files_view, ADW_TYPE_BIN)

/* --- what is chosen --- */

/* The file that is open, or selected in the list; NULL: none that is here. */
static const char *
get_chosen (CfoilReportFilesView *self)
{
  guint selected = cfoil_report_table_get_selected (self->list);

  if (self->opened != NULL)
    return self->opened;
  if (self->files == NULL || selected >= self->files->len)
    return NULL;
  return ((CfoilReportFile *) self->files->pdata[selected])->sha256;
}

static void
update (CfoilReportFilesView *self)
{
  static const char *const of_a_file[] = { "open", "save", "read-again", "show-rows" };
  gboolean is_here = get_chosen (self) != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (of_a_file); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), of_a_file[i])), is_here);
  gtk_widget_set_visible (self->open_button, self->opened == NULL);
  gtk_widget_set_visible (self->search, self->opened != NULL);
  gtk_widget_set_visible (self->back_button, self->opened != NULL || self->can_leave);
  if (self->opened != NULL)
    gtk_stack_set_visible_child_name (self->stack, "content");
  else
    gtk_stack_set_visible_child_name (self->stack, self->files != NULL && self->files->len > 0 ? "list" : "empty");
}

static void
selected_cb (CfoilReportFilesView *self)
{
  update (self);
}

/* --- the list --- */

static gpointer
read_files (CfoilDatabase *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  return cfoil_report_files_list (database, error);
}

static void
show_list (CfoilReportFilesView *self)
{
  g_autoptr (CfoilTable) table = cfoil_report_files_to_table (self->files);

  gtk_label_set_text (self->title, _("Report Files"));
  gtk_label_set_text (self->explanation, _("What the provider reported, and what was imported. The files are kept as they came."));
  cfoil_report_table_set_table (self->list, table, cfoil_workspace_get_time_zone (self->workspace));
  update (self);
}

static void
files_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (CfoilReportFilesView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = cfoil_reader_run_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->workspace == NULL)
    return;
  cfoil_banner_set_text (self->banner, files == NULL ? cfoil_words_error (error) : NULL);
  if (files == NULL)
    return;
  g_clear_pointer (&self->files, g_ptr_array_unref);
  self->files = g_steal_pointer (&files);
  for (guint i = 0; i < self->files->len; i++)
    {
      CfoilReportFile *file = g_ptr_array_index (self->files, i);

      file->title = g_strdup (cfoil_workspace_get_feed_title (self->workspace, file->feed));
    }
  if (self->opened == NULL)
    show_list (self);
}

static void
read_list (CfoilReportFilesView *self)
{
  self->is_stale = FALSE;
  if (self->workspace != NULL)
    cfoil_reader_run_async (cfoil_workspace_get_reader (self->workspace), CFOIL_READER_STATUS, read_files, NULL, NULL,
                            (GDestroyNotify) g_ptr_array_unref, NULL, files_read_cb, g_object_ref (self));
}

static void
changed_cb (CfoilReportFilesView *self)
{
  self->is_stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    read_list (self);
}

static void
mapped_cb (CfoilReportFilesView *self)
{
  if (self->is_stale)
    read_list (self);
}

/* --- a file --- */

typedef struct
{
  CfoilMirror *mirror; /* (owned) */
  char *sha256;        /* (owned) */
  char *search;        /* (owned) (nullable) */
  char *path;          /* (owned) (nullable): where it is saved */
} File;

static void
file_free (gpointer data)
{
  File *file = data;

  g_object_unref (file->mirror);
  g_free (file->sha256);
  g_free (file->search);
  g_free (file->path);
  g_free (file);
}

static File *
file_new (CfoilReportFilesView *self,
          const char           *sha256)
{
  File *file = g_new0 (File, 1);

  file->mirror = g_object_ref (cfoil_reader_get_mirror (cfoil_workspace_get_reader (self->workspace)));
  file->sha256 = g_strdup (sha256);
  return file;
}

static gpointer
read_content (CfoilDatabase *database,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  File *file = data;

  return cfoil_report_file_read (file->mirror, file->sha256, file->search, cancellable, error);
}

static void
content_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (CfoilReportFilesView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilTable) table = cfoil_reader_run_finish (result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->opened == NULL)
    return;
  cfoil_banner_set_text (self->banner, table == NULL ? cfoil_words_error (error) : NULL);
  cfoil_banner_set_tooltip (self->banner, error != NULL ? error->message : NULL);
  if (table == NULL)
    return;
  text = g_strdup_printf (ngettext ("%u row", "%u rows", cfoil_table_get_n_rows (table)), cfoil_table_get_n_rows (table));
  gtk_label_set_text (self->explanation, cfoil_table_get_n_notes (table) > 0 ? cfoil_table_get_note (table, 0) : text);
  cfoil_report_table_set_table (self->content, table, cfoil_workspace_get_time_zone (self->workspace));
}

static void
load_content (CfoilReportFilesView *self)
{
  File *file;

  if (self->opened == NULL || self->workspace == NULL)
    return;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  file = file_new (self, self->opened);
  file->search = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  cfoil_reader_run_async (cfoil_workspace_get_reader (self->workspace), CFOIL_READER_STATUS, read_content, file, file_free,
                          (GDestroyNotify) cfoil_table_unref, self->cancellable, content_read_cb, g_object_ref (self));
}

static void
open_file (CfoilReportFilesView *self,
           guint                 row)
{
  const CfoilReportFile *file = self->files != NULL && row < self->files->len ? g_ptr_array_index (self->files, row) : NULL;
  g_autofree char *title = NULL;

  if (file == NULL || file->sha256 == NULL)
    return;
  title = cfoil_shown_text (file->shown_name != NULL ? file->shown_name : file->title);
  g_free (self->opened);
  self->opened = g_strdup (file->sha256);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_label_set_text (self->title, title != NULL ? title : _("Report File"));
  gtk_label_set_text (self->explanation, "");
  cfoil_report_table_set_table (self->content, NULL, NULL);
  update (self);
  load_content (self);
}

static void
activated_cb (CfoilReportFilesView *self,
              guint                 row)
{
  open_file (self, row);
}

/* --- actions --- */

static void
open_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  CfoilReportFilesView *self = user_data;

  open_file (self, cfoil_report_table_get_selected (self->list));
}

static void
back_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  CfoilReportFilesView *self = user_data;

  if (self->opened == NULL)
    {
      g_signal_emit (self, signals[BACK], 0);
      return;
    }
  g_clear_pointer (&self->opened, g_free);
  cfoil_banner_set_text (self->banner, NULL);
  if (self->files != NULL)
    show_list (self);
}

/* Untouched: the bytes as they came. */
static gboolean
save_bytes (const File *file,
            GError    **error)
{
  g_autoptr (GInputStream) stream = cfoil_document_file_read (file->mirror, file->sha256, error);
  g_autoptr (CfoilAtomicFile) target = stream != NULL ? cfoil_atomic_file_new (file->path, TRUE, error) : NULL;
  g_autofree char *buffer = g_malloc (CHUNK);
  gssize n;

  if (target == NULL)
    return FALSE;
  while ((n = g_input_stream_read (stream, buffer, CHUNK, NULL, error)) > 0)
    if (!cfoil_atomic_file_write (target, buffer, (gsize) n, error))
      return FALSE;
  return n == 0 && cfoil_atomic_file_commit (target, error);
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;

  if (save_bytes (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (CfoilReportFilesView) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_saved = g_task_propagate_boolean (G_TASK (result), &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root == NULL)
    return;
  if (is_saved)
    cfoil_toast_show (GTK_WIDGET (self), _("The file was saved as it came"));
  else
    cfoil_compat_tell (GTK_WINDOW (root), _("The File Cannot Be Saved"), cfoil_words_error (error));
}

typedef struct
{
  CfoilReportFilesView *self; /* (owned) */
  File *file;                 /* (owned) */
} Save;

static void
path_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Save *save = user_data;
  g_autoptr (GTask) task = NULL;

  save->file->path = cfoil_compat_save_file_finish (result, NULL);
  if (save->file->path != NULL)
    {
      task = g_task_new (NULL, NULL, saved_cb, g_object_ref (save->self));
      g_task_set_task_data (task, g_steal_pointer (&save->file), file_free);
      g_task_run_in_thread (task, save_thread);
    }
  g_clear_pointer (&save->file, file_free);
  g_object_unref (save->self);
  g_free (save);
}

static void
save_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  CfoilReportFilesView *self = user_data;
  g_autofree char *name = NULL;
  Save *save;

  if (get_chosen (self) == NULL)
    return;
  save = g_new0 (Save, 1);
  save->self = g_object_ref (self);
  save->file = file_new (self, get_chosen (self));
  name = g_strdup_printf ("report-%.12s.csv", save->file->sha256);
  cfoil_compat_save_file_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Save Report File"),
                                g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS), name, path_chosen_cb, save);
}

static void
read_again_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  CfoilReportFilesView *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  CfoilMirror *mirror = cfoil_reader_get_mirror (cfoil_workspace_get_reader (self->workspace));
  g_autofree char *name = g_strconcat (get_chosen (self), ".gz", NULL);
  g_autofree char *path = g_build_filename (cfoil_mirror_get_folder (mirror), "reports", name, NULL);
  const char *paths[] = { path, NULL };

  if (CFOIL_IS_WINDOW (root))
    cfoil_import_paths (CFOIL_WINDOW (root), paths);
}

static gpointer
read_query (CfoilDatabase *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GError) own = NULL;
  char *query = cfoil_report_file_find_rows (database, ((File *) data)->sha256, &own);

  if (query == NULL && own == NULL)
    return g_strdup ("");
  if (own != NULL)
    g_propagate_error (error, g_steal_pointer (&own));
  return query;
}

static void
query_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (CfoilReportFilesView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *query = cfoil_reader_run_finish (result, &error);

  if (query == NULL)
    return;
  if (*query != '\0')
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-rows", "s", query);
  else
    cfoil_toast_show (GTK_WIDGET (self), _("No transaction came from this file"));
}

static void
show_rows_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  CfoilReportFilesView *self = user_data;

  if (get_chosen (self) != NULL && self->workspace != NULL)
    cfoil_reader_run_async (cfoil_workspace_get_reader (self->workspace), CFOIL_READER_QUERY, read_query,
                            file_new (self, get_chosen (self)), file_free, g_free, NULL, query_read_cb, g_object_ref (self));
}

/* --- public --- */

void
cfoil_report_files_view_set_workspace (CfoilReportFilesView *self,
                                       CfoilWorkspace       *workspace)
{
  g_return_if_fail (CFOIL_IS_REPORT_FILES_VIEW (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_set_object (&self->workspace, workspace);
  g_signal_group_set_target (self->reader_signals, workspace != NULL ? cfoil_workspace_get_reader (workspace) : NULL);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->opened, g_free);
  cfoil_report_table_set_table (self->list, NULL, NULL);
  cfoil_report_table_set_table (self->content, NULL, NULL);
  self->is_stale = TRUE;
  update (self);
}

void
cfoil_report_files_view_set_can_go_back (CfoilReportFilesView *self,
                                         gboolean              can_go_back)
{
  g_return_if_fail (CFOIL_IS_REPORT_FILES_VIEW (self));

  self->can_leave = can_go_back;
  update (self);
}

/* --- GObject --- */

static void
cfoil_report_files_view_dispose (GObject *object)
{
  CfoilReportFilesView *self = CFOIL_REPORT_FILES_VIEW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);
  g_clear_object (&self->reader_signals);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->opened, g_free);

  G_OBJECT_CLASS (cfoil_report_files_view_parent_class)->dispose (object);
}

static void
cfoil_report_files_view_class_init (CfoilReportFilesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_report_files_view_dispose;
  signals[BACK] = g_signal_new ("back", CFOIL_TYPE_REPORT_FILES_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (CFOIL_TYPE_BANNER);
  g_type_ensure (CFOIL_TYPE_REPORT_TABLE);
  g_type_ensure (CFOIL_TYPE_SEARCH_FLOW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-report-files-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilReportFilesView, back_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportFilesView, title);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportFilesView, explanation);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportFilesView, flow);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportFilesView, banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportFilesView, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportFilesView, list);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportFilesView, content);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static GtkWidget *
add_button (CfoilReportFilesView *self,
            const char           *label,
            const char           *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  cfoil_search_flow_append (self->flow, button);
  return button;
}

static void
cfoil_report_files_view_init (CfoilReportFilesView *self)
{
  const GActionEntry entries[] = {
    { "open", open_cb, NULL, NULL, NULL, { 0 } },           { "back", back_cb, NULL, NULL, NULL, { 0 } },
    { "save", save_cb, NULL, NULL, NULL, { 0 } },           { "read-again", read_again_cb, NULL, NULL, NULL, { 0 } },
    { "show-rows", show_rows_cb, NULL, NULL, NULL, { 0 } },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "files", G_ACTION_GROUP (self->actions));
  self->reader_signals = g_signal_group_new (CFOIL_TYPE_READER);
  g_signal_group_connect_object (self->reader_signals, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _("Search in this file"), NULL);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (load_content), self, G_CONNECT_SWAPPED);
  cfoil_search_flow_append (self->flow, self->search);
  self->open_button = add_button (self, _("_Open"), "files.open");
  add_button (self, _("Show _Transactions"), "files.show-rows");
  add_button (self, _("_Save as It Came…"), "files.save");
  add_button (self, _("_Import Again"), "files.read-again");
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  update (self);
}
