/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-fit-words.h"

#include "cfoil-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define KILO G_GINT64_CONSTANT (1000)
#define MEGA (KILO * 1000)
#define LARGEST (MEGA * 1000 * 1000)

static char *
megabytes (gint64 tenths)
{
  g_autofree char *whole = cfoil_words_number (tenths / 10);

  if (tenths % 10 == 0)
    /* Translators: megabytes; %s is a whole number. */
    return g_strdup_printf (_("%s MB"), whole);
  /* Translators: megabytes with one decimal; the first %s is a whole number, the second the decimal digit. */
  return g_strdup_printf (_("%s.%d MB"), whole, (int) (tenths % 10));
}

char *
cfoil_fit_words_bytes (gint64   n_bytes,
                       gboolean round_up)
{
  gint64 unit = n_bytes >= MEGA ? MEGA / 10 : KILO;
  gint64 units = (n_bytes + (round_up ? unit - 1 : 0)) / unit;
  g_autofree char *number = NULL;

  if (n_bytes >= MEGA)
    return megabytes (units);
  if (n_bytes < KILO)
    return cfoil_fit_words_exact_bytes (n_bytes);
  number = cfoil_words_number (units);
  /* Translators: kilobytes; %s is a whole number. */
  return g_strdup_printf (_("%s kB"), number);
}

char *
cfoil_fit_words_exact_bytes (gint64 n_bytes)
{
  g_autofree char *number = NULL;

  if (n_bytes >= MEGA && n_bytes % (MEGA / 10) == 0)
    return megabytes (n_bytes / (MEGA / 10));
  if (n_bytes >= KILO && n_bytes % KILO == 0)
    {
      number = cfoil_words_number (n_bytes / KILO);
      return g_strdup_printf (_("%s kB"), number);
    }
  number = cfoil_words_number (n_bytes);
  return g_strdup_printf (ngettext ("%s byte", "%s bytes", (gulong) n_bytes), number);
}

/* Reads digits; separators between groups of three are skipped.  *HAS_POINT: a decimal
 * sign and one or two digits end it, which are then in *HUNDREDTHS. */
static const char *
read_digits (const char *p,
             gint64     *number,
             int        *hundredths)
{
  const char *start = p;

  *number = 0;
  *hundredths = 0;
  for (; *number < LARGEST; p++)
    {
      gboolean is_sign = *p == '.' || *p == ',' || *p == '\'' || *p == ' ';
      gsize n = is_sign ? strspn (p + 1, "0123456789") : 0;

      if (g_ascii_isdigit (*p))
        *number = *number * 10 + (*p - '0');
      else if ((*p == '.' || *p == ',') && p > start && (n == 1 || n == 2))
        {
          *hundredths = (p[1] - '0') * 10 + (n == 2 ? p[2] - '0' : 0);
          return p + 1 + n;
        }
      else if (!is_sign || n != 3 || p == start)
        return p > start ? p : NULL;
    }
  return NULL;
}

/* Some languages group digits by blanks that do not break. */
static char *
dup_clean (const char *text)
{
  GString *clean = g_string_new (text);

  g_string_replace (clean, "\u00a0", " ", 0);
  g_string_replace (clean, "\u202f", " ", 0);
  return g_strstrip (g_string_free (clean, FALSE));
}

static gint64
read_unit (const char *text)
{
  g_autofree char *unit = g_ascii_strdown (text, -1);

  g_strstrip (unit);
  if (g_str_equal (unit, "mb") || g_str_equal (unit, "m"))
    return MEGA;
  if (g_str_equal (unit, "kb") || g_str_equal (unit, "k"))
    return KILO;
  if (*unit == '\0' || g_str_equal (unit, "b") || g_str_equal (unit, "byte") || g_str_equal (unit, "bytes"))
    return 1;
  return 0;
}

gboolean
cfoil_fit_words_parse_bytes (const char *text,
                             gint64     *n_bytes)
{
  g_autofree char *clean = dup_clean (text);
  gint64 number, unit, bytes;
  int hundredths;
  const char *end = read_digits (clean, &number, &hundredths);

  unit = end != NULL ? read_unit (end) : 0;
  if (unit == 0 || (unit == 1 && hundredths != 0) || number > LARGEST / unit)
    return FALSE;
  bytes = number * unit + hundredths * unit / 100;
  if (bytes <= 0)
    return FALSE;
  *n_bytes = bytes;
  return TRUE;
}

gboolean
cfoil_fit_words_parse_number (const char *text,
                              gint64     *number)
{
  g_autofree char *clean = dup_clean (text);
  int hundredths;
  gint64 value;
  const char *end = read_digits (clean, &value, &hundredths);

  if (end == NULL || *end != '\0' || hundredths != 0 || value <= 0)
    return FALSE;
  *number = value;
  return TRUE;
}
