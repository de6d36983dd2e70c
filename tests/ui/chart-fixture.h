/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-chart-private.h"

/* A chart in a window, for tests of what it shows and of what it writes. */

#define CHART_N_KINDS 6
extern const CfoilChartKind chart_kinds[CHART_N_KINDS];

/* The title of what is shown. */
#define CHART_HOSTILE "Gross <script>alert (1)</script> & \"more\""

typedef struct
{
  GtkWidget *window;
  CfoilChart *chart;
  CfoilChartView *view;
  GString *log; /* (owned): of signals */
} ChartFixture;

void chart_spin (guint ms);
void chart_set_up (ChartFixture  *fixture,
                   gconstpointer  user_data);
void chart_tear_down (ChartFixture  *fixture,
                      gconstpointer  user_data);
/* Of signals since the last time. */
void chart_assert_log (ChartFixture *fixture,
                       const char   *expected);
/* Of the second series the last value may still change. */
CfoilChartData *chart_new_data (CfoilChartKind kind,
                                guint          n_points,
                                guint          n_series);
guint chart_n_points_of (CfoilChartKind kind);
void chart_show (ChartFixture   *fixture,
                 CfoilChartData *data); /* (transfer full) */
/* As wide and high as is said, all points.  Free it. */
CfoilChartPlot *chart_lay_out (ChartFixture   *fixture,
                               CfoilChartData *data,
                               float           width,
                               float           height,
                               gboolean        is_rtl);
