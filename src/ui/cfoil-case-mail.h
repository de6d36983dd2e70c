/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-case.h"
#include "cfoil-draft-store.h"

G_BEGIN_DECLS

/* Mails to the buyer, for the user's own mail program. */

/* Whether mail can be written: there is one address, and it is nothing but an address. */
gboolean cfoil_case_mail_is_possible (const CfoilCase *record);

/* A mailto: link.  TEMPLATE (nullable) is a text of the library; its first line is the
 * subject if it ends a paragraph.  {buyer}, {reference}, {amount} and {date} of the
 * payment (PAID_US, may be unknown) are filled in; what is not known, and any other fact
 * of a letter, becomes "…", so that nothing between braces of ours leaves.  *SUBJECT (nullable) is the mail's.  Free both. */
char *cfoil_case_mail_compose (const CfoilCase        *record,
                               const CfoilLibraryItem *template,
                               gint64                  paid_us,
                               GTimeZone              *zone,
                               char                  **subject);

G_END_DECLS
