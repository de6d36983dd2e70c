/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-facts-step.h"

#include "cfoil-answer-facts-row.h"
#include "cfoil-answer-step-page.h"
#include "cfoil-checklist.h"
#include "cfoil-choice-rows.h"

#include <glib/gi18n.h>

struct _CfoilAnswerFactsStep
{
  CfoilAnswerStep parent_instance;

  GtkBox *content;
  AdwComboRow *product;
  AdwComboRow *reason;
  AdwPreferencesGroup *arguments;
  GtkEntry *why;
  GtkBox *groups;
  GPtrArray *argument_rows; /* (owned): AdwActionRow */
  GPtrArray *rows;          /* (owned): CfoilAnswerFactsRow */

  CfoilReason shown_reason; /* for which arguments and rows were made */
  CfoilProduct shown_product;
  gboolean is_showing;      /* what the session says, so nothing goes back to it */
};

G_DEFINE_FINAL_TYPE (CfoilAnswerFactsStep, cfoil_answer_facts_step, CFOIL_TYPE_ANSWER_STEP)

static CfoilDraftSession *
session_of (CfoilAnswerFactsStep *self)
{
  return cfoil_answer_step_get_session (CFOIL_ANSWER_STEP (self));
}

static CfoilReason
get_reason (CfoilAnswerFactsStep *self)
{
  CfoilReason reason = cfoil_draft_session_get_draft (session_of (self))->reason;
  CfoilDossier *dossier = cfoil_draft_session_get_dossier (session_of (self));

  if (reason == CFOIL_REASON_UNKNOWN && dossier != NULL)
    reason = dossier->record->reason;
  return reason;
}

/* --- what is argued --- */

static void
product_cb (CfoilAnswerFactsStep *self)
{
  CfoilDraft *draft;

  if (self->is_showing)
    return;
  /* Other facts and exhibits are asked for then. */
  cfoil_draft_session_add_version (session_of (self), "product");
  draft = cfoil_draft_copy (cfoil_draft_session_get_draft (session_of (self)));
  draft->product = (CfoilProduct) adw_combo_row_get_selected (self->product);
  cfoil_draft_session_set_draft (session_of (self), draft, NULL);
}

static void
reason_cb (CfoilAnswerFactsStep *self)
{
  CfoilDraft *draft;

  if (self->is_showing)
    return;
  draft = cfoil_draft_copy (cfoil_draft_session_get_draft (session_of (self)));
  draft->reason = (CfoilReason) adw_combo_row_get_selected (self->reason);
  /* An argument belongs to its reason. */
  g_free (draft->argument);
  draft->argument = g_strdup ("");
  cfoil_draft_session_set_draft (session_of (self), draft, NULL);
}

static void
argument_cb (CfoilAnswerFactsStep *self,
             GtkCheckButton       *check)
{
  CfoilDraft *draft;

  if (self->is_showing || !gtk_check_button_get_active (check))
    return;
  draft = cfoil_draft_copy (cfoil_draft_session_get_draft (session_of (self)));
  g_free (draft->argument);
  draft->argument = g_strdup (g_object_get_data (G_OBJECT (check), "argument"));
  cfoil_draft_session_set_draft (session_of (self), draft, NULL);
}

static void
why_cb (CfoilAnswerFactsStep *self)
{
  CfoilDraft *draft;

  if (self->is_showing)
    return;
  draft = cfoil_draft_copy (cfoil_draft_session_get_draft (session_of (self)));
  g_free (draft->why);
  draft->why = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->why)));
  cfoil_draft_session_set_draft (session_of (self), draft, "why");
}

static void
make_arguments (CfoilAnswerFactsStep *self)
{
  guint n_arguments = 0;
  const CfoilArgument *arguments = cfoil_arguments_for (get_reason (self), &n_arguments);
  GtkCheckButton *first = NULL;

  for (guint i = 0; i < self->argument_rows->len; i++)
    adw_preferences_group_remove (self->arguments, self->argument_rows->pdata[i]);
  g_ptr_array_set_size (self->argument_rows, 0);
  for (guint i = 0; i < n_arguments; i++)
    {
      AdwActionRow *row = cfoil_answer_row_new (_(arguments[i].title), NULL);
      GtkCheckButton *check = GTK_CHECK_BUTTON (gtk_check_button_new ());

      if (first != NULL)
        gtk_check_button_set_group (check, first);
      else
        first = check;
      g_object_set_data_full (G_OBJECT (check), "argument", g_strdup (arguments[i].id), g_free);
      g_object_set_data (G_OBJECT (row), "check", check);
      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, _(arguments[i].title), -1);
      adw_action_row_add_prefix (row, GTK_WIDGET (check));
      adw_action_row_set_activatable_widget (row, GTK_WIDGET (check));
      g_signal_connect_object (check, "toggled", G_CALLBACK (argument_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->arguments, GTK_WIDGET (row));
      g_ptr_array_add (self->argument_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->arguments), n_arguments > 0);
}

static void
show_argued (CfoilAnswerFactsStep *self)
{
  const CfoilDraft *draft = cfoil_draft_session_get_draft (session_of (self));

  self->is_showing = TRUE;
  adw_combo_row_set_selected (self->product, draft->product);
  adw_combo_row_set_selected (self->reason, get_reason (self));
  for (guint i = 0; i < self->argument_rows->len; i++)
    {
      GtkCheckButton *check = g_object_get_data (self->argument_rows->pdata[i], "check");

      gtk_check_button_set_active (check, g_strcmp0 (g_object_get_data (G_OBJECT (check), "argument"), draft->argument) == 0);
    }
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->why)), draft->why) != 0)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->why), draft->why);
      gtk_editable_set_position (GTK_EDITABLE (self->why), -1);
    }
  self->is_showing = FALSE;
}

/* --- facts --- */

static gboolean
has_row (CfoilAnswerFactsStep *self,
         CfoilFactKey          key)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (cfoil_answer_facts_row_get_key (self->rows->pdata[i]) == key)
      return TRUE;
  return FALSE;
}

static void
add_row (CfoilAnswerFactsStep *self,
         AdwPreferencesGroup  *group,
         CfoilFactKey          key)
{
  GtkWidget *row = cfoil_answer_facts_row_new (session_of (self), key);

  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

/* The draft holds facts that this reason and product have no place for: they are shown all
 * the same, since they were typed for something. */
static void
add_others (CfoilAnswerFactsStep *self)
{
  const CfoilDraft *draft = cfoil_draft_session_get_draft (session_of (self));
  AdwPreferencesGroup *group = NULL;

  for (guint i = 0; i < draft->facts->len; i++)
    {
      const CfoilFact *fact = draft->facts->pdata[i];

      if (has_row (self, fact->key))
        continue;
      if (group == NULL)
        {
          group = cfoil_answer_group_new (_("Also Known"), _("Not needed for this reason and this product."));
          gtk_box_append (self->groups, GTK_WIDGET (group));
        }
      add_row (self, group, fact->key);
    }
}

static void
make_groups (CfoilAnswerFactsStep *self)
{
  g_autoptr (GPtrArray) groups = cfoil_fact_groups_for (self->shown_reason, self->shown_product);

  g_ptr_array_set_size (self->rows, 0);
  cfoil_answer_box_clear (self->groups);
  for (guint i = 0; i < groups->len; i++)
    {
      const CfoilFactGroup *facts = groups->pdata[i];
      AdwPreferencesGroup *group = cfoil_answer_group_new (_(facts->title), NULL);

      for (guint k = 0; k < facts->n_keys; k++)
        if (!has_row (self, facts->keys[k]))
          add_row (self, group, facts->keys[k]);
      gtk_box_append (self->groups, GTK_WIDGET (group));
    }
  add_others (self);
}

static gboolean
all_have_rows (CfoilAnswerFactsStep *self)
{
  const CfoilDraft *draft = cfoil_draft_session_get_draft (session_of (self));

  for (guint i = 0; i < draft->facts->len; i++)
    if (!has_row (self, ((const CfoilFact *) draft->facts->pdata[i])->key))
      return FALSE;
  return TRUE;
}

static void
show (CfoilAnswerFactsStep *self,
      gboolean              is_first)
{
  const CfoilDraft *draft = cfoil_draft_session_get_draft (session_of (self));
  CfoilReason reason = get_reason (self);
  gboolean is_sealed = cfoil_draft_session_get_is_sealed (session_of (self));

  if (is_first || reason != self->shown_reason || draft->product != self->shown_product || !all_have_rows (self))
    {
      self->shown_reason = reason;
      self->shown_product = draft->product;
      self->is_showing = TRUE;
      make_arguments (self);
      self->is_showing = FALSE;
      make_groups (self);
    }
  else
    g_ptr_array_foreach (self->rows, (GFunc) (void (*) (void)) cfoil_answer_facts_row_update, NULL);
  show_argued (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->product), !is_sealed);
  gtk_widget_set_sensitive (GTK_WIDGET (self->reason), !is_sealed);
  gtk_widget_set_sensitive (GTK_WIDGET (self->arguments), !is_sealed);
  gtk_editable_set_editable (GTK_EDITABLE (self->why), !is_sealed);
}

/* --- the step --- */

static void
cfoil_answer_facts_step_set_up (CfoilAnswerStep *step)
{
  show (CFOIL_ANSWER_FACTS_STEP (step), TRUE);
}

static void
cfoil_answer_facts_step_changed (CfoilAnswerStep  *step,
                                 CfoilSessionParts parts)
{
  if (parts & (CFOIL_SESSION_DRAFT | CFOIL_SESSION_DOSSIER))
    show (CFOIL_ANSWER_FACTS_STEP (step), FALSE);
}

static void
cfoil_answer_facts_step_show_subject (CfoilAnswerStep *step,
                                      const char      *subject)
{
  CfoilAnswerFactsStep *self = CFOIL_ANSWER_FACTS_STEP (step);
  CfoilFactKey key;

  if (g_strcmp0 (subject, "product") == 0)
    cfoil_answer_focus_soon (GTK_WIDGET (self->product));
  else if (g_strcmp0 (subject, "why") == 0)
    cfoil_answer_focus_soon (GTK_WIDGET (self->why));
  else if (g_strcmp0 (subject, "argument") == 0 && self->argument_rows->len > 0)
    cfoil_answer_focus_soon (self->argument_rows->pdata[0]);
  else if (subject != NULL && cfoil_fact_key_from_name (subject, &key))
    for (guint i = 0; i < self->rows->len; i++)
      if (cfoil_answer_facts_row_get_key (self->rows->pdata[i]) == key)
        cfoil_answer_facts_row_focus (self->rows->pdata[i]);
}

static void
cfoil_answer_facts_step_dispose (GObject *object)
{
  CfoilAnswerFactsStep *self = CFOIL_ANSWER_FACTS_STEP (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->argument_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (cfoil_answer_facts_step_parent_class)->dispose (object);
}

static void
cfoil_answer_facts_step_class_init (CfoilAnswerFactsStepClass *klass)
{
  CfoilAnswerStepClass *step_class = CFOIL_ANSWER_STEP_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_answer_facts_step_dispose;
  step_class->set_up = cfoil_answer_facts_step_set_up;
  step_class->changed = cfoil_answer_facts_step_changed;
  step_class->show_subject = cfoil_answer_facts_step_show_subject;
}

static AdwComboRow *
make_choice (AdwPreferencesGroup *group,
             const char          *title,
             guint                n,
             const char        *(*get_title) (guint),
             GCallback            callback,
             gpointer             self)
{
  AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (list, _(get_title (i)));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  cfoil_choice_rows_name (row);
  adw_preferences_group_add (group, GTK_WIDGET (row));
  g_signal_connect_object (row, "notify::selected", callback, self, G_CONNECT_SWAPPED);
  return row;
}

static const char *
get_product_title (guint product)
{
  return product == CFOIL_PRODUCT_UNKNOWN ? N_("Not chosen") : cfoil_product_get_title ((CfoilProduct) product);
}

static const char *
get_reason_title (guint reason)
{
  return cfoil_reason_get_title ((CfoilReason) reason);
}

static void
make_why (CfoilAnswerFactsStep *self)
{
  AdwPreferencesGroup *group = cfoil_answer_group_new (_("Why You Should Win"), _("In one sentence, for whoever decides. It opens the letter."));

  self->why = GTK_ENTRY (gtk_entry_new ());
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->why), FALSE);
  gtk_entry_set_max_length (self->why, CFOIL_DRAFT_MAX_TEXT);
  gtk_entry_set_placeholder_text (self->why, _("The parcel was delivered to the buyer’s own address"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->why), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Why you should win"), -1);
  g_signal_connect_object (self->why, "changed", G_CALLBACK (why_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, GTK_WIDGET (self->why));
  gtk_box_append (self->content, GTK_WIDGET (group));
}

static void
cfoil_answer_facts_step_init (CfoilAnswerFactsStep *self)
{
  AdwPreferencesGroup *group = cfoil_answer_group_new (_("What This Is About"), NULL);

  self->is_showing = TRUE;
  self->rows = g_ptr_array_new ();
  self->argument_rows = g_ptr_array_new ();
  self->content = cfoil_answer_step_make_page (CFOIL_ANSWER_STEP (self), _("Facts"),
                                               _("The letter says only what is written here. An empty field says nothing."));
  self->product = make_choice (group, _("Product"), CFOIL_N_PRODUCTS, get_product_title, G_CALLBACK (product_cb), self);
  self->reason = make_choice (group, _("Reason Argued Against"), CFOIL_N_REASONS, get_reason_title, G_CALLBACK (reason_cb), self);
  gtk_box_append (self->content, GTK_WIDGET (group));
  self->arguments = cfoil_answer_group_new (_("What You Argue"), NULL);
  gtk_box_append (self->content, GTK_WIDGET (self->arguments));
  make_why (self);
  self->groups = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  gtk_box_append (self->content, GTK_WIDGET (self->groups));
  self->is_showing = FALSE;
}

CfoilAnswerStep *
cfoil_answer_facts_step_new (void)
{
  return g_object_new (CFOIL_TYPE_ANSWER_FACTS_STEP, "step-name", "facts", "title", _("Facts"), "icon-name", "view-list-symbolic", NULL);
}
