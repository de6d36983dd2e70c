/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* Files that belong to cases and to the library, copied into the mirror's folder as
 * evidence/SHA256 (0600), each once: what becomes of the original does not matter.
 * Blocking, for worker threads. */

#define CFOIL_EVIDENCE_FILE_MAX (G_GINT64_CONSTANT (200) << 20) /* bytes that are taken at all */
#define CFOIL_EVIDENCE_NAME_MAX 120 /* characters of a file's name that are kept */

typedef struct
{
  char *sha256;
  gint64 n_bytes;
  char *file_type;     /* by what it holds, not by its name: pdf jpg png csv xls xlsx doc docx ods, or "other" */
  gint64 n_pages;      /* CFOIL_UNKNOWN: not inspected, or has none; an image has one */
  gint64 width, height;/* of an image, in pixels */
  gint64 inspected_us; /* CFOIL_UNKNOWN: not as yet */
  char *problem;       /* (nullable): short name, see cfoil-inspect.h ("encrypted", "broken", ...) */
  char *findings;      /* (nullable): JSON, what was found in it (scripts, links, card numbers) */
} CfoilEvidenceFile;

void cfoil_evidence_file_free (CfoilEvidenceFile *self);

/* Copies SOURCE, byte for byte; G_IO_ERROR_NOT_SUPPORTED when it has no path.  A file that changes or vanishes while it is read is
 * G_IO_ERROR_FAILED and leaves nothing; what is no regular file is
 * G_IO_ERROR_NOT_REGULAR_FILE; above the limit CFOIL_INPUT_ERROR_LIMIT; empty
 * CFOIL_INPUT_ERROR_TRUNCATED.  When this returns the copy is on the disk. */
CfoilEvidenceFile *cfoil_evidence_file_keep (CfoilMirror  *mirror,
                                             GFile        *source,
                                             GCancellable *cancellable,
                                             GError      **error);
/* The same from memory (a pasted image, a packet). */
CfoilEvidenceFile *cfoil_evidence_file_keep_bytes (CfoilMirror *mirror,
                                                   GBytes      *bytes,
                                                   GError     **error);
CfoilEvidenceFile *cfoil_evidence_file_read (CfoilDatabase *database,
                                             const char    *sha256,
                                             GError       **error);
/* Where its bytes are. */
char *cfoil_evidence_file_dup_path (CfoilMirror *mirror,
                                    const char  *sha256);
/* Whether they are there and what they were.  Reads all of them. */
gboolean cfoil_evidence_file_is_intact (CfoilMirror  *mirror,
                                        const char   *sha256,
                                        GCancellable *cancellable);
/* What inspection found: n_pages, width, height, problem, findings of FILE.  With the problems
 * "timeout" and "crashed" inspected_us stays CFOIL_UNKNOWN: they may pass. */
gboolean cfoil_evidence_file_set_inspected (CfoilMirror             *mirror,
                                            const CfoilEvidenceFile *file,
                                            GError                 **error);
/* Removes what no draft, version, submission or library item names any more and is a
 * week old: until then an undo may want it back. */
gboolean cfoil_evidence_file_sweep (CfoilMirror  *mirror,
                                    GCancellable *cancellable,
                                    GError      **error);

/* NAME made safe to show and to write into a PDF: its last part, without control
 * characters and marks of direction, cut to CFOIL_EVIDENCE_NAME_MAX; never empty. */
char *cfoil_evidence_clean_name (const char *name);
/* By the first bytes (4 KiB are enough); a text in UTF-8 or Latin-1 whose name ends in
 * .csv is "csv"; a zip whose entries say so is xlsx, docx or ods.  Static. */
const char *cfoil_evidence_type_of (const char *head,
                                    gsize       length,
                                    const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilEvidenceFile, cfoil_evidence_file_free)

G_END_DECLS
