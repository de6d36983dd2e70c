/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-books-accounts.h"

G_BEGIN_DECLS

/* Foreign text in one line: controls, line ends and marks of direction become blanks,
 * blanks one, none at the ends; characters of FORBIDDEN (ASCII) become "-".  At most
 * MAX_LENGTH characters (0: any).  NULL is as "".  Appends; returns whether there was any. */
gboolean cfoil_books_append_line (GString    *out,
                                  const char *text,
                                  const char *forbidden,
                                  gsize       max_length);

/* Names of accounts, made valid: parts of letters and digits and some marks, none empty. */
char *cfoil_books_name_for_ledger (const char *name);
/* Parts begin with a capital letter or a digit and have no blanks; the first one is one of
 * five words, which follows from PURPOSE where the name does not have it. */
char *cfoil_books_name_for_beancount (const char  *name,
                                      CfoilPurpose purpose);
char *cfoil_books_name_for_qif (const char *name);

/* A currency as a commodity: three letters stay what they are. */
void cfoil_books_append_ledger_commodity (GString    *out,
                                          const char *currency);
void cfoil_books_append_beancount_currency (GString    *out,
                                            const char *currency);

/* "2026-10-03", with SEPARATOR and in the order year, month, day; the year is at least
 * FIRST_YEAR and at most LAST_YEAR: where a format knows no others, the nearest day counts. */
void cfoil_books_append_date (GString *out,
                              gint32   day,
                              int      first_year,
                              int      last_year);

G_END_DECLS
