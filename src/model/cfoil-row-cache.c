/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-row-cache.h"

typedef struct
{
  gint64 id;
  CfoilRecord *record; /* (owned) */
  guint age;           /* of the cache when it was read */
  GList link;
} Entry;

struct _CfoilRowCache
{
  GHashTable *entries; /* (owned): &entry->id -> Entry */
  GQueue queue;        /* the links of the entries, the one used last first */
  guint max_rows;
  guint age;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  cfoil_record_unref (entry->record);
  g_free (entry);
}

CfoilRowCache *
cfoil_row_cache_new (guint max_rows)
{
  CfoilRowCache *self = g_new0 (CfoilRowCache, 1);

  self->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, entry_free);
  self->max_rows = max_rows;
  return self;
}

void
cfoil_row_cache_free (CfoilRowCache *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->entries);
  g_free (self);
}

static void
use (CfoilRowCache *self,
     Entry         *entry)
{
  g_queue_unlink (&self->queue, &entry->link);
  g_queue_push_head_link (&self->queue, &entry->link);
}

static void
add (CfoilRowCache *self,
     CfoilRecord   *record)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->id = cfoil_record_get_id (record);
  entry->record = cfoil_record_ref (record);
  entry->age = self->age;
  entry->link.data = entry;
  g_hash_table_insert (self->entries, &entry->id, entry);
  g_queue_push_head_link (&self->queue, &entry->link);
}

void
cfoil_row_cache_put (CfoilRowCache *self,
                     CfoilRecord   *record)
{
  gint64 id = cfoil_record_get_id (record);
  Entry *entry = g_hash_table_lookup (self->entries, &id);

  if (entry == NULL)
    add (self, record);
  else
    {
      use (self, entry);
      entry->age = self->age;
      if (!cfoil_record_equal (entry->record, record))
        {
          cfoil_record_unref (entry->record);
          entry->record = cfoil_record_ref (record);
        }
    }
  while (self->queue.length > self->max_rows)
    {
      Entry *last = g_queue_pop_tail_link (&self->queue)->data;

      g_hash_table_remove (self->entries, &last->id);
    }
}

void
cfoil_row_cache_age (CfoilRowCache *self)
{
  self->age++;
}

CfoilRecord *
cfoil_row_cache_get (CfoilRowCache *self,
                     gint64         id,
                     gboolean      *is_old)
{
  Entry *entry = g_hash_table_lookup (self->entries, &id);

  if (entry == NULL)
    return NULL;
  use (self, entry);
  if (is_old != NULL)
    *is_old = entry->age != self->age;
  return entry->record;
}

guint
cfoil_row_cache_get_n_rows (CfoilRowCache *self)
{
  return self->queue.length;
}
