/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-cli.h"

G_BEGIN_DECLS

/* Rows that can be printed, wherever they come from; the functions are those of
 * CfoilStatement.  Columns are named as in the views: _minor is money, _us a time, _ppm
 * parts per million; they are shown for people in tables, raw otherwise. */
typedef struct _CfoilPrintSource CfoilPrintSource;
struct _CfoilPrintSource
{
  guint n_columns;
  const char *(*get_name) (CfoilPrintSource *self, guint i);
  CfoilStep (*step) (CfoilPrintSource *self, GError **error);
  CfoilValueType (*get_type) (CfoilPrintSource *self, guint i);
  const char *(*get_text) (CfoilPrintSource *self, guint i);
  gint64 (*get_int64) (CfoilPrintSource *self, guint i);
  const char *(*get_currency) (CfoilPrintSource *self, guint i); /* (nullable): of amount I; no currency, no amounts */
};

/* FORMAT is "table", "csv" or "json". */
gboolean cfoil_print_source (CfoilCli         *cli,
                             CfoilPrintSource *source,
                             const char       *format,
                             GError          **error);

/* Rows that are made one cell after the other. */
typedef struct _CfoilPrintTable CfoilPrintTable;

/* NAMES is NULL-terminated and outlives it; CURRENCY_COLUMN is where the currency of a
 * row's amounts stands, -1: nowhere. */
CfoilPrintTable *cfoil_print_table_new (const char *const *names,
                                        int                currency_column);
void cfoil_print_table_free (CfoilPrintTable *self);
/* TEXT NULL, NUMBER CFOIL_UNKNOWN: nothing is said. */
void cfoil_print_table_add_text (CfoilPrintTable *self,
                                 const char      *text);
void cfoil_print_table_add_number (CfoilPrintTable *self,
                                   gint64           number);
CfoilPrintSource *cfoil_print_table_get_source (CfoilPrintTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilPrintTable, cfoil_print_table_free)

G_END_DECLS
