/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-session.h"
#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One step of the editor: a page of its left side.  Properties: step-name, title,
 * icon-name, needs-attention (a blocker of this step). */
#define CFOIL_TYPE_ANSWER_STEP (cfoil_answer_step_get_type ())
G_DECLARE_DERIVABLE_TYPE (CfoilAnswerStep, cfoil_answer_step, CFOIL, ANSWER_STEP, AdwBin)

struct _CfoilAnswerStepClass
{
  AdwBinClass parent_class;

  /* Once, with the session loaded. */
  void (*set_up) (CfoilAnswerStep *self);
  /* PARTS of the session are different. */
  void (*changed) (CfoilAnswerStep  *self,
                   CfoilSessionParts parts);
  /* Time has passed: what is left of it is shown anew. */
  void (*tick) (CfoilAnswerStep *self);
  /* SUBJECT of a finding (nullable): show and focus it. */
  void (*show_subject) (CfoilAnswerStep *self,
                        const char      *subject);
};

const char *cfoil_answer_step_get_name (CfoilAnswerStep *self);
const char *cfoil_answer_step_get_title (CfoilAnswerStep *self);
CfoilDraftSession *cfoil_answer_step_get_session (CfoilAnswerStep *self);
CfoilWorkspace *cfoil_answer_step_get_workspace (CfoilAnswerStep *self);
/* For the window: connects to the session. */
void cfoil_answer_step_set_session (CfoilAnswerStep   *self,
                                    CfoilWorkspace    *workspace,
                                    CfoilDraftSession *session);
/* For the window, whenever it shows the time that is left. */
void cfoil_answer_step_tick (CfoilAnswerStep *self);
void cfoil_answer_step_show_subject (CfoilAnswerStep *self,
                                     const char      *subject);
/* Asks the window to go to another step (the Check step's links).  Activates the action
 * "answer.step" (ss): step, subject. */
void cfoil_answer_step_go (CfoilAnswerStep *self,
                           const char      *step,
                           const char      *subject);

G_END_DECLS
