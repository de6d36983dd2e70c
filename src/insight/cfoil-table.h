/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "cfoil-period.h"
#include "cfoil-types.h"

G_BEGIN_DECLS

/* A table of typed cells: what a report, a settlement proof, a chart or an export is
 * made of, whatever is done with it (screen, CSV, JSON, PDF, print).  Built by one
 * thread, then immutable and shared. */
typedef enum
{
  CFOIL_COLUMN_TEXT,
  CFOIL_COLUMN_MONEY,   /* minor units of the cell's currency */
  CFOIL_COLUMN_COUNT,
  CFOIL_COLUMN_RATIO,   /* parts per million: 12,345 is 1.2345 % */
  CFOIL_COLUMN_DAY,     /* days since 1970-01-01 */
  CFOIL_COLUMN_TIME,    /* microseconds, UTC */
  CFOIL_COLUMN_SPAN,    /* microseconds */
} CfoilColumnKind;

typedef struct
{
  const char *name;  /* (owned): stable, for machines: "gross" */
  const char *title; /* (owned): translated */
  CfoilColumnKind kind;
} CfoilTableColumn;

typedef enum
{
  CFOIL_ROW_PLAIN,
  CFOIL_ROW_GROUP,    /* a title of what follows */
  CFOIL_ROW_SUBTOTAL,
  CFOIL_ROW_TOTAL,
} CfoilRowKind;

typedef struct _CfoilTable CfoilTable;

/* NAME: stable ("sales-summary"); TITLE: translated. */
CfoilTable *cfoil_table_new (const char *name,
                             const char *title);
CfoilTable *cfoil_table_ref (CfoilTable *self);
void cfoil_table_unref (CfoilTable *self);

void cfoil_table_add_column (CfoilTable     *self,
                             const char     *name,
                             const char     *title,
                             CfoilColumnKind kind);
/* Said above and below the rows: period, zone, as of when, gaps.  (translated) */
void cfoil_table_add_note (CfoilTable *self,
                           const char *text);

/* The moment whose knowledge it shows; CFOIL_UNKNOWN where nobody said.  Files that are
 * made of it carry this time and no other. */
void cfoil_table_set_as_of (CfoilTable *self,
                            gint64      us);
gint64 cfoil_table_get_as_of (const CfoilTable *self);

/* What the days of its columns stand for: as they are (the usual), or the weeks, months and so
 * on that begin with them. */
void cfoil_table_set_bucket (CfoilTable *self,
                             CfoilBucket bucket);
CfoilBucket cfoil_table_get_bucket (const CfoilTable *self);

/* Which page the queries of its rows are for. */
typedef enum
{
  CFOIL_TABLE_OF_TRANSACTIONS, /* the usual */
  CFOIL_TABLE_OF_DISPUTES,
} CfoilTableSubject;
void cfoil_table_set_subject (CfoilTable       *self,
                              CfoilTableSubject subject);
CfoilTableSubject cfoil_table_get_subject (const CfoilTable *self);

/* A new row; then a cell for each column, in order.  QUERY (nullable): the exact rows
 * behind it, in the language of the page that the table's subject has. */
void cfoil_table_begin_row (CfoilTable  *self,
                            CfoilRowKind kind,
                            const char  *query);
void cfoil_table_add_text (CfoilTable *self,
                           const char *text); /* (nullable) */
/* A text for people, and the name by which machines know it: "Won" and "won". */
void cfoil_table_add_named (CfoilTable *self,
                            const char *text,
                            const char *name);
void cfoil_table_add_number (CfoilTable *self,
                             gint64      number); /* CFOIL_UNKNOWN: an empty cell */
void cfoil_table_add_money (CfoilTable *self,
                            gint64      minor,
                            const char *currency);

const char *cfoil_table_get_name (const CfoilTable *self);
const char *cfoil_table_get_title (const CfoilTable *self);
guint cfoil_table_get_n_notes (const CfoilTable *self);
const char *cfoil_table_get_note (const CfoilTable *self,
                                  guint             i);
guint cfoil_table_get_n_columns (const CfoilTable *self);
const CfoilTableColumn *cfoil_table_get_column (const CfoilTable *self,
                                                guint             column);
/* TRUE: figures, whose ends stand below each other. */
gboolean cfoil_table_is_number (const CfoilTable *self,
                                guint             column);
guint cfoil_table_get_n_rows (const CfoilTable *self);
CfoilRowKind cfoil_table_get_row_kind (const CfoilTable *self,
                                       guint             row);
const char *cfoil_table_get_query (const CfoilTable *self,
                                   guint             row);
const char *cfoil_table_get_text (const CfoilTable *self,
                                  guint             row,
                                  guint             column); /* (nullable) */
gint64 cfoil_table_get_number (const CfoilTable *self,
                               guint             row,
                               guint             column);
const char *cfoil_table_get_currency (const CfoilTable *self,
                                      guint             row,
                                      guint             column); /* (nullable) */

/* The cell for people, in their language: "1.234,50 €", "12,3 %", "3. Okt. 2026".  ZONE
 * for times.  Unknown: "".  Safe from any thread.  Free it. */
char *cfoil_table_format (const CfoilTable *self,
                          guint             row,
                          guint             column,
                          GTimeZone        *zone);
/* The cell for machines: plain decimals with the currency's exponent, ratios as decimals
 * (0.012345), spans in seconds, ISO dates (of months
 * 2026-10, of quarters 2026-Q4, of years 2026) and times in UTC; unknown: "".  Free it. */
char *cfoil_table_format_plain (const CfoilTable *self,
                                guint             row,
                                guint             column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilTable, cfoil_table_unref)

G_END_DECLS
