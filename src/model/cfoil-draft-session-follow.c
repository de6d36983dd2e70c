/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-draft-session-private.h"

#include "cfoil-checklist.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>

/* What follows from a draft: letter, checklist and review at once, which is a matter of
 * less than a millisecond; pages on a thread. */

/* So long a change waits for others before the pages are laid out. */
#define LAYOUT_DELAY_MS 120
/* The deadline comes nearer, also while nobody types. */
#define REVIEW_INTERVAL_S 60

/* --- what is composed, for a thread --- */

void
_cfoil_draft_source_free (CfoilDraftSource *source)
{
  cfoil_draft_free (source->draft);
  g_free (source->provider);
  g_ptr_array_unref (source->files);
  g_free (source);
}

CfoilDraftSource *
_cfoil_draft_source_new (CfoilDraftSession *self)
{
  CfoilDraftSource *source = g_new0 (CfoilDraftSource, 1);

  source->draft = cfoil_draft_copy (self->draft);
  source->reason = self->dossier->record->reason;
  source->kind = self->dossier->record->kind;
  source->provider = g_strdup (self->limits->title);
  source->files = _cfoil_draft_session_list_files (self);
  return source;
}

CfoilLetter *
_cfoil_draft_source_compose (const CfoilDraftSource *source)
{
  return cfoil_letter_compose (source->draft, source->reason, source->kind, source->provider);
}

/* --- review --- */

static void
fill_review (CfoilDraftSession *self,
             GPtrArray         *files,
             CfoilReviewInput  *input)
{
  input->dossier = self->dossier;
  input->draft = self->draft;
  input->letter = self->letter;
  input->files = files;
  input->inspections = self->inspections;
  input->layout = self->layout;
  input->result = self->packet;
  input->limits = self->limits;
  input->now_us = cfoil_time_now_us ();
}

static gboolean
is_same_review (GPtrArray *before,
                GPtrArray *after)
{
  if (before == NULL || after == NULL || before->len != after->len)
    return before == after;
  for (guint i = 0; i < before->len; i++)
    {
      const CfoilFinding *was = g_ptr_array_index (before, i), *is = g_ptr_array_index (after, i);

      if (was->weight != is->weight || !g_str_equal (was->id, is->id) || g_strcmp0 (was->text, is->text) != 0 ||
          g_strcmp0 (was->advice, is->advice) != 0 || g_strcmp0 (was->step, is->step) != 0 ||
          g_strcmp0 (was->subject, is->subject) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_same_fit (const CfoilFit *a,
             const CfoilFit *b)
{
  return a->bytes == b->bytes && a->max_bytes == b->max_bytes && a->bytes_are_exact == b->bytes_are_exact && a->pages == b->pages &&
         a->max_pages == b->max_pages && a->characters == b->characters && a->max_characters == b->max_characters &&
         a->files == b->files && a->max_files == b->max_files;
}

CfoilSessionParts
_cfoil_draft_session_review (CfoilDraftSession *self)
{
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  CfoilReviewInput input = { NULL };
  CfoilFit fit = { 0 };

  if (self->letter == NULL || self->limits == NULL)
    return 0;
  files = _cfoil_draft_session_list_files (self);
  fill_review (self, files, &input);
  findings = cfoil_review (&input);
  cfoil_fit_measure (&input, &fit);
  /* Somebody may hold what we gave. */
  if (is_same_review (self->findings, findings) && is_same_fit (&self->fit, &fit))
    return 0;
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  self->findings = g_steal_pointer (&findings);
  self->fit = fit;
  return CFOIL_SESSION_REVIEW;
}

static gboolean
review_cb (gpointer user_data)
{
  CfoilDraftSession *self = user_data;

  if (_cfoil_draft_session_review (self) != 0)
    _cfoil_draft_session_emit_changed (self, CFOIL_SESSION_REVIEW);
  return G_SOURCE_CONTINUE;
}

/* --- pages --- */

static void lay_out (CfoilDraftSession *self);

static void
layout_thread (GTask        *task,
               gpointer      object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  const CfoilDraftSource *source = task_data;
  g_autoptr (CfoilLetter) letter = _cfoil_draft_source_compose (source);
  CfoilPacketLayout *layout = letter != NULL ? cfoil_packet_layout_new (source->draft, letter, source->files, 0) : NULL;

  g_task_return_pointer (task, layout, (GDestroyNotify) cfoil_packet_layout_unref);
}

static void
laid_out_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (CfoilDraftSession) self = CFOIL_DRAFT_SESSION (g_object_ref (object));
  CfoilPacketLayout *layout = g_task_propagate_pointer (G_TASK (result), NULL);

  self->is_laying_out = FALSE;
  if (layout != NULL)
    {
      g_clear_pointer (&self->layout, cfoil_packet_layout_unref);
      self->layout = layout;
      cfoil_page_cache_set_layout (self->pages, layout);
      _cfoil_draft_session_emit_changed (self, CFOIL_SESSION_LAYOUT | _cfoil_draft_session_review (self));
    }
  if (self->lay_out_again)
    lay_out (self);
}

static gboolean
layout_timer_cb (gpointer user_data)
{
  CfoilDraftSession *self = user_data;
  g_autoptr (GTask) task = NULL;

  self->layout_timer = 0;
  self->is_laying_out = TRUE;
  task = g_task_new (self, self->cancellable, laid_out_cb, NULL);
  g_task_set_task_data (task, _cfoil_draft_source_new (self), (GDestroyNotify) _cfoil_draft_source_free);
  g_task_run_in_thread (task, layout_thread);
  return G_SOURCE_REMOVE;
}

/* Never two at a time; the last one is of the draft as it is. */
static void
lay_out (CfoilDraftSession *self)
{
  self->lay_out_again = self->is_laying_out;
  if (!self->is_laying_out && self->layout_timer == 0 && !g_cancellable_is_cancelled (self->cancellable))
    self->layout_timer = g_timeout_add (LAYOUT_DELAY_MS, layout_timer_cb, self);
}

CfoilPacketLayout *
cfoil_draft_session_get_layout (CfoilDraftSession *self)
{
  g_return_val_if_fail (CFOIL_IS_DRAFT_SESSION (self), NULL);

  return self->layout;
}

cairo_surface_t *
cfoil_draft_session_get_page (CfoilDraftSession *self,
                              guint              page,
                              guint              width)
{
  g_return_val_if_fail (CFOIL_IS_DRAFT_SESSION (self), NULL);

  return self->layout != NULL ? cfoil_page_cache_get (self->pages, page, width) : NULL;
}

/* --- all of it --- */

static void
make_letter (CfoilDraftSession *self)
{
  const CfoilCase *record = self->dossier->record;
  CfoilReason reason = self->draft->reason != CFOIL_REASON_UNKNOWN ? self->draft->reason : record->reason;

  if (self->limits == NULL)
    cfoil_draft_session_set_limits (self, self->limit_changes);
  g_clear_pointer (&self->letter, cfoil_letter_free);
  self->letter = cfoil_letter_compose (self->draft, record->reason, record->kind, self->limits->title);
  g_clear_pointer (&self->checklist, g_ptr_array_unref);
  self->checklist = cfoil_checklist_make (reason, self->draft->product, self->draft);
}

/* A file may have come by an undo or with a version. */
static void
look_for_files (CfoilDraftSession *self)
{
  for (guint i = 0; i < self->draft->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = g_ptr_array_index (self->draft->exhibits, i);

      for (guint j = 0; j < exhibit->files->len; j++)
        if (!g_hash_table_contains (self->files, ((const CfoilExhibitFile *) g_ptr_array_index (exhibit->files, j))->sha256))
          {
            _cfoil_draft_session_read (self);
            return;
          }
    }
}

void
_cfoil_draft_session_follow (CfoilDraftSession *self,
                             CfoilSessionParts  parts)
{
  if ((parts & (CFOIL_SESSION_DRAFT | CFOIL_SESSION_DOSSIER)) != 0)
    make_letter (self);
  if ((parts & (CFOIL_SESSION_DRAFT | CFOIL_SESSION_FILES)) != 0 && self->packet != NULL)
    {
      g_clear_pointer (&self->packet, cfoil_packet_result_free);
      parts |= CFOIL_SESSION_PACKET;
    }
  if ((parts & CFOIL_SESSION_DRAFT) != 0)
    look_for_files (self);
  lay_out (self);
  parts |= _cfoil_draft_session_review (self);
  if (self->review_timer == 0)
    self->review_timer = g_timeout_add_seconds (REVIEW_INTERVAL_S, review_cb, self);
  _cfoil_draft_session_emit_changed (self, parts);
}

void
cfoil_draft_session_set_limits (CfoilDraftSession *self,
                                GVariant          *changes)
{
  gboolean is_new;

  g_return_if_fail (CFOIL_IS_DRAFT_SESSION (self));

  if (changes != self->limit_changes)
    {
      g_clear_pointer (&self->limit_changes, g_variant_unref);
      self->limit_changes = changes != NULL ? g_variant_ref_sink (changes) : NULL;
    }
  /* Whose limits is known with the dossier. */
  if (self->dossier == NULL)
    return;
  is_new = self->limits == NULL;
  g_clear_pointer (&self->limits, cfoil_limits_free);
  self->limits = cfoil_limits_for (self->dossier->record->provider);
  if (self->limit_changes != NULL)
    cfoil_limits_apply (self->limits, self->limit_changes);
  if (!is_new && _cfoil_draft_session_review (self) != 0)
    _cfoil_draft_session_emit_changed (self, CFOIL_SESSION_REVIEW);
}

const CfoilLetter *
cfoil_draft_session_get_letter (CfoilDraftSession *self)
{
  g_return_val_if_fail (CFOIL_IS_DRAFT_SESSION (self), NULL);

  return self->letter;
}

GPtrArray *
cfoil_draft_session_get_checklist (CfoilDraftSession *self)
{
  g_return_val_if_fail (CFOIL_IS_DRAFT_SESSION (self), NULL);

  return self->checklist;
}

const CfoilPacketResult *
cfoil_draft_session_get_packet (CfoilDraftSession *self)
{
  g_return_val_if_fail (CFOIL_IS_DRAFT_SESSION (self), NULL);

  return self->packet;
}

GPtrArray *
cfoil_draft_session_get_findings (CfoilDraftSession *self)
{
  g_return_val_if_fail (CFOIL_IS_DRAFT_SESSION (self), NULL);

  return self->findings;
}

const CfoilFit *
cfoil_draft_session_get_fit (CfoilDraftSession *self)
{
  g_return_val_if_fail (CFOIL_IS_DRAFT_SESSION (self), NULL);

  return self->findings != NULL ? &self->fit : NULL;
}

const CfoilLimits *
cfoil_draft_session_get_limits (CfoilDraftSession *self)
{
  g_return_val_if_fail (CFOIL_IS_DRAFT_SESSION (self), NULL);

  return self->limits;
}
