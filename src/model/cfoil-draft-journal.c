/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-draft-journal.h"

#include "cfoil-draft-spill.h"
#include "cfoil-draft-store.h"
#include "cfoil-time.h"

/* Keystrokes of so long are one write; with the write itself that is well under a second. */
#define DELAY_MS 250
#define MAX_RETRY_MS 5000

typedef struct
{
  char *why;
  CfoilDraft *draft; /* (owned) */
} Version;

/* What the thread writes. */
typedef struct
{
  CfoilMirror *mirror; /* (owned) */
  gint64 case_id;
  guint round;
  CfoilDraft *draft; /* (owned) (nullable) */
  guint n_done, n_wanted;
  GPtrArray *versions; /* (owned): Version */
  char *known;         /* (owned) (nullable) */
  char *written;       /* (owned) (nullable): what the mirror has afterwards */
  gint64 spill_us;     /* when it was put beside the database; 0: it was not */
} Job;

struct _CfoilDraftJournal
{
  GObject parent_instance;

  CfoilMirror *mirror; /* (owned) */
  gint64 case_id;
  guint round;
  char *known; /* (owned) (nullable) */

  CfoilDraft *draft; /* (owned) (nullable): to be written */
  guint n_done, n_wanted;
  GPtrArray *versions; /* (owned): Version, to be written */
  gboolean is_writing;
  gboolean is_spilling;
  gboolean is_spilled; /* the draft that is to be written, as it is */
  gint64 spill_us;     /* of the last one; 0: there is none of ours */
  guint timer;
  guint n_failures; /* in a row */
  GError *error;    /* (owned) (nullable): of the last one */
  GPtrArray *flushes; /* (owned): GTask */
  GApplication *held; /* (owned) (nullable) */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void write_now (CfoilDraftJournal *self);
static void schedule (CfoilDraftJournal *self);

G_DEFINE_FINAL_TYPE (CfoilDraftJournal, cfoil_draft_journal, G_TYPE_OBJECT)

static void
version_free (gpointer data)
{
  Version *version = data;

  g_free (version->why);
  cfoil_draft_free (version->draft);
  g_free (version);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->mirror);
  cfoil_draft_free (job->draft);
  g_ptr_array_unref (job->versions);
  g_free (job->known);
  g_free (job->written);
  g_free (job);
}

static gboolean
has_something (CfoilDraftJournal *self)
{
  return self->draft != NULL || self->versions->len > 0;
}

/* Closing the last window does not lose a word. */
static void
update_hold (CfoilDraftJournal *self)
{
  gboolean holds = has_something (self) || self->is_writing;
  GApplication *application = g_application_get_default ();

  if (holds && self->held == NULL && application != NULL)
    {
      self->held = g_object_ref (application);
      g_application_hold (application);
    }
  else if (!holds && self->held != NULL)
    {
      g_application_release (self->held);
      g_clear_object (&self->held);
    }
}

/* --- on the thread --- */

/* What somebody else wrote since we read: another window, another program. */
static gboolean
keep_foreign (Job        *job,
              const char *text,
              GError    **error)
{
  g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (job->mirror, error);
  g_autoptr (CfoilDraftRow) row = NULL;
  g_autoptr (GError) local = NULL;

  if (database == NULL)
    return FALSE;
  row = cfoil_draft_row_read (database, job->case_id, job->round, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (row == NULL || g_strcmp0 (row->text, job->known) == 0 || g_str_equal (row->text, text))
    return TRUE;
  return cfoil_draft_version_add (job->mirror, job->case_id, job->round, "import", row->text, error);
}

static gboolean
write_draft (Job     *job,
             GError **error)
{
  g_autofree char *text = cfoil_draft_to_text (job->draft);
  const CfoilDraftRow row = { job->case_id, job->round, text, job->n_done, job->n_wanted, cfoil_time_now_us (), job->draft->product };

  if (g_strcmp0 (text, job->known) == 0)
    return TRUE;
  /* Somebody who imports may keep us waiting. */
  if (cfoil_draft_spill_write (job->mirror, job->case_id, job->round, row.changed_us, text, NULL))
    job->spill_us = row.changed_us;
  if (!keep_foreign (job, text, error) || !cfoil_draft_row_write (job->mirror, &row, error))
    return FALSE;
  job->written = g_steal_pointer (&text);
  return TRUE;
}

static gboolean
write_versions (Job     *job,
                GError **error)
{
  for (guint i = 0; i < job->versions->len; i++)
    {
      const Version *version = g_ptr_array_index (job->versions, i);
      g_autofree char *text = cfoil_draft_to_text (version->draft);

      if (!cfoil_draft_version_add (job->mirror, job->case_id, job->round, version->why, text, error))
        return FALSE;
    }
  return TRUE;
}

/* A thread of its own: those of GTask may all be waiting for the database, too. */
static void
run (GTask      *task,
     GThreadFunc func)
{
  g_thread_unref (g_thread_new ("cfoil-journal", func, g_object_ref (task)));
}

static gpointer
write_thread (gpointer data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  if ((job->draft == NULL || write_draft (job, &error)) && write_versions (job, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  return NULL;
}

static gpointer
spill_thread (gpointer data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);
  g_autofree char *text = cfoil_draft_to_text (job->draft);

  job->spill_us = cfoil_time_now_us ();
  cfoil_draft_spill_write (job->mirror, job->case_id, job->round, job->spill_us, text, NULL);
  g_task_return_boolean (task, TRUE);
  return NULL;
}

/* --- on the main thread --- */

/* All is in the database. */
static void
remove_spill (CfoilDraftJournal *self)
{
  if (has_something (self) || self->is_writing || self->is_spilling || self->spill_us == 0)
    return;
  cfoil_draft_spill_remove (self->mirror, self->case_id, self->round, self->spill_us);
  self->spill_us = 0;
}

static void
spilled_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (CfoilDraftJournal) self = CFOIL_DRAFT_JOURNAL (g_object_ref (source));

  g_task_propagate_boolean (G_TASK (result), NULL);
  self->spill_us = ((const Job *) g_task_get_task_data (G_TASK (result)))->spill_us;
  self->is_spilling = FALSE;
  remove_spill (self);
  if (self->flushes->len > 0)
    write_now (self);
  else if (has_something (self))
    schedule (self);
}

/* While a write waits for its turn. */
static void
spill_now (CfoilDraftJournal *self)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  if (self->is_spilling || self->is_spilled || self->draft == NULL)
    return;
  job = g_new0 (Job, 1);
  job->mirror = g_object_ref (self->mirror);
  job->case_id = self->case_id;
  job->round = self->round;
  job->draft = cfoil_draft_copy (self->draft);
  job->versions = g_ptr_array_new ();
  self->is_spilling = TRUE;
  self->is_spilled = TRUE;
  task = g_task_new (self, NULL, spilled_cb, NULL);
  g_task_set_task_data (task, job, job_free);
  run (task, spill_thread);
}

static gboolean
timer_cb (gpointer user_data)
{
  CfoilDraftJournal *self = user_data;

  self->timer = 0;
  if (self->is_writing)
    spill_now (self);
  else
    write_now (self);
  return G_SOURCE_REMOVE;
}

/* The timer keeps the journal while something is to be written. */
static void
schedule (CfoilDraftJournal *self)
{
  guint delay = self->n_failures == 0 ? DELAY_MS : MIN (500U << MIN (self->n_failures, 8), MAX_RETRY_MS);

  if (self->timer == 0)
    self->timer = g_timeout_add_full (G_PRIORITY_DEFAULT, delay, timer_cb, g_object_ref (self), g_object_unref);
}

/* Nothing newer is overwritten by what could not be written. */
static void
take_back (CfoilDraftJournal *self,
           Job               *job)
{
  if (self->draft == NULL && job->draft != NULL)
    {
      self->draft = g_steal_pointer (&job->draft);
      self->n_done = job->n_done;
      self->n_wanted = job->n_wanted;
    }
  for (guint i = 0; i < job->versions->len; i++)
    g_ptr_array_insert (self->versions, (int) i, g_ptr_array_index (job->versions, i));
  g_ptr_array_set_free_func (job->versions, NULL);
  g_ptr_array_set_size (job->versions, 0);
}

static void
finish_flushes (CfoilDraftJournal *self)
{
  g_autoptr (GPtrArray) flushes = NULL;

  if (self->error == NULL && has_something (self))
    return;
  flushes = self->flushes;
  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < flushes->len; i++)
    if (self->error != NULL)
      g_task_return_error (g_ptr_array_index (flushes, i), g_error_copy (self->error));
    else
      g_task_return_boolean (g_ptr_array_index (flushes, i), TRUE);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (CfoilDraftJournal) self = CFOIL_DRAFT_JOURNAL (g_object_ref (source));
  Job *job = g_task_get_task_data (G_TASK (result));

  self->is_writing = FALSE;
  self->spill_us = MAX (self->spill_us, job->spill_us);
  g_clear_error (&self->error);
  if (job->written != NULL)
    {
      g_free (self->known);
      self->known = g_steal_pointer (&job->written);
    }
  if (g_task_propagate_boolean (G_TASK (result), &self->error))
    self->n_failures = 0;
  else
    {
      g_message ("Cannot save a draft: %s", self->error->message);
      self->n_failures++;
      take_back (self, job);
    }
  remove_spill (self);
  finish_flushes (self);
  if (has_something (self) && self->flushes->len > 0)
    write_now (self);
  else if (has_something (self))
    schedule (self);
  g_signal_emit (self, signals[CHANGED], 0);
  update_hold (self);
}

static void
write_now (CfoilDraftJournal *self)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  /* One at a time, also beside the database. */
  if (self->is_writing || self->is_spilling || !has_something (self))
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  job = g_new0 (Job, 1);
  job->mirror = g_object_ref (self->mirror);
  job->case_id = self->case_id;
  job->round = self->round;
  job->draft = g_steal_pointer (&self->draft);
  job->n_done = self->n_done;
  job->n_wanted = self->n_wanted;
  job->versions = self->versions;
  self->versions = g_ptr_array_new_with_free_func (version_free);
  job->known = g_strdup (self->known);
  self->is_writing = TRUE;

  task = g_task_new (self, NULL, written_cb, NULL);
  g_task_set_task_data (task, job, job_free);
  run (task, write_thread);
}

static void
something_came (CfoilDraftJournal *self,
                CfoilSessionState  before)
{
  schedule (self);
  update_hold (self);
  if (cfoil_draft_journal_get_state (self, NULL) != before)
    g_signal_emit (self, signals[CHANGED], 0);
}

void
cfoil_draft_journal_put (CfoilDraftJournal *self,
                         const CfoilDraft  *draft,
                         guint              n_done,
                         guint              n_wanted)
{
  CfoilSessionState before;

  g_return_if_fail (CFOIL_IS_DRAFT_JOURNAL (self));
  g_return_if_fail (draft != NULL);

  before = cfoil_draft_journal_get_state (self, NULL);
  cfoil_draft_free (self->draft);
  self->draft = cfoil_draft_copy (draft);
  self->is_spilled = FALSE;
  self->n_done = n_done;
  self->n_wanted = n_wanted;
  something_came (self, before);
}

void
cfoil_draft_journal_add_version (CfoilDraftJournal *self,
                                 const char        *why,
                                 const CfoilDraft  *draft)
{
  CfoilSessionState before;
  Version *version;

  g_return_if_fail (CFOIL_IS_DRAFT_JOURNAL (self));
  g_return_if_fail (why != NULL && draft != NULL);

  before = cfoil_draft_journal_get_state (self, NULL);
  version = g_new0 (Version, 1);
  version->why = g_strdup (why);
  version->draft = cfoil_draft_copy (draft);
  g_ptr_array_add (self->versions, version);
  something_came (self, before);
}

CfoilSessionState
cfoil_draft_journal_get_state (CfoilDraftJournal *self,
                               const GError     **error)
{
  g_return_val_if_fail (CFOIL_IS_DRAFT_JOURNAL (self), CFOIL_SESSION_SAVED);

  if (error != NULL)
    *error = self->error;
  if (self->n_failures > 0)
    return CFOIL_SESSION_FAILED;
  return has_something (self) || self->is_writing ? CFOIL_SESSION_SAVING : CFOIL_SESSION_SAVED;
}

void
cfoil_draft_journal_flush (CfoilDraftJournal *self,
                           GTask             *task)
{
  g_return_if_fail (CFOIL_IS_DRAFT_JOURNAL (self));
  g_return_if_fail (G_IS_TASK (task));

  if (!has_something (self) && !self->is_writing)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  g_ptr_array_add (self->flushes, task);
  write_now (self);
}

static void
cfoil_draft_journal_finalize (GObject *object)
{
  CfoilDraftJournal *self = CFOIL_DRAFT_JOURNAL (object);

  g_object_unref (self->mirror);
  g_free (self->known);
  cfoil_draft_free (self->draft);
  g_ptr_array_unref (self->versions);
  g_ptr_array_unref (self->flushes);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (cfoil_draft_journal_parent_class)->finalize (object);
}

static void
cfoil_draft_journal_class_init (CfoilDraftJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_draft_journal_finalize;

  signals[CHANGED] = g_signal_new ("changed", CFOIL_TYPE_DRAFT_JOURNAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfoil_draft_journal_init (CfoilDraftJournal *self)
{
  self->versions = g_ptr_array_new_with_free_func (version_free);
  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
}

CfoilDraftJournal *
cfoil_draft_journal_new (CfoilMirror *mirror,
                         gint64       case_id,
                         guint        round,
                         const char  *known)
{
  CfoilDraftJournal *self;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), NULL);

  self = g_object_new (CFOIL_TYPE_DRAFT_JOURNAL, NULL);
  self->mirror = g_object_ref (mirror);
  self->case_id = case_id;
  self->round = round;
  self->known = g_strdup (known);
  return self;
}
