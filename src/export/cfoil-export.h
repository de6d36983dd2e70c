/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* Writes a table of the mirror as CSV: the same bytes whoever asks and however
 * often.  To a file without a name in the target's folder, synced, then named, with
 * a manifest (TARGET.manifest.json) beside it. */
typedef enum
{
  CFOIL_EXPORT_TRANSACTIONS,
  CFOIL_EXPORT_REFUNDS,
  CFOIL_EXPORT_DISPUTES,
  CFOIL_EXPORT_SETTLEMENTS,
} CfoilExportTable;

typedef enum
{
  CFOIL_EXPORT_PLAIN, /* RFC 4180, UTF-8, LF, decimal point, comma */
  CFOIL_EXPORT_EXCEL, /* BOM, CRLF, the locale's separator and decimal mark */
} CfoilExportProfile;

typedef struct
{
  CfoilExportTable table;
  CfoilExportProfile profile;
  const char *path;      /* the target; its folder must exist */
  const char *time_zone; /* (nullable): of the *_local column; NULL: the system's */
  gboolean overwrite;    /* FALSE: an existing target or manifest is G_IO_ERROR_EXISTS */
} CfoilExportOptions;

typedef struct
{
  guint64 n_rows;
  guint64 n_bytes;
  char sha256[65];
} CfoilExportResult;

typedef void (*CfoilExportProgressFunc) (guint64  done,
                                         guint64  total,
                                         gpointer user_data);

/* "transactions" and so on; FALSE for other names. */
gboolean cfoil_export_table_from_string (const char       *name,
                                         CfoilExportTable *table);
const char *cfoil_export_table_to_string (CfoilExportTable table);

/* Blocks.  Nothing is left under the target's name when it fails or is
 * cancelled, and a file that stood there before still stands. */
gboolean cfoil_export_sync (CfoilMirror              *mirror,
                            const CfoilExportOptions *options,
                            CfoilExportProgressFunc   progress,
                            gpointer                  user_data,
                            GCancellable             *cancellable,
                            CfoilExportResult        *result,
                            GError                  **error);

G_END_DECLS
