/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-case-query.h"

G_BEGIN_DECLS

/* Sentences about a dispute, translated.  Results that are not const are to be freed;
 * what is the provider's or the buyer's own is fit to be shown, never markup. */

/* "Chargeback: Not Received" as a title; a case without a reason has its kind alone. */
char *cfoil_case_words_title (const CfoilCase *record);
/* The buyer's claim as a sentence, with the provider's word. */
char *cfoil_case_words_claim (const CfoilCase *record);
/* "59.90 €"; CFOIL_WORDS_NONE when it is not known. */
char *cfoil_case_words_amount (const CfoilCase *record);

/* "26 Nov 2026, 14:00 CET" */
char *cfoil_case_words_time (gint64     us,
                             GTimeZone *zone);
/* "in 3 days", "in 5 hours", "20 minutes ago": never more time than there is. */
char *cfoil_case_words_distance (gint64 us,
                                 gint64 now_us);
/* How much a deadline presses: "Urgent", or NULL where it does not. */
const char *cfoil_case_words_urgency (CfoilUrgency urgency);
/* NULL, or a CSS class and an icon for it. */
const char *cfoil_case_urgency_class (CfoilUrgency urgency);
const char *cfoil_case_urgency_icon (CfoilUrgency urgency);

/* Where it stands: "Needs an answer", "Not yet delivered", "Won". */
const char *cfoil_case_words_state (const CfoilCase *record);
/* "success", "warning", "error", or NULL. */
const char *cfoil_case_state_class (const CfoilCase *record);
/* "Draft: 4 of 7"; NULL: there is none that counts. */
char *cfoil_case_words_draft (const CfoilCase *record);
/* What the provider waits for, as a sentence; NULL: for nothing. */
char *cfoil_case_words_wanted (const CfoilCase *record);

/* "Needs Answer" */
const char *cfoil_case_view_get_title (CfoilCaseView view);

/* What the text of an event of a case is about: "Note", "Contact", "Answer delivered". */
const char *cfoil_case_words_event (const char *kind);
/* By which route it became known. */
const char *cfoil_case_words_route (const char *route);

G_END_DECLS
