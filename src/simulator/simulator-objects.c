/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-objects.h"

#include "simulator-catalogue.h"
#include "simulator-ledger.h"
#include "simulator-service.h"

static void
write_environment (JsonBuilder            *json,
                   const CfoilSimMerchant *merchant)
{
  cfoil_sim_json_string (json, "releaseEnvironment", merchant->options.sandbox ? "Sandbox" : "Live");
}

static void
write_status (JsonBuilder        *json,
              const CfoilSimStep *step)
{
  cfoil_sim_json_open (json, "statusDetails");
  cfoil_sim_json_string (json, "state", cfoil_sim_state_name (step->state));
  cfoil_sim_json_string (json, "reasonCode", cfoil_sim_reason_name (step->reason));
  cfoil_sim_json_null (json, "reasonDescription");
  cfoil_sim_json_time (json, "lastUpdatedTimestamp", step->at);
  json_builder_end_object (json);
}

static void
write_metadata (JsonBuilder *json,
                const char  *reference,
                const char  *store,
                const char  *note,
                const char  *custom)
{
  cfoil_sim_json_open (json, "merchantMetadata");
  cfoil_sim_json_string (json, "merchantReferenceId", reference);
  cfoil_sim_json_string (json, "merchantStoreName", store);
  cfoil_sim_json_string (json, "noteToBuyer", note);
  cfoil_sim_json_string (json, "customInformation", custom);
  json_builder_end_object (json);
}

void
cfoil_sim_write_charge (JsonBuilder            *json,
                        const CfoilSimMerchant *merchant,
                        const CfoilSimCharge   *charge)
{
  gint64 now = cfoil_sim_merchant_now (merchant);
  const CfoilSimStep *step = cfoil_sim_history_at (&charge->history, now);
  gboolean captured = cfoil_sim_history_reached (&charge->history, CFOIL_SIM_STATE_Captured, now);
  CfoilSimCurrency currency = charge->permission->currency;

  json_builder_begin_object (json);
  cfoil_sim_json_string (json, "chargeId", charge->id);
  cfoil_sim_json_string (json, "chargePermissionId", charge->permission->id);
  cfoil_sim_json_price (json, "chargeAmount", charge->amount, currency);
  if (captured || step->state == CFOIL_SIM_STATE_CaptureInitiated)
    cfoil_sim_json_price (json, "captureAmount", charge->captured, currency);
  else
    cfoil_sim_json_null (json, "captureAmount");
  if (captured)
    cfoil_sim_json_price (json, "refundedAmount", cfoil_sim_charge_refunded (charge, now, FALSE), currency);
  else
    cfoil_sim_json_null (json, "refundedAmount");
  cfoil_sim_json_null (json, "convertedAmount");
  cfoil_sim_json_null (json, "conversionRate");
  cfoil_sim_json_string (json, "softDescriptor", charge->descriptor);
  cfoil_sim_json_string (json, "channel", charge->channel);
  cfoil_sim_json_string (json, "chargeInitiator", charge->initiator);
  cfoil_sim_json_null (json, "providerMetadata");
  write_metadata (json, charge->reference, charge->store, charge->note, charge->custom);
  cfoil_sim_json_null (json, "platformId");
  cfoil_sim_json_null (json, "webCheckoutDetails");
  write_status (json, step);
  cfoil_sim_json_time (json, "creationTimestamp", charge->created);
  cfoil_sim_json_time (json, "expirationTimestamp", charge->expires);
  write_environment (json, merchant);
  json_builder_end_object (json);
}

static void
write_address (JsonBuilder         *json,
               const char          *name,
               const CfoilSimBuyer *buyer)
{
  if (buyer == NULL)
    {
      cfoil_sim_json_null (json, name);
      return;
    }
  cfoil_sim_json_open (json, name);
  cfoil_sim_json_string (json, "name", buyer->name);
  cfoil_sim_json_string (json, "addressLine1", buyer->street);
  cfoil_sim_json_null (json, "addressLine2");
  cfoil_sim_json_null (json, "addressLine3");
  cfoil_sim_json_string (json, "city", buyer->city);
  cfoil_sim_json_null (json, "county");
  cfoil_sim_json_null (json, "district");
  cfoil_sim_json_string (json, "stateOrRegion", buyer->state);
  cfoil_sim_json_string (json, "postalCode", buyer->postal_code);
  cfoil_sim_json_string (json, "countryCode", buyer->country);
  cfoil_sim_json_string (json, "phoneNumber", buyer->phone);
  json_builder_end_object (json);
}

/* One-time permissions show their buyer for thirty days, recurring ones as
 * long as they are open and thirty days more. */
static gboolean
shows_buyer (const CfoilSimPermission *permission,
             const CfoilSimStep       *step,
             gint64                    now)
{
  if (permission->recurring)
    return step->state != CFOIL_SIM_STATE_Closed || step->at > now - 30 * CFOIL_SIM_DAY;
  return permission->created > now - 30 * CFOIL_SIM_DAY;
}

static void
write_buyer (JsonBuilder         *json,
             const CfoilSimBuyer *buyer)
{
  if (buyer == NULL)
    {
      cfoil_sim_json_null (json, "buyer");
      return;
    }
  cfoil_sim_json_open (json, "buyer");
  cfoil_sim_json_string (json, "buyerId", buyer->id);
  cfoil_sim_json_string (json, "name", buyer->name);
  cfoil_sim_json_string (json, "email", buyer->email);
  cfoil_sim_json_string (json, "phoneNumber", buyer->phone);
  cfoil_sim_json_null (json, "primeMembershipTypes");
  json_builder_end_object (json);
}

static void
write_recurring (JsonBuilder              *json,
                 const CfoilSimPermission *permission)
{
  if (!permission->recurring)
    {
      cfoil_sim_json_null (json, "recurringMetadata");
      return;
    }
  cfoil_sim_json_open (json, "recurringMetadata");
  cfoil_sim_json_open (json, "frequency");
  cfoil_sim_json_string (json, "unit", "Month");
  cfoil_sim_json_string (json, "value", "1");
  json_builder_end_object (json);
  cfoil_sim_json_price (json, "amount", permission->limit, permission->currency);
  json_builder_end_object (json);
}

static void
write_permission_status (JsonBuilder        *json,
                         const CfoilSimStep *step)
{
  cfoil_sim_json_open (json, "statusDetails");
  cfoil_sim_json_string (json, "state", cfoil_sim_state_name (step->state));
  if (step->reason == CFOIL_SIM_REASON_NONE)
    cfoil_sim_json_null (json, "reasons");
  else
    {
      cfoil_sim_json_list (json, "reasons");
      json_builder_begin_object (json);
      cfoil_sim_json_string (json, "reasonCode", cfoil_sim_reason_name (step->reason));
      cfoil_sim_json_null (json, "reasonDescription");
      json_builder_end_object (json);
      json_builder_end_array (json);
    }
  cfoil_sim_json_time (json, "lastUpdatedTimestamp", step->at);
  json_builder_end_object (json);
}

void
cfoil_sim_write_permission (JsonBuilder              *json,
                            const CfoilSimMerchant   *merchant,
                            const CfoilSimPermission *permission)
{
  gint64 now = cfoil_sim_merchant_now (merchant);
  const CfoilSimStep *step = cfoil_sim_history_at (&permission->history, now);
  g_autoptr (CfoilSimBuyer) buyer = shows_buyer (permission, step, now)
                                      ? cfoil_sim_buyer_new (&merchant->options, permission->buyer) : NULL;

  json_builder_begin_object (json);
  cfoil_sim_json_string (json, "chargePermissionId", permission->id);
  cfoil_sim_json_null (json, "chargePermissionReferenceId");
  cfoil_sim_json_string (json, "chargePermissionType", permission->recurring ? "Recurring" : "OneTime");
  write_recurring (json, permission);
  cfoil_sim_json_open (json, "limits");
  cfoil_sim_json_price (json, "amountLimit", permission->limit, permission->currency);
  cfoil_sim_json_price (json, "amountBalance", cfoil_sim_permission_balance (permission, now), permission->currency);
  json_builder_end_object (json);
  cfoil_sim_json_string (json, "presentmentCurrency", cfoil_sim_currency_code (permission->currency));
  write_buyer (json, buyer);
  write_address (json, "shippingAddress", buyer);
  write_address (json, "billingAddress", buyer);
  cfoil_sim_json_list (json, "paymentPreferences");
  json_builder_begin_object (json);
  cfoil_sim_json_string (json, "paymentDescriptor", buyer != NULL ? buyer->payment : NULL);
  json_builder_end_object (json);
  json_builder_end_array (json);
  write_metadata (json, permission->reference, permission->store, permission->note, permission->custom);
  cfoil_sim_json_null (json, "platformId");
  cfoil_sim_json_time (json, "creationTimestamp", permission->created);
  cfoil_sim_json_time (json, "expirationTimestamp", permission->expires);
  write_permission_status (json, step);
  write_environment (json, merchant);
  json_builder_end_object (json);
}

void
cfoil_sim_write_refund (JsonBuilder            *json,
                        const CfoilSimMerchant *merchant,
                        const CfoilSimRefund   *refund)
{
  json_builder_begin_object (json);
  cfoil_sim_json_string (json, "refundId", refund->id);
  cfoil_sim_json_string (json, "chargeId", refund->charge->id);
  cfoil_sim_json_price (json, "refundAmount", refund->amount, refund->charge->permission->currency);
  cfoil_sim_json_string (json, "softDescriptor", refund->descriptor);
  cfoil_sim_json_time (json, "creationTimestamp", refund->created);
  write_status (json, cfoil_sim_history_at (&refund->history, cfoil_sim_merchant_now (merchant)));
  write_environment (json, merchant);
  json_builder_end_object (json);
}

static void
write_evidences (JsonBuilder           *json,
                 const CfoilSimDispute *dispute)
{
  cfoil_sim_json_list (json, "merchantEvidences");
  for (guint i = 0; i < dispute->evidences->len; i++)
    {
      const CfoilSimEvidence *evidence = g_ptr_array_index (dispute->evidences, i);

      json_builder_begin_object (json);
      cfoil_sim_json_string (json, "evidenceType", evidence->type);
      cfoil_sim_json_string (json, "fileId", evidence->file_id);
      cfoil_sim_json_string (json, "evidenceText", evidence->text);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

void
cfoil_sim_write_dispute (JsonBuilder            *json,
                         const CfoilSimMerchant *merchant,
                         const CfoilSimDispute  *dispute)
{
  const CfoilSimStep *step = cfoil_sim_history_at (&dispute->history, cfoil_sim_merchant_now (merchant));

  json_builder_begin_object (json);
  cfoil_sim_json_string (json, "disputeId", dispute->id);
  write_environment (json, merchant);
  cfoil_sim_json_string (json, "chargeId", dispute->charge->id);
  cfoil_sim_json_string (json, "disputeType", "Chargeback");
  cfoil_sim_json_price (json, "disputeAmount", dispute->amount, dispute->charge->permission->currency);
  cfoil_sim_json_string (json, "filingReason", dispute->filing_reason);
  cfoil_sim_json_open (json, "statusDetails");
  cfoil_sim_json_string (json, "state", cfoil_sim_state_name (step->state));
  cfoil_sim_json_string (json, "reasonCode", cfoil_sim_reason_name (step->reason));
  cfoil_sim_json_null (json, "reasonDescription");
  cfoil_sim_json_string (json, "resolution", cfoil_sim_resolution_name (step->resolution));
  cfoil_sim_json_time (json, "lastUpdatedTimestamp", step->at);
  json_builder_end_object (json);
  write_evidences (json, dispute);
  cfoil_sim_json_time (json, "merchantResponseDeadline", dispute->deadline);
  cfoil_sim_json_string (json, "resolutionAuthority", "Amazon Pay");
  cfoil_sim_json_time (json, "creationTimestamp", dispute->created);
  cfoil_sim_json_null (json, "providerMetadata");
  json_builder_end_object (json);
}

/* The authorisation fee is due for what was not captured. */
void
cfoil_sim_cancel_open_charge (CfoilSimMerchant *merchant,
                              CfoilSimCharge   *charge,
                              gint64            now,
                              guint             reason)
{
  cfoil_sim_history_cut (&charge->history, now);
  cfoil_sim_history_add (&charge->history, now, CFOIL_SIM_STATE_Canceled, reason);
  cfoil_sim_ledger_post_unused (merchant, charge, now);
}
