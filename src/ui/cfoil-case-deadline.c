/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-deadline.h"

#include "cfoil-case-words.h"
#include "cfoil-search-flow.h"

#include <glib/gi18n.h>

struct _CfoilCaseDeadline
{
  AdwBin parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *time;
  GtkLabel *note;
  CfoilSearchFlow *buttons;

  GPtrArray *made; /* GtkButton, borrowed */
};

typedef enum
{
  RETRY,
  ANSWER,
  CONTINUE,
  SEE,
  ACCEPT,
  WITHDRAW,
  SAY_ANSWERED,
  SAY_WON,
  SAY_LOST,
  N_BUTTONS
} Button;

static const struct
{
  const char *label;
  const char *action;
  const char *target;   /* (nullable) */
  gboolean is_main;     /* what mostly comes next */
} buttons[N_BUTTONS] = {
  [RETRY] = { N_ ("_Try Again"), "case.retry", NULL, TRUE },
  [ANSWER] = { N_ ("_Answer…"), "case.answer", NULL, TRUE },
  [CONTINUE] = { N_ ("_Continue…"), "case.answer", NULL, TRUE },
  [SEE] = { N_ ("_See What Was Sent"), "case.answer", NULL, FALSE },
  [ACCEPT] = { N_ ("Acc_ept…"), "case.accept", NULL, FALSE },
  [WITHDRAW] = { N_ ("_Withdraw"), "case.withdraw", NULL, FALSE },
  [SAY_ANSWERED] = { N_ ("Mark as A_nswered…"), "case.say", "answered", FALSE },
  [SAY_WON] = { N_ ("Mark as _Won"), "case.say", "won", FALSE },
  [SAY_LOST] = { N_ ("Mark as _Lost"), "case.say", "lost", FALSE },
};

G_DEFINE_FINAL_TYPE (CfoilCaseDeadline, cfoil_case_deadline, ADW_TYPE_BIN)

static void
set_text (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
set_class (CfoilCaseDeadline *self,
           const char        *name)
{
  static const char *const classes[] = { "success", "warning", "error" };
  GtkWidget *widgets[] = { GTK_WIDGET (self->icon), GTK_WIDGET (self->title) };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (widgets); j++)
      if (g_strcmp0 (classes[i], name) == 0)
        gtk_widget_add_css_class (widgets[j], classes[i]);
      else
        gtk_widget_remove_css_class (widgets[j], classes[i]);
}

/* --- buttons --- */

static gboolean
is_shown (const CfoilCase *record,
          Button           button)
{
  gboolean needs = cfoil_case_needs_answer (record);
  gboolean is_failed = needs && record->submission == CFOIL_SUBMISSION_FAILED;

  switch (button)
    {
    case ANSWER:
      return needs && !record->has_draft;
    case CONTINUE:
      return needs && record->has_draft;
    case SEE:
      return !needs && (record->has_draft || (record->sent_us != CFOIL_UNKNOWN && !record->accepts));
    case ACCEPT:
      return needs;
    case RETRY:
      return is_failed;
    case WITHDRAW:
      return record->submission == CFOIL_SUBMISSION_WAITING;
    case SAY_ANSWERED:
      return record->is_by_hand && needs;
    case SAY_WON:
    case SAY_LOST:
      return record->is_by_hand && record->outcome == CFOIL_CASE_OUTCOME_NONE;
    case N_BUTTONS:
    default:
      return FALSE;
    }
}

static void
make_buttons (CfoilCaseDeadline *self)
{
  for (guint i = 0; i < N_BUTTONS; i++)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_(buttons[i].label));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), buttons[i].action);
      if (buttons[i].target != NULL)
        gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", buttons[i].target);
      cfoil_search_flow_append (self->buttons, button);
      g_ptr_array_add (self->made, button);
    }
}

static void
show_buttons (CfoilCaseDeadline *self,
              const CfoilCase   *record)
{
  gboolean any = FALSE, has_main = is_shown (record, RETRY);

  for (guint i = 0; i < N_BUTTONS; i++)
    {
      gboolean shown = is_shown (record, (Button) i);

      gtk_widget_set_visible (self->made->pdata[i], shown);
      /* One of them: to try again comes before all else. */
      if (buttons[i].is_main && (i == RETRY || !has_main))
        gtk_widget_add_css_class (self->made->pdata[i], "suggested-action");
      else
        gtk_widget_remove_css_class (self->made->pdata[i], "suggested-action");
      any = any || shown;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), any);
}

/* --- words --- */

static const char *
describe_acceptance (const CfoilCase *record)
{
  if (record->submission == CFOIL_SUBMISSION_FAILED)
    return _("The provider did not take it that you accept. Below you see why. You can try again, accept on the provider’s own "
             "site, or answer after all.");
  return _("That you accept is stored and will be delivered as soon as the provider can be reached. "
           "It counts only when it was delivered.");
}

static char *
describe_note (const CfoilCase *record,
               CfoilUrgency     urgency)
{
  if (record->accepts && (record->submission == CFOIL_SUBMISSION_WAITING || record->submission == CFOIL_SUBMISSION_SENDING ||
                          record->submission == CFOIL_SUBMISSION_FAILED))
    return g_strdup (describe_acceptance (record));
  if (record->submission == CFOIL_SUBMISSION_WAITING || record->submission == CFOIL_SUBMISSION_SENDING)
    return g_strdup (_("Your answer is stored and will be delivered as soon as the provider can be reached. "
                       "It counts only when it was delivered."));
  if (record->submission == CFOIL_SUBMISSION_FAILED)
    return g_strdup (_("The answer could not be delivered. Below you see why; what you wrote is kept."));
  if (urgency == CFOIL_URGENCY_OVERDUE && record->due_is_estimate)
    return g_strdup (_("The provider gave no deadline; this is a careful estimate. Answer at once, it may still count."));
  if (urgency == CFOIL_URGENCY_OVERDUE)
    return g_strdup (_("The deadline has passed. The provider may no longer take an answer."));
  if (record->due_is_estimate && urgency != CFOIL_URGENCY_NONE)
    return record->kind == CFOIL_CASE_CHARGEBACK
             ? g_strdup (_("The provider gave no deadline. Estimated: 11 days from the notice."))
             : g_strdup (_("The provider gave no deadline. Estimated: 7 days from the notice."));
  return NULL;
}

static void
show_due (CfoilCaseDeadline *self,
          const CfoilCase   *record,
          CfoilWorkspace    *workspace,
          gint64             now_us,
          CfoilUrgency       urgency)
{
  const char *word = cfoil_case_words_urgency (urgency);
  g_autofree char *distance = cfoil_case_words_distance (record->due_us, now_us);
  g_autofree char *local = cfoil_case_words_time (record->due_us, cfoil_workspace_get_time_zone (workspace));
  g_autofree char *title = NULL;
  g_autofree char *time = NULL;

  /* Translators: %s is "in 3 days" or "2 hours ago". */
  title = word != NULL ? g_strdup_printf (_("Answer due %s · %s"), distance, word) : g_strdup_printf (_("Answer due %s"), distance);
  /* Translators: a time, and the time zone that it is in. */
  time = g_strdup_printf (_("%s (%s)"), local, cfoil_workspace_get_time_zone_name (workspace));
  gtk_label_set_text (self->title, title);
  set_text (self->time, time);
}

static void
show_state (CfoilCaseDeadline *self,
            const CfoilCase   *record,
            CfoilWorkspace    *workspace)
{
  g_autofree char *sent = NULL;
  g_autofree char *time = NULL;

  gtk_label_set_text (self->title, cfoil_case_words_state (record));
  if (record->sent_us != CFOIL_UNKNOWN)
    {
      sent = cfoil_case_words_time (record->sent_us, cfoil_workspace_get_time_zone (workspace));
      /* Translators: %s is a time. */
      time = g_strdup_printf (record->accepts ? _("Accepted on %s") : _("Answered on %s"), sent);
    }
  else if (cfoil_case_needs_answer (record))
    time = g_strdup (_("Nobody has said by when."));
  set_text (self->time, time);
}

void
cfoil_case_deadline_show (CfoilCaseDeadline *self,
                          const CfoilCase   *record,
                          CfoilWorkspace    *workspace,
                          gint64             now_us)
{
  CfoilUrgency urgency;
  g_autofree char *note = NULL;
  const char *icon;

  g_return_if_fail (CFOIL_IS_CASE_DEADLINE (self));
  g_return_if_fail (record != NULL);

  urgency = cfoil_case_get_urgency (record, now_us);
  note = describe_note (record, urgency);
  icon = cfoil_case_urgency_icon (urgency);
  if (urgency != CFOIL_URGENCY_NONE)
    show_due (self, record, workspace, now_us, urgency);
  else
    show_state (self, record, workspace);
  set_text (self->note, note);
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), icon != NULL);
  set_class (self, urgency != CFOIL_URGENCY_NONE ? cfoil_case_urgency_class (urgency) : cfoil_case_state_class (record));
  show_buttons (self, record);
}

/* --- GObject --- */

static void
cfoil_case_deadline_dispose (GObject *object)
{
  g_ptr_array_set_size (CFOIL_CASE_DEADLINE (object)->made, 0);
  gtk_widget_dispose_template (GTK_WIDGET (object), CFOIL_TYPE_CASE_DEADLINE);

  G_OBJECT_CLASS (cfoil_case_deadline_parent_class)->dispose (object);
}

static void
cfoil_case_deadline_finalize (GObject *object)
{
  g_ptr_array_unref (CFOIL_CASE_DEADLINE (object)->made);

  G_OBJECT_CLASS (cfoil_case_deadline_parent_class)->finalize (object);
}

static void
cfoil_case_deadline_class_init (CfoilCaseDeadlineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_case_deadline_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_case_deadline_finalize;
  g_type_ensure (CFOIL_TYPE_SEARCH_FLOW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-case-deadline.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseDeadline, icon);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseDeadline, title);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseDeadline, time);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseDeadline, note);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseDeadline, buttons);
}

static void
cfoil_case_deadline_init (CfoilCaseDeadline *self)
{
  self->made = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  make_buttons (self);
}
