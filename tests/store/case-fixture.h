/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-mirror.h"

#include "cfoil-case.h"
#include "cfoil-submission.h"

/* What tests of cases put into a mirror, and read of it. */

/* Of a new case of "shop" that needs an answer. */
CfoilCaseWords case_words_of (CfoilCaseKind kind);
gint64 case_add (TestMirror           *mirror,
                 const CfoilCaseWords *words,
                 const char           *route);
/* Free it. */
CfoilCase *case_read (TestMirror *mirror,
                      gint64      case_id);

CfoilObservation case_dispute_of (const char *dispute_id,
                                  const char *charge_id,
                                  CfoilState  state,
                                  gint64      said_us);
/* What the provider says of the dispute B1, as a sync puts it.  Both return the case. */
gint64 case_say_dispute (TestMirror *mirror,
                         CfoilState  state,
                         const char *state_code,
                         gint64      deadline_us);
gint64 case_put_money_line (TestMirror *mirror,
                            const char *charge_id,
                            CfoilType   type);
/* An answer to the case as it is now, that is in STATE. */
void case_submit (TestMirror           *mirror,
                  gint64                case_id,
                  gboolean              accepts,
                  gint64                due_us,
                  CfoilSubmissionState  state);
