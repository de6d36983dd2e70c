/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-reader.h"
#include "cfoil-record.h"

G_BEGIN_DECLS

/* Rows as text for the clipboard. */
typedef enum
{
  CFOIL_RECORD_COPY_TEXT, /* columns between tabs, their titles first, words as shown */
  CFOIL_RECORD_COPY_CSV,  /* as they are exported (see cfoil-export.h), byte for byte */
} CfoilRecordCopyFormat;

/* The columns FIELDS (CfoilField) of the rows IDS (gint64), both taken over, in the
 * order of both.  Read and written on a reader thread. */
void cfoil_record_copy_async (CfoilReader           *reader,
                              CfoilRecordCopyFormat  format,
                              GArray                *ids,
                              GArray                *fields,
                              GTimeZone             *zone,
                              GCancellable          *cancellable,
                              GAsyncReadyCallback    callback,
                              gpointer               user_data);
char *cfoil_record_copy_finish (GAsyncResult *result,
                                GError      **error);

G_END_DECLS
