/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* Making a mirror anew beside the old one.  Blocking; the caller holds the lock.
 *
 * begin () makes mirror.rebuild.sqlite with the accounts, the answers by id, the
 * payouts, cursors and the outbox of the old mirror, computes their rows, and
 * marks every document as unread; the caller then has each account's documents
 * read (cfoil_mirror_intake_resume_documents ()).  finish () puts the new file in
 * the old one's place and keeps the old one as mirror.sqlite.replaced-DATE. */
CfoilMirror *cfoil_rebuild_begin (CfoilMirror  *old,
                                  GCancellable *cancellable,
                                  GError      **error);
gboolean cfoil_rebuild_finish (CfoilMirror *old,
                               CfoilMirror *rebuilt,
                               char       **kept_path,
                               GError     **error);

G_END_DECLS
