/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-account.h"
#include "cfoil-saved-view.h"
#include "ui-driver.h"

#include <string.h>

/* The saved views of the sidebar, by keys, from outside, and held against what the
 * mirror has of them. */

#define SOON_MS 10000
#define HOSTILE "Fees <b>&amp;</b>"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiComponent, g_object_unref)

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

static CfoilMirror *
make_mirror (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "counterfoil", NULL);
  g_autoptr (CfoilMirror) mirror = cfoil_mirror_open (folder, NULL);
  g_autoptr (CfoilAccount) account = cfoil_account_new ();

  account->name = g_strdup ("Shop");
  account->provider = g_strdup ("amazon-pay");
  account->region = g_strdup ("eu");
  account->environment = g_strdup ("live");
  account->key_storage = g_strdup ("file");
  account->key_file = g_strdup ("/nowhere");
  account->history_days = 1;
  if (mirror == NULL || !cfoil_account_add (mirror, account, NULL))
    return NULL;
  return g_steal_pointer (&mirror);
}

static gint64
add_view (CfoilMirror *mirror,
          const char  *name,
          const char  *query)
{
  g_autoptr (CfoilSavedView) view = cfoil_saved_view_new ();

  view->name = g_strdup (name);
  view->query = g_strdup (query);
  return cfoil_saved_view_put (mirror, view, NULL) ? view->view_id : 0;
}

/* "name=query (id)" of the user's own, in order. */
static char *
dup_own (CfoilMirror *mirror)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, NULL);
  g_autoptr (GPtrArray) views = cfoil_saved_view_list (reader, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < views->len; i++)
    {
      const CfoilSavedView *view = views->pdata[i];

      if (view->key == NULL)
        g_string_append_printf (text, "%s%s=%s (%" G_GINT64_FORMAT ")", text->len > 0 ? ", " : "",
                                view->name, view->query, view->view_id);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
mirror_has (CfoilMirror *mirror,
            const char  *expected)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;
  g_autofree char *own = dup_own (mirror);

  while (!g_str_equal (own, expected) && g_get_monotonic_time () < end)
    {
      ui_driver_spin (50);
      g_free (own);
      own = dup_own (mirror);
    }
  if (!g_str_equal (own, expected))
    g_print ("# in the mirror: %s, expected: %s\n", own, expected);
  return g_str_equal (own, expected);
}

/* --- the sidebar --- */

static AtspiAccessible *
find_row (UiDriver   *driver,
          const char *title,
          guint       ms)
{
  return ui_driver_find (driver->frame, ATSPI_ROLE_LIST_ITEM, title, ms);
}

static gboolean
has_row (UiDriver   *driver,
         const char *title,
         guint       ms)
{
  g_autoptr (AtspiAccessible) row = find_row (driver, title, ms);

  return row != NULL;
}

/* Whether it is gone, soon. */
static gboolean
has_lost_row (UiDriver   *driver,
              const char *title)
{
  for (guint i = 0; i < SOON_MS / 100 && has_row (driver, title, 0); i++)
    ui_driver_spin (100);
  return !has_row (driver, title, 0);
}

static gboolean
has_state (UiDriver      *driver,
           const char    *title,
           AtspiStateType state)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;
  gboolean has = FALSE;

  do
    {
      g_autoptr (AtspiAccessible) row = find_row (driver, title, SOON_MS);
      g_autoptr (AtspiStateSet) states = row != NULL ? atspi_accessible_get_state_set (row) : NULL;

      has = states != NULL && atspi_state_set_contains (states, state);
      if (!has)
        ui_driver_spin (100);
    }
  while (!has && g_get_monotonic_time () < end);
  return has;
}

/* A click gives it the focus, too. */
static void
click_row (UiDriver   *driver,
           const char *title)
{
  g_autoptr (AtspiAccessible) row = find_row (driver, title, SOON_MS);
  g_autoptr (AtspiComponent) component = row != NULL ? atspi_accessible_get_component_iface (row) : NULL;
  AtspiRect *place = component != NULL ? atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL) : NULL;

  if (place == NULL)
    return;
  ui_driver_click_at (place->x + place->width / 2 + 5, place->y + place->height / 2 + 5);
  g_free (place);
}

static gboolean
has_text (UiDriver   *driver,
          const char *part)
{
  g_autoptr (AtspiAccessible) label = ui_driver_find_text (driver->application, part, SOON_MS);

  return label != NULL;
}

static char *
dup_entry (UiDriver *driver)
{
  g_autoptr (AtspiAccessible) entry = ui_driver_find (driver->application, ATSPI_ROLE_TEXT, "Name", SOON_MS);

  return ui_driver_dup_text (entry);
}

/* --- checks --- */

static void
check_rows (UiDriver *driver)
{
  static const char *const titles[] = {
    "All Transactions", "Awaiting Capture", "Authorizations Expiring", "Refunds Pending",
    "Disputed", "Unsettled", "Declined", "With Exceptions", HOSTILE,
  };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    n += has_row (driver, titles[i], SOON_MS);
  check (n == G_N_ELEMENTS (titles), "all views are in the sidebar, markup as it is");
  check (has_state (driver, "All Transactions", ATSPI_STATE_SELECTED), "the first one is the current one");
  click_row (driver, "Unsettled");
  check (has_state (driver, "Unsettled", ATSPI_STATE_SELECTED), "another one is chosen");
}

static void
check_save (UiDriver    *driver,
            CfoilMirror *mirror,
            gint64       first_id)
{
  g_autoptr (AtspiAccessible) save = NULL;
  g_autoptr (AtspiStateSet) states = NULL;
  g_autofree char *suggestion = NULL;
  g_autofree char *expected = g_strdup_printf (HOSTILE "=type:fee (%" G_GINT64_FORMAT "), "
                                               "Weekly=is:unsettled (%" G_GINT64_FORMAT ")", first_id, first_id + 1);

  ui_driver_keys ("ctrl+s");
  suggestion = dup_entry (driver);
  check (g_str_equal (suggestion, "is:unsettled"), "a name is suggested");
  ui_driver_set_text (driver, "Name", " disputed ", SOON_MS);
  check (has_text (driver, "There is already a view of this name"), "a name that is taken is not");
  save = ui_driver_find (driver->application, ATSPI_ROLE_PUSH_BUTTON, "Save", SOON_MS);
  atspi_accessible_clear_cache (save);
  states = atspi_accessible_get_state_set (save);
  check (!atspi_state_set_contains (states, ATSPI_STATE_SENSITIVE), "and cannot be saved");
  ui_driver_set_text (driver, "Name", "Weekly", SOON_MS);
  ui_driver_keys ("Return");
  check (has_row (driver, "Weekly", SOON_MS), "the new view is in the sidebar");
  check (has_state (driver, "Weekly", ATSPI_STATE_SELECTED), "and is the current one");
  check (mirror_has (mirror, expected), "and in the mirror");
}

static void
check_keys (UiDriver    *driver,
            CfoilMirror *mirror,
            gint64       first_id)
{
  g_autofree char *renamed = g_strdup_printf (HOSTILE "=type:fee (%" G_GINT64_FORMAT "), "
                                              "Daily=is:unsettled (%" G_GINT64_FORMAT ")", first_id, first_id + 1);
  g_autofree char *moved = g_strdup_printf ("Daily=is:unsettled (%" G_GINT64_FORMAT "), "
                                            HOSTILE "=type:fee (%" G_GINT64_FORMAT ")", first_id + 1, first_id);
  g_autofree char *left = g_strdup_printf (HOSTILE "=type:fee (%" G_GINT64_FORMAT ")", first_id);
  g_autofree char *old_name = NULL;
  g_autoptr (AtspiAccessible) item = NULL;

  click_row (driver, "Weekly");
  ui_driver_spin (200);
  ui_driver_keys ("F2");
  old_name = dup_entry (driver);
  check (g_str_equal (old_name, "Weekly"), "F2 asks for another name");
  ui_driver_set_text (driver, "Name", "Daily", SOON_MS);
  ui_driver_keys ("Return");
  check (mirror_has (mirror, renamed), "it has the other name");
  check (has_row (driver, "Daily", SOON_MS) && has_lost_row (driver, "Weekly"), "in the sidebar, too");

  click_row (driver, "Daily");
  ui_driver_spin (200);
  ui_driver_keys ("alt+Up");
  check (mirror_has (mirror, moved), "Alt and Up move it up");
  check (has_state (driver, "Daily", ATSPI_STATE_FOCUSED), "it keeps the focus");
  ui_driver_keys ("alt+Up alt+Down");
  check (mirror_has (mirror, renamed), "not above the first, and down again");
  ui_driver_keys ("alt+Up");
  mirror_has (mirror, moved);

  ui_driver_keys ("Menu");
  item = ui_driver_find (driver->application, ATSPI_ROLE_MENU_ITEM, "Delete", SOON_MS);
  check (item != NULL, "the menu key opens its menu");
  ui_driver_take_picture ("views-menu");
  ui_driver_keys ("Escape");
  ui_driver_spin (300);

  ui_driver_keys ("Delete");
  check (has_text (driver, "View “Daily” deleted"), "Delete deletes it and says so");
  check (mirror_has (mirror, left) && has_lost_row (driver, "Daily"), "it is gone");
  ui_driver_take_picture ("views-undo");
  check (ui_driver_press (driver, "Undo", SOON_MS), "that can be undone");
  check (mirror_has (mirror, moved), "to the same place and id");
  check (has_state (driver, "Daily", ATSPI_STATE_SELECTED), "and is the current one again");
}

/* What has a fixed meaning cannot be lost. */
static void
check_shipped (UiDriver    *driver,
               CfoilMirror *mirror)
{
  g_autofree char *before = dup_own (mirror);

  click_row (driver, "Declined");
  ui_driver_spin (200);
  ui_driver_keys ("Delete");
  ui_driver_keys ("alt+Down");
  ui_driver_activate (driver, "delete-view", g_variant_new_string ("Declined"));
  ui_driver_activate (driver, "rename-view", g_variant_new_string ("Declined"));
  ui_driver_spin (500);
  check (has_row (driver, "Declined", SOON_MS) && mirror_has (mirror, before), "shipped views stay");
  check (!ui_driver_is_enabled (driver, "update-view"), "and are not updated");
}

static void
check_markup (UiDriver    *driver,
              CfoilMirror *mirror)
{
  g_autofree char *before = dup_own (mirror);

  ui_driver_activate (driver, "delete-view", g_variant_new_string (HOSTILE));
  check (has_text (driver, "View “" HOSTILE "” deleted"), "a name is never markup");
  check (ui_driver_press (driver, "Undo", SOON_MS) && mirror_has (mirror, before), "nor when it is brought back");
}

static void
check_others (UiDriver    *driver,
              CfoilMirror *mirror,
              gint64       first_id)
{
  add_view (mirror, "From elsewhere", "type:refund");
  check (has_row (driver, "From elsewhere", SOON_MS), "what another program saves is seen");
  ui_driver_activate (driver, "show-view", g_variant_new_string ("FROM ELSEWHERE"));
  check (has_state (driver, "From elsewhere", ATSPI_STATE_SELECTED), "and can be shown by name");
  cfoil_saved_view_remove (mirror, first_id, NULL, NULL);
  check (has_lost_row (driver, HOSTILE), "what another program removes is gone");
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (CfoilMirror) mirror = make_mirror ();
  gint64 first_id = mirror != NULL ? add_view (mirror, HOSTILE, "type:fee") : 0;
  UiDriver *driver = NULL;

  if (check (first_id > 0, "there is a mirror with a view"))
    driver = ui_driver_start (argv[1], "fatal-warnings");
  if (check (driver != NULL, "the window comes up"))
    {
      ui_driver_activate (driver, "show-page", g_variant_new_string ("transactions"));
      check_rows (driver);
      check_save (driver, mirror, first_id);
      check_keys (driver, mirror, first_id);
      check_shipped (driver, mirror);
      check_markup (driver, mirror);
      check_others (driver, mirror, first_id);
      ui_driver_keys ("ctrl+q");
      check (ui_driver_wait_for_end (driver, SOON_MS), "it ends well");
    }
  ui_driver_free (driver);
  g_print ("1..%u\n", n_checks);
  return n_failures > 0;
}
