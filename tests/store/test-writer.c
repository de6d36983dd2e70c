/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-error.h"
#include "cfoil-time.h"

#include <string.h>

static void
test_twins (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 again = test_open_document (mirror->writer, mirror->feed_id, "again");
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_ADJUSTMENT, NULL, 500);

  /* two lines of one file that agree in everything are two */
  for (line.row_number = 1; line.row_number <= 2; line.row_number++)
    test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM settlement_line"), ==, 2);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM txn"), ==, 2);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT net_minor FROM settlements"), ==, 1000);

  /* the same rows of the same file are the same */
  for (line.row_number = 1; line.row_number <= 2; line.row_number++)
    test_put_line (mirror->writer, &line);
  /* and so they are in another file, wherever they stand in it */
  cfoil_writer_set_source (mirror->writer, mirror->feed_id, again, FALSE);
  for (line.row_number = 7; line.row_number <= 8; line.row_number++)
    test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT net_minor FROM settlements"), ==, 1000);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM settlement_lines WHERE document_sha256 = 'again' AND row_number IN (7, 8)"), ==, 2);

  /* a third in the second file is new */
  line.row_number = 9;
  test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT net_minor FROM settlements"), ==, 1500);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (DISTINCT transaction_id) FROM transactions"), ==, 3);
}

static void
put_rows (TestMirror         *mirror,
          CfoilSettlementLine line,
          gint64              document_id,
          guint64             first,
          guint64             last)
{
  cfoil_writer_set_source (mirror->writer, mirror->feed_id, document_id, FALSE);
  for (line.row_number = first; line.row_number <= last; line.row_number++)
    test_put_line (mirror->writer, &line);
}

static void
assert_rows (TestMirror *mirror,
             const char *expected)
{
  g_autofree char *rows = NULL;

  test_commit (mirror->writer);
  rows = test_dump (mirror->mirror, "SELECT ordinal, sha256, row_number FROM settlement_line JOIN document USING (document_id) ORDER BY ordinal");
  g_assert_cmpstr (rows, ==, expected);
}

/* A file that is read in two parts, with another one between. */
static void
test_twins_resumed (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 one = test_open_document (mirror->writer, mirror->feed_id, "one");
  gint64 other = test_open_document (mirror->writer, mirror->feed_id, "other");
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_ADJUSTMENT, NULL, 500);

  put_rows (mirror, line, one, 1, 3);
  assert_rows (mirror, "1|one|1\n2|one|2\n3|one|3\n");
  put_rows (mirror, line, one, 4, 4);
  cfoil_writer_rollback (mirror->writer);
  put_rows (mirror, line, other, 7, 8);
  put_rows (mirror, line, one, 4, 5);
  assert_rows (mirror, "1|other|7\n2|other|8\n3|one|3\n4|one|4\n5|one|5\n");
  /* read anew from its beginning, and the other too */
  put_rows (mirror, line, one, 1, 5);
  put_rows (mirror, line, one, 1, 5);
  assert_rows (mirror, "1|one|1\n2|one|2\n3|one|3\n4|one|4\n5|one|5\n");
  put_rows (mirror, line, other, 7, 8);
  assert_rows (mirror, "1|other|7\n2|other|8\n3|one|3\n4|one|4\n5|one|5\n");
}

/* What each twin costs does not grow with their number. */
static void
test_many_twins (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 again = test_open_document (mirror->writer, mirror->feed_id, "again");
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_RESERVE, NULL, 500);
  gint64 start_us = g_get_monotonic_time ();

  put_rows (mirror, line, mirror->document_id, 1, 20000);
  put_rows (mirror, line, again, 1, 20000);
  test_commit (mirror->writer);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM settlement_line WHERE ordinal = row_number"), ==, 20000);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM settlement_lines WHERE document_sha256 = 'again'"), ==, 20000);
  /* far more than it needs, far less than it took */
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 60 * G_USEC_PER_SEC);
}

/* Each part of the key makes a line of its own. */
static void
test_line_key (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilSettlementLine lines[7];

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    lines[i] = test_line ("S1", CFOIL_TYPE_ADJUSTMENT, NULL, 500);
  lines[1].settlement_id = "S2";
  lines[2].posted_us++;
  lines[3].provider_type = "another word";
  lines[4].provider_id = "X";
  lines[5].amount_minor = lines[5].net_minor = 501;
  lines[6].currency = "JPY";
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      lines[i].row_number = i + 1;
      test_put_line (mirror->writer, &lines[i]);
      test_commit (mirror->writer);
      g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM settlement_line WHERE ordinal = 1"), ==, i + 1);
      g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM txn"), ==, i + 1);
    }
}

static void
test_conflict (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, "C1", 1000);

  line.fee_minor = -10;
  line.net_minor = 990;
  test_put_line (mirror->writer, &line);
  cfoil_writer_set_source (mirror->writer, mirror->feed_id, test_open_document (mirror->writer, mirror->feed_id, "other"), FALSE);
  line.fee_minor = -20;
  line.net_minor = 980;
  line.row_number = 3;
  test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT net_minor FROM transactions"), ==, 990);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM exceptions WHERE kind = 'conflict' AND subject = 'C1' AND row_number = 3"), ==, 1);
}

/* Money of two currencies is never added; whose row it is does not depend on
 * what came first. */
static void
test_currencies (void)
{
  static const guint orders[][4] = { { 0, 1, 2, 3 }, { 3, 2, 1, 0 }, { 1, 3, 0, 2 }, { 2, 0, 3, 1 } };

  for (guint order = 0; order < G_N_ELEMENTS (orders); order++)
    {
      g_autoptr (TestMirror) mirror = test_mirror_new ();
      g_autofree char *rows = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (orders[order]); i++)
        {
          guint which = orders[order][i];
          CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, "C1", 1000 + which);

          line.posted_us += which;
          line.currency = which == 1 || which == 3 ? "EUR" : "USD";
          line.row_number = i + 1;
          test_put_line (mirror->writer, &line);
        }
      test_commit (mirror->writer);
      rows = test_dump (mirror->mirror, "SELECT transaction_id, type, state, currency, amount_minor, net_minor FROM transactions ORDER BY 1");
      g_assert_cmpstr (rows, ==, "C1|charge|captured|USD|2002|2002\nC1/EUR|charge|captured|EUR|2004|2004\n");
      g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM exceptions WHERE kind = 'conflict' AND subject = 'C1'"), >, 0);
    }
}

/* A refund that names a charge leaves the charge as it is. */
static void
test_other_type (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, "C1", 1000);
  g_autofree char *rows = NULL;

  test_put_line (mirror->writer, &line);
  line = test_line ("S1", CFOIL_TYPE_REFUND, "C1", -400);
  line.row_number = 2;
  test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  rows = test_dump (mirror->mirror, "SELECT type, state, net_minor FROM transactions ORDER BY transaction_id = 'C1' DESC");
  g_assert_cmpstr (rows, ==, "charge|captured|1000\nrefund|posted|-400\n");
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM exceptions WHERE kind = 'conflict' AND subject = 'C1' AND row_number = 2"), ==, 1);
}

/* The words for a state go with it. */
static void
test_settled_state (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, "C1", 1000);
  CfoilObservation said = test_observation (CFOIL_OBJECT_CHARGE, "C1", 100);
  g_autofree char *declined = NULL;
  g_autofree char *captured = NULL;

  test_put_line (mirror->writer, &line);
  said.state = CFOIL_STATE_DECLINED;
  said.provider_state = "Declined";
  said.reason = "HardDeclined";
  test_put_observation (mirror->writer, &said);
  test_commit (mirror->writer);
  declined = test_dump (mirror->mirror, "SELECT state, provider_state, reason FROM transactions");
  g_assert_cmpstr (declined, ==, "captured|~|~\n");

  said.said_us++;
  said.state = CFOIL_STATE_CAPTURED;
  said.provider_state = "Closed";
  said.reason = "MaxAmountRefunded";
  test_put_observation (mirror->writer, &said);
  test_commit (mirror->writer);
  captured = test_dump (mirror->mirror, "SELECT state, provider_state, reason FROM transactions");
  g_assert_cmpstr (captured, ==, "captured|Closed|MaxAmountRefunded\n");
}

/* An optional part that nobody said is NULL, not 0, and does not stop a file. */
static void
test_fee_parts (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, "C1", 1000);
  g_autofree char *row = NULL;
  g_autofree char *sum = NULL;

  line.fee_percentage_minor = line.fee_fixed_minor = CFOIL_UNKNOWN;
  line.fee_minor = -30;
  line.net_minor = 970;
  test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  row = test_dump (mirror->mirror, "SELECT fee_percentage_minor, fee_fixed_minor, fee_minor, net_minor FROM transactions");
  g_assert_cmpstr (row, ==, "~|~|-30|970\n");

  line.row_number = 2;
  line.posted_us++;
  line.fee_percentage_minor = -20;
  line.fee_fixed_minor = -10;
  test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  sum = test_dump (mirror->mirror, "SELECT fee_percentage_minor, fee_fixed_minor, fee_minor, net_minor FROM transactions");
  g_assert_cmpstr (sum, ==, "~|~|-60|1940\n");
}

/* Lines that say ids as long as a field may be stay apart and stay text. */
static void
test_long_ids (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GString) id = g_string_new (NULL);
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_ADJUSTMENT, NULL, 500);

  for (guint i = 0; i < 1000; i++)
    g_string_append (id, "\xc3\xa4");
  line.provider_id = id->str;
  for (line.row_number = 1; line.row_number <= 3; line.row_number++)
    test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (DISTINCT transaction_id) FROM transactions WHERE type = 'adjustment'"), ==, 3);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM transactions WHERE length (transaction_id) > 1000"), ==, 3);
}

static void
test_overflow (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, "C1", G_MAXINT64);
  g_autoptr (GError) error = NULL;

  test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  line.posted_us++;
  line.row_number = 2;
  g_assert_false (cfoil_writer_put_line (mirror->writer, &line, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_RANGE);
  cfoil_writer_rollback (mirror->writer);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM settlement_line"), ==, 1);
  g_assert_true (test_count (mirror->mirror, "SELECT gross_minor FROM txn") == G_MAXINT64);
}

static void
test_newest_wins (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilObservation said = test_observation (CFOIL_OBJECT_CHARGE, "C1", 100);
  g_autofree char *row = NULL;

  said.state = CFOIL_STATE_CAPTURED;
  said.raw = "{\"a\":1}";
  test_put_observation (mirror->writer, &said);
  said.said_us = 50;
  said.state = CFOIL_STATE_AUTHORIZED;
  said.raw = "{\"z\":1}";
  test_put_observation (mirror->writer, &said);
  test_commit (mirror->writer);
  row = test_dump (mirror->mirror, "SELECT state, updated_at_us FROM transactions");
  g_assert_cmpstr (row, ==, "captured|100\n");
}

/* An answer to a question holds as of now, whatever time it names. */
static void
test_asked (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 objects = test_open_feed (mirror->writer, "objects", 50);
  CfoilObservation said = test_observation (CFOIL_OBJECT_CHARGE, "C1", 2000);
  g_autofree char *row = NULL;

  said.state = CFOIL_STATE_DECLINED;
  test_put_observation (mirror->writer, &said);
  cfoil_writer_set_source (mirror->writer, objects, 0, TRUE);
  said.said_us = 1000;
  said.state = CFOIL_STATE_CAPTURED;
  test_put_observation (mirror->writer, &said);
  test_commit (mirror->writer);
  row = test_dump (mirror->mirror, "SELECT state, updated_at_us FROM transactions");
  g_assert_cmpstr (row, ==, "captured|1000\n");
}

static void
test_rollback (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilObservation said = test_observation (CFOIL_OBJECT_DISPUTE, "D1", 100);
  CfoilObservation permission = test_observation (CFOIL_OBJECT_PERMISSION, "P1", 100);
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGEBACK, NULL, -500);
  CfoilException exception = { CFOIL_EXCEPTION_BAD_ROW, "", "bad", "raw", 4 };
  CfoilDisbursement disbursement = { "S1", NULL, "B", "USD", 5, 6, "{}" };
  CfoilReport report = { "r1", "settlement-reports", "T", CFOIL_REPORT_COMPLETED, NULL, NULL, 1, 2, 3, TRUE };
  g_autofree char *before = test_dump_views (mirror->mirror);
  g_autofree char *after = NULL;
  gboolean is_new;
  gint64 action;

  line.dispute_id = "D2";
  line.store = "a store";
  test_put_observation (mirror->writer, &said);
  test_put_observation (mirror->writer, &permission);
  test_put_line (mirror->writer, &line);
  g_assert_true (cfoil_writer_put_exception (mirror->writer, &exception, NULL));
  g_assert_true (cfoil_writer_put_disbursement (mirror->writer, &disbursement, NULL));
  g_assert_true (cfoil_writer_put_report (mirror->writer, mirror->feed_id, &report, NULL));
  g_assert_true (cfoil_writer_set_cursor (mirror->writer, mirror->feed_id, "cursor", NULL));
  g_assert_true (cfoil_writer_add_coverage (mirror->writer, mirror->feed_id, 0, 10, NULL));
  g_assert_true (cfoil_writer_put_notification (mirror->writer, "m", CFOIL_OBJECT_CHARGE, "C1", "{}", &is_new, NULL));
  g_assert_true (cfoil_writer_pursue (mirror->writer, CFOIL_OBJECT_CHARGE, "C9", NULL));
  g_assert_true (cfoil_writer_add_action (mirror->writer, "create", "x", "key", "{}", &action, NULL));
  test_open_document (mirror->writer, mirror->feed_id, "another");
  g_assert_cmpuint (cfoil_writer_get_n_pending (mirror->writer), >, 10);
  cfoil_writer_rollback (mirror->writer);
  g_assert_cmpuint (cfoil_writer_get_n_pending (mirror->writer), ==, 0);

  after = test_dump_views (mirror->mirror);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (test_count (mirror->mirror,
                               "SELECT (SELECT count (*) FROM word) + (SELECT count (*) FROM pursuit) + (SELECT count (*) FROM outbox) + "
                               "(SELECT count (*) FROM observation) + (SELECT count (*) FROM settlement) + (SELECT count (*) FROM feed_coverage) + "
                               "(SELECT count (*) FROM notification) + (SELECT count (*) FROM charge_permission) + "
                               "(SELECT count (*) FROM document WHERE sha256 = 'another') + (SELECT count (*) FROM feed WHERE cursor IS NOT NULL)"),
                   ==, 0);

  /* Ids of words and settlements that the rollback took back are not used again. */
  test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM settlement_lines WHERE provider_type = 'chargeback' AND settlement_id = 'S1'"), ==, 1);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM transactions WHERE store = 'a store'"), ==, 1);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM pragma_foreign_key_check"), ==, 0);
}

/* A writer that is freed has not committed. */
static void
test_free_rolls_back (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, "C1", 1);

  test_put_line (mirror->writer, &line);
  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM txn"), ==, 0);
}

static void
test_coverage (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilIntervalSet) expected = cfoil_interval_set_new ();

  for (guint i = 0; i < 200; i++)
    {
      gint64 start = g_test_rand_int_range (0, 1000), end = start + g_test_rand_int_range (0, 40);
      g_autoptr (CfoilIntervalSet) stored = NULL;
      const CfoilInterval *a, *b;
      guint n_a, n_b;

      cfoil_interval_set_add (expected, start, end);
      g_assert_true (cfoil_writer_add_coverage (mirror->writer, mirror->feed_id, start, end, NULL));
      stored = cfoil_writer_get_coverage (mirror->writer, mirror->feed_id, NULL);
      a = cfoil_interval_set_peek (expected, &n_a);
      b = cfoil_interval_set_peek (stored, &n_b);
      g_assert_cmpmem (a, n_a * sizeof *a, b, n_b * sizeof *b);
    }
  test_commit (mirror->writer);
}

static void
test_cursor (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 other = test_open_feed (mirror->writer, "other", 1);
  g_autofree char *none = NULL;
  g_autofree char *cursor = NULL;
  g_autofree char *others = NULL;

  g_assert_true (cfoil_writer_get_cursor (mirror->writer, mirror->feed_id, &none, NULL));
  g_assert_null (none);
  g_assert_true (cfoil_writer_set_cursor (mirror->writer, mirror->feed_id, "'; DROP TABLE feed --", NULL));
  test_commit (mirror->writer);
  g_assert_true (cfoil_writer_get_cursor (mirror->writer, mirror->feed_id, &cursor, NULL));
  g_assert_cmpstr (cursor, ==, "'; DROP TABLE feed --");
  g_assert_true (cfoil_writer_get_cursor (mirror->writer, other, &others, NULL));
  g_assert_null (others);
  g_assert_cmpint (test_open_feed (mirror->writer, "other", 7), ==, other);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT rank FROM feed WHERE name = 'other'"), ==, 7);
}

static void
test_feed_marks (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GError) failure = cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_THROTTLED, 429, "TooMany", "req-9", "slow \xff down");
  g_autofree char *failed = NULL;
  g_autofree char *fresh = NULL;

  g_assert_true (cfoil_writer_mark_feed (mirror->writer, mirror->feed_id, FALSE, failure, NULL));
  test_commit (mirror->writer);
  failed = test_dump (mirror->mirror, "SELECT error, error_request_id, fresh_at_us IS NULL, tried_at_us IS NULL FROM feeds");
  g_assert_cmpstr (failed, ==, "throttled|req-9|1|0\n");
  g_assert_true (cfoil_writer_mark_feed (mirror->writer, mirror->feed_id, TRUE, NULL, NULL));
  test_commit (mirror->writer);
  fresh = test_dump (mirror->mirror, "SELECT error, error_message, error_request_id, fresh_at_us IS NULL FROM feeds");
  g_assert_cmpstr (fresh, ==, "~|~|~|0\n");
}

static void
append_id (const CfoilReport *report,
           gpointer           user_data)
{
  g_string_append_printf (user_data, "%s ", report->report_id);
}

static char *
list_reports (TestMirror       *mirror,
              CfoilReportStatus status,
              gboolean          without_document)
{
  GString *ids = g_string_new (NULL);

  g_assert_true (cfoil_writer_list_reports (mirror->writer, mirror->feed_id, status, without_document, append_id, ids, NULL));
  return g_string_free (ids, FALSE);
}

static void
test_reports (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilReport reports[] = {
    { "b", "settlement-reports", "T", CFOIL_REPORT_COMPLETED, NULL, "doc-b", 1, 2, 30, FALSE },
    { "a", "settlement-reports", "T", CFOIL_REPORT_COMPLETED, NULL, NULL, 1, 2, 30, TRUE },
    { "c", "settlement-reports", "T", CFOIL_REPORT_COMPLETED, NULL, NULL, 1, 2, 10, FALSE },
    { "d", "settlement-reports", "T", CFOIL_REPORT_IN_PROGRESS, NULL, NULL, 1, 2, 20, TRUE },
  };
  g_autofree char *all = NULL;
  g_autofree char *half_read = NULL;
  g_autofree char *unread = NULL;
  g_autofree char *lost = NULL;
  g_autofree char *path = NULL;
  g_autofree char *running = NULL;
  g_autofree char *row = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    g_assert_true (cfoil_writer_put_report (mirror->writer, mirror->feed_id, &reports[i], NULL));
  all = list_reports (mirror, CFOIL_REPORT_COMPLETED, TRUE);
  g_assert_cmpstr (all, ==, "c a b ");
  g_assert_true (cfoil_writer_link_report (mirror->writer, mirror->feed_id, "a", mirror->document_id, NULL));
  half_read = list_reports (mirror, CFOIL_REPORT_COMPLETED, TRUE);
  g_assert_cmpstr (half_read, ==, "c a b ");
  g_assert_true (cfoil_writer_end_document (mirror->writer, mirror->document_id, 5, NULL, NULL));
  lost = list_reports (mirror, CFOIL_REPORT_COMPLETED, TRUE);
  g_assert_cmpstr (lost, ==, "c a b "); /* its raw file is not there */
  path = cfoil_mirror_dup_document_path (mirror->mirror, "document");
  test_write_bytes (path, "gzipped\1\0\0\0", 11); /* ends with its length */
  unread = list_reports (mirror, CFOIL_REPORT_COMPLETED, TRUE);
  g_assert_cmpstr (unread, ==, "c b ");
  running = list_reports (mirror, CFOIL_REPORT_IN_PROGRESS, FALSE);
  g_assert_cmpstr (running, ==, "d ");

  /* what is known is not forgotten because a later answer leaves it out */
  reports[0].status = CFOIL_REPORT_EXPIRED;
  reports[0].document_id = NULL;
  reports[0].start_us = reports[0].end_us = reports[0].created_us = CFOIL_UNKNOWN;
  reports[0].ours = TRUE;
  g_assert_true (cfoil_writer_put_report (mirror->writer, mirror->feed_id, &reports[0], NULL));
  test_commit (mirror->writer);
  row = test_dump (mirror->mirror, "SELECT provider_document_id, status, start_us, end_us, created_us, is_ours FROM report WHERE report_id = 'b'");
  g_assert_cmpstr (row, ==, "doc-b|5|1|2|30|1\n");
}

static void
append_imbalance (const char *settlement_id,
                  const char *message,
                  gboolean    is_recorded,
                  gpointer    user_data)
{
  g_string_append_printf (user_data, "%s:%d:%s\n", settlement_id, is_recorded, message);
}

static void
assert_imbalances (TestMirror *mirror,
                   const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_true (cfoil_writer_list_imbalances (mirror->writer, append_imbalance, text, NULL));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_imbalances (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, "C1", 1000);
  CfoilSettlementLine other = test_line ("S1", CFOIL_TYPE_CHARGE, "C2", 500);
  CfoilSettlementLine transfer = test_line ("S1", CFOIL_TYPE_TRANSFER, NULL, -1500);
  CfoilDisbursement paid = { "S1", NULL, "B", "USD", other.net_minor + line.net_minor, 6, "{}" };
  CfoilReport report = { "r1", "settlement-reports", "T", CFOIL_REPORT_COMPLETED, NULL, NULL, 1, 2, 3, FALSE };
  GString *ids = g_string_new (NULL);
  g_autofree char *reports = NULL;
  g_autofree char *exceptions = NULL;

  test_put_line (mirror->writer, &line);
  test_put_line (mirror->writer, &transfer);
  assert_imbalances (mirror, "");
  g_assert_true (cfoil_writer_put_disbursement (mirror->writer, &paid, NULL));
  assert_imbalances (mirror, "S1:0:The lines of this settlement come to 10.00 USD, the payout was 15.00 USD\n");

  g_assert_true (cfoil_writer_put_report (mirror->writer, mirror->feed_id, &report, NULL));
  g_assert_true (cfoil_writer_link_report (mirror->writer, mirror->feed_id, "r1", mirror->document_id, NULL));
  g_assert_true (cfoil_writer_list_reports_of_settlement (mirror->writer, mirror->feed_id, "S1", append_id, ids, NULL));
  reports = g_string_free (ids, FALSE);
  g_assert_cmpstr (reports, ==, "r1 ");

  cfoil_writer_set_source (mirror->writer, mirror->feed_id, 0, FALSE);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (cfoil_writer_record_imbalances (mirror->writer, NULL));
      /* what has not changed since is not added up again */
      assert_imbalances (mirror, "");
    }
  paid.raw = "{\"again\":1}";
  g_assert_true (cfoil_writer_put_disbursement (mirror->writer, &paid, NULL));
  assert_imbalances (mirror, "S1:1:The lines of this settlement come to 10.00 USD, the payout was 15.00 USD\n");
  g_assert_true (cfoil_writer_record_imbalances (mirror->writer, NULL));
  test_commit (mirror->writer);
  exceptions = test_dump (mirror->mirror, "SELECT kind, subject, row_number FROM exceptions");
  g_assert_cmpstr (exceptions, ==, "arithmetic|S1|~\n");

  cfoil_writer_set_source (mirror->writer, mirror->feed_id, mirror->document_id, FALSE);
  test_put_line (mirror->writer, &other);
  assert_imbalances (mirror, "");
  g_assert_true (cfoil_writer_record_imbalances (mirror->writer, NULL));
  test_commit (mirror->writer);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM exceptions"), ==, 0);
}

static void
test_documents (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GError) failure = g_error_new_literal (CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TRUNCATED, "cut");
  CfoilDocumentInfo info = {
    .feed_id = mirror->feed_id, .sha256 = "h", .is_imported = TRUE, .shown_name = "x.csv", .n_bytes = 9, .received_us = 8
  };
  CfoilDocumentState state, again;
  g_autofree char *row = NULL;

  g_assert_true (cfoil_writer_open_document (mirror->writer, &info, &state, NULL));
  g_assert_false (state.is_done);
  g_assert_true (cfoil_writer_set_document_progress (mirror->writer, state.document_id, 40, NULL));
  g_assert_true (cfoil_writer_open_document (mirror->writer, &info, &again, NULL));
  g_assert_cmpint (again.document_id, ==, state.document_id);
  g_assert_cmpuint (again.n_rows_done, ==, 40);
  g_assert_false (again.is_done);
  g_assert_true (cfoil_writer_end_document (mirror->writer, state.document_id, 41, failure, NULL));
  g_assert_true (cfoil_writer_open_document (mirror->writer, &info, &again, NULL));
  g_assert_false (again.is_done); /* what is wrong with it can be told again */
  g_assert_true (cfoil_writer_end_document (mirror->writer, state.document_id, 41, NULL, NULL));
  g_assert_true (cfoil_writer_open_document (mirror->writer, &info, &again, NULL));
  g_assert_true (again.is_done);
  g_assert_true (cfoil_writer_end_document (mirror->writer, state.document_id, 41, failure, NULL));
  test_commit (mirror->writer);
  row = test_dump (mirror->mirror, "SELECT source, shown_name, byte_count, row_count, state, error_message FROM documents WHERE sha256 = 'h'");
  g_assert_cmpstr (row, ==, "import|x.csv|9|41|refused|cut\n");
}

static void
test_outbox (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *key = NULL;
  g_autofree char *request = NULL;
  gint64 action = 0, found = 0;

  g_assert_true (cfoil_writer_find_action (mirror->writer, "create", "x", &found, &key, &request, NULL));
  g_assert_cmpint (found, ==, 0);
  g_assert_true (cfoil_writer_add_action (mirror->writer, "create", "x", "key-1", "{\"a\":1}", &action, NULL));
  test_commit (mirror->writer);
  /* unknown outcome: still open, with the same key */
  g_assert_true (cfoil_writer_end_action (mirror->writer, action, 0, NULL, NULL));
  g_assert_true (cfoil_writer_find_action (mirror->writer, "create", "x", &found, &key, &request, NULL));
  g_assert_cmpint (found, ==, action);
  g_assert_cmpstr (key, ==, "key-1");
  g_assert_cmpstr (request, ==, "{\"a\":1}");
  g_assert_true (cfoil_writer_end_action (mirror->writer, action, 201, "{}", NULL));
  g_clear_pointer (&key, g_free);
  g_clear_pointer (&request, g_free);
  g_assert_true (cfoil_writer_find_action (mirror->writer, "create", "x", &found, &key, &request, NULL));
  g_assert_cmpint (found, ==, 0);
  cfoil_writer_rollback (mirror->writer);

  /* a key is used once */
  g_assert_false (cfoil_writer_add_action (mirror->writer, "create", "y", "key-1", "{}", &action, NULL));
  cfoil_writer_rollback (mirror->writer);
}

static void
append_due (CfoilObjectKind kind,
            const char     *object_id,
            gpointer        user_data)
{
  g_string_append_printf (user_data, "%s ", object_id);
}

static char *
list_due (TestMirror *mirror,
          guint       limit)
{
  GString *ids = g_string_new (NULL);

  g_assert_true (cfoil_writer_list_due (mirror->writer, CFOIL_OBJECT_CHARGE, limit, append_due, ids, NULL));
  return g_string_free (ids, FALSE);
}

static void
test_pursuit (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilObservation said = test_observation (CFOIL_OBJECT_CHARGE, "C1", 100);
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, "C5", 1);
  gint64 objects = test_open_feed (mirror->writer, "objects", 50);
  g_autofree char *first = NULL;
  g_autofree char *limited = NULL;
  g_autofree char *later = NULL;

  said.expires_us = 5000;
  test_put_observation (mirror->writer, &said);
  said.object_id = "C2";
  said.expires_us = 4000;
  test_put_observation (mirror->writer, &said);
  said.object_id = "C3";
  said.final = TRUE;
  test_put_observation (mirror->writer, &said);
  said.final = FALSE;
  said.object_id = "C4";
  said.expires_us = CFOIL_UNKNOWN;
  test_put_observation (mirror->writer, &said);
  /* settled: no later state */
  test_put_line (mirror->writer, &line);
  said.object_id = "C5";
  test_put_observation (mirror->writer, &said);
  g_assert_true (cfoil_writer_pursue (mirror->writer, CFOIL_OBJECT_REFUND, "R1", NULL));
  first = list_due (mirror, 100);
  g_assert_cmpstr (first, ==, "C2 C1 C4 ");
  limited = list_due (mirror, 1);
  g_assert_cmpstr (limited, ==, "C2 ");

  /* asked and deferred: not before some time has passed */
  cfoil_writer_set_source (mirror->writer, objects, 0, TRUE);
  said.object_id = "C2";
  test_put_observation (mirror->writer, &said);
  g_assert_true (cfoil_writer_defer (mirror->writer, CFOIL_OBJECT_CHARGE, "C1", "gone", NULL));
  later = list_due (mirror, 100);
  g_assert_cmpstr (later, ==, "C4 ");
  test_commit (mirror->writer);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM pursuit WHERE object_id = 'C1' AND why = 'gone'"), ==, 1);
}

static void
test_notifications (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gboolean is_new = FALSE;

  g_assert_true (cfoil_writer_put_notification (mirror->writer, "m1", CFOIL_OBJECT_CHARGE, "C1", "{}", &is_new, NULL));
  g_assert_true (is_new);
  g_assert_true (cfoil_writer_put_notification (mirror->writer, "m1", CFOIL_OBJECT_CHARGE, "C1", "{}", &is_new, NULL));
  g_assert_false (is_new);
}

static void
test_exceptions (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *euros = g_strnfill (300000, 'x');
  CfoilException exception = { CFOIL_EXCEPTION_BAD_ROW, "", "bad", euros, 4 };

  /* cut where a character would be torn */
  memcpy (euros + 64 * 1024 - 1, "\xe2\x82\xac", 3);
  for (guint i = 0; i < 3; i++)
    g_assert_true (cfoil_writer_put_exception (mirror->writer, &exception, NULL));
  exception.row_number = 5;
  g_assert_true (cfoil_writer_put_exception (mirror->writer, &exception, NULL));
  test_commit (mirror->writer);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM exceptions"), ==, 2);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT max (length (raw)) FROM exceptions"), <=, 65540);
  {
    g_autofree char *raw = test_dump (mirror->mirror, "SELECT raw FROM exceptions LIMIT 1");

    g_assert_true (g_utf8_validate (raw, -1, NULL));
  }
}

static void
test_earliest (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, "C1", 1);

  g_assert_true (cfoil_writer_get_earliest_us (mirror->writer) == CFOIL_UNKNOWN);
  line.posted_us = 77;
  test_put_line (mirror->writer, &line);
  g_assert_cmpint (cfoil_writer_get_earliest_us (mirror->writer), ==, 77);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/writer/twins", test_twins);
  g_test_add_func ("/writer/twins-resumed", test_twins_resumed);
  g_test_add_func ("/writer/many-twins", test_many_twins);
  g_test_add_func ("/writer/line-key", test_line_key);
  g_test_add_func ("/writer/conflict", test_conflict);
  g_test_add_func ("/writer/currencies", test_currencies);
  g_test_add_func ("/writer/other-type", test_other_type);
  g_test_add_func ("/writer/settled-state", test_settled_state);
  g_test_add_func ("/writer/fee-parts", test_fee_parts);
  g_test_add_func ("/writer/long-ids", test_long_ids);
  g_test_add_func ("/writer/overflow", test_overflow);
  g_test_add_func ("/writer/newest-wins", test_newest_wins);
  g_test_add_func ("/writer/asked", test_asked);
  g_test_add_func ("/writer/rollback", test_rollback);
  g_test_add_func ("/writer/free-rolls-back", test_free_rolls_back);
  g_test_add_func ("/writer/coverage", test_coverage);
  g_test_add_func ("/writer/cursor", test_cursor);
  g_test_add_func ("/writer/feed-marks", test_feed_marks);
  g_test_add_func ("/writer/reports", test_reports);
  g_test_add_func ("/writer/imbalances", test_imbalances);
  g_test_add_func ("/writer/documents", test_documents);
  g_test_add_func ("/writer/outbox", test_outbox);
  g_test_add_func ("/writer/pursuit", test_pursuit);
  g_test_add_func ("/writer/notifications", test_notifications);
  g_test_add_func ("/writer/exceptions", test_exceptions);
  g_test_add_func ("/writer/earliest", test_earliest);

  return g_test_run ();
}
