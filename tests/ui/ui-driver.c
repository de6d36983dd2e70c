/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-driver.h"

#include <string.h>

#define START_MS 20000
#define MAX_DEPTH 60
#define MAX_ROWS 30
#define STEP_MS 2000
#define N_NEAR 3
#define MAX_STEPS 60
#define OBJECT_PATH "/io/github/counterfoil/Counterfoil"

void
ui_driver_spin (guint ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000;

  do
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (2000);
    }
  while (g_get_monotonic_time () < end);
}

/* GTK 4.8 says "_Save Save" of a button with a mnemonic, and both of one with a
 * label and a name. */
static gboolean
name_matches (const char *have,
              const char *want)
{
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  if (want == NULL || g_strcmp0 (have, want) == 0)
    return TRUE;
  start = g_strconcat (want, " ", NULL);
  if (have != NULL && g_str_has_prefix (have, start))
    return TRUE;
  end = g_strconcat (" ", want, NULL);
  return have != NULL && g_str_has_suffix (have, end) && strchr (have, '_') != NULL;
}

typedef gboolean (*Matcher) (AtspiAccessible *accessible,
                             AtspiRole        role,
                             const char      *text);

static gboolean
matches_name (AtspiAccessible *accessible,
              AtspiRole        role,
              const char      *text)
{
  g_autofree char *name = NULL;

  if (atspi_accessible_get_role (accessible, NULL) != role)
    return FALSE;
  name = atspi_accessible_get_name (accessible, NULL);
  return name_matches (name, text);
}

static gboolean
matches_text (AtspiAccessible *accessible,
              AtspiRole        role,
              const char      *text)
{
  g_autofree char *have = NULL;

  if (atspi_accessible_get_role (accessible, NULL) != ATSPI_ROLE_LABEL)
    return FALSE;
  have = ui_driver_dup_text (accessible);
  return strstr (have, text) != NULL;
}

static gboolean
matches_focus (AtspiAccessible *accessible,
               AtspiRole        role,
               const char      *text)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (accessible);

  return states != NULL && atspi_state_set_contains (states, ATSPI_STATE_FOCUSED);
}

/* Not below tables, and only the first rows of a list: each look is a call, and they
 * hold hundreds of rows, also on the pages that are not in front.  The focus may be on any. */
static AtspiAccessible *
search (AtspiAccessible *top,
        Matcher          matcher,
        AtspiRole        role,
        const char      *text,
        guint            depth)
{
  AtspiRole top_role;
  int n;

  if (top == NULL || depth == 0)
    return NULL;
  if (matcher (top, role, text))
    return g_object_ref (top);
  top_role = atspi_accessible_get_role (top, NULL);
  if (top_role == ATSPI_ROLE_TREE_TABLE)
    return NULL;
  n = atspi_accessible_get_child_count (top, NULL);
  if (top_role == ATSPI_ROLE_LIST && matcher != matches_focus)
    n = MIN (n, MAX_ROWS);
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (top, i, NULL);
      AtspiAccessible *found = search (child, matcher, role, text, depth - 1);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static AtspiAccessible *
wait_for (AtspiAccessible *top,
          Matcher          matcher,
          AtspiRole        role,
          const char      *text,
          guint            ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000;

  for (;;)
    {
      AtspiAccessible *found;

      atspi_accessible_clear_cache (top);
      found = search (top, matcher, role, text, MAX_DEPTH);
      if (found != NULL || g_get_monotonic_time () > end)
        return found;
      ui_driver_spin (50);
    }
}

AtspiAccessible *
ui_driver_find (AtspiAccessible *top,
                AtspiRole        role,
                const char      *name,
                guint            ms)
{
  return wait_for (top, matches_name, role, name, ms);
}

AtspiAccessible *
ui_driver_find_lasting (UiDriver   *driver,
                        AtspiRole   role,
                        const char *name,
                        guint       ms)
{
  AtspiAccessible *kept = g_object_get_data (G_OBJECT (driver->frame), name);

  if (kept == NULL)
    {
      kept = ui_driver_find (driver->frame, role, name, ms);
      if (kept != NULL)
        g_object_set_data_full (G_OBJECT (driver->frame), name, kept, g_object_unref);
    }
  if (kept != NULL)
    atspi_accessible_clear_cache (kept);
  return kept != NULL ? g_object_ref (kept) : NULL;
}

AtspiAccessible *
ui_driver_find_text (AtspiAccessible *top,
                     const char      *part,
                     guint            ms)
{
  return wait_for (top, matches_text, ATSPI_ROLE_LABEL, part, ms);
}

char *
ui_driver_dup_text (AtspiAccessible *accessible)
{
  g_autoptr (AtspiText) text = accessible != NULL ? atspi_accessible_get_text_iface (accessible) : NULL;
  char *result = NULL;

  if (text != NULL)
    result = atspi_text_get_text (text, 0, atspi_text_get_character_count (text, NULL), NULL);
  return result != NULL ? result : g_strdup ("");
}

gboolean
ui_driver_click (AtspiAccessible *accessible)
{
  g_autoptr (AtspiAction) action = accessible != NULL ? atspi_accessible_get_action_iface (accessible) : NULL;
  int n = action != NULL ? atspi_action_get_n_actions (action, NULL) : 0;

  for (int i = 0; i < n; i++)
    {
      g_autofree char *name = atspi_action_get_action_name (action, i, NULL);

      if (g_strcmp0 (name, "click") == 0)
        return atspi_action_do_action (action, i, NULL);
    }
  return FALSE;
}

gboolean
ui_driver_has_state (AtspiAccessible *accessible,
                     AtspiStateType   state)
{
  g_autoptr (AtspiStateSet) states = NULL;

  if (accessible == NULL)
    return FALSE;
  atspi_accessible_clear_cache (accessible);
  states = atspi_accessible_get_state_set (accessible);
  return states != NULL && atspi_state_set_contains (states, state);
}

/* --- by keys --- */

/* Each window has a focus: the last one is on top. */
AtspiAccessible *
ui_driver_find_focus (UiDriver *driver)
{
  int n;

  atspi_accessible_clear_cache (driver->application);
  n = atspi_accessible_get_child_count (driver->application, NULL);
  for (int i = n - 1; i >= 0; i--)
    {
      g_autoptr (AtspiAccessible) window = atspi_accessible_get_child_at_index (driver->application, i, NULL);
      AtspiAccessible *found = search (window, matches_focus, ATSPI_ROLE_INVALID, NULL, MAX_DEPTH);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_that (AtspiAccessible *accessible,
         AtspiRole        role,
         const char      *name)
{
  return accessible != NULL && matches_name (accessible, role, name);
}

static gboolean
is_same (AtspiAccessible *a,
         AtspiAccessible *b)
{
  return a == b || (a != NULL && b != NULL && g_strcmp0 (a->parent.path, b->parent.path) == 0);
}

gboolean
ui_driver_wait_for_focus (UiDriver   *driver,
                          AtspiRole   role,
                          const char *name,
                          guint       ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000;

  for (;;)
    {
      g_autoptr (AtspiAccessible) focus = ui_driver_find_focus (driver);

      if (is_that (focus, role, name))
        return TRUE;
      if (g_get_monotonic_time () > end)
        return FALSE;
      ui_driver_spin (30);
    }
}

/* Mostly it has not gone far: each look costs a call, and a window has hundreds of widgets. */
static AtspiAccessible *
find_focus_near (UiDriver        *driver,
                 AtspiAccessible *before)
{
  g_autoptr (AtspiAccessible) top = before != NULL ? g_object_ref (before) : NULL;

  for (guint i = 0; i < N_NEAR && top != NULL; i++)
    {
      g_autoptr (AtspiAccessible) parent = atspi_accessible_get_parent (top, NULL);
      AtspiAccessible *found;

      if (parent == NULL)
        break;
      atspi_accessible_clear_cache (parent);
      found = search (parent, matches_focus, ATSPI_ROLE_INVALID, NULL, MAX_DEPTH);
      if (found != NULL)
        return found;
      g_set_object (&top, parent);
    }
  return ui_driver_find_focus (driver);
}

/* Not told from here: a focus that moves within a table. */
static AtspiAccessible *
press_and_wait (UiDriver        *driver,
                const char      *key,
                AtspiAccessible *before)
{
  gint64 end = g_get_monotonic_time () + STEP_MS * 1000;
  AtspiAccessible *focus = NULL;

  ui_driver_keys (key);
  while (ui_driver_has_state (before, ATSPI_STATE_FOCUSED) && g_get_monotonic_time () < end)
    ui_driver_spin (5);
  do
    {
      g_clear_object (&focus);
      focus = find_focus_near (driver, before);
    }
  while ((focus == NULL || is_same (focus, before)) && g_get_monotonic_time () < end);
  return focus;
}

gboolean
ui_driver_move_to (UiDriver   *driver,
                   const char *key,
                   AtspiRole   role,
                   const char *name)
{
  g_autoptr (AtspiAccessible) focus = ui_driver_find_focus (driver);

  for (guint i = 0; i < MAX_STEPS && !is_that (focus, role, name); i++)
    {
      AtspiAccessible *next = press_and_wait (driver, key, focus);

      g_clear_object (&focus);
      focus = next;
    }
  if (is_that (focus, role, name))
    return TRUE;
  g_print ("# \"%s\" is not reached by %s\n", name, key);
  return FALSE;
}

/* Pages of a menu that are not shown are in the tree, too, but without the focus. */
static gboolean
choose_item (UiDriver   *driver,
             const char *name,
             guint       ms)
{
  return ui_driver_wait_for_focus (driver, ATSPI_ROLE_MENU_ITEM, NULL, ms) &&
         ui_driver_move_to (driver, "Down", ATSPI_ROLE_MENU_ITEM, name);
}

gboolean
ui_driver_choose (UiDriver   *driver,
                  const char *path,
                  guint       ms)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!choose_item (driver, names[i], ms))
        return FALSE;
      ui_driver_keys ("Return");
    }
  return TRUE;
}

gboolean
ui_driver_press (UiDriver   *driver,
                 const char *name,
                 guint       ms)
{
  g_autoptr (AtspiAccessible) button = ui_driver_find (driver->application, ATSPI_ROLE_PUSH_BUTTON, name, ms);

  return ui_driver_click (button);
}

gboolean
ui_driver_set_text (UiDriver   *driver,
                    const char *name,
                    const char *text,
                    guint       ms)
{
  g_autoptr (AtspiAccessible) entry = ui_driver_find (driver->application, ATSPI_ROLE_TEXT, name, ms);
  g_autoptr (AtspiEditableText) editable = entry != NULL ? atspi_accessible_get_editable_text_iface (entry) : NULL;

  return editable != NULL && atspi_editable_text_set_text_contents (editable, text, NULL);
}

AtspiAccessible *
ui_driver_find_rows (UiDriver   *driver,
                     const char *table,
                     guint       ms)
{
  g_autoptr (AtspiAccessible) found = ui_driver_find (driver->frame, ATSPI_ROLE_TREE_TABLE, table, ms);

  return found != NULL ? atspi_accessible_get_child_at_index (found, 1, NULL) : NULL;
}

void
ui_driver_keys (const char *keys)
{
  g_auto (GStrv) words = g_strsplit (keys, " ", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GSubprocess) process = NULL;

  g_strv_builder_add_many (builder, "xdotool", "key", "--clearmodifiers", NULL);
  for (guint i = 0; words[i] != NULL; i++)
    g_strv_builder_add (builder, words[i]);
  argv = g_strv_builder_end (builder);
  process = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_NONE, NULL);
  if (process != NULL)
    g_subprocess_wait (process, NULL, NULL);
}

static void
run (const char *const *argv)
{
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_NONE, NULL);

  if (process != NULL)
    g_subprocess_wait (process, NULL, NULL);
}

void
ui_driver_click_at (int x,
                    int y)
{
  g_autofree char *x_text = g_strdup_printf ("%d", x);
  g_autofree char *y_text = g_strdup_printf ("%d", y);

  run ((const char *[]) { "xdotool", "mousemove", x_text, y_text, "click", "1", NULL });
}

void
ui_driver_type (const char *text)
{
  run ((const char *[]) { "xdotool", "type", "--clearmodifiers", "--delay", "12", "--", text, NULL });
}

void
ui_driver_take_picture (const char *name)
{
  const char *folder = g_getenv ("COUNTERFOIL_TEST_PICTURES");
  g_autofree char *path = folder != NULL ? g_strdup_printf ("%s/%s.png", folder, name) : NULL;

  if (path == NULL)
    return;
  ui_driver_spin (400);
  run ((const char *[]) { "import", "-window", "root", path, NULL });
}

gboolean
ui_driver_activate (UiDriver   *driver,
                    const char *action,
                    GVariant   *parameter)
{
  const char *path = OBJECT_PATH "/window/1";
  GVariantBuilder parameters, platform;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  g_variant_builder_init (&parameters, G_VARIANT_TYPE ("av"));
  g_variant_builder_init (&platform, G_VARIANT_TYPE ("a{sv}"));
  if (parameter != NULL)
    g_variant_builder_add (&parameters, "v", parameter);
  if (g_str_has_prefix (action, "app."))
    {
      path = OBJECT_PATH;
      action += strlen ("app.");
    }
  reply = g_dbus_connection_call_sync (driver->bus, CFOIL_APPLICATION_ID, path, "org.gtk.Actions", "Activate",
                                       g_variant_new ("(sava{sv})", action, &parameters, &platform),
                                       NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, 10000, NULL, &error);
  if (reply == NULL)
    g_printerr ("%s: %s\n", action, error->message);
  return reply != NULL;
}

gboolean
ui_driver_is_enabled (UiDriver   *driver,
                      const char *action)
{
  g_autoptr (GVariant) reply = NULL;
  gboolean enabled = FALSE;

  reply = g_dbus_connection_call_sync (driver->bus, CFOIL_APPLICATION_ID, OBJECT_PATH "/window/1", "org.gtk.Actions", "Describe",
                                       g_variant_new ("(s)", action), NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, 10000, NULL, NULL);
  if (reply != NULL)
    g_variant_get (reply, "((bgav))", &enabled, NULL, NULL);
  return enabled;
}

static AtspiAccessible *
find_application (const char *name)
{
  g_autoptr (AtspiAccessible) desktop = atspi_get_desktop (0);
  int n;

  atspi_accessible_clear_cache (desktop);
  n = atspi_accessible_get_child_count (desktop, NULL);
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) application = atspi_accessible_get_child_at_index (desktop, i, NULL);
      g_autofree char *have = application != NULL ? atspi_accessible_get_name (application, NULL) : NULL;

      if (g_strcmp0 (have, name) == 0 && atspi_accessible_get_child_count (application, NULL) > 0)
        return g_steal_pointer (&application);
    }
  return NULL;
}

UiDriver *
ui_driver_start (const char *program,
                 const char *debug)
{
  return ui_driver_start_argv ((const char *[]) { program, NULL }, debug);
}

UiDriver *
ui_driver_start_argv (const char *const *argv,
                      const char        *debug)
{
  UiDriver *driver = g_new0 (UiDriver, 1);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  gint64 end = g_get_monotonic_time () + START_MS * 1000;

  atspi_init ();
  driver->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  /* In the program; the accessibility library warns of things that are none. */
  g_subprocess_launcher_setenv (launcher, "G_DEBUG", debug, TRUE);
  driver->process = g_subprocess_launcher_spawnv (launcher, argv, NULL);
  while (driver->process != NULL && driver->application == NULL && g_get_monotonic_time () < end)
    {
      ui_driver_spin (50);
      driver->application = find_application ("counterfoil");
    }
  if (driver->application != NULL)
    driver->frame = ui_driver_find (driver->application, ATSPI_ROLE_FRAME, "Counterfoil", START_MS);
  if (driver->frame != NULL)
    return driver;
  ui_driver_free (driver);
  return NULL;
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(gboolean *) user_data = TRUE;
}

gboolean
ui_driver_wait_for_end (UiDriver *driver,
                        guint     ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean has_ended = FALSE, is_answered = FALSE;

  g_subprocess_wait_async (driver->process, cancellable, ended_cb, &is_answered);
  while (!is_answered && g_get_monotonic_time () < end)
    ui_driver_spin (10);
  has_ended = is_answered;
  g_cancellable_cancel (cancellable);
  while (!is_answered)
    ui_driver_spin (10);
  return has_ended && g_subprocess_get_successful (driver->process);
}

void
ui_driver_free (UiDriver *driver)
{
  if (driver == NULL)
    return;
  if (driver->process != NULL && g_subprocess_get_identifier (driver->process) != NULL)
    g_subprocess_force_exit (driver->process);
  g_clear_object (&driver->process);
  g_clear_object (&driver->application);
  g_clear_object (&driver->frame);
  g_clear_object (&driver->bus);
  g_free (driver);
}
