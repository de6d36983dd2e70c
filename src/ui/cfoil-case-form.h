/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-case.h"

G_BEGIN_DECLS

/* What people type about a case, read.  Pure. */

/* "59.90 EUR", "EUR 59,90", "1200 JPY"; "" is CFOIL_UNKNOWN without a currency.  FALSE: it
 * is no amount that is more than nothing.  CURRENCY gets three letters. */
gboolean cfoil_case_form_read_amount (const char *text,
                                      char        currency[4],
                                      gint64     *minor);
/* "2026-03-05" or "2026-03-05 14:30" in ZONE; a day alone is its beginning, with AT_END
 * its last second.  "" is CFOIL_UNKNOWN.  FALSE: there is no such time. */
gboolean cfoil_case_form_read_time (const char *text,
                                    gboolean    at_end,
                                    GTimeZone  *zone,
                                    gint64     *us);

G_END_DECLS
