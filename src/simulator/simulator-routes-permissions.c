/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-service.h"

#include "simulator-objects.h"

#include <string.h>

static CfoilSimPermission *
find_permission (CfoilSimCall *call)
{
  CfoilSimPermission *permission = g_hash_table_lookup (call->merchant->permissions_by_id, call->id);

  if (permission == NULL)
    cfoil_sim_not_here (call);
  return permission;
}

static gboolean
answer_permission (CfoilSimCall             *call,
                   const CfoilSimPermission *permission)
{
  cfoil_sim_write_permission (call->json, call->merchant, permission);
  return TRUE;
}

gboolean
cfoil_sim_get_permission (CfoilSimCall *call)
{
  CfoilSimPermission *permission = find_permission (call);

  return permission != NULL && answer_permission (call, permission);
}

static gboolean
is_closed (const CfoilSimPermission *permission,
           gint64                    now)
{
  return cfoil_sim_history_at (&permission->history, now)->state == CFOIL_SIM_STATE_Closed;
}

/* Members that are not in the body stay as they are. */
static gboolean
merge (CfoilSimCall *call,
       JsonObject   *metadata,
       const char   *name,
       gsize         longest,
       const char  **field)
{
  const char *value = cfoil_sim_json_get (metadata, name);

  if (value == NULL)
    return TRUE;
  if (strlen (value) > longest)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for merchantMetadata.%s is too long.", name);
  *field = cfoil_sim_merchant_keep (call->merchant, value);
  return TRUE;
}

gboolean
cfoil_sim_update_permission (CfoilSimCall *call)
{
  CfoilSimPermission *permission = find_permission (call);
  JsonObject *metadata = cfoil_sim_json_object (call->body, "merchantMetadata");

  if (permission == NULL)
    return FALSE;
  if (is_closed (permission, call->now))
    return cfoil_sim_call_fail (call, 422, "InvalidChargePermissionStatus", "The charge permission is closed.");
  if (json_object_has_member (call->body, "recurringMetadata") && !permission->recurring)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterCombination", "The charge permission is not recurring.");
  if (metadata != NULL &&
      (!merge (call, metadata, "merchantReferenceId", 256, &permission->reference) ||
       !merge (call, metadata, "merchantStoreName", 50, &permission->store) ||
       !merge (call, metadata, "noteToBuyer", 255, &permission->note) ||
       !merge (call, metadata, "customInformation", 4096, &permission->custom)))
    return FALSE;
  return answer_permission (call, permission);
}

gboolean
cfoil_sim_close_permission (CfoilSimCall *call)
{
  CfoilSimPermission *permission = find_permission (call);
  const char *why = cfoil_sim_json_get (call->body, "closureReason");
  gboolean cancel = cfoil_sim_json_flag (call->body, "cancelPendingCharges");
  guint reason = CFOIL_SIM_REASON_MerchantClosed;

  if (permission == NULL)
    return FALSE;
  if (why == NULL || strlen (why) > 255)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for closureReason is invalid.");
  if (is_closed (permission, call->now))
    return cfoil_sim_call_fail (call, 422, "InvalidChargePermissionStatus", "The charge permission is closed.");
  if (g_strcmp0 (call->simulation, "AmazonClosed") == 0 || g_strcmp0 (call->simulation, "AmazonCanceled") == 0)
    reason = cfoil_sim_reason_parse (call->simulation);
  else if (call->simulation != NULL)
    return cfoil_sim_call_fail (call, 400, "InvalidSandboxSimulationSpecified",
                                "The simulation code is not valid for this operation.");
  for (CfoilSimCharge *charge = permission->charges; cancel && charge != NULL; charge = charge->next)
    {
      guint state = cfoil_sim_history_at (&charge->history, call->now)->state;

      if (state == CFOIL_SIM_STATE_Authorized || state == CFOIL_SIM_STATE_AuthorizationInitiated)
        cfoil_sim_cancel_open_charge (call->merchant, charge, call->now, CFOIL_SIM_REASON_ChargePermissionCanceled);
    }
  cfoil_sim_history_cut (&permission->history, call->now);
  cfoil_sim_history_add (&permission->history, call->now, CFOIL_SIM_STATE_Closed, reason);
  return answer_permission (call, permission);
}
