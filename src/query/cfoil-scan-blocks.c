/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scan-private.h"

#define N_COLUMNS (CFOIL_N_FIELDS + 1)
#define IDS CFOIL_N_FIELDS

/* One column, read along its blocks. */
typedef struct
{
  CfoilStatement *rows; /* (owned) (nullable): not yet asked for */
  gint64 block;         /* of the current row, G_MAXINT64 behind the last */
  gint64 opened;        /* the block that the column below is of, -1: none */
  gint64 unpacked;      /* the block that the values are of */
  gboolean is_there;
  CfoilNumberColumn number;
  CfoilTextColumn text;
  gint64 *values; /* (owned) (nullable) */
} Column;

struct _CfoilBlockReader
{
  CfoilDatabase *database; /* (borrowed) */
  Column columns[N_COLUMNS];
  CfoilBlobPeek *peek; /* (owned) */
  gint64 block; /* -1: before the first */
  gint64 wanted;
  guint n_rows;
  CfoilScanCost cost;
};

CfoilBlockReader *
_cfoil_block_reader_new (CfoilDatabase *database)
{
  CfoilBlockReader *self = g_new0 (CfoilBlockReader, 1);

  self->database = database;
  self->peek = cfoil_blob_peek_new (database, "txn_column", "data");
  self->block = -1;
  for (guint i = 0; i < N_COLUMNS; i++)
    self->columns[i].opened = self->columns[i].unpacked = -1;
  return self;
}

void
_cfoil_block_reader_free (CfoilBlockReader *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_clear_pointer (&self->columns[i].rows, cfoil_statement_free);
      g_free (self->columns[i].values);
    }
  cfoil_blob_peek_free (self->peek);
  g_free (self);
}

static gboolean
set_damaged (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "The mirror: the columns for searching are damaged");
  return FALSE;
}

static gboolean
step (Column  *column,
      GError **error)
{
  switch (cfoil_statement_step (column->rows, error))
    {
    case CFOIL_STEP_ROW:
      column->block = cfoil_statement_column_int64 (column->rows, 0) & 0xffffffff;
      return TRUE;
    case CFOIL_STEP_DONE:
      column->block = G_MAXINT64;
      return TRUE;
    default:
      return FALSE;
    }
}

/* Goes to BLOCK or the next that has the column. */
static gboolean
advance (CfoilBlockReader *self,
         guint             i,
         gint64            block,
         GError          **error)
{
  Column *column = &self->columns[i];

  if (column->rows == NULL)
    {
      gint64 number = i == IDS ? CFOIL_BLOCK_COLUMN_IDS : i;

      column->rows = cfoil_database_prepare (self->database,
                                             "SELECT place, data FROM txn_column WHERE place BETWEEN ?1 AND ?2 ORDER BY place",
                                             error);
      if (column->rows == NULL)
        return FALSE;
      cfoil_statement_bind_int64 (column->rows, 1, CFOIL_BLOCK_PLACE (number, block));
      cfoil_statement_bind_int64 (column->rows, 2, CFOIL_BLOCK_PLACE (number, 0xffffffff));
      if (!step (column, error))
        return FALSE;
    }
  while (column->block < block)
    if (!step (column, error))
      return FALSE;
  return TRUE;
}

/* *DATA is NULL when the block has no such column. */
static gboolean
get_data (CfoilBlockReader *self,
          guint             i,
          const guint8    **data,
          gsize            *length,
          GError          **error)
{
  Column *column = &self->columns[i];

  *data = NULL;
  *length = 0;
  if (!advance (self, i, self->block, error))
    return FALSE;
  if (column->block != self->block)
    return TRUE;
  *data = cfoil_statement_column_blob (column->rows, 1);
  *length = cfoil_statement_column_length (column->rows, 1);
  self->cost.n_columns++;
  self->cost.n_bytes += *length;
  return *data != NULL || set_damaged (error);
}

/* Every row has a type: its column leads. */
gboolean
_cfoil_block_reader_next (CfoilBlockReader *self,
                          GCancellable     *cancellable,
                          GError          **error)
{
  Column *lead = &self->columns[CFOIL_FIELD_TYPE];
  gint64 next = MAX (self->block + 1, self->wanted);
  const guint8 *data;
  gsize length;

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !advance (self, CFOIL_FIELD_TYPE, next, error) ||
      lead->block == G_MAXINT64)
    return FALSE;
  self->block = lead->block;
  if (!get_data (self, CFOIL_FIELD_TYPE, &data, &length, error))
    return FALSE;
  if (!cfoil_number_column_open (&lead->number, data, length))
    return set_damaged (error);
  lead->opened = self->block;
  lead->is_there = TRUE;
  self->n_rows = lead->number.n_rows;
  self->cost.n_rows_compared += self->n_rows;
  return TRUE;
}

void
_cfoil_block_reader_skip_to (CfoilBlockReader *self,
                             guint             block)
{
  self->wanted = block;
}

guint
_cfoil_block_reader_get_block (CfoilBlockReader *self)
{
  return (guint) self->block;
}

guint
_cfoil_block_reader_get_n_rows (CfoilBlockReader *self)
{
  return self->n_rows;
}

/* What follows from no other field has a value in every row: whoever reads it counts
 * on that. */
static gboolean
open_text (Column       *column,
           CfoilField    field,
           const guint8 *data,
           gsize         length)
{
  gboolean is_stem;
  CfoilField base;

  return cfoil_text_column_open (&column->text, data, length) &&
         (!column->text.has_same || cfoil_field_get_base (field, &base, &is_stem));
}

static gboolean
open_column (CfoilBlockReader *self,
             guint             i,
             gboolean          is_text,
             GError          **error)
{
  Column *column = &self->columns[i];
  const guint8 *data;
  gsize length;

  if (column->opened == self->block)
    return TRUE;
  if (!get_data (self, i, &data, &length, error))
    return FALSE;
  column->opened = self->block;
  column->is_there = data != NULL;
  if (data == NULL)
    return TRUE;
  if (is_text ? !open_text (column, (CfoilField) i, data, length) || column->text.n_rows != self->n_rows
              : !cfoil_number_column_open (&column->number, data, length) || column->number.n_rows != self->n_rows)
    return set_damaged (error);
  return TRUE;
}

gboolean
_cfoil_block_reader_get_number (CfoilBlockReader         *self,
                                CfoilField                field,
                                const CfoilNumberColumn **column,
                                GError                  **error)
{
  if (!open_column (self, field, FALSE, error))
    return FALSE;
  *column = self->columns[field].is_there ? &self->columns[field].number : NULL;
  return TRUE;
}

gboolean
_cfoil_block_reader_peek_number (CfoilBlockReader  *self,
                                 CfoilField         field,
                                 CfoilNumberColumn *column,
                                 gboolean          *is_there,
                                 GError           **error)
{
  const Column *open = &self->columns[field];
  guint8 head[CFOIL_NUMBER_HEAD];

  if (open->opened == self->block)
    {
      *is_there = open->is_there;
      *column = open->number;
      return TRUE;
    }
  if (!advance (self, field, self->block, error))
    return FALSE;
  *is_there = open->block == self->block;
  if (!*is_there)
    return TRUE;
  if (!cfoil_blob_peek_read (self->peek, CFOIL_BLOCK_PLACE (field, self->block), head, sizeof head, error))
    return FALSE;
  return (cfoil_number_column_peek (column, head) && column->n_rows == self->n_rows) || set_damaged (error);
}

gboolean
_cfoil_block_reader_get_text (CfoilBlockReader       *self,
                              CfoilField              field,
                              const CfoilTextColumn **column,
                              GError                **error)
{
  if (!open_column (self, field, TRUE, error))
    return FALSE;
  *column = self->columns[field].is_there ? &self->columns[field].text : NULL;
  return TRUE;
}

static gint64 *
values_of (Column *column)
{
  if (column->values == NULL)
    column->values = g_new (gint64, CFOIL_BLOCK_ROWS);
  return column->values;
}

gboolean
_cfoil_block_reader_get_numbers (CfoilBlockReader *self,
                                 CfoilField        field,
                                 const gint64    **values,
                                 GError          **error)
{
  Column *column = &self->columns[field];

  *values = values_of (column);
  if (column->unpacked == self->block)
    return TRUE;
  if (!open_column (self, field, FALSE, error))
    return FALSE;
  column->unpacked = self->block;
  if (column->is_there)
    cfoil_number_column_unpack (&column->number, column->values);
  else
    for (guint i = 0; i < self->n_rows; i++)
      column->values[i] = CFOIL_UNKNOWN;
  return TRUE;
}

gboolean
_cfoil_block_reader_get_texts (CfoilBlockReader *self,
                               CfoilField        field,
                               CfoilTextRows    *rows,
                               GError          **error)
{
  CfoilField base;

  rows->base = NULL;
  if (!_cfoil_block_reader_get_text (self, field, &rows->own, error))
    return FALSE;
  if (rows->own == NULL)
    return TRUE;
  cfoil_text_column_unpack (rows->own, rows->indexes);
  if (!cfoil_field_get_base (field, &base, &rows->is_stem))
    return TRUE;
  if (!_cfoil_block_reader_get_text (self, base, &rows->base, error))
    return FALSE;
  if (rows->base != NULL)
    cfoil_text_column_unpack (rows->base, rows->base_indexes);
  return TRUE;
}

const char *
_cfoil_text_rows_get (const CfoilTextRows *self,
                      guint                i,
                      gsize               *length)
{
  const char *text;

  *length = 0;
  if (self->own == NULL)
    return "";
  if (self->indexes[i] != CFOIL_TEXT_SAME)
    return cfoil_text_column_get (self->own, self->indexes[i], length);
  if (self->base == NULL || self->base_indexes[i] == CFOIL_TEXT_SAME)
    return "";
  text = cfoil_text_column_get (self->base, self->base_indexes[i], length);
  if (self->is_stem)
    *length = cfoil_text_stem (text, *length);
  return text;
}

gboolean
_cfoil_block_reader_get_ids (CfoilBlockReader *self,
                             const gint64    **ids,
                             GError          **error)
{
  Column *column = &self->columns[IDS];
  gint64 first = self->block * CFOIL_BLOCK_ROWS;

  *ids = values_of (column);
  if (column->unpacked == self->block)
    return TRUE;
  if (!open_column (self, IDS, FALSE, error))
    return FALSE;
  if (!column->is_there && self->n_rows != CFOIL_BLOCK_ROWS)
    return set_damaged (error);
  column->unpacked = self->block;
  if (column->is_there)
    cfoil_number_column_unpack (&column->number, column->values);
  for (guint i = 0; i < self->n_rows; i++)
    {
      gint64 slot = column->is_there ? column->values[i] : i;

      if (slot < 0 || slot >= CFOIL_BLOCK_ROWS)
        return set_damaged (error);
      column->values[i] = first + slot;
    }
  return TRUE;
}

void
_cfoil_block_reader_add_cost (CfoilBlockReader *self,
                              CfoilScanCost    *cost)
{
  cost->n_columns += self->cost.n_columns;
  cost->n_bytes += self->cost.n_bytes;
  cost->n_rows_compared += self->cost.n_rows_compared;
}
