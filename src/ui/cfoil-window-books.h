/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-window.h"

G_BEGIN_DECLS

/* The actions win.export-books ("Export for Accounting") and win.bank-statements. */
void cfoil_window_add_books_action (CfoilWindow *window);

G_END_DECLS
