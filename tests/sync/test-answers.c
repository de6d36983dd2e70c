/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "answer-fixture.h"

#include "cfoil-error.h"
#include "cfoil-evidence-file.h"

#include <glib/gstdio.h>
#include <string.h>

static gint64
submit (AnswerFixture *self,
        char         **dispute_id)
{
  gint64 case_id = answer_file_chargeback (self, dispute_id);

  return answer_submit (self, case_id, 1, answer_one_file, G_N_ELEMENTS (answer_one_file));
}

static void
assert_delivered (AnswerFixture *self,
                  const char    *dispute_id,
                  gint64         submission_id)
{
  const gint64 ids[] = { submission_id, 0 };

  answer_assert_state (self, submission_id, CFOIL_SUBMISSION_DELIVERED, NULL);
  answer_assert_received (self, dispute_id, ids);
}

/* Six files of several types and two texts, then a second round, then it is won. */
static void
test_rounds (void)
{
  AnswerFixture *self = answer_fixture_new ("");
  g_autofree char *dispute_id = NULL;
  gint64 case_id = answer_file_chargeback (self, &dispute_id);
  gint64 ids[3] = { 0 };
  g_autoptr (CfoilSubmission) submission = NULL;
  g_autofree char *state = NULL;

  ids[0] = answer_submit (self, case_id, 1, answer_six_files, G_N_ELEMENTS (answer_six_files));
  answer_assert_state (self, ids[0], CFOIL_SUBMISSION_WAITING, NULL);
  g_assert_cmpuint (answer_send (self).n_delivered, ==, 1);
  answer_assert_state (self, ids[0], CFOIL_SUBMISSION_DELIVERED, NULL);
  answer_assert_received (self, dispute_id, ids);
  g_assert_cmpuint (answer_count_requests (self, "uploadFile"), ==, 6);
  g_assert_cmpuint (answer_count_requests (self, "fileUpload"), ==, 6);
  g_assert_cmpuint (answer_count_requests (self, "contestDispute"), ==, 1);
  submission = answer_read (self, ids[0]);
  g_assert_nonnull (strstr (submission->answer, "UnderReview"));
  g_assert_cmpint (submission->ended_us, >=, submission->created_us);
  state = fixture_dump (self->folder, "SELECT state FROM dispute");
  g_assert_cmpstr (state, ==, "14|\n"); /* under review: the mirror knows at once */

  /* Nothing waits: nobody is asked. */
  g_assert_cmpuint (answer_send (self).n_delivered, ==, 0);
  g_assert_cmpuint (answer_count_requests (self, "contestDispute"), ==, 1);

  /* The texts are those of the first round: still it is another answer. */
  answer_control (self, "/more-evidence", dispute_id, "");
  ids[1] = answer_submit (self, case_id, 2, answer_six_files + 6, 2);
  g_assert_cmpuint (answer_send (self).n_delivered, ==, 1);
  answer_assert_received (self, dispute_id, ids);
  answer_assert_state (self, ids[1], CFOIL_SUBMISSION_DELIVERED, NULL);
  answer_fixture_free (self);
}

static void
test_accept (void)
{
  AnswerFixture *self = answer_fixture_new ("");
  g_autofree char *dispute_id = NULL;
  gint64 submission_id = answer_accept (self, answer_file_chargeback (self, &dispute_id));
  g_autofree char *dispute = NULL;

  /* The answer is lost, and so is that of the next try: it is done all the same. */
  answer_set_faults (self, "{\"operation\":\"updateDispute\",\"kind\":\"drop\",\"count\":2}");
  g_assert_cmpuint (answer_send (self).n_delivered, ==, 1);
  answer_assert_state (self, submission_id, CFOIL_SUBMISSION_DELIVERED, NULL);
  answer_assert_nothing_received (self, dispute_id);
  dispute = fixture_dump (self->folder, "SELECT state, resolution FROM dispute");
  g_assert_cmpstr (dispute, ==, "16|BuyerWon|\n");
  answer_fixture_free (self);
}

static void
test_accept_refused (void)
{
  AnswerFixture *self = answer_fixture_new ("--accept-by-api no");
  g_autofree char *dispute_id = NULL;
  gint64 submission_id = answer_accept (self, answer_file_chargeback (self, &dispute_id));

  g_assert_cmpuint (answer_send (self).n_failed, ==, 1);
  answer_assert_state (self, submission_id, CFOIL_SUBMISSION_FAILED, "hand-off");
  g_assert_nonnull (strstr (cfoil_error_advice ("hand-off"), "provider’s page"));
  answer_fixture_free (self);
}

/* --- what goes wrong on the way --- */

static const char *const operations[] = { "getDispute", "uploadFile", "fileUpload", "contestDispute" };

static const struct
{
  const char *fault;
  gboolean recovers; /* within the run */
  gboolean lasts;    /* is also tried until we give up */
} faults[] = {
  { "\"kind\":\"drop\",\"when\":\"before\"", TRUE, TRUE },
  { "\"kind\":\"drop\"", TRUE, TRUE },
  { "\"kind\":\"status\",\"code\":503", TRUE, TRUE },
  { "\"kind\":\"status\",\"code\":500,\"body\":\"none\",\"when\":\"after\"", TRUE, TRUE },
  { "\"kind\":\"status\",\"code\":502,\"body\":\"html\"", TRUE, FALSE },
  { "\"kind\":\"throttle\"", TRUE, TRUE },
  { "\"kind\":\"delay\",\"ms\":50", TRUE, FALSE },
  { "\"kind\":\"slow\",\"bytesPerSecond\":4000", TRUE, FALSE },
  { "\"kind\":\"html\"", FALSE, FALSE },
};

/* Each fault at each step: once, and until we give up; then a run without. */
static void
test_fault (gconstpointer data)
{
  guint step = GPOINTER_TO_UINT (data);
  AnswerFixture *self = answer_fixture_new ("");

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    for (guint forever = 0; forever < (faults[i].lasts ? 2u : 1u); forever++)
      {
        g_autofree char *dispute_id = NULL;
        g_autofree char *fault = g_strdup_printf ("{\"operation\":\"%s\",%s,\"count\":%u}", operations[step], faults[i].fault,
                                                  forever ? 6 : 1);
        gint64 submission_id = submit (self, &dispute_id);
        g_autoptr (CfoilSubmission) submission = NULL;

        g_test_message ("%s", fault);
        answer_set_faults (self, fault);
        answer_send (self);
        submission = answer_read (self, submission_id);
        if (!forever && faults[i].recovers)
          g_assert_cmpint (submission->state, ==, CFOIL_SUBMISSION_DELIVERED);
        if (submission->state != CFOIL_SUBMISSION_DELIVERED)
          {
            g_assert_cmpint (submission->state, ==, submission->is_begun ? CFOIL_SUBMISSION_SENDING : CFOIL_SUBMISSION_WAITING);
            g_assert_nonnull (submission->error_name);
            g_assert_nonnull (submission->error_message);
          }
        answer_set_faults (self, NULL);
        answer_send (self);
        assert_delivered (self, dispute_id, submission_id);
      }
  answer_fixture_free (self);
}

/* An address that ran out: another one is asked for, with another key; three times. */
static void
test_expired_address (void)
{
  AnswerFixture *self = answer_fixture_new ("");
  g_autofree char *dispute_id = NULL;
  gint64 submission_id = submit (self, &dispute_id);

  answer_set_faults (self, "{\"operation\":\"fileUpload\",\"kind\":\"expire-url\",\"count\":3}");
  g_assert_cmpuint (answer_send (self).n_waiting, ==, 1);
  g_assert_cmpuint (answer_count_requests (self, "uploadFile"), ==, 3);
  answer_assert_state (self, submission_id, CFOIL_SUBMISSION_WAITING, "expired");
  answer_set_faults (self, "{\"operation\":\"fileUpload\",\"kind\":\"expire-url\",\"count\":1}");
  g_assert_cmpuint (answer_send (self).n_delivered, ==, 1);
  g_assert_cmpuint (answer_count_requests (self, "uploadFile"), ==, 5);
  assert_delivered (self, dispute_id, submission_id);
  answer_fixture_free (self);
}

/* The first file of it was confirmed, though the answer was refused; the answer does not count. */
static void
assert_file_there (AnswerFixture *self,
                   gint64         submission_id,
                   gboolean       is_there)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (self->mirror, NULL);
  g_autoptr (CfoilSubmission) submission = cfoil_submission_read (reader, submission_id, NULL);
  gboolean found = FALSE;

  for (guint i = 0; i < submission->items->len; i++)
    found = found || ((CfoilSubmissionItem *) submission->items->pdata[i])->is_delivered;
  g_assert_cmpint (found, ==, is_there);
  g_assert_false (submission->is_begun);
  g_assert_false (submission->is_said);
}

/* A refusal ends it; after that a person may try again. */
static void
test_refusals (void)
{
  AnswerFixture *self = answer_fixture_new ("");
  const char *const refusing[] = { "uploadFile", "fileUpload", "contestDispute" };

  for (guint i = 0; i < G_N_ELEMENTS (refusing); i++)
    {
      g_autofree char *dispute_id = NULL;
      g_autofree char *fault = g_strdup_printf ("{\"operation\":\"%s\",\"kind\":\"status\",\"code\":400,\"count\":1}", refusing[i]);
      gint64 submission_id = submit (self, &dispute_id);
      g_autoptr (GError) error = NULL;

      answer_set_faults (self, fault);
      g_assert_cmpuint (answer_send (self).n_failed, ==, 1);
      answer_assert_state (self, submission_id, CFOIL_SUBMISSION_FAILED, "rejected");
      answer_assert_nothing_received (self, dispute_id);
      assert_file_there (self, submission_id, g_str_equal (refusing[i], "contestDispute"));
      g_assert_cmpuint (answer_send (self).n_failed, ==, 0);
      g_assert_true (cfoil_submission_retry (self->mirror, submission_id, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (answer_send (self).n_delivered, ==, 1);
      assert_delivered (self, dispute_id, submission_id);
    }
  answer_fixture_free (self);
}

/* Refused, though it was taken: the dispute itself knows better. */
static void
test_refused_but_taken (void)
{
  AnswerFixture *self = answer_fixture_new ("");
  g_autofree char *dispute_id = NULL;
  gint64 submission_id = submit (self, &dispute_id);

  answer_set_faults (self, "{\"operation\":\"contestDispute\",\"kind\":\"status\",\"code\":422,\"when\":\"after\",\"count\":1}");
  g_assert_cmpuint (answer_send (self).n_delivered, ==, 1);
  assert_delivered (self, dispute_id, submission_id);
  answer_fixture_free (self);
}

/* The service says that it has the file, and has not: after the refusal it is put there anew. */
static void
test_lost_file (void)
{
  AnswerFixture *self = answer_fixture_new ("");
  g_autofree char *dispute_id = NULL;
  gint64 submission_id = submit (self, &dispute_id);

  answer_set_faults (self, "{\"operation\":\"fileUpload\",\"kind\":\"status\",\"code\":200,\"body\":\"none\",\"count\":1}");
  g_assert_cmpuint (answer_send (self).n_failed, ==, 1);
  answer_assert_state (self, submission_id, CFOIL_SUBMISSION_FAILED, "rejected");
  g_assert_true (cfoil_submission_retry (self->mirror, submission_id, NULL));
  g_assert_cmpuint (answer_send (self).n_delivered, ==, 1);
  assert_delivered (self, dispute_id, submission_id);
  answer_fixture_free (self);
}

/* By the provider's clock, which is not ours; and when the provider has decided so. */
static void
test_deadline (void)
{
  AnswerFixture *self = answer_fixture_new ("");
  g_autofree char *late_id = NULL;
  g_autofree char *over_id = NULL;
  gint64 late = submit (self, &late_id);
  gint64 over = submit (self, &over_id);
  g_autoptr (JsonNode) skewed = NULL;

  answer_control (self, "/deadline", late_id, ",\"seconds\":300");
  answer_control (self, "/expire-deadline", over_id, "");
  skewed = fixture_control (self->sim, "POST", "/clock", "{\"skewSeconds\":600}");
  g_assert_cmpuint (answer_send (self).n_failed, ==, 2);
  answer_assert_state (self, late, CFOIL_SUBMISSION_FAILED, "deadline-passed");
  answer_assert_state (self, over, CFOIL_SUBMISSION_FAILED, "deadline-passed");
  g_assert_cmpuint (answer_count_requests (self, "uploadFile"), ==, 0);
  g_assert_cmpuint (answer_count_requests (self, "contestDispute"), ==, 0);
  answer_assert_nothing_received (self, late_id);
  answer_fixture_free (self);
}

/* Somebody answered it elsewhere. */
static void
test_answered_elsewhere (void)
{
  AnswerFixture *self = answer_fixture_new ("");
  g_autofree char *dispute_id = NULL;
  gint64 submission_id = submit (self, &dispute_id);

  answer_control (self, "/resolve", dispute_id, ",\"resolution\":\"MerchantWon\"");
  g_assert_cmpuint (answer_send (self).n_failed, ==, 1);
  answer_assert_state (self, submission_id, CFOIL_SUBMISSION_FAILED, "rejected");
  g_assert_cmpuint (answer_count_requests (self, "uploadFile"), ==, 0);
  answer_fixture_free (self);
}

static char *
path_of_last_file (AnswerFixture *self,
                   gint64         submission_id)
{
  g_autoptr (CfoilSubmission) submission = answer_read (self, submission_id);
  const CfoilSubmissionItem *item = g_ptr_array_index (submission->items, 5);

  return cfoil_evidence_file_dup_path (self->mirror, item->sha256);
}

/* Not a byte of an answer leaves when one of its files is not what it was. */
static void
test_files_changed (void)
{
  AnswerFixture *self = answer_fixture_new ("");
  g_autofree char *changed_id = NULL;
  g_autofree char *gone_id = NULL;
  gint64 changed = answer_submit (self, answer_file_chargeback (self, &changed_id), 1, answer_six_files, G_N_ELEMENTS (answer_six_files));
  gint64 gone = answer_submit (self, answer_file_chargeback (self, &gone_id), 1, answer_six_files, G_N_ELEMENTS (answer_six_files));
  g_autofree char *changed_path = path_of_last_file (self, changed);
  g_autofree char *gone_path = path_of_last_file (self, gone);
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (changed_path, &contents, &length, NULL));
  contents[length / 2] ^= 1;
  g_assert_true (g_file_set_contents (changed_path, contents, (gssize) length, NULL));
  g_assert_no_errno (g_unlink (gone_path));
  g_assert_cmpuint (answer_send (self).n_failed, ==, 2);
  answer_assert_state (self, changed, CFOIL_SUBMISSION_FAILED, "file-changed");
  answer_assert_state (self, gone, CFOIL_SUBMISSION_FAILED, "file-changed");
  g_assert_cmpuint (answer_count_requests (self, "uploadFile"), ==, 0);

  /* The bytes are back: it can be sent after all. */
  contents[length / 2] ^= 1;
  g_assert_true (g_file_set_contents (changed_path, contents, (gssize) length, NULL));
  g_assert_true (cfoil_submission_retry (self->mirror, changed, NULL));
  g_assert_cmpuint (answer_send (self).n_delivered, ==, 1);
  assert_delivered (self, changed_id, changed);
  answer_fixture_free (self);
}

/* Offline it waits, and can be taken back; a key that is refused waits for another. */
static void
test_offline (void)
{
  AnswerFixture *self = answer_fixture_new ("");
  g_autofree char *dispute_id = NULL;
  g_autofree char *other_id = NULL;
  gint64 submission_id = submit (self, &dispute_id);
  gint64 withdrawn = submit (self, &other_id);
  CfoilProvider *online = self->provider;
  g_autoptr (CfoilProvider) offline = answer_open_provider (self->mirror, "https://127.0.0.1:1");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) revoked = NULL;

  self->provider = offline;
  g_assert_cmpuint (answer_send (self).n_waiting, ==, 2);
  answer_assert_state (self, submission_id, CFOIL_SUBMISSION_WAITING, "network");
  g_assert_true (cfoil_submission_withdraw (self->mirror, withdrawn, &error));
  g_assert_no_error (error);
  self->provider = online;
  g_assert_cmpuint (answer_send (self).n_delivered, ==, 1);
  assert_delivered (self, dispute_id, submission_id);
  answer_assert_nothing_received (self, other_id);
  g_assert_false (cfoil_submission_withdraw (self->mirror, submission_id, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);

  submission_id = answer_submit (self, answer_file_chargeback (self, &other_id), 1, answer_texts, 2);
  revoked = fixture_control (self->sim, "POST", "/revoke-key", "{}");
  g_assert_cmpuint (answer_send (self).n_waiting, ==, 1);
  answer_assert_state (self, submission_id, CFOIL_SUBMISSION_WAITING, "authentication");
  answer_fixture_free (self);
}

/* What was begun cannot be taken back, also when it did not get far. */
static void
test_begun (void)
{
  AnswerFixture *self = answer_fixture_new ("");
  g_autofree char *dispute_id = NULL;
  gint64 submission_id = submit (self, &dispute_id);
  g_autoptr (GError) error = NULL;

  answer_set_faults (self, "{\"operation\":\"contestDispute\",\"kind\":\"status\",\"code\":503,\"when\":\"after\"}");
  g_assert_cmpuint (answer_send (self).n_waiting, ==, 1);
  answer_assert_state (self, submission_id, CFOIL_SUBMISSION_SENDING, "server");
  g_assert_false (cfoil_submission_withdraw (self->mirror, submission_id, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  answer_set_faults (self, NULL);
  g_assert_cmpuint (answer_send (self).n_delivered, ==, 1);
  assert_delivered (self, dispute_id, submission_id);
  answer_fixture_free (self);
}

static void
test_removed_account (void)
{
  AnswerFixture *self = answer_fixture_new ("");
  g_autofree char *dispute_id = NULL;
  gint64 submission_id = submit (self, &dispute_id);
  g_autoptr (GError) error = NULL;
  CfoilAnswerTally tally = { 0 };

  cfoil_account_remove (self->mirror, "shop", &error);
  g_assert_no_error (error);
  cfoil_sync_answers_of_nobody (self->mirror, &tally, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tally.n_failed, ==, 1);
  answer_assert_state (self, submission_id, CFOIL_SUBMISSION_FAILED, "no-account");
  answer_fixture_free (self);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/answers/rounds", test_rounds);
  g_test_add_func ("/answers/accept", test_accept);
  g_test_add_func ("/answers/accept-refused", test_accept_refused);
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      g_autofree char *name = g_strconcat ("/answers/faults/", operations[i], NULL);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_fault);
    }
  g_test_add_func ("/answers/expired-address", test_expired_address);
  g_test_add_func ("/answers/refusals", test_refusals);
  g_test_add_func ("/answers/refused-but-taken", test_refused_but_taken);
  g_test_add_func ("/answers/lost-file", test_lost_file);
  g_test_add_func ("/answers/deadline", test_deadline);
  g_test_add_func ("/answers/answered-elsewhere", test_answered_elsewhere);
  g_test_add_func ("/answers/files-changed", test_files_changed);
  g_test_add_func ("/answers/offline", test_offline);
  g_test_add_func ("/answers/begun", test_begun);
  g_test_add_func ("/answers/removed-account", test_removed_account);
  return g_test_run ();
}
