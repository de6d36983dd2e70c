/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"
#include "cfoil-scan.h"

G_BEGIN_DECLS

/* Writes a table of the mirror, or what a query finds, as CSV: the same bytes
 * whoever asks and however often.  To a file without a name in the target's folder,
 * synced, then named, with a manifest (TARGET.manifest.json) beside it.
 *
 * Columns of transactions are the fields of cfoil-field.h by their names.  A time is
 * the column NAME_utc (settlement_date and fx_date have no more than their name) and,
 * where columns were asked for, NAME_local beside it, with its offset.  All columns,
 * which is what one gets without asking, have that for created_at only, and after it
 * the zone's name. */
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
  const char *time_zone; /* (nullable): of *_local columns and of dates in the query; NULL: the system's */
  gboolean overwrite;    /* FALSE: an existing target or manifest is G_IO_ERROR_EXISTS */

  /* Of transactions only. */
  const char *query;     /* (nullable): a CfoilQuery's text; what it says wrong is left out, and the manifest tells */
  const CfoilSort *sort; /* (nullable): as cfoil_scan () orders; NULL: by time, oldest first */
  const char *columns;   /* (nullable): see cfoil_export_columns_parse (); NULL: all */
  const GArray *ids;     /* (nullable) (element-type gint64): these rows in this order; query and sort are
                          * only told in the manifest then */
  gint64 now_us;         /* what "today" is in the query; 0: now */
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

/* What the list shows where nobody chose. */
#define CFOIL_EXPORT_USUAL_COLUMNS \
  "time,type,state,description,buyer_name,merchant_reference,gross,fee_total,net,currency,settlement_id,flags"

/* Fields by name, or by the word that queries have for them: "time,type,fee".  A
 * saved view's columns will do: a width (":150") is passed over, and what is hidden
 * ("-state") is left out.  An unknown or repeated name, and no column at all, is
 * CFOIL_INPUT_ERROR.  (element-type CfoilField) (transfer full) */
GArray *cfoil_export_columns_parse (const char *text,
                                    GError    **error);

/* NAME (nullable: the system's) as a zone; G_IO_ERROR_INVALID_ARGUMENT. */
GTimeZone *cfoil_export_open_zone (const char *name,
                                   GError    **error);

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
