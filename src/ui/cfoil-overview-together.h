/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-overview-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The sums of all currencies in one, by imported rates, each of which is named.  Out of
 * sight while nobody asks for it. */
#define CFOIL_TYPE_OVERVIEW_TOGETHER (cfoil_overview_together_get_type ())
G_DECLARE_FINAL_TYPE (CfoilOverviewTogether, cfoil_overview_together, CFOIL, OVERVIEW_TOGETHER, AdwBin)

GtkWidget *cfoil_overview_together_new (void);
void cfoil_overview_together_set_answer (CfoilOverviewTogether     *self,
                                         const CfoilOverviewAnswer *answer);

G_END_DECLS
