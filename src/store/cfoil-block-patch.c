/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-block-writer-private.h"

#include <string.h>

/* A few rows of a block changed: only the columns in which they differ are made
 * anew, out of what they hold for the other rows. */
typedef struct
{
  CfoilBlockColumns *columns;   /* (borrowed) */
  const CfoilBlockRows *rows;   /* (borrowed) */
  GByteArray *packed;           /* (borrowed) */
  guint block;
  guint n_rows;                 /* of the whole block */
  guint places[CFOIL_BLOCK_ROWS]; /* where each of rows stands in it */
} Patch;

static gboolean
read_n_rows (Patch    *self,
             gboolean *is_sound,
             GError  **error)
{
  CfoilNumberColumn type;
  const guint8 *data;
  gsize length;

  if (!_cfoil_block_columns_find (self->columns, CFOIL_BLOCK_PLACE (CFOIL_FIELD_TYPE, self->block), &data, &length, error))
    return FALSE;
  *is_sound = data != NULL && cfoil_number_column_open (&type, data, length);
  self->n_rows = *is_sound ? type.n_rows : 0;
  return TRUE;
}

/* Both lists of ids ascend. */
static gboolean
match_ids (Patch        *self,
           const gint64 *ids)
{
  guint place = 0;

  for (guint i = 0; i < self->rows->n_rows; i++)
    {
      while (place < self->n_rows && ids[place] < self->rows->ids[i])
        place++;
      if (place == self->n_rows || ids[place] != self->rows->ids[i])
        return FALSE;
      self->places[i] = place;
    }
  return TRUE;
}

static gboolean
find_places (Patch    *self,
             gboolean *is_sound,
             GError  **error)
{
  gint64 place = CFOIL_BLOCK_PLACE (CFOIL_BLOCK_COLUMN_IDS, self->block);
  gint64 ids[CFOIL_BLOCK_ROWS];
  CfoilNumberColumn column;
  const guint8 *data;
  gsize length;

  if (!read_n_rows (self, is_sound, error))
    return FALSE;
  if (!*is_sound)
    return TRUE;
  if (!_cfoil_block_columns_find (self->columns, place, &data, &length, error))
    return FALSE;
  if (data == NULL)
    for (guint i = 0; i < self->n_rows; i++)
      ids[i] = i;
  else if (cfoil_number_column_open (&column, data, length) && column.n_rows == self->n_rows)
    cfoil_number_column_unpack (&column, ids);
  else
    *is_sound = FALSE;
  *is_sound = *is_sound && (data != NULL || self->n_rows == CFOIL_BLOCK_ROWS) && match_ids (self, ids);
  return TRUE;
}

static gboolean
patch_numbers (Patch      *self,
               CfoilField  field,
               gboolean   *is_sound,
               GError    **error)
{
  gint64 place = CFOIL_BLOCK_PLACE (field, self->block);
  const gint64 *fresh = self->rows->numbers[field];
  gint64 values[CFOIL_BLOCK_ROWS];
  gboolean differs = FALSE;
  CfoilNumberColumn column;
  const guint8 *data;
  gsize length;

  if (!_cfoil_block_columns_find (self->columns, place, &data, &length, error))
    return FALSE;
  if (data == NULL)
    for (guint i = 0; i < self->n_rows; i++)
      values[i] = CFOIL_UNKNOWN;
  else if (cfoil_number_column_open (&column, data, length) && column.n_rows == self->n_rows)
    cfoil_number_column_unpack (&column, values);
  else
    *is_sound = FALSE;
  for (guint i = 0; *is_sound && i < self->rows->n_rows; i++)
    if (values[self->places[i]] != fresh[i])
      {
        values[self->places[i]] = fresh[i];
        differs = TRUE;
      }
  if (!*is_sound || !differs)
    return TRUE;
  g_byte_array_set_size (self->packed, 0);
  cfoil_number_column_pack (values, self->n_rows, self->packed);
  return _cfoil_block_columns_store (self->columns, place, self->packed, error);
}

/* The texts stay where they are, in the stored column, until it is packed. */
static gboolean
patch_texts (Patch      *self,
             CfoilField  field,
             gboolean   *is_sound,
             GError    **error)
{
  gint64 place = CFOIL_BLOCK_PLACE (field, self->block);
  const char *values[CFOIL_BLOCK_ROWS];
  guint16 indexes[CFOIL_BLOCK_ROWS];
  gboolean differs = FALSE;
  CfoilTextColumn column;
  gboolean is_stem;
  CfoilField base;
  const guint8 *data;
  gsize length;

  if (!_cfoil_block_columns_find (self->columns, place, &data, &length, error))
    return FALSE;
  if (data != NULL && (!cfoil_text_column_open (&column, data, length) || column.n_rows != self->n_rows ||
                       (column.has_same && !cfoil_field_get_base (field, &base, &is_stem))))
    {
      *is_sound = FALSE;
      return TRUE;
    }
  if (data != NULL)
    cfoil_text_column_unpack (&column, indexes);
  for (guint i = 0; i < self->n_rows; i++)
    values[i] = data == NULL                    ? ""
                : indexes[i] == CFOIL_TEXT_SAME ? NULL
                                                : cfoil_text_column_get (&column, indexes[i], &length);
  for (guint i = 0; i < self->rows->n_rows; i++)
    if (g_strcmp0 (values[self->places[i]], self->rows->texts[field][i]) != 0)
      {
        values[self->places[i]] = self->rows->texts[field][i];
        differs = TRUE;
      }
  if (!differs)
    return TRUE;
  g_byte_array_set_size (self->packed, 0);
  cfoil_text_column_pack (values, self->n_rows, self->packed);
  return _cfoil_block_columns_store (self->columns, place, self->packed, error);
}

static gboolean
patch_field (Patch      *self,
             CfoilField  field,
             gboolean   *is_sound,
             GError    **error)
{
  if (self->rows->numbers[field] != NULL)
    return patch_numbers (self, field, is_sound, error);
  if (self->rows->texts[field] != NULL)
    return patch_texts (self, field, is_sound, error);
  return TRUE;
}

gboolean
_cfoil_block_patch (CfoilBlockColumns    *columns,
                    guint                 block,
                    const CfoilBlockRows *rows,
                    GByteArray           *packed,
                    gboolean             *is_done,
                    GError              **error)
{
  Patch self = { .columns = columns, .rows = rows, .packed = packed, .block = block };
  gboolean ok = find_places (&self, is_done, error);

  for (guint field = 0; ok && *is_done && field < CFOIL_N_FIELDS; field++)
    ok = patch_field (&self, field, is_done, error);
  _cfoil_block_columns_release (columns);
  return ok;
}
