/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cfoil-record-item.h"
#include "cfoil-record-query.h"

G_BEGIN_DECLS

/* The columns of the list of transactions: their titles, texts and cells. */
typedef enum
{
  CFOIL_COLUMN_TIME,
  CFOIL_COLUMN_TYPE,
  CFOIL_COLUMN_STATE,
  CFOIL_COLUMN_DESCRIPTION,
  CFOIL_COLUMN_REFERENCE,
  CFOIL_COLUMN_GROSS,
  CFOIL_COLUMN_FEE,
  CFOIL_COLUMN_NET,
  CFOIL_COLUMN_CURRENCY,
  CFOIL_COLUMN_SETTLEMENT,
  CFOIL_COLUMN_ACCOUNT,
  CFOIL_N_COLUMNS
} CfoilColumn;

const char *cfoil_column_get_title (CfoilColumn column);

/* How the column is called by the query; FALSE: one cannot sort by it. */
gboolean cfoil_column_get_sort (CfoilColumn      column,
                                CfoilRecordSort *sort);

/* FALSE for columns that a narrow window leaves out. */
gboolean cfoil_column_is_essential (CfoilColumn column);

/* The text of a cell.  FOR_COPYING: times as ISO 8601, no marks of direction. */
char *cfoil_column_dup_text (CfoilColumn        column,
                             const CfoilRecord *record,
                             GTimeZone         *zone,
                             gboolean           for_copying);

/* *ZONE is read whenever a cell is drawn anew, and must live as long as the
 * column. */
GtkColumnViewColumn *cfoil_column_new (CfoilColumn   column,
                                       GTimeZone   **zone,
                                       GtkSorter    *sorter);

/* Puts the titles of amounts above the amounts: GTK has no way to say that. */
void cfoil_columns_align_titles (GtkColumnView *view);

G_END_DECLS
