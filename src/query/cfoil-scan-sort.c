/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scan-private.h"

#include <string.h>

/* Below so many, comparing is cheaper than counting. */
#define FEW 64

/* --- numbers --- */

static gboolean
is_sorted (const guint64 *keys,
           guint          n)
{
  for (guint i = 1; i < n; i++)
    if (keys[i - 1] > keys[i])
      return FALSE;
  return TRUE;
}

static void
insert_sort (guint64 *keys,
             guint32 *ids,
             guint    n)
{
  for (guint i = 1; i < n; i++)
    {
      guint64 key = keys[i];
      guint32 id = ids[i];
      guint j = i;

      for (; j > 0 && keys[j - 1] > key; j--)
        {
          keys[j] = keys[j - 1];
          ids[j] = ids[j - 1];
        }
      keys[j] = key;
      ids[j] = id;
    }
}

/* By the byte at SHIFT; FALSE when all have the same. */
static gboolean
count_sort (const guint64 *keys,
            const guint32 *ids,
            guint64       *keys_out,
            guint32       *ids_out,
            guint          n,
            guint          shift)
{
  guint starts[256] = { 0 };
  guint sum = 0;

  for (guint i = 0; i < n; i++)
    starts[(keys[i] >> shift) & 0xff]++;
  if (starts[(keys[0] >> shift) & 0xff] == n)
    return FALSE;
  for (guint i = 0; i < 256; i++)
    {
      guint count = starts[i];

      starts[i] = sum;
      sum += count;
    }
  for (guint i = 0; i < n; i++)
    {
      guint place = starts[(keys[i] >> shift) & 0xff]++;

      keys_out[place] = keys[i];
      ids_out[place] = ids[i];
    }
  return TRUE;
}

gboolean
_cfoil_sort_numbers (guint64      *keys,
                     guint32      *ids,
                     guint         n,
                     GCancellable *cancellable)
{
  g_autofree guint64 *spare_keys = NULL;
  g_autofree guint32 *spare_ids = NULL;
  guint64 *from_keys = keys, *to_keys;
  guint32 *from_ids = ids, *to_ids;

  if (is_sorted (keys, n))
    return TRUE;
  if (n < FEW)
    {
      insert_sort (keys, ids, n);
      return TRUE;
    }

  to_keys = spare_keys = g_new (guint64, n);
  to_ids = spare_ids = g_new (guint32, n);
  for (guint shift = 0; shift < 64; shift += 8)
    {
      guint64 *other_keys = from_keys;
      guint32 *other_ids = from_ids;

      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      if (!count_sort (from_keys, from_ids, to_keys, to_ids, n, shift))
        continue;
      from_keys = to_keys;
      from_ids = to_ids;
      to_keys = other_keys;
      to_ids = other_ids;
    }
  if (from_keys != keys)
    {
      memcpy (keys, from_keys, n * sizeof *keys);
      memcpy (ids, from_ids, n * sizeof *ids);
    }
  return TRUE;
}

/* --- texts --- */

/* How many bytes all of them have in common, from DEPTH on. */
static gsize
common_prefix (const char    *bytes,
               const guint32 *offsets,
               guint          n,
               gsize          depth)
{
  const char *first = bytes + offsets[0] + depth;
  gsize common = strlen (first);

  for (guint i = 1; i < n && common > 0; i++)
    {
      const char *other = bytes + offsets[i] + depth;
      gsize j = 0;

      while (j < common && first[j] == other[j])
        j++;
      common = j;
    }
  return common;
}

/* The next eight bytes, so that numbers compare as the bytes do. */
static guint64
key_at (const char *text)
{
  guint64 key = 0;
  guint i;

  for (i = 0; i < 8 && text[i] != '\0'; i++)
    key = key << 8 | (guchar) text[i];
  return i == 0 ? 0 : key << (8 * (8 - i));
}

typedef struct
{
  const char *bytes;
  guint32 *offsets;
  guint32 *ids;
  guint64 *keys;
  guint32 *places;  /* where each stood before a round, and so its offset and id */
  guint32 *spare;
  GCancellable *cancellable;
} TextSort;

static void
take_places (TextSort *self,
             guint32  *values,
             guint     first,
             guint     n)
{
  for (guint i = 0; i < n; i++)
    self->spare[i] = values[first + self->places[first + i]];
  memcpy (values + first, self->spare, n * sizeof *values);
}

/* The rows FIRST to FIRST + N agree in their first DEPTH bytes. */
static gboolean
sort_range (TextSort *self,
            guint     first,
            guint     n,
            gsize     depth)
{
  guint start = 0;

  if (n < 2)
    return TRUE;
  depth += common_prefix (self->bytes, self->offsets + first, n, depth);
  for (guint i = 0; i < n; i++)
    {
      self->keys[first + i] = key_at (self->bytes + self->offsets[first + i] + depth);
      self->places[first + i] = i;
    }
  if (!_cfoil_sort_numbers (self->keys + first, self->places + first, n, self->cancellable))
    return FALSE;
  take_places (self, self->offsets, first, n);
  take_places (self, self->ids, first, n);

  for (guint i = 1; i <= n; i++)
    {
      guint64 key = self->keys[first + start];

      if (i < n && self->keys[first + i] == key)
        continue;
      /* A key with a NUL in it is the whole rest: those are equal. */
      if ((key & 0xff) != 0 && !sort_range (self, first + start, i - start, depth + 8))
        return FALSE;
      start = i;
    }
  return TRUE;
}

gboolean
_cfoil_sort_texts (const char   *bytes,
                   guint32      *offsets,
                   guint32      *ids,
                   guint         n,
                   GCancellable *cancellable)
{
  g_autofree guint64 *keys = g_new (guint64, n);
  g_autofree guint32 *places = g_new (guint32, n);
  g_autofree guint32 *spare = g_new (guint32, n);
  TextSort self = { bytes, offsets, ids, keys, places, spare, cancellable };

  return sort_range (&self, 0, n, 0);
}
