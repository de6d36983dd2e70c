/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-renderer.h"

#include <string.h>

#define MIN_DIGITS 13
#define MAX_DIGITS 19

/* How cards are written: groups of four, or 4-6-5 and 4-6-4. */
static const guint8 groupings[][5] = {
  { 4, 4, 4, 4, 3 }, { 4, 4, 4, 4, 2 }, { 4, 4, 4, 4, 1 }, { 4, 4, 4, 4, 0 },
  { 4, 4, 4, 3, 0 }, { 4, 4, 4, 2, 0 }, { 4, 4, 4, 1, 0 }, { 4, 6, 5, 0, 0 }, { 4, 6, 4, 0, 0 },
};

/* No card begins with 0, 1, 7, 8 or 9; this also spares most of the providers' own ids.
 * One digit all the way is a placeholder. */
static gboolean
is_card (const char *digits,
         guint       length)
{
  guint sum = 0;
  gboolean differs = FALSE;

  if (length < MIN_DIGITS || length > MAX_DIGITS || digits[0] < '2' || digits[0] > '6')
    return FALSE;
  for (guint i = 0; i < length; i++)
    {
      guint digit = digits[length - 1 - i] - '0';

      differs = differs || digits[i] != digits[0];
      if (i % 2 == 1)
        digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
      sum += digit;
    }
  return differs && sum % 10 == 0;
}

/* Bytes of the separator at P: a space, a no-break space or a hyphen; else 0. */
static guint
separator_length (const char *p)
{
  if (*p == ' ' || *p == '-')
    return 1;
  return strncmp (p, "\302\240", 2) == 0 ? 2 : 0;
}

static guint
count_digits (const char *p)
{
  guint n = 0;

  while (g_ascii_isdigit (p[n]))
    n++;
  return n;
}

/* Whether a card in GROUPING stands at P; *END is then after it. */
static gboolean
match (const char   *p,
       const guint8 *grouping,
       const char  **end)
{
  char digits[MAX_DIGITS];
  guint length = 0;
  guint separator = 0;
  char first = '\0';

  for (guint i = 0; i < 5 && grouping[i] > 0; i++)
    {
      if (i > 0)
        {
          separator = separator_length (p);
          if (separator == 0 || (first != '\0' && *p != first))
            return FALSE;
          first = *p;
          p += separator;
        }
      if (count_digits (p) != grouping[i])
        return FALSE;
      memcpy (digits + length, p, grouping[i]);
      length += grouping[i];
      p += grouping[i];
    }
  *end = p;
  return is_card (digits, length);
}

guint
cfoil_count_card_numbers (const char *text)
{
  guint n_cards = 0;
  const char *p = text != NULL ? text : "";

  while (*p != '\0')
    {
      guint run = g_ascii_isdigit (*p) ? count_digits (p) : 0;
      const char *end = NULL;

      if (run == 0)
        {
          p++;
          continue;
        }
      if (is_card (p, run))
        end = p + run;
      for (guint i = 0; run == 4 && end == NULL && i < G_N_ELEMENTS (groupings); i++)
        {
          if (!match (p, groupings[i], &end))
            end = NULL;
        }
      if (end != NULL)
        n_cards++;
      p = end != NULL ? end : p + run;
    }
  return n_cards;
}
