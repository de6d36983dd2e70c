/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-query-private.h"

#include <glib/gi18n.h>
#include <string.h>

static void
completion_free (gpointer data)
{
  CfoilCompletion *completion = data;

  g_free (completion->text);
  g_free (completion->detail);
  g_free (completion);
}

/* No field, code or property is longer, in bytes. */
#define LONGEST_NAME 64

/* What is known of the place of the cursor. */
typedef struct
{
  const CfoilVocabulary *vocabulary;
  CfoilCompletions *completions;
  const CfoilToken *whole;  /* the token in the whole text (nullable) */
  const CfoilToken *before; /* the same as if the text ended at the cursor (nullable) */
  guint cursor;
} Place;

static void
add_offer (CfoilCompletions *self,
           char             *text,
           const char       *detail)
{
  CfoilCompletion *completion = g_new0 (CfoilCompletion, 1);

  completion->text = text;
  completion->detail = g_strdup (detail);
  g_ptr_array_add (self->offers, completion);
}

static void
set_prefix (CfoilCompletions *self,
            const char       *prefix)
{
  g_free (self->prefix);
  self->prefix = g_strdup (prefix);
}

/* --- fields --- */

/* By the title that people see in the list, too. */
static gboolean
title_begins_with (const CfoilVocabulary *vocabulary,
                   CfoilField             field,
                   const char            *prefix)
{
  g_autofree char *title = cfoil_fold (_ (vocabulary->get_title (field)));
  g_autofree char *folded = cfoil_fold (prefix);

  return folded[0] != '\0' && g_str_has_prefix (title, folded);
}

static gboolean
field_begins_with (const CfoilVocabulary *vocabulary,
                   CfoilField             field,
                   const char            *name,
                   gboolean               by_usual_word)
{
  gboolean is_usual = g_str_has_prefix (cfoil_vocabulary_get_word (vocabulary, field), name);

  if (by_usual_word || is_usual)
    return by_usual_word && is_usual;
  return cfoil_query_field_has_alias (vocabulary, field, name) || title_begins_with (vocabulary, field, name);
}

static void
offer_fields (const Place *place,
              const char  *name,
              gboolean     for_has)
{
  const CfoilVocabulary *vocabulary = place->vocabulary;

  /* First those whose word is being typed, then those that mean the same. */
  for (int by_usual_word = 1; by_usual_word >= 0; by_usual_word--)
    for (guint i = 0; i < vocabulary->n_fields; i++)
      {
        CfoilField field = (CfoilField) i;
        const char *word = cfoil_vocabulary_get_word (vocabulary, field);

        if (word != NULL && field_begins_with (vocabulary, field, name, by_usual_word))
          add_offer (place->completions, for_has ? g_strdup (cfoil_query_has_name (vocabulary, field)) : g_strconcat (word, ":", NULL),
                     _ (vocabulary->get_title (field)));
      }
}

static void
offer_conditions (CfoilCompletions      *self,
                  const CfoilVocabulary *vocabulary,
                  const char            *name)
{
  static const struct
  {
    const char *text;
    const char *detail;
  } conditions[] = {
    { "has:", N_ ("Has a value") },
    { "is:", N_ ("Has a property") },
    { "no:", N_ ("Has no value") },
  };
  static const struct
  {
    const char *text;
    const char *detail;
  } clocks[] = {
    { "hour:", N_ ("Hour") },
    { "weekday:", N_ ("Weekday") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    if (g_str_has_prefix (conditions[i].text, name))
      add_offer (self, g_strdup (conditions[i].text), _ (conditions[i].detail));
  for (guint i = 0; vocabulary == cfoil_vocabulary_of (NULL) && i < G_N_ELEMENTS (clocks); i++)
    if (g_str_has_prefix (clocks[i].text, name))
      add_offer (self, g_strdup (clocks[i].text), _ (clocks[i].detail));
}

static void
complete_word (const Place *place)
{
  CfoilCompletions *self = place->completions;
  g_autofree char *name = NULL;

  if (place->before != NULL)
    {
      const CfoilPiece *piece = cfoil_token_get_piece (place->before, 0);

      if (piece->is_quoted)
        return;
      /* Behind a "-" alone a field may begin as well as behind a blank. */
      self->start = place->before->word_start + (strcmp (piece->text, "-") == 0 ? 1 : 0);
      self->end = place->whole->prefix == CFOIL_PREFIX_NONE ? place->whole->end : place->whole->colon + 1;
      set_prefix (self, strcmp (piece->text, "-") == 0 ? "" : piece->text);
    }
  if (strlen (self->prefix) > LONGEST_NAME)
    return;
  name = cfoil_query_normalize (self->prefix, -1);
  offer_fields (place, name, FALSE);
  offer_conditions (self, place->vocabulary, name);
  if (self->offers->len > 0)
    self->kind = CFOIL_COMPLETE_FIELDS;
}

/* --- values --- */

static gboolean
is_chosen (const Place *place,
           const char  *value,
           guint        current)
{
  for (guint i = 0; i < place->whole->pieces->len; i++)
    {
      g_autofree char *name = cfoil_query_normalize (cfoil_token_get_piece (place->whole, i)->text, -1);

      if (i != current && strcmp (name, value) == 0)
        return TRUE;
    }
  return FALSE;
}

static const char *
get_code_title (const CfoilVocabulary *vocabulary,
                CfoilField             field,
                const char            *code)
{
  const char *title = vocabulary->get_code_title != NULL ? vocabulary->get_code_title (field, code) : NULL;

  return title != NULL ? _ (title) : NULL;
}

static void
offer_codes (const Place *place,
             const char  *name,
             guint        current)
{
  const CfoilVocabulary *vocabulary = place->vocabulary;
  CfoilField field = place->before->field;

  for (guint i = 0; i < vocabulary->get_n_codes (field); i++)
    {
      const char *code = vocabulary->get_code_name (field, i);

      if (vocabulary->code_is_usual (field, i) && g_str_has_prefix (code, name) && !is_chosen (place, code, current))
        add_offer (place->completions, g_strdup (code), get_code_title (vocabulary, field, code));
    }
}

static void
offer_dates (const Place *place,
             gboolean     is_quoted)
{
  CfoilCompletions *self = place->completions;
  static const struct
  {
    const char *text;
    const char *detail;
  } dates[] = {
    { "today", N_ ("Today") },
    { "yesterday", N_ ("Yesterday") },
    { "last7d", N_ ("Last 7 days") },
    { "last30d", N_ ("Last 30 days") },
    { "last90d", N_ ("Last 90 days") },
    { "thismonth", N_ ("This month") },
    { "lastmonth", N_ ("Last month") },
    { "thisyear", N_ ("This year") },
    { "lastyear", N_ ("Last year") },
    { "next7d", N_ ("Next 7 days") },
    { "next30d", N_ ("Next 30 days") },
  };
  static const struct
  {
    const char *text;
    const char *detail;
  } hours[] = {
    { "24h", N_ ("Within 24 hours") },
    { "72h", N_ ("Within 72 hours") },
    { "12d", N_ ("Within 12 days") },
  };
  const char *dots = strstr (self->prefix, "..");
  g_autofree char *name = NULL;
  gsize skipped = 0;

  /* What is being typed begins behind ">=" or "..". */
  if (dots != NULL)
    skipped = (gsize) (dots + 2 - self->prefix);
  else
    skipped = strspn (self->prefix, "<>=");
  /* Nobody quotes dates; an offer in the middle of quotes would lose one of them. */
  if (is_quoted && skipped > 0)
    return;
  self->start += (guint) skipped;
  name = g_utf8_strdown (self->prefix + skipped, -1);
  set_prefix (self, name);
  if (place->before->field == place->vocabulary->deadline_field)
    for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
      if (g_str_has_prefix (hours[i].text, name))
        add_offer (self, g_strdup (hours[i].text), _ (hours[i].detail));
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    if (g_str_has_prefix (dates[i].text, name))
      add_offer (self, g_strdup (dates[i].text), _ (dates[i].detail));
}

static void
offer_properties (const Place *place,
                  const char  *name)
{
  const CfoilVocabulary *vocabulary = place->vocabulary;

  for (guint i = 0; i < vocabulary->n_is; i++)
    if (g_str_has_prefix (vocabulary->is_words[i], name))
      add_offer (place->completions, g_strdup (vocabulary->is_words[i]),
                 vocabulary->is_titles != NULL ? _ (vocabulary->is_titles[i]) : NULL);
}

static void
offer_weekdays (const Place *place,
                const char  *name,
                guint        current)
{
  for (guint i = 0; i < 7; i++)
    if (g_str_has_prefix (cfoil_weekday_name (i), name) && !is_chosen (place, cfoil_weekday_name (i), current))
      add_offer (place->completions, g_strdup (cfoil_weekday_name (i)), NULL);
}

static void
complete_field_value (const Place *place,
                      const char  *name,
                      guint        current)
{
  gboolean is_quoted = cfoil_token_get_piece (place->before, current)->is_quoted;
  CfoilCompletions *self = place->completions;

  self->field = place->before->field;
  self->has_field = TRUE;
  switch (place->vocabulary->get_kind (self->field))
    {
    case CFOIL_FIELD_KIND_CODE:
      offer_codes (place, name, current);
      break;
    case CFOIL_FIELD_KIND_TIME:
      offer_dates (place, is_quoted);
      break;
    case CFOIL_FIELD_KIND_TEXT:
    case CFOIL_FIELD_KIND_ID:
    case CFOIL_FIELD_KIND_REF:
      self->kind = CFOIL_COMPLETE_VALUES;
      return;
    case CFOIL_FIELD_KIND_MONEY:
    case CFOIL_FIELD_KIND_NUMBER:
    case CFOIL_FIELD_KIND_FLAGS:
    default:
      break;
    }
  if (self->offers->len > 0)
    self->kind = CFOIL_COMPLETE_VALUES;
}

static void
complete_value (const Place *place)
{
  CfoilCompletions *self = place->completions;
  guint current = place->before->pieces->len - 1;
  const CfoilPiece *piece = cfoil_token_get_piece (place->before, current);
  const CfoilPiece *whole = cfoil_token_get_piece (place->whole, current);
  g_autofree char *name = cfoil_query_normalize (piece->text, -1);

  self->start = piece->start;
  /* A quote that is not closed reaches to the end of the text, and what stands there
   * was hardly meant to be part of it. */
  self->end = whole->is_open ? place->cursor : whole->end;
  set_prefix (self, piece->text);
  if (place->before->prefix == CFOIL_PREFIX_FIELD)
    {
      complete_field_value (place, name, current);
      return;
    }
  if (strlen (piece->text) > LONGEST_NAME)
    return;
  if (place->before->prefix == CFOIL_PREFIX_IS)
    offer_properties (place, name);
  else if (place->before->prefix == CFOIL_PREFIX_WEEKDAY)
    offer_weekdays (place, name, current);
  else if (place->before->prefix == CFOIL_PREFIX_HAS || place->before->prefix == CFOIL_PREFIX_NO)
    offer_fields (place, name, TRUE);
  if (self->offers->len > 0)
    self->kind = CFOIL_COMPLETE_VALUES;
}

/* The token of TEXT that CURSOR stands in or behind; NULL: it stands between two. */
static CfoilToken *
find_token (const CfoilVocabulary *vocabulary,
            const char            *text,
            guint                  cursor)
{
  guint position = 0;

  for (;;)
    {
      CfoilToken *token = cfoil_token_next (vocabulary, text, &position);

      if (token == NULL || (token->start < cursor && cursor <= token->end))
        return token;
      if (token->start >= cursor)
        {
          cfoil_token_free (token);
          return NULL;
        }
      cfoil_token_free (token);
    }
}

static guint
clamp_cursor (const char *text,
              guint       cursor)
{
  cursor = MIN (cursor, (guint) strlen (text));
  while (cursor > 0 && ((guchar) text[cursor] & 0xc0) == 0x80)
    cursor--;
  return cursor;
}

CfoilCompletions *
cfoil_query_complete (const char *text,
                      guint       cursor)
{
  return cfoil_query_complete_with (text, cursor, NULL);
}

CfoilCompletions *
cfoil_query_complete_with (const char            *text,
                           guint                  cursor,
                           const CfoilVocabulary *vocabulary)
{
  CfoilCompletions *self = g_new0 (CfoilCompletions, 1);
  g_autofree char *clean = cfoil_query_clean (text, NULL);
  g_autofree char *typed = NULL;
  g_autoptr (CfoilToken) whole = NULL;
  g_autoptr (CfoilToken) before = NULL;

  self->vocabulary = vocabulary;
  vocabulary = cfoil_vocabulary_of (vocabulary);
  cursor = clamp_cursor (clean, cursor);
  typed = g_strndup (clean, cursor);
  whole = find_token (vocabulary, clean, cursor);
  before = find_token (vocabulary, typed, cursor);
  self->kind = CFOIL_COMPLETE_NOTHING;
  self->field = CFOIL_N_FIELDS;
  self->start = self->end = cursor;
  self->prefix = g_strdup ("");
  self->offers = g_ptr_array_new_with_free_func (completion_free);

  const Place place = { vocabulary, self, whole, before, cursor };
  /* With the colon before the cursor a value is being typed, else a word. */
  if (before != NULL && whole != NULL && before->prefix != CFOIL_PREFIX_NONE)
    complete_value (&place);
  else if ((before == NULL) == (whole == NULL))
    complete_word (&place);
  return self;
}

void
cfoil_completions_free (CfoilCompletions *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->offers);
  g_free (self->prefix);
  g_free (self);
}

void
cfoil_completions_add_value (CfoilCompletions *self,
                             const char       *value)
{
  GString *text;

  g_return_if_fail (self != NULL && value != NULL);

  text = g_string_new (NULL);
  cfoil_query_append_value (text, value);
  add_offer (self, g_string_free (text, FALSE), NULL);
}
