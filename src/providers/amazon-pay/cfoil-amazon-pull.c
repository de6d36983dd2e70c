/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-pull.h"

#include "cfoil-amazon-failure.h"
#include "cfoil-amazon-report-requests.h"
#include "cfoil-amazon-schedules.h"

#define TYPE(name) "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_" name "_DATA_"

const CfoilAmazonReportFeed cfoil_amazon_report_feeds[CFOIL_AMAZON_N_REPORT_FEEDS] = {
  { "settlement-reports", TYPE ("SETTLEMENT"), TYPE ("SANDBOX_SETTLEMENT"), TRUE },
  { "order-reference-reports", TYPE ("ORDER_REFERENCE"), NULL, FALSE },
  { "billing-agreement-reports", TYPE ("BILLING_AGREEMENT"), NULL, FALSE },
  { "authorization-reports", TYPE ("AUTHORIZATION"), NULL, FALSE },
  { "capture-reports", TYPE ("CAPTURE"), NULL, FALSE },
  { "refund-reports", TYPE ("REFUND"), NULL, FALSE },
};

const char *
cfoil_amazon_report_feed_get_type (const CfoilAmazonReportFeed *feed,
                                   const CfoilAmazonRun        *run)
{
  return cfoil_amazon_client_get_service (run->client)->sandbox ? feed->sandbox_type : feed->live_type;
}

gboolean
cfoil_amazon_run_feed (CfoilAmazonRun *run,
                       const char     *feed,
                       CfoilAmazonStep step,
                       gpointer        data,
                       GError        **error)
{
  g_autoptr (GError) failure = NULL;

  if (g_cancellable_set_error_if_cancelled (run->cancellable, error)
      || !cfoil_intake_begin_feed (run->intake, feed, error))
    return FALSE;

  if (step (run, data, &failure))
    return cfoil_intake_end_feed (run->intake, NULL, error);

  if (cfoil_amazon_failure_is_of_feed (failure))
    {
      g_debug ("%s: %s", feed, failure->message);
      return cfoil_intake_end_feed (run->intake, failure, error);
    }

  /* The run ends; what came before this stays.  Only what the service said is
   * worth keeping with the feed. */
  if (cfoil_amazon_failure_is_fatal (failure))
    cfoil_intake_end_feed (run->intake, failure, NULL);
  else if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    cfoil_intake_commit (run->intake, NULL);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
cfoil_amazon_put_bad_object (CfoilAmazonRun *run,
                             const char     *subject,
                             const char     *message,
                             const char     *raw,
                             GError        **error)
{
  CfoilException exception = {
    .kind = CFOIL_EXCEPTION_BAD_OBJECT,
    .subject = subject != NULL ? subject : "",
    .message = message,
    .raw = raw,
  };

  return cfoil_intake_put_exception (run->intake, &exception, error);
}

/* Nobody's figures depend on schedules: that they cannot be listed now, or not with this key,
 * is no failure of a run. */
static gboolean
pull_schedules (CfoilAmazonRun *run,
                GError        **error)
{
  g_autoptr (GError) failure = NULL;

  if (cfoil_amazon_list_schedules (run, &failure))
    return TRUE;
  g_debug ("schedules: %s", failure->message);
  if (cfoil_amazon_failure_is_of_feed (failure) || cfoil_amazon_failure_is_fatal (failure))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
cfoil_amazon_pull (CfoilAmazonRun *run,
                   GError        **error)
{
  cfoil_amazon_client_restart (run->client);

  return cfoil_amazon_resume_requests (run, error)
         && cfoil_amazon_pull_reports (run, error)
         && cfoil_amazon_pull_requests (run, error)
         && cfoil_amazon_pull_currency_reports (run, error)
         && cfoil_amazon_pull_disbursements (run, error)
         && cfoil_amazon_pull_unbalanced (run, error)
         && cfoil_amazon_pull_objects (run, error)
         && pull_schedules (run, error);
}
