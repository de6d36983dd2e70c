/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-proof.h"
#include "cfoil-types.h"

G_BEGIN_DECLS

/* A line that carries balances from period to period, or a transfer. */
typedef struct
{
  CfoilType type;
  gint64 posted_us, net_minor;
  guint row_number;
  gint64 ordinal;
  gboolean says_previous; /* its description tells that it was brought forward … */
  gboolean says_current;  /* … or that it is held back now */
} CfoilBalanceLine;

/* By how much a settlement opens otherwise than the one before it closed.  Used: one of
 * the two is known to be wrong, and says so. */
typedef struct
{
  gint64 reserve_minor, carry_minor;
  gboolean reserve_used, carry_used;
} CfoilBalanceBreak;

/* One settlement and currency in its chain. */
typedef struct _CfoilProofItem CfoilProofItem;
struct _CfoilProofItem
{
  CfoilProof *proof;     /* (owned) until somebody takes it */
  gint64 account_id;
  char *merchant_id;     /* (nullable) */
  CfoilProofItem *former, *next; /* (nullable) (borrowed): in the chain */
  gboolean is_after_gap; /* there must be a settlement between the former one and this */

  GArray *lines;         /* CfoilBalanceLine, by time */
  gint64 n_ordinary;     /* lines that are neither balance nor transfer */
  gint64 n_other, other_net;
  gint64 n_unequal, unequal_minor; /* lines whose net is not amount + fee; the sum of it, of all types */

  gint64 open_reserve, open_carry;  /* as in the file */
  gint64 held_reserve, carried_on;  /* negative: held back */
  guint n_carried_on, n_returned, n_own, n_former;
  gint64 returned_minor;
  gint64 own_minor, former_minor;   /* transfers, negative */
  CfoilBalanceBreak breach;         /* against ->former */
  gint64 paid_minor;                /* what is known of it, CFOIL_UNKNOWN */
  gboolean is_paid_expected;        /* only concluded from what the next one opens with */
};

void _cfoil_proof_item_free (CfoilProofItem *self);

/* All of them, chain after chain, each from the oldest to the newest.  Settlements that
 * were paid out and have no lines stand behind. */
GPtrArray *_cfoil_proof_load (CfoilDatabase *database,
                              GError       **error);

/* Which line opens, which closes, whose transfer is whose; the sums of the proof. */
gboolean _cfoil_proof_classify (CfoilDatabase  *database,
                                CfoilProofItem *self,
                                GError        **error);

/* Explanations that may make up a remainder. */
typedef struct
{
  CfoilCauseKind kind;
  gint64 minor;
  char *text;
  char *query;   /* (nullable) */
  GArray *rows;  /* (nullable) */
  gboolean *used; /* (nullable) (borrowed): set if it is taken */
} CfoilCandidate;

GPtrArray *_cfoil_candidates_new (void);
/* TEXT: owned by it from now on. */
CfoilCandidate *_cfoil_candidates_add (GPtrArray     *candidates,
                                       CfoilCauseKind kind,
                                       gint64         minor,
                                       char          *text);
void _cfoil_candidate_add_row (CfoilCandidate *self,
                               guint           row);

/* What the sums tell, before any line is looked at: fills in remainder, state and causes.
 * All of a chain in order. */
void _cfoil_proof_solve (CfoilProofItem *self);
/* Looks at the lines of one whose remainder is not explained, and at those that causes name. */
gboolean _cfoil_proof_dig (CfoilDatabase  *database,
                           CfoilProofItem *self,
                           GCancellable   *cancellable,
                           GError        **error);
/* Takes from CANDIDATES the fewest that come to TARGET, as causes.  FALSE: none do, or
 * several do each alone. */
gboolean _cfoil_proof_take (CfoilProof *proof,
                            GPtrArray  *candidates,
                            gint64      target);
/* One line of a settlement that differs, with what else is known of it. */
typedef struct
{
  guint row;
  CfoilType type;
  gint64 posted_us;
  gint64 amount_minor, fee_minor, net_minor;
  gint64 percentage_minor, fixed_minor; /* parts of the fee, or CFOIL_UNKNOWN */
  gint64 ordinal;
  gint64 said_minor;     /* what its payment, refund or dispute itself says, with the line's sign; or CFOIL_UNKNOWN */
  gint64 payment_minor;  /* what was captured of the payment that it takes back, or CFOIL_UNKNOWN */
  char *foreign;         /* (owned) (nullable): its currency, where it is another one */
  char *id;              /* (owned): the provider's, may be "" */
  char *transaction_id;  /* (owned) */
} CfoilProofLine;

/* What fees of one type usually are, as far as most lines agree. */
typedef struct
{
  guint rates[6]; /* in hundredths of a percent */
  guint n_rates;
  gint64 fixed_minor;   /* with its sign; CFOIL_UNKNOWN: they differ */
} CfoilUsualFee;

/* Everything that the search through one settlement needs. */
typedef struct
{
  CfoilDatabase *database;
  CfoilProofItem *item;
  GPtrArray *candidates; /* (owned): proven, of CfoilCandidate */
  GPtrArray *suspects;   /* (owned): not proven, of CfoilCandidate */
  GArray *lines;         /* (owned) (nullable): of CfoilProofLine */
  gint64 targets[2];     /* what is to be explained: all of it, or what a returned payout leaves */
  guint n_targets;
  CfoilUsualFee usual[CFOIL_TYPE_AUTHORIZATION_FEE + 1]; /* by type */
} CfoilProofDig;

CfoilStatement *_cfoil_proof_dig_prepare (CfoilProofDig *self, /* ?1 the settlement, ?2 the currency */
                                          const char    *sql,
                                          GError       **error);
/* Reads ->lines and learns ->usual. */
gboolean _cfoil_proof_dig_read (CfoilProofDig *self,
                                GError       **error);
/* Lines that something else in the mirror contradicts. */
gboolean _cfoil_proof_dig_add_contradictions (CfoilProofDig *self,
                                              GError       **error);
/* What happened in the period and stands in no settlement.  N (out): how many payments and
 * refunds; SUM (out): of them, before fees. */
gboolean _cfoil_proof_dig_add_missing (CfoilProofDig *self,
                                       guint         *n,
                                       gint64        *sum,
                                       GError       **error);
/* LINE (nullable) as a suspect; TEXT: owned by it from now on. */
void _cfoil_proof_dig_add_suspect (CfoilProofDig        *self,
                                   gint64                minor,
                                   const CfoilProofLine *line,
                                   char                 *text);
/* When nothing is proven: the lines that would make up the remainder and look odd, or else
 * those that nothing confirms. */
void _cfoil_proof_dig_suspect (CfoilProofDig *self);

/* AMOUNT's percentage fee at RATE, rounded, without sign. */
gint64 _cfoil_usual_fee_of (gint64 amount_minor,
                            guint  rate);
/* RATE 0: usually nothing.  A rate that is known already stays once. */
void _cfoil_usual_fee_add_rate (CfoilUsualFee *self,
                                guint          rate);
/* From samples of type CfoilProofLine. */
void _cfoil_usual_fee_learn (CfoilUsualFee *self,
                             CfoilType      type,
                             const GArray  *lines);

CfoilCause *_cfoil_proof_add_cause (CfoilProof    *proof,
                                    CfoilCauseKind kind,
                                    gint64         minor,
                                    char          *text);
void _cfoil_cause_free (gpointer data);
char *_cfoil_proof_query (const CfoilProof *proof,
                          const char       *type); /* (nullable): "reserve" */
char *_cfoil_proof_query_of_id (const char *transaction_id); /* (nullable); NULL: none */
char *_cfoil_proof_money (const CfoilProof *proof,
                          gint64            minor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilProofItem, _cfoil_proof_item_free)

G_END_DECLS
