/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-draft-session-private.h"

#include "cfoil-checklist.h"
#include "cfoil-error.h"
#include "cfoil-time.h"

#define PAUSE_S (5 * 60)

enum
{
  PROP_0,
  PROP_LOADED,
  PROP_STATE,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_IS_SEALED,
  PROP_BUILDING,
  N_PROPS
};

enum
{
  CHANGED,
  FAILED,
  FILES_FAILED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilDraftSession, cfoil_draft_session, G_TYPE_OBJECT)

/* --- telling --- */

void
_cfoil_draft_session_emit_changed (CfoilDraftSession *self,
                                   CfoilSessionParts  parts)
{
  g_signal_emit (self, signals[CHANGED], 0, (guint) parts);
}

void
_cfoil_draft_session_emit_failed (CfoilDraftSession *self,
                                  const GError      *error)
{
  g_message ("Draft of case %" G_GINT64_FORMAT ": %s", self->case_id, error->message);
  g_signal_emit (self, signals[FAILED], 0, error);
}

void
_cfoil_draft_session_emit_files_failed (CfoilDraftSession *self,
                                        GPtrArray         *failures)
{
  for (guint i = 0; i < failures->len; i++)
    {
      const CfoilFileFailure *failure = g_ptr_array_index (failures, i);

      g_message ("Draft of case %" G_GINT64_FORMAT ": %s", self->case_id, failure->error->message);
    }
  g_signal_emit (self, signals[FILES_FAILED], 0, failures);
}

static void
notify_history (CfoilDraftSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
}

static void
journal_changed_cb (CfoilDraftSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
_cfoil_draft_session_set_loaded (CfoilDraftSession *self,
                                 const char        *known)
{
  self->journal = cfoil_draft_journal_new (self->mirror, self->case_id, self->round, known);
  g_signal_connect_object (self->journal, "changed", G_CALLBACK (journal_changed_cb), self, G_CONNECT_SWAPPED);
  self->is_loaded = TRUE;
}

void
_cfoil_draft_session_set_sealed (CfoilDraftSession *self,
                                 gboolean           is_sealed)
{
  if (self->is_sealed == is_sealed)
    return;
  self->is_sealed = is_sealed;
  cfoil_draft_history_clear (self->history);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_SEALED]);
  notify_history (self);
}

void
_cfoil_draft_session_set_building (CfoilDraftSession *self,
                                   gboolean           is_building)
{
  self->is_building = is_building;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUILDING]);
}

/* --- changing --- */

static gboolean
pause_cb (gpointer user_data)
{
  CfoilDraftSession *self = user_data;

  self->pause_timer = 0;
  cfoil_draft_journal_add_version (self->journal, "pause", self->draft);
  return G_SOURCE_REMOVE;
}

void
_cfoil_draft_session_save (CfoilDraftSession *self)
{
  guint n_done = 0, n_wanted = 0;

  if (self->checklist != NULL)
    cfoil_checklist_count (self->checklist, &n_done, &n_wanted);
  cfoil_draft_journal_put (self->journal, self->draft, n_done, n_wanted);
  if (self->pause_timer == 0)
    self->pause_timer = g_timeout_add_seconds (PAUSE_S, pause_cb, self);
}

void
_cfoil_draft_session_replace (CfoilDraftSession *self,
                              CfoilDraft        *draft,
                              CfoilSessionParts  parts)
{
  if (draft != self->draft)
    {
      cfoil_draft_free (self->draft);
      self->draft = draft;
    }
  self->serial++;
  _cfoil_draft_session_follow (self, parts | CFOIL_SESSION_DRAFT);
}

/* What happened since the letter was begun is not to look as if it were still to come.  A draft
 * that nobody changes keeps its day, and gives the same bytes. */
void
_cfoil_draft_session_date (CfoilDraft *draft)
{
  gint64 now_us = cfoil_time_now_us ();

  if (draft->letter_us / G_TIME_SPAN_DAY < now_us / G_TIME_SPAN_DAY)
    draft->letter_us = now_us;
}

/* DRAFT instead of what was, which is with the history now. */
static void
become (CfoilDraftSession *self,
        CfoilDraft        *draft)
{
  self->draft = draft;
  if (self->dossier != NULL && self->dossier->facts != NULL)
    cfoil_draft_take_facts (draft, self->dossier->facts);
  _cfoil_draft_session_date (draft);
  self->serial++;
  _cfoil_draft_session_follow (self, CFOIL_SESSION_DRAFT);
  _cfoil_draft_session_save (self);
  notify_history (self);
}

void
cfoil_draft_session_set_draft (CfoilDraftSession *self,
                               CfoilDraft        *draft,
                               const char        *what)
{
  g_return_if_fail (CFOIL_IS_DRAFT_SESSION (self));
  g_return_if_fail (draft != NULL);

  if (!self->is_loaded || self->is_sealed || cfoil_draft_equal (draft, self->draft))
    {
      cfoil_draft_free (draft);
      return;
    }
  cfoil_draft_history_push (self->history, self->draft, what, g_get_monotonic_time ());
  become (self, draft);
}

void
cfoil_draft_session_undo (CfoilDraftSession *self)
{
  g_return_if_fail (CFOIL_IS_DRAFT_SESSION (self));

  if (!self->is_sealed && cfoil_draft_history_can_undo (self->history))
    become (self, cfoil_draft_history_undo (self->history, self->draft));
}

void
cfoil_draft_session_redo (CfoilDraftSession *self)
{
  g_return_if_fail (CFOIL_IS_DRAFT_SESSION (self));

  if (!self->is_sealed && cfoil_draft_history_can_redo (self->history))
    become (self, cfoil_draft_history_redo (self->history, self->draft));
}

static gboolean
check_is_open (CfoilDraftSession *self,
               GError           **error)
{
  if (!self->is_loaded)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED, "The draft is not loaded yet: try again in a moment");
  else if (self->is_sealed)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY, "This answer was sent and can no longer be changed");
  return self->is_loaded && !self->is_sealed;
}

/* Somebody who types what the mirror says agrees with it. */
static const CfoilFact *
find_in_mirror (CfoilDraftSession *self,
                CfoilFactKey       key,
                const char        *value)
{
  for (guint i = 0; self->dossier != NULL && self->dossier->facts != NULL && i < self->dossier->facts->len; i++)
    {
      const CfoilFact *fact = g_ptr_array_index (self->dossier->facts, i);

      if (fact->key == key && g_str_equal (fact->value, value))
        return fact;
    }
  return NULL;
}

void
cfoil_draft_session_set_fact (CfoilDraftSession *self,
                              CfoilFactKey       key,
                              const char        *value,
                              GError           **error)
{
  g_autofree char *clean = NULL;
  g_autofree char *what = NULL;
  const CfoilFact *present, *said;
  CfoilDraft *draft;

  g_return_if_fail (CFOIL_IS_DRAFT_SESSION (self));
  g_return_if_fail (value != NULL);

  clean = check_is_open (self, error) ? cfoil_fact_clean (key, value, error) : NULL;
  present = clean != NULL ? cfoil_draft_get_fact (self->draft, key) : NULL;
  if (clean == NULL || g_str_equal (present != NULL ? present->value : "", clean))
    return;
  draft = cfoil_draft_copy (self->draft);
  said = find_in_mirror (self, key, clean);
  cfoil_draft_set_fact (draft, key, clean, said != NULL ? said->source : CFOIL_FACT_SOURCE_TYPED,
                        said != NULL ? said->detail : cfoil_case_who ());
  what = g_strconcat ("fact:", cfoil_fact_get_info (key)->name, NULL);
  cfoil_draft_session_set_draft (self, draft, what);
}

/* --- versions --- */

void
cfoil_draft_session_add_version (CfoilDraftSession *self,
                                 const char        *why)
{
  g_return_if_fail (CFOIL_IS_DRAFT_SESSION (self));
  g_return_if_fail (why != NULL);

  if (self->is_loaded)
    cfoil_draft_journal_add_version (self->journal, why, self->draft);
}

gboolean
cfoil_draft_session_restore (CfoilDraftSession *self,
                             const char        *text,
                             GError           **error)
{
  CfoilDraft *draft;

  g_return_val_if_fail (CFOIL_IS_DRAFT_SESSION (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  draft = check_is_open (self, error) ? cfoil_draft_from_text (text, error) : NULL;
  if (draft == NULL)
    return FALSE;
  cfoil_draft_session_add_version (self, "pause");
  cfoil_draft_session_set_draft (self, draft, NULL);
  cfoil_draft_session_add_version (self, "restored");
  return TRUE;
}

void
cfoil_draft_session_flush_async (CfoilDraftSession  *self,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  GTask *task;

  g_return_if_fail (CFOIL_IS_DRAFT_SESSION (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, cfoil_draft_session_flush_async);
  if (self->journal != NULL)
    cfoil_draft_journal_flush (self->journal, task);
  else
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

gboolean
cfoil_draft_session_flush_finish (CfoilDraftSession *self,
                                  GAsyncResult      *result,
                                  GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- looking --- */

gint64
cfoil_draft_session_get_case_id (CfoilDraftSession *self)
{
  g_return_val_if_fail (CFOIL_IS_DRAFT_SESSION (self), 0);

  return self->case_id;
}

guint
cfoil_draft_session_get_round (CfoilDraftSession *self)
{
  g_return_val_if_fail (CFOIL_IS_DRAFT_SESSION (self), 0);

  return self->round;
}

CfoilReader *
cfoil_draft_session_get_reader (CfoilDraftSession *self)
{
  g_return_val_if_fail (CFOIL_IS_DRAFT_SESSION (self), NULL);

  return self->reader;
}

gboolean
cfoil_draft_session_get_loaded (CfoilDraftSession *self)
{
  g_return_val_if_fail (CFOIL_IS_DRAFT_SESSION (self), FALSE);

  return self->is_loaded;
}

gboolean
cfoil_draft_session_get_is_sealed (CfoilDraftSession *self)
{
  g_return_val_if_fail (CFOIL_IS_DRAFT_SESSION (self), FALSE);

  return self->is_sealed;
}

gboolean
cfoil_draft_session_get_building (CfoilDraftSession *self)
{
  g_return_val_if_fail (CFOIL_IS_DRAFT_SESSION (self), FALSE);

  return self->is_building;
}

CfoilSessionState
cfoil_draft_session_get_state (CfoilDraftSession *self,
                               const GError     **error)
{
  g_return_val_if_fail (CFOIL_IS_DRAFT_SESSION (self), CFOIL_SESSION_SAVED);

  if (error != NULL)
    *error = NULL;
  return self->journal != NULL ? cfoil_draft_journal_get_state (self->journal, error) : CFOIL_SESSION_SAVED;
}

const CfoilDraft *
cfoil_draft_session_get_draft (CfoilDraftSession *self)
{
  g_return_val_if_fail (CFOIL_IS_DRAFT_SESSION (self), NULL);

  return self->draft;
}

CfoilDossier *
cfoil_draft_session_get_dossier (CfoilDraftSession *self)
{
  g_return_val_if_fail (CFOIL_IS_DRAFT_SESSION (self), NULL);

  return self->dossier;
}

/* --- the object --- */

static void
cfoil_draft_session_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  CfoilDraftSession *self = CFOIL_DRAFT_SESSION (object);

  switch (id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, self->is_loaded);
      break;
    case PROP_STATE:
      g_value_set_uint (value, cfoil_draft_session_get_state (self, NULL));
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, cfoil_draft_history_can_undo (self->history));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, cfoil_draft_history_can_redo (self->history));
      break;
    case PROP_IS_SEALED:
      g_value_set_boolean (value, self->is_sealed);
      break;
    case PROP_BUILDING:
      g_value_set_boolean (value, self->is_building);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* What was written since the last version is one, too.  The journal goes on by itself
 * until it has written all. */
static void
cfoil_draft_session_dispose (GObject *object)
{
  CfoilDraftSession *self = CFOIL_DRAFT_SESSION (object);

  if (self->pause_timer != 0)
    {
      g_clear_handle_id (&self->pause_timer, g_source_remove);
      cfoil_draft_journal_add_version (self->journal, "pause", self->draft);
      cfoil_draft_journal_flush (self->journal, g_task_new (NULL, NULL, NULL, NULL));
    }
  g_clear_handle_id (&self->review_timer, g_source_remove);
  g_clear_handle_id (&self->layout_timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (cfoil_draft_session_parent_class)->dispose (object);
}

static void
cfoil_draft_session_finalize (GObject *object)
{
  CfoilDraftSession *self = CFOIL_DRAFT_SESSION (object);

  g_clear_object (&self->reader);
  g_clear_object (&self->mirror);
  g_object_unref (self->cancellable);
  cfoil_draft_free (self->draft);
  cfoil_draft_history_free (self->history);
  g_clear_object (&self->journal);
  g_clear_pointer (&self->dossier, cfoil_dossier_unref);
  g_free (self->dossier_digest);
  g_hash_table_unref (self->files);
  g_hash_table_unref (self->inspections);
  g_hash_table_unref (self->uninspected);
  g_clear_pointer (&self->limits, cfoil_limits_free);
  g_clear_pointer (&self->limit_changes, g_variant_unref);
  g_clear_pointer (&self->letter, cfoil_letter_free);
  g_clear_pointer (&self->checklist, g_ptr_array_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->layout, cfoil_packet_layout_unref);
  g_clear_object (&self->pages);
  g_clear_pointer (&self->packet, cfoil_packet_result_free);

  G_OBJECT_CLASS (cfoil_draft_session_parent_class)->finalize (object);
}

static void
cfoil_draft_session_class_init (CfoilDraftSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cfoil_draft_session_get_property;
  object_class->dispose = cfoil_draft_session_dispose;
  object_class->finalize = cfoil_draft_session_finalize;

  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, CFOIL_SESSION_FAILED, 0, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  properties[PROP_IS_SEALED] = g_param_spec_boolean ("is-sealed", NULL, NULL, FALSE, flags);
  properties[PROP_BUILDING] = g_param_spec_boolean ("building", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", CFOIL_TYPE_DRAFT_SESSION, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[FAILED] = g_signal_new ("failed", CFOIL_TYPE_DRAFT_SESSION, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[FILES_FAILED] = g_signal_new ("files-failed", CFOIL_TYPE_DRAFT_SESSION, G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
page_ready_cb (CfoilDraftSession *self)
{
  _cfoil_draft_session_emit_changed (self, CFOIL_SESSION_LAYOUT);
}

static void
cfoil_draft_session_init (CfoilDraftSession *self)
{
  self->cancellable = g_cancellable_new ();
  self->history = cfoil_draft_history_new ();
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) cfoil_packet_file_free);
  self->inspections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cfoil_inspection_free);
  self->uninspected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pages = cfoil_page_cache_new ();
  g_signal_connect_object (self->pages, "ready", G_CALLBACK (page_ready_cb), self, G_CONNECT_SWAPPED);
}

CfoilDraftSession *
cfoil_draft_session_new (CfoilReader *reader,
                         gint64       case_id,
                         guint        round)
{
  CfoilDraftSession *self;

  g_return_val_if_fail (CFOIL_IS_READER (reader), NULL);

  self = g_object_new (CFOIL_TYPE_DRAFT_SESSION, NULL);
  self->reader = g_object_ref (reader);
  self->mirror = g_object_ref (cfoil_reader_get_mirror (reader));
  self->case_id = case_id;
  self->round = round;
  g_signal_connect_object (reader, "changed", G_CALLBACK (_cfoil_draft_session_read), self, G_CONNECT_SWAPPED);
  _cfoil_draft_session_read (self);
  return self;
}
