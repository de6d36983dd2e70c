/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-database.h"
#include "cfoil-types.h"

/* What sums need of a row of txn.  Texts are borrowed. */
typedef struct
{
  gint64 account_id;
  const char *transaction_id;
  CfoilType type;
  CfoilState state;
  const char *currency;   /* (nullable) */
  gint64 sort_us;
  gint64 gross_minor;
  gint64 fee_minor;       /* or CFOIL_UNKNOWN */
  gint64 net_minor;       /* or CFOIL_UNKNOWN */
  gint64 settlement_id;   /* or CFOIL_UNKNOWN */
  gint64 store_id;        /* its own or that of its permission; CFOIL_UNKNOWN */
  gboolean is_posted;
} CfoilSummedRow;

/* The columns of such a row in a SELECT ... FROM txn AS t, in the order of
 * _cfoil_summed_row_read (). */
#define CFOIL_SUMMED_ROW_COLUMNS \
  "t.account_id, t.transaction_id, t.type, t.state, t.currency, t.sort_us, t.gross_minor, t.fee_minor, t.net_minor, " \
  "t.settlement_id, " \
  "coalesce (t.store_id, (SELECT p.store_id FROM charge_permission AS p " \
  "WHERE p.account_id = t.account_id AND p.permission_id = t.permission_id)), t.posted_us IS NOT NULL"

/* Borrowed until the next step. */
void _cfoil_summed_row_read (CfoilStatement *statement,
                             CfoilSummedRow *row);

/* Whether it counts: see cfoil-summary.h. */
static inline gboolean
_cfoil_summed_row_is_done (const CfoilSummedRow *row)
{
  switch (row->type)
    {
    case CFOIL_TYPE_CHARGE:
      return row->state == CFOIL_STATE_CAPTURED || row->state == CFOIL_STATE_NONE;
    case CFOIL_TYPE_REFUND:
      return row->state == CFOIL_STATE_REFUNDED || row->state == CFOIL_STATE_NONE;
    default:
      return row->is_posted;
    }
}
