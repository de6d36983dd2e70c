/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-books-accounts.h"
#include "cfoil-types.h"

G_BEGIN_DECLS

/* What a row of the mirror says, and the postings that follow from it.  Pure. */
typedef struct
{
  CfoilPurpose purpose;
  gint64 minor; /* debit positive, credit negative; never 0 */
} CfoilBooksPosting;

#define CFOIL_BOOKS_MAX_POSTINGS 4

typedef struct
{
  gint64 at_us;
  gint32 day;             /* in the zone of the books */
  gboolean is_line;       /* a line of a settlement; FALSE: a sale or refund, on the day it was made */
  CfoilType type;         /* of the line or transaction */
  gboolean was_sold;      /* a line of what was booked on the day it was made */
  gint64 account_id;
  gint64 store_id;        /* 0: none */
  gint64 amount_minor;
  gint64 fee_minor;       /* 0 where is_line is FALSE */
  gint64 net_minor;
  guint nth_line;         /* of its transaction, from 0, by the day posted */
  int exponent;
  /* Borrowed until the next row; (nullable) but for the first five. */
  const char *currency;
  const char *provider;
  const char *account;
  const char *transaction_id;
  const char *provider_type;
  const char *settlement_id;
  const char *merchant_reference;
  const char *order_reference;
  const char *charge_id;
  const char *dispute_id;
  const char *store;
  const char *description;

  guint n_postings;
  CfoilBooksPosting postings[CFOIL_BOOKS_MAX_POSTINGS];
} CfoilBooksEntry;

/* Fills in the postings: they add up to 0, because the last one is what the others leave.
 * FALSE: the sums cannot be counted. */
gboolean cfoil_books_entry_balance (CfoilBooksEntry *self);

/* A word or two in English for what happened ("Sale", "Sale settled", "Payout"). */
const char *cfoil_books_entry_get_title (const CfoilBooksEntry *self);

/* TRUE: assets; their name in a register is that of a transfer. */
gboolean cfoil_books_purpose_is_asset (CfoilPurpose purpose);

G_END_DECLS
