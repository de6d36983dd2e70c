/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror-intake.h"

G_BEGIN_DECLS

/* Runs on one account.  Blocking, for a worker thread that holds the mirror's
 * lock. */

/* What became of the feeds in a run; of those that failed the mirror says why. */
typedef struct
{
  guint n_failed;
  guint n_fresh;
} CfoilSyncTally;

/* Delivers the answers that wait (cfoil-sync-answers.h), then brings the account up to
 * date. */
gboolean cfoil_sync_run (CfoilMirror            *mirror,
                         CfoilProvider          *provider,
                         gint64                  account_id,
                         CfoilIntakeProgressFunc progress,
                         gpointer                user_data,
                         CfoilSyncTally         *tally,
                         GCancellable           *cancellable,
                         GError                **error);

/* Reads one file that the user brings, a report or a notification, whichever it
 * is, compressed with gzip or not.  What is no regular file is refused
 * unread: G_IO_ERROR_NOT_REGULAR_FILE, G_IO_ERROR_IS_DIRECTORY.  *TYPE is static. */
gboolean cfoil_sync_import (CfoilMirror            *mirror,
                            CfoilProvider          *provider,
                            gint64                  account_id,
                            GFile                  *file,
                            CfoilIntakeProgressFunc progress,
                            gpointer                user_data,
                            const char            **type,
                            guint64                *n_rows,
                            gboolean               *known,
                            GCancellable           *cancellable,
                            GError                **error);

/* Reads a notification and asks for the object that it names at the next sync. */
gboolean cfoil_sync_import_notification (CfoilMirror   *mirror,
                                         CfoilProvider *provider,
                                         gint64         account_id,
                                         const char    *text,
                                         gsize          length,
                                         gboolean      *known,
                                         GError       **error);

G_END_DECLS
