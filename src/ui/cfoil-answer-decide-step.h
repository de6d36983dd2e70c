/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-answer-step.h"

G_BEGIN_DECLS

/* Contest, accept or refund: what each is worth, and the merchant's own results.  It
 * advises and never acts. */
#define CFOIL_TYPE_ANSWER_DECIDE_STEP (cfoil_answer_decide_step_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAnswerDecideStep, cfoil_answer_decide_step, CFOIL, ANSWER_DECIDE_STEP, CfoilAnswerStep)

CfoilAnswerStep *cfoil_answer_decide_step_new (void);

G_END_DECLS
