/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-letter-step.h"

#include <glib/gi18n.h>

struct _CfoilAnswerLetterStep
{
  CfoilAnswerStep parent_instance;
};

G_DEFINE_FINAL_TYPE (CfoilAnswerLetterStep, cfoil_answer_letter_step, CFOIL_TYPE_ANSWER_STEP)

static void
cfoil_answer_letter_step_class_init (CfoilAnswerLetterStepClass *klass)
{
}

static void
cfoil_answer_letter_step_init (CfoilAnswerLetterStep *self)
{
}

CfoilAnswerStep *
cfoil_answer_letter_step_new (void)
{
  return g_object_new (CFOIL_TYPE_ANSWER_LETTER_STEP, "step-name", "letter", "title", _("Letter"), "icon-name", "text-editor-symbolic", NULL);
}
