/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-answer-step.h"

G_BEGIN_DECLS

/* Whether the Payment Protection Policy may cover this case: Amazon Pay, a chargeback that
 * the buyer did not authorise, goods that can be touched (or nobody has said). */
gboolean cfoil_answer_protection_applies (const CfoilDossier *dossier,
                                          const CfoilDraft   *draft);

/* What that policy asks for, and what of it the draft holds; a row leads to the place.
 * Source: Amazon Pay, Handling chargebacks; Payment Protection Policy. */
GtkWidget *cfoil_answer_protection_new (CfoilAnswerStep    *step,
                                        const CfoilDossier *dossier,
                                        const CfoilDraft   *draft);

G_END_DECLS
