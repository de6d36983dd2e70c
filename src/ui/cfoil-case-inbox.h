/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-case-list.h"
#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The list of disputes with its views and its search.
 *
 * Actions: inbox.search, inbox.clear-search, inbox.view (s: need-answer, drafts,
 * submitted, won, lost, all).
 * ::activated (gint64 case_id); ::updated when counts, rows or state may be others. */
#define CFOIL_TYPE_CASE_INBOX (cfoil_case_inbox_get_type ())
G_DECLARE_FINAL_TYPE (CfoilCaseInbox, cfoil_case_inbox, CFOIL, CASE_INBOX, AdwBin)

/* NULL: nothing. */
void cfoil_case_inbox_set_workspace (CfoilCaseInbox *self,
                                     CfoilWorkspace *workspace);
CfoilCaseList *cfoil_case_inbox_get_list (CfoilCaseInbox *self); /* (nullable) */

/* Shows what QUERY finds among all disputes. */
void cfoil_case_inbox_show_query (CfoilCaseInbox *self,
                                  const char     *query);

/* Brings the row of the case, or else the list, into focus. */
void cfoil_case_inbox_focus (CfoilCaseInbox *self,
                             gint64          case_id);

G_END_DECLS
