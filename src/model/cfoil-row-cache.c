/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-row-cache.h"

struct _CfoilRowCache
{
  GHashTable *links; /* (owned): &record->id -> GList of the queue */
  GQueue queue;      /* CfoilRecord, owned, the one used last first */
  guint max_rows;
};

CfoilRowCache *
cfoil_row_cache_new (guint max_rows)
{
  CfoilRowCache *self = g_new0 (CfoilRowCache, 1);

  self->links = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->max_rows = max_rows;
  return self;
}

void
cfoil_row_cache_free (CfoilRowCache *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->links);
  g_queue_clear_full (&self->queue, (GDestroyNotify) cfoil_record_unref);
  g_free (self);
}

static void
remove_link (CfoilRowCache *self,
             GList         *link)
{
  CfoilRecord *record = link->data;

  g_hash_table_remove (self->links, &record->id);
  g_queue_delete_link (&self->queue, link);
  cfoil_record_unref (record);
}

void
cfoil_row_cache_put (CfoilRowCache *self,
                     CfoilRecord   *record)
{
  GList *old = g_hash_table_lookup (self->links, &record->id);

  cfoil_record_ref (record);
  if (old != NULL)
    remove_link (self, old);
  g_queue_push_head (&self->queue, record);
  g_hash_table_insert (self->links, &record->id, self->queue.head);
  while (self->queue.length > self->max_rows)
    remove_link (self, self->queue.tail);
}

CfoilRecord *
cfoil_row_cache_get (CfoilRowCache *self,
                     gint64         id)
{
  GList *link = g_hash_table_lookup (self->links, &id);

  if (link == NULL)
    return NULL;
  g_queue_unlink (&self->queue, link);
  g_queue_push_head_link (&self->queue, link);
  return link->data;
}

guint
cfoil_row_cache_get_n_rows (CfoilRowCache *self)
{
  return self->queue.length;
}
