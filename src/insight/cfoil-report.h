/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"
#include "cfoil-period.h"
#include "cfoil-table.h"

G_BEGIN_DECLS

/* The reports that the program makes itself.  A definition says which, of what, by what;
 * run, it is a CfoilTable, the same for window, command line, CSV, JSON, PDF and paper. */
typedef enum
{
  CFOIL_REPORT_SALES,          /* "sales": gross, refunds, fees, disputes, net, payments, by group */
  CFOIL_REPORT_FEES,           /* "fees" */
  CFOIL_REPORT_REFUNDS,        /* "refunds" */
  CFOIL_REPORT_DISPUTES,       /* "disputes" */
  CFOIL_REPORT_SETTLEMENTS,    /* "settlements": the proof */
  CFOIL_REPORT_TAX,            /* "tax": gross, refunds, tax where known, by month and country */
  CFOIL_REPORT_CUSTOMERS,      /* "customers" */
  CFOIL_REPORT_RECONCILIATION, /* "reconciliation": settlements to payouts to bank */
  CFOIL_N_REPORTS
} CfoilReportKind;

typedef struct
{
  const char *name;        /* stable */
  const char *title;       /* N_() */
  const char *explanation; /* N_() */
  const char *const *groups; /* allowed groupings: "day", "week", "month", "store", "country", "type", "reason", "customer" …; the first is the usual one */
} CfoilReportInfo;

const CfoilReportInfo *cfoil_report_get_info (CfoilReportKind kind);
gboolean cfoil_report_from_string (const char      *name,
                                   CfoilReportKind *kind);

typedef struct
{
  CfoilReportKind kind;
  char *name;       /* (nullable): of a saved definition */
  char **accounts;  /* (nullable): all live ones */
  char *period;     /* as for cfoil_period_parse (): "lastmonth" stays "lastmonth" */
  char *group;      /* (nullable): the usual one; where that is a time, what suits the period */
  char *currency;   /* (nullable): all, one after the other */
} CfoilReportDefinition;

void cfoil_report_definition_free (CfoilReportDefinition *self);
CfoilReportDefinition *cfoil_report_definition_copy (const CfoilReportDefinition *self);
/* How it is called: its own name, or the title of its kind with the period ("Sales Summary –
 * October 2026").  Free it. */
char *cfoil_report_definition_to_title (const CfoilReportDefinition *self,
                                        gint32                       today);
/* JSON, canonical.  Errors of reading: CFOIL_INPUT_ERROR_SYNTAX. */
char *cfoil_report_definition_to_json (const CfoilReportDefinition *self);
CfoilReportDefinition *cfoil_report_definition_from_json (const char *json,
                                                          GError    **error);

/* Blocks, for a reader's thread.  The notes of the table say period, zone, as of when, gaps.
 * Days begin where those of the mirror begin (store/cfoil-summary.h); NOW_US says what "today"
 * is.  ACCOUNTS NULL: all live ones, or if there are none those of the sandbox.  Of a table with
 * several currencies, each has a group with its title, its rows and its total.  Errors:
 * CFOIL_INPUT_ERROR_SYNTAX (period), CFOIL_INPUT_ERROR_UNKNOWN (group), CFOIL_INPUT_ERROR_ACCOUNT. */
CfoilTable *cfoil_report_run (CfoilDatabase               *database,
                              const CfoilReportDefinition *definition,
                              gint64                       now_us,
                              GCancellable                *cancellable,
                              GError                     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilReportDefinition, cfoil_report_definition_free)

G_END_DECLS
