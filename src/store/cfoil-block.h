/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-field.h"

G_BEGIN_DECLS

/* Packed columns: the values of one field for the rows of one block, in order of
 * their ids.  A block is CFOIL_BLOCK_ROWS consecutive ids, of which some may be
 * missing.  A column in which nobody said anything is not stored at all.
 *
 * Numbers are stored as distances from the smallest, in units of SCALE, in as few
 * bytes as the largest needs.  Texts are folded (cfoil_fold ()), each different one
 * once.  Many ids are made of others: a text that follows from another one of the row
 * (cfoil_field_get_base ()) is only marked so.
 *
 * All numbers are little-endian.  Whoever opens a column may have got it from a
 * damaged file: _open () looks at all lengths and offsets first.  Pure; any thread. */
#define CFOIL_BLOCK_ROWS 2048

/* Grows with every change of the format or of what fields mean; a mirror with
 * another one gets its columns made anew. */
#define CFOIL_BLOCK_FORMAT 3

/* The place of a column of a block in txn_column. */
#define CFOIL_BLOCK_PLACE(column, block) (((gint64) (column) << 32) | (gint64) (block))
/* The column that says which ids are there (id % CFOIL_BLOCK_ROWS); not stored
 * when all are. */
#define CFOIL_BLOCK_COLUMN_IDS 1023

typedef struct
{
  guint n_rows;
  gint64 min, max; /* of what is known; min > max: nothing is */
  gboolean has_unknown;
  /* private */
  guint width;
  gint64 scale;
  const guint8 *codes;
} CfoilNumberColumn;

/* VALUES may hold CFOIL_UNKNOWN.  FALSE: nothing is known, and OUT stays empty. */
gboolean cfoil_number_column_pack (const gint64 *values,
                                   guint         n_rows,
                                   GByteArray   *out);
gboolean cfoil_number_column_open (CfoilNumberColumn *self,
                                   const guint8      *data,
                                   gsize              length);
/* The same of its first bytes alone: then there is nothing to unpack. */
#define CFOIL_NUMBER_HEAD 24
gboolean cfoil_number_column_peek (CfoilNumberColumn *self,
                                   const guint8      *head);
/* OUT has room for n_rows. */
void cfoil_number_column_unpack (const CfoilNumberColumn *self,
                                 gint64                  *out);

/* The value of a row whose text follows from that of another field. */
#define CFOIL_TEXT_SAME 0xffff

/* The field that FIELD's text follows from where it is marked so; FALSE: of none.
 * IS_STEM: it is the other's text up to its last hyphen, else all of it. */
gboolean cfoil_field_get_base (CfoilField  field,
                               CfoilField *base,
                               gboolean   *is_stem);
/* The length of TEXT up to its last hyphen. */
gsize cfoil_text_stem (const char *text,
                       gsize       length);

typedef struct
{
  guint n_rows;
  guint n_values;
  const char *bytes; /* all values, each ended by NUL */
  gsize n_bytes;
  gboolean has_same; /* of some row the value is CFOIL_TEXT_SAME */
  /* private */
  guint index_width;
  guint offset_width;
  const guint8 *indexes;
  const guint8 *offsets;
} CfoilTextColumn;

/* VALUES: folded texts, "" where nobody said anything; NULL: CFOIL_TEXT_SAME.
 * FALSE: all are "", and OUT stays empty. */
gboolean cfoil_text_column_pack (const char *const *values,
                                 guint              n_rows,
                                 GByteArray        *out);
gboolean cfoil_text_column_open (CfoilTextColumn *self,
                                 const guint8    *data,
                                 gsize            length);

/* Which of the values each row has; OUT has room for n_rows. */
void cfoil_text_column_unpack (const CfoilTextColumn *self,
                               guint16               *out);
/* Value I; its length without the NUL. */
const char *cfoil_text_column_get (const CfoilTextColumn *self,
                                   guint                  i,
                                   gsize                 *length);
/* The value that has the byte at OFFSET of bytes; it is not before value FROM. */
guint cfoil_text_column_find (const CfoilTextColumn *self,
                              guint                  from,
                              gsize                  offset);

G_END_DECLS
