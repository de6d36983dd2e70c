/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-pull.h"

#include "cfoil-amazon-failure.h"
#include "cfoil-amazon-json.h"
#include "cfoil-amazon-lane.h"
#include "cfoil-amazon-report-requests.h"
#include "cfoil-error.h"
#include "cfoil-time.h"

/* A report that takes longer is looked for again in the next run. */
#define PATIENCE_US (30 * G_TIME_SPAN_MINUTE)
#define ACTION "create-report"

static gboolean
is_custom (CfoilAmazonRun *run)
{
  return cfoil_amazon_client_get_service (run->client)->endpoint != NULL;
}

static gboolean
put_lane_report (CfoilAmazonRun    *run,
                 CfoilAmazonLane   *lane,
                 CfoilReportStatus  status,
                 const char        *provider_status,
                 GError           **error)
{
  CfoilReport report = {
    .report_id = lane->report->report_id,
    .feed = lane->feed->feed,
    .provider_type = lane->type,
    .status = status,
    .provider_status = provider_status,
    .document_id = lane->report->document_id,
    .start_us = lane->report->start_us,
    .end_us = lane->report->end_us,
    .created_us = lane->report->created_us,
    .ours = lane->report->ours,
  };

  return cfoil_intake_put_report (run->intake, &report, error);
}

static void
watch (CfoilAmazonRun   *run,
       CfoilAmazonLane  *lane,
       CfoilKnownReport *report)
{
  lane->report = report;
  lane->n_polls = 0;
  lane->due_us = g_get_monotonic_time () + cfoil_amazon_lane_get_poll_delay (0, is_custom (run));
  lane->give_up_us = g_get_monotonic_time () + PATIENCE_US;
}

static gboolean
finish_report (CfoilAmazonLane *lane)
{
  g_clear_pointer (&lane->report, cfoil_known_report_free);
  lane->n_done++;
  lane->due_us = 0;
  return TRUE;
}

static gboolean
is_refused_window (const GError *error)
{
  const CfoilProviderErrorDetail *detail = cfoil_provider_error_get_detail (error);

  return detail != NULL && detail->http_status == 400 && g_strcmp0 (detail->reason_code, "DuplicateIdempotencyKey") != 0;
}

/* Sends ACTION and keeps what became of it. */
static gboolean
send_action (CfoilAmazonRun  *run,
             CfoilAmazonLane *lane,
             CfoilAction     *action,
             GError         **error)
{
  g_autoptr (GError) failure = NULL;
  CfoilKnownReport *report = cfoil_amazon_report_request_send (run, lane->feed->feed, lane->type, action, &failure);
  CfoilInterval window = { 0, 0 };

  if (report != NULL)
    {
      lane->was_accepted = TRUE;
      watch (run, lane, report);
      return TRUE;
    }
  if (is_refused_window (failure) && cfoil_amazon_report_request_read (action->request, &window) && window.end_us > window.start_us)
    return cfoil_amazon_lane_refused (lane, run, window, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
create_report (CfoilAmazonRun  *run,
               CfoilAmazonLane *lane,
               GError         **error)
{
  g_autofree CfoilInterval *window = g_queue_pop_head (&lane->windows);
  g_autofree char *request = cfoil_amazon_report_request_build (lane->type, window->start_us, window->end_us);
  g_autoptr (CfoilAction) action = cfoil_intake_begin_action (run->intake, ACTION, lane->type, request, error);

  if (action == NULL)
    return FALSE;
  /* One that a former run left open comes first; ours waits. */
  if (!g_str_equal (action->request, request))
    g_queue_push_head (&lane->windows, g_steal_pointer (&window));
  return send_action (run, lane, action, error);
}

static gboolean
handle_status (CfoilAmazonRun    *run,
               CfoilAmazonLane   *lane,
               CfoilReportStatus  status,
               GError           **error)
{
  const CfoilKnownReport *report = lane->report;

  switch (status)
    {
    case CFOIL_REPORT_COMPLETED:
      return cfoil_amazon_pull_document (run, lane->feed->feed, report, error) && finish_report (lane);
    case CFOIL_REPORT_CANCELLED:
      /* So the service says that there is nothing in the window. */
      return cfoil_amazon_add_report_coverage (run, report, error) && finish_report (lane);
    case CFOIL_REPORT_FAILED:
      g_set_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_FAILED, "The service could not make the report %s", report->report_id);
      finish_report (lane);
      return FALSE;
    default:
      if (g_get_monotonic_time () > lane->give_up_us)
        return finish_report (lane);
      lane->n_polls++;
      lane->due_us = g_get_monotonic_time () + cfoil_amazon_lane_get_poll_delay (lane->n_polls, is_custom (run));
      return TRUE;
    }
}

static gboolean
poll_report (CfoilAmazonRun  *run,
             CfoilAmazonLane *lane,
             GError         **error)
{
  g_autoptr (CfoilAmazonAnswer) answer = NULL;
  g_autoptr (GError) failure = NULL;
  CfoilReport report;

  answer = cfoil_amazon_client_get (run->client, CFOIL_AMAZON_GET_REPORT, "reports", lane->report->report_id, NULL, 0, run->cancellable, &failure);
  if (answer == NULL && g_error_matches (failure, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_NOT_FOUND))
    return put_lane_report (run, lane, CFOIL_REPORT_EXPIRED, "EXPIRED", error) && finish_report (lane);
  if (answer == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  if (!cfoil_amazon_json_read_report (answer->object, &report, error))
    return FALSE;
  if (report.document_id != NULL && lane->report->document_id == NULL)
    lane->report->document_id = g_strdup (report.document_id);
  if (lane->report->start_us == CFOIL_UNKNOWN)
    lane->report->start_us = report.start_us;
  if (lane->report->end_us == CFOIL_UNKNOWN)
    lane->report->end_us = report.end_us;
  if (report.created_us != CFOIL_UNKNOWN)
    lane->report->created_us = report.created_us;

  return put_lane_report (run, lane, report.status, report.provider_status, error)
         && handle_status (run, lane, report.status, error);
}

static void
next_pending (CfoilAmazonRun  *run,
              CfoilAmazonLane *lane)
{
  watch (run, lane, g_ptr_array_steal_index (lane->pending, 0));
  lane->due_us = 0;
}

/* The next thing to do for one type of report. */
static gboolean
lane_step (CfoilAmazonRun *run,
           gpointer        data,
           GError        **error)
{
  CfoilAmazonLane *lane = data;
  gboolean had_report;
  gboolean ok;

  if (lane->report == NULL && lane->pending->len > 0)
    next_pending (run, lane);
  had_report = lane->report != NULL;
  if (!had_report && g_queue_is_empty (&lane->windows))
    {
      lane->done = TRUE;
      return TRUE;
    }

  ok = had_report ? poll_report (run, lane, error) : create_report (run, lane, error);
  /* A report that could not be made says nothing about the next window; any
   * other failure would only come again. */
  if (!ok && (!had_report || lane->report != NULL))
    lane->done = TRUE;
  cfoil_intake_progress (run->intake, lane->feed->feed, lane->n_done,
                         lane->n_done + g_queue_get_length (&lane->windows) + lane->pending->len + (lane->report != NULL));
  return ok;
}

static gboolean
plan_step (CfoilAmazonRun *run,
           gpointer        data,
           GError        **error)
{
  CfoilAmazonLane *lane = data;
  gboolean ok = cfoil_amazon_lane_plan (lane, run, error);

  lane->done = !ok;
  return ok;
}

static CfoilAmazonLane *
find_next (CfoilAmazonLane *lanes,
           guint            n_lanes)
{
  CfoilAmazonLane *next = NULL;

  for (guint i = 0; i < n_lanes; i++)
    if (!lanes[i].done && (next == NULL || lanes[i].due_us < next->due_us))
      next = &lanes[i];
  return next;
}

/* All types take turns: while the service works at one, the next is asked for. */
static gboolean
run_lanes (CfoilAmazonRun  *run,
           CfoilAmazonLane *lanes,
           guint            n_lanes,
           GError         **error)
{
  CfoilAmazonLane *lane;

  for (guint i = 0; i < n_lanes; i++)
    if (!cfoil_amazon_run_feed (run, lanes[i].feed->feed, plan_step, &lanes[i], error))
      return FALSE;

  while ((lane = find_next (lanes, n_lanes)) != NULL)
    {
      gint64 wait_us = lane->due_us - g_get_monotonic_time ();

      if (wait_us > 0 && !cfoil_http_sleep (cfoil_amazon_client_get_http (run->client), wait_us + 1000, run->cancellable, error))
        return FALSE;
      if (!cfoil_amazon_run_feed (run, lane->feed->feed, lane_step, lane, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
cfoil_amazon_pull_requests (CfoilAmazonRun *run,
                            GError        **error)
{
  CfoilAmazonLane lanes[CFOIL_AMAZON_N_REPORT_FEEDS] = { 0 };
  gboolean sandbox = cfoil_amazon_client_get_service (run->client)->sandbox;
  guint n_lanes = 0;
  gboolean ok;

  for (guint i = 0; i < CFOIL_AMAZON_N_REPORT_FEEDS; i++)
    {
      const CfoilAmazonReportFeed *feed = &cfoil_amazon_report_feeds[i];
      const char *type = cfoil_amazon_report_feed_get_type (feed, run);

      if (type == NULL || (feed->made_by_itself && !sandbox))
        continue;
      lanes[n_lanes].feed = feed;
      lanes[n_lanes].type = type;
      n_lanes++;
    }

  ok = run_lanes (run, lanes, n_lanes, error);
  for (guint i = 0; i < n_lanes; i++)
    cfoil_amazon_lane_clear (&lanes[i]);
  return ok;
}
