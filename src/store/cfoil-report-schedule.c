/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-schedule.h"

#include "cfoil-schedule.h"
#include "cfoil-time.h"
#include "cfoil-types.h"

/* How long a refusal is worth showing. */
#define REFUSAL_US (30 * CFOIL_USEC_PER_DAY)

/* The action that is open; an account has one of each type at a time. */
#define OPEN_ACTION "o.account_id = a.account_id AND o.answered_us IS NULL AND o.kind = "
#define OF_TYPE "(o.subject = s.provider_type OR substr (o.subject, 1, length (s.provider_type) + 1) = s.provider_type || ' ')"

#define LIST_SCHEDULES \
  "SELECT * FROM (SELECT a.name AS account, a.provider, s.schedule_id AS id, s.provider_type AS type, s.frequency, s.next_us, s.seen_us, " \
  "CASE WHEN s.is_ours THEN 1 WHEN EXISTS (SELECT 1 FROM outbox AS o WHERE " OPEN_ACTION "'create-schedule' AND " OF_TYPE ") THEN 0 ELSE 2 END, " \
  "EXISTS (SELECT 1 FROM outbox AS o WHERE " OPEN_ACTION "'cancel-schedule' AND o.subject = s.schedule_id), " \
  "(SELECT o.answer FROM outbox AS o WHERE " OPEN_ACTION "'cancel-schedule' AND o.subject = s.schedule_id) " \
  "FROM report_schedule AS s JOIN account AS a USING (account_id) " \
  "UNION ALL " \
  "SELECT a.name, a.provider, NULL, substr (o.subject, 1, instr (o.subject || ' ', ' ') - 1), coalesce (json_extract (o.request, '$.scheduleFrequency'), ''), " \
  "NULL, o.created_us, 1, 0, o.answer FROM outbox AS o JOIN account AS a USING (account_id) WHERE o.kind = 'create-schedule' AND o.answered_us IS NULL) " \
  "ORDER BY account, type, id IS NULL, id"

#define LIST_REQUESTS \
  "SELECT a.name, o.subject, o.created_us, o.answered_us IS NOT NULL, o.answer FROM outbox AS o JOIN account AS a USING (account_id) " \
  "WHERE o.kind = 'request-report' AND (o.answered_us IS NULL OR (o.http_status >= 300 AND o.answered_us > ?1)) " \
  "ORDER BY o.action_id DESC"

void
cfoil_report_schedule_free (CfoilReportSchedule *self)
{
  if (self == NULL)
    return;
  g_free (self->account);
  g_free (self->provider);
  g_free (self->schedule_id);
  g_free (self->provider_type);
  g_free (self->frequency);
  g_free (self->why_waiting);
  g_free (self);
}

void
cfoil_report_request_free (CfoilReportRequest *self)
{
  if (self == NULL)
    return;
  g_free (self->account);
  g_free (self->provider_type);
  g_free (self->answer);
  g_free (self);
}

static CfoilReportSchedule *
read_schedule (CfoilStatement *row)
{
  CfoilReportSchedule *self = g_new0 (CfoilReportSchedule, 1);

  self->account = g_strdup (cfoil_statement_column_text (row, 0));
  self->provider = g_strdup (cfoil_statement_column_text (row, 1));
  self->schedule_id = g_strdup (cfoil_statement_column_text (row, 2));
  self->provider_type = g_strdup (cfoil_statement_column_text (row, 3));
  self->frequency = g_strdup (cfoil_statement_column_text (row, 4));
  self->next_us = cfoil_statement_column_int64 (row, 5);
  self->seen_us = cfoil_statement_column_int64 (row, 6);
  self->maker = (CfoilScheduleMaker) cfoil_statement_column_int64 (row, 7);
  self->is_being_cancelled = cfoil_statement_column_int64 (row, 8) != 0;
  self->why_waiting = g_strdup (cfoil_statement_column_text (row, 9));
  return self;
}

GPtrArray *
cfoil_report_schedule_list (CfoilDatabase *database,
                            GError       **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_report_schedule_free);
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (database, LIST_SCHEDULES, error);
  CfoilStep step;

  if (row == NULL)
    return NULL;
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    g_ptr_array_add (list, read_schedule (row));
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

static CfoilReportRequest *
read_request (CfoilStatement *row)
{
  CfoilReportRequest *self = g_new0 (CfoilReportRequest, 1);

  self->account = g_strdup (cfoil_statement_column_text (row, 0));
  cfoil_request_subject_parse (cfoil_statement_column_text (row, 1), &self->provider_type, &self->start_us, &self->end_us);
  self->asked_us = cfoil_statement_column_int64 (row, 2);
  self->is_refused = cfoil_statement_column_int64 (row, 3) != 0;
  self->answer = g_strdup (cfoil_statement_column_text (row, 4));
  return self;
}

GPtrArray *
cfoil_report_request_list (CfoilDatabase *database,
                           GError       **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_report_request_free);
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (database, LIST_REQUESTS, error);
  CfoilStep step;

  if (row == NULL)
    return NULL;
  cfoil_statement_bind_int64 (row, 1, cfoil_time_now_us () - REFUSAL_US);
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    g_ptr_array_add (list, read_request (row));
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&list) : NULL;
}
