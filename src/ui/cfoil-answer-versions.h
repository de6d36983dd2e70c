/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-session.h"
#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The versions of an answer, each with what is different now, to go back to. */
#define CFOIL_TYPE_ANSWER_VERSIONS (cfoil_answer_versions_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAnswerVersions, cfoil_answer_versions, CFOIL, ANSWER_VERSIONS, AdwWindow)

/* Shows them in a dialog of PARENT. */
void cfoil_answer_versions_show (GtkWindow         *parent,
                                 CfoilWorkspace    *workspace,
                                 CfoilDraftSession *session);

G_END_DECLS
