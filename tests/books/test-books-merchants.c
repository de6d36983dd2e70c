/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "books-tools.h"
#include "sync-fixture.h"

#include <string.h>

/* The books of three merchants and of the real sample files, by the command line, as
 * hledger, beancount and ledger understand them, against what SQL says of the mirror. */

#define LINES(account, condition, value) \
  "SELECT '" account "', currency, " value " FROM settlement_lines WHERE " condition " UNION ALL "
#define SALES(account, type) \
  "SELECT '" account "', currency, -gross_minor FROM transactions WHERE type = '" type "' UNION ALL "

/* Written for this test alone: which account of the books gets which column. */
#define EXPECTED \
  LINES ("Assets:Amazon Pay:Clearing", "1", "net_minor") \
  LINES ("Assets:Bank", "type = 'transfer'", "-amount_minor") \
  LINES ("Assets:Amazon Pay:Reserve", "type = 'reserve'", "-amount_minor") \
  LINES ("Assets:Amazon Pay:Carryover", "type = 'carryover'", "-amount_minor") \
  LINES ("Income:Adjustments", "type = 'adjustment'", "-amount_minor") \
  LINES ("Equity:Suspense", "type = 'other'", "-amount_minor") \
  LINES ("Expenses:Chargebacks", "type = 'chargeback'", "-amount_minor") \
  LINES ("Expenses:Claims", "type = 'claim'", "-amount_minor") \
  LINES ("Expenses:Dispute Fees", "type = 'dispute_fee'", "-amount_minor - fee_minor") \
  LINES ("Expenses:Dispute Fees", "type IN ('chargeback', 'claim')", "-fee_minor") \
  LINES ("Expenses:Authorization Fees", "type = 'authorization_fee'", "-amount_minor - fee_minor") \
  LINES ("Expenses:Payment Fees", "type NOT IN ('chargeback', 'claim', 'dispute_fee', 'authorization_fee')", "-fee_minor") \
  LINES ("Expenses:Rounding", "1", "amount_minor + fee_minor - net_minor") \
  SALES ("Income:Sales", "charge") \
  SALES ("Income:Refunds", "refund") \
  "SELECT 'Assets:Amazon Pay:Receivable', currency, gross_minor FROM transactions " \
  "WHERE type IN ('charge', 'refund') AND settlement_id IS NULL"

static char *
export (Fixture    *fixture,
        const char *mirror,
        const char *format)
{
  char *path = g_strconcat (mirror, ".", format, NULL);
  g_autofree char *errors = NULL;

  fixture_cli (fixture, mirror, 0, NULL, &errors, "books", "--format", format, "--output", path, "--time-zone", "UTC", NULL);
  g_assert_cmpstr (errors, ==, "");
  return path;
}

/* Beancount knows no blanks in names. */
static char *
with_hyphens (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  return g_strjoinv ("-", words);
}

static void
assert_books (Fixture    *fixture,
              const char *mirror,
              const char *currency)
{
  g_autofree char *expected = books_ask_mirror (mirror, EXPECTED);
  g_autofree char *expected_of_beancount = with_hyphens (expected);
  g_autofree char *hledger_file = export (fixture, mirror, "hledger");
  g_autofree char *beancount_file = export (fixture, mirror, "beancount");
  g_autofree char *ledger_file = export (fixture, mirror, "ledger");
  g_autofree char *hledger = books_ask_hledger (hledger_file);
  g_autofree char *beancount = books_ask_beancount (beancount_file);
  g_autofree char *ledger = books_ask_ledger (ledger_file);

  g_assert_nonnull (strstr (expected, currency));
  g_assert_cmpstr (hledger, ==, expected);
  g_assert_cmpstr (ledger, ==, expected);
  g_assert_cmpstr (beancount, ==, expected_of_beancount);
}

static void
test_merchant (gconstpointer data)
{
  const char *const *about = data;
  g_autofree char *arguments = g_strdup_printf ("--seed 5 --region %s --transactions 600 --days 45 --until " FIXTURE_UNTIL
                                                " --retention-days 0 --throttle off --processing-ms 20", about[0]);
  Fixture *fixture = fixture_new (arguments);
  g_autofree char *mirror = fixture_new_mirror (fixture, about[0]);

  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "sync", NULL), ==, 0);
  assert_books (fixture, mirror, about[1]);
  fixture_free (fixture);
}

static void
test_samples (void)
{
  static const char *const names[] = {
    "amazon-pay-2015-10-01-SETTLEMENT_DATA_371273040777777.csv",
    "amazon-pay-2015-10-06-REFUND_DATA_414749300022222.csv",
    "amazon-pay-2015-10-06-REFUND_DATA_414749300033333.csv",
    "amazon-pay-2018-09-18-SETTLEMENT_DATA_11308757837017792.csv",
  };
  Fixture *fixture = fixture_new ("--transactions 1 --days 1 --until " FIXTURE_UNTIL " --throttle off");
  g_autofree char *mirror = fixture_new_mirror (fixture, "samples");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "data", "samples", names[i], NULL);
      g_autofree char *errors = NULL;
      int code = fixture_cli (fixture, mirror, 0, NULL, &errors, "import", "--account", "shop", path, NULL);

      if (code != 0)
        g_error ("%s: %s", names[i], errors);
    }
  assert_books (fixture, mirror, "USD");
  fixture_free (fixture);
}

static void
test_words (void)
{
  Fixture *fixture = fixture_new ("--transactions 1 --days 1 --until " FIXTURE_UNTIL " --throttle off");
  g_autofree char *mirror = fixture_new_mirror (fixture, "words");
  g_autofree char *path = g_build_filename (fixture->folder, "x.journal", NULL);
  g_autofree char *set = NULL;
  g_autofree char *listed = NULL;

  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "books", "--output", path, NULL), ==, 2);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "books", "--format", "gnucash", "--output", path, NULL), ==, 2);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "books", "--format", "qif", NULL), ==, 2);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "books", "--format", "qif", "--output", path, "--period", "2026-13", NULL), ==, 2);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "books", "--format", "qif", "--output", path, "--account", "other", NULL), ==, 1);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "books", "--format", "qif", "--output", path, NULL), ==, 0);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "books", "--format", "qif", "--output", path, NULL), ==, 1);

  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "books", "accounts", "set", "sails", "Income:Sails", NULL), ==, 1);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "books", "accounts", "set", "sales", "::", NULL), ==, 1);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, &set, NULL, "books", "accounts", "set", "sales:store:A shop", "Income:{store}", NULL), ==, 0);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, &listed, NULL, "--json", "books", "accounts", NULL), ==, 0);
  g_assert_nonnull (strstr (listed, "\"sales:store:A shop\""));
  g_assert_nonnull (strstr (listed, "\"Income:{store}\""));
  fixture_free (fixture);
}

int
main (int   argc,
      char *argv[])
{
  static const char *const na[] = { "na", "|USD|" };
  static const char *const eu[] = { "eu", "|GBP|" };
  static const char *const jp[] = { "jp", "|JPY|" };

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/books/merchants/na", na, test_merchant);
  g_test_add_data_func ("/books/merchants/eu", eu, test_merchant);
  g_test_add_data_func ("/books/merchants/jp", jp, test_merchant);
  g_test_add_func ("/books/merchants/samples", test_samples);
  g_test_add_func ("/books/merchants/words", test_words);
  return g_test_run ();
}
