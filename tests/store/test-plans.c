/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-time.h"

#include <string.h>

/* Questions that are asked over a million rows. */
static const char *const questions[] = {
  "SELECT txn_id FROM txn ORDER BY sort_us DESC, txn_id LIMIT 50",
  "SELECT t.transaction_id FROM txn AS t JOIN account AS a USING (account_id) ORDER BY t.sort_us DESC, t.transaction_id LIMIT 50",
  "SELECT txn_id FROM txn WHERE account_id = 1 AND transaction_id = 'C1'",
  "SELECT * FROM transactions WHERE account = 'shop' AND transaction_id = 'C1'",
  "SELECT * FROM settlement_line WHERE txn_id = 1",
  "SELECT * FROM txn WHERE charge_id = 'C1'",
  "SELECT * FROM txn WHERE dispute_id = 'D1'",
  "SELECT * FROM txn WHERE merchant_reference = 'R1'",
  "SELECT * FROM txn WHERE settlement_id = 1",
  "SELECT * FROM txn WHERE sort_us >= 5 AND sort_us < 9",
  "SELECT * FROM dispute WHERE charge_id = 'C1'",
  "SELECT * FROM settlement_line WHERE settlement_id = 1",
  "SELECT object_id FROM observation WHERE account_id = 1 AND kind = 1 AND object_id = 'C1'",
  "SELECT * FROM exception WHERE account_id = 1 AND kind = 2",
  "SELECT * FROM settlements WHERE settlement_id = 'S1' AND account = 'shop'",
  "SELECT * FROM cases WHERE uid = 'x'",
  "SELECT * FROM cases",
  "SELECT * FROM case_events WHERE uid = 'x'",
  "SELECT * FROM submissions WHERE uid = 'x'",
  "SELECT case_id FROM dispute_case AS t WHERE dispute_id = 'x'",
  "SELECT case_id FROM dispute_case AS t WHERE charge_id = 'x' AND provider = 'p' AND environment = 'e' AND kind = 1",
  "SELECT case_id FROM dispute_case AS t WHERE permission_id = 'x'",
  "SELECT case_id FROM dispute_case AS t WHERE uid >= 'x' AND uid < 'y'",
  "SELECT * FROM case_event AS t WHERE case_id = 1 ORDER BY at_us, event_id",
  "SELECT * FROM submission AS t WHERE state < 3",
  "SELECT count (*) FROM charge_permission AS p CROSS JOIN txn AS t ON t.permission_id = p.permission_id AND t.account_id = p.account_id "
  "WHERE p.buyer_id = 'x'",
  "SELECT txn_id FROM txn WHERE account_id = 1 AND permission_id = 'P1' AND store_id IS NULL",
  "SELECT txn_id FROM txn WHERE first_seen_us > 5",
  "SELECT * FROM settlement_sums WHERE settlement_id = 'S1'",
  "SELECT day, sum (gross_minor) FROM daily AS t WHERE account_id = 1 AND currency = 'USD' AND day >= 5 AND day < 9 GROUP BY day",
  "SELECT day, sum (gross_minor) FROM hourly AS t WHERE account_id = 1 AND currency = 'USD' AND day >= 5 AND day < 9 GROUP BY day",
  "SELECT * FROM settlement_sum AS t WHERE settlement_id = 1",
  "SELECT * FROM period_adjustment AS t WHERE lock_id = 1",
  "SELECT * FROM bank_entry AS t WHERE currency = 'USD' AND amount_minor = 5",
  "SELECT * FROM bank_match AS t WHERE settlement_provider_id = 'S1'",
};

static char *
plan_of (CfoilMirror *mirror,
         const char  *sql)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);

  return test_dump (mirror, explain);
}

/* The names that the large tables have in the questions and views. */
static gboolean
scans_all (const char *plan,
           gboolean    may_follow_index)
{
  static const char *const large[] = { "t", "txn", "l", "settlement_line", "o", "observation" };
  g_auto (GStrv) lines = g_strsplit (plan, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    for (guint i = 0; i < G_N_ELEMENTS (large); i++)
      {
        g_autofree char *scan = g_strdup_printf ("SCAN %s", large[i]);
        const char *found = strstr (*line, scan);

        if (found != NULL && (found[strlen (scan)] == '\0' || found[strlen (scan)] == ' ') &&
            !(may_follow_index && strstr (found, "USING") != NULL))
          return TRUE;
      }
  return FALSE;
}

static void
test_plans (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autofree char *plan = plan_of (mirror->mirror, questions[i]);

      g_test_message ("%s\n%s", questions[i], plan);
      g_assert_false (scans_all (plan, strstr (questions[i], "ORDER BY sort_us") || strstr (questions[i], "ORDER BY t.sort_us")));
    }
}

/* The test itself would notice. */
static void
test_scan_is_noticed (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *by_description = plan_of (mirror->mirror, "SELECT * FROM txn AS t WHERE description = 'x'");
  g_autofree char *by_row = plan_of (mirror->mirror, "SELECT * FROM settlement_line WHERE row_number = 4");

  g_assert_true (scans_all (by_description, TRUE));
  g_assert_true (scans_all (by_row, TRUE));
}

/* The order of the index is the order of the list: nothing is sorted but rows of
 * the same moment. */
static void
test_newest_first (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *plan = plan_of (mirror->mirror, "SELECT txn_id FROM txn ORDER BY sort_us DESC, transaction_id LIMIT 50");

  test_assert_contains (plan, "txn_sort");
  test_assert_lacks (plan, "USE TEMP B-TREE FOR ORDER BY");
}

/* Few of a million rows, in indexes that hold no others. */
static void
test_small_indexes (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *balances = plan_of (mirror->mirror, "SELECT * FROM settlement_line AS l "
                                                       "WHERE (l.type IN (0, 6) OR l.type IN (7, 8)) AND l.type = 7");
  g_autofree char *unsettled = plan_of (mirror->mirror, "SELECT count (*), sum (gross_minor) FROM txn AS t INDEXED BY txn_unsettled "
                                                        "WHERE t.type = 1 AND t.state = 5 AND t.settlement_id IS NULL");
  g_autofree char *authorized = plan_of (mirror->mirror, "SELECT min (expires_us) FROM txn INDEXED BY txn_authorized "
                                                         "WHERE type = 1 AND state = 3 AND sort_us >= 1");
  g_autofree char *late = plan_of (mirror->mirror, "SELECT count (*) FROM txn INDEXED BY txn_captured_late WHERE type = 1 AND state = 5 "
                                                   "AND sort_us >= 1 AND updated_us - created_us > 604800000000");

  test_assert_contains (balances, "USING INDEX settlement_line_balance");
  test_assert_contains (unsettled, "USING INDEX txn_unsettled");
  test_assert_contains (authorized, "USING INDEX txn_authorized (sort_us>?)");
  test_assert_contains (late, "USING INDEX txn_captured_late (sort_us>?)");
}

/* Each statement of the writer on its keys: ten times the rows do not take ten
 * times as long a row. */
static void
test_put_is_not_linear (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 first_us = 0;

  for (guint round = 0; round < 6; round++)
    {
      gint64 start_us = g_get_monotonic_time ();

      for (guint i = 0; i < 4000; i++)
        {
          g_autofree char *id = g_strdup_printf ("C%u-%u", round, i);
          CfoilSettlementLine line = test_line ("S1", i % 8 == 0 ? CFOIL_TYPE_CHARGEBACK : CFOIL_TYPE_CHARGE, id, 100);
          CfoilObservation said = test_observation (CFOIL_OBJECT_CHARGE, id, 5);

          line.dispute_id = i % 8 == 0 ? id : NULL;
          line.row_number = said.row_number = round * 4000 + i + 1;
          test_put_line (mirror->writer, &line);
          test_put_observation (mirror->writer, &said);
        }
      if (round == 0)
        first_us = g_get_monotonic_time () - start_us;
      else if (round == 5)
        g_assert_cmpint (g_get_monotonic_time () - start_us, <, 4 * first_us + G_TIME_SPAN_SECOND / 2);
    }
  cfoil_writer_rollback (mirror->writer);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plans/questions", test_plans);
  g_test_add_func ("/plans/scan-is-noticed", test_scan_is_noticed);
  g_test_add_func ("/plans/newest-first", test_newest_first);
  g_test_add_func ("/plans/small-indexes", test_small_indexes);
  g_test_add_func ("/plans/put-is-not-linear", test_put_is_not_linear);

  return g_test_run ();
}
