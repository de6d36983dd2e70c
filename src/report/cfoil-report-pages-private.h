/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-report-pages.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* Points.  What belongs to the table is in the table's own points, which ->scale makes
 * smaller on the sheet. */
#define REPORT_MARGIN 42.0
#define REPORT_FOOTER 22.0     /* of the body, for the page's number */
#define REPORT_CELL_PAD_X 5.0
#define REPORT_CELL_PAD_Y 3.0
#define REPORT_GROUP_SPACE 7.0 /* above a group's title */
#define REPORT_TITLE_SPACE 4.0
#define REPORT_NOTES_SPACE 12.0

typedef enum
{
  REPORT_FONT_TITLE,
  REPORT_FONT_NOTE,
  REPORT_FONT_HEADER,
  REPORT_FONT_CELL,
  REPORT_FONT_STRONG,
  REPORT_FONT_GROUP,
} ReportFont;

typedef struct
{
  double x;
  double width;     /* with its padding */
  double min_width; /* of texts */
  gboolean is_number;
} ReportColumn;

typedef struct
{
  guint first_row;
  guint end_row;
  guint group; /* the row whose title stands above again; G_MAXUINT: none */
} ReportPage;

struct _CfoilReportPages
{
  CfoilTable *table; /* (owned) */
  double width, height;
  gboolean is_rtl;
  PangoContext *context; /* (owned) */
  PangoLayout *layout;   /* (owned): one for all, one after the other */
  PangoFontDescription *fonts[REPORT_FONT_GROUP + 1];
  guint n_columns, n_rows;
  ReportColumn *columns;
  char **cells;          /* n_rows * n_columns texts */
  float *row_heights;
  double scale;
  double table_width;    /* of the table's own points */
  double line_height;
  double header_height;
  double top_height;     /* title and notes; of the sheet's points */
  GArray *pages;         /* ReportPage */
};

/* The text as the layout that everything is measured and drawn with; WIDTH < 0: one line
 * as long as it gets; else at most N_LINES of it. */
PangoLayout *cfoil_report_pages_lay_out (CfoilReportPages *self,
                                         ReportFont        font,
                                         const char       *text,
                                         double            width,
                                         int               n_lines);
/* Borrowed. */
const char *cfoil_report_pages_get_cell (const CfoilReportPages *self,
                                         guint                   row,
                                         guint                   column);
ReportFont cfoil_report_pages_get_font (const CfoilReportPages *self,
                                        guint                   row);
/* How many columns the cell goes over: titles and the names of sums use what is empty beside them. */
guint cfoil_report_pages_get_span (const CfoilReportPages *self,
                                   guint                   row,
                                   guint                   column);

#define REPORT_MAX_LINES 3
/* A title of a column is never cut for want of a line. */
#define REPORT_MAX_TITLE_LINES 5

G_END_DECLS
