/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-submission.h"

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Answers cannot be stored as yet");
  return FALSE;
}

CfoilSubmission *
cfoil_submission_new (void)
{
  CfoilSubmission *self = g_new0 (CfoilSubmission, 1);

  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_submission_item_free);
  return self;
}

void
cfoil_submission_item_free (CfoilSubmissionItem *item)
{
  if (item == NULL)
    return;
  g_free (item->text);
  g_free (item->sha256);
  g_free (item->file_type);
  g_free (item->file_name);
  g_free (item);
}

void
cfoil_submission_free (CfoilSubmission *self)
{
  if (self == NULL)
    return;
  g_free (self->answer_id);
  g_free (self->dispute_id);
  g_free (self->account);
  g_free (self->environment);
  g_free (self->currency);
  g_free (self->who);
  g_free (self->error_name);
  g_free (self->error_message);
  g_free (self->answer);
  g_free (self->draft);
  g_ptr_array_unref (self->items);
  g_free (self);
}

gboolean
cfoil_submission_add (CfoilMirror     *mirror,
                      CfoilSubmission *self,
                      GError         **error)
{
  return fail (error);
}

CfoilSubmission *
cfoil_submission_read (CfoilDatabase *database,
                       gint64         submission_id,
                       GError       **error)
{
  fail (error);
  return NULL;
}

GPtrArray *
cfoil_submission_list (CfoilDatabase *database,
                       gint64         case_id,
                       GError       **error)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_submission_free);
}

gboolean
cfoil_submission_withdraw (CfoilMirror *mirror,
                           gint64       submission_id,
                           GError     **error)
{
  return fail (error);
}

gboolean
cfoil_submission_retry (CfoilMirror *mirror,
                        gint64       submission_id,
                        GError     **error)
{
  return fail (error);
}

gboolean
cfoil_submission_set_state (CfoilMirror         *mirror,
                            gint64               submission_id,
                            CfoilSubmissionState state,
                            const char          *answer,
                            const GError        *failure,
                            GError             **error)
{
  return fail (error);
}
