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

  fixture_cli (fixture, mirror, 0, NULL, &errors, "books", "--format", format, "--output", path, "--overwrite", "--time-zone", "UTC", NULL);
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

#define HEAD \
  "\"Amazon Payments Advanced\",\n\"Settlement Report\",\n\"SellerId\",\"A\"\n" \
  "\"SettlementStartDate\",\"2026-03-01T00:00:00 +0000\"\n\"SettlementEndDate\",\"2026-03-09T00:00:00 +0000\"\n" \
  "\"TransactionPostedDate\",\"SettlementId\",\"AmazonTransactionId\",\"SellerReferenceId\",\"TransactionType\",\"AmazonOrderReferenceId\"," \
  "\"SellerOrderId\",\"StoreName\",\"CurrencyCode\",\"TransactionDescription\",\"TransactionAmount\",\"TransactionPercentageFee\"," \
  "\"TransactionFixedFee\",\"TotalTransactionFee\",\"NetTransactionAmount\",\n"
#define ROW(day, settlement, id, type, text, currency, amount, fee, net) \
  "\"2026-03-0" day "T09:00:00 +0000\",\"" settlement "\",\"" id "\",\"\",\"" type "\",\"P01-1111111-111111" day "\",\"\",\"\",\"" currency \
  "\",\"" text "\",\"" amount "\",\"" fee "\",\"0\",\"" fee "\",\"" net "\"\n"

static void
import_text (Fixture    *fixture,
             const char *mirror,
             const char *name,
             const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *errors = NULL;

  g_file_set_contents (path, text, -1, NULL);
  if (fixture_cli (fixture, mirror, 0, NULL, &errors, "import", "--account", "shop", path, NULL) != 0)
    g_error ("%s: %s", name, errors);
}

/* Reserves that are held and come back, a payout that the bank returned and that is carried on, currencies of no and of
 * three decimals; and what became known of days that had been written before. */
static void
test_corners (void)
{
  Fixture *fixture = fixture_new ("--transactions 1 --days 1 --until " FIXTURE_UNTIL " --throttle off");
  g_autofree char *mirror = fixture_new_mirror (fixture, "corners");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *adjustments = NULL;

  import_text (fixture, mirror, "first.csv", HEAD
               ROW ("1", "1001", "P01-1111111-1111111-C000001", "Capture", "", "KWD", "12.345", "-0.301", "12.044")
               ROW ("2", "1001", "", "Reserve", "Current Reserve Balance", "KWD", "-2.001", "0", "-2.001")
               ROW ("3", "1001", "", "Transfer", "transfer", "KWD", "-10.043", "0", "-10.043")
               ROW ("4", "1001", "", "Transfer", "returned by the bank", "KWD", "10.043", "0", "10.043")
               ROW ("4", "1001", "", "Carryover", "Transfer failed", "KWD", "-10.043", "0", "-10.043"));
  import_text (fixture, mirror, "second.csv", HEAD
               ROW ("5", "1002", "", "Carryover", "Carried", "KWD", "10.043", "0", "10.043")
               ROW ("5", "1002", "", "Reserve", "Previous Reserve Balance", "KWD", "2.001", "0", "2.001")
               ROW ("6", "1002", "", "Transfer", "transfer", "KWD", "-12.044", "0", "-12.044"));
  import_text (fixture, mirror, "third.csv", HEAD
               ROW ("5", "2001", "P01-1111111-1111115-C000005", "Capture", "", "JPY", "5000", "-151", "4849")
               ROW ("6", "2001", "P01-1111111-1111116-R000006", "Refund", "", "JPY", "-700", "0", "-700")
               ROW ("7", "2001", "", "Transfer", "transfer", "JPY", "-4149", "0", "-4149"));
  assert_books (fixture, mirror, "|KWD|");
  assert_books (fixture, mirror, "|JPY|");
  first = books_ask_mirror (mirror, EXPECTED);
  g_assert_nonnull (strstr (first, "Assets:Bank|KWD|12044\n"));
  g_assert_nonnull (strstr (first, "Assets:Bank|JPY|4149\n"));
  /* What was held back came back, what was carried was taken on. */
  g_assert_null (strstr (first, "Reserve|"));
  g_assert_null (strstr (first, "Carryover|"));
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "settlements", "close", "2026-03", NULL), ==, 0);
  import_text (fixture, mirror, "late.csv", HEAD
               ROW ("2", "1003", "P01-1111111-1111112-C000009", "Capture", "", "KWD", "1.000", "-0.025", "0.975")
               ROW ("3", "1003", "", "Adjustment", "late", "KWD", "0.500", "0", "0.500"));
  assert_books (fixture, mirror, "|KWD|");
  second = books_ask_mirror (mirror, EXPECTED);
  g_assert_nonnull (strstr (second, "Income:Adjustments|KWD|-500\n"));
  /* The period says of itself what came later. */
  adjustments = books_ask_mirror (mirror, "SELECT 'adjustment', currency, net_minor FROM period_adjustment");
  g_assert_cmpstr (adjustments, ==, "adjustment|KWD|1475\n");
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
  g_test_add_func ("/books/merchants/corners", test_corners);
  g_test_add_func ("/books/merchants/words", test_words);
  return g_test_run ();
}
