/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amounts.h"
#include "cfoil-scan-groups-private.h"

#include <string.h>

/* Groups that are set aside at a time. */
#define MAX_GROUPS (1 << 20)
/* With more rows than these, most keys are ruled out before they are set aside: what all keys
 * of one bucket took in together is a bound for each of them. */
#define MANY_ROWS 50000
/* So many of the best buckets are looked into first, to know what the others must reach. */
#define N_FIRST_BUCKETS 128
/* With more keys than these that may still be among the best, a second bound pays. */
#define MANY_KEYS 4000

/* --- the best of a table --- */

static int
compare_groups (gconstpointer a,
                gconstpointer b)
{
  const CfoilScanGroup *one = a, *other = b;

  if (one->net_minor != other->net_minor)
    return one->net_minor > other->net_minor ? -1 : 1;
  return one->txn_id > other->txn_id ? -1 : one->txn_id < other->txn_id;
}

/* BEST stays in order and no longer than asked for. */
static void
offer (GArray               *best,
       const CfoilScanGroup *group,
       guint                 limit)
{
  guint at = best->len;

  if (at >= limit && (limit == 0 || compare_groups (group, &g_array_index (best, CfoilScanGroup, at - 1)) > 0))
    return;
  while (at > 0 && compare_groups (group, &g_array_index (best, CfoilScanGroup, at - 1)) < 0)
    at--;
  g_array_insert_val (best, at, *group);
  if (best->len > limit)
    g_array_set_size (best, limit);
}

static void
take_best (CfoilGroups *self,
           GArray      *best)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      CfoilGroupEntry *entry = &g_array_index (self->entries, CfoilGroupEntry, i);
      CfoilScanGroup *group = &entry->group;

      _cfoil_group_entry_add (entry, &group->net_minor, group->gross_minor);
      _cfoil_group_entry_add (entry, &group->net_minor, group->refunds_minor);
      _cfoil_group_entry_add (entry, &group->net_minor, group->disputes_minor);
      if (!entry->is_overflown)
        offer (best, group, self->request->limit);
    }
}

/* --- buckets --- */

typedef struct
{
  CfoilDatabase *database;
  CfoilScanCache *cache;
  GCancellable *cancellable;
  CfoilGroups shared;
} Search;

static const CfoilScanPartsFuncs funcs = { _cfoil_groups_new, _cfoil_groups_free, _cfoil_groups_add_block, NULL, _cfoil_groups_merge };

/* WANTED (nullable): the second ones, of these buckets. */
static guint32 *
read_bounds (Search       *search,
             const guint8 *wanted,
             GError      **error)
{
  static guint32 some;
  CfoilGroups shared = search->shared, *groups;
  guint32 *bounds;

  shared.bounds = &some;
  shared.wanted = wanted;
  groups = _cfoil_scan_parts_run (search->database, search->cache, &funcs, &shared, search->cancellable, error);
  if (groups == NULL)
    return NULL;
  bounds = g_steal_pointer (&groups->bounds);
  _cfoil_groups_free (groups);
  return bounds;
}

/* Those from AT_LEAST to AT_MOST; how many. */
static guint
mark_buckets (guint8        *wanted,
              const guint32 *bounds,
              guint          n_buckets,
              gint64         at_least,
              gint64         at_most)
{
  guint n = 0;

  memset (wanted, 0, n_buckets / 8);
  for (guint i = 0; i < n_buckets; i++)
    if (bounds[i] >= at_least && bounds[i] <= at_most)
      {
        wanted[i / 8] |= (guint8) (1 << i % 8);
        n++;
      }
  return n;
}

/* A bound that about as many buckets reach as are looked into first. */
static gint64
find_first_bound (const guint32 *bounds,
                  guint          n_buckets)
{
  CfoilAmounts *all = cfoil_amounts_new ();
  gint64 first;

  for (guint i = 0; i < n_buckets; i++)
    cfoil_amounts_add (all, bounds[i]);
  first = cfoil_amounts_get_nth (all, n_buckets - N_FIRST_BUCKETS);
  cfoil_amounts_free (all);
  return first;
}

/* --- the best --- */

static gboolean
has_many_keys (const CfoilScanGroupsRequest *request)
{
  return cfoil_field_get_info (request->field)->kind == CFOIL_FIELD_KIND_ID;
}

/* N: how many rows can be of wanted keys, at most. */
static gboolean
search_groups (Search       *search,
               const guint8 *wanted,
               guint64       n,
               GArray       *best,
               GError      **error)
{
  CfoilGroups shared = search->shared;

  shared.wanted = wanted;
  /* Only ids are of that many kinds. */
  shared.n_passes = has_many_keys (shared.request) ? (guint) (n / MAX_GROUPS) + 1 : 1;
  for (shared.pass = 0; shared.pass < shared.n_passes; shared.pass++)
    {
      CfoilGroups *groups = _cfoil_scan_parts_run (search->database, search->cache, &funcs, &shared, search->cancellable, error);

      if (groups == NULL)
        return FALSE;
      take_best (groups, best);
      _cfoil_groups_free (groups);
    }
  return TRUE;
}

/* Of the keys in WANTED buckets, N at most, those that may come to LEAST.  When they are many,
 * most are there only because of others in their bucket: in other buckets they are with
 * others. */
static gboolean
search_rest (Search       *search,
             const guint8 *wanted,
             guint64       n,
             gint64        least,
             GArray       *best,
             GError      **error)
{
  guint n_buckets = 1u << search->shared.bucket_bits;
  g_autofree guint8 *too = NULL;
  gboolean ok;

  if (n >= MANY_KEYS)
    {
      guint32 *bounds = read_bounds (search, wanted, error);

      if (bounds == NULL)
        return FALSE;
      too = g_malloc (n_buckets / 8);
      n = (n / n_buckets + 1) * mark_buckets (too, bounds, n_buckets, least, G_MAXINT64);
      _cfoil_bounds_free (bounds);
    }
  search->shared.wanted_too = too;
  ok = search_groups (search, wanted, n, best, error);
  search->shared.wanted_too = NULL;
  return ok;
}

/* First the buckets that took in most.  Then only those whose bound is as good as the last
 * of the best that are known, or nobody knows how good it is. */
static gboolean
search_bounded (Search        *search,
                const guint32 *bounds,
                GArray        *best,
                GError       **error)
{
  const CfoilScanGroupsRequest *request = search->shared.request;
  guint n_buckets = 1u << search->shared.bucket_bits;
  g_autofree guint8 *wanted = g_malloc (n_buckets / 8);
  gint64 first = find_first_bound (bounds, n_buckets), least = 0;
  guint n = mark_buckets (wanted, bounds, n_buckets, first, G_MAXINT64);

  if (!search_groups (search, wanted, request->n_expected * n / n_buckets, best, error))
    return FALSE;
  if (best->len >= request->limit)
    least = g_array_index (best, CfoilScanGroup, best->len - 1).net_minor;
  if (best->len >= request->limit && least >= first)
    return TRUE;
  least = MAX (least, 0);
  n = mark_buckets (wanted, bounds, n_buckets, least, first - 1);
  return n == 0 || search_rest (search, wanted, request->n_expected * n / n_buckets, least, best, error);
}

static gboolean
search_buckets (Search  *search,
                GArray  *best,
                GError **error)
{
  guint32 *bounds;
  gint64 newest;
  gboolean ok;

  if (!cfoil_database_get_int64 (search->database, "SELECT coalesce (max (txn_id), 0) FROM txn", &newest, error))
    return FALSE;
  while (search->shared.bucket_bits < CFOIL_MAX_BUCKET_BITS &&
         search->shared.request->n_expected >> search->shared.bucket_bits != 0)
    search->shared.bucket_bits++;
  search->shared.n_blocks = (guint) (newest / CFOIL_BLOCK_ROWS) + 1;
  search->shared.rows = g_new0 (guint32 *, search->shared.n_blocks);
  bounds = read_bounds (search, NULL, error);
  ok = bounds != NULL && search_bounded (search, bounds, best, error);
  _cfoil_bounds_free (bounds);
  for (guint i = 0; i < search->shared.n_blocks; i++)
    g_free (search->shared.rows[i]);
  g_free (search->shared.rows);
  return ok;
}

GArray *
cfoil_scan_groups (CfoilDatabase                *database,
                   CfoilScanCache               *cache,
                   const CfoilScanGroupsRequest *request,
                   GCancellable                 *cancellable,
                   GError                      **error)
{
  g_autofree char *currency = cfoil_fold (request->currency);
  g_autoptr (GArray) best = g_array_new (FALSE, FALSE, sizeof (CfoilScanGroup));
  Search search = {
    database, cache, cancellable, { .request = request, .currency = currency, .n_passes = 1, .bucket_bits = CFOIL_BUCKET_BITS },
  };
  gboolean ok;

  if (request->limit == 0)
    return g_steal_pointer (&best);
  cfoil_database_set_mapped (database, TRUE);
  if (cache != NULL)
    _cfoil_scan_cache_hold (cache);
  if (request->n_expected >= MANY_ROWS && has_many_keys (request))
    ok = search_buckets (&search, best, error);
  else
    ok = search_groups (&search, NULL, request->n_expected, best, error);
  if (cache != NULL)
    _cfoil_scan_cache_release (cache);
  cfoil_database_set_mapped (database, FALSE);
  return ok ? g_steal_pointer (&best) : NULL;
}
