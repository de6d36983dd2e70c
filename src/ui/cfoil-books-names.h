/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-books.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What the accounts are called in the user's books.  Tells of names that a format writes in another way, and of
 * those that it could not tell apart.  Main thread.  ::changed when a name was. */
#define CFOIL_TYPE_BOOKS_NAMES (cfoil_books_names_get_type ())
G_DECLARE_FINAL_TYPE (CfoilBooksNames, cfoil_books_names, CFOIL, BOOKS_NAMES, AdwBin)

/* As they are saved. */
void cfoil_books_names_set_accounts (CfoilBooksNames    *self,
                                     CfoilBooksAccounts *accounts);
void cfoil_books_names_set_format (CfoilBooksNames *self,
                                   CfoilBooksFormat format);
/* None of them is no name. */
gboolean cfoil_books_names_are_valid (CfoilBooksNames *self);
/* Keys and names in turn, of those that are not as they are saved; "": the program's own again.
 * (transfer full) (element-type utf8) */
GPtrArray *cfoil_books_names_list_changed (CfoilBooksNames *self);

G_END_DECLS
