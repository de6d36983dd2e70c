/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include <string.h>

/* views.md is made of the views themselves and the comments in views.sql.  With
 * --write it is written, otherwise compared. */

typedef struct
{
  char *name;
  char *meaning;
  GPtrArray *columns; /* char*: names */
  GPtrArray *meanings;
} View;

static void
view_free (gpointer data)
{
  View *view = data;

  g_free (view->name);
  g_free (view->meaning);
  g_ptr_array_unref (view->columns);
  g_ptr_array_unref (view->meanings);
  g_free (view);
}

static char *
schema_file (const char *name)
{
  return g_build_filename (g_getenv ("TEST_SCHEMA_DIR"), name, NULL);
}

/* The last word before the comment, without its comma: "x AS name,". */
static char *
column_of (const char *line,
           const char *comment)
{
  const char *end = comment;
  const char *start;

  while (end > line && (end[-1] == ' ' || end[-1] == ','))
    end--;
  for (start = end; start > line && (g_ascii_isalnum (start[-1]) || start[-1] == '_'); start--)
    ;
  return g_strndup (start, end - start);
}

static GPtrArray *
parse_views (void)
{
  g_autofree char *path = schema_file ("views.sql");
  g_autofree char *sql = test_read_text (path);
  g_auto (GStrv) lines = g_strsplit (sql, "\n", -1);
  GPtrArray *views = g_ptr_array_new_with_free_func (view_free);
  View *view = NULL;

  for (char **line = lines; *line != NULL; line++)
    {
      const char *comment = strstr (*line, " -- ");

      if (g_str_has_prefix (*line, "CREATE VIEW "))
        {
          g_auto (GStrv) parts = g_strsplit (*line, " ", 4);

          view = g_new0 (View, 1);
          view->name = g_strdup (parts[2]);
          view->meaning = g_strdup (comment != NULL ? comment + 4 : "");
          view->columns = g_ptr_array_new_with_free_func (g_free);
          view->meanings = g_ptr_array_new_with_free_func (g_free);
          g_ptr_array_add (views, view);
        }
      else if (view != NULL && comment != NULL)
        {
          g_ptr_array_add (view->columns, column_of (*line, comment));
          g_ptr_array_add (view->meanings, g_strdup (comment + 4));
        }
    }
  return views;
}

static const View *
find_view (GPtrArray  *views,
           const char *name)
{
  for (guint i = 0; i < views->len; i++)
    if (g_str_equal (((View *) g_ptr_array_index (views, i))->name, name))
      return g_ptr_array_index (views, i);
  return NULL;
}

/* Column names as SQLite sees them. */
static char **
list_columns (CfoilMirror *mirror,
              const char  *view)
{
  g_autofree char *sql = g_strdup_printf ("SELECT name FROM pragma_table_xinfo ('%s') ORDER BY cid", view);
  g_autofree char *rows = test_dump (mirror, sql);

  return g_strsplit (g_strchomp (rows), "\n", -1);
}

static char **
list_views (CfoilMirror *mirror)
{
  g_autofree char *rows = test_dump (mirror, "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY rowid");

  return g_strsplit (g_strchomp (rows), "\n", -1);
}

static void
append_cell (GString    *out,
             const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '|')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *c);
    }
}

static char *
document_views (CfoilMirror *mirror,
                GPtrArray   *views)
{
  g_auto (GStrv) names = list_views (mirror);
  GString *out = g_string_new ("<!-- Made by tools/update-views of views.sql. -->\n"
                               "# The views of the mirror\n\n"
                               "Tables may change from version to version; these views and their columns stay.\n"
                               "They are what `counterfoil-cli sql` is for, and what any program that reads SQLite may use.\n\n"
                               "* `*_minor`: integer minor units of the currency in the same row (cents of a dollar, whole yen).\n"
                               "* `*_us`: microseconds since 1970-01-01T00:00:00Z; `datetime (created_at_us / 1000000, 'unixepoch')` shows it.\n"
                               "* NULL: nobody has said.\n");

  for (char **name = names; *name != NULL; name++)
    {
      const View *view = find_view (views, *name);
      g_auto (GStrv) columns = list_columns (mirror, *name);

      g_assert_nonnull (view);
      g_string_append_printf (out, "\n## %s\n\n%s\n\n| column | meaning |\n| --- | --- |\n", *name, view->meaning);
      for (guint i = 0; columns[i] != NULL && i < view->meanings->len; i++)
        {
          g_string_append_printf (out, "| %s | ", columns[i]);
          append_cell (out, g_ptr_array_index (view->meanings, i));
          g_string_append (out, " |\n");
        }
    }
  return g_string_free (out, FALSE);
}

static void
test_comments (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GPtrArray) views = parse_views ();
  g_auto (GStrv) names = list_views (mirror->mirror);

  g_assert_cmpuint (g_strv_length (names), ==, views->len);
  for (char **name = names; *name != NULL; name++)
    {
      const View *view = find_view (views, *name);
      g_auto (GStrv) columns = list_columns (mirror->mirror, *name);

      g_test_message ("%s", *name);
      g_assert_nonnull (view);
      g_assert_cmpuint (strlen (view->meaning), >, 5);
      for (guint i = 0; columns[i] != NULL; i++)
        {
          g_test_message ("%s.%s", *name, columns[i]);
          g_assert_cmpuint (i, <, view->columns->len);
          g_assert_cmpstr (g_ptr_array_index (view->columns, i), ==, columns[i]);
          g_assert_cmpuint (strlen (g_ptr_array_index (view->meanings, i)), >, 1);
        }
      g_assert_cmpuint (view->columns->len, ==, g_strv_length (columns));
    }
}

static void
test_document (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GPtrArray) views = parse_views ();
  g_autofree char *expected = document_views (mirror->mirror, views);
  g_autofree char *path = schema_file ("views.md");
  g_autofree char *written = test_read_text (path);

  if (!g_str_equal (written, expected))
    g_test_message ("Run tools/update-views.");
  g_assert_cmpstr (written, ==, expected);
}

/* Money and time say so in their names, and nothing else does. */
static void
test_units (void)
{
  static const char *const money[] = { "amount_", "gross_", "fee_", "net_", "refunded_", "transfer_", "disbursed_",
                                      "unsettled_gross_", "adjusted_net_" };
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_auto (GStrv) names = list_views (mirror->mirror);

  for (char **name = names; *name != NULL; name++)
    {
      g_auto (GStrv) columns = list_columns (mirror->mirror, *name);

      for (char **column = columns; *column != NULL; column++)
        {
          gboolean is_money = FALSE, is_time = strstr (*column, "_at") != NULL || g_str_has_prefix (*column, "covered_");

          for (guint i = 0; i < G_N_ELEMENTS (money); i++)
            is_money = is_money || g_str_has_prefix (*column, money[i]);
          g_test_message ("%s.%s", *name, *column);
          g_assert_cmpint (g_str_has_suffix (*column, "_minor"), ==, is_money);
          g_assert_cmpint (g_str_has_suffix (*column, "_us"), ==, is_time);
        }
      /* an amount without its currency is no amount */
      {
        g_autofree char *all = g_strjoinv (" ", columns);

        if (strstr (all, "_minor") != NULL)
          g_assert_true (g_strv_contains ((const char *const *) columns, "currency"));
        /* What the merchant says, and what the bank does, outlives accounts. */
        g_assert_true (g_strv_contains ((const char *const *) columns, "account") || g_str_equal (*name, "annotations") ||
                       g_str_equal (*name, "bank_entries"));
      }
    }
}

/* What was promised to analysts. */
static void
test_promise (void)
{
  static const struct
  {
    const char *view;
    const char *columns;
  } promises[] = {
    { "transactions", "account transaction_id type state currency gross_minor fee_percentage_minor fee_fixed_minor fee_minor net_minor "
                      "created_at_us posted_at_us settlement_id charge_id charge_permission_id merchant_reference store" },
    { "settlement_lines", "settlement_id posted_at_us provider_type provider_id currency amount_minor fee_minor net_minor" },
    { "refunds", "refund_id charge_id currency amount_minor" },
    { "disputes", "dispute_id state currency amount_minor due_at_us charge_id filing_reason reason outcome" },
    { "cases", "account uid kind dispute_id charge_id state reason provider_reason outcome amount_minor currency opened_at_us "
               "due_at_us due_is_estimate handler round draft_done draft_wanted submission_state" },
    { "case_events", "account uid happened_at_us who kind text detail" },
    { "submissions", "account uid dispute_id round answer_id accepts by_hand state created_at_us ended_at_us" },
    { "settlements", "settlement_id currency net_minor" },
    { "disbursements", "settlement_id currency amount_minor" },
    { "reports", "report_id status" },
    { "annotations", "provider environment transaction_id note tags reviewed_at_us" },
    { "feeds", "feed fresh_at_us" },
    { "daily_sums", "account currency day zone type store done_count gross_minor fee_minor net_minor" },
    { "settlement_sums", "account settlement_id currency type line_count amount_minor fee_minor net_minor" },
    { "period_locks", "lock_id first_day last_day zone who note locked_at_us opened_at_us account currency type net_minor sha256" },
    { "period_adjustments", "lock_id account transaction_id type currency gross_minor fee_minor net_minor seen_at_us" },
    { "bank_entries", "bank_account day currency amount_minor reference text settlement_id matched_by" },
    { "anomalies", "account rule subject started_at_us ended_at_us query acknowledged_at_us" },
    { "exceptions", "kind subject message" },
  };
  g_autoptr (TestMirror) mirror = test_mirror_new ();

  for (guint i = 0; i < G_N_ELEMENTS (promises); i++)
    {
      g_auto (GStrv) columns = list_columns (mirror->mirror, promises[i].view);
      g_auto (GStrv) promised = g_strsplit (promises[i].columns, " ", -1);

      for (char **column = promised; *column != NULL; column++)
        {
          g_test_message ("%s.%s", promises[i].view, *column);
          g_assert_true (g_strv_contains ((const char *const *) columns, *column));
        }
    }
}

/* Every view can be read, by what the program itself allows. */
static void
test_readable (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_auto (GStrv) names = list_views (mirror->mirror);
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, "C1", 1);
  CfoilObservation said = test_observation (CFOIL_OBJECT_CHARGE, "C1", 1);

  said.raw = "{\"a\":{\"b\":[1,\"x\"]}}";
  test_put_line (mirror->writer, &line);
  test_put_observation (mirror->writer, &said);
  test_commit (mirror->writer);
  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s", *name);
      g_autofree char *rows = test_dump (mirror->mirror, sql);

      g_assert_nonnull (rows);
    }
  {
    g_autofree char *values = test_dump (mirror->mirror, "SELECT field, value FROM provenance WHERE feed = 'settlement-reports' AND kind = 'charge' ORDER BY 1, 2");

    test_assert_contains (values, "$.a.b[1]|x\n");
    test_assert_contains (values, "amount_minor|1\n");
  }
}

/* A settlement that is paid out in several currencies has one row for each. */
static void
test_payout_of_currency (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, "C1", 100);
  CfoilDisbursement paid = { "S1", "M", "POUNDS", "GBP", 100, 5, "{}" };
  g_autofree char *rows = NULL;

  g_assert_true (cfoil_writer_put_disbursement (mirror->writer, &paid, NULL));
  paid.currency = "USD";
  paid.bank_reference = "DOLLARS 2";
  g_assert_true (cfoil_writer_put_disbursement (mirror->writer, &paid, NULL));
  paid.bank_reference = "DOLLARS 1";
  g_assert_true (cfoil_writer_put_disbursement (mirror->writer, &paid, NULL));
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("C%u", i);

      line.object_id = line.provider_id = id;
      line.row_number = i + 1;
      line.currency = i == 0 ? "GBP" : i == 1 ? "USD" : "EUR";
      test_put_line (mirror->writer, &line);
    }
  test_commit (mirror->writer);
  rows = test_dump (mirror->mirror, "SELECT currency, bank_reference, disbursed_minor FROM settlements ORDER BY 1");
  g_assert_cmpstr (rows, ==, "EUR|~|~\nGBP|POUNDS|100\nUSD|DOLLARS 1, DOLLARS 2|200\n");
}

static int
write_document (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GPtrArray) views = parse_views ();
  g_autofree char *text = document_views (mirror->mirror, views);
  g_autofree char *path = schema_file ("views.md");

  test_write_text (path, text);
  return 0;
}

int
main (int    argc,
      char **argv)
{
  if (argc > 1 && g_str_equal (argv[1], "--write"))
    return write_document ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/views/comments", test_comments);
  g_test_add_func ("/views/document", test_document);
  g_test_add_func ("/views/units", test_units);
  g_test_add_func ("/views/promise", test_promise);
  g_test_add_func ("/views/readable", test_readable);
  g_test_add_func ("/views/payout-of-currency", test_payout_of_currency);

  return g_test_run ();
}
