/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-bank-mapping.h"

G_BEGIN_DECLS

/* Dates and amounts as banks write them.  Pure. */

/* The first date in TEXT (a time may follow): "2026-10-03", "20261003", "03.10.26",
 * "10/3/2026".  Two digits of a year are of 1970 to 2069.  DATES must not be AUTO. */
gboolean cfoil_bank_parse_day (const char    *text,
                               CfoilBankDates dates,
                               gint32        *day);
/* What orders TEXT may be in, as bits (1 << CFOIL_BANK_DATES_…); 0: no date. */
guint cfoil_bank_guess_dates (const char *text);

/* "1.234,56-", "(12.00)", "+5", "€ 3": a sign before or after, groups of three digits, a
 * currency's code or sign.  MARK is '.' or ','. */
gboolean cfoil_bank_parse_amount (const char *text,
                                  char        mark,
                                  int         exponent,
                                  gint64     *minor,
                                  GError    **error);
/* '.', ',' or 0: TEXT does not tell. */
char cfoil_bank_guess_mark (const char *text);

/* One line of words in OUT, at most CFOIL_BANK_MAX_TEXT bytes of it. */
#define CFOIL_BANK_MAX_TEXT 4096
void cfoil_bank_append_words (GString    *out,
                              const char *text);

/* Letters and digits of TEXT in capitals: how references are compared. */
char *cfoil_bank_fold_reference (const char *text);

G_END_DECLS
