/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft.h"

G_BEGIN_DECLS

/* The drafts that were, for undo and redo. */
typedef struct _CfoilDraftHistory CfoilDraftHistory;

CfoilDraftHistory *cfoil_draft_history_new (void);
void cfoil_draft_history_free (CfoilDraftHistory *self);

/* DRAFT (transfer full) was, until NOW_US (monotonic) brought a change of WHAT (nullable).
 * What follows a change of the same WHAT within some seconds is the same step. */
void cfoil_draft_history_push (CfoilDraftHistory *self,
                               CfoilDraft        *draft,
                               const char        *what,
                               gint64             now_us);
/* The draft before, or after what was undone, for DRAFT (transfer full); only if there is
 * one. */
CfoilDraft *cfoil_draft_history_undo (CfoilDraftHistory *self,
                                      CfoilDraft        *draft);
CfoilDraft *cfoil_draft_history_redo (CfoilDraftHistory *self,
                                      CfoilDraft        *draft);
gboolean cfoil_draft_history_can_undo (CfoilDraftHistory *self);
gboolean cfoil_draft_history_can_redo (CfoilDraftHistory *self);
void cfoil_draft_history_clear (CfoilDraftHistory *self);

G_END_DECLS
