/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <atspi/atspi.h>
#include <gio/gio.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAccessible, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAction, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiEditableText, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiStateSet, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiText, g_object_unref)

/* Drives the program from outside: what is on the screen through the
 * accessibility bus, keys through the X server, actions through D-Bus.  All that
 * waits does so against a deadline. */
typedef struct
{
  GSubprocess *process;
  AtspiAccessible *application;
  AtspiAccessible *frame;
  GDBusConnection *bus;
} UiDriver;

/* NULL: it did not come up.  DEBUG is its G_DEBUG. */
UiDriver *ui_driver_start (const char *program,
                           const char *debug);

/* The same with arguments: ARGV ends in NULL and begins with the program. */
UiDriver *ui_driver_start_argv (const char *const *argv,
                                const char        *debug);

/* Waits for the end of the program; TRUE when it ended well, in MS. */
gboolean ui_driver_wait_for_end (UiDriver *driver,
                                 guint     ms);
void ui_driver_free (UiDriver *driver);

void ui_driver_spin (guint ms);

/* The first widget below TOP of that role and name; NULL: not in MS. */
AtspiAccessible *ui_driver_find (AtspiAccessible *top,
                                 AtspiRole        role,
                                 const char      *name,
                                 guint            ms);

/* The same in the window, for what stays in it: looked for once. */
AtspiAccessible *ui_driver_find_lasting (UiDriver   *driver,
                                         AtspiRole   role,
                                         const char *name,
                                         guint       ms);

/* A label below TOP whose text contains PART. */
AtspiAccessible *ui_driver_find_text (AtspiAccessible *top,
                                      const char      *part,
                                      guint            ms);
char *ui_driver_dup_text (AtspiAccessible *accessible);
gboolean ui_driver_has_state (AtspiAccessible *accessible,
                              AtspiStateType   state);

/* What has the focus in the window that was opened last; tables are not looked into.
 * NULL: nothing. */
AtspiAccessible *ui_driver_find_focus (UiDriver *driver);

/* Waits until something of that role and name (nullable) has it. */
gboolean ui_driver_wait_for_focus (UiDriver   *driver,
                                   AtspiRole   role,
                                   const char *name,
                                   guint       ms);

/* Presses KEY, for instance Tab, until that has it; FALSE: it comes nowhere near. */
gboolean ui_driver_move_to (UiDriver   *driver,
                            const char *key,
                            AtspiRole   role,
                            const char *name);

/* Goes through the menu that is open, by keys: "Sort By/Gross". */
gboolean ui_driver_choose (UiDriver   *driver,
                           const char *path,
                           guint       ms);
gboolean ui_driver_click (AtspiAccessible *accessible);

/* Clicks the button of that name, in whichever window it is. */
gboolean ui_driver_press (UiDriver   *driver,
                          const char *name,
                          guint       ms);
gboolean ui_driver_set_text (UiDriver   *driver,
                             const char *name,
                             const char *text,
                             guint       ms);

/* The rows of a table. */
AtspiAccessible *ui_driver_find_rows (UiDriver   *driver,
                                      const char *table,
                                      guint       ms);

void ui_driver_keys (const char *keys);
void ui_driver_click_at (int x,
                         int y);
void ui_driver_type (const char *text);

/* A picture of the screen for looking at, in the folder COUNTERFOIL_TEST_PICTURES
 * if there is one. */
void ui_driver_take_picture (const char *name);

/* A window's action, or with "app." the program's.  PARAMETER (nullable) is taken over if floating. */
gboolean ui_driver_activate (UiDriver   *driver,
                             const char *action,
                             GVariant   *parameter);
gboolean ui_driver_is_enabled (UiDriver   *driver,
                               const char *action);
