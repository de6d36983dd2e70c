/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-period-watch.h"

#include "cfoil-time.h"

typedef struct
{
  gint64 lock_id;
  gint64 start_us, end_us;
} Lock;

/* What a transaction of the database has made different so far, of one payment. */
typedef struct
{
  gint64 lock_id;
  gint64 account_id;
  char *transaction_id; /* (owned) */
  CfoilType type;
  char *currency;       /* (owned) */
  guint64 n_done, gross_minor, fee_minor, net_minor;
} Change;

struct _CfoilPeriodWatch
{
  CfoilDatabase *database; /* (borrowed) */
  GArray *locks;           /* (owned): Lock */
  GHashTable *changes;     /* (owned): Change, each its own key */
  GPtrArray *order;        /* (owned): Change, borrowed, in the order in which they came */
};

static guint
hash_change (gconstpointer data)
{
  const Change *change = data;

  return g_str_hash (change->transaction_id) * 31 + g_str_hash (change->currency) + (guint) change->lock_id * 7 + (guint) change->type +
         (guint) change->account_id * 13;
}

static gboolean
equal_changes (gconstpointer a,
               gconstpointer b)
{
  const Change *one = a, *other = b;

  return one->lock_id == other->lock_id && one->account_id == other->account_id && one->type == other->type &&
         g_str_equal (one->transaction_id, other->transaction_id) && g_str_equal (one->currency, other->currency);
}

static void
free_change (gpointer data)
{
  Change *change = data;

  g_free (change->transaction_id);
  g_free (change->currency);
  g_free (change);
}

CfoilPeriodWatch *
_cfoil_period_watch_new (CfoilDatabase *writer)
{
  CfoilPeriodWatch *self = g_new0 (CfoilPeriodWatch, 1);

  self->database = writer;
  self->locks = g_array_new (FALSE, FALSE, sizeof (Lock));
  self->changes = g_hash_table_new_full (hash_change, equal_changes, free_change, NULL);
  self->order = g_ptr_array_new ();
  return self;
}

void
_cfoil_period_watch_free (CfoilPeriodWatch *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->locks);
  g_ptr_array_unref (self->order);
  g_hash_table_unref (self->changes);
  g_free (self);
}

void
_cfoil_period_watch_forget (CfoilPeriodWatch *self)
{
  g_array_set_size (self->locks, 0);
  g_ptr_array_set_size (self->order, 0);
  g_hash_table_remove_all (self->changes);
}

gboolean
_cfoil_period_watch_begin (CfoilPeriodWatch *self,
                           GError          **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  _cfoil_period_watch_forget (self);
  rows = cfoil_database_prepare (self->database, "SELECT lock_id, start_us, end_us FROM period_lock WHERE opened_us IS NULL", error);
  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      Lock lock = {
        .lock_id = cfoil_statement_column_int64 (rows, 0),
        .start_us = cfoil_statement_column_int64 (rows, 1),
        .end_us = cfoil_statement_column_int64 (rows, 2),
      };

      g_array_append_val (self->locks, lock);
    }
  return step == CFOIL_STEP_DONE;
}

static Change *
find_change (CfoilPeriodWatch     *self,
             gint64                lock_id,
             const CfoilSummedRow *row)
{
  Change key = { lock_id, row->account_id, (char *) row->transaction_id, row->type, (char *) (row->currency != NULL ? row->currency : ""),
                 0, 0, 0, 0 };
  Change *change = g_hash_table_lookup (self->changes, &key);

  if (change == NULL)
    {
      change = g_memdup2 (&key, sizeof key);
      change->transaction_id = g_strdup (key.transaction_id);
      change->currency = g_strdup (key.currency);
      g_hash_table_add (self->changes, change);
      g_ptr_array_add (self->order, change);
    }
  return change;
}

void
_cfoil_period_watch_add_row (CfoilPeriodWatch     *self,
                             const CfoilSummedRow *row,
                             int                   sign)
{
  guint64 times = (guint64) (gint64) sign;

  if (self->locks->len == 0 || !_cfoil_summed_row_is_done (row))
    return;
  for (guint i = 0; i < self->locks->len; i++)
    {
      const Lock *lock = &g_array_index (self->locks, Lock, i);
      Change *change;

      if (row->sort_us < lock->start_us || row->sort_us >= lock->end_us)
        continue;
      change = find_change (self, lock->lock_id, row);
      change->n_done += times;
      change->gross_minor += times * (guint64) row->gross_minor;
      if (row->fee_minor != CFOIL_UNKNOWN)
        change->fee_minor += times * (guint64) row->fee_minor;
      if (row->net_minor != CFOIL_UNKNOWN)
        change->net_minor += times * (guint64) row->net_minor;
    }
}

/* Of which accounts a (in the schema %s) it is known what the period l was. */
#define IS_WATCHED \
  "NOT (a.created_us > l.locked_us AND EXISTS (SELECT 1 FROM %1$s.period_lock_sum AS s " \
  "WHERE s.lock_id = l.lock_id AND s.account_name = a.name COLLATE NOCASE) " \
  "AND NOT EXISTS (SELECT 1 FROM %1$s.period_return AS r WHERE r.lock_id = l.lock_id AND r.account_id = a.account_id))"

/* The rows t of the account a that count. */
#define IS_DONE "CASE t.type WHEN 1 THEN t.state IN (0, 5) WHEN 2 THEN t.state IN (0, 8) ELSE t.posted_us IS NOT NULL END"

static gboolean
write_change (const Change   *change,
              CfoilStatement *insert,
              gint64          now_us,
              GError        **error)
{
  int i = 1;

  cfoil_statement_bind_int64 (insert, i++, change->lock_id);
  cfoil_statement_bind_int64 (insert, i++, change->account_id);
  cfoil_statement_bind_text (insert, i++, change->transaction_id);
  cfoil_statement_bind_int64 (insert, i++, change->type);
  cfoil_statement_bind_text (insert, i++, change->currency);
  cfoil_statement_bind_int64 (insert, i++, (gint64) change->n_done);
  cfoil_statement_bind_int64 (insert, i++, (gint64) change->gross_minor);
  cfoil_statement_bind_int64 (insert, i++, (gint64) change->fee_minor);
  cfoil_statement_bind_int64 (insert, i++, (gint64) change->net_minor);
  cfoil_statement_bind_int64 (insert, i++, now_us);
  return cfoil_statement_run (insert, error);
}

gboolean
_cfoil_period_watch_write (CfoilPeriodWatch *self,
                           GError          **error)
{
  g_autoptr (CfoilStatement) insert = NULL;
  g_autofree char *sql = NULL;
  gint64 now_us = cfoil_time_now_us ();

  if (self->order->len == 0)
    return TRUE;
  sql = g_strdup_printf ("INSERT INTO period_adjustment (lock_id, account_name, transaction_id, type, currency, n_done, gross_minor, "
                         "fee_minor, net_minor, seen_us) SELECT ?1, a.name, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 "
                         "FROM period_lock AS l JOIN account AS a ON a.account_id = ?2 WHERE l.lock_id = ?1 AND " IS_WATCHED,
                         "main");
  insert = cfoil_database_prepare (self->database, sql, error);
  if (insert == NULL)
    return FALSE;
  for (guint i = 0; i < self->order->len; i++)
    {
      const Change *change = g_ptr_array_index (self->order, i);

      if ((change->n_done != 0 || change->gross_minor != 0 || change->fee_minor != 0 || change->net_minor != 0) &&
          !write_change (change, insert, now_us, error))
        return FALSE;
    }
  return TRUE;
}

/* --- accounts that came back --- */

/* Periods and accounts that have come back since, with what there is now more (or, negative, less) than when the
 * period was closed and in its adjustments; and of them those where nothing is missing any more.  While a feed
 * fails, fees may be missing without any row being so. */
#define RETURNING \
  "WITH back AS MATERIALIZED (SELECT l.lock_id, l.start_us, l.end_us, a.account_id, a.name FROM period_lock AS l JOIN account AS a " \
  "WHERE l.opened_us IS NULL AND NOT " IS_WATCHED " AND NOT EXISTS (SELECT 1 FROM feed AS f WHERE f.account_id = a.account_id " \
  "AND f.error_name IS NOT NULL)), more AS MATERIALIZED (" \
  "SELECT lock_id, account_id, name, currency, type, sum (n) AS n, sum (gross) AS gross, " \
  "sum (fee) AS fee, sum (net) AS net FROM (" \
  "SELECT b.lock_id, b.account_id, b.name, coalesce (t.currency, '') AS currency, t.type, 1 AS n, t.gross_minor AS gross, " \
  "coalesce (t.fee_minor, 0) AS fee, coalesce (t.net_minor, 0) AS net FROM back AS b JOIN txn AS t ON t.account_id = b.account_id " \
  "AND t.sort_us >= b.start_us AND t.sort_us < b.end_us WHERE " IS_DONE " UNION ALL " \
  "SELECT b.lock_id, b.account_id, b.name, s.currency, s.type, -s.n_done, -s.gross_minor, -s.fee_minor, -s.net_minor " \
  "FROM back AS b JOIN period_lock_sum AS s ON s.lock_id = b.lock_id AND s.account_name = b.name COLLATE NOCASE UNION ALL " \
  "SELECT b.lock_id, b.account_id, b.name, p.currency, p.type, -p.n_done, -p.gross_minor, -p.fee_minor, -p.net_minor " \
  "FROM back AS b JOIN period_adjustment AS p ON p.lock_id = b.lock_id AND p.account_name = b.name COLLATE NOCASE) " \
  "GROUP BY lock_id, account_id, currency, type), returned AS (SELECT lock_id, account_id FROM back EXCEPT " \
  "SELECT lock_id, account_id FROM more WHERE n < 0) "

gboolean
_cfoil_period_watch_take_back (CfoilDatabase *writer,
                               gint64         now_us,
                               GError       **error)
{
  g_autofree char *returning = g_strdup_printf (RETURNING, "main");
  g_autofree char *adjust = NULL;
  g_autofree char *mark = NULL;

  adjust = g_strdup_printf ("%sINSERT INTO period_adjustment (lock_id, account_name, transaction_id, type, currency, n_done, gross_minor, "
                            "fee_minor, net_minor, seen_us) SELECT lock_id, name, '', type, currency, n, gross, fee, net, "
                            "%" G_GINT64_FORMAT " FROM more JOIN returned USING (lock_id, account_id) "
                            "WHERE n <> 0 OR gross <> 0 OR fee <> 0 OR net <> 0", returning, now_us);
  mark = g_strdup_printf ("%sINSERT INTO period_return SELECT lock_id, account_id FROM returned", returning);
  return cfoil_database_exec (writer, adjust, error) && cfoil_database_exec (writer, mark, error);
}

char *
_cfoil_period_watch_returning_sql (void)
{
  return g_strdup_printf ("SELECT count (*) FROM account AS a WHERE l.opened_us IS NULL AND NOT " IS_WATCHED, "main");
}

/* --- two mirrors --- */

/* The rows of schema %2$s that count, in locked periods of schema %1$s. */
#define DONE_ROWS \
  "SELECT l.lock_id AS lock_id, a.name AS name, t.transaction_id AS id, t.type AS type, coalesce (t.currency, '') AS currency, " \
  "1 AS n, t.gross_minor AS gross, coalesce (t.fee_minor, 0) AS fee, coalesce (t.net_minor, 0) AS net " \
  "FROM %1$s.period_lock AS l JOIN %2$s.txn AS t ON t.sort_us >= l.start_us AND t.sort_us < l.end_us " \
  "JOIN %2$s.account AS a ON a.account_id = t.account_id WHERE l.opened_us IS NULL AND " IS_WATCHED " AND " IS_DONE

/* Parts of periods that come to what they came to when they were locked, with the
 * adjustments since then: whatever the old mirror says of single rows is damage. */
#define SAME \
  "SELECT lock_id, name, currency, type FROM (" \
  "SELECT lock_id, account_name AS name, currency, type, n_done AS n, gross_minor AS gross, fee_minor AS fee, net_minor AS net " \
  "FROM %1$s.period_lock_sum UNION ALL " \
  "SELECT lock_id, account_name, currency, type, n_done, gross_minor, fee_minor, net_minor FROM %1$s.period_adjustment UNION ALL " \
  "SELECT lock_id, name, currency, type, -n, -gross, -fee, -net FROM now) " \
  "GROUP BY lock_id, name, currency, type HAVING sum (n) = 0 AND sum (gross) = 0 AND sum (fee) = 0 AND sum (net) = 0"

gboolean
_cfoil_period_watch_compare (CfoilDatabase *database,
                             const char    *schema_old,
                             const char    *schema_new,
                             GError       **error)
{
  g_autofree char *was = g_strdup_printf (DONE_ROWS, schema_new, schema_old);
  g_autofree char *now = g_strdup_printf (DONE_ROWS, schema_new, schema_new);
  g_autofree char *same = g_strdup_printf (SAME, schema_new);
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("WITH was AS (%s), now AS MATERIALIZED (%s), same AS MATERIALIZED (%s) "
                         "INSERT INTO %s.period_adjustment (lock_id, account_name, transaction_id, type, currency, n_done, gross_minor, "
                         "fee_minor, net_minor, seen_us) SELECT lock_id, name, id, type, currency, sum (n), sum (gross), sum (fee), "
                         "sum (net), %" G_GINT64_FORMAT " FROM (SELECT * FROM now UNION ALL "
                         "SELECT lock_id, name, id, type, currency, -n, -gross, -fee, -net FROM was) "
                         "WHERE (lock_id, name, currency, type) NOT IN (SELECT lock_id, name, currency, type FROM same) "
                         "GROUP BY lock_id, name, id, type, currency "
                         "HAVING sum (n) <> 0 OR sum (gross) <> 0 OR sum (fee) <> 0 OR sum (net) <> 0",
                         was, now, same, schema_new, cfoil_time_now_us ());
  return cfoil_database_exec (database, sql, error);
}
