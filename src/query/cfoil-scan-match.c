/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scan-private.h"

#include <string.h>

static CfoilMatches *
matches_new (void)
{
  CfoilMatches *self = g_new0 (CfoilMatches, 1);

  self->bits = g_array_new (FALSE, TRUE, sizeof (guint64));
  self->totaller = _cfoil_totaller_new ();
  return self;
}

void
_cfoil_matches_free (CfoilMatches *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->bits);
  _cfoil_totaller_free (self->totaller);
  g_free (self);
}

static void
set_bits (GArray          *bits,
          const CfoilMask *mask,
          guint            block)
{
  guint first = block * CFOIL_MASK_WORDS;

  if (bits->len < first + CFOIL_MASK_WORDS)
    g_array_set_size (bits, first + CFOIL_MASK_WORDS);
  memcpy (&g_array_index (bits, guint64, first), mask->words, sizeof mask->words);
}

/* From places among the rows that are there to places of ids. */
static gboolean
spread (CfoilBlockReader *blocks,
        const CfoilMask  *mask,
        CfoilMask        *by_id,
        GError          **error)
{
  guint n_rows = _cfoil_block_reader_get_n_rows (blocks);
  const gint64 *ids;

  if (n_rows == CFOIL_BLOCK_ROWS)
    {
      *by_id = *mask;
      return TRUE;
    }
  if (!_cfoil_block_reader_get_ids (blocks, &ids, error))
    return FALSE;
  memset (by_id, 0, sizeof *by_id);
  for (guint i = 0; i < n_rows; i++)
    if (_cfoil_mask_get (mask, i))
      _cfoil_mask_set (by_id, (guint) (ids[i] % CFOIL_BLOCK_ROWS));
  return TRUE;
}

static gboolean
match_block (CfoilMatches      *self,
             const CfoilFilter *filter,
             CfoilBlockReader  *blocks,
             GError           **error)
{
  CfoilMask mask, by_id;
  guint n_outside;

  if (!_cfoil_filter_apply (filter, blocks, &mask, &n_outside, error))
    return FALSE;
  if (_cfoil_mask_is_empty (&mask))
    return TRUE;
  self->n_rows += _cfoil_mask_count (&mask);
  self->n_outside += n_outside;
  if (!_cfoil_totaller_add (self->totaller, blocks, &mask, error) || !spread (blocks, &mask, &by_id, error))
    return FALSE;
  set_bits (self->bits, &by_id, _cfoil_block_reader_get_block (blocks));
  return TRUE;
}

typedef struct
{
  const CfoilFilter *filter;
  CfoilMatches *matches; /* (owned) */
} Matching;

static gpointer
begin (gpointer shared)
{
  Matching *self = g_memdup2 (shared, sizeof *self);

  self->matches = matches_new ();
  return self;
}

static void
matching_free (gpointer data)
{
  Matching *self = data;

  g_clear_pointer (&self->matches, _cfoil_matches_free);
  g_free (self);
}

static gboolean
add_block (CfoilBlockReader *blocks,
           gpointer          data,
           GError          **error)
{
  Matching *self = data;

  return match_block (self->matches, self->filter, blocks, error);
}

static void
end (CfoilBlockReader *blocks,
     gpointer          data)
{
  Matching *self = data;

  _cfoil_block_reader_add_cost (blocks, &self->matches->cost);
}

static void
merge (CfoilMatches       *self,
       const CfoilMatches *other)
{
  self->n_rows += other->n_rows;
  self->n_outside += other->n_outside;
  self->cost.n_bytes += other->cost.n_bytes;
  self->cost.n_columns += other->cost.n_columns;
  self->cost.n_rows_compared += other->cost.n_rows_compared;
  _cfoil_totaller_merge (self->totaller, other->totaller);
  if (self->bits->len < other->bits->len)
    g_array_set_size (self->bits, other->bits->len);
  for (guint i = 0; i < other->bits->len; i++)
    g_array_index (self->bits, guint64, i) |= g_array_index (other->bits, guint64, i);
}

static void
merge_parts (gpointer data,
             gpointer from)
{
  merge (((Matching *) data)->matches, ((Matching *) from)->matches);
}

CfoilMatches *
_cfoil_matches_find (CfoilDatabase     *database,
                     CfoilScanCache    *cache,
                     const CfoilFilter *filter,
                     GCancellable      *cancellable,
                     GError           **error)
{
  static const CfoilScanPartsFuncs funcs = { begin, matching_free, add_block, end, merge_parts };
  Matching shared = { filter, NULL }, *all;
  CfoilMatches *matches;

  all = _cfoil_scan_parts_run (database, cache, &funcs, &shared, cancellable, error);
  if (all == NULL)
    return NULL;
  matches = g_steal_pointer (&all->matches);
  matching_free (all);
  return matches;
}
