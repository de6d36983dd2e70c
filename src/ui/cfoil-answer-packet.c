/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-packet.h"

#include "cfoil-compat.h"
#include "cfoil-error.h"
#include "cfoil-evidence-file.h"
#include "cfoil-time.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget *widget;          /* (owned) */
  CfoilWorkspace *workspace;  /* (owned) */
  CfoilDraftSession *session; /* (owned) */
  char *path;                 /* (owned) (nullable) */
} Saving;

typedef struct
{
  CfoilContext *context; /* (owned) */
  gint64 case_id;
  guint round;
  GVariant *limits;      /* (owned) */
  char *path;            /* (owned) */
} Build;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->widget);
  g_object_unref (saving->workspace);
  g_object_unref (saving->session);
  g_free (saving->path);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
build_free (gpointer data)
{
  Build *build = data;

  g_object_unref (build->context);
  g_variant_unref (build->limits);
  g_free (build->path);
  g_free (build);
}

GVariant *
cfoil_answer_dup_limits (void)
{
  g_autoptr (GSettings) settings = g_settings_new (CFOIL_APPLICATION_ID);

  return g_settings_get_value (settings, "evidence-limits");
}

/* --- what is sent --- */

static GPtrArray *
dup_files (CfoilDraftSession *session)
{
  const CfoilDraft *draft = cfoil_draft_session_get_draft (session);
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_packet_file_free);

  for (guint i = 0; i < draft->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = draft->exhibits->pdata[i];

      for (guint j = 0; j < exhibit->files->len; j++)
        {
          const CfoilExhibitFile *file = exhibit->files->pdata[j];
          const CfoilPacketFile *known = cfoil_draft_session_get_file (session, file->sha256);

          if (known != NULL)
            g_ptr_array_add (files, cfoil_packet_file_copy (known));
        }
    }
  return files;
}

GPtrArray *
cfoil_answer_make_items (CfoilDraftSession *session)
{
  const CfoilPacketResult *packet = cfoil_draft_session_get_packet (session);
  g_autoptr (GPtrArray) files = NULL;
  g_autofree char *path = NULL;
  CfoilReviewInput input = { 0 };

  if (packet == NULL)
    return NULL;
  files = dup_files (session);
  input.dossier = cfoil_draft_session_get_dossier (session);
  input.draft = cfoil_draft_session_get_draft (session);
  input.letter = cfoil_draft_session_get_letter (session);
  input.files = files;
  input.layout = cfoil_draft_session_get_layout (session);
  input.result = packet;
  input.limits = cfoil_draft_session_get_limits (session);
  input.now_us = cfoil_time_now_us ();
  path = cfoil_evidence_file_dup_path (cfoil_reader_get_mirror (cfoil_draft_session_get_reader (session)), packet->sha256);
  return cfoil_review_make_items (&input, path, packet->sha256, packet->n_bytes);
}

static const char *
find_name (const CfoilDraft *draft,
           const char       *sha256)
{
  for (guint i = 0; i < draft->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = draft->exhibits->pdata[i];

      for (guint j = 0; j < exhibit->files->len; j++)
        {
          const CfoilExhibitFile *file = exhibit->files->pdata[j];

          if (g_str_equal (file->sha256, sha256))
            return file->name;
        }
    }
  return NULL;
}

static CfoilSubmissionItem *
make_item (const CfoilDraft      *draft,
           const CfoilAnswerItem *from)
{
  CfoilSubmissionItem *item = g_new0 (CfoilSubmissionItem, 1);

  item->type = from->type;
  item->text = g_strdup (from->text);
  item->sha256 = g_strdup (from->sha256);
  item->file_type = g_strdup (from->file_type);
  item->n_bytes = from->n_bytes;
  if (from->sha256 != NULL)
    item->file_name = g_strdup (from->type == CFOIL_EVIDENCE_PACKET ? "packet.pdf" : find_name (draft, from->sha256));
  return item;
}

CfoilSubmission *
cfoil_answer_make_submission (CfoilDraftSession *session,
                              GError           **error)
{
  g_autoptr (GPtrArray) items = cfoil_answer_make_items (session);
  const CfoilDraft *draft = cfoil_draft_session_get_draft (session);
  const CfoilCase *record;
  CfoilSubmission *submission;

  if (items == NULL)
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_MISSING, "The packet is still being made");
      return NULL;
    }
  record = cfoil_draft_session_get_dossier (session)->record;
  submission = cfoil_submission_new ();
  submission->case_id = record->case_id;
  submission->round = cfoil_draft_session_get_round (session);
  submission->by_hand = TRUE;
  submission->dispute_id = g_strdup (record->dispute_id);
  submission->account = g_strdup (record->account);
  submission->environment = g_strdup (record->environment);
  submission->currency = g_strdup (record->currency);
  submission->amount_minor = record->amount_minor;
  submission->due_us = record->due_us;
  submission->who = g_strdup (cfoil_case_who ());
  submission->draft = cfoil_draft_to_text (draft);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (submission->items, make_item (draft, items->pdata[i]));
  return submission;
}

/* --- saving --- */

static void
tell (Saving       *saving,
      const GError *error)
{
  GtkRoot *root = gtk_widget_get_root (saving->widget);
  g_autofree char *text = NULL;

  if (error == NULL)
    {
      g_autofree char *name = g_filename_display_basename (saving->path);

      /* Translators: %s is a file's name. */
      text = g_strdup_printf (_("The packet was saved as “%s”"), name);
      cfoil_toast_show (saving->widget, text);
    }
  else if (root != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    cfoil_compat_tell (GTK_WINDOW (root), _("The Packet Could Not Be Saved"), cfoil_words_error (error));
}

static gboolean
build_thread (CfoilOperation *operation,
              gpointer        data,
              GCancellable   *cancellable,
              GError        **error)
{
  Build *build = data;
  g_autoptr (CfoilPacketResult) result = NULL;

  return cfoil_context_build_packet_sync (build->context, build->case_id, build->round, build->limits, build->path,
                                          cancellable, &result, error);
}

static void
built_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (GError) error = NULL;

  cfoil_operation_run_finish (CFOIL_OPERATION (source), result, &error);
  tell (saving, error);
}

static void
flushed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilOperation) operation = NULL;
  CfoilWorkspace *workspace = saving->workspace;
  Build *build;

  if (!cfoil_draft_session_flush_finish (saving->session, result, &error))
    {
      tell (saving, error);
      return;
    }
  build = g_new0 (Build, 1);
  build->context = g_object_ref (cfoil_workspace_get_context (workspace));
  build->case_id = cfoil_draft_session_get_case_id (saving->session);
  build->round = cfoil_draft_session_get_round (saving->session);
  build->limits = cfoil_answer_dup_limits ();
  build->path = g_strdup (saving->path);
  operation = cfoil_operation_new (_("Making the packet"));
  cfoil_workspace_run (workspace, operation, FALSE, build_thread, build, build_free, built_cb, g_steal_pointer (&saving));
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Saving) saving = user_data;
  CfoilDraftSession *session = saving->session;

  saving->path = cfoil_compat_save_file_finish (result, NULL);
  if (saving->path != NULL)
    cfoil_draft_session_flush_async (session, flushed_cb, g_steal_pointer (&saving));
}

void
cfoil_answer_save_packet (GtkWidget         *widget,
                          CfoilWorkspace    *workspace,
                          CfoilDraftSession *session)
{
  CfoilDossier *dossier = cfoil_draft_session_get_dossier (session);
  const char *id = dossier != NULL && dossier->record->dispute_id != NULL ? dossier->record->dispute_id : NULL;
  g_autofree char *name = g_strdup_printf ("%s.pdf", id != NULL ? id : "answer");
  Saving *saving = g_new0 (Saving, 1);

  /* The id is the provider's word: not into another folder. */
  g_strdelimit (name, "/\\", '-');
  saving->widget = g_object_ref (widget);
  saving->workspace = g_object_ref (workspace);
  saving->session = g_object_ref (session);
  cfoil_compat_save_file_async (GTK_WINDOW (gtk_widget_get_root (widget)), _("Save Packet"), NULL, name, chosen_cb, saving);
}
