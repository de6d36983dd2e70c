/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-private.h"

#include "cfoil-error.h"
#include "cfoil-query.h"
#include "cfoil-summary.h"
#include "cfoil-time.h"

#include <string.h>

/* --- of what --- */

static gboolean
wants_account (const CfoilReportDefinition *definition,
               const char                  *name,
               gboolean                     is_sandbox,
               gboolean                     has_live)
{
  if (definition->accounts == NULL)
    return is_sandbox != has_live;
  return g_strv_contains ((const char *const *) definition->accounts, name);
}

static gboolean
check_accounts (CfoilReportRun *self,
                GError        **error)
{
  for (char **name = self->definition->accounts; name != NULL && *name != NULL; name++)
    if (!g_ptr_array_find_with_equal_func (self->account_names, *name, g_str_equal, NULL))
      {
        g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ACCOUNT, "There is no account “%s”", *name);
        return FALSE;
      }
  if (self->account_names->len > 0)
    return TRUE;
  g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ACCOUNT, "There is no account to report of");
  return FALSE;
}

static gboolean
read_accounts (CfoilReportRun *self,
               GError        **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  g_autoptr (GString) ids = g_string_new (NULL);
  CfoilStep step;
  gint64 n_live;

  if (!cfoil_database_get_int64 (self->database, "SELECT count (*) FROM account WHERE environment = 'live'", &n_live, error))
    return FALSE;
  row = cfoil_database_prepare (self->database, "SELECT account_id, name, environment = 'sandbox' FROM account ORDER BY name", error);
  if (row == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    {
      const char *name = cfoil_statement_column_text (row, 1);
      gboolean is_sandbox = cfoil_statement_column_int64 (row, 2) != 0;

      if (!wants_account (self->definition, name, is_sandbox, n_live > 0))
        continue;
      g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, ids->len > 0 ? ", " : "", cfoil_statement_column_int64 (row, 0));
      g_ptr_array_add (self->account_names, g_strdup (name));
      self->is_sandbox |= is_sandbox;
    }
  self->accounts = g_strdup (ids->str);
  return step == CFOIL_STEP_DONE && check_accounts (self, error);
}

/* Settlements end, and disputes are heard of, also on days without a transaction. */
static gboolean
widen_all_days (CfoilReportRun *self,
                GError        **error)
{
  gboolean is_of_cases = self->definition->kind == CFOIL_REPORT_DISPUTES;
  const char *question = is_of_cases ? "SELECT min (opened_at_us), max (opened_at_us) FROM cases WHERE account IN "
                                       "(SELECT name FROM account WHERE account_id IN (%s))"
                                     : "SELECT min (end_us), max (end_us) FROM settlement WHERE account_id IN (%s)";
  g_autofree char *sql = g_strdup_printf (question, self->accounts);
  g_autoptr (CfoilStatement) row = NULL;

  if (!is_of_cases && self->definition->kind != CFOIL_REPORT_SETTLEMENTS && self->definition->kind != CFOIL_REPORT_RECONCILIATION)
    return TRUE;
  row = cfoil_database_prepare (self->database, sql, error);
  if (row == NULL || cfoil_statement_step (row, error) == CFOIL_STEP_ERROR)
    return FALSE;
  if (cfoil_statement_column_int64 (row, 0) == CFOIL_UNKNOWN)
    return TRUE;
  self->period.first_day = MIN (self->period.first_day, cfoil_day_of_time (cfoil_statement_column_int64 (row, 0), self->zone));
  self->period.end_day = MAX (self->period.end_day, cfoil_day_of_time (cfoil_statement_column_int64 (row, 1), self->zone) + 1);
  return TRUE;
}

/* From the first row to the last; of an empty mirror today. */
static gboolean
read_all_days (CfoilReportRun *self,
               GError        **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT min (day), max (day) FROM daily WHERE account_id IN (%s)", self->accounts);
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (self->database, sql, error);
  gint64 first, last;

  if (row == NULL || cfoil_statement_step (row, error) == CFOIL_STEP_ERROR)
    return FALSE;
  first = cfoil_statement_column_int64 (row, 0);
  last = cfoil_statement_column_int64 (row, 1);
  self->period.first_day = first != CFOIL_UNKNOWN ? (gint32) CLAMP (first, CFOIL_DAY_MIN, CFOIL_DAY_MAX) : self->today;
  self->period.end_day = last != CFOIL_UNKNOWN ? (gint32) CLAMP (last, CFOIL_DAY_MIN, CFOIL_DAY_MAX) + 1 : self->today + 1;
  return widen_all_days (self, error);
}

static gboolean
choose_group (CfoilReportRun *self,
              GError        **error)
{
  const char *wanted = self->definition->group;

  self->group = self->info->groups[0];
  self->is_by_time = cfoil_bucket_from_string (self->group, &self->bucket);
  if (wanted == NULL || *wanted == '\0')
    {
      /* Whoever offers months first does not want days. */
      if (self->is_by_time && self->bucket == CFOIL_BUCKET_DAY)
        {
          self->bucket = cfoil_period_suggest_bucket (&self->period);
          self->group = cfoil_bucket_to_string (self->bucket);
        }
      return TRUE;
    }
  if (!g_strv_contains (self->info->groups, wanted))
    {
      g_autofree char *groups = g_strjoinv (", ", (char **) self->info->groups);

      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN, "The report “%s” can be by %s, not by “%s”", self->info->name,
                   groups, wanted);
      return FALSE;
    }
  self->group = wanted;
  self->is_by_time = cfoil_bucket_from_string (wanted, &self->bucket);
  return TRUE;
}

static gboolean
read_as_of (CfoilReportRun *self,
            GError        **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT min (fresh_us) FROM feed WHERE fresh_us IS NOT NULL AND account_id IN (%s)",
                                          self->accounts);
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (self->database, sql, error);

  if (row == NULL || cfoil_statement_step (row, error) == CFOIL_STEP_ERROR)
    return FALSE;
  self->as_of_us = cfoil_statement_column_int64 (row, 0);
  return TRUE;
}

gboolean
_cfoil_report_run_init (CfoilReportRun              *self,
                        CfoilDatabase               *database,
                        const CfoilReportDefinition *definition,
                        gint64                       now_us,
                        GCancellable                *cancellable,
                        GError                     **error)
{
  self->database = database;
  self->definition = definition;
  self->info = cfoil_report_get_info (definition->kind);
  self->cancellable = cancellable;
  self->now_us = now_us;
  self->account_names = g_ptr_array_new_with_free_func (g_free);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->zone = cfoil_summary_get_zone (database, error);
  if (self->zone == NULL)
    return FALSE;
  self->today = cfoil_day_of_time (now_us, self->zone);
  if (!cfoil_period_parse (definition->period, self->today, &self->period, error) || !read_accounts (self, error) ||
      (self->period.kind == CFOIL_PERIOD_ALL && !read_all_days (self, error)))
    return FALSE;
  self->start_us = cfoil_day_to_time (self->period.first_day, self->zone);
  self->end_us = cfoil_day_to_time (self->period.end_day, self->zone);
  return choose_group (self, error) && read_as_of (self, error);
}

void
_cfoil_report_run_clear (CfoilReportRun *self)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->accounts, g_free);
  g_clear_pointer (&self->account_names, g_ptr_array_unref);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
}

/* --- asking --- */

static CfoilStatement *
prepare (CfoilReportRun *self,
         const char     *sql,
         gint64          first,
         gint64          end,
         GError        **error)
{
  g_auto (GStrv) parts = g_strsplit (sql, "%ACCOUNTS%", -1);
  g_autofree char *full = g_strjoinv (self->accounts, parts);
  CfoilStatement *statement = cfoil_database_prepare (self->database, full, error);

  if (statement == NULL)
    return NULL;
  cfoil_statement_bind_int64 (statement, 1, first);
  cfoil_statement_bind_int64 (statement, 2, end);
  cfoil_statement_bind_text (statement, 3, self->definition->currency);
  return statement;
}

CfoilStatement *
_cfoil_report_run_prepare_days (CfoilReportRun *self,
                                const char     *sql,
                                GError        **error)
{
  return prepare (self, sql, self->period.first_day, self->period.end_day, error);
}

CfoilStatement *
_cfoil_report_run_prepare_times (CfoilReportRun *self,
                                 const char     *sql,
                                 GError        **error)
{
  return prepare (self, sql, self->start_us, self->end_us, error);
}

static void
add_term (GString    *query,
          CfoilField  field,
          const char *value)
{
  g_autofree char *term = cfoil_term_text_of_value (field, value, FALSE);

  if (term != NULL)
    g_string_append_printf (query, "%s%s", query->len > 0 ? " " : "", term);
}

char *
_cfoil_report_run_to_query (CfoilReportRun *self,
                            const char     *what,
                            const char     *days,
                            const char     *currency,
                            gint32          first_day,
                            gint32          end_day)
{
  const CfoilPeriod period = { CFOIL_PERIOD_DAYS, first_day, end_day };
  g_autofree char *dates = cfoil_period_to_query (&period);
  GString *query = g_string_new (what);
  g_autoptr (GString) names = g_string_new (NULL);

  add_term (query, CFOIL_FIELD_CURRENCY, currency);
  g_string_append_printf (query, "%s%s%s", query->len > 0 ? " " : "", days, strchr (dates, ':'));
  for (guint i = 0; i < self->account_names->len; i++)
    {
      g_autofree char *term = cfoil_term_text_of_value (CFOIL_FIELD_ACCOUNT, g_ptr_array_index (self->account_names, i), FALSE);
      const char *value = term != NULL ? strchr (term, ':') : NULL;

      /* One field with several values is any of them. */
      if (value != NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? "," : "", names->len > 0 ? value + 1 : term);
    }
  if (names->len > 0)
    g_string_append_printf (query, " %s", names->str);
  return g_string_free (query, FALSE);
}
