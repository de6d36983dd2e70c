/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-session.h"
#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The user's own words in one section of the letter.  What is typed goes to the session
 * at once; nothing waits for anything. */
#define CFOIL_TYPE_ANSWER_LETTER_OWN (cfoil_answer_letter_own_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAnswerLetterOwn, cfoil_answer_letter_own, CFOIL, ANSWER_LETTER_OWN, AdwBin)

/* SECTION: static. */
CfoilAnswerLetterOwn *cfoil_answer_letter_own_new (CfoilWorkspace    *workspace,
                                                   CfoilDraftSession *session,
                                                   const char        *section);
/* The button that opens the field, for the head of the section; borrowed. */
GtkWidget *cfoil_answer_letter_own_get_button (CfoilAnswerLetterOwn *self);
void cfoil_answer_letter_own_update (CfoilAnswerLetterOwn *self);
/* Opens the field if it is not, and puts the focus into it. */
void cfoil_answer_letter_own_edit (CfoilAnswerLetterOwn *self);

G_END_DECLS
