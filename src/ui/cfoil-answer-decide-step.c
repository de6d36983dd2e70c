/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-decide-step.h"

#include "cfoil-answer-decide-costs.h"
#include "cfoil-answer-decide-protection.h"
#include "cfoil-answer-step-page.h"
#include "cfoil-answer-words.h"
#include "cfoil-currency.h"
#include "cfoil-decision.h"

#include <glib/gi18n.h>

#define N_CHOICES 3

static const CfoilStance stances[N_CHOICES] = { CFOIL_STANCE_CONTEST, CFOIL_STANCE_ACCEPT, CFOIL_STANCE_REFUND };

typedef struct
{
  AdwActionRow *row;
  GtkCheckButton *check;
  GtkLabel *worth;
} Choice;

struct _CfoilAnswerDecideStep
{
  CfoilAnswerStep parent_instance;

  GtkBox *content;
  GtkWidget *advice;
  GtkLabel *advice_text;
  GtkLabel *advice_changes;
  Choice choices[N_CHOICES];
  AdwActionRow *break_even;
  AdwActionRow *chance;
  AdwActionRow *results;
  AdwPreferencesGroup *chances;
  AdwBin *protection;
  CfoilAnswerDecideCosts *costs;

  char *shown_protection; /* (owned) (nullable): what it was made of, to leave it and the focus alone */
  gboolean is_showing;    /* what the session says, so nothing goes back to it */
};

G_DEFINE_FINAL_TYPE (CfoilAnswerDecideStep, cfoil_answer_decide_step, CFOIL_TYPE_ANSWER_STEP)

static CfoilDraftSession *
session_of (CfoilAnswerDecideStep *self)
{
  return cfoil_answer_step_get_session (CFOIL_ANSWER_STEP (self));
}

static void
chosen_cb (CfoilAnswerDecideStep *self,
           GtkCheckButton        *check)
{
  CfoilDraft *draft;

  if (self->is_showing || !gtk_check_button_get_active (check))
    return;
  draft = cfoil_draft_copy (cfoil_draft_session_get_draft (session_of (self)));
  for (guint i = 0; i < N_CHOICES; i++)
    if (self->choices[i].check == check)
      draft->stance = stances[i];
  cfoil_draft_session_set_draft (session_of (self), draft, NULL);
}

/* --- what each is worth --- */

/* A minus stays on its side of the number where text runs the other way. */
static char *
dup_amount (CfoilAnswerDecideStep *self,
            gint64                 minor,
            const char            *currency)
{
  g_autofree char *text = cfoil_currency_format (minor, currency);

  if (gtk_widget_get_direction (GTK_WIDGET (self)) != GTK_TEXT_DIR_RTL)
    return g_steal_pointer (&text);
  return g_strdup_printf ("\u2066%s\u2069", text);
}

static void
set_worth (CfoilAnswerDecideStep *self,
           Choice                *choice,
           gint64                 minor,
           const char            *currency)
{
  g_autofree char *text = dup_amount (self, minor, currency);

  gtk_label_set_text (choice->worth, text);
}

/* No line ends between a number and its percent sign. */
static void
set_advice (GtkLabel   *label,
            const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " %", -1);
  g_autofree char *joined = g_strjoinv ("\u00a0%", parts);

  gtk_label_set_text (label, joined);
}

static void
show_contest (CfoilAnswerDecideStep *self,
              const CfoilDecision   *decision)
{
  g_autofree char *low = dup_amount (self, decision->contest_low_minor, decision->currency);
  g_autofree char *high = dup_amount (self, decision->contest_high_minor, decision->currency);
  /* Translators: two amounts of money */
  g_autofree char *subtitle = g_strdup_printf (_("Answer with evidence. What stands here is the average; by the chances it is between %s and %s."),
                                               low, high);

  cfoil_answer_row_set_subtitle (self->choices[0].row, subtitle);
  set_worth (self, &self->choices[0], decision->contest_minor, decision->currency);
}

static void
show_accept (CfoilAnswerDecideStep *self,
             const CfoilDecision   *decision,
             const CfoilDossier    *dossier)
{
  if (dossier->fee_charged_minor > 0)
    {
      g_autofree char *fee = cfoil_currency_format (dossier->fee_charged_minor, decision->currency);
      /* Translators: %s is an amount of money. */
      g_autofree char *subtitle = g_strdup_printf (_("Give in. The buyer keeps the amount, and the fee of %s stays with you."), fee);

      cfoil_answer_row_set_subtitle (self->choices[1].row, subtitle);
    }
  else
    cfoil_answer_row_set_subtitle (self->choices[1].row, _("Give in. The buyer keeps the amount. No evidence is needed."));
  set_worth (self, &self->choices[1], decision->accept_minor, decision->currency);
}

static void
show_refund (CfoilAnswerDecideStep *self,
             const CfoilDecision   *decision)
{
  if (decision->can_refund)
    {
      cfoil_answer_row_set_subtitle (self->choices[2].row, _("Pay the buyer back before it becomes a chargeback."));
      set_worth (self, &self->choices[2], decision->refund_minor, decision->currency);
    }
  else
    {
      cfoil_answer_row_set_subtitle (self->choices[2].row,
                                     _("Not possible now: while a chargeback is open, a refund would pay the buyer twice."));
      gtk_label_set_text (self->choices[2].worth, "");
    }
}

static void
show_chances (CfoilAnswerDecideStep *self,
              const CfoilDecision   *decision)
{
  g_autofree char *break_even = cfoil_answer_words_percent (decision->break_even_ppm, TRUE);
  g_autofree char *chance = cfoil_answer_words_percent (decision->chance_ppm, FALSE);
  g_autofree char *low = cfoil_answer_words_percent (decision->low_ppm, FALSE);
  g_autofree char *high = cfoil_answer_words_percent (decision->high_ppm, FALSE);
  g_autofree char *chance_text = NULL;
  g_autofree char *results = NULL;

  cfoil_answer_row_set_subtitle (self->break_even, decision->break_even_ppm > 1000000
                                 ? _("Never: contesting costs more than could be won") : break_even);
  /* Translators: three percentages: the likely one, and between which two it lies. */
  chance_text = g_strdup_printf (_("%s, in four of five such estimates between %s and %s"), chance, low, high);
  cfoil_answer_row_set_subtitle (self->chance, chance_text);
  if (decision->is_published)
    results = g_strdup (_("None decided yet. The chance is from published figures of others."));
  else
    /* Translators: two numbers, and which cases were counted: "your decided cases of this reason". */
    results = g_strdup_printf (_("%u won, %u lost: %s"), decision->n_won, decision->n_lost, decision->scope);
  cfoil_answer_row_set_subtitle (self->results, results);
}

static void
show_decision (CfoilAnswerDecideStep *self)
{
  CfoilDossier *dossier = cfoil_draft_session_get_dossier (session_of (self));
  const CfoilDraft *draft = cfoil_draft_session_get_draft (session_of (self));
  g_autoptr (CfoilDecision) decision = NULL;
  CfoilDecisionCosts costs;

  if (dossier == NULL)
    return;
  cfoil_answer_decide_costs_get (self->costs, &costs);
  decision = cfoil_decision_make (dossier, draft->product, &costs);
  gtk_widget_set_visible (GTK_WIDGET (self->chances), decision != NULL);
  set_advice (self->advice_text, decision != NULL ? decision->text
              : _("The amount of this case is not known yet, so nothing can be calculated. You can decide all the same."));
  gtk_label_set_text (self->advice_changes, decision != NULL ? decision->changes : "");
  gtk_widget_set_visible (GTK_WIDGET (self->advice_changes), decision != NULL);
  if (decision == NULL)
    return;
  show_contest (self, decision);
  show_accept (self, decision, dossier);
  show_refund (self, decision);
  show_chances (self, decision);
}

/* --- from the session --- */

static void
show_choice (CfoilAnswerDecideStep *self)
{
  const CfoilDraft *draft = cfoil_draft_session_get_draft (session_of (self));
  CfoilDossier *dossier = cfoil_draft_session_get_dossier (session_of (self));
  gboolean is_sealed = cfoil_draft_session_get_is_sealed (session_of (self));

  self->is_showing = TRUE;
  for (guint i = 0; i < N_CHOICES; i++)
    {
      gtk_check_button_set_active (self->choices[i].check, draft->stance == stances[i]);
      /* Not the row: why it cannot be chosen must stay easy to read. */
      gtk_widget_set_sensitive (GTK_WIDGET (self->choices[i].check),
                                !is_sealed && (stances[i] != CFOIL_STANCE_REFUND || dossier == NULL || !dossier->refund_is_blocked));
    }
  self->is_showing = FALSE;
}

static void
show_protection (CfoilAnswerDecideStep *self)
{
  const CfoilDraft *draft = cfoil_draft_session_get_draft (session_of (self));
  CfoilDossier *dossier = cfoil_draft_session_get_dossier (session_of (self));
  gboolean applies = dossier != NULL && cfoil_answer_protection_applies (dossier, draft);
  g_autofree char *made_of = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->protection), applies);
  if (!applies)
    return;
  made_of = g_strdup_printf ("%d %d %d %d %u", draft->product, cfoil_draft_get_fact (draft, CFOIL_FACT_SHIPPING_ADDRESS) != NULL,
                             cfoil_draft_get_fact (draft, CFOIL_FACT_TRACKING_NUMBER) != NULL,
                             cfoil_draft_get_fact (draft, CFOIL_FACT_CARRIER) != NULL, draft->exhibits->len);
  if (g_strcmp0 (made_of, self->shown_protection) == 0)
    return;
  g_free (self->shown_protection);
  self->shown_protection = g_steal_pointer (&made_of);
  adw_bin_set_child (self->protection, cfoil_answer_protection_new (CFOIL_ANSWER_STEP (self), dossier, draft));
}

static void
show (CfoilAnswerDecideStep *self)
{
  CfoilDossier *dossier = cfoil_draft_session_get_dossier (session_of (self));

  if (dossier != NULL)
    cfoil_answer_decide_costs_set_currency (self->costs, dossier->record->currency, dossier->last_fee_minor);
  show_choice (self);
  show_decision (self);
  show_protection (self);
}

static void
cfoil_answer_decide_step_changed (CfoilAnswerStep  *step,
                                  CfoilSessionParts parts)
{
  if (parts & (CFOIL_SESSION_DRAFT | CFOIL_SESSION_DOSSIER))
    show (CFOIL_ANSWER_DECIDE_STEP (step));
}

static void
cfoil_answer_decide_step_set_up (CfoilAnswerStep *step)
{
  show (CFOIL_ANSWER_DECIDE_STEP (step));
}

static void
cfoil_answer_decide_step_finalize (GObject *object)
{
  g_free (CFOIL_ANSWER_DECIDE_STEP (object)->shown_protection);

  G_OBJECT_CLASS (cfoil_answer_decide_step_parent_class)->finalize (object);
}

static void
cfoil_answer_decide_step_class_init (CfoilAnswerDecideStepClass *klass)
{
  CfoilAnswerStepClass *step_class = CFOIL_ANSWER_STEP_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cfoil_answer_decide_step_finalize;
  step_class->set_up = cfoil_answer_decide_step_set_up;
  step_class->changed = cfoil_answer_decide_step_changed;
}

/* --- making --- */

static void
make_advice (CfoilAnswerDecideStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->advice_text = GTK_LABEL (cfoil_answer_label_new ("", "heading"));
  self->advice_changes = GTK_LABEL (cfoil_answer_label_new ("", "dim-label"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->advice_text));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->advice_changes));
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "answer-card");
  gtk_box_append (self->content, box);
}

static void
make_choices (CfoilAnswerDecideStep *self)
{
  const char *titles[N_CHOICES] = { _("Contest"), _("Accept"), _("Refund") };
  AdwPreferencesGroup *group = cfoil_answer_group_new (_("Your Choice"), _("Nothing happens before you press Send, and you can change your mind until then."));

  for (guint i = 0; i < N_CHOICES; i++)
    {
      Choice *choice = &self->choices[i];

      choice->row = cfoil_answer_row_new (titles[i], NULL);
      choice->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
      choice->worth = GTK_LABEL (gtk_label_new (""));
      if (i > 0)
        gtk_check_button_set_group (choice->check, self->choices[0].check);
      gtk_widget_add_css_class (GTK_WIDGET (choice->worth), "heading");
      gtk_widget_add_css_class (GTK_WIDGET (choice->worth), "numeric");
      gtk_accessible_update_property (GTK_ACCESSIBLE (choice->check), GTK_ACCESSIBLE_PROPERTY_LABEL, titles[i], -1);
      adw_action_row_add_prefix (choice->row, GTK_WIDGET (choice->check));
      adw_action_row_add_suffix (choice->row, GTK_WIDGET (choice->worth));
      adw_action_row_set_activatable_widget (choice->row, GTK_WIDGET (choice->check));
      g_signal_connect_object (choice->check, "toggled", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (group, GTK_WIDGET (choice->row));
    }
  gtk_box_append (self->content, GTK_WIDGET (group));
}

static void
make_chances (CfoilAnswerDecideStep *self)
{
  self->chances = cfoil_answer_group_new (_("The Chances"), NULL);
  self->break_even = cfoil_answer_row_new (_("Contesting Pays From"), NULL);
  self->chance = cfoil_answer_row_new (_("Chance to Win"), NULL);
  self->results = cfoil_answer_row_new (_("Your Own Results"), NULL);
  adw_preferences_group_add (self->chances, GTK_WIDGET (self->break_even));
  adw_preferences_group_add (self->chances, GTK_WIDGET (self->chance));
  adw_preferences_group_add (self->chances, GTK_WIDGET (self->results));
  gtk_box_append (self->content, GTK_WIDGET (self->chances));
}

static void
cfoil_answer_decide_step_init (CfoilAnswerDecideStep *self)
{
  self->content = cfoil_answer_step_make_page (CFOIL_ANSWER_STEP (self), _("Decide"),
                                               _("What each way is worth, by your own records. This is advice: the choice is yours."));
  make_advice (self);
  make_choices (self);
  self->protection = ADW_BIN (adw_bin_new ());
  gtk_box_append (self->content, GTK_WIDGET (self->protection));
  make_chances (self);
  self->costs = cfoil_answer_decide_costs_new ();
  g_signal_connect_object (self->costs, "changed", G_CALLBACK (show_decision), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->content, GTK_WIDGET (self->costs));
}

CfoilAnswerStep *
cfoil_answer_decide_step_new (void)
{
  return g_object_new (CFOIL_TYPE_ANSWER_DECIDE_STEP, "step-name", "decide", "title", _("Decide"), "icon-name", "dialog-question-symbolic", NULL);
}
