/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-session.h"

G_BEGIN_DECLS

/* What pages are called and what stands on them, in words; and which page something is on. */

/* "Page 3 of 12, Exhibit A-2".  Free it. */
char *cfoil_answer_preview_words_page (const CfoilPacketLayout *layout,
                                       guint                    page);
/* By page: the sentences of the letter, the names of the exhibits; NULL where there is
 * nothing to say.  (element-type utf8) */
GPtrArray *cfoil_answer_preview_words_texts (CfoilDraftSession *session);

/* SUBJECT: the id of a sentence or of an exhibit, or the name of a fact.  -1: nowhere. */
int cfoil_answer_preview_words_find (CfoilDraftSession *session,
                                     const char        *subject);

G_END_DECLS
