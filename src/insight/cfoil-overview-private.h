/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-amounts.h"
#include "cfoil-overview.h"
#include "cfoil-scan-groups.h"

G_BEGIN_DECLS

/* --- what is asked for (cfoil-overview-scope.c) --- */

/* A request made ready for one mirror, within one snapshot of it. */
typedef struct
{
  CfoilDatabase *database;             /* (borrowed) */
  CfoilScanCache *cache;               /* (borrowed) (nullable) */
  const CfoilOverviewRequest *request; /* (borrowed) */
  GCancellable *cancellable;           /* (borrowed) (nullable) */
  GArray *account_ids;                 /* (owned): gint64 */
  char *account_list;                  /* (owned): "(1,2)", for SQL */
  char *account_terms;                 /* (owned): of the transactions page, "" for all accounts */
  char *case_account_terms;            /* (owned): of the disputes page */
  CfoilPeriod period;                  /* with its days */
  CfoilPeriod former;
  gboolean has_former;
  gboolean knows_former;               /* a row or a payout is as old as it: else there is nothing to compare with */
  gint64 period_from_us, period_until_us;
  gint64 former_from_us, former_until_us; /* has_former */
  gint32 today;
  gboolean has_begun;                  /* the snapshot is ours */
} CfoilScope;

/* Ends the snapshot with it.  G_IO_ERROR_NOT_FOUND: no such account. */
CfoilScope *_cfoil_scope_new (CfoilDatabase              *database,
                              CfoilScanCache             *cache,
                              const CfoilOverviewRequest *request,
                              GCancellable               *cancellable,
                              GError                    **error);
void _cfoil_scope_free (CfoilScope *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilScope, _cfoil_scope_free)

/* TERMS with the days of PERIOD (nullable: any; DATE_FIELD: "date"), CURRENCY (nullable: any;
 * "": none) and the accounts.  Free it. */
char *_cfoil_scope_query (const CfoilScope  *self,
                          const char        *terms,
                          const CfoilPeriod *period,
                          const char        *currency);
char *_cfoil_scope_case_query (const CfoilScope  *self,
                               const char        *terms,
                               const char        *date_field,
                               const CfoilPeriod *period,
                               const char        *currency);

/* When DAY begins.  Days outside the calendar: the ends of time. */
gint64 _cfoil_scope_start_of (const CfoilScope *self,
                              gint32            day);
/* CFOIL_UNKNOWN is in none. */
gboolean _cfoil_scope_in_period (const CfoilScope *self,
                                 gint64            us);
gboolean _cfoil_scope_in_former (const CfoilScope *self,
                                 gint64            us);

/* The currencies that there are sums of, "" among them; in order.  (element-type utf8) */
GPtrArray *_cfoil_scope_list_currencies (const CfoilScope *self,
                                         GError          **error);

/* A row of the daily sums. */
typedef void (*CfoilDayFunc) (gint32                 day,
                              CfoilType              type,
                              gint64                 store_id,
                              const CfoilMetricSums *sums,
                              gpointer               user_data);
/* Those of CURRENCY from FIRST_DAY to before END_DAY, of one account after the other by day. */
gboolean _cfoil_scope_each_day (const CfoilScope *self,
                                const char       *currency,
                                gint32            first_day,
                                gint32            end_day,
                                CfoilDayFunc      func,
                                gpointer          user_data,
                                GError          **error);

/* A statement with {A} replaced by the accounts. */
CfoilStatement *_cfoil_scope_prepare (const CfoilScope *self,
                                      const char       *sql,
                                      GError          **error);

/* What a case is, as cfoil-case.c reads it, without what only one who works on it needs:
 * currency, amount, opened. */
#define CFOIL_CASE_SQL_WORDS \
  "coalesce (d.currency, iif (c.said_currency IS NOT NULL AND c.said_amount_minor IS NOT NULL OR c.told_currency IS NULL, " \
  "c.said_currency, c.told_currency)) AS currency, " \
  "iif (d.currency IS NOT NULL, d.amount_minor, iif (c.said_currency IS NOT NULL AND c.said_amount_minor IS NOT NULL " \
  "OR c.told_currency IS NULL, c.said_amount_minor, c.told_amount_minor)) AS amount, " \
  "coalesce (d.opened_us, c.said_opened_us, c.notice_us, c.created_us) AS opened"
#define CFOIL_CASE_SQL_FROM \
  "FROM dispute_case AS c LEFT JOIN dispute AS d ON d.account_id = c.account_id AND d.dispute_id = c.dispute_id " \
  "WHERE c.account_id IN {A}"

/* --- parts of the overview --- each fills in its figures of all blocks --- */

/* All that is being put together. */
typedef struct
{
  const CfoilScope *scope;
  CfoilOverview *overview;
  GHashTable *blocks; /* currency -> CfoilOverviewBlock (borrowed) */
} CfoilOverviewBuilder;

/* The block of CURRENCY, made if it is not there. */
CfoilOverviewBlock *_cfoil_overview_get_block (CfoilOverviewBuilder *self,
                                               const char           *currency);
/* Makes the block of CURRENCY, with its sums, if it is not there. */
gboolean _cfoil_overview_need_block (CfoilOverviewBuilder *self,
                                     const char           *currency,
                                     GError              **error);

gboolean _cfoil_overview_add_sums (CfoilOverviewBuilder *self,
                                   GError              **error);
gboolean _cfoil_overview_add_payments (CfoilOverviewBuilder *self,
                                       GError              **error);
gboolean _cfoil_overview_add_payouts (CfoilOverviewBuilder *self,
                                      GError              **error);
gboolean _cfoil_overview_add_disputes (CfoilOverviewBuilder *self,
                                       GError              **error);
gboolean _cfoil_overview_add_coverage (CfoilOverviewBuilder *self,
                                       GError              **error);
/* (element-type CfoilAttention), most urgent first. */
GPtrArray *_cfoil_attention_list (const CfoilScope *scope,
                                  GError          **error);
void _cfoil_attention_free (CfoilAttention *self);
/* TITLE, DETAIL and ARGUMENT are taken. */
CfoilAttention *_cfoil_attention_add (GPtrArray         *list,
                                      CfoilAttentionKind kind,
                                      const char        *page,
                                      gint64             n,
                                      char              *title,
                                      char              *detail,
                                      char              *argument);
char *_cfoil_attention_format_time (const CfoilScope *scope,
                                    gint64            us);
/* Refunds that failed or hang, authorizations about to expire. */
gboolean _cfoil_attention_add_payments (const CfoilScope *scope,
                                        GPtrArray        *list,
                                        GError          **error);

/* The gross of each captured payment of PERIOD. */
CfoilAmounts *_cfoil_overview_read_amounts (const CfoilScope  *scope,
                                            const char        *currency,
                                            const CfoilPeriod *period,
                                            GError           **error);

/* As cfoil_scan_groups (), but ->txn_id is the store's number (table word). */
GArray *_cfoil_overview_best_stores (const CfoilScope *scope,
                                     const char       *currency,
                                     guint             limit,
                                     GError          **error);

/* The first days of the buckets of PERIOD.  (element-type gint32) */
GArray *_cfoil_overview_buckets (const CfoilPeriod *period,
                                 CfoilBucket        bucket);
/* Which of BUCKETS DAY lies in; it is not before the first. */
guint _cfoil_overview_find_bucket (const gint32 *buckets,
                                   guint         n_buckets,
                                   gint32        day);

G_END_DECLS
