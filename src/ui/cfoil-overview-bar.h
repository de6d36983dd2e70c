/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror-status.h"
#include "cfoil-overview-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Above the overview: which days, which account, which currency.  Kept in settings
 * (overview-period, -comparison, -account, -currency, -converted).
 *
 * ::changed when any setting of the overview did. */
#define CFOIL_TYPE_OVERVIEW_BAR (cfoil_overview_bar_get_type ())
G_DECLARE_FINAL_TYPE (CfoilOverviewBar, cfoil_overview_bar, CFOIL, OVERVIEW_BAR, AdwBin)

GSettings *cfoil_overview_bar_get_settings (CfoilOverviewBar *self);

void cfoil_overview_bar_set_today (CfoilOverviewBar *self,
                                   gint32            today);
/* STATUS (nullable): whose accounts can be chosen. */
void cfoil_overview_bar_set_status (CfoilOverviewBar        *self,
                                    const CfoilMirrorStatus *status);
/* The currencies of ANSWER can be chosen. */
void cfoil_overview_bar_set_answer (CfoilOverviewBar          *self,
                                    const CfoilOverviewAnswer *answer);

/* Fills in what it is about; its texts are to be freed. */
void cfoil_overview_bar_wish (CfoilOverviewBar  *self,
                              CfoilOverviewWish *wish);

G_END_DECLS
