/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-answer-step.h"

G_BEGIN_DECLS

/* What will be sent, to whom and until when; then how far it got, and for ever what was
 * sent. */
#define CFOIL_TYPE_ANSWER_SEND_STEP (cfoil_answer_send_step_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAnswerSendStep, cfoil_answer_send_step, CFOIL, ANSWER_SEND_STEP, CfoilAnswerStep)

CfoilAnswerStep *cfoil_answer_send_step_new (void);

G_END_DECLS
