/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-control.h"

#include <string.h>

/* All of them, oldest first. */
gboolean
cfoil_sim_control_reports (CfoilSimCall *call)
{
  GPtrArray *reports = call->service->reports->reports;

  json_builder_begin_object (call->json);
  cfoil_sim_json_list (call->json, "reports");
  for (guint i = 0; i < reports->len; i++)
    cfoil_sim_write_report (call, g_ptr_array_index (reports, i));
  json_builder_end_array (call->json);
  json_builder_end_object (call->json);
  return TRUE;
}

/* Gives a report, or the next one that is made, a status that it keeps. */
gboolean
cfoil_sim_control_report (CfoilSimCall *call)
{
  static const char *const statuses[] = { "IN_PROGRESS", "COMPLETED", "FAILED", "CANCELLED" };
  CfoilSimReports *reports = call->service->reports;
  const char *id = cfoil_sim_json_get (call->body, "reportId");
  const char *wanted = cfoil_sim_json_get (call->body, "processingStatus");
  CfoilSimReport *report = id != NULL ? cfoil_sim_reports_find (reports, id) : NULL;
  const char *status = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_strcmp0 (wanted, statuses[i]) == 0)
      status = statuses[i];
  if (status == NULL)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "processingStatus is none of the service.");
  if (id != NULL && report == NULL)
    return cfoil_sim_not_here (call);
  if (report != NULL)
    report->forced = status;
  else
    reports->next_status = status;
  json_builder_begin_object (call->json);
  json_builder_end_object (call->json);
  return TRUE;
}

/* What another program does: its schedule takes the place of one of the same type. */
gboolean
cfoil_sim_control_schedule (CfoilSimCall *call)
{
  CfoilSimReports *reports = call->service->reports;
  const char *frequency = cfoil_sim_json_get (call->body, "scheduleFrequency");
  gint64 next = call->now + CFOIL_SIM_DAY;
  CfoilSimReportType type;

  if (!cfoil_sim_report_type_parse (cfoil_sim_json_get (call->body, "reportType"), &type) || frequency == NULL)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "reportType and scheduleFrequency are needed.");
  if (cfoil_sim_json_get (call->body, "nextReportCreationTime") != NULL && !cfoil_sim_call_time (call, "nextReportCreationTime", &next))
    return FALSE;
  for (guint i = reports->schedules->len; i > 0; i--)
    if (((CfoilSimSchedule *) g_ptr_array_index (reports->schedules, i - 1))->type == type)
      g_ptr_array_remove_index (reports->schedules, i - 1);
  json_builder_begin_object (call->json);
  cfoil_sim_json_string (call->json, "reportScheduleId", cfoil_sim_reports_add_schedule (reports, type, frequency, next)->id);
  json_builder_end_object (call->json);
  return TRUE;
}
