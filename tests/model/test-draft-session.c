/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draft-fixture.h"

#include "cfoil-draft-spill.h"
#include "cfoil-draft-store.h"
#include "cfoil-error.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static void
assert_words (const CfoilDraft *draft,
              const char       *words)
{
  g_assert_nonnull (draft);
  g_assert_cmpstr (cfoil_draft_get_own_words (draft, "closing"), ==, words);
}

static void
assert_typed (CfoilDraftSession *session,
              const char        *words)
{
  assert_words (cfoil_draft_session_get_draft (session), words);
}

static void
assert_written (DraftFixture *fixture,
                const char   *words)
{
  g_autoptr (CfoilDraft) draft = draft_fixture_read (fixture, 1);

  assert_words (draft, words);
}

static const char *
fact_of (CfoilDraftSession *session,
         CfoilFactKey       key)
{
  const CfoilFact *fact = cfoil_draft_get_fact (cfoil_draft_session_get_draft (session), key);

  return fact != NULL ? fact->value : NULL;
}

static void
flush (CfoilDraftSession *session)
{
  g_autoptr (GError) error = draft_flush (session);

  g_assert_no_error (error);
}

static gboolean
can (CfoilDraftSession *session,
     const char        *property)
{
  gboolean value;

  g_object_get (session, property, &value, NULL);
  return value;
}

/* --- loading and saving --- */

static void
test_load (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  g_autoptr (CfoilDraftSession) session = draft_fixture_open (fixture, 0);

  g_assert_cmpuint (cfoil_draft_session_get_round (session), ==, 1);
  g_assert_cmpstr (fact_of (session, CFOIL_FACT_BUYER_NAME), ==, "Ada Lovelace");
  g_assert_nonnull (cfoil_draft_session_get_letter (session));
  g_assert_nonnull (cfoil_draft_session_get_checklist (session));
  g_assert_nonnull (cfoil_draft_session_get_findings (session));
  g_assert_nonnull (cfoil_draft_session_get_fit (session));
  g_assert_cmpstr (cfoil_draft_session_get_limits (session)->destination, ==, "amazon-pay");
  g_assert_false (can (session, "can-undo"));
  g_assert_false (can (session, "is-sealed"));
  draft_wait (cfoil_draft_session_get_layout (session) != NULL, 2000);
  /* Who only looks at a case begins no draft. */
  flush (session);
  g_assert_cmpint (test_count (fixture->mirror->mirror, "SELECT count (*) FROM draft"), ==, 0);
}

static void
count_cb (CfoilDraftSession *session,
          GParamSpec        *pspec,
          guint             *n)
{
  (*n)++;
}

/* Every keystroke is there within a second, however fast they come, in few writes. */
static void
test_journal (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  g_autoptr (CfoilDraftSession) session = draft_fixture_open (fixture, 0);
  g_autofree char *spills = g_build_filename (cfoil_mirror_get_folder (fixture->mirror->mirror), "drafts", NULL);
  gint64 start_us = g_get_monotonic_time ();
  guint n_changes = 0;

  g_signal_connect (session, "notify::state", G_CALLBACK (count_cb), &n_changes);
  for (guint i = 0; i <= 100; i++)
    {
      g_autofree char *words = g_strdup_printf ("word %u", i);

      draft_type (session, words);
      g_assert_cmpint (cfoil_draft_session_get_state (session, NULL), ==, CFOIL_SESSION_SAVING);
      draft_wait (g_get_monotonic_time () > start_us + i * 10000, 5000);
    }
  start_us = g_get_monotonic_time ();
  draft_wait (cfoil_draft_session_get_state (session, NULL) == CFOIL_SESSION_SAVED, 1000);
  g_test_message ("written %d ms after the last word; %u changes of state", (int) ((g_get_monotonic_time () - start_us) / 1000), n_changes);
  assert_written (fixture, "word 100");
  g_assert_cmpuint (test_count_entries (spills), ==, 0);
  g_assert_cmpuint (n_changes, <, 30);
  g_assert_cmpint (test_count (fixture->mirror->mirror, "SELECT n_wanted FROM draft"), >, 0);
}

/* What was put beside the database counts only if it is newer. */
static void
test_spilled (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  const CfoilDraftRow row = { fixture->case_id, 1, (char *) "{\"own_words\":{\"closing\":\"row\"}}", 0, 0, 100 };
  CfoilMirror *mirror = fixture->mirror->mirror;
  static const struct
  {
    gint64 time_us;
    const char *text, *words;
  } cases[] = {
    { 99, "{\"own_words\":{\"closing\":\"older\"}}", "row" },
    { G_MAXINT64, "{\"own_words\": damaged", "row" },
    { G_MAXINT64, "{\"own_words\":{\"closing\":\"newer\"}}", "newer" },
  };

  g_assert_true (cfoil_draft_row_write (mirror, &row, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CfoilDraftSession) session = NULL;

      g_assert_true (cfoil_draft_spill_write (mirror, fixture->case_id, 1, cases[i].time_us, cases[i].text, NULL));
      session = draft_fixture_open (fixture, 0);
      assert_typed (session, cases[i].words);
      flush (session);
    }
  assert_written (fixture, "newer");
}

/* Closed at once after the last word. */
static void
test_closed (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  CfoilDraftSession *session = draft_fixture_open (fixture, 0);

  draft_type (session, "last word");
  g_object_unref (session);
  draft_wait (test_count (fixture->mirror->mirror, "SELECT count (*) FROM draft_version WHERE why = 'pause'") == 1, 3000);
  assert_written (fixture, "last word");
}

static void
activate_cb (GApplication *application,
             gpointer      user_data)
{
  DraftFixture *fixture = user_data;
  g_autoptr (CfoilDraftSession) session = draft_fixture_open (fixture, 0);

  /* Nothing else keeps the program. */
  draft_type (session, "last word");
}

static void
test_outlives_windows (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  g_autoptr (GApplication) application = g_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  g_application_set_default (application);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), fixture);
  g_assert_cmpint (g_application_run (application, 0, NULL), ==, 0);
  g_application_set_default (NULL);
  assert_written (fixture, "last word");
}

/* What cannot be written stays, and is written when it can be. */
static void
test_failed (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  g_autoptr (CfoilDraftSession) session = draft_fixture_open (fixture, 0);
  const GError *why = NULL;
  GError *error;

  test_exec (fixture->mirror->mirror, "ALTER TABLE draft RENAME TO away");
  draft_type (session, "one");
  draft_wait (cfoil_draft_session_get_state (session, &why) == CFOIL_SESSION_FAILED, 3000);
  g_assert_nonnull (why);
  draft_type (session, "two");
  g_assert_cmpint (cfoil_draft_session_get_state (session, NULL), ==, CFOIL_SESSION_FAILED);
  error = draft_flush (session);
  g_assert_nonnull (error);
  g_clear_error (&error);
  assert_typed (session, "two");
  test_exec (fixture->mirror->mirror, "ALTER TABLE away RENAME TO draft");
  /* By itself. */
  draft_wait (cfoil_draft_session_get_state (session, NULL) == CFOIL_SESSION_SAVED, 10000);
  assert_written (fixture, "two");
}

static void
fill_disk (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  g_autoptr (CfoilDraftSession) session = draft_fixture_open (fixture, 0);
  g_autofree char *long_words = g_strnfill (19000, 'x');
  struct rlimit limit = { 4096, RLIM_INFINITY };
  const GError *why = NULL;

  draft_type (session, "before");
  flush (session);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  draft_type (session, long_words);
  draft_wait (cfoil_draft_session_get_state (session, &why) == CFOIL_SESSION_FAILED, 3000);
  /* NO_SPACE on a real disk; SQLite does not know this limit. */
  g_assert_true (why->domain == G_IO_ERROR);
  assert_typed (session, long_words);
  limit.rlim_cur = RLIM_INFINITY;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  assert_written (fixture, "before");
  draft_type (session, "and after");
  draft_wait (cfoil_draft_session_get_state (session, NULL) == CFOIL_SESSION_SAVED, 10000);
  assert_written (fixture, "and after");
  g_assert_cmpint (test_count (fixture->mirror->mirror, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"), ==, 1);
}

static void
test_disk_full (void)
{
  if (g_test_subprocess ())
    {
      fill_disk ();
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* --- undo --- */

static void
test_undo (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  g_autoptr (CfoilDraftSession) session = draft_fixture_open (fixture, 0);
  g_autoptr (GError) error = NULL;

  draft_type (session, "a");
  draft_type (session, "ab");
  cfoil_draft_session_set_fact (session, CFOIL_FACT_CARRIER, " UPS ", &error);
  g_assert_no_error (error);
  draft_type (session, "abc");
  draft_type (session, "abcd");
  g_assert_true (can (session, "can-undo"));
  g_assert_false (can (session, "can-redo"));

  cfoil_draft_session_undo (session);
  assert_typed (session, "ab");
  g_assert_cmpstr (fact_of (session, CFOIL_FACT_CARRIER), ==, "UPS");
  cfoil_draft_session_undo (session);
  g_assert_cmpstr (fact_of (session, CFOIL_FACT_CARRIER), ==, NULL);
  cfoil_draft_session_undo (session);
  assert_typed (session, "");
  g_assert_false (can (session, "can-undo"));
  cfoil_draft_session_undo (session);
  for (guint i = 0; i < 4; i++)
    cfoil_draft_session_redo (session);
  assert_typed (session, "abcd");
  g_assert_false (can (session, "can-redo"));

  /* What is done after an undo is another future. */
  cfoil_draft_session_undo (session);
  draft_type (session, "abx");
  g_assert_false (can (session, "can-redo"));
  cfoil_draft_session_undo (session);
  assert_typed (session, "ab");
  flush (session);
  assert_written (fixture, "ab");

  /* The same once more is no step. */
  cfoil_draft_session_redo (session);
  draft_type (session, "abx");
  cfoil_draft_session_undo (session);
  assert_typed (session, "ab");
}

/* A session of two hundred steps goes back to its beginning. */
static void
test_undo_all (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  g_autoptr (CfoilDraftSession) session = draft_fixture_open (fixture, 0);
  g_autofree char *first = cfoil_draft_to_text (cfoil_draft_session_get_draft (session));
  g_autofree char *last = NULL;
  g_autofree char *back = NULL;
  g_autofree char *again = NULL;

  for (guint i = 0; i < 200; i++)
    {
      CfoilDraft *draft = cfoil_draft_copy (cfoil_draft_session_get_draft (session));
      g_autofree char *text = g_strdup_printf ("%u", i);

      cfoil_draft_set_own_words (draft, i % 2 == 0 ? "opening" : "argument", text);
      cfoil_draft_session_set_draft (session, draft, i % 3 == 0 ? NULL : text);
    }
  last = cfoil_draft_to_text (cfoil_draft_session_get_draft (session));
  while (can (session, "can-undo"))
    cfoil_draft_session_undo (session);
  back = cfoil_draft_to_text (cfoil_draft_session_get_draft (session));
  g_assert_cmpstr (back, ==, first);
  while (can (session, "can-redo"))
    cfoil_draft_session_redo (session);
  again = cfoil_draft_to_text (cfoil_draft_session_get_draft (session));
  g_assert_cmpstr (again, ==, last);
}

static void
test_facts (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  g_autoptr (CfoilDraftSession) session = draft_fixture_open (fixture, 0);
  g_autoptr (GError) error = NULL;

  cfoil_draft_session_set_fact (session, CFOIL_FACT_SHIPPED_DATE, "soon", &error);
  g_assert_true (error->domain == CFOIL_INPUT_ERROR);
  g_clear_error (&error);
  g_assert_false (can (session, "can-undo"));

  /* What is said elsewhere comes by itself, and is no step of undo. */
  draft_fixture_say_buyer (fixture, "Grace Hopper");
  draft_wait (g_strcmp0 (fact_of (session, CFOIL_FACT_BUYER_NAME), "Grace Hopper") == 0, 5000);
  g_assert_false (can (session, "can-undo"));

  /* An undo does not bring back what is no longer said. */
  draft_type (session, "x");
  test_exec (fixture->mirror->mirror, "UPDATE dispute_case SET said_amount_minor = 4321");
  cfoil_mirror_notify_changed (fixture->mirror->mirror);
  draft_wait (g_strcmp0 (fact_of (session, CFOIL_FACT_DISPUTE_AMOUNT), "USD 43.21") == 0, 5000);
  cfoil_draft_session_undo (session);
  assert_typed (session, "");
  g_assert_cmpstr (fact_of (session, CFOIL_FACT_DISPUTE_AMOUNT), ==, "USD 43.21");

  /* Taken out, it stays out; typed, it is the user's. */
  cfoil_draft_session_set_fact (session, CFOIL_FACT_BUYER_NAME, "", &error);
  g_assert_no_error (error);
  draft_fixture_say_buyer (fixture, "Emmy Noether");
  draft_wait (g_strcmp0 (cfoil_draft_session_get_dossier (session)->record->buyer_name, "Emmy Noether") == 0, 5000);
  g_assert_null (fact_of (session, CFOIL_FACT_BUYER_NAME));
  cfoil_draft_session_set_fact (session, CFOIL_FACT_BUYER_NAME, "E. Noether", &error);
  g_assert_nonnull (cfoil_draft_get_fact (cfoil_draft_session_get_draft (session), CFOIL_FACT_BUYER_NAME)->detail);
  cfoil_draft_session_set_fact (session, CFOIL_FACT_BUYER_NAME, "Emmy Noether", &error);
  g_assert_null (cfoil_draft_get_fact (cfoil_draft_session_get_draft (session), CFOIL_FACT_BUYER_NAME)->detail);
}

/* --- versions, rounds, seals --- */

static void
assert_versions (DraftFixture *fixture,
                 const char   *whys)
{
  g_autofree char *dump = test_dump (fixture->mirror->mirror, "SELECT group_concat (why, ' ') FROM draft_version");

  g_assert_cmpstr (g_strchomp (dump), ==, whys);
}

static void
test_versions (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  CfoilDraftSession *session = draft_fixture_open (fixture, 0);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  draft_type (session, "first");
  text = cfoil_draft_to_text (cfoil_draft_session_get_draft (session));
  g_object_unref (session);
  draft_wait (test_count (fixture->mirror->mirror, "SELECT count (*) FROM draft_version") == 1, 3000);
  assert_versions (fixture, "pause");

  session = draft_fixture_open (fixture, 0);
  draft_type (session, "second");
  g_assert_true (cfoil_draft_session_restore (session, text, &error));
  g_assert_no_error (error);
  assert_typed (session, "first");
  flush (session);
  /* The one at the beginning is that of the end before. */
  assert_versions (fixture, "pause pause restored");
  cfoil_draft_session_undo (session);
  assert_typed (session, "second");
  g_assert_false (cfoil_draft_session_restore (session, "{", &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX);
  assert_typed (session, "second");
  g_object_unref (session);
  draft_wait (test_count (fixture->mirror->mirror, "SELECT count (*) FROM draft_version") == 4, 3000);

  test_exec (fixture->mirror->mirror, "DELETE FROM draft_version");
  session = draft_fixture_open (fixture, 0);
  flush (session);
  assert_versions (fixture, "opened");
  g_object_unref (session);
}

/* The inbox and the next draft of the case know the product. */
static void
test_product (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  g_autoptr (CfoilDraftSession) session = draft_fixture_open (fixture, 0);
  CfoilDraft *draft = cfoil_draft_copy (cfoil_draft_session_get_draft (session));

  draft->product = CFOIL_PRODUCT_DIGITAL;
  cfoil_draft_session_set_draft (session, draft, "product");
  flush (session);
  g_assert_cmpint (test_count (fixture->mirror->mirror, "SELECT product FROM dispute_case"), ==, CFOIL_PRODUCT_DIGITAL);
  cfoil_draft_session_undo (session);
  flush (session);
  g_assert_cmpint (test_count (fixture->mirror->mirror, "SELECT product FROM dispute_case"), ==, CFOIL_PRODUCT_UNKNOWN);
}

/* Two programs at the same draft: the last word counts, the other's is a version. */
static void
test_foreign (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  g_autoptr (CfoilDraftSession) session = draft_fixture_open (fixture, 0);
  const CfoilDraftRow row = { fixture->case_id, 1, (char *) "{\"own_words\":{\"closing\":\"theirs\"}}", 0, 0, 1 };
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (CfoilDatabase) database = NULL;

  draft_type (session, "mine");
  flush (session);
  g_assert_true (cfoil_draft_row_write (fixture->mirror->mirror, &row, NULL));
  draft_type (session, "mine again");
  flush (session);
  assert_written (fixture, "mine again");
  database = cfoil_mirror_open_reader (fixture->mirror->mirror, NULL);
  versions = cfoil_draft_version_list (database, fixture->case_id, NULL);
  g_assert_cmpuint (versions->len, ==, 1);
  g_assert_cmpstr (((CfoilDraftVersion *) versions->pdata[0])->text, ==, row.text);
}

static void
failed_cb (CfoilDraftSession *session,
           const GError      *error,
           GPtrArray         *messages)
{
  g_ptr_array_add (messages, g_strdup (error->message));
}

/* What cannot be read is said and kept. */
static void
test_damaged (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  const CfoilDraftRow row = { fixture->case_id, 1, (char *) "{\"own_words\": damaged", 0, 0, 1 };
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CfoilDraftSession) session = NULL;

  g_assert_true (cfoil_draft_version_add (fixture->mirror->mirror, fixture->case_id, 1, "pause",
                                          "{\"own_words\":{\"closing\":\"older\"}}", NULL));
  g_assert_true (cfoil_draft_row_write (fixture->mirror->mirror, &row, NULL));
  session = cfoil_draft_session_new (fixture->reader, fixture->case_id, 0);
  g_signal_connect (session, "failed", G_CALLBACK (failed_cb), messages);
  draft_wait (cfoil_draft_session_get_loaded (session), 5000);
  g_assert_cmpuint (messages->len, ==, 1);
  assert_typed (session, "older");
  draft_type (session, "newer");
  flush (session);
  assert_written (fixture, "newer");
  g_assert_cmpint (test_count (fixture->mirror->mirror, "SELECT count (*) FROM draft_version WHERE text LIKE '%damaged'"), ==, 1);
}

static void
test_sealed (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  g_autoptr (CfoilDraftSession) session = draft_fixture_open (fixture, 0);
  g_autofree char *sent = NULL;
  g_autoptr (GError) error = NULL;

  draft_type (session, "sent words");
  flush (session);
  sent = cfoil_draft_to_text (cfoil_draft_session_get_draft (session));
  draft_fixture_submit (fixture, 1, sent, CFOIL_SUBMISSION_WAITING);
  draft_wait (cfoil_draft_session_get_is_sealed (session), 5000);
  draft_type (session, "too late");
  cfoil_draft_session_undo (session);
  assert_typed (session, "sent words");
  cfoil_draft_session_set_fact (session, CFOIL_FACT_CARRIER, "UPS", &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY);
  flush (session);
  assert_versions (fixture, "sent");

  /* Withdrawn, it can be written on. */
  test_exec (fixture->mirror->mirror, "UPDATE submission SET state = 5");
  cfoil_mirror_notify_changed (fixture->mirror->mirror);
  draft_wait (!cfoil_draft_session_get_is_sealed (session), 5000);
  draft_type (session, "better words");
  assert_typed (session, "better words");
}

static void
test_sealed_from_start (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  g_autoptr (CfoilDraftSession) session = NULL;

  draft_fixture_submit (fixture, 1, "{\"own_words\":{\"closing\":\"as sent\"},\"stance\":\"contest\"}", CFOIL_SUBMISSION_DELIVERED);
  session = draft_fixture_open (fixture, 1);
  g_assert_true (cfoil_draft_session_get_is_sealed (session));
  assert_typed (session, "as sent");
  /* Nothing is added to what was sent, not even by the mirror. */
  g_assert_null (fact_of (session, CFOIL_FACT_BUYER_NAME));
}

/* The second round begins with what was sent in the first. */
static void
test_next_round (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  g_autoptr (CfoilDraftSession) session = NULL;
  const CfoilDraft *draft;

  draft_fixture_submit (fixture, 1,
                        "{\"own_words\":{\"closing\":\"as sent\"},\"stance\":\"contest\",\"letter_us\":5,"
                        "\"facts\":{\"carrier\":{\"value\":\"UPS\"}}}",
                        CFOIL_SUBMISSION_DELIVERED);
  session = draft_fixture_open (fixture, 2);
  draft = cfoil_draft_session_get_draft (session);
  g_assert_false (cfoil_draft_session_get_is_sealed (session));
  g_assert_cmpint (draft->stance, ==, CFOIL_STANCE_UNDECIDED);
  g_assert_cmpint (draft->letter_us, >, 5);
  assert_words (draft, "as sent");
  g_assert_cmpstr (fact_of (session, CFOIL_FACT_CARRIER), ==, "UPS");
  draft_type (session, "more");
  flush (session);
  g_assert_cmpint (test_count (fixture->mirror->mirror, "SELECT count (*) FROM draft WHERE round = 2"), ==, 1);
}

#define LETTER_US(n_days) (g_get_real_time () - (n_days) * G_TIME_SPAN_DAY)

/* A letter has the day on which it was changed last; only looked at, it keeps its own. */
static void
test_day_of_letter (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  g_autoptr (CfoilDraftSession) first = draft_fixture_open (fixture, 1);
  g_autoptr (CfoilDraftSession) session = NULL;
  gint64 old_us = LETTER_US (3);
  CfoilDraft *draft = cfoil_draft_copy (cfoil_draft_session_get_draft (first));
  g_autoptr (CfoilDraft) old = NULL;
  g_autofree char *text = NULL;
  g_autofree char *sql = NULL;

  cfoil_draft_set_own_words (draft, "closing", "before");
  cfoil_draft_session_set_draft (first, draft, NULL);
  flush (first);
  g_clear_object (&first);
  old = draft_fixture_read (fixture, 1);
  old->letter_us = old_us;
  text = cfoil_draft_to_text (old);
  g_assert_null (strchr (text, '\''));
  sql = g_strdup_printf ("UPDATE draft SET text = '%s'", text);
  test_exec (fixture->mirror->mirror, sql);

  session = draft_fixture_open (fixture, 1);
  g_assert_cmpint (cfoil_draft_session_get_draft (session)->letter_us, ==, old_us);
  draft_type (session, "after");
  g_assert_cmpint (cfoil_draft_session_get_draft (session)->letter_us, >=, LETTER_US (1));
  /* What it was before it is now, and not three days ago. */
  cfoil_draft_session_undo (session);
  assert_typed (session, "before");
  g_assert_cmpint (cfoil_draft_session_get_draft (session)->letter_us, >=, LETTER_US (1));
  flush (session);
  g_clear_object (&session);

  /* What the mirror adds is a change, too. */
  test_exec (fixture->mirror->mirror, sql);
  draft_fixture_say_buyer (fixture, "Grace Hopper");
  session = draft_fixture_open (fixture, 1);
  g_assert_cmpstr (fact_of (session, CFOIL_FACT_BUYER_NAME), ==, "Grace Hopper");
  g_assert_cmpint (cfoil_draft_session_get_draft (session)->letter_us, >=, LETTER_US (1));
}

static void
test_limits (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  g_autoptr (CfoilDraftSession) session = cfoil_draft_session_new (fixture->reader, fixture->case_id, 0);
  GVariant *changes = g_variant_new_parsed ("{'amazon-pay': (int64 7, int64 -1, int64 3, int64 -1, int64 -1, int64 -1)}");

  cfoil_draft_session_set_limits (session, changes);
  draft_wait (cfoil_draft_session_get_loaded (session), 5000);
  g_assert_cmpint (cfoil_draft_session_get_limits (session)->file_bytes, ==, 7);
  g_assert_cmpint (cfoil_draft_session_get_fit (session)->max_pages, ==, 3);
  cfoil_draft_session_set_limits (session, NULL);
  g_assert_cmpint (cfoil_draft_session_get_limits (session)->file_bytes, >, 7);
}

/* A session that is dropped before it is loaded, and one of a case that is not there. */
static void
test_never_loaded (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  CfoilDraftSession *session = cfoil_draft_session_new (fixture->reader, fixture->case_id, 0);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  cfoil_draft_session_set_fact (session, CFOIL_FACT_CARRIER, "UPS", &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED);
  flush (session);
  g_object_unref (session);

  session = cfoil_draft_session_new (fixture->reader, 4711, 0);
  g_signal_connect (session, "failed", G_CALLBACK (failed_cb), messages);
  draft_wait (messages->len == 1, 5000);
  g_assert_false (cfoil_draft_session_get_loaded (session));
  g_object_unref (session);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/draft-session/load", test_load);
  g_test_add_func ("/draft-session/journal", test_journal);
  g_test_add_func ("/draft-session/spilled", test_spilled);
  g_test_add_func ("/draft-session/closed", test_closed);
  g_test_add_func ("/draft-session/outlives-windows", test_outlives_windows);
  g_test_add_func ("/draft-session/failed", test_failed);
  g_test_add_func ("/draft-session/disk-full", test_disk_full);
  g_test_add_func ("/draft-session/undo", test_undo);
  g_test_add_func ("/draft-session/undo-all", test_undo_all);
  g_test_add_func ("/draft-session/facts", test_facts);
  g_test_add_func ("/draft-session/versions", test_versions);
  g_test_add_func ("/draft-session/product", test_product);
  g_test_add_func ("/draft-session/foreign", test_foreign);
  g_test_add_func ("/draft-session/damaged", test_damaged);
  g_test_add_func ("/draft-session/sealed", test_sealed);
  g_test_add_func ("/draft-session/sealed-from-start", test_sealed_from_start);
  g_test_add_func ("/draft-session/next-round", test_next_round);
  g_test_add_func ("/draft-session/limits", test_limits);
  g_test_add_func ("/draft-session/day-of-letter", test_day_of_letter);
  g_test_add_func ("/draft-session/never-loaded", test_never_loaded);

  return g_test_run ();
}
