/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-letter-step.h"

#include "cfoil-answer-letter-section.h"
#include "cfoil-answer-step-page.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilAnswerLetterStep
{
  CfoilAnswerStep parent_instance;

  GtkBox *content;
  GtkLabel *length;
  GtkWidget *copy_button;

  GPtrArray *sections; /* (owned) (element-type CfoilAnswerLetterSection): in the box */
};

G_DEFINE_FINAL_TYPE (CfoilAnswerLetterStep, cfoil_answer_letter_step, CFOIL_TYPE_ANSWER_STEP)

static CfoilDraftSession *
session_of (CfoilAnswerLetterStep *self)
{
  return cfoil_answer_step_get_session (CFOIL_ANSWER_STEP (self));
}

static void
show_length (CfoilAnswerLetterStep *self)
{
  const CfoilLetter *letter = cfoil_draft_session_get_letter (session_of (self));
  g_autofree char *text = letter != NULL ? cfoil_letter_to_text (letter) : g_strdup ("");
  g_autofree char *number = NULL;
  g_autofree char *words = NULL;
  glong n = g_utf8_strlen (text, -1);
  guint n_flags = 0;

  for (guint i = 0; letter != NULL && i < letter->sentences->len; i++)
    n_flags += ((const CfoilSentence *) letter->sentences->pdata[i])->wants_proof;
  number = cfoil_words_number (n);
  words = g_strdup_printf (ngettext ("%s character", "%s characters", (gulong) n), number);
  if (n_flags > 0)
    {
      g_autofree char *flags = g_strdup_printf (ngettext ("%u statement without an exhibit", "%u statements without an exhibit", n_flags),
                                                n_flags);
      g_autofree char *both = g_strdup_printf ("%s, %s", words, flags);

      gtk_label_set_text (self->length, both);
    }
  else
    gtk_label_set_text (self->length, words);
}

static void
copy_cb (CfoilAnswerLetterStep *self)
{
  const CfoilLetter *letter = session_of (self) != NULL ? cfoil_draft_session_get_letter (session_of (self)) : NULL;
  g_autofree char *text = letter != NULL ? cfoil_letter_to_text (letter) : NULL;

  if (text == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  cfoil_toast_show (GTK_WIDGET (self), _("The letter was copied"));
}

/* --- the step --- */

static GtkWidget *
make_head (CfoilAnswerLetterStep *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->length = GTK_LABEL (cfoil_answer_label_new (NULL, "dim-label"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->length), TRUE);
  self->copy_button = gtk_button_new_with_mnemonic (_("_Copy as Text"));
  gtk_widget_set_valign (self->copy_button, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->copy_button, "clicked", G_CALLBACK (copy_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->length));
  gtk_box_append (GTK_BOX (head), self->copy_button);
  return head;
}

static void
show_seal (CfoilAnswerLetterStep *self)
{
  gboolean is_sealed = cfoil_draft_session_get_is_sealed (session_of (self));

  for (guint i = 0; i < self->sections->len; i++)
    gtk_widget_set_sensitive (self->sections->pdata[i], !is_sealed);
}

static void
cfoil_answer_letter_step_set_up (CfoilAnswerStep *step)
{
  CfoilAnswerLetterStep *self = CFOIL_ANSWER_LETTER_STEP (step);

  for (guint i = 0; cfoil_letter_sections[i] != NULL; i++)
    {
      CfoilAnswerLetterSection *section;

      section = cfoil_answer_letter_section_new (cfoil_answer_step_get_workspace (step), session_of (self), cfoil_letter_sections[i]);
      gtk_box_append (self->content, GTK_WIDGET (section));
      g_ptr_array_add (self->sections, section);
    }
  show_length (self);
  show_seal (self);
}

static void
cfoil_answer_letter_step_changed (CfoilAnswerStep  *step,
                                  CfoilSessionParts parts)
{
  CfoilAnswerLetterStep *self = CFOIL_ANSWER_LETTER_STEP (step);

  if (!(parts & (CFOIL_SESSION_DRAFT | CFOIL_SESSION_DOSSIER)))
    return;
  for (guint i = 0; i < self->sections->len; i++)
    cfoil_answer_letter_section_update (self->sections->pdata[i]);
  show_length (self);
  show_seal (self);
}

static void
cfoil_answer_letter_step_show_subject (CfoilAnswerStep *step,
                                       const char      *subject)
{
  CfoilAnswerLetterStep *self = CFOIL_ANSWER_LETTER_STEP (step);

  for (guint i = 0; subject != NULL && i < self->sections->len; i++)
    if (cfoil_answer_letter_section_show_subject (self->sections->pdata[i], subject))
      return;
  cfoil_answer_focus_soon (self->copy_button);
}

static void
cfoil_answer_letter_step_finalize (GObject *object)
{
  g_ptr_array_unref (CFOIL_ANSWER_LETTER_STEP (object)->sections);

  G_OBJECT_CLASS (cfoil_answer_letter_step_parent_class)->finalize (object);
}

static void
cfoil_answer_letter_step_class_init (CfoilAnswerLetterStepClass *klass)
{
  CfoilAnswerStepClass *step_class = CFOIL_ANSWER_STEP_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cfoil_answer_letter_step_finalize;
  step_class->set_up = cfoil_answer_letter_step_set_up;
  step_class->changed = cfoil_answer_letter_step_changed;
  step_class->show_subject = cfoil_answer_letter_step_show_subject;
}

static void
cfoil_answer_letter_step_init (CfoilAnswerLetterStep *self)
{
  self->sections = g_ptr_array_new ();
  self->content = cfoil_answer_step_make_page (
      CFOIL_ANSWER_STEP (self), _("Letter"),
      _("Composed of what you know: a sentence stands only as long as its facts do. Take out what you do not want to say, "
        "and add your own words; those are sent as you write them."));
  gtk_box_append (self->content, make_head (self));
}

CfoilAnswerStep *
cfoil_answer_letter_step_new (void)
{
  return g_object_new (CFOIL_TYPE_ANSWER_LETTER_STEP, "step-name", "letter", "title", _("Letter"),
                       "icon-name", "text-editor-symbolic", NULL);
}
