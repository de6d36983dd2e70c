/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-provider.h"

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
