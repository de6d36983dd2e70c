/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-account.h"
#include "ui-cli.h"
#include "ui-driver.h"

#include <glib/gstdio.h>
#include <string.h>

/* Books exported from the window, by keys: byte for byte what the command line writes of the same mirror. */

#define SOON_MS 8000
#define STEP_MS 5000
#define HEAD \
  "\"Amazon Payments Advanced\",\n\"Settlement Report\",\n\"SellerId\",\"A\"\n" \
  "\"SettlementStartDate\",\"2026-03-01T00:00:00 +0000\"\n\"SettlementEndDate\",\"2026-03-05T00:00:00 +0000\"\n" \
  "\"TransactionPostedDate\",\"SettlementId\",\"AmazonTransactionId\",\"SellerReferenceId\",\"TransactionType\",\"AmazonOrderReferenceId\"," \
  "\"SellerOrderId\",\"StoreName\",\"CurrencyCode\",\"TransactionDescription\",\"TransactionAmount\",\"TransactionPercentageFee\"," \
  "\"TransactionFixedFee\",\"TotalTransactionFee\",\"NetTransactionAmount\",\n"
#define ROW(day, settlement, id, type, currency, amount, fee, net) \
  "\"2026-03-0" day "T09:00:00 +0000\",\"" settlement "\",\"" id "\",\"\",\"" type "\",\"P01-1111111-111111" day "\",\"Order & <" day ">\"," \
  "\"Shop 1\",\"" currency "\",\"\",\"" amount "\",\"" fee "\",\"0\",\"" fee "\",\"" net "\"\n"

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
  output = ui_cli_run (&cli, "import", "--account", account, path, NULL);
  if (output == NULL)
    g_error ("No import");
}

static void
make_mirror (void)
{
  g_autoptr (CfoilMirror) mirror = cfoil_mirror_open (cli.folder, NULL);

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

static AtspiAccessible *
find_label (const char *text,
            guint       ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000;

  do
    {
      int n;

      atspi_accessible_clear_cache (driver->application);
      n = atspi_accessible_get_child_count (driver->application, NULL);
      for (int i = n - 1; i > 0; i--)
        {
          g_autoptr (AtspiAccessible) window = atspi_accessible_get_child_at_index (driver->application, i, NULL);
          AtspiAccessible *label = window != NULL ? ui_driver_find_text (window, text, 0) : NULL;

          if (label != NULL)
            return label;
        }
      ui_driver_spin (100);
    }
  while (g_get_monotonic_time () < end);
  g_print ("# no “%s”\n", text);
  ui_driver_take_picture ("books-missing");
  return NULL;
}

static gboolean
shows (const char *text)
{
  g_autoptr (AtspiAccessible) label = find_label (text, SOON_MS);

  return label != NULL;
}

static gboolean
open_dialog (void)
{
  return ui_driver_activate (driver, "export-books", NULL) && ui_driver_wait_for_focus (driver, ATSPI_ROLE_PUSH_BUTTON, "Cancel", SOON_MS);
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
  ui_driver_keys (keys);
  return ui_driver_wait_for_focus (driver, ATSPI_ROLE_COMBO_BOX, row, STEP_MS);
}

static gboolean
save_to (const char *path)
{
  gint64 end;

  g_unlink (path);
  ui_driver_keys ("alt+e");
  if (!ui_driver_wait_for_focus (driver, ATSPI_ROLE_TEXT, "Name:", SOON_MS))
    return FALSE;
  ui_driver_keys ("ctrl+a");
  ui_driver_type (path);
  ui_driver_keys ("Return");
  end = g_get_monotonic_time () + SOON_MS * 1000;
  while (!g_file_test (path, G_FILE_TEST_EXISTS) && g_get_monotonic_time () < end)
    ui_driver_spin (50);
  ui_driver_spin (300);
  return g_file_test (path, G_FILE_TEST_EXISTS);
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

  output = ui_cli_run (&cli, "books", "--format", format, "--output", other_path, "--overwrite", option, value, NULL);
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
  g_autoptr (AtspiAccessible) label = find_label ("2026-03-01", SOON_MS);
  g_autofree char *shown = ui_driver_dup_text (label);
  g_autofree char *contents = NULL;

  check (save_to (path) && g_file_get_contents (path, &contents, NULL, NULL), "it asks for a file and writes it");
  g_strchomp (shown);
  check (contents != NULL && *shown != '\0' && g_str_has_prefix (contents, shown), "it begins with what was shown before");
  check (contents != NULL && strstr (contents, "Order & <1>") != NULL, "and has the merchant's own number of the order");
}

static void
test_names (void)
{
  g_autofree char *path = path_of ("ledger");
  g_autofree char *accounts = NULL;

  check (open_dialog (), "the dialog opens with the focus on its first button");
  check (choose_in_row ("Period", "End Up Return") && shows ("Order & <1>"), "of everything, the first entries are shown");
  ui_driver_take_picture ("books");
  check (ui_driver_set_text (driver, "Sales", "::", SOON_MS), "a name can be written");
  ui_driver_spin (600);
  ui_driver_keys ("alt+e");
  check (!ui_driver_wait_for_focus (driver, ATSPI_ROLE_TEXT, "Name:", 1000), "what is no name is not exported");
  check (ui_driver_set_text (driver, "Sales", "Income:Goods:{store}", SOON_MS) && shows ("Income:Goods:Shop 1"), "a name counts at once");
  check_preview (path);
  check (same_bytes (path, "ledger", NULL, NULL), "the command line writes the same bytes");
  accounts = ui_cli_run (&cli, "books", "accounts", NULL);
  check (accounts != NULL && strstr (accounts, "Income:Goods:{store}") != NULL, "the name is kept");
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
      check (open_dialog () && choose_in_row ("Format", keys->str) && choose_in_row ("Period", "End Up Return") && save_to (path), formats[i]);
      check (same_bytes (path, formats[i], NULL, NULL), "the command line writes the same bytes");
    }
}

static void
test_parts (void)
{
  g_autofree char *path = path_of ("part");

  check (open_dialog () && choose_in_row ("Period", "End Up Return") && choose_in_row ("Account", "Down Return") && shows ("4850"),
         "one account can be chosen");
  check (save_to (path) && same_bytes (path, "ledger", "--account", "Other"), "and only that is written");
  check (open_dialog () && choose_in_row ("Period", "End Return"), "other days can be chosen");
  check (ui_driver_set_text (driver, "Days, such as 2026-10-03..2026-11-01", "2026-03-02..2026-03-03", SOON_MS) && shows ("2026-03-02"),
         "they are written as they are read");
  check (save_to (path) && same_bytes (path, "ledger", "--period", "2026-03-02..2026-03-03"), "and only they are written");
  check (open_dialog () && shows ("There are no entries in this period."), "a period without entries is told");
  ui_driver_keys ("Escape");
}

/* Nothing is left behind where nothing can be written. */
static void
test_nowhere (void)
{
  check (open_dialog () && choose_in_row ("Period", "End Up Return"), "the dialog opens again");
  ui_driver_keys ("alt+e");
  ui_driver_wait_for_focus (driver, ATSPI_ROLE_TEXT, "Name:", SOON_MS);
  ui_driver_keys ("ctrl+a");
  ui_driver_type ("/proc/books.ledger");
  ui_driver_keys ("Return");
  ui_driver_spin (1500);
  check (shows ("First Lines of the File"), "where nothing can be written the dialog stays");
  ui_driver_take_picture ("books-error");
  ui_driver_keys ("Escape");
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
  test_names ();
  test_formats ();
  test_parts ();
  test_nowhere ();
  ui_driver_keys ("ctrl+q");
  check (ui_driver_wait_for_end (driver, SOON_MS), "the program ends");
  ui_driver_free (driver);
  g_free ((char *) cli.folder);
  g_print ("1..%u\n", n_checks);
  return n_failures > 0 ? 1 : 0;
}
