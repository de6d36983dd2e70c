/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-lines.h"

#include "cfoil-case-words.h"
#include "cfoil-details-lines.h"
#include "cfoil-error.h"
#include "cfoil-shown-text.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* Longer entries of people are cut; they are whole in the export. */
#define MAX_TEXT 2000

static GPtrArray *
lines_new (void)
{
  return g_ptr_array_new_with_free_func (cfoil_line_free);
}

static CfoilLine *
add_line (GPtrArray     *lines,
          const char    *title,
          const char    *value,
          const char    *detail,
          CfoilLineFlags flags)
{
  CfoilLine *line = cfoil_line_new (title, value, detail, flags);

  g_ptr_array_add (lines, line);
  return line;
}

/* VALUE comes from outside; NULL: no line. */
static CfoilLine *
add_text (GPtrArray     *lines,
          const char    *title,
          const char    *value,
          CfoilLineFlags flags)
{
  g_autofree char *shown = cfoil_shown_text (value);

  return shown != NULL ? add_line (lines, title, shown, NULL, flags) : NULL;
}

static void
add_copied (GPtrArray  *lines,
            const char *title,
            const char *value)
{
  CfoilLine *line = add_text (lines, title, value, CFOIL_LINE_IS_ID);

  if (line != NULL)
    line->copied = g_strdup (line->value);
}

static char *
format_time (gint64          us,
             CfoilWorkspace *workspace)
{
  return us != CFOIL_UNKNOWN ? cfoil_case_words_time (us, cfoil_workspace_get_time_zone (workspace)) : NULL;
}

/* --- the claim --- */

GPtrArray *
cfoil_case_lines_claim (const CfoilCaseReading *reading,
                        CfoilWorkspace         *workspace)
{
  GPtrArray *lines = lines_new ();
  const CfoilCase *record = reading->dossier->record;
  g_autofree char *claim = cfoil_case_words_claim (record);
  g_autofree char *text = cfoil_shown_lines (record->claim_text, MAX_TEXT);
  g_autofree char *wanted = cfoil_case_words_wanted (record);
  g_autofree char *opened = format_time (record->opened_us, workspace);
  g_autofree char *resolution = cfoil_shown_text (record->resolution);

  add_line (lines, claim, NULL, text, 0);
  if (wanted != NULL)
    add_line (lines, _("Asked for now"), NULL, wanted, 0);
  if (opened != NULL)
    add_line (lines, _("Opened"), opened, NULL, 0);
  if (record->outcome != CFOIL_CASE_OUTCOME_NONE)
    add_line (lines, _("Outcome"), _(cfoil_case_outcome_get_title (record->outcome)), resolution, CFOIL_LINE_IS_STRONG);
  return lines;
}

/* --- what was bought --- */

static void
add_facts (GPtrArray          *lines,
           const CfoilDossier *dossier)
{
  for (guint i = 0; i < dossier->facts->len; i++)
    {
      const CfoilFact *fact = dossier->facts->pdata[i];

      if (fact->key == CFOIL_FACT_ITEMS || fact->key == CFOIL_FACT_TRACKING_NUMBER || fact->key == CFOIL_FACT_CARRIER ||
          fact->key == CFOIL_FACT_DESCRIPTOR)
        add_text (lines, _(cfoil_fact_get_info (fact->key)->title), fact->value, CFOIL_LINE_IS_ID);
    }
}

GPtrArray *
cfoil_case_lines_bought (const CfoilCaseReading *reading,
                         CfoilWorkspace         *workspace)
{
  GPtrArray *lines = lines_new ();
  const CfoilDossier *dossier = reading->dossier;
  const CfoilCase *record = dossier->record;
  g_autofree char *fee = NULL;

  add_text (lines, _("Description"), record->description, CFOIL_LINE_IS_ID);
  if (dossier->charge != NULL)
    {
      g_autofree char *amount = cfoil_details_format_amount (dossier->charge->amount_minor, dossier->charge->currency);
      g_autofree char *time = format_time (dossier->charge->time_us, workspace);

      add_line (lines, _("Payment"), amount != NULL ? amount : CFOIL_WORDS_NONE, time, 0)->txn_id = dossier->charge->txn_id;
    }
  if (dossier->fee_charged_minor != 0)
    {
      fee = cfoil_details_format_amount (dossier->fee_charged_minor, record->currency);
      add_line (lines, _("Dispute fee so far"), fee, NULL, 0);
    }
  if (record->product != CFOIL_PRODUCT_UNKNOWN)
    add_line (lines, _("Kind of product"), _(cfoil_product_get_title (record->product)), NULL, 0);
  add_facts (lines, dossier);
  add_text (lines, _("Buyer"), record->buyer_name, CFOIL_LINE_IS_ID);
  add_copied (lines, _("E-mail"), record->buyer_email);
  return lines;
}

/* --- payments --- */

static void
add_payment (GPtrArray                 *lines,
             const CfoilDossierPayment *payment,
             CfoilWorkspace            *workspace)
{
  g_autofree char *amount = cfoil_details_format_amount (payment->amount_minor, payment->currency);
  g_autofree char *time = format_time (payment->time_us, workspace);
  g_autofree char *reference = cfoil_shown_text (payment->merchant_reference != NULL ? payment->merchant_reference
                                                                                     : payment->transaction_id);
  g_autofree char *title = g_strdup_printf ("%s · %s", cfoil_words_type_of (payment->type, NULL),
                                            cfoil_words_state_of (payment->state, NULL));
  g_autoptr (GString) detail = g_string_new (time);

  if (reference != NULL)
    g_string_append_printf (detail, "\n%s", reference);
  if (payment->is_disputed)
    g_string_append_printf (detail, "\n%s", _("This payment was disputed, too."));
  add_line (lines, title, amount, detail->str, 0)->txn_id = payment->txn_id;
}

GPtrArray *
cfoil_case_lines_refunds (const CfoilCaseReading *reading,
                          CfoilWorkspace         *workspace)
{
  GPtrArray *lines = lines_new ();
  const CfoilDossier *dossier = reading->dossier;

  for (guint i = 0; i < dossier->refunds->len; i++)
    add_payment (lines, dossier->refunds->pdata[i], workspace);
  /* Of a payment that is not known nothing is known. */
  if (dossier->refunds->len == 0 && dossier->charge != NULL)
    add_line (lines, _("Nothing of this payment was refunded"), NULL, NULL, CFOIL_LINE_IS_UNKNOWN);
  if (dossier->refund_is_blocked)
    add_line (lines, _("Do not refund now"), NULL,
              _("While the chargeback is open the bank has the money already: a refund would pay the buyer twice. "
                "If you want the buyer to have the money, accept the dispute."), 0);
  return lines;
}

GPtrArray *
cfoil_case_lines_charge (const CfoilCaseReading *reading,
                         CfoilWorkspace         *workspace)
{
  return reading->details != NULL ? cfoil_details_lines_timeline (reading->details, workspace) : lines_new ();
}

GPtrArray *
cfoil_case_lines_earlier (const CfoilCaseReading *reading,
                          CfoilWorkspace         *workspace)
{
  GPtrArray *lines = lines_new ();
  const CfoilDossier *dossier = reading->dossier;

  for (guint i = 0; i < dossier->earlier->len; i++)
    add_payment (lines, dossier->earlier->pdata[i], workspace);
  if (dossier->n_earlier > dossier->earlier->len)
    {
      guint n = dossier->n_earlier - dossier->earlier->len;
      g_autofree char *number = cfoil_words_number (n);
      /* Translators: %s is a number: payments that are not listed. */
      g_autofree char *text = g_strdup_printf (ngettext ("%s more before these", "%s more before these", n), number);

      add_line (lines, text, NULL, NULL, CFOIL_LINE_IS_UNKNOWN);
    }
  return lines;
}

/* --- after the outcome --- */

GPtrArray *
cfoil_case_lines_lessons (const CfoilCaseReading *reading,
                          CfoilWorkspace         *workspace)
{
  GPtrArray *lines = lines_new ();

  for (guint i = 0; i < reading->lessons->len; i++)
    {
      const CfoilLesson *lesson = reading->lessons->pdata[i];
      /* Translators: of one's own decided disputes with the same reason. */
      g_autofree char *detail = g_strdup_printf (_("With it %u won and %u lost; without it %u won and %u lost."), lesson->n_won_with,
                                                 lesson->n_lost_with, lesson->n_won_without, lesson->n_lost_without);

      add_line (lines, lesson->title, lesson->was_present ? _("present") : _("missing"), detail,
                lesson->was_present ? 0 : CFOIL_LINE_IS_UNKNOWN);
    }
  return lines;
}

/* --- what was done --- */

static gboolean
is_log (const CfoilCaseEvent *event)
{
  return g_str_equal (event->kind, "note") || g_str_equal (event->kind, "contact");
}

static void
add_event (GPtrArray            *lines,
           const CfoilCaseEvent *event,
           CfoilWorkspace       *workspace)
{
  g_autofree char *time = format_time (event->at_us, workspace);
  g_autofree char *who = cfoil_shown_text (event->who);
  g_autofree char *text = cfoil_shown_lines (event->text, MAX_TEXT);
  g_autoptr (GString) detail = g_string_new (text);

  g_string_append_printf (detail, "%s%s", detail->len > 0 ? "\n" : "", time);
  if (who != NULL)
    g_string_append_printf (detail, " · %s", who);
  add_line (lines, cfoil_case_words_event (event->kind), NULL, detail->str, 0);
}

GPtrArray *
cfoil_case_lines_log (const CfoilCaseReading *reading,
                      CfoilWorkspace         *workspace)
{
  GPtrArray *lines = lines_new ();
  GPtrArray *events = reading->dossier->events;

  for (guint i = events->len; i > 0; i--)
    if (is_log (events->pdata[i - 1]))
      add_event (lines, events->pdata[i - 1], workspace);
  return lines;
}

GPtrArray *
cfoil_case_lines_history (const CfoilCaseReading *reading,
                          CfoilWorkspace         *workspace)
{
  GPtrArray *lines = lines_new ();
  GPtrArray *events = reading->dossier->events;

  for (guint i = events->len; i > 0; i--)
    if (!is_log (events->pdata[i - 1]))
      add_event (lines, events->pdata[i - 1], workspace);
  return lines;
}

static const char *
submission_words (const CfoilSubmission *submission)
{
  switch (submission->state)
    {
    case CFOIL_SUBMISSION_WAITING:
      return C_ ("an answer", "Not yet delivered");
    case CFOIL_SUBMISSION_SENDING:
      return C_ ("an answer", "Being delivered");
    case CFOIL_SUBMISSION_DELIVERED:
      return submission->by_hand ? C_ ("an answer", "Delivered by hand") : C_ ("an answer", "Delivered");
    case CFOIL_SUBMISSION_FAILED:
      return C_ ("an answer", "Failed");
    case CFOIL_SUBMISSION_WITHDRAWN:
      return C_ ("an answer", "Withdrawn");
    case CFOIL_SUBMISSION_NONE:
    default:
      return CFOIL_WORDS_NONE;
    }
}

static void
append_item (GString                   *text,
             const CfoilSubmissionItem *item)
{
  g_autofree char *name = cfoil_shown_text (item->file_name);
  g_autofree char *size = item->sha256 != NULL ? g_format_size ((guint64) item->n_bytes) : NULL;

  g_string_append_printf (text, "\n%s", _(cfoil_evidence_type_get_title (item->type)));
  if (name != NULL)
    g_string_append_printf (text, ": %s", name);
  if (item->sha256 != NULL)
    g_string_append_printf (text, " · %s\nSHA-256 %s", size, item->sha256);
}

static void
add_submission (GPtrArray             *lines,
                const CfoilSubmission *submission,
                CfoilWorkspace        *workspace)
{
  g_autofree char *time = format_time (submission->ended_us != CFOIL_UNKNOWN ? submission->ended_us : submission->created_us,
                                       workspace);
  g_autofree char *who = cfoil_shown_text (submission->who);
  g_autofree char *message = cfoil_shown_text (submission->error_message);
  g_autofree char *answer = cfoil_shown_text (submission->answer);
  g_autofree char *title = submission->accepts ? g_strdup (_("Accepted")) : g_strdup_printf (_("Answer, round %u"), submission->round);
  g_autoptr (GString) detail = g_string_new (time);

  if (who != NULL)
    g_string_append_printf (detail, " · %s", who);
  for (guint i = 0; submission->items != NULL && i < submission->items->len; i++)
    append_item (detail, submission->items->pdata[i]);
  if (submission->error_name != NULL && submission->state != CFOIL_SUBMISSION_DELIVERED)
    g_string_append_printf (detail, "\n%s", _(cfoil_error_advice (submission->error_name)));
  if (message != NULL && submission->state != CFOIL_SUBMISSION_DELIVERED)
    g_string_append_printf (detail, "\n%s", message);
  if (answer != NULL)
    {
      g_string_append_c (detail, '\n');
      g_string_append_printf (detail, _("The provider answered: %s"), answer);
    }
  add_line (lines, title, submission_words (submission), detail->str, 0);
}

GPtrArray *
cfoil_case_lines_answers (const CfoilCaseReading *reading,
                          CfoilWorkspace         *workspace)
{
  GPtrArray *lines = lines_new ();
  GPtrArray *submissions = reading->dossier->submissions;

  for (guint i = submissions->len; i > 0; i--)
    add_submission (lines, submissions->pdata[i - 1], workspace);
  return lines;
}

/* --- where it is from --- */

GPtrArray *
cfoil_case_lines_sources (const CfoilCaseReading *reading,
                          CfoilWorkspace         *workspace)
{
  GPtrArray *lines = lines_new ();
  GPtrArray *sources = reading->dossier->sources;

  for (guint i = 0; i < sources->len; i++)
    {
      const CfoilCaseSource *source = sources->pdata[i];
      g_autofree char *time = format_time (source->seen_us, workspace);
      g_autofree char *shown = cfoil_shown_text (cfoil_workspace_get_feed_title (workspace, source->detail));
      g_autofree char *detail = shown != NULL ? g_strdup_printf ("%s · %s", time, shown) : g_strdup (time);

      add_line (lines, cfoil_case_words_route (source->route), NULL, detail, 0);
    }
  return lines;
}

GPtrArray *
cfoil_case_lines_ids (const CfoilCaseReading *reading,
                      CfoilWorkspace         *workspace)
{
  GPtrArray *lines = lines_new ();
  const CfoilCase *record = reading->dossier->record;

  add_copied (lines, _("Dispute ID"), record->dispute_id);
  add_copied (lines, _("Charge ID"), record->charge_id);
  add_copied (lines, _("Charge permission ID"), record->permission_id);
  add_copied (lines, _("Merchant reference"), record->merchant_reference);
  if (g_strcmp0 (record->order_reference, record->merchant_reference) != 0)
    add_copied (lines, _("Order reference"), record->order_reference);
  add_text (lines, _("Account"), record->account, CFOIL_LINE_IS_ID);
  return lines;
}
