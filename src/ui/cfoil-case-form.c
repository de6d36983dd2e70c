/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-form.h"

#include "cfoil-currency.h"
#include "cfoil-money.h"

#include <stdio.h>
#include <string.h>

static gboolean
is_currency (const char *word)
{
  return strlen (word) == 3 && g_ascii_isalpha (word[0]) && g_ascii_isalpha (word[1]) && g_ascii_isalpha (word[2]);
}

gboolean
cfoil_case_form_read_amount (const char *text,
                             char        currency[4],
                             gint64     *minor)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t", -1);
  const char *number = NULL;

  currency[0] = '\0';
  *minor = CFOIL_UNKNOWN;
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0')
        continue;
      if (is_currency (words[i]) && currency[0] == '\0')
        for (guint j = 0; j < 4; j++)
          currency[j] = g_ascii_toupper (words[i][j]);
      else if (number == NULL)
        number = g_strdelimit (words[i], ",", '.');
      else
        return FALSE;
    }
  if (number == NULL)
    return currency[0] == '\0';
  return currency[0] != '\0' && cfoil_currency_exponent (currency) >= 0 &&
         cfoil_money_parse (number, -1, cfoil_currency_exponent (currency), minor, NULL) && *minor > 0;
}

gboolean
cfoil_case_form_read_time (const char *text,
                           gboolean    at_end,
                           GTimeZone  *zone,
                           gint64     *us)
{
  g_autofree char *typed = g_strstrip (g_strdup (text));
  g_autoptr (GDateTime) time = NULL;
  int year, month, day, hour = at_end ? 23 : 0, minute = at_end ? 59 : 0, n_read = 0;
  double second = at_end && strchr (typed, ':') == NULL ? 59 : 0;

  *us = CFOIL_UNKNOWN;
  if (*typed == '\0')
    return TRUE;
  if ((sscanf (typed, "%4d-%2d-%2d %2d:%2d%n", &year, &month, &day, &hour, &minute, &n_read) != 5 || typed[n_read] != '\0') &&
      (sscanf (typed, "%4d-%2d-%2d%n", &year, &month, &day, &n_read) != 3 || typed[n_read] != '\0'))
    return FALSE;
  time = g_date_time_new (zone, year, month, day, hour, minute, second);
  if (time == NULL)
    return FALSE;
  *us = g_date_time_to_unix (time) * G_USEC_PER_SEC;
  return TRUE;
}
