/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-export.h"

G_BEGIN_DECLS

/* What a column holds, and so how its cells are written. */
typedef enum
{
  CFOIL_EXPORT_COLUMN_TEXT,       /* text: guarded against formulas */
  CFOIL_EXPORT_COLUMN_WORD,       /* a word of ours: never needs a guard */
  CFOIL_EXPORT_COLUMN_CODE,       /* of transactions: a number with a word of ours */
  CFOIL_EXPORT_COLUMN_FLAGS,      /* the same for each bit, with spaces between */
  CFOIL_EXPORT_COLUMN_INTEGER,
  CFOIL_EXPORT_COLUMN_RATE,       /* parts per million, written with six decimals */
  CFOIL_EXPORT_COLUMN_MONEY,      /* minor units of the row's currency */
  CFOIL_EXPORT_COLUMN_TIME_UTC,
  CFOIL_EXPORT_COLUMN_TIME_LOCAL, /* the same time in the export's zone, with its offset */
  CFOIL_EXPORT_COLUMN_ZONE,       /* the export's zone */
} CfoilExportColumnKind;

typedef struct
{
  const char *name; /* stable: spreadsheets and macros rely on it */
  CfoilExportColumnKind kind;
  const char *sql;  /* of tables other than transactions; NULL: made here */
  CfoilField field; /* of transactions; CFOIL_N_FIELDS: made here */
} CfoilExportColumn;

/* Of the tables other than transactions. */
typedef struct
{
  const CfoilExportColumn *columns;
  guint n_columns;
  const char *from;     /* FROM ... ORDER BY ...: one order for ever */
  const char *count;    /* SELECT that gives the number of rows */
  const char *currency; /* SQL of the row's currency */
  const char *sum;      /* SQL of what the manifest adds up */
  const char *sum_name; /* its column here */
} CfoilExportDefinition;

const CfoilExportDefinition *cfoil_export_definition (CfoilExportTable table);

/* Columns of transactions for FIELDS (element-type CfoilField), NULL: all.
 * (element-type CfoilExportColumn) (transfer full) */
GArray *cfoil_export_columns_of_fields (const GArray *fields);
/* Whether exports of transactions can have a column of that name. */
gboolean cfoil_export_column_find (const char        *name,
                                   CfoilExportColumn *column);

/* The word of bit BIT of CfoilFlags, below cfoil_export_n_flags (). */
guint cfoil_export_n_flags (void);
const char *cfoil_export_flag_word (guint bit);

G_END_DECLS
