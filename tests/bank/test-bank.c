/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bank-tools.h"
#include "cfoil-bank-match.h"
#include "cfoil-bank-statement.h"
#include "cfoil-bank-value.h"
#include "cfoil-bank.h"
#include "cfoil-error.h"
#include "cfoil-period.h"

#include <string.h>
#include <sys/resource.h>

/* --- values --- */

static void
test_dates (void)
{
  static const struct { const char *text; CfoilBankDates dates; int year, month, day; } good[] = {
    { "2026-10-03", CFOIL_BANK_DATES_YMD, 2026, 10, 3 }, { "20261003", CFOIL_BANK_DATES_YMD, 2026, 10, 3 },
    { "20261003120000[-5:EST]", CFOIL_BANK_DATES_YMD, 0, 0, 0 }, { "20261003120000", CFOIL_BANK_DATES_YMD, 2026, 10, 3 },
    { "2026-10-03T23:59:59+02:00", CFOIL_BANK_DATES_YMD, 2026, 10, 3 },
    { "03.10.2026", CFOIL_BANK_DATES_DMY, 2026, 10, 3 }, { "3.1.26", CFOIL_BANK_DATES_DMY, 2026, 1, 3 },
    { "01.02.71", CFOIL_BANK_DATES_DMY, 1971, 2, 1 }, { "10/3/2026", CFOIL_BANK_DATES_MDY, 2026, 10, 3 },
    { "03 10 2026", CFOIL_BANK_DATES_DMY, 2026, 10, 3 }, { "1970-01-01", CFOIL_BANK_DATES_YMD, 1970, 1, 1 },
  };
  static const char *const bad[] = { "", "x", "2026-13-01", "2026-02-30", "32.01.2026", "1.2", "2026", "999-01-01", "03102026x", "..", "1..2" };
  gint32 day, wanted;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    if (good[i].year > 0)
      {
        g_assert_true (cfoil_day_from_date (good[i].year, good[i].month, good[i].day, &wanted));
        g_assert_true (cfoil_bank_parse_day (good[i].text, good[i].dates, &day));
        g_assert_cmpint (day, ==, wanted);
      }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    for (guint dates = CFOIL_BANK_DATES_YMD; dates < CFOIL_N_BANK_DATES; dates++)
      if (cfoil_bank_parse_day (bad[i], (CfoilBankDates) dates, &day))
        g_error ("%s is a date", bad[i]);
  g_assert_cmpuint (cfoil_bank_guess_dates ("03/04/2026"), ==, 1u << CFOIL_BANK_DATES_DMY | 1u << CFOIL_BANK_DATES_MDY);
  g_assert_cmpuint (cfoil_bank_guess_dates ("13/04/2026"), ==, 1u << CFOIL_BANK_DATES_DMY);
  g_assert_cmpuint (cfoil_bank_guess_dates ("04/13/26"), ==, 1u << CFOIL_BANK_DATES_MDY);
  g_assert_cmpuint (cfoil_bank_guess_dates ("03.10.26"), ==, 1u << CFOIL_BANK_DATES_DMY);
  g_assert_cmpuint (cfoil_bank_guess_dates ("2026-10-03"), ==, 1u << CFOIL_BANK_DATES_YMD);
}

static void
test_amounts (void)
{
  static const struct { const char *text; char mark; int exponent; gint64 minor; } good[] = {
    { "12.34", '.', 2, 1234 }, { "1.234,56", ',', 2, 123456 }, { "1,234,567.8", '.', 2, 123456780 }, { "-5", ',', 2, -500 },
    { "5-", ',', 2, -500 }, { "(5.00)", '.', 2, -500 }, { "+7", '.', 0, 7 }, { "€ 3,10", ',', 2, 310 }, { "EUR 3", ',', 2, 300 },
    { "\xe2\x88\x92" "1,5", ',', 2, -150 }, { "1\xc2\xa0" "234,00", ',', 2, 123400 }, { "1'234.50", '.', 2, 123450 }, { ",5", ',', 2, 50 },
    { "1.234", '.', 3, 1234 }, { "1.234", ',', 0, 1234 }, { "5,", ',', 2, 500 },
  };
  static const char *const bad[] = { "", "-", "1.2.3", "--1", "1e5", "12,34,5", "abc", "1.23.456,0", "0x10", "NaN" };
  gint64 minor;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;

      cfoil_bank_parse_amount (good[i].text, good[i].mark, good[i].exponent, &minor, &error);
      g_assert_no_error (error);
      g_assert_cmpint (minor, ==, good[i].minor);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    if (cfoil_bank_parse_amount (bad[i], ',', 2, &minor, NULL))
      g_error ("%s is an amount", bad[i]);
  g_assert_cmpint (cfoil_bank_guess_mark ("1.234,56"), ==, ',');
  g_assert_cmpint (cfoil_bank_guess_mark ("1,234"), ==, 0);
  g_assert_cmpint (cfoil_bank_guess_mark ("1,234,567"), ==, '.');
  g_assert_cmpint (cfoil_bank_guess_mark ("12,5"), ==, ',');
}

/* --- importing --- */

#define GERMAN \
  "Umsätze Girokonto;;;\n\"Zeitraum:\";30 Tage;;\n\n" \
  "Buchungstag;Verwendungszweck;Betrag (€);Währung\n" \
  "03.10.2026;\"Müller; GmbH\";1.234,56;EUR\n04.10.2026;Miete;-800,00;EUR\n04.10.2026;Miete;-800,00;EUR\n;Kontostand;99,00;EUR"
#define GERMAN_ENTRIES \
  "bank|20729|EUR|123456||Müller; GmbH|1\nbank|20730|EUR|-80000||Miete|1\nbank|20730|EUR|-80000||Miete|2\n"
#define GERMAN_COLUMNS "date=1,text=2,amount=3,currency=4"

static void
assert_german (const char *encoding)
{
  g_autoptr (TestMirror) self = test_mirror_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *dump = NULL;
  CfoilBankResult result;
  gsize length;

  bytes = g_convert (GERMAN, -1, encoding, "UTF-8", NULL, &length, &error);
  g_assert_no_error (error);
  bank_import (self, bytes, (gssize) length, GERMAN_COLUMNS, &result);
  dump = test_dump (self->mirror, BANK_ENTRIES);
  g_assert_cmpstr (dump, ==, GERMAN_ENTRIES);
  g_assert_cmpuint (result.n_entries, ==, 3);
  g_assert_cmpuint (result.n_new, ==, 3);
  g_assert_cmpuint (result.n_skipped, ==, 1);
}

static void
test_encodings (void)
{
  assert_german ("UTF-8");
  assert_german ("UTF-16LE");
  assert_german ("UTF-16BE");
  assert_german ("UTF-16"); /* with a mark */
  assert_german ("WINDOWS-1252");
  assert_german ("ISO-8859-15");
}

static void
test_wrong_encoding (void)
{
  g_autoptr (TestMirror) self = test_mirror_new ();

  bank_assert_refused (self, "date;amount\n2026-10-03;1,00\n2026-10-03;2,00 \xfc\n", -1, "date=1,amount=2,currency=EUR,encoding=UTF-8",
                  CFOIL_INPUT_ERROR_ENCODING, "");
}

static void
test_two_columns (void)
{
  g_autoptr (TestMirror) self = test_mirror_new ();
  g_autofree char *dump = NULL;
  CfoilBankResult result;

  bank_import (self, "Date,Description,Money out,Money in\n10/13/2026,a,5.00,\n10/14/2026,b,,\"1,200.00\"\n", -1,
          "date=1,text=2,debit=3,credit=4,currency=GBP,account=Main", &result);
  bank_import (self, "Date|Amt|DC\n2026-10-15|3.00|D\n2026-10-15|4.00|C\n", -1, "date=1,amount=2,sign=3,currency=GBP,account=Main", &result);
  dump = test_dump (self->mirror, BANK_ENTRIES);
  g_assert_cmpstr (dump, ==, "Main|20739|GBP|-500||a|1\nMain|20741|GBP|-300|||1\nMain|20740|GBP|120000||b|1\nMain|20741|GBP|400|||1\n");
}

static void
test_unclear (void)
{
  g_autoptr (TestMirror) self = test_mirror_new ();

  bank_assert_refused (self, "d;a\n03/04/2026;5,00\n", -1, "date=1,amount=2,currency=EUR", CFOIL_INPUT_ERROR_COLUMNS, "day or the month");
  bank_assert_refused (self, "d;a\n2026-04-03;5,000\n", -1, "date=1,amount=2,currency=EUR", CFOIL_INPUT_ERROR_COLUMNS, "comma or a point");
  bank_assert_refused (self, "d;a\n2026-04-03;5,00\n", -1, "date=1,amount=2", CFOIL_INPUT_ERROR_COLUMNS, "currency");
  bank_assert_refused (self, "d;a\n2026-04-03;5,00\n2026-04-04;five\n", -1, "date=1,amount=2,currency=EUR", CFOIL_INPUT_ERROR_SYNTAX, "Line 3");
  bank_assert_refused (self, "d;a\n2026-04-03;5,00\n2026-04-31;5,00\n", -1, "date=1,amount=2,currency=EUR", CFOIL_INPUT_ERROR_SYNTAX, "Line 3");
  bank_assert_refused (self, "d;a;c\n2026-04-03;5,00;EUR\n2026-04-03;5,00;XQX\n", -1, "date=1,amount=2,currency=3", CFOIL_INPUT_ERROR_CURRENCY, "Line 3");
  bank_assert_refused (self, "", -1, "date=1,amount=2,currency=EUR", CFOIL_INPUT_ERROR_UNKNOWN, "CSV");
  bank_assert_refused (self, "%PDF-1.7\n", -1, "date=1,amount=2,currency=EUR", CFOIL_INPUT_ERROR_UNKNOWN, "CSV");
}

/* --- saved columns --- */

static void
test_mapping (void)
{
  static const char text[] = "date=1,amount=3,reference=5,text=4+2,currency=6,currency=EUR,decimal=comma,dates=dmy,separator=semicolon,"
                             "encoding=WINDOWS-1252,account=Main";
  g_autoptr (TestMirror) self = test_mirror_new ();
  g_autoptr (CfoilBankMapping) mapping = cfoil_bank_mapping_parse (text, NULL);
  g_autoptr (CfoilBankMapping) guessed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *again = cfoil_bank_mapping_to_text (mapping);
  const char *header[] = { "Day", "Who", "Sum", "What", NULL };
  const char *german[] = { "Buchungstag", "Empfänger", "Verwendungszweck", "Betrag", "Währung", NULL };
  CfoilBankResult result;

  g_assert_cmpstr (again, ==, text);
  g_assert_null (cfoil_bank_mapping_parse ("date=0", NULL));
  g_assert_null (cfoil_bank_mapping_parse ("dates=xyz", NULL));
  g_assert_null (cfoil_bank_mapping_parse ("colour=1", NULL));
  guessed = cfoil_bank_mapping_guess ((char **) german);
  g_assert_cmpuint (guessed->date, ==, 1);
  g_assert_cmpuint (guessed->amount, ==, 4);
  g_assert_cmpuint (guessed->currency, ==, 5);
  g_assert_cmpuint (guessed->text[0], ==, 3);

  bank_assert_refused (self, "Day;Who;Sum;What\n03.10.2026;a;1,00;b\n", -1, NULL, CFOIL_INPUT_ERROR_COLUMNS, "Day, Who, Sum, What");
  g_clear_pointer (&mapping, cfoil_bank_mapping_free);
  mapping = cfoil_bank_mapping_parse ("date=1,amount=3,text=2+4,currency=EUR", NULL);
  g_free (mapping->name);
  mapping->name = g_strdup ("My bank");
  mapping->header = g_strdupv ((char **) header);
  cfoil_bank_mapping_save_sync (self->mirror, mapping, &error);
  g_assert_no_error (error);
  bank_import (self, "Day;Who;Sum;What\n03.10.2026;a;1,00;b\n", -1, NULL, &result);
  g_assert_cmpuint (result.n_new, ==, 1);
  g_assert_cmpint (test_count (self->mirror, "SELECT count (*) FROM bank_entry WHERE bank_account = 'My bank' AND text = 'a b'"), ==, 1);
  /* The bank puts a column in between: nobody guesses which is which. */
  bank_assert_refused (self, "Day;Valuta;Who;Sum;What\n03.10.2026;03.10.2026;a;1,00;b\n", -1, NULL, CFOIL_INPUT_ERROR_COLUMNS, "My bank");
  cfoil_bank_mapping_remove_sync (self->mirror, "my bank", &error);
  g_assert_no_error (error);
  bank_assert_refused (self, "Day;Who;Sum;What\n03.10.2026;a;2,00;b\n", -1, NULL, CFOIL_INPUT_ERROR_COLUMNS, "Day, Who");
}

static void
test_idempotent (void)
{
  g_autoptr (TestMirror) self = test_mirror_new ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *both = NULL;
  CfoilBankResult result;

  bank_import (self, GERMAN, -1, GERMAN_COLUMNS, &result);
  first = test_dump (self->mirror, BANK_ENTRIES);
  bank_import (self, GERMAN, -1, GERMAN_COLUMNS, &result);
  g_assert_true (result.is_known);
  second = test_dump (self->mirror, BANK_ENTRIES);
  g_assert_cmpstr (first, ==, second);
  /* Overlapping days: the two equal rents are the two that are known, the third is new. */
  bank_import (self, "Buchungstag;Verwendungszweck;Betrag (€);Währung\n04.10.2026;Miete;-800,00;EUR\n04.10.2026;Miete;-800,00;EUR\n"
          "04.10.2026;Miete;-800,00;EUR\n05.10.2026;Neu;1,00;EUR\n", -1, GERMAN_COLUMNS, &result);
  g_assert_false (result.is_known);
  g_assert_cmpuint (result.n_entries, ==, 4);
  g_assert_cmpuint (result.n_new, ==, 2);
  g_assert_cmpint (test_count (self->mirror, "SELECT count (*) FROM bank_entry"), ==, 5);
}

/* What a later statement has, too, stays when the first one goes; the last one takes all. */
static void
test_remove (void)
{
  g_autoptr (TestMirror) self = test_mirror_new ();
  g_autoptr (GError) error = NULL;
  CfoilBankResult first, second;

  bank_import (self, GERMAN, -1, GERMAN_COLUMNS, &first);
  bank_import (self, "Buchungstag;Verwendungszweck;Betrag (€);Währung\n04.10.2026;Miete;-800,00;EUR\n05.10.2026;Neu;1,00;EUR\n", -1, GERMAN_COLUMNS,
          &second);
  g_assert_cmpint (test_count (self->mirror, "SELECT count (*) FROM bank_entry"), ==, 4);
  g_assert_cmpint (test_count (self->mirror, "SELECT count (*) FROM bank_repeat"), ==, 1);
  g_assert_true (cfoil_bank_statement_remove_sync (self->mirror, first.statement_id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (test_count (self->mirror, "SELECT count (*) FROM bank_entry"), ==, 2);
  g_assert_cmpint (test_count (self->mirror, "SELECT count (*) FROM bank_entry WHERE text = 'Miete' AND row_number = 2"), ==, 1);
  g_assert_cmpint (test_count (self->mirror, "SELECT count (*) FROM bank_repeat"), ==, 0);
  g_assert_false (cfoil_bank_statement_remove_sync (self->mirror, first.statement_id, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  /* The same file again is a new statement, and what it shares is a repeat the other way round. */
  bank_import (self, GERMAN, -1, GERMAN_COLUMNS, &first);
  g_assert_cmpuint (first.n_new, ==, 2);
  g_assert_true (cfoil_bank_statement_remove_sync (self->mirror, first.statement_id, &error));
  g_assert_true (cfoil_bank_statement_remove_sync (self->mirror, second.statement_id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (test_count (self->mirror, "SELECT count (*) FROM bank_entry"), ==, 0);
  g_assert_cmpint (test_count (self->mirror, "SELECT count (*) FROM bank_statement"), ==, 0);
}

/* What the first rows are taken for is what an import takes them for. */
static void
test_samples (void)
{
  g_autoptr (TestMirror) self = test_mirror_new ();
  g_autofree char *path = test_folder_file (self->folder, "statement");
  g_autoptr (CfoilBankMapping) mapping = cfoil_bank_mapping_parse (GERMAN_COLUMNS, NULL);
  g_autoptr (CfoilBankMapping) adapted = NULL;
  g_autoptr (CfoilBankPreview) preview = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  g_autoptr (GError) error = NULL;
  const char *other[] = { "Valuta", "Buchungstag", "Betrag (€)", NULL };
  const CfoilBankSample *sample;

  test_write_bytes (path, GERMAN "\n05.10.2026;x;eins;EUR\n", strlen (GERMAN "\n05.10.2026;x;eins;EUR\n"));
  preview = cfoil_bank_preview_sync (path, mapping, NULL, &error);
  g_assert_no_error (error);
  samples = cfoil_bank_preview_read (preview, mapping, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (samples->len, ==, 5);
  sample = g_ptr_array_index (samples, 0);
  g_assert_cmpuint (sample->line, ==, 5);
  g_assert_cmpint (sample->amount_minor, ==, 123456);
  g_assert_cmpstr (sample->text, ==, "Müller; GmbH");
  g_assert_true (((CfoilBankSample *) g_ptr_array_index (samples, 3))->is_skipped);
  sample = g_ptr_array_index (samples, 4);
  g_assert_cmpuint (sample->line, ==, 9);
  test_assert_contains (sample->message, "eins");

  mapping->header = g_strdupv (preview->header);
  adapted = cfoil_bank_mapping_adapt (mapping, (char **) other);
  g_assert_cmpuint (adapted->date, ==, 2);
  g_assert_cmpuint (adapted->amount, ==, 3);
  g_assert_cmpuint (adapted->text[0], ==, 0);
  g_assert_cmpuint (adapted->currency, ==, 0);
  mapping->amount = 0;
  g_assert_null (cfoil_bank_preview_read (preview, mapping, 10, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_COLUMNS);
}

/* A file that is guessed wrong is known by saved columns that say how it is written. */
static void
test_saved_writing (void)
{
  g_autoptr (TestMirror) self = test_mirror_new ();
  g_autoptr (CfoilBankMapping) mapping = cfoil_bank_mapping_parse ("date=1,amount=3,text=2,currency=EUR,separator=bar", NULL);
  const char *header[] = { "Day", "Text;a;b;c", "Sum", NULL };
  g_autoptr (GError) error = NULL;
  CfoilBankResult result;

  g_free (mapping->name);
  mapping->name = g_strdup ("Bars");
  mapping->header = g_strdupv ((char **) header);
  cfoil_bank_mapping_save_sync (self->mirror, mapping, &error);
  g_assert_no_error (error);
  bank_import (self, "Day|Text;a;b;c|Sum\n2026-10-03|x;y;z;1|5.00\n", -1, NULL, &result);
  g_assert_cmpuint (result.n_new, ==, 1);
  g_assert_cmpint (test_count (self->mirror, "SELECT amount_minor FROM bank_entry WHERE text = 'x;y;z;1'"), ==, 500);
}

/* --- many lines --- */

static void
test_many (void)
{
  g_autoptr (TestMirror) self = test_mirror_new ();
  g_autoptr (GString) text = g_string_new ("date,amount,reference,text\n");
  struct rusage before, after;
  CfoilBankResult result;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "2026-%02u-%02u,%u.%02u,R%u,\"line %u with some words\"\n", i % 12 + 1, i % 28 + 1, i % 5000, i % 100, i, i);
  getrusage (RUSAGE_SELF, &before);
  bank_import (self, text->str, (gssize) text->len, "date=1,amount=2,reference=3,text=4,currency=EUR", &result);
  getrusage (RUSAGE_SELF, &after);
  g_assert_cmpuint (result.n_new, ==, 100000);
  /* Less than the rows themselves take (under a sanitizer memory says nothing). */
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpint (after.ru_maxrss - before.ru_maxrss, <, 96 * 1024);
#endif
}

/* --- payouts --- */

static void
put_payout (TestMirror *self,
            const char *settlement,
            const char *reference,
            gint64      minor,
            int         day)
{
  CfoilDisbursement payout = {
    .settlement_id = settlement, .bank_reference = reference, .currency = "EUR", .amount_minor = minor,
    .transaction_us = day * G_TIME_SPAN_DAY + G_TIME_SPAN_HOUR, .raw = "{}",
  };
  g_autoptr (GError) error = NULL;

  cfoil_writer_put_disbursement (self->writer, &payout, &error);
  g_assert_no_error (error);
}

#define MATCHES "SELECT m.settlement_provider_id, e.text, m.how FROM bank_match AS m JOIN bank_entry AS e USING (entry_id) ORDER BY 1, 2"
#define COLUMNS "date=1,amount=2,text=3,currency=EUR"

static void
test_match (void)
{
  g_autoptr (TestMirror) self = test_mirror_new ();
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GPtrArray) pairs = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *matches = NULL;
  g_autofree char *again = NULL;
  CfoilBankResult result;
  gint64 lost;
  guint n;

  put_payout (self, "1", "AMZN0001234", 10000, 20729);  /* said in the text */
  put_payout (self, "2", "AMZN0001235", 20000, 20729);  /* broken in two */
  put_payout (self, "3", "AMZN0001236", 30000, 20729);  /* said, but another amount */
  put_payout (self, "4", "AMZN0001237", 40000, 20729);  /* not said, one of that amount */
  put_payout (self, "5", "AMZN0001238", 50000, 20729);  /* two payouts of one amount */
  put_payout (self, "6", "AMZN0001239", 50000, 20730);
  put_payout (self, "7", "AMZN0001240", 60000, 20700);  /* too long ago */
  put_payout (self, "8", "AMZN0001241", 80000, 20729);  /* never came */
  test_commit (self->writer);
  bank_import (self, "d;a;t\n2026-10-03;100,00;pay AMZN0001234 x\n2026-10-04;200,00;AMZN000 1235\n2026-10-04;299,00;amzn0001236\n"
          "2026-10-05;400,00;something\n2026-10-05;500,00;either\n2026-10-05;600,00;late\n2026-10-05;-7,00;coffee\n", -1, COLUMNS, &result);
  matches = test_dump (self->mirror, MATCHES);
  g_assert_cmpstr (matches, ==, "1|pay AMZN0001234 x|reference\n2|AMZN000 1235|reference\n3|amzn0001236|reference\n4|something|amount\n");
  g_assert_cmpuint (result.n_matched, ==, 4);
  cfoil_bank_match_sync (self->mirror, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 0);

  reader = cfoil_mirror_open_reader (self->mirror, &error);
  pairs = cfoil_bank_match_list (reader, CFOIL_BANK_OPEN | CFOIL_BANK_OTHER, 100, &error);
  g_assert_no_error (error);
  /* Payouts 8, 6 and 5 did not come (7 is from before the statement); 3 differs; either, late, coffee. */
  g_assert_cmpuint (pairs->len, ==, 7);
  for (guint i = 0; i < pairs->len; i++)
    {
      const CfoilBankPair *pair = g_ptr_array_index (pairs, i);

      if (g_strcmp0 (pair->settlement_id, "3") == 0)
        g_assert_cmpint (pair->difference_minor, ==, -100);
      else if (pair->entry_id == 0)
        g_assert_cmpint (pair->difference_minor, ==, -pair->payout_minor);
      else
        g_assert_cmpint (pair->difference_minor, ==, pair->entry_minor);
    }
  g_clear_pointer (&reader, cfoil_database_close);

  lost = test_count (self->mirror, "SELECT entry_id FROM bank_entry WHERE text = 'either'");
  g_assert_false (cfoil_bank_match_set_sync (self->mirror, lost, "99", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (cfoil_bank_match_set_sync (self->mirror, 9999, "5", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  cfoil_bank_match_set_sync (self->mirror, lost, "5", &error);
  g_assert_no_error (error);
  again = test_dump (self->mirror, MATCHES);
  test_assert_contains (again, "5|either|hand\n");
  cfoil_bank_match_set_sync (self->mirror, lost, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_count (self->mirror, "SELECT count (*) FROM bank_match"), ==, 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bank/dates", test_dates);
  g_test_add_func ("/bank/amounts", test_amounts);
  g_test_add_func ("/bank/encodings", test_encodings);
  g_test_add_func ("/bank/wrong-encoding", test_wrong_encoding);
  g_test_add_func ("/bank/two-columns", test_two_columns);
  g_test_add_func ("/bank/unclear", test_unclear);
  g_test_add_func ("/bank/mapping", test_mapping);
  g_test_add_func ("/bank/idempotent", test_idempotent);
  g_test_add_func ("/bank/remove", test_remove);
  g_test_add_func ("/bank/samples", test_samples);
  g_test_add_func ("/bank/saved-writing", test_saved_writing);
  g_test_add_func ("/bank/many", test_many);
  g_test_add_func ("/bank/match", test_match);
  return g_test_run ();
}
