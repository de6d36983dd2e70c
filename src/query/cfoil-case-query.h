/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-case.h"
#include "cfoil-query.h"

G_BEGIN_DECLS

/* Queries about disputes: the language of cfoil-query.h with fields of their own.
 *
 *   due:<72h  due:today  due:next7d  due:2026-11     reason:fraud,not_received
 *   outcome:won  kind:claim  state:needs_response  amount:>50  who:anna
 *   is:urgent  is:draft  has:handler  no:id
 *
 * Parse with cfoil_case_vocabulary (); a term's field is then a CfoilCaseField, its "is"
 * a CfoilCaseIs.  Pure, any thread. */
typedef enum
{
  CFOIL_CASE_FIELD_DUE, /* while an answer is awaited */
  CFOIL_CASE_FIELD_REASON,
  CFOIL_CASE_FIELD_OUTCOME,
  CFOIL_CASE_FIELD_KIND,
  CFOIL_CASE_FIELD_STATE,
  CFOIL_CASE_FIELD_AMOUNT,
  CFOIL_CASE_FIELD_CURRENCY,
  CFOIL_CASE_FIELD_BUYER,
  CFOIL_CASE_FIELD_EMAIL,
  CFOIL_CASE_FIELD_REFERENCE,
  CFOIL_CASE_FIELD_ORDER,
  CFOIL_CASE_FIELD_ID,
  CFOIL_CASE_FIELD_CHARGE,
  CFOIL_CASE_FIELD_ACCOUNT,
  CFOIL_CASE_FIELD_OPENED,
  CFOIL_CASE_FIELD_HANDLER,
  CFOIL_CASE_FIELD_CODE, /* the provider's word for the reason */
  CFOIL_CASE_FIELD_DESCRIPTION,
  CFOIL_CASE_FIELD_PRODUCT,
  CFOIL_CASE_FIELD_DECIDED, /* when its outcome was said */
  CFOIL_N_CASE_FIELDS
} CfoilCaseField;

typedef enum
{
  CFOIL_CASE_IS_ANSWERED,    /* for the time being, nothing is awaited from the merchant */
  CFOIL_CASE_IS_URGENT,      /* under 72 hours */
  CFOIL_CASE_IS_OVERDUE,
  CFOIL_CASE_IS_ESTIMATED,   /* its deadline */
  CFOIL_CASE_IS_DRAFT,       /* begun, not sent */
  CFOIL_CASE_IS_UNDELIVERED, /* an answer waits for its delivery */
  CFOIL_N_CASE_IS
} CfoilCaseIs;

const CfoilVocabulary *cfoil_case_vocabulary (void);

/* Marked for translation. */
const char *cfoil_case_field_get_title (CfoilCaseField field);
const char *cfoil_case_is_get_title (CfoilCaseIs is);
/* Of a field whose values are names of ours ("not_received"); NULL: no such name. */
const char *cfoil_case_field_get_value_title (CfoilCaseField field,
                                              const char    *name);

/* --- what a case is --- */

/* An answer is awaited, and none is on its way. */
gboolean cfoil_case_needs_answer (const CfoilCase *record);
/* As cfoil_urgency_of (), but none once the answer was delivered. */
CfoilUrgency cfoil_case_get_urgency (const CfoilCase *record,
                                     gint64           now_us);

typedef enum
{
  CFOIL_CASES_NEED_ANSWER,
  CFOIL_CASES_DRAFTS,    /* of those: a draft was begun */
  CFOIL_CASES_SUBMITTED, /* answered, under review or waiting for others; not decided */
  CFOIL_CASES_WON,
  CFOIL_CASES_LOST,      /* accepted and expired ones, too */
  CFOIL_CASES_ALL,
  CFOIL_N_CASE_VIEWS
} CfoilCaseView;

gboolean cfoil_case_is_in_view (const CfoilCase *record,
                                CfoilCaseView    view);
/* Those that need an answer first, soonest first (without a deadline behind them); then
 * the newest.  Never 0 for two cases. */
int cfoil_case_compare (const CfoilCase *a,
                        const CfoilCase *b);

/* --- which cases a query means --- */

/* A query made ready for many cases; of the thread that made it. */
typedef struct _CfoilCaseMatcher CfoilCaseMatcher;

/* QUERY was parsed with cfoil_case_vocabulary (); NOW_US and ZONE tell what today is. */
CfoilCaseMatcher *cfoil_case_matcher_new (CfoilQuery *query,
                                          GTimeZone  *zone,
                                          gint64      now_us);
void cfoil_case_matcher_free (CfoilCaseMatcher *self);
gboolean cfoil_case_matcher_matches (const CfoilCaseMatcher *self,
                                     const CfoilCase        *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilCaseMatcher, cfoil_case_matcher_free)

G_END_DECLS
