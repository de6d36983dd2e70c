/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-overview-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What looks unusual, each with its sentence, its rows, and a button that says that
 * somebody has seen it.
 *
 * ::acknowledge (gint64 anomaly_id) */
#define CFOIL_TYPE_OVERVIEW_CHANGES (cfoil_overview_changes_get_type ())
G_DECLARE_FINAL_TYPE (CfoilOverviewChanges, cfoil_overview_changes, CFOIL, OVERVIEW_CHANGES, AdwBin)

GtkWidget *cfoil_overview_changes_new (void);
void cfoil_overview_changes_set_answer (CfoilOverviewChanges      *self,
                                        const CfoilOverviewAnswer *answer,
                                        GTimeZone                 *zone);

G_END_DECLS
