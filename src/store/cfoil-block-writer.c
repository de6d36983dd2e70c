/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-block-writer.h"

#include "cfoil-block.h"

#include <string.h>

struct _CfoilBlockWriter
{
  CfoilDatabase *database;  /* (borrowed) */
  GHashTable *touched;      /* (owned): set of block numbers */
  CfoilStatement *read;     /* (owned) (nullable): the rows of a block */
  CfoilStatement *find;     /* (owned) (nullable) */
  CfoilStatement *put;      /* (owned) (nullable) */
  CfoilStatement *drop;     /* (owned) (nullable) */
  gboolean is_changed;      /* since the last flush began */
  gboolean only_compares;
  gint64 n_wrong;

  /* the block that is being made */
  gint64 *numbers[CFOIL_N_FIELDS]; /* (owned) (nullable): of fields that are numbers */
  char **texts[CFOIL_N_FIELDS];    /* (owned) (nullable): of the others; elements owned */
  gint64 ids[CFOIL_BLOCK_ROWS];
  GByteArray *packed; /* (owned) */
};

static gboolean
is_text (CfoilField field)
{
  CfoilFieldKind kind = cfoil_field_get_info (field)->kind;

  return kind == CFOIL_FIELD_KIND_TEXT || kind == CFOIL_FIELD_KIND_ID;
}

CfoilBlockWriter *
cfoil_block_writer_new (CfoilDatabase *writer)
{
  CfoilBlockWriter *self = g_new0 (CfoilBlockWriter, 1);

  self->database = writer;
  self->touched = g_hash_table_new (NULL, NULL);
  self->packed = g_byte_array_new ();
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    if (cfoil_field_is_stored (field))
      {
        if (is_text (field))
          self->texts[field] = g_new0 (char *, CFOIL_BLOCK_ROWS);
        else
          self->numbers[field] = g_new (gint64, CFOIL_BLOCK_ROWS);
      }
  return self;
}

void
cfoil_block_writer_free (CfoilBlockWriter *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->touched);
  g_clear_pointer (&self->read, cfoil_statement_free);
  g_clear_pointer (&self->find, cfoil_statement_free);
  g_clear_pointer (&self->put, cfoil_statement_free);
  g_clear_pointer (&self->drop, cfoil_statement_free);
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    {
      g_free (self->numbers[field]);
      g_free (self->texts[field]);
    }
  g_byte_array_unref (self->packed);
  g_free (self);
}

void
cfoil_block_writer_touch (CfoilBlockWriter *self,
                          gint64            txn_id)
{
  g_return_if_fail (txn_id > 0);

  g_hash_table_add (self->touched, GUINT_TO_POINTER ((guint) (txn_id / CFOIL_BLOCK_ROWS)));
}

gboolean
cfoil_block_writer_touch_account (CfoilBlockWriter *self,
                                  gint64            account_id,
                                  GError          **error)
{
  static const char sql[] =
    "SELECT DISTINCT txn_id / " G_STRINGIFY (CFOIL_BLOCK_ROWS) " FROM txn WHERE ?1 IN (0, account_id)";
  g_autoptr (CfoilStatement) blocks = cfoil_database_prepare (self->database, sql, error);
  CfoilStep step;

  if (blocks == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (blocks, 1, account_id);
  while ((step = cfoil_statement_step (blocks, error)) == CFOIL_STEP_ROW)
    g_hash_table_add (self->touched, GUINT_TO_POINTER ((guint) cfoil_statement_column_int64 (blocks, 0)));
  return step == CFOIL_STEP_DONE;
}

void
cfoil_block_writer_forget (CfoilBlockWriter *self)
{
  g_hash_table_remove_all (self->touched);
  self->is_changed = FALSE;
}

/* --- reading rows --- */

static char *
build_read_sql (void)
{
  GString *sql = g_string_new ("SELECT t.txn_id");

  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    if (cfoil_field_is_stored (field))
      g_string_append_printf (sql, ", %s", cfoil_field_get_info (field)->value_sql);
  g_string_append (sql, " FROM " CFOIL_FIELD_FROM "WHERE t.txn_id BETWEEN ?1 AND ?2 ORDER BY t.txn_id");
  return g_string_free (sql, FALSE);
}

static gboolean
prepare (CfoilBlockWriter *self,
         GError          **error)
{
  g_autofree char *read_sql = NULL;

  if (self->read != NULL)
    return TRUE;
  read_sql = build_read_sql ();
  self->put = cfoil_database_prepare (self->database,
                                      "INSERT INTO txn_column VALUES (?1, ?2) ON CONFLICT DO UPDATE SET data = ?2", error);
  self->find = self->put == NULL ? NULL : cfoil_database_prepare (self->database, "SELECT data FROM txn_column WHERE place = ?1", error);
  self->drop = self->find == NULL ? NULL : cfoil_database_prepare (self->database, "DELETE FROM txn_column WHERE place = ?1", error);
  self->read = self->drop == NULL ? NULL : cfoil_database_prepare (self->database, read_sql, error);
  return self->read != NULL;
}

/* Whether TEXT follows from the row's text of another field, which stands before
 * it in the order of fields. */
static gboolean
follows (CfoilBlockWriter *self,
         CfoilField        field,
         guint             i,
         const char       *text)
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
take_row (CfoilBlockWriter *self,
          CfoilStatement   *row,
          guint             i)
{
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

static gboolean
read_block (CfoilBlockWriter *self,
            guint             block,
            guint            *n_rows,
            GError          **error)
{
  gint64 first = (gint64) block * CFOIL_BLOCK_ROWS;
  CfoilStep step;

  *n_rows = 0;
  cfoil_statement_bind_int64 (self->read, 1, first);
  cfoil_statement_bind_int64 (self->read, 2, first + CFOIL_BLOCK_ROWS - 1);
  while ((step = cfoil_statement_step (self->read, error)) == CFOIL_STEP_ROW)
    take_row (self, self->read, (*n_rows)++);
  cfoil_statement_reset (self->read);
  return step == CFOIL_STEP_DONE;
}

/* --- writing columns --- */

/* What is there already is not written again. */
static gboolean
is_stored_so (CfoilBlockWriter *self,
              gint64            place,
              gboolean         *is_there,
              gboolean         *is_same,
              GError          **error)
{
  CfoilStep step;

  cfoil_statement_bind_int64 (self->find, 1, place);
  step = cfoil_statement_step (self->find, error);
  *is_there = step == CFOIL_STEP_ROW;
  *is_same = *is_there && cfoil_statement_column_length (self->find, 0) == self->packed->len &&
             memcmp (cfoil_statement_column_blob (self->find, 0), self->packed->data, self->packed->len) == 0;
  cfoil_statement_reset (self->find);
  return step != CFOIL_STEP_ERROR;
}

static gboolean
store_packed (CfoilBlockWriter *self,
              gint64            place,
              GError          **error)
{
  gboolean is_there, is_same;

  if (!is_stored_so (self, place, &is_there, &is_same, error))
    return FALSE;
  if (is_same || (!is_there && self->packed->len == 0))
    return TRUE;
  self->is_changed = TRUE;
  if (self->only_compares)
    {
      self->n_wrong++;
      return TRUE;
    }
  if (self->packed->len == 0)
    {
      cfoil_statement_bind_int64 (self->drop, 1, place);
      return cfoil_statement_run (self->drop, error);
    }
  cfoil_statement_bind_int64 (self->put, 1, place);
  cfoil_statement_bind_blob (self->put, 2, self->packed->data, self->packed->len);
  return cfoil_statement_run (self->put, error);
}

static gboolean
write_block (CfoilBlockWriter *self,
             guint             block,
             guint             n_rows,
             GError          **error)
{
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    {
      g_byte_array_set_size (self->packed, 0);
      if (self->numbers[field] != NULL)
        cfoil_number_column_pack (self->numbers[field], n_rows, self->packed);
      else if (self->texts[field] != NULL)
        cfoil_text_column_pack ((const char *const *) self->texts[field], n_rows, self->packed);
      else
        continue;
      if (!store_packed (self, CFOIL_BLOCK_PLACE (field, block), error))
        return FALSE;
    }
  g_byte_array_set_size (self->packed, 0);
  if (n_rows < CFOIL_BLOCK_ROWS)
    cfoil_number_column_pack (self->ids, n_rows, self->packed);
  return store_packed (self, CFOIL_BLOCK_PLACE (CFOIL_BLOCK_COLUMN_IDS, block), error);
}

static void
clear_texts (CfoilBlockWriter *self,
             guint             n_rows)
{
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    for (guint i = 0; self->texts[field] != NULL && i < n_rows; i++)
      g_clear_pointer (&self->texts[field][i], g_free);
}

static gboolean
make_block (CfoilBlockWriter *self,
            guint             block,
            GError          **error)
{
  guint n_rows;
  gboolean ok = read_block (self, block, &n_rows, error) && write_block (self, block, n_rows, error);

  clear_texts (self, n_rows);
  return ok;
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

  if (g_hash_table_size (self->touched) == 0)
    return TRUE;
  if (!prepare (self, error))
    return FALSE;
  blocks = g_hash_table_get_keys_as_array (self->touched, &n_blocks);
  qsort (blocks, n_blocks, sizeof *blocks, compare_blocks);
  for (guint i = 0; i < n_blocks; i++)
    if (!make_block (self, GPOINTER_TO_UINT (blocks[i]), error))
      return FALSE;
  g_hash_table_remove_all (self->touched);

  if (!self->is_changed)
    return TRUE;
  self->is_changed = FALSE;
  return cfoil_database_exec (self->database, "UPDATE txn_generation SET generation = generation + 1", error);
}

/* Blocks of which no row is left should not be there either. */
static gboolean
touch_stored (CfoilBlockWriter *self,
              GError          **error)
{
  g_autoptr (CfoilStatement) blocks =
    cfoil_database_prepare (self->database, "SELECT DISTINCT place & 0xffffffff FROM txn_column", error);
  CfoilStep step;

  if (blocks == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (blocks, error)) == CFOIL_STEP_ROW)
    g_hash_table_add (self->touched, GUINT_TO_POINTER ((guint) cfoil_statement_column_int64 (blocks, 0)));
  return step == CFOIL_STEP_DONE;
}

gboolean
cfoil_blocks_check (CfoilDatabase *reader,
                    GCancellable  *cancellable,
                    gint64        *n_wrong,
                    GError       **error)
{
  g_autoptr (CfoilBlockWriter) self = cfoil_block_writer_new (reader);
  GHashTableIter iter;
  gpointer block;

  self->only_compares = TRUE;
  if (!prepare (self, error) || !cfoil_block_writer_touch_account (self, 0, error) || !touch_stored (self, error))
    return FALSE;
  g_hash_table_iter_init (&iter, self->touched);
  while (g_hash_table_iter_next (&iter, &block, NULL))
    if (g_cancellable_set_error_if_cancelled (cancellable, error) || !make_block (self, GPOINTER_TO_UINT (block), error))
      return FALSE;
  *n_wrong = self->n_wrong;
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
