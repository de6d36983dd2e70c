/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-decision.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What contesting costs: typed by the user, kept by currency (GSettings key
 * "dispute-costs").  ::changed when something of it is different. */
#define CFOIL_TYPE_ANSWER_DECIDE_COSTS (cfoil_answer_decide_costs_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAnswerDecideCosts, cfoil_answer_decide_costs, CFOIL, ANSWER_DECIDE_COSTS, AdwBin)

CfoilAnswerDecideCosts *cfoil_answer_decide_costs_new (void);
/* LAST_FEE_MINOR: what stands for a fee of contesting that nobody typed; CFOIL_UNKNOWN: 0. */
void cfoil_answer_decide_costs_set_currency (CfoilAnswerDecideCosts *self,
                                             const char             *currency,
                                             gint64                  last_fee_minor);
void cfoil_answer_decide_costs_get (CfoilAnswerDecideCosts *self,
                                    CfoilDecisionCosts     *costs);

G_END_DECLS
