/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-value.h"

#include "cfoil-error.h"
#include "cfoil-money.h"
#include "cfoil-period.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_NUMBER 64

/* --- dates --- */

typedef struct
{
  int numbers[3];
  guint n_digits[3];
} Date;

static gboolean
read_number (const char **text,
             guint        max_digits,
             int         *number,
             guint       *n_digits)
{
  *number = 0;
  for (*n_digits = 0; *n_digits < max_digits && g_ascii_isdigit (**text); (*text)++, (*n_digits)++)
    *number = *number * 10 + (**text - '0');
  return *n_digits > 0;
}

/* Eight digits, or three numbers with one of ". / -" between them. */
static gboolean
split_date (const char *text,
            Date       *date)
{
  static const guint plain[] = { 4, 2, 2 };
  const char *at = text;
  gboolean is_plain;

  while (*at == ' ')
    at++;
  is_plain = strspn (at, "0123456789") == 8 || strspn (at, "0123456789") == 14;
  for (guint i = 0; i < 3; i++)
    {
      if (i > 0 && !is_plain)
        {
          if (strchr (" ./-", *at) == NULL || *at == '\0')
            return FALSE;
          while (*at != '\0' && strchr (" ./-", *at) != NULL)
            at++;
        }
      if (!read_number (&at, is_plain ? plain[i] : 4, &date->numbers[i], &date->n_digits[i]))
        return FALSE;
    }
  return is_plain || !g_ascii_isdigit (*at);
}

static int
full_year (int   year,
           guint n_digits)
{
  if (n_digits > 2)
    return year;
  return year + (year < 70 ? 2000 : 1900);
}

static gboolean
to_day (const Date    *date,
        CfoilBankDates dates,
        gint32        *day)
{
  static const guint8 places[CFOIL_N_BANK_DATES][3] = { { 0, 1, 2 }, { 0, 1, 2 }, { 2, 1, 0 }, { 2, 0, 1 } };
  const guint8 *at = places[dates];

  for (guint i = 0; i < 3; i++)
    if (date->n_digits[i] > 2 && i != at[0])
      return FALSE;
  if (date->n_digits[at[0]] == 3 || date->n_digits[at[0]] == 1)
    return FALSE;
  return cfoil_day_from_date (full_year (date->numbers[at[0]], date->n_digits[at[0]]), date->numbers[at[1]], date->numbers[at[2]], day);
}

gboolean
cfoil_bank_parse_day (const char    *text,
                      CfoilBankDates dates,
                      gint32        *day)
{
  Date date;

  return split_date (text, &date) && to_day (&date, dates, day);
}

guint
cfoil_bank_guess_dates (const char *text)
{
  guint orders = 0;
  gint32 day;
  Date date;

  if (!split_date (text, &date))
    return 0;
  for (guint i = CFOIL_BANK_DATES_YMD; i < CFOIL_N_BANK_DATES; i++)
    if (to_day (&date, (CfoilBankDates) i, &day))
      orders |= 1u << i;
  /* Years come first only when they are whole; nobody writes months first with points. */
  if (date.n_digits[0] < 4)
    orders &= ~(1u << CFOIL_BANK_DATES_YMD);
  if (strchr (text, '.') != NULL)
    orders &= ~(1u << CFOIL_BANK_DATES_MDY);
  return orders;
}

/* --- amounts --- */

static gboolean
fail_amount (const char *text,
             GError    **error)
{
  g_autofree char *shown = g_strndup (text, MAX_NUMBER);

  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, _ ("“%s” is not an amount; choose another column or decimal mark"), shown);
  return FALSE;
}

/* Blanks of all kinds, and what divides groups but is no mark. */
static gboolean
is_filler (gunichar character)
{
  return g_unichar_isspace (character) || character == '\'' || character == 0x2019 || character == 0x202f || character == 0xa0;
}

static gboolean
is_minus (gunichar character)
{
  return character == '-' || character == 0x2212 || character == 0x2013;
}

/* Digits, points and commas of TEXT; what else may stand there is looked at. */
static gboolean
take_digits (const char *text,
             char       *digits,
             gboolean   *is_negative)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  guint n = 0, n_signs = 0;

  *is_negative = FALSE;
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (character < 0x80 && (g_ascii_isdigit ((char) character) || character == '.' || character == ','))
        {
          if (n + 1 >= MAX_NUMBER)
            return FALSE;
          digits[n++] = (char) character;
        }
      else if (is_minus (character) || character == '(' || character == '+')
        {
          *is_negative = character != '+';
          if (n_signs++ > 0)
            return FALSE;
        }
      else if (!is_filler (character) && character != ')' && g_unichar_type (character) != G_UNICODE_CURRENCY_SYMBOL &&
               !(character >= 'A' && character <= 'Z'))
        return FALSE;
    }
  digits[n] = '\0';
  return n > 0;
}

/* Groups are of three digits, but for the first one. */
static gboolean
drop_groups (char *digits,
             char  mark)
{
  char group = mark == '.' ? ',' : '.';
  char *out = digits, *last = NULL;
  gboolean has_mark = FALSE;

  for (const char *at = digits; *at != '\0'; at++)
    {
      if (*at == group)
        {
          if (has_mark || out == digits || (last != NULL && out - last != 3))
            return FALSE;
          last = out;
        }
      else
        {
          if (*at == mark)
            {
              if (has_mark || (last != NULL && out - last != 3))
                return FALSE;
              has_mark = TRUE;
            }
          *out++ = *at == mark ? '.' : *at;
        }
    }
  if (!has_mark && last != NULL && out - last != 3)
    return FALSE;
  *out = '\0';
  return TRUE;
}

gboolean
cfoil_bank_parse_amount (const char *text,
                         char        mark,
                         int         exponent,
                         gint64     *minor,
                         GError    **error)
{
  char digits[MAX_NUMBER + 1];
  gboolean is_negative;
  gsize length;

  if (!take_digits (text, digits + 1, &is_negative) || !drop_groups (digits + 1, mark))
    return fail_amount (text, error);
  /* ",50" and "5," are amounts, too. */
  length = strlen (digits + 1);
  digits[0] = '0';
  if (digits[length] == '.')
    digits[length] = '\0';
  if (!cfoil_money_parse (digits[1] == '.' ? digits : digits + 1, -1, exponent, minor, NULL))
    return fail_amount (text, error);
  if (is_negative)
    *minor = -*minor;
  return TRUE;
}

char
cfoil_bank_guess_mark (const char *text)
{
  char digits[MAX_NUMBER];
  gboolean is_negative;
  const char *comma, *point, *last;

  if (!take_digits (text, digits, &is_negative))
    return 0;
  comma = strrchr (digits, ',');
  point = strrchr (digits, '.');
  if (comma == NULL && point == NULL)
    return 0;
  if (comma != NULL && point != NULL)
    return comma > point ? ',' : '.';
  last = comma != NULL ? comma : point;
  if (strchr (digits, *last) != last)
    return *last == ',' ? '.' : ',';
  /* Three digits after it may be a group. */
  return strlen (last + 1) == 3 ? 0 : *last;
}

/* --- texts --- */

void
cfoil_bank_append_words (GString    *out,
                         const char *text)
{
  gboolean wants_blank = out->len > 0;

  for (const char *at = text; *at != '\0' && out->len < CFOIL_BANK_MAX_TEXT; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (g_unichar_isspace (character) || g_unichar_iscntrl (character) || character == 0xa0)
        {
          wants_blank = out->len > 0;
          continue;
        }
      if (wants_blank)
        g_string_append_c (out, ' ');
      wants_blank = FALSE;
      g_string_append_unichar (out, character);
    }
}

char *
cfoil_bank_fold_reference (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (out, g_ascii_toupper (*at));
  return g_string_free (out, FALSE);
}
