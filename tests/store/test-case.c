/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case-fixture.h"

#include "cfoil-draft-store.h"
#include "cfoil-rebuild.h"
#include "cfoil-time.h"

#include <string.h>

#define HOUR_US G_TIME_SPAN_HOUR

/* --- what makes one --- */

static void
test_record (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilObservation charge = test_observation (CFOIL_OBJECT_CHARGE, "C1", 5);
  CfoilObservation permission = test_observation (CFOIL_OBJECT_PERMISSION, "P1", 5);
  CfoilObservation said = case_dispute_of ("B1", "C1", CFOIL_STATE_NEEDS_RESPONSE, 5);
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (CfoilCase) by_dispute = NULL;
  g_autoptr (CfoilCase) by_charge = NULL;
  g_autoptr (CfoilCase) by_uid = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *begin = NULL;
  const CfoilCase *record;

  charge.permission_id = "P1";
  charge.merchant_reference = "order 7";
  charge.description = "SHOP*1";
  permission.buyer_name = "Ada";
  permission.buyer_email = "ada@example.org";
  said.reason = "Fraudulent";
  said.state_code = "MerchantResponseRequired";
  said.deadline_us = 900000;
  test_put_observation (mirror->writer, &charge);
  test_put_observation (mirror->writer, &permission);
  test_put_observation (mirror->writer, &said);
  test_commit (mirror->writer);

  reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  all = cfoil_case_list (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 1);
  record = g_ptr_array_index (all, 0);
  g_assert_cmpuint (strlen (record->uid), ==, 32);
  g_assert_cmpstr (record->provider, ==, "amazon-pay");
  g_assert_cmpstr (record->account, ==, "shop");
  g_assert_cmpint (record->account_id, ==, mirror->account_id);
  g_assert_cmpint (record->kind, ==, CFOIL_CASE_CHARGEBACK);
  g_assert_cmpstr (record->dispute_id, ==, "B1");
  g_assert_cmpstr (record->charge_id, ==, "C1");
  g_assert_cmpstr (record->permission_id, ==, "P1");
  g_assert_cmpint (record->txn_id, ==, test_count (mirror->mirror, "SELECT txn_id FROM txn WHERE transaction_id = 'C1'"));
  g_assert_cmpint (record->state, ==, CFOIL_STATE_NEEDS_RESPONSE);
  g_assert_cmpstr (record->state_reason, ==, "MerchantResponseRequired");
  g_assert_cmpint (record->reason, ==, CFOIL_REASON_FRAUD);
  g_assert_cmpstr (record->provider_reason, ==, "Fraudulent");
  g_assert_cmpint (record->outcome, ==, CFOIL_CASE_OUTCOME_NONE);
  g_assert_cmpstr (record->currency, ==, "USD");
  g_assert_cmpint (record->amount_minor, ==, 2500);
  g_assert_cmpint (record->opened_us, ==, 1000);
  g_assert_cmpint (record->due_us, ==, 900000);
  g_assert_false (record->due_is_estimate);
  g_assert_true (record->is_confirmed);
  g_assert_false (record->is_by_hand);
  g_assert_cmpstr (record->buyer_name, ==, "Ada");
  g_assert_cmpstr (record->buyer_email, ==, "ada@example.org");
  g_assert_cmpstr (record->merchant_reference, ==, "order 7");
  g_assert_cmpstr (record->description, ==, "SHOP*1");
  g_assert_cmpuint (record->round, ==, 1);
  g_assert_false (record->has_draft);
  g_assert_cmpint (record->submission, ==, CFOIL_SUBMISSION_NONE);
  g_assert_cmpint (record->sent_us, ==, CFOIL_UNKNOWN);

  by_dispute = cfoil_case_find (reader, "B1", NULL);
  by_charge = cfoil_case_find (reader, "C1", NULL);
  begin = g_ascii_strup (record->uid, 8);
  by_uid = cfoil_case_find (reader, begin, NULL);
  g_assert_cmpint (by_dispute->case_id, ==, record->case_id);
  g_assert_cmpint (by_charge->case_id, ==, record->case_id);
  g_assert_cmpint (by_uid->case_id, ==, record->case_id);
  begin[7] = '\0';
  g_assert_null (cfoil_case_find (reader, begin, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (cfoil_case_read (reader, 99, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_ambiguous_uid (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilCaseWords words = case_words_of (CFOIL_CASE_INQUIRY);
  gint64 first = case_add (mirror, &words, "hand"), second = case_add (mirror, &words, "hand");
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  g_autoptr (CfoilCase) found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (first, !=, second);
  test_exec (mirror->mirror, "UPDATE dispute_case SET uid = '0123456789abcdef0123456789abcde' || (case_id % 2)");
  g_assert_null (cfoil_case_find (reader, "0123456789", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  found = cfoil_case_find (reader, second % 2 ? "0123456789abcdef0123456789abcde1" : "0123456789abcdef0123456789abcde0", NULL);
  g_assert_cmpint (found->case_id, ==, second);
}

/* --- rounds --- */

static void
check_round (TestMirror          *mirror,
             gint64               case_id,
             guint                round,
             CfoilSubmissionState submission,
             gint64               due_us)
{
  g_autoptr (CfoilCase) record = case_read (mirror, case_id);
  g_autofree char *view = test_dump (mirror->mirror, "SELECT round, coalesce (submission_state, 'none'), coalesce (due_at_us, -1) FROM cases");
  static const char *const names[] = { "none", "waiting", "sending", "delivered", "failed", "withdrawn" };
  g_autofree char *expected = g_strdup_printf ("%u|%s|%" G_GINT64_FORMAT "\n", round, names[submission], due_us != CFOIL_UNKNOWN ? due_us : -1);

  g_assert_cmpuint (record->round, ==, round);
  g_assert_cmpint (record->submission, ==, submission);
  g_assert_cmpint (record->due_us, ==, due_us);
  g_assert_cmpstr (view, ==, expected);
}

static void
test_rounds (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 case_id = case_say_dispute (mirror, CFOIL_STATE_NEEDS_RESPONSE, "MerchantResponseRequired", 5000000);
  CfoilDraftRow draft = { .case_id = case_id, .round = 1, .text = (char *) "{}", .n_done = 4, .n_wanted = 7,
                          .product = CFOIL_PRODUCT_DIGITAL };
  g_autoptr (CfoilCase) record = NULL;
  g_autoptr (GError) error = NULL;

  check_round (mirror, case_id, 1, CFOIL_SUBMISSION_NONE, 5000000);
  cfoil_draft_row_write (mirror->mirror, &draft, &error);
  g_assert_no_error (error);
  record = case_read (mirror, case_id);
  g_assert_true (record->has_draft);
  g_assert_cmpuint (record->draft_done, ==, 4);
  g_assert_cmpuint (record->draft_wanted, ==, 7);
  g_assert_cmpint (record->product, ==, CFOIL_PRODUCT_DIGITAL);

  case_submit (mirror, case_id, FALSE, 5000000, CFOIL_SUBMISSION_WAITING);
  check_round (mirror, case_id, 1, CFOIL_SUBMISSION_WAITING, 5000000);
  test_exec (mirror->mirror, "UPDATE submission SET state = 4");
  check_round (mirror, case_id, 1, CFOIL_SUBMISSION_FAILED, 5000000);
  case_submit (mirror, case_id, FALSE, 5000000, CFOIL_SUBMISSION_DELIVERED);
  /* the provider has not said so yet: nothing is awaited all the same */
  check_round (mirror, case_id, 1, CFOIL_SUBMISSION_DELIVERED, CFOIL_UNKNOWN);
  case_say_dispute (mirror, CFOIL_STATE_UNDER_REVIEW, NULL, 5000000);
  check_round (mirror, case_id, 1, CFOIL_SUBMISSION_DELIVERED, CFOIL_UNKNOWN);
  /* it asks again, by the same deadline, before and after the same word was read twice */
  case_say_dispute (mirror, CFOIL_STATE_NEEDS_RESPONSE, "MerchantAdditionalEvidencesRequired", 5000000);
  check_round (mirror, case_id, 2, CFOIL_SUBMISSION_NONE, 5000000);
  case_say_dispute (mirror, CFOIL_STATE_NEEDS_RESPONSE, "MerchantAdditionalEvidencesRequired", 5000000);
  check_round (mirror, case_id, 2, CFOIL_SUBMISSION_NONE, 5000000);
  case_submit (mirror, case_id, FALSE, 5000000, CFOIL_SUBMISSION_DELIVERED);
  check_round (mirror, case_id, 2, CFOIL_SUBMISSION_DELIVERED, CFOIL_UNKNOWN);
  /* a third round of the same words: only the deadline tells */
  case_say_dispute (mirror, CFOIL_STATE_NEEDS_RESPONSE, "MerchantAdditionalEvidencesRequired", 9900000);
  check_round (mirror, case_id, 3, CFOIL_SUBMISSION_NONE, 9900000);
  case_submit (mirror, case_id, TRUE, 9900000, CFOIL_SUBMISSION_DELIVERED);
  check_round (mirror, case_id, 3, CFOIL_SUBMISSION_DELIVERED, CFOIL_UNKNOWN);
  case_say_dispute (mirror, CFOIL_STATE_LOST, "MerchantAcceptedDispute", 9900000);
  check_round (mirror, case_id, 2, CFOIL_SUBMISSION_DELIVERED, CFOIL_UNKNOWN);
}

/* The deadline of an answer that was given by hand is set right afterwards: it was answered
 * all the same.  Only another state asks again. */
static void
test_rounds_by_hand (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilCaseWords words = case_words_of (CFOIL_CASE_CLAIM);
  gint64 now_us = cfoil_time_now_us (), case_id;
  g_autoptr (GError) error = NULL;

  words.opened_us = now_us;
  case_id = case_add (mirror, &words, "hand");
  case_submit (mirror, case_id, FALSE, cfoil_deadline_estimate_us (CFOIL_CASE_CLAIM, now_us), CFOIL_SUBMISSION_DELIVERED);
  check_round (mirror, case_id, 1, CFOIL_SUBMISSION_DELIVERED, CFOIL_UNKNOWN);
  words.due_us = now_us + 90 * G_TIME_SPAN_DAY;
  cfoil_case_say (mirror->mirror, case_id, &words, &error);
  check_round (mirror, case_id, 1, CFOIL_SUBMISSION_DELIVERED, CFOIL_UNKNOWN);
  words.state = CFOIL_STATE_UNDER_REVIEW;
  cfoil_case_say (mirror->mirror, case_id, &words, &error);
  check_round (mirror, case_id, 1, CFOIL_SUBMISSION_DELIVERED, CFOIL_UNKNOWN);
  words.state = CFOIL_STATE_NEEDS_RESPONSE;
  cfoil_case_say (mirror->mirror, case_id, &words, &error);
  g_assert_no_error (error);
  check_round (mirror, case_id, 2, CFOIL_SUBMISSION_NONE, words.due_us);
}

/* --- accounts --- */

/* A case outlives its account, with what was said of it, and comes back to it. */
static void
test_account_returns (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilCaseWords words = case_words_of (CFOIL_CASE_CLAIM);
  gint64 by_hand = case_add (mirror, &words, "hand");
  gint64 case_id = case_say_dispute (mirror, CFOIL_STATE_LOST, "MerchantAcceptedDispute", 7000000);
  g_autoptr (CfoilCase) before = case_read (mirror, case_id);
  g_autoptr (CfoilCase) without = NULL;
  g_autoptr (CfoilCase) after = NULL;
  g_autoptr (CfoilCase) hand = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  cfoil_account_remove (mirror->mirror, "shop", &error);
  g_assert_no_error (error);
  without = case_read (mirror, case_id);
  g_assert_cmpint (without->account_id, ==, 0);
  g_assert_cmpstr (without->account, ==, "shop");
  g_assert_cmpstr (without->uid, ==, before->uid);
  g_assert_cmpint (without->state, ==, CFOIL_STATE_LOST);
  g_assert_cmpint (without->outcome, ==, CFOIL_CASE_OUTCOME_ACCEPTED);
  g_assert_cmpint (without->amount_minor, ==, 2500);
  g_assert_cmpstr (without->currency, ==, "USD");
  g_assert_true (without->is_confirmed);

  /* under another name */
  mirror->account_id = test_add_account (mirror->mirror, "boutique");
  mirror->writer = test_writer_new (mirror->mirror, mirror->account_id);
  mirror->feed_id = test_open_feed (mirror->writer, "objects", 10);
  cfoil_writer_set_source (mirror->writer, mirror->feed_id, 0, TRUE);
  case_say_dispute (mirror, CFOIL_STATE_WON, NULL, 7000000);
  after = case_read (mirror, case_id);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM dispute_case"), ==, 2);
  g_assert_cmpstr (after->uid, ==, before->uid);
  g_assert_cmpint (after->account_id, ==, mirror->account_id);
  g_assert_cmpstr (after->account, ==, "boutique");
  g_assert_cmpint (after->state, ==, CFOIL_STATE_WON);

  /* the other one under its own */
  hand = case_read (mirror, by_hand);
  g_assert_cmpint (hand->account_id, ==, 0);
  test_add_account (mirror->mirror, "Shop");
  g_clear_pointer (&hand, cfoil_case_unref);
  hand = case_read (mirror, by_hand);
  g_assert_cmpint (hand->account_id, >, 0);
}

/* A mirror that is made anew has every row of the merchant's, with its id. */
static void
test_rebuild (void)
{
  static const char *const tables[] = {
    "dispute_case", "case_source", "case_event", "reminder", "evidence_file", "draft", "draft_version", "library_item", "submission",
    "submission_item"
  };
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 case_id = case_say_dispute (mirror, CFOIL_STATE_UNDER_REVIEW, NULL, 7000000);
  g_autofree char *before[G_N_ELEMENTS (tables)] = { NULL };
  g_autoptr (CfoilRebuild) rebuild = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;

  g_assert_cmpint (case_id, ==, 1);
  test_exec (mirror->mirror,
             "INSERT INTO dispute_case (case_id, uid, provider, environment, account_name, kind, created_us, changed_us) "
             "VALUES (77, 'u', 'amazon-pay', 'live', 'gone', 2, 1, 1);"
             "INSERT INTO case_event VALUES (55, 77, 1, 'me', 'note', 'x', NULL);"
             "INSERT INTO reminder VALUES (77, 9, 24, 1, NULL);"
             "INSERT INTO evidence_file (sha256, n_bytes, file_type, added_us) VALUES ('abc', 1, 'pdf', 1);"
             "INSERT INTO draft VALUES (77, 2, '{}', 1, 2, 3);"
             "INSERT INTO draft_version VALUES (44, 77, 2, 1, 'me', 'pause', '{}');"
             "INSERT INTO library_item VALUES (33, 'file', 'x', NULL, 0, '', 'abc', 'x.pdf', 1);"
             "INSERT INTO submission (submission_id, case_id, round, answer_id, accepts, by_hand, account_name, environment, created_us, state, "
             "draft) VALUES (22, 77, 1, 'a', 0, 0, 'gone', 'live', 1, 3, '');"
             "INSERT INTO submission_item VALUES (22, 1, 0, NULL, 'abc', 'pdf', 'x.pdf', 1);");
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s ORDER BY 1, 2, 3", tables[i]);

      before[i] = test_dump (mirror->mirror, sql);
      g_assert_cmpuint (strlen (before[i]), >, 4);
    }
  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  rebuild = cfoil_rebuild_begin (mirror->mirror, NULL, &error);
  g_assert_no_error (error);
  cfoil_rebuild_finish (rebuild, &kept, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s ORDER BY 1, 2, 3", tables[i]);
      g_autofree char *after = test_dump (mirror->mirror, sql);

      g_assert_cmpstr (after, ==, before[i]);
      g_clear_pointer (&before[i], g_free);
    }
}

/* --- reminders --- */

static const gint64 due_of_reminders = G_GINT64_CONSTANT (20000) * G_TIME_SPAN_DAY;

static char *
remind (TestMirror *mirror,
        int         hours_left,
        gboolean    show)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  gint64 now_us = due_of_reminders - hours_left * HOUR_US, next_us = 0;
  g_autoptr (GPtrArray) reminders = cfoil_reminder_list_due (reader, now_us, &next_us, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < reminders->len; i++)
    {
      const CfoilReminder *reminder = g_ptr_array_index (reminders, i);

      g_string_append_printf (text, "%u ", reminder->stage);
      g_assert_cmpint (reminder->record->case_id, ==, reminder->case_id);
      if (show)
        g_assert_true (cfoil_reminder_mark_shown (mirror->mirror, reminder->case_id, reminder->stage, now_us, NULL));
    }
  if (next_us == CFOIL_UNKNOWN)
    g_string_append (text, "then never");
  else
    g_string_append_printf (text, "then %d", (int) ((due_of_reminders - next_us + HOUR_US / 2) / HOUR_US));
  return g_string_free (text, FALSE);
}

static void
check_reminders (TestMirror *mirror,
                 int         hours_left,
                 const char *expected)
{
  g_autofree char *found = remind (mirror, hours_left, TRUE);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_reminders (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 case_id = case_say_dispute (mirror, CFOIL_STATE_NEEDS_RESPONSE, NULL, due_of_reminders);

  check_reminders (mirror, 121, "then 120");
  check_reminders (mirror, 120, "120 then 72");
  check_reminders (mirror, 119, "then 72");
  /* the computer was off meanwhile: only the last one that matters */
  check_reminders (mirror, 23, "24 then 4");
  check_reminders (mirror, 22, "then 4");
  /* a clock that is set back and forth again: each was shown once */
  check_reminders (mirror, 200, "then 120");
  check_reminders (mirror, 110, "then 72");
  check_reminders (mirror, 20, "then 4");
  check_reminders (mirror, 4, "4 then never");
  check_reminders (mirror, 1, "then never");
  check_reminders (mirror, -50, "then never");

  /* another deadline is another matter */
  case_say_dispute (mirror, CFOIL_STATE_NEEDS_RESPONSE, NULL, due_of_reminders + 1);
  check_reminders (mirror, 3, "4 then never");
  /* until the answer is in, also while it waits */
  case_say_dispute (mirror, CFOIL_STATE_NEEDS_RESPONSE, NULL, due_of_reminders + 2);
  case_submit (mirror, case_id, FALSE, due_of_reminders + 2, CFOIL_SUBMISSION_WAITING);
  check_reminders (mirror, 30, "72 then 24");
  test_exec (mirror->mirror, "UPDATE submission SET state = 3, ended_us = 9223372036854775000");
  check_reminders (mirror, 2, "then never");
}

static void
test_snooze (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 case_id = case_say_dispute (mirror, CFOIL_STATE_NEEDS_RESPONSE, NULL, due_of_reminders);
  g_autoptr (GError) error = NULL;

  check_reminders (mirror, 70, "72 then 24");
  cfoil_reminder_snooze (mirror->mirror, case_id, due_of_reminders - 60 * HOUR_US, &error);
  g_assert_no_error (error);
  check_reminders (mirror, 69, "then 60");
  check_reminders (mirror, 60, "72 then 24");
  check_reminders (mirror, 59, "then 24");
  /* put off over the next stage */
  cfoil_reminder_snooze (mirror->mirror, case_id, due_of_reminders - 10 * HOUR_US, &error);
  g_assert_no_error (error);
  check_reminders (mirror, 20, "then 10");
  check_reminders (mirror, 10, "24 then 4");
  check_reminders (mirror, 9, "then 4");
  check_reminders (mirror, 4, "4 then never");
}

/* Views and records say the same of every case. */
static void
test_view_agrees (void)
{
  static const CfoilState states[] = {
    CFOIL_STATE_NEEDS_RESPONSE, CFOIL_STATE_UNDER_REVIEW, CFOIL_STATE_WON, CFOIL_STATE_LOST, CFOIL_STATE_OTHER
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GPtrArray) cases = NULL;
  gint64 now_us = cfoil_time_now_us ();

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *dispute_id = g_strdup_printf ("B%u", i);
      g_autofree char *charge_id = g_strdup_printf ("C%u", i);
      CfoilObservation said = case_dispute_of (dispute_id, charge_id, states[g_rand_int_range (rand, 0, 5)], i + 1);
      CfoilSettlementLine line = test_line ("S1", g_rand_boolean (rand) ? CFOIL_TYPE_CLAIM : CFOIL_TYPE_CHARGEBACK, NULL, -(gint64) i);

      said.deadline_us = g_rand_boolean (rand) ? now_us + i : CFOIL_UNKNOWN;
      said.reason = g_rand_boolean (rand) ? "Overcharged" : NULL;
      line.charge_id = charge_id;
      line.row_number = i + 1;
      line.posted_us = g_rand_boolean (rand) ? now_us : G_TIME_SPAN_DAY;
      if (g_rand_int_range (rand, 0, 3) > 0)
        test_put_observation (mirror->writer, &said);
      if (g_rand_int_range (rand, 0, 3) > 0)
        test_put_line (mirror->writer, &line);
    }
  test_commit (mirror->writer);
  test_exec (mirror->mirror,
             "INSERT INTO submission (case_id, round, answer_id, accepts, by_hand, account_name, environment, created_us, state, ended_us, "
             "due_us, draft) SELECT c.case_id, 1 + r.value, c.uid || r.value, (c.case_id + r.value) % 4 = 0, 0, 'shop', 'live', 1, "
             "1 + (c.case_id * 7 + r.value) % 5, 5, iif (c.case_id % 3 = 0, 9, NULL), '' "
             "FROM dispute_case AS c JOIN json_each ('[0,1]') AS r WHERE c.case_id % 5 <> r.value;"
             "INSERT INTO draft SELECT case_id, 1 + case_id % 2, '{}', case_id, 9, 1 FROM dispute_case WHERE case_id % 3 > 0");
  reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  cases = cfoil_case_list (reader, NULL);
  g_assert_cmpuint (cases->len, >, 40);
  for (guint i = 0; i < cases->len; i++)
    {
      static const char *const names[] = { "~", "waiting", "sending", "delivered", "failed", "withdrawn" };
      const CfoilCase *record = g_ptr_array_index (cases, i);
      g_autofree char *sql = g_strdup_printf ("SELECT kind, state, reason, coalesce (outcome, 'none'), amount_minor, opened_at_us, "
                                              "coalesce (due_at_us, 0), due_is_estimate, round, draft_done, submission_state "
                                              "FROM cases WHERE uid = '%s'",
                                              record->uid);
      g_autofree char *view = test_dump (mirror->mirror, sql);
      g_autofree char *done = record->has_draft ? g_strdup_printf ("%u", record->draft_done) : g_strdup ("~");
      g_autofree char *line = g_strdup_printf (
        "%s|%s|%s|%s|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%d|%u|%s|%s\n",
        cfoil_case_kind_to_string (record->kind),
        cfoil_state_to_string (record->state), cfoil_reason_to_string (record->reason),
        cfoil_case_outcome_to_string (record->outcome),
        record->amount_minor, record->opened_us, record->due_us != CFOIL_UNKNOWN ? record->due_us : 0,
        record->due_is_estimate, record->round, done, names[record->submission]);

      g_assert_cmpstr (view, ==, line);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/case/record", test_record);
  g_test_add_func ("/case/ambiguous-uid", test_ambiguous_uid);
  g_test_add_func ("/case/rounds", test_rounds);
  g_test_add_func ("/case/rounds-by-hand", test_rounds_by_hand);
  g_test_add_func ("/case/account-returns", test_account_returns);
  g_test_add_func ("/case/rebuild", test_rebuild);
  g_test_add_func ("/case/reminders", test_reminders);
  g_test_add_func ("/case/snooze", test_snooze);
  g_test_add_func ("/case/view-agrees", test_view_agrees);

  return g_test_run ();
}
