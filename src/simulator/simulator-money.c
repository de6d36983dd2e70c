/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-money.h"

#include <string.h>

static const char *const codes[] = { "USD", "EUR", "GBP", "JPY" };

const char *
cfoil_sim_currency_code (CfoilSimCurrency currency)
{
  return codes[currency];
}

gboolean
cfoil_sim_currency_parse (const char       *code,
                          CfoilSimCurrency *currency)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (code, codes[i]) == 0)
      {
        *currency = (CfoilSimCurrency) i;
        return TRUE;
      }
  return FALSE;
}

/* Digits by hand: this runs five times per row of a million-row report. */
gsize
cfoil_sim_money_write (char            *to,
                       gint64           minor,
                       CfoilSimCurrency currency)
{
  char digits[CFOIL_SIM_AMOUNT_SIZE];
  guint64 rest = minor < 0 ? -(guint64) minor : (guint64) minor;
  guint decimals = currency == CFOIL_SIM_JPY ? 0 : 2;
  guint n = 0;
  gsize length = 0;

  while (rest > 0 || n <= decimals)
    {
      digits[n++] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  if (minor < 0)
    to[length++] = '-';
  while (n > 0)
    {
      if (n == decimals)
        to[length++] = '.';
      to[length++] = digits[--n];
    }
  to[length] = '\0';
  return length;
}

char *
cfoil_sim_money_format (gint64           minor,
                        CfoilSimCurrency currency)
{
  char text[CFOIL_SIM_AMOUNT_SIZE];

  cfoil_sim_money_write (text, minor, currency);
  return g_strdup (text);
}

/* Amounts in requests are unsigned decimals with at most the currency's own
 * number of fraction digits (trailing zeros allowed beyond that for yen). */
gboolean
cfoil_sim_money_parse (const char      *text,
                       CfoilSimCurrency currency,
                       gint64          *minor)
{
  guint decimals = currency == CFOIL_SIM_JPY ? 0 : 2;
  guint fraction = 0;
  gboolean dot = FALSE;
  gint64 value = 0;

  if (text == NULL || !g_ascii_isdigit (text[0]) || strlen (text) > 15)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '.' && !dot && p[1] != '\0')
        dot = TRUE;
      else if (!g_ascii_isdigit (*p))
        return FALSE;
      else if (dot && fraction >= decimals && *p != '0')
        return FALSE;
      else if (!dot || fraction++ < decimals)
        value = value * 10 + (*p - '0');
    }
  for (; fraction < decimals; fraction++)
    value *= 10;
  *minor = value;
  return TRUE;
}

/* Half up, on the magnitude, so that a fee and its return round alike. */
gint64
cfoil_sim_money_basis_points (gint64 minor,
                              int    basis_points)
{
  gint64 magnitude = ABS (minor);
  gint64 part = (magnitude * basis_points + 5000) / 10000;

  return minor < 0 ? -part : part;
}

gint64
cfoil_sim_money_maximum (CfoilSimCurrency currency)
{
  return currency == CFOIL_SIM_JPY ? 10000000 : 15000000;
}
