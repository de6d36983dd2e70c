/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-block-writer-private.h"

#include <string.h>

static gboolean
is_text (CfoilField field)
{
  CfoilFieldKind kind = cfoil_field_get_info (field)->kind;

  return kind == CFOIL_FIELD_KIND_TEXT || kind == CFOIL_FIELD_KIND_ID;
}

void
_cfoil_block_rows_init (CfoilBlockRows *self)
{
  memset (self, 0, sizeof *self);
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    if (cfoil_field_is_stored (field))
      {
        if (is_text (field))
          self->texts[field] = g_new0 (char *, CFOIL_BLOCK_ROWS);
        else
          self->numbers[field] = g_new (gint64, CFOIL_BLOCK_ROWS);
      }
}

void
_cfoil_block_rows_reset (CfoilBlockRows *self)
{
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    for (guint i = 0; self->texts[field] != NULL && i < self->n_rows; i++)
      g_clear_pointer (&self->texts[field][i], g_free);
  self->n_rows = 0;
}

void
_cfoil_block_rows_clear (CfoilBlockRows *self)
{
  _cfoil_block_rows_reset (self);
  g_clear_pointer (&self->read, cfoil_statement_free);
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    {
      g_free (self->numbers[field]);
      g_free (self->texts[field]);
    }
}

static CfoilStatement *
prepare (CfoilDatabase *database,
         GError       **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT t.txn_id");

  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    if (cfoil_field_is_stored (field))
      g_string_append_printf (sql, ", %s", cfoil_field_get_info (field)->value_sql);
  g_string_append (sql, " FROM " CFOIL_FIELD_FROM "WHERE t.txn_id BETWEEN ?1 AND ?2 ORDER BY t.txn_id");
  return cfoil_database_prepare (database, sql->str, error);
}

/* Whether TEXT follows from the row's text of another field, which stands before
 * it in the order of fields. */
static gboolean
follows (CfoilBlockRows *self,
         CfoilField      field,
         guint           i,
         const char     *text)
{
  const char *other;
  CfoilField base;
  gboolean is_stem;
  gsize length;

  if (*text == '\0' || !cfoil_field_get_base (field, &base, &is_stem))
    return FALSE;
  other = self->texts[base][i];
  length = is_stem ? cfoil_text_stem (other, strlen (other)) : strlen (other);
  return strlen (text) == length && memcmp (text, other, length) == 0;
}

static void
take_row (CfoilBlockRows *self)
{
  CfoilStatement *row = self->read;
  guint i = self->n_rows++;
  int column = 1;

  self->ids[i] = cfoil_statement_column_int64 (row, 0) % CFOIL_BLOCK_ROWS;
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    if (self->numbers[field] != NULL)
      self->numbers[field][i] = cfoil_statement_column_int64 (row, column++);
    else if (self->texts[field] != NULL)
      {
        self->texts[field][i] = cfoil_fold (cfoil_statement_column_text (row, column++));
        if (follows (self, field, i, self->texts[field][i]))
          g_clear_pointer (&self->texts[field][i], g_free);
      }
}

gboolean
_cfoil_block_rows_add (CfoilBlockRows *self,
                       CfoilDatabase  *database,
                       gint64          first,
                       gint64          last,
                       GError        **error)
{
  CfoilStep step;

  if (self->read == NULL)
    self->read = prepare (database, error);
  if (self->read == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (self->read, 1, first);
  cfoil_statement_bind_int64 (self->read, 2, last);
  while ((step = cfoil_statement_step (self->read, error)) == CFOIL_STEP_ROW && self->n_rows < CFOIL_BLOCK_ROWS)
    take_row (self);
  cfoil_statement_reset (self->read);
  return step == CFOIL_STEP_DONE;
}
