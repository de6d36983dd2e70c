/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-overview-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* How far it is to the limits of card networks and providers: a gauge each.
 *
 * ::fraud-reports (account, currency, first day of the month, how many or -1) - the
 * merchant says what the card network reported, or takes it back */
#define CFOIL_TYPE_OVERVIEW_LIMITS (cfoil_overview_limits_get_type ())
G_DECLARE_FINAL_TYPE (CfoilOverviewLimits, cfoil_overview_limits, CFOIL, OVERVIEW_LIMITS, AdwBin)

GtkWidget *cfoil_overview_limits_new (void);
void cfoil_overview_limits_set_answer (CfoilOverviewLimits       *self,
                                       const CfoilOverviewAnswer *answer);

G_END_DECLS
