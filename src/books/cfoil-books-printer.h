/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-books-entry.h"
#include "cfoil-books.h"

G_BEGIN_DECLS

/* What every printer writes with.  It appends to OUT; whoever calls it empties that. */
typedef struct
{
  GString *out;
  const CfoilBooksOptions *options;
  GHashTable *names; /* (element-type gint64* utf8): accounts as this format has them */
  CfoilBooksAccounts *mapping;
  guint64 n_entries; /* before the one that is printed */
  gint32 first_day;  /* of the period, or of all entries */
  gint32 last_day;
} CfoilBooksPrint;

/* A register is of one account and currency. */
typedef struct
{
  gint64 account_id;
  const char *account;
  const char *currency;
  int exponent;
  gint64 balance_minor; /* before its first entry; in end_register after its last */
} CfoilBooksRegister;

typedef struct
{
  void (*begin) (CfoilBooksPrint *self);
  /* Accounts (names of this format) and currencies that will be used, sorted; (nullable). */
  void (*declare) (CfoilBooksPrint *self,
                   GPtrArray       *accounts,
                   GPtrArray       *currencies);
  void (*begin_register) (CfoilBooksPrint          *self,
                          const CfoilBooksRegister *about);
  void (*entry) (CfoilBooksPrint       *self,
                 const CfoilBooksEntry *entry);
  void (*end_register) (CfoilBooksPrint          *self,
                        const CfoilBooksRegister *about);
  void (*end) (CfoilBooksPrint *self);
  char *(*make_name) (const char  *name,
                      CfoilPurpose purpose);
} CfoilBooksPrinter;

extern const CfoilBooksPrinter cfoil_books_printer_ledger;
extern const CfoilBooksPrinter cfoil_books_printer_hledger;
extern const CfoilBooksPrinter cfoil_books_printer_beancount;
extern const CfoilBooksPrinter cfoil_books_printer_qif;
extern const CfoilBooksPrinter cfoil_books_printer_ofx;
extern const CfoilBooksPrinter cfoil_books_printer_ofx1;
extern const CfoilBooksPrinter cfoil_books_printer_journal;

const CfoilBooksPrinter *cfoil_books_printer_get (CfoilBooksFormat format);

/* The account of the I-th posting as the format of PRINTER has it; borrowed until the next
 * entry. */
const char *cfoil_books_print_name (CfoilBooksPrint         *self,
                                    const CfoilBooksPrinter *printer,
                                    const CfoilBooksEntry   *entry,
                                    CfoilPurpose             purpose);
/* "Sale 4711", or the description where there is no reference. */
void cfoil_books_append_title (GString               *out,
                               const CfoilBooksEntry *entry,
                               const char            *forbidden);
void cfoil_books_append_money (GString *out,
                               gint64   minor,
                               int      exponent);

/* What is known of an entry beside money and time. */
typedef struct
{
  const char *key; /* "reference" */
  const char *text;
} CfoilBooksNote;
#define CFOIL_BOOKS_MAX_NOTES 8
/* Those that are there; returns how many. */
guint cfoil_books_entry_list_notes (const CfoilBooksEntry *entry,
                                    CfoilBooksNote         notes[CFOIL_BOOKS_MAX_NOTES]);

G_END_DECLS
