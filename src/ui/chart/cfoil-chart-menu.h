/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-chart.h"

#include "cfoil-chart-export.h"

G_BEGIN_DECLS

/* What can be done with a chart: for the actions chart.show-as-table, chart.zoom-in,
 * chart.zoom-out, chart.show-all, chart.export-svg, -png, -csv and chart.print. */
GMenuModel *cfoil_chart_menu_new (void);

/* Asks for a file and writes it; tells in a toast of CHART how that went.  The name's
 * ending has the last word about the format. */
void cfoil_chart_menu_export (CfoilChart              *chart,
                              const CfoilChartPicture *picture,
                              CfoilChartFormat         format);

G_END_DECLS
