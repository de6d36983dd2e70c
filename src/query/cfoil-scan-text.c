/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memmem () */
#define _GNU_SOURCE
#include "config.h"

#include "cfoil-scan-private.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Looking for a few letters in a hundred megabytes: memmem () looks at every byte,
 * and in ids no byte is rare.  Sixteen places at a time are compared with the first
 * and the last byte of the needle; only where both agree it is looked closer. */
static const char *
find (const char *haystack,
      gsize       length,
      const char *needle,
      gsize       needle_length)
{
#ifdef __SSE2__
  __m128i first = _mm_set1_epi8 (needle[0]), last = _mm_set1_epi8 (needle[needle_length - 1]);
  gsize i = 0;

  if (length < needle_length)
    return NULL;
  for (; i + needle_length - 1 + 16 <= length; i += 16)
    {
      __m128i here = _mm_loadu_si128 ((const __m128i *) (gconstpointer) (haystack + i));
      __m128i there = _mm_loadu_si128 ((const __m128i *) (gconstpointer) (haystack + i + needle_length - 1));
      guint agree = (guint) _mm_movemask_epi8 (_mm_and_si128 (_mm_cmpeq_epi8 (here, first), _mm_cmpeq_epi8 (there, last)));

      while (agree != 0)
        {
          const char *at = haystack + i + __builtin_ctz (agree);

          if (needle_length <= 2 || memcmp (at + 1, needle + 1, needle_length - 2) == 0)
            return at;
          agree &= agree - 1;
        }
    }
  return memmem (haystack + i, length - i, needle, needle_length);
#else
  return memmem (haystack, length, needle, needle_length);
#endif
}

/* Where no letter or digit stands before. */
static gboolean
is_word_begin (const char *bytes,
               const char *at)
{
  if (at == bytes || at[-1] == '\0')
    return TRUE;
  if ((guchar) at[-1] < 0x80)
    return !g_ascii_isalnum (at[-1]);
  return !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at)));
}

void
_cfoil_text_search (const CfoilTextColumn *column,
                    const char            *needle,
                    gboolean               any_part,
                    guint8                *hits)
{
  const char *at = column->bytes, *end = column->bytes + column->n_bytes;
  gsize length = strlen (needle);
  guint i = 0;

  if (length == 0)
    {
      for (; i < column->n_values; i++)
        {
          cfoil_text_column_get (column, i, &length);
          hits[i] |= length > 0;
        }
      return;
    }
  while ((at = find (at, (gsize) (end - at), needle, length)) != NULL)
    if (any_part || is_word_begin (column->bytes, at))
      {
        gsize value_length;

        i = cfoil_text_column_find (column, i, (gsize) (at - column->bytes));
        hits[i] = 1;
        at = cfoil_text_column_get (column, i, &value_length);
        at += value_length + 1;
      }
    else
      at++;
}

gboolean
_cfoil_text_matches (const char *folded,
                     const char *needle,
                     gboolean    any_part)
{
  const char *at = folded;

  if (*needle == '\0')
    return *folded != '\0';
  if (any_part)
    return strstr (folded, needle) != NULL;
  while ((at = strstr (at, needle)) != NULL)
    {
      if (is_word_begin (folded, at))
        return TRUE;
      at++;
    }
  return FALSE;
}
