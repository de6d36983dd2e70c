/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-dialog.h"

#include "cfoil-bank-columns.h"
#include "cfoil-bank-job.h"
#include "cfoil-bank-list.h"
#include "cfoil-bank-statements.h"
#include "cfoil-banner.h"
#include "cfoil-compat.h"
#include "cfoil-error.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

#define FIRST_LIMIT 100
/* What takes less long needs no page that says so. */
#define PROGRESS_DELAY_MS 300

struct _CfoilBankDialog
{
  AdwWindow parent_instance;

  CfoilBanner *banner;
  GtkStack *stack;
  AdwViewStack *lists;
  AdwViewStackPage *open_page;
  CfoilBankList *open_list;
  CfoilBankList *matched_list;
  CfoilBankList *other_list;
  CfoilBankStatements *statements;
  CfoilBankColumns *columns;
  AdwViewSwitcherTitle *switcher;
  AdwViewSwitcherBar *switcher_bar;
  GtkWidget *import_button;
  GtkWidget *back_button;
  GtkWidget *take_button;
  GtkWidget *cancel_button;
  GtkSpinner *spinner;
  GtkProgressBar *progress_bar;
  GtkLabel *progress_label;

  CfoilWindow *window;       /* (owned) */
  GCancellable *cancellable; /* (owned) */
  CfoilOperation *operation; /* (owned) (nullable) */
  char *path;                /* (owned) (nullable): the file whose columns are asked for */
  CfoilBankPreview *preview; /* (owned) (nullable): of a file that could not be imported */
  CfoilBankMapping *suggestion; /* (owned) (nullable) */
  guint limit;
  guint progress_source;
};

G_DEFINE_FINAL_TYPE (CfoilBankDialog, cfoil_bank_dialog, ADW_TYPE_WINDOW)

static CfoilBankJob *
job_new (CfoilBankDialog *self)
{
  return cfoil_bank_job_new (cfoil_workspace_get_context (cfoil_window_get_workspace (self->window)));
}

static gboolean
is_alive (CfoilBankDialog *self)
{
  return self->stack != NULL && cfoil_window_get_workspace (self->window) != NULL;
}

/* "loading", "lists", "none", "columns" or "progress". */
static void
show_page (CfoilBankDialog *self,
           const char      *name)
{
  gboolean is_lists = g_str_equal (name, "lists"), is_columns = g_str_equal (name, "columns");

  gtk_stack_set_visible_child_name (self->stack, name);
  adw_view_switcher_title_set_view_switcher_enabled (self->switcher, is_lists);
  adw_view_switcher_bar_set_reveal (self->switcher_bar, is_lists && adw_view_switcher_title_get_title_visible (self->switcher));
  gtk_widget_set_visible (self->import_button, is_lists);
  gtk_widget_set_visible (self->back_button, is_columns);
  gtk_widget_set_visible (self->take_button, is_columns);
  gtk_window_set_default_widget (GTK_WINDOW (self), is_columns ? self->take_button : NULL);
}

static void
reveal_bar_cb (CfoilBankDialog *self)
{
  if (self->stack != NULL)
    adw_view_switcher_bar_set_reveal (self->switcher_bar, g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "lists") == 0 &&
                                      adw_view_switcher_title_get_title_visible (self->switcher));
}

static void
tell_error (CfoilBankDialog *self,
            const GError    *error)
{
  /* Which line, and what to choose: that is in the words of the error. */
  cfoil_banner_set_text (self->banner, error->domain == CFOIL_INPUT_ERROR ? error->message : cfoil_words_error (error));
  cfoil_banner_set_tooltip (self->banner, error->message);
}

/* --- the lists --- */

static guint
count_open (GPtrArray *pairs)
{
  guint n = 0;

  for (guint i = 0; i < pairs->len; i++)
    n += (cfoil_bank_pair_get_kind (g_ptr_array_index (pairs, i)) & CFOIL_BANK_OPEN) != 0;
  return n;
}

static void
show_lists (CfoilBankDialog *self,
            CfoilBankLists  *lists)
{
  cfoil_bank_list_set_pairs (self->open_list, lists->pairs, CFOIL_BANK_OPEN, self->limit);
  cfoil_bank_list_set_pairs (self->matched_list, lists->pairs, CFOIL_BANK_MATCHED, self->limit);
  cfoil_bank_list_set_pairs (self->other_list, lists->pairs, CFOIL_BANK_OTHER, self->limit);
  cfoil_bank_statements_set (self->statements, lists->statements, lists->mappings,
                             cfoil_workspace_get_time_zone (cfoil_window_get_workspace (self->window)));
  adw_view_stack_page_set_badge_number (self->open_page, count_open (lists->pairs));
  show_page (self, lists->statements->len > 0 || lists->mappings->len > 0 ? "lists" : "none");
}

static void
lists_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (CfoilBankDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  CfoilBankLists *lists = cfoil_reader_run_finish (result, &error);

  if (is_alive (self) && lists != NULL)
    show_lists (self, lists);
  else if (self->stack != NULL && error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell_error (self, error);
  g_clear_pointer (&lists, cfoil_bank_lists_free);
}

static void
read_lists (CfoilBankDialog *self)
{
  CfoilReader *reader = cfoil_workspace_get_reader (cfoil_window_get_workspace (self->window));

  cfoil_reader_run_async (reader, CFOIL_READER_STATUS, cfoil_bank_lists_read, GUINT_TO_POINTER (self->limit), NULL,
                          (GDestroyNotify) cfoil_bank_lists_free, self->cancellable, lists_read_cb, g_object_ref (self));
}

static void
more_action_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  CfoilBankDialog *self = CFOIL_BANK_DIALOG (widget);

  self->limit *= 2;
  read_lists (self);
}

/* --- jobs --- */

static void
progress_cb (CfoilBankDialog *self)
{
  guint64 done = cfoil_operation_get_done (self->operation), total = cfoil_operation_get_total (self->operation);
  g_autofree char *done_text = g_format_size (done);
  g_autofree char *total_text = g_format_size (total);
  g_autofree char *text = NULL;

  if (total == 0)
    return;
  text = done < total ? g_strdup_printf (_("%s of %s"), done_text, total_text) : g_strdup (_("Looking for payouts"));
  gtk_label_set_text (self->progress_label, text);
  gtk_progress_bar_set_fraction (self->progress_bar, (double) MIN (done, total) / (double) total);
}

static gboolean
show_progress_cb (gpointer user_data)
{
  CfoilBankDialog *self = user_data;

  self->progress_source = 0;
  show_page (self, "progress");
  /* What had the focus is out of sight: keys would go nowhere. */
  gtk_widget_grab_focus (self->cancel_button);
  return G_SOURCE_REMOVE;
}

static void
run_job (CfoilBankDialog    *self,
         CfoilBankJob       *job,
         CfoilOperationFunc  func,
         GAsyncReadyCallback callback)
{
  cfoil_banner_set_text (self->banner, NULL);
  cfoil_banner_set_button (self->banner, NULL, NULL);
  g_clear_object (&self->operation);
  self->operation = cfoil_operation_new (_("Reading Bank Statement"));
  gtk_widget_set_sensitive (self->import_button, FALSE);
  gtk_widget_set_sensitive (self->take_button, FALSE);
  gtk_spinner_start (self->spinner);
  cfoil_workspace_run (cfoil_window_get_workspace (self->window), self->operation, FALSE, func, job, cfoil_bank_job_free,
                       callback, g_object_ref (self));
}

static void
run_import (CfoilBankDialog    *self,
            CfoilBankJob       *job,
            GAsyncReadyCallback callback)
{
  run_job (self, job, cfoil_bank_job_import, callback);
  gtk_label_set_text (self->progress_label, "");
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  g_signal_connect_object (self->operation, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_clear_handle_id (&self->progress_source, g_source_remove);
  self->progress_source = g_timeout_add (PROGRESS_DELAY_MS, show_progress_cb, self);
}

/* FALSE: the dialog is gone, or it has failed and that is said. */
static gboolean
finish_job (CfoilBankDialog *self,
            GObject         *source,
            GAsyncResult    *result)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = cfoil_operation_run_finish (CFOIL_OPERATION (source), result, &error);

  g_clear_handle_id (&self->progress_source, g_source_remove);
  if (!is_alive (self))
    return FALSE;
  gtk_widget_set_sensitive (self->import_button, TRUE);
  gtk_widget_set_sensitive (self->take_button, cfoil_bank_columns_is_ready (self->columns));
  gtk_spinner_stop (self->spinner);
  if (!ok && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell_error (self, error);
  return ok;
}

/* What was done is in the lists. */
static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CfoilBankDialog) self = user_data;

  finish_job (self, source, result);
  if (is_alive (self))
    read_lists (self);
}

/* --- importing --- */

typedef struct
{
  CfoilBankDialog *dialog; /* (owned) */
  gint64 statement_id;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_object_unref (undo->dialog);
  g_free (undo);
}

static void
undo_cb (gpointer data)
{
  Undo *undo = data;
  CfoilBankJob *job;

  if (!is_alive (undo->dialog))
    return;
  job = job_new (undo->dialog);
  job->id = undo->statement_id;
  run_job (undo->dialog, job, cfoil_bank_job_remove, done_cb);
}

static void
tell_import (CfoilBankDialog       *self,
             const CfoilBankResult *result)
{
  g_autofree char *number = cfoil_words_number ((gint64) result->n_new);
  g_autofree char *text = NULL;
  Undo *undo;

  if (result->is_known)
    {
      cfoil_toast_show (GTK_WIDGET (self->stack), _("This statement was imported before"));
      return;
    }
  /* Translators: a number of entries of a bank statement. */
  text = g_strdup_printf (ngettext ("%s new entry imported", "%s new entries imported", (gulong) result->n_new), number);
  undo = g_new (Undo, 1);
  *undo = (Undo) { g_object_ref (self), result->statement_id };
  cfoil_toast_show_undo (GTK_WIDGET (self->stack), text, undo_cb, undo, undo_free);
}

static void
ask_for_columns (CfoilBankDialog *self)
{
  cfoil_bank_columns_begin (self->columns, g_steal_pointer (&self->preview), self->suggestion);
  show_page (self, "columns");
}

static void
columns_action_cb (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  CfoilBankDialog *self = CFOIL_BANK_DIALOG (widget);

  cfoil_banner_set_button (self->banner, NULL, NULL);
  if (self->preview != NULL)
    ask_for_columns (self);
}

/* Columns that nobody knows are asked for; those of a file that cannot be read with them can be said anew. */
static void
take_failure (CfoilBankDialog *self,
              CfoilBankJob    *job)
{
  g_free (self->path);
  self->path = g_strdup (job->path);
  g_clear_pointer (&self->preview, cfoil_bank_preview_free);
  g_clear_pointer (&self->suggestion, cfoil_bank_mapping_free);
  self->preview = g_steal_pointer (&job->preview);
  self->suggestion = g_steal_pointer (&job->suggestion);
  if (job->asks_for_columns)
    ask_for_columns (self);
  else
    {
      cfoil_banner_set_button (self->banner, _("Change _Columns…"), "bank.columns");
      read_lists (self);
    }
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (CfoilBankDialog) self = user_data;
  CfoilBankJob *job = cfoil_operation_get_data (CFOIL_OPERATION (source));
  gboolean ok = finish_job (self, source, result);

  if (!is_alive (self))
    return;
  if (!ok && job->mapping != NULL)
    show_page (self, "columns");
  else if (job->preview != NULL)
    take_failure (self, job);
  else
    read_lists (self);
  if (ok)
    tell_import (self, &job->result);
}

static void
import_file (CfoilBankDialog *self,
             const char      *path)
{
  CfoilBankJob *job = job_new (self);

  job->path = g_strdup (path);
  run_import (self, job, imported_cb);
}

static void
files_chosen_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (CfoilBankDialog) self = user_data;
  g_auto (GStrv) paths = cfoil_compat_open_files_finish (result, NULL);

  if (paths != NULL && paths[0] != NULL && is_alive (self))
    import_file (self, paths[0]);
}

static void
import_cb (CfoilBankDialog *self)
{
  static const char *const patterns[] = { "*.csv", "*.ofx", "*.qfx", "*.xml", "*.txt", NULL };

  cfoil_compat_open_files_async (GTK_WINDOW (self), _("Import Bank Statement"), FALSE, patterns, _("Bank Statements"),
                                 files_chosen_cb, g_object_ref (self));
}

static gboolean
drop_cb (CfoilBankDialog *self,
         const GValue    *value)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));
  const char *path = files != NULL ? g_file_peek_path (files->data) : NULL;
  const char *page = gtk_stack_get_visible_child_name (self->stack);

  if (path == NULL || !gtk_widget_get_sensitive (self->import_button) ||
      (g_strcmp0 (page, "lists") != 0 && g_strcmp0 (page, "none") != 0))
    return FALSE;
  import_file (self, path);
  return TRUE;
}

static void
take_cb (CfoilBankDialog *self)
{
  CfoilBankJob *job = job_new (self);

  job->path = g_strdup (self->path);
  job->mapping = cfoil_bank_columns_get_mapping (self->columns);
  run_import (self, job, imported_cb);
}

static void
cancel_cb (CfoilBankDialog *self)
{
  cfoil_operation_cancel (self->operation);
}

/* --- columns --- */

static void
columns_changed_cb (CfoilBankDialog *self)
{
  gtk_widget_set_sensitive (self->take_button, cfoil_bank_columns_is_ready (self->columns));
}

static void
reread_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (CfoilBankDialog) self = user_data;
  CfoilBankJob *job = cfoil_operation_get_data (CFOIL_OPERATION (source));
  g_autoptr (GError) error = NULL;

  /* Of several choices in a row the last one counts. */
  if (cfoil_operation_run_finish (CFOIL_OPERATION (source), result, &error) && is_alive (self) && source == G_OBJECT (self->operation))
    cfoil_bank_columns_set_preview (self->columns, g_steal_pointer (&job->preview));
  else if (error != NULL && is_alive (self) && source == G_OBJECT (self->operation))
    cfoil_bank_columns_set_message (self->columns, error->domain == CFOIL_INPUT_ERROR ? error->message : cfoil_words_error (error));
  if (is_alive (self) && source == G_OBJECT (self->operation))
    gtk_spinner_stop (self->spinner);
}

static void
columns_reread_cb (CfoilBankDialog *self)
{
  CfoilBankJob *job = job_new (self);

  job->path = g_strdup (self->path);
  job->mapping = cfoil_bank_columns_get_mapping (self->columns);
  if (self->operation != NULL)
    cfoil_operation_cancel (self->operation);
  run_job (self, job, cfoil_bank_job_preview, reread_cb);
}

static void
back_cb (CfoilBankDialog *self)
{
  cfoil_banner_set_text (self->banner, NULL);
  read_lists (self);
}

static void
escape_action_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  CfoilBankDialog *self = CFOIL_BANK_DIALOG (widget);
  const char *page = gtk_stack_get_visible_child_name (self->stack);

  if (g_strcmp0 (page, "columns") == 0)
    back_cb (self);
  else if (g_strcmp0 (page, "progress") == 0)
    cancel_cb (self);
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* --- what is said of one row --- */

static void
match_action_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  CfoilBankDialog *self = CFOIL_BANK_DIALOG (widget);
  CfoilBankJob *job = job_new (self);

  g_variant_get (parameter, "(xs)", &job->id, &job->text);
  run_job (self, job, cfoil_bank_job_match, done_cb);
}

static void
removal_asked_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Undo *removal = user_data;

  if (cfoil_compat_ask_finish (result))
    undo_cb (removal);
  undo_free (removal);
}

static void
remove_action_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  Undo *removal = g_new (Undo, 1);

  *removal = (Undo) { g_object_ref (CFOIL_BANK_DIALOG (widget)), g_variant_get_int64 (parameter) };
  cfoil_compat_ask_async (GTK_WINDOW (widget), _("Remove This Statement?"),
                          _("Its entries are removed, and what was said of them by hand. The file can be imported again."),
                          _("_Remove"), TRUE, removal_asked_cb, removal);
}

static void
forget_action_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  CfoilBankDialog *self = CFOIL_BANK_DIALOG (widget);
  CfoilBankJob *job = job_new (self);

  job->text = g_variant_dup_string (parameter, NULL);
  run_job (self, job, cfoil_bank_job_forget, done_cb);
}

/* --- the dialog --- */

static void
cfoil_bank_dialog_dispose (GObject *object)
{
  CfoilBankDialog *self = CFOIL_BANK_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->operation != NULL)
    cfoil_operation_cancel (self->operation);
  g_clear_handle_id (&self->progress_source, g_source_remove);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_BANK_DIALOG);
  g_clear_object (&self->operation);
  g_clear_object (&self->window);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->preview, cfoil_bank_preview_free);
  g_clear_pointer (&self->suggestion, cfoil_bank_mapping_free);

  G_OBJECT_CLASS (cfoil_bank_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-bank-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, lists);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, open_page);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, open_list);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, matched_list);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, other_list);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, statements);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, columns);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, switcher);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, back_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, take_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, progress_label);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, reveal_bar_cb);
  gtk_widget_class_bind_template_callback (widget_class, columns_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, columns_reread_cb);
}

static void
cfoil_bank_dialog_class_init (CfoilBankDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_bank_dialog_dispose;
  g_type_ensure (CFOIL_TYPE_BANNER);
  g_type_ensure (CFOIL_TYPE_BANK_COLUMNS);
  g_type_ensure (CFOIL_TYPE_BANK_LIST);
  g_type_ensure (CFOIL_TYPE_BANK_STATEMENTS);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "bank.match", "(xs)", match_action_cb);
  gtk_widget_class_install_action (widget_class, "bank.more", NULL, more_action_cb);
  gtk_widget_class_install_action (widget_class, "bank.columns", NULL, columns_action_cb);
  gtk_widget_class_install_action (widget_class, "bank.remove", "x", remove_action_cb);
  gtk_widget_class_install_action (widget_class, "bank.forget", "s", forget_action_cb);
  gtk_widget_class_install_action (widget_class, "bank.escape", NULL, escape_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "bank.escape", NULL);
}

static void
cfoil_bank_dialog_init (CfoilBankDialog *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->limit = FIRST_LIMIT;
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  show_page (self, "loading");
}

/* Payouts may have come after the statements. */
GtkWidget *
cfoil_bank_dialog_new (CfoilWindow *window)
{
  CfoilBankDialog *self = g_object_new (CFOIL_TYPE_BANK_DIALOG, "transient-for", window, NULL);

  self->window = g_object_ref (window);
  run_job (self, job_new (self), cfoil_bank_job_match, done_cb);
  return GTK_WIDGET (self);
}
