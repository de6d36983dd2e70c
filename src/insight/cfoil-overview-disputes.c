/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-private.h"

#include "cfoil-dispute.h"
#include "cfoil-ratio.h"

#include <string.h>

/* Longer queries are no queries any more (CFOIL_QUERY_MAX_LENGTH). */
#define MAX_QUERY 3900
/* No more names than that fit into one. */
#define MAX_IDS (MAX_QUERY / 2)

static const char cases_sql[] =
  "SELECT b.currency, b.amount, b.opened, b.outcome, b.updated, p.txn_id, p.sort_us, p.currency, p.is_flagged, b.charge_id "
  "FROM (SELECT c.case_id, c.charge_id, " CFOIL_CASE_SQL_WORDS ", "
  "coalesce (iif (d.state <> 1 OR d.provider_state IS NOT NULL, d.outcome, c.said_outcome), 0) AS outcome, "
  "coalesce (d.updated_us, c.changed_us) AS updated "
  CFOIL_CASE_SQL_FROM ") AS b LEFT JOIN case_payment AS p ON p.case_id = b.case_id";

/* Of one currency and period. */
typedef struct
{
  gint64 n_opened;
  guint n_won, n_lost;          /* answered and decided */
  gint64 won_minor, decided_minor; /* also of what was accepted or not answered */
  gboolean is_overflown;
  GHashTable *charges;          /* (owned): txn_id of the period's payments that have a case */
  GPtrArray *ids;               /* (owned): their ids, not many more than a query can name */
  gboolean are_flagged;         /* all of them are is:disputed on the transactions page */
} Counts;

typedef struct
{
  Counts now, former;
} Currency;

static void
counts_init (Counts *self)
{
  self->charges = g_hash_table_new (NULL, NULL);
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->are_flagged = TRUE;
}

static Currency *
currency_new (void)
{
  Currency *self = g_new0 (Currency, 1);

  counts_init (&self->now);
  counts_init (&self->former);
  return self;
}

static void
currency_free (gpointer data)
{
  Currency *self = data;

  g_hash_table_unref (self->now.charges);
  g_ptr_array_unref (self->now.ids);
  g_hash_table_unref (self->former.charges);
  g_ptr_array_unref (self->former.ids);
  g_free (self);
}

static Currency *
get_currency (GHashTable *currencies,
              const char *code)
{
  Currency *currency = g_hash_table_lookup (currencies, code);

  if (currency == NULL)
    {
      currency = currency_new ();
      g_hash_table_insert (currencies, g_strdup (code), currency);
    }
  return currency;
}

/* --- counting --- */

static void
add (Counts *counts,
     gint64 *sum,
     gint64  minor)
{
  counts->is_overflown |= minor != CFOIL_UNKNOWN && __builtin_add_overflow (*sum, minor, sum);
}

static void
count_decided (Counts          *counts,
               CfoilCaseOutcome outcome,
               gint64           minor)
{
  if (outcome == CFOIL_CASE_OUTCOME_NEUTRAL)
    return;
  counts->n_won += outcome == CFOIL_CASE_OUTCOME_WON;
  counts->n_lost += outcome == CFOIL_CASE_OUTCOME_LOST;
  add (counts, &counts->decided_minor, minor);
  if (outcome == CFOIL_CASE_OUTCOME_WON)
    add (counts, &counts->won_minor, minor);
}

/* Columns of cases_sql. */
enum
{
  CASE_CURRENCY,
  CASE_AMOUNT,
  CASE_OPENED,
  CASE_OUTCOME,
  CASE_UPDATED,
  CHARGE_ID,
  CHARGE_TIME,
  CHARGE_CURRENCY,
  CHARGE_IS_FLAGGED,
  CHARGE_NAME,
};

/* A payment with two cases is one disputed payment. */
static void
count_charge (Counts         *counts,
              CfoilStatement *row)
{
  gint64 txn_id = cfoil_statement_column_int64 (row, CHARGE_ID);

  if (!g_hash_table_add (counts->charges, GSIZE_TO_POINTER (txn_id)))
    return;
  if (counts->ids->len < MAX_IDS)
    g_ptr_array_add (counts->ids, g_strdup (cfoil_statement_column_text (row, CHARGE_NAME)));
  counts->are_flagged &= cfoil_statement_column_int64 (row, CHARGE_IS_FLAGGED) != 0;
}

static void
count_charge_of_row (const CfoilScope *scope,
                     GHashTable       *currencies,
                     CfoilStatement   *row)
{
  const char *code = cfoil_statement_column_text (row, CHARGE_CURRENCY);
  gint64 us = cfoil_statement_column_int64 (row, CHARGE_TIME);

  if (cfoil_statement_column_int64 (row, CHARGE_ID) == CFOIL_UNKNOWN)
    return;
  if (_cfoil_scope_in_period (scope, us))
    count_charge (&get_currency (currencies, code != NULL ? code : "")->now, row);
  if (_cfoil_scope_in_former (scope, us))
    count_charge (&get_currency (currencies, code != NULL ? code : "")->former, row);
}

static void
count_row (const CfoilScope *scope,
           GHashTable       *currencies,
           CfoilStatement   *row)
{
  const char *code = cfoil_statement_column_text (row, CASE_CURRENCY);
  gint64 opened_us = cfoil_statement_column_int64 (row, CASE_OPENED), updated_us = cfoil_statement_column_int64 (row, CASE_UPDATED);
  gint64 minor = cfoil_statement_column_int64 (row, CASE_AMOUNT);
  CfoilCaseOutcome outcome = (CfoilCaseOutcome) cfoil_statement_column_int64 (row, CASE_OUTCOME);
  Currency *currency;

  count_charge_of_row (scope, currencies, row);
  if (code == NULL)
    return;
  currency = get_currency (currencies, code);
  currency->now.n_opened += _cfoil_scope_in_period (scope, opened_us);
  currency->former.n_opened += _cfoil_scope_in_former (scope, opened_us);
  if (outcome == CFOIL_CASE_OUTCOME_NONE)
    return;
  if (_cfoil_scope_in_period (scope, updated_us))
    count_decided (&currency->now, outcome, minor);
  if (_cfoil_scope_in_former (scope, updated_us))
    count_decided (&currency->former, outcome, minor);
}

static GHashTable *
count_cases (const CfoilScope *scope,
             GError          **error)
{
  g_autoptr (CfoilStatement) rows = _cfoil_scope_prepare (scope, cases_sql, error);
  g_autoptr (GHashTable) currencies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, currency_free);
  CfoilStep step;

  if (rows == NULL)
    return NULL;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    count_row (scope, currencies, rows);
  return step == CFOIL_STEP_ERROR ? NULL : g_steal_pointer (&currencies);
}

/* --- into the overview --- */

static void
set_ratio (CfoilFigure *figure,
           gint64       numerator,
           gint64       denominator)
{
  figure->numerator = numerator;
  figure->denominator = denominator;
  figure->value = cfoil_ratio (numerator, denominator);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Claims that settlements tell of have no dispute that could mark the payment: then the
 * payments are named one by one, as long as that is a query. */
static char *
name_disputed (const CfoilScope *scope,
               const Counts     *counts,
               const char       *currency)
{
  g_autofree char *list = NULL;
  g_autofree char *terms = NULL;

  if (counts->are_flagged)
    return _cfoil_scope_query (scope, cfoil_metric_get_info (CFOIL_METRIC_DISPUTE_RATE)->query, &scope->period, currency);
  if (counts->ids->len == MAX_IDS)
    return NULL;
  g_ptr_array_sort (counts->ids, compare_texts);
  g_ptr_array_add (counts->ids, NULL);
  list = g_strjoinv (",", (char **) counts->ids->pdata);
  if (strlen (list) > MAX_QUERY)
    return NULL;
  terms = g_strconcat ("type:charge state:captured,posted id:", list, NULL);
  return _cfoil_scope_query (scope, terms, &scope->period, currency);
}

static void
fill_win_rate (CfoilFigure  *figure,
               const Counts *counts)
{
  int low, high;

  set_ratio (figure, counts->n_won, (gint64) counts->n_won + counts->n_lost);
  if (figure->value == CFOIL_UNKNOWN)
    return;
  cfoil_ratio_interval (counts->n_won, counts->n_lost, &low, &high);
  figure->low = low;
  figure->high = high;
}

static void
fill_recovery (CfoilFigure  *figure,
               const Counts *counts)
{
  if (counts->is_overflown)
    return;
  set_ratio (figure, counts->won_minor, counts->decided_minor);
}

static void
fill_queries (const CfoilScope   *scope,
              CfoilOverviewBlock *block,
              const Counts       *counts)
{
  static const CfoilMetric decided[] = { CFOIL_METRIC_WIN_RATE, CFOIL_METRIC_RECOVERY_RATE };

  block->figures[CFOIL_METRIC_DISPUTE_RATE].query = name_disputed (scope, counts, block->currency);
  block->figures[CFOIL_METRIC_DISPUTE_ACTIVITY].query =
    _cfoil_scope_case_query (scope, cfoil_metric_get_info (CFOIL_METRIC_DISPUTE_ACTIVITY)->query, "opened", &scope->period,
                             block->currency);
  for (guint i = 0; i < G_N_ELEMENTS (decided); i++)
    block->figures[decided[i]].query = _cfoil_scope_case_query (scope, cfoil_metric_get_info (decided[i])->query, "decided",
                                                                &scope->period, block->currency);
}

static void
fill_block (const CfoilScope   *scope,
            CfoilOverviewBlock *block,
            const Currency     *currency)
{
  const CfoilFigure *payments = &block->figures[CFOIL_METRIC_PAYMENTS];
  CfoilFigure former[CFOIL_N_METRICS] = { 0 };

  set_ratio (&block->figures[CFOIL_METRIC_DISPUTE_ACTIVITY], currency->now.n_opened, payments->value);
  set_ratio (&block->figures[CFOIL_METRIC_DISPUTE_RATE], g_hash_table_size (currency->now.charges), payments->value);
  fill_win_rate (&block->figures[CFOIL_METRIC_WIN_RATE], &currency->now);
  fill_recovery (&block->figures[CFOIL_METRIC_RECOVERY_RATE], &currency->now);
  fill_queries (scope, block, &currency->now);
  if (!scope->has_former)
    return;
  former[CFOIL_METRIC_RECOVERY_RATE].value = CFOIL_UNKNOWN;
  set_ratio (&former[CFOIL_METRIC_DISPUTE_ACTIVITY], currency->former.n_opened, payments->former);
  set_ratio (&former[CFOIL_METRIC_DISPUTE_RATE], g_hash_table_size (currency->former.charges), payments->former);
  fill_win_rate (&former[CFOIL_METRIC_WIN_RATE], &currency->former);
  fill_recovery (&former[CFOIL_METRIC_RECOVERY_RATE], &currency->former);
  for (guint i = CFOIL_METRIC_DISPUTE_ACTIVITY; i <= CFOIL_METRIC_RECOVERY_RATE; i++)
    block->figures[i].former = former[i].value;
}

static gboolean
matters (const Currency *currency)
{
  return currency->now.n_opened > 0 || currency->now.n_won > 0 || currency->now.decided_minor != 0;
}

gboolean
_cfoil_overview_add_disputes (CfoilOverviewBuilder *self,
                              GError              **error)
{
  g_autoptr (GHashTable) currencies = count_cases (self->scope, error);
  GHashTableIter iter;
  gpointer code, currency;

  if (currencies == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, currencies);
  while (g_hash_table_iter_next (&iter, &code, &currency))
    if (matters (currency) && !_cfoil_overview_need_block (self, code, error))
      return FALSE;
  for (guint i = 0; i < self->overview->blocks->len; i++)
    {
      CfoilOverviewBlock *block = self->overview->blocks->pdata[i];

      fill_block (self->scope, block, get_currency (currencies, block->currency));
    }
  return TRUE;
}
