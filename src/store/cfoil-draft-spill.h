/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* The newest text of a draft beside the database, as drafts/CASE-ROUND (0600): a sync or an
 * import may hold the right to write for longer than a word may be lost.  It is there
 * until the database has as much; what dies with the program is not in it, what dies with
 * the machine may be.  Any thread, one at a time for one draft. */

/* TIME_US: when TEXT was the draft.  Replaces the one before as a whole. */
gboolean cfoil_draft_spill_write (CfoilMirror *mirror,
                                  gint64       case_id,
                                  guint        round,
                                  gint64       time_us,
                                  const char  *text,
                                  GError     **error);
/* NULL: there is none, or it is damaged. */
char *cfoil_draft_spill_read (CfoilMirror *mirror,
                              gint64       case_id,
                              guint        round,
                              gint64      *time_us);
/* Only one that is not newer than TIME_US: that may be another session's. */
void cfoil_draft_spill_remove (CfoilMirror *mirror,
                               gint64       case_id,
                               guint        round,
                               gint64       time_us);

G_END_DECLS
