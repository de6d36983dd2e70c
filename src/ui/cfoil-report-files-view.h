/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The provider's report files: made, being made, failed, imported.  One that is here opens as a
 * table in which one can search, is saved as it came, read again, and leads to the
 * transactions that it fed.
 *
 * Actions: files.open, files.save, files.read-again, files.show-rows, files.back.  ::back. */
#define CFOIL_TYPE_REPORT_FILES_VIEW (cfoil_report_files_view_get_type ())
G_DECLARE_FINAL_TYPE (CfoilReportFilesView, cfoil_report_files_view, CFOIL, REPORT_FILES_VIEW, AdwBin)

/* WORKSPACE (nullable). */
void cfoil_report_files_view_set_workspace (CfoilReportFilesView *self,
                                            CfoilWorkspace       *workspace);
/* Where the list of reports is beside it, there is no way back. */
void cfoil_report_files_view_set_can_go_back (CfoilReportFilesView *self,
                                              gboolean              can_go_back);

G_END_DECLS
