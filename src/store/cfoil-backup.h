/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* A copy of a mirror's database in one file: rows, notes, tags, saved views, accounts,
 * cases and drafts; and beside it a folder with the evidence files, which has the copy's
 * name and ".evidence" (a copy called mirror.sqlite: "evidence").  Not the raw report
 * files (reports/) and no keys.  A folder with the copy as mirror.sqlite and the files
 * as evidence/ is a mirror. */
typedef struct
{
  guint64 n_tables;
  guint64 n_rows;  /* of all of them */
  guint64 n_bytes; /* of the file */
  guint n_files;   /* evidence files, all of which were checked by their hash */
  guint n_missing; /* those that the mirror names and has not, or has damaged */
} CfoilBackupResult;

/* Writes the copy beside PATH, has SQLite check it, counts its rows against the
 * mirror's, syncs it, and only then gives it its name.  Others may read and write
 * meanwhile; if they write just then, it is done once more while they wait.  A PATH
 * that exists is G_IO_ERROR_EXISTS unless OVERWRITE.  Blocks, for a worker thread.
 * Nothing is left of a copy that failed or was cancelled.  Evidence files of an earlier
 * copy of that name stay and are not copied again. */
gboolean cfoil_backup_sync (CfoilMirror       *mirror,
                            const char        *path,
                            gboolean           overwrite,
                            GCancellable      *cancellable,
                            CfoilBackupResult *result,
                            GError           **error);

G_END_DECLS
