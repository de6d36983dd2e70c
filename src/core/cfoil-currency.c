/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-currency.h"

#include "cfoil-money.h"

#include <string.h>
#include <unicode/ucurr.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

/* ICU's data is made for cash registers: for these it gives the decimals that
 * people use, not those of ISO 4217, in which banks and providers count. */
static const struct
{
  char code[4];
  int exponent;
} iso_exponents[] = {
  { "AFN", 2 }, { "ALL", 2 }, { "IQD", 3 }, { "IRR", 2 }, { "KPW", 2 }, { "LAK", 2 },
  { "LBP", 2 }, { "MGA", 2 }, { "MMK", 2 }, { "MRU", 2 }, { "PKR", 2 }, { "RSD", 2 },
  { "SLE", 2 }, { "SLL", 2 }, { "SOS", 2 }, { "STN", 2 }, { "SYP", 2 }, { "YER", 2 },
};

/* Codes that providers use beside ISO 4217's are not invented here: a code that
 * ICU has never heard of is no currency. */
static int
icu_exponent (const char *code)
{
  UChar ucode[4];
  UErrorCode status = U_ZERO_ERROR;
  int digits;

  u_charsToUChars (code, ucode, 4);
  if (!ucurr_isAvailable (ucode, U_DATE_MIN, U_DATE_MAX, &status) || U_FAILURE (status))
    return -1;
  digits = ucurr_getDefaultFractionDigits (ucode, &status);
  return U_FAILURE (status) ? -1 : digits;
}

static int
look_up_exponent (const char *code)
{
  for (int i = 0; i < 3; i++)
    if (!g_ascii_isupper (code[i]))
      return -1;
  if (code[3] != '\0')
    return -1;
  for (guint i = 0; i < G_N_ELEMENTS (iso_exponents); i++)
    if (strcmp (iso_exponents[i].code, code) == 0)
      return iso_exponents[i].exponent;
  return icu_exponent (code);
}

int
cfoil_currency_exponent (const char *code)
{
  /* A report names the same currency a million times. */
  static _Thread_local char last_code[4];
  static _Thread_local int last_exponent;

  g_return_val_if_fail (code != NULL, -1);

  if (last_code[0] == '\0' || strcmp (last_code, code) != 0)
    {
      int exponent = strlen (code) == 3 ? look_up_exponent (code) : -1;

      if (exponent < 0)
        return -1;
      memcpy (last_code, code, 4);
      last_exponent = exponent;
    }
  return last_exponent;
}

static GMutex formatters_mutex;
static GHashTable *formatters; /* "code/style" -> UNumberFormat, (mutex formatters_mutex) */

static const char *
formatting_locale (void)
{
  const char *locale = uloc_getDefault ();

  /* The C locale has neither grouping nor currency symbols; people do. */
  return g_str_has_prefix (locale, "en_US_POSIX") || *locale == '\0' ? "en_US" : locale;
}

static UNumberFormat *
open_formatter (const char *code,
                int         exponent,
                gboolean    with_symbol)
{
  static const UChar minus[] = { 0x2212, 0 };
  UErrorCode status = U_ZERO_ERROR;
  UChar ucode[4];
  UNumberFormat *formatter;

  formatter = unum_open (with_symbol ? UNUM_CURRENCY : UNUM_DECIMAL, NULL, 0,
                         formatting_locale (), NULL, &status);
  if (U_FAILURE (status))
    return NULL;
  u_charsToUChars (code, ucode, 4);
  if (with_symbol)
    unum_setTextAttribute (formatter, UNUM_CURRENCY_CODE, ucode, 3, &status);
  unum_setAttribute (formatter, UNUM_MIN_FRACTION_DIGITS, exponent);
  unum_setAttribute (formatter, UNUM_MAX_FRACTION_DIGITS, exponent);
  unum_setSymbol (formatter, UNUM_MINUS_SIGN_SYMBOL, minus, 1, &status);
  if (!with_symbol)
    unum_setTextAttribute (formatter, UNUM_NEGATIVE_PREFIX, minus, 1, &status);
  return formatter;
}

static char *
format_with (UNumberFormat *formatter,
             const char    *decimal,
             gsize          length)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar text[96];
  char utf8[sizeof text * 3];
  int32_t n;

  /* From decimal text: ICU's own way around floating point. */
  n = unum_formatDecimal (formatter, decimal, length, text, G_N_ELEMENTS (text), NULL, &status);
  if (U_FAILURE (status))
    return NULL;
  u_strToUTF8 (utf8, sizeof utf8, NULL, text, n, &status);
  return U_FAILURE (status) ? NULL : g_strdup (utf8);
}

/* A currency without known decimals: its minor units as they are. */
static char *
format_unknown (gint64      minor,
                const char *code,
                gboolean    with_symbol)
{
  const char *sign = minor < 0 ? "\xe2\x88\x92" : "";
  guint64 amount = minor < 0 ? -(guint64) minor : (guint64) minor;

  return with_symbol ? g_strdup_printf ("%s%" G_GUINT64_FORMAT " %s", sign, amount, code)
                     : g_strdup_printf ("%s%" G_GUINT64_FORMAT, sign, amount);
}

static char *
format (gint64      minor,
        const char *code,
        gboolean    with_symbol)
{
  char decimal[CFOIL_MONEY_BUFFER], key[8];
  int exponent = cfoil_currency_exponent (code);
  UNumberFormat *formatter;
  char *result = NULL;
  gsize length;

  if (exponent < 0)
    return format_unknown (minor, code, with_symbol);

  length = cfoil_money_format (decimal, minor, exponent);
  g_snprintf (key, sizeof key, "%s/%d", code, with_symbol);

  g_mutex_lock (&formatters_mutex);
  if (formatters == NULL)
    formatters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  formatter = g_hash_table_lookup (formatters, key);
  if (formatter == NULL)
    {
      formatter = open_formatter (code, exponent, with_symbol);
      if (formatter != NULL)
        g_hash_table_insert (formatters, g_strdup (key), formatter);
    }
  if (formatter != NULL)
    result = format_with (formatter, decimal, length);
  g_mutex_unlock (&formatters_mutex);

  if (result == NULL)
    result = with_symbol ? g_strdup_printf ("%s %s", decimal, code) : g_strdup (decimal);
  return result;
}

char *
cfoil_currency_format (gint64      minor,
                       const char *code)
{
  g_return_val_if_fail (code != NULL, NULL);

  return format (minor, code, TRUE);
}

char *
cfoil_currency_format_plain (gint64      minor,
                             const char *code)
{
  g_return_val_if_fail (code != NULL, NULL);

  return format (minor, code, FALSE);
}
