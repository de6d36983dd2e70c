/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-ledger.h"

#define TRANSFER_TEXT "SellerPayments_DateRangeReport_transfer_accounting_ending_with_trace_id"

/* Days of the first period and of the following ones. */
static const struct {
  guint first;
  guint next;
} cadence[] = { { 14, 1 }, { 14, 3 }, { 16, 14 } };

gboolean
cfoil_sim_region_uses (CfoilSimRegion   region,
                       CfoilSimCurrency currency)
{
  switch (region)
    {
    case CFOIL_SIM_REGION_EU:
      return currency == CFOIL_SIM_EUR || currency == CFOIL_SIM_GBP;
    case CFOIL_SIM_REGION_JP:
      return currency == CFOIL_SIM_JPY;
    case CFOIL_SIM_REGION_NA:
    default:
      return currency == CFOIL_SIM_USD;
    }
}

static void
post_account_row (CfoilSimMerchant *merchant,
                  CfoilSimCurrency  currency,
                  CfoilSimLineType  type,
                  const char       *description,
                  gint64            at,
                  gint64            amount,
                  guint             settlement)
{
  CfoilSimLine line = { 0 };

  if (amount == 0)
    return;
  line.posted = at;
  line.description = description;
  line.amount = amount;
  line.sequence = merchant->lines->len;
  line.settlement = settlement;
  line.type = (guint8) type;
  line.currency = (guint8) currency;
  g_array_append_val (merchant->lines, line);
}

static CfoilSimSettlement *
add_settlement (CfoilSimMerchant *merchant,
                CfoilSimRandom   *random,
                CfoilSimCurrency  currency,
                gint64            start,
                gint64            end)
{
  static const char alphabet[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  CfoilSimSettlement *settlement = g_new0 (CfoilSimSettlement, 1);
  char text[32];
  char reference[13];

  /* Numbers that grow with time and never repeat. */
  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT,
              G_GINT64_CONSTANT (10000000000) + merchant->settlements->len * 1000003 +
              (gint64) (merchant->options.seed % 977) * 1000000000 + cfoil_sim_random_below (random, 1000000));
  for (guint i = 0; i < 12; i++)
    reference[i] = alphabet[cfoil_sim_random_below (random, 32)];
  reference[12] = '\0';
  settlement->id = cfoil_sim_merchant_keep (merchant, text);
  settlement->reference = cfoil_sim_merchant_keep (merchant, reference);
  settlement->currency = (guint8) currency;
  settlement->start = start;
  settlement->end = end;
  g_ptr_array_add (merchant->settlements, settlement);
  return settlement;
}

/* Marks what was posted before @end; returns how many rows, their net sum
 * and the captured part of it. */
static guint
collect (CfoilSimMerchant *merchant,
         CfoilSimCurrency  currency,
         gint64            end,
         guint             number,
         gint64           *net,
         gint64           *captured)
{
  guint n = 0;

  for (guint i = 0; i < merchant->lines->len; i++)
    {
      CfoilSimLine *line = &g_array_index (merchant->lines, CfoilSimLine, i);

      if (line->settlement != 0 || line->currency != currency || line->posted >= end)
        continue;
      line->settlement = number;
      *net += cfoil_sim_line_net (line);
      if (line->type == CFOIL_SIM_LINE_CAPTURE)
        *captured += line->amount;
      n++;
    }
  return n;
}

/* Pays out, or carries over what cannot be paid. */
static void
close_period (CfoilSimMerchant   *merchant,
              CfoilSimRandom     *random,
              CfoilSimSettlement *settlement,
              guint               number,
              gint64              payout,
              gboolean            plain)
{
  CfoilSimBalance *balance = &merchant->balances[settlement->currency];
  guint roll = plain ? 999 : cfoil_sim_random_below (random, 1000);

  balance->carried = 0;
  balance->late_transfer = 0;
  balance->returned = 0;
  if (payout <= 0 || roll < 35)
    {
      balance->carried = payout;
      post_account_row (merchant, settlement->currency, CFOIL_SIM_LINE_CARRYOVER,
                        payout > 0 ? "Transfer failed, carried to next settlement" : "Negative balance carried to next settlement",
                        settlement->end, -payout, number);
      return;
    }
  settlement->paid = payout;
  if (roll < 85)
    {
      balance->late_transfer = payout;
      return;
    }
  post_account_row (merchant, settlement->currency, CFOIL_SIM_LINE_TRANSFER, TRANSFER_TEXT,
                    settlement->end, -payout, number);
  if (merchant->options.returned_payouts && roll < 115)
    balance->returned = payout;
}

/* Closes the period of @currency at @end.  The rows of the new settlement sum
 * up to nothing, or to a transfer that the next one shows.  @plain: settled by
 * hand: the last second counts, and there is always a transfer.
 * Returns: (transfer none) (nullable): %NULL when there was nothing to settle */
CfoilSimSettlement *
cfoil_sim_settle (CfoilSimMerchant *merchant,
                  CfoilSimCurrency  currency,
                  gint64            end,
                  gboolean          plain)
{
  CfoilSimBalance *balance = &merchant->balances[currency];
  guint number = merchant->settlements->len + 1;
  gint64 start = balance->period_start;
  gint64 captured = 0;
  gint64 net = 0;
  gint64 reserve = 0;
  CfoilSimRandom random;
  CfoilSimSettlement *settlement;

  if (collect (merchant, currency, plain ? end + 1 : end, number, &net, &captured) == 0)
    return NULL;
  cfoil_sim_random_init (&random, merchant->options.seed * 7919 + number, "settlement");
  settlement = add_settlement (merchant, &random, currency, start, end);
  post_account_row (merchant, currency, CFOIL_SIM_LINE_RESERVE, "Previous Reserve Balance", start, balance->reserve, number);
  post_account_row (merchant, currency, CFOIL_SIM_LINE_CARRYOVER, "Carried from previous settlement", start, balance->carried, number);
  post_account_row (merchant, currency, CFOIL_SIM_LINE_TRANSFER, TRANSFER_TEXT,
                    MIN (start + 7 * CFOIL_SIM_HOUR, end), -balance->late_transfer, number);
  post_account_row (merchant, currency, CFOIL_SIM_LINE_TRANSFER, "Transfer returned by the bank",
                    start + (end - start) / 2, balance->returned, number);
  net += balance->reserve + balance->carried + balance->returned;
  if (cfoil_sim_random_chance (&random, 700) && captured > 0 && net > captured / 5)
    reserve = captured / 2500 * 100;
  post_account_row (merchant, currency, CFOIL_SIM_LINE_RESERVE, "Current Reserve Balance", end, -reserve, number);
  balance->reserve = reserve;
  close_period (merchant, &random, settlement, number, net - reserve, plain);
  balance->period_start = end;
  return settlement;
}

/* Midnight of the account's zone (and some seconds) on the day of @time. */
static gint64
local_midnight (const CfoilSimMerchant *merchant,
                gint64                  time)
{
  gint64 unused;
  int offset = cfoil_sim_zone_offset (merchant->zone, time, &unused);

  return (time + offset) / CFOIL_SIM_DAY * CFOIL_SIM_DAY - offset + 3 + (gint64) (merchant->options.seed % 50);
}

void
cfoil_sim_settle_history (CfoilSimMerchant *merchant)
{
  const CfoilSimOptions *options = &merchant->options;
  gint64 start = options->until - options->days * CFOIL_SIM_DAY;
  guint first = MIN (cadence[options->region].first, MAX (options->days / 3, 1));
  gint64 day = start + first * CFOIL_SIM_DAY;

  for (guint currency = 0; currency < CFOIL_SIM_N_CURRENCIES; currency++)
    merchant->balances[currency].period_start = start;
  for (; local_midnight (merchant, day) < options->until - CFOIL_SIM_HOUR; day += cadence[options->region].next * CFOIL_SIM_DAY)
    for (guint currency = 0; currency < CFOIL_SIM_N_CURRENCIES; currency++)
      if (cfoil_sim_region_uses (options->region, currency))
        cfoil_sim_settle (merchant, currency, local_midnight (merchant, day), FALSE);
}
