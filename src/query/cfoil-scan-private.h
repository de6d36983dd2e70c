/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-block.h"
#include "cfoil-scan.h"

/* --- blocks (cfoil-scan-blocks.c) --- */

/* Goes through the blocks of a mirror, and reads of each what is asked for. */
typedef struct _CfoilBlockReader CfoilBlockReader;

CfoilBlockReader *_cfoil_block_reader_new (CfoilDatabase *database);
void _cfoil_block_reader_free (CfoilBlockReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilBlockReader, _cfoil_block_reader_free)

/* FALSE at the end, or with *ERROR set. */
gboolean _cfoil_block_reader_next (CfoilBlockReader *self,
                                   GCancellable     *cancellable,
                                   GError          **error);
/* From now on: the block of that number or the next there is. */
void _cfoil_block_reader_skip_to (CfoilBlockReader *self,
                                  guint             block);
guint _cfoil_block_reader_get_block (CfoilBlockReader *self);
guint _cfoil_block_reader_get_n_rows (CfoilBlockReader *self);

/* Of the current block, borrowed until the next; *COLUMN is NULL when nobody said
 * anything.  FALSE: *ERROR is set. */
gboolean _cfoil_block_reader_get_number (CfoilBlockReader         *self,
                                         CfoilField                field,
                                         const CfoilNumberColumn **column,
                                         GError                  **error);
/* What lies between its smallest and its largest, without reading it: of columns that may be
 * long.  *IS_THERE FALSE: nobody said anything. */
gboolean _cfoil_block_reader_peek_number (CfoilBlockReader  *self,
                                          CfoilField         field,
                                          CfoilNumberColumn *column,
                                          gboolean          *is_there,
                                          GError           **error);
gboolean _cfoil_block_reader_get_text (CfoilBlockReader       *self,
                                       CfoilField              field,
                                       const CfoilTextColumn **column,
                                       GError                **error);
/* The values row by row; CFOIL_UNKNOWN where nobody said anything. */
gboolean _cfoil_block_reader_get_numbers (CfoilBlockReader *self,
                                          CfoilField        field,
                                          const gint64    **values,
                                          GError          **error);
/* The texts row by row, also where they follow from another field's. */
typedef struct
{
  const CfoilTextColumn *own;  /* (nullable) */
  const CfoilTextColumn *base; /* (nullable) */
  gboolean is_stem;
  guint16 indexes[CFOIL_BLOCK_ROWS];
  guint16 base_indexes[CFOIL_BLOCK_ROWS];
} CfoilTextRows;

gboolean _cfoil_block_reader_get_texts (CfoilBlockReader *self,
                                        CfoilField        field,
                                        CfoilTextRows    *rows,
                                        GError          **error);
/* Not ended by NUL. */
const char *_cfoil_text_rows_get (const CfoilTextRows *self,
                                  guint                i,
                                  gsize               *length);
static inline gboolean
_cfoil_text_rows_follows (const CfoilTextRows *self,
                          guint                i)
{
  return self->own != NULL && self->indexes[i] == CFOIL_TEXT_SAME;
}

/* The ids of the rows. */
gboolean _cfoil_block_reader_get_ids (CfoilBlockReader *self,
                                      const gint64    **ids,
                                      GError          **error);
void _cfoil_block_reader_add_cost (CfoilBlockReader *self,
                                   CfoilScanCost    *cost);

/* --- which rows of a block (cfoil-scan-mask.c, -filter.c, -test*.c, -text.c) --- */

#define CFOIL_MASK_WORDS (CFOIL_BLOCK_ROWS / 64)
typedef struct
{
  guint64 words[CFOIL_MASK_WORDS];
} CfoilMask;

void _cfoil_mask_fill (CfoilMask *self,
                       guint      n_rows);
gboolean _cfoil_mask_is_empty (const CfoilMask *self);
guint _cfoil_mask_count (const CfoilMask *self);
void _cfoil_mask_and (CfoilMask       *self,
                      const CfoilMask *other);
void _cfoil_mask_and_not (CfoilMask       *self,
                          const CfoilMask *other);
void _cfoil_mask_or (CfoilMask       *self,
                     const CfoilMask *other);

static inline gboolean
_cfoil_mask_get (const CfoilMask *self,
                 guint            i)
{
  return (self->words[i / 64] >> (i % 64)) & 1;
}

static inline void
_cfoil_mask_set (CfoilMask *self,
                 guint      i)
{
  self->words[i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
}

/* A query made ready for one mirror; once made, for any number of threads. */
typedef struct _CfoilFilter CfoilFilter;

CfoilFilter *_cfoil_filter_new (CfoilDatabase       *database,
                                const CfoilQuery    *query,
                                const CfoilScanTime *time,
                                GError             **error);
void _cfoil_filter_free (CfoilFilter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilFilter, _cfoil_filter_free)

/* TRUE: every row passes. */
gboolean _cfoil_filter_is_empty (const CfoilFilter *self);

/* MASK gets the rows of the current block that pass; OUTSIDE how many of them do
 * only because their id was asked for. */
gboolean _cfoil_filter_apply (const CfoilFilter *self,
                              CfoilBlockReader  *blocks,
                              CfoilMask         *mask,
                              guint             *n_outside,
                              GError           **error);

/* Marks in HITS (n_values) the values that have NEEDLE: any part of them, or at the
 * beginning of a word.  An empty one (a word of accents alone, folded) is in every
 * text but the empty one. */
void _cfoil_text_search (const CfoilTextColumn *column,
                         const char            *needle,
                         gboolean               any_part,
                         guint8                *hits);
/* The same for one text. */
gboolean _cfoil_text_matches (const char *folded,
                              const char *needle,
                              gboolean    any_part);

/* Shorter parts of ids match only where a word begins. */
#define CFOIL_MIN_PART 3

/* --- dictionaries (cfoil-scan-dictionary.c) --- */

/* Called with each number of FIELD's dictionary and what it stands for. */
typedef void (*CfoilDictionaryFunc) (gint64 number, const char *text, gint64 value, gpointer user_data);
gboolean _cfoil_dictionary_each (CfoilDatabase      *database,
                                 CfoilField          field,
                                 CfoilDictionaryFunc each,
                                 gpointer            user_data,
                                 GError            **error);

/* --- order (cfoil-scan-order.c) --- */

/* The rows of a mirror by one field: in groups (currencies, for money), each first
 * with the rows whose value is known, ascending, then the others by id. */
typedef struct
{
  guint first, n_known, n_rows;
} CfoilOrderGroup;

typedef struct
{
  gatomicrefcount ref_count;
  CfoilField field;
  gint64 generation;
  guint64 dictionary; /* a number that tells its dictionary's contents */
  guint n_rows;
  guint32 *ids;       /* (owned) */
  GArray *groups;     /* (owned): CfoilOrderGroup */
} CfoilOrder;

CfoilOrder *_cfoil_order_build (CfoilDatabase *database,
                                CfoilField     field,
                                GCancellable  *cancellable,
                                GError       **error);
CfoilOrder *_cfoil_order_ref (CfoilOrder *self);
void _cfoil_order_unref (CfoilOrder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilOrder, _cfoil_order_unref)

/* The ids in order, of those that are set in BITS (nullable: all); N of them. */
GArray *_cfoil_order_pick (const CfoilOrder *self,
                           gboolean          is_ascending,
                           const GArray     *bits,
                           guint             n);

/* --- sorting (cfoil-scan-sort.c) --- */

/* Stable, ascending; IDS go with their KEYS. */
gboolean _cfoil_sort_numbers (guint64      *keys,
                              guint32      *ids,
                              guint         n,
                              GCancellable *cancellable);
/* OFFSETS into BYTES, where each text ends with NUL; IDS go with them. */
gboolean _cfoil_sort_texts (const char   *bytes,
                            guint32      *offsets,
                            guint32      *ids,
                            guint         n,
                            GCancellable *cancellable);

/* --- sums (cfoil-scan-totals.c) --- */

typedef struct _CfoilTotaller CfoilTotaller;
CfoilTotaller *_cfoil_totaller_new (void);
void _cfoil_totaller_free (CfoilTotaller *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilTotaller, _cfoil_totaller_free)
gboolean _cfoil_totaller_add (CfoilTotaller    *self,
                              CfoilBlockReader *blocks,
                              const CfoilMask  *mask,
                              GError          **error);
/* Adds what OTHER added up. */
void _cfoil_totaller_merge (CfoilTotaller       *self,
                            const CfoilTotaller *other);
GArray *_cfoil_totaller_finish (CfoilTotaller *self);

/* --- cache (cfoil-scan-cache.c) --- */

CfoilOrder *_cfoil_scan_cache_find (CfoilScanCache *self,
                                    CfoilField      field,
                                    gint64          generation,
                                    guint64         dictionary);
void _cfoil_scan_cache_put (CfoilScanCache *self,
                            CfoilOrder     *order);
/* A connection that nobody else uses, with its pages mapped; NULL if there is none to be had. */
CfoilDatabase *_cfoil_scan_cache_take_connection (CfoilScanCache *self);
void _cfoil_scan_cache_give_back (CfoilScanCache *self,
                                  CfoilDatabase  *database);
/* Between these two what was given back stays mapped: for several scans, one after the other. */
void _cfoil_scan_cache_hold (CfoilScanCache *self);
void _cfoil_scan_cache_release (CfoilScanCache *self);

/* --- all blocks (cfoil-scan-parts.c) --- */

/* A scan that can be shared between processors: each part begins a result from what is shared
 * (which nobody changes), adds its blocks, and is merged into the first. */
typedef struct
{
  gpointer (*begin) (gpointer shared);
  void (*free) (gpointer result);
  gboolean (*add) (CfoilBlockReader *blocks, gpointer result, GError **error);
  void (*end) (CfoilBlockReader *blocks, gpointer result); /* (nullable): behind the last block of a part */
  void (*merge) (gpointer result, gpointer other);
} CfoilScanPartsFuncs;

/* The result of all blocks, NULL with an error. */
gpointer _cfoil_scan_parts_run (CfoilDatabase             *database,
                                CfoilScanCache            *cache,
                                const CfoilScanPartsFuncs *funcs,
                                gpointer                   shared,
                                GCancellable              *cancellable,
                                GError                   **error);

/* --- matches (cfoil-scan-match.c) --- */

/* The rows that pass a filter. */
typedef struct
{
  GArray *bits;            /* (owned): guint64, a bit for each id */
  CfoilTotaller *totaller; /* (owned) */
  guint n_rows;
  guint n_outside;
  CfoilScanCost cost;
} CfoilMatches;

CfoilMatches *_cfoil_matches_find (CfoilDatabase     *database,
                                   CfoilScanCache    *cache,
                                   const CfoilFilter *filter,
                                   GCancellable      *cancellable,
                                   GError           **error);
void _cfoil_matches_free (CfoilMatches *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilMatches, _cfoil_matches_free)
