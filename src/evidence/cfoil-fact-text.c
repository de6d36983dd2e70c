/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-fact.h"

#include "cfoil-currency.h"
#include "cfoil-error.h"
#include "cfoil-fact-private.h"
#include "cfoil-money.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#define MAX_CHARACTERS 4000
#define MAX_MARKS_IN_A_ROW 8
#define MAX_COUNT 1000000
#define FIRST_YEAR 1900
#define LAST_YEAR 2199

#define FIRST_STRONG_ISOLATE "\u2068"
#define POP_DIRECTIONAL_ISOLATE "\u2069"

/* Not translated: the letter is English in every country. */
static const char *const months[] = {
  "January", "February", "March", "April", "May", "June", "July",
  "August", "September", "October", "November", "December",
};

/* --- text --- */

/* What changes the direction or hides: marks, embeddings, overrides, isolates, deprecated
 * controls, tags, and blanks without width. */
static gboolean
is_invisible (gunichar c)
{
  return (c >= 0x200b && c <= 0x200f && c != 0x200c && c != 0x200d) || c == 0x061c ||
         (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
         (c >= 0xe0000 && c <= 0xe007f) || c == 0xfeff;
}

static gboolean
is_right_to_left (gunichar c)
{
  return (c >= 0x0590 && c <= 0x08ff) || (c >= 0xfb1d && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfefc) ||
         (c >= 0x10800 && c <= 0x10fff) || (c >= 0x1e800 && c <= 0x1efff);
}

static gboolean
is_line_end (gunichar c)
{
  return c == '\n' || c == 0x2028 || c == 0x2029 || c == 0x85;
}

/* Several blanks become one, and none stands at the end of a line. */
static void
append_blank (GString *out,
              char     blank)
{
  gboolean after_blank = out->len == 0 || g_ascii_isspace (out->str[out->len - 1]);

  if (blank == '\n')
    {
      while (out->len > 0 && out->str[out->len - 1] == ' ')
        g_string_truncate (out, out->len - 1);
      if (out->len > 0 && !g_str_has_suffix (out->str, "\n\n"))
        g_string_append_c (out, '\n');
    }
  else if (!after_blank)
    {
      g_string_append_c (out, ' ');
    }
}

char *
cfoil_fact_tidy (const char *text,
                 gboolean    keep_lines)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_sized_new (strlen (valid));
  guint n_marks = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      n_marks = g_unichar_ismark (c) ? n_marks + 1 : 0;
      if (is_invisible (c) || n_marks > MAX_MARKS_IN_A_ROW || c == '\r')
        continue;
      if (is_line_end (c))
        append_blank (out, keep_lines ? '\n' : ' ');
      else if (g_unichar_iscntrl (c) || g_unichar_isspace (c))
        append_blank (out, ' ');
      else
        g_string_append_unichar (out, c);
    }
  while (out->len > 0 && g_ascii_isspace (out->str[out->len - 1]))
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

char *
cfoil_fact_strip (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_sized_new (strlen (valid));
  guint n_marks = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      n_marks = g_unichar_ismark (c) ? n_marks + 1 : 0;
      if (is_invisible (c) || n_marks > MAX_MARKS_IN_A_ROW || (g_unichar_iscntrl (c) && c != '\n' && c != '\t'))
        continue;
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

/* A line of the other direction must not turn round what stands beside it. */
static void
append_isolated (GString    *out,
                 const char *line)
{
  gboolean isolate = FALSE;

  for (const char *p = line; *p != '\0' && !isolate; p = g_utf8_next_char (p))
    isolate = is_right_to_left (g_utf8_get_char (p));
  if (isolate)
    g_string_append (out, FIRST_STRONG_ISOLATE);
  g_string_append (out, line);
  if (isolate)
    g_string_append (out, POP_DIRECTIONAL_ISOLATE);
}

static char *
isolate_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, '\n');
      append_isolated (out, lines[i]);
    }
  return g_string_free (out, FALSE);
}

/* --- dates and times --- */

static gboolean
read_digits (const char **text,
             guint        n,
             int         *value)
{
  *value = 0;
  for (guint i = 0; i < n; i++, (*text)++)
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      *value = *value * 10 + (**text - '0');
    }
  return TRUE;
}

static gboolean
skip (const char **text,
      char         c)
{
  if (**text != c)
    return FALSE;
  (*text)++;
  return TRUE;
}

/* YYYY-MM-DD at the beginning of *TEXT; *DAY_US is its midnight in UTC. */
static gboolean
read_day (const char **text,
          gint64      *day_us)
{
  int year, month, day;

  return read_digits (text, 4, &year) && skip (text, '-') && read_digits (text, 2, &month) && skip (text, '-') &&
         read_digits (text, 2, &day) && year >= FIRST_YEAR && year <= LAST_YEAR &&
         cfoil_time_from_civil (year, month, day, 0, 0, 0, day_us);
}

/* As people write it, in UTC: "2026-07-14 15:53", ":07" and "UTC" or "Z" if they like. */
static gboolean
read_time (const char *text,
           gint64     *us)
{
  gint64 day_us;
  int hour, minute, second = 0;

  if (!read_day (&text, &day_us) || (!skip (&text, 'T') && !skip (&text, ' ')))
    return FALSE;
  if (!read_digits (&text, 2, &hour) || !skip (&text, ':') || !read_digits (&text, 2, &minute))
    return FALSE;
  if (skip (&text, ':') && !read_digits (&text, 2, &second))
    return FALSE;
  skip (&text, ' ');
  if ((*text != '\0' && !g_str_equal (text, "Z") && !g_str_equal (text, "UTC")) || hour > 23 || minute > 59 || second > 59)
    return FALSE;
  *us = day_us + hour * G_TIME_SPAN_HOUR + minute * G_TIME_SPAN_MINUTE + second * G_TIME_SPAN_SECOND;
  return TRUE;
}

gboolean
cfoil_fact_read_time (CfoilFactKey key,
                      const char  *value,
                      gint64      *us)
{
  switch (cfoil_fact_get_info (key)->kind)
    {
    case CFOIL_FACT_KIND_DATE:
      return read_day (&value, us) && *value == '\0';
    case CFOIL_FACT_KIND_TIME:
      return read_time (value, us);
    default:
      return FALSE;
    }
}

static gboolean
clean_date (const char *value,
            char      **clean,
            GError    **error)
{
  const char *p = value;
  gint64 us;

  if (!read_day (&p, &us) || *p != '\0')
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX,
                           _("This is no day of the calendar. Write year, month and day, for example 2026-07-14."));
      return FALSE;
    }
  *clean = g_strdup (value);
  return TRUE;
}

static gboolean
is_in_years (gint64 us)
{
  int year, month, day, hour, minute, second;

  cfoil_time_to_civil (us, &year, &month, &day, &hour, &minute, &second);
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

static gboolean
clean_time (const char *value,
            char      **clean,
            GError    **error)
{
  char buffer[CFOIL_TIME_BUFFER];
  gint64 us;

  if (!read_time (value, &us) && (!cfoil_time_parse (value, -1, &us, NULL) || !is_in_years (us)))
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX,
                           _("This is no time. Write the day and the time of day in UTC, for example 2026-07-14 15:53."));
      return FALSE;
    }
  us -= ((us % G_USEC_PER_SEC) + G_USEC_PER_SEC) % G_USEC_PER_SEC;
  cfoil_time_format_iso (buffer, us);
  *clean = g_strdup (buffer);
  return TRUE;
}

static char *
date_to_letter (gint64 us)
{
  int year, month, day, hour, minute, second;

  cfoil_time_to_civil (us, &year, &month, &day, &hour, &minute, &second);
  return g_strdup_printf ("%d %s %d", day, months[month - 1], year);
}

char *
cfoil_fact_day_to_letter (gint64 us)
{
  return cfoil_time_is_in_calendar (us) ? date_to_letter (us) : NULL;
}

static char *
time_to_letter (gint64 us)
{
  g_autofree char *day = date_to_letter (us);
  int year, month, mday, hour, minute, second;

  cfoil_time_to_civil (us, &year, &month, &mday, &hour, &minute, &second);
  return g_strdup_printf ("%s, %02d:%02d UTC", day, hour, minute);
}

/* --- money --- */

static gboolean
is_currency_word (const char *text,
                  gsize       length)
{
  if (length != 3)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalpha (text[i]))
      return FALSE;
  return TRUE;
}

/* "USD 25.54" and "25.54 USD" alike.  FALSE: not two words one of which is like a currency. */
static gboolean
split_money (const char *value,
             char      **currency,
             char      **amount)
{
  const char *space = strchr (value, ' ');

  if (space == NULL || strchr (space + 1, ' ') != NULL)
    return FALSE;
  if (is_currency_word (value, (gsize) (space - value)))
    {
      *currency = g_ascii_strup (value, 3);
      *amount = g_strdup (space + 1);
      return TRUE;
    }
  if (is_currency_word (space + 1, strlen (space + 1)))
    {
      *currency = g_ascii_strup (space + 1, 3);
      *amount = g_strndup (value, (gsize) (space - value));
      return TRUE;
    }
  return FALSE;
}

gboolean
cfoil_fact_read_money (const char *value,
                       char        currency[4],
                       gint64     *minor)
{
  int exponent;

  if (strlen (value) < 5 || value[3] != ' ')
    return FALSE;
  memcpy (currency, value, 3);
  currency[3] = '\0';
  exponent = cfoil_currency_exponent (currency);
  return exponent >= 0 && cfoil_money_parse (value + 4, -1, exponent, minor, NULL);
}

char *
cfoil_fact_money (const char *currency,
                  gint64      minor)
{
  char decimal[CFOIL_MONEY_BUFFER];
  int exponent = currency != NULL ? cfoil_currency_exponent (currency) : -1;

  if (exponent < 0 || minor < 0)
    return NULL;
  cfoil_money_format (decimal, minor, exponent);
  return g_strdup_printf ("%s %s", currency, decimal);
}

static gboolean
clean_money (const char *value,
             char      **clean,
             GError    **error)
{
  g_autofree char *currency = NULL;
  g_autofree char *amount = NULL;
  g_autoptr (GError) local_error = NULL;
  int exponent;
  gint64 minor;

  if (!split_money (value, &currency, &amount))
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX,
                           _("Write the currency and the amount, for example USD 25.54."));
      return FALSE;
    }
  exponent = cfoil_currency_exponent (currency);
  if (exponent < 0)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_CURRENCY,
                   /* Translators: %s are three letters that somebody typed */
                   _("There is no currency %s. Write its three letters, for example USD 25.54."), currency);
      return FALSE;
    }
  if (!cfoil_money_parse (amount, -1, exponent, &minor, &local_error))
    {
      if (g_error_matches (local_error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_RANGE))
        g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_RANGE,
                     ngettext ("The amount is too large, or has more than %d decimal.",
                               "The amount is too large, or has more than %d decimals.", (gulong) exponent), exponent);
      else
        g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX,
                             _("Write the amount with digits and a point before the decimals, without "
                               "separators between thousands, for example USD 1234.50."));
      return FALSE;
    }
  if (minor < 0)
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_RANGE, _("Write the amount without a minus sign."));
      return FALSE;
    }
  *clean = cfoil_fact_money (currency, minor);
  return TRUE;
}

/* "1234567.50" to "1,234,567.50", whatever the user's country does. */
static char *
group_digits (const char *decimal)
{
  const char *point = strchr (decimal, '.');
  gsize n_digits = point != NULL ? (gsize) (point - decimal) : strlen (decimal);
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < n_digits; i++)
    {
      if (i > 0 && (n_digits - i) % 3 == 0)
        g_string_append_c (out, ',');
      g_string_append_c (out, decimal[i]);
    }
  if (point != NULL)
    g_string_append (out, point);
  return g_string_free (out, FALSE);
}

static char *
money_to_letter (const char *value)
{
  char currency[4], decimal[CFOIL_MONEY_BUFFER];
  g_autofree char *grouped = NULL;
  gint64 minor;

  if (!cfoil_fact_read_money (value, currency, &minor) || minor < 0)
    return NULL;
  cfoil_money_format (decimal, minor, cfoil_currency_exponent (currency));
  grouped = group_digits (decimal);
  return g_strdup_printf ("%s %s", currency, grouped);
}

/* --- counts --- */

static gboolean
clean_count (const char *value,
             char      **clean,
             GError    **error)
{
  guint64 count;

  if (!g_ascii_string_to_unsigned (value, 10, 0, MAX_COUNT, &count, NULL))
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, _("Write a whole number, for example 3."));
      return FALSE;
    }
  *clean = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
  return TRUE;
}

static char *
count_to_letter (const char *value)
{
  guint64 count;

  if (!g_ascii_string_to_unsigned (value, 10, 0, MAX_COUNT, &count, NULL))
    return NULL;
  {
    g_autofree char *plain = g_strdup_printf ("%" G_GUINT64_FORMAT, count);

    return group_digits (plain);
  }
}

/* --- all kinds --- */

char *
cfoil_fact_clean (CfoilFactKey key,
                  const char  *value,
                  GError     **error)
{
  g_autofree char *tidy = NULL;
  char *clean = NULL;
  CfoilFactKind kind;

  g_return_val_if_fail (key < CFOIL_N_FACTS, NULL);

  kind = cfoil_fact_get_info (key)->kind;
  tidy = cfoil_fact_tidy (value != NULL ? value : "", kind == CFOIL_FACT_KIND_TEXT);
  if (*tidy == '\0')
    return g_steal_pointer (&tidy);
  if (g_utf8_strlen (tidy, -1) > MAX_CHARACTERS)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT,
                   _("This is too long: %ld characters. %d are the most."), g_utf8_strlen (tidy, -1), MAX_CHARACTERS);
      return NULL;
    }

  switch (kind)
    {
    case CFOIL_FACT_KIND_DATE:
      return clean_date (tidy, &clean, error) ? clean : NULL;
    case CFOIL_FACT_KIND_TIME:
      return clean_time (tidy, &clean, error) ? clean : NULL;
    case CFOIL_FACT_KIND_MONEY:
      return clean_money (tidy, &clean, error) ? clean : NULL;
    case CFOIL_FACT_KIND_COUNT:
      return clean_count (tidy, &clean, error) ? clean : NULL;
    case CFOIL_FACT_KIND_LINE:
    case CFOIL_FACT_KIND_TEXT:
    case CFOIL_FACT_KIND_ID:
    default:
      return g_steal_pointer (&tidy);
    }
}

char *
cfoil_fact_to_letter (CfoilFactKey key,
                      const char  *value)
{
  g_autofree char *tidy = NULL;
  CfoilFactKind kind;
  gint64 us;

  g_return_val_if_fail (key < CFOIL_N_FACTS, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  kind = cfoil_fact_get_info (key)->kind;
  tidy = cfoil_fact_tidy (value, kind == CFOIL_FACT_KIND_TEXT);
  switch (kind)
    {
    case CFOIL_FACT_KIND_DATE:
      return cfoil_fact_read_time (key, tidy, &us) ? date_to_letter (us) : NULL;
    case CFOIL_FACT_KIND_TIME:
      return cfoil_fact_read_time (key, tidy, &us) ? time_to_letter (us) : NULL;
    case CFOIL_FACT_KIND_MONEY:
      return money_to_letter (tidy);
    case CFOIL_FACT_KIND_COUNT:
      return count_to_letter (tidy);
    case CFOIL_FACT_KIND_LINE:
    case CFOIL_FACT_KIND_TEXT:
    case CFOIL_FACT_KIND_ID:
    default:
      return *tidy != '\0' ? isolate_lines (tidy) : NULL;
    }
}
