/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-account.h"
#include "cfoil-writer.h"
#include "ui-driver.h"

#include <stdlib.h>
#include <string.h>

/* The page of settlements by keys and from outside, held against what the command line says
 * of the same mirror. */

#define SOON_MS 10000
#define HEAD \
  "\"Amazon Payments Advanced\",\n\"Settlement Report\",\n\"SellerId\",\"A\"\n" \
  "\"SettlementStartDate\",\"%s-%02dT00:00:00 +0000\"\n\"SettlementEndDate\",\"%s-%02dT00:00:00 +0000\"\n" \
  "\"TransactionPostedDate\",\"SettlementId\",\"AmazonTransactionId\",\"SellerReferenceId\",\"TransactionType\",\"AmazonOrderReferenceId\"," \
  "\"SellerOrderId\",\"StoreName\",\"CurrencyCode\",\"TransactionDescription\",\"TransactionAmount\",\"TransactionPercentageFee\"," \
  "\"TransactionFixedFee\",\"TotalTransactionFee\",\"NetTransactionAmount\",\n"
#define ROW "\"%s-%02dT%02d:00:00 +0000\",\"%s\",\"%s\",\"\",\"%s\",\"%s\",\"\",\"\",\"USD\",\"%s\",\"%s\",\"%s\",\"0\",\"%s\",\"%s\"\n"

static guint n_checks, n_failures;
static const char *cli_program;
static char *folder;

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

typedef struct
{
  const char *id, *object, *type, *order, *text, *amount, *fee, *net;
  int hour;
} Row;

static void
append_row (GString    *text,
            const char *month,
            int         day,
            const Row  *row)
{
  g_string_append_printf (text, ROW, month, day, row->hour, row->id, row->object, row->type, row->order, row->text, row->amount,
                          row->fee, row->fee, row->net);
}

static char *
make_file (const char *month,
           int         day,
           const Row  *rows,
           guint       n)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, HEAD, month, day, month, day + 1);
  for (guint i = 0; i < n; i++)
    append_row (text, month, day, &rows[i]);
  return g_string_free (text, FALSE);
}

/* Of the command line; the exit code 4 is "something differs". */
static char *
run_cli (int *exit_code,
         ...) G_GNUC_NULL_TERMINATED;

static char *
run_cli (int *exit_code,
         ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  char *output = NULL;
  const char *argument;
  va_list list;
  int status = 0;

  g_ptr_array_add (arguments, (gpointer) cli_program);
  va_start (list, exit_code);
  while ((argument = va_arg (list, const char *)) != NULL)
    g_ptr_array_add (arguments, (gpointer) argument);
  va_end (list);
  g_ptr_array_add (arguments, (gpointer) "--data-dir");
  g_ptr_array_add (arguments, folder);
  g_ptr_array_add (arguments, NULL);
  if (!g_spawn_sync (NULL, (char **) arguments->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status, NULL))
    return NULL;
  *exit_code = WEXITSTATUS (status);
  return output;
}

static void
import (const char *name,
        char       *text)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
  g_autofree char *output = NULL;
  int exit_code = -1;

  if (!g_file_set_contents (path, text, -1, NULL))
    g_error ("%s cannot be written", path);
  output = run_cli (&exit_code, "import", "--account", "Shop", path, NULL);
  if (exit_code != 0)
    g_error ("Import of %s: %d %s", name, exit_code, output);
  g_free (text);
}

static void
pay (CfoilWriter *writer,
     const char  *settlement_id,
     gint64       minor,
     const char  *reference)
{
  CfoilDisbursement disbursement = {
    .settlement_id = settlement_id, .bank_reference = reference, .currency = "USD", .amount_minor = minor,
    .transaction_us = G_GINT64_CONSTANT (1772582400000000), .raw = "{}",
  };

  if (!cfoil_writer_put_disbursement (writer, &disbursement, NULL))
    g_error ("No payout");
}

/* One that balances, with a reserve; one with a row twice; one whose payout is carried on;
 * one of which nobody has said what was paid out. */
static void
make_settlements (void)
{
  static const Row first[] = {
    { "1001", "P01-1111111-1111111-C000001", "Capture", "P01-1111111-1111111", "", "100.00", "-3.20", "96.80", 9 },
    { "1001", "P01-1111111-1111111-R000002", "Refund", "P01-1111111-1111111", "", "-20.00", "0", "-20.00", 12 },
    { "1001", "", "Reserve", "", "Current Reserve Balance", "-10.00", "0", "-10.00", 23 },
    { "1001", "", "Transfer", "", "transfer", "-66.80", "0", "-66.80", 23 },
  };
  static const Row second[] = {
    { "1002", "", "Reserve", "", "Previous Reserve Balance", "10.00", "0", "10.00", 0 },
    { "1002", "P01-1111111-1111112-C000003", "Capture", "P01-1111111-1111112", "", "50.00", "-1.75", "48.25", 9 },
    { "1002", "P01-1111111-1111112-C000003", "Capture", "P01-1111111-1111112", "", "50.00", "-1.75", "48.25", 9 },
    { "1002", "", "Transfer", "", "transfer", "-58.25", "0", "-58.25", 23 },
  };
  static const Row third[] = {
    { "1003", "P01-1111111-1111113-C000004", "Capture", "P01-1111111-1111113", "", "30.00", "-1.17", "28.83", 9 },
    { "1003", "", "Carryover", "", "Transfer failed", "-28.83", "0", "-28.83", 23 },
  };
  static const Row fourth[] = {
    { "1004", "", "Carryover", "", "Carried", "28.83", "0", "28.83", 0 },
    { "1004", "P01-1111111-1111114-C000005", "Capture", "P01-1111111-1111114", "", "10.00", "-0.59", "9.41", 9 },
  };

  import ("first.csv", make_file ("2026-03", 1, first, G_N_ELEMENTS (first)));
  import ("second.csv", make_file ("2026-03", 2, second, G_N_ELEMENTS (second)));
  import ("third.csv", make_file ("2026-03", 3, third, G_N_ELEMENTS (third)));
  import ("fourth.csv", make_file ("2026-03", 4, fourth, G_N_ELEMENTS (fourth)));
}

static void
pay_all (CfoilMirror *mirror,
         gboolean     is_late)
{
  CfoilWriter *writer = cfoil_writer_new (mirror, 1, NULL);
  gint64 feed_id;

  if (writer == NULL || !cfoil_writer_open_feed (writer, "disbursements", 10, &feed_id, NULL))
    g_error ("No writer");
  cfoil_writer_set_source (writer, feed_id, 0, FALSE);
  if (is_late)
    pay (writer, "1004", 3824, "BANK-FOUR");
  else
    {
      pay (writer, "1001", 6680, "BANK-ONE");
      pay (writer, "1002", 5825, "BANK-TWO");
    }
  cfoil_writer_commit (writer, NULL);
  cfoil_writer_free (writer);
}

static CfoilMirror *
make_mirror (void)
{
  g_autoptr (CfoilMirror) mirror = cfoil_mirror_open (folder, NULL);
  g_autoptr (CfoilAccount) account = cfoil_account_new ();

  account->name = g_strdup ("Shop");
  account->provider = g_strdup ("amazon-pay");
  account->region = g_strdup ("na");
  account->environment = g_strdup ("live");
  account->key_storage = g_strdup ("file");
  account->key_file = g_strdup ("/nowhere");
  account->history_days = 1;
  if (mirror == NULL || !cfoil_account_add (mirror, account, NULL))
    g_error ("No mirror");
  make_settlements ();
  pay_all (mirror, FALSE);
  return g_steal_pointer (&mirror);
}

/* --- the window --- */

static gboolean
shows_in (AtspiAccessible *top,
          const char      *text)
{
  g_autoptr (AtspiAccessible) label = ui_driver_find_text (top, text, SOON_MS);

  return label != NULL;
}

static gboolean
shows (UiDriver   *driver,
       const char *text)
{
  return shows_in (driver->frame, text);
}

/* The command line's rows, of columns whose values have no commas. */
static void
test_list (UiDriver *driver)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  int exit_code = -1;
  guint n = 0;

  check (ui_driver_activate (driver, "show-page", g_variant_new_string ("settlements")), "the page of settlements opens");
  text = run_cli (&exit_code, "settlements", "list", "--format", "csv", NULL);
  check (exit_code == 4, "the command line tells that something differs");
  lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);

      n += shows (driver, cells[0]);
    }
  check (n == 4, "the list has the settlements of the command line");
  check (shows (driver, "Differs, Cause Known") && shows (driver, "Not Paid Out Yet") && shows (driver, "Balanced"), "each says in words how it stands");
  check (shows (driver, "4 settlements"), "the window says how many there are");
  ui_driver_take_picture ("settlements-list");
}

/* "-$3.20" */
static gint64
amount_of (const char *text)
{
  gboolean is_negative = strchr (text, '-') != NULL || strstr (text, "\xe2\x88\x92") != NULL;
  gint64 minor = 0;

  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      minor = minor * 10 + (*c - '0');
  return is_negative ? -minor : minor;
}

static gboolean
read_figure (UiDriver   *driver,
             const char *title,
             gint64     *minor)
{
  g_autofree char *prefix = g_strconcat (title, ": ", NULL);
  g_autoptr (AtspiAccessible) label = NULL, box = NULL;
  gint64 end;

  label = ui_driver_find_text (driver->frame, "How It Adds Up", SOON_MS);
  end = g_get_monotonic_time () + SOON_MS * 1000;
  box = label != NULL ? atspi_accessible_get_parent (label, NULL) : NULL;
  while (box != NULL && g_get_monotonic_time () < end)
    {
      GQueue queue = G_QUEUE_INIT;

      g_queue_push_tail (&queue, g_object_ref (box));
      while (!g_queue_is_empty (&queue))
        {
          g_autoptr (AtspiAccessible) top = g_queue_pop_head (&queue);
          g_autofree char *name = atspi_accessible_get_name (top, NULL);
          int n = atspi_accessible_get_child_count (top, NULL);

          if (name != NULL && g_str_has_prefix (name, prefix))
            {
              *minor = amount_of (name + strlen (prefix));
              g_queue_clear_full (&queue, g_object_unref);
              return TRUE;
            }
          for (int i = 0; i < MIN (n, 200); i++)
            {
              AtspiAccessible *child = atspi_accessible_get_child_at_index (top, i, NULL);

              if (child != NULL)
                g_queue_push_tail (&queue, child);
            }
        }
      ui_driver_spin (50);
    }
  g_print ("# no figure “%s”\n", title);
  return FALSE;
}

static void
test_adds_up (UiDriver   *driver,
              gint64      difference,
              const char *name)
{
  static const char *const parts[] = { "Opening Balance", "Captures", "Refunds", "Fees", "Chargebacks", "Claims", "Adjustments",
                                       "Reserve Held Back", "Carried On" };
  gint64 sum = 0, minor, computed = 0, paid = 0, shown = 0;
  gboolean ok = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if ((ok = read_figure (driver, parts[i], &minor) && ok))
      sum += minor;
  ok = read_figure (driver, "To Be Paid Out", &computed) && ok;
  ok = read_figure (driver, "Paid Out", &paid) && ok;
  ok = read_figure (driver, "Difference", &shown) && ok;
  if (sum != computed || paid - computed != difference || shown != difference)
    g_print ("# sum %" G_GINT64_FORMAT " computed %" G_GINT64_FORMAT " paid %" G_GINT64_FORMAT " difference %" G_GINT64_FORMAT "\n", sum,
             computed, paid, shown);
  check (ok && sum == computed && paid - computed == difference && shown == difference, name);
}

/* Keys go on from where one was led to. */
static void
test_cause (UiDriver *driver)
{
  check (ui_driver_press (driver, "Show these lines", SOON_MS), "the lines of a cause open");
  ui_driver_spin (1000);
  ui_driver_take_picture ("settlements-cause");
  ui_driver_keys ("Return");
  check (shows (driver, "P01-1111111-1111112-C000003"), "Return there opens the payment of that line, not of the first one");
  ui_driver_spin (500);
  ui_driver_keys ("ctrl+4");
  check (shows (driver, "How It Adds Up"), "and back on the page");
  ui_driver_spin (500);
}

static void
test_proof (UiDriver *driver)
{
  ui_driver_spin (500);
  ui_driver_keys ("Home");
  check (shows (driver, "Nobody has said yet what was paid out"), "the newest is chosen, and nobody has said what was paid out");
  ui_driver_keys ("Down");
  check (shows (driver, "was not paid out but carried on"), "Down: what was carried on is told");
  ui_driver_keys ("Down");
  check (shows (driver, "Differs by $48.25, and the cause is known"), "Down: the next one differs");
  check (shows (driver, "Row 3 (P01-1111111-1111112-C000003) stands there twice"), "the row is named that makes the difference");
  test_adds_up (driver, -4825, "its figures add up but for the difference");
  ui_driver_take_picture ("settlements-differs");
  test_cause (driver);
  ui_driver_keys ("Down");
  check (shows (driver, "Balanced: it adds up"), "Down: the last one balances");
  check (shows (driver, "BANK-ONE"), "the bank reference is told");
  test_adds_up (driver, 0, "its figures add up to the payout");
}

static void
test_ways (UiDriver *driver)
{
  check (ui_driver_move_to (driver, "Tab", ATSPI_ROLE_LIST_ITEM, "Opening Balance: $0.00"), "Tab goes from the list to the figures");
  ui_driver_keys ("Down");
  ui_driver_keys ("Return");
  check (shows (driver, "The amounts of all captured payments in the file"), "a figure tells how it is computed");
  ui_driver_take_picture ("settlements-figure");
  ui_driver_keys ("Escape");
  ui_driver_spin (500);
  check (ui_driver_press (driver, "Show Lines", SOON_MS), "its lines open");
  ui_driver_spin (500);
  ui_driver_take_picture ("settlements-lines");
  ui_driver_keys ("Escape");
  ui_driver_spin (500);
  check (ui_driver_press (driver, "Show Payments", SOON_MS), "its payments open");
  check (shows (driver, "P01-1111111-1111111-C000001") || shows (driver, "4 transactions"), "they are those of the settlement");
  check (ui_driver_activate (driver, "show-page", g_variant_new_string ("settlements")), "the page opens again");
}

static void
test_unsettled (UiDriver *driver)
{
  ui_driver_spin (500);
  check (ui_driver_press (driver, "Captured, Not Settled", SOON_MS) && shows (driver, "Nothing Is Late"), "what is not settled is told of instead of the settlements");
  check (ui_driver_press (driver, "Settlements", SOON_MS) && shows (driver, "1003"), "and then the settlements again");
}

/* A refresh changes what is shown in its place. */
static void
test_refresh (UiDriver    *driver,
              CfoilMirror *mirror)
{
  ui_driver_spin (500);
  ui_driver_keys ("Home");
  check (shows (driver, "Nobody has said yet what was paid out") && ui_driver_move_to (driver, "Tab", ATSPI_ROLE_LIST_ITEM, "Captures: $10.00"),
         "a figure of the one that is not paid out has the focus");
  pay_all (mirror, TRUE);
  check (shows (driver, "BANK-FOUR"), "a payout that becomes known is told of");
  check (ui_driver_wait_for_focus (driver, ATSPI_ROLE_LIST_ITEM, "Captures: $10.00", SOON_MS), "and the focus stays where it was");
}

/* --- closing a month --- */

static char *
dup_last_month (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) first = g_date_time_new_utc (g_date_time_get_year (now), g_date_time_get_month (now), 1, 0, 0, 0);
  g_autoptr (GDateTime) former = g_date_time_add_months (first, -1);

  return g_date_time_format (former, "%Y-%m");
}

static gboolean
wait_for_cli (const char *words,
              const char *part,
              gboolean    is_there)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;
  gboolean ok = FALSE;

  while (!ok && g_get_monotonic_time () < end)
    {
      int exit_code = -1;
      g_autofree char *text = run_cli (&exit_code, "settlements", words, "--format", "csv", NULL);

      ok = text != NULL && (strstr (text, part) != NULL) == is_there;
      if (!ok)
        ui_driver_spin (200);
    }
  return ok;
}

static char *
dup_sums (void)
{
  int exit_code = -1;

  return run_cli (&exit_code, "sql", "SELECT account_name, currency, type, n_done, gross_minor, fee_minor, net_minor FROM period_lock_sum",
                  "--format", "csv", NULL);
}

/* The month that has just ended is the one that is offered. */
static void
test_close (UiDriver   *driver,
            const char *month)
{
  static const Row rows[] = {
    { "1005", "P01-1111111-1111115-C000006", "Capture", "P01-1111111-1111115", "", "40.00", "-1.46", "38.54", 9 },
    { "1005", "", "Transfer", "", "transfer", "-38.54", "0", "-38.54", 23 },
  };
  g_autofree char *sums = NULL;

  import ("fifth.csv", make_file (month, 10, rows, G_N_ELEMENTS (rows)));
  check (shows (driver, "5 settlements"), "what another program imports is told");
  check (ui_driver_move_to (driver, "shift+Tab", ATSPI_ROLE_PUSH_BUTTON, "More"), "the menu of the page is reached by keys");
  ui_driver_keys ("Return");
  check (ui_driver_choose (driver, "Close Period…", SOON_MS), "the dialog for closing opens from it");
  ui_driver_spin (1000);
  ui_driver_take_picture ("settlements-close");
  check (ui_driver_press (driver, "Close Month", SOON_MS), "its button can be pressed");
  check (wait_for_cli ("closed", month, TRUE), "the month is closed in the mirror");
  sums = dup_sums ();
  check (sums != NULL && strstr (sums, ",1,4000,-146,3854") != NULL, "with what it came to");
  ui_driver_keys ("Escape");
  ui_driver_spin (500);
}

static void
test_late_change (UiDriver   *driver,
                  const char *month)
{
  static const Row rows[] = {
    { "1006", "P01-1111111-1111115-R000007", "Refund", "P01-1111111-1111115", "", "-15.00", "0", "-15.00", 9 },
  };
  g_autofree char *before = dup_sums ();
  g_autofree char *after = NULL;

  import ("sixth.csv", make_file (month, 12, rows, G_N_ELEMENTS (rows)));
  check (wait_for_cli ("changes", "P01-1111111-1111115-R000007,refund,USD,1,-1500,0,-1500", TRUE), "a late refund is an adjustment with a date");
  after = dup_sums ();
  check (g_strcmp0 (before, after) == 0, "what the month came to stays as it was");
  check (shows (driver, "1 change came after its period was closed"), "the page tells of it");
  ui_driver_take_picture ("settlements-late");
  ui_driver_keys ("ctrl+1");
  check (shows (driver, "1 change came after its period was closed"), "and so does the overview");
  ui_driver_keys ("ctrl+4");
  ui_driver_spin (500);
  check (ui_driver_press (driver, "Look Into", SOON_MS) && shows_in (driver->application, "1 change since"), "the dialog has the month with its change");
  ui_driver_take_picture ("settlements-closed");
}

static void
test_acknowledge (UiDriver *driver)
{
  check (ui_driver_press (driver, "Acknowledge", SOON_MS), "the change can be acknowledged");
  check (wait_for_cli ("changes", "R000007", FALSE), "then it is none of those to look into");
  ui_driver_take_picture ("settlements-acknowledged");
  ui_driver_keys ("Escape");
  ui_driver_spin (500);
  check (wait_for_cli ("closed", ",1,0,", TRUE), "and it stays written down");
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (CfoilMirror) mirror = NULL;
  g_autofree char *month = NULL;
  const char *program[] = { argc > 1 ? argv[1] : NULL, NULL };
  UiDriver *driver;

  if (argc < 3)
    return 2;
  cli_program = argv[2];
  folder = g_build_filename (g_get_user_data_dir (), "counterfoil", NULL);
  atspi_init ();
  mirror = make_mirror ();
  driver = ui_driver_start_argv (program, "");
  if (!check (driver != NULL, "the program comes up"))
    return 1;
  test_list (driver);
  test_proof (driver);
  test_ways (driver);
  test_unsettled (driver);
  test_refresh (driver, mirror);
  month = dup_last_month ();
  test_close (driver, month);
  test_late_change (driver, month);
  test_acknowledge (driver);
  ui_driver_keys ("ctrl+q");
  check (ui_driver_wait_for_end (driver, SOON_MS), "the program ends");
  ui_driver_free (driver);
  g_free (folder);
  g_print ("1..%u\n", n_checks);
  return n_failures > 0 ? 1 : 0;
}
