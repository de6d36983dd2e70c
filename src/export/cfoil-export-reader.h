/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-export-columns.h"
#include "cfoil-row-reader.h"

G_BEGIN_DECLS

/* Reads what cfoil_export_sync () wrote of transactions, of either profile and with
 * any columns among which is transaction_id, back into exact values. */
typedef struct _CfoilExportReader CfoilExportReader;

/* One row.  Values are asked for with cfoil_export_reader_get_value ().  FALSE stops
 * the reader; set ERROR. */
typedef gboolean (*CfoilExportRowFunc) (CfoilExportReader *reader,
                                        guint64            line_number,
                                        gpointer           user_data,
                                        GError           **error);

/* CFOIL_INPUT_ERROR_UNKNOWN: the file is not such an export.  G_IO_ERROR: it cannot be
 * read. */
CfoilExportReader *cfoil_export_reader_open (const char *path,
                                             GError    **error);
void cfoil_export_reader_free (CfoilExportReader *self);

/* Whether there is such a file at PATH. */
gboolean cfoil_export_reader_is_ours (const char *path);

/* (element-type CfoilExportColumn) (transfer none) */
const GArray *cfoil_export_reader_get_columns (CfoilExportReader *self);
/* The place of a field's column (of times: the one in UTC before the local one),
 * -1: the file has none. */
int cfoil_export_reader_find_column (CfoilExportReader *self,
                                     CfoilField         field);

/* Reads the file to its end, once.  A row with too many or too few cells, or a file
 * that ends in the middle, is CFOIL_INPUT_ERROR. */
gboolean cfoil_export_reader_run (CfoilExportReader *self,
                                  CfoilExportRowFunc func,
                                  gpointer           user_data,
                                  GCancellable      *cancellable,
                                  GError           **error);

/* In the function: cell I as it stands in the file. */
const char *cfoil_export_reader_get_cell (CfoilExportReader *self,
                                          guint              i);
/* Its value; an empty cell is nothing said.  EXPONENT is that of the amount's
 * currency.  A text is borrowed until the next row.  FALSE: the cell is not what such
 * a column holds. */
gboolean cfoil_export_reader_get_value (CfoilExportReader *self,
                                        guint              i,
                                        int                exponent,
                                        CfoilRowValue     *value);

/* Whether both say the same; an empty text says nothing. */
gboolean cfoil_row_value_equal (const CfoilRowValue *a,
                                const CfoilRowValue *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilExportReader, cfoil_export_reader_free)

G_END_DECLS
