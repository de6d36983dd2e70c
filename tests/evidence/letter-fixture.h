/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-letter.h"

G_BEGIN_DECLS

/* A value for KEY that no other fact has, in whole or in part, and that fits the others:
 * with all of them nothing contradicts.  Texts begin with "Zq", the number and "x". */
const char *letter_value (CfoilFactKey key);

/* A draft with all facts and one exhibit with a file of each type; typed or of the mirror
 * as the real ones are. */
CfoilDraft *letter_draft_new (CfoilReason  reason,
                              CfoilProduct product,
                              const char  *argument);
void letter_add_exhibit (CfoilDraft        *draft,
                         CfoilEvidenceType  type,
                         const char        *caption);
void letter_type (CfoilDraft   *draft,
                  CfoilFactKey  key,
                  const char   *value);

/* (nullable), borrowed. */
const CfoilSentence *letter_find (const CfoilLetter *letter,
                                  const char        *id);

/* What holds for the form of every sentence of every letter: ends, no marker, ids once. */
void letter_check_forms (const CfoilLetter *letter);

/* Whether NEEDLE stands in TEXT as words of its own: "5 May" is not in "15 May". */
gboolean letter_has_words (const char *text,
                           const char *needle);

/* Calls EACH with every reason, product and argument ("" too). */
typedef void (*LetterEachFunc) (CfoilReason   reason,
                                CfoilProduct  product,
                                const char   *argument,
                                gpointer      user_data);
void letter_foreach_kind (LetterEachFunc each,
                          gpointer       user_data);

G_END_DECLS
