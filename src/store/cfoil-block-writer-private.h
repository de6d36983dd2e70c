/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-block.h"
#include "cfoil-database.h"

/* Rows of txn as their packed columns have them (cfoil-block-rows.c). */
typedef struct
{
  CfoilStatement *read;            /* (owned) (nullable) */
  guint n_rows;
  gint64 ids[CFOIL_BLOCK_ROWS];    /* within the block */
  gint64 *numbers[CFOIL_N_FIELDS]; /* (owned) (nullable): of stored fields that are numbers */
  char **texts[CFOIL_N_FIELDS];    /* (owned) (nullable): of the other stored ones, folded; NULL: CFOIL_TEXT_SAME */
} CfoilBlockRows;

void _cfoil_block_rows_init (CfoilBlockRows *self);
void _cfoil_block_rows_clear (CfoilBlockRows *self);
/* What is left from the last read. */
void _cfoil_block_rows_reset (CfoilBlockRows *self);
/* Adds the rows with ids FIRST to LAST, which lie in one block. */
gboolean _cfoil_block_rows_add (CfoilBlockRows *self,
                                CfoilDatabase  *database,
                                gint64          first,
                                gint64          last,
                                GError        **error);

/* Columns as they are stored. */
typedef struct
{
  CfoilDatabase *database; /* (borrowed) */
  CfoilStatement *find;    /* (owned) (nullable) */
  CfoilStatement *put;     /* (owned) (nullable) */
  CfoilStatement *drop;    /* (owned) (nullable) */
  gboolean only_compares;
  gint64 n_changed;        /* columns, so far */
} CfoilBlockColumns;

void _cfoil_block_columns_clear (CfoilBlockColumns *self);
/* *DATA is NULL when there is no such column; else valid until it is released. */
gboolean _cfoil_block_columns_find (CfoilBlockColumns *self,
                                    gint64             place,
                                    const guint8     **data,
                                    gsize             *length,
                                    GError           **error);
void _cfoil_block_columns_release (CfoilBlockColumns *self);
/* Writes PACKED (empty: drops the column) unless it is there already. */
gboolean _cfoil_block_columns_store (CfoilBlockColumns *self,
                                     gint64             place,
                                     const GByteArray  *packed,
                                     GError           **error);

/* Puts the rows ROWS into the columns of BLOCK, which has rows with their ids and
 * others (cfoil-block-patch.c).  *IS_DONE FALSE: it has not, or its columns cannot be
 * read; then it must be made anew. */
gboolean _cfoil_block_patch (CfoilBlockColumns    *columns,
                             guint                 block,
                             const CfoilBlockRows *rows,
                             GByteArray           *packed,
                             gboolean             *is_done,
                             GError              **error);
