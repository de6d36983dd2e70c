/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "answer-fixture.h"
#include "cfoil-draft-store.h"
#include "ui-driver.h"

#include <glib/gstdio.h>
#include <string.h>

/* An answer written and sent as somebody without a mouse does it: by keys, read through the
 * accessibility bus, into a real mirror, to the real simulator, which must have received
 * exactly what the mirror says was sent. */

#define SOON_MS 15000
#define START_MS 20000
#define TRACKING "1Z999AA10123456784"

typedef struct
{
  AnswerFixture *fixture;
  const char *program;
  char *dispute_id;
  gint64 case_id;
  UiDriver *driver;
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

/* --- the window --- */

static AtspiAccessible *
find_application (void)
{
  g_autoptr (AtspiAccessible) desktop = atspi_get_desktop (0);

  for (int i = 0; i < atspi_accessible_get_child_count (desktop, NULL); i++)
    {
      g_autoptr (AtspiAccessible) application = atspi_accessible_get_child_at_index (desktop, i, NULL);
      g_autofree char *name = application != NULL ? atspi_accessible_get_name (application, NULL) : NULL;

      if (g_strcmp0 (name, "counterfoil") == 0)
        return g_steal_pointer (&application);
    }
  return NULL;
}

static gboolean
start (Test *test)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  gint64 end = g_get_monotonic_time () + START_MS * 1000;

  test->driver = g_new0 (UiDriver, 1);
  atspi_init ();
  test->driver->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_subprocess_launcher_setenv (launcher, "G_DEBUG", "fatal-criticals", TRUE);
  test->driver->process = g_subprocess_launcher_spawn (launcher, NULL, test->program, test->fixture->folder, test->dispute_id, NULL);
  while (test->driver->process != NULL && test->driver->application == NULL && g_get_monotonic_time () < end)
    {
      ui_driver_spin (50);
      test->driver->application = find_application ();
    }
  if (test->driver->application != NULL)
    test->driver->frame = ui_driver_find (test->driver->application, ATSPI_ROLE_FRAME, NULL, START_MS);
  return test->driver->frame != NULL;
}

/* By Ctrl+W, as people do: what was typed last is saved before the window goes. */
static gboolean
end (Test *test)
{
  gboolean ok;

  ui_driver_keys ("ctrl+w");
  ok = ui_driver_wait_for_end (test->driver, SOON_MS);
  g_clear_pointer (&test->driver, ui_driver_free);
  return ok;
}

static gboolean
go_to (Test       *test,
       const char *keys,
       const char *heading)
{
  ui_driver_keys (keys);
  return ui_driver_wait_for_focus (test->driver, ATSPI_ROLE_HEADING, heading, SOON_MS);
}

static gboolean
shows (Test       *test,
       const char *part)
{
  g_autoptr (AtspiAccessible) label = ui_driver_find_text (test->driver->application, part, SOON_MS);

  return label != NULL;
}

static char *
dup_field (Test       *test,
           const char *name)
{
  g_autoptr (AtspiAccessible) field = ui_driver_find (test->driver->application, ATSPI_ROLE_TEXT, name, SOON_MS);

  return field != NULL ? ui_driver_dup_text (field) : NULL;
}

static gboolean
field_becomes (Test       *test,
               const char *name,
               const char *text)
{
  gint64 deadline = g_get_monotonic_time () + SOON_MS * 1000;

  for (;;)
    {
      g_autofree char *have = dup_field (test, name);

      if (g_strcmp0 (have, text) == 0)
        return TRUE;
      if (g_get_monotonic_time () > deadline)
        {
          g_print ("# %s is “%s” and should be “%s”\n", name, have, text);
          return FALSE;
        }
      ui_driver_spin (50);
    }
}

/* --- the mirror --- */

static char *
dup_draft (Test *test)
{
  g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (test->fixture->mirror, NULL);
  g_autoptr (CfoilDraftRow) row = cfoil_draft_row_read (database, test->case_id, 1, NULL);

  return row != NULL ? g_strdup (row->text) : NULL;
}

static gboolean
draft_becomes (Test       *test,
               const char *part,
               gboolean    is_there)
{
  gint64 deadline = g_get_monotonic_time () + SOON_MS * 1000;

  for (;;)
    {
      g_autofree char *text = dup_draft (test);

      if ((text != NULL && strstr (text, part) != NULL) == is_there)
        return TRUE;
      if (g_get_monotonic_time () > deadline)
        return FALSE;
      ui_driver_spin (50);
    }
}

static gint64
find_delivered (Test *test)
{
  g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (test->fixture->mirror, NULL);
  g_autoptr (GPtrArray) submissions = cfoil_submission_list (database, test->case_id, NULL);

  for (guint i = 0; submissions != NULL && i < submissions->len; i++)
    {
      const CfoilSubmission *submission = submissions->pdata[i];

      if (submission->state == CFOIL_SUBMISSION_DELIVERED)
        return submission->submission_id;
    }
  return 0;
}

/* --- the day --- */

static void
test_decide (Test *test)
{
  check (ui_driver_wait_for_focus (test->driver, ATSPI_ROLE_HEADING, "Decide", SOON_MS), "the first step's heading has the focus");
  check (shows (test, "would pay the buyer twice"), "why no refund can be made now is said");
  check (ui_driver_move_to (test->driver, "Tab", ATSPI_ROLE_CHECK_BOX, "Contest"), "Tab leads to the choice");
  ui_driver_keys ("space");
  check (draft_becomes (test, "contest", TRUE), "what was chosen is in the mirror");
}

static void
test_facts (Test *test)
{
  check (go_to (test, "alt+2", "Facts"), "Alt+2 leads to the facts, and the focus to their heading");
  check (ui_driver_move_to (test->driver, "Tab", ATSPI_ROLE_TEXT, "Why you should win"), "Tab leads to the sentence");
  ui_driver_type ("The parcel came");
  check (draft_becomes (test, "The parcel came", TRUE), "a sentence is in the mirror soon after it is typed");
  check (ui_driver_move_to (test->driver, "Tab", ATSPI_ROLE_TEXT, "Tracking Number"), "Tab leads to a fact");
  ui_driver_type (TRACKING);
  check (draft_becomes (test, TRACKING, TRUE), "so is a fact");
  ui_driver_keys ("ctrl+z");
  check (field_becomes (test, "Tracking Number", "") && draft_becomes (test, TRACKING, FALSE), "Ctrl+Z within the field takes the fact back");
  ui_driver_keys ("ctrl+shift+z");
  check (field_becomes (test, "Tracking Number", TRACKING) && draft_becomes (test, TRACKING, TRUE), "Ctrl+Shift+Z brings it again");
}

static void
test_mistake (Test *test)
{
  check (ui_driver_move_to (test->driver, "Tab", ATSPI_ROLE_TEXT, "Shipped On"), "Tab leads to a date");
  ui_driver_type ("2026-06-31");
  check (shows (test, "This is no day of the calendar") && draft_becomes (test, "2026-06-31", FALSE),
         "a day that does not exist is not taken, and this is said");
}

static void
test_keeps (Test *test)
{
  ui_driver_keys ("ctrl+a");
  ui_driver_type ("2026-06-12");
  check (end (test), "Ctrl+W ends the window at once after the last key");
  check (draft_becomes (test, "2026-06-12", TRUE), "and the last key is in the mirror");
  if (!check (start (test), "the answer opens again"))
    return;
  check (ui_driver_wait_for_focus (test->driver, ATSPI_ROLE_HEADING, "Decide", SOON_MS), "with its first step");
}

static void
press_send (Test *test)
{
  check (ui_driver_move_to (test->driver, "Tab", ATSPI_ROLE_CHECK_BOX, "I have read the packet, and what it says is true"),
         "Tab leads to the confirmation");
  ui_driver_keys ("space");
  check (ui_driver_move_to (test->driver, "Tab", ATSPI_ROLE_PUSH_BUTTON, "_Send…"), "and then to the button");
  ui_driver_keys ("Return");
  check (shows (test, "Send This Answer?"), "it asks once more");
  ui_driver_keys ("Return");
}

/* Nothing can be signed: it waits, and can be taken back. */
static void
test_waits (Test *test)
{
  const char *key = json_object_get_string_member (test->fixture->sim->ready, "privateKeyFile");
  g_autofree char *away = g_strconcat (key, ".away", NULL);

  check (go_to (test, "alt+5", "Check"), "Alt+5 leads to the check");
  check (shows (test, "Nothing stands in the way"), "nothing stands in the way");
  check (go_to (test, "ctrl+Page_Down", "Send"), "Ctrl+Page Down leads to the next step");
  check (shows (test, "SHA-256"), "what will be sent is shown with its hash");
  g_rename (key, away);
  press_send (test);
  check (shows (test, "Not Yet Delivered") && shows (test, "The private key cannot be used"), "it waits, and why is said");
  answer_assert_nothing_received (test->fixture, test->dispute_id);
  check (ui_driver_wait_for_focus (test->driver, ATSPI_ROLE_HEADING, "Send", SOON_MS), "the focus is on the heading again");
  check (ui_driver_move_to (test->driver, "Tab", ATSPI_ROLE_PUSH_BUTTON, "_Take Back"), "Tab leads to taking it back");
  ui_driver_keys ("Return");
  check (shows (test, "I have read the packet"), "taken back, it can be sent again");
  g_rename (away, key);
}

static void
test_send (Test *test)
{
  gint64 ids[2] = { 0, 0 };

  press_send (test);
  check (shows (test, "The provider confirmed it"), "it is delivered");
  ids[0] = find_delivered (test);
  if (check (ids[0] != 0, "the mirror has a record of it"))
    answer_assert_received (test->fixture, test->dispute_id, ids);
  check (shows (test, "can be read but no longer changed"), "the draft is sealed");
}

int
main (int    argc,
      char **argv)
{
  Test test = { 0 };

  if (argc < 2)
    return 2;
  test.program = argv[1];
  test.fixture = answer_fixture_new (NULL);
  test.case_id = answer_file_chargeback (test.fixture, &test.dispute_id);
  if (check (start (&test), "the answer opens"))
    {
      test_decide (&test);
      test_facts (&test);
      test_mistake (&test);
      test_keeps (&test);
      test_waits (&test);
      test_send (&test);
      ui_driver_take_picture ("answer-sent");
      check (end (&test), "it ends");
    }
  g_print ("1..%u\n", n_checks);
  g_free (test.dispute_id);
  answer_fixture_free (test.fixture);
  return n_failures > 0;
}
