/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-shown-text.h"

#include <string.h>

#define FIRST_STRONG_ISOLATE "\u2068"
#define POP_DIRECTIONAL_ISOLATE "\u2069"
#define MAX_MARKS_IN_A_ROW 8

/* Embeddings, overrides, isolates, deprecated controls, tags. */
static gboolean
is_invisible_control (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x206f) ||
         (c >= 0xe0000 && c <= 0xe007f) || c == 0xfeff;
}

static gboolean
is_right_to_left (gunichar c)
{
  return (c >= 0x0590 && c <= 0x08ff) || (c >= 0xfb1d && c <= 0xfdff) ||
         (c >= 0xfe70 && c <= 0xfefc) || (c >= 0x10800 && c <= 0x10fff) ||
         (c >= 0x1e800 && c <= 0x1efff) || c == 0x200f;
}

static gboolean
is_blank (gunichar c,
          gboolean keep_lines)
{
  if (c == '\n' && keep_lines)
    return FALSE;
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return TRUE;
    default:
      return FALSE;
    }
}

static char *
shown (const char *text,
       guint       max,
       gboolean    keep_lines)
{
  g_autofree char *valid = NULL;
  GString *out;
  guint n = 0, n_marks = 0;
  gboolean isolate = FALSE;

  if (text == NULL || *text == '\0')
    return NULL;
  /* At most four bytes to a character; the rest is not even looked at. */
  valid = g_utf8_make_valid (text, (gssize) strnlen (text, (gsize) max * 4 + 4));
  out = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      n_marks = g_unichar_ismark (c) ? n_marks + 1 : 0;
      if (is_invisible_control (c) || n_marks > MAX_MARKS_IN_A_ROW)
        continue;
      if (n++ >= max)
        {
          g_string_append (out, CFOIL_SHOWN_TEXT_ELLIPSIS);
          break;
        }
      isolate |= is_right_to_left (c);
      g_string_append_unichar (out, is_blank (c, keep_lines) ? ' ' : c);
    }

  if (isolate)
    {
      g_string_prepend (out, FIRST_STRONG_ISOLATE);
      g_string_append (out, POP_DIRECTIONAL_ISOLATE);
    }
  return g_string_free (out, FALSE);
}

char *
cfoil_shown_text (const char *text)
{
  return shown (text, CFOIL_SHOWN_TEXT_MAX, FALSE);
}

char *
cfoil_shown_lines (const char *text,
                   guint       max)
{
  return shown (text, max, TRUE);
}

char *
cfoil_shown_text_to_plain (const char *text)
{
  GString *out = g_string_new (text != NULL ? text : "");

  g_string_replace (out, FIRST_STRONG_ISOLATE, "", 0);
  g_string_replace (out, POP_DIRECTIONAL_ISOLATE, "", 0);
  return g_string_free (out, FALSE);
}
