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
/* Takes from CANDIDATES the fewest that come to TARGET, as causes.  FALSE: none do. */
gboolean _cfoil_proof_take (CfoilProof *proof,
                            GPtrArray  *candidates,
                            gint64      target);
CfoilCause *_cfoil_proof_add_cause (CfoilProof    *proof,
                                    CfoilCauseKind kind,
                                    gint64         minor,
                                    char          *text);
void _cfoil_cause_free (gpointer data);
char *_cfoil_proof_query (const CfoilProof *proof,
                          const char       *type); /* (nullable): "reserve" */
char *_cfoil_proof_money (const CfoilProof *proof,
                          gint64            minor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilProofItem, _cfoil_proof_item_free)

G_END_DECLS
