/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-draft-session-private.h"

#include "cfoil-evidence-copy.h"

/* The packet of a draft, made by a process of its own and kept with the evidence. */

typedef struct
{
  CfoilDraftSource *source;      /* (owned) */
  CfoilMirror *mirror; /* (owned) */
  gint64 max_bytes;
  guint serial;        /* of the draft of which it is made */
} Build;

static void
build_free (gpointer data)
{
  Build *build = data;

  if (build->source != NULL)
    _cfoil_draft_source_free (build->source);
  g_object_unref (build->mirror);
  g_free (build);
}

/* Beside the evidence, under a name that a sweep knows for what it is. */
static char *
dup_build_path (CfoilMirror *mirror)
{
  g_autofree char *name = g_uuid_string_random ();
  g_autofree char *hidden = g_strconcat (CFOIL_EVIDENCE_COPY_PREFIX, name, NULL);

  return g_build_filename (cfoil_mirror_get_folder (mirror), "evidence", hidden, NULL);
}

static CfoilPacketResult *
build (Build        *self,
       GCancellable *cancellable,
       GError      **error)
{
  g_autoptr (CfoilLetter) letter = _cfoil_draft_source_compose (self->source);
  g_autofree char *path = dup_build_path (self->mirror);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (CfoilPacketResult) result = NULL;
  g_autoptr (CfoilEvidenceFile) kept = NULL;
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  result = cfoil_packet_build_sync (self->source->draft, letter, self->source->files, self->max_bytes, path,
                                    NULL, NULL, cancellable, error);
  kept = result != NULL ? cfoil_evidence_file_keep (self->mirror, file, cancellable, error) : NULL;
  g_file_delete (file, NULL, NULL);
  return kept != NULL ? g_steal_pointer (&result) : NULL;
}

static void
build_thread (GTask        *task,
              gpointer      object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  GError *error = NULL;
  CfoilPacketResult *result = build (task_data, cancellable, &error);

  if (result != NULL)
    g_task_return_pointer (task, result, (GDestroyNotify) cfoil_packet_result_free);
  else
    g_task_return_error (task, error);
}

static void
built_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (CfoilDraftSession) self = CFOIL_DRAFT_SESSION (g_object_ref (object));
  g_autoptr (GTask) task = user_data;
  const Build *job = g_task_get_task_data (G_TASK (result));
  CfoilPacketResult *packet;
  GError *error = NULL;

  packet = g_task_propagate_pointer (G_TASK (result), &error);
  _cfoil_draft_session_set_building (self, FALSE);
  if (packet != NULL && job->serial != self->serial)
    {
      g_clear_pointer (&packet, cfoil_packet_result_free);
      g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The answer was changed while its packet was made");
    }
  if (packet == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_pointer (&self->packet, cfoil_packet_result_free);
  self->packet = packet;
  _cfoil_draft_session_emit_changed (self, CFOIL_SESSION_PACKET | _cfoil_draft_session_review (self));
  g_task_return_boolean (task, TRUE);
}

static void
build_flushed_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  CfoilDraftSession *self = CFOIL_DRAFT_SESSION (object);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GTask) work = NULL;
  GError *error = NULL;
  Build *job;

  if (!cfoil_draft_session_flush_finish (self, result, &error))
    {
      _cfoil_draft_session_set_building (self, FALSE);
      g_task_return_error (task, error);
      return;
    }
  job = g_new0 (Build, 1);
  job->source = _cfoil_draft_source_new (self);
  job->mirror = g_object_ref (self->mirror);
  job->max_bytes = cfoil_packet_get_room (self->limits, job->source->files);
  job->serial = self->serial;
  work = g_task_new (self, g_task_get_cancellable (task), built_cb, g_object_ref (task));
  g_task_set_task_data (work, job, build_free);
  g_task_run_in_thread (work, build_thread);
}

void
cfoil_draft_session_build_async (CfoilDraftSession  *self,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CFOIL_IS_DRAFT_SESSION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, cfoil_draft_session_build_async);
  if (!self->is_loaded || self->is_building)
    {
      g_task_return_new_error (task, G_IO_ERROR, self->is_loaded ? G_IO_ERROR_PENDING : G_IO_ERROR_NOT_INITIALIZED,
                               self->is_loaded ? "The packet is being made already" : "The draft is not loaded yet");
      return;
    }
  _cfoil_draft_session_set_building (self, TRUE);
  cfoil_draft_session_flush_async (self, build_flushed_cb, g_object_ref (task));
}

gboolean
cfoil_draft_session_build_finish (CfoilDraftSession *self,
                                  GAsyncResult      *result,
                                  GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
