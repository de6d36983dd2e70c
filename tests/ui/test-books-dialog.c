/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-account.h"
#include "ui-dialog.h"

#include <glib/gstdio.h>
#include <string.h>

/* Books exported from the window, by keys: byte for byte what the command line writes of the same mirror. */

#define SOON_MS 8000
#define HEAD \
  "\"Amazon Payments Advanced\",\n\"Settlement Report\",\n\"SellerId\",\"A\"\n" \
  "\"SettlementStartDate\",\"2026-03-01T00:00:00 +0000\"\n\"SettlementEndDate\",\"2026-03-05T00:00:00 +0000\"\n" \
  "\"TransactionPostedDate\",\"SettlementId\",\"AmazonTransactionId\",\"SellerReferenceId\",\"TransactionType\",\"AmazonOrderReferenceId\"," \
  "\"SellerOrderId\",\"StoreName\",\"CurrencyCode\",\"TransactionDescription\",\"TransactionAmount\",\"TransactionPercentageFee\"," \
  "\"TransactionFixedFee\",\"TotalTransactionFee\",\"NetTransactionAmount\",\n"
#define ROW(day, settlement, id, type, currency, amount, fee, net) \
  "\"2026-03-0" day "T09:00:00 +0000\",\"" settlement "\",\"" id "\",\"\",\"" type "\",\"P01-1111111-111111" day "\",\"Order & <" day ">\"," \
  "\"Shop 1\",\"" currency "\",\"\",\"" amount "\",\"" fee "\",\"0\",\"" fee "\",\"" net "\"\n"

/* --- the mirror --- */

static void
add_account (CfoilMirror *mirror,
             const char  *name)
{
  g_autoptr (CfoilAccount) account = cfoil_account_new ();

  account->name = g_strdup (name);
  account->provider = g_strdup ("amazon-pay");
  account->region = g_strdup ("na");
  account->environment = g_strdup ("live");
  account->key_storage = g_strdup ("file");
  account->key_file = g_strdup ("/nowhere");
  account->history_days = 1;
  if (!cfoil_account_add (mirror, account, NULL))
    g_error ("No account");
}

static void
import (const char *account,
        const char *text)
{
  g_autofree char *path = g_strconcat (g_get_tmp_dir (), G_DIR_SEPARATOR_S, account, ".csv", NULL);
  g_autofree char *output = NULL;

  if (!g_file_set_contents (path, text, -1, NULL))
    g_error ("%s cannot be written", path);
  output = ui_cli_run (&ui_dialog_cli, "import", "--account", account, path, NULL);
  if (output == NULL)
    g_error ("No import");
}

static void
make_mirror (void)
{
  g_autoptr (CfoilMirror) mirror = cfoil_mirror_open (ui_dialog_cli.folder, NULL);

  if (mirror == NULL)
    g_error ("No mirror");
  add_account (mirror, "Shop");
  add_account (mirror, "Other");
  import ("Shop", HEAD ROW ("1", "1001", "P01-1111111-1111111-C000001", "Capture", "USD", "100.00", "-3.20", "96.80")
          ROW ("2", "1001", "P01-1111111-1111112-R000002", "Refund", "USD", "-20.00", "0", "-20.00")
          ROW ("3", "1001", "", "Reserve", "USD", "-10.00", "0", "-10.00") ROW ("4", "1001", "", "Transfer", "USD", "-66.80", "0", "-66.80"));
  import ("Other", HEAD ROW ("3", "2001", "P01-1111111-1111113-C000003", "Capture", "JPY", "5000", "-150", "4850")
          ROW ("4", "2001", "", "Transfer", "JPY", "-4850", "0", "-4850"));
}

/* --- the window --- */

static gboolean
open_dialog (void)
{
  return ui_driver_activate (ui_dialog_driver, "export-books", NULL) &&
         ui_driver_wait_for_focus (ui_dialog_driver, ATSPI_ROLE_PUSH_BUTTON, "Cancel", SOON_MS);
}

static gboolean
save_to (const char *path)
{
  ui_driver_keys ("alt+e");
  return ui_save_file (path);
}

/* Of the window and of the command line, with OPTION and its VALUE (nullable). */
static gboolean
same_bytes (const char *path,
            const char *format,
            const char *option,
            const char *value)
{
  g_autofree char *other_path = g_strconcat (path, ".cli", NULL);
  g_autofree char *output = NULL;
  g_autofree char *of_window = NULL;
  g_autofree char *of_cli = NULL;
  gsize window_length, cli_length;

  output = ui_cli_run (&ui_dialog_cli, "books", "--format", format, "--output", other_path, "--overwrite", option, value, NULL);
  return output != NULL && g_file_get_contents (path, &of_window, &window_length, NULL) &&
         g_file_get_contents (other_path, &of_cli, &cli_length, NULL) && window_length == cli_length && window_length > 100 &&
         memcmp (of_window, of_cli, cli_length) == 0;
}

/* --- tests --- */

static char *
path_of (const char *format)
{
  return g_strconcat (g_get_tmp_dir (), G_DIR_SEPARATOR_S, "books.", format, NULL);
}

/* What is shown is how the file begins. */
static void
check_preview (const char *path)
{
  g_autofree char *shown = ui_dialog_dup_text ("2026-03-01");
  g_autofree char *contents = NULL;

  ui_check (save_to (path) && g_file_get_contents (path, &contents, NULL, NULL), "it asks for a file and writes it");
  g_strchomp (shown);
  ui_check (contents != NULL && *shown != '\0' && g_str_has_prefix (contents, shown), "it begins with what was shown before");
  ui_check (contents != NULL && strstr (contents, "Order & <1>") != NULL, "and has the merchant's own number of the order");
}

static void
test_names (void)
{
  g_autofree char *path = path_of ("ledger");
  g_autofree char *accounts = NULL;

  ui_check (open_dialog (), "the dialog opens with the focus on its first button");
  ui_check (ui_choose_in_row ("Period", "End Up Return") && ui_shows ("Order & <1>"), "of everything, the first entries are shown");
  ui_driver_take_picture ("books");
  ui_check (ui_driver_set_text (ui_dialog_driver, "Sales", "::", SOON_MS), "a name can be written");
  ui_driver_spin (600);
  ui_driver_keys ("alt+e");
  ui_check (!ui_driver_wait_for_focus (ui_dialog_driver, ATSPI_ROLE_TEXT, "Name:", 1000), "what is no name is not exported");
  ui_check (ui_driver_set_text (ui_dialog_driver, "Sales", "Income:Goods:{store}", SOON_MS) && ui_shows ("Income:Goods:Shop 1"), "a name counts at once");
  check_preview (path);
  ui_check (same_bytes (path, "ledger", NULL, NULL), "the command line writes the same bytes");
  accounts = ui_cli_run (&ui_dialog_cli, "books", "accounts", NULL);
  ui_check (accounts != NULL && strstr (accounts, "Income:Goods:{store}") != NULL, "the name is kept");
}

static void
test_formats (void)
{
  static const char *const formats[] = { "hledger", "beancount", "qif", "ofx", "ofx1", "journal" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = path_of (formats[i]);
      g_autoptr (GString) keys = g_string_new (NULL);

      for (guint k = 0; k <= i; k++)
        g_string_append (keys, "Down ");
      g_string_append (keys, "Return");
      ui_check (open_dialog () && ui_choose_in_row ("Format", keys->str) && ui_choose_in_row ("Period", "End Up Return") && save_to (path), formats[i]);
      ui_check (same_bytes (path, formats[i], NULL, NULL), "the command line writes the same bytes");
    }
}

static void
test_parts (void)
{
  g_autofree char *path = path_of ("part");

  ui_check (open_dialog () && ui_choose_in_row ("Period", "End Up Return") && ui_choose_in_row ("Account", "Down Return") && ui_shows ("4850"),
         "one account can be chosen");
  ui_check (save_to (path) && same_bytes (path, "ledger", "--account", "Other"), "and only that is written");
  ui_check (open_dialog () && ui_choose_in_row ("Period", "End Return"), "other days can be chosen");
  ui_check (ui_driver_set_text (ui_dialog_driver, "Days, such as 2026-10-03..2026-11-01", "2026-03-02..2026-03-03", SOON_MS) && ui_shows ("2026-03-02"),
         "they are written as they are read");
  ui_check (save_to (path) && same_bytes (path, "ledger", "--period", "2026-03-02..2026-03-03"), "and only they are written");
  ui_check (open_dialog () && ui_shows ("There are no entries in this period."), "a period without entries is told");
  ui_driver_keys ("Escape");
}

/* Nothing is left behind where nothing can be written. */
static void
test_nowhere (void)
{
  ui_check (open_dialog () && ui_choose_in_row ("Period", "End Up Return"), "the dialog opens again");
  ui_driver_keys ("alt+e");
  ui_driver_wait_for_focus (ui_dialog_driver, ATSPI_ROLE_TEXT, "Name:", SOON_MS);
  ui_driver_keys ("ctrl+a");
  ui_driver_type ("/proc/books.ledger");
  ui_driver_keys ("Return");
  ui_driver_spin (1500);
  ui_check (ui_shows ("First Lines of the File"), "where nothing can be written the dialog stays");
  ui_driver_take_picture ("books-error");
  ui_driver_keys ("Escape");
}

int
main (int   argc,
      char *argv[])
{
  void (*const tests[]) (void) = { test_names, test_formats, test_parts, test_nowhere, NULL };

  return ui_dialog_run (argc, argv, "books", make_mirror, tests);
}
