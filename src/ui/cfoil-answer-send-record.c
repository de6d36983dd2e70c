/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-send-view.h"

#include "cfoil-answer-step-page.h"
#include "cfoil-currency.h"
#include "cfoil-error.h"
#include "cfoil-shown-text.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* Characters of what the provider answered. */
#define MAX_ANSWER 20000

static const char *
get_title (const CfoilSubmission *submission)
{
  switch (submission->state)
    {
    case CFOIL_SUBMISSION_WAITING:
      return _("Not Yet Delivered");
    case CFOIL_SUBMISSION_SENDING:
      return submission->error_name != NULL ? _("Not Yet Delivered: It Was Interrupted") : _("On Its Way");
    case CFOIL_SUBMISSION_FAILED:
      return _("Not Delivered");
    case CFOIL_SUBMISSION_DELIVERED:
      return submission->accepts ? _("Accepted") : _("Delivered");
    case CFOIL_SUBMISSION_NONE:
    case CFOIL_SUBMISSION_WITHDRAWN:
    default:
      return _("Taken Back");
    }
}

static const char *
get_icon (const CfoilSubmission *submission)
{
  if (submission->state == CFOIL_SUBMISSION_DELIVERED)
    return "object-select-symbolic";
  if (submission->state == CFOIL_SUBMISSION_FAILED)
    return "dialog-error-symbolic";
  return "document-send-symbolic";
}

/* How much of it the provider has. */
static char *
dup_there (const CfoilSubmission *submission)
{
  guint n = 0, n_there = 0;

  for (guint i = 0; i < submission->items->len; i++)
    {
      const CfoilSubmissionItem *item = submission->items->pdata[i];

      if (item->sha256 == NULL)
        continue;
      n++;
      n_there += item->is_delivered;
    }
  if (submission->is_said)
    return g_strdup (_("It may have reached the provider, which has not confirmed it: it is asked before anything is sent again."));
  if (n_there == 0)
    return g_strdup (_("Nothing of it has reached the provider."));
  /* Translators: two numbers of files. */
  return g_strdup_printf (ngettext ("%u of %u file has reached the provider, but the answer itself has not: it does not count yet.",
                                    "%u of %u files have reached the provider, but the answer itself has not: it does not count yet.", n),
                          n_there, n);
}

/* What happened, what is there, and what comes next. */
static char *
dup_story (const CfoilSubmission *submission,
           GTimeZone             *zone)
{
  g_autofree char *there = dup_there (submission);
  const char *advice = submission->error_name != NULL
                       ? g_dgettext (GETTEXT_PACKAGE, cfoil_error_advice (submission->error_name)) : NULL;
  const char *next;

  if (submission->state == CFOIL_SUBMISSION_DELIVERED)
    {
      g_autofree char *when = cfoil_words_date_time (submission->ended_us, zone);

      if (submission->by_hand)
        /* Translators: %s is a date and time. */
        return g_strdup_printf (_("Done by hand on %s, outside of this program."), when);
      /* Translators: %s is a date and time. */
      return g_strdup_printf (_("The provider confirmed it on %s. This is the record of it; nothing of it can change."), when);
    }
  if (submission->state == CFOIL_SUBMISSION_FAILED)
    next = _("It is not tried again by itself.");
  else
    next = _("It is tried again by itself: when the network is back, at every sync, and every five minutes while the program is open.");
  if (advice == NULL)
    return g_strjoin (" ", there, next, NULL);
  return g_strjoin (" ", advice, there, next, NULL);
}

static void
add_button (GtkBox     *box,
            const char *label,
            const char *action,
            const char *css_class)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  gtk_box_append (box, button);
}

static GtkWidget *
make_buttons (const CfoilSubmission *submission)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  if (submission->state == CFOIL_SUBMISSION_WAITING || submission->state == CFOIL_SUBMISSION_SENDING)
    add_button (GTK_BOX (box), _("Try _Now"), "send.try-now", NULL);
  if (submission->state == CFOIL_SUBMISSION_WAITING || (submission->state == CFOIL_SUBMISSION_SENDING && !submission->is_begun))
    add_button (GTK_BOX (box), _("_Take Back"), "send.withdraw", NULL);
  if (submission->state == CFOIL_SUBMISSION_FAILED)
    add_button (GTK_BOX (box), _("_Try Again"), "send.retry", "suggested-action");
  return box;
}

static void
show_head (GtkBox                *box,
           CfoilWorkspace        *workspace,
           const CfoilSubmission *submission)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name (get_icon (submission));
  g_autofree char *story = dup_story (submission, cfoil_workspace_get_time_zone (workspace));

  if (submission->state == CFOIL_SUBMISSION_DELIVERED)
    gtk_widget_add_css_class (icon, "success");
  else if (submission->state == CFOIL_SUBMISSION_FAILED)
    gtk_widget_add_css_class (icon, "error");
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), cfoil_answer_label_new (get_title (submission), "heading"));
  gtk_box_append (GTK_BOX (card), line);
  gtk_box_append (GTK_BOX (card), cfoil_answer_label_new (story, NULL));
  if (submission->error_message != NULL && submission->state != CFOIL_SUBMISSION_DELIVERED)
    {
      GtkWidget *message = cfoil_answer_label_new (submission->error_message, "dim-label");

      gtk_label_set_selectable (GTK_LABEL (message), TRUE);
      gtk_box_append (GTK_BOX (card), message);
    }
  gtk_box_append (GTK_BOX (card), make_buttons (submission));
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "answer-card");
  gtk_box_append (box, card);
}

static void
add_value (AdwPreferencesGroup *group,
           const char          *title,
           const char          *value)
{
  if (value != NULL)
    adw_preferences_group_add (group, GTK_WIDGET (cfoil_answer_row_new (title, value)));
}

static void
show_facts (GtkBox                *box,
            CfoilWorkspace        *workspace,
            const CfoilSubmission *submission)
{
  AdwPreferencesGroup *group = cfoil_answer_group_new (_("Record"), NULL);
  GTimeZone *zone = cfoil_workspace_get_time_zone (workspace);
  g_autofree char *decided = cfoil_words_date_time (submission->created_us, zone);
  g_autofree char *tried = NULL;
  g_autofree char *amount = NULL;

  if (submission->currency != NULL && submission->amount_minor != CFOIL_UNKNOWN)
    amount = cfoil_currency_format (submission->amount_minor, submission->currency);
  if (submission->tried_us != CFOIL_UNKNOWN && submission->state != CFOIL_SUBMISSION_DELIVERED)
    tried = cfoil_words_date_time (submission->tried_us, zone);
  add_value (group, _("Account"), submission->account);
  add_value (group, _("Environment"), g_strcmp0 (submission->environment, "sandbox") == 0 ? _("Sandbox") : _("Live"));
  add_value (group, _("Case"), submission->dispute_id);
  add_value (group, _("Amount"), amount);
  add_value (group, _("Decided"), decided);
  add_value (group, _("By"), submission->who);
  add_value (group, _("Last Tried"), tried);
  add_value (group, _("Number of This Answer"), submission->answer_id);
  gtk_box_append (box, GTK_WIDGET (group));
}

static void
show_answer (GtkBox     *box,
             const char *answer)
{
  GtkWidget *expander = gtk_expander_new (_("What the Provider Answered"));
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();
  g_autofree char *text = cfoil_shown_lines (answer, MAX_ANSWER);

  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_add_css_class (view, "raw-text");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What the provider answered"), -1);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text != NULL ? text : "", -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 200);
  gtk_widget_add_css_class (scrolled, "card");
  gtk_expander_set_child (GTK_EXPANDER (expander), scrolled);
  gtk_box_append (box, expander);
}

CfoilAnswerSendItems *
cfoil_answer_send_show_record (GtkBox                *box,
                               CfoilWorkspace        *workspace,
                               const CfoilSubmission *submission)
{
  CfoilAnswerSendItems *items = NULL;

  show_head (box, workspace, submission);
  if (submission->items->len > 0)
    {
      items = cfoil_answer_send_items_new (submission->state == CFOIL_SUBMISSION_DELIVERED ? _("What Was Sent") : _("What Is Sent"));
      for (guint i = 0; i < submission->items->len; i++)
        cfoil_answer_send_items_add (items, submission->items->pdata[i]);
      gtk_box_append (box, GTK_WIDGET (items));
    }
  show_facts (box, workspace, submission);
  if (submission->answer != NULL)
    show_answer (box, submission->answer);
  return items;
}
