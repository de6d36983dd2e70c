/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One sentence of the letter: whether it is in it, what it rests on, and whether
 * something that proves it is missing. */
#define CFOIL_TYPE_ANSWER_LETTER_SENTENCE (cfoil_answer_letter_sentence_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAnswerLetterSentence, cfoil_answer_letter_sentence, CFOIL, ANSWER_LETTER_SENTENCE, AdwBin)

CfoilAnswerLetterSentence *cfoil_answer_letter_sentence_new (CfoilDraftSession *session);
const char *cfoil_answer_letter_sentence_get_id (CfoilAnswerLetterSentence *self);
/* SENTENCE is only looked at.  IS_LEFT_OUT: the user took it out. */
void cfoil_answer_letter_sentence_update (CfoilAnswerLetterSentence *self,
                                          const CfoilSentence       *sentence,
                                          gboolean                   is_left_out);

G_END_DECLS
