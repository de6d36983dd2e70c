/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-service.h"

#include <string.h>

static void
write_schedule (JsonBuilder            *json,
                const CfoilSimSchedule *schedule)
{
  json_builder_begin_object (json);
  cfoil_sim_json_string (json, "reportScheduleId", schedule->id);
  cfoil_sim_json_string (json, "reportType", cfoil_sim_report_type_name (schedule->type));
  cfoil_sim_json_string (json, "scheduleFrequency", schedule->frequency);
  cfoil_sim_json_time (json, "nextReportCreationTime", schedule->next);
  json_builder_end_object (json);
}

gboolean
cfoil_sim_list_schedules (CfoilSimCall *call)
{
  GPtrArray *schedules = call->service->reports->schedules;
  const char *types = call->query != NULL ? g_hash_table_lookup (call->query, "reportTypes") : NULL;
  g_auto (GStrv) wanted = types != NULL ? g_strsplit (types, ",", -1) : NULL;

  cfoil_sim_reports_run_schedules (call->service->reports);
  json_builder_begin_object (call->json);
  cfoil_sim_json_list (call->json, "reportSchedules");
  for (guint i = 0; i < schedules->len; i++)
    {
      const CfoilSimSchedule *schedule = g_ptr_array_index (schedules, i);

      if (wanted == NULL ||
          g_strv_contains ((const char *const *) wanted, cfoil_sim_report_type_name (schedule->type)))
        write_schedule (call->json, schedule);
    }
  json_builder_end_array (call->json);
  json_builder_end_object (call->json);
  return TRUE;
}

static gboolean
find_schedule (CfoilSimCall *call,
               guint        *index)
{
  GPtrArray *schedules = call->service->reports->schedules;

  for (*index = 0; *index < schedules->len; (*index)++)
    if (strcmp (((CfoilSimSchedule *) g_ptr_array_index (schedules, *index))->id, call->id) == 0)
      return TRUE;
  return cfoil_sim_not_here (call);
}

gboolean
cfoil_sim_get_schedule (CfoilSimCall *call)
{
  guint index;

  if (!find_schedule (call, &index))
    return FALSE;
  write_schedule (call->json, g_ptr_array_index (call->service->reports->schedules, index));
  return TRUE;
}

static gboolean
check_frequency (CfoilSimCall *call,
                 const char   *frequency)
{
  static const char *const known[] = {
    "PT5M", "PT15M", "PT30M", "PT1H", "PT2H", "PT4H", "PT8H", "PT12H", "PT24H", "PT84H",
    "P1D", "P2D", "P3D", "P7D", "P14D", "P15D", "P18D", "P30D", NULL
  };

  if (frequency == NULL || !g_strv_contains (known, frequency))
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for scheduleFrequency is invalid.");
  return TRUE;
}

static gboolean
check_type (CfoilSimCall       *call,
            CfoilSimReportType *type)
{
  const CfoilSimOptions *options = &call->merchant->options;

  if (!cfoil_sim_report_type_parse (cfoil_sim_json_get (call->body, "reportType"), type) ||
      *type == CFOIL_SIM_REPORT_SETTLEMENT || *type == CFOIL_SIM_REPORT_MULTI_CURRENCY ||
      options->sandbox != (*type == CFOIL_SIM_REPORT_SANDBOX_SETTLEMENT) ||
      (*type == CFOIL_SIM_REPORT_CAPTURE && !options->capture_report))
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for reportType is invalid.");
  return TRUE;
}

/* One schedule per report type. */
gboolean
cfoil_sim_create_schedule (CfoilSimCall *call)
{
  CfoilSimReports *reports = call->service->reports;
  const char *frequency = cfoil_sim_json_get (call->body, "scheduleFrequency");
  gboolean replace = cfoil_sim_json_flag (call->body, "deleteExistingSchedule");
  CfoilSimReportType type;
  CfoilSimSchedule *schedule;
  gint64 next;

  if (!check_type (call, &type) || !check_frequency (call, frequency) ||
      !cfoil_sim_call_time (call, "nextReportCreationTime", &next))
    return FALSE;
  for (guint i = 0; i < reports->schedules->len; i++)
    if (((CfoilSimSchedule *) g_ptr_array_index (reports->schedules, i))->type == type)
      {
        if (!replace)
          return cfoil_sim_call_fail (call, 400, "InvalidRequest", "A schedule for the report type exists already.");
        g_ptr_array_remove_index (reports->schedules, i);
        break;
      }
  schedule = cfoil_sim_reports_add_schedule (reports, type, frequency, next);
  call->status = 201;
  json_builder_begin_object (call->json);
  cfoil_sim_json_string (call->json, "reportScheduleId", schedule->id);
  json_builder_end_object (call->json);
  return TRUE;
}

gboolean
cfoil_sim_cancel_schedule (CfoilSimCall *call)
{
  guint index;

  if (!find_schedule (call, &index))
    return FALSE;
  g_ptr_array_remove_index (call->service->reports->schedules, index);
  json_builder_begin_object (call->json);
  json_builder_end_object (call->json);
  return TRUE;
}

static void
write_disbursement (CfoilSimCall             *call,
                    const CfoilSimSettlement *settlement)
{
  g_autofree char *amount = cfoil_sim_money_format (settlement->paid, settlement->currency);
  g_autofree char *time = cfoil_sim_format_millis (settlement->end * 1000 + (settlement->end * 7919 + settlement->paid) % 60000);

  json_builder_begin_object (call->json);
  cfoil_sim_json_string (call->json, "sellerId", call->merchant->merchant_id);
  cfoil_sim_json_string (call->json, "settlementId", settlement->id);
  cfoil_sim_json_string (call->json, "amazonDisbursementReferenceId", settlement->reference);
  cfoil_sim_json_string (call->json, "amount", amount);
  cfoil_sim_json_string (call->json, "currencyCode", cfoil_sim_currency_code (settlement->currency));
  cfoil_sim_json_string (call->json, "transactionTime", time);
  json_builder_end_object (call->json);
}

static gboolean
open_window (CfoilSimCall *call,
             GHashTable   *query,
             gint64       *start,
             gint64       *end)
{
  const char *from = g_hash_table_lookup (query, "startTime");
  const char *to = g_hash_table_lookup (query, "endTime");

  *start = call->now - 90 * CFOIL_SIM_DAY;
  *end = call->now;
  if (from != NULL && !cfoil_sim_parse_time (from, start))
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for startTime is invalid.");
  if (to != NULL && !cfoil_sim_parse_time (to, end))
    return cfoil_sim_call_fail (call, 400, "InvalidParameterValue", "The value provided for endTime is invalid.");
  if (*end < *start)
    return cfoil_sim_call_fail (call, 400, "InvalidParameterCombination", "endTime must not be before startTime.");
  return TRUE;
}

/* Newest first; settlements that paid nothing have no disbursement. */
gboolean
cfoil_sim_list_disbursements (CfoilSimCall *call)
{
  static const char *const parameters[] = { "startTime", "endTime" };
  GPtrArray *settlements = call->merchant->settlements;
  GHashTable *query;
  gint64 start;
  gint64 end;
  guint position;
  guint size;
  guint n = 0;

  if (!cfoil_sim_page_open (call, parameters, G_N_ELEMENTS (parameters), 10, &query, &position, &size) ||
      !open_window (call, query, &start, &end))
    return FALSE;
  json_builder_begin_object (call->json);
  cfoil_sim_json_list (call->json, "disbursements");
  for (guint i = MIN (position, settlements->len); i > 0; i--)
    {
      const CfoilSimSettlement *settlement = g_ptr_array_index (settlements, i - 1);

      if (settlement->paid == 0 || settlement->end < start || settlement->end > end)
        continue;
      if (n++ == size)
        {
          json_builder_end_array (call->json);
          cfoil_sim_page_close (call, query, i);
          json_builder_end_object (call->json);
          return TRUE;
        }
      write_disbursement (call, settlement);
    }
  json_builder_end_array (call->json);
  json_builder_end_object (call->json);
  return TRUE;
}
