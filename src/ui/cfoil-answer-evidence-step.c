/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-evidence-step.h"

#include <glib/gi18n.h>

struct _CfoilAnswerEvidenceStep
{
  CfoilAnswerStep parent_instance;
};

G_DEFINE_FINAL_TYPE (CfoilAnswerEvidenceStep, cfoil_answer_evidence_step, CFOIL_TYPE_ANSWER_STEP)

static void
cfoil_answer_evidence_step_class_init (CfoilAnswerEvidenceStepClass *klass)
{
}

static void
cfoil_answer_evidence_step_init (CfoilAnswerEvidenceStep *self)
{
}

CfoilAnswerStep *
cfoil_answer_evidence_step_new (void)
{
  return g_object_new (CFOIL_TYPE_ANSWER_EVIDENCE_STEP, "step-name", "evidence", "title", _("Evidence"), "icon-name", "mail-attachment-symbolic", NULL);
}
