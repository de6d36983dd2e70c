/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cfoil-chart-data.h"

G_BEGIN_DECLS

/* A chart outside of the window: for paper, that is on white, with its title, whatever the
 * colours of the desktop are. */
typedef enum
{
  CFOIL_CHART_FORMAT_SVG,
  CFOIL_CHART_FORMAT_PNG,
  CFOIL_CHART_FORMAT_CSV,
} CfoilChartFormat;

typedef struct
{
  CfoilChartData *data;  /* has something to show */
  PangoContext *context; /* whose letters */
  gboolean is_rtl;
  guint first;    /* of the points that are shown */
  guint n_points; /* 0: all */
} CfoilChartPicture;

/* "svg", "png", "csv": the ending of a file's name. */
const char *cfoil_chart_format_to_string (CfoilChartFormat format);
/* By the ending of PATH; another one is FALLBACK. */
CfoilChartFormat cfoil_chart_format_from_path (const char       *path,
                                               CfoilChartFormat  fallback);

/* Draws it, WIDTH by HEIGHT units large; on the main thread. */
void cfoil_chart_picture_draw (const CfoilChartPicture *self,
                               cairo_t                 *cr,
                               double                   width,
                               double                   height);
/* The bytes of a file.  Text is outlines; title and description are in it as words. */
GBytes *cfoil_chart_picture_to_svg (const CfoilChartPicture *self,
                                    double                   width,
                                    double                   height,
                                    GError                 **error);
/* Two pixels to a unit.  Free it. */
cairo_surface_t *cfoil_chart_picture_to_surface (const CfoilChartPicture *self,
                                                 double                   width,
                                                 double                   height);

/* Draws at once; packs and writes on a thread.  A file that is there is replaced at once, or
 * not at all. */
void cfoil_chart_picture_save_async (const CfoilChartPicture *self,
                                     CfoilChartFormat         format,
                                     const char              *path,
                                     GCancellable            *cancellable,
                                     GAsyncReadyCallback      callback,
                                     gpointer                 user_data);
gboolean cfoil_chart_picture_save_finish (GAsyncResult *result,
                                          GError      **error);

G_END_DECLS
