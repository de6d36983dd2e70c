/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-answer-step.h"

G_BEGIN_DECLS

/* What stands in the way of sending, and what should be looked at first; each leads to
 * the place where it is put right. */
#define CFOIL_TYPE_ANSWER_CHECK_STEP (cfoil_answer_check_step_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAnswerCheckStep, cfoil_answer_check_step, CFOIL, ANSWER_CHECK_STEP, CfoilAnswerStep)

CfoilAnswerStep *cfoil_answer_check_step_new (void);
/* Why the packet could not be made; NULL: it was, or nobody has tried. */
void cfoil_answer_check_step_set_error (CfoilAnswerCheckStep *self,
                                        const GError         *error);

G_END_DECLS
