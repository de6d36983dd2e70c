/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-window.h"

G_BEGIN_DECLS

/* Which books to write: format, period and names of accounts, which are saved as they are
 * typed; where to, is asked next. */
#define CFOIL_TYPE_BOOKS_DIALOG (cfoil_books_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CfoilBooksDialog, cfoil_books_dialog, CFOIL, BOOKS_DIALOG, AdwWindow)

GtkWidget *cfoil_books_dialog_new (CfoilWindow *window);

G_END_DECLS
