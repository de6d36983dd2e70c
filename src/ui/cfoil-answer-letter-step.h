/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-answer-step.h"

G_BEGIN_DECLS

/* The letter as it is composed, section by section, with the user's own words between. */
#define CFOIL_TYPE_ANSWER_LETTER_STEP (cfoil_answer_letter_step_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAnswerLetterStep, cfoil_answer_letter_step, CFOIL, ANSWER_LETTER_STEP, CfoilAnswerStep)

CfoilAnswerStep *cfoil_answer_letter_step_new (void);

G_END_DECLS
