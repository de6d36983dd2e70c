/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-draft-session-private.h"

#include "cfoil-draft-spill.h"
#include "cfoil-error.h"
#include "cfoil-time.h"

/* What a session reads from the mirror: all at the beginning, later what others changed. */

typedef struct
{
  CfoilMirror *mirror; /* (owned) */
  gint64 case_id;
  guint round;         /* 0: to be found out */
  gboolean is_first;
  GHashTable *hashes;  /* (owned): of the files that are looked for */
} Request;

typedef struct
{
  CfoilDossier *dossier; /* (owned) */
  char *digest;          /* (owned): the same for a dossier that says the same */
  guint round;
  gboolean is_sealed;
  gboolean is_unsaved;   /* the draft is newer than what the database has */
  CfoilDraft *draft;     /* (owned) (nullable): to begin with, or as it was sent */
  char *known;           /* (owned) (nullable): the text that the mirror has of it */
  GError *failure;       /* (owned) (nullable): why that text could not be used */
  GPtrArray *files;      /* (owned): CfoilEvidenceFile */
} Answer;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->mirror);
  g_hash_table_unref (request->hashes);
  g_free (request);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->dossier, cfoil_dossier_unref);
  g_free (answer->digest);
  cfoil_draft_free (answer->draft);
  g_free (answer->known);
  g_clear_error (&answer->failure);
  g_clear_pointer (&answer->files, g_ptr_array_unref);
  g_free (answer);
}

/* --- on the reader's thread --- */

static void
add_text (GChecksum  *sum,
          const char *text)
{
  g_checksum_update (sum, (const guchar *) (text != NULL ? text : "\1"), -1);
  g_checksum_update (sum, (const guchar *) "\0", 1);
}

static void
add_number (GChecksum *sum,
            gint64     number)
{
  g_checksum_update (sum, (const guchar *) &number, sizeof number);
}

static void
add_payment (GChecksum                 *sum,
             const CfoilDossierPayment *payment)
{
  if (payment == NULL)
    return;
  add_text (sum, payment->transaction_id);
  add_number (sum, payment->state);
  add_number (sum, payment->amount_minor);
  add_number (sum, payment->time_us);
  add_number (sum, payment->is_disputed);
}

static void
add_record (GChecksum       *sum,
            const CfoilCase *record)
{
  const char *const texts[] = {
    record->account, record->dispute_id, record->charge_id, record->permission_id, record->provider_state,
    record->state_reason, record->provider_reason, record->resolution, record->currency, record->claim_text,
    record->buyer_name, record->buyer_email, record->merchant_reference, record->order_reference, record->description,
    record->handler,
  };
  const gint64 numbers[] = {
    record->account_id, record->kind, record->txn_id, record->state, record->reason, record->outcome, record->amount_minor,
    record->opened_us, record->updated_us, record->due_us, record->due_is_estimate, record->is_confirmed, record->is_by_hand,
    record->product, record->round, record->submission, record->sent_us,
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    add_text (sum, texts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    add_number (sum, numbers[i]);
}

static guint
length_of (GPtrArray *array) /* (nullable) */
{
  return array != NULL ? array->len : 0;
}

/* Our own writes change the mirror every second: what shows the dossier is told only when
 * it says something else. */
static char *
digest_dossier (const CfoilDossier *dossier)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  add_record (sum, dossier->record);
  for (guint i = 0; i < length_of (dossier->facts); i++)
    {
      const CfoilFact *fact = g_ptr_array_index (dossier->facts, i);

      add_number (sum, fact->key);
      add_text (sum, fact->value);
      add_text (sum, fact->detail);
    }
  add_payment (sum, dossier->charge);
  for (guint i = 0; i < length_of (dossier->refunds); i++)
    add_payment (sum, g_ptr_array_index (dossier->refunds, i));
  for (guint i = 0; i < length_of (dossier->submissions); i++)
    {
      const CfoilSubmission *submission = g_ptr_array_index (dossier->submissions, i);

      add_number (sum, submission->submission_id);
      add_number (sum, submission->state);
      add_text (sum, submission->error_message);
    }
  add_number (sum, dossier->n_earlier);
  add_number (sum, length_of (dossier->sources));
  add_number (sum, length_of (dossier->events));
  add_text (sum, dossier->raw);
  add_number (sum, dossier->fee_charged_minor);
  add_number (sum, dossier->last_fee_minor);
  add_number (sum, dossier->same.n_won + dossier->same.n_lost + dossier->same.n_unanswered);
  add_number (sum, dossier->provider.n_won + dossier->provider.n_lost + dossier->provider.n_unanswered);
  return g_strdup (g_checksum_get_string (sum));
}

/* The answer of ROUND that is on its way or there; NULL: none. */
static const CfoilSubmission *
find_sent (const CfoilDossier *dossier,
           guint               round)
{
  const CfoilSubmission *sent = NULL;

  for (guint i = 0; i < length_of (dossier->submissions); i++)
    {
      const CfoilSubmission *submission = g_ptr_array_index (dossier->submissions, i);

      if (submission->round == round &&
          (submission->state == CFOIL_SUBMISSION_WAITING || submission->state == CFOIL_SUBMISSION_SENDING ||
           submission->state == CFOIL_SUBMISSION_DELIVERED))
        sent = submission;
    }
  return sent;
}

/* Of a later round: the answer that was given before, which is now to be made better. */
static CfoilDraft *
draft_from_before (Answer        *answer,
                   CfoilDatabase *database,
                   gint64         case_id,
                   GError       **error)
{
  const CfoilSubmission *sent = answer->round > 1 ? find_sent (answer->dossier, answer->round - 1) : NULL;
  g_autoptr (CfoilDraftRow) row = NULL;
  g_autoptr (GError) local = NULL;
  const char *text = sent != NULL ? sent->draft : NULL;
  CfoilDraft *draft;

  if ((text == NULL || *text == '\0') && answer->round > 1)
    {
      row = cfoil_draft_row_read (database, case_id, answer->round - 1, &local);
      text = row != NULL ? row->text : NULL;
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  draft = text != NULL && *text != '\0' ? cfoil_draft_from_text (text, NULL) : NULL;
  if (draft == NULL)
    {
      draft = cfoil_draft_new ();
      draft->product = answer->dossier->record->product;
    }
  draft->stance = CFOIL_STANCE_UNDECIDED;
  draft->letter_us = cfoil_time_now_us ();
  return draft;
}

/* When the draft itself is damaged: the newest of its versions that is not. */
static CfoilDraft *
draft_from_versions (Answer        *answer,
                     CfoilDatabase *database,
                     gint64         case_id)
{
  g_autoptr (GPtrArray) versions = cfoil_draft_version_list (database, case_id, NULL);
  CfoilDraft *draft = NULL;

  for (guint i = 0; versions != NULL && i < versions->len && draft == NULL; i++)
    {
      const CfoilDraftVersion *version = g_ptr_array_index (versions, i);

      if (version->round == answer->round)
        draft = cfoil_draft_from_text (version->text, NULL);
    }
  return draft;
}

/* Words that a program took which died before the database had them. */
static void
take_spilled (Answer              *answer,
              CfoilMirror         *mirror,
              gint64               case_id,
              const CfoilDraftRow *row) /* (nullable) */
{
  gint64 time_us = 0;
  g_autofree char *text = cfoil_draft_spill_read (mirror, case_id, answer->round, &time_us);
  CfoilDraft *draft = text != NULL && (row == NULL || time_us > row->changed_us) ? cfoil_draft_from_text (text, NULL) : NULL;

  if (draft == NULL)
    return;
  cfoil_draft_free (answer->draft);
  answer->draft = draft;
  answer->is_unsaved = TRUE;
}

static gboolean
read_draft (Answer        *answer,
            CfoilMirror   *mirror,
            CfoilDatabase *database,
            gint64         case_id,
            GError       **error)
{
  g_autoptr (CfoilDraftRow) row = NULL;
  g_autoptr (GError) local = NULL;

  row = cfoil_draft_row_read (database, case_id, answer->round, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (row != NULL)
    {
      answer->draft = cfoil_draft_from_text (row->text, &answer->failure);
      /* What cannot be read is not what we know: the journal keeps it as a version. */
      if (answer->draft != NULL)
        answer->known = g_strdup (row->text);
      else
        {
          g_prefix_error (&answer->failure, "This draft is damaged, and its newest version that is whole is shown: ");
          answer->draft = draft_from_versions (answer, database, case_id);
        }
    }
  take_spilled (answer, mirror, case_id, row);
  if (answer->draft == NULL)
    answer->draft = draft_from_before (answer, database, case_id, error);
  return answer->draft != NULL;
}

static void
add_hashes (GHashTable       *hashes,
            const CfoilDraft *draft)
{
  for (guint i = 0; i < draft->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = g_ptr_array_index (draft->exhibits, i);

      for (guint j = 0; j < exhibit->files->len; j++)
        g_hash_table_add (hashes, g_strdup (((const CfoilExhibitFile *) g_ptr_array_index (exhibit->files, j))->sha256));
    }
}

/* One that is not there is told as such, so that nobody waits for it. */
static void
read_file (Answer        *answer,
           Request       *request,
           CfoilDatabase *database,
           const char    *sha256)
{
  g_autofree char *path = cfoil_evidence_file_dup_path (request->mirror, sha256);
  CfoilEvidenceFile *file = cfoil_evidence_file_read (database, sha256, NULL);

  if (file == NULL)
    {
      file = g_new0 (CfoilEvidenceFile, 1);
      file->sha256 = g_strdup (sha256);
      file->file_type = g_strdup ("other");
      file->n_pages = file->width = file->height = CFOIL_UNKNOWN;
      file->inspected_us = CFOIL_UNKNOWN;
    }
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_free (file->problem);
      file->problem = g_strdup ("missing");
    }
  g_ptr_array_add (answer->files, file);
}

static gboolean
read_all (Answer        *answer,
          Request       *request,
          CfoilDatabase *database,
          GError       **error)
{
  const CfoilSubmission *sent;
  GHashTableIter iter;
  gpointer sha256;

  answer->dossier = cfoil_dossier_read (database, request->case_id, error);
  if (answer->dossier == NULL)
    return FALSE;
  answer->digest = digest_dossier (answer->dossier);
  answer->round = request->round != 0 ? request->round : MAX (answer->dossier->record->round, 1);
  if (request->is_first && !read_draft (answer, request->mirror, database, request->case_id, error))
    return FALSE;
  sent = find_sent (answer->dossier, answer->round);
  answer->is_sealed = sent != NULL;
  if (sent != NULL && sent->draft != NULL && *sent->draft != '\0')
    {
      CfoilDraft *draft = cfoil_draft_from_text (sent->draft, NULL);

      if (draft != NULL)
        {
          cfoil_draft_free (answer->draft);
          answer->draft = draft;
        }
    }
  if (answer->draft != NULL)
    add_hashes (request->hashes, answer->draft);
  g_hash_table_iter_init (&iter, request->hashes);
  while (g_hash_table_iter_next (&iter, &sha256, NULL))
    read_file (answer, request, database, sha256);
  return TRUE;
}

static gpointer
read_func (CfoilDatabase *database,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->files = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_evidence_file_free);
  if (read_all (answer, data, database, error))
    return answer;
  answer_free (answer);
  return NULL;
}

/* --- on the main thread --- */

static CfoilSessionParts
take_files (CfoilDraftSession *self,
            Answer            *answer)
{
  CfoilSessionParts parts = 0;

  for (guint i = 0; i < answer->files->len; i++)
    if (_cfoil_draft_session_take_file (self, g_ptr_array_index (answer->files, i)))
      parts = CFOIL_SESSION_FILES;
  return parts;
}

static CfoilSessionParts
take_dossier (CfoilDraftSession *self,
              Answer            *answer)
{
  if (g_strcmp0 (answer->digest, self->dossier_digest) == 0)
    return 0;
  g_clear_pointer (&self->dossier, cfoil_dossier_unref);
  self->dossier = g_steal_pointer (&answer->dossier);
  g_free (self->dossier_digest);
  self->dossier_digest = g_steal_pointer (&answer->digest);
  return CFOIL_SESSION_DOSSIER;
}

/* With what the mirror says by now. */
static CfoilDraft *
with_facts (CfoilDraftSession *self,
            const CfoilDraft  *draft)
{
  CfoilDraft *copy = cfoil_draft_copy (draft);

  if (self->dossier->facts != NULL)
    cfoil_draft_take_facts (copy, self->dossier->facts);
  if (!cfoil_draft_equal (copy, draft))
    _cfoil_draft_session_date (copy);
  return copy;
}

static void
begin (CfoilDraftSession *self,
       Answer            *answer)
{
  CfoilSessionParts parts;

  self->round = answer->round;
  parts = take_dossier (self, answer) | take_files (self, answer);
  _cfoil_draft_session_set_loaded (self, answer->known);
  if (answer->known != NULL && !answer->is_sealed)
    cfoil_draft_journal_add_version (self->journal, "opened", answer->draft);
  _cfoil_draft_session_set_sealed (self, answer->is_sealed);
  _cfoil_draft_session_replace (self, answer->is_sealed ? g_steal_pointer (&answer->draft) : with_facts (self, answer->draft), parts);
  if (!answer->is_sealed && (answer->is_unsaved || (answer->known != NULL && !cfoil_draft_equal (self->draft, answer->draft))))
    _cfoil_draft_session_save (self);
  if (answer->failure != NULL)
    _cfoil_draft_session_emit_failed (self, answer->failure);
  g_object_notify (G_OBJECT (self), "loaded");
  _cfoil_draft_session_sweep (self);
}

/* What was sent is kept as a version, and nothing of it changes any more. */
static void
seal (CfoilDraftSession *self,
      Answer            *answer)
{
  _cfoil_draft_session_set_sealed (self, answer->is_sealed);
  if (!answer->is_sealed || answer->draft == NULL)
    return;
  cfoil_draft_free (self->draft);
  self->draft = g_steal_pointer (&answer->draft);
  cfoil_draft_session_add_version (self, "sent");
}

static void
refresh (CfoilDraftSession *self,
         Answer            *answer)
{
  CfoilSessionParts parts = take_files (self, answer) | take_dossier (self, answer);
  g_autoptr (CfoilDraft) draft = NULL;

  if (answer->is_sealed != self->is_sealed)
    {
      seal (self, answer);
      _cfoil_draft_session_replace (self, self->draft, parts);
      return;
    }
  draft = (parts & CFOIL_SESSION_DOSSIER) != 0 && !self->is_sealed ? with_facts (self, self->draft) : NULL;
  if (draft != NULL && !cfoil_draft_equal (draft, self->draft))
    {
      _cfoil_draft_session_replace (self, g_steal_pointer (&draft), parts);
      _cfoil_draft_session_save (self);
    }
  else if (parts != 0)
    _cfoil_draft_session_follow (self, parts);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CfoilDraftSession) self = user_data;
  g_autoptr (GError) error = NULL;
  Answer *answer = cfoil_reader_run_finish (result, &error);

  self->is_reading = FALSE;
  if (answer != NULL && !g_cancellable_is_cancelled (self->cancellable))
    {
      if (self->is_loaded)
        refresh (self, answer);
      else
        begin (self, answer);
      _cfoil_draft_session_inspect (self);
    }
  else if (error != NULL && self->is_loaded)
    g_debug ("Cannot read a case again: %s", error->message);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    _cfoil_draft_session_emit_failed (self, error);
  if (answer != NULL)
    answer_free (answer);
  if (self->read_again && !g_cancellable_is_cancelled (self->cancellable))
    _cfoil_draft_session_read (self);
}

void
_cfoil_draft_session_read (CfoilDraftSession *self)
{
  Request *request;

  self->read_again = self->is_reading;
  if (self->is_reading)
    return;
  self->is_reading = TRUE;
  request = g_new0 (Request, 1);
  request->mirror = g_object_ref (self->mirror);
  request->case_id = self->case_id;
  request->round = self->round;
  request->is_first = !self->is_loaded;
  request->hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (self->draft != NULL)
    add_hashes (request->hashes, self->draft);
  cfoil_reader_run_async (self->reader, self->is_loaded ? CFOIL_READER_STATUS : CFOIL_READER_QUERY, read_func, request, request_free,
                          answer_free, self->cancellable, read_cb, g_object_ref (self));
}
