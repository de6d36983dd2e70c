/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-list.h"

#include <glib/gstdio.h>
#include <string.h>

/* One walk through the program, as somebody without a mouse takes it. */

#define SOON_MS 10000
#define STALL_MS 150000
#define CLOSE_MS 4000

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

static gboolean
has_text (UiDriver   *driver,
          const char *part,
          guint       ms)
{
  g_autoptr (AtspiAccessible) label = ui_driver_find_text (driver->frame, part, ms);

  return label != NULL;
}

static void
check_welcome (UiDriver *driver)
{
  g_autoptr (AtspiAccessible) add = NULL;
  g_autoptr (AtspiAccessible) demo = NULL;

  check (has_text (driver, "Welcome to Counterfoil", SOON_MS), "the welcome page is shown");
  add = ui_driver_find (driver->frame, ATSPI_ROLE_PUSH_BUTTON, "Add an Account", SOON_MS);
  demo = ui_driver_find (driver->frame, ATSPI_ROLE_PUSH_BUTTON, "Explore a Demo Merchant", SOON_MS);
  check (add != NULL, "an account can be added");
  check (demo != NULL && ui_driver_click (demo), "the demo can be opened");
}

/* All that is written in and below ACCESSIBLE. */
static void
append_words (AtspiAccessible *accessible,
              GString         *text)
{
  g_autofree char *words = ui_driver_dup_text (accessible);
  int n = atspi_accessible_get_child_count (accessible, NULL);

  g_string_append (text, words);
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (accessible, i, NULL);

      if (child != NULL)
        append_words (child, text);
    }
}

/* Of the sync that is going on. */
static char *
dup_progress (UiDriver *driver)
{
  g_autoptr (AtspiAccessible) bar = ui_driver_find (driver->frame, ATSPI_ROLE_PROGRESS_BAR, "Progress", 0);
  g_autoptr (AtspiAccessible) box = bar != NULL ? atspi_accessible_get_parent (bar, NULL) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (box != NULL)
    append_words (box, text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* However long it takes on a busy machine: only it may not stand still. */
static gboolean
sync_has_ended (UiDriver *driver)
{
  gint64 end = g_get_monotonic_time () + STALL_MS * 1000;
  g_autofree char *progress = g_strdup ("");
  guint n_looks = 0;

  while (g_get_monotonic_time () < end)
    {
      g_autofree char *now = NULL;

      if (ui_driver_is_enabled (driver, "sync"))
        return TRUE;
      now = dup_progress (driver);
      if (!g_str_equal (now, progress))
        end = g_get_monotonic_time () + STALL_MS * 1000;
      if (++n_looks % 40 == 0)
        g_print ("# %s\n", now);
      g_free (progress);
      progress = g_steal_pointer (&now);
      ui_driver_spin (250);
    }
  g_print ("# it stands still at: %s\n", progress);
  return FALSE;
}

static char *
dup_first (UiDriver   *driver,
           const char *title)
{
  return g_strchomp (ui_list_dup_column (driver, title, 1));
}

static void
check_list (UiDriver *driver)
{
  g_autoptr (AtspiAccessible) rows = NULL;
  g_autofree char *date = NULL;
  g_autofree char *gross = NULL;
  g_autofree char *currency = NULL;

  check (has_text (driver, "Demo: an invented merchant", STALL_MS), "the demo says what it is");
  check (has_text (driver, "Figures over Time", STALL_MS), "the program opens with the overview");
  ui_driver_activate (driver, "show-page", g_variant_new_string ("transactions"));
  rows = ui_driver_find_rows (driver, "Transactions", STALL_MS);
  if (!check (rows != NULL, "there is a list of transactions"))
    return;
  /* Rows come while we look: all three cells in one glance, or another one. */
  for (guint i = 0; i < 300 && (date == NULL || *date == '\0' || *gross == '\0' || *currency == '\0'); i++)
    {
      ui_driver_spin (100);
      g_free (date);
      g_free (gross);
      g_free (currency);
      date = dup_first (driver, "Date");
      gross = dup_first (driver, "Gross");
      currency = dup_first (driver, "Currency");
    }
  g_print ("# first row: %s, %s %s\n", date, gross, currency);
  check (strstr (date, ":") != NULL, "a row has a date and time");
  check (*gross != '\0' && *currency != '\0', "a row has an amount and a currency");
}

/* Newest first: the dates of the mirror go down. */
static void
check_keys (UiDriver *driver)
{
  g_autoptr (AtspiAccessible) rows = ui_driver_find_rows (driver, "Transactions", SOON_MS);

  /* Tab leads from wherever we are into the list. */
  ui_driver_keys ("ctrl+2");
  for (guint i = 0; i < 20 && !has_text (driver, "Selected: 1 of ", i == 0 ? 0 : 600); i++)
    ui_driver_keys ("Tab Down");
  check (has_text (driver, "Selected: 1 of ", SOON_MS), "a row is selected by keys");
  ui_driver_keys ("shift+Down shift+Down");
  check (has_text (driver, "Selected: 3 of ", SOON_MS), "several rows are selected by keys");
  ui_driver_keys ("ctrl+c");
  ui_driver_keys ("End");
  check (has_text (driver, "Selected: 1 of ", SOON_MS), "the last row is reached by a key");
  ui_driver_keys ("ctrl+a");
  for (guint i = 0; i < 60 && (has_text (driver, "Selected: 1 of ", 0) || !has_text (driver, "selected", 0)); i++)
    ui_driver_spin (250);
  check (!has_text (driver, "Selected: 1 of ", 0) && has_text (driver, "selected", 0), "all rows are selected by a key");
}

/* Waits until the first row has WORD as its type. */
static gboolean
first_type_is (UiDriver   *driver,
               const char *word)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;

  while (g_get_monotonic_time () < end)
    {
      g_autofree char *type = dup_first (driver, "Type");

      if (g_strcmp0 (type, word) == 0)
        return TRUE;
      ui_driver_spin (100);
    }
  return FALSE;
}

/* Of which type it is depends on the hour. */
static char *
dup_first_row (UiDriver *driver)
{
  g_autofree char *date = dup_first (driver, "Date");
  g_autofree char *type = dup_first (driver, "Type");

  return g_strconcat (date, " ", type, NULL);
}

static gboolean
first_row_is (UiDriver   *driver,
              const char *row)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;

  while (g_get_monotonic_time () < end)
    {
      g_autofree char *now = dup_first_row (driver);

      if (g_str_equal (now, row))
        return TRUE;
      ui_driver_spin (100);
      if (g_get_monotonic_time () >= end)
        g_print ("# first row: %s\n", now);
    }
  ui_driver_take_picture ("first-row");
  return FALSE;
}

/* From the list: what is typed narrows it, and Escape leads back. */
static void
check_search (UiDriver *driver)
{
  g_autofree char *first = NULL;

  ui_driver_keys ("ctrl+2 Escape");
  ui_driver_keys ("Home");
  ui_driver_spin (1000);
  first = dup_first_row (driver);
  g_print ("# first row: %s\n", first);
  ui_driver_type ("type:refund ");
  check (first_type_is (driver, "Refund"), "typing in the list searches");
  check (has_text (driver, "Fees", SOON_MS) && has_text (driver, "Refunded", SOON_MS), "the sums are told");
  ui_driver_keys ("Down Down");
  check (has_text (driver, "Selected: 1 of ", SOON_MS), "Down leads from the entry to the list");
  ui_driver_keys ("ctrl+f");
  ui_driver_type ("zzzzqq");
  check (has_text (driver, "No Transaction Matches", SOON_MS), "nothing found is said to be so");
  check (ui_driver_press (driver, "Clear Search", SOON_MS), "the search is cleared");
  check (ui_driver_find_rows (driver, "Transactions", SOON_MS) != NULL && first_row_is (driver, first), "all rows are there again");
}

/* The details stay beside the list, where the keys go on working. */
static void
check_details (UiDriver *driver)
{
  ui_driver_keys ("Escape Down Down Return");
  check (has_text (driver, "Details", SOON_MS), "Return opens the details");
  ui_driver_keys ("Down");
  check (has_text (driver, "Selected: 1 of ", SOON_MS) && has_text (driver, "Details", 0), "the next row with the details open");
  ui_driver_keys ("ctrl+shift+f");
  check (has_text (driver, "Type: ", SOON_MS), "the list is filtered by a value");
  ui_driver_keys ("Escape");
  for (guint i = 0; i < 40 && has_text (driver, "Details", 0); i++)
    ui_driver_spin (100);
  check (!has_text (driver, "Details", 0), "Escape closes the details");
  ui_driver_activate (driver, "show-page", g_variant_new_string ("transactions"));
}

static void
check_sync_page (UiDriver *driver)
{
  g_autoptr (AtspiAccessible) feed = NULL;

  ui_driver_activate (driver, "show-page", g_variant_new_string ("sync"));
  feed = ui_driver_find (driver->frame, ATSPI_ROLE_LIST_ITEM, "Settlement reports", SOON_MS);
  check (feed != NULL, "the Sync page has a row for each feed");
  check (feed != NULL && ui_driver_find_text (feed, "Up to date as of", SOON_MS) != NULL, "a feed says how fresh it is");
  check (feed != NULL && ui_driver_find_text (feed, " rows", SOON_MS) != NULL, "a feed says how much it brought");
  check (has_text (driver, "no gaps", SOON_MS), "coverage is told in words");
}

static void
check_export (UiDriver *driver)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "export.csv", NULL);
  g_autofree char *manifest = g_strconcat (path, ".manifest.json", NULL);
  g_autofree char *contents = NULL;
  gint64 end = g_get_monotonic_time () + SOON_MS * 3000;

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  check (ui_driver_activate (driver, "export-to", g_variant_new_string (path)), "an export is asked for");
  while (!g_file_test (manifest, G_FILE_TEST_EXISTS) && g_get_monotonic_time () < end)
    ui_driver_spin (100);
  check (g_file_get_contents (path, &contents, NULL, NULL) && strstr (contents, "transaction") != NULL, "the exported file is there");
  check (has_text (driver, "rows exported to", SOON_MS), "the window says so");
}

static void
check_dialogs (UiDriver *driver)
{
  g_autoptr (AtspiAccessible) shortcuts = NULL;
  g_autoptr (AtspiAccessible) export = NULL;

  ui_driver_keys ("ctrl+e");
  export = ui_driver_find (driver->application, ATSPI_ROLE_PUSH_BUTTON, "Export…", SOON_MS);
  check (export != NULL, "the export dialog is opened by a key");
  ui_driver_keys ("Escape");
  ui_driver_spin (500);
  ui_driver_keys ("question");
  shortcuts = ui_driver_find_text (driver->application, "Copy the selected rows", SOON_MS);
  check (shortcuts != NULL, "the keys are told by a key");
  ui_driver_keys ("Escape");
  ui_driver_spin (500);
}

/* In the middle of a sync. */
static void
check_close (UiDriver *driver)
{
  check (ui_driver_activate (driver, "sync", NULL), "it syncs again");
  ui_driver_spin (200);
  ui_driver_keys ("ctrl+q");
  check (ui_driver_wait_for_end (driver, CLOSE_MS), "it ends well and soon in mid-sync");
}

int
main (int    argc,
      char **argv)
{
  UiDriver *driver;

  driver = ui_driver_start (argv[1], "fatal-warnings");
  if (check (driver != NULL, "the window comes up"))
    {
      check_welcome (driver);
      check_list (driver);
      check (sync_has_ended (driver), "the sync ends");
      check_keys (driver);
      check_search (driver);
      check_details (driver);
      check_sync_page (driver);
      check_export (driver);
      check_dialogs (driver);
      check_close (driver);
    }
  ui_driver_free (driver);
  g_print ("1..%u\n", n_checks);
  return n_failures > 0;
}
