/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-query-private.h"

#include <string.h>

gboolean
cfoil_query_is_blank (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_iscntrl (c);
}

/* Cuts LENGTH bytes of TEXT to the longest beginning of whole characters. */
static gsize
cut_length (const char *text,
            gsize       length)
{
  if (length <= CFOIL_QUERY_MAX_LENGTH)
    return length;
  length = CFOIL_QUERY_MAX_LENGTH;
  /* Bytes that continue a character, at most three; more are no UTF-8 anyway. */
  for (int i = 0; i < 3 && ((guchar) text[length] & 0xc0) == 0x80; i++)
    length--;
  return length;
}

char *
cfoil_query_clean (const char *text,
                   gboolean   *is_cut)
{
  gsize length = text == NULL ? 0 : strlen (text);
  gsize kept = cut_length (text, length);
  char *clean = g_utf8_make_valid (text == NULL ? "" : text, (gssize) kept);
  gsize clean_length = strlen (clean);

  /* Each byte that was no character has become three. */
  gsize clean_kept = cut_length (clean, clean_length);
  clean[clean_kept] = '\0';
  if (is_cut != NULL)
    *is_cut = kept < length || clean_kept < clean_length;
  return clean;
}

char *
cfoil_query_normalize (const char *text,
                       gssize      length)
{
  GString *name = g_string_new (NULL);
  const char *end = text + (length < 0 ? (gssize) strlen (text) : length);

  for (; text < end; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (g_unichar_type (c) == G_UNICODE_FORMAT)
        continue;
      g_string_append_unichar (name, c == '-' ? '_' : g_unichar_tolower (c));
    }
  return g_string_free (name, FALSE);
}

char *
cfoil_query_strip_marks (const char *text)
{
  GString *bare = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_type (g_utf8_get_char (text)) != G_UNICODE_FORMAT)
      g_string_append_unichar (bare, g_utf8_get_char (text));
  return g_string_free (bare, FALSE);
}

static void
piece_free (gpointer data)
{
  CfoilPiece *piece = data;

  g_free (piece->text);
  g_free (piece);
}

void
cfoil_token_free (CfoilToken *self)
{
  g_ptr_array_unref (self->pieces);
  g_free (self);
}

const CfoilPiece *
cfoil_token_get_piece (const CfoilToken *self,
                       guint             i)
{
  return g_ptr_array_index (self->pieces, i);
}

/* From behind the opening quote at POSITION up to the closing one.  A doubled quote
 * stands for itself. */
static guint
read_quoted (const char *text,
             guint       position,
             GString    *value,
             gboolean   *is_open)
{
  const char *p = text + position + 1;

  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '"')
        {
          if (p[1] != '"')
            {
              *is_open = FALSE;
              return (guint) (p + 1 - text);
            }
          p++;
        }
      g_string_append_unichar (value, g_unichar_iscntrl (c) ? ' ' : c);
    }
  *is_open = TRUE;
  return (guint) (p - text);
}

static guint
read_bare (const char *text,
           guint       position,
           gboolean    ends_at_comma,
           GString    *value)
{
  const char *p = text + position;

  while (*p != '\0' && !(ends_at_comma && *p == ',') && !cfoil_query_is_blank (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  g_string_append_len (value, text + position, p - (text + position));
  return (guint) (p - text);
}

static guint
read_piece (CfoilToken *token,
            const char *text,
            guint       position,
            gboolean    ends_at_comma)
{
  g_autoptr (GString) value = g_string_new (NULL);
  CfoilPiece *piece = g_new0 (CfoilPiece, 1);

  piece->start = position;
  piece->is_quoted = text[position] == '"';
  if (piece->is_quoted)
    piece->end = read_quoted (text, position, value, &piece->is_open);
  else
    piece->end = read_bare (text, position, ends_at_comma, value);
  piece->text = g_strdup (value->str);
  g_ptr_array_add (token->pieces, piece);
  return piece->end;
}

/* Something like a name and a colon: where the colon is, else 0. */
static guint
find_colon (const char *text,
            guint       position)
{
  gboolean has_letter = FALSE;

  for (const char *p = text + position; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == ':')
        return has_letter ? (guint) (p - text) : 0;
      if (g_unichar_isalpha (c))
        has_letter = TRUE;
      else if (c != '_' && c != '-' && !g_unichar_ismark (c) && g_unichar_type (c) != G_UNICODE_FORMAT)
        return 0;
    }
  return 0;
}

/* The beginnings of addresses are no misspelt fields. */
static gboolean
is_scheme (const char *name,
           const char *behind)
{
  static const char *const schemes[] = { "http", "https", "ftp", "mailto", "tel", "urn", NULL };

  return g_str_has_prefix (behind, "//") || g_strv_contains (schemes, name);
}

static void
read_prefix (CfoilToken            *token,
             const CfoilVocabulary *vocabulary,
             const char            *text)
{
  guint colon = find_colon (text, token->word_start);
  g_autofree char *name = NULL;

  token->prefix = CFOIL_PREFIX_NONE;
  if (colon == 0)
    return;
  name = cfoil_query_normalize (text + token->word_start, colon - token->word_start);
  token->prefix = cfoil_query_prefix_from_name (vocabulary, name, &token->field);
  if (token->prefix == CFOIL_PREFIX_UNKNOWN && is_scheme (name, text + colon + 1))
    token->prefix = CFOIL_PREFIX_NONE;
  else
    token->colon = colon;
}

CfoilToken *
cfoil_token_next (const CfoilVocabulary *vocabulary,
                  const char            *text,
                  guint                 *position)
{
  const char *p = text + *position;
  CfoilToken *token;

  while (*p != '\0' && cfoil_query_is_blank (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  *position = (guint) (p - text);
  if (*p == '\0')
    return NULL;

  token = g_new0 (CfoilToken, 1);
  token->pieces = g_ptr_array_new_with_free_func (piece_free);
  token->start = *position;
  token->is_negated = *p == '-' && p[1] != '\0' && !cfoil_query_is_blank (g_utf8_get_char (p + 1));
  token->word_start = token->start + (token->is_negated ? 1 : 0);
  read_prefix (token, vocabulary, text);
  if (token->prefix == CFOIL_PREFIX_NONE)
    token->end = read_piece (token, text, token->word_start, FALSE);
  else
    {
      token->end = read_piece (token, text, token->colon + 1, TRUE);
      while (text[token->end] == ',')
        token->end = read_piece (token, text, token->end + 1, TRUE);
    }
  *position = token->end;
  return token;
}
