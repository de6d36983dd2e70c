/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-draft-store.h"
#include "cfoil-error.h"
#include "cfoil-evidence-file.h"
#include "cfoil-submission.h"

#include <glib/gstdio.h>
#include <string.h>

#define TEST_ACCOUNT "shop"

static gint64
add_case (TestMirror *mirror,
          const char *dispute_id)
{
  const CfoilCaseWords words = {
    .kind = CFOIL_CASE_CHARGEBACK,
    .account = TEST_ACCOUNT,
    .dispute_id = dispute_id,
    .state = CFOIL_STATE_NEEDS_RESPONSE,
    .amount_minor = CFOIL_UNKNOWN,
    .opened_us = 1,
    .due_us = CFOIL_UNKNOWN,
  };
  g_autoptr (GError) error = NULL;
  gint64 case_id = 0;

  test_commit (mirror->writer);
  cfoil_case_add (mirror->mirror, &words, "typed", "test", &case_id, &error);
  g_assert_no_error (error);
  return case_id;
}

static CfoilSubmissionItem *
new_item (CfoilEvidenceType type,
          const char       *text)
{
  CfoilSubmissionItem *item = g_new0 (CfoilSubmissionItem, 1);

  item->type = type;
  item->text = g_strdup (text);
  return item;
}

/* A PDF and a text. */
static CfoilSubmission *
new_submission (TestMirror *mirror,
                gint64      case_id,
                guint       round)
{
  CfoilSubmission *self = cfoil_submission_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("%PDF-1.4 bytes", 14);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilEvidenceFile) file = cfoil_evidence_file_keep_bytes (mirror->mirror, bytes, &error);
  CfoilSubmissionItem *item = new_item (CFOIL_EVIDENCE_PACKET, NULL);

  g_assert_no_error (error);
  item->sha256 = g_strdup (file->sha256);
  item->file_type = g_strdup ("pdf");
  item->file_name = g_strdup ("packet.pdf");
  item->n_bytes = file->n_bytes;
  g_ptr_array_add (self->items, item);
  g_ptr_array_add (self->items, new_item (CFOIL_EVIDENCE_CARRIER_NAME, "UPS"));
  self->case_id = case_id;
  self->round = round;
  self->account = g_strdup ("shop");
  self->environment = g_strdup ("live");
  self->currency = g_strdup ("JPY");
  self->amount_minor = 5000;
  self->due_us = 77;
  self->who = g_strdup ("Ada");
  self->draft = g_strdup ("{\"why\":\"x\"}");
  return self;
}

static gint64
add (TestMirror *mirror,
     gint64      case_id,
     guint       round)
{
  g_autoptr (CfoilSubmission) submission = new_submission (mirror, case_id, round);
  g_autoptr (GError) error = NULL;

  cfoil_submission_add (mirror->mirror, submission, &error);
  g_assert_no_error (error);
  return submission->submission_id;
}

static CfoilSubmission *
read_back (TestMirror *mirror,
           gint64      submission_id)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  g_autoptr (GError) error = NULL;
  CfoilSubmission *submission = cfoil_submission_read (reader, submission_id, &error);

  g_assert_no_error (error);
  return submission;
}

static guint
count_open (TestMirror *mirror,
            gint64      account_id)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  g_autoptr (GPtrArray) open = cfoil_submission_list_open (reader, account_id, NULL);

  return open->len;
}

static void
set (TestMirror          *mirror,
     gint64               submission_id,
     CfoilSubmissionState state,
     const char          *answer,
     const GError        *failure)
{
  g_autoptr (GError) error = NULL;

  cfoil_submission_set_state (mirror->mirror, submission_id, state, answer, failure, &error);
  g_assert_no_error (error);
}

#define assert_events(mirror, expected) \
  G_STMT_START \
  { \
    g_autofree char *events_ = test_dump ((mirror)->mirror, "SELECT kind FROM case_event WHERE kind <> 'found' ORDER BY event_id"); \
    g_assert_cmpstr (events_, ==, expected); \
  } \
  G_STMT_END

static void
test_round_trip (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 case_id = add_case (mirror, "S01-1-1-B1");
  gint64 submission_id = add (mirror, case_id, 1);
  g_autoptr (CfoilSubmission) back = read_back (mirror, submission_id);
  const CfoilSubmissionItem *packet = g_ptr_array_index (back->items, 0);
  const CfoilSubmissionItem *text = g_ptr_array_index (back->items, 1);

  g_assert_cmpint (back->case_id, ==, case_id);
  g_assert_cmpuint (back->round, ==, 1);
  g_assert_cmpuint (strlen (back->answer_id), ==, 32);
  g_assert_cmpuint (strspn (back->answer_id, "0123456789abcdef"), ==, 32);
  g_assert_false (back->accepts);
  g_assert_false (back->by_hand);
  g_assert_cmpstr (back->dispute_id, ==, "S01-1-1-B1"); /* the case's: none was said */
  g_assert_cmpstr (back->account, ==, "shop");
  g_assert_cmpstr (back->currency, ==, "JPY");
  g_assert_cmpint (back->amount_minor, ==, 5000);
  g_assert_cmpint (back->due_us, ==, 77);
  g_assert_cmpstr (back->who, ==, "Ada");
  g_assert_cmpint (back->state, ==, CFOIL_SUBMISSION_WAITING);
  g_assert_cmpint (back->tried_us, ==, CFOIL_UNKNOWN);
  g_assert_cmpint (back->ended_us, ==, CFOIL_UNKNOWN);
  g_assert_null (back->error_name);
  g_assert_cmpstr (back->draft, ==, "{\"why\":\"x\"}");
  g_assert_false (back->is_begun);
  g_assert_cmpuint (back->items->len, ==, 2);
  g_assert_cmpint (packet->type, ==, CFOIL_EVIDENCE_PACKET);
  g_assert_cmpstr (packet->file_name, ==, "packet.pdf");
  g_assert_cmpint (packet->n_bytes, ==, 14);
  g_assert_cmpstr (text->text, ==, "UPS");
  g_assert_null (text->sha256);
  g_assert_false (packet->is_delivered);
  assert_events (mirror, "sent\n");
}

/* How far it got follows from the outbox. */
static void
test_outbox (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 submission_id = add (mirror, add_case (mirror, "S01-1-1-B1"), 1);
  g_autoptr (CfoilSubmission) first = read_back (mirror, submission_id);
  g_autofree char *subject = g_strconcat (first->answer_id, "/1", NULL);
  static const struct
  {
    guint http_status; /* 0: unanswered */
    gboolean is_there;     /* and can be used */
    gboolean is_delivered; /* it was there */
  } steps[] = { { 0, FALSE, FALSE }, { 201, TRUE, TRUE }, { 410, FALSE, TRUE }, { 200, TRUE, TRUE } };
  g_autoptr (CfoilSubmission) begun = NULL;
  gint64 action_id;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *key = g_strdup_printf ("key-%u", i);
      g_autoptr (CfoilSubmission) back = NULL;
      g_autofree char *answer = NULL;

      g_assert_true (cfoil_writer_add_action (mirror->writer, "file", subject, key, "{}", &action_id, NULL));
      g_assert_true (cfoil_writer_end_action (mirror->writer, action_id, steps[i].http_status, "{\"id\":\"f\"}", NULL));
      test_commit (mirror->writer);
      back = read_back (mirror, submission_id);
      g_assert_cmpint (((CfoilSubmissionItem *) back->items->pdata[0])->is_delivered, ==, steps[i].is_delivered);
      g_assert_cmpint (back->is_begun, ==, steps[i].is_there);
      g_assert_false (back->is_said);
      g_assert_true (cfoil_writer_find_answer (mirror->writer, "file", subject, &answer, NULL));
      g_assert_cmpstr (answer, ==, steps[i].is_there ? "{\"id\":\"f\"}" : NULL);
    }

  g_assert_true (cfoil_writer_end_action (mirror->writer, action_id, 410, "gone", NULL));
  g_assert_true (cfoil_writer_add_action (mirror->writer, "contest", first->answer_id, "key-contest", "{}", &action_id, NULL));
  test_commit (mirror->writer);
  begun = read_back (mirror, submission_id);
  g_assert_true (begun->is_said); /* it may have arrived */
  g_assert_true (begun->is_begun);
}

/* The version is there if and only if the answer is, whatever was the newest before. */
static void
test_version (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 case_id = add_case (mirror, "S01-1-1-B1");
  g_autoptr (CfoilSubmission) second = new_submission (mirror, case_id, 1);
  g_autofree char *versions = NULL;

  g_assert_true (cfoil_draft_version_add (mirror->mirror, case_id, 1, "pause", "{\"why\":\"x\"}", NULL));
  add (mirror, case_id, 1);
  g_assert_false (cfoil_submission_add (mirror->mirror, second, NULL));
  versions = test_dump (mirror->mirror, "SELECT round, why, text FROM draft_version ORDER BY version_id");
  g_assert_cmpstr (versions, ==, "1|pause|{\"why\":\"x\"}\n1|sent|{\"why\":\"x\"}\n");
}

static void
test_one_per_round (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 case_id = add_case (mirror, "S01-1-1-B1");
  gint64 first = add (mirror, case_id, 1);
  g_autoptr (CfoilSubmission) second = new_submission (mirror, case_id, 1);
  g_autoptr (GError) failure = cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_DEADLINE, 0, NULL, NULL, "Too late");
  g_autoptr (CfoilSubmission) back = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (cfoil_submission_add (mirror->mirror, second, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ANSWERED);
  g_clear_error (&error);

  set (mirror, first, CFOIL_SUBMISSION_FAILED, NULL, failure);
  back = read_back (mirror, first);
  g_assert_cmpstr (back->error_name, ==, "deadline-passed");
  g_assert_cmpstr (back->error_message, ==, "Too late");
  g_assert_cmpint (back->ended_us, !=, CFOIL_UNKNOWN);
  g_assert_true (cfoil_submission_add (mirror->mirror, second, NULL));

  /* Now the first may not come back beside the second. */
  g_assert_false (cfoil_submission_retry (mirror->mirror, first, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ANSWERED);
  g_clear_error (&error);
  g_assert_true (cfoil_submission_withdraw (mirror->mirror, second->submission_id, NULL));
  g_assert_true (cfoil_submission_retry (mirror->mirror, first, NULL));
  g_assert_cmpuint (count_open (mirror, mirror->account_id), ==, 1);
  set (mirror, first, CFOIL_SUBMISSION_SENDING, NULL, NULL);
  set (mirror, first, CFOIL_SUBMISSION_DELIVERED, "{\"disputeId\":\"x\"}", NULL);
  add (mirror, case_id, 2);
  assert_events (mirror, "sent\nfailed\nsent\nwithdrawn\nsent\ndelivered\nsent\n");
}

/* What is over stays as it was; what is on its way is not taken back. */
static void
test_ends (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 submission_id = add (mirror, add_case (mirror, "S01-1-1-B1"), 1);
  g_autoptr (CfoilSubmission) back = NULL;
  g_autoptr (GError) error = NULL;

  set (mirror, submission_id, CFOIL_SUBMISSION_SENDING, NULL, NULL);
  g_assert_false (cfoil_submission_retry (mirror->mirror, submission_id, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);
  set (mirror, submission_id, CFOIL_SUBMISSION_DELIVERED, "{\"a\":1}", NULL);
  g_assert_false (cfoil_submission_set_state (mirror->mirror, submission_id, CFOIL_SUBMISSION_FAILED, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_false (cfoil_submission_set_state (mirror->mirror, 4711, CFOIL_SUBMISSION_FAILED, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  back = read_back (mirror, submission_id);
  g_assert_cmpint (back->state, ==, CFOIL_SUBMISSION_DELIVERED);
  g_assert_cmpstr (back->answer, ==, "{\"a\":1}");
  g_assert_true (((CfoilSubmissionItem *) back->items->pdata[1])->is_delivered);
  g_assert_cmpuint (count_open (mirror, mirror->account_id), ==, 0);
  assert_events (mirror, "sent\ndelivered\n");
}

/* Whoever was to send it died before the first byte: it can be taken back, but not while
 * somebody may be sending it, and not once some of it may have arrived. */
static void
test_dead_sender (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 first = add (mirror, add_case (mirror, "S01-1-1-B1"), 1);
  gint64 second = add (mirror, add_case (mirror, "S01-1-1-B2"), 1);
  g_autoptr (CfoilSubmission) back = NULL;
  g_autoptr (CfoilSubmission) begun = read_back (mirror, second);
  g_autoptr (GError) error = NULL;
  gint64 action_id;
  int lock;

  set (mirror, first, CFOIL_SUBMISSION_SENDING, NULL, NULL);
  set (mirror, second, CFOIL_SUBMISSION_SENDING, NULL, NULL);
  lock = cfoil_mirror_lock (mirror->mirror, &error);
  g_assert_no_error (error);
  g_assert_false (cfoil_submission_withdraw (mirror->mirror, first, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  test_assert_contains (error->message, "about to be sent");
  g_clear_error (&error);
  cfoil_mirror_unlock (mirror->mirror, lock);
  g_assert_true (cfoil_submission_withdraw (mirror->mirror, first, &error));
  g_assert_no_error (error);
  back = read_back (mirror, first);
  g_assert_cmpint (back->state, ==, CFOIL_SUBMISSION_WITHDRAWN);
  /* the lock was only looked at */
  lock = cfoil_mirror_lock (mirror->mirror, &error);
  g_assert_no_error (error);
  cfoil_mirror_unlock (mirror->mirror, lock);

  g_assert_true (cfoil_writer_add_action (mirror->writer, "contest", begun->answer_id, "key-contest", "{}", &action_id, NULL));
  test_commit (mirror->writer);
  g_assert_false (cfoil_submission_withdraw (mirror->mirror, second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  test_assert_contains (error->message, "may have arrived");
}

/* Each case of the inbox asks how far its answers got: not by reading the whole outbox. */
static void
test_outbox_index (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *plan = NULL;

  test_commit (mirror->writer);
  plan = test_dump (mirror->mirror, "EXPLAIN QUERY PLAN SELECT 1 FROM submission AS s WHERE EXISTS ("
                                    "SELECT 1 FROM outbox AS o WHERE o.subject = s.answer_id AND o.http_status IS NULL)");
  test_assert_contains (plan, "outbox_subject");
}

static void
test_by_hand (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilSubmission) answer = new_submission (mirror, add_case (mirror, "S01-1-1-B1"), 1);
  g_autoptr (CfoilSubmission) acceptance = new_submission (mirror, add_case (mirror, "S01-1-1-B2"), 1);

  answer->by_hand = TRUE;
  acceptance->by_hand = TRUE;
  acceptance->accepts = TRUE;
  g_ptr_array_set_size (acceptance->items, 0);
  g_assert_true (cfoil_submission_add (mirror->mirror, answer, NULL));
  g_assert_true (cfoil_submission_add (mirror->mirror, acceptance, NULL));
  g_assert_cmpint (answer->state, ==, CFOIL_SUBMISSION_DELIVERED);
  g_assert_cmpuint (count_open (mirror, mirror->account_id), ==, 0);
  assert_events (mirror, "delivered\naccepted\n");
}

/* A file that is gone, or shorter than it was, is noticed before anything is stored. */
static void
test_files (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilSubmission) submission = new_submission (mirror, add_case (mirror, "S01-1-1-B1"), 1);
  const CfoilSubmissionItem *item = g_ptr_array_index (submission->items, 0);
  g_autofree char *path = cfoil_evidence_file_dup_path (mirror->mirror, item->sha256);
  g_autoptr (GError) error = NULL;

  test_write_text (path, "short");
  g_assert_false (cfoil_submission_add (mirror->mirror, submission, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_CHANGED);
  test_assert_contains (error->message, "packet.pdf");
  g_clear_error (&error);
  g_assert_no_errno (g_unlink (path));
  g_assert_false (cfoil_submission_add (mirror->mirror, submission, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_CHANGED);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM submission"), ==, 0);
}

/* Answers of a removed account are still there, and found as such. */
static void
test_removed_account (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 submission_id = add (mirror, add_case (mirror, "S01-1-1-B1"), 1);
  g_autoptr (CfoilSubmission) back = NULL;

  g_assert_cmpuint (count_open (mirror, 0), ==, 0);
  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  g_assert_true (cfoil_account_remove (mirror->mirror, TEST_ACCOUNT, NULL));
  g_assert_cmpuint (count_open (mirror, 0), ==, 1);
  back = read_back (mirror, submission_id);
  g_assert_cmpstr (back->account, ==, "shop");
}

/* With little time left, the one whose time is over first goes first. */
static void
test_order (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  static const gint64 due_us[] = { CFOIL_UNKNOWN, 300, 100, 200 };
  static const gint64 expected[] = { 100, 200, 300, CFOIL_UNKNOWN };
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GPtrArray) open = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (due_us); i++)
    {
      g_autofree char *dispute_id = g_strdup_printf ("S01-1-1-B%u", i);
      g_autoptr (CfoilSubmission) submission = new_submission (mirror, add_case (mirror, dispute_id), 1);

      submission->due_us = due_us[i];
      g_assert_true (cfoil_submission_add (mirror->mirror, submission, NULL));
    }
  reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  open = cfoil_submission_list_open (reader, mirror->account_id, NULL);
  g_assert_cmpuint (open->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < open->len; i++)
    g_assert_cmpint (((CfoilSubmission *) open->pdata[i])->due_us, ==, expected[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/submission/round-trip", test_round_trip);
  g_test_add_func ("/submission/outbox", test_outbox);
  g_test_add_func ("/submission/version", test_version);
  g_test_add_func ("/submission/one-per-round", test_one_per_round);
  g_test_add_func ("/submission/ends", test_ends);
  g_test_add_func ("/submission/order", test_order);
  g_test_add_func ("/submission/dead-sender", test_dead_sender);
  g_test_add_func ("/submission/outbox-index", test_outbox_index);
  g_test_add_func ("/submission/by-hand", test_by_hand);
  g_test_add_func ("/submission/files", test_files);
  g_test_add_func ("/submission/removed-account", test_removed_account);
  return g_test_run ();
}
