/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-letter-template.h"

#include <glib/gi18n.h>
#include <string.h>

static void
add_missing (GPtrArray  *missing,
             const char *title)
{
  if (!g_ptr_array_find_with_equal_func (missing, title, g_str_equal, NULL))
    g_ptr_array_add (missing, g_strdup (title));
}

/* Whether a sentence ends before P: what follows begins with a capital letter, or nothing
 * follows.  "No. {order}" does not end at its point: rather too much goes than too little. */
static gboolean
begins_sentence (const char *p)
{
  gunichar c;

  p += strspn (p, " \t\"'([");
  c = g_utf8_get_char (p);
  return c == '\0' || c == '\n' || (g_unichar_isalpha (c) && !g_unichar_islower (c));
}

/* The end of the sentence that begins at START: behind its mark and the blanks after it,
 * or at the end of the line. */
static const char *
find_end (const char *start)
{
  for (const char *p = start; *p != '\0'; p++)
    {
      gsize n_closing;

      if (*p == '\n')
        return p;
      if (*p != '.' && *p != '!' && *p != '?')
        continue;
      n_closing = strspn (p + 1, "\"')]");
      if (strchr (" \t\n", p[1 + n_closing]) != NULL && begins_sentence (p + 1 + n_closing))
        return p + 1 + n_closing + strspn (p + 1 + n_closing, " \t");
    }
  return start + strlen (start);
}

/* The place of NAME; FALSE: DRAFT does not know. */
static gboolean
append_fact (GString          *out,
             const CfoilDraft *draft,
             const char       *name,
             GPtrArray        *missing)
{
  CfoilFactKey key;
  const CfoilFact *fact;
  g_autofree char *value = NULL;

  if (!cfoil_fact_key_from_name (name, &key))
    {
      add_missing (missing, name);
      return FALSE;
    }
  fact = cfoil_draft_get_fact (draft, key);
  value = fact != NULL ? cfoil_fact_to_letter (key, fact->value) : NULL;
  if (value == NULL || *value == '\0')
    {
      add_missing (missing, _(cfoil_fact_get_info (key)->title));
      return FALSE;
    }
  g_string_append (out, value);
  return TRUE;
}

/* FALSE: the sentence cannot be said. */
static gboolean
append_sentence (GString          *out,
                 const CfoilDraft *draft,
                 const char       *sentence,
                 GPtrArray        *missing)
{
  gboolean is_known = TRUE;

  while (*sentence != '\0')
    {
      const char *open = strpbrk (sentence, "{}");
      const char *close = open != NULL && *open == '{' ? strchr (open, '}') : NULL;
      g_autofree char *name = close != NULL ? g_strstrip (g_strndup (open + 1, (gsize) (close - open) - 1)) : NULL;

      if (open == NULL)
        {
          g_string_append (out, sentence);
          return is_known;
        }
      g_string_append_len (out, sentence, open - sentence);
      if (close == NULL)
        {
          /* A brace without its other half is no name of a fact. */
          add_missing (missing, "{");
          return FALSE;
        }
      is_known = append_fact (out, draft, name, missing) && is_known;
      sentence = close + 1;
    }
  return is_known;
}

char *
cfoil_answer_letter_template_fill (const char       *text,
                                   const CfoilDraft *draft,
                                   GPtrArray       **missing)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GPtrArray) unknown = g_ptr_array_new_with_free_func (g_free);

  while (*text != '\0')
    {
      const char *end = find_end (text);
      g_autofree char *sentence = g_strndup (text, (gsize) (end - text));
      gsize length = out->len;

      if (!append_sentence (out, draft, sentence, unknown))
        g_string_truncate (out, length);
      if (*end == '\n')
        {
          g_string_append_c (out, '\n');
          end++;
        }
      text = end;
    }
  if (missing != NULL)
    *missing = g_steal_pointer (&unknown);
  return g_strstrip (g_string_free (out, FALSE));
}
