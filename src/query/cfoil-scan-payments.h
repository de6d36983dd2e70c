/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-amounts.h"
#include "cfoil-scan.h"

G_BEGIN_DECLS

/* What captured payments come to that no daily sum can tell: the middle one, how many were
 * paid out, and how long that took.  One pass over six packed columns. */

/* Half-open; they may overlap. */
typedef struct
{
  gint64 from_us, until_us;
} CfoilScanSpan;
#define CFOIL_SCAN_MAX_SPANS 4

/* When a settlement's money of a currency was paid out. */
typedef struct
{
  gint64 settlement_id;
  char currency[16];
  gint64 paid_us;
} CfoilScanPayout;

typedef struct
{
  const gint64 *account_ids; /* (nullable): all */
  guint n_accounts;
  const CfoilScanSpan *spans;
  guint n_spans;
  const CfoilScanPayout *payouts; /* (nullable) */
  guint n_payouts;
} CfoilScanPaymentsRequest;

/* Of one span and currency: charges that were captured, or that are movements without a
 * state. */
typedef struct
{
  guint span;
  char currency[16];     /* "": rows without a currency */
  CfoilAmounts *amounts; /* (owned): the gross of each */
  CfoilAmounts *waits;   /* (owned): from payment to payout, in whole minutes, of those that were paid out */
} CfoilScanPayments;

/* (element-type CfoilScanPayments), by span and currency; what has no row is not there.
 * Blocks, for a reader's thread, within a transaction if one is open.  CACHE (nullable):
 * shares the work between processors. */
GPtrArray *cfoil_scan_payments (CfoilDatabase                  *database,
                                CfoilScanCache                 *cache,
                                const CfoilScanPaymentsRequest *request,
                                GCancellable                   *cancellable,
                                GError                        **error);

G_END_DECLS
