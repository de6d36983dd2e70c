/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-dossier.h"
#include "cfoil-draft-session.h"
#include "cfoil-workspace.h"

G_BEGIN_DECLS

/* Words of the editor for people, translated.  Results that are not const are to be freed. */

/* "Respond by 24 Nov 2026, 16:59 (Europe/Berlin), in 2 days and 4 hours". */
char *cfoil_answer_words_deadline (const CfoilCase *record,
                                   CfoilWorkspace  *workspace,
                                   gint64           now_us);
/* How long US is from now: "2 days and 4 hours"; never negative. */
char *cfoil_answer_words_span (gint64 us);
/* What was sent and when, of a draft that is sealed. */
char *cfoil_answer_words_seal (const CfoilDossier *dossier,
                               guint               round,
                               CfoilWorkspace     *workspace);
/* Parts per million as "18 %"; what must be reached is rounded up. */
char *cfoil_answer_words_percent (int      ppm,
                                  gboolean round_up);
/* Why files are not in the draft, or not looked at, in one sentence each: an array of
 * CfoilFileFailure. */
char *cfoil_answer_words_failures (GPtrArray *failures);
/* The newest submission of ROUND; NULL: none.  Borrowed. */
const CfoilSubmission *cfoil_answer_find_submission (const CfoilDossier *dossier,
                                                     guint               round);

G_END_DECLS
