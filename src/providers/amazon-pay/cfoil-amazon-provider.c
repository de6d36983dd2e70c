/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-provider.h"

#include "cfoil-amazon-answer.h"
#include "cfoil-amazon-failure.h"
#include "cfoil-amazon-id.h"
#include "cfoil-amazon-mail.h"
#include "cfoil-amazon-notification.h"
#include "cfoil-amazon-pull.h"
#include "cfoil-amazon-report-requests.h"
#include "cfoil-amazon-report-types.h"
#include "cfoil-amazon-report.h"
#include "cfoil-amazon-schedules.h"
#include "cfoil-error.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>

#define DEFAULT_HISTORY_DAYS 730
#define MAX_HISTORY_DAYS 3650

struct _CfoilAmazonProvider
{
  GObject parent_instance;

  CfoilAccountConfig *config; /* (owned) */
  CfoilAmazonClient *client;  /* (owned) */
};

static void provider_iface_init (CfoilProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CfoilAmazonProvider, cfoil_amazon_provider, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CFOIL_TYPE_PROVIDER, provider_iface_init))

/* An object asked for by id is the service's last word; among reports, the one
 * that is about the later part of a payment's life knows more. */
static const CfoilFeedInfo feeds[] = {
  { "settlement-reports", N_ ("Settlement reports"), CFOIL_FEED_REPORTS, 60 },
  { "disbursements", N_ ("Payouts"), CFOIL_FEED_LIST, 50 },
  { "objects", N_ ("Payments, refunds and disputes"), CFOIL_FEED_OBJECTS, 100 },
  { "capture-reports", N_ ("Capture reports"), CFOIL_FEED_REPORTS, 40 },
  { "authorization-reports", N_ ("Authorization reports"), CFOIL_FEED_REPORTS, 30 },
  { "refund-reports", N_ ("Refund reports"), CFOIL_FEED_REPORTS, 40 },
  { "order-reference-reports", N_ ("Order reports"), CFOIL_FEED_REPORTS, 30 },
  { "billing-agreement-reports", N_ ("Subscription reports"), CFOIL_FEED_REPORTS, 30 },
  { "imports", N_ ("Imported files"), CFOIL_FEED_IMPORT, 20 },
  { "notifications", N_ ("Notifications"), CFOIL_FEED_NOTIFICATIONS, 10 },
};

static CfoilAmazonRun
new_run (CfoilAmazonProvider *self,
         CfoilIntake         *intake,
         GCancellable        *cancellable)
{
  return (CfoilAmazonRun) {
    .client = self->client,
    .intake = intake,
    .cancellable = cancellable,
    .history_days = self->config->history_days > 0 ? MIN (self->config->history_days, MAX_HISTORY_DAYS) : DEFAULT_HISTORY_DAYS,
    .now_us = cfoil_time_now_us () / G_USEC_PER_SEC * G_USEC_PER_SEC,
  };
}

const CfoilFeedInfo *
cfoil_amazon_provider_list_feeds (guint *n_feeds)
{
  *n_feeds = G_N_ELEMENTS (feeds);
  return feeds;
}

static const CfoilFeedInfo *
provider_get_feeds (CfoilProvider *provider,
                    guint         *n_feeds)
{
  return cfoil_amazon_provider_list_feeds (n_feeds);
}

static gboolean
has_key (CfoilAmazonProvider *self,
         GError             **error)
{
  if (self->client != NULL)
    return TRUE;
  g_propagate_error (error, cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_KEY, 0, NULL, NULL,
                                                      "There is no private key to ask the service with"));
  return FALSE;
}

/* There is no call that only says who we are; a list of one report is nearly
 * that, and every key may make it. */
static gboolean
provider_test (CfoilProvider *provider,
               GCancellable  *cancellable,
               GError       **error)
{
  CfoilAmazonProvider *self = CFOIL_AMAZON_PROVIDER (provider);
  const CfoilAmazonPair parameter = { "pageSize", "1" };
  g_autoptr (CfoilAmazonAnswer) answer = NULL;

  if (!has_key (self, error))
    return FALSE;
  cfoil_amazon_client_restart (self->client);
  answer = cfoil_amazon_client_get (self->client, CFOIL_AMAZON_LIST_REPORTS, "reports", NULL, &parameter, 1, cancellable, error);
  return answer != NULL;
}

static gboolean
provider_pull (CfoilProvider *provider,
               CfoilIntake   *intake,
               GCancellable  *cancellable,
               GError       **error)
{
  CfoilAmazonProvider *self = CFOIL_AMAZON_PROVIDER (provider);
  CfoilAmazonRun run = new_run (self, intake, cancellable);

  return has_key (self, error) && cfoil_amazon_pull (&run, error);
}

static gboolean
provider_fetch (CfoilProvider  *provider,
                CfoilIntake    *intake,
                CfoilObjectKind kind,
                const char     *object_id,
                GCancellable   *cancellable,
                GError        **error)
{
  CfoilAmazonProvider *self = CFOIL_AMAZON_PROVIDER (provider);
  CfoilAmazonRun run = new_run (self, intake, cancellable);
  g_autoptr (GError) failure = NULL;

  if (!has_key (self, error))
    return FALSE;
  cfoil_amazon_client_restart (self->client);
  if (!cfoil_intake_begin_feed (intake, "objects", error))
    return FALSE;
  if (cfoil_amazon_pull_object (&run, kind, object_id, &failure))
    return cfoil_intake_end_feed (intake, NULL, error);

  /* What is wrong with one object is not wrong with the feed. */
  if (cfoil_amazon_failure_is_of_feed (failure) || cfoil_amazon_failure_is_fatal (failure))
    {
      gboolean answered = failure->domain == CFOIL_INPUT_ERROR || cfoil_amazon_failure_get_status (failure) == 404;

      if (!cfoil_intake_end_feed (intake, answered ? NULL : failure, error))
        return FALSE;
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
provider_identify_document (CfoilProvider     *provider,
                            const char        *head,
                            gsize              length,
                            CfoilDocumentType *type)
{
  return cfoil_amazon_report_identify (head, length, type);
}

static gboolean
provider_parse_document (CfoilProvider           *provider,
                         GInputStream            *stream,
                         const CfoilDocumentType *type,
                         guint64                  skip_rows,
                         CfoilIntake             *intake,
                         guint64                 *n_rows,
                         GCancellable            *cancellable,
                         GError                 **error)
{
  return cfoil_amazon_report_parse (stream, type, skip_rows, intake, n_rows, cancellable, error);
}

static gboolean
provider_parse_notification (CfoilProvider   *provider,
                             const char      *text,
                             gsize            length,
                             CfoilObjectKind *kind,
                             char           **object_id,
                             char           **message_id,
                             GError         **error)
{
  CfoilAmazonProvider *self = CFOIL_AMAZON_PROVIDER (provider);

  return cfoil_amazon_notification_parse (text, length, self->config->merchant_id, kind, object_id, message_id, error);
}

static gboolean
provider_answer_dispute (CfoilProvider     *provider,
                         CfoilIntake       *intake,
                         const CfoilAnswer *answer,
                         GCancellable      *cancellable,
                         GError           **error)
{
  CfoilAmazonProvider *self = CFOIL_AMAZON_PROVIDER (provider);
  CfoilAmazonRun run = new_run (self, intake, cancellable);

  if (!has_key (self, error))
    return FALSE;
  cfoil_amazon_client_restart (self->client);
  return cfoil_amazon_answer_dispute (&run, answer, error);
}

static gboolean
provider_parse_mail (CfoilProvider *provider,
                     GBytes        *bytes,
                     CfoilMail    **mail,
                     GError       **error)
{
  return (*mail = cfoil_amazon_mail_parse (bytes, error)) != NULL;
}

static gboolean
provider_is_dispute_id (CfoilProvider *provider,
                        const char    *id)
{
  return cfoil_amazon_id_is_safe (id) && cfoil_amazon_id_kind (id) == 'B';
}

static GPtrArray *
provider_list_report_types (CfoilProvider *provider,
                            GCancellable  *cancellable,
                            GError       **error)
{
  const CfoilAccountConfig *config = CFOIL_AMAZON_PROVIDER (provider)->config;

  return cfoil_amazon_report_types_list (config->environment != NULL && g_ascii_strcasecmp (config->environment, "sandbox") == 0,
                                         g_strcmp0 (cfoil_amazon_service_find_region (config->region), "eu") == 0);
}

static gboolean
begin_run (CfoilProvider  *provider,
           CfoilIntake    *intake,
           GCancellable   *cancellable,
           CfoilAmazonRun *run,
           GError        **error)
{
  CfoilAmazonProvider *self = CFOIL_AMAZON_PROVIDER (provider);

  *run = new_run (self, intake, cancellable);
  if (!has_key (self, error))
    return FALSE;
  cfoil_amazon_client_restart (self->client);
  return TRUE;
}

static gboolean
provider_request_report (CfoilProvider *provider,
                         CfoilIntake   *intake,
                         const char    *type,
                         gint64         start_us,
                         gint64         end_us,
                         char         **report_id,
                         GCancellable  *cancellable,
                         GError       **error)
{
  CfoilAmazonRun run;

  return begin_run (provider, intake, cancellable, &run, error)
         && cfoil_amazon_request_report (&run, type, start_us, end_us, report_id, error);
}

static gboolean
provider_fetch_report (CfoilProvider     *provider,
                       CfoilIntake       *intake,
                       const char        *report_id,
                       gint64             patience_us,
                       CfoilReportStatus *status,
                       GCancellable      *cancellable,
                       GError           **error)
{
  CfoilAmazonRun run;

  return begin_run (provider, intake, cancellable, &run, error)
         && cfoil_amazon_fetch_report (&run, report_id, patience_us, status, error);
}

static gboolean
provider_list_schedules (CfoilProvider *provider,
                         CfoilIntake   *intake,
                         GCancellable  *cancellable,
                         GError       **error)
{
  CfoilAmazonRun run;

  return begin_run (provider, intake, cancellable, &run, error) && cfoil_amazon_list_schedules (&run, error);
}

static gboolean
provider_create_schedule (CfoilProvider *provider,
                          CfoilIntake   *intake,
                          const char    *type,
                          const char    *frequency,
                          gint64         next_us,
                          const char    *replaced_id,
                          char         **schedule_id,
                          char         **existing_id,
                          GCancellable  *cancellable,
                          GError       **error)
{
  CfoilAmazonRun run;

  return begin_run (provider, intake, cancellable, &run, error)
         && cfoil_amazon_create_schedule (&run, type, frequency, next_us, replaced_id, schedule_id, existing_id, error);
}

static gboolean
provider_cancel_schedule (CfoilProvider *provider,
                          CfoilIntake   *intake,
                          const char    *schedule_id,
                          GCancellable  *cancellable,
                          GError       **error)
{
  CfoilAmazonRun run;

  return begin_run (provider, intake, cancellable, &run, error) && cfoil_amazon_cancel_schedule (&run, schedule_id, error);
}

static void
provider_iface_init (CfoilProviderInterface *iface)
{
  iface->get_feeds = provider_get_feeds;
  iface->test = provider_test;
  iface->pull = provider_pull;
  iface->fetch = provider_fetch;
  iface->identify_document = provider_identify_document;
  iface->parse_document = provider_parse_document;
  iface->parse_notification = provider_parse_notification;
  iface->answer_dispute = provider_answer_dispute;
  iface->parse_mail = provider_parse_mail;
  iface->is_dispute_id = provider_is_dispute_id;
  iface->list_report_types = provider_list_report_types;
  iface->request_report = provider_request_report;
  iface->fetch_report = provider_fetch_report;
  iface->list_schedules = provider_list_schedules;
  iface->create_schedule = provider_create_schedule;
  iface->cancel_schedule = provider_cancel_schedule;
}

static void
cfoil_amazon_provider_finalize (GObject *object)
{
  CfoilAmazonProvider *self = CFOIL_AMAZON_PROVIDER (object);

  g_clear_pointer (&self->client, cfoil_amazon_client_free);
  g_clear_pointer (&self->config, cfoil_account_config_free);

  G_OBJECT_CLASS (cfoil_amazon_provider_parent_class)->finalize (object);
}

static void
cfoil_amazon_provider_class_init (CfoilAmazonProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_amazon_provider_finalize;
}

static void
cfoil_amazon_provider_init (CfoilAmazonProvider *self)
{
}

CfoilProvider *
cfoil_amazon_provider_new (const CfoilAccountConfig *config,
                           const char               *private_key_pem,
                           GError                  **error)
{
  g_autoptr (CfoilAmazonProvider) self = NULL;

  g_return_val_if_fail (config != NULL, NULL);

  self = g_object_new (CFOIL_TYPE_AMAZON_PROVIDER, NULL);
  self->config = cfoil_account_config_copy (config);
  if (private_key_pem != NULL)
    {
      self->client = cfoil_amazon_client_new (config, private_key_pem, error);
      if (self->client == NULL)
        return NULL;
    }

  return CFOIL_PROVIDER (g_steal_pointer (&self));
}
