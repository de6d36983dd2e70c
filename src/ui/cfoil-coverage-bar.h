/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cfoil-interval-set.h"

G_BEGIN_DECLS

/* Draws which times a feed covers, on a line from the first to the last of them;
 * holes are hatched in the colour of warnings.  Says the same in words to who
 * cannot see it. */
#define CFOIL_TYPE_COVERAGE_BAR (cfoil_coverage_bar_get_type ())
G_DECLARE_FINAL_TYPE (CfoilCoverageBar, cfoil_coverage_bar, CFOIL, COVERAGE_BAR, GtkWidget)

/* Copies COVERAGE; START and END bound what is drawn. */
void cfoil_coverage_bar_set_coverage (CfoilCoverageBar *self,
                                      CfoilIntervalSet *coverage,
                                      gint64            start_us,
                                      gint64            end_us,
                                      GTimeZone        *zone);

guint cfoil_coverage_bar_get_n_gaps (CfoilCoverageBar *self);

/* The words: "From ... to ..., with 2 gaps: ...". */
const char *cfoil_coverage_bar_get_description (CfoilCoverageBar *self);

G_END_DECLS
