/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-export-columns.h"
#include "cfoil-row-reader.h"

G_BEGIN_DECLS

/* Writes the cells of an exported file into a buffer. */
typedef struct _CfoilCellWriter CfoilCellWriter;

/* BUFFER must outlive it. */
CfoilCellWriter *cfoil_cell_writer_new (GString           *buffer,
                                        CfoilExportProfile profile,
                                        char               separator,
                                        char               decimal_mark,
                                        GTimeZone         *zone);
void cfoil_cell_writer_free (CfoilCellWriter *self);

void cfoil_cell_writer_append_header (CfoilCellWriter *self,
                                      const char      *name);
/* EXPONENT is that of the amount's currency. */
void cfoil_cell_writer_append (CfoilCellWriter         *self,
                               const CfoilExportColumn *column,
                               const CfoilRowValue     *value,
                               int                      exponent);
void cfoil_cell_writer_end_line (CfoilCellWriter *self);
/* After the buffer was emptied between two lines. */
void cfoil_cell_writer_restart (CfoilCellWriter *self);

/* Takes away, in place, the apostrophe that a text got as a guard; returns TEXT. */
char *cfoil_cell_unguard (char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilCellWriter, cfoil_cell_writer_free)

G_END_DECLS
