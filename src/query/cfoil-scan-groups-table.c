/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scan-groups-private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define LARGE_PAGE (2 << 20)

static void
make_places (CfoilGroups *self,
             guint        n_places)
{
  g_free (self->places);
  self->places = g_new (guint32, n_places);
  self->n_places = n_places;
  memset (self->places, 0xff, n_places * sizeof *self->places);
  for (guint i = 0; i < self->entries->len; i++)
    {
      guint place = (guint) g_array_index (self->entries, CfoilGroupEntry, i).hash & (n_places - 1);

      while (self->places[place] != CFOIL_NO_GROUP)
        place = (place + 1) & (n_places - 1);
      self->places[place] = i;
    }
}

/* Eight bytes at a time; no one chooses keys to collide in a list of one's own customers. */
guint64
_cfoil_groups_hash (const char *bytes,
                    gsize       length,
                    gboolean    is_fallback)
{
  guint64 hash = length * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + (guint64) is_fallback, word;

  for (; length >= sizeof word; bytes += sizeof word, length -= sizeof word)
    {
      memcpy (&word, bytes, sizeof word);
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
      hash ^= hash >> 32;
    }
  word = 0;
  memcpy (&word, bytes, length);
  hash = (hash ^ word) * G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  return hash ^ hash >> 29;
}

static guint32
add_entry (CfoilGroups *self,
           const char  *bytes,
           gsize        length,
           guint64      hash,
           gboolean     is_fallback)
{
  CfoilGroupEntry entry = { .hash = hash, .text = self->texts->len, .length = (guint32) length };

  entry.group.is_fallback = is_fallback;
  g_byte_array_append (self->texts, (const guint8 *) bytes, (guint) length);
  g_array_append_val (self->entries, entry);
  return self->entries->len - 1;
}

guint32
_cfoil_groups_get_number (guint64 hash)
{
  return MIN ((guint32) (hash >> 20), CFOIL_NO_GROUP - 1);
}

/* CFOIL_NO_GROUP: another pass's, or of a bucket that is not wanted. */
guint32
_cfoil_groups_find (CfoilGroups *self,
                    const char  *bytes,
                    gsize        length,
                    gboolean     is_fallback)
{
  guint64 hash = _cfoil_groups_hash (bytes, length, is_fallback);
  guint place, bucket = _cfoil_groups_get_bucket (self, _cfoil_groups_get_number (hash));

  if (self->wanted != NULL && (self->wanted[bucket / 8] >> bucket % 8 & 1) == 0)
    return CFOIL_NO_GROUP;
  if (self->n_passes > 1 && (hash >> 40) % self->n_passes != self->pass)
    return CFOIL_NO_GROUP;
  if (self->entries->len >= self->n_places / 2)
    make_places (self, self->n_places * 2);
  for (place = (guint) hash & (self->n_places - 1); self->places[place] != CFOIL_NO_GROUP; place = (place + 1) & (self->n_places - 1))
    {
      const CfoilGroupEntry *entry = &g_array_index (self->entries, CfoilGroupEntry, self->places[place]);

      if (entry->hash == hash && entry->length == length && entry->group.is_fallback == is_fallback &&
          memcmp (self->texts->data + entry->text, bytes, length) == 0)
        return self->places[place];
    }
  self->places[place] = add_entry (self, bytes, length, hash, is_fallback);
  return self->places[place];
}

void
_cfoil_group_entry_add (CfoilGroupEntry *entry,
                        gint64          *sum,
                        gint64           minor)
{
  if (minor != CFOIL_UNKNOWN && __builtin_add_overflow (*sum, minor, sum))
    entry->is_overflown = TRUE;
}

/* Looked into all over: with small pages the processor would look for those, and the system
 * bring them, thousands of times. */
guint32 *
_cfoil_bounds_new (guint n_buckets)
{
  gsize size = n_buckets * sizeof (guint32);
  void *bounds = NULL;

  if (posix_memalign (&bounds, LARGE_PAGE, size) != 0)
    g_error ("No memory for %" G_GSIZE_FORMAT " bytes", size);
#ifdef MADV_HUGEPAGE
  madvise (bounds, size, MADV_HUGEPAGE);
#endif
  return memset (bounds, 0, size);
}

void
_cfoil_bounds_free (guint32 *bounds)
{
  free (bounds);
}

gpointer
_cfoil_groups_new (gpointer shared)
{
  CfoilGroups *self = g_memdup2 (shared, sizeof *self);

  self->entries = g_array_new (FALSE, FALSE, sizeof (CfoilGroupEntry));
  self->texts = g_byte_array_new ();
  self->places = NULL;
  make_places (self, 1024);
  /* Of the shared one only that there are bounds is told. */
  if (self->bounds != NULL)
    self->bounds = _cfoil_bounds_new (1u << self->bucket_bits);
  return self;
}

void
_cfoil_groups_free (gpointer data)
{
  CfoilGroups *self = data;

  g_array_unref (self->entries);
  g_byte_array_unref (self->texts);
  g_free (self->places);
  _cfoil_bounds_free (self->bounds);
  g_free (self);
}

void
_cfoil_groups_merge (gpointer data,
                     gpointer from)
{
  CfoilGroups *self = data, *other = from;

  for (guint i = 0; self->bounds != NULL && i < 1u << self->bucket_bits; i++)
    {
      guint64 both = (guint64) self->bounds[i] + other->bounds[i];

      self->bounds[i] = (guint32) MIN (both, CFOIL_MUCH);
    }
  for (guint i = 0; i < other->entries->len; i++)
    {
      const CfoilGroupEntry *one = &g_array_index (other->entries, CfoilGroupEntry, i);
      guint32 group = _cfoil_groups_find (self, (const char *) other->texts->data + one->text, one->length, one->group.is_fallback);
      CfoilGroupEntry *all = &g_array_index (self->entries, CfoilGroupEntry, group);

      all->group.txn_id = MAX (all->group.txn_id, one->group.txn_id);
      all->group.n_payments += one->group.n_payments;
      all->is_overflown |= one->is_overflown;
      _cfoil_group_entry_add (all, &all->group.gross_minor, one->group.gross_minor);
      _cfoil_group_entry_add (all, &all->group.refunds_minor, one->group.refunds_minor);
      _cfoil_group_entry_add (all, &all->group.disputes_minor, one->group.disputes_minor);
    }
}
