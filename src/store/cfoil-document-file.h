/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* Raw report files, kept compressed as reports/SHA256.gz.  Blocking. */

/* Keeps a copy of SOURCE and tells its hash (lower-case hex) and length.  When
 * this returns the copy is on the disk under its name.  Keeping the same bytes
 * twice keeps one file. */
gboolean cfoil_document_file_keep (CfoilMirror  *mirror,
                                   GFile        *source,
                                   char          sha256[65],
                                   gint64       *n_bytes,
                                   GCancellable *cancellable,
                                   GError      **error);

/* The bytes as they came.  A damaged file ends in an error, never early. */
GInputStream *cfoil_document_file_read (CfoilMirror *mirror,
                                        const char  *sha256,
                                        GError     **error);

/* The cheap question: the file is there, and says itself that it holds N_BYTES. */
gboolean cfoil_document_file_seems_whole (CfoilMirror *mirror,
                                          const char  *sha256,
                                          gint64       n_bytes);

/* Whether the file is there and holds what it held.  Reads all of it. */
gboolean cfoil_document_file_is_intact (CfoilMirror  *mirror,
                                        const char   *sha256,
                                        GCancellable *cancellable);

G_END_DECLS
