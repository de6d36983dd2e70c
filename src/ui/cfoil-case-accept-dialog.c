/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-accept-dialog.h"

#include "cfoil-banner.h"
#include "cfoil-case-edit.h"
#include "cfoil-case-lines.h"
#include "cfoil-case-words.h"
#include "cfoil-currency.h"
#include "cfoil-details-link.h"
#include "cfoil-sender.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilCaseAcceptDialog
{
  AdwWindow parent_instance;

  CfoilBanner *banner;
  GtkLabel *cost;
  GtkLabel *text;
  GtkLabel *steps;
  GtkListBox *ids;
  GtkWidget *site_button;
  GtkCheckButton *understood;
  GtkButton *accept_button;

  CfoilWorkspace *workspace; /* (owned) */
  CfoilCase *record;         /* (owned) */
  char *link;                /* (owned) (nullable): to the provider's own site */
  gboolean is_by_hand;
};

G_DEFINE_FINAL_TYPE (CfoilCaseAcceptDialog, cfoil_case_accept_dialog, ADW_TYPE_WINDOW)

static gboolean
run_accept (CfoilCaseEdit *edit,
            GCancellable  *cancellable,
            GError       **error)
{
  return cfoil_context_accept_case_sync (edit->context, edit->case_id, edit->by_hand, &edit->made_id, error);
}

static void
accepted_cb (GtkWidget     *widget,
             CfoilCaseEdit *edit,
             const GError  *error)
{
  CfoilCaseAcceptDialog *self = CFOIL_CASE_ACCEPT_DIALOG (widget);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (self->banner == NULL) /* it was closed */
    return;
  if (error != NULL)
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
      cfoil_banner_set_text (self->banner, cfoil_words_error (error));
      cfoil_banner_set_tooltip (self->banner, error->message);
      return;
    }
  if (!edit->by_hand)
    cfoil_sender_send (cfoil_sender_get (self->workspace));
  if (parent != NULL)
    cfoil_toast_show (GTK_WIDGET (parent), edit->by_hand ? _("Recorded as accepted") : _("Accepting; you see here when it was delivered"));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
accept_cb (CfoilCaseAcceptDialog *self)
{
  CfoilCaseEdit *edit = cfoil_case_edit_new (self->workspace, self->record->case_id);

  edit->by_hand = self->is_by_hand;
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  cfoil_case_edit_run (edit, self->workspace, GTK_WIDGET (self), run_accept, accepted_cb);
}

static void
site_cb (CfoilCaseAcceptDialog *self)
{
  if (self->link != NULL)
    gtk_show_uri (GTK_WINDOW (self), self->link, GDK_CURRENT_TIME);
}

/* --- words --- */

/* Whether the last try to accept was refused, so that it must be done elsewhere. */
static gboolean
was_refused (const CfoilDossier *dossier)
{
  for (guint i = dossier->submissions->len; i > 0; i--)
    {
      const CfoilSubmission *submission = dossier->submissions->pdata[i - 1];

      if (submission->accepts)
        return submission->state == CFOIL_SUBMISSION_FAILED;
    }
  return FALSE;
}

static char *
describe_cost (const CfoilDossier *dossier)
{
  const CfoilCase *record = dossier->record;
  g_autofree char *amount = cfoil_case_words_amount (record);
  g_autofree char *fee = NULL;

  if (record->amount_minor == CFOIL_UNKNOWN || record->currency == NULL)
    return g_strdup (_("The buyer keeps the disputed amount."));
  if (dossier->fee_charged_minor > 0)
    {
      fee = cfoil_currency_format (dossier->fee_charged_minor, record->currency);
      /* Translators: the disputed amount, and the fee. */
      return g_strdup_printf (_("The buyer keeps %s. The dispute fee of %s stays charged."), amount, fee);
    }
  if (dossier->last_fee_minor != CFOIL_UNKNOWN && dossier->last_fee_minor > 0)
    {
      fee = cfoil_currency_format (dossier->last_fee_minor, record->currency);
      /* Translators: the disputed amount, and the fee. */
      return g_strdup_printf (_("The buyer keeps %s. A dispute fee may be charged, too; the last one was %s."), amount, fee);
    }
  /* Translators: %s is the disputed amount. */
  return g_strdup_printf (_("The buyer keeps %s. A dispute fee may be charged, too."), amount);
}

static const char *
choose_steps (const CfoilCase *record)
{
  if (record->kind == CFOIL_CASE_CLAIM)
    return _("1. Open the provider’s site and sign in.\n"
             "2. Go to Performance › A-to-z Guarantee Claims and find the claim by its order or charge.\n"
             "3. Choose “Refund the buyer” and confirm.\n"
             "4. Come back here and press “I Have Done This”.");
  return _("1. Open the provider’s site and sign in.\n"
           "2. Go to Performance › Chargeback Claims and find the dispute by its ID or charge.\n"
           "3. Choose “Accept” and confirm.\n"
           "4. Come back here and press “I Have Done This”.");
}

static void
show (CfoilCaseAcceptDialog  *self,
      const CfoilCaseReading *reading)
{
  g_autofree char *cost = describe_cost (reading->dossier);
  g_autoptr (GPtrArray) ids = NULL;

  gtk_label_set_text (self->cost, cost);
  if (was_refused (reading->dossier))
    gtk_label_set_text (self->text, _("The provider did not take it from here, so it has to be done on its own site. "
                                      "An accepted dispute is lost, and that cannot be taken back."));
  else
    gtk_label_set_text (self->text, _("An accepted dispute is lost: no evidence can be sent any more, "
                                      "and that cannot be taken back."));
  gtk_widget_set_visible (GTK_WIDGET (self->steps), self->is_by_hand);
  gtk_widget_set_visible (self->site_button, self->is_by_hand && self->link != NULL);
  if (self->is_by_hand)
    {
      gtk_label_set_text (self->steps, choose_steps (self->record));
      ids = cfoil_case_lines_ids (reading, self->workspace);
    }
  else
    ids = g_ptr_array_new_with_free_func (cfoil_line_free);
  cfoil_details_line_show (self->ids, NULL, ids);
  gtk_button_set_label (self->accept_button, self->is_by_hand ? _("I _Have Done This") : _("_Accept"));
}

/* --- GObject --- */

static void
cfoil_case_accept_dialog_dispose (GObject *object)
{
  CfoilCaseAcceptDialog *self = CFOIL_CASE_ACCEPT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_CASE_ACCEPT_DIALOG);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (cfoil_case_accept_dialog_parent_class)->dispose (object);
}

static void
cfoil_case_accept_dialog_finalize (GObject *object)
{
  CfoilCaseAcceptDialog *self = CFOIL_CASE_ACCEPT_DIALOG (object);

  g_clear_pointer (&self->record, cfoil_case_unref);
  g_free (self->link);

  G_OBJECT_CLASS (cfoil_case_accept_dialog_parent_class)->finalize (object);
}

static void
cfoil_case_accept_dialog_class_init (CfoilCaseAcceptDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_case_accept_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_case_accept_dialog_finalize;
  g_type_ensure (CFOIL_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-case-accept-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseAcceptDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseAcceptDialog, cost);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseAcceptDialog, text);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseAcceptDialog, steps);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseAcceptDialog, ids);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseAcceptDialog, site_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseAcceptDialog, understood);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseAcceptDialog, accept_button);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
  gtk_widget_class_bind_template_callback (widget_class, site_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cfoil_case_accept_dialog_init (CfoilCaseAcceptDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

CfoilCaseAcceptDialog *
cfoil_case_accept_dialog_new (GtkWindow              *parent,
                              CfoilWorkspace         *workspace,
                              const CfoilCaseReading *reading)
{
  CfoilCaseAcceptDialog *self = g_object_new (CFOIL_TYPE_CASE_ACCEPT_DIALOG, "transient-for", parent, NULL);
  CfoilCase *record = reading->dossier->record;

  self->workspace = g_object_ref (workspace);
  self->record = cfoil_case_ref (record);
  self->link = reading->details != NULL ? cfoil_details_link (reading->details) : NULL;
  self->is_by_hand = record->is_by_hand || record->kind == CFOIL_CASE_CLAIM || record->dispute_id == NULL ||
                     was_refused (reading->dossier);
  show (self, reading);
  return self;
}
