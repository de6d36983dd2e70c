/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-private.h"

#include <gio/gio.h>
#include <string.h>

/* A reminder is known by its deadline and its stage, never by a clock: setting the clock
 * or the zone neither shows one again nor swallows one.  The row of stage 0 says until
 * when all of them are put off. */
#define SNOOZE_STAGE 0

const guint cfoil_reminder_stages[] = { 120, 72, 24, 4, 0 };

void
cfoil_reminder_free (CfoilReminder *reminder)
{
  if (reminder == NULL)
    return;
  cfoil_case_unref (reminder->record);
  g_free (reminder);
}

/* When STAGE of a deadline begins; far away for one that nobody can reach. */
static gint64
stage_start (gint64 due_us,
             guint  stage)
{
  gint64 before_us = (gint64) stage * G_TIME_SPAN_HOUR;

  return due_us > G_MININT64 + before_us ? due_us - before_us : G_MININT64;
}

/* The stage that is reached at NOW_US, 0 for none; *NEXT_US is when the following one
 * is, or the deadline itself. */
static guint
stage_at (gint64  due_us,
          gint64  now_us,
          gint64 *next_us)
{
  guint reached = 0;

  for (guint i = 0; cfoil_reminder_stages[i] != 0; i++)
    {
      gint64 start_us = stage_start (due_us, cfoil_reminder_stages[i]);

      if (start_us > now_us)
        {
          *next_us = start_us;
          return reached;
        }
      reached = cfoil_reminder_stages[i];
    }
  *next_us = CFOIL_UNKNOWN;
  return reached;
}

static void
sooner (gint64 *next_us,
        gint64  other_us)
{
  if (other_us != CFOIL_UNKNOWN && (*next_us == CFOIL_UNKNOWN || other_us < *next_us))
    *next_us = other_us;
}

typedef struct
{
  gboolean was_shown;
  gint64 snoozed_us; /* CFOIL_UNKNOWN: not */
} Shown;

static gboolean
read_shown (CfoilStatement  *rows,
            const CfoilCase *record,
            guint            stage,
            Shown           *shown,
            GError         **error)
{
  CfoilStep step;

  *shown = (Shown){ FALSE, CFOIL_UNKNOWN };
  cfoil_statement_bind_int64 (rows, 1, record->case_id);
  cfoil_statement_bind_int64 (rows, 2, record->due_us);
  cfoil_statement_bind_int64 (rows, 3, stage);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    if (cfoil_statement_column_int64 (rows, 0) == SNOOZE_STAGE)
      shown->snoozed_us = cfoil_statement_column_int64 (rows, 2);
    else
      shown->was_shown = cfoil_statement_column_int64 (rows, 1) != CFOIL_UNKNOWN;
  cfoil_statement_reset (rows);
  return step == CFOIL_STEP_DONE;
}

/* Adds the reminder of RECORD that is due, if one is. */
static gboolean
add_due (GPtrArray      *reminders,
         CfoilStatement *rows,
         CfoilCase      *record,
         gint64          now_us,
         gint64         *next_us,
         GError        **error)
{
  gint64 following_us = CFOIL_UNKNOWN;
  guint stage = stage_at (record->due_us, now_us, &following_us);
  CfoilReminder *reminder;
  Shown shown;

  if (!read_shown (rows, record, stage, &shown, error))
    return FALSE;
  if (shown.snoozed_us != CFOIL_UNKNOWN && shown.snoozed_us > now_us)
    {
      sooner (next_us, shown.snoozed_us);
      return TRUE;
    }
  sooner (next_us, following_us);
  if (stage == 0 || shown.was_shown)
    return TRUE;
  reminder = g_new0 (CfoilReminder, 1);
  reminder->case_id = record->case_id;
  reminder->stage = stage;
  reminder->record = cfoil_case_ref (record);
  g_ptr_array_add (reminders, reminder);
  return TRUE;
}

GPtrArray *
cfoil_reminder_list_due (CfoilDatabase *database,
                         gint64         now_us,
                         gint64        *next_us,
                         GError       **error)
{
  g_autoptr (GPtrArray) reminders = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_reminder_free);
  g_autoptr (GPtrArray) cases = NULL;
  g_autoptr (CfoilStatement) rows = NULL;

  g_return_val_if_fail (database != NULL && next_us != NULL, NULL);

  *next_us = CFOIL_UNKNOWN;
  cases = cfoil_case_list (database, error);
  rows = cases == NULL ? NULL
                       : cfoil_database_prepare (database,
                                                 "SELECT stage, shown_us, snoozed_us FROM reminder WHERE case_id = ?1 AND due_us = ?2 "
                                                 "AND stage IN (0, ?3)",
                                                 error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < cases->len; i++)
    {
      CfoilCase *record = g_ptr_array_index (cases, i);

      /* Unknown too once the answer was delivered. */
      if (record->due_us != CFOIL_UNKNOWN && !add_due (reminders, rows, record, now_us, next_us, error))
        return NULL;
    }
  return g_steal_pointer (&reminders);
}

/* --- writing --- */

typedef struct
{
  gint64 case_id;
  guint stage;
  gint64 us;
} Mark;

static gboolean
run_mark (CfoilDatabase *writer,
          const Mark    *mark,
          gint64         due_us,
          const char    *sql,
          GError       **error)
{
  g_autoptr (CfoilStatement) statement = cfoil_database_prepare (writer, sql, error);

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, mark->case_id);
  cfoil_statement_bind_int64 (statement, 2, due_us);
  cfoil_statement_bind_int64 (statement, 3, mark->stage);
  if (strstr (sql, "?4") != NULL)
    cfoil_statement_bind_int64 (statement, 4, mark->us);
  return cfoil_statement_run (statement, error);
}

static gboolean
mark_shown (CfoilDatabase *writer,
            gpointer       data,
            GError       **error)
{
  const Mark *mark = data;
  g_autoptr (CfoilCase) record = cfoil_case_read (writer, mark->case_id, error);

  if (record == NULL)
    return FALSE;
  /* Meanwhile it was answered: there is nothing to remember. */
  return record->due_us == CFOIL_UNKNOWN ||
         run_mark (writer, mark, record->due_us,
                   "INSERT INTO reminder (case_id, due_us, stage, shown_us) VALUES (?1, ?2, ?3, ?4) "
                   "ON CONFLICT (case_id, due_us, stage) DO UPDATE SET shown_us = ?4",
                   error);
}

gboolean
cfoil_reminder_mark_shown (CfoilMirror *mirror,
                           gint64       case_id,
                           guint        stage,
                           gint64       now_us,
                           GError     **error)
{
  Mark mark = { case_id, stage, now_us };

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror) && stage != SNOOZE_STAGE, FALSE);

  return _cfoil_case_transact (mirror, mark_shown, &mark, error);
}

/* What was shown will be shown again. */
static gboolean
snooze (CfoilDatabase *writer,
        gpointer       data,
        GError       **error)
{
  const Mark *mark = data;
  g_autoptr (CfoilCase) record = cfoil_case_read (writer, mark->case_id, error);

  if (record == NULL)
    return FALSE;
  return record->due_us == CFOIL_UNKNOWN ||
         (run_mark (writer, mark, record->due_us,
                    "UPDATE reminder SET shown_us = NULL WHERE case_id = ?1 AND due_us = ?2 AND stage <> ?3", error) &&
          run_mark (writer, mark, record->due_us,
                    "INSERT INTO reminder (case_id, due_us, stage, snoozed_us) VALUES (?1, ?2, ?3, ?4) "
                    "ON CONFLICT (case_id, due_us, stage) DO UPDATE SET snoozed_us = ?4",
                    error));
}

gboolean
cfoil_reminder_snooze (CfoilMirror *mirror,
                       gint64       case_id,
                       gint64       until_us,
                       GError     **error)
{
  Mark mark = { case_id, SNOOZE_STAGE, until_us };

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);

  return _cfoil_case_transact (mirror, snooze, &mark, error);
}
