/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-period-lock.h"

#include "cfoil-civil-day.h"
#include "cfoil-period-lock-private.h"
#include "cfoil-period-watch.h"
#include "cfoil-summary.h"

#include <glib/gi18n.h>

/* --- a change in a transaction of its own --- */

typedef gboolean (*ChangeFunc) (CfoilDatabase *writer,
                                gpointer       data,
                                GError       **error);

static gboolean
run_change (CfoilMirror *mirror,
            ChangeFunc   func,
            gpointer     data,
            GError     **error)
{
  g_autoptr (CfoilDatabase) writer = cfoil_mirror_open_writer (mirror, error);

  if (writer == NULL || !cfoil_database_begin_between (writer, error))
    return FALSE;
  if (func (writer, data, error) && cfoil_database_exec (writer, "COMMIT", error))
    {
      cfoil_mirror_notify_changed (mirror);
      return TRUE;
    }
  if (cfoil_database_in_transaction (writer))
    cfoil_database_exec (writer, "ROLLBACK", NULL);
  return FALSE;
}

/* While nobody syncs or imports: sums and locks are of one moment for them, too. */
static gboolean
run_change_alone (CfoilMirror *mirror,
                  ChangeFunc   func,
                  gpointer     data,
                  GError     **error)
{
  int lock = cfoil_mirror_lock (mirror, error);
  gboolean ok = lock >= 0 && run_change (mirror, func, data, error);

  cfoil_mirror_unlock (mirror, lock);
  return ok;
}

/* --- closing --- */

typedef struct
{
  gint32 first_day, end_day;
  const char *who, *note;
  gint64 now_us;
  gint64 lock_id;
  char *zone;              /* (owned) (nullable) */
  gint64 start_us, end_us;
} Closing;

static gboolean
find_bounds (CfoilDatabase *writer,
             Closing       *self,
             GError       **error)
{
  g_autoptr (GTimeZone) zone = cfoil_summary_get_zone (writer, error);

  if (zone == NULL)
    return FALSE;
  self->zone = g_strdup (g_time_zone_get_identifier (zone));
  self->start_us = cfoil_civil_day_start (zone, self->first_day);
  self->end_us = cfoil_civil_day_start (zone, self->end_day);
  if (self->end_us <= self->now_us)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       _ ("This period is not over yet. Close it when its last day has passed."));
  return FALSE;
}

static gboolean
check_is_free (CfoilDatabase *writer,
               const Closing *self,
               GError       **error)
{
  g_autofree char *sql = NULL;
  gint64 n_locks;

  sql = g_strdup_printf ("SELECT count (*) FROM period_lock WHERE opened_us IS NULL AND start_us < %" G_GINT64_FORMAT
                         " AND end_us > %" G_GINT64_FORMAT, self->end_us, self->start_us);
  if (!cfoil_database_get_int64 (writer, sql, &n_locks, error))
    return FALSE;
  if (n_locks == 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                       _ ("Some of these days are in a period that is closed already. Open that one first, or choose other days."));
  return FALSE;
}

static gboolean
add_lock (CfoilDatabase *writer,
          Closing       *self,
          GError       **error)
{
  g_autoptr (CfoilStatement) insert = NULL;
  int i = 1;

  insert = cfoil_database_prepare (writer,
                                   "INSERT INTO period_lock (zone, first_day, end_day, start_us, end_us, who, note, locked_us, sha256) "
                                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, '')",
                                   error);
  if (insert == NULL)
    return FALSE;
  cfoil_statement_bind_text (insert, i++, self->zone);
  cfoil_statement_bind_int64 (insert, i++, self->first_day);
  cfoil_statement_bind_int64 (insert, i++, self->end_day);
  cfoil_statement_bind_int64 (insert, i++, self->start_us);
  cfoil_statement_bind_int64 (insert, i++, self->end_us);
  cfoil_statement_bind_text (insert, i++, self->who);
  cfoil_statement_bind_text (insert, i++, self->note);
  cfoil_statement_bind_int64 (insert, i++, self->now_us);
  if (!cfoil_statement_run (insert, error))
    return FALSE;
  self->lock_id = cfoil_database_last_insert_id (writer);
  return TRUE;
}

static gboolean
add_sums (CfoilDatabase *writer,
          const Closing *self,
          GError       **error)
{
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("INSERT INTO period_lock_sum SELECT %" G_GINT64_FORMAT ", a.name, d.currency, d.type, sum (d.n_done), "
                         "sum (d.gross_minor), sum (d.fee_minor), sum (d.net_minor) FROM account AS a "
                         "CROSS JOIN daily AS d ON d.account_id = a.account_id WHERE d.day >= %d AND d.day < %d "
                         "GROUP BY a.name, d.currency, d.type HAVING sum (d.n_done) > 0",
                         self->lock_id, self->first_day, self->end_day);
  return cfoil_database_exec (writer, sql, error);
}

static gboolean
put_hash (CfoilDatabase *writer,
          gint64         lock_id,
          GError       **error)
{
  g_autofree char *before = NULL;
  g_autofree char *hash = NULL;
  g_autoptr (CfoilStatement) update = NULL;

  if (!_cfoil_period_lock_read_former_hash (writer, lock_id, &before, error) ||
      (hash = _cfoil_period_lock_compute_hash (writer, lock_id, before, error)) == NULL ||
      (update = cfoil_database_prepare (writer, "UPDATE period_lock SET sha256 = ?2 WHERE lock_id = ?1", error)) == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (update, 1, lock_id);
  cfoil_statement_bind_text (update, 2, hash);
  return cfoil_statement_run (update, error);
}

static gboolean
close_period (CfoilDatabase *writer,
              gpointer       data,
              GError       **error)
{
  Closing *self = data;

  return find_bounds (writer, self, error) &&
         check_is_free (writer, self, error) &&
         add_lock (writer, self, error) &&
         add_sums (writer, self, error) &&
         put_hash (writer, self->lock_id, error);
}

gboolean
cfoil_period_lock_add_sync (CfoilMirror *mirror,
                            gint32       first_day,
                            gint32       end_day,
                            const char  *who,
                            const char  *note,
                            gint64       now_us,
                            gint64      *lock_id,
                            GError     **error)
{
  Closing closing = { .first_day = first_day, .end_day = end_day, .who = who, .note = note, .now_us = now_us };
  gboolean ok;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror) && who != NULL && note != NULL, FALSE);

  if (first_day < CFOIL_CIVIL_DAY_MIN || end_day > CFOIL_CIVIL_DAY_MAX + 1 || end_day <= first_day)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _ ("A period has at least one day."));
      return FALSE;
    }
  ok = run_change_alone (mirror, close_period, &closing, error);
  g_free (closing.zone);
  if (ok && lock_id != NULL)
    *lock_id = closing.lock_id;
  return ok;
}

/* --- opening and acknowledging --- */

typedef struct
{
  gint64 lock_id;
  gint64 adjustment_id;
  gint64 now_us;
} Mark;

static gboolean
open_period (CfoilDatabase *writer,
             gpointer       data,
             GError       **error)
{
  const Mark *mark = data;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("UPDATE period_lock SET opened_us = %" G_GINT64_FORMAT " WHERE lock_id = %" G_GINT64_FORMAT
                         " AND opened_us IS NULL", mark->now_us, mark->lock_id);
  if (!cfoil_database_exec (writer, sql, error))
    return FALSE;
  if (cfoil_database_changes (writer) > 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("This period is not closed."));
  return FALSE;
}

gboolean
cfoil_period_lock_open_sync (CfoilMirror *mirror,
                             gint64       lock_id,
                             gint64       now_us,
                             GError     **error)
{
  Mark mark = { lock_id, 0, now_us };

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);

  return run_change_alone (mirror, open_period, &mark, error);
}

static gboolean
take_back (CfoilDatabase *writer,
           gpointer       data,
           GError       **error)
{
  return _cfoil_period_watch_take_back (writer, *(const gint64 *) data, error);
}

gboolean
cfoil_period_lock_take_back_sync (CfoilMirror *mirror,
                                  gint64       now_us,
                                  GError     **error)
{
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autofree char *returning = NULL;
  g_autofree char *sql = NULL;
  gint64 n = 0;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);

  reader = cfoil_mirror_open_reader (mirror, error);
  returning = _cfoil_period_watch_returning_sql ();
  sql = g_strdup_printf ("SELECT coalesce (sum ((%s)), 0) FROM period_lock AS l", returning);
  if (reader == NULL || !cfoil_database_get_int64 (reader, sql, &n, error))
    return FALSE;
  return n == 0 || run_change (mirror, take_back, &now_us, error);
}

static gboolean
acknowledge (CfoilDatabase *writer,
             gpointer       data,
             GError       **error)
{
  const Mark *mark = data;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("UPDATE period_adjustment SET acknowledged_us = coalesce (acknowledged_us, %" G_GINT64_FORMAT ") "
                         "WHERE lock_id = %" G_GINT64_FORMAT " AND %" G_GINT64_FORMAT " IN (0, adjustment_id)",
                         mark->now_us, mark->lock_id, mark->adjustment_id);
  if (!cfoil_database_exec (writer, sql, error))
    return FALSE;
  if (cfoil_database_changes (writer) > 0 || mark->adjustment_id == 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no such adjustment."));
  return FALSE;
}

gboolean
cfoil_period_lock_acknowledge (CfoilMirror *mirror,
                               gint64       lock_id,
                               gint64       adjustment_id,
                               gint64       now_us,
                               GError     **error)
{
  Mark mark = { lock_id, adjustment_id, now_us };

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);

  return run_change (mirror, acknowledge, &mark, error);
}
