/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history.h"
#include "summary-naive.h"

#include "cfoil-annotation.h"
#include "cfoil-error.h"
#include "cfoil-summary.h"
#include "cfoil-time.h"

#include <stdlib.h>
#include <string.h>

/* The sums after any history are those made from nothing, and those of a naive addition
 * that shares nothing with them.  GLib prints the seed, and --seed repeats a run. */

#ifdef __SANITIZE_ADDRESS__
#define N_STEPS 12
#else
#define N_STEPS 25
#endif

static const char *const zones[] = {
  "UTC", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia", "Europe/Berlin", "America/Los_Angeles",
};

/* --- histories --- */

static void
check_history (const char *zone,
               gint64      from_us,
               gint64      unit_us)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  History run = { .mirror = mirror, .environment = "live", .from_us = from_us, .unit_us = unit_us };
  History other = { .mirror = mirror, .environment = "sandbox", .unit_us = unit_us };

  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  history_open_account (&run);
  cfoil_writer_free (run.writer);
  history_open_account (&other);
  cfoil_writer_free (other.writer);
  for (guint step = 0; step < N_STEPS; step++)
    {
      History *now = g_test_rand_int_range (0, 3) == 0 ? &other : &run;

      if (step == N_STEPS / 2)
        summary_set_zone (mirror->mirror, zone);
      history_open_writer (now);
      for (gint32 n = g_test_rand_int_range (1, 25); n > 0; n--)
        history_happen (now);
      test_commit (now->writer);
      cfoil_writer_free (now->writer);
      summary_naive_check (mirror->mirror);
    }
  g_free (run.name);
  g_free (other.name);
}

static void
test_histories (void)
{
  const gint64 years = 365 * G_TIME_SPAN_DAY;

  check_history ("Asia/Kolkata", 0, G_TIME_SPAN_HOUR); /* 1970 */
  check_history ("America/Los_Angeles", 56 * years, 7 * G_TIME_SPAN_HOUR);
  check_history ("Pacific/Apia", 42 * years, 11 * G_TIME_SPAN_HOUR); /* over the day that it left out */
  check_history ("Europe/Berlin", -20 * years, 100 * G_TIME_SPAN_DAY);
}

/* --- days of zones --- */

static void
put_charge (TestMirror *mirror,
            const char *id,
            gint64      us,
            gint64      amount_minor)
{
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, id, amount_minor);

  line.posted_us = us;
  line.row_number = 1;
  test_put_line (mirror->writer, &line);
}

/* Half hours of the days on which clocks are changed, and of those around them. */
static void
test_changing_clocks (void)
{
  static const char *const days[] = {
    "2026-04-04T00:00:00Z", "2026-10-03T00:00:00Z", /* Lord Howe: by half an hour */
    "2026-03-28T00:00:00Z", "2026-10-24T00:00:00Z", /* Berlin */
    "2011-12-29T00:00:00Z",                         /* Apia */
    "2026-03-07T00:00:00Z", "2026-10-31T00:00:00Z", /* St. John's and Los Angeles */
  };
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 from_us;

      cfoil_time_parse (days[i], -1, &from_us, &error);
      g_assert_no_error (error);
      for (guint half = 0; half < 3 * 48; half++)
        {
          g_autofree char *id = g_strdup_printf ("C%u", n++);

          put_charge (mirror, id, from_us + half * G_TIME_SPAN_HOUR / 2 - (half % 3 == 0), 100 + n);
        }
    }
  test_commit (mirror->writer);
  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    if (summary_set_zone (mirror->mirror, zones[i]))
      {
        g_test_message ("%s", zones[i]);
        summary_naive_check (mirror->mirror);
        /* and what comes later goes to the same days */
        for (guint k = 0; k < 20; k++)
          {
            g_autofree char *id = g_strdup_printf ("Z%u-%u", i, k);

            put_charge (mirror, id, G_GINT64_CONSTANT (1775000000) * G_USEC_PER_SEC + k * 7 * G_TIME_SPAN_HOUR, 5);
          }
        test_commit (mirror->writer);
        summary_naive_check (mirror->mirror);
      }
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM daily"), >, 20);
}

/* Midnight comes twice: the minutes before the second belong to the day that has begun. */
static void
test_two_midnights (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *days = NULL;
  g_autofree char *hours = NULL;
  /* 2010-11-07T02:30:00Z is the first midnight, 03:30:00 the second */
  const gint64 first_us = G_GINT64_CONSTANT (1289097000) * G_USEC_PER_SEC;

  if (!summary_set_zone (mirror->mirror, "America/St_Johns"))
    {
      g_test_skip ("no such zone");
      return;
    }
  put_charge (mirror, "between", first_us + 30 * G_TIME_SPAN_MINUTE, 100);
  put_charge (mirror, "before", first_us - 1, 1);
  put_charge (mirror, "first", first_us, 10);
  put_charge (mirror, "second", first_us + 60 * G_TIME_SPAN_MINUTE, 1000);
  test_commit (mirror->writer);
  days = test_dump (mirror->mirror, "SELECT date (day * 86400, 'unixepoch'), n_done, gross_minor FROM daily ORDER BY 1");
  g_assert_cmpstr (days, ==, "2010-11-06|1|1\n2010-11-07|3|1110\n");
  hours = test_dump (mirror->mirror, "SELECT date (day * 86400, 'unixepoch'), hour, gross_minor FROM hourly ORDER BY 1, 2");
  g_assert_cmpstr (hours, ==, "2010-11-06|23|1\n2010-11-07|0|1010\n2010-11-07|23|100\n");
  g_assert_cmpint (summary_count_wrong (mirror->mirror), ==, 0);
}

/* --- what a row counts as --- */

static void
test_done (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilObservation said = test_observation (CFOIL_OBJECT_CHARGE, "C1", 5);
  CfoilSettlementLine line;
  g_autofree char *pending = NULL, *captured = NULL, *settled = NULL, *nameless = NULL;
  static const char sql[] = "SELECT type, n_rows, n_done, n_declined, n_unsettled, gross_minor, fee_minor, net_minor, unsettled_minor "
                            "FROM daily ORDER BY 1";

  said.created_us = 7;
  said.currency = "USD";
  said.state = CFOIL_STATE_AUTHORIZED;
  said.moved_minor = 77; /* not captured: nobody has it */
  test_put_observation (mirror->writer, &said);
  said.object_id = "C2";
  said.state = CFOIL_STATE_DECLINED;
  test_put_observation (mirror->writer, &said);
  said.kind = CFOIL_OBJECT_REFUND;
  said.object_id = "R1";
  said.state = CFOIL_STATE_PENDING;
  test_put_observation (mirror->writer, &said);
  test_commit (mirror->writer);
  pending = test_dump (mirror->mirror, sql);
  g_assert_cmpstr (pending, ==, "1|2|0|1|0|0|0|0|0\n2|1|0|0|0|0|0|0|0\n");

  said = test_observation (CFOIL_OBJECT_CHARGE, "C1", 6);
  said.created_us = 7;
  said.currency = "USD";
  said.state = CFOIL_STATE_CAPTURED;
  said.moved_minor = 100;
  test_put_observation (mirror->writer, &said);
  test_commit (mirror->writer);
  captured = test_dump (mirror->mirror, sql);
  g_assert_cmpstr (captured, ==, "1|2|1|1|1|100|0|0|100\n2|1|0|0|0|0|0|0|0\n");

  line = test_line ("S1", CFOIL_TYPE_CHARGE, "C1", 100);
  line.fee_minor = -3;
  line.net_minor = 97;
  line.row_number = 1;
  test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  settled = test_dump (mirror->mirror, sql);
  g_assert_cmpstr (settled, ==, "1|2|1|1|0|100|-3|97|0\n2|1|0|0|0|0|0|0|0\n");

  /* a charge without an id is money, too */
  line.object_id = line.provider_id = NULL;
  line.row_number = 2;
  line.posted_us = 8;
  test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  nameless = test_dump (mirror->mirror, sql);
  g_assert_cmpstr (nameless, ==, "1|3|2|1|0|200|-6|194|0\n2|1|0|0|0|0|0|0|0\n");
  summary_naive_check (mirror->mirror);
}

/* A store may be that of the permission, and come or change later. */
static void
test_store_of_permission (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilObservation said = test_observation (CFOIL_OBJECT_PERMISSION, "P1", 5);
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, "C1", 100);
  static const char sql[] = "SELECT coalesce (w.text, '-'), sum (d.gross_minor) FROM daily AS d LEFT JOIN word AS w ON w.word_id = d.store_id "
                            "GROUP BY 1 ORDER BY 1";
  g_autofree char *none = NULL, *red = NULL, *blue = NULL;

  line.permission_id = "P1";
  line.row_number = 1;
  test_put_line (mirror->writer, &line);
  line.object_id = line.provider_id = "C2";
  line.row_number = 2;
  line.store = "own";
  test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  none = test_dump (mirror->mirror, sql);
  g_assert_cmpstr (none, ==, "-|100\nown|100\n");
  said.store = "red";
  test_put_observation (mirror->writer, &said);
  test_commit (mirror->writer);
  red = test_dump (mirror->mirror, sql);
  g_assert_cmpstr (red, ==, "own|100\nred|100\n");
  said.store = "blue";
  said.said_us = 6;
  test_put_observation (mirror->writer, &said);
  line.object_id = line.provider_id = "C3";
  line.row_number = 3;
  line.store = NULL;
  test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  blue = test_dump (mirror->mirror, sql);
  g_assert_cmpstr (blue, ==, "blue|200\nown|100\n");
  summary_naive_check (mirror->mirror);
}

static void
test_many_currencies (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();

  for (guint i = 0; i < 1000; i++)
    for (guint k = 0; k < 3; k++)
      {
        g_autofree char *id = g_strdup_printf ("C%u-%u", i, k);
        char currency[4] = { (char) ('A' + i / 100), (char) ('A' + i / 10 % 10), (char) ('A' + i % 10), '\0' };
        CfoilSettlementLine line = test_line (k == 2 ? "S2" : "S1", CFOIL_TYPE_CHARGE, id, 100 + i);

        line.currency = currency;
        line.row_number = i * 3 + k + 1;
        test_put_line (mirror->writer, &line);
      }
  test_commit (mirror->writer);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM daily"), ==, 1000);
  summary_naive_check (mirror->mirror);
}

/* More than can be counted is no reason to take no more rows, and can be taken away again. */
static void
test_too_much (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 12000; i++)
    {
      g_autofree char *id = g_strdup_printf ("C%u", i);
      CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, id, G_GINT64_CONSTANT (1000000000000000));

      line.row_number = i + 1;
      test_put_line (mirror->writer, &line);
    }
  test_commit (mirror->writer);
  g_assert_cmpint (summary_count_wrong (mirror->mirror), ==, 0);
  put_charge (mirror, "late", 5 * G_TIME_SPAN_DAY, 4);
  test_commit (mirror->writer);
  g_assert_cmpint (summary_count_wrong (mirror->mirror), ==, 0);
}

/* --- when they are made anew --- */

static void
put_some (TestMirror *mirror)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *id = g_strdup_printf ("C%u", i);

      put_charge (mirror, id, i * 7 * G_TIME_SPAN_HOUR, 100 + i);
    }
  test_commit (mirror->writer);
}

static void
reopen (TestMirror *mirror)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  g_clear_object (&mirror->mirror);
  mirror->mirror = cfoil_mirror_open (mirror->folder->path, &error);
  g_assert_no_error (error);
}

static void
test_made_when_opened (void)
{
  static const char *const damages[] = {
    "UPDATE summary_zone SET is_complete = 0; DELETE FROM daily; DELETE FROM hourly; DELETE FROM settlement_sum",
    "UPDATE summary_zone SET rules = 'others'; UPDATE daily SET day = day + 1000, gross_minor = 5",
    "UPDATE summary_zone SET zone = 'Mars/Olympus_Mons'",
  };
  g_autoptr (TestMirror) mirror = test_mirror_new ();

  put_some (mirror);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *zone = NULL;

      test_exec (mirror->mirror, damages[i]);
      reopen (mirror);
      summary_naive_check (mirror->mirror);
      zone = test_dump (mirror->mirror, "SELECT zone, is_complete FROM summary_zone");
      g_assert_cmpstr (zone, ==, "UTC|1\n");
    }
}

/* What is wrong is found, whichever table it is in. */
static void
test_check_notices (void)
{
  static const char *const damages[] = {
    "UPDATE daily SET gross_minor = gross_minor + 1 WHERE day = (SELECT min (day) FROM daily)",
    "UPDATE daily SET n_unsettled = n_unsettled + 1 WHERE day = (SELECT max (day) FROM daily)",
    "DELETE FROM daily WHERE day = (SELECT min (day) FROM daily)",
    "INSERT INTO daily SELECT account_id, 'XXX', day, type, store_id, 0, 0, 0, 0, 0, 0, 0, 0 FROM daily LIMIT 1",
    "UPDATE hourly SET n_done = n_done + 1 WHERE hour = 0 AND day = 0",
    "UPDATE daily_amount SET amounts = x'00' WHERE amount_id = (SELECT min (amount_id) FROM daily_amount)",
    "DELETE FROM daily_amount WHERE amount_id = (SELECT max (amount_id) FROM daily_amount)",
    "INSERT INTO daily_amount VALUES (NULL, 1, 'XXX', 5, x'02')",
    "INSERT INTO daily_settled VALUES (1, 'EUR', 5, 5, 5)",
    "UPDATE settlement_sum SET n_unequal = 7",
    "DELETE FROM settlement_sum",
    "UPDATE txn SET gross_minor = gross_minor + 1 WHERE txn_id = 3",
  };

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (TestMirror) mirror = test_mirror_new ();

      put_some (mirror);
      g_assert_cmpint (summary_count_wrong (mirror->mirror), ==, 0);
      test_exec (mirror->mirror, damages[i]);
      g_test_message ("%s", damages[i]);
      /* That of a row is one in each of the tables that have its gross. */
      g_assert_cmpint (summary_count_wrong (mirror->mirror), ==, i == G_N_ELEMENTS (damages) - 1 ? 3 : 1);
    }
}

static void
test_set_zone (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *zone = NULL;
  int lock;

  put_some (mirror);
  g_assert_false (cfoil_summary_set_zone_sync (mirror->mirror, "Mars/Olympus_Mons", &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN);
  g_clear_error (&error);
  lock = cfoil_mirror_lock (mirror->mirror, NULL);
  g_assert_false (cfoil_summary_set_zone_sync (mirror->mirror, "Europe/Berlin", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  cfoil_mirror_unlock (mirror->mirror, lock);
  zone = test_dump (mirror->mirror, "SELECT zone FROM summary_zone");
  g_assert_cmpstr (zone, ==, "UTC\n");
  summary_naive_check (mirror->mirror);
}

/* Also of the tables that only others fill. */
static void
test_removed (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GError) error = NULL;

  put_some (mirror);
  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  test_exec (mirror->mirror,
             "INSERT INTO anomaly VALUES (1, 1, 'r', 's', 'USD', 1, 2, '{}', '', 3, NULL);"
             "INSERT INTO anomaly_state VALUES (1, 'r', 1, 2, '{}');"
             "INSERT INTO report_schedule VALUES (1, 'x', 't', 'P1D', NULL, 1, 2);"
             "INSERT INTO ledger_account VALUES ('fees', 'Expenses:Fees')");
  cfoil_account_remove (mirror->mirror, "shop", &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT (SELECT count (*) FROM daily) + (SELECT count (*) FROM hourly) + "
                                               "(SELECT count (*) FROM settlement_sum) + (SELECT count (*) FROM anomaly) + "
                                               "(SELECT count (*) FROM anomaly_state) + (SELECT count (*) FROM report_schedule)"), ==, 0);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM ledger_account"), ==, 1);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM pragma_foreign_key_check"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/summary/histories", test_histories);
  g_test_add_func ("/summary/changing-clocks", test_changing_clocks);
  g_test_add_func ("/summary/two-midnights", test_two_midnights);
  g_test_add_func ("/summary/done", test_done);
  g_test_add_func ("/summary/store-of-permission", test_store_of_permission);
  g_test_add_func ("/summary/many-currencies", test_many_currencies);
  g_test_add_func ("/summary/too-much", test_too_much);
  g_test_add_func ("/summary/made-when-opened", test_made_when_opened);
  g_test_add_func ("/summary/check-notices", test_check_notices);
  g_test_add_func ("/summary/set-zone", test_set_zone);
  g_test_add_func ("/summary/removed", test_removed);

  return g_test_run ();
}
