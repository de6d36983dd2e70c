/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-files-private.h"

#include "cfoil-atomic-file.h"
#include "cfoil-compat.h"
#include "cfoil-document-file.h"
#include "cfoil-report-ask-dialog.h"
#include "cfoil-report-ask.h"
#include "cfoil-shown-text.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define CHUNK 65536

typedef struct
{
  CfoilReportFilesView *self; /* (owned) */
  CfoilMirror *mirror;        /* (owned) */
  char *sha256;               /* (owned) */
  char *path;                 /* (owned) (nullable): where it is saved */
  gboolean is_read;           /* it has rows, and they are understood */
} File;

static void
file_free (gpointer data)
{
  File *file = data;

  g_object_unref (file->self);
  g_object_unref (file->mirror);
  g_free (file->sha256);
  g_free (file->path);
  g_free (file);
}

/* NULL: what is chosen has no file here. */
static File *
file_new (CfoilReportFilesView *self)
{
  const CfoilReportFile *chosen = cfoil_report_files_view_get_chosen (self);
  File *file;

  if (chosen == NULL || chosen->sha256 == NULL || self->workspace == NULL)
    return NULL;
  file = g_new0 (File, 1);
  file->self = g_object_ref (self);
  file->mirror = g_object_ref (cfoil_reader_get_mirror (cfoil_workspace_get_reader (self->workspace)));
  file->sha256 = g_strdup (chosen->sha256);
  file->is_read = chosen->n_rows > 0 && !g_str_equal (chosen->status, "strange");
  return file;
}

/* --- going in and out --- */

static void
open_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  CfoilReportFilesView *self = user_data;

  cfoil_report_files_view_open_row (self, cfoil_report_table_get_selected (self->list));
}

static void
back_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  cfoil_report_files_view_go_back (user_data);
}

static void
search_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  CfoilReportFilesView *self = user_data;

  gtk_widget_grab_focus (self->search);
}

/* --- saving --- */

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
  File *file = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean is_saved = g_task_propagate_boolean (G_TASK (result), &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (file->self));

  if (root == NULL)
    return;
  if (is_saved)
    cfoil_toast_show (GTK_WIDGET (file->self), _("The file was saved as it came"));
  else
    cfoil_compat_tell (GTK_WINDOW (root), _("The File Cannot Be Saved"), cfoil_words_error (error));
}

/* Takes FILE. */
static void
start_save (File *file)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, saved_cb, NULL);

  g_task_set_task_data (task, file, file_free);
  g_task_run_in_thread (task, save_thread);
}

static void
path_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  File *file = user_data;

  file->path = cfoil_compat_save_file_finish (result, NULL);
  if (file->path != NULL)
    start_save (file);
  else
    file_free (file);
}

/* "capture-reports-2026-10-01.csv", or what an import was called. */
static char *
dup_name (const CfoilReportFile *file)
{
  g_autoptr (GDateTime) start = file->start_us != CFOIL_UNKNOWN ? g_date_time_new_from_unix_utc (file->start_us / G_USEC_PER_SEC) : NULL;
  g_autofree char *date = start != NULL ? g_date_time_format (start, "%Y-%m-%d") : NULL;
  g_autofree char *shown = cfoil_shown_text (file->shown_name);
  char *name;

  if (shown == NULL)
    return g_strdup_printf ("%s-%.12s.csv", file->feed != NULL ? file->feed : "report", date != NULL ? date : file->sha256);
  name = cfoil_shown_text_to_plain (shown);
  return g_strdelimit (name, "/\\", '-');
}

static void
save_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  CfoilReportFilesView *self = user_data;
  File *file = file_new (self);
  g_autofree char *name = file != NULL ? dup_name (cfoil_report_files_view_get_chosen (self)) : NULL;

  if (file != NULL)
    cfoil_compat_save_file_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Save Report File"),
                                  g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS), name, path_chosen_cb, file);
}

/* For scripts and tests: no dialog. */
static void
save_to_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  File *file = file_new (user_data);

  if (file == NULL)
    return;
  file->path = g_variant_dup_string (parameter, NULL);
  start_save (file);
}

/* --- reading it again, and what it fed --- */

static void
read_again_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  CfoilReportFilesView *self = user_data;
  const CfoilReportFile *chosen = cfoil_report_files_view_get_chosen (self);
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  const char *paths[1];

  if (chosen == NULL || chosen->sha256 == NULL || self->workspace == NULL)
    return;
  name = g_strconcat (chosen->sha256, ".gz", NULL);
  path = g_build_filename (cfoil_mirror_get_folder (cfoil_reader_get_mirror (cfoil_workspace_get_reader (self->workspace))), "reports",
                           name, NULL);
  paths[0] = path;
  if (!gtk_widget_activate_action_variant (GTK_WIDGET (self), "win.import-paths", g_variant_new_strv (paths, 1)))
    cfoil_banner_set_text (self->banner, _("Wait for what is running to end, then try again."));
}

typedef struct
{
  char *query; /* (owned) (nullable): nothing came from it */
  guint n_more;
  gboolean is_read;
} Rows;

static void
rows_free (gpointer data)
{
  g_free (((Rows *) data)->query);
  g_free (data);
}

static gpointer
read_query (CfoilDatabase *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GError) own = NULL;
  Rows *rows = g_new0 (Rows, 1);

  rows->is_read = ((File *) data)->is_read;
  rows->query = cfoil_report_file_find_rows (database, ((File *) data)->sha256, &rows->n_more, &own);
  if (own == NULL)
    return rows;
  rows_free (rows);
  g_propagate_error (error, g_steal_pointer (&own));
  return NULL;
}

static void
query_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (CfoilReportFilesView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  Rows *rows = cfoil_reader_run_finish (result, &error);

  if (rows == NULL)
    return;
  if (rows->n_more > 0)
    text = g_strdup_printf (ngettext ("%u more is not shown: a search cannot have them all", "%u more are not shown: a search cannot have them all",
                                      rows->n_more),
                            rows->n_more);
  else if (rows->query == NULL)
    text = g_strdup (rows->is_read ? _("All that this file says is known from others") : _("No transaction came from this file"));
  if (text != NULL)
    cfoil_toast_show (GTK_WIDGET (self), text);
  if (rows->query != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-rows", "s", rows->query);
  rows_free (rows);
}

static void
show_rows_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  CfoilReportFilesView *self = user_data;
  File *file = file_new (self);

  if (file != NULL)
    cfoil_reader_run_async (cfoil_workspace_get_reader (self->workspace), CFOIL_READER_QUERY, read_query, file, file_free, rows_free, NULL,
                            query_read_cb, g_object_ref (self));
}

/* --- asking the provider --- */

static void
asked_cb (CfoilReportFilesView *self)
{
  self->wants_newest = TRUE;
}

static void
request (CfoilReportFilesView  *self,
         const CfoilReportFile *as)
{
  CfoilReportAskDialog *dialog;
  CfoilPeriod period;
  g_autofree char *text = NULL;

  if (self->workspace == NULL)
    return;
  dialog = cfoil_report_ask_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->workspace, FALSE);
  g_signal_connect_object (dialog, "asked", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  if (as != NULL && as->start_us != CFOIL_UNKNOWN && as->end_us > as->start_us)
    {
      GTimeZone *zone = cfoil_workspace_get_time_zone (self->workspace);

      period = (CfoilPeriod){ CFOIL_PERIOD_DAYS, cfoil_day_of_time (as->start_us, zone), cfoil_day_of_time (as->end_us - 1, zone) + 1 };
      text = cfoil_period_to_text (&period);
    }
  if (as != NULL)
    cfoil_report_ask_dialog_choose (dialog, as->account, as->provider_type, text);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
request_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  request (user_data, NULL);
}

static void
request_again_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  request (user_data, cfoil_report_files_view_get_chosen (user_data));
}

static void
downloaded_cb (GtkWidget            *widget,
               const CfoilReportAsk *ask,
               const GError         *error)
{
  CfoilReportFilesView *self = CFOIL_REPORT_FILES_VIEW (widget);
  g_autofree char *details = error != NULL ? cfoil_words_error_details (error) : NULL;

  if (self->workspace == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  cfoil_banner_set_text (self->banner, error != NULL ? cfoil_report_ask_words (error) : NULL);
  cfoil_banner_set_tooltip (self->banner, details);
  g_free (self->told_of);
  self->told_of = error != NULL ? g_strdup (ask->id) : NULL;
  if (error != NULL)
    return;
  if (ask->sha256 != NULL)
    cfoil_toast_show (widget, _("The report is here"));
  else if (ask->status == CFOIL_REPORT_CANCELLED)
    cfoil_toast_show (widget, _("Nothing happened in its period, so there is no file"));
  else
    cfoil_toast_show (widget, _("The provider is still making it: try again in some minutes"));
}

static void
download_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  CfoilReportFilesView *self = user_data;
  const CfoilReportFile *chosen = cfoil_report_files_view_get_chosen (self);
  CfoilReportAsk *ask;

  if (chosen == NULL || chosen->report_id == NULL || self->workspace == NULL)
    return;
  ask = cfoil_report_ask_new (self->workspace, CFOIL_REPORT_ASK_DOWNLOAD, chosen->account);
  ask->id = g_strdup (chosen->report_id);
  cfoil_banner_set_text (self->banner, NULL);
  if (!cfoil_report_ask_run (ask, self->workspace, GTK_WIDGET (self), downloaded_cb))
    cfoil_banner_set_text (self->banner, _("Wait for what is running to end, then try again."));
}

void
cfoil_report_files_view_activate_row (CfoilReportFilesView *self,
                                      guint                 row)
{
  const CfoilReportFile *file = self->files != NULL && row < self->files->len ? g_ptr_array_index (self->files, row) : NULL;
  g_autofree char *explanation = file != NULL ? cfoil_report_file_explain (file) : NULL;
  g_autofree char *shown = cfoil_shown_text (explanation);

  if (file != NULL && file->sha256 != NULL)
    cfoil_report_files_view_open_row (self, row);
  else if (g_action_group_get_action_enabled (G_ACTION_GROUP (self->actions), "download"))
    g_action_group_activate_action (G_ACTION_GROUP (self->actions), "download", NULL);
  else if (shown != NULL)
    cfoil_toast_show (GTK_WIDGET (self), shown);
}

/* --- the group of actions --- */

static gboolean
is_any (const char *status,
        const char *first,
        ...) G_GNUC_NULL_TERMINATED;

static gboolean
is_any (const char *status,
        const char *first,
        ...)
{
  gboolean found = FALSE;
  va_list names;

  va_start (names, first);
  for (const char *name = first; name != NULL && !found; name = va_arg (names, const char *))
    found = g_str_equal (status, name);
  va_end (names);
  return found;
}

void
cfoil_report_files_view_update_actions (CfoilReportFilesView *self)
{
  const CfoilReportFile *chosen = cfoil_report_files_view_get_chosen (self);
  gboolean is_here = chosen != NULL && chosen->sha256 != NULL;
  gboolean is_list = g_strcmp0 (gtk_stack_get_visible_child_name (self->faces), "files") == 0;
  gboolean can_download = chosen != NULL && !is_here && chosen->report_id != NULL &&
                          is_any (chosen->status, "in_progress", "completed", "unknown", NULL);
  gboolean can_repeat = chosen != NULL && !is_here && is_any (chosen->status, "failed", "refused", "expired", NULL);
  const struct
  {
    const char *name;
    gboolean is_enabled;
  } states[] = {
    { "open", is_here && self->opened == NULL }, { "search", self->opened != NULL }, { "download", can_download }, { "request-again", can_repeat },
    { "show-rows", is_here },                    { "save", is_here },          { "save-to", is_here },
    { "read-again", is_here },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), states[i].name)),
                                 states[i].is_enabled);
  for (guint i = 0; i < self->buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (self->buttons, i);
      const char *name = strchr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), '.') + 1;

      gtk_widget_set_visible (button, is_list && g_action_group_get_action_enabled (G_ACTION_GROUP (self->actions), name));
    }
}

static void
add_button (CfoilReportFilesView *self,
            const char           *label,
            const char           *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  cfoil_search_flow_append (self->flow, button);
  g_ptr_array_add (self->buttons, button);
}

void
cfoil_report_files_view_add_actions (CfoilReportFilesView *self)
{
  const GActionEntry entries[] = {
    { "open", open_cb, NULL, NULL, NULL, { 0 } },
    { "back", back_cb, NULL, NULL, NULL, { 0 } },
    { "search", search_cb, NULL, NULL, NULL, { 0 } },
    { "save", save_cb, NULL, NULL, NULL, { 0 } },
    { "save-to", save_to_cb, "s", NULL, NULL, { 0 } },
    { "read-again", read_again_cb, NULL, NULL, NULL, { 0 } },
    { "show-rows", show_rows_cb, NULL, NULL, NULL, { 0 } },
    { "request", request_cb, NULL, NULL, NULL, { 0 } },
    { "request-again", request_again_cb, NULL, NULL, NULL, { 0 } },
    { "download", download_cb, NULL, NULL, NULL, { 0 } },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "files", G_ACTION_GROUP (self->actions));
  add_button (self, _("_Open"), "files.open");
  add_button (self, _("_Download Now"), "files.download");
  add_button (self, _("Request _Again…"), "files.request-again");
  add_button (self, _("Show _Transactions"), "files.show-rows");
}
