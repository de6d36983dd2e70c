/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft.h"

G_BEGIN_DECLS

/* TEXT of a template with {fact_name} replaced by what DRAFT says, as the letter writes
 * it.  A sentence that names a fact which is not there does not come along: nothing is
 * asserted that nobody knows, and no marker can stay.  *MISSING (nullable; element-type
 * utf8): what these facts are called, translated, each once; empty: nothing is missing.
 * Pure. */
char *cfoil_answer_letter_template_fill (const char       *text,
                                         const CfoilDraft *draft,
                                         GPtrArray       **missing);

G_END_DECLS
