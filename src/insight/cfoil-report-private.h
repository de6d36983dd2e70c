/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-field.h"
#include "cfoil-report.h"

G_BEGIN_DECLS

/* Above this many days, weeks and so on, those without rows are left out. */
#define REPORT_MAX_FILLED 1000

typedef struct
{
  CfoilDatabase *database;     /* (borrowed) */
  GCancellable *cancellable;   /* (nullable) (borrowed) */
  const CfoilReportDefinition *definition;
  const CfoilReportInfo *info;
  GTimeZone *zone;             /* (owned): that of the mirror's days */
  gint64 now_us;
  gint32 today;
  CfoilPeriod period;          /* all: of the rows that are there */
  gint64 start_us, end_us;     /* the same as moments */
  const char *group;           /* of ->info->groups */
  gboolean is_by_time;
  CfoilBucket bucket;          /* if by time */
  char *accounts;              /* (owned): SQL, "3, 4" */
  GPtrArray *account_names;    /* (owned) (element-type utf8) */
  gboolean is_sandbox;
  gint64 as_of_us;
  GPtrArray *notes;            /* (owned) (element-type utf8): of the report itself, below those that all have */
} CfoilReportRun;

/* Reads what all reports need. */
gboolean _cfoil_report_run_init (CfoilReportRun              *self,
                                 CfoilDatabase               *database,
                                 const CfoilReportDefinition *definition,
                                 gint64                       now_us,
                                 GCancellable                *cancellable,
                                 GError                     **error);
void _cfoil_report_run_clear (CfoilReportRun *self);
/* Says in TABLE of what and as of when it is. */
gboolean _cfoil_report_run_add_notes (CfoilReportRun *self,
                                      CfoilTable     *table,
                                      GError        **error);

/* Takes NOTE. */
void _cfoil_report_run_note (CfoilReportRun *self,
                             char           *note);

/* SQL with %ACCOUNTS% filled in, parameters first and end (days, or moments) and
 * the currency or NULL bound as 1, 2 and 3. */
CfoilStatement *_cfoil_report_run_prepare_days (CfoilReportRun *self,
                                                const char     *sql,
                                                GError        **error);
CfoilStatement *_cfoil_report_run_prepare_times (CfoilReportRun *self,
                                                 const char     *sql,
                                                 GError        **error);

/* The rows of WHAT (a query) in CURRENCY and the days FIRST to END (by the field DAYS, "date"), of the
 * report's accounts.  Free it. */
char *_cfoil_report_run_to_query (CfoilReportRun *self,
                                  const char     *what,
                                  const char     *days,
                                  const char     *currency,
                                  gint32          first_day,
                                  gint32          end_day);

/* --- rows with keys and sums --- */

#define REPORT_MAX_KEYS 3
#define REPORT_MAX_VALUES 12

typedef struct
{
  const char *name;
  const char *title; /* N_() */
  CfoilColumnKind kind;
  int value;         /* which of the values */
  int divisor;       /* of a ratio: which divides it */
  gboolean is_level; /* a balance: sums of it mean nothing */
} ReportColumn;

typedef struct
{
  const char *name;
  const char *title; /* N_() */
  CfoilColumnKind kind; /* of the first, by time: made a day */
} ReportKey;

typedef struct
{
  const ReportKey *keys;
  guint n_keys;
  const ReportColumn *columns;
  guint n_columns;
  guint n_values;
  const char *query;       /* (nullable): what the rows are, for transactions */
  gboolean is_of_cases;    /* ->query is for disputes, by the day on which they were opened, and by what they are grouped by */
  CfoilField query_field;  /* by which ->query_value asks for them; CFOIL_N_FIELDS: by time alone, or not at all */
} ReportShape;

typedef struct
{
  gint64 day;                   /* CFOIL_UNKNOWN: the first key is a text */
  const char *keys[REPORT_MAX_KEYS];
  const char *names[REPORT_MAX_KEYS];  /* (nullable): what machines read instead of the key */
  gint64 key_numbers[REPORT_MAX_KEYS]; /* of those that are no texts */
  const char *query_value;      /* (nullable): of the first key in queries */
  const char *query;            /* (nullable): the whole query, where the shape has none */
  gint64 values[REPORT_MAX_VALUES];
} ReportLine;

/* Makes the rows, a total for each currency, and the title of each where there are several. */
typedef struct _ReportSums ReportSums;

ReportSums *_report_sums_new (CfoilReportRun    *run,
                              const ReportShape *shape);
void _report_sums_free (ReportSums *self);
/* In the order of currencies, then of rows.  Lines of the same bucket become one. */
void _report_sums_add (ReportSums       *self,
                       const char       *currency,
                       const ReportLine *line);
CfoilTable *_report_sums_end (ReportSums *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReportSums, _report_sums_free)

/* STATEMENT's rows: currency, day (or NULL) and key, the value of the key in queries, further keys and values. */
CfoilTable *_report_sums_read (CfoilReportRun    *run,
                               const ReportShape *shape,
                               CfoilStatement    *statement,
                               GError           **error);

/* --- reports --- */

typedef CfoilTable *(*ReportFunc) (CfoilReportRun *run,
                                   GError        **error);

CfoilTable *_cfoil_report_sales (CfoilReportRun *run, GError **error);
CfoilTable *_cfoil_report_fees (CfoilReportRun *run, GError **error);
CfoilTable *_cfoil_report_refunds (CfoilReportRun *run, GError **error);
CfoilTable *_cfoil_report_disputes (CfoilReportRun *run, GError **error);
CfoilTable *_cfoil_report_settlements (CfoilReportRun *run, GError **error);
CfoilTable *_cfoil_report_tax (CfoilReportRun *run, GError **error);
CfoilTable *_cfoil_report_customers (CfoilReportRun *run, GError **error);
CfoilTable *_cfoil_report_reconciliation (CfoilReportRun *run, GError **error);

G_END_DECLS
