/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-driver.h"

#include <glib/gstdio.h>
#include <string.h>

/* An account from its first day to its last, against a provider that is a
 * program, and what comes by hand: files, notifications, the clipboard. */

#define SOON_MS 10000
#define SYNC_MS 120000
#define CLOSE_MS 4000

typedef struct
{
  GSubprocess *process;
  GDataInputStream *output;
  char *line; /* of JSON: where it is, and with which key */
} Simulator;

static guint n_checks, n_failures;

static gboolean
check (gboolean    ok,
       const char *name)
{
  n_checks++;
  n_failures += !ok;
  g_print ("%s %u - %s\n", ok ? "ok" : "not ok", n_checks, name);
  if (!ok)
    {
      g_autofree char *picture = g_strdup_printf ("failed-%u", n_checks);

      ui_driver_take_picture (picture);
    }
  return ok;
}

static gboolean
has_text (UiDriver   *driver,
          const char *part,
          guint       ms)
{
  g_autoptr (AtspiAccessible) label = ui_driver_find_text (driver->application, part, ms);

  return label != NULL;
}

static gboolean
wait_for_action (UiDriver   *driver,
                 const char *action,
                 gboolean    enabled,
                 guint       ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000;

  while (g_get_monotonic_time () < end)
    {
      if (ui_driver_is_enabled (driver, action) == enabled)
        return TRUE;
      ui_driver_spin (20);
    }
  return FALSE;
}

/* --- the provider --- */

static Simulator *
simulator_start (void)
{
  Simulator *simulator = g_new0 (Simulator, 1);

  simulator->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, g_getenv ("COUNTERFOIL_SIMULATOR"),
                                         "serve", "--transactions", "400", "--days", "60", "--quiet",
                                         "--exit-with-parent", NULL);
  if (simulator->process == NULL)
    return simulator;
  simulator->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (simulator->process));
  simulator->line = g_data_input_stream_read_line (simulator->output, NULL, NULL, NULL);
  return simulator;
}

static void
simulator_stop (Simulator *simulator)
{
  if (simulator->process == NULL)
    return;
  g_subprocess_force_exit (simulator->process);
  g_subprocess_wait (simulator->process, NULL, NULL);
  g_clear_object (&simulator->process);
}

static void
simulator_free (Simulator *simulator)
{
  simulator_stop (simulator);
  g_clear_object (&simulator->output);
  g_free (simulator->line);
  g_free (simulator);
}

static char *
dup_member (Simulator  *simulator,
            const char *name)
{
  g_autofree char *start = g_strdup_printf ("\"%s\":\"", name);
  const char *found = simulator->line != NULL ? strstr (simulator->line, start) : NULL;

  return found != NULL ? g_strndup (found + strlen (start), strcspn (found + strlen (start), "\"")) : g_strdup ("");
}

/* --- adding --- */

/* The file chooser takes a path that is typed. */
static gboolean
choose_file (UiDriver   *driver,
             const char *button,
             const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  if (!ui_driver_press (driver, button, SOON_MS))
    return FALSE;
  ui_driver_spin (1200);
  ui_driver_type (path);
  ui_driver_spin (500);
  ui_driver_take_picture ("choose");
  ui_driver_keys ("Return");
  /* Looking at it while it goes away ends programs with GTK 4.8. */
  ui_driver_spin (2000);
  return has_text (driver, name, SOON_MS);
}

static void
fill_dialog (UiDriver   *driver,
             Simulator  *simulator,
             const char *name)
{
  g_autofree char *id = dup_member (simulator, "publicKeyId");
  g_autofree char *url = dup_member (simulator, "baseUrl");
  g_autofree char *key = dup_member (simulator, "privateKeyFile");
  g_autofree char *ca = dup_member (simulator, "caFile");

  check (ui_driver_activate (driver, "add-account", NULL), "an account is to be added");
  check (ui_driver_set_text (driver, "Name", name, SOON_MS), "its name is entered");
  check (ui_driver_set_text (driver, "Public Key ID", id, SOON_MS), "its key is entered");
  check (ui_driver_set_text (driver, "Endpoint (for Tests)", url, SOON_MS), "its endpoint is entered");
  check (choose_file (driver, "Choose the private key file", key), "its key file is chosen");
  /* A row that is folded has no action on the bus. */
  ui_driver_click_at (260, 575);
  ui_driver_spin (800);
  check (choose_file (driver, "Choose the file of certificates", ca), "its certificates are chosen");
}

static gboolean
check_add (UiDriver  *driver,
           Simulator *simulator)
{
  fill_dialog (driver, simulator, "First shop");
  ui_driver_take_picture ("add-filled");
  check (ui_driver_press (driver, "Test and Add", SOON_MS), "it is tested and added");
  ui_driver_spin (2000);
  if (!check (wait_for_action (driver, "sync", TRUE, SOON_MS), "it is there"))
    return FALSE;
  ui_driver_take_picture ("added");
  return TRUE;
}

/* --- syncing --- */

static void
check_cancel (UiDriver *driver)
{
  check (ui_driver_activate (driver, "sync", NULL), "it is synced");
  check (wait_for_action (driver, "cancel", TRUE, SOON_MS), "that can be cancelled");
  ui_driver_spin (300);
  ui_driver_take_picture ("syncing");
  ui_driver_activate (driver, "cancel", NULL);
  check (wait_for_action (driver, "sync", TRUE, SOON_MS), "it ends soon when it is cancelled");
  check (has_text (driver, "Sync cancelled", SOON_MS), "the window says so");
  ui_driver_take_picture ("cancelled");
}

static void
check_sync (UiDriver *driver)
{
  g_autoptr (AtspiAccessible) rows = NULL;
  g_autofree char *date = NULL;

  ui_driver_activate (driver, "sync", NULL);
  ui_driver_spin (200);
  check (wait_for_action (driver, "sync", TRUE, SYNC_MS), "the next sync ends");
  check (has_text (driver, "no gaps", SOON_MS), "the mirror is complete");
  ui_driver_take_picture ("synced");
  ui_driver_keys ("ctrl+1");
  rows = ui_driver_find_rows (driver, "Transactions", SOON_MS);
  for (guint i = 0; rows != NULL && i < 100 && (date == NULL || *date == '\0'); i++)
    {
      ui_driver_spin (100);
      g_free (date);
      date = ui_driver_dup_cell (rows, 0, 0);
    }
  check (date != NULL && strchr (date, ':') != NULL, "the list is filled");
  ui_driver_take_picture ("list");
}

/* --- by hand --- */

static void
check_import (UiDriver   *driver,
              const char *sample)
{
  g_autofree char *bad = g_build_filename (g_get_user_data_dir (), "not-a-report.csv", NULL);
  g_autofree char *good = g_build_filename (g_get_user_data_dir (), "settlement.csv", NULL);
  g_autofree char *contents = NULL;
  const char *paths[] = { good, bad, NULL };
  gsize length = 0;

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_file_get_contents (sample, &contents, &length, NULL);
  g_file_set_contents (good, contents != NULL ? contents : "", (gssize) length, NULL);
  g_file_set_contents (bad, "Dear Sir or Madam,\nplease find enclosed nothing.\n", -1, NULL);
  check (ui_driver_activate (driver, "import-paths", g_variant_new_strv (paths, -1)), "two files are imported");
  check (has_text (driver, "1 File Could Not Be Imported", SOON_MS), "one cannot be read");
  check (has_text (driver, "not-a-report.csv", SOON_MS), "it is named");
  ui_driver_take_picture ("import");
  ui_driver_keys ("Escape");
  ui_driver_spin (500);
  paths[1] = NULL;
  ui_driver_activate (driver, "import-paths", g_variant_new_strv (paths, -1));
  check (has_text (driver, "The file was already known", SOON_MS), "a file that was read is known");
}

static char *
dup_notification_text (UiDriver *driver)
{
  g_autoptr (AtspiAccessible) text = ui_driver_find (driver->application, ATSPI_ROLE_TEXT, "Text of the notification", SOON_MS);

  return ui_driver_dup_text (text);
}

/* What is copied from the list is pasted where there is room for text. */
static void
check_clipboard (UiDriver *driver)
{
  g_autofree char *text = NULL;

  ui_driver_keys ("ctrl+1");
  for (guint i = 0; i < 20 && !has_text (driver, "1 of ", 0); i++)
    {
      ui_driver_keys ("Tab Down");
      ui_driver_spin (150);
    }
  ui_driver_keys ("ctrl+c");
  ui_driver_spin (500);
  check (ui_driver_activate (driver, "paste-notification", NULL), "there is a dialog for text");
  ui_driver_spin (700);
  ui_driver_take_picture ("paste-empty");
  ui_driver_keys ("ctrl+v");
  ui_driver_spin (700);
  text = dup_notification_text (driver);
  check (g_str_has_prefix (text, "Date\tType\t"), "the clipboard has the titles");
  check (strstr (text, "\tUSD\t") != NULL, "and the row");
  check (ui_driver_press (driver, "Import", SOON_MS), "what is no notification is imported");
  ui_driver_take_picture ("paste-bad");
  check (has_text (driver, "notification", SOON_MS), "the dialog says what is wrong");
  ui_driver_keys ("Escape");
  ui_driver_spin (500);
}

static void
check_export (UiDriver   *driver,
              const char *cli)
{
  g_autofree char *ours = g_build_filename (g_get_user_data_dir (), "window.csv", NULL);
  g_autofree char *theirs = g_build_filename (g_get_user_data_dir (), "cli.csv", NULL);
  g_autofree char *manifest = g_strconcat (ours, ".manifest.json", NULL);
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  g_autoptr (GSubprocess) process = NULL;
  gsize a_length = 0, b_length = 0;
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;

  ui_driver_activate (driver, "export-to", g_variant_new_string (ours));
  while (!g_file_test (manifest, G_FILE_TEST_EXISTS) && g_get_monotonic_time () < end)
    ui_driver_spin (50);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL, cli, "export", "transactions", "--output", theirs, NULL);
  check (process != NULL && g_subprocess_wait_check (process, NULL, NULL), "the command line exports");
  check (g_file_get_contents (ours, &a, &a_length, NULL) && g_file_get_contents (theirs, &b, &b_length, NULL) &&
           a_length == b_length && memcmp (a, b, a_length) == 0,
         "both exports are the same");
}

static void
check_debug_info (UiDriver  *driver,
                  Simulator *simulator)
{
  g_autofree char *id = dup_member (simulator, "publicKeyId");
  g_autoptr (AtspiAccessible) view = NULL;
  g_autofree char *text = NULL;

  ui_driver_activate (driver, "app.about", NULL);
  view = ui_driver_find (driver->application, ATSPI_ROLE_TEXT, NULL, SOON_MS);
  text = ui_driver_dup_text (view);
  check (strstr (text, "SQLite 3") != NULL && strstr (text, "window-width") != NULL, "the About window tells what is running");
  check (strstr (text, id) == NULL && strstr (text, "PRIVATE KEY") == NULL && strstr (text, "First shop") == NULL,
         "but nothing of the account");
  ui_driver_take_picture ("about");
  ui_driver_keys ("Escape");
  ui_driver_spin (300);
  ui_driver_keys ("Escape");
  ui_driver_spin (300);
}

/* --- what goes wrong --- */

static void
check_unreachable (UiDriver  *driver,
                   Simulator *simulator)
{
  simulator_stop (simulator);
  ui_driver_keys ("ctrl+2");
  ui_driver_activate (driver, "sync", NULL);
  ui_driver_spin (200);
  check (wait_for_action (driver, "sync", TRUE, SYNC_MS), "a sync without a provider ends");
  check (has_text (driver, "have a problem", SOON_MS) || has_text (driver, "has a problem", 0), "the page says that there is a problem");
  check (has_text (driver, "network", SOON_MS), "and what to do");
  ui_driver_take_picture ("unreachable");
}

static void
check_add_untested (UiDriver  *driver,
                    Simulator *simulator)
{
  fill_dialog (driver, simulator, "Second shop");
  ui_driver_press (driver, "Test and Add", SOON_MS);
  check (ui_driver_find (driver->application, ATSPI_ROLE_PUSH_BUTTON, "Add Without Testing", SOON_MS) != NULL,
         "an account that cannot be tested");
  ui_driver_take_picture ("add-untested");
  check (ui_driver_press (driver, "Add Without Testing", SOON_MS), "can be added all the same");
  ui_driver_spin (2000);
  check (has_text (driver, "Second shop", SOON_MS), "and is there");
  ui_driver_spin (800);
}

static void
check_remove (UiDriver   *driver,
              const char *name,
              const char *left)
{
  check (ui_driver_activate (driver, "remove-account", g_variant_new_string (name)), "an account is to be removed");
  check (has_text (driver, "Remove “", SOON_MS), "the window asks first");
  ui_driver_take_picture ("remove");
  check (ui_driver_press (driver, "Remove", SOON_MS), "yes, remove it");
  ui_driver_spin (1000);
  check (has_text (driver, left, SOON_MS), "it is gone");
  ui_driver_spin (500);
  ui_driver_take_picture ("removed");
}

int
main (int    argc,
      char **argv)
{
  Simulator *simulator;
  UiDriver *driver;

  simulator = simulator_start ();
  /* The file chooser of GTK 4.8 has a critical of its own when it goes away while
   * somebody looks at it through the accessibility bus. */
  driver = ui_driver_start (argv[1], "");
  if (check (simulator->line != NULL, "there is a provider") && check (driver != NULL, "the window comes up"))
    {
      check (wait_for_action (driver, "add-account", TRUE, SOON_MS), "the mirror is open");
      if (!check_add (driver, simulator))
        goto out;
      check_cancel (driver);
      check_sync (driver);
      check_import (driver, argv[3]);
      check_clipboard (driver);
      check_export (driver, argv[2]);
      check_debug_info (driver, simulator);
      check_unreachable (driver, simulator);
      check_add_untested (driver, simulator);
      check_remove (driver, "Second shop", "The account was removed");
      check_remove (driver, "First shop", "Welcome to Counterfoil");
      ui_driver_keys ("ctrl+q");
      check (ui_driver_wait_for_end (driver, CLOSE_MS), "it ends well");
    }
out:
  ui_driver_free (driver);
  simulator_free (simulator);
  g_print ("1..%u\n", n_checks);
  return n_failures > 0;
}
