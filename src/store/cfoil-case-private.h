/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-case.h"

/* Two cases turn out to be one: everything of both is kept in one of them, which is told
 * in *KEPT_ID.  Within a transaction of DATABASE; the one who calls refreshes its payment
 * (cfoil-case-payment.h). */
gboolean _cfoil_case_merge (CfoilDatabase *database,
                            gint64         case_id,
                            gint64         other_id,
                            gint64        *kept_id,
                            GError       **error);

/* What an event says: English, marked for translation. */
const char *_cfoil_case_route_words (const char *route);
const char *_cfoil_case_state_words (CfoilState       state,
                                     CfoilCaseOutcome outcome);

/* FUNC within one short transaction beside whatever else writes. */
typedef gboolean (*CfoilCaseWriteFunc) (CfoilDatabase *writer,
                                        gpointer       data,
                                        GError       **error);
gboolean _cfoil_case_transact (CfoilMirror       *mirror,
                               CfoilCaseWriteFunc func,
                               gpointer           data,
                               GError           **error);

/* Something that a person did, now.  G_IO_ERROR_NOT_FOUND: there is no such case. */
gboolean _cfoil_case_put_event (CfoilDatabase *writer,
                                gint64         case_id,
                                const char    *kind,
                                const char    *text,
                                const char    *detail,
                                GError       **error);
/* UTF-8 and not too long.  TEXT (nullable). */
gboolean _cfoil_case_check_text (const char *text,
                                 GError    **error);
