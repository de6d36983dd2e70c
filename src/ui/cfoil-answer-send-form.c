/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-send-view.h"

#include "cfoil-answer-packet.h"
#include "cfoil-answer-step-page.h"
#include "cfoil-answer-words.h"
#include "cfoil-currency.h"
#include "cfoil-shown-text.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>

static GtkWidget *
make_button (const char *label,
             const char *action,
             const char *css_class)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  return button;
}

static void
add_value (AdwPreferencesGroup *group,
           const char          *title,
           const char          *value)
{
  if (value != NULL && *value != '\0')
    adw_preferences_group_add (group, GTK_WIDGET (cfoil_answer_row_new (title, value)));
}

static AdwActionRow *
add_deadline (AdwPreferencesGroup *group,
              CfoilWorkspace      *workspace,
              const CfoilCase     *record)
{
  AdwActionRow *row = cfoil_answer_row_new (_("Deadline"), NULL);

  cfoil_answer_send_show_deadline (row, workspace, record);
  adw_preferences_group_add (group, GTK_WIDGET (row));
  return row;
}

static void
add_account (AdwPreferencesGroup *group,
             const CfoilCase     *record)
{
  AdwActionRow *row = cfoil_answer_row_new (_("Account"), record->account);
  gboolean is_sandbox = g_strcmp0 (record->environment, "sandbox") == 0;
  GtkWidget *badge = gtk_label_new (is_sandbox ? _("Sandbox") : _("Live"));

  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (badge, is_sandbox ? "environment-badge" : "count-badge");
  adw_action_row_add_suffix (row, badge);
  adw_preferences_group_add (group, GTK_WIDGET (row));
}

void
cfoil_answer_send_show_deadline (AdwActionRow    *row,
                                 CfoilWorkspace  *workspace,
                                 const CfoilCase *record)
{
  g_autofree char *deadline = cfoil_answer_words_deadline (record, workspace, cfoil_time_now_us ());

  cfoil_answer_row_set_subtitle (row, deadline);
  gtk_widget_set_visible (GTK_WIDGET (row), deadline != NULL && *deadline != '\0');
}

/* To whom, about what, until when.  Returns the row of the last. */
static AdwActionRow *
show_summary (GtkBox          *box,
              CfoilWorkspace  *workspace,
              const CfoilCase *record)
{
  AdwPreferencesGroup *group = cfoil_answer_group_new (_("To Whom"), NULL);
  AdwActionRow *deadline;
  g_autofree char *amount = NULL;

  if (record->currency != NULL && record->amount_minor != CFOIL_UNKNOWN)
    amount = cfoil_currency_format (record->amount_minor, record->currency);
  add_account (group, record);
  add_value (group, _("Case"), record->dispute_id != NULL ? record->dispute_id : record->charge_id);
  add_value (group, _("Buyer"), record->buyer_name);
  add_value (group, _("Amount"), amount);
  deadline = add_deadline (group, workspace, record);
  gtk_box_append (box, GTK_WIDGET (group));
  return deadline;
}

static void
show_items (GtkBox            *box,
            CfoilDraftSession *session,
            const char        *title)
{
  g_autoptr (CfoilSubmission) submission = cfoil_answer_make_submission (session, NULL);
  CfoilAnswerSendItems *items;

  if (submission == NULL)
    {
      gtk_box_append (box, cfoil_answer_label_new (cfoil_draft_session_get_building (session)
                                                   ? _("The packet is being made. What will be sent is then shown here.")
                                                   : _("There is no packet yet. The step Check says why."), NULL));
      return;
    }
  items = cfoil_answer_send_items_new (title);
  for (guint i = 0; i < submission->items->len; i++)
    cfoil_answer_send_items_add (items, submission->items->pdata[i]);
  gtk_box_append (box, GTK_WIDGET (items));
}

/* TRUE: something stands in the way, and this says so. */
static gboolean
show_blockers (GtkBox            *box,
               CfoilDraftSession *session)
{
  GPtrArray *findings = cfoil_draft_session_get_findings (session);
  AdwPreferencesGroup *group;
  AdwActionRow *row = NULL;
  guint n = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    n += ((const CfoilFinding *) findings->pdata[i])->weight == CFOIL_FINDING_BLOCKER;
  if (n == 0)
    return FALSE;
  /* Translators: %u is a number. */
  text = g_strdup_printf (ngettext ("%u thing stands in the way", "%u things stand in the way", n), n);
  group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  row = cfoil_answer_row_new (text, _("The step Check says what, and leads to it."));
  adw_action_row_add_prefix (row, gtk_image_new_from_icon_name ("dialog-error-symbolic"));
  adw_action_row_add_suffix (row, make_button (_("Go to _Check"), "send.check", NULL));
  adw_preferences_group_add (group, GTK_WIDGET (row));
  gtk_box_append (box, GTK_WIDGET (group));
  return TRUE;
}

static void
show_confirmation (GtkBox     *box,
                   const char *words,
                   const char *label,
                   const char *action,
                   const char *css_class)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *button = make_button (label, action, css_class);

  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), cfoil_answer_label_new (words, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (check), "send.read");
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_box_append (box, check);
  gtk_box_append (box, button);
}

AdwActionRow *
cfoil_answer_send_show_form (GtkBox            *box,
                             CfoilWorkspace    *workspace,
                             CfoilDraftSession *session)
{
  AdwActionRow *deadline = show_summary (box, workspace, cfoil_draft_session_get_dossier (session)->record);

  show_blockers (box, session);
  show_items (box, session, _("What Is Sent"));
  gtk_box_append (box, cfoil_answer_label_new (_("Once the provider has it, it cannot be changed, added to or taken back."), "heading"));
  show_confirmation (box, _("I have read the packet, and what it says is true"), _("_Send…"), "send.submit", "suggested-action");
  return deadline;
}

/* --- by hand --- */

const char *
cfoil_answer_send_get_page (const CfoilCase *record)
{
  const char *region = record->region;

  if (g_strcmp0 (region, "eu") == 0 || g_strcmp0 (region, "de") == 0 || g_strcmp0 (region, "uk") == 0)
    return "https://sellercentral-europe.amazon.com/";
  if (g_strcmp0 (region, "jp") == 0)
    return "https://sellercentral-japan.amazon.com/";
  return "https://sellercentral.amazon.com/";
}

static void
add_way (AdwPreferencesGroup *group,
         const char          *title,
         const char          *subtitle,
         const char          *label,
         const char          *action,
         const char          *css_class)
{
  AdwActionRow *row = cfoil_answer_row_new (title, subtitle);

  adw_action_row_add_suffix (row, make_button (label, action, css_class));
  adw_preferences_group_add (group, GTK_WIDGET (row));
}

AdwActionRow *
cfoil_answer_send_show_hand (GtkBox            *box,
                             CfoilWorkspace    *workspace,
                             CfoilDraftSession *session)
{
  AdwPreferencesGroup *group = cfoil_answer_group_new (_("Send It Yourself"),
                                                       _("The provider takes this answer on its own page only. Here is the way:"));
  AdwActionRow *deadline = show_summary (box, workspace, cfoil_draft_session_get_dossier (session)->record);

  show_blockers (box, session);
  add_way (group, _("1. Save the packet"), _("The letter and all exhibits in one file."), _("Save as _PDF…"), "answer.save-packet", NULL);
  add_way (group, _("2. Copy the letter"), _("For the field of the page that asks for your words."), _("C_opy"), "send.copy-letter", NULL);
  add_way (group, _("3. Open the provider’s page"), _("Sign in, open Performance and then the claim, and hand in both."),
           _("_Open Page"), "send.open-page", NULL);
  add_way (group, _("4. Tell this program"), _("So that nobody is reminded any more, and what was sent is kept."),
           _("I Have _Sent It…"), "send.by-hand", "suggested-action");
  gtk_box_append (box, GTK_WIDGET (group));
  show_items (box, session, _("What You Hand In"));
  return deadline;
}

/* --- other decisions --- */

AdwActionRow *
cfoil_answer_send_show_accept (GtkBox            *box,
                               CfoilWorkspace    *workspace,
                               CfoilDraftSession *session,
                               gboolean           by_hand)
{
  AdwActionRow *deadline = show_summary (box, workspace, cfoil_draft_session_get_dossier (session)->record);
  AdwPreferencesGroup *group;

  if (!by_hand)
    {
      gtk_box_append (box, cfoil_answer_label_new (_("Accepting means that the buyer keeps the amount. This is final: the case is then closed as lost, "
                                                     "and no evidence is sent."), "heading"));
      show_confirmation (box, _("I want to give in, and know that this is final"), _("_Accept…"), "send.accept", "destructive-action");
      return deadline;
    }
  group = cfoil_answer_group_new (_("Accept It Yourself"), _("The provider takes this on its own page only. Here is the way:"));
  add_way (group, _("1. Open the provider’s page"), _("Sign in, open Performance and then the case, and accept it there."),
           _("_Open Page"), "send.open-page", NULL);
  add_way (group, _("2. Tell this program"), _("So that nobody is reminded any more."), _("I Have _Accepted It…"), "send.accept-by-hand",
           "destructive-action");
  gtk_box_append (box, GTK_WIDGET (group));
  return deadline;
}

void
cfoil_answer_send_show_refund (GtkBox *box)
{
  AdwPreferencesGroup *group = cfoil_answer_group_new (_("Refund the Buyer"), _("You decided to pay back. This program sends no money: do it on the provider’s page."));

  add_way (group, _("1. Open the provider’s page"), _("Sign in, open the order and choose the refund there."), _("_Open Page"), "send.open-page", NULL);
  adw_preferences_group_add (group, GTK_WIDGET (cfoil_answer_row_new (_("2. Sync afterwards"), _("The refund then shows in this case."))));
  gtk_box_append (box, GTK_WIDGET (group));
}

void
cfoil_answer_send_show_undecided (GtkBox *box)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  add_way (group, _("Nothing is decided yet"), _("Choose whether to contest, to accept or to refund."), _("Go to _Decide"), "send.decide", NULL);
  gtk_box_append (box, GTK_WIDGET (group));
}
