/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-amazon-pull.h"

G_BEGIN_DECLS

/* Asking for one report: by a sync for what it misses, and by a person. */

char *cfoil_amazon_report_request_build (const char *type,
                                         gint64      start_us,
                                         gint64      end_us);
/* The window of a request of our own, perhaps of a run that died. */
gboolean cfoil_amazon_report_request_read (const char    *request,
                                           CfoilInterval *window);

/* Sends ACTION, which asks for a report of TYPE, and keeps what became of it; FEED is
 * current.  The report is then in the mirror as being made.  Free it with
 * cfoil_known_report_free (). */
CfoilKnownReport *cfoil_amazon_report_request_send (CfoilAmazonRun    *run,
                                                    const char        *feed,
                                                    const char        *type,
                                                    const CfoilAction *action,
                                                    GError           **error);

/* A person asks, and looks after what was asked for; see cfoil-provider.h. */
gboolean cfoil_amazon_request_report (CfoilAmazonRun *run,
                                      const char     *type,
                                      gint64          start_us,
                                      gint64          end_us,
                                      char          **report_id,
                                      GError        **error);
gboolean cfoil_amazon_fetch_report (CfoilAmazonRun    *run,
                                    const char        *report_id,
                                    gint64             patience_us,
                                    CfoilReportStatus *status,
                                    GError           **error);

/* Sends what a person asked for and nobody has answered yet.  FALSE only for what ends the
 * run; of what is refused the outbox tells. */
gboolean cfoil_amazon_resume_requests (CfoilAmazonRun *run,
                                       GError        **error);

G_END_DECLS
