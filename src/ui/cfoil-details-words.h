/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-details.h"

G_BEGIN_DECLS

/* Sentences about one transaction, translated. */

/* What a provider's reason code means, for a transaction of TYPE; NULL: we have no
 * words for it. */
const char *cfoil_details_words_reason (CfoilType   type,
                                        const char *code);
/* "The sentence. (Code)", or the code alone.  NULL of NULL.  Free it. */
char *cfoil_details_words_reason_with_code (CfoilType   type,
                                            const char *code);

/* "Refund requested" */
const char *cfoil_details_words_event (const CfoilEvent *event);

const char *cfoil_details_words_type (const CfoilDetailsRow *row);
const char *cfoil_details_words_state (const CfoilDetailsRow *row);
/* Of a dispute: its words, or the provider's WORD (nullable) where we have none. */
const char *cfoil_details_words_dispute_state (CfoilState  state,
                                               const char *word);
/* "success", "warning", "error", or NULL: the CSS class of a state. */
const char *cfoil_details_words_state_class (CfoilState state);

G_END_DECLS
