/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-amazon-client.h"
#include "cfoil-provider.h"

G_BEGIN_DECLS

/* The steps that bring the mirror up to date.  Each returns FALSE only for what
 * ends the run; what is wrong with one feed is kept with that feed. */
typedef struct
{
  CfoilAmazonClient *client;        /* (borrowed) */
  CfoilIntake *intake;              /* (borrowed) */
  GCancellable *cancellable;        /* (borrowed) (nullable) */
  guint history_days;
  gint64 now_us;                    /* of the run, in whole seconds */
} CfoilAmazonRun;

typedef struct
{
  const char *feed;
  const char *live_type;            /* (nullable): there are no such reports there */
  const char *sandbox_type;         /* (nullable) */
  gboolean made_by_itself;          /* in live: not to be asked for */
} CfoilAmazonReportFeed;

#define CFOIL_AMAZON_N_REPORT_FEEDS 6
extern const CfoilAmazonReportFeed cfoil_amazon_report_feeds[CFOIL_AMAZON_N_REPORT_FEEDS];

/* The type of FEED's reports in this environment, or NULL. */
const char *cfoil_amazon_report_feed_get_type (const CfoilAmazonReportFeed *feed,
                                               const CfoilAmazonRun        *run);

gboolean cfoil_amazon_pull (CfoilAmazonRun *run,
                            GError        **error);

/* Lists what reports there are, then brings in the documents that are missing. */
gboolean cfoil_amazon_pull_reports (CfoilAmazonRun *run,
                                    GError        **error);
/* Of Europe also those that no feed is made of.  Nobody's figures depend on them: what is
 * wrong with them is no failure of a run. */
gboolean cfoil_amazon_pull_currency_reports (CfoilAmazonRun *run,
                                             GError        **error);
/* Asks for reports about the times that none covers, and waits for them. */
gboolean cfoil_amazon_pull_requests (CfoilAmazonRun *run,
                                     GError        **error);
gboolean cfoil_amazon_pull_disbursements (CfoilAmazonRun *run,
                                          GError        **error);
/* Fetches reports once more whose settlements do not come to what was paid out. */
gboolean cfoil_amazon_pull_unbalanced (CfoilAmazonRun *run,
                                       GError        **error);
gboolean cfoil_amazon_pull_objects (CfoilAmazonRun *run,
                                    GError        **error);

/* Brings in the document of REPORT, and its coverage; the feed is current. */
gboolean cfoil_amazon_pull_document (CfoilAmazonRun         *run,
                                     const char             *feed,
                                     const CfoilKnownReport *report,
                                     GError                **error);
/* Until when a report's rows can be complete. */
gboolean cfoil_amazon_add_report_coverage (CfoilAmazonRun         *run,
                                           const CfoilKnownReport *report,
                                           GError                **error);

/* Asks for one object and puts it; the feed is current. */
gboolean cfoil_amazon_pull_object (CfoilAmazonRun *run,
                                   CfoilObjectKind kind,
                                   const char     *object_id,
                                   GError        **error);

/* Runs STEP with FEED current.  Its error, if it is about the feed alone, is kept
 * with the feed. */
typedef gboolean (*CfoilAmazonStep) (CfoilAmazonRun *run, gpointer data, GError **error);
gboolean cfoil_amazon_run_feed (CfoilAmazonRun *run,
                                const char     *feed,
                                CfoilAmazonStep step,
                                gpointer        data,
                                GError        **error);

/* An object that cannot be read. */
gboolean cfoil_amazon_put_bad_object (CfoilAmazonRun *run,
                                      const char     *subject,
                                      const char     *message,
                                      const char     *raw,
                                      GError        **error);

#define CFOIL_AMAZON_PAGE_DAYS 30
#define CFOIL_AMAZON_RETENTION_US (90 * CFOIL_USEC_PER_DAY)

G_END_DECLS
