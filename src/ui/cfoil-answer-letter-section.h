/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-session.h"
#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One section of the letter: the user's own words, marked as theirs, and below them the
 * sentences that are composed. */
#define CFOIL_TYPE_ANSWER_LETTER_SECTION (cfoil_answer_letter_section_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAnswerLetterSection, cfoil_answer_letter_section, CFOIL, ANSWER_LETTER_SECTION, AdwBin)

/* NAME: static, of cfoil_letter_sections. */
CfoilAnswerLetterSection *cfoil_answer_letter_section_new (CfoilWorkspace    *workspace,
                                                           CfoilDraftSession *session,
                                                           const char        *name);
/* Shows what the session has now. */
void cfoil_answer_letter_section_update (CfoilAnswerLetterSection *self);
/* SUBJECT: a sentence, or the name of the section.  FALSE: it is not here. */
gboolean cfoil_answer_letter_section_show_subject (CfoilAnswerLetterSection *self,
                                                   const char               *subject);

G_END_DECLS
