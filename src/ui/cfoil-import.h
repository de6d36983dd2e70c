/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-window.h"

G_BEGIN_DECLS

/* Bringing files: which, for which account, and what became of them. */

/* Lets the user choose files. */
void cfoil_import_choose (CfoilWindow *window);

/* PATHS NULL-terminated.  Asks for the account if there are several. */
void cfoil_import_paths (CfoilWindow       *window,
                         const char *const *paths);

/* The first account, borrowed; NULL: none. */
const char *cfoil_import_find_account (CfoilWorkspace *workspace);

G_END_DECLS
