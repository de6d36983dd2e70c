/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-summary.h"

#include "cfoil-error.h"
#include "cfoil-summary-private.h"

static GTimeZone *
find_zone (const char *name,
           GError    **error)
{
  GTimeZone *zone = g_time_zone_new_identifier (name);

  if (zone == NULL)
    g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN, "This system knows no time zone “%s”", name);
  return zone;
}

static char *
read_text (CfoilDatabase *database,
           const char    *sql,
           GError       **error)
{
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (database, sql, error);
  char *text = NULL;

  if (row != NULL && cfoil_statement_step (row, error) == CFOIL_STEP_ROW)
    text = g_strdup (cfoil_statement_column_text (row, 0));
  if (text == NULL && error != NULL && *error == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The mirror has no time zone");
  return text;
}

GTimeZone *
cfoil_summary_get_zone (CfoilDatabase *database,
                        GError       **error)
{
  g_autofree char *name = read_text (database, "SELECT zone FROM summary_zone", error);

  return name != NULL ? find_zone (name, error) : NULL;
}

/* --- from nothing --- */

void
_cfoil_summed_row_read (CfoilStatement *statement,
                        CfoilSummedRow *row)
{
  int i = 0;

  row->account_id = cfoil_statement_column_int64 (statement, i++);
  row->transaction_id = cfoil_statement_column_text (statement, i++);
  row->type = (CfoilType) cfoil_statement_column_int64 (statement, i++);
  row->state = (CfoilState) cfoil_statement_column_int64 (statement, i++);
  row->currency = cfoil_statement_column_text (statement, i++);
  row->sort_us = cfoil_statement_column_int64 (statement, i++);
  row->gross_minor = cfoil_statement_column_int64 (statement, i++);
  row->fee_minor = cfoil_statement_column_int64 (statement, i++);
  row->net_minor = cfoil_statement_column_int64 (statement, i++);
  row->settlement_id = cfoil_statement_column_int64 (statement, i++);
  row->store_id = cfoil_statement_column_int64 (statement, i++);
  row->is_posted = cfoil_statement_column_int64 (statement, i++) != 0;
}

static gboolean
sum_rows (CfoilDatabase *database,
          GTimeZone     *zone,
          CfoilSums     *sums,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (database, "SELECT " CFOIL_SUMMED_ROW_COLUMNS " FROM txn AS t", error);
  CfoilCivilDays days;
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  cfoil_civil_days_init (&days, zone);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW && !g_cancellable_is_cancelled (cancellable))
    {
      CfoilSummedRow row;

      _cfoil_summed_row_read (rows, &row);
      _cfoil_sums_add_row (sums, &days, &row, 1);
    }
  cfoil_civil_days_clear (&days);
  return step != CFOIL_STEP_ERROR && !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
sum_lines (CfoilDatabase *database,
           CfoilSums     *sums,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  rows = cfoil_database_prepare (database,
                                 "SELECT settlement_id, currency, type, amount_minor, fee_minor, net_minor FROM settlement_line", error);
  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW && !g_cancellable_is_cancelled (cancellable))
    _cfoil_sums_add_line (sums, cfoil_statement_column_int64 (rows, 0), cfoil_statement_column_text (rows, 1),
                          (int) cfoil_statement_column_int64 (rows, 2), cfoil_statement_column_int64 (rows, 3),
                          cfoil_statement_column_int64 (rows, 4), cfoil_statement_column_int64 (rows, 5));
  return step != CFOIL_STEP_ERROR && !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static CfoilSums *
sum_all (CfoilDatabase *database,
         GTimeZone     *zone,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr (CfoilSums) sums = _cfoil_sums_new ();

  if (!sum_rows (database, zone, sums, cancellable, error) || !sum_lines (database, sums, cancellable, error))
    return NULL;
  return g_steal_pointer (&sums);
}

static gboolean
put_zone (CfoilDatabase *writer,
          const char    *name,
          GTimeZone     *zone,
          GError       **error)
{
  g_autofree char *rules = cfoil_civil_day_hash_rules (zone);
  g_autoptr (CfoilStatement) statement = NULL;

  statement = cfoil_database_prepare (writer, "UPDATE summary_zone SET zone = ?1, rules = ?2, is_complete = 1", error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_text (statement, 1, name);
  cfoil_statement_bind_text (statement, 2, rules);
  return cfoil_statement_run (statement, error);
}

/* Within a transaction. */
static gboolean
make_all (CfoilDatabase *writer,
          const char    *name,
          GError       **error)
{
  g_autoptr (GTimeZone) zone = find_zone (name, error);
  g_autoptr (CfoilSums) sums = zone != NULL ? sum_all (writer, zone, NULL, error) : NULL;

  return sums != NULL &&
         cfoil_database_exec (writer, "DELETE FROM daily; DELETE FROM hourly; DELETE FROM daily_settled; "
                              "DELETE FROM daily_amount; DELETE FROM settlement_sum", error) &&
         _cfoil_sums_write (sums, writer, error) &&
         put_zone (writer, name, zone, error);
}

gboolean
cfoil_summary_check (CfoilDatabase *reader,
                     GCancellable  *cancellable,
                     gint64        *n_wrong,
                     GError       **error)
{
  g_autoptr (GTimeZone) zone = cfoil_summary_get_zone (reader, error);
  g_autoptr (CfoilSums) sums = zone != NULL ? sum_all (reader, zone, cancellable, error) : NULL;

  return sums != NULL && _cfoil_sums_compare (sums, reader, n_wrong, error);
}

/* --- which zone --- */

/* That of this machine, if it has a name that will still be understood later. */
static char *
name_of_local_zone (void)
{
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  const char *name = g_time_zone_get_identifier (local);
  g_autoptr (GTimeZone) again = name != NULL && *name != '\0' && *name != '/' ? g_time_zone_new_identifier (name) : NULL;

  return g_strdup (again != NULL ? name : "UTC");
}

/* The name of the zone that the sums are to be made anew in; NULL without an error: they
 * are as they should be. */
static char *
find_needed_zone (CfoilDatabase *writer,
                  GError       **error)
{
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (writer, "SELECT zone, is_complete, rules FROM summary_zone", error);
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *rules = NULL;
  const char *name;

  if (row == NULL || cfoil_statement_step (row, error) != CFOIL_STEP_ROW)
    return NULL;
  name = cfoil_statement_column_text (row, 0);
  if (cfoil_statement_column_int64 (row, 1) == 0)
    return name_of_local_zone ();
  /* A mirror that came from a machine with another tz database. */
  zone = g_time_zone_new_identifier (name);
  if (zone == NULL)
    return name_of_local_zone ();
  rules = cfoil_civil_day_hash_rules (zone);
  return g_strcmp0 (rules, cfoil_statement_column_text (row, 2)) != 0 ? g_strdup (name) : NULL;
}

gboolean
cfoil_summary_ensure (CfoilDatabase *writer,
                      GError       **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *zone = find_needed_zone (writer, &local);
  g_autofree char *still = NULL;

  if (zone == NULL && local == NULL)
    return TRUE;
  if (local == NULL && cfoil_database_exec (writer, "BEGIN IMMEDIATE", &local))
    {
      /* Another program may have been faster. */
      still = find_needed_zone (writer, &local);
      if (local == NULL && (still == NULL || make_all (writer, still, &local)) && cfoil_database_exec (writer, "COMMIT", &local))
        return TRUE;
    }
  if (cfoil_database_in_transaction (writer))
    cfoil_database_exec (writer, "ROLLBACK", NULL);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
set_zone (CfoilMirror *mirror,
          const char  *name,
          GError     **error)
{
  g_autoptr (CfoilDatabase) writer = cfoil_mirror_open_writer (mirror, error);

  if (writer == NULL || !cfoil_database_exec (writer, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (make_all (writer, name, error) && cfoil_database_exec (writer, "COMMIT", error))
    {
      cfoil_mirror_notify_changed (mirror);
      return TRUE;
    }
  if (cfoil_database_in_transaction (writer))
    cfoil_database_exec (writer, "ROLLBACK", NULL);
  return FALSE;
}

gboolean
cfoil_summary_set_zone_sync (CfoilMirror *mirror,
                             const char  *zone,
                             GError     **error)
{
  int lock;
  gboolean ok;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror) && zone != NULL, FALSE);

  lock = cfoil_mirror_lock (mirror, error);
  if (lock < 0)
    return FALSE;
  ok = set_zone (mirror, zone, error);
  cfoil_mirror_unlock (mirror, lock);
  return ok;
}
