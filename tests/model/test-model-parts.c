/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-exceptions.h"
#include "cfoil-mirror-status.h"
#include "cfoil-record-query.h"
#include "cfoil-row-cache.h"
#include "cfoil-shown-text.h"
#include "model-fixture.h"

#include <string.h>

/* --- texts from outside --- */

static void
test_shown_text (void)
{
  static const struct
  {
    const char *text;
    const char *shown;
  } cases[] = {
    { NULL, NULL },
    { "", NULL },
    { "Tom & Jerry <b>VIP</b>", "Tom & Jerry <b>VIP</b>" },
    { "one\ntwo\tthree\x01", "one two three " },
    { "\xe2\x80\xaegnp.exe", "gnp.exe" },
    { "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d 5", "\xe2\x81\xa8\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d 5\xe2\x81\xa9" },
    { "\xff\xfe", "\xef\xbf\xbd\xef\xbf\xbd" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = cfoil_shown_text (cases[i].text);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_shown_text_limits (void)
{
  g_autofree char *huge = g_strnfill (10 * 1024 * 1024, 'x');
  g_autofree char *shown = cfoil_shown_text (huge);
  g_autoptr (GString) marks = g_string_new ("a");
  g_autofree char *few = NULL;
  g_autofree char *lines = cfoil_shown_lines ("a\nb\r", 100);

  g_assert_cmpint (g_utf8_strlen (shown, -1), ==, CFOIL_SHOWN_TEXT_MAX + 1);
  for (guint i = 0; i < 100000; i++)
    g_string_append (marks, "\xcc\x81");
  few = cfoil_shown_text (marks->str);
  g_assert_cmpint (g_utf8_strlen (few, -1), <, 20);
  g_assert_cmpstr (lines, ==, "a\nb ");
}

/* --- the cache of rows --- */

static CfoilRecord *
new_record (gint64 id)
{
  CfoilRecord *record = cfoil_record_new (id);

  cfoil_record_set_number (record, CFOIL_FIELD_TIME, id);
  return record;
}

static void
test_row_cache (void)
{
  g_autoptr (CfoilRowCache) cache = cfoil_row_cache_new (3);

  for (gint64 i = 1; i <= 5; i++)
    {
      g_autoptr (CfoilRecord) record = new_record (i);

      cfoil_row_cache_put (cache, record);
      if (i >= 3)
        g_assert_nonnull (cfoil_row_cache_get (cache, 3, NULL));
    }
  g_assert_cmpuint (cfoil_row_cache_get_n_rows (cache), ==, 3);
  g_assert_null (cfoil_row_cache_get (cache, 1, NULL));
  g_assert_null (cfoil_row_cache_get (cache, 2, NULL));
  g_assert_nonnull (cfoil_row_cache_get (cache, 3, NULL));
  {
    g_autoptr (CfoilRecord) same = new_record (3);
    g_autoptr (CfoilRecord) other = new_record (3);
    gboolean is_old = FALSE;

    /* What says the same does not take the place of what is shown. */
    cfoil_row_cache_age (cache);
    g_assert_nonnull (cfoil_row_cache_get (cache, 3, &is_old));
    g_assert_true (is_old);
    cfoil_row_cache_put (cache, same);
    g_assert_true (cfoil_row_cache_get (cache, 3, &is_old) != same);
    g_assert_false (is_old);

    cfoil_record_set_text (other, CFOIL_FIELD_NOTE, "another");
    cfoil_row_cache_put (cache, other);
    g_assert_true (cfoil_row_cache_get (cache, 3, NULL) == other);
    g_assert_cmpuint (cfoil_row_cache_get_n_rows (cache), ==, 3);
  }
}

/* --- the state of the mirror --- */

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
has_result (gpointer user_data)
{
  return *(GAsyncResult **) user_data != NULL;
}

static void
fill (ModelFixture *fixture)
{
  model_fixture_add_rows (fixture, 1, 1, 7);
  model_fixture_exec (fixture, TRUE,
                      "UPDATE txn SET currency = 'JPY' WHERE txn_id = 1;"
                      "INSERT INTO feed (feed_id, account_id, name, rank, fresh_us, tried_us, error_name, error_message, error_request_id)"
                      " VALUES (1, 1, 'settlement-reports', 1, 5, 6, NULL, NULL, NULL),"
                      "        (2, 1, 'disbursements', 1, NULL, 6, 'network', 'no <b>route</b>', 'R-1');"
                      "INSERT INTO feed_coverage VALUES (1, 10, 20), (1, 30, 40);"
                      "INSERT INTO exception (account_id, feed_id, kind, subject, message, raw, row_number, seen_us)"
                      " SELECT 1, 1, min (kind), 'S', 'M', 'a,b' || char (10) || 'c', 3, 0 FROM exception_name");
}

static void
test_status (ModelFixture *fixture,
             gconstpointer user_data)
{
  g_autoptr (CfoilReader) reader = cfoil_reader_new (fixture->mirror);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilMirrorStatus) status = NULL;
  const CfoilAccountStatus *account;
  const CfoilFeedStatus *feed;
  guint n;

  fill (fixture);
  cfoil_mirror_status_read_async (reader, NULL, result_cb, &result);
  model_wait (has_result, &result);
  status = cfoil_mirror_status_read_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (status->accounts->len, ==, 2);
  g_assert_cmpint (status->n_exceptions, ==, 1);

  account = cfoil_mirror_status_find_account (status, 1);
  g_assert_true (account->is_sandbox);
  g_assert_cmpuint (account->feeds->len, ==, 2);
  feed = cfoil_account_status_find_feed (account, "settlement-reports");
  g_assert_cmpint (feed->fresh_us, ==, 5);
  cfoil_interval_set_peek (feed->coverage, &n);
  g_assert_cmpuint (n, ==, 2);
  feed = cfoil_account_status_find_feed (account, "disbursements");
  g_assert_cmpint (feed->fresh_us, ==, CFOIL_UNKNOWN);
  g_assert_cmpstr (feed->error_name, ==, "network");
  g_assert_cmpstr (feed->error_message, ==, "no <b>route</b>");
  g_assert_null (cfoil_account_status_find_feed (account, "imports"));
}

static void
test_exceptions (ModelFixture *fixture,
                 gconstpointer user_data)
{
  g_autoptr (CfoilReader) reader = cfoil_reader_new (fixture->mirror);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) items = NULL;
  CfoilExceptionItem *item;

  fill (fixture);
  cfoil_exceptions_read_async (reader, NULL, result_cb, &result);
  model_wait (has_result, &result);
  items = cfoil_exceptions_read_finish (result, NULL);
  g_assert_cmpuint (items->len, ==, 1);
  item = items->pdata[0];
  g_assert_cmpstr (item->raw, ==, "a,b\nc");
  g_assert_cmpstr (item->feed, ==, "settlement-reports");
  g_assert_cmpint (item->row_number, ==, 3);
}

/* --- jobs --- */

static gpointer
run_for_ever (CfoilDatabase *database,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  gint64 value;

  cfoil_database_get_int64 (database,
                            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max (i) FROM n",
                            &value, error);
  return NULL;
}

static void
test_cancel (ModelFixture *fixture,
             gconstpointer user_data)
{
  g_autoptr (CfoilReader) reader = cfoil_reader_new (fixture->mirror);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cfoil_reader_run_async (reader, CFOIL_READER_QUERY, run_for_ever, NULL, NULL, NULL, cancellable, result_cb, &result);
  model_spin (50);
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  model_wait (has_result, &result);
  g_assert_null (cfoil_reader_run_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* One job runs, one waits: both are answered when the reader closes. */
static void
test_close (ModelFixture *fixture,
            gconstpointer user_data)
{
  g_autoptr (CfoilReader) reader = cfoil_reader_new (fixture->mirror);
  g_autoptr (GAsyncResult) running = NULL;
  g_autoptr (GAsyncResult) waiting = NULL;
  g_autoptr (GAsyncResult) late = NULL;

  cfoil_reader_run_async (reader, CFOIL_READER_QUERY, run_for_ever, NULL, NULL, NULL, NULL, result_cb, &running);
  cfoil_reader_run_async (reader, CFOIL_READER_STATUS, run_for_ever, NULL, NULL, NULL, NULL, result_cb, &waiting);
  model_spin (50);
  cfoil_reader_close (reader);
  cfoil_reader_run_async (reader, CFOIL_READER_STATUS, run_for_ever, NULL, NULL, NULL, NULL, result_cb, &late);
  model_wait (has_result, &running);
  model_wait (has_result, &waiting);
  model_wait (has_result, &late);
}

static gpointer
count_rows (CfoilDatabase *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  gint64 n = -1;

  cfoil_database_get_int64 (database, "SELECT count (*) FROM account", &n, error);
  return g_memdup2 (&n, sizeof n);
}

/* Rows on the screen do not wait for a long query. */
static void
test_rows_overtake (ModelFixture *fixture,
                    gconstpointer user_data)
{
  g_autoptr (CfoilReader) reader = cfoil_reader_new (fixture->mirror);
  g_autoptr (GAsyncResult) running = NULL;
  g_autoptr (GAsyncResult) rows = NULL;
  g_autofree gint64 *n = NULL;

  cfoil_reader_run_async (reader, CFOIL_READER_QUERY, run_for_ever, NULL, NULL, NULL, NULL, result_cb, &running);
  model_spin (50);
  cfoil_reader_run_async (reader, CFOIL_READER_ROWS, count_rows, NULL, NULL, g_free, NULL, result_cb, &rows);
  model_wait (has_result, &rows);
  n = cfoil_reader_run_finish (rows, NULL);
  g_assert_cmpint (*n, ==, 2);
  g_assert_null (running);
  cfoil_reader_close (reader);
  model_wait (has_result, &running);
}

/* 2026-03-28 23:30 in Berlin, the evening before a day of 23 hours; and the next. */
static void
test_fresh_until (void)
{
  static const struct
  {
    const char *query;
    const char *now;
    const char *until; /* NULL: for good */
  } cases[] = {
    { "", "2026-03-28T22:30:00Z", NULL },
    { "date:2026-03 type:refund has:note is:uncaptured", "2026-03-28T22:30:00Z", NULL },
    { "date:today", "2026-03-28T22:30:00Z", "2026-03-28T23:00:00Z" },
    { "-date:last30d", "2026-03-28T22:30:00Z", "2026-03-28T23:00:00Z" },
    { "date:2026-03-01..today", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z" },
    { "date:lastmonth", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z" },
    { "date:thisyear", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z" },
    { "is:expiring", "2026-03-28T23:00:00Z", "2026-03-29T00:00:00Z" },
    { "is:expiring date:today", "2026-03-28T22:30:00Z", "2026-03-28T23:00:00Z" },
  };
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CfoilQuery) parsed = cfoil_query_parse (cases[i].query);
      g_autoptr (CfoilRecordQuery) query = cfoil_record_query_new (parsed, NULL, berlin);
      g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (cases[i].now, NULL);
      g_autoptr (GDateTime) until = cases[i].until != NULL ? g_date_time_new_from_iso8601 (cases[i].until, NULL) : NULL;

      g_test_message ("%s", cases[i].query);
      g_assert_cmpuint (cfoil_query_get_n_mistakes (parsed), ==, 0);
      g_assert_cmpint (cfoil_record_query_fresh_until (query, g_date_time_to_unix (now) * G_USEC_PER_SEC), ==,
                       until != NULL ? g_date_time_to_unix (until) * G_USEC_PER_SEC : G_MAXINT64);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/shown-text/cases", test_shown_text);
  g_test_add_func ("/shown-text/limits", test_shown_text_limits);
  g_test_add_func ("/record-query/fresh-until", test_fresh_until);
  g_test_add_func ("/row-cache/least-recently-used", test_row_cache);
#define ADD(path, func) \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, func, model_fixture_tear_down)
  ADD ("/mirror-status/read", test_status);
  ADD ("/exceptions/read", test_exceptions);
  ADD ("/reader/cancel", test_cancel);
  ADD ("/reader/close", test_close);
  ADD ("/reader/rows-overtake", test_rows_overtake);
  return g_test_run ();
}
