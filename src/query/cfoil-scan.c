/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scan-private.h"

#include <string.h>

const CfoilSort cfoil_sort_default = { CFOIL_FIELD_TIME, FALSE };

static _Thread_local CfoilScanCost last_cost;

void
cfoil_scan_get_last_cost (CfoilScanCost *cost)
{
  *cost = last_cost;
}

gboolean
cfoil_sort_from_string (const char *text,
                        CfoilSort  *sort)
{
  gboolean is_ascending = *text != '-';

  if (!cfoil_field_from_name (is_ascending ? text : text + 1, &sort->field))
    return FALSE;
  sort->is_ascending = is_ascending;
  return TRUE;
}

char *
cfoil_sort_to_string (const CfoilSort *sort)
{
  return g_strconcat (sort->is_ascending ? "" : "-", cfoil_field_get_info (sort->field)->name, NULL);
}

void
cfoil_scan_result_free (CfoilScanResult *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->totals, g_array_unref);
  g_free (self);
}

/* --- in which order --- */

static void
add_to_hash (gint64      number,
             const char *text,
             gint64      value,
             gpointer    user_data)
{
  guint64 *hash = user_data;

  *hash = (*hash ^ (guint64) number) * 0x9e3779b97f4a7c15u;
  *hash = (*hash ^ (text != NULL ? g_str_hash (text) : (guint64) value)) * 0x9e3779b97f4a7c15u;
}

static CfoilOrder *
get_order (CfoilDatabase  *database,
           CfoilScanCache *cache,
           CfoilField      field,
           GCancellable   *cancellable,
           GError        **error)
{
  guint64 dictionary = 0;
  CfoilOrder *order;
  gint64 generation;

  if (!cfoil_database_get_int64 (database, "SELECT generation FROM txn_generation", &generation, error))
    return NULL;
  if (cfoil_field_get_info (field)->dictionary_sql != NULL &&
      !_cfoil_dictionary_each (database, field, add_to_hash, &dictionary, error))
    return NULL;
  order = cache != NULL ? _cfoil_scan_cache_find (cache, field, generation, dictionary) : NULL;
  if (order != NULL)
    return order;

  order = _cfoil_order_build (database, field, cancellable, error);
  if (order == NULL)
    return NULL;
  order->generation = generation;
  order->dictionary = dictionary;
  if (cache != NULL)
    _cfoil_scan_cache_put (cache, order);
  return order;
}

static CfoilScanResult *
scan (CfoilDatabase       *database,
      CfoilScanCache      *cache,
      const CfoilQuery    *query,
      const CfoilSort     *sort,
      const CfoilScanTime *time,
      GCancellable        *cancellable,
      GError             **error)
{
  g_autoptr (CfoilFilter) filter = _cfoil_filter_new (database, query, time, error);
  g_autoptr (CfoilMatches) matches = NULL;
  g_autoptr (CfoilOrder) order = NULL;
  CfoilScanResult *result;

  if (filter == NULL ||
      (matches = _cfoil_matches_find (database, cache, filter, cancellable, error)) == NULL ||
      (order = get_order (database, cache, sort->field, cancellable, error)) == NULL)
    return NULL;
  last_cost = matches->cost;
  result = g_new0 (CfoilScanResult, 1);
  result->totals = _cfoil_totaller_finish (matches->totaller);
  result->n_outside = matches->n_outside;
  result->ids = _cfoil_order_pick (order, sort->is_ascending, _cfoil_filter_is_empty (filter) ? NULL : matches->bits,
                                   matches->n_rows);
  return result;
}

CfoilScanResult *
cfoil_scan (CfoilDatabase       *database,
            CfoilScanCache      *cache,
            const CfoilQuery    *query,
            const CfoilSort     *sort,
            const CfoilScanTime *time,
            GCancellable        *cancellable,
            GError             **error)
{
  gboolean is_inside = cfoil_database_in_transaction (database);
  CfoilScanResult *result;

  g_return_val_if_fail (database != NULL && query != NULL && sort != NULL && time != NULL, NULL);

  memset (&last_cost, 0, sizeof last_cost);
  cfoil_database_set_mapped (database, TRUE);
  /* One state of the mirror for rows, sums and order. */
  if (!is_inside && !cfoil_database_exec (database, "BEGIN", error))
    result = NULL;
  else
    result = scan (database, cache, query, sort, time, cancellable, error);
  if (cfoil_database_in_transaction (database) && !is_inside)
    cfoil_database_exec (database, "COMMIT", NULL);
  cfoil_database_set_mapped (database, FALSE);
  return result;
}

GArray *
cfoil_scan_totals (CfoilDatabase       *database,
                   CfoilScanCache      *cache,
                   const CfoilQuery    *query,
                   const CfoilScanTime *time,
                   GCancellable        *cancellable,
                   GError             **error)
{
  g_autoptr (CfoilFilter) filter = NULL;
  g_autoptr (CfoilMatches) matches = NULL;

  g_return_val_if_fail (database != NULL && query != NULL && time != NULL, NULL);

  filter = _cfoil_filter_new (database, query, time, error);
  matches = filter != NULL ? _cfoil_matches_find (database, cache, filter, cancellable, error) : NULL;
  return matches != NULL ? _cfoil_totaller_finish (matches->totaller) : NULL;
}

/* --- sums of given rows --- */

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

/* The rows of the current block that are among the IDS from *AT on. */
static gboolean
mask_of_ids (CfoilBlockReader *blocks,
             GArray           *ids,
             guint            *at,
             CfoilMask        *mask,
             GError          **error)
{
  guint n_rows = _cfoil_block_reader_get_n_rows (blocks);
  const gint64 *there;

  if (!_cfoil_block_reader_get_ids (blocks, &there, error))
    return FALSE;
  memset (mask, 0, sizeof *mask);
  for (guint i = 0; i < n_rows; i++)
    {
      while (*at < ids->len && g_array_index (ids, gint64, *at) < there[i])
        (*at)++;
      if (*at < ids->len && g_array_index (ids, gint64, *at) == there[i])
        _cfoil_mask_set (mask, i);
    }
  return TRUE;
}

GArray *
cfoil_scan_totals_of (CfoilDatabase *database,
                      const gint64  *ids,
                      guint          n_ids,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (CfoilBlockReader) blocks = _cfoil_block_reader_new (database);
  g_autoptr (CfoilTotaller) totaller = _cfoil_totaller_new ();
  g_autoptr (GArray) sorted = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_ids);
  GError *local = NULL;
  guint at = 0;

  g_array_append_vals (sorted, ids, n_ids);
  g_array_sort (sorted, compare_ids);
  while (at < sorted->len)
    {
      CfoilMask mask;

      _cfoil_block_reader_skip_to (blocks, (guint) (g_array_index (sorted, gint64, at) / CFOIL_BLOCK_ROWS));
      if (!_cfoil_block_reader_next (blocks, cancellable, &local))
        break;
      if (!mask_of_ids (blocks, sorted, &at, &mask, error) ||
          (!_cfoil_mask_is_empty (&mask) && !_cfoil_totaller_add (totaller, blocks, &mask, error)))
        return NULL;
      /* The last of the block may be the last of all. */
      while (at < sorted->len && g_array_index (sorted, gint64, at) / CFOIL_BLOCK_ROWS <= _cfoil_block_reader_get_block (blocks))
        at++;
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  return _cfoil_totaller_finish (totaller);
}
