/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From numbers to pixels and back.  Pure. */

/* Values along one direction; start may be below or right of end. */
typedef struct
{
  gint64 low;
  gint64 high;
  float start; /* where LOW is */
  float end;
} CfoilChartScale;

/* Values beyond the ends stay at them. */
float cfoil_chart_scale_place (const CfoilChartScale *self,
                               gint64                 value);

/* Points beside each other, each with a band of the same width; the first is rightmost
 * where people read from the right.  Where bands would be narrower than can be seen,
 * neighbours share one: a group. */
typedef struct
{
  guint first;    /* of the points that are shown */
  guint n_points; /* at least 1 */
  guint group;    /* points in one band */
  float x;
  float width;
  gboolean is_rtl;
} CfoilChartBands;

void cfoil_chart_bands_init (CfoilChartBands *self,
                             guint            first,
                             guint            n_points,
                             float            x,
                             float            width,
                             float            min_width,
                             gboolean         is_rtl);
guint cfoil_chart_bands_get_n_groups (const CfoilChartBands *self);
float cfoil_chart_bands_get_width (const CfoilChartBands *self); /* of one group */
float cfoil_chart_bands_get_left (const CfoilChartBands *self,
                                  guint                  group);
guint cfoil_chart_bands_group_of (const CfoilChartBands *self,
                                  guint                  point);
/* The points of a group: from *FIRST until before *END. */
void cfoil_chart_bands_get_points (const CfoilChartBands *self,
                                   guint                  group,
                                   guint                 *first,
                                   guint                 *end);
/* The middle of POINT, as if it had a band of its own. */
float cfoil_chart_bands_get_middle (const CfoilChartBands *self,
                                    guint                  point);
/* The group at X, the nearest one beyond the ends. */
guint cfoil_chart_bands_find (const CfoilChartBands *self,
                              float                  x);

/* Keeps a label of WIDTH around MIDDLE within FROM and TO; returns its left end. */
float cfoil_chart_label_place (float middle,
                               float width,
                               float from,
                               float to);
/* Whether labels, placed like that, keep GAP between each other.  In order of x. */
gboolean cfoil_chart_labels_fit (const float *middles,
                                 const float *widths,
                                 guint        n_labels,
                                 float        gap,
                                 float        from,
                                 float        to);

G_END_DECLS
