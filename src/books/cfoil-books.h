/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-books-accounts.h"
#include "cfoil-period.h"

G_BEGIN_DECLS

/* The mirror as double-entry books, for other programs.  Every movement of money is one
 * entry whose postings add up to zero in its currency; they are worked out once
 * (cfoil-books-entry.h) and printed by one printer per format.  Blocking, for worker
 * threads.  Rows are read and written one after the other: memory does not grow with them.
 * The same mirror and the same options give the same bytes. */
typedef enum
{
  CFOIL_BOOKS_LEDGER,    /* ledger-cli.org */
  CFOIL_BOOKS_HLEDGER,   /* hledger.org; passes hledger check --strict */
  CFOIL_BOOKS_BEANCOUNT, /* beancount 2 and 3 */
  CFOIL_BOOKS_QIF,       /* registers of the balance at the provider, one per account and currency */
  CFOIL_BOOKS_OFX,       /* the same, as OFX 2.1.1 (XML) */
  CFOIL_BOOKS_OFX1,      /* the same, as OFX 1.6 (SGML), for older programs */
  CFOIL_BOOKS_JOURNAL,   /* CSV, one row per posting */
  CFOIL_N_BOOKS_FORMATS
} CfoilBooksFormat;

/* Which day a movement belongs to. */
typedef enum
{
  /* Sales and refunds on the day they were made, against what the provider has not settled;
   * on the day they are posted to a settlement they move to the balance and the fee is known.
   * What was written once stays as it was.  Registers (QIF, OFX) leave the first half out. */
  CFOIL_BOOKS_BY_SALE,
  /* Everything on the day it was posted to a settlement; what is not settled is not there. */
  CFOIL_BOOKS_BY_POSTING,
  CFOIL_N_BOOKS_DATES
} CfoilBooksDates;

typedef struct
{
  CfoilBooksFormat format;
  CfoilBooksDates dates;
  CfoilPeriod period;          /* of kind ALL: everything */
  char **accounts;             /* (nullable): names; NULL: live accounts, or all if there are only sandbox ones */
  const char *time_zone;       /* (nullable): where days begin, as in CfoilExportOptions; NULL: local */
  CfoilBooksAccounts *mapping; /* (nullable): NULL: what is saved in the mirror */
} CfoilBooksOptions;

typedef struct
{
  guint64 n_entries;
  guint64 n_bytes;
  char sha256[65];
} CfoilBooksResult;

/* Takes the next bytes of the file. */
typedef gboolean (*CfoilBooksWriteFunc) (const char *bytes,
                                         gsize       length,
                                         gpointer    user_data,
                                         GError    **error);
typedef void (*CfoilBooksProgressFunc) (guint64  n_entries,
                                        gpointer user_data);

/* "ledger", "hledger", "beancount", "qif", "ofx", "ofx1", "journal". */
gboolean cfoil_books_format_from_string (const char       *text,
                                         CfoilBooksFormat *format);
/* Translated, for a list to choose from; and how names of its files end (".beancount"). */
const char *cfoil_books_format_get_title (CfoilBooksFormat format);
const char *cfoil_books_format_get_suffix (CfoilBooksFormat format);
/* TRUE: a register of one balance, in which accounts stand as categories only. */
gboolean cfoil_books_format_is_register (CfoilBooksFormat format);
/* "sale", "posting". */
gboolean cfoil_books_dates_from_string (const char      *text,
                                        CfoilBooksDates *dates);

/* Writes the books to WRITE, from one snapshot of MIRROR.  Errors: G_IO_ERROR_CANCELLED,
 * what WRITE fails with, CFOIL_INPUT_ERROR_ACCOUNT (no such account), _RANGE (a balance of an
 * OFX file that cannot be counted). */
gboolean cfoil_books_write_sync (CfoilMirror             *mirror,
                                 const CfoilBooksOptions *options,
                                 CfoilBooksWriteFunc      write,
                                 gpointer                 write_data,
                                 CfoilBooksProgressFunc   progress,
                                 gpointer                 progress_data,
                                 GCancellable            *cancellable,
                                 CfoilBooksResult        *result,
                                 GError                 **error);
/* Its first bytes, up to and with the N_ENTRIES-th entry; free them.  N_FOUND gets how many entries are in them. */
char *cfoil_books_preview_sync (CfoilMirror             *mirror,
                                const CfoilBooksOptions *options,
                                guint                    n_entries,
                                guint                   *n_found,
                                GCancellable            *cancellable,
                                GError                 **error);

/* NAME without {…}, as FORMAT writes it for PURPOSE; free it.  Pure. */
char *cfoil_books_format_write_name (CfoilBooksFormat format,
                                     CfoilPurpose     purpose,
                                     const char      *name);

/* The same to a file that is there whole or not at all.  OVERWRITE FALSE: a target that
 * exists is G_IO_ERROR_EXISTS. */
gboolean cfoil_books_export_sync (CfoilMirror             *mirror,
                                  const CfoilBooksOptions *options,
                                  const char              *path,
                                  gboolean                 overwrite,
                                  CfoilBooksProgressFunc   progress,
                                  gpointer                 progress_data,
                                  GCancellable            *cancellable,
                                  CfoilBooksResult        *result,
                                  GError                 **error);

G_END_DECLS
