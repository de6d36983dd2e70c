/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-query-private.h"

#include <string.h>

/* weekday:monday,sun  weekday:monday..friday  hour:9  hour:9..17,22 */

#define N_WEEKDAYS 7
#define N_HOURS 24
/* "mo" is no other day than Monday. */
#define SHORTEST_NAME 2

static const char *const weekdays[N_WEEKDAYS] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };

const char *
cfoil_weekday_name (guint weekday)
{
  g_return_val_if_fail (weekday < N_WEEKDAYS, NULL);

  return weekdays[weekday];
}

static guint
get_n_slots (CfoilTermKind kind)
{
  return kind == CFOIL_TERM_WEEKDAY ? N_WEEKDAYS : N_HOURS;
}

static gboolean
parse_slot (CfoilTermKind kind,
            const char   *text,
            guint        *slot)
{
  gsize length = strlen (text);

  if (kind == CFOIL_TERM_HOUR)
    {
      *slot = (guint) (length == 1 ? text[0] - '0' : length == 2 ? (text[0] - '0') * 10 + (text[1] - '0') : 0);
      return length >= 1 && length <= 2 && strspn (text, "0123456789") == length && *slot < N_HOURS;
    }
  for (*slot = 0; *slot < N_WEEKDAYS; (*slot)++)
    if (length >= SHORTEST_NAME && g_str_has_prefix (weekdays[*slot], text))
      return TRUE;
  return FALSE;
}

gboolean
cfoil_query_parse_slots (CfoilTermKind  kind,
                         const char    *text,
                         guint32       *slots)
{
  g_autofree char *word = cfoil_query_normalize (text, -1);
  char *dots = strstr (word, "..");
  guint first, last;

  if (dots != NULL)
    *dots = '\0';
  if (!parse_slot (kind, word, &first) || !parse_slot (kind, dots != NULL ? dots + 2 : word, &last))
    return FALSE;
  /* Nights and weekends go over the end: 22..5, saturday..monday. */
  for (guint slot = first;; slot = (slot + 1) % get_n_slots (kind))
    {
      *slots |= (guint32) 1 << slot;
      if (slot == last)
        return TRUE;
    }
}

static void
append_slot (GString      *text,
             CfoilTermKind kind,
             guint         slot)
{
  if (kind == CFOIL_TERM_WEEKDAY)
    g_string_append (text, weekdays[slot]);
  else
    g_string_append_printf (text, "%u", slot);
}

void
cfoil_query_append_slots (GString         *text,
                          const CfoilTerm *term)
{
  guint n_slots = get_n_slots (term->kind);
  const char *separator = "";

  g_string_append (text, term->kind == CFOIL_TERM_WEEKDAY ? "weekday:" : "hour:");
  for (guint slot = 0; slot < n_slots; slot++)
    {
      guint last = slot;

      if ((term->slots >> slot & 1) == 0)
        continue;
      while (last + 1 < n_slots && (term->slots >> (last + 1) & 1) == 1)
        last++;
      g_string_append (text, separator);
      append_slot (text, term->kind, slot);
      if (last > slot)
        {
          g_string_append (text, "..");
          append_slot (text, term->kind, last);
        }
      separator = ",";
      slot = last;
    }
}
