/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-service.h"

#include "simulator-ledger.h"
#include "simulator-objects.h"

#include <string.h>

static CfoilSimCharge *
find_charge (CfoilSimCall *call)
{
  CfoilSimCharge *charge = g_hash_table_lookup (call->merchant->charges_by_id, call->id);

  if (charge == NULL || charge->created > call->now)
    {
      cfoil_sim_not_here (call);
      return NULL;
    }
  return charge;
}

static gboolean
answer_charge (CfoilSimCall         *call,
               const CfoilSimCharge *charge,
               guint                 status)
{
  call->status = status;
  cfoil_sim_write_charge (call->json, call->merchant, charge);
  return TRUE;
}

gboolean
cfoil_sim_get_charge (CfoilSimCall *call)
{
  CfoilSimCharge *charge = find_charge (call);

  return charge != NULL && answer_charge (call, charge, 200);
}

static gboolean
has_descriptor (CfoilSimCall *call,
                const char  **descriptor)
{
  *descriptor = cfoil_sim_json_get (call->body, "softDescriptor");
  if (*descriptor != NULL && strlen (*descriptor) > 16)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for softDescriptor is too long.");
  return TRUE;
}

static guint
count_charges (const CfoilSimPermission *permission)
{
  guint n = 0;

  for (const CfoilSimCharge *charge = permission->charges; charge != NULL; charge = charge->next)
    n++;
  return n;
}

static gboolean
may_charge (CfoilSimCall             *call,
            const CfoilSimPermission *permission,
            CfoilSimCurrency          currency,
            gint64                    amount)
{
  if (cfoil_sim_history_at (&permission->history, call->now)->state != CFOIL_SIM_STATE_Chargeable)
    return cfoil_sim_call_fail (call, 422, "InvalidChargePermissionStatus", "The charge permission is not chargeable.");
  if (currency != permission->currency)
    return cfoil_sim_call_fail (call, 400, "CurrencyMismatch", "The currency differs from the one of the charge permission.");
  if (count_charges (permission) >= 25 && !permission->recurring)
    return cfoil_sim_call_fail (call, 422, "TransactionCountExceeded", "The charge permission has too many charges.");
  if (amount > cfoil_sim_money_maximum (currency) || amount > cfoil_sim_permission_balance (permission, call->now))
    return cfoil_sim_call_fail (call, 400, permission->recurring ? "PeriodicAmountExceeded" : "TransactionAmountExceeded",
                                "The amount is above what the charge permission allows.");
  return TRUE;
}

/* Codes that refuse the charge outright. */
static gboolean
check_simulated_decline (CfoilSimCall *call)
{
  static const char *const declines[] = { "SoftDeclined", "HardDeclined", "AmazonRejected", "TransactionTimedOut", NULL };
  static const char *const others[] = { "CaptureInitiated", "AuthorizationInitiated", NULL };

  if (call->simulation == NULL || g_strv_contains (others, call->simulation))
    return TRUE;
  if (g_strv_contains (declines, call->simulation))
    {
      for (guint i = 0; declines[i] != NULL; i++)
        if (strcmp (declines[i], call->simulation) == 0)
          return cfoil_sim_call_fail (call, 422, declines[i], "The charge was declined.");
    }
  return cfoil_sim_call_fail (call, 400, "InvalidSandboxSimulationSpecified",
                              "The simulation code is not valid for this operation.");
}

static void
finish_capture (CfoilSimCall   *call,
                CfoilSimCharge *charge,
                gint64          amount,
                gboolean        slowly)
{
  gint64 at = call->now + (slowly ? call->service->pending_seconds : 0);

  cfoil_sim_history_cut (&charge->history, call->now);
  charge->captured = amount;
  if (slowly)
    cfoil_sim_history_add (&charge->history, call->now, CFOIL_SIM_STATE_CaptureInitiated, 0);
  cfoil_sim_history_add (&charge->history, at, CFOIL_SIM_STATE_Captured, 0);
  cfoil_sim_ledger_post_capture (call->merchant, charge, at);
  if (!charge->permission->recurring && cfoil_sim_permission_balance (charge->permission, at) == 0)
    {
      cfoil_sim_history_cut (&charge->permission->history, call->now);
      cfoil_sim_history_add (&charge->permission->history, at, CFOIL_SIM_STATE_Closed, 0);
    }
}

static void
authorize (CfoilSimCall   *call,
           CfoilSimCharge *charge,
           gboolean        pending)
{
  gint64 at = call->now;

  if (pending)
    {
      cfoil_sim_history_add (&charge->history, at, CFOIL_SIM_STATE_AuthorizationInitiated, 0);
      at += call->service->pending_seconds;
    }
  cfoil_sim_history_add (&charge->history, at, CFOIL_SIM_STATE_Authorized, 0);
  cfoil_sim_history_add (&charge->history, charge->expires, CFOIL_SIM_STATE_Canceled, CFOIL_SIM_REASON_ExpiredUnused);
}

static CfoilSimCharge *
new_charge (CfoilSimCall       *call,
            CfoilSimPermission *permission,
            gint64              amount,
            const char         *descriptor)
{
  CfoilSimMerchant *merchant = call->merchant;
  JsonObject *metadata = cfoil_sim_json_object (call->body, "merchantMetadata");
  CfoilSimCharge *charge = cfoil_sim_merchant_add_charge (merchant, &merchant->random, permission, call->now, amount);
  const char *store = cfoil_sim_json_get (metadata, "merchantStoreName");
  const char *channel = cfoil_sim_json_get (call->body, "channel");
  const char *initiator = cfoil_sim_json_get (call->body, "chargeInitiator");

  charge->reference = cfoil_sim_merchant_keep (merchant, cfoil_sim_json_get (metadata, "merchantReferenceId"));
  charge->note = cfoil_sim_merchant_keep (merchant, cfoil_sim_json_get (metadata, "noteToBuyer"));
  charge->custom = cfoil_sim_merchant_keep (merchant, cfoil_sim_json_get (metadata, "customInformation"));
  charge->descriptor = cfoil_sim_merchant_keep (merchant, descriptor);
  if (store != NULL)
    charge->store = cfoil_sim_merchant_keep (merchant, store);
  if (channel != NULL)
    charge->channel = cfoil_sim_merchant_keep (merchant, channel);
  if (initiator != NULL)
    charge->initiator = cfoil_sim_merchant_keep (merchant, initiator);
  return charge;
}

gboolean
cfoil_sim_create_charge (CfoilSimCall *call)
{
  const char *id = cfoil_sim_json_get (call->body, "chargePermissionId");
  CfoilSimPermission *permission = id != NULL ? g_hash_table_lookup (call->merchant->permissions_by_id, id) : NULL;
  gboolean capture_now = cfoil_sim_json_flag (call->body, "captureNow");
  gboolean pending = g_strcmp0 (call->simulation, "AuthorizationInitiated") == 0;
  CfoilSimCurrency currency;
  CfoilSimCharge *charge;
  const char *descriptor;
  gint64 amount;

  if (permission == NULL)
    return cfoil_sim_call_fail (call, 404, "ResourceNotFound", "The charge permission was not found.");
  if (!cfoil_sim_call_price (call, "chargeAmount", &currency, &amount) || !has_descriptor (call, &descriptor) ||
      !may_charge (call, permission, currency, amount) || !check_simulated_decline (call))
    return FALSE;
  if (descriptor != NULL && !capture_now)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterCombination", "softDescriptor needs captureNow.");
  if (pending && !cfoil_sim_json_flag (call->body, "canHandlePendingAuthorization"))
    return cfoil_sim_call_fail (call, 400, "InvalidSandboxSimulationSpecified",
                                "The simulation code needs canHandlePendingAuthorization.");
  charge = new_charge (call, permission, amount, descriptor);
  authorize (call, charge, pending);
  if (capture_now && !pending)
    finish_capture (call, charge, amount, g_strcmp0 (call->simulation, "CaptureInitiated") == 0);
  return answer_charge (call, charge, pending ? 202 : 201);
}

gboolean
cfoil_sim_capture_charge (CfoilSimCall *call)
{
  CfoilSimCharge *charge = find_charge (call);
  const CfoilSimStep *step;
  CfoilSimCurrency currency;
  const char *descriptor;
  gint64 amount;
  gboolean slowly;

  if (charge == NULL || !cfoil_sim_call_price (call, "captureAmount", &currency, &amount) ||
      !has_descriptor (call, &descriptor))
    return FALSE;
  step = cfoil_sim_history_at (&charge->history, call->now);
  if (step->state != CFOIL_SIM_STATE_Authorized)
    return cfoil_sim_call_fail (call, 422, "InvalidChargeStatus", "The charge is not authorized.");
  if (currency != charge->permission->currency)
    return cfoil_sim_call_fail (call, 400, "CurrencyMismatch", "The currency differs from the one of the charge.");
  if (amount > charge->amount)
    return cfoil_sim_call_fail (call, 400, "TransactionAmountExceeded", "The amount is above the authorized one.");
  if (g_strcmp0 (call->simulation, "AmazonRejected") == 0)
    {
      cfoil_sim_history_cut (&charge->history, call->now);
      cfoil_sim_history_add (&charge->history, call->now, CFOIL_SIM_STATE_Declined, CFOIL_SIM_REASON_AmazonRejected);
      return cfoil_sim_call_fail (call, 422, "AmazonRejected", "The capture was declined.");
    }
  if (call->simulation != NULL && strcmp (call->simulation, "CaptureInitiated") != 0)
    return cfoil_sim_call_fail (call, 400, "InvalidSandboxSimulationSpecified",
                                "The simulation code is not valid for this operation.");
  slowly = call->simulation != NULL || call->now - step->at > 7 * CFOIL_SIM_DAY;
  if (descriptor != NULL)
    charge->descriptor = cfoil_sim_merchant_keep (call->merchant, descriptor);
  finish_capture (call, charge, amount, slowly);
  return answer_charge (call, charge, slowly ? 202 : 200);
}

gboolean
cfoil_sim_cancel_charge (CfoilSimCall *call)
{
  CfoilSimCharge *charge = find_charge (call);
  const char *why = cfoil_sim_json_get (call->body, "cancellationReason");
  guint reason = CFOIL_SIM_REASON_MerchantCanceled;
  guint state;

  if (charge == NULL)
    return FALSE;
  if (why == NULL || strlen (why) > 255)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for cancellationReason is invalid.");
  state = cfoil_sim_history_at (&charge->history, call->now)->state;
  if (state != CFOIL_SIM_STATE_Authorized && state != CFOIL_SIM_STATE_AuthorizationInitiated)
    return cfoil_sim_call_fail (call, 422, "InvalidChargeStatus", "The charge can no longer be cancelled.");
  if (g_strcmp0 (call->simulation, "ExpiredUnused") == 0 || g_strcmp0 (call->simulation, "AmazonCanceled") == 0)
    reason = cfoil_sim_reason_parse (call->simulation);
  else if (call->simulation != NULL)
    return cfoil_sim_call_fail (call, 400, "InvalidSandboxSimulationSpecified",
                                "The simulation code is not valid for this operation.");
  cfoil_sim_cancel_open_charge (call->merchant, charge, call->now, reason);
  return answer_charge (call, charge, 200);
}
