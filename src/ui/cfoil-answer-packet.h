/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-session.h"
#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What the user changed of the limits of destinations, for the functions of the context;
 * (transfer full). */
GVariant *cfoil_answer_dup_limits (void);

/* What the provider gets, of the packet as it is (element-type CfoilAnswerItem); NULL while
 * the packet is being made. */
GPtrArray *cfoil_answer_make_items (CfoilDraftSession *session);

/* The record of what somebody has sent by hand; CFOIL_INPUT_ERROR_MISSING while the packet
 * is being made. */
CfoilSubmission *cfoil_answer_make_submission (CfoilDraftSession *session,
                                               GError           **error);

/* Asks where, then saves the packet of SESSION as it is, the bytes that would be sent.
 * Says in the window of WIDGET how it went. */
void cfoil_answer_save_packet (GtkWidget         *widget,
                               CfoilWorkspace    *workspace,
                               CfoilDraftSession *session);

G_END_DECLS
