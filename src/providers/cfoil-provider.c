/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-provider.h"

#include "cfoil-error.h"

G_DEFINE_INTERFACE (CfoilProvider, cfoil_provider, G_TYPE_OBJECT)

static void
cfoil_provider_default_init (CfoilProviderInterface *iface)
{
}

const CfoilFeedInfo *
cfoil_provider_get_feeds (CfoilProvider *self,
                          guint         *n_feeds)
{
  return CFOIL_PROVIDER_GET_IFACE (self)->get_feeds (self, n_feeds);
}

gboolean
cfoil_provider_test (CfoilProvider *self,
                     GCancellable  *cancellable,
                     GError       **error)
{
  return CFOIL_PROVIDER_GET_IFACE (self)->test (self, cancellable, error);
}

gboolean
cfoil_provider_pull (CfoilProvider *self,
                     CfoilIntake   *intake,
                     GCancellable  *cancellable,
                     GError       **error)
{
  return CFOIL_PROVIDER_GET_IFACE (self)->pull (self, intake, cancellable, error);
}

gboolean
cfoil_provider_fetch (CfoilProvider  *self,
                      CfoilIntake    *intake,
                      CfoilObjectKind kind,
                      const char     *object_id,
                      GCancellable   *cancellable,
                      GError        **error)
{
  return CFOIL_PROVIDER_GET_IFACE (self)->fetch (self, intake, kind, object_id, cancellable, error);
}

gboolean
cfoil_provider_identify_document (CfoilProvider     *self,
                                  const char        *head,
                                  gsize              length,
                                  CfoilDocumentType *type)
{
  return CFOIL_PROVIDER_GET_IFACE (self)->identify_document (self, head, length, type);
}

gboolean
cfoil_provider_parse_document (CfoilProvider           *self,
                               GInputStream            *stream,
                               const CfoilDocumentType *type,
                               guint64                  skip_rows,
                               CfoilIntake             *intake,
                               guint64                 *n_rows,
                               GCancellable            *cancellable,
                               GError                 **error)
{
  return CFOIL_PROVIDER_GET_IFACE (self)->parse_document (self, stream, type, skip_rows, intake, n_rows, cancellable, error);
}

gboolean
cfoil_provider_parse_notification (CfoilProvider   *self,
                                   const char      *text,
                                   gsize            length,
                                   CfoilObjectKind *kind,
                                   char           **object_id,
                                   char           **message_id,
                                   GError         **error)
{
  return CFOIL_PROVIDER_GET_IFACE (self)->parse_notification (self, text, length, kind, object_id, message_id, error);
}

gboolean
cfoil_provider_answer_dispute (CfoilProvider     *self,
                               CfoilIntake       *intake,
                               const CfoilAnswer *answer,
                               GCancellable      *cancellable,
                               GError           **error)
{
  return CFOIL_PROVIDER_GET_IFACE (self)->answer_dispute (self, intake, answer, cancellable, error);
}

gboolean
cfoil_provider_parse_mail (CfoilProvider *self,
                           GBytes        *bytes,
                           CfoilMail    **mail,
                           GError       **error)
{
  return CFOIL_PROVIDER_GET_IFACE (self)->parse_mail (self, bytes, mail, error);
}

gboolean
cfoil_provider_is_dispute_id (CfoilProvider *self,
                              const char    *id)
{
  return CFOIL_PROVIDER_GET_IFACE (self)->is_dispute_id (self, id);
}

/* --- reports on demand --- */

gboolean
cfoil_provider_has_reports (CfoilProvider *self)
{
  return CFOIL_PROVIDER_GET_IFACE (self)->request_report != NULL;
}

gboolean
cfoil_provider_has_schedules (CfoilProvider *self)
{
  return CFOIL_PROVIDER_GET_IFACE (self)->create_schedule != NULL;
}

/* Nothing that the provider said: it may have been done, or may be done yet. */
gboolean
cfoil_provider_request_waits (const GError *error)
{
  if (error->domain != CFOIL_PROVIDER_ERROR)
    return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  switch ((CfoilProviderErrorCode) error->code)
    {
    case CFOIL_PROVIDER_ERROR_NETWORK:
    case CFOIL_PROVIDER_ERROR_TIMEOUT:
    case CFOIL_PROVIDER_ERROR_TLS:
    case CFOIL_PROVIDER_ERROR_CLOCK:
    case CFOIL_PROVIDER_ERROR_THROTTLED:
    case CFOIL_PROVIDER_ERROR_SERVER:
    case CFOIL_PROVIDER_ERROR_MALFORMED:
    case CFOIL_PROVIDER_ERROR_INCOMPLETE:
    case CFOIL_PROVIDER_ERROR_TOO_LARGE:
      return TRUE;
    case CFOIL_PROVIDER_ERROR_FAILED:
    case CFOIL_PROVIDER_ERROR_AUTHENTICATION:
    case CFOIL_PROVIDER_ERROR_SIGNATURE:
    case CFOIL_PROVIDER_ERROR_NOT_FOUND:
    case CFOIL_PROVIDER_ERROR_REJECTED:
    case CFOIL_PROVIDER_ERROR_EXPIRED:
    case CFOIL_PROVIDER_ERROR_FORBIDDEN_URL:
    case CFOIL_PROVIDER_ERROR_KEY:
    case CFOIL_PROVIDER_ERROR_UNSUPPORTED:
    case CFOIL_PROVIDER_ERROR_HAND_OFF:
    case CFOIL_PROVIDER_ERROR_DEADLINE:
    default:
      return FALSE;
    }
}

static gboolean
check_offered (gboolean    is_offered,
               const char *what,
               GError    **error)
{
  if (is_offered)
    return TRUE;
  g_propagate_error (error, cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_UNSUPPORTED, 0, NULL, NULL,
                                                      "This provider offers no %s here", what));
  return FALSE;
}

GPtrArray *
cfoil_provider_list_report_types (CfoilProvider *self,
                                  GCancellable  *cancellable,
                                  GError       **error)
{
  CfoilProviderInterface *iface = CFOIL_PROVIDER_GET_IFACE (self);

  return check_offered (iface->list_report_types != NULL, "reports", error) ? iface->list_report_types (self, cancellable, error) : NULL;
}

gboolean
cfoil_provider_request_report (CfoilProvider *self,
                               CfoilIntake   *intake,
                               const char    *type,
                               gint64         start_us,
                               gint64         end_us,
                               char         **report_id,
                               GCancellable  *cancellable,
                               GError       **error)
{
  return check_offered (cfoil_provider_has_reports (self), "reports", error) &&
         CFOIL_PROVIDER_GET_IFACE (self)->request_report (self, intake, type, start_us, end_us, report_id, cancellable, error);
}

gboolean
cfoil_provider_fetch_report (CfoilProvider     *self,
                             CfoilIntake       *intake,
                             const char        *report_id,
                             gint64             patience_us,
                             CfoilReportStatus *status,
                             GCancellable      *cancellable,
                             GError           **error)
{
  CfoilProviderInterface *iface = CFOIL_PROVIDER_GET_IFACE (self);

  return check_offered (iface->fetch_report != NULL, "reports", error) &&
         iface->fetch_report (self, intake, report_id, patience_us, status, cancellable, error);
}

gboolean
cfoil_provider_list_schedules (CfoilProvider *self,
                               CfoilIntake   *intake,
                               GCancellable  *cancellable,
                               GError       **error)
{
  CfoilProviderInterface *iface = CFOIL_PROVIDER_GET_IFACE (self);

  return check_offered (iface->list_schedules != NULL, "schedules", error) &&
         iface->list_schedules (self, intake, cancellable, error);
}

gboolean
cfoil_provider_create_schedule (CfoilProvider *self,
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
  return check_offered (cfoil_provider_has_schedules (self), "schedules", error) &&
         CFOIL_PROVIDER_GET_IFACE (self)->create_schedule (self, intake, type, frequency, next_us, replaced_id,
                                                           schedule_id, existing_id, cancellable, error);
}

gboolean
cfoil_provider_cancel_schedule (CfoilProvider *self,
                                CfoilIntake   *intake,
                                const char    *schedule_id,
                                GCancellable  *cancellable,
                                GError       **error)
{
  CfoilProviderInterface *iface = CFOIL_PROVIDER_GET_IFACE (self);

  return check_offered (iface->cancel_schedule != NULL, "schedules", error) &&
         iface->cancel_schedule (self, intake, schedule_id, cancellable, error);
}

void
cfoil_mail_free (CfoilMail *mail)
{
  if (mail == NULL)
    return;
  g_free (mail->subject);
  g_free (mail->sender);
  g_strfreev (mail->dispute_ids);
  g_strfreev (mail->charge_ids);
  g_strfreev (mail->order_ids);
  g_free (mail->currency);
  g_strfreev (mail->doubts);
  g_free (mail);
}
