/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-reader.h"

G_BEGIN_DECLS

/* Rows as text for the clipboard: columns between tabs, titles first.  Takes over
 * IDS (gint64).  Read and written on a reader thread. */
void cfoil_record_copy_async (CfoilReader         *reader,
                              GArray              *ids,
                              GTimeZone           *zone,
                              gboolean             with_account,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
char *cfoil_record_copy_finish (GAsyncResult *result,
                                GError      **error);

G_END_DECLS
