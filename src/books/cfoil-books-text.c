/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-books-text.h"

#include "cfoil-period.h"

#include <string.h>

/* What a person cannot see, or what turns what they see around. */
static gboolean
is_blank (gunichar character)
{
  switch (g_unichar_type (character))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_SPACE_SEPARATOR:
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
cfoil_books_append_line (GString    *out,
                         const char *text,
                         const char *forbidden,
                         gsize       max_length)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  gboolean wants_blank = FALSE;
  gsize n = 0;

  for (const char *at = valid; *at != '\0' && (max_length == 0 || n < max_length); at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (is_blank (character))
        {
          wants_blank = n > 0;
          continue;
        }
      if (wants_blank && ++n == max_length && max_length > 0)
        break;
      if (wants_blank)
        g_string_append_c (out, ' ');
      wants_blank = FALSE;
      g_string_append_unichar (out, character < 0x80 && strchr (forbidden, (int) character) != NULL ? '-' : character);
      n++;
    }
  return n > 0;
}

/* --- names of accounts --- */

static gboolean
is_letter_or_digit (gunichar character)
{
  return g_unichar_isalpha (character) || g_unichar_type (character) == G_UNICODE_DECIMAL_NUMBER;
}

typedef gunichar (*MapFunc) (gunichar character);

/* 0: not in this format. */
static gunichar
map_for_ledger (gunichar character)
{
  if (is_letter_or_digit (character) || g_unichar_ismark (character))
    return character;
  if (character == ' ')
    return ' ';
  return character < 0x80 && strchr ("-_.'&/+", (int) character) != NULL ? character : '-';
}

static gunichar
map_for_beancount (gunichar character)
{
  return is_letter_or_digit (character) ? character : '-';
}

/* A slash begins a class there, and brackets make a transfer of a category. */
static gunichar
map_for_qif (gunichar character)
{
  gunichar mapped = map_for_ledger (character);

  return mapped == '/' ? '-' : mapped;
}

/* PART without what the format does not have; it begins with a letter or digit. */
static void
append_part (GString    *out,
             const char *part,
             MapFunc     map)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *normal = NULL;
  gsize start = out->len;

  cfoil_books_append_line (line, part, "", 0);
  normal = g_utf8_normalize (line->str, -1, G_NORMALIZE_NFC);
  for (const char *at = normal; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = map (g_utf8_get_char (at));

      if (out->len > start || is_letter_or_digit (character))
        g_string_append_unichar (out, character);
    }
  while (out->len > start && strchr (" -", out->str[out->len - 1]) != NULL)
    g_string_truncate (out, out->len - 1);
  if (out->len == start)
    g_string_append (out, "Unnamed");
}

static char *
map_name (const char *name,
          MapFunc     map)
{
  g_auto (GStrv) parts = g_strsplit (name, ":", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ':');
      append_part (out, parts[i], map);
    }
  return g_string_free (out, FALSE);
}

char *
cfoil_books_name_for_ledger (const char *name)
{
  return map_name (name, map_for_ledger);
}

char *
cfoil_books_name_for_qif (const char *name)
{
  return map_name (name, map_for_qif);
}

static void
append_capital (GString    *out,
                const char *part)
{
  gunichar first = g_unichar_toupper (g_utf8_get_char (part));
  GUnicodeType type = g_unichar_type (first);

  /* Scripts without capital letters, and letters without one. */
  if (type == G_UNICODE_UPPERCASE_LETTER || type == G_UNICODE_DECIMAL_NUMBER)
    {
      g_string_append_unichar (out, first);
      part = g_utf8_next_char (part);
    }
  else
    g_string_append_c (out, 'X');
  g_string_append (out, part);
}

static const char *
root_of (CfoilPurpose purpose)
{
  if (purpose <= CFOIL_PURPOSE_BANK)
    return "Assets";
  if (purpose <= CFOIL_PURPOSE_ADJUSTMENTS)
    return "Income";
  return purpose == CFOIL_PURPOSE_SUSPENSE ? "Equity" : "Expenses";
}

char *
cfoil_books_name_for_beancount (const char  *name,
                                CfoilPurpose purpose)
{
  static const char *const roots[] = { "Assets", "Liabilities", "Equity", "Income", "Expenses", NULL };
  g_autofree char *mapped = map_name (name, map_for_beancount);
  g_auto (GStrv) parts = g_strsplit (mapped, ":", -1);
  GString *out = g_string_new (NULL);
  gboolean has_root = g_strv_contains (roots, parts[0]);

  g_string_append (out, has_root ? parts[0] : root_of (purpose));
  for (guint i = has_root ? 1 : 0; parts[i] != NULL; i++)
    {
      g_string_append_c (out, ':');
      append_capital (out, parts[i]);
    }
  if (has_root && parts[1] == NULL)
    g_string_append (out, ":Unnamed");
  return g_string_free (out, FALSE);
}

/* --- currencies and dates --- */

static gboolean
is_plain_currency (const char *currency)
{
  return strlen (currency) == 3 && strspn (currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

void
cfoil_books_append_ledger_commodity (GString    *out,
                                     const char *currency)
{
  if (is_plain_currency (currency))
    {
      g_string_append (out, currency);
      return;
    }
  g_string_append_c (out, '"');
  if (!cfoil_books_append_line (out, currency, "\";\\", 0))
    g_string_append (out, "?");
  g_string_append_c (out, '"');
}

void
cfoil_books_append_beancount_currency (GString    *out,
                                       const char *currency)
{
  if (is_plain_currency (currency))
    {
      g_string_append (out, currency);
      return;
    }
  /* An escape that can be read back, so that two of them are never one. */
  g_string_append (out, "X-");
  for (const char *at = currency; *at != '\0' && at - currency < 10; at++)
    g_string_append_printf (out, "%02X", (guchar) *at);
  g_string_append_c (out, '0');
}

void
cfoil_books_append_date (GString *out,
                         gint32   day,
                         int      first_year,
                         int      last_year)
{
  int year, month, day_of_month;

  cfoil_day_to_date (CLAMP (day, CFOIL_DAY_MIN, CFOIL_DAY_MAX), &year, &month, &day_of_month);
  if (year < first_year)
    g_string_append_printf (out, "%04d-01-01", first_year);
  else if (year > last_year)
    g_string_append_printf (out, "%04d-12-31", last_year);
  else
    g_string_append_printf (out, "%04d-%02d-%02d", year, month, day_of_month);
}
