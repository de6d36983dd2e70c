/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-scan.h"

G_BEGIN_DECLS

/* Which transactions, in which order, by whose calendar.  Immutable once it is
 * given away. */
#define CFOIL_TYPE_RECORD_QUERY (cfoil_record_query_get_type ())

typedef struct
{
  CfoilQuery *query; /* (owned) */
  CfoilSort sort;
  GTimeZone *zone; /* (owned) */
} CfoilRecordQuery;

GType cfoil_record_query_get_type (void);

/* QUERY (nullable): all.  SORT (nullable): newest first.  ZONE (nullable): UTC. */
CfoilRecordQuery *cfoil_record_query_new (CfoilQuery      *query,
                                          const CfoilSort *sort,
                                          GTimeZone       *zone);
CfoilRecordQuery *cfoil_record_query_copy (const CfoilRecordQuery *self);
void cfoil_record_query_free (CfoilRecordQuery *self);
/* The same rows in the same order. */
gboolean cfoil_record_query_equal (const CfoilRecordQuery *a,
                                   const CfoilRecordQuery *b);

/* Until when an answer of NOW_US (both microseconds UTC) is right as long as nobody
 * changes the mirror: to the end of the day by the query's calendar where it speaks of
 * today, and for an hour at most where it asks what expires; G_MAXINT64: for good. */
gint64 cfoil_record_query_fresh_until (const CfoilRecordQuery *self,
                                       gint64                  now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilRecordQuery, cfoil_record_query_free)

G_END_DECLS
