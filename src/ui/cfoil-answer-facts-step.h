/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-answer-step.h"

G_BEGIN_DECLS

/* What is argued, and the facts that it rests on, each with who says so. */
#define CFOIL_TYPE_ANSWER_FACTS_STEP (cfoil_answer_facts_step_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAnswerFactsStep, cfoil_answer_facts_step, CFOIL, ANSWER_FACTS_STEP, CfoilAnswerStep)

CfoilAnswerStep *cfoil_answer_facts_step_new (void);

G_END_DECLS
