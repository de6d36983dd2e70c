/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-csv-writer.h"

#include <string.h>

/* A plain number is safe although it may begin with a minus. */
static gboolean
is_number (const char *text,
           gsize       length)
{
  gsize i = length > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  gsize n_digits = 0;
  gboolean has_point = FALSE;

  for (; i < length; i++)
    {
      if (g_ascii_isdigit (text[i]))
        n_digits++;
      else if (text[i] == '.' && !has_point && n_digits > 0)
        has_point = TRUE;
      else
        return FALSE;
    }
  return n_digits > 0 && text[length - 1] != '.';
}

gboolean
cfoil_csv_needs_guard (const char *text,
                       gsize       length)
{
  /* U+FF1D, U+FF0B, U+FF0D, U+FF20: full-width = + - @ */
  static const char wide[][4] = { "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0" };
  gsize start = 0;

  /* Spreadsheets skip blanks before they look. */
  while (start < length && text[start] == ' ')
    start++;
  if (start == length)
    return FALSE;

  switch (text[start])
    {
    case '=':
    case '@':
    case '\t':
    case '\r':
    case '\n':
      return TRUE;
    case '+':
    case '-':
      return !is_number (text, length);
    default:
      for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
        if (length - start >= 3 && memcmp (text + start, wide[i], 3) == 0)
          return TRUE;
      return FALSE;
    }
}

static gboolean
needs_quotes (const char *text,
              gsize       length,
              char        separator)
{
  if (length == 0)
    return FALSE;
  /* Blanks at the ends are cut by some readers. */
  if (text[0] == ' ' || text[length - 1] == ' ')
    return TRUE;
  for (gsize i = 0; i < length; i++)
    if (text[i] == '"' || text[i] == '\n' || text[i] == '\r' || text[i] == separator)
      return TRUE;
  return FALSE;
}

void
cfoil_csv_append_text (GString    *out,
                       const char *text,
                       gsize       length,
                       char        separator,
                       gboolean    guarded)
{
  gboolean has_guard = guarded && cfoil_csv_needs_guard (text, length);

  if (!needs_quotes (text, length, separator))
    {
      if (has_guard)
        g_string_append_c (out, '\'');
      g_string_append_len (out, text, length);
      return;
    }

  g_string_append_c (out, '"');
  if (has_guard)
    g_string_append_c (out, '\'');
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, text[i]);
    }
  g_string_append_c (out, '"');
}
