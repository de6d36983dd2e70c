/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-backup.h"

G_BEGIN_DECLS

/* The evidence files that COPY (the path of a copied database) names, into the folder
 * that belongs to TARGET, for cfoil-backup.c. */
typedef struct _CfoilBackupEvidence CfoilBackupEvidence;

CfoilBackupEvidence *cfoil_backup_evidence_new (CfoilMirror *mirror,
                                                const char  *target);
gboolean cfoil_backup_evidence_copy (CfoilBackupEvidence *self,
                                     const char          *copy,
                                     GCancellable        *cancellable,
                                     CfoilBackupResult   *result,
                                     GError             **error);
/* Removes what it has brought there. */
void cfoil_backup_evidence_undo (CfoilBackupEvidence *self);
void cfoil_backup_evidence_free (CfoilBackupEvidence *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilBackupEvidence, cfoil_backup_evidence_free)

G_END_DECLS
