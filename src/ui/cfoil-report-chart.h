/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-chart-data.h"

G_BEGIN_DECLS

/* What of a report can be drawn: its amounts in one currency, by its rows.  Pure. */

/* The currencies in TABLE, in its order. (element-type utf8) */
GPtrArray *cfoil_report_chart_list_currencies (const CfoilTable *table);
/* NULL: there is nothing to draw. */
CfoilChartData *cfoil_report_chart_make (const CfoilTable *table,
                                         const char       *currency);

G_END_DECLS
