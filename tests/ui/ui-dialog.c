/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-dialog.h"

#include "ui-look.h"

#include <glib/gstdio.h>

#define SOON_MS 8000
#define STEP_MS 5000
#define SHORT_MS 500
#define MAX_TRIES 16

UiCli ui_dialog_cli;
UiDriver *ui_dialog_driver;
static const char *test_name;
static guint n_checks, n_failures;

gboolean
ui_check (gboolean    ok,
                 const char *name)
{
  n_checks++;
  n_failures += !ok;
  g_print ("%s %u - %s\n", ok ? "ok" : "not ok", n_checks, name);
  return ok;
}

/* --- what it shows --- */

static void
tell_missing (const char *text)
{
  g_autofree char *picture = g_strconcat (test_name, "-missing", NULL);

  g_print ("# no “%s”\n", text);
  ui_driver_take_picture (picture);
}

char *
ui_dialog_dup_text (const char *part)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;

  do
    {
      g_autoptr (GPtrArray) seen = ui_look (ui_dialog_driver);
      const UiSeen *label = ui_look_find_text (seen, part);

      if (label != NULL)
        return g_strdup (label->name);
      ui_driver_spin (50);
    }
  while (g_get_monotonic_time () < end);
  tell_missing (part);
  return NULL;
}

gboolean
ui_shows (const char *text)
{
  g_autofree char *found = ui_dialog_dup_text (text);

  return found != NULL;
}

gboolean
ui_press (const char *name)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;

  do
    {
      g_autoptr (GPtrArray) seen = ui_look (ui_dialog_driver);
      const UiSeen *button = ui_look_find (seen, ATSPI_ROLE_PUSH_BUTTON, name);

      if (button != NULL)
        return ui_look_click (ui_dialog_driver, button);
      ui_driver_spin (50);
    }
  while (g_get_monotonic_time () < end);
  tell_missing (name);
  return FALSE;
}

/* --- by keys --- */

gboolean
ui_choose_in_row (const char *row,
                         const char *keys)
{
  if (!ui_driver_move_to (ui_dialog_driver, "Tab", ATSPI_ROLE_COMBO_BOX, row))
    return FALSE;
  ui_driver_keys ("space");
  if (!ui_driver_wait_for_focus (ui_dialog_driver, ATSPI_ROLE_LIST_ITEM, NULL, STEP_MS))
    return FALSE;
  /* A row that comes up below the pointer takes the focus: let it, then go to the first. */
  ui_driver_spin (1200);
  ui_driver_keys ("Home");
  ui_driver_spin (200);
  ui_driver_keys (keys);
  return ui_driver_wait_for_focus (ui_dialog_driver, ATSPI_ROLE_COMBO_BOX, row, STEP_MS);
}

/* --- files --- */

static gboolean
write_path (const char *path,
            const char *key,
            const char *field)
{
  g_autoptr (AtspiAccessible) focus = NULL;
  g_autoptr (AtspiEditableText) text = NULL;
  gboolean opens = FALSE;

  /* Nobody says when a chooser takes keys; more than one of them does no harm. */
  for (guint i = 0; i < MAX_TRIES && !opens; i++)
    {
      if (key != NULL)
        ui_driver_keys (key);
      opens = ui_driver_wait_for_focus (ui_dialog_driver, ATSPI_ROLE_TEXT, field, SHORT_MS);
    }
  /* At once: letter by letter takes longer than all else. */
  focus = opens ? ui_driver_find_focus (ui_dialog_driver) : NULL;
  text = focus != NULL ? atspi_accessible_get_editable_text_iface (focus) : NULL;
  if (text == NULL || !atspi_editable_text_set_text_contents (text, path, NULL))
    return FALSE;
  ui_driver_keys ("Return");
  return TRUE;
}

gboolean
ui_choose_file (const char *path)
{
  return write_path (path, "slash", NULL);
}

gboolean
ui_save_file (const char *path)
{
  gint64 end;

  g_unlink (path);
  if (!write_path (path, NULL, "Name:"))
    return FALSE;
  end = g_get_monotonic_time () + SOON_MS * 1000;
  while (!g_file_test (path, G_FILE_TEST_EXISTS) && g_get_monotonic_time () < end)
    ui_driver_spin (20);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* --- the frame --- */

int
ui_dialog_run (int         argc,
               char      **argv,
               const char *name,
               void      (*make_mirror) (void),
               void      (*const *tests) (void))
{
  const char *program[] = { argc > 1 ? argv[1] : NULL, NULL };
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "counterfoil", NULL);

  if (argc < 3)
    return 2;
  test_name = name;
  ui_dialog_cli = (UiCli) { argv[2], folder };
  atspi_init ();
  make_mirror ();
  ui_dialog_driver = ui_driver_start_argv (program, "");
  if (!ui_check (ui_dialog_driver != NULL, "the program comes up"))
    return 1;
  for (guint i = 0; tests[i] != NULL; i++)
    tests[i] ();
  ui_driver_keys ("ctrl+q");
  ui_check (ui_driver_wait_for_end (ui_dialog_driver, SOON_MS), "the program ends");
  ui_driver_free (ui_dialog_driver);
  g_print ("1..%u\n", n_checks);
  return n_failures > 0 ? 1 : 0;
}
