/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"
#include "cfoil-period.h"
#include "cfoil-table.h"

G_BEGIN_DECLS

/* The proof of a settlement: opening balance plus every line equals closing balance plus
 * what was paid out, to the minor unit, or the remainder with its cause and the lines that
 * make it.  One per settlement and currency.  Signs are those of the merchant's balance:
 * what comes in is positive.  Reads the sums that the writer keeps (settlement_sum) and the
 * few lines that carry balances.  Blocks, for a reader's thread.
 *
 *   opening + captures + refunds + fees + chargebacks + claims + adjustments + other
 *   + rounding - closing = computed = disbursed
 *
 * A cause with an amount is proven by something else in the mirror: another line, the payment
 * itself, the settlement beside it.  What is only likely is a suspect and comes to nothing.
 *
 * and the settlement opens with what the one before it (of the same account, merchant and
 * currency) closed with, and what was disbursed stands in the files as a transfer.
 * Payouts that stand in the file of the next settlement are no part of that one. */
typedef enum
{
  CFOIL_PROOF_BALANCED,
  CFOIL_PROOF_OPEN,     /* nobody has said yet what was paid out */
  CFOIL_PROOF_DIFFERS,  /* and no cause explains all of it */
  CFOIL_PROOF_EXPLAINED /* differs, and the causes add up to the remainder */
} CfoilProofState;

/* "balanced", "open", "differs", "explained"; and in words (N_()): "Balanced". */
const char *cfoil_proof_state_to_string (CfoilProofState state);
const char *cfoil_proof_state_get_title (CfoilProofState state);

typedef enum
{
  CFOIL_CAUSE_MISSING_DAY,     /* a report of the period is missing, or lacks rows */
  CFOIL_CAUSE_FORMER_TRANSFER, /* the payout of the period before stands in this file */
  CFOIL_CAUSE_LATER_TRANSFER,  /* this period's payout stands in the next file */
  CFOIL_CAUSE_CARRYOVER,       /* carried on instead of paid out */
  CFOIL_CAUSE_RESERVE,         /* reserve opened with another amount than was withheld before */
  CFOIL_CAUSE_UNKNOWN_TYPE,    /* lines of a type that the program does not know */
  CFOIL_CAUSE_ROUNDING,        /* lines whose net is not amount + fee */
  CFOIL_CAUSE_PAYOUT,          /* the payout differs from the transfer line */
  CFOIL_CAUSE_FAILED_PAYOUT,   /* paid out and returned by the bank */
  CFOIL_CAUSE_OPENING,         /* opens with another balance than the one before closed with */
  CFOIL_CAUSE_DOUBLED,         /* the same row stands in it twice */
  CFOIL_CAUSE_AMOUNT,          /* a line says another amount than the payment itself */
  CFOIL_CAUSE_CURRENCY,        /* a line has another currency than the rest */
  CFOIL_CAUSE_MISPLACED,       /* a line stands in the file of the wrong period */
  CFOIL_CAUSE_SUSPECT,         /* would make up the remainder and looks odd; nothing proves it */
  CFOIL_CAUSE_UNCONFIRMED,     /* lines of which nothing else tells what they should come to */
  CFOIL_N_CAUSES
} CfoilCauseKind;

/* "missing-day", "former-transfer" …; and in words (N_()): "Rounding". */
const char *cfoil_cause_kind_to_string (CfoilCauseKind kind);
const char *cfoil_cause_kind_get_title (CfoilCauseKind kind);

typedef struct
{
  CfoilCauseKind kind;
  gint64 minor;          /* its part of the remainder; 0: only worth knowing */
  char *text;            /* translated: a sentence with its numbers */
  char *query;           /* (nullable): its lines as transactions */
  GArray *rows;          /* (nullable): guint row numbers in the file */
} CfoilCause;

/* Its sentence where its kind does not stand beside it: what is only suspected says so. */
char *cfoil_cause_dup_sentence (const CfoilCause *self);

typedef struct
{
  gint64 settlement_pk;             /* negative: paid out, and no line of it is known */
  char *account, *settlement_id, *currency;
  gint64 start_us, end_us;          /* or CFOIL_UNKNOWN */
  gint64 opening_minor;             /* reserve and balance brought forward */
  gint64 opening_reserve_minor;     /* of it the reserve */
  gint64 captures_minor, refunds_minor, fees_minor, chargebacks_minor, claims_minor;
  gint64 reserve_minor;             /* withheld and released, without what was brought forward */
  gint64 adjustments_minor, other_minor;
  gint64 rounding_minor;            /* by how much nets are not amount + fee */
  gint64 transfer_minor;            /* this period's payout in its own file; negative: paid out */
  gint64 former_transfer_minor;     /* that of the period before in this file */
  gint64 closing_minor;             /* held back (-reserve) and carried on */
  gint64 computed_minor;            /* what should have been paid out */
  gint64 disbursed_minor;           /* what the provider says it paid out; CFOIL_UNKNOWN */
  char *bank_reference;             /* (nullable) */
  gint64 disbursed_us;
  gint64 remainder_minor;           /* 0, or what does not add up: disbursed - computed, or where these agree, by how
                                     * much another link of the chain is off */
  guint n_lines;
  CfoilProofState state;
  gboolean is_wrong;                /* somebody should look into it: it differs, and for more than a payout that the bank
                                     * returned or whose report is older than all that there are */
  GPtrArray *causes;                /* CfoilCause */
} CfoilProof;

void cfoil_proof_free (CfoilProof *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilProof, cfoil_proof_free)

/* All settlements of ACCOUNTS (names, NULL: all), newest first; of PERIOD (nullable: all)
 * those that end in it (of unknown ones: were paid in it).  The lines of settlements whose
 * remainder nothing else explains are looked into, too, the newest first, until a quarter
 * of a million lines have been read; for the rest cfoil_proof_read () knows more.
 * (element-type CfoilProof) */
GPtrArray *cfoil_proof_list (CfoilDatabase     *database,
                             char             **accounts,
                             const CfoilPeriod *period,
                             GTimeZone         *zone,
                             GCancellable      *cancellable,
                             GError           **error);
/* How many of all settlements of ACCOUNTS are wrong, from the sums alone; SETTLEMENT_ID
 * (nullable; free it) gets the number of the newest of them, or NULL. */
gboolean cfoil_proof_count_wrong (CfoilDatabase *database,
                                  char         **accounts,
                                  GCancellable  *cancellable,
                                  guint         *n,
                                  char         **settlement_id,
                                  GError       **error);
/* One of them with its causes looked into line by line.  G_IO_ERROR_NOT_FOUND. */
CfoilProof *cfoil_proof_read (CfoilDatabase *database,
                              gint64         settlement_pk,
                              const char    *currency,
                              GCancellable  *cancellable,
                              GError       **error);
/* The settlement as a person names it, by the provider's id (CURRENCY nullable: the only
 * one; ACCOUNT nullable: in any).  G_IO_ERROR_NOT_FOUND; CFOIL_INPUT_ERROR_UNKNOWN where
 * several are meant. */
CfoilProof *cfoil_proof_find (CfoilDatabase *database,
                              const char    *account,
                              const char    *settlement_id,
                              const char    *currency,
                              GCancellable  *cancellable,
                              GError       **error);
/* The CSV of the product notes, 6.4: settlement_id, currency, opening_balance, …, difference,
 * cause; behind them the account, the period, the state, the bank reference. */
CfoilTable *cfoil_proof_to_table (GPtrArray *proofs);
/* The settlement's lines, in the file's order. */
CfoilTable *cfoil_proof_read_lines (CfoilDatabase *database,
                                    gint64         settlement_pk,
                                    const char    *currency,
                                    GCancellable  *cancellable,
                                    GError       **error);
/* Captured, not settled, and older than nine of ten payments were when they were settled. */
CfoilTable *cfoil_proof_read_unsettled (CfoilDatabase *database,
                                        char         **accounts,
                                        gint64         now_us,
                                        GCancellable  *cancellable,
                                        GError       **error);

G_END_DECLS
