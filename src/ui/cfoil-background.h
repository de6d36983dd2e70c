/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-reminders.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What goes on without a window: the user's mirror is looked at for reminders, and synced
 * once an hour.  Holds the application while it is on and there is no window; with a
 * window the window's own workspace is looked at.  Main thread. */
#define CFOIL_TYPE_BACKGROUND (cfoil_background_get_type ())
G_DECLARE_FINAL_TYPE (CfoilBackground, cfoil_background, CFOIL, BACKGROUND, GObject)

CfoilBackground *cfoil_background_new (GtkApplication *application);

/* STAYS: go on when the last window closes; the setting "background", or --background. */
void cfoil_background_set_stays (CfoilBackground *self,
                                 gboolean         stays);
/* Ends it, windows or not: Quit. */
void cfoil_background_stop (CfoilBackground *self);

void cfoil_background_snooze (CfoilBackground *self,
                              gint64           case_id);

G_END_DECLS
