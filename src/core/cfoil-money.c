/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-money.h"

#include "cfoil-error.h"

#include <string.h>

static gboolean
syntax_error (const char *text,
              gsize       length,
              GError    **error)
{
  g_autofree char *shown = g_utf8_make_valid (text, MIN (length, 40));

  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX,
               "“%s” is not an amount", shown);
  return FALSE;
}

static gboolean
range_error (const char *text,
             gsize       length,
             const char *why,
             GError    **error)
{
  g_autofree char *shown = g_utf8_make_valid (text, MIN (length, 40));

  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_RANGE,
               "Amount “%s” %s", shown, why);
  return FALSE;
}

static gboolean
push_digit (gint64 *value,
            int     digit)
{
  *value = *value * 10 + digit;
  return *value <= CFOIL_MONEY_MAX;
}

gboolean
cfoil_money_parse (const char *text,
                   gssize      length,
                   int         exponent,
                   gint64     *minor,
                   GError    **error)
{
  gsize n, i = 0, n_digits = 0;
  int n_decimals = 0;
  gint64 value = 0;
  gboolean is_negative, has_more_decimals = FALSE;

  g_return_val_if_fail (text != NULL && minor != NULL, FALSE);
  g_return_val_if_fail (exponent >= 0 && exponent <= 6, FALSE);

  n = length < 0 ? strlen (text) : (gsize) length;
  is_negative = n > 0 && text[0] == '-';
  if (is_negative)
    i++;

  for (; i < n && g_ascii_isdigit (text[i]); i++, n_digits++)
    if (!push_digit (&value, text[i] - '0'))
      return range_error (text, n, "is too large", error);

  if (n_digits > 0 && i < n && text[i] == '.')
    {
      if (++i == n)
        return syntax_error (text, n, error);
      for (; i < n && g_ascii_isdigit (text[i]); i++)
        {
          if (n_decimals == exponent && text[i] != '0')
            has_more_decimals = TRUE;
          if (n_decimals < exponent)
            {
              if (!push_digit (&value, text[i] - '0'))
                return range_error (text, n, "is too large", error);
              n_decimals++;
            }
        }
    }

  if (n_digits == 0 || i != n)
    return syntax_error (text, n, error);
  if (has_more_decimals)
    return range_error (text, n, "has more decimals than its currency", error);

  for (; n_decimals < exponent; n_decimals++)
    if (!push_digit (&value, 0))
      return range_error (text, n, "is too large", error);

  *minor = is_negative ? -value : value;
  return TRUE;
}

gsize
cfoil_money_format (char   buffer[CFOIL_MONEY_BUFFER],
                    gint64 minor,
                    int    exponent)
{
  char reversed[CFOIL_MONEY_BUFFER];
  guint64 rest = minor < 0 ? -(guint64) minor : (guint64) minor;
  gsize n = 0, length = 0;

  do
    {
      if (n > 0 && (int) n == exponent)
        reversed[n++] = '.';
      reversed[n++] = '0' + rest % 10;
      rest /= 10;
    }
  while (rest > 0 || (exponent > 0 && (int) n <= exponent + 1));

  if (minor < 0)
    buffer[length++] = '-';
  while (n > 0)
    buffer[length++] = reversed[--n];
  buffer[length] = '\0';
  return length;
}

gboolean
cfoil_money_add (gint64 *sum,
                 gint64  minor)
{
  gint64 result;

  g_return_val_if_fail (sum != NULL, FALSE);

  if (__builtin_add_overflow (*sum, minor, &result) || result == G_MININT64)
    return FALSE;
  *sum = result;
  return TRUE;
}
