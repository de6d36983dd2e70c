/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "foreign-files.h"
#include "loop-fixture.h"
#include "ui-driver.h"

#include <stdlib.h>
#include <string.h>

/* The whole life of a chargeback in the real program: heard of, answered with six files, asked
 * for more, answered again, won.  All by keys and the accessibility bus.  The other side is the simulator; what is in the mirror is told
 * by the command line. */

#define SOON_MS 20000
#define STEP_MS 1000
#define MAX_TRIES 10
#define MAX_SYNCS 4
#define TITLE_X 450
#define TITLE_Y 28
#define TRACKING "1Z999AA10123456784"

typedef struct
{
  Loop *loop;
  UiDriver *driver;
} Test;

static Test test;
static guint n_checks;

static void
stop (void)
{
  g_clear_pointer (&test.driver, ui_driver_free);
  g_clear_pointer (&test.loop, loop_free);
}

/* Each step needs the one before: there is no going on after a failure. */
static void
check (gboolean    ok,
       const char *name)
{
  n_checks++;
  g_print ("%s %u - %s\n", ok ? "ok" : "not ok", n_checks, name);
  if (ok)
    return;
  ui_driver_take_picture ("loop-failed");
  stop ();
  g_print ("Bail out! %s\n", name);
  exit (1);
}

/* --- the window --- */

/* The window in front: each look into another one costs hundreds of calls. */
static AtspiAccessible *
dup_front (void)
{
  int n;

  atspi_accessible_clear_cache (test.driver->application);
  n = atspi_accessible_get_child_count (test.driver->application, NULL);
  return atspi_accessible_get_child_at_index (test.driver->application, n - 1, NULL);
}

static gboolean
shows (const char *part)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;
  g_autoptr (AtspiAccessible) label = NULL;

  /* It may come with a window. */
  while (label == NULL && g_get_monotonic_time () < end)
    {
      g_autoptr (AtspiAccessible) front = dup_front ();

      label = front != NULL ? ui_driver_find_text (front, part, 0) : NULL;
      ui_driver_spin (label == NULL ? 50 : 0);
    }
  if (label == NULL)
    g_print ("# “%s” is not shown\n", part);
  return label != NULL;
}

/* Clicks it as soon as it can be clicked. */
static gboolean
press (AtspiRole   role,
       const char *name)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;

  do
    {
      g_autoptr (AtspiAccessible) front = dup_front ();
      g_autoptr (AtspiAccessible) button = front != NULL ? ui_driver_find (front, role, name, 0) : NULL;

      if (ui_driver_has_state (button, ATSPI_STATE_SENSITIVE) && ui_driver_click (button))
        return TRUE;
      ui_driver_spin (50);
    }
  while (g_get_monotonic_time () < end);
  g_print ("# “%s” cannot be pressed\n", name);
  return FALSE;
}

static gboolean
set_text (const char *name,
          const char *text)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;

  do
    {
      g_autoptr (AtspiAccessible) front = dup_front ();
      g_autoptr (AtspiAccessible) entry = front != NULL ? ui_driver_find (front, ATSPI_ROLE_TEXT, name, 0) : NULL;
      g_autoptr (AtspiEditableText) editable = entry != NULL ? atspi_accessible_get_editable_text_iface (entry) : NULL;

      if (editable != NULL)
        return atspi_editable_text_set_text_contents (editable, text, NULL);
      ui_driver_spin (50);
    }
  while (g_get_monotonic_time () < end);
  g_print ("# there is no field “%s”\n", name);
  return FALSE;
}

static gboolean
button (const char *name)
{
  return press (ATSPI_ROLE_PUSH_BUTTON, name);
}

static gboolean
focus_is (AtspiRole   role,
          const char *name)
{
  return ui_driver_wait_for_focus (test.driver, role, name, SOON_MS);
}

/* A box has no action to click: by keys, from where the focus is put. */
static gboolean
tick (const char *name)
{
  g_autoptr (AtspiAccessible) front = dup_front ();
  g_autoptr (AtspiAccessible) box = ui_driver_find (front, ATSPI_ROLE_CHECK_BOX, name, SOON_MS);
  AtspiComponent *component = box != NULL ? atspi_accessible_get_component_iface (box) : NULL;
  gboolean ok = component != NULL && atspi_component_grab_focus (component, NULL) && focus_is (ATSPI_ROLE_CHECK_BOX, name);

  g_clear_object (&component);
  if (!ok)
    ok = ui_driver_move_to (test.driver, "Tab", ATSPI_ROLE_CHECK_BOX, name);
  ui_driver_keys ("space");
  return ok && box != NULL;
}

static gboolean
has_windows (int n)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;
  int have;

  do
    {
      atspi_accessible_clear_cache (test.driver->application);
      have = atspi_accessible_get_child_count (test.driver->application, NULL);
      if (have == n)
        return TRUE;
      ui_driver_spin (30);
    }
  while (g_get_monotonic_time () < end);
  g_print ("# %d windows instead of %d\n", have, n);
  return FALSE;
}

/* By F5, as soon as nothing else runs. */
static void
sync_now (void)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;
  g_autoptr (AtspiAccessible) sync = ui_driver_find_lasting (test.driver, ATSPI_ROLE_PUSH_BUTTON, "Sync Now", SOON_MS);

  while (!ui_driver_has_state (sync, ATSPI_STATE_SENSITIVE) && g_get_monotonic_time () < end)
    ui_driver_spin (50);
  ui_driver_keys ("F5");
}

/* A key that comes while something still runs is not heard. */
static gboolean
sync_until (const char *id,
            const char *member,
            const char *text)
{
  for (guint i = 0; i < MAX_SYNCS; i++)
    {
      sync_now ();
      if (loop_becomes (test.loop, id, member, text))
        return TRUE;
    }
  return FALSE;
}

static gboolean
first_row_has (const char *part)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;
  g_autofree char *name = NULL;

  do
    {
      g_autoptr (AtspiAccessible) list = ui_driver_find (test.driver->frame, ATSPI_ROLE_LIST, "Disputes", 0);
      g_autoptr (AtspiAccessible) row = list != NULL ? atspi_accessible_get_child_at_index (list, 0, NULL) : NULL;

      g_free (name);
      name = row != NULL ? atspi_accessible_get_name (row, NULL) : NULL;
      if (name != NULL && strstr (name, part) != NULL)
        return TRUE;
      ui_driver_spin (50);
    }
  while (g_get_monotonic_time () < end);
  g_print ("# the first row is “%s”, not “%s”\n", name, part);
  return FALSE;
}

/* In the inbox: what VIEW has of what fits WORDS begins with it. */
static gboolean
search (const char *view,
        const char *words)
{
  if (!button (view))
    return FALSE;
  ui_driver_keys ("ctrl+f");
  if (!focus_is (ATSPI_ROLE_TEXT, "Search disputes"))
    return FALSE;
  ui_driver_keys ("ctrl+a");
  ui_driver_type (words);
  return first_row_has (words);
}

static gboolean
open_case (const char *view,
           const char *words)
{
  if (!search (view, words) || !ui_driver_move_to (test.driver, "Tab", ATSPI_ROLE_LIST_ITEM, NULL))
    return FALSE;
  ui_driver_keys ("Return");
  return ui_driver_find (test.driver->frame, ATSPI_ROLE_PUSH_BUTTON, "Back to all disputes", SOON_MS) != NULL;
}

/* --- hearing of it --- */

/* What the shop received is pasted. */
static void
paste_notification (const char *id)
{
  g_autofree char *path = g_strconcat ("/ipn/", id, NULL);
  g_autoptr (JsonNode) notification = fixture_control (test.loop->sim, "GET", path, NULL);
  g_autofree char *text = json_to_string (notification, FALSE);

  ui_driver_keys ("F10");
  check (ui_driver_choose (test.driver, "Paste Notification…", SOON_MS) && focus_is (ATSPI_ROLE_TEXT, "Text of the notification"),
         "a notification can be pasted");
  check (set_text ("Text of the notification", text) && button ("_Import") && has_windows (1), "it is taken in");
}

static char *
hear_by_notification (const char *filing_reason)
{
  char *id = loop_file_chargeback (test.loop, filing_reason, NULL);

  paste_notification (id);
  check (loop_becomes (test.loop, id, "state", "needs_response"), "there is a case of it");
  return id;
}

/* It is known, so the provider is not asked for it at every sync: its notification says
 * that something happened. */
static void
control_and_notify (const char *path,
                    const char *id,
                    const char *more)
{
  loop_control (test.loop, path, id, more);
  paste_notification (id);
}

/* --- the answer --- */

static void
test_decide (const char *picture)
{
  check (button ("_Answer…") && focus_is (ATSPI_ROLE_HEADING, "Decide"), "Answer opens the editor");
  check (ui_driver_move_to (test.driver, "Tab", ATSPI_ROLE_CHECK_BOX, "Contest"), "Tab leads to the choice");
  ui_driver_keys ("space");
  ui_driver_take_picture (picture);
}

static void
type_fact (const char *name,
           const char *value)
{
  g_autofree char *words = g_strdup_printf ("“%s” is typed", name);

  check (ui_driver_move_to (test.driver, "Tab", ATSPI_ROLE_TEXT, name), words);
  ui_driver_type (value);
}

static char *
dup_day (int days_ago)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) day = g_date_time_add_days (now, -days_ago);

  return g_date_time_format (day, "%Y-%m-%d");
}

static void
test_facts (void)
{
  g_autofree char *shipped = dup_day (1);
  g_autofree char *delivered = dup_day (0);
  g_autoptr (AtspiAccessible) carrier = NULL;

  ui_driver_keys ("alt+2");
  check (focus_is (ATSPI_ROLE_HEADING, "Facts"), "Alt+2 leads to the facts");
  ui_driver_keys ("Tab");
  check (focus_is (ATSPI_ROLE_COMBO_BOX, "Product"), "Tab leads to the product");
  ui_driver_keys ("space");
  check (focus_is (ATSPI_ROLE_LIST_ITEM, NULL), "its list opens");
  /* Rows of such a list have no names: goods are the second. */
  ui_driver_keys ("Home Down");
  ui_driver_keys ("Return");
  check (focus_is (ATSPI_ROLE_COMBO_BOX, "Product"), "and closes");
  carrier = ui_driver_find (test.driver->application, ATSPI_ROLE_TEXT, "Carrier", SOON_MS);
  check (carrier != NULL, "goods have a carrier");
  type_fact ("Why you should win", "The parcel was delivered to the buyer");
  type_fact ("Carrier", "UPS");
  type_fact ("Tracking Number", TRACKING);
  type_fact ("Shipped On", shipped);
  type_fact ("Delivered On", delivered);
  check (shows ("Physical Goods"), "the product is chosen");
  ui_driver_take_picture ("loop-04-facts");
}

/* In the file chooser: a slash opens its field; more than one of them does no harm. */
static void
add_file (const char *path)
{
  gboolean opens = FALSE;

  check (button ("_Add Files…") && has_windows (3), "Add Files asks for files");
  for (guint n = 0; n < MAX_TRIES && !opens; n++)
    {
      ui_driver_keys ("slash");
      opens = ui_driver_wait_for_focus (test.driver, ATSPI_ROLE_TEXT, NULL, STEP_MS);
    }
  check (opens, "a slash opens the field of its path");
  ui_driver_type (path + 1);
  ui_driver_keys ("Return");
  check (has_windows (2), "the file is chosen");
}

/* From one caption Tab leads over a few buttons to the next. */
static void
test_evidence (GStrv paths)
{
  static const char *const captions[LOOP_N_FILES] = {
    "The carrier's confirmation", "The parcel at the door", "The label", "Events of the carrier", "What left the store",
    "Messages with the buyer",
  };

  ui_driver_keys ("alt+3");
  check (focus_is (ATSPI_ROLE_HEADING, "Evidence"), "Alt+3 leads to the evidence");
  for (guint i = 0; i < LOOP_N_FILES; i++)
    add_file (paths[i]);
  for (guint i = 0; i < LOOP_N_FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("What Exhibit %c proves", 'A' + (char) i);

      check (set_text (name, captions[i]), "the exhibit gets a caption");
    }
  ui_driver_take_picture ("loop-05-evidence");
}

static void
test_letter_and_check (const char *letter,
                       const char *picture)
{
  ui_driver_keys ("alt+4");
  check (focus_is (ATSPI_ROLE_HEADING, "Letter"), "Alt+4 leads to the letter");
  ui_driver_take_picture (letter);
  ui_driver_keys ("alt+5");
  check (focus_is (ATSPI_ROLE_HEADING, "Check"), "Alt+5 leads to the check");
  check (shows ("Nothing stands in the way"), "nothing stands in the way");
  ui_driver_take_picture (picture);
}

static void
send (const char *before,
      const char *after)
{
  ui_driver_keys ("alt+6");
  check (focus_is (ATSPI_ROLE_HEADING, "Send"), "Alt+6 leads to the last step");
  check (shows ("SHA-256"), "what will be sent is shown with its hash");
  ui_driver_take_picture (before);
  check (tick ("I have read the packet, and what it says is true"), "it is confirmed");
  check (button ("_Send…"), "and sent");
  check (shows ("Send This Answer?"), "it asks once more");
  ui_driver_keys ("Return");
  check (shows ("The provider confirmed it"), "it is delivered");
  ui_driver_take_picture (after);
  ui_driver_keys ("ctrl+w");
  check (has_windows (1), "Ctrl+W closes the editor");
}

/* --- the first chargeback --- */

static void
answer_first (const char *id,
              GStrv       paths)
{
  g_autoptr (GBytes) packet = NULL;
  g_autoptr (GBytes) kept = NULL;

  test_decide ("loop-03-decide");
  test_facts ();
  test_evidence (paths);
  test_letter_and_check ("loop-06-letter", "loop-07-check");
  packet = loop_read_packet (test.loop, id, 1);
  check (packet != NULL && loop_received (test.loop, id, 0, 0), "the command line makes the packet; nothing was sent as yet");
  send ("loop-08-send", "loop-09-sent");
  check (loop_has_answers (test.loop, id, "delivered", 1), "the mirror has a record of it");
  check (loop_received_bytes (test.loop, id, "pdf", packet), "the provider has the packet, the same to the last byte");
  for (guint i = 3; i < LOOP_N_FILES; i++)
    check (loop_received_file (test.loop, id, paths[i]), "it has the file beside it, the same to the last byte");
  check (loop_received_text (test.loop, id, "TrackingNumber", TRACKING) && loop_received_text (test.loop, id, "CarrierName", "UPS"),
         "it has the tracking number and the carrier");
  check (loop_received (test.loop, id, 6, 1), "and nothing else, once");
  kept = loop_read_packet (test.loop, id, 1);
  check (kept != NULL && g_bytes_equal (kept, packet), "the command line still makes the same packet");
  check (loop_becomes (test.loop, id, "state", "under_review"), "it is under review");
}

static void
answer_again (const char *id)
{
  g_autofree char *more = foreign_write (test.loop->folder, "receipt.pdf", foreign_pdf ("Receipt", 1));
  g_autoptr (GBytes) packet = NULL;

  control_and_notify ("/more-evidence", id, "");
  check (sync_until (id, "state", "needs_response"), "that more evidence is asked for is known");
  check (shows ("Second round"), "the case says so");
  ui_driver_take_picture ("loop-10-second-round");
  /* What was decided then holds no longer. */
  test_decide ("loop-10-decide");
  ui_driver_keys ("alt+3");
  check (focus_is (ATSPI_ROLE_HEADING, "Evidence"), "it has the evidence of the first");
  add_file (more);
  check (set_text ("What Exhibit G proves", "The receipt"), "another exhibit is added");
  test_letter_and_check ("loop-11-letter", "loop-12-check");
  packet = loop_read_packet (test.loop, id, 2);
  send ("loop-13-send", "loop-14-sent");
  check (loop_has_answers (test.loop, id, "delivered", 2), "the mirror has a record of both");
  check (loop_received_bytes (test.loop, id, "pdf", packet), "the provider has the second packet, the same to the last byte");
}

static void
test_won (void)
{
  g_auto (GStrv) paths = loop_make_files (test.loop);
  g_autofree char *id = hear_by_notification ("ProductNotReceived");

  check (sync_until (id, "reason", "not_received"), "with its reason");
  check (search ("Needs Answer", id), "it is in the inbox");
  ui_driver_take_picture ("loop-01-inbox");
  check (open_case ("Needs Answer", id), "it opens from there");
  ui_driver_take_picture ("loop-02-case");
  answer_first (id, paths);
  answer_again (id);
  control_and_notify ("/resolve", id, ",\"resolution\":\"MerchantWon\"");
  check (sync_until (id, "outcome", "won"), "that it is won is known");
  ui_driver_take_picture ("loop-15-won");
}

int
main (int    argc,
      char **argv)
{
  if (argc < 2)
    return 2;
  test.loop = loop_new ();
  test.driver = ui_driver_start_argv ((const char *[]) { argv[1], "--data-dir", test.loop->mirror, NULL }, "fatal-criticals");
  check (test.driver != NULL, "the program comes up");
  /* Onto the title: lists that open below the pointer would follow it, and outside of all windows
   * keys would be lost where nobody manages windows. */
  ui_driver_click_at (TITLE_X, TITLE_Y);
  sync_now ();
  ui_driver_keys ("ctrl+3");
  check (ui_driver_find (test.driver->frame, ATSPI_ROLE_TEXT, "Search disputes", SOON_MS) != NULL, "the page of disputes opens");
  test_won ();
  ui_driver_keys ("ctrl+q");
  check (ui_driver_wait_for_end (test.driver, SOON_MS), "the program ends");
  stop ();
  g_print ("1..%u\n", n_checks);
  return 0;
}
