/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-table.h"

#include <cairo.h>

G_BEGIN_DECLS

/* A CfoilTable on paper: how many pages, and each of them drawn, for a PDF and for a printer
 * alike.  Columns fit the page: first texts wrap, then everything becomes smaller.  The
 * header row stands on each page, a group's title again where the group goes on, and no title
 * or sum stands alone.  Black on white, in points; for one thread. */
typedef struct _CfoilReportPages CfoilReportPages;

/* Keeps TABLE.  WIDTH and HEIGHT: of the whole sheet, margins are part of it.  ZONE: of times. */
CfoilReportPages *cfoil_report_pages_new (const CfoilTable *table,
                                          double            width,
                                          double            height,
                                          GTimeZone        *zone);
void cfoil_report_pages_free (CfoilReportPages *self);

guint cfoil_report_pages_get_n_pages (const CfoilReportPages *self);
void cfoil_report_pages_draw (CfoilReportPages *self,
                              guint             page,
                              cairo_t          *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilReportPages, cfoil_report_pages_free)

G_END_DECLS
