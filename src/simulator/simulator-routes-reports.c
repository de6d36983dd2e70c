/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-service.h"

#include <string.h>

void
cfoil_sim_write_report (CfoilSimCall         *call,
                        const CfoilSimReport *report)
{
  JsonBuilder *json = call->json;
  const char *status = cfoil_sim_report_status (call->service->reports, report);
  gboolean done = strcmp (status, "IN_PROGRESS") != 0;

  json_builder_begin_object (json);
  cfoil_sim_json_string (json, "reportId", report->id);
  cfoil_sim_json_string (json, "reportType", cfoil_sim_report_type_name (report->type));
  cfoil_sim_json_time (json, "startTime", report->start);
  cfoil_sim_json_time (json, "endTime", report->end);
  cfoil_sim_json_time (json, "createdTime", report->created);
  cfoil_sim_json_string (json, "processingStatus", status);
  cfoil_sim_json_time (json, "processingStartTime", report->created);
  if (done)
    cfoil_sim_json_time (json, "processingEndTime", report->done_ms / 1000);
  else
    cfoil_sim_json_null (json, "processingEndTime");
  cfoil_sim_json_string (json, "reportDocumentId", strcmp (status, "COMPLETED") == 0 ? report->document_id : NULL);
  json_builder_end_object (json);
}

static gboolean
query_time (CfoilSimCall *call,
            GHashTable   *query,
            const char   *name,
            gint64       *time)
{
  const char *text = g_hash_table_lookup (query, name);

  if (text != NULL && !cfoil_sim_parse_time (text, time))
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for %s is invalid.", name);
  return TRUE;
}

static gboolean
in_list (const char *list,
         const char *value)
{
  g_auto (GStrv) parts = g_strsplit (list, ",", -1);

  return g_strv_contains ((const char *const *) parts, value);
}

static gboolean
check_lists (CfoilSimCall *call,
             const char   *types,
             const char   *statuses)
{
  static const char *const known[] = { "IN_PROGRESS", "COMPLETED", "FAILED", "CANCELLED", NULL };
  g_auto (GStrv) wanted_types = g_strsplit (types != NULL ? types : "", ",", -1);
  g_auto (GStrv) wanted_statuses = g_strsplit (statuses != NULL ? statuses : "", ",", -1);
  CfoilSimReportType unused;

  for (char **type = wanted_types; *type != NULL; type++)
    if (!cfoil_sim_report_type_parse (*type, &unused))
      return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for reportTypes is invalid.");
  for (char **status = wanted_statuses; *status != NULL; status++)
    if (!g_strv_contains (known, *status))
      return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for processingStatuses is invalid.");
  return TRUE;
}

static gboolean
is_wanted (CfoilSimCall         *call,
           GHashTable           *query,
           const CfoilSimReport *report,
           gint64                since,
           gint64                until)
{
  const char *types = g_hash_table_lookup (query, "reportTypes");
  const char *statuses = g_hash_table_lookup (query, "processingStatuses");

  return cfoil_sim_reports_serves (call->service->reports, report) &&
         report->created >= since && report->created <= until &&
         (types == NULL || in_list (types, cfoil_sim_report_type_name (report->type))) &&
         (statuses == NULL || in_list (statuses, cfoil_sim_report_status (call->service->reports, report)));
}

/* Newest first. */
gboolean
cfoil_sim_list_reports (CfoilSimCall *call)
{
  static const char *const parameters[] = { "reportTypes", "processingStatuses", "createdSince", "createdUntil" };
  GPtrArray *reports = call->service->reports->reports;
  GHashTable *query;
  gint64 since = call->merchant->options.retention_days == 0 ? 0 : call->now - 90 * CFOIL_SIM_DAY;
  gint64 until = G_MAXINT64;
  guint position;
  guint size;
  guint n = 0;

  if (!cfoil_sim_page_open (call, parameters, G_N_ELEMENTS (parameters), 10, &query, &position, &size) ||
      !query_time (call, query, "createdSince", &since) || !query_time (call, query, "createdUntil", &until) ||
      !check_lists (call, g_hash_table_lookup (query, "reportTypes"), g_hash_table_lookup (query, "processingStatuses")))
    return FALSE;
  cfoil_sim_reports_run_schedules (call->service->reports);
  json_builder_begin_object (call->json);
  cfoil_sim_json_list (call->json, "reports");
  for (guint i = MIN (position, reports->len); i > 0; i--)
    {
      const CfoilSimReport *report = g_ptr_array_index (reports, i - 1);

      if (!is_wanted (call, query, report, since, until))
        continue;
      if (n++ == size)
        {
          json_builder_end_array (call->json);
          cfoil_sim_page_close (call, query, i);
          json_builder_end_object (call->json);
          return TRUE;
        }
      cfoil_sim_write_report (call, report);
    }
  json_builder_end_array (call->json);
  json_builder_end_object (call->json);
  return TRUE;
}

gboolean
cfoil_sim_get_report (CfoilSimCall *call)
{
  CfoilSimReport *report = cfoil_sim_reports_find (call->service->reports, call->id);

  if (report == NULL)
    return cfoil_sim_not_here (call);
  cfoil_sim_write_report (call, report);
  return TRUE;
}

/* What may be asked for depends on the environment. */
static gboolean
may_create (CfoilSimCall       *call,
            CfoilSimReportType *type)
{
  const CfoilSimOptions *options = &call->merchant->options;
  const char *name = cfoil_sim_json_get (call->body, "reportType");

  if (!cfoil_sim_report_type_parse (name, type))
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for reportType is invalid.");
  if (options->sandbox != (*type == CFOIL_SIM_REPORT_SANDBOX_SETTLEMENT))
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The report type is not available in this environment.");
  if (*type == CFOIL_SIM_REPORT_SETTLEMENT)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "Settlement reports cannot be requested.");
  if (*type == CFOIL_SIM_REPORT_CAPTURE && !options->capture_report)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The capture report is not available through the API.");
  return TRUE;
}

gboolean
cfoil_sim_create_report (CfoilSimCall *call)
{
  CfoilSimReportType type;
  gint64 start;
  gint64 end;

  if (!may_create (call, &type) || !cfoil_sim_call_time (call, "startTime", &start) ||
      !cfoil_sim_call_time (call, "endTime", &end))
    return FALSE;
  if (end <= start)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterCombination", "endTime must be after startTime.");
  call->status = 201;
  json_builder_begin_object (call->json);
  cfoil_sim_json_string (call->json, "reportId", cfoil_sim_reports_create (call->service->reports, type, start, end)->id);
  json_builder_end_object (call->json);
  return TRUE;
}

static gboolean
is_stale (gpointer key,
          gpointer value,
          gpointer now)
{
  return ((CfoilSimDocumentUrl *) value)->issued + 600 * G_USEC_PER_SEC < *(gint64 *) now;
}

/* The address holds a signature and works for half a minute only. */
gboolean
cfoil_sim_get_document (CfoilSimCall *call)
{
  CfoilSimReport *report = cfoil_sim_reports_find_document (call->service->reports, call->id);
  g_autofree char *signature = cfoil_sim_random_token (64);
  g_autofree char *date = cfoil_sim_format_basic (cfoil_sim_clock_real (&call->merchant->clock));
  g_autofree char *url = NULL;
  CfoilSimDocumentUrl *entry;
  gint64 now = g_get_monotonic_time ();

  if (report == NULL)
    return cfoil_sim_not_here (call);
  g_hash_table_foreach_remove (call->service->document_urls, is_stale, &now);
  entry = g_new0 (CfoilSimDocumentUrl, 1);
  entry->document_id = g_strdup (report->document_id);
  entry->issued = now;
  entry->expired = call->fault != NULL && call->fault->kind == CFOIL_SIM_FAULT_EXPIRE_URL;
  url = g_strdup_printf ("%s/offamazonpayments-reports/%s?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=%s"
                         "&X-Amz-SignedHeaders=host&X-Amz-Expires=%" G_GINT64_FORMAT
                         "&X-Amz-Credential=AKIASIMULATOR%%2F%.8s%%2Fus-east-1%%2Fs3%%2Faws4_request&X-Amz-Signature=%s",
                         call->service->base_url, report->document_id, date,
                         call->service->url_lifetime / G_USEC_PER_SEC, date, signature);
  g_hash_table_insert (call->service->document_urls, g_steal_pointer (&signature), entry);
  json_builder_begin_object (call->json);
  cfoil_sim_json_string (call->json, "reportDocumentId", report->document_id);
  cfoil_sim_json_string (call->json, "url", url);
  cfoil_sim_json_string (call->json, "compressionAlgorithm", "N/A");
  json_builder_end_object (call->json);
  return TRUE;
}
