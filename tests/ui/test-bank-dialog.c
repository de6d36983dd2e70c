/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-account.h"
#include "cfoil-writer.h"
#include "ui-dialog.h"

#include <glib/gstdio.h>
#include <string.h>

/* Bank statements in the window, by keys: files as banks write them and as nobody should, held against what the
 * command line says of the same mirror. */

#define SOON_MS 8000
#define OCTOBER_3 20729

/* --- the mirror --- */

static void
pay (CfoilWriter *writer,
     const char  *settlement_id,
     const char  *reference,
     gint64       minor)
{
  CfoilDisbursement payout = {
    .settlement_id = settlement_id, .bank_reference = reference, .currency = "EUR", .amount_minor = minor,
    .transaction_us = OCTOBER_3 * G_TIME_SPAN_DAY + G_TIME_SPAN_HOUR, .raw = "{}",
  };

  if (!cfoil_writer_put_disbursement (writer, &payout, NULL))
    g_error ("No payout");
}

static void
make_mirror (void)
{
  g_autoptr (CfoilMirror) mirror = cfoil_mirror_open (ui_dialog_cli.folder, NULL);
  g_autoptr (CfoilAccount) account = cfoil_account_new ();
  CfoilWriter *writer;
  gint64 feed_id;

  account->name = g_strdup ("Shop");
  account->provider = g_strdup ("amazon-pay");
  account->region = g_strdup ("eu");
  account->environment = g_strdup ("live");
  account->key_storage = g_strdup ("file");
  account->key_file = g_strdup ("/nowhere");
  account->history_days = 1;
  if (mirror == NULL || !cfoil_account_add (mirror, account, NULL))
    g_error ("No mirror");
  writer = cfoil_writer_new (mirror, account->account_id, NULL);
  if (writer == NULL || !cfoil_writer_open_feed (writer, "disbursements", 10, &feed_id, NULL))
    g_error ("No writer");
  cfoil_writer_set_source (writer, feed_id, 0, FALSE);
  pay (writer, "1001", "AMZN0001001", 123456);
  pay (writer, "1002", "AMZN0001002", 40000);
  pay (writer, "1003", "AMZN0001003", 30000);
  pay (writer, "1004", "AMZN0001004", 77700);
  cfoil_writer_commit (writer, NULL);
  cfoil_writer_free (writer);
}

/* --- files --- */

static char *
write_file (const char *name,
            const char *text,
            const char *encoding)
{
  char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  bytes = g_convert (text, -1, encoding, "UTF-8", NULL, &length, NULL);
  if (bytes == NULL || !g_file_set_contents (path, bytes, (gssize) length, NULL))
    g_error ("%s cannot be written", path);
  return path;
}

/* --- the window --- */

/* Takes PATH over.  BUTTON is there only once the page is that has it: a mnemonic could
 * meet the one of the page that goes. */
static void
import (const char *button,
        char       *path)
{
  ui_driver_spin (300);
  if (!ui_press (button) || !ui_choose_file (path))
    g_print ("# no file chooser\n");
  ui_driver_spin (300);
  g_free (path);
}

/* Takes TEXT over. */
static char *
strip_returns (char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\r", -1);

  g_free (text);
  return g_strjoinv ("", parts);
}

static gboolean
list_is (const char *expected)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;
  g_autofree char *output = NULL;

  do
    {
      ui_driver_spin (100);
      g_free (output);
      output = ui_cli_run (&ui_dialog_cli, "sql", "SELECT day, currency, amount_minor, text, settlement_id, matched_by FROM bank_entries "
                           "ORDER BY amount_minor, text", "--format", "csv", NULL);
      output = output != NULL ? strip_returns (output) : NULL;
    }
  while ((output == NULL || strstr (output, expected) == NULL) && g_get_monotonic_time () < end);
  if (output == NULL || strstr (output, expected) == NULL)
    g_print ("# %s\n", output);
  return output != NULL && strstr (output, expected) != NULL;
}

static gboolean
count_is (const char *expected)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;
  g_autofree char *output = NULL;
  g_autofree char *line = g_strdup_printf ("n\n%s\n", expected);

  do
    {
      ui_driver_spin (100);
      g_free (output);
      output = ui_cli_run (&ui_dialog_cli, "sql", "SELECT count (*) AS n FROM bank_entries", "--format", "csv", NULL);
      output = output != NULL ? strip_returns (output) : NULL;
    }
  while ((output == NULL || !g_str_equal (output, line)) && g_get_monotonic_time () < end);
  if (output == NULL || !g_str_equal (output, line))
    g_print ("# %s entries: %s\n", expected, output);
  return output != NULL && g_str_equal (output, line);
}

/* --- tests --- */

#define HEADER "Buchungstag;Verwendungszweck;Betrag;Währung\n"

/* Another encoding, commas for decimals: as it is shown, so it is imported. */
static void
test_columns (void)
{
  g_autoptr (AtspiAccessible) button = NULL;

  ui_check (ui_driver_activate (ui_dialog_driver, "bank-statements", NULL) && ui_shows ("No Bank Statements"), "without a statement it says what to do");
  import ("Import Statement…", write_file ("giro.csv", HEADER "05.10.2026;Auszahlung AMZN0001001 Größe;1.234,56;EUR\n06.10.2026;Gutschrift;400,00;EUR\n"
                                "06.10.2026;AMZN0001003;299,00;EUR\n01.10.2026;Büro & <b>Lager</b>;-800,00;EUR\n", "WINDOWS-1252"));
  ui_check (ui_shows ("A statement with these columns was never imported"), "columns that nobody knows are asked for");
  ui_check (ui_shows ("€1,234.56") && ui_shows ("Auszahlung AMZN0001001 Größe") && ui_shows ("Büro & <b>Lager</b>"), "its rows are shown as they would be imported");
  button = ui_driver_find (ui_dialog_driver->application, ATSPI_ROLE_PUSH_BUTTON, "Import", SOON_MS);
  ui_check (button != NULL && !ui_driver_has_state (button, ATSPI_STATE_SENSITIVE), "without a name it is not imported");
  ui_driver_type ("Girokonto");
  ui_driver_take_picture ("bank-columns");
}

/* What is chosen wrong is seen at once. */
static void
test_wrong_choices (void)
{
  ui_check (ui_choose_in_row ("Encoding", "Down Return") && ui_shows ("Auszahlung AMZN0001001 Gr\xef\xbf\xbd"), "another encoding shows at once what becomes of it");
  ui_check (ui_choose_in_row ("Encoding", "Return") && ui_shows ("Auszahlung AMZN0001001 Größe"), "and it can be taken back");
  ui_check (ui_choose_in_row ("Separator", "Down Return") && ui_shows ("Say which column has the dates"), "another separator finds other columns");
  ui_check (ui_choose_in_row ("Separator", "Return") && ui_shows ("Auszahlung AMZN0001001 Größe"), "it can be taken back, too");
  ui_check (ui_choose_in_row ("Decimal Mark", "Down Down Return") && ui_shows ("“1.234,56” is not an amount"), "another decimal mark is told with its line");
  ui_check (ui_choose_in_row ("Decimal Mark", "Return") && ui_shows ("€1,234.56"), "as it was found, it is right again");
}

static void
test_import (void)
{
  ui_driver_keys ("alt+m");
  ui_check (list_is ("2026-10-01,EUR,-80000,Büro & <b>Lager</b>,,\n2026-10-06,EUR,29900,AMZN0001003,1003,reference\n"
                  "2026-10-06,EUR,40000,Gutschrift,1002,amount\n2026-10-05,EUR,123456,Auszahlung AMZN0001001 Größe,1001,reference\n"),
         "with a name they are imported: the mirror has what was shown, and which payouts it is");
  ui_check (ui_shows ("€299.00 differs from its payout by −€1.00"), "what differs is listed");
  ui_check (ui_shows ("Payout of €777.00 is not on a statement") && ui_shows ("AMZN0001004"), "and what is missing, with its reference");
  ui_driver_keys ("alt+a");
  ui_check (ui_shows ("€1,234.56") && ui_shows ("found by its reference") && ui_shows ("found by its amount"), "what arrived has a list of its own");
  ui_driver_keys ("alt+t");
  ui_check (ui_shows ("−€800.00"), "and what is no payout, too");
  ui_driver_take_picture ("bank-lists");
}

/* The menu of an entry says which payout it is. */
static void
test_by_hand (void)
{
  ui_check (ui_driver_move_to (ui_dialog_driver, "Tab", ATSPI_ROLE_PUSH_BUTTON, "Which payout it is: −€800.00"), "the entry has a menu with a name");
  ui_driver_keys ("space");
  ui_check (ui_driver_choose (ui_dialog_driver, "€777.00 of 3 October 2026", SOON_MS), "it offers the payouts that are missing");
  ui_check (list_is ("Büro & <b>Lager</b>,1004,hand"), "what is said by hand is kept");
  ui_check (ui_shows ("differs from its payout by −€1,577.00"), "and it differs");
  ui_driver_keys ("alt+o");
  ui_check (ui_driver_move_to (ui_dialog_driver, "Tab", ATSPI_ROLE_PUSH_BUTTON, "Which payout it is: −€800.00 differs"), "the difference has the menu");
  ui_driver_keys ("space");
  ui_check (ui_driver_choose (ui_dialog_driver, "Is Not This Payout", SOON_MS), "it takes it back");
  ui_check (list_is ("Büro & <b>Lager</b>,,\n"), "and it is no payout again");
}

static void
test_again (void)
{
  import ("Import…", write_file ("giro-2.csv", HEADER "01.10.2026;Büro & <b>Lager</b>;-800,00;EUR\n08.10.2026;Neu;1,00;EUR\n", "UTF-16"));
  ui_check (count_is ("5"), "the columns are known now, whatever the encoding, and an entry of both files is one");
  import ("Import…", write_file ("giro-2.csv", HEADER "01.10.2026;Büro & <b>Lager</b>;-800,00;EUR\n08.10.2026;Neu;1,00;EUR\n", "UTF-16LE"));
  ui_driver_spin (500);
  ui_check (count_is ("5"), "the same once more changes nothing");
}

/* What is no statement, or tries something: refused in words, and nothing is changed. */
static void
test_bad_files (void)
{
  static const struct { const char *name, *text, *words; } files[] = {
    { "bad-day.csv", HEADER "31.02.2026;x;1,00;EUR\n", "Line 2: “31.02.2026” is not a date" },
    { "bad-amount.csv", HEADER "01.02.2026;x;1,00;EUR\n02.02.2026;x;eins;EUR\n", "Line 3: “eins” is not an amount" },
    { "bad-currency.csv", HEADER "01.02.2026;x;1,00;EUR\n02.02.2026;x;1,00;QQQ\n", "Line 3: “QQQ” is not a currency" },
    { "entities.ofx", "<?xml version=\"1.0\"?><!DOCTYPE OFX [<!ENTITY a \"aaaa\">]><OFX><STMTRS><CURDEF>EUR</CURDEF></STMTRS></OFX>",
      "which no bank needs; the file is refused" },
    { "doctype.xml", "<?xml version=\"1.0\"?><!DOCTYPE Document SYSTEM \"http://127.0.0.1/x.dtd\"><Document/>",
      "declares a document type (DOCTYPE)" },
    { "statement.pdf.csv", "%PDF-1.7\n", "This is no bank statement that can be read" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      import ("Import…", write_file (files[i].name, files[i].text, "UTF-8"));
      ui_check (ui_shows (files[i].words), files[i].name);
    }
  ui_check (count_is ("5"), "none of them changed anything");
}

/* The bank puts a column in between. */
static void
test_changed_header (void)
{
  import ("Import…", write_file ("giro-3.csv", "Buchungstag;Valuta;Verwendungszweck;Betrag;Währung\n"
                               "09.10.2026;10.10.2026;Anders;2,00;EUR\n", "UTF-8"));
  ui_check (ui_shows ("The columns of “Girokonto” have changed"), "a changed header is told");
  ui_check (ui_shows ("9 October 2026") && ui_shows ("€2.00"), "columns of the same names are found again");
  ui_check (ui_press ("Back") && ui_shows ("€299.00 differs from its payout by −€1.00") && count_is ("5"), "Back leads to the lists without importing");
}

/* 1970, all currencies, and a thousand that nobody has. */
static void
test_edges (void)
{
  g_autoptr (GString) many = g_string_new (HEADER);

  import ("Import…", write_file ("old.csv", HEADER "01.01.1970;Old;5,00;EUR\n02.01.1970;Three decimals;1,234;KWD\n03.01.1970;None;7;JPY\n", "UTF-8"));
  ui_check (count_is ("8") && list_is ("1970-01-01,EUR,500,Old,,") && list_is ("1970-01-02,KWD,1234,Three decimals,,"), "days of 1970, and decimals as the currency has them");
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (many, "05.10.2026;x;1,00;%c%c%c\n", 'A' + (int) (i / 100), 'Q', 'A' + (int) (i % 26));
  import ("Import…", write_file ("currencies.csv", many->str, "UTF-8"));
  ui_check (ui_shows ("Line 2: “AQA” is not a currency") && count_is ("8"), "a thousand currencies that nobody has are refused at the first");
}

/* The window lives while a long file is read, and the import can be given up. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new (HEADER);

  for (guint i = 0; i < 600000; i++)
    g_string_append_printf (text, "%02u.%02u.2025;Zeile %u;%u,00;EUR\n", i % 28 + 1, i % 12 + 1, i, i);
  import ("Import…", write_file ("long.csv", text->str, "UTF-8"));
  ui_check (ui_shows ("MB of "), "a long file shows how far it is");
  ui_driver_keys ("alt+c");
  ui_driver_spin (1500);
  ui_check (ui_shows ("€299.00 differs from its payout by −€1.00") && count_is ("8"), "it can be given up, and nothing of it is there");
}

static void
test_remove (void)
{
  ui_driver_keys ("alt+f");
  ui_check (ui_shows ("giro.csv") && ui_shows ("Girokonto"), "the files are listed");
  ui_driver_take_picture ("bank-files");
  ui_check (ui_press ("Remove Statement: giro.csv") && ui_shows ("Remove This Statement?"), "removing one asks first");
  ui_driver_keys ("alt+r");
  ui_check (count_is ("5") && list_is ("Büro & <b>Lager</b>"), "its entries go, but for the one that the other file has, too");
  ui_check (ui_press ("Forget Columns: Girokonto"), "columns can be forgotten");
  import ("Import…", write_file ("giro-4.csv", HEADER "09.10.2026;x;2,00;EUR\n", "UTF-8"));
  ui_check (ui_shows ("A statement with these columns was never imported"), "and are asked for again");
  ui_check (ui_press ("Back") && ui_press ("Close"), "the dialog can be closed from there");
  ui_driver_spin (500);
}

static void
test_ofx (void)
{
  ui_check (ui_driver_activate (ui_dialog_driver, "bank-statements", NULL), "the dialog opens again");
  ui_driver_spin (1000);
  import ("Import…", write_file ("bank.ofx", "OFXHEADER:100\nDATA:OFXSGML\n\n<OFX><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>DE12</BANKACCTFROM>"
                               "<STMTTRN><DTPOSTED>20261011<TRNAMT>777.00<FITID>A1<NAME>a &lt;b&gt; &lol9;</STMTTRN></STMTRS></OFX>\n", "UTF-8"));
  ui_check (list_is ("2026-10-11,EUR,77700,a <b> &lol9;,,"), "OFX is read, and an entity that nobody knows is text");
  ui_check (ui_press ("Undo") && count_is ("5"), "Undo takes the import back");
  ui_driver_spin (500);
  ui_check (ui_press ("Close"), "the dialog can be closed");
  ui_driver_spin (500);
}

int
main (int   argc,
      char *argv[])
{
  void (*const tests[]) (void) = {
    test_columns, test_wrong_choices, test_import, test_by_hand, test_again, test_bad_files, test_changed_header, test_edges,
    test_long, test_remove, test_ofx, NULL,
  };

  return ui_dialog_run (argc, argv, "bank", make_mirror, tests);
}
