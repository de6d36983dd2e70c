/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "answer-fixture.h"

#include <signal.h>

#define N_KILLS 20

/* Runs the driver on the mirror; -SIGNAL or the exit code. */
static int
run_driver (AnswerFixture *self,
            const char    *what,
            guint          nth,
            guint          ms)
{
  g_autofree char *nth_text = g_strdup_printf ("%u", nth);
  g_autofree char *ms_text = g_strdup_printf ("%u", ms);
  const char *argv[] = { g_getenv ("ANSWER_DRIVER"), self->folder, what, nth_text, ms_text, NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  return g_subprocess_get_if_signaled (process) ? -g_subprocess_get_term_sig (process)
                                                : g_subprocess_get_exit_status (process);
}

/* Runs it until the other side has taken what was said, whose answer is late; then kills it. */
static void
kill_unanswered (AnswerFixture *self)
{
  const char *argv[] = { g_getenv ("ANSWER_DRIVER"), self->folder, NULL };
  guint n_contests = answer_count_requests (self, "contestDispute");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  answer_set_faults (self, "{\"operation\":\"contestDispute\",\"kind\":\"delay\",\"ms\":30000}");
  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  g_assert_no_error (error);
  while (answer_count_requests (self, "contestDispute") == n_contests)
    g_usleep (5000);
  g_usleep ((gulong) g_test_rand_int_range (0, 20000));
  g_subprocess_send_signal (process, SIGKILL);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_signaled (process));
}

/* A run that nobody disturbs, after which all of SUBMISSION_IDS (ended by 0) are there once. */
static void
recover (AnswerFixture *self,
         const char    *dispute_id,
         const gint64  *submission_ids)
{
  answer_set_faults (self, NULL);
  g_assert_cmpint (run_driver (self, NULL, 0, 0), ==, 0);
  for (guint i = 0; submission_ids[i] != 0; i++)
    answer_assert_state (self, submission_ids[i], CFOIL_SUBMISSION_DELIVERED, NULL);
  answer_assert_received (self, dispute_id, submission_ids);
}

static const Exhibit exhibits[] = {
  { CFOIL_EVIDENCE_PACKET, NULL, "pdf", 300000 },
  { CFOIL_EVIDENCE_RECEIPT, NULL, "jpg", 100000 },
  { CFOIL_EVIDENCE_SIGNATURE, NULL, "png", 70000 },
  { CFOIL_EVIDENCE_CARRIER_NAME, "UPS", NULL, 0 },
};

/* While files are being sent: at each of their pieces, and while their answers wait. */
static void
test_uploads (void)
{
  AnswerFixture *self = answer_fixture_new ("");
  guint n_killed = 0;

  for (guint i = 0; i < N_KILLS; i++)
    {
      g_autofree char *dispute_id = NULL;
      gint64 case_id = answer_file_chargeback (self, &dispute_id);
      gint64 submission_id = answer_submit (self, case_id, 1, exhibits, G_N_ELEMENTS (exhibits));

      /* Answers come later than death: none is delivered. */
      answer_set_faults (self, "{\"operation\":\"fileUpload\",\"kind\":\"delay\",\"ms\":250},"
                               "{\"operation\":\"uploadFile\",\"kind\":\"delay\",\"ms\":20}");
      if (run_driver (self, "upload", 1 + i % 10, i / 10 * 5 * (i % 10)) == -SIGKILL)
        n_killed++;
      answer_assert_nothing_received (self, dispute_id);
      answer_assert_state (self, submission_id, CFOIL_SUBMISSION_SENDING, NULL);
      recover (self, dispute_id, (gint64[]) { submission_id, 0 });
    }
  g_assert_cmpuint (n_killed, ==, N_KILLS);
  answer_fixture_free (self);
}

/* When all files are there and nothing was said of them as yet. */
static void
test_between (void)
{
  AnswerFixture *self = answer_fixture_new ("");

  for (guint i = 0; i < N_KILLS; i++)
    {
      g_autofree char *dispute_id = NULL;
      gint64 case_id = answer_file_chargeback (self, &dispute_id);
      gint64 submission_id = answer_submit (self, case_id, 1, exhibits, G_N_ELEMENTS (exhibits));
      guint n_files = answer_count_requests (self, "uploadFile");

      /* In turn: before what is to be said is stored with its key, and after. */
      g_assert_cmpint (i % 2 == 0 ? run_driver (self, "uploaded", 2, 0) : run_driver (self, "answer", 1, 0), ==, -SIGKILL);
      answer_assert_nothing_received (self, dispute_id);
      recover (self, dispute_id, (gint64[]) { submission_id, 0 });
      g_assert_cmpuint (answer_count_requests (self, "uploadFile"), ==, n_files + 3); /* none was sent again */
    }
  answer_fixture_free (self);
}

/* When it was said and taken, and the answer to that is still on its way. */
static void
test_unanswered (void)
{
  AnswerFixture *self = answer_fixture_new ("");

  for (guint i = 0; i < N_KILLS; i++)
    {
      g_autofree char *dispute_id = NULL;
      gint64 case_id = answer_file_chargeback (self, &dispute_id);
      gint64 submission_id = i % 2 == 0 ? answer_submit (self, case_id, 1, exhibits, G_N_ELEMENTS (exhibits))
                                        : answer_submit (self, case_id, 1, answer_texts, G_N_ELEMENTS (answer_texts));
      const gint64 ids[] = { submission_id, 0 };
      guint n_contests;

      kill_unanswered (self);
      answer_assert_state (self, submission_id, CFOIL_SUBMISSION_SENDING, NULL);
      n_contests = answer_count_requests (self, "contestDispute");
      g_assert_cmpuint (n_contests, ==, i + 1);

      recover (self, dispute_id, ids);
      /* The dispute was asked, and holds it: nothing was said again. */
      g_assert_cmpuint (answer_count_requests (self, "contestDispute"), ==, n_contests);
    }
  answer_fixture_free (self);
}

/* Killed again and again, and asked for more in between: each round arrives once. */
static void
test_rounds (void)
{
  AnswerFixture *self = answer_fixture_new ("");
  g_autofree char *dispute_id = NULL;
  gint64 case_id = answer_file_chargeback (self, &dispute_id);
  gint64 ids[4] = { 0 };

  for (guint round = 1; round <= 3; round++)
    {
      ids[round - 1] = round % 2 == 1 ? answer_submit (self, case_id, round, answer_texts, G_N_ELEMENTS (answer_texts))
                                      : answer_submit (self, case_id, round, exhibits, G_N_ELEMENTS (exhibits));
      kill_unanswered (self);
      /* More is asked for before we learned that this round arrived. */
      answer_control (self, "/more-evidence", dispute_id, "");
      recover (self, dispute_id, ids);
    }
  answer_fixture_free (self);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/answers/kill/uploads", test_uploads);
  g_test_add_func ("/answers/kill/between", test_between);
  g_test_add_func ("/answers/kill/unanswered", test_unanswered);
  g_test_add_func ("/answers/kill/rounds", test_rounds);
  return g_test_run ();
}
