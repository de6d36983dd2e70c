/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror-intake.h"

G_BEGIN_DECLS

/* Runs on one account.  Blocking, for a worker thread that holds the mirror's
 * lock. */

/* Brings the account up to date.  *HAS_FAILED: some feeds failed (the mirror says
 * which and why), the others are fresh. */
gboolean cfoil_sync_run (CfoilMirror            *mirror,
                         CfoilProvider          *provider,
                         gint64                  account_id,
                         CfoilIntakeProgressFunc progress,
                         gpointer                user_data,
                         gboolean               *has_failed,
                         GCancellable           *cancellable,
                         GError                **error);

/* Reads one file that the user brings, a report or a notification, whichever it
 * is.  *TYPE is static; *FEED (nullable): static. */
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
