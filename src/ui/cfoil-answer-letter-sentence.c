/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-letter-sentence.h"

#include "cfoil-answer-preview.h"
#include "cfoil-answer-step-page.h"
#include "cfoil-shown-text.h"

#include <glib/gi18n.h>

/* A list of payments is a sentence, too. */
#define TEXT_MAX 6000

struct _CfoilAnswerLetterSentence
{
  AdwBin parent_instance;

  GtkCheckButton *check;
  GtkLabel *text;
  GtkLabel *own;
  GtkWidget *flag_box;
  GtkLabel *flag;
  GtkRevealer *revealer;
  GtkLabel *basis;

  CfoilDraftSession *session; /* (owned) */
  char *id;                   /* (owned) (nullable) */
  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (CfoilAnswerLetterSentence, cfoil_answer_letter_sentence, ADW_TYPE_BIN)

/* --- taking out and putting back --- */

static int
find_left_out (const CfoilDraft *draft,
               const char       *id)
{
  for (guint i = 0; i < draft->left_out->len; i++)
    if (g_str_equal (draft->left_out->pdata[i], id))
      return (int) i;
  return -1;
}

static void
toggled_cb (CfoilAnswerLetterSentence *self)
{
  gboolean is_in = gtk_check_button_get_active (self->check);
  g_autoptr (CfoilDraft) draft = NULL;
  int position;

  if (self->is_updating || self->id == NULL)
    return;
  draft = cfoil_draft_copy (cfoil_draft_session_get_draft (self->session));
  position = find_left_out (draft, self->id);
  if (is_in && position >= 0)
    g_ptr_array_remove_index (draft->left_out, (guint) position);
  else if (!is_in && position < 0)
    g_ptr_array_add (draft->left_out, g_strdup (self->id));
  else
    return;
  cfoil_draft_session_set_draft (self->session, g_steal_pointer (&draft), NULL);
}

/* --- words --- */

static void
append (GString    *text,
        const char *part)
{
  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append (text, part);
}

static void
append_exhibit (GString          *text,
                const CfoilDraft *draft,
                const char       *id)
{
  for (guint i = 0; i < draft->exhibits->len; i++)
    if (g_str_equal (((CfoilExhibit *) draft->exhibits->pdata[i])->id, id))
      {
        g_autofree char *letter = cfoil_exhibit_letter (i);
        g_autofree char *name = g_strdup_printf (_("Exhibit %s"), letter);

        append (text, name);
      }
}

/* What it rests on: facts, and exhibits by letter. */
static char *
dup_basis (CfoilAnswerLetterSentence *self,
           const CfoilSentence       *sentence)
{
  const CfoilDraft *draft = cfoil_draft_session_get_draft (self->session);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < sentence->n_facts; i++)
    append (list, _(cfoil_fact_get_info (sentence->facts[i])->title));
  for (guint i = 0; sentence->exhibits != NULL && sentence->exhibits[i] != NULL; i++)
    append_exhibit (list, draft, sentence->exhibits[i]);
  if (sentence->is_own)
    return g_strdup (_("Your words, under Facts."));
  if (list->len == 0)
    return g_strdup (_("It asserts nothing."));
  /* Translators: %s is a list of facts and exhibits. */
  return g_strdup_printf (_("Rests on: %s"), list->str);
}

static void
show_basis (CfoilAnswerLetterSentence *self,
            const CfoilSentence       *sentence,
            const char                *text)
{
  g_autofree char *basis = dup_basis (self, sentence);

  gtk_label_set_text (self->basis, basis);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), basis);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, basis, -1);
}

static void
show_flag (CfoilAnswerLetterSentence *self,
           const CfoilSentence       *sentence,
           gboolean                   is_left_out)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->flag_box, sentence->wants_proof && !is_left_out);
  if (!sentence->wants_proof)
    return;
  /* Translators: %s is a type of exhibit such as "Proof of delivery". */
  text = g_strdup_printf (_("No exhibit proves this yet: %s"), _(cfoil_evidence_type_get_title (sentence->proof)));
  gtk_label_set_text (self->flag, text);
}

/* --- GObject --- */

static void
focus_cb (GtkEventControllerFocus   *controller,
          GParamSpec                *pspec,
          CfoilAnswerLetterSentence *self)
{
  gtk_revealer_set_reveal_child (self->revealer, gtk_event_controller_focus_contains_focus (controller));
}

static GtkWidget *
make_flag (CfoilAnswerLetterSentence *self)
{
  GtkWidget *button = gtk_button_new_with_label (_("Add…"));

  self->flag_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->flag = GTK_LABEL (cfoil_answer_label_new (NULL, "caption"));
  gtk_widget_add_css_class (GTK_WIDGET (self->flag), "warning");
  gtk_widget_set_hexpand (GTK_WIDGET (self->flag), TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Show the Evidence"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", "evidence", "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "answer.step");
  gtk_box_append (GTK_BOX (self->flag_box), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (self->flag_box), GTK_WIDGET (self->flag));
  gtk_box_append (GTK_BOX (self->flag_box), button);
  return self->flag_box;
}

static void
cfoil_answer_letter_sentence_finalize (GObject *object)
{
  CfoilAnswerLetterSentence *self = CFOIL_ANSWER_LETTER_SENTENCE (object);

  g_clear_object (&self->session);
  g_free (self->id);

  G_OBJECT_CLASS (cfoil_answer_letter_sentence_parent_class)->finalize (object);
}

static void
cfoil_answer_letter_sentence_class_init (CfoilAnswerLetterSentenceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_answer_letter_sentence_finalize;
}

static void
cfoil_answer_letter_sentence_init (CfoilAnswerLetterSentence *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->check), GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->check), _("In the Letter"));
  self->text = GTK_LABEL (cfoil_answer_label_new (NULL, NULL));
  self->own = GTK_LABEL (cfoil_answer_label_new (_("Your words"), "caption"));
  gtk_widget_add_css_class (GTK_WIDGET (self->own), "accent");
  self->basis = GTK_LABEL (cfoil_answer_label_new (NULL, "caption"));
  gtk_widget_add_css_class (GTK_WIDGET (self->basis), "dim-label");
  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_transition_duration (self->revealer, 0);
  gtk_revealer_set_child (self->revealer, GTK_WIDGET (self->basis));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->own));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->text));
  gtk_box_append (GTK_BOX (texts), make_flag (self));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->revealer));
  gtk_widget_set_hexpand (texts, TRUE);
  /* On one line with the check mark. */
  gtk_widget_set_margin_top (texts, 3);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->check));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_widget_add_css_class (box, "letter-sentence");
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "notify::contains-focus", G_CALLBACK (focus_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

CfoilAnswerLetterSentence *
cfoil_answer_letter_sentence_new (CfoilDraftSession *session)
{
  CfoilAnswerLetterSentence *self = g_object_new (CFOIL_TYPE_ANSWER_LETTER_SENTENCE, NULL);

  self->session = g_object_ref (session);
  return self;
}

const char *
cfoil_answer_letter_sentence_get_id (CfoilAnswerLetterSentence *self)
{
  g_return_val_if_fail (CFOIL_IS_ANSWER_LETTER_SENTENCE (self), NULL);

  return self->id;
}

void
cfoil_answer_letter_sentence_update (CfoilAnswerLetterSentence *self,
                                     const CfoilSentence       *sentence,
                                     gboolean                   is_left_out)
{
  g_autofree char *text = cfoil_shown_lines (sentence->text, TEXT_MAX);

  g_return_if_fail (CFOIL_IS_ANSWER_LETTER_SENTENCE (self));

  self->is_updating = TRUE;
  if (g_strcmp0 (self->id, sentence->id) != 0)
    {
      g_free (self->id);
      self->id = g_strdup (sentence->id);
      cfoil_answer_preview_mark (GTK_WIDGET (self), sentence->id);
    }
  gtk_label_set_text (self->text, text != NULL ? text : "");
  gtk_check_button_set_active (self->check, !is_left_out);
  gtk_widget_set_visible (GTK_WIDGET (self->own), sentence->is_own);
  /* What people said themselves is changed where they said it. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), !sentence->is_own);
  if (is_left_out)
    gtk_widget_add_css_class (GTK_WIDGET (self->text), "left-out");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->text), "left-out");
  show_flag (self, sentence, is_left_out);
  show_basis (self, sentence, text != NULL ? text : "");
  self->is_updating = FALSE;
}
