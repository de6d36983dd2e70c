/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-books-entry.h"
#include "cfoil-books.h"

G_BEGIN_DECLS

/* The rows of the mirror that are books, as entries with their postings. */
typedef struct _CfoilBooksSource CfoilBooksSource;

/* READER is a connection of its own, inside a transaction: rows are put in order in a
 * temporary file of the database.  Borrows all. */
CfoilBooksSource *cfoil_books_source_new (CfoilDatabase           *reader,
                                          const CfoilBooksOptions *options,
                                          GTimeZone               *zone,
                                          GError                 **error);
void cfoil_books_source_free (CfoilBooksSource *self);

/* From the first row again.  ORDERED FALSE: in any order, which is quicker. */
gboolean cfoil_books_source_start (CfoilBooksSource *self,
                                   gboolean          ordered,
                                   GError          **error);
/* Rows that move nothing are passed over. */
CfoilStep cfoil_books_source_next (CfoilBooksSource *self,
                                   CfoilBooksEntry  *entry,
                                   GError          **error);

/* What ACCOUNT_ID's balance in CURRENCY was before the period; for registers. */
gboolean cfoil_books_source_get_opening (CfoilBooksSource *self,
                                         gint64            account_id,
                                         const char       *currency,
                                         gint64           *minor,
                                         GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilBooksSource, cfoil_books_source_free)

G_END_DECLS
