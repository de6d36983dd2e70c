/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-amazon-pull.h"
#include "cfoil-dispute.h"

G_BEGIN_DECLS

/* The files of an answer, one by one.  Each is one action of the outbox, "file", by
 * "ANSWER/ORDINAL" (from 1), that ends when its bytes are there. */

/* Whether ITEM's file is there and is what it was, and of a type that the service takes.
 * CFOIL_INPUT_ERROR_CHANGED, _UNKNOWN. */
gboolean cfoil_amazon_answer_file_check (const CfoilAnswerItem *item,
                                         GError               **error);

/* The service's id of a file that is there already; *ID NULL: it is not. */
gboolean cfoil_amazon_answer_file_find (CfoilAmazonRun    *run,
                                        const CfoilAnswer *answer,
                                        guint              position,
                                        char             **id,
                                        GError           **error);

/* Asks for an address and puts the bytes there; *ID is set.  DONE of TOTAL bytes are
 * there before it, for the progress. */
gboolean cfoil_amazon_answer_file_upload (CfoilAmazonRun    *run,
                                          const CfoilAnswer *answer,
                                          guint              position,
                                          guint64            done,
                                          guint64            total,
                                          char             **id,
                                          GError           **error);

/* The file that is there is not counted on any more: the next try puts it there anew. */
gboolean cfoil_amazon_answer_file_forget (CfoilAmazonRun    *run,
                                          const CfoilAnswer *answer,
                                          guint              position,
                                          GError           **error);

/* The provider has said no, so that nothing was done by this request: it is over. */
gboolean cfoil_amazon_answer_is_refusal (const GError *failure);

G_END_DECLS
