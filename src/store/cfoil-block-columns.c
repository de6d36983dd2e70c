/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-block-writer-private.h"

#include <string.h>

void
_cfoil_block_columns_clear (CfoilBlockColumns *self)
{
  g_clear_pointer (&self->find, cfoil_statement_free);
  g_clear_pointer (&self->put, cfoil_statement_free);
  g_clear_pointer (&self->drop, cfoil_statement_free);
}

static CfoilStatement *
get (CfoilBlockColumns *self,
     CfoilStatement   **statement,
     const char        *sql,
     GError           **error)
{
  if (*statement == NULL)
    *statement = cfoil_database_prepare (self->database, sql, error);
  return *statement;
}

gboolean
_cfoil_block_columns_find (CfoilBlockColumns *self,
                           gint64             place,
                           const guint8     **data,
                           gsize             *length,
                           GError           **error)
{
  CfoilStep step;

  *data = NULL;
  *length = 0;
  if (get (self, &self->find, "SELECT data FROM txn_column WHERE place = ?1", error) == NULL)
    return FALSE;
  cfoil_statement_reset (self->find);
  cfoil_statement_bind_int64 (self->find, 1, place);
  step = cfoil_statement_step (self->find, error);
  if (step == CFOIL_STEP_ROW)
    {
      *data = cfoil_statement_column_blob (self->find, 0);
      *length = cfoil_statement_column_length (self->find, 0);
    }
  return step != CFOIL_STEP_ERROR;
}

void
_cfoil_block_columns_release (CfoilBlockColumns *self)
{
  if (self->find != NULL)
    cfoil_statement_reset (self->find);
}

static gboolean
drop (CfoilBlockColumns *self,
      gint64             place,
      GError           **error)
{
  if (get (self, &self->drop, "DELETE FROM txn_column WHERE place = ?1", error) == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (self->drop, 1, place);
  return cfoil_statement_run (self->drop, error);
}

gboolean
_cfoil_block_columns_store (CfoilBlockColumns *self,
                            gint64             place,
                            const GByteArray  *packed,
                            GError           **error)
{
  const guint8 *data;
  gboolean is_there, is_same;
  gsize length;

  if (!_cfoil_block_columns_find (self, place, &data, &length, error))
    return FALSE;
  is_there = data != NULL;
  is_same = length == packed->len && (length == 0 || memcmp (data, packed->data, length) == 0);
  _cfoil_block_columns_release (self);
  if (is_same)
    return TRUE;
  self->n_changed++;
  if (self->only_compares)
    return TRUE;
  if (packed->len == 0)
    return !is_there || drop (self, place, error);

  if (get (self, &self->put, "INSERT INTO txn_column VALUES (?1, ?2) ON CONFLICT DO UPDATE SET data = ?2", error) == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (self->put, 1, place);
  cfoil_statement_bind_blob (self->put, 2, packed->data, packed->len);
  return cfoil_statement_run (self->put, error);
}
