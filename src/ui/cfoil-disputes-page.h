/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-page.h"

G_BEGIN_DECLS

/* The inbox of disputes, and the case that was opened from it.
 *
 * Actions: disputes.add, disputes.claim, disputes.export-deadlines; those of the inbox
 * and of the case. */
#define CFOIL_TYPE_DISPUTES_PAGE (cfoil_disputes_page_get_type ())
G_DECLARE_FINAL_TYPE (CfoilDisputesPage, cfoil_disputes_page, CFOIL, DISPUTES_PAGE, CfoilPage)

/* Shows the case; 0: the inbox. */
void cfoil_disputes_page_open_case (CfoilDisputesPage *self,
                                    gint64             case_id);
/* Shows the inbox with what QUERY finds among all disputes. */
void cfoil_disputes_page_show_query (CfoilDisputesPage *self,
                                     const char        *query);
/* Shows the case that ID (of a dispute or a charge) is of. */
void cfoil_disputes_page_open_case_of (CfoilDisputesPage *self,
                                       const char        *id);

G_END_DECLS
