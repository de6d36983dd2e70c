/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case.h"
#include "cfoil-draft-store.h"
#include "cfoil-draft.h"
#include "evidence-seed.h"
#include "foreign-files.h"
#include "ui-driver.h"

#include <stdlib.h>
#include <string.h>

/* Evidence and letter of an answer in the real window, by keys and through the
 * accessibility bus: what is done is held against the draft in the mirror and against what
 * the pages of the packet say.  test-evidence-step ANSWER-APP; or --seed FOLDER N-EXHIBITS
 * N-PAGES, which only makes a mirror to look at. */

#define SOON_MS 15000
#define START_MS 20000
/* "The preview follows within a second"; the rest is the accessibility bus on a busy machine. */
#define FOLLOWS_MS 6000
#define SENTENCE "Our records show that the order was for: 1 desk lamp, green."

typedef struct
{
  TestFolder *folder;
  CfoilMirror *mirror; /* (owned) */
  char *mirror_folder; /* (owned) */
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
start (Test       *test,
       const char *program)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  gint64 end = g_get_monotonic_time () + START_MS * 1000;

  test->driver = g_new0 (UiDriver, 1);
  atspi_init ();
  test->driver->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_subprocess_launcher_setenv (launcher, "G_DEBUG", "fatal-criticals", TRUE);
  test->driver->process = g_subprocess_launcher_spawn (launcher, NULL, program, test->mirror_folder, EVIDENCE_SEED_DISPUTE,
                                                       "evidence", NULL);
  while (test->driver->process != NULL && test->driver->application == NULL && g_get_monotonic_time () < end)
    {
      ui_driver_spin (50);
      test->driver->application = find_application ();
    }
  if (test->driver->application != NULL)
    test->driver->frame = ui_driver_find (test->driver->application, ATSPI_ROLE_FRAME, NULL, START_MS);
  return test->driver->frame != NULL;
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
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;
  g_autofree char *have = NULL;

  do
    {
      g_free (have);
      have = dup_field (test, name);
      if (g_strcmp0 (have, text) == 0)
        return TRUE;
      ui_driver_spin (50);
    }
  while (g_get_monotonic_time () < end);
  g_print ("# %s: “%s” instead of “%s”\n", name, have, text);
  return FALSE;
}

/* What stands on PAGE, from 1, as somebody hears it who cannot see it. */
static char *
dup_page (Test *test,
          guint page)
{
  g_autoptr (AtspiAccessible) strip = ui_driver_find (test->driver->frame, ATSPI_ROLE_PANEL, "Pages", SOON_MS);
  g_autoptr (AtspiAccessible) found = NULL;

  if (strip != NULL)
    found = atspi_accessible_get_child_at_index (strip, (int) page - 1, NULL);
  if (found != NULL)
    atspi_accessible_clear_cache (found);
  return found != NULL ? atspi_accessible_get_description (found, NULL) : NULL;
}

static gboolean
page_becomes (Test       *test,
              guint       page,
              const char *part,
              gboolean    is_there)
{
  gint64 end = g_get_monotonic_time () + FOLLOWS_MS * 1000;
  g_autofree char *text = NULL;

  do
    {
      g_free (text);
      text = dup_page (test, page);
      if (text != NULL && (strstr (text, part) != NULL) == is_there)
        return TRUE;
      ui_driver_spin (50);
    }
  while (g_get_monotonic_time () < end);
  g_print ("# page %u: “%s”\n", page, text);
  return FALSE;
}

/* --- the mirror --- */

static CfoilDraft *
read_draft (Test *test)
{
  g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (test->mirror, NULL);
  g_autoptr (CfoilDraftRow) row = cfoil_draft_row_read (database, test->case_id, 1, NULL);

  return row != NULL ? cfoil_draft_from_text (row->text, NULL) : NULL;
}

/* Captions in their order, and how many files each has: "Label 2|Invoice 1". */
static gboolean
exhibits_become (Test       *test,
                 const char *expected)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;
  g_autofree char *have = NULL;

  do
    {
      g_autoptr (CfoilDraft) draft = read_draft (test);
      GString *text = g_string_new (NULL);

      for (guint i = 0; draft != NULL && i < draft->exhibits->len; i++)
        {
          const CfoilExhibit *exhibit = draft->exhibits->pdata[i];

          g_string_append_printf (text, "%s%s %u", i > 0 ? "|" : "", exhibit->caption, exhibit->files->len);
        }
      g_free (have);
      have = g_string_free (text, FALSE);
      if (g_str_equal (have, expected))
        return TRUE;
      ui_driver_spin (50);
    }
  while (g_get_monotonic_time () < end);
  g_print ("# exhibits: %s\n", have);
  return FALSE;
}

static gboolean
own_words_become (Test       *test,
                  const char *section,
                  const char *expected)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;
  g_autofree char *have = NULL;

  do
    {
      g_autoptr (CfoilDraft) draft = read_draft (test);

      g_free (have);
      have = g_strdup (draft != NULL ? cfoil_draft_get_own_words (draft, section) : NULL);
      if (g_strcmp0 (have, expected) == 0)
        return TRUE;
      ui_driver_spin (50);
    }
  while (g_get_monotonic_time () < end);
  g_print ("# words: “%s”\n", have);
  return FALSE;
}

/* --- evidence --- */

static void
test_captions (Test *test)
{
  check (ui_driver_wait_for_focus (test->driver, ATSPI_ROLE_HEADING, "Evidence", SOON_MS), "the heading has the focus");
  check (field_becomes (test, "What Exhibit A proves", "Shows matter 1"), "an exhibit shows its caption");
  check (ui_driver_move_to (test->driver, "Tab", ATSPI_ROLE_TEXT, "What Exhibit A proves"), "Tab leads to its caption");
  ui_driver_keys ("ctrl+a");
  ui_driver_type ("Label");
  check (exhibits_become (test, "Label 2|Shows matter 2 1"), "what is typed is in the mirror soon");
  check (page_becomes (test, 1, "Label", TRUE), "and on the letter's page");
}

static void
test_order (Test *test)
{
  ui_driver_keys ("alt+Down");
  check (exhibits_become (test, "Shows matter 2 1|Label 2"), "Alt+Down moves the exhibit down");
  check (field_becomes (test, "What Exhibit B proves", "Label"), "it has the next letter then");
  check (ui_driver_wait_for_focus (test->driver, ATSPI_ROLE_TEXT, "What Exhibit B proves", SOON_MS), "and keeps the focus");
  ui_driver_keys ("alt+Up");
  check (exhibits_become (test, "Label 2|Shows matter 2 1"), "Alt+Up moves it up again");
}

static void
choose (Test       *test,
        const char *path)
{
  check (ui_driver_press (test->driver, "_Add Files…", SOON_MS), "Add Files asks for files");
  ui_driver_spin (1500);
  ui_driver_type (path);
  ui_driver_spin (500);
  ui_driver_keys ("Return");
}

static void
test_refused (Test *test)
{
  g_autofree char *path = test_folder_file (test->folder, "empty.pdf");

  g_file_set_contents (path, "", 0, NULL);
  choose (test, path);
  check (ui_driver_find_text (test->driver->frame, "Not added: “empty.pdf” is empty", SOON_MS) != NULL,
         "of a file that is not taken, it is said why");
}

static void
test_files (Test *test)
{
  g_autofree char *path = foreign_write (test->folder, "added.pdf", foreign_pdf ("Added", 3));

  choose (test, path);
  check (exhibits_become (test, "Label 2|Shows matter 2 1| 1"), "a file that was chosen is an exhibit of its own");
  check (ui_driver_find_text (test->driver->frame, "PDF, 3 pages", SOON_MS) != NULL, "what it is stands below its name");
  check (ui_driver_press (test->driver, "Remove Exhibit C", SOON_MS), "it can be removed");
  check (exhibits_become (test, "Label 2|Shows matter 2 1"), "and is gone");
  ui_driver_spin (800);
  check (ui_driver_press (test->driver, "_Undo", SOON_MS) && exhibits_become (test, "Label 2|Shows matter 2 1| 1"),
         "Undo brings it back");
}

/* --- letter --- */

static void
test_sentences (Test *test)
{
  g_autoptr (AtspiAccessible) sentence = NULL;

  ui_driver_keys ("alt+4");
  sentence = ui_driver_find (test->driver->frame, ATSPI_ROLE_CHECK_BOX, SENTENCE, SOON_MS);
  if (!check (sentence != NULL && page_becomes (test, 1, SENTENCE, TRUE), "a sentence is in the letter and on its page"))
    return;
  check (ui_driver_move_to (test->driver, "Tab", ATSPI_ROLE_CHECK_BOX, SENTENCE), "Tab leads to it");
  ui_driver_keys ("space");
  check (page_becomes (test, 1, SENTENCE, FALSE), "taken out, it leaves the page");
  ui_driver_keys ("space");
  check (page_becomes (test, 1, SENTENCE, TRUE), "put back, it stands there again");
}

static void
test_own_words (Test *test)
{
  check (ui_driver_press (test->driver, "Add your words, Introduction", SOON_MS), "a section takes words of one's own");
  check (ui_driver_wait_for_focus (test->driver, ATSPI_ROLE_TEXT, "Your words, Introduction", SOON_MS), "the focus is in the field");
  ui_driver_type ("We know this buyer.");
  check (own_words_become (test, "opening", "We know this buyer."), "they are in the mirror soon");
  check (page_becomes (test, 1, "We know this buyer.", TRUE), "and on the page");
}

static void
test_template (Test *test)
{
  check (ui_driver_move_to (test->driver, "Tab", ATSPI_ROLE_PUSH_BUTTON, "Template"), "Tab leads to the templates");
  ui_driver_keys ("space");
  ui_driver_spin (1000);
  check (ui_driver_move_to (test->driver, "Tab", ATSPI_ROLE_LIST_ITEM, "Parcel, Template for: Not Received"),
         "one for this reason is offered");
  ui_driver_keys ("Return");
  check (own_words_become (test, "opening", "We know this buyer.The parcel has the number PP123456789. Nobody wrote to us before."),
         "it is inserted with its fact, and without the sentence whose fact is not known");
  check (ui_driver_find_text (test->driver->frame, "Signed For By", SOON_MS) != NULL, "which fact that is, is said");
}

int
main (int    argc,
      char **argv)
{
  Test test = { 0 };
  g_autoptr (CfoilDatabase) database = NULL;
  g_autoptr (CfoilCase) record = NULL;

  if (argc == 5 && g_str_equal (argv[1], "--seed"))
    {
      evidence_seed (argv[2], (guint) atoi (argv[3]), (guint) atoi (argv[4]));
      return 0;
    }
  if (argc < 2)
    return 2;
  test.folder = test_folder_new ();
  test.mirror_folder = test_folder_file (test.folder, "mirror");
  evidence_seed (test.mirror_folder, 2, 1);
  test.mirror = cfoil_mirror_open (test.mirror_folder, NULL);
  database = cfoil_mirror_open_reader (test.mirror, NULL);
  record = cfoil_case_find (database, EVIDENCE_SEED_DISPUTE, NULL);
  test.case_id = record->case_id;
  if (check (start (&test, argv[1]), "the answer opens"))
    {
      test_captions (&test);
      test_order (&test);
      test_files (&test);
      test_refused (&test);
      test_sentences (&test);
      test_own_words (&test);
      test_template (&test);
      ui_driver_take_picture ("evidence-letter");
      ui_driver_keys ("ctrl+w");
      check (ui_driver_wait_for_end (test.driver, SOON_MS), "it ends");
    }
  g_print ("1..%u\n", n_checks);
  ui_driver_free (test.driver);
  g_clear_object (&test.mirror);
  g_free (test.mirror_folder);
  test_folder_free (test.folder);
  return n_failures > 0;
}
