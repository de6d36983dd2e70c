/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-dossier.h"

G_BEGIN_DECLS

/* Refund, accept or contest: the arithmetic.  It advises and never acts.  Money is exact
 * (whole minor units, probabilities in parts per million).  Source: product/peers 6.6. */

typedef struct
{
  gint64 contest_fee_minor;  /* extra cost of contesting; CFOIL_UNKNOWN: not known, taken as the last fee seen or 0 */
  gboolean contest_fee_returned; /* on a win */
  gboolean fee_returned;     /* the fee already charged, on a win */
  guint labour_minutes;
  gint64 hourly_minor;       /* in the disputed currency */
  gint64 goods_minor;        /* what the goods are worth if they come back; 0 */
} CfoilDecisionCosts;

typedef enum { CFOIL_ADVICE_CONTEST, CFOIL_ADVICE_ACCEPT, CFOIL_ADVICE_CLOSE_CALL, CFOIL_ADVICE_PROTECTION } CfoilAdvice;

typedef struct
{
  char *currency;
  gint64 amount_minor;
  gint64 accept_minor;       /* what each way is worth, negative is a cost */
  gint64 contest_minor;      /* expected */
  gint64 contest_low_minor;  /* at the ends of the interval */
  gint64 contest_high_minor;
  gint64 refund_minor;
  gboolean can_refund;
  int break_even_ppm;        /* at least so likely must a win be; above 1000000: never worth it */
  int chance_ppm;            /* (w + 1) / (w + l + 3) */
  int low_ppm, high_ppm;     /* 80 % interval (cfoil_ratio_interval ()) */
  guint n_won, n_lost;       /* of the sample */
  const char *scope;         /* translated: which cases were counted */
  gboolean is_published;     /* no case of one's own: the published range 30 to 54 % */
  CfoilAdvice advice;
  char *text;                /* translated: the advice in one or two sentences with its numbers */
  char *changes;             /* translated: what would change it */
} CfoilDecision;

/* NULL when the amount or its currency is not known. */
CfoilDecision *cfoil_decision_make (const CfoilDossier       *dossier,
                                    CfoilProduct              product,
                                    const CfoilDecisionCosts *costs);
void cfoil_decision_free (CfoilDecision *self);

/* --- after the outcome: what was there, what was missing --- */

typedef struct
{
  char *title;         /* translated: of the fact or exhibit */
  gboolean was_present;
  guint n_won_with, n_lost_with;       /* of the merchant's decided cases of this reason */
  guint n_won_without, n_lost_without;
} CfoilLesson;
void cfoil_lesson_free (CfoilLesson *lesson);
/* Only what the merchant's own cases support: no row without counts.
 * (element-type CfoilLesson) */
GPtrArray *cfoil_lessons_read (CfoilDatabase *database,
                               gint64         case_id,
                               GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilDecision, cfoil_decision_free)

G_END_DECLS
