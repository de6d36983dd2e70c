/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-case-reading.h"
#include "cfoil-details-line.h"
#include "cfoil-workspace.h"

G_BEGIN_DECLS

/* What each list of an opened case says. (element-type CfoilLine) (transfer full) */

/* What the buyer claims, and what the provider asks for. */
GPtrArray *cfoil_case_lines_claim (const CfoilCaseReading *reading,
                                   CfoilWorkspace         *workspace);
GPtrArray *cfoil_case_lines_bought (const CfoilCaseReading *reading,
                                    CfoilWorkspace         *workspace);
/* Refunds that were made, and whether another can be. */
GPtrArray *cfoil_case_lines_refunds (const CfoilCaseReading *reading,
                                     CfoilWorkspace         *workspace);
/* What was present and what was missing, after the outcome. */
GPtrArray *cfoil_case_lines_lessons (const CfoilCaseReading *reading,
                                     CfoilWorkspace         *workspace);
GPtrArray *cfoil_case_lines_charge (const CfoilCaseReading *reading,
                                    CfoilWorkspace         *workspace);
GPtrArray *cfoil_case_lines_earlier (const CfoilCaseReading *reading,
                                     CfoilWorkspace         *workspace);
/* Notes and contacts alone. */
GPtrArray *cfoil_case_lines_log (const CfoilCaseReading *reading,
                                 CfoilWorkspace         *workspace);
/* Answers that were sent or wait, and all else that happened; newest first. */
GPtrArray *cfoil_case_lines_answers (const CfoilCaseReading *reading,
                                     CfoilWorkspace         *workspace);
GPtrArray *cfoil_case_lines_history (const CfoilCaseReading *reading,
                                     CfoilWorkspace         *workspace);
GPtrArray *cfoil_case_lines_sources (const CfoilCaseReading *reading,
                                     CfoilWorkspace         *workspace);
GPtrArray *cfoil_case_lines_ids (const CfoilCaseReading *reading,
                                 CfoilWorkspace         *workspace);

G_END_DECLS
