/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Which transactions, in which order.  Immutable once it is given away. */
#define CFOIL_TYPE_RECORD_QUERY (cfoil_record_query_get_type ())

typedef enum
{
  CFOIL_RECORD_SORT_TIME,
  CFOIL_RECORD_SORT_GROSS, /* amounts: by currency first, they cannot be compared */
  CFOIL_RECORD_SORT_FEE,
  CFOIL_RECORD_SORT_NET,
} CfoilRecordSort;
#define CFOIL_N_RECORD_SORTS 4

typedef struct
{
  gint64 account_id; /* 0: all accounts */
  CfoilRecordSort sort;
  gboolean is_ascending;
} CfoilRecordQuery;

GType cfoil_record_query_get_type (void);

/* All accounts, newest first. */
CfoilRecordQuery *cfoil_record_query_new (void);
CfoilRecordQuery *cfoil_record_query_copy (const CfoilRecordQuery *self);
void cfoil_record_query_free (CfoilRecordQuery *self);
gboolean cfoil_record_query_equal (const CfoilRecordQuery *a,
                                   const CfoilRecordQuery *b);

/* SQL that gives the ids in order; ?1 is the account, where there is one. */
char *cfoil_record_query_to_sql (const CfoilRecordQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilRecordQuery, cfoil_record_query_free)

G_END_DECLS
