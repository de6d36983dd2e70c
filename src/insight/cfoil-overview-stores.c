/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-private.h"

#include <string.h>

/* Of stores there are sums by day: no row is asked. */
typedef struct
{
  gint64 store_id;
  CfoilMetricSums sums[CFOIL_N_TYPES];
} Store;

static void
add_day (gint32                 day,
         CfoilType              type,
         gint64                 store_id,
         const CfoilMetricSums *sums,
         gpointer               user_data)
{
  GHashTable *stores = user_data;
  Store *store = g_hash_table_lookup (stores, &store_id);
  CfoilMetricSums all[CFOIL_N_TYPES];

  if (store_id == 0)
    return;
  if (store == NULL)
    {
      store = g_new0 (Store, 1);
      store->store_id = store_id;
      g_hash_table_insert (stores, &store->store_id, store);
    }
  memset (all, 0, sizeof all);
  all[type] = *sums;
  cfoil_metric_sums_add (store->sums, all);
}

/* FALSE: there is nothing to tell, or more than can be counted. */
static gboolean
sum_up (const Store    *store,
        CfoilScanGroup *group)
{
  static const CfoilType disputes[] = { CFOIL_TYPE_CHARGEBACK, CFOIL_TYPE_CLAIM, CFOIL_TYPE_DISPUTE_FEE };
  const CfoilMetricSums *charges = &store->sums[CFOIL_TYPE_CHARGE], *refunds = &store->sums[CFOIL_TYPE_REFUND];
  gboolean is_overflown = charges->is_overflown || refunds->is_overflown;
  gint64 n_rows = charges->n_done + refunds->n_done;

  *group = (CfoilScanGroup){ .txn_id = store->store_id, .n_payments = (guint64) charges->n_done,
                             .gross_minor = charges->gross_minor, .refunds_minor = refunds->gross_minor };
  for (guint i = 0; i < G_N_ELEMENTS (disputes); i++)
    {
      const CfoilMetricSums *sums = &store->sums[disputes[i]];

      n_rows += sums->n_done;
      is_overflown |= sums->is_overflown | __builtin_add_overflow (group->disputes_minor, sums->gross_minor, &group->disputes_minor) |
                      __builtin_add_overflow (group->disputes_minor, sums->fee_minor, &group->disputes_minor);
    }
  is_overflown |= __builtin_add_overflow (group->gross_minor, group->refunds_minor, &group->net_minor) |
                  __builtin_add_overflow (group->net_minor, group->disputes_minor, &group->net_minor);
  return n_rows > 0 && !is_overflown;
}

static int
compare_groups (gconstpointer a,
                gconstpointer b)
{
  const CfoilScanGroup *one = a, *other = b;

  if (one->net_minor != other->net_minor)
    return one->net_minor > other->net_minor ? -1 : 1;
  return (one->txn_id > other->txn_id) - (one->txn_id < other->txn_id);
}

GArray *
_cfoil_overview_best_stores (const CfoilScope *scope,
                             const char       *currency,
                             guint             limit,
                             GError          **error)
{
  g_autoptr (GHashTable) stores = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  GArray *best = g_array_new (FALSE, FALSE, sizeof (CfoilScanGroup));
  GHashTableIter iter;
  gpointer store;

  if (!_cfoil_scope_each_day (scope, currency, scope->period.first_day, scope->period.end_day, add_day, stores, error))
    {
      g_array_unref (best);
      return NULL;
    }
  g_hash_table_iter_init (&iter, stores);
  while (g_hash_table_iter_next (&iter, NULL, &store))
    {
      CfoilScanGroup group;

      if (sum_up (store, &group))
        g_array_append_val (best, group);
    }
  g_array_sort (best, compare_groups);
  g_array_set_size (best, MIN (best->len, limit));
  return best;
}
