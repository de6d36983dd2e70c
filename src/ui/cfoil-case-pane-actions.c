/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-pane-private.h"

#include "cfoil-answer-window.h"
#include "cfoil-case-accept-dialog.h"
#include "cfoil-case-edit.h"
#include "cfoil-case-form.h"
#include "cfoil-case-mail.h"
#include "cfoil-case-query.h"
#include "cfoil-compat.h"
#include "cfoil-error.h"
#include "cfoil-sender.h"
#include "cfoil-shown-text.h"
#include "cfoil-time.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

#define WRITE_ACTION "case.write"

static GtkWindow *
get_window (CfoilCasePane *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* --- back and answer --- */

static void
back_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  g_signal_emit_by_name (widget, "close");
}

static void
answer_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  CfoilCasePane *self = CFOIL_CASE_PANE (widget);
  const CfoilCase *record = _cfoil_case_pane_get_record (self);

  if (record != NULL)
    cfoil_answer_window_open (gtk_window_get_application (get_window (self)), self->workspace, self->case_id,
                              cfoil_case_needs_answer (record) ? NULL : "send");
}

static void
accept_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  CfoilCasePane *self = CFOIL_CASE_PANE (widget);

  if (_cfoil_case_pane_get_record (self) != NULL)
    gtk_window_present (GTK_WINDOW (cfoil_case_accept_dialog_new (get_window (self), self->workspace, self->reading)));
}

/* --- an answer that was handed over --- */

static const CfoilSubmission *
find_submission (CfoilCasePane        *self,
                 CfoilSubmissionState  state)
{
  GPtrArray *submissions = self->reading != NULL ? self->reading->dossier->submissions : NULL;

  for (guint i = submissions != NULL ? submissions->len : 0; i > 0; i--)
    if (((CfoilSubmission *) submissions->pdata[i - 1])->state == state)
      return submissions->pdata[i - 1];
  return NULL;
}

static gboolean
retry (CfoilCaseEdit *edit,
       GCancellable  *cancellable,
       GError       **error)
{
  return cfoil_submission_retry (cfoil_context_get_mirror (edit->context), edit->made_id, error);
}

static void
retried_cb (GtkWidget     *widget,
            CfoilCaseEdit *edit,
            const GError  *error)
{
  CfoilCasePane *self = CFOIL_CASE_PANE (widget);

  if (error != NULL)
    cfoil_toast_show (widget, cfoil_words_error (error));
  else if (self->workspace != NULL)
    cfoil_sender_send (cfoil_sender_get (self->workspace));
}

static void
retry_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  CfoilCasePane *self = CFOIL_CASE_PANE (widget);
  const CfoilSubmission *submission = find_submission (self, CFOIL_SUBMISSION_FAILED);
  CfoilCaseEdit *edit;

  if (submission == NULL)
    return;
  edit = cfoil_case_edit_new (self->workspace, self->case_id);
  edit->made_id = submission->submission_id;
  cfoil_case_edit_run (edit, self->workspace, widget, retry, retried_cb);
}

static gboolean
withdraw (CfoilCaseEdit *edit,
          GCancellable  *cancellable,
          GError       **error)
{
  return cfoil_submission_withdraw (cfoil_context_get_mirror (edit->context), edit->made_id, error);
}

static void
withdraw_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  CfoilCasePane *self = CFOIL_CASE_PANE (widget);
  const CfoilSubmission *submission = find_submission (self, CFOIL_SUBMISSION_WAITING);
  CfoilCaseEdit *edit;

  /* One whose sender died before its first byte waits, too. */
  if (submission == NULL)
    submission = find_submission (self, CFOIL_SUBMISSION_SENDING);
  if (submission == NULL)
    return;
  edit = cfoil_case_edit_new (self->workspace, self->case_id);
  edit->made_id = submission->submission_id;
  cfoil_case_edit_run (edit, self->workspace, widget, withdraw, NULL);
}

/* --- what the merchant says of a claim --- */

static gboolean
say (CfoilCaseEdit *edit,
     GCancellable  *cancellable,
     GError       **error)
{
  CfoilMirror *mirror = cfoil_context_get_mirror (edit->context);

  return cfoil_case_say (mirror, edit->case_id, &edit->words, error) &&
         (edit->text == NULL || cfoil_case_add_event (mirror, edit->case_id, "said", edit->text, NULL, error));
}

/* What is known of RECORD, with another state.  TEXT (nullable) goes into the history. */
static CfoilCaseEdit *
make_saying (CfoilCasePane    *self,
             CfoilState        state,
             CfoilCaseOutcome  outcome,
             const char       *text)
{
  const CfoilCase *record = _cfoil_case_pane_get_record (self);
  CfoilCaseEdit *edit = cfoil_case_edit_new (self->workspace, self->case_id);

  edit->text = g_strdup (text);
  edit->words.kind = record->kind;
  edit->words.state = state;
  edit->words.outcome = outcome;
  edit->words.reason = record->reason;
  edit->words.currency = cfoil_case_edit_keep (edit, record->currency);
  edit->words.amount_minor = record->amount_minor;
  edit->words.opened_us = record->opened_us;
  edit->words.due_us = record->due_is_estimate ? CFOIL_UNKNOWN : record->due_us;
  edit->words.buyer = cfoil_case_edit_keep (edit, record->buyer_name);
  edit->words.reference = cfoil_case_edit_keep (edit, record->merchant_reference);
  edit->words.claim_text = cfoil_case_edit_keep (edit, record->claim_text);
  return edit;
}

static void
run_say (CfoilCasePane    *self,
         CfoilState        state,
         CfoilCaseOutcome  outcome,
         const char       *text)
{
  cfoil_case_edit_run (make_saying (self, state, outcome, text), self->workspace, GTK_WIDGET (self), say, NULL);
}

/* The way back: one press closes a case, and closed it has no more buttons. */
typedef struct
{
  CfoilCasePane *pane;       /* (owned) */
  CfoilWorkspace *workspace; /* (owned) */
  CfoilCaseEdit *before;     /* (owned) (nullable): it runs */
} Closing;

static void
closing_free (gpointer data)
{
  Closing *closing = data;

  g_clear_pointer (&closing->before, cfoil_case_edit_free);
  g_object_unref (closing->pane);
  g_object_unref (closing->workspace);
  g_free (closing);
}

static void
reopen_cb (gpointer user_data)
{
  Closing *closing = user_data;

  cfoil_case_edit_run (g_steal_pointer (&closing->before), closing->workspace, GTK_WIDGET (closing->pane), say, NULL);
}

static void
close_case (CfoilCasePane    *self,
            CfoilState        state,
            CfoilCaseOutcome  outcome,
            const char       *toast)
{
  const CfoilCase *record = _cfoil_case_pane_get_record (self);
  Closing *closing = g_new0 (Closing, 1);

  closing->pane = g_object_ref (self);
  closing->workspace = g_object_ref (self->workspace);
  closing->before = make_saying (self, record->state, record->outcome, NULL);
  run_say (self, state, outcome, NULL);
  cfoil_toast_show_undo (GTK_WIDGET (self), toast, reopen_cb, closing, closing_free);
}

static void
answered_changed_cb (GtkEditable      *entry,
                     AdwMessageDialog *dialog)
{
  CfoilCasePane *self = g_object_get_data (G_OBJECT (dialog), "pane");
  gint64 us;

  adw_message_dialog_set_response_enabled (dialog, "say",
                                           cfoil_case_form_read_time (gtk_editable_get_text (entry), FALSE,
                                                                      cfoil_workspace_get_time_zone (self->workspace), &us) &&
                                             us != CFOIL_UNKNOWN && us <= cfoil_time_now_us ());
}

static void
answered_response_cb (CfoilCasePane    *self,
                      const char       *response,
                      AdwMessageDialog *dialog)
{
  GtkWidget *entry = adw_message_dialog_get_extra_child (dialog);
  g_autofree char *text = NULL;

  if (!g_str_equal (response, "say") || _cfoil_case_pane_get_record (self) == NULL)
    return;
  text = g_strdup_printf ("Answered on %s", gtk_editable_get_text (GTK_EDITABLE (entry)));
  run_say (self, CFOIL_STATE_UNDER_REVIEW, CFOIL_CASE_OUTCOME_NONE, text);
}

/* When it was answered, today unless it is changed. */
static void
ask_answered (CfoilCasePane *self)
{
  GtkWidget *dialog = adw_message_dialog_new (get_window (self), _("When Did You Answer?"),
                                              _("The answer was given on the provider’s own site. It is then under review here, too."));
  GtkWidget *entry = gtk_entry_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now (cfoil_workspace_get_time_zone (self->workspace));
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Day of the answer"), -1);
  gtk_editable_set_text (GTK_EDITABLE (entry), today);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "say", _("_Answered"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "say", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "say");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  g_object_set_data_full (G_OBJECT (dialog), "pane", g_object_ref (self), g_object_unref);
  g_signal_connect_object (entry, "changed", G_CALLBACK (answered_changed_cb), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
say_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  CfoilCasePane *self = CFOIL_CASE_PANE (widget);
  const char *what = g_variant_get_string (parameter, NULL);

  if (_cfoil_case_pane_get_record (self) == NULL)
    return;
  if (g_str_equal (what, "answered"))
    ask_answered (self);
  else if (g_str_equal (what, "won"))
    close_case (self, CFOIL_STATE_WON, CFOIL_CASE_OUTCOME_WON, _("Marked as won"));
  else if (g_str_equal (what, "lost"))
    close_case (self, CFOIL_STATE_LOST, CFOIL_CASE_OUTCOME_LOST, _("Marked as lost"));
}

/* --- a case that was a mistake --- */

static gboolean
remove_case (CfoilCaseEdit *edit,
             GCancellable  *cancellable,
             GError       **error)
{
  return cfoil_case_remove (cfoil_context_get_mirror (edit->context), edit->case_id, error);
}

static void
removed_cb (GtkWidget     *widget,
            CfoilCaseEdit *edit,
            const GError  *error)
{
  if (error != NULL)
    cfoil_toast_show (widget, cfoil_words_error (error));
  else if (CFOIL_CASE_PANE (widget)->case_id == edit->case_id)
    g_signal_emit_by_name (widget, "close");
}

static void
remove_asked_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (CfoilCasePane) self = user_data;

  if (!cfoil_compat_ask_finish (result) || _cfoil_case_pane_get_record (self) == NULL)
    return;
  cfoil_case_edit_run (cfoil_case_edit_new (self->workspace, self->case_id), self->workspace, GTK_WIDGET (self),
                       remove_case, removed_cb);
}

static void
remove_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  CfoilCasePane *self = CFOIL_CASE_PANE (widget);

  cfoil_compat_ask_async (get_window (self), _("Remove This Dispute?"),
                          _("Its notes, its log and its drafts go with it. That cannot be undone."), _("_Remove"), TRUE,
                          remove_asked_cb, g_object_ref (self));
}

/* --- mail --- */

typedef struct
{
  CfoilCasePane *pane;       /* (owned) */
  CfoilWorkspace *workspace; /* (owned) */
  gint64 case_id;
  char *text;                /* (owned): for the log */
} Letter;

/* Only what was begun is in the log. */
static void
mail_opened_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Letter *letter = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error))
    cfoil_case_edit_add_event (letter->workspace, GTK_WIDGET (letter->pane), letter->case_id, "contact", letter->text);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_message ("Cannot open a mail program: %s", error->message);
      cfoil_toast_show (GTK_WIDGET (source), _("No mail program opened. Choose one in the settings of your computer, "
                                               "or copy the buyer’s address below."));
    }
  g_object_unref (letter->pane);
  g_object_unref (letter->workspace);
  g_free (letter->text);
  g_free (letter);
}

/* By its id: the library may have changed while the menu was open.  NULL: the usual text. */
static const CfoilLibraryItem *
find_template (CfoilCasePane *self,
               gint64         item_id)
{
  GPtrArray *templates = self->reading->templates;

  for (guint i = 0; i < templates->len; i++)
    if (((const CfoilLibraryItem *) templates->pdata[i])->item_id == item_id)
      return templates->pdata[i];
  return NULL;
}

static void
write_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  CfoilCasePane *self = CFOIL_CASE_PANE (widget);
  const CfoilCase *record = _cfoil_case_pane_get_record (self);
  GTimeZone *zone;
  g_autofree char *subject = NULL;
  g_autofree char *uri = NULL;
  Letter *letter;
  gint64 paid_us = CFOIL_UNKNOWN;

  if (record == NULL || !cfoil_case_mail_is_possible (record))
    return;
  zone = cfoil_workspace_get_time_zone (self->workspace);
  if (self->reading->dossier->charge != NULL)
    paid_us = self->reading->dossier->charge->time_us;
  uri = cfoil_case_mail_compose (record, find_template (self, g_variant_get_int64 (parameter)), paid_us, zone, &subject);
  letter = g_new0 (Letter, 1);
  letter->pane = g_object_ref (self);
  letter->workspace = g_object_ref (self->workspace);
  letter->case_id = self->case_id;
  letter->text = g_strdup_printf ("E-mail to the buyer begun in the mail program: %s", subject);
  gtk_show_uri_full (get_window (self), uri, GDK_CURRENT_TIME, NULL, mail_opened_cb, letter);
}

static GMenuModel *
make_mail_menu (CfoilCasePane *self)
{
  GMenu *menu = g_menu_new ();
  GPtrArray *templates = self->reading->templates;

  for (guint i = 0; i < templates->len; i++)
    {
      const CfoilLibraryItem *item = templates->pdata[i];
      g_autofree char *name = cfoil_shown_text (item->name);
      g_auto (GStrv) parts = g_strsplit (name != NULL ? name : "", "_", -1);
      g_autofree char *label = g_strjoinv ("__", parts);
      g_autoptr (GMenuItem) entry = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (entry, WRITE_ACTION, "x", item->item_id);
      g_menu_append_item (menu, entry);
    }
  return G_MENU_MODEL (menu);
}

/* Made when it is opened: what is chosen in it changes the case, and GTK does not survive that
 * a menu is replaced while it closes. */
static void
popup_cb (GtkMenuButton *button,
          gpointer       user_data)
{
  CfoilCasePane *self = user_data;
  const CfoilCase *record = _cfoil_case_pane_get_record (self);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) mails = g_menu_new ();
  g_autoptr (GMenu) others = g_menu_new ();

  if (record == NULL)
    return;
  if (self->reading->templates->len > 0)
    {
      g_autoptr (GMenuModel) templates = make_mail_menu (self);

      g_menu_append_submenu (mails, _("_Write to the Buyer"), templates);
    }
  else
    {
      g_autoptr (GMenuItem) entry = g_menu_item_new (_("_Write to the Buyer"), NULL);

      g_menu_item_set_action_and_target (entry, WRITE_ACTION, "x", (gint64) 0);
      g_menu_append_item (mails, entry);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (mails));
  if (record->txn_id != 0)
    {
      g_autoptr (GMenuItem) entry = g_menu_item_new (_("Show the _Payment"), NULL);

      g_menu_item_set_action_and_target (entry, "win.show-transaction", "x", record->txn_id);
      g_menu_append_item (others, entry);
    }
  if (!record->is_confirmed)
    g_menu_append (others, _("_Remove…"), "case.remove");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (others));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

/* --- the missing id --- */

static gboolean
set_dispute_id (CfoilCaseEdit *edit,
                GCancellable  *cancellable,
                GError       **error)
{
  return cfoil_case_set_dispute_id (cfoil_context_get_mirror (edit->context), edit->case_id, edit->text, &edit->made_id, error);
}

static void
dispute_id_set_cb (GtkWidget     *widget,
                   CfoilCaseEdit *edit,
                   const GError  *error)
{
  CfoilCasePane *self = CFOIL_CASE_PANE (widget);

  if (self->missing_entry == NULL || self->case_id != edit->case_id)
    return;
  gtk_widget_set_sensitive (self->missing_button, TRUE);
  if (error != NULL)
    {
      gtk_label_set_text (self->missing_mistake,
                          g_error_matches (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX)
                            ? _("This cannot be the ID of a dispute. Copy it once more, without anything around it.")
                            : cfoil_words_error (error));
      gtk_widget_set_visible (GTK_WIDGET (self->missing_mistake), TRUE);
      return;
    }
  cfoil_toast_show (widget, _("Saved. The next sync asks the provider for the rest."));
  if (edit->made_id != 0 && edit->made_id != edit->case_id)
    g_signal_emit_by_name (self, "open-case", edit->made_id);
}

void
_cfoil_case_pane_set_missing_id (CfoilCasePane *self)
{
  CfoilCaseEdit *edit;
  g_autofree char *id = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->missing_entry))));

  if (*id == '\0' || self->workspace == NULL || self->case_id == 0)
    return;
  edit = cfoil_case_edit_new (self->workspace, self->case_id);
  edit->text = g_steal_pointer (&id);
  gtk_widget_set_sensitive (self->missing_button, FALSE);
  cfoil_case_edit_run (edit, self->workspace, GTK_WIDGET (self), set_dispute_id, dispute_id_set_cb);
}

/* --- small things --- */

void
_cfoil_case_pane_save_handler (CfoilCasePane *self)
{
  const CfoilCase *record = _cfoil_case_pane_get_record (self);
  g_autofree char *name = NULL;

  if (record == NULL || !self->is_handler_typed)
    return;
  self->is_handler_typed = FALSE;
  name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->handler))));
  if (g_strcmp0 (record->handler != NULL ? record->handler : "", name) != 0)
    cfoil_case_edit_set_handler (self->workspace, GTK_WIDGET (self), self->case_id, name);
}

void
_cfoil_case_pane_add_entry (CfoilCasePane *self,
                            const char    *kind,
                            const char    *text)
{
  if (self->workspace != NULL && self->case_id != 0)
    cfoil_case_edit_add_event (self->workspace, GTK_WIDGET (self), self->case_id, kind, text);
}

void
_cfoil_case_pane_update_actions (CfoilCasePane *self)
{
  const CfoilCase *record = _cfoil_case_pane_get_record (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), WRITE_ACTION, record != NULL && cfoil_case_mail_is_possible (record));
  gtk_widget_set_sensitive (GTK_WIDGET (self->menu_button), record != NULL);
}

void
_cfoil_case_pane_init_menu (CfoilCasePane *self)
{
  gtk_menu_button_set_create_popup_func (self->menu_button, popup_cb, self, NULL);
}

void
_cfoil_case_pane_install_actions (CfoilCasePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "case.back", NULL, back_cb);
  gtk_widget_class_install_action (widget_class, "case.answer", NULL, answer_cb);
  gtk_widget_class_install_action (widget_class, "case.accept", NULL, accept_cb);
  gtk_widget_class_install_action (widget_class, "case.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "case.withdraw", NULL, withdraw_cb);
  gtk_widget_class_install_action (widget_class, "case.say", "s", say_cb);
  gtk_widget_class_install_action (widget_class, "case.remove", NULL, remove_cb);
  gtk_widget_class_install_action (widget_class, WRITE_ACTION, "x", write_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "case.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "case.back", NULL);
}
