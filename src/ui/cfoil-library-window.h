/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What is used in one answer after another: policies with the day since which they hold,
 * who the shop is, templates, files.  One window per workspace. */
#define CFOIL_TYPE_LIBRARY_WINDOW (cfoil_library_window_get_type ())
G_DECLARE_FINAL_TYPE (CfoilLibraryWindow, cfoil_library_window, CFOIL, LIBRARY_WINDOW, AdwWindow)

/* Opens it, or brings it to the front. */
CfoilLibraryWindow *cfoil_library_window_open (GtkApplication *application,
                                               CfoilWorkspace *workspace);

G_END_DECLS
