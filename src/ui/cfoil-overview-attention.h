/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-overview-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What needs somebody: a row each, which leads to where it is done; one quiet line when
 * nothing does. */
#define CFOIL_TYPE_OVERVIEW_ATTENTION (cfoil_overview_attention_get_type ())
G_DECLARE_FINAL_TYPE (CfoilOverviewAttention, cfoil_overview_attention, CFOIL, OVERVIEW_ATTENTION, AdwBin)

GtkWidget *cfoil_overview_attention_new (void);
void cfoil_overview_attention_set_answer (CfoilOverviewAttention    *self,
                                          const CfoilOverviewAnswer *answer);

G_END_DECLS
