/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-case.h"
#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The card of an opened case that says by when an answer is due and what can be done
 * about it, or what became of it.
 *
 * Actions that it asks for (of an ancestor): case.answer, case.accept, case.retry,
 * case.withdraw, case.say (s: answered, won, lost). */
#define CFOIL_TYPE_CASE_DEADLINE (cfoil_case_deadline_get_type ())
G_DECLARE_FINAL_TYPE (CfoilCaseDeadline, cfoil_case_deadline, CFOIL, CASE_DEADLINE, AdwBin)

void cfoil_case_deadline_show (CfoilCaseDeadline *self,
                               const CfoilCase   *record,
                               CfoilWorkspace    *workspace,
                               gint64             now_us);

G_END_DECLS
