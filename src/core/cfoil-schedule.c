/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-schedule.h"

#include "cfoil-types.h"

#include <string.h>

char *
cfoil_request_subject_new (const char *type,
                           gint64      start_us,
                           gint64      end_us)
{
  if (start_us == CFOIL_UNKNOWN || end_us == CFOIL_UNKNOWN)
    return g_strdup_printf ("%s - -", type);
  return g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, type, start_us, end_us);
}

void
cfoil_request_subject_parse (const char *subject,
                             char      **type,
                             gint64     *start_us,
                             gint64     *end_us)
{
  g_auto (GStrv) parts = g_strsplit (subject, " ", 3);

  *type = g_strdup (parts[0] != NULL ? parts[0] : "");
  *start_us = CFOIL_UNKNOWN;
  *end_us = CFOIL_UNKNOWN;
  if (g_strv_length (parts) == 3 && strcmp (parts[1], "-") != 0)
    {
      *start_us = g_ascii_strtoll (parts[1], NULL, 10);
      *end_us = g_ascii_strtoll (parts[2], NULL, 10);
    }
}

gboolean
cfoil_frequency_parse (const char *text,
                       guint      *n,
                       gint64     *unit_us)
{
  gboolean has_clock = g_str_has_prefix (text, "PT");
  const char *digits = text + (has_clock ? 2 : 1);
  char *end = NULL;
  guint64 number;

  if (text[0] != 'P' || !g_ascii_isdigit (digits[0]))
    return FALSE;
  number = g_ascii_strtoull (digits, &end, 10);
  if (number == 0 || number > 10000 || end[0] == '\0' || end[1] != '\0')
    return FALSE;
  if (has_clock && end[0] == 'M')
    *unit_us = G_TIME_SPAN_MINUTE;
  else if (has_clock && end[0] == 'H')
    *unit_us = G_TIME_SPAN_HOUR;
  else if (!has_clock && end[0] == 'D')
    *unit_us = G_TIME_SPAN_DAY;
  else
    return FALSE;
  *n = (guint) number;
  return TRUE;
}
