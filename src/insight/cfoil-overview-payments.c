/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-private.h"

#include "cfoil-amount-pack.h"

#include <string.h>

/* What no sum can tell of payments: the middle one of them, and of the days until they were
 * paid out.  From the amounts and the settlements of each day (store/cfoil-summary.h). */

/* --- days --- */

/* The rows of all accounts, one after the other. */
typedef gboolean (*RowFunc) (gpointer        data,
                             CfoilStatement *row,
                             GError        **error);

static gboolean
each_row (const CfoilScope  *scope,
          const char        *sql,
          const char        *currency,
          const CfoilPeriod *period,
          RowFunc            func,
          gpointer           data,
          GError           **error)
{
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (scope->database, sql, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < scope->account_ids->len; i++)
    {
      CfoilStep step;

      cfoil_statement_bind_int64 (rows, 1, g_array_index (scope->account_ids, gint64, i));
      cfoil_statement_bind_text (rows, 2, currency);
      cfoil_statement_bind_int64 (rows, 3, period->first_day);
      cfoil_statement_bind_int64 (rows, 4, period->end_day);
      while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
        if (!func (data, rows, error))
          return FALSE;
      if (step == CFOIL_STEP_ERROR)
        return FALSE;
      cfoil_statement_reset (rows);
    }
  return TRUE;
}

/* --- amounts --- */

/* Those of a day go to its bucket; without buckets all go to the first. */
typedef struct
{
  const gint32 *buckets; /* (borrowed) (nullable) */
  guint n_buckets;
  CfoilAmounts **amounts; /* (borrowed) */
} Amounts;

static void
add_amount (gpointer amounts,
            gint64   amount)
{
  cfoil_amounts_add (amounts, amount);
}

static gboolean
add_amounts_of_day (gpointer        data,
                    CfoilStatement *row,
                    GError        **error)
{
  const Amounts *self = data;
  gint32 day = (gint32) cfoil_statement_column_int64 (row, 0);
  guint bucket = self->buckets != NULL ? _cfoil_overview_find_bucket (self->buckets, self->n_buckets, day) : 0;

  if (cfoil_amount_unpack (cfoil_statement_column_blob (row, 1), cfoil_statement_column_length (row, 1), add_amount,
                           self->amounts[bucket]))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The mirror: the amounts of a day are damaged");
  return FALSE;
}

static const char amounts_sql[] =
  "SELECT day, amounts FROM daily_amount WHERE account_id = ?1 AND currency = ?2 AND day >= ?3 AND day < ?4 ORDER BY day";

CfoilAmounts *
_cfoil_overview_read_amounts (const CfoilScope  *scope,
                              const char        *currency,
                              const CfoilPeriod *period,
                              GError           **error)
{
  CfoilAmounts *amounts = cfoil_amounts_new ();
  Amounts self = { NULL, 0, &amounts };

  if (each_row (scope, amounts_sql, currency, period, add_amounts_of_day, &self, error))
    return amounts;
  cfoil_amounts_free (amounts);
  return NULL;
}

/* The middle one of the period, and of each bucket of it. */
static gboolean
read_medians (const CfoilOverviewBuilder *self,
              CfoilOverviewBlock         *block,
              GError                    **error)
{
  const CfoilOverview *overview = self->overview;
  g_autoptr (CfoilAmounts) all = cfoil_amounts_new ();
  g_autoptr (GPtrArray) of_bucket = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_amounts_free);
  Amounts amounts = { overview->buckets, overview->n_buckets, NULL };

  for (guint i = 0; i < overview->n_buckets; i++)
    g_ptr_array_add (of_bucket, cfoil_amounts_new ());
  amounts.amounts = (CfoilAmounts **) of_bucket->pdata;
  if (!each_row (self->scope, amounts_sql, block->currency, &self->scope->period, add_amounts_of_day, &amounts, error))
    return FALSE;
  block->spark[CFOIL_METRIC_MEDIAN] = g_new (gint64, overview->n_buckets);
  for (guint i = 0; i < overview->n_buckets; i++)
    {
      block->spark[CFOIL_METRIC_MEDIAN][i] = cfoil_amounts_get_median (amounts.amounts[i]);
      cfoil_amounts_merge (all, amounts.amounts[i]);
    }
  block->figures[CFOIL_METRIC_MEDIAN].value = cfoil_amounts_get_median (all);
  return TRUE;
}

static gboolean
read_former_median (const CfoilScope   *scope,
                    CfoilOverviewBlock *block,
                    GError            **error)
{
  g_autoptr (CfoilAmounts) amounts = _cfoil_overview_read_amounts (scope, block->currency, &scope->former, error);

  if (amounts == NULL)
    return FALSE;
  block->figures[CFOIL_METRIC_MEDIAN].former = cfoil_amounts_get_median (amounts);
  return TRUE;
}

/* --- days until the payout --- */

/* So many payments waited for so many days. */
typedef struct
{
  gint64 days;
  gint64 n;
} Wait;

typedef struct
{
  GHashTable *payouts; /* (borrowed): settlement and currency -> day of its payout */
  const char *currency;
  GArray *waits;       /* (owned): Wait */
} Waits;

static char *
name_payout (gint64      settlement_id,
             const char *currency)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", settlement_id, currency);
}

static GHashTable *
list_payouts (const CfoilScope *scope,
              GError          **error)
{
  g_autoptr (CfoilStatement) rows =
    _cfoil_scope_prepare (scope,
                          "SELECT s.settlement_id, d.currency, max (d.transaction_us) FROM disbursement AS d JOIN settlement AS s "
                          "ON s.account_id = d.account_id AND s.provider_id = d.settlement_provider_id "
                          "WHERE d.account_id IN {A} AND d.transaction_us IS NOT NULL GROUP BY s.settlement_id, d.currency",
                          error);
  g_autoptr (GHashTable) payouts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  CfoilStep step;

  if (rows == NULL)
    return NULL;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      gint32 day = cfoil_day_of_time (cfoil_statement_column_int64 (rows, 2), scope->request->zone);

      g_hash_table_insert (payouts, name_payout (cfoil_statement_column_int64 (rows, 0), cfoil_statement_column_text (rows, 1)),
                           GINT_TO_POINTER (day));
    }
  return step == CFOIL_STEP_ERROR ? NULL : g_steal_pointer (&payouts);
}

static gboolean
add_settled (gpointer        data,
             CfoilStatement *row,
             GError        **error)
{
  Waits *self = data;
  g_autofree char *name = name_payout (cfoil_statement_column_int64 (row, 1), self->currency);
  gpointer day;
  Wait wait;

  if (!g_hash_table_lookup_extended (self->payouts, name, NULL, &day))
    return TRUE;
  wait = (Wait){ GPOINTER_TO_INT (day) - cfoil_statement_column_int64 (row, 0), cfoil_statement_column_int64 (row, 2) };
  g_array_append_val (self->waits, wait);
  return TRUE;
}

static int
compare_waits (gconstpointer a,
               gconstpointer b)
{
  const Wait *one = a, *other = b;

  return (one->days > other->days) - (one->days < other->days);
}

/* How long the payment at PLACE waited. */
static gint64
find_wait (const GArray *waits,
           gint64        place)
{
  guint i = 0;

  while (i + 1 < waits->len && place >= g_array_index (waits, Wait, i).n)
    place -= g_array_index (waits, Wait, i++).n;
  return g_array_index (waits, Wait, i).days;
}

/* In microseconds, as half days are possible; CFOIL_UNKNOWN: nothing was paid out. */
static gint64
get_middle_wait (GArray *waits)
{
  gint64 n = 0;

  for (guint i = 0; i < waits->len; i++)
    n += g_array_index (waits, Wait, i).n;
  if (n == 0)
    return CFOIL_UNKNOWN;
  g_array_sort (waits, compare_waits);
  return (find_wait (waits, (n - 1) / 2) + find_wait (waits, n / 2)) * (CFOIL_USEC_PER_DAY / 2);
}

static gboolean
read_wait (const CfoilScope  *scope,
           GHashTable        *payouts,
           const char        *currency,
           const CfoilPeriod *period,
           gint64            *wait_us,
           GError           **error)
{
  g_autoptr (GArray) waits = g_array_new (FALSE, FALSE, sizeof (Wait));
  Waits self = { payouts, currency, waits };

  if (!each_row (scope, "SELECT day, settlement_id, n_done FROM daily_settled WHERE account_id = ?1 AND currency = ?2 "
                        "AND day >= ?3 AND day < ?4", currency, period, add_settled, &self, error))
    return FALSE;
  *wait_us = get_middle_wait (waits);
  return TRUE;
}

/* --- into the overview --- */

gboolean
_cfoil_overview_add_payments (CfoilOverviewBuilder *self,
                              GError              **error)
{
  g_autoptr (GHashTable) payouts = list_payouts (self->scope, error);

  if (payouts == NULL)
    return FALSE;
  for (guint i = 0; i < self->overview->blocks->len; i++)
    {
      CfoilOverviewBlock *block = self->overview->blocks->pdata[i];
      CfoilFigure *wait = &block->figures[CFOIL_METRIC_DAYS_TO_MONEY];

      if (!read_medians (self, block, error) ||
          !read_wait (self->scope, payouts, block->currency, &self->scope->period, &wait->value, error) ||
          (self->scope->has_former &&
           (!read_former_median (self->scope, block, error) ||
            !read_wait (self->scope, payouts, block->currency, &self->scope->former, &wait->former, error))))
        return FALSE;
    }
  return TRUE;
}
