/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-letter-section.h"

#include "cfoil-answer-letter-own.h"
#include "cfoil-answer-letter-sentence.h"
#include "cfoil-answer-step-page.h"

#include <glib/gi18n.h>

struct _CfoilAnswerLetterSection
{
  AdwBin parent_instance;

  GtkBox *sentences;
  CfoilAnswerLetterOwn *own; /* (nullable): nobody writes an address of their own */

  CfoilDraftSession *session; /* (owned) */
  const char *name;           /* static */
  GPtrArray *rows;            /* (owned) (element-type CfoilAnswerLetterSentence): in the box */
};

/* One that is shown, and whether the user took it out. */
typedef struct
{
  const CfoilSentence *sentence;
  gboolean is_left_out;
} Shown;

G_DEFINE_FINAL_TYPE (CfoilAnswerLetterSection, cfoil_answer_letter_section, ADW_TYPE_BIN)

/* --- which sentences, in which order --- */

static gboolean
is_own_words_here (CfoilAnswerLetterSection *self,
                   const CfoilSentence      *sentence)
{
  g_autofree char *id = g_strconcat ("own.", self->name, NULL);

  return self->own != NULL && g_str_equal (sentence->id, id);
}

static int
find_row (CfoilAnswerLetterSection *self,
          const char               *id)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_strcmp0 (cfoil_answer_letter_sentence_get_id (self->rows->pdata[i]), id) == 0)
      return (int) i;
  return -1;
}

static int
find_shown (GArray     *shown,
            const char *id)
{
  for (guint i = 0; i < shown->len; i++)
    if (g_strcmp0 (g_array_index (shown, Shown, i).sentence->id, id) == 0)
      return (int) i;
  return -1;
}

/* One that was taken out stays where it stood: behind the one that it followed. */
static void
insert_left_out (CfoilAnswerLetterSection *self,
                 GArray                   *shown,
                 const CfoilSentence      *sentence)
{
  Shown entry = { sentence, TRUE };
  int place = find_row (self, sentence->id);

  for (int i = place - 1; i >= 0; i--)
    {
      int before = find_shown (shown, cfoil_answer_letter_sentence_get_id (self->rows->pdata[i]));

      if (before >= 0)
        {
          g_array_insert_val (shown, (guint) before + 1, entry);
          return;
        }
    }
  if (place >= 0)
    g_array_prepend_val (shown, entry);
  else
    g_array_append_val (shown, entry);
}

static GArray *
collect (CfoilAnswerLetterSection *self,
         const CfoilLetter        *letter)
{
  GArray *shown = g_array_new (FALSE, FALSE, sizeof (Shown));

  for (guint i = 0; i < letter->sentences->len; i++)
    {
      Shown entry = { letter->sentences->pdata[i], FALSE };

      if (g_str_equal (entry.sentence->section, self->name) && !is_own_words_here (self, entry.sentence))
        g_array_append_val (shown, entry);
    }
  for (guint i = 0; i < letter->available->len; i++)
    {
      const CfoilSentence *sentence = letter->available->pdata[i];

      if (g_str_equal (sentence->section, self->name))
        insert_left_out (self, shown, sentence);
    }
  return shown;
}

/* --- rows --- */

static void
set_n_rows (CfoilAnswerLetterSection *self,
            guint                     n_rows)
{
  while (self->rows->len > n_rows)
    gtk_box_remove (self->sentences, g_ptr_array_steal_index (self->rows, self->rows->len - 1));
  while (self->rows->len < n_rows)
    {
      GtkWidget *row = GTK_WIDGET (cfoil_answer_letter_sentence_new (self->session));

      gtk_box_append (self->sentences, row);
      g_ptr_array_add (self->rows, row);
    }
}

static void
show_sentences (CfoilAnswerLetterSection *self)
{
  const CfoilLetter *letter = cfoil_draft_session_get_letter (self->session);
  g_autoptr (GArray) shown = letter != NULL ? collect (self, letter) : NULL;

  set_n_rows (self, shown != NULL ? shown->len : 0);
  for (guint i = 0; shown != NULL && i < shown->len; i++)
    {
      const Shown *entry = &g_array_index (shown, Shown, i);

      cfoil_answer_letter_sentence_update (self->rows->pdata[i], entry->sentence, entry->is_left_out);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->sentences), self->rows->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), self->rows->len > 0 || self->own != NULL);
}

/* --- GObject --- */

static void
cfoil_answer_letter_section_finalize (GObject *object)
{
  CfoilAnswerLetterSection *self = CFOIL_ANSWER_LETTER_SECTION (object);

  g_clear_object (&self->session);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (cfoil_answer_letter_section_parent_class)->finalize (object);
}

static void
cfoil_answer_letter_section_class_init (CfoilAnswerLetterSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_answer_letter_section_finalize;
}

static void
cfoil_answer_letter_section_init (CfoilAnswerLetterSection *self)
{
  self->rows = g_ptr_array_new ();
}

static gboolean
takes_own_words (const char *name)
{
  static const char *const without[] = { "address", "subject", "exhibits", NULL };

  return !g_strv_contains (without, name);
}

CfoilAnswerLetterSection *
cfoil_answer_letter_section_new (CfoilWorkspace    *workspace,
                                 CfoilDraftSession *session,
                                 const char        *name)
{
  CfoilAnswerLetterSection *self = g_object_new (CFOIL_TYPE_ANSWER_LETTER_SECTION, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = cfoil_answer_label_new (cfoil_letter_section_get_title (name), "heading");

  self->session = g_object_ref (session);
  self->name = name;
  self->sentences = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_widget_add_css_class (GTK_WIDGET (self->sentences), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self->sentences), "letter-section");
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (box), head);
  if (takes_own_words (name))
    {
      self->own = cfoil_answer_letter_own_new (workspace, session, name);
      gtk_box_append (GTK_BOX (head), cfoil_answer_letter_own_get_button (self->own));
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->own));
    }
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->sentences));
  adw_bin_set_child (ADW_BIN (self), box);
  cfoil_answer_letter_section_update (self);
  return self;
}

void
cfoil_answer_letter_section_update (CfoilAnswerLetterSection *self)
{
  g_return_if_fail (CFOIL_IS_ANSWER_LETTER_SECTION (self));

  if (self->own != NULL)
    cfoil_answer_letter_own_update (self->own);
  show_sentences (self);
}

gboolean
cfoil_answer_letter_section_show_subject (CfoilAnswerLetterSection *self,
                                          const char               *subject)
{
  g_autofree char *own = NULL;
  int row;

  g_return_val_if_fail (CFOIL_IS_ANSWER_LETTER_SECTION (self), FALSE);

  own = g_strconcat ("own.", self->name, NULL);
  row = find_row (self, subject);
  if (row >= 0)
    cfoil_answer_focus_soon (self->rows->pdata[row]);
  else if (self->own != NULL && (g_str_equal (subject, own) || g_str_equal (subject, self->name)))
    cfoil_answer_letter_own_edit (self->own);
  else
    return FALSE;
  return TRUE;
}
