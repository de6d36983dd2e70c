/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft.h"

G_BEGIN_DECLS

/* The letter, composed of sentences each of which is bound to the facts that it asserts
 * and the exhibits that prove them: take a fact away and the sentence goes.  Text that
 * somebody typed is kept apart and marked as theirs.  Always in English, whoever reads
 * it; the same draft gives the same letter in every language and zone.
 *
 * Sections, in order: address, subject, opening, payment, argument, history, policy,
 * contact, closing, exhibits.  The last names every exhibit that has a file; whether an
 * argument refers to one is told by the sentences of the other sections.
 *
 * What people typed is told as the shop's record.  A sentence that says less takes the
 * place, under the same id, of one that lost a fact.  The words are ours: no library of
 * phrases, and none in another language. */

typedef struct
{
  char *id;              /* stable: "not-received.delivered" */
  const char *section;
  char *text;            /* plain text, no markup */
  CfoilFactKey *facts;   /* that it asserts */
  guint n_facts;
  char **exhibits;       /* ids of the exhibits that it refers to; never NULL */
  gboolean is_own;       /* the user's words: "own.SECTION", and "own.why" */
  gboolean wants_proof;  /* asserts something that only an exhibit proves, and none does */
  CfoilEvidenceType proof; /* of what type such an exhibit would be */
} CfoilSentence;

typedef struct
{
  GPtrArray *sentences;  /* CfoilSentence, in order */
  GPtrArray *available;  /* CfoilSentence that could stand there: left out by the user */
} CfoilLetter;

CfoilLetter *cfoil_letter_compose (const CfoilDraft *draft,
                                   CfoilReason       case_reason,
                                   CfoilCaseKind     kind,
                                   const char       *provider_name);
void cfoil_letter_free (CfoilLetter *self);

/* As plain text, for copying and for the length. */
char *cfoil_letter_to_text (const CfoilLetter *self);

/* Titles of sections, translated; in the order above, NULL-terminated names. */
extern const char *const cfoil_letter_sections[];
const char *cfoil_letter_section_get_title (const char *section);

/* Everything that a catalogue sentence could assert, for tests and for the form: calls
 * EACH with every sentence there is of REASON and PRODUCT. */
typedef void (*CfoilSentenceFunc) (const char         *id,
                                   const CfoilFactKey *facts,
                                   guint               n_facts,
                                   gpointer            user_data);
void cfoil_letter_foreach_sentence (CfoilReason       reason,
                                    CfoilProduct      product,
                                    CfoilSentenceFunc each,
                                    gpointer          user_data);

/* Facts that cannot all be true (delivered before shipped, later than the letter, the
 * other order the same as this one), in translated sentences.  The letter says nothing
 * that rests on them; of two of which the provider told one, the other is doubted.
 * (element-type utf8) (transfer full) */
GPtrArray *cfoil_letter_find_contradictions (const CfoilDraft *draft);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilLetter, cfoil_letter_free)

G_END_DECLS
