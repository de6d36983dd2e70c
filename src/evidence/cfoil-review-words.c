/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-renderer.h"
#include "cfoil-review-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* What the letter says, and how that is proved. */

/* What people leave in templates: {name}, [YOUR NAME], <name>. */
#define PLACEHOLDER "\\{[^{}\\n]{1,60}\\}|\\[[A-Z][^\\]\\n]{0,60}\\]|<[A-Za-z][^<>\\n]{0,60}>|\\bX{3,}\\b"

static void
review_placeholders (CfoilReview *self,
                     const char  *text,
                     const char  *subject,
                     const char  *step)
{
  g_autoptr (GRegex) regex = g_regex_new (PLACEHOLDER, G_REGEX_OPTIMIZE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *found = NULL;

  if (!g_regex_match (regex, text, 0, &match))
    return;
  found = g_match_info_fetch (match, 0);
  _cfoil_review_add (self, CFOIL_FINDING_BLOCKER, "placeholder", step, subject,
                     g_strdup_printf (_("A placeholder was left in your words: %s"), found),
                     _("Replace it by what it stands for, or take it out."));
}

static void
review_own_words (CfoilReview *self,
                  const char  *text,
                  const char  *subject,
                  const char  *step)
{
  review_placeholders (self, text, subject, step);
  if (cfoil_count_card_numbers (text) > 0)
    _cfoil_review_add (self, CFOIL_FINDING_WARNING, "card-number", step, subject,
                       g_strdup (_("Your words seem to hold a card number.")),
                       _("A full card number must not be sent to anybody: leave the last four digits only."));
}

static void
review_facts (CfoilReview *self)
{
  GPtrArray *facts = self->input->draft->facts;

  for (guint i = 0; i < facts->len; i++)
    {
      const CfoilFact *fact = g_ptr_array_index (facts, i);
      const CfoilFactInfo *info = cfoil_fact_get_info (fact->key);

      if (fact->source == CFOIL_FACT_SOURCE_TYPED && (info->kind == CFOIL_FACT_KIND_LINE || info->kind == CFOIL_FACT_KIND_TEXT))
        review_own_words (self, fact->value, info->name, "facts");
    }
}

static gboolean
is_argued (const CfoilLetter *letter,
           const char        *exhibit_id)
{
  for (guint i = 0; i < letter->sentences->len; i++)
    {
      const CfoilSentence *sentence = g_ptr_array_index (letter->sentences, i);

      if (strcmp (sentence->section, "exhibits") != 0 &&
          g_strv_contains ((const char *const *) sentence->exhibits, exhibit_id))
        return TRUE;
    }
  return FALSE;
}

/* The user's words may name an exhibit, too: "see Exhibit C". */
static gboolean
is_named (const CfoilDraft *draft,
          const char       *letter)
{
  g_autofree char *name = g_strdup_printf ("\\bexhibit\\s+%s\\b", letter);
  g_autoptr (GRegex) regex = g_regex_new (name, G_REGEX_CASELESS, 0, NULL);

  for (guint i = 0; i < draft->own_words->len; i++)
    if (g_regex_match (regex, ((CfoilOwnWords *) g_ptr_array_index (draft->own_words, i))->text, 0, NULL))
      return TRUE;
  return g_regex_match (regex, draft->why, 0, NULL);
}

static void
review_references (CfoilReview *self)
{
  const CfoilDraft *draft = self->input->draft;

  for (guint i = 0; i < draft->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = g_ptr_array_index (draft->exhibits, i);
      g_autofree char *letter = cfoil_exhibit_letter (i);

      if (!is_argued (self->input->letter, exhibit->id) && !is_named (draft, letter))
        _cfoil_review_add (self, CFOIL_FINDING_WARNING, "not-referred-to", "letter", exhibit->id,
                           g_strdup_printf (_("No sentence of the letter refers to exhibit %s."), letter),
                           _("Give it the type of what it proves, or say in your own words what it shows."));
    }
}

static void
flag_statement (CfoilReview         *self,
                const CfoilSentence *sentence)
{
  g_autofree char *advice = g_strdup_printf (_("Add an exhibit of the type “%s”, or take the sentence out."),
                                             _(cfoil_evidence_type_get_title (sentence->proof)));

  _cfoil_review_add (self, CFOIL_FINDING_WARNING, "no-proof", "letter", sentence->id,
                     g_strdup_printf (_("Nothing proves this statement: “%s”"), sentence->text), advice);
}

static void
review_sentences (CfoilReview *self)
{
  const CfoilLetter *letter = self->input->letter;
  guint n_arguments = 0;

  for (guint i = 0; i < letter->sentences->len; i++)
    {
      const CfoilSentence *sentence = g_ptr_array_index (letter->sentences, i);

      n_arguments += sentence->is_own || strcmp (sentence->section, "argument") == 0;
      if (sentence->wants_proof)
        flag_statement (self, sentence);
    }
  if (n_arguments == 0)
    _cfoil_review_add (self, CFOIL_FINDING_BLOCKER, "no-argument", "facts", NULL,
                       g_strdup (_("The letter does not say why you should win.")),
                       _("Fill in the facts that you know, or write it in your own words."));
}

static void
review_contradictions (CfoilReview *self)
{
  g_autoptr (GPtrArray) texts = cfoil_letter_find_contradictions (self->input->draft);

  for (guint i = 0; i < texts->len; i++)
    _cfoil_review_add (self, CFOIL_FINDING_WARNING, "contradiction", "facts", NULL,
                       g_strdup (g_ptr_array_index (texts, i)),
                       _("Correct the date that is wrong: sentences that rest on both are left out."));
}

void
_cfoil_review_words (CfoilReview *self)
{
  const CfoilDraft *draft = self->input->draft;
  guint n_unknown = self->input->layout != NULL ? cfoil_packet_layout_get_n_unknown_glyphs (self->input->layout) : 0;

  review_own_words (self, draft->why, "why", "facts");
  for (guint i = 0; i < draft->own_words->len; i++)
    {
      const CfoilOwnWords *words = g_ptr_array_index (draft->own_words, i);

      review_own_words (self, words->text, words->section, "letter");
    }
  review_facts (self);
  review_contradictions (self);
  if (self->input->letter != NULL)
    {
      review_sentences (self);
      review_references (self);
    }
  if (n_unknown > 0)
    _cfoil_review_add (self, CFOIL_FINDING_WARNING, "glyphs", "letter", NULL,
                       g_strdup_printf (ngettext ("%u character cannot be printed with the fonts of this computer.",
                                                  "%u characters cannot be printed with the fonts of this computer.", n_unknown), n_unknown),
                       _("Install a font for that script, or write it in Latin letters."));
}
