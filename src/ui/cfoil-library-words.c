/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-library-words.h"

#include "cfoil-fact.h"
#include "cfoil-shown-text.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

#define EXCERPT 160

static const struct
{
  const char *kind;
  const char *title;
} kinds[] = {
  { "cancellation_policy", N_ ("Cancellation Policy") },
  { "refund_policy", N_ ("Refund Policy") },
  { "terms", N_ ("Terms of Sale") },
  { "shop", N_ ("Shop") },
  { "template", N_ ("Template") },
  { "file", N_ ("File") },
};

const char *
cfoil_library_words_kind (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return _(kinds[i].title);
  return kind;
}

static char *
dup_day (const char *day)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  int year, month, date;
  g_autoptr (GDateTime) time = NULL;

  if (sscanf (day, "%4d-%2d-%2d", &year, &month, &date) == 3)
    time = g_date_time_new (utc, year, month, date, 0, 0, 0);
  return time != NULL ? cfoil_words_date (g_date_time_to_unix (time) * G_USEC_PER_SEC, utc) : g_strdup (day);
}

char *
cfoil_library_words_about (const CfoilLibraryItem *item)
{
  const char *kind = cfoil_library_words_kind (item->kind);

  if (item->valid_from != NULL && *item->valid_from != '\0')
    {
      g_autofree char *day = dup_day (item->valid_from);

      /* Translators: the first %s is for instance "Refund Policy", the second a date. */
      return g_strdup_printf (_("%s, in force since %s"), kind, day);
    }
  if (g_strcmp0 (item->kind, "template") == 0 && item->reason != CFOIL_REASON_UNKNOWN)
    /* Translators: the first %s is "Template", the second what a buyer claims. */
    return g_strdup_printf (_("%s for: %s"), kind, _(cfoil_reason_get_title (item->reason)));
  return g_strdup (kind);
}

char *
cfoil_library_words_excerpt (const CfoilLibraryItem *item)
{
  const char *text = item->sha256 != NULL && item->file_name != NULL ? item->file_name : item->text;
  g_autofree char *shown = cfoil_shown_text (text);
  g_autofree char *start = NULL;

  if (shown == NULL || g_utf8_strlen (shown, -1) <= EXCERPT)
    return g_steal_pointer (&shown);
  start = g_utf8_substring (shown, 0, EXCERPT);
  return g_strconcat (start, CFOIL_SHOWN_TEXT_ELLIPSIS, NULL);
}

char *
cfoil_library_words_name (const CfoilLibraryItem *item)
{
  CfoilFactKey key;
  char *name;

  if (g_strcmp0 (item->kind, "shop") == 0 && cfoil_fact_key_from_name (item->name, &key))
    return g_strdup (_(cfoil_fact_get_info (key)->title));
  name = cfoil_shown_text (item->name);
  return name != NULL ? name : g_strdup (cfoil_library_words_kind (item->kind));
}
