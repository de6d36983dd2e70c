/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"
#include "cfoil-query.h"

G_BEGIN_DECLS

/* Answers a query: which rows, in which order, and what they add up to.  Reads the
 * packed columns (see store/cfoil-block.h) that the query, the order and the sums
 * need, and nothing else; the time it takes depends on the number of rows in the
 * mirror and hardly on what is asked. */

typedef struct
{
  CfoilField field;
  gboolean is_ascending;
} CfoilSort;

/* Time descending. */
extern const CfoilSort cfoil_sort_default;

/* "gross", "-time": a field's name, "-" in front for descending. */
gboolean cfoil_sort_from_string (const char *text,
                                 CfoilSort  *sort);
char *cfoil_sort_to_string (const CfoilSort *sort);

/* What a civil date means, and when "today" is. */
typedef struct
{
  GTimeZone *zone; /* (owned by the caller) */
  gint64 now_us;
} CfoilScanTime;

/* Of one currency.  Sums leave out what nobody knows; how many rows that are is in
 * n_unknown_*. */
typedef struct
{
  char currency[16]; /* "": rows without a currency */
  guint64 n_rows;
  gint64 gross_minor;
  gint64 fee_minor;
  gint64 net_minor;
  gint64 refunded_minor;
  guint64 n_unknown_fees; /* rows whose fee and net are not known yet */
  gboolean is_overflown;  /* more than can be counted: the sums are void */
} CfoilTotal;

typedef struct
{
  GArray *ids;    /* gint64, in order */
  GArray *totals; /* CfoilTotal, by currency */
  /* How many of the rows are here only because their id was asked for: the rest of
   * the query would hide them. */
  guint n_outside;
} CfoilScanResult;

void cfoil_scan_result_free (CfoilScanResult *self);

/* Keeps orders of rows between scans, and connections by which one scan is shared
 * between processors, for any number of readers of MIRROR.  Locks by itself; any
 * thread. */
typedef struct _CfoilScanCache CfoilScanCache;
CfoilScanCache *cfoil_scan_cache_new (CfoilMirror *mirror);
CfoilScanCache *cfoil_scan_cache_ref (CfoilScanCache *self);
void cfoil_scan_cache_unref (CfoilScanCache *self);

/* Blocks, for a reader's thread.  CACHE (nullable).  Cancelled, it ends within a
 * millisecond or two with G_IO_ERROR_CANCELLED. */
CfoilScanResult *cfoil_scan (CfoilDatabase       *database,
                             CfoilScanCache      *cache,
                             const CfoilQuery    *query,
                             const CfoilSort     *sort,
                             const CfoilScanTime *time,
                             GCancellable        *cancellable,
                             GError             **error);

/* Only what the rows come to, without their order; within a transaction if one is open.
 * (element-type CfoilTotal) */
GArray *cfoil_scan_totals (CfoilDatabase       *database,
                           CfoilScanCache      *cache,
                           const CfoilQuery    *query,
                           const CfoilScanTime *time,
                           GCancellable        *cancellable,
                           GError             **error);

/* What the rows IDS (any order) add up to: of a selection. */
GArray *cfoil_scan_totals_of (CfoilDatabase *database,
                              const gint64  *ids,
                              guint          n_ids,
                              GCancellable  *cancellable,
                              GError       **error);

/* How much was read, for tests and measurements. */
typedef struct
{
  guint64 n_columns; /* packed columns of blocks */
  guint64 n_bytes;
  guint64 n_rows_compared;
} CfoilScanCost;
void cfoil_scan_get_last_cost (CfoilScanCost *cost); /* of this thread's last scan */

/* The values of FIELD that begin with PREFIX (folded), commonest first, at most
 * LIMIT: for completion.  Of tags each by itself.  (transfer full) */
GPtrArray *cfoil_scan_values (CfoilDatabase *database,
                              CfoilField     field,
                              const char    *prefix,
                              guint          limit,
                              GCancellable  *cancellable,
                              GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilScanCache, cfoil_scan_cache_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilScanResult, cfoil_scan_result_free)

G_END_DECLS
