/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cfoil-dispute.h"

G_BEGIN_DECLS

/* Evidence in the service's words.  Source: Amazon Pay, Dispute and File. */

/* What PUT says of a file of that type ("pdf"); NULL: the service does not take it. */
const char *cfoil_amazon_evidence_content_type (const char *file_type);

/* Bodies of requests; the same text for the same answer.  FILE_IDS: the service's ids of
 * the items' files, by position, NULL where there is no file. */
char *cfoil_amazon_evidence_build_file (const char *file_type);
char *cfoil_amazon_evidence_build_contest (const CfoilAnswer *answer,
                                           char *const       *file_ids);
char *cfoil_amazon_evidence_build_acceptance (void);

/* Whether the dispute, as the service told it, holds all of ANSWER: the files by their
 * ids (one without an id was never there), the texts by what they are. */
gboolean cfoil_amazon_evidence_is_held (JsonObject        *dispute,
                                        const CfoilAnswer *answer,
                                        char *const       *file_ids);

G_END_DECLS
