/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-answer-step.h"

G_BEGIN_DECLS

/* The steps of the editor in their order, each with a tick when it is done and a mark
 * when something of it stands in the way.  Choosing one activates "answer.step". */
#define CFOIL_TYPE_ANSWER_STEPPER (cfoil_answer_stepper_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAnswerStepper, cfoil_answer_stepper, CFOIL, ANSWER_STEPPER, AdwBin)

void cfoil_answer_stepper_add (CfoilAnswerStepper *self,
                               CfoilAnswerStep    *step);
void cfoil_answer_stepper_select (CfoilAnswerStepper *self,
                                  const char         *step);
void cfoil_answer_stepper_set_done (CfoilAnswerStepper *self,
                                    const char         *step,
                                    gboolean            is_done);
/* In a narrow window: side by side, only the chosen one with its title. */
void cfoil_answer_stepper_set_narrow (CfoilAnswerStepper *self,
                                      gboolean            is_narrow);

G_END_DECLS
