/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-anomaly-private.h"

#include "cfoil-amounts.h"
#include "cfoil-currency.h"
#include "cfoil-types.h"

#include <string.h>

/* Rules about single payments and bursts of them. */

#define SMALL_UNITS 5
#define BURST_US (10 * G_TIME_SPAN_MINUTE)
#define USUAL_DAYS 7
#define MIN_BURST 9
#define TIMES_USUAL 8
#define DUPLICATE_US (10 * G_TIME_SPAN_MINUTE)
#define LARGE_DAYS 180
#define MIN_LARGE_PAYMENTS 200

/* New rows: first seen after the last look, and not older than a look goes back. */
#define NEW "account_id = ?1 AND sort_us >= ?2 AND sort_us <= ?4 AND first_seen_us > ?3"

/* In minor units. */
static gint64
small_amount (const char *currency)
{
  int exponent = cfoil_currency_exponent (currency);
  gint64 amount = SMALL_UNITS;

  /* Of a currency without decimals 500 are as little as 5.00 elsewhere. */
  for (int i = 0; i < (exponent > 0 ? exponent : 2); i++)
    amount *= 10;
  return amount;
}

/* The times of attempts at most as large as that, from START on. */
static GArray *
read_attempts (CfoilLook  *look,
               const char *currency,
               gint64      start_us,
               gint64      end_us,
               GError    **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  CfoilStep step;

  rows = cfoil_database_prepare (look->writer,
                                 "SELECT sort_us FROM txn INDEXED BY txn_sort WHERE sort_us >= ?2 AND sort_us <= ?3 AND account_id = ?1 "
                                 "AND type = 1 AND currency = ?4 AND amount_minor <= ?5 ORDER BY sort_us",
                                 error);
  if (rows == NULL)
    return NULL;
  cfoil_statement_bind_int64 (rows, 1, look->account_id);
  cfoil_statement_bind_int64 (rows, 2, start_us);
  cfoil_statement_bind_int64 (rows, 3, end_us);
  cfoil_statement_bind_text (rows, 4, currency);
  cfoil_statement_bind_int64 (rows, 5, small_amount (currency));
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      gint64 us = cfoil_statement_column_int64 (rows, 0);

      g_array_append_val (times, us);
    }
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&times) : NULL;
}

/* What ten minutes with any attempt usually have: the median over the week before. */
static gint64
usual_burst (const GArray *times,
             guint         end)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 start_us = g_array_index (times, gint64, end) - USUAL_DAYS * G_TIME_SPAN_DAY;

  for (guint i = 0; i < end;)
    {
      gint64 first_us = g_array_index (times, gint64, i);
      gint64 n = 0;

      for (; i < end && g_array_index (times, gint64, i) < first_us + BURST_US; i++)
        n++;
      if (first_us >= start_us)
        g_array_append_val (counts, n);
    }
  return counts->len > 0 ? _cfoil_median ((gint64 *) (gpointer) counts->data, counts->len) : 1;
}

static gboolean
tell_burst (CfoilLook    *look,
            const char   *currency,
            const GArray *times,
            guint         first,
            guint         n,
            gint64        usual,
            GError      **error)
{
  gint64 from_us = g_array_index (times, gint64, first);
  gint64 until_us = g_array_index (times, gint64, first + n - 1);
  g_autofree char *day = _cfoil_look_day_query (look, from_us);
  char limit[64];
  g_autofree char *query = NULL;
  CfoilTelling *telling = _cfoil_telling_new ("card-testing", day, currency);

  g_snprintf (limit, sizeof limit, "%d", SMALL_UNITS * (cfoil_currency_exponent (currency) > 0 ? 1 : 100));
  query = g_strdup_printf ("type:charge amount:<=%s %s", limit, day);
  _cfoil_telling_set_span (telling, from_us, until_us);
  _cfoil_telling_set_number (telling, "n", n);
  _cfoil_telling_set_number (telling, "usual", usual);
  _cfoil_telling_set_number (telling, "most_minor", small_amount (currency));
  _cfoil_telling_set_number (telling, "minutes", (until_us - from_us) / G_TIME_SPAN_MINUTE + 1);
  _cfoil_telling_set_query (telling, query);
  return _cfoil_look_tell (look, telling, error);
}

/* The largest ten minutes of each day that begin at or after START. */
static gboolean
find_bursts (CfoilLook  *look,
             const char *currency,
             gint64      start_us,
             GArray     *times,
             GError    **error)
{
  const gint64 *us = (const gint64 *) (gpointer) times->data;

  for (guint i = 0, end = 0; i < times->len; i++)
    {
      gint64 usual;

      while (end < times->len && us[end] <= us[i] + BURST_US)
        end++;
      if (us[i] < start_us || end - i < MIN_BURST)
        continue;
      usual = usual_burst (times, i);
      if (end - i <= usual * TIMES_USUAL)
        continue;
      if (!tell_burst (look, currency, times, i, end - i, usual, error))
        return FALSE;
      i = end - 1;
    }
  return TRUE;
}

gboolean
_cfoil_look_card_testing (CfoilLook *look,
                          GError   **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  rows = _cfoil_look_prepare (look, "SELECT currency, min (sort_us), max (sort_us) FROM txn @NEW WHERE " NEW
                                    " AND type = 1 AND currency IS NOT NULL GROUP BY currency", error);
  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      const char *currency = cfoil_statement_column_text (rows, 0);
      gint64 start_us = cfoil_statement_column_int64 (rows, 1) - BURST_US;
      gint64 end_us = cfoil_statement_column_int64 (rows, 2) + BURST_US;
      g_autoptr (GArray) times = read_attempts (look, currency, start_us - USUAL_DAYS * G_TIME_SPAN_DAY, end_us, error);

      if (times == NULL || !find_bursts (look, currency, start_us, times, error))
        return FALSE;
    }
  return step == CFOIL_STEP_DONE;
}

/* Captured twice from the same buyer: by the buyer's id, else by the address. */
gboolean
_cfoil_look_duplicate (CfoilLook *look,
                       GError   **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  rows = _cfoil_look_prepare (look,
                              "SELECT t.transaction_id, u.transaction_id, t.currency, t.amount_minor, u.sort_us, t.sort_us "
                              "FROM txn AS t @NEW CROSS JOIN charge_permission AS p ON p.account_id = t.account_id AND p.permission_id = t.permission_id "
                              "CROSS JOIN charge_permission AS q INDEXED BY permission_buyer ON q.account_id = p.account_id AND q.buyer_id = p.buyer_id "
                              "CROSS JOIN txn AS u INDEXED BY txn_permission ON u.account_id = q.account_id AND u.permission_id = q.permission_id "
                              "WHERE t.account_id = ?1 AND t.sort_us >= ?2 AND t.sort_us <= ?4 AND t.first_seen_us > ?3 "
                              "AND t.type = 1 AND t.state = 5 AND u.type = 1 AND u.state = 5 AND p.buyer_id IS NOT NULL "
                              "AND u.amount_minor = t.amount_minor AND u.currency = t.currency AND u.txn_id <> t.txn_id "
                              "AND t.sort_us - u.sort_us BETWEEN 0 AND 600000000 AND (u.sort_us < t.sort_us OR u.txn_id < t.txn_id)",
                              error);
  G_STATIC_ASSERT (DUPLICATE_US == 600000000);
  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      const char *later = cfoil_statement_column_text (rows, 0);
      gint64 from_us = cfoil_statement_column_int64 (rows, 4), until_us = cfoil_statement_column_int64 (rows, 5);
      CfoilTelling *telling = _cfoil_telling_new ("duplicate", later, cfoil_statement_column_text (rows, 2));
      g_autofree char *query = g_strdup_printf ("charge_id:%s,%s", cfoil_statement_column_text (rows, 1), later);

      _cfoil_telling_set_span (telling, from_us, until_us);
      _cfoil_telling_set_number (telling, "amount_minor", cfoil_statement_column_int64 (rows, 3));
      _cfoil_telling_set_number (telling, "seconds", (until_us - from_us) / G_USEC_PER_SEC);
      _cfoil_telling_set_query (telling, query);
      if (!_cfoil_look_tell (look, telling, error))
        return FALSE;
    }
  return step == CFOIL_STEP_DONE;
}

/* Authorised, not captured, and at an end within three days. */
gboolean
_cfoil_look_expiring (CfoilLook *look,
                      GError   **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  rows = _cfoil_look_prepare (look,
                              "SELECT transaction_id, currency, amount_minor, sort_us, expires_us FROM txn INDEXED BY txn_authorized WHERE account_id = ?1 "
                              "AND sort_us >= ?2 AND type = 1 AND state = 3 "
                              "AND expires_us > ?4 AND expires_us <= ?4 + 3 * 86400000000",
                              error);
  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      const char *id = cfoil_statement_column_text (rows, 0);
      CfoilTelling *telling = _cfoil_telling_new ("expiring", id, cfoil_statement_column_text (rows, 1));
      g_autofree char *query = g_strdup_printf ("charge_id:%s", id);

      _cfoil_telling_set_span (telling, cfoil_statement_column_int64 (rows, 3), cfoil_statement_column_int64 (rows, 4));
      _cfoil_telling_set_number (telling, "amount_minor", cfoil_statement_column_int64 (rows, 2));
      _cfoil_telling_set_number (telling, "expires_us", cfoil_statement_column_int64 (rows, 4));
      _cfoil_telling_set_query (telling, query);
      if (!_cfoil_look_tell (look, telling, error))
        return FALSE;
    }
  return step == CFOIL_STEP_DONE;
}

/* The last change of a captured payment is its capture.  It was known before as an authorization: what is new does not tell. */
gboolean
_cfoil_look_late_capture (CfoilLook *look,
                          GError   **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  rows = _cfoil_look_prepare (look,
                              "SELECT transaction_id, currency, amount_minor, created_us, updated_us FROM txn INDEXED BY txn_captured_late WHERE account_id = ?1 "
                              "AND sort_us BETWEEN ?2 AND ?4 - 7 * 86400000000 AND type = 1 AND state = 5 "
                              "AND updated_us - created_us > 604800000000",
                              error);
  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      const char *id = cfoil_statement_column_text (rows, 0);
      gint64 created_us = cfoil_statement_column_int64 (rows, 3), captured_us = cfoil_statement_column_int64 (rows, 4);
      CfoilTelling *telling = _cfoil_telling_new ("late-capture", id, cfoil_statement_column_text (rows, 1));
      g_autofree char *query = g_strdup_printf ("charge_id:%s", id);

      _cfoil_telling_set_span (telling, created_us, captured_us);
      _cfoil_telling_set_number (telling, "amount_minor", cfoil_statement_column_int64 (rows, 2));
      _cfoil_telling_set_number (telling, "days", (captured_us - created_us) / G_TIME_SPAN_DAY);
      _cfoil_telling_set_query (telling, query);
      if (!_cfoil_look_tell (look, telling, error))
        return FALSE;
    }
  return step == CFOIL_STEP_DONE;
}

static char *
store_key (const char *currency,
           gint64      store_id)
{
  return g_strdup_printf ("%s/%" G_GINT64_FORMAT, currency, store_id != CFOIL_UNKNOWN ? store_id : 0);
}

static void
add_amount (GHashTable *stores,
            const char *key,
            gint64      amount_minor)
{
  CfoilAmounts *amounts = g_hash_table_lookup (stores, key);

  if (amounts == NULL)
    {
      amounts = cfoil_amounts_new ();
      g_hash_table_insert (stores, g_strdup (key), amounts);
    }
  cfoil_amounts_add (amounts, amount_minor);
}

/* By "EUR/3": CfoilAmounts of the payments of half a year. */
static GHashTable *
read_amounts (CfoilLook *look,
              GError   **error)
{
  g_autoptr (GHashTable) stores = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cfoil_amounts_free);
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  rows = cfoil_database_prepare (look->writer,
                                 "SELECT currency || '/' || coalesce (store_id, 0), amount_minor FROM txn INDEXED BY txn_sort "
                                 "WHERE sort_us BETWEEN ?2 AND ?3 AND account_id = ?1 AND type = 1 AND state = 5 AND currency IS NOT NULL "
                                 "AND amount_minor IS NOT NULL",
                                 error);
  if (rows == NULL)
    return NULL;
  cfoil_statement_bind_int64 (rows, 1, look->account_id);
  cfoil_statement_bind_int64 (rows, 2, look->now_us - LARGE_DAYS * G_TIME_SPAN_DAY);
  cfoil_statement_bind_int64 (rows, 3, look->now_us);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    add_amount (stores, cfoil_statement_column_text (rows, 0), cfoil_statement_column_int64 (rows, 1));
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&stores) : NULL;
}

/* The amounts that one in two hundred payments of a store exceeds, of stores with enough of
 * them.  It takes a look at half a year: once a day is enough. */
static gboolean
read_percentiles (CfoilLook *look,
                  GError   **error)
{
  g_autoptr (GHashTable) stores = NULL;
  GHashTableIter iter;
  gpointer key, amounts;

  if (look->has_looked_today)
    return TRUE;
  stores = read_amounts (look, error);
  if (stores == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, stores);
  while (g_hash_table_iter_next (&iter, &key, &amounts))
    {
      guint64 n = cfoil_amounts_get_n (amounts);

      if (n >= MIN_LARGE_PAYMENTS)
        _cfoil_look_remember (look, key, cfoil_amounts_get_nth (amounts, n - 1 - n / 200));
    }
  return TRUE;
}

static gboolean
tell_large (CfoilLook      *look,
            CfoilStatement *row,
            const char     *currency,
            gint64          percentile,
            GError        **error)
{
  const char *id = cfoil_statement_column_text (row, 0);
  CfoilTelling *telling = _cfoil_telling_new ("large-amount", id, currency);
  g_autofree char *query = g_strdup_printf ("charge_id:%s", id);

  _cfoil_telling_set_span (telling, cfoil_statement_column_int64 (row, 2), cfoil_statement_column_int64 (row, 2));
  _cfoil_telling_set_number (telling, "amount_minor", cfoil_statement_column_int64 (row, 1));
  _cfoil_telling_set_number (telling, "usual_minor", percentile);
  _cfoil_telling_set_query (telling, query);
  return _cfoil_look_tell (look, telling, error);
}

gboolean
_cfoil_look_large_amount (CfoilLook *look,
                          GError   **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  if (!read_percentiles (look, error))
    return FALSE;
  rows = _cfoil_look_prepare (look, "SELECT transaction_id, amount_minor, sort_us, currency, store_id FROM txn @NEW WHERE " NEW
                                    " AND type = 1 AND state = 5 AND currency IS NOT NULL AND amount_minor IS NOT NULL", error);
  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      const char *currency = cfoil_statement_column_text (rows, 3);
      g_autofree char *key = store_key (currency, cfoil_statement_column_int64 (rows, 4));
      gint64 percentile;

      /* Not one in two hundred, but what is twice as much. */
      if (_cfoil_look_recall (look, key, &percentile) && cfoil_statement_column_int64 (rows, 1) / 2 >= percentile &&
          !tell_large (look, rows, currency, percentile, error))
        return FALSE;
    }
  return step == CFOIL_STEP_DONE;
}

/* Amazon's ids begin with the environment: S for sandbox, P for live. */
gboolean
_cfoil_look_wrong_environment (CfoilLook *look,
                               GError   **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  CfoilTelling *telling;
  CfoilStep step;

  if (!look->is_live)
    return TRUE;
  row = _cfoil_look_prepare (look, "SELECT count (*), min (sort_us), max (sort_us), min (transaction_id) FROM txn @NEW WHERE " NEW
                                   " AND type IN (1, 2) AND transaction_id GLOB 'S[0-9][0-9]-*'", error);
  if (row == NULL)
    return FALSE;
  step = cfoil_statement_step (row, error);
  if (step != CFOIL_STEP_ROW)
    return FALSE;
  if (cfoil_statement_column_int64 (row, 0) == 0)
    return TRUE;
  telling = _cfoil_telling_new ("sandbox-rows", "", NULL);
  _cfoil_telling_set_span (telling, cfoil_statement_column_int64 (row, 1), cfoil_statement_column_int64 (row, 2));
  _cfoil_telling_set_number (telling, "n", cfoil_statement_column_int64 (row, 0));
  _cfoil_telling_set_text (telling, "id", cfoil_statement_column_text (row, 3));
  _cfoil_telling_set_query (telling, "id:S01,S02,S03");
  return _cfoil_look_tell (look, telling, error);
}
