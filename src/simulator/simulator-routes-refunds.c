/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-service.h"

#include "simulator-ledger.h"
#include "simulator-objects.h"

#include <string.h>

/* Seconds between a refund and its end. */
#define REFUND_SECONDS 3

gboolean
cfoil_sim_get_refund (CfoilSimCall *call)
{
  CfoilSimRefund *refund = g_hash_table_lookup (call->merchant->refunds_by_id, call->id);

  if (refund == NULL)
    return cfoil_sim_not_here (call);
  cfoil_sim_write_refund (call->json, call->merchant, refund);
  return TRUE;
}

/* The captured amount and, in total, fifteen percent more up to a ceiling. */
static gint64
most_refundable (const CfoilSimCharge *charge)
{
  gint64 ceiling = charge->permission->currency == CFOIL_SIM_JPY ? 8400 : 7500;

  return charge->captured + MIN (charge->captured * 15 / 100, ceiling);
}

static gboolean
may_refund (CfoilSimCall         *call,
            const CfoilSimCharge *charge,
            CfoilSimCurrency      currency,
            gint64                amount)
{
  guint n = 0;

  for (const CfoilSimRefund *refund = charge->refunds; refund != NULL; refund = refund->next)
    n++;
  if (cfoil_sim_history_at (&charge->history, call->now)->state != CFOIL_SIM_STATE_Captured)
    return cfoil_sim_call_fail (call, 422, "InvalidChargeStatus", "The charge is not captured.");
  if (currency != charge->permission->currency)
    return cfoil_sim_call_fail (call, 400, "CurrencyMismatch", "The currency differs from the one of the charge.");
  if (n >= 10)
    return cfoil_sim_call_fail (call, 422, "TransactionCountExceeded", "The charge has ten refunds already.");
  if (amount > cfoil_sim_money_maximum (currency) ||
      cfoil_sim_charge_refunded (charge, call->now, TRUE) + amount > most_refundable (charge))
    return cfoil_sim_call_fail (call, 400, "TransactionAmountExceeded", "The amount is above what may be refunded.");
  return TRUE;
}

static gboolean
check_simulation (CfoilSimCall *call,
                  guint        *reason)
{
  *reason = CFOIL_SIM_REASON_NONE;
  if (call->simulation == NULL)
    return TRUE;
  if (strcmp (call->simulation, "AmazonRejected") == 0 || strcmp (call->simulation, "Declined") == 0)
    *reason = CFOIL_SIM_REASON_AmazonRejected;
  else if (strcmp (call->simulation, "ProcessingFailure") == 0)
    *reason = CFOIL_SIM_REASON_ProcessingFailure;
  else
    return cfoil_sim_call_fail (call, 400, "InvalidSandboxSimulationSpecified",
                                "The simulation code is not valid for this operation.");
  return TRUE;
}

/* Money that the buyer has back already is not paid twice. */
gboolean
cfoil_sim_create_refund (CfoilSimCall *call)
{
  const char *id = cfoil_sim_json_get (call->body, "chargeId");
  const char *descriptor = cfoil_sim_json_get (call->body, "softDescriptor");
  CfoilSimMerchant *merchant = call->merchant;
  CfoilSimCharge *charge = id != NULL ? g_hash_table_lookup (merchant->charges_by_id, id) : NULL;
  CfoilSimCurrency currency;
  CfoilSimRefund *refund;
  gint64 done = call->now + REFUND_SECONDS;
  gint64 amount;
  guint reason;

  if (charge == NULL)
    return cfoil_sim_call_fail (call, 404, "ResourceNotFound", "The charge was not found.");
  if (!cfoil_sim_call_price (call, "refundAmount", &currency, &amount) ||
      !may_refund (call, charge, currency, amount) || !check_simulation (call, &reason))
    return FALSE;
  if (descriptor != NULL && strlen (descriptor) > 16)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for softDescriptor is too long.");
  refund = cfoil_sim_merchant_add_refund (merchant, &merchant->random, charge, call->now, amount);
  refund->descriptor = cfoil_sim_merchant_keep (merchant, descriptor);
  if (charge->disputed)
    reason = CFOIL_SIM_REASON_ProcessingFailure;
  if (reason != CFOIL_SIM_REASON_NONE)
    cfoil_sim_history_add (&refund->history, done, CFOIL_SIM_STATE_Declined, reason);
  else
    {
      cfoil_sim_history_add (&refund->history, done, CFOIL_SIM_STATE_Refunded, 0);
      cfoil_sim_ledger_post_refund (merchant, &merchant->random, refund, done);
    }
  call->status = 201;
  cfoil_sim_write_refund (call->json, merchant, refund);
  return TRUE;
}
