/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-workspace.h"

G_BEGIN_DECLS

/* Delivers what waits (cfoil-submission.h): when asked, when the network comes back, after
 * a sync, and every five minutes while something waits.  One per workspace.  Main thread.
 *
 * Properties: sending, n-waiting.  ::progress (gint64 submission_id, guint item, double
 * fraction); ::ended (gint64 submission_id): delivered or not, the mirror says which. */
#define CFOIL_TYPE_SENDER (cfoil_sender_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSender, cfoil_sender, CFOIL, SENDER, GObject)

/* The one of WORKSPACE, made when first asked for; ends with it. */
CfoilSender *cfoil_sender_get (CfoilWorkspace *workspace);

/* Sends all that waits, now. */
void cfoil_sender_send (CfoilSender *self);
gboolean cfoil_sender_get_sending (CfoilSender *self);

G_END_DECLS
