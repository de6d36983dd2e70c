/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-account.h"
#include "cfoil-currency.h"
#include "cfoil-mirror.h"
#include "ui-list.h"

#include <locale.h>
#include <string.h>

/* The overview from outside: each figure is what SQL of our own says, its rows add up to it,
 * what was chosen is there again, and keys are enough. */

#define SOON_MS 8000
#define END_OF_HISTORY "2026-11-20"
#define PERIOD "2026-10"
#define PERIOD_TITLE "October 2026"
/* As SQL says it, in UTC. */
#define FIRST_DAY "2026-10-01"
#define END_DAY "2026-11-01"
#define BEFORE "2026-09-01"

typedef struct
{
  UiDriver *driver;
  UiCli cli;
  const char *program;
  CfoilMirror *mirror;
  GSettings *settings;
} Test;

static guint n_checks, n_failures;

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

static gboolean
add_account (CfoilMirror *mirror,
             const char  *name,
             const char  *region)
{
  g_autoptr (CfoilAccount) account = cfoil_account_new ();

  account->name = g_strdup (name);
  account->provider = g_strdup ("amazon-pay");
  account->region = g_strdup (region);
  account->environment = g_strdup ("live");
  account->key_storage = g_strdup ("file");
  account->key_file = g_strdup ("/nowhere");
  account->history_days = 1;
  return cfoil_account_add (mirror, account, NULL);
}

static gboolean
import_report (Test       *test,
               const char *simulator,
               const char *account,
               const char *region,
               const char *n_rows)
{
  g_autofree char *path = g_strdup_printf ("%s-%s.csv", test->cli.folder, region);
  g_autofree char *output = NULL;
  g_autoptr (GSubprocess) process = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL, simulator, "report", "--type", "settlement",
                              "--region", region, "--transactions", n_rows, "--until", END_OF_HISTORY, "--output", path, NULL);
  if (process == NULL || !g_subprocess_wait_check (process, NULL, NULL))
    return FALSE;
  output = ui_cli_run (&test->cli, "import", "--account", account, path, NULL);
  return output != NULL;
}

/* N payments of yesterday that are of the sandbox, in a report of the live account. */
static gboolean
import_test_payments (Test       *test,
                      const char *name,
                      guint       n)
{
  g_autofree char *path = g_strdup_printf ("%s-%s.csv", test->cli.folder, name);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (now, -1);
  g_autofree char *when = g_date_time_format (yesterday, "%Y-%m-%dT%H:%M:%S +0000");
  GString *text = g_string_new ("\"Amazon Payments Advanced\",\n\"Settlement Report\",\n\"SellerId\",\"ABCDEFGHIJKLM\"\n");
  g_autofree char *output = NULL;
  gboolean ok;

  g_string_append_printf (text, "\"SettlementStartDate\",\"%s\"\n\"SettlementEndDate\",\"%s\"\n", when, when);
  g_string_append (text, "\"TransactionPostedDate\",\"SettlementId\",\"AmazonTransactionId\",\"SellerReferenceId\","
                         "\"TransactionType\",\"AmazonOrderReferenceId\",\"SellerOrderId\",\"StoreName\",\"CurrencyCode\","
                         "\"TransactionDescription\",\"TransactionAmount\",\"TransactionPercentageFee\",\"TransactionFixedFee\","
                         "\"TotalTransactionFee\",\"NetTransactionAmount\",\n");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "\"%s\",\"7%s\",\"S01-%s-%07u-C%06u\",\"T-%u\",\"Capture\",\"S01-%s-%07u\",\"T-%u\",\"Shop\","
                                  "\"USD\",\"\",\"5.00\",\"-0.10\",\"-0.30\",\"-0.40\",\"4.60\"\n",
                            when, name, name, i, i, i, name, i, i);
  ok = g_file_set_contents (path, text->str, -1, NULL);
  g_string_free (text, TRUE);
  if (ok)
    output = ui_cli_run (&test->cli, "import", "--account", "America", path, NULL);
  return output != NULL;
}

/* Three days of the period that nobody has ever asked for. */
static gboolean
leave_gap (Test *test)
{
  g_autoptr (CfoilDatabase) writer = cfoil_mirror_open_writer (test->mirror, NULL);

  return writer != NULL &&
         cfoil_database_exec (writer,
                              "INSERT INTO feed (feed_id, account_id, name, rank, fresh_us, tried_us) SELECT 1000, account_id, "
                              "'capture-reports', 40, unixepoch () * 1000000, unixepoch () * 1000000 FROM account WHERE name = 'America'; "
                              "INSERT INTO feed_coverage VALUES (1000, unixepoch ('2026-01-01') * 1000000, unixepoch ('2026-10-10') * 1000000), "
                              "(1000, unixepoch ('2026-10-13') * 1000000, unixepoch ('2026-11-20') * 1000000)", NULL);
}

static gboolean
make_mirror (Test       *test,
             const char *simulator)
{
  test->mirror = cfoil_mirror_open (test->cli.folder, NULL);
  return test->mirror != NULL && add_account (test->mirror, "America", "na") && add_account (test->mirror, "Europe", "eu") &&
         import_report (test, simulator, "America", "na", "3000") && import_report (test, simulator, "Europe", "eu", "1000") &&
         import_test_payments (test, "1000001", 3) && leave_gap (test);
}

/* --- what it must say --- */

static gint64
ask (Test       *test,
     const char *what,
     const char *where,
     const char *currency,
     const char *from,
     const char *until)
{
  g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (test->mirror, NULL);
  g_autofree char *sql =
    g_strdup_printf ("SELECT %s FROM txn WHERE %s AND currency = '%s' AND sort_us >= unixepoch ('%s') * 1000000 "
                     "AND sort_us < unixepoch ('%s') * 1000000",
                     what, where, currency, from, until);
  gint64 value = 0;
  g_autoptr (GError) error = NULL;

  if (!cfoil_database_get_int64 (database, sql, &value, &error))
    g_print ("# %s: %s\n", sql, error != NULL ? error->message : "no row");
  return value;
}

/* --- looking --- */

/* The first of ROLE below TOP whose name begins with TEXT. */
static AtspiAccessible *
search (AtspiAccessible *top,
        AtspiRole        role,
        const char      *text,
        guint            depth)
{
  int n;

  if (top == NULL || depth == 0)
    return NULL;
  if (atspi_accessible_get_role (top, NULL) == role)
    {
      g_autofree char *name = atspi_accessible_get_name (top, NULL);

      if (name != NULL && g_str_has_prefix (name, text))
        return g_object_ref (top);
    }
  if (atspi_accessible_get_role (top, NULL) == ATSPI_ROLE_TREE_TABLE)
    return NULL;
  n = atspi_accessible_get_child_count (top, NULL);
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (top, i, NULL);
      AtspiAccessible *found = search (child, role, text, depth - 1);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static AtspiAccessible *
find_prefix (Test       *test,
             AtspiRole   role,
             const char *text)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;

  for (;;)
    {
      AtspiAccessible *found;

      atspi_accessible_clear_cache (test->driver->frame);
      found = search (test->driver->frame, role, text, 40);
      if (found != NULL || g_get_monotonic_time () > end)
        return found;
      ui_driver_spin (100);
    }
}

/* Whether there is, soon, a tile that says of TITLE what the mirror says. */
static gboolean
has_tile (Test       *test,
          const char *title,
          const char *value)
{
  g_autofree char *prefix = g_strdup_printf ("%s: %s", title, value);
  g_autoptr (AtspiAccessible) tile = find_prefix (test, ATSPI_ROLE_PUSH_BUTTON, prefix);

  if (tile == NULL)
    {
      g_autofree char *begin = g_strdup_printf ("%s: ", title);
      g_autoptr (AtspiAccessible) other = search (test->driver->frame, ATSPI_ROLE_PUSH_BUTTON, begin, 40);
      g_autofree char *name = other != NULL ? atspi_accessible_get_name (other, NULL) : NULL;

      g_print ("# there is “%s”, not “%s”\n", name != NULL ? name : "nothing", prefix);
    }
  return tile != NULL;
}

static gboolean
has_money (Test       *test,
           const char *title,
           gint64      minor,
           const char *currency)
{
  g_autofree char *value = cfoil_currency_format (minor, currency);

  return has_tile (test, title, value);
}

static void
check_money (Test       *test,
             const char *currency)
{
  gint64 gross = ask (test, "coalesce (sum (gross_minor), 0)", "type = 1 AND state = 5", currency, FIRST_DAY, END_DAY);
  gint64 n = ask (test, "count (*)", "type = 1 AND state = 5", currency, FIRST_DAY, END_DAY);
  gint64 former = ask (test, "coalesce (sum (gross_minor), 0)", "type = 1 AND state = 5", currency, BEFORE, FIRST_DAY);
  gint64 refunds = -ask (test, "coalesce (sum (gross_minor), 0)", "type = 2 AND state IN (0, 8)", currency, FIRST_DAY, END_DAY);
  gint64 lost = -ask (test, "coalesce (sum (coalesce (net_minor, gross_minor)), 0)", "type IN (3, 4, 5)", currency, FIRST_DAY, END_DAY);
  gint64 fees = -ask (test, "coalesce (sum (coalesce (fee_minor, 0)), 0)", "type IN (1, 2, 10) AND state IN (0, 5, 8)", currency,
                      FIRST_DAY, END_DAY);
  gint64 extra = -ask (test, "coalesce (sum (gross_minor), 0)", "type = 10", currency, FIRST_DAY, END_DAY);
  g_autofree char *before = cfoil_currency_format (former, currency);
  g_autofree char *change = g_strdup_printf ("%s from %s", gross > former ? "up" : "down", before);
  g_autoptr (AtspiAccessible) tile = NULL;
  g_autofree char *name = NULL;

  check (gross > 0 && n > 0 && refunds > 0, "there is something to look at");
  check (has_money (test, "Gross Volume", gross, currency), "gross volume is what the mirror says");
  tile = find_prefix (test, ATSPI_ROLE_PUSH_BUTTON, "Gross Volume: ");
  name = tile != NULL ? atspi_accessible_get_name (tile, NULL) : g_strdup ("");
  check (strstr (name, change) != NULL, "and what it was in the month before, in words");
  check (has_money (test, "Refunds", refunds, currency), "refunds are what the mirror says");
  check (has_money (test, "Dispute Losses", lost, currency), "dispute losses are what the mirror says");
  check (has_money (test, "Fees", fees + extra, currency), "fees are what the mirror says");
  check (has_money (test, "Average Payment", (2 * gross + n) / (2 * n), currency), "the average payment is what the mirror says");
}

/* From the tile, below whose upper edge it is, and back. */
static void
check_explanation (Test *test)
{
  ui_driver_keys ("shift+Tab");
  check (ui_driver_wait_for_focus (test->driver, ATSPI_ROLE_PUSH_BUTTON, "How is this computed: Gross Volume", SOON_MS),
         "beside it is what explains it");
  ui_driver_keys ("Return");
  check (ui_driver_find_text (test->driver->frame, "All payments that were captured", SOON_MS) != NULL, "which says how it is computed");
  ui_driver_take_picture ("overview-explanation");
  ui_driver_keys ("Escape");
  ui_driver_spin (500);
  ui_driver_keys ("Tab");
}

/* The list says of the rows what the tile said. */
static void
check_rows (Test       *test,
            const char *title,
            const char *query,
            gboolean    by_keys)
{
  g_autofree char *begin = g_strdup_printf ("%s: ", title);
  g_autoptr (AtspiAccessible) tile = find_prefix (test, ATSPI_ROLE_PUSH_BUTTON, begin);
  g_autoptr (AtspiAccessible) entry = NULL;
  g_autofree char *name = tile != NULL ? atspi_accessible_get_name (tile, NULL) : NULL;
  g_autofree char *text = NULL, *totals = NULL, *number = NULL, *words = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  ui_driver_keys ("ctrl+1");
  if (by_keys)
    {
      check (name != NULL && ui_driver_move_to (test->driver, "Tab", ATSPI_ROLE_PUSH_BUTTON, name), "Tab leads to the tile");
      check_explanation (test);
      ui_driver_keys ("Return");
    }
  else
    check (ui_driver_click (tile), "the tile is clicked");
  check (ui_driver_find_rows (test->driver, "Transactions", SOON_MS) != NULL, "which leads to transactions");
  entry = ui_driver_find_lasting (test->driver, ATSPI_ROLE_TEXT, "Search transactions", SOON_MS);
  text = ui_driver_dup_text (entry);
  g_print ("# %s: %s\n", title, text);
  check (strstr (text, query) != NULL && strstr (text, PERIOD) != NULL, "the rows are those of the period");
  rows = ui_cli_list (&test->cli, text, NULL, "transaction_id");
  number = g_strdup_printf ("%'u", rows->len);
  words = g_strdup_printf (rows->len == 1 ? "%s transaction" : "%s transactions", number);
  totals = ui_cli_dup_totals (&test->cli, text, words);
  check (rows->len > 0 && ui_list_has_totals (test->driver, totals), "and so are their sums");
  ui_driver_keys ("ctrl+1");
}

/* The cell of the map with most payments, by keys: its rows are those of the weekday and the hour. */
static void
check_cell (Test *test)
{
  g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (test->mirror, NULL);
  g_autofree char *sql =
    g_strdup_printf ("SELECT cell * 10000 + n FROM (SELECT (sort_us / 86400000000 + 3) %% 7 * 24 + sort_us / 3600000000 %% 24 AS cell, "
                     "count (*) AS n FROM txn WHERE type = 1 AND state = 5 AND currency = 'USD' AND sort_us >= unixepoch ('%s') * 1000000 "
                     "AND sort_us < unixepoch ('%s') * 1000000 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1)", FIRST_DAY, END_DAY);
  g_autoptr (AtspiAccessible) entry = NULL;
  g_autofree char *text = NULL, *totals = NULL, *words = NULL;
  gint64 found = 0;

  check (ui_driver_move_to (test->driver, "shift+Tab", ATSPI_ROLE_IMAGE, "Payments by Weekday and Hour"),
         "Shift+Tab leads to the map of weekdays and hours");
  check (cfoil_database_get_int64 (database, sql, &found, NULL) && found % 10000 > 1, "a cell has payments");
  ui_driver_keys ("Home");
  for (gint64 i = 0; i < found / 10000 % 24; i++)
    ui_driver_keys ("Right");
  for (gint64 i = 0; i < found / 10000 / 24; i++)
    ui_driver_keys ("Down");
  ui_driver_take_picture ("overview-cell");
  ui_driver_keys ("Return");
  check (ui_driver_find_rows (test->driver, "Transactions", SOON_MS) != NULL, "Enter leads to transactions");
  entry = ui_driver_find_lasting (test->driver, ATSPI_ROLE_TEXT, "Search transactions", SOON_MS);
  text = ui_driver_dup_text (entry);
  g_print ("# %s\n", text);
  words = g_strdup_printf ("%d transactions", (int) (found % 10000));
  totals = ui_cli_dup_totals (&test->cli, text, words);
  check (strstr (text, "weekday:") != NULL && strstr (text, "hour:") != NULL && ui_list_has_totals (test->driver, totals),
         "which are those of the cell");
  ui_driver_keys ("ctrl+1");
}

/* What the card network reported is typed in, counts, and can be taken back. */
static void
check_reports (Test *test)
{
  check (ui_driver_find_text (test->driver->frame, "fraud reports unknown", SOON_MS) != NULL, "nobody has said how many fraud reports");
  /* Into view: a popover has to know where its button is. */
  check (ui_driver_move_to (test->driver, "shift+Tab", ATSPI_ROLE_PUSH_BUTTON, "Fraud Reports"), "a button asks for them");
  ui_driver_keys ("Return");
  ui_driver_spin (500);
  ui_driver_keys ("ctrl+a");
  ui_driver_type ("7");
  ui_driver_take_picture ("overview-reports");
  ui_driver_keys ("Return");
  check (ui_driver_find_text (test->driver->frame, "with 7 fraud reports", SOON_MS) != NULL, "what was typed counts");
  check (ui_driver_press (test->driver, "Fraud Reports", SOON_MS) && ui_driver_press (test->driver, "Not Known", SOON_MS) &&
           ui_driver_find_text (test->driver->frame, "fraud reports unknown", SOON_MS) != NULL,
         "and is taken back");
  check (ui_driver_press (test->driver, "Fraud Reports", SOON_MS), "it asks again");
  ui_driver_spin (500);
  ui_driver_keys ("ctrl+2");
  check (ui_driver_find_rows (test->driver, "Transactions", SOON_MS) != NULL, "a key of the window counts meanwhile");
  ui_driver_keys ("ctrl+1");
}

/* --- what is unusual --- */

static gint64
count_open_anomalies (Test *test)
{
  g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (test->mirror, NULL);
  gint64 n = -1;

  cfoil_database_get_int64 (database, "SELECT count (*) FROM anomaly WHERE rule = 'sandbox-rows' AND acknowledged_us IS NULL", &n, NULL);
  return n;
}

static gboolean
is_gone (Test       *test,
         const char *button)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;

  for (;;)
    {
      g_autoptr (AtspiAccessible) found = NULL;

      atspi_accessible_clear_cache (test->driver->frame);
      found = search (test->driver->frame, ATSPI_ROLE_PUSH_BUTTON, button, 40);
      if (found == NULL || g_get_monotonic_time () > end)
        return found == NULL;
      ui_driver_spin (100);
    }
}

/* It is told with its numbers, leads to its rows, goes when it is acknowledged, and does not come again at once. */
static void
check_unusual (Test *test)
{
  static const char acknowledge[] = "Acknowledge: Test Data in a Live Account";
  g_autoptr (AtspiAccessible) show = NULL;
  gint64 end;

  check (ui_driver_find_text (test->driver->frame, "3 transactions of this live account have IDs of tests", SOON_MS) != NULL,
         "what is unusual is told with its numbers");
  show = find_prefix (test, ATSPI_ROLE_PUSH_BUTTON, "Show Rows: Test Data in a Live Account");
  check (ui_driver_click (show) && ui_driver_find_rows (test->driver, "Transactions", SOON_MS) != NULL &&
           ui_driver_find_text (test->driver->frame, "3 transactions", SOON_MS) != NULL,
         "and leads to its rows");
  ui_driver_keys ("ctrl+1");
  check (ui_driver_move_to (test->driver, "Tab", ATSPI_ROLE_PUSH_BUTTON, acknowledge), "keys lead to its button");
  ui_driver_take_picture ("overview-unusual");
  ui_driver_keys ("Return");
  end = g_get_monotonic_time () + SOON_MS * 1000;
  while (count_open_anomalies (test) > 0 && g_get_monotonic_time () < end)
    ui_driver_spin (100);
  check (count_open_anomalies (test) == 0, "it is acknowledged");
  check (is_gone (test, acknowledge), "and gone");
  check (ui_driver_wait_for_focus (test->driver, ATSPI_ROLE_PUSH_BUTTON, "Show Rows: Missing Settlement", SOON_MS),
         "the focus is on what came into its place");
  check (import_test_payments (test, "1000002", 2) && count_open_anomalies (test) == 0, "more of the same is kept quiet about for a week");
  ui_driver_spin (1500);
  check (is_gone (test, acknowledge), "also in the window");
}

/* --- what was chosen --- */

static gboolean
setting_becomes (Test       *test,
                 const char *key,
                 const char *value)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;
  g_autofree char *have = NULL;

  do
    {
      ui_driver_spin (50);
      g_free (have);
      have = g_settings_get_string (test->settings, key);
    }
  while (!g_str_equal (have, value) && g_get_monotonic_time () < end);
  return g_str_equal (have, value);
}

static void
check_picker (Test *test)
{
  check (ui_driver_press (test->driver, "Period Before", SOON_MS) && setting_becomes (test, "overview-period", "2026-09"),
         "an arrow pages to the month before");
  check (find_prefix (test, ATSPI_ROLE_PUSH_BUTTON, "Period: September 2026") != NULL, "which is told");
  check (ui_driver_press (test->driver, "Period After", SOON_MS) && setting_becomes (test, "overview-period", PERIOD),
         "and the other one back again");
}

/* What is missing is told above all figures, with the way to it. */
static void
check_gap (Test *test)
{
  g_autoptr (AtspiAccessible) button = NULL;

  check (ui_driver_find_text (test->driver->frame, "Capture reports of America are missing: 10", SOON_MS) != NULL &&
           ui_driver_find_text (test->driver->frame, "incomplete, see above", SOON_MS) != NULL,
         "days that are missing are told");
  button = find_prefix (test, ATSPI_ROLE_PUSH_BUTTON, "_Open Sync");
  check (button != NULL && ui_driver_has_state (button, ATSPI_STATE_SENSITIVE) && ui_driver_click (button) &&
           ui_driver_find_text (test->driver->frame, "1 gap", SOON_MS) != NULL,
         "and lead to the page of the feeds");
  ui_driver_keys ("ctrl+1");
}

static gboolean
start (Test *test)
{
  test->driver = ui_driver_start_argv ((const char *[]) { test->program, "--data-dir", test->cli.folder, NULL },
                                       "fatal-warnings");
  return check (test->driver != NULL, "the window comes up");
}

static void
end (Test *test)
{
  ui_driver_keys ("ctrl+q");
  check (ui_driver_wait_for_end (test->driver, SOON_MS), "it ends well");
  g_clear_pointer (&test->driver, ui_driver_free);
}

static void
check_account (Test *test)
{
  /* A window of another folder has no name on the bus: by a key. */
  ui_driver_spin (1000);
  ui_driver_keys ("ctrl+1");
  ui_driver_take_picture ("overview");
  check (find_prefix (test, ATSPI_ROLE_PUSH_BUTTON, "Period: " PERIOD_TITLE) != NULL, "the period is the one of before");
  check (has_money (test, "Gross Volume",
                    ask (test, "sum (gross_minor)", "type = 1 AND state = 5 AND account_id = 2", "EUR", FIRST_DAY, END_DAY), "EUR"),
         "and so is the account");
}

static void
check_all (Test *test)
{
  if (!start (test))
    return;
  check (find_prefix (test, ATSPI_ROLE_HEADING, "Needs Attention") != NULL, "the program opens with the overview");
  check (ui_driver_find_text (test->driver->frame, "As of ", SOON_MS) != NULL ||
           ui_driver_find_text (test->driver->frame, "Never synced completely", SOON_MS) != NULL,
         "totals say as of when");
  check_money (test, "USD");
  check_rows (test, "Gross Volume", "type:charge", TRUE);
  check_rows (test, "Refunds", "type:refund", FALSE);
  check_cell (test);
  check_unusual (test);
  check_reports (test);
  check_gap (test);
  check_picker (test);
  g_settings_set_string (test->settings, "overview-account", "Europe");
  g_settings_sync ();
  ui_driver_spin (500);
  end (test);
  if (!start (test))
    return;
  check_account (test);
  end (test);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "counterfoil", NULL);
  Test test = { .program = argv[1], .cli = { argv[2], folder } };

  setlocale (LC_ALL, "");
  /* In a file: what the program and this test keep must be the same. */
  g_setenv ("GSETTINGS_BACKEND", "keyfile", TRUE);
  test.settings = g_settings_new (CFOIL_APPLICATION_ID);
  g_settings_set_string (test.settings, "overview-period", PERIOD);
  g_settings_set_string (test.settings, "overview-currency", "USD");
  g_settings_set_string (test.settings, "time-zone", "UTC");
  g_settings_sync ();
  if (check (make_mirror (&test, argv[3]), "there is a mirror"))
    check_all (&test);
  g_clear_object (&test.mirror);
  g_clear_object (&test.settings);
  g_print ("1..%u\n", n_checks);
  return n_failures > 0;
}
