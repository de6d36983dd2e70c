/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Currencies: ISO 4217 exponents, and amounts in the user's language.  Safe from
 * any thread. */

/* Minor-unit digits of CODE by ISO 4217 (USD 2, JPY 0, KWD 3), or -1 when CODE is
 * not three capital letters naming a currency. */
int cfoil_currency_exponent (const char *code);

/* As people in the user's language write it ("-25,54 $").  An unknown
 * currency is shown as its minor units and code.  Free the result. */
char *cfoil_currency_format (gint64      minor,
                             const char *code);

/* The amount alone, without symbol: for a column beside a currency column.  A
 * true minus sign, grouping and decimals of the user's language. */
char *cfoil_currency_format_plain (gint64      minor,
                                   const char *code);

G_END_DECLS
