/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-send-step.h"

#include "cfoil-answer-send-job.h"
#include "cfoil-answer-send-view.h"
#include "cfoil-answer-step-page.h"
#include "cfoil-answer-words.h"
#include "cfoil-compat.h"
#include "cfoil-sender.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilAnswerSendStep
{
  CfoilAnswerStep parent_instance;

  GtkBox *content;
  CfoilAnswerSendItems *items; /* (nullable): of what is on its way */
  AdwActionRow *deadline;      /* (nullable) (unowned): in CONTENT, how much time is left */

  CfoilSender *sender;         /* (unowned): of the workspace */
  gint64 submission_id;        /* that is shown; 0: none */
  CfoilAnswerJob asked;        /* what the question on the screen is about */
  gboolean has_read;
  gboolean is_busy;            /* a job runs */
  char *read_packet;           /* (owned) (nullable): SHA-256 of the packet that was read */
  char *shown;                 /* (owned) (nullable): what CONTENT was made of, to leave it and the focus alone */
};

enum
{
  PROP_0,
  PROP_HAS_READ,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void show (CfoilAnswerSendStep *self);
static void asked_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data);

G_DEFINE_FINAL_TYPE (CfoilAnswerSendStep, cfoil_answer_send_step, CFOIL_TYPE_ANSWER_STEP)

static CfoilDraftSession *
session_of (CfoilAnswerSendStep *self)
{
  return cfoil_answer_step_get_session (CFOIL_ANSWER_STEP (self));
}

static const char *
get_packet (CfoilAnswerSendStep *self)
{
  const CfoilPacketResult *packet = cfoil_draft_session_get_packet (session_of (self));

  return packet != NULL ? packet->sha256 : NULL;
}

/* --- what can be done --- */

static gboolean
is_ready (CfoilAnswerSendStep *self)
{
  GPtrArray *findings = cfoil_draft_session_get_findings (session_of (self));

  return get_packet (self) != NULL && findings != NULL && !cfoil_review_has_blockers (findings);
}

static void
update_actions (CfoilAnswerSendStep *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "send.submit", !self->is_busy && self->has_read && is_ready (self));
  gtk_widget_action_set_enabled (widget, "send.by-hand", !self->is_busy && get_packet (self) != NULL);
  gtk_widget_action_set_enabled (widget, "send.accept", !self->is_busy && self->has_read);
  gtk_widget_action_set_enabled (widget, "send.accept-by-hand", !self->is_busy);
  gtk_widget_action_set_enabled (widget, "send.withdraw", !self->is_busy);
  gtk_widget_action_set_enabled (widget, "send.retry", !self->is_busy);
  gtk_widget_action_set_enabled (widget, "send.try-now", !self->is_busy && !cfoil_sender_get_sending (self->sender));
}

static void
set_has_read (CfoilAnswerSendStep *self,
              gboolean             has_read)
{
  g_free (self->read_packet);
  self->read_packet = has_read ? g_strdup (get_packet (self)) : NULL;
  if (self->has_read == has_read)
    return;
  self->has_read = has_read;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_READ]);
  update_actions (self);
}

/* --- jobs --- */

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CfoilAnswerSendStep) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->is_busy = FALSE;
  if (!cfoil_answer_job_run_finish (result, &error))
    {
      if (root != NULL)
        cfoil_compat_tell (GTK_WINDOW (root), _("That Could Not Be Done"), cfoil_words_error (error));
    }
  else
    {
      set_has_read (self, FALSE);
      /* The button that had it is of no use any more. */
      cfoil_answer_step_focus_heading (CFOIL_ANSWER_STEP (self));
      if (self->asked == CFOIL_ANSWER_JOB_SUBMIT || self->asked == CFOIL_ANSWER_JOB_ACCEPT || self->asked == CFOIL_ANSWER_JOB_RETRY)
        cfoil_sender_send (self->sender);
    }
  if (session_of (self) != NULL)
    update_actions (self);
}

static void
run (CfoilAnswerSendStep *self,
     CfoilAnswerJob       job)
{
  self->asked = job;
  self->is_busy = TRUE;
  update_actions (self);
  cfoil_answer_job_run_async (job, cfoil_answer_step_get_workspace (CFOIL_ANSWER_STEP (self)), session_of (self),
                              self->submission_id, done_cb, g_object_ref (self));
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (CfoilAnswerSendStep) self = user_data;

  if (cfoil_compat_ask_finish (result) && session_of (self) != NULL && !self->is_busy)
    run (self, self->asked);
}

static void
ask (CfoilAnswerSendStep *self,
     CfoilAnswerJob       job,
     const char          *heading,
     const char          *body,
     const char          *button,
     gboolean             is_destructive)
{
  self->asked = job;
  cfoil_compat_ask_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading, body, button, is_destructive,
                          asked_cb, g_object_ref (self));
}

static void
submit_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  CfoilAnswerSendStep *self = CFOIL_ANSWER_SEND_STEP (widget);
  const CfoilCase *record = cfoil_draft_session_get_dossier (session_of (self))->record;
  gboolean is_sandbox = g_strcmp0 (record->environment, "sandbox") == 0;
  g_autofree char *body = NULL;

  if (g_strcmp0 (self->read_packet, get_packet (self)) != 0)
    return;
  /* Translators: an account's name, "Sandbox" or "Live", and the number of a case. */
  body = g_strdup_printf (_("It goes out for the account %s (%s), case %s. Once the provider has it, it cannot be changed."),
                          record->account, is_sandbox ? _("Sandbox") : _("Live"), record->dispute_id != NULL ? record->dispute_id : "");
  ask (self, CFOIL_ANSWER_JOB_SUBMIT, _("Send This Answer?"), body, _("_Send"), FALSE);
}

static void
by_hand_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  ask (CFOIL_ANSWER_SEND_STEP (widget), CFOIL_ANSWER_JOB_SUBMIT_BY_HAND, _("Was It Sent?"),
       _("The packet as it is now is kept as what was sent. It can then no longer be changed."), _("_It Was Sent"), FALSE);
}

static void
accept_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  ask (CFOIL_ANSWER_SEND_STEP (widget), CFOIL_ANSWER_JOB_ACCEPT, _("Accept This Case?"),
       _("The buyer keeps the amount, and the case is closed as lost. This is final."), _("_Accept"), TRUE);
}

static void
accept_by_hand_cb (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  ask (CFOIL_ANSWER_SEND_STEP (widget), CFOIL_ANSWER_JOB_ACCEPT_BY_HAND, _("Was It Accepted?"),
       _("The case is then kept as accepted by you."), _("_It Was Accepted"), TRUE);
}

static void
withdraw_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  run (CFOIL_ANSWER_SEND_STEP (widget), CFOIL_ANSWER_JOB_WITHDRAW);
}

static void
retry_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  run (CFOIL_ANSWER_SEND_STEP (widget), CFOIL_ANSWER_JOB_RETRY);
}

static void
try_now_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  cfoil_sender_send (CFOIL_ANSWER_SEND_STEP (widget)->sender);
}

static void
go_cb (GtkWidget  *widget,
       const char *name,
       GVariant   *parameter)
{
  cfoil_answer_step_go (CFOIL_ANSWER_STEP (widget), strchr (name, '.') + 1, NULL);
}

static void
copy_letter_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  const CfoilLetter *letter = cfoil_draft_session_get_letter (session_of (CFOIL_ANSWER_SEND_STEP (widget)));
  g_autofree char *text = letter != NULL ? cfoil_letter_to_text (letter) : NULL;

  if (text == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  cfoil_toast_show (widget, _("The letter was copied"));
}

static void
open_page_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  CfoilDossier *dossier = cfoil_draft_session_get_dossier (session_of (CFOIL_ANSWER_SEND_STEP (widget)));

  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (widget)), cfoil_answer_send_get_page (dossier->record), GDK_CURRENT_TIME);
}

/* --- what is shown --- */

static gboolean
is_open (const CfoilSubmission *submission)
{
  return submission != NULL && submission->state != CFOIL_SUBMISSION_NONE && submission->state != CFOIL_SUBMISSION_WITHDRAWN;
}

static gboolean
needs_hand (const CfoilCase       *record,
            const CfoilSubmission *submission)
{
  return record->kind != CFOIL_CASE_CHARGEBACK ||
         (submission != NULL && submission->state == CFOIL_SUBMISSION_FAILED && g_strcmp0 (submission->error_name, "hand-off") == 0);
}

static char *
dup_signature (CfoilAnswerSendStep   *self,
               const CfoilDossier    *dossier,
               const CfoilSubmission *submission)
{
  const CfoilDraft *draft = cfoil_draft_session_get_draft (session_of (self));
  GPtrArray *findings = cfoil_draft_session_get_findings (session_of (self));
  guint n_there = 0, n_blockers = 0;

  for (guint i = 0; submission != NULL && i < submission->items->len; i++)
    n_there += ((const CfoilSubmissionItem *) submission->items->pdata[i])->is_delivered;
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    n_blockers += ((const CfoilFinding *) findings->pdata[i])->weight == CFOIL_FINDING_BLOCKER;
  return g_strdup_printf ("%d %s %d %u %" G_GINT64_FORMAT " %d %u %" G_GINT64_FORMAT " %s %d %" G_GINT64_FORMAT, draft->stance,
                          get_packet (self), cfoil_draft_session_get_building (session_of (self)), n_blockers,
                          submission != NULL ? submission->submission_id : 0,
                          submission != NULL ? (int) submission->state : 0, n_there, submission != NULL ? submission->tried_us : 0,
                          submission != NULL ? submission->error_name : NULL, dossier->record->state, dossier->record->due_us);
}

static void
show_decision (CfoilAnswerSendStep   *self,
               const CfoilDossier    *dossier,
               const CfoilSubmission *submission)
{
  CfoilWorkspace *workspace = cfoil_answer_step_get_workspace (CFOIL_ANSWER_STEP (self));
  gboolean by_hand = needs_hand (dossier->record, submission);

  switch (cfoil_draft_session_get_draft (session_of (self))->stance)
    {
    case CFOIL_STANCE_CONTEST:
      if (by_hand)
        self->deadline = cfoil_answer_send_show_hand (self->content, workspace, session_of (self));
      else
        self->deadline = cfoil_answer_send_show_form (self->content, workspace, session_of (self));
      break;
    case CFOIL_STANCE_ACCEPT:
      self->deadline = cfoil_answer_send_show_accept (self->content, workspace, session_of (self), by_hand);
      break;
    case CFOIL_STANCE_REFUND:
      cfoil_answer_send_show_refund (self->content);
      break;
    case CFOIL_STANCE_UNDECIDED:
    default:
      cfoil_answer_send_show_undecided (self->content);
      break;
    }
}

/* What is shown is about to go, and the focus with it. */
static gboolean
has_focus (CfoilAnswerSendStep *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->content));
}

static void
show (CfoilAnswerSendStep *self)
{
  CfoilDossier *dossier = cfoil_draft_session_get_dossier (session_of (self));
  const CfoilSubmission *submission;
  g_autofree char *signature = NULL;

  if (dossier == NULL)
    return;
  /* Another packet is one that nobody has read. */
  if (self->has_read && g_strcmp0 (self->read_packet, get_packet (self)) != 0)
    set_has_read (self, FALSE);
  submission = cfoil_answer_find_submission (dossier, cfoil_draft_session_get_round (session_of (self)));
  signature = dup_signature (self, dossier, submission);
  if (g_strcmp0 (signature, self->shown) != 0)
    {
      g_free (self->shown);
      self->shown = g_steal_pointer (&signature);
      if (has_focus (self))
        cfoil_answer_step_focus_heading (CFOIL_ANSWER_STEP (self));
      cfoil_answer_box_clear (self->content);
      self->items = NULL;
      self->deadline = NULL;
      self->submission_id = is_open (submission) ? submission->submission_id : 0;
      if (is_open (submission))
        self->items = cfoil_answer_send_show_record (self->content, cfoil_answer_step_get_workspace (CFOIL_ANSWER_STEP (self)), submission);
      if (!is_open (submission) || submission->state == CFOIL_SUBMISSION_FAILED)
        show_decision (self, dossier, submission);
    }
  update_actions (self);
}

static void
progress_cb (CfoilAnswerSendStep *self,
             gint64               submission_id,
             guint                item,
             double               fraction)
{
  if (submission_id == self->submission_id && self->items != NULL)
    cfoil_answer_send_items_set_progress (self->items, item, fraction);
}

static void
building_cb (CfoilAnswerSendStep *self)
{
  if (cfoil_draft_session_get_loaded (session_of (self)))
    show (self);
}

static void
cfoil_answer_send_step_set_up (CfoilAnswerStep *step)
{
  CfoilAnswerSendStep *self = CFOIL_ANSWER_SEND_STEP (step);

  self->sender = cfoil_sender_get (cfoil_answer_step_get_workspace (step));
  g_signal_connect_object (self->sender, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sender, "notify::sending", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cfoil_answer_step_get_session (step), "notify::building", G_CALLBACK (building_cb), self, G_CONNECT_SWAPPED);
  show (self);
}

static void
cfoil_answer_send_step_changed (CfoilAnswerStep  *step,
                                CfoilSessionParts parts)
{
  if (parts & (CFOIL_SESSION_DRAFT | CFOIL_SESSION_DOSSIER | CFOIL_SESSION_PACKET | CFOIL_SESSION_REVIEW))
    show (CFOIL_ANSWER_SEND_STEP (step));
}

static void
cfoil_answer_send_step_tick (CfoilAnswerStep *step)
{
  CfoilAnswerSendStep *self = CFOIL_ANSWER_SEND_STEP (step);
  CfoilDossier *dossier = cfoil_draft_session_get_dossier (session_of (self));

  if (self->deadline != NULL && dossier != NULL)
    cfoil_answer_send_show_deadline (self->deadline, cfoil_answer_step_get_workspace (step), dossier->record);
}

/* --- GObject --- */

static void
cfoil_answer_send_step_get_property (GObject    *object,
                                     guint       prop_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_HAS_READ:
      g_value_set_boolean (value, CFOIL_ANSWER_SEND_STEP (object)->has_read);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cfoil_answer_send_step_set_property (GObject      *object,
                                     guint         prop_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_HAS_READ:
      set_has_read (CFOIL_ANSWER_SEND_STEP (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cfoil_answer_send_step_finalize (GObject *object)
{
  CfoilAnswerSendStep *self = CFOIL_ANSWER_SEND_STEP (object);

  g_free (self->read_packet);
  g_free (self->shown);

  G_OBJECT_CLASS (cfoil_answer_send_step_parent_class)->finalize (object);
}

static void
cfoil_answer_send_step_class_init (CfoilAnswerSendStepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  CfoilAnswerStepClass *step_class = CFOIL_ANSWER_STEP_CLASS (klass);

  object_class->get_property = cfoil_answer_send_step_get_property;
  object_class->set_property = cfoil_answer_send_step_set_property;
  object_class->finalize = cfoil_answer_send_step_finalize;
  step_class->set_up = cfoil_answer_send_step_set_up;
  step_class->changed = cfoil_answer_send_step_changed;
  step_class->tick = cfoil_answer_send_step_tick;

  properties[PROP_HAS_READ] = g_param_spec_boolean ("has-read", NULL, NULL, FALSE,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_property_action (widget_class, "send.read", "has-read");
  gtk_widget_class_install_action (widget_class, "send.submit", NULL, submit_cb);
  gtk_widget_class_install_action (widget_class, "send.by-hand", NULL, by_hand_cb);
  gtk_widget_class_install_action (widget_class, "send.accept", NULL, accept_cb);
  gtk_widget_class_install_action (widget_class, "send.accept-by-hand", NULL, accept_by_hand_cb);
  gtk_widget_class_install_action (widget_class, "send.withdraw", NULL, withdraw_cb);
  gtk_widget_class_install_action (widget_class, "send.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "send.try-now", NULL, try_now_cb);
  gtk_widget_class_install_action (widget_class, "send.check", NULL, go_cb);
  gtk_widget_class_install_action (widget_class, "send.decide", NULL, go_cb);
  gtk_widget_class_install_action (widget_class, "send.copy-letter", NULL, copy_letter_cb);
  gtk_widget_class_install_action (widget_class, "send.open-page", NULL, open_page_cb);
}

static void
cfoil_answer_send_step_init (CfoilAnswerSendStep *self)
{
  self->content = cfoil_answer_step_make_page (CFOIL_ANSWER_STEP (self), _("Send"),
                                               _("Look once more at what goes out, and to whom."));
}

CfoilAnswerStep *
cfoil_answer_send_step_new (void)
{
  return g_object_new (CFOIL_TYPE_ANSWER_SEND_STEP, "step-name", "send", "title", _("Send"), "icon-name", "document-send-symbolic", NULL);
}
