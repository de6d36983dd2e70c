/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-database.h"
#include "cfoil-field.h"

G_BEGIN_DECLS

/* Reads fields of transactions, one row after the other or by id, as fast as they
 * can be had: numbers that stand for texts are looked up here, and what would need
 * questions to other tables for every row comes from the packed columns.  For the
 * thread of the connection, inside one transaction. */
typedef struct _CfoilRowReader CfoilRowReader;

/* A number (of money, times, codes, flags, numbers), or a text (of all else).
 * CFOIL_UNKNOWN and NULL: nobody has said. */
typedef struct
{
  gint64 number;
  const char *text; /* (borrowed): until the next row */
  gsize length;
} CfoilRowValue;

/* DATABASE must outlive it. */
CfoilRowReader *cfoil_row_reader_new (CfoilDatabase    *database,
                                      const CfoilField *fields,
                                      guint             n_fields,
                                      GError          **error);
void cfoil_row_reader_free (CfoilRowReader *self);

/* All rows, one after the other: by time, oldest first, then account and id. */
CfoilStep cfoil_row_reader_next (CfoilRowReader *self,
                                 GError        **error);
/* The row TXN_ID; CFOIL_STEP_DONE: there is none. */
CfoilStep cfoil_row_reader_find (CfoilRowReader *self,
                                 gint64          txn_id,
                                 GError        **error);

/* Of the present row, field I of those that were asked for. */
const CfoilRowValue *cfoil_row_reader_get (const CfoilRowReader *self,
                                           guint                 i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilRowReader, cfoil_row_reader_free)

G_END_DECLS
