/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "books-tools.h"
#include "cfoil-books-entry.h"
#include "cfoil-books-text.h"
#include "cfoil-books.h"
#include "cfoil-currency.h"
#include "cfoil-error.h"
#include "cfoil-time.h"
#include "test-mirror.h"

#include <string.h>

#define DAY (20000 * G_TIME_SPAN_DAY) /* 2024-10-04 */

static const char *const hostile[] = {
  "; a comment", "a;b", "a  ; b", "\"quoted\" \\back\\slash\\", "line\nline\r\nline", "\x01\x02\x1b[31mred", "12.00 EUR", "2024-01-01 open X",
  "(code) x", "[brackets] [2024-13-45] [=2024/1/1]", "* ! =", "date:2024-99-99, date2:x", "id:: 1/0", ":a:b:", "!include /etc/passwd",
  "include /etc/passwd", "</NAME><TRNAMT>1", "&lt;&amp;", "^", "=cmd|' /C calc'!A0", "@SUM(1)", "\t\t", " ", "ünïcödé 日本 \xf0\x9f\x98\x80",
  "\xe2\x80\xae" "gnp.exe", "a\xe2\x80\xa8" "b", "|pipe|", "{curly} {provider}", "%(account)", "$1", "#tag ^link", "'", "~ monthly", "P 2024-01-01 X 1 EUR",
};

static char *
export (CfoilMirror             *mirror,
        const CfoilBooksOptions *options,
        CfoilBooksResult        *result)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("out-%u%s", n++, cfoil_books_format_get_suffix (options->format));
  char *path = g_build_filename (cfoil_mirror_get_folder (mirror), name, NULL);
  g_autoptr (GError) error = NULL;
  CfoilBooksResult own;

  cfoil_books_export_sync (mirror, options, path, FALSE, NULL, NULL, NULL, result != NULL ? result : &own, &error);
  g_assert_no_error (error);
  return path;
}

static char *
export_text (CfoilMirror             *mirror,
             const CfoilBooksOptions *options,
             CfoilBooksResult        *result)
{
  g_autofree char *path = export (mirror, options, result);

  return test_read_text (path);
}

static CfoilBooksOptions
options_of (CfoilBooksFormat format)
{
  return (CfoilBooksOptions){ .format = format, .period = { .kind = CFOIL_PERIOD_ALL }, .time_zone = "UTC" };
}

/* --- what postings are --- */

static void
test_balance_property (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint i = 0; i < 20000; i++)
    {
      CfoilBooksEntry entry = {
        .is_line = g_rand_boolean (rand),
        .was_sold = g_rand_boolean (rand),
        .type = (CfoilType) g_rand_int_range (rand, 0, CFOIL_N_TYPES + 1),
        .amount_minor = g_rand_int_range (rand, -3, 4) * (gint64) g_rand_int (rand) * 200000,
        .fee_minor = g_rand_int_range (rand, -2, 3),
        .net_minor = g_rand_int_range (rand, -1000, 1000),
      };
      gint64 sum = 0;

      g_assert_true (cfoil_books_entry_balance (&entry));
      g_assert_cmpuint (entry.n_postings, <=, CFOIL_BOOKS_MAX_POSTINGS);
      for (guint k = 0; k < entry.n_postings; k++)
        {
          g_assert_cmpint (entry.postings[k].minor, !=, 0);
          sum += entry.postings[k].minor;
        }
      g_assert_cmpint (sum, ==, 0);
      g_assert_cmpuint (entry.n_postings, !=, 1);
    }
}

static void
test_balance_overflow (void)
{
  CfoilBooksEntry entry = { .is_line = TRUE, .type = CFOIL_TYPE_CHARGE, .amount_minor = G_MININT64, .net_minor = 1 };

  g_assert_false (cfoil_books_entry_balance (&entry));
  entry.amount_minor = G_MAXINT64;
  entry.net_minor = -G_MAXINT64;
  g_assert_false (cfoil_books_entry_balance (&entry));
}

/* --- a small shop, byte by byte --- */

static void
put (TestMirror *self,
     CfoilType   type,
     const char *object_id,
     int         day,
     gint64      amount,
     gint64      fee,
     const char *currency)
{
  CfoilSettlementLine line = test_line ("S1", type, object_id, amount);

  line.posted_us = DAY + day * G_TIME_SPAN_DAY;
  line.fee_minor = fee;
  line.net_minor = amount + fee;
  line.currency = currency;
  line.merchant_reference = object_id != NULL ? "R-1" : NULL;
  line.store = "Shop; \"One\"";
  test_put_line (self->writer, &line);
}

/* A sale and a refund; another sale that nobody has settled; the payout. */
static TestMirror *
small_shop (void)
{
  TestMirror *self = test_mirror_new ();
  CfoilObservation sale = test_observation (CFOIL_OBJECT_CHARGE, "P01-1-C1", DAY);
  CfoilObservation open = test_observation (CFOIL_OBJECT_CHARGE, "P01-1-C2", DAY);

  sale.state = open.state = CFOIL_STATE_CAPTURED;
  sale.currency = open.currency = "EUR";
  sale.moved_minor = sale.amount_minor = 10000;
  open.moved_minor = open.amount_minor = 300;
  sale.created_us = DAY;
  open.created_us = DAY + 5 * G_TIME_SPAN_DAY;
  test_put_observation (self->writer, &sale);
  test_put_observation (self->writer, &open);
  put (self, CFOIL_TYPE_CHARGE, "P01-1-C1", 2, 10000, -250, "EUR");
  put (self, CFOIL_TYPE_REFUND, "P01-1-R1", 3, -1000, 20, "EUR");
  put (self, CFOIL_TYPE_TRANSFER, NULL, 4, -8770, 0, "EUR");
  test_commit (self->writer);
  return self;
}

static void
test_golden (void)
{
  static const char expected[] =
    "; Written by Counterfoil for hledger\ndecimal-mark .\n\n"
    "account Assets:Amazon Pay:Clearing\naccount Assets:Amazon Pay:Receivable\naccount Assets:Bank\n"
    "account Expenses:Payment Fees\naccount Income:Refunds\naccount Income:Sales\n\ncommodity 1000.00 EUR\n\n"
    "2024-10-04 * Sale R-1\n    ; id: P01-1-C1\n    ; reference: R-1\n    ; store: Shop- -One-\n"
    "    Assets:Amazon Pay:Receivable                100.00 EUR\n"
    "    Income:Sales                                -100.00 EUR\n\n"
    "2024-10-06 * Sale settled R-1\n    ; id: P01-1-C1\n    ; reference: R-1\n    ; settlement: S1\n    ; store: Shop- -One-\n"
    "    Assets:Amazon Pay:Clearing                  97.50 EUR\n"
    "    Expenses:Payment Fees                       2.50 EUR\n"
    "    Assets:Amazon Pay:Receivable                -100.00 EUR\n\n";
  g_autoptr (TestMirror) self = small_shop ();
  CfoilBooksOptions options = options_of (CFOIL_BOOKS_HLEDGER);
  CfoilBooksResult result, again;
  g_autofree char *text = export_text (self->mirror, &options, &result);
  g_autofree char *same = export_text (self->mirror, &options, &again);

  g_assert_cmpuint (result.n_entries, ==, 6);
  g_assert_cmpuint (result.n_bytes, ==, strlen (text));
  if (!g_str_has_prefix (text, expected))
    g_error ("%s", text);
  g_assert_cmpstr (text, ==, same);
  g_assert_cmpstr (result.sha256, ==, again.sha256);
}

/* By posting there is no receivable, and what is not settled is not there. */
static void
test_by_posting (void)
{
  g_autoptr (TestMirror) self = small_shop ();
  CfoilBooksOptions options = options_of (CFOIL_BOOKS_HLEDGER);
  g_autofree char *path = NULL;
  g_autofree char *balances = NULL;

  options.dates = CFOIL_BOOKS_BY_POSTING;
  path = export (self->mirror, &options, NULL);
  balances = books_ask_hledger (path);
  g_assert_cmpstr (balances, ==,
                   "Assets:Bank|EUR|8770\nExpenses:Payment Fees|EUR|230\nIncome:Refunds|EUR|1000\nIncome:Sales|EUR|-10000\n");
}

static void
test_period (void)
{
  g_autoptr (TestMirror) self = small_shop ();
  CfoilBooksOptions options = options_of (CFOIL_BOOKS_BEANCOUNT);
  CfoilBooksResult result;
  g_autofree char *before = NULL;
  g_autofree char *day = NULL;
  g_autofree char *balances = NULL;

  for (guint format = 0; format < CFOIL_N_BOOKS_FORMATS; format++)
    {
      g_autofree char *path = NULL;
      g_autofree char *nothing = NULL;

      options.format = (CfoilBooksFormat) format;
      options.period = (CfoilPeriod){ CFOIL_PERIOD_DAYS, 0, 31 };
      path = export (self->mirror, &options, &result);
      g_assert_cmpuint (result.n_entries, ==, 0);
      if (format == CFOIL_BOOKS_HLEDGER)
        nothing = books_ask_hledger (path);
      else if (format == CFOIL_BOOKS_BEANCOUNT)
        nothing = books_ask_beancount (path);
      else if (format == CFOIL_BOOKS_LEDGER)
        nothing = books_ask_ledger (path);
      else
        continue;
      g_assert_cmpstr (nothing, ==, "");
    }
  options.format = CFOIL_BOOKS_BEANCOUNT;
  options.period = (CfoilPeriod){ CFOIL_PERIOD_DAYS, 20003, 20004 };
  day = export (self->mirror, &options, &result);
  balances = books_ask_beancount (day);
  /* The refund was never heard of but in the settlement: it happened when it was posted. */
  g_assert_cmpstr (balances, ==, "Assets:Amazon-Pay:Clearing|EUR|-980\nExpenses:Payment-Fees|EUR|-20\nIncome:Refunds|EUR|1000\n");
}

/* A moment is another day elsewhere. */
static void
test_zone (void)
{
  g_autoptr (TestMirror) self = small_shop ();
  CfoilBooksOptions options = options_of (CFOIL_BOOKS_OFX);
  g_autofree char *text = NULL;

  options.time_zone = "America/New_York";
  text = export_text (self->mirror, &options, NULL);
  test_assert_contains (text, "<DTPOSTED>20241005</DTPOSTED>\n<TRNAMT>97.50</TRNAMT>");
}

static void
test_accounts_of_sandbox (void)
{
  g_autoptr (TestMirror) self = small_shop ();
  CfoilBooksOptions options = options_of (CFOIL_BOOKS_JOURNAL);
  const char *names[] = { "SHOP", NULL }, *other[] = { "nobody", NULL };
  g_autoptr (GError) error = NULL;
  CfoilBooksResult result;
  g_autofree char *all = NULL;
  g_autofree char *named = NULL;

  test_exec (self->mirror, "INSERT INTO account (name, provider, region, environment, key_storage, created_us) "
             "VALUES ('toy', 'amazon-pay', 'eu', 'sandbox', 'file', 0); "
             "UPDATE txn SET account_id = (SELECT account_id FROM account WHERE name = 'toy') WHERE transaction_id = 'P01-1-C2'");
  all = export_text (self->mirror, &options, &result);
  test_assert_lacks (all, "P01-1-C2");
  options.accounts = (char **) names;
  named = export_text (self->mirror, &options, &result);
  g_assert_cmpstr (all, ==, named);
  options.accounts = (char **) other;
  g_assert_false (cfoil_books_export_sync (self->mirror, &options, "/nowhere/x", FALSE, NULL, NULL, NULL, &result, &error));
  g_clear_error (&error);
}

/* --- registers --- */

static guint
count (const char *text,
       const char *part)
{
  guint n = 0;

  for (const char *at = text; (at = strstr (at, part)) != NULL; at += strlen (part))
    n++;
  return n;
}

static void
test_ofx (void)
{
  g_autoptr (TestMirror) self = small_shop ();
  CfoilBooksOptions options = options_of (CFOIL_BOOKS_OFX);
  const GMarkupParser parser = { NULL };
  g_autoptr (GMarkupParseContext) markup = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *old = NULL;
  g_autofree char *part = NULL;

  /* A second line of one sale has an id of its own, however often it is written. */
  put (self, CFOIL_TYPE_CHARGE, "P01-1-C1", 6, 500, 0, "EUR");
  test_commit (self->writer);
  text = export_text (self->mirror, &options, NULL);
  g_markup_parse_context_parse (markup, text, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (markup, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (text, "<STMTTRN>"), ==, 4);
  g_assert_cmpuint (count (text, "<FITID>P01-1-C1</FITID>"), ==, 1);
  g_assert_cmpuint (count (text, "<FITID>P01-1-C1/2</FITID>"), ==, 1);
  test_assert_contains (text, "<TRNAMT>-87.70</TRNAMT>");
  test_assert_contains (text, "<BALAMT>5.00</BALAMT>");

  options.format = CFOIL_BOOKS_OFX1;
  old = export_text (self->mirror, &options, NULL);
  test_assert_contains (old, "VERSION:160\n");
  test_assert_contains (old, "<TRNAMT>-87.70\n");
  test_assert_lacks (old, "</TRNAMT>");

  /* The balance is what it was before, and what came. */
  options.format = CFOIL_BOOKS_OFX;
  options.period = (CfoilPeriod){ CFOIL_PERIOD_DAYS, 20003, 20004 };
  part = export_text (self->mirror, &options, NULL);
  g_assert_cmpuint (count (part, "<STMTTRN>"), ==, 1);
  test_assert_contains (part, "<BALAMT>87.70</BALAMT>");
}

static void
test_qif (void)
{
  static const char expected[] =
    "!Account\nNshop EUR\nTBank\n^\n!Type:Bank\n"
    "D10/06/2024\nT97.50\nNP01-1-C1\nPSale R-1\nMSettlement S1\nSExpenses:Payment Fees\n$-2.50\nSIncome:Sales\n$100.00\n^\n"
    "D10/07/2024\nT-9.80\nNP01-1-R1\nPRefund R-1\nMSettlement S1\nSExpenses:Payment Fees\n$0.20\nSIncome:Refunds\n$-10.00\n^\n"
    "D10/08/2024\nT-87.70\n";
  g_autoptr (TestMirror) self = small_shop ();
  CfoilBooksOptions options = options_of (CFOIL_BOOKS_QIF);
  g_autofree char *text = export_text (self->mirror, &options, NULL);

  if (!g_str_has_prefix (text, expected))
    g_error ("%s", text);
  g_assert_true (g_str_has_suffix (text, "L[Assets:Bank]\n^\n"));
}

/* --- names --- */

static void
test_names (void)
{
  static const struct { const char *name, *ledger, *beancount; } cases[] = {
    { "Assets:Amazon Pay:Clearing", "Assets:Amazon Pay:Clearing", "Assets:Amazon-Pay:Clearing" },
    { "aktiva:bank", "aktiva:bank", "Expenses:Aktiva:Bank" },
    { "Expenses", "Expenses", "Expenses:Unnamed" },
    { "Expenses:日本", "Expenses:日本", "Expenses:X日本" },
    { "Expenses:ärger  und;mehr", "Expenses:ärger und-mehr", "Expenses:Ärger-und-mehr" },
    { "(a):[b]:!c", "a:b:c", "Expenses:A:B:C" },
    { "a::b", "a:Unnamed:b", "Expenses:A:Unnamed:B" },
    { "1:2\n3", "1:2 3", "Expenses:1:2-3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *ledger = cfoil_books_name_for_ledger (cases[i].name);
      g_autofree char *beancount = cfoil_books_name_for_beancount (cases[i].name, CFOIL_PURPOSE_FEES);

      g_assert_cmpstr (ledger, ==, cases[i].ledger);
      g_assert_cmpstr (beancount, ==, cases[i].beancount);
    }
}

static void
test_mapping (void)
{
  g_autoptr (TestMirror) self = small_shop ();
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (CfoilBooksAccounts) accounts = NULL;
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GError) error = NULL;
  static const struct { const char *key, *name; } saved[] = {
    { "sales", "Income:A" }, { "sales:amazon-pay", "Income:B" }, { "sales:account:shop", "Income:C:{account}" },
    { "sales:store:One: two", "Income:D:{store}:{other}" }, { "fees", "X" }, { "fees", "" },
  };
  static const struct { const char *provider, *account, *store, *name; } wanted[] = {
    { "stripe", "other", NULL, "Income:A" }, { "amazon-pay", "other", NULL, "Income:B" },
    { "amazon-pay", "shop", "Two", "Income:C:shop" }, { "amazon-pay", "shop", "One: two", "Income:D:One- two:{other}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (saved); i++)
    {
      cfoil_books_accounts_save_sync (self->mirror, saved[i].key, saved[i].name, &error);
      g_assert_no_error (error);
    }
  g_assert_false (cfoil_books_accounts_save_sync (self->mirror, "sales:", "X", &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_false (cfoil_books_accounts_save_sync (self->mirror, "sales", "a\nb", &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX);
  g_clear_error (&error);

  reader = cfoil_mirror_open_reader (self->mirror, &error);
  accounts = cfoil_books_accounts_load (reader, &error);
  g_assert_no_error (error);
  keys = cfoil_books_accounts_list_keys (accounts);
  g_assert_cmpuint (keys->len, ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autofree char *name = cfoil_books_accounts_resolve (accounts, CFOIL_PURPOSE_SALES, wanted[i].provider, wanted[i].account,
                                                            wanted[i].store);

      g_assert_cmpstr (name, ==, wanted[i].name);
    }
}

/* --- whatever texts and currencies there are --- */

static const char *
pick (GRand *rand)
{
  return hostile[g_rand_int_range (rand, 0, G_N_ELEMENTS (hostile))];
}

static void
put_random_lines (TestMirror *self,
                  GRand      *rand)
{
  static const char *const currencies[] = { "EUR", "JPY", "KWD", "USD" };

  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s %u", pick (rand), i);
      CfoilSettlementLine line = test_line (pick (rand), (CfoilType) g_rand_int_range (rand, 0, CFOIL_N_TYPES), id,
                                            g_rand_int_range (rand, -100000, 100000));

      line.currency = currencies[g_rand_int_range (rand, 0, G_N_ELEMENTS (currencies))];
      line.posted_us = DAY + g_rand_int_range (rand, -900, 900) * G_TIME_SPAN_HOUR;
      line.fee_minor = g_rand_int_range (rand, -100, 10);
      line.net_minor = line.amount_minor + line.fee_minor + g_rand_int_range (rand, -1, 2);
      line.merchant_reference = g_rand_boolean (rand) ? pick (rand) : NULL;
      line.order_reference = pick (rand);
      line.store = g_rand_boolean (rand) ? pick (rand) : NULL;
      line.description = pick (rand);
      line.dispute_id = pick (rand);
      line.row_number = i + 1;
      test_put_line (self->writer, &line);
    }
  test_commit (self->writer);
}

static void
assert_currencies (CfoilMirror *mirror,
                   const char  *balances,
                   const char  *clearing)
{
  g_autofree char *expected = books_ask_mirror (cfoil_mirror_get_folder (mirror),
                                                "SELECT 'C', currency, net_minor FROM settlement_line");
  g_auto (GStrv) lines = g_strsplit (balances, "\n", -1);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], clearing))
      g_string_append_printf (found, "C%s\n", lines[i] + strlen (clearing));
  g_assert_cmpstr (found->str, ==, expected);
}

static void
assert_all_programs (CfoilMirror *mirror,
                     const char  *clearing,
                     const char  *clearing_of_beancount)
{
  CfoilBooksOptions options = options_of (CFOIL_BOOKS_HLEDGER);
  g_autofree char *hledger_file = export (mirror, &options, NULL);
  g_autofree char *hledger = books_ask_hledger (hledger_file);
  g_autofree char *ledger_file = (options.format = CFOIL_BOOKS_LEDGER, export (mirror, &options, NULL));
  g_autofree char *ledger = books_ask_ledger (ledger_file);
  g_autofree char *beancount_file = (options.format = CFOIL_BOOKS_BEANCOUNT, export (mirror, &options, NULL));
  g_autofree char *beancount = books_ask_beancount (beancount_file);

  g_assert_cmpstr (hledger, ==, ledger);
  assert_currencies (mirror, hledger, clearing);
  assert_currencies (mirror, beancount, clearing_of_beancount);
}

static void
test_hostile (void)
{
  g_autoptr (TestMirror) self = test_mirror_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  CfoilBooksOptions options = options_of (CFOIL_BOOKS_OFX);
  const GMarkupParser parser = { NULL };
  g_autoptr (GMarkupParseContext) markup = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *ofx = NULL;

  put_random_lines (self, rand);
  assert_all_programs (self->mirror, "Assets:Amazon Pay:Clearing", "Assets:Amazon-Pay:Clearing");

  /* Accounts named by what the provider says. */
  cfoil_books_accounts_save_sync (self->mirror, "sales", "{store}:{account}", &error);
  cfoil_books_accounts_save_sync (self->mirror, "fees", "; fees  {store} \"x\"", &error);
  cfoil_books_accounts_save_sync (self->mirror, "clearing", "(Clearing) 12", &error);
  g_assert_no_error (error);
  assert_all_programs (self->mirror, "Clearing- 12", "Assets:Clearing--12");

  ofx = export_text (self->mirror, &options, NULL);
  g_markup_parse_context_parse (markup, ofx, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (ofx, "<STMTTRN>"), ==, count (ofx, "<FITID>"));
}

static void
test_many_currencies (void)
{
  g_autoptr (TestMirror) self = test_mirror_new ();

  for (guint i = 0; i < 1000; i++)
    {
      const char currency[] = { (char) ('A' + i / 676), (char) ('A' + i / 26 % 26), (char) ('A' + i % 26), '\0' };

      put (self, CFOIL_TYPE_OTHER, NULL, (int) i, 100 + i, 0, currency);
    }
  put (self, CFOIL_TYPE_OTHER, NULL, 1, 77, 0, "x1;");
  put (self, CFOIL_TYPE_OTHER, NULL, -20000, 1, 0, "EUR"); /* 1970 */
  test_commit (self->writer);
  {
    CfoilBooksOptions options = options_of (CFOIL_BOOKS_HLEDGER);
    g_autofree char *path = export (self->mirror, &options, NULL);
    g_autofree char *balances = books_ask_hledger (path);
    g_autofree char *qif = NULL;

    test_assert_contains (balances, "Assets:Amazon Pay:Clearing|AAA|100\n");
    test_assert_contains (balances, "Assets:Amazon Pay:Clearing|x1-|77\n");
    options.format = CFOIL_BOOKS_QIF;
    qif = export_text (self->mirror, &options, NULL);
    g_assert_cmpuint (count (qif, "!Account\n"), ==, strstr (balances, "|EUR|1\n") != NULL ? 1002 : 1001);
    options.format = CFOIL_BOOKS_BEANCOUNT;
    g_free (path);
    path = export (self->mirror, &options, NULL);
    g_free (balances);
    balances = books_ask_beancount (path);
    test_assert_contains (balances, "Assets:Amazon-Pay:Clearing|BMF|1");
    test_assert_contains (balances, "|X-78313B0|77\n");
  }
}

/* --- files --- */

static gboolean
write_little (const char *bytes,
              gsize       length,
              gpointer    n_calls,
              GError    **error)
{
  ++*(guint *) n_calls;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  return FALSE;
}

static void
test_files (void)
{
  g_autoptr (TestMirror) self = small_shop ();
  CfoilBooksOptions options = options_of (CFOIL_BOOKS_JOURNAL);
  g_autofree char *path = test_folder_file (self->folder, "there");
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  CfoilBooksResult result;
  guint n_calls = 0;

  g_assert_false (cfoil_books_write_sync (self->mirror, &options, write_little, &n_calls, NULL, NULL, NULL, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_clear_error (&error);
  g_assert_cmpuint (n_calls, ==, 1);

  test_write_text (path, "old");
  g_assert_false (cfoil_books_export_sync (self->mirror, &options, path, FALSE, NULL, NULL, NULL, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  options.time_zone = "Nowhere/Land";
  g_assert_false (cfoil_books_export_sync (self->mirror, &options, path, TRUE, NULL, NULL, NULL, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  options.time_zone = "UTC";
  g_cancellable_cancel (cancelled);
  g_assert_false (cfoil_books_export_sync (self->mirror, &options, path, TRUE, NULL, NULL, cancelled, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  text = test_read_text (path);
  g_assert_cmpstr (text, ==, "old");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/books/balance/property", test_balance_property);
  g_test_add_func ("/books/balance/overflow", test_balance_overflow);
  g_test_add_func ("/books/golden", test_golden);
  g_test_add_func ("/books/by-posting", test_by_posting);
  g_test_add_func ("/books/period", test_period);
  g_test_add_func ("/books/zone", test_zone);
  g_test_add_func ("/books/accounts", test_accounts_of_sandbox);
  g_test_add_func ("/books/ofx", test_ofx);
  g_test_add_func ("/books/qif", test_qif);
  g_test_add_func ("/books/names", test_names);
  g_test_add_func ("/books/mapping", test_mapping);
  g_test_add_func ("/books/hostile", test_hostile);
  g_test_add_func ("/books/many-currencies", test_many_currencies);
  g_test_add_func ("/books/files", test_files);
  return g_test_run ();
}
