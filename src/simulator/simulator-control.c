/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-control.h"

#include "simulator-catalogue.h"
#include "simulator-ledger.h"

#include <string.h>

static CfoilSimDispute *
body_dispute (CfoilSimCall *call)
{
  const char *id = cfoil_sim_json_get (call->body, "disputeId");
  CfoilSimDispute *dispute = id != NULL ? g_hash_table_lookup (call->merchant->disputes_by_id, id) : NULL;

  if (dispute == NULL)
    cfoil_sim_call_fail (call, 404, "ResourceNotFound", "disputeId names no dispute.");
  return dispute;
}

static gboolean
answer_dispute (CfoilSimCall          *call,
                const CfoilSimDispute *dispute)
{
  cfoil_sim_write_dispute (call->json, call->merchant, dispute);
  return TRUE;
}

/* A captured charge without a chargeback: the newest one that is older than a
 * day, or any. */
static CfoilSimCharge *
pick_charge (CfoilSimCall *call)
{
  const char *id = cfoil_sim_json_get (call->body, "chargeId");
  GPtrArray *charges = call->merchant->charges;

  if (id != NULL)
    return g_hash_table_lookup (call->merchant->charges_by_id, id);
  for (gint64 age = CFOIL_SIM_DAY; age >= 0; age -= CFOIL_SIM_DAY)
    for (guint i = charges->len; i > 0; i--)
      {
        CfoilSimCharge *charge = g_ptr_array_index (charges, i - 1);

        if (!charge->disputed && charge->refunds == NULL && charge->created <= call->now - age &&
            cfoil_sim_history_at (&charge->history, call->now)->state == CFOIL_SIM_STATE_Captured)
          return charge;
      }
  return NULL;
}

static const char *
filing_reason (const char *name)
{
  for (guint i = 0; i < CFOIL_SIM_N_FILING_REASONS; i++)
    if (g_strcmp0 (name, cfoil_sim_filing_reasons[i]) == 0)
      return cfoil_sim_filing_reasons[i];
  return name == NULL ? "Fraudulent" : NULL;
}

static gboolean
file_chargeback (CfoilSimCall *call)
{
  CfoilSimCharge *charge = pick_charge (call);
  const char *reason = filing_reason (cfoil_sim_json_get (call->body, "filingReason"));
  gint64 amount = cfoil_sim_json_integer (call->body, "amountMinor", 0);
  CfoilSimDispute *dispute;

  if (charge == NULL || cfoil_sim_history_at (&charge->history, call->now)->state != CFOIL_SIM_STATE_Captured)
    return cfoil_sim_call_fail (call, 404, "ResourceNotFound", "There is no such captured charge.");
  if (reason == NULL || amount < 0 || amount > charge->captured)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "filingReason or amountMinor is invalid.");
  dispute = cfoil_sim_merchant_add_dispute (call->merchant, &call->merchant->random, charge, call->now, reason);
  if (amount > 0)
    dispute->amount = amount;
  cfoil_sim_history_add (&dispute->history, dispute->deadline, CFOIL_SIM_STATE_Resolved,
                         CFOIL_SIM_REASON_MerchantResponseDeadlineExpired);
  dispute->history.steps[dispute->history.n - 1].resolution = CFOIL_SIM_RESOLUTION_BuyerWon;
  cfoil_sim_ledger_post_chargeback (call->merchant, &call->merchant->random, dispute, call->now, FALSE);
  call->status = 201;
  json_builder_begin_object (call->json);
  cfoil_sim_json_string (call->json, "disputeId", dispute->id);
  cfoil_sim_json_string (call->json, "chargeId", charge->id);
  json_builder_set_member_name (call->json, "ipn");
  cfoil_sim_write_notification (call, "CHARGEBACK", dispute->id, charge->permission->id);
  json_builder_end_object (call->json);
  return TRUE;
}

static gboolean
more_evidence (CfoilSimCall *call)
{
  CfoilSimDispute *dispute = body_dispute (call);

  if (dispute == NULL)
    return FALSE;
  if (cfoil_sim_history_at (&dispute->history, call->now)->state != CFOIL_SIM_STATE_UnderReview)
    return cfoil_sim_call_fail (call, 422, "InvalidDisputeStatus", "The dispute is not under review.");
  cfoil_sim_history_cut (&dispute->history, call->now);
  cfoil_sim_history_add (&dispute->history, call->now, CFOIL_SIM_STATE_ActionRequired,
                         CFOIL_SIM_REASON_MerchantAdditionalEvidencesRequired);
  dispute->deadline = call->now + 7 * CFOIL_SIM_DAY;
  return answer_dispute (call, dispute);
}

static gboolean
is_open (CfoilSimCall          *call,
         const CfoilSimDispute *dispute)
{
  guint state = cfoil_sim_history_at (&dispute->history, call->now)->state;

  if (state != CFOIL_SIM_STATE_ActionRequired && state != CFOIL_SIM_STATE_UnderReview)
    return cfoil_sim_call_fail (call, 422, "InvalidDisputeStatus", "The dispute is resolved already.");
  return TRUE;
}

static gboolean
resolve (CfoilSimCall *call)
{
  CfoilSimDispute *dispute = body_dispute (call);
  guint resolution = cfoil_sim_resolution_parse (cfoil_sim_json_get (call->body, "resolution"));

  if (dispute == NULL || !is_open (call, dispute))
    return FALSE;
  if (resolution == CFOIL_SIM_RESOLUTION_NONE)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "resolution must be BuyerWon, MerchantWon or NoFault.");
  cfoil_sim_resolve_dispute (call->merchant, dispute, CFOIL_SIM_REASON_InvestigatorResolved, resolution);
  return answer_dispute (call, dispute);
}

static gboolean
expire_deadline (CfoilSimCall *call)
{
  CfoilSimDispute *dispute = body_dispute (call);

  if (dispute == NULL)
    return FALSE;
  if (cfoil_sim_history_at (&dispute->history, call->now)->state != CFOIL_SIM_STATE_ActionRequired)
    return cfoil_sim_call_fail (call, 422, "InvalidDisputeStatus", "The dispute does not wait for the merchant.");
  dispute->deadline = MIN (dispute->deadline, call->now);
  cfoil_sim_resolve_dispute (call->merchant, dispute, CFOIL_SIM_REASON_MerchantResponseDeadlineExpired,
                             CFOIL_SIM_RESOLUTION_BuyerWon);
  return answer_dispute (call, dispute);
}

/* So many seconds from now, and then it is over. */
static gboolean
set_deadline (CfoilSimCall *call)
{
  CfoilSimDispute *dispute = body_dispute (call);
  gint64 seconds = cfoil_sim_json_integer (call->body, "seconds", 0);

  if (dispute == NULL)
    return FALSE;
  if (cfoil_sim_history_at (&dispute->history, call->now)->state != CFOIL_SIM_STATE_ActionRequired || seconds <= 0)
    return cfoil_sim_call_fail (call, 422, "InvalidDisputeStatus", "The dispute does not wait for the merchant.");
  dispute->deadline = call->now + seconds;
  cfoil_sim_history_cut (&dispute->history, call->now);
  cfoil_sim_history_add (&dispute->history, dispute->deadline, CFOIL_SIM_STATE_Resolved,
                         CFOIL_SIM_REASON_MerchantResponseDeadlineExpired);
  dispute->history.steps[dispute->history.n - 1].resolution = CFOIL_SIM_RESOLUTION_BuyerWon;
  return answer_dispute (call, dispute);
}

/* One settlement, with its report, for every currency that has something to
 * settle. */
static gboolean
settle (CfoilSimCall *call)
{
  CfoilSimMerchant *merchant = call->merchant;

  if (merchant->options.sandbox)
    return cfoil_sim_call_fail (call, 405, "UnsupportedOperation", "Nothing is settled in the sandbox.");
  json_builder_begin_object (call->json);
  cfoil_sim_json_list (call->json, "settlements");
  for (guint currency = 0; currency < CFOIL_SIM_N_CURRENCIES; currency++)
    {
      CfoilSimSettlement *settlement = cfoil_sim_settle (merchant, currency, call->now, TRUE);
      CfoilSimReport *report;

      if (settlement == NULL)
        continue;
      report = cfoil_sim_reports_add_settlement (call->service->reports, merchant->settlements->len, call->now);
      json_builder_begin_object (call->json);
      cfoil_sim_json_string (call->json, "settlementId", settlement->id);
      cfoil_sim_json_string (call->json, "reportId", report->id);
      cfoil_sim_json_string (call->json, "currency", cfoil_sim_currency_code (currency));
      cfoil_sim_json_number (call->json, "paidMinor", settlement->paid);
      json_builder_end_object (call->json);
    }
  json_builder_end_array (call->json);
  json_builder_end_object (call->json);
  return TRUE;
}

static gboolean
empty_answer (CfoilSimCall *call)
{
  json_builder_begin_object (call->json);
  json_builder_end_object (call->json);
  return TRUE;
}

static gboolean
set_clock (CfoilSimCall *call)
{
  call->merchant->clock.skew = cfoil_sim_json_integer (call->body, "skewSeconds", 0);
  return empty_answer (call);
}

static gboolean
revoke_key (CfoilSimCall *call)
{
  call->service->auth.revoked = TRUE;
  return empty_answer (call);
}

static gboolean
clear_faults (CfoilSimCall *call)
{
  g_ptr_array_set_size (call->service->faults.list, 0);
  return empty_answer (call);
}

static gboolean
notification (CfoilSimCall *call)
{
  CfoilSimMerchant *merchant = call->merchant;
  CfoilSimDispute *dispute = g_hash_table_lookup (merchant->disputes_by_id, call->id);
  CfoilSimRefund *refund = g_hash_table_lookup (merchant->refunds_by_id, call->id);
  CfoilSimCharge *charge = g_hash_table_lookup (merchant->charges_by_id, call->id);
  CfoilSimPermission *permission = g_hash_table_lookup (merchant->permissions_by_id, call->id);

  if (dispute != NULL)
    cfoil_sim_write_notification (call, "CHARGEBACK", call->id, dispute->charge->permission->id);
  else if (refund != NULL)
    cfoil_sim_write_notification (call, "REFUND", call->id, refund->charge->permission->id);
  else if (charge != NULL)
    cfoil_sim_write_notification (call, "CHARGE", call->id, charge->permission->id);
  else if (permission != NULL)
    cfoil_sim_write_notification (call, "CHARGE_PERMISSION", call->id, call->id);
  else
    return cfoil_sim_not_here (call);
  return TRUE;
}

static const CfoilSimRoute routes[] = {
  { "GET", "totals", "_totals", cfoil_sim_control_totals, NULL, FALSE },
  { "GET", "disputes", "_disputes", cfoil_sim_control_disputes, NULL, FALSE },
  { "GET", "state", "_state", cfoil_sim_control_state, NULL, FALSE },
  { "GET", "requests", "_requests", cfoil_sim_control_requests, NULL, FALSE },
  { "POST", "chargeback", "_chargeback", file_chargeback, NULL, FALSE },
  { "POST", "more-evidence", "_more-evidence", more_evidence, NULL, FALSE },
  { "POST", "resolve", "_resolve", resolve, NULL, FALSE },
  { "POST", "expire-deadline", "_expire-deadline", expire_deadline, NULL, FALSE },
  { "POST", "deadline", "_deadline", set_deadline, NULL, FALSE },
  { "POST", "settle", "_settle", settle, NULL, FALSE },
  { "GET", "reports", "_reports", cfoil_sim_control_reports, NULL, FALSE },
  { "POST", "report", "_report", cfoil_sim_control_report, NULL, FALSE },
  { "GET", "schedules", "_schedules", cfoil_sim_list_schedules, NULL, FALSE },
  { "POST", "schedule", "_schedule", cfoil_sim_control_schedule, NULL, FALSE },
  { "POST", "clock", "_clock", set_clock, NULL, FALSE },
  { "POST", "revoke-key", "_revoke-key", revoke_key, NULL, FALSE },
  { "DELETE", "faults", "_faults", clear_faults, NULL, FALSE },
  { "GET", "faults", "_faults", cfoil_sim_control_state, NULL, FALSE },
  { "GET", "evidence/", "_evidence", cfoil_sim_control_evidence, NULL, FALSE },
  { "GET", "ipn/", "_ipn", notification, NULL, FALSE },
};

static const CfoilSimRoute *
find_route (CfoilSimCall *call,
            const char   *method,
            const char   *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      gboolean with_id = g_str_has_suffix (routes[i].path, "/");

      if (strcmp (method, routes[i].method) != 0 ||
          (with_id ? !g_str_has_prefix (path, routes[i].path) : strcmp (path, routes[i].path) != 0))
        continue;
      call->id = with_id ? path + strlen (routes[i].path) : NULL;
      return &routes[i];
    }
  cfoil_sim_call_fail (call, 404, "ResourceNotFound", "There is no such control call.");
  return NULL;
}

/* The two calls that do not speak JSON both ways. */
static gboolean
special (CfoilSimCall          *call,
         const CfoilSimRequest *request,
         const char            *path,
         CfoilSimAnswer        *answer)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (request->body, &length);

  if (strcmp (request->method, "GET") == 0 && g_str_has_prefix (path, "files/"))
    {
      const CfoilSimFile *file = g_hash_table_lookup (call->service->files, path + strlen ("files/"));

      if (file == NULL || file->content == NULL)
        return cfoil_sim_call_fail (call, 404, "ResourceNotFound", "No such file was uploaded.");
      answer->status = 200;
      answer->content_type = "application/octet-stream";
      answer->body = g_bytes_ref (file->content);
      return TRUE;
    }
  if (strcmp (request->method, "POST") == 0 && strcmp (path, "faults") == 0)
    {
      if (!cfoil_sim_faults_load (&call->service->faults, text != NULL ? text : "", (gssize) length, &error))
        return cfoil_sim_call_fail (call, 400, "InvalidRequest", "%s", error->message);
      empty_answer (call);
      return TRUE;
    }
  return FALSE;
}

static gboolean
may_control (CfoilSimService       *service,
             const CfoilSimRequest *request)
{
  g_autofree char *expected = g_strconcat ("Bearer ", service->control_token, NULL);

  return g_strcmp0 (g_hash_table_lookup (request->headers, "authorization"), expected) == 0;
}

static void
run (CfoilSimCall          *call,
     const CfoilSimRequest *request,
     CfoilSimAnswer        *answer)
{
  const char *path = request->path + strlen ("/_sim/");
  g_autoptr (JsonParser) parser = json_parser_new ();
  const CfoilSimRoute *route;
  gsize length;
  const char *text = g_bytes_get_data (request->body, &length);
  JsonNode *root;
  gboolean done = special (call, request, path, answer);

  if (done && answer->body != NULL)
    return;
  if (!done && call->failure.status == 0)
    {
      root = length > 0 && json_parser_load_from_data (parser, text, (gssize) length, NULL) ? json_parser_get_root (parser) : NULL;
      if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
        call->body = json_node_get_object (root);
      route = find_route (call, request->method, path);
      done = route != NULL && route->handler (call);
    }
  if (done)
    cfoil_sim_answer_text (answer, call->status, "application/json", cfoil_sim_json_text (call->json));
  else
    cfoil_sim_answer_failure (answer, &call->failure);
}

/* The calls that Amazon does not have. */
void
cfoil_sim_service_control (CfoilSimService       *service,
                           const CfoilSimRequest *request,
                           CfoilSimAnswer        *answer)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  CfoilSimCall call = { 0 };

  answer->operation = "_control";
  call.service = service;
  call.merchant = service->merchant;
  call.json = json;
  call.now = cfoil_sim_merchant_now (service->merchant);
  call.status = 200;
  if (may_control (service, request))
    run (&call, request, answer);
  else
    {
      cfoil_sim_call_fail (&call, 401, "UnauthorizedAccess", "The control token is missing or wrong.");
      cfoil_sim_answer_failure (answer, &call.failure);
    }
  cfoil_sim_failure_clear (&call.failure);
}
