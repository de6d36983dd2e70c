/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draft-fixture.h"

#include "cfoil-draft-store.h"
#include "cfoil-submission.h"
#include "cfoil-time.h"

gboolean
draft_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static CfoilCaseWords
case_words (const char *buyer)
{
  return (CfoilCaseWords){
    .kind = CFOIL_CASE_CLAIM, .account = "shop", .state = CFOIL_STATE_NEEDS_RESPONSE, .reason = CFOIL_REASON_NOT_RECEIVED,
    .outcome = CFOIL_CASE_OUTCOME_NONE, .currency = "USD", .amount_minor = 1234, .opened_us = cfoil_time_now_us (),
    .due_us = cfoil_time_now_us () + 5 * G_TIME_SPAN_DAY, .buyer = buyer, .reference = "Order 77",
  };
}

DraftFixture *
draft_fixture_new (void)
{
  DraftFixture *self = g_new0 (DraftFixture, 1);
  CfoilCaseWords words = case_words ("Ada Lovelace");
  g_autoptr (GError) error = NULL;

  self->mirror = test_mirror_new ();
  test_commit (self->mirror->writer);
  cfoil_case_add (self->mirror->mirror, &words, "hand", "test", &self->case_id, &error);
  g_assert_no_error (error);
  self->reader = cfoil_reader_new (self->mirror->mirror);
  return self;
}

void
draft_fixture_free (DraftFixture *self)
{
  /* A journal that writes on without its session holds the mirror. */
  g_clear_pointer (&self->mirror->writer, cfoil_writer_free);
  g_clear_object (&self->reader);
  draft_wait (G_OBJECT (self->mirror->mirror)->ref_count == 1, 10000);
  test_mirror_free (self->mirror);
  g_free (self);
}

void
draft_fixture_say_buyer (DraftFixture *self,
                         const char   *buyer)
{
  CfoilCaseWords words = case_words (buyer);
  g_autoptr (GError) error = NULL;

  cfoil_case_say (self->mirror->mirror, self->case_id, &words, &error);
  g_assert_no_error (error);
}

void
draft_fixture_submit (DraftFixture        *self,
                      guint                round,
                      const char          *text,
                      CfoilSubmissionState state)
{
  g_autoptr (CfoilSubmission) submission = cfoil_submission_new ();
  g_autoptr (GError) error = NULL;

  submission->case_id = self->case_id;
  submission->round = round;
  submission->by_hand = TRUE;
  submission->account = (g_free (submission->account), g_strdup ("shop"));
  submission->environment = (g_free (submission->environment), g_strdup ("live"));
  submission->draft = (g_free (submission->draft), g_strdup (text));
  cfoil_submission_add (self->mirror->mirror, submission, &error);
  g_assert_no_error (error);
  if (state != CFOIL_SUBMISSION_DELIVERED)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE submission SET state = %d WHERE submission_id = %" G_GINT64_FORMAT, state,
                                              submission->submission_id);

      test_exec (self->mirror->mirror, sql);
      cfoil_mirror_notify_changed (self->mirror->mirror);
    }
}

CfoilDraftSession *
draft_fixture_open (DraftFixture *self,
                    guint         round)
{
  CfoilDraftSession *session = cfoil_draft_session_new (self->reader, self->case_id, round);

  draft_wait (cfoil_draft_session_get_loaded (session), 10000);
  return session;
}

typedef struct
{
  gboolean is_done;
  GError *error;
} Flush;

static void
flushed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Flush *flush = user_data;

  flush->is_done = TRUE;
  cfoil_draft_session_flush_finish (CFOIL_DRAFT_SESSION (source), result, &flush->error);
}

GError *
draft_flush (CfoilDraftSession *session)
{
  Flush flush = { FALSE, NULL };

  cfoil_draft_session_flush_async (session, flushed_cb, &flush);
  draft_wait (flush.is_done, 10000);
  return flush.error;
}

void
draft_type (CfoilDraftSession *session,
            const char        *words)
{
  CfoilDraft *draft = cfoil_draft_copy (cfoil_draft_session_get_draft (session));

  cfoil_draft_set_own_words (draft, "closing", words);
  cfoil_draft_session_set_draft (session, draft, "own:closing");
}

CfoilDraft *
draft_fixture_read (DraftFixture *self,
                    guint         round)
{
  g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (self->mirror->mirror, NULL);
  g_autoptr (CfoilDraftRow) row = cfoil_draft_row_read (database, self->case_id, round, NULL);
  g_autoptr (GError) error = NULL;
  CfoilDraft *draft = row != NULL ? cfoil_draft_from_text (row->text, &error) : NULL;

  g_assert_no_error (error);
  return draft;
}
