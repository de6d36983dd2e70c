/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-chart.h"

#include "cfoil-chart-table.h"
#include "cfoil-chart-view.h"

G_BEGIN_DECLS

/* Its parts, for tests. */
CfoilChartView *cfoil_chart_get_view (CfoilChart *self);
CfoilChartTable *cfoil_chart_get_table (CfoilChart *self);

G_END_DECLS
