/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-dialog-private.h"

#include "cfoil-compat.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* The way of a file into the mirror: chosen or dropped, its columns asked for if nobody knows them, read. */

/* What takes less long needs no page that says so. */
#define PROGRESS_DELAY_MS 300

/* --- how far it is --- */

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
  cfoil_bank_dialog_show_page (self, "progress");
  /* What had the focus is out of sight: keys would go nowhere. */
  gtk_widget_grab_focus (self->cancel_button);
  return G_SOURCE_REMOVE;
}

static void
run_import (CfoilBankDialog    *self,
            CfoilBankJob       *job,
            GAsyncReadyCallback callback)
{
  cfoil_bank_dialog_run (self, job, cfoil_bank_job_import, callback);
  gtk_label_set_text (self->progress_label, "");
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  g_signal_connect_object (self->operation, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_clear_handle_id (&self->progress_source, g_source_remove);
  self->progress_source = g_timeout_add (PROGRESS_DELAY_MS, show_progress_cb, self);
}

static void
cancel_cb (CfoilBankDialog *self)
{
  cfoil_operation_cancel (self->operation);
}

/* --- what came of it --- */

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

  cfoil_bank_dialog_remove_statement (undo->dialog, undo->statement_id);
}

static void
tell_import (CfoilBankDialog       *self,
             const CfoilBankResult *result)
{
  g_autofree char *number = cfoil_words_number ((gint64) result->n_new);
  g_autofree char *skipped = cfoil_bank_result_dup_skipped (result);
  g_autofree char *text = NULL;
  Undo *undo;

  if (result->is_known)
    {
      cfoil_toast_show (GTK_WIDGET (self->stack), _("This statement was imported before"));
      return;
    }
  /* Translators: a number of entries of a bank statement. */
  text = g_strdup_printf (ngettext ("%s new entry imported", "%s new entries imported", (gulong) result->n_new), number);
  if (skipped != NULL)
    {
      g_autofree char *imported = g_steal_pointer (&text);

      text = g_strdup_printf ("%s · %s", imported, skipped);
    }
  undo = g_new (Undo, 1);
  *undo = (Undo) { g_object_ref (self), result->statement_id };
  cfoil_toast_show_undo (GTK_WIDGET (self->stack), text, undo_cb, undo, undo_free);
}

/* ERROR (nullable): why they are asked for. */
static void
ask_for_columns (CfoilBankDialog *self,
                 const GError    *error)
{
  cfoil_bank_columns_begin (self->columns, g_steal_pointer (&self->preview), self->suggestion,
                            error != NULL ? cfoil_bank_dialog_error_words (error) : NULL);
  cfoil_bank_dialog_show_page (self, "columns");
}

static void
columns_action_cb (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  CfoilBankDialog *self = CFOIL_BANK_DIALOG (widget);

  cfoil_banner_set_button (self->banner, NULL, NULL);
  if (self->preview != NULL)
    ask_for_columns (self, NULL);
}

/* Columns that nobody knows are asked for; those of a file that cannot be read with them can be said anew. */
static void
take_failure (CfoilBankDialog *self,
              CfoilBankJob    *job,
              const GError    *error)
{
  g_free (self->path);
  self->path = g_strdup (job->path);
  g_clear_pointer (&self->preview, cfoil_bank_preview_free);
  g_clear_pointer (&self->suggestion, cfoil_bank_mapping_free);
  self->preview = g_steal_pointer (&job->preview);
  self->suggestion = g_steal_pointer (&job->suggestion);
  if (job->asks_for_columns)
    ask_for_columns (self, error);
  else
    {
      cfoil_bank_dialog_tell_error (self, error);
      cfoil_banner_set_button (self->banner, _("Change _Columns…"), "bank.columns");
      cfoil_bank_dialog_read_lists (self);
    }
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (CfoilBankDialog) self = user_data;
  CfoilBankJob *job = cfoil_operation_get_data (CFOIL_OPERATION (source));
  g_autoptr (GError) error = NULL;
  gboolean ok = cfoil_bank_dialog_finish (self, source, result, &error);

  if (!cfoil_bank_dialog_is_alive (self))
    return;
  if (error != NULL && job->preview != NULL)
    {
      take_failure (self, job, error);
      return;
    }
  if (error != NULL)
    cfoil_bank_dialog_tell_error (self, error);
  if (!ok && job->mapping != NULL)
    cfoil_bank_dialog_show_page (self, "columns");
  else
    cfoil_bank_dialog_read_lists (self);
  if (ok)
    tell_import (self, &job->result);
}

/* --- a file --- */

static void
import_file (CfoilBankDialog *self,
             const char      *path)
{
  CfoilBankJob *job = cfoil_bank_dialog_job_new (self);

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

  if (paths != NULL && paths[0] != NULL && cfoil_bank_dialog_is_alive (self))
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
  CfoilBankJob *job = cfoil_bank_dialog_job_new (self);

  job->path = g_strdup (self->path);
  job->mapping = cfoil_bank_columns_get_mapping (self->columns);
  run_import (self, job, imported_cb);
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
  gboolean ok = cfoil_operation_run_finish (CFOIL_OPERATION (source), result, &error);

  /* Of several choices in a row the last one counts. */
  if (!cfoil_bank_dialog_is_alive (self) || source != G_OBJECT (self->operation))
    return;
  if (ok)
    cfoil_bank_columns_set_preview (self->columns, g_steal_pointer (&job->preview));
  else
    cfoil_bank_columns_set_message (self->columns, cfoil_bank_dialog_error_words (error));
  gtk_spinner_stop (self->spinner);
}

static void
columns_reread_cb (CfoilBankDialog *self)
{
  CfoilBankJob *job = cfoil_bank_dialog_job_new (self);

  job->path = g_strdup (self->path);
  job->mapping = cfoil_bank_columns_get_mapping (self->columns);
  if (self->operation != NULL)
    cfoil_operation_cancel (self->operation);
  cfoil_bank_dialog_run (self, job, cfoil_bank_job_preview, reread_cb);
}

static void
back_cb (CfoilBankDialog *self)
{
  cfoil_banner_set_text (self->banner, NULL);
  cfoil_bank_dialog_read_lists (self);
}

/* --- of the dialog --- */

gboolean
cfoil_bank_dialog_step_back (CfoilBankDialog *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->stack);

  if (g_strcmp0 (page, "columns") == 0)
    back_cb (self);
  else if (g_strcmp0 (page, "progress") == 0)
    cancel_cb (self);
  else
    return FALSE;
  return TRUE;
}

void
cfoil_bank_dialog_bind_import (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, columns_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, columns_reread_cb);
  gtk_widget_class_install_action (widget_class, "bank.columns", NULL, columns_action_cb);
}

void
cfoil_bank_dialog_init_import (CfoilBankDialog *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
