/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-private.h"

#include <string.h>

/* --- blocks --- */

static void
block_free (gpointer data)
{
  CfoilOverviewBlock *self = data;

  for (guint i = 0; i < CFOIL_N_METRICS; i++)
    {
      g_free (self->figures[i].query);
      g_free (self->spark[i]);
    }
  g_free (self->unsettled_query);
  g_free (self->next_query);
  g_free (self->last_payout_settlement);
  g_free (self->reserve_settlement);
  g_free (self);
}

CfoilOverviewBlock *
_cfoil_overview_get_block (CfoilOverviewBuilder *self,
                           const char           *currency)
{
  CfoilOverviewBlock *block = g_hash_table_lookup (self->blocks, currency);

  if (block != NULL)
    return block;
  block = g_new0 (CfoilOverviewBlock, 1);
  g_strlcpy (block->currency, currency, sizeof block->currency);
  for (guint i = 0; i < CFOIL_N_METRICS; i++)
    {
      CfoilFigure *figure = &block->figures[i];

      figure->value = figure->former = figure->numerator = figure->denominator = figure->low = figure->high = CFOIL_UNKNOWN;
    }
  block->reserve_minor = CFOIL_UNKNOWN;
  block->last_payout_minor = block->last_payout_us = CFOIL_UNKNOWN;
  block->next_payout_minor = block->next_payout_us = CFOIL_UNKNOWN;
  g_ptr_array_add (self->overview->blocks, block);
  g_hash_table_insert (self->blocks, block->currency, block);
  return block;
}

/* Figures of disputes know their own. */
static void
name_queries (CfoilOverviewBuilder *self)
{
  for (guint i = 0; i < self->overview->blocks->len; i++)
    {
      CfoilOverviewBlock *block = self->overview->blocks->pdata[i];

      for (guint metric = 0; metric < CFOIL_N_METRICS; metric++)
        {
          const CfoilMetricInfo *info = cfoil_metric_get_info ((CfoilMetric) metric);

          if (block->figures[metric].query == NULL && info->query != NULL && g_str_equal (info->page, "transactions"))
            block->figures[metric].query = _cfoil_scope_query (self->scope, info->query, &self->scope->period, block->currency);
        }
      block->unsettled_query = _cfoil_scope_query (self->scope, "type:charge state:captured,posted is:unsettled", NULL, block->currency);
      block->next_query =
        _cfoil_scope_query (self->scope, "type:charge,refund state:captured,refunded,posted is:unsettled", NULL, block->currency);
    }
}

static int
compare_blocks (gconstpointer a,
                gconstpointer b)
{
  const CfoilOverviewBlock *one = *(const CfoilOverviewBlock *const *) a, *other = *(const CfoilOverviewBlock *const *) b;
  gint64 n = one->figures[CFOIL_METRIC_PAYMENTS].value, m = other->figures[CFOIL_METRIC_PAYMENTS].value;

  return n != m ? (n > m ? -1 : 1) : strcmp (one->currency, other->currency);
}

/* --- the overview --- */

static CfoilOverview *
overview_new (const CfoilScope *scope)
{
  CfoilOverview *self = g_new0 (CfoilOverview, 1);
  GArray *buckets;

  self->blocks = g_ptr_array_new_with_free_func (block_free);
  self->period = scope->period;
  self->former = scope->former;
  self->has_former = scope->has_former;
  self->knows_former = scope->knows_former;
  self->as_of_us = CFOIL_UNKNOWN;
  self->bucket = cfoil_period_suggest_bucket (&scope->period);
  buckets = _cfoil_overview_buckets (&scope->period, self->bucket);
  self->n_buckets = buckets->len;
  self->buckets = (gint32 *) (gpointer) g_array_free (buckets, FALSE);
  return self;
}

void
cfoil_overview_free (CfoilOverview *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_clear_pointer (&self->attention, g_ptr_array_unref);
  g_free (self->buckets);
  g_free (self->gap);
  g_free (self);
}

/* Where nothing happened in the period there is still something to say so of. */
static gboolean
need_any (CfoilOverviewBuilder *self,
          GError              **error)
{
  g_autoptr (GPtrArray) currencies = _cfoil_scope_list_currencies (self->scope, error);

  if (currencies == NULL)
    return FALSE;
  for (guint i = 0; i < currencies->len; i++)
    if (*(const char *) currencies->pdata[i] != '\0' && !_cfoil_overview_need_block (self, currencies->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* Payouts and disputes may be of currencies that had no payment. */
static gboolean
build (CfoilOverviewBuilder *self,
       GError              **error)
{
  if (!_cfoil_overview_add_sums (self, error) || !_cfoil_overview_add_payouts (self, error) ||
      (self->overview->blocks->len == 0 && !need_any (self, error)) || !_cfoil_overview_add_disputes (self, error) ||
      !_cfoil_overview_add_payments (self, error) || !_cfoil_overview_add_coverage (self, error))
    return FALSE;
  self->overview->attention = _cfoil_attention_list (self->scope, error);
  if (self->overview->attention == NULL)
    return FALSE;
  name_queries (self);
  g_ptr_array_sort (self->overview->blocks, compare_blocks);
  return TRUE;
}

CfoilOverview *
cfoil_overview_read (CfoilDatabase              *database,
                     CfoilScanCache             *cache,
                     const CfoilOverviewRequest *request,
                     GCancellable               *cancellable,
                     GError                    **error)
{
  g_autoptr (CfoilScope) scope = NULL;
  g_autoptr (CfoilOverview) overview = NULL;
  g_autoptr (GHashTable) blocks = g_hash_table_new (g_str_hash, g_str_equal);
  CfoilOverviewBuilder builder;

  g_return_val_if_fail (database != NULL && request != NULL && request->zone != NULL, NULL);

  scope = _cfoil_scope_new (database, cache, request, cancellable, error);
  if (scope == NULL)
    return NULL;
  overview = overview_new (scope);
  builder = (CfoilOverviewBuilder){ scope, overview, blocks };
  return build (&builder, error) ? g_steal_pointer (&overview) : NULL;
}
