/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-private.h"

#include "cfoil-query-day.h"

#include <glib/gi18n.h>

/* Payments and refunds that somebody should do something about.  Each kind has two texts that
 * mean the same: the query that shows the rows, and SQL that finds how many there are by an
 * index of those few rows alone.  The days are those of the query; a test compares both. */
typedef struct
{
  const char *terms;
  const char *sql; /* how many, and when the first ends; parameters: from, until (not included), now */
} Kind;

/* The first conditions are those of the index. */
static const Kind failed = {
  "type:refund state:declined date:last30d -is:reviewed",
  "SELECT count (*), NULL FROM txn AS t INDEXED BY txn_refund_open WHERE t.type = 2 AND t.state NOT IN (0, 8) AND t.state = 6 "
  "AND t.account_id IN {A} AND t.sort_us >= ?1 AND t.sort_us < ?2 AND ?3 IS NOT NULL "
  "AND NOT EXISTS (SELECT 1 FROM annotation AS n JOIN account AS a ON a.provider = n.provider AND a.environment = n.environment "
  "WHERE a.account_id = t.account_id AND n.transaction_id = t.transaction_id AND n.reviewed_us IS NOT NULL)",
};
static const Kind slow = {
  "type:refund is:pending date:last90d date:<last6d",
  "SELECT count (*), NULL FROM txn AS t INDEXED BY txn_refund_open WHERE t.type = 2 AND t.state NOT IN (0, 8) AND t.state IN (2, 4) "
  "AND t.account_id IN {A} AND t.sort_us >= ?1 AND t.sort_us < ?2 AND ?3 IS NOT NULL",
};
static const Kind expiring = {
  "is:expiring date:last60d",
  "SELECT count (*), min (t.expires_us) FROM txn AS t INDEXED BY txn_authorized WHERE t.type = 1 AND t.state = 3 "
  "AND t.account_id IN {A} AND t.sort_us >= ?1 AND t.sort_us < ?2 AND t.expires_us BETWEEN ?3 AND ?3 + 7 * 86400000000",
};

/* The days that all date: terms leave. */
static void
get_span (const CfoilScope *scope,
          const CfoilQuery *query,
          gint64           *from,
          gint64           *until)
{
  *from = G_MININT64 + 1;
  *until = G_MAXINT64;
  for (guint i = 0; i < cfoil_query_get_n_terms (query); i++)
    {
      const CfoilTerm *term = cfoil_query_get_term (query, i);
      gint64 us;

      if (term->kind != CFOIL_TERM_TIME)
        continue;
      if (cfoil_day_resolve (&term->from, FALSE, scope->request->zone, scope->request->now_us, &us))
        *from = MAX (*from, us);
      if (cfoil_day_resolve (&term->until, TRUE, scope->request->zone, scope->request->now_us, &us))
        *until = MIN (*until, us);
    }
}

static gboolean
count_rows (const CfoilScope *scope,
            const Kind       *kind,
            gint64           *n,
            gint64           *first_us,
            GError          **error)
{
  g_autoptr (CfoilQuery) query = cfoil_query_parse (kind->terms);
  g_autoptr (CfoilStatement) row = _cfoil_scope_prepare (scope, kind->sql, error);
  gint64 from, until;

  if (row == NULL)
    return FALSE;
  get_span (scope, query, &from, &until);
  cfoil_statement_bind_int64 (row, 1, from);
  cfoil_statement_bind_int64 (row, 2, until);
  cfoil_statement_bind_int64 (row, 3, scope->request->now_us);
  if (cfoil_statement_step (row, error) != CFOIL_STEP_ROW)
    return FALSE;
  *n = cfoil_statement_column_int64 (row, 0);
  *first_us = cfoil_statement_column_int64 (row, 1);
  return TRUE;
}

/* TITLE and DETAIL are taken. */
static CfoilAttention *
add (const CfoilScope  *scope,
     GPtrArray         *list,
     CfoilAttentionKind what,
     const Kind        *kind,
     gint64             n,
     char              *title,
     char              *detail)
{
  return _cfoil_attention_add (list, what, "transactions", n, title, detail, _cfoil_scope_query (scope, kind->terms, NULL, NULL));
}

static gboolean
add_failed_refunds (const CfoilScope *scope,
                    GPtrArray        *list,
                    GError          **error)
{
  gint64 n, unused;

  if (!count_rows (scope, &failed, &n, &unused, error))
    return FALSE;
  if (n > 0)
    add (scope, list, CFOIL_ATTENTION_REFUND, &failed, n,
         g_strdup_printf (ngettext ("%d refund failed", "%d refunds failed", (gulong) n), (int) n),
         g_strdup (_ ("The buyers did not get their money. Refund again, or mark them as reviewed once that is settled.")));
  return TRUE;
}

static gboolean
add_slow_refunds (const CfoilScope *scope,
                  GPtrArray        *list,
                  GError          **error)
{
  gint64 n, unused;

  if (!count_rows (scope, &slow, &n, &unused, error))
    return FALSE;
  if (n > 0)
    add (scope, list, CFOIL_ATTENTION_REFUND, &slow, n,
         g_strdup_printf (ngettext ("%d refund is pending for more than 5 days", "%d refunds are pending for more than 5 days",
                                    (gulong) n), (int) n),
         g_strdup (_ ("Ask the provider why; buyers who wait for their money open disputes.")));
  return TRUE;
}

static char *
describe_expiry (const CfoilScope *scope,
                 gint64            due_us)
{
  g_autofree char *when = due_us != CFOIL_UNKNOWN ? _cfoil_attention_format_time (scope, due_us) : NULL;

  if (when == NULL)
    return g_strdup (_ ("Capture what was shipped; after that the money cannot be taken any more."));
  /* Translators: a date and time */
  return g_strdup_printf (_ ("The first expires %s. Capture what was shipped; after that the money cannot be taken any more."), when);
}

static gboolean
add_expiring (const CfoilScope *scope,
              GPtrArray        *list,
              GError          **error)
{
  CfoilAttention *item;
  gint64 n, due_us;

  if (!count_rows (scope, &expiring, &n, &due_us, error))
    return FALSE;
  if (n == 0)
    return TRUE;
  item = add (scope, list, CFOIL_ATTENTION_EXPIRING, &expiring, n,
              g_strdup_printf (ngettext ("%d authorization expires within 7 days", "%d authorizations expire within 7 days",
                                         (gulong) n), (int) n),
              describe_expiry (scope, due_us));
  item->due_us = due_us;
  return TRUE;
}

gboolean
_cfoil_attention_add_payments (const CfoilScope *scope,
                               GPtrArray        *list,
                               GError          **error)
{
  return add_failed_refunds (scope, list, error) && add_slow_refunds (scope, list, error) && add_expiring (scope, list, error);
}
