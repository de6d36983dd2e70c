/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-overview-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* When people pay, by weekday and hour, and how much at a time.  The setting
 * overview-hours says whether payments or their value count. */
#define CFOIL_TYPE_OVERVIEW_PATTERNS (cfoil_overview_patterns_get_type ())
G_DECLARE_FINAL_TYPE (CfoilOverviewPatterns, cfoil_overview_patterns, CFOIL, OVERVIEW_PATTERNS, AdwBin)

GtkWidget *cfoil_overview_patterns_new (GSettings *settings);
void cfoil_overview_patterns_set_answer (CfoilOverviewPatterns     *self,
                                         const CfoilOverviewAnswer *answer);

G_END_DECLS
