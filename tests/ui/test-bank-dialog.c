/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-account.h"
#include "cfoil-writer.h"
#include "ui-cli.h"
#include "ui-driver.h"

#include <glib/gstdio.h>
#include <string.h>

/* Bank statements in the window, by keys: files as banks write them and as nobody should, held against what the
 * command line says of the same mirror. */

#define SOON_MS 8000
#define STEP_MS 5000
#define MAX_TRIES 4
#define OCTOBER_3 20729

static guint n_checks, n_failures;
static UiCli cli;
static UiDriver *driver;

static gboolean
check (gboolean    ok,
       const char *name)
{
  n_checks++;
  n_failures += !ok;
  g_print ("%s %u - %s\n", ok ? "ok" : "not ok", n_checks, name);
  return ok;
}

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
  g_autoptr (CfoilMirror) mirror = cfoil_mirror_open (cli.folder, NULL);
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

/* The window that was opened last is on top, and has fewer widgets. */
static gboolean
shows (const char *text)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;

  do
    {
      int n;

      atspi_accessible_clear_cache (driver->application);
      n = atspi_accessible_get_child_count (driver->application, NULL);
      for (int i = n - 1; i > 0; i--)
        {
          g_autoptr (AtspiAccessible) window = atspi_accessible_get_child_at_index (driver->application, i, NULL);
          g_autoptr (AtspiAccessible) label = window != NULL ? ui_driver_find_text (window, text, 0) : NULL;

          if (label != NULL)
            return TRUE;
        }
      ui_driver_spin (100);
    }
  while (g_get_monotonic_time () < end);
  g_print ("# no “%s”\n", text);
  ui_driver_take_picture ("bank-missing");
  return FALSE;
}

static gboolean
press (const char *name)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;

  do
    {
      int n;

      atspi_accessible_clear_cache (driver->application);
      n = atspi_accessible_get_child_count (driver->application, NULL);
      for (int i = n - 1; i > 0; i--)
        {
          g_autoptr (AtspiAccessible) window = atspi_accessible_get_child_at_index (driver->application, i, NULL);
          g_autoptr (AtspiAccessible) button = window != NULL ? ui_driver_find (window, ATSPI_ROLE_PUSH_BUTTON, name, 0) : NULL;

          if (button != NULL)
            return ui_driver_click (button);
        }
      ui_driver_spin (100);
    }
  while (g_get_monotonic_time () < end);
  g_print ("# no button “%s”\n", name);
  return FALSE;
}

/* In the file chooser: a slash opens its field; more than one of them does no harm. */
static gboolean
choose_file (const char *path)
{
  gboolean opens = FALSE;

  for (guint i = 0; i < MAX_TRIES && !opens; i++)
    {
      ui_driver_spin (300);
      ui_driver_keys ("slash");
      opens = ui_driver_wait_for_focus (driver, ATSPI_ROLE_TEXT, NULL, STEP_MS);
    }
  ui_driver_keys ("ctrl+a");
  ui_driver_type (path);
  ui_driver_keys ("Return");
  return opens;
}

/* Takes PATH over.  BUTTON is there only once the page is that has it: a mnemonic could
 * meet the one of the page that goes. */
static void
import (const char *button,
        char       *path)
{
  ui_driver_spin (300);
  if (!press (button) || !choose_file (path))
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
      output = ui_cli_run (&cli, "sql", "SELECT day, currency, amount_minor, text, settlement_id, matched_by FROM bank_entries "
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
      output = ui_cli_run (&cli, "sql", "SELECT count (*) AS n FROM bank_entries", "--format", "csv", NULL);
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

  check (ui_driver_activate (driver, "bank-statements", NULL) && shows ("No Bank Statements"), "without a statement it says what to do");
  import ("Import Statement…", write_file ("giro.csv", HEADER "05.10.2026;Auszahlung AMZN0001001 Größe;1.234,56;EUR\n06.10.2026;Gutschrift;400,00;EUR\n"
                                "06.10.2026;AMZN0001003;299,00;EUR\n01.10.2026;Büro & <b>Lager</b>;-800,00;EUR\n", "WINDOWS-1252"));
  check (shows ("A statement with these columns was never imported"), "columns that nobody knows are asked for");
  check (shows ("€1,234.56") && shows ("Auszahlung AMZN0001001 Größe") && shows ("Büro & <b>Lager</b>"), "its rows are shown as they would be imported");
  button = ui_driver_find (driver->application, ATSPI_ROLE_PUSH_BUTTON, "Import", SOON_MS);
  check (button != NULL && !ui_driver_has_state (button, ATSPI_STATE_SENSITIVE), "without a name it is not imported");
  ui_driver_type ("Girokonto");
  ui_driver_take_picture ("bank-columns");
}

static gboolean
choose_in_row (const char *row,
               const char *keys)
{
  if (!ui_driver_move_to (driver, "Tab", ATSPI_ROLE_COMBO_BOX, row))
    return FALSE;
  ui_driver_keys ("space");
  if (!ui_driver_wait_for_focus (driver, ATSPI_ROLE_LIST_ITEM, NULL, STEP_MS))
    return FALSE;
  /* A row that comes up below the pointer takes the focus: hence Home in KEYS. */
  ui_driver_spin (700);
  ui_driver_keys (keys);
  return ui_driver_wait_for_focus (driver, ATSPI_ROLE_COMBO_BOX, row, STEP_MS);
}

/* What is chosen wrong is seen at once. */
static void
test_wrong_choices (void)
{
  check (choose_in_row ("Encoding", "Home Down Return") && shows ("Auszahlung AMZN0001001 Gr\xef\xbf\xbd"), "another encoding shows at once what becomes of it");
  check (choose_in_row ("Encoding", "Home Return") && shows ("Auszahlung AMZN0001001 Größe"), "and it can be taken back");
  check (choose_in_row ("Separator", "Home Down Return") && shows ("Say which column has the dates"), "another separator finds other columns");
  check (choose_in_row ("Separator", "Home Return") && shows ("Auszahlung AMZN0001001 Größe"), "it can be taken back, too");
  check (choose_in_row ("Decimal Mark", "Home Down Down Return") && shows ("“1.234,56” is not an amount"), "another decimal mark is told with its line");
  check (choose_in_row ("Decimal Mark", "Home Return") && shows ("€1,234.56"), "as it was found, it is right again");
}

static void
test_import (void)
{
  ui_driver_keys ("alt+m");
  check (list_is ("2026-10-01,EUR,-80000,Büro & <b>Lager</b>,,\n2026-10-06,EUR,29900,AMZN0001003,1003,reference\n"
                  "2026-10-06,EUR,40000,Gutschrift,1002,amount\n2026-10-05,EUR,123456,Auszahlung AMZN0001001 Größe,1001,reference\n"),
         "with a name they are imported: the mirror has what was shown, and which payouts it is");
  check (shows ("€299.00 differs from its payout by −€1.00"), "what differs is listed");
  check (shows ("Payout of €777.00 is not on a statement"), "and what is missing");
  ui_driver_keys ("alt+a");
  check (shows ("€1,234.56") && shows ("found by its reference") && shows ("found by its amount"), "what arrived has a list of its own");
  ui_driver_keys ("alt+t");
  check (shows ("−€800.00"), "and what is no payout, too");
  ui_driver_take_picture ("bank-lists");
}

/* The menu of an entry says which payout it is. */
static void
test_by_hand (void)
{
  check (ui_driver_move_to (driver, "Tab", ATSPI_ROLE_PUSH_BUTTON, "Which payout it is: −€800.00"), "the entry has a menu with a name");
  ui_driver_keys ("space");
  check (ui_driver_choose (driver, "€777.00 of 3 October 2026", SOON_MS), "it offers the payouts that are missing");
  check (list_is ("Büro & <b>Lager</b>,1004,hand"), "what is said by hand is kept");
  check (shows ("differs from its payout by −€1,577.00"), "and it differs");
  ui_driver_keys ("alt+o");
  check (ui_driver_move_to (driver, "Tab", ATSPI_ROLE_PUSH_BUTTON, "Which payout it is: −€800.00 differs"), "the difference has the menu");
  ui_driver_keys ("space");
  check (ui_driver_choose (driver, "Is Not This Payout", SOON_MS), "it takes it back");
  check (list_is ("Büro & <b>Lager</b>,,\n"), "and it is no payout again");
}

static void
test_again (void)
{
  import ("Import…", write_file ("giro-2.csv", HEADER "01.10.2026;Büro & <b>Lager</b>;-800,00;EUR\n08.10.2026;Neu;1,00;EUR\n", "UTF-16"));
  check (count_is ("5"), "the columns are known now, whatever the encoding, and an entry of both files is one");
  import ("Import…", write_file ("giro-2.csv", HEADER "01.10.2026;Büro & <b>Lager</b>;-800,00;EUR\n08.10.2026;Neu;1,00;EUR\n", "UTF-16LE"));
  ui_driver_spin (500);
  check (count_is ("5"), "the same once more changes nothing");
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
      check (shows (files[i].words), files[i].name);
    }
  check (count_is ("5"), "none of them changed anything");
}

/* The bank puts a column in between. */
static void
test_changed_header (void)
{
  import ("Import…", write_file ("giro-3.csv", "Buchungstag;Valuta;Verwendungszweck;Betrag;Währung\n"
                               "09.10.2026;10.10.2026;Anders;2,00;EUR\n", "UTF-8"));
  check (shows ("The columns of “Girokonto” have changed"), "a changed header is told");
  check (shows ("9 October 2026") && shows ("€2.00"), "columns of the same names are found again");
  check (press ("Back") && shows ("€299.00 differs from its payout by −€1.00") && count_is ("5"), "Back leads to the lists without importing");
}

/* 1970, all currencies, and a thousand that nobody has. */
static void
test_edges (void)
{
  g_autoptr (GString) many = g_string_new (HEADER);

  import ("Import…", write_file ("old.csv", HEADER "01.01.1970;Old;5,00;EUR\n02.01.1970;Three decimals;1,234;KWD\n03.01.1970;None;7;JPY\n", "UTF-8"));
  check (count_is ("8") && list_is ("1970-01-01,EUR,500,Old,,") && list_is ("1970-01-02,KWD,1234,Three decimals,,"), "days of 1970, and decimals as the currency has them");
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (many, "05.10.2026;x;1,00;%c%c%c\n", 'A' + (int) (i / 100), 'Q', 'A' + (int) (i % 26));
  import ("Import…", write_file ("currencies.csv", many->str, "UTF-8"));
  check (shows ("Line 2: “AQA” is not a currency") && count_is ("8"), "a thousand currencies that nobody has are refused at the first");
}

/* The window lives while a long file is read, and the import can be given up. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new (HEADER);

  for (guint i = 0; i < 600000; i++)
    g_string_append_printf (text, "%02u.%02u.2025;Zeile %u;%u,00;EUR\n", i % 28 + 1, i % 12 + 1, i, i);
  import ("Import…", write_file ("long.csv", text->str, "UTF-8"));
  check (shows ("MB of "), "a long file shows how far it is");
  ui_driver_keys ("alt+c");
  ui_driver_spin (1500);
  check (shows ("€299.00 differs from its payout by −€1.00") && count_is ("8"), "it can be given up, and nothing of it is there");
}

static void
test_remove (void)
{
  ui_driver_keys ("alt+f");
  check (shows ("giro.csv") && shows ("Girokonto"), "the files are listed");
  ui_driver_take_picture ("bank-files");
  check (press ("Remove Statement: giro.csv") && shows ("Remove This Statement?"), "removing one asks first");
  ui_driver_keys ("alt+r");
  check (count_is ("5") && list_is ("Büro & <b>Lager</b>"), "its entries go, but for the one that the other file has, too");
  check (press ("Forget Columns: Girokonto"), "columns can be forgotten");
  import ("Import…", write_file ("giro-4.csv", HEADER "09.10.2026;x;2,00;EUR\n", "UTF-8"));
  check (shows ("A statement with these columns was never imported"), "and are asked for again");
  check (press ("Back") && press ("Close"), "the dialog can be closed from there");
  ui_driver_spin (500);
}

static void
test_ofx (void)
{
  check (ui_driver_activate (driver, "bank-statements", NULL), "the dialog opens again");
  ui_driver_spin (1000);
  import ("Import…", write_file ("bank.ofx", "OFXHEADER:100\nDATA:OFXSGML\n\n<OFX><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>DE12</BANKACCTFROM>"
                               "<STMTTRN><DTPOSTED>20261011<TRNAMT>777.00<FITID>A1<NAME>a &lt;b&gt; &lol9;</STMTTRN></STMTRS></OFX>\n", "UTF-8"));
  check (list_is ("2026-10-11,EUR,77700,a <b> &lol9;,,"), "OFX is read, and an entity that nobody knows is text");
  check (press ("Undo") && count_is ("5"), "Undo takes the import back");
  ui_driver_spin (500);
  check (press ("Close"), "the dialog can be closed");
  ui_driver_spin (500);
}

int
main (int   argc,
      char *argv[])
{
  const char *program[] = { argc > 1 ? argv[1] : NULL, NULL };

  if (argc < 3)
    return 2;
  cli.program = argv[2];
  cli.folder = g_build_filename (g_get_user_data_dir (), "counterfoil", NULL);
  atspi_init ();
  make_mirror ();
  driver = ui_driver_start_argv (program, "");
  if (!check (driver != NULL, "the program comes up"))
    return 1;
  test_columns ();
  test_wrong_choices ();
  test_import ();
  test_by_hand ();
  test_again ();
  test_bad_files ();
  test_changed_header ();
  test_edges ();
  test_long ();
  test_remove ();
  test_ofx ();
  ui_driver_keys ("ctrl+q");
  check (ui_driver_wait_for_end (driver, SOON_MS), "the program ends");
  ui_driver_free (driver);
  g_free ((char *) cli.folder);
  g_print ("1..%u\n", n_checks);
  return n_failures > 0 ? 1 : 0;
}
