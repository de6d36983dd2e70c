/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scan-private.h"

/* Going through all blocks, shared between processors. */

/* Fewer blocks are not worth a thread, and more threads wait for each other. */
#define MIN_BLOCKS_OF_PART 64
#define MAX_PARTS 4

typedef struct
{
  CfoilScanCache *cache;
  const CfoilScanPartsFuncs *funcs;
  gpointer shared;
  GCancellable *cancellable;
  gint64 generation;
  guint from, until;
  GThread *thread;
  gpointer result; /* NULL: to be done by the one who asked */
} Part;

/* The blocks FROM to before UNTIL. */
static gpointer
run_blocks (CfoilDatabase *database,
            const Part    *part,
            GError       **error)
{
  g_autoptr (CfoilBlockReader) blocks = _cfoil_block_reader_new (database);
  gpointer result = part->funcs->begin (part->shared);
  GError *local = NULL;

  _cfoil_block_reader_skip_to (blocks, part->from);
  while (local == NULL && _cfoil_block_reader_next (blocks, part->cancellable, &local) &&
         _cfoil_block_reader_get_block (blocks) < part->until)
    part->funcs->add (blocks, result, &local);
  if (local == NULL && part->funcs->end != NULL)
    part->funcs->end (blocks, result);
  if (local == NULL)
    return result;
  g_propagate_error (error, local);
  part->funcs->free (result);
  return NULL;
}

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
run_part (gpointer data)
{
  Part *part = data;
  CfoilDatabase *database = _cfoil_scan_cache_take_connection (part->cache);

  if (database == NULL)
    return NULL;
  if (cfoil_database_exec (database, "BEGIN", NULL))
    {
      if (is_of_generation (database, part->generation))
        part->result = run_blocks (database, part, NULL);
      cfoil_database_exec (database, "COMMIT", NULL);
    }
  _cfoil_scan_cache_give_back (part->cache, database);
  return NULL;
}

/* RESULT NULL: only waits for them. */
static gpointer
finish_parts (gpointer       result,
              CfoilDatabase *database,
              Part          *parts,
              guint          n_parts,
              GError       **error)
{
  for (guint i = 0; i < n_parts; i++)
    {
      gpointer other;

      g_thread_join (parts[i].thread);
      other = parts[i].result;
      if (result != NULL && other == NULL)
        other = run_blocks (database, &parts[i], error);
      if (result != NULL && other != NULL)
        parts[i].funcs->merge (result, other);
      else if (result != NULL)
        g_clear_pointer (&result, parts[i].funcs->free);
      if (other != NULL)
        parts[i].funcs->free (other);
    }
  return result;
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

gpointer
_cfoil_scan_parts_run (CfoilDatabase             *database,
                       CfoilScanCache            *cache,
                       const CfoilScanPartsFuncs *funcs,
                       gpointer                   shared,
                       GCancellable              *cancellable,
                       GError                   **error)
{
  Part parts[MAX_PARTS] = { 0 };
  gint64 n_blocks, generation;
  guint n_parts, size;
  gpointer result;

  if (!count_blocks (database, &n_blocks, error) ||
      !cfoil_database_get_int64 (database, "SELECT generation FROM txn_generation", &generation, error))
    return NULL;
  n_parts = cache == NULL ? 1 : (guint) CLAMP (MIN (n_blocks / MIN_BLOCKS_OF_PART, g_get_num_processors ()), 1, MAX_PARTS);
  size = (guint) n_blocks / n_parts + 1;
  for (guint i = 0; i < n_parts; i++)
    {
      parts[i] = (Part){ cache, funcs, shared, cancellable, generation, i * size, (i + 1) * size, NULL, NULL };
      if (i > 0)
        parts[i].thread = g_thread_new ("scan", run_part, &parts[i]);
    }
  cfoil_database_set_mapped (database, TRUE);
  result = run_blocks (database, &parts[0], error);
  result = finish_parts (result, database, parts + 1, n_parts - 1, error);
  cfoil_database_set_mapped (database, FALSE);
  return result;
}
