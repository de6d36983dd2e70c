/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-query.h"

G_BEGIN_DECLS

/* Terms of queries in plain words, translated, fit to be shown (but never as
 * markup).  Main thread. */

const char *cfoil_search_words_field (CfoilField field);
const char *cfoil_search_words_is (CfoilIs is);

/* "State: Captured, Refunded".  Free it. */
char *cfoil_search_words_term (const CfoilTerm *term);

/* One value of FIELD as people know it: of a code, its word.  Free it. */
char *cfoil_search_words_value (CfoilField  field,
                                const char *value);

/* A weekday (0 is Monday) or an hour: "Monday", "9:00".  Free it. */
char *cfoil_search_words_slot (CfoilTermKind kind,
                               guint         slot);

/* NUMBER as it is typed into a query: "12.50".  Free it. */
char *cfoil_search_words_decimal (const CfoilDecimal *number);

G_END_DECLS
