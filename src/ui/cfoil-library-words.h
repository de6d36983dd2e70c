/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-store.h"

G_BEGIN_DECLS

/* What library items are called, translated. */

/* Of the kinds of cfoil-draft-store.h; "Terms and Conditions". */
const char *cfoil_library_words_kind (const char *kind);
/* "Refund Policy, in force since 3 May 2026".  Free it. */
char *cfoil_library_words_about (const CfoilLibraryItem *item);
/* What it says, or the name of its file, in one line; NULL: nothing.  Free it. */
char *cfoil_library_words_excerpt (const CfoilLibraryItem *item);
/* Of a shop item, whose name is that of a fact: the fact's title; else its name, shown.
 * Free it. */
char *cfoil_library_words_name (const CfoilLibraryItem *item);

G_END_DECLS
