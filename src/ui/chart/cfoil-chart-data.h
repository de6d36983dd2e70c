/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-metric.h"
#include "cfoil-period.h"
#include "cfoil-table.h"

G_BEGIN_DECLS

/* What a chart shows: exact numbers and their meaning; only the painter makes doubles of
 * them.  Built once, then immutable and shared.  Texts are copied as one line without
 * control characters: they may come from outside. */
typedef enum
{
  CFOIL_CHART_COLUMNS,
  CFOIL_CHART_STACKED,
  CFOIL_CHART_LINES,
  CFOIL_CHART_HEAT_MAP,  /* series are rows, points are columns */
  CFOIL_CHART_HISTOGRAM, /* columns without gaps, labels at their bounds */
  CFOIL_CHART_GAUGE,     /* one point per series; ->limits are marks */
} CfoilChartKind;

typedef struct _CfoilChartData CfoilChartData;

/* TITLE (translated).  CURRENCY (nullable): of money. */
CfoilChartData *cfoil_chart_data_new (CfoilChartKind kind,
                                      const char    *title,
                                      CfoilUnit      unit,
                                      const char    *currency);
CfoilChartData *cfoil_chart_data_ref (CfoilChartData *self);
void cfoil_chart_data_unref (CfoilChartData *self);

/* What the points are, for the head of the table: "Day", "Country" (NULL: nothing). */
void cfoil_chart_data_set_points_title (CfoilChartData *self,
                                        const char     *title);
/* The same for machines: "day" (NULL: "point"). */
void cfoil_chart_data_set_points_name (CfoilChartData *self,
                                       const char     *name);
/* The points, in order: a label for the axis ("3 Oct"), a title for reading out ("Saturday,
 * 3 October 2026"; NULL: the label) and the rows behind it (nullable). */
void cfoil_chart_data_add_point (CfoilChartData *self,
                                 const char     *label,
                                 const char     *title,
                                 const char     *query);
/* How files call it ("2026-10-03"; NULL: by its title). */
void cfoil_chart_data_set_point_name (CfoilChartData *self,
                                      guint           point,
                                      const char     *name);
/* Returns its index.  VALUES: one per point (of a gauge one, with or without a point),
 * CFOIL_UNKNOWN: none.  IMMATURE_FROM: from this
 * point on drawn hatched, G_MAXUINT: none. */
guint cfoil_chart_data_add_series (CfoilChartData *self,
                                   const char     *title,
                                   const gint64   *values,
                                   guint           immature_from);
/* How files call it ("gross"; NULL: by what its terms ask for, or else by its title). */
void cfoil_chart_data_set_series_name (CfoilChartData *self,
                                       guint           series,
                                       const char     *name);
/* What its values ask for beyond the query of their points ("weekday:monday"). */
void cfoil_chart_data_set_series_terms (CfoilChartData *self,
                                        guint           series,
                                        const char     *terms);
/* A mark across, or on a gauge ("House limit, 0.75 %"). */
void cfoil_chart_data_add_limit (CfoilChartData *self,
                                 const char     *title,
                                 gint64          value);

CfoilChartKind cfoil_chart_data_get_kind (const CfoilChartData *self);
const char *cfoil_chart_data_get_title (const CfoilChartData *self);
CfoilUnit cfoil_chart_data_get_unit (const CfoilChartData *self);
const char *cfoil_chart_data_get_currency (const CfoilChartData *self);
const char *cfoil_chart_data_get_points_title (const CfoilChartData *self); /* (nullable) */
const char *cfoil_chart_data_get_points_name (const CfoilChartData *self);  /* (nullable) */
guint cfoil_chart_data_get_n_points (const CfoilChartData *self);
const char *cfoil_chart_data_get_label (const CfoilChartData *self,
                                        guint                 point);
const char *cfoil_chart_data_get_point_title (const CfoilChartData *self,
                                              guint                 point);
const char *cfoil_chart_data_get_point_name (const CfoilChartData *self,
                                             guint                 point);
const char *cfoil_chart_data_get_query (const CfoilChartData *self,
                                        guint                 point);
/* (nullable): of one value; free it. */
char *cfoil_chart_data_dup_query (const CfoilChartData *self,
                                  guint                 series,
                                  guint                 point);
guint cfoil_chart_data_get_n_series (const CfoilChartData *self);
const char *cfoil_chart_data_get_series_title (const CfoilChartData *self,
                                               guint                 series);
const char *cfoil_chart_data_get_series_name (const CfoilChartData *self,
                                              guint                 series);
gint64 cfoil_chart_data_get_value (const CfoilChartData *self,
                                   guint                 series,
                                   guint                 point);
guint cfoil_chart_data_get_immature_from (const CfoilChartData *self,
                                          guint                 series);
guint cfoil_chart_data_get_n_limits (const CfoilChartData *self);
const char *cfoil_chart_data_get_limit_title (const CfoilChartData *self,
                                              guint                 limit);
gint64 cfoil_chart_data_get_limit_value (const CfoilChartData *self,
                                         guint                 limit);

/* From a table whose first column says what the points are (day, text, money) and whose
 * other columns are numbers of one unit.  BUCKET: of days. */
CfoilChartData *cfoil_chart_data_new_from_table (CfoilChartKind    kind,
                                                 const CfoilTable *table,
                                                 CfoilBucket       bucket);
/* Its table equivalent. */
CfoilTable *cfoil_chart_data_to_table (const CfoilChartData *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilChartData, cfoil_chart_data_unref)

G_END_DECLS
