/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-letter-private.h"

#include "cfoil-fact-private.h"

#include <glib/gi18n.h>
#include <string.h>

const char *const cfoil_letter_sections[] = {
  "address", "subject", "opening", "payment", "argument", "history", "policy", "contact", "closing", "exhibits", NULL,
};

static const char *const section_titles[] = {
  N_ ("Address"), N_ ("Subject"), N_ ("Introduction"), N_ ("Payment"), N_ ("Argument"),
  N_ ("Earlier Payments"), N_ ("Policy"), N_ ("Contact with the Buyer"), N_ ("Closing"), N_ ("Exhibits"),
};
G_STATIC_ASSERT (G_N_ELEMENTS (section_titles) + 1 == G_N_ELEMENTS (cfoil_letter_sections));

/* In the order in which their sentences stand within a section. */
static const CfoilCatalogue *const catalogues[] = {
  &cfoil_letter_frame, &cfoil_letter_fraud, &cfoil_letter_subscription,
  &cfoil_letter_delivery, &cfoil_letter_goods, &cfoil_letter_amounts, &cfoil_letter_refunds,
};
#define REFUNDS (G_N_ELEMENTS (catalogues) - 1)

/* What the templates of each catalogue assert: read once, asked with each keystroke. */
static CfoilTemplateFacts *const *
get_template_facts (void)
{
  static CfoilTemplateFacts *facts[G_N_ELEMENTS (catalogues)];
  static gsize is_made;

  if (g_once_init_enter (&is_made))
    {
      for (guint i = 0; i < G_N_ELEMENTS (catalogues); i++)
        {
          facts[i] = g_new0 (CfoilTemplateFacts, catalogues[i]->n_templates);
          for (guint j = 0; j < catalogues[i]->n_templates; j++)
            cfoil_template_list_facts (&catalogues[i]->templates[j], &facts[i][j]);
        }
      g_once_init_leave (&is_made, 1);
    }
  return facts;
}

const char *
cfoil_letter_section_get_title (const char *section)
{
  g_return_val_if_fail (section != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (section_titles); i++)
    if (g_str_equal (cfoil_letter_sections[i], section))
      return _(section_titles[i]);
  return section;
}

/* --- sentences --- */

static void
cfoil_sentence_free (CfoilSentence *self)
{
  g_free (self->id);
  g_free (self->text);
  g_free (self->facts);
  g_strfreev (self->exhibits);
  g_free (self);
}

static const char *
section_name (const char *section)
{
  for (guint i = 0; cfoil_letter_sections[i] != NULL; i++)
    if (g_str_equal (cfoil_letter_sections[i], section))
      return cfoil_letter_sections[i];
  g_return_val_if_reached (section);
}

/* Takes TEXT. */
static CfoilSentence *
sentence_new (const char *id,
              const char *section,
              char       *text)
{
  CfoilSentence *self = g_new0 (CfoilSentence, 1);

  self->id = g_strdup (id);
  self->section = section_name (section);
  self->text = text;
  self->exhibits = g_new0 (char *, 1);
  return self;
}

static char **
dup_ids (GPtrArray *exhibits)
{
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < exhibits->len; i++)
    g_ptr_array_add (ids, g_strdup (((CfoilExhibit *) g_ptr_array_index (exhibits, i))->id));
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (ids, FALSE);
}

/* --- templates that can stand --- */

static gboolean
mask_has (guint mask,
          guint bits)
{
  return mask == 0 || (mask & bits) != 0;
}

typedef struct
{
  CfoilLetterContext context;
  guint reason_bit;
  guint product_bit;
  guint argument;
  CfoilLetter *letter;
  GHashTable *seen;     /* ids of sentences that stand or could */
  GHashTable *left_out; /* ids */
} Composer;

static gboolean
is_about (const CfoilTemplate *self,
          guint                reason_bit,
          guint                product_bit)
{
  return mask_has (self->reasons, reason_bit) && mask_has (self->products, product_bit);
}

static gboolean
facts_hold (const CfoilTemplate      *self,
            const CfoilTemplateFacts *facts,
            const CfoilStatements    *statements)
{
  for (guint i = 0; i < facts->n; i++)
    if (statements->facts[facts->keys[i]] == NULL || statements->is_doubtful[facts->keys[i]])
      return FALSE;
  for (guint i = 0; i < CFOIL_TEMPLATE_N_RULES; i++)
    if (!cfoil_rule_holds (&self->rules[i], statements))
      return FALSE;
  return TRUE;
}

/* NULL: it cannot stand. */
static CfoilSentence *
make_sentence (Composer                 *self,
               const CfoilTemplate      *template,
               const CfoilTemplateFacts *facts)
{
  const CfoilStatements *statements = &self->context.statements;
  g_autoptr (GPtrArray) exhibits = NULL;
  CfoilSentence *sentence;
  char *text;

  if (!is_about (template, self->reason_bit, self->product_bit) || !mask_has (template->arguments, self->argument) ||
      !mask_has (template->kinds, CFOIL_BIT (self->context.kind)) || !facts_hold (template, facts, statements))
    return NULL;
  exhibits = cfoil_template_find_exhibits (template, statements->draft);
  if (exhibits->len == 0 && (template->flags & CFOIL_TEMPLATE_NEEDS_PROOF) != 0)
    return NULL;
  text = cfoil_template_render (template, facts, &self->context, exhibits);
  if (text == NULL)
    return NULL;

  sentence = sentence_new (template->id, template->section, text);
  sentence->n_facts = facts->n;
  sentence->facts = g_memdup2 (facts->keys, facts->n * sizeof *facts->keys);
  g_strfreev (sentence->exhibits);
  sentence->exhibits = dup_ids (exhibits);
  sentence->wants_proof = exhibits->len == 0 && (template->flags & CFOIL_TEMPLATE_WANTS_PROOF) != 0;
  sentence->proof = template->proofs[0];
  return sentence;
}

static void
add_catalogue (Composer   *self,
               guint       catalogue,
               const char *section)
{
  for (guint i = 0; i < catalogues[catalogue]->n_templates; i++)
    {
      const CfoilTemplate *template = &catalogues[catalogue]->templates[i];
      CfoilSentence *sentence;

      if (!g_str_equal (template->section, section) || g_hash_table_contains (self->seen, template->id))
        continue;
      sentence = make_sentence (self, template, &get_template_facts ()[catalogue][i]);
      if (sentence == NULL)
        continue;
      g_hash_table_add (self->seen, (char *) template->id);
      g_ptr_array_add (g_hash_table_contains (self->left_out, template->id) ? self->letter->available
                                                                            : self->letter->sentences, sentence);
    }
}

static void
add_templates (Composer   *self,
               const char *section)
{
  /* What decides it comes first. */
  if (self->argument == CFOIL_ARGUES_REFUNDED || self->argument == CFOIL_ARGUES_WITHDRAWN)
    add_catalogue (self, REFUNDS, section);
  for (guint i = 0; i < G_N_ELEMENTS (catalogues); i++)
    add_catalogue (self, i, section);
}

/* --- what is of no catalogue --- */

/* Exhibits that the user's own words name: "see Exhibit B", "Exhibits A, C and D". */
static GPtrArray *
find_named_exhibits (const CfoilDraft *draft,
                     const char       *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\b(?i:exhibits?)\\s+([A-Z]{1,2}\\b(?:(?:\\s*,\\s*(?:and\\s+)?|\\s+and\\s+)[A-Z]{1,2}\\b)*)",
                                          G_REGEX_OPTIMIZE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  GPtrArray *exhibits = g_ptr_array_new ();

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *names = g_match_info_fetch (match, 1);
      g_auto (GStrv) words = g_strsplit_set (names, " ,\n\t", -1);

      for (guint i = 0; i < draft->exhibits->len; i++)
        {
          g_autofree char *letter = cfoil_exhibit_letter (i);
          CfoilExhibit *exhibit = g_ptr_array_index (draft->exhibits, i);

          if (g_strv_contains ((const char *const *) words, letter) && !g_ptr_array_find (exhibits, exhibit, NULL))
            g_ptr_array_add (exhibits, exhibit);
        }
    }
  return exhibits;
}

static void
add_own (Composer   *self,
         const char *id,
         const char *section,
         const char *words)
{
  const CfoilDraft *draft = self->context.statements.draft;
  g_autofree char *text = cfoil_fact_strip (words != NULL ? words : "");
  g_autoptr (GPtrArray) exhibits = NULL;
  CfoilSentence *sentence;

  if (g_str_equal (g_strstrip (text), ""))
    return;
  exhibits = find_named_exhibits (draft, text);
  sentence = sentence_new (id, section, g_steal_pointer (&text));
  sentence->is_own = TRUE;
  g_strfreev (sentence->exhibits);
  sentence->exhibits = dup_ids (exhibits);
  g_ptr_array_add (self->letter->sentences, sentence);
}

static void
add_exhibits (Composer *self)
{
  const CfoilDraft *draft = self->context.statements.draft;

  for (guint i = 0; i < draft->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = g_ptr_array_index (draft->exhibits, i);
      g_autofree char *id = g_strconcat ("exhibit.", exhibit->id, NULL);
      CfoilSentence *sentence;

      /* One without a file is not in the packet. */
      if (exhibit->files->len == 0)
        continue;
      sentence = sentence_new (id, "exhibits", cfoil_letter_exhibit_line (draft, i));
      g_strfreev (sentence->exhibits);
      sentence->exhibits = g_new0 (char *, 2);
      sentence->exhibits[0] = g_strdup (exhibit->id);
      g_ptr_array_add (self->letter->sentences, sentence);
    }
}

static void
add_section (Composer   *self,
             const char *section)
{
  const CfoilDraft *draft = self->context.statements.draft;
  g_autofree char *own_id = g_strconcat ("own.", section, NULL);

  add_own (self, own_id, section, cfoil_draft_get_own_words (draft, section));
  if (g_str_equal (section, "opening"))
    add_own (self, "own.why", section, draft->why);
  add_templates (self, section);
  if (g_str_equal (section, "exhibits"))
    add_exhibits (self);
}

/* --- the letter --- */

static guint
reason_bit_of (const CfoilDraft *draft,
               CfoilReason       case_reason)
{
  return CFOIL_BIT (draft->reason != CFOIL_REASON_UNKNOWN ? draft->reason : case_reason);
}

CfoilLetter *
cfoil_letter_compose (const CfoilDraft *draft,
                      CfoilReason       case_reason,
                      CfoilCaseKind     kind,
                      const char       *provider_name)
{
  Composer composer = { 0 };
  g_autofree char *provider = NULL;

  g_return_val_if_fail (draft != NULL, NULL);

  provider = cfoil_fact_tidy (provider_name != NULL ? provider_name : "", FALSE);
  cfoil_statements_init (&composer.context.statements, draft);
  composer.context.case_reason = case_reason;
  composer.context.kind = kind;
  composer.context.provider = *provider != '\0' ? provider : NULL;
  composer.reason_bit = reason_bit_of (draft, case_reason);
  composer.product_bit = CFOIL_BIT (draft->product);
  composer.argument = cfoil_argument_of (draft, draft->reason != CFOIL_REASON_UNKNOWN ? draft->reason : case_reason);
  composer.seen = g_hash_table_new (g_str_hash, g_str_equal);
  composer.left_out = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < draft->left_out->len; i++)
    g_hash_table_add (composer.left_out, g_ptr_array_index (draft->left_out, i));

  composer.letter = g_new0 (CfoilLetter, 1);
  composer.letter->sentences = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_sentence_free);
  composer.letter->available = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_sentence_free);
  for (guint i = 0; cfoil_letter_sections[i] != NULL; i++)
    add_section (&composer, cfoil_letter_sections[i]);

  g_hash_table_unref (composer.seen);
  g_hash_table_unref (composer.left_out);
  return composer.letter;
}

void
cfoil_letter_free (CfoilLetter *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->sentences);
  g_ptr_array_unref (self->available);
  g_free (self);
}

static gboolean
has_own_lines (const CfoilSentence *sentence)
{
  return sentence->is_own || strchr (sentence->text, '\n') != NULL || g_str_equal (sentence->section, "address") ||
         g_str_equal (sentence->section, "subject") || g_str_equal (sentence->section, "exhibits");
}

static const char *
separator (const CfoilSentence *before,
           const CfoilSentence *sentence)
{
  if (!g_str_equal (before->section, sentence->section))
    return "\n\n";
  return has_own_lines (before) || has_own_lines (sentence) ? "\n" : " ";
}

char *
cfoil_letter_to_text (const CfoilLetter *self)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, g_string_free (out, FALSE));

  for (guint i = 0; i < self->sentences->len; i++)
    {
      const CfoilSentence *sentence = g_ptr_array_index (self->sentences, i);

      if (i > 0)
        g_string_append (out, separator (g_ptr_array_index (self->sentences, i - 1), sentence));
      g_string_append (out, sentence->text);
    }
  if (out->len > 0)
    g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}

void
cfoil_letter_foreach_sentence (CfoilReason       reason,
                               CfoilProduct      product,
                               CfoilSentenceFunc each,
                               gpointer          user_data)
{
  g_return_if_fail (each != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (catalogues); i++)
    for (guint j = 0; j < catalogues[i]->n_templates; j++)
      {
        const CfoilTemplate *template = &catalogues[i]->templates[j];
        const CfoilTemplateFacts *facts = &get_template_facts ()[i][j];

        if (is_about (template, CFOIL_BIT (reason), CFOIL_BIT (product)))
          each (template->id, facts->keys, facts->n, user_data);
      }
}
