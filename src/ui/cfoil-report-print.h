/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-report-file.h"
#include "cfoil-table.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A table on paper, by the painter of its PDF.  Shows the dialog; what goes wrong is told over PARENT. */
void cfoil_report_print (GtkWindow             *parent,
                         CfoilTable            *table,
                         const CfoilReportPage *page,
                         GTimeZone             *zone);

/* Asks for a file and writes it there; WIDGET's window tells what became of it. */
void cfoil_report_save_as (GtkWidget             *widget,
                           CfoilTable            *table,
                           CfoilReportFormat      format,
                           const CfoilReportPage *page,
                           GTimeZone             *zone);
/* The same without asking: a file that is there is replaced. */
void cfoil_report_save_to (GtkWidget             *widget,
                           CfoilTable            *table,
                           CfoilReportFormat      format,
                           const CfoilReportPage *page,
                           GTimeZone             *zone,
                           const char            *path);

G_END_DECLS
