/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scan-private.h"

#include <string.h>

/* Of a field with more different values than these, some are never offered: the
 * prefix is too short to choose by. */
#define MAX_DIFFERENT 20000

typedef struct
{
  char *folded; /* (owned): of what numbers stand for, as it is written */
  gint64 id;    /* of a row that has it; 0: of what numbers stand for */
  guint n_rows;
} Value;

static void
value_free (Value *self)
{
  g_free (self->folded);
  g_free (self);
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  const Value *one = *(const Value *const *) a, *other = *(const Value *const *) b;

  if (one->n_rows != other->n_rows)
    return one->n_rows > other->n_rows ? -1 : 1;
  return strcmp (one->folded, other->folded);
}

/* The commonest first; borrows the values. */
static GPtrArray *
sort_values (GHashTable *values)
{
  GPtrArray *sorted = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (sorted, value);
  g_ptr_array_sort (sorted, compare_values);
  return sorted;
}

static Value *
find_value (GHashTable *values,
            const char *folded,
            gint64      id)
{
  Value *value = g_hash_table_lookup (values, folded);

  if (value != NULL || g_hash_table_size (values) >= MAX_DIFFERENT)
    return value;
  value = g_new0 (Value, 1);
  value->folded = g_strdup (folded);
  value->id = id;
  g_hash_table_insert (values, value->folded, value);
  return value;
}

static void
count_value (GHashTable *values,
             const char *folded,
             const char *prefix,
             gint64      id)
{
  Value *value;

  if (*folded == '\0' || !g_str_has_prefix (folded, prefix))
    return;
  value = find_value (values, folded, id);
  if (value != NULL)
    value->n_rows++;
}

/* ",a,b," are two. */
static void
count_tags (GHashTable *values,
            const char *folded,
            const char *prefix,
            gint64      id)
{
  g_auto (GStrv) tags = g_strsplit (folded, ",", -1);

  for (guint i = 0; tags[i] != NULL; i++)
    count_value (values, tags[i], prefix, id);
}

static gboolean
collect_block (CfoilBlockReader *blocks,
               CfoilField        field,
               const char       *prefix,
               GHashTable       *values,
               GError          **error)
{
  gsize prefix_length = strlen (prefix);
  gboolean are_tags = field == CFOIL_FIELD_TAGS;
  CfoilTextRows rows;
  const gint64 *ids;

  if (!_cfoil_block_reader_get_texts (blocks, field, &rows, error))
    return FALSE;
  if (rows.own == NULL)
    return TRUE;
  if (!_cfoil_block_reader_get_ids (blocks, &ids, error))
    return FALSE;
  for (guint i = 0; i < rows.own->n_rows; i++)
    {
      gsize length;
      const char *text = _cfoil_text_rows_get (&rows, i, &length);
      g_autofree char *copy = NULL;

      if (length == 0 || (!are_tags && (length < prefix_length || memcmp (text, prefix, prefix_length) != 0)))
        continue;
      copy = g_strndup (text, length);
      if (are_tags)
        count_tags (values, copy, prefix, ids[i]);
      else
        count_value (values, copy, prefix, ids[i]);
    }
  return TRUE;
}

static gboolean
collect (CfoilDatabase *database,
         CfoilField     field,
         const char    *prefix,
         GHashTable    *values,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr (CfoilBlockReader) blocks = _cfoil_block_reader_new (database);
  GError *local = NULL;

  while (_cfoil_block_reader_next (blocks, cancellable, &local))
    if (!collect_block (blocks, field, prefix, values, error))
      return FALSE;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* NULL: it is not there any more. */
static char *
find_tag (const char *packed,
          const char *folded)
{
  g_auto (GStrv) tags = g_strsplit (packed, ",", -1);

  for (guint i = 0; tags[i] != NULL; i++)
    {
      g_autofree char *other = cfoil_fold (tags[i]);

      if (strcmp (other, folded) == 0)
        return g_strdup (tags[i]);
    }
  return NULL;
}

static void
add_original (GPtrArray   *originals,
              CfoilField   field,
              const Value *value,
              const char  *text)
{
  char *original = text != NULL && field == CFOIL_FIELD_TAGS ? find_tag (text, value->folded) : g_strdup (text);

  if (original != NULL)
    g_ptr_array_add (originals, original);
}

/* As they are written, not folded: from one row of each. */
static GPtrArray *
read_originals (CfoilDatabase *database,
                CfoilField     field,
                GPtrArray     *values,
                guint          limit,
                GError       **error)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT %s FROM " CFOIL_FIELD_FROM "WHERE t.txn_id = ?1", cfoil_field_get_info (field)->value_sql);
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (database, sql, error);
  g_autoptr (GPtrArray) originals = g_ptr_array_new_with_free_func (g_free);

  if (row == NULL)
    return NULL;
  for (guint i = 0; i < values->len && i < limit; i++)
    {
      CfoilStep step;

      cfoil_statement_bind_int64 (row, 1, ((Value *) values->pdata[i])->id);
      step = cfoil_statement_step (row, error);
      if (step == CFOIL_STEP_ERROR)
        return NULL;
      if (step == CFOIL_STEP_ROW)
        add_original (originals, field, values->pdata[i], cfoil_statement_column_text (row, 0));
      cfoil_statement_reset (row);
    }
  return g_steal_pointer (&originals);
}

/* --- what numbers stand for --- */

static gboolean
count_numbers (CfoilDatabase *database,
               CfoilField     field,
               GHashTable    *counts,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (CfoilBlockReader) blocks = _cfoil_block_reader_new (database);
  GError *local = NULL;

  while (_cfoil_block_reader_next (blocks, cancellable, &local))
    {
      guint n_rows = _cfoil_block_reader_get_n_rows (blocks);
      const gint64 *numbers;
      guint *count = NULL;

      if (!_cfoil_block_reader_get_numbers (blocks, field, &numbers, error))
        return FALSE;
      for (guint i = 0; i < n_rows; i++)
        {
          if (numbers[i] == CFOIL_UNKNOWN)
            continue;
          if (count == NULL || i == 0 || numbers[i] != numbers[i - 1])
            count = g_hash_table_lookup (counts, &numbers[i]);
          if (count == NULL)
            {
              count = g_new0 (guint, 1);
              g_hash_table_insert (counts, g_memdup2 (&numbers[i], sizeof numbers[i]), count);
            }
          (*count)++;
        }
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

typedef struct
{
  GHashTable *counts;
  GHashTable *values; /* text -> Value */
  const char *prefix;
} Listing;

static void
list_entry (gint64      number,
            const char *text,
            gint64      unused,
            gpointer    user_data)
{
  Listing *self = user_data;
  const guint *count = g_hash_table_lookup (self->counts, &number);
  g_autofree char *folded = cfoil_fold (text);
  Value *value;

  if (count == NULL || *folded == '\0' || !g_str_has_prefix (folded, self->prefix))
    return;
  /* Several numbers can stand for one text: two accounts at one provider. */
  value = find_value (self->values, text, 0);
  if (value != NULL)
    value->n_rows += *count;
}

static GPtrArray *
list_dictionary (CfoilDatabase *database,
                 CfoilField     field,
                 const char    *prefix,
                 guint          limit,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) value_free);
  g_autoptr (GPtrArray) sorted = NULL;
  GPtrArray *texts;
  Listing listing = { counts, values, prefix };

  if (!count_numbers (database, cfoil_field_get_info (field)->stored_as, counts, cancellable, error) ||
      !_cfoil_dictionary_each (database, field, list_entry, &listing, error))
    return NULL;
  sorted = sort_values (values);
  texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < sorted->len && i < limit; i++)
    g_ptr_array_add (texts, g_strdup (((Value *) sorted->pdata[i])->folded));
  return texts;
}

GPtrArray *
cfoil_scan_values (CfoilDatabase *database,
                   CfoilField     field,
                   const char    *prefix,
                   guint          limit,
                   GCancellable  *cancellable,
                   GError       **error)
{
  const CfoilFieldInfo *info = cfoil_field_get_info (field);
  g_autofree char *folded = cfoil_fold (prefix);
  g_autoptr (GHashTable) values = NULL;
  g_autoptr (GPtrArray) sorted = NULL;

  g_return_val_if_fail (database != NULL, NULL);

  if (info->kind == CFOIL_FIELD_KIND_REF)
    return list_dictionary (database, field, folded, limit, cancellable, error);
  if (info->kind != CFOIL_FIELD_KIND_TEXT && info->kind != CFOIL_FIELD_KIND_ID)
    return g_ptr_array_new_with_free_func (g_free);
  values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) value_free);
  if (!collect (database, field, folded, values, cancellable, error))
    return NULL;
  sorted = sort_values (values);
  return read_originals (database, field, sorted, limit, error);
}
