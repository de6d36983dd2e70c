/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scan-private.h"

/* Four megabytes each for a million rows: the order on the screen and that of the
 * view one came from. */
#define MAX_ORDERS 2
#define MAX_ROWS_FOR_TWO 2000000

struct _CfoilScanCache
{
  gatomicrefcount ref_count;
  CfoilMirror *mirror; /* (owned) */
  GMutex mutex;
  GPtrArray *idle;     /* (owned) (mutex): CfoilDatabase */
  GPtrArray *warm;     /* (owned) (mutex): CfoilDatabase, pages mapped, while somebody holds them */
  guint n_holds;       /* (mutex) */
  CfoilOrder *orders[MAX_ORDERS]; /* (owned) (nullable) (mutex): the last used first */
};

CfoilScanCache *
cfoil_scan_cache_new (CfoilMirror *mirror)
{
  CfoilScanCache *self = g_new0 (CfoilScanCache, 1);

  self->mirror = g_object_ref (mirror);
  self->idle = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_database_close);
  self->warm = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_database_close);
  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  return self;
}

CfoilScanCache *
cfoil_scan_cache_ref (CfoilScanCache *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cfoil_scan_cache_unref (CfoilScanCache *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < MAX_ORDERS; i++)
    g_clear_pointer (&self->orders[i], _cfoil_order_unref);
  g_ptr_array_unref (self->idle);
  g_ptr_array_unref (self->warm);
  g_object_unref (self->mirror);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

CfoilOrder *
_cfoil_scan_cache_find (CfoilScanCache *self,
                        CfoilField      field,
                        gint64          generation,
                        guint64         dictionary)
{
  CfoilOrder *found = NULL;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < MAX_ORDERS && found == NULL; i++)
    {
      CfoilOrder *order = self->orders[i];

      if (order == NULL || order->field != field || order->generation != generation || order->dictionary != dictionary)
        continue;
      found = _cfoil_order_ref (order);
      for (guint j = i; j > 0; j--)
        self->orders[j] = self->orders[j - 1];
      self->orders[0] = order;
    }
  g_mutex_unlock (&self->mutex);
  return found;
}

/* Orders of another generation are of no more use. */
void
_cfoil_scan_cache_put (CfoilScanCache *self,
                       CfoilOrder     *order)
{
  CfoilOrder *kept = NULL;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < MAX_ORDERS; i++)
    {
      CfoilOrder *old = g_steal_pointer (&self->orders[i]);

      if (old != NULL && kept == NULL && old->generation == order->generation && old->field != order->field &&
          order->n_rows <= MAX_ROWS_FOR_TWO)
        kept = old;
      else
        g_clear_pointer (&old, _cfoil_order_unref);
    }
  self->orders[0] = _cfoil_order_ref (order);
  self->orders[1] = kept;
  g_mutex_unlock (&self->mutex);
}

CfoilDatabase *
_cfoil_scan_cache_take_connection (CfoilScanCache *self)
{
  CfoilDatabase *database = NULL;
  gboolean is_warm;

  g_mutex_lock (&self->mutex);
  is_warm = self->warm->len > 0;
  if (is_warm)
    database = g_ptr_array_steal_index_fast (self->warm, self->warm->len - 1);
  else if (self->idle->len > 0)
    database = g_ptr_array_steal_index_fast (self->idle, self->idle->len - 1);
  g_mutex_unlock (&self->mutex);
  if (database == NULL)
    database = cfoil_mirror_open_reader (self->mirror, NULL);
  if (database != NULL && !is_warm)
    cfoil_database_set_mapped (database, TRUE);
  return database;
}

void
_cfoil_scan_cache_give_back (CfoilScanCache *self,
                             CfoilDatabase  *database)
{
  g_mutex_lock (&self->mutex);
  if (self->n_holds == 0)
    cfoil_database_set_mapped (database, FALSE);
  g_ptr_array_add (self->n_holds > 0 ? self->warm : self->idle, database);
  g_mutex_unlock (&self->mutex);
}

void
_cfoil_scan_cache_hold (CfoilScanCache *self)
{
  g_mutex_lock (&self->mutex);
  self->n_holds++;
  g_mutex_unlock (&self->mutex);
}

void
_cfoil_scan_cache_release (CfoilScanCache *self)
{
  g_mutex_lock (&self->mutex);
  self->n_holds--;
  while (self->n_holds == 0 && self->warm->len > 0)
    {
      CfoilDatabase *database = g_ptr_array_steal_index_fast (self->warm, self->warm->len - 1);

      cfoil_database_set_mapped (database, FALSE);
      g_ptr_array_add (self->idle, database);
    }
  g_mutex_unlock (&self->mutex);
}
