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
