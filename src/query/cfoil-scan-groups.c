/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amounts.h"
#include "cfoil-scan-groups-private.h"
#include "cfoil-scan-private.h"

#include <string.h>

/* Groups that are set aside at a time. */
#define MAX_GROUPS (1 << 20)
/* With more rows than these, most keys are ruled out before they are set aside: what all keys
 * of one bucket took in together is a bound for each of them. */
#define MANY_ROWS 50000
/* So many of the best buckets are looked into first, to know what the others must reach. */
#define N_FIRST_BUCKETS 256
/* Places in memory that are called for before they are needed. */
#define N_AHEAD 16

typedef struct
{
  const gint64 *time, *type, *state, *gross, *fee, *ids, *account;
  const CfoilTextColumn *currency;
  guint16 currencies[CFOIL_BLOCK_ROWS];
  guint wanted_currency;
  guint n_rows;
} Columns;

/* The keys of a block's rows. */
typedef struct
{
  gboolean is_number;
  const gint64 *numbers;
  CfoilTextRows texts;
  guint32 known[CFOIL_BLOCK_ROWS]; /* the group of a value that was looked up before */
} Keys;

/* --- keys --- */

static gboolean
read_keys (CfoilBlockReader *blocks,
           CfoilField        field,
           Keys             *keys,
           GError          **error)
{
  const CfoilFieldInfo *info = cfoil_field_get_info (field);

  keys->is_number = info->kind == CFOIL_FIELD_KIND_REF;
  memset (keys->known, 0xff, sizeof keys->known);
  if (keys->is_number)
    return _cfoil_block_reader_get_numbers (blocks, info->stored_as, &keys->numbers, error);
  return _cfoil_block_reader_get_texts (blocks, info->stored_as, &keys->texts, error);
}

/* NULL: there is none. */
static const char *
get_key (const Keys *keys,
         guint       i,
         gsize      *length)
{
  const char *text;

  if (keys->is_number)
    {
      *length = sizeof keys->numbers[i];
      return keys->numbers[i] != CFOIL_UNKNOWN ? (const char *) &keys->numbers[i] : NULL;
    }
  if (keys->texts.own == NULL)
    return NULL;
  text = _cfoil_text_rows_get (&keys->texts, i, length);
  return *length > 0 ? text : NULL;
}

/* Where the value of a row that others of the block may have, too, is remembered. */
static guint32 *
get_known (Keys *keys,
           guint i)
{
  if (keys->is_number || keys->texts.own == NULL || keys->texts.indexes[i] >= CFOIL_BLOCK_ROWS)
    return NULL;
  return &keys->known[keys->texts.indexes[i]];
}

static guint32
group_of_row (CfoilGroups *self,
              Keys        *keys,
              guint        i,
              gboolean     is_fallback,
              gboolean    *has_key)
{
  guint32 *known = get_known (keys, i), group;
  const char *key;
  gsize length;

  *has_key = TRUE;
  if (known != NULL && *known != CFOIL_NO_GROUP)
    return *known;
  key = get_key (keys, i, &length);
  *has_key = key != NULL;
  if (key == NULL)
    return CFOIL_NO_GROUP;
  group = _cfoil_groups_find (self, key, length, is_fallback);
  if (known != NULL)
    *known = group;
  return group;
}

/* --- rows --- */

static gboolean
is_of_account (const CfoilScanGroupsRequest *request,
               gint64                        account_id)
{
  for (guint i = 0; i < request->n_accounts; i++)
    if (request->account_ids[i] == account_id)
      return TRUE;
  return FALSE;
}

static gboolean
is_dispute (gint64 type)
{
  return type == CFOIL_TYPE_CHARGEBACK || type == CFOIL_TYPE_CLAIM || type == CFOIL_TYPE_DISPUTE_FEE;
}

static gboolean
is_wanted (const CfoilGroups *self,
           const Columns     *columns,
           guint              i)
{
  gint64 type = columns->type[i], state = columns->state[i];

  if (columns->time[i] < self->request->from_us || columns->time[i] >= self->request->until_us ||
      columns->currencies[i] != columns->wanted_currency || columns->gross[i] == CFOIL_UNKNOWN)
    return FALSE;
  if (columns->account != NULL && !is_of_account (self->request, columns->account[i]))
    return FALSE;
  return (type == CFOIL_TYPE_CHARGE && (state == CFOIL_STATE_CAPTURED || state == CFOIL_STATE_NONE)) ||
         (type == CFOIL_TYPE_REFUND && (state == CFOIL_STATE_REFUNDED || state == CFOIL_STATE_NONE)) || is_dispute (type);
}

static void
add_row (CfoilGroupEntry *entry,
         const Columns   *columns,
         guint            i)
{
  gint64 type = columns->type[i];

  entry->group.txn_id = MAX (entry->group.txn_id, columns->ids[i]);
  if (type == CFOIL_TYPE_CHARGE)
    {
      entry->group.n_payments++;
      _cfoil_group_entry_add (entry, &entry->group.gross_minor, columns->gross[i]);
    }
  else if (type == CFOIL_TYPE_REFUND)
    _cfoil_group_entry_add (entry, &entry->group.refunds_minor, columns->gross[i]);
  else
    {
      _cfoil_group_entry_add (entry, &entry->group.disputes_minor, columns->gross[i]);
      _cfoil_group_entry_add (entry, &entry->group.disputes_minor, columns->fee[i]);
    }
}

/* --- blocks --- */

/* FALSE without an error: no row of the block has the currency. */
static gboolean
find_currency (const CfoilGroups *self,
               CfoilBlockReader  *blocks,
               Columns           *columns,
               GError           **error)
{
  if (!_cfoil_block_reader_get_text (blocks, CFOIL_FIELD_CURRENCY, &columns->currency, error) || columns->currency == NULL)
    return FALSE;
  for (guint i = 0; i < columns->currency->n_values; i++)
    {
      gsize length;

      columns->wanted_currency = i;
      if (g_str_equal (cfoil_text_column_get (columns->currency, i, &length), self->currency))
        {
          cfoil_text_column_unpack (columns->currency, columns->currencies);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
read_columns (const CfoilGroups *self,
              CfoilBlockReader  *blocks,
              Columns           *columns,
              GError           **error)
{
  columns->n_rows = _cfoil_block_reader_get_n_rows (blocks);
  columns->account = NULL;
  return _cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_TIME, &columns->time, error) &&
         _cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_TYPE, &columns->type, error) &&
         _cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_STATE, &columns->state, error) &&
         _cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_GROSS, &columns->gross, error) &&
         _cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_FEE, &columns->fee, error) &&
         _cfoil_block_reader_get_ids (blocks, &columns->ids, error) &&
         (self->request->account_ids == NULL ||
          _cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_ACCOUNT, &columns->account, error));
}

/* What came in; what went out makes no net larger. */
static void
add_to_bound (CfoilGroups   *self,
              const Columns *columns,
              guint          i,
              guint32        bucket)
{
  gint64 in = MAX (columns->gross[i], 0);
  guint32 *bound = &self->bounds[bucket];

  if (is_dispute (columns->type[i]) && columns->fee[i] > 0 && __builtin_add_overflow (in, columns->fee[i], &in))
    in = G_MAXINT64;
  *bound = in < (gint64) (CFOIL_MUCH - *bound) ? *bound + (guint32) in : CFOIL_MUCH;
}

/* CFOIL_NO_GROUP: it has no key. */
static guint32
bucket_of_row (Keys    *keys,
               guint    i,
               gboolean is_fallback)
{
  guint32 *known = get_known (keys, i), bucket;
  const char *key;
  gsize length;

  if (known != NULL && *known != CFOIL_NO_GROUP)
    return *known;
  key = get_key (keys, i, &length);
  if (key == NULL)
    return CFOIL_NO_GROUP;
  bucket = _cfoil_groups_get_bucket (_cfoil_groups_hash (key, length, is_fallback));
  if (known != NULL)
    *known = bucket;
  return bucket;
}

/* ROWS gets their buckets. */
static void
find_buckets (CfoilGroups   *self,
              const Columns *columns,
              Keys          *keys,
              Keys          *others,
              guint32       *rows)
{
  for (guint i = 0; i < columns->n_rows; i++)
    {
      rows[i] = CFOIL_NO_GROUP;
      if (!is_wanted (self, columns, i))
        continue;
      rows[i] = bucket_of_row (keys, i, FALSE);
      if (rows[i] == CFOIL_NO_GROUP && others != NULL)
        rows[i] = bucket_of_row (others, i, TRUE);
    }
}

/* The table is larger than the processor's nearest memory, and buckets are all over it: what
 * is needed next is called for before. */
static void
add_to_bounds (CfoilGroups   *self,
               const Columns *columns,
               const guint32 *rows)
{
  for (guint i = 0; i < columns->n_rows; i++)
    {
      guint32 next = i + N_AHEAD < columns->n_rows ? rows[i + N_AHEAD] : CFOIL_NO_GROUP;

      if (next != CFOIL_NO_GROUP)
        __builtin_prefetch (&self->bounds[next], 1);
      if (rows[i] != CFOIL_NO_GROUP)
        add_to_bound (self, columns, i, rows[i]);
    }
}

/* --- what is remembered of the first pass --- */

static guint32 *
get_rows (const CfoilGroups *self,
          CfoilBlockReader  *blocks)
{
  guint block = _cfoil_block_reader_get_block (blocks);

  return block < self->n_blocks ? self->rows[block] : NULL;
}

/* Each block is of one part. */
static guint32 *
remember_rows (const CfoilGroups *self,
               CfoilBlockReader  *blocks)
{
  guint block = _cfoil_block_reader_get_block (blocks);

  g_return_val_if_fail (block < self->n_blocks, NULL);

  if (self->rows[block] == NULL)
    self->rows[block] = g_new (guint32, CFOIL_BLOCK_ROWS);
  return self->rows[block];
}

static gboolean
is_bucket_wanted (const CfoilGroups *self,
                  guint32            bucket)
{
  return bucket != CFOIL_NO_GROUP && (self->wanted[bucket / 8] >> bucket % 8 & 1) != 0;
}

/* Whether some row of the block is of a wanted bucket, as far as is known. */
static gboolean
has_wanted_rows (const CfoilGroups *self,
                 CfoilBlockReader  *blocks)
{
  const guint32 *rows = self->wanted != NULL ? get_rows (self, blocks) : NULL;
  guint n_rows = _cfoil_block_reader_get_n_rows (blocks);

  for (guint i = 0; rows != NULL && i < n_rows; i++)
    if (is_bucket_wanted (self, rows[i]))
      return TRUE;
  return rows == NULL;
}

static gboolean
add_rows (CfoilGroups      *self,
          CfoilBlockReader *blocks,
          const Columns    *columns,
          GError          **error)
{
  gboolean has_fallback = self->request->fallback != CFOIL_N_FIELDS, has_key;
  const guint32 *rows = self->wanted != NULL ? get_rows (self, blocks) : NULL;
  Keys keys, others;

  if (!read_keys (blocks, self->request->field, &keys, error) ||
      (has_fallback && !read_keys (blocks, self->request->fallback, &others, error)))
    return FALSE;
  if (self->bounds != NULL)
    {
      guint32 *buckets = remember_rows (self, blocks);

      find_buckets (self, columns, &keys, has_fallback ? &others : NULL, buckets);
      add_to_bounds (self, columns, buckets);
      return TRUE;
    }
  for (guint i = 0; i < columns->n_rows; i++)
    {
      guint32 group;

      if (rows != NULL ? !is_bucket_wanted (self, rows[i]) : !is_wanted (self, columns, i))
        continue;
      group = group_of_row (self, &keys, i, FALSE, &has_key);
      if (!has_key && has_fallback)
        group = group_of_row (self, &others, i, TRUE, &has_key);
      if (group != CFOIL_NO_GROUP)
        add_row (&g_array_index (self->entries, CfoilGroupEntry, group), columns, i);
    }
  return TRUE;
}

static gboolean
add_block (CfoilBlockReader *blocks,
           gpointer          data,
           GError          **error)
{
  CfoilGroups *self = data;
  const CfoilNumberColumn *time;
  GError *local = NULL;
  Columns columns;

  if (!_cfoil_block_reader_get_number (blocks, CFOIL_FIELD_TIME, &time, error))
    return FALSE;
  if (time == NULL || time->max < self->request->from_us || time->min >= self->request->until_us || !has_wanted_rows (self, blocks))
    return TRUE;
  if (find_currency (self, blocks, &columns, &local))
    return read_columns (self, blocks, &columns, error) && add_rows (self, blocks, &columns, error);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

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

static const CfoilScanPartsFuncs funcs = { _cfoil_groups_new, _cfoil_groups_free, add_block, NULL, _cfoil_groups_merge };

static guint32 *
read_bounds (Search  *search,
             GError **error)
{
  static guint32 some;
  CfoilGroups shared = search->shared, *groups;
  guint32 *bounds;

  shared.bounds = &some;
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
              gint64         at_least,
              gint64         at_most)
{
  guint n = 0;

  memset (wanted, 0, CFOIL_N_BUCKETS / 8);
  for (guint i = 0; i < CFOIL_N_BUCKETS; i++)
    if (bounds[i] >= at_least && bounds[i] <= at_most)
      {
        wanted[i / 8] |= (guint8) (1 << i % 8);
        n++;
      }
  return n;
}

/* A bound that about as many buckets reach as are looked into first. */
static gint64
find_first_bound (const guint32 *bounds)
{
  CfoilAmounts *all = cfoil_amounts_new ();
  gint64 first;

  for (guint i = 0; i < CFOIL_N_BUCKETS; i++)
    cfoil_amounts_add (all, bounds[i]);
  first = cfoil_amounts_get_nth (all, CFOIL_N_BUCKETS - N_FIRST_BUCKETS);
  cfoil_amounts_free (all);
  return first;
}

/* --- the best --- */

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
  shared.n_passes = (guint) (n / MAX_GROUPS) + 1;
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

/* First the buckets that took in most.  Then only those whose bound is as good as the last
 * of the best that are known, or nobody knows how good it is. */
static gboolean
search_bounded (Search  *search,
                GArray  *best,
                GError **error)
{
  const CfoilScanGroupsRequest *request = search->shared.request;
  g_autofree guint32 *bounds = read_bounds (search, error);
  g_autofree guint8 *wanted = g_malloc (CFOIL_N_BUCKETS / 8);
  gint64 first, least = G_MININT64;
  guint n;

  if (bounds == NULL)
    return FALSE;
  first = find_first_bound (bounds);
  n = mark_buckets (wanted, bounds, first, G_MAXINT64);
  if (!search_groups (search, wanted, request->n_expected * n / CFOIL_N_BUCKETS, best, error))
    return FALSE;
  if (best->len >= request->limit)
    least = g_array_index (best, CfoilScanGroup, best->len - 1).net_minor;
  if (least >= first)
    return TRUE;
  n = mark_buckets (wanted, bounds, MAX (least, 0), first - 1);
  return n == 0 || search_groups (search, wanted, request->n_expected * n / CFOIL_N_BUCKETS, best, error);
}

static gboolean
search_buckets (Search  *search,
                GArray  *best,
                GError **error)
{
  gint64 newest;
  gboolean ok;

  if (!cfoil_database_get_int64 (search->database, "SELECT coalesce (max (txn_id), 0) FROM txn", &newest, error))
    return FALSE;
  search->shared.n_blocks = (guint) (newest / CFOIL_BLOCK_ROWS) + 1;
  search->shared.rows = g_new0 (guint32 *, search->shared.n_blocks);
  ok = search_bounded (search, best, error);
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
  Search search = { database, cache, cancellable, { .request = request, .currency = currency, .n_passes = 1 } };
  gboolean ok;

  if (request->limit == 0)
    return g_steal_pointer (&best);
  if (request->n_expected >= MANY_ROWS && cfoil_field_get_info (request->field)->kind == CFOIL_FIELD_KIND_ID)
    ok = search_buckets (&search, best, error);
  else
    ok = search_groups (&search, NULL, request->n_expected, best, error);
  return ok ? g_steal_pointer (&best) : NULL;
}
