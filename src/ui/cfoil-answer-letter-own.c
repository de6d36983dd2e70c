/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-letter-own.h"

#include "cfoil-answer-letter-template.h"
#include "cfoil-answer-preview.h"
#include "cfoil-answer-step-page.h"
#include "cfoil-library-picker.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* From here on, in per cent, the limit is told. */
#define NEARLY 90

struct _CfoilAnswerLetterOwn
{
  AdwBin parent_instance;

  GtkWidget *open_button;     /* (owned): stands in the head of the section */
  GtkWidget *field;
  GtkTextView *view;
  GtkLabel *counter;
  GtkLabel *note;
  CfoilLibraryPicker *picker;

  CfoilDraftSession *session; /* (owned) */
  const char *section;        /* static */
  gboolean is_open;
  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (CfoilAnswerLetterOwn, cfoil_answer_letter_own, ADW_TYPE_BIN)

/* --- typing --- */

static char *
dup_text (CfoilAnswerLetterOwn *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
show_counter (CfoilAnswerLetterOwn *self)
{
  gint64 n = gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (self->view));
  g_autofree char *number = cfoil_words_number (n);
  g_autofree char *max = cfoil_words_number (CFOIL_DRAFT_MAX_TEXT);
  g_autofree char *text = NULL;

  if (n * 100 < (gint64) CFOIL_DRAFT_MAX_TEXT * NEARLY)
    text = g_strdup_printf (ngettext ("%s character", "%s characters", (gulong) n), number);
  else
    text = g_strdup_printf (_("%s of at most %s characters"), number, max);
  gtk_label_set_text (self->counter, text);
}

static void
show_note (CfoilAnswerLetterOwn *self,
           const char           *text)
{
  gtk_label_set_text (self->note, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), text != NULL);
}

static void
typed_cb (CfoilAnswerLetterOwn *self)
{
  CfoilDraft *draft;
  g_autofree char *text = NULL;
  g_autofree char *what = NULL;

  show_counter (self);
  if (self->is_updating || cfoil_draft_session_get_is_sealed (self->session))
    return;
  text = dup_text (self);
  what = g_strconcat ("own:", self->section, NULL);
  draft = cfoil_draft_copy (cfoil_draft_session_get_draft (self->session));
  cfoil_draft_set_own_words (draft, self->section, text);
  cfoil_draft_session_set_draft (self->session, draft, what);
}

/* What would not fit is not taken, and that is said: a draft never loses the end of it
 * later. */
static void
insert_cb (GtkTextBuffer        *buffer,
           GtkTextIter          *place,
           char                 *text,
           int                   length,
           CfoilAnswerLetterOwn *self)
{
  glong room = CFOIL_DRAFT_MAX_TEXT - gtk_text_buffer_get_char_count (buffer);
  glong n = g_utf8_strlen (text, length);

  if (n <= room)
    return;
  g_signal_stop_emission_by_name (buffer, "insert-text");
  if (room > 0)
    {
      g_autofree char *part = g_utf8_substring (text, 0, room);

      gtk_text_buffer_insert (buffer, place, part, -1);
    }
  show_note (self, _("There is no room for more. The rest of what was entered was not taken."));
}

/* --- opening, templates --- */

static void
show_state (CfoilAnswerLetterOwn *self)
{
  gtk_widget_set_visible (self->open_button, !self->is_open);
  gtk_widget_set_visible (GTK_WIDGET (self), self->is_open);
}

static void
open_cb (CfoilAnswerLetterOwn *self)
{
  cfoil_answer_letter_own_edit (self);
}

static void
close_cb (CfoilAnswerLetterOwn *self)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), "", 0);
  show_note (self, NULL);
  self->is_open = FALSE;
  show_state (self);
  gtk_widget_grab_focus (self->open_button);
}

static void
tell_missing (CfoilAnswerLetterOwn *self,
              GPtrArray            *missing)
{
  g_autofree char *list = NULL;
  g_autofree char *text = NULL;

  g_ptr_array_add (missing, NULL);
  list = g_strjoinv (", ", (char **) missing->pdata);
  /* Translators: %s is a list of facts. */
  text = g_strdup_printf (_("Sentences of the template were left out, since this is not known: %s. "
                            "Enter it under Facts and insert the template again."),
                          list);
  show_note (self, text);
}

static void
picked_cb (CfoilAnswerLetterOwn *self,
           gpointer              data)
{
  const CfoilLibraryItem *item = data;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  g_autoptr (GPtrArray) missing = NULL;
  g_autofree char *text = NULL;

  text = cfoil_answer_letter_template_fill (item->text, cfoil_draft_session_get_draft (self->session), &missing);
  show_note (self, NULL);
  gtk_text_buffer_delete_selection (buffer, FALSE, TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, text, -1);
  if (missing->len > 0)
    tell_missing (self, missing);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* --- GObject --- */

static void
cfoil_answer_letter_own_dispose (GObject *object)
{
  g_clear_object (&CFOIL_ANSWER_LETTER_OWN (object)->open_button);

  G_OBJECT_CLASS (cfoil_answer_letter_own_parent_class)->dispose (object);
}

static void
cfoil_answer_letter_own_finalize (GObject *object)
{
  g_clear_object (&CFOIL_ANSWER_LETTER_OWN (object)->session);

  G_OBJECT_CLASS (cfoil_answer_letter_own_parent_class)->finalize (object);
}

static void
cfoil_answer_letter_own_class_init (CfoilAnswerLetterOwnClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_answer_letter_own_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_answer_letter_own_finalize;
}

static GtkWidget *
make_view (CfoilAnswerLetterOwn *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_text_view_set_top_margin (self->view, 9);
  gtk_text_view_set_bottom_margin (self->view, 9);
  gtk_text_view_set_left_margin (self->view, 9);
  gtk_text_view_set_right_margin (self->view, 9);
  /* Undo is the session's. */
  gtk_text_buffer_set_enable_undo (gtk_text_view_get_buffer (self->view), FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 84);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 280);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_widget_add_css_class (scrolled, "own-words");
  return scrolled;
}

static GtkWidget *
make_foot (CfoilAnswerLetterOwn *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *close = gtk_button_new_from_icon_name ("user-trash-symbolic");

  self->counter = GTK_LABEL (cfoil_answer_label_new (NULL, "caption"));
  gtk_widget_add_css_class (GTK_WIDGET (self->counter), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->counter), "numeric");
  gtk_widget_set_hexpand (GTK_WIDGET (self->counter), TRUE);
  self->picker = cfoil_library_picker_new (_("_Template"), TRUE);
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_set_tooltip_text (close, _("Remove Your Words Here"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (close), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Remove Your Words Here"), -1);
  g_signal_connect_object (close, "clicked", G_CALLBACK (close_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (foot), GTK_WIDGET (self->counter));
  gtk_box_append (GTK_BOX (foot), GTK_WIDGET (self->picker));
  gtk_box_append (GTK_BOX (foot), close);
  return foot;
}

static void
cfoil_answer_letter_own_init (CfoilAnswerLetterOwn *self)
{
  GtkWidget *mark = cfoil_answer_label_new (_("Your words"), "caption-heading");

  self->open_button = g_object_ref_sink (gtk_button_new_with_label (_("Add Your Words")));
  gtk_widget_set_valign (self->open_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->open_button, "flat");
  self->field = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->note = GTK_LABEL (cfoil_answer_label_new (NULL, "caption"));
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "warning");
  gtk_widget_set_visible (GTK_WIDGET (self->note), FALSE);
  gtk_widget_add_css_class (mark, "accent");
  gtk_box_append (GTK_BOX (self->field), mark);
  gtk_box_append (GTK_BOX (self->field), make_view (self));
  gtk_box_append (GTK_BOX (self->field), GTK_WIDGET (self->note));
  gtk_box_append (GTK_BOX (self->field), make_foot (self));
  adw_bin_set_child (ADW_BIN (self), self->field);
  g_signal_connect_object (self->open_button, "clicked", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_text_view_get_buffer (self->view), "insert-text", G_CALLBACK (insert_cb), self, 0);
  g_signal_connect_object (gtk_text_view_get_buffer (self->view), "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
}

CfoilAnswerLetterOwn *
cfoil_answer_letter_own_new (CfoilWorkspace    *workspace,
                             CfoilDraftSession *session,
                             const char        *section)
{
  CfoilAnswerLetterOwn *self = g_object_new (CFOIL_TYPE_ANSWER_LETTER_OWN, NULL);
  g_autofree char *label = g_strdup_printf (_("Your words, %s"), cfoil_letter_section_get_title (section));
  g_autofree char *open = g_strdup_printf (_("Add your words, %s"), cfoil_letter_section_get_title (section));
  g_autofree char *mark = g_strconcat ("own.", section, NULL);

  self->session = g_object_ref (session);
  self->section = section;
  cfoil_library_picker_set_workspace (self->picker, workspace);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open_button), GTK_ACCESSIBLE_PROPERTY_LABEL, open, -1);
  cfoil_answer_preview_mark (GTK_WIDGET (self), mark);
  cfoil_answer_letter_own_update (self);
  return self;
}

GtkWidget *
cfoil_answer_letter_own_get_button (CfoilAnswerLetterOwn *self)
{
  g_return_val_if_fail (CFOIL_IS_ANSWER_LETTER_OWN (self), NULL);

  return self->open_button;
}

void
cfoil_answer_letter_own_update (CfoilAnswerLetterOwn *self)
{
  const CfoilDraft *draft = cfoil_draft_session_get_draft (self->session);
  CfoilDossier *dossier = cfoil_draft_session_get_dossier (self->session);
  const char *words;
  g_autofree char *text = NULL;

  g_return_if_fail (CFOIL_IS_ANSWER_LETTER_OWN (self));

  words = cfoil_draft_get_own_words (draft, self->section);
  text = dup_text (self);
  if (!g_str_equal (text, words))
    {
      self->is_updating = TRUE;
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), words, -1);
      self->is_updating = FALSE;
    }
  cfoil_library_picker_set_reason (self->picker, draft->reason != CFOIL_REASON_UNKNOWN || dossier == NULL ? draft->reason
                                                                                                          : dossier->record->reason);
  self->is_open = self->is_open || *words != '\0';
  show_counter (self);
  show_state (self);
}

void
cfoil_answer_letter_own_edit (CfoilAnswerLetterOwn *self)
{
  g_return_if_fail (CFOIL_IS_ANSWER_LETTER_OWN (self));

  self->is_open = TRUE;
  show_state (self);
  cfoil_answer_focus_soon (GTK_WIDGET (self->view));
}
