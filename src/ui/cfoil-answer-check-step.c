/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-check-step.h"

#include "cfoil-answer-step-page.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilAnswerCheckStep
{
  CfoilAnswerStep parent_instance;

  GtkBox *content;
  GtkWidget *building;  /* shown while the packet is being made */
  GtkWidget *failed;    /* shown when it could not be made */
  AdwActionRow *failed_row;
  GtkWidget *clear;     /* shown when nothing stands in the way */
  GtkBox *findings;
  gboolean has_failed;
  char *shown;          /* (owned) (nullable): what is in FINDINGS, to leave it and the focus alone while it is the same */
};

G_DEFINE_FINAL_TYPE (CfoilAnswerCheckStep, cfoil_answer_check_step, CFOIL_TYPE_ANSWER_STEP)

static void
row_activated_cb (CfoilAnswerCheckStep *self,
                  AdwActionRow         *row)
{
  cfoil_answer_step_go (CFOIL_ANSWER_STEP (self), g_object_get_data (G_OBJECT (row), "step"),
                        g_object_get_data (G_OBJECT (row), "subject"));
}

static GtkWidget *
make_row (CfoilAnswerCheckStep *self,
          const CfoilFinding   *finding)
{
  static const char *const icons[] = { "dialog-error-symbolic", "dialog-warning-symbolic", "dialog-information-symbolic" };
  static const char *const classes[] = { "error", "warning", "dim-label" };
  AdwActionRow *row = cfoil_answer_row_new (finding->text, finding->advice);
  GtkWidget *icon = gtk_image_new_from_icon_name (icons[finding->weight]);

  gtk_widget_add_css_class (icon, classes[finding->weight]);
  adw_action_row_add_prefix (row, icon);
  if (finding->step != NULL && g_strcmp0 (finding->step, "check") != 0)
    {
      g_object_set_data_full (G_OBJECT (row), "step", g_strdup (finding->step), g_free);
      g_object_set_data_full (G_OBJECT (row), "subject", g_strdup (finding->subject), g_free);
      adw_action_row_add_suffix (row, gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
    }
  return GTK_WIDGET (row);
}

static void
add_group (CfoilAnswerCheckStep *self,
           GPtrArray            *findings,
           CfoilFindingWeight    weight,
           const char           *title,
           const char           *description)
{
  AdwPreferencesGroup *group = NULL;

  for (guint i = 0; i < findings->len; i++)
    {
      const CfoilFinding *finding = findings->pdata[i];

      if (finding->weight != weight)
        continue;
      if (group == NULL)
        {
          group = cfoil_answer_group_new (title, description);
          gtk_box_append (self->findings, GTK_WIDGET (group));
        }
      adw_preferences_group_add (group, make_row (self, finding));
    }
}

static char *
dup_signature (GPtrArray *findings)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const CfoilFinding *finding = findings->pdata[i];

      g_string_append_printf (text, "%d %s %s %s\n", finding->weight, finding->id, finding->subject != NULL ? finding->subject : "",
                              finding->text);
    }
  return g_string_free (text, FALSE);
}

static void
show (CfoilAnswerCheckStep *self)
{
  g_autofree char *signature = NULL;
  CfoilDraftSession *session = cfoil_answer_step_get_session (CFOIL_ANSWER_STEP (self));
  GPtrArray *findings = cfoil_draft_session_get_findings (session);
  gboolean is_building = cfoil_draft_session_get_building (session) || findings == NULL;
  gboolean has_failed = !is_building && self->has_failed;
  gboolean has_packet = cfoil_draft_session_get_packet (session) != NULL;

  gtk_widget_set_visible (self->building, is_building);
  gtk_widget_set_visible (self->failed, has_failed);
  gtk_widget_set_visible (self->clear, !is_building && has_packet && !cfoil_review_has_blockers (findings));
  if (findings == NULL)
    return;
  signature = dup_signature (findings);
  if (g_strcmp0 (signature, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&signature);
  cfoil_answer_box_clear (self->findings);
  add_group (self, findings, CFOIL_FINDING_BLOCKER, _("This Stands in the Way"), _("The answer cannot be sent before these are put right."));
  add_group (self, findings, CFOIL_FINDING_WARNING, _("Look at This First"), _("The answer can be sent as it is, but these may weaken it."));
  add_group (self, findings, CFOIL_FINDING_NOTE, _("Good to Know"), NULL);
}

void
cfoil_answer_check_step_set_error (CfoilAnswerCheckStep *self,
                                   const GError         *error)
{
  g_return_if_fail (CFOIL_IS_ANSWER_CHECK_STEP (self));

  self->has_failed = error != NULL;
  if (error != NULL)
    {
      g_autofree char *text = g_strjoin ("\n", cfoil_words_error (error), error->message, NULL);

      cfoil_answer_row_set_subtitle (self->failed_row, text);
    }
  show (self);
}

static void
building_cb (CfoilAnswerCheckStep *self)
{
  if (cfoil_draft_session_get_loaded (cfoil_answer_step_get_session (CFOIL_ANSWER_STEP (self))))
    show (self);
}

static void
cfoil_answer_check_step_set_up (CfoilAnswerStep *step)
{
  CfoilAnswerCheckStep *self = CFOIL_ANSWER_CHECK_STEP (step);

  g_signal_connect_object (cfoil_answer_step_get_session (step), "notify::building", G_CALLBACK (building_cb), self, G_CONNECT_SWAPPED);
  show (self);
}

static void
cfoil_answer_check_step_changed (CfoilAnswerStep  *step,
                                 CfoilSessionParts parts)
{
  if (parts & (CFOIL_SESSION_REVIEW | CFOIL_SESSION_PACKET))
    show (CFOIL_ANSWER_CHECK_STEP (step));
}

static void
cfoil_answer_check_step_finalize (GObject *object)
{
  g_free (CFOIL_ANSWER_CHECK_STEP (object)->shown);

  G_OBJECT_CLASS (cfoil_answer_check_step_parent_class)->finalize (object);
}

static void
cfoil_answer_check_step_class_init (CfoilAnswerCheckStepClass *klass)
{
  CfoilAnswerStepClass *step_class = CFOIL_ANSWER_STEP_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cfoil_answer_check_step_finalize;

  step_class->set_up = cfoil_answer_check_step_set_up;
  step_class->changed = cfoil_answer_check_step_changed;
}

static void
make_failed (CfoilAnswerCheckStep *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Try Again"));
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-error-symbolic");

  self->failed = adw_preferences_group_new ();
  self->failed_row = cfoil_answer_row_new (_("The packet could not be made"), NULL);
  gtk_widget_add_css_class (icon, "error");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "answer.build");
  adw_action_row_add_prefix (self->failed_row, icon);
  adw_action_row_add_suffix (self->failed_row, button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->failed), GTK_WIDGET (self->failed_row));
  gtk_widget_set_visible (self->failed, FALSE);
}

static GtkWidget *
make_building (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), cfoil_answer_label_new (_("The packet is being made. What is found then is shown here."), NULL));
  return box;
}

static void
go_on_cb (CfoilAnswerCheckStep *self)
{
  cfoil_answer_step_go (CFOIL_ANSWER_STEP (self), "send", NULL);
}

static GtkWidget *
make_clear (CfoilAnswerCheckStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("object-select-symbolic");
  GtkWidget *label = cfoil_answer_label_new (_("Nothing stands in the way"), "heading");
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Go to Send"));

  gtk_widget_add_css_class (icon, "success");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (go_on_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "answer-card");
  return box;
}

static void
cfoil_answer_check_step_init (CfoilAnswerCheckStep *self)
{
  self->content = cfoil_answer_step_make_page (CFOIL_ANSWER_STEP (self), _("Check"),
                                               _("What the person who decides would stumble over, found before it is sent."));
  self->building = make_building ();
  self->clear = make_clear (self);
  self->findings = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  gtk_widget_set_visible (self->clear, FALSE);
  gtk_box_append (self->content, self->building);
  make_failed (self);
  gtk_box_append (self->content, self->failed);
  gtk_box_append (self->content, self->clear);
  gtk_box_append (self->content, GTK_WIDGET (self->findings));
}

CfoilAnswerStep *
cfoil_answer_check_step_new (void)
{
  return g_object_new (CFOIL_TYPE_ANSWER_CHECK_STEP, "step-name", "check", "title", _("Check"), "icon-name", "system-search-symbolic", NULL);
}
