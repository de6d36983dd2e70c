/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-dialog-private.h"

#include "cfoil-compat.h"
#include "cfoil-error.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

#define FIRST_LIMIT 100

G_DEFINE_FINAL_TYPE (CfoilBankDialog, cfoil_bank_dialog, ADW_TYPE_WINDOW)

CfoilBankJob *
cfoil_bank_dialog_job_new (CfoilBankDialog *self)
{
  return cfoil_bank_job_new (cfoil_workspace_get_context (cfoil_window_get_workspace (self->window)));
}

gboolean
cfoil_bank_dialog_is_alive (CfoilBankDialog *self)
{
  return self->stack != NULL && cfoil_window_get_workspace (self->window) != NULL;
}

void
cfoil_bank_dialog_show_page (CfoilBankDialog *self,
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

const char *
cfoil_bank_dialog_error_words (const GError *error)
{
  /* Which line, and what to choose: that is in the words of the error. */
  return error->domain == CFOIL_INPUT_ERROR ? error->message : cfoil_words_error (error);
}

void
cfoil_bank_dialog_tell_error (CfoilBankDialog *self,
                              const GError    *error)
{
  cfoil_banner_set_text (self->banner, cfoil_bank_dialog_error_words (error));
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
  cfoil_bank_dialog_show_page (self, lists->statements->len > 0 || lists->mappings->len > 0 ? "lists" : "none");
}

static void
lists_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (CfoilBankDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  CfoilBankLists *lists = cfoil_reader_run_finish (result, &error);

  if (cfoil_bank_dialog_is_alive (self) && lists != NULL)
    show_lists (self, lists);
  else if (self->stack != NULL && error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    cfoil_bank_dialog_tell_error (self, error);
  g_clear_pointer (&lists, cfoil_bank_lists_free);
}

void
cfoil_bank_dialog_read_lists (CfoilBankDialog *self)
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
  cfoil_bank_dialog_read_lists (self);
}

/* --- jobs --- */

void
cfoil_bank_dialog_run (CfoilBankDialog    *self,
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

gboolean
cfoil_bank_dialog_finish (CfoilBankDialog *self,
                          GObject         *source,
                          GAsyncResult    *result,
                          GError         **error)
{
  GError *own = NULL;
  gboolean ok = cfoil_operation_run_finish (CFOIL_OPERATION (source), result, &own);

  g_clear_handle_id (&self->progress_source, g_source_remove);
  if (cfoil_bank_dialog_is_alive (self))
    {
      gtk_widget_set_sensitive (self->import_button, TRUE);
      gtk_widget_set_sensitive (self->take_button, cfoil_bank_columns_is_ready (self->columns));
      gtk_spinner_stop (self->spinner);
      if (!ok && !g_error_matches (own, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&own));
    }
  g_clear_error (&own);
  return ok;
}

/* What was done is in the lists. */
static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CfoilBankDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  cfoil_bank_dialog_finish (self, source, result, &error);
  if (!cfoil_bank_dialog_is_alive (self))
    return;
  if (error != NULL)
    cfoil_bank_dialog_tell_error (self, error);
  cfoil_bank_dialog_read_lists (self);
}

/* --- what is said of one row --- */

static void
match_action_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  CfoilBankDialog *self = CFOIL_BANK_DIALOG (widget);
  CfoilBankJob *job = cfoil_bank_dialog_job_new (self);

  g_variant_get (parameter, "(xs)", &job->id, &job->text);
  cfoil_bank_dialog_run (self, job, cfoil_bank_job_match, done_cb);
}

void
cfoil_bank_dialog_remove_statement (CfoilBankDialog *self,
                                    gint64           statement_id)
{
  CfoilBankJob *job;

  if (!cfoil_bank_dialog_is_alive (self))
    return;
  job = cfoil_bank_dialog_job_new (self);
  job->id = statement_id;
  cfoil_bank_dialog_run (self, job, cfoil_bank_job_remove, done_cb);
}

typedef struct
{
  CfoilBankDialog *dialog; /* (owned) */
  gint64 statement_id;
} Removal;

static void
removal_asked_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Removal *removal = user_data;

  if (cfoil_compat_ask_finish (result))
    cfoil_bank_dialog_remove_statement (removal->dialog, removal->statement_id);
  g_object_unref (removal->dialog);
  g_free (removal);
}

static void
remove_action_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  Removal *removal = g_new (Removal, 1);

  *removal = (Removal) { g_object_ref (CFOIL_BANK_DIALOG (widget)), g_variant_get_int64 (parameter) };
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
  CfoilBankJob *job = cfoil_bank_dialog_job_new (self);

  job->text = g_variant_dup_string (parameter, NULL);
  cfoil_bank_dialog_run (self, job, cfoil_bank_job_forget, done_cb);
}

/* --- the dialog --- */

static void
escape_action_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  if (!cfoil_bank_dialog_step_back (CFOIL_BANK_DIALOG (widget)))
    gtk_window_close (GTK_WINDOW (widget));
}


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
  gtk_widget_class_bind_template_callback (widget_class, reveal_bar_cb);
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
  cfoil_bank_dialog_bind_import (widget_class);
  gtk_widget_class_install_action (widget_class, "bank.match", "(xs)", match_action_cb);
  gtk_widget_class_install_action (widget_class, "bank.more", NULL, more_action_cb);
  gtk_widget_class_install_action (widget_class, "bank.remove", "x", remove_action_cb);
  gtk_widget_class_install_action (widget_class, "bank.forget", "s", forget_action_cb);
  gtk_widget_class_install_action (widget_class, "bank.escape", NULL, escape_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "bank.escape", NULL);
}

static void
cfoil_bank_dialog_init (CfoilBankDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->limit = FIRST_LIMIT;
  cfoil_bank_dialog_init_import (self);
  cfoil_bank_dialog_show_page (self, "loading");
}

/* Payouts may have come after the statements. */
GtkWidget *
cfoil_bank_dialog_new (CfoilWindow *window)
{
  CfoilBankDialog *self = g_object_new (CFOIL_TYPE_BANK_DIALOG, "transient-for", window, NULL);

  self->window = g_object_ref (window);
  cfoil_bank_dialog_run (self, cfoil_bank_dialog_job_new (self), cfoil_bank_job_match, done_cb);
  return GTK_WIDGET (self);
}
