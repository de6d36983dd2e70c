/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-dialog.h"

#include "cfoil-bank-columns.h"
#include "cfoil-bank-match.h"
#include "cfoil-banner.h"
#include "cfoil-compat.h"
#include "cfoil-currency.h"
#include "cfoil-error.h"
#include "cfoil-period.h"
#include "cfoil-shown-text.h"
#include "cfoil-types.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

#define MAX_PAIRS 200
#define MAX_OFFERED 30

struct _CfoilBankDialog
{
  AdwWindow parent_instance;

  CfoilBanner *banner;
  GtkStack *stack;
  GtkListBox *list;
  CfoilBankColumns *columns;
  GtkWidget *import_button;
  GtkWidget *back_button;
  GtkWidget *take_button;
  GtkSpinner *spinner;

  CfoilWindow *window;       /* (owned) */
  GCancellable *cancellable; /* (owned) */
  CfoilOperation *operation; /* (owned) (nullable) */
  char *path;                /* (owned) (nullable): the file whose columns are asked for */
};

/* One job on a thread; all of it is (owned). */
typedef struct
{
  CfoilContext *context;
  char *path;                /* (nullable): to import */
  CfoilBankMapping *mapping; /* (nullable) */
  gint64 entry_id;           /* to match by hand */
  char *settlement_id;       /* (nullable) */
  CfoilBankResult result;
  CfoilBankPreview *preview; /* (nullable): its columns have to be said */
} Job;

G_DEFINE_FINAL_TYPE (CfoilBankDialog, cfoil_bank_dialog, ADW_TYPE_WINDOW)

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->context);
  g_free (job->path);
  g_free (job->settlement_id);
  g_clear_pointer (&job->mapping, cfoil_bank_mapping_free);
  g_clear_pointer (&job->preview, cfoil_bank_preview_free);
  g_free (job);
}

static Job *
job_new (CfoilBankDialog *self)
{
  Job *job = g_new0 (Job, 1);

  job->context = g_object_ref (cfoil_workspace_get_context (cfoil_window_get_workspace (self->window)));
  return job;
}

/* --- the list --- */

static char *
day_text (gint32 day)
{
  CfoilPeriod period = { CFOIL_PERIOD_DAYS, day, day + 1 };

  return cfoil_period_to_title (&period);
}

/* Payouts that no entry is, in the currency of PAIR: one of them may be it. */
static GMenu *
make_menu (GPtrArray           *pairs,
           const CfoilBankPair *pair)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < pairs->len && g_menu_model_get_n_items (G_MENU_MODEL (menu)) < MAX_OFFERED; i++)
    {
      const CfoilBankPair *payout = g_ptr_array_index (pairs, i);
      g_autoptr (GMenuItem) item = NULL;
      g_autofree char *day = NULL;
      g_autofree char *amount = NULL;
      g_autofree char *title = NULL;

      if (payout->entry_id > 0 || !g_str_equal (payout->currency, pair->currency))
        continue;
      day = day_text (payout->payout_day);
      amount = cfoil_currency_format (payout->payout_minor, payout->currency);
      /* Translators: a payout: its amount and its day. */
      title = g_strdup_printf (_("%s of %s"), amount, day);
      item = g_menu_item_new (title, NULL);
      g_menu_item_set_action_and_target (item, "bank.match", "(xs)", pair->entry_id, payout->settlement_id);
      g_menu_append_item (menu, item);
    }
  return menu;
}

static void
add_choice (AdwActionRow        *row,
            GPtrArray           *pairs,
            const CfoilBankPair *pair)
{
  g_autoptr (GMenu) menu = NULL;
  GtkWidget *button;

  if (pair->settlement_id != NULL)
    {
      button = gtk_button_new_with_label (_("Not This Payout"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "bank.match");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(xs)", pair->entry_id, "");
    }
  else
    {
      menu = make_menu (pairs, pair);
      if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) == 0)
        return;
      button = gtk_menu_button_new ();
      gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _("Is a Payout"));
      gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
    }
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (row, button);
}

/* What is to be seen at once: which side is missing, or by how much they differ. */
static char *
pair_title (const CfoilBankPair *pair)
{
  g_autofree char *amount = cfoil_currency_format (pair->entry_id > 0 ? pair->entry_minor : pair->payout_minor, pair->currency);
  g_autofree char *difference = cfoil_currency_format (pair->difference_minor, pair->currency);

  if (pair->entry_id == 0)
    /* Translators: an amount. */
    return g_strdup_printf (_("Payout of %s is not on a statement"), amount);
  if (pair->settlement_id == NULL)
    /* Translators: an amount. */
    return g_strdup_printf (_("%s is no known payout"), amount);
  /* Translators: two amounts. */
  return g_strdup_printf (_("%s differs from its payout by %s"), amount, difference);
}

static char *
pair_subtitle (const CfoilBankPair *pair)
{
  g_autofree char *day = day_text (pair->entry_id > 0 ? pair->day : pair->payout_day);
  g_autofree char *text = g_strjoin (" ", pair->reference != NULL ? pair->reference : "", pair->text != NULL ? pair->text : "", NULL);
  g_autofree char *shown = cfoil_shown_text (pair->entry_id > 0 ? text : pair->settlement_id);

  return shown != NULL ? g_strdup_printf ("%s · %s", day, shown) : g_steal_pointer (&day);
}

static GtkWidget *
make_row (GPtrArray           *pairs,
          const CfoilBankPair *pair)
{
  g_autofree char *title = pair_title (pair);
  g_autofree char *subtitle = pair_subtitle (pair);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle", subtitle,
                                 "title-lines", 2, "subtitle-lines", 2, NULL);

  if (pair->entry_id > 0)
    add_choice (ADW_ACTION_ROW (row), pairs, pair);
  return row;
}

static void
show_pairs (CfoilBankDialog *self,
            GPtrArray       *pairs)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < pairs->len; i++)
    gtk_list_box_append (self->list, make_row (pairs, g_ptr_array_index (pairs, i)));
  gtk_stack_set_visible_child_name (self->stack, pairs->len > 0 ? "list" : "empty");
}

static gpointer
read_pairs (CfoilDatabase *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  return cfoil_bank_match_list (database, CFOIL_BANK_OPEN | CFOIL_BANK_OTHER, MAX_PAIRS, error);
}

static void
pairs_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (CfoilBankDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pairs = cfoil_reader_run_finish (result, &error);

  if (self->stack == NULL)
    return;
  if (pairs == NULL)
    cfoil_banner_set_text (self->banner, cfoil_words_error (error));
  else
    show_pairs (self, pairs);
}

static void
show_list (CfoilBankDialog *self)
{
  gtk_widget_set_visible (self->import_button, TRUE);
  gtk_widget_set_visible (self->back_button, FALSE);
  gtk_widget_set_visible (self->take_button, FALSE);
  cfoil_reader_run_async (cfoil_workspace_get_reader (cfoil_window_get_workspace (self->window)), CFOIL_READER_STATUS, read_pairs,
                          NULL, NULL, (GDestroyNotify) g_ptr_array_unref, self->cancellable, pairs_read_cb, g_object_ref (self));
}

/* --- jobs --- */

static void
run_job (CfoilBankDialog    *self,
         Job                *job,
         CfoilOperationFunc  func,
         GAsyncReadyCallback callback)
{
  cfoil_banner_set_text (self->banner, NULL);
  g_clear_object (&self->operation);
  self->operation = cfoil_operation_new (_("Reading Bank Statement"));
  gtk_widget_set_sensitive (self->import_button, FALSE);
  gtk_widget_set_sensitive (self->take_button, FALSE);
  gtk_spinner_start (self->spinner);
  cfoil_workspace_run (cfoil_window_get_workspace (self->window), self->operation, FALSE, func, job, job_free,
                       callback, g_object_ref (self));
}

/* FALSE: the dialog is gone, or it has failed and that is said. */
static gboolean
finish_job (CfoilBankDialog *self,
            GObject         *source,
            GAsyncResult    *result)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = cfoil_operation_run_finish (CFOIL_OPERATION (source), result, &error);

  if (self->stack == NULL)
    return FALSE;
  gtk_widget_set_sensitive (self->import_button, TRUE);
  gtk_widget_set_sensitive (self->take_button, TRUE);
  gtk_spinner_stop (self->spinner);
  if (!ok && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* Which line, and what to choose: that is in the words of the error. */
      cfoil_banner_set_text (self->banner, error->domain == CFOIL_INPUT_ERROR ? error->message : cfoil_words_error (error));
      cfoil_banner_set_tooltip (self->banner, error->message);
    }
  return ok;
}

static gboolean
import_thread (CfoilOperation *operation,
               gpointer        data,
               GCancellable   *cancellable,
               GError        **error)
{
  Job *job = data;
  CfoilMirror *mirror = cfoil_context_get_mirror (job->context);
  g_autoptr (GError) own = NULL;

  if (cfoil_bank_import_sync (mirror, job->path, job->mapping, NULL, NULL, cancellable, &job->result, &own))
    return job->mapping == NULL || job->result.format != CFOIL_BANK_CSV || cfoil_bank_mapping_save_sync (mirror, job->mapping, error);
  /* Columns that nobody knows are asked for. */
  if (job->mapping == NULL && g_error_matches (own, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_COLUMNS))
    job->preview = cfoil_bank_preview_sync (job->path, NULL, cancellable, NULL);
  g_propagate_error (error, g_steal_pointer (&own));
  return FALSE;
}

static void
tell_import (CfoilBankDialog       *self,
             const CfoilBankResult *result)
{
  g_autofree char *number = cfoil_words_number ((gint64) result->n_new);
  g_autofree char *text = NULL;

  if (result->is_known)
    text = g_strdup (_("This statement was imported before"));
  else
    /* Translators: a number of entries of a bank statement. */
    text = g_strdup_printf (ngettext ("%s new entry imported", "%s new entries imported", (gulong) result->n_new), number);
  cfoil_window_toast (self->window, text);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (CfoilBankDialog) self = user_data;
  const Job *job = cfoil_operation_get_data (CFOIL_OPERATION (source));
  gboolean ok = finish_job (self, source, result);

  if (self->stack == NULL)
    return;
  if (ok)
    {
      tell_import (self, &job->result);
      show_list (self);
    }
  else if (job->preview != NULL)
    {
      g_free (self->path);
      self->path = g_strdup (job->path);
      cfoil_bank_columns_set_preview (self->columns, job->preview);
      gtk_widget_set_visible (self->import_button, FALSE);
      gtk_widget_set_visible (self->back_button, TRUE);
      gtk_widget_set_visible (self->take_button, TRUE);
      gtk_stack_set_visible_child_name (self->stack, "columns");
    }
}

static void
files_chosen_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (CfoilBankDialog) self = user_data;
  g_auto (GStrv) paths = cfoil_compat_open_files_finish (result, NULL);
  Job *job;

  if (paths == NULL || paths[0] == NULL || self->stack == NULL || cfoil_window_get_workspace (self->window) == NULL)
    return;
  job = job_new (self);
  job->path = g_strdup (paths[0]);
  run_job (self, job, import_thread, imported_cb);
}

static void
import_cb (CfoilBankDialog *self)
{
  static const char *const patterns[] = { "*.csv", "*.ofx", "*.qfx", "*.xml", "*.txt", NULL };

  cfoil_compat_open_files_async (GTK_WINDOW (self), _("Import Bank Statement"), FALSE, patterns, _("Bank Statements"),
                                 files_chosen_cb, g_object_ref (self));
}

static void
take_cb (CfoilBankDialog *self)
{
  Job *job = job_new (self);

  job->path = g_strdup (self->path);
  job->mapping = cfoil_bank_columns_get_mapping (self->columns);
  if (*job->mapping->name == '\0')
    {
      cfoil_banner_set_text (self->banner, _("Give the bank account a name."));
      job_free (job);
      return;
    }
  run_job (self, job, import_thread, imported_cb);
}

static gboolean
match_thread (CfoilOperation *operation,
              gpointer        data,
              GCancellable   *cancellable,
              GError        **error)
{
  Job *job = data;
  CfoilMirror *mirror = cfoil_context_get_mirror (job->context);

  /* Payouts may have come after the statement. */
  if (job->entry_id == 0)
    return cfoil_bank_match_sync (mirror, NULL, error);
  return cfoil_bank_match_set_sync (mirror, job->entry_id, *job->settlement_id != '\0' ? job->settlement_id : NULL, error);
}

static void
matched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (CfoilBankDialog) self = user_data;

  finish_job (self, source, result);
  if (self->stack != NULL)
    show_list (self);
}

static void
match_action_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  CfoilBankDialog *self = CFOIL_BANK_DIALOG (widget);
  Job *job = job_new (self);

  g_variant_get (parameter, "(xs)", &job->entry_id, &job->settlement_id);
  run_job (self, job, match_thread, matched_cb);
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
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_BANK_DIALOG);
  g_clear_object (&self->operation);
  g_clear_object (&self->window);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (cfoil_bank_dialog_parent_class)->dispose (object);
}

static void
cfoil_bank_dialog_class_init (CfoilBankDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_bank_dialog_dispose;
  g_type_ensure (CFOIL_TYPE_BANNER);
  g_type_ensure (CFOIL_TYPE_BANK_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-bank-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, list);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, columns);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, back_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, take_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilBankDialog, spinner);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_list);
  gtk_widget_class_install_action (widget_class, "bank.match", "(xs)", match_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cfoil_bank_dialog_init (CfoilBankDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
cfoil_bank_dialog_new (CfoilWindow *window)
{
  CfoilBankDialog *self = g_object_new (CFOIL_TYPE_BANK_DIALOG, "transient-for", window, NULL);

  self->window = g_object_ref (window);
  run_job (self, job_new (self), match_thread, matched_cb);
  return GTK_WIDGET (self);
}
