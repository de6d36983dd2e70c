/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-claim-dialog.h"

#include "cfoil-banner.h"
#include "cfoil-case-edit.h"
#include "cfoil-case-form.h"
#include "cfoil-choice-rows.h"
#include "cfoil-time.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* As a route of a case. */
#define ROUTE "hand"

struct _CfoilCaseClaimDialog
{
  AdwWindow parent_instance;

  CfoilBanner *banner;
  GtkWidget *add_button;
  AdwComboRow *kind;
  AdwComboRow *account;
  AdwComboRow *reason;
  AdwEntryRow *charge;
  AdwEntryRow *reference;
  AdwEntryRow *buyer;
  AdwEntryRow *amount;
  AdwEntryRow *opened;
  AdwEntryRow *due;
  AdwEntryRow *claim;

  CfoilWorkspace *workspace; /* (owned) */
};

/* What is asked for first. */
static const CfoilCaseKind kinds[] = { CFOIL_CASE_CLAIM, CFOIL_CASE_CHARGEBACK, CFOIL_CASE_INQUIRY };

enum
{
  ADDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilCaseClaimDialog, cfoil_case_claim_dialog, ADW_TYPE_WINDOW)

static const char *
get_text (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
set_wrong (AdwEntryRow *row,
           gboolean     is_wrong)
{
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

/* The first thing that is wrong; NULL: nothing is.  Fills WORDS as far as it goes; the
 * currency lives in CURRENCY. */
static const char *
read_form (CfoilCaseClaimDialog *self,
           CfoilCaseWords       *words,
           char                  currency[4])
{
  GTimeZone *zone = cfoil_workspace_get_time_zone (self->workspace);
  gboolean amount_is_right = cfoil_case_form_read_amount (get_text (self->amount), currency, &words->amount_minor);
  gboolean opened_is_right = cfoil_case_form_read_time (get_text (self->opened), FALSE, zone, &words->opened_us) &&
                             (words->opened_us == CFOIL_UNKNOWN || words->opened_us <= cfoil_time_now_us ());
  gboolean due_is_right = cfoil_case_form_read_time (get_text (self->due), TRUE, zone, &words->due_us) &&
                          (words->due_us == CFOIL_UNKNOWN || words->opened_us == CFOIL_UNKNOWN || words->due_us > words->opened_us);

  words->currency = currency[0] != '\0' ? currency : NULL;
  set_wrong (self->amount, !amount_is_right);
  set_wrong (self->opened, !opened_is_right);
  set_wrong (self->due, !due_is_right);
  if (!amount_is_right)
    return _("Expected an amount with its currency, such as 59.90 EUR.");
  if (!opened_is_right)
    return _("Expected the day of the notice, today or before, such as 2026-03-05.");
  if (!due_is_right)
    return _("Expected when the answer is due, after the notice, such as 2026-03-12 18:00.");
  return NULL;
}

static gboolean
says_anything (CfoilCaseClaimDialog *self)
{
  return *get_text (self->charge) != '\0' || *get_text (self->reference) != '\0' || *get_text (self->buyer) != '\0';
}

/* To what has to be typed again. */
static void
focus_mistake (CfoilCaseClaimDialog *self)
{
  AdwEntryRow *rows[] = { self->amount, self->opened, self->due };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (gtk_widget_has_css_class (GTK_WIDGET (rows[i]), "error"))
      {
        gtk_widget_grab_focus (GTK_WIDGET (rows[i]));
        return;
      }
  gtk_widget_grab_focus (GTK_WIDGET (self->charge));
}

static void
changed_cb (CfoilCaseClaimDialog *self)
{
  CfoilCaseWords words;
  char currency[4];

  if (self->workspace == NULL)
    return;
  cfoil_banner_set_text (self->banner, read_form (self, &words, currency));
}

static gboolean
add_case (CfoilCaseEdit *edit,
          GCancellable  *cancellable,
          GError       **error)
{
  return cfoil_case_add (cfoil_context_get_mirror (edit->context), &edit->words, ROUTE, cfoil_case_who (), &edit->made_id, error);
}

static void
added_cb (GtkWidget     *widget,
          CfoilCaseEdit *edit,
          const GError  *error)
{
  CfoilCaseClaimDialog *self = CFOIL_CASE_CLAIM_DIALOG (widget);

  if (self->banner == NULL) /* it was closed */
    return;
  gtk_widget_set_sensitive (self->add_button, TRUE);
  if (error != NULL)
    {
      cfoil_banner_set_text (self->banner, cfoil_words_error (error));
      cfoil_banner_set_tooltip (self->banner, error->message);
      return;
    }
  g_signal_emit (self, signals[ADDED], 0, edit->made_id);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
add_cb (CfoilCaseClaimDialog *self)
{
  GtkStringObject *account = adw_combo_row_get_selected_item (self->account);
  guint kind = adw_combo_row_get_selected (self->kind);
  CfoilCaseEdit *edit;
  const char *mistake;
  char currency[4];

  if (account == NULL || kind >= G_N_ELEMENTS (kinds))
    return;
  edit = cfoil_case_edit_new (self->workspace, 0);
  mistake = read_form (self, &edit->words, currency);
  if (mistake == NULL && !says_anything (self))
    mistake = _("Say at least whose claim it is: a charge, an order or a buyer.");
  if (mistake != NULL)
    {
      cfoil_banner_set_text (self->banner, mistake);
      focus_mistake (self);
      cfoil_case_edit_free (edit);
      return;
    }
  edit->words.kind = kinds[kind];
  edit->words.account = cfoil_case_edit_keep (edit, gtk_string_object_get_string (account));
  edit->words.state = CFOIL_STATE_NEEDS_RESPONSE;
  edit->words.reason = (CfoilReason) adw_combo_row_get_selected (self->reason);
  edit->words.currency = cfoil_case_edit_keep (edit, edit->words.currency);
  edit->words.charge_id = cfoil_case_edit_keep (edit, get_text (self->charge));
  edit->words.reference = cfoil_case_edit_keep (edit, get_text (self->reference));
  edit->words.buyer = cfoil_case_edit_keep (edit, get_text (self->buyer));
  edit->words.claim_text = cfoil_case_edit_keep (edit, get_text (self->claim));
  if (edit->words.opened_us == CFOIL_UNKNOWN)
    edit->words.opened_us = cfoil_time_now_us ();
  gtk_widget_set_sensitive (self->add_button, FALSE);
  cfoil_case_edit_run (edit, self->workspace, GTK_WIDGET (self), add_case, added_cb);
}

/* --- GObject --- */

static void
cfoil_case_claim_dialog_dispose (GObject *object)
{
  CfoilCaseClaimDialog *self = CFOIL_CASE_CLAIM_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_CASE_CLAIM_DIALOG);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (cfoil_case_claim_dialog_parent_class)->dispose (object);
}

static void
cfoil_case_claim_dialog_class_init (CfoilCaseClaimDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_case_claim_dialog_dispose;
  signals[ADDED] = g_signal_new ("added", CFOIL_TYPE_CASE_CLAIM_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_INT64);
  g_type_ensure (CFOIL_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-case-claim-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseClaimDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseClaimDialog, add_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseClaimDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseClaimDialog, account);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseClaimDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseClaimDialog, charge);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseClaimDialog, reference);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseClaimDialog, buyer);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseClaimDialog, amount);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseClaimDialog, opened);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseClaimDialog, due);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseClaimDialog, claim);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
fill_rows (CfoilCaseClaimDialog *self)
{
  CfoilMirrorStatus *status = cfoil_workspace_get_status (self->workspace);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) kind_titles = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) reasons = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (kind_titles, _(cfoil_case_kind_get_title (kinds[i])));
  for (guint i = 0; i < CFOIL_N_REASONS; i++)
    gtk_string_list_append (reasons, _(cfoil_reason_get_title ((CfoilReason) i)));
  for (guint i = 0; status != NULL && i < status->accounts->len; i++)
    gtk_string_list_append (names, ((CfoilAccountStatus *) status->accounts->pdata[i])->name);
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (kind_titles));
  adw_combo_row_set_model (self->reason, G_LIST_MODEL (reasons));
  adw_combo_row_set_model (self->account, G_LIST_MODEL (names));
  cfoil_choice_rows_name (self->kind);
  cfoil_choice_rows_name (self->reason);
  cfoil_choice_rows_name (self->account);
  gtk_widget_set_visible (GTK_WIDGET (self->account), g_list_model_get_n_items (G_LIST_MODEL (names)) > 1);
}

static void
cfoil_case_claim_dialog_init (CfoilCaseClaimDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_widget (GTK_WINDOW (self), self->add_button);
  /* Whoever types at once does not close it with Return. */
  gtk_widget_grab_focus (GTK_WIDGET (self->charge));
}

CfoilCaseClaimDialog *
cfoil_case_claim_dialog_new (GtkWindow      *parent,
                             CfoilWorkspace *workspace)
{
  CfoilCaseClaimDialog *self = g_object_new (CFOIL_TYPE_CASE_CLAIM_DIALOG, "transient-for", parent, NULL);

  self->workspace = g_object_ref (workspace);
  fill_rows (self);
  return self;
}
