/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scan-private.h"

#include <string.h>

/* Fewer blocks are not worth a thread, and more threads wait for each other. */
#define MIN_BLOCKS_OF_PART 64
#define MAX_PARTS 4

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

/* The blocks FROM to before UNTIL. */
static CfoilMatches *
match_blocks (CfoilDatabase     *database,
              const CfoilFilter *filter,
              guint              from,
              guint              until,
              GCancellable      *cancellable,
              GError           **error)
{
  g_autoptr (CfoilBlockReader) blocks = _cfoil_block_reader_new (database);
  g_autoptr (CfoilMatches) self = matches_new ();
  GError *local = NULL;

  _cfoil_block_reader_skip_to (blocks, from);
  while (_cfoil_block_reader_next (blocks, cancellable, &local) && _cfoil_block_reader_get_block (blocks) < until)
    if (!match_block (self, filter, blocks, error))
      return NULL;
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  _cfoil_block_reader_add_cost (blocks, &self->cost);
  return g_steal_pointer (&self);
}

/* --- shared between processors --- */

typedef struct
{
  CfoilScanCache *cache;
  const CfoilFilter *filter;
  GCancellable *cancellable;
  gint64 generation;
  guint from, until;
  GThread *thread;
  CfoilMatches *matches; /* NULL: to be done by the one who asked */
} Part;

static gboolean
is_of_generation (CfoilDatabase *database,
                  gint64         wanted)
{
  gint64 generation;

  return cfoil_database_get_int64 (database, "SELECT generation FROM txn_generation", &generation, NULL) &&
         generation == wanted;
}

/* On a thread of its own.  A part that sees another state of the mirror than the
 * one who asked is of no use. */
static gpointer
match_part (gpointer data)
{
  Part *part = data;
  CfoilDatabase *database = _cfoil_scan_cache_take_connection (part->cache);

  if (database == NULL)
    return NULL;
  cfoil_database_set_mapped (database, TRUE);
  if (cfoil_database_exec (database, "BEGIN", NULL))
    {
      if (is_of_generation (database, part->generation))
        part->matches = match_blocks (database, part->filter, part->from, part->until, part->cancellable, NULL);
      cfoil_database_exec (database, "COMMIT", NULL);
    }
  cfoil_database_set_mapped (database, FALSE);
  _cfoil_scan_cache_give_back (part->cache, database);
  return NULL;
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

/* SELF NULL: only waits for them. */
static gboolean
finish_parts (CfoilMatches  *self,
              CfoilDatabase *database,
              Part          *parts,
              guint          n_parts,
              GError       **error)
{
  gboolean ok = self != NULL;

  for (guint i = 0; i < n_parts; i++)
    {
      g_autoptr (CfoilMatches) matches = NULL;

      g_thread_join (parts[i].thread);
      matches = g_steal_pointer (&parts[i].matches);
      if (ok && matches == NULL)
        matches = match_blocks (database, parts[i].filter, parts[i].from, parts[i].until, parts[i].cancellable, error);
      ok = ok && matches != NULL;
      if (ok)
        merge (self, matches);
    }
  return ok;
}

static gboolean
count_blocks (CfoilDatabase *database,
              gint64        *n_blocks,
              GError       **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT coalesce (max (place) - %" G_GINT64_FORMAT " + 1, 0) FROM txn_column "
                                          "WHERE place BETWEEN %" G_GINT64_FORMAT " AND %" G_GINT64_FORMAT,
                                          CFOIL_BLOCK_PLACE (CFOIL_FIELD_TYPE, 0), CFOIL_BLOCK_PLACE (CFOIL_FIELD_TYPE, 0),
                                          CFOIL_BLOCK_PLACE (CFOIL_FIELD_TYPE, 0xffffffff));

  return cfoil_database_get_int64 (database, sql, n_blocks, error);
}

CfoilMatches *
_cfoil_matches_find (CfoilDatabase     *database,
                     CfoilScanCache    *cache,
                     const CfoilFilter *filter,
                     GCancellable      *cancellable,
                     GError           **error)
{
  Part parts[MAX_PARTS - 1] = { 0 };
  gint64 n_blocks, generation;
  g_autoptr (CfoilMatches) self = NULL;
  guint n_parts, size;

  if (!count_blocks (database, &n_blocks, error) ||
      !cfoil_database_get_int64 (database, "SELECT generation FROM txn_generation", &generation, error))
    return NULL;
  n_parts = cache == NULL ? 1 : (guint) CLAMP (MIN (n_blocks / MIN_BLOCKS_OF_PART, g_get_num_processors ()), 1, MAX_PARTS);
  size = (guint) n_blocks / n_parts + 1;
  for (guint i = 0; i + 1 < n_parts; i++)
    {
      parts[i] = (Part){ cache, filter, cancellable, generation, (i + 1) * size, (i + 2) * size, NULL, NULL };
      parts[i].thread = g_thread_new ("scan", match_part, &parts[i]);
    }
  self = match_blocks (database, filter, 0, size, cancellable, error);
  if (!finish_parts (self, database, parts, n_parts - 1, error))
    return NULL;
  return g_steal_pointer (&self);
}
