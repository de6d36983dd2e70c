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

static gboolean
count_payments (const CfoilScope  *scope,
                const CfoilPeriod *period,
                GPtrArray         *currencies,
                gint64            *n_payments,
                GError           **error)
{
  *n_payments = 0;
  for (guint i = 0; i < currencies->len; i++)
    {
      Sales sales;

      if (!read_sales (scope, period, currencies->pdata[i], &sales, error))
        return FALSE;
      *n_payments += sales.n_payments;
    }
  return TRUE;
}

/* --- disputes --- */

typedef struct
{
  gint64 n_all, n_chargebacks, n_fraud; /* of the month */
  gint64 fraud_minor;                   /* in US dollars */
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

  if (cfoil_statement_column_int64 (row, 4) < month_us)
    {
      if ((reason == CFOIL_REASON_NOT_RECEIVED || reason == CFOIL_REASON_NOT_AS_DESCRIBED) && g_strcmp0 (code, currency) == 0)
        add_amount (&self->claims_minor, minor);
      return;
    }
  self->n_all++;
  self->n_chargebacks += is_chargeback;
  if (!is_chargeback || !is_fraud)
    return;
  self->n_fraud++;
  if (g_strcmp0 (code, "USD") == 0)
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

/* --- together --- */

typedef struct
{
  Disputes disputes;
  gint64 n_payments, n_before;
  Sales quarter;
} Facts;

static gboolean
read_facts (const CfoilScope *scope,
            const Months     *months,
            const char       *currency,
            Facts            *facts,
            GError          **error)
{
  g_autoptr (GPtrArray) currencies = _cfoil_scope_list_currencies (scope, error);

  return currencies != NULL && read_disputes (scope, months, currency, &facts->disputes, error) &&
         count_payments (scope, &months->month, currencies, &facts->n_payments, error) &&
         count_payments (scope, &months->before, currencies, &facts->n_before, error) &&
         read_sales (scope, &months->quarter, currency, &facts->quarter, error);
}

/* Reported fraud without a chargeback is not known; that is what "at least" is for. */
static CfoilThresholdCounts
get_counts (CfoilThresholdKind kind,
            const Facts       *facts)
{
  const Disputes *disputes = &facts->disputes;

  switch (kind)
    {
    case CFOIL_THRESHOLD_VISA_VAMP:
      return (CfoilThresholdCounts){ disputes->n_chargebacks, facts->n_payments, facts->n_payments, CFOIL_UNKNOWN };
    case CFOIL_THRESHOLD_MASTERCARD_ECM:
    case CFOIL_THRESHOLD_MASTERCARD_HECM:
      return (CfoilThresholdCounts){ disputes->n_chargebacks, facts->n_before, facts->n_before, CFOIL_UNKNOWN };
    case CFOIL_THRESHOLD_MASTERCARD_EFM:
      return (CfoilThresholdCounts){ disputes->n_fraud, facts->n_before, facts->n_before, disputes->fraud_minor };
    case CFOIL_THRESHOLD_PAYPAL:
      return (CfoilThresholdCounts){ disputes->claims_minor, facts->quarter.gross_minor, facts->quarter.n_payments, CFOIL_UNKNOWN };
    case CFOIL_THRESHOLD_HOUSE:
    case CFOIL_N_THRESHOLDS:
    default:
      return (CfoilThresholdCounts){ disputes->n_all, facts->n_payments, facts->n_payments, CFOIL_UNKNOWN };
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

GPtrArray *
cfoil_threshold_read (CfoilDatabase              *database,
                      const CfoilOverviewRequest *request,
                      const char                 *currency,
                      GCancellable               *cancellable,
                      GError                    **error)
{
  g_autoptr (CfoilScope) scope = _cfoil_scope_new (database, NULL, request, cancellable, error);
  GPtrArray *thresholds;
  Months months;
  Facts facts;

  if (scope == NULL)
    return NULL;
  months = get_months (scope);
  if (!read_facts (scope, &months, currency, &facts, error))
    return NULL;
  thresholds = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_threshold_free);
  for (guint kind = 0; kind < CFOIL_N_THRESHOLDS; kind++)
    {
      CfoilThresholdCounts counts = get_counts ((CfoilThresholdKind) kind, &facts);
      CfoilThreshold *threshold = cfoil_threshold_evaluate ((CfoilThresholdKind) kind, &counts, currency);

      name_days (threshold, &months);
      g_ptr_array_add (thresholds, threshold);
    }
  return thresholds;
}
