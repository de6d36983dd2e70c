/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-overview-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The best customers, products, stores or countries; which is in the setting overview-by.
 * Enter opens the rows of one. */
#define CFOIL_TYPE_OVERVIEW_TOP (cfoil_overview_top_get_type ())
G_DECLARE_FINAL_TYPE (CfoilOverviewTop, cfoil_overview_top, CFOIL, OVERVIEW_TOP, AdwBin)

GtkWidget *cfoil_overview_top_new (GSettings *settings);
void cfoil_overview_top_set_answer (CfoilOverviewTop          *self,
                                    const CfoilOverviewAnswer *answer);

G_END_DECLS
