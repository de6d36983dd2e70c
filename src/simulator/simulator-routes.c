/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-service.h"

#include <string.h>

#define PRICE(name) name "! " name ".amount! " name ".currencyCode! "
#define METADATA \
  "merchantMetadata merchantMetadata.merchantReferenceId merchantMetadata.merchantStoreName " \
  "merchantMetadata.noteToBuyer merchantMetadata.customInformation "
#define RECURRING \
  "recurringMetadata recurringMetadata.frequency recurringMetadata.frequency.unit " \
  "recurringMetadata.frequency.value recurringMetadata.amount recurringMetadata.amount.amount " \
  "recurringMetadata.amount.currencyCode "

/* The star stands for the id.  Fields with an exclamation mark must be there;
 * every field that is not named is refused. */
static const CfoilSimRoute routes[] = {
  { "GET", "charges/*", "getCharge", cfoil_sim_get_charge, NULL, FALSE },
  { "POST", "charges", "createCharge", cfoil_sim_create_charge,
    "chargePermissionId! " PRICE ("chargeAmount") "captureNow softDescriptor canHandlePendingAuthorization " METADATA
    "platformId providerMetadata providerMetadata.providerReferenceId chargeInitiator channel "
    "webCheckoutDetails webCheckoutDetails.checkoutResultReturnUrl", TRUE },
  { "POST", "charges/*/capture", "captureCharge", cfoil_sim_capture_charge, PRICE ("captureAmount") "softDescriptor", TRUE },
  { "DELETE", "charges/*/cancel", "cancelCharge", cfoil_sim_cancel_charge, "cancellationReason!", FALSE },
  { "PATCH", "charges/*", "updateCharge", cfoil_sim_unsupported, NULL, FALSE },
  { "GET", "chargePermissions/*", "getChargePermission", cfoil_sim_get_permission, NULL, FALSE },
  { "PATCH", "chargePermissions/*", "updateChargePermission", cfoil_sim_update_permission, METADATA RECURRING, FALSE },
  { "DELETE", "chargePermissions/*/close", "closeChargePermission", cfoil_sim_close_permission,
    "closureReason! cancelPendingCharges", FALSE },
  { "GET", "refunds/*", "getRefund", cfoil_sim_get_refund, NULL, FALSE },
  { "POST", "refunds", "createRefund", cfoil_sim_create_refund, "chargeId! " PRICE ("refundAmount") "softDescriptor", TRUE },
  { "GET", "disputes/*", "getDispute", cfoil_sim_get_dispute, NULL, FALSE },
  { "POST", "disputes", "createDispute", cfoil_sim_create_dispute, NULL, TRUE },
  { "PATCH", "disputes/*", "updateDispute", cfoil_sim_update_dispute,
    "statusDetails! statusDetails.resolution statusDetails.state! statusDetails.reasonCode "
    "statusDetails.reasonDescription closureTimestamp", FALSE },
  { "POST", "disputes/*/contest", "contestDispute", cfoil_sim_contest_dispute,
    "merchantEvidences! merchantEvidences.evidenceType! merchantEvidences.fileId merchantEvidences.evidenceText", FALSE },
  { "POST", "files", "uploadFile", cfoil_sim_create_file, "type! purpose!", TRUE },
  { "GET", "reports", "getReports", cfoil_sim_list_reports, NULL, FALSE },
  { "GET", "reports/*", "getReport", cfoil_sim_get_report, NULL, FALSE },
  { "POST", "reports", "createReport", cfoil_sim_create_report, "reportType! startTime! endTime!", TRUE },
  { "GET", "report-documents/*", "getReportDocument", cfoil_sim_get_document, NULL, FALSE },
  { "GET", "report-schedules", "getReportSchedules", cfoil_sim_list_schedules, NULL, FALSE },
  { "GET", "report-schedules/*", "getReportSchedule", cfoil_sim_get_schedule, NULL, FALSE },
  { "POST", "report-schedules", "createReportSchedule", cfoil_sim_create_schedule,
    "reportType! scheduleFrequency! nextReportCreationTime! deleteExistingSchedule", TRUE },
  { "DELETE", "report-schedules/*", "cancelReportSchedule", cfoil_sim_cancel_schedule, NULL, FALSE },
  { "GET", "disbursements", "getDisbursements", cfoil_sim_list_disbursements, NULL, FALSE },
  { "POST", "checkoutSessions", "createCheckoutSession", cfoil_sim_unsupported, NULL, FALSE },
  { "GET", "checkoutSessions/*", "getCheckoutSession", cfoil_sim_not_here, NULL, FALSE },
  { "PATCH", "checkoutSessions/*", "updateCheckoutSession", cfoil_sim_not_here, NULL, FALSE },
  { "POST", "checkoutSessions/*/complete", "completeCheckoutSession", cfoil_sim_not_here, NULL, FALSE },
  { "POST", "checkoutSessions/*/finalize", "finalizeCheckoutSession", cfoil_sim_not_here, NULL, FALSE },
  { "GET", "buyers/*", "getBuyer", cfoil_sim_not_here, NULL, FALSE },
};

static gboolean
path_matches (const char *pattern,
              const char *path,
              char      **id)
{
  g_auto (GStrv) wanted = g_strsplit (pattern, "/", -1);
  g_auto (GStrv) given = g_strsplit (path, "/", -1);
  guint i;

  g_clear_pointer (id, g_free);
  for (i = 0; wanted[i] != NULL && given[i] != NULL; i++)
    {
      if (strcmp (wanted[i], "*") == 0 && given[i][0] != '\0')
        {
          g_free (*id);
          *id = g_uri_unescape_string (given[i], NULL);
          if (*id == NULL)
            return FALSE;
        }
      else if (strcmp (wanted[i], given[i]) != 0)
        return FALSE;
    }
  return wanted[i] == NULL && given[i] == NULL;
}

/* @id: (out) (nullable) */
const CfoilSimRoute *
cfoil_sim_route_find (const char      *method,
                      const char      *path,
                      char           **id,
                      CfoilSimFailure *failure)
{
  gboolean known = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (path_matches (routes[i].path, path, id))
      {
        if (strcmp (routes[i].method, method) == 0)
          return &routes[i];
        known = TRUE;
      }
  if (known)
    cfoil_sim_fail (failure, 405, "RequestNotSupported", "The method %s is not supported here.", method);
  else
    cfoil_sim_fail (failure, 404, "ResourceNotFound", "There is nothing at %s.", path);
  return NULL;
}

static gboolean
is_listed (const char *const *fields,
           const char        *name)
{
  g_autofree char *required = g_strconcat (name, "!", NULL);

  return g_strv_contains (fields, name) || g_strv_contains (fields, required);
}

static gboolean
check_required (JsonObject        *object,
                const char *const *fields,
                const char        *prefix,
                CfoilSimFailure   *failure)
{
  for (; *fields != NULL; fields++)
    {
      g_autofree char *name = NULL;
      JsonNode *node;

      if (!g_str_has_prefix (*fields, prefix) || !g_str_has_suffix (*fields, "!") ||
          strchr (*fields + strlen (prefix), '.') != NULL)
        continue;
      name = g_strndup (*fields + strlen (prefix), strlen (*fields) - strlen (prefix) - 1);
      node = json_object_get_member (object, name);
      if (node == NULL || JSON_NODE_HOLDS_NULL (node))
        return cfoil_sim_fail (failure, 400, "MissingParameterValue", "The parameter %s%s is missing.", prefix, name);
    }
  return TRUE;
}

static gboolean
check_object (JsonObject        *object,
              const char *const *fields,
              const char        *prefix,
              CfoilSimFailure   *failure);

static gboolean
check_value (JsonNode          *node,
             const char *const *fields,
             const char        *name,
             CfoilSimFailure   *failure)
{
  g_autofree char *inner = g_strconcat (name, ".", NULL);

  if (JSON_NODE_HOLDS_OBJECT (node))
    return check_object (json_node_get_object (node), fields, inner, failure);
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (!check_value (json_array_get_element (array, i), fields, name, failure))
          return FALSE;
    }
  return TRUE;
}

static gboolean
check_object (JsonObject        *object,
              const char *const *fields,
              const char        *prefix,
              CfoilSimFailure   *failure)
{
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &member, &node))
    {
      g_autofree char *name = g_strconcat (prefix, member, NULL);

      if (!is_listed (fields, name))
        return cfoil_sim_fail (failure, 400, "UnrecognizedField", "The field %s is not recognized.", name);
      if (!check_value (node, fields, name, failure))
        return FALSE;
    }
  return check_required (object, fields, prefix, failure);
}

/* @fields: the list of a route */
gboolean
cfoil_sim_body_check (JsonObject      *body,
                      const char      *fields,
                      CfoilSimFailure *failure)
{
  g_auto (GStrv) list = g_strsplit (fields, " ", -1);

  return check_object (body, (const char *const *) list, "", failure);
}

gboolean
cfoil_sim_call_fail (CfoilSimCall *call,
                     guint         status,
                     const char   *reason,
                     const char   *format,
                     ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return cfoil_sim_fail (&call->failure, status, reason, "%s", message);
}

gboolean
cfoil_sim_call_price (CfoilSimCall     *call,
                      const char       *name,
                      CfoilSimCurrency *currency,
                      gint64           *minor)
{
  JsonObject *price = cfoil_sim_json_object (call->body, name);
  JsonNode *amount = price != NULL ? json_object_get_member (price, "amount") : NULL;
  g_autofree char *text = NULL;

  if (price == NULL || !cfoil_sim_currency_parse (cfoil_sim_json_get (price, "currencyCode"), currency))
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for %s.currencyCode is invalid.", name);
  if (amount != NULL && JSON_NODE_HOLDS_VALUE (amount))
    text = json_node_get_value_type (amount) == G_TYPE_STRING ? json_node_dup_string (amount)
                                                              : json_to_string (amount, FALSE);
  if (!cfoil_sim_money_parse (text, *currency, minor) || *minor == 0)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for %s.amount is invalid.", name);
  return TRUE;
}

gboolean
cfoil_sim_call_time (CfoilSimCall *call,
                     const char   *name,
                     gint64       *time)
{
  if (!cfoil_sim_parse_time (cfoil_sim_json_get (call->body, name), time))
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for %s is invalid.", name);
  return TRUE;
}

gboolean
cfoil_sim_not_here (CfoilSimCall *call)
{
  return cfoil_sim_call_fail (call, 404, "ResourceNotFound", "%s was not found.", call->id);
}

gboolean
cfoil_sim_unsupported (CfoilSimCall *call)
{
  return cfoil_sim_call_fail (call, 405, "UnsupportedOperation", "The operation is not supported.");
}
