/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-record.h"

G_BEGIN_DECLS

/* The values of a transaction as text, field by field.  Results that are not const
 * are to be freed; any thread. */

/* The translated title of FIELD. */
const char *cfoil_field_get_title (CfoilField field);

/* As it is shown in the list.  Never NULL; "" where there is nothing, and
 * CFOIL_WORDS_NONE for an amount that nobody knows. */
char *cfoil_record_dup_shown (const CfoilRecord *record,
                              CfoilField         field,
                              GTimeZone         *zone);

/* For the clipboard: times as ISO 8601, amounts as plain decimals, no marks of
 * direction; "" where nobody has said. */
char *cfoil_record_dup_plain (const CfoilRecord *record,
                              CfoilField         field,
                              GTimeZone         *zone);

/* What is not there, or has not happened: it stands back. */
gboolean cfoil_record_is_dim (const CfoilRecord *record,
                              CfoilField         field);

/* Whether FIELD is an amount that nobody knows. */
gboolean cfoil_record_is_unknown (const CfoilRecord *record,
                                  CfoilField         field);

/* A term of a query that is true of RECORD because of FIELD ("state:captured",
 * "date:2026-03-05"), or the opposite of it.  NULL: there is none. */
char *cfoil_record_dup_term (const CfoilRecord *record,
                             CfoilField         field,
                             GTimeZone         *zone,
                             gboolean           is_negated);

/* "Disputed": the word for one bit of CfoilFlags. */
const char *cfoil_flag_get_title (guint bit);
#define CFOIL_N_FLAGS 6

G_END_DECLS
