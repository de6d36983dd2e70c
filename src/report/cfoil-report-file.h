/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-export.h"
#include "cfoil-table.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A CfoilTable as a file: the same bytes whoever asks and however often, in one language.
 * Pure but for cfoil_report_save (); safe from any thread.
 *
 * CSV is for machines: the rows without groups' titles and sums, by the rules of the exporter
 * (columns' stable names, plain decimals, ISO dates, formulas guarded).  JSON has everything,
 * with the kind of each row; amounts are decimal texts.  Where no column is named "currency",
 * both get one before the first column of money: all amounts of a row are of one currency.
 * PDF is for people. */
typedef enum
{
  CFOIL_REPORT_CSV,
  CFOIL_REPORT_JSON,
  CFOIL_REPORT_PDF,
  CFOIL_N_REPORT_FORMATS
} CfoilReportFormat;

/* "csv", "json", "pdf". */
const char *cfoil_report_format_to_string (CfoilReportFormat format);
gboolean cfoil_report_format_from_string (const char        *name,
                                          CfoilReportFormat *format);
/* By the ending of a file's name; FALSE: another one, or none. */
gboolean cfoil_report_format_from_path (const char        *path,
                                        CfoilReportFormat *format);

typedef enum
{
  CFOIL_PAPER_A4,
  CFOIL_PAPER_LETTER,
} CfoilPaper;

typedef struct
{
  CfoilPaper paper;
  gboolean is_landscape;
} CfoilReportPage;

/* What is usual where the program runs: Letter in North America, A4 elsewhere. */
CfoilPaper cfoil_report_usual_paper (void);
/* "a4", "letter". */
gboolean cfoil_report_paper_from_string (const char *name,
                                         CfoilPaper *paper);
/* In points, turned if PAGE is landscape. */
void cfoil_report_page_get_size (const CfoilReportPage *page,
                                 double                *width,
                                 double                *height);

/* ZONE: of the times in it, in CSV and PDF.  Free them. */
GBytes *cfoil_report_write_csv (const CfoilTable  *table,
                                CfoilExportProfile profile,
                                GTimeZone         *zone);
GBytes *cfoil_report_write_json (const CfoilTable *table);
GBytes *cfoil_report_write_pdf (const CfoilTable      *table,
                                const CfoilReportPage *page,
                                GTimeZone             *zone,
                                GError               **error);

/* One of them; CSV of the profile CFOIL_EXPORT_PLAIN. */
GBytes *cfoil_report_write (const CfoilTable      *table,
                            CfoilReportFormat      format,
                            const CfoilReportPage *page,
                            GTimeZone             *zone,
                            GError               **error);
/* To a file that is there whole or not at all.  Blocks.  OVERWRITE FALSE: one that exists is
 * G_IO_ERROR_EXISTS. */
gboolean cfoil_report_save (const CfoilTable      *table,
                            CfoilReportFormat      format,
                            const CfoilReportPage *page,
                            GTimeZone             *zone,
                            const char            *path,
                            gboolean               overwrite,
                            GError               **error);

G_END_DECLS
