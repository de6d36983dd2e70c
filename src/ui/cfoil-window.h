/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cfoil-workspace.h"

G_BEGIN_DECLS

#define CFOIL_TYPE_WINDOW (cfoil_window_get_type ())
G_DECLARE_FINAL_TYPE (CfoilWindow, cfoil_window, CFOIL, WINDOW, AdwApplicationWindow)

/* Opens the mirror in FOLDER, NULL: the user's own; or the demo.  ::opened tells
 * when there is something to see, or that it failed. */
CfoilWindow *cfoil_window_new (AdwApplication *application,
                               const char     *folder,
                               gboolean        is_demo);

CfoilWorkspace *cfoil_window_get_workspace (CfoilWindow *self); /* (nullable) */

/* "welcome", "loading", "error", or a page's name. */
void cfoil_window_show_view (CfoilWindow *self,
                             const char  *name);

/* TEXT is not markup. */
void cfoil_window_toast (CfoilWindow *self,
                         const char  *text);

G_END_DECLS
