/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-private.h"

#include <string.h>

/* Younger payments may still be disputed. */
#define MATURE_DAYS 120

/* --- buckets --- */

GArray *
_cfoil_overview_buckets (const CfoilPeriod *period,
                         CfoilBucket        bucket)
{
  GArray *buckets = g_array_new (FALSE, FALSE, sizeof (gint32));

  for (gint32 day = cfoil_bucket_floor (bucket, period->first_day); day < period->end_day; day = cfoil_bucket_next (bucket, day))
    g_array_append_val (buckets, day);
  return buckets;
}

guint
_cfoil_overview_find_bucket (const gint32 *buckets,
                             guint         n_buckets,
                             gint32        day)
{
  guint low = 0, high = n_buckets;

  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (buckets[middle] <= day)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* --- sums of a currency --- */

typedef struct
{
  const CfoilScope *scope;
  const CfoilOverview *overview;
  CfoilMetricSums now[CFOIL_N_TYPES];
  CfoilMetricSums former[CFOIL_N_TYPES];
  CfoilMetricSums (*of_bucket)[CFOIL_N_TYPES]; /* (owned) */
  gint64 n_rows;       /* of the period */
  gint64 n_immature;
} Sums;

static void
add_to (CfoilMetricSums       *sums,
        CfoilType              type,
        const CfoilMetricSums *more)
{
  CfoilMetricSums all[CFOIL_N_TYPES];

  memset (all, 0, sizeof all);
  all[type] = *more;
  cfoil_metric_sums_add (sums, all);
}

static void
add_day (gint32                 day,
         CfoilType              type,
         gint64                 store_id,
         const CfoilMetricSums *sums,
         gpointer               user_data)
{
  Sums *self = user_data;

  if (day >= self->scope->period.first_day && day < self->scope->period.end_day)
    {
      guint bucket = _cfoil_overview_find_bucket (self->overview->buckets, self->overview->n_buckets, day);

      add_to (self->now, type, sums);
      add_to (self->of_bucket[bucket], type, sums);
      self->n_rows += sums->n_done + sums->n_declined;
      if (type == CFOIL_TYPE_CHARGE && day > self->scope->today - MATURE_DAYS)
        self->n_immature += sums->n_done;
    }
  if (self->scope->has_former && day >= self->scope->former.first_day && day < self->scope->former.end_day)
    add_to (self->former, type, sums);
}

static gboolean
read_sums (Sums       *self,
           const char *currency,
           GError    **error)
{
  const CfoilScope *scope = self->scope;
  gboolean is_apart = scope->has_former && (scope->former.end_day < scope->period.first_day ||
                                            scope->former.first_day > scope->period.end_day);
  gint32 first = scope->period.first_day, end = scope->period.end_day;

  if (scope->has_former && !is_apart)
    {
      first = MIN (first, scope->former.first_day);
      end = MAX (end, scope->former.end_day);
    }
  return _cfoil_scope_each_day (scope, currency, first, end, add_day, self, error) &&
         (!is_apart || _cfoil_scope_each_day (scope, currency, scope->former.first_day, scope->former.end_day, add_day, self, error));
}

static gint64 *
make_spark (const Sums *sums,
            CfoilMetric metric)
{
  gint64 *spark = g_new (gint64, sums->overview->n_buckets);

  for (guint i = 0; i < sums->overview->n_buckets; i++)
    cfoil_metric_compute (metric, sums->of_bucket[i], &spark[i], NULL, NULL);
  return spark;
}

static void
fill_figures (CfoilOverviewBlock *block,
              const Sums         *sums)
{
  for (CfoilMetric metric = 0; metric < CFOIL_N_METRICS; metric++)
    {
      CfoilFigure *figure = &block->figures[metric];

      if (!cfoil_metric_compute (metric, sums->now, &figure->value, &figure->numerator, &figure->denominator))
        continue;
      if (figure->denominator == CFOIL_UNKNOWN)
        figure->numerator = CFOIL_UNKNOWN;
      if (sums->scope->knows_former)
        cfoil_metric_compute (metric, sums->former, &figure->former, NULL, NULL);
      block->spark[metric] = make_spark (sums, metric);
      block->is_overflown |= figure->value == CFOIL_UNKNOWN && figure->denominator == CFOIL_UNKNOWN;
    }
  block->n_unknown_fees = sums->now[CFOIL_TYPE_CHARGE].n_unsettled;
  block->immature_ppm = sums->n_immature > 0 ? (gint64) (((__int128) sums->n_immature * 1000000 +
                                                          sums->now[CFOIL_TYPE_CHARGE].n_done / 2) /
                                                         sums->now[CFOIL_TYPE_CHARGE].n_done) : 0;
}

/* What has no currency and moved nothing needs no block of its own. */
static gboolean
has_rows (const Sums *sums,
          const char *currency)
{
  gint64 n_done = 0;

  for (guint i = 0; i < CFOIL_N_TYPES; i++)
    n_done += sums->now[i].n_done;
  return n_done > 0 || (*currency != '\0' && sums->n_rows > 0);
}

static gboolean
add_currency (CfoilOverviewBuilder *self,
              const char           *currency,
              gboolean              is_wanted,
              GError              **error)
{
  Sums sums = { .scope = self->scope, .overview = self->overview };
  gboolean ok;

  sums.of_bucket = g_malloc0_n (self->overview->n_buckets, sizeof *sums.of_bucket);
  ok = read_sums (&sums, currency, error);
  if (ok && (is_wanted || has_rows (&sums, currency)))
    fill_figures (_cfoil_overview_get_block (self, currency), &sums);
  g_free (sums.of_bucket);
  return ok;
}

gboolean
_cfoil_overview_need_block (CfoilOverviewBuilder *self,
                            const char           *currency,
                            GError              **error)
{
  return g_hash_table_contains (self->blocks, currency) || add_currency (self, currency, TRUE, error);
}

/* Those of the currencies with rows in the period. */
gboolean
_cfoil_overview_add_sums (CfoilOverviewBuilder *self,
                          GError              **error)
{
  g_autoptr (GPtrArray) currencies = _cfoil_scope_list_currencies (self->scope, error);

  if (currencies == NULL)
    return FALSE;
  for (guint i = 0; i < currencies->len; i++)
    if (!add_currency (self, currencies->pdata[i], FALSE, error))
      return FALSE;
  return TRUE;
}
