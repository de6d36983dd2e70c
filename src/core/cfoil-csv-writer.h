/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* CSV cells appended to a GString.  Quotes only where RFC 4180 asks for it. */

/* TEXT as a cell.  SEPARATOR is the one of the file.  GUARDED: a cell that a
 * spreadsheet would take for a formula (it begins with = + - @, tab, CR or their
 * full-width forms, and is not a number) gets an apostrophe in front (OWASP ASVS
 * 5.0, 1.2.10).  Never guard cells that we made of numbers. */
void cfoil_csv_append_text (GString    *out,
                            const char *text,
                            gsize       length,
                            char        separator,
                            gboolean    guarded);

/* Whether a spreadsheet would read TEXT as a formula. */
gboolean cfoil_csv_needs_guard (const char *text,
                                gsize       length);

G_END_DECLS
