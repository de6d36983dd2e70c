/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case-fixture.h"

#include "cfoil-draft-store.h"
#include "cfoil-error.h"
#include "cfoil-time.h"

#include <string.h>

#define HOUR_US G_TIME_SPAN_HOUR

/* --- what people say --- */

static void
test_by_hand (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilCaseWords words = case_words_of (CFOIL_CASE_CLAIM);
  g_autoptr (CfoilCase) record = NULL;
  g_autoptr (CfoilCase) after = NULL;
  g_autofree char *events = NULL;
  g_autoptr (GError) error = NULL;
  gint64 case_id, opened_us = cfoil_time_now_us ();

  words.opened_us = opened_us;
  words.reason = CFOIL_REASON_NOT_RECEIVED;
  words.currency = "JPY";
  words.amount_minor = 2554;
  words.buyer = "<b>Ada</b>";
  words.reference = "order 9";
  words.claim_text = "It never came";
  case_id = case_add (mirror, &words, "hand");
  record = case_read (mirror, case_id);
  g_assert_true (record->is_by_hand);
  g_assert_false (record->is_confirmed);
  g_assert_cmpint (record->state, ==, CFOIL_STATE_NEEDS_RESPONSE);
  g_assert_true (record->due_is_estimate);
  g_assert_cmpint (record->due_us, ==, cfoil_deadline_estimate_us (CFOIL_CASE_CLAIM, opened_us));
  g_assert_cmpstr (record->currency, ==, "JPY");
  g_assert_cmpint (record->amount_minor, ==, 2554);
  g_assert_cmpstr (record->buyer_name, ==, "<b>Ada</b>");
  g_assert_cmpstr (record->merchant_reference, ==, "order 9");
  g_assert_cmpstr (record->claim_text, ==, "It never came");
  g_assert_cmpint (record->reason, ==, CFOIL_REASON_NOT_RECEIVED);

  words.state = CFOIL_STATE_LOST;
  words.outcome = CFOIL_CASE_OUTCOME_EXPIRED;
  words.due_us = opened_us + HOUR_US;
  cfoil_case_say (mirror->mirror, case_id, &words, &error);
  g_assert_no_error (error);
  after = case_read (mirror, case_id);
  g_assert_cmpint (after->state, ==, CFOIL_STATE_LOST);
  g_assert_cmpint (after->outcome, ==, CFOIL_CASE_OUTCOME_EXPIRED);
  g_assert_cmpint (after->due_us, ==, CFOIL_UNKNOWN);
  events = test_dump (mirror->mirror, "SELECT kind, text FROM case_event ORDER BY event_id");
  g_assert_cmpstr (events, ==, "found|Recorded by hand\nsaid|Closed: it was not answered in time\n");
}

/* What a settlement took, of which it may be a part, is not what the buyer claims. */
static void
test_amount_by_hand (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilCaseWords words = case_words_of (CFOIL_CASE_CLAIM);
  gint64 case_id = case_put_money_line (mirror, "C1", CFOIL_TYPE_CLAIM);
  g_autoptr (CfoilCase) told = case_read (mirror, case_id);
  g_autoptr (CfoilCase) said = NULL;
  g_autoptr (CfoilCase) unsaid = NULL;
  g_autofree char *view = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (told->amount_minor, ==, 500);
  words.charge_id = "C1";
  words.currency = "USD";
  words.amount_minor = 300;
  cfoil_case_say (mirror->mirror, case_id, &words, &error);
  g_assert_no_error (error);
  case_put_money_line (mirror, "C1", CFOIL_TYPE_CLAIM);
  said = case_read (mirror, case_id);
  g_assert_cmpint (said->amount_minor, ==, 300);
  view = test_dump (mirror->mirror, "SELECT amount_minor, currency FROM cases");
  g_assert_cmpstr (view, ==, "300|USD\n");
  words.currency = NULL;
  words.amount_minor = CFOIL_UNKNOWN;
  cfoil_case_say (mirror->mirror, case_id, &words, &error);
  unsaid = case_read (mirror, case_id);
  g_assert_cmpint (unsaid->amount_minor, ==, 500);
}

/* The provider's word counts; what it has not said, people may. */
static void
test_provider_first (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilCaseWords words = case_words_of (CFOIL_CASE_CHARGEBACK);
  gint64 case_id = case_say_dispute (mirror, CFOIL_STATE_UNDER_REVIEW, NULL, CFOIL_UNKNOWN);
  g_autoptr (CfoilCase) record = NULL;
  g_autoptr (GError) error = NULL;

  words.state = CFOIL_STATE_WON;
  words.reason = CFOIL_REASON_DUPLICATE;
  words.currency = "EUR";
  words.amount_minor = 1;
  words.claim_text = "Twice!";
  words.buyer = "Bo";
  cfoil_case_say (mirror->mirror, case_id, &words, &error);
  g_assert_no_error (error);
  record = case_read (mirror, case_id);
  g_assert_cmpint (record->state, ==, CFOIL_STATE_UNDER_REVIEW);
  g_assert_cmpint (record->outcome, ==, CFOIL_CASE_OUTCOME_NONE);
  g_assert_cmpstr (record->currency, ==, "USD");
  g_assert_cmpint (record->amount_minor, ==, 2500);
  g_assert_cmpint (record->reason, ==, CFOIL_REASON_DUPLICATE);
  g_assert_cmpstr (record->claim_text, ==, "Twice!");
  g_assert_cmpstr (record->buyer_name, ==, "Bo");
}

/* A typed id is asked for. */
static void
test_typed (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilCaseWords words = case_words_of (CFOIL_CASE_CHARGEBACK);
  g_autoptr (CfoilCase) record = NULL;
  g_autoptr (GError) error = NULL;
  gint64 case_id, again = 0;

  words.dispute_id = "P01-1-1-B1";
  case_id = case_add (mirror, &words, "typed");
  again = case_add (mirror, &words, "typed");
  g_assert_cmpint (case_id, ==, again);
  record = case_read (mirror, case_id);
  g_assert_false (record->is_by_hand);
  g_assert_false (record->is_confirmed);
  g_assert_cmpint (record->state, ==, CFOIL_STATE_NEEDS_RESPONSE);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM pursuit WHERE kind = 4 AND object_id = 'P01-1-1-B1'"), ==, 1);
  cfoil_case_remove (mirror->mirror, case_id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM pursuit"), ==, 0);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT (SELECT count (*) FROM dispute_case) + (SELECT count (*) FROM case_event)"), ==, 0);
}

static void
test_refusals (void)
{
  static const char *const bad_ids[] = { "", " B1", "B 1", "B1\n", "../../B1", "B1?x=1", "B\xc3\xa4", "-B1" };
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 confirmed = case_say_dispute (mirror, CFOIL_STATE_NEEDS_RESPONSE, NULL, CFOIL_UNKNOWN), case_id = 0;
  CfoilCaseWords words = case_words_of (CFOIL_CASE_CHARGEBACK);
  g_autofree char *long_text = g_strnfill (70000, 'x');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad_ids); i++)
    {
      words.dispute_id = bad_ids[i];
      g_assert_false (cfoil_case_add (mirror->mirror, &words, "typed", NULL, &case_id, &error));
      g_assert_true (g_error_matches (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX));
      g_clear_error (&error);
      g_assert_false (cfoil_case_set_dispute_id (mirror->mirror, confirmed, bad_ids[i], NULL, &error));
      g_clear_error (&error);
    }
  words.dispute_id = NULL;
  words.claim_text = long_text;
  g_assert_false (cfoil_case_add (mirror->mirror, &words, "hand", NULL, &case_id, &error));
  g_assert_true (g_error_matches (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT));
  g_clear_error (&error);
  words.claim_text = NULL;
  words.account = "nobody";
  g_assert_false (cfoil_case_add (mirror->mirror, &words, "hand", NULL, &case_id, &error));
  g_clear_error (&error);
  g_assert_false (cfoil_case_remove (mirror->mirror, confirmed, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  g_clear_error (&error);
  g_assert_false (cfoil_case_set_dispute_id (mirror->mirror, confirmed, "B9", NULL, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TAKEN);
  g_clear_error (&error);
  g_assert_false (cfoil_case_add_event (mirror->mirror, 99, "note", "x", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM dispute_case"), ==, 1);
}

static void
test_events (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilCaseWords words = case_words_of (CFOIL_CASE_INQUIRY);
  gint64 case_id = case_add (mirror, &words, "hand");
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) sources = NULL;
  g_autoptr (CfoilCase) record = NULL;
  g_autoptr (GError) error = NULL;
  const CfoilCaseEvent *event;

  cfoil_case_add_event (mirror->mirror, case_id, "note", "Called\nthem", "{\"a\":1}", &error);
  cfoil_case_set_handler (mirror->mirror, case_id, "Zo\xc3\xab", &error);
  cfoil_case_set_handler (mirror->mirror, case_id, "Zo\xc3\xab", &error);
  g_assert_no_error (error);
  reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  events = cfoil_case_list_events (reader, case_id, &error);
  sources = cfoil_case_list_sources (reader, case_id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 3);
  event = g_ptr_array_index (events, 1);
  g_assert_cmpstr (event->kind, ==, "note");
  g_assert_cmpstr (event->text, ==, "Called\nthem");
  g_assert_cmpstr (event->detail, ==, "{\"a\":1}");
  g_assert_cmpstr (event->who, ==, cfoil_case_who ());
  g_assert_cmpuint (sources->len, ==, 1);
  g_assert_cmpstr (((CfoilCaseSource *) g_ptr_array_index (sources, 0))->route, ==, "hand");
  record = case_read (mirror, case_id);
  g_assert_cmpstr (record->handler, ==, "Zo\xc3\xab");
  g_assert_cmpuint (strlen (cfoil_case_who ()), >, 0);
}

/* --- the missing id --- */

static void
test_missing_id (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGEBACK, NULL, -500);
  g_autoptr (CfoilCase) record = NULL;
  g_autoptr (GError) error = NULL;
  gint64 waiting, merged = 0;

  line.charge_id = "C1";
  test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  waiting = test_count (mirror->mirror, "SELECT case_id FROM dispute_case");
  cfoil_case_set_dispute_id (mirror->mirror, waiting, "B1", &merged, &error);
  g_assert_no_error (error);
  g_assert_cmpint (merged, ==, waiting);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM pursuit WHERE object_id = 'B1'"), ==, 1);
  /* mistyped: another one */
  cfoil_case_set_dispute_id (mirror->mirror, waiting, "B2", &merged, &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM pursuit WHERE object_id = 'B1'"), ==, 0);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM pursuit WHERE object_id = 'B2'"), ==, 1);
  record = case_read (mirror, waiting);
  g_assert_cmpstr (record->dispute_id, ==, "B2");
  g_assert_false (record->is_confirmed);
}

/* What is known to be another payment's dispute, or another kind, is not taken. */
static void
test_mistyped_known (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 known = case_say_dispute (mirror, CFOIL_STATE_NEEDS_RESPONSE, NULL, 7000000), added = 0;
  gint64 chargeback = case_put_money_line (mirror, "C7", CFOIL_TYPE_CHARGEBACK);
  gint64 claim = case_put_money_line (mirror, "C1", CFOIL_TYPE_CLAIM);
  CfoilCaseWords words = case_words_of (CFOIL_CASE_CHARGEBACK);
  g_autofree char *before = test_dump (mirror->mirror, "SELECT * FROM dispute_case ORDER BY 1");
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (known, !=, chargeback);
  g_assert_false (cfoil_case_set_dispute_id (mirror->mirror, chargeback, "B1", NULL, &error));
  g_assert_true (g_error_matches (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TAKEN));
  g_clear_error (&error);
  g_assert_false (cfoil_case_set_dispute_id (mirror->mirror, claim, "B1", NULL, &error));
  g_assert_true (g_error_matches (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TAKEN));
  g_clear_error (&error);
  words.dispute_id = "B1";
  words.charge_id = "C7";
  g_assert_false (cfoil_case_add (mirror->mirror, &words, "typed", NULL, &added, &error));
  g_assert_true (g_error_matches (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TAKEN));
  after = test_dump (mirror->mirror, "SELECT * FROM dispute_case ORDER BY 1");
  g_assert_cmpstr (after, ==, before);
}

/* What nobody could know when it was typed: the dispute becomes a case of its own, and
 * the answer that was to go there does not leave. */
static void
test_mistyped_unknown (void)
{
  static const CfoilType types[] = { CFOIL_TYPE_CHARGEBACK, CFOIL_TYPE_CLAIM };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (TestMirror) mirror = test_mirror_new ();
      gint64 mistaken = case_put_money_line (mirror, "C7", types[i]);
      g_autofree char *cases = NULL;
      g_autofree char *events = NULL;
      g_autoptr (GError) error = NULL;

      cfoil_case_add_event (mirror->mirror, mistaken, "note", "mine", NULL, &error);
      cfoil_case_set_dispute_id (mirror->mirror, mistaken, "B1", NULL, &error);
      g_assert_no_error (error);
      case_submit (mirror, mistaken, FALSE, CFOIL_UNKNOWN, CFOIL_SUBMISSION_WAITING);
      g_assert_cmpint (case_say_dispute (mirror, CFOIL_STATE_NEEDS_RESPONSE, NULL, 7000000), !=, mistaken);
      case_say_dispute (mirror, CFOIL_STATE_NEEDS_RESPONSE, NULL, 7000000);
      cases = test_dump (mirror->mirror, "SELECT charge_id, dispute_id FROM dispute_case ORDER BY case_id");
      g_assert_cmpstr (cases, ==, "C7|~\nC1|B1\n");
      g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM submission WHERE state = 4"), ==, 1);
      events = test_dump (mirror->mirror, "SELECT c.charge_id, e.kind FROM case_event AS e JOIN dispute_case AS c USING (case_id) "
                                          "WHERE e.text LIKE '%taken off%' OR e.kind = 'note' ORDER BY event_id");
      g_assert_cmpstr (events, ==, "C7|note\nC7|found\n");
    }
}

/* A case of the payment without id was made while the mistyped one had its place. */
static void
test_mistyped_twice (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 mistaken = case_put_money_line (mirror, "C7", CFOIL_TYPE_CHARGEBACK);
  gint64 other = case_put_money_line (mirror, "C8", CFOIL_TYPE_CHARGEBACK);
  g_autofree char *cases = NULL;
  g_autoptr (GError) error = NULL;

  cfoil_case_set_dispute_id (mirror->mirror, mistaken, "B1", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (other, !=, mistaken);
  test_exec (mirror->mirror, "UPDATE dispute_case SET charge_id = 'C7' WHERE charge_id = 'C8'");
  case_say_dispute (mirror, CFOIL_STATE_NEEDS_RESPONSE, NULL, 7000000);
  cases = test_dump (mirror->mirror, "SELECT charge_id, dispute_id FROM dispute_case ORDER BY dispute_id IS NULL");
  g_assert_cmpstr (cases, ==, "C1|B1\nC7|~\n");
}

/* Both cases were worked on before they turned out to be one: no word is lost. */
static void
test_merge (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGEBACK, NULL, -500);
  g_autofree char *texts = NULL;
  g_autofree char *events = NULL;
  g_autofree char *sources = NULL;
  g_autoptr (CfoilCase) record = NULL;
  g_autoptr (GError) error = NULL;
  gint64 cases[2], merged = 0;

  /* it names the order only */
  line.permission_id = "P7";
  test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  cases[0] = test_count (mirror->mirror, "SELECT case_id FROM dispute_case");
  cases[1] = case_say_dispute (mirror, CFOIL_STATE_NEEDS_RESPONSE, NULL, 7000000);
  for (guint i = 0; i < 2; i++)
    {
      CfoilDraftRow draft = { .case_id = cases[i], .round = 1, .text = (char *) (i == 0 ? "{\"a\":0}" : "{\"a\":1}"), .n_wanted = 1 };

      cfoil_case_add_event (mirror->mirror, cases[i], "note", i == 0 ? "first" : "second", NULL, &error);
      cfoil_draft_row_write (mirror->mirror, &draft, &error);
      cfoil_draft_version_add (mirror->mirror, cases[i], 1, "opened", i == 0 ? "{\"v\":0}" : "{\"v\":1}", &error);
      g_assert_no_error (error);
    }
  cfoil_case_set_handler (mirror->mirror, cases[0], "Zo\xc3\xab", &error);
  cfoil_case_set_dispute_id (mirror->mirror, cases[0], "B1", &merged, &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM dispute_case"), ==, 1);
  record = case_read (mirror, merged);
  g_assert_cmpstr (record->dispute_id, ==, "B1");
  g_assert_cmpstr (record->handler, ==, "Zo\xc3\xab");
  g_assert_cmpint (record->due_us, ==, 7000000);
  texts = test_dump (mirror->mirror, "SELECT text FROM draft UNION SELECT text FROM draft_version ORDER BY 1");
  g_assert_cmpstr (texts, ==, "{\"a\":0}\n{\"a\":1}\n{\"v\":0}\n{\"v\":1}\n");
  events = test_dump (mirror->mirror, "SELECT text FROM case_event WHERE kind IN ('note', 'merged') ORDER BY 1");
  g_assert_cmpstr (events, ==, "Two cases turned out to be one and were put together\nfirst\nsecond\n");
  sources = test_dump (mirror->mirror, "SELECT route FROM case_source ORDER BY 1");
  g_assert_cmpstr (sources, ==, "object\nsettlement\ntyped\n");
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM pragma_foreign_key_check"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/case/by-hand", test_by_hand);
  g_test_add_func ("/case/amount-by-hand", test_amount_by_hand);
  g_test_add_func ("/case/provider-first", test_provider_first);
  g_test_add_func ("/case/typed", test_typed);
  g_test_add_func ("/case/refusals", test_refusals);
  g_test_add_func ("/case/events", test_events);
  g_test_add_func ("/case/missing-id", test_missing_id);
  g_test_add_func ("/case/mistyped-known", test_mistyped_known);
  g_test_add_func ("/case/mistyped-unknown", test_mistyped_unknown);
  g_test_add_func ("/case/mistyped-twice", test_mistyped_twice);
  g_test_add_func ("/case/merge", test_merge);

  return g_test_run ();
}
