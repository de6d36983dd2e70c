/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-renderer.h"
#include "cfoil-review.h"

G_BEGIN_DECLS

/* What the files of the review share. */
typedef struct
{
  const CfoilReviewInput *input;
  GPtrArray *findings; /* CfoilFinding */
} CfoilReview;

/* TEXT and ADVICE (nullable) are taken. */
void _cfoil_review_add (CfoilReview       *self,
                        CfoilFindingWeight weight,
                        const char        *id,
                        const char        *step,
                        const char        *subject,
                        char              *text,
                        const char        *advice);

/* The exhibits and their files: cfoil-review-files.c. */
void _cfoil_review_files (CfoilReview *self);
/* What the letter says and how it is proved: cfoil-review-words.c. */
void _cfoil_review_words (CfoilReview *self);

/* The file as the packet needs it; NULL: not there. */
const CfoilPacketFile *_cfoil_review_find_file (const CfoilReviewInput *input,
                                                const char             *sha256);
/* Files that travel beside the packet, each once. (element-type CfoilExhibitFile) (borrowed)
 * TYPES (nullable) gets the type of evidence of each, as GUINT. */
GPtrArray *_cfoil_review_list_separate (const CfoilReviewInput *input,
                                        GArray                **types);
/* The text that goes with the packet.  Free it. */
char *_cfoil_review_dup_summary (const CfoilReviewInput *input);

G_END_DECLS
