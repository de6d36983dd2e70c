/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-table.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A CfoilTable on the screen: numbers at the end of their cells, titles and sums strong.  Enter
 * and a double click on a row open what is behind it (win.show-rows, win.show-disputes) and emit ::row-activated (guint).
 * ::row-selected when another is selected. */
#define CFOIL_TYPE_REPORT_TABLE (cfoil_report_table_get_type ())
G_DECLARE_FINAL_TYPE (CfoilReportTable, cfoil_report_table, CFOIL, REPORT_TABLE, AdwBin)

/* TABLE (nullable) is taken by reference. */
void cfoil_report_table_set_table (CfoilReportTable *self,
                                   CfoilTable       *table,
                                   GTimeZone        *zone);
/* GTK_INVALID_LIST_POSITION: none. */
guint cfoil_report_table_get_selected (CfoilReportTable *self);
void cfoil_report_table_select (CfoilReportTable *self,
                                guint             row);

/* Of VIEW, whose columns are those of TABLE: titles of numbers end where the numbers end.  To be
 * called when the columns are there. */
void cfoil_report_table_align_titles (GtkColumnView    *view,
                                      const CfoilTable *table);

G_END_DECLS
