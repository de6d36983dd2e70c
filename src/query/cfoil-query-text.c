/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-query-private.h"

#include <string.h>

static void
append_quoted (GString    *text,
               const char *value)
{
  g_string_append_c (text, '"');
  for (; *value != '\0'; value++)
    {
      if (*value == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *value);
    }
  g_string_append_c (text, '"');
}

void
cfoil_query_append_value (GString    *text,
                          const char *value)
{
  gboolean is_bare = value[0] != '\0' && value[0] != '"';

  for (const char *p = value; *p != '\0' && is_bare; p = g_utf8_next_char (p))
    is_bare = *p != ',' && !cfoil_query_is_blank (g_utf8_get_char (p));
  if (is_bare)
    g_string_append (text, value);
  else
    append_quoted (text, value);
}

/* A word needs no quotes if it is read as itself. */
static void
append_word (GString               *text,
             const CfoilVocabulary *vocabulary,
             const char            *word)
{
  guint position = 0;
  g_autoptr (CfoilToken) token = cfoil_token_next (vocabulary, word, &position);

  if (token != NULL && token->start == 0 && token->prefix == CFOIL_PREFIX_NONE && !token->is_negated && word[position] == '\0' &&
      strcmp (cfoil_token_get_piece (token, 0)->text, word) == 0)
    g_string_append (text, word);
  else
    append_quoted (text, word);
}

static void
append_values (GString     *text,
               char *const *values)
{
  for (guint i = 0; values[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      cfoil_query_append_value (text, values[i]);
    }
}

char *
cfoil_term_to_text (const CfoilTerm *term)
{
  GString *text = g_string_new (NULL);
  const CfoilVocabulary *vocabulary;

  g_return_val_if_fail (term != NULL, g_string_free (text, FALSE));

  vocabulary = cfoil_vocabulary_of (term->vocabulary);
  if (term->kind == CFOIL_TERM_HAS)
    {
      g_string_printf (text, "%s:%s", term->is_negated ? "no" : "has", cfoil_query_has_name (vocabulary, term->field));
      return g_string_free (text, FALSE);
    }
  if (term->is_negated)
    g_string_append_c (text, '-');
  if (term->kind == CFOIL_TERM_WEEKDAY || term->kind == CFOIL_TERM_HOUR)
    cfoil_query_append_slots (text, term);
  else if (term->kind == CFOIL_TERM_IS)
    g_string_append_printf (text, "is:%s", vocabulary->is_words[term->is]);
  else if (term->kind == CFOIL_TERM_WORD)
    append_word (text, vocabulary, term->values[0]);
  else
    g_string_append_printf (text, "%s:", cfoil_vocabulary_get_word (vocabulary, term->field));
  if (term->kind == CFOIL_TERM_VALUES)
    append_values (text, term->values);
  else if (term->kind == CFOIL_TERM_AMOUNT || term->kind == CFOIL_TERM_NUMBER)
    cfoil_query_append_range (text, term);
  else if (term->kind == CFOIL_TERM_TIME)
    cfoil_query_append_span (text, term);
  return g_string_free (text, FALSE);
}

char *
cfoil_term_text_of_value (CfoilField  field,
                          const char *value,
                          gboolean    is_negated)
{
  const char *name = cfoil_query_field_name (field);
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;
  GString *text;

  if (name == NULL)
    return NULL;
  if (valid == NULL || valid[0] == '\0')
    return g_strconcat (is_negated ? "has:" : "no:", cfoil_query_has_name (cfoil_vocabulary_of (NULL), field), NULL);
  text = g_string_new (is_negated ? "-" : "");
  g_string_append_printf (text, "%s:", name);
  cfoil_query_append_value (text, valid);
  return g_string_free (text, FALSE);
}

/* --- changing the text --- */

static gboolean
is_blank_at (const char *text,
             guint       position)
{
  return cfoil_query_is_blank (g_utf8_get_char (text + position));
}

char *
cfoil_query_dup_replaced (const CfoilQuery *self,
                          guint             i,
                          const char       *replacement)
{
  const CfoilTerm *term = cfoil_query_get_term (self, i);
  GString *text;
  guint start, end;

  g_return_val_if_fail (term != NULL, NULL);

  start = term->start;
  end = term->end;
  if (replacement == NULL || replacement[0] == '\0')
    {
      /* The blanks behind it go, too; at the end, those before it. */
      while (self->text[end] != '\0' && is_blank_at (self->text, end))
        end = (guint) (g_utf8_next_char (self->text + end) - self->text);
      while (self->text[end] == '\0' && start > 0 && is_blank_at (self->text, (guint) (g_utf8_prev_char (self->text + start) - self->text)))
        start = (guint) (g_utf8_prev_char (self->text + start) - self->text);
      replacement = "";
    }

  text = g_string_new_len (self->text, start);
  /* A closing quote may have stood between two terms instead of a blank. */
  if (start > 0 && (replacement[0] != '\0' || self->text[end] != '\0') &&
      !is_blank_at (self->text, (guint) (g_utf8_prev_char (self->text + start) - self->text)))
    g_string_append_c (text, ' ');
  g_string_append (text, replacement);
  if (replacement[0] != '\0' && self->text[end] != '\0' && !is_blank_at (self->text, end))
    g_string_append_c (text, ' ');
  g_string_append (text, self->text + end);
  return g_string_free (text, FALSE);
}

/* Whether the last quote of TEXT waits for its end. */
static gboolean
is_open (const CfoilQuery *query)
{
  const char *text = query->text;
  guint position = 0;
  gboolean open = FALSE;

  for (;;)
    {
      g_autoptr (CfoilToken) token = cfoil_token_next (query->vocabulary, text, &position);

      if (token == NULL)
        return open;
      open = cfoil_token_get_piece (token, token->pieces->len - 1)->is_open;
    }
}

char *
cfoil_query_dup_added (const CfoilQuery *self,
                       const char       *term)
{
  GString *text;

  g_return_val_if_fail (self != NULL && term != NULL, NULL);

  text = g_string_new (self->text);
  if (is_open (self))
    g_string_append_c (text, '"');
  if (text->len > 0 && term[0] != '\0' && !is_blank_at (text->str, (guint) (g_utf8_prev_char (text->str + text->len) - text->str)))
    g_string_append_c (text, ' ');
  g_string_append (text, term);
  return g_string_free (text, FALSE);
}
