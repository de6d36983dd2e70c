/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-files-private.h"

#include "cfoil-report-titles.h"
#include "cfoil-shown-text.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

enum
{
  BACK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilReportFilesView, cfoil_report_files_view, ADW_TYPE_BIN)

/* --- what is chosen --- */

const CfoilReportFile *
cfoil_report_files_view_get_chosen (CfoilReportFilesView *self)
{
  guint selected = cfoil_report_table_get_selected (self->list);

  if (self->files == NULL)
    return NULL;
  for (guint i = 0; self->opened != NULL && i < self->files->len; i++)
    if (g_strcmp0 (((CfoilReportFile *) self->files->pdata[i])->sha256, self->opened) == 0)
      return g_ptr_array_index (self->files, i);
  return self->opened == NULL && selected < self->files->len ? g_ptr_array_index (self->files, selected) : NULL;
}

static void
update (CfoilReportFilesView *self)
{
  const CfoilReportFile *chosen;
  g_autofree char *explanation = NULL;
  g_autofree char *shown = NULL;
  gboolean is_open = self->opened != NULL, is_list;

  if (self->actions == NULL) /* the template is being read */
    return;
  is_list = g_strcmp0 (gtk_stack_get_visible_child_name (self->faces), "files") == 0;

  gtk_widget_set_visible (self->switcher, !is_open);
  gtk_widget_set_visible (self->search, is_open);
  gtk_widget_set_visible (self->request_button, !is_open && is_list);
  gtk_widget_set_visible (self->back_button, is_open || self->can_leave);
  if (is_open)
    gtk_stack_set_visible_child_name (self->stack, "content");
  else
    /* That there are none is said only once it is known. */
    gtk_stack_set_visible_child_name (self->stack, self->files == NULL || self->files->len > 0 ? "list" : "empty");
  chosen = cfoil_report_files_view_get_chosen (self);
  explanation = chosen != NULL && !is_open ? cfoil_report_file_explain (chosen) : NULL;
  shown = cfoil_shown_text (explanation);
  gtk_widget_set_visible (self->menu_button, is_open || (is_list && chosen != NULL && chosen->sha256 != NULL));
  gtk_label_set_text (self->note, shown != NULL ? shown : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), shown != NULL);
  cfoil_report_files_view_update_actions (self);
}

/* What went wrong with another file is over. */
static void
selected_cb (CfoilReportFilesView *self)
{
  const CfoilReportFile *chosen = cfoil_report_files_view_get_chosen (self);

  if (chosen != NULL && self->told_of != NULL && g_strcmp0 (chosen->report_id, self->told_of) != 0)
    {
      g_clear_pointer (&self->told_of, g_free);
      cfoil_banner_set_text (self->banner, NULL);
    }
  update (self);
}

/* --- the list --- */

/* A type of report is called as the provider's types are; others as their feed. */
static gpointer
read_files (CfoilDatabase *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  GPtrArray *files = cfoil_report_files_list (database, error);
  g_autoptr (CfoilReportTitles) titles = files != NULL ? cfoil_report_titles_new (data) : NULL;

  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      CfoilReportFile *file = g_ptr_array_index (files, i);

      file->title = g_strdup (cfoil_report_titles_find (titles, file->account, file->provider_type));
    }
  return files;
}

static gboolean
is_same_file (const CfoilReportFile *a,
              const CfoilReportFile *b)
{
  return g_strcmp0 (a->sha256, b->sha256) == 0 && g_strcmp0 (a->report_id, b->report_id) == 0 && g_strcmp0 (a->status, b->status) == 0 &&
         g_strcmp0 (a->account, b->account) == 0 && g_strcmp0 (a->answer, b->answer) == 0 && a->created_us == b->created_us &&
         a->start_us == b->start_us && a->n_rows == b->n_rows;
}

/* A list that is made anew loses its place: only what is another one is. */
static gboolean
are_same (GPtrArray *a,
          GPtrArray *b)
{
  if (a == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!is_same_file (a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}

static void
show_title (CfoilReportFilesView *self)
{
  gtk_label_set_text (self->title, _("Report Files"));
  gtk_label_set_text (self->explanation, _("What the provider reported, and what was imported. The files are kept as they came."));
}

/* What is selected stays so, wherever it stands now. */
static void
show_list (CfoilReportFilesView *self,
           const CfoilReportFile *selected)
{
  g_autoptr (CfoilTable) table = cfoil_report_files_to_table (self->files, cfoil_workspace_get_time_zone (self->workspace));

  cfoil_report_table_set_table (self->list, table, cfoil_workspace_get_time_zone (self->workspace));
  for (guint i = 0; selected != NULL && i < self->files->len; i++)
    {
      const CfoilReportFile *file = g_ptr_array_index (self->files, i);

      if (g_strcmp0 (file->report_id, selected->report_id) == 0 && g_strcmp0 (file->sha256, selected->sha256) == 0 &&
          file->start_us == selected->start_us)
        {
          cfoil_report_table_select (self->list, i);
          break;
        }
    }
  update (self);
}

static void
take_files (GtkWidget *view,
            gpointer   result)
{
  CfoilReportFilesView *self = CFOIL_REPORT_FILES_VIEW (view);
  GPtrArray *files = result;
  g_autoptr (GPtrArray) former = self->files;
  guint selected = cfoil_report_table_get_selected (self->list);

  for (guint i = 0; i < files->len; i++)
    {
      CfoilReportFile *file = g_ptr_array_index (files, i);

      if (file->title == NULL && file->feed != NULL)
        file->title = g_strdup (cfoil_workspace_get_feed_title (self->workspace, file->feed));
    }
  self->files = files;
  if (are_same (former, files))
    return;
  show_list (self, former != NULL && selected < former->len ? former->pdata[selected] : NULL);
  if (self->wants_newest)
    cfoil_report_table_select (self->list, 0);
  self->wants_newest = FALSE;
}

/* --- a file --- */

typedef struct
{
  CfoilMirror *mirror; /* (owned) */
  char *sha256;        /* (owned) */
  char *search;        /* (owned) */
} Content;

static void
content_free (gpointer data)
{
  Content *content = data;

  g_object_unref (content->mirror);
  g_free (content->sha256);
  g_free (content->search);
  g_free (content);
}

static gpointer
read_content (CfoilDatabase *database,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Content *content = data;

  return cfoil_report_file_read (content->mirror, content->sha256, content->search, cancellable, error);
}

/* How many rows, that there are more, and where its clock is. */
static char *
describe_content (CfoilReportFilesView *self,
                  CfoilTable           *table)
{
  guint n = cfoil_table_get_n_rows (table);
  g_autofree char *rows = cfoil_table_get_n_notes (table) > 0 ? g_strdup (cfoil_table_get_note (table, 0))
                                                              : g_strdup_printf (ngettext ("%u row", "%u rows", n), n);

  for (guint i = 0; i < cfoil_table_get_n_columns (table); i++)
    if (cfoil_table_get_column (table, i)->kind == CFOIL_COLUMN_TIME)
      /* Translators: how many rows, and a time zone */
      return g_strdup_printf (_("%s · times in the time zone %s"), rows,
                              g_time_zone_get_identifier (cfoil_workspace_get_time_zone (self->workspace)));
  return g_steal_pointer (&rows);
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
  text = describe_content (self, table);
  gtk_label_set_text (self->explanation, text);
  cfoil_report_table_set_table (self->content, table, cfoil_workspace_get_time_zone (self->workspace));
}

static void
load_content (CfoilReportFilesView *self)
{
  Content *content;

  if (self->opened == NULL || self->workspace == NULL)
    return;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  content = g_new0 (Content, 1);
  content->mirror = g_object_ref (cfoil_reader_get_mirror (cfoil_workspace_get_reader (self->workspace)));
  content->sha256 = g_strdup (self->opened);
  content->search = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  cfoil_reader_run_async (cfoil_workspace_get_reader (self->workspace), CFOIL_READER_STATUS, read_content, content, content_free,
                          (GDestroyNotify) cfoil_table_unref, self->cancellable, content_read_cb, g_object_ref (self));
}

void
cfoil_report_files_view_open_row (CfoilReportFilesView *self,
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
  gtk_widget_grab_focus (self->search);
  load_content (self);
}

void
cfoil_report_files_view_go_back (CfoilReportFilesView *self)
{
  if (self->opened == NULL)
    {
      if (self->can_leave)
        g_signal_emit (self, signals[BACK], 0);
      return;
    }
  g_clear_pointer (&self->opened, g_free);
  cfoil_banner_set_text (self->banner, NULL);
  show_title (self);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
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
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->opened, g_free);
  cfoil_report_table_set_table (self->list, NULL, NULL);
  cfoil_report_table_set_table (self->content, NULL, NULL);
  cfoil_report_schedules_view_set_workspace (self->schedules, workspace);
  show_title (self);
  update (self);
  cfoil_report_watch_set_workspace (self->watch, workspace);
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
  g_clear_pointer (&self->watch, cfoil_report_watch_free);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->opened, g_free);
  g_clear_pointer (&self->told_of, g_free);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);

  G_OBJECT_CLASS (cfoil_report_files_view_parent_class)->dispose (object);
}

static void
cfoil_report_files_view_class_init (CfoilReportFilesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_report_files_view_dispose;
  signals[BACK] = g_signal_new ("back", CFOIL_TYPE_REPORT_FILES_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "files.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "files.search", NULL);

  g_type_ensure (CFOIL_TYPE_BANNER);
  g_type_ensure (CFOIL_TYPE_REPORT_SCHEDULES_VIEW);
  g_type_ensure (CFOIL_TYPE_REPORT_TABLE);
  g_type_ensure (CFOIL_TYPE_SEARCH_FLOW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-report-files-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilReportFilesView, back_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportFilesView, title);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportFilesView, explanation);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportFilesView, flow);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportFilesView, banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportFilesView, faces);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportFilesView, menu_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportFilesView, note);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportFilesView, schedules);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportFilesView, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportFilesView, list);
  gtk_widget_class_bind_template_child (widget_class, CfoilReportFilesView, content);
  gtk_widget_class_bind_template_callback (widget_class, cfoil_report_files_view_activate_row);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
cfoil_report_files_view_init (CfoilReportFilesView *self)
{
  self->buttons = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->watch = cfoil_report_watch_new (GTK_WIDGET (self), self->banner, read_files, (GDestroyNotify) g_ptr_array_unref, take_files);
  self->switcher = gtk_stack_switcher_new ();
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (self->switcher), self->faces);
  cfoil_search_flow_append (self->flow, self->switcher);
  self->request_button = gtk_button_new_with_mnemonic (_("_Request…"));
  gtk_widget_set_tooltip_text (self->request_button, _("Request Report"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->request_button), "files.request");
  cfoil_search_flow_append (self->flow, self->request_button);
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _("Search in this file"), NULL);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (load_content), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (cfoil_report_files_view_go_back), self, G_CONNECT_SWAPPED);
  cfoil_search_flow_append (self->flow, self->search);
  cfoil_report_files_view_add_actions (self);
  update (self);
}
