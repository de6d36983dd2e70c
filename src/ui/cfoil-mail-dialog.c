/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-mail-dialog.h"

#include "cfoil-account-chooser.h"
#include "cfoil-banner.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilMailDialog
{
  AdwWindow parent_instance;

  CfoilBanner *banner;
  GtkStack *stack;
  AdwStatusPage *failed_page;
  AdwPreferencesGroup *verdict;
  AdwActionRow *sender;
  AdwActionRow *subject;
  AdwPreferencesGroup *disputes;

  CfoilWindow *window; /* (owned) */
  char *path;          /* (owned) */
  char *account;       /* (owned) (nullable) */
  gint64 case_id;      /* of the mirror, 0: none */
};

G_DEFINE_FINAL_TYPE (CfoilMailDialog, cfoil_mail_dialog, ADW_TYPE_WINDOW)

gboolean
cfoil_mail_dialog_is_mail (const char *path)
{
  g_autofree char *small = g_ascii_strdown (path, -1);

  return g_str_has_suffix (small, ".eml");
}

/* --- what takes long --- */

typedef struct
{
  CfoilContext *context;     /* (owned) */
  char *account;             /* (owned) */
  char *path;                /* (owned): of the mail */
  char *dispute_id;          /* (owned) (nullable): to be asked for */
  CfoilMailReading *reading; /* (owned) (nullable): what came of it */
  gint64 case_id;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->context);
  g_free (job->account);
  g_free (job->path);
  g_free (job->dispute_id);
  cfoil_mail_reading_free (job->reading);
  g_free (job);
}

static Job *
job_new (CfoilMailDialog *self,
         CfoilWorkspace  *workspace)
{
  Job *job = g_new0 (Job, 1);

  job->context = g_object_ref (cfoil_workspace_get_context (workspace));
  job->account = g_strdup (self->account);
  job->path = g_strdup (self->path);
  return job;
}

static gboolean
read_thread (CfoilOperation *operation,
             gpointer        data,
             GCancellable   *cancellable,
             GError        **error)
{
  Job *job = data;

  return (job->reading = cfoil_context_read_mail_sync (job->context, job->account, job->path, error)) != NULL;
}

static gboolean
ask_thread (CfoilOperation *operation,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  Job *job = data;
  g_autofree char *name = g_path_get_basename (job->path);

  return cfoil_context_look_up_dispute_sync (job->context, job->account, job->dispute_id, "email", name, cancellable,
                                             &job->case_id, error);
}

/* --- what it names --- */

static void
open_case_cb (CfoilMailDialog *self)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->window), "show-case", g_variant_new_int64 (self->case_id));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (CfoilMailDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  Job *job = cfoil_operation_get_data (CFOIL_OPERATION (source));

  cfoil_mirror_notify_changed (cfoil_context_get_mirror (job->context));
  if (cfoil_operation_run_finish (CFOIL_OPERATION (source), result, &error))
    {
      self->case_id = job->case_id;
      open_case_cb (self);
      return;
    }
  if (self->banner == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->disputes), TRUE);
  cfoil_banner_set_text (self->banner, cfoil_words_error (error));
  cfoil_banner_set_tooltip (self->banner, error->message);
}

static void
ask_cb (CfoilMailDialog *self,
        GtkButton       *button)
{
  CfoilWorkspace *workspace = cfoil_window_get_workspace (self->window);
  g_autoptr (CfoilOperation) operation = NULL;
  Job *job;

  if (workspace == NULL || cfoil_workspace_get_operation (workspace) != NULL)
    {
      cfoil_banner_set_text (self->banner, _("Wait for what is running to end, then try again."));
      return;
    }
  cfoil_banner_set_text (self->banner, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->disputes), FALSE);
  job = job_new (self, workspace);
  job->dispute_id = g_strdup (g_object_get_data (G_OBJECT (button), "dispute-id"));
  operation = cfoil_operation_new (_("Asking for a dispute"));
  cfoil_workspace_run (workspace, operation, TRUE, ask_thread, job, job_free, asked_cb, g_object_ref (self));
}

static AdwActionRow *
add_row (AdwPreferencesGroup *group,
         const char          *title,
         const char          *subtitle)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());

  /* Nothing of a mail is markup. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (row, 0);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (row, subtitle);
  adw_preferences_group_add (group, GTK_WIDGET (row));
  return row;
}

static void
add_button (AdwActionRow    *row,
            const char      *label,
            GCallback        callback,
            CfoilMailDialog *self,
            const char      *dispute_id)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "dispute-id", g_strdup (dispute_id), g_free);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (row, button);
}

static void
show_disputes (CfoilMailDialog        *self,
               const CfoilMailReading *reading)
{
  const CfoilMail *mail = reading->mail;

  self->case_id = reading->case_id;
  if (reading->case_id != 0)
    add_button (add_row (self->disputes, mail->dispute_ids[0], _("This case is in the inbox already.")), _("_Open Case"),
                G_CALLBACK (open_case_cb), self, NULL);
  for (guint i = 0; reading->case_id == 0 && mail->dispute_ids[i] != NULL; i++)
    add_button (add_row (self->disputes, mail->dispute_ids[i],
                         reading->charge_is_known ? _("Not in the inbox; the payment that it names is in your records.")
                                                  : _("Not in the inbox, and no payment in your records fits it.")),
                _("_Ask the Provider"), G_CALLBACK (ask_cb), self, mail->dispute_ids[i]);
  if (mail->dispute_ids[0] == NULL && mail->kind == CFOIL_CASE_CLAIM)
    add_row (self->disputes, _("An A-to-z claim"),
             _("Claims have no id that could be asked for. Record it by hand: Disputes, menu, Record a Claim."));
  else if (mail->dispute_ids[0] == NULL)
    add_row (self->disputes, _("No dispute"), _("The e-mail names no id of a dispute."));
}

static void
show_doubts (CfoilMailDialog *self,
             const CfoilMail *mail)
{
  gboolean is_doubted = mail->doubts[0] != NULL;

  adw_preferences_group_set_title (self->verdict, is_doubted ? _("This May Be Forged") : _("Nothing Speaks Against It"));
  adw_preferences_group_set_description (self->verdict, is_doubted
    ? _("Open no link in it. Nothing of it was taken over.")
    : _("That proves nothing either. Nothing of it was taken over before the provider has confirmed it."));
  for (guint i = 0; mail->doubts[i] != NULL; i++)
    {
      AdwActionRow *row = add_row (self->verdict, mail->doubts[i], NULL);
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (icon, "warning");
      adw_action_row_add_prefix (row, icon);
    }
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CfoilMailDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  Job *job = cfoil_operation_get_data (CFOIL_OPERATION (source));
  gboolean ok = cfoil_operation_run_finish (CFOIL_OPERATION (source), result, &error);

  if (self->stack == NULL)
    return;
  if (!ok)
    {
      g_autofree char *text = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failed_page, text);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }
  adw_action_row_set_subtitle (self->sender, job->reading->mail->sender);
  adw_action_row_set_subtitle (self->subject, job->reading->mail->subject);
  show_doubts (self, job->reading->mail);
  show_disputes (self, job->reading);
  gtk_stack_set_visible_child_name (self->stack, "mail");
}

static void
account_chosen_cb (const char *account,
                   gpointer    user_data)
{
  CfoilMailDialog *self = user_data;
  CfoilWorkspace *workspace = cfoil_window_get_workspace (self->window);
  g_autoptr (CfoilOperation) operation = NULL;

  if (account == NULL || workspace == NULL)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  self->account = g_strdup (account);
  operation = cfoil_operation_new (_("Reading an e-mail"));
  cfoil_workspace_run (workspace, operation, FALSE, read_thread, job_new (self, workspace), job_free, read_cb, g_object_ref (self));
}

static void
cfoil_mail_dialog_dispose (GObject *object)
{
  CfoilMailDialog *self = CFOIL_MAIL_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_MAIL_DIALOG);
  g_clear_object (&self->window);

  G_OBJECT_CLASS (cfoil_mail_dialog_parent_class)->dispose (object);
}

static void
cfoil_mail_dialog_finalize (GObject *object)
{
  CfoilMailDialog *self = CFOIL_MAIL_DIALOG (object);

  g_free (self->path);
  g_free (self->account);

  G_OBJECT_CLASS (cfoil_mail_dialog_parent_class)->finalize (object);
}

static void
cfoil_mail_dialog_class_init (CfoilMailDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_mail_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_mail_dialog_finalize;
  g_type_ensure (CFOIL_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-mail-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilMailDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilMailDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilMailDialog, failed_page);
  gtk_widget_class_bind_template_child (widget_class, CfoilMailDialog, verdict);
  gtk_widget_class_bind_template_child (widget_class, CfoilMailDialog, sender);
  gtk_widget_class_bind_template_child (widget_class, CfoilMailDialog, subject);
  gtk_widget_class_bind_template_child (widget_class, CfoilMailDialog, disputes);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cfoil_mail_dialog_init (CfoilMailDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cfoil_mail_dialog_open (CfoilWindow *window,
                        const char  *path)
{
  CfoilMailDialog *self = g_object_new (CFOIL_TYPE_MAIL_DIALOG, "transient-for", window, NULL);
  CfoilWorkspace *workspace = cfoil_window_get_workspace (window);

  self->window = g_object_ref (window);
  self->path = g_strdup (path);
  gtk_window_present (GTK_WINDOW (self));
  if (workspace != NULL)
    cfoil_account_choose (GTK_WINDOW (self), workspace, _("Which Account Is It About?"), account_chosen_cb, self);
}
