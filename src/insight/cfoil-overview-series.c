/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

/* --- metrics by day, week and so on --- */

typedef struct
{
  const CfoilScope *scope;
  const gint32 *buckets;
  guint n_buckets;
  CfoilMetricSums (*sums)[CFOIL_N_TYPES]; /* (owned) */
} Series;

static void
add_day (gint32                 day,
         CfoilType              type,
         gint64                 store_id,
         const CfoilMetricSums *sums,
         gpointer               user_data)
{
  Series *self = user_data;
  CfoilMetricSums all[CFOIL_N_TYPES] = { 0 };

  all[type] = *sums;
  cfoil_metric_sums_add (self->sums[_cfoil_overview_find_bucket (self->buckets, self->n_buckets, day)], all);
}

static gboolean
can_be_summed (CfoilMetric metric)
{
  static const CfoilMetricSums nothing[CFOIL_N_TYPES];
  gint64 value;

  return cfoil_metric_compute (metric, nothing, &value, NULL, NULL);
}

static CfoilColumnKind
get_column_kind (CfoilMetric metric)
{
  switch (cfoil_metric_get_info (metric)->unit)
    {
    case CFOIL_UNIT_MONEY:
      return CFOIL_COLUMN_MONEY;
    case CFOIL_UNIT_RATIO:
      return CFOIL_COLUMN_RATIO;
    case CFOIL_UNIT_SPAN:
      return CFOIL_COLUMN_SPAN;
    case CFOIL_UNIT_COUNT:
    default:
      return CFOIL_COLUMN_COUNT;
    }
}

static void
add_columns (CfoilTable        *table,
             const CfoilMetric *metrics,
             guint              n_metrics)
{
  cfoil_table_add_column (table, "day", _ ("Day"), CFOIL_COLUMN_DAY);
  for (guint i = 0; i < n_metrics; i++)
    {
      const CfoilMetricInfo *info = cfoil_metric_get_info (metrics[i]);

      cfoil_table_add_column (table, info->name, gettext (info->title), get_column_kind (metrics[i]));
    }
}

static void
add_value (CfoilTable            *table,
           CfoilMetric            metric,
           const CfoilMetricSums *sums,
           const char            *currency)
{
  gint64 value;

  cfoil_metric_compute (metric, sums, &value, NULL, NULL);
  if (cfoil_metric_get_info (metric)->unit == CFOIL_UNIT_MONEY)
    cfoil_table_add_money (table, value, currency);
  else
    cfoil_table_add_number (table, value);
}

/* A bucket at the edge has only the days of the period. */
static char *
query_of_bucket (const Series *self,
                 CfoilMetric   metric,
                 const char   *currency,
                 CfoilBucket   bucket,
                 guint         i)
{
  const CfoilPeriod *all = &self->scope->period;
  CfoilPeriod period = { CFOIL_PERIOD_DAYS, MAX (self->buckets[i], all->first_day),
                         MIN (cfoil_bucket_next (bucket, self->buckets[i]), all->end_day) };

  return _cfoil_scope_query (self->scope, cfoil_metric_get_info (metric)->query, &period, currency);
}

static CfoilTable *
tabulate (const Series      *self,
          const CfoilMetric *metrics,
          guint              n_metrics,
          const char        *currency,
          CfoilBucket        bucket)
{
  CfoilTable *table = cfoil_table_new ("series", n_metrics == 1 ? gettext (cfoil_metric_get_info (metrics[0])->title)
                                                                : _ ("Figures over Time"));

  add_columns (table, metrics, n_metrics);
  for (guint i = 0; i < self->n_buckets; i++)
    {
      g_autofree char *query = query_of_bucket (self, metrics[0], currency, bucket, i);

      cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, query);
      cfoil_table_add_number (table, self->buckets[i]);
      for (guint j = 0; j < n_metrics; j++)
        add_value (table, metrics[j], self->sums[i], currency);
    }
  return table;
}

CfoilTable *
cfoil_overview_read_series (CfoilDatabase              *database,
                            const CfoilOverviewRequest *request,
                            const CfoilMetric          *metrics,
                            guint                       n_metrics,
                            const char                 *currency,
                            CfoilBucket                 bucket,
                            GCancellable               *cancellable,
                            GError                    **error)
{
  g_autoptr (CfoilScope) scope = NULL;
  g_autoptr (GArray) buckets = NULL;
  CfoilTable *table = NULL;
  Series self;

  g_return_val_if_fail (n_metrics > 0 && currency != NULL, NULL);

  for (guint i = 0; i < n_metrics; i++)
    if (!can_be_summed (metrics[i]))
      {
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _ ("“%s” cannot be shown by day."),
                     gettext (cfoil_metric_get_info (metrics[i])->title));
        return NULL;
      }
  scope = _cfoil_scope_new (database, NULL, request, cancellable, error);
  if (scope == NULL)
    return NULL;
  buckets = _cfoil_overview_buckets (&scope->period, bucket);
  self = (Series){ scope, (const gint32 *) (gpointer) buckets->data, buckets->len, NULL };
  self.sums = g_malloc0_n (MAX (buckets->len, 1), sizeof *self.sums);
  if (_cfoil_scope_each_day (scope, currency, scope->period.first_day, scope->period.end_day, add_day, &self, error))
    table = tabulate (&self, metrics, n_metrics, currency, bucket);
  g_free (self.sums);
  return table;
}
