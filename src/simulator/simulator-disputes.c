/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-generate.h"

#include "simulator-catalogue.h"

typedef enum {
  END_OPEN,
  END_MORE_EVIDENCE,
  END_REVIEW,
  END_BUYER_EVIDENCE,
  END_DECIDED,
  END_UNCONTESTED,
  END_CLOSED
} End;

/* How a chargeback stands when the history ends.  @hours: until the deadline
 * for open ones; since it was filed for the others (0: long ago). */
typedef struct {
  End end;
  int hours;
  guint8 reason;
  guint8 resolution;
} Plan;

static const Plan plans[] = {
  { END_OPEN, 20, 0, 0 },
  { END_OPEN, 60, 0, 0 },
  { END_MORE_EVIDENCE, 9 * 24, 0, 0 },
  { END_REVIEW, 12 * 24, 0, 0 },
  { END_DECIDED, 0, CFOIL_SIM_REASON_InvestigatorResolved, CFOIL_SIM_RESOLUTION_BuyerWon },
  { END_DECIDED, 0, CFOIL_SIM_REASON_InvestigatorResolved, CFOIL_SIM_RESOLUTION_MerchantWon },
  { END_UNCONTESTED, 0, CFOIL_SIM_REASON_MerchantResponseDeadlineExpired, CFOIL_SIM_RESOLUTION_BuyerWon },
  { END_UNCONTESTED, 0, CFOIL_SIM_REASON_MerchantAcceptedDispute, CFOIL_SIM_RESOLUTION_BuyerWon },
  { END_BUYER_EVIDENCE, 14 * 24, 0, 0 },
  { END_OPEN, 9 * 24, 0, 0 },
  { END_UNCONTESTED, 0, CFOIL_SIM_REASON_BuyerCancelled, CFOIL_SIM_RESOLUTION_MerchantWon },
  { END_UNCONTESTED, 0, CFOIL_SIM_REASON_AutoResolved, CFOIL_SIM_RESOLUTION_MerchantWon },
  { END_DECIDED, 0, CFOIL_SIM_REASON_InvestigatorResolved, CFOIL_SIM_RESOLUTION_NoFault },
  { END_CLOSED, 0, CFOIL_SIM_REASON_InvestigatorResolved, CFOIL_SIM_RESOLUTION_BuyerWon },
  { END_OPEN, 7, 0, 0 },
  { END_CLOSED, 0, CFOIL_SIM_REASON_InvestigatorResolved, CFOIL_SIM_RESOLUTION_MerchantWon },
  { END_OPEN, 30, 0, 0 },
};

static void
decide (CfoilSimDispute *dispute,
        const Plan      *plan,
        gint64           at,
        guint            state)
{
  cfoil_sim_history_add (&dispute->history, at, state, plan->reason);
  dispute->history.steps[dispute->history.n - 1].resolution = plan->resolution;
}

static void
contest (CfoilSimDispute *dispute,
         gint64           at)
{
  cfoil_sim_history_add (&dispute->history, at, CFOIL_SIM_STATE_UnderReview, 0);
  cfoil_sim_dispute_add_evidence (dispute, "TrackingNumber", NULL, "1Z999AA10123456784");
  cfoil_sim_dispute_add_evidence (dispute, "CarrierName", NULL, "UPS");
  cfoil_sim_dispute_add_evidence (dispute, "Receipt", NULL, "Delivered and signed for; the receipt was sent by e-mail.");
}

static gint64
filing_time (const CfoilSimMerchant *merchant,
             CfoilSimRandom         *random,
             const Plan             *plan)
{
  gint64 until = merchant->options.until;
  gint64 oldest = MIN (75, (gint64) merchant->options.days - 3);

  if (plan->end == END_OPEN)
    return until + plan->hours * CFOIL_SIM_HOUR - 11 * CFOIL_SIM_DAY;
  if (plan->hours > 0)
    return until - plan->hours * CFOIL_SIM_HOUR;
  return until - CFOIL_SIM_HOUR * cfoil_sim_random_between (random, 30 * 24, MAX (oldest, 31) * 24);
}

static gboolean
may_be_disputed (const CfoilSimCharge *charge,
                 gint64                filed,
                 gint64                patience)
{
  gint64 captured = cfoil_sim_charge_captured_at (charge);

  return charge->captured > 0 && !charge->disputed && charge->refunds == NULL &&
         captured < filed - 6 * CFOIL_SIM_HOUR && captured > filed - patience;
}

static CfoilSimCharge *
find_charge (const CfoilSimMerchant *merchant,
             CfoilSimRandom         *random,
             gint64                  filed)
{
  guint n = merchant->charges->len;
  guint first = cfoil_sim_random_below (random, n);

  for (gint64 patience = 25 * CFOIL_SIM_DAY; patience < 400 * CFOIL_SIM_DAY; patience *= 6)
    for (guint i = 0; i < n; i++)
      {
        CfoilSimCharge *charge = g_ptr_array_index (merchant->charges, (first + i) % n);

        if (may_be_disputed (charge, filed, patience))
          return charge;
      }
  return NULL;
}

static void
live_through (CfoilSimDispute *dispute,
              CfoilSimRandom  *random,
              const Plan      *plan,
              gint64           until)
{
  gint64 at = dispute->created + CFOIL_SIM_HOUR * cfoil_sim_random_between (random, 20, 100);

  if (plan->end == END_OPEN)
    {
      const Plan silence = { END_UNCONTESTED, 0, CFOIL_SIM_REASON_MerchantResponseDeadlineExpired, CFOIL_SIM_RESOLUTION_BuyerWon };

      decide (dispute, &silence, dispute->deadline, CFOIL_SIM_STATE_Resolved);
      return;
    }
  if (plan->end == END_UNCONTESTED)
    {
      gboolean silent = plan->reason == CFOIL_SIM_REASON_MerchantResponseDeadlineExpired;

      decide (dispute, plan, silent ? dispute->deadline : at, CFOIL_SIM_STATE_Resolved);
      return;
    }
  contest (dispute, at);
  if (plan->end == END_MORE_EVIDENCE)
    {
      cfoil_sim_history_add (&dispute->history, until - 26 * CFOIL_SIM_HOUR, CFOIL_SIM_STATE_ActionRequired,
                             CFOIL_SIM_REASON_MerchantAdditionalEvidencesRequired);
      dispute->deadline = until + 4 * CFOIL_SIM_DAY;
    }
  else if (plan->end == END_BUYER_EVIDENCE)
    cfoil_sim_history_add (&dispute->history, until - 3 * CFOIL_SIM_DAY, CFOIL_SIM_STATE_UnderReview,
                           CFOIL_SIM_REASON_BuyerAdditionalEvidencesRequired);
  else if (plan->end == END_DECIDED || plan->end == END_CLOSED)
    decide (dispute, plan, at + CFOIL_SIM_HOUR * cfoil_sim_random_between (random, 100, 300), CFOIL_SIM_STATE_Resolved);
  if (plan->end == END_CLOSED)
    decide (dispute, plan, at + 15 * CFOIL_SIM_DAY, CFOIL_SIM_STATE_Closed);
}

/* Every stage and every filing reason is there, even for a small shop. */
void
cfoil_sim_generate_disputes (CfoilSimMerchant *merchant)
{
  CfoilSimRandom random;
  guint n = MIN (MAX (merchant->options.transactions * 6 / 1000, 34), merchant->options.transactions / 5);

  cfoil_sim_random_init (&random, merchant->options.seed, "disputes");
  for (guint i = 0; i < n; i++)
    {
      const Plan *plan = &plans[i % G_N_ELEMENTS (plans)];
      gint64 filed = filing_time (merchant, &random, plan) + cfoil_sim_random_below (&random, 1800);
      CfoilSimCharge *charge = find_charge (merchant, &random, filed);
      CfoilSimDispute *dispute;

      if (charge == NULL)
        continue;
      dispute = cfoil_sim_merchant_add_dispute (merchant, &random, charge, filed,
                                                cfoil_sim_filing_reasons[i % CFOIL_SIM_N_FILING_REASONS]);
      live_through (dispute, &random, plan, merchant->options.until);
    }
}
