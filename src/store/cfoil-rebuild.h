/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* Making a mirror anew beside the old one.  Blocking; the caller holds the lock.
 *
 * begin () takes the old mirror for itself (G_IO_ERROR_BUSY while any other
 * program has it open) and makes mirror.rebuild.sqlite with the accounts, the
 * answers by id, the payouts, cursors and the outbox of the old one.  Documents
 * whose raw file is sound are marked unread: the caller then has each account's
 * documents read (cfoil_mirror_intake_resume_documents ()).  What a missing or
 * damaged raw file said is taken over from the old mirror.
 *
 * finish () puts the new file in the old one's place in one step and keeps the
 * old one, and no earlier one, as mirror.sqlite.replaced-DATE.  Freed without
 * finish (), it leaves the old mirror as it was and nothing else. */
typedef struct _CfoilRebuild CfoilRebuild;

CfoilRebuild *cfoil_rebuild_begin (CfoilMirror  *old,
                                   GCancellable *cancellable,
                                   GError      **error);
/* The new mirror.  Borrowed. */
CfoilMirror *cfoil_rebuild_get_mirror (CfoilRebuild *self);
gboolean cfoil_rebuild_finish (CfoilRebuild *self,
                               char        **kept_path,
                               GError      **error);
void cfoil_rebuild_free (CfoilRebuild *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilRebuild, cfoil_rebuild_free)

G_END_DECLS
