/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-report.h"
#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One of the program's own reports: its period, grouping and account, as a table and as a
 * chart, to print, to save as a file or under a name.  Made anew whenever the mirror changes
 * while it can be seen.
 *
 * Actions: report.print, report.save (s: csv, json, pdf), report.save-to (s: a path), report.keep, report.rename,
 * report.remove, report.back, report.report-landscape, report.report-paper (s).  ::kept (name), ::removed, ::back. */
#define CFOIL_TYPE_REPORT_VIEW (cfoil_report_view_get_type ())
G_DECLARE_FINAL_TYPE (CfoilReportView, cfoil_report_view, CFOIL, REPORT_VIEW, AdwBin)

/* WORKSPACE (nullable). */
void cfoil_report_view_set_workspace (CfoilReportView *self,
                                      CfoilWorkspace  *workspace);
/* DEFINITION is copied; with a name it is a saved one. */
void cfoil_report_view_open (CfoilReportView             *self,
                             const CfoilReportDefinition *definition);
/* Where the list is beside it, there is no way back. */
void cfoil_report_view_set_can_go_back (CfoilReportView *self,
                                        gboolean         can_go_back);

G_END_DECLS
