/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-service.h"

#include "simulator-ledger.h"

#include <string.h>

static CfoilSimDispute *
find_dispute (CfoilSimCall *call)
{
  CfoilSimDispute *dispute = g_hash_table_lookup (call->merchant->disputes_by_id, call->id);

  if (dispute == NULL || dispute->created > call->now)
    {
      cfoil_sim_not_here (call);
      return NULL;
    }
  return dispute;
}

static gboolean
answer_dispute (CfoilSimCall          *call,
                const CfoilSimDispute *dispute)
{
  cfoil_sim_write_dispute (call->json, call->merchant, dispute);
  return TRUE;
}

gboolean
cfoil_sim_get_dispute (CfoilSimCall *call)
{
  CfoilSimDispute *dispute = find_dispute (call);

  return dispute != NULL && answer_dispute (call, dispute);
}

gboolean
cfoil_sim_create_dispute (CfoilSimCall *call)
{
  return cfoil_sim_call_fail (call, 401, "UnauthorizedAccess", "Only payment service providers may create disputes.");
}

/* Ends @dispute now, with what that means for the ledger. */
void
cfoil_sim_resolve_dispute (CfoilSimMerchant *merchant,
                           CfoilSimDispute  *dispute,
                           guint             reason,
                           guint             resolution)
{
  gint64 now = cfoil_sim_merchant_now (merchant);
  gboolean contested = cfoil_sim_history_reached (&dispute->history, CFOIL_SIM_STATE_UnderReview, now);

  cfoil_sim_history_cut (&dispute->history, now);
  cfoil_sim_history_add (&dispute->history, now, CFOIL_SIM_STATE_Resolved, reason);
  dispute->history.steps[dispute->history.n - 1].resolution = (guint8) resolution;
  if (resolution != CFOIL_SIM_RESOLUTION_BuyerWon)
    {
      cfoil_sim_ledger_post_chargeback (merchant, &merchant->random, dispute, now, TRUE);
      dispute->charge->disputed = FALSE;
    }
  else if (contested)
    cfoil_sim_ledger_post_dispute (merchant, dispute, now);
}

static gboolean
needs_answer (CfoilSimCall          *call,
              const CfoilSimDispute *dispute)
{
  if (cfoil_sim_history_at (&dispute->history, call->now)->state != CFOIL_SIM_STATE_ActionRequired)
    return cfoil_sim_call_fail (call, 422, "InvalidDisputeStatus", "The dispute does not wait for the merchant.");
  if (call->now >= dispute->deadline)
    return cfoil_sim_call_fail (call, 422, "InvalidDisputeStatus", "The time to respond is over.");
  return TRUE;
}

/* A merchant may give in; everything else is for others to decide. */
gboolean
cfoil_sim_update_dispute (CfoilSimCall *call)
{
  CfoilSimDispute *dispute = find_dispute (call);
  JsonObject *status = cfoil_sim_json_object (call->body, "statusDetails");

  if (dispute == NULL)
    return FALSE;
  if (call->merchant->options.accepts_by_hand)
    return cfoil_sim_call_fail (call, 401, "UnauthorizedAccess", "This account may not update disputes.");
  if (status == NULL || g_strcmp0 (cfoil_sim_json_get (status, "state"), "Resolved") != 0 ||
      g_strcmp0 (cfoil_sim_json_get (status, "reasonCode"), "MerchantAcceptedDispute") != 0)
    return cfoil_sim_call_fail (call, 401, "UnauthorizedAccess", "A merchant may only accept the dispute.");
  if (!needs_answer (call, dispute))
    return FALSE;
  cfoil_sim_resolve_dispute (call->merchant, dispute, CFOIL_SIM_REASON_MerchantAcceptedDispute,
                             CFOIL_SIM_RESOLUTION_BuyerWon);
  return answer_dispute (call, dispute);
}

static gboolean
check_evidence (CfoilSimCall *call,
                JsonNode     *node)
{
  static const char *const types[] = {
    "ProductDescription", "Receipt", "CancellationPolicy", "CustomerSignature", "TrackingNumber",
    "CarrierName", "DeviceId", "DeviceName", "DownloadDateTime", "Other", NULL
  };
  JsonObject *evidence = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *type = cfoil_sim_json_get (evidence, "evidenceType");
  const char *file_id = cfoil_sim_json_get (evidence, "fileId");
  const CfoilSimFile *file = file_id != NULL ? g_hash_table_lookup (call->service->files, file_id) : NULL;

  if (type == NULL || !g_strv_contains (types, type))
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for evidenceType is invalid.");
  if (file_id == NULL && cfoil_sim_json_get (evidence, "evidenceText") == NULL)
    return cfoil_sim_call_fail (call, 400, "MissingParameterValue", "An evidence needs fileId or evidenceText.");
  if (file_id != NULL && (file == NULL || file->content == NULL))
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The file %s was not uploaded.", file_id);
  return TRUE;
}

gboolean
cfoil_sim_contest_dispute (CfoilSimCall *call)
{
  CfoilSimDispute *dispute = find_dispute (call);
  JsonNode *node = json_object_get_member (call->body, "merchantEvidences");
  JsonArray *list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (dispute == NULL || !needs_answer (call, dispute))
    return FALSE;
  if (list == NULL || json_array_get_length (list) == 0)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for merchantEvidences is invalid.");
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (!check_evidence (call, json_array_get_element (list, i)))
      return FALSE;
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *evidence = json_array_get_object_element (list, i);

      cfoil_sim_dispute_add_evidence (dispute, cfoil_sim_json_get (evidence, "evidenceType"),
                                      cfoil_sim_json_get (evidence, "fileId"), cfoil_sim_json_get (evidence, "evidenceText"));
    }
  dispute->contests++;
  cfoil_sim_history_cut (&dispute->history, call->now);
  cfoil_sim_history_add (&dispute->history, call->now, CFOIL_SIM_STATE_UnderReview, 0);
  return answer_dispute (call, dispute);
}
