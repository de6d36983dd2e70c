/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft.h"
#include "cfoil-draft-session.h"

G_BEGIN_DECLS

/* Writes one draft to the mirror as it is typed: what was put last is there within a
 * second, one write at a time, on a thread.  What could not be written is kept and tried
 * again, also when nobody holds the journal any more; until all is written the
 * application is held.  Main thread.
 *
 * ::changed: the state is different. */
#define CFOIL_TYPE_DRAFT_JOURNAL (cfoil_draft_journal_get_type ())
G_DECLARE_FINAL_TYPE (CfoilDraftJournal, cfoil_draft_journal, CFOIL, DRAFT_JOURNAL, GObject)

/* KNOWN (nullable): the text that the mirror has.  Another one that is found there is
 * kept as a version before it is replaced. */
CfoilDraftJournal *cfoil_draft_journal_new (CfoilMirror *mirror,
                                            gint64       case_id,
                                            guint        round,
                                            const char  *known);

void cfoil_draft_journal_put (CfoilDraftJournal *self,
                              const CfoilDraft  *draft,
                              guint              n_done,
                              guint              n_wanted);
/* In the order in which it was asked for, after what was put before. */
void cfoil_draft_journal_add_version (CfoilDraftJournal *self,
                                      const char        *why,
                                      const CfoilDraft  *draft);

/* ERROR (nullable) gets the error of FAILED, borrowed. */
CfoilSessionState cfoil_draft_journal_get_state (CfoilDraftJournal *self,
                                                 const GError     **error);

/* TASK (transfer full) returns TRUE when all is written, or the error. */
void cfoil_draft_journal_flush (CfoilDraftJournal *self,
                                GTask             *task);

G_END_DECLS
