/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case-fixture.h"

#include "cfoil-time.h"

CfoilCaseWords
case_words_of (CfoilCaseKind kind)
{
  return (CfoilCaseWords){
    .kind = kind, .account = "shop", .state = CFOIL_STATE_NEEDS_RESPONSE, .amount_minor = CFOIL_UNKNOWN, .opened_us = CFOIL_UNKNOWN,
    .due_us = CFOIL_UNKNOWN
  };
}

gint64
case_add (TestMirror           *mirror,
          const CfoilCaseWords *words,
          const char           *route)
{
  g_autoptr (GError) error = NULL;
  gint64 case_id = 0;

  cfoil_case_add (mirror->mirror, words, route, NULL, &case_id, &error);
  g_assert_no_error (error);
  return case_id;
}

CfoilCase *
case_read (TestMirror *mirror,
           gint64      case_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  CfoilCase *record = cfoil_case_read (reader, case_id, &error);

  g_assert_no_error (error);
  return record;
}

CfoilObservation
case_dispute_of (const char *dispute_id,
                 const char *charge_id,
                 CfoilState  state,
                 gint64      said_us)
{
  CfoilObservation said = test_observation (CFOIL_OBJECT_DISPUTE, dispute_id, said_us);

  said.state = state;
  said.provider_state = "word";
  said.charge_id = charge_id;
  said.currency = "USD";
  said.amount_minor = 2500;
  said.created_us = 1000;
  return said;
}

gint64
case_say_dispute (TestMirror *mirror,
                  CfoilState  state,
                  const char *state_code,
                  gint64      deadline_us)
{
  static gint64 said_us = 100;
  CfoilObservation said = case_dispute_of ("B1", "C1", state, ++said_us);

  said.state_code = state_code;
  said.deadline_us = deadline_us;
  said.row_number = 0;
  test_put_observation (mirror->writer, &said);
  test_commit (mirror->writer);
  return test_count (mirror->mirror, "SELECT case_id FROM dispute_case WHERE dispute_id = 'B1'");
}

gint64
case_put_money_line (TestMirror *mirror,
                     const char *charge_id,
                     CfoilType   type)
{
  CfoilSettlementLine line = test_line ("S1", type, NULL, -500);
  static guint64 row_number = 0;

  line.charge_id = charge_id;
  line.posted_us = cfoil_time_now_us ();
  line.row_number = ++row_number;
  test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  return test_count (mirror->mirror, "SELECT max (case_id) FROM dispute_case");
}

void
case_submit (TestMirror           *mirror,
             gint64                case_id,
             gboolean              accepts,
             gint64                due_us,
             CfoilSubmissionState  state)
{
  g_autoptr (CfoilCase) record = case_read (mirror, case_id);
  g_autoptr (CfoilSubmission) submission = cfoil_submission_new ();
  g_autoptr (GError) error = NULL;

  submission->case_id = case_id;
  submission->round = record->round;
  submission->accepts = accepts;
  submission->due_us = due_us;
  submission->account = g_strdup ("shop");
  submission->environment = g_strdup ("live");
  submission->dispute_id = g_strdup ("B1");
  submission->draft = g_strdup ("");
  cfoil_submission_add (mirror->mirror, submission, &error);
  g_assert_no_error (error);
  if (state != CFOIL_SUBMISSION_WAITING)
    cfoil_submission_set_state (mirror->mirror, submission->submission_id, state, NULL, NULL, &error);
  g_assert_no_error (error);
}
