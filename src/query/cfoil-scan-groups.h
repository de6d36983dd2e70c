/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-scan.h"

G_BEGIN_DECLS

/* Who or what brought most: rows of a span and currency, put together by a field, the best
 * by net.  Exact, also of many millions of different values: then in several passes. */
typedef struct
{
  CfoilField field;          /* a text, an id or a reference to a text */
  CfoilField fallback;       /* where that says nothing; CFOIL_N_FIELDS: none */
  const gint64 *account_ids; /* (nullable): all */
  guint n_accounts;
  gint64 from_us, until_us;
  const char *currency;
  guint limit;
  guint64 n_expected;        /* at most so many rows are payments: what is set aside */
} CfoilScanGroupsRequest;

/* Signs are those of the merchant's balance.  Payments and refunds are those that were made. */
typedef struct
{
  gint64 txn_id;         /* the newest row of it, to read its name from */
  gboolean is_fallback;  /* it is named by the fallback */
  guint64 n_payments;
  gint64 gross_minor, refunds_minor, disputes_minor; /* chargebacks, claims and their fees */
  gint64 net_minor;
} CfoilScanGroup;

/* (element-type CfoilScanGroup), the largest net first, of equal ones the newest.  A group
 * whose sums are more than can be counted is left out.  Blocks, for a reader's thread,
 * within a transaction if one is open. */
GArray *cfoil_scan_groups (CfoilDatabase                *database,
                           CfoilScanCache               *cache,
                           const CfoilScanGroupsRequest *request,
                           GCancellable                 *cancellable,
                           GError                      **error);

G_END_DECLS
