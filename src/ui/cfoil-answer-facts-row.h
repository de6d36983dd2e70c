/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One fact: its value, who says so, and what is wrong with what was typed.  A keystroke is
 * in the session at once. */
#define CFOIL_TYPE_ANSWER_FACTS_ROW (cfoil_answer_facts_row_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAnswerFactsRow, cfoil_answer_facts_row, CFOIL, ANSWER_FACTS_ROW, AdwPreferencesRow)

/* SESSION is borrowed, and lives longer. */
GtkWidget *cfoil_answer_facts_row_new (CfoilDraftSession *session,
                                       CfoilFactKey       key);

CfoilFactKey cfoil_answer_facts_row_get_key (CfoilAnswerFactsRow *self);
/* The draft or the dossier is different. */
void cfoil_answer_facts_row_update (CfoilAnswerFactsRow *self);
void cfoil_answer_facts_row_focus (CfoilAnswerFactsRow *self);

G_END_DECLS
