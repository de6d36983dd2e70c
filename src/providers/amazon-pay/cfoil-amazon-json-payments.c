/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-json.h"

#include "cfoil-amazon-words.h"
#include "cfoil-error.h"
#include "cfoil-time.h"

/* Disputes come back: late wins, appeals.  After this long they do not. */
#define DISPUTE_REST_US (90 * CFOIL_USEC_PER_DAY)

static void
begin (CfoilAmazonObject *object,
       CfoilObjectKind    kind,
       const char        *raw)
{
  *object = (CfoilAmazonObject) { 0 };
  object->observation = (CfoilObservation) {
    .kind = kind,
    .said_us = CFOIL_UNKNOWN,
    .amount_minor = CFOIL_UNKNOWN,
    .refunded_minor = CFOIL_UNKNOWN,
    .created_us = CFOIL_UNKNOWN,
    .expires_us = CFOIL_UNKNOWN,
    .deadline_us = CFOIL_UNKNOWN,
    .raw = raw,
  };
}

/* The id, the status block and the times that all objects have. */
static gboolean
read_common (JsonObject        *json,
             const char        *id_name,
             CfoilAmazonObject *object,
             JsonObject       **status,
             GError           **error)
{
  CfoilObservation *observation = &object->observation;

  observation->object_id = cfoil_amazon_json_need_id (json, id_name, error);
  if (observation->object_id == NULL)
    return FALSE;

  *status = cfoil_amazon_json_get_object (json, "statusDetails");
  observation->provider_state = *status != NULL ? cfoil_amazon_json_get_text (object, *status, "state") : NULL;
  if (observation->provider_state == NULL)
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_MISSING, "statusDetails.state is missing");
      return FALSE;
    }
  observation->reason = cfoil_amazon_json_get_text (object, *status, "reasonCode");

  if (!cfoil_amazon_json_get_time (json, "creationTimestamp", &observation->created_us, error)
      || !cfoil_amazon_json_get_time (json, "expirationTimestamp", &observation->expires_us, error)
      || !cfoil_amazon_json_get_time (*status, "lastUpdatedTimestamp", &observation->said_us, error))
    return FALSE;
  if (observation->said_us == CFOIL_UNKNOWN)
    observation->said_us = observation->created_us;
  if (observation->said_us == CFOIL_UNKNOWN)
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_MISSING, "lastUpdatedTimestamp is missing");
      return FALSE;
    }
  return TRUE;
}

/* Amounts of objects are never negative; which way they go is said by what they
 * are. */
static gboolean
get_price (JsonObject  *json,
           const char  *name,
           gint64      *minor,
           const char **currency,
           GError     **error)
{
  if (!cfoil_amazon_json_get_price (json, name, minor, currency, error))
    return FALSE;
  if (*currency == NULL || *minor >= 0)
    return TRUE;
  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_RANGE, "%s is negative", name);
  return FALSE;
}

static gboolean
need_price (JsonObject       *json,
            const char       *name,
            CfoilObservation *observation,
            GError          **error)
{
  if (!get_price (json, name, &observation->amount_minor, &observation->currency, error))
    return FALSE;
  if (observation->currency == NULL)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_MISSING, "%s is missing", name);
      return FALSE;
    }
  return TRUE;
}

/* A second price of the same object; another currency would make nonsense. */
static gboolean
get_same_price (JsonObject       *json,
                const char       *name,
                CfoilObservation *observation,
                gint64           *minor,
                GError          **error)
{
  const char *currency;

  if (!get_price (json, name, minor, &currency, error))
    return FALSE;
  if (currency != NULL && g_strcmp0 (currency, observation->currency) != 0)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_CURRENCY, "%s is in another currency than the object", name);
      return FALSE;
    }
  return TRUE;
}

static void
set_state (CfoilAmazonObject *object,
           CfoilState         state)
{
  object->observation.state = state;
  object->unknown_state = state == CFOIL_STATE_OTHER;
}

gboolean
cfoil_amazon_json_read_charge (JsonObject        *json,
                               const char        *raw,
                               CfoilAmazonObject *object,
                               GError           **error)
{
  CfoilObservation *observation = &object->observation;
  JsonObject *status, *metadata;
  gint64 captured_minor;

  begin (object, CFOIL_OBJECT_CHARGE, raw);
  if (!read_common (json, "chargeId", object, &status, error)
      || !need_price (json, "chargeAmount", observation, error)
      || !get_same_price (json, "captureAmount", observation, &captured_minor, error)
      || !get_same_price (json, "refundedAmount", observation, &observation->refunded_minor, error))
    return FALSE;

  set_state (object, cfoil_amazon_charge_state (observation->provider_state));
  observation->moved_minor = observation->state == CFOIL_STATE_CAPTURED ? captured_minor : 0;
  observation->final = observation->state == CFOIL_STATE_CAPTURED
                       || observation->state == CFOIL_STATE_DECLINED
                       || observation->state == CFOIL_STATE_CANCELED;

  metadata = cfoil_amazon_json_get_object (json, "merchantMetadata");
  observation->permission_id = cfoil_amazon_json_get_id (json, "chargePermissionId");
  observation->merchant_reference = cfoil_amazon_json_get_text (object, metadata, "merchantReferenceId");
  observation->store = cfoil_amazon_json_get_text (object, metadata, "merchantStoreName");
  observation->description = cfoil_amazon_json_get_text (object, metadata, "noteToBuyer");
  if (observation->description == NULL)
    observation->description = cfoil_amazon_json_get_text (object, json, "softDescriptor");
  observation->channel = cfoil_amazon_json_get_text (object, json, "channel");
  return TRUE;
}

/* A permission may have several reasons; the first is the one that is shown. */
static const char *
get_first_reason (CfoilAmazonObject *object,
                  JsonObject        *status)
{
  JsonArray *reasons = cfoil_amazon_json_get_array (status, "reasons");
  JsonNode *first = reasons != NULL && json_array_get_length (reasons) > 0 ? json_array_get_element (reasons, 0) : NULL;

  if (first == NULL || !JSON_NODE_HOLDS_OBJECT (first))
    return NULL;
  return cfoil_amazon_json_get_text (object, json_node_get_object (first), "reasonCode");
}

static void
read_buyer (JsonObject        *json,
            CfoilAmazonObject *object)
{
  CfoilObservation *observation = &object->observation;
  JsonObject *buyer = cfoil_amazon_json_get_object (json, "buyer");
  JsonObject *address = cfoil_amazon_json_get_object (json, "shippingAddress");

  if (address == NULL)
    address = cfoil_amazon_json_get_object (json, "billingAddress");

  observation->buyer_id = cfoil_amazon_json_get_text (object, buyer, "buyerId");
  observation->buyer_name = cfoil_amazon_json_get_text (object, buyer, "name");
  observation->buyer_email = cfoil_amazon_json_get_text (object, buyer, "email");
  observation->buyer_country = cfoil_amazon_json_get_text (object, address, "countryCode");
}

gboolean
cfoil_amazon_json_read_permission (JsonObject        *json,
                                   const char        *raw,
                                   CfoilAmazonObject *object,
                                   GError           **error)
{
  CfoilObservation *observation = &object->observation;
  JsonObject *status, *limits, *metadata;

  begin (object, CFOIL_OBJECT_PERMISSION, raw);
  if (!read_common (json, "chargePermissionId", object, &status, error))
    return FALSE;

  limits = cfoil_amazon_json_get_object (json, "limits");
  if (limits != NULL && !get_price (limits, "amountLimit", &observation->amount_minor, &observation->currency, error))
    return FALSE;

  set_state (object, cfoil_amazon_permission_state (observation->provider_state));
  observation->final = observation->state == CFOIL_STATE_CLOSED;
  if (observation->reason == NULL)
    observation->reason = get_first_reason (object, status);

  metadata = cfoil_amazon_json_get_object (json, "merchantMetadata");
  observation->merchant_reference = cfoil_amazon_json_get_text (object, metadata, "merchantReferenceId");
  observation->store = cfoil_amazon_json_get_text (object, metadata, "merchantStoreName");
  observation->description = cfoil_amazon_json_get_text (object, metadata, "noteToBuyer");
  read_buyer (json, object);
  return TRUE;
}

gboolean
cfoil_amazon_json_read_refund (JsonObject        *json,
                               const char        *raw,
                               CfoilAmazonObject *object,
                               GError           **error)
{
  CfoilObservation *observation = &object->observation;
  JsonObject *status;

  begin (object, CFOIL_OBJECT_REFUND, raw);
  if (!read_common (json, "refundId", object, &status, error)
      || !need_price (json, "refundAmount", observation, error))
    return FALSE;

  set_state (object, cfoil_amazon_refund_state (observation->provider_state));
  observation->moved_minor = observation->state == CFOIL_STATE_REFUNDED ? -observation->amount_minor : 0;
  observation->final = observation->state == CFOIL_STATE_REFUNDED || observation->state == CFOIL_STATE_DECLINED;
  observation->charge_id = cfoil_amazon_json_get_id (json, "chargeId");
  observation->description = cfoil_amazon_json_get_text (object, json, "softDescriptor");
  return TRUE;
}

gboolean
cfoil_amazon_json_read_dispute (JsonObject        *json,
                                const char        *raw,
                                gint64             now_us,
                                CfoilAmazonObject *object,
                                GError           **error)
{
  CfoilObservation *observation = &object->observation;
  const char *state;
  JsonObject *status;

  begin (object, CFOIL_OBJECT_DISPUTE, raw);
  if (!read_common (json, "disputeId", object, &status, error)
      || !need_price (json, "disputeAmount", observation, error)
      || !cfoil_amazon_json_get_time (json, "merchantResponseDeadline", &observation->deadline_us, error))
    return FALSE;

  observation->resolution = cfoil_amazon_json_get_text (object, status, "resolution");
  set_state (object, cfoil_amazon_dispute_state (observation->provider_state, observation->reason, observation->resolution));
  state = observation->provider_state;
  if (g_ascii_strcasecmp (state, "Resolved") == 0 || g_ascii_strcasecmp (state, "Closed") == 0)
    observation->final = now_us - observation->said_us > DISPUTE_REST_US;

  /* Why the buyer disputes is the reason that matters to people; why the state
   * is what it is comes with the description. */
  observation->state_code = observation->reason;
  observation->description = cfoil_amazon_json_get_text (object, status, "reasonDescription");
  if (observation->description == NULL)
    observation->description = observation->reason;
  observation->reason = cfoil_amazon_json_get_text (object, json, "filingReason");
  observation->charge_id = cfoil_amazon_json_get_id (json, "chargeId");
  return TRUE;
}
