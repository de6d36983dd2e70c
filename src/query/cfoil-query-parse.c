/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-query-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Nobody reads more of them. */
#define MAX_MISTAKES 64

static gboolean
is_enough (const CfoilQuery *query)
{
  return query->mistakes->len >= MAX_MISTAKES;
}

/* Takes MESSAGE. */
static void
complain (CfoilQuery *query,
          guint       start,
          guint       end,
          char       *message)
{
  if (!is_enough (query))
    cfoil_query_add_mistake (query, start, end, message);
  else
    g_free (message);
}

/* As much of what was typed as fits into a sentence. */
static char *
excerpt (const char *text)
{
  const glong longest = 30;

  if (g_utf8_strlen (text, -1) <= longest)
    return g_strdup (text);
  return g_strdup_printf ("%.*s…", (int) (g_utf8_offset_to_pointer (text, longest) - text), text);
}

/* Takes FORMAT with one %s for what was typed. */
static void
complain_of (CfoilQuery       *query,
             const CfoilPiece *piece,
             const char       *format)
{
  g_autofree char *shown = excerpt (piece->text);

  complain (query, piece->start, piece->end, g_strdup_printf (format, shown));
}

static CfoilTerm *
term_new (const CfoilQuery *query,
          const CfoilToken *token,
          CfoilTermKind     kind)
{
  CfoilTerm *term = g_new0 (CfoilTerm, 1);

  term->kind = kind;
  term->is_negated = token->is_negated;
  term->field = token->field;
  term->vocabulary = query->vocabulary;
  term->start = token->start;
  term->end = token->end;
  return term;
}

/* The one value of a token; NULL when there is none or, as a mistake, several. */
static const CfoilPiece *
get_only_piece (CfoilQuery       *query,
                const CfoilToken *token,
                const char       *several)
{
  const CfoilPiece *first = NULL;

  for (guint i = 0; i < token->pieces->len; i++)
    {
      const CfoilPiece *piece = cfoil_token_get_piece (token, i);

      if (piece->text[0] == '\0')
        continue;
      if (first != NULL)
        {
          complain (query, token->colon + 1, token->end, g_strdup (several));
          return NULL;
        }
      first = piece;
    }
  return first;
}

/* --- what is expected --- */

static char *
list_codes (const CfoilVocabulary *vocabulary,
            CfoilField             field)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < vocabulary->get_n_codes (field); i++)
    if (vocabulary->code_is_usual (field, i))
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", vocabulary->get_code_name (field, i));
  return g_string_free (list, FALSE);
}

static char *
list_properties (const CfoilVocabulary *vocabulary)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < vocabulary->n_is; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", vocabulary->is_words[i]);
  return g_string_free (list, FALSE);
}

static char *
expect_code (const CfoilVocabulary *vocabulary,
             CfoilField             field)
{
  g_autofree char *list = list_codes (vocabulary, field);

  return g_strdup_printf (_ ("Expected one of %s."), list);
}

static char *
expect_value (const CfoilVocabulary *vocabulary,
              const CfoilToken      *token)
{
  g_autofree char *list = NULL;

  switch (token->prefix)
    {
    case CFOIL_PREFIX_HAS:
    case CFOIL_PREFIX_NO:
      return g_strdup (_ (vocabulary->expected_has));
    case CFOIL_PREFIX_IS:
      list = list_properties (vocabulary);
      return g_strdup_printf (_ ("Expected one of %s."), list);
    case CFOIL_PREFIX_NONE:
      return g_strdup (_ ("Expected a text between the quotes."));
    case CFOIL_PREFIX_WEEKDAY:
      return g_strdup (_ ("Expected a weekday, such as monday or saturday..sunday."));
    case CFOIL_PREFIX_HOUR:
      return g_strdup (_ ("Expected an hour from 0 to 23, such as 9 or 9..17."));
    case CFOIL_PREFIX_FIELD:
    case CFOIL_PREFIX_UNKNOWN:
    default:
      break;
    }
  switch (vocabulary->get_kind (token->field))
    {
    case CFOIL_FIELD_KIND_CODE:
      return expect_code (vocabulary, token->field);
    case CFOIL_FIELD_KIND_MONEY:
      return g_strdup (_ ("Expected an amount, such as 50, >50 or 10..20."));
    case CFOIL_FIELD_KIND_NUMBER:
      return g_strdup (_ ("Expected a number, such as 3, >2.5 or 1..2."));
    case CFOIL_FIELD_KIND_TIME:
      if (token->field == vocabulary->deadline_field)
        return g_strdup (_ ("Expected a time, such as <72h, today, next7d or 2026-03-05."));
      return g_strdup (_ ("Expected a date, such as 2026, 2026-03, 2026-03-05, last30d or today."));
    case CFOIL_FIELD_KIND_TEXT:
    case CFOIL_FIELD_KIND_ID:
    case CFOIL_FIELD_KIND_REF:
    case CFOIL_FIELD_KIND_FLAGS:
    default:
      return g_strdup (_ ("Expected a text."));
    }
}

/* --- kinds of terms --- */

static CfoilTerm *
parse_word (CfoilQuery       *query,
            const CfoilToken *token)
{
  const CfoilPiece *piece = cfoil_token_get_piece (token, 0);
  CfoilTerm *term;

  if (piece->text[0] == '\0')
    return NULL;
  term = term_new (query, token, CFOIL_TERM_WORD);
  term->values = g_new0 (char *, 2);
  term->values[0] = g_strdup (piece->text);
  return term;
}

static void
add_codes (CfoilQuery       *query,
           const CfoilToken *token,
           const CfoilPiece *piece,
           GPtrArray        *values)
{
  g_autofree char *name = cfoil_query_normalize (piece->text, -1);
  g_auto (GStrv) codes = cfoil_query_codes_from_name (query->vocabulary, token->field, name);

  if (codes == NULL)
    {
      g_autofree char *list = NULL;
      g_autofree char *shown = NULL;

      if (is_enough (query))
        return;
      list = list_codes (query->vocabulary, token->field);
      shown = excerpt (piece->text);
      complain (query, piece->start, piece->end,
                g_strdup_printf (_ ("There is no “%s” here. Expected one of %s."), shown, list));
      return;
    }
  for (guint i = 0; codes[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (values, codes[i], g_str_equal, NULL))
      g_ptr_array_add (values, g_strdup (codes[i]));
}

static CfoilTerm *
parse_values (CfoilQuery       *query,
              const CfoilToken *token)
{
  gboolean is_code = query->vocabulary->get_kind (token->field) == CFOIL_FIELD_KIND_CODE;
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  CfoilTerm *term;

  for (guint i = 0; i < token->pieces->len; i++)
    {
      const CfoilPiece *piece = cfoil_token_get_piece (token, i);

      if (piece->text[0] == '\0')
        continue;
      if (is_code)
        add_codes (query, token, piece, values);
      else
        g_ptr_array_add (values, g_strdup (piece->text));
    }
  if (values->len == 0)
    return NULL;
  g_ptr_array_add (values, NULL);
  term = term_new (query, token, CFOIL_TERM_VALUES);
  term->values = (char **) g_ptr_array_steal (values, NULL);
  return term;
}

typedef gboolean (*ParseRange) (const char *text,
                                CfoilTerm  *term,
                                char      **message);

static CfoilTerm *
parse_ordered (CfoilQuery       *query,
               const CfoilToken *token,
               CfoilTermKind     kind)
{
  ParseRange parse = kind == CFOIL_TERM_TIME ? cfoil_query_parse_span : cfoil_query_parse_range;
  const char *several = kind == CFOIL_TERM_TIME ? _ ("Expected one date; a span of dates is written 2026-03-01..2026-03-15.")
                                                : _ ("Expected one number, with a decimal point: 1234.50.");
  const CfoilPiece *piece = get_only_piece (query, token, several);
  g_autofree char *bare = NULL;
  CfoilTerm *term;
  char *message = NULL;

  if (piece == NULL)
    return NULL;
  bare = cfoil_query_strip_marks (piece->text);
  term = term_new (query, token, kind);
  if (parse (bare, term, &message))
    return term;
  g_free (term);
  complain (query, piece->start, piece->end, message != NULL ? message : expect_value (query->vocabulary, token));
  return NULL;
}

static CfoilTerm *
parse_field (CfoilQuery       *query,
             const CfoilToken *token)
{
  switch (query->vocabulary->get_kind (token->field))
    {
    case CFOIL_FIELD_KIND_MONEY:
      return parse_ordered (query, token, CFOIL_TERM_AMOUNT);
    case CFOIL_FIELD_KIND_NUMBER:
      return parse_ordered (query, token, CFOIL_TERM_NUMBER);
    case CFOIL_FIELD_KIND_TIME:
      return parse_ordered (query, token, CFOIL_TERM_TIME);
    case CFOIL_FIELD_KIND_FLAGS:
      complain (query, token->word_start, token->end,
                g_strdup (_ ("Flags are asked for with is: or has:, such as is:disputed or has:note.")));
      return NULL;
    case CFOIL_FIELD_KIND_TEXT:
    case CFOIL_FIELD_KIND_ID:
    case CFOIL_FIELD_KIND_CODE:
    case CFOIL_FIELD_KIND_REF:
    default:
      return parse_values (query, token);
    }
}

static CfoilTerm *
parse_has (CfoilQuery       *query,
           const CfoilToken *token)
{
  const CfoilPiece *piece = get_only_piece (query, token, _ ("Expected one field; write has: or no: again for another one."));
  g_autofree char *name = NULL;
  gboolean is_property = FALSE;
  CfoilField field = (CfoilField) 0;
  CfoilIs is = (CfoilIs) 0;
  CfoilTerm *term;

  if (piece == NULL)
    return NULL;
  name = cfoil_query_normalize (piece->text, -1);
  if (!cfoil_query_has_from_name (query->vocabulary, name, &field, &is, &is_property))
    {
      complain_of (query, piece, _ (query->vocabulary->no_such_has));
      return NULL;
    }
  term = term_new (query, token, is_property ? CFOIL_TERM_IS : CFOIL_TERM_HAS);
  term->field = is_property ? 0 : field;
  term->is = is_property ? is : 0;
  if (token->prefix == CFOIL_PREFIX_NO)
    term->is_negated = !term->is_negated;
  return term;
}

/* The field that knows NAME as a value, for those who write is:captured. */
static const char *
find_code_field (const CfoilVocabulary *vocabulary,
                 const char            *name)
{
  for (guint i = 0; i < vocabulary->n_hinted; i++)
    {
      g_auto (GStrv) codes = cfoil_query_codes_from_name (vocabulary, vocabulary->hinted[i], name);

      if (codes != NULL)
        return cfoil_vocabulary_get_word (vocabulary, vocabulary->hinted[i]);
    }
  return NULL;
}

static CfoilTerm *
parse_is (CfoilQuery       *query,
          const CfoilToken *token)
{
  const CfoilPiece *piece = get_only_piece (query, token, _ ("Expected one word; write is: again for another one."));
  g_autofree char *name = NULL;
  g_autofree char *list = NULL;
  g_autofree char *shown = NULL;
  const char *field;
  CfoilTerm *term;
  CfoilIs is;

  if (piece == NULL)
    return NULL;
  name = cfoil_query_normalize (piece->text, -1);
  if (cfoil_query_is_from_name (query->vocabulary, name, &is))
    {
      term = term_new (query, token, CFOIL_TERM_IS);
      term->is = is;
      return term;
    }
  field = find_code_field (query->vocabulary, name);
  list = list_properties (query->vocabulary);
  shown = excerpt (piece->text);
  complain (query, piece->start, piece->end,
            field != NULL ? g_strdup_printf (_ ("Write %s:%s for that."), field, name)
                          : g_strdup_printf (_ ("There is no “%s” here. Expected one of %s."), shown, list));
  return NULL;
}

static CfoilTerm *
parse_slots (CfoilQuery       *query,
             const CfoilToken *token,
             CfoilTermKind     kind)
{
  CfoilTerm *term;
  guint32 slots = 0;

  for (guint i = 0; i < token->pieces->len; i++)
    {
      const CfoilPiece *piece = cfoil_token_get_piece (token, i);

      if (piece->text[0] != '\0' && !cfoil_query_parse_slots (kind, piece->text, &slots))
        complain (query, piece->start, piece->end, expect_value (query->vocabulary, token));
    }
  if (slots == 0)
    return NULL;
  term = term_new (query, token, kind);
  term->field = CFOIL_FIELD_TIME;
  term->slots = slots;
  return term;
}

static void
complain_of_field (CfoilQuery       *query,
                   const CfoilToken *token)
{
  g_autofree char *typed = g_strndup (query->text + token->word_start, token->colon - token->word_start);
  g_autofree char *shown = excerpt (typed);
  g_autofree char *name = cfoil_query_normalize (typed, -1);
  const char *suggestion = cfoil_query_suggest_field (query->vocabulary, name);
  char *message;

  if (suggestion != NULL)
    message = g_strdup_printf (_ ("There is no field “%s”. Did you mean “%s”?"), shown, suggestion);
  else
    message = g_strdup_printf (_ (query->vocabulary->no_such_field), shown);
  complain (query, token->word_start, token->colon + 1, message);
}

static CfoilTerm *
parse_token (CfoilQuery       *query,
             const CfoilToken *token)
{
  switch (token->prefix)
    {
    case CFOIL_PREFIX_FIELD:
      return parse_field (query, token);
    case CFOIL_PREFIX_HAS:
    case CFOIL_PREFIX_NO:
      return parse_has (query, token);
    case CFOIL_PREFIX_IS:
      return parse_is (query, token);
    case CFOIL_PREFIX_WEEKDAY:
      return parse_slots (query, token, CFOIL_TERM_WEEKDAY);
    case CFOIL_PREFIX_HOUR:
      return parse_slots (query, token, CFOIL_TERM_HOUR);
    case CFOIL_PREFIX_UNKNOWN:
      if (!is_enough (query))
        complain_of_field (query, token);
      return NULL;
    case CFOIL_PREFIX_NONE:
    default:
      return parse_word (query, token);
    }
}

static void
take_token (CfoilQuery       *query,
            const CfoilToken *token)
{
  const CfoilPiece *last = cfoil_token_get_piece (token, token->pieces->len - 1);
  guint n_mistakes = query->mistakes->len;
  CfoilTerm *term = parse_token (query, token);

  if (term != NULL)
    g_ptr_array_add (query->terms, term);
  else if (query->mistakes->len == n_mistakes && !last->is_open && !is_enough (query))
    complain (query, token->start, token->end, expect_value (query->vocabulary, token));
  if (last->is_open)
    complain (query, last->start, last->end, g_strdup (_ ("The quote is not closed.")));
}

CfoilQuery *
cfoil_query_parse (const char *text)
{
  return cfoil_query_parse_with (text, NULL);
}

CfoilQuery *
cfoil_query_parse_with (const char            *text,
                        const CfoilVocabulary *vocabulary)
{
  gboolean is_cut;
  CfoilQuery *query = cfoil_query_new_for_text (cfoil_query_clean (text, &is_cut), cfoil_vocabulary_of (vocabulary));
  guint length = (guint) strlen (query->text);
  guint position = 0;

  for (;;)
    {
      g_autoptr (CfoilToken) token = cfoil_token_next (query->vocabulary, query->text, &position);

      if (token == NULL)
        break;
      if (query->terms->len == CFOIL_QUERY_MAX_TERMS)
        {
          complain (query, token->start, length,
                    g_strdup_printf (_ ("At most %d words and conditions are looked at; these are left out."),
                                     CFOIL_QUERY_MAX_TERMS));
          break;
        }
      take_token (query, token);
    }
  if (is_cut)
    cfoil_query_add_mistake (query, length, length, g_strdup (_ ("The text is too long; the rest of it is left out.")));
  return query;
}
