/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-scan-groups.h"
#include "cfoil-scan-private.h"

G_BEGIN_DECLS

/* A table of groups by their keys, for one pass over the blocks or a part of it. */
#define CFOIL_NO_GROUP G_MAXUINT32
/* Keys fall into buckets by their hash, at least a million: with many keys in each, what they took
 * in together says nothing about one of them. */
#define CFOIL_BUCKET_BITS 20
#define CFOIL_MAX_BUCKET_BITS 23
/* A bucket that took in this much took in that or more. */
#define CFOIL_MUCH G_MAXUINT32

typedef struct
{
  CfoilScanGroup group;
  guint64 hash;
  guint32 text; /* where its key begins */
  guint32 length;
  gboolean is_overflown;
} CfoilGroupEntry;

/* Keys by their bytes: texts, or numbers that stand for them. */
typedef struct
{
  const CfoilScanGroupsRequest *request;
  const char *currency; /* folded */
  guint pass, n_passes; /* keys whose hash leaves PASS */
  guint bucket_bits;    /* there are two to this power of them */
  const guint8 *wanted; /* (nullable): a bit for each bucket whose keys are set aside; all */
  const guint8 *wanted_too; /* (nullable): the same of other buckets that keys fall into, too */
  guint32 *bounds;      /* (owned) (nullable): what each bucket took in; then nothing is set aside */
  guint32 **rows;       /* (borrowed): of each block its rows' numbers, from the pass for bounds, or NULL */
  guint n_blocks;
  GArray *entries;      /* (owned): CfoilGroupEntry */
  GByteArray *texts;    /* (owned) */
  guint32 *places;      /* (owned): entries by hash, CFOIL_NO_GROUP where there is none */
  guint n_places;       /* a power of two */
} CfoilGroups;

/* For CfoilScanPartsFuncs; SHARED is a CfoilGroups of which only the first part is filled. */
gpointer _cfoil_groups_new (gpointer shared);
void _cfoil_groups_free (gpointer groups);
void _cfoil_groups_merge (gpointer groups,
                          gpointer other);

gboolean _cfoil_groups_add_block (CfoilBlockReader *blocks,
                                  gpointer          groups,
                                  GError          **error);

/* All 0. */
guint32 *_cfoil_bounds_new (guint n_buckets);
void _cfoil_bounds_free (guint32 *bounds); /* (nullable) */

guint64 _cfoil_groups_hash (const char *bytes,
                            gsize       length,
                            gboolean    is_fallback);
/* What is remembered of a key, never CFOIL_NO_GROUP; and the buckets that it falls into. */
guint32 _cfoil_groups_get_number (guint64 hash);

static inline guint
_cfoil_groups_get_bucket (const CfoilGroups *self,
                          guint32            number)
{
  return number & ((1u << self->bucket_bits) - 1);
}

static inline guint
_cfoil_groups_get_other_bucket (const CfoilGroups *self,
                                guint32            number)
{
  return number >> (32 - self->bucket_bits);
}

/* The number of the entry, made if it is not there; CFOIL_NO_GROUP: it is another pass's, or of
 * a bucket that is not wanted. */
guint32 _cfoil_groups_find (CfoilGroups *self,
                            const char  *bytes,
                            gsize        length,
                            gboolean     is_fallback);
/* *SUM += MINOR, unless nobody knows that. */
void _cfoil_group_entry_add (CfoilGroupEntry *entry,
                             gint64          *sum,
                             gint64           minor);

G_END_DECLS
