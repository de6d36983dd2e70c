/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync-fixture.h"

#include "cfoil-case-query.h"
#include "cfoil-report-store.h"
#include "cfoil-scan.h"
#include "cfoil-time.h"
#include "cfoil-error.h"

#include <locale.h>
#include <sqlite3.h>
#include <string.h>

/* Merchants synced from the simulator by the real command line; every report against SQL
 * on the records that was written for this test and shares nothing with the reports. */

/* Nothing but what we ask for happens after the last day. */
#define MERCHANT \
  "--transactions 220 --days 130 --until " FIXTURE_UNTIL " --retention-days 0 --throttle off --processing-ms 20 " \
  "--pending-seconds 100000 --returned-payouts "
#define NOW_US (G_GINT64_CONSTANT (1782777600000000) + 12 * G_TIME_SPAN_HOUR) /* 30 June 2026, noon UTC */

typedef struct
{
  Fixture *fixture;
  char *folder;
  CfoilMirror *mirror;
  CfoilDatabase *reader;
  sqlite3 *sqlite;
} Merchant;

static Merchant *
merchant_new (const char *arguments)
{
  Merchant *self = g_new0 (Merchant, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  self->fixture = fixture_new (arguments);
  self->folder = fixture_new_mirror (self->fixture, "mirror");
  g_assert_cmpint (fixture_cli (self->fixture, self->folder, 0, NULL, NULL, "sync", NULL), ==, 0);
  self->mirror = cfoil_mirror_open (self->folder, &error);
  g_assert_no_error (error);
  self->reader = cfoil_mirror_open_reader (self->mirror, &error);
  g_assert_no_error (error);
  path = g_strdup (cfoil_mirror_get_path (self->mirror));
  g_assert_cmpint (sqlite3_open_v2 (path, &self->sqlite, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  return self;
}

static void
merchant_free (Merchant *self)
{
  sqlite3_close (self->sqlite);
  cfoil_database_close (self->reader);
  g_object_unref (self->mirror);
  g_free (self->folder);
  fixture_free (self->fixture);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Merchant, merchant_free)

/* Rows as text: cells divided by |, rows by line ends. */
static int
append_row (void  *user_data,
            int    n,
            char **values,
            char **names)
{
  GString *text = user_data;

  for (int i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", values[i] != NULL ? values[i] : "");
  g_string_append_c (text, '\n');
  return 0;
}

static char *
ask (Merchant   *self,
     const char *sql)
{
  GString *text = g_string_new (NULL);
  char *message = NULL;

  if (sqlite3_exec (self->sqlite, sql, append_row, text, &message) != SQLITE_OK)
    g_error ("%s: %s", message, sql);
  return g_string_free (text, FALSE);
}

static CfoilTable *
run (Merchant       *self,
     CfoilReportKind kind,
     const char     *period,
     const char     *group)
{
  const CfoilReportDefinition definition = { .kind = kind, .period = (char *) period, .group = (char *) group };
  g_autoptr (GError) error = NULL;
  CfoilTable *table = cfoil_report_run (self->reader, &definition, NOW_US, NULL, &error);

  g_assert_no_error (error);
  return table;
}

/* The cells of the rows of KIND: CURRENCY first, then the columns by NAMES as raw numbers
 * (days as dates).  Days without anything are left out. */
static char *
dump (const CfoilTable  *table,
      CfoilRowKind       kind,
      const char *const *names)
{
  GString *text = g_string_new (NULL);
  const char *currency = "";

  for (guint row = 0; row < cfoil_table_get_n_rows (table); row++)
    {
      g_autoptr (GString) line = g_string_new (NULL);
      gboolean has_any = FALSE;

      if (cfoil_table_get_row_kind (table, row) == CFOIL_ROW_GROUP)
        currency = cfoil_table_get_text (table, row, 0);
      if (cfoil_table_get_row_kind (table, row) != kind)
        continue;
      g_string_append (line, currency);
      for (guint i = 0; names[i] != NULL; i++)
        {
          guint column = 0;
          gint64 number;

          while (!g_str_equal (cfoil_table_get_column (table, column)->name, names[i]))
            column++;
          number = cfoil_table_get_number (table, row, column);
          g_string_append_c (line, '|');
          if (cfoil_table_get_column (table, column)->kind == CFOIL_COLUMN_DAY ||
              cfoil_table_get_column (table, column)->kind == CFOIL_COLUMN_TEXT)
            {
              g_autofree char *plain = cfoil_table_format_plain (table, row, column);

              has_any |= cfoil_table_get_column (table, column)->kind == CFOIL_COLUMN_TEXT;
              g_string_append (line, plain);
              continue;
            }
          has_any |= number != 0 && number != CFOIL_UNKNOWN;
          if (number != CFOIL_UNKNOWN)
            g_string_append_printf (line, "%" G_GINT64_FORMAT, number);
        }
      if (has_any)
        g_string_append_printf (text, "%s\n", line->str);
    }
  return g_string_free (text, FALSE);
}

#define NAMES(...) ((const char *const[]) { __VA_ARGS__, NULL })

static void
compare (Merchant         *self,
         const CfoilTable *table,
         CfoilRowKind      kind,
         const char *const *names,
         const char       *sql)
{
  g_autofree char *got = dump (table, kind, names);
  g_autofree char *wanted = ask (self, sql);

  g_assert_cmpstr (wanted, !=, "");
  g_assert_cmpstr (got, ==, wanted);
}

/* Done rows with their month, day and store, in plain words. */
#define DONE \
  "(SELECT t.*, date (t.sort_us / 1000000, 'unixepoch') AS day, strftime ('%Y-%m', t.sort_us / 1000000, 'unixepoch') AS month, " \
  "coalesce ((SELECT w.text FROM word AS w WHERE w.word_id = t.store_id), (SELECT w.text FROM charge_permission AS p JOIN word AS w " \
  "ON w.word_id = p.store_id WHERE p.account_id = t.account_id AND p.permission_id = t.permission_id)) AS store " \
  "FROM txn AS t WHERE CASE t.type WHEN 1 THEN t.state IN (0, 5) WHEN 2 THEN t.state IN (0, 8) ELSE 1 END)"
#define IN_MAY " AND sort_us >= unixepoch ('2026-05-01') * 1000000 AND sort_us < unixepoch ('2026-06-01') * 1000000 "
#define OF(type, what) "coalesce (sum (CASE WHEN type IN (" type ") THEN " what " END), 0)"
#define FEES "-coalesce (fee_minor, 0)"

#define SALES_SQL \
  OF ("1", "1") ", " OF ("1", "gross_minor") ", " OF ("2", "-gross_minor") ", " \
  "(" OF ("1, 2, 10", FEES) " + " OF ("10", "-gross_minor") "), " OF ("3, 4, 5", "-gross_minor " FEES) ", " \
  OF ("0, 9", "gross_minor + coalesce (fee_minor, 0)") ", " \
  "sum (CASE WHEN type NOT IN (6, 7, 8) THEN gross_minor + coalesce (fee_minor, 0) ELSE 0 END) "
#define SALES_NAMES "payments", "gross", "refunds", "fees", "dispute_losses", "adjustments", "net"

static void
check_sales (Merchant *self)
{
  g_autoptr (CfoilTable) days = run (self, CFOIL_REPORT_SALES, "2026-05", "day");
  g_autoptr (CfoilTable) months = run (self, CFOIL_REPORT_SALES, "all", "month");
  g_autoptr (CfoilTable) stores = run (self, CFOIL_REPORT_SALES, "2026-05", "store");

  compare (self, days, CFOIL_ROW_PLAIN, NAMES ("day", SALES_NAMES),
           "SELECT * FROM (SELECT currency, day, " SALES_SQL " FROM " DONE " WHERE type NOT IN (6, 7, 8) AND currency IS NOT NULL" IN_MAY
           "GROUP BY 1, 2) ORDER BY 1, 2");
  compare (self, days, CFOIL_ROW_TOTAL, NAMES (SALES_NAMES),
           "SELECT currency, " SALES_SQL " FROM " DONE " WHERE currency IS NOT NULL" IN_MAY "GROUP BY 1 ORDER BY 1");
  compare (self, months, CFOIL_ROW_PLAIN, NAMES ("month", SALES_NAMES),
           "SELECT currency, month, " SALES_SQL " FROM " DONE " WHERE type NOT IN (6, 7, 8) AND currency IS NOT NULL "
           "GROUP BY 1, 2 ORDER BY 1, 2");
  compare (self, stores, CFOIL_ROW_PLAIN, NAMES ("store", SALES_NAMES),
           "SELECT currency, coalesce (store, ''), " SALES_SQL " FROM " DONE
           " WHERE type NOT IN (6, 7, 8) AND currency IS NOT NULL" IN_MAY
           "GROUP BY currency, store ORDER BY currency, " OF ("1", "gross_minor") " DESC, store");
}

static void
check_fees (Merchant *self)
{
  g_autoptr (CfoilTable) table = run (self, CFOIL_REPORT_FEES, "2026-05", "day");

  compare (self, table, CFOIL_ROW_TOTAL,
           NAMES ("settled_payments", "settled_gross", "payment_fees", "fee_rate", "returned_fees", "authorization_fees", "fees",
                  "dispute_fees"),
           "SELECT currency, " OF ("1", "fee_minor IS NOT NULL") ", " OF ("1", "iif (fee_minor IS NOT NULL, gross_minor, 0)") ", "
           OF ("1", FEES) ", CAST (round (1000000.0 * " OF ("1", FEES) " / " OF ("1", "iif (fee_minor IS NOT NULL, gross_minor, 0)")
           ") AS INTEGER), " OF ("2", "coalesce (fee_minor, 0)") ", " OF ("10", "-gross_minor " FEES) ", "
           "(" OF ("1, 2, 10", FEES) " + " OF ("10", "-gross_minor") "), " OF ("5", "-gross_minor " FEES)
           " FROM " DONE " WHERE currency IS NOT NULL" IN_MAY "GROUP BY 1 ORDER BY 1");
}

static void
check_refunds (Merchant *self)
{
  g_autoptr (CfoilTable) days = run (self, CFOIL_REPORT_REFUNDS, "2026-05", "day");
  g_autoptr (CfoilTable) reasons = run (self, CFOIL_REPORT_REFUNDS, "2026-05", "reason");
  g_autofree char *from_days = dump (days, CFOIL_ROW_TOTAL, NAMES ("refunds", "refunded", "returned_fees", "declined"));
  g_autofree char *from_reasons = dump (reasons, CFOIL_ROW_TOTAL, NAMES ("refunds", "refunded", "returned_fees", "declined"));

  compare (self, days, CFOIL_ROW_TOTAL, NAMES ("refunds", "refunded", "gross"),
           "SELECT currency, " OF ("2", "1") ", " OF ("2", "-gross_minor") ", " OF ("1", "gross_minor") " FROM " DONE
           " WHERE currency IS NOT NULL" IN_MAY "GROUP BY 1 ORDER BY 1");
  g_assert_cmpstr (from_days, ==, from_reasons);
}

static void
check_disputes (Merchant *self)
{
  g_autoptr (CfoilTable) months = run (self, CFOIL_REPORT_DISPUTES, "2026", "month");
  g_autoptr (CfoilTable) reasons = run (self, CFOIL_REPORT_DISPUTES, "2026", "reason");
  g_autoptr (CfoilTable) outcomes = run (self, CFOIL_REPORT_DISPUTES, "2026", "outcome");
  const char *const names[] = { "opened", "disputed", "undecided", "won", "won_amount", "lost", "lost_amount", NULL };
  const char *sql = "SELECT currency, count (*), sum (amount_minor), sum (outcome IS NULL), sum (outcome IS 'won'), "
                    "sum (iif (outcome IS 'won', amount_minor, 0)), sum (coalesce (outcome IN ('lost', 'accepted', 'expired'), 0)), "
                    "sum (iif (outcome IN ('lost', 'accepted', 'expired'), amount_minor, 0)) FROM cases "
                    "WHERE strftime ('%Y', opened_at_us / 1000000, 'unixepoch') = '2026' GROUP BY currency ORDER BY currency";

  compare (self, months, CFOIL_ROW_TOTAL, names, sql);
  compare (self, reasons, CFOIL_ROW_TOTAL, names, sql);
  compare (self, outcomes, CFOIL_ROW_TOTAL, names, sql);
}

/* What is paid out, from the lines and the provider's own list. */
static void
check_settlements (Merchant *self)
{
  g_autoptr (CfoilTable) proof = run (self, CFOIL_REPORT_SETTLEMENTS, "2026-05", NULL);
  g_autoptr (CfoilTable) bank = run (self, CFOIL_REPORT_RECONCILIATION, "2026-05", NULL);
  g_autofree char *first = NULL, *booked = NULL;
  g_auto (GStrv) cells = NULL;
  g_autofree char *sql = NULL;
  const char *wanted = "SELECT l.currency, s.provider_id, sum (iif (l.type = 1, l.amount_minor, 0)), "
                       "sum (iif (l.type = 2, l.amount_minor, 0)), "
                       "(SELECT sum (d.amount_minor) FROM disbursement AS d WHERE d.settlement_provider_id = s.provider_id "
                       "AND d.currency = l.currency) FROM settlement_line AS l JOIN settlement AS s USING (settlement_id) "
                       "WHERE s.end_us >= unixepoch ('2026-05-01') * 1000000 AND s.end_us < unixepoch ('2026-06-01') * 1000000 "
                       "GROUP BY 1, 2 ORDER BY 1, s.end_us, 2";
  const char *const names[] = { "settlement_id", "charges", "refunds", "reported_disbursement", NULL };

  compare (self, proof, CFOIL_ROW_PLAIN, names, wanted);
  compare (self, bank, CFOIL_ROW_PLAIN, names, wanted);

  /* A bank booked the first of them with a cent too little. */
  first = ask (self, "SELECT d.currency, d.settlement_provider_id, d.amount_minor - 1 FROM disbursement AS d JOIN settlement AS s "
                     "ON s.provider_id = d.settlement_provider_id WHERE s.end_us >= unixepoch ('2026-05-01') * 1000000 "
                     "ORDER BY d.currency, s.end_us, 2 LIMIT 1");
  g_strchomp (first);
  cells = g_strsplit (first, "|", 3);
  sql = g_strdup_printf (
    "INSERT INTO bank_statement VALUES (1, 'x', 'x', 'csv', 'x', 0);"
    "INSERT INTO bank_entry VALUES (1, 1, 'x', 20000, '%s', %s, 'x', 'x', 1, 1);"
    "INSERT INTO bank_match SELECT 1, provider, environment, '%s', '%s', 'hand', 0 FROM account LIMIT 1",
    cells[0], cells[2], cells[1], cells[0]);
  g_free (ask (self, sql));
  g_clear_pointer (&bank, cfoil_table_unref);
  bank = run (self, CFOIL_REPORT_RECONCILIATION, "2026-05", NULL);
  booked = dump (bank, CFOIL_ROW_TOTAL, NAMES ("booked"));
  g_assert_true (g_str_has_prefix (booked, cells[0]));
  g_assert_nonnull (strstr (booked, cells[2]));
}

static void
check_tax (Merchant *self)
{
  g_autoptr (CfoilTable) table = run (self, CFOIL_REPORT_TAX, "2026", "month");
  g_autoptr (CfoilTable) sales = run (self, CFOIL_REPORT_SALES, "2026", "month");
  g_autofree char *of_tax = dump (table, CFOIL_ROW_TOTAL, NAMES ("gross", "refunded"));
  g_autofree char *of_sales = dump (sales, CFOIL_ROW_TOTAL, NAMES ("gross", "refunds"));

  g_assert_cmpstr (of_tax, ==, of_sales);
  compare (self, table, CFOIL_ROW_PLAIN, NAMES ("month", "country", "payments", "gross", "refunds", "refunded"),
           "SELECT currency, month, country, " OF ("1", "1") ", " OF ("1", "gross_minor") ", " OF ("2", "1") ", " OF ("2", "-gross_minor")
           " FROM (SELECT x.*, coalesce (x.buyer_country, (SELECT p.buyer_country FROM charge_permission AS p WHERE "
           "p.account_id = x.account_id AND p.permission_id = coalesce (x.permission_id, (SELECT c.permission_id FROM txn AS c WHERE "
           "c.transaction_id = x.charge_id))), (SELECT c.buyer_country FROM txn AS c WHERE c.transaction_id = x.charge_id), "
           "'') AS country FROM " DONE " AS x WHERE type IN (1, 2)) "
           "WHERE currency IS NOT NULL AND month LIKE '2026-%' GROUP BY 1, 2, 3 ORDER BY 1, 2, nullif (country, '')");
}

static void
check_customers (Merchant *self)
{
  g_autoptr (CfoilTable) table = run (self, CFOIL_REPORT_CUSTOMERS, "2026", NULL);

  compare (self, table, CFOIL_ROW_TOTAL, NAMES ("payments", "gross", "refunds", "dispute_losses", "net"),
           "SELECT currency, " OF ("1", "1") ", " OF ("1", "gross_minor") ", " OF ("2", "-gross_minor") ", "
           OF ("3, 4, 5", "-gross_minor " FEES) ", sum (gross_minor) - " OF ("3, 4, 5", FEES) " FROM " DONE
           " WHERE type IN (1, 2, 3, 4, 5) AND currency IS NOT NULL AND month LIKE '2026-%' GROUP BY 1 ORDER BY 1");
}

/* The query of a row finds exactly what the row counts. */
static void
check_queries (Merchant *self)
{
  g_autoptr (CfoilTable) table = run (self, CFOIL_REPORT_SALES, "2026-05", "day");

  for (guint row = 0; row < cfoil_table_get_n_rows (table); row++)
    {
      const char *query = cfoil_table_get_query (table, row);

      if (cfoil_table_get_row_kind (table, row) == CFOIL_ROW_GROUP)
        g_assert_null (query);
      else
        g_assert_nonnull (strstr (query, "date:2026-05"));
    }
}

static gint64
get_count (const CfoilTable *table,
           guint             row,
           const char       *name)
{
  for (guint i = 0; i < cfoil_table_get_n_columns (table); i++)
    if (g_str_equal (cfoil_table_get_column (table, i)->name, name))
      return cfoil_table_get_number (table, row, i);
  g_assert_not_reached ();
}

/* The query of a row of disputes finds as many on their page. */
static void
check_case_queries (Merchant   *self,
                    const char *group)
{
  g_autoptr (CfoilTable) table = run (self, CFOIL_REPORT_DISPUTES, "2026", group);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) cases = cfoil_case_list (self->reader, NULL);
  gint64 n_all = 0;

  g_assert_cmpint (cfoil_table_get_subject (table), ==, CFOIL_TABLE_OF_DISPUTES);
  for (guint row = 0; row < cfoil_table_get_n_rows (table); row++)
    {
      g_autoptr (CfoilQuery) query = cfoil_query_parse_with (cfoil_table_get_query (table, row), cfoil_case_vocabulary ());
      g_autoptr (CfoilCaseMatcher) matcher = cfoil_case_matcher_new (query, utc, NOW_US);
      gint64 n = 0;

      if (cfoil_table_get_row_kind (table, row) == CFOIL_ROW_GROUP)
        continue;
      g_assert_cmpuint (cfoil_query_get_n_mistakes (query), ==, 0);
      for (guint i = 0; i < cases->len; i++)
        n += cfoil_case_matcher_matches (matcher, cases->pdata[i]);
      g_assert_cmpint (n, ==, get_count (table, row, "opened"));
      n_all += n;
    }
  g_assert_cmpint (n_all, >, 0);
}

/* A customer's row finds the payments; where one cannot, it says nothing. */
static void
check_customer_queries (Merchant *self)
{
  g_autoptr (CfoilTable) table = run (self, CFOIL_REPORT_CUSTOMERS, "2026", NULL);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  const CfoilScanTime time = { .zone = utc, .now_us = NOW_US };
  guint n_asked = 0;

  for (guint row = 0; row < cfoil_table_get_n_rows (table) && n_asked < 40; row++)
    {
      g_autoptr (CfoilQuery) query = cfoil_query_parse (cfoil_table_get_query (table, row));
      g_autoptr (CfoilScanResult) result = NULL;

      if (cfoil_table_get_row_kind (table, row) != CFOIL_ROW_PLAIN)
        continue;
      g_assert_nonnull (cfoil_table_get_query (table, row));
      g_assert_cmpuint (cfoil_query_get_n_mistakes (query), ==, 0);
      result = cfoil_scan (self->reader, NULL, query, &cfoil_sort_default, &time, NULL, NULL);
      g_test_message ("%s", cfoil_query_get_text (query));
      g_assert_cmpint ((gint64) result->ids->len, ==, get_count (table, row, "payments"));
      n_asked++;
    }
  g_assert_cmpuint (n_asked, >, 0);
}

static void
test_merchant (gconstpointer user_data)
{
  g_autoptr (Merchant) self = merchant_new (user_data);

  check_sales (self);
  check_fees (self);
  check_refunds (self);
  check_disputes (self);
  check_settlements (self);
  check_tax (self);
  check_customers (self);
  check_queries (self);
  check_case_queries (self, "month");
  check_case_queries (self, "reason");
  check_case_queries (self, "outcome");
  check_customer_queries (self);
}

/* --- definitions --- */

static void
assert_error (Merchant   *self,
              const char *period,
              const char *group,
              const char *account,
              int         code)
{
  char *accounts[] = { (char *) account, NULL };
  const CfoilReportDefinition definition = { .kind = CFOIL_REPORT_SALES, .period = (char *) period, .group = (char *) group,
                                             .accounts = account != NULL ? accounts : NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (cfoil_report_run (self->reader, &definition, NOW_US, NULL, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, code);
}

/* Before the first row, in 1970, in the future: no row, and no failure.  What nobody has is said. */
static void
check_edges (Merchant *self)
{
  static const char *const periods[] = { "1970-01-01", "1970", "2031", "2000..2001" };

  for (guint kind = 0; kind < CFOIL_N_REPORTS; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
      {
        g_autoptr (CfoilTable) table = run (self, (CfoilReportKind) kind, periods[i], NULL);

        g_assert_cmpuint (cfoil_table_get_n_rows (table), ==, 0);
        g_assert_cmpuint (cfoil_table_get_n_notes (table), >=, 3);
      }
  assert_error (self, "soon", NULL, NULL, CFOIL_INPUT_ERROR_SYNTAX);
  assert_error (self, "2026", "moon", NULL, CFOIL_INPUT_ERROR_UNKNOWN);
  assert_error (self, "2026", NULL, "nobody", CFOIL_INPUT_ERROR_ACCOUNT);
}

static void
check_store (Merchant *self)
{
  char *accounts[] = { (char *) "shop", NULL };
  CfoilReportDefinition definition = { .kind = CFOIL_REPORT_FEES, .name = (char *) "Für Anna", .period = (char *) "lastmonth",
                                       .group = (char *) "store", .currency = (char *) "EUR", .accounts = accounts };
  g_autoptr (CfoilReportDefinition) found = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL, *again = NULL;

  g_assert_true (cfoil_report_store_put (self->mirror, &definition, FALSE, &error));
  g_assert_no_error (error);
  found = cfoil_report_store_find (self->reader, "Für Anna", &error);
  g_assert_no_error (error);
  json = cfoil_report_definition_to_json (&definition);
  again = cfoil_report_definition_to_json (found);
  g_assert_cmpstr (json, ==, again);

  g_assert_false (cfoil_report_store_put (self->mirror, &definition, FALSE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (cfoil_report_store_put (self->mirror, &definition, TRUE, &error));
  definition.name = (char *) "sales";
  g_assert_false (cfoil_report_store_put (self->mirror, &definition, FALSE, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TAKEN);
  g_clear_error (&error);

  definition.name = (char *) "Other";
  g_assert_true (cfoil_report_store_put (self->mirror, &definition, FALSE, &error));
  g_assert_false (cfoil_report_store_rename (self->mirror, "Für Anna", "other", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (cfoil_report_store_rename (self->mirror, "nobody", "x", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (cfoil_report_store_rename (self->mirror, "Other", "OTHER", &error));
  g_assert_no_error (error);
  g_assert_true (cfoil_report_store_remove (self->mirror, "Für Anna", &error));
  g_assert_false (cfoil_report_store_remove (self->mirror, "Für Anna", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  list = cfoil_report_store_list (self->reader, &error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((CfoilReportDefinition *) list->pdata[0])->name, ==, "OTHER");
}

static void
test_rest (void)
{
  g_autoptr (Merchant) self = merchant_new (MERCHANT "--seed 3");

  check_edges (self);
  check_store (self);
}

static void
test_definition (void)
{
  static const char *const broken[] = { "", "[]", "{}", "{\"report\": \"moon\"}", "{\"report\": 3}", "{\"report\": \"sales\"" };
  g_autoptr (CfoilReportDefinition) good = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (cfoil_report_definition_from_json (broken[i], &error));
      g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX);
    }
  good = cfoil_report_definition_from_json ("{\"report\": \"sales\", \"accounts\": [1, \"a\"], \"more\": null}", NULL);
  g_assert_cmpstr (good->period, ==, "lastmonth");
  g_assert_cmpuint (g_strv_length (good->accounts), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report/definition", test_definition);
  g_test_add_func ("/report/rest", test_rest);
  g_test_add_data_func ("/report/usd", MERCHANT "--seed 11", test_merchant);
  g_test_add_data_func ("/report/eur-gbp", MERCHANT "--seed 12 --region eu", test_merchant);
  g_test_add_data_func ("/report/jpy", MERCHANT "--seed 13 --region jp", test_merchant);
  return g_test_run ();
}
