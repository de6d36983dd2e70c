/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-export.h"

G_BEGIN_DECLS

/* What a column holds, and so how its cells are written. */
typedef enum
{
  CFOIL_COLUMN_TEXT,       /* text: guarded against formulas */
  CFOIL_COLUMN_CODE,       /* a word of ours: never needs a guard */
  CFOIL_COLUMN_INTEGER,
  CFOIL_COLUMN_MONEY,      /* minor units of the row's currency */
  CFOIL_COLUMN_TIME_UTC,
  CFOIL_COLUMN_TIME_LOCAL, /* the same time in the export's zone, with its offset */
  CFOIL_COLUMN_ZONE,       /* the export's zone */
} CfoilColumnKind;

typedef struct
{
  const char *name; /* stable: spreadsheets and macros rely on it */
  CfoilColumnKind kind;
  const char *sql;  /* NULL: made here */
} CfoilExportColumn;

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

G_END_DECLS
