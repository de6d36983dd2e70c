/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-block-writer.h"

#include "cfoil-block-writer-private.h"

#include <stdlib.h>

/* With more changed rows than these a block is made anew: that costs about as much
 * as reading all its rows. */
#define MAX_PATCHED 256

/* The changed rows of a block. */
typedef struct
{
  guint64 rows[CFOIL_BLOCK_ROWS / 64];
  guint n_rows;
} Touched;

struct _CfoilBlockWriter
{
  CfoilDatabase *database;   /* (borrowed) */
  GHashTable *touched;       /* (owned): block number -> Touched */
  CfoilBlockColumns columns;
  CfoilBlockRows rows;       /* of the block that is being made */
  GByteArray *packed;        /* (owned) */
};

CfoilBlockWriter *
cfoil_block_writer_new (CfoilDatabase *writer)
{
  CfoilBlockWriter *self = g_new0 (CfoilBlockWriter, 1);

  self->database = self->columns.database = writer;
  self->touched = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->packed = g_byte_array_new ();
  _cfoil_block_rows_init (&self->rows);
  return self;
}

void
cfoil_block_writer_free (CfoilBlockWriter *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->touched);
  _cfoil_block_columns_clear (&self->columns);
  _cfoil_block_rows_clear (&self->rows);
  g_byte_array_unref (self->packed);
  g_free (self);
}

static Touched *
find_touched (CfoilBlockWriter *self,
              guint             block)
{
  Touched *touched = g_hash_table_lookup (self->touched, GUINT_TO_POINTER (block));

  if (touched == NULL)
    {
      touched = g_new0 (Touched, 1);
      g_hash_table_insert (self->touched, GUINT_TO_POINTER (block), touched);
    }
  return touched;
}

void
cfoil_block_writer_touch (CfoilBlockWriter *self,
                          gint64            txn_id)
{
  guint row = (guint) (txn_id % CFOIL_BLOCK_ROWS);
  guint64 bit = G_GUINT64_CONSTANT (1) << (row % 64);
  Touched *touched;

  g_return_if_fail (txn_id > 0);

  touched = find_touched (self, (guint) (txn_id / CFOIL_BLOCK_ROWS));
  if ((touched->rows[row / 64] & bit) == 0)
    touched->n_rows++;
  touched->rows[row / 64] |= bit;
}

/* All rows of the blocks that SQL lists; ?1 is ARGUMENT. */
static gboolean
touch_blocks (CfoilBlockWriter *self,
              const char       *sql,
              gint64            argument,
              GError          **error)
{
  g_autoptr (CfoilStatement) blocks = cfoil_database_prepare (self->database, sql, error);
  CfoilStep step;

  if (blocks == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (blocks, 1, argument);
  while ((step = cfoil_statement_step (blocks, error)) == CFOIL_STEP_ROW)
    find_touched (self, (guint) cfoil_statement_column_int64 (blocks, 0))->n_rows = CFOIL_BLOCK_ROWS;
  return step == CFOIL_STEP_DONE;
}

gboolean
cfoil_block_writer_touch_account (CfoilBlockWriter *self,
                                  gint64            account_id,
                                  GError          **error)
{
  return touch_blocks (self,
                       "SELECT DISTINCT txn_id / " G_STRINGIFY (CFOIL_BLOCK_ROWS) " FROM txn WHERE ?1 IN (0, account_id)",
                       account_id, error);
}

void
cfoil_block_writer_forget (CfoilBlockWriter *self)
{
  g_hash_table_remove_all (self->touched);
  self->columns.n_changed = 0;
}

/* --- making blocks --- */

static gboolean
store_field (CfoilBlockWriter *self,
             CfoilField        field,
             guint             block,
             GError          **error)
{
  g_byte_array_set_size (self->packed, 0);
  if (self->rows.numbers[field] != NULL)
    cfoil_number_column_pack (self->rows.numbers[field], self->rows.n_rows, self->packed);
  else if (self->rows.texts[field] != NULL)
    cfoil_text_column_pack ((const char *const *) self->rows.texts[field], self->rows.n_rows, self->packed);
  else
    return TRUE;
  return _cfoil_block_columns_store (&self->columns, CFOIL_BLOCK_PLACE (field, block), self->packed, error);
}

static gboolean
make_block (CfoilBlockWriter *self,
            guint             block,
            GError          **error)
{
  gint64 first = (gint64) block * CFOIL_BLOCK_ROWS;
  gboolean ok;

  _cfoil_block_rows_reset (&self->rows);
  ok = _cfoil_block_rows_add (&self->rows, self->database, first, first + CFOIL_BLOCK_ROWS - 1, error);
  for (guint field = 0; ok && field < CFOIL_N_FIELDS; field++)
    ok = store_field (self, field, block, error);
  if (!ok)
    return FALSE;
  g_byte_array_set_size (self->packed, 0);
  if (self->rows.n_rows < CFOIL_BLOCK_ROWS)
    cfoil_number_column_pack (self->rows.ids, self->rows.n_rows, self->packed);
  return _cfoil_block_columns_store (&self->columns, CFOIL_BLOCK_PLACE (CFOIL_BLOCK_COLUMN_IDS, block), self->packed, error);
}

/* *IS_DONE FALSE: rows came or went, and the block must be made anew. */
static gboolean
patch_block (CfoilBlockWriter *self,
             guint             block,
             const Touched    *touched,
             gboolean         *is_done,
             GError          **error)
{
  gint64 first = (gint64) block * CFOIL_BLOCK_ROWS;

  *is_done = FALSE;
  _cfoil_block_rows_reset (&self->rows);
  for (guint row = 0; row < CFOIL_BLOCK_ROWS; row++)
    if ((touched->rows[row / 64] >> (row % 64) & 1) != 0 &&
        !_cfoil_block_rows_add (&self->rows, self->database, first + row, first + row, error))
      return FALSE;
  if (self->rows.n_rows != touched->n_rows)
    return TRUE;
  return _cfoil_block_patch (&self->columns, block, &self->rows, self->packed, is_done, error);
}

static gboolean
update_block (CfoilBlockWriter *self,
              guint             block,
              GError          **error)
{
  const Touched *touched = g_hash_table_lookup (self->touched, GUINT_TO_POINTER (block));
  gboolean is_done = FALSE;

  if (touched->n_rows <= MAX_PATCHED && !patch_block (self, block, touched, &is_done, error))
    return FALSE;
  return is_done || make_block (self, block, error);
}

static int
compare_blocks (gconstpointer a,
                gconstpointer b)
{
  guint block_a = GPOINTER_TO_UINT (*(const gpointer *) a), block_b = GPOINTER_TO_UINT (*(const gpointer *) b);

  return block_a < block_b ? -1 : block_a > block_b;
}

gboolean
cfoil_block_writer_flush (CfoilBlockWriter *self,
                          GError          **error)
{
  g_autofree gpointer *blocks = NULL;
  guint n_blocks;
  gboolean ok = TRUE;

  if (g_hash_table_size (self->touched) == 0)
    return TRUE;
  blocks = g_hash_table_get_keys_as_array (self->touched, &n_blocks);
  qsort (blocks, n_blocks, sizeof *blocks, compare_blocks);
  for (guint i = 0; ok && i < n_blocks; i++)
    ok = update_block (self, GPOINTER_TO_UINT (blocks[i]), error);
  _cfoil_block_rows_reset (&self->rows);
  if (!ok)
    return FALSE;
  g_hash_table_remove_all (self->touched);

  if (self->columns.n_changed == 0)
    return TRUE;
  self->columns.n_changed = 0;
  return cfoil_database_exec (self->database, "UPDATE txn_generation SET generation = generation + 1", error);
}

/* --- all of them --- */

gboolean
cfoil_blocks_check (CfoilDatabase *reader,
                    GCancellable  *cancellable,
                    gint64        *n_wrong,
                    GError       **error)
{
  g_autoptr (CfoilBlockWriter) self = cfoil_block_writer_new (reader);
  GHashTableIter iter;
  gpointer block;

  self->columns.only_compares = TRUE;
  /* Blocks of which no row is left should not be there either. */
  if (!cfoil_block_writer_touch_account (self, 0, error) ||
      !touch_blocks (self, "SELECT DISTINCT place & 0xffffffff FROM txn_column WHERE ?1 = 0", 0, error))
    return FALSE;
  g_hash_table_iter_init (&iter, self->touched);
  while (g_hash_table_iter_next (&iter, &block, NULL))
    if (g_cancellable_set_error_if_cancelled (cancellable, error) || !make_block (self, GPOINTER_TO_UINT (block), error))
      return FALSE;
  *n_wrong = self->columns.n_changed;
  return TRUE;
}

/* Columns that the other format had and this one has not are not to stay. */
static gboolean
make_all (CfoilDatabase *writer,
          GError       **error)
{
  g_autoptr (CfoilBlockWriter) self = cfoil_block_writer_new (writer);

  return cfoil_database_exec (writer, "DELETE FROM txn_column", error) &&
         cfoil_block_writer_touch_account (self, 0, error) &&
         cfoil_block_writer_flush (self, error) &&
         cfoil_database_exec (writer,
                              "UPDATE txn_generation SET generation = generation + 1, "
                              "format = " G_STRINGIFY (CFOIL_BLOCK_FORMAT),
                              error);
}

gboolean
cfoil_blocks_ensure (CfoilDatabase *writer,
                     GError       **error)
{
  static const char sql[] = "SELECT format FROM txn_generation";
  gint64 format;

  if (!cfoil_database_get_int64 (writer, sql, &format, error))
    return FALSE;
  if (format == CFOIL_BLOCK_FORMAT)
    return TRUE;
  if (!cfoil_database_exec (writer, "BEGIN IMMEDIATE", error))
    return FALSE;
  /* Another program may have been faster. */
  if (cfoil_database_get_int64 (writer, sql, &format, error) &&
      (format == CFOIL_BLOCK_FORMAT || make_all (writer, error)) &&
      cfoil_database_exec (writer, "COMMIT", error))
    return TRUE;
  if (cfoil_database_in_transaction (writer))
    cfoil_database_exec (writer, "ROLLBACK", NULL);
  return FALSE;
}
