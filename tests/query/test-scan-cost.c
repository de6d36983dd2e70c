/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "naive-scan.h"
#include "scan-mirror.h"

#include "cfoil-block.h"
#include "cfoil-details.h"
#include "cfoil-record.h"

#include <sqlite3.h>
#include <string.h>

/* What a query costs: which packed columns of which blocks it reads, and how SQLite
 * finds what is asked of it.  Nothing here is timed. */

#define N_ROWS 4000

typedef struct
{
  TestMirror *mirror;      /* (owned) */
  CfoilDatabase *database; /* (owned) */
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->mirror = test_mirror_new ();
  scan_mirror_add_plain_rows (fixture->mirror, N_ROWS);
  fixture->database = cfoil_mirror_open_reader (fixture->mirror->mirror, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer unused)
{
  cfoil_database_close (fixture->database);
  test_mirror_free (fixture->mirror);
}

static guint
scan (CfoilDatabase *database,
      const char    *text,
      CfoilScanCost *cost)
{
  g_autoptr (CfoilQuery) query = cfoil_query_parse (text);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  CfoilScanTime time = { zone, SCAN_MIRROR_FROM_US };
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilScanResult) result = cfoil_scan (database, NULL, query, &cfoil_sort_default, &time, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (cfoil_query_get_n_mistakes (query), ==, 0);
  cfoil_scan_get_last_cost (cost);
  return result->ids->len;
}

/* --- which columns are read --- */

#define LAST CFOIL_N_FIELDS

/* Queries of each kind that no row and that every row of the plain mirror meets, and
 * the fields that it takes to know.  Those of a lower rank are asked first. */
static const struct
{
  const char *name;
  const char *none;
  const char *all;
  guint rank;
  gboolean is_word;
  int fields[4];
} kinds[] = {
  { "word", "nobody", "sale", 4, TRUE, { LAST } },
  { "two letters", "zq", "sa", 4, TRUE, { LAST } },
  { "id part", "id:zzzz", "id:01-", 3, FALSE, { CFOIL_FIELD_TRANSACTION_ID, LAST } },
  { "text", "description:zz", "description:sal", 3, FALSE, { CFOIL_FIELD_DESCRIPTION, LAST } },
  { "amount", "amount:>10000", "amount:0.01..10000", 2, FALSE, { CFOIL_FIELD_AMOUNT, CFOIL_FIELD_CURRENCY, LAST } },
  { "date", "date:1999", "date:>1999", 0, FALSE, { LAST } },
  { "state", "state:declined", "state:captured", 1, FALSE, { CFOIL_FIELD_STATE, LAST } },
  { "settlement", "settlement:S1,S2 -settlement:S1", "settlement:S1", 1, FALSE, { CFOIL_FIELD_SETTLEMENT, LAST } },
  { "rate", "rate:>50", "rate:<=50", 1, FALSE, { CFOIL_FIELD_FEE_RATE, LAST } },
  { "has", "no:settlement", "has:settlement", 1, FALSE, { CFOIL_FIELD_SETTLEMENT, LAST } },
  { "flag", "is:reviewed", "-is:reviewed", 1, FALSE, { CFOIL_FIELD_FLAGS, LAST } },
  { "uncaptured", "is:uncaptured", "-is:uncaptured", 1, FALSE, { CFOIL_FIELD_TYPE, CFOIL_FIELD_STATE, LAST } },
};

/* What every block with a row in the result adds. */
static const int summed[] = { CFOIL_FIELD_GROSS, CFOIL_FIELD_FEE, CFOIL_FIELD_NET, CFOIL_FIELD_CURRENCY, CFOIL_BLOCK_COLUMN_IDS, LAST };

static void
add_field (GString *columns,
           guint    field)
{
  g_string_append_printf (columns, ", %u", field);
}

static void
add_kind (GString *columns,
          guint    kind)
{
  for (const int *field = kinds[kind].fields; *field != LAST; field++)
    add_field (columns, (guint) *field);
  for (guint field = 0; field < CFOIL_N_FIELDS && kinds[kind].is_word; field++)
    if (cfoil_field_get_info (field)->is_searched && cfoil_field_get_info (field)->dictionary_sql == NULL)
      add_field (columns, field);
}

/* COLUMNS of the blocks up to LAST_BLOCK: how many there are, and their bytes. */
static void
add_cost (const Fixture *fixture,
          CfoilScanCost *cost,
          const GString *columns,
          const char    *where)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*), coalesce (sum (length (data)), 0) FROM txn_column "
                                          "WHERE place >> 32 IN (%s) AND %s",
                                          columns->str, where);
  g_autofree char *line = test_dump (fixture->mirror->mirror, sql);
  g_auto (GStrv) cells = g_strsplit (line, "|", 2);

  cost->n_columns += g_ascii_strtoull (cells[0], NULL, 10);
  cost->n_bytes += g_ascii_strtoull (cells[1], NULL, 10);
}

static void
assert_cost (const Fixture *fixture,
             const char    *query,
             const GString *columns,
             guint          n_rows)
{
  CfoilScanCost cost, expected = { 0 };
  guint n = scan (fixture->database, query, &cost);

  add_cost (fixture, &expected, columns, "TRUE");
  g_assert_cmpuint (n, ==, n_rows);
  g_assert_cmpuint (cost.n_columns, ==, expected.n_columns);
  g_assert_cmpuint (cost.n_bytes, ==, expected.n_bytes);
  g_assert_cmpuint (cost.n_rows_compared, ==, N_ROWS);
}

/* Of the columns of all blocks, a query reads those of its fields and, where rows are
 * found, those of the sums. */
static void
test_kinds (Fixture      *fixture,
            gconstpointer unused)
{
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    {
      g_autoptr (GString) columns = g_string_new (G_STRINGIFY (CFOIL_N_FIELDS));

      g_string_printf (columns, "%d", CFOIL_FIELD_TYPE);
      add_kind (columns, kind);
      assert_cost (fixture, kinds[kind].none, columns, 0);
      for (const int *field = summed; *field != LAST; field++)
        add_field (columns, (guint) *field);
      assert_cost (fixture, kinds[kind].all, columns, N_ROWS);
    }
}

/* Of two, the cheaper is asked first, and where that finds nothing the other is not. */
static void
test_pairs (Fixture      *fixture,
            gconstpointer unused)
{
  for (guint one = 0; one < G_N_ELEMENTS (kinds); one++)
    for (guint other = 0; other < G_N_ELEMENTS (kinds); other++)
      {
        g_autofree char *query = g_strconcat (kinds[one].none, " ", kinds[other].all, NULL);
        g_autoptr (GString) columns = g_string_new (NULL);

        g_string_printf (columns, "%d", CFOIL_FIELD_TYPE);
        add_kind (columns, one);
        if (kinds[other].rank < kinds[one].rank)
          add_kind (columns, other);
        assert_cost (fixture, query, columns, 0);
      }
}

/* Blocks outside of a period: no amount is read there, nor what sums need, and of the times
 * only between which they lie. */
static void
test_period (Fixture      *fixture,
             gconstpointer unused)
{
  static const char *const queries[] = { "date:2024-01", "date:2024-01 amount:>0", "sale date:2024-01" };
  gint64 first_block = test_count (fixture->mirror->mirror, "SELECT max (txn_id) / 2048 FROM txn WHERE sort_us < 1706745600000000");
  gint64 n_rows = test_count (fixture->mirror->mirror, "SELECT count (*) FROM txn WHERE sort_us < 1706745600000000");
  g_autofree char *inside = g_strdup_printf ("place & 0xffffffff <= %" G_GINT64_FORMAT, first_block);

  g_assert_cmpint (first_block, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (GString) everywhere = g_string_new (NULL), there = g_string_new (NULL);
      CfoilScanCost cost, expected = { 0 };

      g_string_printf (everywhere, "%d", CFOIL_FIELD_TYPE);
      g_string_printf (there, "%d, %d", CFOIL_FIELD_TIME, CFOIL_FIELD_GROSS);
      for (const int *field = summed; *field != LAST; field++)
        add_field (there, (guint) *field);
      if (i == 1)
        add_field (there, CFOIL_FIELD_AMOUNT);
      if (i == 2)
        add_kind (there, 0);
      g_assert_cmpuint (scan (fixture->database, queries[i], &cost), ==, n_rows);
      add_cost (fixture, &expected, everywhere, "TRUE");
      add_cost (fixture, &expected, there, inside);
      g_assert_cmpuint (cost.n_columns, ==, expected.n_columns);
      g_assert_cmpuint (cost.n_bytes, ==, expected.n_bytes);
    }
}

/* Sums of a selection: the blocks that it has rows of. */
static void
test_selection (Fixture      *fixture,
                gconstpointer unused)
{
  const gint64 ids[] = { 2500, 3, 2501 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) totals = cfoil_scan_totals_of (fixture->database, ids, G_N_ELEMENTS (ids), NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (totals->len, ==, 1);
  g_assert_cmpuint (g_array_index (totals, CfoilTotal, 0).n_rows, ==, 3);
}

/* --- how SQLite finds it --- */

static GHashTable *asked; /* (owned): set of SQL */

static int
note_statement (unsigned event,
                void    *unused,
                void    *statement,
                void    *sql)
{
  /* What a statement does inside of triggers and the like begins with "--". */
  if (!g_str_has_prefix (sql, "--"))
    g_hash_table_add (asked, g_strdup (sqlite3_sql (statement)));
  return 0;
}

/* Of every connection that is opened from now on. */
static int
watch (sqlite3                          *connection,
       char                            **message,
       const struct sqlite3_api_routines *routines)
{
  return sqlite3_trace_v2 (connection, SQLITE_TRACE_STMT, note_statement, NULL);
}

/* A table that grows with the mirror, gone through from one end to the other. */
static gboolean
goes_through (const char *plan)
{
  static const char *const large[] = {
    "txn", "t", "r", "c", "txn_column", "settlement_line", "l", "observation", "o", "charge_permission", "p", "annotation", "n", "dispute", "d",
    "disbursement", "exception", "e",
  };
  g_auto (GStrv) lines = g_strsplit (plan, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    for (guint i = 0; i < G_N_ELEMENTS (large); i++)
      {
        g_autofree char *scan_of = g_strdup_printf ("|SCAN %s", large[i]);
        const char *found = strstr (*line, scan_of);

        if (found != NULL && (found[strlen (scan_of)] == '\0' || found[strlen (scan_of)] == ' '))
          return TRUE;
      }
  return FALSE;
}

static void
ask_everything (CfoilMirror *mirror)
{
  static const char *const queries[] = {
    "", "nobody", "sale store:zz settlement:S1 payout:BANK settled:2024 account:shop feed:x", "date:2024 amount:>1 is:expiring has:payout tag:vip",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (mirror, &error);
  g_autoptr (CfoilScanCache) cache = cfoil_scan_cache_new (mirror);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  CfoilScanTime time = { zone, SCAN_MIRROR_FROM_US };
  const gint64 ids[] = { 5, 1500 };

  g_assert_no_error (error);
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    {
      g_autoptr (CfoilQuery) query = cfoil_query_parse (queries[field % G_N_ELEMENTS (queries)]);
      CfoilSort sort = { field, field % 2 };
      g_autoptr (CfoilScanResult) result = cfoil_scan (database, cache, query, &sort, &time, NULL, &error);
      g_autoptr (GPtrArray) values = NULL;

      g_assert_no_error (error);
      if (!naive_is_text (field) || cfoil_field_get_info (field)->kind == CFOIL_FIELD_KIND_CODE)
        continue;
      values = cfoil_scan_values (database, field, "a", 10, NULL, &error);
      g_assert_no_error (error);
    }
  g_array_unref (cfoil_scan_totals_of (database, ids, G_N_ELEMENTS (ids), NULL, &error));
  g_assert_no_error (error);
  g_ptr_array_unref (cfoil_record_read (database, ~(CfoilFieldSet) 0, ids, G_N_ELEMENTS (ids), &error));
  g_assert_no_error (error);
  for (gint64 id = 1; id <= 300; id++)
    {
      g_autoptr (CfoilDetails) details = cfoil_details_read (database, id, NULL);

      if (details != NULL)
        g_assert_nonnull (details->row);
    }
}

/* Every statement that is run for a list, its rows and sums, completion and details. */
static void
test_plans (void)
{
  g_autoptr (TestMirror) mirror = scan_mirror_new (700);
  GHashTableIter iter;
  gpointer sql;
  guint n_of_columns = 0;

  asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sqlite3_auto_extension ((void (*) (void)) watch);
  ask_everything (mirror->mirror);
  sqlite3_cancel_auto_extension ((void (*) (void)) watch);

  g_assert_cmpuint (g_hash_table_size (asked), >, 10);
  g_hash_table_iter_init (&iter, asked);
  while (g_hash_table_iter_next (&iter, &sql, NULL))
    {
      g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
      g_autofree char *plan = NULL;

      if (!g_str_has_prefix (sql, "SELECT") && !g_str_has_prefix (sql, "WITH"))
        continue;
      plan = test_dump (mirror->mirror, explain);
      n_of_columns += strstr (plan, "SEARCH txn_column USING INTEGER PRIMARY KEY") != NULL;
      if (goes_through (plan))
        g_error ("%s\n%s", (const char *) sql, plan);
    }
  g_assert_cmpuint (n_of_columns, >, 0);
  g_clear_pointer (&asked, g_hash_table_unref);
}

/* The test itself would notice. */
static void
test_scan_is_noticed (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *bad = test_dump (mirror->mirror, "EXPLAIN QUERY PLAN SELECT * FROM txn AS t WHERE description = 'x'");
  g_autofree char *good = test_dump (mirror->mirror, "EXPLAIN QUERY PLAN SELECT * FROM txn AS t WHERE txn_id = 1");

  g_assert_true (goes_through (bad));
  g_assert_false (goes_through (good));
}

/* --- cancelled and damaged --- */

static void
test_cancelled (Fixture      *fixture,
                gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CfoilQuery) query = cfoil_query_parse ("sale");
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  CfoilScanTime time = { zone, SCAN_MIRROR_FROM_US };
  const gint64 ids[] = { 5 };

  g_cancellable_cancel (cancellable);
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    {
      CfoilSort sort = { field, TRUE };
      g_autoptr (GError) error = NULL;
      CfoilScanCost cost;

      g_assert_null (cfoil_scan (fixture->database, NULL, query, &sort, &time, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      cfoil_scan_get_last_cost (&cost);
      g_assert_cmpuint (cost.n_columns, ==, 0);
    }
  g_assert_null (cfoil_scan_totals_of (fixture->database, ids, 1, cancellable, NULL));
}

typedef struct
{
  GCancellable *cancellable;
  gulong wait_us;
} Cancelling;

static gpointer
cancel_soon (gpointer data)
{
  Cancelling *self = data;

  g_usleep (self->wait_us);
  g_cancellable_cancel (self->cancellable);
  return NULL;
}

/* From another thread, in the middle: an answer, whole, or none; and the connection
 * serves the next one. */
static void
test_cancelled_within (Fixture      *fixture,
                       gconstpointer unused)
{
  g_autoptr (CfoilQuery) query = cfoil_query_parse ("sale amount:>1");
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  CfoilScanTime time = { zone, SCAN_MIRROR_FROM_US };
  CfoilSort sort = { CFOIL_FIELD_TRANSACTION_ID, TRUE };
  g_autoptr (GError) none = NULL;
  g_autoptr (CfoilScanResult) whole = cfoil_scan (fixture->database, NULL, query, &sort, &time, NULL, &none);

  g_assert_no_error (none);
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (CfoilScanResult) result = NULL;
      Cancelling cancelling = { cancellable, (gulong) g_test_rand_int_range (0, 1500) };
      GThread *thread = g_thread_new ("cancel", cancel_soon, &cancelling);

      result = cfoil_scan (fixture->database, NULL, query, &sort, &time, cancellable, &error);
      g_thread_join (thread);
      if (result == NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_cmpmem (result->ids->data, result->ids->len * 8, whole->ids->data, whole->ids->len * 8);
    }
}

/* A damaged file is told or gives other rows, and nothing worse. */
static void
test_damaged (Fixture      *fixture,
              gconstpointer unused)
{
  static const char *const damages[] = {
    "UPDATE txn_column SET data = coalesce (substr (data, 1, abs (random ()) % (length (data) + 1)), x'') WHERE abs (random ()) % 40 = 0",
    "UPDATE txn_column SET data = randomblob (length (data)) WHERE abs (random ()) % 40 = 0",
    "UPDATE txn_column SET data = CAST (substr (data, 1, 4) || randomblob (4) || substr (data, 9) AS BLOB) "
    "WHERE length (data) > 8 AND abs (random ()) % 20 = 0",
    "UPDATE txn_column SET data = (SELECT data FROM txn_column ORDER BY random () LIMIT 1) WHERE abs (random ()) % 40 = 0",
    "DELETE FROM txn_column WHERE abs (random ()) % 40 = 0",
  };
  guint n_told = 0;

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (CfoilQuery) query = cfoil_query_parse (i % 2 == 0 ? "sale amount:>1 -is:reviewed" : "01-0 date:>2023 has:reference");
      g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
      CfoilScanTime time = { zone, SCAN_MIRROR_FROM_US };
      CfoilSort sort = { i % CFOIL_N_FIELDS, TRUE };
      g_autoptr (GError) error = NULL;
      g_autoptr (CfoilScanResult) result = NULL;

      test_exec (fixture->mirror->mirror, damages[i % G_N_ELEMENTS (damages)]);
      result = cfoil_scan (fixture->database, NULL, query, &sort, &time, NULL, &error);
      n_told += error != NULL;
      if (result == NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
  g_assert_cmpuint (n_told, >, 0);
  test_remake_columns (fixture->mirror->mirror);
}

/* Rows that follow from another field, in a field that follows from none. */
static void
test_lost_values (Fixture      *fixture,
                  gconstpointer unused)
{
  static const char *const queries[] = { "", "amount:>1", "currency:eur", "sale" };
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  CfoilScanTime time = { zone, SCAN_MIRROR_FROM_US };
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  const char *values[CFOIL_BLOCK_ROWS] = { NULL };
  g_autoptr (GString) hex = g_string_new (NULL);
  g_autofree char *sql = NULL;

  values[3] = "eur";
  values[5] = "usd";
  g_assert_true (cfoil_text_column_pack (values, CFOIL_BLOCK_ROWS, packed));
  for (guint i = 0; i < packed->len; i++)
    g_string_append_printf (hex, "%02x", packed->data[i]);
  sql = g_strdup_printf ("UPDATE txn_column SET data = x'%s' WHERE place = %" G_GINT64_FORMAT, hex->str,
                         CFOIL_BLOCK_PLACE (CFOIL_FIELD_CURRENCY, 1));
  test_exec (fixture->mirror->mirror, sql);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (CfoilQuery) query = cfoil_query_parse (queries[i]);
      const CfoilSort sort = { i % 2 == 0 ? CFOIL_FIELD_GROSS : CFOIL_FIELD_TIME, TRUE };
      g_autoptr (GError) error = NULL;
      g_autoptr (CfoilScanResult) result = cfoil_scan (fixture->database, NULL, query, &sort, &time, NULL, &error);

      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_null (result);
    }
  test_remake_columns (fixture->mirror->mirror);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/scan-cost/kinds", Fixture, NULL, set_up, test_kinds, tear_down);
  g_test_add ("/scan-cost/pairs", Fixture, NULL, set_up, test_pairs, tear_down);
  g_test_add ("/scan-cost/period", Fixture, NULL, set_up, test_period, tear_down);
  g_test_add ("/scan-cost/selection", Fixture, NULL, set_up, test_selection, tear_down);
  g_test_add_func ("/scan-cost/plans", test_plans);
  g_test_add_func ("/scan-cost/scan-is-noticed", test_scan_is_noticed);
  g_test_add ("/scan-cost/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/scan-cost/cancelled-within", Fixture, NULL, set_up, test_cancelled_within, tear_down);
  g_test_add ("/scan-cost/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/scan-cost/lost-values", Fixture, NULL, set_up, test_lost_values, tear_down);

  return g_test_run ();
}
