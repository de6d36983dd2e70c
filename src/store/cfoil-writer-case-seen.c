/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-private.h"
#include "cfoil-time.h"
#include "cfoil-writer-private.h"

/* What becomes of a case: what differs from what was told before is an event. */

static gboolean
read_seen (CfoilWriter *self,
           gint64       case_id,
           CfoilState   state,
           const char  *state_code,
           gboolean    *state_differs,
           gint64      *due_us,
           GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_GET_CASE_SEEN, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, case_id);
  step = cfoil_statement_step (statement, error);
  if (step == CFOIL_STEP_ROW)
    {
      *state_differs = cfoil_statement_column_int64 (statement, 0) != (gint64) state ||
                       g_strcmp0 (cfoil_statement_column_text (statement, 1), state_code) != 0;
      *due_us = cfoil_statement_column_int64 (statement, 2);
    }
  cfoil_statement_reset (statement);
  return step == CFOIL_STEP_ROW;
}

static gboolean
set_seen (CfoilWriter *self,
          gint64       case_id,
          CfoilState   state,
          const char  *state_code,
          gint64       deadline_us,
          GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_SET_CASE_SEEN, error);

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, case_id);
  cfoil_statement_bind_int64 (statement, 2, state);
  cfoil_statement_bind_text (statement, 3, state_code);
  cfoil_statement_bind_int64 (statement, 4, deadline_us);
  cfoil_statement_bind_int64 (statement, 5, cfoil_time_now_us ());
  return cfoil_statement_run (statement, error);
}

/* When the provider says that it happened; never after we heard of it. */
static gint64
event_time (gint64 updated_us)
{
  gint64 now_us = cfoil_time_now_us ();

  return updated_us != CFOIL_UNKNOWN ? MIN (updated_us, now_us) : now_us;
}

static gboolean
note_deadline (CfoilWriter *self,
               gint64       case_id,
               gint64       deadline_us,
               gint64       before_us,
               gint64       at_us,
               GError     **error)
{
  g_autofree char *text = NULL;
  g_autofree char *detail = NULL;
  char time[CFOIL_TIME_BUFFER];

  cfoil_time_format_iso (time, deadline_us);
  text = g_strdup_printf (before_us == CFOIL_UNKNOWN ? "The answer is due by %s" : "The answer is now due by %s", time);
  if (before_us == CFOIL_UNKNOWN)
    detail = g_strdup_printf ("{\"due_us\":%" G_GINT64_FORMAT "}", deadline_us);
  else
    detail = g_strdup_printf ("{\"due_us\":%" G_GINT64_FORMAT ",\"was_us\":%" G_GINT64_FORMAT "}", deadline_us, before_us);
  return _cfoil_writer_add_case_event (self, case_id, at_us, NULL, "deadline", text, detail, error);
}

static gboolean
note_state (CfoilWriter *self,
            gint64       case_id,
            CfoilState   state,
            const char  *state_code,
            gint64       at_us,
            GError     **error)
{
  CfoilCaseOutcome outcome = cfoil_case_outcome_of (state, state_code);
  g_autofree char *detail = g_strdup_printf ("{\"state\":\"%s\",\"outcome\":\"%s\"}", cfoil_state_to_string (state),
                                             cfoil_case_outcome_to_string (outcome));

  return _cfoil_writer_add_case_event (self, case_id, at_us, NULL, "state", _cfoil_case_state_words (state, outcome), detail, error);
}

gboolean
_cfoil_writer_note_dispute (CfoilWriter *self,
                            gint64       case_id,
                            CfoilState   state,
                            const char  *state_code,
                            gint64       deadline_us,
                            gint64       updated_us,
                            GError     **error)
{
  gint64 at_us = event_time (updated_us), before_us = CFOIL_UNKNOWN;
  gboolean state_differs, due_differs;

  if (!read_seen (self, case_id, state, state_code, &state_differs, &before_us, error))
    return FALSE;
  due_differs = deadline_us != CFOIL_UNKNOWN && deadline_us != before_us;
  if (!state_differs && !due_differs)
    return TRUE;
  return (!state_differs || note_state (self, case_id, state, state_code, at_us, error)) &&
         (!due_differs || note_deadline (self, case_id, deadline_us, before_us, at_us, error)) &&
         set_seen (self, case_id, state, state_code, due_differs ? deadline_us : before_us, error);
}
