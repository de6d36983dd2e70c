/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-cell-writer.h"

G_BEGIN_DECLS

/* Rows of transactions as lines of an exported file. */

/* What cfoil_row_writer_append () needs of each row: the fields of COLUMNS
 * (element-type CfoilExportColumn), and the currencies of their amounts. */
CfoilRowReader *cfoil_row_writer_open_rows (CfoilDatabase *database,
                                            const GArray  *columns,
                                            GError       **error);

/* The row TXN_ID; one that is not there (any more) is G_IO_ERROR_NOT_FOUND. */
gboolean cfoil_row_writer_find (CfoilRowReader *rows,
                                gint64          txn_id,
                                GError        **error);

/* A line for COLUMNS, and one for the present row of ROWS, which were opened with the
 * same. */
void cfoil_row_writer_append_header (CfoilCellWriter *cells,
                                     const GArray    *columns);
void cfoil_row_writer_append (CfoilCellWriter      *cells,
                              const GArray         *columns,
                              const CfoilRowReader *rows);

/* What cfoil_export_sync () would write to a file of the profile CFOIL_EXPORT_PLAIN
 * for the rows IDS (element-type gint64) with the columns of FIELDS (element-type
 * CfoilField), byte for byte.  Blocks; DATABASE must not be in a transaction.  Free
 * it. */
char *cfoil_row_writer_to_text (CfoilDatabase *database,
                                const GArray  *ids,
                                const GArray  *fields,
                                GTimeZone     *zone,
                                GCancellable  *cancellable,
                                GError       **error);

G_END_DECLS
