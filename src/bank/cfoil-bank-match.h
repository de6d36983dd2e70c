/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* Which entry of a bank statement is which payout.  First by the reference that the
 * provider says it prints on the statement, anywhere in the entry's reference or text, in
 * the same currency; then by amount and currency, when the entry is of the day of the payout
 * or at most CFOIL_BANK_MATCH_DAYS later, and there is only one of each.  What a person
 * said stays. */
#define CFOIL_BANK_MATCH_DAYS 7

/* Inside a transaction.  N (nullable) gets how many were found. */
gboolean cfoil_bank_match_run (CfoilDatabase *writer,
                               guint         *n,
                               GError       **error);
/* The same in a transaction of its own: payouts may come after the statement. */
gboolean cfoil_bank_match_sync (CfoilMirror *mirror,
                                guint       *n,
                                GError     **error);
/* By hand; SETTLEMENT_ID NULL takes it back.  Errors: G_IO_ERROR_NOT_FOUND,
 * CFOIL_INPUT_ERROR_CURRENCY (the payout is in another one). */
gboolean cfoil_bank_match_set_sync (CfoilMirror *mirror,
                                    gint64       entry_id,
                                    const char  *settlement_id,
                                    GError     **error);

/* A payout and the entries that are it, or one without the other. */
typedef struct
{
  gint64 entry_id;            /* 0: no entry */
  gint32 day;
  char *bank_account;         /* (nullable), and all texts of the side that is missing */
  char *reference;            /* of the entry; without one what the payout's should have */
  char *text;
  char *currency;
  gint64 entry_minor;         /* CFOIL_UNKNOWN: no entry */
  char *settlement_id;
  char *account;
  gint32 payout_day;
  gint64 payout_minor;        /* CFOIL_UNKNOWN: no payout */
  gint64 difference_minor;    /* all entries of the payout - payout; of one side alone that side */
  char *how;                  /* (nullable): "reference", "amount", "hand" */
} CfoilBankPair;

void cfoil_bank_pair_free (CfoilBankPair *self);

/* What stands on which side.  Payouts from before the first entry and from after the last one are not looked for. */
typedef enum
{
  CFOIL_BANK_MISSING = 1 << 0,   /* payouts that are on no statement */
  CFOIL_BANK_DIFFERENT = 1 << 1, /* entries of another amount than their payout, or whose payout nobody knows any more */
  CFOIL_BANK_MATCHED = 1 << 2,
  CFOIL_BANK_OTHER = 1 << 3,     /* entries that are no payout */
  CFOIL_BANK_OPEN = CFOIL_BANK_MISSING | CFOIL_BANK_DIFFERENT,
  CFOIL_BANK_ALL = CFOIL_BANK_OPEN | CFOIL_BANK_MATCHED | CFOIL_BANK_OTHER,
} CfoilBankKinds;

/* Which one of them it is. */
CfoilBankKinds cfoil_bank_pair_get_kind (const CfoilBankPair *self);

/* In the order of the kinds, each newest first and at most LIMIT of it.  (element-type CfoilBankPair) */
GPtrArray *cfoil_bank_match_list (CfoilDatabase *database,
                                  CfoilBankKinds kinds,
                                  guint          limit,
                                  GError       **error);

G_END_DECLS
