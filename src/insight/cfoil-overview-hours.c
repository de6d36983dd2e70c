/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-private.h"

#include <glib/gi18n.h>

#define N_WEEKDAYS 7
#define N_HOURS 24

/* Captured payments by weekday and hour, as clocks showed them. */
typedef struct
{
  gint64 n[N_WEEKDAYS][N_HOURS];
  gint64 gross[N_WEEKDAYS][N_HOURS]; /* CFOIL_UNKNOWN: more than can be counted */
} Hours;

static void
add_row (Hours          *self,
         CfoilStatement *row)
{
  int weekday = cfoil_day_get_weekday ((gint32) cfoil_statement_column_int64 (row, 0)) - 1;
  gint64 hour = cfoil_statement_column_int64 (row, 1), minor = cfoil_statement_column_int64 (row, 3), *sum;

  if (hour < 0 || hour >= N_HOURS)
    return;
  self->n[weekday][hour] += cfoil_statement_column_int64 (row, 2);
  sum = &self->gross[weekday][hour];
  if (*sum == CFOIL_UNKNOWN || __builtin_add_overflow (*sum, minor, sum))
    *sum = CFOIL_UNKNOWN;
}

static gboolean
read_hours (const CfoilScope *scope,
            const char       *currency,
            Hours            *self,
            GError          **error)
{
  g_autoptr (CfoilStatement) rows =
    cfoil_database_prepare (scope->database,
                            "SELECT day, hour, n_done, gross_minor FROM hourly WHERE account_id = ?1 AND currency = ?2 "
                            "AND day >= ?3 AND day < ?4",
                            error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < scope->account_ids->len; i++)
    {
      CfoilStep step;

      cfoil_statement_bind_int64 (rows, 1, g_array_index (scope->account_ids, gint64, i));
      cfoil_statement_bind_text (rows, 2, currency);
      cfoil_statement_bind_int64 (rows, 3, scope->period.first_day);
      cfoil_statement_bind_int64 (rows, 4, scope->period.end_day);
      while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
        add_row (self, rows);
      if (step == CFOIL_STEP_ERROR)
        return FALSE;
      cfoil_statement_reset (rows);
    }
  return TRUE;
}

/* 5 January 1970 was a Monday. */
static char *
name_weekday (int weekday)
{
  g_autoptr (GDateTime) day = g_date_time_new_utc (1970, 1, 5 + weekday, 0, 0, 0);

  return g_date_time_format (day, "%A");
}

static CfoilTable *
tabulate (const Hours *self,
          const char  *currency,
          gboolean     counts)
{
  CfoilTable *table = cfoil_table_new ("hours", counts ? _ ("Payments by Weekday and Hour") : _ ("Gross Volume by Weekday and Hour"));

  cfoil_table_add_column (table, "weekday", _ ("Weekday"), CFOIL_COLUMN_TEXT);
  for (int hour = 0; hour < N_HOURS; hour++)
    {
      g_autofree char *name = g_strdup_printf ("h%02d", hour);
      g_autofree char *title = g_strdup_printf ("%02d:00", hour);

      cfoil_table_add_column (table, name, title, counts ? CFOIL_COLUMN_COUNT : CFOIL_COLUMN_MONEY);
    }
  for (int weekday = 0; weekday < N_WEEKDAYS; weekday++)
    {
      g_autofree char *name = name_weekday (weekday);

      cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, NULL);
      cfoil_table_add_text (table, name);
      for (int hour = 0; hour < N_HOURS; hour++)
        if (counts)
          cfoil_table_add_number (table, self->n[weekday][hour]);
        else
          cfoil_table_add_money (table, self->gross[weekday][hour], currency);
    }
  return table;
}

CfoilTable *
cfoil_overview_read_hours (CfoilDatabase              *database,
                           const CfoilOverviewRequest *request,
                           const char                 *currency,
                           gboolean                    counts,
                           GCancellable               *cancellable,
                           GError                    **error)
{
  g_autoptr (CfoilScope) scope = _cfoil_scope_new (database, NULL, request, cancellable, error);
  Hours hours = { 0 };

  if (scope == NULL || !read_hours (scope, currency, &hours, error))
    return NULL;
  return tabulate (&hours, currency, counts);
}
