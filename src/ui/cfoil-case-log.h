/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Where a note about a case, or what was said between shop and buyer, is entered.
 *
 * ::add (const char *kind, const char *text): kind is "note" or "contact"; the form is
 * empty again afterwards. */
#define CFOIL_TYPE_CASE_LOG (cfoil_case_log_get_type ())
G_DECLARE_FINAL_TYPE (CfoilCaseLog, cfoil_case_log, CFOIL, CASE_LOG, AdwBin)

/* For another case: what was typed goes. */
void cfoil_case_log_clear (CfoilCaseLog *self);
/* ZONE: in which the date of a contact is typed. */
void cfoil_case_log_set_zone (CfoilCaseLog *self,
                              GTimeZone    *zone);

G_END_DECLS
