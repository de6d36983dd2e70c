/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Decimal text <-> minor units.  Never a floating-point number on the way. */

/* The largest amount that is read, in minor units, either side of 0.  No merchant
 * has it, and sums of thousands of such amounts stay within gint64, in SQL too. */
#define CFOIL_MONEY_MAX G_GINT64_CONSTANT (1000000000000000)

/* Reads "-25.54", "10", "0.30": an optional minus, digits, and at most EXPONENT
 * decimals (further ones only if they are 0).  No plus, grouping, exponent or
 * blanks.  Errors: CFOIL_INPUT_ERROR_SYNTAX, CFOIL_INPUT_ERROR_RANGE (more decimals
 * than that, or beyond CFOIL_MONEY_MAX). */
gboolean cfoil_money_parse (const char *text,
                            gssize      length,
                            int         exponent,
                            gint64     *minor,
                            GError    **error);

/* Room for every gint64 with any exponent, sign, point and NUL. */
#define CFOIL_MONEY_BUFFER 32

/* Writes a plain decimal with exactly EXPONENT decimals; returns its length.
 * The machine format: CSV, JSON, requests.  For people: cfoil-currency.h. */
gsize cfoil_money_format (char   buffer[CFOIL_MONEY_BUFFER],
                          gint64 minor,
                          int    exponent);

/* *SUM += MINOR; FALSE and no change when it would overflow. */
gboolean cfoil_money_add (gint64 *sum,
                          gint64  minor);

G_END_DECLS
