/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-window.h"

G_BEGIN_DECLS

typedef void (*CfoilScreenshotsFunc) (gboolean ok,
                                      gpointer user_data);

/* Waits until WINDOW has synced, then writes a picture of each of its pages and of
 * the welcome page into FOLDER. */
void cfoil_screenshots_take (CfoilWindow          *window,
                             const char           *folder,
                             CfoilScreenshotsFunc  func,
                             gpointer              user_data);

G_END_DECLS
