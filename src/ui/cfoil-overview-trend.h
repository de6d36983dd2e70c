/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-overview-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The main chart: how it went, day by day.  What it shows is chosen above it and kept in
 * settings (overview-metric, overview-chart, overview-bucket). */
#define CFOIL_TYPE_OVERVIEW_TREND (cfoil_overview_trend_get_type ())
G_DECLARE_FINAL_TYPE (CfoilOverviewTrend, cfoil_overview_trend, CFOIL, OVERVIEW_TREND, AdwBin)

GtkWidget *cfoil_overview_trend_new (GSettings *settings);

/* What it wants to be read. */
void cfoil_overview_trend_wish (GSettings         *settings,
                                CfoilOverviewWish *wish);
void cfoil_overview_trend_set_answer (CfoilOverviewTrend        *self,
                                      const CfoilOverviewAnswer *answer);

G_END_DECLS
