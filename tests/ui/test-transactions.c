/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-account.h"
#include "ui-list.h"

#include <glib/gstdio.h>
#include <string.h>

/* A day with the list of transactions, as somebody without a mouse and without eyes
 * spends it: everything is done by keys, read through the accessibility bus, and held
 * against what the command line says of the same mirror. */

#define SOON_MS 15000
#define N_ROWS 10
#define END_OF_HISTORY "2026-11-20"
#define SEARCH "Search transactions"

typedef struct
{
  UiDriver *driver;
  UiCli cli;
  const char *program;
  const char *sort; /* of the list, as the command line says it */
  char *marked_id;  /* of the newest row: it has a note and tags */
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

static char *
dup_id (Test       *test,
        const char *query,
        guint       row)
{
  g_autoptr (GPtrArray) rows = ui_cli_list (&test->cli, query, test->sort, "transaction_id");

  return row < rows->len ? g_strdup (((char **) rows->pdata[row])[0]) : NULL;
}

static gboolean
make_mirror (Test       *test,
             const char *simulator)
{
  g_autoptr (CfoilMirror) mirror = cfoil_mirror_open (test->cli.folder, NULL);
  g_autofree char *output = NULL;

  if (mirror == NULL || !add_account (mirror, "America", "na") || !add_account (mirror, "Europe", "eu"))
    return FALSE;
  g_clear_object (&mirror);
  if (!import_report (test, simulator, "America", "na", "5000") || !import_report (test, simulator, "Europe", "eu", "1000"))
    return FALSE;
  test->marked_id = dup_id (test, "", 0);
  if (test->marked_id == NULL)
    return FALSE;
  output = ui_cli_run (&test->cli, "annotate", test->marked_id, "--note", "Call <b>her</b>", "--tags", "urgent,vip", NULL);
  return output != NULL;
}

/* --- what is looked at again and again --- */

static char *
dup_entry (Test *test)
{
  g_autoptr (AtspiAccessible) entry = ui_driver_find_lasting (test->driver, ATSPI_ROLE_TEXT, SEARCH, SOON_MS);

  return ui_driver_dup_text (entry);
}

static gboolean
has_entry (Test       *test,
           const char *text)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;
  g_autofree char *have = dup_entry (test);

  while (!g_str_equal (have, text) && g_get_monotonic_time () < end)
    {
      ui_driver_spin (30);
      g_free (have);
      have = dup_entry (test);
    }
  if (!g_str_equal (have, text))
    g_print ("# the entry has %s and should have %s\n", have, text);
  return g_str_equal (have, text);
}

static char *
dup_number (guint n)
{
  return n < 1000 ? g_strdup_printf ("%u", n) : g_strdup_printf ("%u,%03u", n / 1000, n % 1000);
}

/* Nothing is selected: the totals are those of the query. */
static gboolean
has_totals (Test       *test,
            const char *query)
{
  g_autoptr (GPtrArray) rows = ui_cli_list (&test->cli, query, NULL, "type");
  g_autofree char *number = dup_number (rows->len);
  g_autofree char *words = g_strdup_printf (rows->len == 1 ? "%s transaction" : "%s transactions", number);
  g_autofree char *text = ui_cli_dup_totals (&test->cli, query, words);

  return ui_list_has_totals (test->driver, text);
}

static gboolean
has_rows (Test       *test,
          const char *query)
{
  return ui_list_shows (test->driver, &test->cli, query, test->sort, UI_LIST_TOP, N_ROWS);
}

static gboolean
has_last_rows (Test       *test,
               const char *query)
{
  return ui_list_shows (test->driver, &test->cli, query, test->sort, UI_LIST_BOTTOM, N_ROWS);
}

static gboolean
has_text (Test       *test,
          const char *part)
{
  g_autoptr (AtspiAccessible) label = ui_driver_find_text (test->driver->application, part, SOON_MS);

  return label != NULL;
}

/* The whole text anew; Return sends away what is offered. */
static void
type_query (Test       *test,
            const char *query)
{
  ui_driver_keys ("ctrl+f ctrl+a BackSpace");
  if (*query != '\0')
    ui_driver_type (query);
  ui_driver_keys ("Return");
}

/* From wherever we are to the first row. */
static gboolean
go_to_list (Test *test)
{
  ui_driver_keys ("ctrl+f Return Down Home");
  return ui_list_wait_for_focus (test->driver, 0);
}

/* --- checks --- */

static void
check_reading (Test *test)
{
  g_autofree char *flags = NULL;
  g_autofree char *titles = NULL;

  check (has_rows (test, ""), "the first rows say what the command line says");
  check (has_totals (test, ""), "the totals say what the command line says");
  titles = ui_list_dup_titles (test->driver);
  check (g_str_has_prefix (titles, "Date|Type|"), "the columns have their titles");
  flags = ui_list_dup_column (test->driver, "Flags", 2);
  check (g_str_equal (flags, "Has a note, Has tags\n\n"), "flags have names");
  check (go_to_list (test), "keys lead into the list");
  ui_driver_keys ("End");
  check (has_last_rows (test, ""), "the last rows are reached and read");
  ui_driver_keys ("Home");
  check (has_rows (test, ""), "and the first ones again");
}

static void
check_typing (Test *test)
{
  ui_driver_keys ("Escape");
  ui_driver_type ("type:refund");
  check (has_entry (test, "type:refund"), "what is typed anywhere goes to the search");
  check (has_rows (test, "type:refund"), "the list is narrowed");
  check (has_totals (test, "type:refund"), "and so are the totals");
  check (go_to_list (test), "Down leads from the entry into the list");
  ui_driver_keys ("End");
  check (has_last_rows (test, "type:refund"), "its last rows are right");
}

static void
check_mistake (Test *test)
{
  g_autoptr (AtspiAccessible) entry = NULL;
  g_autofree char *description = NULL;

  ui_driver_keys ("Home Escape ctrl+f End");
  ui_driver_type (" amount:>abc");
  ui_driver_keys ("Return");
  check (has_text (test, "Expected an amount"), "a mistake is told");
  entry = ui_driver_find_lasting (test->driver, ATSPI_ROLE_TEXT, SEARCH, SOON_MS);
  description = atspi_accessible_get_description (entry, NULL);
  check (strstr (description, "Expected an amount") != NULL, "to who cannot see it, too");
  check (has_rows (test, "type:refund") && has_totals (test, "type:refund"), "it leaves the list as it was");
  ui_driver_type (" currency:eur");
  check (has_rows (test, "type:refund currency:eur") && has_totals (test, "type:refund currency:eur"),
         "what is right is in force");
}

static void
check_chips (Test *test)
{
  UiDriver *driver = test->driver;

  type_query (test, "amount:>50 type:refund");
  check (has_entry (test, "amount:>50 type:refund") &&
           ui_driver_move_to (driver, "Tab", ATSPI_ROLE_PUSH_BUTTON, "Amount: over 50"),
         "a chip is reached");
  ui_driver_keys ("Return");
  check (ui_driver_wait_for_focus (driver, ATSPI_ROLE_TEXT, "From", SOON_MS), "its editor opens");
  ui_driver_keys ("1 0 0 Return");
  check (has_entry (test, "amount:>100 type:refund"), "what is changed there is in the text");
  check (has_rows (test, "amount:>100 type:refund") && has_totals (test, "amount:>100 type:refund"), "and in the list");
  check (ui_driver_wait_for_focus (driver, ATSPI_ROLE_PUSH_BUTTON, "Amount: over 100", SOON_MS), "the chip has the focus again");
  ui_driver_move_to (driver, "Tab", ATSPI_ROLE_PUSH_BUTTON, "Type: Refund");
  ui_driver_keys ("Return");
  check (ui_driver_move_to (driver, "Tab", ATSPI_ROLE_CHECK_BOX, "Chargeback"), "values are there to be chosen");
  ui_driver_keys ("space Escape");
  check (has_entry (test, "amount:>100 type:refund,chargeback"), "another one is chosen");
  check (has_rows (test, "amount:>100 type:refund,chargeback"), "and in the list");
  ui_driver_wait_for_focus (driver, ATSPI_ROLE_PUSH_BUTTON, "Type: Refund, Chargeback", SOON_MS);
  ui_driver_keys ("Delete");
  check (has_entry (test, "amount:>100"), "Delete removes a chip");
  check (has_rows (test, "amount:>100") && has_totals (test, "amount:>100"), "and the list is wider again");
}

/* Down through what is offered. */
static gboolean
is_offered (Test       *test,
            const char *offer)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (AtspiAccessible) row = ui_driver_find (test->driver->frame, ATSPI_ROLE_LIST_ITEM, offer, SOON_MS);

      if (row == NULL || ui_driver_has_state (row, ATSPI_STATE_SELECTED))
        return row != NULL;
      ui_driver_keys ("Down");
      ui_driver_spin (100);
    }
  return FALSE;
}

static void
check_completion (Test *test)
{
  ui_driver_keys ("ctrl+f ctrl+a");
  ui_driver_type ("curr");
  check (is_offered (test, "currency:"), "a field is offered");
  ui_driver_keys ("Return");
  check (has_entry (test, "currency:"), "and taken");
  check (is_offered (test, "EUR"), "a value that the mirror knows is offered");
  ui_driver_keys ("Return");
  check (has_entry (test, "currency:EUR") || has_entry (test, "currency:eur"), "and taken");
  check (has_rows (test, "currency:EUR") && has_totals (test, "currency:EUR"), "and in force");
}

static void
check_id (Test *test)
{
  g_autofree char *id = dup_id (test, "type:charge", 20);
  g_autofree char *query = g_strdup_printf ("type:refund %s", id);

  type_query (test, query);
  check (has_rows (test, query) && has_totals (test, query), "an ID is found although the filter hides it");
  check (has_text (test, "1 row has the ID that you look for"), "and that is said");
}

static void
check_sort (Test       *test,
            const char *title,
            const char *sort)
{
  g_autofree char *name = g_strdup_printf ("sorted by %s", sort);

  test->sort = sort;
  if (go_to_list (test))
    ui_driver_keys ("Menu");
  if (!check (ui_driver_choose (test->driver, title, SOON_MS) && has_rows (test, ""), name))
    return;
  ui_driver_keys ("End");
  check (has_last_rows (test, ""), "to the end");
}

static void
check_sorting (Test *test)
{
  type_query (test, "");
  check_sort (test, "Sort By/Gross", "gross");
  check_sort (test, "Sort By/Gross", "-gross");
  check_sort (test, "Sort By/Reference", "merchant_reference");
}

static void
check_selection (Test *test)
{
  g_autofree char *first = dup_id (test, "", 0);
  g_autofree char *second = dup_id (test, "", 1);
  g_autofree char *third = dup_id (test, "", 2);
  g_autofree char *query = g_strdup_printf ("id:%s,%s,%s", first, second, third);
  g_autofree char *some = ui_cli_dup_totals (&test->cli, query, "Selected: 3 of 6,000");
  g_autofree char *all = ui_cli_dup_totals (&test->cli, "", "Selected: 6,000 of 6,000");

  go_to_list (test);
  ui_driver_keys ("shift+Down shift+Down");
  check (ui_list_has_totals (test->driver, some), "three rows are selected and added up");
  ui_driver_keys ("ctrl+a");
  check (ui_list_has_totals (test->driver, all), "all rows are selected and added up");
  ui_driver_keys ("Escape");
  check (has_totals (test, ""), "none is");
}

static gboolean
has_annotation (Test       *test,
                const char *id,
                const char *expected)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;
  g_autofree char *query = g_strdup_printf ("id:%s", id);
  g_autofree char *have = NULL;

  do
    {
      g_autoptr (GPtrArray) rows = ui_cli_list (&test->cli, query, NULL, "tags,note");

      g_free (have);
      have = rows->len == 1 ? g_strjoinv (",", rows->pdata[0]) : g_strdup ("");
    }
  while (!g_str_equal (have, expected) && g_get_monotonic_time () < end);
  if (!g_str_equal (have, expected))
    g_print ("# the mirror has %s and should have %s\n", have, expected);
  return g_str_equal (have, expected);
}

static void
check_details (Test *test)
{
  UiDriver *driver = test->driver;
  g_autofree char *first = dup_id (test, "type:refund", 0);
  g_autofree char *second = dup_id (test, "type:refund", 1);

  type_query (test, "type:refund");
  has_rows (test, "type:refund");
  go_to_list (test);
  ui_driver_keys ("Return");
  check (has_text (test, first), "Return opens the details");
  ui_driver_keys ("Down");
  check (has_text (test, second), "they follow Down");
  ui_driver_keys ("Up");
  check (has_text (test, first), "and Up");
  check (ui_driver_move_to (driver, "Tab", ATSPI_ROLE_TEXT, "Add Tags"), "Tab leads into them");
  ui_driver_type ("late");
  ui_driver_keys ("Return");
  check (has_annotation (test, first, "late,"), "a tag is in the mirror");
  check (ui_driver_move_to (driver, "Tab", ATSPI_ROLE_TEXT, "Note"), "the note is reached");
  ui_driver_type ("Ask again");
  ui_driver_keys ("Tab");
  check (has_annotation (test, first, "late,Ask again"), "the note is in the mirror");
  check (has_text (test, "Note saved") && ui_driver_press (driver, "Undo", SOON_MS), "the note can be undone");
  check (has_annotation (test, first, "late,"), "and is not in the mirror any more");
  ui_driver_keys ("Escape");
  check (ui_list_wait_for_focus (driver, 0), "Escape closes them, the focus is in the list");
  check (has_rows (test, "type:refund"), "where nothing has changed");
}

static void
check_values (Test *test)
{
  g_autoptr (GPtrArray) rows = ui_cli_list (&test->cli, "", test->sort, "currency");
  const char *currency = ((char **) rows->pdata[0])[0];
  g_autofree char *filter = g_strdup_printf ("Filter by Value/Currency: %s", currency);
  g_autofree char *query = g_strdup_printf ("currency:%s", currency);
  g_autofree char *narrower = g_strdup_printf ("currency:%s -type:charge", currency);

  type_query (test, "");
  has_rows (test, "");
  go_to_list (test);
  ui_driver_keys ("Menu");
  check (ui_driver_choose (test->driver, filter, SOON_MS) && has_entry (test, query), "the menu filters by a value");
  check (has_rows (test, query), "in the list, too");
  go_to_list (test);
  ui_driver_keys ("Menu");
  check (ui_driver_choose (test->driver, "Exclude Value/Type: Payment", SOON_MS) && has_entry (test, narrower),
         "the menu excludes a value");
  check (has_rows (test, narrower), "from the list, too");
}

static gboolean
is_saved (Test       *test,
          const char *name,
          gboolean    expected)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;
  gboolean is_there;

  do
    {
      g_autofree char *views = ui_cli_run (&test->cli, "views", "--format", "csv", NULL);

      is_there = views != NULL && strstr (views, name) != NULL;
    }
  while (is_there != expected && g_get_monotonic_time () < end);
  return is_there == expected;
}

static gboolean
show_view (Test       *test,
           const char *key,
           const char *name)
{
  if (!ui_driver_move_to (test->driver, key, ATSPI_ROLE_LIST_ITEM, name))
    return FALSE;
  ui_driver_keys ("Return");
  return TRUE;
}

static void
check_views (Test *test)
{
  UiDriver *driver = test->driver;

  type_query (test, "type:refund amount:>100");
  has_entry (test, "type:refund amount:>100");
  ui_driver_keys ("ctrl+s");
  check (ui_driver_wait_for_focus (driver, ATSPI_ROLE_TEXT, "Name", SOON_MS), "a name is asked for");
  ui_driver_type ("Large ones");
  ui_driver_keys ("Return");
  check (is_saved (test, "Large ones", TRUE), "the view is saved");
  ui_driver_keys ("ctrl+f");
  check (show_view (test, "shift+Tab", "Large ones") && show_view (test, "Up", "Declined") &&
           has_entry (test, "state:declined"),
         "another view is chosen");
  check (show_view (test, "Down", "Large ones") && has_entry (test, "type:refund amount:>100") &&
           has_rows (test, "type:refund amount:>100"),
         "and the own one again");
  ui_driver_keys ("F2");
  check (ui_driver_wait_for_focus (driver, ATSPI_ROLE_TEXT, "Name", SOON_MS), "another name is asked for");
  ui_driver_keys ("ctrl+a");
  ui_driver_type ("Big ones");
  ui_driver_keys ("Return");
  check (is_saved (test, "Big ones", TRUE) && is_saved (test, "Large ones", FALSE), "the view has the other name");
  ui_driver_wait_for_focus (driver, ATSPI_ROLE_LIST_ITEM, "Big ones", SOON_MS);
  ui_driver_keys ("Delete");
  check (is_saved (test, "Big ones", FALSE), "the view is deleted");
  check (ui_driver_press (driver, "Undo", SOON_MS) && is_saved (test, "Big ones", TRUE), "and there again");
}

#define OWN_COLUMNS "time,type,merchant_reference,description,buyer_name,gross,fee_total,net,currency,settlement_id,flags"
#define OWN_TITLES "Date|Type|Reference|Description|Buyer|Gross|Fee|Net|Currency|Settlement|Flags"

static gboolean
has_titles (Test       *test,
            const char *expected)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;
  g_autofree char *titles = ui_list_dup_titles (test->driver);

  while (!g_str_equal (titles, expected) && g_get_monotonic_time () < end)
    {
      ui_driver_spin (50);
      g_free (titles);
      titles = ui_list_dup_titles (test->driver);
    }
  if (!g_str_equal (titles, expected))
    g_print ("# the titles are %s and should be %s\n", titles, expected);
  return g_str_equal (titles, expected);
}

static void
check_columns (Test *test)
{
  UiDriver *driver = test->driver;

  show_view (test, "Up", "All Transactions");
  has_entry (test, "");
  ui_driver_keys ("ctrl+f");
  check (ui_driver_move_to (driver, "Tab", ATSPI_ROLE_PUSH_BUTTON, "Columns and Rows"), "the menu of columns is reached");
  ui_driver_keys ("Return");
  check (ui_driver_choose (driver, "Columns…", SOON_MS) && ui_driver_move_to (driver, "Tab", ATSPI_ROLE_LIST_ITEM, "Date") &&
           ui_driver_move_to (driver, "Down", ATSPI_ROLE_LIST_ITEM, "State"),
         "the columns can be chosen");
  ui_driver_keys ("Return");
  check (ui_driver_move_to (driver, "Down", ATSPI_ROLE_LIST_ITEM, "Reference"), "others can be reached");
  ui_driver_keys ("alt+Up alt+Up");
  check (has_titles (test, OWN_TITLES), "a column is hidden and another one moved");
  ui_driver_keys ("Escape");
  ui_driver_wait_for_focus (driver, ATSPI_ROLE_PUSH_BUTTON, "Columns and Rows", SOON_MS);
  check (has_rows (test, ""), "the rows are in their columns");
}

/* The references of the file's first rows, one to a line. */
static char *
dup_references (const char *contents)
{
  g_auto (GStrv) lines = g_strsplit (contents, "\n", N_ROWS + 2);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 1; i <= N_ROWS && lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) values = g_strsplit (lines[i], ",", -1);

      g_string_append_printf (text, "%s\n", g_strv_length (values) > 3 ? values[3] : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
check_files (Test       *test,
             const char *query,
             const char *path)
{
  g_autofree char *other_path = g_strconcat (path, ".other.csv", NULL);
  g_autofree char *contents = NULL, *other = NULL, *output = NULL, *from_file = NULL, *from_list = NULL;
  gsize length = 0, other_length = 0;

  output = ui_cli_run (&test->cli, "export", "transactions", "--query", query, "--sort", test->sort, "--columns", OWN_COLUMNS,
                       "--output", other_path, NULL);
  check (g_file_get_contents (path, &contents, &length, NULL) && g_file_get_contents (other_path, &other, &other_length, NULL) &&
           length == other_length && length > 0 && memcmp (contents, other, length) == 0,
         "the file is that of the command line, byte for byte");
  from_file = dup_references (contents != NULL ? contents : "");
  from_list = ui_list_dup_column (test->driver, "Reference", N_ROWS);
  if (!check (g_str_equal (from_file, from_list), "its rows are those of the list"))
    g_print ("# the file has %s and the list %s\n", from_file, from_list);
}

static void
check_export (Test *test)
{
  static const char query[] = "type:refund amount:>20";
  UiDriver *driver = test->driver;
  g_autofree char *path = g_strconcat (test->cli.folder, "-export.csv", NULL);
  g_autofree char *manifest = g_strconcat (path, ".manifest.json", NULL);
  gint64 end;

  type_query (test, query);
  has_rows (test, query);
  go_to_list (test);
  ui_driver_keys ("Menu");
  test->sort = "gross";
  check (ui_driver_choose (driver, "Sort By/Gross", SOON_MS) && has_rows (test, query), "the list is in another order");
  ui_driver_keys ("Escape ctrl+e");
  check (ui_driver_wait_for_focus (driver, ATSPI_ROLE_PUSH_BUTTON, "Cancel", SOON_MS) &&
           ui_driver_move_to (driver, "Tab", ATSPI_ROLE_PUSH_BUTTON, "Export…"),
         "the export dialog is opened");
  check (has_text (test, "What the list shows"), "it exports what the list shows");
  ui_driver_keys ("Return");
  check (ui_driver_wait_for_focus (driver, ATSPI_ROLE_TEXT, "Name:", SOON_MS), "it asks for a file");
  ui_driver_keys ("ctrl+a");
  ui_driver_type (path);
  ui_driver_keys ("Return");
  end = g_get_monotonic_time () + SOON_MS * 1000;
  while (!g_file_test (manifest, G_FILE_TEST_EXISTS) && g_get_monotonic_time () < end)
    ui_driver_spin (50);
  check (g_file_test (manifest, G_FILE_TEST_EXISTS), "a manifest is beside it");
  check (has_text (test, "rows exported to"), "the window says so");
  check_files (test, query, path);
}

/* Pasted, for no keyboard has this. */
static void
check_hostile (Test *test)
{
  g_autofree char *long_word = g_strnfill (4000, 'a');
  g_autofree char *many_terms = g_strnfill (4000, '(');
  const char *const texts[] = {
    long_word, many_terms, "<b>bold</b> &amp; <span foreground=\"red\">", "\"never closed store:\"a", "שלום عليكم a\u202eb",
    "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "nowhere:this amount:>abc date:2026-99-99", "-:-",
    "type:", "amount:..", "\t\n\r",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!ui_driver_set_text (test->driver, SEARCH, texts[i], SOON_MS))
      g_print ("# text %u was not taken\n", i);
    else
      ui_driver_spin (150);
  type_query (test, "type:refund");
  check (has_entry (test, "type:refund") && has_rows (test, "type:refund") && has_totals (test, "type:refund"),
         "the list answers after whatever was pasted");
}

static gboolean
start (Test *test)
{
  test->driver = ui_driver_start_argv ((const char *[]) { test->program, "--data-dir", test->cli.folder, NULL },
                                       "fatal-warnings");
  if (!check (test->driver != NULL, "the window comes up"))
    return FALSE;
  ui_driver_spin (1000);
  ui_driver_keys ("ctrl+2");
  return TRUE;
}

static void
end (Test *test)
{
  ui_driver_keys ("ctrl+q");
  check (ui_driver_wait_for_end (test->driver, SOON_MS), "it ends well");
  g_clear_pointer (&test->driver, ui_driver_free);
}

static void
check_all (Test *test)
{
  check_reading (test);
  check_typing (test);
  check_mistake (test);
  check_chips (test);
  check_completion (test);
  check_id (test);
  check_sorting (test);
  check_selection (test);
  check_details (test);
  check_values (test);
  check_views (test);
  check_columns (test);
  check_export (test);
  check_hostile (test);
  end (test);
  if (!start (test))
    return;
  check (has_titles (test, OWN_TITLES), "after a restart the columns are as they were");
  check (has_rows (test, "") && has_totals (test, ""), "and the list is there in its order");
  end (test);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "mirror", NULL);
  Test test = { .program = argv[1], .cli = { .program = argv[2], .folder = folder }, .sort = "-time" };

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  if (check (make_mirror (&test, argv[3]), "there is a mirror") && start (&test))
    check_all (&test);
  ui_driver_free (test.driver);
  g_free (test.marked_id);
  g_print ("1..%u\n", n_checks);
  return n_failures > 0;
}
