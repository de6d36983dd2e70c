/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The editor of one answer: steps on the left, the packet as it will be sent on the
 * right.  One window per case. */
#define CFOIL_TYPE_ANSWER_WINDOW (cfoil_answer_window_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAnswerWindow, cfoil_answer_window, CFOIL, ANSWER_WINDOW, AdwWindow)

/* Opens it, or brings the one of this case to the front.  STEP (nullable): decide, facts,
 * evidence, letter, check, send. */
CfoilAnswerWindow *cfoil_answer_window_open (GtkApplication *application,
                                             CfoilWorkspace *workspace,
                                             gint64          case_id,
                                             const char     *step);

G_END_DECLS
