/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-chart-data.h"

G_BEGIN_DECLS

/* A chart in words, translated, without control characters.  Free the results. */

/* "1,204.00 €", "–" where nobody knows. */
char *cfoil_chart_words_value (const CfoilChartData *data,
                               guint                 series,
                               guint                 point);
/* One value read out: "Saturday, 3 October 2026: 1,204.00 €"; with several series the name
 * of the one comes first. */
char *cfoil_chart_words_reading (const CfoilChartData *data,
                                 guint                 series,
                                 guint                 point);
/* What there is to see, for who does not: how many points, from when to when, between
 * which values, where the highest is, limits and what may still change. */
char *cfoil_chart_words_description (const CfoilChartData *data);
/* From one point to another: "26 Oct 2026 – 22 Nov 2026". */
char *cfoil_chart_words_range (const CfoilChartData *data,
                               guint                 first,
                               guint                 last);
/* What stands below the title where nothing else tells: the time that N_POINTS points from FIRST
 * on take, if that is what points are, and the currency.  (nullable) */
char *cfoil_chart_words_subtitle (const CfoilChartData *data,
                                  guint                 first,
                                  guint                 n_points);
/* Nothing but unknown values: there is nothing to draw. */
gboolean cfoil_chart_words_is_empty (const CfoilChartData *data);

G_END_DECLS
