/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-books-printer.h"
#include "cfoil-books-text.h"
#include "cfoil-currency.h"

/* ledger and hledger: nearly one format.  Both find meaning in comments (tags, dates in
 * brackets) and in ";" and "|" of descriptions: foreign text has none of these. */
#define FORBIDDEN ";|[]\"\\"
#define FIRST_YEAR_OF_LEDGER 1400

/* Left blanks and the amounts' place are for people; two blanks are the least. */
#define NAME_WIDTH 44

static char *
make_name (const char  *name,
           CfoilPurpose purpose)
{
  return cfoil_books_name_for_ledger (name);
}

static void
begin_ledger (CfoilBooksPrint *self)
{
  g_string_append (self->out, "; Written by Counterfoil for ledger\n");
}

static void
begin_hledger (CfoilBooksPrint *self)
{
  g_string_append (self->out, "; Written by Counterfoil for hledger\ndecimal-mark .\n");
}

static void
declare_accounts (CfoilBooksPrint *self,
                  GPtrArray       *accounts)
{
  g_string_append_c (self->out, '\n');
  for (guint i = 0; i < accounts->len; i++)
    g_string_append_printf (self->out, "account %s\n", (const char *) g_ptr_array_index (accounts, i));
}

static void
declare_ledger (CfoilBooksPrint *self,
                GPtrArray       *accounts,
                GPtrArray       *currencies)
{
  declare_accounts (self, accounts);
  g_string_append_c (self->out, '\n');
  for (guint i = 0; i < currencies->len; i++)
    {
      g_string_append (self->out, "commodity ");
      cfoil_books_append_ledger_commodity (self->out, g_ptr_array_index (currencies, i));
      g_string_append_c (self->out, '\n');
    }
  /* ledger --pedantic wants these, too. */
  g_string_append (self->out, "\ntag id\ntag charge\ntag dispute\ntag reference\ntag order\ntag settlement\ntag store\n"
                   "tag description\n");
}

/* A decimal mark has to be there, also where no decimals follow. */
static void
declare_hledger (CfoilBooksPrint *self,
                 GPtrArray       *accounts,
                 GPtrArray       *currencies)
{
  declare_accounts (self, accounts);
  g_string_append_c (self->out, '\n');
  for (guint i = 0; i < currencies->len; i++)
    {
      const char *currency = g_ptr_array_index (currencies, i);
      int exponent = MAX (cfoil_currency_exponent (currency), 0);

      g_string_append_printf (self->out, "commodity 1000.%.*s ", exponent, "000000");
      cfoil_books_append_ledger_commodity (self->out, currency);
      g_string_append_c (self->out, '\n');
    }
}

static void
append_posting (CfoilBooksPrint       *self,
                const CfoilBooksEntry *entry,
                guint                  i)
{
  const char *name = cfoil_books_print_name (self, &cfoil_books_printer_ledger, entry, entry->postings[i].purpose);
  int width = MAX (NAME_WIDTH - (int) g_utf8_strlen (name, -1), 2);

  g_string_append_printf (self->out, "    %s%*s", name, width, "");
  cfoil_books_append_money (self->out, entry->postings[i].minor, entry->exponent);
  g_string_append_c (self->out, ' ');
  cfoil_books_append_ledger_commodity (self->out, entry->currency);
  g_string_append_c (self->out, '\n');
}

static void
print_entry (CfoilBooksPrint       *self,
             const CfoilBooksEntry *entry)
{
  CfoilBooksNote notes[CFOIL_BOOKS_MAX_NOTES];
  guint n_notes = cfoil_books_entry_list_notes (entry, notes);

  g_string_append_c (self->out, '\n');
  cfoil_books_append_date (self->out, entry->day, FIRST_YEAR_OF_LEDGER, 9999);
  g_string_append (self->out, " * ");
  cfoil_books_append_title (self->out, entry, FORBIDDEN);
  g_string_append_c (self->out, '\n');
  for (guint i = 0; i < n_notes; i++)
    {
      gsize start = self->out->len;

      g_string_append_printf (self->out, "    ; %s: ", notes[i].key);
      if (cfoil_books_append_line (self->out, notes[i].text, FORBIDDEN ",", 0))
        g_string_append_c (self->out, '\n');
      else
        g_string_truncate (self->out, start);
    }
  for (guint i = 0; i < entry->n_postings; i++)
    append_posting (self, entry, i);
}

const CfoilBooksPrinter cfoil_books_printer_ledger = {
  .begin = begin_ledger,
  .declare = declare_ledger,
  .entry = print_entry,
  .make_name = make_name,
};

const CfoilBooksPrinter cfoil_books_printer_hledger = {
  .begin = begin_hledger,
  .declare = declare_hledger,
  .entry = print_entry,
  .make_name = make_name,
};
