/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-packed-numbers.h"

#include "cfoil-block.h"

#include <string.h>

/* Blocks of two million rows: in an order that has nothing to do with that of the
 * ids, each row is of another one. */
#define N_SLOTS (2 * 1024 * 1024 / CFOIL_BLOCK_ROWS)
#define NOT_THERE G_MAXUINT16
#define UNKNOWN G_MININT32

/* A block, unpacked. */
typedef struct
{
  gint64 block; /* -1: none */
  guint n_rows;
  guint16 *rows;   /* (owned): where each id of the block stands, or NOT_THERE */
  gint32 *numbers; /* (owned): CFOIL_BLOCK_ROWS for each field */
} Slot;

struct _CfoilPackedNumbers
{
  CfoilStatement *find; /* (owned) */
  CfoilField *fields;   /* (owned) */
  guint n_fields;
  Slot slots[N_SLOTS];
};

CfoilPackedNumbers *
cfoil_packed_numbers_new (CfoilDatabase    *database,
                          const CfoilField *fields,
                          guint             n_fields,
                          GError          **error)
{
  CfoilStatement *find = cfoil_database_prepare (database, "SELECT data FROM txn_column WHERE place = ?1", error);
  CfoilPackedNumbers *self;

  if (find == NULL)
    return NULL;
  self = g_new0 (CfoilPackedNumbers, 1);
  self->find = find;
  self->fields = g_memdup2 (fields, n_fields * sizeof *fields);
  self->n_fields = n_fields;
  for (guint i = 0; i < N_SLOTS; i++)
    self->slots[i].block = -1;
  return self;
}

void
cfoil_packed_numbers_free (CfoilPackedNumbers *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < N_SLOTS; i++)
    {
      g_free (self->slots[i].rows);
      g_free (self->slots[i].numbers);
    }
  cfoil_statement_free (self->find);
  g_free (self->fields);
  g_free (self);
}

static gboolean
tell_damage (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "The mirror: the columns that are kept for searching do not fit its rows");
  return FALSE;
}

/* *N_ROWS 0: there is no such column. */
static gboolean
read_column (CfoilPackedNumbers *self,
             guint               column,
             gint64              block,
             gint64             *numbers,
             guint              *n_rows,
             GError            **error)
{
  CfoilNumberColumn packed;
  CfoilStep step;
  gboolean ok = TRUE;

  *n_rows = 0;
  cfoil_statement_bind_int64 (self->find, 1, CFOIL_BLOCK_PLACE (column, block));
  step = cfoil_statement_step (self->find, error);
  if (step == CFOIL_STEP_ROW)
    {
      ok = cfoil_number_column_open (&packed, cfoil_statement_column_blob (self->find, 0),
                                     cfoil_statement_column_length (self->find, 0)) &&
           packed.n_rows <= CFOIL_BLOCK_ROWS;
      if (ok)
        {
          cfoil_number_column_unpack (&packed, numbers);
          *n_rows = packed.n_rows;
        }
    }
  cfoil_statement_reset (self->find);
  return step != CFOIL_STEP_ERROR && (ok || tell_damage (error));
}

/* Which row of the columns each id has. */
static gboolean
read_ids (CfoilPackedNumbers *self,
          Slot               *slot,
          gint64              block,
          GError            **error)
{
  gint64 ids[CFOIL_BLOCK_ROWS];

  if (!read_column (self, CFOIL_BLOCK_COLUMN_IDS, block, ids, &slot->n_rows, error))
    return FALSE;
  if (slot->n_rows == 0)
    {
      slot->n_rows = CFOIL_BLOCK_ROWS;
      for (guint i = 0; i < CFOIL_BLOCK_ROWS; i++)
        slot->rows[i] = (guint16) i;
      return TRUE;
    }
  for (guint i = 0; i < CFOIL_BLOCK_ROWS; i++)
    slot->rows[i] = NOT_THERE;
  for (guint i = 0; i < slot->n_rows; i++)
    {
      if (ids[i] < 0 || ids[i] >= CFOIL_BLOCK_ROWS)
        return tell_damage (error);
      slot->rows[ids[i]] = (guint16) i;
    }
  return TRUE;
}

/* Codes, flags and ids of feeds are small. */
static gboolean
store_numbers (const gint64 *numbers,
               guint         n_rows,
               gint32       *stored,
               GError      **error)
{
  for (guint i = 0; i < n_rows; i++)
    {
      if (numbers[i] != CFOIL_UNKNOWN && (numbers[i] <= UNKNOWN || numbers[i] > G_MAXINT32))
        return tell_damage (error);
      stored[i] = numbers[i] != CFOIL_UNKNOWN ? (gint32) numbers[i] : UNKNOWN;
    }
  for (guint i = n_rows; i < CFOIL_BLOCK_ROWS; i++)
    stored[i] = UNKNOWN;
  return TRUE;
}

static gboolean
read_block (CfoilPackedNumbers *self,
            Slot               *slot,
            gint64              block,
            GError            **error)
{
  if (slot->rows == NULL)
    {
      slot->rows = g_new (guint16, CFOIL_BLOCK_ROWS);
      slot->numbers = g_new (gint32, (gsize) CFOIL_BLOCK_ROWS * self->n_fields);
    }
  slot->block = -1;
  if (!read_ids (self, slot, block, error))
    return FALSE;
  for (guint i = 0; i < self->n_fields; i++)
    {
      gint64 numbers[CFOIL_BLOCK_ROWS];
      guint n_rows;

      if (!read_column (self, self->fields[i], block, numbers, &n_rows, error))
        return FALSE;
      if (n_rows != 0 && n_rows != slot->n_rows)
        return tell_damage (error);
      if (!store_numbers (numbers, n_rows, slot->numbers + (gsize) i * CFOIL_BLOCK_ROWS, error))
        return FALSE;
    }
  slot->block = block;
  return TRUE;
}

gboolean
cfoil_packed_numbers_get (CfoilPackedNumbers *self,
                          gint64              txn_id,
                          gint64             *numbers,
                          GError            **error)
{
  gint64 block = txn_id / CFOIL_BLOCK_ROWS;
  Slot *slot = &self->slots[block % N_SLOTS];
  guint row;

  g_return_val_if_fail (txn_id > 0, FALSE);

  if (slot->block != block && !read_block (self, slot, block, error))
    return FALSE;
  row = slot->rows[txn_id % CFOIL_BLOCK_ROWS];
  if (row == NOT_THERE)
    return tell_damage (error);
  for (guint i = 0; i < self->n_fields; i++)
    {
      gint32 number = slot->numbers[(gsize) i * CFOIL_BLOCK_ROWS + row];

      numbers[i] = number != UNKNOWN ? number : CFOIL_UNKNOWN;
    }
  return TRUE;
}
