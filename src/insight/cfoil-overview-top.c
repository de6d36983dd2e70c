/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-private.h"

#include "cfoil-error.h"

#include <glib/gi18n.h>
#include <string.h>

/* NAME: what is shown, in SQL of CFOIL_FIELD_FROM; NULL: what it is found by. */
typedef struct
{
  const char *by;
  const char *title;
  CfoilField field, fallback;
  const char *name_sql;
} Kind;

static const Kind kinds[] = {
  { "customer", N_ ("Customers"), CFOIL_FIELD_BUYER_ID, CFOIL_FIELD_BUYER_EMAIL,
    "coalesce (nullif (t.buyer_name, ''), nullif (p.buyer_name, ''), nullif (t.buyer_email, ''), nullif (p.buyer_email, ''), "
    "t.buyer_id, p.buyer_id)" },
  { "product", N_ ("Products"), CFOIL_FIELD_REFERENCE, CFOIL_N_FIELDS, NULL },
  { "store", N_ ("Stores"), CFOIL_FIELD_STORE, CFOIL_N_FIELDS, NULL },
  { "country", N_ ("Countries"), CFOIL_FIELD_BUYER_COUNTRY, CFOIL_N_FIELDS, NULL },
};

static const Kind *
find_kind (const char *by)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].by, by) == 0)
      return &kinds[i];
  return NULL;
}

static void
count_payments (gint32                 day,
                CfoilType              type,
                gint64                 store_id,
                const CfoilMetricSums *sums,
                gpointer               user_data)
{
  *(guint64 *) user_data += (guint64) sums->n_done;
}

static GArray *
find_best (const CfoilScope *scope,
           const Kind       *kind,
           const char       *currency,
           guint             limit,
           GError          **error)
{
  CfoilScanGroupsRequest request = {
    .field = kind->field,
    .fallback = kind->fallback,
    .from_us = scope->period_from_us,
    .until_us = scope->period_until_us,
    .currency = currency,
    .limit = limit,
  };

  if (kind->field == CFOIL_FIELD_STORE)
    return _cfoil_overview_best_stores (scope, currency, limit, error);
  if (*scope->account_terms != '\0')
    {
      request.account_ids = (const gint64 *) (gpointer) scope->account_ids->data;
      request.n_accounts = scope->account_ids->len;
    }
  if (!_cfoil_scope_each_day (scope, currency, scope->period.first_day, scope->period.end_day, count_payments, &request.n_expected,
                              error))
    return NULL;
  return cfoil_scan_groups (scope->database, scope->cache, &request, scope->cancellable, error);
}

/* --- names --- */

static const char *
get_value_sql (CfoilField field)
{
  const CfoilFieldInfo *info = cfoil_field_get_info (field);

  return info->shown_sql != NULL ? info->shown_sql : info->value_sql;
}

/* The name, and what it is found by. */
static CfoilStatement *
prepare_names (const CfoilScope *scope,
               const Kind       *kind,
               GError          **error)
{
  const char *key = get_value_sql (kind->field);
  const char *fallback = kind->fallback != CFOIL_N_FIELDS ? get_value_sql (kind->fallback) : "NULL";
  g_autofree char *sql = g_strdup_printf ("SELECT %s, %s, %s FROM " CFOIL_FIELD_FROM "WHERE t.txn_id = ?1",
                                          kind->name_sql != NULL ? kind->name_sql : key, key, fallback);

  if (kind->field == CFOIL_FIELD_STORE)
    return cfoil_database_prepare (scope->database, "SELECT text, text, NULL FROM word WHERE word_id = ?1", error);
  return cfoil_database_prepare (scope->database, sql, error);
}

static gboolean
add_group (const CfoilScope     *scope,
           CfoilTable           *table,
           const Kind           *kind,
           CfoilStatement       *names,
           const CfoilScanGroup *group,
           const char           *currency,
           GError              **error)
{
  static const char of_types[] = "type:charge,refund,chargeback,claim,dispute_fee ";
  g_autofree char *term = NULL;
  g_autofree char *terms = NULL;
  g_autofree char *query = NULL;

  cfoil_statement_bind_int64 (names, 1, group->txn_id);
  if (cfoil_statement_step (names, error) != CFOIL_STEP_ROW)
    return FALSE;
  term = cfoil_term_text_of_value (group->is_fallback ? kind->fallback : kind->field,
                                   cfoil_statement_column_text (names, group->is_fallback ? 2 : 1), FALSE);
  terms = g_strconcat (of_types, term, NULL);
  query = _cfoil_scope_query (scope, terms, &scope->period, currency);
  cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, query);
  cfoil_table_add_text (table, cfoil_statement_column_text (names, 0));
  cfoil_table_add_number (table, (gint64) group->n_payments);
  cfoil_table_add_money (table, group->gross_minor, currency);
  cfoil_table_add_money (table, -group->refunds_minor, currency);
  cfoil_table_add_money (table, -group->disputes_minor, currency);
  cfoil_table_add_money (table, group->net_minor, currency);
  cfoil_statement_reset (names);
  return TRUE;
}

static CfoilTable *
begin_table (const Kind *kind)
{
  CfoilTable *table = cfoil_table_new (kind->by, gettext (kind->title));

  cfoil_table_add_column (table, "name", _ ("Name"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "payments", _ ("Payments"), CFOIL_COLUMN_COUNT);
  cfoil_table_add_column (table, "gross", _ ("Gross Volume"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "refunds", _ ("Refunds"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "disputes", _ ("Dispute Losses"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "net", _ ("Net"), CFOIL_COLUMN_MONEY);
  return table;
}

CfoilTable *
cfoil_overview_read_top (CfoilDatabase              *database,
                         CfoilScanCache             *cache,
                         const CfoilOverviewRequest *request,
                         const char                 *by,
                         const char                 *currency,
                         guint                       limit,
                         GCancellable               *cancellable,
                         GError                    **error)
{
  g_autoptr (CfoilScope) scope = NULL;
  g_autoptr (GArray) best = NULL;
  g_autoptr (CfoilStatement) names = NULL;
  g_autoptr (CfoilTable) table = NULL;
  const Kind *kind = find_kind (by);

  if (kind == NULL)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN, "There is no list of the best by “%s”", by);
      return NULL;
    }
  scope = _cfoil_scope_new (database, cache, request, cancellable, error);
  best = scope != NULL ? find_best (scope, kind, currency, limit, error) : NULL;
  names = best != NULL ? prepare_names (scope, kind, error) : NULL;
  if (names == NULL)
    return NULL;
  table = begin_table (kind);
  for (guint i = 0; i < best->len; i++)
    if (!add_group (scope, table, kind, names, &g_array_index (best, CfoilScanGroup, i), currency, error))
      return NULL;
  return g_steal_pointer (&table);
}
