/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-overview-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One figure: what it is, how much, how that changed, and how it went.  A click or Enter
 * opens the rows behind it; a button beside it says how it is computed. */
#define CFOIL_TYPE_OVERVIEW_TILE (cfoil_overview_tile_get_type ())
G_DECLARE_FINAL_TYPE (CfoilOverviewTile, cfoil_overview_tile, CFOIL, OVERVIEW_TILE, AdwBin)

/* Of a metric: all of it follows from an answer. */
GtkWidget *cfoil_overview_tile_new (CfoilMetric metric);
void cfoil_overview_tile_set_answer (CfoilOverviewTile         *self,
                                     const CfoilOverviewAnswer *answer);

/* Of something else.  TITLE and EXPLANATION: translated. */
GtkWidget *cfoil_overview_tile_new_fact (const char *title,
                                         const char *explanation);
/* DETAIL (nullable): a line below.  ACTION with its TARGET: where a click leads. */
void cfoil_overview_tile_set_fact (CfoilOverviewTile *self,
                                   const char        *value,
                                   const char        *detail,
                                   const char        *action,
                                   const char        *target);

G_END_DECLS
