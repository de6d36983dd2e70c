/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-time.h"
#include "cfoil-writer-private.h"

/* A handful of rows, written a few times a day: these statements are not kept. */
static CfoilStatement *
prepare (CfoilWriter *self,
         const char  *sql,
         GError     **error)
{
  CfoilStatement *statement = cfoil_database_prepare (self->database, sql, error);

  if (statement != NULL)
    cfoil_statement_bind_int64 (statement, 1, self->account_id);
  return statement;
}

gboolean
cfoil_writer_put_schedule (CfoilWriter         *self,
                           const CfoilSchedule *schedule,
                           GError             **error)
{
  g_autoptr (CfoilStatement) statement = NULL;

  if (!_cfoil_writer_touch (self, error))
    return FALSE;
  statement = prepare (self,
                       "INSERT INTO report_schedule VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (account_id, schedule_id) DO UPDATE SET "
                       "provider_type = ?3, frequency = ?4, next_us = ?5, is_ours = max (is_ours, ?6), seen_us = ?7",
                       error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_text (statement, 2, schedule->schedule_id);
  cfoil_statement_bind_text (statement, 3, schedule->provider_type);
  cfoil_statement_bind_text (statement, 4, schedule->frequency);
  cfoil_statement_bind_int64 (statement, 5, schedule->next_us);
  cfoil_statement_bind_int64 (statement, 6, schedule->ours ? 1 : 0);
  cfoil_statement_bind_int64 (statement, 7, cfoil_time_now_us ());
  return cfoil_statement_run (statement, error);
}

gboolean
cfoil_writer_drop_schedule (CfoilWriter *self,
                            const char  *schedule_id,
                            GError     **error)
{
  g_autoptr (CfoilStatement) statement = NULL;

  if (!_cfoil_writer_touch (self, error))
    return FALSE;
  statement = prepare (self, "DELETE FROM report_schedule WHERE account_id = ?1 AND schedule_id = ?2", error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_text (statement, 2, schedule_id);
  return cfoil_statement_run (statement, error);
}

gboolean
cfoil_writer_list_schedules (CfoilWriter      *self,
                             CfoilScheduleFunc each,
                             gpointer          user_data,
                             GError          **error)
{
  g_autoptr (CfoilStatement) row = prepare (self,
                                            "SELECT schedule_id, provider_type, frequency, next_us, is_ours FROM report_schedule "
                                            "WHERE account_id = ?1 ORDER BY provider_type, schedule_id",
                                            error);
  CfoilStep step;

  if (row == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    {
      CfoilSchedule schedule = {
        .schedule_id = cfoil_statement_column_text (row, 0),
        .provider_type = cfoil_statement_column_text (row, 1),
        .frequency = cfoil_statement_column_text (row, 2),
        .next_us = cfoil_statement_column_int64 (row, 3),
        .ours = cfoil_statement_column_int64 (row, 4) != 0,
      };

      each (&schedule, user_data);
    }
  return step == CFOIL_STEP_DONE;
}

gboolean
cfoil_writer_list_actions (CfoilWriter    *self,
                           const char     *kind,
                           CfoilActionFunc each,
                           gpointer        user_data,
                           GError        **error)
{
  g_autoptr (CfoilStatement) row = prepare (self,
                                            "SELECT action_id, subject, idempotency_key, request FROM outbox "
                                            "WHERE account_id = ?1 AND kind = ?2 AND answered_us IS NULL ORDER BY action_id",
                                            error);
  CfoilStep step;

  if (row == NULL)
    return FALSE;
  cfoil_statement_bind_text (row, 2, kind);
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    each (cfoil_statement_column_int64 (row, 0), cfoil_statement_column_text (row, 1), cfoil_statement_column_text (row, 2),
          cfoil_statement_column_text (row, 3), user_data);
  return step == CFOIL_STEP_DONE;
}
