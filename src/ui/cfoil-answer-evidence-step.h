/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-answer-step.h"

G_BEGIN_DECLS

/* What proves the answer: the checklist, and files under letters. */
#define CFOIL_TYPE_ANSWER_EVIDENCE_STEP (cfoil_answer_evidence_step_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAnswerEvidenceStep, cfoil_answer_evidence_step, CFOIL, ANSWER_EVIDENCE_STEP, CfoilAnswerStep)

CfoilAnswerStep *cfoil_answer_evidence_step_new (void);

G_END_DECLS
