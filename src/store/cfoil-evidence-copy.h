/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-digest.h"
#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* A file's bytes on their way into the evidence folder, for cfoil-evidence-file.c and cfoil-backup-evidence.c. */
typedef struct
{
  char *path;   /* (owned): the copy, without its name as yet; removed when it is freed */
  char sha256[CFOIL_DIGEST_TEXT];
  gint64 n_bytes;
  const char *file_type;
} CfoilEvidenceCopy;

/* The evidence folder, made if it is not there; NULL: an error. */
char *cfoil_evidence_dup_folder (CfoilMirror *mirror,
                                 GError     **error);

CfoilEvidenceCopy *cfoil_evidence_copy_file (const char   *folder,
                                             const char   *source,
                                             GCancellable *cancellable,
                                             GError      **error);
CfoilEvidenceCopy *cfoil_evidence_copy_bytes (const char *folder,
                                              GBytes     *bytes,
                                              GError    **error);
/* Gives the copy its name.  *IS_NEW: there was none of that name. */
gboolean cfoil_evidence_copy_give_name (CfoilEvidenceCopy *self,
                                        const char        *path,
                                        gboolean          *is_new,
                                        GError           **error);
/* Whether the file PATH is there and has that hash.  Reads all of it. */
gboolean cfoil_evidence_path_is_intact (const char   *path,
                                        const char   *sha256,
                                        GCancellable *cancellable);
void cfoil_evidence_copy_free (CfoilEvidenceCopy *self);

/* Files of a copy that was never finished begin so. */
#define CFOIL_EVIDENCE_COPY_PREFIX ".copy-"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilEvidenceCopy, cfoil_evidence_copy_free)

G_END_DECLS
