/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-answer-send-items.h"
#include "cfoil-draft-session.h"
#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The parts of the step "Send", put into BOX.  Their buttons activate the actions "send.…" of
 * the step that they are in. */

/* Before it is sent: to whom, what, and the button.  All three return the row of the deadline,
 * borrowed, for cfoil_answer_send_show_deadline (): time passes. */
AdwActionRow *cfoil_answer_send_show_form (GtkBox            *box,
                                           CfoilWorkspace    *workspace,
                                           CfoilDraftSession *session);
/* The same for what no program can send: a claim, or what the provider refused. */
AdwActionRow *cfoil_answer_send_show_hand (GtkBox            *box,
                                           CfoilWorkspace    *workspace,
                                           CfoilDraftSession *session);
AdwActionRow *cfoil_answer_send_show_accept (GtkBox            *box,
                                             CfoilWorkspace    *workspace,
                                             CfoilDraftSession *session,
                                             gboolean           by_hand);
void cfoil_answer_send_show_deadline (AdwActionRow    *row,
                                      CfoilWorkspace  *workspace,
                                      const CfoilCase *record);
void cfoil_answer_send_show_refund (GtkBox *box);
void cfoil_answer_send_show_undecided (GtkBox *box);

/* How far it got, or for ever what was sent.  Returns its items, borrowed; NULL: none. */
CfoilAnswerSendItems *cfoil_answer_send_show_record (GtkBox                *box,
                                                     CfoilWorkspace        *workspace,
                                                     const CfoilSubmission *submission);

/* The provider's page on which cases of this account are answered. */
const char *cfoil_answer_send_get_page (const CfoilCase *record);

G_END_DECLS
