/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The schedules by which providers make reports again and again: which there are and who made
 * them.  Read anew whenever the mirror changes while it can be seen.
 *
 * Actions: schedules.add, schedules.ask (which there are now), schedules.cancel (u: its place in the list). */
#define CFOIL_TYPE_REPORT_SCHEDULES_VIEW (cfoil_report_schedules_view_get_type ())
G_DECLARE_FINAL_TYPE (CfoilReportSchedulesView, cfoil_report_schedules_view, CFOIL, REPORT_SCHEDULES_VIEW, AdwBin)

/* WORKSPACE (nullable). */
void cfoil_report_schedules_view_set_workspace (CfoilReportSchedulesView *self,
                                                CfoilWorkspace           *workspace);

G_END_DECLS
