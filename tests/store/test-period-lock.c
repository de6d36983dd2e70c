/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history.h"

#include "cfoil-period-lock.h"
#include "cfoil-rebuild.h"
#include "cfoil-summary.h"

#include <glib/gstdio.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__
#define N_STEPS 15
#else
#define N_STEPS 40
#endif

#define DAY_US G_TIME_SPAN_DAY

static gint64
lock_days (CfoilMirror *mirror,
           gint32       first,
           gint32       end)
{
  g_autoptr (GError) error = NULL;
  gint64 lock_id = 0;

  cfoil_period_lock_add_sync (mirror, first, end, "Ann", "checked, \xe2\x82\xac", 2000 * DAY_US, &lock_id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lock_id, >, 0);
  return lock_id;
}

static void
put_charge (TestMirror *mirror,
            const char *id,
            const char *currency,
            gint64      us,
            gint64      amount_minor,
            gint64      fee_minor)
{
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, id, amount_minor);
  static guint64 row_number;

  line.posted_us = us;
  line.currency = currency;
  line.fee_minor = fee_minor;
  line.net_minor = amount_minor + fee_minor;
  line.row_number = ++row_number;
  test_put_line (mirror->writer, &line);
}

/* When the object says so itself, it was made at that time. */
static void
put_object (TestMirror     *mirror,
            CfoilObjectKind kind,
            const char     *id,
            CfoilState      state,
            gint64          created_us,
            gint64          moved_minor,
            gint64          said_us)
{
  CfoilObservation said = test_observation (kind, id, said_us);

  said.state = state;
  said.currency = "USD";
  said.created_us = created_us;
  said.moved_minor = moved_minor;
  test_put_observation (mirror->writer, &said);
}

static char *
dump_adjustments (CfoilMirror *mirror)
{
  return test_dump (mirror, "SELECT lock_id, account_name, transaction_id, type, currency, n_done, gross_minor, fee_minor, net_minor "
                            "FROM period_adjustment ORDER BY adjustment_id");
}

static void
check_adjustments (TestMirror *mirror,
                   const char *expected)
{
  g_autofree char *found = dump_adjustments (mirror->mirror);

  g_assert_cmpstr (found, ==, expected);
  test_exec (mirror->mirror, "DELETE FROM period_adjustment");
}

static gint64
count_wrong (CfoilMirror *mirror)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, NULL);
  g_autoptr (GError) error = NULL;
  gint64 n_wrong = -1;

  cfoil_period_lock_check (reader, &n_wrong, &error);
  g_assert_no_error (error);
  return n_wrong;
}

static void
test_sums (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *sums = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GPtrArray) locks = NULL;
  g_autoptr (GPtrArray) amounts = NULL;
  const CfoilPeriodLock *lock;
  const CfoilPeriodAmount *amount;

  put_charge (mirror, "C1", "USD", 10 * DAY_US - 1, 1, 0);
  put_charge (mirror, "C2", "USD", 10 * DAY_US, 10, -1);
  put_charge (mirror, "C3", "USD", 12 * DAY_US - 1, 100, -2);
  put_charge (mirror, "C4", "EUR", 11 * DAY_US, 1000, 0);
  put_charge (mirror, "C5", "USD", 12 * DAY_US, 10000, 0);
  put_object (mirror, CFOIL_OBJECT_CHARGE, "C6", CFOIL_STATE_DECLINED, 11 * DAY_US, CFOIL_UNKNOWN, 5);
  put_object (mirror, CFOIL_OBJECT_CHARGE, "C7", CFOIL_STATE_CAPTURED, 11 * DAY_US, 7, 5);
  test_commit (mirror->writer);
  lock_days (mirror->mirror, 10, 12);
  sums = test_dump (mirror->mirror, "SELECT * FROM period_lock_sum");
  g_assert_cmpstr (sums, ==, "1|shop|EUR|1|1|1000|0|1000\n1|shop|USD|1|3|117|-3|107\n");

  reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  locks = cfoil_period_lock_list (reader, NULL);
  g_assert_cmpuint (locks->len, ==, 1);
  lock = g_ptr_array_index (locks, 0);
  g_assert_cmpstr (lock->zone, ==, "UTC");
  g_assert_cmpstr (lock->who, ==, "Ann");
  g_assert_cmpint (lock->first_day, ==, 10);
  g_assert_cmpint (lock->end_day, ==, 12);
  g_assert_cmpint (lock->end_us, ==, 12 * DAY_US);
  g_assert_cmpint (lock->opened_us, ==, CFOIL_UNKNOWN);
  g_assert_cmpuint (strlen (lock->sha256), ==, 64);
  amounts = cfoil_period_lock_list_sums (reader, lock->lock_id, NULL);
  g_assert_cmpuint (amounts->len, ==, 2);
  amount = g_ptr_array_index (amounts, 1);
  g_assert_cmpstr (amount->account, ==, "shop");
  g_assert_null (amount->transaction_id);
  g_assert_cmpint (amount->gross_minor, ==, 117);
}

/* Each way in which a row can become another. */
static void
test_adjustments (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilSettlementLine line;

  put_charge (mirror, "C1", "USD", 10 * DAY_US, 10, -1);
  put_object (mirror, CFOIL_OBJECT_CHARGE, "C2", CFOIL_STATE_CAPTURED, 10 * DAY_US, 20, 5);
  put_object (mirror, CFOIL_OBJECT_REFUND, "R1", CFOIL_STATE_PENDING, 10 * DAY_US, CFOIL_UNKNOWN, 5);
  put_object (mirror, CFOIL_OBJECT_CHARGE, "C3", CFOIL_STATE_CAPTURED, 20 * DAY_US, 30, 5);
  test_commit (mirror->writer);
  lock_days (mirror->mirror, 10, 12);
  check_adjustments (mirror, "");

  /* nothing new, or nothing of the period */
  put_charge (mirror, "C9", "USD", 12 * DAY_US, 10, -1);
  put_object (mirror, CFOIL_OBJECT_CHARGE, "C2", CFOIL_STATE_CAPTURED, 10 * DAY_US, 20, 6);
  put_object (mirror, CFOIL_OBJECT_CHARGE, "C8", CFOIL_STATE_DECLINED, 10 * DAY_US, CFOIL_UNKNOWN, 6);
  test_commit (mirror->writer);
  check_adjustments (mirror, "");

  /* a late row; another amount; a state; a fee that was not known */
  put_charge (mirror, "C7", "USD", 11 * DAY_US, 70, -7);
  put_object (mirror, CFOIL_OBJECT_REFUND, "R1", CFOIL_STATE_REFUNDED, 10 * DAY_US, -5, 7);
  line = test_line ("S1", CFOIL_TYPE_CHARGE, "C2", 20);
  line.fee_minor = -2;
  line.net_minor = 18;
  line.row_number = 900;
  test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  check_adjustments (mirror,
                     "1|shop|C7|1|USD|1|70|-7|63\n"
                     "1|shop|R1|2|USD|1|-5|0|0\n"
                     "1|shop|C2|1|USD|0|0|-2|18\n");

  /* out of the period, and into it */
  put_object (mirror, CFOIL_OBJECT_CHARGE, "C2", CFOIL_STATE_CAPTURED, 13 * DAY_US, 20, 9);
  put_object (mirror, CFOIL_OBJECT_CHARGE, "C3", CFOIL_STATE_CAPTURED, 11 * DAY_US, 30, 9);
  test_commit (mirror->writer);
  check_adjustments (mirror,
                     "1|shop|C2|1|USD|-1|-20|2|-18\n"
                     "1|shop|C3|1|USD|1|30|0|0\n");

  /* another currency: the first line of the payment in time decides */
  line = test_line ("S1", CFOIL_TYPE_CHARGE, "C1", 11);
  line.currency = "EUR";
  line.posted_us = 10 * DAY_US - 5;
  line.row_number = 901;
  test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  {
    g_autofree char *sums = test_dump (mirror->mirror, "SELECT currency, sum (n_done), sum (gross_minor), sum (fee_minor), sum (net_minor) "
                                                       "FROM period_adjustment GROUP BY 1 ORDER BY 1");
    g_autofree char *rows = test_dump (mirror->mirror, "SELECT transaction_id, currency FROM period_adjustment ORDER BY 1, 2");

    /* C1 is EUR now, before the period; what was its USD stands in a row of its own, which is in it */
    g_assert_cmpstr (sums, ==, "USD|0|0|0|0\n");
    g_assert_cmpstr (rows, ==, "C1|USD\nC1/USD|USD\n");
  }
  test_exec (mirror->mirror, "DELETE FROM period_adjustment");

  /* taken back with all the rest */
  put_charge (mirror, "C6", "USD", 11 * DAY_US, 70, -7);
  cfoil_writer_rollback (mirror->writer);
  put_charge (mirror, "C5", "USD", 15 * DAY_US, 70, -7);
  test_commit (mirror->writer);
  check_adjustments (mirror, "");
}

/* There and back within one transaction is nothing. */
static void
test_back_again (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();

  put_object (mirror, CFOIL_OBJECT_CHARGE, "C1", CFOIL_STATE_CAPTURED, 10 * DAY_US, 20, 5);
  test_commit (mirror->writer);
  lock_days (mirror->mirror, 10, 12);
  put_object (mirror, CFOIL_OBJECT_CHARGE, "C1", CFOIL_STATE_CAPTURED, 10 * DAY_US, 25, 6);
  put_object (mirror, CFOIL_OBJECT_CHARGE, "C1", CFOIL_STATE_CAPTURED, 10 * DAY_US, 20, 7);
  test_commit (mirror->writer);
  check_adjustments (mirror, "");
}

static void
test_open (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GPtrArray) locks = NULL;
  const CfoilPeriodLock *lock;

  put_charge (mirror, "C1", "USD", 10 * DAY_US, 10, -1);
  test_commit (mirror->writer);
  lock_days (mirror->mirror, 10, 12);
  cfoil_period_lock_open_sync (mirror->mirror, 1, 2001 * DAY_US, &error);
  g_assert_no_error (error);
  put_charge (mirror, "C2", "USD", 10 * DAY_US, 10, -1);
  test_commit (mirror->writer);
  check_adjustments (mirror, "");
  g_assert_false (cfoil_period_lock_open_sync (mirror->mirror, 1, 2001 * DAY_US, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  /* and it can be closed again, with what is known now */
  g_assert_cmpint (lock_days (mirror->mirror, 10, 12), ==, 2);
  put_charge (mirror, "C3", "USD", 10 * DAY_US, 10, -1);
  test_commit (mirror->writer);
  check_adjustments (mirror, "2|shop|C3|1|USD|1|10|-1|9\n");
  g_assert_cmpint (count_wrong (mirror->mirror), ==, 0);

  reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  locks = cfoil_period_lock_list (reader, NULL);
  g_assert_cmpuint (locks->len, ==, 2);
  lock = g_ptr_array_index (locks, 1);
  g_assert_cmpint (lock->opened_us, ==, 2001 * DAY_US);
}

static void
test_refused (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GError) error = NULL;
  int lock;

  lock_days (mirror->mirror, 10, 12);
  for (gint32 first = 9; first < 12; first++)
    {
      g_assert_false (cfoil_period_lock_add_sync (mirror->mirror, first, first + 2, "", "", 2000 * DAY_US, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
      g_clear_error (&error);
    }
  g_assert_true (cfoil_period_lock_add_sync (mirror->mirror, 12, 13, "", "", 13 * DAY_US, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (cfoil_period_lock_add_sync (mirror->mirror, 13, 14, "", "", 14 * DAY_US - 1, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (cfoil_period_lock_add_sync (mirror->mirror, 5, 5, "", "", 14 * DAY_US, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  lock = cfoil_mirror_lock (mirror->mirror, NULL);
  g_assert_false (cfoil_period_lock_add_sync (mirror->mirror, 1, 2, "", "", 14 * DAY_US, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  cfoil_mirror_unlock (mirror->mirror, lock);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM period_lock"), ==, 2);
}

static void
test_acknowledge (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GPtrArray) all = NULL, open = NULL, locks = NULL;

  lock_days (mirror->mirror, 10, 12);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("C%u", i);

      put_charge (mirror, id, "USD", 10 * DAY_US, 10, -1);
    }
  test_commit (mirror->writer);
  g_assert_true (cfoil_period_lock_acknowledge (mirror->mirror, 1, 2, 77, &error));
  g_assert_false (cfoil_period_lock_acknowledge (mirror->mirror, 1, 99, 78, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  all = cfoil_period_lock_list_adjustments (reader, 0, TRUE, NULL);
  open = cfoil_period_lock_list_adjustments (reader, 1, FALSE, NULL);
  locks = cfoil_period_lock_list (reader, NULL);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpuint (open->len, ==, 2);
  g_assert_cmpint (((CfoilPeriodAmount *) g_ptr_array_index (all, 1))->acknowledged_us, ==, 77);
  g_assert_cmpint (((CfoilPeriodLock *) g_ptr_array_index (locks, 0))->n_unacknowledged, ==, 2);
  g_assert_true (cfoil_period_lock_acknowledge (mirror->mirror, 1, 0, 79, &error));
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM period_adjustment WHERE acknowledged_us = 79"), ==, 2);
}

/* Nothing of what was locked can be changed without being seen. */
static void
test_chain (void)
{
  static const struct
  {
    const char *sql;
    gint64 n_wrong;
  } changes[] = {
    { "UPDATE period_lock_sum SET gross_minor = gross_minor + 1 WHERE lock_id = 1", 3 },
    { "UPDATE period_lock_sum SET account_name = 'shoq' WHERE lock_id = 2", 2 },
    { "DELETE FROM period_lock_sum WHERE lock_id = 3", 1 },
    { "UPDATE period_lock SET note = '' WHERE lock_id = 2", 2 },
    { "UPDATE period_lock SET who = who || note, note = '' WHERE lock_id = 3", 1 },
    { "UPDATE period_lock SET end_us = end_us - 1 WHERE lock_id = 1", 3 },
    { "UPDATE period_lock SET sha256 = 'x' WHERE lock_id = 2", 1 },
    { "DELETE FROM period_lock WHERE lock_id = 1", 2 },
    { "UPDATE period_lock SET opened_us = 5", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (TestMirror) mirror = test_mirror_new ();

      for (gint32 day = 10; day < 13; day++)
        {
          g_autofree char *id = g_strdup_printf ("C%d", day);

          put_charge (mirror, id, "USD", day * DAY_US, 10, -1);
          test_commit (mirror->writer);
          lock_days (mirror->mirror, day, day + 1);
        }
      g_assert_cmpint (count_wrong (mirror->mirror), ==, 0);
      g_test_message ("%s", changes[i].sql);
      test_exec (mirror->mirror, changes[i].sql);
      g_assert_cmpint (count_wrong (mirror->mirror), ==, changes[i].n_wrong);
    }
}

static gint64
count_returning (CfoilMirror *mirror)
{
  g_autoptr (GError) error = NULL;
  CfoilDatabase *reader = cfoil_mirror_open_reader (mirror, &error);
  g_autoptr (GPtrArray) locks = cfoil_period_lock_list (reader, &error);

  g_assert_no_error (error);
  cfoil_database_close (reader);
  return ((CfoilPeriodLock *) g_ptr_array_index (locks, 0))->n_returning;
}

static void
end_run (TestMirror *mirror,
         gint64      n_returning)
{
  g_autoptr (GError) error = NULL;

  test_commit (mirror->writer);
  cfoil_period_lock_take_back_sync (mirror->mirror, 2100 * DAY_US, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_returning (mirror->mirror), ==, n_returning);
}

/* What a period was stays where the account is gone; one that comes back is not news, but
 * what it has otherwise is, and from when all of it is there it is watched as before. */
static void
test_removed_account (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;
  gint64 account_id;

  put_charge (mirror, "C1", "USD", 10 * DAY_US, 10, -1);
  put_charge (mirror, "C2", "USD", 11 * DAY_US, 20, -2);
  test_commit (mirror->writer);
  lock_days (mirror->mirror, 10, 12);
  before = test_dump (mirror->mirror, "SELECT * FROM period_lock_sum");
  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  cfoil_account_remove (mirror->mirror, "shop", &error);
  g_assert_no_error (error);
  after = test_dump (mirror->mirror, "SELECT * FROM period_lock_sum");
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (count_wrong (mirror->mirror), ==, 0);
  check_adjustments (mirror, "");

  account_id = test_add_account (mirror->mirror, "shop");
  test_exec (mirror->mirror, "UPDATE account SET created_us = 172900000000001"); /* after it was locked */
  mirror->writer = test_writer_new (mirror->mirror, account_id);
  mirror->feed_id = test_open_feed (mirror->writer, "again", 1);
  mirror->document_id = test_open_document (mirror->writer, mirror->feed_id, "again");
  cfoil_writer_set_source (mirror->writer, mirror->feed_id, mirror->document_id, FALSE);
  put_charge (mirror, "C1", "USD", 10 * DAY_US, 10, -1);
  end_run (mirror, 1);
  check_adjustments (mirror, "");
  put_charge (mirror, "C2", "USD", 11 * DAY_US, 25, -2);
  end_run (mirror, 0);
  check_adjustments (mirror, "1|shop||1|USD|0|5|0|5\n");
  put_charge (mirror, "C3", "USD", 11 * DAY_US, 7, -1);
  end_run (mirror, 0);
  check_adjustments (mirror, "1|shop|C3|1|USD|1|7|-1|6\n");
}

/* The period as it was when it was locked, and all adjustments: that is what it is now. */
static void
check_books (CfoilMirror *mirror)
{
  g_autofree char *now = NULL;
  g_autofree char *books = NULL;

  now = test_dump (mirror, "SELECT l.lock_id, a.name, coalesce (t.currency, ''), t.type, count (*), sum (t.gross_minor), "
                           "sum (coalesce (t.fee_minor, 0)), sum (coalesce (t.net_minor, 0)) "
                           "FROM period_lock AS l JOIN txn AS t ON t.sort_us >= l.start_us AND t.sort_us < l.end_us "
                           "JOIN account AS a USING (account_id) WHERE l.opened_us IS NULL AND "
                           "iif (t.type = 1, t.state IN (0, 5), iif (t.type = 2, t.state IN (0, 8), t.posted_us IS NOT NULL)) "
                           "GROUP BY 1, 2, 3, 4 HAVING count (*) <> 0 ORDER BY 1, 2, 3, 4");
  books = test_dump (mirror, "SELECT lock_id, account_name, currency, type, sum (n_done), sum (gross_minor), sum (fee_minor), "
                             "sum (net_minor) FROM (SELECT lock_id, account_name, currency, type, n_done, gross_minor, fee_minor, "
                             "net_minor FROM period_lock_sum UNION ALL SELECT lock_id, account_name, currency, type, n_done, gross_minor, "
                             "fee_minor, net_minor FROM period_adjustment) JOIN account ON name = account_name "
                             "JOIN period_lock USING (lock_id) WHERE opened_us IS NULL "
                             "GROUP BY 1, 2, 3, 4 HAVING sum (n_done) <> 0 ORDER BY 1, 2, 3, 4");
  g_assert_cmpstr (books, ==, now);
}

static void
test_histories (void)
{
  for (guint history = 0; history < 3; history++)
    {
      g_autoptr (TestMirror) mirror = test_mirror_new ();
      History run = { .mirror = mirror, .environment = "live", .from_us = 10 * DAY_US, .unit_us = 3 * G_TIME_SPAN_HOUR };

      g_clear_pointer (&mirror->writer, cfoil_writer_free);
      history_open_account (&run);
      cfoil_writer_free (run.writer);
      for (guint step = 0; step < N_STEPS; step++)
        {
          /* most lines and objects are of these days */
          if (step == 2 || step == 10)
            lock_days (mirror->mirror, step == 2 ? 10 : 11, step == 2 ? 11 : 13);
          history_open_writer (&run);
          for (gint32 n = g_test_rand_int_range (1, 15); n > 0; n--)
            history_happen (&run);
          test_commit (run.writer);
          cfoil_writer_free (run.writer);
          check_books (mirror->mirror);
        }
      g_assert_cmpint (count_wrong (mirror->mirror), ==, 0);
      g_free (run.name);
    }
}

static void
rebuild (TestMirror *mirror)
{
  g_autoptr (CfoilRebuild) self = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;

  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  self = cfoil_rebuild_begin (mirror->mirror, NULL, &error);
  g_assert_no_error (error);
  cfoil_rebuild_finish (self, &kept, &error);
  g_assert_no_error (error);
  g_clear_pointer (&self, cfoil_rebuild_free);
  /* Its name tells the second, and the next rebuild comes within the same. */
  g_assert_cmpint (g_unlink (kept), ==, 0);
  g_clear_object (&mirror->mirror);
  mirror->mirror = cfoil_mirror_open (mirror->folder->path, &error);
  g_assert_no_error (error);
}

/* What comes out the same is no news, also where the old mirror was damaged; what comes
 * out otherwise is. */
static void
test_rebuild (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *before = NULL, *after = NULL;
  static const char sql[] = "SELECT * FROM (SELECT lock_id, 'sum', account_name, currency, type, n_done, gross_minor, fee_minor, net_minor, 0 "
                            "FROM period_lock_sum UNION ALL SELECT lock_id, transaction_id, account_name, currency, type, n_done, gross_minor, "
                            "fee_minor, net_minor, coalesce (acknowledged_us, 0) FROM period_adjustment UNION ALL SELECT lock_id, sha256, who, "
                            "note, first_day, end_day, start_us, end_us, locked_us, coalesce (opened_us, 0) FROM period_lock) ORDER BY 1, 2, 3, 4, 5";

  put_charge (mirror, "C1", "USD", 10 * DAY_US, 10, -1);
  put_charge (mirror, "C2", "USD", 11 * DAY_US, 20, -2);
  test_commit (mirror->writer);
  lock_days (mirror->mirror, 5, 6);
  g_assert_true (cfoil_period_lock_open_sync (mirror->mirror, 1, 99, NULL));
  lock_days (mirror->mirror, 10, 12);
  put_charge (mirror, "C3", "USD", 11 * DAY_US, 30, -3);
  test_commit (mirror->writer);
  g_assert_true (cfoil_period_lock_acknowledge (mirror->mirror, 2, 1, 88, NULL));
  before = test_dump (mirror->mirror, sql);
  test_assert_contains (before, "2|C3|shop|USD|1|1|30|-3|27|88");

  rebuild (mirror);
  after = test_dump (mirror->mirror, sql);
  g_assert_cmpstr (after, ==, before);
  g_clear_pointer (&after, g_free);

  test_exec (mirror->mirror, "UPDATE txn SET gross_minor = 12345, fee_minor = NULL");
  rebuild (mirror);
  after = test_dump (mirror->mirror, sql);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (count_wrong (mirror->mirror), ==, 0);
  check_books (mirror->mirror);

  /* a line that only the old mirror had is gone with the damage */
  test_exec (mirror->mirror, "DELETE FROM settlement_line WHERE amount_minor = 20");
  rebuild (mirror);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM period_adjustment WHERE transaction_id = 'C2' AND gross_minor = -20 "
                                               "AND fee_minor = 2 AND net_minor = -18 AND n_done = -1"), ==, 1);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM period_adjustment"), ==, 2);
  check_books (mirror->mirror);
}

/* In the mirror's zone; and another zone later leaves what was locked as it was. */
static void
test_zone (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Kolkata");
  g_autoptr (GError) error = NULL;
  g_autofree char *bounds = NULL;

  if (zone == NULL)
    {
      g_test_skip ("no such zone");
      return;
    }
  g_assert_true (cfoil_summary_set_zone_sync (mirror->mirror, "Asia/Kolkata", &error));
  lock_days (mirror->mirror, 10, 11);
  bounds = test_dump (mirror->mirror, "SELECT zone, start_us, end_us FROM period_lock");
  g_assert_cmpstr (bounds, ==, "Asia/Kolkata|844200000000|930600000000\n");
  g_assert_true (cfoil_summary_set_zone_sync (mirror->mirror, "UTC", &error));
  put_charge (mirror, "C1", "USD", G_GINT64_CONSTANT (844200000000), 1, 0);
  put_charge (mirror, "C2", "USD", G_GINT64_CONSTANT (930600000000), 2, 0);
  put_charge (mirror, "C3", "USD", G_GINT64_CONSTANT (844199999999), 4, 0);
  test_commit (mirror->writer);
  check_adjustments (mirror, "1|shop|C1|1|USD|1|1|0|1\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/period-lock/sums", test_sums);
  g_test_add_func ("/period-lock/adjustments", test_adjustments);
  g_test_add_func ("/period-lock/back-again", test_back_again);
  g_test_add_func ("/period-lock/open", test_open);
  g_test_add_func ("/period-lock/refused", test_refused);
  g_test_add_func ("/period-lock/acknowledge", test_acknowledge);
  g_test_add_func ("/period-lock/chain", test_chain);
  g_test_add_func ("/period-lock/removed-account", test_removed_account);
  g_test_add_func ("/period-lock/histories", test_histories);
  g_test_add_func ("/period-lock/rebuild", test_rebuild);
  g_test_add_func ("/period-lock/zone", test_zone);

  return g_test_run ();
}
