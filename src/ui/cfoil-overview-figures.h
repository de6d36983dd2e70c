/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-overview-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Tiles: money, payouts and the health of disputes of one currency. */
#define CFOIL_TYPE_OVERVIEW_FIGURES (cfoil_overview_figures_get_type ())
G_DECLARE_FINAL_TYPE (CfoilOverviewFigures, cfoil_overview_figures, CFOIL, OVERVIEW_FIGURES, AdwBin)

typedef enum
{
  CFOIL_FIGURES_MONEY,
  CFOIL_FIGURES_PAYOUTS,
  CFOIL_FIGURES_DISPUTES,
} CfoilFiguresKind;

GtkWidget *cfoil_overview_figures_new (CfoilFiguresKind kind);

/* NOTE (nullable): said of all of them, as of when. */
void cfoil_overview_figures_set_answer (CfoilOverviewFigures      *self,
                                        const CfoilOverviewAnswer *answer,
                                        GTimeZone                 *zone,
                                        const char                *note);

G_END_DECLS
