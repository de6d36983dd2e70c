/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* A copy of a mirror's database in one file: rows, notes, tags, saved views, accounts;
 * not the raw report files (reports/) and no keys.  A folder with the copy as
 * mirror.sqlite is a mirror. */
typedef struct
{
  guint64 n_tables;
  guint64 n_rows;  /* of all of them */
  guint64 n_bytes; /* of the file */
} CfoilBackupResult;

/* Writes the copy beside PATH, has SQLite check it, counts its rows against the
 * mirror's, syncs it, and only then gives it its name.  Others may read and write
 * meanwhile; if they write just then, it is done once more while they wait.  A PATH
 * that exists is G_IO_ERROR_EXISTS unless OVERWRITE.  Blocks, for a worker thread.
 * Nothing is left of a copy that failed or was cancelled. */
gboolean cfoil_backup_sync (CfoilMirror       *mirror,
                            const char        *path,
                            gboolean           overwrite,
                            GCancellable      *cancellable,
                            CfoilBackupResult *result,
                            GError           **error);

G_END_DECLS
