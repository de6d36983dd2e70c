/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-context.h"

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "This cannot be done as yet");
  return FALSE;
}

gboolean
cfoil_context_send_answers_sync (CfoilContext *self,
                                 CfoilProgressFunc progress,
                                 gpointer user_data,
                                 GCancellable *cancellable,
                                 guint *n_delivered,
                                 guint *n_waiting,
                                 GError **error)
{
  return fail (error);
}

gboolean
cfoil_context_submit_draft_sync (CfoilContext *self,
                                 gint64 case_id,
                                 guint round,
                                 GVariant *limits,
                                 GCancellable *cancellable,
                                 gint64 *submission_id,
                                 GPtrArray **findings,
                                 GError **error)
{
  return fail (error);
}

gboolean
cfoil_context_build_packet_sync (CfoilContext *self,
                                 gint64 case_id,
                                 guint round,
                                 GVariant *limits,
                                 const char *path,
                                 GCancellable *cancellable,
                                 CfoilPacketResult **result,
                                 GError **error)
{
  return fail (error);
}

gboolean
cfoil_context_accept_case_sync (CfoilContext *self,
                                gint64 case_id,
                                gboolean by_hand,
                                gint64 *submission_id,
                                GError **error)
{
  return fail (error);
}

gboolean
cfoil_context_look_up_dispute_sync (CfoilContext *self,
                                    const char *account,
                                    const char *dispute_id,
                                    const char *route,
                                    const char *detail,
                                    GCancellable *cancellable,
                                    gint64 *case_id,
                                    GError **error)
{
  return fail (error);
}

void
cfoil_mail_reading_free (CfoilMailReading *reading)
{
  if (reading == NULL)
    return;
  cfoil_mail_free (reading->mail);
  g_free (reading);
}

CfoilMailReading *
cfoil_context_read_mail_sync (CfoilContext *self,
                              const char *account,
                              const char *path,
                              GError **error)
{
  fail (error);
  return NULL;
}

gboolean
cfoil_context_export_deadlines_sync (CfoilContext *self,
                                     const char *path,
                                     gboolean overwrite,
                                     guint *n_events,
                                     GError **error)
{
  return fail (error);
}
