/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-fact.h"

G_BEGIN_DECLS

/* Valid UTF-8 without control characters, marks that change the direction, heaps of
 * combining marks, and blanks around it. */
char *cfoil_fact_tidy (const char *text,
                       gboolean    keep_lines);

/* The same, but every blank and line end stays where it was put. */
char *cfoil_fact_strip (const char *text);

/* Of a date the midnight in UTC with which it begins there.  FALSE: VALUE is none. */
gboolean cfoil_fact_read_time (CfoilFactKey key,
                               const char  *value,
                               gint64      *us);
gboolean cfoil_fact_read_money (const char *value,
                                char        currency[4],
                                gint64     *minor);

/* "14 July 2026", in UTC; NULL outside the calendar. */
char *cfoil_fact_day_to_letter (gint64 us);

G_END_DECLS
