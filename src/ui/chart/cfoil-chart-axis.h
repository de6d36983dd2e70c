/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-metric.h"

G_BEGIN_DECLS

/* The axis of values: where its marks are and what they are called.  Pure; whole numbers,
 * so that a mark is exactly what it says. */
#define CFOIL_CHART_MAX_TICKS 24
/* Either side of 0: beyond that nothing is drawn to scale. */
#define CFOIL_CHART_MAX_VALUE (G_MAXINT64 / 4)

typedef struct
{
  CfoilUnit unit;
  char currency[4]; /* "": none */
  gint64 step;
  gint64 divisor; /* labels count in this many units: 1, or a million of them */
  guint n_ticks;  /* at least 2 */
  gint64 ticks[CFOIL_CHART_MAX_TICKS]; /* ascending; the first and the last are the ends of the axis */
} CfoilChartAxis;

/* An axis that LOW and HIGH lie on with at most MAX_TICKS marks (4 where 0 lies between
 * them, or else one side would take half of the room).  FROM_ZERO: 0 is on it whatever the values are, as columns need it. */
void cfoil_chart_axis_init (CfoilChartAxis *self,
                            CfoilUnit       unit,
                            const char     *currency,
                            gint64          low,
                            gint64          high,
                            gboolean        from_zero,
                            guint           max_ticks);
gint64 cfoil_chart_axis_get_low (const CfoilChartAxis *self);
gint64 cfoil_chart_axis_get_high (const CfoilChartAxis *self);

/* In the user's language, with no more decimals than the marks need: "1,200", "0.5 %".
 * Free it. */
char *cfoil_chart_axis_dup_label (const CfoilChartAxis *self,
                                  gint64                tick);
/* What the labels count: "EUR", "EUR, in millions", "Days"; NULL: it goes without saying.
 * Free it. */
char *cfoil_chart_axis_dup_caption (const CfoilChartAxis *self);

G_END_DECLS
