/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-context.h"

#include "cfoil-checklist.h"
#include "cfoil-context-private.h"
#include "cfoil-draft-store.h"
#include "cfoil-error.h"
#include "cfoil-evidence-copy.h"
#include "cfoil-evidence-file.h"
#include "cfoil-renderer.h"
#include "cfoil-review.h"
#include "cfoil-time.h"

#include <glib/gstdio.h>

/* From the draft in the mirror to what is sent: whoever asks, the same bytes. */

typedef struct
{
  CfoilDossier *dossier;   /* (owned) */
  guint round;
  CfoilDraftRow *row;      /* (owned): the draft as it is kept */
  CfoilDraft *draft;       /* (owned): with what the mirror says now */
  gboolean is_stale;       /* they differ */
  CfoilLimits *limits;     /* (owned) */
  CfoilLetter *letter;     /* (owned) */
  GPtrArray *files;        /* (owned): CfoilPacketFile */
  GHashTable *inspections; /* (owned): sha256 to CfoilInspection */
} Material;

static void
material_clear (Material *self)
{
  g_clear_pointer (&self->dossier, cfoil_dossier_unref);
  g_clear_pointer (&self->row, cfoil_draft_row_free);
  g_clear_pointer (&self->draft, cfoil_draft_free);
  g_clear_pointer (&self->limits, cfoil_limits_free);
  g_clear_pointer (&self->letter, cfoil_letter_free);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->inspections, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Material, material_clear)

/* As in the window: a letter does not go out with what the records said when it was begun. */
static void
take_facts (Material *self)
{
  g_autoptr (CfoilDraft) kept = cfoil_draft_copy (self->draft);

  cfoil_draft_take_facts (self->draft, self->dossier->facts);
  self->is_stale = !cfoil_draft_equal (kept, self->draft);
}

static gboolean
read_draft (CfoilDatabase *reader,
            Material      *self,
            GError       **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CfoilDraftRow) row = cfoil_draft_row_read (reader, self->dossier->record->case_id, self->round, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (row == NULL)
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_BLOCKED, "No answer to this case was written as yet");
      return FALSE;
    }
  self->draft = cfoil_draft_from_text (row->text, error);
  if (self->draft == NULL)
    return FALSE;
  self->row = g_steal_pointer (&row);
  take_facts (self);
  return TRUE;
}

/* What nobody has looked into could be anything; it is looked into before it is sent. */
static gboolean
inspect (CfoilMirror       *mirror,
         CfoilEvidenceFile *file,
         const char        *path,
         GCancellable      *cancellable,
         GError           **error)
{
  g_autoptr (CfoilInspection) inspection = NULL;

  if (file->inspected_us != CFOIL_UNKNOWN)
    return TRUE;
  inspection = cfoil_renderer_inspect_sync (path, file->file_type, cancellable, error);
  if (inspection == NULL)
    return FALSE;
  file->n_pages = inspection->n_pages;
  file->width = inspection->width;
  file->height = inspection->height;
  file->inspected_us = cfoil_time_now_us ();
  g_free (file->problem);
  file->problem = g_strdup (inspection->problem);
  g_free (file->findings);
  file->findings = cfoil_inspection_to_json (inspection);
  return cfoil_evidence_file_set_inspected (mirror, file, error);
}

static gboolean
take_file (CfoilMirror   *mirror,
           CfoilDatabase *reader,
           Material      *self,
           const char    *sha256,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (CfoilEvidenceFile) file = NULL;
  g_autofree char *path = NULL;
  CfoilPacketFile *packet_file;

  if (g_hash_table_contains (self->inspections, sha256))
    return TRUE;
  file = cfoil_evidence_file_read (reader, sha256, error);
  if (file == NULL)
    return FALSE;
  path = cfoil_evidence_file_dup_path (mirror, sha256);
  if (!inspect (mirror, file, path, cancellable, error))
    return FALSE;
  packet_file = g_new0 (CfoilPacketFile, 1);
  packet_file->sha256 = g_strdup (sha256);
  packet_file->path = g_steal_pointer (&path);
  packet_file->file_type = g_strdup (file->file_type);
  packet_file->n_bytes = file->n_bytes;
  packet_file->n_pages = file->n_pages;
  packet_file->width = file->width;
  packet_file->height = file->height;
  packet_file->problem = g_strdup (file->problem);
  g_ptr_array_add (self->files, packet_file);
  g_hash_table_insert (self->inspections, packet_file->sha256, cfoil_inspection_from_json (file->findings));
  return TRUE;
}

static gboolean
read_files (CfoilMirror   *mirror,
            CfoilDatabase *reader,
            Material      *self,
            GCancellable  *cancellable,
            GError       **error)
{
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_packet_file_free);
  self->inspections = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) cfoil_inspection_free);
  for (guint i = 0; i < self->draft->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = g_ptr_array_index (self->draft->exhibits, i);

      for (guint j = 0; j < exhibit->files->len; j++)
        {
          const CfoilExhibitFile *file = g_ptr_array_index (exhibit->files, j);

          if (!take_file (mirror, reader, self, file->sha256, cancellable, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
gather (CfoilMirror  *mirror,
        gint64        case_id,
        guint         round,
        GVariant     *limits,
        Material     *self,
        GCancellable *cancellable,
        GError      **error)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, error);
  const CfoilCase *record;

  if (reader == NULL)
    return FALSE;
  self->dossier = cfoil_dossier_read (reader, case_id, error);
  if (self->dossier == NULL)
    return FALSE;
  record = self->dossier->record;
  self->round = round != 0 ? round : record->round;
  if (!read_draft (reader, self, error) || !read_files (mirror, reader, self, cancellable, error))
    return FALSE;
  self->limits = cfoil_limits_for (record->provider);
  cfoil_limits_apply (self->limits, limits);
  self->letter = cfoil_letter_compose (self->draft, record->reason, record->kind, self->limits->title);
  return TRUE;
}

static CfoilPacketResult *
build (Material     *self,
       const char   *path,
       GCancellable *cancellable,
       GError      **error)
{
  return cfoil_packet_build_sync (self->draft, self->letter, self->files, cfoil_packet_get_room (self->limits, self->files), path,
                                  NULL, NULL, cancellable, error);
}

gboolean
cfoil_context_build_packet_sync (CfoilContext       *self,
                                 gint64              case_id,
                                 guint               round,
                                 GVariant           *limits,
                                 const char         *path,
                                 GCancellable       *cancellable,
                                 CfoilPacketResult **result,
                                 GError            **error)
{
  g_auto (Material) material = { NULL };

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  if (!gather (cfoil_context_get_mirror (self), case_id, round, limits, &material, cancellable, error))
    return FALSE;
  *result = build (&material, path, cancellable, error);
  return *result != NULL;
}

/* --- submitting --- */

static const char *
find_name (const CfoilDraft *draft,
           const char       *sha256)
{
  for (guint i = 0; i < draft->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = g_ptr_array_index (draft->exhibits, i);

      for (guint j = 0; j < exhibit->files->len; j++)
        {
          const CfoilExhibitFile *file = g_ptr_array_index (exhibit->files, j);

          if (g_str_equal (file->sha256, sha256))
            return file->name;
        }
    }
  return NULL;
}

static void
take_items (Material        *self,
            CfoilSubmission *submission,
            GPtrArray       *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const CfoilAnswerItem *from = g_ptr_array_index (items, i);
      CfoilSubmissionItem *item = g_new0 (CfoilSubmissionItem, 1);

      item->type = from->type;
      item->text = g_strdup (from->text);
      item->sha256 = g_strdup (from->sha256);
      item->file_type = g_strdup (from->file_type);
      item->n_bytes = from->n_bytes;
      if (from->type == CFOIL_EVIDENCE_PACKET && from->sha256 != NULL)
        item->file_name = g_strdup ("packet.pdf");
      else if (from->sha256 != NULL)
        item->file_name = g_strdup (find_name (self->draft, from->sha256));
      g_ptr_array_add (submission->items, item);
    }
}

/* What stands in the way, in one sentence. */
static void
set_blocked (GPtrArray *findings,
             GError   **error)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const CfoilFinding *finding = g_ptr_array_index (findings, i);

      if (finding->weight == CFOIL_FINDING_BLOCKER)
        {
          g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_BLOCKED, finding->text);
          return;
        }
    }
}

static gboolean
store (CfoilMirror            *mirror,
       Material               *self,
       const CfoilReviewInput *input,
       const char             *path,
       gint64                 *submission_id,
       GError                **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (CfoilEvidenceFile) packet = cfoil_evidence_file_keep (mirror, file, NULL, error);
  g_autoptr (CfoilSubmission) submission = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *kept_path = NULL;

  if (packet == NULL)
    return FALSE;
  kept_path = cfoil_evidence_file_dup_path (mirror, packet->sha256);
  items = cfoil_review_make_items (input, kept_path, packet->sha256, packet->n_bytes);
  submission = _cfoil_context_new_submission (self->dossier->record, self->round);
  submission->draft = g_strdup (self->row->text);
  take_items (self, submission, items);
  if (!cfoil_submission_add (mirror, submission, error))
    return FALSE;
  *submission_id = submission->submission_id;
  return TRUE;
}

static gboolean
review_and_store (CfoilMirror  *mirror,
                  Material     *self,
                  const char   *path,
                  GCancellable *cancellable,
                  gint64       *submission_id,
                  GPtrArray   **findings,
                  GError      **error)
{
  g_autoptr (CfoilPacketResult) result = build (self, path, cancellable, error);
  g_autoptr (CfoilPacketLayout) layout = NULL;
  g_autoptr (GPtrArray) found = NULL;
  CfoilReviewInput input;
  gboolean is_blocked;

  if (result == NULL)
    return FALSE;
  layout = cfoil_packet_layout_new (self->draft, self->letter, self->files, result->image_level);
  input = (CfoilReviewInput) {
    .dossier = self->dossier,
    .draft = self->draft,
    .letter = self->letter,
    .files = self->files,
    .inspections = self->inspections,
    .layout = layout,
    .result = result,
    .limits = self->limits,
    .now_us = cfoil_time_now_us (),
  };
  found = cfoil_review (&input);
  is_blocked = cfoil_review_has_blockers (found);
  if (is_blocked)
    set_blocked (found, error);
  if (findings != NULL)
    *findings = g_ptr_array_ref (found);
  return !is_blocked && store (mirror, self, &input, path, submission_id, error);
}

/* Nobody has seen the letter as it would be now.  It is kept so, and looked at before it goes. */
static gboolean
check_seen (CfoilMirror *mirror,
            Material    *self,
            GError     **error)
{
  const CfoilCase *record = self->dossier->record;
  CfoilReason reason = self->draft->reason != CFOIL_REASON_UNKNOWN ? self->draft->reason : record->reason;
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *text = NULL;
  CfoilDraftRow row = { .case_id = record->case_id, .round = self->round };

  if (!self->is_stale)
    return TRUE;
  row.changed_us = cfoil_time_now_us ();
  row.product = self->draft->product;
  if (self->draft->letter_us / G_TIME_SPAN_DAY < row.changed_us / G_TIME_SPAN_DAY)
    self->draft->letter_us = row.changed_us;
  items = cfoil_checklist_make (reason, self->draft->product, self->draft);
  cfoil_checklist_count (items, &row.n_done, &row.n_wanted);
  text = cfoil_draft_to_text (self->draft);
  row.text = text;
  if (cfoil_draft_row_replace (mirror, &row, self->row, error))
    g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_BLOCKED,
                         "The records changed since this answer was last looked at, and its letter says now what they say; "
                         "look at the letter, then send it again");
  return FALSE;
}

/* Not in incoming/, which a sync that begins now empties: beside the evidence, under a
 * name that a sweep knows for what it is. */
static char *
dup_build_path (CfoilMirror *mirror)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (CFOIL_EVIDENCE_COPY_PREFIX, uuid, NULL);

  return g_build_filename (cfoil_mirror_get_folder (mirror), "evidence", name, NULL);
}

gboolean
cfoil_context_submit_draft_sync (CfoilContext *self,
                                 gint64        case_id,
                                 guint         round,
                                 GVariant     *limits,
                                 GCancellable *cancellable,
                                 gint64       *submission_id,
                                 GPtrArray   **findings,
                                 GError      **error)
{
  CfoilMirror *mirror = cfoil_context_get_mirror (self);
  g_auto (Material) material = { NULL };
  g_autofree char *path = NULL;
  gboolean ok;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  if (findings != NULL)
    *findings = NULL;
  if (!gather (mirror, case_id, round, limits, &material, cancellable, error) ||
      !_cfoil_context_check_sendable (material.dossier->record, error) ||
      !check_seen (mirror, &material, error))
    return FALSE;
  path = dup_build_path (mirror);
  ok = review_and_store (mirror, &material, path, cancellable, submission_id, findings, error);
  g_unlink (path);
  return ok;
}
