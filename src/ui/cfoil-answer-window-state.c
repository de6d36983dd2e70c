/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-words.h"
#include "cfoil-answer-window-private.h"

#include "cfoil-checklist.h"
#include "cfoil-currency.h"
#include "cfoil-shown-text.h"
#include "cfoil-time.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

static const char *const urgency_classes[] = { NULL, NULL, "urgent", "critical", "critical" };

static void
show_deadline (CfoilAnswerWindow *self,
               const CfoilCase   *record)
{
  gint64 now_us = cfoil_time_now_us ();
  CfoilUrgency urgency = cfoil_urgency_of (record->state, record->due_us, now_us);
  g_autofree char *text = cfoil_answer_words_deadline (record, self->workspace, now_us);

  gtk_label_set_text (self->deadline, text);
  for (guint i = 0; i < G_N_ELEMENTS (urgency_classes); i++)
    if (urgency_classes[i] != NULL)
      gtk_widget_remove_css_class (GTK_WIDGET (self->deadline), urgency_classes[i]);
  if ((guint) urgency < G_N_ELEMENTS (urgency_classes) && urgency_classes[urgency] != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->deadline), urgency_classes[urgency]);
}

static gboolean
is_delivered (CfoilAnswerWindow *self)
{
  CfoilDossier *dossier = cfoil_draft_session_get_dossier (self->session);
  const CfoilSubmission *submission = NULL;

  if (dossier != NULL)
    submission = cfoil_answer_find_submission (dossier, cfoil_draft_session_get_round (self->session));
  return submission != NULL && submission->state == CFOIL_SUBMISSION_DELIVERED;
}

static void
show_seal (CfoilAnswerWindow  *self,
           const CfoilDossier *dossier)
{
  g_autofree char *text = NULL;

  if (!cfoil_draft_session_get_is_sealed (self->session))
    {
      cfoil_banner_set_text (self->banner, NULL);
      return;
    }
  text = cfoil_answer_words_seal (dossier, cfoil_draft_session_get_round (self->session), self->workspace);
  cfoil_banner_set_text (self->banner, text);
  cfoil_banner_set_button (self->banner, _("_Show"), "answer.show-sent");
}

void
_cfoil_answer_window_show_case (CfoilAnswerWindow *self)
{
  CfoilDossier *dossier = cfoil_draft_session_get_dossier (self->session);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  char *buyer;

  if (dossier == NULL)
    return;
  /* Translators: a kind of case and what the buyer claims, "Chargeback: Not received". */
  title = g_strdup_printf (_("%s: %s"), _(cfoil_case_kind_get_title (dossier->record->kind)),
                           _(cfoil_reason_get_title (dossier->record->reason)));
  buyer = cfoil_shown_text (dossier->record->buyer_name);
  if (buyer != NULL)
    g_ptr_array_add (parts, buyer);
  if (dossier->record->currency != NULL && dossier->record->amount_minor != CFOIL_UNKNOWN)
    g_ptr_array_add (parts, cfoil_currency_format (dossier->record->amount_minor, dossier->record->currency));
  g_ptr_array_add (parts, NULL);
  subtitle = g_strjoinv (" · ", (char **) parts->pdata);
  adw_window_title_set_title (self->window_title, title);
  adw_window_title_set_subtitle (self->window_title, subtitle);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_widget_set_visible (self->status_bar, TRUE);
  show_deadline (self, dossier->record);
  for (GtkWidget *step = gtk_widget_get_first_child (GTK_WIDGET (self->steps)); step != NULL; step = gtk_widget_get_next_sibling (step))
    cfoil_answer_step_tick (CFOIL_ANSWER_STEP (step));
  show_seal (self, dossier);
}

void
_cfoil_answer_window_show_state (CfoilAnswerWindow *self)
{
  const GError *error = NULL;
  g_autofree char *text = NULL;

  switch (cfoil_draft_session_get_state (self->session, &error))
    {
    case CFOIL_SESSION_SAVED:
      text = g_strdup (cfoil_draft_session_get_is_sealed (self->session) ? "" : _("Saved"));
      break;
    case CFOIL_SESSION_SAVING:
      text = g_strdup (_("Saving…"));
      break;
    case CFOIL_SESSION_FAILED:
    default:
      /* Translators: %s is a sentence: what to do about it. */
      text = g_strdup_printf (_("Not saved. %s"), error != NULL ? cfoil_words_error (error) : "");
      break;
    }
  gtk_label_set_text (self->saved, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->saved), error != NULL ? error->message : NULL);
  gtk_widget_set_visible (self->retry, error != NULL);
  if (error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->saved), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->saved), "error");
}

/* --- ticks --- */

/* All of the checklist that counts and is of this kind. */
static gboolean
checklist_is_done (GPtrArray *items,
                   gboolean   facts)
{
  guint n_wanted = 0;

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const CfoilChecklistItem *item = items->pdata[i];

      if (item->weight == CFOIL_WEIGHT_OPTIONAL || item->is_fact != facts)
        continue;
      if (!item->is_satisfied)
        return FALSE;
      n_wanted++;
    }
  return n_wanted > 0;
}

static gboolean
has_finding (GPtrArray  *findings,
             const char *step)
{
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      const CfoilFinding *finding = findings->pdata[i];

      if (finding->weight != CFOIL_FINDING_NOTE && g_strcmp0 (finding->step, step) == 0)
        return TRUE;
    }
  return FALSE;
}

void
_cfoil_answer_window_show_progress (CfoilAnswerWindow *self)
{
  const CfoilDraft *draft = cfoil_draft_session_get_draft (self->session);
  const CfoilLetter *letter = cfoil_draft_session_get_letter (self->session);
  GPtrArray *findings = cfoil_draft_session_get_findings (self->session);
  GPtrArray *checklist = cfoil_draft_session_get_checklist (self->session);
  gboolean is_sealed = cfoil_draft_session_get_is_sealed (self->session);

  if (draft == NULL)
    return;
  cfoil_answer_stepper_set_done (self->stepper, "decide", draft->stance != CFOIL_STANCE_UNDECIDED);
  cfoil_answer_stepper_set_done (self->stepper, "facts", checklist_is_done (checklist, TRUE) && !has_finding (findings, "facts"));
  cfoil_answer_stepper_set_done (self->stepper, "evidence", checklist_is_done (checklist, FALSE) && !has_finding (findings, "evidence"));
  cfoil_answer_stepper_set_done (self->stepper, "letter",
                                 findings != NULL && letter != NULL && letter->sentences->len > 0 && !has_finding (findings, "letter"));
  cfoil_answer_stepper_set_done (self->stepper, "check",
                                 is_sealed || (findings != NULL && cfoil_draft_session_get_packet (self->session) != NULL &&
                                               !cfoil_review_has_blockers (findings)));
  cfoil_answer_stepper_set_done (self->stepper, "send", is_delivered (self));
}
