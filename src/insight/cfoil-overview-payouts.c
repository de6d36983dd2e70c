/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-private.h"

#include "cfoil-ratio.h"

#include <string.h>

/* Payouts, what is held back, and when the next one may come. */

/* Payouts nearer to each other are one, in parts. */
#define APART_US (12 * G_TIME_SPAN_HOUR)
/* The rhythm is that of so many distances. */
#define N_DISTANCES 12

typedef struct
{
  gint64 minor;
  gint64 us;
  const char *settlement; /* (borrowed): of the builder's names */
} Payout;

/* Of one account and currency. */
typedef struct
{
  gint64 account_id;
  char currency[16];
  GArray *payouts;  /* (owned): Payout, oldest first */
  gboolean has_reserve;
  gint64 reserve_minor;             /* has_reserve: of the last settlement that speaks of it */
  const char *reserve_settlement;   /* (nullable) (borrowed) */
  gint64 charges_minor, refunds_minor; /* not settled */
} Purse;

static void
purse_free (gpointer data)
{
  Purse *self = data;

  g_array_unref (self->payouts);
  g_free (self);
}

static Purse *
get_purse (GPtrArray  *purses,
           gint64      account_id,
           const char *currency)
{
  Purse *purse;

  for (guint i = 0; i < purses->len; i++)
    {
      purse = purses->pdata[i];
      if (purse->account_id == account_id && strncmp (purse->currency, currency, sizeof purse->currency - 1) == 0)
        return purse;
    }
  purse = g_new0 (Purse, 1);
  purse->account_id = account_id;
  g_strlcpy (purse->currency, currency, sizeof purse->currency);
  purse->payouts = g_array_new (FALSE, FALSE, sizeof (Payout));
  g_ptr_array_add (purses, purse);
  return purse;
}

/* --- what is there --- */

static gboolean
read_payouts (const CfoilScope *scope,
              GPtrArray        *purses,
              GStringChunk     *names,
              GError          **error)
{
  g_autoptr (CfoilStatement) rows =
    _cfoil_scope_prepare (scope,
                          "SELECT account_id, currency, amount_minor, transaction_us, settlement_provider_id FROM disbursement WHERE account_id IN {A} "
                          "AND transaction_us IS NOT NULL ORDER BY account_id, currency, transaction_us",
                          error);
  Purse *purse = NULL;
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      gint64 account_id = cfoil_statement_column_int64 (rows, 0);
      const char *currency = cfoil_statement_column_text (rows, 1);
      Payout payout = { cfoil_statement_column_int64 (rows, 2), cfoil_statement_column_int64 (rows, 3),
                        g_string_chunk_insert (names, cfoil_statement_column_text (rows, 4)) };

      if (purse == NULL || purse->account_id != account_id || !g_str_equal (purse->currency, currency))
        purse = get_purse (purses, account_id, currency);
      g_array_append_val (purse->payouts, payout);
    }
  return step == CFOIL_STEP_DONE;
}

/* A settlement gives back what the one before withheld, at the same moment, and may withhold
 * anew: what the last one that speaks of it withheld is what is held.  The first condition is
 * that of the index. */
static gboolean
read_reserves (const CfoilScope *scope,
               GPtrArray        *purses,
               GStringChunk     *names,
               GError          **error)
{
  g_autoptr (CfoilStatement) rows =
    _cfoil_scope_prepare (scope,
                          "SELECT s.account_id, l.currency, sum (min (l.amount_minor, 0)), coalesce (s.end_us, max (l.posted_us)), "
                          "s.provider_id FROM settlement AS s "
                          "CROSS JOIN settlement_line AS l INDEXED BY settlement_line_balance USING (settlement_id) "
                          "WHERE (l.type IN (0, 6) OR l.type IN (7, 8)) AND l.type = 7 AND s.account_id IN {A} "
                          "GROUP BY s.settlement_id, l.currency ORDER BY 4, s.start_us, s.settlement_id",
                          error);
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      Purse *purse = get_purse (purses, cfoil_statement_column_int64 (rows, 0), cfoil_statement_column_text (rows, 1));

      purse->has_reserve = TRUE;
      purse->reserve_minor = -cfoil_statement_column_int64 (rows, 2);
      purse->reserve_settlement = g_string_chunk_insert_const (names, cfoil_statement_column_text (rows, 4));
    }
  return step == CFOIL_STEP_DONE;
}

/* Nothing before the oldest unsettled payment has to be looked at. */
static gboolean
find_first_unsettled (const CfoilScope *scope,
                      gint64           *day,
                      GError          **error)
{
  gint64 us;

  if (!cfoil_database_get_int64 (scope->database, "SELECT min (sort_us) FROM txn INDEXED BY txn_unsettled WHERE type = 1 "
                                                  "AND state = 5 AND settlement_id IS NULL", &us, error))
    return FALSE;
  *day = us != CFOIL_UNKNOWN ? cfoil_day_of_time (us, scope->request->zone) : CFOIL_UNKNOWN;
  return TRUE;
}

static gboolean
read_unsettled_of (const CfoilScope *scope,
                   CfoilStatement   *rows,
                   GPtrArray        *purses,
                   gint64            account_id,
                   const char       *currency,
                   GError          **error)
{
  Purse *purse = NULL;
  CfoilStep step;

  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      gint64 minor = cfoil_statement_column_int64 (rows, 1), *sum;

      if (purse == NULL)
        purse = get_purse (purses, account_id, currency);
      sum = cfoil_statement_column_int64 (rows, 0) == CFOIL_TYPE_CHARGE ? &purse->charges_minor : &purse->refunds_minor;
      if (*sum == CFOIL_UNKNOWN || __builtin_add_overflow (*sum, minor, sum))
        *sum = CFOIL_UNKNOWN;
    }
  return step == CFOIL_STEP_DONE;
}

static gboolean
read_unsettled (const CfoilScope *scope,
                GPtrArray        *purses,
                GError          **error)
{
  g_autoptr (GPtrArray) currencies = _cfoil_scope_list_currencies (scope, error);
  g_autoptr (CfoilStatement) rows = NULL;
  gint64 first_day;

  if (currencies == NULL || !find_first_unsettled (scope, &first_day, error))
    return FALSE;
  if (first_day == CFOIL_UNKNOWN)
    return TRUE;
  rows = cfoil_database_prepare (scope->database,
                                 "SELECT type, unsettled_minor FROM daily WHERE account_id = ?1 AND currency = ?2 AND day >= ?3 "
                                 "AND type IN (1, 2) AND n_unsettled > 0",
                                 error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < scope->account_ids->len * currencies->len; i++)
    {
      gint64 account_id = g_array_index (scope->account_ids, gint64, i / currencies->len);
      const char *currency = currencies->pdata[i % currencies->len];

      cfoil_statement_bind_int64 (rows, 1, account_id);
      cfoil_statement_bind_text (rows, 2, currency);
      cfoil_statement_bind_int64 (rows, 3, first_day);
      if (!read_unsettled_of (scope, rows, purses, account_id, currency, error))
        return FALSE;
      cfoil_statement_reset (rows);
    }
  return TRUE;
}

/* --- the next one --- */

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

/* The middle distance between the last payouts; CFOIL_UNKNOWN: there are fewer than three. */
static gint64
get_rhythm (const GArray *payouts)
{
  gint64 distances[N_DISTANCES], later = CFOIL_UNKNOWN;
  guint n = 0;

  for (guint i = payouts->len; i-- > 0 && n < N_DISTANCES;)
    {
      gint64 us = g_array_index (payouts, Payout, i).us;

      if (later != CFOIL_UNKNOWN && later - us < APART_US)
        continue;
      if (later != CFOIL_UNKNOWN)
        distances[n++] = later - us;
      later = us;
    }
  if (n < 2)
    return CFOIL_UNKNOWN;
  qsort (distances, n, sizeof *distances, compare_numbers);
  return n % 2 == 1 ? distances[n / 2] : cfoil_divide (distances[n / 2 - 1] + distances[n / 2], 2);
}

/* Where the rhythm broke, nothing is foreseen. */
static void
foresee (const CfoilScope   *scope,
         CfoilOverviewBlock *block,
         const Purse        *purse)
{
  gint64 rhythm = get_rhythm (purse->payouts), next, minor;

  if (rhythm == CFOIL_UNKNOWN || purse->charges_minor == CFOIL_UNKNOWN || purse->refunds_minor == CFOIL_UNKNOWN ||
      __builtin_add_overflow (purse->charges_minor, purse->refunds_minor, &minor) || minor <= 0)
    return;
  next = g_array_index (purse->payouts, Payout, purse->payouts->len - 1).us + rhythm;
  if (next < scope->request->now_us - rhythm || (block->next_payout_us != CFOIL_UNKNOWN && block->next_payout_us <= next))
    return;
  block->next_payout_us = next;
  block->next_payout_minor = minor;
}

/* --- into the overview --- */

static void
add_to (gint64 *sum,
        gint64  minor)
{
  if (*sum == CFOIL_UNKNOWN || minor == CFOIL_UNKNOWN || __builtin_add_overflow (*sum, minor, sum))
    *sum = CFOIL_UNKNOWN;
}

static void
add_payout (CfoilOverviewBuilder *self,
            CfoilOverviewBlock   *block,
            const Payout         *payout)
{
  const CfoilScope *scope = self->scope;
  CfoilFigure *figure = &block->figures[CFOIL_METRIC_PAID_OUT];

  if (_cfoil_scope_in_period (scope, payout->us))
    {
      gint32 day = cfoil_day_of_time (payout->us, scope->request->zone);
      guint bucket = _cfoil_overview_find_bucket (self->overview->buckets, self->overview->n_buckets, day);

      add_to (&figure->value, payout->minor);
      add_to (&block->spark[CFOIL_METRIC_PAID_OUT][bucket], payout->minor);
    }
  if (_cfoil_scope_in_former (scope, payout->us))
    add_to (&figure->former, payout->minor);
  if (block->last_payout_us == CFOIL_UNKNOWN || payout->us > block->last_payout_us)
    {
      block->last_payout_us = payout->us;
      block->last_payout_minor = payout->minor;
      g_free (block->last_payout_settlement);
      block->last_payout_settlement = g_strdup (payout->settlement);
    }
}

/* Where a payout was ever told of, periods without one come to 0. */
static void
begin_figure (CfoilOverviewBuilder *self,
              CfoilOverviewBlock   *block)
{
  CfoilFigure *figure = &block->figures[CFOIL_METRIC_PAID_OUT];

  if (block->spark[CFOIL_METRIC_PAID_OUT] != NULL)
    return;
  block->spark[CFOIL_METRIC_PAID_OUT] = g_new0 (gint64, self->overview->n_buckets);
  figure->value = 0;
  figure->former = self->scope->knows_former ? 0 : CFOIL_UNKNOWN;
}

static gboolean
matters (const CfoilScope *scope,
         const Purse      *purse)
{
  if (purse->charges_minor != 0)
    return TRUE;
  for (guint i = 0; i < purse->payouts->len; i++)
    if (_cfoil_scope_in_period (scope, g_array_index (purse->payouts, Payout, i).us))
      return TRUE;
  return FALSE;
}

static gboolean
add_purse (CfoilOverviewBuilder *self,
           const Purse          *purse,
           GError              **error)
{
  CfoilOverviewBlock *block;

  if (matters (self->scope, purse) && !_cfoil_overview_need_block (self, purse->currency, error))
    return FALSE;
  block = g_hash_table_lookup (self->blocks, purse->currency);
  if (block == NULL)
    return TRUE;
  add_to (&block->unsettled_minor, purse->charges_minor);
  if (purse->has_reserve && block->reserve_minor == CFOIL_UNKNOWN)
    block->reserve_minor = 0;
  if (purse->has_reserve)
    add_to (&block->reserve_minor, purse->reserve_minor);
  if (block->reserve_settlement == NULL)
    block->reserve_settlement = g_strdup (purse->reserve_settlement);
  if (purse->payouts->len == 0)
    return TRUE;
  begin_figure (self, block);
  for (guint i = 0; i < purse->payouts->len; i++)
    add_payout (self, block, &g_array_index (purse->payouts, Payout, i));
  foresee (self->scope, block, purse);
  return TRUE;
}

gboolean
_cfoil_overview_add_payouts (CfoilOverviewBuilder *self,
                             GError              **error)
{
  g_autoptr (GPtrArray) purses = g_ptr_array_new_with_free_func (purse_free);
  GStringChunk *names = g_string_chunk_new (4096);
  gboolean ok = read_payouts (self->scope, purses, names, error) && read_reserves (self->scope, purses, names, error) &&
                read_unsettled (self->scope, purses, error);

  for (guint i = 0; ok && i < purses->len; i++)
    ok = add_purse (self, purses->pdata[i], error);
  g_string_chunk_free (names);
  return ok;
}
