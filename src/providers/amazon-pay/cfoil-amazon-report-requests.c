/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-report-requests.h"

#include "cfoil-amazon-failure.h"
#include "cfoil-amazon-json.h"
#include "cfoil-amazon-lane.h"
#include "cfoil-amazon-report-types.h"
#include "cfoil-amazon-schedules.h"
#include "cfoil-error.h"
#include "cfoil-schedule.h"
#include "cfoil-time.h"

#include <string.h>

char *
cfoil_amazon_report_request_build (const char *type,
                                   gint64      start_us,
                                   gint64      end_us)
{
  char start[CFOIL_TIME_BUFFER], end[CFOIL_TIME_BUFFER];

  cfoil_time_format_basic (start, start_us);
  cfoil_time_format_basic (end, end_us);
  return g_strdup_printf ("{\"reportType\":\"%s\",\"startTime\":\"%s\",\"endTime\":\"%s\"}", type, start, end);
}

gboolean
cfoil_amazon_report_request_read (const char    *request,
                                  CfoilInterval *window)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *json;

  if (!json_parser_load_from_data (parser, request, -1, NULL) || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return FALSE;
  json = json_node_get_object (json_parser_get_root (parser));
  return cfoil_amazon_json_get_time (json, "startTime", &window->start_us, NULL)
         && cfoil_amazon_json_get_time (json, "endTime", &window->end_us, NULL);
}

static CfoilKnownReport *
take_answer (CfoilAmazonRun          *run,
             const char              *feed,
             const char              *type,
             const CfoilAction       *action,
             const CfoilAmazonAnswer *answer,
             GError                 **error)
{
  const char *id = cfoil_amazon_json_need_id (answer->object, "reportId", error);
  CfoilInterval window = { CFOIL_UNKNOWN, CFOIL_UNKNOWN };
  CfoilKnownReport *known;
  CfoilReport report;

  if (id == NULL)
    return NULL;
  cfoil_amazon_report_request_read (action->request, &window);
  report = (CfoilReport) {
    .report_id = id,
    .feed = feed,
    .provider_type = type,
    .status = CFOIL_REPORT_IN_PROGRESS,
    .provider_status = "IN_PROGRESS",
    .start_us = window.start_us,
    .end_us = window.end_us,
    .created_us = run->now_us,
    .ours = TRUE,
  };
  if (!cfoil_intake_put_report (run->intake, &report, error))
    return NULL;
  known = g_new0 (CfoilKnownReport, 1);
  known->report_id = g_strdup (id);
  known->provider_type = g_strdup (type);
  known->status = report.status;
  known->start_us = report.start_us;
  known->end_us = report.end_us;
  known->created_us = report.created_us;
  known->ours = TRUE;
  return known;
}

CfoilKnownReport *
cfoil_amazon_report_request_send (CfoilAmazonRun    *run,
                                  const char        *feed,
                                  const char        *type,
                                  const CfoilAction *action,
                                  GError           **error)
{
  g_autoptr (CfoilAmazonAnswer) answer = NULL;
  g_autoptr (GError) failure = NULL;
  CfoilKnownReport *report;

  answer = cfoil_amazon_client_post (run->client, CFOIL_AMAZON_CREATE_REPORT, "reports", NULL, NULL,
                                     action->request, action->idempotency_key, run->cancellable, &failure);
  if (answer == NULL)
    {
      /* Only a refusal settles it; otherwise nobody knows whether it was done, and the next
       * run sends the same again. */
      guint status = cfoil_amazon_failure_get_final_status (failure);

      if (cfoil_intake_end_action (run->intake, action->action_id, status, failure->message, error))
        g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  /* The report and the end of the action in one transaction. */
  report = take_answer (run, feed, type, action, answer, &failure);
  if (!cfoil_intake_end_action (run->intake, action->action_id, answer->status, answer->text, error))
    {
      g_clear_pointer (&report, cfoil_known_report_free);
      return NULL;
    }
  if (report == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return report;
}

/* --- a person asks --- */

static gboolean
begin_feed_of (CfoilAmazonRun *run,
               const char     *type,
               const char    **feed,
               GError        **error)
{
  *feed = cfoil_amazon_report_type_get_feed (type);
  if (*feed != NULL)
    return cfoil_intake_begin_feed (run->intake, *feed, error);
  g_propagate_error (error, cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_UNSUPPORTED, 0, NULL, NULL,
                                                      "This version does not know reports of the type %.100s", type));
  return FALSE;
}

/* One report is not its feed: that is marked neither as fresh nor as failed. */
static gboolean
leave_feed (CfoilAmazonRun *run,
            gboolean        ok,
            GError        **error)
{
  return cfoil_intake_leave_feed (run->intake, ok ? error : NULL) && ok;
}

static gboolean
send_request (CfoilAmazonRun    *run,
              const CfoilAction *action,
              char             **report_id,
              GError           **error)
{
  g_autofree char *type = NULL;
  CfoilKnownReport *report;
  const char *feed;
  gint64 start_us, end_us;

  cfoil_request_subject_parse (action->subject, &type, &start_us, &end_us);
  if (!begin_feed_of (run, type, &feed, error))
    return FALSE;
  report = cfoil_amazon_report_request_send (run, feed, type, action, error);
  if (!leave_feed (run, report != NULL, error))
    {
      g_clear_pointer (&report, cfoil_known_report_free);
      return FALSE;
    }
  if (report_id != NULL)
    *report_id = g_strdup (report->report_id);
  cfoil_known_report_free (report);
  return TRUE;
}

gboolean
cfoil_amazon_request_report (CfoilAmazonRun *run,
                             const char     *type,
                             gint64          start_us,
                             gint64          end_us,
                             char          **report_id,
                             GError        **error)
{
  g_autofree char *subject = cfoil_request_subject_new (type, start_us, end_us);
  g_autofree char *request = cfoil_amazon_report_request_build (type, start_us, end_us);
  g_autoptr (CfoilAction) action = cfoil_intake_begin_action (run->intake, CFOIL_ACTION_REQUEST_REPORT, subject, request, error);

  return action != NULL && send_request (run, action, report_id, error);
}

/* Asks how the report stands, and puts that; *KNOWN has what its document needs. */
static gboolean
ask (CfoilAmazonRun    *run,
     const char        *report_id,
     CfoilKnownReport **known,
     const char       **feed,
     GError           **error)
{
  g_autoptr (CfoilAmazonAnswer) answer = NULL;
  CfoilReport report;

  answer = cfoil_amazon_client_get (run->client, CFOIL_AMAZON_GET_REPORT, "reports", report_id, NULL, 0, run->cancellable, error);
  if (answer == NULL || !cfoil_amazon_json_read_report (answer->object, &report, error) ||
      !begin_feed_of (run, report.provider_type, feed, error))
    return FALSE;
  report.feed = *feed;
  if (!leave_feed (run, cfoil_intake_put_report (run->intake, &report, error), error))
    return FALSE;
  *known = g_new0 (CfoilKnownReport, 1);
  (*known)->report_id = g_strdup (report.report_id);
  (*known)->provider_type = g_strdup (report.provider_type);
  (*known)->document_id = g_strdup (report.document_id);
  (*known)->status = report.status;
  (*known)->start_us = report.start_us;
  (*known)->end_us = report.end_us;
  (*known)->created_us = report.created_us;
  return TRUE;
}

static gboolean
finish (CfoilAmazonRun         *run,
        const char             *feed,
        const CfoilKnownReport *report,
        GError                **error)
{
  gboolean ok = TRUE;

  if (!cfoil_intake_begin_feed (run->intake, feed, error))
    return FALSE;
  if (report->status == CFOIL_REPORT_COMPLETED)
    ok = cfoil_amazon_pull_document (run, feed, report, error);
  /* So the service says that there is nothing in the window. */
  else if (report->status == CFOIL_REPORT_CANCELLED && strcmp (report->provider_type, CFOIL_AMAZON_CURRENCY_REPORTS) != 0)
    ok = cfoil_amazon_add_report_coverage (run, report, error);
  return leave_feed (run, ok, error);
}

gboolean
cfoil_amazon_fetch_report (CfoilAmazonRun    *run,
                           const char        *report_id,
                           gint64             patience_us,
                           CfoilReportStatus *status,
                           GError           **error)
{
  gboolean is_custom = cfoil_amazon_client_get_service (run->client)->endpoint != NULL;
  gint64 until_us = g_get_monotonic_time () + patience_us;

  for (guint n_polls = 0;; n_polls++)
    {
      g_autoptr (GError) failure = NULL;
      CfoilKnownReport *known = NULL;
      const char *feed = NULL;
      gboolean ok;

      if (!ask (run, report_id, &known, &feed, &failure))
        {
          *status = CFOIL_REPORT_EXPIRED;
          if (g_error_matches (failure, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_NOT_FOUND))
            return TRUE;
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      *status = known->status;
      if (known->status != CFOIL_REPORT_IN_PROGRESS || g_get_monotonic_time () >= until_us)
        {
          ok = finish (run, feed, known, error);
          cfoil_known_report_free (known);
          return ok;
        }
      cfoil_known_report_free (known);
      cfoil_intake_progress (run->intake, feed, 0, 0);
      if (!cfoil_http_sleep (cfoil_amazon_client_get_http (run->client), cfoil_amazon_lane_get_poll_delay (n_polls, is_custom),
                             run->cancellable, error))
        return FALSE;
    }
}

/* --- what waits --- */

typedef gboolean (*Resume) (CfoilAmazonRun    *run,
                            const CfoilAction *action,
                            GError           **error);

static gboolean
resume_request (CfoilAmazonRun    *run,
                const CfoilAction *action,
                GError           **error)
{
  return send_request (run, action, NULL, error);
}

gboolean
cfoil_amazon_resume_requests (CfoilAmazonRun *run,
                              GError        **error)
{
  static const struct
  {
    const char *kind;
    Resume resume;
  } kinds[] = {
    { CFOIL_ACTION_REQUEST_REPORT, resume_request },
    { CFOIL_ACTION_CREATE_SCHEDULE, cfoil_amazon_resume_schedule },
    { CFOIL_ACTION_CANCEL_SCHEDULE, cfoil_amazon_resume_cancellation },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GPtrArray) actions = cfoil_intake_list_actions (run->intake, kinds[i].kind, error);

      if (actions == NULL)
        return FALSE;
      for (guint j = 0; j < actions->len; j++)
        {
          g_autoptr (GError) failure = NULL;

          if (kinds[i].resume (run, g_ptr_array_index (actions, j), &failure))
            continue;
          g_debug ("%s: %s", kinds[i].kind, failure->message);
          /* A key that may not do this may do all else; whether it is any good, the run will
           * find out. */
          if (cfoil_amazon_failure_is_of_feed (failure) || cfoil_amazon_failure_is_fatal (failure) ||
              g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_EXISTS))
            continue;
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  return TRUE;
}
