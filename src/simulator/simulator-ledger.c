/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-ledger.h"

#include "simulator-generate.h"

#include <string.h>

static const char *const type_names[] = {
  "Authorization", "Capture", "Refund", "A-to-z Guarantee Claim", "Chargeback",
  "Dispute", "Transfer", "Reserve", "Carryover", "Adjustment"
};

/* Basis points at home and across the border, fixed fee, dispute fee. */
static const struct {
  int domestic;
  int cross_border;
  gint64 fixed;
  gint64 dispute;
} fees[CFOIL_SIM_N_CURRENCIES] = {
  { 290, 390, 30, 2000 }, { 270, 420, 35, 1400 }, { 270, 420, 30, 1400 }, { 390, 450, 0, 0 }
};

const char *
cfoil_sim_line_type_name (guint type)
{
  return type_names[type];
}

gint64
cfoil_sim_line_net (const CfoilSimLine *line)
{
  return line->amount + line->percentage_fee + line->fixed_fee;
}

void
cfoil_sim_fees_for_capture (CfoilSimCurrency currency,
                            gint64           amount,
                            gboolean         cross_border,
                            gint64          *percentage,
                            gint64          *fixed)
{
  int points = cross_border ? fees[currency].cross_border : fees[currency].domestic;

  *percentage = -cfoil_sim_money_basis_points (amount, points);
  *fixed = -fees[currency].fixed;
}

gint64
cfoil_sim_fee_for_dispute (CfoilSimCurrency currency)
{
  return -fees[currency].dispute;
}

static CfoilSimLine *
post (CfoilSimMerchant     *merchant,
      CfoilSimLineType      type,
      const CfoilSimCharge *charge,
      const char           *transaction_id,
      gint64                at,
      gint64                amount)
{
  CfoilSimLine line = { 0 };

  line.posted = at;
  line.transaction_id = transaction_id;
  line.charge = charge;
  line.amount = amount;
  line.sequence = merchant->lines->len;
  line.type = (guint8) type;
  line.currency = charge->permission->currency;
  g_array_append_val (merchant->lines, line);
  return &g_array_index (merchant->lines, CfoilSimLine, merchant->lines->len - 1);
}

void
cfoil_sim_ledger_post_capture (CfoilSimMerchant *merchant,
                               CfoilSimCharge   *charge,
                               gint64            at)
{
  CfoilSimLine *line = post (merchant, CFOIL_SIM_LINE_CAPTURE, charge, charge->id, at, charge->captured);

  cfoil_sim_fees_for_capture (line->currency, charge->captured, charge->cross_border,
                              &line->percentage_fee, &line->fixed_fee);
}

/* Half of the refunds give the percentage fee back, never the fixed one. */
void
cfoil_sim_ledger_post_refund (CfoilSimMerchant *merchant,
                              CfoilSimRandom   *random,
                              CfoilSimRefund   *refund,
                              gint64            at)
{
  CfoilSimCharge *charge = refund->charge;
  CfoilSimLine *line = post (merchant, CFOIL_SIM_LINE_REFUND, charge, refund->id, at, -refund->amount);
  gint64 fixed;

  if (!cfoil_sim_random_chance (random, 500))
    return;
  cfoil_sim_fees_for_capture (line->currency, MIN (refund->amount, charge->captured), charge->cross_border,
                              &line->percentage_fee, &fixed);
  line->percentage_fee = -line->percentage_fee;
}

/* The fee for an authorisation that nobody captured; the row carries the
 * older form of the id. */
void
cfoil_sim_ledger_post_unused (CfoilSimMerchant *merchant,
                              CfoilSimCharge   *charge,
                              gint64            at)
{
  char id[32];
  CfoilSimLine *line;

  if (charge->permission->currency == CFOIL_SIM_JPY)
    return;
  g_strlcpy (id, charge->id, sizeof id);
  id[strlen (id) - 7] = 'A';
  line = post (merchant, CFOIL_SIM_LINE_AUTHORIZATION, charge, cfoil_sim_merchant_keep (merchant, id), at, 0);
  line->fixed_fee = -fees[line->currency].fixed;
}

void
cfoil_sim_ledger_post_chargeback (CfoilSimMerchant *merchant,
                                  CfoilSimRandom   *random,
                                  CfoilSimDispute  *dispute,
                                  gint64            at,
                                  gboolean          returned)
{
  gboolean by_charge = cfoil_sim_random_chance (random, 130);

  post (merchant, CFOIL_SIM_LINE_CHARGEBACK, dispute->charge, by_charge ? dispute->charge->id : dispute->id,
        at, returned ? dispute->amount : -dispute->amount);
}

void
cfoil_sim_ledger_post_dispute (CfoilSimMerchant *merchant,
                               CfoilSimDispute  *dispute,
                               gint64            at)
{
  CfoilSimLine *line;

  if (dispute->charge->permission->currency == CFOIL_SIM_JPY)
    return;
  line = post (merchant, CFOIL_SIM_LINE_DISPUTE, dispute->charge, dispute->id, at, 0);
  line->fixed_fee = cfoil_sim_fee_for_dispute (line->currency);
}

static void
write_charge (CfoilSimMerchant *merchant,
              CfoilSimCharge   *charge,
              gint64            until)
{
  for (guint i = 0; i < charge->history.n; i++)
    {
      const CfoilSimStep *step = &charge->history.steps[i];

      if (step->state == CFOIL_SIM_STATE_Captured)
        cfoil_sim_ledger_post_capture (merchant, charge, step->at);
      else if (step->state == CFOIL_SIM_STATE_Canceled && step->at < until)
        cfoil_sim_ledger_post_unused (merchant, charge, step->at);
    }
}

static void
write_dispute (CfoilSimMerchant *merchant,
               CfoilSimRandom   *random,
               CfoilSimDispute  *dispute)
{
  gboolean contested = FALSE;
  gboolean decided = FALSE;

  cfoil_sim_ledger_post_chargeback (merchant, random, dispute, dispute->created + 1800, FALSE);
  for (guint i = 0; i < dispute->history.n && !decided; i++)
    {
      const CfoilSimStep *step = &dispute->history.steps[i];

      contested |= step->state == CFOIL_SIM_STATE_UnderReview;
      decided = step->state == CFOIL_SIM_STATE_Resolved && step->at < merchant->options.until;
      if (decided && step->resolution != CFOIL_SIM_RESOLUTION_BuyerWon)
        {
          cfoil_sim_ledger_post_chargeback (merchant, random, dispute, step->at + 5400, TRUE);
          dispute->charge->disputed = FALSE;
        }
      else if (decided && contested)
        cfoil_sim_ledger_post_dispute (merchant, dispute, step->at + 5400);
    }
}

/* Claims and corrections exist on the ledger only: the API knows no object
 * for them. */
static void
write_oddities (CfoilSimMerchant *merchant,
                CfoilSimRandom   *random)
{
  static const char *const descriptions[] = { "Fee correction", "Refund failure compensation", "Chargeback compensation", "Balance adjustment" };
  gint64 until = merchant->options.until;
  guint claims = 2 + merchant->options.transactions / 700;
  guint adjustments = 2 + merchant->options.days / 20;

  for (guint tries = 0; tries < 400 && claims > 0 && merchant->charges->len > 0; tries++)
    {
      CfoilSimCharge *charge = g_ptr_array_index (merchant->charges, cfoil_sim_random_below (random, merchant->charges->len));
      gint64 at = cfoil_sim_charge_captured_at (charge);

      if (at > until - 9 * CFOIL_SIM_DAY || charge->disputed || charge->refunds != NULL)
        continue;
      charge->disputed = TRUE;
      post (merchant, CFOIL_SIM_LINE_CLAIM, charge, charge->id,
            at + CFOIL_SIM_HOUR * cfoil_sim_random_between (random, 60, 190), -charge->captured);
      claims--;
    }
  for (guint i = 0; i < adjustments && merchant->charges->len > 0; i++)
    {
      CfoilSimCharge *charge = g_ptr_array_index (merchant->charges, cfoil_sim_random_below (random, merchant->charges->len));
      gint64 at = until - CFOIL_SIM_HOUR * cfoil_sim_random_between (random, 2, MAX ((gint64) merchant->options.days * 24 - 24, 3));
      gint64 amount = cfoil_sim_random_between (random, 100, 2500) * (i % 3 == 0 ? -1 : 1);
      CfoilSimLine *line = post (merchant, CFOIL_SIM_LINE_ADJUSTMENT, charge, NULL, at, amount);

      line->charge = NULL;
      line->description = descriptions[i % G_N_ELEMENTS (descriptions)];
    }
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const CfoilSimLine *x = a;
  const CfoilSimLine *y = b;

  if (x->posted != y->posted)
    return x->posted < y->posted ? -1 : 1;
  return x->sequence < y->sequence ? -1 : x->sequence > y->sequence;
}

void
cfoil_sim_ledger_write_history (CfoilSimMerchant *merchant)
{
  CfoilSimRandom random;

  cfoil_sim_random_init (&random, merchant->options.seed, "ledger");
  for (guint i = 0; i < merchant->charges->len; i++)
    write_charge (merchant, g_ptr_array_index (merchant->charges, i), merchant->options.until);
  for (guint i = 0; i < merchant->refunds->len; i++)
    {
      CfoilSimRefund *refund = g_ptr_array_index (merchant->refunds, i);
      const CfoilSimStep *last = &refund->history.steps[refund->history.n - 1];

      if (last->state == CFOIL_SIM_STATE_Refunded)
        cfoil_sim_ledger_post_refund (merchant, &random, refund, last->at);
    }
  for (guint i = 0; i < merchant->disputes->len; i++)
    write_dispute (merchant, &random, g_ptr_array_index (merchant->disputes, i));
  write_oddities (merchant, &random);
  g_array_sort (merchant->lines, compare_lines);
  for (guint i = 0; i < merchant->lines->len; i++)
    g_array_index (merchant->lines, CfoilSimLine, i).sequence = i;
  if (!merchant->options.sandbox)
    cfoil_sim_settle_history (merchant);
}
