/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-private.h"
#include "cfoil-threshold.h"

#include "cfoil-dispute.h"

#include <string.h>

/* The months that limits are about. */
typedef struct
{
  CfoilPeriod month, before, quarter; /* the three months before */
} Months;

static Months
get_months (const CfoilScope *scope)
{
  gint32 day = MIN (scope->period.end_day - 1, scope->today);
  Months months;

  cfoil_period_init (&months.month, CFOIL_PERIOD_MONTH, MAX (day, scope->period.first_day));
  months.before = months.quarter = months.month;
  cfoil_period_shift (&months.before, -1);
  cfoil_period_shift (&months.quarter, -3);
  months.quarter.kind = CFOIL_PERIOD_DAYS;
  months.quarter.end_day = months.month.first_day;
  return months;
}

/* --- payments --- */

typedef struct
{
  gint64 n_payments;
  gint64 gross_minor; /* CFOIL_UNKNOWN: more than can be counted */
} Sales;

static void
add_day (gint32                 day,
         CfoilType              type,
         gint64                 store_id,
         const CfoilMetricSums *sums,
         gpointer               user_data)
{
  Sales *self = user_data;

  if (type != CFOIL_TYPE_CHARGE)
    return;
  self->n_payments += sums->n_done;
  if (self->gross_minor == CFOIL_UNKNOWN || __builtin_add_overflow (self->gross_minor, sums->gross_minor, &self->gross_minor))
    self->gross_minor = CFOIL_UNKNOWN;
}

static gboolean
read_sales (const CfoilScope  *scope,
            const CfoilPeriod *period,
            const char        *currency,
            Sales             *sales,
            GError           **error)
{
  *sales = (Sales){ 0 };
  return _cfoil_scope_each_day (scope, currency, period->first_day, period->end_day, add_day, sales, error);
}

/* --- disputes --- */

typedef struct
{
  gint64 n_all, n_chargebacks, n_fraud; /* of the month */
  gint64 fraud_minor;                   /* CFOIL_UNKNOWN: not in US dollars */
  gint64 claims_minor;                  /* of the quarter: not received or not as described, of the currency */
} Disputes;

static const char cases_sql[] =
  "SELECT b.* FROM (SELECT c.kind, coalesce (nullif (d.neutral_reason, 0), c.said_reason, 0) AS reason, "
  CFOIL_CASE_SQL_WORDS " "
  CFOIL_CASE_SQL_FROM ") AS b WHERE b.opened >= ?1 AND b.opened < ?2";

static void
add_amount (gint64 *sum,
            gint64  minor)
{
  if (minor != CFOIL_UNKNOWN && (*sum == CFOIL_UNKNOWN || __builtin_add_overflow (*sum, minor, sum)))
    *sum = CFOIL_UNKNOWN;
}

static void
count_case (Disputes       *self,
            CfoilStatement *row,
            const char     *currency,
            gint64          month_us)
{
  gboolean is_chargeback = cfoil_statement_column_int64 (row, 0) == CFOIL_CASE_CHARGEBACK;
  CfoilReason reason = (CfoilReason) cfoil_statement_column_int64 (row, 1);
  const char *code = cfoil_statement_column_text (row, 2);
  gint64 minor = cfoil_statement_column_int64 (row, 3);
  gboolean is_fraud = reason == CFOIL_REASON_FRAUD || reason == CFOIL_REASON_UNRECOGNIZED;

  if (g_strcmp0 (code, currency) != 0)
    return;
  if (cfoil_statement_column_int64 (row, 4) < month_us)
    {
      if (reason == CFOIL_REASON_NOT_RECEIVED || reason == CFOIL_REASON_NOT_AS_DESCRIBED)
        add_amount (&self->claims_minor, minor);
      return;
    }
  self->n_all++;
  self->n_chargebacks += is_chargeback;
  if (!is_chargeback || !is_fraud)
    return;
  self->n_fraud++;
  add_amount (&self->fraud_minor, minor);
}

static gboolean
read_disputes (const CfoilScope *scope,
               const Months     *months,
               const char       *currency,
               Disputes         *disputes,
               GError          **error)
{
  g_autoptr (CfoilStatement) rows = _cfoil_scope_prepare (scope, cases_sql, error);
  gint64 month_us = _cfoil_scope_start_of (scope, months->month.first_day);
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  *disputes = (Disputes){ 0 };
  cfoil_statement_bind_int64 (rows, 1, _cfoil_scope_start_of (scope, months->quarter.first_day));
  cfoil_statement_bind_int64 (rows, 2, _cfoil_scope_start_of (scope, months->month.end_day));
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    count_case (disputes, rows, currency, month_us);
  return step == CFOIL_STEP_DONE;
}

/* --- fraud reports --- */

static gboolean
read_reports (const CfoilScope *scope,
              gint32            month,
              const char       *currency,
              gint64           *n_reports,
              GError          **error)
{
  g_autoptr (CfoilStatement) row =
    _cfoil_scope_prepare (scope, "SELECT sum (n_reports) FROM fraud_report WHERE account_id IN {A} AND currency = ?1 AND month = ?2", error);

  if (row == NULL)
    return FALSE;
  cfoil_statement_bind_text (row, 1, currency);
  cfoil_statement_bind_int64 (row, 2, month);
  if (cfoil_statement_step (row, error) != CFOIL_STEP_ROW)
    return FALSE;
  *n_reports = cfoil_statement_column_int64 (row, 0);
  return TRUE;
}

static const char say_sql[] =
  "INSERT INTO fraud_report SELECT account_id, ?2, ?3, ?4, ?5 FROM account WHERE name = ?1 "
  "ON CONFLICT DO UPDATE SET n_reports = excluded.n_reports, said_us = excluded.said_us";
static const char forget_sql[] =
  "DELETE FROM fraud_report WHERE account_id = (SELECT account_id FROM account WHERE name = ?1) AND currency = ?2 AND month = ?3";

gboolean
cfoil_threshold_say_reports (CfoilMirror *mirror,
                             const char  *account,
                             const char  *currency,
                             gint32       month,
                             gint64       n_reports,
                             gint64       now_us,
                             GError     **error)
{
  g_autoptr (CfoilDatabase) writer = cfoil_mirror_open_writer (mirror, error);
  g_autoptr (CfoilStatement) statement = NULL;

  if (writer == NULL || !cfoil_database_begin_between (writer, error))
    return FALSE;
  statement = cfoil_database_prepare (writer, n_reports != CFOIL_UNKNOWN ? say_sql : forget_sql, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_text (statement, 1, account);
  cfoil_statement_bind_text (statement, 2, currency);
  cfoil_statement_bind_int64 (statement, 3, month);
  if (n_reports != CFOIL_UNKNOWN)
    {
      cfoil_statement_bind_int64 (statement, 4, n_reports);
      cfoil_statement_bind_int64 (statement, 5, now_us);
    }
  if (!cfoil_statement_run (statement, error) || !cfoil_database_exec (writer, "COMMIT", error))
    return FALSE;
  cfoil_mirror_notify_changed (mirror);
  return TRUE;
}

/* --- together --- */

typedef struct
{
  Disputes disputes;
  gint64 n_reports;
  Sales month, before, quarter;
} Facts;

static gboolean
read_facts (const CfoilScope *scope,
            const Months     *months,
            const char       *currency,
            Facts            *facts,
            GError          **error)
{
  return read_disputes (scope, months, currency, &facts->disputes, error) &&
         read_reports (scope, months->month.first_day, currency, &facts->n_reports, error) &&
         read_sales (scope, &months->month, currency, &facts->month, error) &&
         read_sales (scope, &months->before, currency, &facts->before, error) &&
         read_sales (scope, &months->quarter, currency, &facts->quarter, error);
}

/* Reported fraud without a chargeback is known only if somebody typed it in; that is what "at least" is for. */
static CfoilThresholdCounts
get_vamp_counts (const Facts *facts)
{
  CfoilThresholdCounts counts = { facts->disputes.n_chargebacks, facts->month.n_payments, facts->month.n_payments, CFOIL_UNKNOWN };

  counts.has_reports = facts->n_reports != CFOIL_UNKNOWN;
  counts.n_reports = counts.has_reports ? facts->n_reports : 0;
  counts.events += counts.n_reports;
  return counts;
}

static CfoilThresholdCounts
get_counts (CfoilThresholdKind kind,
            const Facts       *facts,
            const char        *currency)
{
  const Disputes *disputes = &facts->disputes;
  gint64 n_month = facts->month.n_payments, n_before = facts->before.n_payments;

  switch (kind)
    {
    case CFOIL_THRESHOLD_VISA_VAMP:
      return get_vamp_counts (facts);
    case CFOIL_THRESHOLD_MASTERCARD_ECM:
    case CFOIL_THRESHOLD_MASTERCARD_HECM:
      return (CfoilThresholdCounts){ disputes->n_chargebacks, n_before, n_before, CFOIL_UNKNOWN };
    case CFOIL_THRESHOLD_MASTERCARD_EFM:
      return (CfoilThresholdCounts){ disputes->n_fraud, n_before, n_before,
                                     g_str_equal (currency, "USD") ? disputes->fraud_minor : CFOIL_UNKNOWN };
    case CFOIL_THRESHOLD_PAYPAL:
      return (CfoilThresholdCounts){ disputes->claims_minor, facts->quarter.gross_minor, facts->quarter.n_payments, CFOIL_UNKNOWN };
    case CFOIL_THRESHOLD_HOUSE:
    case CFOIL_N_THRESHOLDS:
    default:
      return (CfoilThresholdCounts){ disputes->n_all, n_month, n_month, CFOIL_UNKNOWN };
    }
}

static void
name_days (CfoilThreshold *threshold,
           const Months   *months)
{
  const CfoilPeriod *events = &months->month, *base = &months->month;

  switch (threshold->kind)
    {
    case CFOIL_THRESHOLD_MASTERCARD_ECM:
    case CFOIL_THRESHOLD_MASTERCARD_HECM:
    case CFOIL_THRESHOLD_MASTERCARD_EFM:
      base = &months->before;
      break;
    case CFOIL_THRESHOLD_PAYPAL:
      events = base = &months->quarter;
      break;
    case CFOIL_THRESHOLD_VISA_VAMP:
    case CFOIL_THRESHOLD_HOUSE:
    case CFOIL_N_THRESHOLDS:
    default:
      break;
    }
  threshold->first_day = events->first_day;
  threshold->end_day = events->end_day;
  threshold->base_first_day = base->first_day;
  threshold->base_end_day = base->end_day;
}

/* --- accounts --- */

/* Whether ONE is nearer to its limit than OTHER: by what is missing, then by the rate. */
static gboolean
is_nearer (const CfoilThreshold *one,
           const CfoilThreshold *other)
{
  gint64 distance = one->distance != CFOIL_UNKNOWN ? one->distance : G_MAXINT64;
  gint64 other_distance = other->distance != CFOIL_UNKNOWN ? other->distance : G_MAXINT64;

  return distance != other_distance ? distance < other_distance : one->value_ppm > other->value_ppm;
}

static char *
name_account (const CfoilScope *scope,
              GError          **error)
{
  g_autoptr (CfoilStatement) row = _cfoil_scope_prepare (scope, "SELECT name FROM account WHERE account_id IN {A}", error);

  if (row == NULL || cfoil_statement_step (row, error) != CFOIL_STEP_ROW)
    return NULL;
  return g_strdup (cfoil_statement_column_text (row, 0));
}

/* All limits of one account; THRESHOLDS keeps of each kind the nearest. */
static gboolean
add_account (const CfoilScope *scope,
             const Months     *months,
             const char       *currency,
             GPtrArray        *thresholds,
             GError          **error)
{
  g_autofree char *account = name_account (scope, error);
  Facts facts;

  if (account == NULL || !read_facts (scope, months, currency, &facts, error))
    return FALSE;
  for (guint kind = 0; kind < CFOIL_N_THRESHOLDS; kind++)
    {
      CfoilThresholdCounts counts = get_counts ((CfoilThresholdKind) kind, &facts, currency);
      g_autoptr (CfoilThreshold) threshold = cfoil_threshold_evaluate ((CfoilThresholdKind) kind, &counts, currency);

      name_days (threshold, months);
      threshold->account = g_strdup (account);
      if (kind == thresholds->len)
        g_ptr_array_add (thresholds, g_steal_pointer (&threshold));
      else if (is_nearer (threshold, thresholds->pdata[kind]))
        {
          cfoil_threshold_free (thresholds->pdata[kind]);
          thresholds->pdata[kind] = g_steal_pointer (&threshold);
        }
    }
  return TRUE;
}

GPtrArray *
cfoil_threshold_read (CfoilDatabase              *database,
                      const CfoilOverviewRequest *request,
                      const char                 *currency,
                      GCancellable               *cancellable,
                      GError                    **error)
{
  g_autoptr (CfoilScope) scope = _cfoil_scope_new (database, NULL, request, cancellable, error);
  g_autoptr (GPtrArray) thresholds = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_threshold_free);
  Months months;

  if (scope == NULL)
    return NULL;
  months = get_months (scope);
  for (guint i = 0; i < scope->account_ids->len; i++)
    {
      gint64 id = g_array_index (scope->account_ids, gint64, i);
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof id);
      g_autofree char *list = g_strdup_printf ("(%" G_GINT64_FORMAT ")", id);
      CfoilScope one = *scope;

      g_array_append_val (ids, id);
      one.account_ids = ids;
      one.account_list = list;
      if (!add_account (&one, &months, currency, thresholds, error))
        return NULL;
    }
  for (guint i = 0; i < thresholds->len; i++)
    ((CfoilThreshold *) thresholds->pdata[i])->n_accounts = scope->account_ids->len;
  return g_steal_pointer (&thresholds);
}
